/*
 * What must hold for any ways on a chart, on the invented world and, where its chart is
 * there, on the real one. How good they are: prop_chart_exact.c.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check_main.h"
#include "support/real_world.h"
#include "support/sea_walls.h"
#include "support/synthetic_chart.h"

#define SHIFT_DEG 137.25

static const double PI = 3.14159265358979323846;
static synthetic_chart invented, moved;
static dro_error error;

/* A chart under test. */
typedef struct subject {
    const dro_chart *chart;
    const dro_atlas *atlas;
    dro_sea *sea;
    dro_sea_rules_options options; /* the default ones */
    dro_sea_rules *rules;
    sea_walls walls;
    size_t ports, rounds;
    dro_random random;
} subject;

static subject subject_of(const dro_chart *chart, const dro_atlas *atlas, size_t rounds,
                          uint64_t seed) {
    subject s = {.chart = chart, .atlas = atlas, .rounds = rounds};
    s.options = (dro_sea_rules_options)DRO_SEA_RULES_OPTIONS_INIT;
    s.options.closed = dro_atlas_closed_mask(atlas);
    (void)dro_atlas_ports(atlas, &s.ports);
    ck_assert_int_eq(dro_sea_create(chart, &s.sea, &error), DRO_OK);
    ck_assert_int_eq(dro_sea_rules_create(chart, &s.options, &s.rules, &error), DRO_OK);
    ck_assert_int_eq(sea_walls_add_outline(&s.walls, chart, 0, &error), DRO_OK);
    ck_assert_int_eq(sea_walls_finish(&s.walls, &error), DRO_OK);
    dro_random_seed(&s.random, seed);
    return s;
}

static void subject_free(subject *s) {
    dro_sea_destroy(s->sea);
    dro_sea_rules_destroy(s->rules);
    sea_walls_free(&s->walls);
}

static double unit(subject *s) {
    return dro_random_unit(&s->random);
}

/* A port, a place on the coast or a place anywhere. */
static dro_sea_end random_end(subject *s) {
    double kind = unit(s);
    if (kind < 0.4) {
        return (dro_sea_end){.port = (int)(unit(s) * (double)s->ports)};
    }
    dro_point p = {asin(2.0 * unit(s) - 1.0) * 180.0 / PI, 360.0 * unit(s) - 180.0};
    if (kind < 0.8) {
        size_t wall = (size_t)(unit(s) * (double)s->walls.count);
        p = dro_geo_to_point(s->walls.walls[wall].a);
        p.lat_deg = fmax(-90.0, fmin(90.0, p.lat_deg + 0.4 * (unit(s) - 0.5)));
        p.lon_deg = remainder(p.lon_deg + 0.4 * (unit(s) - 0.5), 360.0);
    }
    return (dro_sea_end){p, -1};
}

static const char *text_of(const subject *s, dro_sea_end end) {
    static char text[4][64];
    static int at;
    size_t ports = 0;
    at = (at + 1) % 4;
    if (end.port >= 0) {
        (void)snprintf(text[at], sizeof text[at], "%s",
                       dro_atlas_ports(s->atlas, &ports)[end.port].code);
    } else {
        (void)snprintf(text[at], sizeof text[at], "%.5f,%.5f", end.at.lat_deg,
                       end.at.lon_deg);
    }
    return text[at];
}

/* Length (INFINITY: no way) and bound; false where an end is not at the sea. */
static bool measure(subject *s, const dro_sea_rules *rules, dro_sea_end from,
                    dro_sea_end to, double *length_m, double *bound) {
    dro_sea_path path;
    dro_status status = dro_sea_route(s->sea, rules, from, to, &path, &error);
    ck_assert_msg(status == DRO_OK || status == DRO_NO_ANSWER || status == DRO_INVALID,
                  "%s to %s: %s", text_of(s, from), text_of(s, to), error.message);
    if (status == DRO_INVALID) {
        return false;
    }
    *length_m = status == DRO_OK ? path.distance_m : (double)INFINITY;
    *bound = status == DRO_OK ? path.excess_bound : 0.0;
    return true;
}

/* Is a at most b, where both may be too long by their bounds, and by a metre? */
static bool at_most(double a, double b, double bound) {
    return a <= b * (1.0 + bound) + 1.0 || (isinf(a) && isinf(b));
}

static size_t rounds(size_t usual) {
    return getenv("DRO_TEST_QUICK") ? usual / 8 : usual;
}

