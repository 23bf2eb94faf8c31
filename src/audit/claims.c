/* Reading a claims file: docs/claims.md has its language. */
#include "audit/claims.h"

#include <math.h>
#include <string.h>

#define TRIALS_MAX   512
#define BINDINGS_MAX 16

static const char *const claim_keys[] = {
    "id", "article", "who", "date",         "says",     "note",   "measure",
    "is", "each",    "for", "not-testable", "conflict", "sources"};

static dro_status take(audit *a, size_t count, size_t size, void **out,
                       dro_error *error) {
    *out = dro_arena_alloc(a->arena, count ? count : 1, size);
    return *out ? DRO_OK : dro_fail(error, DRO_NOMEM, "out of memory for the claims");
}

static dro_status optional_text(const dro_yaml *map, const char *key, const char **out,
                                dro_error *error) {
    const dro_yaml *value = dro_yaml_get(map, key);
    *out = "";
    return value && !dro_yaml_empty(value) ? dro_yaml_text(value, key, out, error)
                                           : DRO_OK;
}

/* ---- comparisons ------------------------------------------------------------------
 */

typedef struct compare_form {
    const char *key, *words;
    compare_kind kind;
    double tolerance; /* by default */
} compare_form;

static const compare_form compare_forms[] = {
    {"about", "about", COMPARE_ABOUT, 0.10},
    {"up-to", "up to", COMPARE_UP_TO, 0.15},
    {"at-least", "at least", COMPARE_AT_LEAST, 0},
    {"at-most", "at most", COMPARE_AT_MOST, 0},
    {"more-than", "more than", COMPARE_MORE_THAN, 0},
    {"less-than", "less than", COMPARE_LESS_THAN, 0},
    {"between", "between", COMPARE_BETWEEN, 0},
    {"equals", "equals", COMPARE_EQUALS, 0},
};

/* 0.2, or "20 %" */
static dro_status read_tolerance(const dro_yaml *is, double *out, dro_error *error) {
    const dro_yaml *value = dro_yaml_get(is, "tolerance");
    const char *text = NULL;
    char number[32];
    if (!value) {
        return DRO_OK;
    }
    DRO_TRY(dro_yaml_text(value, "tolerance", &text, error));
    size_t length = strcspn(text, "%");
    bool percent = text[length] == '%';
    (void)snprintf(number, sizeof number, "%.*s", (int)length, text);
    dro_error local = DRO_ERROR_INIT;
    if (dro_parse_double(number, out, "tolerance", &local) != DRO_OK || *out < 0.0) {
        return dro_yaml_fail(value, error, DRO_PARSE,
                             "tolerance: %s is no share such as 0.1 or 10 %%", text);
    }
    *out = percent ? *out / 100.0 : *out;
    return DRO_OK;
}

static const compare_form *form_of(const dro_yaml *is) {
    for (size_t i = 0; i < sizeof compare_forms / sizeof *compare_forms; i++) {
        if (dro_yaml_get(is, compare_forms[i].key)) {
            return &compare_forms[i];
        }
    }
    return NULL;
}

/* A port's code rather than a number. */
static bool is_word(const dro_yaml *value) {
    double number = 0.0;
    return value->kind == DRO_YAML_SCALAR && value->text[0] != '$' &&
           dro_parse_double(value->text, &number, "", NULL) != DRO_OK;
}

static dro_status compare_port(audit *a, const dro_yaml *value, const char *text,
                               comparison *out, dro_error *error) {
    size_t port = 0;
    dro_error local = DRO_ERROR_INIT;
    const dro_atlas *atlas = dro_facts_atlas(dro_case_facts(a->study));
    if (dro_atlas_find_port(atlas, text, &port, &local) != DRO_OK) {
        return dro_yaml_fail(value, error, DRO_PARSE, "equals: %s", local.message);
    }
    out->port = (int)port;
    return audit_format(a, &out->words, error, "equals %s", text);
}

static dro_status compare_values(audit *a, const compare_form *form,
                                 const dro_yaml *value, const trial_bindings *with,
                                 comparison *out, dro_error *error) {
    if (form->kind != COMPARE_BETWEEN) {
        return measure_compile(a, value, with, &out->with, error);
    }
    DRO_TRY(dro_yaml_expect(value, DRO_YAML_SEQUENCE, "between", error));
    if (value->count != 2) {
        return dro_yaml_fail(value, error, DRO_PARSE, "between: needs two figures");
    }
    DRO_TRY(measure_compile(a, &value->entries[0].value, with, &out->with, error));
    return measure_compile(a, &value->entries[1].value, with, &out->also, error);
}

