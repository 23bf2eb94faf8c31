/* Nodes, legs over water (parallel, by sight) and pieces of lines. */
#include "chart/graph.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/gate.h"

/* ---- classes ----------------------------------------------------------------------
 */

dro_status graph_class(graph *g, sight_class class, uint16_t *out, dro_error *error) {
    for (size_t i = 0; i < g->class_count; i++) {
        if (g->classes[i].gates == class.gates && g->classes[i].depth == class.depth &&
            g->classes[i].channel == class.channel) {
            *out = (uint16_t)i;
            return DRO_OK;
        }
    }
    if (g->class_count >= UINT16_MAX) {
        return dro_fail(error, DRO_LIMIT, "too many combinations of passages");
    }
    DRO_TRY(DRO_RESERVE(g->classes, g->class_capacity, g->class_count + 1, error));
    g->classes[g->class_count] = class;
    *out = (uint16_t)g->class_count++;
    return DRO_OK;
}

/* ---- nodes -------------------------------------------------------------------------
 */

static dro_status add_node(graph *g, dro_vec at, uint32_t vertex, uint32_t *out,
                           dro_error *error) {
    size_t capacity = g->node_capacity;
    DRO_TRY(DRO_RESERVE(g->nodes, capacity, g->node_count + 1, error));
    DRO_TRY(DRO_RESERVE(g->node_vertex, g->node_capacity, g->node_count + 1, error));
    g->nodes[g->node_count] = at;
    g->node_vertex[g->node_count] = vertex;
    *out = (uint32_t)g->node_count++;
    return DRO_OK;
}

static dro_status add_corners(graph *g, const mesh *m, const core *c,
                              dro_error *error) {
    DRO_TRY(dro_new((void **)&g->vertex_node, m->vertex_count, sizeof(uint32_t),
                    "nodes", error));
    memset(g->vertex_node, 0xff, m->vertex_count * sizeof(uint32_t));
    for (uint32_t v = 0; v < m->vertex_count; v++) {
        if (c->sector_count[v] || c->anchored[v]) {
            DRO_TRY(add_node(g, m->vertices[v], v, &g->vertex_node[v], error));
        }
    }
    return DRO_OK;
}

/* Nodes of lines that are not in navigable water, one per place. */
typedef struct place {
    dro_point at;
    uint32_t point; /* index over all lines' points */
} place;

static int by_place(const void *a, const void *b) {
    const place *p = a, *q = b;
    if (p->at.lat_deg != q->at.lat_deg) {
        return p->at.lat_deg < q->at.lat_deg ? -1 : 1;
    }
    if (p->at.lon_deg != q->at.lon_deg) {
        return p->at.lon_deg < q->at.lon_deg ? -1 : 1;
    }
    return (p->point > q->point) - (p->point < q->point);
}

static dro_status number_line_nodes(graph *g, const lines *l, const line_nodes *ends,
                                    uint32_t *node, dro_error *error) {
    size_t count = 0;
    place *places = NULL;
    DRO_TRY(dro_new((void **)&places, ends->first[l->count], sizeof *places, "nodes",
                    error));
    for (size_t i = 0; i < l->count; i++) {
        for (size_t k = 0; k < l->items[i].count; k++) {
            size_t at = ends->first[i] + k;
            node[at] = GRAPH_NONE;
            if (ends->vertex[at] != MESH_NONE) {
                node[at] = g->vertex_node[ends->vertex[at]];
            } else if (ends->is_node[at]) {
                places[count++] = (place){l->items[i].points[k], (uint32_t)at};
            }
        }
    }
    qsort(places, count, sizeof *places, by_place);
    dro_status status = DRO_OK;
    for (size_t i = 0; status == DRO_OK && i < count; i++) {
        bool same = i > 0 && places[i].at.lat_deg == places[i - 1].at.lat_deg &&
                    places[i].at.lon_deg == places[i - 1].at.lon_deg;
        if (same) {
            node[places[i].point] = node[places[i - 1].point];
        } else {
            status = add_node(g, dro_geo_to_vec(places[i].at), MESH_NONE,
                              &node[places[i].point], error);
        }
    }
    dro_free(places);
    return status;
}

/* ---- pieces of lines ----------------------------------------------------------------
 */

/* Gates that the straight leg between two points of a line crosses. */
static uint64_t gates_between(const dro_atlas *atlas, dro_point from, dro_point to) {
    size_t count = 0;
    const dro_passage *p = dro_atlas_passages(atlas, &count);
    dro_vec a = dro_geo_to_vec(from), b = dro_geo_to_vec(to);
    uint64_t gates = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < p[i].gate_count; k++) {
            if (dro_gate_meets(&p[i].gates[k], a, b, NULL)) {
                gates |= UINT64_C(1) << i;
            }
        }
    }
    return gates;
}

