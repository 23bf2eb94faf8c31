/* Points: check, parse, between, nearest on an arc, distances at known values. */
#include "check_main.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "derrotero/geo.h"

static dro_vec vec(double lat, double lon) {
    return dro_geo_to_vec((dro_point){lat, lon});
}

static bool same_point(dro_point a, dro_point b) {
    return a.lat_deg == b.lat_deg && a.lon_deg == b.lon_deg;
}

static bool same_vec(dro_vec a, dro_vec b) {
    return a.x == b.x && a.y == b.y && a.z == b.z;
}

/* ---- distance: values of GeographicLib's GeodSolve on WGS84 ---------------- */

START_TEST(distance_known_values) {
    static const struct {
        dro_point a, b;
        double metres, tolerance;
    } cases[] = {
        /* Karney 2013, table 2: the inverse problem worked there. */
        {{-30.12345, 0.0}, {-30.12344, 0.00005}, 4.944208, 1e-6},
        {{-30.0, 0.0}, {29.9, 179.8}, 19989832.82761, 1e-4},
        {{0.0, 0.0}, {0.0, 90.0}, 10018754.171394622, 1e-6},
        {{90.0, 0.0}, {-90.0, 0.0}, 20003931.4586254, 1e-6},
        {{0.0, 0.0}, {0.0, 180.0}, 20003931.4586254, 1e-6},
        {{0.0, 179.5}, {0.0, -179.5}, 111319.49079327358, 1e-6},
        {{90.0, 0.0}, {90.0, 123.0}, 0.0, 1e-6},
        {{45.0, 10.0}, {45.0, 10.0}, 0.0, 1e-9},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_double_eq_tol(dro_geo_distance_m(cases[i].a, cases[i].b),
                                cases[i].metres, cases[i].tolerance);
    }
    ck_assert_double_eq_tol(dro_geo_distance_nm((dro_point){0, 0}, (dro_point){0, 90}),
                            10018754.171394622 / 1852.0, 1e-9);
}
END_TEST

START_TEST(distance_of_nan_is_nan) {
    dro_point a = {(double)NAN, 0.0}, b = {0.0, 0.0};
    ck_assert_double_nan(dro_geo_distance_m(a, b));
    ck_assert_double_nan(dro_geo_distance_m(b, a));
}
END_TEST

/* ---- check ------------------------------------------------------------------ */

START_TEST(check_accepts_the_edges) {
    dro_point points[] = {{90, 180}, {-90, -180}, {0, 0}, {-12.05, -77.15}};
    for (size_t i = 0; i < 4; i++) {
        dro_point before = points[i];
        ck_assert_int_eq(dro_geo_check(&points[i], true, NULL), DRO_OK);
        ck_assert_double_eq(points[i].lat_deg, before.lat_deg);
        ck_assert_double_eq(points[i].lon_deg, before.lon_deg);
    }
}
END_TEST

static void check_fails(dro_point point, bool wrap, const char *says) {
    dro_error error = DRO_ERROR_INIT;
    dro_point before = point;
    ck_assert_int_eq(dro_geo_check(&point, wrap, &error), DRO_INVALID);
    ck_assert_msg(strstr(error.message, says) != NULL, "%s", error.message);
    ck_assert(same_point(before, point) || isnan(before.lat_deg));
}

START_TEST(check_says_what_is_wrong) {
    check_fails((dro_point){(double)NAN, 0}, true, "latitude is not a finite number");
    check_fails((dro_point){0, (double)INFINITY}, true,
                "longitude is not a finite number");
    check_fails((dro_point){95, 10}, false, "latitude 95 is beyond 90");
    check_fails((dro_point){121.5, 31.2}, false, "look swapped");
    check_fails((dro_point){0, 190}, false, "longitude 190 is beyond 180");
    dro_error error = DRO_ERROR_INIT;
    dro_point far = {95, 170};
    ck_assert_int_eq(dro_geo_check(&far, false, &error), DRO_INVALID);
    ck_assert_ptr_null(strstr(error.message, "swapped"));
    ck_assert_int_eq(dro_geo_check(&far, false, NULL), DRO_INVALID);
}
END_TEST

START_TEST(check_wraps_when_asked) {
    dro_point east = {1, 190}, twice = {1, -725};
    ck_assert_int_eq(dro_geo_check(&east, true, NULL), DRO_OK);
    ck_assert_double_eq(east.lon_deg, -170);
    ck_assert_int_eq(dro_geo_check(&twice, true, NULL), DRO_OK);
    ck_assert_double_eq(twice.lon_deg, -5);
}
END_TEST

