/*
 * derrotero/server.h: the questions over HTTP, and the files of the web map. One
 * session is shared by all threads; docs/server.md says what a client sees.
 *
 *   dro_server_options options = DRO_SERVER_OPTIONS_INIT;
 *   dro_server_start(session, &options, &server, &error);
 *   ... dro_server_url(server) ...
 *   dro_server_stop(server);
 *
 * Thread safety: start and stop from one thread. SIGPIPE has to be ignored.
 */
#ifndef DERROTERO_SERVER_H
#define DERROTERO_SERVER_H

#include "network.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dro_server_options {
    const char *listen;       /* HOST:PORT, [IPv6]:PORT; port 0: any that is free */
    const char *web;          /* folder of the page; NULL: see dro_server_locate_web */
    const char *const *cases; /* folders or names; none: those that came with it */
    size_t case_count;
    unsigned threads;         /* that answer quick requests; 0: one per core */
    unsigned max_work;        /* long jobs at a time, 1 or more; 0: one per core */
    unsigned queue;           /* long jobs that wait */
    unsigned max_connections; /* 1 or more */
    unsigned max_per_ip;      /* 0: no limit */
    size_t max_body, max_url, max_header; /* bytes */
    size_t cache;                         /* bytes of answers that are kept; 0: none */
    double idle_timeout_s;                /* without a byte on a connection */
    double request_timeout_s;             /* for a request to arrive whole */
    double work_timeout_s; /* for a long job, and to finish when stopped */
    FILE *log;             /* a line per request, or NULL */
    /* Else the first case is made ready for comparisons in the background, at a lower
     * priority, once it listens. */
    bool no_warm;
} dro_server_options;

#define DRO_SERVER_OPTIONS_INIT                                                     \
    {                                                                               \
        "127.0.0.1:8080", NULL, NULL, 0, 0, 0, 64, 16384, 0, (size_t)16 << 20,      \
            (size_t)8 << 10, (size_t)16 << 10, (size_t)64 << 20, 60.0, 30.0, 300.0, \
            NULL, false                                                             \
    }

typedef struct dro_server dro_server;

/* Listens and answers from then on. The session has its chart; a reference is held.
 * DRO_INVALID: an option; DRO_IO: the address cannot be listened on (it is taken), or a
 * file of the web folder cannot be read. */
dro_status dro_server_start(dro_session *session, const dro_server_options *options,
                            dro_server **out, dro_error *error);
/* "http://127.0.0.1:8080/", with the port that it really has. */
const char *dro_server_url(const dro_server *server);
/* How many files of the page it holds; 0: the API alone. */
size_t dro_server_files(const dro_server *server);
/* Takes no more connections, finishes what runs (after work_timeout_s it is stopped),
 * frees. NULL is fine. */
void dro_server_stop(dro_server *server);

/* Where the page is: `given` if not NULL, else DERROTERO_WEB, the build tree, the XDG
 * data folder, the installed folder; "" where there is none. DRO_NOT_FOUND where a
 * named one has no index.html. */
dro_status dro_server_locate_web(const char *given, char *path, size_t size,
                                 dro_error *error);

#ifdef __cplusplus
}
#endif
#endif
