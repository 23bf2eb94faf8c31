/* Projections: there and back, published values, boundaries. */
#include <math.h>

#include "check_main.h"
#include "report/projection.h"

static const dro_picture_view KINDS[] = {DRO_VIEW_REGION, DRO_VIEW_GLOBE,
                                         DRO_VIEW_WORLD};
static const dro_point CENTRES[] = {{0, 0}, {35, -150}, {-60, 179.5}, {90, 0}};

static dro_view sample_view(int kind, int centre) {
    dro_view view = dro_view_make(KINDS[kind], CENTRES[centre]);
    view.scale = 300.0;
    view.origin = (dro_xy){400.0, 250.0};
    view.frame = (dro_frame){0.0, 0.0, 800.0, 500.0};
    return view;
}

static double turn_between(double a, double b) {
    double d = fabs(a - b);
    return fmin(d, 360.0 - d);
}

static void check_round_trip(const dro_view *view, dro_point p) {
    dro_vec seen = dro_view_turn(view, p);
    if (!dro_view_sees(view, seen) || fabs(seen.z - view->clip_cos) < 0.05) {
        return; /* hidden, or so near the horizon that a pixel is many degrees */
    }
    dro_point back;
    ck_assert(dro_view_unproject(view, dro_view_project(view, seen), &back));
    ck_assert_double_eq_tol(back.lat_deg, p.lat_deg, 1e-6);
    ck_assert_double_lt(turn_between(back.lon_deg, p.lon_deg) * cos(p.lat_deg / 57.3),
                        1e-6);
}

START_TEST(every_place_comes_back) {
    for (int kind = 0; kind < 3; kind++) {
        for (int centre = 0; centre < 4; centre++) {
            dro_view view = sample_view(kind, centre);
            for (double lat = -88.0; lat <= 88.0; lat += 8.0) {
                for (double lon = -179.0; lon < 180.0; lon += 13.0) {
                    check_round_trip(&view, (dro_point){lat, lon});
                }
            }
        }
    }
}
END_TEST

static dro_xy plane(const dro_view *view, double lat, double lon) {
    dro_xy p = dro_view_project(view, dro_view_turn(view, (dro_point){lat, lon}));
    return (dro_xy){p.x, -p.y};
}

/* Savric, Patterson, Jenny 2018, and Snyder 1987. */
START_TEST(published_values) {
    dro_view world = dro_view_make(DRO_VIEW_WORLD, (dro_point){0, 0});
    ck_assert_double_eq_tol(plane(&world, 0.0, 179.9999999).x, 2.7066299836, 1e-7);
    ck_assert_double_eq_tol(plane(&world, 90.0, 0.0).y, 1.3173627591, 1e-9);
    dro_view region = dro_view_make(DRO_VIEW_REGION, (dro_point){0, 0});
    ck_assert_double_eq_tol(plane(&region, 0.0, 90.0).x, sqrt(2.0), 1e-12);
    dro_view globe = dro_view_make(DRO_VIEW_GLOBE, (dro_point){40, -100});
    ck_assert_double_eq_tol(plane(&globe, 30.0, -110.0).x, -0.1503837, 1e-7);
    ck_assert_double_eq_tol(plane(&globe, 30.0, -110.0).y, -0.1651911, 1e-7);
}
END_TEST

/* Small squares keep their area, whatever their place (Tissot). */
START_TEST(region_and_world_keep_areas) {
    for (int kind = 0; kind < 3; kind += 2) {
        dro_view view = dro_view_make(KINDS[kind], (dro_point){20, 10});
        for (double lat = -60.0; lat <= 70.0; lat += 10.0) {
            double d = 0.01, rad = d * 0.017453292519943295;
            dro_xy o = plane(&view, lat, 40.0), e = plane(&view, lat, 40.0 + d);
            dro_xy n = plane(&view, lat + d, 40.0);
            double area = (e.x - o.x) * (n.y - o.y) - (e.y - o.y) * (n.x - o.x);
            double truth = rad * rad * cos(lat / 57.29577951308232);
            ck_assert_double_eq_tol(area / truth, 1.0, 1e-3);
        }
    }
}
END_TEST

START_TEST(boundary_bounds_what_is_seen) {
    for (int kind = 0; kind < 3; kind++) {
        dro_view view = sample_view(kind, 1);
        for (double t = 0.003; t < dro_view_period(&view); t += 0.01) {
            dro_xy rim = dro_view_boundary(&view, t);
            double x = view.origin.x - rim.x, y = view.origin.y - rim.y;
            dro_xy in = {rim.x + 0.002 * x, rim.y + 0.002 * y};
            dro_xy out = {rim.x - 0.002 * x, rim.y - 0.002 * y};
            dro_point place;
            ck_assert(dro_view_unproject(&view, in, &place));
            ck_assert(!dro_view_unproject(&view, out, &place));
        }
    }
}
END_TEST

START_TEST(scale_is_true_at_the_centre) {
    dro_view view = sample_view(0, 1);
    double truth = view.scale / DRO_EARTH_RADIUS_NM;
    ck_assert_double_eq_tol(dro_view_px_per_nm(&view, view.centre), truth, 1e-6);
    view = sample_view(1, 1);
    ck_assert_double_eq_tol(dro_view_px_per_nm(&view, view.centre), truth, 1e-6);
}
END_TEST

int main(void) {
    const TTest *tests[] = {every_place_comes_back,      published_values,
                            region_and_world_keep_areas, boundary_bounds_what_is_seen,
                            scale_is_true_at_the_centre, NULL};
    return check_main("picture projection", tests);
}
