/*
 * Vertices, triangles and nodes in the order of Hilbert's curve, on the cylinder that
 * keeps areas. A search touches what lies near: in this order that is mostly in the
 * same lines of the cache.
 */
#include "chart/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SIDE 65536u /* cells along a side of the square */

typedef struct keyed {
    uint32_t key, was;
} keyed;

/* Distance along the curve of a cell (Hilbert 1891; Warren, Hacker's Delight, ch. 16).
 */
static uint32_t along_curve(uint32_t x, uint32_t y) {
    uint32_t d = 0;
    for (uint32_t s = SIDE / 2; s > 0; s /= 2) {
        uint32_t right = (x & s) != 0, upper = (y & s) != 0;
        d += s * s * ((3 * right) ^ upper);
        if (!upper) {
            if (right) {
                x = SIDE - 1 - x;
                y = SIDE - 1 - y;
            }
            uint32_t swap = x;
            x = y;
            y = swap;
        }
    }
    return d;
}

static uint32_t cell_of(double unit) {
    double cell = unit * SIDE;
    return cell <= 0.0 ? 0 : (cell >= SIDE - 1.0 ? SIDE - 1 : (uint32_t)cell);
}

static uint32_t key_of(dro_vec v) {
    const double turn = 6.283185307179586;
    return along_curve(cell_of(atan2(v.y, v.x) / turn + 0.5), cell_of(0.5 * v.z + 0.5));
}

static int by_key(const void *a, const void *b) {
    const keyed *p = a, *q = b;
    if (p->key != q->key) {
        return p->key < q->key ? -1 : 1;
    }
    return p->was < q->was ? -1 : 1;
}

/* now[i]: the new number of what was i. Leaves the places sorted. */
static dro_status number(keyed *places, size_t count, uint32_t **now,
                         dro_error *error) {
    DRO_TRY(dro_new((void **)now, count, sizeof **now, "order", error));
    qsort(places, count, sizeof *places, by_key);
    for (size_t i = 0; i < count; i++) {
        (*now)[places[i].was] = (uint32_t)i;
    }
    return DRO_OK;
}

static dro_status number_points(const dro_vec *points, size_t count, uint32_t **now,
                                dro_error *error) {
    keyed *places = NULL;
    DRO_TRY(dro_new((void **)&places, count, sizeof *places, "order", error));
    for (size_t i = 0; i < count; i++) {
        places[i] = (keyed){key_of(points[i]), (uint32_t)i};
    }
    dro_status status = number(places, count, now, error);
    dro_free(places);
    return status;
}

/* Item i of an array moves to now[i]. */
static dro_status move(void *items, size_t count, size_t size, const uint32_t *now,
                       dro_error *error) {
    char *copy = NULL;
    DRO_TRY(dro_new((void **)&copy, count, size, "order", error));
    for (size_t i = 0; i < count; i++) {
        memcpy(copy + (size_t)now[i] * size, (char *)items + i * size, size);
    }
    if (count) {
        memcpy(items, copy, count * size);
    }
    dro_free(copy);
    return DRO_OK;
}

/* ---- mesh -------------------------------------------------------------------------
 */

static dro_status number_triangles(const mesh *m, uint32_t **now, dro_error *error) {
    keyed *places = NULL;
    DRO_TRY(
        dro_new((void **)&places, m->triangle_count, sizeof *places, "order", error));
    for (size_t i = 0; i < m->triangle_count; i++) {
        const uint32_t *v = m->triangles[i].v;
        dro_vec a = m->vertices[v[0]], b = m->vertices[v[1]], c = m->vertices[v[2]];
        places[i] = (keyed){key_of(dro_geo_quantise((dro_vec){
                                a.x + b.x + c.x, a.y + b.y + c.y, a.z + b.z + c.z})),
                            (uint32_t)i};
    }
    dro_status status = number(places, m->triangle_count, now, error);
    dro_free(places);
    return status;
}

dro_status order_mesh(mesh *m, uint32_t (*walls)[2], size_t wall_count,
                      dro_error *error) {
    uint32_t *vertex = NULL, *triangle = NULL;
    dro_status status = number_points(m->vertices, m->vertex_count, &vertex, error);
    DRO_TRY_GOTO(status, done);
    DRO_TRY_GOTO(number_triangles(m, &triangle, error), done);
    for (size_t i = 0; i < m->triangle_count; i++) {
        for (int k = 0; k < 3; k++) {
            m->triangles[i].v[k] = vertex[m->triangles[i].v[k]];
            m->triangles[i].n[k] = triangle[m->triangles[i].n[k]];
        }
    }
    for (size_t i = 0; i < m->vertex_count; i++) {
        m->vertex_triangle[i] = triangle[m->vertex_triangle[i]];
    }
    for (size_t i = 0; i < wall_count; i++) {
        walls[i][0] = vertex[walls[i][0]];
        walls[i][1] = vertex[walls[i][1]];
    }
    DRO_TRY_GOTO(
        move(m->triangles, m->triangle_count, sizeof *m->triangles, triangle, error),
        done);
    DRO_TRY_GOTO(move(m->vertices, m->vertex_count, sizeof *m->vertices, vertex, error),
                 done);
    DRO_TRY_GOTO(move(m->vertex_triangle, m->vertex_count, sizeof *m->vertex_triangle,
                      vertex, error),
                 done);
    m->hint = 0;
done:
    dro_free(vertex);
    dro_free(triangle);
    return status;
}

uint32_t order_near(const dro_vec *vertices, size_t count, dro_vec place) {
    uint32_t key = key_of(place);
    size_t low = 0, high = count ? count - 1 : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (key_of(vertices[middle]) < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (uint32_t)low;
}

/* ---- graph ------------------------------------------------------------------------
 */

static void rename_nodes(graph *g, const uint32_t *now) {
    for (size_t i = 0; i < g->edge_count; i++) {
        g->edges[i].a = now[g->edges[i].a];
        g->edges[i].b = now[g->edges[i].b];
    }
    for (size_t i = 0; i < g->piece_count; i++) {
        g->pieces[i].a = now[g->pieces[i].a];
        g->pieces[i].b = now[g->pieces[i].b];
    }
    for (size_t i = 0; i < g->port_count; i++) {
        uint32_t node = g->port_node[i];
        g->port_node[i] = node == GRAPH_NONE ? GRAPH_NONE : now[node];
    }
    for (size_t i = 0; i < g->node_count; i++) {
        if (g->node_vertex[i] != MESH_NONE) {
            g->vertex_node[g->node_vertex[i]] = now[i];
        }
    }
}

dro_status order_graph(graph *g, dro_error *error) {
    uint32_t *now = NULL;
    dro_status status = number_points(g->nodes, g->node_count, &now, error);
    DRO_TRY_GOTO(status, done);
    rename_nodes(g, now);
    DRO_TRY_GOTO(move(g->nodes, g->node_count, sizeof *g->nodes, now, error), done);
    DRO_TRY_GOTO(
        move(g->node_vertex, g->node_count, sizeof *g->node_vertex, now, error), done);
done:
    dro_free(now);
    return status;
}
