/* Shares no code with the searches: depth first over open edges, rounding by rint. */
#include "chain_check.h"

#include <math.h>
#include <stdlib.h>

static void *need(void *pointer) {
    if (pointer == NULL) {
        abort();
    }
    return pointer;
}

static uint32_t below(dro_random *random, uint32_t limit) {
    return (uint32_t)(dro_random_u64(random) % limit);
}

static double rounded(double weight) {
    return rint(weight * 1048576.0) / 1048576.0;
}

/* ---- random worlds -----------------------------------------------------------------
 */

static double random_weight(dro_random *random, bool whole) {
    return whole ? (double)below(random, 4) : 10.0 * dro_random_unit(random);
}

static void random_edge(dro_random *random, chain_world_size size, chain_edge *edge) {
    *edge = (chain_edge){
        .from = below(random, size.vertices),
        .to = below(random, size.vertices),
        .port = below(random, 3) == 0 ? (uint16_t)below(random, 6) : CHAIN_NO_PORT,
        .mode = below(random, 4) == 0 ? CHAIN_NO_MODE : (uint8_t)below(random, 4),
        .passages = below(random, 4) == 0 ? UINT64_C(1) << below(random, 5) : 0,
    };
}

static void random_end(dro_random *random, chain_world_size size, chain_end *end) {
    end->vertex = below(random, size.vertices);
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        end->weight[c] = below(random, 2) == 0 ? 0 : random_weight(random, size.whole);
    }
}

static void random_query(dro_random *random, chain_world_size size, chain_world *w) {
    for (size_t i = 0; i < 8; i++) {
        random_end(random, size, &w->ends[i]);
    }
    w->query = (chain_query){
        .graph = &w->graph,
        .weights = &w->weights,
        .seeds = w->ends,
        .targets = w->ends + 4,
        .seed_count = 1 + below(random, 3),
        .target_count = 1 + below(random, 3),
        .coefficient = {below(random, 3), below(random, 3), below(random, 3)},
    };
    if (size.bans) {
        w->ends[7].weight[CHAIN_COST] = (double)INFINITY;
        w->banned_ports[0] = (uint16_t)below(random, 6);
        w->banned_ports[1] = 60000;
        w->ban = (chain_ban){
            .modes = below(random, 3) == 0 ? 2 : 0,
            .passages = below(random, 3) == 0 ? 5 : 0,
            .ports = w->banned_ports,
            .port_count = 2,
        };
        w->query.ban = &w->ban;
    }
}

void chain_world_make(dro_random *random, chain_world_size size, chain_world *out) {
    *out = (chain_world){0};
    out->edges = need(calloc(size.edges + 1u, sizeof *out->edges));
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        out->weight[c] = need(calloc(size.edges + 1u, sizeof(double)));
    }
    for (uint32_t e = 0; e < size.edges; e++) {
        random_edge(random, size, &out->edges[e]);
        for (int c = 0; c < CHAIN_CRITERIA; c++) {
            out->weight[c][e] = random_weight(random, size.whole);
        }
        if (size.bans && below(random, 10) == 0) {
            out->weight[below(random, 3)][e] = (double)INFINITY;
        }
    }
    random_query(random, size, out);
    out->weights = (chain_weights){out->weight[0], out->weight[1], out->weight[2]};
    if (chain_graph_create(size.vertices, out->edges, size.edges, &out->graph, NULL) !=
        DRO_OK) {
        abort();
    }
}

void chain_world_free(chain_world *world) {
    chain_graph_free(&world->graph);
    free(world->edges);
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        free(world->weight[c]);
    }
}

/* ---- every simple path
 * --------------------------------------------------------------- */

static bool edge_open(const chain_world *w, uint32_t e) {
    const chain_edge *edge = &w->edges[e];
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        if (!isfinite(w->weight[c][e])) {
            return false;
        }
    }
    for (size_t i = 0; i < w->ban.port_count; i++) {
        if (edge->port != CHAIN_NO_PORT && edge->port == w->banned_ports[i]) {
            return false;
        }
    }
    if (edge->mode != CHAIN_NO_MODE && (w->ban.modes & UINT64_C(1) << edge->mode)) {
        return false;
    }
    return (w->ban.passages & edge->passages) == 0;
}

static bool end_open(const chain_end *end) {
    return isfinite(end->weight[0]) && isfinite(end->weight[1]) &&
           isfinite(end->weight[2]);
}

