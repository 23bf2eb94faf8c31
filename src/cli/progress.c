/* Progress on standard error, on a terminal only, with an estimate of what is left;
 * and the flag that a signal sets. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

static volatile sig_atomic_t stopped;
static struct timespec stopped_at;

static bool is_a_second_later(const struct timespec *now) {
    time_t whole = now->tv_sec - stopped_at.tv_sec;
    return whole > 1 || (whole == 1 && now->tv_nsec >= stopped_at.tv_nsec);
}

/* The work ends soon and clears up. Who asks again a second later wants it at once;
 * what comes sooner is the same wish told twice (a shell's group, timeout(1)). */
static void on_signal(int number) {
    struct timespec now = {0, 0};
    int keep = errno;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    if (stopped == 0) {
        stopped = 1;
        stopped_at = now;
    } else if (is_a_second_later(&now)) {
        (void)signal(number, SIG_DFL);
        (void)raise(number);
    }
    errno = keep;
}

/* What a shell or nohup has set to be ignored stays so. */
static void catch_signal(int number, const struct sigaction *action) {
    struct sigaction before;
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
        (void)sigaction(number, action, NULL);
    }
}

/* No SA_RESTART: a read that waits comes back. */
void cli_catch_signals(void) {
    struct sigaction action = {.sa_handler = on_signal};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    (void)sigemptyset(&action.sa_mask);
    (void)sigemptyset(&ignore.sa_mask);
    catch_signal(SIGHUP, &action);
    catch_signal(SIGINT, &action);
    catch_signal(SIGTERM, &action);
    (void)sigaction(SIGPIPE, &ignore, NULL);
}

bool cli_stopped(void) {
    return stopped != 0;
}

static bool coloured(void) {
    const char *no_colour = getenv("NO_COLOR"); /* NOLINT(concurrency-*) */
    return no_colour == NULL || no_colour[0] == '\0';
}

/* " 45 %, 12 s left", " 45 %, 14 min left" */
static void estimate(const cli_progress *shown, uint64_t done, uint64_t total,
                     char *text, size_t size) {
    double elapsed_s = shown->last_s - shown->stage_began_s;
    text[0] = '\0';
    if (total == 0) {
        (void)snprintf(text, size, "%llu", (unsigned long long)done);
        return;
    }
    double part = (double)done / (double)total;
    double left_s = part > 0.0 ? elapsed_s * (1.0 - part) / part : 0.0;
    if (elapsed_s < 1.0 || part <= 0.0) {
        (void)snprintf(text, size, "%3.0f %%", 100.0 * part);
    } else if (left_s > 120.0) {
        (void)snprintf(text, size, "%3.0f %%, %.0f min left", 100.0 * part,
                       left_s / 60.0);
    } else {
        (void)snprintf(text, size, "%3.0f %%, %.0f s left", 100.0 * part, left_s);
    }
}

static void draw(cli_progress *shown, uint64_t done, uint64_t total) {
    char text[64];
    estimate(shown, done, total, text, sizeof text);
    bool bold = coloured();
    (void)fprintf(stderr, "\r\033[K%s%s%s  %s", bold ? "\033[1m" : "", shown->stage,
                  bold ? "\033[0m" : "", text);
    (void)fflush(stderr);
    shown->drawn = true;
}

static bool report(void *context, const char *stage, uint64_t done, uint64_t total) {
    cli_progress *shown = context;
    double now_s = dro_clock_s();
    bool new_stage = strncmp(shown->stage, stage, sizeof shown->stage - 1) != 0;
    if (new_stage) {
        (void)snprintf(shown->stage, sizeof shown->stage, "%s", stage);
        shown->stage_began_s = now_s;
    }
    if (shown->visible && (new_stage || now_s - shown->last_s >= 0.1)) {
        shown->last_s = now_s;
        draw(shown, done, total);
    }
    return !cli_stopped();
}

void cli_progress_begin(const cli *all, cli_progress *out) {
    *out = (cli_progress){.progress = {report, out},
                          .visible = !all->globals.quiet && isatty(STDERR_FILENO) == 1};
}

void cli_progress_end(cli_progress *shown) {
    if (shown->drawn) {
        (void)fputs("\r\033[K", stderr);
        (void)fflush(stderr);
        shown->drawn = false;
    }
}
