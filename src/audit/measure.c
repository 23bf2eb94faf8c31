/* Reading measures from a claims file. docs/claims.md has the language. */
#include "audit/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "audit/run.h"

dro_status measure_text(const dro_yaml *value, const trial_bindings *with,
                        const char *what, const char **out, dro_error *error) {
    const char *text = NULL;
    DRO_TRY(dro_yaml_text(value, what, &text, error));
    if (text[0] != '$') {
        *out = text;
        return DRO_OK;
    }
    for (size_t i = 0; i < with->count; i++) {
        if (strcmp(with->items[i].name, text + 1) == 0) {
            *out = with->items[i].value;
            return DRO_OK;
        }
    }
    return dro_yaml_fail(value, error, DRO_PARSE,
                         "%s: no trial of the claim says what %s is", what, text);
}

/* ---- parameters of a leaf ---------------------------------------------------------
 */

typedef struct reader {
    audit *a;
    const dro_yaml *yaml; /* the parameters */
    const trial_bindings *with;
    leaf leaf;
    const dro_facts *facts;
    const dro_chains *chains;
} reader;

/* "" where it is not given. */
static dro_status option(const reader *r, const char *key, const char **out,
                         dro_error *error) {
    const dro_yaml *value = dro_yaml_get(r->yaml, key);
    *out = "";
    return value ? measure_text(value, r->with, key, out, error) : DRO_OK;
}

static dro_status needed(const reader *r, const char *key, const char **out,
                         dro_error *error) {
    const dro_yaml *value = NULL;
    DRO_TRY(dro_yaml_require(r->yaml, key, "the measure", &value, error));
    return measure_text(value, r->with, key, out, error);
}

/* Puts "file:line:column" before what a search complained of. */
static dro_status at_key(const reader *r, const char *key, dro_status status,
                         const dro_error *local, dro_error *error) {
    const dro_yaml *value = dro_yaml_get(r->yaml, key);
    return dro_yaml_fail(value ? value : r->yaml, error,
                         status == DRO_NOMEM ? status : DRO_PARSE, "%s: %s", key,
                         local->message);
}

static dro_status open_world(reader *r, dro_error *error) {
    const char *scenario = NULL;
    dro_error local = DRO_ERROR_INIT;
    DRO_TRY(option(r, "scenario", &scenario, error));
    dro_status status = audit_world(r->a, scenario, &r->leaf.world, &local);
    if (status == DRO_NOT_FOUND) {
        return at_key(r, "scenario", status, &local, error);
    }
    if (status != DRO_OK) {
        return dro_fail(error, status, "%s", local.message);
    }
    r->facts = r->a->worlds[r->leaf.world].facts;
    r->chains = r->a->worlds[r->leaf.world].chains;
    return DRO_OK;
}

static dro_status find_thing(const reader *r, const char *key, dro_kind kind,
                             const char *id, size_t *out, dro_error *error) {
    dro_error local = DRO_ERROR_INIT;
    dro_status status =
        kind == DRO_KIND_PORT
            ? dro_atlas_find_port(dro_facts_atlas(r->facts), id, out, &local)
            : dro_facts_find(r->facts, kind, id, out, &local);
    return status == DRO_OK ? DRO_OK : at_key(r, key, status, &local, error);
}

static dro_status find_place(const reader *r, const char *key, bool quay,
                             dro_chain_place *out, dro_error *error) {
    const char *text = NULL;
    dro_error local = DRO_ERROR_INIT;
    DRO_TRY(needed(r, key, &text, error));
    dro_status status = dro_chain_place_find(r->chains, text, quay, out, &local);
    return status == DRO_OK ? DRO_OK : at_key(r, key, status, &local, error);
}

