/* Edits as they are written: what the tables' form alone can tell is checked here. */
#include <math.h>
#include <string.h>

#include "scenario/case_state.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

typedef struct reader {
    dro_arena *arena;
    case_edit *edits;
    size_t count, capacity;
} reader;

static dro_status push(reader *r, const case_edit *edit, dro_error *error) {
    DRO_TRY(DRO_RESERVE(r->edits, r->capacity, r->count + 1, error));
    r->edits[r->count++] = *edit;
    return DRO_OK;
}

/* ---- values -------------------------------------------------------------------- */

static dro_status read_range(const dro_yaml *value, const char *what, dro_range *out,
                             dro_error *error) {
    static const char *const keys[] = {"value", "low", "high"};
    const dro_yaml *middle = NULL;
    if (value->kind != DRO_YAML_MAPPING) {
        DRO_TRY(dro_yaml_number(value, what, &out->value, error));
        out->low = out->high = out->value;
        return DRO_OK;
    }
    DRO_TRY(dro_yaml_keys(value, keys, COUNT_OF(keys), what, error));
    DRO_TRY(dro_yaml_require(value, "value", what, &middle, error));
    DRO_TRY(dro_yaml_number(middle, what, &out->value, error));
    out->low = out->high = out->value;
    const dro_yaml *low = dro_yaml_get(value, "low");
    const dro_yaml *high = dro_yaml_get(value, "high");
    DRO_TRY(low ? dro_yaml_number(low, "low", &out->low, error) : DRO_OK);
    return high ? dro_yaml_number(high, "high", &out->high, error) : DRO_OK;
}

static dro_status read_value(const dro_yaml *value, const dro_attribute *about,
                             case_change *change, dro_error *error) {
    bool flag = false;
    change->range = (dro_range){(double)NAN, (double)NAN, (double)NAN};
    change->text = "";
    if (dro_yaml_empty(value)) {
        return about->needed ? dro_yaml_fail(value, error, DRO_INVALID,
                                             "%s may not be empty", about->name)
                             : DRO_OK;
    }
    switch (about->type) {
    case DRO_ATTRIBUTE_RANGE:
        return read_range(value, about->name, &change->range, error);
    case DRO_ATTRIBUTE_NUMBER:
        DRO_TRY(dro_yaml_number(value, about->name, &change->range.value, error));
        change->range.low = change->range.high = change->range.value;
        return DRO_OK;
    case DRO_ATTRIBUTE_FLAG:
        DRO_TRY(dro_yaml_flag(value, about->name, &flag, error));
        change->text = flag ? "yes" : "no";
        return DRO_OK;
    case DRO_ATTRIBUTE_TEXT:
    case DRO_ATTRIBUTE_THING:
    case DRO_ATTRIBUTE_WORD:
    default:
        return dro_yaml_text(value, about->name, &change->text, error);
    }
}

static dro_status read_factor(const dro_yaml *value, const dro_attribute *about,
                              case_change *change, dro_error *error) {
    if (about->type != DRO_ATTRIBUTE_NUMBER && about->type != DRO_ATTRIBUTE_RANGE) {
        return dro_yaml_fail(value, error, DRO_INVALID,
                             "%s is no figure: it can be set, not scaled", about->name);
    }
    DRO_TRY(dro_yaml_number(value, about->name, &change->range.value, error));
    if (change->range.value < 0.0) {
        return dro_yaml_fail(value, error, DRO_INVALID,
                             "%s scaled by %g: the factor may not be negative",
                             about->name, change->range.value);
    }
    return DRO_OK;
}

/* ---- attributes -------------------------------------------------------------------
 */

static dro_status read_change(const dro_yaml *body, const dro_yaml_entry *entry,
                              const case_edit *edit, case_change *change,
                              dro_error *error) {
    dro_error local = DRO_ERROR_INIT;
    dro_status found =
        dro_attribute_find(edit->kind, entry->key, &change->attribute, &local);
    if (found != DRO_OK) {
        return dro_yaml_fail_key(body, entry, error, found, "%s", local.message);
    }
    if (change->attribute == DRO_TERMINAL_PORT) {
        return dro_yaml_fail_key(body, entry, error, DRO_INVALID,
                                 "an id cannot be changed");
    }
    change->at = &entry->value;
    const dro_attribute *about = dro_attribute_get(change->attribute);
    return edit->verb == CASE_SCALE ? read_factor(&entry->value, about, change, error)
                                    : read_value(&entry->value, about, change, error);
}

