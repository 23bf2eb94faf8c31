/* The workings: steps as a tree; chains as bars of days or dollars by leg, on one scale
 * for the whole claim, and leg by leg in a table. */
#include <math.h>
#include <string.h>

#include "report/page.h"

#define BAR_PERCENT 84.0 /* of the width: the rest is for the total */
#define MODE_COUNT  9

void page_chains_find(const dro_audit_claim *claim, page_chains *out) {
    out->count = out->deciding = 0;
    size_t main = verdict_main_trial(claim);
    for (size_t k = 0; k < claim->trial_count; k++) {
        size_t t = k == 0 ? main : k <= main ? k - 1 : k; /* what decides first */
        const dro_audit_trial *trial = &claim->trials[t];
        for (size_t i = 0; i < trial->step_count; i++) {
            if (trial->steps[i].chain != NULL && out->count < PAGE_CHAINS_MAX) {
                out->items[out->count++] = trial->steps[i].chain;
            }
        }
        out->deciding = k == 0 ? out->count : out->deciding;
    }
}

static size_t number_of(const page_chains *chains, const dro_audit_chain *chain) {
    for (size_t i = 0; i < chains->count; i++) {
        if (chains->items[i] == chain) {
            return i + 1;
        }
    }
    return 0;
}

/* ---- what the bars measure
 * -----------------------------------------------------------
 */

typedef enum bar_measure {
    BAR_DAYS,
    BAR_USD,
    BAR_CO2
} bar_measure;

static bar_measure measure_of(const dro_audit_claim *c) {
    const char *unit = c->figure.unit;
    return strstr(unit, "USD") != NULL   ? BAR_USD
           : strncmp(unit, "kg", 2) == 0 ? BAR_CO2
                                         : BAR_DAYS;
}

static dro_range pick(bar_measure m, dro_range time_h, dro_range cost, dro_range co2) {
    if (m == BAR_DAYS) {
        return (dro_range){time_h.value / 24.0, time_h.low / 24.0, time_h.high / 24.0};
    }
    return m == BAR_USD ? cost : co2;
}

static dro_range of_leg(bar_measure m, const dro_audit_leg *l) {
    return pick(m, l->time_h, l->cost_usd, l->co2_kg);
}

static dro_range of_chain(bar_measure m, const dro_audit_chain *c) {
    return pick(m, c->time_h, c->cost_usd, c->co2_kg);
}

static double positive(double value) {
    return isfinite(value) && value > 0.0 ? value : 0.0;
}

/* Legs need not add up to the whole: medians do not. */
static double legs_sum(bar_measure m, const dro_audit_chain *c) {
    double sum = 0.0;
    for (size_t i = 0; i < c->leg_count; i++) {
        sum += positive(of_leg(m, &c->legs[i]).value);
    }
    return sum;
}

static double longest(bar_measure m, const page_chains *chains) {
    double most = 0.0;
    for (size_t i = 0; i < chains->count; i++) {
        most = fmax(most, legs_sum(m, chains->items[i]));
    }
    return most;
}

static verdict_words words_of(bar_measure m, dro_range r) {
    static const char *const units[] = {"d", "USD", "kg"};
    dro_audit_figure f = {r.value, r.low, r.high, units[m], NULL};
    verdict_words out, span = page_range(&f);
    (void)snprintf(out.text, sizeof out.text, "%.60s%s%.60s%s",
                   isfinite(r.value) ? verdict_figure(&f).text : "\xE2\x80\x93",
                   span.text[0] ? " (" : "", span.text, span.text[0] ? ")" : "");
    return out;
}

/* ---- bars
 * ----------------------------------------------------------------------------
 */

static void add_title(dro_ink *ink, bar_measure m, const dro_audit_leg *l) {
    dro_ink_raw(ink, "<title>");
    dro_ink_text(ink, dro_chain_mode_text(l->mode));
    dro_ink_raw(ink, ": ");
    dro_ink_text(ink, l->from);
    if (strcmp(l->from, l->to) != 0) {
        dro_ink_raw(ink, " to ");
        dro_ink_text(ink, l->to);
    }
    if (l->what[0] != '\0') {
        dro_ink_raw(ink, ", ");
        dro_ink_text(ink, l->what);
    }
    dro_ink_raw(ink, ": ");
    dro_ink_text(ink, words_of(m, of_leg(m, l)).text);
    dro_ink_raw(ink, "</title>");
}

/* What stands within a part of the bar, where it has room: 0.8 % a character or so. */
static void add_inside(dro_ink *ink, double value, double left, double width) {
    dro_audit_figure f = {value, (double)NAN, (double)NAN, "", NULL};
    verdict_words text = verdict_number(value, &f);
    if (value < 10.0) {
        (void)dro_report_grouped(value, 1, text.text, sizeof text.text);
    }
    if (width < 2.2 + 1.9 * (double)strlen(text.text)) {
        return;
    }
    dro_ink_raw(ink, "<text y=\"50%\" dy=\".36em\" text-anchor=\"middle\"");
    page_percent(ink, "x", left + width / 2.0);
    dro_ink_add(ink, ">%s</text>", text.text);
}

