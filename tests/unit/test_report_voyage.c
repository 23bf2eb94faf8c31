/* A voyage in each format, read back: JSON by jansson, CSV by the reader. */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/report.h"
#include "fake_chart.h"

#define ATLAS DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"

static dro_session *session;
static dro_worker *worker;
static dro_plan *plan;
static dro_arena *arena;
static dro_error error;
static dro_voyage voyage;
static char *bytes;
static size_t length;

static void setup(void) {
    dro_place west, east;
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    dro_voyage_options wish = DRO_VOYAGE_OPTIONS_INIT;
    options.data = ATLAS;
    wish.alternatives = 2;
    wish.avoid = UINT64_C(1) << 3; /* south-cape */
    ck_assert_int_eq(dro_session_open(&options, &session, &error), DRO_OK);
    ck_assert_int_eq(dro_worker_create(session, &worker, &error), DRO_OK);
    ck_assert_int_eq(dro_arena_create(&arena, &error), DRO_OK);
    ck_assert_int_eq(dro_plan_create(session, &wish, &plan, &error), DRO_OK);
    dro_place_of_port(dro_session_atlas(session), 0, &west);
    dro_place_of_port(dro_session_atlas(session), 1, &east);
    ck_assert_int_eq(
        dro_voyage_find(worker, plan, &west, &east, arena, &voyage, &error), DRO_OK);
}

static void teardown(void) {
    free(bytes);
    dro_plan_destroy(plan);
    dro_arena_destroy(arena);
    dro_worker_destroy(worker);
    dro_session_release(session);
}

static void write(dro_format format) {
    FILE *out = open_memstream(&bytes, &length);
    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(dro_report_voyage(out, format, &voyage, arena, &error), DRO_OK);
    ck_assert_int_eq(fclose(out), 0);
}

static json_t *read_json(void) {
    json_error_t why;
    json_t *root = json_loadb(bytes, length, 0, &why);
    ck_assert_msg(root != NULL, "%d:%d: %s", why.line, why.column, why.text);
    return root;
}

START_TEST(json_has_the_members_of_the_design) {
    static const char *const members[] = {
        "from",     "to",      "distance_nm", "duration_h",
        "speed_kn", "fuel_t",  "co2_t",       "cost_usd",
        "passages", "snap_nm", "legs",        "geometry",
        "vessel",   "profile", "duration",    "excess_bound_pct",
        "cost",     "sources", "closed",      "alternatives",
        "notices",  "by"};
    setup();
    write(DRO_FORMAT_JSON);
    json_t *root = read_json();
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        ck_assert_msg(json_object_get(root, members[i]) != NULL, "no %s", members[i]);
    }
    const json_t *from = json_object_get(root, "from");
    ck_assert_str_eq(json_string_value(json_object_get(from, "code")), "XAWST");
    ck_assert_double_eq_tol(json_number_value(json_object_get(root, "distance_nm")),
                            1803.231, 1e-9);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "legs")), 3);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "alternatives")), 1);
    const json_t *closed = json_array_get(json_object_get(root, "closed"), 0);
    ck_assert_str_eq(json_string_value(json_object_get(closed, "passage")),
                     "south-cape");
    const json_t *cost = json_object_get(json_object_get(root, "cost"), "total_usd");
    ck_assert(json_number_value(json_object_get(cost, "low")) <
              json_number_value(json_object_get(cost, "high")));
    json_decref(root);
    teardown();
}
END_TEST

START_TEST(legs_of_json_add_up) {
    setup();
    write(DRO_FORMAT_JSON);
    json_t *root = read_json();
    const json_t *legs = json_object_get(root, "legs");
    double sums[4] = {0};
    static const char *const members[4] = {"distance_nm", "duration_h", "cost_usd",
                                           "co2_t"};
    for (size_t i = 0; i < json_array_size(legs); i++) {
        for (size_t j = 0; j < 4; j++) {
            sums[j] +=
                json_number_value(json_object_get(json_array_get(legs, i), members[j]));
        }
    }
    for (size_t j = 0; j < 4; j++) { /* each leg is rounded */
        ck_assert_double_eq_tol(
            sums[j], json_number_value(json_object_get(root, members[j])), 2.0);
    }
    json_decref(root);
    teardown();
}
END_TEST

START_TEST(geojson_is_a_collection_of_lines_and_points) {
    setup();
    write(DRO_FORMAT_GEOJSON);
    json_t *root = read_json();
    const json_t *features = json_object_get(root, "features");
    ck_assert_uint_eq(json_array_size(features), 4);
    for (size_t i = 0; i < 4; i++) {
        const json_t *geometry =
            json_object_get(json_array_get(features, i), "geometry");
        ck_assert_str_eq(json_string_value(json_object_get(geometry, "type")),
                         i < 2 ? "LineString" : "Point");
    }
    json_decref(root);
    teardown();
}
END_TEST

START_TEST(csv_has_a_row_per_itinerary) {
    setup();
    write(DRO_FORMAT_CSV);
    dro_csv *csv = NULL;
    ck_assert_int_eq(dro_csv_open_memory(bytes, length, "csv", &csv, &error), DRO_OK);
    int distance = dro_csv_find(csv, "distance_nm");
    int passages = dro_csv_find(csv, "passages");
    ck_assert_int_ge(distance, 0);
    ck_assert_int_ge(passages, 0);
    const char *const expected[2] = {"cut", "north-strait"};
    for (size_t i = 0; i < 2; i++) {
        bool more = false;
        ck_assert_int_eq(dro_csv_next(csv, &more, &error), DRO_OK);
        ck_assert(more);
        ck_assert_str_eq(dro_csv_field(csv, (size_t)passages), expected[i]);
    }
    dro_csv_close(csv);
    teardown();
}
END_TEST

START_TEST(the_table_says_what_was_assumed_and_left_out) {
    setup();
    write(DRO_FORMAT_TABLE);
    ck_assert_ptr_nonnull(strstr(bytes, "West Haven (XAWST) to East Haven (XBEST)"));
    ck_assert_ptr_nonnull(strstr(bytes, "(assumed)"));
    ck_assert_ptr_nonnull(strstr(bytes, "port dues"));
    ck_assert_ptr_nonnull(strstr(bytes, "freight rate"));
    ck_assert_ptr_nonnull(strstr(bytes, "avoided: south-cape"));
    ck_assert_ptr_null(strstr(bytes, " \n")); /* no line ends in a space */
    teardown();
}
END_TEST

START_TEST(maps_are_not_written_here) {
    setup();
    FILE *out = open_memstream(&bytes, &length);
    ck_assert_int_eq(dro_report_voyage(out, DRO_FORMAT_SVG, &voyage, arena, &error),
                     DRO_INVALID);
    ck_assert_int_eq(fclose(out), 0);
    teardown();
}
END_TEST

int main(void) {
    const TTest *tests[] = {json_has_the_members_of_the_design,
                            legs_of_json_add_up,
                            geojson_is_a_collection_of_lines_and_points,
                            csv_has_a_row_per_itinerary,
                            the_table_says_what_was_assumed_and_left_out,
                            maps_are_not_written_here,
                            NULL};
    return check_main("report voyage", tests);
}
