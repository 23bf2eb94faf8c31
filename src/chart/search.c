/*
 * A* with landmarks (Goldberg and Harrelson 2005). A landmark's distances were found
 * with everything open that the rules may open, so they bound from below under any
 * closure and any extra. They are rounded, so the bound is not consistent: a node that
 * is reached by a shorter way after it was settled is settled again.
 * Arrays are stamped with an epoch and never cleared.
 */
#include "chart/search.h"

#include <math.h>
#include <string.h>

/* Widths of the queue's buckets, for one goal and for many. */
#define ONE_WIDTH_M  64.0f
#define MANY_WIDTH_M 1024.0f

/* Weighted A* (Pohl 1970): a way at most so much longer than the best, mostly much
 * less, with a few hundred nodes settled. */
#define QUICK_WEIGHT 1.1f

dro_status search_create(const dro_chart *chart, ends_space *space, search *out,
                         dro_error *error) {
    (void)chart;
    *out = (search){.space = space};
    return buckets_create(&out->queue, error);
}

dro_status search_prepare(const dro_chart *chart, const dro_sea_rules *rules, search *s,
                          dro_error *error) {
    s->space->view = (ends_view){0};
    DRO_TRY(through_prepare(rules, &s->through, error));
    s->further = 0;
    if (!rules->avoid_count) {
        return DRO_OK; /* a detour that was found before is kept */
    }
    DRO_TRY(detour_prepare(chart, rules, s->space, &s->detour, error));
    s->further = s->detour.count;
    s->space->view = detour_view(&s->detour);
    return DRO_OK;
}

void search_free(search *s) {
    dro_free(s->states);
    dro_free(s->rests);
    dro_free(s->left);
    dro_free(s->target_cost);
    dro_free(s->target_access);
    dro_free(s->target_stamp);
    buckets_free(&s->queue);
    detour_free(&s->detour);
    through_free(&s->through);
}

/* ---- layers: which required passages were used -------------------------------------
 */

static unsigned layers_of(const dro_sea_rules *rules) {
    unsigned n = 1;
    for (uint64_t m = rules->require; m; m &= m - 1) {
        n *= 2;
    }
    return n;
}

/* gates: as counted (through.h) */
static unsigned layer_after(const dro_sea_rules *rules, unsigned layer,
                            uint64_t gates) {
    if (!(rules->require & gates)) {
        return layer;
    }
    unsigned bit = 1;
    for (uint64_t m = rules->require; m; m &= m - 1, bit *= 2) {
        if (gates & (m & (~m + 1))) {
            layer |= bit;
        }
    }
    return layer;
}

/* Where shoals are soft, a way that begins in waters that they cut off may leave them
 * over shoals only until it is in the sea (rules_shut). So of two ways to a place the
 * longer may be of use, if only it was not yet in the sea: both are kept, those that
 * were in layers of their own. */
static bool starts_cut_off(const dro_chart *chart, const dro_sea_rules *rules,
                           const route_end *from) {
    const image *v = &chart->image;
    bool cut_off = false;
    for (size_t i = 0; rules->soft_shoals && !cut_off && i < from->access_count; i++) {
        uint32_t node = from->accesses[i].node;
        cut_off = node < v->nodes_count && v->island[node] != 0;
    }
    return cut_off;
}

