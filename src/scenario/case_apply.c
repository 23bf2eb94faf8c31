/* Edits made on a copy of the facts. After each one the whole is settled again, so
 * that what is wrong with it is told where it is written. */
#include <math.h>
#include <string.h>

#include "base/quote.h"
#include "scenario/case_state.h"

#define CALL_ID_MAX 256

/* ---- setting ------------------------------------------------------------------- */

static bool is_figure(const dro_attribute *about) {
    return about->type == DRO_ATTRIBUTE_NUMBER || about->type == DRO_ATTRIBUTE_RANGE;
}

static dro_status set(dro_facts *facts, size_t thing, const case_change *change,
                      dro_error *error) {
    dro_status status =
        is_figure(dro_attribute_get(change->attribute))
            ? dro_facts_set_range(facts, thing, change->attribute, change->range, error)
            : dro_facts_set_text(facts, thing, change->attribute, change->text, error);
    return case_at(change->at, status, error);
}

static dro_status scale(dro_facts *facts, size_t thing, const case_change *change,
                        dro_error *error) {
    const dro_attribute *about = dro_attribute_get(change->attribute);
    dro_range range = dro_facts_range(facts, thing, change->attribute);
    double factor = change->range.value;
    if (isnan(range.value)) {
        return dro_yaml_fail(change->at, error, DRO_INVALID,
                             "%s of %s %s is not stated: it can be set, not scaled",
                             about->name, dro_kind_word(about->kind),
                             dro_facts_id(facts, about->kind, thing));
    }
    range = (dro_range){range.value * factor, range.low * factor, range.high * factor};
    return case_at(change->at,
                   dro_facts_set_range(facts, thing, change->attribute, range, error),
                   error);
}

static dro_status change_things(const case_edit *edit, dro_facts *facts,
                                dro_error *error) {
    for (size_t i = 0; i < edit->ids.count; i++) {
        const dro_yaml *id = &edit->ids.items[i].value;
        size_t thing = 0;
        DRO_TRY(case_at(id, dro_facts_find(facts, edit->kind, id->text, &thing, error),
                        error));
        for (size_t k = 0; k < edit->change_count; k++) {
            const case_change *change = &edit->changes[k];
            DRO_TRY(edit->verb == CASE_SCALE ? scale(facts, thing, change, error)
                                             : set(facts, thing, change, error));
        }
    }
    return DRO_OK;
}

/* ---- adding ---------------------------------------------------------------------- */

static dro_status add_thing(const case_edit *edit, const char *id, dro_facts *facts,
                            size_t *thing, dro_error *error) {
    const dro_yaml *at = edit->at;
    DRO_TRY(case_at(
        at, dro_facts_add(facts, edit->kind, id, at->file, at->line, thing, error),
        error));
    for (size_t k = 0; k < edit->change_count; k++) {
        DRO_TRY(set(facts, *thing, &edit->changes[k], error));
    }
    return DRO_OK;
}

static dro_status set_call(const case_edit *edit, dro_facts *facts, size_t call,
                           const char *service, double seq, dro_error *error) {
    const dro_range number = {seq, seq, seq};
    DRO_TRY(case_at(edit->at,
                    dro_facts_set_text(facts, call, DRO_CALL_SERVICE, service, error),
                    error));
    return case_at(
        edit->at, dro_facts_set_range(facts, call, DRO_CALL_SEQ, number, error), error);
}

static dro_status add_rotation(const case_edit *edit, const char *service,
                               dro_facts *facts, dro_error *error) {
    for (size_t i = 0; i < edit->call_count; i++) {
        char id[CALL_ID_MAX];
        size_t call = 0;
        (void)snprintf(id, sizeof id, "%s/%zu", service, i + 1);
        DRO_TRY(add_thing(&edit->calls[i], id, facts, &call, error));
        DRO_TRY(
            set_call(&edit->calls[i], facts, call, service, (double)(i + 1), error));
    }
    return DRO_OK;
}

/* "service/seq" */
static dro_status add_call(const case_edit *edit, const dro_yaml *id, dro_facts *facts,
                           dro_error *error) {
    char service[CALL_ID_MAX], quoted[DRO_QUOTE_MAX];
    size_t call = 0;
    double seq = 0.0;
    const char *slash = strrchr(id->text, '/');
    size_t length = slash ? (size_t)(slash - id->text) : 0;
    if (length == 0 || length >= sizeof service ||
        dro_parse_double(slash + 1, &seq, "seq", NULL) != DRO_OK) {
        return dro_yaml_fail(id, error, DRO_INVALID,
                             "%s is not the id of a call: service/number",
                             dro_quote(id->text, quoted));
    }
    memcpy(service, id->text, length);
    service[length] = '\0';
    DRO_TRY(add_thing(edit, id->text, facts, &call, error));
    return set_call(edit, facts, call, service, seq, error);
}

static dro_status add(const case_edit *edit, dro_facts *facts, dro_error *error) {
    const dro_yaml *id = &edit->ids.items[0].value;
    size_t thing = 0;
    if (edit->kind == DRO_KIND_CALL) {
        return add_call(edit, id, facts, error);
    }
    DRO_TRY(add_thing(edit, id->text, facts, &thing, error));
    return edit->kind == DRO_KIND_SERVICE ? add_rotation(edit, id->text, facts, error)
                                          : DRO_OK;
}

/* ---- one edit ----------------------------------------------------------------------
 */

/* What was found wrong with the whole: "file:line:column: ..." of a thing that this
 * edit made is told as the edit's. */
