/*
 * Who would use a port: from every place on the land the best and the second port by
 * time, cost, CO2 and generalised cost, with the figures as stated; then, by sampling,
 * how sure that is.
 */
#include "flow/hinterland.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/pace.h"

static const double DEG = 0.017453292519943295;

hinterland_unit hinterland_unit_of(const dro_chain_worker *worker, size_t commodity) {
    return (hinterland_unit){dro_chain_unit_t(worker, commodity),
                             dro_chain_hour_usd(worker, commodity)};
}

static dro_status no_memory(dro_error *error) {
    return dro_fail(error, DRO_NOMEM, "out of memory for a hinterland");
}

/* ---- candidates --------------------------------------------------------------------
 */

static bool is_listed(const hinterland_job *job, size_t count, size_t port) {
    for (size_t i = 0; i < count; i++) {
        if (job->ports[i] == port) {
            return true;
        }
    }
    return false;
}

/* A port that is no end of any chain (no node, terminal or call) is not in the graph.
 */
static bool in_graph(const hinterland_job *job, size_t port) {
    dro_chain_place place;
    return dro_chain_place_find(job->chains,
                                dro_facts_id(job->facts, DRO_KIND_PORT, port), false,
                                &place, NULL) == DRO_OK;
}

static dro_status list_ports(hinterland_job *job, size_t *count, dro_error *error) {
    const dro_hinterland_options *o = job->options;
    job->ports = dro_arena_alloc(job->arena, 1 + o->rival_count + job->nodes,
                                 sizeof *job->ports);
    if (!job->ports) {
        return no_memory(error);
    }
    job->ports[0] = o->port;
    *count = 1;
    for (size_t i = 0; o->rivals && i < o->rival_count; i++) {
        if (!is_listed(job, *count, o->rivals[i])) {
            job->ports[(*count)++] = o->rivals[i];
        }
    }
    for (size_t i = 0; !o->rivals && i < job->nodes; i++) {
        int port = dro_facts_thing(job->facts, i, DRO_NODE_PORT);
        if (port >= 0 && !is_listed(job, *count, (size_t)port)) {
            job->ports[(*count)++] = (size_t)port;
        }
    }
    return DRO_OK;
}

/* ---- the figures as stated
 * ------------------------------------------------------------
 */

static double *values_of(const hinterland_job *job, size_t port, int by) {
    return job->value + (port * DRO_CHAIN_BY_COUNT + (size_t)by) * job->nodes;
}

static dro_status measure_port(hinterland_job *job, dro_chain_worker *worker,
                               size_t port, dro_chain_total *totals, dro_error *error) {
    const dro_hinterland_options *o = job->options;
    dro_chain_place nowhere = {.node = -1, .port = -1};
    for (int by = 0; by < DRO_CHAIN_BY_COUNT; by++) {
        dro_chain_wish wish =
            DRO_CHAIN_WISH_INIT(nowhere, o->to, o->commodity, (dro_chain_by)by);
        wish.via_port = (int)job->ports[port];
        DRO_TRY(dro_chain_reach(worker, &wish, totals, NULL, error));
        for (size_t i = 0; i < job->nodes; i++) {
            values_of(job, port, by)[i] =
                dro_chain_value(&totals[i], (dro_chain_by)by, job->unit.hour_usd);
        }
    }
    return DRO_OK;
}

static dro_status no_way(const hinterland_job *job, dro_error *error) {
    size_t port = job->options->port;
    bool planned = dro_facts_word(job->facts, port, DRO_PORT_STATUS) == 1;
    return dro_fail(error, DRO_NO_ANSWER, "no way from the port %s (%s) to %s%s",
                    dro_facts_name(job->facts, DRO_KIND_PORT, port),
                    dro_facts_id(job->facts, DRO_KIND_PORT, port),
                    dro_chain_place_name(job->chains, &job->options->to),
                    planned ? ": it is planned, and not open in this scenario" : "");
}

/* Ports that do not lead to the destination fall out; the first must. */
static dro_status measure(hinterland_job *job, dro_chain_worker *worker,
                          dro_error *error) {
    size_t count = 0;
    DRO_TRY(list_ports(job, &count, error));
    dro_chain_total *totals =
        dro_arena_alloc(job->arena, job->nodes + 1, sizeof *totals);
    job->value = dro_arena_alloc(
        job->arena, count * DRO_CHAIN_BY_COUNT * (job->nodes + 1), sizeof(double));
    if (!totals || !job->value) {
        return no_memory(error);
    }
    dro_pace pace = {job->options->progress, "ports", 0.0};
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(dro_pace_step(&pace, i, count, error));
        dro_error local = DRO_ERROR_INIT;
        size_t kept = job->port_count;
        job->ports[kept] = job->ports[i];
        dro_status status = in_graph(job, job->ports[i])
                                ? measure_port(job, worker, kept, totals, &local)
                                : DRO_NO_ANSWER;
        if (status != DRO_OK && status != DRO_NO_ANSWER) {
            return dro_fail(error, status, "%s", local.message);
        }
        if (status == DRO_NO_ANSWER && i == 0) {
            return no_way(job, error);
        }
        job->port_count += status == DRO_OK;
    }
    return DRO_OK;
}

