/*
 * What an endpoint of the API is to the server: a row of a table with a function that
 * reads a request and writes an answer. Everything else (threads, limits, caching,
 * compression, headers, errors) is the server's.
 */
#ifndef DRO_SERVER_HTTP_H
#define DRO_SERVER_HTTP_H

#include "derrotero/network.h"

/* ---- the request --------------------------------------------------------- */

typedef enum srv_method {
    SRV_GET = 1, /* also HEAD: the server drops the body */
    SRV_POST = 2
} srv_method;

typedef struct srv_parameter {
    const char *name, *value; /* decoded, valid UTF-8, no NUL; value "" in "?quay" */
} srv_parameter;

typedef struct srv_request {
    srv_method method;
    const char *path;                /* decoded, without the query */
    const srv_parameter *parameters; /* in the order given */
    size_t parameter_count;
    const char *accept, *content_type; /* "" where not sent */
    const char *body;                  /* NUL-terminated; "" where none */
    size_t body_length;
} srv_request;

/* ---- what the endpoints share -------------------------------------------- */

/* Made once before the server listens, immutable (or with its own locks) from then on:
 * cases that are open, version of the data. Defined by api_state.c. */
typedef struct srv_api srv_api;

typedef struct srv_api_options {
    dro_session *session; /* retained */
    const char *const
        *cases; /* folders or names; none: all that came with the program */
    size_t case_count;
} srv_api_options;

dro_status srv_api_create(const srv_api_options *options, srv_api **out,
                          dro_error *error);
void srv_api_destroy(srv_api *api);
/* Makes ready what is asked first, while requests are answered; ends with DRO_CANCELLED
 * or DRO_OK once the progress says stop. Defined by api_warm.c. */
dro_status srv_api_warm(srv_api *api, const dro_progress *progress, dro_error *error);
/* Changes whenever an answer could: tables, chart, cases, program. */
uint64_t srv_api_data(const srv_api *api);

/* ---- a call -------------------------------------------------------------- */

typedef struct srv_call {
    const srv_request *request;
    const void *data; /* of the endpoint's row */
    srv_api *api;
    dro_session *session;
    dro_worker *worker;           /* this thread's */
    dro_arena *arena;             /* dropped after the answer */
    unsigned threads;             /* that the work may use */
    const dro_progress *progress; /* never NULL; false means: nobody waits, stop */
    double uptime_s;              /* of the server */
    FILE *out;                    /* takes the answer's body */
    /* For the endpoint to set: */
    const char *type; /* media type, static or in the arena; "application/json" */
    int status;       /* 0: 200, or after a failure what the dro_status says */
} srv_call;

/* ---- an endpoint --------------------------------------------------------- */

/*
 * run() writes the body to call->out and returns DRO_OK; or fails, and what it wrote is
 * dropped: the error's message becomes the detail of a problem (RFC 9457), its status
 * the HTTP status: INVALID, NOT_FOUND, PARSE, LIMIT, USAGE 400; NO_ANSWER 422; NOMEM
 * and CANCELLED 503; others 500, with the message kept for the log. run() must be a
 * function of the request and the data alone: its answers are kept and served again.
 */
typedef struct srv_endpoint {
    const char *path;
    dro_status (*run)(srv_call *call, dro_error *error);
    const void *data;
    bool (*slow)(const srv_request *request); /* or NULL: this one is not quick */
    unsigned methods;                         /* SRV_GET | SRV_POST */
    bool quick;                               /* < 2 ms: on the thread that reads */
    bool events; /* may be asked for as text/event-stream */
    bool fresh;  /* changes by itself: not kept, no ETag (health) */
} srv_endpoint;

/* The table; api_table.c. */
const srv_endpoint *srv_endpoints(size_t *count);

/* ---- for endpoints ------------------------------------------------------- */

/* The first value of this name, or NULL. */
const char *srv_parameter_value(const srv_request *request, const char *name);

#endif