/* ---- one way
 * ------------------------------------------------------------------------- */

static bool touches(dro_vec p, dro_vec a, dro_vec b) {
    return dro_geo_angle(dro_geo_nearest_on_arc(a, b, p), p) < 2e-9; /* 1 cm */
}

static void check_leg_in_water(subject *s, dro_point from, dro_point to) {
    dro_vec a = dro_geo_to_vec(from), b = dro_geo_to_vec(to);
    size_t which = 0;
    if (sea_same(a, b)) {
        return; /* a property of its own */
    }
    if (sea_walls_cross(&s->walls, a, b, &which)) {
        const sea_wall *w = &s->walls.walls[which];
        dro_point p = dro_geo_to_point(w->a);
        bool touch = touches(a, w->a, w->b) || touches(b, w->a, w->b) ||
                     touches(w->a, a, b) || touches(w->b, a, b);
        ck_assert_msg(
            touch, "leg %.6f,%.6f to %.6f,%.6f crosses the outline near %f,%f",
            from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg, p.lat_deg, p.lon_deg);
    }
    for (int i = 1; i < 4; i++) {
        dro_vec on = dro_geo_to_vec(dro_geo_between(from, to, 0.25 * i));
        ck_assert_msg(sea_walls_wet(&s->walls, on) ||
                          sea_walls_distance_m(&s->walls, on) < 0.1,
                      "leg %.6f,%.6f to %.6f,%.6f runs over land", from.lat_deg,
                      from.lon_deg, to.lat_deg, to.lon_deg);
    }
}

/* Passages whose gate the leg crosses; what only touches is in *perhaps. */
static uint64_t gates_of(const subject *s, dro_point from, dro_point to,
                         uint64_t *perhaps) {
    size_t count = 0;
    uint64_t gates = 0;
    const dro_passage *p = dro_atlas_passages(s->atlas, &count);
    dro_vec a = dro_geo_to_vec(from), b = dro_geo_to_vec(to);
    for (size_t i = 0; i < count; i++) {
        for (size_t g = 0; g < p[i].gate_count; g++) {
            for (size_t k = 1; k < p[i].gates[g].count; k++) {
                dro_vec c = dro_geo_to_vec(p[i].gates[g].points[k - 1]);
                dro_vec d = dro_geo_to_vec(p[i].gates[g].points[k]);
                if (!dro_geo_arcs_cross(a, b, c, d)) {
                    continue;
                }
                bool touch = touches(a, c, d) || touches(b, c, d) || touches(c, a, b) ||
                             touches(d, a, b);
                *(touch ? perhaps : &gates) |= UINT64_C(1) << i;
            }
        }
    }
    return gates;
}

static void check_path(subject *s, const dro_sea_rules_options *rules, dro_sea_end from,
                       dro_sea_end to, const dro_sea_path *path) {
    double sum = 0.0, legs = 0.0;
    uint64_t gates = 0, perhaps = 0;
    size_t at = 0;
    for (size_t i = 0; i < path->leg_count; i++) {
        const dro_sea_leg *leg = &path->legs[i];
        ck_assert_uint_eq(leg->first, at);
        ck_assert_uint_gt(leg->last, leg->first);
        at = leg->last;
        legs += leg->distance_m;
        ck_assert_int_eq(leg->kind == DRO_LEG_CHANNEL, leg->channel >= 0);
        if (leg->passage >= 0) {
            gates |= UINT64_C(1) << leg->passage;
        }
        for (size_t k = leg->first; k < leg->last; k++) {
            sum += dro_geo_distance_m(path->points[k], path->points[k + 1]);
            gates |= gates_of(s, path->points[k], path->points[k + 1], &perhaps);
            if (leg->kind == DRO_LEG_SEA) {
                check_leg_in_water(s, path->points[k], path->points[k + 1]);
            }
        }
    }
    ck_assert_uint_eq(at + 1, path->count);
    ck_assert_double_eq_tol(sum, path->distance_m, 1e-3 + 1e-12 * sum);
    ck_assert_double_eq_tol(legs, path->distance_m, 1e-3 + 1e-12 * sum);
    ck_assert_double_ge(path->objective_m, path->distance_m - 1e-6);
    ck_assert_double_ge(path->excess_bound, 0.0);
    /* legs of over 172 degrees are not looked for: only a longer way could use one */
    /* a corner of an area is passed a quarter of a metre off: that is much of a very
     * short way */
    ck_assert_msg(path->excess_bound <= 0.001 || path->distance_m > 19.0e6 ||
                      (rules->avoid_count > 0 && path->distance_m < 10e3),
                  "%s to %s: excess_bound %.6f", text_of(s, from), text_of(s, to),
                  path->excess_bound);
    ck_assert_msg((gates & rules->closed) == 0, "%s to %s passes closed passages %llx",
                  text_of(s, from), text_of(s, to),
                  (unsigned long long)(gates & rules->closed));
    ck_assert_msg(
        (gates & ~path->passages) == 0 && (path->passages & ~(gates | perhaps)) == 0,
        "%s to %s: passages %llx, but the path passes %llx (and touches %llx)",
        text_of(s, from), text_of(s, to), (unsigned long long)path->passages,
        (unsigned long long)gates, (unsigned long long)perhaps);
    ck_assert(from.port >= 0 || fabs(dro_geo_distance_m(from.at, path->points[0]) -
                                     path->snap_m[0]) < 0.01 * path->snap_m[0] + 1.0);
    ck_assert(to.port >= 0 ||
              fabs(dro_geo_distance_m(to.at, path->points[path->count - 1]) -
                   path->snap_m[1]) < 0.01 * path->snap_m[1] + 1.0);
    ck_assert_double_le(
        fmax(path->snap_m[0] * (from.port < 0), path->snap_m[1] * (to.port < 0)),
        1.01 * rules->max_snap_m);
}

