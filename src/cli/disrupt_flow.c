/* The figures of a disruption: as given, else from the tables of the case. */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "cli/disrupt.h"

#define PATH_BYTES 4200

static const dro_range UNKNOWN = {(double)NAN, (double)NAN, (double)NAN};

static dro_range exactly(double value) {
    return (dro_range){value, value, value};
}

/* ---- strike.csv: id, value, value_low, value_high -----------------------------------
 */

static dro_status read_row(const dro_csv *csv, const size_t columns[4],
                           disrupt_run *job, dro_error *error) {
    const char *id = dro_csv_field(csv, columns[0]);
    dro_range range, *into = NULL;
    if (strcmp(id, "gate-share-open") == 0) {
        into = &job->open_share;
    } else if (strcmp(id, "box-rate-after") == 0) {
        into = &job->clear_rate;
    } else if (strcmp(id, "detour-share") == 0) {
        into = &job->leave_share;
    } else {
        return DRO_OK;
    }
    DRO_TRY(dro_csv_double(csv, columns[1], (double)NAN, &range.value, error));
    DRO_TRY(dro_csv_double(csv, columns[2], range.value, &range.low, error));
    DRO_TRY(dro_csv_double(csv, columns[3], range.value, &range.high, error));
    if (!(range.low <= range.value && range.value <= range.high)) {
        return dro_csv_fail(csv, columns[1], error, DRO_INVALID,
                            "%s: %g is not between its low %g and its high %g", id,
                            range.value, range.low, range.high);
    }
    *into = range;
    return DRO_OK;
}

static dro_status read_rows(dro_csv *csv, disrupt_run *job, dro_error *error) {
    static const char *const names[4] = {"id", "value", "value_low", "value_high"};
    size_t columns[4];
    bool more = true;
    for (size_t i = 0; i < 4; i++) {
        DRO_TRY(dro_csv_require(csv, names[i], &columns[i], error));
    }
    for (;;) {
        DRO_TRY(dro_csv_next(csv, &more, error));
        if (!more) {
            return DRO_OK;
        }
        DRO_TRY(read_row(csv, columns, job, error));
    }
}

static dro_status read_strike(disrupt_run *job, dro_error *error) {
    char path[PATH_BYTES];
    dro_csv *csv = NULL;
    job->open_share = job->clear_rate = job->leave_share = UNKNOWN;
    (void)snprintf(path, sizeof path, "%s/strike.csv",
                   dro_case_folder(job->ask->study.study));
    if (access(path, R_OK) != 0) {
        return DRO_OK;
    }
    DRO_TRY(dro_csv_open_path(path, &csv, error));
    dro_status status = read_rows(csv, job, error);
    dro_csv_close(csv);
    return status;
}

dro_status disrupt_read(disrupt_run *job, dro_error *error) {
    const disrupt_values *v = job->asked;
    job->kind = v->port ? DRO_KIND_PORT : v->link ? DRO_KIND_LINK : DRO_KIND_PASSAGE;
    if (v->port) {
        DRO_TRY(dro_ask_study_port(&job->ask->study, v->port, &job->thing, error));
    } else {
        DRO_TRY(dro_facts_find(job->ask->study.facts, job->kind,
                               v->link ? v->link : v->passage, &job->thing, error));
    }
    return read_strike(job, error);
}

const char *disrupt_unit(const disrupt_run *job) {
    const disrupt_values *v = job->asked;
    if (v->unit) {
        return v->unit;
    }
    return v->passage ? "ships" : v->link || v->bulk ? "t" : "TEU";
}

/* ---- arrivals
 * ------------------------------------------------------------------------
 */

/* Of all that took the link: tonnes a day; a TEU by its commodity. */
static dro_range over_link(const disrupt_run *job) {
    const dro_facts *f = job->ask->study.facts;
    dro_range sum = {0.0, 0.0, 0.0};
    for (size_t i = 0; i < job->detour_count; i++) {
        const dro_detour *d = &job->detours[i];
        size_t commodity = (size_t)dro_facts_thing(f, d->demand, DRO_DEMAND_COMMODITY);
        double tonnes = d->units_per_d;
        dro_range a_year = dro_facts_range(
            f, d->demand, d->per_teu ? DRO_DEMAND_TEU_Y : DRO_DEMAND_T_Y);
        if (d->per_teu) {
            tonnes *= dro_facts_number(f, commodity, DRO_COMMODITY_T_PER_TEU);
        }
        sum.value += tonnes;
        sum.low += tonnes * a_year.low / a_year.value;
        sum.high += tonnes * a_year.high / a_year.value;
    }
    return sum;
}

/* A canal's usual slots, with the range of the factor PASSAGE_slots_normal. */
static dro_range usual_slots(const disrupt_run *job) {
    const dro_facts *f = job->ask->study.facts;
    char name[96];
    size_t factor = 0;
    (void)snprintf(name, sizeof name, "%s_slots_normal",
                   dro_facts_id(f, DRO_KIND_PASSAGE, job->thing));
    if (dro_facts_find(f, DRO_KIND_FACTOR, name, &factor, NULL) == DRO_OK) {
        return dro_facts_range(f, factor, DRO_FACTOR_VALUE);
    }
    return exactly(dro_facts_number(f, job->thing, DRO_PASSAGE_SLOTS_PER_DAY));
}

