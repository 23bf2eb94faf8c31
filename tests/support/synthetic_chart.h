/*
 * Charts of the invented world, compiled into a folder that goes with them.
 */
#ifndef DRO_TESTS_SYNTHETIC_CHART_H
#define DRO_TESTS_SYNTHETIC_CHART_H

#include "derrotero/chart.h"
#include "support/synthetic_coast.h"

/* The tables of tests/fixtures/atlas_synthetic, moved east by shift_deg, as a folder.
 */
dro_status synthetic_atlas_write(double shift_deg, const char *folder,
                                 dro_error *error);

typedef struct synthetic_chart {
    char folder[512]; /* temporary */
    char coastline[544], path[544];
    double shift_deg;
    dro_atlas *atlas;
    dro_chart *chart;
} synthetic_chart;

/* Writes coast and atlas, builds and opens. `like`: options to build with (coastline
 * and atlas are filled in), or NULL. */
dro_status synthetic_chart_create(const synthetic_world *world, double shift_deg,
                                  const dro_chart_build_options *like,
                                  synthetic_chart *out, dro_error *error);
/* The same without building: folder, coastline and atlas. */
dro_status synthetic_chart_prepare(const synthetic_world *world, double shift_deg,
                                   synthetic_chart *out, dro_error *error);
/* Removes the folder too. */
void synthetic_chart_destroy(synthetic_chart *chart);

/* A place of the unmoved world in this one. */
dro_point synthetic_chart_place(const synthetic_chart *chart, double lat_deg,
                                double lon_deg);

#endif
