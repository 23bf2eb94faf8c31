/* Trials as dots with their 5 to 95 % against what is claimed, and the inputs that the
 * figure hangs on. */
#include <math.h>
#include <string.h>

#include "report/page.h"

#define UNITS_MAX 8
#define OPEN_MAX  14 /* more trials than this are folded away under the map */

static const char *name_of(const dro_audit_trial *t) {
    return t->name[0] == '\0' ? "The run" : t->name;
}

/* Figures of sources side by side, or of what nothing is claimed about, are not. */
static bool is_tried(const dro_audit_claim *c) {
    return c->verdict != DRO_SOURCES_CONFLICT && c->verdict != DRO_NOT_TESTABLE;
}

static bool is_yes_or_no(const dro_audit_figure *f) {
    return f->unit[0] == '\0' && (f->value == 0.0 || f->value == 1.0) &&
           !verdict_has_range(f);
}

/* Ones and noughts alone make no plot. */
static bool worth_drawing(const dro_audit_claim *c) {
    for (size_t i = 0; i < c->trial_count; i++) {
        const dro_audit_figure *f = &c->trials[i].figure;
        if (verdict_has_number(f) && !is_yes_or_no(f)) {
            return true;
        }
    }
    return false;
}

static bool drawn(const dro_audit_claim *c, const dro_audit_trial *t) {
    return worth_drawing(c) && verdict_has_number(&t->figure);
}

/* ---- one row ------------------------------------------------------------------------
 */

static void vertical(dro_ink *ink, const char *class, const page_axis *axis, double x) {
    if (!(x >= axis->low && x <= axis->high)) {
        return;
    }
    dro_ink_add(ink, "<line class=\"%s\" y1=\"0\" y2=\"100%%\"", class);
    page_percent(ink, "x1", page_axis_at(axis, x));
    page_percent(ink, "x2", page_axis_at(axis, x));
    dro_ink_raw(ink, "/>");
}

static void draw_bound(dro_ink *ink, const page_axis *axis, const dro_audit_bound *b) {
    if (!b->known || b->high < axis->low || b->low > axis->high) {
        return;
    }
    double left = page_axis_at(axis, b->low), right = page_axis_at(axis, b->high);
    dro_ink_raw(ink, "<rect class=\"bound\" y=\"0\" height=\"100%\"");
    page_percent(ink, "x", left);
    page_percent(ink, "width", fmax(right - left, 0.4));
    dro_ink_raw(ink, "/>");
    vertical(ink, "claimed", axis, b->value);
}

static void draw_dot(dro_ink *ink, const page_axis *axis, const dro_audit_trial *t) {
    const dro_audit_figure *f = &t->figure;
    if (verdict_has_range(f)) {
        dro_ink_raw(ink, "<line class=\"range\" y1=\"50%\" y2=\"50%\"");
        page_percent(ink, "x1", page_axis_at(axis, f->low));
        page_percent(ink, "x2", page_axis_at(axis, f->high));
        dro_ink_raw(ink, "/>");
    }
    dro_ink_raw(ink, "<circle class=\"dot\" r=\"5\" cy=\"50%\"");
    page_percent(ink, "cx", page_axis_at(axis, f->value));
    dro_ink_raw(ink, "/>");
}

static void draw_plot(dro_ink *ink, const page_axis *axis, const dro_audit_claim *c,
                      const dro_audit_trial *t) {
    bool stated = !is_tried(c);
    dro_ink_add(ink, "<svg class=\"plot v%d%s\" role=\"img\"><title>",
                (int)(stated ? c->verdict : page_outcome(t)),
                t->holds || stated ? " yes" : "");
    dro_ink_text(ink, name_of(t));
    dro_ink_raw(ink, ": ");
    page_figure(ink, verdict_figure(&t->figure).text);
    verdict_words span = page_range(&t->figure);
    if (span.text[0] != '\0') {
        dro_ink_raw(ink, " (");
        page_figure(ink, span.text);
        dro_ink_raw(ink, ")");
    }
    dro_ink_raw(ink, "</title>");
    draw_bound(ink, axis, &t->bound);
    vertical(ink, "zero", axis, 0.0);
    draw_dot(ink, axis, t);
    dro_ink_raw(ink, "</svg>");
}

