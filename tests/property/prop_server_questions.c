/*
 * A storm of wrong questions on the real endpoints, over sockets: parameters and bodies
 * with wrong names, types, numbers, encodings, JSON that is cut, bent or too deep,
 * files where none may be named. Each has an answer that is one of HTTP's, none of them
 * 500, a refusal is a problem document that names no path of this machine; or a close,
 * where the request was cut. The server is there afterwards, no larger than before.
 *
 * DRO_STORM is how many (20,000; DRO_TEST_QUICK: 2,000).
 */
#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check_main.h"
#include "fake_chart.h"
#include "small_world.h"
#include "support/resident.h"

#include "derrotero/server.h"

#define THREADS     4u
#define TEXT_MAX    ((size_t)24 << 10)
#define ANSWER_MAX  ((size_t)256 << 10)
#define PATIENCE_MS 30000
#define GROWTH_KIB  32768L
#define COUNT_OF(a) (sizeof(a) / sizeof((a)[0]))

static const char case_text[] = SMALL_CASE_HEAD
    "  now: {date: 2024-06-01}\n"
    "  closed: {extends: now, edits: [{close: {passage: [cut, cut-old]}}]}\n";

static const char *const paths[] = {"/api/route",      "/api/route",     "/api/route",
                                    "/api/ports",      "/api/passages",  "/api/vessels",
                                    "/api/scenarios",  "/api/network",   "/api/compare",
                                    "/api/hinterland", "/api/audit",     "/api/health",
                                    "/api/matrix",     "/api",           "/api/",
                                    "/../etc/passwd",  "/%2e%2e/%2e%2e", "/api/route/",
                                    "//api/route",     "/api/route%00"};
static const char *const names[] = {
    "from",   "to",       "via",          "avoid",      "require", "open",    "vessel",
    "draft",  "beam",     "length",       "air-draft",  "speed",   "by",      "profile",
    "format", "q",        "alternatives", "avoid-area", "near",    "country", "limit",
    "case",   "scenario", "commodity",    "quay",       "samples", "seed",    "port",
    "grid",   "rivals",   "diff",         "max-snap",   "claim",   "pairs",   "ports",
    "edits",  "data",     "chart",        "output",     "claims",  "threads", "wrap",
    "a%20b",  "%ff",      "fr%6fm",       "",           "FROM",    "--from"};
/* GeoJSON, escaped. */
#define POLYGON "%7B%22type%22%3A%22Polygon%22%2C%22coordinates%22%3A%5B%5B"
#define A_DOT   POLYGON "%5B1%2C1%5D%5D%5D%7D"
#define AN_AREA \
    POLYGON "%5B40%2C1%5D%2C%5B41%2C1%5D%2C%5B41%2C2%5D%2C%5B40%2C1%5D%5D%5D%7D"
/* NOLINTBEGIN(bugprone-suspicious-missing-comma): two are put together */
static const char *const values[] = {"XAWST",
                                     "XBEST",
                                     "mine",
                                     "0,30",
                                     "-5,40",
                                     "nan",
                                     "inf",
                                     "-1",
                                     "1e999",
                                     "0x10",
                                     "99999999999999999999999999",
                                     "-0",
                                     "1e-320",
                                     "",
                                     "true",
                                     "maybe",
                                     "91,181",
                                     "0,181",
                                     "1,",
                                     ",",
                                     ",,,",
                                     "cut",
                                     "north-strait",
                                     "cut,cut,cut",
                                     "now",
                                     "closed",
                                     "json",
                                     "csv",
                                     "svg",
                                     "html",
                                     "geojson",
                                     "table",
                                     "pdf",
                                     "/etc/passwd",
                                     "../../case.yaml",
                                     "%2e%2e%2f%2e%2e",
                                     "file:///etc/passwd",
                                     "%00",
                                     "%ff%fe",
                                     "%c3%28",
                                     "%ed%a0%80",
                                     "%",
                                     "%zz",
                                     "%E2%82%AC",
                                     "12.5S%2C77.2W",
                                     "0%2C0",
                                     "container-8000",
                                     "time",
                                     "cost",
                                     "distance",
                                     "3",
                                     "0",
                                     "16",
                                     "17",
                                     "1000000000",
                                     A_DOT,
                                     AN_AREA};
