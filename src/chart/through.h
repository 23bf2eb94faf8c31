/*
 * Required canals from end to end. A way that enters a canal and comes back by the same
 * end has not passed through it, and one that comes back through it pays twice: such a
 * canal is passed through once, as one step.
 */
#ifndef CHART_THROUGH_H
#define CHART_THROUGH_H

#include "chart/ends.h"

typedef struct through_way {
    uint32_t from, to;   /* nodes at two ends of the canal */
    float cost_m;        /* with what the rules add */
    uint64_t gates;      /* passed on it, the canal's own too */
    size_t first, count; /* into arcs */
} through_way;

typedef struct through {
    uint64_t rules;  /* whose it is; 0: none */
    uint64_t canals; /* required passages that have lines */
    uint64_t inside; /* of these, those in which an end of the search lies */
    through_way *ways;
    size_t way_count, way_capacity;
    uint32_t *arcs; /* of the chart, in order */
    size_t arc_count, arc_capacity;
    size_t lasting_ways, lasting_arcs; /* the others are of one search's ports */
} through;

void through_free(through *t);
dro_status through_prepare(const dro_sea_rules *rules, through *t, dro_error *error);

/* Ports whose approach leaves a canal between its ends have passed through it when they
 * follow the longer part. A place on a canal's own line cannot pass through it: there
 * every use counts. */
dro_status through_note_ends(const dro_sea_rules *rules, through *t,
                             const route_end *from, const route_end *to,
                             size_t to_count, dro_error *error);

/* What of the gates on an arc or a leg counts as used. */
static inline uint64_t through_counted(const through *t, uint64_t gates) {
    return gates & ~(t->canals & ~t->inside);
}

/* Is a piece of a line with these gates passed as part of the whole canal only? */
static inline bool through_whole(const through *t, uint64_t gates) {
    return (gates & t->canals & ~t->inside) != 0;
}

#endif
