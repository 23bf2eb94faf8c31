/* Comparisons on the small world of fake_chart.h: two ports with a canal and two capes
 * between them, a mine, and an island that nothing leads to. */
#include "check_main.h"
#include "fake_chart.h"
#include "small_world.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "derrotero/report.h"

static const char text[] =
    "case: test\ncorridors: no\ntables: " SMALL_TABLES
    "\ncommodity: goods\nscenarios:\n"
    "  now: {date: 2024-06-01}\n"
    "  closed: {title: Canal closed, extends: now,\n"
    "           edits: [{close: {passage: [cut, cut-old]}}]}\n"
    "  slow: {extends: now, edits: [{set: {passage: [cut, cut-old],\n"
    "         wait_h: {value: 20, low: 10, high: 40}}}]}\n"
    "  cut-off: {extends: now, edits: [{close: {link: road-mine-west}}]}\n"
    "  twin: {extends: now, edits: [{close: {port: XAWST}},\n"
    "         {add: {port: XATWN, name: Twin, country: XA, lat: 0, lon: 0}},\n"
    "         {add: {node: twin, name: Twin, country: XA, kind: port, lat: 0, lon: 0,\n"
    "                port: XATWN}},\n"
    "         {add: {link: road-twin, from: mine, to: twin, mode: road, class: lorry,\n"
    "                state: existing, length_km: 300}},\n"
    "         {add: {service: twins, vessel: small, state: existing, headway_d: 7,\n"
    "                speed_kn: 15, calls: [{port: XATWN, stay_h: 20},\n"
    "                                      {port: XBEST, stay_h: 20}]}}]}\n"
    "  later: {date: 2025-06-01}\n";

static dro_session *session;
static dro_case *study;

static void setup(void) {
    char path[] = "/tmp/derrotero-compare-XXXXXX";
    dro_error error = DRO_ERROR_INIT;
    session = small_session();
    small_case_file(path, text);
    dro_status status = dro_case_open(session, path, &study, &error);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_msg(status == DRO_OK, "%s", error.message);
}

static void teardown(void) {
    dro_case_close(study);
    dro_session_release(session);
}

static dro_compare_wish wish_for(const char *from, const char *a, const char *b) {
    dro_compare_wish wish = DRO_COMPARE_WISH_INIT;
    wish.from = from;
    wish.to = "XBEST";
    wish.scenario[0] = a;
    wish.scenario[1] = b;
    wish.samples = 100;
    wish.threads = 1;
    return wish;
}

static dro_comparison *compared(const dro_compare_wish *wish) {
    dro_error error = DRO_ERROR_INIT;
    dro_comparison *found = NULL;
    ck_assert_msg(dro_compare(study, wish, &found, &error) == DRO_OK, "%s",
                  error.message);
    return found;
}

static char *written(const dro_comparison *of, dro_format format) {
    char *bytes = NULL;
    size_t length = 0;
    dro_arena *arena = NULL;
    FILE *out = open_memstream(&bytes, &length);
    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    ck_assert_int_eq(dro_report_comparison(out, format, of, arena, NULL), DRO_OK);
    ck_assert_int_eq(fclose(out), 0);
    dro_arena_destroy(arena);
    return bytes;
}

static void check_side(const dro_compared *side) {
    double hours = 0.0, usd = 0.0, kg = 0.0;
    ck_assert(side->found);
    for (size_t i = 0; i < side->best.leg_count; i++) {
        hours += side->legs[3 * i].value;
        usd += side->legs[3 * i + 1].value;
        kg += side->legs[3 * i + 2].value;
    }
    ck_assert_double_eq_tol(hours, side->whole[DRO_CHAIN_BY_TIME].value, 1e-6);
    ck_assert_double_eq_tol(usd, side->whole[DRO_CHAIN_BY_COST].value, 1e-6);
    ck_assert_double_eq_tol(kg, side->whole[DRO_CHAIN_BY_CO2].value, 1e-6);
    for (int k = 0; k < DRO_COMPARE_MEASURES; k++) {
        const dro_summary *s = &side->whole[k].sampled;
        ck_assert_double_le(s->low, s->median);
        ck_assert_double_le(s->median, s->high);
    }
}

