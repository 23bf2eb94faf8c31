/* Each allocation of a plan, a voyage, its reports and a row of cells fails once. */
#include "check_main.h"
#include "fake_chart.h"
#include "torture/torture.h"

#include "derrotero/report.h"
#include "network/network_internal.h"

#define ATLAS DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"
#define ENDS  6

typedef struct scene {
    dro_session *session;
    dro_place west, east, middle;
    dro_place ends[ENDS];
    FILE *nowhere;
} scene;

static dro_status report(const scene *at, const dro_voyage *voyage, dro_arena *arena,
                         dro_error *error) {
    static const dro_format formats[] = {DRO_FORMAT_TABLE, DRO_FORMAT_JSON,
                                         DRO_FORMAT_CSV, DRO_FORMAT_GEOJSON};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        DRO_TRY(dro_report_voyage(at->nowhere, formats[i], voyage, arena, error));
    }
    return DRO_OK;
}

static dro_status voyage(const scene *at, dro_worker *worker, const dro_plan *plan,
                         dro_error *error) {
    dro_arena *arena = NULL;
    dro_voyage found;
    DRO_TRY(dro_arena_create(&arena, error));
    dro_status status =
        dro_voyage_find(worker, plan, &at->west, &at->east, arena, &found, error);
    if (status == DRO_OK) {
        status = report(at, &found, arena, error);
    }
    dro_arena_destroy(arena);
    return status;
}

static dro_status whole(void *context, dro_error *error) {
    const scene *at = context;
    const size_t required[1] = {3};
    dro_voyage_cell cells[ENDS];
    dro_voyage_options wish = DRO_VOYAGE_OPTIONS_INIT;
    wish.via = &at->middle;
    wish.via_count = 1;
    wish.alternatives = 2;
    wish.require = required;
    wish.require_count = 1;
    dro_plan *plan = NULL;
    dro_worker *worker = NULL;
    dro_status status = DRO_OK;
    DRO_TRY_GOTO(dro_worker_create(at->session, &worker, error), done);
    DRO_TRY_GOTO(dro_plan_create(at->session, &wish, &plan, error), done);
    DRO_TRY_GOTO(voyage(at, worker, plan, error), done);
    status =
        dro_voyage_one_to_many(worker, plan, &at->west, at->ends, ENDS, cells, error);
done:
    dro_plan_destroy(plan);
    dro_worker_destroy(worker);
    dro_rules_book_clear(dro_session_rules(at->session));
    return status;
}

START_TEST(every_allocation_of_a_voyage) {
    dro_error error = DRO_ERROR_INIT;
    scene at = {.nowhere = fopen("/dev/null", "w")};
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    options.data = ATLAS;
    ck_assert_ptr_nonnull(at.nowhere);
    ck_assert_int_eq(dro_session_open(&options, &at.session, &error), DRO_OK);
    const dro_atlas *atlas = dro_session_atlas(at.session);
    dro_place_of_port(atlas, 0, &at.west);
    dro_place_of_port(atlas, 1, &at.east);
    dro_place_of_port(atlas, 2, &at.middle);
    for (size_t i = 0; i < ENDS; i++) {
        dro_place_of_point((dro_point){1, 20 + (double)i}, &at.ends[i]);
    }
    ck_assert_uint_gt(torture(whole, &at), 10);
    dro_session_release(at.session);
    ck_assert_int_eq(fclose(at.nowhere), 0);
}
END_TEST

static dro_status session(void *context, dro_error *error) {
    dro_session *opened = NULL;
    DRO_TRY(dro_session_open(context, &opened, error));
    dro_session_release(opened);
    return DRO_OK;
}

START_TEST(every_allocation_of_a_session) {
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    options.data = ATLAS;
    ck_assert_uint_gt(torture(session, &options), 10);
}
END_TEST

int main(void) {
    const TTest *tests[] = {every_allocation_of_a_voyage, every_allocation_of_a_session,
                            NULL};
    return check_main("torture network", tests);
}
