#include "chart/detour.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/sea.h"

static const double OUTWARDS_M = 0.25; /* a corner node stands this far off */

#define STOP_EVERY 256 /* triangles */

void detour_free(detour *d) {
    dro_free(d->places);
    dro_free(d->vertices);
    dro_free(d->triangles);
    dro_free(d->hubs);
    dro_free(d->state);
    dro_free(d->free);
    dro_free(d->vertex_node);
    dro_free(d->links);
    dro_free(d->spans);
    dro_free(d->legs);
    *d = (detour){0};
}

/* With many or large areas each step takes long. */
static dro_status check_stopped(const detour *d, dro_error *error) {
    bool stopped = d->stopped != NULL && d->stopped(d->hook);
    return stopped ? dro_fail(error, DRO_CANCELLED, "stopped") : DRO_OK;
}

static dro_status add_node(detour *d, dro_vec at, uint32_t vertex, uint32_t triangle,
                           dro_error *error) {
    DRO_TRY(DRO_RESERVE(d->places, d->place_capacity, d->count + 1, error));
    DRO_TRY(DRO_RESERVE(d->vertices, d->vertex_capacity, d->count + 1, error));
    DRO_TRY(DRO_RESERVE(d->triangles, d->triangle_capacity, d->count + 1, error));
    d->places[d->count] = at;
    d->vertices[d->count] = vertex;
    d->triangles[d->count++] = triangle;
    return DRO_OK;
}

/* ---- corners of areas -------------------------------------------------------- */

/* From the corner away from the middle of its neighbours; *turn is by how much the
 * ring turns there. False where it turns inwards, and where other areas lie. */
static bool beside_corner(const dro_sea_rules *rules, dro_ring ring, size_t i,
                          dro_vec *out, double *turn) {
    dro_vec p = ring.points[i], a = ring.points[(i + ring.count - 1) % ring.count],
            b = ring.points[(i + 1) % ring.count];
    double to_a = fmax(dro_geo_angle(p, a), 1e-12),
           to_b = fmax(dro_geo_angle(p, b), 1e-12);
    dro_vec u = {(a.x - p.x) / to_a + (b.x - p.x) / to_b,
                 (a.y - p.y) / to_a + (b.y - p.y) / to_b,
                 (a.z - p.z) / to_a + (b.z - p.z) / to_b};
    double length = sqrt(u.x * u.x + u.y * u.y + u.z * u.z);
    double step = OUTWARDS_M / DRO_EARTH_RADIUS_M / fmax(length, 1e-9);
    dro_vec q = {p.x - step * u.x, p.y - step * u.y, p.z - step * u.z};
    *out = dro_geo_quantise(q);
    *turn = 2.0 * asin(fmin(1.0, 0.5 * length));
    return rules_inside(rules, *out) < 0;
}

static dro_status add_corners(const dro_chart *chart, const dro_sea_rules *rules,
                              ends_space *space, detour *d, dro_error *error) {
    const image *v = &chart->image;
    uint32_t *hint = &space->snap.hint;
    d->step_m = 0.0;
    for (size_t i = 0; i < rules->avoid_count; i++) {
        for (size_t k = 0; k < rules->avoid[i].count; k++) {
            dro_vec at;
            double turn = 0.0;
            if (!beside_corner(rules, rules->avoid[i], k, &at, &turn)) {
                continue;
            }
            d->step_m += OUTWARDS_M * (turn + 0.01);
            *hint = mesh_locate(v->triangles, v->vertices, *hint, at);
            if (v->state[*hint] != SIGHT_LAND) {
                DRO_TRY(add_node(d, at, MESH_NONE, *hint, error));
            }
        }
    }
    d->corner_count = d->count;
    return DRO_OK;
}

/* ---- bays that areas touch ------------------------------------------------------ */

static bool touched(const image *v, const dro_sea_rules *rules, uint32_t t) {
    const mesh_triangle *tri = &v->triangles[t];
    for (int i = 0; i < 3; i++) {
        if (rules_avoided(rules, v->vertices[tri->v[mesh_next(i)]],
                          v->vertices[tri->v[mesh_prev(i)]])) {
            return true;
        }
    }
    return false;
}

