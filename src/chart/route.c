/* The public search: one pair, one to many, nearest water. */
#include <math.h>
#include <string.h>

#include "chart/sea.h"

/* Formula of the search lengths against the exact ones (geo/distance.c). */
static const double LENGTH_ERROR = 3e-5;

/* Legs longer than about 172 degrees are not looked for (sight.c): between places that
 * are nearly opposite a shorter way may be missed, and only the straight one bounds it.
 */
static const double OPPOSITE_M = 18900000.0;

/* Triangles that are enough to see some nodes. */
#define NEAR_STEPS 30

dro_status dro_sea_create(const dro_chart *chart, dro_sea **out, dro_error *error) {
    dro_sea *s = NULL;
    DRO_TRY(dro_new((void **)&s, 1, sizeof *s, "search", error));
    s->chart = chart;
    dro_status status = search_create(chart, &s->space, &s->search, error);
    if (status != DRO_OK) {
        dro_sea_destroy(s);
        return status;
    }
    *out = s;
    return DRO_OK;
}

void dro_sea_set_stop(dro_sea *s, bool (*stopped)(void *hook), void *hook) {
    s->search.detour.stopped = stopped;
    s->search.detour.hook = hook;
}

void dro_sea_destroy(dro_sea *s) {
    if (!s) {
        return;
    }
    search_free(&s->search);
    met_free(&s->met);
    port_rows_free(&s->rows);
    dro_free(s->asked);
    ends_space_free(&s->space);
    route_end_free(&s->from);
    route_end_free(&s->to);
    for (size_t i = 0; i < s->end_count; i++) {
        route_end_free(&s->ends[i]);
    }
    dro_free(s->ends);
    dro_free(s->goals);
    dro_free(s->turns);
    leg_memory_free(&s->known);
    dro_free(s->draft.points);
    dro_free(s->draft.nodes);
    dro_free(s->draft.lines);
    dro_free(s->chain);
    dro_free(s->points);
    dro_free(s->legs);
    dro_free(s);
}

/* ---- from draft to answer --------------------------------------------------- */

static dro_status add_leg(dro_sea *s, size_t *count, int32_t along, size_t at,
                          dro_error *error) {
    DRO_TRY(DRO_RESERVE(s->legs, s->leg_capacity, *count + 1, error));
    s->legs[*count] = (dro_sea_leg){
        .kind = along >= 0 ? DRO_LEG_CHANNEL : DRO_LEG_SEA,
        .first = at - 1,
        .last = at,
        .channel = along,
        .passage = along >= 0 ? s->chart->image.lines[along].passage : -1};
    (*count)++;
    return DRO_OK;
}

static dro_status publish(dro_sea *s, dro_sea_path *out, dro_error *error) {
    const path_draft *d = &s->draft;
    size_t legs = 0;
    DRO_TRY(DRO_RESERVE(s->points, s->point_capacity, d->count, error));
    out->distance_m = 0.0;
    for (size_t i = 0; i < d->count; i++) {
        double step = 0.0;
        if (i == 0) {
            s->points[i] = dro_geo_to_point(d->points[i]);
            continue;
        }
        DRO_TRY(leg_measure(&s->known, d->points[i - 1], d->points[i], &step,
                            &s->points[i], error));
        if (legs == 0 || s->legs[legs - 1].channel != d->lines[i]) {
            DRO_TRY(add_leg(s, &legs, d->lines[i], i, error));
        }
        s->legs[legs - 1].last = i;
        s->legs[legs - 1].distance_m += step;
        out->distance_m += step;
    }
    out->objective_m = out->distance_m + d->extra_m;
    out->snap_m[0] = s->from.snap_m;
    out->snap_m[1] = s->to.snap_m;
    out->passages = d->gates;
    out->points = s->points;
    out->count = d->count;
    out->legs = s->legs;
    out->leg_count = legs;
    return DRO_OK;
}

/* How far above the shortest: the search's cost is at most (1 + spanner) times it, and
 * the path may have been straightened since. A straight path is the shortest. */
