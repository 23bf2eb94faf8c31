/* derrotero serve: the HTTP API and the web map. */
#include <string.h>
#include <time.h>

#include "base/quote.h"
#include "cli/cli.h"
#include "derrotero/server.h"

typedef struct serve_values {
    const char *listen, *web, *max_body, *max_url, *max_header, *cache;
    dro_ask_list cases;
    long max_work, queue, max_connections, max_per_ip;
    double idle_timeout_s, request_timeout_s, work_timeout_s;
    int log;
    bool no_warm;
} serve_values;

enum {
    LOG_ACCESS,
    LOG_NONE
};

static const serve_values defaults = {
    .listen = "127.0.0.1:8080",
    .max_body = "16M",
    .max_url = "8K",
    .max_header = "16K",
    .cache = "64M",
    .queue = 64,
    .max_connections = 16384,
    .idle_timeout_s = 60.0,
    .request_timeout_s = 30.0,
    .work_timeout_s = 300.0,
};

#define SERVE(member) offsetof(serve_values, member)

static const dro_ask_option options[] = {
    {"listen", '\0', DRO_ASK_TEXT, SERVE(listen), "HOST:PORT", 0, 0,
     "127.0.0.1:8080 unless told; [::1]:8080; port 0: any"},
    {"web", '\0', DRO_ASK_TEXT, SERVE(web), "DIR", 0, 0,
     "the web map's files (DERROTERO_WEB)"},
    {"case", '\0', DRO_ASK_LIST, SERVE(cases), "CASE", 0, 0,
     "cases to serve (those that came with the program)"},
    {"max-body", '\0', DRO_ASK_TEXT, SERVE(max_body), "BYTES", 0, 0,
     "of a request, else 413; 64K, 16M (16M)"},
    {"max-url", '\0', DRO_ASK_TEXT, SERVE(max_url), "BYTES", 0, 0,
     "of an address with its query, else 414 (8K)"},
    {"max-header", '\0', DRO_ASK_TEXT, SERVE(max_header), "BYTES", 0, 0,
     "of all header fields, else 431 (16K)"},
    {"idle-timeout", '\0', DRO_ASK_NUMBER, SERVE(idle_timeout_s), "S", 1, 1e6,
     "a connection without a byte is closed (60)"},
    {"request-timeout", '\0', DRO_ASK_NUMBER, SERVE(request_timeout_s), "S", 0.1, 1e6,
     "for a request to arrive whole (30)"},
    {"work-timeout", '\0', DRO_ASK_NUMBER, SERVE(work_timeout_s), "S", 0.1, 1e6,
     "for long work, else 503; also when stopping (300)"},
    {"max-connections", '\0', DRO_ASK_COUNT, SERVE(max_connections), "N", 1, 1e6,
     "open at a time, more are refused (16384)"},
    {"max-per-ip", '\0', DRO_ASK_COUNT, SERVE(max_per_ip), "N", 0, 1e6,
     "of them from one address; 0: no limit (0)"},
    {"max-work", '\0', DRO_ASK_COUNT, SERVE(max_work), "N", 0, 1024,
     "long jobs at a time; 0: one per core (0)"},
    {"queue", '\0', DRO_ASK_COUNT, SERVE(queue), "N", 0, 1e6,
     "long jobs that wait, else 503 (64)"},
    {"cache", '\0', DRO_ASK_TEXT, SERVE(cache), "BYTES", 0, 0,
     "of answers that are kept (64M)"},
    {"log", '\0', DRO_ASK_CHOICE, SERVE(log), "access|none", 0, 0,
     "a line per request on standard error, or none"},
    {"no-warm", '\0', DRO_ASK_FLAG, SERVE(no_warm), NULL, 0, 0,
     "make nothing ready before it is asked for"},
};

/* "16M", "64K", "1000" */
static dro_status parse_bytes(const char *text, const char *name, size_t *out,
                              dro_error *error) {
    static const char units[] = "KMG";
    char digits[24], quoted[DRO_QUOTE_MAX];
    size_t length = strlen(text);
    const char *unit = length > 0 ? strchr(units, text[length - 1]) : NULL;
    unsigned shift = unit != NULL ? 10 * ((unsigned)(unit - units) + 1) : 0;
    length -= unit != NULL ? 1 : 0;
    long value = 0;
    if (length == 0 || length >= sizeof digits ||
        strspn(text, "0123456789") != length) {
        return dro_fail(error, DRO_INVALID,
                        "--%s %s is no number of bytes, as 65536, 64K or 16M", name,
                        dro_quote(text, quoted));
    }
    memcpy(digits, text, length);
    digits[length] = '\0';
    DRO_TRY(dro_parse_long(digits, 0, (long)1 << (40 - shift), &value, name, error));
    *out = (size_t)value << shift;
    return DRO_OK;
}

static dro_status take(const cli *all, const serve_values *given,
                       dro_server_options *out, dro_error *error) {
    *out = (dro_server_options)DRO_SERVER_OPTIONS_INIT;
    out->listen = given->listen;
    out->web = given->web;
    out->cases = given->cases.items;
    out->case_count = given->cases.count;
    out->threads = (unsigned)all->globals.threads;
    out->max_work = (unsigned)given->max_work;
    out->queue = (unsigned)given->queue;
    out->max_connections = (unsigned)given->max_connections;
    out->max_per_ip = (unsigned)given->max_per_ip;
    out->idle_timeout_s = given->idle_timeout_s;
    out->request_timeout_s = given->request_timeout_s;
    out->work_timeout_s = given->work_timeout_s;
    out->no_warm = given->no_warm;
    out->log = given->log == LOG_ACCESS ? stderr : NULL;
    DRO_TRY(parse_bytes(given->max_body, "max-body", &out->max_body, error));
    DRO_TRY(parse_bytes(given->max_url, "max-url", &out->max_url, error));
    DRO_TRY(parse_bytes(given->max_header, "max-header", &out->max_header, error));
    return parse_bytes(given->cache, "cache", &out->cache, error);
}

/* A signal ends the sleep. */
static void wait_for_signal(void) {
    const struct timespec pause = {0, 200000000L};
    while (!cli_stopped()) {
        (void)nanosleep(&pause, NULL);
    }
}

dro_status cmd_serve_run(cli *all, const dro_ask_asked *asked, dro_error *error) {
    dro_server_options wish;
    dro_server *server = NULL;
    DRO_TRY(take(all, asked->values, &wish, error));
    DRO_TRY(cli_open_atlas(all, error));
    DRO_TRY(dro_session_open_chart(all->session, all->globals.chart, error));
    DRO_TRY(dro_server_start(all->session, &wish, &server, error));
    if (dro_server_files(server) == 0) {
        cli_notice(all, "no web folder: the API alone");
    }
    cli_notice(all, "listening on %s", dro_server_url(server));
    wait_for_signal();
    cli_notice(all, "stopping");
    dro_server_stop(server);
    return DRO_OK;
}

const dro_ask_question cmd_serve = {
    .name = "serve",
    .usage = "[options]",
    .summary = "the HTTP API and the web map",
    .text =
        "Answers until SIGINT or SIGTERM, then finishes what runs (--work-timeout at\n"
        "most) and ends with 0; a second signal, more than a second later, ends it at\n"
        "once. --threads is how many answer quick questions, --max-work how many work\n"
        "on long ones. docs/server.md says what is at which address.",
    DRO_ASK_VALUES(options, defaults),
    .least = 0,
    .most = 0,
};
