/*
 * Reading a fact table: its columns by name, each row checked and added once.
 */
#ifndef DRO_ATLAS_TABLE_H
#define DRO_ATLAS_TABLE_H

#include "atlas/field.h"
#include "atlas/geojson.h"

#define DRO_TABLE_MAX_FIELDS 40

/* A row being read, for its values and for complaints about them. */
typedef struct dro_record {
    const struct dro_table *table;
    const dro_csv *csv;      /* or NULL: */
    const size_t *columns;   /* of the csv, by field */
    const dro_value *values; /* of the feature, by field */
    const dro_geojson *file;
    const dro_geojson_feature *feature;
} dro_record;

typedef enum dro_table_form {
    DRO_FORM_CSV,
    DRO_FORM_LINES, /* GeoJSON */
    DRO_FORM_AREAS
} dro_table_form;

typedef struct dro_table {
    const char *file;
    dro_table_id id;
    dro_table_form form;
    size_t row_size;
    const dro_field *fields; /* the first is the id, which begins the row */
    size_t field_count;
    /* After the fields: the special ones and checks across them. Sets *skip to leave
     * the row out. May be NULL. */
    dro_status (*finish)(dro_atlas *atlas, const dro_record *record, void *row,
                         bool *skip, dro_error *error);
    /* When all rows are there: look-ups and the like. May be NULL. */
    dro_status (*after)(dro_atlas *atlas, const char *directory, dro_error *error);
} dro_table;

extern const dro_table dro_table_sources, dro_table_fuels, dro_table_vessels,
    dro_table_passages, dro_table_ports, dro_table_ports_wide, dro_table_channels,
    dro_table_shoals, dro_table_barriers, dro_table_lakes;

/* The text of a special field; CSV only. */
const char *dro_record_text(const dro_record *record, const char *field);
/* "file:line:column: message" or "file:line:column: feature 3: message". */
dro_status dro_record_fail(const dro_record *record, const char *field,
                           dro_error *error, const char *format, ...) DRO_PRINTF(4, 5);
/* Puts the place before the message that *error has. */
dro_status dro_record_place(const dro_record *record, const char *field,
                            dro_status status, dro_error *error);
/* DRO_PARSE where low <= middle <= high does not hold of those that are known. */
dro_status dro_record_range(const dro_record *record, const char *field,
                            const double values[3], dro_error *error);
/* Is the row's place on earth? `field` is its latitude. */
dro_status dro_record_point(const dro_record *record, const char *field,
                            dro_point point, dro_error *error);

/* Adds the rows of a file; `after` is the caller's to call. */
dro_status dro_table_read(dro_atlas *atlas, const dro_table *table, const char *path,
                          dro_error *error);
/* The bytes are followed by a NUL. */
dro_status dro_table_read_memory(dro_atlas *atlas, const dro_table *table,
                                 const char *bytes, size_t length, dro_error *error);

#endif
