/* matrix --pairs: rows in, rows out, in order, a chunk at a time. Neighbouring rows
 * with one origin share one search. */
#include <math.h>
#include <string.h>

#include "cli/matrix.h"

#define CHUNK 4096
/* Bounds what a search holds; the search itself is then a third of the time. */
#define GROUP_MOST 128

static const char *const added[] = {"distance_nm", "duration_h", "snap_from_nm",
                                    "snap_to_nm",  "passages",   "status"};
#define ADDED (sizeof added / sizeof added[0])

typedef struct group { /* rows [first, first + count) with the same origin */
    size_t first, count;
} group;

typedef struct chunk {
    size_t count;
    const char **fields; /* CHUNK x columns, in the arena */
    dro_place from[CHUNK], to[CHUNK];
    bool bad[CHUNK];
    dro_voyage_cell cells[CHUNK];
    group groups[CHUNK];
    size_t group_count;
} chunk;

typedef struct stream {
    matrix_job *job;
    dro_csv *csv;
    size_t columns;
    size_t where[4]; /* from_lat, from_lon, to_lat, to_lon */
    dro_arena *arena;
    chunk *rows;
    size_t done, bad, wrapped;
    bool ended;
    dro_error first_bad;
} stream;

/* ---- reading
 * ------------------------------------------------------------------------- */

static dro_status find_columns(stream *in, dro_error *error) {
    static const char *const names[4] = {"from_lat", "from_lon", "to_lat", "to_lon"};
    in->columns = dro_csv_columns(in->csv);
    for (size_t i = 0; i < 4; i++) {
        DRO_TRY(dro_csv_require(in->csv, names[i], &in->where[i], error));
    }
    for (size_t i = 0; i < ADDED; i++) {
        int column = dro_csv_find(in->csv, added[i]);
        if (column >= 0) {
            return dro_csv_fail(in->csv, (size_t)column, error, DRO_INVALID,
                                "there is a column %s already; rename it", added[i]);
        }
    }
    return DRO_OK;
}

static dro_status read_point(stream *in, size_t lat, dro_point *out, dro_error *error) {
    size_t column[2] = {in->where[lat], in->where[lat + 1]};
    double value[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        DRO_TRY(dro_csv_double(in->csv, column[i], (double)NAN, &value[i], error));
        if (isnan(value[i])) {
            return dro_csv_fail(in->csv, column[i], error, DRO_INVALID, "no %s",
                                dro_csv_column_name(in->csv, column[i]));
        }
    }
    dro_point point = {value[0], value[1]};
    dro_error why = DRO_ERROR_INIT;
    if (dro_geo_check(&point, in->job->all->globals.wrap, &why) != DRO_OK) {
        size_t wrong = fabs(value[0]) <= 90.0 ? column[1] : column[0];
        return dro_csv_fail(in->csv, wrong, error, DRO_INVALID, "%s", why.message);
    }
    in->wrapped += point.lon_deg != value[1];
    *out = point;
    return DRO_OK;
}

static dro_status read_places(stream *in, size_t row, dro_error *error) {
    chunk *rows = in->rows;
    rows->from[row].port = -1;
    rows->to[row].port = -1;
    DRO_TRY(read_point(in, 0, &rows->from[row].at, error));
    return read_point(in, 2, &rows->to[row].at, error);
}

static dro_status keep_fields(stream *in, size_t row, dro_error *error) {
    for (size_t i = 0; i < in->columns; i++) {
        const char *field = dro_csv_field(in->csv, i);
        const char *copy = dro_arena_strndup(in->arena, field, strlen(field));
        if (copy == NULL) {
            return dro_fail(error, DRO_NOMEM, "out of memory for the rows of a file");
        }
        in->rows->fields[row * in->columns + i] = copy;
    }
    return DRO_OK;
}

/* A bad value ends the run, unless --keep-going. */
static dro_status read_row(stream *in, size_t row, dro_error *error) {
    dro_error local = DRO_ERROR_INIT;
    DRO_TRY(keep_fields(in, row, error));
    dro_status status = read_places(in, row, &local);
    in->rows->bad[row] = status != DRO_OK;
    if (status == DRO_OK) {
        return DRO_OK;
    }
    if (!in->job->asked->keep_going) {
        return dro_fail(error, status, "%s", local.message);
    }
    if (in->bad++ == 0) {
        in->first_bad = local;
    }
    return DRO_OK;
}

