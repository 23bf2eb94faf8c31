/*
 * Of everything in the tables that shapes a chart.
 */
#ifndef DRO_ATLAS_CHART_HASH_H
#define DRO_ATLAS_CHART_HASH_H

#include "derrotero/atlas.h"

uint64_t dro_atlas_hash_chart(const dro_atlas *atlas);

#endif
