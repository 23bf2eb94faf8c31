/* What the files of a comparison share. */
#ifndef DRO_SCENARIO_COMPARE_STATE_H
#define DRO_SCENARIO_COMPARE_STATE_H

#include "derrotero/compare.h"

typedef struct compare_side {
    dro_prepared *ready;
    const dro_facts *facts; /* its own, as the chains are */
    const dro_chains *chains;
    dro_chain_wish wish;
    const dro_input *inputs;
    size_t input_count;
} compare_side;

typedef struct comparison {
    dro_comparison public; /* first */
    dro_arena *arena;
    compare_side sides[2];
    dro_store *store;              /* for this comparison alone, or NULL */
    const dro_compare_wish *asked; /* while it is made */
} comparison;

/* Ranges of legs, wholes and differences; what they hang on. */
dro_status compare_sample(comparison *c, dro_error *error);

#endif