static void add_part(dro_ink *ink, bar_measure m, const dro_audit_leg *l, double left,
                     double width) {
    dro_ink_add(ink, "<g class=\"m%d\">", (int)l->mode);
    add_title(ink, m, l);
    dro_ink_raw(ink, "<rect y=\"0\" height=\"100%\"");
    page_percent(ink, "x", left);
    page_percent(ink, "width", width);
    dro_ink_raw(ink, "/>");
    add_inside(ink, positive(of_leg(m, l).value), left, width);
    dro_ink_raw(ink, "</g>");
}

static void add_bar(dro_ink *ink, bar_measure m, const dro_audit_chain *c,
                    double most) {
    double left = 0.0, scale = most > 0.0 ? BAR_PERCENT / most : 0.0;
    static const char *const units[] = {"d", "USD", "kg"};
    dro_range whole = of_chain(m, c);
    dro_audit_figure f = {whole.value, whole.value, whole.value, units[m], NULL};
    dro_ink_raw(ink, "<svg class=\"bar\" role=\"img\"><title>");
    dro_ink_text(ink, c->title);
    dro_ink_raw(ink, ": ");
    dro_ink_text(ink, words_of(m, whole).text);
    dro_ink_raw(ink, "</title>");
    for (size_t i = 0; i < c->leg_count; i++) {
        double width = scale * positive(of_leg(m, &c->legs[i]).value);
        if (width > 0.0) {
            add_part(ink, m, &c->legs[i], left, width);
            left += width;
        }
    }
    dro_ink_raw(ink, "<text class=\"total\" y=\"50%\" dy=\".36em\" dx=\"6\"");
    page_percent(ink, "x", left);
    dro_ink_raw(ink, ">");
    dro_ink_text(ink, isfinite(whole.value) ? verdict_figure(&f).text : "");
    dro_ink_raw(ink, "</text></svg>\n");
}

void page_mode_key(dro_ink *ink, dro_chain_mode mode) {
    dro_ink_add(ink,
                "<span><svg class=\"swatch m%d\" aria-hidden=\"true\"><rect "
                "width=\"100%%\" height=\"100%%\"/></svg>%s</span>",
                (int)mode, dro_chain_mode_text(mode));
}

static void add_modes(dro_ink *ink, const page_chains *chains) {
    bool used[MODE_COUNT] = {false};
    for (size_t i = 0; i < chains->count; i++) {
        for (size_t k = 0; k < chains->items[i]->leg_count; k++) {
            used[chains->items[i]->legs[k].mode % MODE_COUNT] = true;
        }
    }
    dro_ink_raw(ink, "<p class=\"key\">");
    for (int m = 0; m < MODE_COUNT; m++) {
        if (used[m]) {
            page_mode_key(ink, (dro_chain_mode)m);
        }
    }
    dro_ink_raw(ink, "</p>\n");
}

/* ---- leg by leg
 * ----------------------------------------------------------------------
 */

static void add_cell(dro_ink *ink, double value, int decimals) {
    char text[64];
    dro_ink_raw(ink, "<td class=\"n\">");
    page_figure(ink, isfinite(value)
                         ? dro_report_grouped(value, decimals, text, sizeof text)
                         : "\xE2\x80\x93");
    dro_ink_raw(ink, "</td>");
}

static void add_leg(dro_ink *ink, const dro_audit_leg *l) {
    dro_ink_raw(ink, "<tr><td class=\"mode\">");
    page_mode_key(ink, l->mode);
    dro_ink_raw(ink, "</td><td>");
    dro_ink_text(ink, l->from);
    if (strcmp(l->from, l->to) != 0) {
        dro_ink_raw(ink, " \xE2\x86\x92 ");
        dro_ink_text(ink, l->to);
    }
    page_tagged(ink, "small", "", l->what);
    dro_ink_raw(ink, "</td>");
    add_cell(ink, l->distance_km > 0.0 ? l->distance_km : (double)NAN, 0);
    add_cell(ink, l->time_h.value / 24.0, 1);
    add_cell(ink, l->cost_usd.value, 0);
    add_cell(ink, l->co2_kg.value, 0);
    dro_ink_raw(ink, "</tr>\n");
}

