/*
 * From the flat rings of GeoJSON to rings on the sphere.
 */
#ifndef DRO_ATLAS_GEOJSON_RING_H
#define DRO_ATLAS_GEOJSON_RING_H

#include "derrotero/geo.h"

/* A growing run of points; zero-initialise, dro_free(points). */
typedef struct dro_points {
    dro_point *points;
    size_t count, capacity;
} dro_points;

dro_status dro_points_add(dro_points *points, dro_point point, dro_error *error);

/* `flat` is an open ring (first point not repeated) in longitude and latitude; its
 * edges are densified into `out`, and what a map's border adds (edges along a pole,
 * both sides of the antimeridian) is taken out. The message names no place. */
dro_status dro_points_ring(const dro_points *flat, dro_points *out, dro_error *error);

#endif
