/* The question compare FROM TO --scenario A --scenario B. */
#include "derrotero/compare.h"

#include "ask/job.h"

typedef struct compare_values {
    dro_ask_list scenarios;
    const char *folder, *commodity;
    int by;
    bool quay, pareto, geometry;
    long alternatives, samples, seed;
} compare_values;

static const compare_values defaults = {.samples = 200, .seed = 1};

static const dro_ask_option options[] = {
    {"scenario", '\0', DRO_ASK_LIST, offsetof(compare_values, scenarios), "S", 0, 0,
     "given twice: what is compared; A+B puts B on A"},
    DRO_ASK_CASE_OPTION(offsetof(compare_values, folder)),
    DRO_ASK_COMMODITY_OPTION(offsetof(compare_values, commodity)),
    {"by", '\0', DRO_ASK_CHOICE, offsetof(compare_values, by),
     "time|cost|co2|generalised", 0, 0, "what the best chain is best in (time)"},
    {"quay", '\0', DRO_ASK_FLAG, offsetof(compare_values, quay), NULL, 0, 0,
     "from ship's leaving to ship's arriving, as carriers count"},
    {"alternatives", 'n', DRO_ASK_COUNT, offsetof(compare_values, alternatives), "N", 0,
     31, "more chains, which differ in port, mode or passage"},
    {"pareto", '\0', DRO_ASK_FLAG, offsetof(compare_values, pareto), NULL, 0, 0,
     "every chain that no other beats in time, cost and CO2"},
    DRO_ASK_GEOMETRY_OPTION(offsetof(compare_values, geometry)),
    {"samples", '\0', DRO_ASK_COUNT, offsetof(compare_values, samples), "N", 0, 100000,
     "of the figures that have a range (200); 0: none"},
    DRO_ASK_SEED_OPTION(offsetof(compare_values, seed)),
};

typedef struct compare_state {
    dro_compare_wish wish;
    dro_comparison *found;
} compare_state;

static dro_status read(dro_ask_job *job, dro_error *error) {
    const dro_ask_asked *asked = job->asked;
    const dro_case *study = job->study.study;
    const compare_values *values = job->values;
    dro_compare_wish *wish = &((compare_state *)job->state)->wish;
    *wish = (dro_compare_wish)DRO_COMPARE_WISH_INIT;
    for (size_t i = 0; i < 2; i++) {
        const char *date = NULL;
        int month = 0;
        wish->scenario[i] = values->scenarios.items[i];
        DRO_TRY(dro_case_when(study, wish->scenario[i], &date, &month, error));
    }
    if (values->commodity) {
        size_t commodity = 0;
        DRO_TRY(dro_facts_find(dro_case_facts(study), DRO_KIND_COMMODITY,
                               values->commodity, &commodity, error));
    }
    wish->from = asked->given->items[0];
    wish->to = asked->given->items[1];
    wish->commodity = values->commodity;
    wish->by = (dro_chain_by)values->by;
    wish->quay = values->quay;
    wish->pareto = values->pareto;
    wish->geometry = values->geometry;
    wish->alternatives = (size_t)values->alternatives;
    wish->samples = (size_t)values->samples;
    wish->seed = (uint64_t)values->seed;
    wish->threads = job->context->threads;
    wish->progress = job->context->progress;
    wish->store = job->context->store;
    if (asked->text != NULL) {
        wish->edits = asked->text->bytes;
        wish->edits_length = asked->text->length;
        wish->edits_name = asked->text->name;
    }
    return DRO_OK;
}

static void tell_notices(const dro_ask_context *context, const dro_comparison *found) {
    for (int i = 0; i < 2; i++) {
        const dro_compared *side = &found->sides[i];
        for (size_t k = 0; k < side->notice_count; k++) {
            dro_ask_notice(context, "%s: %s", side->scenario, side->notices[k]);
        }
    }
}

static dro_status no_way(const dro_compared *side, dro_error *error) {
    return dro_fail(error, DRO_NO_ANSWER, "%s: %s", side->scenario, side->why);
}

static dro_status find(dro_ask_job *job, dro_error *error) {
    compare_state *state = job->state;
    DRO_TRY(dro_compare(job->study.study, &state->wish, &state->found, error));
    tell_notices(job->context, state->found);
    return state->found->sides[0].found || state->found->sides[1].found
               ? DRO_OK
               : no_way(&state->found->sides[0], error);
}

/* Where one side has no way the other is still told, and the status says so. */
static dro_status write(dro_ask_job *job, dro_error *error) {
    const dro_comparison *found = ((const compare_state *)job->state)->found;
    DRO_TRY(
        dro_report_comparison(job->out, job->asked->format, found, job->arena, error));
    job->output->whole = true;
    for (int i = 0; i < 2; i++) {
        if (!found->sides[i].found) {
            return no_way(&found->sides[i], error);
        }
    }
    return DRO_OK;
}

static void close(dro_ask_job *job) {
    dro_comparison_destroy(((compare_state *)job->state)->found);
}

static dro_status check(const dro_ask_asked *asked, dro_error *error) {
    size_t count = ((const compare_values *)asked->values)->scenarios.count;
    return count == 2 ? DRO_OK
                      : dro_fail(error, DRO_USAGE, "compare needs %s twice, not %zu %s",
                                 dro_ask_label(asked, "--scenario"), count,
                                 count == 1 ? "time" : "times");
}

const dro_ask_question dro_ask_compare = {
    .name = "compare",
    .usage = "FROM TO --scenario A --scenario B [options]",
    .summary = "two scenarios side by side, leg by leg",
    .text =
        "FROM and TO are places of the case's network: a node, its name, or a port.\n"
        "Ranges are 5 to 95 % of samples of every figure that has a low and a high,\n"
        "the same samples on both sides. Exit 1: one of them has no way.",
    DRO_ASK_VALUES(options, defaults),
    .formats = DRO_ASK_FORMS_OF_ROWS,
    .format = DRO_FORMAT_TABLE,
    .least = 2,
    .most = 2,
    .required = 2,
    .named = {"from", "to"},
    .check = check,
    .needs = DRO_ASK_NEEDS_CASE | DRO_ASK_NEEDS_CHART,
    .state_size = sizeof(compare_state),
    .read = read,
    .find = find,
    .write = write,
    .close = close,
};
