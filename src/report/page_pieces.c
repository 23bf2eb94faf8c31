/* Small pieces of an audit's page, and its axes. */
#include <math.h>
#include <string.h>

#include "report/page.h"

void page_tagged(dro_ink *ink, const char *tag, const char *class, const char *text) {
    if (text == NULL || text[0] == '\0') {
        return;
    }
    dro_ink_add(ink, "<%s%s%s%s>", tag, class[0] ? " class=\"" : "", class,
                class[0] ? "\"" : "");
    dro_ink_text(ink, text);
    dro_ink_add(ink, "</%s>\n", tag);
}

void page_percent(dro_ink *ink, const char *name, double percent) {
    dro_ink_add(ink, " %s=\"", name);
    dro_ink_json_number(ink, isfinite(percent) ? percent : 0.0, 2);
    dro_ink_raw(ink, "%\"");
}

void page_sign(dro_ink *ink, dro_verdict verdict) {
    dro_ink_add(ink,
                "<svg class=\"sign v%d\" aria-hidden=\"true\" viewBox=\"0 0 20 20\">"
                "<use href=\"#sign%d\"/></svg>",
                (int)verdict, (int)verdict);
}

dro_verdict page_outcome(const dro_audit_trial *trial) {
    if (!verdict_has_figure(&trial->figure)) {
        return DRO_NOT_TESTABLE;
    }
    return trial->holds     ? DRO_HOLDS
           : trial->depends ? DRO_HOLDS_WHEN
                            : DRO_DOES_NOT_HOLD;
}

verdict_words page_range(const dro_audit_figure *figure) {
    verdict_words out = {""};
    if (verdict_has_range(figure)) {
        bool below = figure->low < 0.0 || figure->high < 0.0;
        (void)snprintf(out.text, sizeof out.text, "%.60s%s%.60s",
                       verdict_number(figure->low, figure).text,
                       below ? " to " : "\xE2\x80\x93",
                       verdict_number(figure->high, figure).text);
    }
    return out;
}

void page_figure(dro_ink *ink, const char *text) {
    char out[2 * VERDICT_WORDS_MAX];
    size_t at = 0;
    for (size_t i = 0; text[i] != '\0' && at + 4 < sizeof out; i++) {
        bool number = text[i] == '-' && text[i + 1] >= '0' && text[i + 1] <= '9' &&
                      (i == 0 || text[i - 1] == ' ');
        if (number) {
            memcpy(out + at, "\xE2\x88\x92", 3);
            at += 3;
        } else {
            out[at++] = text[i];
        }
    }
    out[at] = '\0';
    dro_ink_text(ink, out);
}

void page_figure_and_range(dro_ink *ink, const dro_audit_figure *figure) {
    verdict_words value = verdict_figure(figure), range = page_range(figure);
    page_figure(ink, value.text[0] == '\0' ? "\xE2\x80\x93" : value.text);
    if (range.text[0] != '\0') {
        dro_ink_raw(ink, "<small>");
        page_figure(ink, range.text);
        dro_ink_raw(ink, "</small>");
    }
}

/* ---- axes --------------------------------------------------------------------------
 */

page_axis page_axis_empty(void) {
    return (page_axis){HUGE_VAL, -HUGE_VAL, 0.0};
}

void page_axis_add(page_axis *axis, double value) {
    if (isfinite(value)) {
        axis->low = fmin(axis->low, value);
        axis->high = fmax(axis->high, value);
    }
}

bool page_axis_known(const page_axis *axis) {
    return axis->low <= axis->high;
}

static double nice_step(double span) {
    double power = pow(10.0, floor(log10(span / 5.0)));
    double factor = span / 5.0 / power;
    return power * (factor > 5.0   ? 10.0
                    : factor > 2.0 ? 5.0
                    : factor > 1.0 ? 2.0
                                   : 1.0);
}

void page_axis_settle(page_axis *axis) {
    if (!page_axis_known(axis)) {
        return;
    }
    double span = axis->high - axis->low;
    double room = span > 0.0 ? 0.06 * span : fmax(0.1 * fabs(axis->low), 0.5);
    bool from_zero = axis->low >= 0.0 && axis->low < 1.2 * span;
    axis->low = from_zero ? 0.0 : axis->low - room;
    axis->high += room;
    axis->step = nice_step(axis->high - axis->low);
}

double page_axis_at(const page_axis *axis, double value) {
    double span = axis->high - axis->low;
    if (isnan(value) || !(span > 0.0)) {
        return 0.0;
    }
    double part = (value - axis->low) / span;
    return 100.0 * fmin(fmax(part, 0.0), 1.0);
}

static void tick(dro_ink *ink, const page_axis *axis, double value, const char *unit,
                 bool last) {
    dro_audit_figure like = {axis->step, axis->low, axis->high, unit, NULL};
    double at = page_axis_at(axis, value);
    const char *anchor = at < 6.0 ? "start" : at > 94.0 ? "end" : "middle";
    like.value = axis->step >= 1.0 ? round(axis->step) : axis->step;
    like.low = like.high = axis->step >= 1.0 ? round(axis->high) : axis->high;
    dro_ink_raw(ink, "<line class=\"tick\" y1=\"0\" y2=\"5\"");
    page_percent(ink, "x1", at);
    page_percent(ink, "x2", at);
    dro_ink_add(ink, "/><text y=\"18\" text-anchor=\"%s\"", anchor);
    page_percent(ink, "x", at);
    dro_ink_raw(ink, ">");
    page_figure(
        ink, verdict_number(fabs(value) < 1e-9 * axis->step ? 0.0 : value, &like).text);
    if (last && unit[0] != '\0' && strcmp(unit, "year") != 0) {
        dro_ink_raw(ink, " ");
        dro_ink_text(ink, unit);
    }
    dro_ink_raw(ink, "</text>");
}

void page_axis_draw(dro_ink *ink, const page_axis *axis, const char *unit) {
    dro_ink_raw(ink, "<svg class=\"axis\" aria-hidden=\"true\"><line class=\"base\" "
                     "x1=\"0\" x2=\"100%\" y1=\".5\" y2=\".5\"/>");
    double first = ceil(axis->low / axis->step - 1e-9);
    for (int i = 0; i < PAGE_TICKS_MAX; i++) {
        double value = (first + i) * axis->step;
        if (value > axis->high + 1e-9 * axis->step) {
            break;
        }
        bool last = value + axis->step > axis->high + 1e-9 * axis->step;
        tick(ink, axis, value, unit, last);
    }
    dro_ink_raw(ink, "</svg>\n");
}
