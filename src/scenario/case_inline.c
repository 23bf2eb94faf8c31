/* Edits that no file has: given with a question, put on top of a scenario. */
#include "scenario/case_state.h"

/* Ships meet ships in ports: the connections of calls grow with their square. */
static dro_status check_calls(const case_edit *edits, size_t count, dro_error *error) {
    size_t calls = 0;
    for (size_t i = 0; i < count; i++) {
        calls += edits[i].call_count;
        if (calls > DRO_CASE_EDITS_CALLS_MAX) {
            return dro_yaml_fail(edits[i].at, error, DRO_LIMIT,
                                 "more than %d calls of new services",
                                 DRO_CASE_EDITS_CALLS_MAX);
        }
    }
    return DRO_OK;
}

static dro_status read_list(const char *edits, size_t length, const char *what,
                            dro_arena *arena, case_edit **out, size_t *count,
                            dro_error *error) {
    const dro_yaml *root = NULL;
    if (length > DRO_CASE_EDITS_BYTES_MAX) {
        return dro_fail(error, DRO_LIMIT, "%s: %zu bytes; at most %zu", what, length,
                        DRO_CASE_EDITS_BYTES_MAX);
    }
    DRO_TRY(dro_yaml_parse_json(edits, length, what, arena, &root, error));
    DRO_TRY(dro_yaml_expect(root, DRO_YAML_SEQUENCE, "edits", error));
    if (root->count > DRO_CASE_EDITS_MAX) {
        return dro_yaml_fail(root, error, DRO_LIMIT, "%zu edits; at most %d",
                             root->count, DRO_CASE_EDITS_MAX);
    }
    DRO_TRY(case_read_edits(arena, root, out, count, error));
    return check_calls(*out, *count, error);
}

dro_status dro_case_edit(const dro_case *base, const char *scenario, const char *edits,
                         size_t length, const char *what, dro_facts **out,
                         dro_error *error) {
    dro_arena *arena = NULL;
    case_edit *list = NULL;
    size_t count = 0;
    if (!edits) {
        return dro_case_apply(base, scenario, NULL, out, error);
    }
    DRO_TRY(dro_arena_create(&arena, error));
    dro_status status = read_list(edits, length, what, arena, &list, &count, error);
    if (status == DRO_OK) {
        status = case_apply(base, scenario, NULL, list, count, out, error);
    }
    dro_arena_destroy(arena);
    return status;
}
