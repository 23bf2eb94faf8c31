/* Backlogs against closed forms. */
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/flow.h"

#define LAMBDA 800.0 /* arrivals a day */
#define MU     1000.0

static dro_arena *arena;
static dro_backlog b;

static void begin(void) {
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
}

static void finish(void) {
    dro_arena_destroy(arena);
}

static dro_backlog_case usual(const dro_disruption *disruptions, size_t count) {
    dro_backlog_case q = DRO_BACKLOG_CASE_INIT;
    q.arrivals_per_d = LAMBDA;
    q.capacity_per_d = MU;
    q.disruptions = disruptions;
    q.disruption_count = count;
    return q;
}

static void run(const dro_backlog_case *q) {
    dro_error error = DRO_ERROR_INIT;
    ck_assert_msg(dro_backlog_run(q, arena, &b, &error) == DRO_OK, "%s", error.message);
}

static void expect(double value, double expected) {
    ck_assert_double_eq_tol(value, expected, 1e-9 * (1 + fabs(expected)));
}

/* A strike of T days at the share s: the queue grows at lambda - s mu and falls at
 * mu - lambda. */
START_TEST(a_strike_of_three_days) {
    begin();
    for (int i = 0; i <= 3; i++) {
        double s = 0.25 * i, T = 3;
        const dro_disruption strike = {2, 2 + T, s, 1};
        dro_backlog_case q = usual(&strike, 1);
        run(&q);
        double most = fmax(0, LAMBDA - s * MU) * T, clear = most / (MU - LAMBDA);
        expect(b.max_backlog, most);
        expect(b.clear_d, clear);
        expect(b.delay_unit_d, most * (T + clear) / 2);
        expect(b.lost_units, 0);
        expect(b.end_d, 5);
        ck_assert_int_eq(b.end, DRO_BACKLOG_CLEARS);
        if (most > 0) {
            expect(b.max_at_d, 5);
            expect(b.delayed_units, LAMBDA * (T + clear));
            expect(b.mean_delay_d, most * (T + clear) / 2 / (LAMBDA * (T + clear)));
        }
    }
    finish();
}
END_TEST

/* Who comes first waits longest where all stands still: T. Where a share s works on,
 * who comes last does: the queue over the capacity. */
START_TEST(the_longest_wait) {
    begin();
    const dro_disruption halt = {1, 4, 0, 1}, slow = {1, 4, 0.5, 1};
    dro_backlog_case q = usual(&halt, 1);
    run(&q);
    expect(b.longest_wait_d, 3);
    q = usual(&slow, 1);
    run(&q);
    /* Queue of 900 at the end; the unit that meets it waits 900 / mu. Of those before,
     * the one served when the strike ends came when arrivals were 1,500: 1.875 days in,
     * and waited 1.125 days. */
    expect(b.longest_wait_d, 1.125);
    finish();
}
END_TEST

START_TEST(cancelled_arrivals_do_not_wait) {
    begin();
    const dro_disruption strike = {0, 3, 0, 0.5};
    dro_backlog_case q = usual(&strike, 1);
    run(&q);
    expect(b.max_backlog, LAMBDA * 1.5);
    expect(b.clear_d, LAMBDA * 1.5 / (MU - LAMBDA));
    finish();
}
END_TEST

START_TEST(disruptions_that_overlap_multiply) {
    begin();
    const dro_disruption both[] = {{0, 4, 0.5, 1}, {2, 6, 0.5, 1}};
    dro_backlog_case q = usual(both, 2);
    run(&q);
    expect(b.max_backlog, 300 * 2 + 550 * 2 + 300 * 2);
    expect(b.end_d, 6);
    expect(b.clear_d, 2300 / 200.0);
    finish();
}
END_TEST

/* All stands still for T; nobody waits longer than w. Those who come before T - w
 * leave, and those after find room. */
START_TEST(who_cannot_wait_leaves) {
    begin();
    const dro_disruption halt = {1, 4, 0, 1};
    dro_backlog_case q = usual(&halt, 1);
    q.detour_wait_d = 2;
    run(&q);
    expect(b.lost_units, LAMBDA);
    expect(b.max_backlog, 2 * LAMBDA);
    expect(b.clear_d, 2 * LAMBDA / (MU - LAMBDA));
    expect(b.longest_wait_d, 2);
    finish();
}
END_TEST

/* Only a quarter can leave; the rest queue up beyond what a leaver accepts. */
START_TEST(some_cannot_leave) {
    begin();
    const dro_disruption halt = {0, 4, 0, 1};
    dro_backlog_case q = usual(&halt, 1);
    q.detour_wait_d = 2;
    q.detour_share = 0.25;
    run(&q);
    /* Over 4 days and until the wait is 2 days again: Q = K = 2 mu. At day 4 the queue
     * is 2,400 > 2,000 and falls at 400 a day with the leavers gone: a day. */
    expect(b.max_backlog, 2400);
    expect(b.lost_units, 200 * 5);
    expect(b.clear_d, 1 + 2000 / 200.0);
    finish();
}
END_TEST

