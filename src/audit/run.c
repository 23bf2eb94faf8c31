/* Worlds, leaves and samples: every distinct leaf is asked once a sample. */
#include "audit/run.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "audit/chains.h"
#include "base/arena_format.h"

dro_status audit_format(audit *a, const char **out, dro_error *error,
                        const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    *out = dro_arena_format_list(a->arena, format, arguments);
    va_end(arguments);
    return *out ? DRO_OK : dro_fail(error, DRO_NOMEM, "out of memory for the audit");
}

/* ---- worlds --------------------------------------------------------------------- */

static dro_status make_world(audit *a, const char *scenario, world *w,
                             dro_error *error) {
    dro_prepare_wish wish = {.of = a->study, .scenario = scenario};
    dro_store *store = a->options->store ? a->options->store : a->store;
    DRO_TRY(audit_format(a, &w->scenario, error, "%s", scenario));
    DRO_TRY(dro_store_prepare(store, &wish, &w->ready, error));
    w->facts = dro_prepared_facts(w->ready);
    DRO_TRY(dro_prepared_chains(w->ready, a->options->progress, &w->chains, error));
    w->input_count = dro_chains_inputs(w->chains, &w->inputs);
    return DRO_OK;
}

dro_status audit_world(audit *a, const char *scenario, size_t *out, dro_error *error) {
    if (scenario[0] == '\0') {
        scenario = dro_case_default_scenario(a->study);
    }
    for (size_t i = 0; i < a->world_count; i++) {
        if (strcmp(a->worlds[i].scenario, scenario) == 0) {
            *out = i;
            return DRO_OK;
        }
    }
    if (a->world_count == AUDIT_WORLDS_MAX) {
        return dro_fail(error, DRO_LIMIT, "more than %d scenarios in one claims file",
                        AUDIT_WORLDS_MAX);
    }
    world *w = &a->worlds[a->world_count];
    dro_status status = make_world(a, scenario, w, error);
    if (status != DRO_OK) {
        dro_prepared_release(w->ready);
        *w = (world){0};
        return status;
    }
    *out = a->world_count++;
    return DRO_OK;
}

/* ---- leaves --------------------------------------------------------------------- */

static bool same_place(const dro_chain_place *a, const dro_chain_place *b) {
    return a->node == b->node && a->port == b->port && a->quay == b->quay;
}

static bool same_wish(const dro_chain_wish *a, const dro_chain_wish *b) {
    return same_place(&a->from, &b->from) && same_place(&a->to, &b->to) &&
           a->commodity == b->commodity && a->by == b->by &&
           a->via_port == b->via_port && a->without_port == b->without_port &&
           a->service == b->service && a->connecting == b->connecting &&
           a->by_land == b->by_land;
}

/* What hangs on a chain or on a figure; the rest is cheap to ask twice. */
static bool same_leaf(const leaf *a, const leaf *b) {
    if (a->kind != b->kind || a->world != b->world) {
        return false;
    }
    if (a->kind == LEAF_CHAIN || a->kind == LEAF_PORT) {
        return a->get == b->get && same_wish(&a->wish, &b->wish);
    }
    return a->kind == LEAF_FIGURE && a->attribute == b->attribute &&
           a->thing == b->thing;
}

dro_status audit_leaf(audit *a, const leaf *wanted, size_t *out, dro_error *error) {
    for (size_t i = 0; i < a->leaf_count; i++) {
        if (same_leaf(&a->leaves[i], wanted)) {
            *out = i;
            return DRO_OK;
        }
    }
    DRO_TRY(DRO_RESERVE(a->leaves, a->leaf_capacity, a->leaf_count + 1, error));
    a->leaves[a->leaf_count] = *wanted;
    *out = a->leaf_count++;
    return DRO_OK;
}

/* ---- workers ----------------------------------------------------------------------
 */

static dro_status worker_of(audit *a, unsigned thread, size_t of,
                            dro_chain_worker **out, dro_error *error) {
    dro_chain_worker **slot = &a->workers[(size_t)thread * AUDIT_WORLDS_MAX + of];
    if (!*slot) {
        DRO_TRY(dro_chain_worker_create(a->worlds[of].chains, slot, error));
    }
    *out = *slot;
    return DRO_OK;
}