/* ---- choices
 * --------------------------------------------------------------------------
 */

static void offer(dro_port_choice *choice, int port, double value) {
    if (value < choice->value) {
        choice->second = choice->port;
        choice->second_value = choice->value;
        choice->port = port;
        choice->value = value;
    } else if (value < choice->second_value) {
        choice->second = port;
        choice->second_value = value;
    }
}

static dro_port_choice nothing(void) {
    return (dro_port_choice){-1, -1, (double)INFINITY, (double)INFINITY,
                             (double)INFINITY};
}

static void finish_choice(dro_port_choice *choice) {
    if (choice->second >= 0) {
        choice->margin = choice->second_value / fmax(choice->value, 1e-9) - 1.0;
    }
}

/* By port p from a cell: over the best of its nodes. */
static double cell_value(const hinterland_job *job, size_t cell, size_t port, int by,
                         const hinterland_km *km) {
    const double *values = values_of(job, port, by);
    double least = (double)INFINITY;
    for (size_t k = job->way_start[cell]; k < job->way_start[cell + 1]; k++) {
        const hinterland_way *way = &job->ways[k];
        least = fmin(least, values[way->node] + km->by[by] * (double)way->km);
    }
    return least;
}

/* A node's own value, or a cell's. */
static void choose(const hinterland_job *job, const hinterland_km *km, size_t index,
                   dro_hinterland_place *place) {
    for (int by = 0; by < DRO_CHAIN_BY_COUNT; by++) {
        place->by[by] = nothing();
        for (size_t p = 0; p < job->port_count; p++) {
            double value = place->node >= 0 ? values_of(job, p, by)[index]
                                            : cell_value(job, index, p, by, km);
            offer(&place->by[by], (int)p, value);
            if (p == 0) {
                place->own[by] = value;
            }
        }
        finish_choice(&place->by[by]);
    }
}

static double cell_area(dro_point at, double step_deg) {
    double half = step_deg / 2.0, r = DRO_EARTH_RADIUS_M / 1000.0;
    return r * r * step_deg * DEG *
           (sin((at.lat_deg + half) * DEG) - sin((at.lat_deg - half) * DEG));
}

static dro_point node_point(const dro_facts *f, size_t node) {
    return (dro_point){dro_facts_number(f, node, DRO_NODE_LAT),
                       dro_facts_number(f, node, DRO_NODE_LON)};
}

static dro_status choose_all(hinterland_job *job, dro_hinterland *out,
                             dro_error *error) {
    const dro_hinterland_options *o = job->options;
    size_t most = job->nodes + o->cell_count, count = 0;
    hinterland_km km = hinterland_per_km(&o->access, job->unit, NULL, 0);
    job->places = dro_arena_alloc(job->arena, most + 1, sizeof *job->places);
    job->place_index = dro_arena_alloc(job->arena, most + 1, sizeof *job->place_index);
    if (!job->places || !job->place_index) {
        return no_memory(error);
    }
    dro_pace pace = {o->progress, "choices", 0.0};
    for (size_t i = 0; i < most; i++) {
        DRO_TRY(dro_pace_step(&pace, i, most, error));
        bool cell = i >= job->nodes;
        size_t index = cell ? i - job->nodes : i;
        dro_hinterland_place *place = &job->places[count];
        job->place_index[count] = index;
        place->node = cell ? -1 : (int)index;
        place->at = cell ? o->cells[index] : node_point(job->facts, index);
        if (cell) {
            place->area_km2 =
                cell_area(place->at, o->step_deg) * (o->land ? o->land[index] : 1.0);
        }
        choose(job, &km, index, place);
        if (place->by[o->by].port >= 0) {
            count++;
            out->cell_count += cell;
            out->node_count += !cell;
        }
    }
    out->places = job->places;
    return DRO_OK;
}

/* ---- probabilities -----------------------------------------------------------------
 */

static dro_status add_probabilities(const hinterland_job *job,
                                    const dro_hinterland *out, dro_error *error) {
    const dro_hinterland_options *o = job->options;
    bool sampled = o->sampling.count > 0;
    double *of_nodes = dro_arena_alloc(job->arena, job->nodes + 1, sizeof *of_nodes);
    double *of_cells = dro_arena_alloc(job->arena, o->cell_count + 1, sizeof *of_cells);
    if (!of_nodes || !of_cells) {
        return no_memory(error);
    }
    if (sampled) {
        DRO_TRY(hinterland_sample(job, of_nodes, of_cells, error));
    }
    for (size_t i = 0; i < out->node_count + out->cell_count; i++) {
        const double *of = job->places[i].node >= 0 ? of_nodes : of_cells;
        job->places[i].probability = sampled ? of[job->place_index[i]] : (double)NAN;
    }
    return DRO_OK;
}

