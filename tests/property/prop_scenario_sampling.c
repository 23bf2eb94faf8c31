/* Latin hypercubes of any size and seed: each slice once, keys independent. */
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/scenario.h"

START_TEST(every_slice_is_met_once) {
    static bool met[2000];
    dro_random random;
    dro_random_seed(&random, 1);
    for (size_t round = 0; round < 600; round++) {
        const dro_sampling sampling = {
            .seed = dro_random_u64(&random),
            .count = round < 70 ? round + 1 : 1 + dro_random_u64(&random) % 2000};
        uint64_t key = dro_random_u64(&random);
        memset(met, 0, sizeof met);
        for (size_t i = 0; i < sampling.count; i++) {
            size_t slice = dro_sampling_slice(&sampling, key, i);
            ck_assert_uint_lt(slice, sampling.count);
            ck_assert(!met[slice]);
            met[slice] = true;
            double unit = dro_sampling_unit(&sampling, key, i);
            ck_assert_double_ge(unit, (double)slice / (double)sampling.count);
            ck_assert_double_lt(unit, (double)(slice + 1) / (double)sampling.count);
        }
    }
}
END_TEST

/* A value asked for alone is that of the whole run, and stays within its range. */
START_TEST(values_hang_on_seed_key_and_count_alone) {
    dro_random random;
    dro_random_seed(&random, 2);
    for (int round = 0; round < 2000; round++) {
        const dro_sampling sampling = {.seed = dro_random_u64(&random) % 5,
                                       .count = 1 + dro_random_u64(&random) % 500};
        double low = dro_random_unit(&random), width = dro_random_unit(&random);
        const dro_sampling_input input = {
            .key = dro_random_u64(&random),
            .range = {.low = low,
                      .value = low + width * dro_random_unit(&random),
                      .high = low + width}};
        size_t i = dro_random_u64(&random) % sampling.count;
        double value = dro_sampling_value(&sampling, &input, i);
        ck_assert_double_ge(value, input.range.low);
        ck_assert_double_le(value, input.range.high);
        ck_assert_double_eq(value, dro_sampling_value(&sampling, &input, i));
    }
}
END_TEST

/* Spearman's correlation of two keys: mean 0, variance 1 / (n - 1) where permutations
 * are drawn evenly. Over 4,000 pairs both are known to a few per cent. */
START_TEST(keys_are_independent) {
    for (size_t n = 8; n <= 200; n *= 5) {
        const dro_sampling sampling = {.seed = 77, .count = n};
        double middle = (double)(n - 1) / 2, m = (double)n;
        double squares = (m * m * m - m) / 12, sum = 0, sum_of_squares = 0;
        for (uint64_t pair = 0; pair < 4000; pair++) {
            double product = 0;
            for (size_t i = 0; i < n; i++) {
                product +=
                    ((double)dro_sampling_slice(&sampling, 2 * pair, i) - middle) *
                    ((double)dro_sampling_slice(&sampling, 2 * pair + 1, i) - middle);
            }
            double rho = product / squares;
            sum += rho;
            sum_of_squares += rho * rho;
        }
        double sigma = sqrt(1 / (m - 1));
        ck_assert_double_lt(fabs(sum / 4000), 4 * sigma / sqrt(4000));
        ck_assert_double_eq_tol(sum_of_squares / 4000 * (m - 1), 1, 0.1);
    }
}
END_TEST

/* How often each slice comes first, over keys: chi-squared with n - 1 degrees. */
START_TEST(every_slice_is_as_likely_in_a_sample) {
    enum {
        SLICES = 20,
        KEYS = 20000
    };
    const dro_sampling sampling = {.seed = 3, .count = SLICES};
    for (size_t sample = 0; sample < SLICES; sample += 7) {
        double count[SLICES] = {0}, chi = 0;
        for (uint64_t key = 0; key < KEYS; key++) {
            count[dro_sampling_slice(&sampling, key, sample)]++;
        }
        for (size_t s = 0; s < SLICES; s++) {
            double expected = (double)KEYS / SLICES;
            chi += (count[s] - expected) * (count[s] - expected) / expected;
        }
        ck_assert_double_lt(chi, 43.8); /* 0.1 % of 19 degrees */
    }
}
END_TEST

/* Doubling an output's spread by an affine map must map its summary alike. */
START_TEST(summaries_follow_an_affine_map) {
    dro_random random;
    dro_random_seed(&random, 6);
    for (int round = 0; round < 300; round++) {
        double values[64], mapped[64];
        size_t count = 1 + dro_random_u64(&random) % 64;
        for (size_t i = 0; i < count; i++) {
            values[i] = dro_random_unit(&random);
            mapped[i] = 4 * values[i] + 1;
        }
        dro_summary a, b;
        ck_assert_int_eq(dro_summary_make(values, count, &a, NULL), DRO_OK);
        ck_assert_int_eq(dro_summary_make(mapped, count, &b, NULL), DRO_OK);
        ck_assert_double_le(a.low, a.median);
        ck_assert_double_le(a.median, a.high);
        ck_assert_double_eq_tol(b.median, 4 * a.median + 1, 1e-12);
        ck_assert_double_eq_tol(b.low, 4 * a.low + 1, 1e-12);
        ck_assert_double_eq_tol(b.high, 4 * a.high + 1, 1e-12);
        ck_assert_double_eq_tol(b.mean, 4 * a.mean + 1, 1e-12);
    }
}
END_TEST

int main(void) {
    const TTest *tests[] = {
        every_slice_is_met_once,        values_hang_on_seed_key_and_count_alone,
        keys_are_independent,           every_slice_is_as_likely_in_a_sample,
        summaries_follow_an_affine_map, NULL};
    return check_main("scenario sampling", tests);
}
