/*
 * What the atlas's own files share: its state.
 */
#ifndef DRO_ATLAS_STATE_H
#define DRO_ATLAS_STATE_H

#include "atlas/lookup.h"
#include "atlas/names.h"
#include "derrotero/atlas.h"

#define DRO_ATLAS_MAX_ROWS 100000 /* of one table */

/* In the order they are read: a table refers only to those before it. */
typedef enum dro_table_id {
    DRO_TABLE_SOURCES,
    DRO_TABLE_FUELS,
    DRO_TABLE_VESSELS,
    DRO_TABLE_PASSAGES,
    DRO_TABLE_PORTS,
    DRO_TABLE_CHANNELS,
    DRO_TABLE_SHOALS,
    DRO_TABLE_BARRIERS,
    DRO_TABLE_LAKES,
    DRO_TABLE_COUNT
} dro_table_id;

/* The rows of one table; every row struct begins with its id. */
typedef struct dro_rows {
    void *items;
    size_t count, capacity;
    dro_names ids;
} dro_rows;

struct dro_atlas {
    dro_arena *arena;
    dro_names strings; /* those in the arena, each once */
    dro_rows tables[DRO_TABLE_COUNT];
    dro_lookup ports, passages, vessels;
    dro_index *places; /* of the ports */
    uint64_t masks[DRO_PASSAGES_MAX];
    uint64_t closed;
    uint64_t chart_hash;
};

/* The text, kept by the atlas, once. */
dro_status dro_atlas_intern(dro_atlas *atlas, const char *text, const char **out,
                            dro_error *error);

/* "directory/file" into path of DRO_PATH_MAX bytes. */
#define DRO_PATH_MAX 4096
dro_status dro_atlas_path(const char *directory, const char *file, char *path,
                          dro_error *error);

#endif
