/* An answer in memory; see stored.h. */
#include "server/stored.h"

#include <stdlib.h>
#include <string.h>

#include "server/gzip.h"

#define WORTH_ZIPPING 1024 /* bytes; a packet carries about that much anyway */

void srv_etag(uint64_t one, uint64_t two, char *etag) {
    (void)snprintf(etag, SRV_ETAG_MAX, "\"%016llx%016llx\"", (unsigned long long)one,
                   (unsigned long long)two);
}

/* Two forms of an entity are two strong tags (RFC 9110, 8.8.3.3). */
void srv_etag_zipped(const char *etag, char *zipped) {
    size_t length = strlen(etag);
    zipped[0] = '\0';
    if (length > 2) {
        (void)snprintf(zipped, SRV_ETAG_MAX, "%.*s-gz\"", (int)(length - 1), etag);
    }
}

static void copy_text(char *to, size_t size, const char *text) {
    size_t length = text != NULL ? strnlen(text, size - 1) : 0;
    if (length > 0) {
        memcpy(to, text, length);
    }
    to[length] = '\0';
}

static void take_headers(srv_stored *stored, const srv_headers *headers) {
    copy_text(stored->etag, sizeof stored->etag, headers->etag);
    copy_text(stored->data, sizeof stored->data, headers->data);
    copy_text(stored->type, sizeof stored->type, headers->type);
    copy_text(stored->allow, sizeof stored->allow, headers->allow);
    srv_etag_zipped(stored->etag, stored->zipped_etag);
    stored->headers = *headers;
    stored->headers.etag = stored->etag;
    stored->headers.data = stored->data;
    stored->headers.type = stored->type;
    stored->headers.allow = stored->allow;
}

srv_stored *srv_stored_create(int status, const srv_headers *headers, int level,
                              char *body, size_t length) {
    srv_stored *stored = dro_calloc(1, sizeof *stored);
    if (stored == NULL) {
        free(body);
        return NULL;
    }
    atomic_init(&stored->uses, 1);
    stored->status = status;
    stored->level = length >= WORTH_ZIPPING ? level : 0;
    stored->body = body;
    stored->length = length;
    take_headers(stored, headers);
    stored->plain =
        MHD_create_response_from_buffer(length, body, MHD_RESPMEM_MUST_FREE);
    if (stored->plain == NULL) {
        free(body);
        dro_free(stored);
        return NULL;
    }
    srv_headers_add(stored->plain, &stored->headers);
    return stored;
}

srv_stored *srv_stored_use(srv_stored *stored) {
    (void)atomic_fetch_add(&stored->uses, 1);
    return stored;
}

void srv_stored_release(srv_stored *stored) {
    if (stored == NULL || atomic_fetch_sub(&stored->uses, 1) > 1) {
        return;
    }
    struct MHD_Response *zipped = atomic_load(&stored->zipped);
    if (zipped != NULL) {
        MHD_destroy_response(zipped);
    }
    MHD_destroy_response(stored->plain);
    dro_free(stored->key);
    dro_free(stored);
}

/* Two threads may do it at once: the first one's is kept. */
void srv_stored_zip(srv_stored *stored) {
    char *body = NULL;
    size_t length = 0;
    if (stored->level == 0 ||
        !srv_gzip(stored->body, stored->length, stored->level, &body, &length)) {
        return;
    }
    struct MHD_Response *made =
        MHD_create_response_from_buffer(length, body, MHD_RESPMEM_MUST_FREE);
    struct MHD_Response *none = NULL;
    if (made == NULL) {
        free(body);
        return;
    }
    srv_headers headers = stored->headers;
    headers.etag = stored->zipped_etag;
    headers.zipped = true;
    srv_headers_add(made, &headers);
    atomic_store(&stored->zipped_length, length);
    if (!atomic_compare_exchange_strong(&stored->zipped, &none, made)) {
        MHD_destroy_response(made);
    }
}

struct MHD_Response *srv_stored_response(srv_stored *stored, bool gzip,
                                         size_t *length) {
    struct MHD_Response *zipped = NULL;
    if (gzip && stored->level > 0) {
        zipped = atomic_load(&stored->zipped);
        if (zipped == NULL) {
            srv_stored_zip(stored);
            zipped = atomic_load(&stored->zipped);
        }
    }
    *length = zipped != NULL ? atomic_load(&stored->zipped_length) : stored->length;
    return zipped != NULL ? zipped : stored->plain;
}

const char *srv_stored_etag(const srv_stored *stored, bool gzip) {
    return gzip && stored->level > 0 ? stored->zipped_etag : stored->etag;
}
