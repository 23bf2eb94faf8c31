/*
 * GeoJSON to points. See geojson.h for what is read and what is refused.
 */
#include "atlas/geojson.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "atlas/geojson_ring.h"
#include "base/quote.h"

struct dro_geojson {
    dro_json json;
    char *owned; /* the text, where the file was read here */
    char *name;
    dro_arena *arena;
    dro_geojson_type type;
    dro_geojson_feature *features;
    size_t count, capacity;
    size_t point_count;
    const char *last; /* the last position read, and */
    int levels;       /* how many arrays and objects are around it in its feature */
};

/* ---- geometries ------------------------------------------------------------------ */

/* A message at a place inside the feature. */
static dro_status fail_at(const dro_geojson *file, const dro_geojson_feature *feature,
                          const char *at, dro_error *error, dro_status status,
                          const char *message) {
    return dro_json_fail(&file->json, at == NULL ? feature->at : at, error, status,
                         "feature %zu: %s", feature->number, message);
}

dro_status dro_geojson_fail(const dro_geojson *file, const dro_geojson_feature *feature,
                            dro_error *error, const char *format, ...) {
    char message[DRO_ERROR_MAX];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return fail_at(file, feature, NULL, error, DRO_PARSE, message);
}

/* Puts the place before a message that *error has already. */
static dro_status place(const dro_geojson *file, const dro_geojson_feature *feature,
                        const char *at, dro_status status, dro_error *error) {
    if (status == DRO_NOMEM || status == DRO_OK) {
        return status;
    }
    status = status == DRO_INVALID ? DRO_PARSE : status;
    return fail_at(file, feature, at, error, status,
                   error == NULL ? "" : error->message);
}

/* *next is the position after this one, or NULL. */
static dro_status read_position(const dro_geojson *file,
                                const dro_geojson_feature *feature, const char *json,
                                dro_point *out, const char **next, dro_error *error) {
    double pair[2] = {0, 0};
    if (!dro_json_numbers(json, pair, 2, next)) {
        return fail_at(file, feature, json, error, DRO_PARSE,
                       "a position is [longitude, latitude], two numbers");
    }
    dro_point point = {pair[1], pair[0]};
    dro_status status = dro_geo_check(&point, false, error);
    if (status != DRO_OK) {
        (void)place(file, feature, json, status, error);
        return dro_fail(error, DRO_PARSE, "%s (in GeoJSON longitude comes first)",
                        error == NULL ? "" : error->message);
    }
    *out = point;
    return DRO_OK;
}

static dro_status read_positions(dro_geojson *file, const dro_geojson_feature *feature,
                                 const char *json, dro_points *out, dro_error *error) {
    if (json == NULL || dro_json_kind_of(json) != DRO_JSON_ARRAY) {
        return fail_at(file, feature, json, error, DRO_PARSE,
                       "coordinates are not an array");
    }
    const char *item = dro_json_first(json), *next = NULL;
    for (; item != NULL; item = next) {
        dro_point point = {0.0, 0.0};
        file->last = item;
        DRO_TRY(read_position(file, feature, item, &point, &next, error));
        DRO_TRY(place(file, feature, item, dro_points_add(out, point, error), error));
    }
    return DRO_OK;
}

static dro_status keep_part(dro_geojson *file, const dro_geojson_feature *feature,
                            const dro_points *points, dro_error *error) {
    assert(points->count > 0);
    file->point_count += points->count;
    if (file->point_count > DRO_GEOJSON_MAX_POINTS) {
        return dro_fail(error, DRO_LIMIT, "%s: more than %d points", file->json.name,
                        DRO_GEOJSON_MAX_POINTS);
    }
    DRO_TRY(DRO_RESERVE(file->features, file->capacity, file->count + 1, error));
    dro_point *kept = dro_arena_alloc(file->arena, points->count, sizeof *kept);
    if (kept == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for %s", file->json.name);
    }
    memcpy(kept, points->points, points->count * sizeof *kept);
    dro_geojson_feature *added = &file->features[file->count++];
    *added = *feature;
    added->points = kept;
    added->count = points->count;
    return DRO_OK;
}

