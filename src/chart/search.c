/*
 * A* with landmarks (Goldberg and Harrelson 2005). A landmark's distances were found
 * with everything open, so they bound from below under any closure and any extra.
 * Arrays are stamped with an epoch and never cleared.
 */
#include "chart/search.h"

#include <math.h>
#include <string.h>

#define ACTIVE 6 /* landmarks that a search uses */

typedef struct aim {
    const float *rows; /* by node; NULL: no bound */
    size_t stride;
    int active[ACTIVE];
    /* a way from the goal to the landmark is at least `low` long and at most ... `high`
     * bounds it the other way round: over all accesses, see end_range */
    float low[ACTIVE], high[ACTIVE];
    int count;
} aim;

dro_status search_create(const dro_chart *chart, ends_space *space, search *out,
                         dro_error *error) {
    (void)chart;
    (void)error;
    *out = (search){.space = space};
    return DRO_OK;
}

dro_status search_prepare(const dro_chart *chart, const dro_sea_rules *rules, search *s,
                          dro_error *error) {
    s->bound_from = s->bound_to = NULL;
    s->space->view = (ends_view){0};
    DRO_TRY(through_prepare(rules, &s->through, error));
    if (!rules->avoid_count) {
        s->detour.count = 0;
        s->detour.rules = 0;
        return DRO_OK;
    }
    DRO_TRY(detour_prepare(chart, rules, s->space, &s->detour, error));
    s->space->view = detour_view(&s->detour);
    return DRO_OK;
}

void search_free(search *s) {
    dro_free(s->states);
    dro_free(s->target_cost);
    dro_free(s->target_access);
    dro_free(s->target_stamp);
    heap_free(&s->heap);
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

static dro_status begin(const dro_chart *chart, const dro_sea_rules *rules, search *s,
                        dro_error *error) {
    size_t nodes = search_nodes(chart, s), need = nodes * layers_of(rules);
    DRO_TRY(DRO_RESERVE(s->target_cost, s->target_cost_capacity, nodes, error));
    DRO_TRY(DRO_RESERVE(s->target_access, s->target_access_capacity, nodes, error));
    size_t stamps = s->target_stamp_capacity;
    DRO_TRY(DRO_RESERVE(s->target_stamp, s->target_stamp_capacity, nodes, error));
    if (s->target_stamp_capacity != stamps) {
        memset(s->target_stamp + stamps, 0, (s->target_stamp_capacity - stamps) * 4);
    }
    size_t had = s->state_capacity;
    DRO_TRY(DRO_RESERVE(s->states, s->state_capacity, need, error));
    if (s->state_capacity != had) {
        memset(s->states + had, 0, (s->state_capacity - had) * sizeof *s->states);
    }
    if (++s->epoch > UINT32_MAX / 8) { /* wrapped: old stamps would look new */
        memset(s->states, 0, s->state_capacity * sizeof *s->states);
        memset(s->target_stamp, 0, s->target_stamp_capacity * 4);
        s->epoch = 1;
    }
    s->heap.count = 0;
    s->settled = 0;
    return DRO_OK;
}

typedef struct run {
    const dro_chart *chart;
    const dro_sea_rules *rules;
    search *s;
    aim aim;     /* count 0: no bound (one to many) */
    float limit; /* nothing at or above is of use */
    /* Round areas not only arcs are followed, and a node can be left in any direction:
     * its distance over arcs to a landmark bounds the true one from above only, and
     * that of the goal, divided by 1 + spanner, from below. Besides there is the
     * straight way to `goal`. A settled node may be improved. */
    bool areas;
    float scale;
    dro_vec goal;
} run;

/* ---- bounds ----------------------------------------------------------------- */

/* A way from node n ends over some access a of the goal, at cost(a). With L a
 * landmark's distances, cost(n to goal) >= |L(n) - L(a)| + cost(a), which is at least
 * both low - L(n) and L(n) - high. */
static void end_range(const aim *a, const route_end *e, size_t k, float *low,
                      float *high) {
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < e->access_count; i++) {
        const end_access *access = &e->accesses[i];
        float d = a->rows[(size_t)access->node * a->stride + k];
        *low = fminf(*low, d + access->cost_m);
        *high = fmaxf(*high, d - access->cost_m);
    }
}

