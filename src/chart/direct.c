/* Ways that need no graph: straight, inside one bay, along one line. */
#include <math.h>

#include "chart/pull.h"
#include "chart/sea.h"

bool line_between(const dro_chart *chart, dro_vec a, uint32_t vertex, uint32_t triangle,
                  dro_vec b, sight_class *passed) {
    const image *v = &chart->image;
    if (vertex == MESH_NONE) {
        return sight_line(&chart->field, a, triangle, b, passed);
    }
    uint32_t start = v->vertex_triangle[vertex], t = start;
    do {
        const mesh_triangle *tri = &v->triangles[t];
        int i = mesh_corner(tri, vertex);
        dro_vec right = v->vertices[tri->v[mesh_next(i)]];
        dro_vec left = v->vertices[tri->v[mesh_prev(i)]];
        if (v->state[t] != SIGHT_LAND && dro_geo_orient(a, right, b) >= 0 &&
            dro_geo_orient(a, left, b) <= 0 &&
            sight_line(&chart->field, a, t, b, passed)) {
            return true;
        }
        t = tri->n[mesh_next(i)];
    } while (t != start);
    return false;
}

/* ---- straight, also from and to corners of bays ------------------------------------
 */

typedef struct straight {
    uint16_t from, to;
    double cost;
    sight_class passed;
} straight;

static void try_roots(const dro_sea *sea, const dro_sea_rules *rules, uint16_t i,
                      uint16_t k, straight *best) {
    const end_root *a = &sea->from.roots[i], *b = &sea->to.roots[k];
    double cost = a->distance_m + dro_geo_distance_fast_m(a->at, b->at) + b->distance_m;
    sight_class passed;
    if (cost >= best->cost || !line_between(sea->chart, a->at, a->vertex,
                                            sea->from.triangle, b->at, &passed)) {
        return;
    }
    const sight_field *field = &sea->chart->field;
    sight_class all = {passed.gates | a->passed.gates | b->passed.gates, passed.depth,
                       0};
    all.gates |= a->vertex == MESH_NONE ? 0 : sight_gates_at(field, a->vertex, b->at);
    all.gates |= b->vertex == MESH_NONE ? 0 : sight_gates_at(field, b->vertex, a->at);
    all.depth = a->passed.depth > all.depth ? a->passed.depth : all.depth;
    all.depth = b->passed.depth > all.depth ? b->passed.depth : all.depth;
    bool over = rules->soft_shoals && (sea->from.shallow || sea->to.shallow);
    if ((over ? rules_allow_over(rules, all) : rules_allow(rules, all)) &&
        (rules->require & ~all.gates) == 0 &&
        !(rules->avoid_count && rules_avoided(rules, a->at, b->at))) {
        *best = (straight){i, k, cost, all};
    }
}

static dro_status draft_roots(dro_sea *sea, const straight *best, dro_error *error) {
    uint16_t chain[ENDS_ROOTS_MAX];
    size_t n = 0;
    path_draft *d = &sea->draft;
    d->count = 0;
    d->extra_m = 0.0;
    d->gates = best->passed.gates;
    for (uint16_t r = best->from; r != ENDS_NONE && n < ENDS_ROOTS_MAX;
         r = sea->from.roots[r].before) {
        chain[n++] = r;
    }
    while (n) {
        DRO_TRY(draft_add(d, sea->from.roots[chain[--n]].at, GRAPH_NONE, -1, error));
    }
    for (uint16_t r = best->to; r != ENDS_NONE; r = sea->to.roots[r].before) {
        DRO_TRY(draft_add(d, sea->to.roots[r].at, GRAPH_NONE, -1, error));
    }
    return DRO_OK;
}

/* ---- inside one bay --------------------------------------------------------- */

static size_t find_triangle(const route_end *e, uint32_t t) {
    for (size_t i = 0; i < e->sleeve_count; i++) {
        if (e->sleeve[i] == t) {
            return i;
        }
    }
    return SIZE_MAX;
}

static pull_portal portal_out(const image *v, uint32_t t, bool backwards) {
    const mesh_triangle *tri = &v->triangles[t];
    int side = v->way_out[t];
    dro_vec right = v->vertices[tri->v[mesh_next(side)]];
    dro_vec left = v->vertices[tri->v[mesh_prev(side)]];
    return backwards ? (pull_portal){left, right} : (pull_portal){right, left};
}

