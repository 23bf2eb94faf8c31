/* The graph of transport chains: one that can be checked by hand, limits, larger ones.
 */
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/chains.h"
#include "network/chain_graph.h"
#include "support/chain_check.h"

/*
 *   0 mine -road-> 1 port A -sea by canal-> 3 port C
 *          -rail-> 2 port B -sea----------> 3
 *                  1 -truck-> 2
 */
static const chain_edge edges[] = {
    {.from = 0, .to = 1, .port = CHAIN_NO_PORT, .mode = 1},
    {.from = 0, .to = 2, .port = CHAIN_NO_PORT, .mode = 2},
    {.from = 1, .to = 3, .port = 7, .mode = 0, .passages = 1},
    {.from = 2, .to = 3, .port = 9, .mode = 0},
    {.from = 1, .to = 2, .port = CHAIN_NO_PORT, .mode = 1},
};
enum {
    EDGES = sizeof edges / sizeof edges[0]
};

static double time_h[EDGES] = {10, 20, 500, 700, 5};
static double cost_usd[EDGES] = {300, 100, 2000, 1500, 90};
static double co2_kg[EDGES] = {80, 20, 400, 300, 40};
static const chain_weights weights = {time_h, cost_usd, co2_kg};
static const chain_end mine = {.vertex = 0};
static const chain_end market = {.vertex = 3, .weight = {24, 50, 0}};

static chain_graph graph;
static chain_space *space;
static dro_arena *arena;
static chain_query query;

static void set_up(void) {
    ck_assert_int_eq(chain_graph_create(4, edges, EDGES, &graph, NULL), DRO_OK);
    ck_assert_int_eq(chain_space_create(&space, NULL), DRO_OK);
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    query = (chain_query){.graph = &graph,
                          .weights = &weights,
                          .seeds = &mine,
                          .targets = &market,
                          .seed_count = 1,
                          .target_count = 1,
                          .coefficient = {1, 0, 0}};
}

static void tear_down(void) {
    chain_graph_free(&graph);
    chain_space_destroy(space);
    dro_arena_destroy(arena);
}

START_TEST(rows_hold_the_edges_of_each_vertex) {
    set_up();
    ck_assert_uint_eq(graph.port_count, 10);
    ck_assert_uint_eq(graph.first[4], EDGES);
    ck_assert_uint_eq(graph.out[graph.first[1]], 2);
    ck_assert_uint_eq(graph.out[graph.first[1] + 1], 4);
    ck_assert_uint_eq(graph.in_first[4] - graph.in_first[3], 2);
    ck_assert_uint_eq(graph.in[graph.in_first[2]], 1);
    tear_down();
}
END_TEST

START_TEST(the_best_by_each_criterion) {
    set_up();
    chain_path path = {0};
    ck_assert_int_eq(chain_best(space, &query, arena, &path, NULL), DRO_OK);
    ck_assert_uint_eq(path.edge_count, 2);
    ck_assert_uint_eq(path.edges[0], 0);
    ck_assert_uint_eq(path.edges[1], 2);
    ck_assert_double_eq(path.total[CHAIN_TIME], 10 + 500 + 24);
    ck_assert_double_eq(path.total[CHAIN_COST], 300 + 2000 + 50);
    ck_assert_double_eq(path.total[CHAIN_CO2], 480);
    ck_assert_int_eq(chain_best(space, &query, NULL, &path, NULL), DRO_OK);
    ck_assert_double_eq(path.total[CHAIN_TIME], 534);
    ck_assert_uint_eq(path.edge_count, 0);
    query.coefficient[0] = 0;
    query.coefficient[1] = 1;
    ck_assert_int_eq(chain_best(space, &query, arena, &path, NULL), DRO_OK);
    ck_assert_uint_eq(path.edges[0], 1);
    ck_assert_double_eq(path.total[CHAIN_COST], 1650);
    tear_down();
}
END_TEST

