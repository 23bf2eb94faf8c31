/*
 * sources.csv: where the figures come from. Every other row names one of these.
 */
#include "atlas/table.h"

static const dro_field fields[] = {
    DRO_ID(dro_source, id),           DRO_NAME(dro_source, title),
    DRO_PROSE(dro_source, publisher), DRO_TEXT(dro_source, year),
    DRO_TEXT(dro_source, licence),    DRO_PROSE(dro_source, note),
};

static const dro_table table = {
    .file = "sources.csv",
    .id = DRO_TABLE_SOURCES,
    .row_size = sizeof(dro_source),
    .fields = fields,
    .field_count = sizeof fields / sizeof fields[0],
};

dro_status dro_read_sources(dro_atlas *atlas, const char *directory, dro_error *error) {
    char path[DRO_PATH_MAX];
    DRO_TRY(dro_atlas_path(directory, table.file, path, error));
    return dro_table_read_csv(atlas, &table, path, error);
}