/* `unit`: of what is compared. */
static dro_status read_comparison(audit *a, const dro_yaml *is,
                                  const trial_bindings *with, const char *unit,
                                  comparison *out, dro_error *error) {
    static const char *const known[] = {"about",   "up-to",     "at-least",
                                        "at-most", "more-than", "less-than",
                                        "between", "equals",    "tolerance"};
    *out = (comparison){.kind = COMPARE_NONE, .port = -1, .words = ""};
    if (!is) {
        return DRO_OK;
    }
    DRO_TRY(dro_yaml_keys(is, known, sizeof known / sizeof *known, "is", error));
    const compare_form *form = form_of(is);
    if (!form) {
        return dro_yaml_fail(is, error, DRO_PARSE, "is: compares with nothing");
    }
    const dro_yaml *value = dro_yaml_get(is, form->key);
    const char *text = "";
    out->kind = form->kind;
    out->tolerance = form->tolerance;
    DRO_TRY(read_tolerance(is, &out->tolerance, error));
    if (value->kind == DRO_YAML_SCALAR) {
        DRO_TRY(measure_text(value, with, form->key, &text, error));
    }
    if (form->kind == COMPARE_EQUALS && is_word(value)) {
        return compare_port(a, value, text, out, error);
    }
    DRO_TRY(compare_values(a, form, value, with, out, error));
    if (text[0] == '\0') { /* the figure is known after the run */
        return audit_format(a, &out->words, error, "%s:", form->words);
    }
    const char *space = unit[0] ? " " : "";
    if (out->tolerance > 0.0) {
        return audit_format(a, &out->words, error, "%s %s%s%s, within %.3g %%",
                            form->words, text, space, unit, 100.0 * out->tolerance);
    }
    return audit_format(a, &out->words, error, "%s %s%s%s", form->words, text, space,
                        unit);
}

/* ---- trials ------------------------------------------------------------------------
 */

/* Where the first chain of a measure begins. */
static bool find_at(const audit *a, const measure *m, dro_point *at) {
    if (m->op == MEASURE_LEAF) {
        const leaf *l = &a->leaves[m->leaf];
        bool chain = l->kind == LEAF_CHAIN || l->kind == LEAF_PORT;
        *at = chain ? l->wish.from.at : *at;
        return chain;
    }
    for (size_t i = 0; i < m->term_count; i++) {
        if (find_at(a, m->terms[i], at)) {
            return true;
        }
    }
    return false;
}

/* A trial's record may have a measure or comparison of its own. */
static dro_status add_trial(audit *a, const dro_yaml *map, const dro_yaml *own,
                            const char *name, const trial_bindings *with, claim *c,
                            dro_error *error) {
    const dro_yaml *value = NULL;
    if (c->trial_count == TRIALS_MAX) {
        return dro_yaml_fail(map, error, DRO_LIMIT, "more than %d trials", TRIALS_MAX);
    }
    trial *t = &c->trials[c->trial_count];
    t->name = name;
    t->at = (dro_point){(double)NAN, (double)NAN};
    if (own && dro_yaml_get(own, "measure")) {
        value = dro_yaml_get(own, "measure");
    } else {
        DRO_TRY(dro_yaml_require(map, "measure", "the claim", &value, error));
    }
    const dro_yaml *is = own ? dro_yaml_get(own, "is") : NULL;
    DRO_TRY(measure_compile(a, value, with, &t->measure, error));
    DRO_TRY(read_comparison(a, is ? is : dro_yaml_get(map, "is"), with,
                            t->measure->unit, &t->is, error));
    (void)find_at(a, t->measure, &t->at);
    c->trial_count++;
    return DRO_OK;
}