static dro_status add_piece(graph *g, const core *c, const dro_atlas *atlas,
                            const lines *l, size_t index, size_t first, size_t last,
                            const uint32_t *node, dro_error *error) {
    const line *item = &l->items[index];
    double length = 0.0;
    sight_class class = {0, 0, core_depth_class(c, item->depth_m)};
    if (item->passage >= 0) {
        class.gates = UINT64_C(1) << item->passage;
    }
    for (size_t k = first + 1; k <= last; k++) {
        length += dro_geo_distance_m(item->points[k - 1], item->points[k]);
        class.gates |= gates_between(atlas, item->points[k - 1], item->points[k]);
    }
    graph_piece p = {
        node[first],   node[last], (uint32_t)index, (uint32_t)first, (uint32_t)last,
        (float)length, 0};
    DRO_TRY(graph_class(g, class, &p.class, error));
    DRO_TRY(DRO_RESERVE(g->pieces, g->piece_capacity, g->piece_count + 1, error));
    g->pieces[g->piece_count++] = p;
    return DRO_OK;
}

static dro_status add_pieces(graph *g, const core *c, const dro_atlas *atlas,
                             const lines *l, const line_nodes *ends,
                             const uint32_t *node, dro_error *error) {
    for (size_t i = 0; i < l->count; i++) {
        const uint32_t *of_line = node + ends->first[i];
        size_t from = 0;
        for (size_t k = 1; k < l->items[i].count; k++) {
            if (of_line[k] != GRAPH_NONE) {
                DRO_TRY(add_piece(g, c, atlas, l, i, from, k, of_line, error));
                from = k;
            }
        }
        if (l->items[i].port >= 0) {
            g->port_node[l->items[i].port] = of_line[0];
        }
    }
    return DRO_OK;
}

/* ---- legs over water -------------------------------------------------------- */

typedef struct leg {
    uint32_t to;
    sight_class class;
} leg;

typedef struct found_edge {
    uint32_t a, b;
    sight_class class;
} found_edge;

typedef struct searcher { /* one per thread */
    sight_stack stack;
    leg *legs;
    size_t leg_count, leg_capacity;
    found_edge *edges;
    size_t edge_count, edge_capacity;
    const struct leg_job *job;
    uint32_t node;
    dro_status status;
    dro_error *error;
} searcher;

typedef struct leg_job {
    const graph *graph;
    const core *core;
    sight_field field;
    searcher *searchers;
    size_t block;
} leg_job;

static void see(void *context, uint32_t vertex, sight_class passed) {
    searcher *s = context;
    const leg_job *j = s->job;
    uint32_t to = j->graph->vertex_node[vertex];
    if (to == GRAPH_NONE || to <= s->node || s->status != DRO_OK) {
        return;
    }
    const dro_vec *v = j->field.vertices;
    uint32_t from = j->graph->node_vertex[s->node];
    if (!core_taut(j->core, v, vertex, v[from]) ||
        !core_taut(j->core, v, from, v[vertex])) {
        return;
    }
    s->status = DRO_RESERVE(s->legs, s->leg_capacity, s->leg_count + 1, s->error);
    if (s->status == DRO_OK) {
        s->legs[s->leg_count++] = (leg){to, passed};
    }
}

static int by_target(const void *a, const void *b) {
    const leg *p = a, *q = b;
    if (p->to != q->to) {
        return p->to < q->to ? -1 : 1;
    }
    if (p->class.gates != q->class.gates) {
        return p->class.gates < q->class.gates ? -1 : 1;
    }
    return (int)p->class.depth - (int)q->class.depth;
}

/* Of several legs to one node only those stay that no freer one replaces. */
static dro_status keep_legs(searcher *s, dro_error *error) {
    if (s->leg_count) {
        qsort(s->legs, s->leg_count, sizeof *s->legs, by_target);
    }
    for (size_t i = 0; i < s->leg_count; i++) {
        bool replaced = false;
        for (size_t k = i; !replaced && k > 0 && s->legs[k - 1].to == s->legs[i].to;
             k--) {
            replaced = graph_freer(s->legs[k - 1].class, s->legs[i].class);
        }
        if (!replaced) {
            DRO_TRY(DRO_RESERVE(s->edges, s->edge_capacity, s->edge_count + 1, error));
            s->edges[s->edge_count++] =
                (found_edge){s->node, s->legs[i].to, s->legs[i].class};
        }
    }
    return DRO_OK;
}

static dro_status do_node(searcher *s, uint32_t node, dro_error *error) {
    const leg_job *j = s->job;
    if (j->graph->node_vertex[node] == MESH_NONE) {
        return DRO_OK;
    }
    s->node = node;
    s->leg_count = 0;
    s->status = DRO_OK;
    s->error = error;
    sight_look look = {
        .field = &j->field, .stack = &s->stack, .visit = see, .context = s};
    DRO_TRY(sight_from_vertex(&look, j->graph->node_vertex[node], error));
    DRO_TRY(s->status);
    return keep_legs(s, error);
}

static dro_status do_block(void *context, size_t item, unsigned thread,
                           dro_error *error) {
    leg_job *j = context;
    size_t from = item * j->block, to = from + j->block;
    for (size_t n = from; n < to && n < j->graph->node_count; n++) {
        DRO_TRY(do_node(&j->searchers[thread], (uint32_t)n, error));
    }
    return DRO_OK;
}

