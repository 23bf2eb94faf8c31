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

typedef struct spread {
    float *distance; /* INFINITY: not reached */
    uint32_t *via;   /* the arc that led here */
    uint32_t *from;  /* its start */
    uint8_t *at_sea; /* the way to a node was in the open sea before */
    buckets queue;
} spread;

dro_status spread_create(spread *spread, size_t nodes, dro_error *error);
void spread_free(spread *spread);

/* bars NULL: everything is open. */
dro_status spread_from(spread *spread, const spread_graph *graph, uint32_t start,
                       const spread_bars *bars, dro_error *error);

#endif
