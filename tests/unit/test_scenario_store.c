/* Edits given inline, and the store of prepared scenarios, on the small world of
 * fake_chart.h: the same as edits in a file, the same as without a store. */
#include "check_main.h"
#include "fake_chart.h"
#include "small_world.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "derrotero/report.h"

#define THREADS 8

#define SLOW \
    "[{set: {passage: [cut, cut-old], wait_h: {value: 20, low: 10, high: 40}}}]"

static const char text[] = SMALL_CASE_HEAD
    "  now: {date: 2024-06-01, title: As it is}\n"
    "  slow: {extends: now, edits: " SLOW "}\n"
    "  closed: {extends: now, edits: [{close: {passage: [cut, cut-old]}}]}\n"
    "  timeless: {title: No date}\n";

static dro_session *session;
static dro_store *store;
static const dro_case *study;
static char path[64];

static void setup(void) {
    dro_error error = DRO_ERROR_INIT;
    (void)snprintf(path, sizeof path, "/tmp/derrotero-store-XXXXXX");
    session = small_session();
    small_case_file(path, text);
    ck_assert_int_eq(dro_store_create(session, &(dro_store_options){2}, &store, &error),
                     DRO_OK);
    ck_assert_msg(dro_store_open(store, path, &study, &error) == DRO_OK, "%s",
                  error.message);
    ck_assert_int_eq(unlink(path), 0);
}

static void teardown(void) {
    dro_store_destroy(store);
    dro_session_release(session);
}

/* ---- edits ---------------------------------------------------------------------- */

static size_t differences(const char *scenario, const char *edits, const char *other) {
    dro_error error = DRO_ERROR_INIT;
    dro_facts *a = NULL, *b = NULL;
    dro_arena *arena = NULL;
    dro_difference *rows = NULL;
    size_t count = 0;
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    dro_status status = dro_case_edit(study, scenario, edits, edits ? strlen(edits) : 0,
                                      "edits", &a, &error);
    ck_assert_msg(status == DRO_OK, "%s", error.message);
    ck_assert_int_eq(dro_case_apply(study, other, NULL, &b, &error), DRO_OK);
    ck_assert_int_eq(dro_case_diff(a, b, arena, &rows, &count, &error), DRO_OK);
    dro_facts_destroy(a);
    dro_facts_destroy(b);
    dro_arena_destroy(arena);
    return count;
}

START_TEST(edits_do_what_a_file_does) {
    static const char json[] = "[{\"set\":{\"passage\":[\"cut\",\"cut-old\"],"
                               "\"wait_h\":{\"value\":20,\"low\":10,\"high\":40}}}]";
    ck_assert_uint_eq(differences("now", SLOW, "slow"), 0);
    ck_assert_uint_eq(differences("now", json, "slow"), 0);
    ck_assert_uint_eq(
        differences("now", "- close: {passage: [cut, cut-old]}\n", "closed"), 0);
    ck_assert_uint_eq(differences("slow", NULL, "slow"), 0);
    ck_assert_uint_eq(differences("now", "[]", "now"), 0);
    ck_assert_uint_gt(differences("now", SLOW, "now"), 0);
    ck_assert_uint_eq(differences("now", NULL, "now"), 0); /* the case is as it was */
}
END_TEST

/* Between the dates that an edit names, as in a file. */
START_TEST(edits_between_dates) {
    static const char then[] = "[{close: {passage: cut}, from: 2023-01-01}]";
    static const char later[] = "[{close: {passage: cut}, from: 2025-01-01}]";
    dro_error error = DRO_ERROR_INIT;
    dro_facts *facts = NULL;
    ck_assert_uint_gt(differences("now", then, "now"), 0);
    ck_assert_uint_eq(differences("now", later, "now"), 0);
    ck_assert_int_eq(dro_case_edit(study, "timeless", then, sizeof then - 1, "edits",
                                   &facts, &error),
                     DRO_INVALID);
    ck_assert_str_eq(error.message,
                     "edits:1:20: this edit holds between dates, but there is no date");
}
END_TEST

static void refuse(const char *edits, size_t length, dro_status expected,
                   const char *message) {
    dro_error error = DRO_ERROR_INIT;
    dro_facts *facts = NULL;
    dro_status status =
        dro_case_edit(study, "now", edits, length, "edits", &facts, &error);
    ck_assert_msg(strncmp(error.message, message, strlen(message)) == 0,
                  "expected: %s\n     got: %s", message, error.message);
    ck_assert_int_eq(status, expected);
    ck_assert_ptr_null(facts);
}