/* ---- parse ------------------------------------------------------------------- */

START_TEST(parse_accepts) {
    static const struct {
        const char *text;
        double lat, lon;
    } cases[] = {
        {"-12.05,-77.15", -12.05, -77.15},
        {"12.5S,77.2W", -12.5, -77.2},
        {" 12.5 s , 77.2 w ", -12.5, -77.2},
        {"31.2N,121.5E", 31.2, 121.5},
        {"0,0", 0, 0},
        {"+1,+2", 1, 2},
        {".5,-.5", 0.5, -0.5},
        {"90,-180", 90, -180},
        {"5,7e", 5, 7},
        {"1.,2.", 1, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dro_point point = {99, 999};
        bool wrapped = true;
        dro_error error = DRO_ERROR_INIT;
        ck_assert_msg(dro_geo_parse(cases[i].text, false, &point, &wrapped, &error) ==
                          DRO_OK,
                      "%s: %s", cases[i].text, error.message);
        ck_assert_double_eq(point.lat_deg, cases[i].lat);
        ck_assert_double_eq(point.lon_deg, cases[i].lon);
        ck_assert(!wrapped);
    }
}
END_TEST

START_TEST(parse_wraps_and_says_so) {
    dro_point point;
    bool wrapped = false;
    ck_assert_int_eq(dro_geo_parse("10,190", true, &point, &wrapped, NULL), DRO_OK);
    ck_assert(wrapped);
    ck_assert_double_eq(point.lon_deg, -170);
    ck_assert_int_eq(dro_geo_parse("10,190", true, &point, NULL, NULL), DRO_OK);
}
END_TEST

START_TEST(parse_leaves_names_alone) {
    static const char *const names[] = {
        "Callao", "PECLL",   "",      "Cartagena, Colombia", "12 de Octubre, Peru",
        ",",      "abc,def", "12.5",  "Nantes, 44",          "-,-",
        "N,E",    ".,.",     "infx,2"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        dro_point point = {7, 8};
        ck_assert_msg(dro_geo_parse(names[i], false, &point, NULL, NULL) ==
                          DRO_NOT_FOUND,
                      "%s", names[i]);
        ck_assert_double_eq(point.lat_deg, 7);
    }
}
END_TEST

START_TEST(parse_refuses_bad_values) {
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"nan,5", "latitude"},
        {"5,inf", "longitude"},
        {"95,20", "look swapped"},
        {"121.5,31.2", "look swapped"},
        {"10,190", "beyond 180"},
        {"10,", "two numbers"},
        {"1,2,3", "two numbers"},
        {"12,5,77,2", "two numbers"},
        {"-12.5S,77W", "both a sign and a letter"},
        {"77.2W,12.5S", "comes first"},
        {"12x,5", "latitude"},
        {"0x10,5", "latitude"},
        {"12.5,5.5.5", "longitude"},
        {"1e400,5", "latitude"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dro_point point = {7, 8};
        dro_error error = DRO_ERROR_INIT;
        dro_status status = dro_geo_parse(cases[i].text, false, &point, NULL, &error);
        ck_assert_msg(status == DRO_INVALID, "%s: %d %s", cases[i].text, (int)status,
                      error.message);
        ck_assert_msg(strstr(error.message, cases[i].says) != NULL, "%s: %s",
                      cases[i].text, error.message);
        ck_assert_double_eq(point.lat_deg, 7);
    }
}
END_TEST

START_TEST(parse_refuses_very_long_text) {
    char text[400];
    memset(text, '1', sizeof text);
    text[200] = ',';
    text[399] = '\0';
    dro_point point;
    ck_assert_int_eq(dro_geo_parse(text, false, &point, NULL, NULL), DRO_NOT_FOUND);
}
END_TEST

/* ---- between, nearest --------------------------------------------------------- */

