/*
 * Properties of the sphere's predicates on seeded random input: orientation against
 * exact integers, signs under exchange, rings under rotation of the earth and of
 * their first point, nearest points against brute force, lines against their path.
 */
#include "check_main.h"
#include <geodesic.h>
#include <math.h>
#include <stdlib.h>

#include "derrotero/geo.h"

static dro_random dice;

static void set_up(void) {
    dro_random_seed(&dice, 20241114);
}

static double between_two(double low, double high) {
    return low + (high - low) * dro_random_unit(&dice);
}

/* Evenly over the sphere. */
static dro_point anywhere(void) {
    double z = between_two(-1, 1);
    return (dro_point){asin(z) * 57.29577951308232, between_two(-180, 180)};
}

static dro_vec any_vec(void) {
    return dro_geo_to_vec(anywhere());
}

/* A point some `reach` away, for close and nearly collinear cases. */
static dro_vec near_to(dro_vec v, double reach) {
    return dro_geo_quantise((dro_vec){v.x + between_two(-reach, reach),
                                      v.y + between_two(-reach, reach),
                                      v.z + between_two(-reach, reach)});
}

__extension__ typedef __int128 wide;

static int orient_by_integers(dro_vec a, dro_vec b, dro_vec c) {
    const double scale = 1099511627776.0;
    wide m[3][3] = {
        {(int64_t)(a.x * scale), (int64_t)(a.y * scale), (int64_t)(a.z * scale)},
        {(int64_t)(b.x * scale), (int64_t)(b.y * scale), (int64_t)(b.z * scale)},
        {(int64_t)(c.x * scale), (int64_t)(c.y * scale), (int64_t)(c.z * scale)}};
    wide det = m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
               m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
               m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    return (det > 0) - (det < 0);
}

START_TEST(orient_is_exact_and_antisymmetric) {
    for (int i = 0; i < 20000; i++) {
        dro_vec a = any_vec();
        dro_vec b = i % 2 ? any_vec() : near_to(a, 1e-6);
        double t = between_two(-1, 2); /* c nearly on the great circle */
        dro_vec on = {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t,
                      a.z + (b.z - a.z) * t};
        dro_vec c = i % 3 ? dro_geo_quantise(on) : any_vec();
        int sign = dro_geo_orient(a, b, c);
        ck_assert_int_eq(sign, orient_by_integers(a, b, c));
        ck_assert_int_eq(sign, dro_geo_orient(b, c, a));
        ck_assert_int_eq(sign, -dro_geo_orient(b, a, c));
    }
}
END_TEST

START_TEST(points_survive_the_lattice) {
    for (int i = 0; i < 5000; i++) {
        dro_point p = anywhere();
        dro_point back = dro_geo_to_point(dro_geo_to_vec(p));
        ck_assert_double_le(dro_geo_distance_m(p, back), 1e-5);
    }
}
END_TEST

/* On both sides of where the two ways of reckoning meet, and about the poles. */
START_TEST(distance_is_karneys) {
    struct geod_geodesic earth;
    geod_init(&earth, 6378137.0, 1.0 / 298.257223563);
    for (int i = 0; i < 100000; i++) {
        dro_point a = anywhere(), b;
        double wanted_m = pow(10, between_two(-3, 6.3)), exact_m = 0.0;
        double tolerance = wanted_m < 200000.0 ? 1e-6 : 2e-5;
        if (i % 8 == 0) {
            a.lat_deg = copysign(90.0 - pow(10, between_two(-9, 0.5)), a.lat_deg);
        }
        geod_direct(&earth, a.lat_deg, a.lon_deg, between_two(0, 360), wanted_m,
                    &b.lat_deg, &b.lon_deg, NULL);
        geod_inverse(&earth, a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, &exact_m, NULL,
                     NULL);
        ck_assert_double_eq_tol(dro_geo_distance_m(a, b), exact_m, tolerance);
        ck_assert(dro_geo_distance_m(a, b) == dro_geo_distance_m(b, a) ||
                  exact_m > 400000.0);
        dro_vec u = dro_geo_to_vec(a), v = dro_geo_to_vec(b);
        exact_m = dro_geo_distance_m(dro_geo_to_point(u), dro_geo_to_point(v));
        ck_assert_double_eq_tol(dro_geo_vec_distance_m(u, v), exact_m, tolerance);
    }
}
END_TEST

