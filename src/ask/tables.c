/* The questions passages [NAME] and vessels [NAME]. */
#include "ask/job.h"

#define ROWS_MAX 1024

typedef dro_status (*find_row)(const dro_atlas *atlas, const char *text, size_t *row,
                               dro_error *error);

typedef struct rows_state {
    size_t rows[ROWS_MAX], count;
} rows_state;

/* One row by name, or all. */
static dro_status look_up(dro_ask_job *job, size_t total, find_row find,
                          dro_error *error) {
    const dro_ask_operands *given = job->asked->given;
    rows_state *state = job->state;
    if (given->count > 0) {
        state->count = 1;
        return find(dro_ask_atlas(job->context), given->items[0], &state->rows[0],
                    error);
    }
    while (state->count < total && state->count < ROWS_MAX) {
        state->rows[state->count] = state->count;
        state->count++;
    }
    return DRO_OK;
}

static dro_status read_passages(dro_ask_job *job, dro_error *error) {
    size_t total = 0;
    (void)dro_atlas_passages(dro_ask_atlas(job->context), &total);
    return look_up(job, total, dro_atlas_find_passage, error);
}

static dro_status write_passages(dro_ask_job *job, dro_error *error) {
    const rows_state *state = job->state;
    return dro_report_passages(job->out, job->asked->format,
                               dro_ask_atlas(job->context), state->rows, state->count,
                               error);
}

static dro_status read_vessels(dro_ask_job *job, dro_error *error) {
    size_t total = 0;
    (void)dro_atlas_vessels(dro_ask_atlas(job->context), &total);
    return look_up(job, total, dro_atlas_find_vessel, error);
}

static dro_status write_vessels(dro_ask_job *job, dro_error *error) {
    const rows_state *state = job->state;
    return dro_report_vessels(job->out, job->asked->format, dro_ask_atlas(job->context),
                              state->rows, state->count, error);
}

const dro_ask_question dro_ask_passages = {
    .name = "passages",
    .usage = "[NAME] [options]",
    .summary = "canals, straits and capes: limits, hours, tolls",
    .formats = DRO_ASK_FORMS_OF_ROWS | 1u << DRO_FORMAT_GEOJSON,
    .format = DRO_FORMAT_TABLE,
    .least = 0,
    .most = 1,
    .named = {"q"},
    .state_size = sizeof(rows_state),
    .read = read_passages,
    .write = write_passages,
};

const dro_ask_question dro_ask_vessels = {
    .name = "vessels",
    .usage = "[NAME] [options]",
    .summary = "ship classes: sizes, speed, fuel, charter",
    .formats = DRO_ASK_FORMS_OF_ROWS,
    .format = DRO_FORMAT_TABLE,
    .least = 0,
    .most = 1,
    .named = {"q"},
    .state_size = sizeof(rows_state),
    .read = read_vessels,
    .write = write_vessels,
};
