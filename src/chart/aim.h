/* What a way to an end costs from a node at the least, by landmarks (landmarks.h). */
#ifndef CHART_AIM_H
#define CHART_AIM_H

#include <math.h>

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
void aim_at(aim *a, const dro_chart *chart, const dro_sea_rules *rules,
            const route_end *from, const route_end *to);

static inline int16_t aim_most_of_lanes(const int16_t *restrict row,
                                        const int16_t *restrict low,
                                        const int16_t *restrict high) {
    int16_t most = 0;
    for (int k = 0; k < AIM_LANES; k++) {
        int16_t under = (int16_t)(low[k] - row[k]);
        int16_t over = (int16_t)(row[k] - high[k]);
        int16_t here = under > over ? under : over;
        most = here > most ? here : most;
    }
    return most;
}

/* Metres, INFINITY for a node that no such way leads over. Rounded, so not consistent:
 * from one node to the next it may fall by two units more than the way is long. */
static inline float aim_bound(const aim *a, uint32_t node) {
    if (a->count == 0) {
        return 0.0f;
    }
    const int16_t *row = a->rows + (size_t)node * a->count;
    if (row[0] == IMAGE_FAR) { /* they lie in one water: none is reached */
        return a->all ? INFINITY : 0.0f;
    }
    int16_t most = aim_most_of_lanes(row, a->low, a->high);
    for (size_t k = AIM_LANES; k < a->count; k += AIM_LANES) {
        int16_t here = aim_most_of_lanes(row + k, a->low + k, a->high + k);
        most = here > most ? here : most;
    }
    return (float)most * a->unit_m;
}

#endif
