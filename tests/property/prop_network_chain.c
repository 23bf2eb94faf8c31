/* Searches on random graphs of transport chains against every simple path. */
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "network/chain_space.h"
#include "support/chain_check.h"

#define GRAPHS 500

/* What a test works on. */
static dro_random random_numbers;
static chain_space *space;
static dro_arena *arena;
static chain_world world;
static chain_all all;

static void begin(uint64_t seed) {
    dro_random_seed(&random_numbers, seed);
    ck_assert_int_eq(chain_space_create(&space, NULL), DRO_OK);
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
}

static void finish(void) {
    chain_space_destroy(space);
    dro_arena_destroy(arena);
    free(all.paths);
    all = (chain_all){0};
}

/* World number i: sizes, ties, closures and bans in turn. */
static void make_world(int i) {
    chain_world_size size = {
        .vertices = 2 + (uint32_t)i % 7,
        .edges = 3 + (uint32_t)i % 20,
        .whole = i % 2 == 0,
        .bans = i % 3 == 0,
    };
    chain_world_make(&random_numbers, size, &world);
    dro_arena_reset(arena);
}

static bool same_totals(const double a[3], const double b[3]) {
    return a[0] == b[0] && a[1] == b[1] && a[2] == b[2];
}

START_TEST(the_pareto_set_is_that_of_all_simple_paths) {
    begin(1);
    size_t several = 0;
    for (int i = 0; i < GRAPHS; i++) {
        make_world(i);
        chain_check_enumerate(&world, &all);
        chain_check_pareto(&all);
        chain_path *paths = NULL;
        size_t count = 0;
        dro_status status =
            chain_pareto(space, &world.query, 0, arena, &paths, &count, NULL);
        ck_assert_int_eq(status, all.count == 0 ? DRO_NO_ANSWER : DRO_OK);
        ck_assert_uint_eq(count, all.count);
        for (size_t k = 0; k < count; k++) {
            ck_assert(same_totals(paths[k].total, all.paths[k].total));
            ck_assert(chain_check_path(&world, &paths[k]));
        }
        several += count > 1;
        chain_world_free(&world);
    }
    ck_assert_uint_gt(several, GRAPHS / 5);
    finish();
}
END_TEST

static const chain_found *least_of_all(void) {
    const chain_found *least = NULL;
    for (size_t k = 0; k < all.count; k++) {
        if (least == NULL || chain_check_compare(&all.paths[k], least) < 0) {
            least = &all.paths[k];
        }
    }
    return least;
}

START_TEST(the_best_is_the_least_of_all_simple_paths) {
    begin(2);
    for (int i = 0; i < GRAPHS; i++) {
        make_world(i);
        chain_check_enumerate(&world, &all);
        chain_path path = {0};
        dro_status status = chain_best(space, &world.query, arena, &path, NULL);
        ck_assert_int_eq(status, all.count == 0 ? DRO_NO_ANSWER : DRO_OK);
        if (status == DRO_OK) {
            const chain_found *least = least_of_all();
            ck_assert_ptr_nonnull(least);
            ck_assert(same_totals(path.total, least->total));
            ck_assert(chain_check_path(&world, &path));
        }
        chain_world_free(&world);
    }
    finish();
}
END_TEST

/* The greedy list that the header promises, out of all simple paths; returns how many.
 */
static size_t expected_alternatives(size_t limit, const chain_found **out) {
    size_t count = 0;
    while (count < limit) {
        const chain_found *next = NULL;
        for (size_t k = 0; k < all.count; k++) {
            const chain_found *p = &all.paths[k];
            bool differs = true;
            for (size_t i = 0; i < count && differs; i++) {
                differs = (out[i]->modes & ~p->modes) != 0 ||
                          (out[i]->passages & ~p->passages) != 0 ||
                          (out[i]->ports & ~p->ports) != 0;
            }
            if (differs && (next == NULL || chain_check_compare(p, next) < 0)) {
                next = p;
            }
        }
        if (next == NULL) {
            break;
        }
        out[count++] = next;
    }
    return count;
}

