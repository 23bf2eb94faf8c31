/*
 * The real tables of data/, when they are all there: that they load, and that they fit
 * each other and common sense.
 */
#include "check_main.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "derrotero/atlas.h"

#ifndef DRO_TEST_SOURCE_DIR
#define DRO_TEST_SOURCE_DIR "."
#endif

static const char folder[] = DRO_TEST_SOURCE_DIR "/data";
static dro_atlas *atlas;

static bool all_there(void) {
    static const char *const files[] = {
        "sources.csv",  "fuels.csv", "vessels.csv",      "passages.csv",   "ports.csv",
        "barriers.csv", "lakes.csv", "channels.geojson", "shoals.geojson",
    };
    char path[4096];
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        if (access(path, R_OK) != 0) {
            return false;
        }
    }
    return true;
}

static void load(void) {
    dro_error error = DRO_ERROR_INIT;
    dro_status status = dro_atlas_load(folder, &atlas, &error);
    ck_assert_msg(status == DRO_OK, "%s", error.message);
}

static void unload(void) {
    dro_atlas_destroy(atlas);
    atlas = NULL;
}

START_TEST(tables_have_what_was_promised) {
    size_t ports = 0, passages = 0, vessels = 0, by_hand = 0;
    const dro_port *rows = dro_atlas_ports(atlas, &ports);
    for (size_t i = 0; i < ports; i++) {
        by_hand += !rows[i].wide;
    }
    (void)dro_atlas_passages(atlas, &passages);
    (void)dro_atlas_vessels(atlas, &vessels);
    ck_assert_uint_ge(by_hand, 300);
    ck_assert_uint_ge(passages, 25);
    ck_assert_uint_ge(vessels, 15);
}
END_TEST

START_TEST(ports_of_the_default_case) {
    static const char *const names[] = {
        "Chancay",     "Callao",         "Matarani",        "Salaverry",   "Ilo",
        "Paita",       "Corio",          "Arica",           "Antofagasta", "Valparaiso",
        "San Antonio", "Guayaquil",      "Buenaventura",    "Santos",      "Paranagua",
        "Itaqui",      "Manaus",         "Shanghai",        "Rotterdam",   "Singapore",
        "Hamburg",     "Antwerp",        "Rosario",         "New Orleans", "Montreal",
        "Iquique",     "Manzanillo, MX", "Lazaro Cardenas", "Colombo",     "Chennai",
    };
    size_t count = 0, port = 0;
    const dro_port *ports = dro_atlas_ports(atlas, &count);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        dro_error error = DRO_ERROR_INIT;
        dro_status status = dro_atlas_find_port(atlas, names[i], &port, &error);
        ck_assert_msg(status == DRO_OK, "%s", error.message);
        ck_assert_msg(!ports[port].wide, "%s is not written by hand", names[i]);
    }
}
END_TEST

START_TEST(passages_of_the_issue) {
    static const char *const ids[] = {
        "panama",
        "suez",
        "kiel",
        "corinth",
        "bosporus",
        "dardanelles",
        "gibraltar",
        "bab-el-mandeb",
        "hormuz",
        "malacca",
        "singapore",
        "sunda",
        "lombok",
        "torres",
        "magellan",
        "beagle",
        "drake",
        "good-hope",
        "dover",
        "oresund",
        "great-belt",
        "little-belt",
        "taiwan-strait",
        "bering",
        "northern-sea-route",
        "northwest-passage",
    };
    size_t count = 0, passage = 0;
    const dro_passage *passages = dro_atlas_passages(atlas, &count);
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        ck_assert_int_eq(dro_atlas_find_passage(atlas, ids[i], &passage, NULL), DRO_OK);
        ck_assert_str_eq(passages[passage].id, ids[i]);
    }
    const char *const closed[] = {"corinth", "northern-sea-route", "northwest-passage"};
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(dro_atlas_find_passage(atlas, closed[i], &passage, NULL),
                         DRO_OK);
        ck_assert(!passages[passage].open);
        ck_assert((dro_atlas_closed_mask(atlas) >> passage & 1) == 1);
    }
}
END_TEST

/* A code finds its port; a name finds it, or is said to be of several. */
START_TEST(every_port_is_found) {
    size_t count = 0, port = 0;
    const dro_port *ports = dro_atlas_ports(atlas, &count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(dro_atlas_find_port(atlas, ports[i].code, &port, NULL),
                         DRO_OK);
        ck_assert_uint_eq(port, i);
        dro_error error = DRO_ERROR_INIT;
        dro_status status = dro_atlas_find_port(atlas, ports[i].name, &port, &error);
        ck_assert_msg(status == DRO_OK || status == DRO_INVALID, "%s: %s",
                      ports[i].name, error.message);
        char with_country[256];
        (void)snprintf(with_country, sizeof with_country, "%s, %s", ports[i].name,
                       ports[i].country);
        if (status == DRO_INVALID && !ports[i].wide) {
            status = dro_atlas_find_port(atlas, with_country, &port, &error);
            ck_assert_msg(status == DRO_OK || status == DRO_INVALID, "%s",
                          error.message);
        }
    }
}
END_TEST

