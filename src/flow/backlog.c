/*
 * A queue as a fluid: cumulative arrivals A and departures D (Newell, Applications of
 * Queueing Theory, 1982) that are straight between events. An event is a change of the
 * arrivals or of the capacity (now, or as far ahead as one is ready to wait), the end
 * of the queue, or the moment in which the wait reaches what one is ready to wait.
 *
 * Who arrives behind a queue Q waits longer than w where Q > K, the capacity of the
 * next w days. So those who can leave do while Q > K; at Q = K as many stay as keep it
 * there, which is the capacity at the time when they would be served.
 */
#include "backlog_rates.h"

#include <string.h>

#define BEHIND_D 30.0 /* see dro_backlog_case.horizon_d */

typedef struct run {
    backlog_rates rates;
    double wait_d, flexible; /* as the question says */
    dro_backlog_point now;
    double room;  /* K: what is served within the wait from now on */
    double slack; /* below this, two numbers of units are the same */
    bool at_limit;
    dro_backlog_point *points;
    size_t count, capacity;
    dro_backlog result;
} run;

/* What holds until the next event. */
typedef struct stretch {
    double arriving, staying, serving;
    double backlog_slope, room_slope;
} stretch;

/* ---- one stretch -------------------------------------------------------------------
 */

static double clamp(double x, double low, double high) {
    return fmin(fmax(x, low), high);
}

/* How many of the arrivals stay. */
static double staying_of(const run *r, double arriving, double capacity_ahead) {
    double captive = arriving * (1 - r->flexible);
    if (isinf(r->wait_d) || (!r->at_limit && r->now.backlog < r->room)) {
        return arriving;
    }
    return r->at_limit ? clamp(capacity_ahead, captive, arriving) : captive;
}

static stretch make_stretch(const run *r, double middle_d) {
    double capacity = backlog_capacity(&r->rates, middle_d);
    double ahead =
        isinf(r->wait_d) ? 0 : backlog_capacity(&r->rates, middle_d + r->wait_d);
    stretch s = {.arriving = backlog_arrivals(&r->rates, middle_d)};
    s.staying = staying_of(r, s.arriving, ahead);
    bool queue = r->now.backlog > 0 || s.staying > capacity;
    s.serving = queue ? capacity : s.staying;
    s.backlog_slope = s.staying - s.serving;
    s.room_slope = ahead - capacity;
    return s;
}

/* When the queue ends or meets the room, if that is within `most`. */
static double time_to_event(const run *r, const stretch *s, double most) {
    double time = most;
    if (s->backlog_slope < 0) {
        time = fmin(time, r->now.backlog / -s->backlog_slope);
    }
    double gap = r->room - r->now.backlog, closing = s->backlog_slope - s->room_slope;
    if (isfinite(r->wait_d) && !r->at_limit && gap * closing > 0) {
        time = fmin(time, gap / closing);
    }
    return time;
}

static dro_status add_point(run *r, dro_error *error) {
    DRO_TRY(DRO_RESERVE(r->points, r->capacity, r->count + 1, error));
    r->points[r->count++] = r->now;
    return DRO_OK;
}

/* Keeps to start + arrived = served + backlog. */
static void set_backlog(dro_backlog_point *p, double backlog, double start) {
    p->backlog = backlog;
    p->served = start + p->arrived - backlog;
}

/* Moves on; `whole`: to the change at `next_d`, else to an event within. */
static void move(run *r, const stretch *s, double time, double next_d, bool whole) {
    dro_backlog_point *p = &r->now;
    double before = p->backlog, after = before + s->backlog_slope * time;
    after = after <= r->slack ? 0 : after;
    p->at_d = whole ? next_d : p->at_d + time;
    p->arrived += s->staying * time;
    p->lost += (s->arriving - s->staying) * time;
    set_backlog(p, after, r->rates.question->start_backlog);
    r->result.delay_unit_d += (before + after) / 2 * time;
    if (before > 0 || after > 0) {
        r->result.delayed_units += s->staying * time;
    }
    if (after > r->result.max_backlog) {
        r->result.max_backlog = after;
        r->result.max_at_d = p->at_d;
    }
}

