/*
 * The loop over rows that all tables share.
 */
#include "atlas/table.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/quote.h"

static size_t field_number(const dro_table *table, const char *name) {
    size_t i = 0;
    while (strcmp(table->fields[i].name, name) != 0) {
        i++;
        assert(i < table->field_count);
    }
    return i;
}

static dro_value value_at(const dro_record *record, size_t field) {
    if (record->values != NULL) {
        return record->values[field];
    }
    return (dro_value){.kind = DRO_VALUE_TEXT,
                       .text = dro_csv_field(record->csv, record->columns[field])};
}

const char *dro_record_text(const dro_record *record, const char *field) {
    return dro_csv_field(record->csv,
                         record->columns[field_number(record->table, field)]);
}

static dro_status fail_at(const dro_record *record, size_t field, dro_error *error,
                          const char *message) {
    if (record->csv != NULL) {
        return dro_csv_fail(record->csv, record->columns[field], error, DRO_PARSE, "%s",
                            message);
    }
    return dro_geojson_fail(record->file, record->feature, error, "%s", message);
}

dro_status dro_record_fail(const dro_record *record, const char *field,
                           dro_error *error, const char *format, ...) {
    char message[DRO_ERROR_MAX];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return fail_at(record, field_number(record->table, field), error, message);
}

/* Out of memory is not the row's fault. */
static dro_status place_at(const dro_record *record, size_t field, dro_status status,
                           dro_error *error) {
    if (status == DRO_OK || status == DRO_NOMEM) {
        return status;
    }
    return fail_at(record, field, error, error == NULL ? "" : error->message);
}

dro_status dro_record_place(const dro_record *record, const char *field,
                            dro_status status, dro_error *error) {
    return place_at(record, field_number(record->table, field), status, error);
}

dro_status dro_record_range(const dro_record *record, const char *field,
                            const double values[3], dro_error *error) {
    double low = values[0], middle = values[1], high = values[2];
    if (low > middle || middle > high || low > high) {
        return dro_record_fail(record, field, error,
                               "%s is not between its low and its high", field);
    }
    return DRO_OK;
}

dro_status dro_record_point(const dro_record *record, const char *field,
                            dro_point point, dro_error *error) {
    return dro_record_place(record, field, dro_geo_check(&point, false, error), error);
}

/* ---- one row ---------------------------------------------------------------- */

static dro_status add_row(dro_rows *rows, size_t size, const void *row,
                          dro_error *error) {
    DRO_TRY(dro_reserve(&rows->items, &rows->capacity, rows->count + 1, size, error));
    const char *id = *(const char *const *)row;
    DRO_TRY(dro_names_add(&rows->ids, id, rows->count, error));
    memcpy((char *)rows->items + rows->count * size, row, size);
    rows->count++;
    return DRO_OK;
}

static dro_status check_id(const dro_record *record, const dro_rows *rows,
                           const char *id, dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    const char *field = record->table->fields[0].name;
    if (rows->count >= DRO_ATLAS_MAX_ROWS) {
        return dro_record_fail(record, field, error, "more than %d rows",
                               DRO_ATLAS_MAX_ROWS);
    }
    if (dro_names_find(&rows->ids, id) != NULL) {
        return dro_record_fail(record, field, error, "%s %s is there twice", field,
                               dro_quote(id, quoted));
    }
    return DRO_OK;
}

/* Rows are small: the largest is a vessel. */
typedef union any_row {
    dro_port port;
    dro_passage passage;
    dro_vessel vessel;
    dro_fuel fuel;
    dro_channel channel;
    dro_shoal shoal;
    dro_barrier barrier;
    dro_lake lake;
    dro_source source;
} any_row;

static dro_status read_row(dro_atlas *atlas, const dro_record *record,
                           dro_error *error) {
    const dro_table *table = record->table;
    any_row row;
    memset(&row, 0, sizeof row);
    for (size_t i = 0; i < table->field_count; i++) {
        dro_value value = value_at(record, i);
        dro_status status =
            dro_field_set(atlas, &table->fields[i], &value, &row, error);
        DRO_TRY(place_at(record, i, status, error));
    }
    bool skip = false;
    if (table->finish != NULL) {
        DRO_TRY(table->finish(atlas, record, &row, &skip, error));
    }
    if (skip) {
        return DRO_OK;
    }
    dro_rows *rows = &atlas->tables[table->id];
    DRO_TRY(check_id(record, rows, *(const char **)&row, error));
    return add_row(rows, table->row_size, &row, error);
}

