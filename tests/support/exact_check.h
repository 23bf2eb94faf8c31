/* The chart's answers held against the exact solver's, pair by pair. */
#ifndef DRO_TESTS_EXACT_CHECK_H
#define DRO_TESTS_EXACT_CHECK_H

#include "support/exact_sea.h"

typedef struct exact_check {
    const dro_chart *chart;
    const dro_atlas *atlas;
    dro_sea *sea;
    dro_sea_rules *rules;
    exact_sea *exact;
    FILE *report;          /* violations, a line each; NULL: none */
    size_t pairs, without; /* compared; with no way, found so by both */
    size_t violations;
    double worst; /* our length over the exact one, less 1 */
} exact_check;

/* Of `rules` closed, draft_m, channel_draft_m, max_snap_m and avoid may be set. */
dro_status exact_check_create(const dro_chart *chart, const dro_atlas *atlas,
                              const dro_sea_rules_options *rules, FILE *report,
                              exact_check *out, dro_error *error);
void exact_check_destroy(exact_check *check);

/* Counts a violation where our way is longer than the exact one by more than its
 * excess_bound, shorter than it, or where only one of the two finds a way. Ends that
 * are too far from the sea are passed over (*compared false). */
dro_status exact_check_pair(exact_check *check, dro_sea_end from, dro_sea_end to,
                            bool *compared, dro_error *error);

/* A port (one in `port_share`), or a place anywhere on the earth. */
dro_sea_end exact_check_random_end(const exact_check *check, dro_random *random,
                                   double port_share);

#endif
