/*
 * WGS84 geodesic lengths.
 *
 * Exact: Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), as PROJ's
 * geodesic.h. Fast: the Andoyer-Lambert formula on the central angle between
 * reduced latitudes (Meeus, Astronomical Algorithms, ch. 11), error of the order
 * of flattening squared; the tests measure it.
 */
#include "derrotero/geo.h"

#include <geodesic.h>
#include <math.h>

static const double A_M = 6378137.0;
static const double F = 1.0 / 298.257223563;

double dro_geo_distance_m(dro_point a, dro_point b) {
    if (!isfinite(a.lat_deg + a.lon_deg + b.lat_deg + b.lon_deg)) {
        return (double)NAN;
    }
    static _Thread_local struct geod_geodesic wgs84; /* a > 0 once it is set up */
    if (!(wgs84.a > 0.0)) {
        geod_init(&wgs84, A_M, F);
    }
    double distance = 0.0;
    geod_inverse(&wgs84, a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &distance, NULL,
                 NULL);
    return distance;
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