/* After a move: the room from now on, and whether the queue is at it. */
static void look_ahead(run *r) {
    if (isinf(r->wait_d)) {
        return;
    }
    r->room = backlog_capacity_until(&r->rates, r->now.at_d + r->wait_d) -
              backlog_capacity_until(&r->rates, r->now.at_d);
    r->at_limit = fabs(r->now.backlog - r->room) <= r->slack;
    if (r->at_limit) {
        set_backlog(&r->now, r->room <= r->slack ? 0 : r->room,
                    r->rates.question->start_backlog);
    }
}

static dro_status advance(run *r, double until_d, dro_error *error) {
    double next = fmin(backlog_next_change(&r->rates, r->now.at_d, r->wait_d), until_d);
    double most = next - r->now.at_d;
    stretch s = make_stretch(r, r->now.at_d + most / 2);
    double time = time_to_event(r, &s, most);
    move(r, &s, time, next, time >= most);
    look_ahead(r);
    return add_point(r, error);
}

/* ---- the whole run ------------------------------------------------------------------
 */

/* Does a backlog behind the last disruption stay for ever? */
static bool grows_for_ever(const dro_backlog_case *q, double backlog) {
    return q->arrivals_per_d > q->capacity_per_d ||
           (q->arrivals_per_d == q->capacity_per_d && backlog > 0);
}

static bool cleared(const run *r) {
    return !isinf(r->result.clear_d);
}

static void note_clear(run *r) {
    if (r->result.end != DRO_BACKLOG_NEVER && !cleared(r) &&
        r->now.at_d >= r->rates.end_d && r->now.backlog == 0 &&
        !grows_for_ever(r->rates.question, 0)) {
        r->result.clear_d = r->now.at_d - r->rates.end_d;
    }
}

static dro_status run_until(run *r, double until_d, bool stop_when_clear,
                            dro_error *error) {
    note_clear(r);
    while (r->now.at_d < until_d && !(stop_when_clear && cleared(r))) {
        DRO_TRY(advance(r, until_d, error));
        note_clear(r);
    }
    return DRO_OK;
}

static dro_status run_all(run *r, dro_error *error) {
    const dro_backlog_case *q = r->rates.question;
    double end = r->rates.end_d;
    look_ahead(r);
    DRO_TRY(add_point(r, error));
    DRO_TRY(run_until(r, end, false, error));
    if (grows_for_ever(q, r->now.backlog)) {
        r->result.end = DRO_BACKLOG_NEVER;
        return run_until(r, q->horizon_d > 0 ? q->horizon_d : end + BEHIND_D, false,
                         error);
    }
    DRO_TRY(run_until(r, DRO_BACKLOG_DAYS_MAX, true, error));
    r->result.end = cleared(r) ? DRO_BACKLOG_CLEARS : DRO_BACKLOG_LATE;
    return run_until(r, q->horizon_d, false, error);
}

/* ---- the longest wait
 * ------------------------------------------------------------------ */

static double arrived_at(const run *r, size_t i) {
    return r->rates.question->start_backlog + r->points[i].arrived;
}

static double level(const run *r, size_t i, bool served) {
    return served ? r->points[i].served : arrived_at(r, i);
}

/* When a curve passes a number of units; `hint`: the point before it, or an earlier
 * one. */
static double passes(const run *r, double units, bool served, size_t *hint) {
    size_t i = *hint;
    while (i + 1 < r->count && level(r, i + 1, served) < units) {
        i++;
    }
    *hint = i;
    if (i + 1 == r->count) {
        return r->points[i].at_d;
    }
    double from = level(r, i, served), to = level(r, i + 1, served);
    double part = to > from ? clamp((units - from) / (to - from), 0, 1) : 0;
    return r->points[i].at_d + part * (r->points[i + 1].at_d - r->points[i].at_d);
}

