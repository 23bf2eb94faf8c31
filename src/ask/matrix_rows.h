/* The rows of matrix, its pairs, read and checked a chunk at a time. */
#ifndef DRO_ASK_MATRIX_ROWS_H
#define DRO_ASK_MATRIX_ROWS_H

#include "ask/matrix.h"

#define MATRIX_CHUNK 4096

typedef struct matrix_rows {
    const dro_ask_context *context;
    bool keep_going;  /* a bad row is kept as such, and the first one's error */
    bool values_only; /* the text of the fields is not kept */
    dro_csv *csv;
    size_t columns;
    size_t where[4]; /* from_lat, from_lon, to_lat, to_lon */
    dro_arena *arena;
    size_t count;        /* rows of this chunk */
    const char **fields; /* MATRIX_CHUNK x columns, in the arena */
    dro_place from[MATRIX_CHUNK], to[MATRIX_CHUNK];
    bool bad[MATRIX_CHUNK];
    size_t wrapped, bad_count; /* of all chunks so far */
    dro_error first_bad;
    bool ended;
} matrix_rows;

/* Of the text that came with the query, else of the file; "-": standard input. The
 * columns are found, and those that would be added are not there yet. */
dro_status matrix_rows_open(const matrix_job *job, matrix_rows **out, dro_error *error);
void matrix_rows_close(matrix_rows *rows); /* NULL is fine */

/* The next chunk. On failure it holds the good rows before the bad one. */
dro_status matrix_rows_read(matrix_rows *rows, dro_error *error);

/* Reads a whole file once before any work is done, so that a bad row at its end is told
 * at its beginning; *count is its rows. What can be read only once (a pipe) is left
 * alone, with 0. */
dro_status matrix_rows_check(const matrix_job *job, size_t *count, dro_error *error);

#endif
