/*
 * Finding a row by what people call it: a sorted list of folded names.
 */
#ifndef DRO_ATLAS_LOOKUP_H
#define DRO_ATLAS_LOOKUP_H

#include "derrotero/atlas.h"

#define DRO_KEY_MAX 128 /* bytes of a folded name; longer ones are cut */

typedef enum dro_key_kind { /* in order of preference */
    DRO_KEY_CODE,
    DRO_KEY_NAME,
    DRO_KEY_ALIAS
} dro_key_kind;

typedef struct dro_key {
    const char *text; /* folded */
    uint64_t head;    /* its first eight bytes, in order of the text */
    size_t item;
    dro_key_kind kind;
    int rank; /* of the item: where two have the same name, the lower one is meant */
} dro_key;

/* Zero-initialise; the texts are in the arena. */
typedef struct dro_lookup {
    dro_key *keys;
    size_t count, capacity;
} dro_lookup;

/* What is looked up, for messages and for what may be guessed. */
typedef struct dro_lookup_about {
    const char *what; /* "port" */
    bool guess_codes; /* may a code be cut short or mistyped? */
    /* "Callao (PECLL)" */
    void (*describe)(const dro_atlas *atlas, size_t item, char *buffer, size_t size);
    const char *(*country_of)(const dro_atlas *atlas, size_t item); /* or NULL */
} dro_lookup_about;

/* `text` is folded first; of `key` the item, the kind and the rank are taken. */
dro_status dro_lookup_add(dro_lookup *lookup, dro_arena *arena, const char *text,
                          const dro_key *key, dro_error *error);
/* Name and what stands before its "(", and the '|'-separated aliases. */
dro_status dro_lookup_add_names(dro_lookup *lookup, dro_arena *arena, const char *name,
                                const char *aliases, size_t item, int rank,
                                dro_error *error);
void dro_lookup_sort(dro_lookup *lookup);
void dro_lookup_free(dro_lookup *lookup);

/* The keys that begin with `text`: from *first, as many as returned; those that are
 * equal to it come first. */
size_t dro_lookup_range(const dro_lookup *lookup, const char *text, size_t *first);

dro_status dro_lookup_find(const dro_atlas *atlas, const dro_lookup *lookup,
                           const dro_lookup_about *about, const char *text,
                           size_t *item, dro_error *error);
/* Is the text a whole name or code of something, so that nothing has to be guessed? */
bool dro_lookup_is_named(const dro_atlas *atlas, const dro_lookup *lookup,
                         const dro_lookup_about *about, const char *text);

#endif
