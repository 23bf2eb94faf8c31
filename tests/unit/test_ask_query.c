/* Questions from names and values: each gives the bytes that its command line gives;
 * what a query may not say is refused with one line. On the small world of
 * fake_chart.h. */
#include "check_main.h"
#include "fake_chart.h"
#include "small_world.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ask/ask.h"

static char folder[] = "/tmp/derrotero-ask-XXXXXX";
static dro_session *session;
static dro_store *store;
static dro_error error;

static void setup(void) {
    small_case_begin(folder);
    session = small_session();
    const dro_case *study = NULL;
    ck_assert_int_eq(dro_store_create(session, NULL, &store, &error), DRO_OK);
    ck_assert_msg(dro_store_open(store, folder, &study, &error) == DRO_OK, "%s",
                  error.message);
}

static void teardown(void) {
    dro_store_destroy(store);
    dro_session_release(session);
    small_case_end(folder);
}

/* ---- both ways of asking ------------------------------------------------------------
 */

static dro_ask_context here(void) {
    return (dro_ask_context){.session = session, .store = store, .threads = 1};
}

/* Words go without a store. */
static dro_status run(const dro_ask_asked *asked, char **bytes) {
    size_t length = 0;
    FILE *stream = open_memstream(bytes, &length);
    dro_ask_context context = here();
    context.store = asked->query ? store : NULL;
    dro_ask_output out = dro_ask_output_to(stream);
    dro_status status = dro_ask_run(&context, asked, &out, &error);
    ck_assert_int_eq(fclose(stream), 0);
    return status;
}

/* Words, as after the command's name. */
static char *by_words(const dro_ask_question *question, dro_format format, int argc,
                      const char *const *argv) {
    static union {
        char bytes[DRO_ASK_VALUES_MAX];
        max_align_t align;
    } values;
    static dro_ask_operands given;
    char *bytes = NULL;
    memset(&values, 0, sizeof values);
    given.count = 0;
    if (question->defaults != NULL) {
        memcpy(values.bytes, question->defaults, question->values_size);
    }
    dro_ask_option_set set = {question->options, question->option_count, values.bytes};
    dro_ask_asked asked = {question, values.bytes, &given, format, false, NULL};
    dro_status status = dro_ask_parse(argc, argv, &set, 1, &given, NULL, &error);
    status = status == DRO_OK ? dro_ask_check(&asked, &error) : status;
    status = status == DRO_OK ? run(&asked, &bytes) : status;
    ck_assert_msg(status == DRO_OK, "%s", error.message);
    return bytes;
}

/* "name=value" or "name". */
static dro_status set_all(dro_ask_request *request, int count,
                          const char *const *pairs) {
    static char texts[16][512];
    dro_status status = DRO_OK;
    for (int i = 0; i < count && status == DRO_OK; i++) {
        (void)snprintf(texts[i], sizeof texts[i], "%s", pairs[i]);
        char *equals = strchr(texts[i], '=');
        if (equals != NULL) {
            *equals++ = '\0';
        }
        status = dro_ask_set(request, texts[i], equals, &error);
    }
    return status;
}

/* A query that is right, with what came with it or NULL; until the next one. */
static dro_ask_asked query(const dro_ask_question *question, const dro_ask_text *text,
                           int count, const char *const *pairs) {
    static dro_ask_request request;
    dro_ask_asked asked;
    dro_ask_begin(&request, question);
    request.text = text;
    ck_assert_int_eq(set_all(&request, count, pairs), DRO_OK);
    ck_assert_int_eq(dro_ask_finish(&request, &asked, &error), DRO_OK);
    return asked;
}

static dro_status ask(const dro_ask_question *question, char **bytes, int count,
                      const char *const *pairs) {
    static dro_ask_request request;
    dro_ask_asked asked;
    dro_ask_begin(&request, question);
    dro_status status = set_all(&request, count, pairs);
    status = status == DRO_OK ? dro_ask_finish(&request, &asked, &error) : status;
    return status == DRO_OK ? run(&asked, bytes) : status;
}

