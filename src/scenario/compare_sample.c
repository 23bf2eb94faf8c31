/* The chains of a comparison in every sample: ranges, differences, what they hang on.
 */
#include <math.h>
#include <string.h>

#include "network/chain_state.h"
#include "scenario/compare_state.h"

#define LEG_FIGURES 3
#define THREADS_MAX 256u
#define SAME        1e-6 /* relative: no way is better by less */

typedef struct thread_state { /* of one thread */
    dro_chain_worker *workers[2];
    double *figures[2];
    dro_chain_total *legs[2];
} thread_state;

typedef struct run {
    comparison *c;
    dro_sampling sampling;
    thread_state *threads;
    unsigned thread_count;
    double *legs[2];                        /* (leg, figure) x sample */
    double *whole[2][DRO_COMPARE_MEASURES]; /* by sample */
    bool *best[2];                          /* by sample */
} run;

static double *new_row(size_t count, dro_error *error) {
    double *row = NULL;
    (void)dro_new((void **)&row, count, sizeof *row, "samples", error);
    return row;
}

/* ---- one chain with the figures that are set ---------------------------------------
 */

static void measure(dro_chain_worker *worker, const compare_side *side,
                    const dro_chain *chain, dro_chain_total *legs,
                    double out[DRO_COMPARE_MEASURES]) {
    dro_chain_total whole;
    dro_chain_reprice(worker, chain, side->wish.commodity, legs, &whole);
    double hour_usd = dro_chain_hour_usd(worker, side->wish.commodity);
    for (int by = 0; by < DRO_COMPARE_MEASURES; by++) {
        out[by] = dro_chain_value(&whole, (dro_chain_by)by, hour_usd);
    }
}

/* ---- samples ----------------------------------------------------------------------
 */

static dro_status sample_side(run *r, thread_state *t, int which, size_t sample,
                              dro_error *error) {
    const compare_side *side = &r->c->sides[which];
    const dro_compared *shown = &r->c->public.sides[which];
    double whole[DRO_COMPARE_MEASURES];
    dro_chain_total best;
    size_t samples = r->sampling.count;
    for (size_t i = 0; i < side->input_count; i++) {
        const dro_sampling_input input = {side->inputs[i].key, side->inputs[i].range};
        t->figures[which][i] = dro_sampling_value(&r->sampling, &input, sample);
    }
    dro_chain_set(t->workers[which], t->figures[which]);
    measure(t->workers[which], side, &shown->best, t->legs[which], whole);
    for (int k = 0; k < DRO_COMPARE_MEASURES; k++) {
        r->whole[which][k][sample] = whole[k];
    }
    for (size_t leg = 0; leg < shown->best.leg_count; leg++) {
        const dro_chain_total *total = &t->legs[which][leg];
        double *row = &r->legs[which][leg * LEG_FIGURES * samples + sample];
        row[0] = total->time_h;
        row[samples] = total->cost_usd;
        row[2 * samples] = total->co2_kg;
    }
    DRO_TRY(dro_chain_measure(t->workers[which], &side->wish, &best, error));
    double hour_usd = dro_chain_hour_usd(t->workers[which], side->wish.commodity);
    r->best[which][sample] =
        whole[side->wish.by] <=
        dro_chain_value(&best, side->wish.by, hour_usd) * (1.0 + SAME);
    return DRO_OK;
}

static dro_status sample_both(void *context, size_t sample, unsigned thread,
                              dro_error *error) {
    run *r = context;
    for (int i = 0; i < 2; i++) {
        if (r->c->public.sides[i].found) {
            DRO_TRY(sample_side(r, &r->threads[thread], i, sample, error));
        }
    }
    return DRO_OK;
}

/* ---- room ------------------------------------------------------------------------ */

static dro_status prepare_thread(const comparison *c, thread_state *t,
                                 dro_error *error) {
    for (int i = 0; i < 2; i++) {
        const compare_side *side = &c->sides[i];
        if (!c->public.sides[i].found) {
            continue;
        }
        DRO_TRY(dro_chain_worker_create(side->chains, &t->workers[i], error));
        DRO_TRY(dro_new((void **)&t->figures[i], side->input_count, sizeof(double),
                        "samples", error));
        DRO_TRY(dro_new((void **)&t->legs[i], c->public.sides[i].best.leg_count,
                        sizeof *t->legs[i], "samples", error));
    }
    return DRO_OK;
}

static dro_status prepare(run *r, dro_error *error) {
    size_t samples = r->sampling.count;
    unsigned wanted = r->c->asked->threads ? r->c->asked->threads : dro_cores();
    r->thread_count = wanted < THREADS_MAX ? wanted : THREADS_MAX;
    if (samples < r->thread_count) {
        r->thread_count = (unsigned)samples;
    }
    DRO_TRY(dro_new((void **)&r->threads, r->thread_count, sizeof *r->threads,
                    "threads", error));
    for (unsigned i = 0; i < r->thread_count; i++) {
        DRO_TRY(prepare_thread(r->c, &r->threads[i], error));
    }
    for (int i = 0; i < 2; i++) {
        size_t legs = r->c->public.sides[i].best.leg_count * LEG_FIGURES;
        r->legs[i] = new_row(legs * samples, error);
        bool whole = r->legs[i] != NULL;
        for (int k = 0; whole && k < DRO_COMPARE_MEASURES; k++) {
            r->whole[i][k] = new_row(samples, error);
            whole = r->whole[i][k] != NULL;
        }
        if (!whole) {
            return DRO_NOMEM;
        }
        DRO_TRY(dro_new((void **)&r->best[i], samples, 1, "samples", error));
    }
    return DRO_OK;
}