static dro_status begin(const dro_chart *chart, const dro_sea_rules *rules, search *s,
                        bool sides, dro_error *error) {
    size_t nodes = search_nodes(chart, s);
    size_t need = nodes * layers_of(rules) * (sides ? 2 : 1);
    DRO_TRY(DRO_RESERVE(s->target_cost, s->target_cost_capacity, nodes, error));
    DRO_TRY(DRO_RESERVE(s->target_access, s->target_access_capacity, nodes, error));
    size_t stamps = s->target_stamp_capacity;
    DRO_TRY(DRO_RESERVE(s->target_stamp, s->target_stamp_capacity, nodes, error));
    if (s->target_stamp_capacity != stamps) {
        memset(s->target_stamp + stamps, 0, (s->target_stamp_capacity - stamps) * 4);
    }
    size_t had = s->state_capacity;
    DRO_TRY(DRO_RESERVE(s->states, s->state_capacity, need, error));
    DRO_TRY(DRO_RESERVE(s->rests, s->rest_capacity, need, error));
    if (s->state_capacity != had) {
        memset(s->states + had, 0, (s->state_capacity - had) * sizeof *s->states);
    }
    if (++s->epoch > UINT32_MAX / 8) { /* wrapped: old stamps would look new */
        memset(s->states, 0, s->state_capacity * sizeof *s->states);
        memset(s->target_stamp, 0, s->target_stamp_capacity * 4);
        s->epoch = 1;
    }
    s->settled = 0;
    return DRO_OK;
}

typedef struct run {
    const dro_chart *chart;
    const dro_sea_rules *rules;
    search *s;
    uint32_t nodes, layers, goal_layer;
    bool sides;   /* twice the layers: those from `layers` were in the sea */
    bool plain;   /* no layers, extras or areas: a state is a node */
    aim aim;      /* count 0: no bound (one to many) */
    float limit;  /* nothing at or above is of use */
    float weight; /* of the bound: 1 for the best way, more for a quick one */
    /* Round areas not only arcs are followed, a node can be left in any direction, and
     * of the goal's accesses some are cut off: distances over arcs to landmarks bound
     * nothing there. What is left is bounded by the straight way to `goal` and by the
     * way that areas do not hinder (set_left). */
    bool areas, straight, bounded;
    float left_share;
    dro_vec goal;
} run;

static uint32_t node_of(const run *r, uint32_t state) {
    return r->plain ? state : state % r->nodes;
}

static unsigned layer_of(const run *r, uint32_t state) {
    return r->plain ? 0 : state / r->nodes % r->layers;
}

static uint32_t state_at(const run *r, unsigned layer, uint32_t node, bool was_at_sea) {
    return (layer + (r->sides && was_at_sea ? r->layers : 0)) * r->nodes + node;
}

/* ---- bounds ----------------------------------------------------------------- */

static float bound_round_areas(const run *r, uint32_t node) {
    size_t nodes = r->chart->image.nodes_count;
    dro_vec at =
        node >= nodes ? r->s->detour.places[node - nodes] : r->chart->image.nodes[node];
    float straight = (float)(dro_geo_distance_fast_m(at, r->goal) * (1.0 - 2e-5));
    float left = r->s->left[node];
    return isfinite(left) ? fmaxf(straight, left * r->left_share) : straight;
}

/* ---- what is left where areas hinder nothing ----------------------------------- */

static dro_status lower_left(search *s, uint32_t node, float cost, dro_error *error) {
    if (cost >= s->left[node]) {
        return DRO_OK;
    }
    s->left[node] = cost;
    return buckets_push(&s->queue, cost, node, error);
}

static dro_status spread_left(run *r, uint32_t node, dro_error *error) {
    const image *v = &r->chart->image;
    search *s = r->s;
    const detour_leg *leg = NULL;
    for (size_t i = 0; (leg = detour_known_leg(&s->detour, node, i)) != NULL; i++) {
        DRO_TRY(lower_left(s, leg->to, s->left[node] + leg->length_m, error));
    }
    if (node >= v->nodes_count) {
        return DRO_OK;
    }
    for (uint32_t k = v->arc_first[node]; k < v->arc_first[node + 1]; k++) {
        image_arc a = v->arcs[k];
        if (!r->rules->barred[a.class]) {
            DRO_TRY(
                lower_left(s, a.to, s->left[node] + rules_cost(r->rules, a), error));
        }
    }
    return DRO_OK;
}

/* Costs from the goal over arcs, cut or not, and the legs of the detour. A leg past an
 * area that is no arc has arcs in its place, at most (1 + spanner) times as long: so
 * much less is left from a node of a search at the least. */
