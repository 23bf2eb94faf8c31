/* The endpoints: what the fields of a body become, what is refused, and that no path of
 * the machine is told. On the small world of fake_chart.h. */
#include "check_main.h"
#include "fake_chart.h"
#include "small_world.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "server/api.h"

static char folder[] = "/tmp/derrotero-api-XXXXXX";
static dro_session *session;
static srv_api *api;
static dro_error error;

static srv_api *create(void) {
    const char *const cases[] = {folder};
    srv_api_options options = {session, cases, 1};
    srv_api *made = NULL;
    ck_assert_msg(srv_api_create(&options, &made, &error) == DRO_OK, "%s",
                  error.message);
    return made;
}

static void setup(void) {
    small_case_begin(folder);
    session = small_session();
    api = create();
}

static void teardown(void) {
    srv_api_destroy(api);
    dro_session_release(session);
    small_case_end(folder);
}

/* ---- calls --------------------------------------------------------------------------
 */

static const srv_endpoint *endpoint_of(const char *path) {
    size_t count = 0;
    const srv_endpoint *all = srv_endpoints(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i].path, path) == 0) {
            return &all[i];
        }
    }
    ck_abort_msg("no endpoint %s", path);
}

static bool go_on(void *context, const char *stage, uint64_t done, uint64_t total) {
    (void)context;
    (void)stage;
    (void)done;
    (void)total;
    return true;
}

typedef struct answer {
    dro_status status;
    int http;
    char type[64];
    char *body;
} answer;

/* "name=value&name=value" without escapes. */
static size_t split(char *query, srv_parameter *out) {
    size_t count = 0;
    while (query != NULL && query[0] != '\0') {
        char *next = strchr(query, '&'), *equals = strchr(query, '=');
        if (next != NULL) {
            *next++ = '\0';
        }
        *equals = '\0';
        out[count++] = (srv_parameter){query, equals + 1};
        query = next;
    }
    return count;
}

static answer call_with(srv_method method, const char *path, const char *query,
                        const char *type, const char *body, dro_error *why) {
    const dro_progress progress = {go_on, NULL};
    srv_parameter parameters[16];
    char text[512];
    (void)snprintf(text, sizeof text, "%s", query);
    srv_request request = {.method = method,
                           .path = path,
                           .parameters = parameters,
                           .parameter_count = split(text, parameters),
                           .accept = "",
                           .content_type = type,
                           .body = body,
                           .body_length = strlen(body)};
    const srv_endpoint *endpoint = endpoint_of(path);
    srv_call made = {.request = &request,
                     .data = endpoint->data,
                     .api = api,
                     .session = session,
                     .threads = 1,
                     .progress = &progress,
                     .type = "application/json"};
    answer out = {.body = NULL};
    size_t length = 0;
    ck_assert_uint_ne(endpoint->methods & method, 0);
    ck_assert_int_eq(dro_arena_create(&made.arena, why), DRO_OK);
    ck_assert_int_eq(dro_worker_create(session, &made.worker, why), DRO_OK);
    made.out = open_memstream(&out.body, &length);
    out.status = endpoint->run(&made, why);
    ck_assert_int_eq(fclose(made.out), 0);
    out.http = made.status;
    (void)snprintf(out.type, sizeof out.type, "%s", made.type);
    dro_worker_destroy(made.worker);
    dro_arena_destroy(made.arena);
    return out;
}

static answer call(srv_method method, const char *path, const char *query,
                   const char *type, const char *body) {
    error = (dro_error)DRO_ERROR_INIT;
    return call_with(method, path, query, type, body, &error);
}

static answer get(const char *path, const char *query) {
    return call(SRV_GET, path, query, "", "");
}

static answer post(const char *path, const char *body) {
    return call(SRV_POST, path, "", "application/json", body);
}

static void check_refused(answer got, dro_status status, const char *message) {
    ck_assert_str_eq(error.message, message);
    ck_assert_int_eq(got.status, status);
    free(got.body);
}

typedef struct refusal {
    const char *path, *body;
    dro_status status;
    const char *message;
} refusal;

static void check_bodies(const refusal *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        check_refused(post(cases[i].path, cases[i].body), cases[i].status,
                      cases[i].message);
    }
}

