/* Why there is no chain: which part cannot be reached, and the nearest place that
 * can. */
#include <math.h>

#include "network/chain_state.h"

typedef struct nearest {
    int node;
    double km;
} nearest;

static dro_point point_of(const dro_facts *f, size_t node) {
    return (dro_point){dro_facts_number(f, node, DRO_NODE_LAT),
                       dro_facts_number(f, node, DRO_NODE_LON)};
}

/* The node nearest to `at` that the worker's tree has. */
static nearest find_nearest(const dro_chain_worker *w, dro_point at) {
    const dro_chains *c = w->chains;
    nearest best = {-1, (double)INFINITY};
    for (size_t i = 0; i < dro_facts_count(c->facts, DRO_KIND_NODE); i++) {
        bool reached = false;
        for (int mode = 0; mode < CHAIN_LAND_MODES; mode++) {
            uint32_t v = c->node_vertex[i * CHAIN_LAND_MODES + (size_t)mode];
            reached = reached || (v != CHAIN_NONE && isfinite(w->tree[CHAIN_TIME][v]));
        }
        double km = dro_geo_distance_m(at, point_of(c->facts, i)) / 1000.0;
        if (reached && km < best.km) {
            best = (nearest){(int)i, km};
        }
    }
    return best;
}

static dro_status grow(dro_chain_worker *w, const chain_query *query,
                       chain_direction direction, dro_error *error) {
    chain_tree tree = {.edge = w->tree_edge, .end = w->tree_end};
    for (int k = 0; k < CHAIN_CRITERIA; k++) {
        tree.total[k] = w->tree[k];
    }
    return chain_tree_grow(w->space, query, direction, &tree, error);
}

static void say(const dro_chains *c, nearest near, const char *between,
                const char *place, char *text, size_t size) {
    if (near.node < 0) {
        (void)snprintf(text, size, "nothing %s %s", between, place);
    } else {
        (void)snprintf(
            text, size, "the nearest place %s %s is %s, %.0f km short", between, place,
            dro_facts_name(c->facts, DRO_KIND_NODE, (size_t)near.node), near.km);
    }
}

dro_status chain_explain(dro_chain_worker *w, const dro_chain_wish *wish,
                         dro_error *error) {
    const dro_chains *c = w->chains;
    chain_question q;
    char ahead[256] = "", back[256] = "";
    const char *from = dro_chain_place_name(c, &wish->from);
    const char *to = dro_chain_place_name(c, &wish->to);
    const char *via = wish->via_port < 0 ? ""
                                         : dro_facts_name(c->facts, DRO_KIND_PORT,
                                                          (size_t)wish->via_port);
    DRO_TRY(chain_ask(w, wish, &q, error));
    DRO_TRY(grow(w, &q.query, CHAIN_FORWARD, error));
    say(c, find_nearest(w, wish->to.at), "reached from", from, ahead, sizeof ahead);
    DRO_TRY(grow(w, &q.query, CHAIN_REVERSE, error));
    say(c, find_nearest(w, wish->from.at), "with a way to", to, back, sizeof back);
    return dro_fail(error, DRO_NO_ANSWER, "no way for %s from %s to %s%s%s: %s; %s",
                    dro_facts_name(c->facts, DRO_KIND_COMMODITY, wish->commodity), from,
                    to, via[0] ? " over " : "", via, ahead, back);
}
