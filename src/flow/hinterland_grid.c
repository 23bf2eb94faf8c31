/*
 * Places off the network: the cells of the grid, and their way to the nearest nodes.
 */
#include <math.h>
#include <string.h>

#include "base/pace.h"
#include "flow/hinterland.h"

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
} lattice;

static dro_point middle(const lattice *l, size_t row, size_t column) {
    return (dro_point){-90.0 + ((double)row + 0.5) * l->step,
                       -180.0 + ((double)column + 0.5) * l->step};
}

/* The ellipsoid's distances are 0.9944 to 1.0045 of a sphere's (its radii of curvature
 * are 6,335 to 6,400 km): a cell within the first share of the reach on the sphere is
 * certainly in, one beyond the second is out, and only between them it is measured. */
static const double EARTH_KM = 6371.0;
static const double SURELY_IN = 0.995, SURELY_OUT = 1.006;

/* A stop, from which the reach is measured. */
typedef struct reach {
    dro_point at;
    double sine, cosine; /* of the latitude */
} reach;

/* Columns first to last - 1 of one row, taken. */
typedef struct run {
    size_t row, first, last;
} run;

typedef struct sweep {
    lattice l;
    double reach_km;
    const reach *nodes;
    size_t node_count;
    int *edges; /* of the row: +1 where a circle begins, -1 where it has ended */
    bool *taken;
    run *runs;
    size_t run_count, run_capacity, cells;
} sweep;

/* Half the width, in degrees of longitude, of a circle of `angle` radians around a node
 * at a latitude: below 0 where it does not come there, 180 where it has all of it. */
static double half_width(const reach *node, double angle, double sine, double cosine) {
    double sides = node->cosine * cosine;
    double over = cos(angle) - node->sine * sine;
    return over > sides ? -1.0 : over <= -sides ? 180.0 : acos(over / sides) / DEG;
}

typedef struct interval {
    size_t first, last; /* columns, the last one not in it */
} interval;

/* Columns whose middles lie between two longitudes, which may be outside by a turn. */
static size_t columns_between(const lattice *l, double west, double east,
                              interval out[3]) {
    size_t count = 0;
    for (int turn = -1; turn <= 1; turn++) {
        double low = (west + 360.0 * turn + 180.0) / l->step - 0.5;
        double high = (east + 360.0 * turn + 180.0) / l->step - 0.5;
        double first = fmax(ceil(low), 0.0);
        double last = fmin(floor(high) + 1.0, (double)l->columns);
        if (first < last) {
            out[count++] = (interval){(size_t)first, (size_t)last};
        }
    }
    return count;
}

/* What is certain, of all nodes: then nothing of it needs a distance. */
static void take_certain(sweep *s, double sine, double cosine) {
    interval parts[3];
    double angle = SURELY_IN * s->reach_km / EARTH_KM;
    memset(s->edges, 0, (s->l.columns + 1) * sizeof *s->edges);
    for (size_t i = 0; i < s->node_count; i++) {
        const reach *node = &s->nodes[i];
        double half = half_width(node, angle, sine, cosine);
        double lon = node->at.lon_deg;
        size_t count =
            half < 0.0 ? 0 : columns_between(&s->l, lon - half, lon + half, parts);
        for (size_t k = 0; k < count; k++) {
            s->edges[parts[k].first]++;
            s->edges[parts[k].last]--;
        }
    }
    int depth = 0;
    for (size_t c = 0; c < s->l.columns; c++) {
        depth += s->edges[c];
        s->taken[c] = depth > 0;
    }
}

static void take_measured(sweep *s, const reach *node, size_t row, interval part) {
    for (size_t c = part.first; c < part.last; c++) {
        if (!s->taken[c]) {
            s->taken[c] = dro_geo_distance_m(node->at, middle(&s->l, row, c)) <=
                          s->reach_km * 1000.0;
        }
    }
}

/* The rims of the circles, as far as no other circle has them. */
static void take_rims(sweep *s, size_t row, double sine, double cosine) {
    interval parts[3];
    double inner = SURELY_IN * s->reach_km / EARTH_KM;
    double outer = fmin(SURELY_OUT * s->reach_km / EARTH_KM, M_PI);
    for (size_t i = 0; i < s->node_count; i++) {
        const reach *node = &s->nodes[i];
        double wide = half_width(node, outer, sine, cosine);
        double sure = fmax(half_width(node, inner, sine, cosine), 0.0);
        double lon = node->at.lon_deg;
        if (wide < 0.0) {
            continue;
        }
        size_t count = columns_between(&s->l, lon - wide, lon - sure, parts);
        for (size_t k = 0; k < count; k++) {
            take_measured(s, node, row, parts[k]);
        }
        count = columns_between(&s->l, lon + sure, lon + wide, parts);
        for (size_t k = 0; k < count; k++) {
            take_measured(s, node, row, parts[k]);
        }
    }
}