static dro_status read_line(dro_geojson *file, const dro_geojson_feature *feature,
                            const char *json, dro_error *error) {
    dro_points points = {.points = NULL};
    dro_status status = read_positions(file, feature, json, &points, error);
    if (status == DRO_OK && points.count < 2) {
        status = fail_at(file, feature, json, error, DRO_PARSE,
                         "a line needs two positions");
    }
    if (status == DRO_OK) {
        status = keep_part(file, feature, &points, error);
    }
    dro_free(points.points);
    return status;
}

static dro_status close_ring(dro_points *flat, dro_error *error) {
    if (flat->count < 4) {
        return dro_fail(error, DRO_PARSE,
                        "a ring needs 4 positions, the last as the first");
    }
    dro_point first = flat->points[0], last = flat->points[flat->count - 1];
    if (first.lat_deg != last.lat_deg || first.lon_deg != last.lon_deg) {
        return dro_fail(error, DRO_PARSE,
                        "the ring is not closed: the last position must be as the "
                        "first");
    }
    flat->count--;
    return DRO_OK;
}

static dro_status read_area(dro_geojson *file, const dro_geojson_feature *feature,
                            const char *json, dro_error *error) {
    const char *outline = dro_json_first(json);
    if (outline == NULL) {
        return fail_at(file, feature, json, error, DRO_PARSE,
                       "a polygon without a ring");
    }
    if (dro_json_next(outline) != NULL) {
        return fail_at(file, feature, dro_json_next(outline), error, DRO_PARSE,
                       "a polygon with a hole; only a single outline is read");
    }
    dro_points flat = {.points = NULL}, ring = {.points = NULL};
    dro_status status = read_positions(file, feature, outline, &flat, error);
    if (status == DRO_OK) {
        status = close_ring(&flat, error);
        status = status == DRO_OK ? dro_points_ring(&flat, &ring, error) : status;
        status = place(file, feature, outline, status, error);
    }
    if (status == DRO_OK) {
        status = keep_part(file, feature, &ring, error);
    }
    dro_free(flat.points);
    dro_free(ring.points);
    return status;
}

typedef dro_status part_reader(dro_geojson *file, const dro_geojson_feature *feature,
                               const char *json, dro_error *error);

static dro_status read_parts(dro_geojson *file, const dro_geojson_feature *feature,
                             const char *json, part_reader *reader, dro_error *error) {
    const char *part = dro_json_first(json);
    if (part == NULL) {
        return fail_at(file, feature, json, error, DRO_PARSE,
                       "coordinates are not an array of parts");
    }
    for (; part != NULL; part = dro_json_next(part)) {
        DRO_TRY(reader(file, feature, part, error));
    }
    return DRO_OK;
}

static dro_status fail_type(const dro_geojson *file, const dro_geojson_feature *feature,
                            const char *geometry, const char *type, dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    const char *wanted = file->type == DRO_GEOJSON_AREAS
                             ? "Polygon or MultiPolygon"
                             : "LineString or MultiLineString";
    const char *text = "";
    if (type != NULL && dro_json_kind_of(type) == DRO_JSON_STRING) {
        text = dro_json_string(type, file->arena);
    }
    return dro_json_fail(&file->json, geometry == NULL ? feature->at : geometry, error,
                         DRO_PARSE, "feature %zu: geometry %s is not a %s",
                         feature->number, dro_quote(text, quoted), wanted);
}