START_TEST(legs_add_up_and_sides_are_subtracted) {
    dro_compare_wish wish = wish_for("mine", "now", "closed");
    dro_comparison *found = compared(&wish);
    const dro_measured *days = &found->difference[DRO_CHAIN_BY_TIME];
    check_side(&found->sides[0]);
    check_side(&found->sides[1]);
    ck_assert_str_eq(found->unit, "TEU");
    ck_assert_str_eq(found->from, "Old Mine");
    ck_assert_str_eq(found->sides[1].title, "Canal closed");
    ck_assert_double_ne(days->value, 0.0);
    ck_assert_double_eq_tol(
        days->value, found->sides[1].whole[0].value - found->sides[0].whole[0].value,
        1e-9);
    ck_assert_double_lt(days->sampled.low, days->sampled.high);
    ck_assert_double_eq(found->sides[0].best_share, 1.0); /* one service, one road */
    ck_assert_uint_gt(found->input_count, 0);
    /* a link of both ways cancels out of the difference: it is not the first */
    ck_assert_str_ne(found->inputs[0].name, "link road-mine-west length_km");
    dro_comparison_destroy(found);
}
END_TEST

START_TEST(what_an_edit_sets_is_what_the_difference_hangs_on) {
    dro_compare_wish wish = wish_for("XAWST", "now", "slow");
    wish.quay = true;
    dro_comparison *found = compared(&wish);
    const dro_measured *hours = &found->difference[DRO_CHAIN_BY_TIME];
    ck_assert_double_eq_tol(hours->value, 15.0, 1e-9); /* 5 hours, then 20 */
    ck_assert_str_eq(found->inputs[0].name, "passage cut wait_h");
    ck_assert_double_gt(found->inputs[0].share, 0.9);
    ck_assert_double_lt(found->inputs[0].at_low, found->inputs[0].at_high);
    dro_comparison_destroy(found);
}
END_TEST

/* A port that a scenario adds where another one is does what that one did. */
START_TEST(an_added_port_is_a_port) {
    dro_compare_wish wish = wish_for("mine", "now", "twin");
    wish.geometry = true;
    wish.samples = 0;
    dro_comparison *found = compared(&wish);
    check_side(&found->sides[1]);
    for (int k = 0; k < DRO_COMPARE_MEASURES; k++) {
        ck_assert_double_eq_tol(found->difference[k].value, 0.0, 1e-6);
    }
    const dro_chain *best = &found->sides[1].best;
    bool twin = false;
    for (size_t i = 0; i < best->leg_count; i++) {
        twin = twin || strcmp(best->legs[i].from, "Twin") == 0;
    }
    ck_assert(twin);
    dro_comparison_destroy(found);
}
END_TEST

/* Same seed, same answer, whatever the threads; another seed, another. */
START_TEST(threads_change_nothing) {
    dro_compare_wish wish = wish_for("mine", "now", "slow");
    dro_comparison *one = compared(&wish);
    wish.threads = 2;
    dro_comparison *two = compared(&wish);
    wish.seed = 2;
    dro_comparison *other = compared(&wish);
    char *a = written(one, DRO_FORMAT_JSON), *b = written(two, DRO_FORMAT_JSON);
    char *c = written(other, DRO_FORMAT_JSON);
    ck_assert_str_eq(a, b);
    ck_assert_str_ne(a, c);
    free(a);
    free(b);
    free(c);
    dro_comparison_destroy(one);
    dro_comparison_destroy(two);
    dro_comparison_destroy(other);
}
END_TEST