static void ways_are_whole(subject *s) {
    for (size_t i = 0; i < 4 * s->rounds; i++) {
        dro_sea_end from = random_end(s), to = random_end(s);
        dro_sea_path path;
        if (dro_sea_route(s->sea, s->rules, from, to, &path, &error) == DRO_OK) {
            check_path(s, &s->options, from, to, &path);
        }
    }
}

static void no_step_is_empty(subject *s) {
    for (size_t i = 0; i < s->rounds; i++) {
        dro_sea_end from = random_end(s), to = random_end(s);
        dro_sea_path path;
        if (dro_sea_route(s->sea, s->rules, from, to, &path, &error) != DRO_OK) {
            continue;
        }
        for (size_t k = 1; k < path.count; k++) {
            ck_assert_msg(dro_geo_distance_m(path.points[k - 1], path.points[k]) > 0.0,
                          "%s to %s: the place %.5f,%.5f twice", text_of(s, from),
                          text_of(s, to), path.points[k].lat_deg,
                          path.points[k].lon_deg);
        }
    }
}

static void ways_are_symmetric(subject *s) {
    for (size_t i = 0; i < s->rounds; i++) {
        double there = 0.0, back = 0.0, bound[2] = {0};
        dro_sea_end from = random_end(s), to = random_end(s);
        if (measure(s, s->rules, from, to, &there, &bound[0])) {
            ck_assert(measure(s, s->rules, to, from, &back, &bound[1]));
            ck_assert_msg(at_most(there, back, bound[0]) &&
                              at_most(back, there, bound[1]),
                          "%s to %s: %.1f m, back %.1f m", text_of(s, from),
                          text_of(s, to), there, back);
        }
    }
}

/* Over a third place that lies in the water. */
static void a_detour_is_no_shorter(subject *s) {
    for (size_t i = 0; i < s->rounds; i++) {
        double way = 0.0, one = 0.0, two = 0.0, bound = 0.0, unused = 0.0;
        dro_sea_end from = random_end(s), over = random_end(s), to = random_end(s);
        dro_sea_snap snap;
        if (over.port < 0) {
            if (dro_sea_find_water(s->sea, s->rules, over.at, &snap, NULL) != DRO_OK) {
                continue;
            }
            over.at = snap.at;
        }
        if (measure(s, s->rules, from, to, &way, &bound) &&
            measure(s, s->rules, from, over, &one, &unused) &&
            measure(s, s->rules, over, to, &two, &unused)) {
            ck_assert_msg(at_most(way, one + two, bound),
                          "%s to %s: %.1f m, by %s %.1f + %.1f m", text_of(s, from),
                          text_of(s, to), way, text_of(s, over), one, two);
        }
    }
}

