/*
 * Lines that ships follow where the clearance leaves no open water: the atlas's
 * channels, links that the builder finds between waters that the clearance parts, and
 * the approaches of ports.
 */
#ifndef CHART_LINES_H
#define CHART_LINES_H

#include "chart/raster.h"

typedef enum line_kind {
    LINE_CHANNEL,
    LINE_LINK,
    LINE_APPROACH
} line_kind;

typedef struct line {
    line_kind kind;
    int channel;    /* of the atlas, or -1 */
    int port;       /* whose approach, or -1 */
    int passage;    /* a canal, or -1 */
    double depth_m; /* greatest draught; INFINITY if unknown */
    dro_point *points;
    size_t count, capacity;
} line;

typedef struct port_place {
    dro_point at;  /* on the water: the start of its approach, if it has one */
    double snap_m; /* from the quay, straight */
    bool reached;
} port_place;

typedef struct lines {
    line *items;
    size_t count, capacity;
    port_place *ports; /* one per port of the atlas */
    size_t port_count;
} lines;

dro_status lines_build(const coast *shore, const water *sea, const dro_atlas *atlas,
                       unsigned threads, const dro_progress *progress, lines *out,
                       dro_error *error);
/* A new line with a copy of the points; *out is good until the next one. */
dro_status lines_add(lines *lines, line_kind kind, const dro_point *points,
                     size_t count, line **out, dro_error *error);
void lines_free(lines *lines);

#endif
