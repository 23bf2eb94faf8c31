/*
 * The interpreter of the field tables.
 */
#include "atlas/field.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/quote.h"

_Static_assert(sizeof(dro_mark) == sizeof(int), "an enum is stored as an int");

const char *const dro_mark_words[] = {"measured", "official",   "press",
                                      "computed", "assumption", NULL};

static const char *shown(const dro_value *value, char *buffer) {
    switch (value->kind) {
    case DRO_VALUE_TEXT:
        return dro_quote(value->text, buffer);
    case DRO_VALUE_NUMBER:
        (void)dro_format_double(value->number, buffer, DRO_QUOTE_MAX);
        return buffer;
    case DRO_VALUE_BOOL:
        return value->truth ? "true" : "false";
    case DRO_VALUE_MISSING:
        return "null";
    case DRO_VALUE_OTHER:
    default:
        return "an array or object";
    }
}

static dro_status wrong_kind(const dro_field *field, const dro_value *value,
                             const char *wanted, dro_error *error) {
    char buffer[DRO_QUOTE_MAX];
    return dro_fail(error, DRO_PARSE, "%s: %s is not %s", field->name,
                    shown(value, buffer), wanted);
}

static dro_status set_text(dro_atlas *atlas, const dro_field *field,
                           const dro_value *value, const char **out, dro_error *error) {
    if (value->kind != DRO_VALUE_TEXT) {
        return wrong_kind(field, value, "text", error);
    }
    return dro_atlas_intern(atlas, value->text, out, error);
}

static dro_status set_prose(dro_atlas *atlas, const dro_field *field,
                            const dro_value *value, const char **out,
                            dro_error *error) {
    if (value->kind != DRO_VALUE_TEXT) {
        return wrong_kind(field, value, "text", error);
    }
    const char *kept =
        dro_arena_strndup(atlas->arena, value->text, strlen(value->text));
    if (kept == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the tables");
    }
    *out = kept;
    return DRO_OK;
}

static bool is_id(const char *text) {
    for (; *text != '\0'; text++) {
        if (!isalnum((unsigned char)*text) && strchr("-._", *text) == NULL) {
            return false;
        }
    }
    return true;
}

static dro_status set_id(dro_atlas *atlas, const dro_field *field,
                         const dro_value *value, const char **out, dro_error *error) {
    if (value->kind == DRO_VALUE_TEXT && !is_id(value->text)) {
        return wrong_kind(field, value, "an id (letters, digits and hyphens)", error);
    }
    return set_prose(atlas, field, value, out, error);
}

static dro_status set_source(const dro_atlas *atlas, const dro_field *field,
                             const dro_value *value, const char **out,
                             dro_error *error) {
    if (value->kind != DRO_VALUE_TEXT) {
        return wrong_kind(field, value, "a source", error);
    }
    const dro_rows *sources = &atlas->tables[DRO_TABLE_SOURCES];
    const dro_name_slot *slot = dro_names_find(&sources->ids, value->text);
    if (slot == NULL) {
        return wrong_kind(field, value, "in sources.csv", error);
    }
    *out = slot->text;
    return DRO_OK;
}

static dro_status set_number(const dro_field *field, const dro_value *value,
                             double *out, dro_error *error) {
    double number = value->number;
    if (value->kind == DRO_VALUE_TEXT) {
        DRO_TRY(dro_parse_double(value->text, &number, field->name, error));
    } else if (value->kind != DRO_VALUE_NUMBER) {
        return wrong_kind(field, value, "a number", error);
    }
    if (!(number >= field->low && number <= field->high)) {
        char at[64], low[64], high[64];
        (void)dro_format_double(number, at, sizeof at);
        (void)dro_format_double(field->low, low, sizeof low);
        (void)dro_format_double(field->high, high, sizeof high);
        return dro_fail(error, DRO_PARSE, "%s: %s is not within %s and %s", field->name,
                        at, low, high);
    }
    *out = number;
    return DRO_OK;
}

