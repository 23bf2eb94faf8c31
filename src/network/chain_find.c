/* Questions to the graph: ends, bans, the best chain, many chains, reach. */
#include <math.h>
#include <string.h>

#include "network/chain_state.h"

const char *dro_chain_by_text(dro_chain_by by) {
    static const char *const text[] = {"time", "cost", "co2", "generalised"};
    return text[by];
}

const char *dro_chain_mode_text(dro_chain_mode mode) {
    static const char *const text[] = {"road",  "rail",     "river",
                                       "ferry", "pipeline", "liner",
                                       "tramp", "transfer", "wait"};
    return text[mode];
}

static bool in_containers(const dro_chains *c, size_t commodity) {
    return dro_facts_word(c->facts, commodity, DRO_COMMODITY_FORM) == 0;
}

/* ---- ends -------------------------------------------------------------------------
 */

typedef struct end_list {
    chain_end **items;
    size_t *capacity, count;
} end_list;

static dro_status add_end(end_list *list, uint32_t vertex,
                          const double weight[CHAIN_CRITERIA], dro_error *error) {
    DRO_TRY(dro_reserve((void **)list->items, list->capacity, list->count + 1,
                        sizeof **list->items, error));
    chain_end *end = &(*list->items)[list->count++];
    end->vertex = vertex;
    memcpy(end->weight, weight, sizeof end->weight);
    return DRO_OK;
}

static dro_status quay_ends(const dro_chain_worker *w, const dro_chain_place *place,
                            size_t commodity, bool from, end_list *list,
                            dro_error *error) {
    static const double nothing[CHAIN_CRITERIA] = {0.0, 0.0, 0.0};
    const dro_chains *c = w->chains;
    uint16_t slot = c->port_slot[place->port];
    if (!in_containers(c, commodity)) {
        return add_end(list, from ? c->port_out[slot] : c->port_in[slot], nothing,
                       error);
    }
    for (size_t i = 0; i < dro_facts_count(c->facts, DRO_KIND_CALL); i++) {
        int service = dro_facts_thing(c->facts, i, DRO_CALL_SERVICE);
        if (dro_facts_thing(c->facts, i, DRO_CALL_PORT) == place->port &&
            c->service_active[service]) {
            DRO_TRY(add_end(list, from ? c->call_depart[i] : c->call_arrive[i], nothing,
                            error));
        }
    }
    return DRO_OK;
}

/* origin 0, destination 1, sea 2, then the modes: DRO_TRANSFER_WORDS */
static dro_status door_ends(const dro_chain_worker *w, const dro_chain_place *place,
                            size_t commodity, bool from, end_list *list,
                            dro_error *error) {
    const dro_chains *c = w->chains;
    double weight[CHAIN_CRITERIA];
    for (int mode = 0; place->node >= 0 && mode < CHAIN_LAND_MODES; mode++) {
        uint32_t vertex =
            c->node_vertex[(size_t)place->node * CHAIN_LAND_MODES + (size_t)mode];
        int transfer = from ? chain_transfer_at(c, place->node, 0, mode + 3)
                            : chain_transfer_at(c, place->node, mode + 3, 1);
        if (vertex != CHAIN_NONE) {
            chain_weigh_transfer(w, transfer, commodity, weight);
            DRO_TRY(add_end(list, vertex, weight, error));
        }
    }
    if (place->port >= 0) {
        uint16_t slot = c->port_slot[place->port];
        int transfer = from ? chain_transfer_at(c, place->node, 0, 2)
                            : chain_transfer_at(c, place->node, 2, 1);
        chain_weigh_transfer(w, transfer, commodity, weight);
        DRO_TRY(
            add_end(list, from ? c->port_out[slot] : c->port_in[slot], weight, error));
    }
    return DRO_OK;
}

static dro_status make_ends(dro_chain_worker *w, const dro_chain_place *place,
                            size_t commodity, bool from, size_t *count,
                            dro_error *error) {
    end_list list = {from ? &w->seeds : &w->targets,
                     from ? &w->seed_capacity : &w->target_capacity, 0};
    DRO_TRY(place->quay ? quay_ends(w, place, commodity, from, &list, error)
                        : door_ends(w, place, commodity, from, &list, error));
    *count = list.count;
    return DRO_OK;
}

