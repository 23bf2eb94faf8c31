/* The question audit CASE: every claim of a case, its verdict and what it rests on. */
#include "derrotero/audit.h"

#include "ask/job.h"
#include "ask/picture.h"

typedef struct audit_values {
    const char *claim, *claims;
    bool geometry;
    long samples, seed;
} audit_values;

static const audit_values defaults = {.samples = 1000, .seed = 1};

static const dro_ask_option options[] = {
    {"claim", '\0', DRO_ASK_TEXT, offsetof(audit_values, claim), "ID", 0, 0,
     "this one only, with its workings leg by leg"},
    {"claims", '\0', DRO_ASK_FILE, offsetof(audit_values, claims), "FILE", 0, 0,
     "another claims file (claims.yaml of the case)"},
    DRO_ASK_GEOMETRY_OPTION(offsetof(audit_values, geometry)),
    {"samples", '\0', DRO_ASK_COUNT, offsetof(audit_values, samples), "N", 1,
     DRO_SAMPLES_MAX, "of the figures that have a range (1000)"},
    DRO_ASK_SEED_OPTION(offsetof(audit_values, seed)),
};

typedef struct audit_state {
    dro_audit_result result;
    dro_ask_land land; /* under the maps of the page */
} audit_state;

static dro_audit_options wish_of(const dro_ask_job *job) {
    const audit_values *values = job->values;
    const dro_ask_text *text = job->asked->text;
    dro_audit_options wish = DRO_AUDIT_OPTIONS_INIT;
    wish.claims = values->claims;
    if (text != NULL) {
        wish.text = text->bytes;
        wish.text_length = text->length;
    }
    wish.only = values->claim;
    wish.geometry = values->geometry;
    wish.samples = (size_t)values->samples;
    wish.seed = (uint64_t)values->seed;
    wish.threads = job->context->threads;
    wish.progress = job->context->progress;
    wish.store = job->context->store;
    return wish;
}

static dro_status find(dro_ask_job *job, dro_error *error) {
    audit_state *state = job->state;
    dro_audit_options wish = wish_of(job);
    DRO_TRY(dro_audit_run(job->study.study, &wish, job->arena, &state->result, error));
    if (job->asked->query) { /* where a case lies is told to nobody outside */
        state->result.folder = state->result.case_id;
    }
    return job->asked->format == DRO_FORMAT_HTML
               ? dro_ask_land_open(job->context, job->asked, &state->land, error)
               : DRO_OK;
}

static dro_status write(dro_ask_job *job, dro_error *error) {
    const audit_state *state = job->state;
    return dro_report_audit(job->out, job->asked->format, &state->result,
                            state->land.land, error);
}

static void close(dro_ask_job *job) {
    dro_ask_land_close(&((audit_state *)job->state)->land);
}

const dro_ask_question dro_ask_audit = {
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
    DRO_ASK_VALUES(options, defaults),
    .formats = DRO_ASK_FORMS_OF_ROWS | 1u << DRO_FORMAT_HTML,
    .format = DRO_FORMAT_TABLE,
    .least = 1,
    .most = 1,
    .named = {"case"},
    .needs = DRO_ASK_NEEDS_CASE | DRO_ASK_NEEDS_CHART,
    .state_size = sizeof(audit_state),
    .find = find,
    .write = write,
    .close = close,
};
