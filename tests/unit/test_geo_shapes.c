/* Boxes, rings and crossings: at the antimeridian, at the poles, and touching. */
#include "check_main.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "derrotero/geo.h"

enum {
    MOST = 64
};

static dro_vec store[MOST];

static dro_vec vec(double lat, double lon) {
    return dro_geo_to_vec((dro_point){lat, lon});
}

static dro_ring ring_of(const dro_point *points, size_t count) {
    for (size_t i = 0; i < count; i++) {
        store[i] = dro_geo_to_vec(points[i]);
    }
    return (dro_ring){store, count};
}

#define RING(...)                       \
    ring_of((dro_point[]){__VA_ARGS__}, \
            sizeof((dro_point[]){__VA_ARGS__}) / sizeof(dro_point))

/* ---- boxes -------------------------------------------------------------------- */

START_TEST(empty_box_has_nothing) {
    dro_box box = dro_geo_box_empty();
    ck_assert(!dro_geo_box_contains(box, (dro_point){0, 0}));
    ck_assert(!dro_geo_box_contains(box, (dro_point){90, 180}));
}
END_TEST

START_TEST(box_of_one_point) {
    dro_box box = dro_geo_box_empty();
    dro_geo_box_add(&box, (dro_point){-12, -77});
    ck_assert(dro_geo_box_contains(box, (dro_point){-12, -77}));
    ck_assert(!dro_geo_box_contains(box, (dro_point){-12, -76.9}));
}
END_TEST

START_TEST(box_over_the_antimeridian) {
    dro_box box = dro_geo_box_empty();
    dro_geo_box_add(&box, (dro_point){-10, 170});
    dro_geo_box_add(&box, (dro_point){10, -170});
    ck_assert_double_eq(box.west_deg, 170);
    ck_assert_double_eq(box.east_deg, -170);
    ck_assert(dro_geo_box_contains(box, (dro_point){0, 180}));
    ck_assert(dro_geo_box_contains(box, (dro_point){0, -180}));
    ck_assert(dro_geo_box_contains(box, (dro_point){0, 175}));
    ck_assert(!dro_geo_box_contains(box, (dro_point){0, 0}));
    ck_assert(!dro_geo_box_contains(box, (dro_point){11, 175}));
    ck_assert(!dro_geo_box_contains(box, (dro_point){(double)NAN, 175}));
}
END_TEST

START_TEST(box_grows_the_shorter_way) {
    dro_box box = dro_geo_box_empty();
    dro_geo_box_add(&box, (dro_point){0, 10});
    dro_geo_box_add(&box, (dro_point){0, 20});
    dro_geo_box_add(&box, (dro_point){0, 0});
    ck_assert_double_eq(box.west_deg, 0);
    ck_assert_double_eq(box.east_deg, 20);
    dro_geo_box_add(&box, (dro_point){90, 123}); /* a pole has every longitude */
    ck_assert_double_eq(box.east_deg, 20);
    ck_assert(dro_geo_box_contains(box, (dro_point){90, -60}));
}
END_TEST

/* ---- rings -------------------------------------------------------------------- */

START_TEST(ring_plain_both_orientations) {
    dro_ring ring = RING({0, 0}, {0, 10}, {10, 10}, {10, 0});
    ck_assert(dro_geo_ring_contains(ring, vec(5, 5)));
    ck_assert(!dro_geo_ring_contains(ring, vec(5, 11)));
    ck_assert(!dro_geo_ring_contains(ring, vec(-5, -175)));
    ck_assert(!dro_geo_ring_contains(ring, vec(90, 0)));
    ring = RING({10, 0}, {10, 10}, {0, 10}, {0, 0});
    ck_assert(dro_geo_ring_contains(ring, vec(5, 5)));
    ck_assert(!dro_geo_ring_contains(ring, vec(5, -1)));
}
END_TEST

START_TEST(ring_edge_is_inside) {
    dro_ring ring = RING({0, 0}, {0, 10}, {10, 10}, {10, 0});
    ck_assert(dro_geo_ring_contains(ring, vec(0, 5)));
    ck_assert(dro_geo_ring_contains(ring, vec(0, 0)));
    ck_assert(dro_geo_ring_contains(ring, vec(10, 10)));
    ck_assert(dro_geo_ring_contains(ring, vec(7, 0)));
    ck_assert(!dro_geo_ring_contains(ring, vec(0, 180)));
    ck_assert(!dro_geo_ring_contains(ring, vec(0, -170)));
}
END_TEST

