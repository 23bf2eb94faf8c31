/*
 * The reader of the land file; tools/land.mjs writes it and documents the format.
 * Everything that a length says is checked against what is there.
 */
#include "report/land.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef DRO_WIDE_BUILD
#define DRO_WIDE_BUILD "build/data"
#endif
#ifndef DRO_DATA_INSTALLED
#define DRO_DATA_INSTALLED "/usr/share/derrotero"
#endif

static const char MAGIC[] = "DROLAND1";
#define MAGIC_LENGTH    8
#define CHECKSUM_LENGTH 4
#define RINGS_MAX       1000000u
#define POINTS_MAX      10000000u

/* Bytes left to read; `bad` sticks. */
typedef struct reader {
    const uint8_t *at, *end;
    bool bad;
} reader;

static uint32_t read_u32(reader *from) {
    if (from->end - from->at < 4) {
        from->bad = true;
        return 0;
    }
    const uint8_t *b = from->at;
    from->at += 4;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
           (uint32_t)b[3] << 24;
}

static uint32_t read_varint(reader *from) {
    uint32_t value = 0;
    for (unsigned shift = 0; shift < 32; shift += 7) {
        if (from->at == from->end) {
            break;
        }
        uint8_t byte = *from->at++;
        value |= (uint32_t)(byte & 127) << shift;
        if (byte < 128) {
            return value;
        }
    }
    from->bad = true;
    return 0;
}

static int64_t read_zigzag(reader *from) {
    uint32_t value = read_varint(from);
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static bool read_ring(reader *from, dro_land_scale *scale, size_t count,
                      dro_point *points) {
    int64_t units = scale->units, lat = 0, lon = 0;
    for (size_t i = 0; i < count && !from->bad; i++) {
        lat += read_zigzag(from);
        lon += read_zigzag(from);
        lon += lon > 180 * units ? -360 * units : lon <= -180 * units ? 360 * units : 0;
        from->bad |= lat < -90 * units || lat > 90 * units;
        from->bad |= lon < -180 * units || lon > 180 * units;
        points[i] =
            (dro_point){(double)lat / (double)units, (double)lon / (double)units};
    }
    return !from->bad;
}

static bool read_rings(dro_land_scale *scale, size_t point_count) {
    reader from = {scale->bytes, scale->bytes + scale->byte_count, false};
    size_t used = 0;
    for (size_t i = 0; i < scale->ring_count; i++) {
        size_t count = read_varint(&from);
        scale->start[i] = used;
        if (from.bad || count < 3 || count > point_count - used ||
            !read_ring(&from, scale, count, scale->points + used)) {
            return false;
        }
        used += count;
    }
    scale->start[scale->ring_count] = used;
    return used == point_count && from.at == from.end;
}

static dro_status damaged(dro_error *error) {
    return dro_fail(error, DRO_STALE, "damaged land file: rebuild it");
}

static dro_status read_scale(reader *from, dro_land_scale *out, dro_error *error) {
    out->scale = read_u32(from);
    out->units = read_u32(from);
    out->ring_count = read_u32(from);
    size_t points = read_u32(from);
    out->byte_count = read_u32(from);
    if (from->bad || out->scale == 0 || out->units == 0 || out->units > 1000000 ||
        out->ring_count > RINGS_MAX || points > POINTS_MAX ||
        out->byte_count > (size_t)(from->end - from->at) ||
        points > out->byte_count / 2) {
        return damaged(error);
    }
    out->bytes = from->at;
    from->at += out->byte_count;
    void *start, *array;
    DRO_TRY(dro_new(&start, out->ring_count + 1, sizeof *out->start, "land", error));
    out->start = start;
    DRO_TRY(dro_new(&array, points + 1, sizeof *out->points, "land", error));
    out->points = array;
    return read_rings(out, points) ? DRO_OK : damaged(error);
}

static uint32_t fnv1a(const uint8_t *bytes, size_t length) {
    uint32_t hash = 0x811c9dc5u;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ bytes[i]) * 0x01000193u;
    }
    return hash;
}

