/*
 * derrotero/compare.h: two scenarios of a case side by side: the best chain in each,
 * leg by leg, with ranges out of the same samples, what differs, and which figures the
 * difference hangs on most.
 *
 *   dro_compare_wish wish = DRO_COMPARE_WISH_INIT;
 *   wish.from = "BRRBR", wish.to = "CNSHA";
 *   wish.scenario[0] = "before", wish.scenario[1] = "after";
 *   dro_compare(study, &wish, &comparison, &error);
 *
 * The ranges are those of the chain that is best with the figures as stated: it is kept
 * through all samples, so that legs add up and sides can be subtracted. How often
 * another chain would have been better is told beside it.
 */
#ifndef DERROTERO_COMPARE_H
#define DERROTERO_COMPARE_H

#include "scenario.h"
#include "store.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DRO_COMPARE_MEASURES   4 /* dro_chain_by: hours, USD, kg of CO2, USD */
#define DRO_COMPARE_INPUTS_MAX 20

typedef struct dro_compare_wish {
    const char *from, *to; /* see dro_chain_place_find */
    const char *scenario[2];
    const char *commodity; /* id; NULL: the case's own */
    dro_chain_by by;
    bool quay;           /* from the quay to the quay, as carriers count */
    bool pareto;         /* all that no other chain is better than in everything */
    size_t alternatives; /* up to 32 more that differ in port, mode or passage */
    size_t samples;      /* 0: none; the ranges are then the figures themselves */
    uint64_t seed;
    unsigned threads; /* 0: all cores; the answer is the same */
    const dro_progress *progress;
    bool geometry; /* lines of the legs: dro_chain_leg's path */
    /* More edits on top of the second scenario: see dro_case_edit. NULL: none. */
    const char *edits;
    size_t edits_length;
    const char *edits_name; /* in messages; NULL: "edits" */
    dro_store *store;       /* keeps both sides for the next one; NULL: made anew */
} dro_compare_wish;

#define DRO_COMPARE_WISH_INIT                                                          \
    {                                                                                  \
        NULL, NULL, {NULL, NULL}, NULL, DRO_CHAIN_BY_TIME, false, false, 0, 200, 1, 0, \
            NULL, false, NULL, 0, NULL, NULL                                           \
    }

typedef struct dro_measured { /* a figure as stated, and in the samples */
    double value;             /* NAN: none */
    dro_summary sampled;
} dro_measured;

typedef struct dro_compared {            /* a side */
    const char *scenario, *title, *date; /* date: "" if none */
    int month;                           /* 0: none */
    bool found;
    const char *why; /* there is no way; "" if there is */
    dro_chain best;
    const dro_measured *legs; /* three a leg: time, cost, CO2 */
    dro_measured whole[DRO_COMPARE_MEASURES];
    double best_share; /* of the samples in which it stays the best; NAN: no samples */
    const dro_chain *alternatives, *pareto;
    size_t alternative_count, pareto_count;
    const char *const *notices; /* services that could not sail */
    size_t notice_count;
} dro_compared;

typedef struct dro_compared_input {
    const char *name; /* "link road-x length_km" */
    dro_range range;
    double correlation, share, at_low, at_high; /* dro_tornado, of what was compared */
} dro_compared_input;

typedef struct dro_comparison {
    const dro_atlas *atlas;
    const char *case_id, *case_title, *from, *to, *commodity, *commodity_name;
    const char *unit; /* that a chain is for: "TEU" or "t" */
    dro_chain_by by;
    bool quay;
    bool geometry; /* legs have their paths */
    size_t samples;
    uint64_t seed;
    dro_compared sides[2];
    /* The second less the first; NAN where one has no way. */
    dro_measured difference[DRO_COMPARE_MEASURES];
    /* What `by` hangs on: the difference, or the one side that was found. By falling
     * share; none without samples. */
    const dro_compared_input *inputs;
    size_t input_count;
} dro_comparison;

/* DRO_OK also where a side has no way: see `found`. DRO_NOT_FOUND, DRO_INVALID: a
 * place, scenario or commodity that is none. The case, and the store where there is
 * one, must outlive the comparison. */
dro_status dro_compare(const dro_case *study, const dro_compare_wish *wish,
                       dro_comparison **out, dro_error *error);
void dro_comparison_destroy(dro_comparison *made); /* NULL is fine */

#ifdef __cplusplus
}
#endif
#endif