/* ---- files ------------------------------------------------------------------- */

static dro_status read_records(dro_atlas *atlas, const dro_table *table, dro_csv *csv,
                               dro_error *error) {
    size_t columns[DRO_TABLE_MAX_FIELDS];
    assert(table->field_count <= DRO_TABLE_MAX_FIELDS);
    for (size_t i = 0; i < table->field_count; i++) {
        DRO_TRY(dro_csv_require(csv, table->fields[i].name, &columns[i], error));
    }
    const dro_record record = {.table = table, .csv = csv, .columns = columns};
    for (;;) {
        bool more = false;
        DRO_TRY(dro_csv_next(csv, &more, error));
        if (!more) {
            return DRO_OK;
        }
        DRO_TRY(read_row(atlas, &record, error));
    }
}

/* The properties of a feature by field; the first where one is there twice. */
static dro_status read_values(const dro_record *record, dro_value *values,
                              dro_error *error) {
    const dro_table *table = record->table;
    memset(values, 0, table->field_count * sizeof *values);
    const char *key = NULL;
    const char *json = dro_json_first_member(record->feature->properties, &key);
    for (; json != NULL; json = dro_json_next_member(json, &key)) {
        size_t i = 0;
        while (i < table->field_count && !dro_json_is(key - 1, table->fields[i].name)) {
            i++;
        }
        if (i < table->field_count && values[i].kind == DRO_VALUE_MISSING) {
            DRO_TRY(dro_geojson_value(record->file, json, &values[i], error));
        }
    }
    return DRO_OK;
}

static dro_status read_features(dro_atlas *atlas, const dro_table *table,
                                const dro_geojson *file, dro_error *error) {
    dro_value values[DRO_TABLE_MAX_FIELDS];
    dro_record record = {.table = table, .file = file, .values = values};
    size_t count = 0;
    const dro_geojson_feature *features = dro_geojson_features(file, &count);
    for (size_t i = 0; i < count; i++) {
        record.feature = &features[i];
        DRO_TRY(read_values(&record, values, error));
        DRO_TRY(read_row(atlas, &record, error));
    }
    return DRO_OK;
}

/* Closes the csv and the file, one of which is there. */
static dro_status read_rows(dro_atlas *atlas, const dro_table *table, dro_csv *csv,
                            dro_geojson *file, dro_error *error) {
    dro_status status = csv != NULL ? read_records(atlas, table, csv, error)
                                    : read_features(atlas, table, file, error);
    dro_csv_close(csv);
    dro_geojson_close(file);
    return status;
}

static dro_geojson_type type_of(const dro_table *table) {
    return table->form == DRO_FORM_AREAS ? DRO_GEOJSON_AREAS : DRO_GEOJSON_LINES;
}

dro_status dro_table_read(dro_atlas *atlas, const dro_table *table, const char *path,
                          dro_error *error) {
    dro_csv *csv = NULL;
    dro_geojson *file = NULL;
    if (table->form == DRO_FORM_CSV) {
        DRO_TRY(dro_csv_open_path(path, &csv, error));
    } else {
        DRO_TRY(dro_geojson_open(path, type_of(table), &file, error));
    }
    return read_rows(atlas, table, csv, file, error);
}

dro_status dro_table_read_memory(dro_atlas *atlas, const dro_table *table,
                                 const char *bytes, size_t length, dro_error *error) {
    dro_csv *csv = NULL;
    dro_geojson *file = NULL;
    if (table->form == DRO_FORM_CSV) {
        DRO_TRY(dro_csv_open_memory(bytes, length, table->file, &csv, error));
    } else {
        DRO_TRY(dro_geojson_parse(bytes, length, table->file, type_of(table), &file,
                                  error));
    }
    return read_rows(atlas, table, csv, file, error);
}
