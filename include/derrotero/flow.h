/*
 * derrotero/flow.h: demand put on a network. Here: what a strike, a roadblock or a
 * throttled canal does over time to those who want through.
 */
#ifndef DERROTERO_FLOW_H
#define DERROTERO_FLOW_H

#include "base.h"

#include <math.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- backlog ---------------------------------------------------------------------
 *
 * A place (a port, a pass, a canal) with arrivals and a capacity, both of so many units
 * a day: trucks, boxes, ships. The queue is a fluid, first come first served:
 * cumulative curves of arrivals and departures that are straight between their points
 * (Newell, Applications of Queueing Theory, 1982), reckoned from point to point without
 * a step width. Everything below is exact but for rounding.
 *
 * Waiting only counts what exceeds the capacity: a fluid has no queue while arrivals
 * stay below it. The day's pattern can make one.
 *
 * Who cannot wait: an arrival that would wait longer than detour_wait_d goes elsewhere.
 * The wait it expects is the one that it would have: the end of a disruption is known
 * to all from the start, and so is the capacity behind it. That is the mildest
 * assumption; those who do not know when a strike ends would leave earlier or later.
 */

#define DRO_DISRUPTIONS_MAX  1000u
#define DRO_BACKLOG_DAYS_MAX 20000.0

/* From from_d to to_d (days after the start, from_d >= 0) the capacity and the arrivals
 * are these shares of the usual ones: 0 to 100. Where several overlap their shares are
 * multiplied. */
typedef struct dro_disruption {
    double from_d, to_d;
    double capacity_share;
    double arrival_share; /* below 1: cancelled; above: a rush */
} dro_disruption;

typedef struct dro_backlog_case {
    double arrivals_per_d, capacity_per_d;
    const double *hour_share; /* 24, of the hours of a day, in any scale; NULL: even */
    double start_backlog;     /* units that wait at the start */
    const dro_disruption *disruptions;
    size_t disruption_count;
    double detour_wait_d; /* INFINITY: nobody leaves */
    double detour_share;  /* of the arrivals, those who can leave: 0 to 1 */
    /* The run goes on until the backlog is gone, and at least so long. Where it never
     * goes: so long, and 30 days behind the last disruption where this is 0. */
    double horizon_d;
} dro_backlog_case;

#define DRO_BACKLOG_CASE_INIT \
    { 0, 0, NULL, 0, NULL, 0, (double)INFINITY, 1, 0 }

/* All curves are straight between two points. */
typedef struct dro_backlog_point {
    double at_d;
    double arrived; /* units since the start, without those that left */
    double served;
    double lost; /* that went elsewhere */
    double backlog;
} dro_backlog_point;

typedef enum dro_backlog_end {
    DRO_BACKLOG_CLEARS,
    DRO_BACKLOG_NEVER, /* arrivals are not below the capacity */
    DRO_BACKLOG_LATE   /* not within DRO_BACKLOG_DAYS_MAX */
} dro_backlog_end;

typedef struct dro_backlog {
    const dro_backlog_point *points; /* in the arena, by rising time */
    size_t point_count;
    double max_backlog, max_at_d; /* the first time that it is reached */
    double delay_unit_d;          /* unit-days waited during the run */
    double delayed_units;         /* that came while others waited or began to; those of
                                     the start too */
    double mean_delay_d;          /* of those; 0 where there is none */
    double longest_wait_d;        /* of those that were served during the run */
    double lost_units;
    double end_d;   /* when the last disruption ends; 0: there is none */
    double clear_d; /* days from then until nobody waits; INFINITY: see `end` */
    dro_backlog_end end;
} dro_backlog;

/* DRO_INVALID names the figure that cannot be: negative, NaN, infinite (detour_wait_d
 * aside), a disruption that ends before it begins. DRO_LIMIT: more than
 * DRO_DISRUPTIONS_MAX, or times beyond DRO_BACKLOG_DAYS_MAX. A backlog that never
 * clears is an answer. O(points x disruptions); thread-safe. */
dro_status dro_backlog_run(const dro_backlog_case *question, dro_arena *arena,
                           dro_backlog *out, dro_error *error);

/* The point of the curves at a time; before the first and after the last, those. */
dro_backlog_point dro_backlog_at(const dro_backlog *backlog, double at_d);

/* "never: arrivals are not below the capacity"; "" where it clears. */
const char *dro_backlog_end_text(dro_backlog_end end);

#ifdef __cplusplus
}
#endif
#endif