/* A place anywhere: a node or port of the case, a port of the atlas, "lat,lon". */
static dro_status find_point(const reader *r, const char *key, dro_point *out,
                             const char **name, dro_error *error) {
    dro_chain_place place;
    dro_place bare;
    const char *text = NULL;
    dro_error local = DRO_ERROR_INIT;
    DRO_TRY(needed(r, key, &text, error));
    if (dro_chain_place_find(r->chains, text, false, &place, NULL) == DRO_OK) {
        *out = place.at;
        *name = dro_chain_place_name(r->chains, &place);
        return DRO_OK;
    }
    dro_status status =
        dro_place_find(dro_facts_atlas(r->facts), text, false, &bare, NULL, &local);
    if (status != DRO_OK) {
        return at_key(r, key, status, &local, error);
    }
    *out = bare.at;
    *name = text;
    return DRO_OK;
}

/* One of a few words. */
static dro_status find_word(const reader *r, const char *key, const char *const *words,
                            size_t count, size_t *out, dro_error *error) {
    const char *text = NULL;
    char list[160] = "";
    size_t length = 0;
    DRO_TRY(option(r, key, &text, error));
    for (size_t i = 0; i < count; i++) {
        if (text[0] == '\0' || strcmp(text, words[i]) == 0) {
            *out = i; /* the first is the default */
            return DRO_OK;
        }
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%s",
                                   i ? ", " : "", words[i]);
    }
    return dro_yaml_fail(dro_yaml_get(r->yaml, key), error, DRO_PARSE,
                         "%s: %s is not one of %s", key, text, list);
}

static dro_status check_keys(const reader *r, const char *const *known, size_t count,
                             dro_error *error) {
    return dro_yaml_keys(r->yaml, known, count, "the measure", error);
}

/* ---- leaves -------------------------------------------------------------------------
 */

static const char *const get_words[] = {"days", "hours", "usd", "co2_kg",
                                        "generalised_usd"};
static const char *const get_units[] = {"d", "h", "USD", "kg", "USD"};
static const char *const by_words[] = {"time", "cost", "co2", "generalised"};

static dro_status optional_port(const reader *r, const char *key, int *out,
                                dro_error *error) {
    const char *text = NULL;
    size_t port = 0;
    *out = -1;
    DRO_TRY(option(r, key, &text, error));
    if (text[0]) {
        DRO_TRY(find_thing(r, key, DRO_KIND_PORT, text, &port, error));
        *out = (int)port;
    }
    return DRO_OK;
}

static dro_status optional_service(const reader *r, const char *key, int *out,
                                   dro_error *error) {
    const char *text = NULL;
    size_t thing = 0;
    DRO_TRY(option(r, key, &text, error));
    if (text[0]) {
        DRO_TRY(find_thing(r, key, DRO_KIND_SERVICE, text, &thing, error));
        *out = (int)thing;
    }
    return DRO_OK;
}

static dro_status read_wish(reader *r, dro_error *error) {
    const char *commodity = NULL, *quay = NULL;
    size_t thing = 0, by = 0;
    bool at_quay = false;
    dro_chain_wish *w = &r->leaf.wish;
    DRO_TRY(option(r, "commodity", &commodity, error));
    DRO_TRY(option(r, "quay", &quay, error));
    DRO_TRY(find_word(r, "by", by_words, 4, &by, error));
    if (quay[0]) {
        DRO_TRY(dro_yaml_flag(dro_yaml_get(r->yaml, "quay"), "quay", &at_quay, error));
    }
    dro_chain_place from, to;
    DRO_TRY(find_place(r, "from", at_quay, &from, error));
    DRO_TRY(find_place(r, "to", at_quay, &to, error));
    DRO_TRY(find_thing(r, "commodity", DRO_KIND_COMMODITY,
                       commodity[0] ? commodity : dro_case_commodity(r->a->study),
                       &thing, error));
    *w = (dro_chain_wish)DRO_CHAIN_WISH_INIT(from, to, thing, (dro_chain_by)by);
    DRO_TRY(optional_port(r, "over", &w->via_port, error));
    DRO_TRY(optional_port(r, "without", &w->without_port, error));
    DRO_TRY(optional_service(r, "service", &w->service, error));
    DRO_TRY(optional_service(r, "connecting", &w->connecting, error));
    return DRO_OK;
}

