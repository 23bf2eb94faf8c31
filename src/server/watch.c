/* The thread that watches the clock. */
#include <time.h>

#include "server/state.h"

#define TICK_NS    100000000L
#define PEER_TICKS 5u /* connections are looked at every half second */

void *srv_watch(void *context) {
    dro_server *server = context;
    const struct timespec tick = {0, TICK_NS};
    for (unsigned i = 0; !atomic_load(&server->watch_ends); i++) {
        double now_s = dro_clock_s();
        srv_work_watch(&server->work, now_s);
        if (i % PEER_TICKS == 0) {
            srv_peers_cut(&server->peers, now_s);
        }
        (void)nanosleep(&tick, NULL);
    }
    return NULL;
}
