/*
 * Header fields of answers: caching (RFC 9111), and what a browser may do with them
 * (Content Security Policy Level 3, Fetch).
 */
#include "server/headers.h"

#include <stdio.h>
#include <string.h>

static const char *content_policy(srv_policy policy) {
    switch (policy) {
    case SRV_POLICY_DATA:
        return "default-src 'none'; frame-ancestors 'none'";
    /* A report brings its own style and script and asks nothing of anybody; the
     * sandbox keeps it apart from the map's page. */
    case SRV_POLICY_DOCUMENT:
        return "default-src 'none'; style-src 'unsafe-inline'; script-src "
               "'unsafe-inline'; img-src data:; sandbox allow-scripts; "
               "frame-ancestors 'self'";
    case SRV_POLICY_PAGE:
        return "default-src 'self'; worker-src 'self' blob:; img-src 'self' data: "
               "blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
               "form-action 'none'; frame-ancestors 'none'";
    case SRV_POLICY_EMBED:
        return "default-src 'self'; worker-src 'self' blob:; img-src 'self' data: "
               "blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
               "form-action 'none'; frame-ancestors *";
    }
    return "default-src 'none'";
}

static const char *cache_control(srv_keeping keeping) {
    switch (keeping) {
    case SRV_KEEP_ASKING:
        return "no-cache";
    case SRV_KEEP_FOREVER:
        return "public, max-age=31536000, immutable";
    case SRV_KEEP_NEVER:
        return "no-store";
    }
    return "no-store";
}

static void add(struct MHD_Response *response, const char *name, const char *value) {
    if (value != NULL && value[0] != '\0') {
        (void)MHD_add_response_header(response, name, value);
    }
}

void srv_headers_add(struct MHD_Response *response, const srv_headers *of) {
    char number[16];
    add(response, "Content-Type", of->type);
    add(response, "Content-Encoding", of->zipped ? "gzip" : NULL);
    add(response, "Cache-Control", cache_control(of->keeping));
    add(response, "ETag", of->etag);
    add(response, "Vary", of->vary);
    add(response, "Allow", of->allow);
    add(response, "Derrotero-Data", of->data);
    add(response, "Content-Security-Policy", content_policy(of->policy));
    add(response, "X-Content-Type-Options", "nosniff");
    add(response, "Referrer-Policy", "no-referrer");
    add(response, "Cross-Origin-Resource-Policy", "same-origin");
    if (of->policy != SRV_POLICY_EMBED) {
        add(response, "Cross-Origin-Opener-Policy", "same-origin");
    }
    if (of->retry_after_s > 0) {
        (void)snprintf(number, sizeof number, "%u", of->retry_after_s);
        add(response, "Retry-After", number);
    }
    add(response, "Connection", of->close ? "close" : NULL);
}

struct MHD_Response *srv_headers_alone(const srv_headers *of) {
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (response != NULL) {
        srv_headers_add(response, of);
    }
    return response;
}
