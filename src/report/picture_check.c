/*
 * Is a picture's input in order?
 */
#include "report/picture_check.h"

static const char *name_of(const char *label) {
    return label == NULL ? "" : label;
}

static bool on_earth(dro_point p) {
    return p.lat_deg >= -90.0 && p.lat_deg <= 90.0 && p.lon_deg >= -180.0 &&
           p.lon_deg <= 180.0;
}

static dro_status check_points(const dro_picture_route *route, dro_error *error) {
    for (size_t i = 0; i < route->count; i++) {
        if (!on_earth(route->points[i])) {
            return dro_fail(error, DRO_INVALID,
                            "route '%.100s': point %zu (%g, %g) is not on the earth",
                            name_of(route->label), i, route->points[i].lat_deg,
                            route->points[i].lon_deg);
        }
    }
    return DRO_OK;
}

static dro_status check_legs(const dro_picture_route *route, dro_error *error) {
    for (size_t i = 0; i < route->leg_count; i++) {
        dro_picture_leg leg = route->legs[i];
        if (leg.first > leg.last || leg.last >= route->count) {
            return dro_fail(error, DRO_INVALID,
                            "route '%.100s': leg %zu goes from point %zu to %zu of %zu",
                            name_of(route->label), i, leg.first, leg.last,
                            route->count);
        }
    }
    return DRO_OK;
}

static dro_status check_marks(const dro_picture *picture, dro_error *error) {
    for (size_t i = 0; i < picture->mark_count; i++) {
        if (!on_earth(picture->marks[i].at)) {
            return dro_fail(error, DRO_INVALID, "mark '%.100s' is not on the earth",
                            name_of(picture->marks[i].label));
        }
    }
    return DRO_OK;
}

dro_status dro_picture_check(const dro_picture *picture, dro_error *error) {
    if (picture->route_count > DRO_PICTURE_ROUTES_MAX ||
        picture->mark_count > DRO_PICTURE_MARKS_MAX) {
        return dro_fail(error, DRO_LIMIT,
                        "a map of %zu routes and %zu marks; the most are "
                        "%d and %d",
                        picture->route_count, picture->mark_count,
                        DRO_PICTURE_ROUTES_MAX, DRO_PICTURE_MARKS_MAX);
    }
    if (!(picture->width_px >= 400.0 && picture->width_px <= 4000.0)) {
        return dro_fail(error, DRO_INVALID,
                        "a map %g pixels wide; it can be 400 to 4000",
                        picture->width_px);
    }
    size_t points = 0;
    for (size_t i = 0; i < picture->route_count; i++) {
        points += picture->routes[i].count;
        if (points > DRO_PICTURE_POINTS_MAX) {
            return dro_fail(error, DRO_LIMIT, "routes of over %d points on a map",
                            DRO_PICTURE_POINTS_MAX);
        }
        DRO_TRY(check_points(&picture->routes[i], error));
        DRO_TRY(check_legs(&picture->routes[i], error));
    }
    return check_marks(picture, error);
}
