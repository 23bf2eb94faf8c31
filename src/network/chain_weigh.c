/*
 * Hours, dollars and CO2 of every edge, from the figures that a worker has now. Per TEU
 * for what goes in containers, per tonne for bulk.
 */
#include <math.h>
#include <string.h>

#include "network/chain_state.h"
#include "network/network_internal.h"

typedef struct scale { /* one weighing */
    const dro_chain_worker *w;
    const dro_chains *c;
    const dro_facts *f;
    size_t commodity;
    bool container;
    double tonnes; /* in the unit: t per TEU, or 1 */
} scale;

/* Factors that stand in where a terminal or a call states nothing. */
enum {
    FACTOR_CUTOFF,
    FACTOR_EXPORT,
    FACTOR_IMPORT,
    FACTOR_TRANSSHIP,
    FACTOR_STAY,
    FACTOR_HANDLING_TEU,
    FACTOR_HANDLING_T
};
static const char *const factor_names[] = {
    "cutoff_h", "export_dwell_h",   "import_dwell_h", "transship_h",
    "stay_h",   "handling_usd_teu", "handling_usd_t"};
const char *chain_factor_name(size_t which) {
    return which < sizeof factor_names / sizeof *factor_names ? factor_names[which]
                                                              : NULL;
}

/* And where there is no such factor either. */
static const double factor_last[] = {24.0, 36.0, 48.0, 24.0, 24.0, 100.0, 4.0};

static double figure(const scale *s, size_t thing, dro_attribute_id attribute) {
    return chain_value(s->w, thing, attribute);
}

static double figure_or(const scale *s, size_t thing, dro_attribute_id attribute,
                        double other) {
    double value = figure(s, thing, attribute);
    return isnan(value) ? other : value;
}

static double factor(const scale *s, int which) {
    int thing = s->c->default_factor[which];
    return thing < 0 ? factor_last[which] : figure(s, (size_t)thing, DRO_FACTOR_VALUE);
}

static double of_terminal(const scale *s, uint16_t slot, dro_attribute_id attribute,
                          int fallback) {
    int32_t terminal = s->c->port_terminal[slot];
    double value = terminal < 0 ? (double)NAN : figure(s, (size_t)terminal, attribute);
    return isnan(value) ? factor(s, fallback) : value;
}

static double handling(const scale *s, uint16_t slot) {
    return s->container
               ? of_terminal(s, slot, DRO_TERMINAL_HANDLING_USD_TEU,
                             FACTOR_HANDLING_TEU)
               : of_terminal(s, slot, DRO_TERMINAL_HANDLING_USD_T, FACTOR_HANDLING_T);
}

/* ---- the land ----------------------------------------------------------------- */

static bool in_season(const scale *s, int season) {
    if (season < 0 || s->c->month == 0) {
        return false;
    }
    int from = (int)dro_facts_number(s->f, (size_t)season, DRO_SEASON_FROM_MONTH);
    int to = (int)dro_facts_number(s->f, (size_t)season, DRO_SEASON_TO_MONTH);
    int month = s->c->month;
    return from <= to ? month >= from && month <= to : month >= from || month <= to;
}

static double link_usd(const scale *s, size_t link, size_t class, double km) {
    double per_t = figure(s, link, DRO_LINK_COST_USD_T);
    if (!s->container) {
        return isnan(per_t) ? km * figure(s, class, DRO_CLASS_COST_USD_TKM) : per_t;
    }
    double per_teu = figure(s, link, DRO_LINK_COST_USD_TEU);
    if (!isnan(per_teu)) {
        return per_teu;
    }
    if (!isnan(per_t)) {
        return per_t * s->tonnes;
    }
    double rate = figure(s, class, DRO_CLASS_COST_USD_TEUKM);
    return km *
           (isnan(rate) ? figure(s, class, DRO_CLASS_COST_USD_TKM) * s->tonnes : rate);
}

