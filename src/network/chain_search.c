/*
 * The best chain and the tree of best chains: Dijkstra's algorithm (1959) with an
 * indexed 4-ary heap. Labels are compared by key, then time, cost, CO2, then vertex: a
 * total order, so that the answer does not hang on the order of the search.
 */
#include "chain_space.h"

#include <string.h>

#define SETTLED UINT32_MAX /* place of a label that is final */

/* ---- heap of vertices by their labels ---------------------------------------------
 */

static bool better(const chain_label *a, const chain_label *b) {
    if (a->key != b->key) {
        return a->key < b->key;
    }
    return chain_compare(a->total, b->total) < 0;
}

static bool before(const chain_label *labels, uint32_t a, uint32_t b) {
    if (labels[a].key != labels[b].key) {
        return labels[a].key < labels[b].key;
    }
    int order = chain_compare(labels[a].total, labels[b].total);
    return order != 0 ? order < 0 : a < b;
}

static void put(chain_space *s, uint32_t place, uint32_t vertex) {
    s->heap[place] = vertex;
    s->labels[vertex].place = place;
}

static void sift_up(chain_space *s, uint32_t vertex) {
    uint32_t i = s->labels[vertex].place;
    while (i > 0) {
        uint32_t up = (i - 1) / 4;
        if (!before(s->labels, vertex, s->heap[up])) {
            break;
        }
        put(s, i, s->heap[up]);
        i = up;
    }
    put(s, i, vertex);
}

static uint32_t pop(chain_space *s) {
    uint32_t top = s->heap[0], last = s->heap[--s->heap_count], i = 0;
    for (uint32_t first = 1; first < s->heap_count; first = 4 * i + 1) {
        uint32_t end = first + 4 < s->heap_count ? first + 4 : s->heap_count;
        uint32_t best = first;
        for (uint32_t k = first + 1; k < end; k++) {
            if (before(s->labels, s->heap[k], s->heap[best])) {
                best = k;
            }
        }
        if (!before(s->labels, s->heap[best], last)) {
            break;
        }
        put(s, i, s->heap[best]);
        i = best;
    }
    put(s, i, last);
    s->labels[top].place = SETTLED;
    return top;
}

/* ---- search ---------------------------------------------------------------------- */

static double key_of(const double coefficient[CHAIN_CRITERIA],
                     const double total[CHAIN_CRITERIA]) {
    return coefficient[0] * total[0] + coefficient[1] * total[1] +
           coefficient[2] * total[2];
}

static void offer(chain_space *s, uint32_t vertex, const chain_label *offered) {
    chain_label *label = &s->labels[vertex];
    bool fresh = label->stamp != s->epoch;
    if (!fresh && (label->place == SETTLED || !better(offered, label))) {
        return;
    }
    uint32_t place = fresh ? s->heap_count++ : label->place;
    *label = *offered;
    label->stamp = s->epoch;
    label->place = place;
    sift_up(s, vertex);
}

static void add_weight(const chain_spread *how, const chain_label *from,
                       const double weight[CHAIN_CRITERIA], chain_label *to) {
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        to->total[c] = from->total[c] + weight[c];
    }
    to->key = key_of(how->coefficient, to->total);
}

static void add_end(const chain_spread *how, const chain_label *from,
                    const chain_end *end, chain_label *to) {
    double weight[CHAIN_CRITERIA];
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        weight[c] = chain_round(end->weight[c]);
    }
    add_weight(how, from, weight, to);
}

static void plant(chain_space *s, const chain_spread *how) {
    const chain_label nothing = {.edge = CHAIN_NONE};
    for (size_t i = 0; i < how->end_count; i++) {
        if (chain_end_open(&how->ends[i])) {
            chain_label label = nothing;
            add_end(how, &nothing, &how->ends[i], &label);
            label.end = (uint32_t)i;
            offer(s, how->ends[i].vertex, &label);
        }
    }
    for (size_t i = 0; how->stop != NULL && i < how->stop_count; i++) {
        s->target_stamp[how->stop[i].vertex] = s->epoch;
    }
}

static void relax(chain_space *s, const chain_rules *rules, const chain_spread *how,
                  uint32_t vertex) {
    const chain_graph *g = rules->graph;
    bool forward = how->direction == CHAIN_FORWARD;
    const uint32_t *first = forward ? g->first : g->in_first;
    const uint32_t *row = forward ? g->out : g->in;
    const uint32_t *head = forward ? g->to : g->from;
    const chain_label *from = &s->labels[vertex];
    for (uint32_t i = first[vertex]; i < first[vertex + 1]; i++) {
        uint32_t e = row[i];
        double weight[CHAIN_CRITERIA];
        if (chain_edge_weight(rules, e, weight)) {
            chain_label label = {.edge = e, .end = from->end};
            add_weight(how, from, weight, &label);
            offer(s, head[e], &label);
        }
    }
}

/* Is a way over this vertex to a target the best so far? */
static void try_targets(const chain_space *s, const chain_spread *how, uint32_t vertex,
                        uint32_t *target, chain_label *best) {
    for (size_t i = 0; i < how->stop_count; i++) {
        if (how->stop[i].vertex == vertex && chain_end_open(&how->stop[i])) {
            chain_label whole = s->labels[vertex];
            add_end(how, &s->labels[vertex], &how->stop[i], &whole);
            if (*target == CHAIN_NONE || better(&whole, best)) {
                *best = whole;
                *target = (uint32_t)i;
            }
        }
    }
}

