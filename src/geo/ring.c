/*
 * Rings of great-circle edges on the sphere. No projection: the antimeridian and
 * the poles are places like any other.
 *
 * Which side a point lies on: an arc is drawn from the point to the middle of one
 * edge; the parity of the other edges it crosses, and the side of that edge it
 * comes from, give the side (Bevis & Chatelain, "Locating a point on a spherical
 * surface relative to a spherical polygon", Math. Geology 21, 1989), decided by
 * exact orientation tests. The smaller side is found by the ring's signed area
 * (sum of triangles after Van Oosterom & Strackee, IEEE TBME 30, 1983).
 */
#include "derrotero/geo.h"

#include <math.h>

static const double PI = 3.141592653589793;

static double dot(dro_vec a, dro_vec b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static dro_vec minus(dro_vec a, dro_vec b) {
    return (dro_vec){a.x - b.x, a.y - b.y, a.z - b.z};
}

static dro_vec plus(dro_vec a, dro_vec b) {
    return (dro_vec){a.x + b.x, a.y + b.y, a.z + b.z};
}

static bool same(dro_vec a, dro_vec b) {
    return a.x == b.x && a.y == b.y && a.z == b.z;
}

/* Is p, which lies on the great circle of a and b, on the arc between them? By
 * chords, whose differences are exact on the lattice: at both ends p lies on the
 * other end's side, and it is not opposite. */
static bool between(dro_vec a, dro_vec b, dro_vec p) {
    return dot(minus(p, a), minus(b, a)) >= 0.0 &&
           dot(minus(p, b), minus(a, b)) >= 0.0 && dot(p, plus(a, b)) > 0.0;
}

static bool on_arc(dro_vec a, dro_vec b, dro_vec p) {
    return same(a, p) || same(b, p) ||
           (!same(a, b) && dro_geo_orient(a, b, p) == 0 && between(a, b, p));
}

bool dro_geo_arcs_cross(dro_vec a, dro_vec b, dro_vec c, dro_vec d) {
    int abc = dro_geo_orient(a, b, c), abd = dro_geo_orient(a, b, d);
    if (abc * abd > 0) { /* both strictly on one side: no touching either */
        return false;
    }
    int cda = dro_geo_orient(c, d, a), cdb = dro_geo_orient(c, d, b);
    if (abc * abd * cda * cdb != 0) {
        /* The last test tells the crossing from the one of the opposite arcs. */
        return abc != abd && cda != cdb && abd == cda;
    }
    return on_arc(a, b, c) || on_arc(a, b, d) || on_arc(c, d, a) || on_arc(c, d, b);
}

/* ---- contains ------------------------------------------------------------- */

/* Signed spherical excess of the triangle a b c, -2 pi .. 2 pi. */
static double excess(dro_vec a, dro_vec b, dro_vec c) {
    double x = b.y * c.z - b.z * c.y, y = b.z * c.x - b.x * c.z,
           z = b.x * c.y - b.y * c.x;
    return 2.0 *
           atan2(a.x * x + a.y * y + a.z * z, 1.0 + dot(a, b) + dot(b, c) + dot(c, a));
}

/* Is the side on the left of the edges the smaller one? */
static bool left_is_smaller(dro_ring ring) {
    double area = 0.0;
    for (size_t i = 2; i < ring.count; i++) {
        area += excess(ring.points[0], ring.points[i - 1], ring.points[i]);
    }
    return remainder(area, 4.0 * PI) > 0.0;
}

typedef enum side {
    SIDE_LEFT,
    SIDE_RIGHT,
    SIDE_UNKNOWN
} side;

/* The side of p by an arc to `target` on the edge `edge`; unknown where the arc
 * meets a vertex, so that another one must be tried. */
static side side_by(dro_ring ring, size_t edge, dro_vec target, dro_vec p) {
    dro_vec a = ring.points[edge], b = ring.points[(edge + 1) % ring.count];
    int from = dro_geo_orient(a, b, p);
    if (from == 0 || dot(p, target) < -0.9999999) {
        return SIDE_UNKNOWN;
    }
    bool left = from > 0;
    for (size_t i = 0; i < ring.count; i++) {
        dro_vec c = ring.points[i], d = ring.points[(i + 1) % ring.count];
        if (i == edge || same(c, d)) {
            continue;
        }
        int ptc = dro_geo_orient(p, target, c), ptd = dro_geo_orient(p, target, d);
        if (ptc * ptd > 0) {
            continue;
        }
        int cdp = dro_geo_orient(c, d, p), cdt = dro_geo_orient(c, d, target);
        if (ptc * ptd * cdp * cdt == 0) {
            if (dro_geo_arcs_cross(p, target, c, d)) {
                return SIDE_UNKNOWN;
            }
            continue;
        }
        if (cdp != cdt && ptd == cdp) {
            left = !left;
        }
    }
    return left ? SIDE_LEFT : SIDE_RIGHT;
}

static dro_vec on_edge(dro_ring ring, size_t edge, double fraction) {
    dro_vec a = ring.points[edge], b = ring.points[(edge + 1) % ring.count];
    dro_vec mix = {a.x + (b.x - a.x) * fraction, a.y + (b.y - a.y) * fraction,
                   a.z + (b.z - a.z) * fraction};
    return dro_geo_quantise(mix);
}

bool dro_geo_ring_contains(dro_ring ring, dro_vec point) {
    static const double FRACTIONS[] = {0.5, 0.3716, 0.6831, 0.2147};
    if (ring.count < 3 || !isfinite(point.x + point.y + point.z)) {
        return false;
    }
    for (size_t i = 0; i < ring.count; i++) {
        if (on_arc(ring.points[i], ring.points[(i + 1) % ring.count], point)) {
            return true;
        }
    }
    for (size_t try = 0; try < sizeof FRACTIONS / sizeof FRACTIONS[0]; try++) {
        for (size_t edge = 0; edge < ring.count; edge++) {
            dro_vec target = on_edge(ring, edge, FRACTIONS[try]);
            side found = side_by(ring, edge, target, point);
            if (found != SIDE_UNKNOWN) {
                return (found == SIDE_LEFT) == left_is_smaller(ring);
            }
        }
    }
    return false; /* a ring without area, or a small one opposite to the point */
}

/* ---- check ---------------------------------------------------------------- */

/* A ball around an edge, to pass over pairs that are far apart. */
typedef struct ball {
    dro_vec middle;
    double radius;
} ball;

static ball ball_of(dro_vec a, dro_vec b) {
    dro_vec middle = {(a.x + b.x) * 0.5, (a.y + b.y) * 0.5, (a.z + b.z) * 0.5};
    dro_vec half = minus(a, middle);
    return (ball){middle, sqrt(dot(half, half)) + 1e-9}; /* the ends are farthest */
}

static bool apart(const ball *p, const ball *q) {
    dro_vec gap = minus(p->middle, q->middle);
    double reach = p->radius + q->radius;
    return dot(gap, gap) > reach * reach;
}

static dro_status check_edge(dro_ring ring, size_t i, dro_error *error) {
    dro_vec a = ring.points[i], b = ring.points[(i + 1) % ring.count];
    if (same(a, b)) {
        return dro_fail(error, DRO_INVALID, "points %zu and %zu are the same", i + 1,
                        (i + 1) % ring.count + 1);
    }
    if (dot(plus(a, b), plus(a, b)) < 1e-12) {
        return dro_fail(error, DRO_INVALID, "edge %zu runs half around the earth",
                        i + 1);
    }
    dro_vec c = ring.points[(i + 2) % ring.count];
    if (!same(b, c) && dro_geo_orient(a, b, c) == 0 &&
        (between(a, b, c) || between(b, c, a))) {
        return dro_fail(error, DRO_INVALID, "edges %zu and %zu lie on each other",
                        i + 1, (i + 1) % ring.count + 1);
    }
    return DRO_OK;
}

static dro_status check_pairs(dro_ring ring, size_t i, dro_error *error) {
    dro_vec a = ring.points[i], b = ring.points[i + 1];
    ball here = ball_of(a, b);
    for (size_t j = i + 2; j < ring.count; j++) {
        dro_vec c = ring.points[j], d = ring.points[(j + 1) % ring.count];
        ball there = ball_of(c, d);
        bool neighbours = (j + 1) % ring.count == i;
        if (neighbours || apart(&here, &there) || !dro_geo_arcs_cross(a, b, c, d)) {
            continue;
        }
        dro_point at = dro_geo_to_point(a), other = dro_geo_to_point(c);
        return dro_fail(
            error, DRO_INVALID,
            "the ring crosses itself: edge %zu (from %.5f,%.5f) and edge %zu "
            "(from %.5f,%.5f)",
            i + 1, at.lat_deg, at.lon_deg, j + 1, other.lat_deg, other.lon_deg);
    }
    return DRO_OK;
}

dro_status dro_geo_ring_check(dro_ring ring, dro_error *error) {
    if (ring.count < 3) {
        return dro_fail(error, DRO_INVALID, "a ring needs 3 points, this one has %zu",
                        ring.count);
    }
    for (size_t i = 0; i < ring.count; i++) {
        dro_vec a = ring.points[i];
        if (!isfinite(a.x + a.y + a.z)) {
            return dro_fail(error, DRO_INVALID, "point %zu is not a number", i + 1);
        }
    }
    for (size_t i = 0; i < ring.count; i++) {
        DRO_TRY(check_edge(ring, i, error));
    }
    for (size_t i = 0; i + 2 < ring.count; i++) {
        DRO_TRY(check_pairs(ring, i, error));
    }
    return DRO_OK;
}