static void clear(run *r) {
    for (unsigned t = 0; r->threads && t < r->thread_count; t++) {
        for (int i = 0; i < 2; i++) {
            dro_chain_worker_destroy(r->threads[t].workers[i]);
            dro_free(r->threads[t].figures[i]);
            dro_free(r->threads[t].legs[i]);
        }
    }
    dro_free(r->threads);
    for (int i = 0; i < 2; i++) {
        dro_free(r->legs[i]);
        dro_free(r->best[i]);
        for (int k = 0; k < DRO_COMPARE_MEASURES; k++) {
            dro_free(r->whole[i][k]);
        }
    }
}

/* ---- summaries ------------------------------------------------------------------- */

static dro_measured stated(double value) {
    return (dro_measured){value, {value, value, value, value}};
}

static dro_status summarise(const run *r, const double *row, dro_measured *out,
                            dro_error *error) {
    return r->sampling.count
               ? dro_summary_make(row, r->sampling.count, &out->sampled, error)
               : DRO_OK;
}

static dro_status summarise_legs(run *r, int which, dro_error *error) {
    dro_compared *side = &r->c->public.sides[which];
    size_t count = side->best.leg_count * LEG_FIGURES;
    dro_measured *legs = dro_arena_alloc(r->c->arena, count, sizeof *legs);
    if (!legs) {
        return dro_fail(error, DRO_NOMEM, "out of memory for legs");
    }
    for (size_t i = 0; i < count; i++) {
        const dro_chain_total *total = &side->best.legs[i / LEG_FIGURES].total;
        const double values[LEG_FIGURES] = {total->time_h, total->cost_usd,
                                            total->co2_kg};
        legs[i] = stated(values[i % LEG_FIGURES]);
        DRO_TRY(summarise(r, r->legs[which] + i * r->sampling.count, &legs[i], error));
    }
    side->legs = legs;
    return DRO_OK;
}

static dro_status summarise_side(run *r, int which, dro_error *error) {
    dro_compared *side = &r->c->public.sides[which];
    const dro_chain_total *total = &side->best.total;
    const double values[DRO_COMPARE_MEASURES] = {
        total->time_h, total->cost_usd, total->co2_kg, side->best.generalised_usd};
    size_t best = 0;
    side->best_share = (double)NAN;
    for (int k = 0; k < DRO_COMPARE_MEASURES; k++) {
        side->whole[k] = stated(side->found ? values[k] : (double)NAN);
    }
    if (!side->found) {
        return DRO_OK;
    }
    for (int k = 0; k < DRO_COMPARE_MEASURES; k++) {
        DRO_TRY(summarise(r, r->whole[which][k], &side->whole[k], error));
    }
    for (size_t i = 0; i < r->sampling.count; i++) {
        best += r->best[which][i];
    }
    if (r->sampling.count) {
        side->best_share = (double)best / (double)r->sampling.count;
    }
    return summarise_legs(r, which, error);
}

/* Rows of the second side become the difference. */
static dro_status subtract(run *r, dro_error *error) {
    dro_comparison *p = &r->c->public;
    bool both = p->sides[0].found && p->sides[1].found;
    for (int k = 0; k < DRO_COMPARE_MEASURES; k++) {
        p->difference[k] =
            stated(p->sides[1].whole[k].value - p->sides[0].whole[k].value);
        for (size_t i = 0; both && i < r->sampling.count; i++) {
            r->whole[1][k][i] -= r->whole[0][k][i];
        }
        DRO_TRY(both ? summarise(r, r->whole[1][k], &p->difference[k], error) : DRO_OK);
    }
    return DRO_OK;
}

/* ---- what it hangs on --------------------------------------------------------------
 */

typedef struct used_list { /* inputs that a shown chain is computed from */
    dro_sampling_input *inputs;
    const char **names;
    size_t count, input_capacity, name_capacity;
} used_list;

typedef struct probe {
    run *r;
    int which;
    dro_chain_worker *worker;
    double *figures;
    double base[DRO_COMPARE_MEASURES];
    used_list *used;
} probe;

