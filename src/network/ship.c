/* The ship that sails: a named vessel, figures by hand, or the stated default; and
 * whether it fits a passage or a port. */
#include "network_internal.h"

#include <math.h>
#include <string.h>

static double chosen(double by_hand, double of_vessel) {
    return isnan(by_hand) ? of_vessel : by_hand;
}

static dro_status check_positive(double value, double most, const char *what,
                                 dro_error *error) {
    if (isnan(value) || (value > 0.0 && value <= most)) {
        return DRO_OK;
    }
    return dro_fail(error, DRO_INVALID, "%s %g is not above 0 and at most %g", what,
                    value, most);
}

static dro_status check_by_hand(const dro_voyage_options *options, dro_error *error) {
    DRO_TRY(check_positive(options->draft_m, 40.0, "draught in m", error));
    DRO_TRY(check_positive(options->beam_m, 150.0, "beam in m", error));
    DRO_TRY(check_positive(options->loa_m, 600.0, "length in m", error));
    DRO_TRY(check_positive(options->air_draft_m, 150.0, "air draught in m", error));
    return check_positive(options->speed_kn, 60.0, "speed in knots", error);
}

static void take_sizes(dro_ship *ship, const dro_voyage_options *options) {
    static const dro_vessel nameless = {.draft_m = (double)NAN,
                                        .beam_m = (double)NAN,
                                        .loa_m = (double)NAN,
                                        .air_draft_m = (double)NAN};
    const dro_vessel *sizes = ship->assumed ? &nameless : ship->vessel;
    ship->draft_m = chosen(options->draft_m, sizes->draft_m);
    ship->beam_m = chosen(options->beam_m, sizes->beam_m);
    ship->loa_m = chosen(options->loa_m, sizes->loa_m);
    ship->air_draft_m = chosen(options->air_draft_m, sizes->air_draft_m);
    ship->draft_stated = !isnan(ship->draft_m);
    if (!ship->draft_stated) {
        ship->draft_m = DRO_DEFAULT_DRAFT_M;
    }
    ship->speed_kn = chosen(options->speed_kn, ship->vessel->design_speed_kn);
}

dro_status dro_ship_resolve(const dro_atlas *atlas, const dro_voyage_options *options,
                            dro_ship *out, dro_error *error) {
    size_t vessels = 0;
    size_t fuels = 0;
    size_t index = 0;
    const dro_vessel *rows = dro_atlas_vessels(atlas, &vessels);
    DRO_TRY(check_by_hand(options, error));
    dro_ship ship = {.assumed = options->vessel < 0};
    if (ship.assumed) {
        DRO_TRY(dro_atlas_find_vessel(atlas, DRO_DEFAULT_VESSEL, &index, error));
    } else {
        index = (size_t)options->vessel;
    }
    ship.vessel = &rows[index];
    ship.fuel = &dro_atlas_fuels(atlas, &fuels)[ship.vessel->fuel];
    take_sizes(&ship, options);
    *out = ship;
    return DRO_OK;
}

dro_ship dro_ship_sized(const dro_ship *ship) {
    dro_ship sized = *ship;
    if (!ship->draft_stated) {
        sized.draft_m = ship->vessel->draft_m;
        sized.draft_stated = true;
    }
    sized.beam_m = chosen(ship->beam_m, ship->vessel->beam_m);
    sized.loa_m = chosen(ship->loa_m, ship->vessel->loa_m);
    sized.air_draft_m = chosen(ship->air_draft_m, ship->vessel->air_draft_m);
    return sized;
}

/* NAN on either side compares false: an unknown figure binds nothing. */
dro_closure dro_ship_fits_passage(const dro_ship *ship, const dro_passage *passage) {
    if (ship->draft_stated && ship->draft_m > passage->max_draft_m) {
        return DRO_CLOSURE_DRAFT;
    }
    if (ship->loa_m > passage->max_loa_m) {
        return DRO_CLOSURE_LOA;
    }
    if (ship->beam_m > passage->max_beam_m) {
        return DRO_CLOSURE_BEAM;
    }
    if (ship->air_draft_m > passage->max_air_draft_m) {
        return DRO_CLOSURE_AIR_DRAFT;
    }
    return DRO_CLOSURE_NONE;
}

static dro_status too_big(const dro_port *port, const char *what, double ship_m,
                          double limit_m, const char *from, dro_error *error) {
    return dro_fail(error, DRO_NO_ANSWER,
                    "%s (%s) does not take this ship: %s %.1f m, limit %.1f m (%s)",
                    port->name, port->code, what, ship_m, limit_m, from);
}

/* The stated greatest draught where there is one; otherwise water less clearance. */
static dro_status check_draft(const dro_ship *ship, const dro_port *port,
                              dro_error *error) {
    double ukc = isnan(port->ukc_m) ? 0.0 : port->ukc_m;
    if (!isnan(port->max_draft_m)) {
        return ship->draft_m > port->max_draft_m
                   ? too_big(port, "draught", ship->draft_m, port->max_draft_m,
                             "max_draft_m", error)
                   : DRO_OK;
    }
    char from[80];
    if (ship->draft_m > port->channel_m - ukc) {
        (void)snprintf(from, sizeof from, "channel %.1f m less %.1f m under the keel",
                       port->channel_m, ukc);
        return too_big(port, "draught", ship->draft_m, port->channel_m - ukc, from,
                       error);
    }
    if (ship->draft_m > port->alongside_m - ukc) {
        (void)snprintf(from, sizeof from, "alongside %.1f m less %.1f m under the keel",
                       port->alongside_m, ukc);
        return too_big(port, "draught", ship->draft_m, port->alongside_m - ukc, from,
                       error);
    }
    return DRO_OK;
}

dro_status dro_ship_fits_port(const dro_ship *ship, const dro_port *port,
                              dro_error *error) {
    if (ship->draft_stated) {
        DRO_TRY(check_draft(ship, port, error));
    }
    if (ship->loa_m > port->max_loa_m) {
        return too_big(port, "length", ship->loa_m, port->max_loa_m, "max_loa_m",
                       error);
    }
    if (ship->beam_m > port->max_beam_m) {
        return too_big(port, "beam", ship->beam_m, port->max_beam_m, "max_beam_m",
                       error);
    }
    return DRO_OK;
}
