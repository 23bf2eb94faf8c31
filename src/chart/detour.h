/*
 * Corners of avoided areas as further nodes of a search: a shortest way round an area
 * bends at them. Made once for a set of rules.
 */
#ifndef CHART_DETOUR_H
#define CHART_DETOUR_H

#include "chart/ends.h"
#include "chart/image.h"

typedef struct detour_link { /* a graph node that sees a corner */
    uint32_t node, corner;
    float length_m;
    sight_class passed;
} detour_link;

typedef struct detour {
    uint64_t rules; /* whose corners these are; 0: none */
    route_end *corners;
    size_t count, capacity, made;
    detour_link *links; /* sorted by node */
    size_t link_count, link_capacity;
} detour;

void detour_free(detour *detour);
dro_status detour_prepare(const dro_chart *chart, const dro_sea_rules *rules,
                          ends_space *space, detour *detour, dro_error *error);

/* Links of a graph node: items first..*end. */
size_t detour_links_of(const detour *detour, uint32_t node, size_t *end);

/* Is there an allowed straight leg between a corner and a place in the water? */
bool detour_straight(const dro_chart *chart, const dro_sea_rules *rules,
                     const route_end *corner, dro_vec to, sight_class *passed);

#endif
