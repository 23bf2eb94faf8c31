/* The scenarios of a case: what each extends, when it is, in which order edits come. */
#include <stdlib.h>
#include <string.h>

#include "base/quote.h"
#include "scenario/case_state.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- finding --------------------------------------------------------------------- */

static const char *nearest(const dro_case *study, const char *id) {
    const char *best = NULL;
    unsigned least = 250;
    for (size_t i = 0; i < study->scenario_count; i++) {
        unsigned distance = dro_text_distance(id, study->scenarios[i].id, least - 1);
        if (distance < least) {
            least = distance;
            best = study->scenarios[i].id;
        }
    }
    return best;
}

static bool find(const dro_case *study, const char *id, size_t *index) {
    for (size_t i = 0; i < study->scenario_count; i++) {
        if (strcmp(study->scenarios[i].id, id) == 0) {
            *index = i;
            return true;
        }
    }
    return false;
}

dro_status dro_case_find_scenario(const dro_case *study, const char *id, size_t *index,
                                  dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    if (find(study, id, index)) {
        return DRO_OK;
    }
    const char *near = nearest(study, id);
    return dro_fail(error, DRO_NOT_FOUND, "no scenario is called %s%s%s",
                    dro_quote(id, quoted), near ? "; the nearest: " : "",
                    near ? near : "");
}

dro_status case_parts(const dro_case *study, const char *names, size_t *parts,
                      size_t *count, dro_error *error) {
    const char *at = names ? names : study->scenario;
    *count = 0;
    if (at[0] == '\0' && !names) {
        return DRO_OK;
    }
    for (bool more = true; more;) {
        char name[DRO_ERROR_MAX / 2];
        size_t length = strcspn(at, "+");
        if (*count == CASE_PARTS_MAX) {
            return dro_fail(error, DRO_LIMIT, "more than %u scenarios on one another",
                            CASE_PARTS_MAX);
        }
        (void)snprintf(name, sizeof name, "%.*s", (int)(length < 200 ? length : 200),
                       at);
        DRO_TRY(dro_case_find_scenario(study, name, &parts[*count], error));
        (*count)++;
        more = at[length] == '+';
        at += length + 1;
    }
    return DRO_OK;
}

/* ---- reading
 * ------------------------------------------------------------------------- */

static dro_status read_month(const dro_yaml *value, int *out, dro_error *error) {
    double month = 0.0;
    DRO_TRY(dro_yaml_number(value, "month", &month, error));
    if (month < 1.0 || month > 12.0 || month != (double)(int)month) {
        return dro_yaml_fail(value, error, DRO_INVALID, "month %g: from 1 to 12",
                             month);
    }
    *out = (int)month;
    return DRO_OK;
}

static dro_status read_body(dro_case *study, const dro_yaml *body, case_scenario *s,
                            dro_error *error) {
    static const char *const keys[] = {"title", "about", "extends",
                                       "date",  "month", "edits"};
    DRO_TRY(dro_yaml_keys(body, keys, COUNT_OF(keys), "a scenario", error));
    const dro_yaml *title = dro_yaml_get(body, "title");
    const dro_yaml *about = dro_yaml_get(body, "about");
    const dro_yaml *extends = dro_yaml_get(body, "extends");
    const dro_yaml *date = dro_yaml_get(body, "date");
    const dro_yaml *month = dro_yaml_get(body, "month");
    const dro_yaml *edits = dro_yaml_get(body, "edits");
    DRO_TRY(title ? dro_yaml_text(title, "title", &s->title, error) : DRO_OK);
    DRO_TRY(about ? dro_yaml_text(about, "about", &s->about, error) : DRO_OK);
    DRO_TRY(extends ? dro_yaml_list_of(extends, study->arena, &s->extends, error)
                    : DRO_OK);
    DRO_TRY(date ? case_date(date, "date", &s->date, error) : DRO_OK);
    DRO_TRY(month ? read_month(month, &s->month, error) : DRO_OK);
    return dro_yaml_empty(edits)
               ? DRO_OK
               : case_read_edits(study->arena, edits, &s->edits, &s->edit_count, error);
}

static dro_status check_id(const dro_case *study, const dro_yaml *list,
                           const dro_yaml_entry *entry, dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    size_t index = 0;
    if (entry->key[0] == '\0' || strlen(entry->key) > 100 || strchr(entry->key, '+')) {
        return dro_yaml_fail_key(list, entry, error, DRO_INVALID,
                                 "%s cannot be a scenario's id: 1 to 100 bytes without "
                                 "\"+\"",
                                 dro_quote(entry->key, quoted));
    }
    if (find(study, entry->key, &index)) {
        const dro_yaml *other = study->scenarios[index].at;
        return dro_yaml_fail_key(list, entry, error, DRO_INVALID,
                                 "scenario %s is there twice, see %s:%u:%u", entry->key,
                                 other->file, other->line, other->column);
    }
    return DRO_OK;
}

