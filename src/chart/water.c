/*
 * From outline to triangulated water: vertices of the outline, of shoals and gates, a
 * coarse net of points over the open ocean (so that no triangle is huge), then all
 * lines as constraints, then a flood fill from the outline's water side.
 */
#include "chart/water.h"

#include <math.h>
#include <string.h>

#include "chart/order.h"

#define NET_POINTS 600 /* a point about every 9 degrees */

static dro_status insert_outline(const outline *o, water *w, dro_error *error) {
    uint32_t *id = NULL;
    DRO_TRY(dro_new((void **)&id, o->point_count, sizeof *id, "outline", error));
    dro_status status =
        dro_new((void **)&w->walls, o->edge_count, sizeof *w->walls, "outline", error);
    if (status == DRO_OK) {
        status = dro_new((void **)&w->wall_component, o->edge_count,
                         sizeof *w->wall_component, "outline", error);
    }
    for (size_t i = 0; status == DRO_OK && i < o->point_count; i++) {
        status = mesh_insert(&w->mesh, dro_geo_to_vec(o->points[i]), &id[i], error);
    }
    for (size_t i = 0; status == DRO_OK && i < o->edge_count; i++) {
        uint32_t a = id[o->edges[i][0]], b = id[o->edges[i][1]];
        if (a != b) {
            w->walls[w->wall_count][0] = a;
            w->walls[w->wall_count++][1] = b;
        }
    }
    dro_free(id);
    return status;
}

/* Fibonacci's lattice: even over the sphere, without symmetry to the axes. */
static dro_status insert_net(water *w, dro_error *error) {
    const double golden = 2.39996322972865332;
    for (int i = 0; i < NET_POINTS; i++) {
        double z = 1.0 - (2.0 * i + 1.0) / NET_POINTS;
        double r = sqrt(1.0 - z * z);
        dro_vec v = {r * cos(golden * i), r * sin(golden * i), z};
        uint32_t id = 0;
        DRO_TRY(mesh_insert(&w->mesh, dro_geo_quantise(v), &id, error));
    }
    return DRO_OK;
}

static dro_status constrain_line(water *w, const dro_point *points, size_t count,
                                 bool closed, uint8_t tag, dro_error *error) {
    uint32_t first = 0, before = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t v = 0;
        DRO_TRY(mesh_insert(&w->mesh, dro_geo_to_vec(points[i]), &v, error));
        if (i > 0) {
            DRO_TRY(mesh_constrain(&w->mesh, before, v, tag, error));
        } else {
            first = v;
        }
        before = v;
    }
    return closed ? mesh_constrain(&w->mesh, before, first, tag, error) : DRO_OK;
}

static dro_status constrain_features(water *w, const dro_atlas *atlas,
                                     dro_error *error) {
    size_t count = 0;
    const dro_shoal *shoals = dro_atlas_shoals(atlas, &count);
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(constrain_line(w, shoals[i].points, shoals[i].count, true,
                               MESH_TAG_SHOAL, error));
    }
    const dro_passage *passages = dro_atlas_passages(atlas, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t g = 0; g < passages[i].gate_count; g++) {
            DRO_TRY(constrain_line(w, passages[i].gates[g].points,
                                   passages[i].gates[g].count, false,
                                   (uint8_t)(MESH_TAG_GATE + i), error));
        }
    }
    return DRO_OK;
}

dro_status water_build(const coast *shore, const outline *o, const dro_atlas *atlas,
                       water *out, dro_error *error) {
    water w = {0};
    dro_status status = mesh_create(&w.mesh, error);
    DRO_TRY_GOTO(status, fail);
    DRO_TRY_GOTO(insert_outline(o, &w, error), fail);
    DRO_TRY_GOTO(insert_net(&w, error), fail);
    for (size_t i = 0; i < w.wall_count; i++) {
        DRO_TRY_GOTO(
            mesh_constrain(&w.mesh, w.walls[i][0], w.walls[i][1], MESH_TAG_WALL, error),
            fail);
    }
    if (atlas) {
        DRO_TRY_GOTO(constrain_features(&w, atlas, error), fail);
    }
    DRO_TRY_GOTO(order_mesh(&w.mesh, w.walls, w.wall_count, error), fail);
    DRO_TRY_GOTO(water_classify(shore, &w, error), fail);
    *out = w;
    return DRO_OK;
fail:
    water_free(&w);
    return status;
}

void water_free(water *w) {
    mesh_free(&w->mesh);
    dro_free(w->walls);
    dro_free(w->wall_component);
    dro_free(w->wet);
    dro_free(w->component);
    dro_free(w->area_km2);
    *w = (water){0};
}

/* ---- telling water from land -------------------------------------------------- */

/* The triangle left of a -> b, or MESH_NONE where the side was split. */
static uint32_t left_of(const mesh *m, uint32_t a, uint32_t b) {
    uint32_t start = m->vertex_triangle[a], at = start;
    do {
        const mesh_triangle *t = &m->triangles[at];
        int i = mesh_corner(t, a);
        if (t->v[mesh_next(i)] == b) {
            return at;
        }
        at = t->n[mesh_next(i)];
    } while (at != start);
    return MESH_NONE;
}

