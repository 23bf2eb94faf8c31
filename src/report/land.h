/*
 * The inside of a land: shores by scale, as points and as the file's own bytes.
 */
#ifndef DRO_REPORT_LAND_H
#define DRO_REPORT_LAND_H

#include "derrotero/picture.h"

#define DRO_LAND_SCALES_MAX 4

typedef struct dro_land_scale {
    uint32_t scale; /* millions: 110 is 1:110 million */
    uint32_t units; /* per degree */
    size_t ring_count;
    size_t *start; /* ring_count + 1 indexes into points */
    dro_point *points;
    const uint8_t *bytes; /* the rings as the file has them */
    size_t byte_count;
} dro_land_scale;

struct dro_land {
    char *file;
    size_t file_length;
    size_t scale_count;
    dro_land_scale scales[DRO_LAND_SCALES_MAX];
};

#endif