static dro_status read_all(dro_land *land, dro_error *error) {
    const uint8_t *bytes = (const uint8_t *)land->file;
    size_t length = land->file_length;
    if (length < MAGIC_LENGTH + 4 + CHECKSUM_LENGTH ||
        memcmp(bytes, MAGIC, MAGIC_LENGTH) != 0) {
        return dro_fail(error, DRO_STALE,
                        "not a land file of this version: rebuild it");
    }
    length -= CHECKSUM_LENGTH;
    reader sum = {bytes + length, bytes + length + CHECKSUM_LENGTH, false};
    if (read_u32(&sum) != fnv1a(bytes, length)) {
        return damaged(error);
    }
    reader from = {bytes + MAGIC_LENGTH, bytes + length, false};
    size_t scales = read_u32(&from);
    if (scales == 0 || scales > DRO_LAND_SCALES_MAX) {
        return damaged(error);
    }
    for (; land->scale_count < scales; land->scale_count++) {
        dro_land_scale *scale = &land->scales[land->scale_count];
        dro_status status = read_scale(&from, scale, error);
        if (status != DRO_OK) {
            land->scale_count++; /* so that what it holds is freed */
            return status;
        }
    }
    return from.at == from.end ? DRO_OK : damaged(error);
}

/* Takes the bytes over, on failure too. */
static dro_status land_from(char *bytes, size_t length, dro_land **out,
                            dro_error *error) {
    void *memory;
    dro_status status = dro_new(&memory, 1, sizeof(dro_land), "land", error);
    if (status != DRO_OK) {
        dro_free(bytes);
        return status;
    }
    dro_land *land = memory;
    land->file = bytes;
    land->file_length = length;
    status = read_all(land, error);
    if (status != DRO_OK) {
        dro_land_close(land);
        return status;
    }
    *out = land;
    return DRO_OK;
}

dro_status dro_land_read(const void *bytes, size_t length, dro_land **out,
                         dro_error *error) {
    if (length > DRO_LAND_BYTES_MAX) {
        return dro_fail(error, DRO_LIMIT, "land file of over 64 MiB");
    }
    char *copy = dro_malloc(length + 1, 1);
    if (copy == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the land");
    }
    memcpy(copy, bytes, length);
    return land_from(copy, length, out, error);
}

dro_status dro_land_open(const char *path, dro_land **out, dro_error *error) {
    char *bytes;
    size_t length;
    DRO_TRY(dro_file_read(path, DRO_LAND_BYTES_MAX, &bytes, &length, error));
    dro_status status = land_from(bytes, length, out, error);
    if (status != DRO_OK) {
        dro_error_prefix(error, "%s", path);
    }
    return status;
}

void dro_land_close(dro_land *land) {
    if (land == NULL) {
        return;
    }
    for (size_t i = 0; i < land->scale_count; i++) {
        dro_free(land->scales[i].start);
        dro_free(land->scales[i].points);
    }
    dro_free(land->file);
    dro_free(land);
}

/* ---- where it is --------------------------------------------------------------- */

/* Writes folder + tail if that file can be read. */
static bool try_place(const char *folder, const char *tail, char *path, size_t size) {
    char found[4096];
    if (folder == NULL || folder[0] == '\0') {
        return false;
    }
    int length = snprintf(found, sizeof found, "%s%s", folder, tail);
    if (length <= 0 || (size_t)length >= sizeof found || (size_t)length >= size ||
        access(found, R_OK) != 0) {
        return false;
    }
    memcpy(path, found, (size_t)length + 1);
    return true;
}

dro_status dro_land_locate(const char *given, char *path, size_t size,
                           dro_error *error) {
    const char *named =
        given != NULL ? given : getenv("DERROTERO_LAND"); /* NOLINT(concurrency-*) */
    if (named != NULL) {
        return try_place(named, "", path, size)
                   ? DRO_OK
                   : dro_fail(error, DRO_NOT_FOUND, "no land file at '%s'", named);
    }
    const char *xdg = getenv("XDG_DATA_HOME"); /* NOLINT(concurrency-*) */
    const char *home = getenv("HOME");         /* NOLINT(concurrency-*) */
    if (try_place(DRO_WIDE_BUILD, "/land.bin", path, size) ||
        try_place(xdg, "/derrotero/land.bin", path, size) ||
        try_place(home, "/.local/share/derrotero/land.bin", path, size) ||
        try_place(DRO_DATA_INSTALLED, "/land.bin", path, size)) {
        return DRO_OK;
    }
    return dro_fail(error, DRO_NOT_FOUND,
                    "no land file: tried DERROTERO_LAND, %s, the XDG data folder, %s; "
                    "tools/land.mjs makes one",
                    DRO_WIDE_BUILD, DRO_DATA_INSTALLED);
}