static double excess(const dro_sea *s, double objective_m, double search_m,
                     bool exact) {
    if (exact || !(search_m > 0.0)) {
        return exact ? LENGTH_ERROR : 0.0;
    }
    double spanner = s->chart->image.header->spanner;
    double lowest = search_m / (1.0 + spanner);
    double straight =
        dro_geo_distance_m(dro_geo_to_point(s->from.at), dro_geo_to_point(s->to.at));
    if (straight > OPPOSITE_M) {
        return fmax(spanner, objective_m / straight - 1.0) + LENGTH_ERROR;
    }
    return fmax(0.0, objective_m / lowest - 1.0) + LENGTH_ERROR;
}

/* ---- one pair --------------------------------------------------------------- */

/* The ports' table reaches over shoals what only they cut off. What is damaged in it
 * holds nothing. */
static bool table_holds(const dro_sea_rules *rules, uint16_t class) {
    if (class >= rules->chart->image.classes_count) {
        return false;
    }
    return rules->soft_shoals ? !rules->barred[class] : !rules->shut[class];
}

static bool in_table(const dro_sea *s, const dro_sea_rules *rules, double *cost) {
    const image *v = &s->chart->image;
    if (!rules->table || s->from.port == GRAPH_NONE || s->to.port == GRAPH_NONE ||
        s->from.port == s->to.port) {
        return false;
    }
    size_t cell = (size_t)s->from.port * v->ports_count + s->to.port;
    *cost = (double)v->table[cell];
    return isfinite(*cost) && table_holds(rules, v->table_class[cell]);
}

static dro_status no_way(const dro_sea_rules *rules, dro_error *error) {
    return dro_fail(error, DRO_NO_ANSWER, "no water way between the two places%s%s%s%s",
                    rules->closed ? " with these passages closed" : "",
                    rules->draft_m > 0.0 ? " at this draught" : "",
                    rules->require ? " through the required passages" : "",
                    rules->avoid_count ? " outside the avoided areas" : "");
}

static dro_status look_near(dro_sea *s, const dro_sea_rules *rules, route_end *e,
                            dro_error *error) {
    const ends_bound near = {.most_m = (double)INFINITY, .steps = NEAR_STEPS};
    DRO_TRY(route_end_look(s->chart, rules, &s->space, &near, e, error));
    return e->access_count ? DRO_OK
                           : route_end_look(s->chart, rules, &s->space, NULL, e, error);
}

static dro_status look_far(dro_sea *s, const dro_sea_rules *rules, double most_m,
                           dro_error *error) {
    aim at_from;
    ends_bound bound = {.most_m = most_m, .goal = s->to.at};
    DRO_TRY(route_end_look(s->chart, rules, &s->space, &bound, &s->from, error));
    aim_at(&at_from, s->chart, rules, &s->to, &s->from);
    bound = (ends_bound){.most_m = most_m, .goal = s->from.at, .aim = &at_from};
    return route_end_look(s->chart, rules, &s->space, &bound, &s->to, error);
}

/* A way over nodes that costs less than `below` replaces the direct one. */
static dro_status search_ends(dro_sea *s, const dro_sea_rules *rules, float below,
                              double *cost, bool *direct, dro_error *error) {
    search_goal goal = {INFINITY, GRAPH_NONE, 0};
    DRO_TRY(search_route(s->chart, rules, &s->search, &s->from, &s->to, below, &goal,
                         error));
    if (goal.state == GRAPH_NONE) {
        return DRO_OK;
    }
    *cost = (double)goal.cost;
    *direct = false;
    return draft_from_search(s, rules, &goal, error);
}

/* First what is near, for a way that costs little more than the best: then of all that
 * the ends see only what a way no longer than that can lead over. */
static dro_status search_bounded(dro_sea *s, const dro_sea_rules *rules, double *cost,
                                 bool *direct, dro_error *error) {
    DRO_TRY(look_near(s, rules, &s->from, error));
    DRO_TRY(look_near(s, rules, &s->to, error));
    DRO_TRY(draft_direct(s, rules, cost, direct, error));
    float most_m = (float)*cost;
    DRO_TRY(
        search_some_way(s->chart, rules, &s->search, &s->from, &s->to, &most_m, error));
    most_m = most_m * (1.0f + 1e-5f) + 1.0f; /* what floats lose */
    DRO_TRY(look_far(s, rules, (double)most_m, error));
    return search_ends(s, rules, fminf((float)*cost, most_m), cost, direct, error);
}

