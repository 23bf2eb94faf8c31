/* Vertices, triangles and nodes in a new order are the same mesh and the same graph. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "chart/order.h"
#include "check_main.h"

#define POINTS 400

static mesh m;
static dro_error error;

static dro_vec random_point(dro_random *r) {
    for (;;) {
        dro_vec v = {2.0 * dro_random_unit(r) - 1.0, 2.0 * dro_random_unit(r) - 1.0,
                     2.0 * dro_random_unit(r) - 1.0};
        double square = v.x * v.x + v.y * v.y + v.z * v.z;
        if (square > 0.01 && square < 1.0) {
            return dro_geo_quantise(v);
        }
    }
}

static void set_up(void) {
    dro_random random;
    dro_random_seed(&random, 3);
    ck_assert_int_eq(mesh_create(&m, &error), DRO_OK);
    for (int i = 0; i < POINTS; i++) {
        uint32_t vertex;
        ck_assert_int_eq(mesh_insert(&m, random_point(&random), &vertex, &error),
                         DRO_OK);
    }
}

static void tear_down(void) {
    mesh_free(&m);
}

static bool same(dro_vec a, dro_vec b) {
    return a.x == b.x && a.y == b.y && a.z == b.z;
}

static void check_triangle(uint32_t t) {
    const mesh_triangle *tri = &m.triangles[t];
    ck_assert_int_gt(dro_geo_orient(m.vertices[tri->v[0]], m.vertices[tri->v[1]],
                                    m.vertices[tri->v[2]]),
                     0);
    for (int i = 0; i < 3; i++) {
        const mesh_triangle *beyond = &m.triangles[tri->n[i]];
        bool back = false;
        for (int k = 0; k < 3; k++) {
            back = back || (beyond->n[k] == t &&
                            beyond->v[mesh_next(k)] == tri->v[mesh_prev(i)] &&
                            beyond->v[mesh_prev(k)] == tri->v[mesh_next(i)]);
        }
        ck_assert(back);
    }
}

START_TEST(an_ordered_mesh_is_the_same_mesh) {
    uint32_t walls[2][2] = {{7, 300}, {12, 8}};
    dro_vec ends[4] = {m.vertices[7], m.vertices[300], m.vertices[12], m.vertices[8]};
    size_t vertices = m.vertex_count, triangles = m.triangle_count;
    ck_assert_int_eq(order_mesh(&m, walls, 2, &error), DRO_OK);
    ck_assert_uint_eq(m.vertex_count, vertices);
    ck_assert_uint_eq(m.triangle_count, triangles);
    for (uint32_t t = 0; t < triangles; t++) {
        check_triangle(t);
    }
    for (uint32_t v = 0; v < vertices; v++) {
        const mesh_triangle *t = &m.triangles[m.vertex_triangle[v]];
        ck_assert_uint_eq(t->v[mesh_corner(t, v)], v);
    }
    for (int i = 0; i < 4; i++) {
        ck_assert(same(m.vertices[walls[i / 2][i % 2]], ends[i]));
    }
}
END_TEST

START_TEST(a_walk_begins_near) {
    dro_random random;
    double far = 0.0;
    dro_random_seed(&random, 5);
    ck_assert_int_eq(order_mesh(&m, NULL, 0, &error), DRO_OK);
    for (int i = 0; i < 500; i++) {
        dro_vec p = random_point(&random);
        uint32_t v = order_near(m.vertices, m.vertex_count, p);
        ck_assert_uint_lt(v, m.vertex_count);
        far += dro_geo_angle(m.vertices[v], p);
    }
    ck_assert_double_lt(far / 500, 0.3); /* two of 406 places lie 1.57 apart */
    for (uint32_t v = 0; v < m.vertex_count; v++) {
        ck_assert(
            same(m.vertices[order_near(m.vertices, m.vertex_count, m.vertices[v])],
                 m.vertices[v]));
    }
}
END_TEST

/* Nodes at the mesh's vertices, an edge from each to the next. */
START_TEST(an_ordered_graph_is_the_same_graph) {
    graph g = {0};
    size_t n = m.vertex_count;
    dro_vec *before = calloc(n, sizeof *before);
    uint32_t port_node[2] = {17, GRAPH_NONE};
    g.nodes = calloc(n, sizeof *g.nodes);
    g.node_vertex = calloc(n, sizeof *g.node_vertex);
    g.vertex_node = calloc(n, sizeof *g.vertex_node);
    g.edges = calloc(n, sizeof *g.edges);
    g.node_count = g.edge_count = n;
    g.port_node = port_node;
    g.port_count = 2;
    for (uint32_t i = 0; i < n; i++) {
        g.nodes[i] = before[i] = m.vertices[i];
        g.node_vertex[i] = g.vertex_node[i] = i;
        g.edges[i] = (graph_edge){i, (uint32_t)((i + 1) % n), 1.0f, 0};
    }
    g.node_vertex[5] = MESH_NONE;
    g.vertex_node[5] = GRAPH_NONE;
    ck_assert_int_eq(order_graph(&g, &error), DRO_OK);
    for (uint32_t i = 0; i < n; i++) {
        ck_assert(same(g.nodes[g.edges[i].a], before[i]));
        ck_assert(same(g.nodes[g.edges[i].b], before[(i + 1) % n]));
        if (i != 5) {
            ck_assert(same(g.nodes[g.vertex_node[i]], before[i]));
            ck_assert_uint_eq(g.node_vertex[g.vertex_node[i]], i);
        }
    }
    ck_assert(same(g.nodes[g.port_node[0]], before[17]));
    ck_assert_uint_eq(g.port_node[1], GRAPH_NONE);
    free(before);
    free(g.nodes);
    free(g.node_vertex);
    free(g.vertex_node);
    free(g.edges);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("chart order");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_test(all, an_ordered_mesh_is_the_same_mesh);
    tcase_add_test(all, a_walk_begins_near);
    tcase_add_test(all, an_ordered_graph_is_the_same_graph);
    suite_add_tcase(suite, all);
    return check_run(suite);
}
