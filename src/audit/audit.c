/* The run: claims read and compiled, leaves asked, verdicts given, causes found. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "audit/chains.h"
#include "audit/claims.h"

#define CAUSES_MAX  6
#define SOURCES_MAX 64

/* ---- causes ------------------------------------------------------------------------
 */

typedef struct cause_of {
    const dro_input *input;
    const dro_facts *facts;
} cause_of;

typedef struct cause_list {
    dro_sampling_input *inputs;
    cause_of *of;
    size_t count, capacity, of_capacity;
} cause_list;

static bool listed(const cause_list *list, uint64_t key) {
    for (size_t i = 0; i < list->count; i++) {
        if (list->inputs[i].key == key) {
            return true;
        }
    }
    return false;
}

/* What the chains of a measure are made of, as stated: only these figures are tried as
 * causes. One that matters only by another chain's becoming better is not seen. */
typedef struct part_set {
    bool *is[DRO_KIND_COUNT]; /* by thing */
} part_set;

static dro_status parts_create(const dro_facts *f, part_set *set, dro_error *error) {
    for (int k = 0; k < DRO_KIND_COUNT; k++) {
        DRO_TRY(dro_new((void **)&set->is[k], dro_facts_count(f, (dro_kind)k) + 1, 1,
                        "causes", error));
    }
    return DRO_OK;
}

static void parts_free(part_set *set) {
    for (int k = 0; k < DRO_KIND_COUNT; k++) {
        dro_free(set->is[k]);
    }
}

static void add_part(part_set *set, dro_kind kind, int thing) {
    if (thing >= 0) {
        set->is[kind][thing] = true;
    }
}

static void add_ship(const dro_facts *f, part_set *set, int vessel) {
    size_t count = 0;
    const dro_vessel *ships = dro_atlas_vessels(dro_facts_atlas(f), &count);
    add_part(set, DRO_KIND_VESSEL, vessel);
    add_part(set, DRO_KIND_FUEL, vessel < 0 ? -1 : ships[vessel].fuel);
}

static void add_edge_parts(const dro_facts *f, part_set *set, dro_kind kind,
                           size_t thing) {
    add_part(set, kind, (int)thing);
    if (kind == DRO_KIND_LINK) {
        add_part(set, DRO_KIND_CLASS, dro_facts_thing(f, thing, DRO_LINK_CLASS));
        add_part(set, DRO_KIND_SEASON, dro_facts_thing(f, thing, DRO_LINK_SEASON));
    } else if (kind == DRO_KIND_CALL) {
        int service = dro_facts_thing(f, thing, DRO_CALL_SERVICE);
        add_part(set, DRO_KIND_SERVICE, service);
        add_ship(f, set, dro_facts_thing(f, (size_t)service, DRO_SERVICE_VESSEL));
        for (size_t t = 0; t < dro_facts_count(f, DRO_KIND_TERMINAL); t++) {
            if (dro_facts_thing(f, t, DRO_TERMINAL_PORT) ==
                dro_facts_thing(f, thing, DRO_CALL_PORT)) {
                add_part(set, DRO_KIND_TERMINAL, (int)t);
            }
        }
    } else if (kind == DRO_KIND_TRAMP) {
        add_ship(f, set, dro_facts_thing(f, thing, DRO_TRAMP_VESSEL));
    }
}

static void add_chain_parts(const audit *a, const leaf *l, part_set *set) {
    const leaf_chain *c = &a->chains[l - a->leaves];
    for (size_t i = 0; i < c->part_count; i++) {
        add_edge_parts(a->worlds[l->world].facts, set, c->parts[i].kind,
                       c->parts[i].thing);
    }
    add_part(set, DRO_KIND_COMMODITY, (int)l->wish.commodity);
}

/* The inputs of one leaf: all factors, passages and transfers, and its parts. */
static dro_status list_leaf_inputs(audit *a, const leaf *l, cause_list *list,
                                   dro_error *error) {
    const world *w = &a->worlds[l->world];
    part_set set = {{NULL}};
    bool chain = l->kind == LEAF_CHAIN || l->kind == LEAF_PORT || l->kind == LEAF_LAND;
    dro_status status = parts_create(w->facts, &set, error);
    if (status == DRO_OK && chain) {
        add_chain_parts(a, l, &set);
    } else if (status == DRO_OK && l->kind == LEAF_FIGURE) {
        add_part(&set, dro_attribute_get(l->attribute)->kind, (int)l->thing);
    }
    for (size_t i = 0; status == DRO_OK && i < w->input_count; i++) {
        const dro_input *input = &w->inputs[i];
        dro_kind kind = dro_attribute_get(input->attribute)->kind;
        bool wide = chain && (kind == DRO_KIND_FACTOR || kind == DRO_KIND_PASSAGE ||
                              kind == DRO_KIND_TRANSFER);
        bool demand = l->kind == LEAF_DEMAND && kind == DRO_KIND_DEMAND;
        if (!(wide || demand || set.is[kind][input->thing]) ||
            listed(list, input->key)) {
            continue;
        }
        status = DRO_RESERVE(list->inputs, list->capacity, list->count + 1, error);
        if (status == DRO_OK) {
            status = DRO_RESERVE(list->of, list->of_capacity, list->count + 1, error);
        }
        if (status == DRO_OK) {
            list->inputs[list->count] = (dro_sampling_input){input->key, input->range};
            list->of[list->count++] = (cause_of){input, w->facts};
        }
    }
    parts_free(&set);
    return status;
}