START_TEST(the_pareto_set_by_rising_time) {
    set_up();
    chain_path *paths = NULL;
    size_t count = 0;
    ck_assert_int_eq(chain_pareto(space, &query, 0, arena, &paths, &count, NULL),
                     DRO_OK);
    ck_assert_uint_eq(count, 3); /* canal; road, truck and sea; rail and sea */
    ck_assert_double_eq(paths[0].total[CHAIN_TIME], 534);
    ck_assert_uint_eq(paths[1].edge_count, 3);
    ck_assert_double_eq(paths[1].total[CHAIN_TIME], 739);
    ck_assert_double_eq(paths[2].total[CHAIN_TIME], 744);
    tear_down();
}
END_TEST

START_TEST(alternatives_do_without_port_or_mode) {
    set_up();
    chain_path paths[4];
    chain_signature signatures[4];
    size_t count = 0;
    ck_assert_int_eq(
        chain_alternatives(space, &query, 4, arena, paths, signatures, &count, NULL),
        DRO_OK);
    ck_assert_uint_eq(count, 3);
    ck_assert_uint_eq(signatures[0].port_count, 1);
    ck_assert_uint_eq(signatures[0].ports[0], 7);
    ck_assert_uint_eq(signatures[0].passages, 1);
    ck_assert_uint_eq(signatures[0].modes, 3);
    ck_assert_uint_eq(paths[1].edge_count, 3);
    ck_assert_uint_eq(signatures[2].modes, 5);
    tear_down();
}
END_TEST

START_TEST(bans_and_closed_edges_are_kept) {
    set_up();
    const uint16_t ports[] = {7};
    const chain_ban ban = {.ports = ports, .port_count = 1};
    chain_path path = {0};
    query.ban = &ban;
    ck_assert_int_eq(chain_best(space, &query, arena, &path, NULL), DRO_OK);
    ck_assert_double_eq(path.total[CHAIN_TIME], 739);
    time_h[3] = (double)INFINITY;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(chain_best(space, &query, arena, &path, &error), DRO_NO_ANSWER);
    ck_assert_str_eq(error.message, "no chain leads there");
    size_t count = 0;
    chain_path *paths = NULL;
    ck_assert_int_eq(chain_pareto(space, &query, 0, arena, &paths, &count, &error),
                     DRO_NO_ANSWER);
    ck_assert_int_eq(
        chain_alternatives(space, &query, 1, arena, &path, NULL, &count, &error),
        DRO_NO_ANSWER);
    time_h[3] = 700;
    tear_down();
}
END_TEST

START_TEST(ends_choose_among_themselves) {
    set_up();
    const chain_end seeds[] = {{.vertex = 0},
                               {.vertex = 2, .weight = {1, 1, 1}},
                               {.vertex = 2, .weight = {(double)INFINITY, 0, 0}}};
    const chain_end targets[] = {{.vertex = 3, .weight = {100, 0, 0}}, {.vertex = 2}};
    query.seeds = seeds;
    query.seed_count = 3;
    query.targets = targets;
    query.target_count = 2;
    chain_path path = {0};
    ck_assert_int_eq(chain_best(space, &query, arena, &path, NULL), DRO_OK);
    ck_assert_uint_eq(path.edge_count, 0);
    ck_assert_uint_eq(path.seed, 1);
    ck_assert_uint_eq(path.target, 1);
    ck_assert_double_eq(path.total[CHAIN_TIME], 1);
    tear_down();
}
END_TEST

static void expect_invalid(const char *message) {
    chain_path path = {0};
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(chain_best(space, &query, arena, &path, &error), DRO_INVALID);
    ck_assert_str_eq(error.message, message);
    ck_assert_ptr_null(path.edges);
}

START_TEST(bad_questions_are_named) {
    set_up();
    chain_end end = {.vertex = 4};
    query.seeds = &end;
    expect_invalid("seed 0: vertex 4 of 4");
    end = (chain_end){.weight = {0, -1, 0}};
    expect_invalid("seed 0: a weight of -1");
    query.seeds = &mine;
    query.targets = &end;
    expect_invalid("target 0: a weight of -1");
    query.coefficient[2] = (double)INFINITY;
    expect_invalid("a coefficient of inf");
    dro_error error = DRO_ERROR_INIT;
    chain_path paths[1];
    size_t count = 0;
    ck_assert_int_eq(
        chain_alternatives(space, &query, 33, arena, paths, NULL, &count, &error),
        DRO_INVALID);
    ck_assert_str_eq(error.message, "33 alternatives: from 1 to 32");
    tear_down();
}
END_TEST

