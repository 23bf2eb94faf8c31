/* A few rules, by what they are made of; the one not used for longest goes. */
#include "rules_book.h"

#include <string.h>

void dro_rules_book_begin(dro_rules_book *book) {
    memset(book, 0, sizeof *book);
    (void)pthread_mutex_init(&book->lock, NULL);
}

void dro_rules_book_clear(dro_rules_book *book) {
    (void)pthread_mutex_lock(&book->lock);
    for (size_t i = 0; i < DRO_RULES_KEPT; i++) {
        dro_rules_entry *entry = &book->entries[i];
        if (entry->users == 0) {
            dro_sea_rules_destroy(entry->rules);
            entry->rules = NULL;
        }
    }
    (void)pthread_mutex_unlock(&book->lock);
}

void dro_rules_book_end(dro_rules_book *book) {
    dro_rules_book_clear(book);
    (void)pthread_mutex_destroy(&book->lock);
}

static void make_key(const dro_sea_rules_options *options, dro_rules_key *key) {
    memset(key, 0, sizeof *key);
    key->closed = options->closed;
    key->require = options->require;
    key->draft_m = options->draft_m;
    key->channel_draft_m = options->channel_draft_m;
    key->max_snap_m = options->max_snap_m;
    key->soft_shoals = options->soft_shoals;
    if (options->extra_m != NULL) {
        memcpy(key->extra_m, options->extra_m, sizeof key->extra_m);
    }
}

static bool same_key(const dro_rules_key *a, const dro_rules_key *b) {
    bool same = a->closed == b->closed && a->require == b->require &&
                a->draft_m == b->draft_m && a->channel_draft_m == b->channel_draft_m &&
                a->max_snap_m == b->max_snap_m && a->soft_shoals == b->soft_shoals;
    for (size_t i = 0; same && i < DRO_PASSAGES_MAX; i++) {
        same = a->extra_m[i] == b->extra_m[i];
    }
    return same;
}

/* ---- under the lock -------------------------------------------------------------- */

static dro_sea_rules *use(dro_rules_book *book, dro_rules_entry *entry) {
    entry->users++;
    entry->last_use = ++book->uses;
    return entry->rules;
}

static dro_rules_entry *find(dro_rules_book *book, const dro_rules_key *key) {
    for (size_t i = 0; i < DRO_RULES_KEPT; i++) {
        dro_rules_entry *entry = &book->entries[i];
        if (entry->rules != NULL && same_key(&entry->key, key)) {
            return entry;
        }
    }
    return NULL;
}

/* One that is free, or the one that nobody has used for longest; NULL: all in use. */
static dro_rules_entry *find_room(dro_rules_book *book) {
    dro_rules_entry *oldest = NULL;
    for (size_t i = 0; i < DRO_RULES_KEPT; i++) {
        dro_rules_entry *entry = &book->entries[i];
        if (entry->users == 0 &&
            (oldest == NULL || entry->last_use < oldest->last_use)) {
            oldest = entry;
        }
    }
    return oldest;
}

/* ---- public ---------------------------------------------------------------------- */

static dro_sea_rules *look_up(dro_rules_book *book, const dro_rules_key *key) {
    (void)pthread_mutex_lock(&book->lock);
    dro_rules_entry *known = find(book, key);
    dro_sea_rules *rules = known != NULL ? use(book, known) : NULL;
    (void)pthread_mutex_unlock(&book->lock);
    return rules;
}

/* Keeps new rules, unless another thread was first; what to use, *spare is to go. */
static dro_sea_rules *enter(dro_rules_book *book, const dro_rules_key *key,
                            dro_sea_rules *made, dro_sea_rules **spare) {
    (void)pthread_mutex_lock(&book->lock);
    dro_rules_entry *known = find(book, key);
    dro_sea_rules *rules = made;
    *spare = NULL;
    if (known != NULL) {
        *spare = made;
        rules = use(book, known);
    } else if ((known = find_room(book)) != NULL) {
        *spare = known->rules;
        known->key = *key;
        known->rules = made;
        rules = use(book, known);
    }
    (void)pthread_mutex_unlock(&book->lock);
    return rules;
}

dro_status dro_rules_take(dro_rules_book *book, const dro_chart *chart,
                          const dro_sea_rules_options *options, dro_sea_rules **out,
                          dro_error *error) {
    if (options->avoid_count > 0) {
        return dro_sea_rules_create(chart, options, out, error);
    }
    dro_rules_key key;
    make_key(options, &key);
    dro_sea_rules *rules = look_up(book, &key), *spare = NULL;
    if (rules == NULL) {
        DRO_TRY(dro_sea_rules_create(chart, options, &rules, error));
        rules = enter(book, &key, rules, &spare);
        dro_sea_rules_destroy(spare);
    }
    *out = rules;
    return DRO_OK;
}

void dro_rules_return(dro_rules_book *book, dro_sea_rules *rules) {
    if (rules == NULL) {
        return;
    }
    bool kept = false;
    (void)pthread_mutex_lock(&book->lock);
    for (size_t i = 0; i < DRO_RULES_KEPT && !kept; i++) {
        if (book->entries[i].rules == rules) {
            book->entries[i].users--;
            kept = true;
        }
    }
    (void)pthread_mutex_unlock(&book->lock);
    if (!kept) {
        dro_sea_rules_destroy(rules);
    }
}
