/*
 * POST /api/matrix: pairs or ports in JSON, or pairs as CSV text with the columns of
 * the command line; options are fields, or parameters of the address.
 */
#include "server/api.h"

#include <string.h>

typedef struct pairs {
    dro_text csv; /* what the command line would read */
    size_t count;
    dro_text ports; /* "A,B,C" */
    bool given, ports_given;
    const srv_call *call;
} pairs;

/* ---- pairs ----------------------------------------------------------------------- */

static dro_status fail_pair(const pairs *to, const dro_json *body, const char *at,
                            const char *what, dro_error *error) {
    return dro_json_fail(body, at, error, DRO_PARSE, "pair %zu: %s", to->count + 1,
                         what);
}

static dro_status check_ends(const pairs *to, const dro_json *body, const char *item,
                             const double *value, dro_error *error) {
    for (size_t i = 0; i < 4; i += 2) {
        dro_point point = {value[i], value[i + 1]};
        dro_error why = DRO_ERROR_INIT;
        if (dro_geo_check(&point, false, &why) != DRO_OK) {
            return fail_pair(to, body, item, why.message, error);
        }
    }
    return DRO_OK;
}

/* A row of the numbers as they are written. */
static dro_status add_row(pairs *to, const char *item, dro_error *error) {
    size_t at = 0;
    for (const char *each = dro_json_first(item); each != NULL;
         each = dro_json_next(each), at++) {
        size_t length = (size_t)(dro_json_end(each) - each);
        DRO_TRY(dro_text_add_bytes(&to->csv, each, length));
        DRO_TRY(dro_text_add_bytes(&to->csv, at < 3 ? "," : "\n", 1));
    }
    (void)error;
    return DRO_OK;
}

static size_t length_of(const char *array) {
    size_t count = 0;
    for (const char *each = dro_json_first(array); each != NULL && count <= 4;
         each = dro_json_next(each)) {
        count++;
    }
    return count;
}

static dro_status add_pair(pairs *to, const dro_json *body, const char *item,
                           dro_error *error) {
    double value[4];
    const char *next = NULL;
    if (dro_json_kind_of(item) != DRO_JSON_ARRAY || length_of(item) != 4 ||
        !dro_json_numbers(item, value, 4, &next)) {
        return fail_pair(to, body, item, "not four numbers [lat, lon, lat, lon]",
                         error);
    }
    DRO_TRY(check_ends(to, body, item, value, error));
    if (to->count == SRV_PAIRS_MAX) {
        return dro_fail(error, DRO_LIMIT, "a matrix of more than %d pairs",
                        SRV_PAIRS_MAX);
    }
    if (add_row(to, item, error) != DRO_OK) {
        return dro_fail(error, DRO_NOMEM, "out of memory for pairs");
    }
    to->count++;
    return DRO_OK;
}

static dro_status take_pairs(void *context, const dro_json *body, const char *value,
                             dro_error *error) {
    static const char head[] = "from_lat,from_lon,to_lat,to_lon\n";
    pairs *to = context;
    if (to->given) {
        return dro_json_fail(body, value, error, DRO_USAGE, "pairs is given twice");
    }
    if (dro_json_kind_of(value) != DRO_JSON_ARRAY) {
        return dro_json_fail(body, value, error, DRO_PARSE, "pairs is not an array");
    }
    to->given = true;
    if (dro_text_add_bytes(&to->csv, head, sizeof head - 1) != DRO_OK) {
        return dro_fail(error, DRO_NOMEM, "out of memory for pairs");
    }
    for (const char *item = dro_json_first(value); item != NULL;
         item = dro_json_next(item)) {
        DRO_TRY(add_pair(to, body, item, error));
    }
    return DRO_OK;
}

/* ---- ports ----------------------------------------------------------------------- */

static dro_status add_port(pairs *to, const dro_json *body, const char *item,
                           dro_error *error) {
    if (dro_json_kind_of(item) != DRO_JSON_STRING) {
        return dro_json_fail(body, item, error, DRO_PARSE,
                             "ports: something else where a string should be");
    }
    if (srv_api_has_nul(item)) {
        return dro_json_fail(body, item, error, DRO_PARSE, "ports: U+0000 in a text");
    }
    const char *name = dro_json_string(item, to->call->arena);
    if (name == NULL || dro_text_add(&to->ports, "%s%s",
                                     to->ports.length > 0 ? "," : "", name) != DRO_OK) {
        return dro_fail(error, DRO_NOMEM, "out of memory for ports");
    }
    return DRO_OK;
}

/* Many more than a list of options has: one text. */
static dro_status take_ports(void *context, const dro_json *body, const char *value,
                             dro_error *error) {
    pairs *to = context;
    if (to->ports_given) {
        return dro_json_fail(body, value, error, DRO_USAGE, "ports is given twice");
    }
    to->ports_given = true;
    if (dro_json_kind_of(value) != DRO_JSON_ARRAY) {
        return add_port(to, body, value, error);
    }
    for (const char *item = dro_json_first(value); item != NULL;
         item = dro_json_next(item)) {
        DRO_TRY(add_port(to, body, item, error));
    }
    return DRO_OK;
}

/* ---- the question ---------------------------------------------------------------- */

static dro_status ask_json(srv_call *call, dro_ask_request *request, pairs *to,
                           dro_error *error) {
    static const srv_api_field fields[] = {{"pairs", take_pairs},
                                           {"ports", take_ports}};
    DRO_TRY(srv_api_set_body(call, request, fields, 2, to, error));
    if (to->ports_given) {
        const char *ports = to->ports.length > 0 ? to->ports.data : "";
        DRO_TRY(dro_ask_set(request, "ports", ports, error));
    }
    dro_ask_text rows = {to->csv.data, to->csv.length, "pairs"};
    request->text = to->given ? &rows : NULL;
    return srv_api_answer(call, request, error);
}

/* What comes as CSV is answered as CSV unless told. */
static dro_status ask_csv(srv_call *call, dro_ask_request *request, dro_error *error) {
    dro_ask_text rows = {call->request->body, call->request->body_length, "body"};
    request->text = &rows;
    if (request->format < 0) {
        request->format = DRO_FORMAT_CSV;
    }
    return srv_api_answer(call, request, error);
}

dro_status srv_api_matrix(srv_call *call, dro_error *error) {
    pairs to = {.call = call};
    dro_ask_request request;
    dro_ask_begin(&request, &dro_ask_matrix);
    DRO_TRY(srv_api_set(call, &request, error));
    if (srv_api_body_is(call, "text/csv")) {
        return ask_csv(call, &request, error);
    }
    if (call->request->content_type[0] != '\0' &&
        !srv_api_body_is(call, "application/json")) {
        call->status = 415;
        return dro_fail(error, DRO_INVALID,
                        "the body is neither application/json nor text/csv");
    }
    dro_status status = ask_json(call, &request, &to, error);
    dro_text_free(&to.csv);
    dro_text_free(&to.ports);
    return status;
}
