/*
 * An end of a route: where it meets the water, and which nodes it reaches straight.
 *
 * In a dead-end bay the only way out is through its chain of triangles: the funnel to
 * the bay's door gives the corners round which ways out can bend (the roots); each
 * root sees part of the core through the door.
 */
#ifndef CHART_ENDS_H
#define CHART_ENDS_H

#include "chart/rules.h"
#include "chart/snap.h"

#define ENDS_ROOTS_MAX 2048
#define ENDS_NONE      UINT16_MAX

typedef struct end_root {
    dro_vec at;
    double distance_m;  /* from the end, inside the bay */
    uint32_t vertex;    /* MESH_NONE for the end itself */
    uint16_t before;    /* the root on the way to it, ENDS_NONE for the end */
    sight_class passed; /* on the way to it and through the door */
} end_root;

typedef struct end_access {
    uint32_t node;
    float cost_m;
    uint16_t root;
    uint8_t side; /* on a line: 0 towards its piece's a, 1 towards b */
    sight_class passed;
} end_access;

typedef struct route_end {
    dro_vec at;
    double snap_m;
    bool shallow;      /* on a shoal, or cut off by shoals */
    uint32_t port;     /* of the chart, or GRAPH_NONE */
    uint32_t triangle; /* water, or MESH_NONE */
    uint32_t piece;    /* of a line, or GRAPH_NONE */
    double from_a_m, to_b_m;
    end_root *roots;
    size_t root_count, root_capacity;
    end_access *accesses;
    size_t access_count, access_capacity;
    uint32_t *sleeve; /* triangles from the end to the core, both included */
    size_t sleeve_count, sleeve_capacity;
} route_end;

/* The water and the nodes that ends look at, where areas change them (detour.h). */
typedef struct ends_view {
    const sight_field *field; /* NULL: as the chart has it */
    const uint32_t *vertex_node;
    const uint8_t *free;    /* per vertex: any way may turn there */
    const dro_vec *corners; /* nodes after the chart's that are no vertices */
    size_t corner_count;
} ends_view;

typedef struct ends_space {
    snap_space snap;
    sight_stack stack;
    ends_view view;
} ends_space;
void ends_space_free(ends_space *space);
void route_end_free(route_end *end);

/* Which nodes in sight are of use. */
typedef struct ends_bound {
    double most_m;         /* what a whole way may cost */
    dro_vec goal;          /* the place of the other end */
    const struct aim *aim; /* at the other end, or NULL */
    size_t steps;          /* look no farther than so many triangles; 0: all */
} ends_bound;

/* Where it is. wanted: is it a port (index of the chart) or a place? Leaves already
 * allocated arrays for reuse. */
dro_status route_end_place(const dro_chart *chart, const dro_sea_rules *rules,
                           ends_space *space, dro_sea_end wanted, route_end *out,
                           dro_error *error);

/* What it sees, anew. bound: NULL for everything, as it must be where areas are
 * avoided. Only without one it finds out that shoals are all
 * around (shallow). */
dro_status route_end_look(const dro_chart *chart, const dro_sea_rules *rules,
                          ends_space *space, const ends_bound *bound, route_end *out,
                          dro_error *error);

/* Both, without a bound. */
dro_status route_end_find(const dro_chart *chart, const dro_sea_rules *rules,
                          ends_space *space, dro_sea_end wanted, route_end *out,
                          dro_error *error);

/* May a way that turns at a node of the chart come from or go to `towards`? */
bool ends_taut(const image *v, uint32_t node, dro_vec towards);

#endif
