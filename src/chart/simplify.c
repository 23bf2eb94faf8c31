/*
 * Fewer vertices on the outline, moved only into the water.
 *
 * Two steps, each taken where it costs least first (a heap on the distance moved):
 * a vertex where the water makes a notch is cut off by its chord; an edge between two
 * corners of land is replaced by the point where its neighbours meet. A step is
 * allowed only if the triangle of water that it takes holds no other vertex and is
 * crossed by no other edge, so outlines keep their order and never touch.
 */
#include "chart/heap.h"
#include "chart/outline.h"

#include <math.h>
#include <string.h>

#define NONE      UINT32_MAX
#define CELL_DEG  0.25
#define CELLS_X   1440
#define CELLS_Y   720
#define LONGEST_M 20000.0

static const double M_PER_DEG = 111320.0;
static const double DEG = 0.017453292519943295;

typedef struct node {
    dro_vec vec;
    dro_point at;
    uint32_t next, prev; /* along the outline, water on the left */
    uint32_t cell_next;  /* list of the cell in which the edge node -> next begins */
    float cost;          /* of its step now; its older entries in the heap differ */
    double moved_m;      /* how far the edge node -> next has been moved */
    bool fixed;          /* several outlines meet here */
    bool dead;
} node;

typedef struct shape {
    node *nodes;
    size_t count, capacity;
    uint32_t *cells; /* first node of a cell's list */
    heap heap;
    double tolerance_m;
} shape;

/* ---- cells: a node stands in the cell where it lies; edges are short ----------- */

static size_t cell_of(dro_point p) {
    size_t x = (size_t)((p.lon_deg + 180.0) / CELL_DEG);
    size_t y = (size_t)((p.lat_deg + 90.0) / CELL_DEG);
    x = x < CELLS_X ? x : CELLS_X - 1;
    y = y < CELLS_Y ? y : CELLS_Y - 1;
    return y * CELLS_X + x;
}

static void cell_add(shape *s, uint32_t n) {
    size_t cell = cell_of(s->nodes[n].at);
    s->nodes[n].cell_next = s->cells[cell];
    s->cells[cell] = n;
}

static void cell_remove(shape *s, uint32_t n) {
    uint32_t *link = &s->cells[cell_of(s->nodes[n].at)];
    while (*link != n) {
        link = &s->nodes[*link].cell_next;
    }
    *link = s->nodes[n].cell_next;
}

/* ---- plane geometry about a point, in metres -------------------------------- */

typedef struct flat {
    double x, y;
} flat;

static flat to_flat(dro_point origin, dro_point p) {
    double dx = p.lon_deg - origin.lon_deg;
    dx = dx > 180.0 ? dx - 360.0 : (dx < -180.0 ? dx + 360.0 : dx);
    return (flat){dx * M_PER_DEG * cos(origin.lat_deg * DEG),
                  (p.lat_deg - origin.lat_deg) * M_PER_DEG};
}

static dro_point from_flat(dro_point origin, flat f) {
    double lon = origin.lon_deg + f.x / (M_PER_DEG * cos(origin.lat_deg * DEG));
    lon = lon > 180.0 ? lon - 360.0 : (lon < -180.0 ? lon + 360.0 : lon);
    return (dro_point){origin.lat_deg + f.y / M_PER_DEG, lon};
}

