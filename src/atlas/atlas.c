/*
 * The atlas: all tables of a folder, loaded once and then only read.
 */
#include <string.h>

#include "atlas/atlas_state.h"
#include "atlas/chart_hash.h"
#include "atlas/table.h"

dro_status dro_atlas_intern(dro_atlas *atlas, const char *text, const char **out,
                            dro_error *error) {
    const dro_name_slot *slot = dro_names_find(&atlas->strings, text);
    if (slot != NULL) {
        *out = slot->text;
        return DRO_OK;
    }
    const char *kept = dro_arena_strndup(atlas->arena, text, strlen(text));
    if (kept == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the tables");
    }
    DRO_TRY(dro_names_add(&atlas->strings, kept, 0, error));
    *out = kept;
    return DRO_OK;
}

/* In this order: a table refers only to those before it. */
static const dro_table *const tables[] = {
    &dro_table_sources,  &dro_table_fuels,    &dro_table_vessels,
    &dro_table_passages, &dro_table_ports,    &dro_table_channels,
    &dro_table_shoals,   &dro_table_barriers, &dro_table_lakes,
};

static dro_status read_tables(dro_atlas *atlas, const char *directory,
                              dro_error *error) {
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        char path[DRO_PATH_MAX];
        DRO_TRY(dro_atlas_path(directory, tables[i]->file, path, error));
        DRO_TRY(dro_table_read(atlas, tables[i], path, error));
        if (tables[i]->after != NULL) {
            DRO_TRY(tables[i]->after(atlas, directory, error));
        }
    }
    return DRO_OK;
}

dro_status dro_atlas_load(const char *directory, dro_atlas **out, dro_error *error) {
    void *made = NULL;
    DRO_TRY(dro_new(&made, 1, sizeof(dro_atlas), "the tables", error));
    dro_atlas *atlas = made;
    dro_status status = dro_arena_create(&atlas->arena, error);
    DRO_TRY_GOTO(status, failed);
    DRO_TRY_GOTO(read_tables(atlas, directory, error), failed);
    atlas->chart_hash = dro_atlas_hash_chart(atlas);
    *out = atlas;
    return DRO_OK;
failed:
    dro_atlas_destroy(atlas);
    return status;
}

void dro_atlas_destroy(dro_atlas *atlas) {
    if (atlas == NULL) {
        return;
    }
    for (size_t i = 0; i < DRO_TABLE_COUNT; i++) {
        dro_names_free(&atlas->tables[i].ids);
        dro_free(atlas->tables[i].items);
    }
    dro_lookup_free(&atlas->ports);
    dro_lookup_free(&atlas->passages);
    dro_lookup_free(&atlas->vessels);
    dro_index_destroy(atlas->places);
    dro_names_free(&atlas->strings);
    dro_arena_destroy(atlas->arena);
    dro_free(atlas);
}

/* ---- getters ------------------------------------------------------------------- */

static const void *rows_of(const dro_atlas *atlas, dro_table_id table, size_t *count) {
    *count = atlas->tables[table].count;
    return atlas->tables[table].items;
}

const dro_port *dro_atlas_ports(const dro_atlas *atlas, size_t *count) {
    return rows_of(atlas, DRO_TABLE_PORTS, count);
}

const dro_passage *dro_atlas_passages(const dro_atlas *atlas, size_t *count) {
    return rows_of(atlas, DRO_TABLE_PASSAGES, count);
}

const dro_vessel *dro_atlas_vessels(const dro_atlas *atlas, size_t *count) {
    return rows_of(atlas, DRO_TABLE_VESSELS, count);
}

const dro_fuel *dro_atlas_fuels(const dro_atlas *atlas, size_t *count) {
    return rows_of(atlas, DRO_TABLE_FUELS, count);
}

const dro_channel *dro_atlas_channels(const dro_atlas *atlas, size_t *count) {
    return rows_of(atlas, DRO_TABLE_CHANNELS, count);
}

const dro_shoal *dro_atlas_shoals(const dro_atlas *atlas, size_t *count) {
    return rows_of(atlas, DRO_TABLE_SHOALS, count);
}

const dro_barrier *dro_atlas_barriers(const dro_atlas *atlas, size_t *count) {
    return rows_of(atlas, DRO_TABLE_BARRIERS, count);
}

const dro_lake *dro_atlas_lakes(const dro_atlas *atlas, size_t *count) {
    return rows_of(atlas, DRO_TABLE_LAKES, count);
}

const dro_source *dro_atlas_sources(const dro_atlas *atlas, size_t *count) {
    return rows_of(atlas, DRO_TABLE_SOURCES, count);
}

const dro_source *dro_atlas_source(const dro_atlas *atlas, const char *id) {
    const dro_rows *sources = &atlas->tables[DRO_TABLE_SOURCES];
    const dro_name_slot *slot = dro_names_find(&sources->ids, id);
    return slot == NULL ? NULL : &((const dro_source *)sources->items)[slot->value];
}

uint64_t dro_atlas_chart_hash(const dro_atlas *atlas) {
    return atlas->chart_hash;
}

const char *dro_mark_text(dro_mark mark) {
    return dro_mark_words[mark];
}
