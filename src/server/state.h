/*
 * What the parts of the server share.
 *
 * Threads: some that read, answer quick requests and write (libmicrohttpd's, each with
 * its own connections); some that do long work (work.c); one that watches the clock
 * (watch.c); for a while one that makes ready what is asked first (warm.c). An exchange
 * (a request and its answer) belongs to the thread of its connection; while it is in
 * the hands of a worker its connection is suspended.
 */
#ifndef DRO_SERVER_STATE_H
#define DRO_SERVER_STATE_H

#include <pthread.h>
#include <stdatomic.h>

#include <microhttpd.h>

#include "derrotero/server.h"
#include "server/cache.h"
#include "server/events.h"
#include "server/files.h"
#include "server/peers.h"
#include "server/problem.h"
#include "server/request_text.h"
#include "server/stored.h"
#include "server/work.h"

#define SRV_URL_MAX 300

/* Of a thread that answers: its search arrays, an exchange for the next request. */
typedef struct srv_thread {
    dro_server *server;
    dro_worker *worker;          /* made when first needed */
    struct srv_exchange *unused; /* or NULL */
} srv_thread;

struct dro_server {
    dro_server_options options; /* texts are the caller's and not kept */
    dro_session *session;
    srv_api *api;
    char data[17]; /* version of the data, in hexadecimal */
    char url[SRV_URL_MAX];
    int listener;
    struct MHD_Daemon *daemon;
    pthread_key_t threads; /* srv_thread */
    bool has_threads_key;
    srv_cache *cache;
    srv_files *files;
    srv_peers peers;
    srv_work work;
    pthread_t watch, warm;
    bool watching, warming, has_peers, has_page;
    double began_s;
    atomic_bool stopping, watch_ends, warm_ends;
    atomic_uint exchanges;   /* requests that are not yet answered */
    atomic_size_t held_body; /* bytes of bodies in memory */
};

typedef enum srv_phase {
    SRV_PHASE_HEAD,    /* the first line has come */
    SRV_PHASE_BODY,    /* the body comes */
    SRV_PHASE_REFUSED, /* answered past libmicrohttpd; what still comes is dropped */
    SRV_PHASE_WORK,    /* in the hands of a worker, or back from it */
    SRV_PHASE_ANSWERED
} srv_phase;

typedef struct srv_exchange {
    atomic_uint uses; /* the connection's thread, a worker */
    dro_server *server;
    struct MHD_Connection *connection;
    srv_peer *peer;
    dro_arena *arena;
    srv_phase phase;
    const char *address; /* as it came, in the arena */
    const char *method;
    const char *inside; /* what went wrong inside, for the log; or NULL */
    srv_target target;
    char etag[SRV_ETAG_MAX]; /* "": its answers are not kept */
    bool gzip;               /* accepted */
    bool counted;            /* among the server's exchanges */
    bool closes;             /* the connection ends with the answer */
    const srv_endpoint *endpoint;
    srv_request request;
    dro_text body;
    size_t came;        /* bytes of the body */
    srv_stored *answer; /* one use is ours */
    int status;
    uint64_t sent;
    double began_s;
    /* Of long work: */
    struct srv_exchange *next; /* in the queue or among those that run */
    atomic_bool stop;          /* nobody waits any more */
    atomic_bool late;          /* over its time */
    double work_until_s;       /* 0: not yet begun */
    bool done;                 /* under the work's lock */
    srv_events *events;        /* or NULL: a plain answer */
} srv_exchange;

/* ---- exchange.c ---------------------------------------------------------- */

/* NULL where out of memory. */
srv_exchange *srv_exchange_begin(dro_server *server, const char *address);
void srv_exchange_release(srv_exchange *exchange);
srv_thread *srv_this_thread(dro_server *server); /* NULL where out of memory */
void srv_thread_end(void *thread);
dro_worker *srv_thread_worker(srv_thread *thread); /* NULL where out of memory */

/* ---- run.c --------------------------------------------------------------- */

/* Calls the endpoint; the answer, or the problem, is in exchange->answer (NULL where
 * out of memory). */
void srv_run(srv_exchange *exchange, dro_worker *worker, unsigned threads,
             const dro_progress *progress);
/* Makes a problem the answer. `allow` may be NULL. */
void srv_answer_problem(srv_exchange *exchange, srv_problem problem, const char *allow,
                        const dro_error *error);

/* ---- request_head.c ------------------------------------------------------ */

typedef struct srv_head_fault {
    const char *text; /* NULL: none */
    bool endless;     /* nobody knows where the body ends */
} srv_head_fault;

srv_head_fault srv_head_check(struct MHD_Connection *connection, const char *address,
                              const char *version);

/* ---- access.c ------------------------------------------------------------ */

void srv_log_request(const srv_exchange *exchange, bool whole);
void srv_log_notice(const dro_server *server, const char *text);

/* ---- handle.c: what libmicrohttpd calls ---------------------------------- */

enum MHD_Result srv_handle(void *server, struct MHD_Connection *connection,
                           const char *url, const char *method, const char *version,
                           const char *upload, size_t *upload_size, void **context);
void *srv_handle_address(void *server, const char *address,
                         struct MHD_Connection *connection);
void srv_handle_connection(void *server, struct MHD_Connection *connection, void **peer,
                           enum MHD_ConnectionNotificationCode what);
void srv_handle_completed(void *server, struct MHD_Connection *connection,
                          void **context, enum MHD_RequestTerminationCode how);

/* ---- listen.c, watch.c, warm.c --------------------------------------------------- */

dro_status srv_listen(const char *text, int *listener, char *url, size_t url_size,
                      dro_error *error);
/* Stops what is over its time and whom nobody waits for; returns when watch_ends. */
void *srv_watch(void *context);
/* Without a thread for it the first who asks waits; it is no failure. */
void srv_warm_begin(dro_server *server);
void srv_warm_end(dro_server *server); /* stops it; waits until it has ended */

#endif