static dro_status set_truth(const dro_field *field, const dro_value *value, bool *out,
                            dro_error *error) {
    if (value->kind == DRO_VALUE_TEXT) {
        return dro_parse_bool(value->text, out, field->name, error);
    }
    if (value->kind != DRO_VALUE_BOOL) {
        return wrong_kind(field, value, "true or false", error);
    }
    *out = value->truth;
    return DRO_OK;
}

/* "a, b or c" */
static void list_words(const char *const *words, char *buffer, size_t size) {
    size_t length = 0;
    buffer[0] = '\0';
    for (size_t i = 0; words[i] != NULL && length < size; i++) {
        const char *join = i == 0 ? "" : words[i + 1] == NULL ? " or " : ", ";
        int added = snprintf(buffer + length, size - length, "%s%s", join, words[i]);
        length += added > 0 ? (size_t)added : 0;
    }
}

static dro_status set_word(const dro_field *field, const dro_value *value, int *out,
                           dro_error *error) {
    for (int i = 0; value->kind == DRO_VALUE_TEXT && field->words[i] != NULL; i++) {
        if (strcmp(field->words[i], value->text) == 0) {
            *out = i;
            return DRO_OK;
        }
    }
    char list[256];
    list_words(field->words, list, sizeof list);
    return wrong_kind(field, value, list, error);
}

static dro_status set_ref(const dro_atlas *atlas, const dro_field *field,
                          const dro_value *value, int *out, dro_error *error) {
    const dro_rows *rows = &atlas->tables[field->table];
    const dro_name_slot *slot =
        value->kind == DRO_VALUE_TEXT ? dro_names_find(&rows->ids, value->text) : NULL;
    if (slot == NULL) {
        return wrong_kind(field, value, "the id of a row there is", error);
    }
    *out = (int)slot->value;
    return DRO_OK;
}

static void set_missing(const dro_field *field, void *place) {
    switch (field->type) {
    case DRO_FIELD_NUMBER:
        *(double *)place = field->missing;
        break;
    case DRO_FIELD_REF:
        *(int *)place = -1;
        break;
    case DRO_FIELD_ID:
    case DRO_FIELD_TEXT:
    case DRO_FIELD_PROSE:
    case DRO_FIELD_SOURCE:
        *(const char **)place = "";
        break;
    case DRO_FIELD_SPECIAL:
    case DRO_FIELD_TRUTH:
    case DRO_FIELD_WORD:
    default:
        break; /* rows are zeroed */
    }
}

static bool is_missing(const dro_value *value) {
    return value->kind == DRO_VALUE_MISSING ||
           (value->kind == DRO_VALUE_TEXT &&
            value->text[strspn(value->text, " \t")] == '\0');
}

dro_status dro_field_set(dro_atlas *atlas, const dro_field *field,
                         const dro_value *value, void *row, dro_error *error) {
    void *place = (char *)row + field->offset;
    if (field->type == DRO_FIELD_SPECIAL) {
        return DRO_OK;
    }
    if (is_missing(value)) {
        if (field->needed) {
            return dro_fail(error, DRO_PARSE, "%s may not be empty", field->name);
        }
        set_missing(field, place);
        return DRO_OK;
    }
    switch (field->type) {
    case DRO_FIELD_ID:
        return set_id(atlas, field, value, place, error);
    case DRO_FIELD_TEXT:
        return set_text(atlas, field, value, place, error);
    case DRO_FIELD_PROSE:
        return set_prose(atlas, field, value, place, error);
    case DRO_FIELD_SOURCE:
        return set_source(atlas, field, value, place, error);
    case DRO_FIELD_NUMBER:
        return set_number(field, value, place, error);
    case DRO_FIELD_TRUTH:
        return set_truth(field, value, place, error);
    case DRO_FIELD_WORD:
        return set_word(field, value, place, error);
    case DRO_FIELD_REF:
        return set_ref(atlas, field, value, place, error);
    case DRO_FIELD_SPECIAL:
    default:
        return DRO_OK;
    }
}
