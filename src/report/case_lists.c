/* The scenarios of a case, and what differs between two of them. */
#include "derrotero/report.h"

#include <math.h>
#include <string.h>

static dro_status refuse(dro_error *error) {
    return dro_fail(error, DRO_INVALID, "this is a table, JSON or CSV");
}

/* ---- scenarios ---------------------------------------------------------------------
 */

static dro_status scenario_table(FILE *out, const dro_scenario *rows, size_t count,
                                 dro_arena *arena, dro_error *error) {
    static const dro_table_column columns[] = {
        {"scenario", false}, {"date", false}, {"edits", true}, {"title", false}};
    const char **cells = dro_arena_alloc(arena, count * 4, sizeof *cells);
    if (!cells) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a table");
    }
    for (size_t i = 0; i < count; i++) {
        char number[24];
        (void)snprintf(number, sizeof number, "%zu", rows[i].edit_count);
        cells[4 * i] = rows[i].id;
        cells[4 * i + 1] = rows[i].date ? rows[i].date : "";
        cells[4 * i + 2] = dro_arena_strndup(arena, number, strlen(number));
        cells[4 * i + 3] = rows[i].title;
        if (!cells[4 * i + 2]) {
            return dro_fail(error, DRO_NOMEM, "out of memory for a table");
        }
    }
    dro_report_table(out, columns, 4, cells, count);
    return DRO_OK;
}

static void scenario_json(FILE *out, const char *id, const char *title,
                          const dro_scenario *rows, size_t count) {
    dro_json_writer json = {.out = out};
    dro_write_begin(&json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(&json, "case", id);
    dro_write_text(&json, "title", title);
    dro_write_begin(&json, "scenarios", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < count; i++) {
        dro_write_begin(&json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_text(&json, "id", rows[i].id);
        dro_write_text(&json, "title", rows[i].title);
        dro_write_text(&json, "about", rows[i].about);
        dro_write_text(&json, "date", rows[i].date);
        dro_write_number(&json, "month",
                         rows[i].month ? (double)rows[i].month : (double)NAN, 0);
        dro_write_count(&json, "edits", rows[i].edit_count);
        dro_write_end(&json);
    }
    dro_write_end(&json);
    dro_write_end(&json);
}

static void scenario_csv(FILE *out, const dro_scenario *rows, size_t count) {
    (void)fputs("scenario,date,month,edits,title\n", out);
    for (size_t i = 0; i < count; i++) {
        dro_csv_write(out, rows[i].id, false);
        dro_csv_write(out, rows[i].date ? rows[i].date : "", false);
        dro_csv_number(out, rows[i].month ? (double)rows[i].month : (double)NAN, 0,
                       false);
        dro_csv_number(out, (double)rows[i].edit_count, 0, false);
        dro_csv_write(out, rows[i].title, true);
    }
}

dro_status dro_report_scenarios(FILE *out, dro_format format, const char *id,
                                const char *title, const dro_scenario *rows,
                                size_t count, dro_arena *arena, dro_error *error) {
    if (format == DRO_FORMAT_TABLE) {
        (void)fprintf(out, "%s: %s\n\n", id, title);
        return scenario_table(out, rows, count, arena, error);
    }
    if (format == DRO_FORMAT_JSON) {
        scenario_json(out, id, title, rows, count);
        return DRO_OK;
    }
    if (format != DRO_FORMAT_CSV) {
        return refuse(error);
    }
    scenario_csv(out, rows, count);
    return DRO_OK;
}

/* ---- differences
 * --------------------------------------------------------------------- */

static const char *const difference_columns[] = {"kind", "id", "attribute", "was",
                                                 "is"};

static void difference_texts(const dro_difference *row, const char *texts[5]) {
    texts[0] = dro_kind_word(row->kind);
    texts[1] = row->id;
    texts[2] = row->attribute;
    texts[3] = row->was;
    texts[4] = row->is;
}

static dro_status difference_table(FILE *out, const dro_difference *rows, size_t count,
                                   dro_arena *arena, dro_error *error) {
    dro_table_column columns[5];
    const char **cells = dro_arena_alloc(arena, count * 5, sizeof *cells);
    if (!cells) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a table");
    }
    for (size_t i = 0; i < 5; i++) {
        columns[i] = (dro_table_column){difference_columns[i], false};
    }
    for (size_t i = 0; i < count; i++) {
        difference_texts(&rows[i], cells + 5 * i);
    }
    dro_report_table(out, columns, 5, cells, count);
    return DRO_OK;
}

static void difference_json(FILE *out, const dro_difference *rows, size_t count) {
    dro_json_writer json = {.out = out};
    dro_write_begin(&json, NULL, DRO_WRITE_OBJECT);
    dro_write_begin(&json, "differences", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < count; i++) {
        const char *texts[5];
        difference_texts(&rows[i], texts);
        dro_write_begin(&json, NULL, DRO_WRITE_ROW_OBJECT);
        for (size_t k = 0; k < 5; k++) {
            dro_write_text(&json, difference_columns[k], texts[k]);
        }
        dro_write_end(&json);
    }
    dro_write_end(&json);
    dro_write_end(&json);
}

static void difference_csv(FILE *out, const dro_difference *rows, size_t count) {
    (void)fputs("kind,id,attribute,was,is\n", out);
    for (size_t i = 0; i < count; i++) {
        const char *texts[5];
        difference_texts(&rows[i], texts);
        for (size_t k = 0; k < 5; k++) {
            dro_csv_write(out, texts[k], k == 4);
        }
    }
}

dro_status dro_report_differences(FILE *out, dro_format format,
                                  const dro_difference *rows, size_t count,
                                  dro_arena *arena, dro_error *error) {
    if (format == DRO_FORMAT_TABLE) {
        return difference_table(out, rows, count, arena, error);
    }
    if (format == DRO_FORMAT_JSON) {
        difference_json(out, rows, count);
        return DRO_OK;
    }
    if (format != DRO_FORMAT_CSV) {
        return refuse(error);
    }
    difference_csv(out, rows, count);
    return DRO_OK;
}
