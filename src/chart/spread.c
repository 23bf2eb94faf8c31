/* Dijkstra's algorithm with buckets (Dial 1969): labels are corrected inside a bucket.
 */
#include "chart/spread.h"

#include <math.h>

static const float WIDTH_M = 1024.0f;

dro_status spread_create(spread *s, size_t nodes, dro_error *error) {
    DRO_TRY(dro_new((void **)&s->distance, nodes, 4, "search", error));
    DRO_TRY(dro_new((void **)&s->via, nodes, 4, "search", error));
    DRO_TRY(dro_new((void **)&s->from, nodes, 4, "search", error));
    DRO_TRY(dro_new((void **)&s->at_sea, nodes, 1, "search", error));
    return buckets_create(&s->queue, error);
}

void spread_free(spread *s) {
    dro_free(s->distance);
    dro_free(s->via);
    dro_free(s->from);
    dro_free(s->at_sea);
    buckets_free(&s->queue);
}

/* As rules_shut. */
static bool is_shut(const spread_graph *g, const spread_bars *b, image_arc a,
                    uint32_t from, bool at_sea) {
    if (!b || !b->shut[a.class]) {
        return false;
    }
    bool from_sea = g->island[from] == 0 || (at_sea && !b->through);
    return b->barred[a.class] || (g->island[a.to] == 0 && from_sea);
}

dro_status spread_from(spread *s, const spread_graph *g, uint32_t start,
                       const spread_bars *b, dro_error *error) {
    for (size_t i = 0; i < g->node_count; i++) {
        s->distance[i] = INFINITY;
    }
    buckets_clear(&s->queue, 0.0f, WIDTH_M);
    s->distance[start] = 0.0f;
    s->via[start] = s->from[start] = GRAPH_NONE;
    s->at_sea[start] = 0;
    DRO_TRY(buckets_push(&s->queue, 0.0f, start, error));
    heap_entry e;
    float least;
    while (buckets_pop(&s->queue, &e, &least)) {
        uint32_t n = e.item;
        float here = s->distance[n];
        if (e.key > here) {
            continue; /* a shorter way came since */
        }
        bool at_sea = s->at_sea[n] != 0, after = at_sea || g->island[n] == 0;
        for (uint32_t k = g->arc_first[n]; k < g->arc_first[n + 1]; k++) {
            image_arc a = g->arcs[k];
            float d = here + a.length_m;
            if (d < s->distance[a.to] && !is_shut(g, b, a, n, at_sea)) {
                s->distance[a.to] = d;
                s->via[a.to] = k;
                s->from[a.to] = n;
                s->at_sea[a.to] = after;
                DRO_TRY(buckets_push(&s->queue, d, a.to, error));
            }
        }
    }
    return DRO_OK;
}
