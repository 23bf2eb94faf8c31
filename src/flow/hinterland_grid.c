/*
 * Places off the network: the cells of the grid, and their way to the nearest nodes.
 */
#include <math.h>

#include "flow/hinterland.h"

static const double KM_PER_DEG = 111.2; /* of latitude */
static const double DEG = 0.017453292519943295;

/* ---- nodes that a lorry can come to ------------------------------------------------
 */

typedef struct stops {
    dro_point *at;
    size_t *node;
    size_t count;
} stops;

static dro_status find_stops(const dro_facts *facts, dro_arena *arena, stops *out,
                             dro_error *error) {
    size_t nodes = dro_facts_count(facts, DRO_KIND_NODE);
    bool *linked = dro_arena_alloc(arena, nodes + 1, sizeof *linked);
    out->at = dro_arena_alloc(arena, nodes + 1, sizeof *out->at);
    out->node = dro_arena_alloc(arena, nodes + 1, sizeof *out->node);
    out->count = 0;
    if (!linked || !out->at || !out->node) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a grid");
    }
    for (size_t i = 0; i < dro_facts_count(facts, DRO_KIND_LINK); i++) {
        linked[dro_facts_thing(facts, i, DRO_LINK_FROM)] = true;
        linked[dro_facts_thing(facts, i, DRO_LINK_TO)] = true;
    }
    for (size_t i = 0; i < nodes; i++) {
        if (linked[i]) {
            out->at[out->count] = (dro_point){dro_facts_number(facts, i, DRO_NODE_LAT),
                                              dro_facts_number(facts, i, DRO_NODE_LON)};
            out->node[out->count++] = i;
        }
    }
    return DRO_OK;
}

/* ---- cells -------------------------------------------------------------------------
 */

typedef struct lattice {
    double step;
    size_t rows, columns;
    bool *taken;
} lattice;

static dro_point middle(const lattice *l, size_t row, size_t column) {
    return (dro_point){-90.0 + ((double)row + 0.5) * l->step,
                       -180.0 + ((double)column + 0.5) * l->step};
}

/* Of a node: what is nearer on a sphere is within reach, what is farther is not, and
 * only between, by as much as the earth is no sphere, the distance is measured. */
typedef struct reach {
    dro_point at;
    dro_vec vec;
    double m, within, beyond; /* cosines of the angles */
} reach;

static const double EARTH_KM = 6371.0;

static reach reach_of(dro_point at, double km) {
    double angle = km / EARTH_KM;
    return (reach){at, dro_geo_to_vec(at), km * 1000.0, cos(0.99 * angle),
                   cos(fmin(1.01 * angle, M_PI))};
}

static bool is_within(const reach *of, dro_point cell) {
    dro_vec v = dro_geo_to_vec(cell);
    double cosine = v.x * of->vec.x + v.y * of->vec.y + v.z * of->vec.z;
    return cosine > of->within ||
           (cosine >= of->beyond && dro_geo_distance_m(of->at, cell) <= of->m);
}

/* Marks the cells around a node: a box that is certainly wide enough, then the
 * distance. */
static void take_around(lattice *l, dro_point at, double reach_km) {
    reach near = reach_of(at, reach_km);
    double high = reach_km / KM_PER_DEG + l->step;
    double widest = fmin(fabs(at.lat_deg) + high, 89.0);
    double wide = fmin(high / cos(widest * DEG), 180.0);
    long first = lround(floor((at.lat_deg - high + 90.0) / l->step));
    long last = lround(floor((at.lat_deg + high + 90.0) / l->step));
    long west = lround(floor((at.lon_deg - wide + 180.0) / l->step));
    long east = lround(floor((at.lon_deg + wide + 180.0) / l->step));
    long columns = (long)l->columns;
    for (long r = first < 0 ? 0 : first; r <= last && r < (long)l->rows; r++) {
        for (long c = west; c <= east; c++) {
            size_t column = (size_t)((c % columns + columns) % columns);
            bool *cell = &l->taken[(size_t)r * l->columns + column];
            if (!*cell) {
                *cell = is_within(&near, middle(l, (size_t)r, column));
            }
        }
    }
}