/* NOLINTEND(bugprone-suspicious-missing-comma) */
static const char *const json_values[] = {
    "\"XAWST\"",
    "\"XBEST\"",
    "\"mine\"",
    "\"now\"",
    "\"closed\"",
    "[\"now\",\"closed\"]",
    "[\"now\",\"now\"]",
    "[\"XAWST\",\"XBEST\",\"XCMID\"]",
    "3",
    "0",
    "-1",
    "1e999",
    "-1e-999",
    "12345678901234567890123",
    "0.1",
    "01",
    "NaN",
    "Infinity",
    "null",
    "true",
    "false",
    "[]",
    "{}",
    "[[0,0,0,30],[0,0,-5,40]]",
    "[[0,0,0]]",
    "[[0,0,0,\"1\"]]",
    "[[0,0,0,1e400]]",
    "[3]",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "\"\xff\xfe\"",
    "\"\xc3\x28\"",
    "\"a\\",
    "\"\\x\"",
    "[{\"close\":{\"passage\":[\"cut\",\"cut-old\"]}}]",
    "[{\"close\":{\"link\":\"road-mine-west\"}}]",
    "[{\"set\":{\"link\":3}}]",
    "[{\"add\":{\"service\":{}}}]",
    "[{\"scale\":{\"passage\":\"cut\",\"toll\":1e308}}]",
    "[{\"close\":{\"link\":\"no\"}},{\"open\":[]}]",
    "\"../../etc/passwd\"",
    "\"\""};
static const char *const types[] = {
    "application/json", "text/csv; charset=utf-8", "application/json; charset=latin-1",
    "text/plain",       "multipart/form-data",     ""};

typedef struct text {
    char bytes[TEXT_MAX];
    size_t length;
} text;

typedef struct client { /* one thread's */
    dro_random random;
    text target, body, request;
    char answer[ANSWER_MAX + 1];
} client;

static dro_server *server;
static unsigned short port;
static unsigned per_thread;
static char folder[] = "/tmp/derrotero-storm-XXXXXX";
static atomic_uint refused, answered, closed, wrong;

/* ---- making a question ----------------------------------------------------------- */

static size_t below(client *c, size_t n) {
    return n == 0 ? 0 : (size_t)(dro_random_u64(&c->random) % n);
}

static void add_bytes(text *to, const char *bytes, size_t length) {
    if (length <= TEXT_MAX - to->length) {
        memcpy(to->bytes + to->length, bytes, length);
        to->length += length;
    }
}

static void add(text *to, const char *what) {
    add_bytes(to, what, strlen(what));
}

static void add_one(client *c, text *to, const char *const *from, size_t count) {
    add(to, from[below(c, count)]);
}

#define ADD_ONE(c, to, from) add_one(c, to, from, COUNT_OF(from))

static void make_target(client *c, const char *path) {
    text *to = &c->target;
    to->length = 0;
    add(to, path);
    add(to, "?");
    bool whole = below(c, 2) == 0; /* the ends are right, something else is not */
    if (whole) {
        add(to, "from=XAWST&to=XBEST");
    }
    for (size_t i = below(c, 5); i > 0; i--) {
        add(to, "&");
        ADD_ONE(c, to, names);
        add(to, below(c, 10) == 0 ? "" : "=");
        for (size_t k = below(c, 20) == 0 ? 200 : 1; k > 0; k--) {
            ADD_ONE(c, to, values);
        }
    }
}

static void make_json(client *c) {
    text *to = &c->body;
    add(to, "{");
    bool whole = below(c, 2) == 0;
    if (whole) {
        add(to, "\"from\":\"mine\",\"to\":\"XBEST\",\"scenario\":[\"now\",\"closed\"],"
                "\"samples\":2");
    }
    for (size_t i = below(c, 4); i > 0; i--) {
        add(to, to->length > 1 ? ",\"" : "\"");
        ADD_ONE(c, to, names);
        add(to, "\":");
        ADD_ONE(c, to, json_values);
    }
    add(to, "}");
}

static void make_csv(client *c) {
    add(&c->body, "from_lat,from_lon,to_lat,to_lon\n");
    for (size_t i = below(c, 6); i > 0; i--) {
        ADD_ONE(c, &c->body, values);
        add(&c->body, below(c, 3) == 0 ? "\n" : ",");
        ADD_ONE(c, &c->body, values);
        add(&c->body, "\r\n");
    }
}