/* ---- the question
 * --------------------------------------------------------------------
 */

static uint64_t liner_modes(void) {
    return ~((UINT64_C(1) << CHAIN_LINER_MODE) - 1);
}

static uint64_t sea_modes(void) {
    return liner_modes() | UINT64_C(1) << CHAIN_TRAMP_MODE;
}

static uint64_t mode_of_service(int service) {
    int most = (int)CHAIN_MODES - 1 - CHAIN_LINER_MODE;
    return UINT64_C(1) << (CHAIN_LINER_MODE + (service < most ? service : most));
}

static void set_coefficients(const dro_chain_worker *w, const dro_chain_wish *wish,
                             double out[CHAIN_CRITERIA]) {
    static const double plain[][CHAIN_CRITERIA] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    if (wish->by != DRO_CHAIN_BY_GENERALISED) {
        memcpy(out, plain[wish->by], sizeof plain[0]);
        return;
    }
    out[CHAIN_TIME] = dro_chain_hour_usd(w, wish->commodity);
    out[CHAIN_COST] = 1.0;
    out[CHAIN_CO2] = 0.0;
}

double dro_chain_unit_t(const dro_chain_worker *w, size_t commodity) {
    return in_containers(w->chains, commodity)
               ? chain_value(w, commodity, DRO_COMMODITY_T_PER_TEU)
               : 1.0;
}

double dro_chain_hour_usd(const dro_chain_worker *w, size_t commodity) {
    double share = chain_value(w, commodity, DRO_COMMODITY_TIME_VALUE_PCT_D);
    return isnan(share) ? 0.0
                        : chain_value(w, commodity, DRO_COMMODITY_VALUE_USD_T) *
                              dro_chain_unit_t(w, commodity) * share / 100.0 / 24.0;
}

double dro_chain_value(const dro_chain_total *total, dro_chain_by by, double hour_usd) {
    switch (by) {
    case DRO_CHAIN_BY_TIME:
        return total->time_h;
    case DRO_CHAIN_BY_COST:
        return total->cost_usd;
    case DRO_CHAIN_BY_CO2:
        return total->co2_kg;
    case DRO_CHAIN_BY_GENERALISED:
        break;
    }
    return total->cost_usd + total->time_h * hour_usd;
}

static void set_bans(const dro_chain_worker *w, const dro_chain_wish *wish,
                     chain_question *q) {
    q->ban = (chain_ban){0};
    if (wish->service >= 0) {
        q->ban.modes = liner_modes() & ~mode_of_service(wish->service);
        if (wish->connecting >= 0) {
            q->ban.modes &= ~mode_of_service(wish->connecting);
        }
    }
    if (wish->by_land) {
        q->ban.modes = sea_modes();
    }
    if (wish->without_port >= 0) {
        q->banned_port = w->chains->port_slot[wish->without_port];
        q->ban.ports = &q->banned_port;
        q->ban.port_count = q->banned_port == CHAIN_NO_PORT ? 0 : 1;
    }
    q->query.ban = &q->ban;
}

dro_status chain_ask(dro_chain_worker *w, const dro_chain_wish *wish, chain_question *q,
                     dro_error *error) {
    size_t seeds = 0, targets = 0;
    chain_weigh(w, wish->commodity);
    if (wish->from.node >= 0 || wish->from.port >= 0) {
        DRO_TRY(make_ends(w, &wish->from, wish->commodity, true, &seeds, error));
    }
    DRO_TRY(make_ends(w, &wish->to, wish->commodity, false, &targets, error));
    q->weights = (chain_weights){w->weights[CHAIN_TIME], w->weights[CHAIN_COST],
                                 w->weights[CHAIN_CO2]};
    q->query = (chain_query){.graph = &w->chains->graph,
                             .weights = &q->weights,
                             .seeds = w->seeds,
                             .targets = w->targets,
                             .seed_count = seeds,
                             .target_count = targets};
    set_coefficients(w, wish, q->query.coefficient);
    set_bans(w, wish, q);
    return DRO_OK;
}