static dro_status set_left(run *r, const route_end *to, dro_error *error) {
    search *s = r->s;
    heap_entry e;
    float least = 0.0f;
    DRO_TRY(DRO_RESERVE(s->left, s->left_capacity, r->nodes, error));
    for (uint32_t i = 0; i < r->nodes; i++) {
        s->left[i] = INFINITY;
    }
    for (size_t i = 0; i < to->access_count; i++) {
        DRO_TRY(lower_left(s, to->accesses[i].node, to->accesses[i].cost_m, error));
    }
    while (buckets_pop(&s->queue, &e, &least)) {
        if (e.key <= s->left[e.item]) {
            DRO_TRY(spread_left(r, e.item, error));
        }
    }
    r->left_share =
        (float)((1.0 - 2e-5) / (1.0 + (double)r->chart->image.header->spanner));
    buckets_clear(&s->queue, 0.0f, MANY_WIDTH_M);
    return DRO_OK;
}

static inline float bound(const run *r, uint32_t node) {
    return r->straight ? bound_round_areas(r, node) : aim_bound(&r->aim, node);
}

/* ---- settling --------------------------------------------------------------- */

static bool in_sea(const run *r, uint32_t node) {
    return node >= r->chart->image.nodes_count || r->chart->image.island[node] == 0;
}

/* Has a way been in the open sea once it leaves this state? */
static bool at_sea_after(const run *r, uint32_t state) {
    return (r->s->states[state].stamp & 2u) || in_sea(r, node_of(r, state));
}

/* A way to a state, from `step.parent`; step.stamp: 2 if it has been at sea. */
static inline dro_status improve(run *r, uint32_t state, uint32_t node,
                                 search_state step, dro_error *error) {
    search *s = r->s;
    search_state *q = &s->states[state];
    bool reached = q->stamp >= 4 * s->epoch;
    if (reached && (q->cost <= step.cost || (r->weight > 1.0f && (q->stamp & 1u)))) {
        return DRO_OK;
    }
    float rest = 0.0f;
    if (r->bounded) {
        rest = reached ? s->rests[state] : bound(r, node);
        s->rests[state] = rest;
    }
    step.stamp |= 4 * s->epoch;
    *q = step; /* even if it is of no use: that is not worked out again */
    return step.cost + rest < r->limit
               ? buckets_push(&s->queue, step.cost + r->weight * rest, state, error)
               : DRO_OK;
}

/* Keys grow little from the first to the last: narrow buckets from there on. */
static void narrow_queue(run *r, const route_end *from) {
    float least = INFINITY;
    for (size_t i = 0; i < from->access_count; i++) {
        const end_access *a = &from->accesses[i];
        least = fminf(least, a->cost_m + bound(r, a->node));
    }
    if (least < r->limit) {
        buckets_clear(&r->s->queue, least,
                      r->weight > 1.0f ? MANY_WIDTH_M : ONE_WIDTH_M);
    }
}

static dro_status seed(run *r, const route_end *from, dro_error *error) {
    for (size_t i = 0; i < from->access_count; i++) {
        const end_access *a = &from->accesses[i];
        unsigned layer =
            layer_after(r->rules, 0, through_counted(&r->s->through, a->passed.gates));
        DRO_TRY(improve(
            r, state_at(r, layer, a->node, false), a->node,
            (search_state){a->cost_m, SEARCH_FROM_END + (uint32_t)i, GRAPH_NONE, 0},
            error));
    }
    return DRO_OK;
}

