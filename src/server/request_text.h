/*
 * The texts of a request: its target (RFC 9112, 3.2) with the query, Accept,
 * Accept-Encoding and If-None-Match (RFC 9110, 12.5 and 13.1), the address to listen
 * on. Pure functions of bytes that anybody may send.
 */
#ifndef DRO_SERVER_REQUEST_TEXT_H
#define DRO_SERVER_REQUEST_TEXT_H

#include "server/http.h"

#define SRV_PARAMETERS_MAX 256

typedef struct srv_target {
    const char *path; /* decoded */
    const srv_parameter *parameters;
    size_t parameter_count;
    /* The path and the parameters sorted by name (those of one name in their order),
     * encoded again: the same for all ways of writing the same request. */
    const char *canonical;
    size_t canonical_length;
} srv_target;

/* "/path?name=value&flag" or "http://host/path?..."; a + in the query is a space. All
 * in the arena. DRO_INVALID: no path, an escape that is none, a NUL, invalid UTF-8, a
 * parameter without a name; DRO_LIMIT: too many parameters. */
dro_status srv_target_parse(const char *text, size_t length, dro_arena *arena,
                            srv_target *out, dro_error *error);

/* The weight 0 to 1000 that Accept gives to a media type; `named`: by its own name, not
 * by a range. "" accepts all, an element that is no media range counts for nothing. */
unsigned srv_accept_weight(const char *accept, const char *type, bool *named);
/* Asked for by name and liked no less than JSON. */
bool srv_accepts_events(const char *accept);
bool srv_accepts_gzip(const char *accept_encoding);

/* Is one of the tags, or *, this one? Weak comparison (RFC 9110, 8.8.3.2): `tag` has
 * its quotes and no W/. */
bool srv_etag_matches(const char *if_none_match, const char *tag);

/* "text/csv; charset=utf-8" is "text/csv", in any case of letters. */
bool srv_media_type_is(const char *content_type, const char *type);

#define SRV_HOST_MAX 256

typedef struct srv_address {
    char host[SRV_HOST_MAX]; /* without brackets */
    char port[8];
    bool bracketed;
} srv_address;

/* "127.0.0.1:8080", "[::1]:8080", "localhost:0". */
dro_status srv_address_parse(const char *text, srv_address *out, dro_error *error);

/* Between double quotes, with quotes, backslashes, control characters and invalid UTF-8
 * escaped, cut with ... where it does not fit; size is 16 or more. Returns the length.
 */
size_t srv_log_quote(const char *text, char *buffer, size_t size);

#endif
