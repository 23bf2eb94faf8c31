/*
 * lakes.csv: lakes of the coastline that ships reach, or that they do not.
 */
#include "atlas/table.h"

static const dro_field fields[] = {
    DRO_ID(dro_lake, id),
    DRO_NAME(dro_lake, name),
    DRO_FIGURE("lat", dro_lake, at.lat_deg, -1e9, 1e9),
    DRO_FIGURE("lon", dro_lake, at.lon_deg, -1e9, 1e9),
    DRO_TRUTH(dro_lake, navigable),
    DRO_SOURCE(dro_lake, source),
    DRO_WORD(dro_lake, mark, dro_mark_words),
    DRO_PROSE(dro_lake, note),
};

static dro_status finish(dro_atlas *atlas, const dro_record *record, void *row,
                         bool *skip, dro_error *error) {
    (void)atlas;
    (void)skip;
    const dro_lake *lake = row;
    return dro_record_point(record, "lat", lake->at, error);
}

const dro_table dro_table_lakes = {
    .file = "lakes.csv",
    .id = DRO_TABLE_LAKES,
    .row_size = sizeof(dro_lake),
    .fields = fields,
    .field_count = sizeof fields / sizeof fields[0],
    .finish = finish,
};
