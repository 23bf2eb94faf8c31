/*
 * Every chain that is best in some way: NAMOA* (Mandow and Pérez de la Cruz, "Multi-
 * objective A* search with consistent heuristics", J. ACM 57(5), 2010) with the
 * dimensionality reduction of Pulido, Mandow and Pérez de la Cruz (Computers &
 * Operations Research 64, 2015): bounds from three reverse trees are consistent, so
 * labels leave the heap by rising time of the whole chain, and at a vertex only cost
 * and CO2 are left to compare. Those of the labels that stay are a staircase: cost
 * rises, CO2 falls.
 */
#include "chain_space.h"

#include <string.h>

typedef struct pareto_run {
    chain_space *space;
    const chain_query *query;
    chain_rules rules;
    size_t label_limit;
    uint32_t sink; /* its number: the vertices' count */
} pareto_run;

/* ---- heap of open labels ------------------------------------------------------------
 */

static bool open_before(const pareto_open *a, const pareto_open *b) {
    int order = chain_compare(a->least, b->least);
    return order != 0 ? order < 0 : a->label < b->label;
}

static dro_status open_push(chain_space *s, const pareto_open *open, dro_error *error) {
    DRO_TRY(DRO_RESERVE(s->open, s->open_capacity, s->open_count + 1, error));
    size_t i = s->open_count++;
    while (i > 0 && open_before(open, &s->open[(i - 1) / 4])) {
        s->open[i] = s->open[(i - 1) / 4];
        i = (i - 1) / 4;
    }
    s->open[i] = *open;
    return DRO_OK;
}

static pareto_open open_pop(chain_space *s) {
    pareto_open top = s->open[0], last = s->open[--s->open_count];
    size_t i = 0;
    for (size_t first = 1; first < s->open_count; first = 4 * i + 1) {
        size_t end = first + 4 < s->open_count ? first + 4 : s->open_count;
        size_t best = first;
        for (size_t k = first + 1; k < end; k++) {
            if (open_before(&s->open[k], &s->open[best])) {
                best = k;
            }
        }
        if (!open_before(&s->open[best], &last)) {
            break;
        }
        s->open[i] = s->open[best];
        i = best;
    }
    s->open[i] = last;
    return top;
}

/* ---- staircases
 * ----------------------------------------------------------------------- */

/* Is some step at least as good in both? */
static bool below_stairs(const chain_space *s, uint32_t vertex, double cost,
                         double co2) {
    if (s->stairs[vertex].stamp != s->epoch) {
        return false;
    }
    for (uint32_t i = s->stairs[vertex].step; i != CHAIN_NONE; i = s->steps[i].next) {
        if (s->steps[i].cost > cost) {
            return false;
        }
        if (s->steps[i].co2 <= co2) {
            return true;
        }
    }
    return false;
}

/* Puts a step that is below none, and takes out those below it. */
static dro_status add_step(chain_space *s, uint32_t vertex, double cost, double co2,
                           dro_error *error) {
    DRO_TRY(DRO_RESERVE(s->steps, s->step_capacity, s->step_count + 1, error));
    pareto_stairs *stairs = &s->stairs[vertex];
    if (stairs->stamp != s->epoch) {
        *stairs = (pareto_stairs){.step = CHAIN_NONE, .stamp = s->epoch};
    }
    uint32_t *link = &stairs->step;
    while (*link != CHAIN_NONE && s->steps[*link].cost < cost) {
        link = &s->steps[*link].next;
    }
    uint32_t next = *link;
    while (next != CHAIN_NONE && s->steps[next].co2 >= co2) {
        next = s->steps[next].next;
    }
    s->steps[s->step_count] = (pareto_step){cost, co2, next};
    *link = (uint32_t)s->step_count++;
    return DRO_OK;
}

/* ---- bounds
 * ---------------------------------------------------------------------------- */

