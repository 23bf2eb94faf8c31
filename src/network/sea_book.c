/* Rows of distances by port of leaving and closed passages, searched in parallel. */
#include "network/sea_book.h"

#include <math.h>
#include <string.h>

typedef struct book_row {
    uint32_t from;
    uint64_t closed;
    sea_cell *cells; /* by the book's ports; NAN: not searched, -1: asked for */
    size_t count, capacity, asked;
} book_row;

/* With fewer ports to go to, each is searched by itself. */
#define FEW 8

struct dro_sea_book {
    dro_session *session;
    uint32_t *ports;
    uint32_t *index; /* by port of the atlas, UINT32_MAX */
    size_t port_count, port_capacity;
    book_row *rows;
    size_t row_count, row_capacity;
    uint64_t by_default; /* closed passages */
};

dro_status dro_sea_book_create(dro_session *session, dro_sea_book **out,
                               dro_error *error) {
    dro_sea_book *b = NULL;
    size_t count = 0;
    (void)dro_atlas_ports(dro_session_atlas(session), &count);
    DRO_TRY(dro_new((void **)&b, 1, sizeof *b, "distances", error));
    dro_status status =
        dro_new((void **)&b->index, count, sizeof *b->index, "distances", error);
    if (status != DRO_OK) {
        dro_free(b);
        return status;
    }
    memset(b->index, 0xff, count * sizeof *b->index);
    b->session = dro_session_retain(session);
    b->by_default = dro_atlas_closed_mask(dro_session_atlas(session));
    *out = b;
    return DRO_OK;
}

void dro_sea_book_destroy(dro_sea_book *b) {
    if (!b) {
        return;
    }
    for (size_t i = 0; i < b->row_count; i++) {
        dro_free(b->rows[i].cells);
    }
    dro_free(b->rows);
    dro_free(b->ports);
    dro_free(b->index);
    dro_session_release(b->session);
    dro_free(b);
}

dro_status sea_book_ports(dro_sea_book *b, const uint32_t *ports, size_t count,
                          dro_error *error) {
    for (size_t i = 0; i < count; i++) {
        if (b->index[ports[i]] != UINT32_MAX) {
            continue;
        }
        DRO_TRY(DRO_RESERVE(b->ports, b->port_capacity, b->port_count + 1, error));
        b->index[ports[i]] = (uint32_t)b->port_count;
        b->ports[b->port_count++] = ports[i];
    }
    return DRO_OK;
}

/* The row with a cell for every port. */
static dro_status row_of(dro_sea_book *b, uint32_t from, uint64_t closed,
                         book_row **out, dro_error *error) {
    size_t i = 0;
    while (i < b->row_count &&
           !(b->rows[i].from == from && b->rows[i].closed == closed)) {
        i++;
    }
    if (i == b->row_count) {
        DRO_TRY(DRO_RESERVE(b->rows, b->row_capacity, b->row_count + 1, error));
        b->rows[b->row_count++] = (book_row){.from = from, .closed = closed};
    }
    book_row *row = &b->rows[i];
    DRO_TRY(DRO_RESERVE(row->cells, row->capacity, b->port_count, error));
    while (row->count < b->port_count) {
        row->cells[row->count++] = (sea_cell){(double)NAN, 0};
    }
    *out = row;
    return DRO_OK;
}

/* A way back is as long, so the row of either port will do: the one that is there. */
static void turn(const dro_sea_book *b, uint64_t closed, uint32_t *from, uint32_t *to) {
    for (size_t i = 0; i < b->row_count; i++) {
        if (b->rows[i].closed == closed && b->rows[i].from == *to) {
            uint32_t other = *from;
            *from = *to;
            *to = other;
            return;
        }
    }
}

dro_status sea_book_ask(dro_sea_book *b, uint32_t from, uint32_t to, uint64_t closed,
                        sea_cell *out, bool *known, dro_error *error) {
    uint64_t mask = closed & b->by_default;
    *known = false;
    turn(b, mask, &from, &to);
    for (;;) {
        book_row *row = NULL;
        DRO_TRY(row_of(b, from, mask, &row, error));
        sea_cell *cell = &row->cells[b->index[to]];
        if (isnan(cell->nm) || cell->nm < 0.0) {
            row->asked += isnan(cell->nm) ? 1 : 0;
            cell->nm = -1.0;
            return DRO_OK;
        }
        if (!isfinite(cell->nm) || !(cell->passages & closed)) {
            *out = *cell;
            *known = true;
            return DRO_OK;
        }
        mask |= cell->passages & closed;
        turn(b, mask, &from, &to);
    }
}

/* ---- searching ------------------------------------------------------------------ */

typedef struct fill_job {
    dro_sea_book *book;
    size_t *todo;
    dro_sea **seas; /* by thread */
    dro_sea_end *ends;
} fill_job;

/* Ships are laden as their ports allow: shoals bind at the chart's own draught. */
static dro_status rules_of(const dro_sea_book *b, const book_row *row,
                           dro_sea_rules **out, dro_error *error) {
    dro_sea_rules_options options = DRO_SEA_RULES_OPTIONS_INIT;
    options.closed = row->closed;
    options.soft_shoals = true;
    return dro_sea_rules_create(dro_session_chart(b->session), &options, out, error);
}

