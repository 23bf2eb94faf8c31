/* Sea legs of the chains: the chart's shortest ways for the ships that sail them, with
 * the passages as the facts have them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "network/chain_state.h"
#include "network/network_internal.h"

dro_status chain_sea_add(dro_chains *c, uint16_t from, uint16_t to, uint32_t vessel,
                         uint32_t *out, dro_error *error) {
    DRO_TRY(DRO_RESERVE(c->seas, c->sea_capacity, c->sea_count + 1, error));
    c->seas[c->sea_count] = (chain_sea){.from = from, .to = to, .vessel = vessel};
    *out = (uint32_t)c->sea_count++;
    return DRO_OK;
}

/* A passage with the limits that the facts have now. */
static dro_passage passage_now(const dro_facts *f, size_t i) {
    size_t count = 0;
    dro_passage p = dro_atlas_passages(dro_facts_atlas(f), &count)[i];
    p.max_draft_m = dro_facts_number(f, i, DRO_PASSAGE_MAX_DRAFT_M);
    p.max_loa_m = dro_facts_number(f, i, DRO_PASSAGE_MAX_LOA_M);
    p.max_beam_m = dro_facts_number(f, i, DRO_PASSAGE_MAX_BEAM_M);
    return p;
}

static dro_status ship_of(const dro_facts *f, uint32_t vessel, dro_ship *out,
                          dro_error *error) {
    dro_voyage_options options = DRO_VOYAGE_OPTIONS_INIT;
    options.vessel = (int)vessel;
    options.draft_m = dro_facts_number(f, vessel, DRO_VESSEL_DRAFT_M);
    options.beam_m = dro_facts_number(f, vessel, DRO_VESSEL_BEAM_M);
    options.loa_m = dro_facts_number(f, vessel, DRO_VESSEL_LOA_M);
    return dro_ship_resolve(dro_facts_atlas(f), &options, out, error);
}

static uint64_t closed_for(const dro_facts *f, const dro_ship *ship) {
    const dro_atlas *atlas = dro_facts_atlas(f);
    uint64_t closed = 0;
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_PASSAGE); i++) {
        dro_passage passage = passage_now(f, i);
        if (dro_facts_word(f, i, DRO_PASSAGE_STATE) == 1) {
            closed |= dro_atlas_passage_mask(atlas, i);
        } else if (dro_ship_fits_passage(ship, &passage) != DRO_CLOSURE_NONE) {
            closed |= UINT64_C(1) << i;
        }
    }
    return closed;
}

/* A ship is laden as its ports and shoals allow: only open water's shoals bind, and
 * those not deeper than the chart's own draught. */
static dro_status rules_for(const dro_chains *c, const dro_ship *ship,
                            dro_sea_rules **out, dro_error *error) {
    dro_sea_rules_options options = DRO_SEA_RULES_OPTIONS_INIT;
    options.closed = closed_for(c->facts, ship);
    options.draft_m = DRO_DEFAULT_DRAFT_M;
    options.soft_shoals = true;
    return dro_sea_rules_create(dro_session_chart(c->session), &options, out, error);
}

/* ---- canals on the way ---------------------------------------------------------- */

static void note_passage(const dro_chains *c, const dro_ship *ship, size_t p,
                         chain_sea *sea) {
    dro_passage passage = passage_now(c->facts, p);
    bool canal = passage.kind == DRO_PASSAGE_CANAL;
    if ((!canal && !(passage.wait_h > 0.0)) || sea->canal_count == CHAIN_CANALS_MAX) {
        return;
    }
    dro_reckoning through;
    double length_m = canal ? dro_session_canal_m(c->session, p) : 0.0;
    dro_reckon_passage(ship, &passage, length_m, &through);
    double toll = through.item[DRO_ITEM_TOLL_USD].value;
    uint8_t k = sea->canal_count++;
    sea->canals[k] = (uint8_t)p;
    sea->toll_usd[k] = isnan(toll) ? 0.0 : toll;
    sea->each_nm[k] = length_m / DRO_M_PER_NM;
    sea->canal_nm += sea->each_nm[k];
}

