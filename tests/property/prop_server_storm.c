/* A storm of requests that are cut, bent and filled with anything: each has an answer
 * or a close, and the server is there afterwards, no larger than before. */
#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check_main.h"
#include "fake_chart.h"

#include "fake_api.h"
#include "support/resident.h"

#define THREADS     8u
#define REQUEST_MAX 8192u
#define GROWTH_KIB  32768L /* of what the threads keep for themselves */
#define SOON_MS     5
#define PATIENCE_MS 15000

/* Sanitizers keep what was freed. */
#if defined(DRO_ARENA_DEBUG) || defined(__SANITIZE_THREAD__)
#define SANITIZED true
#else
#define SANITIZED false
#endif

static const char *const good[] = {
    "GET /api/quick?a=1&b=%C3%A9 HTTP/1.1\r\nHost: a\r\nAccept: */*;q=0.5\r\n\r\n",
    "HEAD / HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"x\", W/\"y\"\r\n\r\n",
    "GET /assets/../index.html HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello world",
    "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    "5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: x\r\n\r\n",
    "POST /api/echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
    "Content-Length: 3\r\n\r\nabc",
    "GET /api/long?ms=20 HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n",
    "GET /api/long?ms=10 HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip;q=0.1\r\n\r\n",
    "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\nGET /api/fail?which=1 HTTP/1.1\r\nHost: "
    "a\r\n\r\n",
};

static const char *const pieces[] = {
    "\r\n",
    "\r\n\r\n",
    "\n",
    "\r",
    ":",
    " ",
    "\t",
    "%",
    "%00",
    "%ff",
    "%2e%2e/",
    "../",
    "?",
    "&",
    "=",
    "\"",
    "\\",
    "HTTP/1.1",
    "Content-Length: 5\r\n",
    "Content-Length: -1",
    "Content-Length: 99999999999999999999\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding: gzip\r\n",
    "Expect: 100-continue\r\n",
    "Connection: close\r\n",
    "Connection: upgrade\r\nUpgrade: h2c\r\n",
    "ffffffffffffffff\r\n",
    "-1\r\n",
    "0\r\n",
    "nan",
    "1e400",
    "\xff\xfe",
    "\xc3\x28",
    "\xed\xa0\x80",
    "PRI * HTTP/2.0",
    "Host: b\r\n",
    "Accept: ;q=;;,,q=9\r\n",
    "If-None-Match: \"\r\n",
    "Cookie: a=b; c\r\n",
    "Authorization: Basic !!!\r\n",
    " continued\r\n",
    "X: y\r\n",
};
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

typedef struct request {
    char bytes[REQUEST_MAX];
    size_t length;
} request;

static dro_server *server;
static unsigned short port;
static atomic_uint unanswered, answered;
static unsigned per_thread;

/* ---- a bent request ---------------------------------------------------------------
 */

static size_t below(dro_random *random, size_t n) {
    return n == 0 ? 0 : (size_t)(dro_random_u64(random) % n);
}

/* Puts `length` bytes in place of `gone` of them. */
static void splice(request *of, size_t at, size_t gone, const char *bytes,
                   size_t length) {
    char copy[REQUEST_MAX];
    if (of->length - gone + length > REQUEST_MAX) {
        return;
    }
    memcpy(copy, bytes, length);
    memmove(of->bytes + at + length, of->bytes + at + gone, of->length - at - gone);
    memcpy(of->bytes + at, copy, length);
    of->length += length - gone;
}

static void bend(request *of, dro_random *random) {
    size_t at = below(random, of->length + 1), left = of->length - at;
    char run[3000];
    const char *piece = pieces[below(random, COUNT_OF(pieces))];
    switch (below(random, 7)) {
    case 0:
        splice(of, at, 0, piece, strlen(piece));
        break;
    case 1:
        splice(of, at, below(random, left + 1), piece, strlen(piece));
        break;
    case 2:
        of->length = at;
        break;
    case 3:
        if (left > 0) {
            of->bytes[at] = (char)dro_random_u64(random);
        }
        break;
    case 4:
        splice(of, below(random, of->length + 1), 0, of->bytes + at, left);
        break;
    case 5:
        memset(run, (int)(dro_random_u64(random) & 255), sizeof run);
        splice(of, at, 0, run, below(random, sizeof run));
        break;
    default:
        for (size_t i = 0; i < 20; i++) {
            run[i] = (char)dro_random_u64(random);
        }
        splice(of, at, 0, run, below(random, 20));
        break;
    }
}

