/* GET /api/health: is it there, and with which data? */
#include "server/api.h"

#ifndef DRO_VERSION
#define DRO_VERSION "unversioned"
#endif

static void write_hash(dro_json_writer *json, const char *key, uint64_t hash) {
    char text[17];
    (void)snprintf(text, sizeof text, "%016llx", (unsigned long long)hash);
    dro_write_text(json, key, text);
}

static void write_cases(dro_json_writer *json, dro_store *store) {
    size_t count = dro_store_cases(store);
    dro_write_begin(json, "cases", DRO_WRITE_ROW_ARRAY);
    for (size_t i = 0; i < count; i++) {
        dro_write_text(json, NULL, dro_case_id(dro_store_case(store, i)));
    }
    dro_write_end(json);
    dro_write_text(json, "case",
                   count > 0 ? dro_case_id(dro_store_case(store, 0)) : NULL);
}

dro_status srv_api_health(srv_call *call, dro_error *error) {
    dro_json_writer json = {.out = call->out};
    dro_chart_info chart;
    (void)error;
    dro_chart_get_info(dro_session_chart(call->session), &chart);
    dro_write_begin(&json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(&json, "status", "ok");
    dro_write_text(&json, "version", DRO_VERSION);
    write_hash(&json, "data", call->api->data);
    write_cases(&json, call->api->store);
    dro_write_number(&json, "uptime_s", call->uptime_s, 3);
    dro_write_begin(&json, "chart", DRO_WRITE_ROW_OBJECT);
    dro_write_text(&json, "made", chart.built);
    write_hash(&json, "hash", chart.source_hash ^ chart.atlas_hash);
    dro_write_end(&json);
    dro_write_end(&json);
    return DRO_OK;
}
