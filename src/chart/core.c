/*
 * The core of the water.
 *
 * Water triangles form a graph over their open sides. Triangles with one open side are
 * peeled off again and again: what goes are dead-end bays, which no shortest way
 * between points outside them enters. A corner is a vertex of the core at which what
 * is not core water (land, a peeled bay, or a shoal, which some ships must go round)
 * takes less than half a turn.
 */
#include "chart/core.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- shoals ---------------------------------------------------------------------- */

static int falling(const void *a, const void *b) {
    float p = *(const float *)a, q = *(const float *)b;
    return (p < q) - (p > q);
}

static dro_status add_depth(core *c, size_t *capacity, double depth, dro_error *error) {
    for (size_t i = 0; i < c->depth_count; i++) {
        if (c->depths[i] == (float)depth) {
            return DRO_OK;
        }
    }
    DRO_TRY(DRO_RESERVE(c->depths, *capacity, c->depth_count + 1, error));
    c->depths[c->depth_count++] = (float)depth;
    return DRO_OK;
}

static dro_status list_depths(core *c, const dro_atlas *atlas, const lines *l,
                              dro_error *error) {
    size_t capacity = 0, count = 0;
    const dro_shoal *shoals = dro_atlas_shoals(atlas, &count);
    DRO_TRY(add_depth(c, &capacity, (double)INFINITY, error));
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(add_depth(c, &capacity, shoals[i].depth_m, error));
    }
    for (size_t i = 0; i < l->count; i++) {
        DRO_TRY(add_depth(c, &capacity, l->items[i].depth_m, error));
    }
    if (c->depth_count > 255) {
        return dro_fail(error, DRO_LIMIT, "%zu different depths; at most 255",
                        c->depth_count);
    }
    qsort(c->depths, c->depth_count, sizeof *c->depths, falling);
    return DRO_OK;
}

uint8_t core_depth_class(const core *c, double depth_m) {
    size_t i = 0;
    while (i + 1 < c->depth_count && c->depths[i] > (float)depth_m) {
        i++;
    }
    return (uint8_t)i;
}

static dro_vec centre_of(const mesh *m, uint32_t t) {
    const mesh_triangle *tri = &m->triangles[t];
    dro_vec a = m->vertices[tri->v[0]], b = m->vertices[tri->v[1]],
            c = m->vertices[tri->v[2]];
    return dro_geo_quantise(
        (dro_vec){a.x + b.x + c.x, a.y + b.y + c.y, a.z + b.z + c.z});
}

typedef struct disc {
    dro_vec centre;
    double cosine; /* of its radius */
} disc;

static disc disc_of(const dro_vec *points, size_t count) {
    dro_vec sum = {0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        sum = (dro_vec){sum.x + points[i].x, sum.y + points[i].y, sum.z + points[i].z};
    }
    disc d = {dro_geo_quantise(sum), 1.0};
    for (size_t i = 0; i < count; i++) {
        d.cosine = fmin(d.cosine, cos(dro_geo_angle(d.centre, points[i]) * 1.001));
    }
    return d;
}

static dro_status mark_shoal(core *c, const water *w, const dro_shoal *shoal,
                             dro_error *error) {
    dro_vec *points = NULL;
    DRO_TRY(dro_new((void **)&points, shoal->count, sizeof *points, "shoal", error));
    for (size_t i = 0; i < shoal->count; i++) {
        points[i] = dro_geo_to_vec(shoal->points[i]);
    }
    disc d = disc_of(points, shoal->count);
    uint8_t class = core_depth_class(c, shoal->depth_m);
    for (uint32_t t = 0; t < w->mesh.triangle_count; t++) {
        if (!w->wet[t] || c->depth[t] >= class) {
            continue;
        }
        dro_vec p = w->mesh.vertices[w->mesh.triangles[t].v[0]];
        double far = p.x * d.centre.x + p.y * d.centre.y + p.z * d.centre.z;
        if (far < d.cosine - 1e-9) {
            continue; /* a triangle in the shoal has all its corners in its disc */
        }
        if (dro_geo_ring_contains((dro_ring){points, shoal->count},
                                  centre_of(&w->mesh, t))) {
            c->depth[t] = class;
        }
    }
    dro_free(points);
    return DRO_OK;
}

static void mark_gates(core *c, const mesh *m) {
    for (size_t t = 0; t < m->triangle_count; t++) {
        const mesh_triangle *tri = &m->triangles[t];
        for (int i = 0; i < 3; i++) {
            if (tri->tag[i] >= MESH_TAG_GATE) {
                c->on_gate[tri->v[mesh_next(i)]] = c->on_gate[tri->v[mesh_prev(i)]] = 1;
            }
        }
    }
}

/* ---- peeling ---------------------------------------------------------------- */