static dro_status read_chain(reader *r, dro_error *error) {
    static const char *const known[] = {"from",    "to",      "scenario",  "commodity",
                                        "by",      "quay",    "get",       "over",
                                        "without", "service", "connecting"};
    size_t get = 0;
    DRO_TRY(check_keys(r, known, sizeof known / sizeof *known, error));
    DRO_TRY(open_world(r, error));
    DRO_TRY(read_wish(r, error));
    DRO_TRY(find_word(r, "get", get_words, 5, &get, error));
    r->leaf.get = (chain_get)get;
    r->leaf.unit = get_units[get];
    const dro_chain_wish *w = &r->leaf.wish;
    const char *with = w->service >= 0 ? ", service " : "";
    return audit_format(
        r->a, &r->leaf.title, error, "%s to %s, %s, scenario %s, by %s%s%s",
        dro_chain_place_name(r->chains, &w->from),
        dro_chain_place_name(r->chains, &w->to),
        dro_facts_id(r->facts, DRO_KIND_COMMODITY, w->commodity),
        r->a->worlds[r->leaf.world].scenario, dro_chain_by_text(w->by), with,
        with[0] ? dro_facts_id(r->facts, DRO_KIND_SERVICE, (size_t)w->service) : "");
}

static dro_status read_port(reader *r, dro_error *error) {
    DRO_TRY(read_chain(r, error));
    r->leaf.unit = "";
    const char *chain = r->leaf.title;
    return audit_format(r->a, &r->leaf.title, error, "port of loading: %s", chain);
}

static dro_status read_distance(reader *r, dro_error *error) {
    static const char *const known[] = {"from", "to", "way", "scenario", "commodity"};
    static const char *const ways[] = {"great-circle", "sea", "land"};
    static const leaf_kind kinds[] = {LEAF_CIRCLE, LEAF_SEA, LEAF_LAND};
    const char *from = NULL, *to = NULL;
    size_t way = 0;
    DRO_TRY(check_keys(r, known, sizeof known / sizeof *known, error));
    DRO_TRY(open_world(r, error));
    DRO_TRY(find_word(r, "way", ways, 3, &way, error));
    DRO_TRY(find_point(r, "from", &r->leaf.a, &from, error));
    DRO_TRY(find_point(r, "to", &r->leaf.b, &to, error));
    r->leaf.kind = kinds[way];
    if (r->leaf.kind == LEAF_LAND) {
        DRO_TRY(read_wish(r, error));
        r->leaf.wish.by_land = true;
    }
    r->leaf.unit = "km";
    return audit_format(r->a, &r->leaf.title, error, "%s to %s, %s", from, to,
                        ways[way]);
}

static dro_status read_position(reader *r, dro_error *error) {
    static const char *const known[] = {"of", "get", "scenario"};
    static const char *const gets[] = {"latitude", "longitude"};
    const char *name = NULL;
    size_t get = 0;
    DRO_TRY(check_keys(r, known, 3, error));
    DRO_TRY(open_world(r, error));
    DRO_TRY(find_point(r, "of", &r->leaf.a, &name, error));
    DRO_TRY(find_word(r, "get", gets, 2, &get, error));
    r->leaf.latitude = get == 0;
    r->leaf.unit = "degrees";
    return audit_format(r->a, &r->leaf.title, error, "%s of %s", gets[get], name);
}

static dro_status read_berth(reader *r, dro_error *error) {
    static const char *const known[] = {"vessel", "port", "scenario"};
    const char *vessel = NULL, *port = NULL;
    DRO_TRY(check_keys(r, known, 3, error));
    DRO_TRY(open_world(r, error));
    DRO_TRY(needed(r, "vessel", &vessel, error));
    DRO_TRY(needed(r, "port", &port, error));
    DRO_TRY(find_thing(r, "vessel", DRO_KIND_VESSEL, vessel, &r->leaf.vessel, error));
    DRO_TRY(find_thing(r, "port", DRO_KIND_PORT, port, &r->leaf.thing, error));
    r->leaf.unit = "";
    r->leaf.source = dro_facts_origin(r->facts, DRO_KIND_PORT, r->leaf.thing).source;
    return audit_format(r->a, &r->leaf.title, error, "%s can berth at %s, scenario %s",
                        vessel, dro_facts_name(r->facts, DRO_KIND_PORT, r->leaf.thing),
                        r->a->worlds[r->leaf.world].scenario);
}

