/* The edge of navigable water: everything nearer to a coast than the clearance. */
#ifndef CHART_OUTLINE_H
#define CHART_OUTLINE_H

#include "chart/coast.h"
#include "derrotero/geo.h"

/* A directed graph of short edges; water lies on each edge's left. Every vertex has
 * as many edges in as out. */
typedef struct outline {
    dro_point *points;
    size_t point_count, point_capacity;
    uint32_t (*edges)[2];
    size_t edge_count, edge_capacity;
} outline;

/* Walls of the atlas count as coast. */
dro_status outline_build(const coast *shore, const dro_atlas *atlas, double clearance_m,
                         unsigned threads, const dro_progress *progress, outline *out,
                         dro_error *error);
void outline_free(outline *outline);

/* Fewer vertices: an outline may move into the water by at most tolerance_m, never
 * towards land, and never touches another. */
dro_status outline_simplify(outline *outline, double tolerance_m, dro_error *error);

#endif
