/* The workings of one claim at a terminal: trials, steps, chains leg by leg, causes,
 * sources. */
#include <math.h>
#include <string.h>

#include "report/verdicts.h"

#define CELLS_MAX 8

typedef struct sheet { /* cells of a table, row by row */
    dro_arena *arena;
    const char **cells;
    size_t columns, count;
    bool failed;
} sheet;

static dro_status sheet_make(sheet *s, dro_arena *arena, size_t columns, size_t rows,
                             dro_error *error) {
    *s = (sheet){.arena = arena, .columns = columns};
    s->cells = dro_arena_alloc(arena, columns * rows + 1, sizeof *s->cells);
    return s->cells != NULL ? DRO_OK
                            : dro_fail(error, DRO_NOMEM, "out of memory for a table");
}

/* At most so many characters, the last of what is cut an ellipsis. */
static void put(sheet *s, const char *text, size_t most) {
    char cut[512];
    bool whole = verdict_characters(text) <= most;
    size_t bytes = 0, seen = 0;
    for (; text[bytes] != '\0'; bytes++) {
        seen += ((unsigned char)text[bytes] & 0xC0u) != 0x80u;
        if (seen > (whole ? most : most - 1) || bytes + 8 > sizeof cut) {
            break;
        }
    }
    int length = snprintf(cut, sizeof cut, "%.*s%s", (int)bytes, text,
                          whole ? "" : "\xE2\x80\xA6");
    char *copy = dro_arena_strndup(s->arena, cut, (size_t)length);
    s->failed |= copy == NULL;
    s->cells[s->count++] = copy == NULL ? "" : copy;
}

static void put_number(sheet *s, double value, int decimals) {
    char text[64];
    put(s, dro_report_grouped(value, decimals, text, sizeof text), sizeof text);
}

static dro_status sheet_print(FILE *out, const sheet *s,
                              const dro_table_column *columns, dro_error *error) {
    if (s->failed) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a table");
    }
    dro_report_table(out, columns, s->columns, s->cells, s->count / s->columns);
    return DRO_OK;
}

/* ---- trials ------------------------------------------------------------------------
 */

static const char *outcome(const dro_audit_trial *t, char *text, size_t size) {
    if (!verdict_has_figure(&t->figure)) {
        return "-";
    }
    (void)snprintf(text, size, "%s%.0f %%",
                   t->holds     ? "yes, in "
                   : t->depends ? "in "
                                : "no, in ",
                   100.0 * t->share);
    return text;
}

static dro_status trials(FILE *out, const dro_audit_claim *c, dro_arena *arena,
                         dro_error *error) {
    static const dro_table_column columns[] = {
        {"trial", false}, {"figure", true}, {"5 to 95 %", true}, {"true", false}};
    sheet s;
    char text[64];
    DRO_TRY(sheet_make(&s, arena, 4, c->trial_count, error));
    for (size_t i = 0; i < c->trial_count; i++) {
        const dro_audit_trial *t = &c->trials[i];
        put(&s, t->name[0] == '\0' ? "the run" : t->name, 46);
        put(&s, verdict_has_figure(&t->figure) ? verdict_figure(&t->figure).text : "-",
            18);
        put(&s, verdict_range(&t->figure).text, 20);
        put(&s, outcome(t, text, sizeof text), 14);
    }
    (void)fputc('\n', out);
    DRO_TRY(sheet_print(out, &s, columns, error));
    for (size_t i = 0; i < c->trial_count; i++) {
        const dro_audit_trial *t = &c->trials[i];
        if (t->reason[0] != '\0') {
            (void)fprintf(out, "  %s%s", t->name, t->name[0] == '\0' ? "" : ": ");
            size_t at = verdict_characters(t->name) + 4;
            verdict_wrap(out, t->reason, at, 4);
        }
    }
    return DRO_OK;
}

/* ---- steps and chains --------------------------------------------------------------
 */

