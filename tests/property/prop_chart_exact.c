/*
 * No way is longer than the shortest by more than its excess_bound, and none is
 * shorter: the exact solver of the tests says what the shortest is. A thousand pairs on
 * the world's chart: bench/optimality.c.
 */
#include <math.h>
#include <stdlib.h>

#include "check_main.h"
#include "support/exact_check.h"
#include "support/real_world.h"
#include "support/synthetic_chart.h"

static synthetic_chart world, moved;
static dro_error error;

static void set_up(void) {
    if (synthetic_chart_create(&synthetic_full, 0.0, NULL, &world, &error) != DRO_OK ||
        synthetic_chart_create(&synthetic_full, 137.25, NULL, &moved, &error) !=
            DRO_OK) {
        (void)fprintf(stderr, "no chart to test: %s\n", error.message);
        exit(1);
    }
}

static void tear_down(void) {
    synthetic_chart_destroy(&world);
    synthetic_chart_destroy(&moved);
}

static dro_sea_rules_options rules_of(const dro_atlas *atlas) {
    dro_sea_rules_options rules = DRO_SEA_RULES_OPTIONS_INIT;
    rules.closed = dro_atlas_closed_mask(atlas);
    return rules;
}

static void check_ports(exact_check *check) {
    size_t ports = 0;
    (void)dro_atlas_ports(check->atlas, &ports);
    for (size_t i = 0; i < ports; i++) {
        for (size_t k = 0; k < ports; k++) {
            bool compared = false;
            dro_sea_end from = {.port = (int)i}, to = {.port = (int)k};
            ck_assert_int_eq(exact_check_pair(check, from, to, &compared, &error),
                             DRO_OK);
        }
    }
}

/* Places over 171 degrees apart have a test of their own. */
static bool nearly_opposite(const dro_atlas *atlas, dro_sea_end from, dro_sea_end to) {
    size_t ports = 0;
    const dro_port *port = dro_atlas_ports(atlas, &ports);
    dro_point a = from.port >= 0 ? port[from.port].at : from.at;
    dro_point b = to.port >= 0 ? port[to.port].at : to.at;
    return dro_geo_angle(dro_geo_to_vec(a), dro_geo_to_vec(b)) > 2.98;
}

static void check_random(exact_check *check, uint64_t seed, size_t count,
                         double port_share) {
    dro_random random;
    dro_random_seed(&random, seed);
    while (count > 0) {
        bool compared = false;
        dro_sea_end from = exact_check_random_end(check, &random, port_share);
        dro_sea_end to = exact_check_random_end(check, &random, port_share);
        if (nearly_opposite(check->atlas, from, to)) {
            continue;
        }
        ck_assert_int_eq(exact_check_pair(check, from, to, &compared, &error), DRO_OK);
        count -= compared ? 1 : 0;
    }
}

static void check_world(const synthetic_chart *chart,
                        const dro_sea_rules_options *rules, uint64_t seed) {
    exact_check check;
    ck_assert_int_eq(
        exact_check_create(chart->chart, chart->atlas, rules, stdout, &check, &error),
        DRO_OK);
    check_ports(&check);
    check_random(&check, seed, getenv("DRO_TEST_QUICK") ? 60 : 200, 0.3);
    (void)printf("%zu pairs, %zu without a way, worst excess %.5f %%\n", check.pairs,
                 check.without, 100.0 * check.worst);
    (void)fflush(stdout);
    size_t violations = check.violations;
    exact_check_destroy(&check);
    ck_assert_uint_eq(violations, 0);
}

START_TEST(with_default_rules) {
    dro_sea_rules_options rules = rules_of(world.atlas);
    check_world(&world, &rules, 1);
}
END_TEST

START_TEST(moved_over_the_antimeridian) {
    dro_sea_rules_options rules = rules_of(moved.atlas);
    check_world(&moved, &rules, 2);
}
END_TEST

/* 3 m floats over all shoals; 5.5 and 8 m only over the outer one of two that lie one
 * in the other. */
static const double draughts[] = {3.0, 5.5, 8.0, 14.0};

