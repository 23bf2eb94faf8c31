/*
 * Answers that are kept: bounded in bytes, the least recently used go first. In parts
 * with a lock each, so that threads hardly meet.
 */
#ifndef DRO_SERVER_CACHE_H
#define DRO_SERVER_CACHE_H

#include "server/stored.h"

typedef struct srv_cache srv_cache;

/* `bytes` 0: nothing is kept. Bodies, keys and what goes with them count, and half of
 * each body for its compressed form. */
dro_status srv_cache_create(size_t bytes, srv_cache **out, dro_error *error);
void srv_cache_destroy(srv_cache *cache);

/* A use of the answer to this key, for the caller to release; NULL: there is none. */
srv_stored *srv_cache_get(srv_cache *cache, const char *key, size_t length);
/* Keeps a use of its own, in place of what had the key. Too large for its part: it is
 * not kept. */
void srv_cache_put(srv_cache *cache, const char *key, size_t length,
                   srv_stored *stored);
size_t srv_cache_bytes(srv_cache *cache);

#endif