static dro_status legs(FILE *out, const dro_audit_chain *c, dro_arena *arena,
                       dro_error *error) {
    static const dro_table_column columns[CELLS_MAX] = {
        {"mode", false}, {"from", false}, {"to", false}, {"what", false},
        {"km", true},    {"days", true},  {"USD", true}, {"kg CO2", true}};
    sheet s;
    DRO_TRY(sheet_make(&s, arena, CELLS_MAX, c->leg_count + 1, error));
    for (size_t i = 0; i < c->leg_count; i++) {
        const dro_audit_leg *l = &c->legs[i];
        put(&s, dro_chain_mode_text(l->mode), 9);
        put(&s, l->from, 17);
        put(&s, l->to, 17);
        put(&s, l->what, 16);
        put_number(&s, l->distance_km > 0.0 ? l->distance_km : (double)NAN, 0);
        put_number(&s, l->time_h.value / 24.0, 1);
        put_number(&s, l->cost_usd.value, 0);
        put_number(&s, l->co2_kg.value, 0);
    }
    put(&s, "all", 9);
    put(&s, "", 1);
    put(&s, "", 1);
    put(&s, c->per_teu ? "per TEU" : "per tonne", 16);
    put(&s, "", 1);
    put_number(&s, c->time_h.value / 24.0, 1);
    put_number(&s, c->cost_usd.value, 0);
    put_number(&s, c->co2_kg.value, 0);
    return sheet_print(out, &s, columns, error);
}

static void step_line(FILE *out, const dro_audit_step *step) {
    size_t indent = 2 + 2 * (size_t)step->depth;
    verdict_words value = verdict_figure(&step->figure);
    verdict_words span = verdict_range(&step->figure);
    (void)fprintf(out, "%*s", (int)indent, "");
    if (value.text[0] != '\0') {
        (void)fprintf(out, "%s%s%s%s  ", value.text, span.text[0] ? " (" : "",
                      span.text, span.text[0] ? ")" : "");
        indent += verdict_characters(value.text) + verdict_characters(span.text) +
                  (span.text[0] ? 5 : 2);
    }
    verdict_wrap(out, step->text, indent, 6 + 2 * (size_t)step->depth);
}

static dro_status steps(FILE *out, const dro_audit_claim *c, dro_arena *arena,
                        dro_error *error) {
    for (size_t t = 0; t < c->trial_count; t++) {
        const dro_audit_trial *trial = &c->trials[t];
        if (trial->step_count > 0) {
            (void)fprintf(out, "\nworkings%s%s\n", trial->name[0] == '\0' ? "" : ": ",
                          trial->name);
        }
        for (size_t i = 0; i < trial->step_count; i++) {
            step_line(out, &trial->steps[i]);
            if (trial->steps[i].chain != NULL) {
                (void)fputc('\n', out);
                DRO_TRY(legs(out, trial->steps[i].chain, arena, error));
                (void)fputc('\n', out);
            }
        }
    }
    return DRO_OK;
}

/* ---- causes and sources ------------------------------------------------------------
 */

static dro_status causes(FILE *out, const dro_audit_claim *c, dro_arena *arena,
                         dro_error *error) {
    static const dro_table_column columns[] = {{"what the figure hangs on", false},
                                               {"share", true},
                                               {"at its low", true},
                                               {"at its high", true}};
    sheet s;
    char text[64];
    if (c->cause_count == 0) {
        return DRO_OK;
    }
    DRO_TRY(sheet_make(&s, arena, 4, c->cause_count, error));
    for (size_t i = 0; i < c->cause_count; i++) {
        const dro_audit_cause *cause = &c->causes[i];
        (void)snprintf(text, sizeof text, "%.0f %%", 100.0 * cause->share);
        put(&s, cause->input, 56);
        put(&s, text, 8);
        put(&s, verdict_number(cause->at_low, &c->figure).text, 14);
        put(&s, verdict_number(cause->at_high, &c->figure).text, 14);
    }
    (void)fputc('\n', out);
    return sheet_print(out, &s, columns, error);
}

static void sources(FILE *out, const dro_audit_claim *c) {
    if (c->source_count > 0) {
        (void)fputs("\nsources\n", out);
    }
    for (size_t i = 0; i < c->source_count; i++) {
        const dro_source *s = c->sources[i];
        char text[1024];
        (void)snprintf(text, sizeof text, "%s: %s%s%s%s%s", s->id, s->title,
                       s->publisher[0] ? ", " : "", s->publisher,
                       s->year[0] ? ", " : "", s->year);
        (void)fputs("  ", out);
        verdict_wrap(out, text, 2, 4);
    }
}

dro_status verdict_workings(FILE *out, const dro_audit_claim *claim, dro_arena *arena,
                            dro_error *error) {
    if (claim->trial_count > 0) {
        DRO_TRY(trials(out, claim, arena, error));
    }
    DRO_TRY(steps(out, claim, arena, error));
    DRO_TRY(causes(out, claim, arena, error));
    sources(out, claim);
    return DRO_OK;
}
