/* A streaming JSON writer (RFC 8259): nothing is held but the nesting. */
#include "derrotero/report.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* RFC 7946 asks for no more than 6 decimals: 0.1 m. */
#define COORDINATE_DECIMALS 6
/* Between points of a drawn great circle: the straight line of a map is then less
 * than 200 m off at 75 degrees. */
#define STEP_M 50000.0

static bool is_object(dro_write_kind kind) {
    return kind == DRO_WRITE_OBJECT || kind == DRO_WRITE_ROW_OBJECT;
}

static bool on_one_line(const dro_json_writer *json) {
    return json->depth > 0 && (json->kind[json->depth] == DRO_WRITE_ROW_OBJECT ||
                               json->kind[json->depth] == DRO_WRITE_ROW_ARRAY);
}

static void new_line(const dro_json_writer *json) {
    (void)fputc('\n', json->out);
    for (unsigned i = 0; i < json->depth; i++) {
        (void)fputs("  ", json->out);
    }
}

static size_t plain_run(const char *text) {
    size_t length = 0;
    while ((unsigned char)text[length] >= 0x20 && text[length] != '"' &&
           text[length] != '\\') {
        length++;
    }
    return length;
}

static void quoted(FILE *out, const char *text) {
    (void)fputc('"', out);
    while (*text != '\0') {
        size_t run = plain_run(text);
        (void)fwrite(text, 1, run, out);
        text += run;
        if (*text == '"' || *text == '\\') {
            (void)fprintf(out, "\\%c", *text++);
        } else if (*text == '\n') {
            (void)fputs("\\n", out);
            text++;
        } else if (*text != '\0') {
            (void)fprintf(out, "\\u%04x", (unsigned)(unsigned char)*text++);
        }
    }
    (void)fputc('"', out);
}

/* Comma, line and key before any value. */
static void begin_value(dro_json_writer *json, const char *key) {
    if (json->depth > 0) {
        if (json->used[json->depth]) {
            (void)fputs(on_one_line(json) ? ", " : ",", json->out);
        }
        if (!on_one_line(json)) {
            new_line(json);
        }
    }
    json->used[json->depth] = true;
    assert((key != NULL) == (json->depth > 0 && is_object(json->kind[json->depth])));
    if (key != NULL) {
        quoted(json->out, key);
        (void)fputs(": ", json->out);
    }
}

static void end_value(const dro_json_writer *json) {
    if (json->depth == 0) {
        (void)fputc('\n', json->out);
    }
}

void dro_write_begin(dro_json_writer *json, const char *key, dro_write_kind kind) {
    assert(json->depth < DRO_WRITE_DEPTH_MAX);
    bool inherits = on_one_line(json);
    begin_value(json, key);
    (void)fputc(is_object(kind) ? '{' : '[', json->out);
    if (inherits) {
        kind = is_object(kind) ? DRO_WRITE_ROW_OBJECT : DRO_WRITE_ROW_ARRAY;
    }
    json->depth++;
    json->kind[json->depth] = kind;
    json->used[json->depth] = false;
}

void dro_write_end(dro_json_writer *json) {
    assert(json->depth > 0);
    bool one_line = on_one_line(json) || !json->used[json->depth];
    char close = is_object(json->kind[json->depth]) ? '}' : ']';
    json->depth--;
    if (!one_line) {
        new_line(json);
    }
    (void)fputc(close, json->out);
    end_value(json);
}

void dro_write_text(dro_json_writer *json, const char *key, const char *text) {
    begin_value(json, key);
    if (text == NULL) {
        (void)fputs("null", json->out);
    } else {
        quoted(json->out, text);
    }
    end_value(json);
}

void dro_write_number(dro_json_writer *json, const char *key, double value,
                      int decimals) {
    char buffer[64] = "null";
    begin_value(json, key);
    if (isfinite(value)) {
        (void)dro_format_fixed(value, decimals, buffer, sizeof buffer);
    }
    (void)fputs(buffer, json->out);
    end_value(json);
}

void dro_write_count(dro_json_writer *json, const char *key, uint64_t value) {
    begin_value(json, key);
    (void)fprintf(json->out, "%llu", (unsigned long long)value);
    end_value(json);
}

void dro_write_bool(dro_json_writer *json, const char *key, bool value) {
    begin_value(json, key);
    (void)fputs(value ? "true" : "false", json->out);
    end_value(json);
}

void dro_write_point(dro_json_writer *json, const char *key, dro_point point) {
    dro_write_begin(json, key, DRO_WRITE_ROW_ARRAY);
    dro_write_number(json, NULL, point.lon_deg, COORDINATE_DECIMALS);
    dro_write_number(json, NULL, point.lat_deg, COORDINATE_DECIMALS);
    dro_write_end(json);
}

static void part(dro_json_writer *json, const char *key, const dro_line *line,
                 size_t index) {
    dro_write_begin(json, key, DRO_WRITE_ROW_ARRAY);
    for (size_t i = line->part_start[index]; i < line->part_start[index + 1]; i++) {
        dro_write_point(json, NULL, line->points[i]);
    }
    dro_write_end(json);
}

/* A path of one point (both ends in one place) is doubled: RFC 7946 wants two. */
dro_status dro_write_path(dro_json_writer *json, const char *key, const dro_point *path,
                          size_t count, dro_arena *arena, dro_error *error) {
    dro_line line;
    const dro_point twice[2] = {path[0], path[0]};
    DRO_TRY(count == 1 ? dro_geo_line(twice, 2, STEP_M, arena, &line, error)
                       : dro_geo_line(path, count, STEP_M, arena, &line, error));
    bool several = line.part_count != 1;
    dro_write_begin(json, key, DRO_WRITE_OBJECT);
    dro_write_text(json, "type", several ? "MultiLineString" : "LineString");
    if (several) {
        dro_write_begin(json, "coordinates", DRO_WRITE_ARRAY);
        for (size_t i = 0; i < line.part_count; i++) {
            part(json, NULL, &line, i);
        }
        dro_write_end(json);
    } else {
        part(json, "coordinates", &line, 0);
    }
    dro_write_end(json);
    return DRO_OK;
}