START_TEST(edits_that_are_wrong) {
    static const struct {
        const char *edits;
        dro_status status;
        const char *message;
    } bad[] = {
        {"", DRO_PARSE, "edits has nothing in it"},
        {"{}", DRO_PARSE, "edits:1:1: "},
        {"17", DRO_PARSE, "edits:1:1: "},
        {"[", DRO_PARSE, "edits:2:1: "},
        {"[17]", DRO_PARSE, "edits:1:2: "},
        {"[{}]", DRO_PARSE,
         "edits:1:2: an edit without open, close, set, scale or add"},
        {"[{cloze: {passage: cut}}]", DRO_PARSE, "edits:1:3: "},
        {"[{close: {passage: cit}}]", DRO_NOT_FOUND,
         "edits:1:20: no passage is called \"cit\"; the nearest: cut"},
        {"[{\"set\":{\"link\":\"road-mine-west\",\"speed\":30}}]", DRO_NOT_FOUND,
         "edits:1:34: "},
        {"[{\"set\":{\"link\":\"road-mine-west\",\"speed_kmh\":\"30\"}}]", DRO_INVALID,
         "edits:1:46: "},
        {"[{set: {link: road-mine-west, speed_kmh: .nan}}]", DRO_INVALID,
         "edits:1:42: "},
        {"[{set: {link: road-mine-west, speed_kmh: 1e400}}]", DRO_INVALID,
         "edits:1:42: "},
        {"- close: {passage: cut}\n- set: {passage: cut, wait_h: -1}\n", DRO_INVALID,
         "edits:2:31: "},
        {"[{add: {port: XNEWP}}]", DRO_PARSE, "edits:1:8: the new port has no name"},
        {"[{add: {service: s, vessel: small, state: existing, headway_d: 7,\n"
         "  calls: [{port: XAWST}]}}]",
         DRO_INVALID, "edits:2:10: 1 call; a rotation needs at least 2"},
        {"[{close: {passage: \xFF}}]", DRO_PARSE, "edits is not UTF-8"},
        {"[{close: &a {passage: cut}}, {close: *a}]", DRO_PARSE, "edits:1:10: anchors"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        refuse(bad[i].edits, strlen(bad[i].edits), bad[i].status, bad[i].message);
    }
}
END_TEST

START_TEST(edits_beyond_the_limits) {
    size_t size = DRO_CASE_EDITS_BYTES_MAX + 1;
    char *edits = malloc(size);
    ck_assert_ptr_nonnull(edits);
    memset(edits, ' ', size);
    refuse(edits, size, DRO_LIMIT, "edits: 65537 bytes; at most 65536");
    memset(edits, '[', 100);
    refuse(edits, 100, DRO_LIMIT, "edits:1:33: nested deeper than 32 levels");
    size_t length = 0;
    for (int i = 0; i <= DRO_CASE_EDITS_MAX; i++) {
        length += (size_t)snprintf(edits + length, size - length,
                                   "- close: {passage: cut}\n");
    }
    refuse(edits, length, DRO_LIMIT, "edits:1:1: 201 edits; at most 200");
    length = (size_t)snprintf(edits, size,
                              "[{add: {service: s, vessel: small, state: existing, "
                              "headway_d: 7, calls: [{port: XAWST}");
    for (int i = 0; i < DRO_CASE_EDITS_CALLS_MAX; i++) {
        length += (size_t)snprintf(edits + length, size - length, ", {port: XBEST}");
    }
    length += (size_t)snprintf(edits + length, size - length, "]}}]");
    refuse(edits, length, DRO_LIMIT, "edits:1:8: more than 400 calls of new services");
    free(edits);
}
END_TEST

/* ---- the store ------------------------------------------------------------------ */

static dro_prepare_wish wish_for(const char *scenario, const char *edits) {
    return (dro_prepare_wish){.of = study,
                              .scenario = scenario,
                              .edits = edits,
                              .edits_length = edits ? strlen(edits) : 0};
}

static dro_prepared *prepared(const char *scenario, const char *edits) {
    dro_error error = DRO_ERROR_INIT;
    dro_prepared *ready = NULL;
    dro_prepare_wish wish = wish_for(scenario, edits);
    ck_assert_msg(dro_store_prepare(store, &wish, &ready, &error) == DRO_OK, "%s",
                  error.message);
    return ready;
}

START_TEST(a_case_is_opened_once) {
    dro_error error = DRO_ERROR_INIT;
    const dro_case *again = NULL;
    ck_assert_uint_eq(dro_store_cases(store), 1);
    ck_assert_ptr_eq(dro_store_case(store, 0), study);
    ck_assert_int_eq(dro_store_find(store, "test", &again, &error), DRO_OK);
    ck_assert_ptr_eq(again, study);
    ck_assert_int_eq(dro_store_find(store, NULL, &again, &error), DRO_OK);
    ck_assert_int_eq(dro_store_open(store, path, &again, &error), DRO_OK);
    ck_assert_ptr_eq(again, study); /* though the file is gone */
    ck_assert_int_eq(dro_store_find(store, "tset", &again, &error), DRO_NOT_FOUND);
    ck_assert_str_eq(error.message, "there is no case \"tset\"; there are: test");
    ck_assert_int_eq(dro_store_find(store, "../tables", &again, &error), DRO_NOT_FOUND);
    ck_assert_int_eq(dro_store_open(store, "nowhere", &again, &error), DRO_NOT_FOUND);
}
END_TEST

START_TEST(what_is_prepared_is_kept) {
    dro_store_state state;
    dro_prepared *a = prepared("now", NULL), *b = prepared(NULL, NULL);
    dro_prepared *c = prepared("now", SLOW), *d = prepared("slow", NULL);
    ck_assert_ptr_eq(a, b); /* the default */
    ck_assert_ptr_ne(a, c);
    ck_assert_ptr_ne(c, d);
    ck_assert_str_eq(dro_prepared_scenario(a), "now");
    ck_assert_str_eq(dro_prepared_title(a), "As it is");
    ck_assert_str_eq(dro_prepared_date(a), "2024-06-01");
    ck_assert_int_eq(dro_prepared_month(a), 0);
    ck_assert_str_eq(dro_prepared_scenario(c), "now+edits");
    ck_assert_str_eq(dro_prepared_title(c), "As it is, edited");
    ck_assert_ptr_eq(dro_prepared_case(c), study);
    dro_store_get_state(store, &state);
    ck_assert_uint_eq(state.prepared, 3);
    ck_assert_uint_eq(state.made, 3);
    ck_assert_uint_eq(state.found, 1);
    dro_prepared_release(a);
    dro_prepared_release(b);
    dro_prepared_release(c);
    dro_prepared_release(d);
    dro_prepared_release(prepared("closed", NULL)); /* two are kept: the latest */
    dro_prepared_release(prepared("timeless", NULL));
    dro_store_get_state(store, &state);
    ck_assert_uint_le(state.prepared, 3);
    dro_prepared_release(prepared("timeless", NULL));
    dro_store_get_state(store, &state);
    ck_assert_uint_eq(state.made, 5);
    dro_prepared_release(prepared("now", NULL)); /* went, and is made again */
    dro_store_get_state(store, &state);
    ck_assert_uint_eq(state.made, 6);
}
END_TEST

/* Held when it goes out of the store: it stays. */
START_TEST(what_is_held_stays) {
    dro_prepared *held = dro_prepared_retain(prepared("now", NULL));
    dro_prepared_release(held);
    for (int i = 0; i < 20; i++) {
        char edits[64];
        (void)snprintf(edits, sizeof edits, "[{set: {passage: cut, wait_h: %d}}]", i);
        dro_prepared_release(prepared("now", edits));
    }
    dro_store_state state;
    dro_store_get_state(store, &state);
    ck_assert_uint_le(state.prepared, 4);
    ck_assert_uint_gt(dro_facts_count(dro_prepared_facts(held), DRO_KIND_LINK), 0);
    dro_prepared_release(held);
}
END_TEST

START_TEST(what_fails_is_not_kept) {
    dro_error error = DRO_ERROR_INIT;
    dro_store_state state;
    dro_prepared *ready = NULL;
    const dro_prepare_wish wishes[] = {wish_for("nwo", NULL), wish_for("", NULL),
                                       wish_for("now", "[{}]"), wish_for("now", "")};
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
        ck_assert_int_ne(dro_store_prepare(store, &wishes[i], &ready, &error), DRO_OK);
        ck_assert_int_ne(dro_store_prepare(NULL, &wishes[i], &ready, &error), DRO_OK);
        ck_assert_ptr_null(ready);
    }
    dro_store_get_state(store, &state);
    ck_assert_uint_eq(state.prepared, 0);
    ck_assert_uint_eq(state.made, 0);
}
END_TEST

