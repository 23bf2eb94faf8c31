/*
 * A constrained triangulation of the sphere.
 *
 * Triangles are counter-clockwise seen from outside. Side i of a triangle is opposite
 * to its corner i: from corner i+1 to corner i+2. A side's tag says what runs along it.
 */
#ifndef CHART_MESH_H
#define CHART_MESH_H

#include "derrotero/geo.h"

#define MESH_NONE UINT32_MAX

/* Tags of a side: 0 nothing, 1 the outline, 2 a shoal's edge, 3 + p the gate of p. */
#define MESH_TAG_NONE  0
#define MESH_TAG_WALL  1
#define MESH_TAG_SHOAL 2
#define MESH_TAG_GATE  3

typedef struct mesh_triangle {
    uint32_t v[3];
    uint32_t n[3]; /* the triangle beyond each side */
    uint8_t tag[3];
} mesh_triangle;

typedef struct mesh {
    dro_vec *vertices;
    size_t vertex_count, vertex_capacity;
    uint32_t *vertex_triangle; /* any triangle at the vertex */
    size_t vertex_triangle_capacity;
    mesh_triangle *triangles;
    size_t triangle_count, triangle_capacity;
    uint32_t hint;
    size_t split_constraints; /* crossings of constraints that became vertices */
} mesh;

dro_status mesh_create(mesh *mesh, dro_error *error); /* an octahedron */
void mesh_free(mesh *mesh);

/* Inserts a point, or finds it: *vertex. Fast where successive points are near. */
dro_status mesh_insert(mesh *mesh, dro_vec point, uint32_t *vertex, dro_error *error);

/* Makes the arc between two vertices a chain of tagged sides. Where it meets a side
 * that is tagged already, the crossing becomes a vertex of both. Must be shorter than
 * 175 degrees. */
dro_status mesh_constrain(mesh *mesh, uint32_t a, uint32_t b, uint8_t tag,
                          dro_error *error);

/* The triangle that holds a point (or one of them), walking from `hint`. */
uint32_t mesh_locate(const mesh_triangle *triangles, const dro_vec *vertices,
                     uint32_t hint, dro_vec point);

/* Which corner of a triangle is this vertex? (0..2) */
static inline int mesh_corner(const mesh_triangle *t, uint32_t vertex) {
    return t->v[0] == vertex ? 0 : (t->v[1] == vertex ? 1 : 2);
}
static inline int mesh_next(int i) {
    return i == 2 ? 0 : i + 1;
}
static inline int mesh_prev(int i) {
    return i == 0 ? 2 : i - 1;
}

#endif