static void fill(const dro_chains *c, const dro_ship *ship, const dro_sea_cell *cell,
                 chain_sea *sea) {
    sea->reachable = isfinite(cell->distance_m);
    if (!sea->reachable) {
        return;
    }
    sea->passages = cell->passages;
    for (size_t p = 0; p < dro_facts_count(c->facts, DRO_KIND_PASSAGE); p++) {
        if ((cell->passages >> p) & 1u) {
            note_passage(c, ship, p, sea);
        }
    }
    double nm = (cell->distance_m + cell->snap_m[0] + cell->snap_m[1]) / DRO_M_PER_NM;
    sea->nm = fmax(nm - sea->canal_nm, 0.0);
}

/* ---- measuring: by ship, then by port of leaving --------------------------------- */

static int by_ship_and_port(const void *a, const void *b) {
    const chain_sea *p = *(const chain_sea *const *)a,
                    *q = *(const chain_sea *const *)b;
    if (p->vessel != q->vessel) {
        return p->vessel < q->vessel ? -1 : 1;
    }
    if (p->from != q->from) {
        return p->from < q->from ? -1 : 1;
    }
    return (p->to > q->to) - (p->to < q->to);
}

typedef struct meter {
    dro_chains *c;
    dro_sea *sea;
    dro_sea_rules *rules;
    dro_ship ship;
    dro_sea_end *ends;
    dro_sea_cell *cells;
} meter;

/* The chart's index of a port is the atlas's. */
static dro_sea_end end_of(const dro_chains *c, uint16_t slot) {
    size_t port = c->port_thing[slot];
    return (dro_sea_end){{dro_facts_number(c->facts, port, DRO_PORT_LAT),
                          dro_facts_number(c->facts, port, DRO_PORT_LON)},
                         (int)port};
}

static dro_status measure_run(meter *m, chain_sea **run, size_t count,
                              dro_error *error) {
    for (size_t i = 0; i < count; i++) {
        m->ends[i] = end_of(m->c, run[i]->to);
    }
    dro_status status = dro_sea_one_to_many(
        m->sea, m->rules, end_of(m->c, run[0]->from), m->ends, count, m->cells, error);
    if (status == DRO_INVALID || status == DRO_NO_ANSWER) {
        return DRO_OK; /* a port without water: its legs stay unreachable */
    }
    DRO_TRY(status);
    for (size_t i = 0; i < count; i++) {
        fill(m->c, &m->ship, &m->cells[i], run[i]);
    }
    return DRO_OK;
}

static dro_status measure_ship(meter *m, chain_sea **legs, size_t count,
                               dro_error *error) {
    DRO_TRY(ship_of(m->c->facts, legs[0]->vessel, &m->ship, error));
    DRO_TRY(rules_for(m->c, &m->ship, &m->rules, error));
    dro_status status = DRO_OK;
    for (size_t i = 0, k; status == DRO_OK && i < count; i = k) {
        for (k = i; k < count && legs[k]->from == legs[i]->from; k++) {
        }
        status = measure_run(m, legs + i, k - i, error);
    }
    dro_sea_rules_destroy(m->rules);
    m->rules = NULL;
    return status;
}

dro_status chain_sea_measure(dro_chains *c, const dro_progress *progress,
                             dro_error *error) {
    meter m = {.c = c};
    chain_sea **order = NULL;
    size_t n = c->sea_count;
    dro_status status = dro_new((void **)&order, n, sizeof(chain_sea *), "sea", error);
    DRO_TRY_GOTO(status, done);
    DRO_TRY_GOTO(dro_new((void **)&m.ends, n, sizeof *m.ends, "sea", error), done);
    DRO_TRY_GOTO(dro_new((void **)&m.cells, n, sizeof *m.cells, "sea", error), done);
    DRO_TRY_GOTO(dro_sea_create(dro_session_chart(c->session), &m.sea, error), done);
    for (size_t i = 0; i < n; i++) {
        order[i] = &c->seas[i];
    }
    qsort(order, n, sizeof(chain_sea *), by_ship_and_port);
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i; k < n && order[k]->vessel == order[i]->vessel; k++) {
        }
        DRO_TRY_GOTO(measure_ship(&m, order + i, k - i, error), done);
        if (progress && !progress->report(progress->context, "sea legs", k, n)) {
            DRO_TRY_GOTO(dro_fail(error, DRO_CANCELLED, "stopped"), done);
        }
    }
done:
    dro_sea_destroy(m.sea);
    dro_free(m.ends);
    dro_free(m.cells);
    dro_free(order);
    return status;
}
