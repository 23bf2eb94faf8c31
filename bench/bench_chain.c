/*
 * Speed of the searches on a graph of transport chains: 1,000 places on a plane, 4,000
 * links between neighbours of three modes (dear and fast to slow and cheap), one link
 * in eight in a port, a hundred questions, each twenty times: the fastest counts.
 * Milliseconds, one thread, warm.
 *
 *     build/release/bench/bench_chain
 */
#include "network/chain_graph.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define VERTICES  1000u
#define EDGES     4000u
#define QUESTIONS 100u
#define REPEATS   20 /* the fastest counts: others may be at work */

typedef struct plane {
    double x[VERTICES], y[VERTICES];
    chain_edge edges[EDGES];
    double time_h[EDGES], cost_usd[EDGES], co2_kg[EDGES];
} plane;

static uint32_t below(dro_random *random, uint32_t limit) {
    return (uint32_t)(dro_random_u64(random) % limit);
}

static double distance(const plane *p, uint32_t a, uint32_t b) {
    return hypot(p->x[a] - p->x[b], p->y[a] - p->y[b]);
}

/* The nearest of some random places: short links, now and then a long one. */
static uint32_t neighbour(const plane *p, dro_random *random, uint32_t v) {
    uint32_t best = (v + 1) % VERTICES;
    for (int i = 0; i < 100; i++) {
        uint32_t other = below(random, VERTICES);
        if (other != v && distance(p, v, other) < distance(p, v, best)) {
            best = other;
        }
    }
    return best;
}

static void make_plane(plane *p, dro_random *random) {
    static const double kmh[] = {70, 30, 12}, usd_km[] = {0.12, 0.05, 0.02},
                        kg_km[] = {0.09, 0.03, 0.02};
    for (uint32_t v = 0; v < VERTICES; v++) {
        p->x[v] = 3000 * dro_random_unit(random);
        p->y[v] = 3000 * dro_random_unit(random);
    }
    for (uint32_t e = 0; e < EDGES; e += 2) {
        uint32_t from = (e / 2) % VERTICES, to = neighbour(p, random, from);
        uint8_t mode = (uint8_t)below(random, 3);
        for (uint32_t k = e; k < e + 2; k++) {
            double km = distance(p, from, to) * (1 + 0.3 * dro_random_unit(random));
            p->edges[k] = (chain_edge){.from = k == e ? from : to,
                                       .to = k == e ? to : from,
                                       .port = below(random, 8) == 0
                                                   ? (uint16_t)below(random, 200)
                                                   : CHAIN_NO_PORT,
                                       .mode = mode};
            p->time_h[k] = km / kmh[mode] + 2 * mode;
            p->cost_usd[k] = km * usd_km[mode] + 3;
            p->co2_kg[k] = km * kg_km[mode];
        }
    }
}

static int by_value(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void report(const char *what, double *ms, double results) {
    qsort(ms, QUESTIONS, sizeof *ms, by_value);
    printf("%-14s median %8.3f ms   p95 %8.3f ms   most %8.3f ms   %.1f chains\n", what,
           ms[QUESTIONS / 2], ms[QUESTIONS * 95 / 100], ms[QUESTIONS - 1],
           results / QUESTIONS);
}

typedef size_t (*search)(chain_space *space, const chain_query *query,
                         dro_arena *arena);

static size_t best(chain_space *space, const chain_query *query, dro_arena *arena) {
    chain_path path;
    return chain_best(space, query, arena, &path, NULL) == DRO_OK;
}

static size_t pareto(chain_space *space, const chain_query *query, dro_arena *arena) {
    chain_path *paths;
    size_t count = 0;
    (void)chain_pareto(space, query, 0, arena, &paths, &count, NULL);
    return count;
}

static size_t alternatives(chain_space *space, const chain_query *query,
                           dro_arena *arena) {
    chain_path paths[5];
    size_t count = 0;
    (void)chain_alternatives(space, query, 5, arena, paths, NULL, &count, NULL);
    return count;
}

static void measure(const char *what, search run, const plane *p,
                    const chain_graph *graph, chain_space *space, dro_arena *arena) {
    static double ms[QUESTIONS];
    const chain_weights weights = {p->time_h, p->cost_usd, p->co2_kg};
    double results = 0;
    dro_random random;
    dro_random_seed(&random, 2);
    for (uint32_t i = 0; i < QUESTIONS; i++) {
        const chain_end from = {.vertex = below(&random, VERTICES)};
        const chain_end to = {.vertex = below(&random, VERTICES)};
        const chain_query query = {.graph = graph,
                                   .weights = &weights,
                                   .seeds = &from,
                                   .targets = &to,
                                   .seed_count = 1,
                                   .target_count = 1,
                                   .coefficient = {0.5, 1, 0.1}};
        ms[i] = (double)INFINITY;
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            dro_arena_reset(arena);
            double begin = dro_clock_s();
            results += (double)run(space, &query, arena) / REPEATS;
            ms[i] = fmin(ms[i], 1000 * (dro_clock_s() - begin));
        }
    }
    report(what, ms, results);
}

int main(void) {
    static plane p;
    chain_graph graph = {0};
    chain_space *space = NULL;
    dro_arena *arena = NULL;
    dro_random random;
    dro_random_seed(&random, 1);
    if (dro_arena_create(&arena, NULL) != DRO_OK ||
        chain_space_create(&space, NULL) != DRO_OK) {
        return EXIT_FAILURE;
    }
    make_plane(&p, &random);
    if (chain_graph_create(VERTICES, p.edges, EDGES, &graph, NULL) != DRO_OK) {
        return EXIT_FAILURE;
    }
    measure("best", best, &p, &graph, space, arena);
    measure("Pareto set", pareto, &p, &graph, space, arena);
    measure("5 alternatives", alternatives, &p, &graph, space, arena);
    chain_graph_free(&graph);
    chain_space_destroy(space);
    dro_arena_destroy(arena);
    return EXIT_SUCCESS;
}
