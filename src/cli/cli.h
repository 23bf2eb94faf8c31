/* What the commands share: the command table's row, the global options, the session,
 * output, progress, interruption. */
#ifndef DERROTERO_CLI_H
#define DERROTERO_CLI_H

#include "ask/ask.h"

typedef struct cli_globals {
    int format; /* dro_format, or -1: the command's own */
    const char *output, *data, *chart;
    bool quiet, wrap, help, version;
    long threads;
} cli_globals;

typedef struct cli cli;

/* A row of the command table: a question, which is answered to the output, or a command
 * with a run of its own. */
typedef struct cli_command {
    const dro_ask_question *question;
    dro_status (*run)(cli *all, const dro_ask_asked *asked, dro_error *error);
} cli_command;

struct cli {
    cli_globals globals;
    dro_session *session;
};

/* Questions that only the command line has. */
extern const dro_ask_question cmd_map, cmd_disrupt, cmd_chart_build, cmd_chart_info,
    cmd_serve;
dro_status cmd_chart_build_run(cli *all, const dro_ask_asked *asked, dro_error *error);
dro_status cmd_chart_info_run(cli *all, const dro_ask_asked *asked, dro_error *error);
dro_status cmd_serve_run(cli *all, const dro_ask_asked *asked, dro_error *error);

/* The tables, then the question: progress, notices, the output file, a stop by a
 * signal. */
dro_status cli_answer(cli *all, const dro_ask_asked *asked, dro_error *error);

/* The tables; closed by main. */
dro_status cli_open_atlas(cli *all, dro_error *error);
const dro_atlas *cli_atlas(const cli *all);
void cli_notice(const cli *all, const char *format, ...) DRO_PRINTF(2, 3);
void cli_notice_list(const cli *all, const char *format, va_list arguments)
    DRO_PRINTF(2, 0);

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

typedef struct cli_progress {
    dro_progress progress; /* to hand to the library */
    bool visible, drawn;
    char stage[64];
    double stage_began_s, last_s;
} cli_progress;
void cli_progress_begin(const cli *all, cli_progress *out);
void cli_progress_end(cli_progress *shown); /* wipes the line; it may come again */

#endif