#define COUNT(...) (int)(sizeof((const char *[]){__VA_ARGS__}) / sizeof(const char *))
#define LIST(...)                          \
    COUNT(__VA_ARGS__), (const char *[]) { \
        __VA_ARGS__                        \
    }

static void check_same(char *words, const dro_ask_question *question, int count,
                       const char *const *pairs) {
    char *bytes = NULL;
    ck_assert_msg(ask(question, &bytes, count, pairs) == DRO_OK, "%s", error.message);
    ck_assert_str_eq(words, bytes);
    ck_assert_uint_gt(strlen(bytes), 20);
    free(bytes);
    free(words);
}

static void check_refused(const dro_ask_question *question, dro_status expected,
                          const char *message, int count, const char *const *pairs) {
    char *bytes = NULL;
    error = (dro_error)DRO_ERROR_INIT;
    ck_assert_int_eq(ask(question, &bytes, count, pairs), expected);
    ck_assert_str_eq(error.message, message);
    free(bytes);
}

/* ---- the same bytes -----------------------------------------------------------------
 */

START_TEST(a_route_by_names_is_the_route_by_words) {
    check_same(by_words(&dro_ask_route, DRO_FORMAT_JSON,
                        LIST("XAWST", "XBEST", "--vessel", "small", "--speed", "12",
                             "--avoid", "north-strait", "-n", "1")),
               &dro_ask_route,
               LIST("from=XAWST", "to=XBEST", "vessel=small", "speed=12",
                    "avoid=north-strait", "alternatives=1"));
    check_same(by_words(&dro_ask_route, DRO_FORMAT_GEOJSON, LIST("0,0", "XBEST")),
               &dro_ask_route, LIST("from=0,0", "to=XBEST", "format=geojson"));
}
END_TEST

START_TEST(lists_are_by_commas_or_repeated) {
    char *words = by_words(&dro_ask_route, DRO_FORMAT_CSV,
                           LIST("XAWST", "XBEST", "--avoid", "cut,north-strait"));
    char *again = strdup(words);
    check_same(words, &dro_ask_route,
               LIST("from=XAWST", "to=XBEST", "avoid=cut", "avoid=north-strait",
                    "format=csv"));
    check_same(again, &dro_ask_route,
               LIST("from=XAWST", "to=XBEST", "avoid=cut,north-strait", "format=csv"));
}
END_TEST

START_TEST(tables_by_names_are_tables_by_words) {
    check_same(by_words(&dro_ask_ports, DRO_FORMAT_JSON,
                        LIST("haven", "--near", "0,29", "--limit", "1")),
               &dro_ask_ports, LIST("q=haven", "near=0,29", "limit=1"));
    check_same(by_words(&dro_ask_ports, DRO_FORMAT_CSV, LIST("--country", "xa")),
               &dro_ask_ports, LIST("country=xa", "format=csv"));
    check_same(by_words(&dro_ask_passages, DRO_FORMAT_GEOJSON, 0, NULL),
               &dro_ask_passages, LIST("format=geojson"));
    check_same(by_words(&dro_ask_vessels, DRO_FORMAT_JSON, LIST("small")),
               &dro_ask_vessels, LIST("q=small"));
}
END_TEST

START_TEST(a_case_by_name_is_a_case_by_words) {
    check_same(by_words(&dro_ask_case, DRO_FORMAT_JSON, LIST(folder)), &dro_ask_case, 0,
               NULL);
    check_same(by_words(&dro_ask_case, DRO_FORMAT_TABLE,
                        LIST(folder, "--diff", "now", "--diff", "closed")),
               &dro_ask_case,
               LIST("case=test", "diff=now", "diff=closed", "format=table"));
}
END_TEST

