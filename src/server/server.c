/* The server: started, stopped. */
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "server/state.h"

#define PATH_BYTES    4096
#define STACK_BYTES   ((size_t)1 << 20)
#define FILES_BESIDES 64u  /* descriptors that are no connections */
#define REFUSALS      128u /* connections above the limit that are told so */
#define ANSWER_BYTES  ((size_t)8 << 10) /* of a connection's memory, for its answer */
#define GRACE_S       5.0               /* to send what was finished when stopped */

/* ---- options ------------------------------------------------------------- */

static dro_status check(bool right, const char *what, dro_error *error) {
    return right ? DRO_OK : dro_fail(error, DRO_INVALID, "%s", what);
}

static dro_status check_options(const dro_server_options *of, dro_error *error) {
    DRO_TRY(check(of->max_connections >= 1, "max-connections is 1 or more", error));
    DRO_TRY(check(of->max_url >= 64 && of->max_url <= 1u << 20,
                  "max-url is 64 to 1048576 bytes", error));
    DRO_TRY(check(of->max_header >= 256 && of->max_header <= 1u << 20,
                  "max-header is 256 to 1048576 bytes", error));
    DRO_TRY(check(of->max_body <= (size_t)1 << 30, "max-body is at most 1 GiB", error));
    DRO_TRY(check(of->idle_timeout_s >= 1.0 && of->idle_timeout_s <= 1e6 &&
                      of->request_timeout_s >= 0.1 && of->request_timeout_s <= 1e6 &&
                      of->work_timeout_s >= 0.1 && of->work_timeout_s <= 1e6,
                  "a timeout is not between 0.1 (idle: 1) and 1000000 seconds", error));
    return DRO_OK;
}

/* Files, and so connections, as many as the system allows. */
static void raise_files(dro_server *server) {
    struct rlimit files;
    unsigned most = server->options.max_connections;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) {
        return;
    }
    rlim_t wanted = (rlim_t)most + REFUSALS + FILES_BESIDES;
    if (files.rlim_cur != RLIM_INFINITY && files.rlim_cur < wanted) {
        files.rlim_cur = files.rlim_max == RLIM_INFINITY || files.rlim_max >= wanted
                             ? wanted
                             : files.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &files);
        (void)getrlimit(RLIMIT_NOFILE, &files);
    }
    if (files.rlim_cur != RLIM_INFINITY && files.rlim_cur < wanted) {
        rlim_t room = files.rlim_cur > (rlim_t)2 * (REFUSALS + FILES_BESIDES)
                          ? files.rlim_cur - REFUSALS - FILES_BESIDES
                          : files.rlim_cur / 2;
        server->options.max_connections = (unsigned)room;
        srv_log_notice(server, "fewer connections than --max-connections: the system's "
                               "limit of open files is lower");
    }
}

/* ---- starting ------------------------------------------------------------ */

static void DRO_PRINTF(2, 0)
    hear(void *context, const char *format, va_list arguments) {
    char text[512];
    int length = vsnprintf(text, sizeof text, format, arguments);
    while (length > 0 && (size_t)length < sizeof text && text[length - 1] == '\n') {
        text[--length] = '\0';
    }
    srv_log_notice(context, text);
}

static dro_status start_daemon(dro_server *server, dro_error *error) {
    const dro_server_options *of = &server->options;
    size_t memory = of->max_url + of->max_header + ANSWER_BYTES;
    const struct MHD_OptionItem items[] = {
        {MHD_OPTION_EXTERNAL_LOGGER, (intptr_t)hear, server},
        {MHD_OPTION_LISTEN_SOCKET, server->listener, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)of->max_connections + REFUSALS, NULL},
        {MHD_OPTION_PER_IP_CONNECTION_LIMIT, of->max_per_ip, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)ceil(of->idle_timeout_s), NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)memory, NULL},
        /* Strict, it closes without an answer; see request_head.c. */
        {MHD_OPTION_STRICT_FOR_CLIENT, 0, NULL},
        {MHD_OPTION_THREAD_STACK_SIZE, (intptr_t)STACK_BYTES, NULL},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)srv_handle_address, server},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)srv_handle_completed, server},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)srv_handle_connection, server},
        {of->threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, of->threads,
         NULL},
        {MHD_OPTION_END, 0, NULL}};
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0,
        NULL, NULL, srv_handle, server, MHD_OPTION_ARRAY, items, MHD_OPTION_END);
    return server->daemon != NULL
               ? DRO_OK
               : dro_fail(error, DRO_INTERNAL, "the HTTP threads could not be started");
}

