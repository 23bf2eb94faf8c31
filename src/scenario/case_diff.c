/* What differs between two sets of facts that were made from one case. */
#include <math.h>
#include <string.h>

#include "derrotero/case.h"

#define TEXT_MAX 160

typedef struct lister {
    const dro_facts *was, *is;
    dro_arena *arena;
    dro_difference *items;
    size_t count, capacity;
} lister;

static const char *keep(lister *l, const char *text, dro_error *error) {
    const char *kept = dro_arena_strndup(l->arena, text, strlen(text));
    if (!kept) {
        (void)dro_fail(error, DRO_NOMEM, "out of memory for the differences");
    }
    return kept;
}

static dro_status push(lister *l, dro_kind kind, const char *id, const char *attribute,
                       const char *was, const char *is, dro_error *error) {
    const char *kept_was = keep(l, was, error), *kept_is = keep(l, is, error);
    if (!kept_was || !kept_is) {
        return DRO_NOMEM;
    }
    DRO_TRY(DRO_RESERVE(l->items, l->capacity, l->count + 1, error));
    l->items[l->count++] = (dro_difference){kind, id, attribute, kept_was, kept_is};
    return DRO_OK;
}

/* ---- values as text -----------------------------------------------------------------
 */

static void figure_text(dro_range r, char *text, size_t size) {
    char value[DRO_NUMBER_MAX], low[DRO_NUMBER_MAX], high[DRO_NUMBER_MAX];
    text[0] = '\0';
    if (isnan(r.value)) {
        return;
    }
    (void)dro_format_double(r.value, value, sizeof value);
    (void)dro_format_double(r.low, low, sizeof low);
    (void)dro_format_double(r.high, high, sizeof high);
    if (r.low < r.high) {
        (void)snprintf(text, size, "%s (%s to %s)", value, low, high);
    } else {
        (void)snprintf(text, size, "%s", value);
    }
}

static void word_text(const char *words, int index, char *text, size_t size) {
    for (int i = 0; i < index; i++) {
        words += strcspn(words, "|") + 1;
    }
    (void)snprintf(text, size, "%.*s", index < 0 ? 0 : (int)strcspn(words, "|"), words);
}

static void value_text(const dro_facts *facts, size_t thing, dro_attribute_id attribute,
                       char *text, size_t size) {
    const dro_attribute *about = dro_attribute_get(attribute);
    switch (about->type) {
    case DRO_ATTRIBUTE_NUMBER:
    case DRO_ATTRIBUTE_RANGE:
        figure_text(dro_facts_range(facts, thing, attribute), text, size);
        break;
    case DRO_ATTRIBUTE_WORD:
        word_text(about->words, dro_facts_word(facts, thing, attribute), text, size);
        break;
    case DRO_ATTRIBUTE_FLAG:
        (void)snprintf(text, size, "%s",
                       dro_facts_flag(facts, thing, attribute) ? "yes" : "no");
        break;
    case DRO_ATTRIBUTE_TEXT:
    case DRO_ATTRIBUTE_THING:
    default:
        (void)snprintf(text, size, "%s", dro_facts_text(facts, thing, attribute));
        break;
    }
}

/* ---- things -------------------------------------------------------------------------
 */

static dro_status compare_things(lister *l, dro_kind kind, size_t was, size_t is,
                                 dro_error *error) {
    size_t first = dro_kind_first(kind);
    for (size_t a = first; a < first + dro_kind_stride(kind); a++) {
        char before[TEXT_MAX], after[TEXT_MAX];
        value_text(l->was, was, (dro_attribute_id)a, before, sizeof before);
        value_text(l->is, is, (dro_attribute_id)a, after, sizeof after);
        if (strcmp(before, after) != 0) {
            DRO_TRY(push(l, kind, dro_facts_id(l->was, kind, was),
                         dro_attribute_get((dro_attribute_id)a)->name, before, after,
                         error));
        }
    }
    return DRO_OK;
}

/* The same thing stands at the same place unless something was added before it. */
static bool find(const dro_facts *in, dro_kind kind, const char *id, size_t guess,
                 size_t *out) {
    if (guess < dro_facts_count(in, kind) &&
        strcmp(dro_facts_id(in, kind, guess), id) == 0) {
        *out = guess;
        return true;
    }
    return dro_facts_find(in, kind, id, out, NULL) == DRO_OK &&
           strcmp(dro_facts_id(in, kind, *out), id) == 0;
}

static dro_status compare_kind(lister *l, dro_kind kind, dro_error *error) {
    size_t other = 0;
    for (size_t i = 0; i < dro_facts_count(l->was, kind); i++) {
        const char *id = dro_facts_id(l->was, kind, i);
        DRO_TRY(find(l->is, kind, id, i, &other)
                    ? compare_things(l, kind, i, other, error)
                    : push(l, kind, id, "", "there", "", error));
    }
    for (size_t i = 0; i < dro_facts_count(l->is, kind); i++) {
        const char *id = dro_facts_id(l->is, kind, i);
        DRO_TRY(find(l->was, kind, id, i, &other)
                    ? DRO_OK
                    : push(l, kind, id, "", "", "there", error));
    }
    return DRO_OK;
}

dro_status dro_case_diff(const dro_facts *was, const dro_facts *is, dro_arena *arena,
                         dro_difference **out, size_t *count, dro_error *error) {
    lister l = {.was = was, .is = is, .arena = arena};
    dro_status status = DRO_OK;
    for (int k = 0; status == DRO_OK && k < DRO_KIND_COUNT; k++) {
        status = compare_kind(&l, (dro_kind)k, error);
    }
    dro_difference *kept = NULL;
    if (status == DRO_OK) {
        kept = dro_arena_alloc(arena, l.count, sizeof *kept);
        status = kept ? DRO_OK
                      : dro_fail(error, DRO_NOMEM, "out of memory for the differences");
    }
    if (status == DRO_OK) {
        if (l.count) {
            memcpy(kept, l.items, l.count * sizeof *kept);
        }
        *out = kept;
        *count = l.count;
    }
    dro_free(l.items);
    return status;
}
