/*
 * The view that shows a picture's routes best.
 *
 * The smallest enclosing cap by Badoiu and Clarkson 2003 ("Smaller core-sets for
 * balls"): step towards the farthest point, less far each time; the error falls as one
 * over the number of rounds.
 */
#include "report/fit.h"

#include <math.h>
#include <stdlib.h>

static const double DEG = 0.017453292519943295;
static const double STEP = 0.03;        /* radians between samples of a route */
static const double REGION_MAX = 1.134; /* 65 degrees: beyond, the world */
static const int ROUNDS = 200;
static const double HALF_MIN = 0.015; /* radians, about 50 nm: no closer */
static const double PAD = 0.10;       /* of the content, on each side */

typedef struct samples {
    dro_vec *items;
    size_t count, capacity;
} samples;

static const dro_view GLOBE = {.kind = DRO_VIEW_GLOBE, .scale = 1.0};

static dro_status sample(samples *to, dro_vec v, dro_error *error) {
    DRO_TRY(DRO_RESERVE(to->items, to->capacity, to->count + 1, error));
    to->items[to->count++] = v;
    return DRO_OK;
}

static dro_vec unit(dro_vec v) {
    double length = sqrt(v.x * v.x + v.y * v.y + v.z * v.z);
    return length > 0.0 ? (dro_vec){v.x / length, v.y / length, v.z / length} : v;
}

static double angle_between(dro_vec a, dro_vec b) {
    double chord = sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) +
                        (a.z - b.z) * (a.z - b.z));
    return 2.0 * asin(fmin(chord / 2.0, 1.0));
}

/* Points of the arc after a, up to b, evenly along the chord. */
static dro_status sample_arc(samples *to, dro_vec a, dro_vec b, dro_error *error) {
    int steps = 1 + (int)(angle_between(a, b) / STEP);
    for (int i = 1; i <= steps; i++) {
        double t = (double)i / steps;
        dro_vec m = {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y),
                     a.z + t * (b.z - a.z)};
        DRO_TRY(sample(to, unit(m), error));
    }
    return DRO_OK;
}

static dro_status sample_route(samples *to, const dro_picture_route *route,
                               dro_error *error) {
    for (size_t i = 0; i < route->count; i++) {
        dro_vec here = dro_view_turn(&GLOBE, route->points[i]);
        if (i == 0) {
            DRO_TRY(sample(to, here, error));
        } else {
            dro_vec before = dro_view_turn(&GLOBE, route->points[i - 1]);
            DRO_TRY(sample_arc(to, before, here, error));
        }
    }
    return DRO_OK;
}

static dro_status sample_picture(samples *to, const dro_picture *picture,
                                 dro_error *error) {
    for (size_t i = 0; i < picture->route_count; i++) {
        DRO_TRY(sample_route(to, &picture->routes[i], error));
    }
    for (size_t i = 0; i < picture->mark_count; i++) {
        DRO_TRY(sample(to, dro_view_turn(&GLOBE, picture->marks[i].at), error));
    }
    return DRO_OK;
}

/* ---- the cap ------------------------------------------------------------------------
 */

static dro_vec farthest(const samples *from, dro_vec centre, double *angle) {
    dro_vec best = centre;
    *angle = 0.0;
    for (size_t i = 0; i < from->count; i++) {
        double here = angle_between(from->items[i], centre);
        if (here > *angle) {
            *angle = here;
            best = from->items[i];
        }
    }
    return best;
}

static dro_cap cap_around(const samples *from) {
    dro_cap cap = {{0.0, 0.0}, -1.0};
    if (from->count == 0) {
        return cap;
    }
    dro_vec centre = from->items[0];
    for (int round = 1; round <= ROUNDS; round++) {
        dro_vec far = farthest(from, centre, &cap.radius);
        double t = 1.0 / (round + 1);
        centre = unit((dro_vec){centre.x + t * (far.x - centre.x),
                                centre.y + t * (far.y - centre.y),
                                centre.z + t * (far.z - centre.z)});
    }
    (void)farthest(from, centre, &cap.radius);
    cap.centre = dro_view_unturn(&GLOBE, centre);
    return cap;
}

dro_status dro_fit_cap(const dro_picture *picture, dro_cap *out, dro_error *error) {
    samples all = {0};
    dro_status status = sample_picture(&all, picture, error);
    if (status == DRO_OK) {
        *out = cap_around(&all);
    }
    dro_free(all.items);
    return status;
}