static void check_holds(answer got, const char *part) {
    ck_assert_msg(got.status == DRO_OK, "%s", error.message);
    ck_assert_ptr_nonnull(strstr(got.body, part));
    ck_assert_ptr_null(strstr(got.body, folder));
    ck_assert_ptr_null(strstr(got.body, SMALL_ATLAS));
    free(got.body);
}

static void check_equal(answer got, answer expected) {
    ck_assert_int_eq(got.status, DRO_OK);
    ck_assert_int_eq(expected.status, DRO_OK);
    ck_assert_str_eq(got.body, expected.body);
    ck_assert_str_eq(got.type, expected.type);
    free(got.body);
    free(expected.body);
}

/* ---- answers ------------------------------------------------------------------------
 */

START_TEST(every_endpoint_answers) {
    check_holds(get("/api/health", ""), "\"cases\": [\"test\"]");
    check_holds(get("/api/ports", "q=haven"), "XAWST");
    check_holds(get("/api/passages", "format=geojson"), "FeatureCollection");
    check_holds(get("/api/vessels", ""), "container-8000");
    check_holds(get("/api/route", "from=XAWST&to=XBEST"), "\"distance_nm\"");
    check_holds(get("/api/scenarios", "case=test"), "cut-off");
    check_holds(get("/api/network", ""), "FeatureCollection");
    check_holds(get("/api/compare",
                    "from=mine&to=XBEST&scenario=now&scenario=closed&samples=5"),
                "\"difference\"");
    check_holds(get("/api/audit", "samples=5"), "claims.yaml");
    check_holds(get("/api/audit", "samples=5&format=html"), "<html");
    check_holds(get("/api/hinterland", "port=XAWST&to=XBEST&samples=0&grid=0"),
                "XAWST");
}
END_TEST

START_TEST(forms_have_their_media_type) {
    static const char *const forms[][2] = {{"json", "application/json"},
                                           {"csv", "text/csv; charset=utf-8"},
                                           {"geojson", "application/geo+json"},
                                           {"table", "text/plain; charset=utf-8"},
                                           {"svg", "image/svg+xml"},
                                           {"html", "text/html; charset=utf-8"}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char query[64];
        (void)snprintf(query, sizeof query, "from=XAWST&to=XBEST&format=%s",
                       forms[i][0]);
        answer got = get("/api/route", query);
        ck_assert_int_eq(got.status, DRO_OK);
        ck_assert_str_eq(got.type, forms[i][1]);
        free(got.body);
    }
}
END_TEST

START_TEST(a_side_without_a_way_is_an_answer) {
    check_holds(get("/api/compare",
                    "from=mine&to=XBEST&scenario=now&scenario=cut-off&samples=0"),
                "\"found\": false");
    answer got = get("/api/compare",
                     "from=island&to=XBEST&scenario=now&scenario=closed&samples=0");
    ck_assert_int_eq(got.status, DRO_NO_ANSWER);
    free(got.body);
}
END_TEST

/* ---- POST /api/compare --------------------------------------------------------------
 */

#define SIDES "\"from\":\"mine\",\"to\":\"XBEST\",\"scenario\":[\"now\",\"now\"]"

START_TEST(a_comparison_without_edits_is_that_of_get) {
    check_equal(
        post("/api/compare",
             "{\"from\": \"mine\", \"to\": \"XBEST\",\n \"scenario\": "
             "[\"now\", \"closed\"], \"samples\": 7, \"by\": \"cost\"}"),
        get("/api/compare",
            "from=mine&to=XBEST&scenario=now&scenario=closed&samples=7&by=cost"));
}
END_TEST

START_TEST(edits_are_those_of_a_scenario) {
    answer edited = post("/api/compare",
                         "{" SIDES ",\"samples\":0,\"edits\":[{\"close\":{\"passage\":"
                         "[\"cut\",\"cut-old\"]}}]}");
    answer closed = get("/api/compare",
                        "from=mine&to=XBEST&scenario=now&scenario=closed&samples=0");
    ck_assert_msg(edited.status == DRO_OK, "%s", error.message);
    const char *a = strstr(edited.body, "\"difference\"");
    const char *b = strstr(closed.body, "\"difference\"");
    ck_assert_str_eq(a, b);
    free(edited.body);
    free(closed.body);
}
END_TEST

