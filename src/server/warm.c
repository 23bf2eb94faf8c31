/* The thread that makes ready what is asked first, once the server listens. */
#include <sys/resource.h>

#include "server/state.h"

/* Whoever comes meanwhile goes first; not much lower, for who asks for the very thing
 * that is being made waits for this thread. */
#define NICENESS 5

static bool report(void *context, const char *stage, uint64_t done, uint64_t total) {
    const dro_server *server = context;
    (void)stage;
    (void)done;
    (void)total;
    return !atomic_load(&server->warm_ends);
}

/* Linux has a niceness for each thread, and those that it starts have the same; with
 * others it is the process's, which is left as it is. */
static void step_back(void) {
#ifdef __linux__
    (void)setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + NICENESS);
#endif
}

static void *warm(void *context) {
    dro_server *server = context;
    const dro_progress progress = {report, server};
    dro_error error = DRO_ERROR_INIT;
    step_back();
    dro_status status = srv_api_warm(server->api, &progress, &error);
    if (status != DRO_OK && status != DRO_CANCELLED) {
        srv_log_notice(server, error.message);
    }
    return NULL;
}

void srv_warm_begin(dro_server *server) {
    server->warming = !server->options.no_warm &&
                      pthread_create(&server->warm, NULL, warm, server) == 0;
}

void srv_warm_end(dro_server *server) {
    atomic_store(&server->warm_ends, true);
    if (server->warming) {
        (void)pthread_join(server->warm, NULL);
        server->warming = false;
    }
}