static dro_status try_record(audit *a, const dro_yaml *map, const dro_yaml *record,
                             claim *c, dro_error *error) {
    binding items[BINDINGS_MAX];
    const char *name = "";
    DRO_TRY(dro_yaml_expect(record, DRO_YAML_MAPPING, "a trial", error));
    if (record->count > BINDINGS_MAX) {
        return dro_yaml_fail(record, error, DRO_LIMIT, "more than %d names in a trial",
                             BINDINGS_MAX);
    }
    size_t count = 0;
    for (size_t i = 0; i < record->count; i++) {
        const dro_yaml_entry *e = &record->entries[i];
        if (strcmp(e->key, "measure") == 0 || strcmp(e->key, "is") == 0) {
            continue;
        }
        binding *item = &items[count++];
        item->name = e->key;
        DRO_TRY(dro_yaml_text(&e->value, e->key, &item->value, error));
        name = strcmp(e->key, "name") == 0 ? item->value : name;
    }
    const trial_bindings with = {items, count};
    return add_trial(a, map, record, name, &with, c, error);
}

static bool in_list(const dro_yaml_list *list, const char *word) {
    bool found = list->count == 0;
    for (size_t i = 0; i < list->count; i++) {
        found = found || strcmp(list->items[i].value.text, word) == 0;
    }
    return found;
}

/* {country: [BR], kind: [city, farm], as: origin}: a trial for each such node. */
static dro_status try_nodes(audit *a, const dro_yaml *map, const dro_yaml *nodes,
                            claim *c, dro_error *error) {
    static const char *const known[] = {"country", "kind", "as"};
    dro_yaml_list countries = {NULL, 0}, kinds = {NULL, 0};
    const dro_facts *f = dro_case_facts(a->study);
    const char *as = "";
    DRO_TRY(dro_yaml_keys(nodes, known, 3, "nodes", error));
    DRO_TRY(optional_text(nodes, "as", &as, error));
    if (dro_yaml_get(nodes, "country")) {
        DRO_TRY(dro_yaml_list_of(dro_yaml_get(nodes, "country"), a->arena, &countries,
                                 error));
    }
    if (dro_yaml_get(nodes, "kind")) {
        DRO_TRY(dro_yaml_list_of(dro_yaml_get(nodes, "kind"), a->arena, &kinds, error));
    }
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_NODE); i++) {
        if (!in_list(&countries, dro_facts_text(f, i, DRO_NODE_COUNTRY)) ||
            !in_list(&kinds, dro_facts_text(f, i, DRO_NODE_KIND))) {
            continue;
        }
        const binding item = {as[0] ? as : "origin", dro_facts_id(f, DRO_KIND_NODE, i)};
        const trial_bindings with = {&item, 1};
        DRO_TRY(add_trial(a, map, NULL, dro_facts_name(f, DRO_KIND_NODE, i), &with, c,
                          error));
    }
    return DRO_OK;
}

static dro_status read_trials(audit *a, const dro_yaml *map, claim *c,
                              dro_error *error) {
    const dro_yaml *each = dro_yaml_get(map, "each");
    static const trial_bindings nothing = {NULL, 0};
    DRO_TRY(take(a, TRIALS_MAX, sizeof *c->trials, (void **)&c->trials, error));
    if (!each) {
        return dro_yaml_get(map, "measure")
                   ? add_trial(a, map, NULL, "", &nothing, c, error)
                   : DRO_OK;
    }
    if (each->kind == DRO_YAML_MAPPING) {
        static const char *const known[] = {"nodes"};
        const dro_yaml *nodes = NULL;
        DRO_TRY(dro_yaml_keys(each, known, 1, "each", error));
        DRO_TRY(dro_yaml_require(each, "nodes", "each", &nodes, error));
        return try_nodes(a, map, nodes, c, error);
    }
    DRO_TRY(dro_yaml_expect(each, DRO_YAML_SEQUENCE, "each", error));
    for (size_t i = 0; i < each->count; i++) {
        DRO_TRY(try_record(a, map, &each->entries[i].value, c, error));
    }
    return DRO_OK;
}

/* ---- conflicts ----------------------------------------------------------------------
 */

/* Half a unit of the last digit that is written. */
static double half_digit(const char *text) {
    const char *point = strchr(text, '.');
    return 0.5 * pow(10.0, point ? -(double)strspn(point + 1, "0123456789") : 0.0);
}

