/*
 * What every form of an audit's report shares: words and figures.
 */
#ifndef DRO_REPORT_VERDICTS_H
#define DRO_REPORT_VERDICTS_H

#include "derrotero/report.h"

#define VERDICT_COUNT 5

#define VERDICT_WORDS_MAX 160
typedef struct verdict_words {
    char text[VERDICT_WORDS_MAX];
} verdict_words;

/* "holds when" */
const char *verdict_label(dro_verdict verdict);
size_t verdict_count(const dro_audit_result *result, dro_verdict verdict);

/* Is there a number, a word or neither? */
bool verdict_has_number(const dro_audit_figure *figure);
bool verdict_has_figure(const dro_audit_figure *figure);
/* Does its range say more than its value? */
bool verdict_has_range(const dro_audit_figure *figure);
/* "12.1 d", "PECLL"; "" where there is none. */
verdict_words verdict_figure(const dro_audit_figure *figure);
/* "11.0 to 13.4", "" where there is none. */
verdict_words verdict_range(const dro_audit_figure *figure);
/* One number in the decimals of a figure, without its unit. */
verdict_words verdict_number(double value, const dro_audit_figure *like);

/* The trial whose figure is the claim's; the first where none is. */
size_t verdict_main_trial(const dro_audit_claim *claim);

dro_status verdict_table(FILE *out, const dro_audit_result *result, dro_error *error);
/* The workings of a claim, for people. */
dro_status verdict_workings(FILE *out, const dro_audit_claim *claim, dro_arena *arena,
                            dro_error *error);
dro_status verdict_json(FILE *out, const dro_audit_result *result, dro_error *error);
void verdict_csv(FILE *out, const dro_audit_result *result);
dro_status verdict_html(FILE *out, const dro_audit_result *result, const dro_land *land,
                        dro_error *error);

/* Lines of at most VERDICT_LINE characters. The first begins at column `at` (what is
 * there is already written), the others are indented by `indent`. */
#define VERDICT_LINE 100
void verdict_wrap(FILE *out, const char *text, size_t at, size_t indent);
size_t verdict_characters(const char *text);

#endif
