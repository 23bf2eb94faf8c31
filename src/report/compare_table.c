/* A comparison for people: legs side by side, totals, other chains, what matters. */
#include "compare.h"

#include <math.h>
#include <string.h>

#define LEG_CHARACTERS   42
#define CHAIN_CHARACTERS 96
#define TEXT_MAX         400

typedef struct sheet { /* cells of a table that grows by rows */
    dro_arena *arena;
    const char **cells;
    size_t columns, rows, at;
    dro_error *error;
} sheet;

static dro_status sheet_begin(sheet *s, dro_arena *arena, size_t columns, size_t rows,
                              dro_error *error) {
    *s = (sheet){.arena = arena, .columns = columns, .rows = rows, .error = error};
    s->cells = dro_arena_alloc(arena, columns * rows, sizeof *s->cells);
    if (!s->cells) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a table");
    }
    for (size_t i = 0; i < columns * rows; i++) {
        s->cells[i] = "";
    }
    return DRO_OK;
}

/* Cut to so many characters, with ".." where something is left out. */
static void cut(const char *text, size_t most, char *out, size_t size) {
    size_t characters = 0, length = 0, kept = 0;
    for (; text[length] != '\0' && length + 4 < size; length++) {
        characters += ((unsigned char)text[length] & 0xC0u) != 0x80u;
        kept = characters + 1 < most ? length + 1 : kept;
        if (characters > most) {
            break;
        }
    }
    bool whole = text[length] == '\0' && characters <= most;
    (void)snprintf(out, size, "%.*s%s", (int)(whole ? length : kept), text,
                   whole ? "" : "..");
}

static dro_status put(sheet *s, size_t row, size_t column, const char *text) {
    const char *kept = dro_arena_strndup(s->arena, text, strlen(text));
    if (!kept) {
        return dro_fail(s->error, DRO_NOMEM, "out of memory for a table");
    }
    s->cells[row * s->columns + column] = kept;
    return DRO_OK;
}

static dro_status put_number(sheet *s, size_t row, size_t column, double value,
                             int decimals) {
    char text[64];
    return put(s, row, column, dro_report_grouped(value, decimals, text, sizeof text));
}

/* ---- legs --------------------------------------------------------------------------
 */

static void leg_text(const dro_chain_leg *leg, char *out, size_t size) {
    const char *mode = dro_chain_mode_text(leg->mode);
    char text[TEXT_MAX];
    if (strcmp(leg->from, leg->to) == 0) {
        (void)snprintf(text, sizeof text, "%s, %s: %s", leg->from, mode, leg->what);
    } else if (leg->mode == DRO_CHAIN_LINER || leg->mode == DRO_CHAIN_TRAMP) {
        (void)snprintf(text, sizeof text, "%s to %s by %s", mode, leg->to, leg->what);
    } else {
        (void)snprintf(text, sizeof text, "%s to %s", mode, leg->to);
    }
    cut(text, LEG_CHARACTERS, out, size);
}

static dro_status put_leg(sheet *s, size_t row, size_t column,
                          const dro_chain_leg *leg) {
    char text[TEXT_MAX];
    leg_text(leg, text, sizeof text);
    DRO_TRY(put(s, row, column, text));
    DRO_TRY(put_number(s, row, column + 1, leg->total.time_h / 24.0, 1));
    DRO_TRY(put_number(s, row, column + 2, leg->total.cost_usd, 0));
    return put_number(s, row, column + 3, leg->total.co2_kg, 0);
}

static dro_status write_legs(FILE *out, const dro_comparison *of, dro_arena *arena,
                             dro_error *error) {
    const dro_table_column columns[] = {
        {of->sides[0].scenario, false}, {"d", true}, {"USD", true}, {"kg CO2", true},
        {of->sides[1].scenario, false}, {"d", true}, {"USD", true}, {"kg CO2", true}};
    size_t rows = of->sides[0].best.leg_count > of->sides[1].best.leg_count
                      ? of->sides[0].best.leg_count
                      : of->sides[1].best.leg_count;
    sheet s;
    DRO_TRY(sheet_begin(&s, arena, 8, rows, error));
    for (size_t side = 0; side < 2; side++) {
        const dro_chain *chain = &of->sides[side].best;
        for (size_t i = 0; i < chain->leg_count; i++) {
            DRO_TRY(put_leg(&s, i, 4 * side, &chain->legs[i]));
        }
    }
    dro_report_table(out, columns, 8, s.cells, rows);
    return DRO_OK;
}

