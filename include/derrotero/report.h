/*
 * derrotero/report.h: results written as a table, JSON, CSV, GeoJSON (RFC 7946) or one
 * page of HTML. Knows results, never how they were made; maps are in picture.h.
 *
 * Writers write to a FILE and leave its errors to the caller (ferror). Unknown
 * numbers (NAN) are null in JSON and empty in CSV. Thread safety: no state.
 */
#ifndef DERROTERO_REPORT_H
#define DERROTERO_REPORT_H

#include "atlas.h"
#include "audit.h"
#include "base.h"
#include "case.h"
#include "chart.h"
#include "compare.h"
#include "disrupt.h"
#include "hinterland.h"
#include "network.h"
#include "picture.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dro_format {
    DRO_FORMAT_TABLE,
    DRO_FORMAT_JSON,
    DRO_FORMAT_CSV,
    DRO_FORMAT_GEOJSON,
    DRO_FORMAT_SVG,
    DRO_FORMAT_HTML
} dro_format;

/* ---- a streaming JSON writer ------------------------------------------------- */

#define DRO_WRITE_DEPTH_MAX 24
#define DRO_WRITE_BYTES     4096

typedef enum dro_write_kind {
    DRO_WRITE_OBJECT,
    DRO_WRITE_ARRAY,
    DRO_WRITE_ROW_OBJECT, /* the same on one line, with all that is inside */
    DRO_WRITE_ROW_ARRAY
} dro_write_kind;

/* Initialise with {.out = file}. `key` is NULL inside arrays and at the top. What was
 * written is in the file after each member of the outermost value, and at its end. */
typedef struct dro_json_writer {
    FILE *out;
    unsigned depth;
    bool used[DRO_WRITE_DEPTH_MAX + 1]; /* something was written at this depth */
    dro_write_kind kind[DRO_WRITE_DEPTH_MAX + 1];
    size_t held; /* bytes that are not yet in the file: none behind the outermost */
    char bytes[DRO_WRITE_BYTES];
} dro_json_writer;

void dro_write_begin(dro_json_writer *json, const char *key, dro_write_kind kind);
void dro_write_end(dro_json_writer *json); /* a newline follows the outermost value */
void dro_write_text(dro_json_writer *json, const char *key,
                    const char *text); /* NULL: null */
void dro_write_number(dro_json_writer *json, const char *key, double value,
                      int decimals);
void dro_write_count(dro_json_writer *json, const char *key, uint64_t value);
void dro_write_bool(dro_json_writer *json, const char *key, bool value);

/* A point as [lon, lat]; a turning-point path as a LineString, or where it crosses
 * the antimeridian as a MultiLineString, densified along the great circles. */
void dro_write_point(dro_json_writer *json, const char *key, dro_point point);
dro_status dro_write_path(dro_json_writer *json, const char *key, const dro_point *path,
                          size_t count, dro_arena *arena, dro_error *error);

/* ---- text -------------------------------------------------------------------- */

/* A table of text: cells are set by row, widths found, numbers to the right. */
typedef struct dro_table_column {
    const char *title;
    bool right;
} dro_table_column;
/* cells: rows x columns, row by row, none NULL. */
void dro_report_table(FILE *out, const dro_table_column *columns, size_t column_count,
                      const char *const *cells, size_t rows);

/* "12,345.6"; "-" where unknown. */
const char *dro_report_grouped(double value, int decimals, char *buffer, size_t size);
/* "23 d 4 h" */
const char *dro_report_days(double hours, char *buffer, size_t size);
void dro_csv_number(FILE *out, double value, int decimals, bool last);

/* ---- voyages ----------------------------------------------------------------- */

/* Table, JSON, CSV (a row per itinerary) or GeoJSON; others are DRO_INVALID. */
dro_status dro_report_voyage(FILE *out, dro_format format, const dro_voyage *voyage,
                             dro_arena *arena, dro_error *error);

/* ---- cases ------------------------------------------------------------------- */

