/*
 * derrotero/hinterland.h: who would use a port.
 *
 * From every node of the land, and from every cell of a grid around it: over which port
 * cargo comes to a destination fastest, cheapest, with least CO2 and at the least
 * generalised cost; how far behind the second port is; and in how many samples of the
 * uncertain figures a port wins. A cell comes to its nearest nodes by lorry along a
 * straight line with a detour. All or nothing: capacity and habit are not in it.
 *
 *   dro_hinterland_grid(chains, &grid, arena, &cells, &count, &error);
 *   dro_hinterland_find(chains, &options, arena, &found, &error);
 *
 * Thread safety: a result is immutable; the search uses threads of its own.
 */
#ifndef DERROTERO_HINTERLAND_H
#define DERROTERO_HINTERLAND_H

#include "chains.h"
#include "scenario.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The way from a place off the network to its nodes. Values are assumptions with
 * ranges: unmapped roads of every kind. */
typedef struct dro_access {
    dro_range detour;    /* road over straight line */
    dro_range speed_kmh; /* door to door */
    dro_range usd_tkm;
    dro_range co2_g_tkm;
    double reach_km; /* nodes farther than that in a straight line are not tried */
    size_t nodes;    /* the nearest so many are, at most DRO_ACCESS_NODES_MAX */
} dro_access;

#define DRO_ACCESS_NODES_MAX 16
#define DRO_ACCESS_INIT \
    { {1.4, 1.2, 1.9}, {25.0, 12.0, 35.0}, {0.1, 0.06, 0.2}, {110, 80, 170}, 250.0, 8 }

typedef struct dro_grid_options {
    dro_access access;
    double step_deg;              /* 0.05 to 10 */
    size_t most;                  /* cells; 0: no limit */
    const dro_progress *progress; /* may be NULL */
} dro_grid_options;

/* Cells of `step_deg` by `step_deg` in latitude and longitude whose middle is within
 * access.reach_km of a node with a link; in the arena, from south to north, west to
 * east. The lattice is that of the earth: the same cells in every scenario. A cell may
 * lie in the sea. DRO_LIMIT: more than `most`, found out before they are stored;
 * DRO_CANCELLED. O(rows x (nodes + columns)), and a distance for each cell at the rim
 * of what is covered. */
dro_status dro_hinterland_grid(const dro_chains *chains, const dro_grid_options *wish,
                               dro_arena *arena, dro_point **out, size_t *count,
                               dro_error *error);

typedef struct dro_hinterland_options {
    size_t port; /* a thing */
    dro_chain_place to;
    size_t commodity;
    dro_chain_by by;      /* decides who wins a sample */
    const size_t *rivals; /* port things; NULL: every port that the land reaches */
    size_t rival_count;
    double contested; /* two within this share of the better one: 0.05 */
    dro_access access;
    const dro_point *cells; /* middles; may be NULL */
    const double *land;     /* share of each that is land, for areas; NULL: all */
    size_t cell_count;
    double step_deg;       /* of the cells */
    dro_sampling sampling; /* count 0: no probabilities */
    unsigned threads;      /* 0: one per core */
    const dro_progress *progress;
} dro_hinterland_options;

#define DRO_CHAIN_BY_COUNT 4

/* Best and second port by one measure: hours, USD, kg of CO2, USD with the time. Per
 * TEU or per tonne of bulk. */
typedef struct dro_port_choice {
    int port, second; /* of result->ports, or -1 where there is none */
    double value, second_value;
    double margin; /* second_value / value - 1; INFINITY without a second */
} dro_port_choice;

typedef struct dro_hinterland_place {
    dro_point at;
    int node; /* a thing, or -1: a cell */
    dro_port_choice by[DRO_CHAIN_BY_COUNT];
    double own[DRO_CHAIN_BY_COUNT]; /* over the port that was asked for; INFINITY */
    double probability; /* that it wins by options.by; NAN without samples */
    double area_km2;    /* of a cell's land; 0 for a node */
} dro_hinterland_place;

typedef struct dro_hinterland_port {
    size_t port;         /* a thing */
    double area_km2;     /* of the cells that it wins by options.by */
    double expected_km2; /* of the port that was asked for: by probability; else NAN */
    size_t nodes;        /* that it wins */
} dro_hinterland_port;

typedef struct dro_hinterland {
    const dro_facts *facts; /* of the chains, which must outlive the result */
    dro_hinterland_options options;
    const dro_hinterland_port *ports; /* that was asked for first, then by area */
    size_t port_count;
    const dro_hinterland_place *places; /* nodes that reach any port, then cells */
    size_t node_count, cell_count;
    double contested_km2; /* of all cells within options.contested */
    double total_km2;
} dro_hinterland;

/* In the arena. DRO_NO_ANSWER where the port itself does not lead to the destination.
 * Work: a search of the graph by port and measure, then one a sample (one by rival and
 * sample where rivals are named). Any number of threads gives the same result. */
dro_status dro_hinterland_find(const dro_chains *chains,
                               const dro_hinterland_options *options, dro_arena *arena,
                               dro_hinterland *out, dro_error *error);
/* Is the choice contested? */
bool dro_hinterland_contested(const dro_hinterland *found,
                              const dro_hinterland_place *place, dro_chain_by by);

#ifdef __cplusplus
}
#endif
#endif