/* Inputs of a world in a sample. */
static void draw_inputs(const audit *a, const world *w, size_t sample, double *values) {
    for (size_t i = 0; i < w->input_count; i++) {
        const dro_sampling_input input = {w->inputs[i].key, w->inputs[i].range};
        values[i] = dro_sampling_value(&a->sampling, &input, sample);
    }
}

/* The same, taking from the first world's values what the two have in common. */
static void share_inputs(const audit *a, const world *w, size_t sample,
                         const double *first, double *values) {
    for (size_t i = 0; i < w->input_count; i++) {
        const dro_sampling_input input = {w->inputs[i].key, w->inputs[i].range};
        values[i] = w->same[i] == UINT32_MAX
                        ? dro_sampling_value(&a->sampling, &input, sample)
                        : first[w->same[i]];
    }
}

static bool same_range(dro_range a, dro_range b) {
    return a.value == b.value && a.low == b.low && a.high == b.high;
}

/* Which input of the first world each one equals. Worlds list them in one order. */
static dro_status match_inputs(audit *a, dro_error *error) {
    const world *first = &a->worlds[0];
    for (size_t k = 0; k < a->world_count; k++) {
        world *w = &a->worlds[k];
        w->same = dro_arena_alloc(a->arena, w->input_count + 1, sizeof *w->same);
        if (!w->same) {
            return dro_fail(error, DRO_NOMEM, "out of memory for inputs");
        }
        for (size_t i = 0, at = 0; i < w->input_count; i++) {
            const dro_input *input = &w->inputs[i];
            size_t seen = at;
            while (seen < first->input_count && first->inputs[seen].key != input->key) {
                seen++;
            }
            bool found = seen < first->input_count;
            bool same = found && same_range(first->inputs[seen].range, input->range);
            w->same[i] = same ? (uint32_t)seen : UINT32_MAX;
            at = found ? seen + 1 : at;
        }
    }
    return DRO_OK;
}

/* ---- what a leaf says -------------------------------------------------------------
 */

static const char *keep_message(audit *a, const dro_error *error) {
    const char *kept =
        dro_arena_strndup(a->arena, error->message, strlen(error->message));
    return kept ? kept : "";
}

static double chain_figure(const leaf *l, const dro_chain_total *total,
                           double hour_usd) {
    static const dro_chain_by by[] = {[GET_DAYS] = DRO_CHAIN_BY_TIME,
                                      [GET_HOURS] = DRO_CHAIN_BY_TIME,
                                      [GET_USD] = DRO_CHAIN_BY_COST,
                                      [GET_CO2_KG] = DRO_CHAIN_BY_CO2,
                                      [GET_GENERALISED_USD] = DRO_CHAIN_BY_GENERALISED};
    double value = dro_chain_value(total, by[l->get], hour_usd);
    return l->get == GET_DAYS ? value / 24.0 : value;
}

static dro_status ask_chain(dro_chain_worker *w, const leaf *l, double *out,
                            dro_error *error) {
    dro_chain_total total;
    DRO_TRY(dro_chain_measure(w, &l->wish, &total, error));
    *out = chain_figure(l, &total, dro_chain_hour_usd(w, l->wish.commodity));
    return DRO_OK;
}

static bool hangs_on_chain(const leaf *l) {
    return l->kind == LEAF_CHAIN || l->kind == LEAF_PORT || l->kind == LEAF_LAND;
}

/* From the whole chain: also its port of loading, or its kilometres. */
static double read_chain(const dro_chain_worker *w, const leaf *l,
                         const dro_chain *chain) {
    if (l->kind == LEAF_PORT) {
        return (double)chain->load_port;
    }
    if (l->kind == LEAF_CHAIN) {
        return chain_figure(l, &chain->total, dro_chain_hour_usd(w, l->wish.commodity));
    }
    double km = 0.0;
    for (size_t i = 0; i < chain->leg_count; i++) {
        km += chain->legs[i].distance_km;
    }
    return km;
}

