#include "chart/through.h"

#include <math.h>

void through_free(through *t) {
    dro_free(t->ways);
    dro_free(t->arcs);
    *t = (through){0};
}

/* The canal's nodes with the shortest ways along it from one of them. */
typedef struct stop {
    uint32_t node;
    unsigned pieces; /* of the canal, that end here */
    float cost_m;
    uint32_t arc, before; /* the last arc, and the stop it comes from */
    bool done;
} stop;

typedef struct stops {
    stop *items;
    size_t count, capacity;
} stops;

static bool of_canal(const image *v, const graph_piece *p, int passage) {
    return v->lines[p->line].passage == passage;
}

static size_t find_stop(const stops *s, uint32_t node) {
    size_t i = 0;
    while (i < s->count && s->items[i].node != node) {
        i++;
    }
    return i;
}

static dro_status note_stop(stops *s, uint32_t node, dro_error *error) {
    for (size_t i = 0; i < s->count; i++) {
        if (s->items[i].node == node) {
            s->items[i].pieces++;
            return DRO_OK;
        }
    }
    DRO_TRY(DRO_RESERVE(s->items, s->capacity, s->count + 1, error));
    s->items[s->count++] = (stop){.node = node, .pieces = 1};
    return DRO_OK;
}

static dro_status list_stops(const image *v, int passage, stops *s, dro_error *error) {
    s->count = 0;
    for (size_t i = 0; i < v->pieces_count; i++) {
        if (of_canal(v, &v->pieces[i], passage)) {
            DRO_TRY(note_stop(s, v->pieces[i].a, error));
            DRO_TRY(note_stop(s, v->pieces[i].b, error));
        }
    }
    return DRO_OK;
}

/* Along open arcs of the canal (Dijkstra 1959; a canal has few nodes). */
static void walk(const dro_sea_rules *rules, stops *s, size_t from, int passage) {
    const image *v = &rules->chart->image;
    for (size_t i = 0; i < s->count; i++) {
        s->items[i].cost_m = i == from ? 0.0f : INFINITY;
        s->items[i].done = false;
    }
    for (;;) {
        size_t at = s->count;
        for (size_t i = 0; i < s->count; i++) {
            const stop *p = &s->items[i];
            if (!p->done && isfinite(p->cost_m) &&
                (at == s->count || p->cost_m < s->items[at].cost_m)) {
                at = i;
            }
        }
        if (at == s->count) {
            return;
        }
        s->items[at].done = true;
        uint32_t node = s->items[at].node;
        for (uint32_t k = v->arc_first[node]; k < v->arc_first[node + 1]; k++) {
            image_arc a = v->arcs[k];
            size_t next = find_stop(s, a.to);
            float cost = s->items[at].cost_m + rules_cost(rules, a);
            if (a.piece && next < s->count && !rules->shut[a.class] &&
                (v->classes[a.class].gates >> passage) & 1u &&
                cost < s->items[next].cost_m && !rules_piece_cut(rules, node, a)) {
                s->items[next].cost_m = cost;
                s->items[next].arc = k;
                s->items[next].before = (uint32_t)at;
            }
        }
    }
}

static dro_status add_way(const image *v, through *t, const stops *s, size_t from,
                          size_t to, dro_error *error) {
    through_way w = {s->items[from].node, s->items[to].node,
                     s->items[to].cost_m, 0,
                     t->arc_count,        0};
    for (size_t i = to; i != from; i = s->items[i].before) {
        DRO_TRY(DRO_RESERVE(t->arcs, t->arc_capacity, t->arc_count + 1, error));
        t->arcs[t->arc_count++] = s->items[i].arc;
        w.gates |= v->classes[v->arcs[s->items[i].arc].class].gates;
        w.count++;
    }
    for (size_t i = 0; i < w.count / 2; i++) {
        uint32_t arc = t->arcs[w.first + i];
        t->arcs[w.first + i] = t->arcs[w.first + w.count - 1 - i];
        t->arcs[w.first + w.count - 1 - i] = arc;
    }
    DRO_TRY(DRO_RESERVE(t->ways, t->way_capacity, t->way_count + 1, error));
    t->ways[t->way_count++] = w;
    return DRO_OK;
}

static dro_status add_canal(const dro_sea_rules *rules, through *t, stops *s,
                            int passage, dro_error *error) {
    const image *v = &rules->chart->image;
    DRO_TRY(list_stops(v, passage, s, error));
    for (size_t i = 0; i < s->count; i++) {
        t->canals |= UINT64_C(1) << passage;
        if (s->items[i].pieces != 1) {
            continue;
        }
        walk(rules, s, i, passage);
        for (size_t k = 0; k < s->count; k++) {
            if (k != i && s->items[k].pieces == 1 && isfinite(s->items[k].cost_m)) {
                DRO_TRY(add_way(v, t, s, i, k, error));
            }
        }
    }
    return DRO_OK;
}