/* Straight legs that are no arcs: to nodes of the detour, and past areas. */
static dro_status follow_legs(run *r, uint32_t state, dro_error *error) {
    const detour_leg *legs = NULL;
    size_t count = 0;
    unsigned layer = layer_of(r, state);
    float cost = r->s->states[state].cost;
    bool at_sea = at_sea_after(r, state);
    search_state step = {0.0f, state, GRAPH_NONE, at_sea ? 2u : 0u};
    DRO_TRY(detour_legs_of(r->chart, r->rules, r->s->space, &r->s->detour,
                           node_of(r, state), &legs, &count, error));
    for (size_t i = 0; i < count; i++) {
        const detour_leg *leg = &legs[i];
        if (!rules_leg_shut(r->rules, leg->passed, at_sea, in_sea(r, leg->to))) {
            unsigned to =
                layer_after(r->rules, layer, leg->passed.gates & ~r->s->through.canals);
            step.cost = cost + leg->length_m + rules_extra(r->rules, leg->passed.gates);
            DRO_TRY(improve(r, state_at(r, to, leg->to, at_sea), leg->to, step, error));
        }
    }
    return DRO_OK;
}

/* Does an arc touch an avoided area? */
static bool cut(const run *r, uint32_t node, image_arc a) {
    const dro_vec *at = r->chart->image.nodes;
    return a.piece ? rules_piece_cut(r->rules, node, a)
                   : rules_avoided(r->rules, at[node], at[a.to]);
}

/* Through required canals that begin here. */
static dro_status pass_through(run *r, uint32_t state, dro_error *error) {
    const through *t = &r->s->through;
    unsigned layer = layer_of(r, state);
    float cost = r->s->states[state].cost;
    bool after = at_sea_after(r, state);
    search_state step = {0.0f, state, 0, after ? 2u : 0u};
    for (size_t i = 0; i < t->way_count; i++) {
        const through_way *w = &t->ways[i];
        unsigned to = layer_after(r->rules, layer, w->gates);
        if (w->from == node_of(r, state) && to != layer) { /* once, and not back */
            step.cost = cost + w->cost_m;
            step.arc = SEARCH_THROUGH + (uint32_t)i;
            DRO_TRY(improve(r, state_at(r, to, w->to, after), w->to, step, error));
        }
    }
    return DRO_OK;
}

#define AHEAD 8   /* arcs whose states are fetched in advance */
#define BATCH 32u /* arcs whose landmarks are */

/* The arcs from..to of a node that give a shorter way; their landmarks' rows are on
 * their way when they are looked at. */
static size_t find_shorter(const run *r, uint32_t node, search_state here,
                           uint32_t from, uint32_t to, uint32_t found[BATCH]) {
    const image_arc *arcs = r->chart->image.arcs;
    const search_state *states = r->s->states;
    const uint8_t *shut = r->rules->shut;
    uint32_t now = 4 * r->s->epoch;
    uint32_t ahead = to + AHEAD < r->chart->image.arcs_count ? AHEAD : 0;
    bool at_sea = (here.stamp & 2u) != 0;
    size_t count = 0;
    for (uint32_t k = from; k < to; k++) {
        const search_state *q = &states[arcs[k].to];
        bool reached = q->stamp >= now;
        DRO_PREFETCH(&states[arcs[k + ahead].to]);
        if ((reached && q->cost <= here.cost + arcs[k].length_m) ||
            (shut[arcs[k].class] && rules_shut(r->rules, arcs[k], node, at_sea))) {
            continue;
        }
        if (reached) {
            DRO_PREFETCH(&r->s->rests[arcs[k].to]);
        } else if (r->aim.count) {
            const int16_t *row = r->aim.rows + (size_t)arcs[k].to * r->aim.count;
            DRO_PREFETCH(row);
            DRO_PREFETCH(row + AIM_LANES);
        }
        found[count++] = k;
    }
    return count;
}

