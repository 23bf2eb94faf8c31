/*
 * Runs of pixels, and cutting them at a rectangle.
 */
#ifndef DRO_REPORT_PATHS_H
#define DRO_REPORT_PATHS_H

#include "report/projection.h"

/* Zero-initialise. */
typedef struct dro_paths {
    dro_xy *points;
    size_t count, point_capacity;
    size_t *start; /* of each run; it ends where the next one starts, or at count */
    size_t run_count, run_capacity;
} dro_paths;

void dro_paths_free(dro_paths *paths);
void dro_paths_clear(dro_paths *paths); /* keeps the memory */
size_t dro_paths_end(const dro_paths *paths, size_t run);
dro_status dro_paths_begin(dro_paths *paths, dro_error *error);
dro_status dro_paths_add(dro_paths *paths, dro_xy point, dro_error *error);

/* What lies in the rectangle of a closed ring (Sutherland and Hodgman 1974) or of an
 * open line (Liang and Barsky 1984), thinned to what a screen shows: points under
 * half a pixel from the one before and rings under a pixel across are left out. A
 * ring that leaves and comes back runs along the rectangle. */
dro_status dro_paths_add_ring(dro_paths *out, const dro_xy *ring, size_t count,
                              dro_frame frame, dro_error *error);
dro_status dro_paths_add_line(dro_paths *out, const dro_xy *line, size_t count,
                              dro_frame frame, dro_error *error);

#endif