typedef struct asker {
    pthread_t thread;
    dro_prepared *ready;
    const dro_chains *chains;
    dro_status status;
} asker;

static void *ask(void *context) {
    asker *a = context;
    dro_prepare_wish wish = wish_for("closed", SLOW);
    a->status = dro_store_prepare(store, &wish, &a->ready, NULL);
    if (a->status == DRO_OK) {
        a->status = dro_prepared_chains(a->ready, NULL, &a->chains, NULL);
    }
    return NULL;
}

START_TEST(many_threads_have_one_made) {
    asker all[THREADS] = {0};
    dro_store_state state;
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_create(&all[i].thread, NULL, ask, &all[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(all[i].thread, NULL), 0);
        ck_assert_int_eq(all[i].status, DRO_OK);
        ck_assert_ptr_eq(all[i].ready, all[0].ready);
        ck_assert_ptr_eq(all[i].chains, all[0].chains);
    }
    dro_store_get_state(store, &state);
    ck_assert_uint_eq(state.made, 1);
    ck_assert_uint_eq(state.found, THREADS - 1);
    for (size_t i = 0; i < THREADS; i++) {
        dro_prepared_release(all[i].ready);
    }
}
END_TEST

/* ---- comparisons ---------------------------------------------------------------- */

static dro_compare_wish comparison_of(const char *b, const char *edits) {
    dro_compare_wish wish = DRO_COMPARE_WISH_INIT;
    wish.from = "mine";
    wish.to = "XBEST";
    wish.scenario[0] = "now";
    wish.scenario[1] = b;
    wish.samples = 20;
    wish.threads = 1;
    wish.alternatives = 2;
    wish.pareto = true;
    wish.geometry = true;
    wish.edits = edits;
    wish.edits_length = edits ? strlen(edits) : 0;
    return wish;
}

