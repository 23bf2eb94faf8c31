/* Each allocation of a question, from its texts to its bytes, fails once: in queries,
 * and in the bodies of requests. */
#include "check_main.h"
#include "fake_chart.h"
#include "small_world.h"
#include "torture/torture.h"

#include <string.h>
#include <unistd.h>

#include "network/network_internal.h"
#include "server/api.h"

#define AREA                                                                       \
    "{\"type\":\"Polygon\",\"coordinates\":[[[10,50],[11,50],[11,51],[10,51],[10," \
    "50]]]}"

static const char case_text[] = SMALL_CASE_HEAD "  now: {date: 2024-06-01}\n";

typedef struct scene {
    dro_session *session;
    char path[64]; /* of a case */
    FILE *nowhere;
} scene;

typedef struct pair {
    const char *name, *value;
} pair;

static dro_status ask(const scene *at, dro_store *store, dro_ask_request *request,
                      dro_error *error) {
    dro_ask_asked asked;
    dro_ask_context context = {.session = at->session, .store = store, .threads = 1};
    dro_ask_output out = dro_ask_output_to(at->nowhere);
    DRO_TRY(dro_ask_finish(request, &asked, error));
    return dro_ask_run(&context, &asked, &out, error);
}

static dro_status ask_pairs(const scene *at, dro_store *store,
                            const dro_ask_question *question, const dro_ask_text *text,
                            const pair *pairs, dro_error *error) {
    dro_ask_request request;
    dro_ask_begin(&request, question);
    request.text = text;
    for (; pairs->name != NULL; pairs++) {
        DRO_TRY(dro_ask_set(&request, pairs->name, pairs->value, error));
    }
    return ask(at, store, &request, error);
}

static void begin(scene *at) {
    *at = (scene){.nowhere = fopen("/dev/null", "w"),
                  .path = "/tmp/derrotero-ask-XXXXXX"};
    ck_assert_ptr_nonnull(at->nowhere);
    at->session = small_session();
    small_case_file(at->path, case_text);
}

static void end(scene *at) {
    dro_session_release(at->session);
    ck_assert_int_eq(unlink(at->path), 0);
    ck_assert_int_eq(fclose(at->nowhere), 0);
}

/* ---- by sea ---------------------------------------------------------------------- */

static dro_status by_sea(void *context, dro_error *error) {
    static const char rows[] = "from_lat,from_lon,to_lat,to_lon\n0,0,0,30\n";
    static const dro_ask_text csv = {rows, sizeof rows - 1, "body"};
    static const pair route[] = {{"from", "XAWST"},     {"to", "XBEST"},
                                 {"via", "XCMID"},      {"avoid", "north-strait"},
                                 {"avoid-area", AREA},  {"avoid-area", AREA},
                                 {"alternatives", "1"}, {NULL, NULL}};
    static const pair map[] = {
        {"from", "XAWST"}, {"to", "XBEST"}, {"format", "svg"}, {NULL, NULL}};
    static const pair ports[] = {{"near", "0,29"}, {NULL, NULL}};
    static const pair matrix[] = {{"ports", "XAWST,XBEST"}, {NULL, NULL}};
    static const pair none[] = {{NULL, NULL}};
    const scene *at = context;
    dro_status status = DRO_OK;
    DRO_TRY_GOTO(ask_pairs(at, NULL, &dro_ask_route, NULL, route, error), done);
    DRO_TRY_GOTO(ask_pairs(at, NULL, &dro_ask_route, NULL, map, error), done);
    DRO_TRY_GOTO(ask_pairs(at, NULL, &dro_ask_ports, NULL, ports, error), done);
    DRO_TRY_GOTO(ask_pairs(at, NULL, &dro_ask_matrix, NULL, matrix, error), done);
    status = ask_pairs(at, NULL, &dro_ask_matrix, &csv, none, error);
done:
    dro_rules_book_clear(dro_session_rules(at->session));
    return status;
}

START_TEST(every_allocation_of_questions_by_sea) {
    scene at;
    begin(&at);
    ck_assert_uint_gt(torture(by_sea, &at), 100);
    end(&at);
}
END_TEST

/* ---- of a case ------------------------------------------------------------------- */

static dro_status of_case(void *context, dro_error *error) {
    static const char text[] = "[{\"close\":{\"link\":\"road-mine-west\"}},"
                               "{\"open\":{\"link\":\"rail-mine-west\"}}]";
    static const dro_ask_text edits = {text, sizeof text - 1, "edits"};
    static const pair compare[] = {{"from", "XAWST"},   {"to", "XBEST"},
                                   {"scenario", "now"}, {"scenario", "now"},
                                   {"samples", "3"},    {NULL, NULL}};
    static const pair network[] = {{NULL, NULL}};
    static const pair differences[] = {{"diff", "now"}, {"diff", "now"}, {NULL, NULL}};
    const scene *at = context;
    const dro_case *study = NULL;
    dro_store *store = NULL;
    dro_status status = DRO_OK;
    DRO_TRY_GOTO(dro_store_create(at->session, NULL, &store, error), done);
    DRO_TRY_GOTO(dro_store_open(store, at->path, &study, error), done);
    DRO_TRY_GOTO(ask_pairs(at, store, &dro_ask_network, NULL, network, error), done);
    DRO_TRY_GOTO(ask_pairs(at, store, &dro_ask_case, NULL, differences, error), done);
    status = ask_pairs(at, store, &dro_ask_compare, &edits, compare, error);
done:
    dro_store_destroy(store);
    dro_rules_book_clear(dro_session_rules(at->session));
    return status;
}

START_TEST(allocations_of_questions_about_a_case) {
    scene at;
    begin(&at);
    ck_assert_uint_gt(torture_stepping(of_case, &at, 3), 100);
    end(&at);
}
END_TEST

/* ---- bodies ---------------------------------------------------------------------- */

static dro_status matrix_of_body(void *context, dro_error *error) {
    static const char body[] =
        "{\"pairs\":[[0,0,0,30],[0,0,-5,40]],\"draft\":9,\"avoid\":[\"cut\"],"
        "\"avoid-area\":" AREA "}";
    const scene *at = context;
    srv_api api = {.session = at->session};
    srv_request request = {.method = SRV_POST,
                           .content_type = "application/json",
                           .body = body,
                           .body_length = sizeof body - 1};
    srv_call call = {.request = &request,
                     .api = &api,
                     .session = at->session,
                     .threads = 1,
                     .out = at->nowhere};
    dro_status status = DRO_OK;
    DRO_TRY_GOTO(dro_arena_create(&call.arena, error), done);
    DRO_TRY_GOTO(dro_worker_create(at->session, &call.worker, error), done);
    status = srv_api_matrix(&call, error);
done:
    dro_worker_destroy(call.worker);
    dro_arena_destroy(call.arena);
    dro_rules_book_clear(dro_session_rules(at->session));
    return status;
}

START_TEST(every_allocation_of_a_body) {
    scene at;
    begin(&at);
    ck_assert_uint_gt(torture(matrix_of_body, &at), 20);
    end(&at);
}
END_TEST

int main(void) {
    const TTest *const tests[] = {every_allocation_of_questions_by_sea,
                                  allocations_of_questions_about_a_case,
                                  every_allocation_of_a_body, NULL};
    return check_main("torture ask", tests);
}