/* Opens the whole bay that a triangle is part of. */
static dro_status open_bay(const image *v, detour *d, uint32_t triangle,
                           dro_error *error) {
    uint32_t *stack = NULL;
    size_t count = 0, capacity = 0;
    dro_status status = DRO_RESERVE(stack, capacity, 1, error);
    if (status == DRO_OK && d->state[triangle] == SIGHT_BAY) {
        d->state[triangle] = SIGHT_CORE;
        stack[count++] = triangle;
    }
    while (status == DRO_OK && count) {
        const mesh_triangle *tri = &v->triangles[stack[--count]];
        status = DRO_RESERVE(stack, capacity, count + 3, error);
        for (int i = 0; status == DRO_OK && i < 3; i++) {
            if (tri->tag[i] != MESH_TAG_WALL && d->state[tri->n[i]] == SIGHT_BAY) {
                d->state[tri->n[i]] = SIGHT_CORE;
                stack[count++] = tri->n[i];
            }
        }
    }
    dro_free(stack);
    return status;
}

static dro_status open_bays(const dro_chart *chart, const dro_sea_rules *rules,
                            ends_space *space, detour *d, dro_error *error) {
    const image *v = &chart->image;
    uint32_t *hint = &space->snap.hint;
    for (uint32_t t = 0; t < v->triangles_count; t++) {
        if (t % STOP_EVERY == 0) {
            DRO_TRY(check_stopped(d, error));
        }
        if (d->state[t] == SIGHT_BAY && touched(v, rules, t)) {
            DRO_TRY(open_bay(v, d, t, error));
        }
    }
    for (size_t i = 0; i < rules->avoid_count; i++) { /* areas inside one triangle */
        for (size_t k = 0; k < rules->avoid[i].count; k++) {
            *hint = mesh_locate(v->triangles, v->vertices, *hint,
                                rules->avoid[i].points[k]);
            DRO_TRY(open_bay(v, d, *hint, error));
        }
    }
    return DRO_OK;
}

/* Does some land at the vertex take less than half a turn? */
static bool bends(const image *v, const detour *d, uint32_t vertex) {
    uint32_t start = v->vertex_triangle[vertex], t = start, first = MESH_NONE;
    bool before = false, last_round = false;
    dro_vec at = v->vertices[vertex];
    for (;;) { /* from the first open triangle once round, and on to it again */
        const mesh_triangle *tri = &v->triangles[t];
        int i = mesh_corner(tri, vertex);
        bool land = d->state[t] == SIGHT_LAND;
        if (land && !before) {
            first = tri->v[mesh_next(i)];
        } else if (!land && before && first != MESH_NONE &&
                   dro_geo_orient(at, v->vertices[first],
                                  v->vertices[tri->v[mesh_next(i)]]) > 0) {
            return true;
        }
        before = land;
        t = tri->n[mesh_next(i)];
        if (t == start) {
            if (last_round) {
                return false;
            }
            last_round = true;
        }
    }
}

static dro_status add_bay_vertex(const image *v, const dro_sea_rules *rules, detour *d,
                                 uint32_t vertex, dro_error *error) {
    if (d->free[vertex] || rules_inside(rules, v->vertices[vertex]) >= 0) {
        return DRO_OK;
    }
    if (d->vertex_node[vertex] != GRAPH_NONE) {
        d->free[vertex] = 1;
        DRO_TRY(DRO_RESERVE(d->hubs, d->hub_capacity, d->hub_count + 1, error));
        d->hubs[d->hub_count++] = d->vertex_node[vertex];
    } else if (bends(v, d, vertex)) {
        d->free[vertex] = 1;
        d->vertex_node[vertex] = (uint32_t)(v->nodes_count + d->count);
        return add_node(d, v->vertices[vertex], vertex, MESH_NONE, error);
    }
    return DRO_OK;
}

static dro_status add_bay_vertices(const image *v, const dro_sea_rules *rules,
                                   detour *d, dro_error *error) {
    for (uint32_t t = 0; t < v->triangles_count; t++) {
        if (t % STOP_EVERY == 0) {
            DRO_TRY(check_stopped(d, error));
        }
        if (d->state[t] == v->state[t]) {
            continue;
        }
        for (int i = 0; i < 3; i++) {
            DRO_TRY(add_bay_vertex(v, rules, d, v->triangles[t].v[i], error));
        }
    }
    return DRO_OK;
}

/* ---- looking out ---------------------------------------------------------------- */

typedef struct lookout {
    const dro_chart *chart;
    const dro_sea_rules *rules;
    detour *detour;
    uint32_t node, vertex;
    dro_vec at;
    bool free;
    dro_status status;
    dro_error *error;
} lookout;