static double flat_cross(flat a, flat b, flat c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static double flat_distance(flat a, flat b) {
    return hypot(a.x - b.x, a.y - b.y);
}

/* ---- is a triangle of water empty? ------------------------------------------ */

static bool inside(const dro_vec t[3], dro_vec p) {
    return dro_geo_orient(t[0], t[1], p) >= 0 && dro_geo_orient(t[1], t[2], p) >= 0 &&
           dro_geo_orient(t[2], t[0], p) >= 0;
}

static bool properly_cross(dro_vec a, dro_vec b, dro_vec c, dro_vec d) {
    return dro_geo_orient(a, b, c) * dro_geo_orient(a, b, d) < 0 &&
           dro_geo_orient(c, d, a) * dro_geo_orient(c, d, b) < 0;
}

static bool apart(double a, double b, double c, double p, double q) {
    return (p < a && p < b && p < c && q < a && q < b && q < c) ||
           (p > a && p > b && p > c && q > a && q > b && q > c);
}

static bool node_blocks(const shape *s, uint32_t n, const dro_vec t[3],
                        const uint32_t own[4]) {
    const node *p = &s->nodes[n];
    dro_vec e = s->nodes[p->next].vec;
    if (apart(t[0].x, t[1].x, t[2].x, p->vec.x, e.x) ||
        apart(t[0].y, t[1].y, t[2].y, p->vec.y, e.y) ||
        apart(t[0].z, t[1].z, t[2].z, p->vec.z, e.z)) {
        return false;
    }
    if (n != own[0] && n != own[1] && n != own[2] && n != own[3] && inside(t, p->vec)) {
        return true;
    }
    for (int i = 0; i < 4; i++) {
        if (n == own[i] || p->next == own[i]) {
            return false; /* an edge at the step's own vertices */
        }
    }
    return properly_cross(t[0], t[1], p->vec, e) ||
           properly_cross(t[1], t[2], p->vec, e) ||
           properly_cross(t[2], t[0], p->vec, e);
}

static bool cell_blocks(const shape *s, size_t cell, const dro_vec t[3],
                        const uint32_t own[4]) {
    for (uint32_t n = s->cells[cell]; n != NONE; n = s->nodes[n].cell_next) {
        if (node_blocks(s, n, t, own)) {
            return true;
        }
    }
    return false;
}

/* Looks at every edge that begins within LONGEST_M of the triangle. */
static bool empty(const shape *s, const dro_vec t[3], const uint32_t own[4]) {
    dro_point at = dro_geo_to_point(t[0]);
    double reach = (LONGEST_M + 4.0 * s->tolerance_m) / M_PER_DEG;
    double c = fmax(cos((fabs(at.lat_deg) + reach) * DEG), 0.01);
    int y0 = (int)((at.lat_deg + 90.0 - reach) / CELL_DEG);
    int y1 = (int)((at.lat_deg + 90.0 + reach) / CELL_DEG);
    int x0 = (int)floor((at.lon_deg + 180.0 - reach / c) / CELL_DEG);
    int x1 = (int)floor((at.lon_deg + 180.0 + reach / c) / CELL_DEG);
    for (int y = y0 < 0 ? 0 : y0; y <= y1 && y < CELLS_Y; y++) {
        for (int x = x0; x <= x1; x++) {
            size_t column = (size_t)((x % CELLS_X + CELLS_X) % CELLS_X);
            if (cell_blocks(s, (size_t)y * CELLS_X + column, t, own)) {
                return false;
            }
        }
    }
    return true;
}

/* ---- the two steps ---------------------------------------------------------- */

/* Cost of cutting off the notch at b, or INFINITY. Water is on the left, so a left
 * turn at b means that the chord from a to c runs through water. */
static double notch_cost(const shape *s, uint32_t b) {
    const node *n = &s->nodes[b];
    const node *p = &s->nodes[n->prev], *q = &s->nodes[n->next];
    flat o = {0, 0}, a = to_flat(n->at, p->at), c = to_flat(n->at, q->at);
    double chord = flat_distance(a, c);
    if (n->fixed || n->next == n->prev || q->next == n->prev || chord > LONGEST_M ||
        dro_geo_orient(p->vec, n->vec, q->vec) < 0) {
        return (double)INFINITY;
    }
    double height = chord > 0.0 ? fabs(flat_cross(a, o, c)) / chord : 0.0;
    return height + fmax(p->moved_m, n->moved_m);
}

/* Where the edges before b and after c meet, if the edge b -> c is a blunt corner of
 * land: both turns to the right. */
static bool meeting_point(const shape *s, uint32_t b, flat *out, double *cost) {
    const node *nb = &s->nodes[b], *nc = &s->nodes[nb->next];
    const node *na = &s->nodes[nb->prev], *nd = &s->nodes[nc->next];
    if (nb->fixed || nc->fixed || nb->prev == nc->next || nc->next == b ||
        dro_geo_orient(na->vec, nb->vec, nc->vec) >= 0 ||
        dro_geo_orient(nb->vec, nc->vec, nd->vec) >= 0) {
        return false;
    }
    flat o = {0, 0}, a = to_flat(nb->at, na->at), c = to_flat(nb->at, nc->at),
         d = to_flat(nb->at, nd->at);
    /* o - a extended beyond o meets d - c extended beyond c */
    double ux = -a.x, uy = -a.y, vx = c.x - d.x, vy = c.y - d.y;
    double det = ux * vy - uy * vx;
    if (det <= 1e-9 * hypot(ux, uy) * hypot(vx, vy)) {
        return false; /* parallel, or they part */
    }
    double t = (c.x * vy - c.y * vx) / det;
    *out = (flat){o.x + t * ux, o.y + t * uy};
    double edge = flat_distance(o, c);
    *cost = nb->moved_m + (edge > 0.0 ? fabs(flat_cross(o, c, *out)) / edge : 0.0);
    return t >= 0.0 && flat_distance(*out, a) < LONGEST_M &&
           flat_distance(*out, d) < LONGEST_M &&
           flat_distance(*out, o) < 6.0 * s->tolerance_m &&
           flat_distance(*out, c) < 6.0 * s->tolerance_m;
}

static dro_status consider(shape *s, uint32_t b, dro_error *error) {
    flat at = {0.0, 0.0};
    double corner = (double)INFINITY, notch = notch_cost(s, b);
    if (!meeting_point(s, b, &at, &corner)) {
        corner = (double)INFINITY;
    }
    float cost = (float)fmin(notch, corner);
    if (cost == s->nodes[b].cost) {
        return DRO_OK; /* stands in the heap already */
    }
    s->nodes[b].cost = cost;
    return cost <= (float)s->tolerance_m ? heap_push(&s->heap, cost, b, error) : DRO_OK;
}

static dro_status reconsider(shape *s, uint32_t n, dro_error *error) {
    for (int back = 0; back < 2; back++) {
        n = s->nodes[n].prev;
    }
    for (int i = 0; i < 5; i++) {
        DRO_TRY(consider(s, n, error));
        n = s->nodes[n].next;
    }
    return DRO_OK;
}

static void unlink_node(shape *s, uint32_t b) {
    node *n = &s->nodes[b];
    cell_remove(s, b);
    s->nodes[n->prev].next = n->next;
    s->nodes[n->next].prev = n->prev;
    n->dead = true;
}

static dro_status cut_notch(shape *s, uint32_t b, double cost, dro_error *error) {
    const node *n = &s->nodes[b];
    uint32_t p = n->prev, q = n->next;
    dro_vec t[3] = {s->nodes[p].vec, n->vec, s->nodes[q].vec};
    uint32_t own[4] = {p, b, q, q};
    if (dro_geo_orient(t[0], t[1], t[2]) > 0 && !empty(s, t, own)) {
        return DRO_OK;
    }
    unlink_node(s, b);
    s->nodes[p].moved_m = cost;
    return reconsider(s, p, error);
}

/* c moves to the meeting point, b goes. */
static dro_status sharpen(shape *s, uint32_t b, flat at, double cost,
                          dro_error *error) {
    uint32_t c = s->nodes[b].next;
    dro_point place = from_flat(s->nodes[b].at, at);
    dro_vec p = dro_geo_to_vec(place);
    dro_vec t[3] = {s->nodes[b].vec, p, s->nodes[c].vec};
    uint32_t own[4] = {s->nodes[b].prev, b, c, s->nodes[c].next};
    /* b, p, c must turn right as seen along the outline: the triangle is c, p, b */
    dro_vec ccw[3] = {t[2], t[1], t[0]};
    if (dro_geo_orient(ccw[0], ccw[1], ccw[2]) <= 0 || !empty(s, ccw, own)) {
        return DRO_OK;
    }
    unlink_node(s, b);
    node *before = &s->nodes[s->nodes[c].prev];
    before->moved_m = fmax(before->moved_m, cost);
    s->nodes[c].moved_m = fmax(s->nodes[c].moved_m, cost);
    cell_remove(s, c);
    s->nodes[c].at = place;
    s->nodes[c].vec = p;
    cell_add(s, c);
    return reconsider(s, c, error);
}

static dro_status take_step(shape *s, uint32_t b, dro_error *error) {
    flat at = {0.0, 0.0};
    double corner = (double)INFINITY, notch = notch_cost(s, b);
    if (!meeting_point(s, b, &at, &corner)) {
        corner = (double)INFINITY;
    }
    if (notch <= s->tolerance_m && notch <= corner) {
        return cut_notch(s, b, notch, error);
    }
    return corner <= s->tolerance_m ? sharpen(s, b, at, corner, error) : DRO_OK;
}

/* ---- in and out ------------------------------------------------------------- */

/* A vertex where several outlines meet becomes one node for each of its edges; the
 * pairing there is any, and such nodes stay. */
static dro_status read_outline(shape *s, const outline *o, dro_error *error) {
    uint32_t *first = NULL;
    size_t n = o->edge_count;
    DRO_TRY(dro_new((void **)&s->nodes, n, sizeof *s->nodes, "outline", error));
    s->count = n;
    DRO_TRY(dro_new((void **)&first, o->point_count, sizeof *first, "outline", error));
    memset(first, 0xff, o->point_count * sizeof *first);
    for (size_t i = 0; i < n; i++) { /* node i is the start of edge i */
        uint32_t a = o->edges[i][0];
        s->nodes[i].at = o->points[a];
        s->nodes[i].vec = dro_geo_to_vec(o->points[a]);
        s->nodes[i].cell_next = first[a]; /* borrowed for the list of edges at a */
        s->nodes[i].prev = NONE;
        s->nodes[i].cost = -1.0f;
        first[a] = (uint32_t)i;
    }
    dro_status status = DRO_OK;
    for (size_t i = 0; status == DRO_OK && i < n; i++) {
        uint32_t b = first[o->edges[i][1]];
        while (b != NONE && s->nodes[b].prev != NONE) {
            b = s->nodes[b].cell_next;
        }
        if (b == NONE) {
            status = dro_fail(error, DRO_INTERNAL, "outline does not close");
            break;
        }
        s->nodes[i].next = b;
        s->nodes[b].prev = (uint32_t)i;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t head = first[o->edges[i][0]];
        s->nodes[i].fixed = s->nodes[head].cell_next != NONE;
    }
    dro_free(first);
    return status;
}

static dro_status write_outline(const shape *s, outline *o, dro_error *error) {
    outline fresh = {0};
    uint32_t *id = NULL;
    dro_status status = dro_new((void **)&id, s->count, sizeof *id, "outline", error);
    for (size_t i = 0; status == DRO_OK && i < s->count; i++) {
        if (s->nodes[i].dead || s->nodes[s->nodes[i].next].next == i) {
            id[i] = NONE; /* gone, or one of a pair that encloses nothing */
            continue;
        }
        status = DRO_RESERVE(fresh.points, fresh.point_capacity, fresh.point_count + 1,
                             error);
        if (status == DRO_OK) {
            id[i] = (uint32_t)fresh.point_count;
            fresh.points[fresh.point_count++] = s->nodes[i].at;
        }
    }
    for (size_t i = 0; status == DRO_OK && i < s->count; i++) {
        if (id[i] != NONE) {
            status = DRO_RESERVE(fresh.edges, fresh.edge_capacity, fresh.edge_count + 1,
                                 error);
        }
        if (status == DRO_OK && id[i] != NONE) {
            fresh.edges[fresh.edge_count][0] = id[i];
            fresh.edges[fresh.edge_count++][1] = id[s->nodes[i].next];
        }
    }
    dro_free(id);
    if (status == DRO_OK) {
        outline_free(o);
        *o = fresh;
    } else {
        outline_free(&fresh);
    }
    return status;
}

static dro_status run(shape *s, dro_error *error) {
    for (size_t i = 0; i < s->count; i++) {
        cell_add(s, (uint32_t)i);
    }
    for (size_t i = 0; i < s->count; i++) {
        DRO_TRY(consider(s, (uint32_t)i, error));
    }
    while (s->heap.count) {
        heap_entry e = heap_pop(&s->heap);
        if (!s->nodes[e.item].dead && s->nodes[e.item].cost == e.key) {
            s->nodes[e.item].cost = -1.0f;
            DRO_TRY(take_step(s, e.item, error));
        }
    }
    return DRO_OK;
}

dro_status outline_simplify(outline *o, double tolerance_m, dro_error *error) {
    shape s = {.tolerance_m = tolerance_m};
    dro_status status = read_outline(&s, o, error);
    DRO_TRY_GOTO(status, done);
    DRO_TRY_GOTO(dro_new((void **)&s.cells, (size_t)CELLS_X * CELLS_Y, sizeof *s.cells,
                         "cells", error),
                 done);
    memset(s.cells, 0xff, (size_t)CELLS_X * CELLS_Y * sizeof *s.cells);
    DRO_TRY_GOTO(run(&s, error), done);
    status = write_outline(&s, o, error);
done:
    dro_free(s.nodes);
    dro_free(s.cells);
    heap_free(&s.heap);
    return status;
}