static dro_status add_used(probe *p, const dro_input *input, dro_error *error) {
    used_list *used = p->used;
    char name[256];
    for (size_t i = 0; i < used->count; i++) {
        if (used->inputs[i].key == input->key) {
            return DRO_OK;
        }
    }
    dro_input_name(p->r->c->sides[p->which].facts, input, name, sizeof name);
    DRO_TRY(DRO_RESERVE(used->inputs, used->input_capacity, used->count + 1, error));
    DRO_TRY(dro_reserve((void **)&used->names, &used->name_capacity, used->count + 1,
                        sizeof *used->names, error));
    used->names[used->count] = dro_arena_strndup(p->r->c->arena, name, strlen(name));
    if (!used->names[used->count]) {
        return dro_fail(error, DRO_NOMEM, "out of memory for inputs");
    }
    used->inputs[used->count++] = (dro_sampling_input){input->key, input->range};
    return DRO_OK;
}

/* Does the chain change with inputs first to last - 1 at an end of their range? */
static bool matters(probe *p, size_t first, size_t last) {
    const compare_side *side = &p->r->c->sides[p->which];
    double now[DRO_COMPARE_MEASURES];
    for (size_t i = 0; i < side->input_count; i++) {
        const dro_range *range = &side->inputs[i].range;
        double end = range->high > range->value ? range->high : range->low;
        p->figures[i] = i >= first && i < last ? end : range->value;
    }
    dro_chain_set(p->worker, p->figures);
    measure(p->worker, side, &p->r->c->public.sides[p->which].best, NULL, now);
    bool same = true;
    for (int k = 0; k < DRO_COMPARE_MEASURES; k++) {
        same = same && now[k] == p->base[k];
    }
    return !same;
}

/* Halves what matters until single inputs are left: few of thousands do. */
static dro_status search(probe *p, size_t first, size_t last, dro_error *error) {
    if (first == last || !matters(p, first, last)) {
        return DRO_OK;
    }
    if (last - first == 1) {
        return add_used(p, &p->r->c->sides[p->which].inputs[first], error);
    }
    size_t middle = first + (last - first) / 2;
    DRO_TRY(search(p, first, middle, error));
    return search(p, middle, last, error);
}

static dro_status list_used(run *r, used_list *used, dro_error *error) {
    for (int i = 0; i < 2; i++) {
        thread_state *t = &r->threads[0];
        if (!r->c->public.sides[i].found) {
            continue;
        }
        probe p = {.r = r,
                   .which = i,
                   .worker = t->workers[i],
                   .figures = t->figures[i],
                   .used = used};
        (void)matters(&p, 0, 0);
        measure(p.worker, &r->c->sides[i], &r->c->public.sides[i].best, NULL, p.base);
        DRO_TRY(search(&p, 0, r->c->sides[i].input_count, error));
    }
    return DRO_OK;
}

static dro_status rank(run *r, const used_list *used, dro_error *error) {
    dro_comparison *p = &r->c->public;
    size_t most =
        used->count < DRO_COMPARE_INPUTS_MAX ? used->count : DRO_COMPARE_INPUTS_MAX;
    const double *results = r->whole[p->sides[1].found ? 1 : 0][p->by];
    dro_tornado *tornado = dro_arena_alloc(r->c->arena, used->count, sizeof *tornado);
    dro_compared_input *inputs = dro_arena_alloc(r->c->arena, most, sizeof *inputs);
    if (!tornado || !inputs) {
        return dro_fail(error, DRO_NOMEM, "out of memory for inputs");
    }
    DRO_TRY(dro_tornado_make(&r->sampling, used->inputs, used->count, results, tornado,
                             error));
    for (size_t i = 0; i < most; i++) {
        const dro_tornado *t = &tornado[i];
        inputs[i] = (dro_compared_input){used->names[t->input],
                                         used->inputs[t->input].range,
                                         t->correlation,
                                         t->share,
                                         t->at_low,
                                         t->at_high};
    }
    p->inputs = inputs;
    p->input_count = most;
    return DRO_OK;
}

static dro_status explain(run *r, dro_error *error) {
    used_list used = {0};
    const dro_comparison *p = &r->c->public;
    if (r->sampling.count == 0 || !(p->sides[0].found || p->sides[1].found)) {
        return DRO_OK;
    }
    dro_status status = list_used(r, &used, error);
    if (status == DRO_OK && used.count > 0) {
        status = rank(r, &used, error);
    }
    dro_free(used.inputs);
    dro_free((void *)used.names);
    return status;
}

/* ---- all of it ---------------------------------------------------------------------
 */

static dro_status sample_all(run *r, dro_error *error) {
    if (r->sampling.count) {
        DRO_TRY(dro_sampling_run(&r->sampling, r->thread_count, sample_both, r,
                                 r->c->asked->progress, error));
    }
    for (int i = 0; i < 2; i++) {
        DRO_TRY(summarise_side(r, i, error));
    }
    DRO_TRY(subtract(r, error));
    return explain(r, error);
}

dro_status compare_sample(comparison *c, dro_error *error) {
    run r = {.c = c, .sampling = {c->asked->seed, c->asked->samples}};
    if (r.sampling.count) {
        DRO_TRY(dro_sampling_check(&r.sampling, NULL, 0, error));
    }
    dro_status status = prepare(&r, error);
    if (status == DRO_OK) {
        status = sample_all(&r, error);
    }
    clear(&r);
    return status;
}