START_TEST(edits_that_are_wrong_say_where) {
    static const refusal cases[] = {
        {"/api/compare",
         "{" SIDES ",\"edits\":[{\"close\":{\"link\":\"road-mine-wst\"}}]}",
         DRO_NOT_FOUND,
         "edits:1:19: no link is called \"road-mine-wst\"; the nearest: "
         "road-mine-west, rail-mine-west"},
        {"/api/compare", "{" SIDES ",\"edits\":{}}", DRO_PARSE,
         "body:1:62: edits is not an array"},
        {"/api/compare", "{" SIDES ",\"edits\":[],\"edits\":[]}", DRO_USAGE,
         "body:1:73: edits is given twice"}};
    check_bodies(cases, sizeof cases / sizeof *cases);
}
END_TEST

/* ---- POST /api/matrix ---------------------------------------------------------------
 */

START_TEST(pairs_are_rows) {
    check_equal(post("/api/matrix",
                     "{\"pairs\": [[0, 0, 0.0, 30], [0,0,-5,4e1]], \"format\": "
                     "\"csv\", \"draft\": 9, \"avoid\": [\"north-strait\"]}"),
                call(SRV_POST, "/api/matrix", "draft=9&avoid=north-strait",
                     "text/csv; charset=utf-8",
                     "from_lat,from_lon,to_lat,to_lon\n0,0,0.0,30\n0,0,-5,4e1\n"));
}
END_TEST

START_TEST(ports_are_all_against_all) {
    check_holds(post("/api/matrix", "{\"ports\": [\"XAWST\", \"0,30\", \"XCMID\"]}"),
                "\"from\": \"XCMID\", \"to\": \"XAWST\"");
    check_equal(post("/api/matrix", "{\"ports\": \"XAWST,XBEST\"}"),
                post("/api/matrix", "{\"ports\": [\"XAWST\", \"XBEST\"]}"));
}
END_TEST

START_TEST(pairs_that_are_wrong_say_where) {
    static const refusal cases[] = {
        {"/api/matrix", "{\"pairs\":[[0,0,0,30],[0,0,0]]}", DRO_PARSE,
         "body:1:22: pair 2: not four numbers [lat, lon, lat, lon]"},
        {"/api/matrix", "{\"pairs\":[[0,0,0,30,1]]}", DRO_PARSE,
         "body:1:11: pair 1: not four numbers [lat, lon, lat, lon]"},
        {"/api/matrix", "{\"pairs\":[[0,0,0,\"1\"]]}", DRO_PARSE,
         "body:1:11: pair 1: not four numbers [lat, lon, lat, lon]"},
        {"/api/matrix", "{\"pairs\":[[0,0,0,1e999]]}", DRO_PARSE,
         "body:1:11: pair 1: not four numbers [lat, lon, lat, lon]"},
        {"/api/matrix", "{\"pairs\":3}", DRO_PARSE, "body:1:10: pairs is not an array"},
        {"/api/matrix", "{\"ports\":[3]}", DRO_PARSE,
         "body:1:11: ports: something else where a string should be"},
        {"/api/matrix", "{\"ports\":[\"XAWST\\u0000x\",\"XBEST\"]}", DRO_PARSE,
         "body:1:11: ports: U+0000 in a text"},
        {"/api/matrix", "{\"ports\":[]}", DRO_INVALID,
         "ports: \"\" is no name of a port"},
        {"/api/matrix", "{}", DRO_USAGE, "matrix needs pairs or ports, one of them"},
        {"/api/matrix", "{\"ports\":\"XAWST\",\"pairs\":[]}", DRO_USAGE,
         "matrix needs pairs or ports, one of them"}};
    check_bodies(cases, sizeof cases / sizeof *cases);
}
END_TEST

START_TEST(a_matrix_has_a_limit) {
    size_t count = 600; /* 360 000 pairs */
    char *body = malloc(count * 8 + 32), *at = body;
    ck_assert_ptr_nonnull(body);
    at += snprintf(at, 32, "{\"ports\":[\"XAWST\"");
    for (size_t i = 1; i < count; i++) {
        at += snprintf(at, 32, ",\"XBEST\"");
    }
    (void)snprintf(at, 8, "]}");
    check_refused(post("/api/matrix", body), DRO_LIMIT,
                  "a matrix of more than 250000 pairs");
    free(body);
}
END_TEST

