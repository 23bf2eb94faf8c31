/*
 * In how many samples a port wins. Each sample sets every figure that has a range, and
 * asks once for the best way from every node; the wins are counted by thread and added
 * up, which does not hang on the order.
 */
#include <math.h>
#include <string.h>

#include "flow/hinterland.h"

typedef struct thread_room {
    dro_chain_worker *worker;
    double *figures;         /* of the inputs */
    dro_chain_total *totals; /* by node */
    int *load_port;          /* by node, a thing */
    double *best;            /* by node */
    bool *wins;              /* the first port is the best one's, by node */
    uint32_t *node_wins, *cell_wins;
} thread_room;

typedef struct sampler {
    const hinterland_job *job;
    const dro_input *inputs;
    size_t input_count;
    thread_room *rooms;
} sampler;

/* ---- rooms --------------------------------------------------------------------------
 */

static dro_status open_room(const sampler *s, thread_room *room, dro_error *error) {
    size_t nodes = s->job->nodes, cells = s->job->options->cell_count;
    DRO_TRY(dro_chain_worker_create(s->job->chains, &room->worker, error));
    DRO_TRY(dro_new((void **)&room->figures, s->input_count, sizeof *room->figures,
                    "samples", error));
    DRO_TRY(
        dro_new((void **)&room->totals, nodes, sizeof *room->totals, "samples", error));
    DRO_TRY(dro_new((void **)&room->load_port, nodes, sizeof *room->load_port,
                    "samples", error));
    DRO_TRY(dro_new((void **)&room->best, nodes, sizeof *room->best, "samples", error));
    DRO_TRY(dro_new((void **)&room->wins, nodes, sizeof *room->wins, "samples", error));
    DRO_TRY(dro_new((void **)&room->node_wins, nodes, sizeof *room->node_wins,
                    "samples", error));
    return dro_new((void **)&room->cell_wins, cells, sizeof *room->cell_wins, "samples",
                   error);
}

static void close_room(thread_room *room) {
    dro_chain_worker_destroy(room->worker);
    dro_free(room->figures);
    dro_free(room->totals);
    dro_free(room->load_port);
    dro_free(room->best);
    dro_free(room->wins);
    dro_free(room->node_wins);
    dro_free(room->cell_wins);
}

/* ---- one sample ---------------------------------------------------------------------
 */

static void draw(const sampler *s, thread_room *room, size_t sample) {
    const dro_sampling *sampling = &s->job->options->sampling;
    for (size_t i = 0; i < s->input_count; i++) {
        dro_sampling_input input = {s->inputs[i].key, s->inputs[i].range};
        room->figures[i] = dro_sampling_value(sampling, &input, sample);
    }
    dro_chain_set(room->worker, room->figures);
}

/* The best of all ports at once. */
static dro_status reach_any(const sampler *s, thread_room *room, dro_chain_wish *wish,
                            double hour_usd, dro_error *error) {
    DRO_TRY(dro_chain_reach(room->worker, wish, room->totals, room->load_port, error));
    for (size_t i = 0; i < s->job->nodes; i++) {
        room->best[i] = dro_chain_value(&room->totals[i], wish->by, hour_usd);
        room->wins[i] = room->load_port[i] == (int)s->job->ports[0];
    }
    return DRO_OK;
}

/* The best of some ports: one after the other. */
static dro_status reach_each(const sampler *s, thread_room *room, dro_chain_wish *wish,
                             double hour_usd, dro_error *error) {
    for (size_t i = 0; i < s->job->nodes; i++) {
        room->best[i] = (double)INFINITY;
        room->wins[i] = false;
    }
    for (size_t p = 0; p < s->job->port_count; p++) {
        wish->via_port = (int)s->job->ports[p];
        DRO_TRY(dro_chain_reach(room->worker, wish, room->totals, NULL, error));
        for (size_t i = 0; i < s->job->nodes; i++) {
            double value = dro_chain_value(&room->totals[i], wish->by, hour_usd);
            if (value < room->best[i]) {
                room->best[i] = value;
                room->wins[i] = p == 0;
            }
        }
    }
    return DRO_OK;
}

static void count_wins(const sampler *s, thread_room *room, double per_km) {
    const hinterland_job *job = s->job;
    for (size_t i = 0; i < job->nodes; i++) {
        room->node_wins[i] += room->wins[i] && isfinite(room->best[i]);
    }
    for (size_t c = 0; c < job->options->cell_count; c++) {
        double least = (double)INFINITY;
        bool won = false;
        for (size_t k = job->way_start[c]; k < job->way_start[c + 1]; k++) {
            const hinterland_way *way = &job->ways[k];
            double value = room->best[way->node] + per_km * (double)way->km;
            if (value < least) {
                least = value;
                won = room->wins[way->node];
            }
        }
        room->cell_wins[c] += won;
    }
}

static dro_status body(void *context, size_t sample, unsigned thread,
                       dro_error *error) {
    const sampler *s = context;
    const dro_hinterland_options *o = s->job->options;
    thread_room *room = &s->rooms[thread];
    dro_chain_place nowhere = {.node = -1, .port = -1};
    dro_chain_wish wish = DRO_CHAIN_WISH_INIT(nowhere, o->to, o->commodity, o->by);
    if (!room->worker) {
        DRO_TRY(open_room(s, room, error));
    }
    draw(s, room, sample);
    hinterland_unit unit = hinterland_unit_of(room->worker, o->commodity);
    DRO_TRY(o->rivals ? reach_each(s, room, &wish, unit.hour_usd, error)
                      : reach_any(s, room, &wish, unit.hour_usd, error));
    hinterland_km km = hinterland_per_km(&o->access, unit, &o->sampling, sample);
    count_wins(s, room, km.by[o->by]);
    return DRO_OK;
}

/* ---- all of them --------------------------------------------------------------------
 */

static void add_up(const sampler *s, unsigned threads, double *of_nodes,
                   double *of_cells) {
    double count = (double)s->job->options->sampling.count;
    for (unsigned t = 0; t < threads; t++) {
        const thread_room *room = &s->rooms[t];
        for (size_t i = 0; room->cell_wins && i < s->job->nodes; i++) {
            of_nodes[i] += (double)room->node_wins[i];
        }
        for (size_t i = 0; room->cell_wins && i < s->job->options->cell_count; i++) {
            of_cells[i] += (double)room->cell_wins[i];
        }
    }
    for (size_t i = 0; i < s->job->nodes; i++) {
        of_nodes[i] /= count;
    }
    for (size_t i = 0; i < s->job->options->cell_count; i++) {
        of_cells[i] /= count;
    }
}

dro_status hinterland_sample(const hinterland_job *job, double *of_nodes,
                             double *of_cells, dro_error *error) {
    const dro_hinterland_options *o = job->options;
    unsigned threads = o->threads ? o->threads : dro_cores();
    sampler s = {.job = job};
    s.input_count = dro_chains_inputs(job->chains, &s.inputs);
    DRO_TRY(dro_new((void **)&s.rooms, threads, sizeof *s.rooms, "sampling threads",
                    error));
    dro_status status =
        dro_sampling_run(&o->sampling, threads, body, &s, o->progress, error);
    if (status == DRO_OK) {
        add_up(&s, threads, of_nodes, of_cells);
    }
    for (unsigned t = 0; t < threads; t++) {
        close_room(&s.rooms[t]);
    }
    dro_free(s.rooms);
    return status;
}
