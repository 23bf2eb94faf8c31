/* Which points are on land, against the circles that the land is made of. */
#include "check_main.h"
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
    dro_land_mark(land, points, count, dry);
    for (size_t i = 0; i < count; i++) {
        int known = truth(points[i]);
        ck_assert_msg(known == 0 || dry[i] == (known > 0), "%g,%g", points[i].lat_deg,
                      points[i].lon_deg);
        lands += dry[i];
    }
    ck_assert_uint_gt(lands, count / 12);
    dro_land_mark(land, points, 0, dry);
    dro_land_close(land);
}
END_TEST

int main(void) {
    const TTest *tests[] = {every_few_degrees, NULL};
    return check_main("picture land mark", tests);
}
