/* Loading as a whole: files that are not there, the wide table, the hash, folders. */
#include "unit/atlas_fixture.h"

START_TEST(a_missing_file_is_named) {
    for (size_t i = 0; i < FIXTURE_FILES; i++) {
        fixture_remove(fixture_files[i].name);
        dro_atlas *atlas = NULL;
        dro_error error = DRO_ERROR_INIT;
        ck_assert_int_eq(dro_atlas_load(fixture_folder, &atlas, &error), DRO_IO);
        ck_assert_msg(strstr(error.message, fixture_files[i].name) != NULL, "%s",
                      error.message);
        fixture_write(fixture_files[i].name, fixture_files[i].text);
    }
    dro_atlas_destroy(fixture_load());
    dro_atlas_destroy(NULL);
}
END_TEST

START_TEST(wide_ports_come_second) {
    fixture_write("ports_wide.csv",
                  PORTS_HEADER GOOD_PORT("PECLL", "Callao town", "", "PE", "-12", "-77")
                      GOOD_PORT("VEVLN", "Valencia", "", "VE", "10.2", "-68")
                          GOOD_PORT("USSAT", "San Antonio", "", "US", "29.4", "-98.5"));
    dro_atlas *atlas = fixture_load();
    size_t count = 0, port = 0;
    const dro_port *ports = dro_atlas_ports(atlas, &count);
    ck_assert_uint_eq(count, 12);
    ck_assert_str_eq(ports[0].name, "Callao");
    ck_assert(!ports[9].wide);
    ck_assert(ports[10].wide);
    ck_assert_str_eq(ports[10].code, "VEVLN");
    /* of two ports of one name the one written by hand is meant */
    ck_assert_int_eq(dro_atlas_find_port(atlas, "san antonio", &port, NULL), DRO_OK);
    ck_assert_str_eq(ports[port].code, "CLSAI");
    ck_assert_int_eq(dro_atlas_find_port(atlas, "San Antonio US", &port, NULL), DRO_OK);
    ck_assert_str_eq(ports[port].code, "USSAT");
    ck_assert_int_eq(dro_atlas_find_port(atlas, "san antnio", &port, NULL), DRO_OK);
    ck_assert_str_eq(ports[port].code, "CLSAI");
    dro_atlas_destroy(atlas);
    fixture_fails("ports_wide.csv",
                  PORTS_HEADER GOOD_PORT("VEVLN", "Valencia", "", "VE", "10.2", "-68")
                      GOOD_PORT("VEVLN", "Valencia", "", "VE", "10.2", "-68"),
                  "ports_wide.csv:3:1: code \"VEVLN\" is there twice");
}
END_TEST

START_TEST(wide_ports_by_environment) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s/lakes.csv", fixture_folder);
    ck_assert_int_eq(setenv("DERROTERO_PORTS_WIDE", path, 1), 0);
    dro_atlas *atlas = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_atlas_load(fixture_folder, &atlas, &error), DRO_PARSE);
    ck_assert_ptr_nonnull(strstr(error.message, "no column \"code\""));
    ck_assert_int_eq(setenv("DERROTERO_PORTS_WIDE", "/nowhere/ports.csv", 1), 0);
    ck_assert_int_eq(dro_atlas_load(fixture_folder, &atlas, &error), DRO_IO);
    fixture_write("ports_wide.csv", "nonsense");
    ck_assert_int_eq(setenv("DERROTERO_PORTS_WIDE", "", 1), 0); /* none wanted */
    atlas = fixture_load();
    dro_atlas_destroy(atlas);
}
END_TEST

static uint64_t hash_with(const char *name, const char *text) {
    fixture_write(name, text);
    dro_atlas *atlas = fixture_load();
    uint64_t hash = dro_atlas_chart_hash(atlas);
    dro_atlas_destroy(atlas);
    return hash;
}

START_TEST(the_hash_follows_what_shapes_a_chart) {
    uint64_t hash = hash_with("lakes.csv", fixture_files[8].text);
    ck_assert_uint_eq(hash, hash_with("lakes.csv", fixture_files[8].text));
    ck_assert_uint_ne(hash,
                      hash_with("lakes.csv",
                                "id,name,lat,lon,navigable,source,mark,note\n"
                                "ontario,Lake Ontario,43.6,-77.8,no,test,press,\n"));
    ck_assert_uint_eq(hash,
                      hash_with("lakes.csv",
                                "id,name,lat,lon,navigable,source,mark,note\n"
                                "ontario,Other name,43.6,-77.8,yes,test,press,x\n"));
    ck_assert_uint_ne(hash, hash_with("shoals.geojson", COLLECTION("")));
    fixture_write("shoals.geojson", fixture_files[6].text);
    ck_assert_uint_ne(
        hash, hash_with("ports.csv", PORTS_HEADER GOOD_PORT("PECLL", "Callao", "", "PE",
                                                            "-12", "-77")));
}
END_TEST

START_TEST(locate_a_given_folder) {
    char path[256] = "untouched";
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_atlas_locate(fixture_folder, path, sizeof path, &error),
                     DRO_OK);
    ck_assert_str_eq(path, fixture_folder);
    ck_assert_int_eq(dro_atlas_locate("/nowhere", path, sizeof path, &error),
                     DRO_NOT_FOUND);
    ck_assert_str_eq(error.message, "folder \"/nowhere\" has no ports.csv");
    ck_assert_str_eq(path, fixture_folder);
    char small[4] = "abc";
    ck_assert_int_eq(dro_atlas_locate(fixture_folder, small, sizeof small, &error),
                     DRO_LIMIT);
    ck_assert_str_eq(small, "abc");
}
END_TEST

START_TEST(locate_by_environment) {
    char path[256];
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(setenv("DERROTERO_DATA", fixture_folder, 1), 0);
    ck_assert_int_eq(dro_atlas_locate(NULL, path, sizeof path, &error), DRO_OK);
    ck_assert_str_eq(path, fixture_folder);
    ck_assert_int_eq(setenv("DERROTERO_DATA", "/nowhere", 1), 0);
    ck_assert_int_eq(dro_atlas_locate(NULL, path, sizeof path, &error), DRO_NOT_FOUND);
    ck_assert_str_eq(error.message, "DERROTERO_DATA \"/nowhere\" has no ports.csv");
}
END_TEST

START_TEST(a_path_that_is_too_long) {
    char folder[5000];
    memset(folder, 'x', sizeof folder - 1);
    folder[sizeof folder - 1] = '\0';
    dro_atlas *atlas = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_atlas_load(folder, &atlas, &error), DRO_LIMIT);
    char path[256];
    ck_assert_int_eq(dro_atlas_locate(folder, path, sizeof path, &error),
                     DRO_NOT_FOUND);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("atlas_load");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, fixture_set_up, fixture_tear_down);
    tcase_add_test(tests, a_missing_file_is_named);
    tcase_add_test(tests, wide_ports_come_second);
    tcase_add_test(tests, wide_ports_by_environment);
    tcase_add_test(tests, the_hash_follows_what_shapes_a_chart);
    tcase_add_test(tests, locate_a_given_folder);
    tcase_add_test(tests, locate_by_environment);
    tcase_add_test(tests, a_path_that_is_too_long);
    suite_add_tcase(suite, tests);
    return check_run(suite);
}
