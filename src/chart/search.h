/* A* over the chart's graph. */
#ifndef CHART_SEARCH_H
#define CHART_SEARCH_H

#include "chart/aim.h"
#include "chart/buckets.h"
#include "chart/detour.h"
#include "chart/through.h"

#define SEARCH_FROM_END 0x80000000u /* parent: an access of the start, not a state */

#define SEARCH_THROUGH 0x80000000u /* arc: this + a way through a canal */

/* A state is a node and which required passages were used, where it matters also
 * whether the way was at sea: layer * nodes + node. */
typedef struct search_state {
    float cost;
    uint32_t parent; /* state, or SEARCH_FROM_END + access */
    uint32_t arc;
    uint32_t stamp; /* 4 * epoch: reached; + 1: settled; + 2: was at sea before */
} search_state;

typedef struct search {
    search_state *states;
    float *rests; /* per state that was reached: what is left from it at the least */
    size_t state_capacity, rest_capacity;
    float *left; /* round areas, per node: costs to the goal without them (set_left) */
    size_t left_capacity;
    float *target_cost; /* per node, good where target_stamp is now */
    uint32_t *target_access, *target_stamp;
    size_t target_cost_capacity, target_access_capacity, target_stamp_capacity;
    uint32_t epoch;
    buckets queue;
    detour detour;   /* what avoided areas change: nodes after those of the graph */
    size_t further;  /* nodes of the detour in use: 0 where the rules have no areas */
    through through; /* required canals */
    ends_space *space;
    size_t settled; /* of the last search */
} search;

typedef struct search_goal {
    float cost;             /* INFINITY: none found */
    uint32_t state, access; /* last state; access of the goal */
} search_goal;

/* Before the ends are looked for. */
dro_status search_prepare(const dro_chart *chart, const dro_sea_rules *rules, search *s,
                          dro_error *error);

dro_status search_create(const dro_chart *chart, ends_space *space, search *out,
                         dro_error *error);
/* States of a search: layers of graph nodes and those of the detour. */
static inline uint32_t search_nodes(const dro_chart *chart, const search *s) {
    return (uint32_t)(chart->image.nodes_count + s->further);
}
void search_free(search *s);

static inline bool search_settled(const search *s, uint32_t state) {
    uint32_t stamp = s->states[state].stamp;
    return stamp >= 4 * s->epoch && (stamp & 1u);
}

/* Best way from one end to another that costs less than `below`. */
dro_status search_route(const dro_chart *chart, const dro_sea_rules *rules, search *s,
                        const route_end *from, const route_end *to, float below,
                        search_goal *out, dro_error *error);

/* Lowers *cost to that of some way, quickly found, if that is less. */
dro_status search_some_way(const dro_chart *chart, const dro_sea_rules *rules,
                           search *s, const route_end *from, const route_end *to,
                           float *cost, dro_error *error);

/* From one end to many: settles until every goal is (or nothing is left). */
dro_status search_many(const dro_chart *chart, const dro_sea_rules *rules, search *s,
                       const route_end *from, const route_end *to, size_t count,
                       search_goal *out, dro_error *error);

/* From one port to all, without required passages and areas: per port the distance,
 * INFINITY where there is no way, and the gates passed. The port must have a node. */
dro_status search_ports(const dro_chart *chart, const dro_sea_rules *rules, search *s,
                        uint32_t port, float *distance_m, uint64_t *gates,
                        dro_error *error);

#endif
