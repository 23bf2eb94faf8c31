/* Connections; see peers.h. */
#include "server/peers.h"

#include <arpa/inet.h>
#include <math.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "derrotero/base.h"

#define REFUSED_S 2.0 /* that one too many has to ask and to be told */

void srv_peers_begin(srv_peers *peers, unsigned most, double request_s) {
    *peers = (srv_peers){.most = most, .request_s = request_s};
    (void)pthread_mutex_init(&peers->lock, NULL);
}

void srv_peers_end(srv_peers *peers) {
    (void)pthread_mutex_destroy(&peers->lock);
}

static void write_address(const struct sockaddr *from, char *text) {
    const void *address = NULL;
    if (from != NULL && from->sa_family == AF_INET) {
        address = &((const struct sockaddr_in *)(const void *)from)->sin_addr;
    } else if (from != NULL && from->sa_family == AF_INET6) {
        address = &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr;
    }
    if (address == NULL ||
        inet_ntop(from->sa_family, address, text, SRV_PEER_ADDRESS_MAX) == NULL) {
        (void)snprintf(text, SRV_PEER_ADDRESS_MAX, "-");
    }
}

srv_peer *srv_peer_begin(srv_peers *peers, struct MHD_Connection *connection) {
    srv_peer *peer = dro_calloc(1, sizeof *peer);
    if (peer == NULL) {
        return NULL;
    }
    const union MHD_ConnectionInfo *about =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    write_address(about != NULL ? about->client_addr : NULL, peer->address);
    about = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    peer->socket = about != NULL ? about->connect_fd : -1;
    (void)pthread_mutex_lock(&peers->lock);
    peers->count++;
    peer->refused = peers->count > peers->most;
    atomic_init(&peer->until_s,
                dro_clock_s() + (peer->refused ? REFUSED_S : peers->request_s));
    peer->next = peers->first;
    if (peers->first != NULL) {
        peers->first->before = peer;
    }
    peers->first = peer;
    (void)pthread_mutex_unlock(&peers->lock);
    return peer;
}

void srv_peer_end(srv_peers *peers, srv_peer *peer) {
    (void)pthread_mutex_lock(&peers->lock);
    peers->count--;
    *(peer->before != NULL ? &peer->before->next : &peers->first) = peer->next;
    if (peer->next != NULL) {
        peer->next->before = peer->before;
    }
    (void)pthread_mutex_unlock(&peers->lock);
    dro_free(peer);
}

srv_peer *srv_peer_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *about =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return about != NULL ? about->socket_context : NULL;
}

/* The thread that has the connection sees its end and closes it. */
void srv_peers_cut(srv_peers *peers, double now_s) {
    (void)pthread_mutex_lock(&peers->lock);
    for (srv_peer *peer = peers->first; peer != NULL; peer = peer->next) {
        if (atomic_load_explicit(&peer->until_s, memory_order_relaxed) < now_s) {
            (void)shutdown(peer->socket, SHUT_RDWR);
            atomic_store(&peer->until_s, (double)INFINITY);
        }
    }
    (void)pthread_mutex_unlock(&peers->lock);
}
