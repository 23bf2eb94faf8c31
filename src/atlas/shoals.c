/*
 * shoals.geojson: waters where the coastline looks open and a deep ship is not.
 */
#include <string.h>

#include "atlas/table.h"

static const dro_field fields[] = {
    DRO_ID(dro_shoal, id),
    DRO_NAME(dro_shoal, name),
    DRO_FIGURE("depth_m", dro_shoal, depth_m, 0, 100),
    DRO_SOURCE(dro_shoal, source),
    DRO_WORD(dro_shoal, mark, dro_mark_words),
    DRO_PROSE(dro_shoal, note),
};

static dro_status finish(dro_atlas *atlas, const dro_record *record, void *row,
                         bool *skip, dro_error *error) {
    (void)skip;
    dro_shoal *shoal = row;
    size_t count = record->feature->count;
    if (count < 3) {
        return dro_record_fail(record, "id", error, "the ring has no area");
    }
    dro_point *points = dro_arena_alloc(atlas->arena, count, sizeof *points);
    if (points == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a shoal");
    }
    memcpy(points, record->feature->points, count * sizeof *points);
    shoal->points = points;
    shoal->count = count;
    return DRO_OK;
}

const dro_table dro_table_shoals = {
    .file = "shoals.geojson",
    .id = DRO_TABLE_SHOALS,
    .form = DRO_FORM_AREAS,
    .row_size = sizeof(dro_shoal),
    .fields = fields,
    .field_count = sizeof fields / sizeof fields[0],
    .finish = finish,
};
