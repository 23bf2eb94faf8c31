/*
 * What libmicrohttpd calls for a request: when its first line is there, when its header
 * fields are, for each piece of its body, when it is whole, when a worker is done with
 * it, when it is over.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "server/problem.h"
#include "server/state.h"

#define REFUSED_S 2.0 /* in which a client may read that its body is too large */
/* Bodies in memory at a time, in the largest that one may be. */
#define BODIES_MAX 8
#define ANY_TAG    "" /* what nothing but "*" matches */

static const char *header(const srv_exchange *exchange, const char *name) {
    const char *value =
        MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
    return value != NULL ? value : "";
}

static void set_until(const srv_exchange *exchange, double until_s) {
    atomic_store_explicit(&exchange->peer->until_s, until_s, memory_order_relaxed);
}

static enum MHD_Result queue(srv_exchange *exchange, int status,
                             struct MHD_Response *response, uint64_t length) {
    exchange->phase = SRV_PHASE_ANSWERED;
    exchange->status = status;
    exchange->sent = strcmp(exchange->method, "HEAD") == 0 ? 0 : length;
    return MHD_queue_response(exchange->connection, (unsigned)status, response);
}

static enum MHD_Result queue_alone(srv_exchange *exchange, int status,
                                   const srv_headers *headers) {
    struct MHD_Response *response = srv_headers_alone(headers);
    if (response == NULL) {
        return MHD_NO;
    }
    enum MHD_Result result = queue(exchange, status, response, 0);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result not_modified(srv_exchange *exchange, const char *etag,
                                    const srv_headers *like) {
    srv_headers headers = *like;
    headers.etag = etag;
    headers.type = NULL;
    return queue_alone(exchange, 304, &headers);
}

static enum MHD_Result queue_answer(srv_exchange *exchange) {
    size_t length = 0;
    if (exchange->answer == NULL) { /* out of memory */
        return MHD_NO;
    }
    /* Whatever it is, the client has it: now there is something to have. */
    if (exchange->etag[0] != '\0' && exchange->answer->status == 200 &&
        srv_etag_matches(header(exchange, "If-None-Match"), ANY_TAG)) {
        return not_modified(exchange, exchange->etag, &exchange->answer->headers);
    }
    struct MHD_Response *response =
        srv_stored_response(exchange->answer, exchange->gzip, &length);
    return queue(exchange, exchange->answer->status, response, length);
}

static void fail(srv_exchange *exchange, srv_problem problem, const char *message) {
    dro_error error = DRO_ERROR_INIT;
    (void)dro_fail(&error, DRO_INVALID, "%s", message);
    srv_answer_problem(exchange, problem, NULL, &error);
}

/* ---- the first line ------------------------------------------------------ */

/* libmicrohttpd may find a request wrong after its first line, and then neither hand it
 * over nor say that it is over. */
static void drop_unheard(srv_peer *peer) {
    if (peer->unheard != NULL) {
        srv_log_request(peer->unheard, false);
        srv_exchange_release(peer->unheard);
        peer->unheard = NULL;
    }
}

void *srv_handle_address(void *server, const char *address,
                         struct MHD_Connection *connection) {
    dro_server *of = server;
    srv_peer *peer = srv_peer_of(connection);
    if (peer == NULL) { /* out of memory */
        return NULL;
    }
    drop_unheard(peer);
    srv_exchange *exchange = srv_exchange_begin(of, address);
    if (exchange != NULL) {
        exchange->connection = connection;
        exchange->peer = peer;
        peer->unheard = exchange;
        set_until(exchange, exchange->began_s + of->options.request_timeout_s);
    }
    return exchange;
}

void srv_handle_connection(void *server, struct MHD_Connection *connection, void **peer,
                           enum MHD_ConnectionNotificationCode what) {
    dro_server *of = server;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *peer = srv_peer_begin(&of->peers, connection);
    } else if (*peer != NULL) {
        drop_unheard(*peer);
        srv_peer_end(&of->peers, *peer);
        *peer = NULL;
    }
}

/* ---- the header fields --------------------------------------------------- */

static const srv_endpoint *find_endpoint(const char *path) {
    size_t count = 0;
    const srv_endpoint *all = srv_endpoints(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i].path, path) == 0) {
            return &all[i];
        }
    }
    return NULL;
}

/* 0: not one that anything here takes. */
static unsigned method_of(const char *method) {
    if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0) {
        return SRV_GET;
    }
    return strcmp(method, "POST") == 0 ? SRV_POST : 0;
}

