/* Reckoning with what the leaves gave, sample by sample. */
#include <math.h>

#include "audit/run.h"

/* Capital paid back in equal yearly parts: c r (1 + r)^n / ((1 + r)^n - 1). */
static double annuity(double capital, double pct, double years) {
    double r = pct / 100.0, grown = pow(1.0 + r, years);
    return fabs(r) < 1e-12 ? capital / years : capital * r * grown / (grown - 1.0);
}

/* Days until a queue is gone after `hours` in which only a share of the capacity is
 * open: fluid queue with steady arrivals. */
static double clearing(double arrivals, double capacity, double hours, double share) {
    double grown = (arrivals - capacity * share) * hours / 24.0;
    if (grown <= 0.0) {
        return 0.0;
    }
    return arrivals < capacity ? grown / (capacity - arrivals) : (double)INFINITY;
}

static double extreme(const double *x, size_t n, double sign) {
    double best = x[0];
    for (size_t i = 1; i < n; i++) {
        best = isnan(best) || sign * x[i] > sign * best ? x[i] : best;
    }
    return best;
}

static double rank(const double *x, size_t n) {
    double above = 1.0;
    for (size_t i = 1; i < n; i++) {
        above += x[i] > x[0] ? 1.0 : 0.0;
    }
    return isnan(x[0]) ? x[0] : above;
}

static double added(const double *x, size_t n) {
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum += x[i];
    }
    return sum;
}

static double multiplied(const double *x, size_t n) {
    double product = 1.0;
    for (size_t i = 0; i < n; i++) {
        product *= x[i];
    }
    return product;
}

static double reckon(measure_op op, const double *x, size_t n) {
    switch (op) {
    case MEASURE_SUM:
        return added(x, n);
    case MEASURE_DIFFERENCE:
        return x[0] - x[1];
    case MEASURE_PRODUCT:
        return multiplied(x, n);
    case MEASURE_RATIO:
        return x[0] / x[1];
    case MEASURE_PERCENT:
        return 100.0 * x[0] / x[1];
    case MEASURE_GROWTH:
        return 100.0 * (pow(x[1] / x[0], 1.0 / x[2]) - 1.0);
    case MEASURE_LARGEST:
        return extreme(x, n, 1.0);
    case MEASURE_SMALLEST:
        return extreme(x, n, -1.0);
    case MEASURE_RANK:
        return rank(x, n);
    case MEASURE_ANNUITY:
        return annuity(x[0], x[1], x[2]);
    case MEASURE_CLEARING:
        return clearing(x[0], x[1], x[2], x[3]);
    case MEASURE_LEAF:
    default:
        return (double)NAN;
    }
}

static dro_status branch_values(const struct audit *a, const measure *m, double **terms,
                                double *values, dro_error *error) {
    size_t n = a->sampling.count + 1;
    for (size_t k = 0; k < m->term_count; k++) {
        DRO_TRY(dro_new((void **)&terms[k], n, sizeof(double), "values", error));
        DRO_TRY(measure_values(a, m->terms[k], terms[k], error));
    }
    for (size_t i = 0; i < n; i++) {
        double x[MEASURE_TERMS_MAX] = {0.0};
        for (size_t k = 0; k < m->term_count; k++) {
            x[k] = terms[k][i];
        }
        values[i] = reckon(m->op, x, m->term_count);
    }
    return DRO_OK;
}

dro_status measure_values(const struct audit *a, const measure *m, double *values,
                          dro_error *error) {
    double *terms[MEASURE_TERMS_MAX] = {NULL};
    if (m->op == MEASURE_LEAF) {
        for (size_t i = 0; i <= a->sampling.count; i++) {
            values[i] = a->values[m->leaf][i];
        }
        return DRO_OK;
    }
    dro_status status = branch_values(a, m, terms, values, error);
    for (size_t k = 0; k < m->term_count; k++) {
        dro_free(terms[k]);
    }
    return status;
}
