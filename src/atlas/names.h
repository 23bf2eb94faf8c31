/*
 * A map from text to a number (open addressing): ids to rows, and the atlas's
 * interned strings. The text is borrowed and must outlive the map.
 */
#ifndef DRO_ATLAS_NAMES_H
#define DRO_ATLAS_NAMES_H

#include "derrotero/base.h"

typedef struct dro_name_slot {
    const char *text; /* NULL: free */
    uint64_t hash;
    size_t value;
} dro_name_slot;

/* Zero-initialise. */
typedef struct dro_names {
    dro_name_slot *slots;
    size_t count, capacity; /* a power of two, or 0 */
} dro_names;

/* NULL where absent. */
const dro_name_slot *dro_names_find(const dro_names *names, const char *text);
/* The text must not be there yet. */
dro_status dro_names_add(dro_names *names, const char *text, size_t value,
                         dro_error *error);
void dro_names_free(dro_names *names);

#endif
