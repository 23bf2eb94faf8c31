/* What the store knows of what it keeps. */
#ifndef DRO_SCENARIO_PREPARED_H
#define DRO_SCENARIO_PREPARED_H

#include <stdatomic.h>

#include <pthread.h>

#include "derrotero/store.h"

typedef enum prepared_state {
    PREPARED_MAKING,
    PREPARED_READY,
    PREPARED_FAILED
} prepared_state;

struct dro_prepared {
    atomic_uint users;
    const dro_case *of;
    /* What was asked for: texts of its own. */
    char *asked;  /* scenario */
    bool unnamed; /* none, and the case has no default */
    char *edits, *edits_name;
    size_t edits_length;
    /* What came of it. */
    char *scenario, *title;
    const char *date; /* the case's */
    int month;
    dro_facts *facts;
    dro_sea_book *book; /* the store's, or NULL */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool making; /* chains: some thread does */
    dro_chains *chains;
    /* The store's, under its lock. */
    prepared_state state;
    uint64_t used; /* when: counts up */
};

/* With the wish's texts and nothing made; one user. */
dro_status prepared_create(const dro_prepare_wish *wish, dro_sea_book *book,
                           dro_prepared **out, dro_error *error);
/* Facts and names. */
dro_status prepared_fill(dro_prepared *p, dro_error *error);
bool prepared_answers(const dro_prepared *p, const dro_prepare_wish *wish);

#endif