/* What stands behind the first key, but for `calls`. */
static dro_status read_changes(dro_arena *arena, const dro_yaml *body, size_t first,
                               case_edit *edit, dro_error *error) {
    edit->changes = case_alloc(arena, body->count + 2, sizeof *edit->changes, error);
    if (!edit->changes) {
        return DRO_NOMEM;
    }
    for (size_t i = first; i < body->count; i++) {
        const dro_yaml_entry *entry = &body->entries[i];
        if (edit->verb == CASE_ADD && edit->kind == DRO_KIND_SERVICE &&
            strcmp(entry->key, "calls") == 0) {
            continue;
        }
        DRO_TRY(
            read_change(body, entry, edit, &edit->changes[edit->change_count], error));
        edit->change_count++;
    }
    return DRO_OK;
}

static bool has_change(const case_edit *edit, dro_attribute_id attribute) {
    for (size_t i = 0; i < edit->change_count; i++) {
        if (edit->changes[i].attribute == attribute) {
            return true;
        }
    }
    return false;
}

/* ---- the kind and the ids ---------------------------------------------------------
 */

static dro_status read_kind(const dro_yaml *body, const dro_yaml_entry *entry,
                            const char *verb, dro_kind *out, dro_error *error) {
    dro_error local = DRO_ERROR_INIT;
    dro_status status = dro_kind_find(entry->key, out, &local);
    if (status == DRO_OK) {
        return DRO_OK;
    }
    return dro_yaml_fail_key(body, entry, error, status,
                             "the first word of %s says of what kind: %s", verb,
                             local.message);
}

static dro_status read_ids(dro_arena *arena, const dro_yaml_entry *entry,
                           dro_yaml_list *out, dro_error *error) {
    const char *id = NULL;
    DRO_TRY(dro_yaml_list_of(&entry->value, arena, out, error));
    if (out->count == 0) {
        return dro_yaml_fail(&entry->value, error, DRO_INVALID, "no %s is named",
                             entry->key);
    }
    for (size_t i = 0; i < out->count; i++) {
        DRO_TRY(dro_yaml_text(&out->items[i].value, entry->key, &id, error));
    }
    return DRO_OK;
}

/* ---- open and close -----------------------------------------------------------------
 */

typedef struct door { /* what open and close mean for a kind */
    dro_kind kind;
    dro_attribute_id attribute;
    const char *open;
} door;

static const door doors[] = {
    {DRO_KIND_PORT, DRO_PORT_STATUS, "open"},
    {DRO_KIND_PASSAGE, DRO_PASSAGE_STATE, "open"},
    {DRO_KIND_LINK, DRO_LINK_STATE, "existing"},
    {DRO_KIND_SERVICE, DRO_SERVICE_STATE, "existing"},
};

static void add_text(case_edit *edit, dro_attribute_id attribute, const char *text) {
    edit->changes[edit->change_count++] =
        (case_change){.attribute = attribute, .at = edit->at, .text = text};
}

/* A service's dates would decide instead of its state: they go. */
static dro_status read_door(reader *r, const dro_yaml *body,
                            const dro_yaml_entry *entry, const char *verb,
                            const case_edit *base, dro_error *error) {
    case_edit edit = *base;
    const door *found = NULL;
    DRO_TRY(read_kind(body, entry, verb, &edit.kind, error));
    for (size_t i = 0; i < COUNT_OF(doors); i++) {
        found = doors[i].kind == edit.kind ? &doors[i] : found;
    }
    if (!found) {
        return dro_yaml_fail_key(
            body, entry, error, DRO_INVALID,
            "%s is for a port, passage, link or service, not for a "
            "%s",
            verb, entry->key);
    }
    edit.at = &entry->value;
    DRO_TRY(read_ids(r->arena, entry, &edit.ids, error));
    edit.changes = case_alloc(r->arena, 3, sizeof *edit.changes, error);
    if (!edit.changes) {
        return DRO_NOMEM;
    }
    add_text(&edit, found->attribute,
             strcmp(verb, "open") == 0 ? found->open : "closed");
    if (edit.kind == DRO_KIND_SERVICE) {
        add_text(&edit, DRO_SERVICE_FROM_DATE, "");
        add_text(&edit, DRO_SERVICE_TO_DATE, "");
    }
    return push(r, &edit, error);
}

static dro_status read_doors(reader *r, const dro_yaml *body, const char *verb,
                             const case_edit *base, dro_error *error) {
    for (size_t i = 0; i < body->count; i++) {
        DRO_TRY(read_door(r, body, &body->entries[i], verb, base, error));
    }
    return DRO_OK;
}

