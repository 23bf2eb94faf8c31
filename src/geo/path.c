/*
 * Along great circles: a point between two, the nearest point of an arc, and a
 * path made ready for drawing (RFC 7946 section 3.1.9: cut at the antimeridian).
 */
#include "derrotero/geo.h"

#include <math.h>
#include <string.h>

static const double DEG = 0.017453292519943295;
/* Longest metres per radian of direction on WGS84 (a^2 / b, at the poles): a step
 * of that angle is never longer in metres. */
static const double LONGEST_RADIUS_M = 6399593.7;
/* A step may turn by so much in longitude before it is halved, unless it is already
 * shorter than POLE_ANGLE (0.6 m): then it runs over the pole. */
static const double MOST_TURN_DEG = 20.0;
static const double POLE_ANGLE = 1e-7;
static const size_t MOST_POINTS = 20000000;
static const size_t POINTS_MORE = 400; /* between those given, of most lines */

static double dot(dro_vec a, dro_vec b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static dro_vec cross(dro_vec a, dro_vec b) {
    return (dro_vec){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z,
                     a.x * b.y - a.y * b.x};
}

static dro_vec combine(dro_vec a, double s, dro_vec b, double t) {
    return (dro_vec){a.x * s + b.x * t, a.y * s + b.y * t, a.z * s + b.z * t};
}

static dro_vec unit(dro_vec v) {
    double length = sqrt(dot(v, v));
    return (dro_vec){v.x / length, v.y / length, v.z / length};
}

/* Direction at full precision, off the lattice. */
static dro_vec direction(dro_point p) {
    double lat = p.lat_deg * DEG, lon = p.lon_deg * DEG;
    return (dro_vec){cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)};
}

/* Unit vector at a, square to it, pointing along the great circle to b. For
 * opposite ends: by the north pole, or from a pole along longitude 0. */
static dro_vec heading(dro_vec a, dro_vec b) {
    dro_vec n = cross(a, b);
    if (dot(n, n) < 1e-28) {
        dro_vec via = fabs(a.z) < 0.999999 ? (dro_vec){0, 0, 1} : (dro_vec){1, 0, 0};
        n = cross(a, via);
    }
    return unit(cross(n, a));
}

typedef struct arc {
    dro_vec start, along;
    double angle;
} arc;

static arc arc_between(dro_vec a, dro_vec b) {
    return (arc){a, heading(a, b), dro_geo_angle(a, b)};
}

static dro_vec arc_at(const arc *whole, double fraction) {
    double angle = whole->angle * fraction;
    return combine(whole->start, cos(angle), whole->along, sin(angle));
}

dro_point dro_geo_between(dro_point a, dro_point b, double fraction) {
    if (fraction == 0.0) {
        return a;
    }
    if (fraction == 1.0) {
        return b;
    }
    arc whole = arc_between(direction(a), direction(b));
    return dro_geo_to_point(arc_at(&whole, fraction));
}

dro_vec dro_geo_nearest_on_arc(dro_vec a, dro_vec b, dro_vec p) {
    dro_vec n = cross(a, b);
    double n2 = dot(n, n);
    dro_vec to_a = combine(p, 1.0, a, -1.0), to_b = combine(p, 1.0, b, -1.0);
    dro_vec nearer = dot(to_a, to_a) <= dot(to_b, to_b) ? a : b;
    if (n2 < 1e-28) { /* no arc, or ends so opposite that it has no direction */
        return nearer;
    }
    dro_vec q = combine(p, 1.0, n, -dot(p, n) / n2);
    bool within = dot(cross(n, a), q) >= 0.0 && dot(cross(b, n), q) >= 0.0;
    if (!within || dot(q, q) < 1e-24) { /* or p is the circle's own pole */
        return nearer;
    }
    return dro_geo_quantise(q);
}

/* ---- a line for drawing --------------------------------------------------- */

typedef struct builder {
    dro_point *points;
    size_t count, capacity;
    size_t *starts;
    size_t start_count, start_capacity;
    dro_vec last;    /* direction of the last point, */
    bool last_known; /* once somebody has asked for it: it costs */
    dro_point at;    /* the last point, as it was given */
    dro_error *error;
} builder;

static dro_vec last_direction(builder *line) {
    if (!line->last_known) {
        line->last = direction(line->at);
        line->last_known = true;
    }
    return line->last;
}

static dro_status add_point(builder *line, dro_point point) {
    if (line->count >= MOST_POINTS) {
        return dro_fail(line->error, DRO_LIMIT, "a line of more than %zu points",
                        MOST_POINTS);
    }
    if (line->count == line->capacity) {
        DRO_TRY(
            DRO_RESERVE(line->points, line->capacity, line->count + 1, line->error));
    }
    line->points[line->count++] = point;
    return DRO_OK;
}

static dro_status add_start(builder *line) {
    DRO_TRY(DRO_RESERVE(line->starts, line->start_capacity, line->start_count + 1,
                        line->error));
    line->starts[line->start_count++] = line->count;
    return DRO_OK;
}