static void note_leg(lookout *l, uint32_t to, dro_vec place, sight_class passed) {
    detour *d = l->detour;
    if (l->status != DRO_OK || to == l->node || !rules_allow_over(l->rules, passed) ||
        rules_avoided(l->rules, l->at, place)) {
        return;
    }
    l->status = DRO_RESERVE(d->legs, d->leg_capacity, d->leg_count + 1, l->error);
    if (l->status == DRO_OK) {
        float length = (float)dro_geo_distance_fast_m(l->at, place);
        d->legs[d->leg_count++] = (detour_leg){to, length, passed};
    }
}

static void see(void *context, uint32_t vertex, sight_class passed) {
    lookout *l = context;
    const image *v = &l->chart->image;
    uint32_t to = l->detour->vertex_node[vertex];
    if (to != GRAPH_NONE && (l->detour->free[vertex] || ends_taut(v, to, l->at)) &&
        (l->free || ends_taut(v, l->node, v->vertices[vertex]))) {
        note_leg(l, to, v->vertices[vertex], passed);
    }
}

static bool towards_areas(void *context, dro_vec right, dro_vec left) {
    const lookout *l = context;
    return rules_towards_areas(l->rules, l->at, right, left);
}

static void see_corners(lookout *l, uint32_t triangle) {
    const detour *d = l->detour;
    for (size_t c = 0; c < d->corner_count; c++) {
        sight_class passed;
        if ((l->free || ends_taut(&l->chart->image, l->node, d->places[c])) &&
            line_between(l->chart, l->at, l->vertex, triangle, d->places[c], &passed)) {
            if (l->vertex != MESH_NONE) {
                passed.gates |=
                    sight_gates_at(&l->chart->field, l->vertex, d->places[c]);
            }
            note_leg(l, (uint32_t)(l->chart->image.nodes_count + c), d->places[c],
                     passed);
        }
    }
}

/* All legs of a node of the detour. */
static dro_status look_out(const dro_chart *chart, const dro_sea_rules *rules,
                           ends_space *space, detour *d, uint32_t node,
                           dro_error *error) {
    size_t nodes = chart->image.nodes_count;
    lookout l = {chart, rules, d, node, MESH_NONE, {0, 0, 0}, true, DRO_OK, error};
    uint32_t triangle = node < nodes ? MESH_NONE : d->triangles[node - nodes];
    l.at = node < nodes ? chart->image.nodes[node] : d->places[node - nodes];
    l.vertex =
        node < nodes ? chart->image.node_vertex[node] : d->vertices[node - nodes];
    d->spans[node] = (detour_span){d->leg_count, 0, true};
    sight_look look = {
        .field = &d->field, .stack = &space->stack, .visit = see, .context = &l};
    DRO_TRY(l.vertex != MESH_NONE ? sight_from_vertex(&look, l.vertex, error)
                                  : sight_from_point(&look, l.at, triangle, error));
    see_corners(&l, triangle);
    d->spans[node].count = (uint32_t)(d->leg_count - d->spans[node].first);
    return l.status;
}

/* ---- all together ---------------------------------------------------------------- */

static int by_from(const void *a, const void *b) {
    const detour_link *p = a, *q = b;
    if (p->from != q->from) {
        return p->from < q->from ? -1 : 1;
    }
    return (p->leg.to > q->leg.to) - (p->leg.to < q->leg.to);
}

/* The other way round, for nodes that do not look out on all sides. */
static dro_status link_back(const dro_chart *chart, detour *d, uint32_t node,
                            dro_error *error) {
    detour_span s = d->spans[node];
    for (size_t i = s.first; i < s.first + s.count; i++) {
        detour_leg leg = d->legs[i];
        bool looks = leg.to >= chart->image.nodes_count ||
                     (chart->image.node_vertex[leg.to] != MESH_NONE &&
                      d->free[chart->image.node_vertex[leg.to]]);
        if (!looks) {
            DRO_TRY(DRO_RESERVE(d->links, d->link_capacity, d->link_count + 1, error));
            d->links[d->link_count++] =
                (detour_link){leg.to, {node, leg.length_m, leg.passed}};
        }
    }
    return DRO_OK;
}

static dro_status look_from_all(const dro_chart *chart, const dro_sea_rules *rules,
                                ends_space *space, detour *d, dro_error *error) {
    size_t nodes = chart->image.nodes_count;
    DRO_TRY(DRO_RESERVE(d->spans, d->span_capacity, nodes + d->count, error));
    memset(d->spans, 0, (nodes + d->count) * sizeof *d->spans);
    for (size_t i = 0; i < d->count + d->hub_count; i++) {
        uint32_t node = i < d->count ? (uint32_t)(nodes + i) : d->hubs[i - d->count];
        DRO_TRY(check_stopped(d, error));
        DRO_TRY(look_out(chart, rules, space, d, node, error));
        DRO_TRY(link_back(chart, d, node, error));
    }
    if (d->link_count) {
        qsort(d->links, d->link_count, sizeof *d->links, by_from);
    }
    return DRO_OK;
}

