#include "support/exact_sea.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/sea_walls.h"

#define NONE      UINT32_MAX
#define ON_LINE_M 0.5

static const double PI = 3.14159265358979323846;
/* Cosine: legs are shorter than 172 degrees, as ours are. */
static const double FARTHEST = -0.99;
static const double PIECE_DEG = 0.5; /* long walls hide in pieces of this length */

/* A corner (the water is more than half a turn from `after` counter-clockwise to
 * `before`), or a node of channels, which may be turned at freely. */
typedef struct node {
    dro_vec at;
    dro_point place;
    dro_vec before, after;
    bool corner, dry; /* dry: on channels only */
} node;

typedef struct sight {
    uint32_t to;
    double length_m;
} sight;

typedef struct sights { /* of one node, once they are known */
    sight *items;
    uint32_t count;
    bool known;
} sights;

typedef struct line_leg { /* along a channel between two nodes */
    uint32_t a, b;
    uint32_t line, first, last;
    double length_m;
    bool open;
} line_leg;

typedef struct entry {
    double key;
    uint32_t item;
} entry;

typedef struct queue {
    entry *items;
    size_t count, capacity;
} queue;

typedef struct blocked { /* directions, sorted, apart from each other */
    double from, to, doubt;
} blocked;

typedef struct veil { /* a wall that was met but may reach farther than the sweep */
    uint32_t wall;
    double from, to, doubt; /* from counter-clockwise to to */
} veil;

struct exact_sea {
    const dro_chart *chart;
    const dro_atlas *atlas;
    uint64_t closed;
    double draft_m, channel_draft_m;
    const dro_ring *avoid; /* the caller's */
    size_t avoid_count;
    sea_walls outline;
    sea_walls walls; /* what is not to be crossed: with shoals and gates */
    sea_walls shade; /* the same in pieces; the tag is the corner at a, or NONE */
    node *nodes;
    size_t node_count, node_capacity, corner_count;
    sights *sights;
    line_leg *line_legs;
    size_t line_leg_count, line_leg_capacity;
    uint32_t *line_first; /* per node: into line_next */
    uint32_t *line_next;
    size_t seen, legs;
    /* looking out */
    queue queue;
    blocked *blocked;
    size_t blocked_count, blocked_capacity;
    veil *veils;
    size_t veil_count, veil_capacity;
    sight *found;
    size_t found_count, found_capacity;
    /* searching */
    double *cost, *rest; /* so far; straight to the goal */
    uint32_t *parent, *stamp, *done, *goal_stamp;
    double *goal_cost;
    uint32_t epoch;
    queue open;
    sight *starts;
    size_t start_count, start_capacity;
    dro_point *points;
    double *run_m;
    size_t point_capacity, run_capacity;
};

/* ---- a heap -------------------------------------------------------------------------
 */

static dro_status push(queue *q, double key, uint32_t item, dro_error *error) {
    DRO_TRY(DRO_RESERVE(q->items, q->capacity, q->count + 1, error));
    size_t i = q->count++;
    for (; i > 0 && q->items[(i - 1) / 2].key > key; i = (i - 1) / 2) {
        q->items[i] = q->items[(i - 1) / 2];
    }
    q->items[i] = (entry){key, item};
    return DRO_OK;
}

static entry pop(queue *q) {
    entry top = q->items[0], last = q->items[--q->count];
    size_t i = 0;
    for (;;) {
        size_t child = 2 * i + 1;
        if (child >= q->count) {
            break;
        }
        if (child + 1 < q->count && q->items[child + 1].key < q->items[child].key) {
            child++;
        }
        if (q->items[child].key >= last.key) {
            break;
        }
        q->items[i] = q->items[child];
        i = child;
    }
    q->items[i] = last;
    return top;
}

/* ---- walls: outline, shoals, gates
 * ------------------------------------------------------ */

typedef struct half { /* a directed wall, to be sorted by an end */
    dro_vec a, b;
} half;

static int compare_vec(dro_vec p, dro_vec q) {
    if (p.x != q.x) {
        return p.x < q.x ? -1 : 1;
    }
    if (p.y != q.y) {
        return p.y < q.y ? -1 : 1;
    }
    return (p.z > q.z) - (p.z < q.z);
}

static int by_start(const void *a, const void *b) {
    const half *p = a, *q = b;
    int c = compare_vec(p->a, q->a);
    return c ? c : compare_vec(p->b, q->b);
}

static int by_end(const void *a, const void *b) {
    const half *p = a, *q = b;
    int c = compare_vec(p->b, q->b);
    return c ? c : compare_vec(p->a, q->a);
}

typedef struct halves {
    half *items;
    size_t count, capacity;
} halves;

static dro_status add_half(halves *h, dro_vec a, dro_vec b, dro_error *error) {
    if (sea_same(a, b)) {
        return DRO_OK;
    }
    DRO_TRY(DRO_RESERVE(h->items, h->capacity, h->count + 1, error));
    h->items[h->count++] = (half){a, b};
    return DRO_OK;
}

static bool counter_clockwise(dro_ring ring) {
    dro_vec sum = {0, 0, 0};
    for (size_t i = 0; i < ring.count; i++) {
        dro_vec p = ring.points[i];
        sum = (dro_vec){sum.x + p.x, sum.y + p.y, sum.z + p.z};
    }
    double twice = 0.0; /* area, seen from above its middle */
    dro_vec o = dro_geo_quantise(sum);
    for (size_t i = 0; i < ring.count; i++) {
        dro_vec p = ring.points[i], q = ring.points[(i + 1) % ring.count];
        dro_vec u = {p.x - o.x, p.y - o.y, p.z - o.z};
        dro_vec v = {q.x - o.x, q.y - o.y, q.z - o.z};
        twice += o.x * (u.y * v.z - u.z * v.y) + o.y * (u.z * v.x - u.x * v.z) +
                 o.z * (u.x * v.y - u.y * v.x);
    }
    return twice > 0.0;
}

