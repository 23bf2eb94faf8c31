/* Many pairs at once: distance, hours and passages only. */
#include "network_internal.h"

#include <math.h>

const char *dro_cell_status_text(dro_cell_status status) {
    static const char *const text[] = {"ok", "no-route", "too-far", "in-area"};
    return text[status];
}

typedef struct batch {
    dro_worker *worker;
    const dro_plan *plan;
    const dro_atlas *atlas;
    dro_sea_end from;
    dro_sea_end *to;
    dro_sea_cell *found; /* one row, of the choice at hand */
    double *objective_m; /* best so far */
    dro_voyage_cell *out;
    size_t count;
    bool from_is_far; /* looked at only where there are areas to avoid */
} batch;

static bool fits(const batch *all, int port) {
    size_t count = 0;
    const dro_port *ports = dro_atlas_ports(all->atlas, &count);
    return port < 0 ||
           dro_ship_fits_port(&all->plan->ship, &ports[port], NULL) == DRO_OK;
}

/* Sea and canals from the total: a canal used counts with its whole length. */
static double hours(const batch *all, const dro_sea_cell *cell) {
    size_t count = 0;
    const dro_passage *passages = dro_atlas_passages(all->atlas, &count);
    uint64_t used = cell->passages;
    double sea_m = cell->distance_m;
    double sum = 0.0;
    dro_reckoning part;
    for (size_t i = 0; i < count && used >> i != 0; i++) {
        if ((used >> i & 1u) == 0) {
            continue;
        }
        double canal_m = dro_session_canal_m(all->plan->session, i);
        if (passages[i].kind == DRO_PASSAGE_CANAL) {
            sea_m -= canal_m;
        }
        dro_reckon_passage(&all->plan->ship, all->plan->through[i], canal_m, &part);
        sum += part.item[DRO_ITEM_DURATION_H].value;
    }
    dro_reckon_sea(&all->plan->ship, fmax(sea_m, 0.0), &part);
    return sum + part.item[DRO_ITEM_DURATION_H].value;
}

static double objective_m(const batch *all, const dro_sea_cell *cell) {
    double sum = cell->distance_m;
    for (size_t i = 0; i < DRO_PASSAGES_MAX && cell->passages >> i != 0; i++) {
        sum += (cell->passages >> i & 1u) != 0 ? all->plan->extra_m[i] : 0.0;
    }
    return sum;
}

/* An end that is refused lies too far from the sea or in an area to avoid. */
static dro_cell_status refused(const batch *all, size_t index) {
    if (all->plan->options.avoid_area_count == 0 || all->from_is_far ||
        dro_place_is_far(all->worker, all->plan, all->to[index].at, NULL)) {
        return DRO_CELL_TOO_FAR;
    }
    return DRO_CELL_IN_AREA;
}

static dro_voyage_cell no_cell(dro_cell_status status) {
    return (dro_voyage_cell){.status = status,
                             .distance_nm = (double)NAN,
                             .duration_h = (double)NAN,
                             .snap_nm = {(double)NAN, (double)NAN}};
}

static void take(const batch *all, size_t index) {
    const dro_sea_cell *cell = &all->found[index];
    dro_voyage_cell *out = &all->out[index];
    if (isnan(cell->distance_m)) {
        out->status = refused(all, index);
        return;
    }
    double objective = objective_m(all, cell); /* infinite where unreachable */
    if (!(objective < all->objective_m[index])) {
        return;
    }
    all->objective_m[index] = objective;
    *out = (dro_voyage_cell){
        .status = DRO_CELL_OK,
        .distance_nm = cell->distance_m / DRO_M_PER_NM,
        .duration_h = hours(all, cell),
        .snap_nm = {cell->snap_m[0] / DRO_M_PER_NM, cell->snap_m[1] / DRO_M_PER_NM},
        .passages = cell->passages};
}

/* The search that looks towards its end, where the ends are few: one to many costs
 * about as much as fourteen of it. */
#define FEW 12