/* ---- bodies -------------------------------------------------------------------------
 */

START_TEST(fields_have_the_type_of_their_option) {
    static const refusal cases[] = {
        {"/api/matrix", "{\"draft\": \"9\"}", DRO_PARSE,
         "body:1:11: draft: a string where a number should be"},
        {"/api/matrix", "{\"draft\": null}", DRO_PARSE,
         "body:1:11: draft: null where a number should be"},
        {"/api/matrix", "{\"vessel\": 8000}", DRO_PARSE,
         "body:1:12: vessel: a number where a string should be"},
        {"/api/matrix", "{\"avoid\": [\"cut\", 3]}", DRO_PARSE,
         "body:1:19: avoid: a number where a string should be"},
        {"/api/matrix", "{\"keep-going\": 1}", DRO_PARSE,
         "body:1:16: keep-going: a number where true or false should be"},
        {"/api/compare", "{\"samples\": 1.5}", DRO_INVALID,
         "samples: \"1.5\" is not a whole number"},
        {"/api/compare", "{\"from\": [\"mine\"]}", DRO_PARSE,
         "body:1:10: from: an array where a string should be"},
        {"/api/matrix", "{\"draft\": 1e30}", DRO_INVALID,
         "draft 1e+30 is not between 0.1 and 40"},
        {"/api/matrix", "{\"draft\": NaN}", DRO_PARSE,
         "body:1:11: 'N' where a value should be"},
        {"/api/matrix", "{\"vessel\": \"a\\u0000b\"}", DRO_PARSE,
         "body:1:12: vessel: U+0000 in a text"}};
    check_bodies(cases, sizeof cases / sizeof *cases);
}
END_TEST

START_TEST(fields_nobody_knows_are_refused) {
    static const refusal cases[] = {
        {"/api/compare", "{\"edit\": []}", DRO_USAGE,
         "body:1:10: unknown field \"edit\"; did you mean edits?"},
        {"/api/matrix", "{\"vesel\": \"small\"}", DRO_USAGE,
         "body:1:11: unknown field \"vesel\"; did you mean vessel?"},
        {"/api/compare", "{\"chart\": \"/etc/passwd\"}", DRO_USAGE,
         "body:1:11: unknown field \"chart\""},
        {"/api/compare", "{\"\\u0066rom\": \"mine\"}", DRO_USAGE,
         "body:1:15: unknown field \"\\u0066rom\""}};
    check_bodies(cases, sizeof cases / sizeof *cases);
}
END_TEST

START_TEST(fields_given_twice_are_refused) {
    static const refusal cases[] = {{"/api/matrix", "{\"draft\": 9, \"draft\": 9}",
                                     DRO_USAGE, "draft is given twice"},
                                    {"/api/matrix",
                                     "{\"avoid\": \"cut\", \"avoid\": \"cut\"}",
                                     DRO_USAGE, "body:1:27: avoid is given twice"}};
    check_bodies(cases, sizeof cases / sizeof *cases);
    check_refused(
        call(SRV_POST, "/api/matrix", "draft=9", "application/json", "{\"draft\": 9}"),
        DRO_USAGE, "draft is given twice");
}
END_TEST

START_TEST(areas_may_be_objects) {
    check_holds(
        post("/api/matrix",
             "{\"ports\":[\"XAWST\",\"XBEST\"],\"avoid-area\":{\"type\":\"Polygon\","
             "\"coordinates\":[[[10,50],[11,50],[11,51],[10,51],[10,50]]]}}"),
        "\"status\": \"ok\"");
}
END_TEST

START_TEST(what_is_no_json_object_is_refused) {
    char deep[300];
    static const refusal cases[] = {
        {"/api/compare", "[1]", DRO_PARSE,
         "body:1:1: an array where an object should be"},
        {"/api/compare", "", DRO_PARSE,
         "body:1:1: the text ends where { or [ should be"},
        {"/api/compare", "{\"from\": \"mine\"", DRO_PARSE,
         "body:1:16: the text ends where a comma or } should be"}};
    check_bodies(cases, sizeof cases / sizeof *cases);
    memset(deep, '[', 200);
    deep[200] = '\0';
    answer got = post("/api/compare", deep);
    ck_assert_int_eq(got.status, DRO_LIMIT);
    free(got.body);
}
END_TEST

