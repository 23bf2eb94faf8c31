/* Cases and scenarios that are kept: few enough to be looked through one by one. */
#include <string.h>

#include "base/locks.h"
#include "base/quote.h"
#include "scenario/case_state.h"
#include "scenario/prepared.h"

#define EDGES_OF_ONE 50000u

typedef struct kept_case {
    char *given, *path;
    dro_case *study;
} kept_case;

struct dro_store {
    dro_session *session;
    dro_sea_book *book;
    size_t most;
    pthread_mutex_t opening; /* one case at a time; taken before the lock */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    kept_case *cases;
    size_t case_count, case_capacity;
    dro_prepared **kept;
    size_t kept_count, kept_capacity;
    uint64_t clock, made, found;
};

#define LOCKS_OF(s) ((pthread_mutex_t *const[]){&(s)->opening, &(s)->lock, NULL})

/* ---- making --------------------------------------------------------------------- */

dro_status dro_store_create(dro_session *session, const dro_store_options *options,
                            dro_store **out, dro_error *error) {
    static const dro_store_options usual = DRO_STORE_OPTIONS_INIT;
    dro_store *s = NULL;
    DRO_TRY(dro_new((void **)&s, 1, sizeof *s, "a store", error));
    dro_status status = dro_locks_begin(LOCKS_OF(s), &s->changed, "a store", error);
    if (status != DRO_OK) {
        dro_free(s);
        return status;
    }
    s->session = dro_session_retain(session);
    s->most = options ? options->prepared_most : usual.prepared_most;
    status = dro_sea_book_create(session, &s->book, error);
    if (status != DRO_OK) {
        dro_store_destroy(s);
        return status;
    }
    *out = s;
    return DRO_OK;
}

void dro_store_destroy(dro_store *store) {
    if (!store) {
        return;
    }
    for (size_t i = 0; i < store->kept_count; i++) {
        dro_prepared_release(store->kept[i]);
    }
    for (size_t i = 0; i < store->case_count; i++) {
        dro_case_close(store->cases[i].study);
        dro_free(store->cases[i].given);
        dro_free(store->cases[i].path);
    }
    dro_free((void *)store->kept);
    dro_free(store->cases);
    dro_sea_book_destroy(store->book);
    dro_session_release(store->session);
    dro_locks_end(LOCKS_OF(store), &store->changed);
    dro_free(store);
}

/* ---- cases ---------------------------------------------------------------------- */

static const dro_case *opened_at(dro_store *s, const char *path) {
    const dro_case *found = NULL;
    (void)pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < s->case_count && !found; i++) {
        found = strcmp(s->cases[i].path, path) == 0 ? s->cases[i].study : NULL;
    }
    (void)pthread_mutex_unlock(&s->lock);
    return found;
}

static dro_status keep_case(dro_store *s, kept_case *one, dro_error *error) {
    (void)pthread_mutex_lock(&s->lock);
    dro_status status =
        DRO_RESERVE(s->cases, s->case_capacity, s->case_count + 1, error);
    if (status == DRO_OK) {
        s->cases[s->case_count++] = *one;
    }
    (void)pthread_mutex_unlock(&s->lock);
    return status;
}

static dro_status open_case(dro_store *s, const char *given, const char *path,
                            const dro_case **out, dro_error *error) {
    kept_case one = {.given = dro_strdup(given), .path = dro_strdup(path)};
    dro_status status = one.given && one.path
                            ? dro_case_open(s->session, path, &one.study, error)
                            : dro_fail(error, DRO_NOMEM, "out of memory for a case");
    if (status == DRO_OK) {
        status = keep_case(s, &one, error);
    }
    if (status != DRO_OK) {
        dro_case_close(one.study);
        dro_free(one.given);
        dro_free(one.path);
        return status;
    }
    *out = one.study;
    return DRO_OK;
}

dro_status dro_store_open(dro_store *store, const char *given, const dro_case **out,
                          dro_error *error) {
    char path[CASE_PATH_MAX];
    DRO_TRY(dro_case_locate(store->session, given, path, sizeof path, error));
    (void)pthread_mutex_lock(&store->opening);
    const dro_case *found = opened_at(store, path);
    dro_status status =
        found ? DRO_OK
              : open_case(store, given ? given : DRO_CASE_DEFAULT, path, &found, error);
    (void)pthread_mutex_unlock(&store->opening);
    if (status == DRO_OK) {
        *out = found;
    }
    return status;
}

/* Under the lock. */
static dro_status no_case(const dro_store *s, const char *name, dro_error *error) {
    char quoted[DRO_QUOTE_MAX], list[DRO_ERROR_MAX / 2] = "";
    size_t length = 0;
    for (size_t i = 0; i < s->case_count && length < sizeof list; i++) {
        int added =
            snprintf(list + length, sizeof list - length, "%s%s",
                     i ? ", " : "; there are: ", dro_case_id(s->cases[i].study));
        length += added > 0 ? (size_t)added : 0;
    }
    return dro_fail(error, DRO_NOT_FOUND, "there is no case %s%s",
                    name ? dro_quote(name, quoted) : "at all", list);
}

dro_status dro_store_find(dro_store *store, const char *name, const dro_case **out,
                          dro_error *error) {
    const dro_case *found = NULL;
    dro_status status = DRO_OK;
    (void)pthread_mutex_lock(&store->lock);
    for (size_t i = 0; i < store->case_count && !found; i++) {
        const kept_case *one = &store->cases[i];
        bool same = !name || strcmp(dro_case_id(one->study), name) == 0 ||
                    strcmp(one->given, name) == 0;
        found = same ? one->study : NULL;
    }
    if (!found) {
        status = no_case(store, name, error);
    }
    (void)pthread_mutex_unlock(&store->lock);
    if (found) {
        *out = found;
    }
    return status;
}

