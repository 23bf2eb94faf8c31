/*
 * passages.csv: canals, straits, capes and routes that can be open or closed, and
 * what it takes to pass them.
 */
#include <math.h>
#include <string.h>

#include "atlas/gate.h"
#include "atlas/table.h"
#include "base/quote.h"

static const char *const kinds[] = {"canal", "strait", "cape", "route", NULL};

#define HOURS(member) DRO_NUMBER(#member, dro_passage, member, DRO_UNKNOWN, 0, 10000)
#define TOLL(member)  DRO_NUMBER(#member, dro_passage, member, 0, 0, 1e8)

static const dro_field fields[] = {
    DRO_ID(dro_passage, id),
    DRO_NAME(dro_passage, name),
    DRO_PROSE(dro_passage, aliases),
    DRO_WORD(dro_passage, kind, kinds),
    DRO_SPECIAL("part_of"),
    DRO_TRUTH(dro_passage, open),
    DRO_SPECIAL("gate"),
    DRO_NUMBER("max_draft_m", dro_passage, max_draft_m, DRO_UNKNOWN, 0.5, 1000),
    DRO_NUMBER("max_loa_m", dro_passage, max_loa_m, DRO_UNKNOWN, 5, 1000),
    DRO_NUMBER("max_beam_m", dro_passage, max_beam_m, DRO_UNKNOWN, 2, 1000),
    DRO_NUMBER("max_air_draft_m", dro_passage, max_air_draft_m, DRO_UNKNOWN, 2, 1000),
    HOURS(transit_h),
    HOURS(transit_h_low),
    HOURS(transit_h_high),
    HOURS(wait_h),
    HOURS(wait_h_low),
    HOURS(wait_h_high),
    TOLL(toll_fixed_usd),
    TOLL(toll_per_teu_usd),
    TOLL(toll_per_teu_loaded_usd),
    TOLL(toll_per_teu_empty_usd),
    TOLL(toll_per_gt_usd),
    DRO_NUMBER("toll_uncertainty_pct", dro_passage, toll_uncertainty_pct, 0, 0, 500),
    DRO_NUMBER("customary_penalty_nm", dro_passage, customary_penalty_nm, 0, 0, 10000),
    DRO_NUMBER("slots_per_day", dro_passage, slots_per_day, DRO_UNKNOWN, 0, 10000),
    DRO_TEXT(dro_passage, as_of),
    DRO_SOURCE(dro_passage, source),
    DRO_WORD(dro_passage, mark, dro_mark_words),
    DRO_PROSE(dro_passage, note),
};

static dro_status read_gates(dro_atlas *atlas, const dro_record *record,
                             dro_passage *passage, dro_error *error) {
    dro_gate *gates = NULL;
    const char *text = dro_record_text(record, "gate");
    dro_status status =
        dro_gate_parse(text, atlas->arena, &gates, &passage->gate_count, error);
    DRO_TRY(dro_record_place(record, "gate", status, error));
    passage->gates = gates;
    if (passage->gate_count == 0 && passage->kind != DRO_PASSAGE_CANAL) {
        return dro_record_fail(record, "gate", error,
                               "only a canal may be without a gate line");
    }
    return DRO_OK;
}

/* A part stands below what it is a part of. */
static dro_status read_parent(const dro_atlas *atlas, const dro_record *record,
                              dro_passage *passage, dro_error *error) {
    const char *parent = dro_record_text(record, "part_of");
    passage->part_of = -1;
    if (parent[0] == '\0') {
        return DRO_OK;
    }
    const dro_rows *rows = &atlas->tables[DRO_TABLE_PASSAGES];
    const dro_name_slot *slot = dro_names_find(&rows->ids, parent);
    if (slot == NULL) {
        char quoted[DRO_QUOTE_MAX];
        return dro_record_fail(record, "part_of", error, "no passage %s above this row",
                               dro_quote(parent, quoted));
    }
    passage->part_of = (int)slot->value;
    return DRO_OK;
}

static dro_status finish(dro_atlas *atlas, const dro_record *record, void *row,
                         bool *skip, dro_error *error) {
    (void)skip;
    dro_passage *passage = row;
    const double transit[] = {passage->transit_h_low, passage->transit_h,
                              passage->transit_h_high};
    const double wait[] = {passage->wait_h_low, passage->wait_h, passage->wait_h_high};
    if (atlas->tables[DRO_TABLE_PASSAGES].count >= DRO_PASSAGES_MAX) {
        return dro_record_fail(record, "id", error, "more than %d passages",
                               DRO_PASSAGES_MAX);
    }
    DRO_TRY(dro_record_range(record, "transit_h", transit, error));
    DRO_TRY(dro_record_range(record, "wait_h", wait, error));
    DRO_TRY(read_parent(atlas, record, passage, error));
    return read_gates(atlas, record, passage, error);
}

/* A passage's mask has its own bit and those of its parts. */
static void fill_masks(dro_atlas *atlas) {
    size_t count = 0;
    const dro_passage *passages = dro_atlas_passages(atlas, &count);
    for (size_t i = count; i-- > 0;) { /* parts stand below */
        atlas->masks[i] |= UINT64_C(1) << i;
        if (passages[i].part_of >= 0) {
            atlas->masks[passages[i].part_of] |= atlas->masks[i];
        }
        if (!passages[i].open) {
            atlas->closed |= atlas->masks[i];
        }
    }
}

static dro_status add_keys(dro_atlas *atlas, dro_error *error) {
    size_t count = 0;
    const dro_passage *passages = dro_atlas_passages(atlas, &count);
    for (size_t i = 0; i < count; i++) {
        int rank = passages[i].part_of >= 0; /* "Panama Canal" means the whole */
        dro_key key = {.item = i, .kind = DRO_KEY_CODE, .rank = rank};
        DRO_TRY(dro_lookup_add(&atlas->passages, atlas->arena, passages[i].id, &key,
                               error));
        DRO_TRY(dro_lookup_add_names(&atlas->passages, atlas->arena, passages[i].name,
                                     passages[i].aliases, i, rank, error));
    }
    dro_lookup_sort(&atlas->passages);
    return DRO_OK;
}

static dro_status prepare(dro_atlas *atlas, const char *directory, dro_error *error) {
    (void)directory;
    fill_masks(atlas);
    return add_keys(atlas, error);
}

const dro_table dro_table_passages = {
    .file = "passages.csv",
    .id = DRO_TABLE_PASSAGES,
    .row_size = sizeof(dro_passage),
    .fields = fields,
    .field_count = sizeof fields / sizeof fields[0],
    .finish = finish,
    .after = prepare,
};

static void describe(const dro_atlas *atlas, size_t item, char *buffer, size_t size) {
    size_t count = 0;
    (void)snprintf(buffer, size, "%s", dro_atlas_passages(atlas, &count)[item].id);
}

dro_status dro_atlas_find_passage(const dro_atlas *atlas, const char *text,
                                  size_t *passage, dro_error *error) {
    static const dro_lookup_about about = {
        .what = "passage", .guess_codes = true, .describe = describe};
    return dro_lookup_find(atlas, &atlas->passages, &about, text, passage, error);
}

uint64_t dro_atlas_passage_mask(const dro_atlas *atlas, size_t passage) {
    return atlas->masks[passage];
}

uint64_t dro_atlas_closed_mask(const dro_atlas *atlas) {
    return atlas->closed;
}

const char *dro_passage_kind_text(dro_passage_kind kind) {
    return kinds[kind];
}
