/* The kd-tree: ends of the range, ties, the antimeridian and the poles. */
#include "check_main.h"
#include <math.h>
#include <stdlib.h>

#include "derrotero/geo.h"

START_TEST(empty_index) {
    dro_index *index = NULL;
    size_t item = 9;
    double distance = 9;
    ck_assert_int_eq(dro_index_create(NULL, 0, &index, NULL), DRO_OK);
    ck_assert_uint_eq(dro_index_nearest(index, (dro_point){0, 0}, 1, &item, &distance),
                      0);
    dro_index_destroy(index);
    dro_index_destroy(NULL);
}
END_TEST

START_TEST(sorted_and_at_most_all) {
    dro_point points[] = {{0, 30}, {0, 10}, {0, -20}, {80, 0}, {0, 10}};
    dro_index *index = NULL;
    size_t items[8];
    double distances[8];
    ck_assert_int_eq(dro_index_create(points, 5, &index, NULL), DRO_OK);
    ck_assert_uint_eq(dro_index_nearest(index, (dro_point){0, 0}, 8, items, distances),
                      5);
    size_t order[] = {1, 4, 2, 0, 3};
    for (size_t i = 0; i < 5; i++) {
        ck_assert_uint_eq(items[i], order[i]);
        ck_assert_double_eq(distances[i],
                            dro_geo_distance_m((dro_point){0, 0}, points[items[i]]));
    }
    ck_assert_uint_eq(dro_index_nearest(index, (dro_point){0, 0}, 0, items, distances),
                      0);
    ck_assert_uint_eq(
        dro_index_nearest(index, (dro_point){(double)NAN, 0}, 2, items, distances), 0);
    dro_index_destroy(index);
}
END_TEST

START_TEST(over_the_antimeridian_and_the_pole) {
    dro_point points[] = {{0, -179.9}, {0, 178}, {89, 0}, {89, 180}, {85, 179}};
    dro_index *index = NULL;
    size_t items[2];
    double distances[2];
    ck_assert_int_eq(dro_index_create(points, 5, &index, NULL), DRO_OK);
    ck_assert_uint_eq(
        dro_index_nearest(index, (dro_point){0, 179.9}, 2, items, distances), 2);
    ck_assert_uint_eq(items[0], 0);
    ck_assert_uint_eq(items[1], 1);
    (void)dro_index_nearest(index, (dro_point){89.5, 90}, 2, items, distances);
    ck_assert_uint_eq(items[0], 2);
    ck_assert_uint_eq(items[1], 3);
    dro_index_destroy(index);
}
END_TEST

START_TEST(bad_point_is_named) {
    dro_point points[] = {{0, 0}, {0, 200}};
    dro_index *index = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_index_create(points, 2, &index, &error), DRO_INVALID);
    ck_assert_str_eq(error.message, "point 2: longitude 200 is beyond 180 degrees");
    ck_assert_ptr_null(index);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("geo_index");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, empty_index);
    tcase_add_test(tests, sorted_and_at_most_all);
    tcase_add_test(tests, over_the_antimeridian_and_the_pole);
    tcase_add_test(tests, bad_point_is_named);
    suite_add_tcase(suite, tests);
    return check_run(suite);
}
