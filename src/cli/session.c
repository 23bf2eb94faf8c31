/* What a command works on, and the words it says about it. */
#include <stdarg.h>

#include "cli/cli.h"

#define CASE_PATH_MAX 4096

dro_format cli_format(const cli *all) {
    return all->globals.format < 0 ? all->command->format
                                   : (dro_format)all->globals.format;
}

dro_status cli_open_atlas(cli *all, dro_error *error) {
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    options.data = all->globals.data;
    options.without_chart = true;
    return dro_session_open(&options, &all->session, error);
}

dro_status cli_open_chart(cli *all, dro_error *error) {
    return dro_session_open_chart(all->session, all->globals.chart, error);
}

const dro_atlas *cli_atlas(const cli *all) {
    return dro_session_atlas(all->session);
}

dro_status cli_open_case(const cli *all, const char *given, dro_case **out,
                         dro_error *error) {
    char path[CASE_PATH_MAX];
    DRO_TRY(dro_case_locate(all->session, given, path, sizeof path, error));
    return dro_case_open(all->session, path, out, error);
}

void cli_notice(const cli *all, const char *format, ...) {
    if (all->globals.quiet) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    (void)fputs("derrotero: ", stderr);
    (void)vfprintf(stderr, format, arguments);
    (void)fputc('\n', stderr);
    va_end(arguments);
}

dro_status cli_place(const cli *all, const char *text, dro_place *out,
                     dro_error *error) {
    bool wrapped = false;
    DRO_TRY(
        dro_place_find(cli_atlas(all), text, all->globals.wrap, out, &wrapped, error));
    if (wrapped) {
        cli_notice(all, "%s: longitude wrapped to %.6g", text, out->at.lon_deg);
    }
    return DRO_OK;
}
