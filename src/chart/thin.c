/*
 * The greedy spanner (Althoefer, Das, Dobkin, Joseph, Soares 1993), with classes.
 *
 * Legs are taken by length; one is kept unless a way over what is kept already, usable
 * wherever the leg is and through the same gates, is at most (1 + stretch) as long. The
 * test is A* with the straight distance as its bound, which confines it to a thin
 * ellipse. So for every closure, and whatever passages are required, the kept graph's
 * distances are at most (1 + stretch) times the full graph's.
 */
#include <math.h>
#include <string.h>

#include "chart/graph.h"
#include "chart/heap.h"

typedef struct arc {
    uint32_t to;
    float length_m;
    uint16_t class;
} arc;

typedef struct arcs {
    arc *items;
    size_t count, capacity;
} arcs;

typedef struct thinner {
    graph *graph;
    arcs *arcs; /* per node */
    float *distance;
    uint64_t *passed; /* gates on the way to a node */
    uint32_t *stamp, *done, epoch;
    heap heap;
    uint8_t *freer;      /* classes x classes */
    dro_geo_mark *marks; /* per node, for fast distances */
} thinner;

static float straight(const thinner *t, uint32_t a, uint32_t b) {
    /* a hair less than the formula's value: its error must not cut a way off */
    return (float)(dro_geo_mark_distance_m(&t->marks[a], &t->marks[b]) * (1.0 - 2e-5));
}

static dro_status relax(thinner *t, uint32_t from, const graph_edge *e, float limit,
                        dro_error *error) {
    const arcs *out = &t->arcs[from];
    const uint8_t *freer = t->freer + (size_t)e->class * t->graph->class_count;
    for (size_t k = 0; k < out->count; k++) {
        arc a = out->items[k];
        float d = t->distance[from] + a.length_m;
        if (d > limit || !freer[a.class] || t->done[a.to] == t->epoch ||
            (t->stamp[a.to] == t->epoch && t->distance[a.to] <= d)) {
            continue;
        }
        float bound = d + straight(t, a.to, e->b);
        if (bound <= limit) {
            t->stamp[a.to] = t->epoch;
            t->distance[a.to] = d;
            t->passed[a.to] = t->passed[from] | t->graph->classes[a.class].gates;
            DRO_TRY(heap_push(&t->heap, bound, a.to, error));
        }
    }
    return DRO_OK;
}

static dro_status replaceable(thinner *t, const graph_edge *e, double stretch,
                              bool *yes, dro_error *error) {
    float limit = (float)((double)e->length_m * (1.0 + stretch));
    t->epoch++;
    t->heap.count = 0;
    t->stamp[e->a] = t->epoch;
    t->distance[e->a] = 0.0f;
    t->passed[e->a] = 0;
    *yes = false;
    DRO_TRY(heap_push(&t->heap, 0.0f, e->a, error));
    while (t->heap.count) {
        uint32_t node = heap_pop(&t->heap).item;
        if (t->done[node] == t->epoch) {
            continue;
        }
        if (node == e->b) {
            *yes = t->passed[node] == t->graph->classes[e->class].gates;
            return DRO_OK;
        }
        t->done[node] = t->epoch;
        DRO_TRY(relax(t, node, e, limit, error));
    }
    return DRO_OK;
}

static dro_status add_arc(thinner *t, uint32_t a, uint32_t b, float length,
                          uint16_t class, dro_error *error) {
    arcs *out = &t->arcs[a];
    DRO_TRY(DRO_RESERVE(out->items, out->capacity, out->count + 1, error));
    out->items[out->count++] = (arc){b, length, class};
    return DRO_OK;
}

static dro_status add_both(thinner *t, uint32_t a, uint32_t b, float length,
                           uint16_t class, dro_error *error) {
    DRO_TRY(add_arc(t, a, b, length, class, error));
    return add_arc(t, b, a, length, class, error);
}

static dro_status prepare(thinner *t, dro_error *error) {
    const graph *g = t->graph;
    size_t n = g->node_count, classes = g->class_count;
    DRO_TRY(dro_new((void **)&t->arcs, n, sizeof *t->arcs, "legs", error));
    DRO_TRY(dro_new((void **)&t->distance, n, sizeof *t->distance, "legs", error));
    DRO_TRY(dro_new((void **)&t->passed, n, sizeof *t->passed, "legs", error));
    DRO_TRY(dro_new((void **)&t->stamp, n, sizeof *t->stamp, "legs", error));
    DRO_TRY(dro_new((void **)&t->done, n, sizeof *t->done, "legs", error));
    DRO_TRY(dro_new((void **)&t->marks, n, sizeof *t->marks, "legs", error));
    for (size_t i = 0; i < n; i++) {
        t->marks[i] = dro_geo_mark_of(g->nodes[i]);
    }
    DRO_TRY(dro_new((void **)&t->freer, classes, classes, "legs", error));
    for (size_t outer = 0; outer < classes; outer++) {
        for (size_t inner = 0; inner < classes; inner++) {
            t->freer[outer * classes + inner] =
                graph_freer(g->classes[inner], g->classes[outer]);
        }
    }
    for (size_t i = 0; i < g->piece_count; i++) {
        const graph_piece *p = &g->pieces[i];
        DRO_TRY(add_both(t, p->a, p->b, p->length_m, p->class, error));
    }
    return DRO_OK;
}

static dro_status thin(thinner *t, double stretch, const dro_progress *progress,
                       dro_error *error) {
    graph *g = t->graph;
    size_t kept = 0;
    double last = dro_clock_s();
    for (size_t i = 0; i < g->edge_count; i++) {
        graph_edge e = g->edges[i];
        bool skip = false;
        DRO_TRY(replaceable(t, &e, stretch, &skip, error));
        if (!skip) {
            DRO_TRY(add_both(t, e.a, e.b, e.length_m, e.class, error));
            g->edges[kept++] = e;
        }
        if (progress && (i & 1023u) == 0 && dro_clock_s() - last > 0.1) {
            last = dro_clock_s();
            if (!progress->report(progress->context, "thinning the graph", i,
                                  g->edge_count)) {
                return dro_fail(error, DRO_CANCELLED, "stopped");
            }
        }
    }
    g->edge_count = kept;
    return DRO_OK;
}

dro_status graph_thin(graph *g, double stretch, const dro_progress *progress,
                      dro_error *error) {
    thinner t = {.graph = g};
    dro_status status = prepare(&t, error);
    if (status == DRO_OK) {
        status = thin(&t, stretch, progress, error);
    }
    for (size_t i = 0; t.arcs && i < g->node_count; i++) {
        dro_free(t.arcs[i].items);
    }
    dro_free(t.arcs);
    dro_free(t.distance);
    dro_free(t.passed);
    dro_free(t.stamp);
    dro_free(t.done);
    heap_free(&t.heap);
    dro_free(t.freer);
    dro_free(t.marks);
    return status;
}