static void add_outcome(dro_ink *ink, const dro_audit_claim *c,
                        const dro_audit_trial *t) {
    static const char *const words[VERDICT_COUNT] = {"holds", "depends", "does not", "",
                                                     "no figure"};
    dro_verdict outcome = page_outcome(t);
    if (!is_tried(c) && verdict_has_figure(&t->figure)) {
        return;
    }
    page_sign(ink, outcome);
    dro_ink_add(ink, "<span>%s", words[outcome]);
    if (outcome == DRO_HOLDS_WHEN) {
        dro_ink_add(ink, ", %.0f %%", 100.0 * t->share);
    }
    dro_ink_raw(ink, "</span>");
}

static void add_row(dro_ink *ink, const dro_audit_claim *c, const dro_audit_trial *t,
                    const page_axis *axis) {
    dro_ink_raw(ink, "<li class=\"trial\"><span class=\"name\">");
    dro_ink_text(ink, name_of(t));
    page_tagged(ink, "small", "", t->reason);
    dro_ink_raw(ink, "</span>");
    if (axis != NULL) {
        draw_plot(ink, axis, c, t);
    } else {
        dro_ink_raw(ink, "<span class=\"plot none\"></span>");
    }
    dro_ink_raw(ink, "<span class=\"value\">");
    page_figure_and_range(ink, &t->figure);
    dro_ink_raw(ink, "</span><span class=\"outcome\">");
    add_outcome(ink, c, t);
    dro_ink_raw(ink, "</span></li>\n");
}

/* ---- groups of one unit
 * --------------------------------------------------------------
 */

typedef struct unit_list {
    const char *items[UNITS_MAX];
    size_t count;
} unit_list;

static void note_unit(unit_list *list, const char *unit) {
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i], unit) == 0) {
            return;
        }
    }
    if (list->count < UNITS_MAX) {
        list->items[list->count++] = unit;
    }
}

static page_axis axis_of(const dro_audit_claim *c, const char *unit) {
    page_axis axis = page_axis_empty();
    for (size_t i = 0; i < c->trial_count; i++) {
        const dro_audit_trial *t = &c->trials[i];
        if (drawn(c, t) && strcmp(t->figure.unit, unit) == 0) {
            page_axis_add(&axis, t->figure.value);
            page_axis_add(&axis, t->figure.low);
            page_axis_add(&axis, t->figure.high);
        }
        if (drawn(c, t) && strcmp(t->figure.unit, unit) == 0 && t->bound.known) {
            page_axis_add(&axis, t->bound.value);
            page_axis_add(&axis, t->bound.low);
            page_axis_add(&axis, t->bound.high);
        }
    }
    page_axis_settle(&axis);
    return axis;
}

static void add_unit(dro_ink *ink, const dro_audit_claim *c, const char *unit) {
    page_axis axis = axis_of(c, unit);
    dro_ink_raw(ink, "<ul class=\"trials\">\n");
    for (size_t i = 0; i < c->trial_count; i++) {
        const dro_audit_trial *t = &c->trials[i];
        if (drawn(c, t) && strcmp(t->figure.unit, unit) == 0) {
            add_row(ink, c, t, &axis);
        }
    }
    dro_ink_raw(ink, "<li class=\"trial scale\"><span class=\"name\"></span>");
    page_axis_draw(ink, &axis, unit);
    dro_ink_raw(ink, "</li>\n</ul>\n");
}

static void add_undrawn(dro_ink *ink, const dro_audit_claim *c) {
    bool some = false;
    for (size_t i = 0; i < c->trial_count; i++) {
        if (!drawn(c, &c->trials[i])) {
            dro_ink_raw(ink, some ? "" : "<ul class=\"trials words\">\n");
            add_row(ink, c, &c->trials[i], NULL);
            some = true;
        }
    }
    dro_ink_raw(ink, some ? "</ul>\n" : "");
}

static void add_key(dro_ink *ink, const dro_audit_claim *c) {
    bool bound = false, number = false;
    for (size_t i = 0; i < c->trial_count; i++) {
        bound |= c->trials[i].bound.known && drawn(c, &c->trials[i]);
        number |= drawn(c, &c->trials[i]);
    }
    if (!number) {
        return;
    }
    dro_ink_raw(ink, "<p class=\"key\"><span><i class=\"k-dot\"></i>median</span>"
                     "<span><i class=\"k-range\"></i>5 to 95 % of the samples</span>");
    dro_ink_raw(ink,
                bound ? "<span><i class=\"k-bound\"></i>what is claimed</span>" : "");
    dro_ink_raw(ink, "</p>\n");
}

