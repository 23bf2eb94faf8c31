/* What the endpoints share. */
#include "server/http.h"

#include <string.h>

#ifndef DRO_VERSION
#define DRO_VERSION "unversioned"
#endif

struct srv_api {
    uint64_t data;
};

dro_status srv_api_create(const srv_api_options *options, srv_api **out,
                          dro_error *error) {
    srv_api *api = NULL;
    dro_chart_info about;
    DRO_TRY(dro_new((void **)&api, 1, sizeof *api, "the API", error));
    dro_chart_get_info(dro_session_chart(options->session), &about);
    api->data = dro_hash64(DRO_VERSION, strlen(DRO_VERSION),
                           about.source_hash ^ about.atlas_hash);
    *out = api;
    return DRO_OK;
}

void srv_api_destroy(srv_api *api) {
    dro_free(api);
}

uint64_t srv_api_data(const srv_api *api) {
    return api->data;
}
