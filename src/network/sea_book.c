/* Rows of distances by port of leaving and closed passages, searched in parallel. */
#include "network/sea_book.h"

#include <math.h>
#include <string.h>

typedef struct book_row {
    uint32_t from;
    uint64_t closed;
    sea_cell *cells; /* by the book's ports; NULL: asked, not searched */
    size_t count;
} book_row;

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

static dro_status row_of(dro_sea_book *b, uint32_t from, uint64_t closed, size_t *out,
                         dro_error *error) {
    for (size_t i = 0; i < b->row_count; i++) {
        if (b->rows[i].from == from && b->rows[i].closed == closed) {
            *out = i;
            return DRO_OK;
        }
    }
    DRO_TRY(DRO_RESERVE(b->rows, b->row_capacity, b->row_count + 1, error));
    b->rows[b->row_count] = (book_row){from, closed, NULL, 0};
    *out = b->row_count++;
    return DRO_OK;
}

dro_status sea_book_ask(dro_sea_book *b, uint32_t from, uint32_t to, uint64_t closed,
                        sea_cell *out, bool *known, dro_error *error) {
    uint64_t mask = closed & b->by_default;
    *known = false;
    for (;;) {
        size_t i = 0;
        DRO_TRY(row_of(b, from, mask, &i, error));
        const book_row *row = &b->rows[i];
        if (b->index[to] >= row->count) {
            return DRO_OK;
        }
        sea_cell cell = row->cells[b->index[to]];
        if (!isfinite(cell.nm) || !(cell.passages & closed)) {
            *out = cell;
            *known = true;
            return DRO_OK;
        }
        mask |= cell.passages & closed;
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
static dro_status search_row(fill_job *job, size_t index, dro_sea *sea,
                             dro_sea_cell *cells, dro_error *error) {
    dro_sea_book *b = job->book;
    book_row *row = &b->rows[index];
    dro_sea_rules_options options = DRO_SEA_RULES_OPTIONS_INIT;
    dro_sea_rules *rules = NULL;
    sea_cell *out = NULL;
    options.closed = row->closed;
    options.soft_shoals = true;
    DRO_TRY(dro_new((void **)&out, b->port_count, sizeof *out, "distances", error));
    dro_status status =
        dro_sea_rules_create(dro_session_chart(b->session), &options, &rules, error);
    if (status == DRO_OK) {
        status = dro_sea_one_to_many(sea, rules, job->ends[b->index[row->from]],
                                     job->ends, b->port_count, cells, error);
    }
    dro_sea_rules_destroy(rules);
    bool none = status == DRO_INVALID || status == DRO_NO_ANSWER;
    if (status != DRO_OK && !none) {
        dro_free(out);
        return status;
    }
    for (size_t i = 0; i < b->port_count; i++) {
        bool there = !none && isfinite(cells[i].distance_m);
        double m = cells[i].distance_m + cells[i].snap_m[0] + cells[i].snap_m[1];
        out[i] = (sea_cell){there ? m / DRO_M_PER_NM : (double)INFINITY,
                            there ? cells[i].passages : 0};
    }
    dro_free(row->cells);
    row->cells = out;
    row->count = b->port_count;
    return DRO_OK;
}

static dro_status do_row(void *context, size_t item, unsigned thread,
                         dro_error *error) {
    fill_job *job = context;
    dro_sea_cell *cells = NULL;
    DRO_TRY(dro_new((void **)&cells, job->book->port_count, sizeof *cells, "distances",
                    error));
    if (!job->seas[thread]) {
        dro_status made = dro_sea_create(dro_session_chart(job->book->session),
                                         &job->seas[thread], error);
        if (made != DRO_OK) {
            dro_free(cells);
            return made;
        }
    }
    dro_status status =
        search_row(job, job->todo[item], job->seas[thread], cells, error);
    dro_free(cells);
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
        dro_new((void **)&job->seas, dro_cores(), sizeof *job->seas, "todo", error));
    for (size_t i = 0; i < b->row_count; i++) {
        if (b->rows[i].count < b->port_count) {
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
