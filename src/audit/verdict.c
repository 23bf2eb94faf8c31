/* The verdict follows from the run: from the samples of each trial, from stated figures
 * that clash, or from what the file says cannot be tested. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "audit/claims.h"

static const double SURE = 0.9;    /* of the samples: it holds */
static const double UNSURE = 0.1;  /* fewer: it does not */
static const double TOUCHED = 0.2; /* about: enough samples within to depend on them */

const char *dro_verdict_word(dro_verdict verdict) {
    static const char *const words[] = {"holds", "holds-when", "does-not-hold",
                                        "sources-conflict", "not-testable"};
    return words[verdict];
}

/* ---- one trial --------------------------------------------------------------------
 */

typedef struct judged { /* a trial's samples */
    double *values, *with, *also;
    size_t count; /* of samples; one more as stated */
} judged;

static bool is_true(const comparison *is, double x, double a, double b) {
    double room = is->tolerance * fabs(a);
    switch (is->kind) {
    case COMPARE_ABOUT:
        return fabs(x - a) <= room;
    case COMPARE_UP_TO: /* some reach it, none goes beyond: see the best of them */
        return x >= a - room;
    case COMPARE_AT_LEAST:
        return x >= a;
    case COMPARE_AT_MOST:
        return x <= a;
    case COMPARE_MORE_THAN:
        return x > a;
    case COMPARE_LESS_THAN:
        return x < a;
    case COMPARE_BETWEEN:
        return x >= a && x <= b;
    case COMPARE_EQUALS:
        return is->port >= 0 ? x == (double)is->port : fabs(x - a) < 1e-9;
    case COMPARE_NONE:
    default:
        return true;
    }
}

static dro_status judged_make(audit *a, const trial *t, judged *j, dro_error *error) {
    size_t n = a->sampling.count;
    j->count = n;
    DRO_TRY(dro_new((void **)&j->values, n + 1, sizeof(double), "values", error));
    DRO_TRY(dro_new((void **)&j->with, n + 1, sizeof(double), "values", error));
    DRO_TRY(dro_new((void **)&j->also, n + 1, sizeof(double), "values", error));
    DRO_TRY(measure_values(a, t->measure, j->values, error));
    if (t->is.with) {
        DRO_TRY(measure_values(a, t->is.with, j->with, error));
    }
    return t->is.also ? measure_values(a, t->is.also, j->also, error) : DRO_OK;
}

static void judged_free(judged *j) {
    dro_free(j->values);
    dro_free(j->with);
    dro_free(j->also);
}

static double share_true(const trial *t, const judged *j) {
    size_t n = 0;
    for (size_t i = 0; i < j->count; i++) {
        n += is_true(&t->is, j->values[i], j->with[i], j->also[i]);
    }
    return (double)n / (double)j->count;
}

/* The reason that the first leaf without a figure gives; what binds a berth. */
static const char *reason_of(const audit *a, const measure *m) {
    if (m->op == MEASURE_LEAF) {
        const leaf *l = &a->leaves[m->leaf];
        return l->why_not ? l->why_not : l->binds ? l->binds : "";
    }
    const char *reason = "";
    for (size_t i = 0; i < m->term_count && reason[0] == '\0'; i++) {
        reason = reason_of(a, m->terms[i]);
    }
    return reason;
}

static bool is_port(const audit *a, const measure *m) {
    return m->op == MEASURE_LEAF && a->leaves[m->leaf].kind == LEAF_PORT;
}

/* The port that most samples choose. */
static double most_often(const double *values, size_t n) {
    double best = values[n];
    size_t most = 0;
    for (size_t i = 0; i < n; i++) {
        size_t same = 0;
        for (size_t k = 0; k < n; k++) {
            same += values[k] == values[i];
        }
        if (same > most) {
            most = same;
            best = values[i];
        }
        if (2 * most > n) {
            break;
        }
    }
    return best;
}