/* Of each criterion the least from every vertex to a target; INFINITY: none. */
static dro_status find_bounds(pareto_run *r, dro_error *error) {
    chain_space *s = r->space;
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        double coefficient[CHAIN_CRITERIA] = {0};
        coefficient[c] = 1;
        const chain_spread how = {
            .coefficient = coefficient,
            .ends = r->query->targets,
            .end_count = r->query->target_count,
            .direction = CHAIN_REVERSE,
        };
        DRO_TRY(chain_search_begin(s, r->query, &r->rules, error));
        (void)chain_spread_run(s, &r->rules, &how, NULL);
        for (uint32_t v = 0; v < r->sink; v++) {
            bool reached = s->labels[v].stamp == s->epoch;
            s->bound[v][c] = reached ? s->labels[v].total[c] : (double)INFINITY;
        }
    }
    memset(s->bound[r->sink], 0, sizeof s->bound[r->sink]);
    return DRO_OK;
}

/* ---- labels
 * ----------------------------------------------------------------------------- */

/* Opens a label, unless something is known to be as good. */
static dro_status open_label(pareto_run *r, const pareto_label *label,
                             dro_error *error) {
    chain_space *s = r->space;
    pareto_open open = {.label = (uint32_t)s->chain_count};
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        open.least[c] = label->total[c] + s->bound[label->vertex][c];
    }
    if (!isfinite(open.least[0]) ||
        below_stairs(s, label->vertex, label->total[CHAIN_COST],
                     label->total[CHAIN_CO2]) ||
        below_stairs(s, r->sink, open.least[CHAIN_COST], open.least[CHAIN_CO2])) {
        return DRO_OK;
    }
    if (s->chain_count >= r->label_limit) {
        return dro_fail(
            error, DRO_LIMIT,
            "the chains that are best in some way take more than %zu labels",
            r->label_limit);
    }
    DRO_TRY(DRO_RESERVE(s->chains, s->chain_capacity, s->chain_count + 1, error));
    DRO_TRY(open_push(s, &open, error));
    s->chains[s->chain_count++] = *label;
    return DRO_OK;
}

static void add_end(pareto_label *label, const chain_end *end) {
    for (int c = 0; c < CHAIN_CRITERIA; c++) {
        label->total[c] += chain_round(end->weight[c]);
    }
}

static dro_status open_seeds(pareto_run *r, dro_error *error) {
    for (size_t i = 0; i < r->query->seed_count; i++) {
        const chain_end *seed = &r->query->seeds[i];
        if (chain_end_open(seed)) {
            pareto_label label = {
                .vertex = seed->vertex, .parent = CHAIN_NONE, .by = (uint32_t)i};
            add_end(&label, seed);
            DRO_TRY(open_label(r, &label, error));
        }
    }
    return DRO_OK;
}

static dro_status open_targets(pareto_run *r, uint32_t parent, dro_error *error) {
    uint32_t vertex = r->space->chains[parent].vertex;
    for (size_t i = 0; i < r->query->target_count; i++) {
        const chain_end *target = &r->query->targets[i];
        if (target->vertex == vertex && chain_end_open(target)) {
            pareto_label label = r->space->chains[parent];
            label.vertex = r->sink;
            label.parent = parent;
            label.by = (uint32_t)i;
            add_end(&label, target);
            DRO_TRY(open_label(r, &label, error));
        }
    }
    return DRO_OK;
}

static dro_status open_edges(pareto_run *r, uint32_t parent, dro_error *error) {
    const chain_graph *g = r->query->graph;
    uint32_t vertex = r->space->chains[parent].vertex;
    for (uint32_t i = g->first[vertex]; i < g->first[vertex + 1]; i++) {
        uint32_t e = g->out[i];
        double weight[CHAIN_CRITERIA];
        if (!chain_edge_weight(&r->rules, e, weight)) {
            continue;
        }
        pareto_label label = r->space->chains[parent];
        for (int c = 0; c < CHAIN_CRITERIA; c++) {
            label.total[c] += weight[c];
        }
        label.vertex = g->to[e];
        label.parent = parent;
        label.by = e;
        DRO_TRY(open_label(r, &label, error));
    }
    return DRO_OK;
}