static dro_range arrivals_of(const disrupt_run *job) {
    size_t rows = 0;
    if (!isnan(job->asked->arrivals)) {
        return exactly(job->asked->arrivals);
    }
    switch ((int)job->kind) {
    case DRO_KIND_PORT:
        return dro_disrupt_demand(job->ask->study.facts, job->thing, job->asked->bulk,
                                  &rows);
    case DRO_KIND_LINK:
        return over_link(job);
    default:
        return usual_slots(job);
    }
}

/* ---- capacity
 * ------------------------------------------------------------------------
 */

static dro_range a_day(dro_range a_year) {
    return (dro_range){a_year.value / 365.0, a_year.low / 365.0, a_year.high / 365.0};
}

/* What the tables say; unless that is below the arrivals, which do pass. */
static dro_range stated_capacity(const disrupt_run *job, dro_range arrivals) {
    const dro_facts *f = job->ask->study.facts;
    dro_range found = UNKNOWN;
    size_t terminal = 0;
    if (job->kind == DRO_KIND_LINK) {
        found = a_day(dro_facts_range(f, job->thing, DRO_LINK_CAPACITY_T_Y));
    } else if (job->kind == DRO_KIND_PORT &&
               dro_facts_find(f, DRO_KIND_TERMINAL,
                              dro_facts_id(f, DRO_KIND_PORT, job->thing), &terminal,
                              NULL) == DRO_OK) {
        found = a_day(dro_facts_range(f, terminal,
                                      job->asked->bulk ? DRO_TERMINAL_CAPACITY_BULK_T_Y
                                                       : DRO_TERMINAL_CAPACITY_TEU_Y));
    }
    return found.low > arrivals.high ? found : UNKNOWN;
}

static void set_capacity(disrupt_run *job, dro_disrupt_question *q) {
    const disrupt_values *v = job->asked;
    if (!isnan(v->capacity)) {
        q->rate = exactly(1e9);
        q->most_per_d = exactly(v->capacity);
        return;
    }
    q->most_per_d = stated_capacity(job, q->arrivals_per_d);
    if (!isnan(v->rate)) {
        q->rate = exactly(v->rate);
    } else if (job->kind == DRO_KIND_PORT && !isnan(job->clear_rate.value)) {
        q->rate = job->clear_rate;
    }
}

/* ---- what is left, and who leaves
 * ------------------------------------------------------
 */

/* Days that the detour takes more, the middle of all that have one. */
static double detour_days(const disrupt_run *job, double *share) {
    double units = 0.0, lost = 0.0, sum = 0.0;
    for (size_t i = 0; i < job->detour_count; i++) {
        const dro_detour *d = &job->detours[i];
        if (d->found) {
            units += d->units_per_d;
            sum +=
                d->units_per_d * fmax(d->after.time_h - d->before.time_h, 0.0) / 24.0;
        } else {
            lost += d->units_per_d;
        }
    }
    *share = units > 0.0 ? units / (units + lost) : 0.0;
    return units > 0.0 ? sum / units : (double)INFINITY;
}

static void set_detour(const disrupt_run *job, dro_disrupt_question *q) {
    const disrupt_values *v = job->asked;
    double share = 0.0;
    q->detour_wait_d = (double)INFINITY;
    if (job->kind == DRO_KIND_LINK) {
        q->detour_wait_d = detour_days(job, &share);
        q->detour_share = exactly(share);
    } else if (job->kind == DRO_KIND_PORT && !isnan(job->leave_share.value)) {
        q->detour_wait_d = 1.0;
        q->detour_share = job->leave_share;
    }
    if (!isnan(v->detour_wait_d)) {
        q->detour_wait_d = v->detour_wait_d;
        q->detour_share = q->detour_share.value > 0.0 ? q->detour_share : exactly(1.0);
    }
    if (!isnan(v->detour_share)) {
        q->detour_share = exactly(v->detour_share);
    }
}

static void set_left(const disrupt_run *job, dro_disrupt_question *q) {
    const disrupt_values *v = job->asked;
    if (!isnan(v->share)) {
        q->share = exactly(v->share);
    } else if (job->kind == DRO_KIND_PORT && !isnan(job->open_share.value)) {
        q->share = job->open_share;
    }
    q->left_per_d = v->slots;
}

dro_status disrupt_set_flow(disrupt_run *job, dro_error *error) {
    const disrupt_values *v = job->asked;
    dro_disrupt_question q = DRO_DISRUPT_QUESTION_INIT;
    q.arrivals_per_d = arrivals_of(job);
    job->has_flow = q.arrivals_per_d.value > 0.0;
    if (!job->has_flow && !(job->has_detours && job->detour_count > 0)) {
        return dro_fail(error, DRO_NO_ANSWER,
                        "the case's demand brings nothing to '%s': give --arrivals",
                        dro_facts_id(job->ask->study.facts, job->kind, job->thing));
    }
    set_capacity(job, &q);
    set_left(job, &q);
    set_detour(job, &q);
    q.arrival_share = exactly(v->arrival_share);
    q.start_d = v->start_d;
    q.length_d = !isnan(v->days) ? v->days : !isnan(v->hours) ? v->hours / 24.0 : 3.0;
    q.until_d = v->until_d;
    q.sampling = (dro_sampling){(uint64_t)v->seed, (size_t)v->samples};
    job->question = q;
    return DRO_OK;
}
