/*
 * An audit as one page that asks nothing of a network and runs no script: verdicts at a
 * glance, then each claim. Colours are told apart by people with any colour vision
 * (after Okabe and Ito 2008, "Color universal design"), and each verdict has its sign
 * and its word as well.
 */
#include <string.h>

#include "report/audit_page.inc"
#include "report/page.h"

static const char *const MEANINGS[VERDICT_COUNT] = {
    "the run bears it out, for everyone it was tried for",
    "true for some, or in part of the samples: the trials say for whom",
    "the run contradicts it",
    ("two sources say different things of the same quantity, period and definition, "
     "beyond rounding"),
    "no run can decide it: a forecast, a matter of law, or no data"};

/* A tick, a half disc, a cross, two arrows against each other, a question. */
static const char SIGNS[] =
    "<symbol id=\"sign0\" viewBox=\"0 0 20 20\"><circle cx=\"10\" cy=\"10\" r=\"9\"/>"
    "<path class=\"on\" d=\"M5.4 10.4l3.1 3.2l6.1-6.8\"/></symbol>\n"
    "<symbol id=\"sign1\" viewBox=\"0 0 20 20\"><circle class=\"ring\" cx=\"10\" "
    "cy=\"10\" r=\"8\"/><path d=\"M10 2a8 8 0 0 0 0 16z\"/></symbol>\n"
    "<symbol id=\"sign2\" viewBox=\"0 0 20 20\"><path d=\"M6.2 1h7.6L19 6.2v7.6L13.8 "
    "19H6.2L1 13.8V6.2z\"/><path class=\"on\" d=\"M6.4 6.4l7.2 7.2m0-7.2l-7.2 "
    "7.2\"/></symbol>\n"
    "<symbol id=\"sign3\" viewBox=\"0 0 20 20\"><path d=\"M10 .6l9.4 9.4l-9.4 9.4l-9.4 "
    "-9.4z\"/><path class=\"on\" d=\"M5.6 8.2h8.6m-8.4 3.8h8.6\"/></symbol>\n"
    "<symbol id=\"sign4\" viewBox=\"0 0 20 20\"><rect class=\"ring\" x=\"2\" y=\"2\" "
    "width=\"16\" height=\"16\" rx=\"3\"/><path class=\"line\" d=\"M7 7.6a3 3 0 1 1 "
    "4.3 "
    "2.7c-.9.5-1.3 1-1.3 2m0 2.2v.9\"/></symbol>\n";

static void add_lines(dro_ink *ink, const char *const *lines) {
    for (size_t i = 0; lines[i] != NULL; i++) {
        dro_ink_raw(ink, lines[i]);
    }
}

static void add_head(page *p) {
    dro_ink *ink = p->ink;
    dro_ink_raw(
        ink,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src 'unsafe-inline'; img-src data:\">\n<title>Audit: ");
    dro_ink_text(ink, p->result->title);
    dro_ink_raw(ink, "</title>\n<style>\n");
    add_lines(ink, AUDIT_PAGE_CSS);
    dro_ink_raw(ink, "</style>\n</head>\n<body>\n<svg class=\"defs\" "
                     "aria-hidden=\"true\"><defs>\n");
    dro_ink_raw(ink, SIGNS);
    dro_ink_raw(ink, "<pattern id=\"hatch\" width=\"6\" height=\"6\" "
                     "patternUnits=\"userSpaceOnUse\" "
                     "patternTransform=\"rotate(45)\"><rect class=\"ground\" "
                     "width=\"6\" height=\"6\"/><rect class=\"stripe\" width=\"2\" "
                     "height=\"6\"/></pattern>\n</defs></svg>\n");
}

/* ---- at a glance
 * ---------------------------------------------------------------------
 */

static void add_share_bar(page *p) {
    dro_ink *ink = p->ink;
    double left = 0.0, all = (double)p->result->claim_count;
    dro_ink_raw(ink, "<svg class=\"shares\" role=\"img\"><title>Claims by "
                     "verdict</title>");
    for (int v = 0; v < VERDICT_COUNT; v++) {
        size_t count = verdict_count(p->result, (dro_verdict)v);
        double width = all > 0.0 ? 100.0 * (double)count / all : 0.0;
        if (count == 0) {
            continue;
        }
        dro_ink_add(ink, "<g class=\"v%d\"><rect y=\"0\" height=\"100%%\"", v);
        page_percent(ink, "x", left);
        page_percent(ink, "width", width);
        dro_ink_raw(ink, "/><text y=\"50%\" dy=\".36em\" text-anchor=\"middle\"");
        page_percent(ink, "x", left + width / 2.0);
        dro_ink_add(ink, ">%zu</text></g>", count);
        left += width;
    }
    dro_ink_raw(ink, "</svg>\n");
}

static void add_counts(page *p) {
    dro_ink *ink = p->ink;
    dro_ink_raw(ink, "<ul class=\"counts\">\n");
    for (int v = 0; v < VERDICT_COUNT; v++) {
        size_t count = verdict_count(p->result, (dro_verdict)v);
        dro_ink_add(ink, "<li class=\"v%d%s\">", v, count == 0 ? " none" : "");
        page_sign(ink, (dro_verdict)v);
        dro_ink_add(ink, "<div><b>%zu</b> %s<small>%s</small></div></li>\n", count,
                    verdict_label((dro_verdict)v), MEANINGS[v]);
    }
    dro_ink_raw(ink, "</ul>\n");
}

