/* Writers of one voyage, one per format. */
#ifndef DERROTERO_REPORT_VOYAGE_H
#define DERROTERO_REPORT_VOYAGE_H

#include "derrotero/report.h"

dro_status voyage_json(FILE *out, const dro_voyage *voyage, dro_arena *arena,
                       dro_error *error);
dro_status voyage_geojson(FILE *out, const dro_voyage *voyage, dro_arena *arena,
                          dro_error *error);
void voyage_csv(FILE *out, const dro_voyage *voyage);
dro_status voyage_table(FILE *out, const dro_voyage *voyage, dro_arena *arena,
                        dro_error *error);

/* Ids of the passages in the order of passing, between separators. */
void voyage_passage_ids(const dro_itinerary *itinerary, const char *separator,
                        char *text, size_t size);

static inline double voyage_item(const dro_itinerary *itinerary, dro_item item) {
    return itinerary->total.item[item].value;
}

#endif
