/*
 * Arena: items that are dropped together, cut from growing blocks.
 *
 * Debug mode (compiled with DRO_ARENA_DEBUG, as the sanitizer presets are, or with
 * DERROTERO_ARENA_DEBUG set in the environment): one allocation per item, so that
 * sanitizers and valgrind see overruns and uses after a reset.
 */
#include "derrotero/base.h"

#include <assert.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_FIRST ((size_t)16 << 10)
#define BLOCK_LAST  ((size_t)1 << 20)

typedef struct block {
    struct block *next;
    size_t size, used; /* of data */
    alignas(max_align_t) unsigned char data[];
} block;

struct dro_arena {
    block *first;   /* all blocks, oldest first */
    block *current; /* later ones are empty */
    bool debug;
    void **items; /* debug mode only */
    size_t item_count, item_capacity;
    size_t bytes;
};

static bool debug_wanted(void) {
#if defined(DRO_ARENA_DEBUG) && DRO_ARENA_DEBUG
    return true;
#else
    const char *value = getenv("DERROTERO_ARENA_DEBUG"); /* NOLINT(concurrency-*) */
    return value != NULL && value[0] != '\0' && strcmp(value, "0") != 0;
#endif
}

static size_t rounded(size_t bytes) {
    const size_t unit = alignof(max_align_t);
    return (bytes + unit - 1) / unit * unit;
}

static void *debug_alloc(dro_arena *arena, size_t bytes) {
    if (DRO_RESERVE(arena->items, arena->item_capacity, arena->item_count + 1, NULL) !=
        DRO_OK) {
        return NULL;
    }
    void *item = dro_calloc(bytes, 1);
    if (item != NULL) {
        arena->items[arena->item_count++] = item;
        arena->bytes += bytes;
    }
    return item;
}

static void debug_drop(dro_arena *arena) {
    for (size_t i = 0; i < arena->item_count; i++) {
        dro_free(arena->items[i]);
    }
    arena->item_count = 0;
}

static size_t next_size(const dro_arena *arena, size_t need) {
    size_t size = BLOCK_FIRST;
    if (arena->current != NULL) {
        size = arena->current->size < BLOCK_LAST / 2 ? 2 * arena->current->size
                                                     : BLOCK_LAST;
    }
    return need > size ? need : size;
}

/* A new block behind the current one; those that were kept stay behind it. */
static bool add_block(dro_arena *arena, size_t need) {
    size_t size = next_size(arena, need);
    if (size > SIZE_MAX - sizeof(block)) {
        return false;
    }
    block *made = dro_malloc(sizeof *made + size, 1);
    if (made == NULL) {
        return false;
    }
    block **link = arena->current == NULL ? &arena->first : &arena->current->next;
    *made = (block){.next = *link, .size = size, .used = 0};
    *link = made;
    arena->current = made;
    return true;
}

/* Makes the current block one with room for `need` bytes. */
static bool find_room(dro_arena *arena, size_t need) {
    while (arena->current != NULL &&
           arena->current->size - arena->current->used < need) {
        if (arena->current->next == NULL || arena->current->next->size < need) {
            return add_block(arena, need);
        }
        arena->current = arena->current->next;
    }
    return arena->current != NULL || add_block(arena, need);
}

dro_status dro_arena_create(dro_arena **out, dro_error *error) {
    void *made = NULL;
    DRO_TRY(dro_new(&made, 1, sizeof(dro_arena), "an arena", error));
    dro_arena *arena = made;
    arena->debug = debug_wanted();
    *out = arena;
    return DRO_OK;
}

void dro_arena_destroy(dro_arena *arena) {
    if (arena == NULL) {
        return;
    }
    debug_drop(arena);
    dro_free(arena->items);
    for (block *each = arena->first; each != NULL;) {
        block *next = each->next;
        dro_free(each);
        each = next;
    }
    dro_free(arena);
}

void dro_arena_reset(dro_arena *arena) {
    debug_drop(arena);
    for (block *each = arena->first; each != NULL; each = each->next) {
        each->used = 0;
    }
    arena->current = arena->first;
    arena->bytes = 0;
}

void *dro_arena_alloc(dro_arena *arena, size_t count, size_t size) {
    if (size != 0 && count > (SIZE_MAX / 2) / size) {
        return NULL;
    }
    size_t bytes = count * size == 0 ? 1 : count * size;
    if (arena->debug) {
        return debug_alloc(arena, bytes);
    }
    size_t need = rounded(bytes);
    if (!find_room(arena, need)) {
        return NULL;
    }
    void *item = arena->current->data + arena->current->used;
    arena->current->used += need;
    arena->bytes += bytes;
    assert(arena->current->used <= arena->current->size);
    return memset(item, 0, need);
}

char *dro_arena_strndup(dro_arena *arena, const char *text, size_t length) {
    if (length == SIZE_MAX) {
        return NULL;
    }
    char *copy = dro_arena_alloc(arena, length + 1, 1);
    if (copy != NULL && length > 0) {
        memcpy(copy, text, length);
    }
    return copy;
}

size_t dro_arena_bytes(const dro_arena *arena) {
    return arena->bytes;
}
