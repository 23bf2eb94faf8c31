/*
 * A ring of GeoJSON lies on a flat map: its edges are straight in longitude and
 * latitude, and around a pole it runs along the map's border. Here it is put on the
 * sphere.
 */
#include "atlas/geojson_ring.h"

#include <math.h>

#include "atlas/geojson.h"

static const double DEG = 0.017453292519943295;
static const double TWO_PI = 6.283185307179586;

dro_status dro_points_add(dro_points *points, dro_point point, dro_error *error) {
    if (points->count >= DRO_GEOJSON_MAX_PART_POINTS) {
        return dro_fail(error, DRO_LIMIT, "more than %d points in one part",
                        DRO_GEOJSON_MAX_PART_POINTS);
    }
    DRO_TRY(DRO_RESERVE(points->points, points->capacity, points->count + 1, error));
    points->points[points->count++] = point;
    return DRO_OK;
}

/* Degrees eastward along the edge, -360..360. */
static double turn_of(dro_point a, dro_point b) {
    double turn = b.lon_deg - a.lon_deg;
    if (fabs(turn) > 180.0 && fabs(turn) < 360.0) {
        turn -= copysign(360.0, turn);
    }
    return turn;
}

static bool at_pole(dro_point p) {
    return fabs(p.lat_deg) == 90.0;
}

/* The edge from a to b, without b. Along a meridian a great circle is straight, and
 * an edge along a pole has no length. */
static dro_status add_edge(dro_points *out, dro_point a, dro_point b,
                           dro_error *error) {
    DRO_TRY(dro_points_add(out, a, error));
    double turn = turn_of(a, b);
    if (at_pole(a) && at_pole(b)) {
        return DRO_OK;
    }
    size_t steps = (size_t)ceil(fmax(fabs(turn) - 1e-9, 0.0)); /* at most 360 */
    for (size_t i = 1; i < steps; i++) {
        double share = (double)i / (double)steps;
        double lon = a.lon_deg + turn * share;
        dro_point point = {a.lat_deg + (b.lat_deg - a.lat_deg) * share,
                           fabs(lon) > 180.0 ? remainder(lon, 360.0) : lon};
        DRO_TRY(dro_points_add(out, point, error));
    }
    return DRO_OK;
}

/* The area on the flat map, on a sphere of radius 1 (longitude by the sine of the
 * latitude keeps areas), is of interest where the ring closes on the map. */
static dro_status check_area(const dro_points *ring, dro_error *error) {
    double area = 0.0, turns = 0.0;
    for (size_t i = 0; i < ring->count; i++) {
        dro_point a = ring->points[i], b = ring->points[(i + 1) % ring->count];
        double turn = turn_of(a, b);
        turns += turn;
        area += turn * DEG * 0.5 * (sin(a.lat_deg * DEG) + sin(b.lat_deg * DEG));
    }
    if (fabs(turns) < 1.0 && fabs(area) > TWO_PI) {
        return dro_fail(error, DRO_PARSE,
                        "the area covers more than half the earth; split it");
    }
    return DRO_OK;
}

static bool same_place(dro_point a, dro_point b) {
    dro_vec u = dro_geo_to_vec(a), v = dro_geo_to_vec(b);
    return u.x == v.x && u.y == v.y && u.z == v.z;
}

/* On the map's border, where one place has two names. */
static bool on_border(dro_point p) {
    return at_pole(p) || fabs(p.lon_deg) == 180.0;
}

static void remove_at(dro_points *ring, size_t i) {
    ring->count--;
    for (; i < ring->count; i++) {
        ring->points[i] = ring->points[i + 1];
    }
}

/* Takes out what the border doubles: a point given twice, and a spike that goes up
 * the antimeridian to the pole and comes back by its other side. */
static void drop_border(dro_points *ring) {
    for (size_t i = 0; i < ring->count && ring->count > 3;) {
        size_t next = (i + 1) % ring->count;
        size_t before = (i + ring->count - 1) % ring->count;
        dro_point here = ring->points[i];
        bool border = on_border(here);
        if (border && on_border(ring->points[next]) &&
            here.lon_deg != ring->points[next].lon_deg &&
            same_place(here, ring->points[next])) {
            remove_at(ring, next);
        } else if (border && on_border(ring->points[next]) &&
                   same_place(ring->points[before], ring->points[next])) {
            remove_at(ring, i);
        } else {
            i++;
            continue;
        }
        i = i > 2 ? i - 2 : 0; /* what stood before may now be a spike */
    }
}

dro_status dro_points_ring(const dro_points *flat, dro_points *out, dro_error *error) {
    for (size_t i = 0; i < flat->count; i++) {
        DRO_TRY(
            add_edge(out, flat->points[i], flat->points[(i + 1) % flat->count], error));
    }
    DRO_TRY(check_area(out, error));
    drop_border(out);
    return DRO_OK;
}
