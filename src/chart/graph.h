/*
 * The graph that ways are searched on: corners of the core and ends of lines; edges
 * are straight legs over water and pieces of lines.
 */
#ifndef CHART_GRAPH_H
#define CHART_GRAPH_H

#include "chart/core.h"

#define GRAPH_NONE UINT32_MAX

typedef struct graph_edge {
    uint32_t a, b;
    float length_m;
    uint16_t class;
} graph_edge;

/* A piece of a line between two of its nodes. */
typedef struct graph_piece {
    uint32_t a, b;
    uint32_t line, first, last; /* points first..last of the line, a at first */
    float length_m;
    uint16_t class;
} graph_piece;

typedef struct graph {
    dro_vec *nodes;
    uint32_t *node_vertex; /* of the mesh, or MESH_NONE */
    size_t node_count, node_capacity;
    uint32_t *vertex_node; /* per mesh vertex */
    uint32_t *port_node;   /* per port, GRAPH_NONE where no water was found */
    size_t port_count;
    graph_edge *edges; /* legs over water */
    size_t edge_count;
    graph_piece *pieces;
    size_t piece_count, piece_capacity;
    sight_class *classes;
    size_t class_count, class_capacity;
} graph;

/* Puts the ends of lines into the mesh (which grows: classify the water again), and
 * lists which vertices they are. */
typedef struct line_nodes {
    uint32_t *vertex; /* per point of all lines, in order: mesh vertex or MESH_NONE */
    uint8_t *is_node; /* per point */
    size_t *first;    /* per line + 1 */
    uint32_t *anchors;
    size_t anchor_count, anchor_capacity;
} line_nodes;
dro_status line_nodes_find(water *water, const unsigned char *reached,
                           const dro_atlas *atlas, const lines *lines, line_nodes *out,
                           dro_error *error);
void line_nodes_free(line_nodes *nodes);

dro_status graph_build(const water *water, const core *core, const lines *lines,
                       const line_nodes *ends, const dro_atlas *atlas, unsigned threads,
                       const dro_progress *progress, graph *out, dro_error *error);
void graph_free(graph *graph);

/* Drops legs that a way at most (1 + stretch) longer, over kept legs and pieces of the
 * same or a freer class, can stand for (greedy spanner, Althoefer et al. 1993). */
dro_status graph_thin(graph *graph, double stretch, const dro_progress *progress,
                      dro_error *error);

/* Is a leg of class `inner` usable wherever one of class `outer` is? */
static inline bool graph_freer(sight_class inner, sight_class outer) {
    return (inner.gates & ~outer.gates) == 0 && inner.depth <= outer.depth &&
           inner.channel <= outer.channel;
}

dro_status graph_class(graph *graph, sight_class class, uint16_t *out,
                       dro_error *error);

#endif