static dro_status read_reference(reader *r, dro_error *error) {
    const char *id = NULL;
    r->leaf.kind = LEAF_FIGURE;
    DRO_TRY(measure_text(r->yaml, r->with, "reference", &id, error));
    reader whole = *r;
    dro_error local = DRO_ERROR_INIT;
    whole.yaml = NULL;
    DRO_TRY(open_world(&whole, error));
    r->leaf.world = whole.leaf.world;
    r->facts = whole.facts;
    dro_status status =
        dro_facts_find(r->facts, DRO_KIND_REFERENCE, id, &r->leaf.thing, &local);
    if (status != DRO_OK) {
        return dro_yaml_fail(r->yaml, error, DRO_PARSE, "reference: %s", local.message);
    }
    size_t t = r->leaf.thing;
    r->leaf.attribute = DRO_REFERENCE_VALUE;
    r->leaf.unit = dro_facts_text(r->facts, t, DRO_REFERENCE_UNIT);
    r->leaf.source = dro_facts_origin(r->facts, DRO_KIND_REFERENCE, t).source;
    return audit_format(r->a, &r->leaf.title, error, "%s: %s %s %s, %s",
                        dro_facts_text(r->facts, t, DRO_REFERENCE_SERIES),
                        dro_facts_text(r->facts, t, DRO_REFERENCE_REPORTER),
                        dro_facts_text(r->facts, t, DRO_REFERENCE_PARTNER),
                        dro_facts_text(r->facts, t, DRO_REFERENCE_PERIOD),
                        dro_facts_text(r->facts, t, DRO_REFERENCE_DEFINITION));
}

/* {port: PECHY, attribute: alongside_m}: any kind's word is the key. */
static dro_status read_fact(reader *r, dro_error *error) {
    const char *id = NULL, *name = NULL;
    dro_error local = DRO_ERROR_INIT;
    dro_kind kind = DRO_KIND_COUNT;
    DRO_TRY(open_world(r, error));
    for (int k = 0; k < DRO_KIND_COUNT; k++) {
        if (dro_yaml_get(r->yaml, dro_kind_word((dro_kind)k))) {
            kind = (dro_kind)k;
        }
    }
    if (kind == DRO_KIND_COUNT) {
        return dro_yaml_fail(r->yaml, error, DRO_PARSE,
                             "fact: names no thing, as in {port: PECHY, attribute: "
                             "alongside_m}");
    }
    const char *const known[] = {dro_kind_word(kind), "attribute", "scenario"};
    DRO_TRY(check_keys(r, known, 3, error));
    DRO_TRY(needed(r, dro_kind_word(kind), &id, error));
    DRO_TRY(find_thing(r, dro_kind_word(kind), kind, id, &r->leaf.thing, error));
    DRO_TRY(needed(r, "attribute", &name, error));
    dro_status status = dro_attribute_find(kind, name, &r->leaf.attribute, &local);
    if (status != DRO_OK) {
        return at_key(r, "attribute", status, &local, error);
    }
    r->leaf.unit = "";
    r->leaf.source = dro_facts_origin(r->facts, kind, r->leaf.thing).source;
    return audit_format(r->a, &r->leaf.title, error, "%s of %s, scenario %s", name,
                        dro_facts_name(r->facts, kind, r->leaf.thing),
                        r->a->worlds[r->leaf.world].scenario);
}