START_TEST(bad_graphs_and_weights_are_named) {
    set_up();
    chain_graph other = {0};
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(chain_graph_create(3, edges, EDGES, &other, &error), DRO_INVALID);
    ck_assert_str_eq(error.message, "edge 2: from 1 to 3 of 3 vertices");
    const chain_edge strange = {.mode = 64};
    ck_assert_int_eq(chain_graph_create(1, &strange, 1, &other, &error), DRO_INVALID);
    ck_assert_str_eq(error.message, "edge 0: mode 64, less than 64");
    ck_assert_int_eq(
        chain_graph_create(CHAIN_VERTICES_MAX + 1, NULL, 0, &other, &error), DRO_LIMIT);
    ck_assert_int_eq(chain_weights_check(&graph, &weights, &error), DRO_OK);
    co2_kg[2] = -3;
    ck_assert_int_eq(chain_weights_check(&graph, &weights, &error), DRO_INVALID);
    ck_assert_str_eq(error.message, "edge 2: a CO2 of -3");
    co2_kg[2] = 400;
    tear_down();
}
END_TEST

START_TEST(too_many_labels_is_said) {
    set_up();
    chain_path *paths = NULL;
    size_t count = 0;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(chain_pareto(space, &query, 3, arena, &paths, &count, &error),
                     DRO_LIMIT);
    ck_assert_ptr_null(paths);
    ck_assert_int_eq(chain_pareto(space, &query, 10, arena, &paths, &count, &error),
                     DRO_OK);
    tear_down();
}
END_TEST

START_TEST(an_empty_graph_has_no_chain) {
    set_up();
    chain_graph empty = {0};
    ck_assert_int_eq(chain_graph_create(1, NULL, 0, &empty, NULL), DRO_OK);
    query.graph = &empty;
    query.target_count = 0;
    chain_path path = {0};
    ck_assert_int_eq(chain_best(space, &query, arena, &path, NULL), DRO_NO_ANSWER);
    chain_graph_free(&empty);
    tear_down();
}
END_TEST

/* ---- larger graphs --------------------------------------------------------------- */

/* Bellman (1958): rounds over all edges until nothing changes. */
static void relax_all(const chain_world *w, int criterion, double *least) {
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t e = 0; e < w->graph.edge_count; e++) {
            double weight = rint(w->weight[criterion][e] * 1048576.0) / 1048576.0;
            double to = least[w->edges[e].from] + weight;
            if (to < least[w->edges[e].to]) {
                least[w->edges[e].to] = to;
                changed = true;
            }
        }
    }
}

START_TEST(a_thousand_vertices_agree_with_bellman) {
    static double least[1000], total[3][1000];
    static uint32_t edge[1000], end[1000];
    chain_tree tree = {
        .total = {total[0], total[1], total[2]}, .edge = edge, .end = end};
    dro_random random;
    dro_random_seed(&random, 11);
    set_up();
    for (int criterion = 0; criterion < CHAIN_CRITERIA; criterion++) {
        chain_world world;
        chain_world_make(&random, (chain_world_size){1000, 4000, false, false}, &world);
        const chain_end start = {.vertex = 0};
        world.query.seeds = &start;
        world.query.seed_count = 1;
        for (int c = 0; c < CHAIN_CRITERIA; c++) {
            world.query.coefficient[c] = c == criterion;
        }
        for (size_t v = 0; v < 1000; v++) {
            least[v] = v == 0 ? 0 : (double)INFINITY;
        }
        relax_all(&world, criterion, least);
        ck_assert_int_eq(
            chain_tree_grow(space, &world.query, CHAIN_FORWARD, &tree, NULL), DRO_OK);
        ck_assert_mem_eq(total[criterion], least, sizeof least);
        chain_world_free(&world);
    }
    tear_down();
}
END_TEST

