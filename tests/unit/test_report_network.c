/* The network of the small world of tests/fixtures/case as GeoJSON and JSON, and the
 * lines of a comparison's legs. UPDATE=1 rewrites tests/golden/network.geojson; look at
 * it then. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check_main.h"
#include "derrotero/report.h"
#include "fake_chart.h"

#define ATLAS  DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"
#define TABLES DRO_TEST_SOURCE_DIR "/tests/fixtures/case"
#define GOLDEN DRO_TEST_SOURCE_DIR "/tests/golden/network.geojson"

/* Across the antimeridian, and a service that is planned. */
static const char text[] =
    "case: test\ncorridors: no\ntables: " TABLES "\ncommodity: goods\nscenarios:\n"
    "  now: {date: 2024-06-01, month: 6}\n"
    "  more:\n"
    "    title: More of it\n"
    "    extends: now\n"
    "    edits:\n"
    "      - close: {passage: cut}\n"
    "      - add: {node: sunrise, name: \"Sun \\\"rise\\\"\", country: XC, kind: "
    "city,\n"
    "              lat: 10, lon: 179.123456789}\n"
    "      - add: {node: sunset, name: Sunset, country: XC, kind: city, lat: 12,\n"
    "              lon: -179}\n"
    "      - add: {link: over, from: sunrise, to: sunset, mode: road, class: lorry,\n"
    "              state: existing, length_km: 320, oneway: yes, border_h: 4}\n"
    "      - add: {service: hoped-for, vessel: small, state: planned, headway_d: 14,\n"
    "              calls: [{port: XBEST}, {port: XAWST}]}\n";

static dro_session *session;
static dro_store *store;
static const dro_case *study;
static dro_arena *arena;
static char *bytes;
static size_t length;

static void setup(void) {
    char path[] = "/tmp/derrotero-network-XXXXXX";
    dro_error error = DRO_ERROR_INIT;
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    options.data = ATLAS;
    ck_assert_int_eq(dro_session_open(&options, &session, &error), DRO_OK);
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq((int)write(file, text, sizeof text - 1), (int)sizeof text - 1);
    ck_assert_int_eq(close(file), 0);
    ck_assert_int_eq(dro_store_create(session, NULL, &store, &error), DRO_OK);
    dro_status status = dro_store_open(store, path, &study, &error);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_msg(status == DRO_OK, "%s", error.message);
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
}

static void teardown(void) {
    free(bytes);
    bytes = NULL;
    dro_arena_destroy(arena);
    dro_store_destroy(store);
    dro_session_release(session);
}

static json_t *network(dro_format format) {
    dro_error error = DRO_ERROR_INIT;
    const dro_prepare_wish wish = {.of = study, .scenario = "more"};
    dro_prepared *ready = NULL;
    FILE *out = open_memstream(&bytes, &length);
    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(dro_store_prepare(store, &wish, &ready, &error), DRO_OK);
    ck_assert_msg(dro_report_network(out, format, ready, arena, &error) == DRO_OK, "%s",
                  error.message);
    dro_prepared_release(ready);
    ck_assert_int_eq(fclose(out), 0);
    json_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(root);
    return root;
}

static const json_t *find(const json_t *list, const char *id, bool shapes) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        const json_t *about = shapes ? json_object_get(item, "properties") : item;
        if (strcmp(json_string_value(json_object_get(about, "id")), id) == 0) {
            return item;
        }
    }
    ck_abort_msg("no %s", id);
    return NULL;
}

START_TEST(as_the_golden_one) {
    json_decref(network(DRO_FORMAT_GEOJSON));
    if (getenv("UPDATE")) {
        FILE *out = fopen(GOLDEN, "w");
        ck_assert_ptr_nonnull(out);
        ck_assert_uint_eq(fwrite(bytes, 1, length, out), length);
        ck_assert_int_eq(fclose(out), 0);
    }
    char *golden = NULL;
    size_t golden_length = 0;
    ck_assert_int_eq(dro_file_read(GOLDEN, 1 << 20, &golden, &golden_length, NULL),
                     DRO_OK);
    ck_assert_str_eq(bytes, golden);
    dro_free(golden);
}
END_TEST

START_TEST(a_link_over_the_antimeridian_is_cut) {
    json_t *root = network(DRO_FORMAT_GEOJSON);
    const json_t *link = find(json_object_get(root, "features"), "over", true);
    const json_t *shape = json_object_get(link, "geometry");
    const json_t *parts = json_object_get(shape, "coordinates");
    ck_assert_str_eq(json_string_value(json_object_get(shape, "type")),
                     "MultiLineString");
    ck_assert_uint_eq(json_array_size(parts), 2);
    const json_t *first = json_array_get(json_array_get(parts, 0), 0);
    ck_assert_double_eq(json_number_value(json_array_get(first, 0)), 179.12346);
    const json_t *second = json_array_get(json_array_get(parts, 1), 0);
    ck_assert_double_eq(json_number_value(json_array_get(second, 0)), -180);
    json_decref(root);
}
END_TEST

