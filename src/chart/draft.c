/* From states of a search to points on the sea. */
#include <math.h>

#include "chart/sea.h"

dro_status draft_add(path_draft *d, dro_vec at, uint32_t node, int32_t along,
                     dro_error *error) {
    if (d->count) {
        dro_vec last = d->points[d->count - 1];
        if (last.x == at.x && last.y == at.y && last.z == at.z) {
            uint32_t *known = &d->nodes[d->count - 1];
            *known = node == GRAPH_NONE ? *known : node;
            return DRO_OK;
        }
    }
    DRO_TRY(DRO_RESERVE(d->points, d->capacity, d->count + 1, error));
    DRO_TRY(DRO_RESERVE(d->nodes, d->nodes_capacity, d->count + 1, error));
    DRO_TRY(DRO_RESERVE(d->lines, d->lines_capacity, d->count + 1, error));
    d->points[d->count] = at;
    d->nodes[d->count] = node;
    d->lines[d->count++] = along;
    return DRO_OK;
}

/* Points of a line from index `from` to `to` (either way), without the first. */
static dro_status add_line_points(dro_sea *sea, uint32_t along, uint32_t from,
                                  uint32_t to, uint32_t end_node, dro_error *error) {
    const image *v = &sea->chart->image;
    const dro_point *p = v->line_points + v->lines[along].first;
    while (from != to) {
        from = from < to ? from + 1 : from - 1;
        DRO_TRY(draft_add(&sea->draft, dro_geo_to_vec(p[from]),
                          from == to ? end_node : GRAPH_NONE, (int32_t)along, error));
    }
    return DRO_OK;
}

static dro_vec place_of(const dro_sea *sea, uint32_t node) {
    size_t nodes = sea->chart->image.nodes_count;
    return node < nodes ? sea->chart->image.nodes[node]
                        : sea->search.detour.places[node - nodes];
}

/* From the end's place to the node of its access. */
static dro_status leave_end(dro_sea *sea, const route_end *e, const end_access *a,
                            dro_error *error) {
    const image *v = &sea->chart->image;
    path_draft *d = &sea->draft;
    bool known = a->node < v->nodes_count;
    if (e->piece != GRAPH_NONE) {
        const graph_piece *p = &v->pieces[e->piece];
        const dro_point *points = v->line_points + v->lines[p->line].first;
        DRO_TRY(draft_add(d, e->at, GRAPH_NONE, -1, error));
        /* the segment on which it stands: the first whose end lies beyond it */
        uint32_t k = p->first;
        double run = 0.0;
        while (k + 1 < p->last) {
            double step = dro_geo_distance_m(points[k], points[k + 1]);
            if (run + step >= e->from_a_m) {
                break;
            }
            run += step;
            k++;
        }
        uint32_t start = a->side ? k : k + 1;
        return add_line_points(sea, p->line, start, a->side ? p->last : p->first,
                               a->node, error);
    }
    uint16_t chain[ENDS_ROOTS_MAX];
    size_t n = 0;
    for (uint16_t r = a->root; r != ENDS_NONE && n < ENDS_ROOTS_MAX;
         r = e->roots[r].before) {
        chain[n++] = r;
    }
    while (n) {
        DRO_TRY(draft_add(d, e->roots[chain[--n]].at, GRAPH_NONE, -1, error));
    }
    return draft_add(d, place_of(sea, a->node), known ? a->node : GRAPH_NONE, -1,
                     error);
}

static dro_status follow_arc(dro_sea *sea, uint32_t from, image_arc arc,
                             dro_error *error) {
    const image *v = &sea->chart->image;
    const graph_piece *p = arc.piece ? &v->pieces[arc.piece - 1] : NULL;
    if (!p) {
        return draft_add(&sea->draft, v->nodes[arc.to], arc.to, -1, error);
    }
    bool forward = p->a == from;
    return add_line_points(sea, p->line, forward ? p->first : p->last,
                           forward ? p->last : p->first, arc.to, error);
}

static void turn_over(path_draft *d) {
    for (size_t i = 0; i < d->count / 2; i++) {
        size_t k = d->count - 1 - i;
        dro_vec p = d->points[i];
        uint32_t n = d->nodes[i];
        d->points[i] = d->points[k];
        d->nodes[i] = d->nodes[k];
        d->points[k] = p;
        d->nodes[k] = n;
    }
    /* lines[i] belongs to the step that ends in i: it moves to the step's other end */
    for (size_t i = 1, k = d->count - 1; d->count && i < k; i++, k--) {
        int32_t along = d->lines[i];
        d->lines[i] = d->lines[k];
        d->lines[k] = along;
    }
    if (d->count) {
        d->lines[0] = -1;
    }
}

