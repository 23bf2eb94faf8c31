/* The shortest path through a chain of portals (the funnel algorithm). */
#ifndef CHART_PULL_H
#define CHART_PULL_H

#include "derrotero/geo.h"

typedef struct pull_portal {
    dro_vec right, left;
} pull_portal;

/* Writes the turning points between start and goal (without them) to `turns`, which
 * must hold `count`; returns how many. Lee and Preparata 1984, Mononen 2010. */
size_t pull_string(dro_vec start, const pull_portal *portals, size_t count,
                   dro_vec goal, dro_vec *turns);

#endif
