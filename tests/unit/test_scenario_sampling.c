/* Sampling against what is known of triangles, and the figures made of results. */
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/scenario.h"

#define N 1000

static const dro_range skewed = {.value = 2, .low = 1, .high = 7};

static double triangle_mean(dro_range r) {
    return (r.low + r.value + r.high) / 3;
}

static double triangle_variance(dro_range r) {
    return (r.low * r.low + r.value * r.value + r.high * r.high - r.low * r.value -
            r.low * r.high - r.value * r.high) /
           18;
}

static double triangle_mass_below(dro_range r, double x) {
    double width = r.high - r.low;
    if (x <= r.value) {
        return (x - r.low) * (x - r.low) / (width * (r.value - r.low));
    }
    return 1 - (r.high - x) * (r.high - x) / (width * (r.high - r.value));
}

START_TEST(triangles_end_exactly) {
    const dro_range ranges[] = {skewed,
                                {.value = 0.1, .low = 0.1, .high = 0.7},
                                {.value = 0.7, .low = -0.3, .high = 0.7},
                                {.value = 1e9, .low = 1e9 - 1, .high = 3e9}};
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        ck_assert_double_eq(dro_triangle_quantile(ranges[i], 0), ranges[i].low);
        ck_assert_double_eq(dro_triangle_quantile(ranges[i], 1), ranges[i].high);
    }
    const dro_range fixed = {.value = 4.2, .low = 4.2, .high = 4.2};
    ck_assert_double_eq(dro_triangle_quantile(fixed, 0.3), 4.2);
}
END_TEST

START_TEST(triangles_invert_their_mass) {
    for (int i = 1; i < 1000; i++) {
        double unit = i / 1000.0;
        double x = dro_triangle_quantile(skewed, unit);
        ck_assert_double_eq_tol(triangle_mass_below(skewed, x), unit, 1e-13);
    }
    ck_assert_double_eq_tol(dro_triangle_quantile(skewed, 1.0 / 6), 2, 1e-15);
}
END_TEST

START_TEST(the_sampled_mean_and_variance_are_the_triangles) {
    const dro_sampling sampling = {.seed = 3, .count = N};
    const dro_sampling_input input = {dro_sampling_key("a"), skewed};
    double sum = 0, squares = 0;
    for (size_t i = 0; i < N; i++) {
        double x = dro_sampling_value(&sampling, &input, i);
        sum += x;
        squares += x * x;
    }
    double mean = sum / N;
    ck_assert_double_eq_tol(mean, triangle_mean(skewed), 1e-3);
    ck_assert_double_eq_tol(squares / N - mean * mean, triangle_variance(skewed), 5e-3);
}
END_TEST

/* One value in each slice: a quantile is off by no more than its slice and the next. */
START_TEST(quantiles_of_one_input_are_exact_to_a_slice) {
    const dro_sampling sampling = {.seed = 9, .count = N};
    const dro_sampling_input input = {dro_sampling_key("b"), skewed};
    double values[N];
    for (size_t i = 0; i < N; i++) {
        values[i] = dro_sampling_value(&sampling, &input, i);
    }
    dro_summary summary;
    ck_assert_int_eq(dro_summary_make(values, N, &summary, NULL), DRO_OK);
    ck_assert_double_eq_tol(triangle_mass_below(skewed, summary.median), 0.5, 1.0 / N);
    ck_assert_double_eq_tol(triangle_mass_below(skewed, summary.low), 0.05, 1.0 / N);
    ck_assert_double_eq_tol(triangle_mass_below(skewed, summary.high), 0.95, 1.0 / N);
}
END_TEST

/* Eight triangles: by the central limit nearly normal, so 5 and 95 % are near
 * 1.645 standard deviations from the mean. */
START_TEST(intervals_of_a_sum_cover_the_known_case) {
    const dro_sampling sampling = {.seed = 5, .count = 10000};
    static double results[10000];
    for (size_t i = 0; i < sampling.count; i++) {
        results[i] = 0;
        for (uint64_t k = 0; k < 8; k++) {
            const dro_sampling_input input = {k, {.value = 4, .low = 1, .high = 7}};
            results[i] += dro_sampling_value(&sampling, &input, i);
        }
    }
    dro_summary s;
    ck_assert_int_eq(dro_summary_make(results, sampling.count, &s, NULL), DRO_OK);
    double sigma = sqrt(8 * 1.5);
    ck_assert_double_eq_tol(s.mean, 32, 0.01);
    ck_assert_double_eq_tol(s.median, 32, 0.1);
    ck_assert_double_eq_tol(s.low, 32 - 1.645 * sigma, 0.12);
    ck_assert_double_eq_tol(s.high, 32 + 1.645 * sigma, 0.12);
}
END_TEST