START_TEST(fast_distance_is_near_the_exact_one) {
    for (int i = 0; i < 20000; i++) {
        dro_point a = anywhere(), b = anywhere();
        dro_vec u = dro_geo_to_vec(a), v = dro_geo_to_vec(b);
        if (dro_geo_angle(u, v) > 2.65) {
            continue; /* Lambert's formula is worse than 1e-5 near opposite points */
        }
        double exact = dro_geo_distance_m(a, b);
        ck_assert_double_eq_tol(dro_geo_distance_fast_m(u, v), exact,
                                exact * 1e-5 + 1e-4);
        ck_assert_double_eq_tol(dro_geo_distance_m(b, a), exact, 1e-6);
    }
}
END_TEST

START_TEST(crossing_is_symmetric) {
    for (int i = 0; i < 20000; i++) {
        dro_vec a = any_vec(), b = near_to(a, 0.5), c = near_to(a, 0.5),
                d = near_to(c, 0.5);
        bool cross = dro_geo_arcs_cross(a, b, c, d);
        ck_assert_int_eq(cross, dro_geo_arcs_cross(c, d, a, b));
        ck_assert_int_eq(cross, dro_geo_arcs_cross(b, a, c, d));
        ck_assert_int_eq(cross, dro_geo_arcs_cross(b, a, d, c));
    }
}
END_TEST

/* A star-shaped ring around `middle`, of a size up to most of a hemisphere. */
static dro_ring star(dro_vec *points, size_t count, dro_point middle, double size) {
    dro_vec up = dro_geo_to_vec(middle);
    dro_vec side = fabs(up.z) < 0.9 ? (dro_vec){-up.y, up.x, 0} : (dro_vec){1, 0, 0};
    double along = side.x * up.x + side.y * up.y + side.z * up.z;
    side =
        (dro_vec){side.x - along * up.x, side.y - along * up.y, side.z - along * up.z};
    double length = sqrt(side.x * side.x + side.y * side.y + side.z * side.z);
    side = (dro_vec){side.x / length, side.y / length, side.z / length};
    dro_vec over = {up.y * side.z - up.z * side.y, up.z * side.x - up.x * side.z,
                    up.x * side.y - up.y * side.x};
    for (size_t i = 0; i < count; i++) {
        double turn = 6.283185307179586 * (double)i / (double)count;
        double reach = size * between_two(0.4, 1);
        double s = sin(reach) * cos(turn), t = sin(reach) * sin(turn), c = cos(reach);
        points[i] = dro_geo_quantise((dro_vec){up.x * c + side.x * s + over.x * t,
                                               up.y * c + side.y * s + over.y * t,
                                               up.z * c + side.z * s + over.z * t});
    }
    return (dro_ring){points, count};
}

/* Oracle for a star-shaped ring: the arc from the middle to p meets no edge. */
static bool in_star(dro_ring ring, dro_point middle, dro_vec p) {
    dro_vec m = dro_geo_to_vec(middle);
    for (size_t i = 0; i < ring.count; i++) {
        if (dro_geo_arcs_cross(m, p, ring.points[i],
                               ring.points[(i + 1) % ring.count])) {
            return false;
        }
    }
    return true;
}

START_TEST(ring_contains_as_its_star_does) {
    static const dro_point middles[] = {{0, 180}, {90, 0},      {-90, 0},  {89, 12},
                                        {0, 0},   {45, -179.9}, {-33, 20}, {66, 179.9}};
    for (int i = 0; i < 400; i++) {
        dro_point middle = i % 2 ? middles[(i / 2) % 8] : anywhere();
        dro_vec points[24];
        size_t count = 5 + (size_t)(dro_random_u64(&dice) % 20);
        dro_ring ring = star(points, count, middle, between_two(0.01, 1.2));
        ck_assert_int_eq(dro_geo_ring_check(ring, NULL), DRO_OK);
        for (int j = 0; j < 50; j++) {
            dro_vec p = j % 2 ? any_vec() : near_to(dro_geo_to_vec(middle), 0.5);
            ck_assert_int_eq(dro_geo_ring_contains(ring, p), in_star(ring, middle, p));
        }
    }
}
END_TEST