static bool is_none(dro_status status) {
    return status == DRO_INVALID || status == DRO_NO_ANSWER;
}

static sea_cell no_way(void) {
    return (sea_cell){(double)INFINITY, 0};
}

static dro_status search_each(const fill_job *job, book_row *row, dro_sea *sea,
                              const dro_sea_rules *rules, dro_error *error) {
    const dro_sea_book *b = job->book;
    for (size_t i = 0; i < row->count; i++) {
        dro_sea_path path;
        dro_error local = DRO_ERROR_INIT;
        if (!(row->cells[i].nm < 0.0)) {
            continue;
        }
        dro_status status = dro_sea_route(sea, rules, job->ends[b->index[row->from]],
                                          job->ends[i], &path, &local);
        if (status != DRO_OK && !is_none(status)) {
            return dro_fail(error, status, "%s", local.message);
        }
        if (status == DRO_OK) {
            double m = path.distance_m + path.snap_m[0] + path.snap_m[1];
            row->cells[i] = (sea_cell){m / DRO_M_PER_NM, path.passages};
        } else {
            row->cells[i] = no_way();
        }
    }
    return DRO_OK;
}

/* All at once; with nothing closed but the usual the chart has them in a table. */
static dro_status search_all(const fill_job *job, book_row *row, dro_sea *sea,
                             const dro_sea_rules *rules, dro_error *error) {
    const dro_sea_book *b = job->book;
    bool whole = row->closed == b->by_default;
    dro_sea_cell *cells = NULL;
    dro_sea_end *ends = NULL;
    size_t *index = NULL, n = 0;
    dro_status status =
        dro_new((void **)&cells, row->count, sizeof *cells, "distances", error);
    DRO_TRY_GOTO(status, done);
    DRO_TRY_GOTO(dro_new((void **)&ends, row->count, sizeof *ends, "distances", error),
                 done);
    DRO_TRY_GOTO(
        dro_new((void **)&index, row->count, sizeof *index, "distances", error), done);
    for (size_t i = 0; i < row->count; i++) {
        if (whole || row->cells[i].nm < 0.0) {
            ends[n] = job->ends[i];
            index[n++] = i;
        }
    }
    status = dro_sea_one_to_many(sea, rules, job->ends[b->index[row->from]], ends, n,
                                 cells, error);
    bool none = is_none(status);
    status = none ? DRO_OK : status;
    for (size_t i = 0; status == DRO_OK && i < n; i++) {
        double m = cells[i].distance_m + cells[i].snap_m[0] + cells[i].snap_m[1];
        bool there = !none && isfinite(m);
        row->cells[index[i]] =
            there ? (sea_cell){m / DRO_M_PER_NM, cells[i].passages} : no_way();
    }
done:
    dro_free(cells);
    dro_free(ends);
    dro_free(index);
    return status;
}

static dro_status do_row(void *context, size_t item, unsigned thread,
                         dro_error *error) {
    fill_job *job = context;
    book_row *row = &job->book->rows[job->todo[item]];
    dro_sea_rules *rules = NULL;
    if (!job->seas[thread]) {
        DRO_TRY(dro_sea_create(dro_session_chart(job->book->session),
                               &job->seas[thread], error));
    }
    DRO_TRY(rules_of(job->book, row, &rules, error));
    bool few = row->asked <= FEW && row->closed != job->book->by_default;
    dro_status status = few ? search_each(job, row, job->seas[thread], rules, error)
                            : search_all(job, row, job->seas[thread], rules, error);
    dro_sea_rules_destroy(rules);
    row->asked = 0;
    return status;
}

static dro_status list_todo(const dro_sea_book *b, fill_job *job, size_t *count,
                            dro_error *error) {
    size_t n = 0, all = 0;
    const dro_port *ports = dro_atlas_ports(dro_session_atlas(b->session), &all);
    DRO_TRY(
        dro_new((void **)&job->todo, b->row_count, sizeof *job->todo, "todo", error));
    DRO_TRY(
        dro_new((void **)&job->ends, b->port_count, sizeof *job->ends, "todo", error));
    DRO_TRY(
        dro_new((void **)&job->seas, dro_cores(), sizeof(dro_sea *), "todo", error));
    for (size_t i = 0; i < b->row_count; i++) {
        if (b->rows[i].asked) {
            job->todo[n++] = i;
        }
    }
    for (size_t i = 0; i < b->port_count; i++) {
        job->ends[i] = (dro_sea_end){ports[b->ports[i]].at, (int)b->ports[i]};
    }
    *count = n;
    return DRO_OK;
}

dro_status sea_book_fill(dro_sea_book *b, const dro_progress *progress,
                         dro_error *error) {
    fill_job job = {.book = b};
    size_t n = 0;
    dro_status status = list_todo(b, &job, &n, error);
    if (status == DRO_OK) {
        status =
            dro_parallel(n, dro_cores(), do_row, &job, progress, "sea legs", error);
    }
    for (unsigned i = 0; job.seas && i < dro_cores(); i++) {
        dro_sea_destroy(job.seas[i]);
    }
    dro_free(job.todo);
    dro_free(job.ends);
    dro_free(job.seas);
    return status;
}