/* Ends the part at `end` and begins another at `begin`, the same place written with
 * another longitude. A part that has only its first point is moved instead. */
static dro_status cut(builder *line, dro_point end, dro_point begin) {
    dro_point *last = &line->points[line->count - 1];
    bool there = last->lat_deg == end.lat_deg && last->lon_deg == end.lon_deg;
    if (there && line->starts[line->start_count - 1] + 1 == line->count) {
        *last = begin;
        return DRO_OK;
    }
    if (!there) {
        DRO_TRY(add_point(line, end));
    }
    DRO_TRY(add_start(line));
    return add_point(line, begin);
}

static bool is_pole(dro_point p) {
    return fabs(p.lat_deg) >= 90.0 - 1e-9;
}

static double turn_of(dro_point a, dro_point b) {
    double turn = fabs(a.lon_deg - b.lon_deg);
    return turn > 180.0 ? 360.0 - turn : turn;
}

/* Where the chord from u to v meets the antimeridian's half plane (y = 0, x < 0). */
static double crossing_lat(dro_vec u, dro_vec v) {
    double t = u.y == v.y ? 0.5 : u.y / (u.y - v.y);
    dro_vec m = combine(u, 1.0 - t, v, t);
    return atan2(m.z, fabs(m.x)) / DEG;
}

/* One step to p, short enough to be straight on a map; cuts where it must. */
static dro_status step_to(builder *line, dro_point p, dro_vec v) {
    dro_point last = line->points[line->count - 1];
    dro_vec u = line->last;
    line->last = v;
    if (is_pole(p)) { /* a pole takes the longitude one comes by */
        return add_point(line, (dro_point){copysign(90.0, p.lat_deg), last.lon_deg});
    }
    if (is_pole(last)) { /* and is left by that one goes by */
        dro_point leave = {last.lat_deg, p.lon_deg};
        if (turn_of(last, leave) > 1e-9) {
            DRO_TRY(cut(line, last, leave));
        }
        last = leave;
    } else if (turn_of(last, p) > MOST_TURN_DEG) {
        double pole = copysign(90.0, p.lat_deg);
        DRO_TRY(
            cut(line, (dro_point){pole, last.lon_deg}, (dro_point){pole, p.lon_deg}));
        last = line->points[line->count - 1];
    }
    if (fabs(p.lon_deg) == 180.0) {
        p.lon_deg = copysign(180.0, last.lon_deg);
    } else if (fabs(p.lon_deg - last.lon_deg) > 180.0) {
        double lat = fabs(last.lon_deg) == 180.0 ? last.lat_deg : crossing_lat(u, v);
        double side = copysign(180.0, last.lon_deg);
        DRO_TRY(cut(line, (dro_point){lat, side}, (dro_point){lat, -side}));
    }
    return add_point(line, p);
}

/* Straight on any map: nothing is to be cut or halved. Nearly all steps are. */
static bool is_plain(dro_point a, dro_point b) {
    return fabs(a.lon_deg - b.lon_deg) < MOST_TURN_DEG && !is_pole(a) && !is_pole(b);
}

/* Steps to p, halving while the longitude turns too fast (near a pole). */
static dro_status walk_to(builder *line, dro_point p, dro_vec v) {
    dro_point last = line->points[line->count - 1];
    dro_vec u = line->last;
    if (is_plain(last, p)) {
        line->last = v;
        return add_point(line, p);
    }
    while (!is_pole(p) && !is_pole(last) && turn_of(last, p) > MOST_TURN_DEG &&
           dro_geo_angle(u, v) > POLE_ANGLE) {
        dro_vec middle = unit(combine(u, 0.5, v, 0.5));
        DRO_TRY(walk_to(line, dro_geo_to_point(middle), middle));
        u = line->last;
        last = line->points[line->count - 1];
    }
    return step_to(line, p, v);
}

/* Steps along an arc. Each point is turned from the one before it, its latitude and
 * longitude by the small angles between them: to some 1e-12 degrees the same as by
 * sines and arc tangents of the whole, at a fraction of their cost. */
typedef struct walker {
    dro_vec start, along;
    double cosine, sine;       /* of a step */
    double at_cosine, at_sine; /* of the way from the start */
    double flat;               /* distance of v from the axis */
    dro_vec v;
    dro_point at; /* v's */
} walker;

static double flat_of(dro_vec v) {
    return sqrt(v.x * v.x + v.y * v.y);
}

static walker walker_from(const arc *whole, double step, dro_point from) {
    return (walker){.start = whole->start,
                    .along = whole->along,
                    .cosine = cos(step),
                    .sine = sin(step),
                    .at_cosine = 1.0,
                    .flat = flat_of(whole->start),
                    .v = whole->start,
                    .at = from};
}

/* The angle of the direction (cosine, sine), small and to 1e-17 or by the library. */
static double small_angle(double cosine, double sine) {
    double t = sine / cosine, t2 = t * t;
    if (!(cosine > 0.0 && t2 < 4e-4)) {
        return atan2(sine, cosine);
    }
    return t * (1.0 - t2 * (1.0 / 3.0 - t2 * (1.0 / 5.0 - t2 * (1.0 / 7.0))));
}

