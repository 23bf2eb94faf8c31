/* What a case's demand brings to a port, and which ways it finds without something. */
#include <math.h>
#include <stdlib.h>

#include "derrotero/disrupt.h"

static const double DAYS_A_YEAR = 365.0;

/* ---- a port's own
 * ---------------------------------------------------------------------
 */

static dro_point port_at(const dro_facts *f, size_t port) {
    return (dro_point){dro_facts_number(f, port, DRO_PORT_LAT),
                       dro_facts_number(f, port, DRO_PORT_LON)};
}

static bool serves(const dro_facts *f, size_t terminal, bool bulk) {
    size_t port = (size_t)dro_facts_thing(f, terminal, DRO_TERMINAL_PORT);
    return dro_facts_word(f, port, DRO_PORT_STATUS) == 0 &&
           dro_facts_flag(f, terminal,
                          bulk ? DRO_TERMINAL_BULK : DRO_TERMINAL_CONTAINER);
}

/* The nearest open port with such a terminal, or -1. */
static int nearest_port(const dro_facts *f, size_t node, bool bulk) {
    int own = dro_facts_thing(f, node, DRO_NODE_PORT), best = -1;
    dro_point at = {dro_facts_number(f, node, DRO_NODE_LAT),
                    dro_facts_number(f, node, DRO_NODE_LON)};
    double least = (double)INFINITY;
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_TERMINAL); i++) {
        int port = dro_facts_thing(f, i, DRO_TERMINAL_PORT);
        if (serves(f, i, bulk)) {
            double m =
                port == own ? -1.0 : dro_geo_distance_m(at, port_at(f, (size_t)port));
            if (m < least) {
                least = m;
                best = port;
            }
        }
    }
    return best;
}

dro_range dro_disrupt_demand(const dro_facts *facts, size_t port, bool bulk,
                             size_t *rows) {
    dro_range sum = {0.0, 0.0, 0.0};
    *rows = 0;
    for (size_t i = 0; i < dro_facts_count(facts, DRO_KIND_DEMAND); i++) {
        size_t commodity = (size_t)dro_facts_thing(facts, i, DRO_DEMAND_COMMODITY);
        size_t node = (size_t)dro_facts_thing(facts, i, DRO_DEMAND_ORIGIN);
        dro_range a_year =
            dro_facts_range(facts, i, bulk ? DRO_DEMAND_T_Y : DRO_DEMAND_TEU_Y);
        bool same = (dro_facts_word(facts, commodity, DRO_COMMODITY_FORM) == 1) == bulk;
        if (same && !isnan(a_year.value) &&
            nearest_port(facts, node, bulk) == (int)port) {
            sum.value += a_year.value / DAYS_A_YEAR;
            sum.low += a_year.low / DAYS_A_YEAR;
            sum.high += a_year.high / DAYS_A_YEAR;
            (*rows)++;
        }
    }
    return sum;
}

/* ---- detours
 * --------------------------------------------------------------------------
 */

typedef struct best {
    dro_status status;
    dro_chain_total total;
    int port;
} best;

static dro_status find_best(dro_chain_worker *worker, const dro_facts *f, size_t demand,
                            const dro_chains *chains, dro_arena *arena, best *out,
                            dro_error *error) {
    dro_chain_place from = {.node = -1, .port = -1}, to = from;
    size_t node = (size_t)dro_facts_thing(f, demand, DRO_DEMAND_ORIGIN);
    size_t port = (size_t)dro_facts_thing(f, demand, DRO_DEMAND_DESTINATION);
    dro_chain chain = {.load_port = -1};
    dro_error local = DRO_ERROR_INIT;
    dro_arena_reset(arena);
    from.node = (int)node;
    from.port = dro_facts_thing(f, node, DRO_NODE_PORT);
    out->status = dro_chain_place_find(chains, dro_facts_id(f, DRO_KIND_PORT, port),
                                       false, &to, &local);
    if (out->status == DRO_OK) {
        dro_chain_wish wish = DRO_CHAIN_WISH_INIT(
            from, to, (size_t)dro_facts_thing(f, demand, DRO_DEMAND_COMMODITY),
            DRO_CHAIN_BY_GENERALISED);
        out->status = dro_chain_find(worker, &wish, arena, &chain, &local);
    }
    if (out->status != DRO_OK && out->status != DRO_NO_ANSWER) {
        return dro_fail(error, out->status, "%s", local.message);
    }
    out->total = chain.total;
    out->port = chain.load_port;
    return DRO_OK;
}

