/* The question case [CASE]: its scenarios, or what two of them differ in. */
#include "ask/job.h"

typedef struct case_values {
    dro_ask_list diff;
} case_values;

static const case_values defaults = {{{0}, 0}};

static const dro_ask_option options[] = {
    {"diff", '\0', DRO_ASK_LIST, offsetof(case_values, diff), "S", 0, 0,
     "given twice: what is different in the second"},
};

static dro_status list_scenarios(const dro_ask_job *job, dro_error *error) {
    const dro_case *study = job->study.study;
    size_t count = dro_case_scenarios(study);
    dro_scenario *rows = dro_arena_alloc(job->arena, count, sizeof *rows);
    if (!rows) {
        return dro_fail(error, DRO_NOMEM, "out of memory for scenarios");
    }
    for (size_t i = 0; i < count; i++) {
        dro_case_scenario(study, i, &rows[i]);
    }
    return dro_report_scenarios(job->out, job->asked->format, dro_case_id(study),
                                dro_case_title(study), rows, count, job->arena, error);
}

static dro_status list_differences(const dro_ask_job *job, const dro_ask_list *names,
                                   dro_error *error) {
    const dro_case *study = job->study.study;
    dro_facts *was = NULL, *is = NULL;
    dro_difference *rows = NULL;
    size_t count = 0;
    dro_status status = DRO_OK;
    DRO_TRY_GOTO(dro_case_apply(study, names->items[0], NULL, &was, error), done);
    DRO_TRY_GOTO(dro_case_apply(study, names->items[1], NULL, &is, error), done);
    DRO_TRY_GOTO(dro_case_diff(was, is, job->arena, &rows, &count, error), done);
    status = dro_report_differences(job->out, job->asked->format, rows, count,
                                    job->arena, error);
done:
    dro_facts_destroy(was);
    dro_facts_destroy(is);
    return status;
}

static dro_status write(dro_ask_job *job, dro_error *error) {
    const dro_ask_list *diff = &((const case_values *)job->values)->diff;
    return diff->count == 2 ? list_differences(job, diff, error)
                            : list_scenarios(job, error);
}

static dro_status check(const dro_ask_asked *asked, dro_error *error) {
    size_t count = ((const case_values *)asked->values)->diff.count;
    return count == 0 || count == 2 ? DRO_OK
                                    : dro_fail(error, DRO_USAGE, "case needs %s twice",
                                               dro_ask_label(asked, "--diff"));
}

const dro_ask_question dro_ask_case = {
    .name = "case",
    .usage = "[CASE] [options]",
    .summary = "check a case, list its scenarios, what two of them differ in",
    .text =
        "CASE is a folder with case.yaml, or the name of a case that came with the\n"
        "program: chancay (default), red-sea.",
    DRO_ASK_VALUES(options, defaults),
    .formats = DRO_ASK_FORMS_OF_ROWS,
    .format = DRO_FORMAT_TABLE,
    .least = 0,
    .most = 1,
    .named = {"case"},
    .check = check,
    .needs = DRO_ASK_NEEDS_CASE,
    .write = write,
};