/* ---- region -------------------------------------------------------------------------
 */

typedef struct extent {
    double left, right, top, bottom; /* pixels of a view of scale 1, y downwards */
} extent;

static double clamp(double value, double low, double high) {
    return value < low ? low : value > high ? high : value;
}

static extent extent_of(const dro_view *view, const samples *all) {
    extent e = {HUGE_VAL, -HUGE_VAL, HUGE_VAL, -HUGE_VAL};
    for (size_t i = 0; i < all->count; i++) {
        dro_point p = dro_view_unturn(&GLOBE, all->items[i]);
        dro_xy at = dro_view_project(view, dro_view_turn(view, p));
        e.left = fmin(e.left, at.x);
        e.right = fmax(e.right, at.x);
        e.top = fmin(e.top, at.y);
        e.bottom = fmax(e.bottom, at.y);
    }
    return e;
}

/* Scale and origin that bring an extent into the middle of a frame. */
static void place(dro_view *view, extent e, dro_xy corner, double width,
                  double height) {
    double across = e.right - e.left, down = e.bottom - e.top;
    view->frame = (dro_frame){corner.x, corner.y, width, height};
    view->scale = fmin(width / across, height / down);
    view->origin.x = corner.x + width / 2.0 - view->scale * (e.left + e.right) / 2.0;
    view->origin.y = corner.y + height / 2.0 - view->scale * (e.top + e.bottom) / 2.0;
}

static extent padded(extent e) {
    double dx = fmax(0.0, 2.0 * HALF_MIN - (e.right - e.left)) / 2.0;
    double dy = fmax(0.0, 2.0 * HALF_MIN - (e.bottom - e.top)) / 2.0;
    double pad = PAD * fmax(e.right - e.left + 2.0 * dx, e.bottom - e.top + 2.0 * dy);
    return (extent){e.left - dx - pad, e.right + dx + pad, e.top - dy - pad,
                    e.bottom + dy + pad};
}

/* Twice: the middle of what is shown is the better centre than the cap's. */
static void fit_region(const samples *all, dro_cap cap, dro_xy corner, double width,
                       dro_view *out) {
    dro_view view = dro_view_make(DRO_VIEW_REGION, cap.centre);
    extent e = extent_of(&view, all);
    dro_xy middle = {(e.left + e.right) / 2.0, (e.top + e.bottom) / 2.0};
    dro_point centre;
    if (dro_view_unproject(&view, middle, &centre)) {
        view = dro_view_make(DRO_VIEW_REGION, centre);
        e = extent_of(&view, all);
    }
    e = padded(e);
    double ratio = clamp((e.bottom - e.top) / (e.right - e.left), 0.52, 0.72);
    place(&view, e, corner, width, width * ratio);
    *out = view;
}

/* The whole disc, or nearer to routes that would be small on it. */
static void fit_globe(dro_cap cap, dro_xy corner, double width, dro_view *out) {
    dro_view view = dro_view_make(DRO_VIEW_GLOBE, cap.centre);
    bool near = cap.radius >= 0.0 && cap.radius < 0.6;
    double half = near ? 1.15 * sin(fmax(cap.radius, HALF_MIN)) : 1.04;
    extent whole = {-half, half, -half, half};
    place(&view, whole, corner, width, width * 0.7);
    *out = view;
}

/* ---- world --------------------------------------------------------------------------
 */

static double wrapped(double lon) {
    return lon - 360.0 * floor((lon + 180.0) / 360.0);
}

static double turn_between(double a, double b) {
    return fabs(wrapped(a - b));
}

/* What it costs to cut the world at a meridian: routes that it cuts or that come near,
 * then land; 30 W and 170 W are the meridians with the least of it. */
static double cut_cost(const samples *all, double cut) {
    double cost = fmin(turn_between(cut, -30.0), turn_between(cut, -169.0)) / 10.0;
    double before = 0.0;
    size_t crossings = 0, near = 0;
    for (size_t i = 0; i < all->count; i++) {
        double lon = atan2(all->items[i].x, all->items[i].z) / DEG - cut;
        lon = wrapped(lon);
        crossings += i > 0 && lon * before < 0.0 && fabs(lon) < 60.0;
        near += fabs(lon) < 12.0;
        before = lon;
    }
    return cost + 20.0 * (double)crossings + 0.2 * (double)near;
}

