/* Rules that plans share: the same ones for the same wishes, while in use and after,
 * never those of another wish; from many threads. */
#include "check_main.h"
#include "fake_chart.h"

#include "derrotero/report.h"
#include "network/network_internal.h"

#define ATLAS   DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"
#define WISHES  (DRO_RULES_KEPT + 4)
#define THREADS 4

static dro_session *session;

static void set_up(void) {
    dro_error error = DRO_ERROR_INIT;
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    options.data = ATLAS;
    ck_assert_int_eq(dro_session_open(&options, &session, &error), DRO_OK);
}

static void tear_down(void) {
    dro_session_release(session);
}

/* A plan whose rules differ from another's by the draught. */
static dro_plan *plan_of(double draft_m) {
    dro_error error = DRO_ERROR_INIT;
    dro_voyage_options wish = DRO_VOYAGE_OPTIONS_INIT;
    dro_plan *plan = NULL;
    wish.draft_m = draft_m;
    ck_assert_msg(dro_plan_create(session, &wish, &plan, &error) == DRO_OK, "%s",
                  error.message);
    return plan;
}

START_TEST(same_wishes_share) {
    dro_plan *one = plan_of(8), *two = plan_of(8), *other = plan_of(9);
    ck_assert_ptr_eq(one->rules[0], two->rules[0]);
    ck_assert_ptr_ne(one->rules[0], other->rules[0]);
    const dro_sea_rules *kept = one->rules[0];
    dro_plan_destroy(one);
    dro_plan_destroy(two);
    dro_plan *again = plan_of(8);
    ck_assert_ptr_eq(again->rules[0], kept);
    dro_plan_destroy(again);
    dro_plan_destroy(other);
}
END_TEST

START_TEST(areas_are_not_shared) {
    dro_error error = DRO_ERROR_INIT;
    const dro_vec corners[3] = {dro_geo_to_vec((dro_point){40, 40}),
                                dro_geo_to_vec((dro_point){40, 41}),
                                dro_geo_to_vec((dro_point){41, 41})};
    const dro_ring area = {corners, 3};
    dro_voyage_options wish = DRO_VOYAGE_OPTIONS_INIT;
    dro_plan *one = NULL, *two = NULL;
    wish.avoid_areas = &area;
    wish.avoid_area_count = 1;
    ck_assert_int_eq(dro_plan_create(session, &wish, &one, &error), DRO_OK);
    ck_assert_int_eq(dro_plan_create(session, &wish, &two, &error), DRO_OK);
    ck_assert_ptr_ne(one->rules[0], two->rules[0]);
    dro_plan_destroy(one);
    dro_plan_destroy(two);
}
END_TEST

/* More than there is room for: in use at once, and one after the other. */
START_TEST(more_than_are_kept) {
    dro_plan *plans[WISHES];
    for (size_t i = 0; i < WISHES; i++) {
        plans[i] = plan_of(5 + (double)i / 10);
        for (size_t k = 0; k < i; k++) {
            ck_assert_ptr_ne(plans[i]->rules[0], plans[k]->rules[0]);
        }
    }
    for (size_t i = 0; i < WISHES; i++) {
        dro_plan_destroy(plans[i]);
    }
    for (size_t i = 0; i < (size_t)3 * WISHES; i++) {
        dro_plan *plan = plan_of(5 + (double)(i % WISHES) / 10);
        ck_assert_double_eq(plan->rules[0]->options.draft_m,
                            5 + (double)(i % WISHES) / 10);
        dro_plan_destroy(plan);
    }
}
END_TEST

static void *ask(void *seed) {
    dro_random random;
    dro_random_seed(&random, *(const uint64_t *)seed);
    for (int i = 0; i < 2000; i++) {
        double draft_m = 5 + (double)(dro_random_u64(&random) % WISHES) / 10;
        dro_plan *plan = plan_of(draft_m);
        ck_assert_double_eq(plan->rules[0]->options.draft_m, draft_m);
        dro_plan_destroy(plan);
    }
    return NULL;
}

START_TEST(threads_share) {
    pthread_t threads[THREADS];
    uint64_t seeds[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        seeds[i] = i;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask, &seeds[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("network rules");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, same_wishes_share);
    tcase_add_test(tests, areas_are_not_shared);
    tcase_add_test(tests, more_than_are_kept);
    tcase_add_test(tests, threads_share);
    suite_add_tcase(suite, tests);
    return check_run(suite);
}
