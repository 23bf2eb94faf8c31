/* The two forms of derrotero matrix. */
#ifndef DERROTERO_CLI_MATRIX_H
#define DERROTERO_CLI_MATRIX_H

#include "cli/wishes.h"

typedef struct matrix_values {
    cli_wishes wishes;
    const char *pairs;
    cli_list ports;
    bool keep_going;
} matrix_values;

typedef struct matrix_job {
    cli *all;
    const matrix_values *asked;
    cli_voyage wish;
    dro_plan *plan;
    dro_worker **workers; /* one per thread, made when its thread first works */
    unsigned threads;
    cli_output out; /* stream NULL: not opened yet */
    dro_json_writer json;
    bool whole; /* every row was read and written, bad ones too */
} matrix_job;

/* Chart, plan and output: once the input's form is found to be right. */
dro_status matrix_prepare(matrix_job *job, dro_error *error);
/* The worker of a thread. */
dro_status matrix_worker(matrix_job *job, unsigned thread, dro_worker **out,
                         dro_error *error);
/* "panama|malacca" */
void matrix_passages(const matrix_job *job, uint64_t passages, char *text, size_t size);

dro_status matrix_pairs(matrix_job *job, dro_error *error);
dro_status matrix_ports(matrix_job *job, dro_error *error);

#endif
