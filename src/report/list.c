/* One interpreter for the look-ups: table, JSON, CSV and GeoJSON of any rows. */
#include "list.h"

#include <math.h>

#define CELL_MAX  64
#define CELLS_MAX 24 /* columns of a table for people */

static const void *row_of(const list *of, size_t index) {
    return (const char *)of->rows + of->chosen[index] * of->row_size;
}

static const void *member(const list_column *column, const void *row) {
    return (const char *)row + column->offset;
}

static const char *text_of(const list *of, const list_column *column, const void *row) {
    if (column->kind == LIST_WORD) {
        return column->word(of->atlas, row);
    }
    return *(const char *const *)member(column, row);
}

static double number_of(const list_column *column, const void *row) {
    return *(const double *)member(column, row);
}

static bool flag_of(const list_column *column, const void *row) {
    return *(const bool *)member(column, row);
}

/* ---- JSON and GeoJSON -------------------------------------------------------- */

static void json_member(dro_json_writer *json, const list *of,
                        const list_column *column, const void *row) {
    switch (column->kind) {
    case LIST_NUMBER:
        dro_write_number(json, column->name, number_of(column, row), column->decimals);
        break;
    case LIST_FLAG:
        dro_write_bool(json, column->name, flag_of(column, row));
        break;
    case LIST_TEXT:
    case LIST_WORD:
        dro_write_text(json, column->name, text_of(of, column, row));
        break;
    }
}

static void json_row(dro_json_writer *json, const char *key, const list *of,
                     size_t index) {
    dro_write_begin(json, key, DRO_WRITE_ROW_OBJECT);
    for (size_t i = 0; i < of->column_count; i++) {
        json_member(json, of, &of->columns[i], row_of(of, index));
    }
    if (of->distance_nm != NULL) {
        dro_write_number(json, "distance_nm", of->distance_nm[index], 3);
    }
    dro_write_end(json);
}

static void write_json(FILE *out, const list *of) {
    dro_json_writer json = {.out = out};
    dro_write_begin(&json, NULL, DRO_WRITE_OBJECT);
    dro_write_begin(&json, of->name, DRO_WRITE_ARRAY);
    for (size_t i = 0; i < of->count; i++) {
        json_row(&json, NULL, of, i);
    }
    dro_write_end(&json);
    dro_write_end(&json);
}

static void write_geojson(FILE *out, const list *of) {
    dro_json_writer json = {.out = out};
    dro_write_begin(&json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(&json, "type", "FeatureCollection");
    dro_write_begin(&json, "features", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < of->count; i++) {
        dro_write_begin(&json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_text(&json, "type", "Feature");
        json_row(&json, "properties", of, i);
        of->geometry(&json, of->atlas, of->chosen[i]);
        dro_write_end(&json);
    }
    dro_write_end(&json);
    dro_write_end(&json);
}

/* ---- CSV
 * ------------------------------------------------------------------------------ */

static void csv_cell(FILE *out, const list *of, const list_column *column,
                     const void *row, bool last) {
    switch (column->kind) {
    case LIST_NUMBER:
        dro_csv_number(out, number_of(column, row), column->decimals, last);
        break;
    case LIST_FLAG:
        dro_csv_write(out, flag_of(column, row) ? "true" : "false", last);
        break;
    case LIST_TEXT:
    case LIST_WORD:
        dro_csv_write(out, text_of(of, column, row), last);
        break;
    }
}

static void write_csv(FILE *out, const list *of) {
    bool near = of->distance_nm != NULL;
    for (size_t c = 0; c < of->column_count; c++) {
        dro_csv_write(out, of->columns[c].name, !near && c + 1 == of->column_count);
    }
    if (near) {
        dro_csv_write(out, "distance_nm", true);
    }
    for (size_t i = 0; i < of->count; i++) {
        for (size_t c = 0; c < of->column_count; c++) {
            csv_cell(out, of, &of->columns[c], row_of(of, i),
                     !near && c + 1 == of->column_count);
        }
        if (near) {
            dro_csv_number(out, of->distance_nm[i], 3, true);
        }
    }
}

/* ---- for people
 * -------------------------------------------------------------------------- */

static const char *table_cell(const list *of, const list_column *column,
                              const void *row, char *buffer) {
    if (column->kind == LIST_FLAG) {
        return flag_of(column, row) ? "yes" : "no";
    }
    if (column->kind != LIST_NUMBER) {
        return text_of(of, column, row);
    }
    double value = number_of(column, row);
    if (!isfinite(value)) {
        return "-";
    }
    (void)snprintf(buffer, CELL_MAX, "%.*f", column->decimals, value);
    return buffer;
}

static size_t table_columns(const list *of, const list_column **shown,
                            dro_table_column *titles) {
    size_t count = 0;
    for (size_t c = 0; c < of->column_count && count + 1 < CELLS_MAX; c++) {
        if (of->columns[c].title != NULL) {
            shown[count] = &of->columns[c];
            titles[count++] = (dro_table_column){of->columns[c].title,
                                                 of->columns[c].kind == LIST_NUMBER};
        }
    }
    if (of->distance_nm != NULL) {
        titles[count] = (dro_table_column){"nm", true};
    }
    return count;
}

static void fill_row(const list *of, size_t index, const list_column *const *shown,
                     size_t count, const char **cells, char (*buffers)[CELL_MAX]) {
    for (size_t c = 0; c < count; c++) {
        cells[c] = table_cell(of, shown[c], row_of(of, index), buffers[c]);
    }
    if (of->distance_nm != NULL) {
        (void)snprintf(buffers[count], CELL_MAX, "%.1f", of->distance_nm[index]);
        cells[count] = buffers[count];
    }
}

static dro_status write_table(FILE *out, const list *of, dro_error *error) {
    const list_column *shown[CELLS_MAX];
    dro_table_column titles[CELLS_MAX];
    size_t own = table_columns(of, shown, titles);
    size_t width = own + (of->distance_nm != NULL ? 1 : 0);
    const char **cells = dro_malloc(of->count * width, sizeof *cells);
    char(*buffers)[CELL_MAX] = dro_malloc(of->count * width, sizeof *buffers);
    if (cells == NULL || buffers == NULL) {
        dro_free(cells);
        dro_free(buffers);
        return dro_fail(error, DRO_NOMEM, "out of memory for a table");
    }
    for (size_t i = 0; i < of->count; i++) {
        fill_row(of, i, shown, own, cells + i * width, buffers + i * width);
    }
    dro_report_table(out, titles, width, cells, of->count);
    dro_free(cells);
    dro_free(buffers);
    return DRO_OK;
}

dro_status list_write(FILE *out, dro_format format, const list *of, dro_error *error) {
    switch (format) {
    case DRO_FORMAT_TABLE:
        return write_table(out, of, error);
    case DRO_FORMAT_JSON:
        write_json(out, of);
        return DRO_OK;
    case DRO_FORMAT_CSV:
        write_csv(out, of);
        return DRO_OK;
    case DRO_FORMAT_GEOJSON:
        if (of->geometry != NULL) {
            write_geojson(out, of);
            return DRO_OK;
        }
        break;
    case DRO_FORMAT_SVG:
    case DRO_FORMAT_HTML:
        break;
    }
    return dro_fail(error, DRO_INVALID, "%s cannot be written in this format",
                    of->name);
}
