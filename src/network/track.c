/* The water path of a voyage: stretches from stop to stop put end to end, together
 * using every required passage. Dynamic programming over the set of wishes that
 * the stretches so far fulfil; without --require that set is always empty and each
 * stretch is one search. */
#include "network_internal.h"

#include <math.h>
#include <string.h>

#define SUBSETS       (1u << DRO_REQUIRE_MAX)
#define STRETCHES_MAX (DRO_VIA_MAX + 1)

typedef struct stretch {
    dro_sea_path path; /* copied into the arena */
    bool found;
    unsigned covers; /* wishes */
} stretch;

typedef struct step { /* how a state was reached */
    double objective_m;
    unsigned before;
    const stretch *by;
} step;

typedef struct search {
    dro_worker *worker;
    const dro_plan *plan;
    dro_sea_rules *const *rules;
    dro_arena *arena;
    step state[STRETCHES_MAX + 1][SUBSETS];
    dro_error blocked; /* the first "no answer" */
} search;

static dro_sea_end end_of(const dro_place *place) {
    return (dro_sea_end){place->at, place->port};
}

static void *copied(dro_arena *arena, const void *items, size_t count, size_t size) {
    void *copy = dro_arena_alloc(arena, count, size);
    if (copy != NULL && count > 0) {
        memcpy(copy, items, count * size);
    }
    return copy;
}

static dro_status keep_path(dro_arena *arena, const dro_sea_path *path,
                            dro_sea_path *out, dro_error *error) {
    *out = *path;
    out->points = copied(arena, path->points, path->count, sizeof *path->points);
    out->legs = copied(arena, path->legs, path->leg_count, sizeof *path->legs);
    if (out->points == NULL || out->legs == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a path");
    }
    return DRO_OK;
}

static unsigned wishes_covered(const dro_plan *plan, uint64_t passages) {
    unsigned covers = 0;
    for (size_t i = 0; i < plan->options.require_count; i++) {
        covers |= (plan->wish[i] & passages) != 0 ? 1u << i : 0u;
    }
    return covers;
}

static dro_status find_stretch(search *find, dro_ends ends, const dro_sea_rules *rules,
                               stretch *out, dro_error *error) {
    dro_error local = DRO_ERROR_INIT;
    dro_sea_path path;
    dro_status status = dro_sea_route(find->worker->sea, rules, end_of(ends.from),
                                      end_of(ends.to), &path, &local);
    if (status == DRO_NO_ANSWER) {
        if (find->blocked.status == DRO_OK) {
            find->blocked = local;
        }
        return DRO_OK;
    }
    if (status != DRO_OK) {
        return dro_fail(error, status, "%s", local.message);
    }
    out->found = true;
    out->covers = wishes_covered(find->plan, path.passages);
    return keep_path(find->arena, &path, &out->path, error);
}

static void relax(search *find, size_t row, const stretch *by) {
    for (unsigned s = 0; s < SUBSETS; s++) {
        double sum = find->state[row][s].objective_m + by->path.objective_m;
        step *after = &find->state[row + 1][s | by->covers];
        if (sum < after->objective_m) {
            *after = (step){sum, s, by};
        }
    }
}

static dro_status find_row(search *find, size_t row, dro_ends ends, dro_error *error) {
    const dro_plan *plan = find->plan;
    stretch *tries = dro_arena_alloc(find->arena, plan->choice_count, sizeof *tries);
    if (tries == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a path");
    }
    for (size_t i = 0; i < plan->choice_count; i++) {
        if (find->rules[i] != NULL) {
            DRO_TRY(find_stretch(find, ends, find->rules[i], &tries[i], error));
        }
        if (tries[i].found) {
            relax(find, row, &tries[i]);
        }
    }
    return DRO_OK;
}

/* ---- putting the stretches end to end ---------------------------------------- */

static bool same_point(dro_point a, dro_point b) {
    return a.lat_deg == b.lat_deg && a.lon_deg == b.lon_deg;
}

