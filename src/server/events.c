/* A stream of events; see events.h. */
#include "server/events.h"

#include <string.h>

#include "derrotero/report.h"

#define KEEP_ALIVE_S 15.0
#define BEHIND_MAX \
    ((size_t)64 << 10) /* bytes not sent, from which progress is left out */

dro_status srv_events_create(struct MHD_Connection *connection, srv_events **out,
                             dro_error *error) {
    srv_events *events = NULL;
    DRO_TRY(dro_new((void **)&events, 1, sizeof *events, "an event stream", error));
    (void)pthread_mutex_init(&events->lock, NULL);
    events->connection = connection;
    events->last_s = dro_clock_s();
    events->pending.limit = (size_t)1 << 30;
    *out = events;
    return DRO_OK;
}

void srv_events_destroy(srv_events *events) {
    if (events != NULL) {
        (void)pthread_mutex_destroy(&events->lock);
        dro_text_free(&events->pending);
        dro_free(events);
    }
}

/* ---- writing, under the lock --------------------------------------------- */

static void wake(srv_events *events) {
    events->last_s = dro_clock_s();
    if (events->suspended && events->connection != NULL) {
        events->suspended = false;
        MHD_resume_connection(events->connection);
    }
}

/* A text that is out of memory breaks the stream: half an event is worse than none. */
static void add(srv_events *events, const char *bytes, size_t length) {
    if (dro_text_add_bytes(&events->pending, bytes, length) != DRO_OK) {
        events->broken = true;
    }
}

static void add_line(srv_events *events, const char *field, const char *value,
                     size_t length) {
    add(events, field, strlen(field));
    add(events, value, length);
    add(events, "\n", 1);
}

static void add_data(srv_events *events, const char *body, size_t length) {
    while (length > 0) {
        const char *stop = memchr(body, '\n', length);
        size_t line = stop != NULL ? (size_t)(stop - body) : length;
        add_line(events, "data: ", body, line);
        line += stop != NULL ? 1 : 0;
        body += line;
        length -= line;
    }
    add(events, "\n", 1);
}

/* ---- for the worker ------------------------------------------------------ */

/* Seconds left of this stage if it goes on as it did; negative: cannot be said yet. */
static double estimate(srv_events *events, const char *stage, uint64_t done,
                       uint64_t total) {
    double now_s = dro_clock_s();
    if (strncmp(events->stage, stage, sizeof events->stage - 1) != 0) {
        (void)snprintf(events->stage, sizeof events->stage, "%s", stage);
        events->began_s = now_s;
    }
    double elapsed_s = now_s - events->began_s;
    if (total == 0 || done == 0 || done > total || elapsed_s < 0.5) {
        return -1.0;
    }
    return elapsed_s * (double)(total - done) / (double)done;
}

static void write_progress(FILE *out, const char *stage, uint64_t done, uint64_t total,
                           double left_s) {
    dro_json_writer json = {.out = out};
    dro_write_begin(&json, NULL, DRO_WRITE_ROW_OBJECT);
    dro_write_text(&json, "stage", stage);
    dro_write_count(&json, "done", done);
    dro_write_count(&json, "total", total);
    dro_write_number(&json, "eta_s", left_s >= 0.0 ? left_s : (double)NAN, 1);
    dro_write_end(&json);
}

void srv_events_progress(srv_events *events, const char *stage, uint64_t done,
                         uint64_t total) {
    char text[512] = "";
    (void)pthread_mutex_lock(&events->lock);
    if (events->pending.length - events->sent < BEHIND_MAX) {
        FILE *out = fmemopen(text, sizeof text, "w");
        if (out != NULL) {
            write_progress(out, stage, done, total,
                           estimate(events, stage, done, total));
            (void)fclose(out);
            add_line(events, "event: ", "progress", 8);
            add_data(events, text, strlen(text));
        }
        wake(events);
    }
    (void)pthread_mutex_unlock(&events->lock);
}

void srv_events_finish(srv_events *events, const char *name, const char *body,
                       size_t length) {
    (void)pthread_mutex_lock(&events->lock);
    add_line(events, "event: ", name, strlen(name));
    add_data(events, body, length);
    events->ended = true;
    wake(events);
    (void)pthread_mutex_unlock(&events->lock);
}

void srv_events_keep_alive(srv_events *events, double now_s) {
    (void)pthread_mutex_lock(&events->lock);
    if (!events->ended && now_s - events->last_s >= KEEP_ALIVE_S) {
        add_line(events, ": ", "still working", 13);
        add(events, "\n", 1);
        wake(events);
    }
    (void)pthread_mutex_unlock(&events->lock);
}

void srv_events_break(srv_events *events) {
    (void)pthread_mutex_lock(&events->lock);
    events->broken = true;
    wake(events);
    (void)pthread_mutex_unlock(&events->lock);
}

void srv_events_detach(srv_events *events) {
    (void)pthread_mutex_lock(&events->lock);
    events->connection = NULL;
    (void)pthread_mutex_unlock(&events->lock);
}

uint64_t srv_events_sent(srv_events *events) {
    (void)pthread_mutex_lock(&events->lock);
    uint64_t sent = events->sent_before + events->sent;
    (void)pthread_mutex_unlock(&events->lock);
    return sent;
}

/* ---- reading ------------------------------------------------------------- */

static size_t take(srv_events *events, char *buffer, size_t most) {
    size_t left = events->pending.length - events->sent;
    size_t part = left < most ? left : most;
    memcpy(buffer, events->pending.data + events->sent, part);
    events->sent += part;
    if (events->sent == events->pending.length) {
        events->sent_before += events->sent;
        events->sent = 0;
        events->pending.length = 0;
    }
    return part;
}

ssize_t srv_events_read(srv_events *events, char *buffer, size_t most) {
    ssize_t result = 0;
    (void)pthread_mutex_lock(&events->lock);
    if (events->broken) {
        result = MHD_CONTENT_READER_END_WITH_ERROR;
    } else if (events->pending.length > events->sent) {
        result = (ssize_t)take(events, buffer, most);
    } else if (events->ended) {
        result = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        MHD_suspend_connection(events->connection);
        events->suspended = true;
    }
    (void)pthread_mutex_unlock(&events->lock);
    return result;
}
