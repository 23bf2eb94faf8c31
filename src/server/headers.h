/*
 * The header fields of an answer, by what kind of thing it is.
 */
#ifndef DRO_SERVER_HEADERS_H
#define DRO_SERVER_HEADERS_H

#include <microhttpd.h>
#include <stdbool.h>

typedef enum srv_policy {
    SRV_POLICY_DATA,     /* of the API, or a problem: not a page */
    SRV_POLICY_DOCUMENT, /* of the API, HTML or SVG: a page that is on its own */
    SRV_POLICY_PAGE,     /* of the web folder */
    SRV_POLICY_EMBED     /* of the web folder, for frames of others */
} srv_policy;

typedef enum srv_keeping {
    SRV_KEEP_ASKING,  /* a cache asks again each time */
    SRV_KEEP_FOREVER, /* the name changes with the content */
    SRV_KEEP_NEVER
} srv_keeping;

typedef struct srv_headers {
    srv_policy policy;
    srv_keeping keeping;
    const char *type;  /* media type, or NULL: no body */
    const char *etag;  /* with its quotes, "" for none */
    const char *data;  /* version of the data, or NULL */
    const char *vary;  /* or NULL */
    const char *allow; /* or NULL */
    unsigned retry_after_s;
    bool zipped, close;
} srv_headers;

/* Out of memory leaves some out. */
void srv_headers_add(struct MHD_Response *response, const srv_headers *of);

/* An answer without a body: 204, 304. NULL where out of memory. */
struct MHD_Response *srv_headers_alone(const srv_headers *of);

#endif
