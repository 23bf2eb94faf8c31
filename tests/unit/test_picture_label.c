/* Labels: never on each other, never outside. */
#include "check_main.h"
#include "report/label.h"

static bool overlap(dro_frame a, dro_frame b) {
    return a.left < b.left + b.width && b.left < a.left + a.width &&
           a.top < b.top + b.height && b.top < a.top + a.height;
}

/* Crowds of `count` anchors in a square: returns how many labels found a place. */
static size_t place_crowd(uint64_t seed, size_t count, double side) {
    dro_label_space space = {.frame = {0.0, 0.0, 900.0, 500.0}};
    dro_random random;
    size_t placed = 0;
    dro_random_seed(&random, seed);
    for (size_t i = 0; i < count; i++) {
        dro_xy at = {100.0 + side * dro_random_unit(&random),
                     100.0 + side * dro_random_unit(&random)};
        dro_xy size = {20.0 + 90.0 * dro_random_unit(&random), 15.0};
        dro_label_spot spot;
        ck_assert_int_eq(dro_label_place(&space, at, 8.0, 130.0, size, &spot, NULL),
                         DRO_OK);
        placed += spot.placed;
    }
    ck_assert_uint_eq(space.count, placed);
    for (size_t i = 0; i < placed; i++) {
        dro_frame a = space.boxes[i];
        ck_assert(a.left >= 0.0 && a.top >= 0.0 && a.left + a.width <= 900.0 &&
                  a.top + a.height <= 500.0);
        for (size_t j = 0; j < i; j++) {
            ck_assert(!overlap(a, space.boxes[j]));
        }
    }
    dro_label_space_free(&space);
    return placed;
}

START_TEST(labels_do_not_overlap) {
    for (uint64_t seed = 1; seed <= 20; seed++) {
        place_crowd(seed, 150, 300.0);
    }
}
END_TEST

START_TEST(ten_ports_of_one_coast_all_find_a_place) {
    for (uint64_t seed = 1; seed <= 20; seed++) {
        ck_assert_uint_eq(place_crowd(seed, 10, 60.0), 10);
    }
}
END_TEST

START_TEST(a_far_label_has_a_leader) {
    dro_label_space space = {.frame = {0.0, 0.0, 900.0, 500.0}};
    dro_frame wall = {340.0, 190.0, 120.0, 120.0};
    dro_label_spot spot;
    ck_assert_int_eq(dro_label_take(&space, wall, NULL), DRO_OK);
    ck_assert_int_eq(dro_label_place(&space, (dro_xy){400.0, 250.0}, 8.0, 130.0,
                                     (dro_xy){50.0, 15.0}, &spot, NULL),
                     DRO_OK);
    ck_assert(spot.placed && spot.leader);
    ck_assert(!overlap(spot.box, wall));
    dro_label_space_free(&space);
}
END_TEST

START_TEST(no_room_no_label) {
    dro_label_space space = {.frame = {0.0, 0.0, 30.0, 30.0}};
    dro_label_spot spot;
    ck_assert_int_eq(dro_label_place(&space, (dro_xy){15.0, 15.0}, 5.0, 130.0,
                                     (dro_xy){50.0, 15.0}, &spot, NULL),
                     DRO_OK);
    ck_assert(!spot.placed);
    ck_assert_uint_eq(space.count, 0);
}
END_TEST

/* The same name with and without lines in the way. */
START_TEST(labels_keep_off_lines) {
    dro_label_space space = {.frame = {0.0, 0.0, 900.0, 500.0}};
    dro_paths line = {0};
    dro_label_spot spot;
    ck_assert_int_eq(dro_paths_begin(&line, NULL), DRO_OK);
    ck_assert_int_eq(dro_paths_add(&line, (dro_xy){400.0, 250.0}, NULL), DRO_OK);
    ck_assert_int_eq(dro_paths_add(&line, (dro_xy){800.0, 250.0}, NULL), DRO_OK);
    ck_assert_int_eq(dro_label_ink(&space, &line, NULL), DRO_OK);
    ck_assert_int_eq(dro_label_place(&space, (dro_xy){400.0, 250.0}, 8.0, 130.0,
                                     (dro_xy){60.0, 15.0}, &spot, NULL),
                     DRO_OK);
    ck_assert(spot.box.left + spot.box.width <= 400.0 || spot.box.top > 250.0 ||
              spot.box.top + spot.box.height < 250.0);
    dro_paths_free(&line);
    dro_label_space_free(&space);
}
END_TEST

START_TEST(widths) {
    ck_assert_double_eq_tol(dro_label_width("", 13.0), 0.0, 1e-12);
    ck_assert_double_eq_tol(dro_label_width("AV", 1000.0), 684.0 + 684.0, 1e-9);
    ck_assert_double_gt(dro_label_width("San Antonio", 13.0), 60.0);
    ck_assert_uint_eq(dro_label_fit("iiii", 1000.0, 600.0), 2);
    ck_assert_uint_eq(dro_label_fit("\xC3\xB1\xC3\xB1", 1000.0, 800.0), 2);
    ck_assert_uint_eq(dro_label_fit("\xFF\xFF", 10.0, 1e9), 2);
}
END_TEST

int main(void) {
    const TTest *tests[] = {labels_do_not_overlap,
                            ten_ports_of_one_coast_all_find_a_place,
                            a_far_label_has_a_leader,
                            no_room_no_label,
                            labels_keep_off_lines,
                            widths,
                            NULL};
    return check_main("picture label", tests);
}
