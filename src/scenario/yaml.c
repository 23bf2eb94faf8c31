/* Asking a case file: keys, texts, numbers, flags, lists, and where they are wrong. */
#include "scenario/yaml.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/c_locale.h"
#include "base/quote.h"

/* ---- messages
 * ------------------------------------------------------------------------ */

static dro_status fail_va(const char *file, unsigned line, unsigned column,
                          dro_error *error, dro_status status, const char *format,
                          va_list arguments) DRO_PRINTF(6, 0);

static dro_status fail_va(const char *file, unsigned line, unsigned column,
                          dro_error *error, dro_status status, const char *format,
                          va_list arguments) {
    char message[DRO_ERROR_MAX];
    locale_t before = dro_c_locale_enter();
    (void)vsnprintf(message, sizeof message, format, arguments);
    dro_c_locale_leave(before);
    return dro_fail(error, status, "%s:%u:%u: %s", file, line, column, message);
}

dro_status dro_yaml_fail(const dro_yaml *at, dro_error *error, dro_status status,
                         const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)fail_va(at->file, at->line, at->column, error, status, format, arguments);
    va_end(arguments);
    return status;
}

dro_status dro_yaml_fail_key(const dro_yaml *mapping, const dro_yaml_entry *entry,
                             dro_error *error, dro_status status, const char *format,
                             ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)fail_va(mapping->file, entry->line, entry->column, error, status, format,
                  arguments);
    va_end(arguments);
    return status;
}

static const char *kind_text(dro_yaml_kind kind) {
    switch (kind) {
    case DRO_YAML_SEQUENCE:
        return "a list";
    case DRO_YAML_MAPPING:
        return "a mapping (key: value)";
    case DRO_YAML_SCALAR:
        break;
    }
    return "a single value";
}

dro_status dro_yaml_expect(const dro_yaml *value, dro_yaml_kind kind, const char *what,
                           dro_error *error) {
    if (value->kind == kind) {
        return DRO_OK;
    }
    return dro_yaml_fail(value, error, DRO_PARSE, "%s is %s; it must be %s", what,
                         kind_text(value->kind), kind_text(kind));
}

/* ---- mappings
 * -------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b) {
    const dro_yaml_entry *const *x = a, *const *y = b;
    int order = strcmp((*x)->key, (*y)->key);
    return order != 0 ? order : (*x > *y) - (*x < *y); /* the later one is behind */
}

dro_status dro_yaml_check_twice(const dro_yaml *mapping, dro_error *error) {
    const dro_yaml_entry **sorted = NULL, *twice = NULL;
    size_t n = mapping->count;
    if (n < 2) {
        return DRO_OK;
    }
    DRO_TRY(
        dro_new((void **)&sorted, n, sizeof(dro_yaml_entry *), mapping->file, error));
    for (size_t i = 0; i < n; i++) {
        sorted[i] = &mapping->entries[i];
    }
    qsort((void *)sorted, n, sizeof(dro_yaml_entry *), by_key);
    for (size_t i = 1; i < n; i++) {
        bool same = strcmp(sorted[i - 1]->key, sorted[i]->key) == 0;
        if (same && (twice == NULL || sorted[i] < twice)) {
            twice = sorted[i];
        }
    }
    dro_free((void *)sorted);
    if (twice != NULL) {
        char quoted[DRO_QUOTE_MAX];
        return dro_yaml_fail_key(mapping, twice, error, DRO_PARSE,
                                 "the key %s is there twice",
                                 dro_quote(twice->key, quoted));
    }
    return DRO_OK;
}

const dro_yaml *dro_yaml_get(const dro_yaml *mapping, const char *key) {
    if (mapping == NULL || mapping->kind != DRO_YAML_MAPPING) {
        return NULL;
    }
    for (size_t i = 0; i < mapping->count; i++) {
        if (strcmp(mapping->entries[i].key, key) == 0) {
            return &mapping->entries[i].value;
        }
    }
    return NULL;
}

dro_status dro_yaml_require(const dro_yaml *mapping, const char *key, const char *what,
                            const dro_yaml **out, dro_error *error) {
    DRO_TRY(dro_yaml_expect(mapping, DRO_YAML_MAPPING, what, error));
    const dro_yaml *value = dro_yaml_get(mapping, key);
    if (value == NULL) {
        return dro_yaml_fail(mapping, error, DRO_PARSE, "%s has no \"%s\"", what, key);
    }
    *out = value;
    return DRO_OK;
}

