/*
 * Dijkstra's algorithm on the cells of a raster, eight ways, through raw water; a step
 * near land costs up to three times its length, so ways keep to the middle.
 */
#include "chart/grow.h"

#include <string.h>

dro_status grow_reset(grow *g, const raster *r, dro_error *error) {
    size_t n = (size_t)r->nx * (size_t)r->ny, capacity = g->cell_capacity;
    DRO_TRY(DRO_RESERVE(g->cost, capacity, n, error));
    capacity = g->cell_capacity;
    DRO_TRY(DRO_RESERVE(g->parent, capacity, n, error));
    DRO_TRY(DRO_RESERVE(g->label, g->cell_capacity, n, error));
    g->cells = n;
    g->heap.count = 0;
    memset(g->cost, 0xff, n * sizeof *g->cost);
    memset(g->parent, 0xff, n * sizeof *g->parent);
    memset(g->label, 0, n * sizeof *g->label);
    return DRO_OK;
}

void grow_free(grow *g) {
    dro_free(g->cost);
    dro_free(g->parent);
    dro_free(g->label);
    heap_free(&g->heap);
    *g = (grow){0};
}

dro_status grow_seed(grow *g, size_t cell, uint32_t label, dro_error *error) {
    g->cost[cell] = 0;
    g->label[cell] = label;
    return heap_push(&g->heap, 0.0f, (uint32_t)cell, error);
}

static uint32_t step_cost(const raster *r, size_t cell, bool diagonal) {
    static const uint32_t straight[RASTER_ROOM_MAX + 1] = {30, 30, 20, 15, 12, 11, 10};
    static const uint32_t across[RASTER_ROOM_MAX + 1] = {42, 42, 28, 21, 17, 15, 14};
    return diagonal ? across[r->room[cell]] : straight[r->room[cell]];
}

static bool passable(const raster *r, size_t cell) {
    return (r->cells[cell] & (RASTER_RAW | RASTER_LINE)) != 0;
}

static dro_status expand(grow *g, const raster *r, size_t cell, dro_error *error) {
    static const int dx[8] = {1, -1, 0, 0, 1, 1, -1, -1};
    static const int dy[8] = {0, 0, 1, -1, 1, -1, 1, -1};
    long x = (long)(cell % (size_t)r->nx), y = (long)(cell / (size_t)r->nx);
    if (x < 1 || y < 1 || x + 1 >= r->nx || y + 1 >= r->ny) {
        return DRO_OK;
    }
    for (int k = 0; k < 8; k++) {
        size_t to = (size_t)((y + dy[k]) * r->nx + x + dx[k]);
        bool diagonal = k >= 4;
        if (!passable(r, to) ||
            (diagonal && (!passable(r, (size_t)(y * r->nx + x + dx[k])) ||
                          !passable(r, (size_t)((y + dy[k]) * r->nx + x))))) {
            continue; /* no squeezing between two land corners */
        }
        uint32_t cost = g->cost[cell] + step_cost(r, to, diagonal);
        if (cost < g->cost[to]) {
            g->cost[to] = cost;
            g->parent[to] = (uint32_t)cell;
            g->label[to] = g->label[cell];
            DRO_TRY(heap_push(&g->heap, (float)cost, (uint32_t)to, error));
        }
    }
    return DRO_OK;
}

dro_status grow_run(grow *g, const raster *r, uint32_t limit, grow_visit visit,
                    void *context, dro_error *error) {
    while (g->heap.count) {
        heap_entry top = heap_pop(&g->heap);
        if ((uint32_t)top.key != g->cost[top.item]) {
            continue;
        }
        if (g->cost[top.item] > limit || (visit && !visit(context, g, top.item))) {
            break;
        }
        DRO_TRY(expand(g, r, top.item, error));
    }
    return DRO_OK;
}
