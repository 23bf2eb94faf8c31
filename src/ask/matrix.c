/* The question matrix: many pairs at once. */
#include <string.h>

#include "ask/job.h"
#include "ask/matrix.h"

static const matrix_values defaults = {.wishes = DRO_ASK_WISHES_INIT};

static const dro_ask_option options[] = {
    {"pairs", '\0', DRO_ASK_FILE, offsetof(matrix_values, pairs), "F.csv", 0, 0,
     "from_lat,from_lon,to_lat,to_lon and more; - is stdin"},
    {"ports", '\0', DRO_ASK_LIST, offsetof(matrix_values, ports), "A,B,C", 0, 0,
     "all against all; @FILE: a place on each line"},
    {"keep-going", 'k', DRO_ASK_FLAG, offsetof(matrix_values, keep_going), NULL, 0, 0,
     "a bad row gets a status; exit 2 at the end"},
    DRO_ASK_WISHES_OPTIONS(matrix_values),
};

dro_status matrix_worker(matrix_job *job, unsigned thread, dro_worker **out,
                         dro_error *error) {
    dro_worker *given = thread == 0 ? job->context->worker : NULL;
    if (given == NULL && job->workers[thread] == NULL) {
        DRO_TRY(dro_worker_create(job->context->session, &job->workers[thread], error));
    }
    *out = given != NULL ? given : job->workers[thread];
    dro_worker_set_stop(*out, job->context->stopped, job->context->hook);
    return DRO_OK;
}

dro_status matrix_check(const matrix_job *job, dro_error *error) {
    return job->out->check == NULL ? DRO_OK : job->out->check(job->out->hook, error);
}

dro_status matrix_check_size(const matrix_job *job, size_t pairs, dro_error *error) {
    size_t most = job->context->most_pairs;
    return most == 0 || pairs <= most
               ? DRO_OK
               : dro_fail(error, DRO_LIMIT, "a matrix of more than %zu pairs", most);
}

dro_status matrix_prepare(matrix_job *job, dro_error *error) {
    const dro_ask_context *context = job->context;
    void *workers = NULL;
    job->threads = context->threads > 0 ? context->threads : dro_cores();
    DRO_TRY(dro_new(&workers, job->threads,
                    sizeof(dro_worker *), /* NOLINT(bugprone-sizeof-expression) */
                    "workers", error));
    job->workers = workers;
    DRO_TRY(dro_ask_wishes_read(context, job->asked, &job->values->wishes, &job->wish,
                                error));
    DRO_TRY(dro_ask_open_chart(context, error));
    DRO_TRY(dro_plan_create(context->session, &job->wish.options, &job->plan, error));
    DRO_TRY(job->out->open(job->out->hook, &job->stream, error));
    job->json.out = job->stream;
    return DRO_OK;
}

static void close(dro_ask_job *question) {
    matrix_job *job = question->state;
    for (unsigned i = 0; job->workers != NULL && i < job->threads; i++) {
        dro_worker_destroy(job->workers[i]);
    }
    dro_free(job->workers);
    dro_plan_destroy(job->plan);
}

static bool has_pairs(const dro_ask_asked *asked) {
    return asked->text != NULL || ((const matrix_values *)asked->values)->pairs != NULL;
}

static dro_status check(const dro_ask_asked *asked, dro_error *error) {
    const matrix_values *values = asked->values;
    if (has_pairs(asked) == (values->ports.count > 0)) {
        return dro_fail(error, DRO_USAGE, "matrix needs %s or %s, one of them",
                        dro_ask_label(asked, "--pairs"),
                        dro_ask_label(asked, "--ports"));
    }
    if (has_pairs(asked) && asked->format == DRO_FORMAT_TABLE) {
        return dro_fail(error, DRO_USAGE, "%s writes %s csv or json",
                        dro_ask_label(asked, "--pairs"),
                        dro_ask_label(asked, "--format"));
    }
    return DRO_OK;
}

static dro_status find(dro_ask_job *question, dro_error *error) {
    matrix_job *job = question->state;
    *job = (matrix_job){.context = question->context,
                        .asked = question->asked,
                        .values = question->values,
                        .out = question->output};
    return has_pairs(job->asked) ? matrix_pairs(job, error) : matrix_ports(job, error);
}

const dro_ask_question dro_ask_matrix = {
    .name = "matrix",
    .usage = "--pairs F.csv | --ports A,B,C [options]",
    .summary = "many pairs at once, streamed",
    .text =
        "--pairs reads from_lat, from_lon, to_lat and to_lon; the rest passes\n"
        "through. Added: distance_nm, duration_h, snap_from_nm, snap_to_nm,\n"
        "passages, status (ok, no-route, too-far, in-area). A bad value is exit 2\n"
        "with its file:line:column: of a file before anything is written, of standard\n"
        "input after the rows before it.",
    DRO_ASK_VALUES(options, defaults),
    .formats = DRO_ASK_FORMS_OF_ROWS,
    .format = DRO_FORMAT_CSV,
    .least = 0,
    .most = 0,
    .check = check,
    .state_size = sizeof(matrix_job),
    .find = find,
    .close = close,
};
