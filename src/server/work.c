/* Long work; see work.h. */
#define _GNU_SOURCE /* POLLRDHUP */
#include "server/work.h"

#include <poll.h>

#include "server/state.h"

/* ---- one piece of work --------------------------------------------------- */

static bool report(void *context, const char *stage, uint64_t done, uint64_t total) {
    srv_exchange *exchange = context;
    if (exchange->events != NULL) {
        srv_events_progress(exchange->events, stage, done, total);
    }
    return !atomic_load(&exchange->stop);
}

/* One use of the cores by each piece that may run beside others. */
static unsigned threads_of(const dro_server *server) {
    unsigned share = dro_cores() / server->options.max_work;
    return share > 0 ? share : 1;
}

static void finish_events(const srv_exchange *exchange) {
    static const char lost[] = "{\"type\": \"/problems/out-of-memory\", \"title\": "
                               "\"Out of memory\", \"status\": 503}";
    const srv_stored *answer = exchange->answer;
    if (answer == NULL) {
        srv_events_finish(exchange->events, "problem", lost, sizeof lost - 1);
    } else {
        srv_events_finish(exchange->events,
                          answer->status == 200 ? "result" : "problem", answer->body,
                          answer->length);
    }
}

static void run(srv_work *work, srv_exchange *exchange, dro_worker **worker) {
    dro_progress progress = {report, exchange};
    dro_error error = DRO_ERROR_INIT;
    if (*worker == NULL) {
        (void)dro_worker_create(work->server->session, worker, &error);
    }
    srv_run(exchange, *worker, threads_of(work->server), &progress);
}

/* After this the exchange may be gone. */
static void hand_back(srv_work *work, srv_exchange *exchange) {
    (void)pthread_mutex_lock(&work->lock);
    srv_exchange **at = &work->running;
    while (*at != exchange) {
        at = &(*at)->next;
    }
    *at = exchange->next;
    work->running_count--;
    exchange->done = true;
    (void)pthread_mutex_unlock(&work->lock);
    if (exchange->events != NULL) {
        finish_events(exchange);
    } else {
        MHD_resume_connection(exchange->connection);
    }
    srv_exchange_release(exchange);
}

/* The next piece, now among those that run; NULL at the end. */
static srv_exchange *take(srv_work *work) {
    (void)pthread_mutex_lock(&work->lock);
    while (work->waiting == NULL && !work->ends) {
        (void)pthread_cond_wait(&work->wake, &work->lock);
    }
    srv_exchange *next = work->waiting;
    if (next != NULL) {
        work->waiting = next->next;
        if (work->waiting == NULL) {
            work->waiting_end = &work->waiting;
        }
        work->waiting_count--;
        next->work_until_s = dro_clock_s() + work->server->options.work_timeout_s;
        next->next = work->running;
        work->running = next;
        work->running_count++;
    }
    (void)pthread_mutex_unlock(&work->lock);
    return next;
}

static void *serve(void *context) {
    srv_work *work = context;
    dro_worker *worker = NULL;
    srv_exchange *exchange = NULL;
    while ((exchange = take(work)) != NULL) {
        run(work, exchange, &worker);
        hand_back(work, exchange);
    }
    dro_worker_destroy(worker);
    return NULL;
}

/* ---- the queue ----------------------------------------------------------- */

dro_status srv_work_begin(dro_server *server, srv_work *work, dro_error *error) {
    *work = (srv_work){.server = server, .most_waiting = server->options.queue};
    work->waiting_end = &work->waiting;
    unsigned count = server->options.max_work;
    DRO_TRY(dro_new((void **)&work->threads, count, sizeof *work->threads,
                    "the threads of long work", error));
    (void)pthread_mutex_init(&work->lock, NULL);
    (void)pthread_cond_init(&work->wake, NULL);
    while (work->thread_count < count) {
        if (pthread_create(&work->threads[work->thread_count], NULL, serve, work) !=
            0) {
            return dro_fail(error, DRO_NOMEM, "cannot start a thread for long work");
        }
        work->thread_count++;
    }
    return DRO_OK;
}