/* Where a port meets the water is as good a start as the port. */
static void ports_and_their_water_agree(subject *s) {
    for (size_t i = 0; i < s->rounds; i++) {
        dro_sea_end from = {.port = (int)(unit(s) * (double)s->ports)};
        dro_sea_end to = random_end(s);
        dro_sea_path path;
        if (dro_sea_route(s->sea, s->rules, from, to, &path, &error) != DRO_OK) {
            continue;
        }
        double there = path.distance_m, bound[2] = {path.excess_bound, 0.0}, here = 0.0;
        dro_sea_end water = {path.points[0], -1};
        ck_assert(measure(s, s->rules, water, to, &here, &bound[1]));
        ck_assert_msg(at_most(there, here, bound[0]) && at_most(here, there, bound[1]),
                      "%s to %s: %.1f m, from %s %.1f m", text_of(s, from),
                      text_of(s, to), there, text_of(s, water), here);
    }
}

/* ---- stricter rules never shorten
 * -------------------------------------------------------- */

static void compare_rules(subject *s, const dro_sea_rules_options *stricter,
                          const char *what) {
    dro_sea_rules *rules = NULL;
    ck_assert_int_eq(dro_sea_rules_create(s->chart, stricter, &rules, &error), DRO_OK);
    for (size_t i = 0; i < s->rounds / 8 + 1; i++) {
        dro_sea_end from = random_end(s), to = random_end(s);
        double freely = 0.0, strictly = 0.0, bound = 0.0, unused = 0.0;
        if (measure(s, s->rules, from, to, &freely, &bound) &&
            measure(s, rules, from, to, &strictly, &unused)) {
            ck_assert_msg(at_most(freely, strictly, bound),
                          "%s to %s: %.1f m, with %s %.1f m", text_of(s, from),
                          text_of(s, to), freely, what, strictly);
        }
    }
    dro_sea_rules_destroy(rules);
}

static void closing_never_shortens(subject *s) {
    size_t count = 0;
    const dro_passage *p = dro_atlas_passages(s->atlas, &count);
    for (size_t i = 0; i < count; i++) {
        dro_sea_rules_options stricter = s->options;
        stricter.closed |= dro_atlas_passage_mask(s->atlas, i);
        compare_rules(s, &stricter, p[i].id);
    }
}

static void draught_never_shortens(subject *s) {
    static const double draughts[] = {10.5, 11.5, 13.0, 15.0, 18.0, 25.0};
    for (size_t i = 0; i < sizeof draughts / sizeof *draughts; i++) {
        dro_sea_rules_options stricter = s->options;
        stricter.draft_m = draughts[i];
        compare_rules(s, &stricter, "draught");
        stricter.channel_draft_m = draughts[i];
        compare_rules(s, &stricter, "draught in channels");
    }
}

static dro_point beside(dro_point p, double bearing, double far_deg) {
    double lat = p.lat_deg * PI / 180.0, d = far_deg * PI / 180.0;
    double to = asin(sin(lat) * cos(d) + cos(lat) * sin(d) * cos(bearing));
    double turn = atan2(sin(bearing) * sin(d) * cos(lat), cos(d) - sin(lat) * sin(to));
    return (dro_point){to * 180.0 / PI,
                       remainder(p.lon_deg + turn * 180.0 / PI, 360.0)};
}

/* An octagon about a place on the way is gone round. */
static void avoid_part(subject *s, dro_sea_end from, dro_sea_end to) {
    dro_sea_path path;
    dro_vec corners[8];
    if (dro_sea_route(s->sea, s->rules, from, to, &path, &error) != DRO_OK ||
        path.count < 2) {
        return;
    }
    double freely = path.distance_m, bound = path.excess_bound;
    size_t k = (size_t)(unit(s) * (double)(path.count - 1));
    dro_point on = dro_geo_between(path.points[k], path.points[k + 1], unit(s));
    double reach = 0.1 + 3.0 * unit(s);
    for (int i = 0; i < 8; i++) {
        corners[i] = dro_geo_to_vec(beside(on, i * PI / 4.0, reach));
    }
    dro_ring ring = {corners, 8};
    dro_sea_rules_options stricter = s->options;
    stricter.avoid = &ring;
    stricter.avoid_count = 1;
    dro_sea_rules *rules = NULL;
    ck_assert_int_eq(dro_sea_rules_create(s->chart, &stricter, &rules, &error), DRO_OK);
    dro_status status = dro_sea_route(s->sea, rules, from, to, &path, &error);
    ck_assert_msg(status == DRO_OK || status == DRO_NO_ANSWER || status == DRO_INVALID,
                  "%s to %s: %s", text_of(s, from), text_of(s, to), error.message);
    for (size_t i = 0; status == DRO_OK && i + 1 < path.count; i++) {
        dro_point p = path.points[i], q = path.points[i + 1];
        for (int m = 0; m <= 64; m++) {
            dro_vec v = dro_geo_to_vec(dro_geo_between(p, q, m / 64.0));
            bool inside = dro_geo_ring_contains(ring, v);
            for (int c = 0; inside && c < 8; c++) {
                inside = !touches(v, corners[c], corners[(c + 1) % 8]);
            }
            ck_assert_msg(!inside,
                          "%s to %s: leg %.5f,%.5f to %.5f,%.5f enters the area "
                          "%.1f degrees about %.5f,%.5f",
                          text_of(s, from), text_of(s, to), p.lat_deg, p.lon_deg,
                          q.lat_deg, q.lon_deg, reach, on.lat_deg, on.lon_deg);
        }
    }
    if (status == DRO_OK) {
        check_path(s, &stricter, from, to, &path);
        ck_assert_msg(at_most(freely, path.distance_m, bound),
                      "%s to %s: %.1f m, round an area %.1f m", text_of(s, from),
                      text_of(s, to), freely, path.distance_m);
    }
    dro_sea_rules_destroy(rules);
}

