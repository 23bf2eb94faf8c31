/*
 * The projections of the maps, on the sphere:
 *  - region: Lambert's azimuthal equal-area (Snyder 1987, Map Projections: A Working
 *    Manual, eq. 24-2),
 *  - globe: orthographic (Snyder, eq. 20-3),
 *  - world: Equal Earth (Savric, Patterson, Jenny 2018, Int. J. Geogr. Inf. Sci. 33).
 */
#include "report/projection.h"

#include <math.h>

static const double PI = 3.14159265358979323846;
static const double DEG = 0.017453292519943295;
/* Equal Earth's polynomial. */
static const double A1 = 1.340264, A2 = -0.081106, A3 = 0.000893, A4 = 0.003796;
/* Beyond 150 degrees from the centre a region's map is stretched past use. */
static const double REGION_CLIP_COS = -0.8660254037844386;

static double limit(double value, double low, double high) {
    return value < low ? low : value > high ? high : value;
}

dro_view dro_view_make(dro_picture_view kind, dro_point centre) {
    dro_view view = {.kind = kind, .centre = centre, .scale = 1.0};
    view.clip_cos = kind == DRO_VIEW_REGION ? REGION_CLIP_COS : 0.0;
    if (kind == DRO_VIEW_WORLD) {
        view.centre.lat_deg = 0.0;
    }
    return view;
}

dro_vec dro_view_turn(const dro_view *view, dro_point point) {
    double lon = (point.lon_deg - view->centre.lon_deg) * DEG;
    double lat = point.lat_deg * DEG, tilt = view->centre.lat_deg * DEG;
    double forward = cos(lat) * cos(lon), up = sin(lat);
    /* + 0.0: no negative zero, whose atan2 would lie across the cut */
    return (dro_vec){cos(lat) * sin(lon) + 0.0, up * cos(tilt) - forward * sin(tilt),
                     up * sin(tilt) + forward * cos(tilt)};
}

dro_point dro_view_unturn(const dro_view *view, dro_vec seen) {
    double tilt = view->centre.lat_deg * DEG;
    double up = seen.y * cos(tilt) + seen.z * sin(tilt);
    double forward = seen.z * cos(tilt) - seen.y * sin(tilt);
    double lon = view->centre.lon_deg + atan2(seen.x, forward) / DEG;
    lon -= 360.0 * floor((lon + 180.0) / 360.0);
    return (dro_point){asin(limit(up, -1.0, 1.0)) / DEG, lon};
}

bool dro_view_sees(const dro_view *view, dro_vec seen) {
    return view->kind == DRO_VIEW_WORLD || seen.z > view->clip_cos;
}

/* ---- plane: y up, in radii of the earth ----------------------------------------- */

static dro_xy equal_earth(double lat, double lon) {
    double root3 = sqrt(3.0);
    double t = asin(0.5 * root3 * sin(lat));
    double t2 = t * t, t6 = t2 * t2 * t2;
    double slope = A1 + 3.0 * A2 * t2 + t6 * (7.0 * A3 + 9.0 * A4 * t2);
    return (dro_xy){2.0 * root3 * lon * cos(t) / (3.0 * slope),
                    t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))};
}

/* Newton's method on the ordinate, which is a steep polynomial of the parameter. */
static bool equal_earth_back(dro_xy plane, double *lat, double *lon) {
    double t = plane.y, root3 = sqrt(3.0), slope = 1.0;
    for (int i = 0; i < 12; i++) {
        double t2 = t * t, t6 = t2 * t2 * t2;
        double y = t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2));
        slope = A1 + 3.0 * A2 * t2 + t6 * (7.0 * A3 + 9.0 * A4 * t2);
        t -= (y - plane.y) / slope;
    }
    double sine = 2.0 * sin(t) / root3;
    *lon = 3.0 * plane.x * slope / (2.0 * root3 * cos(t));
    if (fabs(t) > PI / 3.0 + 1e-9 || fabs(*lon) > PI + 1e-9) {
        return false;
    }
    *lat = asin(limit(sine, -1.0, 1.0));
    return true;
}