static void add_legs(dro_ink *ink, const dro_audit_chain *c) {
    dro_ink_raw(ink, "<details><summary>Leg by leg</summary><div class=\"scroll\">"
                     "<table class=\"legs\"><thead><tr><th scope=\"col\">by</th>"
                     "<th scope=\"col\">leg</th><th scope=\"col\" class=\"n\">km</th>"
                     "<th scope=\"col\" class=\"n\">days</th>");
    dro_ink_add(ink,
                "<th scope=\"col\" class=\"n\">USD / %s</th><th scope=\"col\" "
                "class=\"n\">kg CO\xE2\x82\x82</th></tr></thead>\n<tbody>\n",
                c->per_teu ? "TEU" : "t");
    for (size_t i = 0; i < c->leg_count; i++) {
        add_leg(ink, &c->legs[i]);
    }
    dro_ink_raw(ink, "<tr class=\"sum\"><td>all</td><td></td><td></td>");
    add_cell(ink, c->time_h.value / 24.0, 1);
    add_cell(ink, c->cost_usd.value, 0);
    add_cell(ink, c->co2_kg.value, 0);
    dro_ink_raw(ink, "</tr></tbody></table></div></details>\n");
}

static void add_chain(dro_ink *ink, bar_measure m, const dro_audit_chain *c,
                      double most) {
    dro_ink_raw(ink, "<figure class=\"chain\"><figcaption>");
    for (int k = 0; k < 3; k++) {
        dro_ink_raw(ink, k == 0 ? "" : " \xC2\xB7 ");
        page_figure(ink, words_of((bar_measure)k, of_chain((bar_measure)k, c)).text);
    }
    dro_ink_add(ink, " CO\xE2\x82\x82, per %s of ", c->per_teu ? "TEU" : "tonne");
    dro_ink_text(ink, c->commodity[0] != '\0' ? c->commodity : "goods");
    dro_ink_raw(ink, ", scenario ");
    dro_ink_text(ink, c->scenario);
    dro_ink_raw(ink, "</figcaption>\n");
    add_bar(ink, m, c, most);
    add_legs(ink, c);
    dro_ink_raw(ink, "</figure>\n");
}

/* ---- steps
 * ---------------------------------------------------------------------------
 */

typedef struct stepping {
    const page_chains *chains;
    bar_measure measure;
    double most;
} stepping;

static void add_step(dro_ink *ink, const stepping *s, const dro_audit_step *step) {
    verdict_words value = verdict_figure(&step->figure);
    verdict_words span = page_range(&step->figure);
    size_t number = step->chain != NULL ? number_of(s->chains, step->chain) : 0;
    dro_ink_add(ink, "<li style=\"--depth:%u\"><p><span>", step->depth);
    if (number > 0) {
        dro_ink_add(ink, "<b class=\"nr\">%zu</b> ", number);
    }
    dro_ink_text(ink, step->text);
    dro_ink_raw(ink, "</span><span class=\"value\">");
    page_figure(ink, value.text);
    if (span.text[0] != '\0') {
        dro_ink_raw(ink, " <small>");
        page_figure(ink, span.text);
        dro_ink_raw(ink, "</small>");
    }
    dro_ink_raw(ink, "</span></p>\n");
    if (number > 0) {
        add_chain(ink, s->measure, step->chain, s->most);
    }
    dro_ink_raw(ink, "</li>\n");
}

static void add_trial(dro_ink *ink, const stepping *s, const dro_audit_claim *c,
                      size_t trial, bool open) {
    const dro_audit_trial *t = &c->trials[trial];
    const char *name = t->name[0] == '\0' ? "The run" : t->name;
    bool named = c->trial_count > 1;
    if (t->step_count == 0) {
        return;
    }
    if (named) {
        dro_ink_add(ink, "<details class=\"trial-steps\"%s><summary>",
                    open ? " open" : "");
        dro_ink_text(ink, name);
        dro_ink_raw(ink, "</summary>\n");
    }
    dro_ink_raw(ink, "<ol class=\"steps\">\n");
    for (size_t i = 0; i < t->step_count; i++) {
        add_step(ink, s, &t->steps[i]);
    }
    dro_ink_raw(ink, named ? "</ol></details>\n" : "</ol>\n");
}

void page_workings(page *p, const dro_audit_claim *c, const page_chains *chains) {
    stepping s = {chains, measure_of(c), 0.0};
    size_t main = verdict_main_trial(c), steps = 0;
    s.most = longest(s.measure, chains);
    for (size_t i = 0; i < c->trial_count; i++) {
        steps += c->trials[i].step_count;
    }
    if (steps == 0) {
        return;
    }
    dro_ink_raw(p->ink, "<h3>Workings</h3>\n");
    if (chains->count > 0) {
        add_modes(p->ink, chains);
    }
    add_trial(p->ink, &s, c, main, true);
    for (size_t i = 0; i < c->trial_count; i++) {
        if (i != main) {
            add_trial(p->ink, &s, c, i, false);
        }
    }
}