static dro_status ask_whole(dro_chain_worker *w, const leaf *l, double *out,
                            dro_error *error) {
    dro_arena *arena = NULL;
    dro_chain chain;
    DRO_TRY(dro_arena_create(&arena, error));
    dro_status status = dro_chain_find(w, &l->wish, arena, &chain, error);
    if (status == DRO_OK) {
        *out = read_chain(w, l, &chain);
    }
    dro_arena_destroy(arena);
    return status;
}

static double ask_demand(const dro_facts *f, const dro_chain_worker *w, const leaf *l) {
    double sum = 0.0;
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_DEMAND); i++) {
        size_t origin = (size_t)dro_facts_thing(f, i, DRO_DEMAND_ORIGIN);
        const char *country = dro_facts_text(f, origin, DRO_NODE_COUNTRY);
        bool wanted = (l->country[0] == '\0' || strcmp(l->country, country) == 0) &&
                      (l->commodity < 0 ||
                       dro_facts_thing(f, i, DRO_DEMAND_COMMODITY) == l->commodity) &&
                      (l->destination < 0 ||
                       dro_facts_thing(f, i, DRO_DEMAND_DESTINATION) == l->destination);
        double value =
            dro_chain_figure(w, i, l->in_teu ? DRO_DEMAND_TEU_Y : DRO_DEMAND_T_Y);
        sum += wanted && !isnan(value) ? value : 0.0;
    }
    return sum;
}

/* Figures that the chains do not sample: the reference's and the published. */
static double own_sample(const audit *a, const dro_facts *f, const leaf *l,
                         size_t sample) {
    dro_range range =
        l->kind == LEAF_NUMBER ? l->range : dro_facts_range(f, l->thing, l->attribute);
    dro_kind kind =
        l->kind == LEAF_NUMBER ? DRO_KIND_COUNT : dro_attribute_get(l->attribute)->kind;
    uint64_t key = l->key;
    if (l->kind != LEAF_NUMBER) {
        const char *id = dro_facts_id(f, kind, l->thing);
        key = dro_hash64(id, strlen(id), 5 + (uint64_t)kind);
    }
    if (sample == a->sampling.count || !(range.low < range.high)) {
        return range.value;
    }
    const dro_sampling_input input = {key, range};
    return dro_sampling_value(&a->sampling, &input, sample);
}

static dro_status ask_leaf(const audit *a, const leaf *l, dro_chain_worker *w,
                           size_t sample, double *out, dro_error *error) {
    const dro_facts *f = a->worlds[l->world].facts;
    switch (l->kind) {
    case LEAF_CHAIN:
        return ask_chain(w, l, out, error);
    case LEAF_PORT:
    case LEAF_LAND:
        return ask_whole(w, l, out, error);
    case LEAF_DEMAND:
        *out = ask_demand(f, w, l);
        return DRO_OK;
    case LEAF_FIGURE: {
        dro_kind kind = dro_attribute_get(l->attribute)->kind;
        bool own = kind == DRO_KIND_REFERENCE || kind == DRO_KIND_PUBLISHED;
        dro_attribute_type type = dro_attribute_get(l->attribute)->type;
        if (type == DRO_ATTRIBUTE_WORD || type == DRO_ATTRIBUTE_FLAG) {
            bool first = dro_facts_word(f, l->thing, l->attribute) == 0;
            *out = (type == DRO_ATTRIBUTE_WORD) == first ? 1.0 : 0.0;
        } else {
            *out = own ? own_sample(a, f, l, sample)
                       : dro_chain_figure(w, l->thing, l->attribute);
        }
        return DRO_OK;
    }
    case LEAF_NUMBER:
        *out = own_sample(a, f, l, sample);
        return DRO_OK;
    case LEAF_CIRCLE:
    case LEAF_SEA:
    case LEAF_BERTH:
    case LEAF_POSITION:
    default:
        *out = l->sure;
        return DRO_OK;
    }
}

/* ---- leaves that do not hang on the sample ------------------------------------------
 */

