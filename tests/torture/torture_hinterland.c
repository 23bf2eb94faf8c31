/* Each allocation of a hinterland, of a disruption with ranges and of their pages fails
 * once. */
#include "check_main.h"
#include "fake_chart.h"
#include "support/random_land.h"
#include "torture/torture.h"

#include "derrotero/report.h"

#define ATLAS DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"

typedef struct scene {
    dro_session *session;
    dro_facts *facts;
    dro_chains *chains;
    FILE *nowhere;
} scene;

static dro_status write_all(const scene *at, const dro_hinterland *found,
                            dro_arena *arena, dro_error *error) {
    static const dro_report_about about = {.study = "torture", .to = "West"};
    for (int f = DRO_FORMAT_TABLE; f <= DRO_FORMAT_HTML; f++) {
        DRO_TRY(dro_report_hinterland(at->nowhere, (dro_format)f, found, &about, arena,
                                      error));
    }
    return DRO_OK;
}

static dro_status search(const scene *at, dro_arena *arena, dro_error *error) {
    dro_hinterland_options wish = {.port = 1,
                                   .by = DRO_CHAIN_BY_COST,
                                   .contested = 0.05,
                                   .access = DRO_ACCESS_INIT,
                                   .step_deg = 4.0,
                                   .sampling = {.seed = 1, .count = 2},
                                   .threads = 1};
    dro_grid_options grid = {.access = wish.access, .step_deg = wish.step_deg};
    dro_point *cells = NULL;
    dro_hinterland found;
    DRO_TRY(dro_chain_place_find(at->chains, "XAWST", false, &wish.to, error));
    DRO_TRY(
        dro_hinterland_grid(at->chains, &grid, arena, &cells, &wish.cell_count, error));
    wish.cells = cells;
    DRO_TRY(dro_hinterland_find(at->chains, &wish, arena, &found, error));
    return write_all(at, &found, arena, error);
}

static dro_status hinterland(void *context, dro_error *error) {
    dro_arena *arena = NULL;
    DRO_TRY(dro_arena_create(&arena, error));
    dro_status status = search(context, arena, error);
    dro_arena_destroy(arena);
    return status;
}

static dro_status disrupt(const scene *at, dro_arena *arena, dro_error *error) {
    static const dro_report_blow blow = {.title = "t", .subtitle = "s", .unit = "u"};
    static const dro_format formats[] = {DRO_FORMAT_TABLE, DRO_FORMAT_JSON,
                                         DRO_FORMAT_CSV, DRO_FORMAT_SVG};
    dro_disrupt_question q = DRO_DISRUPT_QUESTION_INIT;
    dro_disrupt found;
    dro_report_detours ways = {.facts = at->facts};
    dro_detour *rows = NULL;
    q.arrivals_per_d = (dro_range){8, 7, 9};
    q.sampling.count = 2;
    DRO_TRY(dro_disrupt_run(&q, arena, &found, error));
    DRO_TRY(
        dro_disrupt_detours(at->chains, at->chains, arena, &rows, &ways.count, error));
    ways.rows = rows;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        DRO_TRY(dro_report_disruption(at->nowhere, formats[i], &found, &blow, &ways,
                                      arena, error));
    }
    return DRO_OK;
}

static dro_status strike(void *context, dro_error *error) {
    dro_arena *arena = NULL;
    DRO_TRY(dro_arena_create(&arena, error));
    dro_status status = disrupt(context, arena, error);
    dro_arena_destroy(arena);
    return status;
}

static scene open_scene(void) {
    scene at = {0};
    dro_random numbers;
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    dro_chains_options chains = DRO_CHAINS_OPTIONS_INIT;
    options.data = ATLAS;
    dro_random_seed(&numbers, 5);
    ck_assert_int_eq(dro_session_open(&options, &at.session, NULL), DRO_OK);
    at.facts = random_land(dro_session_atlas(at.session), &numbers);
    ck_assert_int_eq(dro_chains_create(at.session, at.facts, &chains, &at.chains, NULL),
                     DRO_OK);
    at.nowhere = fopen("/dev/null", "w");
    ck_assert_ptr_nonnull(at.nowhere);
    return at;
}

static void close_scene(scene *at) {
    (void)fclose(at->nowhere);
    dro_chains_destroy(at->chains);
    dro_facts_destroy(at->facts);
    dro_session_release(at->session);
}

START_TEST(hinterlands) {
    scene at = open_scene();
    ck_assert_uint_gt(torture(hinterland, &at), 20);
    close_scene(&at);
}
END_TEST

START_TEST(disruptions) {
    scene at = open_scene();
    ck_assert_uint_gt(torture(strike, &at), 8);
    close_scene(&at);
}
END_TEST

int main(void) {
    const TTest *const tests[] = {hinterlands, disruptions, NULL};
    return check_main_slow("torture hinterland", 300, NULL, NULL, tests);
}
