/*
 * Lines written in a table's cell: "lat lon; lat lon / lat lon; lat lon".
 */
#ifndef DRO_ATLAS_GATE_H
#define DRO_ATLAS_GATE_H

#include "derrotero/atlas.h"

#define DRO_GATE_MAX_LINES  64
#define DRO_GATE_MAX_POINTS 1000 /* of one line */

/* Each line has at least two points, each point unlike the one before it. Lines and
 * points are in the arena. Empty text: no lines. The message says which point. */
dro_status dro_gate_parse(const char *text, dro_arena *arena, dro_gate **gates,
                          size_t *count, dro_error *error);

/* Whether the arc from a to b crosses or touches the line; if so, `piece` (may be NULL)
 * is the first of its points whose arc from the one before does. */
bool dro_gate_meets(const dro_gate *gate, dro_vec a, dro_vec b, size_t *piece);

#endif
