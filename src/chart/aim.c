#include "chart/aim.h"

#include <math.h>

static int16_t lane(float units) {
    return (int16_t)fminf(fmaxf(units, -1.0f), (float)IMAGE_FAR);
}

/* A way from node n ends over some access a of the goal, at cost(a). With L a
 * landmark's distances, cost(n to goal) >= |L(n) - L(a)| + cost(a), which is at least
 * both min over a of (L(a) + cost(a)) - L(n) and L(n) - max over a of (L(a) - cost(a)).
 * What is stored of L is rounded down to units. */
static void set_ranges(aim *a, const route_end *e) {
    float low[IMAGE_LANDMARKS], high[IMAGE_LANDMARKS];
    for (size_t k = 0; k < a->count; k++) {
        low[k] = (float)IMAGE_FAR;
        high[k] = 0.0f;
    }
    for (size_t i = 0; i < e->access_count; i++) {
        const int16_t *row = a->rows + e->accesses[i].node * a->count;
        float cost = e->accesses[i].cost_m / a->unit_m;
        for (size_t k = 0; k < a->count; k++) {
            float units = (float)row[k];
            float over = row[k] == IMAGE_FAR ? units : units + 1.0f - cost;
            low[k] = units + cost < low[k] ? units + cost : low[k];
            high[k] = over > high[k] ? over : high[k];
        }
    }
    for (size_t k = 0; k < a->count; k++) {
        a->low[k] = lane(floorf(low[k]) - 1.0f);
        a->high[k] = lane(ceilf(high[k]));
    }
}

static bool touches_island(const image *v, const route_end *e) {
    bool touches = e->shallow;
    for (size_t i = 0; !touches && i < e->access_count; i++) {
        uint32_t node = e->accesses[i].node;
        touches = node < v->nodes_count && v->island[node] != 0;
    }
    return touches;
}

/* The landmarks' distances hold with what is closed by default closed, between places
 * at sea. For waters cut off by shoals there are the shoalmarks', and for rules that
 * open some of what is closed the beacons'. */
void aim_at(aim *a, const dro_chart *chart, const dro_sea_rules *rules,
            const route_end *from, const route_end *to) {
    const image *v = &chart->image;
    bool as_closed = (v->header->table_closed & ~rules->closed) == 0 &&
                     rules->draft_m >= v->header->draft_m;
    a->all = as_closed && !touches_island(v, from) && !touches_island(v, to);
    if (a->all) {
        a->rows = v->landmarks;
        a->count = IMAGE_LANDMARKS;
    } else if (as_closed) {
        a->rows = v->shoalmarks;
        a->count = IMAGE_SHOALMARKS;
    } else {
        a->rows = v->beacons;
        a->count = IMAGE_BEACONS;
    }
    a->unit_m = (float)v->header->unit_m;
    set_ranges(a, to);
    a->count = to->access_count ? a->count : 0;
    a->unit_m *= 1.0f - 1e-6f; /* what floats lose */
}