static dro_status read_geometry(dro_geojson *file, const dro_geojson_feature *feature,
                                const char *geometry, dro_error *error) {
    bool areas = file->type == DRO_GEOJSON_AREAS;
    const char *type = dro_json_member(geometry, "type");
    const char *coordinates = dro_json_member(geometry, "coordinates");
    part_reader *reader = areas ? read_area : read_line;
    file->levels = areas ? 4 : 3; /* feature, geometry, coordinates, ring */
    if (dro_json_is(type, areas ? "Polygon" : "LineString")) {
        return reader(file, feature, coordinates, error);
    }
    if (dro_json_is(type, areas ? "MultiPolygon" : "MultiLineString")) {
        file->levels++;
        return read_parts(file, feature, coordinates, reader, error);
    }
    return fail_type(file, feature, geometry, type, error);
}

/* ---- features ---------------------------------------------------------------------
 */

static dro_status read_feature(dro_geojson *file, const char *json, size_t number,
                               dro_error *error) {
    dro_geojson_feature feature = {.number = number, .at = json};
    if (!dro_json_is(dro_json_member(json, "type"), "Feature")) {
        return dro_geojson_fail(file, &feature, error, "it is not of type Feature");
    }
    feature.properties = dro_json_member(json, "properties");
    return read_geometry(file, &feature, dro_json_member(json, "geometry"), error);
}

static dro_status read_root(dro_geojson *file, const char *root, dro_error *error) {
    const char *type = dro_json_member(root, "type");
    if (type == NULL) {
        return dro_json_fail(&file->json, root, error, DRO_PARSE,
                             "this is no GeoJSON: it has no type");
    }
    if (dro_json_is(type, "Feature")) {
        return read_feature(file, root, 1, error);
    }
    if (!dro_json_is(type, "FeatureCollection")) {
        dro_geojson_feature bare = {.number = 1, .at = root};
        return read_geometry(file, &bare, root, error);
    }
    const char *features = dro_json_member(root, "features");
    if (features == NULL || dro_json_kind_of(features) != DRO_JSON_ARRAY) {
        return dro_json_fail(&file->json, root, error, DRO_PARSE,
                             "the collection has no array of features");
    }
    size_t number = 0;
    for (const char *item = dro_json_first(features); item != NULL;
         item = dro_json_next_from(file->last, file->levels)) {
        DRO_TRY(read_feature(file, item, ++number, error));
    }
    return DRO_OK;
}

/* Takes `owned` also where it fails. */
static dro_status parse(const char *bytes, size_t length, char *owned, const char *name,
                        dro_geojson_type type, dro_geojson **out, dro_error *error) {
    dro_geojson *file = dro_calloc(1, sizeof *file);
    char *name_copy = dro_strdup(name);
    dro_status status = DRO_OK;
    if (file == NULL || name_copy == NULL) {
        dro_free(owned);
        dro_free(file);
        dro_free(name_copy);
        return dro_fail(error, DRO_NOMEM, "out of memory for %s", name);
    }
    *file = (dro_geojson){.json = {bytes, length, name_copy},
                          .owned = owned,
                          .name = name_copy,
                          .type = type};
    const char *root = NULL;
    DRO_TRY_GOTO(dro_arena_create(&file->arena, error), failed);
    DRO_TRY_GOTO(dro_json_check(&file->json, DRO_GEOJSON_MAX_DEPTH, &root, error),
                 failed);
    DRO_TRY_GOTO(read_root(file, root, error), failed);
    *out = file;
    return DRO_OK;
failed:
    dro_geojson_close(file);
    return status;
}

dro_status dro_geojson_parse(const char *bytes, size_t length, const char *name,
                             dro_geojson_type type, dro_geojson **out,
                             dro_error *error) {
    if (length > DRO_GEOJSON_MAX_BYTES) {
        return dro_fail(error, DRO_LIMIT, "%s is larger than %zu bytes", name,
                        DRO_GEOJSON_MAX_BYTES);
    }
    return parse(bytes, length, NULL, name, type, out, error);
}