START_TEST(ring_over_the_antimeridian) {
    dro_ring ring = RING({-20, 170}, {-20, -170}, {20, -170}, {20, 170});
    ck_assert(dro_geo_ring_contains(ring, vec(0, 180)));
    ck_assert(dro_geo_ring_contains(ring, vec(0, -175)));
    ck_assert(!dro_geo_ring_contains(ring, vec(0, 165)));
    ck_assert(!dro_geo_ring_contains(ring, vec(0, 0)));
}
END_TEST

START_TEST(ring_around_a_pole) {
    dro_ring ring = RING({70, 0}, {70, 90}, {70, 180}, {70, -90});
    ck_assert(dro_geo_ring_contains(ring, vec(90, 0)));
    ck_assert(dro_geo_ring_contains(ring, vec(85, -135)));
    ck_assert(!dro_geo_ring_contains(ring, vec(60, 45)));
    ck_assert(!dro_geo_ring_contains(ring, vec(-90, 0)));
    ring = RING({-70, 0}, {-70, 90}, {-70, 180}, {-70, -90});
    ck_assert(dro_geo_ring_contains(ring, vec(-90, 0)));
    ck_assert(!dro_geo_ring_contains(ring, vec(90, 0)));
}
END_TEST

START_TEST(ring_with_the_pole_on_its_edge) {
    dro_ring ring = RING({60, 0}, {60, 60}, {90, 0});
    ck_assert(dro_geo_ring_contains(ring, vec(90, 0)));
    ck_assert(dro_geo_ring_contains(ring, vec(80, 30)));
    ck_assert(!dro_geo_ring_contains(ring, vec(80, -30)));
    ck_assert(!dro_geo_ring_contains(ring, vec(80, 90)));
}
END_TEST

START_TEST(ring_of_more_than_a_hemisphere_wide) {
    /* A band that runs three quarters around the earth: its inside is the band. */
    dro_ring ring = RING({-5, 0}, {-5, 70}, {-5, 140}, {-5, -150}, {-5, -90}, {5, -90},
                         {5, -150}, {5, 140}, {5, 70}, {5, 0});
    ck_assert(dro_geo_ring_contains(ring, vec(0, 30)));
    ck_assert(dro_geo_ring_contains(ring, vec(0, 180)));
    ck_assert(dro_geo_ring_contains(ring, vec(0, -100)));
    ck_assert(!dro_geo_ring_contains(ring, vec(0, -45)));
    ck_assert(!dro_geo_ring_contains(ring, vec(40, 30)));
    ck_assert(!dro_geo_ring_contains(ring, vec(-90, 0)));
}
END_TEST

START_TEST(ring_that_is_none) {
    dro_ring two = RING({0, 0}, {0, 10});
    ck_assert(!dro_geo_ring_contains(two, vec(0, 5)));
    dro_ring flat = RING({0, 0}, {0, 10}, {0, 5});
    ck_assert(!dro_geo_ring_contains(flat, vec(1, 5)));
    dro_ring ring = RING({0, 0}, {0, 10}, {10, 10});
    ck_assert(!dro_geo_ring_contains(ring, (dro_vec){(double)NAN, 0, 0}));
}
END_TEST

/* ---- ring check ---------------------------------------------------------------- */

static void check_says(dro_ring ring, const char *says) {
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_geo_ring_check(ring, &error), DRO_INVALID);
    ck_assert_msg(strstr(error.message, says) != NULL, "%s", error.message);
}

START_TEST(ring_check_accepts) {
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(
        dro_geo_ring_check(RING({0, 0}, {0, 10}, {10, 10}, {10, 0}), &error), DRO_OK);
    ck_assert_int_eq(
        dro_geo_ring_check(RING({70, 0}, {70, 90}, {70, 180}, {70, -90}), &error),
        DRO_OK);
    ck_assert_int_eq(dro_geo_ring_check(RING({0, 0}, {0, 5}, {0, 10}, {9, 5}), &error),
                     DRO_OK); /* a point on a straight side */
    ck_assert_int_eq(dro_geo_ring_check(RING({60, 0}, {60, 60}, {90, 0}), &error),
                     DRO_OK);
}
END_TEST

