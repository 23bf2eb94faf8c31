/* The graph of transport chains: compressed rows both ways, by counting. */
#include "chain_graph.h"

#include <math.h>

static dro_status check_edges(uint32_t vertex_count, const chain_edge *edges,
                              uint32_t edge_count, dro_error *error) {
    if (vertex_count > CHAIN_VERTICES_MAX || edge_count > CHAIN_EDGES_MAX) {
        return dro_fail(error, DRO_LIMIT,
                        "a graph of %u vertices and %u edges: at most %u and %u",
                        (unsigned)vertex_count, (unsigned)edge_count,
                        CHAIN_VERTICES_MAX, CHAIN_EDGES_MAX);
    }
    for (uint32_t e = 0; e < edge_count; e++) {
        if (edges[e].from >= vertex_count || edges[e].to >= vertex_count) {
            return dro_fail(error, DRO_INVALID, "edge %u: from %u to %u of %u vertices",
                            (unsigned)e, (unsigned)edges[e].from, (unsigned)edges[e].to,
                            (unsigned)vertex_count);
        }
        if (edges[e].mode >= CHAIN_MODES && edges[e].mode != CHAIN_NO_MODE) {
            return dro_fail(error, DRO_INVALID, "edge %u: mode %u, less than %u",
                            (unsigned)e, (unsigned)edges[e].mode, CHAIN_MODES);
        }
    }
    return DRO_OK;
}

static dro_status make_arrays(chain_graph *g, dro_error *error) {
    const char *what = "a graph of transport chains";
    size_t n = g->edge_count, rows = (size_t)g->vertex_count + 1;
    DRO_TRY(dro_new((void **)&g->first, rows, sizeof *g->first, what, error));
    DRO_TRY(dro_new((void **)&g->in_first, rows, sizeof *g->in_first, what, error));
    DRO_TRY(dro_new((void **)&g->out, n, sizeof *g->out, what, error));
    DRO_TRY(dro_new((void **)&g->in, n, sizeof *g->in, what, error));
    DRO_TRY(dro_new((void **)&g->from, n, sizeof *g->from, what, error));
    DRO_TRY(dro_new((void **)&g->to, n, sizeof *g->to, what, error));
    DRO_TRY(dro_new((void **)&g->port, n, sizeof *g->port, what, error));
    DRO_TRY(dro_new((void **)&g->mode, n, sizeof *g->mode, what, error));
    return dro_new((void **)&g->passages, n, sizeof *g->passages, what, error);
}

static void copy_edges(chain_graph *g, const chain_edge *edges) {
    for (uint32_t e = 0; e < g->edge_count; e++) {
        g->from[e] = edges[e].from;
        g->to[e] = edges[e].to;
        g->port[e] = edges[e].port;
        g->mode[e] = edges[e].mode;
        g->passages[e] = edges[e].passages;
        if (edges[e].port != CHAIN_NO_PORT && edges[e].port >= g->port_count) {
            g->port_count = edges[e].port + 1u;
        }
    }
}

/* Sorts the edges by `key` into rows; each row keeps their order. */
static void make_rows(const chain_graph *g, const uint32_t *key, uint32_t *first,
                      uint32_t *row) {
    for (uint32_t e = 0; e < g->edge_count; e++) {
        first[key[e]]++;
    }
    uint32_t sum = 0;
    for (uint32_t v = 0; v <= g->vertex_count; v++) {
        sum += first[v];
        first[v] = sum; /* the end of row v; filled from behind below */
    }
    for (uint32_t e = g->edge_count; e > 0; e--) {
        row[--first[key[e - 1]]] = e - 1;
    }
}

dro_status chain_graph_create(uint32_t vertex_count, const chain_edge *edges,
                              uint32_t edge_count, chain_graph *out, dro_error *error) {
    DRO_TRY(check_edges(vertex_count, edges, edge_count, error));
    chain_graph g = {.vertex_count = vertex_count, .edge_count = edge_count};
    dro_status status = make_arrays(&g, error);
    if (status != DRO_OK) {
        chain_graph_free(&g);
        return status;
    }
    copy_edges(&g, edges);
    make_rows(&g, g.from, g.first, g.out);
    make_rows(&g, g.to, g.in_first, g.in);
    *out = g;
    return DRO_OK;
}

void chain_graph_free(chain_graph *graph) {
    dro_free(graph->first);
    dro_free(graph->out);
    dro_free(graph->in_first);
    dro_free(graph->in);
    dro_free(graph->from);
    dro_free(graph->to);
    dro_free(graph->port);
    dro_free(graph->mode);
    dro_free(graph->passages);
    *graph = (chain_graph){0};
}

dro_status chain_weights_check(const chain_graph *graph, const chain_weights *weights,
                               dro_error *error) {
    const double *const arrays[CHAIN_CRITERIA] = {weights->time_h, weights->cost_usd,
                                                  weights->co2_kg};
    static const char *const names[CHAIN_CRITERIA] = {"time", "cost", "CO2"};
    for (uint32_t e = 0; e < graph->edge_count; e++) {
        for (int c = 0; c < CHAIN_CRITERIA; c++) {
            if (isnan(arrays[c][e]) || arrays[c][e] < 0) {
                return dro_fail(error, DRO_INVALID, "edge %u: a %s of %g", (unsigned)e,
                                names[c], arrays[c][e]);
            }
        }
    }
    return DRO_OK;
}