dro_status dro_geojson_open(const char *path, dro_geojson_type type, dro_geojson **out,
                            dro_error *error) {
    char *bytes = NULL;
    size_t length = 0;
    DRO_TRY(dro_file_read(path, DRO_GEOJSON_MAX_BYTES, &bytes, &length, error));
    return parse(bytes, length, bytes, path, type, out, error);
}

void dro_geojson_close(dro_geojson *file) {
    if (file != NULL) {
        dro_arena_destroy(file->arena);
        dro_free(file->features);
        dro_free(file->owned);
        dro_free(file->name);
        dro_free(file);
    }
}

const dro_geojson_feature *dro_geojson_features(const dro_geojson *file,
                                                size_t *count) {
    *count = file->count;
    return file->features;
}

dro_status dro_geojson_value(const dro_geojson *file, const char *json, dro_value *out,
                             dro_error *error) {
    dro_value value = {.kind = DRO_VALUE_OTHER};
    if (dro_json_kind_of(json) == DRO_JSON_NULL) {
        value.kind = DRO_VALUE_MISSING;
    } else if (dro_json_kind_of(json) == DRO_JSON_STRING) {
        value.kind = DRO_VALUE_TEXT;
        value.text = dro_json_string(json, file->arena);
        if (value.text == NULL) {
            return dro_fail(error, DRO_NOMEM, "out of memory for %s", file->json.name);
        }
    } else if (dro_json_number(json, &value.number)) {
        value.kind = DRO_VALUE_NUMBER;
    } else if (dro_json_kind_of(json) == DRO_JSON_TRUE ||
               dro_json_kind_of(json) == DRO_JSON_FALSE) {
        value.kind = DRO_VALUE_BOOL;
        value.truth = dro_json_kind_of(json) == DRO_JSON_TRUE;
    }
    *out = value;
    return DRO_OK;
}

/* ---- rings -------------------------------------------------------------------------
 */

static dro_status add_ring(const dro_geojson *file, const dro_geojson_feature *feature,
                           dro_arena *arena, dro_ring *out, dro_error *error) {
    dro_vec *points = dro_arena_alloc(arena, feature->count, sizeof *points);
    if (points == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for %s", file->json.name);
    }
    for (size_t i = 0; i < feature->count; i++) {
        points[i] = dro_geo_to_vec(feature->points[i]);
    }
    *out = (dro_ring){points, feature->count};
    return place(file, feature, NULL, dro_geo_ring_check(*out, error), error);
}

dro_status dro_geojson_rings(const dro_geojson *file, dro_arena *arena,
                             dro_ring **rings, size_t *count, dro_error *error) {
    if (file->count == 0) {
        return dro_fail(error, DRO_PARSE, "%s: there is no area in it",
                        file->json.name);
    }
    dro_ring *made = dro_arena_alloc(arena, file->count, sizeof *made);
    if (made == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for %s", file->json.name);
    }
    for (size_t i = 0; i < file->count; i++) {
        DRO_TRY(add_ring(file, &file->features[i], arena, &made[i], error));
    }
    *rings = made;
    *count = file->count;
    return DRO_OK;
}

dro_status dro_geojson_read_rings(const char *path, dro_arena *arena, dro_ring **rings,
                                  size_t *count, dro_error *error) {
    dro_geojson *file = NULL;
    DRO_TRY(dro_geojson_open(path, DRO_GEOJSON_AREAS, &file, error));
    dro_status status = dro_geojson_rings(file, arena, rings, count, error);
    dro_geojson_close(file);
    return status;
}

dro_status dro_geojson_parse_rings(const char *bytes, size_t length, const char *name,
                                   dro_arena *arena, dro_ring **rings, size_t *count,
                                   dro_error *error) {
    dro_geojson *file = NULL;
    DRO_TRY(dro_geojson_parse(bytes, length, name, DRO_GEOJSON_AREAS, &file, error));
    dro_status status = dro_geojson_rings(file, arena, rings, count, error);
    dro_geojson_close(file);
    return status;
}