static dro_status settle(const case_edit *edit, dro_facts *facts, dro_error *error) {
    dro_error local = DRO_ERROR_INIT;
    dro_status status = dro_facts_settle(facts, &local);
    if (status == DRO_OK || status == DRO_NOMEM) {
        return status == DRO_OK ? DRO_OK : dro_fail(error, status, "%s", local.message);
    }
    const char *message = local.message;
    size_t length = strlen(edit->at->file);
    if (strncmp(message, edit->at->file, length) == 0 && message[length] == ':') {
        const char *after = strstr(message + length, ": ");
        message = after ? after + 2 : message;
    }
    return dro_yaml_fail(edit->at, error, status, "%s", message);
}

dro_status case_make_edit(const case_edit *edit, dro_facts *facts, dro_error *error) {
    DRO_TRY(edit->verb == CASE_ADD ? add(edit, facts, error)
                                   : change_things(edit, facts, error));
    return settle(edit, facts, error);
}

/* ---- scenarios ---------------------------------------------------------------------
 */

static dro_status make_edits(const case_edit *edits, size_t count, const char *date,
                             bool every, dro_facts *facts, dro_error *error) {
    for (size_t k = 0; k < count; k++) {
        const case_edit *edit = &edits[k];
        if (!every && (edit->from || edit->to) && !date) {
            return dro_yaml_fail(edit->at, error, DRO_INVALID,
                                 "this edit holds between dates, but there is no "
                                 "date");
        }
        bool in_force = every || ((!edit->from || strcmp(edit->from, date) <= 0) &&
                                  (!edit->to || strcmp(date, edit->to) <= 0));
        DRO_TRY(in_force ? case_make_edit(edit, facts, error) : DRO_OK);
    }
    return DRO_OK;
}

static dro_status make_all(const dro_case *study, const size_t *order, size_t count,
                           const char *date, bool every, dro_facts *facts,
                           dro_error *error) {
    for (size_t i = 0; i < count; i++) {
        const case_scenario *scenario = &study->scenarios[order[i]];
        DRO_TRY(make_edits(scenario->edits, scenario->edit_count, date, every, facts,
                           error));
    }
    return DRO_OK;
}

dro_status case_try_scenarios(const dro_case *study, dro_error *error) {
    for (size_t i = 0; i < study->scenario_count; i++) {
        const case_scenario *scenario = &study->scenarios[i];
        dro_facts *facts = NULL;
        DRO_TRY(dro_facts_copy(study->facts, &facts, error));
        dro_status status = make_all(study, scenario->order, scenario->order_count,
                                     NULL, true, facts, error);
        dro_facts_destroy(facts);
        DRO_TRY(status);
    }
    return DRO_OK;
}

/* ---- several put one on another ----------------------------------------------------
 */

/* The scenarios whose edits are made, each once. */
static dro_status order_of(const dro_case *study, const char *names, size_t **out,
                           size_t *count, const char **date, int *month,
                           dro_error *error) {
    size_t parts[CASE_PARTS_MAX], part_count = 0;
    DRO_TRY(case_parts(study, names, parts, &part_count, error));
    size_t *order = NULL, n = 0;
    DRO_TRY(dro_new((void **)&order, study->scenario_count, sizeof *order, "scenarios",
                    error));
    *date = NULL;
    *month = 0;
    for (size_t p = 0; p < part_count; p++) {
        const case_scenario *part = &study->scenarios[parts[p]];
        for (size_t i = 0; i < part->order_count; i++) {
            bool known = false;
            for (size_t k = 0; k < n; k++) {
                known = known || order[k] == part->order[i];
            }
            if (!known) {
                order[n++] = part->order[i];
            }
        }
        *date = part->date ? part->date : *date;
        *month = part->month ? part->month : *month;
    }
    *out = order;
    *count = n;
    return DRO_OK;
}

dro_status dro_case_when(const dro_case *study, const char *scenario, const char **date,
                         int *month, dro_error *error) {
    size_t *order = NULL, count = 0;
    DRO_TRY(order_of(study, scenario, &order, &count, date, month, error));
    dro_free(order);
    return DRO_OK;
}

static dro_status check_given_date(const char *date, dro_error *error) {
    const dro_yaml value = {
        .kind = DRO_YAML_SCALAR, .file = "date", .text = date, .line = 1, .column = 1};
    const char *checked = NULL;
    char quoted[DRO_QUOTE_MAX];
    if (case_date(&value, "date", &checked, NULL) != DRO_OK) {
        return dro_fail(error, DRO_INVALID, "date %s is not YYYY-MM-DD",
                        dro_quote(date, quoted));
    }
    return DRO_OK;
}

dro_status case_apply(const dro_case *study, const char *scenario, const char *date,
                      const case_edit *more, size_t more_count, dro_facts **out,
                      dro_error *error) {
    size_t *order = NULL, count = 0;
    const char *own = NULL;
    int month = 0;
    dro_facts *facts = NULL;
    DRO_TRY(order_of(study, scenario, &order, &count, &own, &month, error));
    const char *when = date ? date : own;
    dro_status status = dro_facts_copy(study->facts, &facts, error);
    if (status == DRO_OK) {
        status = make_all(study, order, count, when, false, facts, error);
    }
    if (status == DRO_OK && count == 0) {
        status = dro_facts_settle(facts, error);
    }
    if (status == DRO_OK) {
        status = make_edits(more, more_count, when, false, facts, error);
    }
    dro_free(order);
    if (status != DRO_OK) {
        dro_facts_destroy(facts);
        return status;
    }
    *out = facts;
    return DRO_OK;
}

dro_status dro_case_apply(const dro_case *study, const char *scenario, const char *date,
                          dro_facts **out, dro_error *error) {
    DRO_TRY(date ? check_given_date(date, error) : DRO_OK);
    return case_apply(study, scenario, date, NULL, 0, out, error);
}
