/* GeoJSON: the forms it takes, what is refused, and rings on the sphere. */
#include "check_main.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "atlas/geojson.h"

static dro_arena *arena;

static void set_up(void) {
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
}

static void tear_down(void) {
    dro_arena_destroy(arena);
}

static dro_status parse(const char *text, dro_geojson_type type, dro_geojson **file,
                        dro_error *error) {
    return dro_geojson_parse(text, strlen(text), "a.geojson", type, file, error);
}

static void refuses_as(dro_geojson_type type, const char *text, const char *message) {
    dro_geojson *file = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(parse(text, type, &file, &error), DRO_PARSE);
    ck_assert_str_eq(error.message, message);
    ck_assert_ptr_null(file);
}

#define AREA(rings)   "{\"type\":\"Polygon\",\"coordinates\":" rings "}"
#define LINE(points)  "{\"type\":\"LineString\",\"coordinates\":" points "}"
#define SQUARE        "[[0,0],[1,0],[1,1],[0,1],[0,0]]"
#define FEATURE(geom) "{\"type\":\"Feature\",\"properties\":{},\"geometry\":" geom "}"

/* ---- forms
 * ---------------------------------------------------------------------------- */

static size_t parts_of(const char *text, dro_geojson_type type) {
    dro_geojson *file = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_msg(parse(text, type, &file, &error) == DRO_OK, "%s", error.message);
    size_t count = 0;
    (void)dro_geojson_features(file, &count);
    dro_geojson_close(file);
    return count;
}

START_TEST(forms) {
    ck_assert_uint_eq(parts_of(AREA("[" SQUARE "]"), DRO_GEOJSON_AREAS), 1);
    ck_assert_uint_eq(parts_of(FEATURE(AREA("[" SQUARE "]")), DRO_GEOJSON_AREAS), 1);
    ck_assert_uint_eq(parts_of("{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE
                               "],[" SQUARE "]]}",
                               DRO_GEOJSON_AREAS),
                      2);
    ck_assert_uint_eq(
        parts_of("{\"features\":[" FEATURE(AREA("[" SQUARE "]")) "," FEATURE(
                     AREA("[" SQUARE "]")) "],\"type\":\"FeatureCollection\"}",
                 DRO_GEOJSON_AREAS),
        2);
    ck_assert_uint_eq(parts_of(LINE("[[1,2,9],[3,4]]"), DRO_GEOJSON_LINES), 1);
    ck_assert_uint_eq(
        parts_of("{\"type\":\"MultiLineString\",\"coordinates\":[[[1,2],[3,4]]]}",
                 DRO_GEOJSON_LINES),
        1);
    ck_assert_uint_eq(
        parts_of("{\"type\":\"FeatureCollection\",\"features\":[]}", DRO_GEOJSON_LINES),
        0);
}
END_TEST

START_TEST(values) {
    const char *text =
        "{\"type\":\"Feature\",\"properties\":{\"a\":\"x\",\"b\":1.5,"
        "\"c\":true,\"d\":null,\"e\":[]},\"geometry\":" LINE("[[1,2],[3,4]]") "}";
    dro_geojson *file = NULL;
    ck_assert_int_eq(parse(text, DRO_GEOJSON_LINES, &file, NULL), DRO_OK);
    size_t count = 0;
    const dro_geojson_feature *feature = dro_geojson_features(file, &count);
    ck_assert_uint_eq(feature->number, 1);
    ck_assert_double_eq(feature->points[1].lat_deg, 4);
    ck_assert_double_eq(feature->points[1].lon_deg, 3);
    static const dro_value_kind kinds[] = {DRO_VALUE_TEXT, DRO_VALUE_NUMBER,
                                           DRO_VALUE_BOOL, DRO_VALUE_MISSING,
                                           DRO_VALUE_OTHER};
    const char *key = NULL;
    const char *json = dro_json_first_member(feature->properties, &key);
    for (size_t i = 0; i < 5; i++) {
        dro_value value;
        ck_assert_ptr_nonnull(json);
        ck_assert_int_eq(dro_geojson_value(file, json, &value, NULL), DRO_OK);
        ck_assert_int_eq(value.kind, kinds[i]);
        json = dro_json_next_member(json, &key);
    }
    ck_assert_ptr_null(json);
    dro_geojson_close(file);
    dro_geojson_close(NULL);
}
END_TEST