static dro_status search_each(const batch *all, const dro_sea_rules *rules,
                              dro_error *error) {
    for (size_t i = 0; i < all->count; i++) {
        dro_sea_path path;
        dro_sea_cell *cell = &all->found[i];
        dro_status status =
            dro_sea_route(all->worker->sea, rules, all->from, all->to[i], &path, NULL);
        if (status == DRO_OK) {
            *cell = (dro_sea_cell){.distance_m = path.distance_m,
                                   .excess_bound = path.excess_bound,
                                   .snap_m = {path.snap_m[0], path.snap_m[1]},
                                   .passages = path.passages};
        } else if (status == DRO_NO_ANSWER || status == DRO_INVALID) {
            *cell = (dro_sea_cell){.distance_m =
                                       status == DRO_INVALID ? (double)NAN : HUGE_VAL};
        } else {
            return dro_fail(error, status, "place %zu: %s", i, dro_status_text(status));
        }
    }
    return DRO_OK;
}

static dro_status search(const batch *all, const dro_sea_rules *rules,
                         dro_error *error) {
    if (all->count <= FEW) {
        return search_each(all, rules, error);
    }
    return dro_sea_one_to_many(all->worker->sea, rules, all->from, all->to, all->count,
                               all->found, error);
}

static dro_status run_choice(const batch *all, size_t choice, dro_error *error) {
    DRO_TRY(search(all, all->plan->rules[choice], error));
    for (size_t i = 0; i < all->count; i++) {
        take(all, i);
    }
    return DRO_OK;
}

static void clear(const batch *all) {
    for (size_t i = 0; i < all->count; i++) {
        all->objective_m[i] = HUGE_VAL;
        all->out[i] = no_cell(DRO_CELL_NO_ROUTE);
    }
}

/* Every way to use the required passages; the best one counts. */
static dro_status run_choices(const batch *all, dro_error *error) {
    unsigned whole = (1u << all->plan->options.require_count) - 1u;
    for (size_t i = 0; i < all->plan->choice_count; i++) {
        if (all->plan->choices[i].covers != whole) {
            continue;
        }
        dro_error local = DRO_ERROR_INIT;
        dro_status status = run_choice(all, i, &local);
        if (status == DRO_INVALID) { /* the origin itself is refused */
            for (size_t k = 0; k < all->count; k++) {
                all->out[k] = no_cell(refused(all, k));
            }
            return DRO_OK;
        }
        if (status != DRO_OK && status != DRO_NO_ANSWER) {
            return dro_fail(error, status, "%s", local.message);
        }
    }
    return DRO_OK;
}

static void refuse_ports(const batch *all) {
    bool from_fits = fits(all, all->from.port);
    for (size_t i = 0; i < all->count; i++) {
        if (!from_fits || !fits(all, all->to[i].port)) {
            all->out[i] = no_cell(DRO_CELL_NO_ROUTE);
        }
    }
}

dro_status dro_voyage_one_to_many(dro_worker *worker, const dro_plan *plan,
                                  const dro_place *from, const dro_place *to,
                                  size_t count, dro_voyage_cell *out,
                                  dro_error *error) {
    batch all = {.worker = worker,
                 .plan = plan,
                 .atlas = dro_session_atlas(plan->session),
                 .from = {from->at, from->port},
                 .out = out,
                 .count = count};
    all.to = dro_malloc(count, sizeof *all.to);
    all.found = dro_calloc(count, sizeof *all.found);
    all.objective_m = dro_malloc(count, sizeof *all.objective_m);
    dro_status status = DRO_OK;
    if (all.to == NULL || all.found == NULL || all.objective_m == NULL) {
        status = dro_fail(error, DRO_NOMEM, "out of memory for %zu pairs", count);
        goto done;
    }
    for (size_t i = 0; i < count; i++) {
        all.to[i] = (dro_sea_end){to[i].at, to[i].port};
    }
    clear(&all);
    all.from_is_far = plan->options.avoid_area_count > 0 &&
                      dro_place_is_far(worker, plan, from->at, NULL);
    DRO_TRY_GOTO(run_choices(&all, error), done);
    refuse_ports(&all);
done:
    dro_free(all.to);
    dro_free(all.found);
    dro_free(all.objective_m);
    return status;
}
