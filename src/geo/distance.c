/*
 * WGS84 geodesic lengths.
 *
 * Exact: Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), as PROJ's
 * geodesic.h. Up to NEAR_M the chord through the ellipsoid and the curvature of its
 * normal section (Euler's theorem) say the same to 0.02 mm, up to 200 km to 1 um: the
 * arc over a chord c with curvature k in its middle is that of a circle, 2/k
 * asin(ck/2), plus k k'' c^5 / 480 for the curvature's own change, k'' = 3 e^2 k^3
 * (sin^2 lat - cos^2 lat cos^2 azimuth) to the first order of e^2; the tests measure
 * it. Fast: the Andoyer-Lambert formula on the central angle between reduced latitudes
 * (Meeus, Astronomical Algorithms, ch. 11), error of the order of flattening squared;
 * the tests measure it.
 */
#include "derrotero/geo.h"

#include <geodesic.h>
#include <math.h>

static const double A_M = 6378137.0;
static const double F = 1.0 / 298.257223563;

static const double E2 = F * (2.0 - F);
static const double DEG = 0.017453292519943295;
static const double NEAR_M = 500000.0;

/* Directions of the two normals; the chord's square is within NEAR_M^2. */
static double near_m(dro_vec a, dro_vec b, dro_vec chord, double chord2) {
    dro_vec middle = {a.x + b.x, a.y + b.y, a.z + b.z};
    double flat2 = middle.x * middle.x + middle.y * middle.y;
    double sine2 = middle.z * middle.z / (flat2 + middle.z * middle.z); /* of lat */
    double w = 1.0 - E2 * sine2;
    double east = chord.y * middle.x - chord.x * middle.y;
    /* Of the azimuth; at a pole and for no chord any value does. */
    double across2 = flat2 > 1e-12 && chord2 > 0.0 ? east * east / (flat2 * chord2) : 0;
    double curvature = ((1.0 - across2) * w / (1.0 - E2) + across2) * sqrt(w) / A_M;
    double t = chord2 * curvature * curvature / 4.0;
    double circle =
        t * (1.0 / 6.0 + t * (3.0 / 40.0 + t * (15.0 / 336.0 + t * 105.0 / 3456.0)));
    double change =
        16.0 * t * t * E2 * (sine2 - (1.0 - sine2) * (1.0 - across2)) / 160.0;
    return sqrt(chord2) * (1.0 + circle + change);
}

/* On the ellipsoid, where its normal has this direction. */
static dro_vec surface(dro_vec v) {
    double n = A_M / sqrt(1.0 - E2 * v.z * v.z);
    return (dro_vec){n * v.x, n * v.y, n * (1.0 - E2) * v.z};
}

/* False: further than NEAR_M. */
static bool if_near(dro_vec a, dro_vec b, double *out) {
    dro_vec p = surface(a), q = surface(b);
    dro_vec chord = {q.x - p.x, q.y - p.y, q.z - p.z};
    double chord2 = chord.x * chord.x + chord.y * chord.y + chord.z * chord.z;
    if (!(chord2 <= NEAR_M * NEAR_M)) {
        return false;
    }
    *out = near_m(a, b, chord, chord2);
    return true;
}

/* Karney's. */
static double inverse_m(dro_point a, dro_point b) {
    static _Thread_local struct geod_geodesic wgs84; /* a > 0 once it is set up */
    if (!(wgs84.a > 0.0)) {
        geod_init(&wgs84, A_M, F);
    }
    double distance = 0.0;
    geod_inverse(&wgs84, a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &distance, NULL,
                 NULL);
    return distance;
}

/* The directions of both with the meridian half way between them as the first: what is
 * as far by symmetry is so to the last bit, and near places keep their digits. */
static void directions(dro_point a, dro_point b, dro_vec *u, dro_vec *v) {
    double turn = b.lon_deg - a.lon_deg;
    double half = 0.5 * DEG * (fabs(turn) > 180.0 ? remainder(turn, 360.0) : turn);
    double flat_a = cos(a.lat_deg * DEG), flat_b = cos(b.lat_deg * DEG);
    double c = cos(half), s = sin(half);
    *u = (dro_vec){flat_a * c, -flat_a * s, sin(a.lat_deg * DEG)};
    *v = (dro_vec){flat_b * c, flat_b * s, sin(b.lat_deg * DEG)};
}

double dro_geo_distance_m(dro_point a, dro_point b) {
    dro_vec u, v;
    double near = 0.0;
    if (!isfinite(a.lat_deg + a.lon_deg + b.lat_deg + b.lon_deg)) {
        return (double)NAN;
    }
    directions(a, b, &u, &v);
    return if_near(u, v, &near) ? near : inverse_m(a, b);
}

double dro_geo_vec_distance_m(dro_vec a, dro_vec b) {
    double near = 0.0;
    return if_near(a, b, &near) ? near
                                : inverse_m(dro_geo_to_point(a), dro_geo_to_point(b));
}

double dro_geo_distance_nm(dro_point a, dro_point b) {
    return dro_geo_distance_m(a, b) / DRO_M_PER_NM;
}

/* The direction with its geodetic latitude turned into the reduced one. */
static dro_vec reduced(dro_vec v) {
    double z = v.z * (1.0 - F);
    double scale = 1.0 / sqrt(v.x * v.x + v.y * v.y + z * z);
    return (dro_vec){v.x * scale, v.y * scale, z * scale};
}

dro_geo_mark dro_geo_mark_of(dro_vec place) {
    return (dro_geo_mark){reduced(place)};
}

double dro_geo_distance_fast_m(dro_vec a, dro_vec b) {
    dro_geo_mark p = dro_geo_mark_of(a), q = dro_geo_mark_of(b);
    return dro_geo_mark_distance_m(&p, &q);
}

double dro_geo_mark_distance_m(const dro_geo_mark *a, const dro_geo_mark *b) {
    dro_vec p = a->reduced, q = b->reduced;
    double dx = p.x - q.x, dy = p.y - q.y, dz = p.z - q.z;
    double sx = p.x + q.x, sy = p.y + q.y, sz = p.z + q.z;
    double chord2 = dx * dx + dy * dy + dz * dz; /* 4 sin^2(angle / 2) */
    double sum2 = sx * sx + sy * sy + sz * sz;   /* 4 cos^2(angle / 2) */
    if (chord2 < 1e-18 || sum2 < 1e-6) {
        return A_M * 2.0 * atan2(sqrt(chord2), sqrt(sum2));
    }
    double angle = 2.0 * atan2(sqrt(chord2), sqrt(sum2));
    double sine = 0.5 * sqrt(chord2 * sum2);
    /* Lambert: s = a (angle - f/4 (X + Y)), X = (angle - sin) sz^2/cos^2(angle/2),
     * Y = (angle + sin) dz^2 / sin^2(angle / 2), in halves of the sums. */
    double x = (angle - sine) * (sz * sz) / sum2;
    double y = (angle + sine) * (dz * dz) / chord2;
    return A_M * (angle - F * 0.5 * (x + y));
}