static double best_cut(const samples *all) {
    double best = -30.0, least = HUGE_VAL;
    for (int cut = -180; cut < 180; cut++) {
        double cost = cut_cost(all, cut);
        if (cost < least) {
            least = cost;
            best = cut;
        }
    }
    return best;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The widest range of longitudes without a sample: its middle and its width. */
static dro_status widest_gap(const samples *all, double *middle, double *width,
                             dro_error *error) {
    void *memory;
    DRO_TRY(dro_new(&memory, all->count + 1, sizeof(double), "longitudes", error));
    double *lon = memory;
    for (size_t i = 0; i < all->count; i++) {
        lon[i] = atan2(all->items[i].x, all->items[i].z) / DEG;
    }
    qsort(lon, all->count, sizeof *lon, by_value);
    *width = all->count == 0 ? 360.0 : 0.0;
    for (size_t i = 0; i < all->count; i++) {
        double next = i + 1 < all->count ? lon[i + 1] : lon[0] + 360.0;
        if (next - lon[i] > *width) {
            *width = next - lon[i];
            *middle = wrapped((lon[i] + next) / 2.0);
        }
    }
    dro_free(lon);
    return DRO_OK;
}

/* The whole width, without the empty ends of the world unless something is there. */
static extent world_extent(const dro_view *view, extent e) {
    double lon = view->centre.lon_deg;
    dro_point usual[2] = {{78.0, lon}, {-58.0, lon}};
    double north = dro_view_project(view, dro_view_turn(view, usual[0])).y;
    double south = dro_view_project(view, dro_view_turn(view, usual[1])).y;
    double side = dro_view_boundary(view, 0.5).x, pole = dro_view_boundary(view, 1.0).y;
    return (extent){-side, side, fmax(pole, fmin(north, e.top - 0.08)),
                    fmin(-pole, fmax(south, e.bottom + 0.08))};
}

/* The part with the routes, of a shape that suits a page. */
static extent part_extent(extent e) {
    e = padded(e);
    double across = e.right - e.left, down = e.bottom - e.top;
    double more = fmax(0.0, 0.5 * across - down) / 2.0;
    return (extent){e.left, e.right, e.top - more, e.bottom + more};
}

static const double GAP_MIN = 75.0; /* degrees without a route: worth leaving out */

static dro_status fit_world(const samples *all, dro_xy corner, double width,
                            dro_view *out, dro_error *error) {
    double gap = 0.0, middle = -30.0;
    DRO_TRY(widest_gap(all, &middle, &gap, error));
    bool part = all->count > 0 && gap >= GAP_MIN;
    double cut = part ? middle : best_cut(all);
    dro_view view =
        dro_view_make(DRO_VIEW_WORLD, (dro_point){0.0, wrapped(cut + 180.0)});
    extent e = extent_of(&view, all);
    e = part ? part_extent(e) : world_extent(&view, e);
    double ratio = (e.bottom - e.top) / (e.right - e.left);
    place(&view, e, corner, width, width * ratio);
    *out = view;
    return DRO_OK;
}

static dro_picture_view choose(dro_picture_view wish, dro_cap cap) {
    if (cap.radius < 0.0) {
        return wish == DRO_VIEW_GLOBE ? wish : DRO_VIEW_WORLD;
    }
    if (wish == DRO_VIEW_AUTO) {
        return cap.radius <= REGION_MAX ? DRO_VIEW_REGION : DRO_VIEW_WORLD;
    }
    return wish;
}

dro_status dro_fit_view(const dro_picture *picture, dro_xy corner, double width,
                        dro_view *out, dro_error *error) {
    samples all = {0};
    dro_status status = sample_picture(&all, picture, error);
    if (status == DRO_OK) {
        dro_cap cap = cap_around(&all);
        dro_picture_view kind = choose(picture->view, cap);
        if (kind == DRO_VIEW_REGION) {
            fit_region(&all, cap, corner, width, out);
        } else if (kind == DRO_VIEW_GLOBE) {
            fit_globe(cap, corner, width, out);
        } else {
            status = fit_world(&all, corner, width, out, error);
        }
    }
    dro_free(all.items);
    return status;
}