static bool all_figures(const double *values, size_t n) {
    for (size_t i = 0; i <= n; i++) {
        if (isnan(values[i])) {
            return false;
        }
    }
    return true;
}

static dro_status figure_of(const audit *a, const measure *m, const double *values,
                            dro_audit_figure *out, dro_error *error) {
    dro_summary s;
    size_t n = a->sampling.count;
    *out = (dro_audit_figure){(double)NAN, (double)NAN, (double)NAN, m->unit, NULL};
    if (!all_figures(values, n)) {
        return DRO_OK;
    }
    if (is_port(a, m)) {
        double port = most_often(values, n);
        const dro_facts *f = dro_case_facts(a->study);
        out->value = out->low = out->high = (double)NAN;
        out->text = port < 0.0 ? "none" : dro_facts_id(f, DRO_KIND_PORT, (size_t)port);
        return DRO_OK;
    }
    if (m->op == MEASURE_LEAF && a->leaves[m->leaf].kind == LEAF_BERTH) {
        out->text = values[n] > 0.5 ? "fits" : "does not fit";
        return DRO_OK;
    }
    DRO_TRY(dro_summary_make(values, n, &s, error));
    out->value = s.median;
    out->low = s.low;
    out->high = s.high;
    return DRO_OK;
}

static void decide(const trial *t, const judged *j, dro_audit_trial *out) {
    dro_audit_figure f = out->figure;
    if (isnan(f.value) && !f.text) {
        return;
    }
    out->share = share_true(t, j);
    if (t->is.kind == COMPARE_ABOUT || t->is.kind == COMPARE_UP_TO) {
        out->holds = is_true(&t->is, f.value, j->with[j->count], 0.0);
        out->depends = !out->holds && out->share >= TOUCHED;
    } else {
        out->holds = out->share >= SURE;
        out->depends = !out->holds && out->share > UNSURE;
    }
}

/* Where the comparison is true, around the figure that is claimed. */
static dro_audit_bound bound_of(const comparison *is, double a, double b) {
    const double open = (double)INFINITY, none = (double)NAN;
    double room = is->tolerance * fabs(a);
    switch (is->kind) {
    case COMPARE_ABOUT:
    case COMPARE_UP_TO:
        return (dro_audit_bound){true, a, a - room, a + room};
    case COMPARE_AT_LEAST:
    case COMPARE_MORE_THAN:
        return (dro_audit_bound){true, none, a, open};
    case COMPARE_AT_MOST:
    case COMPARE_LESS_THAN:
        return (dro_audit_bound){true, none, -open, a};
    case COMPARE_BETWEEN:
        return (dro_audit_bound){true, none, a, b};
    case COMPARE_EQUALS:
        return (dro_audit_bound){is->port < 0, a, a, a};
    case COMPARE_NONE:
    default:
        return (dro_audit_bound){.known = false};
    }
}

static dro_status judge_trial(audit *a, const trial *t, dro_audit_trial *out,
                              dro_error *error) {
    judged j = {0};
    *out = (dro_audit_trial){.name = t->name, .reason = "", .at = t->at};
    dro_status status = judged_make(a, t, &j, error);
    if (status == DRO_OK) {
        status = figure_of(a, t->measure, j.values, &out->figure, error);
    }
    if (status == DRO_OK) {
        out->reason = reason_of(a, t->measure);
        decide(t, &j, out);
        out->bound = bound_of(&t->is, j.with[j.count], j.also[j.count]);
    }
    judged_free(&j);
    return status;
}

/* ---- all trials --------------------------------------------------------------------
 */

typedef struct tally {
    size_t holds, depends, fails, blank;
    size_t best; /* the trial with the largest figure */
    char yes[400], no[400];
} tally;