static void append(dro_track *track, const dro_sea_path *path, size_t row) {
    size_t skip =
        track->count > 0 && same_point(track->points[track->count - 1], path->points[0])
            ? 1
            : 0;
    size_t shift = track->count - skip;
    memcpy(track->points + track->count, path->points + skip,
           (path->count - skip) * sizeof *path->points);
    track->count += path->count - skip;
    track->stop[row] = track->leg_count;
    for (size_t i = 0; i < path->leg_count; i++) {
        dro_sea_leg leg = path->legs[i];
        leg.first += shift;
        leg.last += shift;
        track->legs[track->leg_count++] = leg;
    }
    track->distance_m += path->distance_m;
    track->objective_m += path->objective_m;
    track->excess_m += path->distance_m * path->excess_bound;
    track->passages |= path->passages;
    track->snap_m[0] = row == 0 ? path->snap_m[0] : track->snap_m[0];
    track->snap_m[1] = path->snap_m[1];
}

static dro_status join(dro_arena *arena, const dro_sea_path *const *paths, size_t rows,
                       dro_track *out, dro_error *error) {
    size_t points = 0;
    size_t legs = 0;
    for (size_t i = 0; i < rows; i++) {
        points += paths[i]->count;
        legs += paths[i]->leg_count;
    }
    dro_track track = {.stops = rows};
    track.points = dro_arena_alloc(arena, points, sizeof *track.points);
    track.legs = dro_arena_alloc(arena, legs, sizeof *track.legs);
    track.stop = dro_arena_alloc(arena, rows + 1, sizeof *track.stop);
    if (track.points == NULL || track.legs == NULL || track.stop == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a path");
    }
    for (size_t i = 0; i < rows; i++) {
        append(&track, paths[i], i);
    }
    track.stop[rows] = track.leg_count;
    *out = track;
    return DRO_OK;
}

static dro_status collect(search *find, size_t rows, dro_track *out, dro_error *error) {
    unsigned state = (1u << find->plan->options.require_count) - 1u;
    const dro_sea_path *paths[STRETCHES_MAX] = {NULL};
    if (isinf(find->state[rows][state].objective_m)) {
        if (find->blocked.status == DRO_OK) {
            return dro_fail(error, DRO_NO_ANSWER,
                            "no route uses every required passage");
        }
        return dro_fail(error, DRO_NO_ANSWER, "%s", find->blocked.message);
    }
    for (size_t row = rows; row > 0; row--) {
        const step *last = &find->state[row][state];
        paths[row - 1] = &last->by->path;
        state = last->before;
    }
    return join(find->arena, paths, rows, out, error);
}

/* ---- searching --------------------------------------------------------------- */

static void clear(search *find, size_t rows) {
    for (size_t row = 0; row <= rows; row++) {
        for (unsigned s = 0; s < SUBSETS; s++) {
            find->state[row][s] = (step){HUGE_VAL, 0, NULL};
        }
    }
    find->state[0][0].objective_m = 0.0;
}

dro_status dro_track_find(dro_worker *worker, const dro_plan *plan,
                          dro_sea_rules *const *rules, dro_ends ends, dro_arena *arena,
                          dro_track *out, dro_error *error) {
    search find = {.worker = worker, .plan = plan, .rules = rules, .arena = arena};
    size_t rows = plan->options.via_count + 1;
    clear(&find, rows);
    for (size_t row = 0; row < rows; row++) {
        dro_ends stretch_ends = {row == 0 ? ends.from : &plan->via[row - 1],
                                 row + 1 == rows ? ends.to : &plan->via[row]};
        DRO_TRY(find_row(&find, row, stretch_ends, error));
    }
    return collect(&find, rows, out, error);
}

dro_status dro_track_find_wish(dro_worker *worker, const dro_plan *plan,
                               const dro_rules_wish *wish, dro_ends ends,
                               dro_arena *arena, dro_track *out, dro_error *error) {
    dro_sea_rules *rules[DRO_CHOICES_MAX] = {NULL};
    dro_status status = DRO_OK;
    for (size_t i = 0; i < plan->choice_count; i++) {
        dro_rules_wish one = *wish;
        one.require = plan->choices[i].require;
        if ((one.require & one.closed) == 0) {
            DRO_TRY_GOTO(dro_plan_rules(plan, &one, &rules[i], error), done);
        }
    }
    status = dro_track_find(worker, plan, rules, ends, arena, out, error);
done:
    for (size_t i = 0; i < plan->choice_count; i++) {
        dro_plan_return_rules(plan, rules[i]);
    }
    return status;
}