/* ---- totals ------------------------------------------------------------------------
 */

static dro_status put_measured(sheet *s, size_t row, size_t column, dro_chain_by by,
                               const dro_measured *m, bool sampled) {
    char median[64], low[64], high[64], text[TEXT_MAX];
    int decimals = by == DRO_CHAIN_BY_TIME ? 1 : 0;
    DRO_TRY(put_number(s, row, column, compare_shown(by, m->value), decimals));
    if (!sampled || !isfinite(m->value)) {
        return DRO_OK;
    }
    (void)snprintf(text, sizeof text, "%s (%s to %s)",
                   dro_report_grouped(compare_shown(by, m->sampled.median), decimals,
                                      median, sizeof median),
                   dro_report_grouped(compare_shown(by, m->sampled.low), decimals, low,
                                      sizeof low),
                   dro_report_grouped(compare_shown(by, m->sampled.high), decimals,
                                      high, sizeof high));
    return put(s, row, column + 1, text);
}

static dro_status write_totals(FILE *out, const dro_comparison *of, dro_arena *arena,
                               dro_error *error) {
    const bool sampled = of->samples > 0;
    const char *range = sampled ? "median (5 to 95 %)" : "";
    char unit[TEXT_MAX];
    (void)snprintf(unit, sizeof unit, "per %s", of->unit);
    const dro_table_column columns[] = {{unit, false}, {of->sides[0].scenario, true},
                                        {range, true}, {of->sides[1].scenario, true},
                                        {range, true}, {"difference", true},
                                        {range, true}};
    sheet s;
    DRO_TRY(sheet_begin(&s, arena, 7, DRO_COMPARE_MEASURES, error));
    for (size_t k = 0; k < DRO_COMPARE_MEASURES; k++) {
        char label[64];
        dro_chain_by by = (dro_chain_by)k;
        (void)snprintf(label, sizeof label, "%s, %s", compare_label(by),
                       compare_unit(by));
        DRO_TRY(put(&s, k, 0, label));
        DRO_TRY(put_measured(&s, k, 1, by, &of->sides[0].whole[k], sampled));
        DRO_TRY(put_measured(&s, k, 3, by, &of->sides[1].whole[k], sampled));
        DRO_TRY(put_measured(&s, k, 5, by, &of->difference[k], sampled));
    }
    dro_report_table(out, columns, 7, s.cells, DRO_COMPARE_MEASURES);
    return DRO_OK;
}

/* ---- other chains ------------------------------------------------------------------
 */

/* "road to Callao, liner to Shanghai": what moves. */
static void chain_text(const dro_chain *chain, char *out, size_t size) {
    char text[TEXT_MAX] = "";
    size_t length = 0;
    for (size_t i = 0; i < chain->leg_count && length + 1 < sizeof text; i++) {
        const dro_chain_leg *leg = &chain->legs[i];
        if (leg->mode == DRO_CHAIN_TRANSFER || leg->mode == DRO_CHAIN_WAIT) {
            continue;
        }
        int added =
            snprintf(text + length, sizeof text - length, "%s%s to %s",
                     length ? ", " : "", dro_chain_mode_text(leg->mode), leg->to);
        length += added > 0 ? (size_t)added : 0;
    }
    cut(text, CHAIN_CHARACTERS, out, size);
}

static dro_status write_chains(FILE *out, const char *title, const char *scenario,
                               const dro_chain *chains, size_t count, dro_arena *arena,
                               dro_error *error) {
    static const dro_table_column columns[] = {
        {"d", true}, {"USD", true}, {"kg CO2", true}, {"way", false}};
    sheet s;
    if (count == 0) {
        return DRO_OK;
    }
    DRO_TRY(sheet_begin(&s, arena, 4, count, error));
    for (size_t i = 0; i < count; i++) {
        char text[TEXT_MAX];
        chain_text(&chains[i], text, sizeof text);
        DRO_TRY(put_number(&s, i, 0, chains[i].total.time_h / 24.0, 1));
        DRO_TRY(put_number(&s, i, 1, chains[i].total.cost_usd, 0));
        DRO_TRY(put_number(&s, i, 2, chains[i].total.co2_kg, 0));
        DRO_TRY(put(&s, i, 3, text));
    }
    (void)fprintf(out, "\n%s, %s:\n", title, scenario);
    dro_report_table(out, columns, 4, s.cells, count);
    return DRO_OK;
}

