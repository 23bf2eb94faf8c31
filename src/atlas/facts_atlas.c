/* The atlas's ports, passages, fuels and vessels as things. */
#include <math.h>

#include "atlas/facts_state.h"

static void put(const dro_facts *facts, size_t thing, dro_attribute_id attribute,
                double value) {
    facts_cell_at(facts, thing, attribute)->range = (dro_range){value, value, value};
}

static void put_range(const dro_facts *facts, size_t thing, dro_attribute_id attribute,
                      double value, double low, double high) {
    facts_cell_at(facts, thing, attribute)->range =
        (dro_range){value, isnan(low) ? value : low, isnan(high) ? value : high};
}

static void put_text(const dro_facts *facts, size_t thing, dro_attribute_id attribute,
                     const char *text, int index) {
    facts_cell *cell = facts_cell_at(facts, thing, attribute);
    cell->text = text;
    cell->index = index;
}

static void put_origin(dro_facts *facts, dro_kind kind, size_t thing,
                       const char *source, const char *as_of, const char *note,
                       dro_mark mark) {
    facts->kinds[kind].things[thing].origin =
        (dro_fact_origin){source, as_of, note, mark, "atlas", 0};
}

static dro_status add_port(dro_facts *facts, const dro_port *p, dro_error *error) {
    size_t i = 0;
    DRO_TRY(facts_append(facts, DRO_KIND_PORT, p->code, &i, error));
    put(facts, i, DRO_PORT_LAT, p->at.lat_deg);
    put(facts, i, DRO_PORT_LON, p->at.lon_deg);
    put_text(facts, i, DRO_PORT_COUNTRY, p->country, -1);
    put_text(facts, i, DRO_PORT_STATUS, dro_port_status_text(p->status),
             (int)p->status);
    put(facts, i, DRO_PORT_ALONGSIDE_M, p->alongside_m);
    put(facts, i, DRO_PORT_CHANNEL_M, p->channel_m);
    put(facts, i, DRO_PORT_UKC_M, p->ukc_m);
    put(facts, i, DRO_PORT_MAX_DRAFT_M, p->max_draft_m);
    put(facts, i, DRO_PORT_MAX_LOA_M, p->max_loa_m);
    put(facts, i, DRO_PORT_MAX_BEAM_M, p->max_beam_m);
    put(facts, i, DRO_PORT_CRANE_ROWS, p->crane_rows);
    put_text(facts, i, DRO_PORT_NAME, p->name, -1);
    put_origin(facts, DRO_KIND_PORT, i, p->source, p->as_of, p->note, p->mark);
    return DRO_OK;
}

static dro_status add_passage(dro_facts *facts, const dro_passage *p,
                              dro_error *error) {
    size_t i = 0;
    double doubt = isnan(p->toll_uncertainty_pct) ? 0.0 : p->toll_uncertainty_pct / 100;
    DRO_TRY(facts_append(facts, DRO_KIND_PASSAGE, p->id, &i, error));
    put_text(facts, i, DRO_PASSAGE_STATE, p->open ? "open" : "closed", p->open ? 0 : 1);
    put_range(facts, i, DRO_PASSAGE_TRANSIT_H, p->transit_h, p->transit_h_low,
              p->transit_h_high);
    put_range(facts, i, DRO_PASSAGE_WAIT_H, p->wait_h, p->wait_h_low, p->wait_h_high);
    put(facts, i, DRO_PASSAGE_SLOTS_PER_DAY, p->slots_per_day);
    put(facts, i, DRO_PASSAGE_MAX_DRAFT_M, p->max_draft_m);
    put(facts, i, DRO_PASSAGE_MAX_LOA_M, p->max_loa_m);
    put(facts, i, DRO_PASSAGE_MAX_BEAM_M, p->max_beam_m);
    put_range(facts, i, DRO_PASSAGE_TOLL_FACTOR, 1.0, 1.0 - doubt, 1.0 + doubt);
    put_origin(facts, DRO_KIND_PASSAGE, i, p->source, p->as_of, p->note, p->mark);
    return DRO_OK;
}

static dro_status add_fuel(dro_facts *facts, const dro_fuel *f, dro_error *error) {
    size_t i = 0;
    DRO_TRY(facts_append(facts, DRO_KIND_FUEL, f->id, &i, error));
    put_range(facts, i, DRO_FUEL_PRICE_USD_T, f->price_usd_t, f->price_low_usd_t,
              f->price_high_usd_t);
    put(facts, i, DRO_FUEL_CO2_T_PER_T, f->co2_t_per_t);
    put_origin(facts, DRO_KIND_FUEL, i, f->source, f->as_of, "", f->mark);
    return DRO_OK;
}

static dro_status add_vessel(dro_facts *facts, const dro_vessel *v, dro_error *error) {
    size_t i = 0;
    DRO_TRY(facts_append(facts, DRO_KIND_VESSEL, v->id, &i, error));
    put(facts, i, DRO_VESSEL_TEU, v->teu);
    put(facts, i, DRO_VESSEL_LOA_M, v->loa_m);
    put(facts, i, DRO_VESSEL_BEAM_M, v->beam_m);
    put(facts, i, DRO_VESSEL_DRAFT_M, v->draft_m);
    put(facts, i, DRO_VESSEL_DESIGN_SPEED_KN, v->design_speed_kn);
    put(facts, i, DRO_VESSEL_MAIN_FUEL_TPD, v->main_fuel_tpd);
    put_range(facts, i, DRO_VESSEL_CHARTER_USD_D, v->charter_usd_d,
              v->charter_low_usd_d, v->charter_high_usd_d);
    put(facts, i, DRO_VESSEL_LOAD_FACTOR, v->load_factor);
    put_range(facts, i, DRO_VESSEL_WEATHER_MARGIN_PCT, v->weather_margin_pct,
              v->weather_margin_low_pct, v->weather_margin_high_pct);
    put_origin(facts, DRO_KIND_VESSEL, i, v->source, v->as_of, v->note, v->mark);
    return DRO_OK;
}

dro_status facts_from_atlas(dro_facts *facts, dro_error *error) {
    size_t count = 0;
    const dro_port *ports = dro_atlas_ports(facts->atlas, &count);
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(add_port(facts, &ports[i], error));
    }
    const dro_passage *passages = dro_atlas_passages(facts->atlas, &count);
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(add_passage(facts, &passages[i], error));
    }
    const dro_fuel *fuels = dro_atlas_fuels(facts->atlas, &count);
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(add_fuel(facts, &fuels[i], error));
    }
    const dro_vessel *vessels = dro_atlas_vessels(facts->atlas, &count);
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(add_vessel(facts, &vessels[i], error));
    }
    return DRO_OK;
}