/* Turns the earth by exact quarter turns and mirrors: lattice points stay exact. */
static dro_vec turned(dro_vec v, int how) {
    switch (how) {
    case 0:
        return (dro_vec){-v.y, v.x, v.z}; /* 90 degrees east */
    case 1:
        return (dro_vec){-v.x, -v.y, v.z}; /* 180 degrees: over the antimeridian */
    default:
        return (dro_vec){v.z, v.y, -v.x}; /* the equator becomes a meridian */
    }
}

START_TEST(ring_contains_is_the_same_after_a_rotation) {
    for (int i = 0; i < 300; i++) {
        dro_vec points[16], rotated[16];
        dro_ring ring = star(points, 16, anywhere(), between_two(0.05, 1.2));
        size_t shift = (size_t)(dro_random_u64(&dice) % 16);
        int how = i % 3;
        for (size_t j = 0; j < 16; j++) { /* other first point, other orientation */
            rotated[15 - j] = turned(points[(j + shift) % 16], how);
        }
        for (int j = 0; j < 20; j++) {
            dro_vec p = j % 4 ? near_to(points[0], 1) : points[j % 16];
            ck_assert_int_eq(
                dro_geo_ring_contains(ring, p),
                dro_geo_ring_contains((dro_ring){rotated, 16}, turned(p, how)));
        }
    }
}
END_TEST

START_TEST(nearest_on_arc_is_nearest) {
    for (int i = 0; i < 3000; i++) {
        dro_point a = anywhere();
        dro_vec u = dro_geo_to_vec(a);
        dro_vec v = i % 2 ? near_to(u, 0.3) : near_to(u, 1e-5);
        dro_vec p = i % 3 ? near_to(u, 0.3) : near_to(u, 1e-4);
        dro_vec foot = dro_geo_nearest_on_arc(u, v, p);
        double best = dro_geo_angle(foot, p);
        dro_point b = dro_geo_to_point(v), from = dro_geo_to_point(u);
        for (int step = 0; step <= 20; step++) {
            dro_vec q = dro_geo_to_vec(dro_geo_between(from, b, step / 20.0));
            ck_assert_double_ge(dro_geo_angle(q, p), best - 1e-11);
        }
        dro_vec again = dro_geo_nearest_on_arc(u, v, foot);
        ck_assert_double_le(dro_geo_angle(again, foot), 1e-10);
    }
}
END_TEST

START_TEST(index_finds_what_brute_force_finds) {
    enum {
        COUNT = 700,
        MOST = 5
    };
    dro_point points[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        points[i] = anywhere();
        if (i % 7 == 0) { /* clusters at the antimeridian, equal points */
            points[i] = (dro_point){between_two(-1, 1), i % 14 ? 179.9 : -179.9};
        }
        if (i % 50 == 1) {
            points[i] = points[i - 1];
        }
    }
    dro_index *index = NULL;
    ck_assert_int_eq(dro_index_create(points, COUNT, &index, NULL), DRO_OK);
    for (int i = 0; i < 300; i++) {
        dro_point at = i % 3 ? anywhere() : (dro_point){between_two(-2, 2), 180};
        size_t items[MOST];
        double distances[MOST];
        ck_assert_uint_eq(dro_index_nearest(index, at, MOST, items, distances), MOST);
        for (size_t k = 1; k < MOST; k++) {
            ck_assert_double_ge(distances[k], distances[k - 1]);
        }
        size_t nearer = 0;
        for (size_t j = 0; j < COUNT; j++) {
            nearer += dro_geo_distance_m(at, points[j]) < distances[MOST - 1];
        }
        ck_assert_uint_lt(nearer, MOST);
    }
    dro_index_destroy(index);
}
END_TEST

START_TEST(box_has_what_was_added) {
    for (int i = 0; i < 500; i++) {
        dro_box box = dro_geo_box_empty();
        dro_point points[8];
        for (size_t j = 0; j < 8; j++) {
            points[j] = (dro_point){between_two(-90, 90), between_two(-180, 180)};
            dro_geo_box_add(&box, points[j]);
        }
        for (size_t j = 0; j < 8; j++) {
            ck_assert(dro_geo_box_contains(box, points[j]));
        }
    }
}
END_TEST

