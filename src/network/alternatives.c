/* Itineraries that really differ: by the passages they use. Best first over sets of
 * closed passages, as in Yen's and Lawler's ranking of paths, with whole passages in
 * the place of edges: a track branches by closing, one at a time, each passage it
 * uses. A track whose passages are those of one already kept is not kept, and is
 * not branched. */
#include "network_internal.h"

/* The first branching is always whole; the rest is bounded. */
#define SEARCHES_FIRST 12
#define SEARCHES_EACH  4
#define POOL_MAX       (SEARCHES_FIRST + DRO_ALTERNATIVES_MAX * SEARCHES_EACH + 1)

typedef struct candidate {
    dro_track track;
    uint64_t closed;
    bool taken;
} candidate;

typedef struct pool {
    dro_worker *worker;
    const dro_plan *plan;
    dro_ends ends;
    dro_arena *arena;
    candidate item[POOL_MAX];
    size_t count;
    unsigned searches, most;
} pool;

static bool known(const pool *all, uint64_t passages) {
    for (size_t i = 0; i < all->count; i++) {
        if (all->item[i].track.passages == passages) {
            return true;
        }
    }
    return false;
}

static dro_status try_closed(pool *all, uint64_t closed, dro_error *error) {
    if (all->searches >= all->most || all->count >= POOL_MAX) {
        return DRO_OK;
    }
    all->searches++;
    candidate next = {.closed = closed};
    dro_error local = DRO_ERROR_INIT;
    dro_rules_wish wish = {closed, 0, all->plan->ship.draft_m, false};
    dro_status status = dro_track_find_wish(all->worker, all->plan, &wish, all->ends,
                                            all->arena, &next.track, &local);
    if (status == DRO_NO_ANSWER) {
        return DRO_OK;
    }
    if (status != DRO_OK) {
        return dro_fail(error, status, "%s", local.message);
    }
    if (!known(all, next.track.passages)) {
        all->item[all->count++] = next;
    }
    return DRO_OK;
}

static dro_status branch(pool *all, const candidate *from, dro_error *error) {
    uint64_t used = from->track.passages;
    for (unsigned i = 0; i < DRO_PASSAGES_MAX; i++) {
        if ((used >> i & 1u) != 0) {
            DRO_TRY(try_closed(all, from->closed | UINT64_C(1) << i, error));
        }
    }
    return DRO_OK;
}

static candidate *take_best(pool *all) {
    candidate *best = NULL;
    for (size_t i = 0; i < all->count; i++) {
        candidate *item = &all->item[i];
        if (!item->taken &&
            (best == NULL || item->track.objective_m < best->track.objective_m)) {
            best = item;
        }
    }
    if (best != NULL) {
        best->taken = true;
    }
    return best;
}

static dro_status fill(pool *all, dro_track *out, size_t *count, dro_error *error) {
    size_t wanted = all->plan->options.alternatives + 1;
    while (*count < wanted) {
        const candidate *best = take_best(all);
        if (best == NULL) {
            return DRO_OK;
        }
        out[(*count)++] = best->track;
        if (*count < wanted) {
            DRO_TRY(branch(all, best, error));
        }
    }
    return DRO_OK;
}

dro_status dro_track_alternatives(dro_worker *worker, const dro_plan *plan,
                                  dro_ends ends, const dro_track *best,
                                  dro_arena *arena, dro_track *out, size_t *count,
                                  dro_error *error) {
    pool *all = dro_arena_alloc(arena, 1, sizeof *all);
    if (all == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the alternatives");
    }
    all->worker = worker;
    all->plan = plan;
    all->ends = ends;
    all->arena = arena;
    all->most = SEARCHES_FIRST + plan->options.alternatives * SEARCHES_EACH;
    all->item[0] = (candidate){.track = *best, .closed = plan->closed};
    all->count = 1;
    *count = 0;
    return fill(all, out, count, error);
}