/* Table, JSON or CSV (a row per leg and total); others are DRO_INVALID. */
dro_status dro_report_comparison(FILE *out, dro_format format, const dro_comparison *of,
                                 dro_arena *arena, dro_error *error);
/* The scenarios of the case of this id and title. */
dro_status dro_report_scenarios(FILE *out, dro_format format, const char *id,
                                const char *title, const dro_scenario *rows,
                                size_t count, dro_arena *arena, dro_error *error);
dro_status dro_report_differences(FILE *out, dro_format format,
                                  const dro_difference *rows, size_t count,
                                  dro_arena *arena, dro_error *error);
/* What chains are made of: nodes and ports, links, liner services. GeoJSON (points and
 * lines; `services` beside `features`) or JSON without geometry; others are
 * DRO_INVALID. */
dro_status dro_report_network(FILE *out, dro_format format, const dro_prepared *of,
                              dro_arena *arena, dro_error *error);

/* ---- flow -------------------------------------------------------------------- */

/* What a page says besides its figures. Texts may be NULL. */
typedef struct dro_report_about {
    const char *study;    /* title of the case */
    const char *scenario; /* id, or ids with + between */
    const char *to;       /* name of the destination */
    const char *command;  /* that makes it again */
    const dro_land *land; /* of maps */
} dro_report_about;

/* Table, JSON, CSV (a row per place), GeoJSON (nodes as points, cells as squares), SVG
 * or HTML (a map). */
dro_status dro_report_hinterland(FILE *out, dro_format format,
                                 const dro_hinterland *found,
                                 const dro_report_about *about, dro_arena *arena,
                                 dro_error *error);

/* Ways found while something was shut. */
typedef struct dro_report_detours {
    const dro_facts *facts;
    const dro_detour *rows;
    size_t count;
} dro_report_detours;

#define DRO_REPORT_NOTES 8

/* What a disruption is of, in words. */
typedef struct dro_report_blow {
    const char *title;    /* "Callao shut for 72 hours" */
    const char *subtitle; /* of what case and scenario */
    const char *unit;     /* "TEU", "box", "ship" */
    const char *notes[DRO_REPORT_NOTES];
    size_t note_count;
} dro_report_blow;

/* Table with a small chart, JSON, CSV (the curve) or SVG (a chart). Where there are no
 * arrivals `found` is NULL and only the detours are written; no detours: NULL. */
dro_status dro_report_disruption(FILE *out, dro_format format, const dro_disrupt *found,
                                 const dro_report_blow *blow,
                                 const dro_report_detours *detours, dro_arena *arena,
                                 dro_error *error);

/* ---- look-ups ---------------------------------------------------------------- */

/* Rows of the atlas. `distance_nm` (one per row) may be NULL. */
dro_status dro_report_ports(FILE *out, dro_format format, const dro_atlas *atlas,
                            const size_t *rows, const double *distance_nm, size_t count,
                            dro_error *error);
dro_status dro_report_passages(FILE *out, dro_format format, const dro_atlas *atlas,
                               const size_t *rows, size_t count, dro_error *error);
dro_status dro_report_vessels(FILE *out, dro_format format, const dro_atlas *atlas,
                              const size_t *rows, size_t count, dro_error *error);
/* What is in a chart; table or JSON. */
dro_status dro_report_chart(FILE *out, dro_format format, const char *path,
                            const dro_chart *chart, size_t most_lost, dro_error *error);

/* ---- audits ------------------------------------------------------------------ */

/* Table (one claim alone: with its workings), JSON, CSV (a row per claim) or HTML: one
 * page without script that asks nothing of a network. `land` is for the page's maps;
 * NULL: a graticule only. The same result gives the same bytes on any number of
 * threads. Others are DRO_INVALID. */
dro_status dro_report_audit(FILE *out, dro_format format,
                            const dro_audit_result *result, const dro_land *land,
                            dro_error *error);

#ifdef __cplusplus
}
#endif
#endif
