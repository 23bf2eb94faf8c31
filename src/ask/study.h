/* A case, and the case under one scenario, ready for questions. */
#ifndef DRO_ASK_STUDY_H
#define DRO_ASK_STUDY_H

#include "ask/ask.h"

/* Rows of an option table, by where their values are. */
#define DRO_ASK_CASE_OPTION(at) \
    { "case", '\0', DRO_ASK_TEXT, at, "DIR", 0, 0, "folder with case.yaml (chancay)" }
#define DRO_ASK_SCENARIO_OPTION(at)                      \
    {                                                    \
        "scenario", '\0', DRO_ASK_TEXT, at, "S", 0, 0,   \
            "of the case (its default); A+B puts B on A" \
    }
#define DRO_ASK_COMMODITY_OPTION(at)                    \
    {                                                   \
        "commodity", '\0', DRO_ASK_TEXT, at, "C", 0, 0, \
            "what is carried (the case's own)"          \
    }
#define DRO_ASK_GEOMETRY_OPTION(at)                     \
    {                                                   \
        "geometry", '\0', DRO_ASK_FLAG, at, NULL, 0, 0, \
            "in JSON the line of each leg, for maps"    \
    }
#define DRO_ASK_SEED_OPTION(at) \
    { "seed", '\0', DRO_ASK_COUNT, at, "N", 0, 2147483647, "of the samples (1)" }

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
