/* What the parts of the hinterland share. */
#ifndef DERROTERO_FLOW_HINTERLAND_H
#define DERROTERO_FLOW_HINTERLAND_H

#include "derrotero/hinterland.h"

/* What a unit is: tonnes in it, and what an hour costs its goods. */
typedef struct hinterland_unit {
    double tonnes, hour_usd;
} hinterland_unit;

/* Nodes near a cell. */
typedef struct hinterland_way {
    uint32_t node;
    float km; /* straight line */
} hinterland_way;

typedef struct hinterland_job {
    const dro_chains *chains;
    const dro_facts *facts;
    const dro_hinterland_options *options;
    dro_arena *arena;
    hinterland_unit unit; /* as stated */
    size_t nodes;         /* of the facts */
    size_t *ports;        /* candidates, the one that was asked for first */
    size_t port_count;    /* that lead to the destination */
    double *value;        /* [port][by][node] */
    hinterland_way *ways;
    size_t *way_start;            /* cell_count + 1 */
    dro_hinterland_place *places; /* of the result */
    size_t *place_index;          /* which node, or which cell, each is */
} hinterland_job;

/* A lorry's kilometre from a place off the network, by measure. */
typedef struct hinterland_km {
    double by[DRO_CHAIN_BY_COUNT];
} hinterland_km;

/* The access's figures: of a sample, or (sampling NULL) as stated. */
hinterland_km hinterland_per_km(const dro_access *access, hinterland_unit unit,
                                const dro_sampling *sampling, size_t sample);
/* With the figures that the worker has. */
hinterland_unit hinterland_unit_of(const dro_chain_worker *worker, size_t commodity);

dro_status hinterland_ways(hinterland_job *job, dro_error *error);
/* Probabilities of nodes (by thing) and cells: shares of the samples that the first
 * port wins. */
dro_status hinterland_sample(const hinterland_job *job, double *of_nodes,
                             double *of_cells, dro_error *error);

#endif
