/*
 * Items on threads: an atomic next index, the first failure stops the rest. With a
 * progress report the calling thread only waits and reports; without one it works too.
 */
#include "derrotero/base.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#define REPORT_NS 100000000L /* between two reports */

typedef struct team {
    size_t items;
    dro_parallel_body body;
    void *context;
    atomic_size_t next; /* item to hand out */
    atomic_size_t done;
    atomic_bool stop;
    pthread_mutex_t mutex; /* of what follows */
    pthread_cond_t ended;
    unsigned running;
    dro_status status; /* of the first failure */
    dro_error error;
} team;

typedef struct member {
    team *team;
    pthread_t thread;
    unsigned number;
} member;

static void keep_failure(team *t, dro_status status, const dro_error *error) {
    (void)pthread_mutex_lock(&t->mutex);
    if (t->status == DRO_OK) {
        t->status = status;
        t->error = *error;
    }
    (void)pthread_mutex_unlock(&t->mutex);
    atomic_store(&t->stop, true);
}

static void work(team *t, unsigned number) {
    dro_error error = DRO_ERROR_INIT;
    while (!atomic_load(&t->stop)) {
        size_t item = atomic_fetch_add(&t->next, 1);
        if (item >= t->items) {
            return;
        }
        dro_status status = t->body(t->context, item, number, &error);
        if (status != DRO_OK) {
            keep_failure(t, status, &error);
            return;
        }
        atomic_fetch_add(&t->done, 1);
    }
}

static void *run_member(void *argument) {
    member *self = argument;
    team *t = self->team;
    work(t, self->number);
    (void)pthread_mutex_lock(&t->mutex);
    t->running--;
    (void)pthread_cond_signal(&t->ended);
    (void)pthread_mutex_unlock(&t->mutex);
    return NULL;
}

static void report(team *t, const dro_progress *progress, const char *stage) {
    if (!progress->report(progress->context, stage, atomic_load(&t->done), t->items)) {
        dro_error error = DRO_ERROR_INIT;
        (void)dro_fail(&error, DRO_CANCELLED, "stopped: %s", stage);
        keep_failure(t, DRO_CANCELLED, &error);
    }
}

static struct timespec next_report(void) {
    struct timespec at = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_nsec += REPORT_NS;
    if (at.tv_nsec >= 1000000000L) {
        at.tv_nsec -= 1000000000L;
        at.tv_sec++;
    }
    return at;
}

/* Waits until no member runs; reports each time that the wait has timed out. */
static void wait_and_report(team *t, const dro_progress *progress, const char *stage) {
    struct timespec at = next_report();
    (void)pthread_mutex_lock(&t->mutex);
    while (t->running > 0) {
        if (pthread_cond_timedwait(&t->ended, &t->mutex, &at) == ETIMEDOUT) {
            (void)pthread_mutex_unlock(&t->mutex);
            if (!atomic_load(&t->stop)) {
                report(t, progress, stage);
            }
            at = next_report();
            (void)pthread_mutex_lock(&t->mutex);
        }
    }
    (void)pthread_mutex_unlock(&t->mutex);
}

/* Starts members first..count-1; returns how many run. */
static unsigned start(team *t, member *members, unsigned first, unsigned count) {
    unsigned started = 0;
    for (unsigned i = first; i < count; i++) {
        member *each = &members[started];
        *each = (member){.team = t, .number = i};
        (void)pthread_mutex_lock(&t->mutex);
        t->running++;
        (void)pthread_mutex_unlock(&t->mutex);
        if (pthread_create(&each->thread, NULL, run_member, each) != 0) {
            (void)pthread_mutex_lock(&t->mutex);
            t->running--;
            (void)pthread_mutex_unlock(&t->mutex);
            break;
        }
        started++;
    }
    return started;
}

static void run_team(team *t, unsigned threads, member *members,
                     const dro_progress *progress, const char *stage) {
    unsigned first = progress == NULL ? 1 : 0;
    unsigned started = start(t, members, first, threads);
    if (first == 1 || started == 0) {
        work(t, 0);
    }
    if (progress != NULL) {
        wait_and_report(t, progress, stage);
    }
    for (unsigned i = 0; i < started; i++) {
        (void)pthread_join(members[i].thread, NULL);
    }
    if (progress != NULL && t->status == DRO_OK) {
        report(t, progress, stage);
    }
}

static dro_status init_team(team *t, dro_error *error) {
    pthread_condattr_t attributes;
    if (pthread_mutex_init(&t->mutex, NULL) != 0) {
        return dro_fail(error, DRO_NOMEM, "cannot make a mutex");
    }
    bool made = false;
    if (pthread_condattr_init(&attributes) == 0) {
        made = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
               pthread_cond_init(&t->ended, &attributes) == 0;
        (void)pthread_condattr_destroy(&attributes);
    }
    if (!made) {
        (void)pthread_mutex_destroy(&t->mutex);
        return dro_fail(error, DRO_NOMEM, "cannot make a condition variable");
    }
    return DRO_OK;
}

static dro_status finish(team *t, dro_error *error) {
    (void)pthread_cond_destroy(&t->ended);
    (void)pthread_mutex_destroy(&t->mutex);
    if (t->status == DRO_OK) {
        return DRO_OK;
    }
    const char *text =
        t->error.message[0] == '\0' ? dro_status_text(t->status) : t->error.message;
    return dro_fail(error, t->status, "%s", text);
}

dro_status dro_parallel(size_t items, unsigned threads, dro_parallel_body body,
                        void *context, const dro_progress *progress, const char *stage,
                        dro_error *error) {
    if (threads == 0) {
        threads = dro_cores();
    }
    if (threads > items) {
        threads = items == 0 ? 1 : (unsigned)items;
    }
    if (progress != NULL && progress->report == NULL) {
        progress = NULL;
    }
    void *members = NULL;
    DRO_TRY(dro_new(&members, threads, sizeof(member), "threads", error));
    team t = {.items = items, .body = body, .context = context, .status = DRO_OK};
    dro_status status = init_team(&t, error);
    if (status == DRO_OK) {
        run_team(&t, threads, members, progress, stage);
        status = finish(&t, error);
    }
    dro_free(members);
    return status;
}