/* The goal's end is drafted outwards after a cut, then turned over. */
static dro_status enter_end(dro_sea *sea, const route_end *e, const end_access *a,
                            dro_error *error) {
    path_draft whole = sea->draft;
    sea->draft = (path_draft){0};
    dro_status status = leave_end(sea, e, a, error);
    path_draft tail = sea->draft;
    sea->draft = whole;
    turn_over(&tail);
    for (size_t i = 1; status == DRO_OK && i < tail.count; i++) {
        status =
            draft_add(&sea->draft, tail.points[i], tail.nodes[i], tail.lines[i], error);
    }
    dro_free(tail.points);
    dro_free(tail.nodes);
    dro_free(tail.lines);
    return status;
}

/* A straight leg that is no arc of the graph. */
static dro_status follow_leg(dro_sea *sea, const dro_sea_rules *rules, uint32_t from,
                             uint32_t to, dro_error *error) {
    const detour_leg *leg = detour_leg_between(&sea->search.detour, from, to);
    bool known = to < sea->chart->image.nodes_count;
    if (leg) {
        sea->draft.gates |= leg->passed.gates;
        sea->draft.extra_m += (double)rules_extra(rules, leg->passed.gates);
    }
    return draft_add(&sea->draft, place_of(sea, to), known ? to : GRAPH_NONE, -1,
                     error);
}

static dro_status follow_through(dro_sea *sea, const dro_sea_rules *rules,
                                 uint32_t from, uint32_t index, dro_error *error) {
    const image *v = &sea->chart->image;
    const through *t = &sea->search.through;
    const through_way *w = &t->ways[index];
    sea->draft.gates |= w->gates;
    for (size_t i = w->first; i < w->first + w->count; i++) {
        image_arc arc = v->arcs[t->arcs[i]];
        sea->draft.extra_m += (double)(rules_cost(rules, arc) - arc.length_m);
        DRO_TRY(follow_arc(sea, from, arc, error));
        from = arc.to;
    }
    return DRO_OK;
}

dro_status draft_from_search(dro_sea *sea, const dro_sea_rules *rules,
                             const search_goal *goal, dro_error *error) {
    const image *v = &sea->chart->image;
    const search *s = &sea->search;
    uint32_t nodes = search_nodes(sea->chart, s);
    size_t n = 0;
    uint32_t state = goal->state;
    path_draft *d = &sea->draft;
    d->count = 0;
    d->extra_m = 0.0;
    for (;; state = s->states[state].parent) {
        DRO_TRY(DRO_RESERVE(sea->chain, sea->chain_capacity, n + 1, error));
        sea->chain[n++] = state;
        if (s->states[state].parent >= SEARCH_FROM_END) {
            break;
        }
    }
    d->gates = 0;
    const end_access *first =
        &sea->from.accesses[s->states[state].parent - SEARCH_FROM_END];
    d->gates |= first->passed.gates;
    DRO_TRY(leave_end(sea, &sea->from, first, error));
    while (--n > 0) {
        uint32_t at = s->states[sea->chain[n - 1]].arc;
        if (at == GRAPH_NONE) {
            DRO_TRY(follow_leg(sea, rules, sea->chain[n] % nodes,
                               sea->chain[n - 1] % nodes, error));
            continue;
        }
        if (at >= SEARCH_THROUGH) {
            DRO_TRY(follow_through(sea, rules, sea->chain[n] % nodes,
                                   at - SEARCH_THROUGH, error));
            continue;
        }
        image_arc arc = v->arcs[at];
        d->gates |= v->classes[arc.class].gates;
        d->extra_m += (double)(rules_cost(rules, arc) - arc.length_m);
        DRO_TRY(follow_arc(sea, sea->chain[n] % nodes, arc, error));
    }
    const end_access *last = &sea->to.accesses[goal->access];
    d->gates |= last->passed.gates;
    return enter_end(sea, &sea->to, last, error);
}