static dro_xy to_plane(const dro_view *view, dro_vec seen) {
    if (view->kind == DRO_VIEW_WORLD) {
        return equal_earth(asin(limit(seen.y, -1.0, 1.0)), atan2(seen.x, seen.z));
    }
    double k = view->kind == DRO_VIEW_REGION ? sqrt(2.0 / (1.0 + seen.z)) : 1.0;
    return (dro_xy){k * seen.x, k * seen.y};
}

static dro_xy to_pixels(const dro_view *view, dro_xy plane) {
    return (dro_xy){view->origin.x + view->scale * plane.x,
                    view->origin.y - view->scale * plane.y};
}

dro_xy dro_view_project(const dro_view *view, dro_vec seen) {
    return to_pixels(view, to_plane(view, seen));
}

/* The direction at a point of the azimuthal plane; radius squared is r2. */
static dro_vec azimuthal_back(const dro_view *view, dro_xy plane, double r2) {
    if (view->kind == DRO_VIEW_GLOBE) {
        return (dro_vec){plane.x, plane.y, sqrt(limit(1.0 - r2, 0.0, 1.0))};
    }
    double k = sqrt(limit(1.0 - 0.25 * r2, 0.0, 1.0));
    return (dro_vec){k * plane.x, k * plane.y, 1.0 - 0.5 * r2};
}

bool dro_view_unproject(const dro_view *view, dro_xy pixel, dro_point *out) {
    dro_xy plane = {(pixel.x - view->origin.x) / view->scale,
                    (view->origin.y - pixel.y) / view->scale};
    double r2 = plane.x * plane.x + plane.y * plane.y, lat, lon;
    dro_vec seen;
    if (view->kind == DRO_VIEW_WORLD) {
        if (!equal_earth_back(plane, &lat, &lon)) {
            return false;
        }
        seen = (dro_vec){cos(lat) * sin(lon), sin(lat), cos(lat) * cos(lon)};
    } else {
        double rim = view->kind == DRO_VIEW_GLOBE ? 1.0 : 2.0 * (1.0 - view->clip_cos);
        if (!(r2 <= rim)) {
            return false;
        }
        seen = azimuthal_back(view, plane, r2);
    }
    *out = dro_view_unturn(view, seen);
    return true;
}

/* ---- boundary ------------------------------------------------------------------- */

double dro_view_period(const dro_view *view) {
    return view->kind == DRO_VIEW_WORLD ? 2.0 : 1.0;
}

/* 0..1: up the right edge from pole to pole; 1..2: down the left edge. */
static dro_xy world_edge(double parameter) {
    double t = parameter - 2.0 * floor(parameter / 2.0);
    bool right = t < 1.0;
    double lat = PI * (right ? t - 0.5 : 1.5 - t);
    return equal_earth(lat, right ? PI : -PI);
}

dro_xy dro_view_boundary(const dro_view *view, double parameter) {
    if (view->kind == DRO_VIEW_WORLD) {
        return to_pixels(view, world_edge(parameter));
    }
    double angle = 2.0 * PI * parameter;
    double c = view->clip_cos, sine = sqrt(1.0 - c * c);
    dro_vec rim = {sine * cos(angle), sine * sin(angle), c};
    return dro_view_project(view, rim);
}

bool dro_view_fills_frame(const dro_view *view) {
    dro_frame f = view->frame;
    dro_point place;
    dro_xy corners[4] = {{f.left, f.top},
                         {f.left + f.width, f.top},
                         {f.left, f.top + f.height},
                         {f.left + f.width, f.top + f.height}};
    for (int i = 0; i < 4; i++) {
        if (!dro_view_unproject(view, corners[i], &place)) {
            return false;
        }
    }
    return true;
}

double dro_view_px_per_nm(const dro_view *view, dro_point at) {
    double half = 0.01;
    dro_point west = {at.lat_deg, at.lon_deg - half};
    dro_point east = {at.lat_deg, at.lon_deg + half};
    dro_xy a = dro_view_project(view, dro_view_turn(view, west));
    dro_xy b = dro_view_project(view, dro_view_turn(view, east));
    double nm = 2.0 * half * DEG * cos(at.lat_deg * DEG) * DRO_EARTH_RADIUS_NM;
    return hypot(b.x - a.x, b.y - a.y) / nm;
}
