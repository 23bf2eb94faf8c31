/*
 * Torture: runs a function again and again, each time with another one of its
 * allocations failing, until it gets through without having met the failure. Each
 * run must end with DRO_NOMEM (or DRO_OK, where the code can do without) and must
 * have given back all that it took.
 *
 *     static dro_status load(void *context, dro_error *error) { ... frees all ... }
 *     ck_assert_uint_gt(torture(load, context), 0);
 *
 * It covers allocations of the library (dro_allocator_set), not those that GEOS,
 * netCDF, PROJ, libfyaml and jansson make themselves. Threads may allocate.
 */
#ifndef DRO_TESTS_TORTURE_H
#define DRO_TESTS_TORTURE_H

#include <check.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

#include "derrotero/base.h"

typedef dro_status (*torture_body)(void *context, dro_error *error);

typedef struct torture_state {
    atomic_size_t count;   /* allocations asked for */
    atomic_size_t fail_at; /* the one that fails, from 1; 0: none */
    atomic_long live;      /* blocks that were not given back */
} torture_state;

static void *torture_resize(void *context, void *pointer, size_t bytes) {
    torture_state *state = context;
    if (bytes == 0) {
        atomic_fetch_sub(&state->live, 1);
        free(pointer);
        return NULL;
    }
    size_t number = atomic_fetch_add(&state->count, 1) + 1;
    if (number == atomic_load(&state->fail_at)) {
        return NULL;
    }
    void *moved = realloc(pointer, bytes);
    if (moved != NULL && pointer == NULL) {
        atomic_fetch_add(&state->live, 1);
    }
    return moved;
}

/* One run; true where the failing allocation was reached. */
static bool torture_once(torture_state *state, torture_body body, void *context,
                         size_t fail_at) {
    atomic_store(&state->count, 0);
    atomic_store(&state->fail_at, fail_at);
    dro_error error = DRO_ERROR_INIT;
    dro_status status = body(context, &error);
    bool reached = atomic_load(&state->count) >= fail_at && fail_at > 0;
    ck_assert_msg(status == DRO_OK || (reached && status == DRO_NOMEM),
                  "allocation %zu failing gives %s: %s", fail_at,
                  dro_status_text(status), error.message);
    ck_assert_msg(status == DRO_OK || error.message[0] != '\0',
                  "allocation %zu failing leaves no message", fail_at);
    ck_assert_msg(atomic_load(&state->live) == 0,
                  "allocation %zu failing leaks %ld blocks", fail_at,
                  atomic_load(&state->live));
    return reached;
}

/* Fails allocation 1, 1 + step, 1 + 2 step ...; returns how many runs failed one. */
static size_t torture_stepping(torture_body body, void *context, size_t step) {
    torture_state state = {.count = 0};
    dro_allocator_set(&(dro_allocator){torture_resize, &state});
    (void)torture_once(&state, body, context, 0);
    size_t runs = 0;
    for (size_t n = 1; torture_once(&state, body, context, n); n += step) {
        runs++;
    }
    dro_allocator_set(NULL);
    return runs;
}

/* Fails each allocation once. */
static inline size_t torture(torture_body body, void *context) {
    return torture_stepping(body, context, 1);
}

#endif