static dro_status read_demand(reader *r, dro_error *error) {
    static const char *const known[] = {"country", "commodity", "to", "get",
                                        "scenario"};
    static const char *const gets[] = {"t", "teu"};
    const char *commodity = NULL, *to = NULL;
    size_t thing = 0, get = 0;
    DRO_TRY(check_keys(r, known, 5, error));
    DRO_TRY(open_world(r, error));
    DRO_TRY(option(r, "country", &r->leaf.country, error));
    DRO_TRY(option(r, "commodity", &commodity, error));
    DRO_TRY(option(r, "to", &to, error));
    DRO_TRY(find_word(r, "get", gets, 2, &get, error));
    r->leaf.in_teu = get == 1;
    r->leaf.commodity = r->leaf.destination = -1;
    if (commodity[0]) {
        DRO_TRY(
            find_thing(r, "commodity", DRO_KIND_COMMODITY, commodity, &thing, error));
        r->leaf.commodity = (int)thing;
    }
    if (to[0]) {
        DRO_TRY(find_thing(r, "to", DRO_KIND_PORT, to, &thing, error));
        r->leaf.destination = (int)thing;
    }
    r->leaf.unit = get ? "TEU/year" : "t/year";
    return audit_format(r->a, &r->leaf.title, error, "demand %s %s %s", r->leaf.country,
                        commodity, to);
}

static dro_status read_number(reader *r, dro_error *error) {
    static const char *const known[] = {"value", "low",    "high",
                                        "unit",  "source", "title"};
    double value = 0.0;
    const dro_yaml *low = dro_yaml_get(r->yaml, "low");
    const dro_yaml *high = dro_yaml_get(r->yaml, "high");
    const dro_yaml *at = r->yaml;
    r->leaf.unit = r->leaf.title = "";
    if (r->yaml->kind == DRO_YAML_MAPPING) {
        DRO_TRY(check_keys(r, known, 6, error));
        DRO_TRY(dro_yaml_require(r->yaml, "value", "number", &at, error));
        DRO_TRY(option(r, "unit", &r->leaf.unit, error));
        DRO_TRY(option(r, "title", &r->leaf.title, error));
        DRO_TRY(option(r, "source", &r->leaf.source, error));
    }
    DRO_TRY(dro_yaml_number(at, "number", &value, error));
    r->leaf.range = (dro_range){value, value, value};
    if (low) {
        DRO_TRY(dro_yaml_number(low, "low", &r->leaf.range.low, error));
    }
    if (high) {
        DRO_TRY(dro_yaml_number(high, "high", &r->leaf.range.high, error));
    }
    if (r->leaf.range.low > value || r->leaf.range.high < value) {
        return dro_yaml_fail(r->yaml, error, DRO_PARSE,
                             "number: the value is not between its low and its high");
    }
    uint64_t place[2] = {at->line, at->column};
    r->leaf.key = dro_hash64(place, sizeof place, 77);
    return DRO_OK;
}

typedef struct leaf_form {
    const char *word;
    leaf_kind kind;
    dro_status (*read)(reader *r, dro_error *error);
} leaf_form;

static const leaf_form leaf_forms[] = {
    {"number", LEAF_NUMBER, read_number},
    {"reference", LEAF_FIGURE, read_reference},
    {"fact", LEAF_FIGURE, read_fact},
    {"chain", LEAF_CHAIN, read_chain},
    {"load-port", LEAF_PORT, read_port},
    {"distance", LEAF_CIRCLE, read_distance},
    {"position", LEAF_POSITION, read_position},
    {"berth", LEAF_BERTH, read_berth},
    {"demand", LEAF_DEMAND, read_demand},
};

static dro_status compile_leaf(audit *a, const leaf_form *form, const dro_yaml *yaml,
                               const trial_bindings *with, measure *m,
                               dro_error *error) {
    reader r = {.a = a, .yaml = yaml, .with = with};
    r.leaf = (leaf){.kind = form->kind,
                    .source = "",
                    .unit = "",
                    .title = "",
                    .country = "",
                    .sure = (double)NAN};
    DRO_TRY(form->read(&r, error));
    m->op = MEASURE_LEAF;
    m->unit = r.leaf.unit;
    return audit_leaf(a, &r.leaf, &m->leaf, error);
}