static dro_status keep_runs(sweep *s, size_t row, dro_error *error) {
    for (size_t c = 0; c < s->l.columns; c++) {
        if (!s->taken[c]) {
            continue;
        }
        size_t first = c;
        while (c < s->l.columns && s->taken[c]) {
            c++;
        }
        DRO_TRY(DRO_RESERVE(s->runs, s->run_capacity, s->run_count + 1, error));
        s->runs[s->run_count++] = (run){row, first, c};
        s->cells += c - first;
    }
    return DRO_OK;
}

static dro_status sweep_rows(sweep *s, const dro_grid_options *wish, dro_error *error) {
    dro_pace pace = {wish->progress, "cells", 0.0};
    for (size_t row = 0; row < s->l.rows; row++) {
        double lat = middle(&s->l, row, 0).lat_deg * DEG;
        DRO_TRY(dro_pace_step(&pace, row, s->l.rows, error));
        take_certain(s, sin(lat), cos(lat));
        take_rims(s, row, sin(lat), cos(lat));
        DRO_TRY(keep_runs(s, row, error));
        if (wish->most > 0 && s->cells > wish->most) {
            return dro_fail(error, DRO_LIMIT, "a grid of more than %zu cells",
                            wish->most);
        }
    }
    return DRO_OK;
}

static dro_status collect(const sweep *s, dro_arena *arena, dro_point **out,
                          size_t *count, dro_error *error) {
    dro_point *cells = dro_arena_alloc(arena, s->cells + 1, sizeof *cells);
    if (!cells) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a grid");
    }
    size_t used = 0;
    for (size_t i = 0; i < s->run_count; i++) {
        for (size_t c = s->runs[i].first; c < s->runs[i].last; c++) {
            cells[used++] = middle(&s->l, s->runs[i].row, c);
        }
    }
    *out = cells;
    *count = used;
    return DRO_OK;
}

static dro_status begin_sweep(const dro_chains *chains, const dro_grid_options *wish,
                              dro_arena *arena, sweep *s, dro_error *error) {
    stops all;
    DRO_TRY(find_stops(dro_chains_facts(chains), arena, &all, error));
    reach *nodes = dro_arena_alloc(arena, all.count + 1, sizeof *nodes);
    s->l = (lattice){.step = wish->step_deg,
                     .rows = (size_t)ceil(180.0 / wish->step_deg - 1e-9),
                     .columns = (size_t)ceil(360.0 / wish->step_deg - 1e-9)};
    s->edges = dro_arena_alloc(arena, s->l.columns + 1, sizeof *s->edges);
    s->taken = dro_arena_alloc(arena, s->l.columns, sizeof *s->taken);
    if (!nodes || !s->edges || !s->taken) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a grid");
    }
    for (size_t i = 0; i < all.count; i++) {
        double lat = all.at[i].lat_deg * DEG;
        nodes[i] = (reach){all.at[i], sin(lat), cos(lat)};
    }
    s->reach_km = wish->access.reach_km;
    s->nodes = nodes;
    s->node_count = all.count;
    return DRO_OK;
}

dro_status dro_hinterland_grid(const dro_chains *chains, const dro_grid_options *wish,
                               dro_arena *arena, dro_point **out, size_t *count,
                               dro_error *error) {
    sweep s = {.cells = 0};
    if (!(wish->step_deg >= 0.05 && wish->step_deg <= 10.0)) {
        return dro_fail(error, DRO_INVALID,
                        "cells of %g degrees are not between 0.05 and 10",
                        wish->step_deg);
    }
    DRO_TRY(begin_sweep(chains, wish, arena, &s, error));
    dro_status status = sweep_rows(&s, wish, error);
    if (status == DRO_OK) {
        status = collect(&s, arena, out, count, error);
    }
    dro_free(s.runs);
    return status;
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
    dro_pace pace = {o->progress, "ways", 0.0};
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
        DRO_TRY(dro_pace_step(&pace, i, o->cell_count, error));
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
