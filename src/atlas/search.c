/*
 * Ports for a search box: every port whose name, alias or code has to do with what
 * was typed so far, best first.
 */
#include <string.h>

#include "atlas/atlas_state.h"

/* Classes of a match, best first; within one the rank, then the shorter name. */
enum {
    EXACT_CODE,
    EXACT_NAME,
    EXACT_ALIAS,
    NAME_BEGINS,
    CODE_BEGINS,
    ALIAS_BEGINS,
    WORD_BEGINS,
    INSIDE,
    MISTYPED, /* one, two or three mistakes */
    NO_MATCH = MISTYPED + 4
};

static int exact_class(dro_key_kind kind) {
    static const int classes[] = {EXACT_CODE, EXACT_NAME, EXACT_ALIAS};
    return classes[kind];
}

static int beginning_class(dro_key_kind kind) {
    static const int classes[] = {CODE_BEGINS, NAME_BEGINS, ALIAS_BEGINS};
    return classes[kind];
}

static int mistyped_class(const char *key, const char *text, size_t length) {
    unsigned allowed = length / 4 > 3 ? 3 : (unsigned)(length / 4);
    char beginning[DRO_KEY_MAX];
    size_t cut = strlen(key) < length ? strlen(key) : length;
    memcpy(beginning, key, cut);
    beginning[cut] = '\0';
    unsigned distance = allowed == 0 ? 1 : dro_text_distance(text, beginning, allowed);
    return distance <= allowed ? MISTYPED + (int)distance : NO_MATCH;
}

static int class_of(const dro_key *key, const char *text, size_t length) {
    if (strncmp(key->text, text, length) == 0) {
        return key->text[length] == '\0' ? exact_class(key->kind)
                                         : beginning_class(key->kind);
    }
    if (key->kind == DRO_KEY_CODE) {
        return NO_MATCH;
    }
    const char *inside = strstr(key->text, text);
    if (inside != NULL) {
        return inside[-1] == ' ' ? WORD_BEGINS : INSIDE;
    }
    return mistyped_class(key->text, text, length);
}

typedef struct results {
    size_t *ports;
    size_t *scores;
    size_t count, most;
} results;

static void offer(results *found, size_t port, size_t score) {
    size_t place = 0;
    while (place < found->count && found->ports[place] != port) {
        place++;
    }
    if (place == found->count && found->count < found->most) {
        found->scores[found->count++] = SIZE_MAX;
    } else if (place == found->count) {
        place--; /* the last one gives way, if to a better one */
    }
    if (score >= found->scores[place]) {
        return;
    }
    for (; place > 0 && score < found->scores[place - 1]; place--) {
        found->ports[place] = found->ports[place - 1];
        found->scores[place] = found->scores[place - 1];
    }
    found->ports[place] = port;
    found->scores[place] = score;
}

size_t dro_atlas_search_ports(const dro_atlas *atlas, const char *text, size_t most,
                              size_t *ports) {
    char folded[DRO_KEY_MAX];
    size_t length = dro_text_fold(text, folded, sizeof folded);
    size_t *scores = most == 0 ? NULL : dro_malloc(most, sizeof *scores);
    if (length == 0 || scores == NULL) {
        dro_free(scores);
        return 0;
    }
    results found = {ports, scores, 0, most};
    for (size_t i = 0; i < atlas->ports.count; i++) {
        const dro_key *key = &atlas->ports.keys[i];
        int class = class_of(key, folded, length);
        if (class < NO_MATCH) {
            size_t order = (size_t) class * 2 + (size_t)key->rank;
            offer(&found, key->item, order * DRO_KEY_MAX + strlen(key->text));
        }
    }
    dro_free(scores);
    return found.count;
}
