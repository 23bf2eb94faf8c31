/* The rules of a chart that were made last, shared by the plans of a session: to make
 * them costs more than to answer a question about two ports. */
#ifndef DERROTERO_NETWORK_RULES_BOOK_H
#define DERROTERO_NETWORK_RULES_BOOK_H

#include <pthread.h>

#include "derrotero/chart.h"

#define DRO_RULES_KEPT 16

/* All that rules are made of, areas aside. */
typedef struct dro_rules_key {
    uint64_t closed, require;
    double draft_m, channel_draft_m, max_snap_m;
    double extra_m[DRO_PASSAGES_MAX];
    uint64_t soft_shoals;
} dro_rules_key;

typedef struct dro_rules_entry {
    dro_rules_key key;
    dro_sea_rules *rules; /* NULL: free */
    unsigned users;
    uint64_t last_use;
} dro_rules_entry;

typedef struct dro_rules_book {
    pthread_mutex_t lock;
    uint64_t uses;
    dro_rules_entry entries[DRO_RULES_KEPT];
} dro_rules_book;

void dro_rules_book_begin(dro_rules_book *book);
void dro_rules_book_end(dro_rules_book *book);   /* nobody uses its rules any more */
void dro_rules_book_clear(dro_rules_book *book); /* drops what is not in use */

/* As dro_sea_rules_create, but give them back with dro_rules_return. Rules with areas,
 * or beyond DRO_RULES_KEPT in use, are not shared. Any thread. */
dro_status dro_rules_take(dro_rules_book *book, const dro_chart *chart,
                          const dro_sea_rules_options *options, dro_sea_rules **out,
                          dro_error *error);
void dro_rules_return(dro_rules_book *book, dro_sea_rules *rules); /* NULL is fine */

#endif
