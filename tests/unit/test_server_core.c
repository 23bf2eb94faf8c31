/* The server around endpoints of the test's own: what a client on a socket sees. The
 * table and the state of the API take the place of the real ones at link time. */
#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "check_main.h"
#include "fake_chart.h"

#include "fake_api.h"

/* ---- server and client --------------------------------------------------- */

static dro_server_options options;
static dro_server *server;
static dro_error error;
static FILE *log_file;
static unsigned short port;
static char answer[1u << 20];
static char web[] = "/tmp/dro-web-XXXXXX";

static void write_file(const char *name, const char *text) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", web, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    (void)fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

static void make_web(void) {
    char path[256];
    ck_assert_ptr_nonnull(mkdtemp(web));
    (void)snprintf(path, sizeof path, "%s/assets", web);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    write_file("index.html", "<!doctype html>the page");
    write_file("embed.html", "<!doctype html>embedded");
    write_file(".hidden", "secret");
    write_file("assets/index-AbCd_-12.js", "let a = 1;");
    write_file("assets/plain.js", "let b = 2;");
    (void)snprintf(path, sizeof path, "%s/link.txt", web);
    ck_assert_int_eq(symlink("/etc/passwd", path), 0);
}

static void remove_web(void) {
    char command[320];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", web);
    ck_assert_int_eq(system(command), 0); /* NOLINT(cert-env33-c) */
}

static void setup(void) {
    options = (dro_server_options)DRO_SERVER_OPTIONS_INIT;
    options.listen = "127.0.0.1:0";
    options.threads = 2;
    options.max_work = 2;
    options.web = web;
    log_file = tmpfile();
    options.log = log_file;
    (void)signal(SIGPIPE, SIG_IGN);
    make_web();
}

static void start(void) {
    ck_assert_msg(fake_server_start(&options, &server, &error) == DRO_OK, "%s",
                  error.message);
    port = fake_server_port(server);
}

static void teardown(void) {
    dro_server_stop(server);
    (void)fclose(log_file);
    remove_web();
}

static int dial(void) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int file = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(connect(file, (const struct sockaddr *)&to, sizeof to), 0);
    return file;
}

static void say(int file, const char *text) {
    size_t length = strlen(text);
    ck_assert_int_eq(send(file, text, length, 0), (ssize_t)length);
}

/* Into `answer`: until the end, or until it has `part`, or 10 seconds without a byte.
 */
static bool hear(int file, const char *part) {
    size_t length = 0;
    answer[0] = '\0';
    while (length < sizeof answer - 1) {
        struct pollfd wait = {.fd = file, .events = POLLIN};
        ssize_t got = poll(&wait, 1, 10000) == 1
                          ? recv(file, answer + length, sizeof answer - 1 - length, 0)
                          : -1;
        if (got <= 0) {
            return got == 0 && part == NULL;
        }
        length += (size_t)got;
        answer[length] = '\0';
        if (part != NULL && strstr(answer, part) != NULL) {
            return true;
        }
    }
    return false;
}

/* A request on a connection of its own. */
static void ask_with(const char *method, const char *address, const char *fields) {
    char text[65536];
    int file = dial();
    (void)snprintf(text, sizeof text,
                   "%s %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s\r\n", method,
                   address, fields);
    say(file, text);
    ck_assert_msg(hear(file, NULL), "no end: %s", answer);
    (void)close(file);
}

static void ask(const char *address) {
    ask_with("GET", address, "");
}

static int status(void) {
    return strncmp(answer, "HTTP/1.1 ", 9) == 0 ? (int)strtol(answer + 9, NULL, 10) : 0;
}

static const char *body(void) {
    const char *found = strstr(answer, "\r\n\r\n");
    return found != NULL ? found + 4 : "";
}

#define ck_assert_has(text) \
    ck_assert_msg(strstr(answer, (text)) != NULL, "no %s in %s", text, answer)
#define ck_assert_lacks(text) \
    ck_assert_msg(strstr(answer, (text)) == NULL, "%s in %s", text, answer)

static bool wait_for(atomic_int *count, int value) {
    const struct timespec pause = {0, 10000000L};
    for (int i = 0; i < 500 && atomic_load(count) < value; i++) {
        (void)nanosleep(&pause, NULL);
    }
    return atomic_load(count) >= value;
}

