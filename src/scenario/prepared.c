/* A case under a scenario: its facts, and its chains once somebody asks for them. */
#include "scenario/prepared.h"

#include <string.h>

#include "base/locks.h"
#include "base/wait.h"

/* ---- texts ---------------------------------------------------------------------- */

static dro_status no_memory(dro_error *error) {
    return dro_fail(error, DRO_NOMEM, "out of memory for a scenario");
}

/* NULL stands for the case's own. */
static const char *scenario_of(const dro_prepare_wish *wish) {
    return wish->scenario ? wish->scenario : dro_case_default_scenario(wish->of);
}

static const char *edits_name_of(const dro_prepare_wish *wish) {
    return wish->edits_name ? wish->edits_name : "edits";
}

static size_t edits_length_of(const dro_prepare_wish *wish) {
    return wish->edits ? wish->edits_length : 0;
}

static dro_status keep_edits(dro_prepared *p, const dro_prepare_wish *wish,
                             dro_error *error) {
    size_t length = edits_length_of(wish);
    if (!wish->edits) {
        return DRO_OK;
    }
    if (length > DRO_CASE_EDITS_BYTES_MAX) {
        return dro_fail(error, DRO_LIMIT, "%s: %zu bytes; at most %zu",
                        edits_name_of(wish), length, DRO_CASE_EDITS_BYTES_MAX);
    }
    p->edits = dro_malloc(length + 1, 1);
    if (!p->edits) {
        return no_memory(error);
    }
    memcpy(p->edits, wish->edits, length);
    p->edits[length] = '\0';
    p->edits_length = length;
    return DRO_OK;
}

#define LOCKS_OF(p) ((pthread_mutex_t *const[]){&(p)->lock, NULL})

/* ---- making --------------------------------------------------------------------- */

dro_status prepared_create(const dro_prepare_wish *wish, dro_sea_book *book,
                           dro_prepared **out, dro_error *error) {
    dro_prepared *p = NULL;
    DRO_TRY(dro_new((void **)&p, 1, sizeof *p, "a scenario", error));
    dro_status status = dro_locks_begin(LOCKS_OF(p), &p->changed, "a scenario", error);
    if (status != DRO_OK) {
        dro_free(p);
        return status;
    }
    atomic_init(&p->users, 1);
    p->of = wish->of;
    p->book = book;
    p->asked = dro_strdup(scenario_of(wish));
    p->unnamed = !wish->scenario && p->asked && p->asked[0] == '\0';
    p->edits_name = dro_strdup(edits_name_of(wish));
    status = p->asked && p->edits_name ? keep_edits(p, wish, error) : no_memory(error);
    if (status != DRO_OK) {
        dro_prepared_release(p);
        return status;
    }
    *out = p;
    return DRO_OK;
}

bool prepared_answers(const dro_prepared *p, const dro_prepare_wish *wish) {
    size_t length = edits_length_of(wish);
    return p->of == wish->of && (!p->unnamed || !wish->scenario) &&
           strcmp(p->asked, scenario_of(wish)) == 0 && !p->edits == !wish->edits &&
           p->edits_length == length &&
           (length == 0 || memcmp(p->edits, wish->edits, length) == 0) &&
           strcmp(p->edits_name, edits_name_of(wish)) == 0;
}

/* Of a scenario its title, of several their ids. */
static const char *title_of(const dro_prepared *p) {
    dro_scenario about;
    size_t index = 0;
    if (dro_case_find_scenario(p->of, p->asked, &index, NULL) != DRO_OK) {
        return p->asked;
    }
    dro_case_scenario(p->of, index, &about);
    return about.title;
}

static dro_status joined(const char *text, const char *with, char **out,
                         dro_error *error) {
    size_t size = strlen(text) + strlen(with) + 1;
    char *both = dro_malloc(size, 1);
    if (!both) {
        return no_memory(error);
    }
    (void)snprintf(both, size, "%s%s", text, with);
    *out = both;
    return DRO_OK;
}

dro_status prepared_fill(dro_prepared *p, dro_error *error) {
    const char *scenario = p->unnamed ? NULL : p->asked;
    DRO_TRY(dro_case_when(p->of, scenario, &p->date, &p->month, error));
    bool edited = p->edits != NULL;
    const char *join = p->unnamed ? "edits" : "+edits";
    DRO_TRY(joined(p->asked, edited ? join : "", &p->scenario, error));
    DRO_TRY(joined(title_of(p), edited ? ", edited" : "", &p->title, error));
    return dro_case_edit(p->of, scenario, p->edits, p->edits_length, p->edits_name,
                         &p->facts, error);
}

dro_prepared *dro_prepared_retain(dro_prepared *ready) {
    atomic_fetch_add_explicit(&ready->users, 1, memory_order_relaxed);
    return ready;
}

void dro_prepared_release(dro_prepared *ready) {
    if (!ready ||
        atomic_fetch_sub_explicit(&ready->users, 1, memory_order_acq_rel) != 1) {
        return;
    }
    dro_chains_destroy(ready->chains);
    dro_facts_destroy(ready->facts);
    dro_locks_end(LOCKS_OF(ready), &ready->changed);
    dro_free(ready->asked);
    dro_free(ready->edits);
    dro_free(ready->edits_name);
    dro_free(ready->scenario);
    dro_free(ready->title);
    dro_free(ready);
}

/* ---- asking --------------------------------------------------------------------- */

const dro_case *dro_prepared_case(const dro_prepared *ready) {
    return ready->of;
}

const char *dro_prepared_scenario(const dro_prepared *ready) {
    return ready->scenario;
}

const char *dro_prepared_title(const dro_prepared *ready) {
    return ready->title;
}

const char *dro_prepared_date(const dro_prepared *ready) {
    return ready->date;
}

int dro_prepared_month(const dro_prepared *ready) {
    return ready->month;
}

const dro_facts *dro_prepared_facts(const dro_prepared *ready) {
    return ready->facts;
}

/* ---- chains --------------------------------------------------------------------- */

static dro_status make_chains(dro_prepared *p, const dro_progress *progress,
                              dro_chains **out, dro_error *error) {
    dro_chains_options options = DRO_CHAINS_OPTIONS_INIT;
    options.date = p->date;
    options.month = p->month;
    options.book = p->book;
    options.progress = progress;
    return dro_chains_create(dro_case_session(p->of), p->facts, &options, out, error);
}

dro_status dro_prepared_chains(dro_prepared *ready, const dro_progress *progress,
                               const dro_chains **out, dro_error *error) {
    (void)pthread_mutex_lock(&ready->lock);
    dro_status status =
        dro_wait_while(&ready->making, &ready->lock, &ready->changed, progress, error);
    if (status == DRO_OK && !ready->chains) {
        dro_chains *made = NULL;
        ready->making = true;
        (void)pthread_mutex_unlock(&ready->lock);
        status = make_chains(ready, progress, &made, error);
        (void)pthread_mutex_lock(&ready->lock);
        ready->making = false;
        ready->chains = made;
        (void)pthread_cond_broadcast(&ready->changed);
    }
    if (status == DRO_OK) {
        *out = ready->chains;
    }
    (void)pthread_mutex_unlock(&ready->lock);
    return status;
}