static dro_status search_all(dro_sea *s, const dro_sea_rules *rules, double *cost,
                             bool *direct, dro_error *error) {
    DRO_TRY(route_end_look(s->chart, rules, &s->space, NULL, &s->from, error));
    DRO_TRY(route_end_look(s->chart, rules, &s->space, NULL, &s->to, error));
    DRO_TRY(draft_direct(s, rules, cost, direct, error));
    return search_ends(s, rules, (float)*cost, cost, direct, error);
}

static dro_status find_way(dro_sea *s, const dro_sea_rules *rules, double *cost,
                           bool *exact, dro_error *error) {
    bool direct = false;
    *exact = false;
    if (in_table(s, rules, cost)) {
        return draft_from_table(s, error);
    }
    if (s->from.port != GRAPH_NONE && s->from.port == s->to.port && !rules->require) {
        *cost = 0.0;
        *exact = true;
        s->draft.count = 0;
        s->draft.extra_m = 0.0;
        s->draft.gates = 0;
        return draft_add(&s->draft, s->from.at, GRAPH_NONE, -1, error);
    }
    *cost = (double)INFINITY;
    DRO_TRY(rules->avoid_count || rules->require
                ? search_all(s, rules, cost, &direct, error)
                : search_bounded(s, rules, cost, &direct, error));
    *exact = direct && s->draft.count == 2;
    return DRO_OK;
}

/* A way with the areas of `part`, which the ends need not be in any of. */
static dro_status find_part(dro_sea *s, const dro_sea_rules *rules,
                            const dro_sea_rules *part, const dro_sea_end ends[2],
                            double *cost, bool *exact, dro_error *error) {
    DRO_TRY(search_prepare(s->chart, part, &s->search, error));
    DRO_TRY(route_end_place(s->chart, rules, &s->space, ends[0], &s->from, error));
    DRO_TRY(route_end_place(s->chart, rules, &s->space, ends[1], &s->to, error));
    DRO_TRY(find_way(s, part, cost, exact, error));
    return isfinite(*cost) ? DRO_OK : no_way(rules, error);
}

/* First without areas, then with those that the ways met (met.h). */
static dro_status find_round_areas(dro_sea *s, const dro_sea_rules *rules,
                                   const dro_sea_end ends[2], double *cost, bool *exact,
                                   dro_error *error) {
    dro_sea_rules part;
    DRO_TRY(met_begin(&s->met, rules, error));
    met_rules(&s->met, rules, false, &part);
    DRO_TRY(find_part(s, rules, &part, ends, cost, exact, error));
    while (met_note(&s->met, rules, &part, s->draft.points, s->draft.count)) {
        met_rules(&s->met, rules, true, &part);
        DRO_TRY(find_part(s, rules, &part, ends, cost, exact, error));
    }
    if (part.avoid_count) {
        *cost = fmax(0.0, *cost - s->search.detour.step_m);
    }
    return DRO_OK;
}

dro_status dro_sea_route(dro_sea *s, const dro_sea_rules *rules, dro_sea_end from,
                         dro_sea_end to, dro_sea_path *out, dro_error *error) {
    double cost = 0.0;
    bool exact = false;
    dro_sea_path path = {0};
    const dro_sea_end ends[2] = {from, to};
    DRO_TRY(rules->avoid_count
                ? find_round_areas(s, rules, ends, &cost, &exact, error)
                : find_part(s, rules, rules, ends, &cost, &exact, error));
    draft_straighten(s, rules);
    DRO_TRY(publish(s, &path, error));
    path.excess_bound = excess(s, path.objective_m, cost, exact);
    path.shallow = rules->soft_shoals && (s->from.shallow || s->to.shallow);
    *out = path;
    return DRO_OK;
}

/* ---- one to many ------------------------------------------------------------ */

