/* Random graphs of transport chains, and answers by brute force: every simple path. */
#ifndef DRO_TESTS_CHAIN_CHECK_H
#define DRO_TESTS_CHAIN_CHECK_H

#include "network/chain_graph.h"

#define CHAIN_CHECK_PATHS 200000u

/* A question with everything it stands on, to which it points: do not move it. */
typedef struct chain_world {
    chain_graph graph;
    chain_edge *edges;
    double *weight[CHAIN_CRITERIA];
    chain_weights weights;
    chain_end ends[8];
    uint16_t banned_ports[2];
    chain_ban ban;
    chain_query query;
} chain_world;

typedef struct chain_world_size {
    uint32_t vertices, edges;
    bool whole; /* weights 0, 1, 2, 3: many ties */
    bool bans;  /* and closed edges */
} chain_world_size;

/* Aborts where there is no memory; the caller frees. */
void chain_world_make(dro_random *random, chain_world_size size, chain_world *out);
void chain_world_free(chain_world *world);

/* Of one simple path. */
typedef struct chain_found {
    double total[CHAIN_CRITERIA];
    double key;
    uint64_t modes, passages, ports; /* as bits; ports below 64 */
} chain_found;

typedef struct chain_all {
    chain_found *paths;
    size_t count, capacity;
} chain_all;

/* All simple paths from seeds to targets; aborts above CHAIN_CHECK_PATHS. */
void chain_check_enumerate(const chain_world *world, chain_all *out);
/* Leaves one of each triple that no other is at least as good as, in rising order. */
void chain_check_pareto(chain_all *all);
/* -1, 0, 1 by key, then totals. */
int chain_check_compare(const chain_found *a, const chain_found *b);

/* Does the path lead from its seed to its target over open edges, with these totals? */
bool chain_check_path(const chain_world *world, const chain_path *path);

#endif
