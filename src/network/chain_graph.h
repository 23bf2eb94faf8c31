/*
 * The graph of transport chains and the searches on it: sea legs, services, road, rail,
 * river and transfers as one-way edges, each with hours, dollars and kilograms of CO2.
 *
 * A graph is fixed once made and may be shared by threads; what a scenario or a sample
 * changes are the weights, three arrays by edge. Each thread brings its own
 * chain_space.
 *
 * Weights are rounded to multiples of 2^-20 (one millionth of an hour, a dollar, a
 * kilogram) before they are added. Sums below 2^33 are then exact in a double, whatever
 * their order: ties are ties, dominance is exact, and the same question has the same
 * answer on any machine.
 */
#ifndef NETWORK_CHAIN_GRAPH_H
#define NETWORK_CHAIN_GRAPH_H

#include "derrotero/base.h"

/* ---- graph --------------------------------------------------------------------- */

enum {
    CHAIN_TIME,
    CHAIN_COST,
    CHAIN_CO2,
    CHAIN_CRITERIA
};

#define CHAIN_VERTICES_MAX 1000000u
#define CHAIN_EDGES_MAX    10000000u
#define CHAIN_MODES        64u
#define CHAIN_NO_PORT      UINT16_MAX
#define CHAIN_NO_MODE      UINT8_MAX
#define CHAIN_NONE         UINT32_MAX /* no edge, no end */

/* An edge as it is given. Its features are what alternatives differ by. */
typedef struct chain_edge {
    uint32_t from, to;
    uint16_t port;     /* used in it; CHAIN_NO_PORT: none */
    uint8_t mode;      /* < CHAIN_MODES, or CHAIN_NO_MODE (a transfer, a wait) */
    uint64_t passages; /* bit i: it goes through passage i */
} chain_edge;

/* Edges keep the numbers they were given. The edges that leave vertex v are
 * out[first[v]] .. out[first[v + 1] - 1], in rising order; those that enter it are
 * in[in_first[v]] .. likewise. Parallel edges and loops are allowed. */
typedef struct chain_graph {
    uint32_t vertex_count, edge_count;
    uint32_t port_count; /* the largest port + 1 */
    uint32_t *first, *out, *in_first, *in;
    uint32_t *from, *to;
    uint16_t *port;
    uint8_t *mode;
    uint64_t *passages;
} chain_graph;

/* DRO_INVALID names the edge that has no such vertex or mode; DRO_LIMIT above the
 * limits. O(vertices + edges). */
dro_status chain_graph_create(uint32_t vertex_count, const chain_edge *edges,
                              uint32_t edge_count, chain_graph *out, dro_error *error);
void chain_graph_free(chain_graph *graph);

/* By edge; each >= 0. An edge with an INFINITY in any of them is closed. */
typedef struct chain_weights {
    const double *time_h, *cost_usd, *co2_kg;
} chain_weights;

/* DRO_INVALID names the first edge with a negative weight or a NaN. Searches take the
 * weights as they are: an edge with a NaN is closed to them, and a negative weight
 * gives a wrong answer. */
dro_status chain_weights_check(const chain_graph *graph, const chain_weights *weights,
                               dro_error *error);

/* ---- question and answer -------------------------------------------------------- */

/* Where a chain may begin or end, and what it costs to get there: the waiting and
 * carting before the first edge or after the last. */
typedef struct chain_end {
    uint32_t vertex;
    double weight[CHAIN_CRITERIA];
} chain_end;

/* Edges that may not be used: those of these ports, modes, passages. */
typedef struct chain_ban {
    uint64_t modes, passages; /* bits */
    const uint16_t *ports;
    size_t port_count;
} chain_ban;

typedef struct chain_query {
    const chain_graph *graph;
    const chain_weights *weights;
    const chain_end *seeds, *targets; /* a vertex may be there several times */
    size_t seed_count, target_count;
    /* The best chain has the least sum of coefficient x total: USD an hour, 1, USD a
     * kilogram for generalised cost; 1, 0, 0 for the fastest. Finite, >= 0. */
    double coefficient[CHAIN_CRITERIA];
    const chain_ban *ban; /* NULL: none */
} chain_query;

