/* The question network [CASE]: what chains are made of, under a scenario. Only the
 * server asks it; its answer is what a map shows and edits. */
#include "ask/study.h"

typedef struct network_values {
    const char *scenario;
} network_values;

static const network_values defaults = {NULL};

static const dro_ask_option options[] = {
    {"scenario", '\0', DRO_ASK_TEXT, offsetof(network_values, scenario), "S", 0, 0,
     "of the case (its default); A+B puts B on A"},
};

static dro_status run(const dro_ask_context *context, const dro_ask_asked *asked,
                      dro_ask_output *out, dro_error *error) {
    const network_values *values = asked->values;
    const char *given = asked->given->count > 0 ? asked->given->items[0] : NULL;
    dro_ask_study study;
    FILE *stream = NULL;
    dro_status status = DRO_OK;
    DRO_TRY_GOTO(
        dro_ask_study_open(context, asked, given, values->scenario, &study, error),
        done);
    DRO_TRY_GOTO(out->open(out->hook, &stream, error), done);
    status =
        dro_report_network(stream, asked->format, study.ready, context->arena, error);
done:
    dro_ask_study_close(&study);
    return status;
}

const dro_ask_question dro_ask_network = {
    .name = "network",
    .usage = "[CASE] [options]",
    .summary = "nodes, links and services of a case's network",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .formats = 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_GEOJSON,
    .format = DRO_FORMAT_GEOJSON,
    .least = 0,
    .most = 1,
    .named = {"case"},
    .run = run,
};
