/*
 * One row by code, name, alias, unique beginning, or with typing mistakes; or a
 * message with what was perhaps meant.
 */
#include <limits.h>
#include <string.h>
#include <strings.h>

#include "atlas/atlas_state.h"
#include "base/quote.h"

/* ---- candidates ------------------------------------------------------------------ */

enum {
    MATCHES_KEPT = 5,
    SHORTEST_BEGINNING = 3,
    SHORTEST_MISTYPED = 4
};

/* The distinct items with the lowest score so far. */
typedef struct matches {
    size_t items[MATCHES_KEPT];
    size_t kept;
    bool more; /* than are kept */
    int score;
} matches;

static void add_match(matches *found, size_t item, int score) {
    if (found->kept > 0 && score > found->score) {
        return;
    }
    if (found->kept == 0 || score < found->score) {
        *found = (matches){.score = score};
    }
    for (size_t i = 0; i < found->kept; i++) {
        if (found->items[i] == item) {
            return;
        }
    }
    if (found->kept == MATCHES_KEPT) {
        found->more = true;
        return;
    }
    found->items[found->kept++] = item;
}

static int exact_score(const dro_key *key) {
    return key->kind == DRO_KEY_CODE ? -1
                                     : 2 * key->rank + (key->kind == DRO_KEY_ALIAS);
}

static void match_exact(const dro_lookup *lookup, const char *text, matches *found) {
    size_t first = 0, count = dro_lookup_range(lookup, text, &first);
    for (size_t i = first; i < first + count; i++) {
        const dro_key *key = &lookup->keys[i];
        if (strcmp(key->text, text) != 0) {
            return;
        }
        add_match(found, key->item, exact_score(key));
    }
}

static bool may_guess(const dro_lookup_about *about, const dro_key *key) {
    return key->kind != DRO_KEY_CODE || about->guess_codes;
}

static void match_beginning(const dro_lookup *lookup, const dro_lookup_about *about,
                            const char *text, matches *found) {
    if (strlen(text) < SHORTEST_BEGINNING) {
        return;
    }
    size_t first = 0, count = dro_lookup_range(lookup, text, &first);
    for (size_t i = first; i < first + count; i++) {
        const dro_key *key = &lookup->keys[i];
        if (may_guess(about, key)) {
            add_match(found, key->item, key->rank);
        }
    }
}

/* One mistake in every four letters, at most three. */
static unsigned mistakes_allowed(size_t length) {
    size_t allowed = length / SHORTEST_MISTYPED;
    return allowed > 3 ? 3 : (unsigned)allowed;
}

static void match_mistyped(const dro_lookup *lookup, const dro_lookup_about *about,
                           const char *text, matches *found) {
    unsigned allowed = mistakes_allowed(strlen(text));
    for (size_t i = 0; i < lookup->count && allowed > 0; i++) {
        const dro_key *key = &lookup->keys[i];
        if (may_guess(about, key)) {
            unsigned distance = dro_text_distance(text, key->text, allowed);
            if (distance <= allowed) {
                add_match(found, key->item, 8 * (int)distance + exact_score(key));
            }
        }
    }
}

/* ---- other ways to write a name ------------------------------------------------- */

/* "pe cll" is the code PECLL. */
static void match_spaced_code(const dro_lookup *lookup, const char *text,
                              matches *found) {
    if (strlen(text) == 6 && text[2] == ' ') {
        char code[6] = {text[0], text[1], text[3], text[4], text[5], '\0'};
        matches all = {.kept = 0};
        match_exact(lookup, code, &all);
        if (all.kept > 0 && all.score < 0) {
            *found = all;
        }
    }
}

/* "port of callao", "puerto callao". */
static void match_without_port(const dro_lookup *lookup, const char *text,
                               matches *found) {
    static const char *const words[] = {"port of ",  "port de ",   "porto de ",
                                        "porto di ", "puerto de ", "puerto del ",
                                        "porto ",    "puerto ",    "port "};
    for (size_t i = 0; i < sizeof words / sizeof words[0] && found->kept == 0; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(text, words[i], length) == 0) {
            match_exact(lookup, text + length, found);
        }
    }
}

/* "cartagena es": a name and its country. */
static void match_in_country(const dro_atlas *atlas, const dro_lookup *lookup,
                             const dro_lookup_about *about, const char *text,
                             matches *found) {
    size_t length = strlen(text);
    if (about->country_of == NULL || length < 4 || text[length - 3] != ' ') {
        return;
    }
    char name[DRO_KEY_MAX];
    memcpy(name, text, length - 3);
    name[length - 3] = '\0';
    size_t first = 0, count = dro_lookup_range(lookup, name, &first);
    for (size_t i = first; i < first + count; i++) {
        const dro_key *key = &lookup->keys[i];
        if (strcmp(key->text, name) == 0 &&
            strcasecmp(about->country_of(atlas, key->item), text + length - 2) == 0) {
            add_match(found, key->item, exact_score(key));
        }
    }
}

/* A key that has the text as whole words: "magallanes" of "estrecho de magallanes". */
static void match_words(const dro_lookup *lookup, const dro_lookup_about *about,
                        const char *text, matches *found) {
    size_t length = strlen(text);
    for (size_t i = 0; i < lookup->count && length >= SHORTEST_MISTYPED; i++) {
        const dro_key *key = &lookup->keys[i];
        const char *at = may_guess(about, key) ? strstr(key->text, text) : NULL;
        if (at != NULL && (at == key->text || at[-1] == ' ') &&
            (at[length] == '\0' || at[length] == ' ')) {
            add_match(found, key->item, key->rank);
        }
    }
}

/* ---- messages -------------------------------------------------------------------- */

