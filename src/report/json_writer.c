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

/* ---- bytes ----------------------------------------------------------------------- */

static void flush(dro_json_writer *json) {
    if (json->held > 0) {
        (void)fwrite(json->bytes, 1, json->held, json->out);
        json->held = 0;
    }
}

/* More than there is room for. */
static void put_many(dro_json_writer *json, const char *bytes, size_t count) {
    flush(json);
    if (count > sizeof json->bytes) {
        (void)fwrite(bytes, 1, count, json->out);
        return;
    }
    memcpy(json->bytes, bytes, count);
    json->held = count;
}

static inline void put_bytes(dro_json_writer *json, const char *bytes, size_t count) {
    if (count > sizeof json->bytes - json->held) {
        put_many(json, bytes, count);
        return;
    }
    memcpy(json->bytes + json->held, bytes, count);
    json->held += count;
}

static inline void put(dro_json_writer *json, const char *text) {
    put_bytes(json, text, strlen(text));
}

static inline void put_char(dro_json_writer *json, char c) {
    put_bytes(json, &c, 1);
}

static void put_new_line(dro_json_writer *json, unsigned depth) {
    static const char spaces[] = "\n                                                ";
    _Static_assert(sizeof spaces > 1 + 2 * DRO_WRITE_DEPTH_MAX, "an indent too deep");
    put_bytes(json, spaces, 1 + 2 * (size_t)depth);
}

#define BYTES_OF(c) (UINT64_C(0x0101010101010101) * (c))
#define TOP_BITS    BYTES_OF(0x80)

/* Is any of eight bytes a control character, a quote or a backslash? Of a byte below
 * 0x80 the top bit is set by subtracting what is more than it; the lowest byte of which
 * this is true is found for certain, and one is enough. */
static bool has_special(uint64_t eight) {
    uint64_t quote = eight ^ BYTES_OF('"'), slash = eight ^ BYTES_OF('\\');
    uint64_t below = (eight - BYTES_OF(0x20)) & ~eight;
    uint64_t equal =
        ((quote - BYTES_OF(1)) & ~quote) | ((slash - BYTES_OF(1)) & ~slash);
    return ((below | equal) & TOP_BITS) != 0;
}

static uint64_t eight_at(const char *at) {
    uint64_t eight;
    memcpy(&eight, at, sizeof eight);
    return eight;
}

/* How many bytes from `text` to `end` can be written as they are. */
static size_t plain_run(const char *text, const char *end) {
    const char *at = text;
    while (end - at >= 8 && !has_special(eight_at(at))) {
        at += 8;
    }
    if (end - at < 8 && end - text >= 8 && !has_special(eight_at(end - 8))) {
        return (size_t)(end - text);
    }
    while (at < end && (unsigned char)*at >= 0x20 && *at != '"' && *at != '\\') {
        at++;
    }
    return (size_t)(at - text);
}

static void put_escaped(dro_json_writer *json, char c) {
    static const char digits[] = "0123456789abcdef";
    if (c == '"' || c == '\\') {
        put_char(json, '\\');
        put_char(json, c);
    } else if (c == '\n') {
        put(json, "\\n");
    } else {
        put(json, "\\u00");
        put_char(json, digits[(unsigned char)c >> 4]);
        put_char(json, digits[(unsigned char)c & 15]);
    }
}

static void put_quoted(dro_json_writer *json, const char *text) {
    const char *end = text + strlen(text);
    put_char(json, '"');
    while (text < end) {
        size_t run = plain_run(text, end);
        put_bytes(json, text, run);
        text += run;
        if (text < end) {
            put_escaped(json, *text++);
        }
    }
    put_char(json, '"');
}

/* Room for so many bytes, which are then written without asking. */
static char *take_room(dro_json_writer *json, size_t most) {
    if (sizeof json->bytes - json->held < most) {
        flush(json);
    }
    return json->bytes + json->held;
}

/* At most DRO_NUMBER_MAX bytes; where they end. */
static char *number_at(char *to, double value, int decimals) {
    if (isfinite(value)) {
        return to + dro_format_fixed(value, decimals, to, DRO_NUMBER_MAX);
    }
    memcpy(to, "null", sizeof "null");
    return to + 4;
}

static void put_number(dro_json_writer *json, double value, int decimals) {
    char *begin = take_room(json, DRO_NUMBER_MAX);
    json->held += (size_t)(number_at(begin, value, decimals) - begin);
}

/* ---- values ---------------------------------------------------------------------- */

/* Comma, line and key before any value. */
static void begin_value(dro_json_writer *json, const char *key) {
    if (json->depth > 0) {
        bool row = on_one_line(json);
        if (json->used[json->depth]) {
            put(json, row ? ", " : ",");
        }
        if (!row) {
            put_new_line(json, json->depth);
        }
    }
    json->used[json->depth] = true;
    assert((key != NULL) == (json->depth > 0 && is_object(json->kind[json->depth])));
    if (key != NULL) {
        put_quoted(json, key);
        put(json, ": ");
    }
}

static void end_value(dro_json_writer *json) {
    if (json->depth == 0) {
        put_char(json, '\n');
        flush(json);
    }
}

void dro_write_begin(dro_json_writer *json, const char *key, dro_write_kind kind) {
    assert(json->depth < DRO_WRITE_DEPTH_MAX);
    bool inherits = on_one_line(json);
    begin_value(json, key);
    put_char(json, is_object(kind) ? '{' : '[');
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
        put_new_line(json, json->depth);
    }
    put_char(json, close);
    end_value(json);
}

void dro_write_text(dro_json_writer *json, const char *key, const char *text) {
    begin_value(json, key);
    if (text == NULL) {
        put(json, "null");
    } else {
        put_quoted(json, text);
    }
    end_value(json);
}

void dro_write_number(dro_json_writer *json, const char *key, double value,
                      int decimals) {
    begin_value(json, key);
    put_number(json, value, decimals);
    end_value(json);
}

void dro_write_count(dro_json_writer *json, const char *key, uint64_t value) {
    char text[24];
    begin_value(json, key);
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    put(json, text);
    end_value(json);
}

void dro_write_bool(dro_json_writer *json, const char *key, bool value) {
    begin_value(json, key);
    put(json, value ? "true" : "false");
    end_value(json);
}

/* ---- places ---------------------------------------------------------------------- */

/* Most of what is ever written is written here. */
static void put_point(dro_json_writer *json, const char *before, dro_point point) {
    char *begin = take_room(json, 2 * DRO_NUMBER_MAX + 8);
    char *at = begin;
    while (*before != '\0') {
        *at++ = *before++;
    }
    *at++ = '[';
    at = number_at(at, point.lon_deg, COORDINATE_DECIMALS);
    *at++ = ',';
    *at++ = ' ';
    at = number_at(at, point.lat_deg, COORDINATE_DECIMALS);
    *at++ = ']';
    json->held += (size_t)(at - begin);
}

void dro_write_point(dro_json_writer *json, const char *key, dro_point point) {
    begin_value(json, key);
    put_point(json, "", point);
    end_value(json);
}

static void part(dro_json_writer *json, const char *key, const dro_line *line,
                 size_t index) {
    begin_value(json, key);
    size_t first = line->part_start[index], end = line->part_start[index + 1];
    for (size_t i = first; i < end; i++) {
        put_point(json, i == first ? "[" : ", ", line->points[i]);
    }
    put(json, first == end ? "[]" : "]");
    end_value(json);
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
