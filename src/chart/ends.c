#include "chart/ends.h"

#include <math.h>
#include <string.h>

#include "chart/aim.h"
#include "chart/sea.h"

void ends_space_free(ends_space *s) {
    snap_space_free(&s->snap);
    sight_stack_free(&s->stack);
}

void route_end_free(route_end *e) {
    dro_free(e->roots);
    dro_free(e->accesses);
    dro_free(e->sleeve);
}

static dro_status add_access(route_end *e, end_access a, dro_error *error) {
    DRO_TRY(DRO_RESERVE(e->accesses, e->access_capacity, e->access_count + 1, error));
    e->accesses[e->access_count++] = a;
    return DRO_OK;
}

/* ---- seeing nodes ------------------------------------------------------------------
 */

typedef struct seer {
    const dro_chart *chart;
    const dro_sea_rules *rules;
    route_end *end;
    size_t root;
    dro_status status;
    dro_error *error;
    ends_view view;
    const ends_bound *bound; /* NULL: none */
} seer;

bool ends_taut(const image *v, uint32_t node, dro_vec towards) {
    uint32_t from = v->sector_first[node], to = v->sector_first[node + 1];
    dro_vec at = v->nodes[node];
    for (uint32_t k = from; k < to; k++) {
        int a = dro_geo_orient(at, towards, v->vertices[v->sectors[k].first]);
        int b = dro_geo_orient(at, towards, v->vertices[v->sectors[k].last]);
        if (a * b >= 0) {
            return true;
        }
    }
    return from == to; /* an end of a line: free to turn */
}

/* ---- what is of use ---------------------------------------------------------- */

/* NULL: a way may cost anything. */
static const ends_bound *limit_of(const seer *s) {
    return s->bound && isfinite(s->bound->most_m) ? s->bound : NULL;
}

static sight_look look_of(seer *s, sight_stack *stack, sight_visit visit) {
    sight_look look = {
        .field = s->view.field, .stack = stack, .visit = visit, .context = s};
    look.steps = s->bound ? s->bound->steps : 0;
    look.way_m = s->end->roots[s->root].distance_m;
    const ends_bound *limit = limit_of(s);
    if (limit) {
        look.towards = &limit->goal;
        look.most_m = limit->most_m;
    }
    return look;
}

/* What a way over a node, d metres from the end, costs at the least. */
static double way_over(const ends_bound *b, dro_vec at, uint32_t node, double d) {
    double straight = sight_straight_m(at, b->goal);
    double by_aim = b->aim ? (double)aim_bound(b->aim, node) : 0.0;
    return d + fmax(straight, by_aim);
}

/* A node in sight of the root. */
static void reach(seer *s, uint32_t node, dro_vec at, sight_class passed) {
    const end_root *root = &s->end->roots[s->root];
    passed.gates |= root->passed.gates;
    passed.depth =
        root->passed.depth > passed.depth ? root->passed.depth : passed.depth;
    bool over = s->rules->soft_shoals && s->end->shallow;
    if (s->status != DRO_OK ||
        !(over ? rules_allow_over(s->rules, passed) : rules_allow(s->rules, passed)) ||
        (s->rules->avoid_count && rules_avoided(s->rules, root->at, at))) {
        return;
    }
    double d = root->distance_m + dro_geo_distance_fast_m(root->at, at);
    const ends_bound *limit = limit_of(s);
    if (limit && way_over(limit, at, node, d) > limit->most_m) {
        return;
    }
    s->status = add_access(
        s->end, (end_access){node, (float)d, (uint16_t)s->root, 0, passed}, s->error);
}

/* What a leg from the root passes at its very ends, where they are on a gate. */
static uint64_t gates_beside(const seer *s, uint32_t vertex) {
    const sight_field *field = &s->chart->field;
    const end_root *root = &s->end->roots[s->root];
    if (root->vertex == vertex) {
        return 0;
    }
    uint64_t gates = sight_gates_at(field, vertex, root->at);
    return root->vertex == MESH_NONE
               ? gates
               : gates | sight_gates_at(field, root->vertex, field->vertices[vertex]);
}