static void note_name(char *list, size_t size, const char *name,
                      const dro_audit_figure *f) {
    size_t length = strlen(list);
    char number[32] = "";
    if (length + 90 > size) {
        if (length + 5 < size && list[length - 1] != '.') {
            (void)snprintf(list + length, size - length, ", ...");
        }
        return;
    }
    if (f->text) {
        (void)snprintf(number, sizeof number, " (%s)", f->text);
    } else if (!isnan(f->value)) {
        (void)snprintf(number, sizeof number,
                       fabs(f->value) < 100.0 ? " (%.3g%s%s)" : " (%.0f%s%s)", f->value,
                       f->unit[0] ? " " : "", f->unit);
    }
    (void)snprintf(list + length, size - length, "%s%.64s%s", length ? ", " : "", name,
                   number);
}

static tally count_trials(const dro_audit_trial *trials, size_t count) {
    tally t = {.yes = "", .no = ""};
    double largest = -(double)INFINITY;
    for (size_t i = 0; i < count; i++) {
        const dro_audit_trial *r = &trials[i];
        bool blank = isnan(r->figure.value) && !r->figure.text;
        t.blank += blank;
        t.holds += r->holds;
        t.depends += r->depends;
        t.fails += !r->holds && !r->depends;
        if (r->figure.value > largest) {
            largest = r->figure.value;
            t.best = i;
        }
        note_name(r->holds || r->depends ? t.yes : t.no, sizeof t.yes, r->name,
                  &r->figure);
    }
    return t;
}

static dro_verdict verdict_of(const claim *c, const tally *t) {
    if (t->blank == c->trial_count) {
        return DRO_NOT_TESTABLE;
    }
    if (c->any && t->holds) {
        return DRO_HOLDS;
    }
    if (t->holds == c->trial_count) {
        return DRO_HOLDS;
    }
    return t->holds || t->depends ? DRO_HOLDS_WHEN : DRO_DOES_NOT_HOLD;
}

/* "Up to" is also wrong where more is reached. */
static bool beyond(const audit *a, const claim *c, const tally *t,
                   const dro_audit_trial *trials) {
    const comparison *is = &c->trials[t->best].is;
    if (is->kind != COMPARE_UP_TO) {
        return false;
    }
    double most = is->with->op == MEASURE_LEAF
                      ? a->values[is->with->leaf][a->sampling.count]
                      : (double)NAN;
    return trials[t->best].figure.value > most * (1.0 + is->tolerance) &&
           trials[t->best].figure.low > most;
}

static void figure_words(const dro_audit_figure *f, char *text, size_t size) {
    if (f->text) {
        (void)snprintf(text, size, "%s", f->text);
    } else if (isnan(f->value)) {
        (void)snprintf(text, size, "no figure");
    } else if (f->high - f->low > 1e-9 * fabs(f->value)) {
        (void)snprintf(text, size, "%.4g %s (%.4g to %.4g)", f->value, f->unit, f->low,
                       f->high);
    } else {
        (void)snprintf(text, size, "%.4g %s", f->value, f->unit);
    }
}

static dro_status explain(audit *a, const claim *c, const tally *t, bool too_little,
                          dro_audit_claim *out, dro_error *error) {
    char figure[160];
    const dro_audit_trial *first = &out->trials[0];
    figure_words(&out->figure, figure, sizeof figure);
    if (too_little) {
        return audit_format(a, &out->because, error,
                            "More is reached than the claim says: %s from %s.", figure,
                            out->trials[t->best].name);
    }
    if (c->trial_count == 1) {
        const char *how = first->depends ? "true in part of the samples" : "";
        return audit_format(a, &out->because, error,
                            "The run gives %s; claimed: %s%s%s (true in %.0f %% of the "
                            "samples).%s%s",
                            figure, out->claimed, how[0] ? "; " : "", how,
                            100.0 * first->share, first->reason[0] ? " " : "",
                            first->reason);
    }
    return audit_format(a, &out->because, error, "%s%s%s%s%s%s",
                        t->yes[0] ? "True for: " : "", t->yes, t->yes[0] ? ". " : "",
                        t->no[0] ? "Not for: " : "", t->no, t->no[0] ? "." : "");
}