static dro_status sea_km(audit *a, leaf *l, dro_error *error) {
    dro_sea_rules_options options = DRO_SEA_RULES_OPTIONS_INIT;
    dro_sea_rules *rules = NULL;
    dro_sea *sea = NULL;
    dro_sea_path path;
    dro_error local = DRO_ERROR_INIT;
    options.soft_shoals = true;
    options.closed = dro_facts_closed_mask(a->worlds[l->world].facts);
    const dro_chart *chart = dro_session_chart(a->session);
    dro_status status = dro_sea_rules_create(chart, &options, &rules, error);
    if (status == DRO_OK) {
        status = dro_sea_create(chart, &sea, error);
    }
    if (status == DRO_OK) {
        dro_sea_end from = {l->a, -1}, to = {l->b, -1};
        status = dro_sea_route(sea, rules, from, to, &path, &local);
        if (status == DRO_OK) {
            l->sure = path.distance_m / 1000.0;
        } else if (status == DRO_NO_ANSWER || status == DRO_INVALID) {
            l->why_not = keep_message(a, &local);
            status = DRO_OK;
        }
    }
    dro_sea_destroy(sea);
    dro_sea_rules_destroy(rules);
    return status;
}

typedef struct limit { /* of a berth */
    const char *what;
    double ship, port;
} limit;

static void berth(audit *a, leaf *l) {
    const dro_facts *f = a->worlds[l->world].facts;
    size_t count = 0, p = l->thing;
    const dro_vessel *v = &dro_atlas_vessels(dro_facts_atlas(f), &count)[l->vessel];
    double ukc = dro_facts_number(f, p, DRO_PORT_UKC_M);
    double under = v->draft_m + (isnan(ukc) ? 0.0 : ukc);
    const limit limits[] = {
        {"draught and under-keel clearance alongside, m", under,
         dro_facts_number(f, p, DRO_PORT_ALONGSIDE_M)},
        {"draught and under-keel clearance in the channel, m", under,
         dro_facts_number(f, p, DRO_PORT_CHANNEL_M)},
        {"draught, m", v->draft_m, dro_facts_number(f, p, DRO_PORT_MAX_DRAFT_M)},
        {"length, m", v->loa_m, dro_facts_number(f, p, DRO_PORT_MAX_LOA_M)},
        {"beam, m", v->beam_m, dro_facts_number(f, p, DRO_PORT_MAX_BEAM_M)},
        {"crane reach, rows", v->crane_rows,
         dro_facts_number(f, p, DRO_PORT_CRANE_ROWS)}};
    char text[512] = "";
    size_t length = 0;
    bool known = false;
    bool open = dro_facts_word(f, p, DRO_PORT_STATUS) == (int)DRO_PORT_OPEN;
    l->sure = open ? 1.0 : 0.0;
    if (!open) {
        length = (size_t)snprintf(text, sizeof text, "the port is not open");
    }
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        known = known || (!isnan(limits[i].port) && !isnan(limits[i].ship));
        if (limits[i].ship > limits[i].port && length + 80 < sizeof text) {
            l->sure = 0.0;
            length += (size_t)snprintf(text + length, sizeof text - length,
                                       "%s%s %.1f against %.1f", length ? "; " : "",
                                       limits[i].what, limits[i].ship, limits[i].port);
        }
    }
    if (!known) {
        l->sure = (double)NAN;
        l->why_not = "nothing is known of the port's limits";
    }
    const char *kept = dro_arena_strndup(a->arena, text, strlen(text));
    l->binds = kept ? kept : "";
}

static dro_status make_sure(audit *a, leaf *l, dro_error *error) {
    switch (l->kind) {
    case LEAF_CIRCLE:
        l->sure = dro_geo_distance_m(l->a, l->b) / 1000.0;
        return DRO_OK;
    case LEAF_POSITION:
        l->sure = l->latitude ? l->a.lat_deg : l->a.lon_deg;
        return DRO_OK;
    case LEAF_SEA:
        return sea_km(a, l, error);
    case LEAF_BERTH:
        berth(a, l);
        return DRO_OK;
    case LEAF_NUMBER:
    case LEAF_FIGURE:
    case LEAF_CHAIN:
    case LEAF_PORT:
    case LEAF_LAND:
    case LEAF_DEMAND:
    default:
        return DRO_OK;
    }
}

