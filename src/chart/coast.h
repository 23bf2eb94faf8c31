/* The raw coastline: GSHHG's oriented edges (land on the left) by 2-degree bins. */
#ifndef CHART_COAST_H
#define CHART_COAST_H

#include "derrotero/atlas.h"
#include "derrotero/base.h"

#define COAST_BINS_X  180u
#define COAST_BINS_Y  90u
#define COAST_BINS    ((size_t)COAST_BINS_X * COAST_BINS_Y)
#define COAST_BIN_DEG 2.0

/* A polyline inside one bin; longitudes 0..360, within their bin. */
typedef struct coast_segment {
    uint32_t first, count; /* into lon, lat */
    uint32_t polygon;
} coast_segment;

typedef struct coast {
    double *lon, *lat;
    size_t point_count;
    coast_segment *segments; /* sorted by bin */
    size_t segment_count;
    uint32_t bin_first[COAST_BINS + 1];
    bool bin_land[COAST_BINS]; /* state of a bin without any edge */
    char version[24];
    uint64_t hash; /* of the file */
} coast;

/* path NULL: where Debian's gmt-gshhg-high puts it. Lakes of the atlas marked
 * navigable count as water. */
dro_status coast_load(const char *path, const dro_atlas *atlas, coast **out,
                      dro_error *error);
void coast_free(coast *coast);

/* Bin of a place; lon in 0..360, row 0 in the south. */
size_t coast_bin(double lon, double lat);
double coast_wrap(double lon_deg); /* into 0..360 */

bool coast_is_land(const coast *shore, double lon_deg, double lat_deg);

#endif
