/*
 * What went wrong, told to a client: problem details (RFC 9457).
 */
#ifndef DRO_SERVER_PROBLEM_H
#define DRO_SERVER_PROBLEM_H

#include "server/stored.h"

/* X(name, HTTP status, last part of the type, title) */
#define SRV_PROBLEM_LIST(X)                                                 \
    X(INVALID_VALUE, 400, "invalid-value", "Invalid value")                 \
    X(NOT_KNOWN, 400, "not-known", "Not known")                             \
    X(CANNOT_PARSE, 400, "cannot-be-parsed", "Cannot be parsed")            \
    X(LIMIT, 400, "limit-exceeded", "A limit is exceeded")                  \
    X(USAGE, 400, "wrong-usage", "Wrong usage")                             \
    X(NO_PATH, 404, "no-such-path", "There is nothing at this address")     \
    X(METHOD, 405, "method-not-allowed", "Method not allowed")              \
    X(BODY, 413, "body-too-large", "The body is too large")                 \
    X(ADDRESS, 414, "address-too-long", "The address is too long")          \
    X(MEDIA_TYPE, 415, "unsupported-media-type", "Unsupported media type")  \
    X(NO_ANSWER, 422, "no-answer", "No answer exists")                      \
    X(HEADERS, 431, "headers-too-large", "The header fields are too large") \
    X(INTERNAL, 500, "internal-error", "Internal error")                    \
    X(BUSY, 503, "busy", "Too many requests at once")                       \
    X(TIME, 503, "time-limit", "The work took too long")                    \
    X(MEMORY, 503, "out-of-memory", "Out of memory")                        \
    X(STOPPING, 503, "stopping", "The server is stopping")

typedef enum srv_problem {
#define SRV_PROBLEM_ENUM(name, status, slug, title) SRV_PROBLEM_##name,
    SRV_PROBLEM_LIST(SRV_PROBLEM_ENUM)
#undef SRV_PROBLEM_ENUM
    SRV_PROBLEM_COUNT
} srv_problem;

int srv_problem_status(srv_problem problem);
/* Of a failure in the library. */
srv_problem srv_problem_of(dro_status status);
/* That of an HTTP status, or `otherwise`. */
srv_problem srv_problem_of_http(int status, srv_problem otherwise);

typedef struct srv_problem_about {
    const char *detail;
    const char *instance; /* a URI reference, or NULL */
    const char *data;     /* version of the data, or NULL */
    const char *allow;    /* with METHOD */
    bool close;
} srv_problem_about;

/* The answer; NULL where out of memory. */
srv_stored *srv_problem_create(srv_problem problem, const srv_problem_about *about);

#endif
