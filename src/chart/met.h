/*
 * Which avoided areas matter. A best way that keeps clear of some of the areas bounds
 * those that keep clear of all from below; if it meets none of the others, it is one of
 * them. So a way is looked for without areas, then with those that the way met, until
 * it meets no other: areas that no way near the best meets cost nothing.
 */
#ifndef CHART_MET_H
#define CHART_MET_H

#include "chart/rules.h"

typedef struct met_areas {
    uint64_t rules;      /* whose areas; 0: none */
    uint64_t numbers[2]; /* of the rules without, with those that were met */
    uint8_t *met;        /* per area */
    dro_ring *rings;     /* those that were met */
    rules_disc *discs, *blocks;
    size_t count, met_capacity, ring_capacity, disc_capacity, block_capacity;
} met_areas;

void met_free(met_areas *met);

/* What earlier ways met counts as long as the rules are the same. */
dro_status met_begin(met_areas *met, const dro_sea_rules *rules, dro_error *error);

/* The rules without areas, or with those that were met; good until the next call of
 * met_note, and as long as the rules are. */
void met_rules(const met_areas *met, const dro_sea_rules *rules, bool with_areas,
               dro_sea_rules *part);

/* Does the way meet an area that `part` has not? Such areas are noted, with those near
 * them: the next way would meet one of these. */
bool met_note(met_areas *met, const dro_sea_rules *rules, const dro_sea_rules *part,
              const dro_vec *way, size_t count);

#endif
