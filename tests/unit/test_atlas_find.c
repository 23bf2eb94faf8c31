/* Look-ups: codes, names without accents, aliases, beginnings, mistakes, the sea. */
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

static void finds(const char *text, const char *code) {
    size_t port = 99, count = 0;
    dro_error error = DRO_ERROR_INIT;
    dro_status status = dro_atlas_find_port(atlas, text, &port, &error);
    ck_assert_msg(status == DRO_OK, "%s: %s", text, error.message);
    ck_assert_str_eq(dro_atlas_ports(atlas, &count)[port].code, code);
}

static void fails(const char *text, dro_status wanted, const char *message) {
    size_t port = 99;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_atlas_find_port(atlas, text, &port, &error), wanted);
    ck_assert_str_eq(error.message, message);
    ck_assert_uint_eq(port, 99);
}

START_TEST(by_code) {
    finds("PECLL", "PECLL");
    finds("pecll", "PECLL");
    finds("PE CLL", "PECLL");
    finds(" nlRTM ", "NLRTM");
}
END_TEST

START_TEST(by_name_and_alias) {
    finds("Callao", "PECLL");
    finds("callao", "PECLL");
    finds("CALLAO", "PECLL");
    finds("Valparaiso", "CLVAP");
    finds("Valparaíso", "CLVAP");
    finds("muelle sur", "PECLL");
    finds("Europoort", "NLRTM");
    finds("Port of Callao", "PECLL");
    finds("puerto de Valparaíso", "CLVAP");
}
END_TEST

START_TEST(by_beginning_and_words) {
    finds("Rotter", "NLRTM");
    finds("Chanc", "PECHY");
    finds("Shang", "CNSHA");
    finds("Paraguay", "PYSAN");
}
END_TEST

START_TEST(with_mistakes) {
    finds("Roterdam", "NLRTM");
    finds("Rottredam", "NLRTM");
    finds("Calloa", "PECLL");
    finds("Shangai", "CNSHA");
    finds("Valpraiso", "CLVAP");
}
END_TEST

START_TEST(whole_names_are_no_guesses) {
    const char *const whole[] = {"PECLL",      "pe cll",         "callao",
                                 "Muelle Sur", "port of Callao", "Callao, PE"};
    const char *const guesses[] = {"Calla", "Kallao", "Paraguay", "nowhere at all", ""};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
        ck_assert_msg(dro_atlas_names_port(atlas, whole[i]), "%s", whole[i]);
    }
    for (size_t i = 0; i < sizeof guesses / sizeof guesses[0]; i++) {
        ck_assert_msg(!dro_atlas_names_port(atlas, guesses[i]), "%s", guesses[i]);
    }
}
END_TEST

START_TEST(the_plain_name_is_meant) {
    finds("San Antonio", "CLSAI");
    finds("San Antonio, PY", "PYSAN");
}
END_TEST

START_TEST(ambiguous) {
    fails("Cartagena", DRO_INVALID,
          "port \"Cartagena\" may be Cartagena (COCTG), Cartagena (ESCAR): give the "
          "code");
    finds("Cartagena, CO", "COCTG");
    finds("cartagena es", "ESCAR");
    fails("C", DRO_NOT_FOUND,
          "no port \"C\"; the nearest names are Callao (PECLL), Cartagena (COCTG), "
          "Cartagena (ESCAR)");
}
END_TEST

START_TEST(unknown_has_three_suggestions) {
    fails("Calabozo", DRO_NOT_FOUND,
          "no port \"Calabozo\"; the nearest names are Callao (PECLL), Valparaíso "
          "(CLVAP), Cartagena (COCTG)");
    dro_error error = DRO_ERROR_INIT;
    size_t port = 0;
    ck_assert_int_eq(dro_atlas_find_port(atlas, "PECLK", &port, &error), DRO_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(error.message, "Callao (PECLL)")); /* never taken */
}
END_TEST

START_TEST(nothing_to_find) {
    fails("", DRO_INVALID, "\"\" is no name of a port");
    fails(" - ", DRO_INVALID, "\" - \" is no name of a port");
    char text[5000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    size_t port = 0;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_atlas_find_port(atlas, text, &port, &error), DRO_NOT_FOUND);
    ck_assert_int_eq(dro_atlas_find_port(atlas, "\n\x01\xff", &port, &error),
                     DRO_INVALID);
    ck_assert_ptr_null(strchr(error.message, '\n'));
    ck_assert_int_eq(dro_atlas_find_port(atlas, "nowhere", &port, NULL), DRO_NOT_FOUND);
}
END_TEST

/* ---- passages, vessels
 * --------------------------------------------------------------- */

static void finds_passage(const char *text, const char *id) {
    size_t passage = 99, count = 0;
    dro_error error = DRO_ERROR_INIT;
    dro_status status = dro_atlas_find_passage(atlas, text, &passage, &error);
    ck_assert_msg(status == DRO_OK, "%s: %s", text, error.message);
    ck_assert_str_eq(dro_atlas_passages(atlas, &count)[passage].id, id);
}