/* The landmarks' distances hold with what is closed by default closed. For rules that
 * open some of it, and for waters cut off by shoals, there are the beacons'. */
static bool touches_island(const image *v, const route_end *e) {
    bool touches = e->shallow;
    for (size_t i = 0; !touches && i < e->access_count; i++) {
        touches = v->island[e->accesses[i].node] != 0;
    }
    return touches;
}

static void choose_rows(const dro_chart *chart, const dro_sea_rules *rules,
                        const route_end *from, const route_end *to, aim *out) {
    const image *v = &chart->image;
    bool as_closed = (v->header->table_closed & ~rules->closed) == 0 &&
                     rules->draft_m >= v->header->draft_m && !touches_island(v, from) &&
                     !touches_island(v, to);
    out->rows = as_closed ? v->landmarks : v->beacons;
    out->stride = as_closed ? IMAGE_LANDMARKS : IMAGE_BEACONS;
}

/* The landmarks that tell most about this pair. */
static void choose_landmarks(const dro_chart *chart, const dro_sea_rules *rules,
                             const route_end *from, const route_end *to, aim *out) {
    float gap[IMAGE_LANDMARKS], low[IMAGE_LANDMARKS], high[IMAGE_LANDMARKS];
    choose_rows(chart, rules, from, to, out);
    for (size_t k = 0; k < out->stride; k++) {
        float from_low, from_high;
        end_range(out, from, k, &from_low, &from_high);
        end_range(out, to, k, &low[k], &high[k]);
        gap[k] = fmaxf(low[k] - from_low,
                       rules->avoid_count ? (float)-INFINITY : from_low - high[k]);
    }
    out->count = 0;
    while (out->count < ACTIVE) {
        int best = -1;
        for (int k = 0; k < (int)out->stride; k++) {
            if (isfinite(gap[k]) && (best < 0 || gap[k] > gap[best])) {
                best = k;
            }
        }
        if (best < 0) {
            break;
        }
        out->active[out->count] = best;
        out->low[out->count] = low[best];
        out->high[out->count++] = high[best];
        gap[best] = -INFINITY;
    }
}

static float bound_round_areas(const run *r, uint32_t node) {
    const aim *a = &r->aim;
    size_t nodes = r->chart->image.nodes_count;
    bool own = node >= nodes; /* of the detour: without landmarks */
    dro_vec at = own ? r->s->detour.places[node - nodes] : r->chart->image.nodes[node];
    float best = (float)(dro_geo_distance_fast_m(at, r->goal) * (1.0 - 2e-5));
    for (int k = 0; k < a->count && !own; k++) {
        float row_k = a->rows[(size_t)node * a->stride + (size_t)a->active[k]];
        best = fmaxf(best, a->low[k] * r->scale - row_k);
    }
    return best;
}

static float bound(const run *r, uint32_t node) {
    const aim *a = &r->aim;
    if (a->count == 0) {
        return 0.0f;
    }
    if (r->areas) {
        return bound_round_areas(r, node);
    }
    const float *row = a->rows + (size_t)node * a->stride;
    float best = 0.0f;
    for (int k = 0; k < a->count; k++) {
        float row_k = row[a->active[k]];
        float d = fmaxf(a->low[k] - row_k, row_k - a->high[k]);
        best = d > best ? d : best;
    }
    /* infinite: cut off from the landmarks, so of no use to a way that is not */
    return best;
}

/* ---- settling --------------------------------------------------------------- */

/* Has the way to a state that comes from `parent` been in the open sea? */
static bool was_at_sea(const run *r, uint32_t parent) {
    if (parent >= SEARCH_FROM_END) {
        return false;
    }
    uint32_t node = parent % search_nodes(r->chart, r->s);
    return (r->s->states[parent].stamp & 2u) || node >= r->chart->image.nodes_count ||
           r->chart->image.island[node] == 0;
}

