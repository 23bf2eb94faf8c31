/* POST /api/compare: a comparison whose second scenario has more edits than its file.
 */
#include "server/api.h"

static dro_status take_edits(void *context, const dro_json *body, const char *value,
                             dro_error *error) {
    dro_ask_text *edits = context;
    if (edits->bytes != NULL) {
        return dro_json_fail(body, value, error, DRO_USAGE, "edits is given twice");
    }
    if (dro_json_kind_of(value) != DRO_JSON_ARRAY) {
        return dro_json_fail(body, value, error, DRO_PARSE, "edits is not an array");
    }
    edits->bytes = value;
    edits->length = (size_t)(dro_json_end(value) - value);
    return DRO_OK;
}

dro_status srv_api_compare(srv_call *call, dro_error *error) {
    static const srv_api_field fields[] = {{"edits", take_edits}};
    dro_ask_text edits = {NULL, 0, "edits"};
    dro_ask_request request;
    if (call->request->method == SRV_GET) {
        return srv_api_ask(call, error);
    }
    if (call->request->content_type[0] != '\0' &&
        !srv_api_body_is(call, "application/json")) {
        call->status = 415;
        return dro_fail(error, DRO_INVALID, "the body is not application/json");
    }
    dro_ask_begin(&request, &dro_ask_compare);
    DRO_TRY(srv_api_set(call, &request, error));
    DRO_TRY(srv_api_set_body(call, &request, fields, 1, &edits, error));
    request.text = edits.bytes != NULL ? &edits : NULL;
    return srv_api_answer(call, &request, error);
}
