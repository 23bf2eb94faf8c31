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

/* ---- a pen: what one call writes, in one piece ------------------------------------
 */

typedef struct pen {
    FILE *out;
    size_t length;
    char bytes[2048];
} pen;

/* The bytes are not cleared: a pen is made for every value. */
static void take(pen *to, const dro_json_writer *json) {
    to->out = json->out;
    to->length = 0;
}

static void lift(pen *to) {
    if (to->length > 0) {
        (void)fwrite(to->bytes, 1, to->length, to->out);
        to->length = 0;
    }
}

static void put_bytes(pen *to, const char *bytes, size_t count) {
    if (count > sizeof to->bytes - to->length) {
        lift(to);
        if (count > sizeof to->bytes) {
            (void)fwrite(bytes, 1, count, to->out);
            return;
        }
    }
    memcpy(to->bytes + to->length, bytes, count);
    to->length += count;
}

static void put(pen *to, const char *text) {
    put_bytes(to, text, strlen(text));
}

static void put_char(pen *to, char c) {
    put_bytes(to, &c, 1);
}

static void put_new_line(pen *to, unsigned depth) {
    static const char spaces[] = "\n                                                ";
    _Static_assert(sizeof spaces > 1 + 2 * DRO_WRITE_DEPTH_MAX, "an indent too deep");
    put_bytes(to, spaces, 1 + 2 * (size_t)depth);
}

static size_t plain_run(const char *text) {
    size_t length = 0;
    while ((unsigned char)text[length] >= 0x20 && text[length] != '"' &&
           text[length] != '\\') {
        length++;
    }
    return length;
}

static void put_escaped(pen *to, char c) {
    static const char digits[] = "0123456789abcdef";
    if (c == '"' || c == '\\') {
        put_char(to, '\\');
        put_char(to, c);
    } else if (c == '\n') {
        put(to, "\\n");
    } else {
        put(to, "\\u00");
        put_char(to, digits[(unsigned char)c >> 4]);
        put_char(to, digits[(unsigned char)c & 15]);
    }
}

static void put_quoted(pen *to, const char *text) {
    put_char(to, '"');
    while (*text != '\0') {
        size_t run = plain_run(text);
        put_bytes(to, text, run);
        text += run;
        if (*text != '\0') {
            put_escaped(to, *text++);
        }
    }
    put_char(to, '"');
}

static void put_number(pen *to, double value, int decimals) {
    if (sizeof to->bytes - to->length < DRO_NUMBER_MAX) {
        lift(to);
    }
    if (isfinite(value)) {
        to->length += dro_format_fixed(value, decimals, to->bytes + to->length,
                                       sizeof to->bytes - to->length);
    } else {
        put(to, "null");
    }
}

/* ---- values ---------------------------------------------------------------------- */

/* Comma, line and key before any value. */
static void begin_value(dro_json_writer *json, pen *to, const char *key) {
    if (json->depth > 0) {
        bool row = on_one_line(json);
        if (json->used[json->depth]) {
            put(to, row ? ", " : ",");
        }
        if (!row) {
            put_new_line(to, json->depth);
        }
    }
    json->used[json->depth] = true;
    assert((key != NULL) == (json->depth > 0 && is_object(json->kind[json->depth])));
    if (key != NULL) {
        put_quoted(to, key);
        put(to, ": ");
    }
}

static void end_value(const dro_json_writer *json, pen *to) {
    if (json->depth == 0) {
        put_char(to, '\n');
    }
    lift(to);
}

static void begin_nest(dro_json_writer *json, pen *to, const char *key,
                       dro_write_kind kind) {
    assert(json->depth < DRO_WRITE_DEPTH_MAX);
    bool inherits = on_one_line(json);
    begin_value(json, to, key);
    put_char(to, is_object(kind) ? '{' : '[');
    if (inherits) {
        kind = is_object(kind) ? DRO_WRITE_ROW_OBJECT : DRO_WRITE_ROW_ARRAY;
    }
    json->depth++;
    json->kind[json->depth] = kind;
    json->used[json->depth] = false;
}

static void end_nest(dro_json_writer *json, pen *to) {
    assert(json->depth > 0);
    bool one_line = on_one_line(json) || !json->used[json->depth];
    char close = is_object(json->kind[json->depth]) ? '}' : ']';
    json->depth--;
    if (!one_line) {
        put_new_line(to, json->depth);
    }
    put_char(to, close);
}

void dro_write_begin(dro_json_writer *json, const char *key, dro_write_kind kind) {
    pen to;
    take(&to, json);
    begin_nest(json, &to, key, kind);
    lift(&to);
}

void dro_write_end(dro_json_writer *json) {
    pen to;
    take(&to, json);
    end_nest(json, &to);
    end_value(json, &to);
}

void dro_write_text(dro_json_writer *json, const char *key, const char *text) {
    pen to;
    take(&to, json);
    begin_value(json, &to, key);
    if (text == NULL) {
        put(&to, "null");
    } else {
        put_quoted(&to, text);
    }
    end_value(json, &to);
}

void dro_write_number(dro_json_writer *json, const char *key, double value,
                      int decimals) {
    pen to;
    take(&to, json);
    begin_value(json, &to, key);
    put_number(&to, value, decimals);
    end_value(json, &to);
}

void dro_write_count(dro_json_writer *json, const char *key, uint64_t value) {
    char text[24];
    pen to;
    take(&to, json);
    begin_value(json, &to, key);
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    put(&to, text);
    end_value(json, &to);
}

void dro_write_bool(dro_json_writer *json, const char *key, bool value) {
    pen to;
    take(&to, json);
    begin_value(json, &to, key);
    put(&to, value ? "true" : "false");
    end_value(json, &to);
}

/* ---- places ---------------------------------------------------------------------- */

static void put_point(pen *to, dro_point point) {
    put_char(to, '[');
    put_number(to, point.lon_deg, COORDINATE_DECIMALS);
    put(to, ", ");
    put_number(to, point.lat_deg, COORDINATE_DECIMALS);
    put_char(to, ']');
}

void dro_write_point(dro_json_writer *json, const char *key, dro_point point) {
    pen to;
    take(&to, json);
    begin_value(json, &to, key);
    put_point(&to, point);
    end_value(json, &to);
}

/* Most of what is ever written is written here. */
static void part(dro_json_writer *json, const char *key, const dro_line *line,
                 size_t index) {
    pen to;
    take(&to, json);
    begin_value(json, &to, key);
    size_t first = line->part_start[index], end = line->part_start[index + 1];
    for (size_t i = first; i < end; i++) {
        put(&to, i == first ? "[" : ", ");
        put_point(&to, line->points[i]);
    }
    put(&to, first == end ? "[]" : "]");
    end_value(json, &to);
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