static void make(request *of, dro_random *random) {
    const char *text = good[below(random, COUNT_OF(good))];
    of->length = strlen(text);
    memcpy(of->bytes, text, of->length);
    for (size_t i = below(random, 5); i > 0; i--) {
        bend(of, random);
    }
}

/* ---- the client --------------------------------------------------------------------
 */

static int dial(void) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    const struct linger none = {1, 0}; /* no port is kept waiting */
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int file = socket(AF_INET, SOCK_STREAM, 0);
    (void)setsockopt(file, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    if (connect(file, (const struct sockaddr *)&to, sizeof to) != 0) {
        (void)close(file);
        return -1;
    }
    return file;
}

/* Something within `ms`, or the end. */
static bool hear(int file, int ms, bool *any) {
    char buffer[4096];
    struct pollfd wait = {.fd = file, .events = POLLIN};
    if (poll(&wait, 1, ms) != 1) {
        return false;
    }
    *any = recv(file, buffer, sizeof buffer, 0) > 0;
    return true;
}

/* Some in two parts. Where nothing comes the sending side is closed, so that the server
 * knows that it has all. */
static void try_one(const request *of, dro_random *random) {
    bool any = false;
    int file = dial();
    if (file < 0) {
        (void)atomic_fetch_add(&unanswered, 1);
        return;
    }
    size_t first = below(random, 4) == 0 ? below(random, of->length) : of->length;
    (void)send(file, of->bytes, first, MSG_NOSIGNAL);
    (void)send(file, of->bytes + first, of->length - first, MSG_NOSIGNAL);
    if (below(random, 50) > 0) {
        bool ended = hear(file, SOON_MS, &any);
        if (!ended) {
            (void)shutdown(file, SHUT_WR);
            ended = hear(file, PATIENCE_MS, &any);
        }
        (void)atomic_fetch_add(&unanswered, ended ? 0 : 1);
        (void)atomic_fetch_add(&answered, any ? 1 : 0);
    }
    (void)close(file);
}

static void *storm(void *context) {
    const unsigned *number = context;
    static _Thread_local request each;
    dro_random random;
    dro_random_seed(&random, 20261122u + *number);
    for (unsigned i = 0; i < per_thread; i++) {
        make(&each, &random);
        try_one(&each, &random);
    }
    return NULL;
}

static void run_storm(unsigned requests) {
    pthread_t threads[THREADS];
    unsigned numbers[THREADS];
    per_thread = requests / THREADS;
    for (unsigned i = 0; i < THREADS; i++) {
        numbers[i] = i;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, storm, &numbers[i]), 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        (void)pthread_join(threads[i], NULL);
    }
}

static bool is_well(void) {
    static const char text[] =
        "GET /api/quick?well HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    char heard[4096] = "";
    int file = dial();
    if (file < 0) {
        return false;
    }
    (void)send(file, text, sizeof text - 1, MSG_NOSIGNAL);
    ssize_t got = recv(file, heard, sizeof heard - 1, MSG_WAITALL);
    (void)close(file);
    return got > 0 && strncmp(heard, "HTTP/1.1 200 ", 13) == 0;
}

START_TEST(a_storm_of_bent_requests_passes) {
    dro_server_options options = DRO_SERVER_OPTIONS_INIT;
    dro_error error = DRO_ERROR_INIT;
    bool quick = getenv("DRO_TEST_QUICK") != NULL;
    options.listen = "127.0.0.1:0";
    options.threads = 2;
    options.max_work = 2;
    options.max_body = 4096;
    options.cache = 1u << 20;
    options.request_timeout_s = 1.0;
    options.work_timeout_s = 2.0;
    options.log = fopen("/dev/null", "w");
    (void)signal(SIGPIPE, SIG_IGN);
    ck_assert_msg(fake_server_start(&options, &server, &error) == DRO_OK, "%s",
                  error.message);
    port = fake_server_port(server);
    run_storm(quick ? 1000 : 10000);
    long before = resident_kib();
    run_storm(quick ? 4000 : 100000);
    long after = resident_kib();
    ck_assert(is_well());
    ck_assert_uint_eq(atomic_load(&unanswered), 0);
    ck_assert_uint_gt(atomic_load(&answered), per_thread);
    ck_assert_msg(SANITIZED || after - before < GROWTH_KIB, "%ld KiB, then %ld", before,
                  after);
    dro_server_stop(server);
    (void)fclose(options.log);
}
END_TEST

int main(void) {
    const TTest *const tests[] = {a_storm_of_bent_requests_passes, NULL};
    return check_main_slow("server storm", 600, NULL, NULL, tests);
}
