/* Tables of things: what is read, what is refused and where, copies and changes. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "derrotero/facts.h"

static dro_atlas *atlas;
static dro_facts *facts;
static dro_error error;
static char folder[64];

static void write_file(const char *name, const char *text) {
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    ck_assert_ptr_nonnull(out);
    (void)fputs(text, out);
    ck_assert_int_eq(fclose(out), 0);
}

static const char SOURCES[] = "id,title,publisher,year,licence,note\n"
                              "own,Own estimate,us,2025,facts,\n";
static const char NODES[] = "id,name,country,kind,lat,lon,source,mark\n"
                            "alfa,Alfa,XA,city,10,20,own,assumption\n"
                            "beta,Beta,XA,city,10,21,own,assumption\n";
static const char CLASSES[] = "id,mode,speed_kmh,cost_usd_tkm,co2_g_tkm,source,mark\n"
                              "road-plain,road,50,0.05,90,own,assumption\n"
                              "rail-plain,rail,25,0.03,25,own,assumption\n";
static const char LINK_HEAD[] =
    "id,from,to,mode,class,state,length_km,length_km_low,length_km_high,source,mark\n";

static void set_up(void) {
    (void)strcpy(folder, "/tmp/derrotero-facts-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(
        dro_atlas_load(DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas", &atlas, &error),
        DRO_OK);
    ck_assert_int_eq(dro_facts_create(atlas, &facts, &error), DRO_OK);
    write_file("sources.csv", SOURCES);
    write_file("nodes.csv", NODES);
    write_file("classes.csv", CLASSES);
}

static void tear_down(void) {
    char command[128];
    dro_facts_destroy(facts);
    dro_atlas_destroy(atlas);
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
}

static void write_links(const char *rows) {
    char text[1024];
    (void)snprintf(text, sizeof text, "%s%s", LINK_HEAD, rows);
    write_file("links.csv", text);
}

/* Reads and settles; the message must have this in it, and "file:line:column". */
static void expect_refused(const char *part) {
    dro_status status = dro_facts_read_folder(facts, folder, &error);
    if (status == DRO_OK) {
        status = dro_facts_settle(facts, &error);
    }
    ck_assert_int_eq(status, DRO_PARSE);
    ck_assert_msg(strstr(error.message, part) != NULL, "%s", error.message);
    ck_assert_msg(strstr(error.message, ".csv:") != NULL, "%s", error.message);
}

static void read_good(void) {
    write_links("ab,alfa,beta,road,road-plain,existing,120,115,140,own,assumption\n");
    ck_assert_msg(dro_facts_read_folder(facts, folder, &error) == DRO_OK, "%s",
                  error.message);
    ck_assert_msg(dro_facts_settle(facts, &error) == DRO_OK, "%s", error.message);
}

START_TEST(a_link_is_read_with_its_range) {
    read_good();
    dro_range km = dro_facts_range(facts, 0, DRO_LINK_LENGTH_KM);
    ck_assert_double_eq(km.value, 120.0);
    ck_assert_double_eq(km.low, 115.0);
    ck_assert_double_eq(km.high, 140.0);
    ck_assert_int_eq(dro_facts_thing(facts, 0, DRO_LINK_TO), 1);
    ck_assert_int_eq(dro_facts_word(facts, 0, DRO_LINK_STATE), 0);
    ck_assert(isnan(dro_facts_number(facts, 0, DRO_LINK_BORDER_H)));
    ck_assert_str_eq(dro_facts_name(facts, DRO_KIND_NODE, 1), "Beta");
    ck_assert_uint_eq(dro_facts_origin(facts, DRO_KIND_LINK, 0).line, 2);
    ck_assert_ptr_nonnull(dro_facts_source(facts, "own"));
}
END_TEST

typedef struct bad_row {
    const char *rows, *message;
} bad_row;

static const bad_row bad_rows[] = {
    {"ab,alfa,gamma,road,road-plain,existing,120,,,own,assumption\n",
     "no node is called \"gamma\""},
    {"ab,alfa,alfa,road,road-plain,existing,120,,,own,assumption\n", "to itself"},
    {"ab,alfa,beta,road,rail-plain,existing,120,,,own,assumption\n", "another mode"},
    {"ab,alfa,beta,road,road-plain,existing,-5,,,own,assumption\n", "is not within"},
    {"ab,alfa,beta,road,road-plain,existing,20,,,own,assumption\n", "shorter than"},
    {"ab,alfa,beta,road,road-plain,existing,120,130,140,own,assumption\n",
     "is not between its low and its high"},
    {"ab,alfa,beta,road,road-plain,existing,,115,,own,assumption\n",
     "is empty but has a low"},
    {"ab,alfa,beta,road,road-plain,open,120,,,own,assumption\n", "is not one of"},
    {"ab,alfa,beta,road,road-plain,existing,120,,,other,assumption\n",
     "is not in sources.csv"},
    {"ab,alfa,beta,road,road-plain,existing,120,,,own,guess\n", "is not one of"},
    {"ab,alfa,beta,road,road-plain,existing,120,,,own,assumption\n"
     "ab,beta,alfa,road,road-plain,existing,120,,,own,assumption\n",
     "is there twice"},
    {"ab,alfa,beta,road,road-plain,existing,nan,,,own,assumption\n", "nan"},
};