/* ---- over a port --------------------------------------------------------------------
 */

static chain_end yard(const dro_chain_worker *w, int port) {
    uint16_t slot = w->chains->port_slot[port];
    return (chain_end){slot == CHAIN_NO_PORT ? 0 : w->chains->port_out[slot], {0}};
}

static dro_status join(const chain_path *land, const chain_path *sea, dro_arena *arena,
                       chain_path *out, dro_error *error) {
    size_t count = land->edge_count + sea->edge_count;
    uint32_t *edges = dro_arena_alloc(arena, count ? count : 1, sizeof *edges);
    if (!edges) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a chain");
    }
    if (land->edge_count) {
        memcpy(edges, land->edges, land->edge_count * sizeof *edges);
    }
    if (sea->edge_count) {
        memcpy(edges + land->edge_count, sea->edges, sea->edge_count * sizeof *edges);
    }
    *out = (chain_path){
        .edges = edges, .edge_count = count, .seed = land->seed, .target = sea->target};
    for (int k = 0; k < CHAIN_CRITERIA; k++) {
        out->total[k] = land->total[k] + sea->total[k];
    }
    return DRO_OK;
}

/* By land to the port's yard, then on by sea. */
static dro_status over_port(dro_chain_worker *w, const dro_chain_wish *wish,
                            const chain_question *q, dro_arena *arena, chain_path *out,
                            dro_error *error) {
    chain_end end = yard(w, wish->via_port);
    chain_query to = q->query, on = q->query;
    chain_ban land = q->ban;
    chain_path first, second;
    land.modes |= sea_modes();
    to.targets = &end;
    to.target_count = 1;
    to.ban = &land;
    on.seeds = &end;
    on.seed_count = 1;
    DRO_TRY(chain_best(w->space, &to, arena, &first, error));
    DRO_TRY(chain_best(w->space, &on, arena, &second, error));
    return join(&first, &second, arena, out, error);
}

static dro_status solve(dro_chain_worker *w, const dro_chain_wish *wish,
                        const chain_question *q, dro_arena *arena, chain_path *out,
                        dro_error *error) {
    dro_error local = DRO_ERROR_INIT;
    dro_status status = wish->via_port >= 0
                            ? over_port(w, wish, q, arena, out, &local)
                            : chain_best(w->space, &q->query, arena, out, &local);
    if (status == DRO_NO_ANSWER && error) {
        return chain_explain(w, wish, error);
    }
    return status == DRO_OK ? DRO_OK : dro_fail(error, status, "%s", local.message);
}

/* ---- one --------------------------------------------------------------------------
 */

dro_status dro_chain_find(dro_chain_worker *w, const dro_chain_wish *wish,
                          dro_arena *arena, dro_chain *out, dro_error *error) {
    chain_question q;
    chain_path path;
    DRO_TRY(chain_ask(w, wish, &q, error));
    DRO_TRY(solve(w, wish, &q, arena, &path, error));
    return chain_describe(w, wish, &path, arena, out, error);
}

dro_status dro_chain_measure(dro_chain_worker *w, const dro_chain_wish *wish,
                             dro_chain_total *out, dro_error *error) {
    chain_question q;
    chain_path path;
    dro_arena_reset(w->arena);
    DRO_TRY(chain_ask(w, wish, &q, error));
    DRO_TRY(solve(w, wish, &q, w->arena, &path, error));
    *out = (dro_chain_total){path.total[CHAIN_TIME], path.total[CHAIN_COST],
                             path.total[CHAIN_CO2]};
    return DRO_OK;
}

void dro_chain_edge(const dro_chains *chains, uint32_t edge, dro_kind *kind,
                    size_t *thing) {
    static const dro_kind kinds[] = {
        [CHAIN_LINK] = DRO_KIND_LINK,     [CHAIN_TRANSFER] = DRO_KIND_TRANSFER,
        [CHAIN_GATE] = DRO_KIND_TRANSFER, [CHAIN_RELEASE] = DRO_KIND_TRANSFER,
        [CHAIN_BOARD] = DRO_KIND_CALL,    [CHAIN_SAIL] = DRO_KIND_CALL,
        [CHAIN_STAY] = DRO_KIND_CALL,     [CHAIN_CONNECT] = DRO_KIND_CALL,
        [CHAIN_LANDING] = DRO_KIND_CALL,  [CHAIN_VOYAGE] = DRO_KIND_TRAMP};
    *kind = kinds[chains->info[edge].kind];
    *thing = chains->info[edge].thing;
}

