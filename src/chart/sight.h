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

typedef struct sight_stack { /* reusable; zero-initialise, free with sight_stack_free */
    struct sight_frame *frames;
    size_t capacity;
} sight_stack;
void sight_stack_free(sight_stack *stack);

/* Calls visit for each vertex in sight over core triangles (a vertex may come twice,
 * with different classes). */
dro_status sight_from_vertex(const sight_field *field, uint32_t vertex,
                             sight_stack *stack, sight_visit visit, void *context,
                             dro_error *error);
/* The same, but only where `wanted` says that something of interest may lie between
 * two directions. */
typedef bool (*sight_wanted)(void *context, dro_vec right, dro_vec left);
dro_status sight_from_vertex_towards(const sight_field *field, uint32_t vertex,
                                     sight_stack *stack, sight_wanted wanted,
                                     sight_visit visit, void *context,
                                     dro_error *error);
dro_status sight_from_point(const sight_field *field, dro_vec point, uint32_t triangle,
                            sight_stack *stack, sight_visit visit, void *context,
                            dro_error *error);

/* From a point through side `side` of `triangle`, within the wedge from vertex `right`
 * to vertex `left`; `passed` so far. The two vertices themselves are not visited. */
dro_status sight_through(const sight_field *field, dro_vec point, uint32_t triangle,
                         int side, uint32_t right, uint32_t left, sight_class passed,
                         sight_stack *stack, sight_visit visit, void *context,
                         dro_error *error);

/* Is b in sight of a over water (core and bays)? triangle_a holds a. */
bool sight_line(const sight_field *field, dro_vec a, uint32_t triangle_a, dro_vec b,
                sight_class *passed);

#endif
