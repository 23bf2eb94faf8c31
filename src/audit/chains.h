/* The chains that leaves hang on. */
#ifndef AUDIT_CHAINS_H
#define AUDIT_CHAINS_H

#include "audit/run.h"

#define LEG_SAMPLES 100 /* enough for the 5 and 95 % of a leg */
#define LEG_FIGURES 3   /* time, cost, CO2 */

typedef struct chain_part { /* what an edge is made from */
    dro_kind kind;
    size_t thing;
} chain_part;

/* Of one leaf, with the figures as stated. All is the audit's scratch arena's. */
typedef struct leaf_chain {
    bool known; /* there is one */
    dro_chain found;
    chain_part *parts;
    size_t part_count;
    double *samples;              /* (leg, figure) x legs_count; the whole last */
    const dro_audit_chain *shown; /* once described */
} leaf_chain;

/* Of leaf `index`, which hangs on a chain; the worker has the figures as stated.
 * DRO_NO_ANSWER: there is none. */
dro_status chains_find(audit *a, size_t index, dro_chain_worker *w, dro_error *error);

/* In how many samples legs are reckoned; whether this is one of them, and which. */
size_t legs_count(const audit *a);
bool legs_sample(const audit *a, size_t sample, size_t *out);
/* The legs of a leaf's chain with the figures the worker has, as leg sample `at`.
 * `legs`: room for one a leg. Threads may do so at once, each with its own sample. */
void chains_reprice(const audit *a, size_t index, dro_chain_worker *w, size_t at,
                    dro_chain_total *legs);

/* For the workings, leg by leg; *out NULL where there is none. */
dro_status chains_show(audit *a, size_t index, const dro_audit_chain **out,
                       dro_error *error);

#endif
