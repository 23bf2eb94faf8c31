/*
 * vessels.csv: classes of ships, their size, what they burn and what they cost.
 */
#include <math.h>

#include "atlas/table.h"

static const dro_field fields[] = {
    DRO_ID(dro_vessel, id),
    DRO_NAME(dro_vessel, name),
    DRO_CLASS(dro_vessel, kind),
    DRO_NUMBER("teu", dro_vessel, teu, 0, 0, 50000),
    DRO_NUMBER("dwt_t", dro_vessel, dwt_t, DRO_UNKNOWN, 0, 1e6),
    DRO_NUMBER("gt", dro_vessel, gt, DRO_UNKNOWN, 0, 1e6),
    DRO_FIGURE("loa_m", dro_vessel, loa_m, 10, 600),
    DRO_FIGURE("beam_m", dro_vessel, beam_m, 3, 100),
    DRO_FIGURE("draft_m", dro_vessel, draft_m, 1, 40),
    DRO_NUMBER("air_draft_m", dro_vessel, air_draft_m, DRO_UNKNOWN, 1, 150),
    DRO_NUMBER("crane_rows", dro_vessel, crane_rows, DRO_UNKNOWN, 0, 40),
    DRO_FIGURE("design_speed_kn", dro_vessel, design_speed_kn, 1, 60),
    DRO_FIGURE("min_speed_kn", dro_vessel, min_speed_kn, 1, 60),
    DRO_FIGURE("main_fuel_tpd_at_design", dro_vessel, main_fuel_tpd, 0, 1000),
    DRO_FIGURE("fuel_exponent", dro_vessel, fuel_exponent, 1, 6),
    DRO_FIGURE("aux_fuel_tpd_sea", dro_vessel, aux_sea_tpd, 0, 200),
    DRO_FIGURE("aux_fuel_tpd_port", dro_vessel, aux_port_tpd, 0, 200),
    {.name = "fuel",
     .type = DRO_FIELD_REF,
     .offset = offsetof(dro_vessel, fuel),
     .needed = true,
     .table = DRO_TABLE_FUELS},
    DRO_FIGURE("charter_usd_d", dro_vessel, charter_usd_d, 0, 1e7),
    DRO_FIGURE("charter_low_usd_d", dro_vessel, charter_low_usd_d, 0, 1e7),
    DRO_FIGURE("charter_high_usd_d", dro_vessel, charter_high_usd_d, 0, 1e7),
    DRO_FIGURE("load_factor", dro_vessel, load_factor, 0, 1),
    DRO_FIGURE("weather_margin_pct", dro_vessel, weather_margin_pct, 0, 100),
    DRO_FIGURE("weather_margin_low_pct", dro_vessel, weather_margin_low_pct, 0, 100),
    DRO_FIGURE("weather_margin_high_pct", dro_vessel, weather_margin_high_pct, 0, 100),
    DRO_TEXT(dro_vessel, as_of),
    DRO_SOURCE(dro_vessel, source),
    DRO_WORD(dro_vessel, mark, dro_mark_words),
    DRO_PROSE(dro_vessel, note),
};

static dro_status finish(dro_atlas *atlas, const dro_record *record, void *row,
                         bool *skip, dro_error *error) {
    (void)atlas;
    (void)skip;
    const dro_vessel *ship = row;
    const double charter[] = {ship->charter_low_usd_d, ship->charter_usd_d,
                              ship->charter_high_usd_d};
    const double margin[] = {ship->weather_margin_low_pct, ship->weather_margin_pct,
                             ship->weather_margin_high_pct};
    const double speed[] = {1, ship->min_speed_kn, ship->design_speed_kn};
    DRO_TRY(dro_record_range(record, "charter_usd_d", charter, error));
    DRO_TRY(dro_record_range(record, "weather_margin_pct", margin, error));
    return dro_record_range(record, "min_speed_kn", speed, error);
}

static dro_status add_keys(dro_atlas *atlas, const char *directory, dro_error *error) {
    (void)directory;
    size_t count = 0;
    const dro_vessel *vessels = dro_atlas_vessels(atlas, &count);
    for (size_t i = 0; i < count; i++) {
        dro_key key = {.item = i, .kind = DRO_KEY_CODE};
        DRO_TRY(
            dro_lookup_add(&atlas->vessels, atlas->arena, vessels[i].id, &key, error));
        DRO_TRY(dro_lookup_add_names(&atlas->vessels, atlas->arena, vessels[i].name, "",
                                     i, 0, error));
    }
    dro_lookup_sort(&atlas->vessels);
    return DRO_OK;
}

const dro_table dro_table_vessels = {
    .file = "vessels.csv",
    .id = DRO_TABLE_VESSELS,
    .row_size = sizeof(dro_vessel),
    .fields = fields,
    .field_count = sizeof fields / sizeof fields[0],
    .finish = finish,
    .after = add_keys,
};

static void describe(const dro_atlas *atlas, size_t item, char *buffer, size_t size) {
    size_t count = 0;
    (void)snprintf(buffer, size, "%s", dro_atlas_vessels(atlas, &count)[item].id);
}

dro_status dro_atlas_find_vessel(const dro_atlas *atlas, const char *text,
                                 size_t *vessel, dro_error *error) {
    static const dro_lookup_about about = {
        .what = "vessel class", .guess_codes = true, .describe = describe};
    return dro_lookup_find(atlas, &atlas->vessels, &about, text, vessel, error);
}
