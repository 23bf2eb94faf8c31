/* The question compare FROM TO --scenario A --scenario B. */
#include "derrotero/compare.h"

#include "ask/ask.h"

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
    {"case", '\0', DRO_ASK_TEXT, offsetof(compare_values, folder), "DIR", 0, 0,
     "folder with case.yaml (chancay)"},
    {"commodity", '\0', DRO_ASK_TEXT, offsetof(compare_values, commodity), "C", 0, 0,
     "what is carried (the case's own)"},
    {"by", '\0', DRO_ASK_CHOICE, offsetof(compare_values, by),
     "time|cost|co2|generalised", 0, 0, "what the best chain is best in (time)"},
    {"quay", '\0', DRO_ASK_FLAG, offsetof(compare_values, quay), NULL, 0, 0,
     "from ship's leaving to ship's arriving, as carriers count"},
    {"alternatives", 'n', DRO_ASK_COUNT, offsetof(compare_values, alternatives), "N", 0,
     31, "more chains, which differ in port, mode or passage"},
    {"pareto", '\0', DRO_ASK_FLAG, offsetof(compare_values, pareto), NULL, 0, 0,
     "every chain that no other beats in time, cost and CO2"},
    {"geometry", '\0', DRO_ASK_FLAG, offsetof(compare_values, geometry), NULL, 0, 0,
     "in JSON the line of each leg, for maps"},
    {"samples", '\0', DRO_ASK_COUNT, offsetof(compare_values, samples), "N", 0, 100000,
     "of the figures that have a range (200); 0: none"},
    {"seed", '\0', DRO_ASK_COUNT, offsetof(compare_values, seed), "N", 0, 2147483647,
     "of the samples (1)"},
};

/* What can be told without a graph is told before one is made. */
static dro_status read_wish(const dro_ask_context *context, const dro_ask_asked *asked,
                            const dro_case *study, dro_compare_wish *wish,
                            dro_error *error) {
    const compare_values *values = asked->values;
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
    wish->threads = context->threads;
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

/* Where one side has no way the other is still told, and the status says so. */
static dro_status write(const dro_ask_context *context, const dro_ask_asked *asked,
                        const dro_comparison *found, dro_ask_output *out,
                        dro_error *error) {
    const dro_compared *missing = !found->sides[0].found   ? &found->sides[0]
                                  : !found->sides[1].found ? &found->sides[1]
                                                           : NULL;
    if (found->sides[0].found || found->sides[1].found) {
        FILE *stream = NULL;
        DRO_TRY(out->open(out->hook, &stream, error));
        DRO_TRY(
            dro_report_comparison(stream, asked->format, found, context->arena, error));
        out->whole = true;
    }
    return missing ? dro_fail(error, DRO_NO_ANSWER, "%s: %s", missing->scenario,
                              missing->why)
                   : DRO_OK;
}

static dro_status compare(const dro_ask_context *context, const dro_ask_asked *asked,
                          const dro_case *study, dro_ask_output *out,
                          dro_error *error) {
    dro_compare_wish wish;
    dro_comparison *found = NULL;
    DRO_TRY(read_wish(context, asked, study, &wish, error));
    DRO_TRY(dro_ask_open_chart(context, error));
    wish.progress = context->progress;
    wish.store = context->store;
    dro_status status =
        dro_ask_ended(context, dro_compare(study, &wish, &found, error), error);
    if (status == DRO_OK) {
        tell_notices(context, found);
        status = write(context, asked, found, out, error);
    }
    dro_comparison_destroy(found);
    return status;
}

static dro_status check(const dro_ask_asked *asked, dro_error *error) {
    size_t count = ((const compare_values *)asked->values)->scenarios.count;
    return count == 2 ? DRO_OK
                      : dro_fail(error, DRO_USAGE, "compare needs %s twice, not %zu %s",
                                 dro_ask_label(asked, "--scenario"), count,
                                 count == 1 ? "time" : "times");
}

static dro_status run(const dro_ask_context *context, const dro_ask_asked *asked,
                      dro_ask_output *out, dro_error *error) {
    const compare_values *values = asked->values;
    const dro_case *study = NULL;
    dro_case *own = NULL;
    DRO_TRY(dro_ask_open_case(context, asked, values->folder, &study, &own, error));
    dro_status status = compare(context, asked, study, out, error);
    dro_case_close(own);
    return status;
}

const dro_ask_question dro_ask_compare = {
    .name = "compare",
    .usage = "FROM TO --scenario A --scenario B [options]",
    .summary = "two scenarios side by side, leg by leg",
    .text =
        "FROM and TO are places of the case's network: a node, its name, or a port.\n"
        "Ranges are 5 to 95 % of samples of every figure that has a low and a high,\n"
        "the same samples on both sides. Exit 1: one of them has no way.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_CSV,
    .format = DRO_FORMAT_TABLE,
    .least = 2,
    .most = 2,
    .required = 2,
    .named = {"from", "to"},
    .check = check,
    .run = run,
};
