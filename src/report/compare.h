/* A comparison in each format. */
#ifndef DERROTERO_REPORT_COMPARE_H
#define DERROTERO_REPORT_COMPARE_H

#include "derrotero/report.h"

#define COMPARE_NOTE \
    "Costs are those of carrying, not freight rates: no margin, no market."

dro_status compare_table(FILE *out, const dro_comparison *of, dro_arena *arena,
                         dro_error *error);
dro_status compare_json(FILE *out, const dro_comparison *of, dro_arena *arena,
                        dro_error *error);
void compare_csv(FILE *out, const dro_comparison *of);

/* Hours as days; the others as they are. */
double compare_shown(dro_chain_by by, double value);
const char *compare_label(dro_chain_by by); /* "time", "cost", "CO2", ... */
const char *compare_unit(dro_chain_by by);  /* "d", "USD", "kg" */

#endif
