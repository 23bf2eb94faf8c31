/* An endpoint is called; what it wrote, or its failure, becomes an answer. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "server/problem.h"
#include "server/state.h"

#define ZIP_LEVEL 1 /* answers are made while somebody waits */

static const char *vary_of(const srv_endpoint *endpoint) {
    return endpoint->events ? "Accept-Encoding, Accept" : "Accept-Encoding";
}

static bool is_document(const char *type) {
    return strncasecmp(type, "text/html", 9) == 0 ||
           strncasecmp(type, "image/svg+xml", 13) == 0;
}

/* The answer of a request that was understood; takes the body. */
static srv_stored *make_answer(const srv_exchange *exchange, const srv_call *call,
                               char *body, size_t length) {
    const srv_endpoint *endpoint = exchange->endpoint;
    srv_headers headers = {
        .policy = is_document(call->type) ? SRV_POLICY_DOCUMENT : SRV_POLICY_DATA,
        .keeping = endpoint->fresh ? SRV_KEEP_NEVER : SRV_KEEP_ASKING,
        .type = call->type,
        .etag = exchange->etag,
        .data = exchange->server->data,
        .vary = vary_of(endpoint)};
    return srv_stored_create(call->status != 0 ? call->status : 200, &headers,
                             ZIP_LEVEL, body, length);
}

/* What went wrong inside is for the log; it may name files of this machine. */
static const char *detail_of(srv_exchange *exchange, srv_problem problem,
                             const dro_error *error) {
    if (srv_problem_status(problem) != 500) {
        return problem == SRV_PROBLEM_TIME
                   ? "the work took longer than this server allows"
                   : error->message;
    }
    exchange->inside =
        dro_arena_strndup(exchange->arena, error->message, strlen(error->message));
    return "something went wrong inside; the server's log says more";
}

void srv_answer_problem(srv_exchange *exchange, srv_problem problem, const char *allow,
                        const dro_error *error) {
    char instance[1024];
    srv_problem_about about = {.detail = detail_of(exchange, problem, error),
                               .data = exchange->server->data,
                               .allow = allow,
                               .close = exchange->closes};
    size_t length = exchange->target.canonical != NULL
                        ? strcspn(exchange->target.canonical, "?")
                        : 0;
    if (length > 0 && length < sizeof instance) {
        memcpy(instance, exchange->target.canonical, length);
        instance[length] = '\0';
        about.instance = instance;
    }
    exchange->answer = srv_problem_create(problem, &about);
}

static srv_problem problem_of(const srv_exchange *exchange, const srv_call *call,
                              const dro_error *error) {
    if (atomic_load(&exchange->late)) {
        return SRV_PROBLEM_TIME;
    }
    srv_problem problem = srv_problem_of(error->status);
    return call->status >= 400 ? srv_problem_of_http(call->status, problem) : problem;
}

static dro_status call_endpoint(srv_exchange *exchange, srv_call *call,
                                dro_error *error) {
    char *body = NULL;
    size_t length = 0;
    call->out = open_memstream(&body, &length);
    if (call->out == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for an answer");
    }
    dro_status status = exchange->endpoint->run(call, error);
    bool written = !ferror(call->out);
    written = fclose(call->out) == 0 && written;
    if (status == DRO_OK && !written) {
        status = dro_fail(error, DRO_NOMEM, "out of memory for an answer");
    }
    if (status != DRO_OK) {
        free(body);
        return status;
    }
    exchange->answer = make_answer(exchange, call, body, length);
    return DRO_OK;
}

void srv_run(srv_exchange *exchange, dro_worker *worker, unsigned threads,
             const dro_progress *progress) {
    dro_server *server = exchange->server;
    dro_error error = DRO_ERROR_INIT;
    srv_call call = {.request = &exchange->request,
                     .data = exchange->endpoint->data,
                     .api = server->api,
                     .session = server->session,
                     .worker = worker,
                     .arena = exchange->arena,
                     .threads = threads,
                     .progress = progress,
                     .uptime_s = dro_clock_s() - server->began_s,
                     .type = "application/json"};
    dro_status status = worker == NULL ? dro_fail(&error, DRO_NOMEM, "out of memory")
                        : atomic_load(&exchange->stop)
                            ? dro_fail(&error, DRO_CANCELLED, "stopped")
                            : call_endpoint(exchange, &call, &error);
    if (status != DRO_OK) {
        error.status = status;
        srv_answer_problem(exchange, problem_of(exchange, &call, &error), NULL, &error);
    } else if (exchange->answer != NULL && exchange->etag[0] != '\0') {
        srv_cache_put(server->cache, exchange->target.canonical,
                      exchange->target.canonical_length, exchange->answer);
    }
}