/* ---- answer
 * ------------------------------------------------------------------------------ */

static dro_status make_path(const pareto_run *r, uint32_t last, dro_arena *arena,
                            chain_path *out, dro_error *error) {
    const pareto_label *chains = r->space->chains;
    chain_path path = {.target = chains[last].by};
    memcpy(path.total, chains[last].total, sizeof path.total);
    uint32_t end = chains[last].parent;
    for (uint32_t i = end; chains[i].parent != CHAIN_NONE; i = chains[i].parent) {
        path.edge_count++;
    }
    uint32_t *edges = dro_arena_alloc(arena, path.edge_count + 1, sizeof *edges);
    if (edges == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a chain");
    }
    uint32_t i = end;
    for (size_t k = path.edge_count; k > 0; k--, i = chains[i].parent) {
        edges[k - 1] = chains[i].by;
    }
    path.edges = edges;
    path.seed = chains[i].by;
    *out = path;
    return DRO_OK;
}

static dro_status make_paths(const pareto_run *r, dro_arena *arena, chain_path **out,
                             dro_error *error) {
    const chain_space *s = r->space;
    chain_path *paths = dro_arena_alloc(arena, s->found_count, sizeof *paths);
    if (paths == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for chains");
    }
    for (size_t i = 0; i < s->found_count; i++) {
        DRO_TRY(make_path(r, s->found[i], arena, &paths[i], error));
    }
    *out = paths;
    return DRO_OK;
}

static dro_status keep_found(chain_space *s, uint32_t label, dro_error *error) {
    DRO_TRY(DRO_RESERVE(s->found, s->found_capacity, s->found_count + 1, error));
    s->found[s->found_count++] = label;
    return DRO_OK;
}

static dro_status close_label(pareto_run *r, const pareto_open *open,
                              dro_error *error) {
    chain_space *s = r->space;
    const pareto_label *label = &s->chains[open->label];
    uint32_t vertex = label->vertex;
    double cost = label->total[CHAIN_COST], co2 = label->total[CHAIN_CO2];
    if (below_stairs(s, vertex, cost, co2) ||
        below_stairs(s, r->sink, open->least[CHAIN_COST], open->least[CHAIN_CO2])) {
        return DRO_OK;
    }
    DRO_TRY(add_step(s, vertex, cost, co2, error));
    if (vertex == r->sink) {
        return keep_found(s, open->label, error);
    }
    DRO_TRY(open_targets(r, open->label, error));
    return open_edges(r, open->label, error);
}

dro_status chain_pareto(chain_space *space, const chain_query *query,
                        size_t label_limit, dro_arena *arena, chain_path **out,
                        size_t *count, dro_error *error) {
    pareto_run r = {
        .space = space,
        .query = query,
        .label_limit = label_limit == 0 || label_limit > CHAIN_LABELS_MAX
                           ? CHAIN_LABELS_MAX
                           : label_limit,
        .sink = query->graph->vertex_count,
    };
    DRO_TRY(chain_query_check(query, true, true, error));
    space->chain_count = space->open_count = space->step_count = 0;
    space->found_count = 0;
    DRO_TRY(find_bounds(&r, error));
    DRO_TRY(open_seeds(&r, error));
    while (space->open_count > 0) {
        pareto_open open = open_pop(space);
        DRO_TRY(close_label(&r, &open, error));
    }
    if (space->found_count == 0) {
        return dro_fail(error, DRO_NO_ANSWER, "no chain leads there");
    }
    chain_path *paths = NULL;
    DRO_TRY(make_paths(&r, arena, &paths, error));
    *out = paths;
    *count = space->found_count;
    return DRO_OK;
}