/* ---- refused
 * --------------------------------------------------------------------------- */

static void refuses(const char *text, const char *message) {
    refuses_as(DRO_GEOJSON_AREAS, text, message);
}

START_TEST(not_geojson) {
    refuses("{}", "a.geojson:1:1: this is no GeoJSON: it has no type");
    refuses("[1]", "a.geojson:1:1: this is no GeoJSON: it has no type");
    refuses("{\"type\":\n  \"Polygon\" \"\"}",
            "a.geojson:2:13: '\"' where a comma or } should be");
    refuses("{\"type\":\"FeatureCollection\",\"features\":7}",
            "a.geojson:1:1: the collection has no array of features");
    refuses("{\"type\":\"FeatureCollection\",\"features\":[7]}",
            "a.geojson:1:41: feature 1: it is not of type Feature");
    refuses(
        "{\"type\":\"FeatureCollection\",\"features\":[\n" FEATURE("null") "]}",
        "a.geojson:2:46: feature 1: geometry \"\" is not a Polygon or MultiPolygon");
    refuses("{\"type\":\"Point\",\"coordinates\":[1,2]}",
            "a.geojson:1:1: feature 1: geometry \"Point\" is not a Polygon or "
            "MultiPolygon");
    refuses(
        "{\"type\":\"GeometryCollection\",\"geometries\":[]}",
        "a.geojson:1:1: feature 1: geometry \"GeometryCollection\" is not a Polygon "
        "or MultiPolygon");
}
END_TEST

START_TEST(bad_coordinates) {
    refuses(AREA("[[[0,0],[1,0],[1,\"x\"],[0,0]]]"),
            "a.geojson:1:47: feature 1: a position is [longitude, latitude], two "
            "numbers");
    refuses(AREA("[[[0,0],[1],[1,1],[0,0]]]"),
            "a.geojson:1:41: feature 1: a position is [longitude, latitude], two "
            "numbers");
    refuses(AREA("[[[31.2,121.5],[1,0],[1,1],[31.2,121.5]]]"),
            "a.geojson:1:35: feature 1: latitude 121.5 is beyond 90 degrees; latitude "
            "and longitude look swapped (in GeoJSON longitude comes first)");
    refuses(
        AREA("[[[190,0],[1,0],[1,1],[190,0]]]"),
        "a.geojson:1:35: feature 1: longitude 190 is beyond 180 degrees (in GeoJSON "
        "longitude comes first)");
    refuses(AREA("[[[0,1e999],[1,0],[1,1],[0,1e999]]]"),
            "a.geojson:1:35: feature 1: a position is [longitude, latitude], two "
            "numbers");
    refuses(AREA("[7]"), "a.geojson:1:34: feature 1: coordinates are not an array");
    refuses(AREA("7"), "a.geojson:1:33: feature 1: a polygon without a ring");
    refuses(AREA("[]"), "a.geojson:1:33: feature 1: a polygon without a ring");
    refuses("{\"type\":\"Polygon\"}",
            "a.geojson:1:1: feature 1: a polygon without a ring");
    refuses("{\"type\":\"MultiPolygon\",\"coordinates\":[]}",
            "a.geojson:1:38: feature 1: coordinates are not an array of parts");
}
END_TEST

START_TEST(bad_rings) {
    refuses(AREA("[[[0,0],[1,0],[1,1],[0,1]]]"),
            "a.geojson:1:34: feature 1: the ring is not closed: the last position must "
            "be as the first");
    refuses(
        AREA("[[[0,0],[1,0],[0,0]]]"),
        "a.geojson:1:34: feature 1: a ring needs 4 positions, the last as the first");
    refuses(
        AREA("[" SQUARE "," SQUARE "]"),
        "a.geojson:1:66: feature 1: a polygon with a hole; only a single outline is "
        "read");
    refuses(
        AREA("[[[-180,-90],[180,-90],[180,30],[-180,30],[-180,-90]]]"),
        "a.geojson:1:34: feature 1: the area covers more than half the earth; split "
        "it");
}
END_TEST

