/* CSV tables of things. */
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "atlas/atlas_state.h"
#include "atlas/facts_state.h"
#include "atlas/field.h"
#include "base/quote.h"

#define COLUMNS_MAX 24
#define ID_MAX      128

typedef struct columns {
    int id, source, mark, as_of, note;
    int value[COLUMNS_MAX], low[COLUMNS_MAX], high[COLUMNS_MAX];
} columns;

/* ---- one cell ------------------------------------------------------------------ */

dro_status facts_check_range(const dro_attribute *attribute, dro_range range,
                             dro_error *error) {
    char value[DRO_NUMBER_MAX], least[DRO_NUMBER_MAX], most[DRO_NUMBER_MAX];
    const double all[] = {range.low, range.value, range.high};
    for (size_t i = 0; i < 3; i++) {
        if (all[i] < attribute->least || all[i] > attribute->most) {
            (void)dro_format_double(all[i], value, sizeof value);
            (void)dro_format_double(attribute->least, least, sizeof least);
            (void)dro_format_double(attribute->most, most, sizeof most);
            return dro_fail(error, DRO_INVALID, "%s: %s is not within %s and %s",
                            attribute->name, value, least, most);
        }
    }
    if (range.low > range.value || range.value > range.high) {
        return dro_fail(error, DRO_INVALID, "%s is not between its low and its high",
                        attribute->name);
    }
    return DRO_OK;
}

static dro_status set_word(facts_cell *cell, const dro_attribute *attribute,
                           const char *text, dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    cell->index = facts_word_index(attribute->words, text);
    if (cell->index < 0) {
        return dro_fail(error, DRO_INVALID, "%s: %s is not one of %s", attribute->name,
                        dro_quote(text, quoted), attribute->words);
    }
    return DRO_OK;
}

dro_status facts_set(dro_facts *facts, facts_cell *cell, const dro_attribute *attribute,
                     const char *text, dro_error *error) {
    facts_cell made = *cell;
    bool truth = false;
    DRO_TRY(facts_keep(facts, text, &made.text, error));
    made.index = -1;
    switch (attribute->type) {
    case DRO_ATTRIBUTE_WORD:
        DRO_TRY(text[0] ? set_word(&made, attribute, text, error) : DRO_OK);
        break;
    case DRO_ATTRIBUTE_FLAG:
        DRO_TRY(text[0] ? dro_parse_bool(text, &truth, attribute->name, error)
                        : DRO_OK);
        made.index = truth ? 1 : 0;
        break;
    case DRO_ATTRIBUTE_NUMBER:
    case DRO_ATTRIBUTE_RANGE:
        DRO_TRY(dro_parse_double(text, &made.range.value, attribute->name, error));
        made.range.low = made.range.high = made.range.value;
        DRO_TRY(facts_check_range(attribute, made.range, error));
        break;
    case DRO_ATTRIBUTE_TEXT:
    case DRO_ATTRIBUTE_THING: /* found when the facts are settled */
    default:
        break;
    }
    *cell = made;
    return DRO_OK;
}

/* ---- columns ------------------------------------------------------------------- */

static int bound_column(const dro_csv *csv, const char *name, const char *end) {
    char full[ID_MAX];
    (void)snprintf(full, sizeof full, "%s_%s", name, end);
    return dro_csv_find(csv, full);
}

static dro_status require(const dro_csv *csv, const char *name, int *out,
                          dro_error *error) {
    size_t column = 0;
    DRO_TRY(dro_csv_require(csv, name, &column, error));
    *out = (int)column;
    return DRO_OK;
}

static dro_status find_columns(const dro_csv *csv, dro_kind kind, columns *c,
                               dro_error *error) {
    c->id = -1;
    if (kind != DRO_KIND_CALL) {
        DRO_TRY(require(csv, "id", &c->id, error));
    }
    DRO_TRY(require(csv, "source", &c->source, error));
    DRO_TRY(require(csv, "mark", &c->mark, error));
    c->as_of = dro_csv_find(csv, "as_of");
    c->note = dro_csv_find(csv, "note");
    size_t first = dro_kind_first(kind);
    for (size_t i = 0; i < dro_kind_stride(kind); i++) {
        const dro_attribute *a = dro_attribute_get((dro_attribute_id)(first + i));
        c->value[i] = dro_csv_find(csv, a->name);
        if (c->value[i] < 0 && a->needed) {
            DRO_TRY(require(csv, a->name, &c->value[i], error));
        }
        c->low[i] = bound_column(csv, a->name, "low");
        c->high[i] = bound_column(csv, a->name, "high");
    }
    return DRO_OK;
}

/* ---- rows ---------------------------------------------------------------------- */

static dro_status at_field(const dro_csv *csv, int column, dro_status status,
                           dro_error *error) {
    if (status == DRO_OK || status == DRO_NOMEM) {
        return status;
    }
    char message[DRO_ERROR_MAX];
    (void)snprintf(message, sizeof message, "%s", error ? error->message : "");
    return dro_csv_fail(csv, (size_t)column, error, DRO_PARSE, "%s", message);
}