/* ---- set and scale
 * ------------------------------------------------------------------- */

static dro_status read_set(reader *r, const dro_yaml *body, const char *verb,
                           const case_edit *base, dro_error *error) {
    case_edit edit = *base;
    DRO_TRY(read_kind(body, &body->entries[0], verb, &edit.kind, error));
    DRO_TRY(read_ids(r->arena, &body->entries[0], &edit.ids, error));
    DRO_TRY(read_changes(r->arena, body, 1, &edit, error));
    if (edit.change_count == 0) {
        return dro_yaml_fail(body, error, DRO_INVALID,
                             "%s says of what, but not which attribute", verb);
    }
    return push(r, &edit, error);
}

/* ---- add
 * -------------------------------------------------------------------------------- */

/* The attributes that a table of the kind must have; the id stands for some. */
static dro_status check_needed(const case_edit *edit, dro_error *error) {
    size_t first = dro_kind_first(edit->kind);
    for (size_t a = first; a < first + dro_kind_stride(edit->kind); a++) {
        const dro_attribute *about = dro_attribute_get((dro_attribute_id)a);
        bool by_id =
            a == DRO_TERMINAL_PORT || a == DRO_CALL_SERVICE || a == DRO_CALL_SEQ;
        if (about->needed && !by_id && !has_change(edit, (dro_attribute_id)a)) {
            return dro_yaml_fail(edit->at, error, DRO_PARSE, "the new %s has no %s",
                                 dro_kind_word(edit->kind), about->name);
        }
    }
    return DRO_OK;
}

/* What the atlas has of its own ports. An added one is open unless told. */
static dro_status complete_port(reader *r, case_edit *edit, dro_error *error) {
    static const dro_attribute_id needed[] = {DRO_PORT_NAME, DRO_PORT_COUNTRY,
                                              DRO_PORT_LAT, DRO_PORT_LON};
    for (size_t i = 0; i < COUNT_OF(needed); i++) {
        if (!has_change(edit, needed[i])) {
            return dro_yaml_fail(edit->at, error, DRO_PARSE, "the new port has no %s",
                                 dro_attribute_get(needed[i])->name);
        }
    }
    if (has_change(edit, DRO_PORT_STATUS)) {
        return DRO_OK;
    }
    case_change *changes =
        case_alloc(r->arena, edit->change_count + 1, sizeof *changes, error);
    if (!changes) {
        return DRO_NOMEM;
    }
    memcpy(changes, edit->changes, edit->change_count * sizeof *changes);
    edit->changes = changes;
    add_text(edit, DRO_PORT_STATUS, "open");
    return DRO_OK;
}

static dro_status read_call(dro_arena *arena, const dro_yaml_entry *item,
                            case_edit *call, dro_error *error) {
    DRO_TRY(dro_yaml_expect(&item->value, DRO_YAML_MAPPING, "a call", error));
    *call = (case_edit){.verb = CASE_ADD, .kind = DRO_KIND_CALL, .at = &item->value};
    DRO_TRY(read_changes(arena, &item->value, 0, call, error));
    return check_needed(call, error);
}

static dro_status read_calls(dro_arena *arena, const dro_yaml *calls, case_edit *edit,
                             dro_error *error) {
    DRO_TRY(dro_yaml_expect(calls, DRO_YAML_SEQUENCE, "calls", error));
    if (calls->count < 2) {
        return dro_yaml_fail(calls, error, DRO_INVALID,
                             "%zu call%s; a rotation needs at least 2", calls->count,
                             calls->count == 1 ? "" : "s");
    }
    edit->calls = case_alloc(arena, calls->count, sizeof *edit->calls, error);
    if (!edit->calls) {
        return DRO_NOMEM;
    }
    for (size_t i = 0; i < calls->count; i++) {
        DRO_TRY(read_call(arena, &calls->entries[i], &edit->calls[i], error));
        edit->call_count++;
    }
    return DRO_OK;
}

