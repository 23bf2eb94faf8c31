/* matrix, its ports: all against all, a block of origins at a time. */
#include <string.h>

#include "ask/matrix.h"

#define BLOCK      32 /* origins held at a time */
#define PLACES_MAX 20000
#define FILE_MAX   ((size_t)4 << 20)

typedef struct square {
    matrix_job *job;
    dro_place *places;
    size_t count, capacity;
    size_t first;           /* origin of the block */
    dro_voyage_cell *cells; /* BLOCK x count */
    matrix_progress shown;
} square;

/* ---- places
 * ---------------------------------------------------------------------------- */

static dro_status add_places(square *all, const char *text, dro_error *error) {
    const char *what = dro_ask_label(all->job->asked, "--ports");
    dro_ask_list one = {.items = {text}, .count = 1};
    size_t most = 1, count = 0;
    for (const char *at = strchr(text, ','); at != NULL; at = strchr(at + 1, ',')) {
        most++;
    }
    if (all->count + most > PLACES_MAX) {
        return dro_fail(error, DRO_LIMIT, "%s: more than %d places", what, PLACES_MAX);
    }
    DRO_TRY(DRO_RESERVE(all->places, all->capacity, all->count + most, error));
    DRO_TRY(dro_ask_places(all->job->context, &one, all->places + all->count, most,
                           &count, what, error));
    all->count += count;
    return DRO_OK;
}

static char *trimmed(char *line) {
    size_t length = strcspn(line, "#\r\n");
    line[length] = '\0';
    while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t')) {
        line[--length] = '\0';
    }
    return line + strspn(line, " \t");
}

static dro_status add_line(square *all, const char *path, size_t number, char *line,
                           dro_error *error) {
    const char *text = trimmed(line);
    if (text[0] == '\0') {
        return DRO_OK;
    }
    dro_status status = add_places(all, text, error);
    if (status != DRO_OK) {
        dro_error_prefix(error, "%s:%zu:1", path, number);
    }
    return status;
}

static dro_status add_file(square *all, const char *path, dro_error *error) {
    char *bytes = NULL;
    size_t length = 0;
    size_t number = 0;
    dro_status status = DRO_OK;
    DRO_TRY(dro_file_read(path, FILE_MAX, &bytes, &length, error));
    for (char *line = bytes; status == DRO_OK && line < bytes + length;) {
        size_t size = strcspn(line, "\n");
        char *next = line + size + 1;
        line[size] = '\0';
        status = add_line(all, path, ++number, line, error);
        line = next;
    }
    dro_free(bytes);
    return status;
}

static dro_status read_places(square *all, dro_error *error) {
    const dro_ask_list *lists = &all->job->values->ports;
    for (size_t i = 0; i < lists->count; i++) {
        const char *text = lists->items[i];
        bool file = text[0] == '@' && !all->job->asked->query;
        DRO_TRY(file ? add_file(all, text + 1, error) : add_places(all, text, error));
    }
    if (all->count == 0) {
        return dro_fail(error, DRO_INVALID, "%s names no place",
                        dro_ask_label(all->job->asked, "--ports"));
    }
    return DRO_OK;
}

/* ---- searching
 * ------------------------------------------------------------------------- */

static dro_status search_origin(void *context, size_t item, unsigned thread,
                                dro_error *error) {
    square *all = context;
    dro_worker *worker = NULL;
    DRO_TRY(dro_ask_check_stopped(all->job->context, error));
    DRO_TRY(matrix_worker(all->job, thread, &worker, error));
    return dro_voyage_one_to_many(worker, all->job->plan,
                                  &all->places[all->first + item], all->places,
                                  all->count, all->cells + item * all->count, error);
}

/* ---- writing
 * --------------------------------------------------------------------------- */

static const char *short_name(const dro_place *place) {
    return place->code[0] != '\0' ? place->code : place->name;
}

