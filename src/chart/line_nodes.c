/*
 * Which points of the lines are nodes of the graph: their ends, points that several
 * lines share, and points at which a line enters or leaves navigable water. Those that
 * lie in navigable water become vertices of the mesh, so that they are seen.
 */
#include <math.h>
#include <string.h>

#include "chart/graph.h"

typedef struct point_table {
    uint64_t *keys;
    uint32_t *uses; /* by how many lines */
    uint32_t *last; /* the last line that counted */
    size_t mask;
} point_table;

static uint64_t point_key(dro_point p) {
    double pair[2] = {p.lat_deg, p.lon_deg};
    return dro_hash64(pair, sizeof pair, 7) | 1u;
}

static size_t slot_of(const point_table *t, dro_point p) {
    uint64_t key = point_key(p);
    size_t slot = key & t->mask;
    while (t->keys[slot] && t->keys[slot] != key) {
        slot = (slot + 1) & t->mask;
    }
    t->keys[slot] = key;
    return slot;
}

static dro_status table_create(point_table *t, size_t points, dro_error *error) {
    size_t size = 1024;
    while (size < 4 * points) {
        size *= 2;
    }
    t->mask = size - 1;
    DRO_TRY(dro_new((void **)&t->keys, size, sizeof *t->keys, "lines", error));
    DRO_TRY(dro_new((void **)&t->uses, size, sizeof *t->uses, "lines", error));
    DRO_TRY(dro_new((void **)&t->last, size, sizeof *t->last, "lines", error));
    return DRO_OK;
}

static void table_free(point_table *t) {
    dro_free(t->keys);
    dro_free(t->uses);
    dro_free(t->last);
}

static void count_uses(point_table *t, const lines *l) {
    for (size_t i = 0; i < l->count; i++) {
        for (size_t k = 0; k < l->items[i].count; k++) {
            size_t slot = slot_of(t, l->items[i].points[k]);
            if (t->last[slot] != i + 1) {
                t->last[slot] = (uint32_t)(i + 1);
                t->uses[slot]++;
            }
        }
    }
}

static bool afloat(const water *w, const unsigned char *reached, dro_point p,
                   uint32_t *hint) {
    uint32_t c = water_at(w, dro_geo_to_vec(p), hint);
    return c != MESH_NONE && reached[c];
}

static void mark_line(const water *w, const unsigned char *reached, const line *l,
                      const point_table *t, uint8_t *is_node, uint8_t *wet,
                      uint32_t *hint) {
    for (size_t k = 0; k < l->count; k++) {
        wet[k] = afloat(w, reached, l->points[k], hint);
    }
    for (size_t k = 0; k < l->count; k++) {
        bool turns = (k > 0 && wet[k - 1] != wet[k]) ||
                     (k + 1 < l->count && wet[k + 1] != wet[k]);
        is_node[k] = k == 0 || k + 1 == l->count || (wet[k] && turns) ||
                     t->uses[slot_of(t, l->points[k])] > 1;
    }
}

static dro_status add_anchor(line_nodes *n, uint32_t vertex, dro_error *error) {
    DRO_TRY(DRO_RESERVE(n->anchors, n->anchor_capacity, n->anchor_count + 1, error));
    n->anchors[n->anchor_count++] = vertex;
    return DRO_OK;
}

/* Marks first, inserts after: inserting moves triangles about. */
static dro_status insert_nodes(water *w, const lines *l, const uint8_t *wet,
                               line_nodes *n, dro_error *error) {
    for (size_t i = 0; i < l->count; i++) {
        for (size_t k = 0; k < l->items[i].count; k++) {
            size_t at = n->first[i] + k;
            n->vertex[at] = MESH_NONE;
            if (n->is_node[at] && wet[at]) {
                DRO_TRY(mesh_insert(&w->mesh, dro_geo_to_vec(l->items[i].points[k]),
                                    &n->vertex[at], error));
                DRO_TRY(add_anchor(n, n->vertex[at], error));
            }
        }
    }
    return DRO_OK;
}

/* ---- bends of gates ---------------------------------------------------------------
 */

static const double BESIDE_M = 25.0;

