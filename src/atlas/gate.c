/*
 * Gate lines and barriers: as text, and what meets them.
 */
#include "atlas/gate.h"

#include <string.h>

#include "base/quote.h"

/* How many pieces, parted by `mark`, the text has. */
static size_t pieces(const char *text, size_t length, char mark) {
    size_t count = 1;
    for (size_t i = 0; i < length; i++) {
        count += text[i] == mark;
    }
    return count;
}

/* The next piece of the text, without outer spaces; moves *at behind its mark. */
static size_t next_piece(const char **at, const char *end, char mark,
                         const char **piece) {
    const char *stop = memchr(*at, mark, (size_t)(end - *at));
    const char *from = *at, *to = stop == NULL ? end : stop;
    *at = stop == NULL ? end : stop + 1;
    while (from < to && *from == ' ') {
        from++;
    }
    while (to > from && to[-1] == ' ') {
        to--;
    }
    *piece = from;
    return (size_t)(to - from);
}

static dro_status parse_point(const char *text, size_t length, dro_point *out,
                              dro_error *error) {
    char copy[64], quoted[DRO_QUOTE_MAX];
    size_t kept = length < sizeof copy - 1 ? length : sizeof copy - 1;
    memcpy(copy, text, kept);
    copy[kept] = '\0';
    char *gap = strchr(copy, ' ');
    if (kept < length || gap == NULL) {
        return dro_fail(error, DRO_INVALID, "%s is not \"latitude longitude\"",
                        dro_quote(copy, quoted));
    }
    *gap = '\0';
    dro_point point = {0, 0};
    DRO_TRY(dro_parse_double(copy, &point.lat_deg, "latitude", error));
    DRO_TRY(dro_parse_double(gap + 1, &point.lon_deg, "longitude", error));
    DRO_TRY(dro_geo_check(&point, false, error));
    *out = point;
    return DRO_OK;
}

static dro_status parse_points(const char *text, size_t length, dro_point *points,
                               size_t count, dro_error *error) {
    const char *at = text;
    for (size_t i = 0; i < count; i++) {
        const char *piece = NULL;
        size_t piece_length = next_piece(&at, text + length, ';', &piece);
        dro_status status = parse_point(piece, piece_length, &points[i], error);
        if (status == DRO_OK && i > 0 && points[i].lat_deg == points[i - 1].lat_deg &&
            points[i].lon_deg == points[i - 1].lon_deg) {
            status = dro_fail(error, DRO_INVALID, "is the same as the one before");
        }
        if (status != DRO_OK) {
            dro_error_prefix(error, "point %zu", i + 1);
            return status;
        }
    }
    return DRO_OK;
}

static dro_status parse_line(const char *text, size_t length, dro_arena *arena,
                             dro_gate *out, dro_error *error) {
    size_t count = pieces(text, length, ';');
    if (count < 2 || count > DRO_GATE_MAX_POINTS) {
        return dro_fail(error, DRO_INVALID,
                        "a line has 2 to %d points, this one has %zu",
                        DRO_GATE_MAX_POINTS, count);
    }
    dro_point *points = dro_arena_alloc(arena, count, sizeof *points);
    if (points == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a line");
    }
    DRO_TRY(parse_points(text, length, points, count, error));
    *out = (dro_gate){points, count};
    return DRO_OK;
}

dro_status dro_gate_parse(const char *text, dro_arena *arena, dro_gate **gates,
                          size_t *count, dro_error *error) {
    size_t length = strlen(text);
    if (text[strspn(text, " ")] == '\0') {
        *gates = NULL;
        *count = 0;
        return DRO_OK;
    }
    size_t lines = pieces(text, length, '/');
    if (lines > DRO_GATE_MAX_LINES) {
        return dro_fail(error, DRO_INVALID, "more than %d lines", DRO_GATE_MAX_LINES);
    }
    dro_gate *made = dro_arena_alloc(arena, lines, sizeof *made);
    if (made == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a line");
    }
    const char *at = text;
    for (size_t i = 0; i < lines; i++) {
        const char *piece = NULL;
        size_t piece_length = next_piece(&at, text + length, '/', &piece);
        DRO_TRY(parse_line(piece, piece_length, arena, &made[i], error));
    }
    *gates = made;
    *count = lines;
    return DRO_OK;
}

bool dro_gate_meets(const dro_gate *gate, dro_vec a, dro_vec b, size_t *piece) {
    for (size_t i = 1; i < gate->count; i++) {
        dro_vec c = dro_geo_to_vec(gate->points[i - 1]);
        dro_vec d = dro_geo_to_vec(gate->points[i]);
        if (dro_geo_arcs_cross(a, b, c, d)) {
            if (piece != NULL) {
                *piece = i;
            }
            return true;
        }
    }
    return false;
}
