/* The arrays of a search on the graph of transport chains, and what a question must be.
 */
#include "chain_space.h"

#include <string.h>

dro_status chain_space_create(chain_space **out, dro_error *error) {
    return dro_new((void **)out, 1, sizeof(chain_space), "a search of chains", error);
}

void chain_space_destroy(chain_space *space) {
    if (space == NULL) {
        return;
    }
    dro_free(space->labels);
    dro_free(space->heap);
    dro_free(space->target_stamp);
    dro_free(space->bound);
    dro_free(space->stairs);
    dro_free(space->port_stamp);
    dro_free(space->chains);
    dro_free(space->open);
    dro_free(space->steps);
    dro_free(space->found);
    dro_free(space);
}

/* Grows an array that carries stamps: what is new has the stamp 0, of no epoch. */
#define GROW(items, capacity, need)                                               \
    do {                                                                          \
        size_t had_ = (capacity);                                                 \
        DRO_TRY(DRO_RESERVE((items), (capacity), (need), error));                 \
        memset((void *)((items) + had_), 0, ((capacity)-had_) * sizeof *(items)); \
    } while (0)

static dro_status grow(chain_space *s, const chain_graph *g, dro_error *error) {
    size_t n = (size_t)g->vertex_count + 1;
    GROW(s->labels, s->label_capacity, n);
    GROW(s->target_stamp, s->target_capacity, n);
    GROW(s->stairs, s->stairs_capacity, n);
    GROW(s->port_stamp, s->port_capacity, (size_t)g->port_count + 1);
    DRO_TRY(DRO_RESERVE(s->heap, s->heap_capacity, n, error));
    return DRO_RESERVE(s->bound, s->bound_capacity, n, error);
}

static void next_epoch(chain_space *s) {
    if (++s->epoch != 0) {
        return;
    }
    memset(s->labels, 0, s->label_capacity * sizeof *s->labels); /* all are old now */
    memset(s->target_stamp, 0, s->target_capacity * sizeof *s->target_stamp);
    memset(s->stairs, 0, s->stairs_capacity * sizeof *s->stairs);
    memset(s->port_stamp, 0, s->port_capacity * sizeof *s->port_stamp);
    s->epoch = 1;
}

dro_status chain_search_begin(chain_space *space, const chain_query *query,
                              chain_rules *rules, dro_error *error) {
    const chain_graph *g = query->graph;
    const chain_ban *ban = query->ban;
    DRO_TRY(grow(space, g, error));
    next_epoch(space);
    space->heap_count = 0;
    *rules = (chain_rules){
        .graph = g,
        .weight = {query->weights->time_h, query->weights->cost_usd,
                   query->weights->co2_kg},
        .modes = ban == NULL ? 0 : ban->modes,
        .passages = ban == NULL ? 0 : ban->passages,
        .epoch = space->epoch,
    };
    for (size_t i = 0; ban != NULL && i < ban->port_count; i++) {
        if (ban->ports[i] < g->port_count) {
            space->port_stamp[ban->ports[i]] = space->epoch;
            rules->port_stamp = space->port_stamp;
        }
    }
    return DRO_OK;
}

static dro_status check_ends(const chain_graph *graph, const chain_end *ends,
                             size_t count, const char *what, dro_error *error) {
    for (size_t i = 0; i < count; i++) {
        if (ends[i].vertex >= graph->vertex_count) {
            return dro_fail(error, DRO_INVALID, "%s %zu: vertex %u of %u", what, i,
                            (unsigned)ends[i].vertex, (unsigned)graph->vertex_count);
        }
        for (int c = 0; c < CHAIN_CRITERIA; c++) {
            if (isnan(ends[i].weight[c]) || ends[i].weight[c] < 0) {
                return dro_fail(error, DRO_INVALID, "%s %zu: a weight of %g", what, i,
                                ends[i].weight[c]);
            }
        }
    }
    return DRO_OK;
}

dro_status chain_query_check(const chain_query *query, bool seeds, bool targets,
                             dro_error *error) {
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        if (!isfinite(query->coefficient[c]) || query->coefficient[c] < 0) {
            return dro_fail(error, DRO_INVALID, "a coefficient of %g",
                            query->coefficient[c]);
        }
    }
    if (seeds) {
        DRO_TRY(
            check_ends(query->graph, query->seeds, query->seed_count, "seed", error));
    }
    if (targets) {
        DRO_TRY(check_ends(query->graph, query->targets, query->target_count, "target",
                           error));
    }
    return DRO_OK;
}
