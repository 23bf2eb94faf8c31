/* Threads, progress, stopping. */
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "check_main.h"
#include "derrotero/base.h"

#define ITEMS 2000

typedef struct job {
    atomic_uint seen[ITEMS];
    atomic_uint threads; /* mask of thread numbers */
    size_t fail_at;
    unsigned pause_ms;
} job;

static void pause_for(unsigned ms) {
    struct timespec time = {ms / 1000, (long)(ms % 1000) * 1000000};
    (void)nanosleep(&time, NULL);
}

static dro_status count_item(void *context, size_t item, unsigned thread,
                             dro_error *error) {
    job *j = context;
    atomic_fetch_add(&j->seen[item], 1u);
    atomic_fetch_or(&j->threads, 1u << thread);
    if (j->pause_ms > 0) {
        pause_for(j->pause_ms);
    }
    if (item == j->fail_at) {
        return dro_fail(error, DRO_INVALID, "item %zu is bad", item);
    }
    return DRO_OK;
}

static unsigned seen_once(job *j, size_t items) {
    unsigned count = 0;
    for (size_t i = 0; i < items; i++) {
        count += atomic_load(&j->seen[i]) == 1 ? 1 : 0;
    }
    return count;
}

START_TEST(every_item_once) {
    static const unsigned threads[] = {0, 1, 2, 7, 32};
    for (size_t i = 0; i < sizeof threads / sizeof threads[0]; i++) {
        static job j;
        memset(&j, 0, sizeof j);
        j.fail_at = ITEMS;
        ck_assert_int_eq(
            dro_parallel(ITEMS, threads[i], count_item, &j, NULL, "count", NULL),
            DRO_OK);
        ck_assert_uint_eq(seen_once(&j, ITEMS), ITEMS);
        if (threads[i] == 1) {
            ck_assert_uint_eq(atomic_load(&j.threads), 1);
        }
    }
}
END_TEST

START_TEST(no_items) {
    ck_assert_int_eq(dro_parallel(0, 4, count_item, NULL, NULL, "none", NULL), DRO_OK);
}
END_TEST

START_TEST(first_failure_stops_the_rest) {
    static job j;
    j.fail_at = 100;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_parallel(ITEMS, 2, count_item, &j, NULL, "count", &error),
                     DRO_INVALID);
    ck_assert_str_eq(error.message, "item 100 is bad");
    ck_assert_int_eq(error.status, DRO_INVALID);
}
END_TEST

typedef struct watcher {
    unsigned calls;
    uint64_t last, total;
    unsigned stop_after; /* calls; 0: never */
    bool backwards;
} watcher;

static bool watch(void *context, const char *stage, uint64_t done, uint64_t total) {
    watcher *w = context;
    w->calls++;
    w->backwards = w->backwards || done < w->last || strcmp(stage, "slow") != 0;
    w->last = done;
    w->total = total;
    return w->stop_after == 0 || w->calls < w->stop_after;
}

START_TEST(progress_is_reported) {
    static job j;
    j.fail_at = ITEMS;
    j.pause_ms = 20;
    watcher w = {.calls = 0};
    dro_progress progress = {watch, &w};
    double begin = dro_clock_s();
    ck_assert_int_eq(dro_parallel(40, 2, count_item, &j, &progress, "slow", NULL),
                     DRO_OK);
    double elapsed_s = dro_clock_s() - begin;
    ck_assert_uint_ge(w.calls, 2);
    ck_assert_double_le(w.calls, elapsed_s * 10 + 2);
    ck_assert_uint_eq(w.last, 40);
    ck_assert_uint_eq(w.total, 40);
    ck_assert(!w.backwards);
    ck_assert_uint_eq(seen_once(&j, 40), 40);
}
END_TEST

START_TEST(progress_can_stop) {
    static job j;
    j.fail_at = ITEMS;
    j.pause_ms = 20;
    watcher w = {.stop_after = 1};
    dro_progress progress = {watch, &w};
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_parallel(ITEMS, 2, count_item, &j, &progress, "slow", &error),
                     DRO_CANCELLED);
    ck_assert_str_eq(error.message, "stopped: slow");
    ck_assert_uint_lt(seen_once(&j, ITEMS), ITEMS);
}
END_TEST

static dro_status fail_silently(void *context, size_t item, unsigned thread,
                                dro_error *error) {
    (void)context;
    (void)item;
    (void)thread;
    (void)error;
    return DRO_IO;
}

START_TEST(failure_without_a_message) {
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_parallel(3, 2, fail_silently, NULL, NULL, "x", &error),
                     DRO_IO);
    ck_assert_str_eq(error.message, dro_status_text(DRO_IO));
}
END_TEST

START_TEST(clock_and_cores) {
    ck_assert_uint_ge(dro_cores(), 1);
    double before = dro_clock_s();
    pause_for(5);
    ck_assert(dro_clock_s() - before >= 0.004);
}
END_TEST

int main(void) {
    const TTest *tests[] = {every_item_once,
                            no_items,
                            first_failure_stops_the_rest,
                            progress_is_reported,
                            progress_can_stop,
                            failure_without_a_message,
                            clock_and_cores,
                            NULL};
    return check_main("base parallel", tests);
}
