/* One claim of an audit: the sentence, the verdict, the figure, then what they rest on.
 */
#include <string.h>

#include "report/page.h"

static void add_said(dro_ink *ink, const dro_audit_claim *c) {
    const char *parts[] = {c->who, c->article, c->date};
    bool first = true;
    dro_ink_raw(ink, "<p class=\"said\">");
    for (size_t i = 0; i < 3; i++) {
        if (parts[i][0] != '\0') {
            dro_ink_raw(ink, first ? "" : " \xC2\xB7 ");
            dro_ink_raw(ink, i == 1 ? "article " : "");
            dro_ink_text(ink, parts[i]);
            first = false;
        }
    }
    dro_ink_raw(ink, "</p>\n");
}

static void add_badge(dro_ink *ink, dro_verdict verdict) {
    dro_ink_add(ink, "<span class=\"badge v%d\">", (int)verdict);
    page_sign(ink, verdict);
    dro_ink_add(ink, "%s</span>", verdict_label(verdict));
}

static void add_figure(dro_ink *ink, const dro_audit_claim *c) {
    verdict_words span = page_range(&c->figure);
    bool nothing = !verdict_has_figure(&c->figure) && c->claimed[0] == '\0';
    if (nothing || c->verdict == DRO_SOURCES_CONFLICT) {
        return; /* figures side by side are below */
    }
    dro_ink_raw(ink, "<dl class=\"figures\">");
    if (verdict_has_figure(&c->figure)) {
        dro_ink_raw(ink, "<div><dt>the run gives</dt><dd><b>");
        page_figure(ink, verdict_figure(&c->figure).text);
        dro_ink_raw(ink, "</b>");
        if (span.text[0] != '\0') {
            dro_ink_raw(ink, "<small>");
            page_figure(ink, span.text);
            dro_ink_raw(ink, " in 90 % of the samples</small>");
        }
        dro_ink_raw(ink, "</dd></div>");
    }
    if (c->claimed[0] != '\0') {
        dro_ink_raw(ink, "<div><dt>claimed</dt><dd>");
        dro_ink_text(ink, c->claimed);
        dro_ink_raw(ink, "</dd></div>");
    }
    dro_ink_raw(ink, "</dl>\n");
}

static void add_sources(dro_ink *ink, const dro_audit_claim *c) {
    if (c->source_count == 0) {
        return;
    }
    dro_ink_raw(ink, "<h3>Sources</h3>\n<ul class=\"sources\">\n");
    for (size_t i = 0; i < c->source_count; i++) {
        const dro_source *s = c->sources[i];
        const char *parts[] = {s->publisher, s->year};
        dro_ink_raw(ink, "<li>");
        dro_ink_text(ink, s->title != NULL && s->title[0] != '\0' ? s->title : s->id);
        for (size_t k = 0; k < 2; k++) {
            if (parts[k] != NULL && parts[k][0] != '\0') {
                dro_ink_raw(ink, ", ");
                dro_ink_text(ink, parts[k]);
            }
        }
        dro_ink_raw(ink, " <code>");
        dro_ink_text(ink, s->id);
        dro_ink_raw(ink, "</code></li>\n");
    }
    dro_ink_raw(ink, "</ul>\n");
}

static void add_again(page *p, const dro_audit_claim *c) {
    dro_ink_raw(p->ink, "<p class=\"again\">Again: <code>derrotero audit ");
    dro_ink_text(p->ink, p->result->folder);
    dro_ink_raw(p->ink, " --claim ");
    dro_ink_text(p->ink, c->id);
    dro_ink_add(p->ink, " --samples %zu --seed %llu</code>", p->result->samples,
                (unsigned long long)p->result->seed);
    if (c->file != NULL && c->file[0] != '\0') {
        dro_ink_raw(p->ink, " \xC2\xB7 bound in <code>");
        dro_ink_text(p->ink, c->file);
        dro_ink_add(p->ink, ":%u</code>", c->line);
    }
    dro_ink_raw(p->ink, " \xC2\xB7 <a href=\"#verdicts\">all verdicts</a></p>\n");
}

static void add_head(dro_ink *ink, const dro_audit_claim *c) {
    dro_ink_add(ink, "<section class=\"claim v%d\" id=\"", (int)c->verdict);
    dro_ink_text(ink, c->id);
    dro_ink_raw(ink, "\">\n<header><h2><span class=\"id\">");
    dro_ink_text(ink, c->id);
    dro_ink_raw(ink, "</span> ");
    dro_ink_text(ink, c->says[0] != '\0' ? c->says : c->because);
    dro_ink_raw(ink, "</h2>\n");
    add_said(ink, c);
    dro_ink_raw(ink, "</header>\n");
}

static dro_status add_maps(page *p, const dro_audit_claim *c, const page_chains *chains,
                           dro_error *error) {
    dro_ink_raw(p->ink, "<div class=\"maps\">\n");
    if (page_has_places(c)) {
        DRO_TRY(page_map_places(p, c, error));
    }
    if (page_has_ways(chains)) {
        DRO_TRY(page_map_chains(p, c, chains, error));
    }
    dro_ink_raw(p->ink, "</div>\n");
    return DRO_OK;
}

dro_status page_claim(page *p, const dro_audit_claim *c, dro_error *error) {
    page_chains chains;
    page_chains_find(c, &chains);
    bool mapped = p->mapped && (page_has_places(c) || page_has_ways(&chains));
    add_head(p->ink, c);
    dro_ink_add(p->ink, "<div class=\"top%s\">\n<div class=\"answer\">\n",
                mapped ? " mapped" : "");
    dro_ink_raw(p->ink, "<p class=\"verdict\">");
    add_badge(p->ink, c->verdict);
    dro_ink_raw(p->ink, "</p>\n");
    add_figure(p->ink, c);
    page_tagged(p->ink, "p", "because", c->because);
    page_tagged(p->ink, "p", "note", c->note);
    dro_ink_raw(p->ink, "</div>\n");
    if (mapped) {
        DRO_TRY(add_maps(p, c, &chains, error));
    }
    dro_ink_raw(p->ink, "</div>\n");
    page_trials(p, c);
    page_workings(p, c, &chains);
    page_causes(p, c);
    add_sources(p->ink, c);
    add_again(p, c);
    dro_ink_raw(p->ink, "</section>\n");
    return DRO_OK;
}
