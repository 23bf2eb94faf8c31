/* Places as typed, and whether a ship fits a port. */
#include <math.h>

#include "check_main.h"
#include "derrotero/network.h"
#include "fake_chart.h"

#define ATLAS DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"

static dro_session *session;
static dro_error error;

static const dro_atlas *setup(void) {
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    options.data = ATLAS;
    options.without_chart = true;
    ck_assert_msg(dro_session_open(&options, &session, &error) == DRO_OK, "%s",
                  error.message);
    return dro_session_atlas(session);
}

static dro_status find(const char *text, bool wrap, dro_place *out, bool *wrapped) {
    return dro_place_find(dro_session_atlas(session), text, wrap, out, wrapped, &error);
}

START_TEST(a_place_is_a_code_a_name_or_coordinates) {
    dro_place place;
    (void)setup();
    ck_assert_int_eq(find("XBEST", false, &place, NULL), DRO_OK);
    ck_assert_int_eq(place.port, 1);
    ck_assert_str_eq(place.code, "XBEST");
    ck_assert_str_eq(place.name, "East Haven");
    ck_assert_int_eq(find("puerto oeste", false, &place, NULL), DRO_OK);
    ck_assert_int_eq(place.port, 0);
    ck_assert_int_eq(find("-12.05,-77.15", false, &place, NULL), DRO_OK);
    ck_assert_int_eq(place.port, -1);
    ck_assert_str_eq(place.code, "");
    ck_assert_str_eq(place.name, "12.0500S 77.1500W");
    ck_assert_double_eq(place.at.lat_deg, -12.05);
    dro_session_release(session);
}
END_TEST

START_TEST(a_longitude_is_wrapped_only_when_asked) {
    dro_place place = {.port = 7};
    bool wrapped = false;
    (void)setup();
    ck_assert_int_eq(find("10,190", false, &place, &wrapped), DRO_INVALID);
    ck_assert_int_eq(place.port, 7); /* untouched */
    ck_assert_int_eq(find("10,190", true, &place, &wrapped), DRO_OK);
    ck_assert(wrapped);
    ck_assert_double_eq(place.at.lon_deg, -170.0);
    ck_assert_int_eq(find("10,-170", true, &place, &wrapped), DRO_OK);
    ck_assert(!wrapped);
    dro_session_release(session);
}
END_TEST

START_TEST(bad_places_are_errors) {
    dro_place place;
    (void)setup();
    ck_assert_int_eq(find("95,10", false, &place, NULL), DRO_INVALID);
    ck_assert_ptr_nonnull(strstr(error.message, "swapped"));
    ck_assert_int_eq(find("nan,10", false, &place, NULL), DRO_INVALID);
    ck_assert_int_eq(find("Nowhere at all", false, &place, NULL), DRO_NOT_FOUND);
    ck_assert_int_ne(find("", false, &place, NULL), DRO_OK);
    dro_session_release(session);
}
END_TEST

static dro_ship ship_of(double draft_m, double loa_m, double beam_m) {
    return (dro_ship){.draft_stated = true,
                      .draft_m = draft_m,
                      .loa_m = loa_m,
                      .beam_m = beam_m,
                      .air_draft_m = (double)NAN};
}

static const dro_port *port(const dro_atlas *atlas, size_t index) {
    size_t count = 0;
    return &dro_atlas_ports(atlas, &count)[index];
}

START_TEST(what_binds_at_a_port_is_named) {
    const dro_atlas *atlas = setup();
    dro_ship deep = ship_of(14.5, (double)NAN, (double)NAN);
    ck_assert_int_eq(dro_ship_fits_port(&deep, port(atlas, 1), &error), DRO_NO_ANSWER);
    ck_assert_str_eq(error.message,
                     "East Haven (XBEST) does not take this ship: draught "
                     "14.5 m, limit 14.0 m (max_draft_m)");
    ck_assert_int_eq(dro_ship_fits_port(&deep, port(atlas, 0), &error), DRO_OK);
    dro_ship deeper = ship_of(15.5, (double)NAN, (double)NAN);
    ck_assert_int_eq(dro_ship_fits_port(&deeper, port(atlas, 0), &error),
                     DRO_NO_ANSWER);
    ck_assert_ptr_nonnull(strstr(error.message, "channel 16.0 m less 1.0 m"));
    dro_ship longer = ship_of(5, 301, 30);
    ck_assert_int_eq(dro_ship_fits_port(&longer, port(atlas, 1), &error),
                     DRO_NO_ANSWER);
    ck_assert_ptr_nonnull(strstr(error.message, "length 301.0 m, limit 300.0 m"));
    dro_ship wider = ship_of(5, 100, 51);
    ck_assert_int_eq(dro_ship_fits_port(&wider, port(atlas, 1), &error), DRO_NO_ANSWER);
    ck_assert_ptr_nonnull(strstr(error.message, "beam 51.0 m, limit 50.0 m"));
    dro_session_release(session);
}
END_TEST

START_TEST(what_is_not_known_binds_nothing) {
    const dro_atlas *atlas = setup();
    dro_ship huge = ship_of(30, 500, 90);
    ck_assert_int_eq(dro_ship_fits_port(&huge, port(atlas, 3), &error), DRO_OK);
    dro_ship assumed = ship_of(30, (double)NAN, (double)NAN);
    assumed.draft_stated = false;
    ck_assert_int_eq(dro_ship_fits_port(&assumed, port(atlas, 1), &error), DRO_OK);
    dro_session_release(session);
}
END_TEST

int main(void) {
    const TTest *tests[] = {a_place_is_a_code_a_name_or_coordinates,
                            a_longitude_is_wrapped_only_when_asked,
                            bad_places_are_errors,
                            what_binds_at_a_port_is_named,
                            what_is_not_known_binds_nothing,
                            NULL};
    return check_main("network place", tests);
}