static void weigh_link(const scale *s, const chain_info *info,
                       double out[CHAIN_CRITERIA]) {
    size_t link = info->thing;
    size_t class = (size_t)dro_facts_thing(s->f, link, DRO_LINK_CLASS);
    int season = dro_facts_thing(s->f, link, DRO_LINK_SEASON);
    double km = figure(s, link, DRO_LINK_LENGTH_KM);
    double kmh =
        figure_or(s, link, DRO_LINK_SPEED_KMH, figure(s, class, DRO_CLASS_SPEED_KMH));
    double usd = link_usd(s, link, class, km);
    if (in_season(s, season)) {
        kmh *= figure_or(s, (size_t)season, DRO_SEASON_SPEED_FACTOR, 1.0);
        usd *= figure_or(s, (size_t)season, DRO_SEASON_COST_FACTOR, 1.0);
    }
    out[CHAIN_TIME] = km / kmh + figure_or(s, link, DRO_LINK_BORDER_H, 0.0);
    out[CHAIN_COST] = usd;
    out[CHAIN_CO2] = km * figure(s, class, DRO_CLASS_CO2_G_TKM) * s->tonnes / 1000.0;
}

static void weigh_transfer(const scale *s, int transfer, double out[CHAIN_CRITERIA]) {
    out[CHAIN_TIME] = out[CHAIN_COST] = out[CHAIN_CO2] = 0.0;
    if (transfer < 0) {
        return;
    }
    size_t t = (size_t)transfer;
    double per_t = figure_or(s, t, DRO_TRANSFER_COST_USD_T, 0.0);
    out[CHAIN_TIME] = figure(s, t, DRO_TRANSFER_HOURS);
    out[CHAIN_COST] =
        s->container ? figure_or(s, t, DRO_TRANSFER_COST_USD_TEU, per_t * s->tonnes)
                     : per_t;
}

/* ---- ships ------------------------------------------------------------------------
 */

typedef struct engine { /* a ship's figures */
    const dro_vessel *v;
    double charter_usd_d, fuel_usd_t, co2, margin;
} engine;

static engine engine_of(const scale *s, uint32_t vessel) {
    size_t count = 0;
    const dro_vessel *v = &dro_atlas_vessels(dro_facts_atlas(s->f), &count)[vessel];
    size_t fuel = (size_t)v->fuel;
    return (engine){v, figure(s, vessel, DRO_VESSEL_CHARTER_USD_D),
                    figure(s, fuel, DRO_FUEL_PRICE_USD_T),
                    figure(s, fuel, DRO_FUEL_CO2_T_PER_T),
                    figure(s, vessel, DRO_VESSEL_WEATHER_MARGIN_PCT) / 100.0};
}

static double main_tpd(const scale *s, const engine *e, uint32_t vessel, double kn) {
    return figure(s, vessel, DRO_VESSEL_MAIN_FUEL_TPD) *
           pow(kn / figure(s, vessel, DRO_VESSEL_DESIGN_SPEED_KN), e->v->fuel_exponent);
}

typedef struct passing { /* of all canals of a leg */
    double hours, wait_h, fuel_t, toll_usd;
} passing;

static passing pass(const scale *s, const engine *e, uint32_t vessel,
                    const chain_sea *sea) {
    passing sum = {0};
    for (uint8_t k = 0; k < sea->canal_count; k++) {
        size_t p = sea->canals[k];
        double transit =
            sea->each_nm[k] > 0.0 ? figure_or(s, p, DRO_PASSAGE_TRANSIT_H, 0.0) : 0.0;
        double kn = transit > 0.0 ? sea->each_nm[k] / transit : 0.0;
        sum.hours += transit;
        sum.wait_h += figure_or(s, p, DRO_PASSAGE_WAIT_H, 0.0);
        sum.fuel_t += main_tpd(s, e, vessel, kn) * transit / 24.0;
        sum.toll_usd += sea->toll_usd[k] * figure(s, p, DRO_PASSAGE_TOLL_FACTOR);
    }
    return sum;
}

/* Hours, dollars and tonnes of CO2 of the whole ship on a sea leg. `hours` stated, or
 * NAN: by speed and margin. */
static void sail(const scale *s, uint32_t vessel, const chain_sea *sea, double kn,
                 double hours, double out[CHAIN_CRITERIA]) {
    engine e = engine_of(s, vessel);
    passing through = pass(s, &e, vessel, sea);
    double under_way = sea->nm / kn * (1.0 + e.margin);
    if (!isnan(hours)) {
        under_way = fmax(hours - through.hours - through.wait_h, 1.0);
        kn = sea->reachable ? fmin(sea->nm / under_way * (1.0 + e.margin),
                                   1.15 * e.v->design_speed_kn)
                            : kn;
    }
    double all = under_way + through.hours + through.wait_h;
    double fuel_t = main_tpd(s, &e, vessel, kn) * under_way / 24.0 + through.fuel_t +
                    e.v->aux_sea_tpd * all / 24.0;
    out[CHAIN_TIME] = all;
    out[CHAIN_COST] =
        e.charter_usd_d * all / 24.0 + e.fuel_usd_t * fuel_t + through.toll_usd;
    out[CHAIN_CO2] = fuel_t * e.co2 * 1000.0;
}

