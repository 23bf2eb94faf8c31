/*
 * derrotero/geo.h: points, distances and shapes on the earth.
 *
 * Latitude before longitude, degrees, north and east positive. Paths are great
 * circles on geodetic latitude; lengths are WGS84 geodesics (Karney 2013, PROJ's
 * geodesic.h). 1 nm = 1852 m.
 */
#ifndef DERROTERO_GEO_H
#define DERROTERO_GEO_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DRO_M_PER_NM       1852.0
#define DRO_EARTH_RADIUS_M 6371008.8 /* mean radius, for the sphere only */

typedef struct dro_point {
    double lat_deg; /* -90..90 */
    double lon_deg; /* -180..180 */
} dro_point;

/* A direction from the earth's centre. Each coordinate is a multiple of 2^-40
 * (6 micrometres on the ground), so that dro_geo_orient is exact. */
typedef struct dro_vec {
    double x, y, z;
} dro_vec;

dro_vec dro_geo_to_vec(dro_point point);
dro_point dro_geo_to_point(dro_vec vec);
dro_vec dro_geo_quantise(dro_vec vec); /* normalises, then rounds to the lattice */

/* Sign of the triple product a . (b x c), exact for lattice vectors: +1 where c
 * lies left of the great circle from a to b, seen from outside; 0 on it. */
int dro_geo_orient(dro_vec a, dro_vec b, dro_vec c);

/* WGS84 geodesic, metres: to 1 um up to 200 km, 0.02 mm up to 500 km, 15 nm beyond.
 * NaN in, NaN out. A tenth of a microsecond within 500 km, about 1 beyond. */
double dro_geo_distance_m(dro_point a, dro_point b);
/* The same of directions of unit length. */
double dro_geo_vec_distance_m(dro_vec a, dro_vec b);
double dro_geo_distance_nm(dro_point a, dro_point b);
/* The same to about 1e-5 relative (Andoyer-Lambert), some 10 times faster. */
double dro_geo_distance_fast_m(dro_vec a, dro_vec b);
/* The same for places that are measured again and again. */
typedef struct dro_geo_mark {
    dro_vec reduced; /* direction of the reduced latitude */
} dro_geo_mark;
dro_geo_mark dro_geo_mark_of(dro_vec place);
double dro_geo_mark_distance_m(const dro_geo_mark *a, const dro_geo_mark *b);
/* Central angle in radians. */
double dro_geo_angle(dro_vec a, dro_vec b);

/* Along the great circle from a to b, fraction 0..1; at 0 and 1 exactly the ends.
 * Between opposite points: by the north pole, from a pole along longitude 0. NaN in,
 * NaN out. */
dro_point dro_geo_between(dro_point a, dro_point b, double fraction);
/* Nearest point to p on the arc from a to b, on the lattice; where all are as near
 * (p is the circle's pole) and where a and b are equal or opposite, the nearer end. */
dro_vec dro_geo_nearest_on_arc(dro_vec a, dro_vec b, dro_vec p);

/* DRO_OK, or DRO_INVALID saying what is wrong: NaN, latitude beyond 90 (and
 * "latitude and longitude look swapped" where swapping would be valid), longitude
 * beyond 180 (unless wrap, which brings it into range). */
dro_status dro_geo_check(dro_point *point, bool wrap, dro_error *error);
/* "lat,lon" in decimal degrees, also "12.5S,77.2W". DRO_NOT_FOUND if the text is
 * not of that form at all, DRO_INVALID if it is but the value is bad. */
dro_status dro_geo_parse(const char *text, bool wrap, dro_point *out, bool *wrapped,
                         dro_error *error);

/* Box; west > east where it crosses the antimeridian, south > north where it is empty.
 * Adding a point widens it by the shorter way, so the result may depend on the order;
 * a pole has every longitude. */
typedef struct dro_box {
    double south_deg, west_deg, north_deg, east_deg;
} dro_box;
dro_box dro_geo_box_empty(void);
void dro_geo_box_add(dro_box *box, dro_point point);
bool dro_geo_box_contains(dro_box box, dro_point point);

/* A closed ring of great-circle edges, first point not repeated, either
 * orientation; the inside is the smaller side. Points on the edge are inside. Exact
 * for lattice vectors; the antimeridian and the poles need no care. O(n) each; fewer
 * than 3 points or a NaN: nothing is inside. */
typedef struct dro_ring {
    const dro_vec *points;
    size_t count;
} dro_ring;
bool dro_geo_ring_contains(dro_ring ring, dro_vec point);
/* DRO_INVALID naming the two edges where the ring crosses itself (n log n is not
 * promised: rings up to some thousands of points). */
dro_status dro_geo_ring_check(dro_ring ring, dro_error *error);
/* Do the arcs ab and cd cross or touch? */
bool dro_geo_arcs_cross(dro_vec a, dro_vec b, dro_vec c, dro_vec d);

/* Densifies a path so that no step is longer than step_m and splits it where it
 * crosses the antimeridian (both sides get a point at +-180) or a pole (both sides get
 * the pole, at their own longitude). No step turns by more than 20 degrees of
 * longitude, so that it is straight on a map also near a pole. Parts are runs of
 * points: part_start has part_count + 1 entries. Points are in the arena. DRO_INVALID
 * for a point that is not on earth or a step that is not above 0 (it may be infinite),
 * DRO_LIMIT beyond 20 million points. */
typedef struct dro_line {
    dro_point *points;
    size_t count;
    size_t *part_start;
    size_t part_count;
} dro_line;
dro_status dro_geo_line(const dro_point *path, size_t count, double step_m,
                        dro_arena *arena, dro_line *out, dro_error *error);

/* Static index of points (kd-tree on unit vectors): nearest first. */
typedef struct dro_index dro_index;
dro_status dro_index_create(const dro_point *points, size_t count, dro_index **out,
                            dro_error *error);
void dro_index_destroy(dro_index *index);
/* Up to `most` nearest items by WGS84 geodesic, sorted (of equal ones the lower item
 * first); returns how many. 0 where `at` is not a place. Thread-safe. */
size_t dro_index_nearest(const dro_index *index, dro_point at, size_t most,
                         size_t *items, double *distance_m);

#ifdef __cplusplus
}
#endif
#endif
