/* The wishes, compiled once: which passages are closed and why, what each costs on
 * top of its distance, and the rules for the chart. */
#include "network_internal.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *by, *profile;
} words[] = {{"distance", "shortest"}, {"time", "customary"}, {"cost", NULL}};

const char *dro_objective_text(dro_objective by) {
    return words[by].by;
}

const char *dro_profile_text(dro_profile profile) {
    return words[profile].profile;
}

const char *dro_closure_text(dro_closure closure) {
    static const char *const text[] = {
        "open", "closed by default", "avoided", "draught", "length",
        "beam", "air draught"};
    return text[closure];
}

/* ---- closures ---------------------------------------------------------------- */

static uint64_t required_mask(const dro_plan *plan) {
    const dro_atlas *atlas = dro_session_atlas(plan->session);
    uint64_t mask = 0;
    for (size_t i = 0; i < plan->options.require_count; i++) {
        mask |= dro_atlas_passage_mask(atlas, plan->require[i]);
    }
    return mask;
}

/* A required passage counts as opened by hand. */
void dro_plan_close(dro_plan *plan) {
    const dro_atlas *atlas = dro_session_atlas(plan->session);
    size_t count = 0;
    const dro_passage *passages = dro_atlas_passages(atlas, &count);
    uint64_t by_default =
        dro_atlas_closed_mask(atlas) & ~plan->options.open & ~required_mask(plan);
    plan->closed = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t bit = UINT64_C(1) << i;
        plan->closure[i] = (plan->options.avoid & bit) ? DRO_CLOSURE_AVOIDED
                           : (by_default & bit)
                               ? DRO_CLOSURE_DEFAULT
                               : dro_ship_fits_passage(&plan->ship, &passages[i]);
        plan->closed |= plan->closure[i] != DRO_CLOSURE_NONE ? bit : 0;
    }
}

static void limit_reason(const dro_ship *ship, const dro_passage *passage,
                         dro_closure closure, char *text, size_t size) {
    const double figures[][2] = {
        [DRO_CLOSURE_DRAFT] = {ship->draft_m, passage->max_draft_m},
        [DRO_CLOSURE_LOA] = {ship->loa_m, passage->max_loa_m},
        [DRO_CLOSURE_BEAM] = {ship->beam_m, passage->max_beam_m},
        [DRO_CLOSURE_AIR_DRAFT] = {ship->air_draft_m, passage->max_air_draft_m}};
    (void)snprintf(text, size, "%s %.1f m, limit %.1f m", dro_closure_text(closure),
                   figures[closure][0], figures[closure][1]);
}

void dro_plan_closure_reason(const dro_plan *plan, size_t passage, char *text,
                             size_t size) {
    size_t count = 0;
    const dro_passage *passages =
        dro_atlas_passages(dro_session_atlas(plan->session), &count);
    dro_closure closure = plan->closure[passage];
    if (closure < DRO_CLOSURE_DRAFT) {
        (void)snprintf(text, size, "%s", dro_closure_text(closure));
    } else {
        limit_reason(&plan->ship, &passages[passage], closure, text, size);
    }
}

/* ---- prices ------------------------------------------------------------------ */

/* What a passage adds beyond its own length, in metres of open sea that take the
 * same time or cost the same. */
static double extra_m(const dro_plan *plan, const dro_passage *passage, size_t index) {
    double extra = 0.0;
    if (plan->options.profile == DRO_PROFILE_CUSTOMARY &&
        passage->customary_penalty_nm > 0.0) {
        extra = passage->customary_penalty_nm * DRO_M_PER_NM;
    }
    if (plan->options.by == DRO_BY_DISTANCE) {
        return extra;
    }
    dro_item item =
        plan->options.by == DRO_BY_TIME ? DRO_ITEM_DURATION_H : DRO_ITEM_COST_USD;
    double canal_m = dro_session_canal_m(plan->session, index);
    dro_reckoning sea;
    dro_reckoning through;
    dro_reckon_sea(&plan->ship, DRO_M_PER_NM, &sea);
    dro_reckon_passage(&plan->ship, plan->through[index], canal_m, &through);
    double equal_m =
        through.item[item].value / sea.item[item].value * DRO_M_PER_NM - canal_m;
    return equal_m > 0.0 ? extra + equal_m : extra; /* NAN: unknown adds nothing */
}

static double transit_usd(const dro_plan *plan, const dro_passage *passage,
                          size_t canal) {
    dro_reckoning part;
    double canal_m = dro_session_canal_m(plan->session, canal);
    dro_reckon_passage(&plan->ship, passage, canal_m, &part);
    return part.item[DRO_ITEM_COST_USD].value;
}

static void choose_through(dro_plan *plan, const dro_passage *passages, size_t count) {
    const dro_atlas *atlas = dro_session_atlas(plan->session);
    dro_ship sized = dro_ship_sized(&plan->ship);
    for (size_t i = 0; i < count; i++) {
        plan->through[i] = &passages[i];
    }
    for (size_t i = 0; i < count; i++) {
        int whole = passages[i].part_of;
        if (whole < 0 || dro_passage_has_water(atlas, i) ||
            plan->closure[i] != DRO_CLOSURE_NONE ||
            dro_ship_fits_passage(&sized, &passages[i]) != DRO_CLOSURE_NONE) {
            continue;
        }
        if (transit_usd(plan, &passages[i], (size_t)whole) <
            transit_usd(plan, plan->through[whole], (size_t)whole)) {
            plan->through[whole] = &passages[i];
        }
    }
}

