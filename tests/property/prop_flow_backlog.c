/* Backlogs of random cases against a simulation in small steps that shares nothing with
 * them, and what must hold for any case. */
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/flow.h"

#define DAYS     60
#define STEPS    2880 /* a day: half a minute */
#define DISRUPTS 4
#define CASES    60

static dro_random random_numbers;
static double hours[24];
static dro_disruption disruptions[DISRUPTS];
static double room_until[2 * DAYS * STEPS + 1]; /* capacity from the start */

static double unit(void) {
    return dro_random_unit(&random_numbers);
}

static size_t below(size_t limit) {
    return (size_t)(dro_random_u64(&random_numbers) % limit);
}

/* Times on whole steps, so that the simulation can meet them. */
static dro_backlog_case random_case(void) {
    dro_backlog_case q = DRO_BACKLOG_CASE_INIT;
    q.capacity_per_d = 50 + 100 * unit();
    q.arrivals_per_d = q.capacity_per_d * (0.3 + 0.6 * unit());
    q.disruptions = disruptions;
    q.disruption_count = below(DISRUPTS + 1);
    for (size_t i = 0; i < q.disruption_count; i++) {
        double from = (double)below(240) / 24;
        disruptions[i] = (dro_disruption){from, from + (double)(1 + below(96)) / 24,
                                          below(3) == 0 ? 0 : unit(), 0.5 + unit()};
    }
    for (int h = 0; h < 24; h++) {
        hours[h] = unit();
    }
    q.hour_share = below(2) == 0 ? hours : NULL;
    q.start_backlog = below(3) == 0 ? 50 * unit() : 0;
    if (below(3) > 0) {
        q.detour_wait_d = (double)below(72) / 24;
        q.detour_share = below(2) == 0 ? 1 : unit();
    }
    q.horizon_d = 20;
    return q;
}

typedef struct simulated {
    double backlog[DAYS + 1]; /* at the days */
    double max_backlog, delay_unit_d, lost_units, clear_d;
} simulated;

static double share_at(const dro_backlog_case *q, double at_d, bool capacity) {
    double share = 1;
    for (size_t i = 0; i < q->disruption_count; i++) {
        if (disruptions[i].from_d <= at_d && at_d < disruptions[i].to_d) {
            share *=
                capacity ? disruptions[i].capacity_share : disruptions[i].arrival_share;
        }
    }
    return share;
}

static double arrivals_at(const dro_backlog_case *q, double at_d) {
    double mean = 0, factor = 1;
    if (q->hour_share != NULL) {
        for (int h = 0; h < 24; h++) {
            mean += hours[h] / 24;
        }
        factor = hours[(size_t)(24 * (at_d - floor(at_d)))] / mean;
    }
    return q->arrivals_per_d * factor * share_at(q, at_d, false);
}

static void fill_room(const dro_backlog_case *q) {
    room_until[0] = 0;
    for (size_t i = 0; i < (size_t)2 * DAYS * STEPS; i++) {
        double middle = ((double)i + 0.5) / STEPS;
        room_until[i + 1] =
            room_until[i] + q->capacity_per_d * share_at(q, middle, true) / STEPS;
    }
}

static void simulate(const dro_backlog_case *q, double end_d, simulated *out) {
    double backlog = q->start_backlog;
    size_t ahead = isinf(q->detour_wait_d) ? 0 : (size_t)rint(q->detour_wait_d * STEPS);
    *out = (simulated){.max_backlog = backlog, .clear_d = (double)INFINITY};
    fill_room(q);
    for (size_t i = 0; i < (size_t)DAYS * STEPS; i++) {
        if (i % STEPS == 0) {
            out->backlog[i / STEPS] = backlog;
        }
        double at_d = (double)i / STEPS;
        if (at_d >= end_d - 1e-9 && backlog < 1e-9 && isinf(out->clear_d)) {
            out->clear_d = at_d - end_d;
        }
        double coming = arrivals_at(q, at_d + 0.5 / STEPS) / STEPS;
        double capacity = room_until[i + 1] - room_until[i];
        if (!isinf(q->detour_wait_d)) {
            /* the last of this step is served by the end of its wait, or leaves */
            double room = room_until[i + 1 + ahead] - room_until[i] - backlog;
            double captive = coming * (1 - q->detour_share);
            double stays = fmin(coming, fmax(captive, fmax(room, 0)));
            out->lost_units += coming - stays;
            coming = stays;
        }
        double after = fmax(0, backlog + coming - capacity);
        out->delay_unit_d += (backlog + after) / 2 / STEPS;
        backlog = after;
        out->max_backlog = fmax(out->max_backlog, backlog);
    }
}

static void expect_near(double value, double simulated_value, double scale) {
    ck_assert_double_eq_tol(value, simulated_value, 2e-3 * scale + 1e-9);
}

