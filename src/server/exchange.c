/* Exchanges: made when a request's first line has come, shared with a worker, dropped.
 * A thread keeps one for its next request. */
#include <string.h>

#include "server/state.h"

#define KEPT_ARENA_MAX ((size_t)1 << 20) /* bytes that may lie in a kept one */

static srv_exchange *make(void) {
    srv_exchange *made = dro_calloc(1, sizeof *made);
    if (made != NULL && dro_arena_create(&made->arena, NULL) != DRO_OK) {
        dro_free(made);
        made = NULL;
    }
    return made;
}

static void destroy(srv_exchange *exchange) {
    if (exchange != NULL) {
        dro_arena_destroy(exchange->arena);
        dro_free(exchange);
    }
}

srv_exchange *srv_exchange_begin(dro_server *server, const char *address) {
    srv_thread *thread = srv_this_thread(server);
    srv_exchange *exchange = thread != NULL ? thread->unused : NULL;
    if (exchange == NULL) {
        exchange = make();
    } else {
        thread->unused = NULL;
    }
    if (exchange == NULL) {
        return NULL;
    }
    dro_arena *arena = exchange->arena;
    *exchange = (srv_exchange){.server = server, .arena = arena};
    atomic_init(&exchange->uses, 1);
    exchange->began_s = dro_clock_s();
    exchange->address = dro_arena_strndup(arena, address, strlen(address));
    if (exchange->address == NULL) {
        destroy(exchange);
        return NULL;
    }
    return exchange;
}

void srv_exchange_release(srv_exchange *exchange) {
    if (exchange == NULL || atomic_fetch_sub(&exchange->uses, 1) > 1) {
        return;
    }
    dro_server *server = exchange->server;
    srv_thread *thread = pthread_getspecific(server->threads);
    srv_stored_release(exchange->answer);
    srv_events_destroy(exchange->events);
    (void)atomic_fetch_sub(&server->held_body, exchange->body.capacity);
    dro_text_free(&exchange->body);
    if (thread != NULL && thread->unused == NULL &&
        dro_arena_bytes(exchange->arena) <= KEPT_ARENA_MAX) {
        dro_arena_reset(exchange->arena);
        thread->unused = exchange;
    } else {
        destroy(exchange);
    }
}

/* ---- threads ------------------------------------------------------------- */

srv_thread *srv_this_thread(dro_server *server) {
    srv_thread *thread = pthread_getspecific(server->threads);
    if (thread == NULL) {
        thread = dro_calloc(1, sizeof *thread);
        if (thread != NULL) {
            thread->server = server;
            if (pthread_setspecific(server->threads, thread) != 0) {
                dro_free(thread);
                thread = NULL;
            }
        }
    }
    return thread;
}

void srv_thread_end(void *thread) {
    srv_thread *ended = thread;
    dro_worker_destroy(ended->worker);
    destroy(ended->unused);
    dro_free(ended);
}

dro_worker *srv_thread_worker(srv_thread *thread) {
    if (thread != NULL && thread->worker == NULL) {
        (void)dro_worker_create(thread->server->session, &thread->worker, NULL);
    }
    return thread != NULL ? thread->worker : NULL;
}
