/* The endpoints. */
#include "derrotero/report.h"
#include "server/http.h"

static dro_status run_health(srv_call *call, dro_error *error) {
    dro_json_writer json = {.out = call->out};
    char data[17];
    (void)error;
    (void)snprintf(data, sizeof data, "%016llx",
                   (unsigned long long)srv_api_data(call->api));
    dro_write_begin(&json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(&json, "status", "ok");
    dro_write_text(&json, "data", data);
    dro_write_number(&json, "uptime_s", call->uptime_s, 3);
    dro_write_end(&json);
    return DRO_OK;
}

static const srv_endpoint endpoints[] = {
    {.path = "/api/health",
     .methods = SRV_GET,
     .quick = true,
     .fresh = true,
     .run = run_health},
};

const srv_endpoint *srv_endpoints(size_t *count) {
    *count = sizeof endpoints / sizeof *endpoints;
    return endpoints;
}