static dro_status from_reference(audit *a, const dro_yaml *value, stated *out,
                                 dro_error *error) {
    const dro_facts *f = dro_case_facts(a->study);
    const char *id = NULL;
    size_t t = 0;
    dro_error local = DRO_ERROR_INIT;
    DRO_TRY(dro_yaml_text(value, "reference", &id, error));
    if (dro_facts_find(f, DRO_KIND_REFERENCE, id, &t, &local) != DRO_OK) {
        return dro_yaml_fail(value, error, DRO_PARSE, "reference: %s", local.message);
    }
    *out = (stated){dro_facts_range(f, t, DRO_REFERENCE_VALUE),
                    dro_facts_text(f, t, DRO_REFERENCE_UNIT),
                    dro_facts_text(f, t, DRO_REFERENCE_PERIOD),
                    dro_facts_text(f, t, DRO_REFERENCE_DEFINITION),
                    dro_facts_origin(f, DRO_KIND_REFERENCE, t).source,
                    id};
    return DRO_OK;
}

static dro_status read_stated(audit *a, const dro_yaml *map, stated *out,
                              dro_error *error) {
    static const char *const known[] = {"reference", "value",      "rounding", "unit",
                                        "period",    "definition", "source",   "title"};
    const dro_yaml *value = NULL, *rounding = dro_yaml_get(map, "rounding");
    double number = 0.0;
    DRO_TRY(dro_yaml_keys(map, known, sizeof known / sizeof *known, "a figure", error));
    if (dro_yaml_get(map, "reference")) {
        return from_reference(a, dro_yaml_get(map, "reference"), out, error);
    }
    DRO_TRY(dro_yaml_require(map, "value", "a figure", &value, error));
    DRO_TRY(dro_yaml_number(value, "value", &number, error));
    double half = half_digit(value->text);
    if (rounding) {
        DRO_TRY(dro_yaml_number(rounding, "rounding", &half, error));
    }
    out->range = (dro_range){number, number - half, number + half};
    DRO_TRY(optional_text(map, "unit", &out->unit, error));
    DRO_TRY(optional_text(map, "period", &out->period, error));
    DRO_TRY(optional_text(map, "definition", &out->definition, error));
    DRO_TRY(optional_text(map, "source", &out->source, error));
    return optional_text(map, "title", &out->title, error);
}

static dro_status read_conflict(audit *a, const dro_yaml *conflict, claim *c,
                                dro_error *error) {
    static const char *const known[] = {"quantity", "figures"};
    const dro_yaml *figures = NULL, *quantity = NULL;
    DRO_TRY(dro_yaml_keys(conflict, known, 2, "conflict", error));
    DRO_TRY(dro_yaml_require(conflict, "quantity", "conflict", &quantity, error));
    DRO_TRY(dro_yaml_text(quantity, "quantity", &c->quantity, error));
    DRO_TRY(dro_yaml_require(conflict, "figures", "conflict", &figures, error));
    DRO_TRY(dro_yaml_expect(figures, DRO_YAML_SEQUENCE, "figures", error));
    if (figures->count < 2) {
        return dro_yaml_fail(figures, error, DRO_PARSE, "a conflict needs two figures");
    }
    DRO_TRY(take(a, figures->count, sizeof *c->figures, (void **)&c->figures, error));
    for (size_t i = 0; i < figures->count; i++) {
        DRO_TRY(read_stated(a, &figures->entries[i].value, &c->figures[i], error));
        c->figure_count = i + 1;
    }
    return DRO_OK;
}

/* ---- claims
 * ---------------------------------------------------------------------------
 */

static dro_status read_quantifier(const dro_yaml *map, bool *any, dro_error *error) {
    const dro_yaml *value = dro_yaml_get(map, "for");
    const char *text = "all";
    if (value) {
        DRO_TRY(dro_yaml_text(value, "for", &text, error));
    }
    *any = strcmp(text, "any") == 0;
    return *any || strcmp(text, "all") == 0
               ? DRO_OK
               : dro_yaml_fail(value, error, DRO_PARSE, "for: %s is not all or any",
                               text);
}

static dro_status read_named_sources(audit *a, const dro_yaml *map, claim *c,
                                     dro_error *error) {
    const dro_yaml *value = dro_yaml_get(map, "sources");
    dro_yaml_list list = {NULL, 0};
    if (!value) {
        return DRO_OK;
    }
    DRO_TRY(dro_yaml_list_of(value, a->arena, &list, error));
    DRO_TRY(take(a, list.count, sizeof *c->sources, (void **)&c->sources, error));
    for (size_t i = 0; i < list.count; i++) {
        const dro_yaml *item = &list.items[i].value;
        DRO_TRY(dro_yaml_text(item, "source", &c->sources[i], error));
        if (!dro_facts_source(dro_case_facts(a->study), c->sources[i])) {
            return dro_yaml_fail(item, error, DRO_PARSE,
                                 "sources: %s is not in sources.csv", c->sources[i]);
        }
        c->source_count = i + 1;
    }
    return DRO_OK;
}

