/* Ways through raw water on a raster. */
#ifndef CHART_GROW_H
#define CHART_GROW_H

#include "chart/heap.h"
#include "chart/raster.h"

#define GROW_NONE UINT32_MAX

typedef struct grow {
    uint32_t *cost;   /* 10 = one cell of open water */
    uint32_t *parent; /* cell, or GROW_NONE at a seed */
    uint32_t *label;  /* of the seed; 0: not reached */
    heap heap;
    size_t cells, cell_capacity;
} grow;

dro_status grow_reset(grow *g, const raster *r, dro_error *error);
void grow_free(grow *g);
dro_status grow_seed(grow *g, size_t cell, uint32_t label, dro_error *error);

/* Settles cells in order of cost, through raw water only, with a liking for room.
 * visit may stop the growth (return false). Costs beyond `limit` are left. */
typedef bool (*grow_visit)(void *context, const grow *g, size_t cell);
dro_status grow_run(grow *g, const raster *r, uint32_t limit, grow_visit visit,
                    void *context, dro_error *error);

#endif
