/* A 4-ary heap of (key, item), smallest key first. */
#ifndef CHART_HEAP_H
#define CHART_HEAP_H

#include "derrotero/base.h"

#if defined(__GNUC__)
#define DRO_PREFETCH(address) __builtin_prefetch(address)
#else
#define DRO_PREFETCH(address) ((void)(address))
#endif

typedef struct heap_entry {
    float key;
    uint32_t item;
} heap_entry;

typedef struct heap {
    heap_entry *entries;
    size_t count, capacity;
} heap;

static inline void heap_free(heap *h) {
    dro_free(h->entries);
    *h = (heap){0};
}

static inline dro_status heap_push(heap *h, float key, uint32_t item,
                                   dro_error *error) {
    if (h->count == h->capacity) {
        DRO_TRY(DRO_RESERVE(h->entries, h->capacity, h->count + 1, error));
    }
    size_t i = h->count++;
    while (i > 0) {
        size_t up = (i - 1) / 4;
        if (h->entries[up].key <= key) {
            break;
        }
        h->entries[i] = h->entries[up];
        i = up;
    }
    h->entries[i] = (heap_entry){key, item};
    return DRO_OK;
}

static inline heap_entry heap_pop(heap *h) {
    heap_entry top = h->entries[0], last = h->entries[--h->count];
    size_t i = 0;
    for (size_t first = 1; first < h->count; first = 4 * i + 1) {
        size_t end = first + 4 < h->count ? first + 4 : h->count, best = first;
        for (size_t k = first + 1; k < end; k++) {
            if (h->entries[k].key < h->entries[best].key) {
                best = k;
            }
        }
        if (h->entries[best].key >= last.key) {
            break;
        }
        h->entries[i] = h->entries[best];
        i = best;
    }
    h->entries[i] = last;
    return top;
}

#endif