/* ---- branches -----------------------------------------------------------------------
 */

typedef struct branch_form {
    const char *word;
    measure_op op;
    size_t least, most;
    const char *unit; /* NULL: that of its first term */
} branch_form;

static const branch_form branch_forms[] = {
    {"sum", MEASURE_SUM, 1, MEASURE_TERMS_MAX, NULL},
    {"difference", MEASURE_DIFFERENCE, 2, 2, NULL},
    {"product", MEASURE_PRODUCT, 1, MEASURE_TERMS_MAX, NULL},
    {"ratio", MEASURE_RATIO, 2, 2, ""},
    {"percent", MEASURE_PERCENT, 2, 2, "%"},
    {"growth", MEASURE_GROWTH, 3, 3, "%/year"},
    {"largest", MEASURE_LARGEST, 1, MEASURE_TERMS_MAX, NULL},
    {"smallest", MEASURE_SMALLEST, 1, MEASURE_TERMS_MAX, NULL},
    {"rank", MEASURE_RANK, 2, MEASURE_TERMS_MAX, ""},
    {"annuity", MEASURE_ANNUITY, 3, 3, "USD/year"},
    {"clearing", MEASURE_CLEARING, 4, 4, "d"},
};

static dro_status compile_branch(audit *a, const branch_form *form,
                                 const dro_yaml *yaml, const trial_bindings *with,
                                 measure *m, dro_error *error) {
    DRO_TRY(dro_yaml_expect(yaml, DRO_YAML_SEQUENCE, form->word, error));
    if (yaml->count < form->least || yaml->count > form->most) {
        return dro_yaml_fail(yaml, error, DRO_PARSE, "%s: %zu terms, needs %zu%s",
                             form->word, yaml->count, form->least,
                             form->most > form->least ? " or more" : "");
    }
    m->op = form->op;
    m->terms = dro_arena_alloc(a->arena, yaml->count, sizeof(measure *));
    if (!m->terms) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a measure");
    }
    for (size_t i = 0; i < yaml->count; i++) {
        DRO_TRY(measure_compile(a, &yaml->entries[i].value, with, &m->terms[i], error));
        m->term_count = i + 1;
    }
    m->unit = form->unit ? form->unit : m->terms[0]->unit;
    return DRO_OK;
}

/* Digits only, so many of them. */
static bool digits(const char **text, size_t count, int *out) {
    int value = 0;
    for (size_t i = 0; i < count; i++, (*text)++) {
        if (**text < '0' || **text > '9') {
            return false;
        }
        value = 10 * value + (**text - '0');
    }
    *out = value;
    return true;
}

/* The Julian day number of a date of the Gregorian calendar (Fliegel and Van Flandern
 * 1968). */
static int day_number(int year, int month, int day) {
    int a = (14 - month) / 12, y = year + 4800 - a, m = month + 12 * a - 3;
    return day + (153 * m + 2) / 5 + 365 * y + y / 4 - y / 100 + y / 400;
}

/* YYYY-MM-DD as a number of days. */
static dro_status parse_date(const dro_yaml *value, const trial_bindings *with,
                             int *out, dro_error *error) {
    const char *text = NULL;
    int year = 0, month = 0, day = 0;
    DRO_TRY(measure_text(value, with, "date", &text, error));
    const char *at = text;
    bool right = digits(&at, 4, &year) && *at++ == '-' && digits(&at, 2, &month) &&
                 *at++ == '-' && digits(&at, 2, &day) && *at == '\0';
    if (!right || month < 1 || month > 12 || day < 1 || day > 31) {
        return dro_yaml_fail(value, error, DRO_PARSE, "date: %s is not YYYY-MM-DD",
                             text);
    }
    *out = day_number(year, month, day);
    return DRO_OK;
}

