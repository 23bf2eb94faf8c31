/* A case under one scenario, ready for questions. */
#ifndef DRO_ASK_STUDY_H
#define DRO_ASK_STUDY_H

#include "ask/ask.h"

typedef struct dro_ask_study {
    const dro_case *study;
    dro_case *own; /* to be closed, or NULL */
    dro_prepared *ready;
    const dro_facts *facts; /* under the scenario */
    const char *scenario;   /* NULL: the tables as they are */
    const char *date;
    int month;
    const dro_chains *chains; /* NULL until dro_ask_study_chains */
} dro_ask_study;

/* Opens the case and applies the scenario; NULL stands for the default one. Close it in
 * any case. */
dro_status dro_ask_study_open(const dro_ask_context *context,
                              const dro_ask_asked *asked, const char *folder,
                              const char *scenario, dro_ask_study *out,
                              dro_error *error);
/* The chart, then the graph, with progress and notices. */
dro_status dro_ask_study_chains(const dro_ask_context *context, dro_ask_study *study,
                                dro_error *error);
void dro_ask_study_close(dro_ask_study *study);

/* By id; NULL: the case's own. */
dro_status dro_ask_study_commodity(const dro_ask_study *study, const char *id,
                                   size_t *out, dro_error *error);
/* A port by code or name. */
dro_status dro_ask_study_port(const dro_ask_study *study, const char *text, size_t *out,
                              dro_error *error);

#endif