/* Its inside is on the right of the walls. */
static dro_status add_ring(halves *h, dro_ring ring, dro_error *error) {
    bool turn = counter_clockwise(ring);
    for (size_t k = 0; k < ring.count; k++) {
        dro_vec p = ring.points[k], q = ring.points[(k + 1) % ring.count];
        DRO_TRY(turn ? add_half(h, q, p, error) : add_half(h, p, q, error));
    }
    return DRO_OK;
}

#define SHOAL_MOST 512

static bool shoal_is_closed(const exact_sea *s, const dro_shoal *shoal) {
    return (double)(float)shoal->depth_m < s->draft_m && shoal->count <= SHOAL_MOST;
}

static dro_ring ring_of(const dro_shoal *shoal, dro_vec points[SHOAL_MOST]) {
    for (size_t k = 0; k < shoal->count; k++) {
        points[k] = dro_geo_to_vec(shoal->points[k]);
    }
    return (dro_ring){points, shoal->count};
}

static dro_status add_shoals(const exact_sea *s, halves *h, dro_error *error) {
    size_t count = 0;
    const dro_shoal *shoals = dro_atlas_shoals(s->atlas, &count);
    for (size_t i = 0; i < count; i++) {
        dro_vec points[SHOAL_MOST];
        if (shoal_is_closed(s, &shoals[i])) {
            DRO_TRY(add_ring(h, ring_of(&shoals[i], points), error));
        }
    }
    for (size_t i = 0; i < s->avoid_count; i++) {
        DRO_TRY(add_ring(h, s->avoid[i], error));
    }
    return DRO_OK;
}

static bool avoided(const exact_sea *s, dro_vec place) {
    for (size_t i = 0; i < s->avoid_count; i++) {
        if (dro_geo_ring_contains(s->avoid[i], place)) {
            return true;
        }
    }
    return false;
}

/* Does the place lie on a shoal that is closed, or in an avoided area? */
static bool on_shoal(const exact_sea *s, dro_vec place) {
    size_t count = 0;
    const dro_shoal *shoals = dro_atlas_shoals(s->atlas, &count);
    for (size_t i = 0; i < count; i++) {
        dro_vec points[SHOAL_MOST];
        if (shoal_is_closed(s, &shoals[i]) &&
            sea_dot(dro_geo_to_vec(shoals[i].points[0]), place) > 0.9 &&
            dro_geo_ring_contains(ring_of(&shoals[i], points), place)) {
            return true;
        }
    }
    return avoided(s, place);
}

/* Two shoals with a common side are one: the side goes. */
static void drop_pairs(halves *h) {
    if (h->count == 0) {
        return;
    }
    qsort(h->items, h->count, sizeof *h->items, by_start);
    size_t kept = 0;
    bool *paired = calloc(h->count, sizeof *paired);
    for (size_t i = 0; paired && i < h->count; i++) {
        half back = {h->items[i].b, h->items[i].a};
        paired[i] = bsearch(&back, h->items, h->count, sizeof back, by_start) != NULL;
    }
    for (size_t i = 0; paired && i < h->count; i++) {
        if (!paired[i]) {
            h->items[kept++] = h->items[i];
        }
    }
    h->count = paired ? kept : h->count;
    free(paired);
}

static bool is_closed(const exact_sea *s, int passage) {
    return passage >= 0 && ((s->closed >> passage) & 1u) != 0;
}

static dro_status add_gates(const exact_sea *s, halves *h, dro_error *error) {
    size_t count = 0;
    const dro_passage *p = dro_atlas_passages(s->atlas, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t g = 0; is_closed(s, (int)i) && g < p[i].gate_count; g++) {
            for (size_t k = 1; k < p[i].gates[g].count; k++) {
                dro_vec a = dro_geo_to_vec(p[i].gates[g].points[k - 1]);
                dro_vec b = dro_geo_to_vec(p[i].gates[g].points[k]);
                DRO_TRY(add_half(h, a, b, error));
                DRO_TRY(add_half(h, b, a, error));
            }
        }
    }
    return DRO_OK;
}

static dro_status add_outline(const exact_sea *s, halves *h, dro_error *error) {
    const dro_vec *v = NULL;
    const uint32_t(*e)[2] = NULL;
    size_t n = 0, count = dro_chart_outline(s->chart, &v, &n, &e);
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(add_half(h, v[e[i][0]], v[e[i][1]], error));
    }
    return DRO_OK;
}

/* ---- corners
 * ------------------------------------------------------------------------------ */

/* Is c met before d, turning counter-clockwise about `at` from the direction `from`? */
static bool sooner(dro_vec at, dro_vec from, dro_vec c, dro_vec d) {
    int oc = dro_geo_orient(at, from, c), od = dro_geo_orient(at, from, d);
    if ((oc >= 0) != (od >= 0)) {
        return oc >= 0;
    }
    return dro_geo_orient(at, c, d) > 0;
}

static dro_status add_node(exact_sea *s, dro_vec at, dro_point place, uint32_t *out,
                           dro_error *error) {
    DRO_TRY(DRO_RESERVE(s->nodes, s->node_capacity, s->node_count + 1, error));
    s->nodes[s->node_count] = (node){.at = at, .place = place};
    *out = (uint32_t)s->node_count++;
    return DRO_OK;
}

