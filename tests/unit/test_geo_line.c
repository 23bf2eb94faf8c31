/* dro_geo_line: densified, cut at the antimeridian, safe at the poles. */
#include "check_main.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "derrotero/geo.h"

static dro_arena *arena;

static void set_up(void) {
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
}

static void tear_down(void) {
    dro_arena_destroy(arena);
    arena = NULL;
}

/* What must hold of every line: parts in order, steps no longer than asked (a cut
 * has no length), no jump in longitude within a part, its ends where they were. */
static dro_line line_of(const dro_point *path, size_t count, double step_m) {
    dro_line line;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_msg(dro_geo_line(path, count, step_m, arena, &line, &error) == DRO_OK,
                  "%s", error.message);
    ck_assert_uint_ge(line.part_count, 1);
    ck_assert_uint_eq(line.part_start[0], 0);
    ck_assert_uint_eq(line.part_start[line.part_count], line.count);
    for (size_t part = 0; part < line.part_count; part++) {
        size_t first = line.part_start[part], last = line.part_start[part + 1];
        ck_assert_uint_lt(first, last);
        if (part > 0) {
            ck_assert_double_le(
                dro_geo_distance_m(line.points[first - 1], line.points[first]), 0.001);
        }
        for (size_t i = first + 1; i < last; i++) {
            dro_point a = line.points[i - 1], b = line.points[i];
            ck_assert_double_le(dro_geo_distance_m(a, b), step_m * (1 + 1e-9));
            ck_assert_double_le(fabs(a.lon_deg - b.lon_deg), 20.0 + 1e-9);
        }
    }
    for (size_t i = 0; i < line.count; i++) {
        dro_point point = line.points[i];
        ck_assert_int_eq(dro_geo_check(&point, false, NULL), DRO_OK);
    }
    ck_assert_double_le(dro_geo_distance_m(path[0], line.points[0]), 0.001);
    ck_assert_double_le(
        dro_geo_distance_m(path[count - 1], line.points[line.count - 1]), 0.001);
    return line;
}

START_TEST(plain_line) {
    dro_point path[] = {{0, 0}, {0, 10}, {5, 10}};
    dro_line line = line_of(path, 3, 100000);
    ck_assert_uint_eq(line.part_count, 1);
    ck_assert_uint_ge(line.count, 17);
    ck_assert_uint_le(line.count, 21);
}
END_TEST

START_TEST(one_point_and_equal_points) {
    dro_point path[] = {{3, 4}, {3, 4}};
    ck_assert_uint_eq(line_of(path, 1, 1000).count, 1);
    ck_assert_uint_eq(line_of(path, 2, 1000).count, 2);
}
END_TEST

START_TEST(cut_at_the_antimeridian) {
    dro_point path[] = {{10, 170}, {20, -170}};
    dro_line line = line_of(path, 2, 50000);
    ck_assert_uint_eq(line.part_count, 2);
    dro_point end = line.points[line.part_start[1] - 1];
    dro_point begin = line.points[line.part_start[1]];
    ck_assert_double_eq(end.lon_deg, 180);
    ck_assert_double_eq(begin.lon_deg, -180);
    ck_assert_double_eq(end.lat_deg, begin.lat_deg);
    /* Napier: the great circle's latitude halfway in longitude. */
    double d = 0.017453292519943295;
    double lat = atan((tan(10 * d) + tan(20 * d)) / (2 * cos(10 * d))) / d;
    ck_assert_double_eq_tol(end.lat_deg, lat, 1e-6);
}
END_TEST

START_TEST(back_and_forth_makes_three_parts) {
    dro_point path[] = {{0, 179}, {1, -179}, {2, 179}};
    ck_assert_uint_eq(line_of(path, 3, 1e6).part_count, 3);
}
END_TEST

START_TEST(vertices_on_the_antimeridian) {
    dro_point through[] = {{0, 179}, {1, 180}, {2, -179}};
    dro_line line = line_of(through, 3, 1e6);
    ck_assert_uint_eq(line.part_count, 2);
    ck_assert_uint_eq(line.count, 4);
    dro_point other[] = {{0, 179}, {1, -180}, {2, 179}}; /* touches and turns back */
    ck_assert_uint_eq(line_of(other, 3, 1e6).part_count, 1);
    dro_point along[] = {{0, 180}, {10, -180}, {20, 180}};
    ck_assert_uint_eq(line_of(along, 3, 1e5).part_count, 1);
    dro_point from[] = {{0, 180}, {1, -170}};
    line = line_of(from, 2, 1e6);
    ck_assert_uint_eq(line.part_count, 1);
    ck_assert_double_eq(line.points[0].lon_deg, -180);
    dro_point to[] = {{1, -170}, {0, 180}};
    line = line_of(to, 2, 1e6);
    ck_assert_uint_eq(line.part_count, 1);
    ck_assert_double_eq(line.points[line.count - 1].lon_deg, -180);
}
END_TEST