/* The widest gap between the curves is at a corner of one of them, just before it or
 * just after: a curve may rest there, and the other one at the same height but for
 * rounding. Units that were there at the start count from the start. */
static double longest_wait(const run *r) {
    double longest = 0, served_all = r->points[r->count - 1].served;
    double sliver = 1e-10 * served_all;
    for (int corner = 0; corner < 4; corner++) {
        bool of_served = corner & 1;
        size_t came = 0, went = 0;
        for (size_t i = 0; i < r->count; i++) {
            double units = level(r, i, of_served) + (corner & 2 ? sliver : -sliver);
            if (units > 0 && units < served_all) {
                double wait =
                    passes(r, units, true, &went) - passes(r, units, false, &came);
                longest = fmax(longest, wait);
            }
        }
    }
    return longest;
}

static dro_status finish(run *r, dro_arena *arena, dro_backlog *out, dro_error *error) {
    dro_backlog_point *points = dro_arena_alloc(arena, r->count, sizeof *points);
    if (points == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a backlog's curves");
    }
    memcpy(points, r->points, r->count * sizeof *points);
    dro_backlog *result = &r->result;
    result->points = points;
    result->point_count = r->count;
    result->lost_units = r->now.lost;
    result->end_d = r->rates.end_d;
    result->longest_wait_d = longest_wait(r);
    if (result->delayed_units > 0) {
        result->mean_delay_d = result->delay_unit_d / result->delayed_units;
    }
    *out = *result;
    return DRO_OK;
}

dro_status dro_backlog_run(const dro_backlog_case *question, dro_arena *arena,
                           dro_backlog *out, dro_error *error) {
    run r = {
        .wait_d =
            question->detour_share > 0 ? question->detour_wait_d : (double)INFINITY,
        .flexible = question->detour_share,
        .now = {.backlog = question->start_backlog},
        .result = {.clear_d = (double)INFINITY,
                   .max_backlog = question->start_backlog,
                   .delayed_units = question->start_backlog},
    };
    DRO_TRY(backlog_rates_create(question, &r.rates, error));
    r.slack = 1e-11 * (question->arrivals_per_d + question->capacity_per_d +
                       question->start_backlog);
    dro_status status = run_all(&r, error);
    if (status == DRO_OK) {
        status = finish(&r, arena, out, error);
    }
    backlog_rates_free(&r.rates);
    dro_free(r.points);
    return status;
}

static double between(double from, double to, double part) {
    return from + part * (to - from);
}

dro_backlog_point dro_backlog_at(const dro_backlog *backlog, double at_d) {
    const dro_backlog_point *p = backlog->points;
    size_t low = 0, high = backlog->point_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        *(p[middle].at_d <= at_d ? &low : &high) = middle;
    }
    if (at_d <= p[0].at_d || low + 1 == backlog->point_count) {
        return p[low];
    }
    double width = p[low + 1].at_d - p[low].at_d;
    double part = width > 0 ? (at_d - p[low].at_d) / width : 0;
    return (dro_backlog_point){
        .at_d = at_d,
        .arrived = between(p[low].arrived, p[low + 1].arrived, part),
        .served = between(p[low].served, p[low + 1].served, part),
        .lost = between(p[low].lost, p[low + 1].lost, part),
        .backlog = between(p[low].backlog, p[low + 1].backlog, part),
    };
}

const char *dro_backlog_end_text(dro_backlog_end end) {
    switch (end) {
    case DRO_BACKLOG_NEVER:
        return "never: arrivals are not below the capacity";
    case DRO_BACKLOG_LATE:
        return "not within 20,000 days";
    case DRO_BACKLOG_CLEARS:
        break;
    }
    return "";
}