START_TEST(with_other_draughts) {
    dro_sea_rules_options rules = rules_of(world.atlas);
    rules.draft_m = draughts[_i];
    rules.channel_draft_m = draughts[_i];
    check_world(&world, &rules, 200 + (uint64_t)_i);
}
END_TEST

START_TEST(with_a_passage_closed) {
    dro_sea_rules_options rules = rules_of(world.atlas);
    rules.closed |= dro_atlas_passage_mask(world.atlas, (size_t)_i);
    check_world(&world, &rules, 100 + (uint64_t)_i);
}
END_TEST

START_TEST(with_all_passages_closed) {
    dro_sea_rules_options rules = rules_of(world.atlas);
    rules.closed = UINT64_MAX;
    check_world(&world, &rules, 5);
}
END_TEST

START_TEST(with_all_passages_open) {
    dro_sea_rules_options rules = rules_of(world.atlas);
    rules.closed = 0;
    check_world(&world, &rules, 6);
}
END_TEST

/* An octagon that is wider or narrower than high by chance. */
static void make_area(dro_random *random, dro_point at, double reach_deg,
                      dro_vec corners[8]) {
    double flat = 0.3 + 1.4 * dro_random_unit(random);
    for (int k = 0; k < 8; k++) {
        double a = k * 0.7853981633974483;
        double north = reach_deg * sin(a), east = flat * reach_deg * cos(a);
        corners[k] = dro_geo_to_vec((dro_point){
            fmin(89.0, fmax(-89.0, at.lat_deg + north)),
            remainder(at.lon_deg + east / cos(at.lat_deg * 0.0174532925), 360.0)});
    }
}

/* Some areas at sea and over coasts; the others small and at ports, where they cut bays
 * and channels. */
START_TEST(with_avoided_areas) {
    dro_random random;
    dro_random_seed(&random, 300 + (uint64_t)_i);
    dro_vec corners[6][8];
    dro_ring rings[6];
    size_t ports = 0;
    const dro_port *port = dro_atlas_ports(world.atlas, &ports);
    for (int r = 0; r < 6; r++) {
        double lat = 120.0 * dro_random_unit(&random) - 60.0;
        double lon = 360.0 * dro_random_unit(&random) - 180.0;
        double reach = 1.0 + 12.0 * dro_random_unit(&random);
        if (_i % 2) {
            dro_point p = port[(size_t)(dro_random_unit(&random) * (double)ports)].at;
            lat = p.lat_deg + 2.0 * (dro_random_unit(&random) - 0.5);
            lon = remainder(p.lon_deg + 2.0 * (dro_random_unit(&random) - 0.5), 360.0);
            reach = 0.02 + 0.8 * dro_random_unit(&random);
        }
        make_area(&random, (dro_point){lat, lon}, reach, corners[r]);
        rings[r] = (dro_ring){corners[r], 8};
    }
    dro_sea_rules_options rules = rules_of(world.atlas);
    rules.avoid = rings;
    rules.avoid_count = 6;
    check_world(&world, &rules, 300 + (uint64_t)_i);
}
END_TEST

static void check_listed(const dro_sea_rules_options *rules, const dro_point (*ends)[2],
                         size_t count) {
    exact_check check;
    ck_assert_int_eq(
        exact_check_create(world.chart, world.atlas, rules, stdout, &check, &error),
        DRO_OK);
    for (size_t i = 0; i < count; i++) {
        bool compared = false;
        dro_sea_end from = {ends[i][0], -1}, to = {ends[i][1], -1};
        ck_assert_int_eq(exact_check_pair(&check, from, to, &compared, &error), DRO_OK);
        ck_assert(compared);
    }
    (void)fflush(stdout);
    size_t violations = check.violations;
    exact_check_destroy(&check);
    ck_assert_uint_eq(violations, 0);
}

/* Bug of 2025-11: the bend of a closed gate was no node of the graph. Both ways turn at
 * the bend of the north route's gate at 72 N 82 E, on its western side. */