static void walk_on(walker *w) {
    double c = w->at_cosine * w->cosine - w->at_sine * w->sine;
    double s = w->at_sine * w->cosine + w->at_cosine * w->sine;
    dro_vec v = combine(w->start, c, w->along, s);
    double flat = flat_of(v);
    if (flat < 0.01 || w->flat < 0.01) { /* by a pole */
        w->at = dro_geo_to_point(v);
    } else {
        double north =
            small_angle(w->flat * flat + w->v.z * v.z, w->flat * v.z - w->v.z * flat);
        double east =
            small_angle(w->v.x * v.x + w->v.y * v.y, w->v.x * v.y - w->v.y * v.x);
        w->at.lat_deg += north / DEG;
        w->at.lon_deg += east / DEG;
        w->at.lon_deg -= w->at.lon_deg > 180.0    ? 360.0
                         : w->at.lon_deg < -180.0 ? -360.0
                                                  : 0.0;
    }
    w->at_cosine = c;
    w->at_sine = s;
    w->flat = flat;
    w->v = v;
}

/* Surely no longer than a step. */
static bool is_one_step(dro_vec a, dro_vec b, double step_m) {
    dro_vec chord = combine(b, 1.0, a, -1.0);
    double most = fmin(step_m / LONGEST_RADIUS_M, 0.3); /* arc and chord still agree */
    return dot(chord, chord) < 0.99 * most * most;
}

/* Surely no longer than a step, by its degrees alone, which are never less than the
 * angle; and plain. */
static bool is_near(const builder *line, dro_point to, double step_m) {
    double north = to.lat_deg - line->at.lat_deg, east = to.lon_deg - line->at.lon_deg;
    double most_deg = fmin(step_m / LONGEST_RADIUS_M, 0.3) / DEG;
    return north * north + east * east < 0.98 * most_deg * most_deg &&
           is_plain(line->points[line->count - 1], to);
}

/* line->at is where the leg begins. */
static dro_status add_leg(builder *line, dro_point to, double step_m) {
    dro_point from = line->at;
    if (is_near(line, to, step_m)) {
        line->at = to;
        line->last_known = false;
        return add_point(line, to);
    }
    dro_vec a = last_direction(line), b = direction(to);
    line->at = to;
    if (is_one_step(a, b, step_m)) {
        return walk_to(line, to, b);
    }
    arc whole = arc_between(a, b);
    double wanted = ceil(whole.angle * LONGEST_RADIUS_M / step_m);
    wanted = fmax(wanted, ceil(whole.angle / 1.6)); /* a half circle has no middle */
    if (wanted > (double)MOST_POINTS) {
        return dro_fail(line->error, DRO_LIMIT, "a line of more than %zu points",
                        MOST_POINTS);
    }
    size_t steps = (size_t)wanted;
    walker walk = walker_from(&whole, whole.angle / (double)steps, from);
    for (size_t i = 1; i < steps; i++) {
        walk_on(&walk);
        DRO_TRY(walk_to(line, walk.at, walk.v));
    }
    return walk_to(line, to, b);
}

static dro_status keep(const builder *line, dro_arena *arena, dro_line *out) {
    dro_point *points = dro_arena_alloc(arena, line->count, sizeof *points);
    size_t *starts = dro_arena_alloc(arena, line->start_count + 1, sizeof *starts);
    if (points == NULL || starts == NULL) {
        return dro_fail(line->error, DRO_NOMEM, "out of memory for a line");
    }
    memcpy(points, line->points, line->count * sizeof *points);
    memcpy(starts, line->starts, line->start_count * sizeof *starts);
    starts[line->start_count] = line->count;
    *out = (dro_line){points, line->count, starts, line->start_count};
    return DRO_OK;
}

dro_status dro_geo_line(const dro_point *path, size_t count, double step_m,
                        dro_arena *arena, dro_line *out, dro_error *error) {
    if (count == 0 || !(step_m > 0.0)) {
        return dro_fail(error, DRO_INVALID,
                        count == 0 ? "a line needs a point"
                                   : "a step must be above 0 m");
    }
    for (size_t i = 0; i < count; i++) {
        dro_point point = path[i];
        DRO_TRY(dro_geo_check(&point, false, error));
    }
    builder line = {.at = path[0], .error = error};
    dro_status status = add_start(&line);
    DRO_TRY_GOTO(status, done);
    DRO_TRY_GOTO(DRO_RESERVE(line.points, line.capacity, count + POINTS_MORE, error),
                 done);
    DRO_TRY_GOTO(add_point(&line, path[0]), done);
    for (size_t i = 1; i < count; i++) {
        DRO_TRY_GOTO(add_leg(&line, path[i], step_m), done);
    }
    status = keep(&line, arena, out);
done:
    dro_free(line.points);
    dro_free(line.starts);
    return status;
}