/* The shortest allowed arc between two nodes of the table's way. */
static bool arc_between(const image *v, uint32_t a, uint32_t b, image_arc *out) {
    bool found = false;
    for (uint32_t k = v->arc_first[a]; k < v->arc_first[a + 1]; k++) {
        image_arc arc = v->arcs[k];
        image_class c = v->classes[arc.class];
        bool deep = (double)v->depths[c.depth] >= v->header->draft_m;
        if (arc.to == b && !(c.gates & v->header->table_closed) &&
            (deep || v->island[a] || v->island[b]) &&
            (!found || arc.length_m < out->length_m)) {
            *out = arc;
            found = true;
        }
    }
    return found;
}

static dro_status damaged_table(dro_error *error) {
    return dro_fail(error, DRO_STALE,
                    "the chart's table of ports is damaged; rebuild it with `derrotero "
                    "chart build`");
}

/* The nodes of the way from the higher port to the lower, into sea->chain. Parents come
 * first in a tree: whatever a damaged file says, this ends within it. */
static dro_status climb(dro_sea *sea, size_t low, size_t high, size_t *count,
                        dro_error *error) {
    const image *v = &sea->chart->image;
    size_t first = v->tree_first[low], size = v->tree_first[low + 1] - first;
    uint16_t at = v->leaf[low * v->ports_count + high];
    for (size_t below = size; at != UINT16_MAX; at = v->tree_parent[first + at]) {
        if (at >= below || v->tree_node[first + at] >= v->nodes_count) {
            return damaged_table(error);
        }
        below = at;
        DRO_TRY(DRO_RESERVE(sea->chain, sea->chain_capacity, *count + 1, error));
        uint32_t node = v->tree_node[first + at];
        DRO_PREFETCH(&v->arc_first[node]);
        DRO_PREFETCH(&v->nodes[node]);
        sea->chain[(*count)++] = node;
    }
    return DRO_OK;
}

dro_status draft_from_table(dro_sea *sea, dro_error *error) {
    const image *v = &sea->chart->image;
    size_t a = sea->from.port, b = sea->to.port;
    bool swapped = a > b;
    size_t low = swapped ? b : a, high = swapped ? a : b;
    size_t n = 0;
    path_draft *d = &sea->draft;
    d->count = 0;
    d->extra_m = 0.0;
    d->gates = v->classes[v->table_class[low * v->ports_count + high]].gates;
    DRO_TRY(climb(sea, low, high, &n, error));
    for (size_t i = 0; i < n; i++) {
        const image_arc *arcs = &v->arcs[v->arc_first[sea->chain[i]]];
        DRO_PREFETCH(arcs);
        DRO_PREFETCH(arcs + 64 / sizeof *arcs);
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t node = swapped ? sea->chain[i] : sea->chain[n - 1 - i];
        image_arc arc;
        if (i == 0) {
            DRO_TRY(draft_add(d, v->nodes[node], node, -1, error));
            continue;
        }
        uint32_t before = d->nodes[d->count - 1];
        if (!arc_between(v, before, node, &arc)) {
            return damaged_table(error);
        }
        DRO_TRY(follow_arc(sea, before, arc, error));
    }
    return DRO_OK;
}

/* ---- straightening ------------------------------------------------------------------
 */

/* Does the path go round something at point i? */
static bool goes_round(const dro_sea *sea, size_t i) {
    const image *v = &sea->chart->image;
    const path_draft *d = &sea->draft;
    uint32_t node = d->nodes[i];
    int turn = dro_geo_orient(d->points[i - 1], d->points[i], d->points[i + 1]);
    if (turn == 0) {
        return false;
    }
    uint32_t from = v->sector_first[node], to = v->sector_first[node + 1];
    for (uint32_t k = from; k < to; k++) {
        dro_vec p = v->vertices[v->sectors[k].first],
                q = v->vertices[v->sectors[k].last];
        if (turn * dro_geo_orient(d->points[i - 1], d->points[i], p) >= 0 &&
            turn * dro_geo_orient(d->points[i - 1], d->points[i], q) >= 0 &&
            turn * dro_geo_orient(d->points[i], d->points[i + 1], p) >= 0 &&
            turn * dro_geo_orient(d->points[i], d->points[i + 1], q) >= 0) {
            return true;
        }
    }
    return false;
}

static bool on_gate(const image *v, uint32_t node) {
    return node != GRAPH_NONE && v->node_vertex[node] != MESH_NONE &&
           v->on_gate[v->node_vertex[node]];
}