/* The wall that comes to the start of `out` next to its water. */
static const half *incoming(const halves *ends, const half *out) {
    half key = {{-9, 0, 0}, out->a};
    size_t low = 0, high = ends->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (by_end(&ends->items[middle], &key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const half *best = NULL;
    for (; low < ends->count && sea_same(ends->items[low].b, out->a); low++) {
        const half *in = &ends->items[low];
        if (sea_same(in->a, out->b)) { /* the same wall's other side: a full turn */
            best = best ? best : in;
        } else if (!best || sea_same(best->a, out->b) ||
                   sooner(out->a, out->b, in->a, best->a)) {
            best = in;
        }
    }
    return best;
}

/* Walls in pieces for hiding; the first piece of a wall names the corner at its start.
 */
static dro_status add_shade(exact_sea *s, const half *h, uint32_t corner,
                            dro_error *error) {
    double angle = dro_geo_angle(h->a, h->b) * 180.0 / PI;
    int pieces = (int)ceil(angle / PIECE_DEG);
    dro_vec at = h->a;
    for (int i = 1; i <= pieces; i++) {
        dro_vec to = h->b;
        if (i < pieces) {
            dro_point p = dro_geo_between(dro_geo_to_point(h->a),
                                          dro_geo_to_point(h->b), (double)i / pieces);
            to = dro_geo_to_vec(p);
        }
        DRO_TRY(sea_walls_add(&s->shade, at, to, i == 1 ? corner : NONE, error));
        at = to;
    }
    return DRO_OK;
}

static dro_status make_corners(exact_sea *s, const halves *all, dro_error *error) {
    halves ends = {0};
    DRO_TRY(DRO_RESERVE(ends.items, ends.capacity, all->count + 1, error));
    memcpy(ends.items, all->items, all->count * sizeof *all->items);
    ends.count = all->count;
    qsort(ends.items, ends.count, sizeof *ends.items, by_end);
    dro_status status = DRO_OK;
    for (size_t i = 0; status == DRO_OK && i < all->count; i++) {
        const half *out = &all->items[i], *in = incoming(&ends, out);
        uint32_t corner = NONE;
        bool turn =
            in && !sea_same(in->a, out->b) && dro_geo_orient(in->a, out->a, out->b) < 0;
        if (turn) {
            status = add_node(s, out->a, dro_geo_to_point(out->a), &corner, error);
        }
        if (turn && status == DRO_OK) {
            s->nodes[corner].corner = true;
            s->nodes[corner].before = in->a;
            s->nodes[corner].after = out->b;
        }
        if (status == DRO_OK) {
            status = sea_walls_add(&s->walls, out->a, out->b, 0, error);
        }
        if (status == DRO_OK) {
            status = add_shade(s, out, corner, error);
        }
    }
    dro_free(ends.items);
    s->corner_count = s->node_count;
    return status;
}

/* ---- channels
 * -------------------------------------------------------------------------------- */

typedef struct spot { /* a point of a channel */
    dro_point at;
    uint32_t line, index, node;
    bool wet;
} spot;

static int by_place(const void *a, const void *b) {
    const spot *p = a, *q = b;
    if (p->at.lat_deg != q->at.lat_deg) {
        return p->at.lat_deg < q->at.lat_deg ? -1 : 1;
    }
    if (p->at.lon_deg != q->at.lon_deg) {
        return p->at.lon_deg < q->at.lon_deg ? -1 : 1;
    }
    return p->line != q->line ? (p->line < q->line ? -1 : 1)
                              : (p->index > q->index) - (p->index < q->index);
}

static int by_line(const void *a, const void *b) {
    const spot *p = a, *q = b;
    return p->line != q->line ? (p->line < q->line ? -1 : 1)
                              : (p->index > q->index) - (p->index < q->index);
}

static bool crosses_closed_gate(const exact_sea *s, dro_vec a, dro_vec b) {
    size_t count = 0;
    const dro_passage *p = dro_atlas_passages(s->atlas, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t g = 0; is_closed(s, (int)i) && g < p[i].gate_count; g++) {
            for (size_t k = 1; k < p[i].gates[g].count; k++) {
                if (dro_geo_arcs_cross(a, b,
                                       dro_geo_to_vec(p[i].gates[g].points[k - 1]),
                                       dro_geo_to_vec(p[i].gates[g].points[k]))) {
                    return true;
                }
            }
        }
    }
    return false;
}

static bool meets_avoided(const exact_sea *s, dro_vec a, dro_vec b) {
    for (size_t i = 0; i < s->avoid_count; i++) {
        dro_ring r = s->avoid[i];
        for (size_t k = 0; k < r.count; k++) {
            if (dro_geo_arcs_cross(a, b, r.points[k], r.points[(k + 1) % r.count])) {
                return true;
            }
        }
    }
    return avoided(s, a);
}

static dro_status list_spots(const exact_sea *s, spot **spots, size_t *count,
                             dro_error *error) {
    size_t capacity = 0, lines = dro_chart_channels(s->chart);
    for (size_t i = 0; i < lines; i++) {
        dro_chart_channel c;
        dro_chart_get_channel(s->chart, i, &c);
        for (size_t k = 0; k < c.count; k++) {
            DRO_TRY(DRO_RESERVE(*spots, capacity, *count + 1, error));
            (*spots)[(*count)++] =
                (spot){c.points[k], (uint32_t)i, (uint32_t)k, NONE,
                       sea_walls_wet(&s->outline, dro_geo_to_vec(c.points[k]))};
        }
    }
    return DRO_OK;
}

/* spots sorted by line */
static bool at_a_shore(const spot *spots, size_t count, size_t i) {
    bool before = i > 0 && spots[i - 1].line == spots[i].line;
    bool after = i + 1 < count && spots[i + 1].line == spots[i].line;
    return !before || !after ||
           (spots[i].wet && (!spots[i - 1].wet || !spots[i + 1].wet));
}

static bool shared(const spot *spots, size_t count, size_t i) {
    bool same_line = true;
    for (size_t k = i; k-- > 0 && spots[k].at.lat_deg == spots[i].at.lat_deg &&
                       spots[k].at.lon_deg == spots[i].at.lon_deg;) {
        same_line = same_line && spots[k].line == spots[i].line;
    }
    for (size_t k = i + 1; k < count && spots[k].at.lat_deg == spots[i].at.lat_deg &&
                           spots[k].at.lon_deg == spots[i].at.lon_deg;
         k++) {
        same_line = same_line && spots[k].line == spots[i].line;
    }
    return !same_line;
}

static dro_status name_nodes(exact_sea *s, spot *spots, size_t count,
                             dro_error *error) {
    for (size_t i = 0; i < count; i++) {
        spots[i].node = at_a_shore(spots, count, i) ? 0 : NONE; /* 0: to be one */
    }
    qsort(spots, count, sizeof *spots, by_place);
    for (size_t i = 0; i < count; i++) {
        if (spots[i].node == NONE && !shared(spots, count, i)) {
            continue;
        }
        bool same = i > 0 && spots[i - 1].node != NONE &&
                    spots[i - 1].at.lat_deg == spots[i].at.lat_deg &&
                    spots[i - 1].at.lon_deg == spots[i].at.lon_deg;
        if (same) {
            spots[i].node = spots[i - 1].node;
            continue;
        }
        DRO_TRY(add_node(s, dro_geo_to_vec(spots[i].at), spots[i].at, &spots[i].node,
                         error));
        dro_vec at = dro_geo_to_vec(spots[i].at);
        s->nodes[spots[i].node].dry = !spots[i].wet || on_shoal(s, at);
        if (!s->nodes[spots[i].node].dry) { /* to be seen */
            DRO_TRY(sea_walls_add(&s->shade, at, at, spots[i].node, error));
        }
    }
    qsort(spots, count, sizeof *spots, by_line);
    return DRO_OK;
}

static dro_status add_line_leg(exact_sea *s, const spot *spots, size_t from, size_t to,
                               dro_error *error) {
    dro_chart_channel c;
    dro_chart_get_channel(s->chart, spots[from].line, &c);
    line_leg l = {spots[from].node,
                  spots[to].node,
                  spots[from].line,
                  spots[from].index,
                  spots[to].index,
                  0.0,
                  c.depth_m >= s->channel_draft_m && !is_closed(s, c.passage)};
    for (size_t k = from + 1; k <= to; k++) {
        l.length_m += dro_geo_distance_m(spots[k - 1].at, spots[k].at);
        dro_vec a = dro_geo_to_vec(spots[k - 1].at), b = dro_geo_to_vec(spots[k].at);
        l.open = l.open && !crosses_closed_gate(s, a, b) && !meets_avoided(s, a, b);
    }
    DRO_TRY(
        DRO_RESERVE(s->line_legs, s->line_leg_capacity, s->line_leg_count + 1, error));
    s->line_legs[s->line_leg_count++] = l;
    return DRO_OK;
}

static dro_status add_channels(exact_sea *s, dro_error *error) {
    spot *spots = NULL;
    size_t count = 0;
    dro_status status = list_spots(s, &spots, &count, error);
    if (status == DRO_OK) {
        status = name_nodes(s, spots, count, error);
    }
    size_t from = 0;
    for (size_t i = 1; status == DRO_OK && i < count; i++) {
        if (spots[i].line != spots[i - 1].line) {
            from = i;
        } else if (spots[i].node != NONE) {
            status = add_line_leg(s, spots, from, i, error);
            from = i;
        }
    }
    dro_free(spots);
    return status;
}

/* Lists of the line legs at each node, chained: entry 2 * leg + side. */
static dro_status chain_line_legs(exact_sea *s, dro_error *error) {
    DRO_TRY(dro_new((void **)&s->line_first, s->node_count, 4, "exact", error));
    DRO_TRY(dro_new((void **)&s->line_next, 2 * s->line_leg_count, 4, "exact", error));
    memset(s->line_first, 0xff, s->node_count * 4);
    for (uint32_t i = 0; i < s->line_leg_count; i++) {
        const line_leg *l = &s->line_legs[i];
        s->line_next[(size_t)2 * i] = s->line_first[l->a];
        s->line_first[l->a] = 2 * i;
        s->line_next[(size_t)2 * i + 1] = s->line_first[l->b];
        s->line_first[l->b] = 2 * i + 1;
    }
    return DRO_OK;
}

/* ---- all that stays
 * ----------------------------------------------------------------------------- */

static dro_status make_walls(exact_sea *s, dro_error *error) {
    halves shoals = {0}, all = {0};
    dro_status status = add_shoals(s, &shoals, error);
    drop_pairs(&shoals);
    for (size_t i = 0; status == DRO_OK && i < shoals.count; i++) {
        status = add_half(&all, shoals.items[i].a, shoals.items[i].b, error);
    }
    if (status == DRO_OK) {
        status = add_gates(s, &all, error);
    }
    if (status == DRO_OK) {
        status = add_outline(s, &all, error);
    }
    if (status == DRO_OK) {
        status = make_corners(s, &all, error);
    }
    dro_free(shoals.items);
    dro_free(all.items);
    return status;
}

static dro_status make_arrays(exact_sea *s, dro_error *error) {
    size_t n = s->node_count;
    DRO_TRY(dro_new((void **)&s->sights, n, sizeof *s->sights, "exact", error));
    DRO_TRY(dro_new((void **)&s->cost, n, sizeof *s->cost, "exact", error));
    DRO_TRY(dro_new((void **)&s->rest, n, sizeof *s->rest, "exact", error));
    DRO_TRY(dro_new((void **)&s->goal_cost, n, sizeof *s->goal_cost, "exact", error));
    DRO_TRY(dro_new((void **)&s->parent, n, 4, "exact", error));
    DRO_TRY(dro_new((void **)&s->stamp, n, 4, "exact", error));
    DRO_TRY(dro_new((void **)&s->done, n, 4, "exact", error));
    return dro_new((void **)&s->goal_stamp, n, 4, "exact", error);
}

dro_status exact_sea_create(const dro_chart *chart, const dro_atlas *atlas,
                            const dro_sea_rules_options *rules, exact_sea **out,
                            dro_error *error) {
    exact_sea *s = NULL;
    DRO_TRY(dro_new((void **)&s, 1, sizeof *s, "exact", error));
    s->chart = chart;
    s->atlas = atlas;
    s->closed = rules->closed;
    s->draft_m = rules->draft_m;
    s->channel_draft_m = rules->channel_draft_m;
    s->avoid = rules->avoid;
    s->avoid_count = rules->avoid_count;
    dro_status status = make_walls(s, error);
    DRO_TRY_GOTO(status, fail);
    DRO_TRY_GOTO(sea_walls_finish(&s->walls, error), fail);
    DRO_TRY_GOTO(sea_walls_add_outline(&s->outline, chart, 0, error), fail);
    DRO_TRY_GOTO(sea_walls_finish(&s->outline, error), fail);
    DRO_TRY_GOTO(add_channels(s, error), fail);
    DRO_TRY_GOTO(sea_walls_finish(&s->shade, error), fail);
    DRO_TRY_GOTO(chain_line_legs(s, error), fail);
    DRO_TRY_GOTO(make_arrays(s, error), fail);
    *out = s;
    return DRO_OK;
fail:
    exact_sea_destroy(s);
    return status;
}

void exact_sea_destroy(exact_sea *s) {
    if (!s) {
        return;
    }
    for (size_t i = 0; s->sights && i < s->node_count; i++) {
        dro_free(s->sights[i].items);
    }
    sea_walls_free(&s->outline);
    sea_walls_free(&s->walls);
    sea_walls_free(&s->shade);
    dro_free(s->nodes);
    dro_free(s->sights);
    dro_free(s->line_legs);
    dro_free(s->line_first);
    dro_free(s->line_next);
    dro_free(s->queue.items);
    dro_free(s->blocked);
    dro_free(s->veils);
    dro_free(s->found);
    dro_free(s->cost);
    dro_free(s->rest);
    dro_free(s->goal_cost);
    dro_free(s->parent);
    dro_free(s->stamp);
    dro_free(s->done);
    dro_free(s->goal_stamp);
    dro_free(s->open.items);
    dro_free(s->starts);
    dro_free(s->points);
    dro_free(s->run_m);
    dro_free(s);
}

exact_info exact_sea_info(const exact_sea *s) {
    return (exact_info){s->walls.count, s->corner_count,
                        s->node_count - s->corner_count, s->seen, s->legs};
}

/* ---- looking out
 * ------------------------------------------------------------------------------- */

typedef struct eye {
    dro_vec at, east, north; /* a frame, for directions */
    const node *corner;      /* or NULL: may look anywhere */
} eye;

static eye eye_at(dro_vec at, const node *corner) {
    eye e = {.at = at, .corner = corner};
    dro_vec pole = fabs(at.z) < 0.9 ? (dro_vec){0, 0, 1} : (dro_vec){1, 0, 0};
    e.east = (dro_vec){pole.y * at.z - pole.z * at.y, pole.z * at.x - pole.x * at.z,
                       pole.x * at.y - pole.y * at.x};
    double length = sqrt(sea_dot(e.east, e.east));
    e.east = (dro_vec){e.east.x / length, e.east.y / length, e.east.z / length};
    e.north =
        (dro_vec){at.y * e.east.z - at.z * e.east.y, at.z * e.east.x - at.x * e.east.z,
                  at.x * e.east.y - at.y * e.east.x};
    return e;
}

/* Differences first: a place near the eye keeps its digits. */
static double direction(const eye *e, dro_vec p) {
    dro_vec d = {p.x - e->at.x, p.y - e->at.y, p.z - e->at.z};
    return atan2(sea_dot(d, e->north), sea_dot(d, e->east));
}

static double straight(dro_vec a, dro_vec b) {
    dro_vec d = {a.x - b.x, a.y - b.y, a.z - b.z};
    return sqrt(sea_dot(d, d));
}

/* One interval within -pi..pi. */
static dro_status block_one(exact_sea *s, double from, double to, double doubt,
                            dro_error *error) {
    size_t first = 0, high = s->blocked_count;
    while (first < high) { /* the first that ends at or after `from` */
        size_t middle = (first + high) / 2;
        if (s->blocked[middle].to < from) {
            first = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t last = first;
    blocked b = {from, to, doubt};
    while (last < s->blocked_count && s->blocked[last].from <= to) {
        b.from = fmin(b.from, s->blocked[last].from);
        b.to = fmax(b.to, s->blocked[last].to);
        b.doubt = fmax(b.doubt, s->blocked[last].doubt);
        last++;
    }
    DRO_TRY(DRO_RESERVE(s->blocked, s->blocked_capacity, s->blocked_count + 1, error));
    memmove(s->blocked + first + 1, s->blocked + last,
            (s->blocked_count - last) * sizeof *s->blocked);
    s->blocked_count = s->blocked_count - (last - first) + 1;
    s->blocked[first] = b;
    return DRO_OK;
}

/* From one direction counter-clockwise to another. */
static dro_status block(exact_sea *s, double from, double to, double doubt,
                        dro_error *error) {
    from = remainder(from, 2.0 * PI);
    to = remainder(to, 2.0 * PI);
    if (from <= to) {
        return block_one(s, from, to, doubt, error);
    }
    DRO_TRY(block_one(s, from, PI, doubt, error));
    return block_one(s, -PI, to, doubt, error);
}

static bool all_blocked(const exact_sea *s) {
    return s->blocked_count == 1 && s->blocked[0].from <= -PI && s->blocked[0].to >= PI;
}

typedef enum cover {
    COVER_NONE,
    COVER_DOUBT,
    COVER_ALL
} cover;

/* Are all these directions surely blocked, or perhaps? */
static cover cover_of(const exact_sea *s, double from, double to, double doubt) {
    size_t low = 0, high = s->blocked_count;
    cover best = COVER_NONE;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->blocked[middle].to < from - 1e-3) { /* more than any doubt */
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (size_t i = low; i < s->blocked_count; i++) {
        const blocked *b = &s->blocked[i];
        double d = doubt + b->doubt;
        if (b->from > to + 1e-3) {
            break;
        }
        if ((b->from <= -PI || from >= b->from + d) &&
            (b->to >= PI || to <= b->to - d)) {
            return COVER_ALL;
        }
        best = from <= b->to + d && to >= b->from - d ? COVER_DOUBT : best;
    }
    return best;
}

static bool covered(const exact_sea *s, double from, double to) {
    return cover_of(s, from, to, 0.0) == COVER_ALL;
}

/* A place is uncertain by a lattice step or two. */
static double doubt_at(double off) {
    return 1e-11 / fmax(off, 1e-9) + 1e-12;
}

/* A wall is met. */
static dro_status add_veil(exact_sea *s, const eye *e, uint32_t index,
                           dro_error *error) {
    const sea_wall *w = &s->shade.walls[index];
    if (sea_same(w->a, w->b) || sea_same(w->a, e->at) || sea_same(w->b, e->at)) {
        return DRO_OK;
    }
    double a = direction(e, w->a), b = direction(e, w->b);
    double off = fmin(straight(e->at, w->a), straight(e->at, w->b));
    DRO_TRY(DRO_RESERVE(s->veils, s->veil_capacity, s->veil_count + 1, error));
    veil v = {index, a, b, doubt_at(off)};
    if (remainder(b - a, 2.0 * PI) < 0.0) {
        v.from = b;
        v.to = a;
    }
    s->veils[s->veil_count++] = v;
    return DRO_OK;
}

/* The whole wall lies nearer than what is still to come. */
static dro_status hide_behind(exact_sea *s, uint32_t index, dro_error *error) {
    for (size_t i = 0; i < s->veil_count; i++) {
        if (s->veils[i].wall == index) {
            veil v = s->veils[i];
            s->veils[i] = s->veils[--s->veil_count];
            return block(s, v.from, v.to, v.doubt, error);
        }
    }
    return DRO_OK;
}

/* Does a wall that is not yet wholly nearer lie between? */
static bool veiled(const exact_sea *s, const eye *e, dro_vec at, double az,
                   double doubt) {
    for (size_t i = 0; i < s->veil_count; i++) {
        const veil *v = &s->veils[i];
        double d = doubt + v->doubt;
        bool inside = v->from <= v->to ? az >= v->from - d && az <= v->to + d
                                       : az >= v->from - d || az <= v->to + d;
        if ((inside || fabs(az) > PI - d) &&
            sea_wall_crossed(&s->shade.walls[v->wall], e->at, at)) {
            return true;
        }
    }
    return false;
}

static bool taut(const node *n, dro_vec towards) {
    return !n->corner || dro_geo_orient(n->at, towards, n->before) *
                                 dro_geo_orient(n->at, towards, n->after) >=
                             0;
}

static dro_status consider(exact_sea *s, const eye *e, uint32_t index,
                           dro_error *error) {
    const node *n = &s->nodes[index];
    if (sea_same(n->at, e->at) || sea_dot(n->at, e->at) < FARTHEST || !taut(n, e->at) ||
        (e->corner && !taut(e->corner, n->at))) {
        return DRO_OK;
    }
    double az = direction(e, n->at);
    double doubt = doubt_at(straight(e->at, n->at));
    cover c = cover_of(s, az, az, doubt);
    if (c == COVER_ALL || veiled(s, e, n->at, az, doubt) ||
        (c == COVER_DOUBT && sea_walls_cross(&s->walls, e->at, n->at, NULL))) {
        return DRO_OK;
    }
    DRO_TRY(DRO_RESERVE(s->found, s->found_capacity, s->found_count + 1, error));
    s->found[s->found_count++] =
        (sight){index, dro_geo_distance_m(dro_geo_to_point(e->at), n->place)};
    return DRO_OK;
}

static bool disc_hidden(const exact_sea *s, const eye *e, const sea_disc *d) {
    double off = 2.0 * asin(fmin(1.0, 0.5 * straight(e->at, d->centre)));
    double wide = 2.0 * asin(fmin(1.0, 0.5 * d->reach));
    if (off <= wide * 1.01 + 1e-9 || off + wide > 3.0) {
        return false;
    }
    double spread = asin(fmin(1.0, sin(wide) / sin(off))) + 1e-9;
    double az = direction(e, d->centre);
    double from = az - spread, to = az + spread;
    if (from < -PI) {
        return covered(s, from + 2.0 * PI, PI) && covered(s, -PI, to);
    }
    if (to > PI) {
        return covered(s, from, PI) && covered(s, -PI, to - 2.0 * PI);
    }
    return covered(s, from, to);
}

/* Events in order of distance: a disc opens, a node is considered, a wall that lies
 * wholly nearer begins to hide what is behind it. */
#define EVENT_NODE  0x40000000u
#define EVENT_SHADE 0x80000000u

static dro_status open_disc(exact_sea *s, const eye *e, uint32_t disc,
                            dro_error *error) {
    const sea_disc *d = &s->shade.discs[disc];
    if (disc_hidden(s, e, d)) {
        return DRO_OK;
    }
    if (!d->count) {
        for (uint32_t child = d->first; child < d->first + 2; child++) {
            const sea_disc *c = &s->shade.discs[child];
            double near = fmax(0.0, straight(e->at, c->centre) - c->reach);
            DRO_TRY(push(&s->queue, near, child, error));
        }
        return DRO_OK;
    }
    for (uint32_t i = d->first; i < d->first + d->count; i++) {
        const sea_wall *w = &s->shade.walls[i];
        double a = straight(e->at, w->a), b = straight(e->at, w->b);
        if (w->tag != NONE) {
            DRO_TRY(push(&s->queue, a, EVENT_NODE | w->tag, error));
        }
        DRO_TRY(add_veil(s, e, i, error));
        DRO_TRY(push(&s->queue, fmax(a, b) * (1.0 + 1e-12), EVENT_SHADE | i, error));
    }
    return DRO_OK;
}

/* A corner sees only where a path that bends round it can go. */
static dro_status block_untaut(exact_sea *s, const eye *e, dro_error *error) {
    s->blocked_count = 0;
    if (!e->corner) {
        return DRO_OK;
    }
    double after = direction(e, e->corner->after),
           before = direction(e, e->corner->before);
    /* a little is left open on both sides, however small the turn */
    double slack = doubt_at(
        fmin(straight(e->at, e->corner->after), straight(e->at, e->corner->before)));
    DRO_TRY(block(s, before + slack, after - slack, slack, error));
    return block(s, before - PI + slack, after + PI - slack, slack, error);
}

static dro_status look_out(exact_sea *s, const eye *e, dro_error *error) {
    s->found_count = 0;
    s->queue.count = 0;
    s->veil_count = 0;
    DRO_TRY(block_untaut(s, e, error));
    DRO_TRY(push(&s->queue, 0.0, 0, error));
    while (s->queue.count && !all_blocked(s)) {
        entry top = pop(&s->queue);
        if (top.item & EVENT_SHADE) {
            DRO_TRY(hide_behind(s, top.item & ~EVENT_SHADE, error));
        } else if (top.item & EVENT_NODE) {
            DRO_TRY(consider(s, e, top.item & ~EVENT_NODE, error));
        } else {
            DRO_TRY(open_disc(s, e, top.item, error));
        }
    }
    return DRO_OK;
}

static dro_status sights_of(exact_sea *s, uint32_t index, dro_error *error) {
    sights *of = &s->sights[index];
    if (of->known || s->nodes[index].dry) {
        return DRO_OK;
    }
    eye e =
        eye_at(s->nodes[index].at, s->nodes[index].corner ? &s->nodes[index] : NULL);
    DRO_TRY(look_out(s, &e, error));
    DRO_TRY(dro_new((void **)&of->items, s->found_count, sizeof *of->items, "exact",
                    error));
    memcpy(of->items, s->found, s->found_count * sizeof *s->found);
    of->count = (uint32_t)s->found_count;
    of->known = true;
    s->seen++;
    s->legs += s->found_count;
    return DRO_OK;
}

/* ---- ends
 * ------------------------------------------------------------------------------------------
 */

typedef struct end {
    dro_point place;
    dro_vec at;
    bool wet;
} end;

typedef struct foothold { /* where an end stands on a line leg */
    uint32_t leg;
    double from_a_m, to_b_m;
} foothold;

static dro_point line_point(const exact_sea *s, const line_leg *l, uint32_t k) {
    dro_chart_channel c;
    dro_chart_get_channel(s->chart, l->line, &c);
    return c.points[k];
}

/* Is the place on this leg? */
static bool stand_on(const exact_sea *s, uint32_t leg, const end *e, foothold *out) {
    const line_leg *l = &s->line_legs[leg];
    double run = 0.0;
    for (uint32_t k = l->first; k < l->last; k++) {
        dro_point p = line_point(s, l, k), q = line_point(s, l, k + 1);
        double step = dro_geo_distance_m(p, q);
        dro_vec foot =
            dro_geo_nearest_on_arc(dro_geo_to_vec(p), dro_geo_to_vec(q), e->at);
        if (dro_geo_angle(foot, e->at) * DRO_EARTH_RADIUS_M < ON_LINE_M) {
            double at = run + dro_geo_distance_m(p, dro_geo_to_point(foot));
            *out = (foothold){leg, at, l->length_m - at};
            return true;
        }
        run += step;
    }
    return false;
}

static dro_status add_start(exact_sea *s, uint32_t to, double length,
                            dro_error *error) {
    DRO_TRY(DRO_RESERVE(s->starts, s->start_capacity, s->start_count + 1, error));
    s->starts[s->start_count++] = (sight){to, length};
    return DRO_OK;
}

/* Nodes that the end reaches at once, into s->starts; returns the legs it stands on. */
static dro_status reach_from_end(exact_sea *s, const end *e, foothold *holds,
                                 size_t most, size_t *count, dro_error *error) {
    s->start_count = 0;
    *count = 0;
    if (e->wet) {
        eye from = eye_at(e->at, NULL);
        DRO_TRY(look_out(s, &from, error));
        for (size_t i = 0; i < s->found_count; i++) {
            DRO_TRY(add_start(s, s->found[i].to, s->found[i].length_m, error));
        }
    }
    for (uint32_t i = (uint32_t)s->corner_count; i < s->node_count; i++) {
        if (dro_geo_angle(s->nodes[i].at, e->at) * DRO_EARTH_RADIUS_M < ON_LINE_M) {
            DRO_TRY(add_start(s, i, 0.0, error));
        }
    }
    for (uint32_t i = 0; !e->wet && i < s->line_leg_count; i++) {
        foothold h;
        if (s->line_legs[i].open && stand_on(s, i, e, &h)) {
            DRO_TRY(add_start(s, s->line_legs[i].a, h.from_a_m, error));
            DRO_TRY(add_start(s, s->line_legs[i].b, h.to_b_m, error));
            if (*count < most) {
                holds[(*count)++] = h;
            }
        }
    }
    return DRO_OK;
}

/* ---- A*
 * ----------------------------------------------------------------------------------------------
 */

typedef struct quest {
    end from, to;
    double best;
    uint32_t last; /* node before the goal, NONE: straight */
    bool found;
    size_t settled;
} quest;

static dro_status improve(exact_sea *s, const quest *q, uint32_t to, double cost,
                          uint32_t parent, dro_error *error) {
    if (s->done[to] == s->epoch || (s->stamp[to] == s->epoch && s->cost[to] <= cost)) {
        return DRO_OK;
    }
    if (s->stamp[to] != s->epoch) {
        s->stamp[to] = s->epoch;
        s->cost[to] = INFINITY;
        s->rest[to] = dro_geo_distance_m(s->nodes[to].place, q->to.place);
    }
    double key = cost + s->rest[to];
    if (key >= q->best) {
        return DRO_OK;
    }
    s->cost[to] = cost;
    s->parent[to] = parent;
    return push(&s->open, key, to, error);
}

static dro_status expand(exact_sea *s, const quest *q, uint32_t at, dro_error *error) {
    double cost = s->cost[at];
    DRO_TRY(sights_of(s, at, error));
    for (uint32_t i = 0; i < s->sights[at].count; i++) {
        const sight *leg = &s->sights[at].items[i];
        DRO_TRY(improve(s, q, leg->to, cost + leg->length_m, at, error));
    }
    for (uint32_t i = s->line_first[at]; i != NONE; i = s->line_next[i]) {
        const line_leg *l = &s->line_legs[i / 2];
        if (l->open) {
            DRO_TRY(improve(s, q, i % 2 ? l->a : l->b, cost + l->length_m, at, error));
        }
    }
    return DRO_OK;
}

static dro_status search(exact_sea *s, quest *q, dro_error *error) {
    while (s->open.count) {
        entry top = pop(&s->open);
        if (top.key >= q->best) {
            break;
        }
        if (s->done[top.item] == s->epoch) {
            continue;
        }
        s->done[top.item] = s->epoch;
        q->settled++;
        if (s->goal_stamp[top.item] == s->epoch &&
            s->cost[top.item] + s->goal_cost[top.item] < q->best) {
            q->best = s->cost[top.item] + s->goal_cost[top.item];
            q->last = top.item;
            q->found = true;
        }
        DRO_TRY(expand(s, q, top.item, error));
    }
    return DRO_OK;
}

/* Straight, or along one channel. */
static void try_direct(const exact_sea *s, quest *q, const foothold *a, size_t a_count,
                       const foothold *b, size_t b_count) {
    double length = INFINITY;
    if (q->from.wet && q->to.wet &&
        !sea_walls_cross(&s->walls, q->from.at, q->to.at, NULL)) {
        /* by way of its middle: a geodesic to a place nearly opposite goes elsewhere */
        dro_point middle = dro_geo_between(q->from.place, q->to.place, 0.5);
        length = sea_dot(q->from.at, q->to.at) > FARTHEST
                     ? dro_geo_distance_m(q->from.place, q->to.place)
                     : dro_geo_distance_m(q->from.place, middle) +
                           dro_geo_distance_m(middle, q->to.place);
    }
    for (size_t i = 0; i < a_count; i++) {
        for (size_t k = 0; k < b_count; k++) {
            if (a[i].leg == b[k].leg) {
                length = fmin(length, fabs(a[i].from_a_m - b[k].from_a_m));
            }
        }
    }
    if (length < q->best) {
        q->best = length;
        q->last = NONE;
        q->found = true;
    }
}

static dro_status write_path(exact_sea *s, const quest *q, exact_path *out,
                             dro_error *error) {
    size_t count = 2;
    for (uint32_t n = q->last; n != NONE; n = s->parent[n]) {
        count++;
    }
    DRO_TRY(DRO_RESERVE(s->points, s->point_capacity, count, error));
    DRO_TRY(DRO_RESERVE(s->run_m, s->run_capacity, count, error));
    size_t at = count - 1;
    s->points[at] = q->to.place;
    s->run_m[at] = q->best;
    for (uint32_t n = q->last; n != NONE; n = s->parent[n]) {
        s->points[--at] = s->nodes[n].place;
        s->run_m[at] = s->cost[n];
    }
    s->points[0] = q->from.place;
    s->run_m[0] = 0.0;
    out->run_m = s->run_m;
    out->points = s->points;
    out->count = count;
    return DRO_OK;
}

static end end_at(const exact_sea *s, dro_point place) {
    dro_vec at = dro_geo_to_vec(place);
    return (end){place, at, sea_walls_wet(&s->outline, at) && !on_shoal(s, at)};
}

dro_status exact_sea_route(exact_sea *s, dro_point from, dro_point to, double below_m,
                           exact_path *out, dro_error *error) {
    foothold a[16], b[16];
    size_t a_count = 0, b_count = 0;
    quest q = {end_at(s, from), end_at(s, to), below_m, NONE, false, 0};
    s->epoch++;
    s->open.count = 0;
    DRO_TRY(reach_from_end(s, &q.to, b, 16, &b_count, error));
    for (size_t i = 0; i < s->start_count; i++) {
        uint32_t n = s->starts[i].to;
        if (s->goal_stamp[n] != s->epoch || s->starts[i].length_m < s->goal_cost[n]) {
            s->goal_stamp[n] = s->epoch;
            s->goal_cost[n] = s->starts[i].length_m;
        }
    }
    DRO_TRY(reach_from_end(s, &q.from, a, 16, &a_count, error));
    try_direct(s, &q, a, a_count, b, b_count);
    for (size_t i = 0; i < s->start_count; i++) {
        DRO_TRY(improve(s, &q, s->starts[i].to, s->starts[i].length_m, NONE, error));
    }
    DRO_TRY(search(s, &q, error));
    exact_path path = {.distance_m = q.found ? q.best : (double)INFINITY,
                       .settled = q.settled};
    if (q.found) {
        DRO_TRY(write_path(s, &q, &path, error));
    }
    *out = path;
    return DRO_OK;
}
