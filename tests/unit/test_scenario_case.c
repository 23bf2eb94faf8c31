/* Case folders: what is read, what edits do, and every mistake with its place. The
 * cases are written beside tests/fixtures/case, whose tables they name. */
#include "check_main.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "derrotero/case.h"

#define ATLAS  DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"
#define TABLES DRO_TEST_SOURCE_DIR "/tests/fixtures/case"
#define HEAD   "case: test\ncorridors: no\ntables: " TABLES "\nscenarios:\n"

static char folder[] = "/tmp/derrotero-case-XXXXXX";
static dro_session *session;

static void setup(void) {
    dro_error error = DRO_ERROR_INIT;
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    options.data = ATLAS;
    options.without_chart = true;
    ck_assert_msg(dro_session_open(&options, &session, &error) == DRO_OK, "%s",
                  error.message);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    ck_assert_int_eq(mkdir("tables", 0700), 0);
}

static void teardown(void) {
    static const char *const made[] = {"case.yaml", "other.yaml", "tables/links.csv",
                                       "tables/factors.csv", "tables"};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        ck_assert(remove(made[i]) == 0 || errno == ENOENT);
    }
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    memset(folder + sizeof folder - 7, 'X', 6);
    dro_session_release(session);
}

static void put(const char *name, const char *text) {
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static dro_case *opened(const char *text) {
    dro_error error = DRO_ERROR_INIT;
    dro_case *study = NULL;
    put("case.yaml", text);
    ck_assert_msg(dro_case_open(session, ".", &study, &error) == DRO_OK, "%s",
                  error.message);
    return study;
}

static dro_facts *applied(const dro_case *study, const char *scenario,
                          const char *date) {
    dro_error error = DRO_ERROR_INIT;
    dro_facts *facts = NULL;
    ck_assert_msg(dro_case_apply(study, scenario, date, &facts, &error) == DRO_OK, "%s",
                  error.message);
    return facts;
}

static void refuse(const char *text, dro_status expected, const char *message) {
    dro_error error = DRO_ERROR_INIT;
    dro_case *study = NULL;
    put("case.yaml", text);
    dro_status status = dro_case_open(session, "case.yaml", &study, &error);
    ck_assert_msg(strstr(error.message, message) == error.message,
                  "expected: %s\n     got: %s", message, error.message);
    ck_assert_int_eq(status, expected);
    ck_assert_ptr_null(study);
    ck_assert_ptr_null(strchr(error.message, '\n'));
}

static size_t thing(const dro_facts *facts, dro_kind kind, const char *id) {
    size_t found = 0;
    ck_assert_int_eq(dro_facts_find(facts, kind, id, &found, NULL), DRO_OK);
    return found;
}

/* ---- what is read ------------------------------------------------------------------
 */

START_TEST(a_case_is_read) {
    dro_case *study = opened("case: test\ntitle: A test\nabout: why\ncorridors: no\n"
                             "tables: [" TABLES ", " TABLES "/more]\n"
                             "commodity: goods\nscenario: later\nscenarios:\n"
                             "  base: {date: 2024-01-31, month: 2}\n"
                             "  later: {title: Later, extends: base, edits: []}\n");
    dro_scenario about;
    ck_assert_str_eq(dro_case_id(study), "test");
    ck_assert_str_eq(dro_case_title(study), "A test");
    ck_assert_str_eq(dro_case_about(study), "why");
    ck_assert_str_eq(dro_case_folder(study), ".");
    ck_assert_str_eq(dro_case_commodity(study), "goods");
    ck_assert_str_eq(dro_case_default_scenario(study), "later");
    ck_assert_ptr_eq(dro_case_session(study), session);
    ck_assert_uint_eq(dro_facts_count(dro_case_facts(study), DRO_KIND_FACTOR), 2);
    ck_assert_uint_eq(dro_case_scenarios(study), 2);
    dro_case_scenario(study, 1, &about);
    ck_assert_str_eq(about.id, "later");
    ck_assert_str_eq(about.title, "Later");
    ck_assert_str_eq(about.date, "2024-01-31"); /* of what it extends */
    ck_assert_int_eq(about.month, 2);
    dro_case_close(study);
}
END_TEST

START_TEST(a_case_without_scenarios_is_its_tables) {
    dro_case *study = opened("case: test\ncorridors: no\ntables: " TABLES "\n");
    dro_facts *facts = applied(study, NULL, NULL);
    ck_assert_uint_eq(dro_facts_count(facts, DRO_KIND_LINK), 2);
    dro_facts_destroy(facts);
    dro_case_close(study);
}
END_TEST

START_TEST(an_included_case_comes_first) {
    put("other.yaml", "case: other\ncorridors: no\ntables: " TABLES "\n"
                      "commodity: ore\nscenario: far\nscenarios: {far: {}}\n");
    dro_case *study = opened("case: test\ninclude: other.yaml\ntables: []\n"
                             "commodity: goods\nscenarios: {near: {extends: far}}\n");
    ck_assert_str_eq(dro_case_commodity(study), "goods");
    ck_assert_str_eq(dro_case_default_scenario(study), "far");
    ck_assert_uint_eq(dro_case_scenarios(study), 2);
    dro_case_close(study);
}
END_TEST

/* ---- what edits do
 * ------------------------------------------------------------------- */

START_TEST(doors_open_and_close) {
    dro_case *study =
        opened(HEAD "  a:\n    edits:\n"
                    "      - close: {port: [XAWST, XBEST], passage: cut,\n"
                    "                link: road-mine-west,\n"
                    "                service: shuttle}\n"
                    "      - open: {port: XBEST, link: rail-mine-west}\n");
    dro_facts *f = applied(study, "a", NULL);
    ck_assert_int_eq(
        dro_facts_word(f, thing(f, DRO_KIND_PORT, "XAWST"), DRO_PORT_STATUS), 2);
    ck_assert_int_eq(
        dro_facts_word(f, thing(f, DRO_KIND_PORT, "XBEST"), DRO_PORT_STATUS), 0);
    ck_assert_int_eq(
        dro_facts_word(f, thing(f, DRO_KIND_PASSAGE, "cut"), DRO_PASSAGE_STATE), 1);
    ck_assert_int_eq(dro_facts_word(f, 0, DRO_LINK_STATE), 2);
    ck_assert_int_eq(dro_facts_word(f, 1, DRO_LINK_STATE), 0);
    ck_assert_int_eq(dro_facts_word(f, 0, DRO_SERVICE_STATE), 2);
    /* its dates would keep it going */
    ck_assert_str_eq(dro_facts_text(f, 0, DRO_SERVICE_FROM_DATE), "");
    /* the case itself is as it was */
    ck_assert_int_eq(dro_facts_word(dro_case_facts(study), 0, DRO_LINK_STATE), 0);
    dro_facts_destroy(f);
    dro_case_close(study);
}
END_TEST

static void check_range(dro_range r, double value, double low, double high) {
    ck_assert_double_eq_tol(r.value, value, 1e-9);
    ck_assert_double_eq_tol(r.low, low, 1e-9);
    ck_assert_double_eq_tol(r.high, high, 1e-9);
}

START_TEST(figures_are_set_and_scaled) {
    dro_case *study = opened(
        HEAD "  a:\n    edits:\n"
             "      - set: {passage: cut, wait_h: {value: 240, low: 96, high: 504}}\n"
             "      - set: {link: road-mine-west, length_km: 400, season: ~}\n"
             "      - scale: {link: [road-mine-west], length_km: 1.5}\n"
             "      - set: {service: shuttle, vessel: container-8000, speed_kn: 12}\n"
             "      - scale: {factor: cutoff_h, value: 2}\n");
    dro_facts *f = applied(study, "a", NULL);
    check_range(
        dro_facts_range(f, thing(f, DRO_KIND_PASSAGE, "cut"), DRO_PASSAGE_WAIT_H), 240,
        96, 504);
    check_range(dro_facts_range(f, 0, DRO_LINK_LENGTH_KM), 600, 600, 600);
    check_range(dro_facts_range(f, 0, DRO_FACTOR_VALUE), 48, 24, 96);
    ck_assert_int_eq(dro_facts_thing(f, 0, DRO_SERVICE_VESSEL),
                     (int)thing(f, DRO_KIND_VESSEL, "container-8000"));
    dro_facts_destroy(f);
    dro_case_close(study);
}
END_TEST

START_TEST(things_are_added) {
    dro_case *study = opened(
        HEAD
        "  a:\n    edits:\n"
        "      - add: {node: town, name: Town, country: XA, kind: city, lat: 1, lon: "
        "1}\n"
        "      - add: {link: road-mine-town, from: mine, to: town, mode: road,\n"
        "              class: lorry, state: existing, length_km: 400, oneway: yes}\n"
        "      - add: {service: new, vessel: small, state: existing, headway_d: 7,\n"
        "              calls: [{port: XAWST, stay_h: 20}, {port: XBEST}]}\n"
        "      - add: {call: new/3, port: XAWST}\n"
        "      - add: {factor: stay_h, value: 18, unit: h}\n");
    dro_facts *f = applied(study, "a", NULL);
    size_t link = thing(f, DRO_KIND_LINK, "road-mine-town");
    ck_assert(dro_facts_flag(f, link, DRO_LINK_ONEWAY));
    size_t call = thing(f, DRO_KIND_CALL, "new/3");
    ck_assert_double_eq(dro_facts_number(f, call, DRO_CALL_SEQ), 3.0);
    ck_assert_int_eq(dro_facts_thing(f, call, DRO_CALL_SERVICE),
                     (int)thing(f, DRO_KIND_SERVICE, "new"));
    dro_fact_origin origin = dro_facts_origin(f, DRO_KIND_LINK, link);
    ck_assert_str_eq(origin.file, "./case.yaml");
    ck_assert_uint_eq(origin.line, 8);
    dro_facts_destroy(f);
    dro_case_close(study);
}
END_TEST

START_TEST(edits_between_dates) {
    dro_case *study = opened(HEAD "  a:\n    date: 2023-08-01\n    edits:\n"
                                  "      - close: {link: road-mine-west}\n"
                                  "        from: 2023-07-01\n"
                                  "        to: 2023-08-01\n"
                                  "  b:\n    edits:\n"
                                  "      - close: {link: road-mine-west}\n"
                                  "        from: 2023-07-01\n");
    dro_error error = DRO_ERROR_INIT;
    dro_facts *f = applied(study, "a", NULL);
    ck_assert_int_eq(dro_facts_word(f, 0, DRO_LINK_STATE), 2);
    dro_facts_destroy(f);
    f = applied(study, "a", "2023-08-02");
    ck_assert_int_eq(dro_facts_word(f, 0, DRO_LINK_STATE), 0);
    dro_facts_destroy(f);
    ck_assert_int_eq(dro_case_apply(study, "b", NULL, &f, &error), DRO_INVALID);
    ck_assert_str_eq(error.message, "./case.yaml:13:23: this edit holds between dates, "
                                    "but there is no date");
    ck_assert_int_eq(dro_case_apply(study, "b", "2023-02-29", &f, &error), DRO_INVALID);
    dro_case_close(study);
}
END_TEST

START_TEST(scenarios_extend_and_compose_each_once) {
    dro_case *study = opened(
        HEAD
        "  base: {date: 2024-01-01, edits: [{scale: {factor: cutoff_h, value: 2}}]}\n"
        "  b: {extends: base, month: 3, edits: [{close: {link: road-mine-west}}]}\n"
        "  c: {extends: [base, b], date: 2025-01-01}\n"
        "  d: {extends: base, edits: [{open: {link: road-mine-west}}]}\n");
    const char *date = NULL;
    int month = 0;
    dro_facts *f = applied(study, "c+d", NULL);
    check_range(dro_facts_range(f, 0, DRO_FACTOR_VALUE), 48, 24, 96);
    ck_assert_int_eq(dro_facts_word(f, 0, DRO_LINK_STATE), 0); /* d is the last */
    dro_facts_destroy(f);
    f = applied(study, "d+c", NULL);
    ck_assert_int_eq(dro_facts_word(f, 0, DRO_LINK_STATE), 2);
    dro_facts_destroy(f);
    ck_assert_int_eq(dro_case_when(study, "b+c", &date, &month, NULL), DRO_OK);
    ck_assert_str_eq(date, "2025-01-01");
    ck_assert_int_eq(month, 3);
    dro_case_close(study);
}
END_TEST

START_TEST(an_unknown_scenario_has_a_nearest) {
    dro_case *study = opened(HEAD "  after: {}\n  before: {}\n");
    dro_error error = DRO_ERROR_INIT;
    dro_facts *f = NULL;
    ck_assert_int_eq(dro_case_apply(study, "after+befor", NULL, &f, &error),
                     DRO_NOT_FOUND);
    ck_assert_str_eq(error.message,
                     "no scenario is called \"befor\"; the nearest: before");
    ck_assert_int_eq(dro_case_apply(study, "after+", NULL, &f, &error), DRO_NOT_FOUND);
    ck_assert_int_eq(dro_case_apply(study, "", NULL, &f, &error), DRO_NOT_FOUND);
    dro_case_close(study);
}
END_TEST

START_TEST(differences_are_listed) {
    dro_case *study = opened(
        HEAD "  a: {}\n"
             "  b:\n    edits:\n"
             "      - set: {passage: cut, wait_h: {value: 240, low: 96, high: 504}}\n"
             "      - set: {link: road-mine-west, oneway: yes}\n"
             "      - open: {link: rail-mine-west}\n"
             "      - add: {factor: stay_h, value: 18, unit: h}\n");
    static const char *const expected[] = {
        "passage cut wait_h: 5 (2 to 9) > 240 (96 to 504)",
        "link road-mine-west oneway: no > yes",
        "link rail-mine-west state: planned > existing",
        "factor stay_h :  > there",
    };
    dro_facts *was = applied(study, "a", NULL), *is = applied(study, "b", NULL);
    dro_arena *arena = NULL;
    dro_difference *rows = NULL;
    size_t count = 0;
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    ck_assert_int_eq(dro_case_diff(was, is, arena, &rows, &count, NULL), DRO_OK);
    ck_assert_uint_eq(count, 4);
    for (size_t i = 0; i < count; i++) {
        char text[256];
        (void)snprintf(text, sizeof text, "%s %s %s: %s > %s",
                       dro_kind_word(rows[i].kind), rows[i].id, rows[i].attribute,
                       rows[i].was, rows[i].is);
        ck_assert_str_eq(text, expected[i]);
    }
    ck_assert_int_eq(dro_case_diff(is, was, arena, &rows, &count, NULL), DRO_OK);
    ck_assert_uint_eq(count, 4);
    ck_assert_str_eq(rows[3].was, "there");
    ck_assert_int_eq(dro_case_diff(is, is, arena, &rows, &count, NULL), DRO_OK);
    ck_assert_uint_eq(count, 0);
    dro_arena_destroy(arena);
    dro_facts_destroy(was);
    dro_facts_destroy(is);
    dro_case_close(study);
}
END_TEST

/* ---- bad input: the list
 * ------------------------------------------------------ */

START_TEST(a_cycle_of_includes) {
    put("other.yaml", "case: other\ninclude:\n  - case.yaml\n");
    refuse(
        "case: test\ninclude: [other.yaml]\n", DRO_INVALID,
        "other.yaml:3:5: includes go in a circle: case.yaml > other.yaml > case.yaml");
    refuse("case: test\ninclude: [./case.yaml]\n", DRO_INVALID,
           "case.yaml:2:11: includes go in a circle: case.yaml > ./case.yaml");
}
END_TEST

#define LINKS "id,from,to,mode,class,state,length_km,border_h,source,mark\n"
#define ROAD(id, hours) \
    id ",mine,west,road,lorry,existing,300," hours ",fixture,assumption\n"
#define WITH_TABLES "case: test\ninclude: other.yaml\ntables: tables\n"

static void put_base(void) {
    put("other.yaml", "case: other\ncorridors: no\ntables: " TABLES "\n");
}

START_TEST(two_links_of_one_name) {
    put_base();
    put("tables/links.csv", LINKS ROAD("a", "") ROAD("b", "") ROAD("a", ""));
    refuse(WITH_TABLES, DRO_PARSE,
           "tables/links.csv:4:1: link \"a\" is there twice, see tables/links.csv:2:");
    put("tables/links.csv", LINKS ROAD("road-mine-west", ""));
    refuse(WITH_TABLES, DRO_PARSE,
           "tables/links.csv:2:1: link \"road-mine-west\" is there twice, see ");
}
END_TEST

START_TEST(a_negative_time) {
    put_base();
    put("tables/links.csv", LINKS ROAD("a", "-3"));
    refuse(WITH_TABLES, DRO_PARSE, "tables/links.csv:2:37: border_h: -3 is not within");
    refuse(HEAD "  a:\n    edits:\n      - set: {passage: cut, wait_h: -5}\n",
           DRO_INVALID, "case.yaml:7:37: wait_h: -5 is not within");
    refuse(HEAD "  a:\n    edits:\n      - scale: {passage: cut, wait_h: -2}\n",
           DRO_INVALID, "case.yaml:7:39: wait_h scaled by -2");
    refuse(HEAD "  a: {edits: [{set: {passage: cut, wait_h: {value: 5, low: 6}}}]}\n",
           DRO_INVALID, "case.yaml:5:44: wait_h is not between its low and its high");
}
END_TEST

START_TEST(a_unit_that_is_missing) {
    put_base();
    put("tables/factors.csv", "id,value,unit,source,mark\nx,3,,fixture,assumption\n");
    refuse(WITH_TABLES, DRO_PARSE, "tables/factors.csv:2:5: unit may not be empty");
    put("tables/factors.csv", "id,value,source,mark\nx,3,fixture,assumption\n");
    refuse(WITH_TABLES, DRO_PARSE, "tables/factors.csv:1:");
    refuse(HEAD "  a: {edits: [{add: {factor: x, value: 3}}]}\n", DRO_PARSE,
           "case.yaml:5:21: the new factor has no unit");
    refuse(HEAD "  a: {edits: [{set: {passage: cut, wait: 3}}]}\n", DRO_NOT_FOUND,
           "case.yaml:5:36: ");
}
END_TEST

START_TEST(a_service_with_one_call) {
    refuse(HEAD "  a: {edits: [{add: {service: x, vessel: small, state: existing,\n"
                "    headway_d: 7, calls: [{port: XAWST}]}}]}\n",
           DRO_INVALID, "case.yaml:6:26: 1 call; a rotation needs at least 2");
    refuse(HEAD "  a: {edits: [{add: {service: x, vessel: small, state: existing,\n"
                "    headway_d: 7}}]}\n",
           DRO_PARSE, "case.yaml:5:21: the new service has no \"calls\"");
}
END_TEST

/* ---- bad input: names
 * ------------------------------------------------------------------ */

START_TEST(what_names_nothing) {
    refuse(HEAD "  a:\n    edits:\n      - close: {passage: cutt}\n", DRO_NOT_FOUND,
           "case.yaml:7:26: no passage is called \"cutt\"; the nearest: cut");
    refuse(HEAD "  a:\n    edits:\n      - close: {link: [road-mine-west, x]}\n",
           DRO_NOT_FOUND, "case.yaml:7:40: no link is called \"x\"");
    refuse(HEAD "  a: {edits: [{close: {canal: cut}}]}\n", DRO_NOT_FOUND,
           "case.yaml:5:24: the first word of close says of what kind: ");
    refuse(HEAD "  a: {edits: [{set: {link: road-mine-west, lenght_km: 3}}]}\n",
           DRO_NOT_FOUND, "case.yaml:5:44: ");
    refuse(HEAD "  a: {edits: [{set: {link: road-mine-west, mode: air}}]}\n",
           DRO_INVALID, "case.yaml:5:50: mode: \"air\" is not one of road|rail");
    refuse(HEAD "  a: {edits: [{set: {service: shuttle, vessel: huge}}]}\n", DRO_PARSE,
           "case.yaml:5:21: " TABLES "/services.csv:2:");
    refuse(HEAD "  a: {extends: b}\n  bb: {}\n", DRO_NOT_FOUND,
           "case.yaml:5:16: no scenario is called \"b\"; the nearest: ");
    refuse("case: test\ncorridors: no\nscenario: x\n", DRO_NOT_FOUND,
           "case.yaml:3:11: no scenario is called \"x\"");
    refuse("case: test\ncorridors: no\ncommodity: x\n", DRO_NOT_FOUND,
           "case.yaml:3:12: no commodity is called \"x\"");
}
END_TEST

START_TEST(unknown_keys) {
    refuse("case: test\nscenarois: {}\n", DRO_PARSE,
           "case.yaml:2:1: a case file has an unknown key \"scenarois\"; did you mean "
           "\"scenarios\"?");
    refuse(HEAD "  a: {titel: x}\n", DRO_PARSE,
           "case.yaml:5:7: a scenario has an unknown key \"titel\"; did you mean "
           "\"title\"?");
    refuse(HEAD "  a: {edits: [{clsoe: {link: x}}]}\n", DRO_PARSE,
           "case.yaml:5:16: an edit has an unknown key \"clsoe\"; did you mean "
           "\"close\"?");
    refuse(HEAD "  a: {edits: [{set: {passage: cut, wait_h: {valu: 3}}}]}\n", DRO_PARSE,
           "case.yaml:5:45: wait_h has an unknown key \"valu\"; did you mean "
           "\"value\"?");
}
END_TEST

START_TEST(files_that_are_not_there) {
    refuse("case: test\ncorridors: no\ntables: [nowhere]\n", DRO_NOT_FOUND,
           "case.yaml:3:10: tables: there is no folder nowhere");
    refuse("case: test\ninclude: nowhere.yaml\n", DRO_IO, "case.yaml:2:10: ");
    refuse("case: test\n", DRO_NOT_FOUND, "the built-in network, " ATLAS "/corridors");
    dro_case *study = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_case_open(session, "nowhere", &study, &error), DRO_IO);
}
END_TEST

