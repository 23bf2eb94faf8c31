/* A case under one scenario, ready for questions. */
#ifndef DERROTERO_CLI_STUDY_H
#define DERROTERO_CLI_STUDY_H

#include "cli/cli.h"
#include "derrotero/case.h"

typedef struct cli_study {
    dro_case *study;
    dro_facts *facts; /* under the scenario */
    const char *scenario;
    const char *date;
    int month;
    dro_chains *chains; /* NULL until cli_study_chains */
} cli_study;

/* Opens the case and applies the scenario; NULL stands for the default one. The atlas
 * is open. Close it in any case. */
dro_status cli_study_open(cli *all, const char *folder, const char *scenario,
                          cli_study *out, dro_error *error);
/* The chart, then the graph, with progress and notices. */
dro_status cli_study_chains(cli *all, cli_study *study, dro_error *error);
void cli_study_close(cli_study *study);

/* By id; NULL: the case's own. */
dro_status cli_study_commodity(const cli_study *study, const char *id, size_t *out,
                               dro_error *error);
/* A port by code or name. */
dro_status cli_study_port(const cli_study *study, const char *text, size_t *out,
                          dro_error *error);

#endif