dro_status through_prepare(const dro_sea_rules *rules, through *t, dro_error *error) {
    stops s = {0};
    t->inside = 0;
    if (t->rules == rules->number) {
        return DRO_OK;
    }
    t->rules = 0;
    t->canals = 0;
    t->way_count = t->arc_count = 0;
    dro_status status = DRO_OK;
    for (int p = 0; status == DRO_OK && p < DRO_PASSAGES_MAX; p++) {
        if ((rules->require >> p) & 1u) {
            status = add_canal(rules, t, &s, p, error);
        }
    }
    dro_free(s.items);
    t->lasting_ways = t->way_count;
    t->lasting_arcs = t->arc_count;
    t->rules = status == DRO_OK ? rules->number : 0;
    return status;
}

/* ---- ends of a search ---------------------------------------------------------- */

static bool is_approach_of(const image *v, const graph_piece *p, const route_end *e) {
    return e->port != GRAPH_NONE && v->lines[p->line].port == (int32_t)e->port;
}

/* From one node of a canal's inside to its ends, where that is the longer part. */
static dro_status add_part(const dro_sea_rules *rules, through *t, stops *s, size_t at,
                           int passage, dro_error *error) {
    const image *v = &rules->chart->image;
    float longest = 0.0f;
    walk(rules, s, at, passage);
    for (size_t i = 0; i < s->count; i++) {
        if (s->items[i].pieces == 1 && isfinite(s->items[i].cost_m)) {
            longest = fmaxf(longest, s->items[i].cost_m);
        }
    }
    for (size_t i = 0; i < s->count; i++) {
        if (s->items[i].pieces == 1 && s->items[i].cost_m == longest) {
            DRO_TRY(add_way(v, t, s, at, i, error));
        }
    }
    return DRO_OK;
}

/* The other way round: the canal's arcs can be followed both ways. */
static dro_status turn_way(const image *v, through *t, dro_error *error) {
    through_way w = t->ways[t->way_count - 1];
    uint32_t at = w.from;
    DRO_TRY(DRO_RESERVE(t->arcs, t->arc_capacity, t->arc_count + w.count, error));
    size_t next = w.first + w.count;
    for (size_t i = 0; i < w.count; i++) { /* each arc's twin, from the last on */
        image_arc a = v->arcs[t->arcs[w.first + i]];
        uint32_t k = v->arc_first[a.to];
        while (v->arcs[k].to != at || v->arcs[k].class != a.class ||
               v->arcs[k].length_m != a.length_m || v->arcs[k].piece != a.piece) {
            k++;
        }
        t->arcs[next + w.count - 1 - i] = k;
        at = a.to;
    }
    t->arc_count += w.count;
    t->ways[t->way_count - 1] =
        (through_way){w.to, w.from, w.cost_m, w.gates, next, w.count};
    return DRO_OK;
}

static dro_status add_joints(const dro_sea_rules *rules, through *t, stops *s,
                             const route_end *e, int passage, bool goal,
                             dro_error *error) {
    const image *v = &rules->chart->image;
    for (size_t i = 0; i < v->pieces_count; i++) {
        const graph_piece *p = &v->pieces[i];
        for (int k = 0; k < 2 && is_approach_of(v, p, e); k++) {
            size_t at = find_stop(s, k ? p->b : p->a), before = t->way_count;
            if (at < s->count && s->items[at].pieces > 1) {
                DRO_TRY(add_part(rules, t, s, at, passage, error));
                if (goal && t->way_count == before + 1) {
                    DRO_TRY(turn_way(v, t, error));
                }
            }
        }
    }
    return DRO_OK;
}

static uint64_t canals_under(const through *t, const route_end *e) {
    return e->piece != GRAPH_NONE && e->access_count
               ? e->accesses[0].passed.gates & t->canals
               : 0;
}

dro_status through_note_ends(const dro_sea_rules *rules, through *t,
                             const route_end *from, const route_end *to,
                             size_t to_count, dro_error *error) {
    stops s = {0};
    dro_status status = DRO_OK;
    t->way_count = t->lasting_ways;
    t->arc_count = t->lasting_arcs;
    t->inside = canals_under(t, from);
    for (size_t i = 0; i < to_count; i++) {
        t->inside |= canals_under(t, &to[i]);
    }
    for (int p = 0; status == DRO_OK && p < DRO_PASSAGES_MAX; p++) {
        if (!((t->canals >> p) & 1u)) {
            continue;
        }
        status = list_stops(&rules->chart->image, p, &s, error);
        if (status == DRO_OK) {
            status = add_joints(rules, t, &s, from, p, false, error);
        }
        for (size_t i = 0; status == DRO_OK && i < to_count; i++) {
            status = add_joints(rules, t, &s, &to[i], p, true, error);
        }
    }
    dro_free(s.items);
    return status;
}
