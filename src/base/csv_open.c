/*
 * Opening and closing of the CSV reader, its header, its records.
 */
#include <errno.h>
#include <string.h>

#include "base/csv.h"
#include "base/fail_io.h"
#include "base/quote.h"

static void skip_bom(dro_csv *csv) {
    static const unsigned char bom[] = {0xEF, 0xBB, 0xBF};
    if ((size_t)(csv->end - csv->at) >= sizeof bom &&
        memcmp(csv->at, bom, sizeof bom) == 0) {
        csv->at += sizeof bom;
    }
}

/* The first block, so that a byte order mark is whole. */
static void first_block(dro_csv *csv) {
    if (csv->file == NULL || dro_csv_refill(csv)) {
        skip_bom(csv);
    }
}

static dro_status keep_header(dro_csv *csv, dro_error *error) {
    void *columns = NULL;
    DRO_TRY(dro_new(&columns, csv->field_count, sizeof(char *), "a CSV header", error));
    csv->columns = columns;
    for (size_t i = 0; i < csv->field_count; i++) {
        csv->columns[i] = dro_strdup(csv->record + csv->fields[i].start);
        if (csv->columns[i] == NULL) {
            return dro_fail(error, DRO_NOMEM, "out of memory for a CSV header");
        }
        csv->column_count = i + 1;
    }
    return DRO_OK;
}

static dro_status read_header(dro_csv *csv, dro_error *error) {
    first_block(csv);
    bool more = false;
    DRO_TRY(dro_csv_read_record(csv, &more, error));
    if (!more) {
        char quoted[DRO_QUOTE_MAX];
        return dro_fail(error, DRO_PARSE, "%s is empty: a header line is needed",
                        dro_quote(csv->name, quoted));
    }
    return keep_header(csv, error);
}

static dro_status create(const char *name, dro_csv **out, dro_error *error) {
    void *made = NULL;
    DRO_TRY(dro_new(&made, 1, sizeof(dro_csv), "a CSV reader", error));
    dro_csv *csv = made;
    csv->place = (dro_csv_place){1, 1};
    csv->name = dro_strdup(name);
    if (csv->name == NULL) {
        dro_free(csv);
        return dro_fail(error, DRO_NOMEM, "out of memory for a CSV reader");
    }
    *out = csv;
    return DRO_OK;
}

static dro_status attach_file(dro_csv *csv, FILE *file, dro_error *error) {
    csv->block = dro_malloc(DRO_CSV_BLOCK, 1);
    if (csv->block == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a CSV reader");
    }
    csv->file = file;
    return DRO_OK;
}

/* Closes the reader on failure, else hands it out. */
static dro_status finish_open(dro_csv *csv, dro_status status, dro_csv **out,
                              dro_error *error) {
    if (status == DRO_OK) {
        status = read_header(csv, error);
    }
    if (status != DRO_OK) {
        dro_csv_close(csv);
        return status;
    }
    *out = csv;
    return DRO_OK;
}

dro_status dro_csv_open(FILE *file, const char *name, dro_csv **out, dro_error *error) {
    dro_csv *csv = NULL;
    DRO_TRY(create(name, &csv, error));
    return finish_open(csv, attach_file(csv, file, error), out, error);
}

dro_status dro_csv_open_path(const char *path, dro_csv **out, dro_error *error) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return dro_fail_io(error, errno, "open", path);
    }
    dro_csv *csv = NULL;
    dro_status status = create(path, &csv, error);
    if (status != DRO_OK) {
        (void)fclose(file);
        return status;
    }
    status = attach_file(csv, file, error);
    if (status != DRO_OK) {
        (void)fclose(file);
    }
    csv->owns_file = status == DRO_OK;
    return finish_open(csv, status, out, error);
}

dro_status dro_csv_open_memory(const char *bytes, size_t length, const char *name,
                               dro_csv **out, dro_error *error) {
    dro_csv *csv = NULL;
    DRO_TRY(create(name, &csv, error));
    csv->at = (const unsigned char *)(length == 0 ? "" : bytes);
    csv->end = csv->at + length;
    return finish_open(csv, DRO_OK, out, error);
}

void dro_csv_close(dro_csv *csv) {
    if (csv == NULL) {
        return;
    }
    if (csv->owns_file) {
        (void)fclose(csv->file);
    }
    for (size_t i = 0; i < csv->column_count; i++) {
        dro_free(csv->columns[i]);
    }
    dro_free(csv->columns);
    dro_free(csv->record);
    dro_free(csv->block);
    dro_free(csv->name);
    dro_free(csv);
}

dro_status dro_csv_next(dro_csv *csv, bool *more, dro_error *error) {
    bool some = false;
    DRO_TRY(dro_csv_read_record(csv, &some, error));
    if (some && csv->field_count != csv->column_count) {
        return dro_csv_fail_at(csv, csv->record_place, error, DRO_PARSE,
                               "%zu fields where the header has %zu", csv->field_count,
                               csv->column_count);
    }
    *more = some;
    return DRO_OK;
}
