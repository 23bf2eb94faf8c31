/* Passages that must be used. The chart requires single bits; "panama" is any of
 * its locks. So each wish is a set of bits, and a choice names one bit each for
 * some of the wishes: over a voyage with vias the track search (track.c) picks the
 * choice of each stretch. */
#include "network_internal.h"

bool dro_passage_has_water(const dro_atlas *atlas, size_t passage) {
    size_t passages = 0;
    size_t channels = 0;
    if (dro_atlas_passages(atlas, &passages)[passage].gate_count > 0) {
        return true;
    }
    const dro_channel *rows = dro_atlas_channels(atlas, &channels);
    for (size_t i = 0; i < channels; i++) {
        if (rows[i].passage == (int)passage) {
            return true;
        }
    }
    return false;
}

/* A part without water of its own is used by using the whole. */
static uint64_t usable_bits(const dro_atlas *atlas, size_t passage) {
    size_t count = 0;
    const dro_passage *row = &dro_atlas_passages(atlas, &count)[passage];
    uint64_t mask = dro_atlas_passage_mask(atlas, passage);
    if (row->part_of >= 0 && !dro_passage_has_water(atlas, passage)) {
        mask |= UINT64_C(1) << row->part_of;
    }
    uint64_t usable = 0;
    for (size_t i = 0; i < DRO_PASSAGES_MAX; i++) {
        uint64_t bit = UINT64_C(1) << i;
        usable |= ((mask & bit) != 0 && dro_passage_has_water(atlas, i)) ? bit : 0;
    }
    return usable;
}

static dro_status refuse(const dro_plan *plan, size_t wish, uint64_t bits,
                         dro_error *error) {
    size_t count = 0;
    const dro_passage *passages =
        dro_atlas_passages(dro_session_atlas(plan->session), &count);
    const dro_passage *wished = &passages[plan->require[wish]];
    size_t binding = plan->require[wish];
    for (size_t i = 0; i < count; i++) {
        if ((bits >> i & 1u) != 0 && plan->closure[i] != DRO_CLOSURE_NONE) {
            binding = i;
        }
    }
    char reason[96];
    dro_plan_closure_reason(plan, binding, reason, sizeof reason);
    dro_status status =
        plan->closure[binding] == DRO_CLOSURE_AVOIDED ? DRO_INVALID : DRO_NO_ANSWER;
    return dro_fail(error, status, "%s is required, but it is not open: %s", wished->id,
                    reason);
}

/* Multiplies the choices so far by "no" and by each bit of one more wish. */
static dro_status add_wish(dro_plan *plan, size_t wish, dro_error *error) {
    size_t before = plan->choice_count;
    for (size_t bit = 0; bit < DRO_PASSAGES_MAX; bit++) {
        if ((plan->wish[wish] >> bit & 1u) == 0) {
            continue;
        }
        if (plan->choice_count + before > DRO_CHOICES_MAX) {
            return dro_fail(error, DRO_LIMIT,
                            "too many ways to use the required passages: name the "
                            "parts instead");
        }
        for (size_t i = 0; i < before; i++) {
            dro_choice choice = plan->choices[i];
            choice.require |= UINT64_C(1) << bit;
            choice.covers |= 1u << wish;
            plan->choices[plan->choice_count++] = choice;
        }
    }
    return DRO_OK;
}

/* On a voyage without vias only the choices that cover every wish are of use. */
static void drop_partial(dro_plan *plan) {
    unsigned all = (1u << plan->options.require_count) - 1u;
    size_t kept = 0;
    for (size_t i = 0; i < plan->choice_count; i++) {
        if (plan->choices[i].covers == all) {
            plan->choices[kept++] = plan->choices[i];
        }
    }
    plan->choice_count = kept;
}

dro_status dro_plan_require(dro_plan *plan, dro_error *error) {
    const dro_atlas *atlas = dro_session_atlas(plan->session);
    plan->choices[0] = (dro_choice){0, 0};
    plan->choice_count = 1;
    for (size_t i = 0; i < plan->options.require_count; i++) {
        uint64_t bits = usable_bits(atlas, plan->require[i]);
        plan->wish[i] = bits & ~plan->closed;
        if (plan->wish[i] == 0) {
            return refuse(plan, i, bits, error);
        }
        DRO_TRY(add_wish(plan, i, error));
    }
    if (plan->options.via_count == 0) {
        drop_partial(plan);
    }
    return DRO_OK;
}