/* Can the turn at point i be left out, whatever the rules? *passed: what the straight
 * leg then passes. */
static bool look_past(dro_sea *sea, size_t i, sight_class *passed) {
    const image *v = &sea->chart->image;
    const path_draft *d = &sea->draft;
    if (v->node_vertex[d->nodes[i - 1]] == MESH_NONE || on_gate(v, d->nodes[i - 1]) ||
        on_gate(v, d->nodes[i + 1]) || goes_round(sea, i)) {
        return false;
    }
    return leg_clear(&sea->known, sea->chart, d->points[i - 1],
                     v->node_vertex[d->nodes[i - 1]], d->points[i + 1], passed);
}

/* The ways between ports have most of their turns in common: what was found out about
 * a turn at three nodes of the graph is kept. */
typedef struct draft_turn {
    uint32_t before, at, after;
    bool known, free;
    uint8_t depth, channel; /* passed, if free */
    uint64_t gates;
} draft_turn;

#define TURNS 131072u /* 3 MB, touched as they come */

static draft_turn *turn_of(dro_sea *sea, uint32_t before, uint32_t at, uint32_t after) {
    uint64_t mixed = (uint64_t)before * 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ at) * 0xC2B2AE3D27D4EB4Fu;
    mixed = (mixed ^ after) * 0x165667B19E3779F9u;
    return &sea->turns[mixed >> 32 & (TURNS - 1)];
}

/* Are the three places those of nodes? A line's end may have a node and its own place.
 */
static bool is_plain(const dro_sea *sea, size_t i) {
    const path_draft *d = &sea->draft;
    return d->nodes[i + 1] != GRAPH_NONE && d->lines[i - 1] < 0;
}

static bool is_free(dro_sea *sea, size_t i, sight_class *passed) {
    const path_draft *d = &sea->draft;
    if (sea->turns == NULL || !is_plain(sea, i)) {
        return look_past(sea, i, passed);
    }
    draft_turn *turn = turn_of(sea, d->nodes[i - 1], d->nodes[i], d->nodes[i + 1]);
    if (!turn->known || turn->before != d->nodes[i - 1] || turn->at != d->nodes[i] ||
        turn->after != d->nodes[i + 1]) {
        bool may = look_past(sea, i, passed);
        *turn = (draft_turn){.before = d->nodes[i - 1],
                             .at = d->nodes[i],
                             .after = d->nodes[i + 1],
                             .known = true,
                             .free = may,
                             .depth = passed->depth,
                             .channel = passed->channel,
                             .gates = passed->gates};
    }
    *passed = (sight_class){turn->gates, turn->depth, turn->channel};
    return turn->free;
}

static bool may_skip(dro_sea *sea, const dro_sea_rules *rules, size_t i) {
    const path_draft *d = &sea->draft;
    sight_class passed = {0, 0, 0};
    return d->nodes[i] != GRAPH_NONE && d->lines[i] < 0 && d->lines[i + 1] < 0 &&
           d->nodes[i - 1] != GRAPH_NONE && is_free(sea, i, &passed) &&
           rules_allow(rules, passed) && (passed.gates & ~d->gates) == 0 &&
           !(rules->avoid_count &&
             rules_avoided(rules, d->points[i - 1], d->points[i + 1]));
}

void draft_straighten(dro_sea *sea, const dro_sea_rules *rules) {
    path_draft *d = &sea->draft;
    if (sea->turns == NULL) { /* without, it is only slower */
        (void)dro_new((void **)&sea->turns, TURNS, sizeof *sea->turns, "turns", NULL);
    }
    for (size_t i = 1; sea->turns != NULL && i + 1 < d->count; i++) {
        DRO_PREFETCH(turn_of(sea, d->nodes[i - 1], d->nodes[i], d->nodes[i + 1]));
    }
    for (size_t i = 1; i + 1 < d->count;) {
        if (!may_skip(sea, rules, i)) {
            i++;
            continue;
        }
        for (size_t k = i; k + 1 < d->count; k++) {
            d->points[k] = d->points[k + 1];
            d->nodes[k] = d->nodes[k + 1];
            d->lines[k] = d->lines[k + 1];
        }
        d->count--;
        i = i > 1 ? i - 1 : i; /* the turn before may be free now */
    }
}