START_TEST(other_media_types_are_415) {
    answer got = call(SRV_POST, "/api/matrix", "", "text/plain", "{}");
    ck_assert_int_eq(got.http, 415);
    free(got.body);
    got = call(SRV_POST, "/api/compare", "", "text/csv", "{}");
    ck_assert_int_eq(got.http, 415);
    free(got.body);
}
END_TEST

/* ---- what is told and what is not ---------------------------------------------------
 */

START_TEST(no_message_names_a_path_of_the_machine) {
    static const char *const asked[][2] = {
        {"/api/audit", "claim=nothing"},
        {"/api/audit", "case=nothing"},
        {"/api/scenarios", "case=/tmp"},
        {"/api/network", "scenario=nothing"},
        {"/api/compare", "from=mine&to=XBEST&scenario=now&scenario=nothing"},
        {"/api/compare", "from=nobody&to=XBEST&scenario=now&scenario=closed"},
        {"/api/route", "from=XAWST&to=nobody"},
        {"/api/hinterland", "port=nobody&to=XBEST"}};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        answer got = get(asked[i][0], asked[i][1]);
        ck_assert_int_ne(got.status, DRO_OK);
        ck_assert_ptr_null(strstr(error.message, folder));
        ck_assert_ptr_null(strstr(error.message, DRO_TEST_SOURCE_DIR));
        free(got.body);
    }
}
END_TEST

START_TEST(an_audit_reads_no_file) {
    small_write(folder, "claims.yaml", "claims: []\n");
    check_holds(get("/api/audit", "samples=5"), "\"quick\"");
    small_write(folder, "claims.yaml", SMALL_CLAIMS);
}
END_TEST

START_TEST(the_version_is_that_of_the_data) {
    srv_api *same = create();
    ck_assert_uint_eq(srv_api_data(same), srv_api_data(api));
    srv_api_destroy(same);
    small_write(folder, "claims.yaml", "claims: []\n");
    srv_api *other = create();
    ck_assert_uint_ne(srv_api_data(other), srv_api_data(api));
    srv_api_destroy(other);
    small_write(folder, "claims.yaml", SMALL_CLAIMS);
}
END_TEST

/* ---- many at a time -----------------------------------------------------------------
 */

#define THREADS 4

static const char *const shared[][2] = {
    {"/api/compare", "from=mine&to=XBEST&scenario=now&scenario=closed&samples=9"},
    {"/api/route", "from=XAWST&to=XBEST&alternatives=1"},
    {"/api/hinterland", "port=XAWST&to=XBEST&samples=3&grid=0&format=csv"},
    {"/api/network", "scenario=closed"}};
#define SHARED (sizeof shared / sizeof *shared)

static void *ask_shared(void *context) {
    char **bodies = context;
    for (size_t i = 0; i < SHARED; i++) {
        dro_error why = DRO_ERROR_INIT;
        answer got = call_with(SRV_GET, shared[i][0], shared[i][1], "", "", &why);
        bodies[i] = got.body;
    }
    return NULL;
}

START_TEST(threads_share_what_was_made) {
    pthread_t threads[THREADS];
    char *bodies[THREADS][SHARED];
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask_shared, bodies[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    }
    for (size_t i = 0; i < SHARED; i++) {
        answer alone = get(shared[i][0], shared[i][1]);
        for (size_t k = 0; k < THREADS; k++) {
            ck_assert_str_eq(bodies[k][i], alone.body);
            free(bodies[k][i]);
        }
        free(alone.body);
    }
}
END_TEST

/* ---- made ready before it is asked for ----------------------------------------------
 */

static bool hold(void *context, const char *stage, uint64_t done, uint64_t total) {
    (void)context;
    (void)stage;
    (void)done;
    (void)total;
    return false;
}