/* The arcs of a node where nothing but classes counts: most searches. */
static dro_status expand_plain(run *r, uint32_t node, dro_error *error) {
    const image *v = &r->chart->image;
    const search_state here = r->s->states[node];
    search_state step = {0.0f, node, 0, at_sea_after(r, node) ? 2u : 0u};
    uint32_t end = v->arc_first[node + 1], found[BATCH];
    for (uint32_t from = v->arc_first[node]; from < end; from += BATCH) {
        uint32_t to = end - from < BATCH ? end : from + BATCH;
        size_t count = find_shorter(r, node, here, from, to, found);
        for (size_t i = 0; i < count; i++) {
            image_arc a = v->arcs[found[i]];
            step.cost = here.cost + a.length_m;
            step.arc = found[i];
            DRO_TRY(improve(r, a.to, a.to, step, error));
        }
    }
    return DRO_OK;
}

static dro_status expand(run *r, uint32_t state, dro_error *error) {
    const image *v = &r->chart->image;
    uint32_t node = node_of(r, state);
    if (r->plain) {
        return expand_plain(r, node, error);
    }
    if (r->areas) {
        DRO_TRY(follow_legs(r, state, error));
    }
    if (node >= v->nodes_count) {
        return DRO_OK;
    }
    if (r->rules->require) {
        DRO_TRY(pass_through(r, state, error));
    }
    float cost = r->s->states[state].cost;
    bool at_sea = (r->s->states[state].stamp & 2u) != 0;
    bool after = at_sea_after(r, state);
    search_state step = {0.0f, state, 0, after ? 2u : 0u};
    for (uint32_t k = v->arc_first[node]; k < v->arc_first[node + 1]; k++) {
        image_arc a = v->arcs[k];
        uint64_t gates = v->classes[a.class].gates;
        if (rules_shut(r->rules, a, node, at_sea) ||
            (r->rules->require && a.piece && through_whole(&r->s->through, gates)) ||
            (r->areas && cut(r, node, a))) {
            continue;
        }
        unsigned to = layer_after(r->rules, layer_of(r, state),
                                  through_counted(&r->s->through, gates));
        step.cost = cost + rules_cost(r->rules, a);
        step.arc = k;
        DRO_TRY(improve(r, state_at(r, to, a.to, after), a.to, step, error));
    }
    return DRO_OK;
}

static void mark_goal(search *s, const route_end *to) {
    for (size_t i = 0; i < to->access_count; i++) {
        const end_access *a = &to->accesses[i];
        if (s->target_stamp[a->node] != s->epoch ||
            a->cost_m < s->target_cost[a->node]) {
            s->target_stamp[a->node] = s->epoch;
            s->target_cost[a->node] = a->cost_m;
            s->target_access[a->node] = (uint32_t)i;
        }
    }
}

/* Is a settled state the last before the goal? */
static void try_goal(run *r, uint32_t state, const route_end *to, search_goal *best) {
    const search *s = r->s;
    uint32_t node = node_of(r, state);
    if (s->target_stamp[node] == s->epoch) {
        uint64_t gates = through_counted(
            &s->through, to->accesses[s->target_access[node]].passed.gates);
        float cost = s->states[state].cost + s->target_cost[node];
        if (cost < r->limit &&
            layer_after(r->rules, layer_of(r, state), gates) == r->goal_layer) {
            *best = (search_goal){cost, state, s->target_access[node]};
            r->limit = cost;
        }
    }
}

static dro_status start(run *r, const dro_chart *chart, const dro_sea_rules *rules,
                        search *s, bool sides, float limit, dro_error *error) {
    DRO_TRY(begin(chart, rules, s, sides, error));
    buckets_clear(&s->queue, 0.0f, MANY_WIDTH_M);
    r->chart = chart;
    r->rules = rules;
    r->s = s;
    r->limit = limit;
    r->weight = 1.0f;
    r->aim.count = 0;
    r->nodes = search_nodes(chart, s);
    r->layers = layers_of(rules);
    r->goal_layer = r->layers - 1;
    r->sides = sides;
    r->straight = r->bounded = false;
    r->areas = rules->avoid_count > 0;
    r->plain = !rules->require && !r->areas && !rules->has_extra && !sides;
    return DRO_OK;
}

