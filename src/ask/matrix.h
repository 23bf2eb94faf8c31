/* The two forms of the question matrix. */
#ifndef DRO_ASK_MATRIX_H
#define DRO_ASK_MATRIX_H

#include "ask/wishes.h"

typedef struct matrix_values {
    dro_ask_wishes wishes;
    const char *pairs;
    dro_ask_list ports;
    bool keep_going;
} matrix_values;

typedef struct matrix_job {
    const dro_ask_context *context;
    const dro_ask_asked *asked;
    const matrix_values *values;
    dro_ask_voyage wish;
    dro_plan *plan;
    dro_worker **workers; /* one per thread, made when its thread first works; the
                             first may be the context's */
    unsigned threads;
    dro_ask_output *out;
    FILE *stream; /* NULL: not opened yet */
    dro_json_writer json;
} matrix_job;

/* Chart, plan and output: once the input's form is found to be right. */
dro_status matrix_prepare(matrix_job *job, dro_error *error);
/* The worker of a thread. */
dro_status matrix_worker(matrix_job *job, unsigned thread, dro_worker **out,
                         dro_error *error);

/* DRO_LIMIT for more pairs than the context allows. */
dro_status matrix_check_size(const matrix_job *job, size_t pairs, dro_error *error);
/* Can the answer still be written? */
dro_status matrix_check(const matrix_job *job, dro_error *error);

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
    dro_progress progress;     /* to hand to the library */
    const dro_progress *shown; /* the caller's, or NULL */
    const char *stage;
    size_t at, part, total;
} matrix_progress;
void matrix_progress_begin(const dro_ask_context *context, const char *stage,
                           matrix_progress *out);

#endif
