/* Two scenarios side by side: their graphs, their best chains. */
#include "derrotero/compare.h"

#include <math.h>
#include <string.h>

#include "scenario/compare_state.h"

static dro_status keep(comparison *c, const char *text, const char **out,
                       dro_error *error) {
    *out = dro_arena_strndup(c->arena, text, strlen(text));
    return *out ? DRO_OK : dro_fail(error, DRO_NOMEM, "out of memory for a comparison");
}

/* ---- the two graphs -------------------------------------------------------------- */

/* Its names are those of what is prepared, which is held as long as the comparison. */
static dro_status prepare_side(const dro_case *study, dro_store *store, comparison *c,
                               int which, dro_error *error) {
    dro_compared *side = &c->public.sides[which];
    compare_side *own = &c->sides[which];
    dro_prepare_wish wish = {.of = study, .scenario = c->asked->scenario[which]};
    if (which == 1) {
        wish.edits = c->asked->edits;
        wish.edits_length = c->asked->edits_length;
        wish.edits_name = c->asked->edits_name;
    }
    DRO_TRY(dro_store_prepare(store, &wish, &own->ready, error));
    const char *date = dro_prepared_date(own->ready);
    side->scenario = dro_prepared_scenario(own->ready);
    side->title = dro_prepared_title(own->ready);
    side->date = date ? date : "";
    side->month = dro_prepared_month(own->ready);
    side->why = "";
    own->facts = dro_prepared_facts(own->ready);
    return DRO_OK;
}

static dro_status build_side(comparison *c, int which, dro_error *error) {
    dro_compared *side = &c->public.sides[which];
    compare_side *own = &c->sides[which];
    DRO_TRY(dro_prepared_chains(own->ready, c->asked->progress, &own->chains, error));
    own->input_count = dro_chains_inputs(own->chains, &own->inputs);
    side->notice_count = dro_chains_notices(own->chains, &side->notices);
    return DRO_OK;
}

/* A store of its own where none is given: both sides share the distances by sea. What
 * is wrong with a scenario is told before a graph is made. */
static dro_status build(const dro_case *study, comparison *c, dro_error *error) {
    dro_store *store = c->asked->store;
    if (!store) {
        DRO_TRY(dro_store_create(dro_case_session(study), NULL, &c->store, error));
        store = c->store;
    }
    DRO_TRY(prepare_side(study, store, c, 0, error));
    DRO_TRY(prepare_side(study, store, c, 1, error));
    DRO_TRY(build_side(c, 0, error));
    return build_side(c, 1, error);
}

/* ---- what is asked --------------------------------------------------------------- */

static dro_status find_commodity(const dro_case *study, comparison *c,
                                 dro_error *error) {
    const char *id =
        c->asked->commodity ? c->asked->commodity : dro_case_commodity(study);
    if (id[0] == '\0') {
        return dro_fail(error, DRO_INVALID,
                        "no commodity is named, and the case has no default");
    }
    for (int i = 0; i < 2; i++) {
        DRO_TRY(dro_facts_find(c->sides[i].facts, DRO_KIND_COMMODITY, id,
                               &c->sides[i].wish.commodity, error));
    }
    const dro_facts *facts = c->sides[0].facts;
    size_t commodity = c->sides[0].wish.commodity;
    bool box = dro_facts_word(facts, commodity, DRO_COMMODITY_FORM) == 0;
    c->public.commodity = dro_facts_id(facts, DRO_KIND_COMMODITY, commodity);
    c->public.commodity_name = dro_facts_name(facts, DRO_KIND_COMMODITY, commodity);
    c->public.unit = box ? "TEU" : "t";
    return DRO_OK;
}

static dro_status find_places(comparison *c, dro_error *error) {
    const dro_compare_wish *asked = c->asked;
    for (int i = 0; i < 2; i++) {
        compare_side *side = &c->sides[i];
        dro_chain_place from, to;
        DRO_TRY(
            dro_chain_place_find(side->chains, asked->from, asked->quay, &from, error));
        DRO_TRY(dro_chain_place_find(side->chains, asked->to, asked->quay, &to, error));
        size_t commodity = side->wish.commodity;
        side->wish =
            (dro_chain_wish)DRO_CHAIN_WISH_INIT(from, to, commodity, asked->by);
    }
    const compare_side *first = &c->sides[0];
    DRO_TRY(keep(c, dro_chain_place_name(first->chains, &first->wish.from),
                 &c->public.from, error));
    return keep(c, dro_chain_place_name(first->chains, &first->wish.to), &c->public.to,
                error);
}

