/* What the searches on the graph of transport chains share. */
#ifndef NETWORK_CHAIN_SPACE_H
#define NETWORK_CHAIN_SPACE_H

#include "chain_graph.h"

#include <math.h>

/* Of a vertex, in a search that keeps one chain for each. */
typedef struct chain_label {
    double key; /* coefficients x total */
    double total[CHAIN_CRITERIA];
    uint32_t edge, end; /* the way it was reached */
    uint32_t stamp;     /* reached in the search of that epoch */
    uint32_t place;     /* in the heap */
} chain_label;

/* Of a chain to a vertex, in a search that keeps many. */
typedef struct pareto_label {
    double total[CHAIN_CRITERIA];
    uint32_t vertex; /* vertex_count: the sink behind the targets */
    uint32_t parent; /* label; CHAIN_NONE: a seed */
    uint32_t by;     /* edge, or the seed, or the target */
} pareto_label;

typedef struct pareto_open { /* in the heap: total + bound */
    double least[CHAIN_CRITERIA];
    uint32_t label;
} pareto_open;

/* Of a vertex's staircase: no step is as good as another in both. */
typedef struct pareto_step {
    double cost, co2;
    uint32_t next;
} pareto_step;

typedef struct pareto_stairs {
    uint32_t step; /* first, by rising cost; CHAIN_NONE */
    uint32_t stamp;
} pareto_stairs;

struct chain_space {
    uint32_t epoch;
    chain_label *labels;
    uint32_t *heap, *target_stamp; /* of vertices */
    double (*bound)[CHAIN_CRITERIA];
    pareto_stairs *stairs; /* the sink's too */
    size_t label_capacity, heap_capacity, target_capacity, bound_capacity,
        stairs_capacity;
    uint32_t heap_count;
    uint32_t *port_stamp; /* banned in the search of that epoch */
    size_t port_capacity;
    pareto_label *chains;
    pareto_open *open;
    pareto_step *steps;
    uint32_t *found; /* labels at the sink, by rising time */
    size_t chain_count, chain_capacity, open_count, open_capacity, step_count,
        step_capacity, found_count, found_capacity;
};

/* To a multiple of 2^-20, by an addition in which the rest has no room. */
static inline double chain_round(double weight) {
    const double shift = 6442450944.0; /* 1.5 x 2^32: its last bit is 2^-20 */
    return (weight + shift) - shift;
}

static inline bool chain_end_open(const chain_end *end) {
    return isfinite(end->weight[0] + end->weight[1] + end->weight[2]);
}

/* Edges of one search: weights, and what is banned (see chain_search_begin). */
typedef struct chain_rules {
    const chain_graph *graph;
    const double *weight[CHAIN_CRITERIA];
    uint64_t modes, passages;
    const uint32_t *port_stamp; /* NULL: no port is banned */
    uint32_t epoch;
} chain_rules;

static inline bool chain_banned(const chain_rules *r, uint32_t e) {
    const chain_graph *g = r->graph;
    return (g->mode[e] < CHAIN_MODES && (r->modes >> g->mode[e] & 1u)) ||
           (r->passages & g->passages[e]) != 0 ||
           (r->port_stamp != NULL && g->port[e] != CHAIN_NO_PORT &&
            r->port_stamp[g->port[e]] == r->epoch);
}

/* The rounded weights of an edge; false where it is closed or banned. */
static inline bool chain_edge_weight(const chain_rules *r, uint32_t e,
                                     double weight[CHAIN_CRITERIA]) {
    weight[0] = chain_round(r->weight[0][e]);
    weight[1] = chain_round(r->weight[1][e]);
    weight[2] = chain_round(r->weight[2][e]);
    return weight[0] + weight[1] + weight[2] < (double)INFINITY && !chain_banned(r, e);
}

/* -1, 0, 1 as the triple a is before, equal to or after b, in the order of the
 * criteria. */
static inline int chain_compare(const double a[CHAIN_CRITERIA],
                                const double b[CHAIN_CRITERIA]) {
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        if (a[c] != b[c]) {
            return a[c] < b[c] ? -1 : 1;
        }
    }
    return 0;
}

dro_status chain_query_check(const chain_query *query, bool seeds, bool targets,
                             dro_error *error);

/* Room for the query's graph, a new epoch, the bans put into *rules. */
dro_status chain_search_begin(chain_space *space, const chain_query *query,
                              chain_rules *rules, dro_error *error);

/* Fills the labels of all vertices (those with the stamp of the epoch were reached),
 * or, with stop, at least of those better than the best target. The caller has begun.
 */
typedef struct chain_spread {
    const double *coefficient;
    const chain_end *ends;
    size_t end_count;
    chain_direction direction;
    const chain_end *stop; /* NULL: nowhere */
    size_t stop_count;
} chain_spread;
/* Returns the best of `stop`, with label and key at its vertex; CHAIN_NONE: none. */
uint32_t chain_spread_run(chain_space *space, const chain_rules *rules,
                          const chain_spread *how, chain_label *best);

/* chain_best without its check. */
dro_status chain_best_checked(chain_space *space, const chain_query *query,
                              dro_arena *arena, chain_path *out, chain_label *label,
                              dro_error *error);

#endif