static const char *allow_of(unsigned methods) {
    static const char *const texts[] = {"OPTIONS", "GET, HEAD, OPTIONS",
                                        "POST, OPTIONS", "GET, HEAD, POST, OPTIONS"};
    return texts[methods & 3u];
}

static bool has_body(const srv_exchange *exchange) {
    const char *length = header(exchange, "Content-Length");
    return header(exchange, "Transfer-Encoding")[0] != '\0' ||
           (length[0] != '\0' && strcmp(length, "0") != 0);
}

/* A client that sends its body only when it is told to. */
static bool waits_for_us(const srv_exchange *exchange) {
    return strcasecmp(header(exchange, "Expect"), "100-continue") == 0;
}

static bool is_too_long(const srv_exchange *exchange) {
    const char *length = header(exchange, "Content-Length");
    return length[0] != '\0' &&
           strtoull(length, NULL, 10) > exchange->server->options.max_body;
}

static void check_method(srv_exchange *exchange, unsigned methods) {
    unsigned method = method_of(exchange->method);
    if ((method & methods) != 0) {
        exchange->request.method = method == SRV_POST ? SRV_POST : SRV_GET;
    } else if (strcmp(exchange->method, "OPTIONS") != 0) {
        dro_error error = DRO_ERROR_INIT;
        (void)dro_fail(&error, DRO_INVALID, "this address takes %s", allow_of(methods));
        srv_answer_problem(exchange, SRV_PROBLEM_METHOD, allow_of(methods), &error);
    }
}

static void check_target(srv_exchange *exchange) {
    dro_error error = DRO_ERROR_INIT;
    const char *address = exchange->address;
    if (strcmp(address, "*") == 0 && strcmp(exchange->method, "OPTIONS") == 0) {
        return; /* of the server as a whole */
    }
    dro_status status = srv_target_parse(address, strlen(address), exchange->arena,
                                         &exchange->target, &error);
    if (status != DRO_OK) {
        srv_answer_problem(exchange, srv_problem_of(status), NULL, &error);
        return;
    }
    const char *path = exchange->target.path;
    exchange->request.path = path;
    exchange->request.parameters = exchange->target.parameters;
    exchange->request.parameter_count = exchange->target.parameter_count;
    exchange->endpoint = find_endpoint(path);
    if (exchange->endpoint != NULL) {
        check_method(exchange, exchange->endpoint->methods);
    } else if (srv_files_find(exchange->server->files, path) != NULL) {
        check_method(exchange, SRV_GET);
    } else {
        fail(exchange, SRV_PROBLEM_NO_PATH, "no such path");
    }
}

