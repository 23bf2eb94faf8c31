/* GeoJSON from outside: areas to avoid, and lines. */
#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/geojson.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(const dro_geojson *file) {
    size_t count = 0;
    const dro_geojson_feature *features = dro_geojson_features(file, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < features[i].count; j++) {
            assert(fabs(features[i].points[j].lat_deg) <= 90.0);
            assert(fabs(features[i].points[j].lon_deg) <= 180.0);
        }
        const char *key = NULL;
        const char *json = dro_json_first_member(features[i].properties, &key);
        for (; json != NULL; json = dro_json_next_member(json, &key)) {
            dro_value value;
            assert(dro_geojson_value(file, json, &value, NULL) == DRO_OK);
        }
    }
}

static void use_rings(const dro_geojson *file) {
    dro_arena *arena = NULL;
    dro_ring *rings = NULL;
    size_t count = 0;
    if (dro_arena_create(&arena, NULL) != DRO_OK) {
        abort();
    }
    dro_vec place = dro_geo_to_vec((dro_point){12.0, 34.0});
    if (dro_geojson_rings(file, arena, &rings, &count, NULL) == DRO_OK) {
        for (size_t i = 0; i < count; i++) {
            (void)dro_geo_ring_contains(rings[i], place);
            assert(dro_geo_ring_contains(rings[i], rings[i].points[0]));
        }
    }
    dro_arena_destroy(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) {
        return 0;
    }
    dro_geojson_type type = data[0] % 2 == 0 ? DRO_GEOJSON_AREAS : DRO_GEOJSON_LINES;
    char *bytes = malloc(size);
    if (bytes == NULL) {
        return 0;
    }
    memcpy(bytes, data + 1, size - 1);
    bytes[size - 1] = '\0';
    dro_geojson *file = NULL;
    dro_error error = DRO_ERROR_INIT;
    dro_status status = dro_geojson_parse(bytes, size - 1, "fuzz", type, &file, &error);
    if (status == DRO_OK) {
        use(file);
        if (type == DRO_GEOJSON_AREAS) {
            use_rings(file);
        }
    } else {
        assert(status == DRO_PARSE || status == DRO_LIMIT);
        assert(error.message[0] != '\0' && strchr(error.message, '\n') == NULL);
    }
    dro_geojson_close(file);
    free(bytes);
    return 0;
}
