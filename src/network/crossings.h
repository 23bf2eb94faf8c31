#ifndef DERROTERO_NETWORK_CROSSINGS_H
#define DERROTERO_NETWORK_CROSSINGS_H

#include "network_internal.h"

typedef struct dro_crossing {
    size_t passage; /* atlas index */
    size_t arc;     /* between track points arc and arc + 1 */
    double along;   /* orders crossings of one arc */
} dro_crossing;

/* Passages in the order of passing; each once per stretch between stops. O(arcs x
 * gates). */
dro_status dro_crossings_find(const dro_atlas *atlas, const dro_track *track,
                              dro_arena *arena, dro_crossing **out, size_t *count,
                              dro_error *error);

#endif