/* The arcs of the state that will probably be settled next. */
static void fetch_next(const run *r) {
    const image *v = &r->chart->image;
    uint32_t node = buckets_peek(&r->s->queue);
    if (r->plain && node != UINT32_MAX) {
        const char *arcs = (const char *)(v->arcs + v->arc_first[node]);
        DRO_PREFETCH(arcs);
        DRO_PREFETCH(arcs + 64);
        DRO_PREFETCH(arcs + 128);
        DRO_PREFETCH(arcs + 192);
    }
}

/* The next state to be settled; false: none is left below the limit. */
static bool settle(run *r, uint32_t *state) {
    search *s = r->s;
    heap_entry e;
    float least = 0.0f;
    while (buckets_pop(&s->queue, &e, &least)) {
        if (least >= r->limit) {
            return false;
        }
        if (e.key < r->limit && !search_settled(s, e.item)) {
            s->states[e.item].stamp |= 1u;
            s->settled++;
            *state = e.item;
            fetch_next(r);
            return true;
        }
    }
    return false;
}

static dro_status set_out(run *r, const dro_chart *chart, const dro_sea_rules *rules,
                          search *s, const route_end *from, const route_end *to,
                          float below, float weight, dro_error *error) {
    DRO_TRY(
        start(r, chart, rules, s, starts_cut_off(chart, rules, from), below, error));
    r->goal = to->at;
    r->straight = r->areas;
    r->weight = weight;
    if (r->areas) {
        DRO_TRY(set_left(r, to, error));
    } else {
        aim_at(&r->aim, chart, rules, from, to);
    }
    r->bounded = r->straight || r->aim.count > 0;
    mark_goal(s, to);
    DRO_TRY(through_note_ends(rules, &s->through, from, to, 1, error));
    narrow_queue(r, from);
    return seed(r, from, error);
}

dro_status search_route(const dro_chart *chart, const dro_sea_rules *rules, search *s,
                        const route_end *from, const route_end *to, float below,
                        search_goal *out, dro_error *error) {
    run r;
    uint32_t state = 0;
    search_goal best = {INFINITY, GRAPH_NONE, 0};
    *out = best;
    if (!from->access_count || !to->access_count) {
        return DRO_OK;
    }
    DRO_TRY(set_out(&r, chart, rules, s, from, to, below, 1.0f, error));
    while (settle(&r, &state)) {
        try_goal(&r, state, to, &best);
        DRO_TRY(expand(&r, state, error));
    }
    *out = best;
    return DRO_OK;
}

dro_status search_some_way(const dro_chart *chart, const dro_sea_rules *rules,
                           search *s, const route_end *from, const route_end *to,
                           float *cost, dro_error *error) {
    run r;
    uint32_t state = 0;
    search_goal best = {INFINITY, GRAPH_NONE, 0};
    if (!from->access_count || !to->access_count) {
        return DRO_OK;
    }
    DRO_TRY(set_out(&r, chart, rules, s, from, to, *cost, QUICK_WEIGHT, error));
    while (best.state == GRAPH_NONE && settle(&r, &state)) {
        try_goal(&r, state, to, &best);
        DRO_TRY(expand(&r, state, error));
    }
    *cost = fminf(*cost, best.cost);
    return DRO_OK;
}

/* ---- one to many ------------------------------------------------------------ */

/* How many nodes the goals hang on; marks them. */
static size_t mark_goals(search *s, const route_end *to, size_t count) {
    size_t wanted = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < to[i].access_count; k++) {
            uint32_t node = to[i].accesses[k].node;
            if (s->target_stamp[node] != s->epoch) {
                s->target_stamp[node] = s->epoch;
                wanted++;
            }
        }
    }
    return wanted;
}