/* ---- the chains ------------------------------------------------------------------ */

static dro_status trace(comparison *c, int which, dro_chain *chains, size_t count,
                        dro_error *error) {
    for (size_t i = 0; c->asked->geometry && i < count; i++) {
        DRO_TRY(dro_chain_trace(c->sides[which].chains, &chains[i], c->arena, error));
    }
    return DRO_OK;
}

static dro_status find_others(comparison *c, dro_chain_worker *worker, int which,
                              dro_error *error) {
    const dro_compare_wish *asked = c->asked;
    const compare_side *own = &c->sides[which];
    dro_compared *side = &c->public.sides[which];
    dro_chain *found = NULL;
    size_t count = 0;
    if (asked->alternatives > 0) { /* the first is the best itself */
        DRO_TRY(dro_chain_alternatives(worker, &own->wish, asked->alternatives + 1,
                                       c->arena, &found, &count, error));
        DRO_TRY(trace(c, which, found, count, error));
        side->alternatives = count > 1 ? found + 1 : NULL;
        side->alternative_count = count > 1 ? count - 1 : 0;
    }
    if (asked->pareto) {
        DRO_TRY(dro_chain_pareto(worker, &own->wish, c->arena, &found, &count, error));
        DRO_TRY(trace(c, which, found, count, error));
        side->pareto = found;
        side->pareto_count = count;
    }
    return DRO_OK;
}

static dro_status find_chain(comparison *c, int which, dro_error *error) {
    const compare_side *own = &c->sides[which];
    dro_compared *side = &c->public.sides[which];
    dro_chain_worker *worker = NULL;
    dro_error local = DRO_ERROR_INIT;
    DRO_TRY(dro_chain_worker_create(own->chains, &worker, error));
    dro_status status =
        dro_chain_find(worker, &own->wish, c->arena, &side->best, &local);
    side->found = status == DRO_OK;
    if (status == DRO_NO_ANSWER) {
        status = keep(c, local.message, &side->why, error);
    } else if (status != DRO_OK) {
        (void)dro_fail(error, status, "%s", local.message);
    } else {
        status = trace(c, which, &side->best, 1, error);
    }
    if (status == DRO_OK && side->found) {
        status = find_others(c, worker, which, error);
    }
    dro_chain_worker_destroy(worker);
    return status;
}

/* ---- making ---------------------------------------------------------------------- */

static dro_status make(const dro_case *study, comparison *c, dro_error *error) {
    dro_comparison *p = &c->public;
    *p = (dro_comparison){.atlas = dro_session_atlas(dro_case_session(study)),
                          .case_id = dro_case_id(study),
                          .case_title = dro_case_title(study),
                          .by = c->asked->by,
                          .quay = c->asked->quay,
                          .geometry = c->asked->geometry,
                          .samples = c->asked->samples,
                          .seed = c->asked->seed};
    DRO_TRY(dro_arena_create(&c->arena, error));
    DRO_TRY(build(study, c, error));
    DRO_TRY(find_commodity(study, c, error));
    DRO_TRY(find_places(c, error));
    for (int i = 0; i < 2; i++) {
        DRO_TRY(find_chain(c, i, error));
    }
    return compare_sample(c, error);
}

dro_status dro_compare(const dro_case *study, const dro_compare_wish *wish,
                       dro_comparison **out, dro_error *error) {
    comparison *c = NULL;
    DRO_TRY(dro_new((void **)&c, 1, sizeof *c, "a comparison", error));
    c->asked = wish;
    dro_status status = make(study, c, error);
    c->asked = NULL;
    if (status != DRO_OK) {
        dro_comparison_destroy(&c->public);
        return status;
    }
    *out = &c->public;
    return DRO_OK;
}

void dro_comparison_destroy(dro_comparison *made) {
    comparison *c = (comparison *)made; /* its first member */
    if (!c) {
        return;
    }
    for (int i = 0; i < 2; i++) {
        dro_prepared_release(c->sides[i].ready);
    }
    dro_store_destroy(c->store);
    dro_arena_destroy(c->arena);
    dro_free(c);
}