/* Cut, a byte changed, some twice, or far too deep. */
static void bend(client *c, text *of) {
    size_t at = below(c, of->length + 1);
    switch (below(c, 6)) {
    case 0:
        of->length = at;
        break;
    case 1:
        if (at < of->length) {
            of->bytes[at] = (char)dro_random_u64(&c->random);
        }
        break;
    case 2: {
        text half = {.length = 0};
        add_bytes(&half, of->bytes + at, of->length - at);
        add_bytes(of, half.bytes, half.length);
        break;
    }
    case 3:
        for (size_t i = below(c, 6000); i > 0; i--) {
            add(of, "[");
        }
        break;
    default:
        break;
    }
}

static void make_body(client *c) {
    c->body.length = 0;
    if (below(c, 5) == 0) {
        make_csv(c);
    } else {
        make_json(c);
    }
    if (below(c, 3) == 0) {
        bend(c, &c->body);
    }
}

static void add_chunks(client *c, text *to) {
    for (size_t at = 0; at < c->body.length;) {
        char head[32];
        size_t length = 1 + below(c, c->body.length - at);
        (void)snprintf(head, sizeof head, "%zx\r\n", length);
        add(to, head);
        add_bytes(to, c->body.bytes + at, length);
        add(to, "\r\n");
        at += length;
    }
    add(to, "0\r\n\r\n");
}