static dro_status read_chunk(stream *in, dro_error *error) {
    dro_arena_reset(in->arena);
    in->rows->fields =
        dro_arena_alloc(in->arena, CHUNK * in->columns, sizeof *in->rows->fields);
    if (in->rows->fields == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the rows of a file");
    }
    size_t row = 0;
    while (row < CHUNK) {
        bool more = false;
        DRO_TRY(dro_csv_next(in->csv, &more, error));
        if (!more) {
            in->ended = true;
            break;
        }
        DRO_TRY(read_row(in, row++, error));
    }
    in->rows->count = row;
    return DRO_OK;
}

/* ---- searching
 * ------------------------------------------------------------------------- */

static bool same_origin(const chunk *rows, size_t a, size_t b) {
    return rows->from[a].at.lat_deg == rows->from[b].at.lat_deg &&
           rows->from[a].at.lon_deg == rows->from[b].at.lon_deg;
}

static void make_groups(chunk *rows) {
    rows->group_count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->bad[i]) {
            continue;
        }
        group *last =
            rows->group_count > 0 ? &rows->groups[rows->group_count - 1] : NULL;
        if (last != NULL && last->first + last->count == i &&
            last->count < GROUP_MOST && same_origin(rows, i, last->first)) {
            last->count++;
        } else {
            rows->groups[rows->group_count++] = (group){i, 1};
        }
    }
}

static dro_status search_group(void *context, size_t item, unsigned thread,
                               dro_error *error) {
    stream *in = context;
    chunk *rows = in->rows;
    const group *one = &rows->groups[item];
    dro_worker *worker = NULL;
    DRO_TRY(cli_check_stopped(error));
    DRO_TRY(matrix_worker(in->job, thread, &worker, error));
    return dro_voyage_one_to_many(worker, in->job->plan, &rows->from[one->first],
                                  &rows->to[one->first], one->count,
                                  &rows->cells[one->first], error);
}

/* ---- writing
 * ----------------------------------------------------------------------------- */

static void write_header(const stream *in) {
    FILE *out = in->job->out.stream;
    for (size_t i = 0; i < in->columns; i++) {
        dro_csv_write(out, dro_csv_column_name(in->csv, i), false);
    }
    for (size_t i = 0; i < ADDED; i++) {
        dro_csv_write(out, added[i], i + 1 == ADDED);
    }
}

static void write_head(stream *in) {
    if (cli_format(in->job->all) == DRO_FORMAT_JSON) {
        dro_write_begin(&in->job->json, NULL, DRO_WRITE_ARRAY);
    } else {
        write_header(in);
    }
}

static const char *status_of(const chunk *rows, size_t row) {
    return rows->bad[row] ? "bad-value" : dro_cell_status_text(rows->cells[row].status);
}

static const dro_voyage_cell no_cell = {.distance_nm = (double)NAN,
                                        .duration_h = (double)NAN,
                                        .snap_nm = {(double)NAN, (double)NAN}};

static void write_csv_row(const stream *in, size_t row) {
    FILE *out = in->job->out.stream;
    const chunk *rows = in->rows;
    const dro_voyage_cell *cell = rows->bad[row] ? &no_cell : &rows->cells[row];
    char passages[1024];
    for (size_t i = 0; i < in->columns; i++) {
        dro_csv_write(out, rows->fields[row * in->columns + i], false);
    }
    matrix_passages(in->job, cell->passages, passages, sizeof passages);
    dro_csv_number(out, cell->distance_nm, 3, false);
    dro_csv_number(out, cell->duration_h, 2, false);
    dro_csv_number(out, cell->snap_nm[0], 3, false);
    dro_csv_number(out, cell->snap_nm[1], 3, false);
    dro_csv_write(out, passages, false);
    dro_csv_write(out, status_of(rows, row), true);
}

static bool is_coordinate(const stream *in, size_t column) {
    for (size_t i = 0; i < 4; i++) {
        if (in->where[i] == column) {
            return true;
        }
    }
    return false;
}

