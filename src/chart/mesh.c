/*
 * Constrained Delaunay triangulation of the sphere: incremental insertion with
 * Lawson's flips, then constraints by flipping the sides that they cross (Sloan
 * 1993). Orientation is exact (orient.c); the in-circle test, which only shapes the
 * triangles and never decides what is where, is plain floating point.
 */
#include "chart/mesh.h"

#include <math.h>
#include <string.h>

static int orient(const mesh *m, uint32_t a, uint32_t b, uint32_t c) {
    return dro_geo_orient(m->vertices[a], m->vertices[b], m->vertices[c]);
}

/* ---- growing ------------------------------------------------------------------ */

static dro_status add_vertex(mesh *m, dro_vec p, uint32_t *out, dro_error *error) {
    DRO_TRY(DRO_RESERVE(m->vertices, m->vertex_capacity, m->vertex_count + 1, error));
    DRO_TRY(DRO_RESERVE(m->vertex_triangle, m->vertex_triangle_capacity,
                        m->vertex_count + 1, error));
    m->vertices[m->vertex_count] = p;
    m->vertex_triangle[m->vertex_count] = MESH_NONE;
    *out = (uint32_t)m->vertex_count++;
    return DRO_OK;
}

static dro_status add_triangles(mesh *m, size_t count, uint32_t *first,
                                dro_error *error) {
    DRO_TRY(DRO_RESERVE(m->triangles, m->triangle_capacity, m->triangle_count + count,
                        error));
    *first = (uint32_t)m->triangle_count;
    memset(m->triangles + m->triangle_count, 0, count * sizeof *m->triangles);
    m->triangle_count += count;
    return DRO_OK;
}

static void set_triangle(mesh *m, uint32_t t, uint32_t a, uint32_t b, uint32_t c) {
    mesh_triangle *tri = &m->triangles[t];
    tri->v[0] = a;
    tri->v[1] = b;
    tri->v[2] = c;
    m->vertex_triangle[a] = m->vertex_triangle[b] = m->vertex_triangle[c] = t;
}

static int side_towards(const mesh_triangle *t, uint32_t neighbour) {
    return t->n[0] == neighbour ? 0 : (t->n[1] == neighbour ? 1 : 2);
}

/* Joins side i of t to side j of u. */
static void join(mesh *m, uint32_t t, int i, uint32_t u, int j, uint8_t tag) {
    m->triangles[t].n[i] = u;
    m->triangles[t].tag[i] = tag;
    m->triangles[u].n[j] = t;
    m->triangles[u].tag[j] = tag;
}

/* Side i of t takes the place that side `old_side` of `old` had. */
static void inherit(mesh *m, uint32_t t, int i, uint32_t old, mesh_triangle was,
                    int old_side) {
    uint32_t beyond = was.n[old_side];
    join(m, t, i, beyond, side_towards(&m->triangles[beyond], old), was.tag[old_side]);
}

dro_status mesh_create(mesh *m, dro_error *error) {
    static const dro_vec corner[6] = {{1, 0.0013, 0},   {-0.0013, 1, 0},
                                      {-1, -0.0013, 0}, {0.0013, -1, 0},
                                      {0, 0, 1},        {0, 0, -1}};
    *m = (mesh){0};
    uint32_t v = 0, first = 0;
    for (int i = 0; i < 6; i++) {
        DRO_TRY(add_vertex(m, dro_geo_quantise(corner[i]), &v, error));
    }
    DRO_TRY(add_triangles(m, 8, &first, error));
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t j = (i + 1) % 4;
        set_triangle(m, i, i, j, 4);
        set_triangle(m, 4 + i, j, i, 5);
    }
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t j = (i + 1) % 4;
        join(m, i, 2, 4 + i, 2, 0); /* the equator's side, opposite the pole */
        join(m, i, 0, j, 1, 0);
        join(m, 4 + i, 1, 4 + j, 0, 0);
    }
    return DRO_OK;
}

void mesh_free(mesh *m) {
    dro_free(m->vertices);
    dro_free(m->vertex_triangle);
    dro_free(m->triangles);
    *m = (mesh){0};
}

