#include "support/sea_walls.h"

#include <math.h>
#include <stdlib.h>

#define LEAF 6u

static dro_vec minus(dro_vec a, dro_vec b) {
    return (dro_vec){a.x - b.x, a.y - b.y, a.z - b.z};
}

static double apart(dro_vec a, dro_vec b) {
    dro_vec d = minus(a, b);
    return sqrt(sea_dot(d, d));
}

static dro_vec cross(dro_vec a, dro_vec b) {
    return (dro_vec){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z,
                     a.x * b.y - a.y * b.x};
}

/* ---- making ------------------------------------------------------------------------
 */

dro_status sea_walls_add(sea_walls *w, dro_vec a, dro_vec b, uint32_t tag,
                         dro_error *error) {
    DRO_TRY(DRO_RESERVE(w->walls, w->capacity, w->count + 1, error));
    w->walls[w->count++] = (sea_wall){a, b, tag};
    return DRO_OK;
}

dro_status sea_walls_add_outline(sea_walls *w, const dro_chart *chart, uint32_t tag,
                                 dro_error *error) {
    const dro_vec *vertices = NULL;
    const uint32_t(*edges)[2] = NULL;
    size_t vertex_count = 0;
    size_t count = dro_chart_outline(chart, &vertices, &vertex_count, &edges);
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(
            sea_walls_add(w, vertices[edges[i][0]], vertices[edges[i][1]], tag, error));
    }
    return DRO_OK;
}

static double middle_of(const sea_wall *w, int axis) {
    return axis == 0 ? w->a.x + w->b.x
                     : (axis == 1 ? w->a.y + w->b.y : w->a.z + w->b.z);
}

static int by_x(const void *a, const void *b) {
    double p = middle_of(a, 0), q = middle_of(b, 0);
    return (p > q) - (p < q);
}
static int by_y(const void *a, const void *b) {
    double p = middle_of(a, 1), q = middle_of(b, 1);
    return (p > q) - (p < q);
}
static int by_z(const void *a, const void *b) {
    double p = middle_of(a, 2), q = middle_of(b, 2);
    return (p > q) - (p < q);
}

static int widest_axis(const sea_wall *walls, size_t count) {
    int best = 0;
    double width = -1.0;
    for (int axis = 0; axis < 3; axis++) {
        double low = 9.0, high = -9.0;
        for (size_t i = 0; i < count; i++) {
            low = fmin(low, middle_of(&walls[i], axis));
            high = fmax(high, middle_of(&walls[i], axis));
        }
        if (high - low > width) {
            width = high - low;
            best = axis;
        }
    }
    return best;
}

static sea_disc disc_around(const sea_wall *walls, size_t count) {
    dro_vec sum = {0, 0, 0};
    sea_disc d = {.reach = 0.0};
    for (size_t i = 0; i < count; i++) {
        sum.x += walls[i].a.x + walls[i].b.x;
        sum.y += walls[i].a.y + walls[i].b.y;
        sum.z += walls[i].a.z + walls[i].b.z;
    }
    double length = sqrt(sea_dot(sum, sum));
    d.centre = length > 0.0 ? (dro_vec){sum.x / length, sum.y / length, sum.z / length}
                            : (dro_vec){1, 0, 0};
    for (size_t i = 0; i < count; i++) { /* a wall bulges by less than its half */
        double bulge = 0.5 * apart(walls[i].a, walls[i].b);
        double far = fmax(apart(d.centre, walls[i].a), apart(d.centre, walls[i].b));
        d.reach = fmax(d.reach, far + bulge * bulge);
    }
    d.reach = fmin(2.0, d.reach + 1e-9);
    return d;
}

static dro_status make_disc(sea_walls *w, size_t disc, size_t first, size_t count,
                            dro_error *error) {
    static int (*const by[3])(const void *, const void *) = {by_x, by_y, by_z};
    w->discs[disc] = disc_around(w->walls + first, count);
    w->discs[disc].first = (uint32_t)first;
    w->discs[disc].count = (uint32_t)count;
    if (count <= LEAF) {
        return DRO_OK;
    }
    qsort(w->walls + first, count, sizeof *w->walls,
          by[widest_axis(w->walls + first, count)]);
    DRO_TRY(DRO_RESERVE(w->discs, w->disc_capacity, w->disc_count + 2, error));
    size_t child = w->disc_count;
    w->disc_count += 2;
    w->discs[disc].first = (uint32_t)child;
    w->discs[disc].count = 0;
    DRO_TRY(make_disc(w, child, first, count / 2, error));
    return make_disc(w, child + 1, first + count / 2, count - count / 2, error);
}