static void avoiding_never_shortens(subject *s) {
    for (size_t i = 0; i < s->rounds / 8 + 4; i++) {
        avoid_part(s, random_end(s), random_end(s));
    }
}

/* ---- required canals
 * ---------------------------------------------------------------------- */

/* Over the canal from its point a to its point b, by three ways, and through it once.
 */
static double over_canal(subject *s, const dro_sea_rules *outside,
                         const dro_chart_channel *canal, size_t a, size_t b,
                         dro_sea_end from, dro_sea_end to) {
    double one = INFINITY, along = 0.0, two = INFINITY, unused = 0.0;
    dro_sea_end enter = {canal->points[a], -1}, leave = {canal->points[b], -1};
    for (size_t k = 1; k < canal->count; k++) {
        along += dro_geo_distance_m(canal->points[k - 1], canal->points[k]);
    }
    ck_assert(measure(s, outside, from, enter, &one, &unused));
    ck_assert(measure(s, outside, leave, to, &two, &unused));
    return one + along + two;
}

static bool canal_of(const subject *s, size_t passage, dro_chart_channel *out) {
    size_t found = 0;
    for (size_t i = 0; i < dro_chart_channels(s->chart); i++) {
        dro_chart_channel c;
        dro_chart_get_channel(s->chart, i, &c);
        if (c.passage == (int)passage) {
            *out = c;
            found++;
        }
    }
    return found == 1;
}

static void check_required(subject *s, size_t passage, dro_sea_end from,
                           dro_sea_end to) {
    dro_sea_rules_options stricter = s->options;
    dro_sea_rules *rules = NULL, *outside = NULL;
    dro_chart_channel canal;
    double way = 0.0, bound = 0.0;
    stricter.closed |= dro_atlas_passage_mask(s->atlas, passage);
    ck_assert_int_eq(dro_sea_rules_create(s->chart, &stricter, &outside, &error),
                     DRO_OK);
    stricter.closed = s->options.closed;
    stricter.require = UINT64_C(1) << passage; /* without its parts */
    ck_assert(canal_of(s, passage, &canal));
    ck_assert_int_eq(dro_sea_rules_create(s->chart, &stricter, &rules, &error), DRO_OK);
    if (measure(s, rules, from, to, &way, &bound)) {
        double there = over_canal(s, outside, &canal, 0, canal.count - 1, from, to);
        double back = over_canal(s, outside, &canal, canal.count - 1, 0, from, to);
        double least = fmin(there, back);
        ck_assert_msg(at_most(way, least, bound + 1e-4) &&
                          at_most(least, way, 0.001 + 1e-4),
                      "%s to %s: %.1f m, through the canal %.1f or %.1f m",
                      text_of(s, from), text_of(s, to), way, there, back);
    }
    dro_sea_rules_destroy(rules);
    dro_sea_rules_destroy(outside);
}