/* ---- locating ------------------------------------------------------------------- */

uint32_t mesh_locate(const mesh_triangle *triangles, const dro_vec *vertices,
                     uint32_t t, dro_vec p) {
    uint32_t seed = 0x9e3779b9u ^ t;
    for (;;) {
        const mesh_triangle *tri = &triangles[t];
        seed = seed * 1664525u + 1013904223u; /* a random first side: no cycles */
        int first = (int)((seed >> 16) % 3u);
        int i = 0;
        for (; i < 3; i++) {
            int side = (first + i) % 3;
            dro_vec a = vertices[tri->v[mesh_next(side)]];
            dro_vec b = vertices[tri->v[mesh_prev(side)]];
            if (dro_geo_orient(a, b, p) < 0) {
                t = tri->n[side];
                break;
            }
        }
        if (i == 3) {
            return t;
        }
    }
}

/* ---- flips ------------------------------------------------------------------------
 */

/* Is d inside the circle through the corners of a counter-clockwise triangle? */
static bool in_circle(dro_vec a, dro_vec b, dro_vec c, dro_vec d) {
    double bx = b.x - a.x, by = b.y - a.y, bz = b.z - a.z;
    double cx = c.x - a.x, cy = c.y - a.y, cz = c.z - a.z;
    double dx = d.x - a.x, dy = d.y - a.y, dz = d.z - a.z;
    double nx = by * cz - bz * cy, ny = bz * cx - bx * cz, nz = bx * cy - by * cx;
    double det = dx * nx + dy * ny + dz * nz;
    double size = (fabs(dx) + fabs(dy) + fabs(dz)) * (fabs(nx) + fabs(ny) + fabs(nz));
    return det > 1e-10 * size;
}

/* Turns the diagonal between t and the triangle beyond its side i. Corner i of t and
 * the far corner become the ends of the new one. */
static void flip(mesh *m, uint32_t t, int i) {
    uint32_t u = m->triangles[t].n[i];
    mesh_triangle a = m->triangles[t], b = m->triangles[u];
    int j = side_towards(&b, t);
    uint32_t p = a.v[i], q = b.v[j];
    uint32_t left = a.v[mesh_next(i)], right = a.v[mesh_prev(i)];
    set_triangle(m, t, p, left, q);
    set_triangle(m, u, q, right, p);
    /* t: side 0 left-q, side 1 q-p (new), side 2 p-left */
    inherit(m, t, 0, u, b, mesh_next(j));
    inherit(m, t, 2, t, a, mesh_prev(i));
    inherit(m, u, 0, t, a, mesh_next(i));
    inherit(m, u, 2, u, b, mesh_prev(j));
    join(m, t, 1, u, 1, MESH_TAG_NONE);
}

static bool should_flip(const mesh *m, uint32_t t, int i) {
    const mesh_triangle *a = &m->triangles[t];
    if (a->tag[i] != MESH_TAG_NONE) {
        return false;
    }
    const mesh_triangle *b = &m->triangles[a->n[i]];
    uint32_t p = a->v[i], q = b->v[side_towards(b, t)];
    uint32_t left = a->v[mesh_next(i)], right = a->v[mesh_prev(i)];
    return orient(m, p, left, q) > 0 && orient(m, q, right, p) > 0 &&
           in_circle(m->vertices[p], m->vertices[left], m->vertices[right],
                     m->vertices[q]);
}

/* Restores Delaunay around a new vertex: its opposite sides, recursively. */
static void legalise(mesh *m, uint32_t t, uint32_t vertex, int depth) {
    int i = mesh_corner(&m->triangles[t], vertex);
    if (depth > 200 || !should_flip(m, t, i)) {
        return;
    }
    uint32_t u = m->triangles[t].n[i];
    flip(m, t, i);
    legalise(m, t, vertex, depth + 1);
    legalise(m, u, vertex, depth + 1);
}

/* ---- inserting -------------------------------------------------------------- */

