/*
 * The sorted list of folded names.
 */
#include "atlas/lookup.h"

#include <stdlib.h>
#include <string.h>

static uint64_t head_of(const char *text, size_t length) {
    uint64_t head = 0;
    for (size_t i = 0; i < 8; i++) {
        head = head << 8 | (i < length ? (unsigned char)text[i] : 0);
    }
    return head;
}

dro_status dro_lookup_add(dro_lookup *lookup, dro_arena *arena, const char *text,
                          const dro_key *key, dro_error *error) {
    char folded[DRO_KEY_MAX];
    size_t length = dro_text_fold(text, folded, sizeof folded);
    if (length == 0) {
        return DRO_OK;
    }
    DRO_TRY(DRO_RESERVE(lookup->keys, lookup->capacity, lookup->count + 1, error));
    const char *kept = dro_arena_strndup(arena, folded, length);
    if (kept == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for names");
    }
    dro_key *added = &lookup->keys[lookup->count++];
    *added = *key;
    added->text = kept;
    added->head = head_of(kept, length);
    return DRO_OK;
}

/* The first `length` bytes of text. */
static dro_status add_part(dro_lookup *lookup, dro_arena *arena, const char *text,
                           size_t length, const dro_key *key, dro_error *error) {
    char part[2 * DRO_KEY_MAX];
    if (length >= sizeof part) {
        length = sizeof part - 1;
    }
    memcpy(part, text, length);
    part[length] = '\0';
    return dro_lookup_add(lookup, arena, part, key, error);
}

dro_status dro_lookup_add_names(dro_lookup *lookup, dro_arena *arena, const char *name,
                                const char *aliases, size_t item, int rank,
                                dro_error *error) {
    dro_key key = {.item = item, .kind = DRO_KEY_NAME, .rank = rank};
    DRO_TRY(dro_lookup_add(lookup, arena, name, &key, error));
    key.kind = DRO_KEY_ALIAS;
    const char *bracket = strchr(name, '(');
    if (bracket != NULL) {
        DRO_TRY(add_part(lookup, arena, name, (size_t)(bracket - name), &key, error));
    }
    while (*aliases != '\0') {
        size_t length = strcspn(aliases, "|");
        DRO_TRY(add_part(lookup, arena, aliases, length, &key, error));
        aliases += length + (aliases[length] == '|');
    }
    return DRO_OK;
}

static int compare(const void *a, const void *b) {
    const dro_key *p = a, *q = b;
    if (p->head != q->head) {
        return p->head < q->head ? -1 : 1;
    }
    int order = strcmp(p->text, q->text);
    if (order == 0) {
        order = p->rank - q->rank;
    }
    if (order == 0) {
        order = (int)p->kind - (int)q->kind;
    }
    return order != 0 ? order : (p->item > q->item) - (p->item < q->item);
}

void dro_lookup_sort(dro_lookup *lookup) {
    if (lookup->count > 1) {
        qsort(lookup->keys, lookup->count, sizeof *lookup->keys, compare);
    }
}

void dro_lookup_free(dro_lookup *lookup) {
    dro_free(lookup->keys);
    *lookup = (dro_lookup){.keys = NULL};
}

/* The first key that is not below `text`, or, with `beyond`, that is above all that
 * begin with it. */
static size_t bound(const dro_lookup *lookup, const char *text, bool beyond) {
    size_t length = strlen(text);
    size_t low = 0, high = lookup->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(lookup->keys[middle].text, text, length);
        if (order < 0 || (order == 0 && beyond)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

size_t dro_lookup_range(const dro_lookup *lookup, const char *text, size_t *first) {
    *first = bound(lookup, text, false);
    return bound(lookup, text, true) - *first;
}