static dro_status start_threads(dro_server *server, dro_error *error) {
    DRO_TRY(srv_work_begin(server, &server->work, error));
    if (pthread_create(&server->watch, NULL, srv_watch, server) != 0) {
        return dro_fail(error, DRO_NOMEM, "cannot start a thread");
    }
    server->watching = true;
    return start_daemon(server, error);
}

/* Signals are for the thread that started the server. */
static dro_status start_without_signals(dro_server *server, dro_error *error) {
    sigset_t all, before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    dro_status status = start_threads(server, error);
    if (status == DRO_OK) {
        srv_warm_begin(server);
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status;
}

static dro_status load(dro_server *server, const dro_server_options *options,
                       dro_error *error) {
    char web[PATH_BYTES];
    const srv_api_options about = {server->session, options->cases,
                                   options->case_count};
    DRO_TRY(dro_server_locate_web(options->web, web, sizeof web, error));
    DRO_TRY(srv_api_create(&about, &server->api, error));
    (void)snprintf(server->data, sizeof server->data, "%016llx",
                   (unsigned long long)srv_api_data(server->api));
    DRO_TRY(srv_files_read(web, &server->files, error));
    server->has_page = web[0] != '\0';
    return srv_cache_create(options->cache, &server->cache, error);
}

static dro_status start(dro_server *server, const dro_server_options *options,
                        dro_error *error) {
    DRO_TRY(srv_listen(options->listen, &server->listener, server->url,
                       sizeof server->url, error));
    DRO_TRY(load(server, options, error));
    if (pthread_key_create(&server->threads, srv_thread_end) != 0) {
        return dro_fail(error, DRO_INTERNAL, "no thread key is left");
    }
    server->has_threads_key = true;
    raise_files(server);
    srv_peers_begin(&server->peers, server->options.max_connections,
                    server->options.request_timeout_s);
    server->has_peers = true;
    return start_without_signals(server, error);
}

dro_status dro_server_start(dro_session *session, const dro_server_options *options,
                            dro_server **out, dro_error *error) {
    dro_server *server = NULL;
    DRO_TRY(check_options(options, error));
    DRO_TRY(dro_new((void **)&server, 1, sizeof *server, "the server", error));
    server->options = *options;
    server->options.threads = options->threads > 0 ? options->threads : dro_cores();
    server->options.max_work = options->max_work > 0 ? options->max_work : dro_cores();
    server->listener = -1;
    server->session = dro_session_retain(session);
    server->began_s = dro_clock_s();
    dro_status status = start(server, options, error);
    if (status != DRO_OK) {
        dro_server_stop(server);
        return status;
    }
    *out = server;
    return DRO_OK;
}

const char *dro_server_url(const dro_server *server) {
    return server->url;
}

size_t dro_server_files(const dro_server *server) {
    return server->has_page ? srv_files_count(server->files) : 0;
}

/* ---- stopping ------------------------------------------------------------ */

static bool is_quiet(dro_server *server) {
    return atomic_load(&server->exchanges) == 0 && srv_work_empty(&server->work);
}

static void wait_until(dro_server *server, double until_s) {
    const struct timespec pause = {0, 10000000L};
    while (!is_quiet(server) && dro_clock_s() < until_s) {
        (void)nanosleep(&pause, NULL);
    }
}

/* A suspended connection cannot be ended: the work behind it has to come to its end. */
static void finish(dro_server *server) {
    atomic_store(&server->stopping, true);
    atomic_store(&server->warm_ends, true);
    (void)MHD_quiesce_daemon(server->daemon);
    (void)close(server->listener);
    server->listener = -1;
    wait_until(server, dro_clock_s() + server->options.work_timeout_s);
    srv_work_stop_all(&server->work);
    while (!srv_work_empty(&server->work)) {
        wait_until(server, dro_clock_s() + GRACE_S);
    }
    wait_until(server, dro_clock_s() + GRACE_S);
}

void dro_server_stop(dro_server *server) {
    if (server == NULL) {
        return;
    }
    if (server->daemon != NULL) {
        finish(server);
    }
    srv_warm_end(server);
    if (server->watching) {
        atomic_store(&server->watch_ends, true);
        (void)pthread_join(server->watch, NULL);
    }
    srv_work_end(&server->work);
    if (server->daemon != NULL) {
        MHD_stop_daemon(server->daemon);
    }
    if (server->listener >= 0) {
        (void)close(server->listener);
    }
    if (server->has_threads_key) {
        (void)pthread_key_delete(server->threads);
    }
    if (server->has_peers) {
        srv_peers_end(&server->peers);
    }
    srv_cache_destroy(server->cache);
    srv_files_destroy(server->files);
    srv_api_destroy(server->api);
    dro_session_release(server->session);
    dro_free(server);
}
