/* The workings: every part of a measure with its figure; chains leg by leg. */
#include <math.h>
#include <string.h>

#include "audit/claims.h"

#define STEPS_MAX   256
#define LEG_SAMPLES 100 /* enough for the 5 and 95 % of a leg */

typedef struct steps {
    audit *a;
    dro_audit_step *items;
    size_t count;
} steps;

/* ---- chains ------------------------------------------------------------------------
 */

typedef struct leg_samples { /* legs x samples, for each criterion; the whole last */
    double *time, *cost, *co2;
    size_t samples;
} leg_samples;

static dro_status samples_make(leg_samples *s, size_t legs, size_t samples,
                               dro_error *error) {
    s->samples = samples;
    size_t n = (legs + 1) * samples;
    DRO_TRY(dro_new((void **)&s->time, n, sizeof(double), "legs", error));
    DRO_TRY(dro_new((void **)&s->cost, n, sizeof(double), "legs", error));
    return dro_new((void **)&s->co2, n, sizeof(double), "legs", error);
}

static void samples_free(leg_samples *s) {
    dro_free(s->time);
    dro_free(s->cost);
    dro_free(s->co2);
}

static void put(leg_samples *s, size_t leg, size_t sample,
                const dro_chain_total *total) {
    s->time[leg * s->samples + sample] = total->time_h;
    s->cost[leg * s->samples + sample] = total->cost_usd;
    s->co2[leg * s->samples + sample] = total->co2_kg;
}

static dro_range range_of(const double *values, size_t n, double nominal) {
    dro_summary s;
    if (dro_summary_make(values, n, &s, NULL) != DRO_OK) {
        return (dro_range){nominal, nominal, nominal};
    }
    return (dro_range){s.median, s.low, s.high};
}

/* Inputs of a world in the samples that legs are reckoned in, kept for all its
 * chains. */
static dro_status leg_inputs(audit *a, world *w, size_t samples, const double **out,
                             dro_error *error) {
    if (!w->leg_inputs) {
        w->leg_inputs =
            dro_arena_alloc(a->arena, w->input_count * samples + 1, sizeof(double));
        if (!w->leg_inputs) {
            return dro_fail(error, DRO_NOMEM, "out of memory for the legs");
        }
        for (size_t i = 0; i < samples; i++) {
            audit_inputs(a, w, i * a->sampling.count / samples,
                         w->leg_inputs + i * w->input_count);
        }
    }
    *out = w->leg_inputs;
    return DRO_OK;
}

/* The legs of one chain in some of the samples. */
static dro_status reprice(audit *a, const leaf *l, dro_chain_worker *w,
                          const dro_chain *chain, leg_samples *s, dro_error *error) {
    world *here = &a->worlds[l->world];
    const double *inputs = NULL;
    dro_chain_total *legs = NULL, whole;
    DRO_TRY(leg_inputs(a, here, s->samples, &inputs, error));
    DRO_TRY(dro_new((void **)&legs, chain->leg_count + 1, sizeof *legs, "legs", error));
    for (size_t i = 0; i < s->samples; i++) {
        dro_chain_set(w, inputs + i * here->input_count);
        dro_chain_reprice(w, chain, l->wish.commodity, legs, &whole);
        for (size_t k = 0; k < chain->leg_count; k++) {
            put(s, k, i, &legs[k]);
        }
        put(s, chain->leg_count, i, &whole);
    }
    dro_free(legs);
    return DRO_OK;
}

static void fill_leg(const leg_samples *s, size_t k, const dro_chain_leg *leg,
                     dro_audit_leg *out) {
    size_t n = s->samples;
    *out =
        (dro_audit_leg){.mode = leg->mode,
                        .from = leg->from,
                        .to = leg->to,
                        .what = leg->what,
                        .from_at = leg->from_at,
                        .to_at = leg->to_at,
                        .distance_km = leg->distance_km,
                        .time_h = range_of(s->time + k * n, n, leg->total.time_h),
                        .cost_usd = range_of(s->cost + k * n, n, leg->total.cost_usd),
                        .co2_kg = range_of(s->co2 + k * n, n, leg->total.co2_kg)};
}

/* Names of legs belong to the case's facts, which end with the audit. */
static dro_status keep_names(audit *a, dro_audit_leg *leg, dro_error *error) {
    DRO_TRY(audit_format(a, &leg->from, error, "%s", leg->from));
    DRO_TRY(audit_format(a, &leg->to, error, "%s", leg->to));
    return audit_format(a, &leg->what, error, "%s", leg->what);
}

static dro_status describe_chain(audit *a, const leaf *l, const dro_chain *chain,
                                 const leg_samples *s, dro_audit_chain *out,
                                 dro_error *error) {
    const dro_facts *f = a->worlds[l->world].facts;
    dro_audit_leg *legs = dro_arena_alloc(a->arena, chain->leg_count + 1, sizeof *legs);
    if (!legs) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the legs");
    }
    for (size_t k = 0; k < chain->leg_count; k++) {
        fill_leg(s, k, &chain->legs[k], &legs[k]);
        DRO_TRY(keep_names(a, &legs[k], error));
    }
    size_t n = s->samples, all = chain->leg_count * n, c = l->wish.commodity;
    *out =
        (dro_audit_chain){.title = l->title,
                          .scenario = a->worlds[l->world].scenario,
                          .legs = legs,
                          .leg_count = chain->leg_count,
                          .time_h = range_of(s->time + all, n, chain->total.time_h),
                          .cost_usd = range_of(s->cost + all, n, chain->total.cost_usd),
                          .co2_kg = range_of(s->co2 + all, n, chain->total.co2_kg),
                          .per_teu = dro_facts_word(f, c, DRO_COMMODITY_FORM) == 0};
    return audit_format(a, &out->commodity, error, "%s",
                        dro_facts_name(f, DRO_KIND_COMMODITY, c));
}

