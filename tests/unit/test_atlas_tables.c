/* Each table: a good row is read as written, a bad one is refused with its place. */
#include <math.h>

#include "unit/atlas_fixture.h"

static dro_atlas *atlas;

static void load(void) {
    fixture_set_up();
    atlas = fixture_load();
}

static void unload(void) {
    dro_atlas_destroy(atlas);
    fixture_tear_down();
}

/* ---- good rows --------------------------------------------------------------------
 */

START_TEST(ports_are_read) {
    size_t count = 0;
    const dro_port *ports = dro_atlas_ports(atlas, &count);
    ck_assert_uint_eq(count, 10);
    const dro_port *callao = &ports[0];
    ck_assert_str_eq(callao->code, "PECLL");
    ck_assert_str_eq(callao->name, "Callao");
    ck_assert_str_eq(callao->aliases, "Muelle Sur|El Callao");
    ck_assert_str_eq(callao->country, "PE");
    ck_assert_double_eq(callao->at.lat_deg, -12.053);
    ck_assert_double_eq(callao->at.lon_deg, -77.149);
    ck_assert_double_eq(callao->alongside_m, 16);
    ck_assert_double_nan(callao->ukc_m);
    ck_assert_double_nan(callao->crane_rows);
    ck_assert_str_eq(callao->note, "note, with a comma");
    ck_assert_str_eq(callao->as_of, "2025-11");
    ck_assert_int_eq(callao->mark, DRO_MARK_PRESS);
    ck_assert_int_eq(callao->status, DRO_PORT_OPEN);
    ck_assert(!callao->wide);
    ck_assert_int_eq(ports[9].status, DRO_PORT_PLANNED);
    ck_assert_str_eq(ports[1].aliases, "");
    ck_assert_str_eq(ports[1].note, "");
    ck_assert_ptr_eq(ports[0].source, ports[1].source); /* one string for all */
}
END_TEST

START_TEST(passages_are_read) {
    size_t count = 0;
    const dro_passage *passages = dro_atlas_passages(atlas, &count);
    ck_assert_uint_eq(count, 4);
    ck_assert_str_eq(passages[0].id, "panama");
    ck_assert_int_eq(passages[0].kind, DRO_PASSAGE_CANAL);
    ck_assert_int_eq(passages[0].part_of, -1);
    ck_assert_int_eq(passages[1].part_of, 0);
    ck_assert(passages[0].open);
    ck_assert(!passages[2].open);
    ck_assert_uint_eq(passages[0].gate_count, 0);
    ck_assert_uint_eq(passages[2].gate_count, 2);
    ck_assert_uint_eq(passages[2].gates[1].count, 2);
    ck_assert_double_eq(passages[2].gates[1].points[1].lat_deg, 76.62);
    ck_assert_double_eq(passages[2].gates[1].points[1].lon_deg, -82.30);
    ck_assert_double_eq(passages[0].max_beam_m, 51.25);
    ck_assert_double_eq(passages[0].toll_per_teu_loaded_usd, 40);
    ck_assert_double_eq(passages[0].toll_per_gt_usd, 0); /* empty: no such toll */
    ck_assert_double_nan(passages[3].max_draft_m);
    ck_assert_double_eq(passages[3].toll_fixed_usd, 0);
    ck_assert_double_eq(passages[3].customary_penalty_nm, 50);
    ck_assert_double_eq(passages[0].wait_h_high, 60);
    ck_assert_double_eq(passages[0].slots_per_day, 36);
}
END_TEST