static dro_status split_triangle(mesh *m, uint32_t t, uint32_t p, dro_error *error) {
    uint32_t u = 0;
    DRO_TRY(add_triangles(m, 2, &u, error));
    uint32_t w = u + 1;
    mesh_triangle was = m->triangles[t];
    set_triangle(m, t, p, was.v[0], was.v[1]);
    set_triangle(m, u, p, was.v[1], was.v[2]);
    set_triangle(m, w, p, was.v[2], was.v[0]);
    inherit(m, u, 0, t, was, 0);
    inherit(m, w, 0, t, was, 1);
    inherit(m, t, 0, t, was, 2);
    join(m, t, 1, u, 2, 0);
    join(m, u, 1, w, 2, 0);
    join(m, w, 1, t, 2, 0);
    legalise(m, t, p, 0);
    legalise(m, u, p, 0);
    legalise(m, w, p, 0);
    return DRO_OK;
}

/* p lies on (or is to become a point of) side i of t; both halves keep its tag. */
static dro_status split_side(mesh *m, uint32_t t, int i, uint32_t p, dro_error *error) {
    uint32_t t2 = 0;
    DRO_TRY(add_triangles(m, 2, &t2, error));
    uint32_t u2 = t2 + 1, u = m->triangles[t].n[i];
    mesh_triangle a = m->triangles[t], b = m->triangles[u];
    int j = side_towards(&b, t);
    uint8_t tag = a.tag[i];
    uint32_t top = a.v[i], left = a.v[mesh_next(i)], right = a.v[mesh_prev(i)],
             bottom = b.v[j];
    set_triangle(m, t, p, top, left);
    set_triangle(m, t2, p, right, top);
    set_triangle(m, u, p, bottom, right);
    set_triangle(m, u2, p, left, bottom);
    inherit(m, t2, 0, t, a, mesh_next(i));
    inherit(m, t, 0, t, a, mesh_prev(i));
    inherit(m, u2, 0, u, b, mesh_next(j));
    inherit(m, u, 0, u, b, mesh_prev(j));
    join(m, t, 2, t2, 1, 0);   /* p - top */
    join(m, t, 1, u2, 2, tag); /* left - p */
    join(m, t2, 2, u, 1, tag); /* p - right */
    join(m, u, 2, u2, 1, 0);   /* p - bottom */
    legalise(m, t, p, 0);
    legalise(m, t2, p, 0);
    legalise(m, u, p, 0);
    legalise(m, u2, p, 0);
    return DRO_OK;
}

dro_status mesh_insert(mesh *m, dro_vec point, uint32_t *vertex, dro_error *error) {
    uint32_t t = mesh_locate(m->triangles, m->vertices, m->hint, point);
    m->hint = t;
    const mesh_triangle *tri = &m->triangles[t];
    int on = -1;
    for (int i = 0; i < 3; i++) {
        dro_vec v = m->vertices[tri->v[i]];
        if (v.x == point.x && v.y == point.y && v.z == point.z) {
            *vertex = tri->v[i];
            return DRO_OK;
        }
        dro_vec a = m->vertices[tri->v[mesh_next(i)]];
        dro_vec b = m->vertices[tri->v[mesh_prev(i)]];
        if (dro_geo_orient(a, b, point) == 0) {
            on = i;
        }
    }
    DRO_TRY(add_vertex(m, point, vertex, error));
    return on >= 0 ? split_side(m, t, on, *vertex, error)
                   : split_triangle(m, t, *vertex, error);
}

/* ---- constraining ----------------------------------------------------------- */

