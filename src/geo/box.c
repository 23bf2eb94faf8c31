/*
 * Boxes of latitude and longitude, across the antimeridian where that is shorter.
 */
#include "derrotero/geo.h"

#include <math.h>

dro_box dro_geo_box_empty(void) {
    return (dro_box){90.0, 180.0, -90.0, -180.0};
}

/* Degrees eastward from one longitude to another, 0..360. */
static double eastward(double from, double to) {
    double turn = to - from;
    return turn < 0.0 ? turn + 360.0 : turn;
}

static bool has_longitude(dro_box box, double lon) {
    if (fabs(lon) == 180.0 && box.west_deg > box.east_deg) {
        return true;
    }
    return box.west_deg <= box.east_deg ? lon >= box.west_deg && lon <= box.east_deg
                                        : lon >= box.west_deg || lon <= box.east_deg;
}

void dro_geo_box_add(dro_box *box, dro_point point) {
    bool empty = box->south_deg > box->north_deg;
    box->south_deg = fmin(box->south_deg, point.lat_deg);
    box->north_deg = fmax(box->north_deg, point.lat_deg);
    if (empty) {
        box->west_deg = box->east_deg = point.lon_deg;
        return;
    }
    bool pole = fabs(point.lat_deg) == 90.0; /* every longitude meets there */
    if (pole || has_longitude(*box, point.lon_deg)) {
        return;
    }
    if (eastward(box->east_deg, point.lon_deg) <=
        eastward(point.lon_deg, box->west_deg)) {
        box->east_deg = point.lon_deg;
    } else {
        box->west_deg = point.lon_deg;
    }
}

bool dro_geo_box_contains(dro_box box, dro_point point) {
    if (!(point.lat_deg >= box.south_deg && point.lat_deg <= box.north_deg)) {
        return false;
    }
    return fabs(point.lat_deg) == 90.0 || has_longitude(box, point.lon_deg);
}
