/* Each allocation of a server that starts, answers and stops fails once: it does not
 * start, or the request that it was for is not answered and the next one is. */
#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check_main.h"
#include "fake_chart.h"
#include "torture/torture.h"

#include "fake_api.h"
#include "server/request_text.h"

static void request(unsigned short port, const char *text) {
    char heard[4096];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int file = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(connect(file, (const struct sockaddr *)&to, sizeof to), 0);
    (void)send(file, text, strlen(text), MSG_NOSIGNAL);
    while (recv(file, heard, sizeof heard, 0) > 0) {
    }
    (void)close(file);
}

#define REST " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"

static dro_status serve(void *context, dro_error *error) {
    dro_server_options options = DRO_SERVER_OPTIONS_INIT;
    dro_server *server = NULL;
    options.listen = "127.0.0.1:0";
    options.threads = 1;
    options.max_work = 1;
    options.cache = 1u << 20;
    DRO_TRY(dro_server_start(context, &options, &server, error));
    unsigned short port = fake_server_port(server);
    request(port, "GET /api/quick?a=1&b=2" REST "\r\n");
    request(port, "GET /api/quick?a=1&b=2" REST "\r\n");
    request(port, "POST /api/echo" REST "Content-Length: 3\r\n\r\nabc");
    request(port, "GET /api/long?ms=10" REST "Accept: text/event-stream\r\n\r\n");
    request(port, "GET /api/fail?which=0" REST "\r\n");
    request(port, "GET /" REST "\r\n");
    dro_server_stop(server);
    return DRO_OK;
}

START_TEST(a_server) {
    dro_session_options wish = DRO_SESSION_OPTIONS_INIT;
    dro_session *session = NULL;
    dro_error error = DRO_ERROR_INIT;
    wish.data = DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas";
    (void)signal(SIGPIPE, SIG_IGN);
    ck_assert_int_eq(dro_session_open(&wish, &session, &error), DRO_OK);
    ck_assert_uint_gt(torture(serve, session), 20);
    dro_session_release(session);
}
END_TEST

static dro_status parse(void *context, dro_error *error) {
    const char *text = context;
    srv_target target;
    dro_arena *arena = NULL;
    DRO_TRY(dro_arena_create(&arena, error));
    dro_status status = srv_target_parse(text, strlen(text), arena, &target, error);
    dro_arena_destroy(arena);
    return status;
}

START_TEST(a_target) {
    char text[] = "/api/route?from=a&to=b&quay&via=c%20d";
    ck_assert_uint_gt(torture(parse, text), 0);
}
END_TEST

int main(void) {
    const TTest *const tests[] = {a_server, a_target, NULL};
    return check_main_slow("server torture", 300, NULL, NULL, tests);
}
