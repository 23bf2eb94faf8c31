/*
 * derrotero/atlas.h: the fact tables of data/, loaded once, immutable, shared.
 *
 * Every row names its source and its mark. An unknown number is NAN, an unknown
 * text "". Strings belong to the atlas.
 */
#ifndef DERROTERO_ATLAS_H
#define DERROTERO_ATLAS_H

#include "base.h"
#include "geo.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dro_mark {
    DRO_MARK_MEASURED,
    DRO_MARK_OFFICIAL,
    DRO_MARK_PRESS,
    DRO_MARK_COMPUTED,
    DRO_MARK_ASSUMPTION
} dro_mark;

typedef enum dro_port_status {
    DRO_PORT_OPEN,
    DRO_PORT_PLANNED,
    DRO_PORT_CLOSED
} dro_port_status;

typedef struct dro_port {
    const char *code; /* UN/LOCODE, five characters */
    const char *name;
    const char *aliases; /* '|'-separated */
    const char *country; /* ISO 3166 alpha-2 */
    dro_point at;        /* the quay */
    double alongside_m, channel_m, ukc_m;
    double max_draft_m, max_loa_m, max_beam_m;
    double crane_rows;
    const char *kind;
    dro_port_status status;
    const char *as_of, *source, *note;
    dro_mark mark;
    bool wide; /* from the wide table (npm sea-ports): position less certain */
} dro_port;

typedef enum dro_passage_kind {
    DRO_PASSAGE_CANAL,
    DRO_PASSAGE_STRAIT,
    DRO_PASSAGE_CAPE,
    DRO_PASSAGE_ROUTE
} dro_passage_kind;

#define DRO_PASSAGES_MAX 64 /* a passage is a bit of a mask */

typedef struct dro_gate { /* one great-circle polyline from land to land */
    const dro_point *points;
    size_t count;
} dro_gate;

typedef struct dro_passage {
    const char *id, *name, *aliases;
    dro_passage_kind kind;
    int part_of; /* index of the parent passage or -1 */
    bool open;   /* by default */
    const dro_gate *gates;
    size_t gate_count;
    double max_draft_m, max_loa_m, max_beam_m, max_air_draft_m;
    double transit_h, transit_h_low, transit_h_high;
    double wait_h, wait_h_low, wait_h_high;
    double toll_fixed_usd, toll_per_teu_usd, toll_per_teu_loaded_usd,
        toll_per_teu_empty_usd, toll_per_gt_usd; /* 0 where empty */
    double toll_uncertainty_pct;
    double customary_penalty_nm;
    double slots_per_day;
    const char *as_of, *source, *note;
    dro_mark mark;
} dro_passage;

typedef struct dro_vessel {
    const char *id, *name, *kind;
    double teu, dwt_t, gt, loa_m, beam_m, draft_m, air_draft_m, crane_rows;
    double design_speed_kn, min_speed_kn;
    double main_fuel_tpd; /* at design speed */
    double fuel_exponent; /* consumption ~ speed^exponent */
    double aux_sea_tpd, aux_port_tpd;
    int fuel; /* index of a fuel */
    double charter_usd_d, charter_low_usd_d, charter_high_usd_d;
    double load_factor;
    double weather_margin_pct, weather_margin_low_pct, weather_margin_high_pct;
    const char *as_of, *source, *note;
    dro_mark mark;
} dro_vessel;

typedef struct dro_fuel {
    const char *id, *name, *as_of, *source;
    double price_usd_t, price_low_usd_t, price_high_usd_t, co2_t_per_t;
    dro_mark mark;
} dro_fuel;

typedef enum dro_channel_kind {
    DRO_CHANNEL_CANAL,
    DRO_CHANNEL_RIVER,
    DRO_CHANNEL_APPROACH,
    DRO_CHANNEL_NARROW
} dro_channel_kind;

typedef struct dro_channel { /* a line that ships follow where the coastline fails */
    const char *id, *name, *source, *note;
    dro_channel_kind kind;
    int passage; /* index of a passage (a canal's) or -1 */
    double max_draft_m;
    const dro_point *points;
    size_t count;
    dro_mark mark;
} dro_channel;

typedef struct dro_shoal {
    const char *id, *name, *source, *note;
    double depth_m;          /* closed to a greater draught */
    const dro_point *points; /* ring, first point not repeated */
    size_t count;
    dro_mark mark;
} dro_shoal;

typedef struct dro_barrier { /* a wall across water that only looks open */
    const char *id, *name, *source, *note;
    const dro_point *points;
    size_t count;
    dro_mark mark;
} dro_barrier;