/* Without patience it is a place without a queue. */
START_TEST(nobody_waits_at_all) {
    begin();
    const dro_disruption slow = {1, 3, 0.25, 1};
    dro_backlog_case q = usual(&slow, 1);
    q.detour_wait_d = 0;
    run(&q);
    expect(b.lost_units, 2 * (LAMBDA - 0.25 * MU));
    expect(b.max_backlog, 0);
    expect(b.clear_d, 0);
    finish();
}
END_TEST

START_TEST(it_may_never_clear) {
    begin();
    const dro_disruption strike = {0, 3, 0.5, 1};
    dro_backlog_case q = usual(&strike, 1);
    q.arrivals_per_d = MU;
    run(&q);
    ck_assert_int_eq(b.end, DRO_BACKLOG_NEVER);
    ck_assert(isinf(b.clear_d));
    expect(b.max_backlog, 1500);
    expect(b.points[b.point_count - 1].at_d, 33);
    q.arrivals_per_d = MU + 10;
    q.horizon_d = 10;
    run(&q);
    ck_assert_int_eq(b.end, DRO_BACKLOG_NEVER);
    expect(b.max_backlog, 3 * 510 + 7 * 10);
    ck_assert_str_eq(dro_backlog_end_text(b.end),
                     "never: arrivals are not below the capacity");
    q.arrivals_per_d = MU - 1e-3;
    q.horizon_d = 0;
    run(&q);
    ck_assert_int_eq(b.end, DRO_BACKLOG_LATE);
    ck_assert(isinf(b.clear_d));
    finish();
}
END_TEST

START_TEST(without_disruption_nothing_waits) {
    begin();
    dro_backlog_case q = usual(NULL, 0);
    q.horizon_d = 5;
    run(&q);
    expect(b.max_backlog, 0);
    expect(b.clear_d, 0);
    expect(b.mean_delay_d, 0);
    expect(b.points[b.point_count - 1].arrived, 5 * LAMBDA);
    expect(b.points[b.point_count - 1].served, 5 * LAMBDA);
    q.start_backlog = 400;
    run(&q);
    expect(b.clear_d, 2);
    expect(b.delay_unit_d, 400);
    expect(b.longest_wait_d, 0.4);
    expect(b.delayed_units, 400 + 2 * LAMBDA);
    finish();
}
END_TEST

/* Arrivals in six hours only, at four times the mean: the queue of each day is
 * (4 lambda - mu) / 4 and is gone before the next. */
START_TEST(a_days_pattern_makes_a_queue) {
    double hours[24] = {0};
    begin();
    for (int h = 6; h < 12; h++) {
        hours[h] = 3;
    }
    dro_backlog_case q = usual(NULL, 0);
    q.hour_share = hours;
    q.arrivals_per_d = 500;
    q.horizon_d = 3;
    run(&q);
    expect(b.max_backlog, (2000 - 1000) / 4.0);
    expect(b.max_at_d, 0.5);
    expect(b.delay_unit_d, 3 * 250 * 0.5 / 2);
    expect(dro_backlog_at(&b, 1.375).backlog, 125);
    expect(dro_backlog_at(&b, 1.75).backlog, 0);
    expect(dro_backlog_at(&b, -1).arrived, 0);
    expect(dro_backlog_at(&b, 99).arrived, 1500);
    finish();
}
END_TEST

static void expect_invalid(const dro_backlog_case *q, dro_status status,
                           const char *message) {
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_backlog_run(q, arena, &b, &error), status);
    ck_assert_str_eq(error.message, message);
}

START_TEST(bad_figures_are_named) {
    begin();
    dro_disruption d = {3, 3, 0, 1};
    dro_backlog_case q = usual(&d, 1);
    expect_invalid(&q, DRO_INVALID, "disruption 0: from day 3 to day 3");
    d = (dro_disruption){1, 30000, 0, 1};
    expect_invalid(&q, DRO_LIMIT, "disruption 0: until day 30000; at most 20000");
    d = (dro_disruption){1, 3, -0.5, 1};
    expect_invalid(&q, DRO_INVALID,
                   "disruption 0: a share of the capacity of -0.5; from 0 to 100");
    d = (dro_disruption){1, 3, 0, (double)NAN};
    expect_invalid(&q, DRO_INVALID,
                   "disruption 0: a share of the arrivals of nan; from 0 to 100");
    q = usual(NULL, 0);
    q.capacity_per_d = -1;
    expect_invalid(&q, DRO_INVALID, "a capacity a day of -1; from 0 to 1e+12");
    q = usual(NULL, 0);
    q.detour_wait_d = -1;
    expect_invalid(&q, DRO_INVALID, "a longest wait of -1 days");
    const double hours[24] = {0};
    q = usual(NULL, 0);
    q.hour_share = hours;
    expect_invalid(&q, DRO_INVALID, "the hours' shares of the arrivals are 0");
    finish();
}
END_TEST

int main(void) {
    const TTest *tests[] = {a_strike_of_three_days,
                            the_longest_wait,
                            cancelled_arrivals_do_not_wait,
                            disruptions_that_overlap_multiply,
                            who_cannot_wait_leaves,
                            some_cannot_leave,
                            nobody_waits_at_all,
                            it_may_never_clear,
                            without_disruption_nothing_waits,
                            a_days_pattern_makes_a_queue,
                            bad_figures_are_named,
                            NULL};
    return check_main("flow backlog", tests);
}
