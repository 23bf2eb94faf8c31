/* Kinds of things and their attributes. */
#include <string.h>
#include <strings.h>

#include "atlas/facts_state.h"
#include "base/quote.h"

static const char *const words[] = {
#define WORD(name, word, file) word,
    DRO_KIND_LIST(WORD)
#undef WORD
};

static const char *const files[] = {
#define FILE_OF(name, word, file) file,
    DRO_KIND_LIST(FILE_OF)
#undef FILE_OF
};

/* The extra of a THING is a kind, of a WORD the words. */
#define EXTRA_THING(extra)  .of = (extra), .words = ""
#define EXTRA_WORD(extra)   .words = (extra)
#define EXTRA_TEXT(extra)   .words = ""
#define EXTRA_FLAG(extra)   .words = ""
#define EXTRA_NUMBER(extra) .words = ""
#define EXTRA_RANGE(extra)  .words = ""

static const dro_attribute attributes[] = {
#define ATTRIBUTE(kind_, name_, column, type_, extra, least_, most_, needed_) \
    {.kind = DRO_KIND_##kind_,                                                \
     .name = #column,                                                         \
     .type = DRO_ATTRIBUTE_##type_,                                           \
     EXTRA_##type_(extra),                                                    \
     .least = (least_),                                                       \
     .most = (most_),                                                         \
     .needed = (needed_)},
    DRO_ATTRIBUTE_LIST(ATTRIBUTE)
#undef ATTRIBUTE
};

const char *dro_kind_word(dro_kind kind) {
    return words[kind];
}

const char *dro_kind_file(dro_kind kind) {
    return files[kind];
}

const dro_attribute *dro_attribute_get(dro_attribute_id attribute) {
    return &attributes[attribute];
}

/* Kinds in their order: the first attribute of each, the kind that follows. */
#define FIRST_LIST(X)             \
    X(PORT, LAT, PASSAGE)         \
    X(PASSAGE, STATE, FUEL)       \
    X(FUEL, PRICE_USD_T, VESSEL)  \
    X(VESSEL, TEU, NODE)          \
    X(NODE, NAME, CLASS)          \
    X(CLASS, NAME, SEASON)        \
    X(SEASON, NAME, LINK)         \
    X(LINK, FROM, TRANSFER)       \
    X(TRANSFER, NODE, COMMODITY)  \
    X(COMMODITY, NAME, TERMINAL)  \
    X(TERMINAL, PORT, SERVICE)    \
    X(SERVICE, NAME, CALL)        \
    X(CALL, SERVICE, TRAMP)       \
    X(TRAMP, COMMODITY, FACTOR)   \
    X(FACTOR, VALUE, DEMAND)      \
    X(DEMAND, ORIGIN, PUBLISHED)  \
    X(PUBLISHED, FROM, REFERENCE) \
    X(REFERENCE, SERIES, END)

enum {
#define FIRST_OF(kind_, name_, next_) FIRST_##kind_ = DRO_##kind_##_##name_,
    FIRST_LIST(FIRST_OF)
#undef FIRST_OF
    FIRST_END = DRO_ATTRIBUTE_COUNT,
#define STRIDE_OF(kind_, name_, next_) STRIDE_##kind_ = FIRST_##next_ - FIRST_##kind_,
    FIRST_LIST(STRIDE_OF)
#undef STRIDE_OF
};

const facts_slot facts_slots[DRO_ATTRIBUTE_COUNT] = {
#define SLOT(kind_, name_, column, type_, extra, least_, most_, needed_) \
    {DRO_KIND_##kind_, DRO_##kind_##_##name_ - FIRST_##kind_, STRIDE_##kind_},
    DRO_ATTRIBUTE_LIST(SLOT)
#undef SLOT
};

static const size_t firsts[DRO_KIND_COUNT + 1] = {
#define FIRST(kind_, name_, next_) FIRST_##kind_,
    FIRST_LIST(FIRST)
#undef FIRST
        FIRST_END};

dro_attribute_id dro_kind_first(dro_kind kind) {
    return (dro_attribute_id)firsts[kind];
}

size_t dro_kind_stride(dro_kind kind) {
    return firsts[kind + 1] - firsts[kind];
}

dro_status dro_kind_find(const char *word, dro_kind *out, dro_error *error) {
    char quoted[DRO_QUOTE_MAX], list[256] = "";
    size_t length = 0;
    for (int i = 0; i < DRO_KIND_COUNT; i++) {
        if (strcmp(words[i], word) == 0) {
            *out = (dro_kind)i;
            return DRO_OK;
        }
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%s",
                                   i ? ", " : "", words[i]);
    }
    return dro_fail(error, DRO_NOT_FOUND, "no kind of thing is called %s: %s",
                    dro_quote(word, quoted), list);
}

dro_status dro_attribute_find(dro_kind kind, const char *name, dro_attribute_id *out,
                              dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    size_t first = dro_kind_first(kind), end = first + dro_kind_stride(kind);
    size_t nearest = first;
    unsigned least = 1000;
    for (size_t i = first; i < end; i++) {
        unsigned distance = dro_text_distance(name, attributes[i].name, 60);
        if (distance == 0) {
            *out = (dro_attribute_id)i;
            return DRO_OK;
        }
        if (distance < least) {
            least = distance;
            nearest = i;
        }
    }
    return dro_fail(error, DRO_NOT_FOUND, "a %s has no %s; the nearest is %s",
                    words[kind], dro_quote(name, quoted), attributes[nearest].name);
}

int facts_word_index(const char *list, const char *word) {
    size_t length = strlen(word);
    for (int i = 0;; i++) {
        size_t here = strcspn(list, "|");
        if (here == length && strncmp(list, word, length) == 0) {
            return i;
        }
        if (list[here] == '\0') {
            return -1;
        }
        list += here + 1;
    }
}
