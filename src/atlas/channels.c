/*
 * channels.geojson: lines that ships follow where the coastline fails: canals,
 * rivers, approaches, narrows.
 */
#include <math.h>
#include <string.h>

#include "atlas/table.h"

static const char *const kinds[] = {"canal", "river", "approach", "narrow", NULL};

static const dro_field fields[] = {
    DRO_ID(dro_channel, id),
    DRO_NAME(dro_channel, name),
    DRO_WORD(dro_channel, kind, kinds),
    DRO_REF(dro_channel, passage, DRO_TABLE_PASSAGES),
    DRO_NUMBER("max_draft_m", dro_channel, max_draft_m, DRO_UNKNOWN, 0.5, 100),
    DRO_SOURCE(dro_channel, source),
    DRO_WORD(dro_channel, mark, dro_mark_words),
    DRO_PROSE(dro_channel, note),
};

static dro_status finish(dro_atlas *atlas, const dro_record *record, void *row,
                         bool *skip, dro_error *error) {
    (void)skip;
    dro_channel *channel = row;
    size_t count = record->feature->count;
    dro_point *points = dro_arena_alloc(atlas->arena, count, sizeof *points);
    if (points == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a channel");
    }
    memcpy(points, record->feature->points, count * sizeof *points);
    channel->points = points;
    channel->count = count;
    return DRO_OK;
}

const dro_table dro_table_channels = {
    .file = "channels.geojson",
    .id = DRO_TABLE_CHANNELS,
    .form = DRO_FORM_LINES,
    .row_size = sizeof(dro_channel),
    .fields = fields,
    .field_count = sizeof fields / sizeof fields[0],
    .finish = finish,
};