static search_goal best_access(const run *r, const route_end *to) {
    search_goal best = {INFINITY, GRAPH_NONE, 0};
    for (size_t k = 0; k < to->access_count; k++) {
        const end_access *a = &to->accesses[k];
        for (unsigned at = 0; at < r->layers * (r->sides ? 2 : 1); at++) {
            uint32_t state = at * r->nodes + a->node;
            float cost = r->s->states[state].cost + a->cost_m;
            if (search_settled(r->s, state) && cost < best.cost &&
                layer_after(r->rules, layer_of(r, state),
                            through_counted(&r->s->through, a->passed.gates)) ==
                    r->goal_layer) {
                best = (search_goal){cost, state, (uint32_t)k};
            }
        }
    }
    return best;
}

/* Settles until every goal's nodes are, then what can still shorten a way to them: in
 * a bucket a node may be settled before its last correction. */
static dro_status settle_goals(run *r, size_t wanted, dro_error *error) {
    search *s = r->s;
    uint32_t state = 0;
    float farthest = 0.0f;
    while (wanted && settle(r, &state)) {
        uint32_t node = node_of(r, state);
        if (!r->rules->require && s->target_stamp[node] == s->epoch) {
            s->target_stamp[node] = 0; /* counted */
            farthest = fmaxf(farthest, s->states[state].cost);
            wanted--;
        }
        DRO_TRY(expand(r, state, error));
    }
    r->limit = wanted ? r->limit : farthest;
    while (settle(r, &state)) {
        DRO_TRY(expand(r, state, error));
    }
    return DRO_OK;
}

dro_status search_many(const dro_chart *chart, const dro_sea_rules *rules, search *s,
                       const route_end *from, const route_end *to, size_t count,
                       search_goal *out, dro_error *error) {
    run r;
    bool sides = starts_cut_off(chart, rules, from);
    DRO_TRY(start(&r, chart, rules, s, sides, INFINITY, error));
    DRO_TRY(through_note_ends(rules, &s->through, from, to, count, error));
    DRO_TRY(seed(&r, from, error));
    DRO_TRY(settle_goals(&r, mark_goals(s, to, count), error));
    for (size_t i = 0; i < count; i++) {
        out[i] = best_access(&r, &to[i]);
    }
    return DRO_OK;
}

static uint64_t gates_to(const run *r, uint32_t state) {
    const image *v = &r->chart->image;
    uint64_t gates = 0;
    for (const search_state *q = &r->s->states[state]; q->arc != GRAPH_NONE;
         q = &r->s->states[q->parent]) {
        gates |= v->classes[v->arcs[q->arc].class].gates;
    }
    return gates;
}

/* The best state of a port, GRAPH_NONE if it was not reached. */
static uint32_t best_at(const run *r, uint32_t node) {
    uint32_t best = GRAPH_NONE;
    for (unsigned side = 0; node != GRAPH_NONE && side < (r->sides ? 2u : 1u); side++) {
        uint32_t state = state_at(r, 0, node, side > 0);
        if (search_settled(r->s, state) &&
            (best == GRAPH_NONE ||
             r->s->states[state].cost < r->s->states[best].cost)) {
            best = state;
        }
    }
    return best;
}

dro_status search_ports(const dro_chart *chart, const dro_sea_rules *rules, search *s,
                        uint32_t port, float *distance_m, uint64_t *gates,
                        dro_error *error) {
    const image *v = &chart->image;
    run r;
    uint32_t state = 0, node = v->ports[port].node;
    bool sides = rules->soft_shoals && v->island[node] != 0;
    DRO_TRY(start(&r, chart, rules, s, sides, INFINITY, error));
    search_state first = {0.0f, SEARCH_FROM_END, GRAPH_NONE, 0};
    DRO_TRY(improve(&r, state_at(&r, 0, node, false), node, first, error));
    while (settle(&r, &state)) {
        DRO_TRY(expand(&r, state, error));
    }
    for (size_t i = 0; i < v->ports_count; i++) {
        uint32_t at = best_at(&r, v->ports[i].node);
        distance_m[i] = at == GRAPH_NONE ? INFINITY : s->states[at].cost;
        gates[i] = at == GRAPH_NONE ? 0 : gates_to(&r, at);
    }
    return DRO_OK;
}