START_TEST(over_the_pole) {
    dro_point path[] = {{80, 10}, {80, -170}};
    dro_line line = line_of(path, 2, 100000);
    ck_assert_uint_eq(line.part_count, 2);
    dro_point end = line.points[line.part_start[1] - 1];
    ck_assert_double_eq_tol(end.lat_deg, 90, 1e-6);
    ck_assert_double_eq_tol(end.lon_deg, 10, 1e-3);
    ck_assert_double_eq_tol(line.points[line.part_start[1]].lon_deg, -170, 1e-3);
    dro_point south[] = {{-85, 30}, {-85, -150}};
    ck_assert_uint_eq(line_of(south, 2, 100000).part_count, 2);
}
END_TEST

START_TEST(pole_as_a_vertex) {
    dro_point path[] = {{80, 10}, {90, 77}, {80, 120}};
    dro_line line = line_of(path, 3, 100000);
    ck_assert_uint_eq(line.part_count, 2);
    ck_assert_double_eq_tol(line.points[line.part_start[1] - 1].lon_deg, 10, 1e-9);
    ck_assert_double_eq_tol(line.points[line.part_start[1]].lon_deg, 120, 1e-9);
    dro_point from[] = {{90, 77}, {80, 120}};
    line = line_of(from, 2, 100000);
    ck_assert_uint_eq(line.part_count, 1);
    ck_assert_double_eq_tol(line.points[0].lon_deg, 120, 1e-9);
    dro_point to[] = {{80, 120}, {90, -33}};
    line = line_of(to, 2, 100000);
    ck_assert_uint_eq(line.part_count, 1);
    ck_assert_double_eq_tol(line.points[line.count - 1].lon_deg, 120, 1e-9);
}
END_TEST

START_TEST(near_the_pole_turns_slowly) {
    dro_point path[] = {{89.99, 0}, {89.99, 170}, {60, -30}};
    (void)line_of(path, 3, 1e7);
    dro_point hair[] = {{80, 0}, {80, 179.9999999}};
    (void)line_of(hair, 2, 1e5);
}
END_TEST

START_TEST(half_around_the_earth) {
    dro_point path[] = {{0, 0}, {0, 180}};
    (void)line_of(path, 2, (double)INFINITY);
    dro_point almost[] = {{0, 0}, {0, 179}, {0, 1}};
    (void)line_of(almost, 3, (double)INFINITY);
}
END_TEST

START_TEST(bad_calls) {
    dro_point path[] = {{0, 0}, {95, 0}, {1, 1}};
    dro_line line = {0};
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_geo_line(path, 0, 1, arena, &line, &error), DRO_INVALID);
    ck_assert_int_eq(dro_geo_line(path, 1, 0, arena, &line, &error), DRO_INVALID);
    ck_assert_int_eq(dro_geo_line(path, 1, (double)NAN, arena, &line, &error),
                     DRO_INVALID);
    ck_assert_int_eq(dro_geo_line(path, 3, 1000, arena, &line, &error), DRO_INVALID);
    path[1].lat_deg = 50;
    ck_assert_int_eq(dro_geo_line(path, 3, 0.01, arena, &line, &error), DRO_LIMIT);
    ck_assert_ptr_null(line.points);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("geo_line");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, plain_line);
    tcase_add_test(tests, one_point_and_equal_points);
    tcase_add_test(tests, cut_at_the_antimeridian);
    tcase_add_test(tests, back_and_forth_makes_three_parts);
    tcase_add_test(tests, vertices_on_the_antimeridian);
    tcase_add_test(tests, over_the_pole);
    tcase_add_test(tests, pole_as_a_vertex);
    tcase_add_test(tests, near_the_pole_turns_slowly);
    tcase_add_test(tests, half_around_the_earth);
    tcase_add_test(tests, bad_calls);
    suite_add_tcase(suite, tests);
    return check_run(suite);
}
