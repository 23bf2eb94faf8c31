/* A question being answered: what its steps are given. */
#ifndef DRO_ASK_JOB_H
#define DRO_ASK_JOB_H

#include "ask/study.h"

struct dro_ask_job {
    const dro_ask_context *context;
    const dro_ask_asked *asked;
    const void *values;  /* of asked */
    dro_arena *arena;    /* of context */
    dro_ask_study study; /* as far as the question needs one */
    void *state;         /* the question's own; all zero before its first step */
    FILE *out;           /* open in write */
    dro_ask_output *output;
    dro_worker *own_worker; /* from dro_ask_job_worker, or NULL */
};

/* The context's worker, or one that is made once and ends with the job. Borrowed. */
dro_status dro_ask_job_worker(dro_ask_job *job, dro_worker **out, dro_error *error);

#endif