static void log_has(const char *text) {
    static char lines[65536];
    const struct timespec pause = {0, 10000000L};
    for (int i = 0; i < 300; i++) { /* the line comes after the answer */
        rewind(log_file);
        lines[fread(lines, 1, sizeof lines - 1, log_file)] = '\0';
        (void)fseek(log_file, 0, SEEK_END);
        if (strstr(lines, text) != NULL) {
            return;
        }
        (void)nanosleep(&pause, NULL);
    }
    ck_abort_msg("no %s in %s", text, lines);
}

/* ---- tests --------------------------------------------------------------- */

START_TEST(a_request_is_answered) {
    start();
    ask("/api/quick?b=2&a=%C3%A9");
    ck_assert_int_eq(status(), 200);
    ck_assert_str_eq(body(), "/api/quick b=2 a=\xC3\xA9");
    ck_assert_has("Derrotero-Data: 00000000abcdef12\r\n");
    ck_assert_has("X-Content-Type-Options: nosniff\r\n");
    ck_assert_has("Content-Security-Policy: ");
    ck_assert_has("Cache-Control: no-cache\r\n");
    log_has("method=GET path=\"/api/quick?b=2&a=%C3%A9\" status=200 bytes=19 ");
}
END_TEST

START_TEST(answers_are_kept_whatever_the_order) {
    start();
    ask("/api/quick?b=2&a=1");
    ask("/api/quick?a=1&b=2");
    ck_assert_str_eq(body(), "/api/quick b=2 a=1");
    ck_assert_int_eq(atomic_load(&quick_calls), 1);
    ask("/api/quick?a=1&b=3");
    ck_assert_int_eq(atomic_load(&quick_calls), 2);
}
END_TEST

START_TEST(without_a_cache_each_is_made) {
    options.cache = 0;
    start();
    ask("/api/quick");
    ask("/api/quick");
    ck_assert_int_eq(atomic_load(&quick_calls), 2);
}
END_TEST

START_TEST(what_a_client_has_is_not_sent_again) {
    char fields[128], etag[64];
    start();
    ask("/api/quick?a=1");
    const char *at = strstr(answer, "ETag: ");
    ck_assert_ptr_nonnull(at);
    (void)snprintf(etag, sizeof etag, "%.*s", (int)strcspn(at + 6, "\r"), at + 6);
    (void)snprintf(fields, sizeof fields, "If-None-Match: \"x\", W/%s\r\n", etag);
    ask_with("GET", "/api/quick?a=1", fields);
    ck_assert_int_eq(status(), 304);
    ck_assert_str_eq(body(), "");
    ck_assert_has(etag);
    ask_with("GET", "/api/quick?a=2", fields);
    ck_assert_int_eq(status(), 200);
}
END_TEST

/* RFC 9110, 13.2.1: what would be an error stays one. */
START_TEST(any_tag_is_known_once_there_is_an_answer) {
    static const char any[] = "If-None-Match: *\r\n";
    start();
    ask_with("GET", "/api/fail?which=0", any);
    ck_assert_int_eq(status(), 400);
    ask_with("GET", "/api/quick?a=1", any);
    ck_assert_int_eq(status(), 304);
    ck_assert_has("ETag: ");
    ck_assert_str_eq(body(), "");
    ask_with("GET", "/index.html", any);
    ck_assert_int_eq(status(), 304);
    ask_with("GET", "/nothing", any);
    ck_assert_int_eq(status(), 404);
}
END_TEST

START_TEST(head_is_get_without_a_body) {
    start();
    ask("/api/big");
    ck_assert_int_eq(status(), 200);
    ck_assert_has("Content-Length: 158000\r\n");
    ask_with("HEAD", "/api/big", "");
    ck_assert_int_eq(status(), 200);
    ck_assert_has("Content-Length: 158000\r\n");
    ck_assert_str_eq(body(), "");
}
END_TEST

START_TEST(a_long_answer_is_compressed) {
    start();
    ask_with("GET", "/api/big", "Accept-Encoding: gzip\r\n");
    ck_assert_int_eq(status(), 200);
    ck_assert_has("Content-Encoding: gzip\r\n");
    ck_assert_has("-gz\"\r\n");
    ck_assert_has("Vary: Accept-Encoding, Accept\r\n");
    ck_assert_has("\x1f\x8b");
    ask_with("GET", "/api/quick", "Accept-Encoding: gzip\r\n");
    ck_assert_lacks("Content-Encoding");
}
END_TEST