static dro_status collect(const lattice *l, dro_arena *arena, dro_point **out,
                          size_t *count, dro_error *error) {
    size_t taken = 0;
    for (size_t i = 0; i < l->rows * l->columns; i++) {
        taken += l->taken[i];
    }
    dro_point *cells = dro_arena_alloc(arena, taken + 1, sizeof *cells);
    if (!cells) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a grid");
    }
    *count = 0;
    for (size_t i = 0; i < l->rows * l->columns; i++) {
        if (l->taken[i]) {
            cells[(*count)++] = middle(l, i / l->columns, i % l->columns);
        }
    }
    *out = cells;
    return DRO_OK;
}

dro_status dro_hinterland_grid(const dro_chains *chains, const dro_access *access,
                               double step_deg, dro_arena *arena, dro_point **out,
                               size_t *count, dro_error *error) {
    if (!(step_deg >= 0.05 && step_deg <= 10.0)) {
        return dro_fail(error, DRO_INVALID,
                        "cells of %g degrees are not between 0.05 and 10", step_deg);
    }
    stops all;
    DRO_TRY(find_stops(dro_chains_facts(chains), arena, &all, error));
    lattice l = {.step = step_deg,
                 .rows = (size_t)ceil(180.0 / step_deg - 1e-9),
                 .columns = (size_t)ceil(360.0 / step_deg - 1e-9)};
    l.taken = dro_arena_alloc(arena, l.rows * l.columns, sizeof *l.taken);
    if (!l.taken) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a grid");
    }
    for (size_t i = 0; i < all.count; i++) {
        take_around(&l, all.at[i], access->reach_km);
    }
    return collect(&l, arena, out, count, error);
}

/* ---- ways to the nodes -------------------------------------------------------------
 */

static double figure(dro_range range, const char *name, const dro_sampling *sampling,
                     size_t sample) {
    dro_sampling_input input = {dro_sampling_key(name), range};
    return sampling ? dro_sampling_value(sampling, &input, sample) : range.value;
}

hinterland_km hinterland_per_km(const dro_access *access, hinterland_unit unit,
                                const dro_sampling *sampling, size_t sample) {
    double detour = figure(access->detour, "access detour", sampling, sample);
    double kmh = figure(access->speed_kmh, "access speed_kmh", sampling, sample);
    double usd = figure(access->usd_tkm, "access usd_tkm", sampling, sample);
    double co2 = figure(access->co2_g_tkm, "access co2_g_tkm", sampling, sample);
    hinterland_km km;
    km.by[DRO_CHAIN_BY_TIME] = detour / kmh;
    km.by[DRO_CHAIN_BY_COST] = detour * usd * unit.tonnes;
    km.by[DRO_CHAIN_BY_CO2] = detour * co2 * unit.tonnes / 1000.0;
    km.by[DRO_CHAIN_BY_GENERALISED] =
        km.by[DRO_CHAIN_BY_COST] + km.by[DRO_CHAIN_BY_TIME] * unit.hour_usd;
    return km;
}

static dro_status add_ways(hinterland_job *job, const stops *all,
                           const dro_index *index, dro_error *error) {
    const dro_hinterland_options *o = job->options;
    size_t most = o->access.nodes, used = 0;
    size_t items[DRO_ACCESS_NODES_MAX];
    double metres[DRO_ACCESS_NODES_MAX];
    most = most < 1 ? 1 : most > DRO_ACCESS_NODES_MAX ? DRO_ACCESS_NODES_MAX : most;
    job->ways =
        dro_arena_alloc(job->arena, o->cell_count * most + 1, sizeof *job->ways);
    job->way_start =
        dro_arena_alloc(job->arena, o->cell_count + 1, sizeof *job->way_start);
    if (!job->ways || !job->way_start) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a grid");
    }
    for (size_t i = 0; i < o->cell_count; i++) {
        size_t found = dro_index_nearest(index, o->cells[i], most, items, metres);
        job->way_start[i] = used;
        for (size_t k = 0; k < found; k++) {
            if (metres[k] <= o->access.reach_km * 1000.0) {
                job->ways[used++] = (hinterland_way){(uint32_t)all->node[items[k]],
                                                     (float)(metres[k] / 1000.0)};
            }
        }
    }
    job->way_start[o->cell_count] = used;
    return DRO_OK;
}

dro_status hinterland_ways(hinterland_job *job, dro_error *error) {
    stops all;
    dro_index *index = NULL;
    DRO_TRY(find_stops(job->facts, job->arena, &all, error));
    DRO_TRY(dro_index_create(all.at, all.count, &index, error));
    dro_status status = add_ways(job, &all, index, error);
    dro_index_destroy(index);
    return status;
}