void dro_plan_price(dro_plan *plan) {
    size_t count = 0;
    const dro_passage *passages =
        dro_atlas_passages(dro_session_atlas(plan->session), &count);
    choose_through(plan, passages, count);
    for (size_t i = 0; i < count; i++) {
        plan->extra_m[i] = extra_m(plan, &passages[i], i);
    }
}

/* ---- the rules --------------------------------------------------------------- */

dro_status dro_plan_rules(const dro_plan *plan, const dro_rules_wish *wish,
                          dro_sea_rules **out, dro_error *error) {
    dro_sea_rules_options options = DRO_SEA_RULES_OPTIONS_INIT;
    options.closed = wish->closed;
    options.draft_m = wish->draft_m;
    options.channel_draft_m = plan->ship.draft_stated ? wish->draft_m : 0.0;
    options.soft_shoals = !plan->ship.draft_stated;
    options.max_snap_m = plan->options.max_snap_m;
    options.extra_m = plan->extra_m;
    options.require = wish->require;
    if (!wish->without_areas) {
        options.avoid = plan->options.avoid_areas;
        options.avoid_count = plan->options.avoid_area_count;
    }
    return dro_rules_take(dro_session_rules(plan->session),
                          dro_session_chart(plan->session), &options, out, error);
}

void dro_plan_return_rules(const dro_plan *plan, dro_sea_rules *rules) {
    dro_rules_return(dro_session_rules(plan->session), rules);
}

static dro_status make_rules(dro_plan *plan, dro_error *error) {
    for (size_t i = 0; i < plan->choice_count; i++) {
        dro_rules_wish wish = {plan->closed, plan->choices[i].require,
                               plan->ship.draft_m, false};
        DRO_TRY(dro_plan_rules(plan, &wish, &plan->rules[i], error));
    }
    return DRO_OK;
}

/* ---- the plan ---------------------------------------------------------------- */

static dro_status copy_lists(dro_plan *plan, const dro_voyage_options *options,
                             dro_error *error) {
    if (options->via_count > DRO_VIA_MAX || options->require_count > DRO_REQUIRE_MAX ||
        options->alternatives > DRO_ALTERNATIVES_MAX) {
        return dro_fail(error, DRO_LIMIT,
                        "at most %d via, %d required passages and %d alternatives",
                        DRO_VIA_MAX, DRO_REQUIRE_MAX, DRO_ALTERNATIVES_MAX);
    }
    for (size_t i = 0; i < options->require_count; i++) {
        plan->require[i] = options->require[i];
    }
    plan->options.require = plan->require;
    if (options->via_count > 0) {
        void *memory = NULL;
        DRO_TRY(dro_new(&memory, options->via_count, sizeof *plan->via, "via", error));
        plan->via = memory;
        memcpy(plan->via, options->via, options->via_count * sizeof *plan->via);
    }
    plan->options.via = plan->via;
    return DRO_OK;
}

dro_status dro_plan_compile(dro_plan *plan, const dro_voyage_options *options,
                            dro_error *error) {
    plan->options = *options;
    if (!(options->max_snap_m >= 0.0)) {
        return dro_fail(error, DRO_INVALID, "the greatest snap %g m is below 0",
                        options->max_snap_m);
    }
    DRO_TRY(copy_lists(plan, options, error));
    DRO_TRY(dro_ship_resolve(dro_session_atlas(plan->session), options, &plan->ship,
                             error));
    dro_plan_close(plan);
    dro_plan_price(plan);
    return dro_plan_require(plan, error);
}

dro_status dro_plan_create(dro_session *session, const dro_voyage_options *options,
                           dro_plan **out, dro_error *error) {
    void *memory = NULL;
    DRO_TRY(dro_new(&memory, 1, sizeof(dro_plan), "a plan", error));
    dro_plan *plan = memory;
    plan->session = dro_session_retain(session);
    dro_status status = DRO_OK;
    DRO_TRY_GOTO(dro_plan_compile(plan, options, error), done);
    DRO_TRY_GOTO(make_rules(plan, error), done);
    *out = plan;
done:
    if (status != DRO_OK) {
        dro_plan_destroy(plan);
    }
    return status;
}

void dro_plan_destroy(dro_plan *plan) {
    if (plan == NULL) {
        return;
    }
    for (size_t i = 0; i < DRO_CHOICES_MAX; i++) {
        dro_plan_return_rules(plan, plan->rules[i]);
    }
    dro_free(plan->via);
    dro_session_release(plan->session);
    dro_free(plan);
}

const dro_ship *dro_plan_ship(const dro_plan *plan) {
    return &plan->ship;
}

dro_objective dro_plan_objective(const dro_plan *plan) {
    return plan->options.by;
}

dro_profile dro_plan_profile(const dro_plan *plan) {
    return plan->options.profile;
}

dro_closure dro_plan_closure(const dro_plan *plan, size_t passage) {
    return plan->closure[passage];
}