static dro_status list_inputs(audit *a, const measure *m, cause_list *list,
                              dro_error *error) {
    if (m->op == MEASURE_LEAF) {
        return list_leaf_inputs(a, &a->leaves[m->leaf], list, error);
    }
    for (size_t i = 0; i < m->term_count; i++) {
        DRO_TRY(list_inputs(a, m->terms[i], list, error));
    }
    return DRO_OK;
}

static dro_status keep_causes(audit *a, const cause_list *list, const dro_tornado *rows,
                              dro_audit_claim *out, dro_error *error) {
    dro_audit_cause *causes = dro_arena_alloc(a->arena, CAUSES_MAX, sizeof *causes);
    double noise = 5.0 / (double)a->sampling.count;
    if (!causes) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the causes");
    }
    for (size_t i = 0; i < list->count && out->cause_count < CAUSES_MAX; i++) {
        char name[256];
        size_t k = rows[i].input;
        if (rows[i].share < fmax(noise, 0.01)) {
            break;
        }
        dro_audit_cause *c = &causes[out->cause_count++];
        dro_input_name(list->of[k].facts, list->of[k].input, name, sizeof name);
        DRO_TRY(audit_format(a, &c->input, error, "%s", name));
        c->share = rows[i].share;
        c->at_low = rows[i].at_low;
        c->at_high = rows[i].at_high;
    }
    out->causes = causes;
    return DRO_OK;
}

static bool varies(const double *values, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(values[i])) {
            return false;
        }
    }
    for (size_t i = 1; i < n; i++) {
        if (values[i] != values[0]) {
            return true;
        }
    }
    return false;
}

dro_status claim_causes(audit *a, const measure *m, const double *values,
                        dro_audit_claim *out, dro_error *error) {
    cause_list list = {0};
    dro_tornado *rows = NULL;
    if (a->sampling.count < 20 || !varies(values, a->sampling.count)) {
        return DRO_OK;
    }
    dro_status status = list_inputs(a, m, &list, error);
    if (status == DRO_OK) {
        status = dro_new((void **)&rows, list.count + 1, sizeof *rows, "causes", error);
    }
    if (status == DRO_OK && list.count) {
        status = dro_tornado_make(&a->sampling, list.inputs, list.count, values, rows,
                                  error);
    }
    if (status == DRO_OK) {
        status = keep_causes(a, &list, rows, out, error);
    }
    dro_free(rows);
    dro_free(list.inputs);
    dro_free(list.of);
    return status;
}

/* ---- sources ------------------------------------------------------------------------
 */

typedef struct source_list {
    const dro_source **items;
    size_t count;
} source_list;

static void add_source(const audit *a, const char *id, source_list *list) {
    const dro_source *row =
        id && id[0] ? dro_facts_source(dro_case_facts(a->study), id) : NULL;
    for (size_t i = 0; row && i < list->count; i++) {
        row = list->items[i] == row ? NULL : row;
    }
    if (row && list->count < SOURCES_MAX) {
        list->items[list->count++] = row;
    }
}

static void sources_of_thing(const audit *a, const dro_facts *f, dro_kind kind,
                             size_t thing, source_list *list) {
    add_source(a, dro_facts_origin(f, kind, thing).source, list);
    if (kind == DRO_KIND_LINK) {
        size_t class = (size_t)dro_facts_thing(f, thing, DRO_LINK_CLASS);
        add_source(a, dro_facts_origin(f, DRO_KIND_CLASS, class).source, list);
    } else if (kind == DRO_KIND_CALL) {
        size_t service = (size_t)dro_facts_thing(f, thing, DRO_CALL_SERVICE);
        add_source(a, dro_facts_origin(f, DRO_KIND_SERVICE, service).source, list);
    }
}

/* Those of every part of the chains as stated. */
static void sources_of_measure(const audit *a, const measure *m, source_list *list) {
    if (m->op == MEASURE_LEAF) {
        const leaf *l = &a->leaves[m->leaf];
        const leaf_chain *c = &a->chains[m->leaf];
        bool chain = l->kind == LEAF_CHAIN || l->kind == LEAF_PORT;
        add_source(a, l->source, list);
        for (size_t i = 0; chain && i < c->part_count; i++) {
            sources_of_thing(a, a->worlds[l->world].facts, c->parts[i].kind,
                             c->parts[i].thing, list);
        }
        return;
    }
    for (size_t i = 0; i < m->term_count; i++) {
        sources_of_measure(a, m->terms[i], list);
    }
}