static void see(void *context, uint32_t vertex, sight_class passed) {
    seer *s = context;
    const image *v = &s->chart->image;
    uint32_t node = s->view.vertex_node[vertex];
    if (node != GRAPH_NONE && ((s->view.free && s->view.free[vertex]) ||
                               ends_taut(v, node, s->end->roots[s->root].at))) {
        passed.gates |= gates_beside(s, vertex);
        reach(s, node, v->vertices[vertex], passed);
    }
}

/* Corners of areas are no vertices: each is looked for. */
static void see_corners(seer *s) {
    const end_root *root = &s->end->roots[s->root];
    for (size_t c = 0; c < s->view.corner_count; c++) {
        sight_class passed;
        dro_vec at = s->view.corners[c];
        if (!line_between(s->chart, root->at, root->vertex, s->end->triangle, at,
                          &passed)) {
            continue;
        }
        if (root->vertex != MESH_NONE) {
            passed.gates |= sight_gates_at(&s->chart->field, root->vertex, at);
        }
        reach(s, (uint32_t)(s->chart->image.nodes_count + c), at, passed);
    }
}

/* ---- the sleeve of a bay and its funnel ------------------------------------- */

static dro_status find_sleeve(const image *v, const uint8_t *state, uint32_t triangle,
                              route_end *e, dro_error *error) {
    uint32_t t = triangle;
    e->sleeve_count = 0;
    for (;;) {
        DRO_TRY(DRO_RESERVE(e->sleeve, e->sleeve_capacity, e->sleeve_count + 1, error));
        e->sleeve[e->sleeve_count++] = t;
        if (state[t] != SIGHT_BAY || v->way_out[t] > 2) {
            return DRO_OK;
        }
        t = v->triangles[t].n[v->way_out[t]];
    }
}

typedef struct portal {
    uint32_t right, left;
} portal;

/* Portal i of the sleeve: between its triangles i and i + 1. */
static portal portal_of(const image *v, const route_end *e, size_t i) {
    const mesh_triangle *t = &v->triangles[e->sleeve[i]];
    int side = v->way_out[e->sleeve[i]];
    return (portal){t->v[mesh_next(side)], t->v[mesh_prev(side)]};
}

/* One chain of the funnel as indexes of roots, from the apex on. */
typedef struct chain {
    uint16_t items[ENDS_ROOTS_MAX];
    size_t count;
} chain;

static uint16_t add_root(route_end *e, const image *v, uint32_t vertex,
                         uint16_t before) {
    if (e->root_count >= ENDS_ROOTS_MAX ||
        DRO_RESERVE(e->roots, e->root_capacity, e->root_count + 1, NULL) != DRO_OK) {
        return ENDS_NONE;
    }
    end_root *r = &e->roots[e->root_count];
    *r = (end_root){.at = v->vertices[vertex], .vertex = vertex, .before = before};
    r->distance_m = e->roots[before].distance_m +
                    dro_geo_distance_fast_m(e->roots[before].at, r->at);
    return (uint16_t)e->root_count++;
}

/* A vertex joins its own chain: corners that it cuts off go; if it passes the apex, it
 * walks up the other chain. sign: +1 on the right, -1 on the left. False: no room. */
static bool extend(route_end *e, const image *v, chain *own, chain *other,
                   uint32_t vertex, int sign) {
    dro_vec p = v->vertices[vertex];
    if (own->count && e->roots[own->items[own->count - 1]].vertex == vertex) {
        return true;
    }
    while (own->count > 1) { /* still convex towards the inside? */
        dro_vec a = e->roots[own->items[own->count - 2]].at;
        dro_vec b = e->roots[own->items[own->count - 1]].at;
        if (sign * dro_geo_orient(a, b, p) < 0) {
            break;
        }
        own->count--;
    }
    if (own->count == 1) {
        size_t skip = 0;
        while (skip + 1 < other->count) {
            dro_vec a = e->roots[other->items[skip]].at;
            dro_vec b = e->roots[other->items[skip + 1]].at;
            if (sign * dro_geo_orient(a, b, p) <= 0) {
                break;
            }
            skip++;
        }
        if (skip) {
            memmove(other->items, other->items + skip,
                    (other->count - skip) * sizeof *other->items);
            other->count -= skip;
            own->items[0] = other->items[0];
        }
    }
    uint16_t root = add_root(e, v, vertex, own->items[own->count - 1]);
    if (root == ENDS_NONE || own->count >= ENDS_ROOTS_MAX) {
        return false;
    }
    own->items[own->count++] = root;
    return true;
}

