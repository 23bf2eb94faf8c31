/*
 * Long work: a queue with an end, and threads that take from it. The connection of what
 * is queued or runs is suspended, or is sent a stream of events.
 */
#ifndef DRO_SERVER_WORK_H
#define DRO_SERVER_WORK_H

#include <pthread.h>
#include <stdbool.h>

#include "derrotero/server.h"

struct srv_exchange;

typedef struct srv_work {
    dro_server *server;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct srv_exchange *waiting, **waiting_end, *running;
    unsigned waiting_count, running_count, most_waiting;
    pthread_t *threads;
    unsigned thread_count;
    bool ends;
} srv_work;

dro_status srv_work_begin(dro_server *server, srv_work *work, dro_error *error);
/* Waits for what runs; nothing is put in any more. */
void srv_work_end(srv_work *work);

/* Takes a use of the exchange; false: there is no room. A plain answer's connection is
 * suspended, and resumed when the answer is there. */
bool srv_work_put(srv_work *work, struct srv_exchange *exchange);
/* Nobody waits for it any more. */
void srv_work_stop(srv_work *work, struct srv_exchange *exchange);
void srv_work_stop_all(srv_work *work);
/* Is its answer there? */
bool srv_work_done(srv_work *work, const struct srv_exchange *exchange);
bool srv_work_empty(srv_work *work);
/* Stops what is late and what nobody waits for, and keeps streams alive. */
void srv_work_watch(srv_work *work, double now_s);

#endif
