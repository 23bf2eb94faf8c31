/*
 * sources.csv: where the figures come from. Every other row names one of these.
 */
#include "atlas/table.h"

static const dro_field fields[] = {
    DRO_ID(dro_source, id),           DRO_NAME(dro_source, title),
    DRO_PROSE(dro_source, publisher), DRO_TEXT(dro_source, year),
    DRO_TEXT(dro_source, licence),    DRO_PROSE(dro_source, note),
};

const dro_table dro_table_sources = {
    .file = "sources.csv",
    .id = DRO_TABLE_SOURCES,
    .row_size = sizeof(dro_source),
    .fields = fields,
    .field_count = sizeof fields / sizeof fields[0],
};
