/*
 * GeoJSON (RFC 7946) read into points: lines, and areas as single rings.
 *
 * What is read: a FeatureCollection, a Feature, or a bare geometry, of LineString and
 * MultiLineString, or of Polygon and MultiPolygon; the parts of a Multi geometry
 * become features of their own with the same properties. A third coordinate is
 * ignored. An edge of an area is straight in longitude and latitude, as the RFC has
 * it: it gets points in between wherever a great circle would leave that line (each
 * whole degree of longitude). An edge of more than 180 degrees of longitude crosses
 * the antimeridian, unless it runs from one side of the map to the other (360).
 *
 * What is refused (DRO_PARSE, or DRO_LIMIT): other geometries, polygons with holes,
 * rings not closed or with fewer than 3 corners, coordinates that are not on earth, an
 * area of more than half the earth. The message is "file:line:column: feature N: ...".
 *
 * Limits: 16 MiB, 64 levels, 20 000 points in a ring or line after densifying,
 * 1 000 000 in all.
 */
#ifndef DRO_ATLAS_GEOJSON_H
#define DRO_ATLAS_GEOJSON_H

#include "atlas/json.h"
#include "atlas/value.h"
#include "derrotero/geo.h"

#define DRO_GEOJSON_MAX_BYTES       ((size_t)16 << 20)
#define DRO_GEOJSON_MAX_DEPTH       64
#define DRO_GEOJSON_MAX_PART_POINTS 20000
#define DRO_GEOJSON_MAX_POINTS      1000000

typedef enum dro_geojson_type {
    DRO_GEOJSON_LINES,
    DRO_GEOJSON_AREAS
} dro_geojson_type;

typedef struct dro_geojson_feature {
    size_t number;           /* in the file, from 1 */
    const dro_point *points; /* of an area: the ring, first point not repeated */
    size_t count;
    const char *at;         /* in the text */
    const char *properties; /* a JSON value, or NULL */
} dro_geojson_feature;

typedef struct dro_geojson dro_geojson;

dro_status dro_geojson_open(const char *path, dro_geojson_type type, dro_geojson **out,
                            dro_error *error);
/* The same from memory, which must stay until the file is closed and has a NUL after
 * its last byte; `name` is used in messages. */
dro_status dro_geojson_parse(const char *bytes, size_t length, const char *name,
                             dro_geojson_type type, dro_geojson **out,
                             dro_error *error);
void dro_geojson_close(dro_geojson *file);

/* Borrowed. */
const dro_geojson_feature *dro_geojson_features(const dro_geojson *file, size_t *count);
/* The value of a property, at `json`. */
dro_status dro_geojson_value(const dro_geojson *file, const char *json, dro_value *out,
                             dro_error *error);
/* DRO_PARSE: "file:line:column: feature N: message". */
dro_status dro_geojson_fail(const dro_geojson *file, const dro_geojson_feature *feature,
                            dro_error *error, const char *format, ...) DRO_PRINTF(4, 5);

/* The areas of a file as rings in the arena, each without crossings
 * (dro_geo_ring_check); for areas to avoid. A file without any is DRO_PARSE. */
dro_status dro_geojson_read_rings(const char *path, dro_arena *arena, dro_ring **rings,
                                  size_t *count, dro_error *error);
/* The same from memory; see dro_geojson_parse. */
dro_status dro_geojson_parse_rings(const char *bytes, size_t length, const char *name,
                                   dro_arena *arena, dro_ring **rings, size_t *count,
                                   dro_error *error);
dro_status dro_geojson_rings(const dro_geojson *file, dro_arena *arena,
                             dro_ring **rings, size_t *count, dro_error *error);

#endif
