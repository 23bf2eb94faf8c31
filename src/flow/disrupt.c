/*
 * A disruption with figures that have ranges: the backlog of each sample, and the
 * quantiles of what comes out.
 */
#include "derrotero/disrupt.h"

#include <math.h>
#include <string.h>

typedef struct drawn { /* the figures of one sample */
    double arrivals, capacity, share, arrival_share, detour_share;
} drawn;

static double draw(const dro_disrupt_question *q, const char *name, dro_range range,
                   size_t sample, bool stated) {
    dro_sampling_input input = {dro_sampling_key(name), range};
    return stated ? range.value : dro_sampling_value(&q->sampling, &input, sample);
}

static drawn draw_all(const dro_disrupt_question *q, size_t sample, bool stated) {
    drawn d;
    d.arrivals = draw(q, "disrupt arrivals", q->arrivals_per_d, sample, stated);
    d.capacity = d.arrivals * draw(q, "disrupt rate", q->rate, sample, stated);
    if (!isnan(q->most_per_d.value)) {
        d.capacity =
            fmin(d.capacity, draw(q, "disrupt most", q->most_per_d, sample, stated));
    }
    d.share = draw(q, "disrupt share", q->share, sample, stated);
    if (!isnan(q->left_per_d)) {
        d.share = d.capacity > 0.0 ? q->left_per_d / d.capacity : 0.0;
    }
    d.arrival_share =
        draw(q, "disrupt arrival share", q->arrival_share, sample, stated);
    d.detour_share = draw(q, "disrupt detour share", q->detour_share, sample, stated);
    return d;
}

static dro_status run_drawn(const dro_disrupt_question *q, const drawn *d,
                            double horizon_d, dro_arena *arena, dro_backlog *out,
                            dro_error *error) {
    dro_disruption blow = {q->start_d, q->start_d + q->length_d, d->share,
                           d->arrival_share};
    dro_backlog_case one = DRO_BACKLOG_CASE_INIT;
    one.arrivals_per_d = d->arrivals;
    one.capacity_per_d = d->capacity;
    one.disruptions = &blow;
    one.disruption_count = 1;
    one.detour_wait_d = q->detour_wait_d;
    one.detour_share = d->detour_share;
    one.horizon_d = horizon_d;
    return dro_backlog_run(&one, arena, out, error);
}

/* ---- samples ------------------------------------------------------------------------
 */

enum {
    MAX_BACKLOG,
    DELAY,
    MEAN_DELAY,
    LONGEST,
    LOST,
    CLEAR,
    RESULTS
};

typedef struct sampled {
    double *of[RESULTS];
    double *curve[DRO_DISRUPT_POINTS];
    size_t count;
} sampled;

static dro_status make_room(sampled *s, size_t count, dro_arena *arena,
                            dro_error *error) {
    double *all =
        dro_arena_alloc(arena, count * (RESULTS + DRO_DISRUPT_POINTS) + 1, sizeof *all);
    if (!all) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a disruption");
    }
    s->count = count;
    for (size_t i = 0; i < RESULTS; i++, all += count) {
        s->of[i] = all;
    }
    for (size_t i = 0; i < DRO_DISRUPT_POINTS; i++, all += count) {
        s->curve[i] = all;
    }
    return DRO_OK;
}

static void note(sampled *s, size_t sample, const dro_backlog *b) {
    const double result[RESULTS] = {b->max_backlog,    b->delay_unit_d, b->mean_delay_d,
                                    b->longest_wait_d, b->lost_units,   b->clear_d};
    for (size_t i = 0; i < RESULTS; i++) {
        s->of[i][sample] = result[i];
    }
}

static dro_status run_samples(const dro_disrupt_question *q, sampled *s,
                              const dro_disrupt *out, dro_error *error) {
    dro_arena *arena = NULL;
    dro_status status = dro_arena_create(&arena, error);
    double horizon = out->points[DRO_DISRUPT_POINTS - 1].at_d;
    for (size_t i = 0; status == DRO_OK && i < s->count; i++) {
        dro_backlog b;
        drawn d = draw_all(q, i, q->sampling.count == 0);
        dro_arena_reset(arena);
        status = run_drawn(q, &d, horizon, arena, &b, error);
        if (status == DRO_OK) {
            note(s, i, &b);
            for (size_t k = 0; k < DRO_DISRUPT_POINTS; k++) {
                s->curve[k][i] = dro_backlog_at(&b, out->points[k].at_d).backlog;
            }
        }
    }
    dro_arena_destroy(arena);
    return status;
}