/* ---- bad input: forms
 * ------------------------------------------------------------------ */

START_TEST(edits_of_a_wrong_form) {
    refuse(HEAD "  a: {edits: [{from: 2020-01-01}]}\n", DRO_PARSE,
           "case.yaml:5:15: an edit without open, close, set, scale or add");
    refuse(HEAD "  a: {edits: [{open: {link: x}, close: {link: x}}]}\n", DRO_PARSE,
           "case.yaml:5:33: an edit does one thing: open and close are two");
    refuse(HEAD "  a: {edits: {}}\n", DRO_PARSE, "case.yaml:5:14: edits is a mapping");
    refuse(HEAD "  a: {edits: [{open: {}}]}\n", DRO_PARSE,
           "case.yaml:5:22: open names nothing");
    refuse(HEAD "  a: {edits: [{open: {link: []}}]}\n", DRO_INVALID,
           "case.yaml:5:29: no link is named");
    refuse(
        HEAD "  a: {edits: [{open: {node: mine}}]}\n", DRO_INVALID,
        "case.yaml:5:23: open is for a port, passage, link or service, not for a node");
    refuse(HEAD "  a: {edits: [{set: {link: road-mine-west}}]}\n", DRO_INVALID,
           "case.yaml:5:21: set says of what, but not which attribute");
    refuse(HEAD "  a: {edits: [{scale: {link: road-mine-west, mode: 2}}]}\n",
           DRO_INVALID, "case.yaml:5:52: mode is no figure");
    refuse(HEAD "  a: {edits: [{scale: {link: road-mine-west, border_h: 2}}]}\n",
           DRO_INVALID,
           "case.yaml:5:56: border_h of link road-mine-west is not stated");
    refuse(HEAD "  a: {edits: [{set: {link: road-mine-west, length_km: ~}}]}\n",
           DRO_INVALID, "case.yaml:5:55: length_km may not be empty");
    refuse(HEAD "  a: {edits: [{set: {link: road-mine-west, length_km: 100}}]}\n",
           DRO_PARSE, "case.yaml:5:21: " TABLES "/links.csv:2:");
}
END_TEST

