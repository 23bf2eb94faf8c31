/* Capacity and arrivals of a backlog over time. */
#ifndef FLOW_BACKLOG_RATES_H
#define FLOW_BACKLOG_RATES_H

#include "derrotero/flow.h"

/* The capacity changes at `at`; rate[i] holds from at[i] on, units[i] is what could be
 * served until then. The last rate holds for ever. */
typedef struct backlog_rates {
    const dro_backlog_case *question;
    double hour_factor[24]; /* mean 1 */
    double *at, *rate, *units;
    size_t count;
    double end_d; /* of the last disruption */
} backlog_rates;

dro_status backlog_rates_create(const dro_backlog_case *question, backlog_rates *out,
                                dro_error *error);
void backlog_rates_free(backlog_rates *rates);

double backlog_capacity(const backlog_rates *rates, double at_d);
double backlog_arrivals(const backlog_rates *rates, double at_d);
/* What can be served from the start until then. */
double backlog_capacity_until(const backlog_rates *rates, double at_d);
/* The next time after `at_d` at which arrivals, capacity, or the capacity `ahead_d`
 * later change; INFINITY: never. */
double backlog_next_change(const backlog_rates *rates, double at_d, double ahead_d);

#endif
