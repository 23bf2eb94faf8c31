/*
 * What is visible from a place: a wedge of view is driven through the triangulation
 * (triangular expansion, Bungiu et al. 2014), so the cost is the number of triangles
 * seen. On the sphere the wedge's sides are great circles and every test is exact.
 */
#ifndef CHART_SIGHT_H
#define CHART_SIGHT_H

#include "chart/mesh.h"

#define SIGHT_LAND 0 /* also water that the sea does not reach */
#define SIGHT_CORE 1
#define SIGHT_BAY  2 /* a dead end: no shortest way passes through it */

typedef struct sight_field {
    const dro_vec *vertices;
    const mesh_triangle *triangles;
    const uint8_t *state; /* per triangle */
    const uint8_t *depth; /* per triangle: shoal class, 0 = deep, more = shallower */
    const uint32_t *vertex_triangle;
    const uint8_t *on_gate; /* per vertex */
} sight_field;

/* A vertex on a gate counts as lying on one side of it, always the same: the gates
 * that a leg from it towards a place on the other side passes at its very start. */
uint64_t sight_gates_at(const sight_field *field, uint32_t vertex, dro_vec towards);

/* What a straight leg passes: gates of passages, and the shallowest shoal class. */
typedef struct sight_class {
    uint64_t gates;
    uint8_t depth;   /* shallowest shoal */
    uint8_t channel; /* shallowest channel */
} sight_class;

typedef void (*sight_visit)(void *context, uint32_t vertex, sight_class passed);

/* May something of interest lie between two directions? */
typedef bool (*sight_wanted)(void *context, dro_vec right, dro_vec left);

typedef struct sight_stack { /* reusable; zero-initialise, free with sight_stack_free */
    struct sight_frame *frames[2];
    size_t capacity[2];
} sight_stack;
void sight_stack_free(sight_stack *stack);

/* How to look, and how far. */
typedef struct sight_look {
    const sight_field *field;
    sight_stack *stack;
    sight_visit visit;
    void *context;       /* of the functions */
    sight_wanted wanted; /* NULL: everything is */
    /* Where `towards` is given, only as far as way_m metres before the eye, those to a
     * place and those from there towards the other are at most most_m. */
    const dro_vec *towards;
    double way_m, most_m;
    size_t steps; /* enter about so many triangles, the next ones first; 0: all */
} sight_look;

/* Calls visit for each vertex in sight over core triangles (a vertex may come twice,
 * with different classes). */
dro_status sight_from_vertex(const sight_look *look, uint32_t vertex, dro_error *error);
dro_status sight_from_point(const sight_look *look, dro_vec point, uint32_t triangle,
                            dro_error *error);

/* From a point through side `side` of `triangle`, within the wedge from vertex `right`
 * to vertex `left`. The two vertices themselves are not visited. */
dro_status sight_through(const sight_look *look, dro_vec point, uint32_t triangle,
                         int side, uint32_t right, uint32_t left, dro_error *error);

/* Metres between two places, at least: the earth's least radius of curvature. */
double sight_straight_m(dro_vec a, dro_vec b);

/* Is b in sight of a over water (core and bays)? triangle_a holds a. */
bool sight_line(const sight_field *field, dro_vec a, uint32_t triangle_a, dro_vec b,
                sight_class *passed);

#endif
