#include "chart/sight.h"

#include <math.h>

#include "chart/heap.h"

typedef struct sight_frame {
    uint32_t triangle, from; /* to be entered from a neighbour */
    uint32_t right, left;
    sight_class passed;
} sight_frame;

/* Beyond about 172 degrees a great circle comes back to its start. */
static const double FARTHEST = -0.99;

void sight_stack_free(sight_stack *stack) {
    dro_free(stack->frames);
    *stack = (sight_stack){0};
}

static double dot(dro_vec a, dro_vec b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

/* dro_geo_orient, without the call where the sign is plain: coordinates are at most 1,
 * so rounding moves the determinant by less than this. */
static inline int orient(dro_vec a, dro_vec b, dro_vec c) {
    double det = a.x * (b.y * c.z - b.z * c.y) + a.y * (b.z * c.x - b.x * c.z) +
                 a.z * (b.x * c.y - b.y * c.x);
    return fabs(det) > 1e-14 ? (det > 0.0 ? 1 : -1) : dro_geo_orient(a, b, c);
}

static uint64_t gate_bit(uint8_t tag) {
    return tag >= MESH_TAG_GATE ? UINT64_C(1) << (tag - MESH_TAG_GATE) : 0;
}

static dro_vec cross(dro_vec a, dro_vec b) {
    return (dro_vec){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z,
                     a.x * b.y - a.y * b.x};
}

/* The same side of the line through v and w, whichever way along it w lies: the sign
 * is that of the largest component of the line's normal. */
static int canonical_sign(dro_vec v, dro_vec w) {
    dro_vec n = cross(v, w);
    double x = fabs(n.x), y = fabs(n.y), z = fabs(n.z);
    double largest = x >= y && x >= z ? n.x : (y >= z ? n.y : n.z);
    return largest >= 0.0 ? 1 : -1;
}

uint64_t sight_gates_at(const sight_field *field, uint32_t vertex, dro_vec towards) {
    uint64_t passed = 0, seen = 0;
    if (!field->on_gate[vertex]) {
        return 0;
    }
    dro_vec v = field->vertices[vertex];
    uint32_t start = field->vertex_triangle[vertex], t = start;
    do {
        const mesh_triangle *tri = &field->triangles[t];
        int i = mesh_corner(tri, vertex);
        uint64_t bit = gate_bit(tri->tag[mesh_prev(i)]);
        dro_vec w = field->vertices[tri->v[mesh_next(i)]];
        if (bit & ~seen) {
            seen |= bit;
            if (canonical_sign(v, w) * orient(v, w, towards) > 0) {
                passed |= bit;
            }
        }
        t = tri->n[mesh_next(i)];
    } while (t != start);
    return passed;
}

typedef struct view {
    const sight_field *field;
    dro_vec eye;
    uint32_t vertex; /* the eye is this vertex, or MESH_NONE */
    sight_stack *stack;
    size_t depth;
    sight_visit visit;
    void *context;
    sight_wanted wanted; /* or NULL */
} view;

/* Queues what lies beyond side `side` of t, if one may go there. */
static dro_status look_through(view *v, uint32_t t, int side, uint32_t right,
                               uint32_t left, sight_class passed, dro_error *error) {
    const mesh_triangle *tri = &v->field->triangles[t];
    uint32_t beyond = tri->n[side];
    if (tri->tag[side] == MESH_TAG_WALL || v->field->state[beyond] != SIGHT_CORE) {
        return DRO_OK;
    }
    if (v->wanted &&
        !v->wanted(v->context, v->field->vertices[right], v->field->vertices[left])) {
        return DRO_OK;
    }
    DRO_PREFETCH(&v->field->triangles[beyond]);
    passed.gates |= gate_bit(tri->tag[side]);
    uint8_t depth = v->field->depth[beyond];
    passed.depth = depth > passed.depth ? depth : passed.depth;
    DRO_TRY(DRO_RESERVE(v->stack->frames, v->stack->capacity, v->depth + 1, error));
    v->stack->frames[v->depth++] = (sight_frame){beyond, t, right, left, passed};
    return DRO_OK;
}

static void show(view *v, uint32_t vertex, sight_class passed) {
    passed.gates |= sight_gates_at(v->field, vertex, v->eye);
    if (v->vertex != MESH_NONE) {
        passed.gates |= sight_gates_at(v->field, v->vertex, v->field->vertices[vertex]);
    }
    v->visit(v->context, vertex, passed);
}

static int side_to(const mesh_triangle *t, uint32_t neighbour) {
    return t->n[0] == neighbour ? 0 : (t->n[1] == neighbour ? 1 : 2);
}

static dro_status enter(view *v, sight_frame f, dro_error *error) {
    const sight_field *field = v->field;
    const mesh_triangle *tri = &field->triangles[f.triangle];
    int side = side_to(tri, f.from);
    uint32_t top = tri->v[side];
    dro_vec o = field->vertices[top];
    int of_right = orient(v->eye, field->vertices[f.right], o);
    int of_left = orient(v->eye, field->vertices[f.left], o);
    if (of_right >= 0 && of_left <= 0) {
        show(v, top, f.passed);
    }
    if (dot(v->eye, o) < FARTHEST) {
        return DRO_OK;
    }
    if (of_left < 0) { /* the side between top and left, opposite right */
        DRO_TRY(look_through(v, f.triangle, mesh_prev(side),
                             of_right >= 0 ? top : f.right, f.left, f.passed, error));
    }
    if (of_right > 0) {
        DRO_TRY(look_through(v, f.triangle, mesh_next(side), f.right,
                             of_left <= 0 ? top : f.left, f.passed, error));
    }
    return DRO_OK;
}

static dro_status drain(view *v, dro_error *error) {
    while (v->depth) {
        DRO_TRY(enter(v, v->stack->frames[--v->depth], error));
    }
    return DRO_OK;
}

dro_status sight_from_vertex_towards(const sight_field *field, uint32_t vertex,
                                     sight_stack *stack, sight_wanted wanted,
                                     sight_visit visit, void *context,
                                     dro_error *error) {
    view v = {field, field->vertices[vertex], vertex, stack, 0, visit, context, wanted};
    uint32_t start = field->vertex_triangle[vertex], t = start;
    do {
        const mesh_triangle *tri = &field->triangles[t];
        int i = mesh_corner(tri, vertex);
        if (field->state[t] == SIGHT_CORE) {
            sight_class here = {0, field->depth[t], 0};
            uint32_t right = tri->v[mesh_next(i)], left = tri->v[mesh_prev(i)];
            show(&v, right, here);
            show(&v, left, here);
            DRO_TRY(look_through(&v, t, i, right, left, here, error));
            DRO_TRY(drain(&v, error));
        }
        t = tri->n[mesh_next(i)];
    } while (t != start);
    return DRO_OK;
}

dro_status sight_from_vertex(const sight_field *field, uint32_t vertex,
                             sight_stack *stack, sight_visit visit, void *context,
                             dro_error *error) {
    return sight_from_vertex_towards(field, vertex, stack, NULL, visit, context, error);
}

dro_status sight_from_point(const sight_field *field, dro_vec point, uint32_t triangle,
                            sight_stack *stack, sight_visit visit, void *context,
                            dro_error *error) {
    view v = {field, point, MESH_NONE, stack, 0, visit, context, NULL};
    const mesh_triangle *tri = &field->triangles[triangle];
    sight_class here = {0, field->depth[triangle], 0};
    for (int i = 0; i < 3; i++) {
        uint32_t right = tri->v[mesh_next(i)], left = tri->v[mesh_prev(i)];
        show(&v, tri->v[i], here);
        /* a point on the side itself sees nothing through it but what is beyond */
        DRO_TRY(look_through(&v, triangle, i, right, left, here, error));
        DRO_TRY(drain(&v, error));
    }
    return DRO_OK;
}

dro_status sight_through(const sight_field *field, dro_vec point, uint32_t triangle,
                         int side, uint32_t right, uint32_t left, sight_class passed,
                         sight_stack *stack, sight_visit visit, void *context,
                         dro_error *error) {
    view v = {field, point, MESH_NONE, stack, 0, visit, context, NULL};
    if (orient(point, field->vertices[right], field->vertices[left]) <= 0) {
        return DRO_OK; /* an empty wedge */
    }
    DRO_TRY(look_through(&v, triangle, side, right, left, passed, error));
    return drain(&v, error);
}

/* One step of the walk from a towards b: the side of t through which it leaves. A
 * corner that lies on the way is passed on either side. */
static int exit_side(const sight_field *field, uint32_t t, uint32_t from, dro_vec a,
                     dro_vec b) {
    const mesh_triangle *tri = &field->triangles[t];
    for (int i = 0; i < 3; i++) {
        dro_vec p = field->vertices[tri->v[mesh_next(i)]];
        dro_vec q = field->vertices[tri->v[mesh_prev(i)]];
        if (tri->n[i] != from && orient(p, q, b) < 0 && orient(a, b, p) <= 0 &&
            orient(a, b, q) >= 0) {
            return i;
        }
    }
    return -1;
}

bool sight_line(const sight_field *field, dro_vec a, uint32_t t, dro_vec b,
                sight_class *passed) {
    *passed = (sight_class){0, field->depth[t], 0};
    uint32_t from = MESH_NONE;
    if (dot(a, b) < FARTHEST) {
        return false;
    }
    for (;;) {
        const mesh_triangle *tri = &field->triangles[t];
        int side = exit_side(field, t, from, a, b);
        if (side < 0) { /* b is here, or a grazed corner has no way on */
            for (int i = 0; i < 3; i++) {
                if (orient(field->vertices[tri->v[mesh_next(i)]],
                           field->vertices[tri->v[mesh_prev(i)]], b) < 0) {
                    return false;
                }
            }
            return true;
        }
        uint32_t beyond = tri->n[side];
        if (tri->tag[side] == MESH_TAG_WALL || field->state[beyond] == SIGHT_LAND) {
            return false;
        }
        passed->gates |= gate_bit(tri->tag[side]);
        uint8_t depth = field->depth[beyond];
        passed->depth = depth > passed->depth ? depth : passed->depth;
        from = t;
        t = beyond;
    }
}
