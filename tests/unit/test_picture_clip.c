/* Shores at the horizon, at the cut and at the poles, against the shapes themselves. */
#include "check_main.h"
#include "report/clip.h"
#include "unit/picture_fixture.h"

static const dro_frame FRAME = {0.0, 0.0, 800.0, 500.0};

static dro_view view_of(dro_picture_view kind, dro_point centre, double scale) {
    dro_view view = dro_view_make(kind, centre);
    view.scale = scale;
    view.origin = (dro_xy){400.0, 250.0};
    view.frame = FRAME;
    return view;
}

/* Degrees from a place to the edge of the nearest cap. */
static double edge_distance(dro_point p, bool *land) {
    double nearest = 1e9;
    *land = false;
    bool hole = false;
    for (size_t i = 0; i < FIXTURE_CAP_COUNT; i++) {
        fixture_cap cap = FIXTURE_CAPS[i];
        double a = p.lat_deg * FIXTURE_DEG, b = cap.lat * FIXTURE_DEG;
        double c = sin(a) * sin(b) +
                   cos(a) * cos(b) * cos((p.lon_deg - cap.lon) * FIXTURE_DEG);
        double away = acos(fmax(-1.0, fmin(1.0, c))) / FIXTURE_DEG - cap.radius;
        nearest = fmin(nearest, fabs(away));
        *land |= away < 0.0 && !cap.hole;
        hole |= away < 0.0 && cap.hole;
    }
    *land &= !hole;
    return nearest;
}

/* Crossings to the right of a pixel, all runs together; signed: the winding number. */
static int winding(const dro_paths *paths, dro_xy p) {
    int turns = 0;
    for (size_t run = 0; run < paths->run_count; run++) {
        size_t begin = paths->start[run], end = dro_paths_end(paths, run);
        for (size_t i = begin; i < end; i++) {
            dro_xy a = paths->points[i], b = paths->points[i + 1 < end ? i + 1 : begin];
            if ((a.y > p.y) == (b.y > p.y)) {
                continue;
            }
            double x = a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x);
            turns += x > p.x ? (a.y > p.y ? 1 : -1) : 0;
        }
    }
    return turns;
}

/* Every pixel, unprojected, is land exactly where the picture says so. */
static void check_pixels(const dro_view *view, const dro_land *land, const char *what) {
    dro_paths paths = {0};
    ck_assert_int_eq(dro_clip_land(view, &land->scales[0], &paths, NULL), DRO_OK);
    for (double y = 3.5; y < FRAME.height; y += 11.0) {
        for (double x = 3.5; x < FRAME.width; x += 11.0) {
            dro_point place;
            bool truth = false;
            bool seen = dro_view_unproject(view, (dro_xy){x, y}, &place);
            if (seen && edge_distance(place, &truth) < 1.2) {
                continue;
            }
            int turns = winding(&paths, (dro_xy){x, y});
            ck_assert_msg((turns != 0) == truth && (turns == 0 || turns == 1),
                          "%s: pixel %g %g (%g, %g): %d", what, x, y, place.lat_deg,
                          place.lon_deg, turns);
        }
    }
    dro_paths_free(&paths);
}

START_TEST(land_is_where_it_is) {
    dro_land *land = fixture_land();
    for (double lon = -180.0; lon < 180.0; lon += 31.0) {
        for (double lat = -90.0; lat <= 90.0; lat += 30.0) {
            dro_point centre = {lat, lon};
            dro_view globe = view_of(DRO_VIEW_GLOBE, centre, 240.0);
            check_pixels(&globe, land, "globe");
            dro_view near = view_of(DRO_VIEW_GLOBE, centre, 900.0);
            check_pixels(&near, land, "near globe");
            dro_view region = view_of(DRO_VIEW_REGION, centre, 300.0);
            check_pixels(&region, land, "region");
        }
        dro_view world = view_of(DRO_VIEW_WORLD, (dro_point){0, lon}, 145.0);
        check_pixels(&world, land, "world");
    }
    dro_land_close(land);
}
END_TEST

static double longest_step(const dro_paths *paths) {
    double longest = 0.0;
    for (size_t run = 0; run < paths->run_count; run++) {
        for (size_t i = paths->start[run] + 1; i < dro_paths_end(paths, run); i++) {
            dro_xy a = paths->points[i - 1], b = paths->points[i];
            longest = fmax(longest, hypot(b.x - a.x, b.y - a.y));
        }
    }
    return longest;
}

