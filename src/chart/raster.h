/* A small picture of the coast: where raw water is, where navigable water is. */
#ifndef CHART_RASTER_H
#define CHART_RASTER_H

#include "chart/coast.h"
#include "chart/water.h"

typedef struct edge_index edge_index; /* outline edges by degree cells */
dro_status edge_index_create(const water *water, edge_index **out, dro_error *error);
void edge_index_free(edge_index *index);

#define RASTER_RAW  1u /* water of the raw coastline */
#define RASTER_OPEN 2u /* navigable water of the chart */
#define RASTER_LINE 4u /* a channel line passes */

typedef struct raster {
    double west_deg, south_deg; /* west in 0..360, may run beyond 360 */
    double dx_deg, dy_deg;
    int nx, ny;
    uint8_t *cells; /* flags, row by row from the south */
    uint8_t *room;  /* cells to raw land, 0..RASTER_ROOM_MAX */
    size_t capacity;
} raster;

#define RASTER_ROOM_MAX 6

/* A window about a centre, square in miles, with cells of cell_nm. Reuses the
 * raster's memory. */
dro_status raster_draw(raster *r, const coast *shore, const water *sea,
                       const edge_index *index, const dro_atlas *atlas,
                       dro_point centre, double half_nm, double cell_nm,
                       dro_error *error);
void raster_free(raster *r);
dro_point raster_point(const raster *r, size_t cell);
/* SIZE_MAX outside. */
size_t raster_cell(const raster *r, dro_point p);
/* Sets a flag on all cells that a line passes. */
void raster_draw_line(raster *r, const dro_point *points, size_t count, uint8_t flag);

#endif
