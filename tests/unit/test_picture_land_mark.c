/* Which points are on land, against the circles that the land is made of. */
#include "check_main.h"
#include "report/land.h"
#include "unit/picture_fixture.h"

#define STEP 3

static double degrees_between(dro_point a, dro_point b) {
    return dro_geo_angle(dro_geo_to_vec(a), dro_geo_to_vec(b)) / FIXTURE_DEG;
}

/* On land, in the water, or (0) too near a shore to say: its edges are chords. */
static int truth(dro_point p) {
    int land = -1;
    for (size_t i = 0; i < FIXTURE_CAP_COUNT; i++) {
        fixture_cap cap = FIXTURE_CAPS[i];
        double off = degrees_between(p, (dro_point){cap.lat, cap.lon}) - cap.radius;
        if (fabs(off) < 0.5) {
            return 0;
        }
        land = off < 0.0 ? (cap.hole ? -1 : 1) : land;
    }
    return land;
}

START_TEST(every_few_degrees) {
    static dro_point points[180 / STEP * 360 / STEP];
    static bool dry[180 / STEP * 360 / STEP];
    size_t count = 0, lands = 0;
    for (int lat = -89; lat < 90; lat += STEP) {
        for (int lon = -180; lon < 180; lon += STEP) {
            points[count++] = (dro_point){lat, lon};
        }
    }
    dro_land *land = fixture_land();
    dro_land_marking wish = {.points = points, .count = count};
    ck_assert_int_eq(dro_land_mark(land, &wish, dry, NULL), DRO_OK);
    for (size_t i = 0; i < count; i++) {
        int known = truth(points[i]);
        ck_assert_msg(known == 0 || dry[i] == (known > 0), "%g,%g", points[i].lat_deg,
                      points[i].lon_deg);
        lands += dry[i];
    }
    ck_assert_uint_gt(lands, count / 12);
    wish.count = 0;
    ck_assert_int_eq(dro_land_mark(land, &wish, dry, NULL), DRO_OK);
    dro_land_close(land);
}
END_TEST

/* ---- against all shores, one by one
 * --------------------------------------------------
 */

static double turn(double from, double to) {
    double d = to - from;
    return d - 360.0 * floor((d + 180.0) / 360.0);
}

static bool is_odd(const dro_land_scale *scale, dro_point p) {
    bool odd = false;
    for (size_t r = 0; r < scale->ring_count; r++) {
        const dro_point *ring = scale->points + scale->start[r];
        size_t length = scale->start[r + 1] - scale->start[r];
        for (size_t i = 0; i < length; i++) {
            dro_point a = ring[i], b = ring[(i + 1) % length];
            double before = turn(p.lon_deg, a.lon_deg);
            double after = before + turn(a.lon_deg, b.lon_deg);
            double t = before / (before - after);
            odd ^= (before < 0.0) != (after < 0.0) &&
                   a.lat_deg + t * (b.lat_deg - a.lat_deg) > p.lat_deg;
        }
    }
    return odd;
}

/* Every third point has the longitude of a shore's corner. */
START_TEST(strips_change_nothing) {
    static dro_point points[3000];
    static bool dry[3000];
    dro_land *land = fixture_land();
    const dro_land_scale *scale = &land->scales[land->scale_count - 1];
    dro_random numbers;
    dro_random_seed(&numbers, 11);
    for (size_t i = 0; i < 3000; i++) {
        size_t corner =
            (size_t)(dro_random_u64(&numbers) % scale->start[scale->ring_count]);
        points[i] = (dro_point){180.0 * dro_random_unit(&numbers) - 90.0,
                                i % 3 == 0 ? scale->points[corner].lon_deg
                                           : 360.0 * dro_random_unit(&numbers) - 180.0};
    }
    dro_land_marking wish = {.points = points, .count = 3000};
    ck_assert_int_eq(dro_land_mark(land, &wish, dry, NULL), DRO_OK);
    for (size_t i = 0; i < 3000; i++) {
        ck_assert(dry[i] == is_odd(scale, points[i]));
    }
    dro_land_close(land);
}
END_TEST

static bool refuse(void *context, const char *stage, uint64_t done, uint64_t total) {
    (void)context;
    (void)stage;
    (void)done;
    (void)total;
    return false;
}

START_TEST(it_can_be_stopped) {
    const dro_progress progress = {refuse, NULL};
    const dro_point point = {0.0, 0.0};
    const dro_land_marking wish = {&point, 1, &progress};
    dro_land *land = fixture_land();
    bool dry = false;
    ck_assert_int_eq(dro_land_mark(land, &wish, &dry, NULL), DRO_CANCELLED);
    dro_land_close(land);
}
END_TEST

int main(void) {
    const TTest *tests[] = {every_few_degrees, strips_change_nothing, it_can_be_stopped,
                            NULL};
    return check_main("picture land mark", tests);
}
