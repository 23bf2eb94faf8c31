/* A store changes no byte of an answer: every scenario of the cases that come with the
 * program against another one, with and without edits, in mixed order, on one thread
 * and on two, against the same asked alone. */
#include "check_main.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "derrotero/report.h"

#define CASES   2
#define ASKERS  2
#define SAMPLES 5
#define ROUNDS  2
#define MOST    40

typedef struct pair {
    const char *from, *to;
} pair;

static const char *const names[CASES] = {"chancay", "red-sea"};
static const pair pairs[CASES] = {{"PECHY", "CNSHA"}, {"CNSHA", "NLRTM"}};
static const char edits[] = "[{\"close\":{\"passage\":\"suez\"}},"
                            "{\"set\":{\"passage\":\"panama\",\"wait_h\":{\"value\":30,"
                            "\"low\":20,\"high\":99}}}]";

static dro_session *session;

static bool prepare(void) {
    dro_error error = DRO_ERROR_INIT;
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    if (getenv("DRO_TEST_QUICK")) {
        printf("takes the world's chart and too long for DRO_TEST_QUICK\n");
        return false;
    }
    if (dro_session_open(&options, &session, &error) == DRO_OK) {
        return true;
    }
    printf("%s\n", error.message);
    return false;
}

static char *answer(const dro_case *study, const pair *ends, const char *scenario,
                    bool edited, unsigned threads, dro_store *store) {
    dro_error error = DRO_ERROR_INIT;
    dro_compare_wish wish = DRO_COMPARE_WISH_INIT;
    dro_comparison *found = NULL;
    dro_arena *arena = NULL;
    dro_scenario first;
    char *bytes = NULL;
    size_t length = 0;
    dro_case_scenario(study, 0, &first);
    wish.from = ends->from;
    wish.to = ends->to;
    wish.quay = true;
    wish.scenario[0] = first.id;
    wish.scenario[1] = scenario;
    wish.samples = SAMPLES;
    wish.threads = threads;
    wish.alternatives = 2;
    wish.geometry = true;
    wish.store = store;
    if (edited) {
        wish.edits = edits;
        wish.edits_length = sizeof edits - 1;
    }
    FILE *out = open_memstream(&bytes, &length);
    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    ck_assert_msg(dro_compare(study, &wish, &found, &error) == DRO_OK, "%s: %s",
                  scenario, error.message);
    ck_assert_int_eq(dro_report_comparison(out, DRO_FORMAT_JSON, found, arena, &error),
                     DRO_OK);
    dro_comparison_destroy(found);
    dro_arena_destroy(arena);
    ck_assert_int_eq(fclose(out), 0);
    return bytes;
}

/* ---- all questions, asked by several threads in different orders -------------------
 */

typedef struct board {
    dro_store *store;
    const dro_case *study;
    const pair *ends;
    size_t count; /* of questions: scenarios, then the same with edits */
    char *alone[MOST];
} board;

typedef struct asker {
    board *on;
    pthread_t thread;
    size_t step, wrong;
} asker;

static char *ask_one(const board *b, size_t question, unsigned threads,
                     dro_store *store) {
    size_t scenarios = b->count / 2;
    dro_scenario scenario;
    dro_case_scenario(b->study, question % scenarios, &scenario);
    return answer(b->study, b->ends, scenario.id, question >= scenarios, threads,
                  store);
}

static void *ask_all(void *context) {
    asker *a = context;
    board *b = a->on;
    for (size_t i = 0; i < b->count * ROUNDS; i++) {
        size_t question = (i * a->step + a->step) % b->count;
        char *kept = ask_one(b, question, 1, b->store);
        a->wrong += strcmp(kept, b->alone[question]) != 0;
        free(kept);
    }
    return NULL;
}

START_TEST(a_store_changes_no_byte) {
    dro_error error = DRO_ERROR_INIT;
    board b = {.ends = &pairs[_i]};
    const dro_store_options small = {6}; /* some are dropped and made again */
    asker askers[ASKERS] = {{&b, 0, 7, 0}, {&b, 0, 11, 0}};
    ck_assert_int_eq(dro_store_create(session, &small, &b.store, &error), DRO_OK);
    ck_assert_msg(dro_store_open(b.store, names[_i], &b.study, &error) == DRO_OK, "%s",
                  error.message);
    b.count = 2 * dro_case_scenarios(b.study);
    ck_assert_uint_le(b.count, MOST);
    for (size_t i = 0; i < b.count; i++) {
        b.alone[i] = ask_one(&b, i, i % 2 ? 1 : 2, NULL);
    }
    for (size_t i = 0; i < ASKERS; i++) {
        ck_assert_int_eq(pthread_create(&askers[i].thread, NULL, ask_all, &askers[i]),
                         0);
    }
    for (size_t i = 0; i < ASKERS; i++) {
        ck_assert_int_eq(pthread_join(askers[i].thread, NULL), 0);
        ck_assert_uint_eq(askers[i].wrong, 0);
    }
    for (size_t i = 0; i < b.count; i++) {
        free(b.alone[i]);
    }
    dro_store_destroy(b.store);
}
END_TEST

int main(void) {
    if (!prepare()) {
        return 77;
    }
    Suite *suite = suite_create("scenario store");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 600);
    tcase_add_loop_test(all, a_store_changes_no_byte, 0, CASES);
    suite_add_tcase(suite, all);
    int code = check_run(suite);
    dro_session_release(session);
    return code;
}
