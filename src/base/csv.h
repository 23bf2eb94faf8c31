/*
 * What the CSV reader's files share: the reader's state.
 */
#ifndef DRO_BASE_CSV_H
#define DRO_BASE_CSV_H

#include "derrotero/base.h"

#define DRO_CSV_BLOCK ((size_t)64 << 10) /* bytes read at a time */

typedef struct dro_csv_place {
    unsigned long line, column; /* from 1; column in characters */
} dro_csv_place;

typedef struct dro_csv_field_slot {
    size_t start, length; /* in record */
    dro_csv_place place;
} dro_csv_field_slot;

struct dro_csv {
    char *name; /* for messages */

    FILE *file; /* NULL: the bytes below are all there is */
    bool owns_file;
    unsigned char *block; /* what was read of the file and is not used yet */
    const unsigned char *at, *end;
    bool ended;     /* nothing comes after `end` */
    int read_error; /* errno of a failed read, else 0 */

    dro_csv_place place; /* of the next byte */
    dro_csv_place record_place;
    char *record; /* unquoted fields, each with a NUL */
    size_t length, capacity;
    dro_csv_field_slot fields[DRO_CSV_MAX_FIELDS];
    size_t field_count;
    bool quoted; /* some field of the record was */

    char **columns;
    size_t column_count;
};

/* Gets the next block of the file; false at its end. */
bool dro_csv_refill(dro_csv *csv);

/* Reads one record (blank lines skipped) into record and fields. */
dro_status dro_csv_read_record(dro_csv *csv, bool *more, dro_error *error);

/* DRO_PARSE and such at a place of the file. */
dro_status dro_csv_fail_at(const dro_csv *csv, dro_csv_place place, dro_error *error,
                           dro_status status, const char *format, ...) DRO_PRINTF(5, 6);

#endif