START_TEST(a_line_over_the_cut_is_two_lines) {
    dro_view view = view_of(DRO_VIEW_WORLD, (dro_point){0, 0}, 145.0);
    const dro_point line[] = {{-12.0, -77.0}, {10.0, -150.0}, {31.0, 122.0}};
    dro_paths paths = {0};
    ck_assert_int_eq(dro_clip_line(&view, line, 3, &paths, NULL), DRO_OK);
    ck_assert_uint_eq(paths.run_count, 2);
    ck_assert_double_lt(longest_step(&paths), 12.0);
    dro_xy leaves = paths.points[paths.start[1] - 1],
           enters = paths.points[paths.start[1]];
    ck_assert_double_eq_tol(leaves.y, enters.y, 1e-6);
    ck_assert_double_eq_tol(leaves.x + enters.x, 800.0, 1e-6);
    dro_paths_free(&paths);
}
END_TEST

START_TEST(a_line_behind_the_horizon_is_hidden) {
    dro_view view = view_of(DRO_VIEW_GLOBE, (dro_point){0, 0}, 240.0);
    const dro_point hidden[] = {{10.0, 120.0}, {-20.0, -130.0}};
    const dro_point through[] = {{0.0, 120.0}, {0.0, 0.0}, {0.0, -120.0}};
    dro_paths paths = {0};
    ck_assert_int_eq(dro_clip_line(&view, hidden, 2, &paths, NULL), DRO_OK);
    ck_assert_uint_eq(paths.run_count, 0);
    ck_assert_int_eq(dro_clip_line(&view, through, 3, &paths, NULL), DRO_OK);
    ck_assert_uint_eq(paths.run_count, 1);
    ck_assert_double_eq_tol(paths.points[0].x, 640.0, 1e-6);
    ck_assert_double_eq_tol(paths.points[paths.count - 1].x, 160.0, 1e-6);
    dro_paths_free(&paths);
}
END_TEST

/* Runs to the frame and its margin, no farther. */
START_TEST(lines_end_at_the_frame) {
    dro_view view = view_of(DRO_VIEW_REGION, (dro_point){0, 0}, 5000.0);
    const dro_point line[] = {{-40.0, -40.0}, {3.0, 1.0}, {40.0, -30.0}, {-3.0, 70.0}};
    dro_paths paths = {0};
    ck_assert_int_eq(dro_clip_line(&view, line, 4, &paths, NULL), DRO_OK);
    ck_assert_uint_gt(paths.count, 1);
    for (size_t i = 0; i < paths.count; i++) {
        ck_assert(paths.points[i].x >= -8.001 && paths.points[i].x <= 808.001);
        ck_assert(paths.points[i].y >= -8.001 && paths.points[i].y <= 508.001);
    }
    dro_paths_free(&paths);
}
END_TEST

START_TEST(outline_holds_all_that_is_seen) {
    const dro_picture_view kinds[] = {DRO_VIEW_GLOBE, DRO_VIEW_WORLD, DRO_VIEW_REGION};
    for (int k = 0; k < 3; k++) {
        dro_view view = view_of(kinds[k], (dro_point){20, 100}, 145.0);
        dro_paths paths = {0};
        ck_assert_int_eq(dro_clip_outline(&view, &paths, NULL), DRO_OK);
        for (double x = 5.0; x < 800.0; x += 7.0) {
            for (double y = 5.0; y < 500.0; y += 7.0) {
                dro_point place;
                bool seen = dro_view_unproject(&view, (dro_xy){x, y}, &place);
                bool near = dro_view_unproject(&view, (dro_xy){x + 3.0, y}, &place) &&
                            dro_view_unproject(&view, (dro_xy){x - 3.0, y}, &place);
                if (seen == near) {
                    ck_assert_int_eq(winding(&paths, (dro_xy){x, y}) == 1, seen);
                }
            }
        }
        dro_paths_free(&paths);
    }
}
END_TEST

int main(void) {
    const TTest *tests[] = {land_is_where_it_is,
                            a_line_over_the_cut_is_two_lines,
                            a_line_behind_the_horizon_is_hidden,
                            lines_end_at_the_frame,
                            outline_holds_all_that_is_seen,
                            NULL};
    return check_main("picture clip", tests);
}
