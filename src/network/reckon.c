/* Hours, fuel, CO2 and money of a stretch of sea or of a passage. Every doubtful
 * figure carries its low and high through; see network.h for the formulas. */
#include "network_internal.h"

#include <math.h>

static dro_range exact(double value) {
    return (dro_range){value, value, value};
}

/* A table's figure: unknown is 0, an unknown end of the range is the value. */
static dro_range figure(double value, double low, double high) {
    if (isnan(value)) {
        return exact(0.0);
    }
    return (dro_range){value, isnan(low) ? value : fmin(low, value),
                       isnan(high) ? value : fmax(high, value)};
}

static dro_range scaled(dro_range range, double factor) {
    return (dro_range){range.value * factor, range.low * factor, range.high * factor};
}

static dro_range added(dro_range a, dro_range b) {
    return (dro_range){a.value + b.value, a.low + b.low, a.high + b.high};
}

static dro_range times(dro_range a, dro_range b) {
    return (dro_range){a.value * b.value, a.low * b.low, a.high * b.high};
}

/* Tonnes a day of the main engine: the power law of the vessel's table. */
static double main_tpd(const dro_ship *ship, double speed_kn) {
    const dro_vessel *vessel = ship->vessel;
    return vessel->main_fuel_tpd *
           pow(speed_kn / vessel->design_speed_kn, vessel->fuel_exponent);
}

static dro_range main_burn(const dro_ship *ship, double speed_kn, dro_range hours) {
    return scaled(hours, main_tpd(ship, speed_kn) / 24.0);
}

/* From hours and fuel to CO2 and money, and the totals. */
static void finish(const dro_ship *ship, dro_reckoning *out) {
    const dro_vessel *vessel = ship->vessel;
    const dro_fuel *fuel = ship->fuel;
    dro_range *item = out->item;
    dro_range price =
        figure(fuel->price_usd_t, fuel->price_low_usd_t, fuel->price_high_usd_t);
    dro_range charter = figure(vessel->charter_usd_d, vessel->charter_low_usd_d,
                               vessel->charter_high_usd_d);
    item[DRO_ITEM_DURATION_H] =
        added(added(item[DRO_ITEM_SAILING_H], item[DRO_ITEM_WEATHER_H]),
              added(item[DRO_ITEM_TRANSIT_H], item[DRO_ITEM_WAIT_H]));
    item[DRO_ITEM_FUEL_T] =
        added(item[DRO_ITEM_MAIN_FUEL_T], item[DRO_ITEM_AUX_FUEL_T]);
    item[DRO_ITEM_CO2_T] = scaled(item[DRO_ITEM_FUEL_T], fuel->co2_t_per_t);
    item[DRO_ITEM_CHARTER_USD] =
        times(charter, scaled(item[DRO_ITEM_DURATION_H], 1.0 / 24.0));
    item[DRO_ITEM_MAIN_FUEL_USD] = times(price, item[DRO_ITEM_MAIN_FUEL_T]);
    item[DRO_ITEM_AUX_FUEL_USD] = times(price, item[DRO_ITEM_AUX_FUEL_T]);
    item[DRO_ITEM_COST_USD] =
        added(added(item[DRO_ITEM_CHARTER_USD], item[DRO_ITEM_MAIN_FUEL_USD]),
              added(item[DRO_ITEM_AUX_FUEL_USD], item[DRO_ITEM_TOLL_USD]));
}

void dro_reckon_sea(const dro_ship *ship, double distance_m, dro_reckoning *out) {
    const dro_vessel *vessel = ship->vessel;
    dro_range margin =
        figure(vessel->weather_margin_pct, vessel->weather_margin_low_pct,
               vessel->weather_margin_high_pct);
    double sailing_h = distance_m / DRO_M_PER_NM / ship->speed_kn;
    *out = (dro_reckoning){0};
    out->item[DRO_ITEM_SAILING_H] = exact(sailing_h);
    out->item[DRO_ITEM_WEATHER_H] = scaled(margin, sailing_h / 100.0);
    dro_range under_way =
        added(out->item[DRO_ITEM_SAILING_H], out->item[DRO_ITEM_WEATHER_H]);
    out->item[DRO_ITEM_MAIN_FUEL_T] = main_burn(ship, ship->speed_kn, under_way);
    out->item[DRO_ITEM_AUX_FUEL_T] = scaled(under_way, vessel->aux_sea_tpd / 24.0);
    finish(ship, out);
}

static double zero_if_unknown(double value) {
    return isnan(value) ? 0.0 : value;
}

/* A tariff per GT on a ship of unknown GT leaves the toll unknown (NAN). */
static dro_range toll(const dro_ship *ship, const dro_passage *passage) {
    double teu = zero_if_unknown(ship->vessel->teu);
    double loaded = teu * zero_if_unknown(ship->vessel->load_factor);
    double usd = passage->toll_fixed_usd + passage->toll_per_teu_usd * teu +
                 passage->toll_per_teu_loaded_usd * loaded +
                 passage->toll_per_teu_empty_usd * (teu - loaded);
    if (passage->toll_per_gt_usd > 0.0) {
        usd += passage->toll_per_gt_usd * ship->vessel->gt;
    }
    double doubt = usd * zero_if_unknown(passage->toll_uncertainty_pct) / 100.0;
    return (dro_range){usd, usd - doubt, usd + doubt};
}

void dro_reckon_passage(const dro_ship *ship, const dro_passage *passage,
                        double canal_m, dro_reckoning *out) {
    const dro_vessel *vessel = ship->vessel;
    *out = (dro_reckoning){0};
    dro_range wait = figure(passage->wait_h, passage->wait_h_low, passage->wait_h_high);
    dro_range transit = exact(0.0);
    if (passage->kind == DRO_PASSAGE_CANAL) {
        transit =
            figure(passage->transit_h, passage->transit_h_low, passage->transit_h_high);
    }
    double speed_kn =
        transit.value > 0.0 ? canal_m / DRO_M_PER_NM / transit.value : 0.0;
    double idle_tpd =
        isnan(vessel->aux_port_tpd) ? vessel->aux_sea_tpd : vessel->aux_port_tpd;
    out->item[DRO_ITEM_WAIT_H] = wait;
    out->item[DRO_ITEM_TRANSIT_H] = transit;
    out->item[DRO_ITEM_MAIN_FUEL_T] =
        main_burn(ship, fmin(speed_kn, vessel->design_speed_kn), transit);
    out->item[DRO_ITEM_AUX_FUEL_T] = added(scaled(transit, vessel->aux_sea_tpd / 24.0),
                                           scaled(wait, idle_tpd / 24.0));
    out->item[DRO_ITEM_TOLL_USD] = toll(ship, passage);
    finish(ship, out);
}

void dro_reckon_add(dro_reckoning *sum, const dro_reckoning *part) {
    for (size_t i = 0; i < DRO_ITEM_COUNT; i++) {
        sum->item[i] = added(sum->item[i], part->item[i]);
    }
}

typedef struct item_names {
    const char *key, *unit, *group, *text;
} item_names;

static const item_names names[DRO_ITEM_COUNT] = {
#define DRO_ITEM_ROW(name, key, unit, group, text) {key, unit, group, text},
    DRO_ITEM_LIST(DRO_ITEM_ROW)
#undef DRO_ITEM_ROW
};

const char *dro_item_key(dro_item item) {
    return names[item].key;
}

const char *dro_item_unit(dro_item item) {
    return names[item].unit;
}

const char *dro_item_group(dro_item item) {
    return names[item].group;
}

const char *dro_item_text(dro_item item) {
    return names[item].text;
}