/* The comparison in words, with the figure that a measure gave. */
static dro_status claimed_words(audit *a, const trial *t, const char **out,
                                dro_error *error) {
    char figure[64] = "";
    double *with = NULL;
    *out = t->is.words;
    if (t->measure->op == MEASURE_LEAF &&
        a->leaves[t->measure->leaf].kind == LEAF_BERTH) {
        *out =
            is_true(&t->is, 1.0, 1.0, 1.0) ? "the ship fits" : "the ship does not fit";
        return DRO_OK;
    }
    if (!t->is.with || t->is.words[strlen(t->is.words) - 1] != ':') {
        return DRO_OK;
    }
    DRO_TRY(
        dro_new((void **)&with, a->sampling.count + 1, sizeof *with, "values", error));
    dro_status status = measure_values(a, t->is.with, with, error);
    (void)snprintf(figure, sizeof figure, "%.4g", with[a->sampling.count]);
    dro_free(with);
    DRO_TRY(status);
    int length = (int)strlen(t->is.words) - 1;
    if (t->is.tolerance > 0.0) {
        return audit_format(a, out, error, "%.*s %s %s, within %.3g %%", length,
                            t->is.words, figure, t->is.with->unit,
                            100.0 * t->is.tolerance);
    }
    return audit_format(a, out, error, "%.*s %s %s", length, t->is.words, figure,
                        t->is.with->unit);
}

static dro_status judge_trials(audit *a, const claim *c, dro_audit_claim *out,
                               dro_error *error) {
    dro_audit_trial *trials = dro_arena_alloc(a->arena, c->trial_count, sizeof *trials);
    if (!trials) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the trials");
    }
    for (size_t i = 0; i < c->trial_count; i++) {
        DRO_TRY(judge_trial(a, &c->trials[i], &trials[i], error));
    }
    tally t = count_trials(trials, c->trial_count);
    bool too_little = beyond(a, c, &t, trials);
    size_t main = c->trials[0].is.kind == COMPARE_UP_TO ? t.best : 0;
    out->trials = trials;
    out->trial_count = c->trial_count;
    out->figure = trials[main].figure;
    DRO_TRY(claimed_words(a, &c->trials[main], &out->claimed, error));
    out->verdict = too_little ? DRO_DOES_NOT_HOLD : verdict_of(c, &t);
    for (size_t i = 0; i < c->trial_count; i++) {
        bool shown = c->trial_count <= 12 || i == main; /* all else is one number */
        if (shown) {
            DRO_TRY(trial_steps(a, &c->trials[i], &trials[i], error));
        }
    }
    if (out->verdict == DRO_NOT_TESTABLE) {
        return audit_format(a, &out->because, error, "No figure can be computed: %s.",
                            trials[0].reason);
    }
    return explain(a, c, &t, too_little, out, error);
}

/* ---- conflicts ---------------------------------------------------------------------
 */

static bool comparable(const stated *p, const stated *q) {
    return strcmp(p->unit, q->unit) == 0 && strcmp(p->period, q->period) == 0 &&
           strcmp(p->definition, q->definition) == 0;
}

/* Intervals of rounding that only touch do not overlap: 1.2 is not 1.3. */
static bool overlap(const stated *p, const stated *q) {
    double room = 1e-9 * fmax(fabs(p->range.high), fabs(q->range.high));
    bool same = fabs(p->range.value - q->range.value) <= room;
    return same ||
           (p->range.low < q->range.high - room && q->range.low < p->range.high - room);
}

/* A figure of another period that one of two clashing figures agrees with: perhaps the
 * year is wrong. */
static const stated *other_period(const claim *c, const stated *p) {
    for (size_t i = 0; i < c->figure_count; i++) {
        const stated *q = &c->figures[i];
        if (strcmp(p->period, q->period) != 0 && strcmp(p->unit, q->unit) == 0 &&
            overlap(p, q)) {
            return q;
        }
    }
    return NULL;
}

