#include "chart/sight.h"

#include <math.h>

#include "chart/heap.h"

/* A view through a side of a triangle, narrowed to the wedge from `right` to `left`. */
typedef struct sight_frame {
    uint32_t triangle, from; /* to be entered from a neighbour */
    uint32_t right, left;
    dro_vec of_right, of_left; /* normals of the planes through the eye */
    double right_m, left_m;    /* of ways over the two ends of the side, at least */
    sight_class passed;
} sight_frame;

/* Beyond about 172 degrees a great circle comes back to its start. */
static const double FARTHEST = -0.99;

void sight_stack_free(sight_stack *stack) {
    dro_free(stack->frames[0]);
    dro_free(stack->frames[1]);
    *stack = (sight_stack){0};
}

static double dot(dro_vec a, dro_vec b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static dro_vec cross(dro_vec a, dro_vec b) {
    return (dro_vec){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z,
                     a.x * b.y - a.y * b.x};
}

/* dro_geo_orient, without the call where the sign is plain: coordinates are at most 1,
 * so rounding moves the determinant by less than this. normal: a cross b. */
static inline int side_of(dro_vec normal, dro_vec a, dro_vec b, dro_vec c) {
    double det = dot(normal, c);
    return fabs(det) > 1e-14 ? (det > 0.0 ? 1 : -1) : dro_geo_orient(a, b, c);
}

static inline int orient(dro_vec a, dro_vec b, dro_vec c) {
    return side_of(cross(a, b), a, b, c);
}

static uint64_t gate_bit(uint8_t tag) {
    return tag >= MESH_TAG_GATE ? UINT64_C(1) << (tag - MESH_TAG_GATE) : 0;
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

/* ---- how far it is ----------------------------------------------------------- */

/* Radii of curvature of WGS84: the least, along the meridian at the equator, less what
 * the formula of the search lengths is wrong by; and the greatest, at the poles. */
static const double LEAST_RADIUS_M = 6335439.0 * (1.0 - 3e-5);
static const double MOST_RADIUS_M = 6399594.0 * (1.0 + 3e-5);

static double chord2(dro_vec a, dro_vec b) {
    dro_vec d = {a.x - b.x, a.y - b.y, a.z - b.z};
    return dot(d, d);
}

double sight_straight_m(dro_vec a, dro_vec b) {
    double c = chord2(a, b); /* the series of 2 asin(chord / 2): all terms add */
    double series =
        1.0 + c * (1.0 / 24.0 + c * (3.0 / 640.0 + c * (5.0 / 7168.0 + c * 1.1e-4)));
    return LEAST_RADIUS_M * sqrt(c) * series;
}

/* Metres between the ends of a short side at most, INFINITY for a long one. */
static double side_m(dro_vec a, dro_vec b) {
    double c = chord2(a, b);
    return c < 0.25 ? MOST_RADIUS_M * sqrt(c) * (1.0 + c * (1.0 / 22.0))
                    : (double)INFINITY;
}

/* ---- the view ---------------------------------------------------------------- */

typedef struct view {
    const sight_look *look;
    const sight_field *field;
    dro_vec eye;
    uint32_t vertex; /* the eye is this vertex, or MESH_NONE */
    int turn;        /* of the stack's two arrays: which has the frames to be entered */
    size_t count;
} view;

/* Of ways over a vertex, seen or not, at least. */
static double way_over(const view *v, uint32_t vertex) {
    const sight_look *l = v->look;
    dro_vec at = v->field->vertices[vertex];
    return l->towards ? l->way_m + sight_straight_m(v->eye, at) +
                            sight_straight_m(at, *l->towards)
                      : 0.0;
}

/* A way over a place of the side is shorter than one over its end by twice the metres
 * between them at the most. */
static bool of_use(const view *v, double right_m, double left_m, uint32_t a,
                   uint32_t b) {
    double mean = 0.5 * (right_m + left_m);
    return mean <= v->look->most_m ||
           mean - side_m(v->field->vertices[a], v->field->vertices[b]) <=
               v->look->most_m;
}

/* Fills in the triangle beyond a side of t for a frame, if one may go there. */
static bool look_through(const view *v, uint32_t t, int side, sight_frame *f) {
    const sight_field *field = v->field;
    const mesh_triangle *tri = &field->triangles[t];
    uint32_t beyond = tri->n[side];
    if (tri->tag[side] == MESH_TAG_WALL || field->state[beyond] != SIGHT_CORE) {
        return false;
    }
    const sight_look *l = v->look;
    if ((l->wanted &&
         !l->wanted(l->context, field->vertices[f->right], field->vertices[f->left])) ||
        (l->towards && !of_use(v, f->right_m, f->left_m, tri->v[mesh_next(side)],
                               tri->v[mesh_prev(side)]))) {
        return false;
    }
    DRO_PREFETCH(&field->triangles[beyond]);
    f->triangle = beyond;
    f->from = t;
    f->passed.gates |= gate_bit(tri->tag[side]);
    uint8_t depth = field->depth[beyond];
    f->passed.depth = depth > f->passed.depth ? depth : f->passed.depth;
    return true;
}

static void show(const view *v, uint32_t vertex, sight_class passed) {
    passed.gates |= sight_gates_at(v->field, vertex, v->eye);
    if (v->vertex != MESH_NONE) {
        passed.gates |= sight_gates_at(v->field, v->vertex, v->field->vertices[vertex]);
    }
    v->look->visit(v->look->context, vertex, passed);
}

static int side_to(const mesh_triangle *t, uint32_t neighbour) {
    return t->n[0] == neighbour ? 0 : (t->n[1] == neighbour ? 1 : 2);
}

/* Enters a triangle; what of f is seen through its other sides goes to out[0..1]. */
static size_t enter(const view *v, const sight_frame *f, sight_frame *out) {
    const mesh_triangle *tri = &v->field->triangles[f->triangle];
    const dro_vec *at = v->field->vertices;
    int side = side_to(tri, f->from);
    uint32_t top = tri->v[side];
    dro_vec o = at[top];
    int of_right = side_of(f->of_right, v->eye, at[f->right], o);
    int of_left = side_of(f->of_left, v->eye, at[f->left], o);
    bool within = of_right >= 0 && of_left <= 0;
    double top_m = way_over(v, top);
    size_t count = 0;
    if (within && !(top_m > v->look->most_m)) {
        show(v, top, f->passed);
    }
    if (dot(v->eye, o) < FARTHEST) {
        return 0;
    }
    if (of_left < 0) { /* the side between top and left, opposite right */
        out[0] = *f;
        out[0].right_m = top_m;
        if (within) {
            out[0].right = top;
            out[0].of_right = cross(v->eye, o);
        }
        count += look_through(v, f->triangle, mesh_prev(side), &out[0]);
    }
    if (of_right > 0) {
        out[count] = *f;
        out[count].left_m = top_m;
        if (within) {
            out[count].left = top;
            out[count].of_left = cross(v->eye, o);
        }
        count += look_through(v, f->triangle, mesh_next(side), &out[count]);
    }
    return count;
}

#define AHEAD 4 /* frames whose next vertex is fetched in advance */

static void fetch_top(const view *v, const sight_frame *f) {
    const mesh_triangle *tri = &v->field->triangles[f->triangle];
    DRO_PREFETCH(&v->field->vertices[tri->v[side_to(tri, f->from)]]);
}

/* All that can be seen, or what is near: step by step away from the eye, so that a
 * step's triangles and vertices are on their way while others are entered. */
static dro_status see_all(view *v, dro_error *error) {
    sight_stack *s = v->look->stack;
    size_t entered = 0, most = v->look->steps ? v->look->steps : SIZE_MAX;
    while (v->count && entered < most) {
        const sight_frame *now = s->frames[v->turn];
        size_t count = v->count, next = !v->turn;
        DRO_TRY(DRO_RESERVE(s->frames[next], s->capacity[next], 2 * count, error));
        v->count = 0;
        for (size_t i = 0; i < count; i++) {
            if (i + AHEAD < count) {
                fetch_top(v, &now[i + AHEAD]);
            }
            v->count += enter(v, &now[i], s->frames[next] + v->count);
        }
        v->turn = (int)next;
        entered += count;
    }
    return DRO_OK;
}

/* What is seen through a side of t between two vertices. */
static dro_status begin(view *v, uint32_t t, int side, uint32_t right, uint32_t left,
                        sight_class passed, dro_error *error) {
    sight_stack *s = v->look->stack;
    const mesh_triangle *tri = &v->field->triangles[t];
    const dro_vec *at = v->field->vertices;
    sight_frame f = {.right = right, .left = left, .passed = passed};
    f.of_right = cross(v->eye, at[right]);
    f.of_left = cross(v->eye, at[left]);
    f.right_m = way_over(v, tri->v[mesh_next(side)]);
    f.left_m = way_over(v, tri->v[mesh_prev(side)]);
    if (!look_through(v, t, side, &f)) {
        return DRO_OK;
    }
    DRO_TRY(DRO_RESERVE(s->frames[0], s->capacity[0], v->count + 1, error));
    s->frames[0][v->count++] = f;
    return DRO_OK;
}

dro_status sight_from_vertex(const sight_look *look, uint32_t vertex,
                             dro_error *error) {
    const sight_field *field = look->field;
    view v = {look, field, field->vertices[vertex], vertex, 0, 0};
    uint32_t start = field->vertex_triangle[vertex], t = start;
    do {
        const mesh_triangle *tri = &field->triangles[t];
        int i = mesh_corner(tri, vertex);
        if (field->state[t] == SIGHT_CORE) {
            sight_class here = {0, field->depth[t], 0};
            uint32_t right = tri->v[mesh_next(i)], left = tri->v[mesh_prev(i)];
            show(&v, right, here);
            show(&v, left, here);
            DRO_TRY(begin(&v, t, i, right, left, here, error));
        }
        t = tri->n[mesh_next(i)];
    } while (t != start);
    return see_all(&v, error);
}

dro_status sight_from_point(const sight_look *look, dro_vec point, uint32_t triangle,
                            dro_error *error) {
    const sight_field *field = look->field;
    view v = {look, field, point, MESH_NONE, 0, 0};
    const mesh_triangle *tri = &field->triangles[triangle];
    sight_class here = {0, field->depth[triangle], 0};
    for (int i = 0; i < 3; i++) {
        uint32_t right = tri->v[mesh_next(i)], left = tri->v[mesh_prev(i)];
        show(&v, tri->v[i], here);
        /* a point on the side itself sees nothing through it but what is beyond */
        DRO_TRY(begin(&v, triangle, i, right, left, here, error));
    }
    return see_all(&v, error);
}

dro_status sight_through(const sight_look *look, dro_vec point, uint32_t triangle,
                         int side, uint32_t right, uint32_t left, dro_error *error) {
    const sight_field *field = look->field;
    view v = {look, field, point, MESH_NONE, 0, 0};
    if (orient(point, field->vertices[right], field->vertices[left]) <= 0) {
        return DRO_OK; /* an empty wedge */
    }
    DRO_TRY(begin(&v, triangle, side, right, left, (sight_class){0, 0, 0}, error));
    return see_all(&v, error);
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