static size_t header_bytes(const srv_exchange *exchange) {
    const union MHD_ConnectionInfo *about = MHD_get_connection_info(
        exchange->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    size_t all = about != NULL ? about->header_size : 0;
    size_t address = strlen(exchange->address);
    return all > address ? all - address : 0;
}

/* A request that is refused whatever it asks for. */
static void check_limits(srv_exchange *exchange, const char *fault) {
    const dro_server *server = exchange->server;
    const dro_server_options *limits = &server->options;
    dro_error error = DRO_ERROR_INIT;
    if (strlen(exchange->address) > limits->max_url) {
        (void)dro_fail(&error, DRO_LIMIT, "the address has more than %zu bytes",
                       limits->max_url);
        srv_answer_problem(exchange, SRV_PROBLEM_ADDRESS, NULL, &error);
    } else if (header_bytes(exchange) > limits->max_header) {
        (void)dro_fail(&error, DRO_LIMIT, "the header fields have more than %zu bytes",
                       limits->max_header);
        srv_answer_problem(exchange, SRV_PROBLEM_HEADERS, NULL, &error);
    } else if (fault != NULL) {
        exchange->closes = true;
        fail(exchange, SRV_PROBLEM_INVALID_VALUE, fault);
    } else if (exchange->peer->refused) {
        exchange->closes = true;
        fail(exchange, SRV_PROBLEM_BUSY, "too many connections");
    } else if (atomic_load(&server->stopping)) {
        exchange->closes = true;
        fail(exchange, SRV_PROBLEM_STOPPING, "the server is stopping");
    }
}

static void take_fields(srv_exchange *exchange) {
    exchange->request.accept = header(exchange, "Accept");
    exchange->request.content_type = header(exchange, "Content-Type");
    exchange->request.body = "";
    exchange->gzip = srv_accepts_gzip(header(exchange, "Accept-Encoding"));
}

/* ---- bodies -------------------------------------------------------------- */

/* libmicrohttpd cannot answer while a body comes, so this does, on the socket: nothing
 * of an answer has been sent yet. What still comes is dropped for a while, for a closed
 * socket would take the answer away from a client that is busy sending. */
static void send_refusal(srv_exchange *exchange) {
    const srv_stored *answer = exchange->answer;
    char text[2048];
    if (answer == NULL) {
        return;
    }
    int length = snprintf(
        text, sizeof text,
        "HTTP/1.1 %d %s\r\nConnection: close\r\nContent-Type: %s\r\n"
        "Content-Length: %zu\r\nCache-Control: no-store\r\nDerrotero-Data: %s\r\n"
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
        "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
        "Cross-Origin-Resource-Policy: same-origin\r\n"
        "Cross-Origin-Opener-Policy: same-origin\r\n%s\r\n%s",
        answer->status,
        answer->status == 413 ? "Content Too Large" : "Service Unavailable",
        answer->type, answer->length, exchange->server->data,
        answer->status == 503 ? "Retry-After: 5\r\n" : "", answer->body);
    if (length > 0 && (size_t)length < sizeof text) {
        (void)send(exchange->peer->socket, text, (size_t)length,
                   MSG_DONTWAIT | MSG_NOSIGNAL);
    }
    (void)shutdown(exchange->peer->socket, SHUT_WR);
    exchange->status = answer->status;
    exchange->sent = answer->length;
}

static enum MHD_Result refuse(srv_exchange *exchange, srv_problem problem,
                              const char *message) {
    srv_stored_release(exchange->answer);
    exchange->closes = true;
    fail(exchange, problem, message);
    if (exchange->phase == SRV_PHASE_HEAD && waits_for_us(exchange)) {
        return queue_answer(exchange); /* no body is on its way */
    }
    send_refusal(exchange);
    exchange->phase = SRV_PHASE_REFUSED;
    set_until(exchange, dro_clock_s() + REFUSED_S);
    return MHD_YES;
}

static enum MHD_Result too_long(srv_exchange *exchange) {
    char message[96];
    (void)snprintf(message, sizeof message, "the body has more than %zu bytes",
                   exchange->server->options.max_body);
    return refuse(exchange, SRV_PROBLEM_BODY, message);
}

/* The body of a request that is answered with an error anyway, or of a GET, is read and
 * dropped, so that the connection can be used again. */
static enum MHD_Result take_piece(srv_exchange *exchange, const char *bytes,
                                  size_t *left) {
    dro_server *server = exchange->server;
    size_t length = *left, before = exchange->body.capacity;
    *left = 0;
    exchange->came += length;
    if (exchange->came > server->options.max_body) {
        return too_long(exchange);
    }
    if (exchange->answer != NULL || exchange->request.method != SRV_POST) {
        return MHD_YES;
    }
    size_t held = atomic_load(&server->held_body);
    if (held + length > BODIES_MAX * server->options.max_body ||
        dro_text_add_bytes(&exchange->body, bytes, length) != DRO_OK) {
        return refuse(exchange, SRV_PROBLEM_BUSY, "too many bodies at once");
    }
    (void)atomic_fetch_add(&server->held_body, exchange->body.capacity - before);
    return MHD_YES;
}

/* Compressed bodies are not taken: their size is not known before they are read. */
static void check_coding(srv_exchange *exchange) {
    const char *coding = header(exchange, "Content-Encoding");
    if (exchange->answer == NULL && coding[0] != '\0' &&
        strcasecmp(coding, "identity") != 0) {
        fail(exchange, SRV_PROBLEM_MEDIA_TYPE, "the body has a Content-Encoding");
    }
}

static enum MHD_Result open_request(srv_exchange *exchange, const char *method,
                                    const char *version) {
    srv_head_fault fault =
        srv_head_check(exchange->connection, exchange->address, version);
    exchange->method = dro_arena_strndup(exchange->arena, method, strlen(method));
    if (exchange->method == NULL) {
        return MHD_NO;
    }
    take_fields(exchange);
    check_limits(exchange, fault.text);
    if (exchange->answer == NULL) {
        check_target(exchange);
    }
    if (has_body(exchange)) {
        if (is_too_long(exchange)) {
            return too_long(exchange);
        }
        check_coding(exchange);
        if (exchange->answer != NULL && (fault.endless || waits_for_us(exchange))) {
            return queue_answer(exchange);
        }
    }
    exchange->body.limit = exchange->server->options.max_body + 1;
    exchange->phase = SRV_PHASE_BODY;
    return MHD_YES;
}

/* ---- events -------------------------------------------------------------- */

static ssize_t read_events(void *context, uint64_t position, char *buffer,
                           size_t most) {
    const srv_exchange *exchange = context;
    (void)position;
    return srv_events_read(exchange->events, buffer, most);
}

static void release_events(void *context) {
    srv_exchange_release(context);
}

static enum MHD_Result queue_events(srv_exchange *exchange) {
    (void)atomic_fetch_add(&exchange->uses, 1);
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, 16384, read_events, exchange, release_events);
    if (response == NULL) {
        srv_exchange_release(exchange);
        return MHD_NO;
    }
    const srv_headers headers = {.policy = SRV_POLICY_DATA,
                                 .keeping = SRV_KEEP_NEVER,
                                 .type = "text/event-stream",
                                 .data = exchange->server->data,
                                 .vary = "Accept-Encoding, Accept"};
    srv_headers_add(response, &headers);
    (void)MHD_add_response_header(response, "X-Accel-Buffering", "no");
    enum MHD_Result result = queue(exchange, 200, response, 0);
    MHD_destroy_response(response);
    return result;
}

