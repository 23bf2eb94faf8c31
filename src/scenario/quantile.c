/* Quantiles of results: type 7 of Hyndman and Fan, "Sample quantiles in statistical
 * packages", The American Statistician 50(4), 1996. */
#include "derrotero/scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double dro_quantile(const double *sorted, size_t count, double share) {
    double h = (double)(count - 1) * share;
    size_t i = (size_t)h;
    if (i + 1 >= count) {
        return sorted[count - 1];
    }
    double part = h - (double)i;
    /* Not the difference of infinite values, nor a share of nothing. */
    if (part == 0 || isinf(sorted[i]) || sorted[i] == sorted[i + 1]) {
        return sorted[i];
    }
    return sorted[i] + part * (sorted[i + 1] - sorted[i]);
}

static int by_value(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

dro_status dro_summary_make(const double *results, size_t count, dro_summary *out,
                            dro_error *error) {
    double *sorted = NULL, sum = 0;
    if (count == 0) {
        return dro_fail(error, DRO_INVALID, "no results");
    }
    for (size_t i = 0; i < count; i++) {
        if (isnan(results[i])) {
            return dro_fail(error, DRO_INVALID, "the result of sample %zu is NaN", i);
        }
        sum += results[i];
    }
    DRO_TRY(dro_new((void **)&sorted, count, sizeof *sorted, "results", error));
    memcpy(sorted, results, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_value);
    out->median = dro_quantile(sorted, count, 0.5);
    out->low = dro_quantile(sorted, count, 0.05);
    out->high = dro_quantile(sorted, count, 0.95);
    out->mean = sum / (double)count;
    dro_free(sorted);
    return DRO_OK;
}