static dro_status read_scenario(dro_case *study, const dro_yaml *list,
                                const dro_yaml_entry *entry, dro_error *error) {
    DRO_TRY(check_id(study, list, entry, error));
    case_scenario *s = &study->scenarios[study->scenario_count];
    *s = (case_scenario){
        .id = entry->key, .title = entry->key, .about = "", .at = &entry->value};
    if (!dro_yaml_empty(&entry->value)) {
        DRO_TRY(read_body(study, &entry->value, s, error));
    }
    study->scenario_count++;
    return DRO_OK;
}

static dro_status read_all(dro_case *study, dro_error *error) {
    size_t most = 0;
    for (size_t i = 0; i < study->file_count; i++) {
        const dro_yaml *list = dro_yaml_get(study->files[i].root, "scenarios");
        if (!dro_yaml_empty(list)) {
            DRO_TRY(dro_yaml_expect(list, DRO_YAML_MAPPING, "scenarios", error));
            most += list->count;
        }
    }
    if (most > CASE_SCENARIOS_MAX) {
        return dro_fail(error, DRO_LIMIT, "%s: more than %u scenarios",
                        study->files[study->file_count - 1].path, CASE_SCENARIOS_MAX);
    }
    study->scenarios = case_alloc(study->arena, most, sizeof *study->scenarios, error);
    if (!study->scenarios) {
        return DRO_NOMEM;
    }
    for (size_t i = 0; i < study->file_count; i++) {
        const dro_yaml *list = dro_yaml_get(study->files[i].root, "scenarios");
        for (size_t k = 0; list && k < list->count; k++) {
            DRO_TRY(read_scenario(study, list, &list->entries[k], error));
        }
    }
    return DRO_OK;
}

/* ---- order
 * --------------------------------------------------------------------------- */

typedef enum visit {
    NEW,
    OPEN, /* what it extends is being looked at */
    DONE
} visit;

typedef struct walk {
    dro_case *study;
    visit *seen;   /* by scenario */
    size_t *order; /* of one scenario */
    size_t count;
} walk;

static dro_status visit_scenario(walk *w, size_t index, dro_error *error);

/* A parent's date and month hold where the scenario has none; the last one counts. */
static dro_status visit_parent(walk *w, size_t index, const dro_yaml *name,
                               const char **date, int *month, dro_error *error) {
    case_scenario *s = &w->study->scenarios[index];
    const char *id = NULL;
    size_t parent = 0;
    DRO_TRY(dro_yaml_text(name, "extends", &id, error));
    DRO_TRY(case_at(name, dro_case_find_scenario(w->study, id, &parent, error), error));
    if (w->seen[parent] == OPEN) {
        return dro_yaml_fail(name, error, DRO_INVALID,
                             "scenarios extend one another in a circle: %s extends %s",
                             s->id, id);
    }
    DRO_TRY(visit_scenario(w, parent, error));
    const case_scenario *from = &w->study->scenarios[parent];
    *date = from->date ? from->date : *date;
    *month = from->month ? from->month : *month;
    return DRO_OK;
}

static dro_status visit_scenario(walk *w, size_t index, dro_error *error) {
    case_scenario *s = &w->study->scenarios[index];
    const char *date = NULL;
    int month = 0;
    if (w->seen[index] == DONE) {
        return DRO_OK;
    }
    w->seen[index] = OPEN;
    for (size_t i = 0; i < s->extends.count; i++) {
        DRO_TRY(
            visit_parent(w, index, &s->extends.items[i].value, &date, &month, error));
    }
    s->date = s->date ? s->date : date;
    s->month = s->month ? s->month : month;
    w->seen[index] = DONE;
    w->order[w->count++] = index;
    return DRO_OK;
}

static dro_status order_one(walk *w, size_t index, dro_error *error) {
    dro_case *study = w->study;
    case_scenario *s = &study->scenarios[index];
    memset(w->seen, 0, study->scenario_count * sizeof *w->seen);
    w->count = 0;
    DRO_TRY(visit_scenario(w, index, error));
    s->order = case_alloc(study->arena, w->count, sizeof *s->order, error);
    if (!s->order) {
        return DRO_NOMEM;
    }
    memcpy(s->order, w->order, w->count * sizeof *s->order);
    s->order_count = w->count;
    return DRO_OK;
}

dro_status case_read_scenarios(dro_case *study, dro_error *error) {
    DRO_TRY(read_all(study, error));
    walk w = {.study = study};
    w.seen = case_alloc(study->arena, study->scenario_count, sizeof *w.seen, error);
    w.order = case_alloc(study->arena, study->scenario_count, sizeof *w.order, error);
    if (!w.seen || !w.order) {
        return DRO_NOMEM;
    }
    for (size_t i = 0; i < study->scenario_count; i++) {
        DRO_TRY(order_one(&w, i, error));
    }
    return DRO_OK;
}
