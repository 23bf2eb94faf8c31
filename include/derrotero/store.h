/*
 * derrotero/store.h: cases under scenarios made ready for questions, and a store that
 * keeps them, so that what many ask is made once.
 *
 *   dro_store_create(session, NULL, &store, &error);
 *   dro_store_open(store, "chancay", &study, &error);
 *   dro_prepare_wish wish = {.of = study, .scenario = "after"};
 *   dro_store_prepare(store, &wish, &ready, &error);
 *   dro_prepared_chains(ready, progress, &chains, &error);
 *   ...
 *   dro_prepared_release(ready);
 *
 * Thread safety: all of it may be called by any number of threads at a time. What two
 * threads ask for at once is made by one of them while the other waits. What comes out
 * of a store is the same to the last bit as what is made without one.
 */
#ifndef DERROTERO_STORE_H
#define DERROTERO_STORE_H

#include "case.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- a case under a scenario ---------------------------------------------------- */

typedef struct dro_prepare_wish {
    const dro_case *of;   /* must outlive what is prepared */
    const char *scenario; /* id, or several with + between; NULL: the case's default */
    const char *edits;    /* put on top, see dro_case_edit; NULL: none */
    size_t edits_length;
    const char *edits_name; /* in messages; NULL: "edits" */
} dro_prepare_wish;

/* Facts, and chains once they are asked for. Counted and immutable. */
typedef struct dro_prepared dro_prepared;

const dro_case *dro_prepared_case(const dro_prepared *ready);
/* As asked for, the default's id, or "" where the case has none; with edits on top
 * "after+edits". */
const char *dro_prepared_scenario(const dro_prepared *ready);
/* Of the scenario; where several are on one another their ids. "..., edited". */
const char *dro_prepared_title(const dro_prepared *ready);
const char *dro_prepared_date(const dro_prepared *ready); /* YYYY-MM-DD or NULL */
int dro_prepared_month(const dro_prepared *ready);        /* 1..12, or 0 */
const dro_facts *dro_prepared_facts(const dro_prepared *ready);
/* Made at the first asking, which needs a session with a chart; borrowed. A caller
 * whose progress says stop has DRO_CANCELLED, and another one that waits goes on. */
dro_status dro_prepared_chains(dro_prepared *ready, const dro_progress *progress,
                               const dro_chains **out, dro_error *error);
dro_prepared *dro_prepared_retain(dro_prepared *ready);
void dro_prepared_release(dro_prepared *ready); /* NULL is fine */

/* ---- the store --------------------------------------------------------------------
 */

typedef struct dro_store dro_store;

typedef struct dro_store_options {
    /* Kept that nobody holds; those used longest ago go first. One with more than
     * 50,000 edges counts for several. */
    size_t prepared_most;
} dro_store_options;

#define DRO_STORE_OPTIONS_INIT \
    { 32 }

/* options may be NULL. The session must outlive the store. Destroy it when nothing of
 * it is held any more. */
dro_status dro_store_create(dro_session *session, const dro_store_options *options,
                            dro_store **out, dro_error *error);
void dro_store_destroy(dro_store *store); /* NULL is fine */

/* The case at a path or of a name (dro_case_locate), opened at the first asking and
 * kept; borrowed. */
dro_status dro_store_open(dro_store *store, const char *given, const dro_case **out,
                          dro_error *error);
/* One that was opened, by its id or the name it was opened by; never looks at files.
 * NULL: the first one. DRO_NOT_FOUND names those that there are. */
dro_status dro_store_find(dro_store *store, const char *name, const dro_case **out,
                          dro_error *error);
size_t dro_store_cases(dro_store *store);
const dro_case *dro_store_case(dro_store *store, size_t index);

/* DRO_NOT_FOUND, DRO_INVALID, DRO_PARSE: as dro_case_apply and dro_case_edit. A NULL
 * store makes it anew, for nobody else. Release what comes out. */
dro_status dro_store_prepare(dro_store *store, const dro_prepare_wish *wish,
                             dro_prepared **out, dro_error *error);

typedef struct dro_store_state {
    size_t cases, prepared; /* that are kept */
    uint64_t made, found;   /* so far: made, and found there already */
} dro_store_state;
void dro_store_get_state(dro_store *store, dro_store_state *out);

#ifdef __cplusplus
}
#endif
#endif