static bool is_other(const best *a, const best *b) {
    return b->status != DRO_OK || a->port != b->port ||
           fabs(a->total.time_h - b->total.time_h) > 1e-6 ||
           fabs(a->total.cost_usd - b->total.cost_usd) > 1e-6;
}

static dro_detour detour_of(const dro_facts *f, size_t demand, const best *a,
                            const best *b) {
    size_t commodity = (size_t)dro_facts_thing(f, demand, DRO_DEMAND_COMMODITY);
    bool boxes = dro_facts_word(f, commodity, DRO_COMMODITY_FORM) == 0;
    double a_year =
        dro_facts_number(f, demand, boxes ? DRO_DEMAND_TEU_Y : DRO_DEMAND_T_Y);
    return (dro_detour){.demand = demand,
                        .units_per_d = isnan(a_year) ? 0.0 : a_year / DAYS_A_YEAR,
                        .per_teu = boxes,
                        .found = b->status == DRO_OK,
                        .before = a->total,
                        .after = b->total,
                        .port_before = a->port,
                        .port_after = b->port};
}

static int by_units(const void *a, const void *b) {
    const dro_detour *x = a, *y = b;
    if (x->units_per_d != y->units_per_d) {
        return x->units_per_d > y->units_per_d ? -1 : 1;
    }
    return (x->demand > y->demand) - (x->demand < y->demand);
}

static dro_status compare_all(const dro_chains *before, const dro_chains *after,
                              dro_chain_worker *workers[2], dro_arena *scratch,
                              dro_detour *out, size_t *count, dro_error *error) {
    const dro_facts *f = dro_chains_facts(before);
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_DEMAND); i++) {
        best a, b;
        DRO_TRY(find_best(workers[0], f, i, before, scratch, &a, error));
        DRO_TRY(find_best(workers[1], dro_chains_facts(after), i, after, scratch, &b,
                          error));
        if (a.status == DRO_OK && is_other(&a, &b)) {
            out[(*count)++] = detour_of(f, i, &a, &b);
        }
    }
    return DRO_OK;
}

dro_status dro_disrupt_detours(const dro_chains *before, const dro_chains *after,
                               dro_arena *arena, dro_detour **out, size_t *count,
                               dro_error *error) {
    size_t demands = dro_facts_count(dro_chains_facts(before), DRO_KIND_DEMAND);
    dro_chain_worker *workers[2] = {NULL, NULL};
    dro_arena *scratch = NULL;
    dro_status status = DRO_OK;
    size_t found = 0;
    dro_detour *rows = dro_arena_alloc(arena, demands + 1, sizeof *rows);
    if (!rows) {
        return dro_fail(error, DRO_NOMEM, "out of memory for detours");
    }
    DRO_TRY_GOTO(dro_arena_create(&scratch, error), done);
    DRO_TRY_GOTO(dro_chain_worker_create(before, &workers[0], error), done);
    DRO_TRY_GOTO(dro_chain_worker_create(after, &workers[1], error), done);
    DRO_TRY_GOTO(compare_all(before, after, workers, scratch, rows, &found, error),
                 done);
    qsort(rows, found, sizeof *rows, by_units);
    *out = rows;
    *count = found;
done:
    dro_chain_worker_destroy(workers[0]);
    dro_chain_worker_destroy(workers[1]);
    dro_arena_destroy(scratch);
    return status;
}
