/* Shortest ways from one node to all, for what is computed when a chart is built. */
#ifndef CHART_SPREAD_H
#define CHART_SPREAD_H

#include "chart/buckets.h"
#include "chart/image.h"

typedef struct spread_graph {
    size_t node_count;
    const uint32_t *arc_first;
    const image_arc *arcs;
    const uint16_t *island; /* per node, see image.h */
} spread_graph;

/* What a search may not use, per class: with shoals, and whatever the shoals. Shoals
 * alone do not part the waters that they cut off from the sea: out of them until the
 * sea is reached, and into them. through: also through them, from sea to sea. */
typedef struct spread_bars {
    uint8_t *shut, *barred;
    bool through;
} spread_bars;

/* A state is a node. From waters that shoals cut off there are two: node, and nodes +
 * node for ways that were in the sea before (they may not leave such waters again over
 * shoals, so a longer way that was not may be of use). */
typedef struct spread {
    size_t nodes;
    bool sides;      /* of the last search: two states a node */
    float *distance; /* per state; INFINITY: not reached */
    uint32_t *via;   /* the arc that led here */
    uint32_t *from;  /* the state that it began at */
    buckets queue;
} spread;

dro_status spread_create(spread *spread, size_t nodes, dro_error *error);
void spread_free(spread *spread);

/* bars NULL: everything is open. */
dro_status spread_from(spread *spread, const spread_graph *graph, uint32_t start,
                       const spread_bars *bars, dro_error *error);

/* The nearer state of a node. */
static inline uint32_t spread_state(const spread *s, uint32_t node) {
    uint32_t other = (uint32_t)s->nodes + node;
    return s->sides && s->distance[other] < s->distance[node] ? other : node;
}

#endif