static double dot(dro_vec a, dro_vec b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static dro_vec cross(dro_vec a, dro_vec b) {
    return (dro_vec){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z,
                     a.x * b.y - a.y * b.x};
}

/* What lies next on the way from a to b: a vertex on the arc (*through), or a side of
 * a triangle at a that the arc crosses (*t, *side). */
static bool leave_vertex(const mesh *m, uint32_t a, uint32_t b, uint32_t *through,
                         uint32_t *t, int *side) {
    uint32_t start = m->vertex_triangle[a], at = start;
    *through = MESH_NONE;
    do {
        const mesh_triangle *tri = &m->triangles[at];
        int i = mesh_corner(tri, a);
        uint32_t right = tri->v[mesh_next(i)], left = tri->v[mesh_prev(i)];
        int of_right = orient(m, a, b, right), of_left = orient(m, a, b, left);
        if (right == b ||
            (of_right == 0 && dot(cross(m->vertices[a], m->vertices[right]),
                                  cross(m->vertices[a], m->vertices[b])) > 0.0)) {
            *through = right;
            *t = at;
            *side = mesh_prev(i);
            return true;
        }
        if (of_right < 0 && of_left > 0) {
            *t = at;
            *side = i;
            return true;
        }
        at = tri->n[mesh_next(i)]; /* turn: the side from left back to a */
    } while (at != start);
    return false;
}

static void tag_side(mesh *m, uint32_t t, int side, uint8_t tag) {
    mesh_triangle *tri = &m->triangles[t];
    mesh_triangle *far = &m->triangles[tri->n[side]];
    int back = side_towards(far, t);
    /* a wall stays a wall; a gate wins over a shoal's edge */
    uint8_t old = tri->tag[side];
    if (old != MESH_TAG_WALL && (tag == MESH_TAG_WALL || tag > old)) {
        tri->tag[side] = far->tag[back] = tag;
    }
}

/* The crossing of a-b with a tagged side becomes a vertex there. */
static dro_status split_at_crossing(mesh *m, uint32_t a, uint32_t b, uint32_t t,
                                    int side, uint32_t *vertex, dro_error *error) {
    mesh_triangle tri = m->triangles[t];
    mesh_triangle far = m->triangles[tri.n[side]];
    uint32_t p = tri.v[mesh_next(side)], q = tri.v[mesh_prev(side)];
    uint32_t top = tri.v[side], bottom = far.v[side_towards(&far, t)];
    dro_vec x = cross(cross(m->vertices[a], m->vertices[b]),
                      cross(m->vertices[p], m->vertices[q]));
    if (dot(x, m->vertices[p]) + dot(x, m->vertices[q]) < 0.0) {
        x = (dro_vec){-x.x, -x.y, -x.z};
    }
    x = dro_geo_quantise(x);
    dro_vec vp = m->vertices[p], vq = m->vertices[q];
    dro_vec vt = m->vertices[top], vb = m->vertices[bottom];
    if (dro_geo_orient(x, vt, vp) <= 0 || dro_geo_orient(x, vq, vt) <= 0 ||
        dro_geo_orient(x, vb, vq) <= 0 || dro_geo_orient(x, vp, vb) <= 0) {
        double to_p = dro_geo_angle(x, vp), to_q = dro_geo_angle(x, vq);
        *vertex = to_p < to_q ? p : q; /* as good as at one of its ends */
        return DRO_OK;
    }
    DRO_TRY(add_vertex(m, x, vertex, error));
    m->split_constraints++;
    return split_side(m, t, side, *vertex, error);
}

/* One step of Sloan's method on the side (p, q) that a-b crosses: flip it if its two
 * triangles make a convex figure. *done when the side no longer crosses. */
static bool find_side(const mesh *m, uint32_t p, uint32_t q, uint32_t *t, int *side) {
    uint32_t start = m->vertex_triangle[p], at = start;
    do {
        const mesh_triangle *tri = &m->triangles[at];
        int i = mesh_corner(tri, p);
        if (tri->v[mesh_next(i)] == q) {
            *t = at;
            *side = mesh_prev(i);
            return true;
        }
        at = tri->n[mesh_next(i)];
    } while (at != start);
    return false;
}

typedef struct crossings {
    uint32_t (*sides)[2]; /* a ring buffer of (p, q) */
    size_t head, count, capacity;
    bool moved; /* the arc ended at a tagged side */
} crossings;

static dro_status crossing_push(crossings *c, uint32_t p, uint32_t q,
                                dro_error *error) {
    if (c->head > 1024 && c->head * 2 > c->count) { /* drop what was taken */
        for (size_t i = c->head; i < c->count; i++) {
            c->sides[i - c->head][0] = c->sides[i][0];
            c->sides[i - c->head][1] = c->sides[i][1];
        }
        c->count -= c->head;
        c->head = 0;
    }
    DRO_TRY(DRO_RESERVE(c->sides, c->capacity, c->count + 1, error));
    c->sides[c->count][0] = p;
    c->sides[c->count++][1] = q;
    return DRO_OK;
}

/* Collects the sides that a-b crosses from triangle t on; stops at a vertex on the arc
 * or a tagged side. *end: where the arc has got to. */
static dro_status collect(mesh *m, uint32_t a, uint32_t b, uint32_t t, int side,
                          crossings *c, uint32_t *end, dro_error *error) {
    for (;;) {
        const mesh_triangle *tri = &m->triangles[t];
        if (tri->tag[side] != MESH_TAG_NONE) {
            c->moved = true;
            return split_at_crossing(m, a, b, t, side, end, error);
        }
        uint32_t right = tri->v[mesh_next(side)], left = tri->v[mesh_prev(side)];
        DRO_TRY(crossing_push(c, right, left, error));
        uint32_t u = tri->n[side];
        const mesh_triangle *far = &m->triangles[u];
        int back = side_towards(far, t);
        uint32_t top = far->v[back];
        int s = orient(m, a, b, top);
        if (top == b || s == 0) {
            *end = top;
            return DRO_OK;
        }
        /* top left of a-b: the arc leaves between right and top, opposite left */
        side = s > 0 ? mesh_next(back) : mesh_prev(back);
        t = u;
    }
}

static dro_status clear_arc(mesh *m, uint32_t a, uint32_t b, crossings *c,
                            dro_error *error) {
    size_t stalled = 0;
    while (c->head < c->count) {
        uint32_t p = c->sides[c->head][0], q = c->sides[c->head][1], t = 0;
        int side = 0;
        c->head++;
        if (!find_side(m, p, q, &t, &side)) {
            continue;
        }
        const mesh_triangle *tri = &m->triangles[t];
        const mesh_triangle *far = &m->triangles[tri->n[side]];
        uint32_t top = tri->v[side], bottom = far->v[side_towards(far, t)];
        uint32_t left = tri->v[mesh_next(side)], right = tri->v[mesh_prev(side)];
        if (orient(m, top, left, bottom) <= 0 || orient(m, bottom, right, top) <= 0) {
            DRO_TRY(crossing_push(c, p, q, error));
            if (++stalled > 4 * (c->count - c->head) + 64) {
                return dro_fail(error, DRO_INTERNAL, "a constraint cannot be cleared");
            }
            continue;
        }
        stalled = 0;
        flip(m, t, side);
        if (top != a && top != b && bottom != a && bottom != b &&
            orient(m, a, b, top) * orient(m, a, b, bottom) < 0) {
            DRO_TRY(crossing_push(c, top, bottom, error));
        }
    }
    return DRO_OK;
}

dro_status mesh_constrain(mesh *m, uint32_t a, uint32_t b, uint8_t tag,
                          dro_error *error) {
    crossings c = {0};
    dro_status status = DRO_OK;
    while (status == DRO_OK && a != b) {
        uint32_t through = 0, t = 0, end = 0;
        int side = 0;
        if (!leave_vertex(m, a, b, &through, &t, &side)) {
            status = dro_fail(error, DRO_INTERNAL, "a constraint leaves the mesh");
            break;
        }
        if (through != MESH_NONE) {
            tag_side(m, t, side, tag);
            a = through;
            continue;
        }
        c.head = c.count = 0;
        c.moved = false;
        size_t before = m->vertex_count;
        status = collect(m, a, b, t, side, &c, &end, error);
        if (status == DRO_OK && c.moved && before == m->vertex_count) {
            status = mesh_constrain(m, a, end, tag, error); /* bent to a near vertex */
            a = end;
            continue;
        }
        if (status == DRO_OK) {
            status = clear_arc(m, a, end, &c, error);
        }
        if (status == DRO_OK && find_side(m, a, end, &t, &side)) {
            tag_side(m, t, side, tag);
        } else if (status == DRO_OK) {
            status = dro_fail(error, DRO_INTERNAL, "a constraint was not made");
        }
        a = end;
    }
    dro_free(c.sides);
    return status;
}
