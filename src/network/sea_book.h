/*
 * Distances between the ports of a case under any set of closed passages, each searched
 * once: scenarios and ships share them.
 *
 * A way found with few passages closed stands for more of them closed too, as long as
 * it uses none of those: so the book closes only what a way would use, again and again,
 * and has few sets of closures to search.
 *
 * A row is all ways from one port with one set of closures. Which of two ports the row
 * is of is a matter of the ports alone (a way back is as long, but not to the last
 * bit): so a distance is the same whatever was asked before, by whom and in what order.
 */
#ifndef NETWORK_SEA_BOOK_H
#define NETWORK_SEA_BOOK_H

#include "derrotero/chains.h"

typedef struct sea_cell {
    double nm; /* snaps included; INFINITY: no way */
    uint64_t passages;
    uint64_t closed; /* with which it was found: no more than was asked */
} sea_cell;

typedef struct sea_want { /* a row that is not there */
    uint32_t from;
    uint64_t closed;
} sea_want;

/* Zero-initialise; dro_free its items. */
typedef struct sea_wants {
    sea_want *items;
    size_t count, capacity;
} sea_wants;

/* How many rows it keeps from one to the next who asks, 2048 unless told; before it is
 * used. */
void sea_book_keep(dro_sea_book *book, size_t rows);
/* Places that are no ports of the atlas: the first one is the port after the atlas's
 * last. Once, before the book is used; rows are then of them rather than of ports. */
dro_status sea_book_points(dro_sea_book *book, const dro_point *points, size_t count,
                           dro_error *error);
/* Before asking: adds ports (of the atlas, or such places) to those that rows go to. */
dro_status sea_book_ports(dro_sea_book *book, const uint32_t *ports, size_t count,
                          dro_error *error);
/* The way between two of its ports; where it is not known what is wanted is added to
 * the list: fill and ask again until nothing is. */
dro_status sea_book_ask(dro_sea_book *book, uint32_t one, uint32_t other,
                        uint64_t closed, sea_cell *out, bool *known, sea_wants *wants,
                        dro_error *error);
/* The turning points of the way from one port to another with these closed; in the
 * arena, none where there is no way. */
dro_status sea_book_trace(dro_sea_book *book, uint32_t from, uint32_t to,
                          uint64_t closed, dro_arena *arena, dro_point **out,
                          size_t *count, dro_error *error);
/* Searches what is wanted and still not there, and empties the list. */
dro_status sea_book_fill(dro_sea_book *book, sea_wants *wants,
                         const dro_progress *progress, dro_error *error);

#endif