static dro_status explain_conflict(audit *a, const claim *c, const stated *p,
                                   const stated *q, dro_audit_claim *out,
                                   dro_error *error) {
    const stated *moved = other_period(c, p);
    const char *wrong = "";
    moved = moved ? moved : other_period(c, q);
    if (moved) {
        DRO_TRY(audit_format(a, &wrong, error,
                             " One of them is the figure of %s: the year is wrong.",
                             moved->period));
    }
    return audit_format(
        a, &out->because, error,
        "Of the same quantity (%s%s%s) %s says %.6g %s and %s says %.6g "
        "%s, beyond rounding.%s",
        c->quantity, p->period[0] ? ", " : "", p->period, p->source, p->range.value,
        p->unit, q->source, q->range.value, q->unit, wrong);
}

static dro_status list_figures(audit *a, const claim *c, dro_audit_claim *out,
                               dro_error *error) {
    dro_audit_trial *trials =
        dro_arena_alloc(a->arena, c->figure_count, sizeof *trials);
    if (!trials) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the figures");
    }
    for (size_t i = 0; i < c->figure_count; i++) {
        const stated *s = &c->figures[i];
        trials[i] = (dro_audit_trial){
            .figure = {s->range.value, s->range.low, s->range.high, s->unit, NULL},
            .share = 1.0,
            .reason = s->definition,
            .at = {(double)NAN, (double)NAN}};
        DRO_TRY(audit_format(a, &trials[i].name, error, "%s%s%s",
                             s->title[0] ? s->title : s->source,
                             s->period[0] ? ", " : "", s->period));
    }
    out->trials = trials;
    out->trial_count = c->figure_count;
    out->figure = trials[0].figure;
    return DRO_OK;
}

static dro_status judge_conflict(audit *a, const claim *c, dro_audit_claim *out,
                                 dro_error *error) {
    DRO_TRY(list_figures(a, c, out, error));
    out->claimed = "sources agree";
    for (size_t i = 0; i < c->figure_count; i++) {
        for (size_t k = i + 1; k < c->figure_count; k++) {
            const stated *p = &c->figures[i], *q = &c->figures[k];
            if (comparable(p, q) && !overlap(p, q)) {
                out->verdict = DRO_SOURCES_CONFLICT;
                return explain_conflict(a, c, p, q, out, error);
            }
        }
    }
    out->verdict = DRO_HOLDS;
    return audit_format(a, &out->because, error,
                        "No two of the figures of %s are of the same period and "
                        "definition and differ beyond rounding.",
                        c->quantity);
}

/* ---- the claim
 * ------------------------------------------------------------------------
 */

static dro_status untestable(audit *a, const claim *c, dro_audit_claim *out,
                             dro_error *error) {
    if (c->trial_count) {
        DRO_TRY(judge_trials(a, c, out, error));
    }
    out->verdict = DRO_NOT_TESTABLE;
    return audit_format(a, &out->because, error, "%s", c->not_testable);
}

dro_status claim_judge(audit *a, const claim *c, dro_audit_claim *out,
                       dro_error *error) {
    *out =
        (dro_audit_claim){.id = c->id,
                          .article = c->article,
                          .who = c->who,
                          .date = c->date,
                          .says = c->says,
                          .note = c->note,
                          .claimed = "",
                          .because = "",
                          .figure = {(double)NAN, (double)NAN, (double)NAN, "", NULL},
                          .file = c->file,
                          .line = c->line};
    if (c->not_testable) {
        DRO_TRY(untestable(a, c, out, error));
    } else if (c->figure_count) {
        DRO_TRY(judge_conflict(a, c, out, error));
        if (out->verdict == DRO_HOLDS && c->trial_count) {
            DRO_TRY(judge_trials(a, c, out, error));
        }
    } else {
        DRO_TRY(judge_trials(a, c, out, error));
    }
    return claim_sources(a, c, out, error);
}