START_TEST(ring_check_names_the_edges) {
    check_says(RING({0, 0}, {10, 10}, {0, 10}, {10, 0}),
               "edge 1 (from 0.00000,0.00000)");
    check_says(RING({0, 0}, {10, 10}, {0, 10}, {10, 0}), "edge 3");
    check_says(RING({0, 0}, {0, 10}), "needs 3 points");
    check_says(RING({0, 0}, {0, 0}, {5, 5}), "points 1 and 2 are the same");
    check_says(RING({0, 0}, {0, 5}, {5, 5}, {0, 0}), "points 4 and 1 are the same");
    check_says(RING({0, 0}, {0, 180}, {5, 5}), "half around the earth");
    check_says(RING({0, 0}, {0, 10}, {0, 5}), "lie on each other");
    check_says(RING({0, 0}, {0, 10}, {5, 10}, {0, 5}, {5, 0}), "crosses itself");
    check_says(RING({0, 0}, {0, 10}, {(double)NAN, 10}), "not a number");
    /* over the antimeridian */
    check_says(RING({-5, 175}, {5, -175}, {-5, -175}, {5, 175}), "crosses itself");
}
END_TEST

/* ---- crossings ------------------------------------------------------------------ */

START_TEST(arcs_cross_or_touch) {
    dro_vec a = vec(0, -10), b = vec(0, 10);
    ck_assert(dro_geo_arcs_cross(a, b, vec(-5, 0), vec(5, 0)));
    ck_assert(dro_geo_arcs_cross(vec(-5, 0), vec(5, 0), a, b));
    ck_assert(!dro_geo_arcs_cross(a, b, vec(-5, 20), vec(5, 20)));
    ck_assert(!dro_geo_arcs_cross(a, b, vec(-5, 180), vec(5, 180))); /* opposite */
    ck_assert(dro_geo_arcs_cross(a, b, vec(0, 3), vec(5, 3)));       /* touches */
    ck_assert(dro_geo_arcs_cross(a, b, b, vec(5, 20)));              /* shares an end */
    ck_assert(dro_geo_arcs_cross(a, b, vec(0, 5), vec(0, 30)));      /* overlaps */
    ck_assert(!dro_geo_arcs_cross(a, b, vec(0, 11), vec(0, 30)));    /* same circle */
    ck_assert(!dro_geo_arcs_cross(a, b, vec(0, 175), vec(0, -175)));
    ck_assert(dro_geo_arcs_cross(vec(80, 0), vec(80, 180), vec(80, 90), vec(80, -90)));
    ck_assert(
        dro_geo_arcs_cross(vec(5, 179), vec(-5, -179), vec(5, -179), vec(-5, 179)));
    ck_assert(dro_geo_arcs_cross(a, a, a, b)); /* a point on an arc */
    ck_assert(!dro_geo_arcs_cross(vec(1, 1), vec(1, 1), a, b));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("geo_shapes");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, empty_box_has_nothing);
    tcase_add_test(tests, box_of_one_point);
    tcase_add_test(tests, box_over_the_antimeridian);
    tcase_add_test(tests, box_grows_the_shorter_way);
    tcase_add_test(tests, ring_plain_both_orientations);
    tcase_add_test(tests, ring_edge_is_inside);
    tcase_add_test(tests, ring_over_the_antimeridian);
    tcase_add_test(tests, ring_around_a_pole);
    tcase_add_test(tests, ring_with_the_pole_on_its_edge);
    tcase_add_test(tests, ring_of_more_than_a_hemisphere_wide);
    tcase_add_test(tests, ring_that_is_none);
    tcase_add_test(tests, ring_check_accepts);
    tcase_add_test(tests, ring_check_names_the_edges);
    tcase_add_test(tests, arcs_cross_or_touch);
    suite_add_tcase(suite, tests);
    return check_run(suite);
}