/* True: the request is whole, and must be answered. */
static bool make_question(client *c) {
    text *to = &c->request;
    char line[64];
    bool post = below(c, 3) == 0, chunked = below(c, 4) == 0;
    const char *path = post && below(c, 5) > 0
                           ? (below(c, 2) == 0 ? "/api/compare" : "/api/matrix")
                           : paths[below(c, COUNT_OF(paths))];
    make_target(c, path);
    to->length = 0;
    add(to, post ? "POST " : "GET ");
    add_bytes(to, c->target.bytes, post ? strlen(path) : c->target.length);
    add(to, " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
    if (below(c, 10) == 0) {
        add(to, "Accept: text/event-stream\r\n");
    }
    if (!post) {
        add(to, "\r\n");
        return true;
    }
    make_body(c);
    add(to, "Content-Type: ");
    add(to, below(c, 4) == 0 ? types[below(c, COUNT_OF(types))] : types[0]);
    size_t missing = below(c, 20) == 0 ? 1 + below(c, 100) : 0;
    if (chunked) {
        add(to, "\r\nTransfer-Encoding: chunked\r\n\r\n");
        add_chunks(c, to);
        return true;
    }
    (void)snprintf(line, sizeof line, "\r\nContent-Length: %zu\r\n\r\n",
                   c->body.length + missing);
    add(to, line);
    add_bytes(to, c->body.bytes, c->body.length);
    return missing == 0;
}

/* ---- asking it ------------------------------------------------------------------- */

static int dial(void) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    const struct linger none = {1, 0};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int file = socket(AF_INET, SOCK_STREAM, 0);
    (void)setsockopt(file, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    if (connect(file, (const struct sockaddr *)&to, sizeof to) != 0) {
        (void)close(file);
        return -1;
    }
    return file;
}

/* All that comes until the server closes; -1: it does not. */
static long hear(int file, char *answer) {
    size_t length = 0;
    for (;;) {
        char dropped[4096];
        struct pollfd wait = {.fd = file, .events = POLLIN};
        if (poll(&wait, 1, PATIENCE_MS) != 1) {
            return -1;
        }
        bool full = length == ANSWER_MAX;
        ssize_t got = recv(file, full ? dropped : answer + length,
                           full ? sizeof dropped : ANSWER_MAX - length, 0);
        if (got <= 0) {
            answer[length] = '\0';
            return (long)length;
        }
        length += full ? 0 : (size_t)got;
    }
}

static bool is_fine(const char *answer) {
    static const char *const taken[] = {"200", "400", "404", "405", "413",
                                        "414", "415", "422", "431", "503"};
    if (strncmp(answer, "HTTP/1.1 ", 9) != 0 || strstr(answer, folder) != NULL ||
        strstr(answer, DRO_TEST_SOURCE_DIR) != NULL ||
        strstr(answer, "root:") != NULL) {
        return false;
    }
    bool known = false;
    for (size_t i = 0; i < COUNT_OF(taken); i++) {
        known |= strncmp(answer + 9, taken[i], 3) == 0;
    }
    bool failed = answer[9] != '2';
    return known && (!failed || strstr(answer, "application/problem+json") != NULL ||
                     strstr(answer, "text/html") != NULL); /* the library's own 400 */
}

static void ask(client *c) {
    bool whole = make_question(c);
    int file = dial();
    if (file < 0) {
        (void)atomic_fetch_add(&wrong, 1);
        return;
    }
    (void)send(file, c->request.bytes, c->request.length, MSG_NOSIGNAL);
    if (!whole) {
        (void)shutdown(file, SHUT_WR);
    }
    long length = hear(file, c->answer);
    (void)close(file);
    if (length > 0 ? !is_fine(c->answer) : (length < 0 || whole)) {
        (void)fprintf(stderr, "%.*s\n-> %ld: %.600s\n",
                      (int)(c->request.length < 1500 ? c->request.length : 1500),
                      c->request.bytes, length, length > 0 ? c->answer : "");
        (void)atomic_fetch_add(&wrong, 1);
    }
    (void)atomic_fetch_add(length <= 0           ? &closed
                           : c->answer[9] == '2' ? &answered
                                                 : &refused,
                           1);
}

static void *storm(void *context) {
    client *c = context;
    for (unsigned i = 0; i < per_thread && atomic_load(&wrong) < 10; i++) {
        ask(c);
    }
    return NULL;
}

static void run_storm(unsigned questions, uint64_t seed) {
    pthread_t threads[THREADS];
    client *clients = calloc(THREADS, sizeof *clients);
    ck_assert_ptr_nonnull(clients);
    per_thread = questions / THREADS;
    for (unsigned i = 0; i < THREADS; i++) {
        dro_random_seed(&clients[i].random, seed + i);
        ck_assert_int_eq(pthread_create(&threads[i], NULL, storm, &clients[i]), 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        (void)pthread_join(threads[i], NULL);
    }
    free(clients);
}

/* ---- the test -------------------------------------------------------------------- */

static void start(FILE *log) {
    const char *const cases[] = {folder};
    dro_error error = DRO_ERROR_INIT;
    dro_session *session = small_session();
    dro_server_options options = DRO_SERVER_OPTIONS_INIT;
    options.listen = "127.0.0.1:0";
    options.cases = cases;
    options.case_count = 1;
    options.threads = 2;
    options.max_work = 2;
    options.max_body = 16384;
    options.request_timeout_s = 1.0; /* for those that are cut */
    options.cache = (size_t)1 << 20;
    options.log = log;
    ck_assert_msg(dro_server_start(session, &options, &server, &error) == DRO_OK, "%s",
                  error.message);
    dro_session_release(session);
    port = (unsigned short)strtoul(strrchr(dro_server_url(server), ':') + 1, NULL, 10);
}

static unsigned questions(void) {
    const char *wanted = getenv("DRO_STORM");
    unsigned long count = wanted != NULL                     ? strtoul(wanted, NULL, 10)
                          : getenv("DRO_TEST_QUICK") != NULL ? 2000
                                                             : 20000;
    return count > 100 ? (unsigned)count : 100;
}

START_TEST(a_storm_of_wrong_questions_passes) {
    ck_assert_ptr_nonnull(mkdtemp(folder));
    small_write(folder, "case.yaml", case_text);
    FILE *log = fopen("/dev/null", "w");
    ck_assert_ptr_nonnull(log);
    (void)signal(SIGPIPE, SIG_IGN);
    start(log);
    run_storm(questions() / 4, 7);
    long before = resident_kib();
    run_storm(questions(), 1000);
    long after = resident_kib();
    (void)printf("%u answered, %u refused, %u closed; %ld KiB, then %ld\n",
                 atomic_load(&answered), atomic_load(&refused), atomic_load(&closed),
                 before, after);
    dro_server_stop(server);
    (void)fclose(log);
    small_case_end(folder);
    ck_assert_uint_eq(atomic_load(&wrong), 0);
    ck_assert_uint_gt(atomic_load(&answered), questions() / 20);
    ck_assert_uint_gt(atomic_load(&refused), questions() / 4);
#if !defined(DRO_ARENA_DEBUG) /* sanitizers keep what was freed */
    ck_assert_msg(after - before < GROWTH_KIB, "%ld KiB, then %ld", before, after);
#endif
}
END_TEST

int main(void) {
    const TTest *const tests[] = {a_storm_of_wrong_questions_passes, NULL};
    return check_main_slow("server questions", 1800, NULL, NULL, tests);
}
