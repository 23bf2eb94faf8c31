/* Every allocation of making a graph of transport chains and searching it fails once.
 */
#include <math.h>

#include "check_main.h"
#include "torture.h"

#include "network/chain_graph.h"

#define VERTICES 12

/* A ladder with a dear short side and a cheap long one. */
static uint32_t make_edges(chain_edge *edges, double *weight) {
    uint32_t count = 0;
    for (uint32_t v = 0; v + 1 < VERTICES; v++) {
        for (uint32_t mode = 0; mode < 3; mode++) {
            weight[count] = (double)(1 + mode * v);
            weight[count + 64] = (double)(1 + (2 - mode) * v);
            weight[count + 128] = (double)(1 + v * mode * mode);
            edges[count++] = (chain_edge){
                .from = v, .to = v + 1, .port = (uint16_t)v, .mode = (uint8_t)mode};
        }
    }
    return count;
}

static dro_status ask(const chain_graph *graph, const double *weight,
                      chain_space *space, dro_arena *arena, dro_error *error) {
    const chain_weights weights = {weight, weight + 64, weight + 128};
    const chain_end from = {.vertex = 0}, to = {.vertex = VERTICES - 1};
    const chain_query query = {.graph = graph,
                               .weights = &weights,
                               .seeds = &from,
                               .targets = &to,
                               .seed_count = 1,
                               .target_count = 1,
                               .coefficient = {1, 1, 1}};
    chain_path path, paths[4], *set = NULL;
    size_t count = 0;
    double total[3][VERTICES];
    uint32_t edge[VERTICES], end[VERTICES];
    chain_tree tree = {
        .total = {total[0], total[1], total[2]}, .edge = edge, .end = end};
    DRO_TRY(chain_best(space, &query, arena, &path, error));
    DRO_TRY(chain_tree_grow(space, &query, CHAIN_REVERSE, &tree, error));
    DRO_TRY(chain_tree_path(graph, &tree, CHAIN_REVERSE, 0, arena, &path, error));
    DRO_TRY(chain_alternatives(space, &query, 4, arena, paths, NULL, &count, error));
    return chain_pareto(space, &query, 0, arena, &set, &count, error);
}

static dro_status search(void *context, dro_error *error) {
    (void)context;
    chain_edge edges[64];
    double weight[192] = {0};
    chain_graph graph = {0};
    chain_space *space = NULL;
    dro_arena *arena = NULL;
    dro_status status = DRO_OK;
    uint32_t count = make_edges(edges, weight);
    DRO_TRY_GOTO(chain_graph_create(VERTICES, edges, count, &graph, error), done);
    DRO_TRY_GOTO(chain_space_create(&space, error), done);
    DRO_TRY_GOTO(dro_arena_create(&arena, error), done);
    DRO_TRY_GOTO(ask(&graph, weight, space, arena, error), done);
done:
    dro_arena_destroy(arena);
    chain_space_destroy(space);
    chain_graph_free(&graph);
    return status;
}

START_TEST(searching) {
    ck_assert_uint_gt(torture(search, NULL), 20);
}
END_TEST

int main(void) {
    const TTest *tests[] = {searching, NULL};
    return check_main("torture chain", tests);
}