START_TEST(additions_of_a_wrong_form) {
    refuse(HEAD "  a: {edits: [{add: {passage: new, wait_h: 1}}]}\n", DRO_INVALID,
           "case.yaml:5:22: a passage is of the atlas and cannot be added");
    refuse(HEAD "  a: {edits: [{add: {port: XXNEW, lat: 1, lon: 1}}]}\n", DRO_PARSE,
           "case.yaml:5:21: the new port has no name");
    refuse(HEAD "  a: {edits: [{add: {port: XXNEW, name: New, country: XA,\n"
                "    lat: 95, lon: 1}}]}\n",
           DRO_INVALID, "case.yaml:6:10: lat: 95 is not within -90 and 90");
    refuse(HEAD "  a: {edits: [{add: {port: XAWST, name: New, country: XA,\n"
                "    lat: 1, lon: 1}}]}\n",
           DRO_INVALID, "case.yaml:5:21: port \"XAWST\" is there already");
    refuse(HEAD "  a: {edits: [{add: {factor: [x, y], value: 1, unit: h}}]}\n",
           DRO_INVALID, "case.yaml:5:30: add makes one factor at a time");
    refuse(HEAD "  a: {edits: [{add: {factor: cutoff_h, value: 1, unit: h}}]}\n",
           DRO_INVALID, "case.yaml:5:21: factor \"cutoff_h\" is there already");
    refuse(HEAD "  a: {edits: [{add: {call: shuttle, port: XAWST}}]}\n", DRO_INVALID,
           "case.yaml:5:28: \"shuttle\" is not the id of a call");
    refuse(HEAD "  a: {edits: [{add: {link: x, from: mine, to: mine, mode: road,\n"
                "    class: lorry, state: existing, length_km: 1}}]}\n",
           DRO_PARSE, "case.yaml:5:21: a link from a node to itself");
    refuse(HEAD "  a: {edits: [{set: {terminal: XAWST, id: x}}]}\n", DRO_INVALID,
           "case.yaml:5:39: an id cannot be changed");
}
END_TEST