static void in_port(const scale *s, uint32_t vessel, double hours,
                    double out[CHAIN_CRITERIA]) {
    engine e = engine_of(s, vessel);
    double tpd = isnan(e.v->aux_port_tpd) ? e.v->aux_sea_tpd : e.v->aux_port_tpd;
    double fuel_t = tpd * hours / 24.0;
    out[CHAIN_TIME] = hours;
    out[CHAIN_COST] = e.charter_usd_d * hours / 24.0 + e.fuel_usd_t * fuel_t;
    out[CHAIN_CO2] = fuel_t * e.co2 * 1000.0;
}

/* ---- liners ---------------------------------------------------------------------- */

static uint32_t vessel_of_call(const scale *s, size_t call, size_t *service) {
    *service = (size_t)dro_facts_thing(s->f, call, DRO_CALL_SERVICE);
    return (uint32_t)dro_facts_thing(s->f, *service, DRO_SERVICE_VESSEL);
}

/* A box's share of a laden ship. */
static void share(const scale *s, uint32_t vessel, double out[CHAIN_CRITERIA]) {
    double boxes = figure(s, vessel, DRO_VESSEL_TEU) *
                   figure_or(s, vessel, DRO_VESSEL_LOAD_FACTOR, 1.0);
    out[CHAIN_COST] /= fmax(boxes, 1.0);
    out[CHAIN_CO2] /= fmax(boxes, 1.0);
}

static void weigh_liner(const scale *s, const chain_info *info,
                        double out[CHAIN_CRITERIA]) {
    size_t call = info->thing, service = 0;
    uint32_t vessel = vessel_of_call(s, call, &service);
    if (info->kind == CHAIN_SAIL) {
        double kn = figure_or(s, service, DRO_SERVICE_SPEED_KN,
                              figure(s, vessel, DRO_VESSEL_DESIGN_SPEED_KN));
        sail(s, vessel, &s->c->seas[info->sea], kn, figure(s, call, DRO_CALL_SAIL_H),
             out);
    } else {
        in_port(s, vessel, figure_or(s, call, DRO_CALL_STAY_H, factor(s, FACTOR_STAY)),
                out);
    }
    share(s, vessel, out);
}

static void weigh_quay(const scale *s, const chain_info *info,
                       double out[CHAIN_CRITERIA]) {
    uint16_t slot = info->port;
    out[CHAIN_COST] = handling(s, slot);
    out[CHAIN_CO2] = 0.0;
    if (info->kind == CHAIN_BOARD) {
        out[CHAIN_TIME] =
            of_terminal(s, slot, DRO_TERMINAL_CUTOFF_H, FACTOR_CUTOFF) +
            of_terminal(s, slot, DRO_TERMINAL_EXPORT_DWELL_H, FACTOR_EXPORT);
    } else if (info->kind == CHAIN_LANDING) {
        out[CHAIN_TIME] =
            of_terminal(s, slot, DRO_TERMINAL_IMPORT_DWELL_H, FACTOR_IMPORT);
    } else {
        size_t service = 0;
        (void)vessel_of_call(s, info->thing, &service);
        out[CHAIN_TIME] =
            of_terminal(s, slot, DRO_TERMINAL_TRANSSHIP_H, FACTOR_TRANSSHIP) +
            figure(s, service, DRO_SERVICE_HEADWAY_D) * 24.0 / 2.0;
        out[CHAIN_COST] *= 1.5; /* one move off and one on, without the gate */
    }
}

/* ---- tramps ------------------------------------------------------------------------
 */

