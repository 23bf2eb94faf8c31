/* Rows of distances by port of leaving and closed passages, searched in parallel. */
#include "network/sea_book.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <pthread.h>

#include "base/locks.h"
#include "base/wait.h"

typedef struct book_cell {
    double nm;
    uint64_t passages;
} book_cell;

typedef struct book_row {
    uint32_t from;
    uint64_t closed;
    book_cell *cells; /* by the book's ports, the first `count` of them */
    size_t count;
    uint64_t used; /* when: counts up */
} book_row;

typedef struct book_line { /* a way that was traced */
    uint32_t from, to;
    uint64_t closed;
    dro_point *points;
    size_t count; /* 0: there is no way */
    uint64_t used;
} book_line;

#define ROWS_MOST  2048 /* beyond, all but half of that go: those used longest ago */
#define LINES_MOST 512  /* beyond, the one used longest ago goes */
#define NO_ROW     UINT32_MAX

struct dro_sea_book {
    dro_session *session;
    uint64_t by_default;  /* closed passages */
    pthread_mutex_t lock; /* of all that follows */
    pthread_cond_t filled;
    bool filling; /* one thread does, with all cores */
    uint32_t *ports;
    uint32_t *index; /* by port of the atlas, then by point, UINT32_MAX */
    size_t atlas_count;
    dro_point *points; /* beyond the atlas */
    size_t port_count, port_capacity;
    book_row *rows;
    size_t row_count, row_capacity, row_most;
    uint32_t *slots; /* of rows by their hash, NO_ROW; a power of two */
    size_t slot_count;
    uint64_t clock;
    pthread_mutex_t tracing; /* of all that follows */
    dro_sea *sea;            /* made when needed */
    book_line lines[LINES_MOST];
    size_t line_count;
    uint64_t line_clock;
};

#define LOCKS_OF(b) ((pthread_mutex_t *const[]){&(b)->lock, &(b)->tracing, NULL})

/* ---- making --------------------------------------------------------------------- */

static dro_status make_index(dro_sea_book *b, size_t count, dro_error *error) {
    uint32_t *index = NULL;
    DRO_TRY(dro_new((void **)&index, count, sizeof *index, "distances", error));
    memset(index, 0xff, count * sizeof *index);
    dro_free(b->index);
    b->index = index;
    return DRO_OK;
}

dro_status sea_book_points(dro_sea_book *b, const dro_point *points, size_t count,
                           dro_error *error) {
    DRO_TRY(make_index(b, b->atlas_count + count, error));
    DRO_TRY(dro_new((void **)&b->points, count, sizeof *b->points, "distances", error));
    memcpy(b->points, points, count * sizeof *points);
    return DRO_OK;
}

dro_status dro_sea_book_create(dro_session *session, dro_sea_book **out,
                               dro_error *error) {
    dro_sea_book *b = NULL;
    DRO_TRY(dro_new((void **)&b, 1, sizeof *b, "distances", error));
    dro_status status = dro_locks_begin(LOCKS_OF(b), &b->filled, "distances", error);
    if (status != DRO_OK) {
        dro_free(b);
        return status;
    }
    b->session = dro_session_retain(session);
    b->by_default = dro_atlas_closed_mask(dro_session_atlas(session));
    b->row_most = ROWS_MOST;
    (void)dro_atlas_ports(dro_session_atlas(session), &b->atlas_count);
    status = make_index(b, b->atlas_count, error);
    if (status != DRO_OK) {
        dro_sea_book_destroy(b);
        return status;
    }
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
    for (size_t i = 0; i < b->line_count; i++) {
        dro_free(b->lines[i].points);
    }
    dro_sea_destroy(b->sea);
    dro_free(b->rows);
    dro_free(b->slots);
    dro_free(b->ports);
    dro_free(b->index);
    dro_free(b->points);
    dro_locks_end(LOCKS_OF(b), &b->filled);
    dro_session_release(b->session);
    dro_free(b);
}

