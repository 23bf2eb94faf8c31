/* What the files of this room share. */
#ifndef DERROTERO_NETWORK_INTERNAL_H
#define DERROTERO_NETWORK_INTERNAL_H

#include "base/arena_format.h"
#include "derrotero/network.h"
#include "rules_book.h"

struct dro_worker {
    dro_session *session;
    dro_sea *sea;
};

dro_rules_book *dro_session_rules(dro_session *session);
/* Length of a canal's line; 0 for a passage without one. */
double dro_session_canal_m(const dro_session *session, size_t passage);

dro_status dro_ship_resolve(const dro_atlas *atlas, const dro_voyage_options *options,
                            dro_ship *out, dro_error *error);
dro_closure dro_ship_fits_passage(const dro_ship *ship, const dro_passage *passage);
/* The ship with its vessel's sizes where none are given. */
dro_ship dro_ship_sized(const dro_ship *ship);
/* Can a path use this passage at all: has it a gate or a line? */
bool dro_passage_has_water(const dro_atlas *atlas, size_t passage);

/* ---- plan -------------------------------------------------------------------- */

#define DRO_CHOICES_MAX 64

/* A wish is a passage that must be used: any bit of `mask` fulfils it. A choice
 * names for each of some wishes the bit by which to fulfil it; choice 0 is none. */
typedef struct dro_choice {
    uint64_t require; /* bits for the chart */
    unsigned covers;  /* wishes, as a mask */
} dro_choice;

struct dro_plan {
    dro_session *session;
    dro_ship ship;
    dro_voyage_options options; /* its pointers are the plan's own, areas aside */
    dro_place *via;
    size_t require[DRO_REQUIRE_MAX];
    uint64_t wish[DRO_REQUIRE_MAX];
    dro_choice choices[DRO_CHOICES_MAX];
    size_t choice_count;
    uint64_t closed;
    dro_closure closure[DRO_PASSAGES_MAX];
    /* Whose figures a transit of passage i goes by: its own, or those of a part that
     * has no water of its own (the old locks of Panama) where that is cheaper. */
    const dro_passage *through[DRO_PASSAGES_MAX];
    double extra_m[DRO_PASSAGES_MAX];
    dro_sea_rules *rules[DRO_CHOICES_MAX]; /* of `closed`, one per choice */
};

/* Fill closed and closure; through and extra_m. */
void dro_plan_close(dro_plan *plan);
void dro_plan_price(dro_plan *plan);
dro_status dro_plan_require(dro_plan *plan, dro_error *error);
/* Everything but the rules, which need a chart. */
dro_status dro_plan_compile(dro_plan *plan, const dro_voyage_options *options,
                            dro_error *error);

/* One set of rules: the plan's, with other closures, requirements or draught. */
typedef struct dro_rules_wish {
    uint64_t closed, require;
    double draft_m;
    bool without_areas;
} dro_rules_wish;
/* Give them back with dro_plan_return_rules. */
dro_status dro_plan_rules(const dro_plan *plan, const dro_rules_wish *wish,
                          dro_sea_rules **out, dro_error *error);
void dro_plan_return_rules(const dro_plan *plan, dro_sea_rules *rules);

/* ---- track: the water path of a whole voyage, over its vias ------------------ */

typedef struct dro_track {
    double distance_m, objective_m;
    double excess_m; /* sum of distance x bound */
    double snap_m[2];
    uint64_t passages;
    dro_point *points;
    size_t count;
    dro_sea_leg *legs;
    size_t leg_count;
    size_t *stop; /* index of the leg that begins at stop i; stops + 1 entries */
    size_t stops; /* searches put end to end */
} dro_track;

typedef struct dro_ends {
    const dro_place *from, *to;
} dro_ends;

/* The best track with `rules` (one per choice of the plan; NULL: not that choice). */
dro_status dro_track_find(dro_worker *worker, const dro_plan *plan,
                          dro_sea_rules *const *rules, dro_ends ends, dro_arena *arena,
                          dro_track *out, dro_error *error);
/* The same under another wish, whose `require` is ignored; makes and drops its own
 * rules. */
dro_status dro_track_find_wish(dro_worker *worker, const dro_plan *plan,
                               const dro_rules_wish *wish, dro_ends ends,
                               dro_arena *arena, dro_track *out, dro_error *error);

/* After DRO_NO_ANSWER: finds the one restriction without which there is a track and
 * puts it into *error. */
dro_status dro_track_explain(dro_worker *worker, const dro_plan *plan, dro_ends ends,
                             dro_arena *arena, dro_error *error);

/* After DRO_INVALID: names the end that is refused, and whether its coordinates look
 * swapped; *error has the chart's message, or gets it. */
dro_status dro_track_refuse(dro_worker *worker, const dro_plan *plan, dro_ends ends,
                            dro_error *error);
/* Is a place further than max_snap from all water, and not just refused for an area? */
bool dro_place_is_far(dro_worker *worker, const dro_plan *plan, dro_point at,
                      dro_error *error);

/* Tracks that differ by passages, best first; the first is `best`. */
dro_status dro_track_alternatives(dro_worker *worker, const dro_plan *plan,
                                  dro_ends ends, const dro_track *best,
                                  dro_arena *arena, dro_track *out, size_t *count,
                                  dro_error *error);

dro_status dro_itinerary_make(const dro_plan *plan, dro_ends ends,
                              const dro_track *track, dro_arena *arena,
                              dro_itinerary *out, dro_error *error);

#endif
