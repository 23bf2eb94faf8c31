/* What the files of the facts share: their state. */
#ifndef DRO_FACTS_STATE_H
#define DRO_FACTS_STATE_H

#include <assert.h>
#include <stdatomic.h>

#include "atlas/names.h"
#include "derrotero/facts.h"

#define DRO_FACTS_MAX_ROWS 100000

typedef struct facts_cell {
    dro_range range;      /* NUMBER: all three the same */
    const char *text;     /* TEXT, and what was written of a THING, WORD or FLAG */
    int32_t index;        /* of a THING once settled; of a WORD; a FLAG: 0 or 1 */
    unsigned long column; /* in the file, 0: not from a file */
} facts_cell;

typedef struct facts_thing {
    const char *id;
    dro_fact_origin origin;
} facts_thing;

typedef struct facts_kind {
    facts_thing *things;
    facts_cell *cells; /* attributes of the kind, thing by thing */
    size_t count, things_capacity, cells_capacity;
    dro_names ids;
} facts_kind;

/* Texts: of one set of facts, which alone adds to it; copies keep it, and what they add
 * themselves goes when they do. */
typedef struct facts_pool {
    atomic_uint users;
    dro_arena *arena;
    struct facts_pool *from; /* of the facts that these are a copy of, or NULL */
} facts_pool;

struct dro_facts {
    const dro_atlas *atlas;
    facts_pool *pool;
    facts_kind kinds[DRO_KIND_COUNT];
    dro_source *sources; /* of the case */
    size_t source_count, source_capacity;
};

/* Where an attribute stands: its kind, its place in a thing, attributes of a thing. */
typedef struct facts_slot {
    uint16_t kind, place, stride;
} facts_slot;
extern const facts_slot facts_slots[DRO_ATTRIBUTE_COUNT];

/* Asked for every edge of a graph in every sample: no call. */
static inline facts_cell *facts_cell_at(const dro_facts *facts, size_t thing,
                                        dro_attribute_id attribute) {
    const facts_slot *slot = &facts_slots[attribute];
    const facts_kind *k = &facts->kinds[slot->kind];
    assert(thing < k->count);
    return &k->cells[thing * slot->stride + slot->place];
}

dro_status facts_keep(dro_facts *facts, const char *text, const char **out,
                      dro_error *error);
/* Appends an empty thing; the id must be new. */
dro_status facts_append(dro_facts *facts, dro_kind kind, const char *id, size_t *out,
                        dro_error *error);
dro_status facts_from_atlas(dro_facts *facts, dro_error *error);
/* Index of a word in the list "a|b|c", or -1. */
int facts_word_index(const char *list, const char *word);
/* One cell from text. The message has no place in it. */
dro_status facts_set(dro_facts *facts, facts_cell *cell, const dro_attribute *attribute,
                     const char *text, dro_error *error);
dro_status facts_check_range(const dro_attribute *attribute, dro_range range,
                             dro_error *error);

#endif
