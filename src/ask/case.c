/* The question case [CASE]: its scenarios, or what two of them differ in. */
#include "ask/ask.h"

typedef struct case_values {
    dro_ask_list diff;
} case_values;

static const case_values defaults = {{{0}, 0}};

static const dro_ask_option options[] = {
    {"diff", '\0', DRO_ASK_LIST, offsetof(case_values, diff), "S", 0, 0,
     "given twice: what is different in the second"},
};

static dro_status list_scenarios(const dro_case *study, dro_format format, FILE *out,
                                 dro_arena *arena, dro_error *error) {
    size_t count = dro_case_scenarios(study);
    dro_scenario *rows = dro_arena_alloc(arena, count, sizeof *rows);
    if (!rows) {
        return dro_fail(error, DRO_NOMEM, "out of memory for scenarios");
    }
    for (size_t i = 0; i < count; i++) {
        dro_case_scenario(study, i, &rows[i]);
    }
    return dro_report_scenarios(out, format, dro_case_id(study), dro_case_title(study),
                                rows, count, arena, error);
}

static dro_status list_differences(const dro_case *study, const dro_ask_list *names,
                                   dro_format format, FILE *out, dro_arena *arena,
                                   dro_error *error) {
    dro_facts *was = NULL, *is = NULL;
    dro_difference *rows = NULL;
    size_t count = 0;
    dro_status status = DRO_OK;
    DRO_TRY_GOTO(dro_case_apply(study, names->items[0], NULL, &was, error), done);
    DRO_TRY_GOTO(dro_case_apply(study, names->items[1], NULL, &is, error), done);
    DRO_TRY_GOTO(dro_case_diff(was, is, arena, &rows, &count, error), done);
    status = dro_report_differences(out, format, rows, count, arena, error);
done:
    dro_facts_destroy(was);
    dro_facts_destroy(is);
    return status;
}

static dro_status write(const dro_case *study, const dro_ask_asked *asked,
                        dro_ask_output *out, dro_arena *arena, dro_error *error) {
    const case_values *values = asked->values;
    FILE *stream = NULL;
    DRO_TRY(out->open(out->hook, &stream, error));
    return values->diff.count == 2
               ? list_differences(study, &values->diff, asked->format, stream, arena,
                                  error)
               : list_scenarios(study, asked->format, stream, arena, error);
}

static dro_status check(const dro_ask_asked *asked, dro_error *error) {
    size_t count = ((const case_values *)asked->values)->diff.count;
    return count == 0 || count == 2 ? DRO_OK
                                    : dro_fail(error, DRO_USAGE, "case needs %s twice",
                                               dro_ask_label(asked, "--diff"));
}

static dro_status run(const dro_ask_context *context, const dro_ask_asked *asked,
                      dro_ask_output *out, dro_error *error) {
    const char *given = asked->given->count > 0 ? asked->given->items[0] : NULL;
    const dro_case *study = NULL;
    dro_case *own = NULL;
    DRO_TRY(dro_ask_open_case(context, asked, given, &study, &own, error));
    dro_status status = write(study, asked, out, context->arena, error);
    dro_case_close(own);
    return status;
}

const dro_ask_question dro_ask_case = {
    .name = "case",
    .usage = "[CASE] [options]",
    .summary = "check a case, list its scenarios, what two of them differ in",
    .text =
        "CASE is a folder with case.yaml, or the name of a case that came with the\n"
        "program: chancay (default), red-sea.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_CSV,
    .format = DRO_FORMAT_TABLE,
    .least = 0,
    .most = 1,
    .named = {"case"},
    .check = check,
    .run = run,
};
