/* Distances that scenarios share, on the small world of fake_chart.h: the same to the
 * last bit whatever was asked before, however few rows are kept. */
#include "check_main.h"
#include "fake_chart.h"
#include "small_world.h"

#include <pthread.h>

#include "base/wait.h"
#include "network/sea_book.h"

#define PORTS 4
#define MASKS 32 /* of five passages */
#define CELLS ((size_t)PORTS * PORTS * MASKS)

static const uint32_t ports[PORTS] = {0, 1, 2, 3};
static dro_session *session;

static void setup(void) {
    session = small_session();
}

static void teardown(void) {
    dro_session_release(session);
}

static dro_sea_book *new_book(size_t rows) {
    dro_sea_book *book = NULL;
    ck_assert_int_eq(dro_sea_book_create(session, &book, NULL), DRO_OK);
    sea_book_keep(book, rows);
    return book;
}

static sea_cell asked(dro_sea_book *book, uint32_t one, uint32_t other,
                      uint64_t closed) {
    dro_error error = DRO_ERROR_INIT;
    sea_wants wants = {0};
    sea_cell cell = {0};
    bool known = false;
    ck_assert_int_eq(sea_book_ports(book, ports, PORTS, &error), DRO_OK);
    for (int round = 0; !known; round++) {
        ck_assert_int_lt(round, 8);
        ck_assert_int_eq(
            sea_book_ask(book, one, other, closed, &cell, &known, &wants, &error),
            DRO_OK);
        ck_assert_uint_eq(wants.count, known ? 0 : 1);
        ck_assert_int_eq(sea_book_fill(book, &wants, NULL, &error), DRO_OK);
    }
    dro_free(wants.items);
    return cell;
}

static void check_same(sea_cell a, sea_cell b) {
    ck_assert(a.nm == b.nm && a.passages == b.passages && a.closed == b.closed);
}

/* All pairs under all closures, forwards and backwards through them. */
START_TEST(history_does_not_show) {
    static const size_t kept[] = {2048, 3, 0};
    size_t all = CELLS;
    for (size_t k = 0; k < sizeof kept / sizeof *kept; k++) {
        dro_sea_book *one = new_book(kept[k]), *other = new_book(2048);
        sea_cell cells[CELLS];
        for (size_t i = 0; i < all; i++) {
            uint32_t a = (uint32_t)(i % PORTS), b = (uint32_t)(i / PORTS % PORTS);
            cells[i] = asked(one, a, b, i / ((size_t)PORTS * PORTS));
        }
        for (size_t i = all; i-- > 0;) {
            uint32_t a = (uint32_t)(i % PORTS), b = (uint32_t)(i / PORTS % PORTS);
            check_same(cells[i], asked(other, b, a, i / ((size_t)PORTS * PORTS)));
        }
        dro_sea_book_destroy(one);
        dro_sea_book_destroy(other);
    }
}
END_TEST

START_TEST(only_what_is_closed_is_avoided) {
    dro_sea_book *book = new_book(2048);
    sea_cell open = asked(book, 0, 1, 0), cut = asked(book, 0, 1, 3);
    sea_cell none = asked(book, 0, 1, 31);
    ck_assert_uint_eq(open.passages & 3u, open.passages);
    ck_assert_double_gt(cut.nm, open.nm);
    ck_assert_uint_eq(cut.passages & 3u, 0);
    ck_assert(isinf(none.nm));
    ck_assert_uint_eq(none.passages, 0);
    dro_sea_book_destroy(book);
}
END_TEST

static bool near(dro_point a, dro_point b) {
    return fabs(a.lat_deg - b.lat_deg) < 1e-9 && fabs(a.lon_deg - b.lon_deg) < 1e-9;
}

START_TEST(a_line_is_the_same_both_ways) {
    dro_sea_book *book = new_book(2048);
    dro_arena *arena = NULL;
    dro_point *there = NULL, *back = NULL, *none = NULL;
    size_t n = 0, m = 0, nothing = 1;
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    for (int again = 0; again < 2; again++) {
        ck_assert_int_eq(sea_book_trace(book, 0, 1, 19, arena, &there, &n, NULL),
                         DRO_OK);
        ck_assert_int_eq(sea_book_trace(book, 1, 0, 19, arena, &back, &m, NULL),
                         DRO_OK);
        ck_assert_uint_ge(n, 3);
        ck_assert_uint_eq(n, m);
        for (size_t i = 0; i < n; i++) {
            ck_assert(near(there[i], back[n - 1 - i]));
        }
        ck_assert_int_eq(sea_book_trace(book, 0, 1, 31, arena, &none, &nothing, NULL),
                         DRO_OK);
        ck_assert_uint_eq(nothing, 0);
    }
    /* More lines than are kept: the sets of closures that are none of a passage's. */
    for (uint64_t mask = 0; mask < 600; mask++) {
        ck_assert_int_eq(
            sea_book_trace(book, 0, 1, 16 | mask << 20, arena, &back, &m, NULL),
            DRO_OK);
        ck_assert_uint_ge(m, 2);
    }
    ck_assert_int_eq(sea_book_trace(book, 0, 1, 19, arena, &back, &m, NULL), DRO_OK);
    ck_assert_uint_eq(n, m);
    dro_arena_destroy(arena);
    dro_sea_book_destroy(book);
}
END_TEST

/* ---- waiting ----------------------------------------------------------------------
 */

typedef struct room {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool busy;
} room;

static bool stop(void *context, const char *stage, uint64_t done, uint64_t total) {
    unsigned *asked_for = context;
    (void)stage;
    (void)done;
    (void)total;
    return ++*asked_for < 2;
}

static void *leave(void *context) {
    room *r = context;
    (void)pthread_mutex_lock(&r->lock);
    r->busy = false;
    (void)pthread_cond_broadcast(&r->changed);
    (void)pthread_mutex_unlock(&r->lock);
    return NULL;
}

START_TEST(waiting_is_given_up_or_ends) {
    room r = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, true};
    unsigned times = 0;
    const dro_progress progress = {stop, &times};
    dro_error error = DRO_ERROR_INIT;
    pthread_t other;
    (void)pthread_mutex_lock(&r.lock);
    ck_assert_int_eq(dro_wait_while(&r.busy, &r.lock, &r.changed, &progress, &error),
                     DRO_CANCELLED);
    ck_assert_uint_eq(times, 2);
    ck_assert_str_eq(error.message, "stopped");
    ck_assert_int_eq(pthread_create(&other, NULL, leave, &r), 0);
    ck_assert_int_eq(dro_wait_while(&r.busy, &r.lock, &r.changed, NULL, &error),
                     DRO_OK);
    (void)pthread_mutex_unlock(&r.lock);
    ck_assert_int_eq(pthread_join(other, NULL), 0);
}
END_TEST

int main(void) {
    const TTest *const tests[] = {history_does_not_show, only_what_is_closed_is_avoided,
                                  a_line_is_the_same_both_ways,
                                  waiting_is_given_up_or_ends, NULL};
    return check_main_with("network sea book", setup, teardown, tests);
}