dro_status sea_walls_finish(sea_walls *w, dro_error *error) {
    DRO_TRY(DRO_RESERVE(w->discs, w->disc_capacity, 1, error));
    w->disc_count = 1;
    return make_disc(w, 0, 0, w->count, error);
}

void sea_walls_free(sea_walls *w) {
    dro_free(w->walls);
    dro_free(w->discs);
    *w = (sea_walls){0};
}

/* ---- crossings
 * ----------------------------------------------------------------------- */

typedef struct leg {
    dro_vec a, b, normal; /* normal of length 1 */
    bool short_way;       /* its ends are less than a quarter apart */
} leg;

static leg leg_between(dro_vec a, dro_vec b) {
    leg l = {.a = a, .b = b, .normal = cross(a, b)};
    double length = sqrt(sea_dot(l.normal, l.normal));
    if (length > 0.0) {
        l.normal =
            (dro_vec){l.normal.x / length, l.normal.y / length, l.normal.z / length};
    }
    l.short_way = sea_dot(a, b) > 0.0;
    return l;
}

static bool disc_near(const sea_disc *d, const leg *l) {
    double off = fabs(sea_dot(d->centre, l->normal));
    if (off > d->reach) {
        return false;
    }
    if (!l->short_way) {
        return true;
    }
    double half = 0.5 * apart(l->a, l->b);
    dro_vec middle = {0.5 * (l->a.x + l->b.x), 0.5 * (l->a.y + l->b.y),
                      0.5 * (l->a.z + l->b.z)};
    return apart(d->centre, middle) <= half + 0.6 * half * half + d->reach;
}

/* On which side of the leg, with 0 taken as left. */
static int side(const leg *l, dro_vec p) {
    return dro_geo_orient(l->a, l->b, p) >= 0 ? 1 : -1;
}

static bool crosses(const leg *l, const sea_wall *w) {
    if (sea_same(w->a, l->a) || sea_same(w->a, l->b) || sea_same(w->b, l->a) ||
        sea_same(w->b, l->b)) {
        return false;
    }
    if (side(l, w->a) == side(l, w->b)) {
        return false;
    }
    int a = dro_geo_orient(w->a, w->b, l->a), b = dro_geo_orient(w->a, w->b, l->b);
    if (a * b >= 0) {
        return false;
    }
    /* the two great circles meet twice: is it on the near side? */
    dro_vec middle = {w->a.x + w->b.x, w->a.y + w->b.y, w->a.z + w->b.z};
    dro_vec between = {l->a.x + l->b.x, l->a.y + l->b.y, l->a.z + l->b.z};
    dro_vec meet = cross(l->normal, cross(w->a, w->b));
    double toward = sea_dot(meet, middle);
    return toward * sea_dot(meet, between) > 0.0;
}

bool sea_wall_crossed(const sea_wall *wall, dro_vec a, dro_vec b) {
    leg l = leg_between(a, b);
    return crosses(&l, wall);
}

/* Calls visit for each wall that the leg crosses, until it returns true. */
typedef bool (*visit_wall)(void *context, size_t wall);

static bool visit_crossed(const sea_walls *w, const leg *l, visit_wall visit,
                          void *context) {
    uint32_t stack[128];
    size_t depth = 0;
    stack[depth++] = 0;
    while (depth) {
        const sea_disc *d = &w->discs[stack[--depth]];
        if (!disc_near(d, l)) {
            continue;
        }
        if (!d->count && w->count) {
            stack[depth++] = d->first;
            stack[depth++] = d->first + 1;
            continue;
        }
        for (uint32_t i = d->first; i < d->first + d->count; i++) {
            if (crosses(l, &w->walls[i]) && visit(context, i)) {
                return true;
            }
        }
    }
    return false;
}

static bool take_first(void *context, size_t wall) {
    *(size_t *)context = wall;
    return true;
}

bool sea_walls_cross(const sea_walls *w, dro_vec a, dro_vec b, size_t *which) {
    leg l = leg_between(a, b);
    size_t found = 0;
    bool any = visit_crossed(w, &l, take_first, &found);
    if (any && which) {
        *which = found;
    }
    return any;
}

/* ---- nearest, wet
 * ------------------------------------------------------------------------ */

typedef struct nearest {
    dro_vec place;
    double least; /* straight through the earth */
    size_t wall;
} nearest;

static void look_near(const sea_walls *w, uint32_t disc, nearest *best) {
    const sea_disc *d = &w->discs[disc];
    if (apart(d->centre, best->place) - d->reach >= best->least) {
        return;
    }
    if (!d->count && w->count) {
        uint32_t one = d->first, two = d->first + 1;
        if (apart(w->discs[two].centre, best->place) <
            apart(w->discs[one].centre, best->place)) {
            one = two;
            two = d->first;
        }
        look_near(w, one, best);
        look_near(w, two, best);
        return;
    }
    for (uint32_t i = d->first; i < d->first + d->count; i++) {
        dro_vec foot =
            dro_geo_nearest_on_arc(w->walls[i].a, w->walls[i].b, best->place);
        double off = apart(foot, best->place);
        if (off < best->least) {
            best->least = off;
            best->wall = i;
        }
    }
}