START_TEST(a_comparison_by_names_is_a_comparison_by_words) {
    check_same(
        by_words(&dro_ask_compare, DRO_FORMAT_JSON,
                 LIST("XAWST", "XBEST", "--scenario", "now", "--scenario", "closed",
                      "--samples", "20", "--quay", "--by", "cost", "--case", folder)),
        &dro_ask_compare,
        LIST("from=XAWST", "to=XBEST", "scenario=now", "scenario=closed", "samples=20",
             "quay", "by=cost"));
}
END_TEST

START_TEST(a_flag_may_have_a_value) {
    char *words = by_words(&dro_ask_compare, DRO_FORMAT_CSV,
                           LIST("mine", "XBEST", "--scenario", "now", "--scenario",
                                "closed", "--samples", "0", "--case", folder));
    check_same(words, &dro_ask_compare,
               LIST("from=mine", "to=XBEST", "scenario=now", "scenario=closed",
                    "samples=0", "quay=false", "pareto=0", "format=csv"));
    check_refused(&dro_ask_compare, DRO_INVALID,
                  "quay: \"perhaps\" is neither true nor false", LIST("quay=perhaps"));
}
END_TEST

START_TEST(a_hinterland_by_names_is_a_hinterland_by_words) {
    check_same(by_words(&dro_ask_hinterland, DRO_FORMAT_CSV,
                        LIST("XAWST", "--to", "XBEST", "--samples", "10", "--grid", "0",
                             "--scenario", "now", "--case", folder)),
               &dro_ask_hinterland,
               LIST("port=XAWST", "to=XBEST", "samples=10", "grid=0", "scenario=now",
                    "format=csv"));
}
END_TEST

START_TEST(an_audit_by_names_is_an_audit_by_words) {
    check_same(by_words(&dro_ask_audit, DRO_FORMAT_CSV,
                        LIST(folder, "--samples", "10", "--claim", "quick")),
               &dro_ask_audit, LIST("samples=10", "claim=quick", "format=csv"));
}
END_TEST

START_TEST(a_matrix_of_ports_by_names_is_one_by_words) {
    check_same(by_words(&dro_ask_matrix, DRO_FORMAT_JSON,
                        LIST("--ports", "XAWST,XBEST", "--vessel", "small")),
               &dro_ask_matrix, LIST("ports=XAWST", "ports=XBEST", "vessel=small"));
}
END_TEST

START_TEST(a_matrix_of_more_than_64_places_in_one_text) {
    char ports[1024] = "ports=XAWST";
    char *bytes = NULL;
    for (size_t i = 0; i < 69; i++) {
        (void)strncat(ports, ",XBEST", sizeof ports - strlen(ports) - 1);
    }
    dro_ask_asked asked = query(&dro_ask_matrix, NULL, LIST(ports, "format=csv"));
    ck_assert_msg(run(&asked, &bytes) == DRO_OK, "%s", error.message);
    size_t lines = 0;
    for (const char *at = bytes; (at = strchr(at, '\n')) != NULL; at++) {
        lines++;
    }
    ck_assert_uint_eq(lines, 1 + 70 * 70);
    free(bytes);
}
END_TEST

START_TEST(rows_come_with_the_query) {
    static const char text[] =
        "id,from_lat,from_lon,to_lat,to_lon\na,0,0,0,30\nb,0,0,-5,40\n";
    dro_ask_text rows = {text, sizeof text - 1, "body"};
    dro_ask_asked asked = query(&dro_ask_matrix, &rows, LIST("format=csv"));
    char *bytes = NULL;
    ck_assert_msg(run(&asked, &bytes) == DRO_OK, "%s", error.message);
    ck_assert_ptr_nonnull(strstr(bytes, "\na,0,0,0,30,"));
    ck_assert_ptr_nonnull(strstr(bytes, "\nb,0,0,-5,40,"));
    free(bytes);
}
END_TEST