START_TEST(what_is_asked_first_is_there) {
    const dro_progress progress = {go_on, NULL};
    dro_store_state before, warm, after;
    dro_store_get_state(api->store, &before);
    ck_assert_int_eq(srv_api_warm(api, &progress, &error), DRO_OK);
    dro_store_get_state(api->store, &warm);
    ck_assert_uint_eq(warm.made, before.made + 1); /* the first is the default one */
    check_holds(
        get("/api/compare", "from=mine&to=XBEST&scenario=now&scenario=now&samples=0"),
        "\"difference\"");
    dro_store_get_state(api->store, &after);
    ck_assert_uint_eq(after.made, warm.made);
}
END_TEST

START_TEST(who_says_stop_has_nothing_made) {
    const dro_progress progress = {hold, NULL};
    dro_store_state before, after;
    dro_store_get_state(api->store, &before);
    ck_assert_int_eq(srv_api_warm(api, &progress, &error), DRO_OK);
    dro_store_get_state(api->store, &after);
    ck_assert_uint_eq(after.made, before.made);
    ck_assert_uint_eq(after.found, before.found);
}
END_TEST

#define ASKERS 3

typedef struct asker {
    pthread_t thread;
    answer got;
    dro_error error;
} asker;

static void *ask_meanwhile(void *context) {
    asker *self = context;
    self->got = call_with(SRV_GET, "/api/compare",
                          "from=mine&to=XBEST&scenario=now&scenario=closed&samples=5",
                          "", "", &self->error);
    return NULL;
}

START_TEST(requests_meanwhile_have_the_same_answer) {
    const dro_progress progress = {go_on, NULL};
    asker askers[ASKERS] = {0};
    for (size_t i = 0; i < ASKERS; i++) {
        ck_assert_int_eq(
            pthread_create(&askers[i].thread, NULL, ask_meanwhile, &askers[i]), 0);
    }
    ck_assert_int_eq(srv_api_warm(api, &progress, &error), DRO_OK);
    answer alone = get("/api/compare",
                       "from=mine&to=XBEST&scenario=now&scenario=closed&samples=5");
    for (size_t i = 0; i < ASKERS; i++) {
        ck_assert_int_eq(pthread_join(askers[i].thread, NULL), 0);
        ck_assert_str_eq(askers[i].got.body, alone.body);
        free(askers[i].got.body);
    }
    free(alone.body);
}
END_TEST

static bool is_slow(const char *query) {
    srv_parameter parameters[16];
    char text[256];
    (void)snprintf(text, sizeof text, "%s", query);
    srv_request request = {.parameters = parameters,
                           .parameter_count = split(text, parameters)};
    return srv_api_slow_route(&request);
}

START_TEST(routes_that_may_take_long_wait_in_the_queue) {
    ck_assert(!is_slow("from=XAWST&to=XBEST&draft=9&vessel=small&format=csv"));
    ck_assert(is_slow("from=XAWST&to=XBEST&avoid=cut"));
    ck_assert(is_slow("from=-12.05,-77.15&to=XBEST"));
    ck_assert(is_slow("from=XAWST&to=.5,3"));
    ck_assert(is_slow("from=XAWST&to=XBEST&alternatives=2"));
    ck_assert(is_slow("from=XAWST&to=XBEST&format=html"));
}
END_TEST

int main(void) {
    const TTest *const tests[] = {what_is_asked_first_is_there,
                                  who_says_stop_has_nothing_made,
                                  requests_meanwhile_have_the_same_answer,
                                  every_endpoint_answers,
                                  forms_have_their_media_type,
                                  a_side_without_a_way_is_an_answer,
                                  a_comparison_without_edits_is_that_of_get,
                                  edits_are_those_of_a_scenario,
                                  edits_that_are_wrong_say_where,
                                  pairs_are_rows,
                                  ports_are_all_against_all,
                                  pairs_that_are_wrong_say_where,
                                  a_matrix_has_a_limit,
                                  fields_have_the_type_of_their_option,
                                  fields_nobody_knows_are_refused,
                                  fields_given_twice_are_refused,
                                  areas_may_be_objects,
                                  what_is_no_json_object_is_refused,
                                  other_media_types_are_415,
                                  no_message_names_a_path_of_the_machine,
                                  an_audit_reads_no_file,
                                  the_version_is_that_of_the_data,
                                  threads_share_what_was_made,
                                  routes_that_may_take_long_wait_in_the_queue,
                                  NULL};
    return check_main_once("server api", setup, teardown, tests);
}
