/*
 * Endpoints and a state of the API that a test of the server knows: they take the place
 * of the real ones at link time. Include it once, behind fake_chart.h.
 */
#ifndef DRO_TESTS_FAKE_API_H
#define DRO_TESTS_FAKE_API_H

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "derrotero/server.h"
#include "server/http.h"

/* ---- endpoints ----------------------------------------------------------- */

static atomic_int quick_calls, began, stopped;

static dro_status run_quick(srv_call *call, dro_error *error) {
    const srv_request *request = call->request;
    (void)error;
    atomic_fetch_add(&quick_calls, 1);
    (void)fprintf(call->out, "%s", request->path);
    for (size_t i = 0; i < request->parameter_count; i++) {
        (void)fprintf(call->out, " %s=%s", request->parameters[i].name,
                      request->parameters[i].value);
    }
    call->type = "text/plain";
    return DRO_OK;
}

static dro_status run_echo(srv_call *call, dro_error *error) {
    (void)error;
    (void)fprintf(call->out, "%zu %.20s", call->request->body_length,
                  call->request->body);
    return DRO_OK;
}

/* Of a parameter, 0 where it is not there. */
static long number_of(const srv_call *call, const char *name) {
    const char *text = srv_parameter_value(call->request, name);
    return text != NULL ? strtol(text, NULL, 10) : 0;
}

static dro_status run_fail(srv_call *call, dro_error *error) {
    static const dro_status of[] = {DRO_INVALID, DRO_NO_ANSWER, DRO_IO, DRO_NOMEM};
    long which = number_of(call, "which");
    (void)fputs("half an answer", call->out);
    if (which == 4) {
        call->status = 415;
    }
    return dro_fail(error, which >= 0 && which < 4 ? of[which] : DRO_INVALID,
                    "what went wrong at /secret/path");
}

/* Works until it is told to stop, or for `ms`. */
static dro_status run_long(srv_call *call, dro_error *error) {
    const struct timespec pause = {0, 10000000L};
    long most = number_of(call, "ms") / 10;
    atomic_fetch_add(&began, 1);
    for (long i = 0; i < most; i++) {
        (void)nanosleep(&pause, NULL);
        if (!call->progress->report(call->progress->context, "working", (uint64_t)i,
                                    (uint64_t)most)) {
            atomic_fetch_add(&stopped, 1);
            return dro_fail(error, DRO_CANCELLED, "stopped");
        }
    }
    (void)fputs("{\n  \"done\": true\n}\n", call->out);
    return DRO_OK;
}

static dro_status run_big(srv_call *call, dro_error *error) {
    (void)error;
    for (int i = 0; i < 20000; i++) {
        (void)fprintf(call->out, "line %d\n", i % 100);
    }
    return DRO_OK;
}

static const srv_endpoint endpoints[] = {
    {.path = "/api/quick", .methods = SRV_GET, .quick = true, .run = run_quick},
    {.path = "/api/echo", .methods = SRV_GET | SRV_POST, .run = run_echo},
    {.path = "/api/fail", .methods = SRV_GET, .quick = true, .run = run_fail},
    {.path = "/api/long", .methods = SRV_GET, .events = true, .run = run_long},
    {.path = "/api/big", .methods = SRV_GET, .events = true, .run = run_big},
};

const srv_endpoint *srv_endpoints(size_t *count) {
    *count = sizeof endpoints / sizeof *endpoints;
    return endpoints;
}

struct srv_api {
    int nothing;
};
static srv_api the_api;

dro_status srv_api_create(const srv_api_options *options, srv_api **out,
                          dro_error *error) {
    (void)options;
    (void)error;
    *out = &the_api;
    return DRO_OK;
}

void srv_api_destroy(srv_api *api) {
    (void)api;
}

/* Until it is told to stop, where a test wants that; else nothing. */
static atomic_bool warm_for_ever;
static atomic_int warmed, warm_stopped;

dro_status srv_api_warm(srv_api *api, const dro_progress *progress, dro_error *error) {
    const struct timespec pause = {0, 5000000L};
    (void)api;
    atomic_fetch_add(&warmed, 1);
    while (atomic_load(&warm_for_ever)) {
        if (!progress->report(progress->context, "warming", 0, 0)) {
            atomic_fetch_add(&warm_stopped, 1);
            return dro_fail(error, DRO_CANCELLED, "stopped");
        }
        (void)nanosleep(&pause, NULL);
    }
    return DRO_OK;
}

uint64_t srv_api_data(const srv_api *api) {
    (void)api;
    return UINT64_C(0xabcdef12);
}

/* A server with them, of the session of fake_chart.h. */
static inline dro_status fake_server_start(const dro_server_options *options,
                                           dro_server **out, dro_error *error) {
    dro_session_options wish = DRO_SESSION_OPTIONS_INIT;
    dro_session *session = NULL;
    wish.data = DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas";
    DRO_TRY(dro_session_open(&wish, &session, error));
    dro_status status = dro_server_start(session, options, out, error);
    dro_session_release(session);
    return status;
}

static unsigned short fake_server_port(const dro_server *server) {
    const char *colon = strrchr(dro_server_url(server), ':');
    return (unsigned short)strtoul(colon + 1, NULL, 10);
}

#endif