/* Two rows by hand at one place are one port under two codes. */
START_TEST(ports_have_places_of_their_own) {
    size_t count = 0, items[2];
    double distance[2];
    const dro_port *ports = dro_atlas_ports(atlas, &count);
    for (size_t i = 0; i < count; i++) {
        if (ports[i].wide) {
            continue;
        }
        size_t found = dro_atlas_nearest_ports(atlas, ports[i].at, 2, items, distance);
        ck_assert_uint_eq(found, 2);
        bool two = !ports[items[0]].wide && !ports[items[1]].wide;
        ck_assert_msg(!two || distance[1] > 0.05, "%s and %s are %.3f nm apart",
                      ports[items[0]].code, ports[items[1]].code, distance[1]);
    }
}
END_TEST

START_TEST(ports_make_sense) {
    size_t count = 0;
    const dro_port *ports = dro_atlas_ports(atlas, &count);
    for (size_t i = 0; i < count; i++) {
        const dro_port *p = &ports[i];
        ck_assert_msg(!(p->max_draft_m > p->alongside_m + 3.0),
                      "%s: draught %g, depth %g", p->code, p->max_draft_m,
                      p->alongside_m);
        ck_assert_msg(!(p->max_beam_m > p->max_loa_m), "%s: beam over length", p->code);
        ck_assert_msg(strpbrk(p->name, "|\n") == NULL, "%s: name", p->code);
    }
}
END_TEST

START_TEST(canals_have_a_line_and_straits_a_gate) {
    size_t passages = 0, channels = 0;
    const dro_passage *rows = dro_atlas_passages(atlas, &passages);
    const dro_channel *lines = dro_atlas_channels(atlas, &channels);
    for (size_t i = 0; i < passages; i++) {
        bool line = false;
        for (size_t j = 0; j < channels; j++) {
            line = line || lines[j].passage == (int)i;
        }
        bool by_parent = rows[i].part_of >= 0;
        ck_assert_msg(line || by_parent || rows[i].gate_count > 0,
                      "%s has neither a line nor a gate", rows[i].id);
    }
}
END_TEST

START_TEST(lines_are_lines) {
    size_t count = 0;
    const dro_channel *channels = dro_atlas_channels(atlas, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 1; j < channels[i].count; j++) {
            double step =
                dro_geo_distance_nm(channels[i].points[j - 1], channels[i].points[j]);
            ck_assert_msg(step > 0.0 && step < 400.0, "%s: step %zu of %.1f nm",
                          channels[i].id, j, step);
        }
    }
}
END_TEST

START_TEST(shoals_are_simple_rings) {
    size_t count = 0;
    const dro_shoal *shoals = dro_atlas_shoals(atlas, &count);
    for (size_t i = 0; i < count; i++) {
        dro_vec *points = malloc(shoals[i].count * sizeof *points);
        ck_assert_ptr_nonnull(points);
        for (size_t j = 0; j < shoals[i].count; j++) {
            points[j] = dro_geo_to_vec(shoals[i].points[j]);
        }
        dro_error error = DRO_ERROR_INIT;
        dro_status status =
            dro_geo_ring_check((dro_ring){points, shoals[i].count}, &error);
        ck_assert_msg(status == DRO_OK, "%s: %s", shoals[i].id, error.message);
        free(points);
    }
}
END_TEST

int main(void) {
    if (!all_there()) {
        (void)puts("test_data: skipped, the tables are not all there");
        return EXIT_SUCCESS;
    }
    Suite *suite = suite_create("data");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, load, unload);
    tcase_add_test(tests, tables_have_what_was_promised);
    tcase_add_test(tests, ports_of_the_default_case);
    tcase_add_test(tests, passages_of_the_issue);
    tcase_add_test(tests, every_port_is_found);
    tcase_add_test(tests, ports_have_places_of_their_own);
    tcase_add_test(tests, ports_make_sense);
    tcase_add_test(tests, canals_have_a_line_and_straits_a_gate);
    tcase_add_test(tests, lines_are_lines);
    tcase_add_test(tests, shoals_are_simple_rings);
    suite_add_tcase(suite, tests);
    return check_run(suite);
}