void dro_chain_reprice(dro_chain_worker *w, const dro_chain *chain, size_t commodity,
                       dro_chain_total *legs, dro_chain_total *whole) {
    dro_chain_wish wish =
        DRO_CHAIN_WISH_INIT(chain->from, chain->to, commodity, DRO_CHAIN_BY_TIME);
    chain_question q;
    *whole = (dro_chain_total){0.0, 0.0, 0.0};
    if (chain_ask(w, &wish, &q, NULL) != DRO_OK) {
        whole->time_h = whole->cost_usd = whole->co2_kg = (double)INFINITY;
        return;
    }
    for (size_t i = 0; i < chain->leg_count; i++) {
        const dro_chain_leg *leg = &chain->legs[i];
        double sum[CHAIN_CRITERIA] = {0.0, 0.0, 0.0};
        for (int k = 0; k < CHAIN_CRITERIA; k++) {
            for (size_t e = leg->first; e < leg->first + leg->count; e++) {
                sum[k] += w->weights[k][chain->edges[e]];
            }
            if (leg->count == 0) {
                sum[k] += i == 0 ? w->seeds[chain->seed].weight[k]
                                 : w->targets[chain->target].weight[k];
            }
        }
        dro_chain_total total = {sum[CHAIN_TIME], sum[CHAIN_COST], sum[CHAIN_CO2]};
        if (legs) {
            legs[i] = total;
        }
        whole->time_h += total.time_h;
        whole->cost_usd += total.cost_usd;
        whole->co2_kg += total.co2_kg;
    }
}

/* ---- many ---------------------------------------------------------------------------
 */

static dro_status describe_all(dro_chain_worker *w, const dro_chain_wish *wish,
                               const chain_path *paths, size_t count, dro_arena *arena,
                               dro_chain **out, dro_error *error) {
    dro_chain *chains = dro_arena_alloc(arena, count, sizeof *chains);
    if (!chains) {
        return dro_fail(error, DRO_NOMEM, "out of memory for chains");
    }
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(chain_describe(w, wish, &paths[i], arena, &chains[i], error));
    }
    *out = chains;
    return DRO_OK;
}

dro_status dro_chain_pareto(dro_chain_worker *w, const dro_chain_wish *wish,
                            dro_arena *arena, dro_chain **out, size_t *count,
                            dro_error *error) {
    chain_question q;
    chain_path *paths = NULL;
    DRO_TRY(chain_ask(w, wish, &q, error));
    dro_status status =
        chain_pareto(w->space, &q.query, 0, arena, &paths, count, error);
    if (status == DRO_NO_ANSWER) {
        return chain_explain(w, wish, error);
    }
    DRO_TRY(status);
    return describe_all(w, wish, paths, *count, arena, out, error);
}

dro_status dro_chain_alternatives(dro_chain_worker *w, const dro_chain_wish *wish,
                                  size_t most, dro_arena *arena, dro_chain **out,
                                  size_t *count, dro_error *error) {
    chain_question q;
    chain_path paths[CHAIN_ALTERNATIVES_MAX];
    most = most < CHAIN_ALTERNATIVES_MAX ? most : CHAIN_ALTERNATIVES_MAX;
    DRO_TRY(chain_ask(w, wish, &q, error));
    dro_status status =
        chain_alternatives(w->space, &q.query, most, arena, paths, NULL, count, error);
    if (status == DRO_NO_ANSWER) {
        return chain_explain(w, wish, error);
    }
    DRO_TRY(status);
    return describe_all(w, wish, paths, *count, arena, out, error);
}

/* ---- reach
 * ---------------------------------------------------------------------------- */