static dro_status read_bound(const dro_csv *csv, int column, double value, double *out,
                             dro_error *error) {
    *out = value;
    return column < 0 ? DRO_OK : dro_csv_double(csv, (size_t)column, value, out, error);
}

static dro_status read_figure(const dro_csv *csv, const columns *c, size_t i,
                              const dro_attribute *a, facts_cell *cell,
                              dro_error *error) {
    dro_range r;
    dro_error local = DRO_ERROR_INIT;
    int column = c->value[i];
    DRO_TRY(dro_csv_double(csv, (size_t)column, (double)NAN, &r.value, error));
    r.low = r.high = r.value;
    if (a->type == DRO_ATTRIBUTE_RANGE) {
        DRO_TRY(read_bound(csv, c->low[i], r.value, &r.low, error));
        DRO_TRY(read_bound(csv, c->high[i], r.value, &r.high, error));
        if (isnan(r.value) && !(isnan(r.low) && isnan(r.high))) {
            return dro_csv_fail(csv, (size_t)column, error, DRO_PARSE,
                                "%s is empty but has a low or a high", a->name);
        }
    }
    if (isnan(r.value) && a->needed) {
        return dro_csv_fail(csv, (size_t)column, error, DRO_PARSE,
                            "%s may not be empty", a->name);
    }
    cell->range = r;
    dro_status status = facts_check_range(a, r, &local);
    return status == DRO_OK ? DRO_OK
                            : dro_csv_fail(csv, (size_t)column, error, DRO_PARSE, "%s",
                                           local.message);
}

static dro_status read_cell(dro_facts *facts, const dro_csv *csv, const columns *c,
                            size_t i, const dro_attribute *a, facts_cell *cell,
                            dro_error *error) {
    if (c->value[i] < 0) {
        return DRO_OK;
    }
    cell->column = dro_csv_field_position(csv, (size_t)c->value[i]);
    if (a->type == DRO_ATTRIBUTE_NUMBER || a->type == DRO_ATTRIBUTE_RANGE) {
        return read_figure(csv, c, i, a, cell, error);
    }
    const char *text = dro_csv_field(csv, (size_t)c->value[i]);
    if (text[0] == '\0' && a->needed) {
        return dro_csv_fail(csv, (size_t)c->value[i], error, DRO_PARSE,
                            "%s may not be empty", a->name);
    }
    dro_error local = DRO_ERROR_INIT;
    dro_status status = facts_set(facts, cell, a, text, &local);
    if (status != DRO_OK && error) {
        *error = local;
    }
    return at_field(csv, c->value[i], status, error);
}

static dro_status read_origin(dro_facts *facts, const dro_csv *csv, const columns *c,
                              const char *file, dro_fact_origin *out,
                              dro_error *error) {
    const char *source = dro_csv_field(csv, (size_t)c->source);
    const char *mark = dro_csv_field(csv, (size_t)c->mark);
    char quoted[DRO_QUOTE_MAX];
    int index = -1;
    for (int i = 0; dro_mark_words[i]; i++) {
        index = strcmp(dro_mark_words[i], mark) == 0 ? i : index;
    }
    if (index < 0) {
        return dro_csv_fail(csv, (size_t)c->mark, error, DRO_PARSE,
                            "mark: %s is not one of measured, official, press, "
                            "computed, assumption",
                            dro_quote(mark, quoted));
    }
    const dro_source *row = dro_facts_source(facts, source);
    if (!row) {
        return dro_csv_fail(csv, (size_t)c->source, error, DRO_PARSE,
                            "source: %s is not in sources.csv",
                            dro_quote(source, quoted));
    }
    dro_fact_origin origin = {row->id,         "",   "",
                              (dro_mark)index, file, dro_csv_line(csv)};
    if (c->as_of >= 0) {
        DRO_TRY(facts_keep(facts, dro_csv_field(csv, (size_t)c->as_of), &origin.as_of,
                           error));
    }
    if (c->note >= 0) {
        DRO_TRY(facts_keep(facts, dro_csv_field(csv, (size_t)c->note), &origin.note,
                           error));
    }
    *out = origin;
    return DRO_OK;
}

/* "service/seq" for a call. */
static void id_of_row(const dro_csv *csv, const columns *c, dro_kind kind, char *id) {
    if (kind == DRO_KIND_CALL) {
        (void)snprintf(id, ID_MAX, "%s/%s", dro_csv_field(csv, (size_t)c->value[0]),
                       dro_csv_field(csv, (size_t)c->value[1]));
    } else {
        (void)snprintf(id, ID_MAX, "%s", dro_csv_field(csv, (size_t)c->id));
    }
}

