/* Neighbours in the water become neighbours in memory. */
#ifndef CHART_ORDER_H
#define CHART_ORDER_H

#include "chart/graph.h"

/* Numbers vertices and triangles anew. walls: pairs of vertices, renumbered too. */
dro_status order_mesh(mesh *mesh, uint32_t (*walls)[2], size_t wall_count,
                      dro_error *error);

/* Numbers the nodes anew, and with them all that names a node. */
dro_status order_graph(graph *graph, dro_error *error);

/* A vertex near a place, for a mesh in this order (a few may have come after it): where
 * to begin a walk to it. */
uint32_t order_near(const dro_vec *vertices, size_t count, dro_vec place);

#endif