/* A chain. Where a seed is a target too it may have no edge. */
typedef struct chain_path {
    const uint32_t *edges; /* in order */
    size_t edge_count;
    size_t seed, target;          /* indices in the query */
    double total[CHAIN_CRITERIA]; /* ends included */
} chain_path;

/* What the edges of a chain use, as a set. */
typedef struct chain_signature {
    uint64_t modes, passages;
    const uint16_t *ports; /* rising, none twice */
    size_t port_count;
} chain_signature;

/* The arrays of one thread's searches: they grow with the graph, are stamped with an
 * epoch and never cleared. Good for any graph, one search at a time. */
typedef struct chain_space chain_space;
dro_status chain_space_create(chain_space **out, dro_error *error);
void chain_space_destroy(chain_space *space);

/* All that follows: an end without such a vertex, or with a weight that is negative or
 * NaN, or a bad coefficient is DRO_INVALID; an end with an INFINITY is closed. Paths
 * live in the arena. */

/* ---- searches -------------------------------------------------------------------- */

/* The best chain: Dijkstra's algorithm (1959). Of equal ones the one with the least
 * time, then cost, then CO2. Without an arena (NULL) there are no edges, and their
 * count is 0. DRO_NO_ANSWER where no target can be reached. O((vertices + edges) log
 * vertices). */
dro_status chain_best(chain_space *space, const chain_query *query, dro_arena *arena,
                      chain_path *out, dro_error *error);

typedef enum chain_direction {
    CHAIN_FORWARD, /* from the seeds to every vertex; targets are not read */
    CHAIN_REVERSE  /* from every vertex to the targets; seeds are not read */
} chain_direction;

/* The best chains between the ends and all vertices; the caller's arrays, by vertex. */
typedef struct chain_tree {
    double *total[CHAIN_CRITERIA]; /* along the best chain; INFINITY: unreachable */
    uint32_t *edge; /* forward: the last; reverse: the first; CHAIN_NONE: none */
    uint32_t *end;  /* seed or target it comes from; CHAIN_NONE: unreachable */
} chain_tree;

dro_status chain_tree_grow(chain_space *space, const chain_query *query,
                           chain_direction direction, chain_tree *out,
                           dro_error *error);
/* One chain of a tree, from or to `vertex`, in the order of travel; of seed and target
 * the one that the tree does not know is 0. DRO_NO_ANSWER where unreachable. */
dro_status chain_tree_path(const chain_graph *graph, const chain_tree *tree,
                           chain_direction direction, uint32_t vertex, dro_arena *arena,
                           chain_path *out, dro_error *error);

#define CHAIN_LABELS_MAX 2000000u

/* Every chain that no other is at least as good as in time, cost and CO2 at once, one
 * for each such triple, by rising time (then cost); coefficients are not read. Exact:
 * NAMOA* with dimensionality reduction (Mandow and Pérez de la Cruz 2010; Pulido,
 * Mandow and Pérez de la Cruz 2015), bounds from three reverse trees. Of chains with
 * the same triple it gives one, always the same one. DRO_LIMIT where it takes more than
 * `label_limit` labels (0: CHAIN_LABELS_MAX); DRO_NO_ANSWER where there is no chain. */
dro_status chain_pareto(chain_space *space, const chain_query *query,
                        size_t label_limit, dro_arena *arena, chain_path **out,
                        size_t *count, dro_error *error);

#define CHAIN_ALTERNATIVES_MAX 32u

/* Up to `limit` chains that really differ, best first: the first is the best, and each
 * other is the best of those that do without some port, mode or passage of each one
 * before it. (A chain that only adds to a better one is none.) Branching on what is
 * banned as Lawler (1972) does. `out` has room for `limit` (<= CHAIN_ALTERNATIVES_MAX);
 * `signatures` may be NULL. After 20,000 searches it gives what it has found by then.
 * DRO_NO_ANSWER where there is no chain. */
dro_status chain_alternatives(chain_space *space, const chain_query *query,
                              size_t limit, dro_arena *arena, chain_path *out,
                              chain_signature *signatures, size_t *count,
                              dro_error *error);

dro_status chain_signature_make(const chain_graph *graph, const chain_path *path,
                                dro_arena *arena, chain_signature *out,
                                dro_error *error);

#endif