START_TEST(bad_lines) {
    refuses_as(DRO_GEOJSON_LINES, LINE("[[1,2]]"),
               "a.geojson:1:36: feature 1: a line needs two positions");
    refuses_as(DRO_GEOJSON_LINES, AREA("[" SQUARE "]"),
               "a.geojson:1:1: feature 1: geometry \"Polygon\" is not a LineString or "
               "MultiLineString");
}
END_TEST

START_TEST(limits) {
    dro_geojson *file = NULL;
    dro_error error = DRO_ERROR_INIT;
    char deep[200];
    memset(deep, '[', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    ck_assert_int_eq(parse(deep, DRO_GEOJSON_AREAS, &file, &error), DRO_LIMIT);
    ck_assert_int_eq(dro_geojson_parse("", DRO_GEOJSON_MAX_BYTES + 1, "a.geojson",
                                       DRO_GEOJSON_AREAS, &file, &error),
                     DRO_LIMIT);
    dro_text text = {.limit = 0};
    ck_assert_int_eq(
        dro_text_add(&text, "%s", "{\"type\":\"LineString\",\"coordinates\":[[0,0]"),
        DRO_OK);
    for (int i = 0; i < DRO_GEOJSON_MAX_PART_POINTS; i++) {
        ck_assert_int_eq(dro_text_add(&text, ",[%d,1]", i % 2), DRO_OK);
    }
    ck_assert_int_eq(dro_text_add(&text, "]}"), DRO_OK);
    ck_assert_int_eq(parse(text.data, DRO_GEOJSON_LINES, &file, &error), DRO_LIMIT);
    ck_assert_ptr_nonnull(strstr(error.message, "more than 20000 points in one part"));
    dro_text_free(&text);
}
END_TEST

/* ---- rings on the sphere
 * ------------------------------------------------------------------ */

static dro_ring ring_of(const char *text) {
    dro_geojson *file = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_msg(parse(text, DRO_GEOJSON_AREAS, &file, &error) == DRO_OK, "%s",
                  error.message);
    dro_ring *rings = NULL;
    size_t count = 0;
    dro_status status = dro_geojson_rings(file, arena, &rings, &count, &error);
    ck_assert_msg(status == DRO_OK, "%s", error.message);
    ck_assert_uint_eq(count, 1);
    dro_geojson_close(file);
    return rings[0];
}

static bool has(dro_ring ring, double lat, double lon) {
    return dro_geo_ring_contains(ring, dro_geo_to_vec((dro_point){lat, lon}));
}

START_TEST(edges_are_straight_on_the_map) {
    dro_ring ring = ring_of(AREA("[[[-30,50],[30,50],[30,60],[-30,60],[-30,50]]]"));
    ck_assert(has(ring, 50.05, 0)); /* a great circle would run at 53.6 */
    ck_assert(!has(ring, 49.95, 0));
    ck_assert(has(ring, 59.95, 0.5));
    ck_assert(!has(ring, 60.05, 0.5));
}
END_TEST

START_TEST(over_the_antimeridian) {
    dro_ring ring =
        ring_of(AREA("[[[170,-10],[-170,-10],[-170,10],[170,10],[170,-10]]]"));
    ck_assert(has(ring, 0, 180));
    ck_assert(has(ring, 5, -175));
    ck_assert(!has(ring, 0, 0));
    dro_ring half =
        ring_of(AREA("[[[170,-10],[180,-10],[180,10],[170,10],[170,-10]]]"));
    ck_assert(has(half, 0, 175));
    ck_assert(!has(half, 0, -175));
}
END_TEST

START_TEST(caps_around_the_poles) {
    dro_ring north =
        ring_of(AREA("[[[-180,66],[180,66],[180,90],[-180,90],[-180,66]]]"));
    ck_assert(has(north, 90, 0));
    ck_assert(has(north, 70, 180));
    ck_assert(has(north, 66.1, 12.5));
    ck_assert(!has(north, 65.9, 12.5));
    ck_assert(!has(north, -90, 0));
    dro_ring south =
        ring_of(AREA("[[[-180,-60],[-180,-90],[180,-90],[180,-60],[-180,-60]]]"));
    ck_assert(has(south, -75, 100));
    ck_assert(!has(south, 75, 100));
    dro_ring around = ring_of(AREA("[[[0,70],[90,70],[180,70],[-90,70],[0,70]]]"));
    ck_assert(has(around, 90, 0));
    ck_assert(has(around, 75, -135));
}
END_TEST

START_TEST(a_wedge_to_the_pole) {
    dro_ring ring = ring_of(AREA("[[[0,60],[40,60],[40,90],[0,90],[0,60]]]"));
    ck_assert(has(ring, 80, 20));
    ck_assert(!has(ring, 80, -20));
    ck_assert(has(ring, 90, 0));
}
END_TEST

START_TEST(crossing_rings_are_refused) {
    dro_geojson *file = NULL;
    dro_error error = DRO_ERROR_INIT;
    dro_ring *rings = NULL;
    size_t count = 0;
    ck_assert_int_eq(parse(FEATURE(AREA("[[[0,0],[0.5,0.5],[0.5,0],[0,0.5],[0,0]]]")),
                           DRO_GEOJSON_AREAS, &file, NULL),
                     DRO_OK);
    ck_assert_int_eq(dro_geojson_rings(file, arena, &rings, &count, &error), DRO_PARSE);
    ck_assert_ptr_nonnull(strstr(
        error.message, "a.geojson:1:1: feature 1: the ring crosses itself: edge 1"));
    dro_geojson_close(file);
}
END_TEST

START_TEST(rings_of_a_file) {
    char path[] = "/tmp/dro-rings-XXXXXX";
    int handle = mkstemp(path);
    ck_assert_int_ge(handle, 0);
    const char text[] = FEATURE(AREA("[" SQUARE "]"));
    ck_assert_int_eq(write(handle, text, sizeof text - 1), (int)sizeof text - 1);
    dro_ring *rings = NULL;
    size_t count = 0;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_geojson_read_rings(path, arena, &rings, &count, &error),
                     DRO_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert(has(rings[0], 0.5, 0.5));
    ck_assert_int_eq(ftruncate(handle, 20), 0);
    ck_assert_int_eq(dro_geojson_read_rings(path, arena, &rings, &count, &error),
                     DRO_PARSE);
    ck_assert_int_eq(close(handle), 0);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(dro_geojson_read_rings(path, arena, &rings, &count, &error),
                     DRO_IO);
}
END_TEST

START_TEST(a_file_without_areas) {
    dro_geojson *file = NULL;
    dro_error error = DRO_ERROR_INIT;
    dro_ring *rings = NULL;
    size_t count = 0;
    ck_assert_int_eq(parse("{\"type\":\"FeatureCollection\",\"features\":[]}",
                           DRO_GEOJSON_AREAS, &file, NULL),
                     DRO_OK);
    ck_assert_int_eq(dro_geojson_rings(file, arena, &rings, &count, &error), DRO_PARSE);
    ck_assert_str_eq(error.message, "a.geojson: there is no area in it");
    dro_geojson_close(file);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("atlas_geojson");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, forms);
    tcase_add_test(tests, values);
    tcase_add_test(tests, not_geojson);
    tcase_add_test(tests, bad_coordinates);
    tcase_add_test(tests, bad_rings);
    tcase_add_test(tests, bad_lines);
    tcase_add_test(tests, limits);
    tcase_add_test(tests, edges_are_straight_on_the_map);
    tcase_add_test(tests, over_the_antimeridian);
    tcase_add_test(tests, caps_around_the_poles);
    tcase_add_test(tests, a_wedge_to_the_pole);
    tcase_add_test(tests, crossing_rings_are_refused);
    tcase_add_test(tests, rings_of_a_file);
    tcase_add_test(tests, a_file_without_areas);
    suite_add_tcase(suite, tests);
    return check_run(suite);
}
