/* One thread's search: arrays, ends, and the path that it last found. */
#ifndef CHART_SEA_H
#define CHART_SEA_H

#include "chart/legs.h"
#include "chart/met.h"
#include "chart/rows.h"

typedef struct path_draft { /* a path as it is put together */
    dro_vec *points;
    uint32_t *nodes; /* of the graph, or GRAPH_NONE */
    int32_t *lines;  /* the line along which the point was reached, or -1 */
    size_t count, capacity, nodes_capacity, lines_capacity;
    double extra_m;
    uint64_t gates;
} path_draft;

struct dro_sea {
    const dro_chart *chart;
    search search;
    ends_space space;
    route_end from, to;
    path_draft draft;
    met_areas met;
    leg_memory known;         /* legs */
    struct draft_turn *turns; /* that were looked at before (draft.c), or NULL */
    uint32_t *chain;          /* states or nodes, backwards */
    size_t chain_capacity;
    dro_point *points;
    size_t point_capacity;
    dro_sea_leg *legs;
    size_t leg_capacity;
    port_rows rows;
    uint32_t *asked; /* ports of one to many */
    size_t asked_capacity;
    struct search_goal *goals; /* of one to many */
    size_t goal_capacity;
    route_end *ends;
    size_t end_capacity, end_count;
};

dro_status draft_add(path_draft *d, dro_vec at, uint32_t node, int32_t along,
                     dro_error *error);

/* The draft of the best way found by search_route, or of the table's way. */
dro_status draft_from_search(dro_sea *sea, const dro_sea_rules *rules,
                             const search_goal *goal, dro_error *error);
dro_status draft_from_table(dro_sea *sea, dro_error *error);

/* A way straight or inside one bay or along one line, if there is one shorter than
 * *cost: then it becomes the draft and *cost its length. */
dro_status draft_direct(dro_sea *sea, const dro_sea_rules *rules, double *cost,
                        bool *found, dro_error *error);

/* Takes out turns at which nothing is gone round. */
void draft_straighten(dro_sea *sea, const dro_sea_rules *rules);

/* Class of the straight leg between two places of the water; false if land is
 * between. A vertex, or MESH_NONE with the triangle that holds it. */
bool line_between(const dro_chart *chart, dro_vec a, uint32_t vertex, uint32_t triangle,
                  dro_vec b, sight_class *passed);

#endif