static void expect_signature(const chain_signature *s, const chain_path *path) {
    uint64_t modes = 0, passages = 0;
    for (size_t i = 0; i < path->edge_count; i++) {
        const chain_edge *edge = &world.edges[path->edges[i]];
        modes |= edge->mode == CHAIN_NO_MODE ? 0 : UINT64_C(1) << edge->mode;
        passages |= edge->passages;
    }
    ck_assert_uint_eq(s->modes, modes);
    ck_assert_uint_eq(s->passages, passages);
    for (size_t i = 1; i < s->port_count; i++) {
        ck_assert_uint_lt(s->ports[i - 1], s->ports[i]);
    }
}

/* No ties here, where one of several equal chains decides what may follow. */
START_TEST(alternatives_are_the_best_that_do_without) {
    begin(3);
    size_t several = 0;
    for (int i = 1; i < 2 * GRAPHS; i += 2) {
        make_world(i);
        world.query.coefficient[CHAIN_COST] += 0.25;
        chain_check_enumerate(&world, &all);
        const chain_found *expected[6];
        size_t wanted = expected_alternatives(6, expected);
        chain_path paths[6];
        chain_signature signatures[6];
        size_t count = 0;
        dro_status status = chain_alternatives(space, &world.query, 6, arena, paths,
                                               signatures, &count, NULL);
        ck_assert_int_eq(status, wanted == 0 ? DRO_NO_ANSWER : DRO_OK);
        ck_assert_uint_eq(count, wanted);
        for (size_t k = 0; k < count; k++) {
            ck_assert(same_totals(paths[k].total, expected[k]->total));
            ck_assert(chain_check_path(&world, &paths[k]));
            expect_signature(&signatures[k], &paths[k]);
        }
        several += count > 2;
        chain_world_free(&world);
    }
    ck_assert_uint_gt(several, GRAPHS / 10);
    finish();
}
END_TEST

typedef struct tree_room {
    double total[3][16];
    uint32_t edge[16], end[16];
    chain_tree tree;
} tree_room;

static void grow_tree(chain_direction direction, tree_room *room) {
    room->tree = (chain_tree){.total = {room->total[0], room->total[1], room->total[2]},
                              .edge = room->edge,
                              .end = room->end};
    ck_assert_int_eq(chain_tree_grow(space, &world.query, direction, &room->tree, NULL),
                     DRO_OK);
}

/* The tree's chain at a vertex against the best chain that begins or ends there. */
static void expect_tree(chain_direction direction, const tree_room *room, uint32_t v) {
    const chain_end here = {.vertex = v};
    chain_world asked = world;
    if (direction == CHAIN_FORWARD) {
        asked.query.targets = &here;
        asked.query.target_count = 1;
    } else {
        asked.query.seeds = &here;
        asked.query.seed_count = 1;
    }
    chain_path best = {0}, path = {0};
    dro_status status = chain_best(space, &asked.query, arena, &best, NULL);
    ck_assert_int_eq(
        chain_tree_path(&world.graph, &room->tree, direction, v, arena, &path, NULL),
        status);
    if (status != DRO_OK) {
        ck_assert(isinf(room->total[0][v]));
        ck_assert_uint_eq(room->end[v], CHAIN_NONE);
        return;
    }
    ck_assert(same_totals(best.total, path.total));
    ck_assert(chain_check_path(&asked, &path));
}

START_TEST(trees_hold_the_best_of_every_vertex) {
    begin(4);
    for (int i = 0; i < GRAPHS / 2; i++) {
        make_world(i);
        tree_room forward, reverse;
        grow_tree(CHAIN_FORWARD, &forward);
        grow_tree(CHAIN_REVERSE, &reverse);
        for (uint32_t v = 0; v < world.graph.vertex_count; v++) {
            expect_tree(CHAIN_FORWARD, &forward, v);
            expect_tree(CHAIN_REVERSE, &reverse, v);
        }
        chain_world_free(&world);
    }
    finish();
}
END_TEST