/* The sleeves of the two ends up to the first triangle that both have. */
static dro_status draft_bay(dro_sea *sea, const dro_sea_rules *rules, double *cost,
                            bool *found, dro_error *error) {
    const image *v = &sea->chart->image;
    const route_end *a = &sea->from, *b = &sea->to;
    size_t meet = 0, other = SIZE_MAX;
    for (; meet < a->sleeve_count && other == SIZE_MAX; meet++) {
        other = find_triangle(b, a->sleeve[meet]);
    }
    if (other == SIZE_MAX || (meet - 1 == 0 && other == 0)) {
        return DRO_OK; /* apart, or in one triangle: straight */
    }
    size_t n = meet - 1 + other, k = 0;
    pull_portal *portals = NULL;
    dro_vec *turns = NULL;
    uint8_t depth = 0;
    DRO_TRY(dro_new((void **)&portals, n, sizeof *portals, "bay", error));
    dro_status status = dro_new((void **)&turns, n, sizeof *turns, "bay", error);
    for (size_t i = 0; status == DRO_OK && i + 1 < meet; i++) {
        portals[k++] = portal_out(v, a->sleeve[i], false);
        depth = v->depth[a->sleeve[i]] > depth ? v->depth[a->sleeve[i]] : depth;
    }
    for (size_t i = other; status == DRO_OK && i > 0; i--) {
        portals[k++] = portal_out(v, b->sleeve[i - 1], true);
        depth = v->depth[b->sleeve[i - 1]] > depth ? v->depth[b->sleeve[i - 1]] : depth;
    }
    double length = 0.0;
    size_t count = status == DRO_OK ? pull_string(a->at, portals, n, b->at, turns) : 0;
    dro_vec at = a->at;
    for (size_t i = 0; i <= count; i++) {
        dro_vec next = i < count ? turns[i] : b->at;
        length += dro_geo_distance_fast_m(at, next);
        at = next;
    }
    if (status == DRO_OK && length < *cost && !rules->require &&
        (rules->soft_shoals || rules_allow(rules, (sight_class){0, depth, 0}))) {
        *cost = length;
        *found = true;
        sea->draft.count = 0;
        sea->draft.extra_m = 0.0;
        sea->draft.gates = 0;
        status = draft_add(&sea->draft, a->at, GRAPH_NONE, -1, error);
        for (size_t i = 0; status == DRO_OK && i <= count; i++) {
            status = draft_add(&sea->draft, i < count ? turns[i] : b->at, GRAPH_NONE,
                               -1, error);
        }
    }
    dro_free(portals);
    dro_free(turns);
    return status;
}

/* ---- along one line --------------------------------------------------------- */

/* Is the piece that both ends stand on clear of areas between them? */
static bool clear_between(const dro_sea *sea, const dro_sea_rules *rules) {
    const image *v = &sea->chart->image;
    const route_end *low = &sea->from, *high = &sea->to;
    const graph_piece *p = &v->pieces[low->piece];
    const dro_point *points = v->line_points + v->lines[p->line].first;
    double run = 0.0;
    if (!rules->piece_cut || !rules->piece_cut[low->piece]) {
        return true;
    }
    if (low->from_a_m > high->from_a_m) {
        low = &sea->to;
        high = &sea->from;
    }
    for (uint32_t k = p->first; k < p->last; k++) {
        double next = run + dro_geo_distance_m(points[k], points[k + 1]);
        if (next > low->from_a_m && run < high->from_a_m &&
            rules_avoided(
                rules, run < low->from_a_m ? low->at : dro_geo_to_vec(points[k]),
                next > high->from_a_m ? high->at : dro_geo_to_vec(points[k + 1]))) {
            return false;
        }
        run = next;
    }
    return true;
}

static dro_status draft_line(dro_sea *sea, const dro_sea_rules *rules, double *cost,
                             bool *found, dro_error *error) {
    const image *v = &sea->chart->image;
    const route_end *a = &sea->from, *b = &sea->to;
    if (a->piece == GRAPH_NONE || a->piece != b->piece || !a->access_count ||
        fabs(a->from_a_m - b->from_a_m) >= *cost ||
        (rules->require & ~a->accesses[0].passed.gates) || !clear_between(sea, rules)) {
        return DRO_OK;
    }
    const graph_piece *p = &v->pieces[a->piece];
    const dro_point *points = v->line_points + v->lines[p->line].first;
    bool forward = b->from_a_m >= a->from_a_m;
    double low = forward ? a->from_a_m : b->from_a_m;
    double high = forward ? b->from_a_m : a->from_a_m, run = 0.0;
    path_draft *d = &sea->draft;
    *cost = high - low;
    *found = true;
    d->count = 0;
    d->extra_m = 0.0;
    d->gates = a->accesses[0].passed.gates;
    int32_t along = (int32_t)p->line;
    DRO_TRY(draft_add(d, a->at, GRAPH_NONE, -1, error));
    uint32_t between[2] = {1, 0}; /* points strictly between the two feet */
    for (uint32_t k = p->first + 1; k < p->last; k++) {
        run += dro_geo_distance_m(points[k - 1], points[k]);
        if (run > low && run < high) {
            between[0] = between[0] > between[1] ? k : between[0];
            between[1] = k;
        }
    }
    for (uint32_t i = between[0]; i <= between[1]; i++) {
        uint32_t k = forward ? i : between[1] - (i - between[0]);
        DRO_TRY(draft_add(d, dro_geo_to_vec(points[k]), GRAPH_NONE, along, error));
    }
    return draft_add(d, b->at, GRAPH_NONE, along, error);
}

dro_status draft_direct(dro_sea *sea, const dro_sea_rules *rules, double *cost,
                        bool *found, dro_error *error) {
    DRO_TRY(draft_line(sea, rules, cost, found, error));
    if (sea->from.triangle == MESH_NONE || sea->to.triangle == MESH_NONE) {
        return DRO_OK;
    }
    DRO_TRY(draft_bay(sea, rules, cost, found, error));
    straight best = {ENDS_NONE, ENDS_NONE, *cost, {0, 0, 0}};
    for (size_t i = 0; i < sea->from.root_count; i++) {
        for (size_t k = 0; k < sea->to.root_count; k++) {
            try_roots(sea, rules, (uint16_t)i, (uint16_t)k, &best);
        }
    }
    if (best.from == ENDS_NONE) {
        return DRO_OK;
    }
    *cost = best.cost;
    *found = true;
    return draft_roots(sea, &best, error);
}
