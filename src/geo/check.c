/*
 * Is this a place on earth? Says what is wrong where it is not.
 */
#include "derrotero/geo.h"

#include <math.h>

static dro_status bad_latitude(dro_point p, dro_error *error) {
    bool swapped = fabs(p.lon_deg) <= 90.0 && fabs(p.lat_deg) <= 180.0;
    return dro_fail(error, DRO_INVALID, "latitude %.10g is beyond 90 degrees%s",
                    p.lat_deg, swapped ? "; latitude and longitude look swapped" : "");
}

dro_status dro_geo_check(dro_point *point, bool wrap, dro_error *error) {
    dro_point p = *point;
    if (!isfinite(p.lat_deg) || !isfinite(p.lon_deg)) {
        return dro_fail(error, DRO_INVALID, "%s is not a finite number",
                        isfinite(p.lat_deg) ? "longitude" : "latitude");
    }
    if (fabs(p.lat_deg) > 90.0) {
        return bad_latitude(p, error);
    }
    if (fabs(p.lon_deg) <= 180.0) {
        return DRO_OK;
    }
    if (!wrap) {
        return dro_fail(error, DRO_INVALID, "longitude %.10g is beyond 180 degrees",
                        p.lon_deg);
    }
    point->lon_deg = remainder(p.lon_deg, 360.0);
    return DRO_OK;
}
