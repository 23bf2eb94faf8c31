/* The chains of a case and the workers on them: making and dropping. */
#include <string.h>

#include "network/chain_state.h"

static dro_status check(const dro_chains_options *options, dro_error *error) {
    if (options->month < 0 || options->month > 12) {
        return dro_fail(error, DRO_INVALID, "month %d: from 1 to 12", options->month);
    }
    return DRO_OK;
}

dro_status dro_chains_create(dro_session *session, const dro_facts *facts,
                             const dro_chains_options *options, dro_chains **out,
                             dro_error *error) {
    dro_chains *c = NULL;
    DRO_TRY(check(options, error));
    if (!dro_session_chart(session)) {
        return dro_fail(error, DRO_INTERNAL, "chains need a session with a chart");
    }
    DRO_TRY(dro_new((void **)&c, 1, sizeof *c, "chains", error));
    c->session = dro_session_retain(session);
    c->book = options->book;
    c->facts = facts;
    c->month = options->month;
    dro_status status = chain_build(c, options, error);
    if (status == DRO_OK) {
        status = chain_list_inputs(c, error);
    }
    if (status != DRO_OK) {
        dro_chains_destroy(c);
        return status;
    }
    *out = c;
    return DRO_OK;
}

void dro_chains_destroy(dro_chains *c) {
    if (!c) {
        return;
    }
    chain_graph_free(&c->graph);
    dro_free(c->edges);
    dro_free(c->info);
    dro_free(c->own_transfers);
    dro_free(c->node_vertex);
    dro_free(c->call_arrive);
    dro_free(c->call_depart);
    dro_free(c->call_next);
    dro_free(c->port_thing);
    dro_sea_book_destroy(c->added);
    dro_free(c->port_out);
    dro_free(c->port_in);
    dro_free(c->port_terminal);
    dro_free(c->port_node);
    dro_free(c->port_slot);
    dro_free(c->service_active);
    dro_free(c->seas);
    dro_free(c->inputs);
    dro_free(c->input_slot);
    dro_free(c->stated);
    for (size_t i = 0; i < c->notice_count; i++) {
        dro_free(c->notices[i]);
    }
    dro_free(c->notices);
    dro_session_release(c->session);
    dro_free(c);
}

const dro_facts *dro_chains_facts(const dro_chains *chains) {
    return chains->facts;
}

size_t dro_chains_notices(const dro_chains *chains, const char *const **out) {
    *out = (const char *const *)chains->notices;
    return chains->notice_count;
}

void dro_chains_size(const dro_chains *chains, size_t *vertices, size_t *edges) {
    *vertices = chains->vertex_count;
    *edges = chains->edge_count;
}

/* ---- workers ----------------------------------------------------------------------
 */

dro_status dro_chain_worker_create(const dro_chains *chains, dro_chain_worker **out,
                                   dro_error *error) {
    dro_chain_worker *w = NULL;
    DRO_TRY(dro_new((void **)&w, 1, sizeof *w, "a worker", error));
    w->chains = chains;
    size_t v = chains->vertex_count;
    dro_status status = chain_space_create(&w->space, error);
    DRO_TRY_GOTO(status, fail);
    DRO_TRY_GOTO(dro_arena_create(&w->arena, error), fail);
    DRO_TRY_GOTO(dro_new((void **)&w->figures, chains->figure_count, sizeof(double),
                         "figures", error),
                 fail);
    for (int k = 0; k < CHAIN_CRITERIA; k++) {
        DRO_TRY_GOTO(dro_new((void **)&w->weights[k], chains->edge_count,
                             sizeof(double), "weights", error),
                     fail);
        DRO_TRY_GOTO(dro_new((void **)&w->tree[k], v, sizeof(double), "tree", error),
                     fail);
    }
    DRO_TRY_GOTO(dro_new((void **)&w->carried, chains->edge_count, 4, "weights", error),
                 fail);
    DRO_TRY_GOTO(dro_new((void **)&w->tree_edge, v, 4, "tree", error), fail);
    DRO_TRY_GOTO(dro_new((void **)&w->tree_end, v, 4, "tree", error), fail);
    dro_chain_set(w, NULL);
    *out = w;
    return DRO_OK;
fail:
    dro_chain_worker_destroy(w);
    return status;
}

void dro_chain_worker_destroy(dro_chain_worker *w) {
    if (!w) {
        return;
    }
    chain_space_destroy(w->space);
    dro_arena_destroy(w->arena);
    dro_free(w->figures);
    for (int k = 0; k < CHAIN_CRITERIA; k++) {
        dro_free(w->weights[k]);
        dro_free(w->tree[k]);
    }
    dro_free(w->carried);
    dro_free(w->tree_edge);
    dro_free(w->tree_end);
    dro_free(w->seeds);
    dro_free(w->targets);
    dro_free(w);
}