/* ---- sums by port ------------------------------------------------------------------
 */

static void add_place(const dro_hinterland *out, dro_hinterland_port *ports,
                      const dro_hinterland_place *place) {
    int winner = place->by[out->options.by].port;
    ports[winner].area_km2 += place->area_km2;
    ports[winner].nodes += place->node >= 0;
    ports[0].expected_km2 += place->area_km2 * place->probability;
}

/* The port that was asked for first, the others by area, then nodes, then order. */
static int by_size(const void *a, const void *b) {
    const dro_hinterland_port *x = a, *y = b;
    if (x->area_km2 != y->area_km2) {
        return x->area_km2 > y->area_km2 ? -1 : 1;
    }
    if (x->nodes != y->nodes) {
        return x->nodes > y->nodes ? -1 : 1;
    }
    return (x->port > y->port) - (x->port < y->port);
}

static void renumber(int *port, const hinterland_job *job, const int *rank) {
    if (*port >= 0) {
        *port = rank[job->ports[*port]];
    }
}

static dro_status sort_ports(const hinterland_job *job, dro_hinterland *out,
                             dro_hinterland_port *ports, dro_error *error) {
    int *rank = dro_arena_alloc(job->arena, dro_facts_count(job->facts, DRO_KIND_PORT),
                                sizeof *rank);
    if (!rank) {
        return no_memory(error);
    }
    qsort(ports + 1, job->port_count - 1, sizeof *ports, by_size);
    for (size_t i = 0; i < job->port_count; i++) {
        rank[ports[i].port] = (int)i;
    }
    for (size_t i = 0; i < out->node_count + out->cell_count; i++) {
        for (int by = 0; by < DRO_CHAIN_BY_COUNT; by++) {
            renumber(&job->places[i].by[by].port, job, rank);
            renumber(&job->places[i].by[by].second, job, rank);
        }
    }
    return DRO_OK;
}

static dro_status sum_up(const hinterland_job *job, dro_hinterland *out,
                         dro_error *error) {
    dro_hinterland_port *ports =
        dro_arena_alloc(job->arena, job->port_count, sizeof *ports);
    if (!ports) {
        return no_memory(error);
    }
    for (size_t p = 0; p < job->port_count; p++) {
        ports[p] = (dro_hinterland_port){job->ports[p], 0.0, p ? (double)NAN : 0.0, 0};
    }
    for (size_t i = 0; i < out->node_count + out->cell_count; i++) {
        const dro_hinterland_place *place = &out->places[i];
        add_place(out, ports, place);
        out->total_km2 += place->area_km2;
        out->contested_km2 += dro_hinterland_contested(out, place, out->options.by)
                                  ? place->area_km2
                                  : 0.0;
    }
    out->ports = ports;
    out->port_count = job->port_count;
    return sort_ports(job, out, ports, error);
}

bool dro_hinterland_contested(const dro_hinterland *found,
                              const dro_hinterland_place *place, dro_chain_by by) {
    return place->by[by].margin <= found->options.contested;
}

/* ---- all
 * ------------------------------------------------------------------------------
 */

static dro_status find(hinterland_job *job, dro_hinterland *out, dro_error *error) {
    dro_chain_worker *worker = NULL;
    DRO_TRY(dro_chain_worker_create(job->chains, &worker, error));
    job->unit = hinterland_unit_of(worker, job->options->commodity);
    dro_status status = measure(job, worker, error);
    dro_chain_worker_destroy(worker);
    DRO_TRY(status);
    DRO_TRY(hinterland_ways(job, error));
    DRO_TRY(choose_all(job, out, error));
    DRO_TRY(add_probabilities(job, out, error));
    return sum_up(job, out, error);
}

dro_status dro_hinterland_find(const dro_chains *chains,
                               const dro_hinterland_options *options, dro_arena *arena,
                               dro_hinterland *out, dro_error *error) {
    hinterland_job job = {.chains = chains,
                          .facts = dro_chains_facts(chains),
                          .options = options,
                          .arena = arena};
    dro_hinterland found = {.facts = job.facts, .options = *options};
    job.nodes = dro_facts_count(job.facts, DRO_KIND_NODE);
    if (options->by < 0 || options->by >= DRO_CHAIN_BY_COUNT) {
        return dro_fail(error, DRO_INVALID, "there is no measure %d", (int)options->by);
    }
    DRO_TRY(find(&job, &found, error));
    *out = found;
    return DRO_OK;
}