static dro_status ends_reserve(dro_sea *s, size_t count, dro_error *error) {
    size_t capacity = s->end_capacity;
    DRO_TRY(DRO_RESERVE(s->goals, s->goal_capacity, count, error));
    DRO_TRY(DRO_RESERVE(s->ends, s->end_capacity, count, error));
    if (s->end_capacity != capacity) {
        memset(s->ends + capacity, 0, (s->end_capacity - capacity) * sizeof *s->ends);
    }
    s->end_count = s->end_capacity;
    return DRO_OK;
}

static uint64_t gates_of_goal(const dro_sea *s, const search_goal *goal,
                              const route_end *to) {
    const image *v = &s->chart->image;
    uint64_t gates = to->accesses[goal->access].passed.gates;
    uint32_t state = goal->state, nodes = search_nodes(s->chart, &s->search);
    for (;;) {
        const search_state *q = &s->search.states[state];
        if (q->parent >= SEARCH_FROM_END) {
            return gates | s->from.accesses[q->parent - SEARCH_FROM_END].passed.gates;
        }
        if (q->arc != GRAPH_NONE && q->arc >= SEARCH_THROUGH) {
            gates |= s->search.through.ways[q->arc - SEARCH_THROUGH].gates;
        } else if (q->arc != GRAPH_NONE) {
            gates |= v->classes[v->arcs[q->arc].class].gates;
        } else {
            const detour_leg *leg =
                detour_leg_between(&s->search.detour, q->parent % nodes, state % nodes);
            gates |= leg ? leg->passed.gates : 0;
        }
        state = q->parent;
    }
}

/* Answers from the table what it can; *rest: were any left over? */
static dro_status many_from_table(dro_sea *s, const dro_sea_rules *rules,
                                  const dro_sea_end *to, size_t count,
                                  dro_sea_cell *out, size_t *rest) {
    const image *v = &s->chart->image;
    *rest = 0;
    for (size_t i = 0; i < count; i++) {
        out[i].distance_m = -1.0; /* not yet */
        if (rules->table && s->from.port != GRAPH_NONE && to[i].port >= 0 &&
            (size_t)to[i].port < v->ports_count) {
            size_t cell = (size_t)s->from.port * v->ports_count + (size_t)to[i].port;
            bool same = s->from.port == (uint32_t)to[i].port;
            if (same || (isfinite(v->table[cell]) &&
                         table_holds(rules, v->table_class[cell]))) {
                out[i] =
                    (dro_sea_cell){(double)v->table[cell],
                                   same ? 0.0 : v->header->spanner + LENGTH_ERROR,
                                   {s->from.snap_m, v->ports[to[i].port].snap_m},
                                   same ? 0 : v->classes[v->table_class[cell]].gates};
                continue;
            }
        }
        (*rest)++;
    }
    return DRO_OK;
}

/* What a closure took from the table, from rows of searches between ports. */
static bool cell_from_rows(dro_sea *s, const dro_sea_rules *rules, int to,
                           dro_sea_cell *out) {
    const image *v = &s->chart->image;
    const port_row *row = NULL;
    uint32_t port = 0;
    if (to < 0 || (size_t)to >= v->ports_count ||
        !port_rows_affects(rules, s->from.port, (size_t)to) ||
        !port_rows_find(&s->rows, s->from.port, (uint32_t)to, &row, &port)) {
        return false;
    }
    *out = (dro_sea_cell){(double)row->distance_m[port],
                          v->header->spanner + LENGTH_ERROR,
                          {s->from.snap_m, v->ports[to].snap_m},
                          row->gates[port]};
    return true;
}

static dro_status many_from_rows(dro_sea *s, const dro_sea_rules *rules,
                                 const dro_sea_end *to, size_t count, dro_sea_cell *out,
                                 size_t *rest, dro_error *error) {
    size_t asked = 0;
    if (!rules->table || s->from.port == GRAPH_NONE) {
        return DRO_OK;
    }
    DRO_TRY(DRO_RESERVE(s->asked, s->asked_capacity, count, error));
    for (size_t i = 0; i < count; i++) {
        if (to[i].port >= 0 && (size_t)to[i].port < s->chart->image.ports_count) {
            s->asked[asked++] = (uint32_t)to[i].port;
        }
    }
    DRO_TRY(port_rows_make(&s->rows, rules, &s->search, s->from.port, s->asked, asked,
                           error));
    for (size_t i = 0; asked && i < count; i++) {
        if (out[i].distance_m < 0.0 && cell_from_rows(s, rules, to[i].port, &out[i])) {
            (*rest)--;
        }
    }
    return DRO_OK;
}