dro_status claim_sources(audit *a, const claim *c, dro_audit_claim *out,
                         dro_error *error) {
    source_list list = {0};
    list.items = dro_arena_alloc(a->arena, SOURCES_MAX, sizeof(dro_source *));
    if (!list.items) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the sources");
    }
    for (size_t i = 0; i < c->source_count; i++) {
        add_source(a, c->sources[i], &list);
    }
    for (size_t i = 0; i < c->figure_count; i++) {
        add_source(a, c->figures[i].source, &list);
    }
    for (size_t i = 0; i < c->trial_count && i < 12; i++) {
        sources_of_measure(a, c->trials[i].measure, &list);
    }
    out->sources = list.items;
    out->source_count = list.count;
    return DRO_OK;
}

/* ---- the run
 * ------------------------------------------------------------------------- */

static dro_status find_file(audit *a, const char **out, dro_error *error) {
    if (a->options->text) {
        *out = "claims.yaml";
        return DRO_OK;
    }
    return a->options->claims ? audit_format(a, out, error, "%s", a->options->claims)
                              : audit_format(a, out, error, "%s/claims.yaml",
                                             dro_case_folder(a->study));
}

/* The causes of the trial that decides. */
static dro_status add_causes(audit *a, const claim *c, dro_audit_claim *out,
                             dro_error *error) {
    size_t main = 0;
    double *values = NULL;
    for (size_t i = 0; i < out->trial_count && c->trial_count; i++) {
        main = out->trials[i].figure.value == out->figure.value ? i : main;
        if (main) {
            break;
        }
    }
    if (!c->trial_count || out->trial_count != c->trial_count) {
        return DRO_OK;
    }
    DRO_TRY(dro_new((void **)&values, a->sampling.count + 1, sizeof *values, "causes",
                    error));
    dro_status status = measure_values(a, c->trials[main].measure, values, error);
    if (status == DRO_OK) {
        status = claim_causes(a, c->trials[main].measure, values, out, error);
    }
    dro_free(values);
    return status;
}

static dro_status judge_all(audit *a, const claim_list *list, dro_audit_result *out,
                            dro_error *error) {
    dro_audit_claim *claims =
        dro_arena_alloc(a->arena, list->count + 1, sizeof *claims);
    if (!claims) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the verdicts");
    }
    for (size_t i = 0; i < list->count; i++) {
        DRO_TRY(claim_judge(a, &list->items[i], &claims[i], error));
        DRO_TRY(add_causes(a, &list->items[i], &claims[i], error));
    }
    out->claims = claims;
    out->claim_count = list->count;
    return DRO_OK;
}

static dro_status keep_notices(audit *a, dro_audit_result *out, dro_error *error) {
    size_t total = 0, n = 0;
    const char *const *texts = NULL;
    for (size_t w = 0; w < a->world_count; w++) {
        total += dro_chains_notices(a->worlds[w].chains, &texts);
    }
    const char **kept = dro_arena_alloc(a->arena, total + 1, sizeof *kept);
    if (!kept) {
        return dro_fail(error, DRO_NOMEM, "out of memory for notices");
    }
    for (size_t w = 0; w < a->world_count; w++) {
        size_t count = dro_chains_notices(a->worlds[w].chains, &texts);
        for (size_t i = 0; i < count; i++) {
            DRO_TRY(audit_format(a, &kept[n++], error, "scenario %s: %s",
                                 a->worlds[w].scenario, texts[i]));
        }
    }
    out->notices = kept;
    out->notice_count = n;
    return DRO_OK;
}

static dro_status run(audit *a, dro_audit_result *out, dro_error *error) {
    claim_list list;
    const char *path = NULL;
    DRO_TRY(dro_arena_create(&a->scratch, error));
    if (!a->options->store) {
        DRO_TRY(dro_store_create(a->session, NULL, &a->store, error));
    }
    DRO_TRY(dro_new((void **)&a->workers, (size_t)a->threads * AUDIT_WORLDS_MAX,
                    sizeof(dro_chain_worker *), "workers", error));
    DRO_TRY(find_file(a, &path, error));
    DRO_TRY(claims_read(a, path, a->options->only, &list, error));
    DRO_TRY(audit_ask(a, error));
    DRO_TRY(judge_all(a, &list, out, error));
    return keep_notices(a, out, error);
}

dro_status dro_audit_run(const dro_case *study, const dro_audit_options *options,
                         dro_arena *arena, dro_audit_result *out, dro_error *error) {
    audit a = {.study = study,
               .session = dro_case_session(study),
               .options = options,
               .arena = arena,
               .sampling = {.seed = options->seed, .count = options->samples},
               .threads = options->threads ? options->threads : dro_cores()};
    dro_audit_result result = {.case_id = dro_case_id(study),
                               .title = dro_case_title(study),
                               .about = dro_case_about(study),
                               .folder = dro_case_folder(study),
                               .samples = options->samples,
                               .seed = options->seed};
    double start = dro_clock_s();
    DRO_TRY(dro_sampling_check(&a.sampling, NULL, 0, error));
    dro_status status = run(&a, &result, error);
    audit_free(&a);
    if (status == DRO_OK) {
        result.seconds = dro_clock_s() - start;
        *out = result;
    }
    return status;
}
