/*
 * derrotero/disrupt.h: a strike, a roadblock, a throttled canal: the backlog of flow.h
 * with figures that have ranges, what a case's demand brings to a place, and the ways
 * that cargo finds while a link, a port or a passage is shut.
 *
 * Thread safety: a result is immutable; the functions keep no state.
 */
#ifndef DERROTERO_DISRUPT_H
#define DERROTERO_DISRUPT_H

#include "case.h"
#include "flow.h"
#include "scenario.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- over time ---------------------------------------------------------------------
 */

typedef struct dro_disrupt_question {
    dro_range arrivals_per_d;
    dro_range rate;           /* usual capacity over arrivals, above 1 */
    dro_range most_per_d;     /* and at most so much; NAN: no such limit */
    dro_range share;          /* of the capacity that is left */
    double left_per_d;        /* or so much of it: NAN: by share */
    dro_range arrival_share;  /* of the arrivals that still come */
    double start_d, length_d; /* of the disruption */
    double detour_wait_d;     /* who would wait longer may leave */
    dro_range detour_share;   /* so many of them can */
    double until_d;           /* show at least so much */
    dro_sampling sampling;    /* count 0: the figures as stated */
} dro_disrupt_question;

#define DRO_DISRUPT_QUESTION_INIT                                                    \
    {                                                                                \
        .rate = {1.15, 1.05, 1.35},                                                  \
        .most_per_d = {(double)NAN, (double)NAN, (double)NAN}, .share = {0, 0, 0},   \
        .left_per_d = (double)NAN, .arrival_share = {1, 1, 1}, .start_d = 0,         \
        .length_d = 3, .detour_wait_d = (double)INFINITY, .detour_share = {0, 0, 0}, \
        .until_d = 0, .sampling = {                                                  \
            .seed = 1,                                                               \
            .count = 0                                                               \
        }                                                                            \
    }

#define DRO_DISRUPT_POINTS 121

typedef struct dro_disrupt_point {
    double at_d;
    double arrived, served, lost; /* as stated; units since the start */
    dro_summary backlog;          /* median, 5 and 95 % of the samples */
    double stated;                /* backlog as stated */
} dro_disrupt_point;

typedef struct dro_disrupt {
    dro_disrupt_question question;
    dro_backlog stated; /* with the figures as stated */
    double capacity_per_d;
    dro_summary max_backlog, delay_unit_d, mean_delay_d, longest_wait_d, lost_units,
        clear_d; /* of the samples; where there is none, the stated ones */
    dro_disrupt_point points[DRO_DISRUPT_POINTS]; /* evenly over the time shown */
} dro_disrupt;

/* DRO_INVALID for figures that cannot be. The arena holds the curves. */
dro_status dro_disrupt_run(const dro_disrupt_question *question, dro_arena *arena,
                           dro_disrupt *out, dro_error *error);

/* ---- what a case's demand brings ---------------------------------------------------
 */

/* Units a day at a port: the demand of the nodes to which it is the nearest open port
 * with a terminal of that kind, in a straight line; a node at a port counts for it.
 * Inward demand is in it, as the case's rows are. Zeros where there is none. */
dro_range dro_disrupt_demand(const dro_facts *facts, size_t port, bool bulk,
                             size_t *rows);

/* ---- detours ------------------------------------------------------------------------
 */

typedef struct dro_detour {
    size_t demand;      /* a thing */
    double units_per_d; /* TEU or t, see per_teu */
    bool per_teu;
    bool found;                    /* is there a way still? */
    dro_chain_total before, after; /* per TEU or t */
    int port_before, port_after;   /* where it leaves the land, or -1 */
} dro_detour;

/* Demands of a case whose best chain by generalised cost is another without something:
 * `before` and `after` are the chains with and without it (the same things in both, as
 * dro_facts_copy makes them). In the arena, by units a day. */
dro_status dro_disrupt_detours(const dro_chains *before, const dro_chains *after,
                               dro_arena *arena, dro_detour **out, size_t *count,
                               dro_error *error);

#ifdef __cplusplus
}
#endif
#endif