/* From or to a port beside the canal: at least half of it is followed. */
static void check_part(subject *s, size_t passage, dro_sea_end from, dro_sea_end to) {
    dro_sea_rules_options stricter = s->options;
    dro_sea_rules *rules = NULL;
    dro_chart_channel canal;
    dro_sea_path path;
    double along = 0.0, least = 0.0;
    stricter.require = UINT64_C(1) << passage;
    ck_assert(canal_of(s, passage, &canal));
    ck_assert_int_eq(dro_sea_rules_create(s->chart, &stricter, &rules, &error), DRO_OK);
    ck_assert_int_eq(dro_sea_route(s->sea, rules, from, to, &path, &error), DRO_OK);
    for (size_t i = 0; i < path.leg_count; i++) {
        along += path.legs[i].passage == (int)passage ? path.legs[i].distance_m : 0.0;
    }
    for (size_t k = 1; k < canal.count; k++) {
        least += dro_geo_distance_m(canal.points[k - 1], canal.points[k]);
    }
    ck_assert_msg(along >= 0.5 * least && along <= least + 1.0,
                  "%s to %s: %.1f m of a canal of %.1f m", text_of(s, from),
                  text_of(s, to), along, least);
    dro_sea_rules_destroy(rules);
}

/* Bug of 2025-11: a way went a little into a required canal and out again. */
START_TEST(a_required_canal_is_passed_through) {
    subject s = subject_of(invented.chart, invented.atlas, 0, 6);
    size_t cut = 0, west = 0, pacific = 0, south = 0;
    ck_assert_int_eq(dro_atlas_find_passage(s.atlas, "cut", &cut, &error), DRO_OK);
    ck_assert_int_eq(dro_atlas_find_port(s.atlas, "XAWST", &west, &error), DRO_OK);
    ck_assert_int_eq(dro_atlas_find_port(s.atlas, "XAPAC", &pacific, &error), DRO_OK);
    ck_assert_int_eq(dro_atlas_find_port(s.atlas, "XARIV", &south, &error), DRO_OK);
    for (int i = 0; i < 2; i++) {
        dro_sea_end one = {.port = (int)west},
                    two = {.port = (int)(i ? south : pacific)};
        check_part(&s, cut, one, two);
        check_part(&s, cut, two, one);
    }
    for (size_t i = 0; i < rounds(160); i++) {
        dro_sea_end from = random_end(&s), to = random_end(&s);
        from.port = to.port = -1;
        check_required(&s, cut, from, to);
    }
    subject_free(&s);
}
END_TEST

/* ---- the ports' table, one to many
 * --------------------------------------------------------- */

static void table_and_search_agree(subject *s) {
    double extra[DRO_PASSAGES_MAX];
    dro_sea_rules_options searched = s->options;
    dro_sea_rules *rules = NULL;
    for (size_t i = 0; i < DRO_PASSAGES_MAX; i++) {
        extra[i] = 1e-6; /* of no weight, but the table does not know it */
    }
    searched.extra_m = extra;
    ck_assert_int_eq(dro_sea_rules_create(s->chart, &searched, &rules, &error), DRO_OK);
    for (size_t i = 0; i < s->rounds; i++) {
        dro_sea_end from = {.port = (int)(unit(s) * (double)s->ports)};
        dro_sea_end to = {.port = (int)(unit(s) * (double)s->ports)};
        double one = 0.0, two = 0.0, bound[2] = {0};
        bool there = measure(s, s->rules, from, to, &one, &bound[0]);
        ck_assert(measure(s, rules, from, to, &two, &bound[1]) == there);
        if (!there) {
            continue; /* a port far from any water */
        }
        ck_assert_msg(at_most(one, two, bound[0]) && at_most(two, one, bound[1]),
                      "%s to %s: %.1f m by table, %.1f m by search", text_of(s, from),
                      text_of(s, to), one, two);
    }
    dro_sea_rules_destroy(rules);
}

#define MANY 24

static void one_to_many_agrees(subject *s) {
    for (size_t i = 0; i < s->rounds / 8 + 1; i++) {
        dro_sea_end from = random_end(s), to[MANY];
        dro_sea_cell cells[MANY];
        for (size_t k = 0; k < MANY; k++) {
            to[k] = random_end(s);
        }
        dro_status status =
            dro_sea_one_to_many(s->sea, s->rules, from, to, MANY, cells, &error);
        ck_assert_msg(status == DRO_OK || status == DRO_INVALID ||
                          status == DRO_NO_ANSWER,
                      "%s: %s", text_of(s, from), error.message);
        for (size_t k = 0; status == DRO_OK && k < MANY; k++) {
            double way = 0.0, bound = 0.0, many = cells[k].distance_m;
            if (!measure(s, s->rules, from, to[k], &way, &bound)) {
                ck_assert_msg(isnan(many),
                              "%s to %s: %.1f m, but it is too far from the "
                              "sea",
                              text_of(s, from), text_of(s, to[k]), many);
                continue;
            }
            ck_assert_msg(at_most(way, many, bound) &&
                              at_most(many, way, cells[k].excess_bound),
                          "%s to %s: %.1f m, one of many %.1f m", text_of(s, from),
                          text_of(s, to[k]), way, many);
        }
    }
}