START_TEST(ways_turn_at_the_bend_of_a_closed_gate) {
    static const dro_point ends[][2] = {{{58.4647, 80.5627}, {22.7971, 5.2821}},
                                        {{57.8593, 81.8816}, {-39.6, -22.0}}};
    dro_sea_rules_options rules = rules_of(world.atlas);
    check_listed(&rules, ends, 2);
}
END_TEST

/* Bug of 2025-11: corners that are only those of the inner of two shoals, one of which
 * lies in the other, were no nodes of the graph. */
START_TEST(ways_turn_at_the_inner_of_two_shoals) {
    static const dro_point ends[][2] = {{{46.0, 61.5}, {-36.3283, 7.77056}},
                                        {{15.43258, -7.42333}, {14.40182, 157.43546}},
                                        {{-41.37606, 151.7569}, {10.84935, 8.26048}},
                                        {{-6.76175, 24.50175}, {57.01733, -49.91474}}};
    dro_sea_rules_options rules = rules_of(world.atlas);
    rules.draft_m = rules.channel_draft_m = _i ? 8.0 : 5.5;
    check_listed(&rules, ends, 4);
}
END_TEST

/* Bug of 2025-11: a leg of more than 172 degrees was not seen, and the way round it was
 * said to be a straight one. */
START_TEST(places_nearly_opposite) {
    static const dro_point ends[][2] = {{{-20.10877, -56.04398}, {16.60987, 126.31799}},
                                        {{60.18242, 88.54312}, {-55.97177, -94.64004}},
                                        {{-60.3878, 43.18279}, {61.07373, -152.17757}}};
    dro_sea_rules_options rules = rules_of(world.atlas);
    rules.closed = 0;
    check_listed(&rules, ends, 3);
}
END_TEST

/* ---- the world's chart
 * ---------------------------------------------------------------- */

static real_world real;

/* As many pairs as a few seconds allow; a thousand: bench/optimality.c. */
START_TEST(some_pairs_of_the_world) {
    exact_check check;
    dro_sea_rules_options rules = rules_of(real.atlas);
    ck_assert_int_eq(
        exact_check_create(real.chart, real.atlas, &rules, stdout, &check, &error),
        DRO_OK);
    double start = dro_clock_s();
    for (uint64_t i = 0; i < 20 && dro_clock_s() - start < 30.0; i++) {
        check_random(&check, 20251122 + i, 1, 0.5);
    }
    exact_info info = exact_sea_info(check.exact);
    (void)printf("world: %zu pairs, worst excess %.5f %%, looked out from %zu of %zu "
                 "corners\n",
                 check.pairs, 100.0 * check.worst, info.seen, info.corners);
    (void)fflush(stdout);
    size_t violations = check.violations;
    exact_check_destroy(&check);
    ck_assert_uint_eq(violations, 0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("chart against the exact solver");
    TCase *synthetic = tcase_create("synthetic");
    tcase_set_timeout(synthetic, 300);
    tcase_add_unchecked_fixture(synthetic, set_up, tear_down);
    tcase_add_test(synthetic, with_default_rules);
    tcase_add_test(synthetic, moved_over_the_antimeridian);
    tcase_add_loop_test(synthetic, with_other_draughts, 0,
                        (int)(sizeof draughts / sizeof *draughts));
    tcase_add_loop_test(synthetic, with_a_passage_closed, 0, 7);
    tcase_add_test(synthetic, with_all_passages_closed);
    tcase_add_test(synthetic, with_all_passages_open);
    tcase_add_loop_test(synthetic, with_avoided_areas, 0, 6);
    tcase_add_test(synthetic, ways_turn_at_the_bend_of_a_closed_gate);
    tcase_add_loop_test(synthetic, ways_turn_at_the_inner_of_two_shoals, 0, 2);
    tcase_add_test(synthetic, places_nearly_opposite);
    suite_add_tcase(suite, synthetic);
    TCase *world_case = tcase_create("world");
    tcase_set_timeout(world_case, 800);
    bool opened = real_world_open(&real);
    if (opened) {
        tcase_add_test(world_case, some_pairs_of_the_world);
    }
    suite_add_tcase(suite, world_case);
    int code = check_run_skipping(suite, opened ? 0 : 1);
    real_world_close(&real);
    return code;
}