void srv_work_end(srv_work *work) {
    if (work->threads == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&work->lock);
    work->ends = true;
    (void)pthread_cond_broadcast(&work->wake);
    (void)pthread_mutex_unlock(&work->lock);
    for (unsigned i = 0; i < work->thread_count; i++) {
        (void)pthread_join(work->threads[i], NULL);
    }
    (void)pthread_cond_destroy(&work->wake);
    (void)pthread_mutex_destroy(&work->lock);
    dro_free(work->threads);
    work->threads = NULL;
}

bool srv_work_put(srv_work *work, srv_exchange *exchange) {
    (void)pthread_mutex_lock(&work->lock);
    unsigned room = work->thread_count + work->most_waiting;
    bool fits = work->running_count + work->waiting_count < room;
    if (fits) {
        (void)atomic_fetch_add(&exchange->uses, 1);
        if (exchange->events == NULL) {
            MHD_suspend_connection(exchange->connection);
        }
        exchange->next = NULL;
        *work->waiting_end = exchange;
        work->waiting_end = &exchange->next;
        work->waiting_count++;
        (void)pthread_cond_signal(&work->wake);
    }
    (void)pthread_mutex_unlock(&work->lock);
    return fits;
}

void srv_work_stop(srv_work *work, srv_exchange *exchange) {
    (void)pthread_mutex_lock(&work->lock);
    atomic_store(&exchange->stop, true);
    (void)pthread_mutex_unlock(&work->lock);
}

static void stop_list(srv_exchange *list) {
    for (; list != NULL; list = list->next) {
        atomic_store(&list->late, true);
        atomic_store(&list->stop, true);
    }
}

void srv_work_stop_all(srv_work *work) {
    (void)pthread_mutex_lock(&work->lock);
    stop_list(work->waiting);
    stop_list(work->running);
    (void)pthread_mutex_unlock(&work->lock);
}

bool srv_work_done(srv_work *work, const srv_exchange *exchange) {
    (void)pthread_mutex_lock(&work->lock);
    bool done = exchange->done;
    (void)pthread_mutex_unlock(&work->lock);
    return done;
}

bool srv_work_empty(srv_work *work) {
    (void)pthread_mutex_lock(&work->lock);
    bool empty = work->running == NULL && work->waiting == NULL;
    (void)pthread_mutex_unlock(&work->lock);
    return empty;
}

/* ---- watching ------------------------------------------------------------ */

/* Nobody looks at a suspended connection but this. Who closes the sending side counts
 * as gone, as with most servers, whatever was sent before. */
static bool is_gone(const srv_peer *peer) {
    struct pollfd look = {.fd = peer->socket, .events = POLLRDHUP};
    return poll(&look, 1, 0) > 0 &&
           (look.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

/* Of an exchange that is not stopped the connection is there: it is stopped, under the
 * same lock, before its connection is closed. */
static void watch_one(srv_exchange *exchange, double now_s) {
    if (atomic_load(&exchange->stop)) {
        return;
    }
    if (exchange->work_until_s > 0.0 && now_s > exchange->work_until_s) {
        atomic_store(&exchange->late, true);
        atomic_store(&exchange->stop, true);
    } else if (is_gone(exchange->peer)) {
        atomic_store(&exchange->stop, true);
        if (exchange->events != NULL) {
            srv_events_break(exchange->events);
        }
    } else if (exchange->events != NULL) {
        srv_events_keep_alive(exchange->events, now_s);
    }
}

void srv_work_watch(srv_work *work, double now_s) {
    (void)pthread_mutex_lock(&work->lock);
    for (srv_exchange *each = work->waiting; each != NULL; each = each->next) {
        watch_one(each, now_s);
    }
    for (srv_exchange *each = work->running; each != NULL; each = each->next) {
        watch_one(each, now_s);
    }
    (void)pthread_mutex_unlock(&work->lock);
}