static double triangle_km2(const mesh *m, uint32_t t) {
    const mesh_triangle *tri = &m->triangles[t];
    dro_vec a = m->vertices[tri->v[0]], b = m->vertices[tri->v[1]],
            c = m->vertices[tri->v[2]];
    double det = a.x * (b.y * c.z - b.z * c.y) + a.y * (b.z * c.x - b.x * c.z) +
                 a.z * (b.x * c.y - b.y * c.x);
    double sum = 1.0 + a.x * b.x + a.y * b.y + a.z * b.z + b.x * c.x + b.y * c.y +
                 b.z * c.z + c.x * a.x + c.y * a.y + c.z * a.z;
    double radius = DRO_EARTH_RADIUS_M / 1000.0;
    return 2.0 * atan2(det, sum) * radius * radius;
}

/* Fills one connected water from a seed; returns its area and its largest triangle. */
static double fill(water *w, uint32_t seed, uint32_t number, uint32_t *stack,
                   uint32_t *largest) {
    size_t depth = 0;
    double area = 0.0, most = -1.0;
    stack[depth++] = seed;
    w->component[seed] = number;
    while (depth) {
        uint32_t t = stack[--depth];
        const mesh_triangle *tri = &w->mesh.triangles[t];
        double here = triangle_km2(&w->mesh, t);
        w->wet[t] = 1;
        area += here;
        if (here > most) {
            most = here;
            *largest = t;
        }
        for (int i = 0; i < 3; i++) {
            uint32_t u = tri->n[i];
            if (tri->tag[i] != MESH_TAG_WALL && w->component[u] == MESH_NONE) {
                w->component[u] = number;
                stack[depth++] = u;
            }
        }
    }
    return area;
}

static bool middle_is_land(const coast *shore, const mesh *m, uint32_t t) {
    const mesh_triangle *tri = &m->triangles[t];
    dro_vec a = m->vertices[tri->v[0]], b = m->vertices[tri->v[1]],
            c = m->vertices[tri->v[2]];
    dro_point p = dro_geo_to_point(
        dro_geo_quantise((dro_vec){a.x + b.x + c.x, a.y + b.y + c.y, a.z + b.z + c.z}));
    return coast_is_land(shore, p.lon_deg, p.lat_deg);
}

/* Turns a component to land. */
static void drain(water *w, uint32_t seed, uint32_t number, uint32_t *stack) {
    size_t depth = 0;
    stack[depth++] = seed;
    w->wet[seed] = 0;
    while (depth) {
        const mesh_triangle *tri = &w->mesh.triangles[stack[--depth]];
        for (int i = 0; i < 3; i++) {
            uint32_t u = tri->n[i];
            if (tri->tag[i] != MESH_TAG_WALL && w->wet[u] &&
                w->component[u] == number) {
                w->wet[u] = 0;
                stack[depth++] = u;
            }
        }
    }
}

static dro_status fill_all(const coast *shore, water *w, uint32_t *stack,
                           dro_error *error) {
    size_t capacity = 0;
    w->component_count = 0;
    w->sea = 0;
    for (size_t i = 0; i < w->wall_count; i++) {
        uint32_t t = left_of(&w->mesh, w->walls[i][0], w->walls[i][1]);
        w->wall_component[i] = t == MESH_NONE ? MESH_NONE : w->component[t];
        if (t == MESH_NONE || w->component[t] != MESH_NONE) {
            continue;
        }
        DRO_TRY(DRO_RESERVE(w->area_km2, capacity, w->component_count + 1, error));
        uint32_t number = (uint32_t)w->component_count++;
        uint32_t largest = t;
        w->area_km2[number] = fill(w, t, number, stack, &largest);
        if (middle_is_land(shore, &w->mesh, largest)) {
            drain(w, t, number, stack);
            w->area_km2[number] = 0.0;
        }
        if (w->area_km2[number] > w->area_km2[w->sea]) {
            w->sea = number;
        }
        w->wall_component[i] = number;
    }
    return DRO_OK;
}

dro_status water_classify(const coast *shore, water *w, dro_error *error) {
    size_t n = w->mesh.triangle_count;
    uint32_t *stack = NULL;
    dro_free(w->wet);
    dro_free(w->component);
    dro_free(w->area_km2);
    w->wet = NULL;
    w->component = NULL;
    w->area_km2 = NULL;
    DRO_TRY(dro_new((void **)&w->wet, n, sizeof *w->wet, "water", error));
    DRO_TRY(dro_new((void **)&w->component, n, sizeof *w->component, "water", error));
    memset(w->component, 0xff, n * sizeof *w->component);
    DRO_TRY(dro_new((void **)&stack, n, sizeof *stack, "water", error));
    dro_status status = fill_all(shore, w, stack, error);
    dro_free(stack);
    DRO_TRY(status);
    for (size_t t = 0; t < n; t++) {
        if (!w->wet[t]) {
            w->component[t] = MESH_NONE;
        }
    }
    for (size_t i = 0; i < w->wall_count; i++) {
        uint32_t c = w->wall_component[i];
        if (c != MESH_NONE && !(w->area_km2[c] > 0.0)) {
            w->wall_component[i] = MESH_NONE;
        }
    }
    return DRO_OK;
}

uint32_t water_at(const water *w, dro_vec place, uint32_t *hint) {
    *hint = mesh_locate(w->mesh.triangles, w->mesh.vertices, *hint, place);
    return w->component[*hint];
}