static void list_items(const dro_atlas *atlas, const dro_lookup_about *about,
                       const matches *found, char *list, size_t size) {
    size_t length = 0;
    list[0] = '\0';
    for (size_t i = 0; i < found->kept && length < size; i++) {
        char item[DRO_KEY_MAX];
        about->describe(atlas, found->items[i], item, sizeof item);
        int added =
            snprintf(list + length, size - length, "%s%s", i == 0 ? "" : ", ", item);
        length += added > 0 ? (size_t)added : 0;
    }
}

static dro_status fail_ambiguous(const dro_atlas *atlas, const dro_lookup_about *about,
                                 const char *text, const matches *found,
                                 dro_error *error) {
    char list[DRO_ERROR_MAX - 128], quoted[DRO_QUOTE_MAX];
    list_items(atlas, about, found, list, sizeof list);
    return dro_fail(error, DRO_INVALID, "%s %s may be %s%s: give the code", about->what,
                    dro_quote(text, quoted), list, found->more ? " or others" : "");
}

/* How far a key is from the text; a key that only goes on longer is nearer. */
static unsigned remoteness(const char *text, const dro_key *key, unsigned limit) {
    unsigned whole = 2 * dro_text_distance(text, key->text, limit);
    size_t length = strlen(text);
    if (strlen(key->text) <= length || length >= DRO_KEY_MAX) {
        return whole;
    }
    char beginning[DRO_KEY_MAX];
    memcpy(beginning, key->text, length);
    beginning[length] = '\0';
    unsigned part = 2 * dro_text_distance(text, beginning, limit) + 1;
    return part < whole ? part : whole;
}

enum {
    SUGGESTED = 3
};

typedef struct suggestions {
    matches items; /* nearest first */
    unsigned far[SUGGESTED];
} suggestions;

static void suggest(suggestions *near, size_t item, unsigned far) {
    size_t *items = near->items.items, *count = &near->items.kept, place = 0;
    while (place < *count && items[place] != item) {
        place++;
    }
    if (place == *count && *count < SUGGESTED) {
        near->far[(*count)++] = UINT_MAX;
    } else if (place == *count) {
        place--; /* the last one gives way, if to a nearer one */
    }
    if (far >= near->far[place]) {
        return;
    }
    for (; place > 0 && far < near->far[place - 1]; place--) {
        items[place] = items[place - 1];
        near->far[place] = near->far[place - 1];
    }
    items[place] = item;
    near->far[place] = far;
}

static void find_nearest(const dro_lookup *lookup, const char *text,
                         suggestions *near) {
    for (size_t i = 0; i < lookup->count; i++) {
        const dro_key *key = &lookup->keys[i];
        bool all = near->items.kept == SUGGESTED;
        unsigned limit = all ? near->far[SUGGESTED - 1] / 8 + 1 : 255;
        unsigned far = 4 * remoteness(text, key, limit) + (unsigned)key->rank;
        suggest(near, key->item, far);
    }
}

static dro_status fail_unknown(const dro_atlas *atlas, const dro_lookup *lookup,
                               const dro_lookup_about *about, const char *text,
                               const char *folded, dro_error *error) {
    suggestions near = {.items = {.kept = 0}};
    find_nearest(lookup, folded, &near);
    char list[DRO_ERROR_MAX - 128], quoted[DRO_QUOTE_MAX];
    list_items(atlas, about, &near.items, list, sizeof list);
    return dro_fail(error, DRO_NOT_FOUND, "no %s %s%s%s", about->what,
                    dro_quote(text, quoted),
                    near.items.kept > 0 ? "; the nearest names are " : "", list);
}

/* ---- find -------------------------------------------------------------------------
 */

/* Whole names and codes, however written: nothing is guessed. */
static void match_whole(const dro_atlas *atlas, const dro_lookup *lookup,
                        const dro_lookup_about *about, const char *text,
                        matches *found) {
    match_exact(lookup, text, found);
    if (found->kept == 0) {
        match_spaced_code(lookup, text, found);
    }
    if (found->kept == 0) {
        match_without_port(lookup, text, found);
    }
    if (found->kept == 0) {
        match_in_country(atlas, lookup, about, text, found);
    }
}

bool dro_lookup_is_named(const dro_atlas *atlas, const dro_lookup *lookup,
                         const dro_lookup_about *about, const char *text) {
    char folded[DRO_KEY_MAX];
    matches found = {.kept = 0};
    if (dro_text_fold(text, folded, sizeof folded) > 0) {
        match_whole(atlas, lookup, about, folded, &found);
    }
    return found.kept > 0;
}

dro_status dro_lookup_find(const dro_atlas *atlas, const dro_lookup *lookup,
                           const dro_lookup_about *about, const char *text,
                           size_t *item, dro_error *error) {
    char folded[DRO_KEY_MAX];
    if (dro_text_fold(text, folded, sizeof folded) == 0) {
        char quoted[DRO_QUOTE_MAX];
        return dro_fail(error, DRO_INVALID, "%s is no name of a %s",
                        dro_quote(text, quoted), about->what);
    }
    matches found = {.kept = 0};
    match_whole(atlas, lookup, about, folded, &found);
    if (found.kept == 0) {
        match_beginning(lookup, about, folded, &found);
    }
    if (found.kept == 0) {
        match_words(lookup, about, folded, &found);
    }
    if (found.kept == 0) {
        match_mistyped(lookup, about, folded, &found);
    }
    if (found.kept == 0) {
        return fail_unknown(atlas, lookup, about, text, folded, error);
    }
    if (found.kept > 1) {
        return fail_ambiguous(atlas, about, text, &found, error);
    }
    *item = found.items[0];
    return DRO_OK;
}
