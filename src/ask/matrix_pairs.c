/* matrix, its pairs: rows in, rows out, in order, a chunk at a time. Neighbouring rows
 * with one origin share one search. */
#include <string.h>

#include "ask/matrix_rows.h"

/* Bounds what a search holds; the search itself is then a third of the time. */
#define GROUP_MOST 128

typedef struct group { /* rows [first, first + count) with the same origin */
    size_t first, count;
} group;

typedef struct stream {
    matrix_job *job;
    matrix_rows *rows;
    group groups[MATRIX_CHUNK];
    size_t group_count;
    dro_voyage_cell cells[MATRIX_CHUNK];
    size_t done;
    matrix_progress shown;
} stream;

/* ---- searching
 * ------------------------------------------------------------------------- */

static bool same_origin(const matrix_rows *rows, size_t a, size_t b) {
    return rows->from[a].at.lat_deg == rows->from[b].at.lat_deg &&
           rows->from[a].at.lon_deg == rows->from[b].at.lon_deg;
}

static void make_groups(stream *in) {
    const matrix_rows *rows = in->rows;
    in->group_count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->bad[i]) {
            continue;
        }
        group *last = in->group_count > 0 ? &in->groups[in->group_count - 1] : NULL;
        if (last != NULL && last->first + last->count == i &&
            last->count < GROUP_MOST && same_origin(rows, i, last->first)) {
            last->count++;
        } else {
            in->groups[in->group_count++] = (group){i, 1};
        }
    }
}

static dro_status search_group(void *context, size_t item, unsigned thread,
                               dro_error *error) {
    stream *in = context;
    const matrix_rows *rows = in->rows;
    const group *one = &in->groups[item];
    dro_worker *worker = NULL;
    DRO_TRY(dro_ask_check_stopped(in->job->context, error));
    DRO_TRY(matrix_worker(in->job, thread, &worker, error));
    return dro_voyage_one_to_many(worker, in->job->plan, &rows->from[one->first],
                                  &rows->to[one->first], one->count,
                                  &in->cells[one->first], error);
}

static dro_status search(stream *in, dro_error *error) {
    in->shown.at = in->done;
    in->shown.part = in->rows->count;
    make_groups(in);
    return dro_parallel(in->group_count, in->job->threads, search_group, in,
                        &in->shown.progress, "pairs", error);
}

/* ---- writing
 * ----------------------------------------------------------------------------- */

static void write_header(const stream *in) {
    FILE *out = in->job->stream;
    for (size_t i = 0; i < in->rows->columns; i++) {
        dro_csv_write(out, dro_csv_column_name(in->rows->csv, i), false);
    }
    for (size_t i = 0; i < MATRIX_ADDED; i++) {
        dro_csv_write(out, matrix_added[i], i + 1 == MATRIX_ADDED);
    }
}

static void write_head(stream *in) {
    if (in->job->asked->format == DRO_FORMAT_JSON) {
        dro_write_begin(&in->job->json, NULL, DRO_WRITE_ARRAY);
    } else {
        write_header(in);
    }
}

static const dro_voyage_cell *cell_of(const stream *in, size_t row) {
    return in->rows->bad[row] ? NULL : &in->cells[row];
}

static void write_csv_row(const stream *in, size_t row) {
    const matrix_rows *rows = in->rows;
    for (size_t i = 0; i < rows->columns; i++) {
        dro_csv_write(in->job->stream, rows->fields[row * rows->columns + i], false);
    }
    matrix_cell_csv(in->job, cell_of(in, row));
}

static bool is_coordinate(const matrix_rows *rows, size_t column) {
    for (size_t i = 0; i < 4; i++) {
        if (rows->where[i] == column) {
            return true;
        }
    }
    return false;
}

