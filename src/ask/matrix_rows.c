/* Rows of pairs; see matrix_rows.h. */
#include "ask/matrix_rows.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

/* ---- opening ----------------------------------------------------------------- */

static dro_status find_columns(matrix_rows *rows, dro_error *error) {
    static const char *const names[4] = {"from_lat", "from_lon", "to_lat", "to_lon"};
    rows->columns = dro_csv_columns(rows->csv);
    for (size_t i = 0; i < 4; i++) {
        DRO_TRY(dro_csv_require(rows->csv, names[i], &rows->where[i], error));
    }
    for (size_t i = 0; i < MATRIX_ADDED; i++) {
        int column = dro_csv_find(rows->csv, matrix_added[i]);
        if (column >= 0) {
            return dro_csv_fail(rows->csv, (size_t)column, error, DRO_INVALID,
                                "there is a column %s already; rename it",
                                matrix_added[i]);
        }
    }
    return DRO_OK;
}

static dro_status open_csv(matrix_rows *rows, const matrix_job *job, dro_error *error) {
    const dro_ask_text *text = job->asked->text;
    const char *path = job->values->pairs;
    if (text != NULL) {
        return dro_csv_open_memory(text->bytes, text->length, text->name, &rows->csv,
                                   error);
    }
    if (strcmp(path, "-") == 0) {
        return dro_csv_open(stdin, "standard input", &rows->csv, error);
    }
    return dro_csv_open_path(path, &rows->csv, error);
}

static dro_status open_rows(matrix_rows *rows, const matrix_job *job,
                            dro_error *error) {
    DRO_TRY(open_csv(rows, job, error));
    DRO_TRY(find_columns(rows, error));
    return dro_arena_create(&rows->arena, error);
}

dro_status matrix_rows_open(const matrix_job *job, matrix_rows **out,
                            dro_error *error) {
    void *memory = NULL;
    DRO_TRY(dro_new(&memory, 1, sizeof(matrix_rows), "the rows of a file", error));
    matrix_rows *rows = memory;
    rows->context = job->context;
    rows->keep_going = job->values->keep_going;
    dro_status status = open_rows(rows, job, error);
    if (status != DRO_OK) {
        matrix_rows_close(rows);
        return status;
    }
    *out = rows;
    return DRO_OK;
}

void matrix_rows_close(matrix_rows *rows) {
    if (rows != NULL) {
        dro_csv_close(rows->csv);
        dro_arena_destroy(rows->arena);
        dro_free(rows);
    }
}

/* ---- reading ----------------------------------------------------------------- */

static dro_status read_point(matrix_rows *rows, size_t lat, dro_point *out,
                             dro_error *error) {
    size_t column[2] = {rows->where[lat], rows->where[lat + 1]};
    double value[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        DRO_TRY(dro_csv_double(rows->csv, column[i], (double)NAN, &value[i], error));
        if (isnan(value[i])) {
            return dro_csv_fail(rows->csv, column[i], error, DRO_INVALID, "no %s",
                                dro_csv_column_name(rows->csv, column[i]));
        }
    }
    dro_point point = {value[0], value[1]};
    dro_error why = DRO_ERROR_INIT;
    if (dro_geo_check(&point, rows->context->wrap, &why) != DRO_OK) {
        size_t wrong = fabs(value[0]) <= 90.0 ? column[1] : column[0];
        return dro_csv_fail(rows->csv, wrong, error, DRO_INVALID, "%s", why.message);
    }
    rows->wrapped += point.lon_deg != value[1];
    *out = point;
    return DRO_OK;
}

static dro_status read_places(matrix_rows *rows, size_t row, dro_error *error) {
    rows->from[row].port = -1;
    rows->to[row].port = -1;
    DRO_TRY(read_point(rows, 0, &rows->from[row].at, error));
    return read_point(rows, 2, &rows->to[row].at, error);
}

static dro_status keep_fields(matrix_rows *rows, size_t row, dro_error *error) {
    for (size_t i = 0; i < rows->columns; i++) {
        const char *field = dro_csv_field(rows->csv, i);
        const char *copy = dro_arena_strndup(rows->arena, field, strlen(field));
        if (copy == NULL) {
            return dro_fail(error, DRO_NOMEM, "out of memory for the rows of a file");
        }
        rows->fields[row * rows->columns + i] = copy;
    }
    return DRO_OK;
}

static dro_status read_row(matrix_rows *rows, size_t row, dro_error *error) {
    dro_error local = DRO_ERROR_INIT;
    if (!rows->values_only) {
        DRO_TRY(keep_fields(rows, row, error));
    }
    dro_status status = read_places(rows, row, &local);
    rows->bad[row] = status != DRO_OK;
    if (status == DRO_OK) {
        return DRO_OK;
    }
    if (!rows->keep_going) {
        return dro_fail(error, status, "%s", local.message);
    }
    if (rows->bad_count++ == 0) {
        rows->first_bad = local;
    }
    return DRO_OK;
}

static dro_status make_room(matrix_rows *rows, dro_error *error) {
    dro_arena_reset(rows->arena);
    rows->fields = dro_arena_alloc(rows->arena, MATRIX_CHUNK * rows->columns,
                                   sizeof *rows->fields);
    return rows->fields != NULL
               ? DRO_OK
               : dro_fail(error, DRO_NOMEM, "out of memory for the rows of a file");
}

dro_status matrix_rows_read(matrix_rows *rows, dro_error *error) {
    rows->count = 0;
    if (!rows->values_only) {
        DRO_TRY(make_room(rows, error));
    }
    while (rows->count < MATRIX_CHUNK) {
        bool more = false;
        DRO_TRY(dro_csv_next(rows->csv, &more, error));
        if (!more) {
            rows->ended = true;
            return DRO_OK;
        }
        DRO_TRY(read_row(rows, rows->count, error));
        rows->count++;
    }
    return DRO_OK;
}

/* ---- the whole file at once -------------------------------------------------- */

static bool can_be_read_twice(const matrix_job *job) {
    const char *path = job->values->pairs;
    struct stat about;
    if (job->asked->text != NULL) {
        return true;
    }
    return strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

static dro_status check_rows(matrix_rows *rows, matrix_progress *shown,
                             dro_error *error) {
    rows->values_only = true;
    while (!rows->ended) {
        DRO_TRY(matrix_rows_read(rows, error));
        shown->at += rows->count;
        (void)shown->progress.report(shown, "", 0, 0);
        DRO_TRY(dro_ask_check_stopped(rows->context, error));
    }
    return DRO_OK;
}

dro_status matrix_rows_check(const matrix_job *job, size_t *count, dro_error *error) {
    matrix_rows *rows = NULL;
    matrix_progress shown;
    *count = 0;
    if (!can_be_read_twice(job)) {
        return DRO_OK;
    }
    DRO_TRY(matrix_rows_open(job, &rows, error));
    matrix_progress_begin(job->context, "checking the rows", &shown);
    dro_status status = check_rows(rows, &shown, error);
    matrix_rows_close(rows);
    if (status == DRO_OK) {
        *count = shown.at;
    }
    return status;
}
