/* A question is answered: the context it is asked in, and its output. */
#include <string.h>

#include "cli/cli.h"

typedef struct answer {
    cli *all;
    cli_progress shown;
    cli_output out;
    bool opened;
} answer;

static bool to_standard_output(const cli *all) {
    return all->globals.output == NULL || strcmp(all->globals.output, "-") == 0;
}

/* The line of progress makes room. */
static dro_status open_output(void *hook, FILE **out, dro_error *error) {
    answer *to = hook;
    cli_progress_end(&to->shown);
    DRO_TRY(cli_output_open(to->all, &to->out, error));
    to->opened = true;
    *out = to->out.stream;
    return DRO_OK;
}

static dro_status check_output(void *hook, dro_error *error) {
    const answer *to = hook;
    return cli_output_check(&to->out, error);
}

static void DRO_PRINTF(2, 0) tell(void *hook, const char *format, va_list arguments) {
    answer *to = hook;
    cli_progress_end(&to->shown);
    cli_notice_list(to->all, format, arguments);
}

static bool is_stopped(void *hook) {
    (void)hook;
    return cli_stopped();
}

/* An answer may be whole though the status is not DRO_OK. */
static dro_status close_output(answer *to, bool whole, dro_status status,
                               dro_error *error) {
    dro_error local = DRO_ERROR_INIT;
    if (!to->opened) {
        return status;
    }
    bool keep = whole || status == DRO_OK;
    dro_status closed = cli_output_close(&to->out, keep ? DRO_OK : status, &local);
    return keep && closed != DRO_OK ? dro_fail(error, closed, "%s", local.message)
                                    : status;
}

dro_status cli_answer(cli *all, const dro_ask_asked *asked, dro_error *error) {
    answer to = {.all = all};
    dro_ask_output out = {.open = open_output,
                          .check = check_output,
                          .hook = &to,
                          .streams = to_standard_output(all)};
    DRO_TRY(cli_open_atlas(all, error));
    dro_ask_context context = {.session = all->session,
                               .chart = all->globals.chart,
                               .threads = (unsigned)all->globals.threads,
                               .wrap = all->globals.wrap,
                               .progress = &to.shown.progress,
                               .stopped = is_stopped,
                               .notice = tell,
                               .hook = &to};
    cli_progress_begin(all, &to.shown);
    dro_status status = dro_ask_run(&context, asked, &out, error);
    cli_progress_end(&to.shown);
    return close_output(&to, out.whole, status, error);
}
