/*
 * derrotero/scenario.h: what if. Sampling of the figures that are not known exactly,
 * and what comes out of it: medians, ranges, and which figure matters most.
 */
#ifndef DERROTERO_SCENARIO_H
#define DERROTERO_SCENARIO_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- sampling ------------------------------------------------------------------
 *
 * Latin hypercube (McKay, Beckman and Conover 1979): the range of each input is cut
 * into `count` slices of the same probability, and each slice is met once. Which slice
 * an input has in sample i depends on the seed, the input's key and the count alone:
 * not on the other inputs, the scenario, the order of work or the threads. So two
 * scenarios are compared on the same samples (common random numbers), and what they
 * share cancels out of their difference.
 *
 *   const dro_sampling sampling = {.seed = 1, .count = 1000};
 *   DRO_TRY(dro_sampling_check(&sampling, inputs, input_count, error));
 *   DRO_TRY(dro_sampling_run(&sampling, threads, body, context, NULL, error));
 *   DRO_TRY(dro_summary_make(results, sampling.count, &summary, error));
 *
 * All of it is thread-safe; nothing is kept.
 */

#define DRO_SAMPLES_MAX 1000000u

typedef struct dro_sampling {
    uint64_t seed;
    size_t count; /* samples: 1 to DRO_SAMPLES_MAX */
} dro_sampling;

/* A figure with its range, distributed as a triangle with its mode at the value. Inputs
 * of one key move together. */
typedef struct dro_sampling_input {
    uint64_t key; /* dro_sampling_key, or any other hash */
    dro_range range;
} dro_sampling_input;

/* Of an input's name; the same on every machine. */
uint64_t dro_sampling_key(const char *name);

/* DRO_INVALID: a count that is out of range, or the first input whose range is not
 * finite with low <= value <= high. */
dro_status dro_sampling_check(const dro_sampling *sampling,
                              const dro_sampling_input *inputs, size_t input_count,
                              dro_error *error);

/* The slice, 0 to count - 1, of a key in sample `sample` (below the count), and a
 * number within it: in [slice / count, (slice + 1) / count). O(1). */
size_t dro_sampling_slice(const dro_sampling *sampling, uint64_t key, size_t sample);
double dro_sampling_unit(const dro_sampling *sampling, uint64_t key, size_t sample);

/* The figure in a sample: low at 0, high at 1, the value where low is high. The range
 * must be one that passes the check. O(1). */
double dro_sampling_value(const dro_sampling *sampling, const dro_sampling_input *input,
                          size_t sample);

/* Where a share `unit` (0 to 1) of a triangle's mass is below. Exact at both ends. */
double dro_triangle_quantile(dro_range range, double unit);

/* Runs body(context, sample, thread) for every sample on `threads` threads (0: all
 * cores; `thread` counts from 0). A body writes to what is its sample's or its thread's
 * alone. What comes back is the same on any number of threads: of several failures,
 * that of the lowest sample. progress may be NULL. */
typedef dro_status (*dro_sampling_body)(void *context, size_t sample, unsigned thread,
                                        dro_error *error);
dro_status dro_sampling_run(const dro_sampling *sampling, unsigned threads,
                            dro_sampling_body body, void *context,
                            const dro_progress *progress, dro_error *error);

/* ---- results -----------------------------------------------------------------------
 */

/* The quantile of sorted values, linear between them: h = (count - 1) share, type 7 of
 * Hyndman and Fan (1996). count >= 1; share 0 to 1. Infinite values are allowed: a
 * quantile between a finite and an infinite one is infinite. */
double dro_quantile(const double *sorted, size_t count, double share);

typedef struct dro_summary {
    double median, low, high; /* quantiles 50, 5 and 95 % */
    double mean;
} dro_summary;

/* Of results in any order. DRO_INVALID where there is none or one is NaN. */
dro_status dro_summary_make(const double *results, size_t count, dro_summary *out,
                            dro_error *error);

/* How a result hangs on an input. */
typedef struct dro_tornado {
    size_t input;       /* index */
    double correlation; /* Spearman's, -1 to 1 */
    double share; /* its square: of the result's ranks, what this input explains */
    double at_low, at_high; /* mean result in the samples with the input's lowest and
                               highest tenth of its slices */
} dro_tornado;

/* Inputs by falling share, `out` has room for all. Ranks (Iman and Conover 1979;
 * Saltelli and others 2008, section 1.2.5) serve any result that rises or falls with
 * its inputs, straight or not; one that turns back within the range is not seen. The
 * inputs are independent, so shares add up to about 1 where their effects add up; an
 * input without effect has a share of about 1 / count. Fixed inputs have 0. Ties go to
 * the lower index. DRO_INVALID: a result that is NaN. O(input_count x count). */
dro_status dro_tornado_make(const dro_sampling *sampling,
                            const dro_sampling_input *inputs, size_t input_count,
                            const double *results, dro_tornado *out, dro_error *error);

#ifdef __cplusplus
}
#endif
#endif
