/*
 * What avoided areas change about the graph. Made once for a set of rules, and filled
 * as searches go on.
 *
 * A shortest way round an area bends at its corners: they become nodes. Where an area
 * touches a dead-end bay, a way may pass through the bay: the bay is opened, and its
 * corners become nodes too. And an area may cut the ways that stand for thinned legs
 * (thin.c). Such a way is at most (1 + spanner) times as long as its leg, so it leaves
 * the leg only by so much, and the area lies near the leg: towards the areas every node
 * looks out anew. So the shortest way of this graph is at most (1 + spanner) times the
 * shortest round the areas, but for the step by which corner nodes stand off.
 */
#ifndef CHART_DETOUR_H
#define CHART_DETOUR_H

#include "chart/ends.h"
#include "chart/image.h"

typedef struct detour_leg { /* straight, clear of the areas */
    uint32_t to;
    float length_m;
    sight_class passed;
} detour_leg;

typedef struct detour_link { /* to a node of the detour from one that does not look */
    uint32_t from;
    detour_leg leg;
} detour_link;

typedef struct detour_span { /* the legs of a node, once they are known */
    size_t first;
    uint32_t count;
    bool known;
} detour_span;

typedef struct detour {
    uint64_t rules; /* whose it is; 0: none */
    /* further nodes, numbered after the graph's: corners of areas, then of bays */
    dro_vec *places;
    uint32_t *vertices;  /* MESH_NONE for corners of areas */
    uint32_t *triangles; /* of corners of areas */
    size_t count, corner_count;
    size_t place_capacity, vertex_capacity, triangle_capacity;
    uint32_t *hubs; /* nodes of the graph at opened bays */
    size_t hub_count, hub_capacity;
    uint8_t *state; /* per triangle: bays at areas are core */
    uint8_t *free;  /* per vertex: at an opened bay, any way may turn there */
    uint32_t *vertex_node;
    sight_field field;
    detour_link *links; /* sorted by from */
    size_t link_count, link_capacity;
    detour_span *spans; /* per node */
    size_t span_capacity;
    detour_leg *legs;
    size_t leg_count, leg_capacity;
    double step_m; /* by so much corner nodes lengthen a way at the most */
    bool (*stopped)(void *hook); /* asked now and then; or NULL */
    void *hook;
} detour;

void detour_free(detour *detour);
dro_status detour_prepare(const dro_chart *chart, const dro_sea_rules *rules,
                          ends_space *space, detour *detour, dro_error *error);
ends_view detour_view(const detour *detour);

/* Legs of a node, besides the arcs of the graph; good until the next call. */
dro_status detour_legs_of(const dro_chart *chart, const dro_sea_rules *rules,
                          ends_space *space, detour *detour, uint32_t node,
                          const detour_leg **legs, size_t *count, dro_error *error);

/* Leg i that is known without looking out, one way or the other; NULL: no more. */
const detour_leg *detour_known_leg(const detour *detour, uint32_t node, size_t i);

/* The leg that a search followed from one node to another. */
const detour_leg *detour_leg_between(const detour *detour, uint32_t from, uint32_t to);

#endif
