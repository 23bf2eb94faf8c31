/*
 * Which points are on land: how many shores the meridian from a point to the north pole
 * crosses. Shores are cut straight in latitude and longitude, as the file has them.
 */
#include <math.h>
#include <string.h>

#include "report/land.h"

static double turn(double from, double to) {
    double d = to - from;
    return d - 360.0 * floor((d + 180.0) / 360.0);
}

/* The ring's crossings north of the point, odd or even. */
static bool crosses_oddly(const dro_point *ring, size_t count, dro_point p) {
    bool odd = false;
    dro_point a = ring[count - 1];
    double before = turn(p.lon_deg, a.lon_deg);
    for (size_t i = 0; i < count; i++) {
        dro_point b = ring[i];
        double after = before + turn(a.lon_deg, b.lon_deg);
        if ((before < 0.0) != (after < 0.0)) {
            double t = before / (before - after);
            odd ^= a.lat_deg + t * (b.lat_deg - a.lat_deg) > p.lat_deg;
        }
        before = turn(p.lon_deg, b.lon_deg);
        a = b;
    }
    return odd;
}

static dro_box box_of(const dro_point *ring, size_t count) {
    dro_box box = dro_geo_box_empty();
    for (size_t i = 0; i < count; i++) {
        dro_geo_box_add(&box, ring[i]);
    }
    return box;
}

/* A ring may go round a pole: then its box has every longitude, and the pole's side of
 * it is open. */
static bool may_hold(const dro_box *box, dro_point p) {
    double wide = box->east_deg - box->west_deg;
    bool round = wide + (wide < 0.0 ? 360.0 : 0.0) > 350.0;
    return round ? p.lat_deg <= box->north_deg : dro_geo_box_contains(*box, p);
}

void dro_land_mark(const dro_land *land, const dro_point *points, size_t count,
                   bool *on_land) {
    memset(on_land, 0, count * sizeof *on_land);
    if (land->scale_count == 0) {
        return;
    }
    const dro_land_scale *scale = &land->scales[land->scale_count - 1];
    for (size_t r = 0; r < scale->ring_count; r++) {
        const dro_point *ring = scale->points + scale->start[r];
        size_t length = scale->start[r + 1] - scale->start[r];
        dro_box box = box_of(ring, length);
        for (size_t i = 0; length >= 3 && i < count; i++) {
            if (may_hold(&box, points[i])) {
                on_land[i] ^= crosses_oddly(ring, length, points[i]);
            }
        }
    }
}
