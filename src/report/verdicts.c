/* Words and figures of an audit, and the choice of its form. */
#include "report/verdicts.h"

#include <math.h>
#include <string.h>

const char *verdict_label(dro_verdict verdict) {
    static const char *const words[VERDICT_COUNT] = {
        "holds", "holds when", "does not hold", "sources conflict", "not testable"};
    return words[verdict];
}

size_t verdict_count(const dro_audit_result *result, dro_verdict verdict) {
    size_t count = 0;
    for (size_t i = 0; i < result->claim_count; i++) {
        count += result->claims[i].verdict == verdict;
    }
    return count;
}

/* ---- figures -----------------------------------------------------------------------
 */

bool verdict_has_number(const dro_audit_figure *figure) {
    return figure->text == NULL && isfinite(figure->value);
}

bool verdict_has_figure(const dro_audit_figure *figure) {
    return figure->text != NULL || isfinite(figure->value);
}

static bool whole(double value) {
    return !isfinite(value) || value == round(value);
}

static double size_of(const dro_audit_figure *f) {
    double size = isfinite(f->value) ? fabs(f->value) : 0.0;
    size = isfinite(f->low) ? fmax(size, fabs(f->low)) : size;
    return isfinite(f->high) ? fmax(size, fabs(f->high)) : size;
}

/* Three digits or so: no more is known. */
static int decimals_of(const dro_audit_figure *f) {
    double size = size_of(f);
    if (size >= 100.0 || (whole(f->value) && whole(f->low) && whole(f->high))) {
        return 0;
    }
    return size >= 10.0 ? 1 : size >= 0.1 ? 2 : size >= 0.01 ? 3 : 5;
}

verdict_words verdict_number(double value, const dro_audit_figure *like) {
    verdict_words out = {""};
    int decimals = decimals_of(like);
    if (strcmp(like->unit, "year") == 0 && fabs(value) < 1e6) {
        (void)snprintf(out.text, sizeof out.text, "%.*f", decimals, value);
    } else {
        (void)dro_report_grouped(value, decimals, out.text, sizeof out.text);
    }
    if (out.text[0] == '-' && out.text[1] != '\0' &&
        strspn(out.text + 1, "0.") == strlen(out.text + 1)) { /* "-0.0" */
        memmove(out.text, out.text + 1, strlen(out.text));
    }
    return out;
}

/* What a reader sees of it: 76.3 (76.3 to 76.3) would say nothing. */
bool verdict_has_range(const dro_audit_figure *figure) {
    return verdict_has_number(figure) && isfinite(figure->low) &&
           isfinite(figure->high) &&
           strcmp(verdict_number(figure->low, figure).text,
                  verdict_number(figure->high, figure).text) != 0;
}

verdict_words verdict_figure(const dro_audit_figure *figure) {
    verdict_words out = {""};
    if (figure->text != NULL) {
        (void)snprintf(out.text, sizeof out.text, "%s", figure->text);
    } else if (verdict_has_number(figure)) {
        const char *unit = strcmp(figure->unit, "year") == 0 ? "" : figure->unit;
        (void)snprintf(out.text, sizeof out.text, "%.60s%s%.60s",
                       verdict_number(figure->value, figure).text,
                       unit[0] == '\0' ? "" : " ", unit);
    }
    return out;
}

verdict_words verdict_range(const dro_audit_figure *figure) {
    verdict_words out = {""};
    if (verdict_has_range(figure)) {
        (void)snprintf(out.text, sizeof out.text, "%.60s to %.60s",
                       verdict_number(figure->low, figure).text,
                       verdict_number(figure->high, figure).text);
    }
    return out;
}

static bool same(double a, double b) {
    return a == b || (isnan(a) && isnan(b));
}

static bool same_figure(const dro_audit_figure *a, const dro_audit_figure *b) {
    const char *x = a->text != NULL ? a->text : "", *y = b->text != NULL ? b->text : "";
    return same(a->value, b->value) && same(a->low, b->low) && strcmp(x, y) == 0;
}

size_t verdict_main_trial(const dro_audit_claim *claim) {
    for (size_t i = 0; i < claim->trial_count; i++) {
        if (same_figure(&claim->trials[i].figure, &claim->figure)) {
            return i;
        }
    }
    return 0;
}

/* ---- text --------------------------------------------------------------------------
 */

static size_t characters(const char *text, size_t bytes) {
    size_t count = 0;
    for (size_t i = 0; i < bytes; i++) {
        count += ((unsigned char)text[i] & 0xC0u) != 0x80u;
    }
    return count;
}

size_t verdict_characters(const char *text) {
    return characters(text, strlen(text));
}

void verdict_wrap(FILE *out, const char *text, size_t at, size_t indent) {
    bool first = true;
    for (const char *word = text + strspn(text, " \n\t"); *word != '\0';) {
        size_t bytes = strcspn(word, " \n\t"), wide = characters(word, bytes);
        if (!first && at + 1 + wide > VERDICT_LINE) {
            (void)fprintf(out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (!first) {
            (void)fputc(' ', out);
            at++;
        }
        (void)fwrite(word, 1, bytes, out);
        at += wide;
        first = false;
        word += bytes;
        word += strspn(word, " \n\t");
    }
    (void)fputc('\n', out);
}

/* ---- forms -------------------------------------------------------------------------
 */

dro_status dro_report_audit(FILE *out, dro_format format,
                            const dro_audit_result *result, const dro_land *land,
                            dro_error *error) {
    switch (format) {
    case DRO_FORMAT_TABLE:
        return verdict_table(out, result, error);
    case DRO_FORMAT_JSON:
        return verdict_json(out, result, error);
    case DRO_FORMAT_CSV:
        verdict_csv(out, result);
        return DRO_OK;
    case DRO_FORMAT_HTML:
        return verdict_html(out, result, land, error);
    case DRO_FORMAT_GEOJSON:
    case DRO_FORMAT_SVG:
        break;
    }
    return dro_fail(error, DRO_INVALID, "an audit cannot be written in this format");
}