/* What root r sees of the door: the portals after the last one that it is an end of,
 * each narrowing the view. False where nothing is left. */
static bool view_of_door(const image *v, const route_end *e, const end_root *r,
                         portal *view) {
    size_t doors = e->sleeve_count - 1, first = 0;
    for (size_t i = 0; i < doors; i++) {
        portal p = portal_of(v, e, i);
        if (p.left == r->vertex || p.right == r->vertex) {
            first = i + 1;
        }
    }
    if (first >= doors) {
        return false; /* an end of the door itself: seen as a vertex of the core */
    }
    *view = portal_of(v, e, first);
    for (size_t i = first + 1; i < doors; i++) {
        portal p = portal_of(v, e, i);
        if (dro_geo_orient(r->at, v->vertices[view->right], v->vertices[p.right]) > 0) {
            view->right = p.right;
        }
        if (dro_geo_orient(r->at, v->vertices[view->left], v->vertices[p.left]) < 0) {
            view->left = p.left;
        }
        if (dro_geo_orient(r->at, v->vertices[view->right], v->vertices[view->left]) <=
            0) {
            return false;
        }
    }
    return true;
}

/* The class of the whole sleeve: a bay's gates and shoals count for all ways out. */
static sight_class sleeve_class(const image *v, const route_end *e) {
    sight_class c = {0, 0, 0};
    for (size_t i = 0; i < e->sleeve_count; i++) {
        uint32_t t = e->sleeve[i];
        c.depth = v->depth[t] > c.depth ? v->depth[t] : c.depth;
        if (i + 1 < e->sleeve_count) {
            uint8_t tag = v->triangles[t].tag[v->way_out[t]];
            c.gates |= tag >= MESH_TAG_GATE ? UINT64_C(1) << (tag - MESH_TAG_GATE) : 0;
        }
    }
    return c;
}

static bool funnel(const image *v, route_end *e, chain *right, chain *left) {
    right->items[0] = left->items[0] = 0; /* the end itself */
    right->count = left->count = 1;
    for (size_t i = 0; i + 1 < e->sleeve_count; i++) {
        portal p = portal_of(v, e, i);
        if (!extend(e, v, right, left, p.right, 1) ||
            !extend(e, v, left, right, p.left, -1)) {
            return false;
        }
    }
    return true;
}

/* Gates that meet the land at the corners of a bay, on the way to a root. */
static uint64_t gates_on_the_way(const seer *s, uint16_t root) {
    const sight_field *field = &s->chart->field;
    const end_root *roots = s->end->roots;
    uint64_t gates = 0;
    for (uint16_t r = root; roots[r].before != ENDS_NONE; r = roots[r].before) {
        const end_root *to = &roots[r], *from = &roots[to->before];
        gates |= sight_gates_at(field, to->vertex, from->at);
        if (from->vertex != MESH_NONE) {
            gates |= sight_gates_at(field, from->vertex, to->at);
        }
    }
    return gates;
}

static dro_status see_from_root(seer *s, ends_space *space, uint16_t root,
                                sight_class bay, dro_error *error) {
    const image *v = &s->chart->image;
    route_end *e = s->end;
    size_t doors = e->sleeve_count - 1;
    portal view;
    s->root = root;
    e->roots[root].passed = bay;
    e->roots[root].passed.gates |= gates_on_the_way(s, root);
    const end_root *r = &e->roots[root];
    if (r->vertex != MESH_NONE) {
        see(s, r->vertex, (sight_class){0, 0, 0}); /* it may be a node itself */
    }
    see_corners(s);
    sight_look look = look_of(s, &space->stack, see);
    if (!view_of_door(v, e, r, &view)) {
        return r->vertex == MESH_NONE ? DRO_OK
                                      : sight_from_vertex(&look, r->vertex, error);
    }
    uint32_t last = e->sleeve[doors - 1];
    portal door = portal_of(v, e, doors - 1);
    see(s, door.right, (sight_class){0, 0, 0});
    see(s, door.left, (sight_class){0, 0, 0});
    return sight_through(&look, r->at, last, v->way_out[last], view.right, view.left,
                         error);
}