START_TEST(scenarios_of_a_wrong_form) {
    refuse(HEAD "  a: {date: 2023-02-29}\n", DRO_INVALID,
           "case.yaml:5:13: date 2023-02-29 is not a date; write YYYY-MM-DD");
    refuse(HEAD "  a: {month: 13}\n", DRO_INVALID, "case.yaml:5:14: month 13: from 1");
    refuse(HEAD "  a: {edits: [{open: {link: road-mine-west}, from: 2024-01-02,\n"
                "               to: 2024-01-01}]}\n",
           DRO_INVALID, "case.yaml:6:20: to 2024-01-01 is before from 2024-01-02");
    refuse(HEAD "  a+b: {}\n", DRO_INVALID, "case.yaml:5:3: \"a+b\" cannot be");
    refuse(HEAD "  a: {extends: b}\n  b: {extends: [c]}\n  c: {extends: a}\n",
           DRO_INVALID,
           "case.yaml:7:16: scenarios extend one another in a circle: c extends a");
    put("other.yaml", "case: other\nscenarios: {a: {}}\n");
    refuse("case: test\ncorridors: no\ninclude: other.yaml\nscenarios: {a: {}}\n",
           DRO_INVALID,
           "case.yaml:4:13: scenario a is there twice, see other.yaml:2:16");
    refuse("title: x\n", DRO_PARSE, "case.yaml:1:1: a case file has no \"case\"");
    refuse("case: test\ncorridors: maybe\n", DRO_INVALID, "case.yaml:2:12: ");
}
END_TEST

