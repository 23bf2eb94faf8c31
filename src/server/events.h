/*
 * A stream of events (the HTML standard, 9.2, "Server-sent events"): a worker writes
 * them, the connection's thread sends them. While there is nothing to send the
 * connection is suspended.
 */
#ifndef DRO_SERVER_EVENTS_H
#define DRO_SERVER_EVENTS_H

#include <microhttpd.h>
#include <pthread.h>

#include "derrotero/base.h"

typedef struct srv_events {
    pthread_mutex_t lock;
    struct MHD_Connection *connection; /* NULL: it is gone */
    dro_text pending;
    size_t sent; /* of pending */
    uint64_t sent_before;
    bool suspended, ended, broken;
    double last_s;  /* when something was written */
    double began_s; /* the stage, for the estimate */
    char stage[64];
} srv_events;

dro_status srv_events_create(struct MHD_Connection *connection, srv_events **out,
                             dro_error *error);
void srv_events_destroy(srv_events *events); /* NULL is fine */

/* total 0: not known. Dropped where the client does not keep up. */
void srv_events_progress(srv_events *events, const char *stage, uint64_t done,
                         uint64_t total);
/* The last event: "result" or "problem", with the lines of a JSON text. */
void srv_events_finish(srv_events *events, const char *name, const char *body,
                       size_t length);
/* A comment, where nothing was written for a while. */
void srv_events_keep_alive(srv_events *events, double now_s);
/* The client is gone: the next reading ends the connection. */
void srv_events_break(srv_events *events);
/* The connection is over; it is not touched any more. */
void srv_events_detach(srv_events *events);
uint64_t srv_events_sent(srv_events *events);

/* For libmicrohttpd to read from. */
ssize_t srv_events_read(srv_events *events, char *buffer, size_t most);

#endif