static int open_sides(const core *c, const mesh *m, uint32_t t, int *way_out) {
    int count = 0;
    for (int i = 0; i < 3; i++) {
        uint32_t u = m->triangles[t].n[i];
        if (m->triangles[t].tag[i] != MESH_TAG_WALL && c->state[u] == SIGHT_CORE) {
            count++;
            *way_out = i;
        }
    }
    return count;
}

static bool held(const core *c, const mesh *m, uint32_t t) {
    const mesh_triangle *tri = &m->triangles[t];
    const uint32_t *v = tri->v;
    /* a way round a shoal or a gate inside a bay needs the corners there */
    bool marked = c->depth[t] != 0;
    for (int i = 0; i < 3; i++) {
        marked = marked || tri->tag[i] >= MESH_TAG_SHOAL;
    }
    return marked || c->anchored[v[0]] || c->anchored[v[1]] || c->anchored[v[2]];
}

static void peel(core *c, const mesh *m) {
    for (uint32_t t = 0; t < m->triangle_count; t++) {
        uint32_t at = t;
        int out = 3;
        while (c->state[at] == SIGHT_CORE && !held(c, m, at) &&
               open_sides(c, m, at, &out) <= 1) {
            c->state[at] = SIGHT_BAY;
            c->way_out[at] = (uint8_t)out;
            if (out == 3) {
                break;
            }
            at = m->triangles[at].n[out]; /* that one may be a dead end now */
            out = 3;
        }
    }
}

/* ---- corners ---------------------------------------------------------------- */

/* Triangles around a vertex, counter-clockwise; at most `most`. */
static size_t fan(const mesh *m, uint32_t vertex, uint32_t *around, size_t most) {
    uint32_t start = m->vertex_triangle[vertex], t = start;
    size_t n = 0;
    do {
        around[n++] = t;
        const mesh_triangle *tri = &m->triangles[t];
        t = tri->n[mesh_next(mesh_corner(tri, vertex))];
    } while (t != start && n < most);
    return n;
}

static uint32_t first_ray(const mesh *m, uint32_t t, uint32_t vertex) {
    return m->triangles[t].v[mesh_next(mesh_corner(&m->triangles[t], vertex))];
}

static uint32_t last_ray(const mesh *m, uint32_t t, uint32_t vertex) {
    return m->triangles[t].v[mesh_prev(mesh_corner(&m->triangles[t], vertex))];
}

static void add_sector(core *c, const mesh *m, uint32_t vertex, uint32_t first,
                       uint32_t last) {
    if (dro_geo_orient(m->vertices[vertex], m->vertices[first], m->vertices[last]) <=
        0) {
        return; /* half a turn or more: nothing bends round it */
    }
    core_sector *s = c->sectors[vertex];
    for (int i = 0; i < c->sector_count[vertex]; i++) {
        if (s[i].first == first && s[i].last == last) {
            return;
        }
    }
    if (c->sector_count[vertex] < CORE_SECTORS_MAX) {
        s[c->sector_count[vertex]++] = (core_sector){first, last};
    } else {
        c->anchored[vertex] = 1; /* free to turn, whatever lies around */
    }
}

#define FAN_MAX 4096

/* blocked[i]: is the i-th triangle of the fan closed? Adds each closed run. */
static void add_runs(core *c, const mesh *m, uint32_t vertex, const uint32_t *around,
                     const bool *blocked, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (!blocked[i] || blocked[(i + n - 1) % n]) {
            continue;
        }
        size_t length = 1;
        while (length < n && blocked[(i + length) % n]) {
            length++;
        }
        /* a run of a triangle or more can exceed half a turn though its ends do not
         * show it: then the middle ray lies outside the wedge of the ends */
        uint32_t first = first_ray(m, around[i], vertex);
        uint32_t last = last_ray(m, around[(i + length - 1) % n], vertex);
        uint32_t middle = last_ray(m, around[(i + (length - 1) / 2) % n], vertex);
        if (length == 1 || middle == last ||
            (dro_geo_orient(m->vertices[vertex], m->vertices[first],
                            m->vertices[middle]) > 0 &&
             dro_geo_orient(m->vertices[vertex], m->vertices[middle],
                            m->vertices[last]) > 0)) {
            add_sector(c, m, vertex, first, last);
        }
    }
}

/* The next depth class of the fan after `class`, or 0. */
static uint8_t next_depth(const core *c, const uint32_t *around, size_t n,
                          uint8_t class) {
    uint8_t next = 0;
    for (size_t i = 0; i < n; i++) {
        uint8_t depth = c->state[around[i]] == SIGHT_CORE ? c->depth[around[i]] : 0;
        if (depth > class && (next == 0 || depth < next)) {
            next = depth;
        }
    }
    return next;
}

