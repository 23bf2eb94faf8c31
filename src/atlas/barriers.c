/*
 * barriers.csv: walls across water that only looks open.
 */
#include "atlas/gate.h"
#include "atlas/table.h"

static const dro_field fields[] = {
    DRO_ID(dro_barrier, id),
    DRO_NAME(dro_barrier, name),
    DRO_SPECIAL("line"),
    DRO_SOURCE(dro_barrier, source),
    DRO_WORD(dro_barrier, mark, dro_mark_words),
    DRO_PROSE(dro_barrier, note),
};

static dro_status finish(dro_atlas *atlas, const dro_record *record, void *row,
                         bool *skip, dro_error *error) {
    (void)skip;
    dro_barrier *barrier = row;
    dro_gate *lines = NULL;
    size_t count = 0;
    const char *text = dro_record_text(record, "line");
    dro_status status = dro_gate_parse(text, atlas->arena, &lines, &count, error);
    DRO_TRY(dro_record_place(record, "line", status, error));
    if (count != 1) {
        return dro_record_fail(record, "line", error,
                               "a barrier is one line, this one has %zu", count);
    }
    barrier->points = lines[0].points;
    barrier->count = lines[0].count;
    return DRO_OK;
}

const dro_table dro_table_barriers = {
    .file = "barriers.csv",
    .id = DRO_TABLE_BARRIERS,
    .row_size = sizeof(dro_barrier),
    .fields = fields,
    .field_count = sizeof fields / sizeof fields[0],
    .finish = finish,
};
