/* The triangulated earth with its water told from its land. */
#ifndef CHART_WATER_H
#define CHART_WATER_H

#include "chart/coast.h"
#include "chart/mesh.h"
#include "chart/outline.h"

typedef struct water {
    mesh mesh;
    uint32_t (*walls)[2];     /* outline edges as vertex numbers, water on the left */
    uint32_t *wall_component; /* the water on its left; MESH_NONE where it was split */
    size_t wall_count;
    uint8_t *wet;        /* per triangle */
    uint32_t *component; /* per triangle; MESH_NONE on land */
    double *area_km2;    /* per component */
    size_t component_count;
    uint32_t sea; /* the largest */
} water;

/* Triangulates the outline with the shoals' edges and the passages' gates. */
dro_status water_build(const coast *shore, const outline *outline,
                       const dro_atlas *atlas, water *out, dro_error *error);
void water_free(water *water);

/* Tells water from land and numbers the connected waters; again after vertices were
 * inserted. What the coastline calls land at the middle of its largest triangle is
 * none, whatever the outline says (an odd edge far inland would turn it over). */
dro_status water_classify(const coast *shore, water *water, dro_error *error);

/* Component at a place, MESH_NONE on land. *hint speeds up near places. */
uint32_t water_at(const water *water, dro_vec place, uint32_t *hint);

#endif
