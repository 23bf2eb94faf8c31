/* Dijkstra's algorithm with buckets (Dial 1969): labels are corrected inside a bucket.
 */
#include "chart/spread.h"

#include <math.h>

static const float WIDTH_M = 1024.0f;

dro_status spread_create(spread *s, size_t nodes, dro_error *error) {
    s->nodes = nodes;
    DRO_TRY(dro_new((void **)&s->distance, 2 * nodes, 4, "search", error));
    DRO_TRY(dro_new((void **)&s->via, 2 * nodes, 4, "search", error));
    DRO_TRY(dro_new((void **)&s->from, 2 * nodes, 4, "search", error));
    return buckets_create(&s->queue, error);
}

void spread_free(spread *s) {
    dro_free(s->distance);
    dro_free(s->via);
    dro_free(s->from);
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
    uint32_t nodes = (uint32_t)g->node_count;
    s->sides = b && !b->through && g->island[start] != 0;
    for (size_t i = 0; i < (s->sides ? 2u : 1u) * g->node_count; i++) {
        s->distance[i] = INFINITY;
    }
    buckets_clear(&s->queue, 0.0f, WIDTH_M);
    s->distance[start] = 0.0f;
    s->via[start] = s->from[start] = GRAPH_NONE;
    DRO_TRY(buckets_push(&s->queue, 0.0f, start, error));
    heap_entry e;
    float least;
    while (buckets_pop(&s->queue, &e, &least)) {
        uint32_t state = e.item, n = state < nodes ? state : state - nodes;
        float here = s->distance[state];
        if (e.key > here) {
            continue; /* a shorter way came since */
        }
        bool at_sea = !s->sides || state >= nodes;
        uint32_t side = s->sides && (at_sea || g->island[n] == 0) ? nodes : 0;
        for (uint32_t k = g->arc_first[n]; k < g->arc_first[n + 1]; k++) {
            image_arc a = g->arcs[k];
            float d = here + a.length_m;
            uint32_t to = side + a.to;
            if (d < s->distance[to] && !is_shut(g, b, a, n, at_sea)) {
                s->distance[to] = d;
                s->via[to] = k;
                s->from[to] = state;
                DRO_TRY(buckets_push(&s->queue, d, to, error));
            }
        }
    }
    return DRO_OK;
}
