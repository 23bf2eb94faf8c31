/*
 * For the tests of pictures: a synthetic land, and a checker of well-formed XML.
 */
#ifndef DRO_TESTS_PICTURE_FIXTURE_H
#define DRO_TESTS_PICTURE_FIXTURE_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "derrotero/picture.h"

#define FIXTURE_DEG   0.017453292519943295
#define FIXTURE_UNITS 1000

/* ---- writing a land file ------------------------------------------------------------
 */

typedef struct fixture_bytes {
    uint8_t data[1 << 16];
    size_t count;
} fixture_bytes;

static inline void fixture_byte(fixture_bytes *to, unsigned value) {
    if (to->count < sizeof to->data) {
        to->data[to->count++] = (uint8_t)value;
    }
}

static inline void fixture_u32(fixture_bytes *to, uint32_t value) {
    for (int i = 0; i < 4; i++) {
        fixture_byte(to, value >> 8 * i & 255u);
    }
}

static inline void fixture_varint(fixture_bytes *to, uint32_t value) {
    for (; value >= 128; value >>= 7) {
        fixture_byte(to, (value & 127u) | 128u);
    }
    fixture_byte(to, value);
}

static inline void fixture_zigzag(fixture_bytes *to, long value) {
    fixture_varint(to, value < 0 ? (uint32_t)(-2 * value - 1) : (uint32_t)(2 * value));
}

/* A circle on the sphere; hole: clockwise. */
typedef struct fixture_cap {
    double lat, lon, radius;
    bool hole;
} fixture_cap;

#define FIXTURE_CORNERS 120

/* A place at a distance and bearing (degrees). */
static inline dro_point fixture_at(fixture_cap cap, double bearing) {
    double lat = cap.lat * FIXTURE_DEG, r = cap.radius * FIXTURE_DEG;
    double b = bearing * FIXTURE_DEG;
    double sine = sin(lat) * cos(r) + cos(lat) * sin(r) * cos(b);
    double east = sin(b) * sin(r) * cos(lat), north = cos(r) - sin(lat) * sine;
    double lon = cap.lon + atan2(east, north) / FIXTURE_DEG;
    lon -= 360.0 * floor((lon + 180.0) / 360.0);
    return (dro_point){asin(fmax(-1.0, fmin(1.0, sine))) / FIXTURE_DEG, lon};
}

static inline void fixture_ring(fixture_bytes *to, fixture_cap cap) {
    long lat = 0, lon = 0, half = 180L * FIXTURE_UNITS;
    fixture_varint(to, FIXTURE_CORNERS);
    for (int i = 0; i < FIXTURE_CORNERS; i++) {
        double turn = 360.0 * i / FIXTURE_CORNERS;
        dro_point p = fixture_at(cap, cap.hole ? turn : -turn);
        long y = lround(p.lat_deg * FIXTURE_UNITS),
             x = lround(p.lon_deg * FIXTURE_UNITS);
        long step = x - lon;
        step += step > half ? -2 * half : step < -half ? 2 * half : 0;
        fixture_zigzag(to, y - lat);
        fixture_zigzag(to, step);
        lat = y;
        lon = x;
    }
}

static inline void fixture_seal(fixture_bytes *file) {
    uint32_t hash = 0x811c9dc5u;
    for (size_t i = 0; i < file->count; i++) {
        hash = (hash ^ file->data[i]) * 0x01000193u;
    }
    fixture_u32(file, hash);
}

/* A file of one scale. */
static inline void fixture_file(fixture_bytes *out, const fixture_cap *caps,
                                size_t count) {
    static fixture_bytes rings;
    rings.count = 0;
    out->count = 0;
    for (size_t i = 0; i < count; i++) {
        fixture_ring(&rings, caps[i]);
    }
    for (size_t i = 0; i < 8; i++) {
        fixture_byte(out, (unsigned char)"DROLAND1"[i]);
    }
    fixture_u32(out, 1);
    fixture_u32(out, 110);
    fixture_u32(out, FIXTURE_UNITS);
    fixture_u32(out, (uint32_t)count);
    fixture_u32(out, (uint32_t)(count * FIXTURE_CORNERS));
    fixture_u32(out, (uint32_t)rings.count);
    for (size_t i = 0; i < rings.count; i++) {
        fixture_byte(out, rings.data[i]);
    }
    fixture_seal(out);
}

