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

/* The first attribute of each kind, and how many it has. */
enum {
    FIRST_PORT = DRO_PORT_LAT,
    FIRST_PASSAGE = DRO_PASSAGE_STATE,
    FIRST_FUEL = DRO_FUEL_PRICE_USD_T,
    FIRST_VESSEL = DRO_VESSEL_TEU,
    FIRST_NODE = DRO_NODE_NAME,
    FIRST_CLASS = DRO_CLASS_NAME,
    FIRST_SEASON = DRO_SEASON_NAME,
    FIRST_LINK = DRO_LINK_FROM,
    FIRST_TRANSFER = DRO_TRANSFER_NODE,
    FIRST_COMMODITY = DRO_COMMODITY_NAME,
    FIRST_TERMINAL = DRO_TERMINAL_PORT,
    FIRST_SERVICE = DRO_SERVICE_NAME,
    FIRST_CALL = DRO_CALL_SERVICE,
    FIRST_TRAMP = DRO_TRAMP_COMMODITY,
    FIRST_FACTOR = DRO_FACTOR_VALUE,
    FIRST_DEMAND = DRO_DEMAND_ORIGIN,
    FIRST_PUBLISHED = DRO_PUBLISHED_FROM,
    FIRST_REFERENCE = DRO_REFERENCE_SERIES,
    STRIDE_PORT = FIRST_PASSAGE - FIRST_PORT,
    STRIDE_PASSAGE = FIRST_FUEL - FIRST_PASSAGE,
    STRIDE_FUEL = FIRST_VESSEL - FIRST_FUEL,
    STRIDE_VESSEL = FIRST_NODE - FIRST_VESSEL,
    STRIDE_NODE = FIRST_CLASS - FIRST_NODE,
    STRIDE_CLASS = FIRST_SEASON - FIRST_CLASS,
    STRIDE_SEASON = FIRST_LINK - FIRST_SEASON,
    STRIDE_LINK = FIRST_TRANSFER - FIRST_LINK,
    STRIDE_TRANSFER = FIRST_COMMODITY - FIRST_TRANSFER,
    STRIDE_COMMODITY = FIRST_TERMINAL - FIRST_COMMODITY,
    STRIDE_TERMINAL = FIRST_SERVICE - FIRST_TERMINAL,
    STRIDE_SERVICE = FIRST_CALL - FIRST_SERVICE,
    STRIDE_CALL = FIRST_TRAMP - FIRST_CALL,
    STRIDE_TRAMP = FIRST_FACTOR - FIRST_TRAMP,
    STRIDE_FACTOR = FIRST_DEMAND - FIRST_FACTOR,
    STRIDE_DEMAND = FIRST_PUBLISHED - FIRST_DEMAND,
    STRIDE_PUBLISHED = FIRST_REFERENCE - FIRST_PUBLISHED,
    STRIDE_REFERENCE = DRO_ATTRIBUTE_COUNT - FIRST_REFERENCE,
};

static const facts_slot slots[] = {
#define SLOT(kind_, name_, column, type_, extra, least_, most_, needed_) \
    {DRO_KIND_##kind_, DRO_##kind_##_##name_ - FIRST_##kind_, STRIDE_##kind_},
    DRO_ATTRIBUTE_LIST(SLOT)
#undef SLOT
};

const facts_slot *facts_slot_of(dro_attribute_id attribute) {
    return &slots[attribute];
}

/* In the order of the kinds; then the end. */
static const size_t firsts[DRO_KIND_COUNT + 1] = {
    DRO_PORT_LAT,       DRO_PASSAGE_STATE,    DRO_FUEL_PRICE_USD_T, DRO_VESSEL_TEU,
    DRO_NODE_NAME,      DRO_CLASS_NAME,       DRO_SEASON_NAME,      DRO_LINK_FROM,
    DRO_TRANSFER_NODE,  DRO_COMMODITY_NAME,   DRO_TERMINAL_PORT,    DRO_SERVICE_NAME,
    DRO_CALL_SERVICE,   DRO_TRAMP_COMMODITY,  DRO_FACTOR_VALUE,     DRO_DEMAND_ORIGIN,
    DRO_PUBLISHED_FROM, DRO_REFERENCE_SERIES, DRO_ATTRIBUTE_COUNT};

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