START_TEST(quantiles_are_of_type_seven) {
    const double values[] = {1, 2, 4, 8};
    ck_assert_double_eq(dro_quantile(values, 4, 0), 1);
    ck_assert_double_eq(dro_quantile(values, 4, 0.5), 3);
    ck_assert_double_eq(dro_quantile(values, 4, 0.25), 1.75); /* as R gives it */
    ck_assert_double_eq(dro_quantile(values, 4, 1), 8);
    ck_assert_double_eq(dro_quantile(values, 1, 0.7), 1);
    const double open[] = {1, 2, (double)INFINITY, (double)INFINITY};
    ck_assert_double_eq(dro_quantile(open, 4, 1.0 / 3), 2);
    ck_assert(isinf(dro_quantile(open, 4, 0.5)));
    ck_assert(isinf(dro_quantile(open, 4, 0.9)));
}
END_TEST

START_TEST(bad_samplings_are_named) {
    dro_error error = DRO_ERROR_INIT;
    dro_sampling sampling = {.seed = 1, .count = 0};
    ck_assert_int_eq(dro_sampling_check(&sampling, NULL, 0, &error), DRO_INVALID);
    ck_assert_str_eq(error.message, "0 samples: from 1 to 1000000");
    sampling.count = 10;
    const dro_sampling_input inputs[] = {{1, skewed},
                                         {2, {.value = 8, .low = 1, .high = 7}}};
    ck_assert_int_eq(dro_sampling_check(&sampling, inputs, 2, &error), DRO_INVALID);
    ck_assert_str_eq(error.message, "input 1: 8 with a range of 1 to 7");
    dro_summary summary;
    ck_assert_int_eq(dro_summary_make(NULL, 0, &summary, &error), DRO_INVALID);
    const double results[] = {1, (double)NAN};
    ck_assert_int_eq(dro_summary_make(results, 2, &summary, &error), DRO_INVALID);
    ck_assert_str_eq(error.message, "the result of sample 1 is NaN");
}
END_TEST

static const dro_sampling_input three[] = {
    {11, {.value = 5, .low = 0, .high = 10}},
    {12, {.value = 5, .low = 0, .high = 10}},
    {13, {.value = 5, .low = 5, .high = 5}},
};

/* 3 a - b: variances 9 to 1, so shares of 0.9 and 0.1. */
START_TEST(the_tornado_finds_what_matters) {
    const dro_sampling sampling = {.seed = 1, .count = 10000};
    static double results[10000];
    for (size_t i = 0; i < sampling.count; i++) {
        results[i] = 3 * dro_sampling_value(&sampling, &three[0], i) -
                     dro_sampling_value(&sampling, &three[1], i);
    }
    dro_tornado t[3];
    ck_assert_int_eq(dro_tornado_make(&sampling, three, 3, results, t, NULL), DRO_OK);
    ck_assert_uint_eq(t[0].input, 0);
    ck_assert_uint_eq(t[1].input, 1);
    ck_assert_uint_eq(t[2].input, 2);
    ck_assert_double_eq_tol(t[0].share, 0.9, 0.02);
    ck_assert_double_eq_tol(t[1].share, 0.1, 0.02);
    ck_assert_double_eq(t[2].share, 0);
    ck_assert_double_gt(t[0].correlation, 0);
    ck_assert_double_lt(t[1].correlation, 0);
    ck_assert_double_gt(t[0].at_high, t[0].at_low);
    ck_assert_double_lt(t[1].at_high, t[1].at_low);
    ck_assert_double_eq(t[2].at_low, t[2].at_high);
}
END_TEST

START_TEST(the_tornado_is_exact_where_one_input_decides) {
    const dro_sampling sampling = {.seed = 1, .count = 100};
    double results[100];
    for (size_t i = 0; i < 100; i++) {
        results[i] = -exp(dro_sampling_value(&sampling, &three[1], i));
    }
    dro_tornado t[3];
    ck_assert_int_eq(dro_tornado_make(&sampling, three, 3, results, t, NULL), DRO_OK);
    ck_assert_uint_eq(t[0].input, 1);
    ck_assert_double_eq_tol(t[0].correlation, -1, 1e-12);
    for (size_t i = 0; i < 100; i++) {
        results[i] = 7;
    }
    ck_assert_int_eq(dro_tornado_make(&sampling, three, 3, results, t, NULL), DRO_OK);
    ck_assert_uint_eq(t[0].input, 0);
    ck_assert_double_eq(t[0].share, 0);
}
END_TEST

