/* The reckoning against sums done by hand from the fixture's round figures. */
#include <math.h>

#include "check_main.h"
#include "derrotero/network.h"
#include "fake_chart.h"
#include "small_world.h"

static dro_session *session;
static const dro_atlas *atlas;

static void setup(void) {
    session = small_session();
    atlas = dro_session_atlas(session);
}

static dro_ship ship(double speed_kn) {
    size_t count = 0;
    return (dro_ship){.vessel = &dro_atlas_vessels(atlas, &count)[0],
                      .fuel = &dro_atlas_fuels(atlas, &count)[0],
                      .speed_kn = speed_kn};
}

static void check_range(const dro_reckoning *of, dro_item item, double value,
                        double low, double high) {
    ck_assert_double_eq_tol(of->item[item].value, value, 1e-6 * (1 + fabs(value)));
    ck_assert_double_eq_tol(of->item[item].low, low, 1e-6 * (1 + fabs(low)));
    ck_assert_double_eq_tol(of->item[item].high, high, 1e-6 * (1 + fabs(high)));
}

/* 480 nm at 20 kn: 24 h; margin 10 (0 to 20) %; 100 t/d main, 10 t/d auxiliary; oil
 * 500 (400 to 700) USD/t; charter 24,000 (12,000 to 48,000) USD/d. */
START_TEST(a_day_at_sea_by_hand) {
    setup();
    dro_ship of = ship(20);
    dro_reckoning day;
    dro_reckon_sea(&of, 480 * DRO_M_PER_NM, &day);
    check_range(&day, DRO_ITEM_SAILING_H, 24, 24, 24);
    check_range(&day, DRO_ITEM_WEATHER_H, 2.4, 0, 4.8);
    check_range(&day, DRO_ITEM_DURATION_H, 26.4, 24, 28.8);
    check_range(&day, DRO_ITEM_MAIN_FUEL_T, 110, 100, 120);
    check_range(&day, DRO_ITEM_AUX_FUEL_T, 11, 10, 12);
    check_range(&day, DRO_ITEM_CO2_T, 363, 330, 396);
    check_range(&day, DRO_ITEM_CHARTER_USD, 26400, 12000, 57600);
    check_range(&day, DRO_ITEM_MAIN_FUEL_USD, 55000, 40000, 84000);
    check_range(&day, DRO_ITEM_TOLL_USD, 0, 0, 0);
    check_range(&day, DRO_ITEM_COST_USD, 26400 + 55000 + 5500, 12000 + 40000 + 4000,
                57600 + 84000 + 8400);
    dro_session_release(session);
}
END_TEST

START_TEST(half_the_speed_burns_a_quarter_per_mile) {
    setup();
    dro_ship fast = ship(20);
    dro_ship slow = ship(10);
    dro_reckoning a;
    dro_reckoning b;
    dro_reckon_sea(&fast, 1e6, &a);
    dro_reckon_sea(&slow, 1e6, &b);
    ck_assert_double_eq_tol(b.item[DRO_ITEM_MAIN_FUEL_T].value * 4,
                            a.item[DRO_ITEM_MAIN_FUEL_T].value, 1e-9);
    ck_assert_double_eq_tol(b.item[DRO_ITEM_DURATION_H].value,
                            2 * a.item[DRO_ITEM_DURATION_H].value, 1e-9);
    dro_session_release(session);
}
END_TEST

/* The Cut: 40 (30 to 50) h and 5 (2 to 9) h of waiting; 100,000 + 8000 x 10 + 4000 x 5
 * + 4000 x 1 = 204,000 USD, 10 % doubt. 400 nm in 40 h: 10 kn, an eighth of 100 t/d. */
START_TEST(a_canal_by_hand) {
    size_t count = 0;
    setup();
    dro_ship of = ship(20);
    dro_reckoning canal;
    dro_reckon_passage(&of, &dro_atlas_passages(atlas, &count)[0], 400 * DRO_M_PER_NM,
                       &canal);
    check_range(&canal, DRO_ITEM_SAILING_H, 0, 0, 0);
    check_range(&canal, DRO_ITEM_TRANSIT_H, 40, 30, 50);
    check_range(&canal, DRO_ITEM_WAIT_H, 5, 2, 9);
    check_range(&canal, DRO_ITEM_TOLL_USD, 204000, 183600, 224400);
    check_range(&canal, DRO_ITEM_MAIN_FUEL_T, 12.5 * 40 / 24, 12.5 * 30 / 24,
                12.5 * 50 / 24);
    check_range(&canal, DRO_ITEM_AUX_FUEL_T, 10 * 40 / 24.0 + 5 * 5 / 24.0,
                10 * 30 / 24.0 + 5 * 2 / 24.0, 10 * 50 / 24.0 + 5 * 9 / 24.0);
    dro_session_release(session);
}
END_TEST

START_TEST(a_toll_by_gross_tonnage) {
    size_t count = 0;
    setup();
    dro_ship of = ship(20);
    dro_reckoning strait;
    dro_reckon_passage(&of, &dro_atlas_passages(atlas, &count)[2], 0, &strait);
    check_range(&strait, DRO_ITEM_TOLL_USD, 10000, 5000,
                15000); /* 1000 + 0.1 x 90000 */
    check_range(&strait, DRO_ITEM_DURATION_H, 1, 0, 3);
    dro_session_release(session);
}
END_TEST

START_TEST(reckonings_add) {
    setup();
    dro_ship of = ship(20);
    dro_reckoning once;
    dro_reckoning twice = {0};
    dro_reckon_sea(&of, 1e6, &once);
    dro_reckon_add(&twice, &once);
    dro_reckon_add(&twice, &once);
    for (dro_item i = 0; i < DRO_ITEM_COUNT; i++) {
        check_range(&twice, i, 2 * once.item[i].value, 2 * once.item[i].low,
                    2 * once.item[i].high);
    }
    dro_session_release(session);
}
END_TEST

START_TEST(every_item_has_its_words) {
    for (dro_item i = 0; i < DRO_ITEM_COUNT; i++) {
        ck_assert_ptr_nonnull(dro_item_key(i));
        ck_assert_ptr_nonnull(dro_item_unit(i));
        ck_assert_ptr_nonnull(dro_item_group(i));
        ck_assert_ptr_nonnull(dro_item_text(i));
    }
}
END_TEST

int main(void) {
    const TTest *tests[] = {a_day_at_sea_by_hand,
                            half_the_speed_burns_a_quarter_per_mile,
                            a_canal_by_hand,
                            a_toll_by_gross_tonnage,
                            reckonings_add,
                            every_item_has_its_words,
                            NULL};
    return check_main("network reckon", tests);
}