static int by_length(const void *a, const void *b) {
    const graph_edge *p = a, *q = b;
    if (p->length_m != q->length_m) {
        return p->length_m < q->length_m ? -1 : 1;
    }
    if (p->a != q->a) {
        return p->a < q->a ? -1 : 1;
    }
    if (p->b != q->b) {
        return p->b < q->b ? -1 : 1;
    }
    return (int)p->class - (int)q->class;
}

static int by_ends(const void *a, const void *b) {
    const found_edge *p = a, *q = b;
    if (p->a != q->a) {
        return p->a < q->a ? -1 : 1;
    }
    if (p->b != q->b) {
        return p->b < q->b ? -1 : 1;
    }
    if (p->class.gates != q->class.gates) {
        return p->class.gates < q->class.gates ? -1 : 1;
    }
    return (int)p->class.depth - (int)q->class.depth;
}

/* In an order that does not depend on which thread found what. */
static dro_status list_found(const searcher *searchers, unsigned threads,
                             found_edge **out, size_t *count, dro_error *error) {
    for (unsigned i = 0; i < threads; i++) {
        *count += searchers[i].edge_count;
    }
    DRO_TRY(dro_new((void **)out, *count, sizeof **out, "legs", error));
    for (size_t i = 0, n = 0; i < threads; i++) {
        for (size_t k = 0; k < searchers[i].edge_count; k++) {
            (*out)[n++] = searchers[i].edges[k];
        }
    }
    if (*count) {
        qsort(*out, *count, sizeof **out, by_ends);
    }
    return DRO_OK;
}

static dro_status gather_edges(graph *g, const searcher *searchers, unsigned threads,
                               dro_error *error) {
    found_edge *found = NULL;
    size_t total = 0;
    DRO_TRY(list_found(searchers, threads, &found, &total, error));
    dro_status status =
        dro_new((void **)&g->edges, total, sizeof *g->edges, "legs", error);
    for (size_t i = 0; status == DRO_OK && i < total; i++) {
        found_edge f = found[i];
        graph_edge *e = &g->edges[g->edge_count++];
        *e = (graph_edge){f.a, f.b, 0.0f, 0};
        e->length_m = (float)dro_geo_distance_fast_m(g->nodes[f.a], g->nodes[f.b]);
        status = graph_class(g, f.class, &e->class, error);
    }
    dro_free(found);
    if (status == DRO_OK && g->edge_count) {
        qsort(g->edges, g->edge_count, sizeof *g->edges, by_length);
    }
    return status;
}

static dro_status find_legs(graph *g, const water *w, const core *c, unsigned threads,
                            const dro_progress *progress, dro_error *error) {
    leg_job j = {.graph = g, .core = c, .block = 64};
    j.field = (sight_field){w->mesh.vertices, w->mesh.triangles,       c->state,
                            c->depth,         w->mesh.vertex_triangle, c->on_gate};
    threads = threads ? threads : dro_cores();
    DRO_TRY(
        dro_new((void **)&j.searchers, threads, sizeof *j.searchers, "legs", error));
    for (unsigned i = 0; i < threads; i++) {
        j.searchers[i].job = &j;
    }
    dro_status status = dro_parallel((g->node_count + j.block - 1) / j.block, threads,
                                     do_block, &j, progress, "lines of sight", error);
    if (status == DRO_OK) {
        status = gather_edges(g, j.searchers, threads, error);
    }
    for (unsigned i = 0; i < threads; i++) {
        sight_stack_free(&j.searchers[i].stack);
        dro_free(j.searchers[i].legs);
        dro_free(j.searchers[i].edges);
    }
    dro_free(j.searchers);
    return status;
}

/* ---- all together ----------------------------------------------------------- */

dro_status graph_build(const water *w, const core *c, const lines *l,
                       const line_nodes *ends, const dro_atlas *atlas, unsigned threads,
                       const dro_progress *progress, graph *out, dro_error *error) {
    graph g = {.port_count = l->port_count};
    uint32_t *node = NULL;
    dro_status status =
        dro_new((void **)&node, ends->first[l->count], sizeof *node, "nodes", error);
    DRO_TRY_GOTO(status, fail);
    DRO_TRY_GOTO(dro_new((void **)&g.port_node, l->port_count, sizeof *g.port_node,
                         "ports", error),
                 fail);
    memset(g.port_node, 0xff, l->port_count * sizeof *g.port_node);
    DRO_TRY_GOTO(add_corners(&g, &w->mesh, c, error), fail);
    DRO_TRY_GOTO(number_line_nodes(&g, l, ends, node, error), fail);
    DRO_TRY_GOTO(add_pieces(&g, c, atlas, l, ends, node, error), fail);
    DRO_TRY_GOTO(find_legs(&g, w, c, threads, progress, error), fail);
    *out = g;
    g = (graph){0};
fail:
    dro_free(node);
    graph_free(&g);
    return status;
}

void graph_free(graph *g) {
    dro_free(g->nodes);
    dro_free(g->node_vertex);
    dro_free(g->vertex_node);
    dro_free(g->port_node);
    dro_free(g->edges);
    dro_free(g->pieces);
    dro_free(g->classes);
    *g = (graph){0};
}