START_TEST(a_bad_row_that_came_with_the_query_has_its_place) {
    static const char text[] = "from_lat,from_lon,to_lat,to_lon\n0,0,91,30\n";
    dro_ask_text rows = {text, sizeof text - 1, "body"};
    dro_ask_asked asked = query(&dro_ask_matrix, &rows, 0, NULL);
    char *bytes = NULL;
    ck_assert_int_eq(run(&asked, &bytes), DRO_INVALID);
    ck_assert_msg(strncmp(error.message, "body:2:5: ", 10) == 0, "%s", error.message);
    free(bytes);
}
END_TEST

/* ---- what is refused ----------------------------------------------------------------
 */

START_TEST(unknown_names_tell_the_nearest) {
    check_refused(&dro_ask_route, DRO_USAGE,
                  "unknown parameter \"vesel\"; did you mean vessel?",
                  LIST("vesel=small"));
    check_refused(&dro_ask_route, DRO_USAGE,
                  "unknown parameter \"frm\"; did you mean from?", LIST("frm=x"));
    check_refused(&dro_ask_route, DRO_USAGE,
                  "unknown parameter \"nothing-like-it\" of route",
                  LIST("nothing-like-it=1"));
    check_refused(&dro_ask_route, DRO_USAGE, "unknown parameter \"FROM\" of route",
                  LIST("FROM=x"));
}
END_TEST

START_TEST(only_lists_may_be_given_twice) {
    check_refused(&dro_ask_route, DRO_USAGE, "from is given twice",
                  LIST("from=XAWST", "from=XBEST"));
    check_refused(&dro_ask_route, DRO_USAGE, "draft is given twice",
                  LIST("draft=3", "draft=3"));
    check_refused(&dro_ask_route, DRO_USAGE, "format is given twice",
                  LIST("format=csv", "format=json"));
    check_refused(&dro_ask_compare, DRO_USAGE, "quay is given twice",
                  LIST("quay", "quay=false"));
}
END_TEST

START_TEST(wrong_values_have_the_words_of_the_command_line) {
    check_refused(&dro_ask_route, DRO_INVALID, "draft: \"nan\" is not a number",
                  LIST("draft=nan"));
    check_refused(&dro_ask_route, DRO_INVALID, "draft 1e+30 is not between 0.1 and 40",
                  LIST("draft=1e30"));
    check_refused(&dro_ask_route, DRO_INVALID,
                  "by \"comfort\" is not one of distance|time|cost",
                  LIST("by=comfort"));
    check_refused(&dro_ask_route, DRO_USAGE, "draft needs a value: M", LIST("draft"));
    check_refused(&dro_ask_ports, DRO_INVALID,
                  "country 'Peru' is not a code of two letters, as PE",
                  LIST("country=Peru"));
    check_refused(&dro_ask_compare, DRO_USAGE,
                  "compare needs scenario twice, not 1 time",
                  LIST("from=a", "to=b", "scenario=now"));
    check_refused(&dro_ask_route, DRO_USAGE, "route needs to", LIST("from=XAWST"));
    check_refused(&dro_ask_route, DRO_USAGE, "route needs from", LIST("to=XAWST"));
    check_refused(&dro_ask_vessels, DRO_USAGE, "vessels does not write this format",
                  LIST("format=svg"));
}
END_TEST

START_TEST(a_query_names_no_file) {
    check_refused(&dro_ask_audit, DRO_USAGE,
                  "unknown parameter \"claims\"; did you mean claim?",
                  LIST("claims=/etc/passwd"));
    check_refused(&dro_ask_matrix, DRO_USAGE, "unknown parameter \"pairs\" of matrix",
                  LIST("pairs=/etc/passwd"));
    check_refused(&dro_ask_case, DRO_NOT_FOUND,
                  "there is no case \"/tmp\"; there are: test", LIST("case=/tmp"));
    check_refused(&dro_ask_case, DRO_NOT_FOUND,
                  "there is no case \"tset\"; there are: test", LIST("case=tset"));
    check_refused(&dro_ask_route, DRO_PARSE,
                  "avoid-area:1:1: '/' where { or [ should be",
                  LIST("from=XAWST", "to=XBEST", "avoid-area=/etc/passwd"));
    char *bytes = NULL;
    ck_assert_int_eq(ask(&dro_ask_matrix, &bytes, LIST("ports=@/etc/passwd")),
                     DRO_NOT_FOUND);
    free(bytes);
}
END_TEST

