/* Distances to landmarks (Goldberg and Harrelson 2005), as small numbers. */
#ifndef CHART_LANDMARKS_H
#define CHART_LANDMARKS_H

#include "chart/spread.h"

typedef struct landmarks {
    int16_t *rows; /* per node; IMAGE_FAR: not reached */
    size_t count;  /* of landmarks: a row's length */
    float *exact;  /* before landmarks_round */
} landmarks;

/* Each as far as can be from those before it, at sea and not at the head of a river. */
dro_status landmarks_find(const spread_graph *graph, const uint32_t *node_vertex,
                          uint32_t start, const spread_bars *bars, size_t count,
                          spread *space, landmarks *out, dro_error *error);
void landmarks_free(landmarks *landmarks);

/* Metres of the largest distance, 0 where there is none. */
float landmarks_farthest(const landmarks *landmarks, size_t nodes);

/* Rounds down to whole units. */
dro_status landmarks_round(landmarks *landmarks, size_t nodes, double unit_m,
                           dro_error *error);

#endif
