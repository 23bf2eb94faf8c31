/* From each port's quay to navigable water or to a channel. */
#ifndef CHART_APPROACHES_H
#define CHART_APPROACHES_H

#include "chart/lines.h"

/* Adds one line per port that reaches the sea (of a single point where it lies in open
 * water) and fills lines->ports. */
dro_status approaches_find(const coast *shore, const water *sea,
                           const edge_index *index, const dro_atlas *atlas,
                           unsigned threads, const dro_progress *progress, lines *lines,
                           dro_error *error);

#endif