static void busy(srv_exchange *exchange) {
    fail(exchange, SRV_PROBLEM_BUSY, "too much long work at once; ask again later");
}

/* The work is put in the queue first: whether it fits decides on the status. */
static enum MHD_Result begin_events(srv_exchange *exchange) {
    dro_server *server = exchange->server;
    if (srv_events_create(exchange->connection, &exchange->events, NULL) != DRO_OK) {
        return MHD_NO;
    }
    if (exchange->answer != NULL) {
        srv_events_finish(exchange->events, "result", exchange->answer->body,
                          exchange->answer->length);
        return queue_events(exchange);
    }
    if (srv_work_put(&server->work, exchange)) {
        return queue_events(exchange);
    }
    srv_events_destroy(exchange->events);
    exchange->events = NULL;
    busy(exchange);
    return queue_answer(exchange);
}

/* ---- a whole request ----------------------------------------------------- */

static bool never_stops(void *context, const char *stage, uint64_t done,
                        uint64_t total) {
    (void)context;
    (void)stage;
    (void)done;
    (void)total;
    return true;
}

static enum MHD_Result run_here(srv_exchange *exchange) {
    const dro_progress progress = {never_stops, NULL};
    srv_run(exchange, srv_thread_worker(srv_this_thread(exchange->server)), 1,
            &progress);
    return queue_answer(exchange);
}

static enum MHD_Result run_later(srv_exchange *exchange) {
    exchange->phase = SRV_PHASE_WORK;
    if (srv_work_put(&exchange->server->work, exchange)) {
        return MHD_YES;
    }
    busy(exchange);
    return queue_answer(exchange);
}

/* The same data and the same request make the same bytes: the tag is known before the
 * answer is. */
static void take_etag(srv_exchange *exchange) {
    const srv_endpoint *endpoint = exchange->endpoint;
    const srv_target *target = &exchange->target;
    if (exchange->request.method == SRV_GET && !endpoint->fresh) {
        uint64_t data = srv_api_data(exchange->server->api);
        srv_etag(dro_hash64(target->canonical, target->canonical_length, data),
                 dro_hash64(target->canonical, target->canonical_length, ~data),
                 exchange->etag);
    }
}

static enum MHD_Result answer_file(srv_exchange *exchange) {
    srv_stored *file = srv_files_find(exchange->server->files, exchange->request.path);
    const char *etag = srv_stored_etag(file, exchange->gzip);
    if (srv_etag_matches(header(exchange, "If-None-Match"), etag)) {
        return not_modified(exchange, etag, &file->headers);
    }
    exchange->answer = srv_stored_use(file);
    return queue_answer(exchange);
}

/* A client has the answer already where it names either form of it. Any ("*") is known
 * only once there is an answer: there may be none. */
static bool is_known(const srv_exchange *exchange, char *etag) {
    const char *known = header(exchange, "If-None-Match");
    if (known[0] == '\0' || exchange->etag[0] == '\0' ||
        srv_etag_matches(known, ANY_TAG)) {
        return false;
    }
    srv_etag_zipped(exchange->etag, etag);
    if (exchange->gzip && srv_etag_matches(known, etag)) {
        return true;
    }
    (void)snprintf(etag, SRV_ETAG_MAX, "%s", exchange->etag);
    return srv_etag_matches(known, etag);
}

