/*
 * derrotero/chains.h: from door to door. The facts of a case compiled into one graph
 * of links, transfers, liner services and tramp voyages; the best chains on it by
 * time, cost, CO2 or generalised cost; all of it again for changed figures.
 *
 * What a chain is made of. Land: length / speed + hours at the border. Liner: at the
 * first port a box waits cut-off and dwell; at a connection handling and half a
 * headway; at the last port the import dwell. Tramp (bulk only): waiting, loading,
 * sailing, unloading; its cost is the ship's days, fuel and tolls over the cargo, with
 * a share for the ballast voyage. Sea legs are the chart's shortest way with the
 * passages that are open, unless a call states its hours. Cost is per TEU for what
 * goes in containers, per tonne for bulk: the cost of carrying, not a freight rate.
 *
 * Thread safety: dro_chains is immutable and shared; each thread has a
 * dro_chain_worker.
 */
#ifndef DERROTERO_CHAINS_H
#define DERROTERO_CHAINS_H

#include "facts.h"
#include "network.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dro_chains dro_chains;

/* Distances by sea that chains of one session share, so that each is searched once. Any
 * number of threads may make chains with it at a time. What a distance is does not hang
 * on what was asked before. */
typedef struct dro_sea_book dro_sea_book;
dro_status dro_sea_book_create(dro_session *session, dro_sea_book **out,
                               dro_error *error);
void dro_sea_book_destroy(dro_sea_book *book);

typedef struct dro_chains_options {
    const char *date; /* YYYY-MM-DD: services in force then; NULL: state alone counts */
    int month;        /* 1..12: that month's seasons; 0: none */
    dro_sea_book *book; /* must outlive the chains; NULL: its own */
    const dro_progress *progress;
} dro_chains_options;

#define DRO_CHAINS_OPTIONS_INIT \
    { NULL, 0, NULL, NULL }

/* The facts must be settled and outlive the chains. Sea distances are searched here: a
 * service between ports that the open passages do not join is left out of the graph,
 * and said by dro_chains_notices. */
dro_status dro_chains_create(dro_session *session, const dro_facts *facts,
                             const dro_chains_options *options, dro_chains **out,
                             dro_error *error);
void dro_chains_destroy(dro_chains *chains);
const dro_facts *dro_chains_facts(const dro_chains *chains);
size_t dro_chains_notices(const dro_chains *chains, const char *const **out);
/* Does it sail on that date (NULL: state alone counts)? */
bool dro_chains_in_force(const dro_facts *facts, size_t service, const char *date);
void dro_chains_size(const dro_chains *chains, size_t *vertices, size_t *edges);

/* ---- inputs: figures that have a range --------------------------------------------
 */

typedef struct dro_input {
    dro_attribute_id attribute;
    size_t thing;
    uint64_t key; /* of kind, id and attribute: the same in every scenario */
    dro_range range;
} dro_input;

/* Every figure with low < high that the graph may use, in a fixed order; borrowed. */
size_t dro_chains_inputs(const dro_chains *chains, const dro_input **out);
/* "link road-x length_km" */
void dro_input_name(const dro_facts *facts, const dro_input *input, char *text,
                    size_t size);

/* ---- places ------------------------------------------------------------------------
 */

/* An end of a chain: a node, or a port without one. On the quay: a box is reckoned from
 * the ship's leaving, or to its arriving, as carriers' transit times are. */
typedef struct dro_chain_place {
    int node, port; /* indices of things, or -1; a node at a port has both */
    bool quay;
    dro_point at;
} dro_chain_place;

/* By node id, name, alias, or port code or name. DRO_NOT_FOUND with the nearest;
 * DRO_INVALID where quay is asked of what is no port. */
dro_status dro_chain_place_find(const dro_chains *chains, const char *text, bool quay,
                                dro_chain_place *out, dro_error *error);
const char *dro_chain_place_name(const dro_chains *chains,
                                 const dro_chain_place *place);

/* ---- wishes and answers
 * -------------------------------------------------------------- */

typedef enum dro_chain_by {
    DRO_CHAIN_BY_TIME,
    DRO_CHAIN_BY_COST,
    DRO_CHAIN_BY_CO2,
    DRO_CHAIN_BY_GENERALISED /* cost + time x value of the goods x share a day */
} dro_chain_by;
const char *dro_chain_by_text(dro_chain_by by);

typedef struct dro_chain_wish {
    dro_chain_place from, to;
    size_t commodity; /* a thing */
    dro_chain_by by;
    int via_port;     /* the cargo leaves the land or changes ships there, or -1 */
    int without_port; /* it must not, or -1 */
    int service;      /* only this liner service sails, or -1 */
    int connecting;   /* and this one, or -1 */
    bool by_land;     /* nothing goes by sea */
} dro_chain_wish;

#define DRO_CHAIN_WISH_INIT(from, to, commodity, by) \
    { (from), (to), (commodity), (by), -1, -1, -1, -1, false }

typedef struct dro_chain_total {
    double time_h, cost_usd, co2_kg; /* per TEU, or per tonne of bulk */
} dro_chain_total;