static dro_sea_cell unreachable(double distance_m) {
    return (dro_sea_cell){distance_m, 0.0, {0.0, 0.0}, 0};
}

/* The straight ways that the graph does not know: only with few roots on each side. */
static dro_status compare_direct(dro_sea *s, const dro_sea_rules *rules, route_end *to,
                                 dro_sea_cell *cell, dro_error *error) {
    double cost = isfinite(cell->distance_m) ? cell->distance_m : (double)INFINITY;
    bool found = false;
    route_end keep = s->to;
    s->to = *to;
    dro_status status = draft_direct(s, rules, &cost, &found, error);
    *to = s->to;
    s->to = keep;
    if (status == DRO_OK && found) {
        cell->distance_m = cost;
        cell->passages = s->draft.gates;
    }
    return status;
}

static dro_status search_rest(dro_sea *s, const dro_sea_rules *rules,
                              const dro_sea_end *to, size_t count, dro_sea_cell *out,
                              dro_error *error) {
    size_t n = 0;
    DRO_TRY(ends_reserve(s, count, error));
    for (size_t i = 0; i < count; i++) {
        if (out[i].distance_m >= 0.0) {
            continue;
        }
        dro_status status =
            route_end_find(s->chart, rules, &s->space, to[i], &s->ends[n], NULL);
        if (status == DRO_NOMEM || status == DRO_INTERNAL) {
            return dro_fail(error, status, "place %zu: %s", i, dro_status_text(status));
        }
        if (status != DRO_OK) {
            out[i] =
                unreachable(status == DRO_NO_ANSWER ? (double)INFINITY : (double)NAN);
            continue;
        }
        out[i].passages = n++; /* kept here until the search is done */
    }
    DRO_TRY(search_many(s->chart, rules, &s->search, &s->from, s->ends, n, s->goals,
                        error));
    for (size_t i = 0; i < count; i++) {
        if (!(out[i].distance_m < 0.0)) {
            continue;
        }
        size_t k = out[i].passages;
        const search_goal *goal = &s->goals[k];
        bool reached = goal->state != GRAPH_NONE;
        out[i] = (dro_sea_cell){reached ? (double)goal->cost : (double)INFINITY,
                                s->chart->image.header->spanner + LENGTH_ERROR,
                                {s->from.snap_m, s->ends[k].snap_m},
                                reached ? gates_of_goal(s, goal, &s->ends[k]) : 0};
        DRO_TRY(compare_direct(s, rules, &s->ends[k], &out[i], error));
    }
    return DRO_OK;
}

dro_status dro_sea_one_to_many(dro_sea *s, const dro_sea_rules *rules, dro_sea_end from,
                               const dro_sea_end *to, size_t count, dro_sea_cell *out,
                               dro_error *error) {
    size_t rest = 0;
    DRO_TRY(search_prepare(s->chart, rules, &s->search, error));
    DRO_TRY(route_end_find(s->chart, rules, &s->space, from, &s->from, error));
    DRO_TRY(many_from_table(s, rules, to, count, out, &rest));
    if (rest) {
        DRO_TRY(many_from_rows(s, rules, to, count, out, &rest, error));
    }
    return rest ? search_rest(s, rules, to, count, out, error) : DRO_OK;
}

dro_status dro_sea_find_water(dro_sea *s, const dro_sea_rules *rules, dro_point place,
                              dro_sea_snap *out, dro_error *error) {
    snap found;
    DRO_TRY(dro_geo_check(&place, false, error));
    DRO_TRY(snap_find(s->chart, &s->space.snap, place, rules->max_snap_m, rules->closed,
                      &found, error));
    int channel = -1;
    if (found.piece != GRAPH_NONE) {
        channel = (int)s->chart->image.pieces[found.piece].line;
    }
    *out = (dro_sea_snap){dro_geo_to_point(found.at), found.distance_m, channel};
    return DRO_OK;
}