typedef struct dro_lake { /* a lake that ships reach: counts as water */
    const char *id, *name, *source, *note;
    dro_point at;
    bool navigable;
    dro_mark mark;
} dro_lake;

typedef struct dro_source {
    const char *id, *title, *publisher, *year, *licence, *note;
} dro_source;

typedef struct dro_atlas dro_atlas;

/* Reads every table of `directory` (ports.csv, passages.csv, vessels.csv,
 * fuels.csv, sources.csv, channels.geojson, shoals.geojson, barriers.csv,
 * lakes.csv; ports_wide.csv where present). A row that names an unknown source,
 * parent or fuel, a number out of range, a code twice: DRO_PARSE with
 * file:line:column. Columns are found by name, further ones are passed over; a part of
 * a passage stands below it. The wide table is the file that DERROTERO_PORTS_WIDE
 * names (empty: none), else the one in `directory`, else, for the source tree's own
 * tables, the one of its build. At most 100 000 rows a table. */
dro_status dro_atlas_load(const char *directory, dro_atlas **out, dro_error *error);
void dro_atlas_destroy(dro_atlas *atlas);
/* Where the tables are: `given` if not NULL, else DERROTERO_DATA, the build tree,
 * the XDG data folder, the installed folder. DRO_NOT_FOUND lists what was tried. */
dro_status dro_atlas_locate(const char *given, char *path, size_t size,
                            dro_error *error);

/* Arrays, borrowed. */
const dro_port *dro_atlas_ports(const dro_atlas *atlas, size_t *count);
const dro_passage *dro_atlas_passages(const dro_atlas *atlas, size_t *count);
const dro_vessel *dro_atlas_vessels(const dro_atlas *atlas, size_t *count);
const dro_fuel *dro_atlas_fuels(const dro_atlas *atlas, size_t *count);
const dro_channel *dro_atlas_channels(const dro_atlas *atlas, size_t *count);
const dro_shoal *dro_atlas_shoals(const dro_atlas *atlas, size_t *count);
const dro_barrier *dro_atlas_barriers(const dro_atlas *atlas, size_t *count);
const dro_lake *dro_atlas_lakes(const dro_atlas *atlas, size_t *count);
const dro_source *dro_atlas_sources(const dro_atlas *atlas, size_t *count);
const dro_source *dro_atlas_source(const dro_atlas *atlas, const char *id);
/* Hash of everything that shapes a chart (ports' places, gates, channels, shoals,
 * barriers, lakes), for the chart file's header. */
uint64_t dro_atlas_chart_hash(const dro_atlas *atlas);

/* By code (any case, "PE CLL" too), exact name, alias, name and country ("Cartagena,
 * ES"), unique beginning (3 letters or more), unique whole words, or with typing
 * mistakes (one in four letters, at most 3) where only one port is that near; a port's
 * code is never guessed. Of several matches a port of ports.csv is meant before
 * a wide one, a name before an alias, a passage before its parts. Otherwise
 * DRO_NOT_FOUND (with the three nearest names and codes) or DRO_INVALID (ambiguous,
 * with the candidates). Thread-safe; microseconds, or below 1 ms where it must guess.
 */
dro_status dro_atlas_find_port(const dro_atlas *atlas, const char *text, size_t *port,
                               dro_error *error);
/* Is it a whole code, name or alias, so that dro_atlas_find_port does not guess? */
bool dro_atlas_names_port(const dro_atlas *atlas, const char *text);
dro_status dro_atlas_find_passage(const dro_atlas *atlas, const char *text,
                                  size_t *passage, dro_error *error);
dro_status dro_atlas_find_vessel(const dro_atlas *atlas, const char *text,
                                 size_t *vessel, dro_error *error);
/* Ports for a search box: best match first; returns how many (at most `most`). */
size_t dro_atlas_search_ports(const dro_atlas *atlas, const char *text, size_t most,
                              size_t *ports);
size_t dro_atlas_nearest_ports(const dro_atlas *atlas, dro_point at, size_t most,
                               size_t *ports, double *distance_nm);

/* Mask of a passage and of all its parts (closing panama closes both locks). */
uint64_t dro_atlas_passage_mask(const dro_atlas *atlas, size_t passage);
/* Passages closed by default. */
uint64_t dro_atlas_closed_mask(const dro_atlas *atlas);

const char *dro_mark_text(dro_mark mark);
const char *dro_port_status_text(dro_port_status status);
const char *dro_passage_kind_text(dro_passage_kind kind);

#ifdef __cplusplus
}
#endif
#endif
