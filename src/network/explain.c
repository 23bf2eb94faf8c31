/* Why there is no route: lift the restrictions one at a time and name the one
 * without which there is a route. */
#include "network_internal.h"

typedef struct inquest {
    dro_worker *worker;
    const dro_plan *plan;
    dro_ends ends;
    dro_arena *arena;
    char found[320]; /* what blocks */
} inquest;

static bool lifts(inquest *about, const dro_rules_wish *wish, const char *what) {
    dro_track track;
    if (dro_track_find_wish(about->worker, about->plan, wish, about->ends, about->arena,
                            &track, NULL) != DRO_OK) {
        return false;
    }
    (void)snprintf(about->found, sizeof about->found, "%s (without that: %.0f nm)",
                   what, track.distance_m / DRO_M_PER_NM);
    return true;
}

static dro_rules_wish as_planned(const dro_plan *plan) {
    return (dro_rules_wish){plan->closed, 0, plan->ship.draft_m, false};
}

/* A passage with all its parts, if anything of it is closed. */
static bool try_passage(inquest *about, size_t passage) {
    const dro_plan *plan = about->plan;
    const dro_atlas *atlas = dro_session_atlas(plan->session);
    size_t count = 0;
    const dro_passage *row = &dro_atlas_passages(atlas, &count)[passage];
    uint64_t group = dro_atlas_passage_mask(atlas, passage) & plan->closed;
    size_t first = passage;
    if (group == 0) {
        return false;
    }
    while ((group >> first & 1u) == 0) {
        first = (first + 1) % DRO_PASSAGES_MAX; /* the part that is closed */
    }
    char reason[96];
    char what[240];
    dro_plan_closure_reason(plan, first, reason, sizeof reason);
    (void)snprintf(what, sizeof what, "%s: %s", row->id, reason);
    dro_rules_wish wish = as_planned(plan);
    wish.closed &= ~group;
    return lifts(about, &wish, what);
}

/* What the caller asked for comes before what is closed for everyone. */
static bool try_passages(inquest *about, bool by_default) {
    size_t count = 0;
    (void)dro_atlas_passages(dro_session_atlas(about->plan->session), &count);
    for (size_t i = 0; i < count; i++) {
        bool is_default = about->plan->closure[i] == DRO_CLOSURE_DEFAULT;
        if (is_default == by_default && try_passage(about, i)) {
            return true;
        }
    }
    return false;
}

static bool try_areas(inquest *about) {
    dro_rules_wish wish = as_planned(about->plan);
    wish.without_areas = true;
    return about->plan->options.avoid_area_count > 0 &&
           lifts(about, &wish, "the avoided area");
}

static bool try_draft(inquest *about) {
    dro_rules_wish wish = as_planned(about->plan);
    wish.draft_m = 0.0;
    char what[64];
    (void)snprintf(what, sizeof what, "the draught of %.1f m",
                   about->plan->ship.draft_m);
    return lifts(about, &wish, what);
}

static bool try_together(inquest *about) {
    dro_rules_wish wish = {0, 0, 0.0, true};
    return lifts(about, &wish, "several restrictions together");
}

dro_status dro_track_explain(dro_worker *worker, const dro_plan *plan, dro_ends ends,
                             dro_arena *arena, dro_error *error) {
    inquest about = {.worker = worker, .plan = plan, .ends = ends, .arena = arena};
    if (try_areas(&about) || try_passages(&about, false) || try_draft(&about) ||
        try_passages(&about, true) || try_together(&about)) {
        return dro_fail(error, DRO_NO_ANSWER,
                        "no route from %s to %s; what blocks is %s", ends.from->name,
                        ends.to->name, about.found);
    }
    dro_error_prefix(error, "no route from %s to %s", ends.from->name, ends.to->name);
    return DRO_NO_ANSWER;
}
