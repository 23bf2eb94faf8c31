/*
 * Ways from one port to all others under one set of rules, kept while those rules are
 * asked for: after a closure the ports' table does not hold for every pair.
 */
#ifndef CHART_ROWS_H
#define CHART_ROWS_H

#include "chart/search.h"

typedef struct port_row {
    float *distance_m; /* per port; INFINITY: no way */
    uint64_t *gates;
} port_row;

typedef struct port_rows {
    uint64_t rules, asked; /* whose rows these are (0: none); for which ports */
    bool planned;          /* cover was made for these ports */
    port_row *rows;        /* per port; empty ones have no arrays */
    uint8_t *cover;        /* per port: a row of it serves most */
    uint32_t *left;        /* per port, while the cover is made */
    size_t port_count, kept;
} port_rows;

void port_rows_free(port_rows *rows);

/* Does the ports' table not hold for this pair, though there is a way by default? */
bool port_rows_affects(const dro_sea_rules *rules, size_t a, size_t b);

/*
 * Makes the rows that the pairs of one port and each of others need; rules->table must
 * hold. The first time that is one search. When another of the same ports comes, all
 * pairs between them are probably wanted; a way is as long there as back, so it is
 * enough to search from a vertex cover of the affected pairs (greedy, largest degree
 * first): at most ROWS_AT_ONCE searches a call. Repeats are taken out of `to`.
 */
dro_status port_rows_make(port_rows *rows, const dro_sea_rules *rules, search *space,
                          uint32_t from, uint32_t *to, size_t count, dro_error *error);

/* The row that has the pair, and which port of it: false where neither is kept. */
bool port_rows_find(const port_rows *rows, uint32_t from, uint32_t to,
                    const port_row **row, uint32_t *port);

#endif
