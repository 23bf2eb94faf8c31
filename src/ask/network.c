/* The question network [CASE]: what chains are made of, under a scenario. Only the
 * server asks it; its answer is what a map shows and edits. */
#include "ask/job.h"

typedef struct network_values {
    const char *scenario;
} network_values;

static const network_values defaults = {NULL};

static const dro_ask_option options[] = {
    DRO_ASK_SCENARIO_OPTION(offsetof(network_values, scenario)),
};

static dro_status write(dro_ask_job *job, dro_error *error) {
    return dro_report_network(job->out, job->asked->format, job->study.ready,
                              job->arena, error);
}

const dro_ask_question dro_ask_network = {
    .name = "network",
    .usage = "[CASE] [options]",
    .summary = "nodes, links and services of a case's network",
    DRO_ASK_VALUES(options, defaults),
    .formats = 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_GEOJSON,
    .format = DRO_FORMAT_GEOJSON,
    .least = 0,
    .most = 1,
    .named = {"case"},
    .needs = DRO_ASK_NEEDS_SCENARIO,
    .write = write,
};