static dro_status see_from_bay(seer *s, ends_space *space, dro_error *error) {
    const image *v = &s->chart->image;
    route_end *e = s->end;
    chain right, left;
    if (!funnel(v, e, &right, &left)) {
        return dro_fail(error, DRO_NOMEM, "a bay has too many corners");
    }
    sight_class bay = sleeve_class(v, e);
    DRO_TRY(see_from_root(s, space, right.items[0], bay, error));
    for (size_t i = 1; i < right.count; i++) {
        DRO_TRY(see_from_root(s, space, right.items[i], bay, error));
    }
    for (size_t i = 1; i < left.count; i++) {
        DRO_TRY(see_from_root(s, space, left.items[i], bay, error));
    }
    return DRO_OK;
}

/* ---- the three kinds of end ------------------------------------------------- */

static dro_status start_end(route_end *e, dro_vec at, dro_error *error) {
    DRO_TRY(DRO_RESERVE(e->roots, e->root_capacity, 1, error));
    e->at = at;
    e->snap_m = 0.0;
    e->shallow = false;
    e->port = GRAPH_NONE;
    e->triangle = MESH_NONE;
    e->piece = GRAPH_NONE;
    e->root_count = 1;
    e->roots[0] = (end_root){.at = at, .vertex = MESH_NONE, .before = ENDS_NONE};
    e->access_count = 0;
    e->sleeve_count = 0;
    return DRO_OK;
}

static ends_view view_of(const dro_chart *chart, const ends_space *space) {
    return space->view.field
               ? space->view
               : (ends_view){&chart->field, chart->image.vertex_node, NULL, NULL, 0};
}

static dro_status see_from_water(const dro_chart *chart, const dro_sea_rules *rules,
                                 ends_space *space, const ends_bound *bound,
                                 route_end *out, dro_error *error) {
    seer s = {chart, rules, out, 0, DRO_OK, error, view_of(chart, space), bound};
    out->root_count = 1;
    out->access_count = 0;
    if (s.view.field->state[out->triangle] == SIGHT_CORE) {
        see_corners(&s);
        sight_look look = look_of(&s, &space->stack, see);
        DRO_TRY(sight_from_point(&look, out->at, out->triangle, error));
    } else if (out->sleeve_count > 1) {
        DRO_TRY(see_from_bay(&s, space, error));
    }
    return s.status;
}

static dro_status end_in_water(const dro_chart *chart, const dro_sea_rules *rules,
                               ends_space *space, dro_vec at, uint32_t triangle,
                               route_end *out, dro_error *error) {
    const uint8_t *state = view_of(chart, space).field->state;
    DRO_TRY(start_end(out, at, error));
    out->triangle = triangle;
    out->shallow = rules_shallow(rules, chart->image.depth[triangle]);
    return find_sleeve(&chart->image, state, triangle, out, error);
}

dro_status route_end_look(const dro_chart *chart, const dro_sea_rules *rules,
                          ends_space *space, const ends_bound *bound, route_end *out,
                          dro_error *error) {
    if (out->triangle == MESH_NONE) {
        return DRO_OK; /* a port or on a line: known */
    }
    DRO_TRY(see_from_water(chart, rules, space, bound, out, error));
    if (!out->access_count && rules->soft_shoals && !out->shallow && !bound) {
        out->shallow = true; /* shoals all around */
        return see_from_water(chart, rules, space, bound, out, error);
    }
    return DRO_OK;
}

/* Is the piece clear of areas from the foot to its end a (side 0) or b? */
static bool line_clear(const dro_chart *chart, const dro_sea_rules *rules,
                       const snap *found, int side) {
    const image *v = &chart->image;
    const graph_piece *p = &v->pieces[found->piece];
    const dro_point *points = v->line_points + v->lines[p->line].first;
    double run = 0.0;
    if (!rules->piece_cut || !rules->piece_cut[found->piece]) {
        return true;
    }
    for (uint32_t k = p->first; k < p->last; k++) {
        dro_vec a = dro_geo_to_vec(points[k]), b = dro_geo_to_vec(points[k + 1]);
        double next = run + dro_geo_distance_m(points[k], points[k + 1]);
        if (side == 0 ? run < found->from_a_m : next > found->from_a_m) {
            bool here = run < found->from_a_m && next > found->from_a_m;
            if (rules_avoided(rules, here && side ? found->at : a,
                              here && !side ? found->at : b)) {
                return false;
            }
        }
        run = next;
    }
    return true;
}