void sea_book_keep(dro_sea_book *b, size_t rows) {
    b->row_most = rows;
}

static dro_status add_ports(dro_sea_book *b, const uint32_t *ports, size_t count,
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

/* ---- rows: all under the lock ---------------------------------------------------- */

static size_t slot_of(const dro_sea_book *b, uint32_t from, uint64_t closed) {
    const uint64_t key[2] = {from, closed};
    size_t slot = dro_hash64(key, sizeof key, 5) & (b->slot_count - 1);
    while (b->slots[slot] != NO_ROW && (b->rows[b->slots[slot]].from != from ||
                                        b->rows[b->slots[slot]].closed != closed)) {
        slot = (slot + 1) & (b->slot_count - 1);
    }
    return slot;
}

static book_row *find_row(dro_sea_book *b, uint32_t from, uint64_t closed) {
    uint32_t i = b->slot_count ? b->slots[slot_of(b, from, closed)] : NO_ROW;
    return i == NO_ROW ? NULL : &b->rows[i];
}

/* Slots for `rows` rows, half of them free. */
static dro_status make_slots(dro_sea_book *b, size_t rows, dro_error *error) {
    uint32_t *slots = NULL;
    size_t count = 64;
    while (count < 2 * rows) {
        count *= 2;
    }
    DRO_TRY(dro_new((void **)&slots, count, sizeof *slots, "distances", error));
    memset(slots, 0xff, count * sizeof *slots);
    dro_free(b->slots);
    b->slots = slots;
    b->slot_count = count;
    for (size_t i = 0; i < b->row_count; i++) {
        slots[slot_of(b, b->rows[i].from, b->rows[i].closed)] = (uint32_t)i;
    }
    return DRO_OK;
}

static int by_use(const void *a, const void *b) {
    const book_row *x = a, *y = b;
    return (x->used < y->used) - (x->used > y->used); /* the latest first */
}

static dro_status drop_old_rows(dro_sea_book *b, dro_error *error) {
    if (b->row_count <= b->row_most) {
        return DRO_OK;
    }
    qsort(b->rows, b->row_count, sizeof *b->rows, by_use);
    while (b->row_count > b->row_most / 2) {
        dro_free(b->rows[--b->row_count].cells);
    }
    dro_free(b->slots); /* they name rows by their places */
    b->slots = NULL;
    b->slot_count = 0;
    return make_slots(b, b->row_count + 1, error);
}

/* Old rows go before somebody begins to ask, not while he does: what he needs at once
 * may be more than is kept. Others who are asking then ask for theirs again. */
dro_status sea_book_ports(dro_sea_book *b, const uint32_t *ports, size_t count,
                          dro_error *error) {
    (void)pthread_mutex_lock(&b->lock);
    dro_status status = drop_old_rows(b, error);
    if (status == DRO_OK) {
        status = add_ports(b, ports, count, error);
    }
    (void)pthread_mutex_unlock(&b->lock);
    return status;
}

/* Takes the cells of *found, in place of those of the same row. */
static dro_status keep_row(dro_sea_book *b, book_row *found, dro_error *error) {
    if (b->slot_count < 2 * (b->row_count + 1)) {
        DRO_TRY(make_slots(b, b->row_count + 1, error));
    }
    DRO_TRY(DRO_RESERVE(b->rows, b->row_capacity, b->row_count + 1, error));
    uint32_t *slot = &b->slots[slot_of(b, found->from, found->closed)];
    if (*slot == NO_ROW) {
        *slot = (uint32_t)b->row_count;
        b->rows[b->row_count++] = (book_row){.from = found->from};
    }
    book_row *row = &b->rows[*slot];
    dro_free(row->cells);
    *row = *found;
    row->used = b->clock;
    found->cells = NULL;
    return DRO_OK;
}

/* ---- asking --------------------------------------------------------------------- */

static dro_status want(sea_wants *wants, uint32_t from, uint64_t closed,
                       dro_error *error) {
    DRO_TRY(DRO_RESERVE(wants->items, wants->capacity, wants->count + 1, error));
    wants->items[wants->count++] = (sea_want){from, closed};
    return DRO_OK;
}

static dro_sea_end end_of(const dro_sea_book *b, uint32_t port) {
    size_t count = 0;
    const dro_port *ports = dro_atlas_ports(dro_session_atlas(b->session), &count);
    return port < count ? (dro_sea_end){ports[port].at, (int)port}
                        : (dro_sea_end){b->points[port - count], -1};
}

/* Of two ports that whose row has the way: the more eastern one, of those on one
 * meridian the later one of the atlas; but a point before any port. */
static bool goes_first(const dro_sea_book *b, uint32_t one, uint32_t other) {
    bool point = one >= b->atlas_count;
    if (point != (other >= b->atlas_count)) {
        return point;
    }
    double east = end_of(b, one).at.lon_deg, west = end_of(b, other).at.lon_deg;
    return east > west || (east == west && one > other);
}

static dro_status ask(dro_sea_book *b, uint32_t from, uint32_t to, uint64_t closed,
                      sea_cell *out, bool *known, sea_wants *wants, dro_error *error) {
    uint64_t mask = closed & b->by_default;
    for (;;) {
        book_row *row = find_row(b, from, mask);
        if (!row || b->index[to] >= row->count) {
            return want(wants, from, mask, error);
        }
        const book_cell *cell = &row->cells[b->index[to]];
        row->used = b->clock;
        if (!isfinite(cell->nm) || !(cell->passages & closed)) {
            *out = (sea_cell){cell->nm, cell->passages, mask};
            *known = true;
            return DRO_OK;
        }
        mask |= cell->passages & closed;
    }
}

dro_status sea_book_ask(dro_sea_book *b, uint32_t one, uint32_t other, uint64_t closed,
                        sea_cell *out, bool *known, sea_wants *wants,
                        dro_error *error) {
    bool first = goes_first(b, one, other);
    *known = false;
    (void)pthread_mutex_lock(&b->lock);
    b->clock++;
    dro_status status = ask(b, first ? one : other, first ? other : one, closed, out,
                            known, wants, error);
    (void)pthread_mutex_unlock(&b->lock);
    return status;
}

/* ---- searching ------------------------------------------------------------------ */

typedef struct fill_job {
    const dro_sea_book *book;
    book_row *rows; /* to be filled */
    size_t row_count;
    dro_sea **seas; /* by thread */
    unsigned threads;
    dro_sea_end *ends; /* the book's ports, as they were at the beginning */
    size_t end_count;
} fill_job;

/* Ships are laden as their ports allow: shoals bind at the chart's own draught. */
static dro_status rules_of(const dro_sea_book *b, uint64_t closed, dro_sea_rules **out,
                           dro_error *error) {
    dro_sea_rules_options options = DRO_SEA_RULES_OPTIONS_INIT;
    options.closed = closed;
    options.soft_shoals = true;
    return dro_sea_rules_create(dro_session_chart(b->session), &options, out, error);
}

/* With nothing closed but the usual the chart has them in a table. */
static dro_status search_row(const fill_job *job, book_row *row, dro_sea *sea,
                             const dro_sea_rules *rules, dro_error *error) {
    dro_sea_cell *cells = NULL;
    size_t n = job->end_count;
    DRO_TRY(dro_new((void **)&cells, n, sizeof *cells, "distances", error));
    dro_error local = DRO_ERROR_INIT;
    dro_status status = dro_sea_one_to_many(sea, rules, end_of(job->book, row->from),
                                            job->ends, n, cells, &local);
    bool none = status == DRO_INVALID || status == DRO_NO_ANSWER;
    if (status != DRO_OK && !none) {
        dro_free(cells);
        return dro_fail(error, status, "%s", local.message);
    }
    for (size_t i = 0; i < n; i++) {
        double m = cells[i].distance_m + cells[i].snap_m[0] + cells[i].snap_m[1];
        bool there = !none && isfinite(m);
        row->cells[i] = there ? (book_cell){m / DRO_M_PER_NM, cells[i].passages}
                              : (book_cell){(double)INFINITY, 0};
    }
    dro_free(cells);
    return DRO_OK;
}

static dro_status do_row(void *context, size_t item, unsigned thread,
                         dro_error *error) {
    fill_job *job = context;
    book_row *row = &job->rows[item];
    dro_sea_rules *rules = NULL;
    if (!job->seas[thread]) {
        DRO_TRY(dro_sea_create(dro_session_chart(job->book->session),
                               &job->seas[thread], error));
    }
    DRO_TRY(dro_new((void **)&row->cells, job->end_count, sizeof *row->cells,
                    "distances", error));
    DRO_TRY(rules_of(job->book, row->closed, &rules, error));
    dro_status status = search_row(job, row, job->seas[thread], rules, error);
    dro_sea_rules_destroy(rules);
    row->count = job->end_count;
    return status;
}

static int by_want(const void *a, const void *b) {
    const sea_want *x = a, *y = b;
    int order = (x->closed > y->closed) - (x->closed < y->closed);
    return order ? order : (x->from > y->from) - (x->from < y->from);
}

/* What is wanted, each once, but for what another thread has found in the meantime;
 * under the lock. */
static dro_status list_rows(dro_sea_book *b, sea_wants *wants, fill_job *job,
                            dro_error *error) {
    job->threads = dro_cores();
    DRO_TRY(dro_new((void **)&job->rows, wants->count, sizeof *job->rows, "distances",
                    error));
    DRO_TRY(dro_new((void **)&job->seas, job->threads, sizeof(dro_sea *), "distances",
                    error));
    DRO_TRY(dro_new((void **)&job->ends, b->port_count, sizeof *job->ends, "distances",
                    error));
    for (size_t i = 0; i < b->port_count; i++) {
        job->ends[job->end_count++] = end_of(b, b->ports[i]);
    }
    qsort(wants->items, wants->count, sizeof *wants->items, by_want);
    for (size_t i = 0; i < wants->count; i++) {
        const sea_want *w = &wants->items[i];
        const book_row *row = find_row(b, w->from, w->closed);
        bool again = i > 0 && by_want(w, w - 1) == 0;
        if (!again && !(row && row->count == b->port_count)) {
            job->rows[job->row_count++] =
                (book_row){.from = w->from, .closed = w->closed};
        }
    }
    return DRO_OK;
}

static dro_status keep_rows(dro_sea_book *b, fill_job *job, dro_error *error) {
    dro_status status = DRO_OK;
    for (size_t i = 0; status == DRO_OK && i < job->row_count; i++) {
        status = keep_row(b, &job->rows[i], error);
    }
    return status;
}

static void clear(fill_job *job) {
    for (unsigned i = 0; job->seas && i < job->threads; i++) {
        dro_sea_destroy(job->seas[i]);
    }
    for (size_t i = 0; i < job->row_count; i++) {
        dro_free(job->rows[i].cells);
    }
    dro_free(job->rows);
    dro_free((void *)job->seas);
    dro_free(job->ends);
}

dro_status sea_book_fill(dro_sea_book *b, sea_wants *wants,
                         const dro_progress *progress, dro_error *error) {
    fill_job job = {.book = b};
    if (!wants->count) {
        return DRO_OK;
    }
    (void)pthread_mutex_lock(&b->lock);
    dro_status status =
        dro_wait_while(&b->filling, &b->lock, &b->filled, progress, error);
    if (status != DRO_OK) {
        (void)pthread_mutex_unlock(&b->lock);
        return status;
    }
    b->filling = true;
    status = list_rows(b, wants, &job, error);
    (void)pthread_mutex_unlock(&b->lock);
    if (status == DRO_OK && job.row_count) {
        status = dro_parallel(job.row_count, job.threads, do_row, &job, progress,
                              "sea legs", error);
    }
    (void)pthread_mutex_lock(&b->lock);
    if (status == DRO_OK) {
        status = keep_rows(b, &job, error);
    }
    b->filling = false;
    (void)pthread_cond_broadcast(&b->filled);
    (void)pthread_mutex_unlock(&b->lock);
    clear(&job);
    wants->count = 0;
    return status;
}

/* ---- tracing -------------------------------------------------------------------- */

/* Its line, or the place for it: that of the one used longest ago when all are taken.
 */
static book_line *line_of(dro_sea_book *b, uint32_t from, uint32_t to, uint64_t closed,
                          bool *known) {
    book_line *oldest = &b->lines[0];
    for (size_t i = 0; i < b->line_count; i++) {
        book_line *l = &b->lines[i];
        if (l->from == from && l->to == to && l->closed == closed) {
            *known = true;
            return l;
        }
        oldest = l->used < oldest->used ? l : oldest;
    }
    *known = false;
    return b->line_count < LINES_MOST ? &b->lines[b->line_count] : oldest;
}

static dro_status find_line(dro_sea_book *b, uint32_t from, uint32_t to,
                            uint64_t closed, book_line *out, dro_error *error) {
    dro_sea_rules *rules = NULL;
    dro_sea_path path = {0};
    dro_error local = DRO_ERROR_INIT;
    if (!b->sea) {
        DRO_TRY(dro_sea_create(dro_session_chart(b->session), &b->sea, error));
    }
    DRO_TRY(rules_of(b, closed, &rules, error));
    dro_status status =
        dro_sea_route(b->sea, rules, end_of(b, from), end_of(b, to), &path, &local);
    dro_sea_rules_destroy(rules);
    *out = (book_line){.from = from, .to = to, .closed = closed};
    if (status == DRO_INVALID || status == DRO_NO_ANSWER) {
        return DRO_OK;
    }
    if (status != DRO_OK) {
        return dro_fail(error, status, "%s", local.message);
    }
    DRO_TRY(dro_new((void **)&out->points, path.count, sizeof *out->points, "a way",
                    error));
    memcpy(out->points, path.points, path.count * sizeof *out->points);
    out->count = path.count;
    return DRO_OK;
}

/* Under its lock. */
static dro_status trace(dro_sea_book *b, uint32_t from, uint32_t to, uint64_t closed,
                        book_line **out, dro_error *error) {
    bool known = false;
    book_line *line = line_of(b, from, to, closed, &known), found;
    if (!known) {
        DRO_TRY(find_line(b, from, to, closed, &found, error));
        b->line_count += line == &b->lines[b->line_count];
        dro_free(line->points);
        *line = found;
    }
    line->used = ++b->line_clock;
    *out = line;
    return DRO_OK;
}

static dro_status copy_line(const book_line *line, bool back, dro_arena *arena,
                            dro_point **out, size_t *count, dro_error *error) {
    dro_point *points = dro_arena_alloc(arena, line->count, sizeof *points);
    if (!points) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a way");
    }
    for (size_t i = 0; i < line->count; i++) {
        points[i] = line->points[back ? line->count - 1 - i : i];
    }
    *out = points;
    *count = line->count;
    return DRO_OK;
}

dro_status sea_book_trace(dro_sea_book *b, uint32_t from, uint32_t to, uint64_t closed,
                          dro_arena *arena, dro_point **out, size_t *count,
                          dro_error *error) {
    bool back = !goes_first(b, from, to);
    book_line *line = NULL;
    (void)pthread_mutex_lock(&b->tracing);
    dro_status status =
        trace(b, back ? to : from, back ? from : to, closed, &line, error);
    if (status == DRO_OK) {
        status = copy_line(line, back, arena, out, count, error);
    }
    (void)pthread_mutex_unlock(&b->tracing);
    return status;
}
