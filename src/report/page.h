/*
 * The parts of an audit's page (verdicts_html.c). Charts are SVG whose places are per
 * cent of their width, so that text keeps its size on any screen; colours are the style
 * sheet's (audit_page.css):
 *
 *   .v0 to .v4   a verdict (--v, --on-v)
 *   .m0 to .m8   a mode of carriage (--m, --on-m), the same in bars, maps, legends
 *   .b0 to .b5   a class of figures on a map (--b)
 */
#ifndef DRO_REPORT_PAGE_H
#define DRO_REPORT_PAGE_H

#include "report/ink.h"
#include "report/verdicts.h"

typedef struct page {
    dro_ink *ink;
    const dro_audit_result *result;
    const dro_land *land;
    dro_view view; /* that every map is a part of */
    bool mapped;   /* there is such a view */
} page;

/* ---- pieces ------------------------------------------------------------------ */

/* <tag class="class">text</tag>, nothing where there is no text. */
void page_tagged(dro_ink *ink, const char *tag, const char *class, const char *text);
/* ` name="12.34%"` */
void page_percent(dro_ink *ink, const char *name, double percent);
/* The sign of a verdict, or of a trial's outcome, as an inline picture. */
void page_sign(dro_ink *ink, dro_verdict verdict);
dro_verdict page_outcome(const dro_audit_trial *trial);
/* "11.0–13.4" */
verdict_words page_range(const dro_audit_figure *figure);
/* A figure with its minus sign as people write it. */
void page_figure(dro_ink *ink, const char *text);
/* A figure (a dash where there is none), its range small behind it. */
void page_figure_and_range(dro_ink *ink, const dro_audit_figure *figure);

/* ---- axes -------------------------------------------------------------------- */

#define PAGE_TICKS_MAX 12
typedef struct page_axis {
    double low, high, step;
} page_axis;

page_axis page_axis_empty(void);
void page_axis_add(page_axis *axis, double value); /* what is not finite is left out */
void page_axis_settle(page_axis *axis);            /* room at the ends, a step */
bool page_axis_known(const page_axis *axis);
double page_axis_at(const page_axis *axis, double value); /* per cent, within 0..100 */
/* A row of ticks with their numbers. */
void page_axis_draw(dro_ink *ink, const page_axis *axis, const char *unit);

/* ---- sections ---------------------------------------------------------------- */

void page_trials(page *p, const dro_audit_claim *claim);
void page_causes(page *p, const dro_audit_claim *claim);
/* Which chains of a claim are shown, numbered from 1 on bars and map alike. */
#define PAGE_CHAINS_MAX 12
typedef struct page_chains {
    const dro_audit_chain *items[PAGE_CHAINS_MAX];
    size_t count;
    size_t
        deciding; /* the first of them, of the trial that decides: these are mapped */
} page_chains;
void page_chains_find(const dro_audit_claim *claim, page_chains *out);
void page_workings(page *p, const dro_audit_claim *claim, const page_chains *chains);
void page_mode_key(dro_ink *ink, dro_chain_mode mode);

/* The view of all maps and the ground that they share. */
dro_status page_ground(page *p, dro_error *error);
bool page_has_places(const dro_audit_claim *claim);
bool page_has_ways(const page_chains *chains);
dro_status page_map_places(page *p, const dro_audit_claim *claim, dro_error *error);
dro_status page_map_chains(page *p, const dro_audit_claim *claim,
                           const page_chains *chains, dro_error *error);

dro_status page_claim(page *p, const dro_audit_claim *claim, dro_error *error);

#endif
