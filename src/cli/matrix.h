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

dro_status matrix_pairs(matrix_job *job, dro_error *error);
dro_status matrix_ports(matrix_job *job, dro_error *error);

/* ---- the columns that are added ---------------------------------------------- */

#define MATRIX_ADDED 6
extern const char *const matrix_added[MATRIX_ADDED];

/* The columns of one pair, the last of its record. cell NULL: a bad row. */
void matrix_cell_csv(const matrix_job *job, const dro_voyage_cell *cell);
void matrix_cell_json(matrix_job *job, const dro_voyage_cell *cell);

/* ---- progress ---------------------------------------------------------------- */

/* Of work in several parts, for dro_parallel: `at` of `total` (0: unknown) are done,
 * and `part` more with the part at hand. */
typedef struct matrix_progress {
    dro_progress progress; /* to hand to the library */
    cli_progress shown;
    const char *stage;
    size_t at, part, total;
} matrix_progress;
void matrix_progress_begin(const cli *all, const char *stage, matrix_progress *out);
void matrix_progress_end(matrix_progress *of);

#endif