START_TEST(failures_are_problems) {
    start();
    ask("/api/fail?which=0");
    ck_assert_int_eq(status(), 400);
    ck_assert_has("Content-Type: application/problem+json\r\n");
    ck_assert_has("\"type\": \"/problems/invalid-value\"");
    ck_assert_has("\"detail\": \"what went wrong at /secret/path\"");
    ck_assert_has("\"instance\": \"/api/fail\"");
    ck_assert_lacks("half an answer");
    ask("/api/fail?which=1");
    ck_assert_int_eq(status(), 422);
    ask("/api/fail?which=3");
    ck_assert_int_eq(status(), 503);
    ck_assert_has("Retry-After: ");
    ask("/api/fail?which=4");
    ck_assert_int_eq(status(), 415);
}
END_TEST

START_TEST(what_went_wrong_inside_is_for_the_log) {
    start();
    ask("/api/fail?which=2");
    ck_assert_int_eq(status(), 500);
    ck_assert_lacks("/secret/path");
    log_has("error=\"what went wrong at /secret/path\"");
}
END_TEST

START_TEST(methods_are_told_apart) {
    start();
    ask_with("DELETE", "/api/quick", "");
    ck_assert_int_eq(status(), 405);
    ck_assert_has("Allow: GET, HEAD, OPTIONS\r\n");
    ask_with("POST", "/", "Content-Length: 0\r\n");
    ck_assert_int_eq(status(), 405);
    ask_with("OPTIONS", "/api/echo", "");
    ck_assert_int_eq(status(), 204);
    ck_assert_has("Allow: GET, HEAD, POST, OPTIONS\r\n");
    ask_with("OPTIONS", "/nothing", "");
    ck_assert_int_eq(status(), 404);
    ask_with("OPTIONS", "*", "");
    ck_assert_int_eq(status(), 204);
    ask("*");
    ck_assert_int_eq(status(), 400);
}
END_TEST

START_TEST(no_path_leaves_the_folder) {
    static const char *const paths[] = {"/../etc/passwd", "/%2e%2e/etc/passwd",
                                        "/.hidden",       "/link.txt",
                                        "//index.html",   "/assets/../index.html",
                                        "/assets",        "/assets/",
                                        "/index.html/",   "/INDEX.HTML",
                                        "/api/quick/",    "/..%2findex.html",
                                        "/index.html%20", "/tmp"};
    start();
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        ask(paths[i]);
        ck_assert_msg(status() == 404, "%s: %d", paths[i], status());
    }
    ask("/index.html%00.js");
    ck_assert_int_eq(status(), 400);
    ask("/%ff");
    ck_assert_int_eq(status(), 400);
}
END_TEST

START_TEST(files_have_their_header_fields) {
    start();
    ask("/");
    ck_assert_str_eq(body(), "<!doctype html>the page");
    ck_assert_has("Content-Type: text/html; charset=utf-8\r\n");
    ck_assert_has("Cache-Control: no-cache\r\n");
    ck_assert_has("frame-ancestors 'none'\r\n");
    ask("/embed.html");
    ck_assert_has("frame-ancestors *\r\n");
    ask("/assets/index-AbCd_-12.js");
    ck_assert_has("immutable");
    ck_assert_has("Content-Type: text/javascript; charset=utf-8\r\n");
    ask("/assets/plain.js");
    ck_assert_has("Cache-Control: no-cache\r\n");
    ask_with("GET", "/", "If-None-Match: *\r\n");
    ck_assert_int_eq(status(), 304);
    ck_assert_uint_eq(dro_server_files(server), 4);
}
END_TEST

START_TEST(a_file_that_changes_is_not_read_again) {
    start();
    write_file("index.html", "changed");
    ask("/");
    ck_assert_str_eq(body(), "<!doctype html>the page");
}
END_TEST

