/* Writers of a disruption. */
#ifndef DERROTERO_REPORT_DISRUPT_H
#define DERROTERO_REPORT_DISRUPT_H

#include "derrotero/report.h"
#include "report/ink.h"

typedef struct disrupt_page {
    const dro_disrupt *found; /* or NULL */
    const dro_report_blow *blow;
    const dro_report_detours *detours; /* or NULL */
} disrupt_page;

dro_status disrupt_table(FILE *out, const disrupt_page *page, dro_arena *arena,
                         dro_error *error);
void disrupt_csv(FILE *out, const disrupt_page *page);
void disrupt_json(FILE *out, const disrupt_page *page);
void disrupt_svg(dro_ink *ink, const disrupt_page *page);

/* The figures that come out, in the order of every format. */
typedef struct disrupt_figure {
    const char *name, *key; /* "most that wait", "max_backlog" */
    const char *unit;       /* NULL: the units of the arrivals */
    int decimals;
    double stated;
    dro_summary range;
} disrupt_figure;
#define DISRUPT_FIGURES 6
void disrupt_figures(const dro_disrupt *found, disrupt_figure out[DISRUPT_FIGURES]);

#endif
