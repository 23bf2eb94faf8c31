/* The cells of a table of text, put one after the other. */
#ifndef DERROTERO_REPORT_CELLS_H
#define DERROTERO_REPORT_CELLS_H

#include "derrotero/report.h"

typedef struct dro_cells {
    dro_arena *arena;
    const char **cells;
    size_t count;
    bool bad; /* there was no memory for one */
} dro_cells;

dro_status dro_cells_open(dro_cells *s, dro_arena *arena, size_t most,
                          dro_error *error);
void dro_cells_put(dro_cells *s, const char *text); /* borrowed */
void dro_cells_copy(dro_cells *s, const char *text);
void dro_cells_number(dro_cells *s, double value, int decimals);
dro_status dro_cells_write(FILE *out, const dro_cells *s,
                           const dro_table_column *columns, size_t column_count,
                           dro_error *error);

#endif