static void begin(square *all, dro_format format) {
    static const char *const names[] = {"from", "to", "from_name", "to_name"};
    FILE *out = all->job->stream;
    if (format == DRO_FORMAT_JSON) {
        dro_write_begin(&all->job->json, NULL, DRO_WRITE_ARRAY);
    } else if (format == DRO_FORMAT_CSV) {
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            dro_csv_write(out, names[i], false);
        }
        for (size_t i = 0; i < MATRIX_ADDED; i++) {
            dro_csv_write(out, matrix_added[i], i + 1 == MATRIX_ADDED);
        }
    } else {
        (void)fprintf(out, "%-12s", "nm");
        for (size_t i = 0; i < all->count; i++) {
            (void)fprintf(out, " %9.9s", short_name(&all->places[i]));
        }
        (void)fputc('\n', out);
    }
}

static void write_csv(const square *all, const dro_place *from, const dro_place *to,
                      const dro_voyage_cell *cell) {
    FILE *out = all->job->stream;
    dro_csv_write(out, short_name(from), false);
    dro_csv_write(out, short_name(to), false);
    dro_csv_write(out, from->name, false);
    dro_csv_write(out, to->name, false);
    matrix_cell_csv(all->job, cell);
}

static void write_json(const square *all, const dro_place *from, const dro_place *to,
                       const dro_voyage_cell *cell) {
    dro_json_writer *json = &all->job->json;
    dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
    dro_write_text(json, "from", short_name(from));
    dro_write_text(json, "to", short_name(to));
    matrix_cell_json(all->job, cell);
    dro_write_end(json);
}

static void write_origin(const square *all, size_t item, dro_format format) {
    FILE *out = all->job->stream;
    const dro_place *from = &all->places[all->first + item];
    if (format == DRO_FORMAT_TABLE) {
        (void)fprintf(out, "%-12.12s", short_name(from));
    }
    for (size_t i = 0; i < all->count; i++) {
        const dro_voyage_cell *cell = &all->cells[item * all->count + i];
        if (format == DRO_FORMAT_JSON) {
            write_json(all, from, &all->places[i], cell);
        } else if (format == DRO_FORMAT_CSV) {
            write_csv(all, from, &all->places[i], cell);
        } else if (cell->status == DRO_CELL_OK) {
            (void)fprintf(out, " %9.1f", cell->distance_nm);
        } else {
            (void)fprintf(out, " %9s", dro_cell_status_text(cell->status));
        }
    }
    if (format == DRO_FORMAT_TABLE) {
        (void)fputc('\n', out);
    }
}

/* ---- all against all
 * ----------------------------------------------------------------------- */

static dro_status run_block(square *all, dro_format format, dro_error *error) {
    size_t left = all->count - all->first;
    size_t origins = left < BLOCK ? left : BLOCK;
    all->shown.at = all->first;
    all->shown.part = origins;
    DRO_TRY(dro_parallel(origins, all->job->threads, search_origin, all,
                         &all->shown.progress, "origins", error));
    for (size_t i = 0; i < origins; i++) {
        write_origin(all, i, format);
    }
    all->first += origins;
    return matrix_check(all->job, error);
}

static dro_status run_blocks(square *all, dro_error *error) {
    dro_format format = all->job->asked->format;
    void *cells = NULL;
    DRO_TRY(read_places(all, error));
    DRO_TRY(matrix_check_size(all->job, all->count * all->count, error));
    DRO_TRY(matrix_prepare(all->job, error));
    DRO_TRY(dro_new(&cells, BLOCK * all->count, sizeof *all->cells, "a matrix", error));
    all->cells = cells;
    matrix_progress_begin(all->job->context, "origins", &all->shown);
    all->shown.total = all->count;
    begin(all, format);
    dro_status status = DRO_OK;
    while (status == DRO_OK && all->first < all->count) {
        status = run_block(all, format, error);
    }
    if (status == DRO_OK && format == DRO_FORMAT_JSON) {
        dro_write_end(&all->job->json);
    }
    return status;
}

dro_status matrix_ports(matrix_job *job, dro_error *error) {
    square all = {.job = job};
    dro_status status = run_blocks(&all, error);
    dro_free(all.places);
    dro_free(all.cells);
    job->out->whole = status == DRO_OK;
    return status;
}