size_t dro_store_cases(dro_store *store) {
    (void)pthread_mutex_lock(&store->lock);
    size_t count = store->case_count;
    (void)pthread_mutex_unlock(&store->lock);
    return count;
}

const dro_case *dro_store_case(dro_store *store, size_t index) {
    (void)pthread_mutex_lock(&store->lock);
    const dro_case *found = store->cases[index].study;
    (void)pthread_mutex_unlock(&store->lock);
    return found;
}

/* ---- scenarios: all under the lock ---------------------------------------------- */

/* Nobody but the store has it, and nobody can get it without the lock. */
static bool is_idle(const dro_prepared *p) {
    return atomic_load(&p->users) == 1 && p->state == PREPARED_READY;
}

static void drop(dro_store *s, size_t index) {
    dro_prepared *p = s->kept[index];
    s->kept[index] = s->kept[--s->kept_count];
    dro_prepared_release(p);
}

/* What an idle one counts for: large graphs are several. */
static size_t weight_of(const dro_prepared *p) {
    size_t vertices = 0, edges = 0;
    if (p->chains) {
        dro_chains_size(p->chains, &vertices, &edges);
    }
    return 1 + edges / EDGES_OF_ONE;
}

static void drop_oldest(dro_store *s) {
    for (;;) {
        size_t weight = 0, oldest = 0;
        for (size_t i = 0; i < s->kept_count; i++) {
            if (is_idle(s->kept[i])) {
                bool older = weight == 0 || s->kept[i]->used < s->kept[oldest]->used;
                oldest = older ? i : oldest;
                weight += weight_of(s->kept[i]);
            }
        }
        if (weight <= s->most) {
            return;
        }
        drop(s, oldest);
    }
}

/* One that is there or being made, with one more user; or NULL. */
static dro_prepared *find_kept(dro_store *s, const dro_prepare_wish *wish) {
    for (size_t i = 0; i < s->kept_count; i++) {
        if (prepared_answers(s->kept[i], wish)) {
            s->kept[i]->used = ++s->clock;
            return dro_prepared_retain(s->kept[i]);
        }
    }
    return NULL;
}

/* One that is to be made, kept from now on, with a second user: the caller. */
static dro_status add_kept(dro_store *s, const dro_prepare_wish *wish,
                           dro_prepared **out, dro_error *error) {
    DRO_TRY(dro_reserve((void **)&s->kept, &s->kept_capacity, s->kept_count + 1,
                        sizeof(dro_prepared *), error));
    DRO_TRY(prepared_create(wish, s->book, out, error));
    (*out)->used = ++s->clock;
    s->kept[s->kept_count++] = dro_prepared_retain(*out);
    drop_oldest(s);
    return DRO_OK;
}

static void finish(dro_store *s, dro_prepared *p, dro_status status) {
    p->state = status == DRO_OK ? PREPARED_READY : PREPARED_FAILED;
    s->made += status == DRO_OK;
    for (size_t i = 0; status != DRO_OK && i < s->kept_count; i++) {
        if (s->kept[i] == p) {
            drop(s, i);
            break;
        }
    }
    (void)pthread_cond_broadcast(&s->changed);
}

/* ---- preparing ------------------------------------------------------------------ */

static dro_status make(dro_store *s, const dro_prepare_wish *wish, dro_prepared **out,
                       dro_error *error) {
    dro_status status = add_kept(s, wish, out, error);
    if (status == DRO_OK) {
        (void)pthread_mutex_unlock(&s->lock);
        status = prepared_fill(*out, error);
        (void)pthread_mutex_lock(&s->lock);
        finish(s, *out, status);
    }
    return status;
}

/* What another thread failed to make is tried again: its error is not ours. */
static dro_status prepare_kept(dro_store *s, const dro_prepare_wish *wish,
                               dro_prepared **out, dro_error *error) {
    for (;;) {
        dro_prepared *p = find_kept(s, wish);
        if (!p) {
            return make(s, wish, out, error);
        }
        while (p->state == PREPARED_MAKING) {
            (void)pthread_cond_wait(&s->changed, &s->lock);
        }
        if (p->state == PREPARED_READY) {
            s->found++;
            *out = p;
            return DRO_OK;
        }
        dro_prepared_release(p);
    }
}

static dro_status prepare_alone(const dro_prepare_wish *wish, dro_prepared **out,
                                dro_error *error) {
    DRO_TRY(prepared_create(wish, NULL, out, error));
    (*out)->state = PREPARED_READY;
    return prepared_fill(*out, error);
}

dro_status dro_store_prepare(dro_store *store, const dro_prepare_wish *wish,
                             dro_prepared **out, dro_error *error) {
    dro_prepared *made = NULL;
    dro_status status;
    if (store) {
        (void)pthread_mutex_lock(&store->lock);
        status = prepare_kept(store, wish, &made, error);
        (void)pthread_mutex_unlock(&store->lock);
    } else {
        status = prepare_alone(wish, &made, error);
    }
    if (status != DRO_OK) {
        dro_prepared_release(made);
        return status;
    }
    *out = made;
    return DRO_OK;
}

void dro_store_get_state(dro_store *store, dro_store_state *out) {
    (void)pthread_mutex_lock(&store->lock);
    *out = (dro_store_state){store->case_count, store->kept_count, store->made,
                             store->found};
    (void)pthread_mutex_unlock(&store->lock);
}