START_TEST(a_bad_row_is_refused_with_its_place) {
    write_links(bad_rows[_i].rows);
    expect_refused(bad_rows[_i].message);
}
END_TEST

START_TEST(a_service_needs_two_calls) {
    size_t ports = 0, vessels = 0;
    char text[512];
    const dro_port *port = dro_atlas_ports(atlas, &ports);
    const dro_vessel *vessel = dro_atlas_vessels(atlas, &vessels);
    ck_assert(ports > 0 && vessels > 0);
    (void)snprintf(text, sizeof text,
                   "id,vessel,state,headway_d,source,mark\n"
                   "solo,%s,existing,7,own,assumption\n",
                   vessel[0].id);
    write_file("services.csv", text);
    (void)snprintf(text, sizeof text,
                   "service,seq,port,source,mark\nsolo,1,%s,own,assumption\n",
                   port[0].code);
    write_file("calls.csv", text);
    expect_refused("has 1 call");
}
END_TEST

START_TEST(a_copy_changes_alone) {
    dro_facts *copy = NULL;
    size_t link = 0;
    read_good();
    ck_assert_int_eq(dro_facts_copy(facts, &copy, &error), DRO_OK);
    ck_assert_int_eq(dro_facts_set_range(copy, 0, DRO_LINK_LENGTH_KM,
                                         (dro_range){200, 190, 210}, &error),
                     DRO_OK);
    ck_assert_int_eq(dro_facts_set_text(copy, 0, DRO_LINK_STATE, "closed", &error),
                     DRO_OK);
    ck_assert_int_eq(
        dro_facts_add(copy, DRO_KIND_LINK, "new", "here", 3, &link, &error), DRO_OK);
    ck_assert_int_eq(dro_facts_add(copy, DRO_KIND_LINK, "ab", "here", 4, &link, &error),
                     DRO_INVALID);
    ck_assert_double_eq(dro_facts_number(facts, 0, DRO_LINK_LENGTH_KM), 120.0);
    ck_assert_int_eq(dro_facts_word(facts, 0, DRO_LINK_STATE), 0);
    ck_assert_uint_eq(dro_facts_count(facts, DRO_KIND_LINK), 1);
    ck_assert_uint_eq(dro_facts_count(copy, DRO_KIND_LINK), 2);
    dro_facts_destroy(copy);
}
END_TEST

START_TEST(a_wrong_change_leaves_all_as_it_was) {
    read_good();
    ck_assert_int_eq(dro_facts_set_range(facts, 0, DRO_LINK_LENGTH_KM,
                                         (dro_range){-1, -1, -1}, &error),
                     DRO_INVALID);
    ck_assert_int_eq(dro_facts_set_text(facts, 0, DRO_LINK_STATE, "broken", &error),
                     DRO_INVALID);
    ck_assert_double_eq(dro_facts_number(facts, 0, DRO_LINK_LENGTH_KM), 120.0);
    ck_assert_int_eq(dro_facts_word(facts, 0, DRO_LINK_STATE), 0);
}
END_TEST

START_TEST(the_first_attribute_of_each_kind_is_its_first) {
    for (int k = 0; k < DRO_KIND_COUNT; k++) {
        size_t first = dro_kind_first((dro_kind)k), n = dro_kind_stride((dro_kind)k);
        for (size_t i = first; i < first + n; i++) {
            ck_assert_int_eq(dro_attribute_get((dro_attribute_id)i)->kind, k);
        }
    }
}
END_TEST

START_TEST(names_are_found_or_the_nearest_said) {
    size_t thing = 0;
    dro_attribute_id attribute;
    read_good();
    ck_assert_int_eq(dro_facts_find(facts, DRO_KIND_NODE, "BETA", &thing, &error),
                     DRO_OK);
    ck_assert_uint_eq(thing, 1);
    ck_assert_int_eq(dro_facts_find(facts, DRO_KIND_NODE, "bete", &thing, &error),
                     DRO_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(error.message, "beta"));
    ck_assert_int_eq(dro_attribute_find(DRO_KIND_LINK, "lenght_km", &attribute, &error),
                     DRO_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(error.message, "length_km"));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("facts");
    TCase *tables = tcase_create("tables");
    tcase_add_checked_fixture(tables, set_up, tear_down);
    tcase_add_test(tables, a_link_is_read_with_its_range);
    tcase_add_loop_test(tables, a_bad_row_is_refused_with_its_place, 0,
                        (int)(sizeof bad_rows / sizeof *bad_rows));
    tcase_add_test(tables, a_service_needs_two_calls);
    tcase_add_test(tables, a_copy_changes_alone);
    tcase_add_test(tables, a_wrong_change_leaves_all_as_it_was);
    tcase_add_test(tables, the_first_attribute_of_each_kind_is_its_first);
    tcase_add_test(tables, names_are_found_or_the_nearest_said);
    suite_add_tcase(suite, tables);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
