/*
 * Which inputs matter most: Spearman's rank correlation (1904) of each input with the
 * result. In a Latin hypercube an input's slice is its rank, so only the result is
 * sorted.
 */
#include "derrotero/scenario.h"

#include <math.h>
#include <stdlib.h>

typedef struct ranked {
    double result;
    size_t sample;
} ranked;

static int by_result(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->result != y->result) {
        return x->result < y->result ? -1 : 1;
    }
    return (x->sample > y->sample) - (x->sample < y->sample);
}

/* Ranks from 0, less their mean; equal results share the mean of theirs. */
static void rank_results(ranked *sorted, size_t count, double *rank) {
    qsort(sorted, count, sizeof *sorted, by_result);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && sorted[end].result == sorted[i].result;
             end++) {
        }
        for (size_t k = i; k < end; k++) {
            rank[sorted[k].sample] = ((double)(i + end - 1) - (double)(count - 1)) / 2;
        }
    }
}

static double sum_of_squares(const double *values, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += values[i] * values[i];
    }
    return sum;
}

static void measure(const dro_sampling *sampling, uint64_t key, const double *results,
                    const double *rank, dro_tornado *out) {
    size_t n = sampling->count, tenth = n < 10 ? 1 : n / 10;
    double middle = (double)(n - 1) / 2, product = 0;
    double low = 0, high = 0;
    for (size_t i = 0; i < n; i++) {
        size_t slice = dro_sampling_slice(sampling, key, i);
        product += ((double)slice - middle) * rank[i];
        low += slice < tenth ? results[i] : 0;
        high += slice >= n - tenth ? results[i] : 0;
    }
    double m = (double)n, squares = (m * m * m - m) / 12; /* of 0..n-1 less the mean */
    double spread = sqrt(squares * sum_of_squares(rank, n));
    out->correlation = spread > 0 ? product / spread : 0;
    out->share = out->correlation * out->correlation;
    out->at_low = low / (double)tenth;
    out->at_high = high / (double)tenth;
}

static int by_share(const void *a, const void *b) {
    const dro_tornado *x = a, *y = b;
    if (x->share != y->share) {
        return x->share > y->share ? -1 : 1;
    }
    return (x->input > y->input) - (x->input < y->input);
}

static dro_status fill_ranked(const double *results, size_t count, ranked *out,
                              dro_error *error) {
    for (size_t i = 0; i < count; i++) {
        if (isnan(results[i])) {
            return dro_fail(error, DRO_INVALID, "the result of sample %zu is NaN", i);
        }
        out[i] = (ranked){results[i], i};
    }
    return DRO_OK;
}

static double mean_of(const double *results, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += results[i];
    }
    return sum / (double)count;
}

dro_status dro_tornado_make(const dro_sampling *sampling,
                            const dro_sampling_input *inputs, size_t input_count,
                            const double *results, dro_tornado *out, dro_error *error) {
    ranked *sorted = NULL;
    double *rank = NULL;
    size_t n = sampling->count;
    dro_status status = DRO_OK;
    DRO_TRY(dro_sampling_check(sampling, inputs, input_count, error));
    DRO_TRY_GOTO(dro_new((void **)&sorted, n, sizeof *sorted, "ranks", error), done);
    DRO_TRY_GOTO(dro_new((void **)&rank, n, sizeof *rank, "ranks", error), done);
    DRO_TRY_GOTO(fill_ranked(results, n, sorted, error), done);
    rank_results(sorted, n, rank);
    double mean = mean_of(results, n);
    for (size_t k = 0; k < input_count; k++) {
        out[k] = (dro_tornado){.input = k, .at_low = mean, .at_high = mean};
        if (inputs[k].range.low < inputs[k].range.high) {
            measure(sampling, inputs[k].key, results, rank, &out[k]);
        }
    }
    if (input_count > 0) {
        qsort(out, input_count, sizeof *out, by_share);
    }
done:
    dro_free(sorted);
    dro_free(rank);
    return status;
}