static int load_port_of(const dro_chain_worker *w, uint32_t vertex) {
    const dro_chains *c = w->chains;
    for (size_t steps = 0; steps < c->vertex_count; steps++) {
        uint32_t edge = w->tree_edge[vertex];
        if (edge == CHAIN_NONE) {
            break;
        }
        if (c->info[edge].kind == CHAIN_BOARD || c->info[edge].kind == CHAIN_VOYAGE) {
            return (int)c->port_thing[c->info[edge].port];
        }
        vertex = c->graph.to[edge];
    }
    return -1;
}

static double objective(const chain_query *query, const double total[CHAIN_CRITERIA]) {
    double sum = 0.0;
    for (int k = 0; k < CHAIN_CRITERIA; k++) {
        sum += query->coefficient[k] > 0.0 ? query->coefficient[k] * total[k] : 0.0;
    }
    return sum;
}

/* The best way out of a node over all its modes. */
static dro_status reach_node(dro_chain_worker *w, const dro_chain_wish *wish,
                             const chain_query *query, size_t node,
                             dro_chain_total *total, int *load_port, dro_error *error) {
    dro_chain_place place = {
        .node = (int)node,
        .port = dro_facts_thing(w->chains->facts, node, DRO_NODE_PORT)};
    size_t count = 0;
    double least = (double)INFINITY;
    *total = (dro_chain_total){(double)INFINITY, (double)INFINITY, (double)INFINITY};
    *load_port = -1;
    DRO_TRY(make_ends(w, &place, wish->commodity, true, &count, error));
    for (size_t i = 0; i < count; i++) {
        const chain_end *end = &w->seeds[i];
        double sum[CHAIN_CRITERIA];
        for (int k = 0; k < CHAIN_CRITERIA; k++) {
            sum[k] = end->weight[k] + w->tree[k][end->vertex];
        }
        double value = objective(query, sum);
        if (value < least) {
            least = value;
            *total =
                (dro_chain_total){sum[CHAIN_TIME], sum[CHAIN_COST], sum[CHAIN_CO2]};
            *load_port = load_port_of(w, end->vertex);
        }
    }
    return DRO_OK;
}

static dro_status grow(dro_chain_worker *w, const dro_chain_wish *wish,
                       chain_question *q, dro_error *error) {
    chain_tree tree = {.edge = w->tree_edge, .end = w->tree_end};
    for (int k = 0; k < CHAIN_CRITERIA; k++) {
        tree.total[k] = w->tree[k];
    }
    if (wish->via_port < 0) {
        return chain_tree_grow(w->space, &q->query, CHAIN_REVERSE, &tree, error);
    }
    chain_end end = yard(w, wish->via_port);
    chain_query on = q->query;
    chain_path path;
    on.seeds = &end;
    on.seed_count = 1;
    dro_arena_reset(w->arena);
    DRO_TRY(chain_best(w->space, &on, w->arena, &path, error));
    memcpy(end.weight, path.total, sizeof end.weight);
    DRO_TRY(DRO_RESERVE(w->targets, w->target_capacity, 1, error));
    w->targets[0] = end;
    q->ban.modes |= sea_modes();
    q->query.targets = w->targets;
    q->query.target_count = 1;
    return chain_tree_grow(w->space, &q->query, CHAIN_REVERSE, &tree, error);
}

dro_status dro_chain_reach(dro_chain_worker *w, const dro_chain_wish *wish,
                           dro_chain_total *totals, int *load_port, dro_error *error) {
    chain_question q;
    dro_chain_wish to = *wish;
    to.from = (dro_chain_place){.node = -1, .port = -1};
    DRO_TRY(chain_ask(w, &to, &q, error));
    DRO_TRY(grow(w, &to, &q, error));
    for (size_t i = 0; i < dro_facts_count(w->chains->facts, DRO_KIND_NODE); i++) {
        int port = -1;
        DRO_TRY(reach_node(w, &to, &q.query, i, &totals[i], &port, error));
        if (load_port) {
            load_port[i] = wish->via_port >= 0 && isfinite(totals[i].time_h)
                               ? wish->via_port
                               : port;
        }
    }
    return DRO_OK;
}