/* ---- threads
 * ------------------------------------------------------------------------- */

typedef struct job {
    dro_sampling sampling;
    double results[N];
    size_t fails_from;
} job;

static dro_status one_sample(void *context, size_t sample, unsigned thread,
                             dro_error *error) {
    (void)thread;
    job *j = context;
    if (sample >= j->fails_from && sample % 7 == 3) {
        return dro_fail(error, DRO_NO_ANSWER, "sample %zu", sample);
    }
    j->results[sample] = dro_sampling_value(&j->sampling, &three[0], sample) /
                         (1 + dro_sampling_value(&j->sampling, &three[1], sample));
    return DRO_OK;
}

START_TEST(threads_do_not_change_results) {
    static job one, two;
    one = two = (job){.sampling = {.seed = 4, .count = N}, .fails_from = N};
    ck_assert_int_eq(dro_sampling_run(&one.sampling, 1, one_sample, &one, NULL, NULL),
                     DRO_OK);
    ck_assert_int_eq(dro_sampling_run(&two.sampling, 2, one_sample, &two, NULL, NULL),
                     DRO_OK);
    ck_assert_mem_eq(one.results, two.results, sizeof one.results);
    dro_tornado a[3], b[3];
    ck_assert_int_eq(dro_tornado_make(&one.sampling, three, 3, one.results, a, NULL),
                     DRO_OK);
    ck_assert_int_eq(dro_tornado_make(&two.sampling, three, 3, two.results, b, NULL),
                     DRO_OK);
    ck_assert_mem_eq(a, b, sizeof a);
}
END_TEST

START_TEST(the_failure_of_the_lowest_sample_comes_back) {
    static job j;
    j = (job){.sampling = {.seed = 4, .count = N}, .fails_from = 100};
    for (int round = 0; round < 50; round++) {
        dro_error error = DRO_ERROR_INIT;
        ck_assert_int_eq(dro_sampling_run(&j.sampling, 4, one_sample, &j, NULL, &error),
                         DRO_NO_ANSWER);
        ck_assert_str_eq(error.message, "sample 101");
    }
}
END_TEST

static bool stop_at_once(void *context, const char *stage, uint64_t done,
                         uint64_t total) {
    (void)context, (void)stage, (void)done, (void)total;
    return false;
}

START_TEST(a_run_can_be_stopped) {
    static job j;
    j = (job){.sampling = {.seed = 4, .count = N}, .fails_from = N};
    const dro_progress progress = {stop_at_once, NULL};
    ck_assert_int_eq(dro_sampling_run(&j.sampling, 2, one_sample, &j, &progress, NULL),
                     DRO_CANCELLED);
}
END_TEST

/* A change here changes every published figure: say so in the changelog. */
START_TEST(samples_are_the_same_for_ever) {
    const dro_sampling sampling = {.seed = 1, .count = 10};
    size_t slices[10];
    for (size_t i = 0; i < 10; i++) {
        slices[i] =
            dro_sampling_slice(&sampling, dro_sampling_key("link road-x length_km"), i);
    }
    const size_t expected[10] = {8, 1, 5, 9, 6, 7, 0, 3, 2, 4};
    ck_assert_mem_eq(slices, expected, sizeof slices);
}
END_TEST

int main(void) {
    const TTest *tests[] = {triangles_end_exactly,
                            triangles_invert_their_mass,
                            the_sampled_mean_and_variance_are_the_triangles,
                            quantiles_of_one_input_are_exact_to_a_slice,
                            intervals_of_a_sum_cover_the_known_case,
                            quantiles_are_of_type_seven,
                            bad_samplings_are_named,
                            the_tornado_finds_what_matters,
                            the_tornado_is_exact_where_one_input_decides,
                            threads_do_not_change_results,
                            the_failure_of_the_lowest_sample_comes_back,
                            a_run_can_be_stopped,
                            samples_are_the_same_for_ever,
                            NULL};
    return check_main("scenario sampling", tests);
}
