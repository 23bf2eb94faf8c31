/* A hinterland as JSON and as GeoJSON (RFC 7946). */
#include <math.h>

#include "report/hinterland.h"

static const struct {
    dro_chain_by by;
    const char *name, *unit;
} MEASURES[] = {{DRO_CHAIN_BY_TIME, "fastest", "h"},
                {DRO_CHAIN_BY_COST, "cheapest", "USD"},
                {DRO_CHAIN_BY_CO2, "cleanest", "kg CO2"},
                {DRO_CHAIN_BY_GENERALISED, "generalised", "USD"}};
#define MEASURE_COUNT (sizeof MEASURES / sizeof *MEASURES)

static void write_port(dro_json_writer *json, const char *key,
                       const dro_hinterland *found, int port) {
    dro_write_text(json, key, port < 0 ? NULL : hinterland_port_code(found, port));
}

static void write_choice(dro_json_writer *json, const dro_hinterland *found,
                         const dro_hinterland_place *place, size_t measure) {
    dro_chain_by by = MEASURES[measure].by;
    const dro_port_choice *choice = &place->by[by];
    dro_write_begin(json, MEASURES[measure].name, DRO_WRITE_ROW_OBJECT);
    write_port(json, "port", found, choice->port);
    dro_write_number(json, "value", choice->value, 3);
    write_port(json, "second", found, choice->second);
    dro_write_number(json, "second_value", choice->second_value, 3);
    dro_write_number(json, "margin_pct", 100.0 * choice->margin, 3);
    dro_write_number(json, "own_value", place->own[by], 3);
    dro_write_end(json);
}

static void write_figures(dro_json_writer *json, const dro_hinterland *found,
                          const dro_hinterland_place *place) {
    if (place->node >= 0) {
        size_t thing = (size_t)place->node;
        dro_write_text(json, "id", dro_facts_id(found->facts, DRO_KIND_NODE, thing));
        dro_write_text(json, "name",
                       dro_facts_name(found->facts, DRO_KIND_NODE, thing));
        dro_write_text(json, "country",
                       dro_facts_text(found->facts, thing, DRO_NODE_COUNTRY));
    } else {
        dro_write_number(json, "km2", place->area_km2, 1);
    }
    for (size_t i = 0; i < MEASURE_COUNT; i++) {
        write_choice(json, found, place, i);
    }
    dro_write_bool(json, "contested",
                   dro_hinterland_contested(found, place, found->options.by));
    dro_write_number(json, "probability", place->probability, 4);
}

/* ---- JSON
 * ----------------------------------------------------------------------------
 */

static void write_ports(dro_json_writer *json, const dro_hinterland *found) {
    dro_write_begin(json, "ports", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < found->port_count; i++) {
        const dro_hinterland_port *p = &found->ports[i];
        dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_text(json, "code", hinterland_port_code(found, (int)i));
        dro_write_text(json, "name", hinterland_port_name(found, (int)i));
        dro_write_count(json, "nodes", p->nodes);
        dro_write_number(json, "km2", p->area_km2, 0);
        dro_write_number(json, "expected_km2", p->expected_km2, 0);
        dro_write_end(json);
    }
    dro_write_end(json);
}

static void write_places(dro_json_writer *json, const dro_hinterland *found,
                         const char *key, size_t first, size_t count) {
    dro_write_begin(json, key, DRO_WRITE_ARRAY);
    for (size_t i = first; i < first + count; i++) {
        const dro_hinterland_place *place = &found->places[i];
        dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_number(json, "lat", place->at.lat_deg, 4);
        dro_write_number(json, "lon", place->at.lon_deg, 4);
        write_figures(json, found, place);
        dro_write_end(json);
    }
    dro_write_end(json);
}

