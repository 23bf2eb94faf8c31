/* The part of the water that shortest ways can pass through, and its corners. */
#ifndef CHART_CORE_H
#define CHART_CORE_H

#include "chart/lines.h"
#include "chart/sight.h"

#define CORE_SECTORS_MAX 6

/* Land (or a shoal) at a corner: the wedge from `first` counter-clockwise to `last`,
 * less than half a turn. A way bends round it only if both of these neighbours lie on
 * one side of it. */
typedef struct core_sector {
    uint32_t first, last; /* vertices */
} core_sector;

typedef struct core {
    uint8_t *state;   /* per triangle: SIGHT_* */
    uint8_t *way_out; /* per bay triangle: the side towards the core; else 3 */
    uint8_t *depth;   /* per triangle: index into depths */
    float *depths;    /* greatest draught of each class; [0] is INFINITY, falling */
    size_t depth_count;
    core_sector (*sectors)[CORE_SECTORS_MAX]; /* per vertex */
    uint8_t *sector_count;
    uint8_t *on_gate;  /* per vertex */
    uint8_t *anchored; /* per vertex: an end of a line, or else free to turn at */
} core;

/* `reached`: per component. anchors: vertices whose surroundings stay in the core. */
dro_status core_build(const water *water, const unsigned char *reached,
                      const dro_atlas *atlas, const lines *lines,
                      const uint32_t *anchors, size_t anchor_count, core *out,
                      dro_error *error);
void core_free(core *core);

uint8_t core_depth_class(const core *core, double depth_m);

/* May a shortest way that turns at `vertex` come from or go to `towards`? */
bool core_taut(const core *core, const dro_vec *vertices, uint32_t vertex,
               dro_vec towards);

#endif