static enum MHD_Result answer_endpoint(srv_exchange *exchange) {
    const srv_endpoint *endpoint = exchange->endpoint;
    char etag[SRV_ETAG_MAX];
    bool events = endpoint->events && srv_accepts_events(exchange->request.accept) &&
                  strcmp(exchange->method, "HEAD") != 0;
    take_etag(exchange);
    if (!events && is_known(exchange, etag)) {
        const srv_headers like = {.policy = SRV_POLICY_DATA,
                                  .keeping = SRV_KEEP_ASKING,
                                  .data = exchange->server->data,
                                  .vary = endpoint->events ? "Accept-Encoding, Accept"
                                                           : "Accept-Encoding"};
        return not_modified(exchange, etag, &like);
    }
    if (exchange->etag[0] != '\0') {
        exchange->answer =
            srv_cache_get(exchange->server->cache, exchange->target.canonical,
                          exchange->target.canonical_length);
    }
    if (events) {
        return begin_events(exchange);
    }
    if (exchange->answer != NULL) {
        return queue_answer(exchange);
    }
    bool quick = endpoint->quick &&
                 (endpoint->slow == NULL || !endpoint->slow(&exchange->request));
    return quick ? run_here(exchange) : run_later(exchange);
}

static enum MHD_Result answer_options(srv_exchange *exchange) {
    unsigned methods =
        exchange->endpoint != NULL ? exchange->endpoint->methods : SRV_GET;
    const srv_headers headers = {.policy = SRV_POLICY_DATA,
                                 .keeping = SRV_KEEP_ASKING,
                                 .allow = allow_of(methods)};
    return queue_alone(exchange, 204, &headers);
}

static enum MHD_Result answer(srv_exchange *exchange) {
    set_until(exchange, (double)INFINITY);
    exchange->counted = true;
    (void)atomic_fetch_add(&exchange->server->exchanges, 1);
    if (exchange->body.length > 0) {
        exchange->request.body = exchange->body.data;
        exchange->request.body_length = exchange->body.length;
    }
    if (exchange->answer != NULL) {
        return queue_answer(exchange);
    }
    if (strcmp(exchange->method, "OPTIONS") == 0) {
        return answer_options(exchange);
    }
    return exchange->endpoint != NULL ? answer_endpoint(exchange)
                                      : answer_file(exchange);
}

enum MHD_Result srv_handle(void *server, struct MHD_Connection *connection,
                           const char *url, const char *method, const char *version,
                           const char *upload, size_t *upload_size, void **context) {
    srv_exchange *exchange = *context;
    (void)server;
    (void)connection;
    (void)url;
    if (exchange == NULL) { /* out of memory */
        return MHD_NO;
    }
    switch (exchange->phase) {
    case SRV_PHASE_HEAD:
        exchange->peer->unheard = NULL;
        return open_request(exchange, method, version);
    case SRV_PHASE_BODY:
        return *upload_size > 0 ? take_piece(exchange, upload, upload_size)
                                : answer(exchange);
    case SRV_PHASE_REFUSED:
        if (*upload_size == 0) {
            return MHD_NO;
        }
        *upload_size = 0;
        return MHD_YES;
    case SRV_PHASE_WORK:
        return srv_work_done(&exchange->server->work, exchange) ? queue_answer(exchange)
                                                                : MHD_YES;
    case SRV_PHASE_ANSWERED:
        break;
    }
    return MHD_NO;
}

/* ---- the end ------------------------------------------------------------- */

void srv_handle_completed(void *server, struct MHD_Connection *connection,
                          void **context, enum MHD_RequestTerminationCode how) {
    dro_server *of = server;
    srv_exchange *exchange = *context;
    (void)connection;
    if (exchange == NULL) {
        return;
    }
    exchange->peer->unheard = NULL;
    srv_work_stop(&of->work, exchange);
    if (exchange->events != NULL) {
        srv_events_detach(exchange->events);
        exchange->sent = srv_events_sent(exchange->events);
    }
    set_until(exchange, dro_clock_s() + of->options.idle_timeout_s +
                            of->options.request_timeout_s);
    srv_log_request(exchange, how == MHD_REQUEST_TERMINATED_COMPLETED_OK ||
                                  exchange->phase == SRV_PHASE_REFUSED);
    if (exchange->counted) {
        (void)atomic_fetch_sub(&of->exchanges, 1);
    }
    *context = NULL;
    srv_exchange_release(exchange);
}