START_TEST(vessels_and_fuels_are_read) {
    size_t count = 0;
    const dro_vessel *vessels = dro_atlas_vessels(atlas, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(vessels[0].name, "Container ship 8,000 TEU");
    ck_assert_double_eq(vessels[0].teu, 8000);
    ck_assert_double_eq(vessels[1].teu, 0);
    ck_assert_double_nan(vessels[1].gt);
    ck_assert_double_eq(vessels[0].main_fuel_tpd, 225);
    ck_assert_double_eq(vessels[0].aux_sea_tpd, 8);
    ck_assert_double_eq(vessels[0].aux_port_tpd, 7);
    ck_assert_int_eq(vessels[0].fuel, 0);
    ck_assert_double_eq(vessels[1].weather_margin_high_pct, 12);
    const dro_fuel *fuels = dro_atlas_fuels(atlas, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_double_eq(fuels[0].co2_t_per_t, 3.151);
    ck_assert_double_eq(fuels[0].price_low_usd_t, 430);
}
END_TEST

START_TEST(waters_are_read) {
    size_t count = 0;
    const dro_channel *channels = dro_atlas_channels(atlas, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(channels[0].id, "elbe");
    ck_assert_int_eq(channels[0].kind, DRO_CHANNEL_RIVER);
    ck_assert_int_eq(channels[0].passage, -1);
    ck_assert_uint_eq(channels[0].count, 3);
    ck_assert_double_eq(channels[0].points[2].lat_deg, 53.54);
    ck_assert_double_eq(channels[0].points[2].lon_deg, 9.9);
    const dro_shoal *shoals = dro_atlas_shoals(atlas, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(shoals[0].count, 3);
    ck_assert_double_eq(shoals[0].depth_m, 3);
    ck_assert_str_eq(shoals[0].note, "");
    const dro_barrier *barriers = dro_atlas_barriers(atlas, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(barriers[0].count, 2);
    const dro_lake *lakes = dro_atlas_lakes(atlas, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert(lakes[0].navigable);
    ck_assert_double_eq(lakes[0].at.lat_deg, 43.6);
    (void)dro_atlas_sources(atlas, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(dro_atlas_source(atlas, "test")->title, "A test");
    ck_assert_ptr_null(dro_atlas_source(atlas, "other"));
}
END_TEST

START_TEST(words_as_text) {
    ck_assert_str_eq(dro_mark_text(DRO_MARK_MEASURED), "measured");
    ck_assert_str_eq(dro_mark_text(DRO_MARK_ASSUMPTION), "assumption");
    ck_assert_str_eq(dro_port_status_text(DRO_PORT_CLOSED), "closed");
    ck_assert_str_eq(dro_passage_kind_text(DRO_PASSAGE_ROUTE), "route");
}
END_TEST

START_TEST(columns_in_another_order_and_further_ones) {
    fixture_write("lakes.csv", "remark,source,name,id,lon,lat,mark,note,navigable\r\n"
                               "x,test,Lake,a,-77.8,43.6,press,n,no\r\n\r\n");
    dro_atlas *other = fixture_load();
    size_t count = 0;
    const dro_lake *lakes = dro_atlas_lakes(other, &count);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(lakes[0].id, "a");
    ck_assert_double_eq(lakes[0].at.lon_deg, -77.8);
    ck_assert(!lakes[0].navigable);
    dro_atlas_destroy(other);
}
END_TEST

/* ---- bad rows ---------------------------------------------------------------------
 */

START_TEST(bad_ports) {
    fixture_fails("ports.csv", "code,name\nPECLL,Callao\n", "no column \"aliases\"");
    fixture_fails("ports.csv", "", "ports.csv");
    fixture_fails("ports.csv",
                  PORTS_HEADER GOOD_PORT("PECLL", "Callao", "", "PE", "-12", "-77")
                      GOOD_PORT("PECLL", "Callao", "", "PE", "-12", "-77"),
                  "ports.csv:3:1: code \"PECLL\" is there twice");
    fixture_fails("ports.csv",
                  PORTS_HEADER GOOD_PORT("Callao", "Callao", "", "PE", "-12", "-77"),
                  "ports.csv:2:1: \"Callao\" is not a UN/LOCODE");
    fixture_fails("ports.csv",
                  PORTS_HEADER GOOD_PORT("PECLL", "Callao", "", "Peru", "-12", "-77"),
                  "\"Peru\" is not a country's two letters");
    fixture_fails("ports.csv",
                  PORTS_HEADER GOOD_PORT("PECLL", "", "", "PE", "-12", "-77"),
                  "2:7: name may not be empty");
    fixture_fails("ports.csv",
                  PORTS_HEADER GOOD_PORT("PECLL", "Callao", "", "PE", "", "-77"),
                  "lat may not be empty");
    fixture_fails(
        "ports.csv",
        PORTS_HEADER GOOD_PORT("CNSHA", "Shanghai", "", "CN", "121.5", "31.2"),
        "2:20: latitude 121.5 is beyond 90 degrees; latitude and longitude "
        "look swapped");
    fixture_fails("ports.csv",
                  PORTS_HEADER GOOD_PORT("CNSHA", "Shanghai", "", "CN", "31", "221.5"),
                  "beyond 180");
    fixture_fails("ports.csv",
                  PORTS_HEADER GOOD_PORT("CNSHA", "Shanghai", "", "CN", "north", "1"),
                  "lat: \"north\" is not a number");
    fixture_fails("ports.csv",
                  PORTS_HEADER "PECLL,Callao,,PE,-12,-77,,,,-3,,,,multi,open,2025,test,"
                               "press,\n",
                  "max_draft_m: -3 is not within 0 and 40");
    fixture_fails("ports.csv",
                  PORTS_HEADER "PECLL,Callao,,PE,-12,-77,,,,,,,,multi,shut,2025,test,"
                               "press,\n",
                  "status: \"shut\" is not open, planned or closed");
    fixture_fails("ports.csv",
                  PORTS_HEADER "PECLL,Callao,,PE,-12,-77,,,,,,,,multi,open,2025,who,"
                               "press,\n",
                  "source: \"who\" is not in sources.csv");
    fixture_fails("ports.csv",
                  PORTS_HEADER "PECLL,Callao,,PE,-12,-77,,,,,,,,multi,open,2025,test,"
                               "guess,\n",
                  "mark: \"guess\" is not measured, official, press, computed or "
                  "assumption");
    fixture_fails("ports.csv", PORTS_HEADER "PECLL,Callao,,PE,-12\n", "ports.csv:2:");
    fixture_fails("ports.csv", PORTS_HEADER "PECLL,\"Callao,,PE,-12\n", "ports.csv:2:");
}
END_TEST

static char passage_text[2048];

static const char *passage(const char *kind, const char *part_of, const char *gate,
                           const char *rest) {
    (void)snprintf(passage_text, sizeof passage_text,
                   PASSAGES_HEADER "first,First,,%s,%s,true,%s,%s,2025,test,press,\n",
                   kind, part_of, gate, rest);
    return passage_text;
}

#define NO_FIGURES ",,,,,,,,,,,,,,,,,"
#define GATE       "1 2; 3 4"

START_TEST(bad_passages) {
    fixture_fails("passages.csv", passage("river", "", GATE, NO_FIGURES),
                  "kind: \"river\" is not canal, strait, cape or route");
    fixture_fails("passages.csv", passage("strait", "", "", NO_FIGURES),
                  "only a canal may be without a gate line");
    fixture_fails("passages.csv", passage("strait", "other", GATE, NO_FIGURES),
                  "no passage \"other\" above this row");
    fixture_fails("passages.csv", passage("strait", "first", GATE, NO_FIGURES),
                  "no passage \"first\" above this row");
    fixture_fails("passages.csv", passage("strait", "", "1 2", NO_FIGURES),
                  "a line has 2 to 1000 points, this one has 1");
    fixture_fails("passages.csv", passage("strait", "", "1 2; 3", NO_FIGURES),
                  "point 2: \"3\" is not \"latitude longitude\"");
    fixture_fails("passages.csv", passage("strait", "", "1 2; 3 4 5", NO_FIGURES),
                  "point 2: longitude: \"4 5\" is not a number");
    fixture_fails("passages.csv", passage("strait", "", "1 2; 95 4", NO_FIGURES),
                  "point 2: latitude 95 is beyond 90");
    fixture_fails("passages.csv", passage("strait", "", "1 2; 1 2", NO_FIGURES),
                  "point 2: is the same as the one before");
    fixture_fails("passages.csv", passage("strait", "", "1 2; 3 4 /", NO_FIGURES),
                  "a line has 2 to 1000 points");
    fixture_fails("passages.csv", passage("strait", "", GATE, ",,,,1,2,3,,,,,,,,,,,"),
                  "transit_h is not between its low and its high");
    fixture_fails("passages.csv", passage("strait", "", GATE, ",,,,,,,5,1,4,,,,,,,,"),
                  "wait_h is not between its low and its high");
    fixture_fails("passages.csv",
                  PASSAGES_HEADER "a,A,,canal,,maybe,,,,,,,,,,,,,,,,,,,,,test,press,\n",
                  "open: \"maybe\"");
    fixture_fails("passages.csv",
                  PASSAGES_HEADER
                  "a b,A,,canal,,true,,,,,,,,,,,,,,,,,,,,,test,press,\n",
                  "id: \"a b\" is not an id");
}
END_TEST

START_TEST(too_many_passages) {
    dro_text text = {.limit = 0};
    ck_assert_int_eq(dro_text_add(&text, "%s", PASSAGES_HEADER), DRO_OK);
    for (int i = 0; i <= DRO_PASSAGES_MAX; i++) {
        ck_assert_int_eq(
            dro_text_add(&text, "p%d,P,,canal,,true,," NO_FIGURES ",,test,press,\n", i),
            DRO_OK);
    }
    fixture_fails("passages.csv", text.data, "66:1: more than 64 passages");
    dro_text_free(&text);
}
END_TEST

START_TEST(bad_vessels_and_fuels) {
    fixture_fails("vessels.csv",
                  VESSELS_HEADER "a,A,bulk,,,,292,45,18.2,,,14,10,54,3,3,4,coal,28000,"
                                 "8000,50000,0.97,6,3,12,2025,test,press,\n",
                  "fuel: \"coal\" is not the id of a row there is");
    fixture_fails("vessels.csv",
                  VESSELS_HEADER "a,A,bulk,,,,292,45,18.2,,,14,10,54,3,3,4,,28000,"
                                 "8000,50000,0.97,6,3,12,2025,test,press,\n",
                  "fuel may not be empty");
    fixture_fails("vessels.csv",
                  VESSELS_HEADER "a,A,bulk,,,,292,45,18.2,,,9,10,54,3,3,4,vlsfo,28000,"
                                 "8000,50000,0.97,6,3,12,2025,test,press,\n",
                  "min_speed_kn is not between");
    fixture_fails("vessels.csv",
                  VESSELS_HEADER "a,A,bulk,,,,292,45,18.2,,,14,10,54,3,3,4,vlsfo,28000,"
                                 "30000,50000,0.97,6,3,12,2025,test,press,\n",
                  "charter_usd_d is not between");
    fixture_fails("vessels.csv",
                  VESSELS_HEADER "a,A,bulk,,,,292,45,18.2,,,14,10,54,3,3,4,vlsfo,28000,"
                                 "8000,50000,1.97,6,3,12,2025,test,press,\n",
                  "load_factor: 1.97 is not within 0 and 1");
    fixture_fails("fuels.csv",
                  FUELS_HEADER "vlsfo,Fuel,470,480,515,3.151,2025,test,press\n",
                  "price_usd_t is not between");
}
END_TEST

START_TEST(bad_waters) {
    fixture_fails(
        "barriers.csv",
        "id,name,line,source,mark,note\nw,W,1 2; 3 4 / 5 6; 7 8,test,press,\n",
        "a barrier is one line, this one has 2");
    fixture_fails("barriers.csv", "id,name,line,source,mark,note\nw,W,,test,press,\n",
                  "a barrier is one line, this one has 0");
    fixture_write("barriers.csv", fixture_files[7].text);
    fixture_fails("lakes.csv",
                  "id,name,lat,lon,navigable,source,mark,note\nl,L,1,2,,test,press,\n",
                  "navigable may not be empty");
}
END_TEST

START_TEST(bad_sources) {
    fixture_fails("sources.csv", "id,title,publisher,year,licence,note\n,T,,,,\n",
                  "sources.csv:2:1: id may not be empty");
    fixture_fails("sources.csv", "id,title,publisher,year,licence,note\na,,,,,\n",
                  "sources.csv:2:3: title may not be empty");
}
END_TEST

static char feature_text[1024];

static const char *channel_with(const char *properties) {
    (void)snprintf(
        feature_text, sizeof feature_text,
        COLLECTION("\n{\"type\":\"Feature\",\"properties\":{%s},\"geometry\":"
                   "{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}}"),
        properties);
    return feature_text;
}

START_TEST(bad_channels) {
    fixture_fails("channels.geojson", channel_with("\"id\":\"a\""),
                  "channels.geojson:2:1: feature 1: name may not be empty");
    fixture_fails("channels.geojson",
                  channel_with("\"id\":\"a\",\"name\":\"A\",\"kind\":\"road\""),
                  "kind: \"road\" is not canal, river, approach or narrow");
    fixture_fails("channels.geojson",
                  channel_with("\"id\":\"a\",\"name\":\"A\",\"kind\":\"river\","
                               "\"passage\":\"nowhere\""),
                  "passage: \"nowhere\" is not the id of a row there is");
    fixture_fails("channels.geojson",
                  channel_with("\"id\":\"a\",\"name\":\"A\",\"kind\":\"river\","
                               "\"max_draft_m\":true"),
                  "max_draft_m: true is not a number");
    fixture_fails("channels.geojson",
                  channel_with("\"id\":\"a\",\"name\":\"A\",\"kind\":\"river\","
                               "\"max_draft_m\":500"),
                  "max_draft_m: 500 is not within 0.5 and 100");
    fixture_fails("channels.geojson", channel_with("\"id\":7"), "id: 7 is not text");
    fixture_fails("channels.geojson", channel_with("\"id\":[7]"),
                  "id: an array or object is not text");
    fixture_fails("channels.geojson", COLLECTION(GOOD_CHANNEL "," GOOD_CHANNEL),
                  "feature 2: id \"elbe\" is there twice");
    fixture_fails("channels.geojson", COLLECTION(GOOD_SHOAL),
                  "geometry \"Polygon\" is not a LineString or MultiLineString");
}
END_TEST

START_TEST(bad_shoals) {
    fixture_fails("shoals.geojson", COLLECTION(GOOD_CHANNEL),
                  "geometry \"LineString\" is not a Polygon or MultiPolygon");
    fixture_fails("shoals.geojson", "{\"type\":\"FeatureCollection\"}",
                  "no array of features");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("atlas_tables");
    TCase *good = tcase_create("good");
    tcase_add_checked_fixture(good, load, unload);
    tcase_add_test(good, ports_are_read);
    tcase_add_test(good, passages_are_read);
    tcase_add_test(good, vessels_and_fuels_are_read);
    tcase_add_test(good, waters_are_read);
    tcase_add_test(good, words_as_text);
    tcase_add_test(good, columns_in_another_order_and_further_ones);
    suite_add_tcase(suite, good);
    TCase *bad = tcase_create("bad");
    tcase_add_checked_fixture(bad, fixture_set_up, fixture_tear_down);
    tcase_add_test(bad, bad_ports);
    tcase_add_test(bad, bad_passages);
    tcase_add_test(bad, too_many_passages);
    tcase_add_test(bad, bad_vessels_and_fuels);
    tcase_add_test(bad, bad_waters);
    tcase_add_test(bad, bad_sources);
    tcase_add_test(bad, bad_channels);
    tcase_add_test(bad, bad_shoals);
    suite_add_tcase(suite, bad);
    return check_run(suite);
}
