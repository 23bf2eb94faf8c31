/* GET /api/openapi.json: src/server/openapi.json, as the build has embedded it. */
#include "server/api.h"

#include <openapi.inc> /* by tools/embed.sh, in the build folder */

dro_status srv_api_openapi(srv_call *call, dro_error *error) {
    if (call->request->parameter_count > 0) {
        return dro_fail(error, DRO_USAGE, "openapi.json takes no parameters");
    }
    for (const char *const *line = OPENAPI; *line != NULL; line++) {
        (void)fputs(*line, call->out);
    }
    return DRO_OK;
}
