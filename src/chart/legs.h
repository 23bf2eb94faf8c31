/*
 * What was worked out about the legs of paths, kept: their exact length takes over a
 * microsecond, to see whether one is clear some more, a path has a hundred, and ways
 * share most of theirs. One table a thread; what is new takes the place of what fell
 * on the same entry.
 */
#ifndef CHART_LEGS_H
#define CHART_LEGS_H

#include "chart/chart_state.h"

typedef struct leg_memory {
    struct leg_entry *entries; /* made when first needed */
} leg_memory;

void leg_memory_free(leg_memory *memory);

/* Metres from a to b as dro_geo_vec_distance_m has them, and b's point. */
dro_status leg_measure(leg_memory *memory, dro_vec a, dro_vec b, double *metres,
                       dro_point *at_b, dro_error *error);

/* line_between (sea.h) of a vertex at a; not kept where there is no memory. */
bool leg_clear(leg_memory *memory, const dro_chart *chart, dro_vec a, uint32_t vertex,
               dro_vec b, sight_class *passed);

#endif