void page_trials(page *p, const dro_audit_claim *c) {
    unit_list units = {.count = 0};
    bool fold = c->trial_count > OPEN_MAX;
    if (c->trial_count == 0) {
        return;
    }
    for (size_t i = 0; i < c->trial_count; i++) {
        if (drawn(c, &c->trials[i])) {
            note_unit(&units, c->trials[i].figure.unit);
        }
    }
    dro_ink_add(p->ink, "<h3>%s</h3>\n",
                c->verdict == DRO_SOURCES_CONFLICT ? "What the sources say"
                : c->verdict == DRO_NOT_TESTABLE   ? "What the run can say"
                : c->trial_count == 1              ? "The figure"
                                                   : "Tried for");
    if (fold) {
        dro_ink_add(p->ink,
                    "<details class=\"fold\"><summary>All %zu trials</summary>\n",
                    c->trial_count);
    }
    for (size_t u = 0; u < units.count; u++) {
        add_unit(p->ink, c, units.items[u]);
    }
    add_undrawn(p->ink, c);
    add_key(p->ink, c);
    dro_ink_raw(p->ink, fold ? "</details>\n" : "");
}

/* ---- causes
 * --------------------------------------------------------------------------
 */

static page_axis cause_axis(const dro_audit_claim *c) {
    page_axis axis = page_axis_empty();
    page_axis_add(&axis, c->figure.value);
    for (size_t i = 0; i < c->cause_count; i++) {
        page_axis_add(&axis, c->causes[i].at_low);
        page_axis_add(&axis, c->causes[i].at_high);
    }
    double span = axis.high - axis.low;
    if (page_axis_known(&axis) && span > 0.0) { /* differences count here, not zero */
        axis.low -= 0.08 * span;
        axis.high += 0.08 * span;
        page_axis near = axis;
        page_axis_settle(&near);
        axis.step = near.step;
        return axis;
    }
    page_axis_settle(&axis);
    return axis;
}

static void draw_cause(dro_ink *ink, const page_axis *axis, const dro_audit_claim *c,
                       const dro_audit_cause *cause) {
    double a = page_axis_at(axis, cause->at_low),
           b = page_axis_at(axis, cause->at_high);
    dro_ink_raw(ink, "<svg class=\"plot cause\" role=\"img\"><title>");
    dro_ink_text(ink, cause->input);
    dro_ink_raw(ink, ": at its low ");
    page_figure(ink, verdict_number(cause->at_low, &c->figure).text);
    dro_ink_raw(ink, ", at its high ");
    page_figure(ink, verdict_number(cause->at_high, &c->figure).text);
    dro_ink_raw(ink, "</title>");
    vertical(ink, "zero", axis, c->figure.value);
    dro_ink_raw(ink, "<rect class=\"span\" y=\"30%\" height=\"40%\"");
    page_percent(ink, "x", fmin(a, b));
    page_percent(ink, "width", fmax(fabs(b - a), 0.3));
    dro_ink_raw(ink, "/><circle class=\"low\" r=\"4.5\" cy=\"50%\"");
    page_percent(ink, "cx", a);
    dro_ink_raw(ink, "/><circle class=\"high\" r=\"4.5\" cy=\"50%\"");
    page_percent(ink, "cx", b);
    dro_ink_raw(ink, "/></svg>");
}

void page_causes(page *p, const dro_audit_claim *c) {
    dro_ink *ink = p->ink;
    if (c->cause_count == 0) {
        return;
    }
    page_axis axis = cause_axis(c);
    dro_ink_raw(ink, "<h3>What the figure hangs on</h3>\n<ul class=\"trials\">\n");
    for (size_t i = 0; i < c->cause_count; i++) {
        const dro_audit_cause *cause = &c->causes[i];
        dro_ink_raw(ink, "<li class=\"trial\"><span class=\"name\">");
        dro_ink_text(ink, cause->input);
        dro_ink_raw(ink, "</span>");
        draw_cause(ink, &axis, c, cause);
        dro_ink_add(ink,
                    "<span class=\"value\">%.0f %%<small>of the spread</small></span>"
                    "<span class=\"outcome\"></span></li>\n",
                    100.0 * cause->share);
    }
    dro_ink_raw(ink, "<li class=\"trial scale\"><span class=\"name\"></span>");
    page_axis_draw(ink, &axis, c->figure.unit);
    dro_ink_raw(ink,
                "</li>\n</ul>\n<p class=\"key\"><span><i class=\"k-low\"></i>with the "
                "input at its low end</span><span><i class=\"k-high\"></i>at its high "
                "end</span></p>\n");
}
