/*
 * Connections: how many there are, and until when each has time for what it is to send.
 */
#ifndef DRO_SERVER_PEERS_H
#define DRO_SERVER_PEERS_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#define SRV_PEER_ADDRESS_MAX 48

typedef struct srv_peer {
    struct srv_peer *next, *before;
    int socket;
    bool refused;           /* one too many: told so and closed */
    _Atomic double until_s; /* by dro_clock_s, to have sent a request; infinity: any */
    char address[SRV_PEER_ADDRESS_MAX];
    struct srv_exchange *unheard; /* begun, and not yet handled; or NULL */
} srv_peer;

typedef struct srv_peers {
    pthread_mutex_t lock;
    srv_peer *first;
    unsigned count, most;
    double request_s; /* for a request */
} srv_peers;

void srv_peers_begin(srv_peers *peers, unsigned most, double request_s);
void srv_peers_end(srv_peers *peers);

/* A connection begins (NULL: out of memory), and ends before it is closed. */
srv_peer *srv_peer_begin(srv_peers *peers, struct MHD_Connection *connection);
void srv_peer_end(srv_peers *peers, srv_peer *peer);
srv_peer *srv_peer_of(struct MHD_Connection *connection); /* NULL: out of memory */

/* Ends the connections whose time is over. */
void srv_peers_cut(srv_peers *peers, double now_s);

#endif