static dro_status begin(const image *v, detour *d, dro_error *error) {
    d->rules = 0;
    d->count = d->corner_count = d->hub_count = d->link_count = d->leg_count = 0;
    if (!d->state) {
        DRO_TRY(dro_new((void **)&d->state, v->triangles_count, 1, "areas", error));
    }
    if (!d->free) {
        DRO_TRY(dro_new((void **)&d->free, v->vertices_count, 1, "areas", error));
    }
    if (!d->vertex_node) {
        DRO_TRY(
            dro_new((void **)&d->vertex_node, v->vertices_count, 4, "areas", error));
    }
    memcpy(d->state, v->state, v->triangles_count);
    memset(d->free, 0, v->vertices_count);
    memcpy(d->vertex_node, v->vertex_node, v->vertices_count * 4);
    return DRO_OK;
}

dro_status detour_prepare(const dro_chart *chart, const dro_sea_rules *rules,
                          ends_space *space, detour *d, dro_error *error) {
    if (d->rules == rules->number) {
        return DRO_OK;
    }
    DRO_TRY(begin(&chart->image, d, error));
    DRO_TRY(add_corners(chart, rules, space, d, error));
    DRO_TRY(open_bays(chart, rules, space, d, error));
    DRO_TRY(add_bay_vertices(&chart->image, rules, d, error));
    d->field = chart->field;
    d->field.state = d->state;
    DRO_TRY(look_from_all(chart, rules, space, d, error));
    d->rules = rules->number;
    return DRO_OK;
}

ends_view detour_view(const detour *d) {
    return (ends_view){&d->field, d->vertex_node, d->free, d->places, d->corner_count};
}

/* ---- legs of the graph's nodes -----------------------------------------------------
 */

static size_t first_link(const detour *d, uint32_t node) {
    size_t low = 0, high = d->link_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (d->links[middle].from < node) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const detour_leg *detour_known_leg(const detour *d, uint32_t node, size_t i) {
    detour_span s = d->spans[node];
    if (s.known) {
        return i < s.count ? &d->legs[s.first + i] : NULL;
    }
    size_t link = first_link(d, node) + i;
    return link < d->link_count && d->links[link].from == node ? &d->links[link].leg
                                                               : NULL;
}

static dro_status add_links(detour *d, uint32_t node, dro_error *error) {
    size_t low = first_link(d, node);
    for (; low < d->link_count && d->links[low].from == node; low++) {
        DRO_TRY(DRO_RESERVE(d->legs, d->leg_capacity, d->leg_count + 1, error));
        d->legs[d->leg_count++] = d->links[low].leg;
    }
    return DRO_OK;
}

dro_status detour_legs_of(const dro_chart *chart, const dro_sea_rules *rules,
                          ends_space *space, detour *d, uint32_t node,
                          const detour_leg **legs, size_t *count, dro_error *error) {
    detour_span *s = &d->spans[node];
    const image *v = &chart->image;
    if (!s->known) {
        size_t first = d->leg_count;
        DRO_TRY(check_stopped(d, error));
        DRO_TRY(add_links(d, node, error));
        lookout l = {chart,          rules, d,      node, v->node_vertex[node],
                     v->nodes[node], false, DRO_OK, error};
        if (l.vertex != MESH_NONE && v->header->spanner > 0.0) {
            sight_look look = {.field = &d->field,
                               .stack = &space->stack,
                               .visit = see,
                               .context = &l,
                               .wanted = towards_areas};
            DRO_TRY(sight_from_vertex(&look, l.vertex, error));
        }
        DRO_TRY(l.status);
        *s = (detour_span){first, (uint32_t)(d->leg_count - first), true};
    }
    *legs = d->legs + s->first;
    *count = s->count;
    return DRO_OK;
}

const detour_leg *detour_leg_between(const detour *d, uint32_t from, uint32_t to) {
    detour_span s = d->spans[from];
    for (size_t i = s.first; i < s.first + s.count; i++) {
        if (d->legs[i].to == to) {
            return &d->legs[i];
        }
    }
    return NULL;
}