static void add_weights(chain_found *found, const double *const weights[3], size_t i) {
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        found->total[c] += rounded(weights[c][i]);
    }
}

static void add_end(chain_found *found, const chain_end *end) {
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        found->total[c] += rounded(end->weight[c]);
    }
}

static void add_found(const chain_world *w, const chain_found *found, chain_all *all) {
    if (all->count == CHAIN_CHECK_PATHS) {
        abort();
    }
    if (all->count == all->capacity) {
        all->capacity = all->capacity * 2 + 64;
        all->paths = need(realloc(all->paths, all->capacity * sizeof *all->paths));
    }
    chain_found *kept = &all->paths[all->count++];
    *kept = *found;
    kept->key = 0;
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        kept->key += w->query.coefficient[c] * kept->total[c];
    }
}

static void walk(const chain_world *w, uint32_t vertex, uint64_t visited,
                 const chain_found *so_far, chain_all *all) {
    const double *const weights[3] = {w->weight[0], w->weight[1], w->weight[2]};
    for (size_t i = 0; i < w->query.target_count; i++) {
        const chain_end *target = &w->query.targets[i];
        if (target->vertex == vertex && end_open(target)) {
            chain_found whole = *so_far;
            add_end(&whole, target);
            add_found(w, &whole, all);
        }
    }
    for (uint32_t e = 0; e < w->graph.edge_count; e++) {
        const chain_edge *edge = &w->edges[e];
        if (edge->from != vertex || (visited >> edge->to & 1u) || !edge_open(w, e)) {
            continue;
        }
        chain_found further = *so_far;
        add_weights(&further, weights, e);
        further.passages |= edge->passages;
        further.modes |= edge->mode == CHAIN_NO_MODE ? 0 : UINT64_C(1) << edge->mode;
        further.ports |= edge->port == CHAIN_NO_PORT ? 0 : UINT64_C(1) << edge->port;
        walk(w, edge->to, visited | UINT64_C(1) << edge->to, &further, all);
    }
}

void chain_check_enumerate(const chain_world *world, chain_all *out) {
    out->count = 0;
    for (size_t i = 0; i < world->query.seed_count; i++) {
        const chain_end *seed = &world->query.seeds[i];
        if (end_open(seed)) {
            chain_found start = {.key = 0};
            add_end(&start, seed);
            walk(world, seed->vertex, UINT64_C(1) << seed->vertex, &start, out);
        }
    }
}

/* ---- comparisons --------------------------------------------------------------------
 */

static int compare_totals(const chain_found *x, const chain_found *y) {
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        if (x->total[c] != y->total[c]) {
            return x->total[c] < y->total[c] ? -1 : 1;
        }
    }
    return 0;
}

int chain_check_compare(const chain_found *a, const chain_found *b) {
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return compare_totals(a, b);
}

static int by_totals(const void *a, const void *b) {
    return compare_totals(a, b);
}

static bool as_good(const chain_found *a, const chain_found *b) {
    return a->total[0] <= b->total[0] && a->total[1] <= b->total[1] &&
           a->total[2] <= b->total[2];
}

void chain_check_pareto(chain_all *all) {
    if (all->count == 0) {
        return;
    }
    qsort(all->paths, all->count, sizeof *all->paths, by_totals);
    size_t kept = 0;
    for (size_t i = 0; i < all->count; i++) {
        bool best = true;
        for (size_t k = 0; k < kept && best; k++) {
            best = !as_good(&all->paths[k], &all->paths[i]);
        }
        if (best) {
            all->paths[kept++] = all->paths[i];
        }
    }
    all->count = kept;
}

bool chain_check_path(const chain_world *world, const chain_path *path) {
    const double *const weights[3] = {world->weight[0], world->weight[1],
                                      world->weight[2]};
    const chain_end *seed = &world->query.seeds[path->seed];
    const chain_end *target = &world->query.targets[path->target];
    chain_found sum = {.key = 0};
    uint32_t vertex = seed->vertex;
    add_end(&sum, seed);
    for (size_t i = 0; i < path->edge_count; i++) {
        uint32_t e = path->edges[i];
        if (world->edges[e].from != vertex || !edge_open(world, e)) {
            return false;
        }
        vertex = world->edges[e].to;
        add_weights(&sum, weights, e);
    }
    add_end(&sum, target);
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        if (sum.total[c] != path->total[c]) {
            return false;
        }
    }
    return vertex == target->vertex;
}