/* ---- what it hangs on ---------------------------------------------------------------
 */

#define INPUTS_SHOWN 8

static dro_status write_inputs(FILE *out, const dro_comparison *of, dro_arena *arena,
                               dro_error *error) {
    static const dro_table_column columns[] = {{"input", false}, {"low", true},
                                               {"high", true},   {"share", true},
                                               {"at low", true}, {"at high", true}};
    size_t rows = of->input_count < INPUTS_SHOWN ? of->input_count : INPUTS_SHOWN;
    bool both = of->sides[0].found && of->sides[1].found;
    int decimals = of->by == DRO_CHAIN_BY_TIME ? 1 : 0;
    sheet s;
    if (rows == 0) {
        return DRO_OK;
    }
    DRO_TRY(sheet_begin(&s, arena, 6, rows, error));
    for (size_t i = 0; i < rows; i++) {
        const dro_compared_input *input = &of->inputs[i];
        char low[DRO_NUMBER_MAX], high[DRO_NUMBER_MAX], share[32];
        (void)dro_format_double(input->range.low, low, sizeof low);
        (void)dro_format_double(input->range.high, high, sizeof high);
        (void)snprintf(share, sizeof share, "%.0f %%", 100.0 * input->share);
        DRO_TRY(put(&s, i, 0, input->name));
        DRO_TRY(put(&s, i, 1, low));
        DRO_TRY(put(&s, i, 2, high));
        DRO_TRY(put(&s, i, 3, share));
        DRO_TRY(put_number(&s, i, 4, compare_shown(of->by, input->at_low), decimals));
        DRO_TRY(put_number(&s, i, 5, compare_shown(of->by, input->at_high), decimals));
    }
    (void)fprintf(out, "\nWhat the %s in %s, %s, hangs on:\n",
                  both ? "difference" : "answer", compare_label(of->by),
                  compare_unit(of->by));
    dro_report_table(out, columns, 6, s.cells, rows);
    return DRO_OK;
}

/* ---- all of it
 * ----------------------------------------------------------------------- */

static void write_heading(FILE *out, const dro_comparison *of) {
    (void)fprintf(out, "%s to %s, %s, best by %s, %s\n\n", of->from, of->to,
                  of->commodity_name, compare_label(of->by),
                  of->quay ? "quay to quay" : "door to door");
    for (int i = 0; i < 2; i++) {
        const dro_compared *side = &of->sides[i];
        (void)fprintf(out, "%s: %s%s%s\n", side->scenario, side->title,
                      side->date[0] ? ", " : "", side->date);
        if (!side->found) {
            (void)fprintf(out, "  no way: %s\n", side->why);
        } else if (isfinite(side->best_share)) {
            (void)fprintf(out, "  stays the best way in %.0f %% of the samples\n",
                          100.0 * side->best_share);
        }
    }
    (void)fputc('\n', out);
}

dro_status compare_table(FILE *out, const dro_comparison *of, dro_arena *arena,
                         dro_error *error) {
    write_heading(out, of);
    DRO_TRY(write_legs(out, of, arena, error));
    (void)fputc('\n', out);
    DRO_TRY(write_totals(out, of, arena, error));
    for (int i = 0; i < 2; i++) {
        const dro_compared *side = &of->sides[i];
        DRO_TRY(write_chains(out, "Other ways", side->scenario, side->alternatives,
                             side->alternative_count, arena, error));
        DRO_TRY(write_chains(out, "No way is better in everything", side->scenario,
                             side->pareto, side->pareto_count, arena, error));
    }
    DRO_TRY(write_inputs(out, of, arena, error));
    (void)fprintf(out, "\n%s\n", COMPARE_NOTE);
    if (of->samples > 0) {
        (void)fprintf(out, "%zu samples, seed %llu.\n", of->samples,
                      (unsigned long long)of->seed);
    }
    return DRO_OK;
}
