/* Ports, passages and vessels: which columns, in which order. Names are those of the
 * tables in data/. */
#include "list.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- ports ------------------------------------------------------------------- */

static const char *port_status(const dro_atlas *atlas, const void *row) {
    (void)atlas;
    return dro_port_status_text(((const dro_port *)row)->status);
}

static const char *port_mark(const dro_atlas *atlas, const void *row) {
    (void)atlas;
    return dro_mark_text(((const dro_port *)row)->mark);
}

#define PORT(name)   #name, offsetof(dro_port, name), LIST_TEXT, 0
#define PORT_M(name) #name, offsetof(dro_port, name), LIST_NUMBER, 2

static const list_column port_columns[] = {
    {PORT(code), "code", NULL},
    {PORT(name), "name", NULL},
    {PORT(aliases), NULL, NULL},
    {PORT(country), "country", NULL},
    {"lat", offsetof(dro_port, at.lat_deg), LIST_NUMBER, 5, "lat", NULL},
    {"lon", offsetof(dro_port, at.lon_deg), LIST_NUMBER, 5, "lon", NULL},
    {PORT_M(alongside_m), "alongside m", NULL},
    {PORT_M(channel_m), "channel m", NULL},
    {PORT_M(ukc_m), NULL, NULL},
    {PORT_M(max_draft_m), "draught m", NULL},
    {PORT_M(max_loa_m), "length m", NULL},
    {PORT_M(max_beam_m), "beam m", NULL},
    {"crane_rows", offsetof(dro_port, crane_rows), LIST_NUMBER, 0, NULL, NULL},
    {PORT(kind), "kind", NULL},
    {"status", 0, LIST_WORD, 0, "status", port_status},
    {"wide", offsetof(dro_port, wide), LIST_FLAG, 0, NULL, NULL},
    {PORT(as_of), NULL, NULL},
    {PORT(source), NULL, NULL},
    {"mark", 0, LIST_WORD, 0, NULL, port_mark},
    {PORT(note), NULL, NULL},
};

static void port_geometry(dro_json_writer *json, const dro_atlas *atlas, size_t row) {
    size_t count = 0;
    dro_write_begin(json, "geometry", DRO_WRITE_OBJECT);
    dro_write_text(json, "type", "Point");
    dro_write_point(json, "coordinates", dro_atlas_ports(atlas, &count)[row].at);
    dro_write_end(json);
}

dro_status dro_report_ports(FILE *out, dro_format format, const dro_atlas *atlas,
                            const size_t *rows, const double *distance_nm, size_t count,
                            dro_error *error) {
    size_t all = 0;
    list ports = {.name = "ports",
                  .columns = port_columns,
                  .column_count = COUNT_OF(port_columns),
                  .rows = dro_atlas_ports(atlas, &all),
                  .row_size = sizeof(dro_port),
                  .chosen = rows,
                  .count = count,
                  .distance_nm = distance_nm,
                  .atlas = atlas,
                  .geometry = port_geometry};
    return list_write(out, format, &ports, error);
}

/* ---- passages ---------------------------------------------------------------- */

static const char *passage_kind(const dro_atlas *atlas, const void *row) {
    (void)atlas;
    return dro_passage_kind_text(((const dro_passage *)row)->kind);
}

static const char *passage_whole(const dro_atlas *atlas, const void *row) {
    size_t count = 0;
    int whole = ((const dro_passage *)row)->part_of;
    return whole < 0 ? "" : dro_atlas_passages(atlas, &count)[whole].id;
}

static const char *passage_mark(const dro_atlas *atlas, const void *row) {
    (void)atlas;
    return dro_mark_text(((const dro_passage *)row)->mark);
}

#define WAY(name)   #name, offsetof(dro_passage, name), LIST_TEXT, 0
#define WAY_N(name) #name, offsetof(dro_passage, name), LIST_NUMBER, 2

static const list_column passage_columns[] = {
    {WAY(id), "id", NULL},
    {WAY(name), "name", NULL},
    {WAY(aliases), NULL, NULL},
    {"kind", 0, LIST_WORD, 0, "kind", passage_kind},
    {"part_of", 0, LIST_WORD, 0, NULL, passage_whole},
    {"open", offsetof(dro_passage, open), LIST_FLAG, 0, "open", NULL},
    {WAY_N(max_draft_m), "draught m", NULL},
    {WAY_N(max_loa_m), "length m", NULL},
    {WAY_N(max_beam_m), "beam m", NULL},
    {WAY_N(max_air_draft_m), "air m", NULL},
    {WAY_N(transit_h), "transit h", NULL},
    {WAY_N(transit_h_low), NULL, NULL},
    {WAY_N(transit_h_high), NULL, NULL},
    {WAY_N(wait_h), "wait h", NULL},
    {WAY_N(wait_h_low), NULL, NULL},
    {WAY_N(wait_h_high), NULL, NULL},
    {WAY_N(toll_fixed_usd), NULL, NULL},
    {WAY_N(toll_per_teu_usd), NULL, NULL},
    {WAY_N(toll_per_teu_loaded_usd), NULL, NULL},
    {WAY_N(toll_per_teu_empty_usd), NULL, NULL},
    {WAY_N(toll_per_gt_usd), NULL, NULL},
    {WAY_N(toll_uncertainty_pct), NULL, NULL},
    {WAY_N(customary_penalty_nm), "penalty nm", NULL},
    {WAY_N(slots_per_day), NULL, NULL},
    {WAY(as_of), NULL, NULL},
    {WAY(source), NULL, NULL},
    {"mark", 0, LIST_WORD, 0, NULL, passage_mark},
    {WAY(note), NULL, NULL},
};

