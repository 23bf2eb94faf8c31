/* A question over HTTP: see api.h. */
#include <ctype.h>
#include <string.h>

#include "server/api.h"

dro_status srv_api_set(const srv_call *call, dro_ask_request *request,
                       dro_error *error) {
    const srv_request *from = call->request;
    for (size_t i = 0; i < from->parameter_count; i++) {
        const srv_parameter *each = &from->parameters[i];
        DRO_TRY(dro_ask_set(request, each->name, each->value, error));
    }
    return DRO_OK;
}

static const char *type_of(dro_format format) {
    static const char *const types[] = {[DRO_FORMAT_TABLE] =
                                            "text/plain; charset=utf-8",
                                        [DRO_FORMAT_JSON] = "application/json",
                                        [DRO_FORMAT_CSV] = "text/csv; charset=utf-8",
                                        [DRO_FORMAT_GEOJSON] = "application/geo+json",
                                        [DRO_FORMAT_SVG] = "image/svg+xml",
                                        [DRO_FORMAT_HTML] = "text/html; charset=utf-8"};
    return types[format];
}

/* An answer that is whole is one, also where the command line would say by its exit
 * code that something is missing in it: the answer says what. */
dro_status srv_api_answer(srv_call *call, dro_ask_request *request, dro_error *error) {
    dro_ask_asked asked;
    dro_ask_output out = dro_ask_output_to(call->out);
    dro_ask_context context = {.session = call->session,
                               .store = call->api->store,
                               .land = call->api->land,
                               .worker = call->worker,
                               .arena = call->arena,
                               .threads = call->threads,
                               .most_pairs = SRV_PAIRS_MAX,
                               .most_cells = SRV_CELLS_MAX,
                               .progress = call->progress};
    DRO_TRY(dro_ask_finish(request, &asked, error));
    call->type = type_of(asked.format);
    dro_status status = dro_ask_run(&context, &asked, &out, error);
    return out.whole ? DRO_OK : status;
}

dro_status srv_api_ask(srv_call *call, dro_error *error) {
    dro_ask_request request;
    dro_ask_begin(&request, call->data);
    DRO_TRY(srv_api_set(call, &request, error));
    return srv_api_answer(call, &request, error);
}

/* ---- audits ---------------------------------------------------------------------- */

static const srv_api_case *find_case(const srv_api *api, const dro_case *study) {
    for (size_t i = 0; i < api->case_count; i++) {
        if (api->cases[i].of == study) {
            return &api->cases[i];
        }
    }
    return NULL;
}

dro_status srv_api_audit(srv_call *call, dro_error *error) {
    const dro_case *study = NULL;
    dro_ask_request request;
    dro_ask_begin(&request, &dro_ask_audit);
    DRO_TRY(srv_api_set(call, &request, error));
    DRO_TRY(dro_store_find(call->api->store, srv_parameter_value(call->request, "case"),
                           &study, error));
    const srv_api_case *found = find_case(call->api, study);
    if (found == NULL || found->claims.bytes == NULL) {
        return dro_fail(error, DRO_NOT_FOUND, "case %s has no claims",
                        dro_case_id(study));
    }
    request.text = &found->claims;
    return srv_api_answer(call, &request, error);
}

/* ---- how long it takes ------------------------------------------------------------
 */

static bool is_point(const char *text) {
    text += strspn(text, " +-.");
    return isdigit((unsigned char)*text) != 0;
}

static bool is_among(const char *text, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(text, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Between two ports, with all passages that the ship fits, the way is found by what the
 * chart knows of its ports; any other wish searches more of it. */
bool srv_api_slow_route(const srv_request *request) {
    static const char *const quick[] = {"from",      "to",    "vessel",
                                        "draft",     "beam",  "length",
                                        "air-draft", "speed", "format"};
    static const char *const drawn[] = {"svg", "html"};
    for (size_t i = 0; i < request->parameter_count; i++) {
        const srv_parameter *each = &request->parameters[i];
        bool end = strcmp(each->name, "from") == 0 || strcmp(each->name, "to") == 0;
        if (!is_among(each->name, quick, sizeof quick / sizeof *quick) ||
            (end && is_point(each->value)) ||
            (strcmp(each->name, "format") == 0 && is_among(each->value, drawn, 2))) {
            return true;
        }
    }
    return false;
}

/* The whole list, and the whole list by distance, take a few ms. */
bool srv_api_slow_ports(const srv_request *request) {
    return srv_parameter_value(request, "q") == NULL ||
           srv_parameter_value(request, "near") != NULL;
}