static void write_given(stream *in, size_t row, size_t column) {
    dro_json_writer *json = &in->job->json;
    const matrix_rows *rows = in->rows;
    const char *name = dro_csv_column_name(rows->csv, column);
    const char *text = rows->fields[row * rows->columns + column];
    double value = 0.0;
    if (is_coordinate(rows, column) &&
        dro_parse_double(text, &value, name, NULL) == DRO_OK) {
        dro_write_number(json, name, value, 9);
    } else {
        dro_write_text(json, name, text);
    }
}

static void write_json_row(stream *in, size_t row) {
    dro_json_writer *json = &in->job->json;
    dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
    for (size_t i = 0; i < in->rows->columns; i++) {
        write_given(in, row, i);
    }
    matrix_cell_json(in->job, cell_of(in, row));
    dro_write_end(json);
}

static void write_chunk(stream *in) {
    bool json = in->job->asked->format == DRO_FORMAT_JSON;
    if (in->done == 0) {
        write_head(in); /* not before the first rows are found to be right */
    }
    for (size_t i = 0; i < in->rows->count; i++) {
        if (json) {
            write_json_row(in, i);
        } else {
            write_csv_row(in, i);
        }
    }
    in->done += in->rows->count;
}

/* ---- the stream
 * ------------------------------------------------------------------------------ */

static dro_status answer_chunk(stream *in, dro_error *error) {
    DRO_TRY(search(in, error));
    write_chunk(in);
    DRO_TRY(matrix_check(in->job, error));
    return dro_ask_check_stopped(in->job->context, error);
}

/* What comes down a pipe is not checked beforehand: the rows before a bad one are
 * answered, and it is said how many they are. */
static dro_status run_chunk(stream *in, dro_error *error) {
    dro_error local = DRO_ERROR_INIT;
    dro_status status = matrix_rows_read(in->rows, &local);
    if (status == DRO_OK || in->rows->count > 0) {
        DRO_TRY(answer_chunk(in, error));
    }
    if (status == DRO_OK) {
        return DRO_OK;
    }
    if (in->done == 0 || !in->job->out->streams) {
        return dro_fail(error, status, "%s", local.message);
    }
    return dro_fail(error, status, "%s; only the %zu rows before it are written",
                    local.message, in->done);
}

static dro_status run_chunks(stream *in, dro_error *error) {
    while (!in->rows->ended) {
        DRO_TRY(run_chunk(in, error));
    }
    if (in->job->asked->format == DRO_FORMAT_JSON) {
        dro_write_end(&in->job->json);
    }
    return DRO_OK;
}

/* Bad rows make the exit code, though every row was answered. */
static dro_status sum_up(const stream *in, dro_error *error) {
    const matrix_rows *rows = in->rows;
    in->job->out->whole = true;
    if (rows->bad_count > 0) {
        return dro_fail(error, DRO_INVALID, "%zu of %zu rows are bad; the first: %s",
                        rows->bad_count, in->done, rows->first_bad.message);
    }
    return DRO_OK;
}

static dro_status run_stream(stream *in, dro_error *error) {
    matrix_job *job = in->job;
    size_t total = 0;
    DRO_TRY(matrix_rows_check(job, &total, error));
    DRO_TRY(matrix_check_size(job, total, error));
    DRO_TRY(matrix_rows_open(job, &in->rows, error));
    DRO_TRY(matrix_prepare(job, error));
    matrix_progress_begin(job->context, "pairs", &in->shown);
    in->shown.total = total;
    dro_status status = run_chunks(in, error);
    if (in->rows->wrapped > 0) {
        dro_ask_notice(job->context, "%zu longitudes wrapped into -180..180",
                       in->rows->wrapped);
    }
    return status == DRO_OK ? sum_up(in, error) : status;
}

dro_status matrix_pairs(matrix_job *job, dro_error *error) {
    void *memory = NULL;
    DRO_TRY(dro_new(&memory, 1, sizeof(stream), "pairs", error));
    stream *in = memory;
    in->job = job;
    dro_status status = run_stream(in, error);
    matrix_rows_close(in->rows);
    dro_free(in);
    return status;
}
