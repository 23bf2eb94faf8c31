/* What a way to an end costs from a node at the least, by landmarks (landmarks.h). */
#ifndef CHART_AIM_H
#define CHART_AIM_H

#include "chart/ends.h"

#define AIM_LANES 32 /* landmarks are looked at so many at a time */

typedef struct aim {
    const int16_t *rows; /* by node */
    size_t count;        /* of landmarks; 0: no bound */
    float unit_m;
    bool all; /* what the landmarks do not reach is of no use */
    /* in units: a way from a node to the goal is at least low - row long, and at least
     * row - high: over all its accesses, see set_ranges */
    int16_t low[IMAGE_LANDMARKS], high[IMAGE_LANDMARKS];
} aim;

/* Of ways from one end over accesses of the other. */
void aim_at(aim *out, const dro_chart *chart, const dro_sea_rules *rules,
            const route_end *from, const route_end *to);

/* Metres, INFINITY for a node that no such way leads over. Rounded, so not consistent:
 * from one node to the next it may fall by two units more than the way is long. */
float aim_bound(const aim *aim, uint32_t node);

#endif
