/* Rows of a fact table in every format, from one table of columns. */
#ifndef DERROTERO_REPORT_LIST_H
#define DERROTERO_REPORT_LIST_H

#include "derrotero/report.h"

typedef enum list_kind {
    LIST_TEXT,
    LIST_NUMBER,
    LIST_FLAG,
    LIST_WORD
} list_kind;

typedef struct list_column {
    const char *name;
    size_t offset; /* of the member in the row */
    list_kind kind;
    int decimals;
    const char *title; /* in the table for people; NULL: not shown there */
    const char *(*word)(const dro_atlas *atlas, const void *row); /* LIST_WORD */
} list_column;

typedef struct list {
    const char *name; /* "ports": the member of the JSON */
    const list_column *columns;
    size_t column_count;
    const void *rows; /* of the atlas */
    size_t row_size;
    const size_t *chosen;
    size_t count;
    const double *distance_nm; /* one per chosen row, or NULL */
    const dro_atlas *atlas;
    /* GeoJSON; NULL: the rows are nowhere. */
    void (*geometry)(dro_json_writer *json, const dro_atlas *atlas, size_t row);
} list;

dro_status list_write(FILE *out, dro_format format, const list *of, dro_error *error);

#endif
