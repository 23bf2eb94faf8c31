/* derrotero audit CASE: every claim of a case, its verdict and what it rests on. */
#include "cli/cli.h"
#include "cli/picture.h"
#include "derrotero/audit.h"

typedef struct audit_values {
    const char *claim, *claims;
    long samples, seed;
} audit_values;

static const audit_values defaults = {.samples = 1000, .seed = 1};

static const cli_option options[] = {
    {"claim", '\0', OPTION_TEXT, offsetof(audit_values, claim), "ID", 0, 0,
     "this one only, with its workings leg by leg"},
    {"claims", '\0', OPTION_TEXT, offsetof(audit_values, claims), "FILE", 0, 0,
     "another claims file (claims.yaml of the case)"},
    {"samples", '\0', OPTION_COUNT, offsetof(audit_values, samples), "N", 1,
     DRO_SAMPLES_MAX, "of the figures that have a range (1000)"},
    {"seed", '\0', OPTION_COUNT, offsetof(audit_values, seed), "N", 0, 2147483647,
     "of the samples (1)"},
};

/* The maps of the page have land under them. */
static dro_status write_result(const cli *all, const dro_audit_result *result,
                               dro_error *error) {
    cli_output out;
    dro_land *land = NULL;
    if (cli_format(all) == DRO_FORMAT_HTML) {
        DRO_TRY(cli_picture_land(all, &land, error));
    }
    dro_status status = cli_output_open(all, &out, error);
    if (status == DRO_OK) {
        status = dro_report_audit(out.stream, cli_format(all), result, land, error);
        status = cli_output_close(&out, status, error);
    }
    dro_land_close(land);
    return status;
}

static dro_status audit(const cli *all, const dro_case *study,
                        const audit_values *values, dro_error *error) {
    dro_audit_options wish = DRO_AUDIT_OPTIONS_INIT;
    dro_audit_result result;
    dro_arena *arena = NULL;
    cli_progress shown;
    wish.claims = values->claims;
    wish.only = values->claim;
    wish.samples = (size_t)values->samples;
    wish.seed = (uint64_t)values->seed;
    wish.threads = (unsigned)all->globals.threads;
    wish.progress = &shown.progress;
    DRO_TRY(dro_arena_create(&arena, error));
    cli_progress_begin(all, &shown);
    dro_status status = dro_audit_run(study, &wish, arena, &result, error);
    cli_progress_end(&shown);
    if (cli_stopped()) {
        status = cli_check_stopped(error);
    }
    if (status == DRO_OK) {
        status = write_result(all, &result, error);
    }
    dro_arena_destroy(arena);
    return status;
}

static dro_status run(cli *all, const void *values, const cli_operands *given,
                      dro_error *error) {
    dro_case *study = NULL;
    DRO_TRY(cli_open_atlas(all, error));
    DRO_TRY(cli_open_case(all, given->items[0], &study, error));
    dro_status status = cli_open_chart(all, error);
    if (status == DRO_OK) {
        status = audit(all, study, values, error);
    }
    dro_case_close(study);
    return status;
}

const cli_command cmd_audit = {
    .name = "audit",
    .usage = "CASE [options]",
    .summary = "every claim of a case: verdict, figure, range, workings, sources",
    .text =
        "CASE is a folder with case.yaml and claims.yaml, or the name of a case that\n"
        "came with the program: chancay, red-sea. Each sentence of the claims file is\n"
        "bound to a measure; the verdict follows from the run: holds, holds when (for\n"
        "some, or in part of the samples), does not hold, sources conflict, not\n"
        "testable. The same samples and seed give the same answer on any number of\n"
        "threads. html is one page to read and to print.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_CSV |
               1u << DRO_FORMAT_HTML,
    .format = DRO_FORMAT_TABLE,
    .least = 1,
    .most = 1,
    .run = run,
};