#define BIG  40
#define MANY 4000

/* The set of triples of one vertex, without those that another is as good as. */
typedef struct front {
    double total[MANY][3];
    size_t count;
} front;

static bool as_good(const double a[3], const double b[3]) {
    return a[0] <= b[0] && a[1] <= b[1] && a[2] <= b[2];
}

static bool add_to_front(front *f, const double total[3]) {
    for (size_t i = 0; i < f->count; i++) {
        if (as_good(f->total[i], total)) {
            return false;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < f->count; i++) {
        if (!as_good(total, f->total[i])) {
            memmove(f->total[kept++], f->total[i], sizeof f->total[i]);
        }
    }
    f->count = kept;
    ck_assert_uint_lt(f->count, MANY);
    memcpy(f->total[f->count++], total, sizeof f->total[0]);
    return true;
}

/* Rounds over all edges and all triples until nothing changes. */
static void correct_fronts(const chain_world *w, front *fronts) {
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t e = 0; e < w->graph.edge_count; e++) {
            const front *from = &fronts[w->edges[e].from];
            for (size_t i = 0; i < from->count; i++) {
                double total[3];
                for (int c = 0; c < 3; c++) {
                    total[c] = from->total[i][c] +
                               rint(w->weight[c][e] * 1048576.0) / 1048576.0;
                }
                changed |= add_to_front(&fronts[w->edges[e].to], total);
            }
        }
    }
}

START_TEST(pareto_sets_agree_with_label_correcting) {
    static front fronts[BIG];
    dro_random random;
    dro_random_seed(&random, 12);
    set_up();
    size_t most = 0;
    for (int round = 0; round < 10; round++) {
        chain_world world;
        chain_world_make(&random, (chain_world_size){BIG, 600, false, false}, &world);
        const chain_end ends[] = {{.vertex = 0}, {.vertex = BIG - 1}};
        world.query.seeds = &ends[0];
        world.query.targets = &ends[1];
        world.query.seed_count = world.query.target_count = 1;
        memset(fronts, 0, sizeof fronts);
        fronts[0].count = 1;
        correct_fronts(&world, fronts);
        chain_path *paths = NULL;
        size_t count = 0;
        (void)chain_pareto(space, &world.query, 0, arena, &paths, &count, NULL);
        ck_assert_uint_eq(count, fronts[BIG - 1].count);
        for (size_t i = 0; i < count; i++) {
            ck_assert(!add_to_front(&fronts[BIG - 1], paths[i].total));
        }
        most = count > most ? count : most;
        chain_world_free(&world);
    }
    ck_assert_uint_gt(most, 15);
    tear_down();
}
END_TEST

START_TEST(a_total_by_each_measure) {
    const dro_chain_total total = {240.0, 1000.0, 80.0};
    ck_assert_double_eq(dro_chain_value(&total, DRO_CHAIN_BY_TIME, 2.5), 240.0);
    ck_assert_double_eq(dro_chain_value(&total, DRO_CHAIN_BY_COST, 2.5), 1000.0);
    ck_assert_double_eq(dro_chain_value(&total, DRO_CHAIN_BY_CO2, 2.5), 80.0);
    ck_assert_double_eq(dro_chain_value(&total, DRO_CHAIN_BY_GENERALISED, 2.5), 1600.0);
}
END_TEST

int main(void) {
    const TTest *tests[] = {rows_hold_the_edges_of_each_vertex,
                            the_best_by_each_criterion,
                            the_pareto_set_by_rising_time,
                            alternatives_do_without_port_or_mode,
                            bans_and_closed_edges_are_kept,
                            ends_choose_among_themselves,
                            bad_questions_are_named,
                            bad_graphs_and_weights_are_named,
                            too_many_labels_is_said,
                            an_empty_graph_has_no_chain,
                            a_thousand_vertices_agree_with_bellman,
                            pareto_sets_agree_with_label_correcting,
                            a_total_by_each_measure,
                            NULL};
    return check_main("network chain", tests);
}