START_TEST(passages_are_found) {
    finds_passage("panama", "panama");
    finds_passage("Panama Canal", "panama");
    finds_passage("panama can", "panama"); /* the whole, not a part */
    finds_passage("canal de panama", "panama");
    finds_passage("Panama-Panamax", "panama-panamax");
    finds_passage("NWP", "northwest-passage");
    finds_passage("northwest", "northwest-passage");
    finds_passage("Magallanes", "magellan");
    finds_passage("magelan", "magellan");
    size_t passage = 9;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_atlas_find_passage(atlas, "suez", &passage, &error),
                     DRO_NOT_FOUND);
    ck_assert_msg(strncmp(error.message, "no passage \"suez\"; the nearest names are ",
                          strlen("no passage \"suez\"; the nearest names are ")) == 0,
                  "%s", error.message);
}
END_TEST

START_TEST(vessels_are_found) {
    size_t vessel = 9;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_atlas_find_vessel(atlas, "container-8000", &vessel, NULL),
                     DRO_OK);
    ck_assert_uint_eq(vessel, 0);
    ck_assert_int_eq(dro_atlas_find_vessel(atlas, "Capesize", &vessel, NULL), DRO_OK);
    ck_assert_uint_eq(vessel, 1);
    ck_assert_int_eq(dro_atlas_find_vessel(atlas, "rowboat", &vessel, &error),
                     DRO_NOT_FOUND);
    ck_assert_ptr_nonnull(strstr(error.message, "no vessel class \"rowboat\""));
}
END_TEST

START_TEST(masks) {
    ck_assert_uint_eq(dro_atlas_passage_mask(atlas, 0), 3); /* both locks */
    ck_assert_uint_eq(dro_atlas_passage_mask(atlas, 1), 2);
    ck_assert_uint_eq(dro_atlas_passage_mask(atlas, 2), 4);
    ck_assert_uint_eq(dro_atlas_closed_mask(atlas), 4);
}
END_TEST

/* ---- search, nearest
 * ------------------------------------------------------------------- */

static void searches(const char *text, const char *codes) {
    size_t ports[4], count = 0;
    size_t found = dro_atlas_search_ports(atlas, text, 4, ports);
    char list[64] = "";
    for (size_t i = 0; i < found; i++) {
        size_t used = strlen(list);
        (void)snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : " ",
                       dro_atlas_ports(atlas, &count)[ports[i]].code);
    }
    ck_assert_msg(strcmp(list, codes) == 0, "%s gives \"%s\"", text, list);
}

START_TEST(search_ranks) {
    searches("callao", "PECLL");
    searches("ca", "PECLL COCTG ESCAR PECHY"); /* inside a name comes last */
    searches("san antonio", "CLSAI PYSAN");
    searches("pe", "PECHY PECLL PECOR");
    searches("antonio", "CLSAI PYSAN");
    searches("oort", "NLRTM");
    searches("roterdam", "NLRTM");
    searches("zzzz", "");
    searches("", "");
    size_t port = 0;
    ck_assert_uint_eq(dro_atlas_search_ports(atlas, "ca", 0, &port), 0);
    ck_assert_uint_eq(dro_atlas_search_ports(atlas, "ca", 1, &port), 1);
    ck_assert_uint_eq(port, 0);
}
END_TEST

START_TEST(nearest) {
    size_t ports[3], count = 0;
    double distance[3];
    const dro_port *all = dro_atlas_ports(atlas, &count);
    dro_point lima = {-12.05, -77.05};
    ck_assert_uint_eq(dro_atlas_nearest_ports(atlas, lima, 3, ports, distance), 3);
    ck_assert_str_eq(all[ports[0]].code, "PECLL");
    ck_assert_str_eq(all[ports[1]].code, "PECHY");
    ck_assert_double_eq_tol(distance[0], dro_geo_distance_nm(lima, all[0].at), 1e-9);
    ck_assert_double_gt(distance[2], distance[1]);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("atlas_find");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, load, unload);
    tcase_add_test(tests, by_code);
    tcase_add_test(tests, by_name_and_alias);
    tcase_add_test(tests, by_beginning_and_words);
    tcase_add_test(tests, with_mistakes);
    tcase_add_test(tests, whole_names_are_no_guesses);
    tcase_add_test(tests, the_plain_name_is_meant);
    tcase_add_test(tests, ambiguous);
    tcase_add_test(tests, unknown_has_three_suggestions);
    tcase_add_test(tests, nothing_to_find);
    tcase_add_test(tests, passages_are_found);
    tcase_add_test(tests, vessels_are_found);
    tcase_add_test(tests, masks);
    tcase_add_test(tests, search_ranks);
    tcase_add_test(tests, nearest);
    suite_add_tcase(suite, tests);
    return check_run(suite);
}