static char *written(const dro_compare_wish *wish, double *hours) {
    dro_error error = DRO_ERROR_INIT;
    dro_comparison *found = NULL;
    dro_arena *arena = NULL;
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    ck_assert_ptr_nonnull(out);
    ck_assert_msg(dro_compare(study, wish, &found, &error) == DRO_OK, "%s",
                  error.message);
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    ck_assert_int_eq(dro_report_comparison(out, DRO_FORMAT_JSON, found, arena, &error),
                     DRO_OK);
    *hours = found->sides[1].whole[DRO_CHAIN_BY_TIME].value;
    dro_arena_destroy(arena);
    dro_comparison_destroy(found);
    ck_assert_int_eq(fclose(out), 0);
    return bytes;
}

/* In any order, however often. */
START_TEST(a_store_changes_no_byte) {
    static const char *const scenarios[] = {"slow", "closed", "now", "slow", "closed"};
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
        for (int edited = 0; edited < 2; edited++) {
            double hours = 0.0;
            dro_compare_wish wish = comparison_of(scenarios[i], edited ? SLOW : NULL);
            char *alone = written(&wish, &hours);
            wish.store = store;
            char *kept = written(&wish, &hours);
            ck_assert_str_eq(alone, kept);
            free(alone);
            free(kept);
        }
    }
}
END_TEST

START_TEST(an_edit_is_compared) {
    double by_file = 0.0, by_edit = 0.0, plain = 0.0;
    dro_compare_wish wish = comparison_of("slow", NULL);
    wish.store = store;
    free(written(&wish, &by_file));
    wish = comparison_of("now", NULL);
    free(written(&wish, &plain));
    wish = comparison_of("now", SLOW);
    wish.store = store;
    char *json = written(&wish, &by_edit);
    ck_assert_double_eq(by_file, by_edit);
    ck_assert_double_gt(by_edit, plain);
    ck_assert_ptr_nonnull(strstr(json, "\"id\": \"now+edits\""));
    ck_assert_ptr_nonnull(strstr(json, "\"title\": \"As it is, edited\""));
    free(json);
}
END_TEST

int main(void) {
    const TTest *const tests[] = {
        edits_do_what_a_file_does, edits_between_dates,    edits_that_are_wrong,
        edits_beyond_the_limits,   a_case_is_opened_once,  what_is_prepared_is_kept,
        what_is_held_stays,        what_fails_is_not_kept, many_threads_have_one_made,
        a_store_changes_no_byte,   an_edit_is_compared,    NULL};
    return check_main_with("scenario store", setup, teardown, tests);
}
