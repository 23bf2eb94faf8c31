/*
 * Text to number: linear probing, at most half full.
 */
#include "atlas/names.h"

#include <string.h>

static uint64_t hash_of(const char *text) {
    return dro_hash64(text, strlen(text), 0);
}

/* The slot of the text, or the free one where it would go. */
static dro_name_slot *slot_of(const dro_names *names, const char *text, uint64_t hash) {
    size_t mask = names->capacity - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        dro_name_slot *slot = &names->slots[i];
        if (slot->text == NULL ||
            (slot->hash == hash && strcmp(slot->text, text) == 0)) {
            return slot;
        }
    }
}

const dro_name_slot *dro_names_find(const dro_names *names, const char *text) {
    if (names->capacity == 0) {
        return NULL;
    }
    const dro_name_slot *slot = slot_of(names, text, hash_of(text));
    return slot->text == NULL ? NULL : slot;
}

static dro_status grow(dro_names *names, dro_error *error) {
    dro_names larger = {.count = names->count,
                        .capacity = names->capacity == 0 ? 256 : 2 * names->capacity};
    void *slots = NULL;
    DRO_TRY(
        dro_new(&slots, larger.capacity, sizeof(dro_name_slot), "a name map", error));
    larger.slots = slots;
    for (size_t i = 0; i < names->capacity; i++) {
        const dro_name_slot *slot = &names->slots[i];
        if (slot->text != NULL) {
            *slot_of(&larger, slot->text, slot->hash) = *slot;
        }
    }
    dro_free(names->slots);
    *names = larger;
    return DRO_OK;
}

dro_status dro_names_add(dro_names *names, const char *text, size_t value,
                         dro_error *error) {
    if (2 * (names->count + 1) > names->capacity) {
        DRO_TRY(grow(names, error));
    }
    uint64_t hash = hash_of(text);
    *slot_of(names, text, hash) = (dro_name_slot){text, hash, value};
    names->count++;
    return DRO_OK;
}

void dro_names_free(dro_names *names) {
    dro_free(names->slots);
    *names = (dro_names){.slots = NULL};
}