static void write_head(dro_json_writer *json, const dro_hinterland *found,
                       const dro_report_about *about) {
    const dro_hinterland_options *o = &found->options;
    dro_write_text(json, "port", hinterland_port_code(found, 0));
    dro_write_text(json, "to", about->to);
    dro_write_text(json, "case", about->study);
    dro_write_text(json, "scenario", about->scenario);
    dro_write_text(json, "commodity",
                   dro_facts_id(found->facts, DRO_KIND_COMMODITY, o->commodity));
    dro_write_text(json, "per", hinterland_unit_word(found));
    dro_write_text(json, "by", dro_chain_by_text(o->by));
    dro_write_number(json, "contested_within_pct", 100.0 * o->contested, 3);
    dro_write_count(json, "samples", o->sampling.count);
    dro_write_count(json, "seed", o->sampling.seed);
    dro_write_number(json, "cell_deg", found->cell_count ? o->step_deg : (double)NAN,
                     4);
    dro_write_number(json, "total_km2", found->total_km2, 0);
    dro_write_number(json, "contested_km2", found->contested_km2, 0);
}

static void write_notes(dro_json_writer *json, const dro_hinterland *found,
                        const dro_report_about *about) {
    char notes[HINTERLAND_NOTES][400];
    size_t count = hinterland_notes(found, about, notes);
    dro_write_begin(json, "notes", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < count; i++) {
        dro_write_text(json, NULL, notes[i]);
    }
    dro_write_end(json);
}

void hinterland_json(FILE *out, const dro_hinterland *found,
                     const dro_report_about *about) {
    dro_json_writer json = {.out = out};
    dro_write_begin(&json, NULL, DRO_WRITE_OBJECT);
    write_head(&json, found, about);
    write_ports(&json, found);
    write_places(&json, found, "nodes", 0, found->node_count);
    write_places(&json, found, "cells", found->node_count, found->cell_count);
    write_notes(&json, found, about);
    dro_write_end(&json);
}

/* ---- GeoJSON
 * -------------------------------------------------------------------------
 */

static double limit(double value, double most) {
    return fmax(-most, fmin(most, value));
}

/* Counter-clockwise; a cell does not cross the antimeridian: the lattice begins there.
 */
static void write_square(dro_json_writer *json, dro_point at, double step) {
    static const int corners[5][2] = {{-1, -1}, {-1, 1}, {1, 1}, {1, -1}, {-1, -1}};
    dro_write_begin(json, "geometry", DRO_WRITE_ROW_OBJECT);
    dro_write_text(json, "type", "Polygon");
    dro_write_begin(json, "coordinates", DRO_WRITE_ROW_ARRAY);
    dro_write_begin(json, NULL, DRO_WRITE_ROW_ARRAY);
    for (int i = 0; i < 5; i++) {
        dro_point p = {limit(at.lat_deg + corners[i][0] * step / 2.0, 90.0),
                       limit(at.lon_deg + corners[i][1] * step / 2.0, 180.0)};
        dro_write_point(json, NULL, p);
    }
    dro_write_end(json);
    dro_write_end(json);
    dro_write_end(json);
}

static void write_feature(dro_json_writer *json, const dro_hinterland *found,
                          const dro_hinterland_place *place) {
    dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
    dro_write_text(json, "type", "Feature");
    if (place->node >= 0) {
        dro_write_begin(json, "geometry", DRO_WRITE_ROW_OBJECT);
        dro_write_text(json, "type", "Point");
        dro_write_point(json, "coordinates", place->at);
        dro_write_end(json);
    } else {
        write_square(json, place->at, found->options.step_deg);
    }
    dro_write_begin(json, "properties", DRO_WRITE_ROW_OBJECT);
    write_figures(json, found, place);
    dro_write_end(json);
    dro_write_end(json);
}

void hinterland_geojson(FILE *out, const dro_hinterland *found,
                        const dro_report_about *about) {
    dro_json_writer json = {.out = out};
    dro_write_begin(&json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(&json, "type", "FeatureCollection");
    write_head(&json, found, about);
    dro_write_begin(&json, "features", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < found->node_count + found->cell_count; i++) {
        write_feature(&json, found, &found->places[i]);
    }
    dro_write_end(&json);
    dro_write_end(&json);
}