static void write_given(stream *in, size_t row, size_t column) {
    dro_json_writer *json = &in->job->json;
    const char *name = dro_csv_column_name(in->csv, column);
    const char *text = in->rows->fields[row * in->columns + column];
    double value = 0.0;
    if (is_coordinate(in, column) &&
        dro_parse_double(text, &value, name, NULL) == DRO_OK) {
        dro_write_number(json, name, value, 9);
    } else {
        dro_write_text(json, name, text);
    }
}

static void write_json_row(stream *in, size_t row) {
    dro_json_writer *json = &in->job->json;
    const chunk *rows = in->rows;
    const dro_voyage_cell *cell = rows->bad[row] ? &no_cell : &rows->cells[row];
    char passages[1024];
    dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
    for (size_t i = 0; i < in->columns; i++) {
        write_given(in, row, i);
    }
    matrix_passages(in->job, cell->passages, passages, sizeof passages);
    dro_write_number(json, added[0], cell->distance_nm, 3);
    dro_write_number(json, added[1], cell->duration_h, 2);
    dro_write_number(json, added[2], cell->snap_nm[0], 3);
    dro_write_number(json, added[3], cell->snap_nm[1], 3);
    dro_write_text(json, added[4], passages);
    dro_write_text(json, added[5], status_of(rows, row));
    dro_write_end(json);
}

static void write_chunk(stream *in) {
    bool json = cli_format(in->job->all) == DRO_FORMAT_JSON;
    for (size_t i = 0; i < in->rows->count; i++) {
        if (json) {
            write_json_row(in, i);
        } else {
            write_csv_row(in, i);
        }
    }
}

/* ---- the stream
 * ------------------------------------------------------------------------------ */

static dro_status run_chunk(stream *in, dro_error *error) {
    matrix_job *job = in->job;
    DRO_TRY(read_chunk(in, error));
    make_groups(in->rows);
    DRO_TRY(dro_parallel(in->rows->group_count, job->threads, search_group, in, NULL,
                         "pairs", error));
    if (in->done == 0) {
        write_head(in); /* not before the first rows are found to be right */
    }
    write_chunk(in);
    in->done += in->rows->count;
    DRO_TRY(cli_output_check(&job->out, error));
    return cli_check_stopped(error);
}

static dro_status run_chunks(stream *in, cli_progress *shown, dro_error *error) {
    while (!in->ended) {
        DRO_TRY(run_chunk(in, error));
        (void)shown->progress.report(shown->progress.context, "pairs", in->done, 0);
    }
    if (cli_format(in->job->all) == DRO_FORMAT_JSON) {
        dro_write_end(&in->job->json);
    }
    return DRO_OK;
}

static dro_status open_csv(stream *in, const char *path, dro_error *error) {
    if (strcmp(path, "-") == 0) {
        return dro_csv_open(stdin, "standard input", &in->csv, error);
    }
    return dro_csv_open_path(path, &in->csv, error);
}

static dro_status run_stream(stream *in, dro_error *error) {
    void *rows = NULL;
    DRO_TRY(open_csv(in, in->job->asked->pairs, error));
    DRO_TRY(find_columns(in, error));
    DRO_TRY(matrix_prepare(in->job, error));
    DRO_TRY(dro_arena_create(&in->arena, error));
    DRO_TRY(dro_new(&rows, 1, sizeof *in->rows, "the rows of a file", error));
    in->rows = rows;
    cli_progress shown;
    cli_progress_begin(in->job->all, &shown);
    dro_status status = run_chunks(in, &shown, error);
    cli_progress_end(&shown);
    return status;
}

dro_status matrix_pairs(matrix_job *job, dro_error *error) {
    stream in = {.job = job};
    dro_status status = run_stream(&in, error);
    dro_csv_close(in.csv);
    dro_arena_destroy(in.arena);
    dro_free(in.rows);
    if (in.wrapped > 0) {
        cli_notice(job->all, "%zu longitudes wrapped into -180..180", in.wrapped);
    }
    job->whole = status == DRO_OK;
    if (status == DRO_OK && in.bad > 0) {
        return dro_fail(error, DRO_INVALID, "%zu of %zu rows are bad; the first: %s",
                        in.bad, in.done, in.first_bad.message);
    }
    return status;
}