START_TEST(a_scenario_and_itself_do_not_differ) {
    dro_compare_wish wish = wish_for("mine", "now", "now");
    dro_comparison *found = compared(&wish);
    for (int k = 0; k < DRO_COMPARE_MEASURES; k++) {
        ck_assert_double_eq(found->difference[k].value, 0.0);
        ck_assert_double_eq(found->difference[k].sampled.low, 0.0);
        ck_assert_double_eq(found->difference[k].sampled.high, 0.0);
    }
    dro_comparison_destroy(found);
}
END_TEST

START_TEST(a_side_without_a_way_is_told) {
    dro_compare_wish wish = wish_for("mine", "now", "cut-off");
    dro_comparison *found = compared(&wish);
    ck_assert(found->sides[0].found);
    ck_assert(!found->sides[1].found);
    ck_assert_ptr_nonnull(strstr(found->sides[1].why, "Old Mine"));
    ck_assert(isnan(found->difference[0].value));
    ck_assert(isnan(found->sides[1].whole[0].value));
    char *table = written(found, DRO_FORMAT_TABLE);
    ck_assert_ptr_nonnull(strstr(table, "no way: "));
    free(table);
    free(written(found, DRO_FORMAT_CSV));
    free(written(found, DRO_FORMAT_JSON));
    dro_comparison_destroy(found);
    wish.from = "island";       /* neither */
    wish.scenario[1] = "later"; /* the service has ended: no way either */
    found = compared(&wish);
    ck_assert(!found->sides[0].found && !found->sides[1].found);
    ck_assert_uint_eq(found->input_count, 0);
    dro_comparison_destroy(found);
}
END_TEST

START_TEST(without_samples_there_are_the_figures_alone) {
    dro_compare_wish wish = wish_for("mine", "now", "closed");
    wish.samples = 0;
    wish.alternatives = 3;
    wish.pareto = true;
    dro_comparison *found = compared(&wish);
    ck_assert(isnan(found->sides[0].best_share));
    ck_assert_uint_eq(found->input_count, 0);
    ck_assert_uint_eq(found->sides[0].pareto_count, 1);
    ck_assert_uint_eq(found->sides[0].alternative_count, 0);
    ck_assert_double_eq(found->difference[0].sampled.median,
                        found->difference[0].value);
    dro_comparison_destroy(found);
}
END_TEST

START_TEST(wishes_that_name_nothing) {
    dro_error error = DRO_ERROR_INIT;
    dro_comparison *found = NULL;
    dro_compare_wish wish = wish_for("mein", "now", "closed");
    ck_assert_int_eq(dro_compare(study, &wish, &found, &error), DRO_NOT_FOUND);
    wish = wish_for("mine", "now", "closd");
    ck_assert_int_eq(dro_compare(study, &wish, &found, &error), DRO_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(error.message, "the nearest: closed"));
    wish = wish_for("mine", "now", "closed");
    wish.commodity = "good";
    ck_assert_int_eq(dro_compare(study, &wish, &found, &error), DRO_NOT_FOUND);
    wish.commodity = NULL;
    wish.quay = true; /* of a mine */
    ck_assert_int_eq(dro_compare(study, &wish, &found, &error), DRO_INVALID);
    wish = wish_for("mine", "now", "closed");
    wish.samples = DRO_SAMPLES_MAX + 1;
    ck_assert_int_eq(dro_compare(study, &wish, &found, &error), DRO_INVALID);
    ck_assert_ptr_null(found);
}
END_TEST

int main(void) {
    const TTest *const tests[] = {legs_add_up_and_sides_are_subtracted,
                                  what_an_edit_sets_is_what_the_difference_hangs_on,
                                  an_added_port_is_a_port,
                                  threads_change_nothing,
                                  a_scenario_and_itself_do_not_differ,
                                  a_side_without_a_way_is_told,
                                  without_samples_there_are_the_figures_alone,
                                  wishes_that_name_nothing,
                                  NULL};
    return check_main_with("scenario compare", setup, teardown, tests);
}
