/* The look-ups in each format, from the fixture's tables. */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/report.h"
#include "fake_chart.h"

#define ATLAS DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"

static dro_atlas *atlas;
static dro_error error;
static char *bytes;
static size_t length;
static const size_t rows[2] = {1, 2};

static FILE *setup(void) {
    ck_assert_msg(dro_atlas_load(ATLAS, &atlas, &error) == DRO_OK, "%s", error.message);
    FILE *out = open_memstream(&bytes, &length);
    ck_assert_ptr_nonnull(out);
    return out;
}

static void teardown(void) {
    free(bytes);
    dro_atlas_destroy(atlas);
}

START_TEST(ports_as_json_with_distance) {
    FILE *out = setup();
    const double nm[2] = {1.5, 2.5};
    ck_assert_int_eq(dro_report_ports(out, DRO_FORMAT_JSON, atlas, rows, nm, 2, &error),
                     DRO_OK);
    ck_assert_int_eq(fclose(out), 0);
    json_t *root = json_loadb(bytes, length, 0, NULL);
    const json_t *second = json_array_get(json_object_get(root, "ports"), 1);
    ck_assert_str_eq(json_string_value(json_object_get(second, "code")), "XCMID");
    ck_assert_str_eq(json_string_value(json_object_get(second, "status")), "planned");
    ck_assert(json_is_null(json_object_get(second, "max_loa_m")));
    ck_assert_double_eq(json_number_value(json_object_get(second, "distance_nm")), 2.5);
    json_decref(root);
    teardown();
}
END_TEST

START_TEST(geometry_of_gates_and_of_canals) {
    FILE *out = setup();
    const size_t both[2] = {0, 2};
    ck_assert_int_eq(
        dro_report_passages(out, DRO_FORMAT_GEOJSON, atlas, both, 2, &error), DRO_OK);
    ck_assert_int_eq(fclose(out), 0);
    json_t *root = json_loadb(bytes, length, 0, NULL);
    for (size_t i = 0; i < 2; i++) {
        const json_t *feature = json_array_get(json_object_get(root, "features"), i);
        const json_t *geometry = json_object_get(feature, "geometry");
        ck_assert_uint_eq(json_array_size(json_object_get(geometry, "coordinates")), 1);
    }
    json_decref(root);
    teardown();
}
END_TEST

START_TEST(csv_reads_back) {
    FILE *out = setup();
    ck_assert_int_eq(dro_report_vessels(out, DRO_FORMAT_CSV, atlas, rows, 2, &error),
                     DRO_OK);
    ck_assert_int_eq(fclose(out), 0);
    dro_csv *csv = NULL;
    bool more = false;
    double beam = 0.0;
    ck_assert_int_eq(dro_csv_open_memory(bytes, length, "csv", &csv, &error), DRO_OK);
    ck_assert_int_eq(dro_csv_next(csv, &more, &error), DRO_OK);
    ck_assert_int_eq(
        dro_csv_double(csv, (size_t)dro_csv_find(csv, "beam_m"), 0, &beam, &error),
        DRO_OK);
    ck_assert_double_eq(beam, 20);
    ck_assert_str_eq(dro_csv_field(csv, (size_t)dro_csv_find(csv, "fuel")), "oil");
    dro_csv_close(csv);
    teardown();
}
END_TEST

START_TEST(vessels_are_nowhere) {
    FILE *out = setup();
    ck_assert_int_eq(
        dro_report_vessels(out, DRO_FORMAT_GEOJSON, atlas, rows, 2, &error),
        DRO_INVALID);
    ck_assert_int_eq(fclose(out), 0);
    teardown();
}
END_TEST

START_TEST(a_chart_is_described) {
    FILE *out = setup();
    dro_chart *chart = NULL;
    ck_assert_int_eq(dro_chart_open("fake", atlas, &chart, &error), DRO_OK);
    ck_assert_int_eq(
        dro_report_chart(out, DRO_FORMAT_JSON, "a \"b\"", chart, 10, &error), DRO_OK);
    ck_assert_int_eq(fclose(out), 0);
    json_t *root = json_loadb(bytes, length, 0, NULL);
    ck_assert_str_eq(json_string_value(json_object_get(root, "file")), "a \"b\"");
    ck_assert_uint_eq(json_array_size(json_object_get(root, "lost_waters")), 1);
    json_decref(root);
    dro_chart_close(chart);
    teardown();
}
END_TEST

int main(void) {
    const TTest *tests[] = {ports_as_json_with_distance,
                            geometry_of_gates_and_of_canals,
                            csv_reads_back,
                            vessels_are_nowhere,
                            a_chart_is_described,
                            NULL};
    return check_main("report lists", tests);
}