static dro_status read_heading(audit *a, const dro_yaml *map, claim *c,
                               dro_error *error) {
    const dro_yaml *value = NULL;
    c->file = map->file;
    c->line = map->line;
    DRO_TRY(optional_text(map, "article", &c->article, error));
    DRO_TRY(optional_text(map, "who", &c->who, error));
    DRO_TRY(optional_text(map, "date", &c->date, error));
    DRO_TRY(optional_text(map, "note", &c->note, error));
    DRO_TRY(dro_yaml_require(map, "says", "the claim", &value, error));
    DRO_TRY(dro_yaml_text(value, "says", &c->says, error));
    DRO_TRY(read_quantifier(map, &c->any, error));
    return read_named_sources(a, map, c, error);
}

static dro_status read_claim(audit *a, const dro_yaml *map, claim *c,
                             dro_error *error) {
    const dro_yaml *conflict = dro_yaml_get(map, "conflict");
    const dro_yaml *not_testable = dro_yaml_get(map, "not-testable");
    DRO_TRY(dro_yaml_keys(map, claim_keys, sizeof claim_keys / sizeof *claim_keys,
                          "the claim", error));
    DRO_TRY(read_heading(a, map, c, error));
    if (not_testable) {
        DRO_TRY(dro_yaml_text(not_testable, "not-testable", &c->not_testable, error));
    }
    if (conflict) {
        DRO_TRY(read_conflict(a, conflict, c, error));
    }
    DRO_TRY(read_trials(a, map, c, error));
    if (!c->trial_count && !conflict && !not_testable) {
        return dro_yaml_fail(map, error, DRO_PARSE,
                             "claim %s has no measure, no conflict and no reason why "
                             "it is not testable",
                             c->id);
    }
    return DRO_OK;
}

static dro_status check_twice(const claim_list *list, const dro_yaml *map,
                              const char *id, dro_error *error) {
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i].id, id) == 0) {
            return dro_yaml_fail(map, error, DRO_PARSE,
                                 "claim %s is there twice, see %s:%u", id,
                                 list->items[i].file, list->items[i].line);
        }
    }
    return DRO_OK;
}

static dro_status read_one(audit *a, const dro_yaml *map, const char *only,
                           claim_list *list, dro_error *error) {
    const dro_yaml *value = NULL;
    const char *id = NULL;
    DRO_TRY(dro_yaml_expect(map, DRO_YAML_MAPPING, "a claim", error));
    DRO_TRY(dro_yaml_require(map, "id", "the claim", &value, error));
    DRO_TRY(dro_yaml_text(value, "id", &id, error));
    DRO_TRY(check_twice(list, value, id, error));
    if (only && strcmp(only, id) != 0) {
        return DRO_OK;
    }
    claim *c = &list->items[list->count];
    c->id = id;
    DRO_TRY(read_claim(a, map, c, error));
    list->count++;
    return DRO_OK;
}

static dro_status read_file(audit *a, const char *path, const dro_yaml **out,
                            dro_error *error) {
    const dro_audit_options *options = a->options;
    return options->text ? dro_yaml_parse(options->text, options->text_length, path,
                                          a->arena, out, error)
                         : dro_yaml_read(path, a->arena, out, error);
}

dro_status claims_read(audit *a, const char *path, const char *only, claim_list *out,
                       dro_error *error) {
    static const char *const known[] = {"claims", "about"};
    const dro_yaml *file = NULL, *claims = NULL;
    DRO_TRY(read_file(a, path, &file, error));
    DRO_TRY(dro_yaml_keys(file, known, 2, "the claims file", error));
    DRO_TRY(dro_yaml_require(file, "claims", "the claims file", &claims, error));
    DRO_TRY(dro_yaml_expect(claims, DRO_YAML_SEQUENCE, "claims", error));
    DRO_TRY(take(a, claims->count, sizeof *out->items, (void **)&out->items, error));
    out->count = 0;
    for (size_t i = 0; i < claims->count; i++) {
        DRO_TRY(read_one(a, &claims->entries[i].value, only, out, error));
    }
    if (only && out->count == 0) {
        return dro_fail(error, DRO_NOT_FOUND, "%s: there is no claim %s", path, only);
    }
    return DRO_OK;
}
