/* Every allocation of a case and of a comparison on it fails once. */
#include "check_main.h"
#include "fake_chart.h"
#include "torture.h"

#include <unistd.h>

#include "derrotero/report.h"

#define ATLAS  DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"
#define TABLES DRO_TEST_SOURCE_DIR "/tests/fixtures/case"

static const char text[] =
    "case: test\ncorridors: no\ntables: " TABLES "\ncommodity: goods\nscenarios:\n"
    "  now: {date: 2024-06-01}\n"
    "  slow: {extends: now, edits: [{set: {passage: cut, wait_h: 20}},\n"
    "    {add: {service: new, vessel: small, state: existing, headway_d: 7,\n"
    "           calls: [{port: XAWST}, {port: XBEST}]}}]}\n";

typedef struct scene {
    dro_session *session;
    FILE *nowhere;
    char path[64];
} scene;

static dro_status diff(const dro_case *study, dro_error *error) {
    dro_facts *was = NULL, *is = NULL;
    dro_arena *arena = NULL;
    dro_difference *rows = NULL;
    size_t count = 0;
    dro_status status = DRO_OK;
    DRO_TRY_GOTO(dro_arena_create(&arena, error), done);
    DRO_TRY_GOTO(dro_case_apply(study, "now", NULL, &was, error), done);
    DRO_TRY_GOTO(dro_case_apply(study, "slow", NULL, &is, error), done);
    status = dro_case_diff(was, is, arena, &rows, &count, error);
done:
    dro_facts_destroy(was);
    dro_facts_destroy(is);
    dro_arena_destroy(arena);
    return status;
}

static dro_status open_and_diff(void *context, dro_error *error) {
    const scene *at = context;
    dro_case *study = NULL;
    DRO_TRY(dro_case_open(at->session, at->path, &study, error));
    dro_status status = diff(study, error);
    dro_case_close(study);
    return status;
}

static dro_status report(const scene *at, const dro_comparison *found,
                         dro_error *error) {
    static const dro_format formats[] = {DRO_FORMAT_TABLE, DRO_FORMAT_JSON,
                                         DRO_FORMAT_CSV};
    dro_arena *arena = NULL;
    dro_status status = dro_arena_create(&arena, error);
    for (size_t i = 0; status == DRO_OK && i < 3; i++) {
        status = dro_report_comparison(at->nowhere, formats[i], found, arena, error);
    }
    dro_arena_destroy(arena);
    return status;
}

static dro_status compare(const scene *at, const dro_case *study, dro_error *error) {
    dro_comparison *found = NULL;
    dro_compare_wish wish = DRO_COMPARE_WISH_INIT;
    wish.from = "mine";
    wish.to = "XBEST";
    wish.scenario[0] = "now";
    wish.scenario[1] = "slow";
    wish.samples = 3;
    wish.threads = 1;
    wish.alternatives = 2;
    wish.pareto = true;
    wish.geometry = true;
    DRO_TRY(dro_compare(study, &wish, &found, error));
    dro_status status = report(at, found, error);
    dro_comparison_destroy(found);
    return status;
}

static dro_status open_and_compare(void *context, dro_error *error) {
    const scene *at = context;
    dro_case *study = NULL;
    DRO_TRY(dro_case_open(at->session, at->path, &study, error));
    dro_status status = compare(at, study, error);
    dro_case_close(study);
    return status;
}

/* A store: a comparison with edits in JSON, one more that finds them, the network. */
static dro_status compare_edited(dro_store *store, const dro_case *study,
                                 dro_error *error) {
    static const char edits[] =
        "[{\"close\":{\"passage\":\"cut-old\"}},{\"add\":{\"service\":\"new\","
        "\"vessel\":\"small\",\"state\":\"existing\",\"headway_d\":7,"
        "\"calls\":[{\"port\":\"XAWST\"},{\"port\":\"XBEST\"}]}}]";
    dro_comparison *found = NULL;
    dro_compare_wish wish = DRO_COMPARE_WISH_INIT;
    wish.from = "mine";
    wish.to = "XBEST";
    wish.scenario[0] = "now";
    wish.scenario[1] = "now";
    wish.samples = 0;
    wish.threads = 1;
    wish.store = store;
    wish.edits = edits;
    wish.edits_length = sizeof edits - 1;
    DRO_TRY(dro_compare(study, &wish, &found, error));
    dro_comparison_destroy(found);
    return DRO_OK;
}

static dro_status write_network(const scene *at, dro_store *store,
                                const dro_case *study, dro_error *error) {
    const dro_prepare_wish wish = {.of = study, .scenario = "slow"};
    dro_prepared *ready = NULL;
    dro_arena *arena = NULL;
    DRO_TRY(dro_store_prepare(store, &wish, &ready, error));
    dro_status status = dro_arena_create(&arena, error);
    if (status == DRO_OK) {
        status =
            dro_report_network(at->nowhere, DRO_FORMAT_GEOJSON, ready, arena, error);
    }
    dro_arena_destroy(arena);
    dro_prepared_release(ready);
    return status;
}

static dro_status use_store(void *context, dro_error *error) {
    const scene *at = context;
    const dro_case *study = NULL;
    dro_store *store = NULL;
    dro_status status = dro_store_create(at->session, NULL, &store, error);
    DRO_TRY_GOTO(status, done);
    DRO_TRY_GOTO(dro_store_open(store, at->path, &study, error), done);
    DRO_TRY_GOTO(compare_edited(store, study, error), done);
    DRO_TRY_GOTO(compare_edited(store, study, error), done);
    status = write_network(at, store, study, error);
done:
    dro_store_destroy(store);
    return status;
}

static void prepare(scene *at) {
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    options.data = ATLAS;
    *at = (scene){.path = "/tmp/derrotero-torture-XXXXXX"};
    at->nowhere = fopen("/dev/null", "w");
    ck_assert_ptr_nonnull(at->nowhere);
    ck_assert_int_eq(dro_session_open(&options, &at->session, NULL), DRO_OK);
    int file = mkstemp(at->path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq((int)write(file, text, sizeof text - 1), (int)sizeof text - 1);
    ck_assert_int_eq(close(file), 0);
}

static void clean(scene *at) {
    ck_assert_int_eq(unlink(at->path), 0);
    ck_assert_int_eq(fclose(at->nowhere), 0);
    dro_session_release(at->session);
}

START_TEST(every_allocation_of_a_case) {
    scene at;
    prepare(&at);
    ck_assert_uint_gt(torture(open_and_diff, &at), 50);
    clean(&at);
}
END_TEST

START_TEST(every_allocation_of_a_comparison) {
    scene at;
    prepare(&at);
    ck_assert_uint_gt(torture(open_and_compare, &at), 50);
    clean(&at);
}
END_TEST

START_TEST(every_allocation_of_a_store) {
    scene at;
    prepare(&at);
    ck_assert_uint_gt(torture(use_store, &at), 50);
    clean(&at);
}
END_TEST

int main(void) {
    const TTest *const tests[] = {every_allocation_of_a_case,
                                  every_allocation_of_a_comparison,
                                  every_allocation_of_a_store, NULL};
    return check_main("torture case", tests);
}