static dro_status summarise(const sampled *s, dro_disrupt *out, dro_error *error) {
    dro_summary *const into[RESULTS] = {&out->max_backlog,  &out->delay_unit_d,
                                        &out->mean_delay_d, &out->longest_wait_d,
                                        &out->lost_units,   &out->clear_d};
    for (size_t i = 0; i < RESULTS; i++) {
        DRO_TRY(dro_summary_make(s->of[i], s->count, into[i], error));
    }
    for (size_t k = 0; k < DRO_DISRUPT_POINTS; k++) {
        DRO_TRY(
            dro_summary_make(s->curve[k], s->count, &out->points[k].backlog, error));
    }
    return DRO_OK;
}

/* ---- all
 * ------------------------------------------------------------------------------
 */

static dro_status check(const dro_disrupt_question *q, dro_error *error) {
    const dro_sampling_input inputs[] = {{0, q->arrivals_per_d}, {1, q->rate},
                                         {2, q->share},          {3, q->arrival_share},
                                         {4, q->detour_share},   {5, q->most_per_d}};
    dro_sampling sampling = q->sampling;
    size_t count =
        sizeof inputs / sizeof *inputs - (isnan(q->most_per_d.value) ? 1 : 0);
    sampling.count = sampling.count ? sampling.count : 1;
    if (!(q->length_d > 0.0) || !(q->start_d >= 0.0)) {
        return dro_fail(error, DRO_INVALID,
                        "a disruption from day %g for %g days is none", q->start_d,
                        q->length_d);
    }
    if (!(q->arrivals_per_d.value > 0.0)) {
        return dro_fail(error, DRO_INVALID, "no arrivals: nothing can be held up");
    }
    return dro_sampling_check(&sampling, inputs, count, error);
}

/* Until a good while after the stated backlog is gone. */
static double shown_d(const dro_disrupt_question *q, const dro_backlog *b) {
    double end = q->start_d + q->length_d;
    double gone = isfinite(b->clear_d) ? 1.6 * b->clear_d : 2.0 * q->length_d;
    double most = end + fmax(gone, 0.5 * q->length_d) + 1.0;
    return q->until_d > 0.0 ? q->until_d : fmin(ceil(most), DRO_BACKLOG_DAYS_MAX / 2.0);
}

static void lay_out(const dro_disrupt_question *q, dro_disrupt *out) {
    double most = shown_d(q, &out->stated);
    for (size_t k = 0; k < DRO_DISRUPT_POINTS; k++) {
        double at = most * (double)k / (DRO_DISRUPT_POINTS - 1);
        dro_backlog_point p = dro_backlog_at(&out->stated, at);
        out->points[k] = (dro_disrupt_point){
            .at_d = at, .arrived = p.arrived, .served = p.served, .lost = p.lost};
        out->points[k].stated = p.backlog;
    }
}

dro_status dro_disrupt_run(const dro_disrupt_question *question, dro_arena *arena,
                           dro_disrupt *out, dro_error *error) {
    dro_disrupt result = {.question = *question};
    sampled s = {.count = 0};
    size_t count = question->sampling.count ? question->sampling.count : 1;
    DRO_TRY(check(question, error));
    drawn stated = draw_all(question, 0, true);
    result.capacity_per_d = stated.capacity;
    DRO_TRY(
        run_drawn(question, &stated, question->until_d, arena, &result.stated, error));
    double shown = shown_d(question, &result.stated);
    DRO_TRY(run_drawn(question, &stated, shown, arena, &result.stated, error));
    lay_out(question, &result);
    DRO_TRY(make_room(&s, count, arena, error));
    DRO_TRY(run_samples(question, &s, &result, error));
    DRO_TRY(summarise(&s, &result, error));
    *out = result;
    return DRO_OK;
}