static double length_of(const dro_point *points, size_t count) {
    double sum = 0;
    for (size_t i = 1; i < count; i++) {
        sum += dro_geo_angle(dro_geo_to_vec(points[i - 1]), dro_geo_to_vec(points[i]));
    }
    return sum;
}

START_TEST(line_is_as_long_as_its_path) {
    dro_arena *arena = NULL;
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    for (int i = 0; i < 400; i++) {
        dro_point path[5];
        for (size_t j = 0; j < 5; j++) {
            path[j] = anywhere();
            if (i % 4 == 0) { /* around a pole, on whole degrees */
                path[j] = (dro_point){90 - floor(between_two(0, 4)),
                                      floor(between_two(-18, 18)) * 10};
            }
        }
        dro_line line;
        double step_m = between_two(20000, 2e6);
        ck_assert_int_eq(dro_geo_line(path, 5, step_m, arena, &line, NULL), DRO_OK);
        ck_assert_double_eq_tol(length_of(line.points, line.count), length_of(path, 5),
                                1e-8);
        for (size_t part = 0; part < line.part_count; part++) {
            for (size_t j = line.part_start[part] + 1; j < line.part_start[part + 1];
                 j++) {
                dro_point a = line.points[j - 1], b = line.points[j];
                ck_assert_double_le(dro_geo_distance_m(a, b), step_m);
                ck_assert_double_le(fabs(a.lon_deg - b.lon_deg), 20.0 + 1e-9);
            }
        }
        dro_arena_reset(arena);
    }
    dro_arena_destroy(arena);
}
END_TEST

/* Where nothing is cut or halved, a line's points are those of the arc. */
START_TEST(line_steps_evenly) {
    dro_arena *arena = NULL;
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    size_t checked = 0;
    for (int i = 0; i < 2000; i++) {
        dro_point path[2] = {anywhere(), anywhere()};
        dro_line line;
        double step_m = pow(10, between_two(4, 6.8));
        dro_arena_reset(arena);
        ck_assert_int_eq(dro_geo_line(path, 2, step_m, arena, &line, NULL), DRO_OK);
        dro_vec a = dro_geo_to_vec(path[0]), b = dro_geo_to_vec(path[1]);
        double steps = ceil(dro_geo_angle(a, b) * 6399593.7 / step_m);
        steps = fmax(steps, ceil(dro_geo_angle(a, b) / 1.6));
        if (line.part_count != 1 || (double)(line.count - 1) != steps) {
            continue;
        }
        checked++;
        for (size_t k = 0; k < line.count; k++) {
            dro_point at = dro_geo_between(path[0], path[1], (double)k / steps);
            double flat = cos(at.lat_deg / 57.29577951308232);
            ck_assert_double_eq_tol(line.points[k].lat_deg, at.lat_deg, 1e-10);
            ck_assert_double_eq_tol(flat * line.points[k].lon_deg, flat * at.lon_deg,
                                    1e-10);
        }
    }
    ck_assert_uint_gt(checked, 800);
    dro_arena_destroy(arena);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("prop_geo_shapes");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_test(tests, orient_is_exact_and_antisymmetric);
    tcase_add_test(tests, points_survive_the_lattice);
    tcase_add_test(tests, distance_is_karneys);
    tcase_add_test(tests, fast_distance_is_near_the_exact_one);
    tcase_add_test(tests, crossing_is_symmetric);
    tcase_add_test(tests, ring_contains_as_its_star_does);
    tcase_add_test(tests, ring_contains_is_the_same_after_a_rotation);
    tcase_add_test(tests, nearest_on_arc_is_nearest);
    tcase_add_test(tests, index_finds_what_brute_force_finds);
    tcase_add_test(tests, box_has_what_was_added);
    tcase_add_test(tests, line_is_as_long_as_its_path);
    tcase_add_test(tests, line_steps_evenly);
    suite_add_tcase(suite, tests);
    return check_run(suite);
}