/* ---- the cases that come with the program
 * ---------------------------------------------- */

START_TEST(the_cases_of_the_program_are_whole) {
    static const char *const names[] = {NULL, "red-sea", "chancay"};
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    dro_session *real = NULL;
    options.data = DRO_TEST_SOURCE_DIR "/data";
    options.without_chart = true;
    ck_assert_int_eq(dro_session_open(&options, &real, NULL), DRO_OK);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        dro_error error = DRO_ERROR_INIT;
        dro_case *study = NULL;
        char path[4096];
        ck_assert_int_eq(dro_case_locate(real, names[i], path, sizeof path, &error),
                         DRO_OK);
        ck_assert_msg(dro_case_open(real, path, &study, &error) == DRO_OK, "%s",
                      error.message);
        ck_assert_uint_ge(dro_case_scenarios(study), 2);
        dro_case_close(study);
    }
    char path[4096];
    ck_assert_int_eq(dro_case_locate(real, "atlantis", path, sizeof path, NULL),
                     DRO_NOT_FOUND);
    dro_session_release(real);
}
END_TEST

int main(void) {
    const TTest *const tests[] = {a_case_is_read,
                                  a_case_without_scenarios_is_its_tables,
                                  an_included_case_comes_first,
                                  doors_open_and_close,
                                  figures_are_set_and_scaled,
                                  things_are_added,
                                  edits_between_dates,
                                  scenarios_extend_and_compose_each_once,
                                  an_unknown_scenario_has_a_nearest,
                                  differences_are_listed,
                                  a_cycle_of_includes,
                                  two_links_of_one_name,
                                  a_negative_time,
                                  a_unit_that_is_missing,
                                  a_service_with_one_call,
                                  what_names_nothing,
                                  unknown_keys,
                                  files_that_are_not_there,
                                  edits_of_a_wrong_form,
                                  additions_of_a_wrong_form,
                                  scenarios_of_a_wrong_form,
                                  the_cases_of_the_program_are_whole,
                                  NULL};
    return check_main_with("scenario case", setup, teardown, tests);
}