/* What is closed to a ship that floats over the shoals below depth class `closed`, with
 * and without the land: a way out of a bay may bend round a shoal at its door. */
static void add_shoal_runs(core *c, const mesh *m, uint32_t vertex,
                           const uint32_t *around, size_t n, uint8_t closed) {
    bool blocked[FAN_MAX];
    for (size_t i = 0; i < n; i++) {
        blocked[i] = c->state[around[i]] != SIGHT_CORE || c->depth[around[i]] >= closed;
    }
    add_runs(c, m, vertex, around, blocked, n);
    for (size_t i = 0; i < n; i++) {
        blocked[i] = c->state[around[i]] == SIGHT_CORE && c->depth[around[i]] >= closed;
    }
    add_runs(c, m, vertex, around, blocked, n);
}

/* Shoals of several depths may lie in one another: each draught has corners of its
 * own. */
static void find_sectors(core *c, const mesh *m, uint32_t vertex) {
    uint32_t around[FAN_MAX];
    bool blocked[FAN_MAX];
    size_t n = fan(m, vertex, around, FAN_MAX);
    bool core_here = false;
    for (size_t i = 0; i < n; i++) {
        blocked[i] = c->state[around[i]] != SIGHT_CORE;
        core_here = core_here || !blocked[i];
    }
    if (!core_here) {
        return;
    }
    if (n == FAN_MAX) { /* not looked at all round */
        c->anchored[vertex] = 1;
        return;
    }
    add_runs(c, m, vertex, around, blocked, n);
    for (uint8_t d = next_depth(c, around, n, 0); d; d = next_depth(c, around, n, d)) {
        add_shoal_runs(c, m, vertex, around, n, d);
    }
}

bool core_taut(const core *c, const dro_vec *vertices, uint32_t vertex,
               dro_vec towards) {
    if (c->anchored[vertex]) {
        return true;
    }
    for (int i = 0; i < c->sector_count[vertex]; i++) {
        core_sector s = c->sectors[vertex][i];
        int a = dro_geo_orient(vertices[vertex], towards, vertices[s.first]);
        int b = dro_geo_orient(vertices[vertex], towards, vertices[s.last]);
        if (a * b >= 0) {
            return true;
        }
    }
    return false;
}

/* ---- all together ----------------------------------------------------------- */

static dro_status make_arrays(core *c, const mesh *m, dro_error *error) {
    DRO_TRY(dro_new((void **)&c->state, m->triangle_count, 1, "core", error));
    DRO_TRY(dro_new((void **)&c->way_out, m->triangle_count, 1, "core", error));
    memset(c->way_out, 3, m->triangle_count);
    DRO_TRY(dro_new((void **)&c->depth, m->triangle_count, 1, "core", error));
    DRO_TRY(dro_new((void **)&c->on_gate, m->vertex_count, 1, "core", error));
    DRO_TRY(dro_new((void **)&c->anchored, m->vertex_count, 1, "core", error));
    DRO_TRY(dro_new((void **)&c->sector_count, m->vertex_count, 1, "core", error));
    return dro_new((void **)&c->sectors, m->vertex_count, sizeof *c->sectors, "core",
                   error);
}

dro_status core_build(const water *w, const unsigned char *reached,
                      const dro_atlas *atlas, const lines *l, const uint32_t *anchors,
                      size_t anchor_count, core *out, dro_error *error) {
    core c = {0};
    const mesh *m = &w->mesh;
    size_t shoal_count = 0;
    const dro_shoal *shoals = dro_atlas_shoals(atlas, &shoal_count);
    dro_status status = make_arrays(&c, m, error);
    DRO_TRY_GOTO(status, fail);
    DRO_TRY_GOTO(list_depths(&c, atlas, l, error), fail);
    for (size_t i = 0; i < shoal_count; i++) {
        DRO_TRY_GOTO(mark_shoal(&c, w, &shoals[i], error), fail);
    }
    for (size_t i = 0; i < anchor_count; i++) {
        c.anchored[anchors[i]] = 1;
    }
    for (uint32_t t = 0; t < m->triangle_count; t++) {
        bool sea = w->wet[t] && reached[w->component[t]];
        c.state[t] = sea ? SIGHT_CORE : SIGHT_LAND;
    }
    mark_gates(&c, m);
    peel(&c, m);
    for (uint32_t v = 0; v < m->vertex_count; v++) {
        find_sectors(&c, m, v);
    }
    *out = c;
    return DRO_OK;
fail:
    core_free(&c);
    return status;
}

void core_free(core *c) {
    dro_free(c->state);
    dro_free(c->way_out);
    dro_free(c->depth);
    dro_free(c->depths);
    dro_free(c->sectors);
    dro_free(c->sector_count);
    dro_free(c->anchored);
    dro_free(c->on_gate);
    *c = (core){0};
}