START_TEST(bodies_come_whole_or_in_chunks) {
    start();
    ask_with("POST", "/api/echo", "Content-Length: 5\r\n\r\nhello");
    ck_assert_str_eq(body(), "5 hello");
    int file = dial();
    say(file, "POST /api/echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
              "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    say(file, "7\r\n, world\r\n0\r\n\r\n");
    ck_assert(hear(file, NULL));
    ck_assert_str_eq(body(), "12 hello, world");
    (void)close(file);
}
END_TEST

/* At the limit, and a byte above: told at once by the length, and while chunks come. */
START_TEST(a_body_has_a_limit) {
    options.max_body = 1000;
    char text[2048], filler[1101];
    memset(filler, 'x', 1100);
    filler[1100] = '\0';
    start();
    (void)snprintf(text, sizeof text, "Content-Length: 1000\r\n\r\n%.1000s", filler);
    ask_with("POST", "/api/echo", text);
    ck_assert_int_eq(status(), 200);
    ask_with("POST", "/api/echo", "Content-Length: 1001\r\n");
    ck_assert_int_eq(status(), 413);
    ck_assert_has("application/problem+json");
    ask_with("POST", "/api/echo", "Content-Length: 1001\r\nExpect: 100-continue\r\n");
    ck_assert_int_eq(status(), 413);
    (void)snprintf(text, sizeof text,
                   "Transfer-Encoding: chunked\r\n\r\n3e8\r\n%.1000s\r\n1\r\nx\r\n",
                   filler);
    ask_with("POST", "/api/echo", text);
    ck_assert_int_eq(status(), 413);
    ck_assert_has("\r\nDerrotero-Data: 00000000abcdef12\r\n");
    ck_assert_has("\r\nContent-Security-Policy: ");
    ck_assert_has("\r\nReferrer-Policy: no-referrer\r\n");
    ask_with("POST", "/api/echo", "Content-Length: 99999999999999999999\r\n");
    ck_assert_msg(status() == 413 || status() == 400, "%d", status());
    log_has("status=413");
}
END_TEST

START_TEST(a_client_that_goes_on_sending_reads_the_413) {
    options.max_body = 1000;
    char filler[4001];
    memset(filler, 'x', 4000);
    filler[4000] = '\0';
    start();
    int file = dial();
    say(file, "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 400000\r\n\r\n");
    for (int i = 0; i < 20; i++) {
        (void)send(file, filler, 4000, 0);
    }
    ck_assert(hear(file, "body-too-large"));
    ck_assert_int_eq(status(), 413);
    (void)close(file);
}
END_TEST

START_TEST(an_address_and_fields_have_limits) {
    char address[9000] = "/api/quick?a=", fields[17000] = "X-Long: ";
    options.max_header = 8192;
    start();
    memset(address + 13, 'x', 8192 - 13);
    ask(address);
    ck_assert_int_eq(status(), 200);
    address[8192] = 'x';
    ask(address);
    ck_assert_int_eq(status(), 414);
    ck_assert_has("address-too-long");
    memset(fields + 8, 'x', 9000);
    memcpy(fields + 9008, "\r\n", 3);
    ask_with("GET", "/api/quick", fields);
    ck_assert_int_eq(status(), 431);
    ck_assert_has("headers-too-large");
}
END_TEST

START_TEST(a_request_that_does_not_come_is_cut) {
    options.request_timeout_s = 0.5;
    start();
    double began_s = dro_clock_s();
    int silent = dial(), half = dial(), slow = dial();
    say(half, "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
    for (int i = 0; i < 30; i++) {
        const struct timespec pause = {0, 50000000L};
        (void)nanosleep(&pause, NULL);
        (void)send(slow, "G", 1, MSG_NOSIGNAL);
    }
    (void)hear(silent, NULL);
    ck_assert_str_eq(answer, "");
    (void)hear(half, NULL);
    ck_assert_str_eq(body(), "");
    (void)hear(slow, NULL);
    ck_assert(dro_clock_s() - began_s < 6.0);
    (void)close(silent);
    (void)close(half);
    (void)close(slow);
    ask("/api/quick");
    ck_assert_int_eq(status(), 200);
    log_has("path=\"/api/echo\" status=0");
}
END_TEST

START_TEST(long_work_is_a_stream_of_events) {
    start();
    ask_with("GET", "/api/long?ms=200", "Accept: text/event-stream\r\n");
    ck_assert_int_eq(status(), 200);
    ck_assert_has("Content-Type: text/event-stream\r\n");
    ck_assert_has("event: progress\ndata: {\"stage\": \"working\", \"done\": 0, "
                  "\"total\": 20, \"eta_s\": null}\n\n");
    ck_assert_has("event: result\ndata: {\ndata:   \"done\": true\ndata: }\n\n");
}
END_TEST

START_TEST(a_kept_answer_is_a_stream_too) {
    start();
    ask("/api/long?ms=10");
    ck_assert_int_eq(status(), 200);
    ask_with("GET", "/api/long?ms=10", "Accept: text/event-stream\r\n");
    ck_assert_has("event: result\n");
    ck_assert_lacks("event: progress\n");
    ck_assert_int_eq(atomic_load(&began), 1);
}
END_TEST

START_TEST(a_long_stream_is_whole) {
    start();
    ask_with("GET", "/api/big", "Accept: text/event-stream\r\n");
    ck_assert_int_eq(status(), 200);
    size_t lines = 0;
    for (const char *at = answer; (at = strstr(at, "data: line")) != NULL; at++) {
        lines++;
    }
    ck_assert_uint_ge(lines, 19800); /* some have a chunk's length in their middle */
    ck_assert_str_eq(answer + strlen(answer) - 5, "0\r\n\r\n");
}
END_TEST

START_TEST(who_leaves_stops_the_work) {
    start();
    int events = dial(), plain = dial();
    say(events, "GET /api/long?ms=60000 HTTP/1.1\r\nHost: a\r\n"
                "Accept: text/event-stream\r\n\r\n");
    say(plain, "GET /api/long?ms=60001 HTTP/1.1\r\nHost: a\r\n\r\n"
               "GET /api/quick HTTP/1.1\r\nHost: a\r\n\r\n");
    ck_assert(wait_for(&began, 2));
    ck_assert(hear(events, "event: progress"));
    (void)close(events);
    ck_assert(wait_for(&stopped, 1));
    (void)close(plain);
    ck_assert(wait_for(&stopped, 2));
    ask("/api/quick");
    ck_assert_int_eq(status(), 200);
    log_has("cut=yes");
}
END_TEST

START_TEST(work_has_a_time_limit) {
    options.work_timeout_s = 0.3;
    start();
    ask("/api/long?ms=60000");
    ck_assert_int_eq(status(), 503);
    ck_assert_has("time-limit");
    ask_with("GET", "/api/long?ms=60000", "Accept: text/event-stream\r\n");
    ck_assert_has("event: problem\n");
    ck_assert_has("time-limit");
}
END_TEST

START_TEST(a_full_queue_is_busy) {
    options.max_work = 1;
    options.queue = 1;
    start();
    int first = dial(), second = dial();
    say(first, "GET /api/long?ms=3000 HTTP/1.1\r\nHost: a\r\n\r\n");
    ck_assert(wait_for(&began, 1));
    say(second, "GET /api/long?ms=20 HTTP/1.1\r\nHost: a\r\n\r\n");
    const struct timespec pause = {0, 100000000L};
    (void)nanosleep(&pause, NULL);
    ask("/api/long?ms=30");
    ck_assert_int_eq(status(), 503);
    ck_assert_has("Retry-After: ");
    ask_with("GET", "/api/long?ms=30", "Accept: text/event-stream\r\n");
    ck_assert_int_eq(status(), 503);
    ck_assert(hear(second, "\"done\": true"));
    (void)close(first);
    (void)close(second);
}
END_TEST

START_TEST(one_connection_too_many_is_told) {
    options.max_connections = 3;
    start();
    int open[3];
    for (size_t i = 0; i < 3; i++) {
        open[i] = dial();
        say(open[i], "GET /api/quick HTTP/1.1\r\nHost: a\r\n\r\n");
        ck_assert(hear(open[i], "/api/quick"));
    }
    ask("/api/quick");
    ck_assert_int_eq(status(), 503);
    say(open[0], "GET /api/quick HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    ck_assert(hear(open[0], NULL));
    ck_assert_int_eq(status(), 200);
    for (size_t i = 0; i < 3; i++) {
        (void)close(open[i]);
    }
}
END_TEST

START_TEST(one_address_has_so_many) {
    options.max_per_ip = 2;
    options.threads = 1;
    start();
    int first = dial(), second = dial();
    say(first, "GET /api/quick HTTP/1.1\r\nHost: a\r\n\r\n");
    say(second, "GET /api/quick HTTP/1.1\r\nHost: a\r\n\r\n");
    ck_assert(hear(first, "/api/quick") && hear(second, "/api/quick"));
    int third = dial();
    (void)hear(third, NULL);
    ck_assert_str_eq(answer, "");
    (void)close(third);
    (void)close(second);
    (void)close(first);
}
END_TEST

START_TEST(a_connection_is_used_again) {
    start();
    int file = dial();
    for (int i = 0; i < 50; i++) {
        say(file, i % 3 == 0   ? "GET /api/quick HTTP/1.1\r\nHost: a\r\n\r\n"
                  : i % 3 == 1 ? "POST /nothing HTTP/1.1\r\nHost: a\r\n"
                                 "Content-Length: 3\r\n\r\nabc"
                               : "GET /api/long?ms=10 HTTP/1.1\r\nHost: a\r\n\r\n");
        ck_assert(hear(file, i % 3 == 0   ? "\r\n\r\n/api/quick"
                             : i % 3 == 1 ? "\"/nothing\"\n}\n"
                                          : "true\n}\n"));
        ck_assert_int_eq(status(), i % 3 == 1 ? 404 : 200);
    }
    (void)close(file);
}
END_TEST

static void *stop_it(void *context) {
    dro_server_stop(server);
    return context;
}

START_TEST(what_runs_is_finished_when_stopped) {
    pthread_t stopper;
    start();
    int plain = dial(), events = dial(), idle = dial();
    say(plain, "GET /api/long?ms=800 HTTP/1.1\r\nHost: a\r\n\r\n");
    say(events, "GET /api/long?ms=900 HTTP/1.1\r\nHost: a\r\n"
                "Accept: text/event-stream\r\n\r\n");
    ck_assert(wait_for(&began, 2));
    ck_assert_int_eq(pthread_create(&stopper, NULL, stop_it, NULL), 0);
    ck_assert(hear(plain, "true\n}\n"));
    ck_assert(hear(events, "event: result"));
    ck_assert_int_eq(pthread_join(stopper, NULL), 0);
    server = NULL;
    (void)hear(idle, NULL);
    (void)close(plain);
    (void)close(events);
    (void)close(idle);
}
END_TEST

START_TEST(what_does_not_end_is_stopped) {
    options.work_timeout_s = 0.3;
    start();
    int file = dial();
    say(file, "GET /api/long?ms=60000 HTTP/1.1\r\nHost: a\r\n"
              "Accept: text/event-stream\r\n\r\n");
    ck_assert(wait_for(&began, 1));
    double began_s = dro_clock_s();
    dro_server_stop(server);
    server = NULL;
    ck_assert(dro_clock_s() - began_s < 5.0);
    (void)hear(file, NULL);
    ck_assert_has("event: problem");
    (void)close(file);
}
END_TEST

/* It answers while it makes ready, and does not wait for that when it is stopped. */
START_TEST(a_warm_start_is_told_to_stop) {
    const struct timespec pause = {0, 5000000L};
    atomic_store(&warm_for_ever, true);
    start();
    for (int i = 0; i < 1000 && atomic_load(&warmed) == 0; i++) {
        (void)nanosleep(&pause, NULL);
    }
    ck_assert_int_eq(atomic_load(&warmed), 1);
    ask("/api/quick");
    ck_assert_int_eq(status(), 200);
    double began_s = dro_clock_s();
    dro_server_stop(server);
    server = NULL;
    ck_assert_int_eq(atomic_load(&warm_stopped), 1);
    ck_assert_double_lt(dro_clock_s() - began_s, 10.0);
}
END_TEST

START_TEST(a_cold_start_makes_nothing) {
    options.no_warm = true;
    start();
    ask("/api/quick");
    ck_assert_int_eq(status(), 200);
    dro_server_stop(server);
    server = NULL;
    ck_assert_int_eq(atomic_load(&warmed), 0);
}
END_TEST

START_TEST(a_taken_address_is_an_error) {
    char address[64];
    dro_server *second = NULL;
    start();
    (void)snprintf(address, sizeof address, "127.0.0.1:%u", (unsigned)port);
    options.listen = address;
    ck_assert_int_eq(fake_server_start(&options, &second, &error), DRO_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "in use"));
    options.listen = "203.0.113.1:80";
    ck_assert_int_eq(fake_server_start(&options, &second, &error), DRO_IO);
    options.web = "/nowhere";
    options.listen = "127.0.0.1:0";
    ck_assert_int_eq(fake_server_start(&options, &second, &error), DRO_NOT_FOUND);
    ck_assert_ptr_null(second);
}
END_TEST

#define CHUNKED "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"

static const char two_lengths[] =
    CHUNKED "Content-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n";

START_TEST(what_is_no_http_is_closed) {
    static const char no_length[] = CHUNKED "\r\nzz\r\n";
    static const char *const texts[] = {
        "\r\n\r\n\r\n",
        "hello\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n", /* no Host */
        "GET / HTTP/1.1\r\nHost a\r\n\r\n",
        "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST /api/echo HTTP/1.1\r\nHost: a\r\nContent-Length: nan\r\n\r\n",
        "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\nabc",
        no_length,
        two_lengths,
        "\x16\x03\x01\x02", /* TLS */
    };
    options.request_timeout_s = 0.3;
    start();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int file = dial();
        say(file, texts[i]);
        (void)hear(file, NULL);
        ck_assert_msg(status() != 200, "%zu: %s", i, answer);
        (void)close(file);
    }
    ask("/api/quick");
    ck_assert_int_eq(status(), 200);
}
END_TEST

/* Two readers may take these for different requests (RFC 9112), or they are none. */
START_TEST(what_can_be_read_in_two_ways_is_a_problem) {
    static const char two_encodings[] =
        CHUNKED "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    static const char *const texts[] = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length : 3\r\n\r\n",
        "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\nabc",
        "POST /api/echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x, chunked\r\n\r\n",
        "POST /api/echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        two_lengths,
        two_encodings,
    };
    start();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int file = dial();
        say(file, texts[i]);
        ck_assert_msg(hear(file, NULL), "%zu: no end: %s", i, answer);
        ck_assert_msg(status() == 400, "%zu: %s", i, answer);
        ck_assert_has("Content-Type: application/problem+json\r\n");
        ck_assert_has("Connection: close\r\n");
        (void)close(file);
    }
    log_has("path=\"/a b\" status=400 ");
}
END_TEST