/* A point beside b, away from (side 1) or inside (-1) the bend from a to c. */
static dro_vec beside(dro_vec a, dro_vec b, dro_vec c, double side) {
    double to_a = dro_geo_angle(b, a), to_c = dro_geo_angle(b, c);
    dro_vec u = {(a.x - b.x) / to_a + (c.x - b.x) / to_c,
                 (a.y - b.y) / to_a + (c.y - b.y) / to_c,
                 (a.z - b.z) / to_a + (c.z - b.z) / to_c};
    double length = sqrt(u.x * u.x + u.y * u.y + u.z * u.z);
    double step = side * BESIDE_M / DRO_EARTH_RADIUS_M / fmax(length, 1e-9);
    return dro_geo_quantise(
        (dro_vec){b.x - step * u.x, b.y - step * u.y, b.z - step * u.z});
}

/* A closed gate is a wall, and a shortest way may turn at its bend: on either side. */
static dro_status add_bends(water *w, const unsigned char *reached,
                            const dro_atlas *atlas, line_nodes *n, dro_error *error) {
    size_t count = 0;
    uint32_t hint = 0;
    const dro_passage *p = dro_atlas_passages(atlas, &count);
    dro_vec *points = NULL;
    size_t total = 0, capacity = 0;
    dro_status status = DRO_OK;
    for (size_t i = 0; i < count; i++) {
        for (size_t g = 0; g < p[i].gate_count; g++) {
            const dro_gate *gate = &p[i].gates[g];
            for (size_t k = 1; k + 1 < gate->count; k++) {
                dro_vec a = dro_geo_to_vec(gate->points[k - 1]);
                dro_vec b = dro_geo_to_vec(gate->points[k]);
                dro_vec c = dro_geo_to_vec(gate->points[k + 1]);
                DRO_TRY_GOTO(DRO_RESERVE(points, capacity, total + 2, error), done);
                points[total++] = beside(a, b, c, 1.0);
                points[total++] = beside(a, b, c, -1.0);
            }
        }
    }
    for (size_t i = 0; i < total; i++) { /* which are afloat, before anything moves */
        uint32_t component = water_at(w, points[i], &hint);
        if (component == MESH_NONE || !reached[component]) {
            points[i] = (dro_vec){0.0, 0.0, 0.0};
        }
    }
    for (size_t i = 0; i < total; i++) {
        uint32_t vertex = 0;
        if (points[i].x == 0.0 && points[i].y == 0.0 && points[i].z == 0.0) {
            continue;
        }
        DRO_TRY_GOTO(mesh_insert(&w->mesh, points[i], &vertex, error), done);
        DRO_TRY_GOTO(add_anchor(n, vertex, error), done);
    }
done:
    dro_free(points);
    return status;
}

dro_status line_nodes_find(water *w, const unsigned char *reached,
                           const dro_atlas *atlas, const lines *l, line_nodes *out,
                           dro_error *error) {
    line_nodes n = {0};
    point_table table = {0};
    uint8_t *wet = NULL;
    uint32_t hint = 0;
    dro_status status =
        dro_new((void **)&n.first, l->count + 1, sizeof *n.first, "lines", error);
    DRO_TRY_GOTO(status, done);
    for (size_t i = 0; i < l->count; i++) {
        n.first[i + 1] = n.first[i] + l->items[i].count;
    }
    size_t points = n.first[l->count];
    DRO_TRY_GOTO(dro_new((void **)&n.vertex, points, sizeof *n.vertex, "lines", error),
                 done);
    DRO_TRY_GOTO(dro_new((void **)&n.is_node, points, 1, "lines", error), done);
    DRO_TRY_GOTO(dro_new((void **)&wet, points, 1, "lines", error), done);
    DRO_TRY_GOTO(table_create(&table, points, error), done);
    count_uses(&table, l);
    for (size_t i = 0; i < l->count; i++) {
        mark_line(w, reached, &l->items[i], &table, n.is_node + n.first[i],
                  wet + n.first[i], &hint);
    }
    DRO_TRY_GOTO(insert_nodes(w, l, wet, &n, error), done);
    if (atlas) {
        DRO_TRY_GOTO(add_bends(w, reached, atlas, &n, error), done);
    }
    *out = n;
    n = (line_nodes){0};
done:
    table_free(&table);
    dro_free(wet);
    line_nodes_free(&n);
    return status;
}

void line_nodes_free(line_nodes *n) {
    dro_free(n->vertex);
    dro_free(n->is_node);
    dro_free(n->first);
    dro_free(n->anchors);
    *n = (line_nodes){0};
}
