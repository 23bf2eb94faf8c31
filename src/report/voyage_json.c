/* A voyage as JSON: the members that DESIGN names, of the best itinerary, and what
 * goes with them; the others under "alternatives". */
#include "voyage.h"

#include <string.h>

#include "report/json_parts.h"

static void place(dro_json_writer *json, const char *key, const dro_place *at) {
    dro_write_begin(json, key, DRO_WRITE_ROW_OBJECT);
    dro_write_text(json, "code", at->code[0] != '\0' ? at->code : NULL);
    dro_write_text(json, "name", at->name);
    dro_write_number(json, "lat", at->at.lat_deg, 6);
    dro_write_number(json, "lon", at->at.lon_deg, 6);
    dro_write_end(json);
}

static int decimals_of(dro_item item) {
    return strcmp(dro_item_unit(item), "USD") == 0 ? 0 : 2;
}

/* "duration": {...}, "fuel": {...}, "co2": {...}, "cost": {...} */
static void breakdown(dro_json_writer *json, const dro_reckoning *reckoning) {
    const char *group = NULL;
    for (dro_item i = 0; i < DRO_ITEM_COUNT; i++) {
        if (group == NULL || strcmp(group, dro_item_group(i)) != 0) {
            if (group != NULL) {
                dro_write_end(json);
            }
            group = dro_item_group(i);
            dro_write_begin(json, group, DRO_WRITE_OBJECT);
        }
        json_range(json, dro_item_key(i), reckoning->item[i], decimals_of(i));
    }
    dro_write_begin(json, "not_included", DRO_WRITE_ROW_ARRAY); /* of the cost */
    dro_write_text(json, NULL, "port dues");
    dro_write_text(json, NULL, "cargo handling");
    dro_write_text(json, NULL, "freight rate");
    dro_write_end(json);
    dro_write_end(json);
}

static void leg(dro_json_writer *json, const dro_leg *of) {
    const dro_range *item = of->reckoning.item;
    dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
    dro_write_text(json, "mode", dro_mode_text(of->mode));
    dro_write_text(json, "from", of->from);
    dro_write_text(json, "to", of->to);
    dro_write_number(json, "distance_nm", of->distance_nm, 3);
    dro_write_number(json, "duration_h", item[DRO_ITEM_DURATION_H].value, 2);
    dro_write_number(json, "cost_usd", item[DRO_ITEM_COST_USD].value, 0);
    dro_write_number(json, "co2_t", item[DRO_ITEM_CO2_T].value, 2);
    dro_write_text(json, "note", of->note);
    dro_write_end(json);
}

static void figures(dro_json_writer *json, const dro_itinerary *of, double speed_kn) {
    dro_write_number(json, "distance_nm", of->distance_nm, 3);
    dro_write_number(json, "duration_h", voyage_item(of, DRO_ITEM_DURATION_H), 2);
    dro_write_number(json, "speed_kn", speed_kn, 2);
    dro_write_number(json, "fuel_t", voyage_item(of, DRO_ITEM_FUEL_T), 2);
    dro_write_number(json, "co2_t", voyage_item(of, DRO_ITEM_CO2_T), 2);
    dro_write_number(json, "cost_usd", voyage_item(of, DRO_ITEM_COST_USD), 0);
    dro_write_begin(json, "passages", DRO_WRITE_ROW_ARRAY);
    for (size_t i = 0; i < of->passage_count; i++) {
        dro_write_text(json, NULL, of->passage_list[i]->id);
    }
    dro_write_end(json);
    dro_write_begin(json, "snap_nm", DRO_WRITE_ROW_ARRAY);
    dro_write_number(json, NULL, of->snap_nm[0], 3);
    dro_write_number(json, NULL, of->snap_nm[1], 3);
    dro_write_end(json);
    dro_write_number(json, "excess_bound_pct", of->excess_bound_pct, 6);
}

static dro_status itinerary(dro_json_writer *json, const dro_itinerary *of,
                            double speed_kn, dro_arena *arena, dro_error *error) {
    figures(json, of, speed_kn);
    dro_write_begin(json, "legs", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < of->leg_count; i++) {
        leg(json, &of->legs[i]);
    }
    dro_write_end(json);
    breakdown(json, &of->total);
    return dro_write_path(json, "geometry", of->points, of->point_count, arena, error);
}

static void vessel(dro_json_writer *json, const dro_ship *ship) {
    dro_write_begin(json, "vessel", DRO_WRITE_OBJECT);
    dro_write_text(json, "id", ship->vessel->id);
    dro_write_text(json, "name", ship->vessel->name);
    dro_write_bool(json, "assumed", ship->assumed);
    dro_write_number(json, "draft_m", ship->draft_m, 2);
    dro_write_bool(json, "draft_assumed", !ship->draft_stated);
    dro_write_number(json, "beam_m", ship->beam_m, 2);
    dro_write_number(json, "loa_m", ship->loa_m, 2);
    dro_write_number(json, "air_draft_m", ship->air_draft_m, 2);
    dro_write_text(json, "fuel", ship->fuel->id);
    dro_write_text(json, "prices_as_of", ship->fuel->as_of);
    dro_write_text(json, "charter_as_of", ship->vessel->as_of);
    dro_write_end(json);
}

