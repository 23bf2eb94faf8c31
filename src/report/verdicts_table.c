/* An audit for people at a terminal: a list of verdicts; one claim alone in full. */
#include <string.h>

#include "report/verdicts.h"

static const size_t VERDICT_WIDE = 18;
static const size_t FIGURE_WIDE = 34; /* more goes on */

static void pad(FILE *out, size_t from, size_t to) {
    (void)fprintf(out, "%*s", from < to ? (int)(to - from) : 2, "");
}

/* "12.1 d (11.0 to 13.4)" */
static size_t put_figure(FILE *out, const dro_audit_figure *f) {
    verdict_words value = verdict_figure(f), span = verdict_range(f);
    const char *shown = value.text[0] == '\0' ? "-" : value.text;
    (void)fputs(shown, out);
    if (span.text[0] == '\0') {
        return verdict_characters(shown);
    }
    (void)fprintf(out, " (%s)", span.text);
    return verdict_characters(shown) + verdict_characters(span.text) + 3;
}

static size_t id_width(const dro_audit_result *result) {
    size_t width = 2;
    for (size_t i = 0; i < result->claim_count; i++) {
        size_t own = verdict_characters(result->claims[i].id);
        width = own > width ? own : width;
    }
    return width + 2;
}

static void row(FILE *out, const dro_audit_claim *c, size_t indent) {
    const char *label = verdict_label(c->verdict);
    (void)fputs(c->id, out);
    pad(out, verdict_characters(c->id), indent);
    (void)fputs(label, out);
    pad(out, verdict_characters(label), VERDICT_WIDE);
    size_t figure = put_figure(out, &c->figure);
    size_t at = indent + VERDICT_WIDE + figure;
    if (c->claimed[0] != '\0') {
        pad(out, figure, FIGURE_WIDE);
        at += figure < FIGURE_WIDE ? FIGURE_WIDE - figure : 2;
        verdict_wrap(out, c->claimed, at, indent + VERDICT_WIDE + FIGURE_WIDE);
    } else {
        (void)fputc('\n', out);
    }
    if (c->because[0] != '\0') {
        pad(out, 0, indent);
        verdict_wrap(out, c->because, indent, indent);
    }
}

static void counts(FILE *out, const dro_audit_result *result) {
    bool first = true;
    for (int v = 0; v < VERDICT_COUNT; v++) {
        size_t count = verdict_count(result, (dro_verdict)v);
        if (count > 0) {
            (void)fprintf(out, "%s%zu %s", first ? "" : ", ", count,
                          verdict_label((dro_verdict)v));
            first = false;
        }
    }
    (void)fprintf(out, "%s%zu samples, seed %llu\n", first ? "" : "; ", result->samples,
                  (unsigned long long)result->seed);
}

static void list(FILE *out, const dro_audit_result *result) {
    size_t indent = id_width(result);
    (void)fprintf(out, "%s\n\n", result->title);
    (void)fputs("id", out);
    pad(out, 2, indent);
    (void)fputs("verdict", out);
    pad(out, 7, VERDICT_WIDE);
    (void)fputs("figure (5 to 95 %)", out);
    pad(out, 18, FIGURE_WIDE);
    (void)fputs("claimed\n\n", out);
    for (size_t i = 0; i < result->claim_count; i++) {
        row(out, &result->claims[i], indent);
    }
}

static void line(FILE *out, const char *name, const char *text) {
    if (text[0] != '\0') {
        (void)fprintf(out, "  %-9s ", name);
        verdict_wrap(out, text, 12, 12);
    }
}

static void head(FILE *out, const dro_audit_claim *c) {
    char place[512];
    (void)fprintf(out, "%s  %s\n\n", c->id, verdict_label(c->verdict));
    line(out, "says", c->says);
    (void)snprintf(place, sizeof place, "%s%s%s%s%s", c->who,
                   c->who[0] != '\0' && c->article[0] != '\0' ? ", " : "", c->article,
                   c->date[0] != '\0' ? ", " : "", c->date);
    line(out, "stated", place);
    line(out, "claimed", c->claimed);
    (void)fprintf(out, "  %-9s ", "figure");
    (void)put_figure(out, &c->figure);
    (void)fputc('\n', out);
    line(out, "because", c->because);
    line(out, "note", c->note);
    if (c->file != NULL && c->file[0] != '\0') {
        (void)fprintf(out, "  %-9s %s:%u\n", "file", c->file, c->line);
    }
}

static void notices(FILE *out, const dro_audit_result *result) {
    for (size_t i = 0; i < result->notice_count; i++) {
        line(out, "notice", result->notices[i]);
    }
}

dro_status verdict_table(FILE *out, const dro_audit_result *result, dro_error *error) {
    dro_arena *arena = NULL;
    DRO_TRY(dro_arena_create(&arena, error));
    dro_status status = DRO_OK;
    if (result->claim_count == 1) {
        head(out, &result->claims[0]);
        status = verdict_workings(out, &result->claims[0], arena, error);
    } else {
        list(out, result);
    }
    if (status == DRO_OK) {
        (void)fputc('\n', out);
        counts(out, result);
        notices(out, result);
    }
    dro_arena_destroy(arena);
    return status;
}