typedef enum dro_chain_mode {
    DRO_CHAIN_ROAD,
    DRO_CHAIN_RAIL,
    DRO_CHAIN_RIVER,
    DRO_CHAIN_FERRY,
    DRO_CHAIN_PIPELINE,
    DRO_CHAIN_LINER,
    DRO_CHAIN_TRAMP,
    DRO_CHAIN_TRANSFER, /* between modes, gate, handling */
    DRO_CHAIN_WAIT      /* for the ship, for the connection, on import */
} dro_chain_mode;
const char *dro_chain_mode_text(dro_chain_mode mode);

typedef struct dro_chain_leg {
    dro_chain_mode mode;
    const char *from, *to; /* names */
    const char *what;      /* the service, the links, what is waited for */
    double distance_km;    /* 0 for transfers and waits */
    dro_chain_total total;
    uint64_t passages;
    size_t first, count; /* of the chain's edges */
    dro_point from_at, to_at;
    const dro_point *path; /* turning points, once traced; NULL where nothing moves */
    size_t path_count;
} dro_chain_leg;

typedef struct dro_chain {
    const dro_chain_leg *legs;
    size_t leg_count;
    const uint32_t *edges; /* of the graph */
    size_t edge_count;
    size_t seed, target; /* ends within the graph */
    dro_chain_place from, to;
    dro_chain_total total;
    double generalised_usd;
    int load_port;      /* where it leaves the land (a thing), or -1 */
    int discharge_port; /* where it comes to land again, or -1 */
    uint64_t passages;
} dro_chain;

/* ---- working
 * --------------------------------------------------------------------------
 */

typedef struct dro_chain_worker dro_chain_worker;
dro_status dro_chain_worker_create(const dro_chains *chains, dro_chain_worker **out,
                                   dro_error *error);
void dro_chain_worker_destroy(dro_chain_worker *worker);

/* Figures for what follows: one value an input, in their order; NULL: as stated. */
void dro_chain_set(dro_chain_worker *worker, const double *inputs);
/* One figure by hand, until the next dro_chain_set. */
void dro_chain_set_figure(dro_chain_worker *worker, size_t thing,
                          dro_attribute_id attribute, double value);

/* A figure as it is set now; NAN: not stated. */
double dro_chain_figure(const dro_chain_worker *worker, size_t thing,
                        dro_attribute_id attribute);

/* Of the commodity, with the figures as they are set now: the tonnes in what a total is
 * per (1 for bulk), and what an hour costs that much of it, USD: its value x the share
 * it loses a day / 24, or 0 where no share is stated. */
double dro_chain_unit_t(const dro_chain_worker *worker, size_t commodity);
double dro_chain_hour_usd(const dro_chain_worker *worker, size_t commodity);
/* A total by a measure: h, USD, kg, or USD with the hours at hour_usd each (which only
 * the generalised cost reads). */
double dro_chain_value(const dro_chain_total *total, dro_chain_by by, double hour_usd);

/* The best chain; its legs, edges and texts are the arena's. DRO_NO_ANSWER says which
 * part cannot be reached and the nearest place that can. A warm query is below 1 ms. */
dro_status dro_chain_find(dro_chain_worker *worker, const dro_chain_wish *wish,
                          dro_arena *arena, dro_chain *out, dro_error *error);
/* The total alone: nothing is kept. */
dro_status dro_chain_measure(dro_chain_worker *worker, const dro_chain_wish *wish,
                             dro_chain_total *out, dro_error *error);
/* What an edge of a chain is made from: a link, transfer, call or tramp. */
void dro_chain_edge(const dro_chains *chains, uint32_t edge, dro_kind *kind,
                    size_t *thing);
/* A chain found before, with the figures that are set now: its legs (leg_count of
 * them) and its whole. Closed now: INFINITY. */
void dro_chain_reprice(dro_chain_worker *worker, const dro_chain *chain,
                       size_t commodity, dro_chain_total *legs, dro_chain_total *whole);
/* Gives the legs their lines: by sea along the chart's way, on land straight from node
 * to node, both ends in it. chain->legs is replaced by a copy in the arena. A way that
 * the chains' book has not traced before takes up to some 10 ms. */
dro_status dro_chain_trace(const dro_chains *chains, dro_chain *chain, dro_arena *arena,
                           dro_error *error);
/* Every chain that no other is at least as good as in time, cost and CO2 at once. */
dro_status dro_chain_pareto(dro_chain_worker *worker, const dro_chain_wish *wish,
                            dro_arena *arena, dro_chain **out, size_t *count,
                            dro_error *error);
/* Up to `most` (at most 32) that differ in port, mode or passage, best first. */
dro_status dro_chain_alternatives(dro_chain_worker *worker, const dro_chain_wish *wish,
                                  size_t most, dro_arena *arena, dro_chain **out,
                                  size_t *count, dro_error *error);
/* From every node to wish->to (wish->from is not read): totals by node thing,
 * INFINITY where there is no way; and in load_port (may be NULL) the port where the
 * chain leaves the land, or -1. */
dro_status dro_chain_reach(dro_chain_worker *worker, const dro_chain_wish *wish,
                           dro_chain_total *totals, int *load_port, dro_error *error);

#ifdef __cplusplus
}
#endif
#endif