static void closed(dro_json_writer *json, const dro_voyage *voyage) {
    dro_write_begin(json, "closed", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < voyage->closed_count; i++) {
        dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_text(json, "passage", voyage->closed[i].passage->id);
        dro_write_text(json, "reason", voyage->closed[i].reason);
        dro_write_end(json);
    }
    dro_write_end(json);
}

static void remarks(dro_json_writer *json, const dro_voyage *voyage) {
    dro_write_text(json, "by", dro_objective_text(voyage->by));
    dro_write_text(json, "profile", dro_profile_text(voyage->profile));
    vessel(json, &voyage->ship);
    dro_write_begin(json, "via", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < voyage->via_count; i++) {
        place(json, NULL, &voyage->via[i]);
    }
    dro_write_end(json);
    closed(json, voyage);
    json_sources(json, voyage->sources, voyage->source_count, true);
    dro_write_begin(json, "notices", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < voyage->notice_count; i++) {
        dro_write_text(json, NULL, voyage->notices[i]);
    }
    dro_write_end(json);
}

static dro_status alternatives(dro_json_writer *json, const dro_voyage *voyage,
                               dro_arena *arena, dro_error *error) {
    dro_write_begin(json, "alternatives", DRO_WRITE_ARRAY);
    for (size_t i = 1; i < voyage->count; i++) {
        dro_write_begin(json, NULL, DRO_WRITE_OBJECT);
        DRO_TRY(itinerary(json, &voyage->itineraries[i], voyage->ship.speed_kn, arena,
                          error));
        dro_write_end(json);
    }
    dro_write_end(json);
    return DRO_OK;
}

dro_status voyage_json(FILE *out, const dro_voyage *voyage, dro_arena *arena,
                       dro_error *error) {
    dro_json_writer json = {.out = out};
    dro_write_begin(&json, NULL, DRO_WRITE_OBJECT);
    place(&json, "from", &voyage->from);
    place(&json, "to", &voyage->to);
    DRO_TRY(
        itinerary(&json, &voyage->itineraries[0], voyage->ship.speed_kn, arena, error));
    remarks(&json, voyage);
    DRO_TRY(alternatives(&json, voyage, arena, error));
    dro_write_end(&json);
    return DRO_OK;
}

/* ---- GeoJSON
 * ------------------------------------------------------------------------- */

static void end_feature(dro_json_writer *json, const dro_place *at, const char *role) {
    dro_write_begin(json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(json, "type", "Feature");
    dro_write_begin(json, "properties", DRO_WRITE_ROW_OBJECT);
    dro_write_text(json, "role", role);
    dro_write_text(json, "code", at->code[0] != '\0' ? at->code : NULL);
    dro_write_text(json, "name", at->name);
    dro_write_end(json);
    dro_write_begin(json, "geometry", DRO_WRITE_ROW_OBJECT);
    dro_write_text(json, "type", "Point");
    dro_write_point(json, "coordinates", at->at);
    dro_write_end(json);
    dro_write_end(json);
}

static dro_status route_feature(dro_json_writer *json, const dro_voyage *voyage,
                                size_t rank, dro_arena *arena, dro_error *error) {
    const dro_itinerary *of = &voyage->itineraries[rank];
    dro_write_begin(json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(json, "type", "Feature");
    dro_write_begin(json, "properties", DRO_WRITE_OBJECT);
    dro_write_text(json, "role", rank == 0 ? "route" : "alternative");
    dro_write_count(json, "rank", rank);
    dro_write_text(json, "from", voyage->from.name);
    dro_write_text(json, "to", voyage->to.name);
    figures(json, of, voyage->ship.speed_kn);
    dro_write_text(json, "vessel", voyage->ship.vessel->id);
    dro_write_bool(json, "vessel_assumed", voyage->ship.assumed);
    dro_write_end(json);
    DRO_TRY(
        dro_write_path(json, "geometry", of->points, of->point_count, arena, error));
    dro_write_end(json);
    return DRO_OK;
}

dro_status voyage_geojson(FILE *out, const dro_voyage *voyage, dro_arena *arena,
                          dro_error *error) {
    dro_json_writer json = {.out = out};
    dro_write_begin(&json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(&json, "type", "FeatureCollection");
    dro_write_begin(&json, "features", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < voyage->count; i++) {
        DRO_TRY(route_feature(&json, voyage, i, arena, error));
    }
    end_feature(&json, &voyage->from, "from");
    for (size_t i = 0; i < voyage->via_count; i++) {
        end_feature(&json, &voyage->via[i], "via");
    }
    end_feature(&json, &voyage->to, "to");
    dro_write_end(&json);
    dro_write_end(&json);
    return DRO_OK;
}