static dro_status compile_days(audit *a, const dro_yaml *yaml,
                               const trial_bindings *with, measure *m,
                               dro_error *error) {
    int day[2] = {0, 0};
    leaf l = {.kind = LEAF_NUMBER, .source = "", .unit = "d", .country = ""};
    DRO_TRY(dro_yaml_expect(yaml, DRO_YAML_SEQUENCE, "days-between", error));
    if (yaml->count != 2) {
        return dro_yaml_fail(yaml, error, DRO_PARSE, "days-between: needs two dates");
    }
    for (size_t i = 0; i < 2; i++) {
        DRO_TRY(parse_date(&yaml->entries[i].value, with, &day[i], error));
    }
    double days = day[1] - day[0];
    l.range = (dro_range){days, days, days};
    DRO_TRY(audit_format(a, &l.title, error, "days from %s to %s",
                         yaml->entries[0].value.text, yaml->entries[1].value.text));
    m->op = MEASURE_LEAF;
    m->unit = "d";
    return audit_leaf(a, &l, &m->leaf, error);
}

static dro_status unknown(const dro_yaml *yaml, const char *key, dro_error *error) {
    const char *nearest = "";
    unsigned least = 1000;
    size_t leaves = sizeof leaf_forms / sizeof *leaf_forms;
    size_t branches = sizeof branch_forms / sizeof *branch_forms;
    for (size_t i = 0; i < leaves + branches; i++) {
        const char *word =
            i < leaves ? leaf_forms[i].word : branch_forms[i - leaves].word;
        unsigned distance = dro_text_distance(key, word, 100);
        if (distance < least) {
            least = distance;
            nearest = word;
        }
    }
    return dro_yaml_fail_key(yaml, &yaml->entries[0], error, DRO_PARSE,
                             "there is no measure %s; the nearest is %s", key, nearest);
}

static dro_status compile_form(audit *a, const char *key, const dro_yaml *yaml,
                               const dro_yaml *value, const trial_bindings *with,
                               measure *m, dro_error *error) {
    for (size_t i = 0; i < sizeof leaf_forms / sizeof *leaf_forms; i++) {
        if (strcmp(key, leaf_forms[i].word) == 0) {
            return compile_leaf(a, &leaf_forms[i], value, with, m, error);
        }
    }
    for (size_t i = 0; i < sizeof branch_forms / sizeof *branch_forms; i++) {
        if (strcmp(key, branch_forms[i].word) == 0) {
            return compile_branch(a, &branch_forms[i], value, with, m, error);
        }
    }
    if (strcmp(key, "days-between") == 0) {
        return compile_days(a, value, with, m, error);
    }
    return unknown(yaml, key, error);
}

dro_status measure_compile(audit *a, const dro_yaml *yaml, const trial_bindings *with,
                           measure **out, dro_error *error) {
    measure *m = dro_arena_alloc(a->arena, 1, sizeof *m);
    if (!m) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a measure");
    }
    *m = (measure){.title = "", .unit = "", .at = yaml};
    *out = m;
    if (yaml->kind == DRO_YAML_SCALAR) {
        return compile_leaf(a, &leaf_forms[0], yaml, with, m, error);
    }
    DRO_TRY(dro_yaml_expect(yaml, DRO_YAML_MAPPING, "a measure", error));
    const dro_yaml_entry *form = NULL;
    for (size_t i = 0; i < yaml->count; i++) {
        const dro_yaml_entry *entry = &yaml->entries[i];
        if (strcmp(entry->key, "title") == 0) {
            DRO_TRY(measure_text(&entry->value, with, "title", &m->title, error));
        } else if (strcmp(entry->key, "unit") != 0) {
            if (form) {
                return dro_yaml_fail_key(yaml, entry, error, DRO_PARSE,
                                         "a measure is one thing: %s or %s?", form->key,
                                         entry->key);
            }
            form = entry;
        }
    }
    if (!form) {
        return dro_yaml_fail(yaml, error, DRO_PARSE, "a measure that measures nothing");
    }
    DRO_TRY(compile_form(a, form->key, yaml, &form->value, with, m, error));
    const dro_yaml *unit = dro_yaml_get(yaml, "unit");
    return unit ? measure_text(unit, with, "unit", &m->unit, error) : DRO_OK;
}
