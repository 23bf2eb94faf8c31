/* The opened chart, for the files of this room. */
#ifndef CHART_CHART_STATE_H
#define CHART_CHART_STATE_H

#include "chart/image.h"
#include "chart/sight.h"

struct dro_chart {
    dro_map map;
    image image;
    sight_field field;
};

#endif