/* ---- all samples
 * ---------------------------------------------------------------------
 */

typedef struct thread_room {
    double *inputs, *first; /* of a world; of the first */
    dro_chain_total *reach; /* of every node */
    int *load_port;         /* of every node */
    dro_chain_total *legs;  /* of a chain */
} thread_room;

typedef struct asking {
    audit *a;
    size_t *order;   /* leaves by world, then commodity, then question */
    uint64_t *group; /* in that order */
    thread_room *rooms;
} asking;

static size_t commodity_of(const leaf *l) {
    return hangs_on_chain(l) ? l->wish.commodity : 0;
}

/* The worker of a leaf's world with the figures of the sample. */
static dro_status set_world(asking *q, const leaf *l, size_t sample, unsigned thread,
                            size_t *set, dro_chain_worker **w, dro_error *error) {
    audit *a = q->a;
    bool stated = sample == a->sampling.count;
    DRO_TRY(worker_of(a, thread, l->world, w, error));
    if (*set == l->world) {
        return DRO_OK;
    }
    if (!stated && *set == SIZE_MAX) {
        draw_inputs(a, &a->worlds[0], sample, q->rooms[thread].first);
    }
    if (!stated) {
        share_inputs(a, &a->worlds[l->world], sample, q->rooms[thread].first,
                     q->rooms[thread].inputs);
    }
    dro_chain_set(*w, stated ? NULL : q->rooms[thread].inputs);
    *set = l->world;
    return DRO_OK;
}

/* As stated: the chain is kept, and so is the reason where there is none. */
static dro_status ask_stated(audit *a, size_t index, dro_chain_worker *w, double *out,
                             dro_error *error) {
    leaf *l = &a->leaves[index];
    dro_error local = DRO_ERROR_INIT;
    dro_status status = DRO_OK;
    if (hangs_on_chain(l)) {
        status = chains_find(a, index, w, &local);
        *out = status == DRO_OK ? read_chain(w, l, &a->chains[index].found) : *out;
    } else {
        status = ask_leaf(a, l, w, a->sampling.count, out, &local);
    }
    if (status == DRO_NO_ANSWER) {
        l->why_not = keep_message(a, &local);
        return DRO_OK;
    }
    return status == DRO_OK ? DRO_OK : dro_fail(error, status, "%s", local.message);
}

static dro_status ask_one(audit *a, size_t index, dro_chain_worker *w, size_t sample,
                          dro_error *error) {
    double *out = &a->values[index][sample];
    if (sample == a->sampling.count) {
        return ask_stated(a, index, w, out, error);
    }
    dro_error local = DRO_ERROR_INIT;
    dro_status status = ask_leaf(a, &a->leaves[index], w, sample, out, &local);
    return status == DRO_OK || status == DRO_NO_ANSWER
               ? DRO_OK
               : dro_fail(error, status, "%s", local.message);
}

/* One search for all places of a group; what has no way was found as stated. */
static dro_status ask_group(asking *q, size_t from, size_t to, dro_chain_worker *w,
                            size_t sample, unsigned thread, dro_error *error) {
    audit *a = q->a;
    thread_room *room = &q->rooms[thread];
    const dro_chain_wish *wish = &a->leaves[q->order[from]].wish;
    DRO_TRY(dro_chain_reach(w, wish, room->reach, room->load_port, error));
    double hour_usd = dro_chain_hour_usd(w, wish->commodity);
    for (size_t i = from; i < to; i++) {
        const leaf *l = &a->leaves[q->order[i]];
        size_t node = (size_t)l->wish.from.node;
        a->values[q->order[i]][sample] =
            l->kind == LEAF_PORT ? (double)room->load_port[node]
                                 : chain_figure(l, &room->reach[node], hour_usd);
    }
    return DRO_OK;
}

enum {
    GROUP = 4 /* from so many places on one search is quicker */
};