/* The chain as stated, *out NULL where there is none. */
static dro_status make_chain(audit *a, const leaf *l, const dro_audit_chain **out,
                             dro_error *error) {
    dro_chain_worker *w = NULL;
    dro_chain chain;
    leg_samples s = {0};
    *out = NULL;
    DRO_TRY(audit_worker(a, 0, l->world, &w, error));
    dro_chain_set(w, NULL);
    dro_status status = dro_chain_find(w, &l->wish, a->arena, &chain, error);
    if (status == DRO_NO_ANSWER) {
        return DRO_OK;
    }
    DRO_TRY(status);
    dro_audit_chain *made = dro_arena_alloc(a->arena, 1, sizeof *made);
    if (!made) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a chain");
    }
    size_t n = a->sampling.count < LEG_SAMPLES ? a->sampling.count : LEG_SAMPLES;
    status = samples_make(&s, chain.leg_count, n, error);
    if (status == DRO_OK) {
        status = reprice(a, l, w, &chain, &s, error);
    }
    if (status == DRO_OK) {
        status = describe_chain(a, l, &chain, &s, made, error);
    }
    samples_free(&s);
    *out = made;
    return status;
}

/* Made once, however many claims show it. */
static dro_status chain_of(audit *a, size_t index, const dro_audit_chain **out,
                           dro_error *error) {
    if (!a->chains[index]) {
        DRO_TRY(make_chain(a, &a->leaves[index], &a->chains[index], error));
    }
    *out = a->chains[index];
    return DRO_OK;
}

/* ---- the tree -----------------------------------------------------------------------
 */

static const char *words_of(const audit *a, const measure *m) {
    static const char *const ops[] = {[MEASURE_LEAF] = "",
                                      [MEASURE_SUM] = "sum",
                                      [MEASURE_DIFFERENCE] = "difference",
                                      [MEASURE_PRODUCT] = "product",
                                      [MEASURE_RATIO] = "ratio",
                                      [MEASURE_PERCENT] = "share in per cent",
                                      [MEASURE_GROWTH] = "growth a year",
                                      [MEASURE_LARGEST] = "the largest",
                                      [MEASURE_SMALLEST] = "the smallest",
                                      [MEASURE_RANK] = "rank",
                                      [MEASURE_ANNUITY] = "yearly capital cost",
                                      [MEASURE_CLEARING] = "days to clear the queue"};
    if (m->title[0]) {
        return m->title;
    }
    return m->op == MEASURE_LEAF ? a->leaves[m->leaf].title : ops[m->op];
}

static dro_status step_figure(audit *a, const measure *m, dro_audit_figure *out,
                              dro_error *error) {
    double *values = NULL;
    dro_summary s;
    size_t n = a->sampling.count;
    *out = (dro_audit_figure){(double)NAN, (double)NAN, (double)NAN, m->unit, NULL};
    DRO_TRY(dro_new((void **)&values, n + 1, sizeof *values, "values", error));
    dro_status status = measure_values(a, m, values, error);
    bool port = m->op == MEASURE_LEAF && a->leaves[m->leaf].kind == LEAF_PORT;
    if (status == DRO_OK && port && values[n] >= 0.0) {
        out->text =
            dro_facts_id(dro_case_facts(a->study), DRO_KIND_PORT, (size_t)values[n]);
    } else if (status == DRO_OK && dro_summary_make(values, n, &s, NULL) == DRO_OK) {
        out->value = s.median;
        out->low = s.low;
        out->high = s.high;
    }
    dro_free(values);
    return status;
}

static dro_status add_steps(steps *s, const measure *m, unsigned depth,
                            dro_error *error) {
    if (s->count == STEPS_MAX) {
        return DRO_OK;
    }
    dro_audit_step *step = &s->items[s->count++];
    step->depth = depth;
    DRO_TRY(audit_format(s->a, &step->text, error, "%s", words_of(s->a, m)));
    DRO_TRY(step_figure(s->a, m, &step->figure, error));
    if (m->op == MEASURE_LEAF) {
        const leaf *l = &s->a->leaves[m->leaf];
        bool chain = l->kind == LEAF_CHAIN || l->kind == LEAF_PORT;
        return chain && !l->why_not ? chain_of(s->a, m->leaf, &step->chain, error)
                                    : DRO_OK;
    }
    for (size_t i = 0; i < m->term_count; i++) {
        DRO_TRY(add_steps(s, m->terms[i], depth + 1, error));
    }
    return DRO_OK;
}

dro_status trial_steps(audit *a, const trial *t, dro_audit_trial *out,
                       dro_error *error) {
    steps s = {.a = a};
    s.items = dro_arena_alloc(a->arena, STEPS_MAX, sizeof *s.items);
    if (!s.items) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the workings");
    }
    DRO_TRY(add_steps(&s, t->measure, 0, error));
    out->steps = s.items;
    out->step_count = s.count;
    return DRO_OK;
}
