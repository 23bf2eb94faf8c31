/* derrotero compare FROM TO --scenario A --scenario B; derrotero case */
#include "cli/cli.h"
#include "derrotero/compare.h"

/* ---- compare ------------------------------------------------------------------------
 */

typedef struct compare_values {
    cli_list scenarios;
    const char *folder, *commodity;
    int by;
    bool quay, pareto;
    long alternatives, samples, seed;
} compare_values;

static const compare_values compare_defaults = {.samples = 200, .seed = 1};

static const cli_option compare_options[] = {
    {"scenario", '\0', OPTION_LIST, offsetof(compare_values, scenarios), "S", 0, 0,
     "given twice: what is compared; A+B puts B on A"},
    {"case", '\0', OPTION_TEXT, offsetof(compare_values, folder), "DIR", 0, 0,
     "folder with case.yaml (chancay)"},
    {"commodity", '\0', OPTION_TEXT, offsetof(compare_values, commodity), "C", 0, 0,
     "what is carried (the case's own)"},
    {"by", '\0', OPTION_CHOICE, offsetof(compare_values, by),
     "time|cost|co2|generalised", 0, 0, "what the best chain is best in (time)"},
    {"quay", '\0', OPTION_FLAG, offsetof(compare_values, quay), NULL, 0, 0,
     "from ship's leaving to ship's arriving, as carriers count"},
    {"alternatives", 'n', OPTION_COUNT, offsetof(compare_values, alternatives), "N", 0,
     31, "more chains, which differ in port, mode or passage"},
    {"pareto", '\0', OPTION_FLAG, offsetof(compare_values, pareto), NULL, 0, 0,
     "every chain that no other beats in time, cost and CO2"},
    {"samples", '\0', OPTION_COUNT, offsetof(compare_values, samples), "N", 0, 100000,
     "of the figures that have a range (200); 0: none"},
    {"seed", '\0', OPTION_COUNT, offsetof(compare_values, seed), "N", 0, 2147483647,
     "of the samples (1)"},
};

/* What can be told without a graph is told before one is made. */
static dro_status read_wish(const cli *all, const compare_values *values,
                            const cli_operands *given, const dro_case *study,
                            dro_compare_wish *wish, dro_error *error) {
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
    wish->from = given->items[0];
    wish->to = given->items[1];
    wish->commodity = values->commodity;
    wish->by = (dro_chain_by)values->by;
    wish->quay = values->quay;
    wish->pareto = values->pareto;
    wish->alternatives = (size_t)values->alternatives;
    wish->samples = (size_t)values->samples;
    wish->seed = (uint64_t)values->seed;
    wish->threads = (unsigned)all->globals.threads;
    return DRO_OK;
}

static void tell_notices(const cli *all, const dro_comparison *found) {
    for (int i = 0; i < 2; i++) {
        const dro_compared *side = &found->sides[i];
        for (size_t k = 0; k < side->notice_count; k++) {
            cli_notice(all, "%s: %s", side->scenario, side->notices[k]);
        }
    }
}

/* Where one side has no way the other is still told, and the status says so. */
static dro_status write_comparison(const cli *all, const dro_comparison *found,
                                   dro_error *error) {
    const dro_compared *missing = !found->sides[0].found   ? &found->sides[0]
                                  : !found->sides[1].found ? &found->sides[1]
                                                           : NULL;
    if (found->sides[0].found || found->sides[1].found) {
        cli_output out;
        dro_arena *arena = NULL;
        DRO_TRY(cli_output_open(all, &out, error));
        dro_status status = dro_arena_create(&arena, error);
        if (status == DRO_OK) {
            status =
                dro_report_comparison(out.stream, cli_format(all), found, arena, error);
        }
        dro_arena_destroy(arena);
        DRO_TRY(cli_output_close(&out, status, error));
    }
    return missing ? dro_fail(error, DRO_NO_ANSWER, "%s: %s", missing->scenario,
                              missing->why)
                   : DRO_OK;
}

static dro_status compare(cli *all, const dro_case *study, const compare_values *values,
                          const cli_operands *given, dro_error *error) {
    dro_compare_wish wish;
    dro_comparison *found = NULL;
    cli_progress shown;
    DRO_TRY(read_wish(all, values, given, study, &wish, error));
    DRO_TRY(cli_open_chart(all, error));
    cli_progress_begin(all, &shown);
    wish.progress = &shown.progress;
    dro_status status = dro_compare(study, &wish, &found, error);
    cli_progress_end(&shown);
    if (cli_stopped()) {
        status = cli_check_stopped(error);
    }
    if (status == DRO_OK) {
        tell_notices(all, found);
        status = write_comparison(all, found, error);
    }
    dro_comparison_destroy(found);
    return status;
}

