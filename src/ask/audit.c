/* The question audit CASE: every claim of a case, its verdict and what it rests on. */
#include "derrotero/audit.h"

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
    {"geometry", '\0', DRO_ASK_FLAG, offsetof(audit_values, geometry), NULL, 0, 0,
     "in JSON the line of each leg, for maps"},
    {"samples", '\0', DRO_ASK_COUNT, offsetof(audit_values, samples), "N", 1,
     DRO_SAMPLES_MAX, "of the figures that have a range (1000)"},
    {"seed", '\0', DRO_ASK_COUNT, offsetof(audit_values, seed), "N", 0, 2147483647,
     "of the samples (1)"},
};

/* The maps of the page have land under them. */
static dro_status write(const dro_ask_context *context, const dro_ask_asked *asked,
                        const dro_audit_result *result, dro_ask_output *out,
                        dro_error *error) {
    dro_ask_land land = {NULL, NULL};
    FILE *stream = NULL;
    if (asked->format == DRO_FORMAT_HTML) {
        DRO_TRY(dro_ask_land_open(context, asked, &land, error));
    }
    dro_status status = out->open(out->hook, &stream, error);
    if (status == DRO_OK) {
        status = dro_report_audit(stream, asked->format, result, land.land, error);
    }
    dro_ask_land_close(&land);
    return status;
}

static dro_status audit(const dro_ask_context *context, const dro_ask_asked *asked,
                        const dro_case *study, dro_ask_output *out, dro_error *error) {
    const audit_values *values = asked->values;
    dro_audit_options wish = DRO_AUDIT_OPTIONS_INIT;
    dro_audit_result result;
    wish.claims = values->claims;
    if (asked->text != NULL) {
        wish.text = asked->text->bytes;
        wish.text_length = asked->text->length;
    }
    wish.only = values->claim;
    wish.geometry = values->geometry;
    wish.samples = (size_t)values->samples;
    wish.seed = (uint64_t)values->seed;
    wish.threads = context->threads;
    wish.progress = context->progress;
    wish.store = context->store;
    DRO_TRY(dro_ask_open_chart(context, error));
    dro_status status = dro_audit_run(study, &wish, context->arena, &result, error);
    DRO_TRY(dro_ask_ended(context, status, error));
    if (asked->query) { /* where a case lies is told to nobody outside */
        result.folder = result.case_id;
    }
    return write(context, asked, &result, out, error);
}

static dro_status run(const dro_ask_context *context, const dro_ask_asked *asked,
                      dro_ask_output *out, dro_error *error) {
    const char *given = asked->given->count > 0 ? asked->given->items[0] : NULL;
    const dro_case *study = NULL;
    dro_case *own = NULL;
    DRO_TRY(dro_ask_open_case(context, asked, given, &study, &own, error));
    dro_status status = audit(context, asked, study, out, error);
    dro_case_close(own);
    return status;
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
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_CSV |
               1u << DRO_FORMAT_HTML,
    .format = DRO_FORMAT_TABLE,
    .least = 1,
    .most = 1,
    .named = {"case"},
    .run = run,
};