/* Four lands: one with an inner sea, one across the antimeridian, one around the pole.
 */
static const fixture_cap FIXTURE_CAPS[] = {{10, 20, 30, false},
                                           {12, 22, 9, true},
                                           {-5, 176, 18, false},
                                           {-86, 40, 14, false},
                                           {40, -80, 22, false}};
#define FIXTURE_CAP_COUNT (sizeof FIXTURE_CAPS / sizeof *FIXTURE_CAPS)

static inline dro_land *fixture_land(void) {
    static fixture_bytes file;
    dro_land *land = NULL;
    fixture_file(&file, FIXTURE_CAPS, FIXTURE_CAP_COUNT);
    if (dro_land_read(file.data, file.count, &land, NULL) != DRO_OK) {
        abort();
    }
    return land;
}

/* ---- well-formed XML ----------------------------------------------------------------
 */

typedef struct fixture_xml {
    const char *at;
    char stack[64][24];
    size_t depth;
} fixture_xml;

static inline bool fixture_reference(fixture_xml *in) {
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    for (size_t i = 0; i < 5; i++) {
        if (strncmp(in->at, known[i], strlen(known[i])) == 0) {
            in->at += strlen(known[i]);
            return true;
        }
    }
    return false;
}

/* Text up to `end`; no raw & < and no control characters. */
static inline bool fixture_run(fixture_xml *in, char end) {
    while (*in->at != end) {
        unsigned char c = (unsigned char)*in->at;
        if (c == '&') {
            if (!fixture_reference(in)) {
                return false;
            }
            continue;
        }
        if (c == '<' || (c < 0x20 && c != '\n' && c != '\t' && c != '\r')) {
            return false;
        }
        in->at++;
    }
    return true;
}

static inline bool fixture_name(fixture_xml *in, char name[24]) {
    size_t length =
        strspn(in->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                       "0123456789:-");
    if (length == 0 || length >= 24) {
        return false;
    }
    memcpy(name, in->at, length);
    name[length] = '\0';
    in->at += length;
    return true;
}

static inline bool fixture_attributes(fixture_xml *in) {
    char name[24];
    while (*in->at == ' ') {
        in->at++;
        if (!fixture_name(in, name) || strncmp(in->at, "=\"", 2) != 0) {
            return false;
        }
        in->at += 2;
        if (!fixture_run(in, '"')) {
            return false;
        }
        in->at++;
    }
    return true;
}

static inline bool fixture_open_tag(fixture_xml *in) {
    if (in->depth == 64 || !fixture_name(in, in->stack[in->depth]) ||
        !fixture_attributes(in)) {
        return false;
    }
    if (strncmp(in->at, "/>", 2) == 0) {
        in->at += 2;
        return true;
    }
    in->depth++;
    return *in->at++ == '>';
}

static inline bool fixture_close_tag(fixture_xml *in) {
    char name[24];
    if (!fixture_name(in, name) || *in->at++ != '>' || in->depth == 0) {
        return false;
    }
    return strcmp(in->stack[--in->depth], name) == 0;
}

/* One element, after an optional declaration. */
static inline bool fixture_is_xml(const char *text) {
    fixture_xml in = {.at = text};
    if (strncmp(text, "<?xml ", 6) == 0) {
        in.at = strstr(text, "?>\n") + 3;
    }
    do {
        if (*in.at != '<') {
            return false;
        }
        in.at++;
        bool closing = *in.at == '/';
        in.at += closing ? 1 : 0;
        if (!(closing ? fixture_close_tag(&in) : fixture_open_tag(&in))) {
            return false;
        }
        if (in.depth > 0 && !fixture_run(&in, '<')) {
            return false;
        }
    } while (in.depth > 0);
    return strcmp(in.at, "\n") == 0;
}

#endif
