/* The log: a line per request in logfmt (names, =, values; what may hold anything in
 * quotes). A line is written at once, so that lines of threads do not mix. */
#include <math.h>
#include <string.h>
#include <time.h>

#include "server/state.h"

#define LINE_MAX_BYTES 2048
#define PATH_MAX_BYTES 512

static void write_time(char *text, size_t size) {
    struct timespec now = {0, 0};
    struct tm parts;
    char seconds[32];
    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (gmtime_r(&now.tv_sec, &parts) == NULL ||
        strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &parts) == 0) {
        seconds[0] = '\0';
    }
    (void)snprintf(text, size, "%s.%03ldZ", seconds, now.tv_nsec / 1000000L);
}

static void write_line(FILE *out, const char *line, int length) {
    if (length > 0) {
        size_t bytes =
            (size_t)length < LINE_MAX_BYTES ? (size_t)length : LINE_MAX_BYTES - 1;
        (void)fwrite(line, 1, bytes, out);
        (void)fflush(out);
    }
}

/* As it is where it is a word of capitals. */
static const char *method_text(const char *method, char *buffer, size_t size) {
    size_t length = strspn(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (length > 0 && length <= 16 && method[length] == '\0') {
        return method;
    }
    (void)srv_log_quote(method, buffer, size);
    return buffer;
}

void srv_log_request(const srv_exchange *exchange, bool whole) {
    FILE *log = exchange->server->options.log;
    char line[LINE_MAX_BYTES], when[48], path[PATH_MAX_BYTES], method[48];
    char inside[PATH_MAX_BYTES] = "";
    if (log == NULL) {
        return;
    }
    write_time(when, sizeof when);
    (void)srv_log_quote(exchange->address, path, sizeof path);
    if (exchange->inside != NULL) {
        (void)srv_log_quote(exchange->inside, inside, sizeof inside);
    }
    int length = snprintf(
        line, sizeof line,
        "time=%s method=%s path=%s status=%d bytes=%llu ms=%.2f remote=%s%s%s%s\n",
        when,
        exchange->method != NULL ? method_text(exchange->method, method, sizeof method)
                                 : "-",
        path, exchange->status, (unsigned long long)exchange->sent,
        1000.0 * (dro_clock_s() - exchange->began_s), exchange->peer->address,
        whole ? "" : " cut=yes", inside[0] != '\0' ? " error=" : "", inside);
    write_line(log, line, length);
}

void srv_log_notice(const dro_server *server, const char *text) {
    char line[LINE_MAX_BYTES], when[48], quoted[PATH_MAX_BYTES];
    if (server->options.log != NULL) {
        write_time(when, sizeof when);
        (void)srv_log_quote(text, quoted, sizeof quoted);
        write_line(server->options.log, line,
                   snprintf(line, sizeof line, "time=%s notice=%s\n", when, quoted));
    }
}
