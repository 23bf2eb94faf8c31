/* Allocations of building, opening and searching a chart fail, one at a time. */
#include "torture.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "check_main.h"
#include "support/synthetic_chart.h"

static synthetic_chart world, tiny;
static dro_error error;

static void set_up(void) {
    if (synthetic_chart_create(&synthetic_full, 0.0, NULL, &world, &error) != DRO_OK ||
        synthetic_chart_prepare(&synthetic_tiny, 0.0, &tiny, &error) != DRO_OK) {
        (void)fprintf(stderr, "no chart to test: %s\n", error.message);
        exit(1);
    }
}

static void tear_down(void) {
    synthetic_chart_destroy(&world);
    synthetic_chart_destroy(&tiny);
}

static dro_status open_it(void *context, dro_error *e) {
    (void)context;
    dro_chart *chart = NULL;
    DRO_TRY(dro_chart_open(world.path, world.atlas, &chart, e));
    dro_status status = dro_chart_verify(chart, e);
    dro_chart_close(chart);
    return status;
}

typedef struct question {
    dro_sea_end from, to;
    dro_sea_rules_options rules;
} question;

static dro_status ask(const question *q, dro_sea *sea, const dro_sea_rules *rules,
                      dro_error *e) {
    dro_sea_path path;
    dro_sea_cell cells[3];
    dro_sea_snap snap;
    const dro_sea_end to[] = {q->to, {.port = 3}, {{-40.0, 150.0}, -1}};
    DRO_TRY(dro_sea_route(sea, rules, q->from, q->to, &path, e));
    DRO_TRY(dro_sea_one_to_many(sea, rules, q->from, to, 3, cells, e));
    return dro_sea_find_water(sea, rules, (dro_point){50.0, -13.5}, &snap, e);
}

static dro_status route(void *context, dro_error *e) {
    const question *q = context;
    dro_sea *sea = NULL;
    dro_sea_rules *rules = NULL;
    dro_status status = dro_sea_create(world.chart, &sea, e);
    if (status == DRO_OK) {
        status = dro_sea_rules_create(world.chart, &q->rules, &rules, e);
    }
    if (status == DRO_OK) {
        status = ask(q, sea, rules, e);
    }
    dro_sea_rules_destroy(rules);
    dro_sea_destroy(sea);
    return status;
}

/* Nothing is left behind where it fails. */
static dro_status build(void *context, dro_error *e) {
    (void)context;
    dro_chart_build_options options = DRO_CHART_BUILD_OPTIONS_INIT;
    options.coastline = tiny.coastline;
    options.atlas = tiny.atlas;
    options.threads = 1;
    dro_status status = dro_chart_build(&options, tiny.path, e);
    ck_assert_int_eq(access(tiny.path, F_OK), status == DRO_OK ? 0 : -1);
    (void)unlink(tiny.path);
    return status;
}

START_TEST(opening) {
    ck_assert_uint_gt(torture(open_it, NULL), 0);
}
END_TEST

START_TEST(searching) {
    static double extra[DRO_PASSAGES_MAX] = {1000.0, 1000.0};
    dro_vec corners[] = {
        dro_geo_to_vec((dro_point){-30, 60}), dro_geo_to_vec((dro_point){-30, 70}),
        dro_geo_to_vec((dro_point){0, 70}), dro_geo_to_vec((dro_point){0, 60})};
    dro_ring avoid = {corners, 4};
    question questions[] = {
        {{.port = 0}, {.port = 5}, DRO_SEA_RULES_OPTIONS_INIT},
        {{{30.9, -15.25}, -1}, {{19.0, 70.0}, -1}, DRO_SEA_RULES_OPTIONS_INIT},
        {{{-15.0, 20.0}, -1}, {{5.0, 120.0}, -1}, DRO_SEA_RULES_OPTIONS_INIT},
        {{{10.0, -34.9}, -1}, {{47.0, 61.3}, -1}, DRO_SEA_RULES_OPTIONS_INIT},
        {{.port = 1}, {{-60.0, 100.0}, -1}, DRO_SEA_RULES_OPTIONS_INIT},
    };
    questions[2].rules.avoid = &avoid;
    questions[2].rules.avoid_count = 1;
    questions[3].rules.extra_m = extra;
    questions[4].rules.soft_shoals = true;
    questions[4].rules.require = 1;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        ck_assert_uint_gt(torture(route, &questions[i]), 10);
    }
}
END_TEST

/* Some 650 allocations; every fifth is enough. */
START_TEST(building) {
    size_t step = getenv("DRO_TEST_QUICK") ? 37 : 5;
    ck_assert_uint_gt(torture_stepping(build, NULL, step), 5);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("torture_chart");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 300);
    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, opening);
    tcase_add_test(tests, searching);
    tcase_add_test(tests, building);
    suite_add_tcase(suite, tests);
    return check_run(suite);
}
