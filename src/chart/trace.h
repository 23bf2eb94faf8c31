/* From a chain of raster cells to a line of few points. */
#ifndef CHART_TRACE_H
#define CHART_TRACE_H

#include "chart/grow.h"

/* Cells of the way from `cell` back to its seed, `cell` first; returns how many. */
size_t trace_back(const grow *g, size_t cell, uint32_t *cells, size_t most);

/* Keeps the cells at which the line has to turn: a straight part never has less room
 * than the way it replaces (or three cells of it). In place; returns how many stay. */
size_t trace_straighten(const raster *r, uint32_t *cells, size_t count);

/* A cell near the seed with navigable water all around, so that a line's end is surely
 * in the water of the mesh; the cell itself if there is none. */
size_t trace_inner_cell(const raster *r, size_t cell);

#endif