static dro_status run_compare(cli *all, const void *values, const cli_operands *given,
                              dro_error *error) {
    const compare_values *asked = values;
    dro_case *study = NULL;
    if (asked->scenarios.count != 2) {
        return dro_fail(error, DRO_USAGE, "compare needs --scenario twice, not %zu %s",
                        asked->scenarios.count,
                        asked->scenarios.count == 1 ? "time" : "times");
    }
    DRO_TRY(cli_open_atlas(all, error));
    DRO_TRY(cli_open_case(all, asked->folder, &study, error));
    dro_status status = compare(all, study, asked, given, error);
    dro_case_close(study);
    return status;
}

const cli_command cmd_compare = {
    .name = "compare",
    .usage = "FROM TO --scenario A --scenario B [options]",
    .summary = "two scenarios side by side, leg by leg",
    .text =
        "FROM and TO are places of the case's network: a node, its name, or a port.\n"
        "Ranges are 5 to 95 % of samples of every figure that has a low and a high,\n"
        "the same samples on both sides. Exit 1: one of them has no way.",
    .options = compare_options,
    .option_count = sizeof compare_options / sizeof compare_options[0],
    .defaults = &compare_defaults,
    .values_size = sizeof compare_defaults,
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_CSV,
    .format = DRO_FORMAT_TABLE,
    .least = 2,
    .most = 2,
    .run = run_compare,
};

/* ---- case
 * ---------------------------------------------------------------------------- */

typedef struct case_values {
    cli_list diff;
} case_values;

static const case_values case_defaults = {{{0}, 0}};

static const cli_option case_options[] = {
    {"diff", '\0', OPTION_LIST, offsetof(case_values, diff), "S", 0, 0,
     "given twice: what is different in the second"},
};

static dro_status list_scenarios(const cli *all, const dro_case *study,
                                 const cli_output *out, dro_arena *arena,
                                 dro_error *error) {
    size_t count = dro_case_scenarios(study);
    dro_scenario *rows = dro_arena_alloc(arena, count, sizeof *rows);
    if (!rows) {
        return dro_fail(error, DRO_NOMEM, "out of memory for scenarios");
    }
    for (size_t i = 0; i < count; i++) {
        dro_case_scenario(study, i, &rows[i]);
    }
    return dro_report_scenarios(out->stream, cli_format(all), dro_case_id(study),
                                dro_case_title(study), rows, count, arena, error);
}

static dro_status list_differences(const cli *all, const dro_case *study,
                                   const cli_list *names, const cli_output *out,
                                   dro_arena *arena, dro_error *error) {
    dro_facts *was = NULL, *is = NULL;
    dro_difference *rows = NULL;
    size_t count = 0;
    dro_status status = DRO_OK;
    DRO_TRY_GOTO(dro_case_apply(study, names->items[0], NULL, &was, error), done);
    DRO_TRY_GOTO(dro_case_apply(study, names->items[1], NULL, &is, error), done);
    DRO_TRY_GOTO(dro_case_diff(was, is, arena, &rows, &count, error), done);
    status =
        dro_report_differences(out->stream, cli_format(all), rows, count, arena, error);
done:
    dro_facts_destroy(was);
    dro_facts_destroy(is);
    return status;
}

static dro_status write_case(const cli *all, const dro_case *study,
                             const cli_list *diff, dro_error *error) {
    cli_output out;
    dro_arena *arena = NULL;
    DRO_TRY(cli_output_open(all, &out, error));
    dro_status status = dro_arena_create(&arena, error);
    if (status == DRO_OK) {
        status = diff->count == 2
                     ? list_differences(all, study, diff, &out, arena, error)
                     : list_scenarios(all, study, &out, arena, error);
    }
    dro_arena_destroy(arena);
    return cli_output_close(&out, status, error);
}

static dro_status run_case(cli *all, const void *values, const cli_operands *given,
                           dro_error *error) {
    const case_values *asked = values;
    dro_case *study = NULL;
    if (asked->diff.count != 0 && asked->diff.count != 2) {
        return dro_fail(error, DRO_USAGE, "case needs --diff twice");
    }
    DRO_TRY(cli_open_atlas(all, error));
    DRO_TRY(cli_open_case(all, given->count ? given->items[0] : NULL, &study, error));
    dro_status status = write_case(all, study, &asked->diff, error);
    dro_case_close(study);
    return status;
}

const cli_command cmd_case = {
    .name = "case",
    .usage = "[CASE] [options]",
    .summary = "check a case, list its scenarios, what two of them differ in",
    .text =
        "CASE is a folder with case.yaml, or the name of a case that came with the\n"
        "program: chancay (default), red-sea.",
    .options = case_options,
    .option_count = sizeof case_options / sizeof case_options[0],
    .defaults = &case_defaults,
    .values_size = sizeof case_defaults,
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_CSV,
    .format = DRO_FORMAT_TABLE,
    .least = 0,
    .most = 1,
    .run = run_case,
};