static dro_status end_on_line(const dro_chart *chart, const dro_sea_rules *rules,
                              const snap *found, route_end *out, dro_error *error) {
    const graph_piece *p = &chart->image.pieces[found->piece];
    image_class c = chart->image.classes[p->class];
    sight_class passed = {c.gates, (uint8_t)c.depth, (uint8_t)c.channel};
    DRO_TRY(start_end(out, found->at, error));
    out->piece = found->piece;
    out->from_a_m = found->from_a_m;
    out->to_b_m = found->to_b_m;
    out->shallow = chart->image.island[p->a] != 0 && chart->image.island[p->b] != 0;
    if (!rules_allow(rules, passed)) {
        return DRO_OK; /* no access: no answer */
    }
    if (line_clear(chart, rules, found, 0)) {
        DRO_TRY(add_access(
            out, (end_access){p->a, (float)found->from_a_m, 0, 0, passed}, error));
    }
    return line_clear(chart, rules, found, 1)
               ? add_access(out, (end_access){p->b, (float)found->to_b_m, 0, 1, passed},
                            error)
               : DRO_OK;
}

/* A port without a way: a place inland, or one whose water the chart has lost. */
static dro_status no_way_to_port(const dro_chart *chart, const dro_sea_rules *rules,
                                 ends_space *space, const image_port *port,
                                 dro_error *error) {
    snap found;
    DRO_TRY(snap_find(chart, &space->snap, port->quay, rules->max_snap_m, rules->closed,
                      &found, error));
    return dro_fail(error, DRO_NO_ANSWER,
                    "port %s: the chart has no water way to it from the sea",
                    port->code);
}

static dro_status end_at_port(const dro_chart *chart, const dro_sea_rules *rules,
                              ends_space *space, int port, route_end *out,
                              dro_error *error) {
    if ((size_t)port >= chart->image.ports_count) {
        return dro_fail(error, DRO_INTERNAL, "port %d is not of this chart", port);
    }
    const image_port *p = &chart->image.ports[port];
    if (p->node == GRAPH_NONE) {
        return no_way_to_port(chart, rules, space, p, error);
    }
    DRO_TRY(start_end(out, dro_geo_to_vec(p->at), error));
    out->port = (uint32_t)port;
    out->shallow = chart->image.island[p->node] != 0;
    out->snap_m = p->snap_m;
    return add_access(out, (end_access){p->node, 0.0f, 0, 0, {0, 0, 0}}, error);
}

dro_status route_end_place(const dro_chart *chart, const dro_sea_rules *rules,
                           ends_space *space, dro_sea_end wanted, route_end *out,
                           dro_error *error) {
    if (wanted.port >= 0) {
        DRO_TRY(end_at_port(chart, rules, space, wanted.port, out, error));
    } else {
        snap found;
        DRO_TRY(dro_geo_check(&wanted.at, false, error));
        DRO_TRY(snap_find(chart, &space->snap, wanted.at, rules->max_snap_m,
                          rules->closed, &found, error));
        if (found.piece != GRAPH_NONE) {
            DRO_TRY(end_on_line(chart, rules, &found, out, error));
        } else {
            DRO_TRY(end_in_water(chart, rules, space, found.at, found.triangle, out,
                                 error));
        }
        out->snap_m = found.distance_m;
    }
    int area = rules_inside(rules, out->at);
    if (area >= 0) {
        dro_point p = dro_geo_to_point(out->at);
        return dro_fail(error, DRO_INVALID, "%.4f,%.4f lies inside avoided area %d",
                        p.lat_deg, p.lon_deg, area + 1);
    }
    return DRO_OK;
}

dro_status route_end_find(const dro_chart *chart, const dro_sea_rules *rules,
                          ends_space *space, dro_sea_end wanted, route_end *out,
                          dro_error *error) {
    DRO_TRY(route_end_place(chart, rules, space, wanted, out, error));
    return route_end_look(chart, rules, space, NULL, out, error);
}
