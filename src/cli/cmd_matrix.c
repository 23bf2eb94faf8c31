/* derrotero matrix: many pairs at once. */
#include <string.h>

#include "cli/matrix.h"

static const matrix_values defaults = {.wishes = CLI_WISHES_INIT};

static const cli_option options[] = {
    {"pairs", '\0', OPTION_TEXT, offsetof(matrix_values, pairs), "F.csv", 0, 0,
     "from_lat,from_lon,to_lat,to_lon and more; - is stdin"},
    {"ports", '\0', OPTION_LIST, offsetof(matrix_values, ports), "A,B,C", 0, 0,
     "all against all; @FILE: a place on each line"},
    {"keep-going", 'k', OPTION_FLAG, offsetof(matrix_values, keep_going), NULL, 0, 0,
     "a bad row gets a status; exit 2 at the end"},
    CLI_WISHES_OPTIONS(matrix_values),
};

dro_status matrix_worker(matrix_job *job, unsigned thread, dro_worker **out,
                         dro_error *error) {
    if (job->workers[thread] == NULL) {
        DRO_TRY(dro_worker_create(job->all->session, &job->workers[thread], error));
    }
    *out = job->workers[thread];
    return DRO_OK;
}

dro_status matrix_prepare(matrix_job *job, dro_error *error) {
    long threads = job->all->globals.threads;
    void *workers = NULL;
    job->threads = threads > 0 ? (unsigned)threads : dro_cores();
    DRO_TRY(dro_new(&workers, job->threads,
                    sizeof(dro_worker *), /* NOLINT(bugprone-sizeof-expression) */
                    "workers", error));
    job->workers = workers;
    DRO_TRY(cli_wishes_read(job->all, &job->asked->wishes, &job->wish, error));
    DRO_TRY(cli_open_chart(job->all, error));
    DRO_TRY(dro_plan_create(job->all->session, &job->wish.options, &job->plan, error));
    DRO_TRY(cli_output_open(job->all, &job->out, error));
    job->json.out = job->out.stream;
    return DRO_OK;
}

static void release(matrix_job *job) {
    for (unsigned i = 0; job->workers != NULL && i < job->threads; i++) {
        dro_worker_destroy(job->workers[i]);
    }
    dro_free(job->workers);
    dro_plan_destroy(job->plan);
    cli_voyage_free(&job->wish);
}

static dro_status work(matrix_job *job, dro_error *error) {
    dro_status status =
        job->asked->pairs != NULL ? matrix_pairs(job, error) : matrix_ports(job, error);
    if (cli_stopped()) {
        status = cli_check_stopped(error);
    }
    if (job->out.stream == NULL) {
        return status;
    }
    /* With --keep-going bad rows make the status, and yet the file is whole. */
    dro_error local = DRO_ERROR_INIT;
    dro_status closed =
        cli_output_close(&job->out, job->whole ? DRO_OK : status, &local);
    if (job->whole && closed != DRO_OK) {
        return dro_fail(error, closed, "%s", local.message);
    }
    return status;
}

static dro_status run(cli *all, const void *values, const cli_operands *given,
                      dro_error *error) {
    matrix_job job = {.all = all, .asked = values};
    (void)given;
    if ((job.asked->pairs != NULL) == (job.asked->ports.count > 0)) {
        return dro_fail(error, DRO_USAGE,
                        "matrix needs --pairs or --ports, one of them");
    }
    if (job.asked->pairs != NULL && cli_format(all) == DRO_FORMAT_TABLE) {
        return dro_fail(error, DRO_USAGE, "--pairs writes --format csv or json");
    }
    DRO_TRY(cli_open_atlas(all, error));
    dro_status status = work(&job, error);
    release(&job);
    return status;
}

const cli_command cmd_matrix = {
    .name = "matrix",
    .usage = "--pairs F.csv | --ports A,B,C [options]",
    .summary = "many pairs at once, streamed",
    .text =
        "--pairs reads from_lat, from_lon, to_lat and to_lon; the rest passes\n"
        "through. Added: distance_nm, duration_h, snap_from_nm, snap_to_nm,\n"
        "passages, status (ok, no-route, too-far, in-area). A bad value is exit 2\n"
        "with its file:line:column: of a file before anything is written, of standard\n"
        "input after the rows before it.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_CSV,
    .format = DRO_FORMAT_CSV,
    .least = 0,
    .most = 0,
    .run = run,
};