START_TEST(an_absolute_address_may_have_no_path) {
    start();
    ask("http://a");
    ck_assert_int_eq(status(), 200);
    ck_assert_str_eq(body(), "<!doctype html>the page");
    ask("http://a?b=c");
    ck_assert_int_eq(status(), 200);
    ask("http://a/api/quick?b=c");
    ck_assert_str_eq(body(), "/api/quick b=c");
    ask("?b=c");
    ck_assert_int_eq(status(), 400);
}
END_TEST

START_TEST(compressed_bodies_are_415) {
    start();
    ask_with("POST", "/api/echo", "Content-Encoding: gzip\r\nContent-Length: 0\r\n");
    ck_assert_int_eq(status(), 200); /* there is no body */
    ask_with("POST", "/api/echo",
             "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx");
    ck_assert_int_eq(status(), 415);
}
END_TEST

int main(void) {
    const TTest *tests[] = {a_request_is_answered,
                            answers_are_kept_whatever_the_order,
                            without_a_cache_each_is_made,
                            what_a_client_has_is_not_sent_again,
                            any_tag_is_known_once_there_is_an_answer,
                            head_is_get_without_a_body,
                            a_long_answer_is_compressed,
                            failures_are_problems,
                            what_went_wrong_inside_is_for_the_log,
                            methods_are_told_apart,
                            no_path_leaves_the_folder,
                            files_have_their_header_fields,
                            a_file_that_changes_is_not_read_again,
                            bodies_come_whole_or_in_chunks,
                            a_body_has_a_limit,
                            a_client_that_goes_on_sending_reads_the_413,
                            an_address_and_fields_have_limits,
                            a_request_that_does_not_come_is_cut,
                            long_work_is_a_stream_of_events,
                            a_kept_answer_is_a_stream_too,
                            a_long_stream_is_whole,
                            who_leaves_stops_the_work,
                            work_has_a_time_limit,
                            a_full_queue_is_busy,
                            one_connection_too_many_is_told,
                            one_address_has_so_many,
                            a_connection_is_used_again,
                            what_runs_is_finished_when_stopped,
                            what_does_not_end_is_stopped,
                            a_warm_start_is_told_to_stop,
                            a_cold_start_makes_nothing,
                            a_taken_address_is_an_error,
                            what_is_no_http_is_closed,
                            what_can_be_read_in_two_ways_is_a_problem,
                            an_absolute_address_may_have_no_path,
                            compressed_bodies_are_415,
                            NULL};
    return check_main_slow("server core", 60, setup, teardown, tests);
}