uint32_t chain_spread_run(chain_space *space, const chain_rules *rules,
                          const chain_spread *how, chain_label *best) {
    uint32_t target = CHAIN_NONE;
    plant(space, how);
    while (space->heap_count > 0) {
        uint32_t vertex = pop(space);
        if (target != CHAIN_NONE && !better(&space->labels[vertex], best)) {
            break; /* whatever follows is no better */
        }
        if (how->stop != NULL && space->target_stamp[vertex] == space->epoch) {
            try_targets(space, how, vertex, &target, best);
        }
        relax(space, rules, how, vertex);
    }
    return target;
}

/* ---- best -------------------------------------------------------------------------
 */

static uint32_t count_edges(const chain_space *s, const chain_graph *g,
                            uint32_t vertex) {
    uint32_t count = 0;
    for (uint32_t e; (e = s->labels[vertex].edge) != CHAIN_NONE; vertex = g->from[e]) {
        count++;
    }
    return count;
}

static dro_status trace_back(const chain_space *s, const chain_graph *g,
                             uint32_t vertex, dro_arena *arena, chain_path *path,
                             dro_error *error) {
    path->edge_count = count_edges(s, g, vertex);
    uint32_t *edges = dro_arena_alloc(arena, path->edge_count + 1, sizeof *edges);
    if (edges == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a chain");
    }
    for (size_t i = path->edge_count; i > 0; i--) {
        edges[i - 1] = s->labels[vertex].edge;
        vertex = g->from[edges[i - 1]];
    }
    path->edges = edges;
    return DRO_OK;
}

dro_status chain_best_checked(chain_space *space, const chain_query *query,
                              dro_arena *arena, chain_path *out, chain_label *label,
                              dro_error *error) {
    chain_rules rules;
    DRO_TRY(chain_search_begin(space, query, &rules, error));
    const chain_spread how = {
        .coefficient = query->coefficient,
        .ends = query->seeds,
        .end_count = query->seed_count,
        .direction = CHAIN_FORWARD,
        .stop = query->targets,
        .stop_count = query->target_count,
    };
    uint32_t target = chain_spread_run(space, &rules, &how, label);
    if (target == CHAIN_NONE) {
        return dro_fail(error, DRO_NO_ANSWER, "no chain leads there");
    }
    chain_path path = {.seed = label->end, .target = target};
    memcpy(path.total, label->total, sizeof path.total);
    if (arena != NULL) {
        DRO_TRY(trace_back(space, query->graph, query->targets[target].vertex, arena,
                           &path, error));
    }
    *out = path;
    return DRO_OK;
}

dro_status chain_best(chain_space *space, const chain_query *query, dro_arena *arena,
                      chain_path *out, dro_error *error) {
    chain_label label = {.edge = CHAIN_NONE};
    DRO_TRY(chain_query_check(query, true, true, error));
    return chain_best_checked(space, query, arena, out, &label, error);
}

/* ---- tree --------------------------------------------------------------------------
 */

dro_status chain_tree_grow(chain_space *space, const chain_query *query,
                           chain_direction direction, chain_tree *out,
                           dro_error *error) {
    bool forward = direction == CHAIN_FORWARD;
    chain_rules rules;
    DRO_TRY(chain_query_check(query, forward, !forward, error));
    DRO_TRY(chain_search_begin(space, query, &rules, error));
    const chain_spread how = {
        .coefficient = query->coefficient,
        .ends = forward ? query->seeds : query->targets,
        .end_count = forward ? query->seed_count : query->target_count,
        .direction = direction,
    };
    (void)chain_spread_run(space, &rules, &how, NULL);
    for (uint32_t v = 0; v < query->graph->vertex_count; v++) {
        const chain_label *label = &space->labels[v];
        bool reached = label->stamp == space->epoch;
        for (int c = 0; c < CHAIN_CRITERIA; c++) {
            out->total[c][v] = reached ? label->total[c] : (double)INFINITY;
        }
        out->edge[v] = reached ? label->edge : CHAIN_NONE;
        out->end[v] = reached ? label->end : CHAIN_NONE;
    }
    return DRO_OK;
}

dro_status chain_tree_path(const chain_graph *graph, const chain_tree *tree,
                           chain_direction direction, uint32_t vertex, dro_arena *arena,
                           chain_path *out, dro_error *error) {
    bool forward = direction == CHAIN_FORWARD;
    const uint32_t *next = forward ? graph->from : graph->to;
    if (tree->end[vertex] == CHAIN_NONE) {
        return dro_fail(error, DRO_NO_ANSWER, "no chain leads there");
    }
    size_t count = 0;
    for (uint32_t v = vertex, e; (e = tree->edge[v]) != CHAIN_NONE; v = next[e]) {
        count++;
    }
    uint32_t *edges = dro_arena_alloc(arena, count + 1, sizeof *edges);
    if (edges == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a chain");
    }
    uint32_t v = vertex;
    for (size_t i = 0; i < count; i++) {
        uint32_t e = tree->edge[v];
        edges[forward ? count - 1 - i : i] = e;
        v = next[e];
    }
    chain_path path = {.edges = edges, .edge_count = count};
    *(forward ? &path.seed : &path.target) = tree->end[vertex];
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        path.total[c] = tree->total[c][vertex];
    }
    *out = path;
    return DRO_OK;
}