START_TEST(a_query_without_cases_opens_none) {
    char named[64];
    (void)snprintf(named, sizeof named, "case=%s", folder);
    dro_ask_asked asked = query(&dro_ask_case, NULL, LIST(named));
    dro_ask_context context = here();
    context.store = NULL;
    dro_ask_output out = dro_ask_output_to(stdout);
    ck_assert_int_eq(dro_ask_run(&context, &asked, &out, &error), DRO_NOT_FOUND);
}
END_TEST

START_TEST(areas_are_the_text_itself) {
    char *bytes = NULL;
    ck_assert_msg(
        ask(&dro_ask_route, &bytes,
            LIST("from=XAWST", "to=XBEST",
                 "avoid-area={\"type\":\"Polygon\",\"coordinates\":[[[10,50],[11,50],"
                 "[11,51],[10,51],[10,50]]]}")) == DRO_OK,
        "%s", error.message);
    free(bytes);
}
END_TEST

START_TEST(one_side_without_a_way_is_a_whole_answer) {
    dro_ask_asked asked = query(
        &dro_ask_compare, NULL,
        LIST("from=mine", "to=XBEST", "scenario=now", "scenario=cut-off", "samples=0"));
    dro_ask_context context = here();
    char *bytes = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&bytes, &length);
    dro_ask_output out = dro_ask_output_to(stream);
    ck_assert_int_eq(dro_ask_run(&context, &asked, &out, &error), DRO_NO_ANSWER);
    ck_assert_int_eq(fclose(stream), 0);
    ck_assert(out.whole);
    ck_assert_uint_gt(length, 100);
    free(bytes);
}
END_TEST

static bool always(void *hook) {
    (void)hook;
    return true;
}

START_TEST(work_that_is_stopped_says_so) {
    dro_ask_asked asked = query(&dro_ask_route, NULL, LIST("from=XAWST", "to=XBEST"));
    dro_ask_context context = here();
    context.stopped = always;
    dro_ask_output out = dro_ask_output_to(stdout);
    ck_assert_int_eq(dro_ask_run(&context, &asked, &out, &error), DRO_CANCELLED);
}
END_TEST

int main(void) {
    const TTest *const tests[] = {a_route_by_names_is_the_route_by_words,
                                  lists_are_by_commas_or_repeated,
                                  tables_by_names_are_tables_by_words,
                                  a_case_by_name_is_a_case_by_words,
                                  a_comparison_by_names_is_a_comparison_by_words,
                                  a_flag_may_have_a_value,
                                  a_hinterland_by_names_is_a_hinterland_by_words,
                                  an_audit_by_names_is_an_audit_by_words,
                                  a_matrix_of_ports_by_names_is_one_by_words,
                                  a_matrix_of_more_than_64_places_in_one_text,
                                  rows_come_with_the_query,
                                  a_bad_row_that_came_with_the_query_has_its_place,
                                  unknown_names_tell_the_nearest,
                                  only_lists_may_be_given_twice,
                                  wrong_values_have_the_words_of_the_command_line,
                                  a_query_names_no_file,
                                  a_query_without_cases_opens_none,
                                  areas_are_the_text_itself,
                                  one_side_without_a_way_is_a_whole_answer,
                                  work_that_is_stopped_says_so,
                                  NULL};
    return check_main_once("ask query", setup, teardown, tests);
}
