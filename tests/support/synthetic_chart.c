#include "support/synthetic_chart.h"

#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static double moved(double lon_deg, double shift_deg) {
    double lon = remainder(lon_deg + shift_deg, 360.0);
    return round(lon * 1e9) / 1e9;
}

static dro_status file_fail(const char *path, dro_error *error) {
    return dro_fail(error, DRO_IO, "%s: cannot be written", path);
}

/* ---- tables ------------------------------------------------------------------------
 */

/* "lat lon; lat lon / lat lon; ...": every second number is a longitude. */
static void move_line(const char *text, double shift_deg, char *out, size_t size) {
    size_t length = 0;
    bool lon = false;
    out[0] = '\0';
    while (*text && length + 40 < size) {
        char *end = NULL;
        double value = strtod(text, &end);
        if (end == text || *text == ' ') {
            out[length++] = *text++;
            out[length] = '\0';
            continue;
        }
        length += (size_t)snprintf(out + length, size - length, "%.9g",
                                   lon ? moved(value, shift_deg) : value);
        lon = !lon;
        text = end;
    }
}

static void move_field(const char *column, const char *text, double shift_deg,
                       char *out, size_t size) {
    if (strcmp(column, "gate") == 0 || strcmp(column, "line") == 0) {
        move_line(text, shift_deg, out, size);
    } else if (strcmp(column, "lon") == 0) {
        (void)snprintf(out, size, "%.9g", moved(strtod(text, NULL), shift_deg));
    } else {
        (void)snprintf(out, size, "%s", text);
    }
}

static dro_status move_rows(dro_csv *csv, double shift_deg, FILE *file,
                            dro_error *error) {
    size_t columns = dro_csv_columns(csv);
    bool more = true;
    for (size_t i = 0; i < columns; i++) {
        dro_csv_write(file, dro_csv_column_name(csv, i), i + 1 == columns);
    }
    for (;;) {
        DRO_TRY(dro_csv_next(csv, &more, error));
        if (!more) {
            return DRO_OK;
        }
        for (size_t i = 0; i < columns; i++) {
            char field[1024];
            move_field(dro_csv_column_name(csv, i), dro_csv_field(csv, i), shift_deg,
                       field, sizeof field);
            dro_csv_write(file, field, i + 1 == columns);
        }
    }
}

static dro_status move_table(const char *from, const char *to, double shift_deg,
                             dro_error *error) {
    dro_csv *csv = NULL;
    DRO_TRY(dro_csv_open_path(from, &csv, error));
    FILE *file = fopen(to, "w");
    dro_status status =
        file ? move_rows(csv, shift_deg, file, error) : file_fail(to, error);
    if (file && fclose(file) != 0 && status == DRO_OK) {
        status = file_fail(to, error);
    }
    dro_csv_close(csv);
    return status;
}

/* ---- shapes
 * -------------------------------------------------------------------------- */

/* In these files every list that begins with a number is a place, longitude first. */
static void write_moved(const char *text, double shift_deg, FILE *file) {
    while (*text) {
        char *end = NULL;
        bool place =
            *text == '[' && (text[1] == '-' || (text[1] >= '0' && text[1] <= '9'));
        (void)fputc(*text++, file);
        if (place) {
            (void)fprintf(file, "%.9g", moved(strtod(text, &end), shift_deg));
            text = end;
        }
    }
}

static dro_status move_shapes(const char *from, const char *to, double shift_deg,
                              dro_error *error) {
    char *text = NULL;
    size_t length = 0;
    DRO_TRY(dro_file_read(from, 1u << 20, &text, &length, error));
    FILE *file = fopen(to, "w");
    if (file) {
        write_moved(text, shift_deg, file);
    }
    dro_free(text);
    return file && fclose(file) == 0 ? DRO_OK : file_fail(to, error);
}

dro_status synthetic_atlas_write(double shift_deg, const char *folder,
                                 dro_error *error) {
    static const char *const tables[] = {"ports.csv",  "passages.csv", "barriers.csv",
                                         "lakes.csv",  "vessels.csv",  "fuels.csv",
                                         "sources.csv"};
    static const char *const shapes[] = {"channels.geojson", "shoals.geojson"};
    const char *source = DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas_synthetic";
    char from[1024], to[1024];
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        (void)snprintf(from, sizeof from, "%s/%s", source, tables[i]);
        (void)snprintf(to, sizeof to, "%s/%s", folder, tables[i]);
        DRO_TRY(move_table(from, to, shift_deg, error));
    }
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        (void)snprintf(from, sizeof from, "%s/%s", source, shapes[i]);
        (void)snprintf(to, sizeof to, "%s/%s", folder, shapes[i]);
        DRO_TRY(move_shapes(from, to, shift_deg, error));
    }
    return DRO_OK;
}

/* ---- charts
 * ---------------------------------------------------------------------------- */

dro_status synthetic_chart_prepare(const synthetic_world *world, double shift_deg,
                                   synthetic_chart *out, dro_error *error) {
    const char *parent = getenv("TMPDIR");
    *out = (synthetic_chart){.shift_deg = shift_deg};
    (void)snprintf(out->folder, sizeof out->folder, "%s/derrotero-XXXXXX",
                   parent && *parent ? parent : "/tmp");
    if (!mkdtemp(out->folder)) {
        out->folder[0] = '\0';
        return dro_fail(error, DRO_IO, "no temporary folder");
    }
    (void)snprintf(out->coastline, sizeof out->coastline, "%s/coast.nc", out->folder);
    (void)snprintf(out->path, sizeof out->path, "%s/synthetic.chart", out->folder);
    DRO_TRY(synthetic_coast_write(world, shift_deg, out->coastline, error));
    DRO_TRY(synthetic_atlas_write(shift_deg, out->folder, error));
    return dro_atlas_load(out->folder, &out->atlas, error);
}

static dro_status build_and_open(const dro_chart_build_options *like,
                                 synthetic_chart *c, dro_error *error) {
    dro_chart_build_options options = DRO_CHART_BUILD_OPTIONS_INIT;
    if (like) {
        options = *like;
    }
    options.coastline = c->coastline;
    options.atlas = c->atlas;
    DRO_TRY(dro_chart_build(&options, c->path, error));
    return dro_chart_open(c->path, c->atlas, &c->chart, error);
}

dro_status synthetic_chart_create(const synthetic_world *world, double shift_deg,
                                  const dro_chart_build_options *like,
                                  synthetic_chart *out, dro_error *error) {
    dro_status status = synthetic_chart_prepare(world, shift_deg, out, error);
    if (status == DRO_OK) {
        status = build_and_open(like, out, error);
    }
    if (status != DRO_OK) {
        synthetic_chart_destroy(out);
    }
    return status;
}

static void remove_folder(const char *path) {
    DIR *folder = opendir(path);
    char file[1024];
    for (struct dirent *e; folder && (e = readdir(folder)) != NULL;) {
        (void)snprintf(file, sizeof file, "%s/%s", path, e->d_name);
        (void)unlink(file); /* refuses folders */
    }
    if (folder) {
        (void)closedir(folder);
    }
    (void)rmdir(path);
}

void synthetic_chart_destroy(synthetic_chart *c) {
    dro_chart_close(c->chart);
    dro_atlas_destroy(c->atlas);
    c->chart = NULL;
    c->atlas = NULL;
    if (c->folder[0]) {
        remove_folder(c->folder);
        c->folder[0] = '\0';
    }
}

dro_point synthetic_chart_place(const synthetic_chart *c, double lat_deg,
                                double lon_deg) {
    return (dro_point){lat_deg, moved(lon_deg, c->shift_deg)};
}
