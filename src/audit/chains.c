/* The chains of leaves: found once, with the figures as stated, whoever asks; their
 * legs in some of the samples. */
#include "audit/chains.h"

#include <string.h>

/* ---- as stated --------------------------------------------------------------------
 */

static dro_status list_parts(audit *a, const leaf *l, leaf_chain *c, dro_error *error) {
    const dro_chains *chains = a->worlds[l->world].chains;
    c->parts = dro_arena_alloc(a->scratch, c->found.edge_count + 1, sizeof *c->parts);
    if (!c->parts) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a chain");
    }
    for (size_t i = 0; i < c->found.edge_count; i++) {
        chain_part *part = &c->parts[i];
        dro_chain_edge(chains, c->found.edges[i], &part->kind, &part->thing);
    }
    c->part_count = c->found.edge_count;
    return DRO_OK;
}

/* Rows of time, cost and CO2 for each leg, then for the whole. */
static dro_status make_rows(audit *a, leaf_chain *c, dro_error *error) {
    size_t rows = (c->found.leg_count + 1) * LEG_FIGURES;
    c->samples = dro_arena_alloc(a->scratch, rows * legs_count(a), sizeof(double));
    return c->samples ? DRO_OK
                      : dro_fail(error, DRO_NOMEM, "out of memory for the legs");
}

dro_status chains_find(audit *a, size_t index, dro_chain_worker *w, dro_error *error) {
    const leaf *l = &a->leaves[index];
    leaf_chain *c = &a->chains[index];
    DRO_TRY(dro_chain_find(w, &l->wish, a->scratch, &c->found, error));
    DRO_TRY(list_parts(a, l, c, error));
    DRO_TRY(make_rows(a, c, error));
    c->known = true;
    return DRO_OK;
}

/* ---- in the samples ----------------------------------------------------------------
 */

size_t legs_count(const audit *a) {
    return a->sampling.count < LEG_SAMPLES ? a->sampling.count : LEG_SAMPLES;
}

/* Sample k of the legs is sample k x count / n of all. */
bool legs_sample(const audit *a, size_t sample, size_t *out) {
    size_t n = legs_count(a), count = a->sampling.count;
    *out = (sample * n + count - 1) / count;
    return *out < n && *out * count / n == sample;
}

static void put(const leaf_chain *c, size_t row, size_t n, size_t at,
                const dro_chain_total *total) {
    double *first = c->samples + row * LEG_FIGURES * n + at;
    first[0] = total->time_h;
    first[n] = total->cost_usd;
    first[2 * n] = total->co2_kg;
}

void chains_reprice(const audit *a, size_t index, dro_chain_worker *w, size_t at,
                    dro_chain_total *legs) {
    const leaf_chain *c = &a->chains[index];
    dro_chain_total whole;
    size_t n = legs_count(a);
    if (!c->known) {
        return;
    }
    dro_chain_reprice(w, &c->found, a->leaves[index].wish.commodity, legs, &whole);
    for (size_t k = 0; k < c->found.leg_count; k++) {
        put(c, k, n, at, &legs[k]);
    }
    put(c, c->found.leg_count, n, at, &whole);
}

/* ---- described ---------------------------------------------------------------------
 */

static dro_range range_of(const double *values, size_t n, double nominal) {
    dro_summary s;
    if (dro_summary_make(values, n, &s, NULL) != DRO_OK) {
        return (dro_range){nominal, nominal, nominal};
    }
    return (dro_range){s.median, s.low, s.high};
}

/* Of a leg, or (leg_count) of the whole. */
static void ranges_of(const audit *a, const leaf_chain *c, size_t row,
                      const dro_chain_total *total, dro_range *time_h,
                      dro_range *cost_usd, dro_range *co2_kg) {
    size_t n = legs_count(a);
    const double *first = c->samples + row * LEG_FIGURES * n;
    *time_h = range_of(first, n, total->time_h);
    *cost_usd = range_of(first + n, n, total->cost_usd);
    *co2_kg = range_of(first + 2 * n, n, total->co2_kg);
}

/* Names of legs belong to the case's facts, which end with the audit. */
static dro_status fill_leg(audit *a, const leaf_chain *c, size_t k, dro_audit_leg *out,
                           dro_error *error) {
    const dro_chain_leg *leg = &c->found.legs[k];
    *out = (dro_audit_leg){.mode = leg->mode,
                           .from_at = leg->from_at,
                           .to_at = leg->to_at,
                           .path = leg->path,
                           .path_count = leg->path_count,
                           .distance_km = leg->distance_km};
    ranges_of(a, c, k, &leg->total, &out->time_h, &out->cost_usd, &out->co2_kg);
    DRO_TRY(audit_format(a, &out->from, error, "%s", leg->from));
    DRO_TRY(audit_format(a, &out->to, error, "%s", leg->to));
    return audit_format(a, &out->what, error, "%s", leg->what);
}

static dro_status describe(audit *a, const leaf *l, const leaf_chain *c,
                           dro_audit_chain *out, dro_error *error) {
    const dro_facts *f = a->worlds[l->world].facts;
    size_t count = c->found.leg_count, commodity = l->wish.commodity;
    dro_audit_leg *legs = dro_arena_alloc(a->arena, count + 1, sizeof *legs);
    if (!legs) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the legs");
    }
    for (size_t k = 0; k < count; k++) {
        DRO_TRY(fill_leg(a, c, k, &legs[k], error));
    }
    *out = (dro_audit_chain){.title = l->title,
                             .scenario = a->worlds[l->world].scenario,
                             .legs = legs,
                             .leg_count = count,
                             .per_teu =
                                 dro_facts_word(f, commodity, DRO_COMMODITY_FORM) == 0};
    ranges_of(a, c, count, &c->found.total, &out->time_h, &out->cost_usd, &out->co2_kg);
    return audit_format(a, &out->commodity, error, "%s",
                        dro_facts_name(f, DRO_KIND_COMMODITY, commodity));
}

dro_status chains_show(audit *a, size_t index, const dro_audit_chain **out,
                       dro_error *error) {
    leaf_chain *c = &a->chains[index];
    if (c->known && !c->shown) {
        dro_audit_chain *made = dro_arena_alloc(a->arena, 1, sizeof *made);
        if (!made) {
            return dro_fail(error, DRO_NOMEM, "out of memory for a chain");
        }
        if (a->options->geometry) {
            const world *w = &a->worlds[a->leaves[index].world];
            DRO_TRY(dro_chain_trace(w->chains, &c->found, a->arena, error));
        }
        DRO_TRY(describe(a, &a->leaves[index], c, made, error));
        c->shown = made;
    }
    *out = c->shown;
    return DRO_OK;
}
