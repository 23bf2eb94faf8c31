/* What is asked first is made ready before anybody asks: the chains of the first case
 * under its default scenario, and under the first that it names. */
#include "server/api.h"

static dro_status warm(srv_api *api, const char *scenario, const dro_progress *progress,
                       dro_error *error) {
    const dro_prepare_wish wish = {.of = api->cases[0].of, .scenario = scenario};
    const dro_chains *chains = NULL; /* the store keeps them */
    dro_prepared *ready = NULL;
    DRO_TRY(dro_store_prepare(api->store, &wish, &ready, error));
    dro_status status = dro_prepared_chains(ready, progress, &chains, error);
    dro_prepared_release(ready);
    return status;
}

static bool goes_on(const dro_progress *progress) {
    return progress->report(progress->context, "warming", 0, 0);
}

dro_status srv_api_warm(srv_api *api, const dro_progress *progress, dro_error *error) {
    if (api->case_count == 0 || !goes_on(progress)) {
        return DRO_OK;
    }
    DRO_TRY(warm(api, NULL, progress, error));
    if (dro_case_scenarios(api->cases[0].of) > 0 && goes_on(progress)) {
        dro_scenario first;
        dro_case_scenario(api->cases[0].of, 0, &first);
        DRO_TRY(warm(api, first.id, progress, error));
    }
    return DRO_OK;
}
