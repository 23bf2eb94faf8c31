/*
 * A queue of (key, item) that hands out keys nearly in order: buckets of one width,
 * unsorted inside (Dial 1969), and a heap for keys beyond the last. Made for searches
 * that correct a label when a shorter way comes later.
 */
#ifndef CHART_BUCKETS_H
#define CHART_BUCKETS_H

#include <string.h>

#include "chart/heap.h"

#define BUCKETS_COUNT 32768u

typedef struct bucket_entry {
    float key;
    uint32_t item, next; /* next: entry + 1 */
} bucket_entry;

typedef struct buckets {
    bucket_entry *entries;
    size_t count, capacity;
    uint32_t *first;  /* per bucket: entry + 1 */
    uint32_t at, top; /* buckets before `at` and from `top` on are empty */
    float base, width;
    heap far;
} buckets;

static inline dro_status buckets_create(buckets *b, dro_error *error) {
    return dro_new((void **)&b->first, BUCKETS_COUNT, sizeof *b->first, "search",
                   error);
}

static inline void buckets_free(buckets *b) {
    dro_free(b->entries);
    dro_free(b->first);
    heap_free(&b->far);
    *b = (buckets){0};
}

/* The first bucket begins at `base` (and takes smaller keys too). */
static inline void buckets_clear(buckets *b, float base, float width) {
    if (b->at < b->top) {
        memset(b->first + b->at, 0, (b->top - b->at) * sizeof *b->first);
    }
    b->at = BUCKETS_COUNT;
    b->top = 0;
    b->count = 0;
    b->far.count = 0;
    b->base = base;
    b->width = width;
}

static inline dro_status buckets_push(buckets *b, float key, uint32_t item,
                                      dro_error *error) {
    float place = (key - b->base) / b->width;
    if (!(place < (float)BUCKETS_COUNT)) {
        return heap_push(&b->far, key, item, error);
    }
    uint32_t i = place > 0.0f ? (uint32_t)place : 0;
    if (b->count == b->capacity) {
        DRO_TRY(DRO_RESERVE(b->entries, b->capacity, b->count + 1, error));
    }
    b->entries[b->count] = (bucket_entry){key, item, b->first[i]};
    b->first[i] = (uint32_t)++b->count;
    b->at = i < b->at ? i : b->at;
    b->top = i >= b->top ? i + 1 : b->top;
    return DRO_OK;
}

/* No key still to come is below *least. False: empty. */
static inline bool buckets_pop(buckets *b, heap_entry *out, float *least) {
    while (b->at < b->top && !b->first[b->at]) {
        b->at++;
    }
    if (b->at < b->top) {
        const bucket_entry *e = &b->entries[b->first[b->at] - 1];
        b->first[b->at] = e->next;
        *out = (heap_entry){e->key, e->item};
        *least = b->at ? b->base + (float)b->at * b->width : 0.0f;
        return true;
    }
    if (!b->far.count) {
        return false;
    }
    *out = heap_pop(&b->far);
    *least = out->key;
    return true;
}

/* What will be handed out next if nothing smaller comes before it; items are below
 * UINT32_MAX, which is returned where none is known. */
static inline uint32_t buckets_peek(buckets *b) {
    while (b->at < b->top && !b->first[b->at]) {
        b->at++;
    }
    return b->at < b->top ? b->entries[b->first[b->at] - 1].item : UINT32_MAX;
}

#endif