static void weigh_voyage(const scale *s, const chain_info *info,
                         double out[CHAIN_CRITERIA]) {
    size_t tramp = info->thing;
    uint32_t vessel = (uint32_t)dro_facts_thing(s->f, tramp, DRO_TRAMP_VESSEL);
    double kn = figure_or(s, tramp, DRO_TRAMP_SPEED_KN,
                          figure(s, vessel, DRO_VESSEL_DESIGN_SPEED_KN));
    double load = 24.0 * figure_or(s, tramp, DRO_TRAMP_LOAD_D, 2.0);
    double unload = 24.0 * figure_or(s, tramp, DRO_TRAMP_UNLOAD_D, 3.0);
    double wait = 24.0 * figure_or(s, tramp, DRO_TRAMP_WAIT_D, 0.0);
    double ballast = figure_or(s, tramp, DRO_TRAMP_BALLAST_SHARE, 0.0);
    double cargo = figure(s, tramp, DRO_TRAMP_CARGO_T), port[CHAIN_CRITERIA];
    sail(s, vessel, &s->c->seas[info->sea], kn, (double)NAN, out);
    in_port(s, vessel, load + unload + wait, port);
    out[CHAIN_TIME] += port[CHAIN_TIME];
    out[CHAIN_COST] = (out[CHAIN_COST] * (1.0 + ballast) + port[CHAIN_COST]) / cargo +
                      handling(s, info->port) + handling(s, info->port_to);
    out[CHAIN_CO2] = (out[CHAIN_CO2] * (1.0 + ballast) + port[CHAIN_CO2]) / cargo;
}

static bool carries(const scale *s, const chain_info *info) {
    switch (info->kind) {
    case CHAIN_VOYAGE:
        return !s->container &&
               dro_facts_thing(s->f, info->thing, DRO_TRAMP_COMMODITY) ==
                   (int)s->commodity;
    case CHAIN_LINK: /* a pipeline takes slurry only */
        return !s->container || dro_facts_word(s->f, info->thing, DRO_LINK_MODE) != 4;
    case CHAIN_BOARD:
    case CHAIN_SAIL:
    case CHAIN_STAY:
    case CHAIN_CONNECT:
    case CHAIN_LANDING:
        return s->container;
    case CHAIN_TRANSFER:
    case CHAIN_GATE:
    case CHAIN_RELEASE:
    default:
        return true;
    }
}

static void weigh(const scale *s, const chain_info *info, double out[CHAIN_CRITERIA]) {
    switch (info->kind) {
    case CHAIN_LINK:
        weigh_link(s, info, out);
        break;
    case CHAIN_SAIL:
    case CHAIN_STAY:
        weigh_liner(s, info, out);
        break;
    case CHAIN_BOARD:
    case CHAIN_CONNECT:
    case CHAIN_LANDING:
        weigh_quay(s, info, out);
        break;
    case CHAIN_VOYAGE:
        weigh_voyage(s, info, out);
        break;
    case CHAIN_TRANSFER:
    case CHAIN_GATE:
    case CHAIN_RELEASE:
    default:
        weigh_transfer(s, (int)info->thing, out);
        break;
    }
}

static scale scale_for(const dro_chain_worker *w, size_t commodity) {
    scale s = {.w = w, .c = w->chains, .f = w->chains->facts, .commodity = commodity};
    s.container = dro_facts_word(s.f, commodity, DRO_COMMODITY_FORM) == 0;
    s.tonnes = s.container ? chain_value(w, commodity, DRO_COMMODITY_T_PER_TEU) : 1.0;
    return s;
}

/* Which edges carry the commodity does not change: the others stay closed. */
static void list_carried(dro_chain_worker *w, const scale *s) {
    const dro_chains *c = w->chains;
    w->carried_count = 0;
    for (size_t i = 0; i < c->edge_count; i++) {
        if (carries(s, &c->info[i])) {
            w->carried[w->carried_count++] = (uint32_t)i;
        } else {
            for (int k = 0; k < CHAIN_CRITERIA; k++) {
                w->weights[k][i] = (double)INFINITY;
            }
        }
    }
    w->carried_for = s->commodity + 1;
}

void chain_weigh(dro_chain_worker *w, size_t commodity) {
    if (w->weighed == commodity + 1) {
        return;
    }
    scale s = scale_for(w, commodity);
    if (w->carried_for != commodity + 1) {
        list_carried(w, &s);
    }
    for (size_t i = 0; i < w->carried_count; i++) {
        double out[CHAIN_CRITERIA];
        uint32_t edge = w->carried[i];
        weigh(&s, &w->chains->info[edge], out);
        for (int k = 0; k < CHAIN_CRITERIA; k++) {
            w->weights[k][edge] = out[k];
        }
    }
    w->weighed = commodity + 1;
}

void chain_weigh_transfer(const dro_chain_worker *w, int transfer, size_t commodity,
                          double out[CHAIN_CRITERIA]) {
    scale s = scale_for(w, commodity);
    weigh_transfer(&s, transfer, out);
}