static void add_summary(page *p) {
    dro_ink *ink = p->ink;
    dro_ink_raw(ink, "<header class=\"front\">\n<p class=\"kicker\">Derrotero \xC2\xB7 "
                     "audit of claims</p>\n");
    page_tagged(ink, "h1", "", p->result->title);
    page_tagged(ink, "p", "about", p->result->about);
    add_share_bar(p);
    add_counts(p);
    dro_ink_add(ink,
                "<p class=\"how\">Each sentence is bound to something that can be "
                "computed or looked up, and the verdict follows from the run. Figures "
                "are the median of %zu samples of every input that is not known "
                "exactly, with the span in which nine of ten samples lie. Dollars are "
                "the cost of carrying, not a freight rate.</p>\n</header>\n",
                p->result->samples);
}

/* ---- the table
 * -----------------------------------------------------------------------
 */

static void add_row(dro_ink *ink, const dro_audit_claim *c) {
    dro_ink_raw(ink, "<tr><td class=\"id\"><a href=\"#");
    dro_ink_text(ink, c->id);
    dro_ink_raw(ink, "\">");
    dro_ink_text(ink, c->id);
    dro_ink_raw(ink, "</a></td><td class=\"says\">");
    dro_ink_text(ink, c->says);
    dro_ink_add(ink, "</td><td class=\"verdict\"><span class=\"word v%d\">",
                (int)c->verdict);
    page_sign(ink, c->verdict);
    dro_ink_add(ink, "%s</span></td><td class=\"figure\">", verdict_label(c->verdict));
    page_figure_and_range(ink, &c->figure);
    dro_ink_raw(ink, "</td><td class=\"claimed\">");
    dro_ink_text(ink, c->claimed);
    dro_ink_raw(ink, "</td></tr>\n");
}

static void add_table(page *p) {
    dro_ink *ink = p->ink;
    dro_ink_raw(ink, "<section class=\"verdicts\" id=\"verdicts\">\n<h2>Verdicts</h2>\n"
                     "<table>\n<thead><tr><th scope=\"col\">claim</th><th "
                     "scope=\"col\">what is said</th><th scope=\"col\">verdict</th><th "
                     "scope=\"col\" class=\"figure\">figure</th><th "
                     "scope=\"col\">claimed</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < p->result->claim_count; i++) {
        add_row(ink, &p->result->claims[i]);
    }
    dro_ink_raw(ink, "</tbody>\n</table>\n</section>\n");
}

/* ---- the end
 * -------------------------------------------------------------------------
 */

static void add_footer(page *p) {
    dro_ink *ink = p->ink;
    const dro_audit_result *r = p->result;
    dro_ink_raw(ink, "<footer>\n<h2>To run it again</h2>\n<pre>derrotero audit ");
    dro_ink_text(ink, r->folder);
    dro_ink_add(ink,
                " --samples %zu --seed %llu \\\n    --format html --output "
                "audit.html</pre>\n<p>The same samples and seed give the same page on "
                "any number of threads. <code>--format json</code> has every figure of "
                "it.</p>\n",
                r->samples, (unsigned long long)r->seed);
    if (r->notice_count > 0) {
        dro_ink_raw(ink, "<h2>Notices</h2>\n<ul class=\"notices\">\n");
        for (size_t i = 0; i < r->notice_count; i++) {
            page_tagged(ink, "li", "", r->notices[i]);
        }
        dro_ink_raw(ink, "</ul>\n");
    }
    dro_ink_raw(ink, p->mapped && p->land != NULL
                         ? "<p>Land on the maps: Natural Earth (public domain).</p>\n"
                         : "");
    dro_ink_raw(ink, "</footer>\n</body>\n</html>\n");
}

static dro_status add_page(page *p, dro_error *error) {
    add_head(p);
    DRO_TRY(page_ground(p, error));
    dro_ink_raw(p->ink, "<main>\n");
    add_summary(p);
    add_table(p);
    for (size_t i = 0; i < p->result->claim_count; i++) {
        DRO_TRY(page_claim(p, &p->result->claims[i], error));
    }
    dro_ink_raw(p->ink, "</main>\n");
    add_footer(p);
    return p->ink->status == DRO_OK ? DRO_OK
                                    : dro_fail(error, p->ink->status, "a page: %s",
                                               dro_status_text(p->ink->status));
}

dro_status verdict_html(FILE *out, const dro_audit_result *result, const dro_land *land,
                        dro_error *error) {
    dro_text text = {0};
    dro_ink ink = {&text, DRO_OK};
    page p = {.ink = &ink, .result = result, .land = land};
    dro_status status = add_page(&p, error);
    if (status == DRO_OK) {
        (void)fwrite(text.data, 1, text.length, out);
    }
    dro_text_free(&text);
    return status;
}