static void one_line(dro_json_writer *json, const dro_point *points, size_t count) {
    dro_write_begin(json, NULL, DRO_WRITE_ARRAY);
    for (size_t i = 0; i < count; i++) {
        dro_write_point(json, NULL, points[i]);
    }
    dro_write_end(json);
}

/* Gates of a strait, lines of a canal. */
static void passage_geometry(dro_json_writer *json, const dro_atlas *atlas,
                             size_t row) {
    size_t count = 0;
    size_t channels = 0;
    const dro_passage *passage = &dro_atlas_passages(atlas, &count)[row];
    const dro_channel *channel = dro_atlas_channels(atlas, &channels);
    dro_write_begin(json, "geometry", DRO_WRITE_OBJECT);
    dro_write_text(json, "type", "MultiLineString");
    dro_write_begin(json, "coordinates", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < passage->gate_count; i++) {
        one_line(json, passage->gates[i].points, passage->gates[i].count);
    }
    for (size_t i = 0; i < channels; i++) {
        if (channel[i].passage == (int)row) {
            one_line(json, channel[i].points, channel[i].count);
        }
    }
    dro_write_end(json);
    dro_write_end(json);
}

dro_status dro_report_passages(FILE *out, dro_format format, const dro_atlas *atlas,
                               const size_t *rows, size_t count, dro_error *error) {
    size_t all = 0;
    list passages = {.name = "passages",
                     .columns = passage_columns,
                     .column_count = COUNT_OF(passage_columns),
                     .rows = dro_atlas_passages(atlas, &all),
                     .row_size = sizeof(dro_passage),
                     .chosen = rows,
                     .count = count,
                     .atlas = atlas,
                     .geometry = passage_geometry};
    return list_write(out, format, &passages, error);
}

/* ---- vessels ----------------------------------------------------------------- */

static const char *vessel_fuel(const dro_atlas *atlas, const void *row) {
    size_t count = 0;
    return dro_atlas_fuels(atlas, &count)[((const dro_vessel *)row)->fuel].id;
}

static const char *vessel_mark(const dro_atlas *atlas, const void *row) {
    (void)atlas;
    return dro_mark_text(((const dro_vessel *)row)->mark);
}

#define SHIP(name)             #name, offsetof(dro_vessel, name), LIST_TEXT, 0
#define SHIP_N(name, decimals) #name, offsetof(dro_vessel, name), LIST_NUMBER, decimals

static const list_column vessel_columns[] = {
    {SHIP(id), "id", NULL},
    {SHIP(name), "name", NULL},
    {SHIP(kind), "kind", NULL},
    {SHIP_N(teu, 0), "TEU", NULL},
    {SHIP_N(dwt_t, 0), "dwt t", NULL},
    {SHIP_N(gt, 0), NULL, NULL},
    {SHIP_N(loa_m, 2), "length m", NULL},
    {SHIP_N(beam_m, 2), "beam m", NULL},
    {SHIP_N(draft_m, 2), "draught m", NULL},
    {SHIP_N(air_draft_m, 2), NULL, NULL},
    {SHIP_N(crane_rows, 0), NULL, NULL},
    {SHIP_N(design_speed_kn, 1), "kn", NULL},
    {SHIP_N(min_speed_kn, 1), NULL, NULL},
    {SHIP_N(main_fuel_tpd, 1), "fuel t/d", NULL},
    {SHIP_N(fuel_exponent, 2), NULL, NULL},
    {SHIP_N(aux_sea_tpd, 1), NULL, NULL},
    {SHIP_N(aux_port_tpd, 1), NULL, NULL},
    {"fuel", 0, LIST_WORD, 0, "fuel", vessel_fuel},
    {SHIP_N(charter_usd_d, 0), "charter USD/d", NULL},
    {SHIP_N(charter_low_usd_d, 0), NULL, NULL},
    {SHIP_N(charter_high_usd_d, 0), NULL, NULL},
    {SHIP_N(load_factor, 2), NULL, NULL},
    {SHIP_N(weather_margin_pct, 1), NULL, NULL},
    {SHIP_N(weather_margin_low_pct, 1), NULL, NULL},
    {SHIP_N(weather_margin_high_pct, 1), NULL, NULL},
    {SHIP(as_of), NULL, NULL},
    {SHIP(source), NULL, NULL},
    {"mark", 0, LIST_WORD, 0, NULL, vessel_mark},
    {SHIP(note), NULL, NULL},
};

dro_status dro_report_vessels(FILE *out, dro_format format, const dro_atlas *atlas,
                              const size_t *rows, size_t count, dro_error *error) {
    size_t all = 0;
    list vessels = {.name = "vessels",
                    .columns = vessel_columns,
                    .column_count = COUNT_OF(vessel_columns),
                    .rows = dro_atlas_vessels(atlas, &all),
                    .row_size = sizeof(dro_vessel),
                    .chosen = rows,
                    .count = count,
                    .atlas = atlas};
    return list_write(out, format, &vessels, error);
}
