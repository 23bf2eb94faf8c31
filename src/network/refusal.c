/* Ends that the chart refuses: too far from the water, or inside an area to avoid. */
#include "network_internal.h"

#include <math.h>
#include <string.h>

bool dro_place_is_far(dro_worker *worker, const dro_plan *plan, dro_point at,
                      dro_error *error) {
    dro_sea_snap snap;
    return dro_sea_find_water(worker->sea, plan->rules[0], at, &snap, error) ==
           DRO_INVALID;
}

/* Peru's coordinates the other way round are in Antarctica, and within range. */
static void hint_swapped(dro_worker *worker, const dro_plan *plan, dro_point at,
                         dro_error *error) {
    dro_point swapped = {at.lon_deg, at.lat_deg};
    size_t length = strlen(error->message);
    if (fabs(swapped.lat_deg) <= 90.0 &&
        !dro_place_is_far(worker, plan, swapped, NULL)) {
        (void)snprintf(error->message + length, sizeof error->message - length,
                       "; latitude and longitude look swapped: %.4f,%.4f is at the sea",
                       swapped.lat_deg, swapped.lon_deg);
    }
}

/* False where this end is not the one. */
static bool refuse(dro_worker *worker, const dro_plan *plan, const dro_place *place,
                   dro_error *error) {
    dro_error local = DRO_ERROR_INIT;
    dro_sea_end end = {place->at, place->port};
    dro_sea_path path;
    if (dro_sea_route(worker->sea, plan->rules[0], end, end, &path, &local) !=
        DRO_INVALID) {
        return false;
    }
    bool far = dro_place_is_far(worker, plan, place->at, NULL);
    if (place->port >= 0) {
        dro_error_prefix(&local, "%s (%s)", place->name, place->code);
    } else if (far) {
        hint_swapped(worker, plan, place->at, &local);
    } else {
        dro_error_prefix(&local, "%s", place->name);
    }
    (void)dro_fail(error, DRO_INVALID, "%s", local.message);
    return true;
}

dro_status dro_track_refuse(dro_worker *worker, const dro_plan *plan, dro_ends ends,
                            dro_error *error) {
    bool said = refuse(worker, plan, ends.from, error);
    for (size_t i = 0; i < plan->options.via_count && !said; i++) {
        said = refuse(worker, plan, &plan->via[i], error);
    }
    if (!said) {
        (void)refuse(worker, plan, ends.to, error);
    }
    return DRO_INVALID;
}