static double best_key(void) {
    chain_path path = {0};
    if (chain_best(space, &world.query, arena, &path, NULL) != DRO_OK) {
        return (double)INFINITY;
    }
    double key = 0;
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        key += world.query.coefficient[c] * path.total[c];
    }
    return key;
}

START_TEST(opening_never_worsens_closing_never_betters) {
    begin(5);
    size_t changed = 0;
    for (int i = 0; i < GRAPHS; i++) {
        make_world(i);
        double with = best_key();
        for (uint32_t e = 0; e < world.graph.edge_count; e++) {
            double weight = world.weight[CHAIN_TIME][e];
            world.weight[CHAIN_TIME][e] = (double)INFINITY;
            double without = best_key();
            ck_assert_double_ge(without, with);
            changed += without > with;
            world.weight[CHAIN_TIME][e] = weight;
        }
        ck_assert_double_eq(best_key(), with);
        chain_world_free(&world);
    }
    ck_assert_uint_gt(changed, GRAPHS / 4);
    finish();
}
END_TEST

/* The order in which edges are given must not matter to what is found. */
START_TEST(reversed_edges_give_the_same_set) {
    begin(6);
    for (int i = 0; i < GRAPHS / 2; i++) {
        make_world(i);
        chain_path *paths = NULL, *turned_paths = NULL;
        size_t count = 0, turned_count = 0;
        (void)chain_pareto(space, &world.query, 0, arena, &paths, &count, NULL);
        uint32_t n = world.graph.edge_count;
        for (uint32_t e = 0; e < n / 2; e++) {
            chain_edge edge = world.edges[e];
            world.edges[e] = world.edges[n - 1 - e];
            world.edges[n - 1 - e] = edge;
            for (int c = 0; c < CHAIN_CRITERIA; c++) {
                double weight = world.weight[c][e];
                world.weight[c][e] = world.weight[c][n - 1 - e];
                world.weight[c][n - 1 - e] = weight;
            }
        }
        uint32_t vertices = world.graph.vertex_count;
        chain_graph_free(&world.graph);
        ck_assert_int_eq(
            chain_graph_create(vertices, world.edges, n, &world.graph, NULL), DRO_OK);
        (void)chain_pareto(space, &world.query, 0, arena, &turned_paths, &turned_count,
                           NULL);
        ck_assert_uint_eq(count, turned_count);
        for (size_t k = 0; k < count; k++) {
            ck_assert(same_totals(paths[k].total, turned_paths[k].total));
        }
        chain_world_free(&world);
    }
    finish();
}
END_TEST

/* Stamps of old searches are not taken for those of new ones when the epoch wraps. */
START_TEST(the_epoch_may_wrap) {
    begin(7);
    for (int i = 0; i < 40; i++) {
        make_world(i);
        if (i == 10) {
            space->epoch = UINT32_MAX - 20;
        }
        chain_check_enumerate(&world, &all);
        chain_check_pareto(&all);
        chain_path *paths = NULL;
        size_t count = 0;
        (void)chain_pareto(space, &world.query, 0, arena, &paths, &count, NULL);
        ck_assert_uint_eq(count, all.count);
        chain_world_free(&world);
    }
    ck_assert_uint_lt(space->epoch, 1000);
    finish();
}
END_TEST

int main(void) {
    const TTest *tests[] = {the_pareto_set_is_that_of_all_simple_paths,
                            the_best_is_the_least_of_all_simple_paths,
                            alternatives_are_the_best_that_do_without,
                            trees_hold_the_best_of_every_vertex,
                            opening_never_worsens_closing_never_betters,
                            reversed_edges_give_the_same_set,
                            the_epoch_may_wrap,
                            NULL};
    return check_main("network chain", tests);
}
