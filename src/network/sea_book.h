/*
 * Distances between the ports of a case under any set of closed passages, each searched
 * once: scenarios and ships share them.
 *
 * A way found with few passages closed stands for more of them closed too, as long as
 * it uses none of those: so the book closes only what a way would use, again and again,
 * and has few sets of closures to search.
 */
#ifndef NETWORK_SEA_BOOK_H
#define NETWORK_SEA_BOOK_H

#include "derrotero/chains.h"

typedef struct sea_cell {
    double nm; /* snaps included; INFINITY: no way */
    uint64_t passages;
} sea_cell;

/* Adds ports (of the atlas) to those that rows go to. */
dro_status sea_book_ports(dro_sea_book *book, const uint32_t *ports, size_t count,
                          dro_error *error);
/* Rows still to be searched before all of these are known; call sea_book_fill until
 * none is asked. */
dro_status sea_book_ask(dro_sea_book *book, uint32_t from, uint32_t to, uint64_t closed,
                        sea_cell *out, bool *known, dro_error *error);
dro_status sea_book_fill(dro_sea_book *book, const dro_progress *progress,
                         dro_error *error);

#endif