START_TEST(between_follows_the_great_circle) {
    dro_point a = {0, 170}, b = {0, -170};
    dro_point middle = dro_geo_between(a, b, 0.5);
    ck_assert_double_eq_tol(middle.lat_deg, 0, 1e-12);
    ck_assert_double_eq_tol(fabs(middle.lon_deg), 180, 1e-12);
    dro_point top = dro_geo_between((dro_point){60, 0}, (dro_point){60, 180}, 0.5);
    ck_assert_double_eq_tol(top.lat_deg, 90, 1e-9);
    /* Two points on a parallel: tan(lat) = tan(45) / cos(45). */
    dro_point arch = dro_geo_between((dro_point){45, -45}, (dro_point){45, 45}, 0.5);
    ck_assert_double_eq_tol(arch.lat_deg, 54.735610317245346, 1e-9);
    ck_assert_double_eq_tol(arch.lon_deg, 0, 1e-9);
}
END_TEST

START_TEST(between_ends_are_exact) {
    dro_point a = {-12.05, -77.15}, b = {31.2, 121.5};
    dro_point start = dro_geo_between(a, b, 0), end = dro_geo_between(a, b, 1);
    ck_assert(same_point(a, start));
    ck_assert(same_point(b, end));
    dro_point same = dro_geo_between(a, a, 0.3);
    ck_assert_double_eq_tol(same.lat_deg, a.lat_deg, 1e-12);
    ck_assert_double_eq_tol(same.lon_deg, a.lon_deg, 1e-12);
}
END_TEST

START_TEST(between_opposite_points_has_some_way) {
    dro_point middle = dro_geo_between((dro_point){0, 0}, (dro_point){0, 180}, 0.5);
    ck_assert_double_eq_tol(middle.lat_deg, 90, 1e-9);
    dro_point pole = dro_geo_between((dro_point){90, 0}, (dro_point){-90, 0}, 0.5);
    ck_assert_double_eq_tol(pole.lat_deg, 0, 1e-9);
    ck_assert_double_eq_tol(pole.lon_deg, 0, 1e-9);
}
END_TEST

START_TEST(nearest_on_arc_inside_and_outside) {
    dro_vec a = vec(0, 0), b = vec(0, 20);
    dro_point foot = dro_geo_to_point(dro_geo_nearest_on_arc(a, b, vec(5, 7)));
    ck_assert_double_eq_tol(foot.lat_deg, 0, 1e-9);
    ck_assert_double_eq_tol(foot.lon_deg, 7, 1e-9);
    dro_vec before = dro_geo_nearest_on_arc(a, b, vec(3, -4));
    ck_assert(same_vec(before, a));
    dro_vec after = dro_geo_nearest_on_arc(a, b, vec(-3, 24));
    ck_assert(same_vec(after, b));
    dro_vec behind = dro_geo_nearest_on_arc(a, b, vec(1, -170));
    ck_assert(same_vec(behind, b));
    dro_vec pole = dro_geo_nearest_on_arc(a, b, vec(90, 0)); /* all are as near */
    ck_assert_double_eq_tol(dro_geo_to_point(pole).lat_deg, 0, 1e-9);
    dro_vec point = dro_geo_nearest_on_arc(a, a, vec(5, 5));
    ck_assert(same_vec(point, a));
}
END_TEST

START_TEST(nearest_on_a_short_arc) {
    dro_vec a = vec(-12, -77), b = vec(-12, -76.9999); /* 11 m */
    dro_vec foot = dro_geo_nearest_on_arc(a, b, vec(-12.001, -76.99995));
    ck_assert_double_eq_tol(dro_geo_to_point(foot).lon_deg, -76.99995, 1e-8);
    ck_assert_double_eq_tol(dro_geo_to_point(foot).lat_deg, -12, 1e-8);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("geo_points");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, distance_known_values);
    tcase_add_test(tests, distance_of_nan_is_nan);
    tcase_add_test(tests, check_accepts_the_edges);
    tcase_add_test(tests, check_says_what_is_wrong);
    tcase_add_test(tests, check_wraps_when_asked);
    tcase_add_test(tests, parse_accepts);
    tcase_add_test(tests, parse_wraps_and_says_so);
    tcase_add_test(tests, parse_leaves_names_alone);
    tcase_add_test(tests, parse_refuses_bad_values);
    tcase_add_test(tests, parse_refuses_very_long_text);
    tcase_add_test(tests, between_follows_the_great_circle);
    tcase_add_test(tests, between_ends_are_exact);
    tcase_add_test(tests, between_opposite_points_has_some_way);
    tcase_add_test(tests, nearest_on_arc_inside_and_outside);
    tcase_add_test(tests, nearest_on_a_short_arc);
    suite_add_tcase(suite, tests);
    return check_run(suite);
}
