/* What the commands share: the command table's row, the global options, the session,
 * output, progress, interruption. */
#ifndef DERROTERO_CLI_H
#define DERROTERO_CLI_H

#include "cli/options.h"
#include "derrotero/case.h"
#include "derrotero/network.h"
#include "derrotero/report.h"

typedef struct cli_globals {
    int format; /* dro_format, or -1: the command's own */
    const char *output, *data, *chart;
    bool quiet, wrap, help, version;
    long threads;
} cli_globals;

typedef struct cli cli;

typedef struct cli_command {
    const char *name;    /* "route", "chart build" */
    const char *usage;   /* operands */
    const char *summary; /* one line */
    const char *text;    /* more for --help, or NULL */
    const cli_option *options;
    size_t option_count;
    const void *defaults; /* of the values */
    size_t values_size;
    unsigned formats;   /* 1u << dro_format */
    dro_format format;  /* by default */
    size_t least, most; /* operands */
    dro_status (*run)(cli *all, const void *values, const cli_operands *given,
                      dro_error *error);
} cli_command;

struct cli {
    cli_globals globals;
    const cli_command *command;
    dro_session *session;
};

#define CLI_VALUES_MAX 4096 /* bytes of a command's values */

extern const cli_command cmd_route, cmd_map, cmd_matrix, cmd_compare, cmd_case,
    cmd_audit, cmd_hinterland, cmd_disrupt, cmd_ports, cmd_passages, cmd_vessels,
    cmd_chart_build, cmd_chart_info;

dro_format cli_format(const cli *all);
/* The tables; then, once the arguments are found to be right, the chart. Closed by
 * main. */
dro_status cli_open_atlas(cli *all, dro_error *error);
dro_status cli_open_chart(cli *all, dro_error *error);
const dro_atlas *cli_atlas(const cli *all);
/* A case by its folder or its name; NULL: the first. The caller closes it. */
dro_status cli_open_case(const cli *all, const char *given, dro_case **out,
                         dro_error *error);
/* A place as typed; a notice on stderr where --wrap changed it. */
dro_status cli_place(const cli *all, const char *text, dro_place *out,
                     dro_error *error);
void cli_notice(const cli *all, const char *format, ...) DRO_PRINTF(2, 3);

/* ---- output ------------------------------------------------------------------ */

typedef struct cli_output {
    FILE *stream;
    dro_outfile *file; /* NULL: standard output */
    const char *name;
} cli_output;

dro_status cli_output_open(const cli *all, cli_output *out, dro_error *error);
/* Fails as soon as something could not be written. A reader that went away is
 * DRO_IO with no message. */
dro_status cli_output_check(const cli_output *out, dro_error *error);
/* With status OK: flushes and puts a file in its place; otherwise drops it. Gives
 * back the first failure. */
dro_status cli_output_close(cli_output *out, dro_status status, dro_error *error);

/* ---- progress and stopping --------------------------------------------------- */

void cli_catch_signals(void);
bool cli_stopped(void); /* SIGINT, SIGTERM or SIGHUP came */
dro_status cli_check_stopped(dro_error *error);

typedef struct cli_progress {
    dro_progress progress; /* to hand to the library */
    bool visible, drawn;
    char stage[64];
    double stage_began_s, last_s;
} cli_progress;
void cli_progress_begin(const cli *all, cli_progress *out);
void cli_progress_end(cli_progress *shown); /* wipes the line */

#endif
