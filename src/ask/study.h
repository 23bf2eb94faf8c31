/* A case, and the case under one scenario, ready for questions. */
#ifndef DRO_ASK_STUDY_H
#define DRO_ASK_STUDY_H

#include "ask/ask.h"

typedef struct dro_ask_study {
    const dro_case *study;
    dro_case *own; /* to be closed; NULL where the case is the store's */
    /* ---- from dro_ask_study_prepare */
    dro_prepared *ready;
    const dro_facts *facts; /* under the scenario */
    const char *scenario;   /* NULL: the tables as they are */
    const char *date;
    int month;
    /* ---- from dro_ask_study_chains */
    const dro_chains *chains;
} dro_ask_study;

/* A case by its folder or its name (in a query by its id); NULL: the default. Close it
 * in any case. */
dro_status dro_ask_study_open(const dro_ask_context *context,
                              const dro_ask_asked *asked, const char *folder,
                              dro_ask_study *out, dro_error *error);
/* Applies the scenario; NULL stands for the default one. */
dro_status dro_ask_study_prepare(const dro_ask_context *context, dro_ask_study *study,
                                 const char *scenario, dro_error *error);
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
