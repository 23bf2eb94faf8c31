/* Disruptions with ranges: closed forms, and the weeks of Callao in 2022. */
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/disrupt.h"

#define STRIKE DRO_TEST_SOURCE_DIR "/cases/chancay/strike.csv"

static dro_arena *arena;
static dro_disrupt found;
static dro_error error;

static void begin(void) {
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
}

static void finish(void) {
    dro_arena_destroy(arena);
}

static dro_range exactly(double value) {
    return (dro_range){value, value, value};
}

static dro_disrupt_question usual(void) {
    dro_disrupt_question q = DRO_DISRUPT_QUESTION_INIT;
    q.arrivals_per_d = exactly(800.0);
    q.rate = exactly(1.25);
    q.start_d = 1.0;
    q.length_d = 3.0;
    return q;
}

static void run(const dro_disrupt_question *q) {
    dro_arena_reset(arena);
    ck_assert_msg(dro_disrupt_run(q, arena, &found, &error) == DRO_OK, "%s",
                  error.message);
}

START_TEST(without_ranges_all_quantiles_are_the_closed_form) {
    begin();
    dro_disrupt_question q = usual();
    q.sampling = (dro_sampling){.seed = 3, .count = 20};
    run(&q);
    ck_assert_double_eq_tol(found.capacity_per_d, 1000.0, 1e-9);
    ck_assert_double_eq_tol(found.stated.max_backlog, 2400.0, 1e-6);
    ck_assert_double_eq_tol(found.max_backlog.low, 2400.0, 1e-6);
    ck_assert_double_eq_tol(found.max_backlog.high, 2400.0, 1e-6);
    ck_assert_double_eq_tol(found.clear_d.median, 12.0, 1e-6);
    ck_assert_double_eq_tol(found.delay_unit_d.median, 2400.0 * 15.0 / 2.0, 1e-3);
    finish();
}
END_TEST

/* The backlog at the end is (arrivals - left) x days; a range of the share moves it
 * straight, so its quantiles are those of the triangle. */
START_TEST(quantiles_are_those_of_the_share) {
    begin();
    dro_disrupt_question q = usual();
    q.share = (dro_range){0.4, 0.0, 0.6};
    q.sampling = (dro_sampling){.seed = 3, .count = 2000};
    run(&q);
    double low = dro_triangle_quantile(q.share, 0.95);
    double high = dro_triangle_quantile(q.share, 0.05);
    ck_assert_double_eq_tol(found.max_backlog.low, 3.0 * (800.0 - 1000.0 * low), 3.0);
    ck_assert_double_eq_tol(found.max_backlog.high, 3.0 * (800.0 - 1000.0 * high), 3.0);
    finish();
}
END_TEST

START_TEST(a_canal_at_half_its_slots) {
    begin();
    dro_disrupt_question q = usual();
    q.arrivals_per_d = exactly(36.0);
    q.rate = exactly(1.1);
    q.left_per_d = 18.0;
    q.length_d = 30.0;
    run(&q);
    ck_assert_double_eq_tol(found.stated.max_backlog, 540.0, 1e-6);
    ck_assert_double_eq_tol(found.stated.clear_d, 540.0 / 3.6, 1e-6);
    finish();
}
END_TEST

START_TEST(what_cannot_be_is_refused) {
    begin();
    dro_disrupt_question q = usual();
    q.length_d = 0.0;
    ck_assert_int_eq(dro_disrupt_run(&q, arena, &found, &error), DRO_INVALID);
    q = usual();
    q.arrivals_per_d = exactly(0.0);
    ck_assert_int_eq(dro_disrupt_run(&q, arena, &found, &error), DRO_INVALID);
    q = usual();
    q.share = (dro_range){0.5, 0.6, 0.7};
    ck_assert_int_eq(dro_disrupt_run(&q, arena, &found, &error), DRO_INVALID);
    finish();
}
END_TEST

