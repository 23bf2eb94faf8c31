/* The water or channel nearest to a place. */
#ifndef CHART_SNAP_H
#define CHART_SNAP_H

#include "chart/chart_state.h"

typedef struct snap {
    dro_vec at;
    double distance_m;
    uint32_t triangle;       /* water that holds it, or MESH_NONE on a line */
    uint32_t piece;          /* of a line, or GRAPH_NONE */
    double from_a_m, to_b_m; /* along the piece */
} snap;

typedef struct snap_space { /* reusable */
    struct heap_entry *entries;
    size_t capacity;
    uint32_t *seen; /* triangles met, an open table stamped by epoch */
    uint32_t *seen_epoch, epoch;
    uint32_t hint;
} snap_space;
void snap_space_free(snap_space *space);

/* Lines of closed passages do not count. DRO_INVALID where nothing lies within most_m:
 * says how far the sea is. */
dro_status snap_find(const dro_chart *chart, snap_space *space, dro_point place,
                     double most_m, uint64_t closed, snap *out, dro_error *error);

#endif
