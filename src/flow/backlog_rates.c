/* Capacity and arrivals of a backlog: shares of what is usual, by disruption and hour.
 */
#include "backlog_rates.h"

#include <stdlib.h>

static dro_status check_share(double share, size_t i, const char *what,
                              dro_error *error) {
    if (!(share >= 0 && share <= 100)) {
        return dro_fail(error, DRO_INVALID,
                        "disruption %zu: a share of %s of %g; from 0 to 100", i, what,
                        share);
    }
    return DRO_OK;
}

static dro_status check_disruption(const dro_disruption *d, size_t i,
                                   dro_error *error) {
    if (!(d->from_d >= 0 && d->to_d > d->from_d)) {
        return dro_fail(error, DRO_INVALID, "disruption %zu: from day %g to day %g", i,
                        d->from_d, d->to_d);
    }
    if (d->to_d > DRO_BACKLOG_DAYS_MAX) {
        return dro_fail(error, DRO_LIMIT, "disruption %zu: until day %g; at most %g", i,
                        d->to_d, DRO_BACKLOG_DAYS_MAX);
    }
    DRO_TRY(check_share(d->capacity_share, i, "the capacity", error));
    return check_share(d->arrival_share, i, "the arrivals", error);
}

static dro_status check_figure(double figure, double most, const char *what,
                               dro_error *error) {
    if (!(figure >= 0 && figure <= most)) {
        return dro_fail(error, DRO_INVALID, "%s of %g; from 0 to %g", what, figure,
                        most);
    }
    return DRO_OK;
}

static dro_status check_question(const dro_backlog_case *q, dro_error *error) {
    DRO_TRY(check_figure(q->arrivals_per_d, 1e12, "arrivals a day", error));
    DRO_TRY(check_figure(q->capacity_per_d, 1e12, "a capacity a day", error));
    DRO_TRY(check_figure(q->start_backlog, 1e15, "a backlog at the start", error));
    DRO_TRY(check_figure(q->detour_share, 1, "a share that can leave", error));
    DRO_TRY(
        check_figure(q->horizon_d, DRO_BACKLOG_DAYS_MAX, "a horizon in days", error));
    if (!(q->detour_wait_d >= 0)) {
        return dro_fail(error, DRO_INVALID, "a longest wait of %g days",
                        q->detour_wait_d);
    }
    if (q->disruption_count > DRO_DISRUPTIONS_MAX) {
        return dro_fail(error, DRO_LIMIT, "%zu disruptions; at most %u",
                        q->disruption_count, DRO_DISRUPTIONS_MAX);
    }
    for (size_t i = 0; i < q->disruption_count; i++) {
        DRO_TRY(check_disruption(&q->disruptions[i], i, error));
    }
    return DRO_OK;
}

static dro_status fill_hours(const dro_backlog_case *q, double *factor,
                             dro_error *error) {
    double sum = 0;
    for (int h = 0; h < 24; h++) {
        factor[h] = q->hour_share == NULL ? 1 : q->hour_share[h];
        if (!(factor[h] >= 0 && factor[h] <= 1e12)) {
            return dro_fail(error, DRO_INVALID,
                            "hour %d: a share of %g of the arrivals", h, factor[h]);
        }
        sum += factor[h];
    }
    if (!(sum > 0)) {
        return dro_fail(error, DRO_INVALID, "the hours' shares of the arrivals are 0");
    }
    for (int h = 0; h < 24; h++) {
        factor[h] *= 24 / sum;
    }
    return DRO_OK;
}