/* ---- Callao, 2022
 * --------------------------------------------------------------------
 */

static dro_range stated(const char *id) {
    dro_csv *csv = NULL;
    dro_range range = exactly((double)NAN);
    bool more = true;
    ck_assert_int_eq(dro_csv_open_path(STRIKE, &csv, &error), DRO_OK);
    while (dro_csv_next(csv, &more, &error) == DRO_OK && more) {
        if (strcmp(dro_csv_field(csv, (size_t)dro_csv_find(csv, "id")), id) == 0) {
            (void)dro_csv_double(csv, (size_t)dro_csv_find(csv, "value"), 0.0,
                                 &range.value, &error);
            (void)dro_csv_double(csv, (size_t)dro_csv_find(csv, "value_low"), 0.0,
                                 &range.low, &error);
            (void)dro_csv_double(csv, (size_t)dro_csv_find(csv, "value_high"), 0.0,
                                 &range.high, &error);
        }
    }
    dro_csv_close(csv);
    ck_assert_msg(!isnan(range.value), "%s", id);
    return range;
}

static const dro_sampling sampling = {.seed = 1, .count = 2000};

static double draw(const char *id, dro_range range, size_t sample) {
    dro_sampling_input input = {dro_sampling_key(id), range};
    return dro_sampling_value(&sampling, &input, sample);
}

/* Two days of a week, any of them, on which the flow falls by what is stated; what
 * piles up is worked off at the stated rate as far as the week goes. The week's boxes
 * are not fitted: they come out. */
START_TEST(the_weeks_of_callao_in_2022) {
    static double weeks[2000], falls[2000];
    dro_range normal = stated("callao-boxes-normal"),
              fall = stated("callao-drop-two-days"), rate = stated("box-rate-after"),
              leave = stated("detour-share"), seen = stated("callao-boxes-strike");
    dro_summary week, two_days;
    begin();
    for (size_t i = 0; i < 2000; i++) {
        dro_disrupt_question q = DRO_DISRUPT_QUESTION_INIT;
        double left = 1.0 - draw("fall", fall, i) / 100.0, r = draw("rate", rate, i);
        q.arrivals_per_d = exactly(draw("normal", normal, i) / 7.0);
        q.rate = exactly(r);
        q.share = exactly(left / r);
        q.start_d = floor(6.0 * dro_sampling_unit(&sampling, 7, i)); /* 0 to 5 */
        q.length_d = 2.0;
        q.detour_wait_d = 1.0;
        q.detour_share = exactly(draw("leave", leave, i));
        q.until_d = 7.0;
        run(&q);
        double begun = dro_backlog_at(&found.stated, q.start_d).served;
        double ended = dro_backlog_at(&found.stated, q.start_d + 2.0).served;
        weeks[i] = dro_backlog_at(&found.stated, 7.0).served;
        falls[i] = 100.0 * (1.0 - (ended - begun) / (2.0 * q.arrivals_per_d.value));
    }
    ck_assert_int_eq(dro_summary_make(weeks, 2000, &week, &error), DRO_OK);
    ck_assert_int_eq(dro_summary_make(falls, 2000, &two_days, &error), DRO_OK);
    ck_assert_msg(week.low <= seen.high && seen.value <= week.high,
                  "%.0f boxes are not in %.0f to %.0f", seen.value, week.low,
                  week.high);
    ck_assert_msg(week.low <= seen.value, "%.0f boxes are below %.0f", seen.value,
                  week.low);
    ck_assert_double_ge(two_days.low, fall.low);
    ck_assert_double_le(two_days.high, fall.high);
    finish();
}
END_TEST

int main(void) {
    const TTest *tests[] = {without_ranges_all_quantiles_are_the_closed_form,
                            quantiles_are_those_of_the_share,
                            a_canal_at_half_its_slots,
                            what_cannot_be_is_refused,
                            the_weeks_of_callao_in_2022,
                            NULL};
    return check_main("flow disrupt", tests);
}