/* ---- the tests
 * -------------------------------------------------------------------------------- */

/* ---- channels and the waters that they cross --------------------------------------
 */

static bool is_water(subject *s, dro_point at) {
    dro_sea_snap snap;
    return dro_sea_find_water(s->sea, s->rules, at, &snap, NULL) == DRO_OK &&
           snap.distance_m == 0.0 && snap.channel < 0;
}

/* Bug of 2026-11: a channel was joined only to the waters that one of its points lay
 * in. Ushuaia's lay between two points of the Beagle Channel: 126 nm to Puerto Williams
 * instead of 27. */
static void channels_meet_the_water_they_cross(subject *s) {
    for (size_t i = 0; i < dro_chart_channels(s->chart); i++) {
        dro_chart_channel c;
        dro_chart_get_channel(s->chart, i, &c);
        for (size_t k = 1; c.atlas_channel >= 0 && c.passage < 0 && k < c.count; k++) {
            dro_point a = c.points[k - 1], b = c.points[k];
            size_t n = (size_t)(dro_geo_distance_m(a, b) / 500.0);
            bool ashore = n > 1 && !is_water(s, a) && !is_water(s, b);
            for (size_t m = 1; ashore && m < n; m++) {
                dro_point p = dro_geo_between(a, b, (double)m / (double)n);
                ck_assert_msg(!is_water(s, p), "%s crosses water at %.4f,%.4f", c.name,
                              p.lat_deg, p.lon_deg);
            }
        }
    }
}

typedef struct property {
    const char *name;
    void (*check)(subject *);
} property;

static const property properties[] = {
    {"ways are whole", ways_are_whole},
    {"no step is empty", no_step_is_empty},
    {"ways are symmetric", ways_are_symmetric},
    {"a detour is no shorter", a_detour_is_no_shorter},
    {"ports and their water agree", ports_and_their_water_agree},
    {"closing never shortens", closing_never_shortens},
    {"draught never shortens", draught_never_shortens},
    {"avoiding never shortens", avoiding_never_shortens},
    {"table and search agree", table_and_search_agree},
    {"one to many agrees", one_to_many_agrees},
    {"channels meet the water they cross", channels_meet_the_water_they_cross},
};
#define PROPERTIES ((int)(sizeof properties / sizeof *properties))

START_TEST(on_the_invented_world) {
    subject s = subject_of(invented.chart, invented.atlas, rounds(400), 1);
    properties[_i].check(&s);
    subject_free(&s);
}
END_TEST

START_TEST(on_the_moved_world) {
    subject s = subject_of(moved.chart, moved.atlas, rounds(400), 2);
    properties[_i].check(&s);
    subject_free(&s);
}
END_TEST

static dro_sea_end move_end(dro_sea_end end) {
    end.at.lon_deg = remainder(end.at.lon_deg + SHIFT_DEG, 360.0);
    return end;
}

/* The same world elsewhere over the antimeridian has the same distances. */
START_TEST(moving_the_world_changes_nothing) {
    subject here = subject_of(invented.chart, invented.atlas, 0, 3);
    subject there = subject_of(moved.chart, moved.atlas, 0, 3);
    for (size_t i = 0; i < rounds(1600); i++) {
        dro_sea_end from = random_end(&here), to = random_end(&here);
        double one = 0.0, two = 0.0, unused = 0.0;
        if (!measure(&here, here.rules, from, to, &one, &unused) ||
            !measure(&there, there.rules, move_end(from), move_end(to), &two,
                     &unused)) {
            continue; /* 30 nm from the water by one outline, farther by the other */
        }
        /* the outlines are not the same: each may lie off by its tolerance */
        ck_assert_msg(fabs(one - two) <= 1e-3 * one + 3000.0 ||
                          (isinf(one) && isinf(two)),
                      "%s to %s: %.1f m, moved %.1f m", text_of(&here, from),
                      text_of(&here, to), one, two);
    }
    subject_free(&here);
    subject_free(&there);
}
END_TEST