static int by_value(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Ends of all disruptions, sorted, each once, behind a 0. */
static void fill_changes(backlog_rates *r) {
    const dro_backlog_case *q = r->question;
    r->at[r->count++] = 0;
    for (size_t i = 0; i < q->disruption_count; i++) {
        r->at[r->count++] = q->disruptions[i].from_d;
        r->at[r->count++] = q->disruptions[i].to_d;
        r->end_d = fmax(r->end_d, q->disruptions[i].to_d);
    }
    qsort(r->at, r->count, sizeof *r->at, by_value);
    size_t kept = 1;
    for (size_t i = 1; i < r->count; i++) {
        if (r->at[i] > r->at[kept - 1]) {
            r->at[kept++] = r->at[i];
        }
    }
    r->count = kept;
}

static void fill_capacity(backlog_rates *r) {
    const dro_backlog_case *q = r->question;
    for (size_t i = 0; i < r->count; i++) {
        r->rate[i] = q->capacity_per_d;
        for (size_t k = 0; k < q->disruption_count; k++) {
            const dro_disruption *d = &q->disruptions[k];
            r->rate[i] *=
                d->from_d <= r->at[i] && r->at[i] < d->to_d ? d->capacity_share : 1;
        }
        r->units[i] =
            i == 0 ? 0 : r->units[i - 1] + r->rate[i - 1] * (r->at[i] - r->at[i - 1]);
    }
}

dro_status backlog_rates_create(const dro_backlog_case *question, backlog_rates *out,
                                dro_error *error) {
    backlog_rates r = {.question = question};
    dro_status status = DRO_OK;
    DRO_TRY(check_question(question, error));
    DRO_TRY(fill_hours(question, r.hour_factor, error));
    size_t n = 2 * question->disruption_count + 1;
    DRO_TRY_GOTO(dro_new((void **)&r.at, n, sizeof *r.at, "a backlog", error), fail);
    DRO_TRY_GOTO(dro_new((void **)&r.rate, n, sizeof *r.rate, "a backlog", error),
                 fail);
    DRO_TRY_GOTO(dro_new((void **)&r.units, n, sizeof *r.units, "a backlog", error),
                 fail);
    fill_changes(&r);
    fill_capacity(&r);
    *out = r;
    return DRO_OK;
fail:
    backlog_rates_free(&r);
    return status;
}

void backlog_rates_free(backlog_rates *rates) {
    dro_free(rates->at);
    dro_free(rates->rate);
    dro_free(rates->units);
}

/* The last change that is not after the time. */
static size_t change_before(const backlog_rates *r, double at_d) {
    size_t low = 0, high = r->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        *(r->at[middle] <= at_d ? &low : &high) = middle;
    }
    return low;
}

double backlog_capacity(const backlog_rates *rates, double at_d) {
    return rates->rate[change_before(rates, at_d)];
}

double backlog_capacity_until(const backlog_rates *rates, double at_d) {
    size_t i = change_before(rates, at_d);
    return rates->units[i] + rates->rate[i] * (at_d - rates->at[i]);
}

double backlog_arrivals(const backlog_rates *rates, double at_d) {
    const dro_backlog_case *q = rates->question;
    double day = at_d - floor(at_d);
    int hour = (int)fmin(24 * day, 23);
    double arrivals = q->arrivals_per_d * rates->hour_factor[hour];
    for (size_t k = 0; k < q->disruption_count; k++) {
        const dro_disruption *d = &q->disruptions[k];
        arrivals *= d->from_d <= at_d && at_d < d->to_d ? d->arrival_share : 1;
    }
    return arrivals;
}

static double next_hour(const backlog_rates *r, double at_d) {
    if (r->question->hour_share == NULL) {
        return (double)INFINITY;
    }
    double hour = floor(24 * at_d) + 1;
    return hour / 24 > at_d ? hour / 24 : (hour + 1) / 24;
}

double backlog_next_change(const backlog_rates *rates, double at_d, double ahead_d) {
    double next = next_hour(rates, at_d);
    for (size_t i = 0; i < rates->count; i++) {
        if (rates->at[i] > at_d) {
            next = fmin(next, rates->at[i]);
            break;
        }
    }
    for (size_t i = 0; i < rates->count && isfinite(ahead_d); i++) {
        if (rates->at[i] - ahead_d > at_d) {
            next = fmin(next, rates->at[i] - ahead_d);
            break;
        }
    }
    return next;
}