double sea_walls_distance_m(const sea_walls *w, dro_vec place) {
    nearest best = {place, 3.0, SIZE_MAX};
    look_near(w, 0, &best);
    return 2.0 * asin(fmin(1.0, 0.5 * best.least)) * DRO_EARTH_RADIUS_M;
}

typedef struct first_hit {
    const sea_walls *walls;
    leg leg;
    double nearest;
    size_t wall;
} first_hit;

/* Where the leg and the wall meet. */
static dro_vec meeting(const leg *l, const sea_wall *w) {
    dro_vec meet = cross(l->normal, cross(w->a, w->b));
    double length = sqrt(sea_dot(meet, meet));
    dro_vec middle = {w->a.x + w->b.x, w->a.y + w->b.y, w->a.z + w->b.z};
    length = sea_dot(meet, middle) < 0.0 ? -length : length;
    return (dro_vec){meet.x / length, meet.y / length, meet.z / length};
}

static bool keep_nearest(void *context, size_t wall) {
    first_hit *h = context;
    dro_vec at = meeting(&h->leg, &h->walls->walls[wall]);
    double off = apart(at, h->leg.a);
    if (off < h->nearest) {
        h->nearest = off;
        h->wall = wall;
    }
    return false;
}

typedef struct crossings {
    const sea_walls *walls;
    leg leg;
    double angle;
    sea_crossing *out;
    size_t count, most;
} crossings;

static bool keep_all(void *context, size_t wall) {
    crossings *c = context;
    const sea_wall *w = &c->walls->walls[wall];
    if (c->count < c->most) {
        c->out[c->count].at = dro_geo_angle(c->leg.a, meeting(&c->leg, w)) / c->angle;
        c->out[c->count].turn = dro_geo_orient(w->a, w->b, c->leg.a) > 0 ? 1 : -1;
    }
    c->count++;
    return false;
}

size_t sea_walls_crossings(const sea_walls *w, dro_vec a, dro_vec b, sea_crossing *out,
                           size_t most) {
    crossings c = {w, leg_between(a, b), dro_geo_angle(a, b), out, 0, most};
    visit_crossed(w, &c.leg, keep_all, &c);
    return c.count;
}

static bool add_turn(void *context, size_t wall) {
    crossings *c = context;
    const sea_wall *w = &c->walls->walls[wall];
    c->out->turn += dro_geo_orient(w->a, w->b, c->leg.a) > 0 ? 1 : -1;
    return false;
}

int sea_walls_turns(const sea_walls *w, dro_vec a, dro_vec b) {
    sea_crossing sum = {0.0, 0};
    crossings c = {w, leg_between(a, b), 0.0, &sum, 0, 0};
    visit_crossed(w, &c.leg, add_turn, &c);
    return sum.turn;
}

bool sea_walls_wet(const sea_walls *w, dro_vec place) {
    uint32_t tag = 0;
    return sea_walls_wet_by(w, place, &tag);
}

/* The first wall on the way to a place just behind the nearest one tells the side. */
bool sea_walls_wet_by(const sea_walls *w, dro_vec place, uint32_t *tag) {
    nearest best = {place, 3.0, SIZE_MAX};
    look_near(w, 0, &best);
    if (best.wall == SIZE_MAX) {
        return true;
    }
    const sea_wall *n = &w->walls[best.wall];
    *tag = n->tag;
    for (int attempt = 1; attempt < 8; attempt++) {
        double t = 0.11 * attempt;
        dro_vec on = {n->a.x + t * (n->b.x - n->a.x), n->a.y + t * (n->b.y - n->a.y),
                      n->a.z + t * (n->b.z - n->a.z)};
        dro_vec past = {on.x + 0.01 * (on.x - place.x), on.y + 0.01 * (on.y - place.y),
                        on.z + 0.01 * (on.z - place.z)};
        past = dro_geo_quantise(past);
        first_hit hit = {w, leg_between(place, past), 3.0, SIZE_MAX};
        visit_crossed(w, &hit.leg, keep_nearest, &hit);
        if (hit.wall != SIZE_MAX) {
            *tag = w->walls[hit.wall].tag;
            return dro_geo_orient(w->walls[hit.wall].a, w->walls[hit.wall].b, place) >
                   0;
        }
    }
    return dro_geo_orient(n->a, n->b, place) > 0;
}