static dro_status improve(run *r, uint32_t node, unsigned layer, float cost,
                          uint32_t parent, uint32_t arc, dro_error *error) {
    search *s = r->s;
    uint32_t state = layer * search_nodes(r->chart, s) + node;
    search_state *q = &s->states[state];
    if (q->stamp >= 4 * s->epoch &&
        (((q->stamp & 1u) && !r->areas) || q->cost <= cost)) {
        return DRO_OK;
    }
    float key = cost + bound(r, node);
    if (!(key < r->limit)) {
        return DRO_OK;
    }
    *q = (search_state){cost, parent, arc,
                        4 * s->epoch + (was_at_sea(r, parent) ? 2u : 0u)};
    return heap_push(&s->heap, key, state, error);
}

static dro_status seed(run *r, const route_end *from, dro_error *error) {
    for (size_t i = 0; i < from->access_count; i++) {
        const end_access *a = &from->accesses[i];
        unsigned layer =
            layer_after(r->rules, 0, through_counted(&r->s->through, a->passed.gates));
        DRO_TRY(improve(r, a->node, layer, a->cost_m, SEARCH_FROM_END + (uint32_t)i,
                        GRAPH_NONE, error));
    }
    return DRO_OK;
}

static bool in_sea(const run *r, uint32_t node) {
    return node >= r->chart->image.nodes_count || r->chart->image.island[node] == 0;
}