/* As far as the leaves have the same question and all an answer. */
static size_t group_end(const asking *q, size_t from, size_t sample) {
    const audit *a = q->a;
    size_t to = from;
    while (sample < a->sampling.count && q->group[from] && to < a->leaf_count &&
           q->group[to] == q->group[from] &&
           a->leaves[q->order[to]].world == a->leaves[q->order[from]].world &&
           commodity_of(&a->leaves[q->order[to]]) ==
               commodity_of(&a->leaves[q->order[from]]) &&
           !a->leaves[q->order[to]].why_not) {
        to++;
    }
    return to;
}

/* Leaves that one search answers, or one leaf; *at goes behind them. */
static dro_status ask_next(asking *q, size_t *at, dro_chain_worker *w, size_t sample,
                           unsigned thread, dro_error *error) {
    audit *a = q->a;
    size_t from = *at, end = group_end(q, from, sample), leg = 0;
    if (end >= from + GROUP) {
        DRO_TRY(ask_group(q, from, end, w, sample, thread, error));
    } else {
        end = from + 1;
        DRO_TRY(ask_one(a, q->order[from], w, sample, error));
    }
    bool legs = sample < a->sampling.count && legs_sample(a, sample, &leg);
    for (size_t i = from; legs && i < end; i++) {
        chains_reprice(a, q->order[i], w, leg, q->rooms[thread].legs);
    }
    *at = end;
    return DRO_OK;
}

static dro_status ask_sample(void *context, size_t sample, unsigned thread,
                             dro_error *error) {
    asking *q = context;
    audit *a = q->a;
    size_t set = SIZE_MAX;
    for (size_t i = 0; i < a->leaf_count;) {
        const leaf *l = &a->leaves[q->order[i]];
        dro_chain_worker *w = NULL;
        a->values[q->order[i]][sample] = (double)NAN;
        if (l->why_not) {
            i++;
            continue;
        }
        DRO_TRY(set_world(q, l, sample, thread, &set, &w, error));
        DRO_TRY(ask_next(q, &i, w, sample, thread, error));
    }
    return DRO_OK;
}

typedef struct sort_key {
    size_t world, commodity, leaf;
    uint64_t group; /* leaves of one question from many places; 0: none */
} sort_key;

static int by_world(const void *p, const void *q) {
    const sort_key *a = p, *b = q;
    if (a->world != b->world) {
        return a->world < b->world ? -1 : 1;
    }
    if (a->commodity != b->commodity) {
        return a->commodity < b->commodity ? -1 : 1;
    }
    if (a->group != b->group) {
        return a->group < b->group ? -1 : 1;
    }
    return (a->leaf > b->leaf) - (a->leaf < b->leaf);
}

/* Chains to one place from the doors of many are one search from that place. */
static uint64_t group_of(const leaf *l) {
    const dro_chain_wish *w = &l->wish;
    bool total = l->kind == LEAF_CHAIN || (l->kind == LEAF_PORT && w->via_port < 0);
    if (!total || w->from.node < 0 || w->from.quay) {
        return 0;
    }
    const int64_t key[] = {w->to.node,     w->to.port,    w->to.quay,
                           (int64_t)w->by, w->via_port,   w->without_port,
                           w->service,     w->connecting, w->by_land};
    return dro_hash64(key, sizeof key, 3) | 1u;
}

static dro_status order_leaves(const audit *a, asking *q, dro_error *error) {
    sort_key *keys = NULL;
    DRO_TRY(dro_new((void **)&keys, a->leaf_count + 1, sizeof *keys, "audit", error));
    for (size_t i = 0; i < a->leaf_count; i++) {
        const leaf *l = &a->leaves[i];
        keys[i] = (sort_key){l->world, commodity_of(l), i, group_of(l)};
    }
    qsort(keys, a->leaf_count, sizeof *keys, by_world);
    for (size_t i = 0; i < a->leaf_count; i++) {
        q->order[i] = keys[i].leaf;
        q->group[i] = keys[i].group;
    }
    dro_free(keys);
    return DRO_OK;
}