/* Steps of half a minute are off by what comes in a step, and more where hours change.
 */
START_TEST(small_steps_come_to_the_same) {
    static simulated s;
    dro_arena *arena = NULL;
    dro_random_seed(&random_numbers, 31);
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    int compared = 0;
    for (int i = 0; i < CASES; i++) {
        dro_backlog_case q = random_case();
        dro_backlog b;
        dro_arena_reset(arena);
        ck_assert_int_eq(dro_backlog_run(&q, arena, &b, NULL), DRO_OK);
        double last_d = b.points[b.point_count - 1].at_d;
        if (last_d > DAYS - 1) {
            continue; /* beyond what is simulated */
        }
        q.horizon_d = DAYS; /* both for the same time: a pattern queues every day */
        ck_assert_int_eq(dro_backlog_run(&q, arena, &b, NULL), DRO_OK);
        simulate(&q, b.end_d, &s);
        double scale = q.capacity_per_d;
        for (int day = 0; day < DAYS; day++) {
            expect_near(dro_backlog_at(&b, day).backlog, s.backlog[day], scale);
        }
        expect_near(b.max_backlog, s.max_backlog, scale);
        expect_near(b.delay_unit_d, s.delay_unit_d, scale * DAYS / 10);
        expect_near(b.lost_units, s.lost_units, scale * 5);
        expect_near(b.clear_d, s.clear_d, 5);
        compared++;
    }
    ck_assert_int_gt(compared, CASES / 2);
    dro_arena_destroy(arena);
}
END_TEST

static void expect_curves(const dro_backlog_case *q, const dro_backlog *b) {
    const double slack = 1e-7;
    for (size_t i = 0; i < b->point_count; i++) {
        const dro_backlog_point *p = &b->points[i];
        ck_assert_double_ge(p->backlog, 0);
        ck_assert_double_eq_tol(q->start_backlog + p->arrived - p->served, p->backlog,
                                slack);
        if (i > 0) {
            const dro_backlog_point *before = &b->points[i - 1];
            ck_assert_double_ge(p->at_d, before->at_d);
            ck_assert_double_ge(p->arrived, before->arrived);
            ck_assert_double_ge(p->served, before->served - slack);
            ck_assert_double_ge(p->lost, before->lost);
        }
    }
    ck_assert_double_le(b->mean_delay_d, b->longest_wait_d + slack);
    if (q->detour_share == 1 && q->start_backlog == 0) {
        ck_assert_double_le(b->longest_wait_d, q->detour_wait_d + slack);
    }
}

START_TEST(curves_hold_together) {
    dro_arena *arena = NULL;
    dro_random_seed(&random_numbers, 32);
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    for (int i = 0; i < 600; i++) {
        dro_backlog_case q = random_case();
        dro_backlog b;
        dro_arena_reset(arena);
        ck_assert_int_eq(dro_backlog_run(&q, arena, &b, NULL), DRO_OK);
        expect_curves(&q, &b);
    }
    dro_arena_destroy(arena);
}
END_TEST

/* More capacity never makes more delay; ten times of everything is ten times as much.
 */
START_TEST(delays_follow_capacity_and_scale) {
    dro_arena *arena = NULL;
    dro_random_seed(&random_numbers, 33);
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    for (int i = 0; i < 500; i++) {
        dro_backlog_case q = random_case();
        dro_backlog less, more, tenfold;
        q.detour_wait_d = (double)INFINITY;
        q.horizon_d = 200;
        dro_arena_reset(arena);
        ck_assert_int_eq(dro_backlog_run(&q, arena, &less, NULL), DRO_OK);
        dro_backlog_case wider = q, large = q;
        wider.capacity_per_d *= 1.1;
        ck_assert_int_eq(dro_backlog_run(&wider, arena, &more, NULL), DRO_OK);
        ck_assert_double_le(more.delay_unit_d, less.delay_unit_d + 1e-6);
        ck_assert_double_le(more.max_backlog, less.max_backlog + 1e-9);
        large.capacity_per_d *= 10;
        large.arrivals_per_d *= 10;
        large.start_backlog *= 10;
        ck_assert_int_eq(dro_backlog_run(&large, arena, &tenfold, NULL), DRO_OK);
        ck_assert_double_eq_tol(tenfold.delay_unit_d, 10 * less.delay_unit_d,
                                1e-6 * (1 + less.delay_unit_d));
        ck_assert_double_eq_tol(tenfold.clear_d, less.clear_d, 1e-6);
    }
    dro_arena_destroy(arena);
}
END_TEST

int main(void) {
    const TTest *tests[] = {small_steps_come_to_the_same, curves_hold_together,
                            delays_follow_capacity_and_scale, NULL};
    return check_main("flow backlog", tests);
}