START_TEST(json_says_the_same_without_shapes) {
    json_t *root = network(DRO_FORMAT_JSON);
    const json_t *node = find(json_object_get(root, "nodes"), "sunrise", false);
    ck_assert_double_eq(json_number_value(json_object_get(node, "lon")), 179.12346);
    const json_t *port = find(json_object_get(root, "ports"), "XAWST", false);
    ck_assert_str_eq(json_string_value(json_object_get(port, "node")), "west");
    const json_t *link = find(json_object_get(root, "links"), "rail-mine-west", false);
    ck_assert(json_is_false(json_object_get(link, "open")));
    ck_assert_ptr_null(json_object_get(link, "geometry"));
    const json_t *services = json_object_get(root, "services");
    ck_assert(json_is_true(json_object_get(find(services, "shuttle", false), "open")));
    ck_assert(
        json_is_false(json_object_get(find(services, "hoped-for", false), "open")));
    ck_assert_uint_eq(
        json_array_size(json_object_get(find(services, "shuttle", false), "calls")), 2);
    const json_t *passages = json_object_get(root, "passages");
    ck_assert(json_is_false(json_object_get(find(passages, "cut", false), "open")));
    json_decref(root);
}
END_TEST

START_TEST(other_formats_are_refused) {
    dro_error error = DRO_ERROR_INIT;
    const dro_prepare_wish wish = {.of = study, .scenario = "now"};
    dro_prepared *ready = NULL;
    ck_assert_int_eq(dro_store_prepare(NULL, &wish, &ready, &error), DRO_OK);
    ck_assert_int_eq(dro_report_network(stdout, DRO_FORMAT_CSV, ready, arena, &error),
                     DRO_INVALID);
    ck_assert_str_eq(error.message, "a network is JSON or GeoJSON");
    dro_prepared_release(ready);
}
END_TEST

/* ---- lines of legs ----------------------------------------------------------------
 */

static json_t *compared(bool geometry) {
    dro_error error = DRO_ERROR_INIT;
    dro_compare_wish wish = DRO_COMPARE_WISH_INIT;
    dro_comparison *found = NULL;
    wish.from = "mine";
    wish.to = "XBEST";
    wish.scenario[0] = "now";
    wish.scenario[1] = "more";
    wish.samples = 0;
    wish.pareto = true;
    wish.store = store;
    wish.geometry = geometry;
    FILE *out = open_memstream(&bytes, &length);
    ck_assert_ptr_nonnull(out);
    ck_assert_msg(dro_compare(study, &wish, &found, &error) == DRO_OK, "%s",
                  error.message);
    ck_assert_int_eq(dro_report_comparison(out, DRO_FORMAT_JSON, found, arena, &error),
                     DRO_OK);
    dro_comparison_destroy(found);
    ck_assert_int_eq(fclose(out), 0);
    return json_loadb(bytes, length, 0, NULL);
}

static const json_t *legs_of(const json_t *root, size_t side) {
    return json_object_get(json_array_get(json_object_get(root, "scenarios"), side),
                           "legs");
}

static bool moves(const json_t *leg) {
    const char *mode = json_string_value(json_object_get(leg, "mode"));
    return strcmp(mode, "road") == 0 || strcmp(mode, "liner") == 0;
}

/* From one end to the other, where there is anything to draw. */
START_TEST(legs_have_lines_from_end_to_end) {
    json_t *root = compared(true);
    size_t drawn = 0;
    for (size_t side = 0; side < 2; side++) {
        const json_t *legs = legs_of(root, side);
        for (size_t i = 0; i < json_array_size(legs); i++) {
            const json_t *leg = json_array_get(legs, i);
            const json_t *shape = json_object_get(leg, "geometry");
            const json_t *line = json_object_get(shape, "coordinates");
            size_t count = json_array_size(line);
            ck_assert_uint_eq(json_array_size(json_object_get(leg, "from_at")), 2);
            if (!moves(leg)) {
                ck_assert(json_is_null(shape));
                continue;
            }
            ck_assert_uint_ge(count, 2);
            ck_assert(
                json_equal(json_array_get(line, 0), json_object_get(leg, "from_at")));
            ck_assert(json_equal(json_array_get(line, count - 1),
                                 json_object_get(leg, "to_at")));
            drawn++;
        }
    }
    ck_assert_uint_eq(drawn, 4);
    json_decref(root);
}
END_TEST

/* The way through the canal keeps to its latitude; the one that avoids it does not. */
START_TEST(a_line_is_the_way_that_was_reckoned) {
    json_t *root = compared(true);
    double farthest[2] = {0.0, 0.0};
    for (size_t side = 0; side < 2; side++) {
        const json_t *legs = legs_of(root, side);
        for (size_t i = 0; i < json_array_size(legs); i++) {
            const json_t *shape = json_object_get(json_array_get(legs, i), "geometry");
            const json_t *line = json_object_get(shape, "coordinates");
            for (size_t k = 0; k < json_array_size(line); k++) {
                double lat =
                    json_number_value(json_array_get(json_array_get(line, k), 1));
                farthest[side] = fmax(farthest[side], fabs(lat));
            }
        }
    }
    ck_assert_double_lt(farthest[0], 1.0);
    ck_assert_double_gt(farthest[1], 4.0);
    json_decref(root);
}
END_TEST

START_TEST(no_lines_unless_asked_for) {
    json_t *root = compared(false);
    const json_t *leg = json_array_get(legs_of(root, 0), 0);
    ck_assert_ptr_null(json_object_get(leg, "geometry"));
    ck_assert_ptr_nonnull(json_object_get(leg, "to_at"));
    json_decref(root);
}
END_TEST

int main(void) {
    const TTest *const tests[] = {as_the_golden_one,
                                  a_link_over_the_antimeridian_is_cut,
                                  json_says_the_same_without_shapes,
                                  other_formats_are_refused,
                                  legs_have_lines_from_end_to_end,
                                  a_line_is_the_way_that_was_reckoned,
                                  no_lines_unless_asked_for,
                                  NULL};
    return check_main_with("report network", setup, teardown, tests);
}