static dro_status make_thread_room(const audit *a, thread_room *room,
                                   dro_error *error) {
    size_t nodes = 1, inputs = 1;
    for (size_t i = 0; i < a->world_count; i++) {
        const world *w = &a->worlds[i];
        size_t here = dro_facts_count(w->facts, DRO_KIND_NODE);
        nodes = here > nodes ? here : nodes;
        inputs = w->input_count > inputs ? w->input_count : inputs;
    }
    DRO_TRY(
        dro_new((void **)&room->inputs, inputs, sizeof *room->inputs, "audit", error));
    DRO_TRY(
        dro_new((void **)&room->first, inputs, sizeof *room->first, "audit", error));
    DRO_TRY(dro_new((void **)&room->reach, nodes, sizeof *room->reach, "audit", error));
    return dro_new((void **)&room->load_port, nodes, sizeof *room->load_port, "audit",
                   error);
}

static dro_status make_room(audit *a, asking *q, dro_error *error) {
    DRO_TRY(dro_new((void **)&q->group, a->leaf_count + 1, sizeof *q->group, "audit",
                    error));
    DRO_TRY(dro_new((void **)&q->order, a->leaf_count + 1, sizeof *q->order, "audit",
                    error));
    DRO_TRY(dro_new((void **)&q->rooms, a->threads, sizeof *q->rooms, "audit", error));
    for (unsigned i = 0; i < a->threads; i++) {
        DRO_TRY(make_thread_room(a, &q->rooms[i], error));
    }
    DRO_TRY(match_inputs(a, error));
    DRO_TRY(dro_new((void **)&a->chains, a->leaf_count + 1, sizeof *a->chains, "audit",
                    error));
    DRO_TRY(dro_new((void **)&a->values, a->leaf_count + 1, sizeof *a->values, "audit",
                    error));
    for (size_t i = 0; i < a->leaf_count; i++) {
        DRO_TRY(dro_new((void **)&a->values[i], a->sampling.count + 1, sizeof(double),
                        "audit", error));
    }
    return order_leaves(a, q, error);
}

/* For the longest of the chains that were found as stated. */
static dro_status make_leg_room(const audit *a, asking *q, dro_error *error) {
    size_t most = 1;
    for (size_t i = 0; i < a->leaf_count; i++) {
        size_t here = a->chains[i].found.leg_count;
        most = here > most ? here : most;
    }
    for (unsigned i = 0; i < a->threads; i++) {
        thread_room *room = &q->rooms[i];
        DRO_TRY(
            dro_new((void **)&room->legs, most, sizeof *room->legs, "audit", error));
    }
    return DRO_OK;
}

static void free_asking(asking *q) {
    for (unsigned i = 0; q->rooms && i < q->a->threads; i++) {
        dro_free(q->rooms[i].inputs);
        dro_free(q->rooms[i].first);
        dro_free(q->rooms[i].reach);
        dro_free(q->rooms[i].load_port);
        dro_free(q->rooms[i].legs);
    }
    dro_free(q->rooms);
    dro_free(q->order);
    dro_free(q->group);
}

dro_status audit_ask(audit *a, dro_error *error) {
    asking q = {.a = a};
    dro_status status = make_room(a, &q, error);
    for (size_t i = 0; status == DRO_OK && i < a->leaf_count; i++) {
        status = make_sure(a, &a->leaves[i], error);
    }
    if (status == DRO_OK) { /* as stated first: it finds what has no way */
        status = ask_sample(&q, a->sampling.count, 0, error);
    }
    if (status == DRO_OK) {
        status = make_leg_room(a, &q, error);
    }
    if (status == DRO_OK) {
        status = dro_sampling_run(&a->sampling, a->threads, ask_sample, &q,
                                  a->options->progress, error);
    }
    free_asking(&q);
    return status;
}

void audit_free(audit *a) {
    for (size_t i = 0; a->workers && i < (size_t)a->threads * AUDIT_WORLDS_MAX; i++) {
        dro_chain_worker_destroy(a->workers[i]);
    }
    dro_free(a->workers);
    for (size_t i = 0; a->values && i < a->leaf_count; i++) {
        dro_free(a->values[i]);
    }
    dro_free(a->values);
    dro_free(a->leaves);
    dro_free(a->chains);
    dro_arena_destroy(a->scratch);
    for (size_t i = 0; i < a->world_count; i++) {
        dro_prepared_release(a->worlds[i].ready);
    }
    dro_store_destroy(a->store);
}
