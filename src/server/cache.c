/* A hash table and a list by last use in each part; see cache.h. */
#include "server/cache.h"

#include <pthread.h>
#include <string.h>

#define PARTS    8u
#define BUCKETS  1024u
#define OVERHEAD 3072u /* bytes of an answer besides body and key: header fields */

typedef struct part {
    pthread_mutex_t lock;
    size_t bytes, most;
    srv_stored *newest, *oldest;
    srv_stored *buckets[BUCKETS];
} part;

struct srv_cache {
    part parts[PARTS];
};

dro_status srv_cache_create(size_t bytes, srv_cache **out, dro_error *error) {
    srv_cache *cache = NULL;
    DRO_TRY(dro_new((void **)&cache, 1, sizeof *cache, "the cache", error));
    for (size_t i = 0; i < PARTS; i++) {
        (void)pthread_mutex_init(&cache->parts[i].lock, NULL);
        cache->parts[i].most = bytes / PARTS;
    }
    *out = cache;
    return DRO_OK;
}

static part *part_of(srv_cache *cache, uint64_t hash) {
    return &cache->parts[hash >> 32 & (PARTS - 1)];
}

static srv_stored **bucket_of(part *in, uint64_t hash) {
    return &in->buckets[hash & (BUCKETS - 1)];
}

/* ---- the list by last use, under the lock -------------------------------- */

static void unlink_use(part *in, srv_stored *stored) {
    *(stored->newer != NULL ? &stored->newer->older : &in->newest) = stored->older;
    *(stored->older != NULL ? &stored->older->newer : &in->oldest) = stored->newer;
}

static void link_newest(part *in, srv_stored *stored) {
    stored->newer = NULL;
    stored->older = in->newest;
    *(in->newest != NULL ? &in->newest->newer : &in->oldest) = stored;
    in->newest = stored;
}

static srv_stored **find(part *in, uint64_t hash, const char *key, size_t length) {
    srv_stored **at = bucket_of(in, hash);
    while (*at != NULL && ((*at)->hash != hash || strlen((*at)->key) != length ||
                           memcmp((*at)->key, key, length) != 0)) {
        at = &(*at)->chain;
    }
    return at;
}

static void drop(part *in, srv_stored **at) {
    srv_stored *stored = *at;
    *at = stored->chain;
    unlink_use(in, stored);
    in->bytes -= stored->cost;
    srv_stored_release(stored);
}

static void drop_oldest(part *in) {
    srv_stored *oldest = in->oldest;
    srv_stored **at = bucket_of(in, oldest->hash);
    while (*at != oldest) {
        at = &(*at)->chain;
    }
    drop(in, at);
}

/* ---- getting and putting ------------------------------------------------- */

srv_stored *srv_cache_get(srv_cache *cache, const char *key, size_t length) {
    uint64_t hash = dro_hash64(key, length, 0);
    part *in = part_of(cache, hash);
    (void)pthread_mutex_lock(&in->lock);
    srv_stored *found = *find(in, hash, key, length);
    if (found != NULL) {
        unlink_use(in, found);
        link_newest(in, found);
        (void)srv_stored_use(found);
    }
    (void)pthread_mutex_unlock(&in->lock);
    return found;
}

void srv_cache_put(srv_cache *cache, const char *key, size_t length,
                   srv_stored *stored) {
    uint64_t hash = dro_hash64(key, length, 0);
    part *in = part_of(cache, hash);
    size_t cost = stored->length + stored->length / 2 + length + OVERHEAD;
    char *copy = cost <= in->most / 2 ? dro_strdup(key) : NULL;
    if (copy == NULL) {
        return;
    }
    stored->key = copy; /* nobody else has seen it yet */
    stored->hash = hash;
    stored->cost = cost;
    (void)pthread_mutex_lock(&in->lock);
    srv_stored **at = find(in, hash, key, length);
    if (*at != NULL) {
        drop(in, at);
    }
    while (in->oldest != NULL && in->bytes + cost > in->most) {
        drop_oldest(in);
    }
    srv_stored **bucket = bucket_of(in, hash);
    stored->chain = *bucket;
    *bucket = srv_stored_use(stored);
    link_newest(in, stored);
    in->bytes += cost;
    (void)pthread_mutex_unlock(&in->lock);
}

size_t srv_cache_bytes(srv_cache *cache) {
    size_t bytes = 0;
    for (size_t i = 0; i < PARTS; i++) {
        part *in = &cache->parts[i];
        (void)pthread_mutex_lock(&in->lock);
        bytes += in->bytes;
        (void)pthread_mutex_unlock(&in->lock);
    }
    return bytes;
}

void srv_cache_destroy(srv_cache *cache) {
    if (cache == NULL) {
        return;
    }
    for (size_t i = 0; i < PARTS; i++) {
        while (cache->parts[i].oldest != NULL) {
            drop_oldest(&cache->parts[i]);
        }
        (void)pthread_mutex_destroy(&cache->parts[i].lock);
    }
    dro_free(cache);
}