/* The nearest known key, at most a third of its letters away; NULL: none. */
static const char *nearest(const char *key, const char *const *known, size_t count) {
    const char *best = NULL;
    unsigned limit = (unsigned)(strlen(key) < 90 ? strlen(key) : 90) / 3;
    for (size_t i = 0; i < count; i++) {
        unsigned distance = dro_text_distance(key, known[i], limit);
        if (distance <= limit && distance > 0 && (best == NULL || distance < limit)) {
            best = known[i];
            limit = distance;
        }
    }
    return best;
}

static dro_status unknown_key(const dro_yaml *mapping, const dro_yaml_entry *entry,
                              const char *const *known, size_t known_count,
                              const char *what, dro_error *error) {
    char quoted[DRO_QUOTE_MAX], list[DRO_ERROR_MAX] = "";
    const char *near = nearest(entry->key, known, known_count);
    (void)dro_quote(entry->key, quoted);
    if (near != NULL) {
        return dro_yaml_fail_key(mapping, entry, error, DRO_PARSE,
                                 "%s has an unknown key %s; did you mean \"%s\"?", what,
                                 quoted, near);
    }
    for (size_t i = 0, at = 0; i < known_count && at < sizeof list; i++) {
        int more =
            snprintf(list + at, sizeof list - at, "%s%s", i > 0 ? ", " : "", known[i]);
        at += more > 0 ? (size_t)more : 0;
    }
    return dro_yaml_fail_key(mapping, entry, error, DRO_PARSE,
                             "%s has an unknown key %s; known are %s", what, quoted,
                             list);
}

dro_status dro_yaml_keys(const dro_yaml *mapping, const char *const *known,
                         size_t known_count, const char *what, dro_error *error) {
    DRO_TRY(dro_yaml_expect(mapping, DRO_YAML_MAPPING, what, error));
    for (size_t i = 0; i < mapping->count; i++) {
        const dro_yaml_entry *entry = &mapping->entries[i];
        bool found = false;
        for (size_t k = 0; k < known_count && !found; k++) {
            found = strcmp(entry->key, known[k]) == 0;
        }
        if (!found) {
            return unknown_key(mapping, entry, known, known_count, what, error);
        }
    }
    return DRO_OK;
}

/* ---- values
 * ------------------------------------------------------------------------------ */

bool dro_yaml_empty(const dro_yaml *value) {
    return value == NULL || (value->kind == DRO_YAML_SCALAR && !value->quoted &&
                             (value->text[0] == '\0' || strcmp(value->text, "~") == 0 ||
                              strcmp(value->text, "null") == 0));
}

dro_status dro_yaml_list_of(const dro_yaml *value, dro_arena *arena, dro_yaml_list *out,
                            dro_error *error) {
    if (value->kind == DRO_YAML_SEQUENCE) {
        *out = (dro_yaml_list){value->entries, value->count};
        return DRO_OK;
    }
    if (dro_yaml_empty(value)) {
        *out = (dro_yaml_list){NULL, 0};
        return DRO_OK;
    }
    dro_yaml_entry *item = dro_arena_alloc(arena, 1, sizeof *item);
    if (item == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for %s", value->file);
    }
    *item =
        (dro_yaml_entry){.line = value->line, .column = value->column, .value = *value};
    *out = (dro_yaml_list){item, 1};
    return DRO_OK;
}

dro_status dro_yaml_text(const dro_yaml *value, const char *what, const char **out,
                         dro_error *error) {
    DRO_TRY(dro_yaml_expect(value, DRO_YAML_SCALAR, what, error));
    if (dro_yaml_empty(value) || value->text[0] == '\0') {
        return dro_yaml_fail(value, error, DRO_INVALID, "%s is empty", what);
    }
    *out = value->text;
    return DRO_OK;
}

static dro_status plain_text(const dro_yaml *value, const char *what,
                             const char *wanted, dro_error *error) {
    const char *text = NULL;
    DRO_TRY(dro_yaml_text(value, what, &text, error));
    if (value->quoted) {
        return dro_yaml_fail(value, error, DRO_INVALID,
                             "%s is a text in quotes; it must be %s", what, wanted);
    }
    return DRO_OK;
}

dro_status dro_yaml_number(const dro_yaml *value, const char *what, double *out,
                           dro_error *error) {
    DRO_TRY(plain_text(value, what, "a number", error));
    dro_status status = dro_parse_double(value->text, out, what, error);
    if (status != DRO_OK) {
        dro_error_prefix(error, "%s:%u:%u", value->file, value->line, value->column);
    }
    return status;
}

dro_status dro_yaml_flag(const dro_yaml *value, const char *what, bool *out,
                         dro_error *error) {
    DRO_TRY(plain_text(value, what, "true or false", error));
    dro_status status = dro_parse_bool(value->text, out, what, error);
    if (status != DRO_OK) {
        dro_error_prefix(error, "%s:%u:%u", value->file, value->line, value->column);
    }
    return status;
}
