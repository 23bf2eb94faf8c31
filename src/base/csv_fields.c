/*
 * Columns by name, fields by type, and messages that say where.
 */
#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/c_locale.h"
#include "base/csv.h"
#include "base/quote.h"

static dro_status fail_va(const dro_csv *csv, dro_csv_place place, dro_error *error,
                          dro_status status, const char *format, va_list arguments)
    DRO_PRINTF(5, 0);

static dro_status fail_va(const dro_csv *csv, dro_csv_place place, dro_error *error,
                          dro_status status, const char *format, va_list arguments) {
    char message[DRO_ERROR_MAX];
    locale_t before = dro_c_locale_enter();
    (void)vsnprintf(message, sizeof message, format, arguments);
    dro_c_locale_leave(before);
    return dro_fail(error, status, "%s:%lu:%lu: %s", csv->name, place.line,
                    place.column, message);
}

dro_status dro_csv_fail_at(const dro_csv *csv, dro_csv_place place, dro_error *error,
                           dro_status status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)fail_va(csv, place, error, status, format, arguments);
    va_end(arguments);
    return status;
}

dro_status dro_csv_fail(const dro_csv *csv, size_t column, dro_error *error,
                        dro_status status, const char *format, ...) {
    assert(column < csv->field_count);
    va_list arguments;
    va_start(arguments, format);
    (void)fail_va(csv, csv->fields[column].place, error, status, format, arguments);
    va_end(arguments);
    return status;
}

size_t dro_csv_columns(const dro_csv *csv) {
    return csv->column_count;
}

const char *dro_csv_column_name(const dro_csv *csv, size_t column) {
    assert(column < csv->column_count);
    return csv->columns[column];
}

/* From column `from` on; -1 where there is none. */
static int find_from(const dro_csv *csv, const char *name, size_t from) {
    for (size_t i = from; i < csv->column_count; i++) {
        if (strcmp(csv->columns[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int dro_csv_find(const dro_csv *csv, const char *name) {
    return find_from(csv, name, 0);
}

/* "a, b, c", as many as there is room for. */
static void list_columns(const dro_csv *csv, char *list, size_t size) {
    size_t length = 0;
    list[0] = '\0';
    for (size_t i = 0; i < csv->column_count; i++) {
        char quoted[DRO_QUOTE_MAX];
        const char *name = dro_quote(csv->columns[i], quoted);
        size_t need = strlen(name) + 2;
        if (length + need + sizeof "..." > size) {
            memcpy(list + length, "...", sizeof "...");
            return;
        }
        length += (size_t)snprintf(list + length, size - length, "%s%s",
                                   i == 0 ? "" : ", ", name);
    }
}

static dro_status fail_missing(const dro_csv *csv, const char *name, dro_error *error) {
    char list[DRO_ERROR_MAX / 2];
    list_columns(csv, list, sizeof list);
    bool semicolons = csv->column_count == 1 && strchr(csv->columns[0], ';') != NULL;
    return dro_fail(error, DRO_PARSE, "%s:1: no column \"%s\"; there %s %s%s",
                    csv->name, name, csv->column_count == 1 ? "is" : "are", list,
                    semicolons ? " (fields are parted by commas, not semicolons)" : "");
}

dro_status dro_csv_require(const dro_csv *csv, const char *name, size_t *column,
                           dro_error *error) {
    int found = dro_csv_find(csv, name);
    if (found < 0) {
        return fail_missing(csv, name, error);
    }
    if (find_from(csv, name, (size_t)found + 1) >= 0) {
        return dro_fail(error, DRO_PARSE, "%s:1: column \"%s\" is there twice",
                        csv->name, name);
    }
    *column = (size_t)found;
    return DRO_OK;
}

const char *dro_csv_field(const dro_csv *csv, size_t column) {
    assert(column < csv->field_count);
    return csv->record + csv->fields[column].start;
}

unsigned long dro_csv_line(const dro_csv *csv) {
    return csv->record_place.line;
}

unsigned long dro_csv_field_position(const dro_csv *csv, size_t column) {
    assert(column < csv->field_count);
    return csv->fields[column].place.column;
}

/* Puts the place before what a number parser said. */
static dro_status place_error(const dro_csv *csv, size_t column, dro_status status,
                              dro_error *error) {
    if (status == DRO_OK) {
        return DRO_OK;
    }
    return dro_csv_fail(csv, column, error, DRO_PARSE, "%s",
                        error == NULL ? "" : error->message);
}

static bool is_blank(const char *text) {
    return text[strspn(text, " \t")] == '\0';
}

dro_status dro_csv_double(const dro_csv *csv, size_t column, double missing,
                          double *out, dro_error *error) {
    const char *field = dro_csv_field(csv, column);
    if (is_blank(field)) {
        *out = missing;
        return DRO_OK;
    }
    dro_status status =
        dro_parse_double(field, out, dro_csv_column_name(csv, column), error);
    return place_error(csv, column, status, error);
}

dro_status dro_csv_bool(const dro_csv *csv, size_t column, bool missing, bool *out,
                        dro_error *error) {
    const char *field = dro_csv_field(csv, column);
    if (is_blank(field)) {
        *out = missing;
        return DRO_OK;
    }
    dro_status status =
        dro_parse_bool(field, out, dro_csv_column_name(csv, column), error);
    return place_error(csv, column, status, error);
}