static dro_status check_id(const dro_facts *facts, const dro_csv *csv, const columns *c,
                           dro_kind kind, const char *id, dro_error *error) {
    char quoted[DRO_QUOTE_MAX], place[512];
    size_t column = (size_t)(c->id >= 0 ? c->id : c->value[0]);
    if (id[0] == '\0') {
        return dro_csv_fail(csv, column, error, DRO_PARSE, "id may not be empty");
    }
    const dro_name_slot *slot = dro_names_find(&facts->kinds[kind].ids, id);
    if (slot) {
        dro_facts_place(facts, kind, slot->value, place, sizeof place);
        return dro_csv_fail(csv, column, error, DRO_PARSE,
                            "%s %s is there twice, see %s", dro_kind_word(kind),
                            dro_quote(id, quoted), place);
    }
    return DRO_OK;
}

static dro_status read_row(dro_facts *facts, const dro_csv *csv, const columns *c,
                           dro_kind kind, const char *file, dro_error *error) {
    char id[ID_MAX];
    size_t thing = 0, first = dro_kind_first(kind);
    id_of_row(csv, c, kind, id);
    DRO_TRY(check_id(facts, csv, c, kind, id, error));
    DRO_TRY(facts_append(facts, kind, id, &thing, error));
    for (size_t i = 0; i < dro_kind_stride(kind); i++) {
        dro_attribute_id attribute = (dro_attribute_id)(first + i);
        DRO_TRY(read_cell(facts, csv, c, i, dro_attribute_get(attribute),
                          facts_cell_at(facts, thing, attribute), error));
    }
    return read_origin(facts, csv, c, file, &facts->kinds[kind].things[thing].origin,
                       error);
}

dro_status dro_facts_read(dro_facts *facts, dro_kind kind, const char *path,
                          dro_error *error) {
    dro_csv *csv = NULL;
    columns c = {0};
    const char *file = NULL;
    bool more = true;
    DRO_TRY(facts_keep(facts, path, &file, error));
    DRO_TRY(dro_csv_open_path(path, &csv, error));
    dro_status status = find_columns(csv, kind, &c, error);
    while (status == DRO_OK) {
        status = dro_csv_next(csv, &more, error);
        if (status != DRO_OK || !more) {
            break;
        }
        status = read_row(facts, csv, &c, kind, file, error);
    }
    dro_csv_close(csv);
    return status;
}

/* ---- sources and folders ------------------------------------------------------- */

static dro_status read_source(dro_facts *facts, const dro_csv *csv,
                              const size_t column[6], dro_error *error) {
    const char *text[6];
    char quoted[DRO_QUOTE_MAX];
    const char *id = dro_csv_field(csv, column[0]);
    if (dro_facts_source(facts, id)) {
        return dro_csv_fail(csv, column[0], error, DRO_PARSE,
                            "source %s is there twice", dro_quote(id, quoted));
    }
    for (size_t i = 0; i < 6; i++) {
        DRO_TRY(facts_keep(facts, dro_csv_field(csv, column[i]), &text[i], error));
    }
    DRO_TRY(DRO_RESERVE(facts->sources, facts->source_capacity, facts->source_count + 1,
                        error));
    facts->sources[facts->source_count++] =
        (dro_source){text[0], text[1], text[2], text[3], text[4], text[5]};
    return DRO_OK;
}

dro_status dro_facts_read_sources(dro_facts *facts, const char *path,
                                  dro_error *error) {
    static const char *const names[] = {"id",   "title",   "publisher",
                                        "year", "licence", "note"};
    dro_csv *csv = NULL;
    size_t column[6];
    bool more = true;
    DRO_TRY(dro_csv_open_path(path, &csv, error));
    dro_status status = DRO_OK;
    for (size_t i = 0; status == DRO_OK && i < 6; i++) {
        status = dro_csv_require(csv, names[i], &column[i], error);
    }
    while (status == DRO_OK) {
        status = dro_csv_next(csv, &more, error);
        if (status != DRO_OK || !more) {
            break;
        }
        status = read_source(facts, csv, column, error);
    }
    dro_csv_close(csv);
    return status;
}

static bool is_there(const char *path) {
    struct stat about;
    return stat(path, &about) == 0;
}

/* Factors too: those of a disruption have a file of their own. */
static const char STRIKE_FILE[] = "strike.csv";

static dro_status read_if_there(dro_facts *facts, dro_kind kind, const char *folder,
                                const char *file, dro_error *error) {
    char path[DRO_PATH_MAX];
    if (file[0] == '\0') {
        return DRO_OK;
    }
    DRO_TRY(dro_atlas_path(folder, file, path, error));
    return is_there(path) ? dro_facts_read(facts, kind, path, error) : DRO_OK;
}

dro_status dro_facts_read_folder(dro_facts *facts, const char *folder,
                                 dro_error *error) {
    char path[DRO_PATH_MAX];
    DRO_TRY(dro_atlas_path(folder, "sources.csv", path, error));
    if (is_there(path)) {
        DRO_TRY(dro_facts_read_sources(facts, path, error));
    }
    for (int k = 0; k < DRO_KIND_COUNT; k++) {
        DRO_TRY(read_if_there(facts, (dro_kind)k, folder, dro_kind_file((dro_kind)k),
                              error));
    }
    return read_if_there(facts, DRO_KIND_FACTOR, folder, STRIKE_FILE, error);
}