/* Straight legs that are no arcs: to nodes of the detour, and past areas. */
static dro_status follow_legs(run *r, uint32_t state, uint32_t node, unsigned layer,
                              float cost, bool at_sea, dro_error *error) {
    const detour_leg *legs = NULL;
    size_t count = 0;
    bool from_sea = at_sea || in_sea(r, node);
    DRO_TRY(detour_legs_of(r->chart, r->rules, r->s->space, &r->s->detour, node, &legs,
                           &count, error));
    for (size_t i = 0; i < count; i++) {
        const detour_leg *leg = &legs[i];
        if (!rules_leg_shut(r->rules, leg->passed, from_sea, in_sea(r, leg->to))) {
            DRO_TRY(improve(
                r, leg->to,
                layer_after(r->rules, layer, leg->passed.gates & ~r->s->through.canals),
                cost + leg->length_m + rules_extra(r->rules, leg->passed.gates), state,
                GRAPH_NONE, error));
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
static dro_status pass_through(run *r, uint32_t state, uint32_t node, unsigned layer,
                               float cost, dro_error *error) {
    const through *t = &r->s->through;
    for (size_t i = 0; i < t->way_count; i++) {
        unsigned to = layer_after(r->rules, layer, t->ways[i].gates);
        if (t->ways[i].from == node && to != layer) { /* once, and not back */
            DRO_TRY(improve(r, t->ways[i].to, to, cost + t->ways[i].cost_m, state,
                            SEARCH_THROUGH + (uint32_t)i, error));
        }
    }
    return DRO_OK;
}

static dro_status expand(run *r, uint32_t state, dro_error *error) {
    const image *v = &r->chart->image;
    uint32_t nodes = search_nodes(r->chart, r->s), node = state % nodes;
    unsigned layer = state / nodes;
    float cost = r->s->states[state].cost;
    bool at_sea = (r->s->states[state].stamp & 2u) != 0;
    if (r->areas) {
        DRO_TRY(follow_legs(r, state, node, layer, cost, at_sea, error));
    }
    if (node >= v->nodes_count) {
        return DRO_OK;
    }
    if (r->rules->require) {
        DRO_TRY(pass_through(r, state, node, layer, cost, error));
    }
    for (uint32_t k = v->arc_first[node]; k < v->arc_first[node + 1]; k++) {
        image_arc a = v->arcs[k];
        if (rules_shut(r->rules, a, node, at_sea) ||
            (r->rules->require && a.piece &&
             through_whole(&r->s->through, v->classes[a.class].gates))) {
            continue;
        }
        if (r->areas && cut(r, node, a)) {
            continue;
        }
        unsigned to = r->rules->require
                          ? layer_after(r->rules, layer,
                                        through_counted(&r->s->through,
                                                        v->classes[a.class].gates))
                          : 0;
        DRO_TRY(improve(r, a.to, to, cost + rules_cost(r->rules, a), state, k, error));
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

dro_status search_route(const dro_chart *chart, const dro_sea_rules *rules, search *s,
                        const route_end *from, const route_end *to, float below,
                        search_goal *out, dro_error *error) {
    run r = {.chart = chart, .rules = rules, .s = s, .limit = below, .goal = to->at};
    r.areas = rules->avoid_count > 0;
    r.scale =
        r.areas ? (float)(1.0 / (1.0 + chart->image.header->spanner) - 1e-5) : 1.0f;
    search_goal best = {INFINITY, GRAPH_NONE, 0};
    DRO_TRY(begin(chart, rules, s, error));
    choose_landmarks(chart, rules, s->bound_from ? s->bound_from : from,
                     s->bound_to ? s->bound_to : to, &r.aim);
    mark_goal(s, to);
    DRO_TRY(through_note_ends(rules, &s->through, from, to, 1, error));
    DRO_TRY(seed(&r, from, error));
    uint32_t nodes = search_nodes(chart, s);
    unsigned last = layers_of(rules) - 1;
    while (s->heap.count) {
        heap_entry e = heap_pop(&s->heap);
        if (e.key >= r.limit) {
            break;
        }
        if (search_settled(s, e.item)) {
            continue;
        }
        s->states[e.item].stamp |= 1u;
        s->settled++;
        uint32_t node = e.item % nodes;
        if (s->target_stamp[node] == s->epoch) {
            uint64_t gates = through_counted(
                &s->through, to->accesses[s->target_access[node]].passed.gates);
            float cost = s->states[e.item].cost + s->target_cost[node];
            if (cost < r.limit && layer_after(rules, e.item / nodes, gates) == last) {
                best = (search_goal){cost, e.item, s->target_access[node]};
                r.limit = cost;
            }
        }
        DRO_TRY(expand(&r, e.item, error));
    }
    *out = best;
    return DRO_OK;
}

/* ---- one to many ------------------------------------------------------------ */

/* What is still to be settled before every goal is certain: a goal is done when the
 * smallest key exceeds its best cost. */
dro_status search_many(const dro_chart *chart, const dro_sea_rules *rules, search *s,
                       const route_end *from, const route_end *to, size_t count,
                       search_goal *out, dro_error *error) {
    run r = {.chart = chart, .rules = rules, .s = s, .limit = INFINITY, .scale = 1.0f};
    r.areas = rules->avoid_count > 0;
    DRO_TRY(begin(chart, rules, s, error));
    DRO_TRY(through_note_ends(rules, &s->through, from, to, count, error));
    DRO_TRY(seed(&r, from, error));
    size_t wanted = 0; /* nodes that goals hang on and that are not settled yet */
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < to[i].access_count; k++) {
            uint32_t node = to[i].accesses[k].node;
            if (s->target_stamp[node] != s->epoch) {
                s->target_stamp[node] = s->epoch;
                wanted++;
            }
        }
    }
    uint32_t nodes = search_nodes(chart, s);
    while (s->heap.count && wanted) {
        uint32_t state = heap_pop(&s->heap).item;
        if (search_settled(s, state)) {
            continue;
        }
        s->states[state].stamp |= 1u;
        s->settled++;
        uint32_t node = state % nodes;
        if (!rules->require && s->target_stamp[node] == s->epoch) {
            wanted--;
        }
        DRO_TRY(expand(&r, state, error));
    }
    unsigned last = layers_of(rules) - 1;
    for (size_t i = 0; i < count; i++) {
        out[i] = (search_goal){INFINITY, GRAPH_NONE, 0};
        for (size_t k = 0; k < to[i].access_count; k++) {
            const end_access *a = &to[i].accesses[k];
            for (unsigned layer = 0; layer <= last; layer++) {
                uint32_t state = layer * nodes + a->node;
                float cost = s->states[state].cost + a->cost_m;
                if (search_settled(s, state) && cost < out[i].cost &&
                    layer_after(rules, layer,
                                through_counted(&s->through, a->passed.gates)) ==
                        last) {
                    out[i] = (search_goal){cost, state, (uint32_t)k};
                }
            }
        }
    }
    return DRO_OK;
}
