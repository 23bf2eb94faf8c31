/* The cells of a table of text. */
#include "report/cells.h"

#include <string.h>

dro_status dro_cells_open(dro_cells *s, dro_arena *arena, size_t most,
                          dro_error *error) {
    *s = (dro_cells){arena, dro_arena_alloc(arena, most + 1, sizeof *s->cells), 0,
                     false};
    return s->cells ? DRO_OK : dro_fail(error, DRO_NOMEM, "out of memory for a table");
}

void dro_cells_put(dro_cells *s, const char *text) {
    s->cells[s->count++] = text;
}

void dro_cells_copy(dro_cells *s, const char *text) {
    const char *copy = dro_arena_strndup(s->arena, text, strlen(text));
    s->bad |= copy == NULL;
    dro_cells_put(s, copy ? copy : "");
}

void dro_cells_number(dro_cells *s, double value, int decimals) {
    char text[64];
    dro_cells_copy(s, dro_report_grouped(value, decimals, text, sizeof text));
}

dro_status dro_cells_write(FILE *out, const dro_cells *s,
                           const dro_table_column *columns, size_t column_count,
                           dro_error *error) {
    if (s->bad) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a table");
    }
    dro_report_table(out, columns, column_count, s->cells, s->count / column_count);
    return DRO_OK;
}
