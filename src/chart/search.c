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
    search s = {.space = space};
    size_t n = chart->image.nodes_count;
    dro_status status = dro_new((void **)&s.target_cost, n, 4, "search", error);
    DRO_TRY_GOTO(status, fail);
    DRO_TRY_GOTO(dro_new((void **)&s.target_access, n, 4, "search", error), fail);
    DRO_TRY_GOTO(dro_new((void **)&s.target_stamp, n, 4, "search", error), fail);
    *out = s;
    return DRO_OK;
fail:
    search_free(&s);
    return status;
}

void search_free(search *s) {
    dro_free(s->states);
    dro_free(s->target_cost);
    dro_free(s->target_access);
    dro_free(s->target_stamp);
    heap_free(&s->heap);
    detour_free(&s->detour);
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
    s->detour.count = rules->avoid_count ? s->detour.count : 0;
    if (rules->avoid_count) {
        DRO_TRY(detour_prepare(chart, rules, s->space, &s->detour, error));
    } else {
        s->detour.rules = 0;
    }
    size_t need = (size_t)search_nodes(chart, s) * layers_of(rules);
    size_t had = s->state_capacity;
    DRO_TRY(DRO_RESERVE(s->states, s->state_capacity, need, error));
    if (s->state_capacity != had) {
        memset(s->states + had, 0, (s->state_capacity - had) * sizeof *s->states);
    }
    if (++s->epoch > UINT32_MAX / 8) { /* wrapped: old stamps would look new */
        memset(s->states, 0, s->state_capacity * sizeof *s->states);
        memset(s->target_stamp, 0, chart->image.nodes_count * 4);
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
        gap[k] = fmaxf(low[k] - from_low, from_low - high[k]);
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

static float bound(const run *r, uint32_t node) {
    const aim *a = &r->aim;
    if (a->count == 0 || node >= r->chart->image.nodes_count) {
        return 0.0f; /* corners of avoided areas are few */
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
    if (q->stamp >= 4 * s->epoch && ((q->stamp & 1u) || q->cost <= cost)) {
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
        unsigned layer = layer_after(r->rules, 0, a->passed.gates);
        DRO_TRY(improve(r, a->node, layer, a->cost_m, SEARCH_FROM_END + (uint32_t)i,
                        GRAPH_NONE, error));
    }
    return DRO_OK;
}

static uint32_t corner_node(const run *r, size_t corner) {
    return (uint32_t)(r->chart->image.nodes_count + corner);
}

/* From a graph node to the corners of avoided areas that it sees. */
static dro_status reach_corners(run *r, uint32_t node, unsigned layer, float cost,
                                uint32_t state, dro_error *error) {
    const detour *d = &r->s->detour;
    size_t end = 0;
    for (size_t i = detour_links_of(d, node, &end); i < end; i++) {
        unsigned to = layer_after(r->rules, layer, d->links[i].passed.gates);
        DRO_TRY(improve(r, corner_node(r, d->links[i].corner), to,
                        cost + d->links[i].length_m, state, GRAPH_NONE, error));
    }
    return DRO_OK;
}

/* From a place in the water straight to all corners. */
static dro_status see_corners(run *r, dro_vec from, unsigned layer, float cost,
                              uint32_t parent, dro_error *error) {
    const detour *d = &r->s->detour;
    for (size_t i = 0; i < d->count; i++) {
        sight_class passed;
        if (detour_straight(r->chart, r->rules, &d->corners[i], from, &passed)) {
            float length = (float)dro_geo_distance_fast_m(from, d->corners[i].at);
            DRO_TRY(improve(r, corner_node(r, i),
                            layer_after(r->rules, layer, passed.gates), cost + length,
                            parent, GRAPH_NONE, error));
        }
    }
    return DRO_OK;
}

static dro_status leave_corner(run *r, uint32_t state, dro_error *error) {
    uint32_t nodes = search_nodes(r->chart, r->s);
    const route_end *c =
        &r->s->detour.corners[state % nodes - r->chart->image.nodes_count];
    unsigned layer = state / nodes;
    float cost = r->s->states[state].cost;
    for (size_t i = 0; i < c->access_count; i++) {
        const end_access *a = &c->accesses[i];
        DRO_TRY(improve(r, a->node, layer_after(r->rules, layer, a->passed.gates),
                        cost + a->cost_m, state, GRAPH_NONE, error));
    }
    return see_corners(r, c->at, layer, cost, state, error);
}

static dro_status expand(run *r, uint32_t state, dro_error *error) {
    const image *v = &r->chart->image;
    uint32_t nodes = search_nodes(r->chart, r->s), node = state % nodes;
    unsigned layer = state / nodes;
    float cost = r->s->states[state].cost;
    bool at_sea = (r->s->states[state].stamp & 2u) != 0;
    if (node >= v->nodes_count) {
        return leave_corner(r, state, error);
    }
    if (r->s->detour.count) {
        DRO_TRY(reach_corners(r, node, layer, cost, state, error));
    }
    for (uint32_t k = v->arc_first[node]; k < v->arc_first[node + 1]; k++) {
        image_arc a = v->arcs[k];
        if (rules_shut(r->rules, a, node, at_sea)) {
            continue;
        }
        if (r->rules->avoid_count &&
            rules_avoided(r->rules, v->nodes[node], v->nodes[a.to])) {
            continue;
        }
        unsigned to = r->rules->require
                          ? layer_after(r->rules, layer, v->classes[a.class].gates)
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

/* From a corner straight to a goal in the water. */
static void try_goal(run *r, uint32_t state, const route_end *to, unsigned last,
                     search_goal *best) {
    uint32_t nodes = search_nodes(r->chart, r->s);
    const route_end *c =
        &r->s->detour.corners[state % nodes - r->chart->image.nodes_count];
    sight_class passed;
    float cost =
        r->s->states[state].cost + (float)dro_geo_distance_fast_m(c->at, to->at);
    if (to->triangle != MESH_NONE && cost < r->limit &&
        detour_straight(r->chart, r->rules, c, to->at, &passed) &&
        layer_after(r->rules, state / nodes, passed.gates) == last) {
        *best = (search_goal){cost, state, SEARCH_STRAIGHT};
        r->limit = cost;
    }
}

dro_status search_route(const dro_chart *chart, const dro_sea_rules *rules, search *s,
                        const route_end *from, const route_end *to, float below,
                        search_goal *out, dro_error *error) {
    run r = {.chart = chart, .rules = rules, .s = s, .limit = below};
    search_goal best = {INFINITY, GRAPH_NONE, 0};
    DRO_TRY(begin(chart, rules, s, error));
    choose_landmarks(chart, rules, from, to, &r.aim);
    mark_goal(s, to);
    DRO_TRY(seed(&r, from, error));
    if (s->detour.count && from->triangle != MESH_NONE) {
        DRO_TRY(see_corners(&r, from->at, 0, 0.0f, SEARCH_STRAIGHT, error));
    }
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
        if (node >= chart->image.nodes_count) {
            try_goal(&r, e.item, to, last, &best);
        } else if (s->target_stamp[node] == s->epoch) {
            uint64_t gates = to->accesses[s->target_access[node]].passed.gates;
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
    run r = {.chart = chart, .rules = rules, .s = s, .limit = INFINITY};
    DRO_TRY(begin(chart, rules, s, error));
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
        if (!rules->require && node < chart->image.nodes_count &&
            s->target_stamp[node] == s->epoch) {
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
                    layer_after(rules, layer, a->passed.gates) == last) {
                    out[i] = (search_goal){cost, state, (uint32_t)k};
                }
            }
        }
    }
    return DRO_OK;
}