static dro_status read_add(reader *r, const dro_yaml *body, const case_edit *base,
                           dro_error *error) {
    case_edit edit = *base;
    edit.verb = CASE_ADD;
    DRO_TRY(read_kind(body, &body->entries[0], "add", &edit.kind, error));
    if (dro_kind_file(edit.kind)[0] == '\0' && edit.kind != DRO_KIND_PORT) {
        return dro_yaml_fail_key(body, &body->entries[0], error, DRO_INVALID,
                                 "a %s is of the atlas and cannot be added",
                                 dro_kind_word(edit.kind));
    }
    DRO_TRY(read_ids(r->arena, &body->entries[0], &edit.ids, error));
    if (edit.ids.count != 1) {
        return dro_yaml_fail(&body->entries[0].value, error, DRO_INVALID,
                             "add makes one %s at a time", dro_kind_word(edit.kind));
    }
    DRO_TRY(read_changes(r->arena, body, 1, &edit, error));
    DRO_TRY(check_needed(&edit, error));
    if (edit.kind == DRO_KIND_PORT) {
        DRO_TRY(complete_port(r, &edit, error));
    }
    if (edit.kind == DRO_KIND_SERVICE) {
        const dro_yaml *calls = NULL;
        DRO_TRY(dro_yaml_require(body, "calls", "the new service", &calls, error));
        DRO_TRY(read_calls(r->arena, calls, &edit, error));
    }
    return push(r, &edit, error);
}

/* ---- one item of the list -----------------------------------------------------------
 */

static dro_status read_dates(const dro_yaml *item, case_edit *edit, dro_error *error) {
    const dro_yaml *from = dro_yaml_get(item, "from"), *to = dro_yaml_get(item, "to");
    DRO_TRY(from ? case_date(from, "from", &edit->from, error) : DRO_OK);
    DRO_TRY(to ? case_date(to, "to", &edit->to, error) : DRO_OK);
    if (edit->from && edit->to && strcmp(edit->from, edit->to) > 0) {
        return dro_yaml_fail(to, error, DRO_INVALID, "to %s is before from %s",
                             edit->to, edit->from);
    }
    return DRO_OK;
}

/* NULL: there is none, or two. */
static const dro_yaml_entry *find_verb(const dro_yaml *item, dro_error *error) {
    const dro_yaml_entry *verb = NULL;
    for (size_t i = 0; i < item->count; i++) {
        const dro_yaml_entry *entry = &item->entries[i];
        if (strcmp(entry->key, "from") == 0 || strcmp(entry->key, "to") == 0) {
            continue;
        }
        if (verb) {
            (void)dro_yaml_fail_key(item, entry, error, DRO_PARSE,
                                    "an edit does one thing: %s and %s are two",
                                    verb->key, entry->key);
            return NULL;
        }
        verb = entry;
    }
    if (!verb) {
        (void)dro_yaml_fail(item, error, DRO_PARSE,
                            "an edit without open, close, set, scale or add");
    }
    return verb;
}

static dro_status read_edit(reader *r, const dro_yaml *item, dro_error *error) {
    static const char *const keys[] = {"open", "close", "set", "scale",
                                       "add",  "from",  "to"};
    DRO_TRY(dro_yaml_keys(item, keys, COUNT_OF(keys), "an edit", error));
    const dro_yaml_entry *verb = find_verb(item, error);
    if (!verb) {
        return DRO_PARSE;
    }
    const dro_yaml *body = &verb->value;
    case_edit base = {.at = body};
    DRO_TRY(dro_yaml_expect(body, DRO_YAML_MAPPING, verb->key, error));
    if (body->count == 0) {
        return dro_yaml_fail(body, error, DRO_PARSE, "%s names nothing", verb->key);
    }
    DRO_TRY(read_dates(item, &base, error));
    switch (verb->key[0]) {
    case 'a':
        return read_add(r, body, &base, error);
    case 's':
        base.verb = strcmp(verb->key, "scale") == 0 ? CASE_SCALE : CASE_SET;
        return read_set(r, body, verb->key, &base, error);
    default:
        return read_doors(r, body, verb->key, &base, error);
    }
}

dro_status case_read_edits(dro_arena *arena, const dro_yaml *list, case_edit **out,
                           size_t *count, dro_error *error) {
    reader r = {.arena = arena};
    dro_status status = DRO_OK;
    DRO_TRY(dro_yaml_expect(list, DRO_YAML_SEQUENCE, "edits", error));
    for (size_t i = 0; status == DRO_OK && i < list->count; i++) {
        status = read_edit(&r, &list->entries[i].value, error);
    }
    if (status == DRO_OK && r.count > 0) {
        *out = case_alloc(arena, r.count, sizeof **out, error);
        if (*out) {
            memcpy(*out, r.edits, r.count * sizeof **out);
            *count = r.count;
        } else {
            status = DRO_NOMEM;
        }
    }
    dro_free(r.edits);
    return status;
}