/* Bug of 2025-11: a meeting of two waters on the border of two windows was left to the
 * other by both. The narrows at 70.4 E are moved onto a degree. */
START_TEST(narrows_on_the_border_of_a_degree) {
    synthetic_chart c;
    const double shifts[] = {-0.4, 0.6, 29.595, -100.41};
    ck_assert_int_eq(
        synthetic_chart_create(&synthetic_full, shifts[_i], NULL, &c, &error), DRO_OK);
    subject s = subject_of(c.chart, c.atlas, 0, 4);
    size_t inland = 0, outside = 0;
    ck_assert_int_eq(dro_atlas_find_port(c.atlas, "XBINL", &inland, &error), DRO_OK);
    ck_assert_int_eq(dro_atlas_find_port(c.atlas, "XBPEN", &outside, &error), DRO_OK);
    dro_sea_path path;
    ck_assert_msg(dro_sea_route(s.sea, s.rules, (dro_sea_end){.port = (int)inland},
                                (dro_sea_end){.port = (int)outside}, &path,
                                &error) == DRO_OK,
                  "moved by %g degrees: %s", shifts[_i], error.message);
    subject_free(&s);
    synthetic_chart_destroy(&c);
}
END_TEST

/* Bug of 2025-11: a lake behind a river and a lock, two lines that meet on land, was
 * not taken for water that ships reach; so were the Great Lakes. */
START_TEST(a_lake_behind_two_lines) {
    subject s = subject_of(invented.chart, invented.atlas, 0, 5);
    dro_point lake = {40.3, 62.1};
    dro_sea_snap snap;
    dro_sea_path path;
    ck_assert_int_eq(dro_sea_find_water(s.sea, s.rules, lake, &snap, &error), DRO_OK);
    ck_assert_double_le(snap.distance_m, 1.0);
    ck_assert_int_eq(snap.channel, -1);
    ck_assert_int_eq(dro_sea_route(s.sea, s.rules, (dro_sea_end){lake, -1},
                                   (dro_sea_end){{56.0, 60.0}, -1}, &path, &error),
                     DRO_OK);
    subject_free(&s);
}
END_TEST

/* ---- the world's chart
 * -------------------------------------------------------------------------- */

static real_world real;

START_TEST(on_the_world) {
    subject s = subject_of(real.chart, real.atlas, 200, 5);
    properties[_i].check(&s);
    subject_free(&s);
}
END_TEST

static void set_up(void) {
    /* exact graphs: what differs is the outline */
    dro_chart_build_options options = DRO_CHART_BUILD_OPTIONS_INIT;
    options.spanner = 0.0;
    if (synthetic_chart_create(&synthetic_full, 0.0, NULL, &invented, &error) !=
            DRO_OK ||
        synthetic_chart_create(&synthetic_full, SHIFT_DEG, &options, &moved, &error) !=
            DRO_OK) {
        (void)fprintf(stderr, "no chart to test: %s\n", error.message);
        exit(1);
    }
}

static void tear_down(void) {
    synthetic_chart_destroy(&invented);
    synthetic_chart_destroy(&moved);
}

int main(void) {
    Suite *suite = suite_create("chart routes");
    TCase *synthetic = tcase_create("synthetic");
    tcase_set_timeout(synthetic, 300);
    tcase_add_unchecked_fixture(synthetic, set_up, tear_down);
    tcase_add_loop_test(synthetic, on_the_invented_world, 0, PROPERTIES);
    tcase_add_loop_test(synthetic, on_the_moved_world, 0, PROPERTIES);
    tcase_add_test(synthetic, moving_the_world_changes_nothing);
    tcase_add_loop_test(synthetic, narrows_on_the_border_of_a_degree, 0, 4);
    tcase_add_test(synthetic, a_lake_behind_two_lines);
    tcase_add_test(synthetic, a_required_canal_is_passed_through);
    suite_add_tcase(suite, synthetic);
    TCase *world_case = tcase_create("world");
    tcase_set_timeout(world_case, 300);
    bool opened = real_world_open(&real);
    if (opened) {
        tcase_add_loop_test(world_case, on_the_world, 0, PROPERTIES);
    }
    suite_add_tcase(suite, world_case);
    int code = check_run_skipping(suite, opened ? 0 : 1);
    real_world_close(&real);
    return code;
}
