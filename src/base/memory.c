/*
 * The process-wide allocator, and arrays on it whose sizes cannot overflow.
 */
#include "derrotero/base.h"

#include <stdlib.h>
#include <string.h>

static void *resize_by_malloc(void *context, void *pointer, size_t bytes) {
    (void)context;
    if (bytes == 0) {
        free(pointer);
        return NULL;
    }
    return realloc(pointer, bytes);
}

static const dro_allocator malloc_allocator = {resize_by_malloc, NULL};
static dro_allocator in_use = {resize_by_malloc, NULL};

/* False where count * size does not fit; never 0, which would mean free. */
static bool bytes_of(size_t count, size_t size, size_t *bytes) {
    if (size != 0 && count > SIZE_MAX / size) {
        return false;
    }
    *bytes = count * size;
    if (*bytes == 0) {
        *bytes = 1;
    }
    return true;
}

void dro_allocator_set(const dro_allocator *allocator) {
    in_use = allocator == NULL ? malloc_allocator : *allocator;
}

void *dro_malloc(size_t count, size_t size) {
    return dro_realloc(NULL, count, size);
}

void *dro_calloc(size_t count, size_t size) {
    size_t bytes;
    if (!bytes_of(count, size, &bytes)) {
        return NULL;
    }
    if (in_use.resize == resize_by_malloc) {
        return calloc(1, bytes); /* large blocks come zeroed from the system */
    }
    void *pointer = in_use.resize(in_use.context, NULL, bytes);
    return pointer == NULL ? NULL : memset(pointer, 0, bytes);
}

void *dro_realloc(void *pointer, size_t count, size_t size) {
    size_t bytes;
    if (!bytes_of(count, size, &bytes)) {
        return NULL;
    }
    return in_use.resize(in_use.context, pointer, bytes);
}

void dro_free(void *pointer) {
    if (pointer != NULL) {
        (void)in_use.resize(in_use.context, pointer, 0);
    }
}

char *dro_strdup(const char *text) {
    size_t bytes = strlen(text) + 1;
    char *copy = dro_malloc(bytes, 1);
    return copy == NULL ? NULL : memcpy(copy, text, bytes);
}

dro_status dro_new(void **out, size_t count, size_t size, const char *what,
                   dro_error *error) {
    void *pointer = dro_calloc(count, size);
    if (pointer == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for %s (%zu x %zu bytes)",
                        what, count, size);
    }
    *out = pointer;
    return DRO_OK;
}

static size_t doubled(size_t capacity, size_t need) {
    size_t grown = capacity < 8 ? 8 : capacity;
    while (grown < need) {
        if (grown > SIZE_MAX / 2) {
            return need;
        }
        grown *= 2;
    }
    return grown;
}

dro_status dro_reserve(void **items, size_t *capacity, size_t need, size_t size,
                       dro_error *error) {
    if (need <= *capacity) {
        return DRO_OK;
    }
    /* *items is some T * behind a void **: memcpy keeps to the aliasing rules. */
    void *old;
    memcpy(&old, items, sizeof old);
    size_t grown = doubled(*capacity, need);
    void *moved = dro_realloc(old, grown, size);
    if (moved == NULL) {
        return dro_fail(error, DRO_NOMEM,
                        "out of memory for an array of %zu x %zu bytes", grown, size);
    }
    memcpy(items, &moved, sizeof moved);
    *capacity = grown;
    return DRO_OK;
}
