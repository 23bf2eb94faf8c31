/* What a command works on, and the words it says about it. */
#include <stdarg.h>

#include "cli/cli.h"

dro_status cli_open_atlas(cli *all, dro_error *error) {
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    options.data = all->globals.data;
    options.without_chart = true;
    return dro_session_open(&options, &all->session, error);
}

const dro_atlas *cli_atlas(const cli *all) {
    return dro_session_atlas(all->session);
}

void cli_notice_list(const cli *all, const char *format, va_list arguments) {
    if (!all->globals.quiet) {
        (void)fputs("derrotero: ", stderr);
        (void)vfprintf(stderr, format, arguments);
        (void)fputc('\n', stderr);
    }
}

void cli_notice(const cli *all, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    cli_notice_list(all, format, arguments);
    va_end(arguments);
}
