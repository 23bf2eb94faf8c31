/*
 * An answer with its body, in memory: ready to be sent as often as it is asked for,
 * plain or compressed. Shared by its uses; it does not change but for the compressed
 * body, which is made when first wanted.
 */
#ifndef DRO_SERVER_STORED_H
#define DRO_SERVER_STORED_H

#include <stdatomic.h>

#include "derrotero/base.h"
#include "server/headers.h"

#define SRV_ETAG_MAX 48

typedef struct srv_stored {
    atomic_uint uses;
    int status;
    const char *body; /* of `plain` */
    size_t length;
    srv_headers headers; /* its texts are below, or static */
    char etag[SRV_ETAG_MAX], zipped_etag[SRV_ETAG_MAX];
    char data[17];
    char type[96], allow[40];
    int level; /* of compression; 0: not worth it */
    struct MHD_Response *plain;
    _Atomic(struct MHD_Response *) zipped;
    atomic_size_t zipped_length;
    /* Of the cache that holds it: */
    char *key;
    uint64_t hash;
    size_t cost;
    struct srv_stored *chain, *newer, *older;
} srv_stored;

/* Takes the body, which malloc made, also on failure. Texts are copied. `level`: 1 to
 * 9, 0: it is never compressed. NULL where out of memory. */
srv_stored *srv_stored_create(int status, const srv_headers *headers, int level,
                              char *body, size_t length);
srv_stored *srv_stored_use(srv_stored *stored);
void srv_stored_release(srv_stored *stored); /* NULL is fine */

/* The response to queue, and how long its body is. */
struct MHD_Response *srv_stored_response(srv_stored *stored, bool gzip, size_t *length);
/* Its tag in that form, "" for none. */
const char *srv_stored_etag(const srv_stored *stored, bool gzip);
/* Makes the compressed body now. */
void srv_stored_zip(srv_stored *stored);

/* The tag of an entity of these two hashes: "0123...", with its quotes. */
void srv_etag(uint64_t one, uint64_t two, char *etag);
/* That of its compressed form. */
void srv_etag_zipped(const char *etag, char *zipped);

#endif
