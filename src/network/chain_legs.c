/* From the edges of a path to legs that one can read. */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "network/chain_state.h"
#include "network/network_internal.h"

#define WHAT_MAX 240

typedef struct writer {
    const dro_chain_worker *w;
    const dro_chains *c;
    const dro_facts *f;
    const chain_path *path;
    dro_arena *arena;
    dro_chain_leg *legs;
    size_t count;
} writer;

static const char *keep(const writer *r, const char *text) {
    return dro_arena_strndup(r->arena, text, strlen(text)); /* see check_texts */
}

static const chain_info *info_at(const writer *r, size_t i) {
    return &r->c->info[r->path->edges[i]];
}

static const char *port_name(const writer *r, uint16_t slot) {
    return dro_facts_name(r->f, DRO_KIND_PORT, r->c->port_thing[slot]);
}

static dro_point port_point(const writer *r, uint16_t slot) {
    size_t port = r->c->port_thing[slot];
    return (dro_point){dro_facts_number(r->f, port, DRO_PORT_LAT),
                       dro_facts_number(r->f, port, DRO_PORT_LON)};
}

static dro_point node_point(const writer *r, int node) {
    return (dro_point){dro_facts_number(r->f, (size_t)node, DRO_NODE_LAT),
                       dro_facts_number(r->f, (size_t)node, DRO_NODE_LON)};
}

void chain_link_ends(const dro_chains *c, uint32_t edge, int *from, int *to) {
    size_t link = c->info[edge].thing;
    int a = dro_facts_thing(c->facts, link, DRO_LINK_FROM);
    int b = dro_facts_thing(c->facts, link, DRO_LINK_TO);
    int mode = dro_facts_word(c->facts, link, DRO_LINK_MODE);
    uint32_t at_a = c->node_vertex[(size_t)a * CHAIN_LAND_MODES + (size_t)mode];
    bool forward = c->graph.from[edge] == at_a;
    *from = forward ? a : b;
    *to = forward ? b : a;
}

static void link_ends(const writer *r, size_t i, int *from, int *to) {
    chain_link_ends(r->c, r->path->edges[i], from, to);
}

/* ---- groups of edges --------------------------------------------------------------
 */

static size_t links_from(const writer *r, size_t i) {
    int mode = dro_facts_word(r->f, info_at(r, i)->thing, DRO_LINK_MODE);
    size_t k = i;
    while (k < r->path->edge_count && info_at(r, k)->kind == CHAIN_LINK &&
           dro_facts_word(r->f, info_at(r, k)->thing, DRO_LINK_MODE) == mode) {
        k++;
    }
    return k - i;
}

static size_t sails_from(const writer *r, size_t i) {
    size_t k = i;
    while (k < r->path->edge_count &&
           (info_at(r, k)->kind == CHAIN_SAIL || info_at(r, k)->kind == CHAIN_STAY)) {
        k++;
    }
    return k - i;
}

static void write_links(const writer *r, size_t i, size_t n, dro_chain_leg *leg) {
    char via[WHAT_MAX] = "";
    size_t length = 0;
    int from = 0, to = 0, a = 0, b = 0;
    link_ends(r, i, &from, &to);
    for (size_t k = i; k < i + n; k++) {
        link_ends(r, k, &a, &b);
        leg->distance_km +=
            r->w->figures[chain_figure(r->c, info_at(r, k)->thing, DRO_LINK_LENGTH_KM)];
        if (k + 1 < i + n && length + 40 < sizeof via) {
            int added =
                snprintf(via + length, sizeof via - length, "%s%s", length ? ", " : "",
                         dro_facts_name(r->f, DRO_KIND_NODE, (size_t)b));
            length += added > 0 ? (size_t)added : 0;
        }
        to = b;
    }
    leg->mode =
        (dro_chain_mode)dro_facts_word(r->f, info_at(r, i)->thing, DRO_LINK_MODE);
    leg->from = dro_facts_name(r->f, DRO_KIND_NODE, (size_t)from);
    leg->to = dro_facts_name(r->f, DRO_KIND_NODE, (size_t)to);
    leg->from_at = node_point(r, from);
    leg->to_at = node_point(r, to);
    leg->what = via[0]
                    ? dro_arena_format(r->arena, "by %s", via)
                    : dro_facts_name(r->f, DRO_KIND_CLASS,
                                     (size_t)dro_facts_thing(r->f, info_at(r, i)->thing,
                                                             DRO_LINK_CLASS));
}

static void write_sails(const writer *r, size_t i, size_t n, dro_chain_leg *leg) {
    char calls[WHAT_MAX] = "";
    size_t length = 0, stays = 0;
    int service = dro_facts_thing(r->f, info_at(r, i)->thing, DRO_CALL_SERVICE);
    for (size_t k = i; k < i + n; k++) {
        const chain_info *info = info_at(r, k);
        if (info->kind == CHAIN_STAY) {
            stays++;
            if (length + 40 < sizeof calls) {
                int added = snprintf(calls + length, sizeof calls - length, "%s%s",
                                     length ? ", " : "", port_name(r, info->port));
                length += added > 0 ? (size_t)added : 0;
            }
            continue;
        }
        const chain_sea *sea = &r->c->seas[info->sea];
        leg->distance_km += (sea->nm + sea->canal_nm) * DRO_M_PER_NM / 1000.0;
        leg->passages |= sea->passages;
    }
    leg->mode = DRO_CHAIN_LINER;
    leg->from = port_name(r, info_at(r, i)->port);
    leg->from_at = port_point(r, info_at(r, i)->port);
    leg->to = port_name(r, info_at(r, i + n - 1)->port_to);
    leg->to_at = port_point(r, info_at(r, i + n - 1)->port_to);
    const char *name = dro_facts_name(r->f, DRO_KIND_SERVICE, (size_t)service);
    leg->what =
        stays ? dro_arena_format(r->arena, "%s, calling at %s", name, calls) : name;
}

static void write_voyage(const writer *r, size_t i, dro_chain_leg *leg) {
    const chain_info *info = info_at(r, i);
    const chain_sea *sea = &r->c->seas[info->sea];
    size_t vessel = (size_t)dro_facts_thing(r->f, info->thing, DRO_TRAMP_VESSEL);
    leg->mode = DRO_CHAIN_TRAMP;
    leg->from = port_name(r, info->port);
    leg->to = port_name(r, info->port_to);
    leg->from_at = port_point(r, info->port);
    leg->to_at = port_point(r, info->port_to);
    leg->distance_km = (sea->nm + sea->canal_nm) * DRO_M_PER_NM / 1000.0;
    leg->passages = sea->passages;
    leg->what = dro_facts_name(r->f, DRO_KIND_VESSEL, vessel);
}

static void write_wait(const writer *r, size_t i, dro_chain_leg *leg) {
    const chain_info *info = info_at(r, i);
    leg->from = leg->to = port_name(r, info->port);
    leg->from_at = leg->to_at = port_point(r, info->port);
    leg->mode = DRO_CHAIN_WAIT;
    if (info->kind == CHAIN_BOARD) {
        leg->what = "cut-off and dwell before loading";
    } else if (info->kind == CHAIN_LANDING) {
        leg->what = "unloading and import dwell";
    } else {
        int service = dro_facts_thing(r->f, info->thing, DRO_CALL_SERVICE);
        leg->what =
            dro_arena_format(r->arena, "transshipment to %s",
                             dro_facts_name(r->f, DRO_KIND_SERVICE, (size_t)service));
    }
}

static void word_at(const char *words, int index, char *out, size_t size) {
    for (int i = 0; i < index; i++) {
        words += strcspn(words, "|") + 1;
    }
    (void)snprintf(out, size, "%.*s", (int)strcspn(words, "|"), words);
}

/* The node whose mode's vertex this is. */
static int node_of_vertex(const dro_chains *c, uint32_t vertex) {
    size_t n = dro_facts_count(c->facts, DRO_KIND_NODE) * CHAIN_LAND_MODES;
    for (size_t i = 0; i < n; i++) {
        if (c->node_vertex[i] == vertex) {
            return (int)(i / CHAIN_LAND_MODES);
        }
    }
    return -1;
}

static void write_transfer(const writer *r, size_t i, dro_chain_leg *leg) {
    const chain_info *info = info_at(r, i);
    char from[32], to[32];
    uint32_t edge = r->path->edges[i];
    word_at(DRO_TRANSFER_WORDS,
            dro_facts_word(r->f, info->thing, DRO_TRANSFER_FROM_MODE), from,
            sizeof from);
    word_at(DRO_TRANSFER_WORDS, dro_facts_word(r->f, info->thing, DRO_TRANSFER_TO_MODE),
            to, sizeof to);
    leg->mode = DRO_CHAIN_TRANSFER;
    leg->what = dro_arena_format(r->arena, "%s to %s", from, to);
    if (info->kind == CHAIN_TRANSFER) {
        int node = node_of_vertex(r->c, r->c->graph.from[edge]);
        leg->from = leg->to = dro_facts_name(r->f, DRO_KIND_NODE, (size_t)node);
        leg->from_at = leg->to_at = node_point(r, node);
    } else {
        leg->from = leg->to = port_name(r, info->port);
        leg->from_at = leg->to_at = port_point(r, info->port);
    }
}

static size_t write_leg(writer *r, size_t i) {
    dro_chain_leg *leg = &r->legs[r->count++];
    size_t n = 1;
    switch (info_at(r, i)->kind) {
    case CHAIN_LINK:
        n = links_from(r, i);
        write_links(r, i, n, leg);
        break;
    case CHAIN_SAIL:
    case CHAIN_STAY:
        n = sails_from(r, i);
        write_sails(r, i, n, leg);
        break;
    case CHAIN_VOYAGE:
        write_voyage(r, i, leg);
        break;
    case CHAIN_BOARD:
    case CHAIN_CONNECT:
    case CHAIN_LANDING:
        write_wait(r, i, leg);
        break;
    case CHAIN_TRANSFER:
    case CHAIN_GATE:
    case CHAIN_RELEASE:
    default:
        write_transfer(r, i, leg);
        break;
    }
    leg->first = i;
    leg->count = n;
    for (size_t k = i; k < i + n; k++) {
        uint32_t edge = r->path->edges[k];
        leg->total.time_h += r->w->weights[CHAIN_TIME][edge];
        leg->total.cost_usd += r->w->weights[CHAIN_COST][edge];
        leg->total.co2_kg += r->w->weights[CHAIN_CO2][edge];
    }
    return n;
}

/* Loading at the origin, handing over at the destination. */
static void write_end(writer *r, const dro_chain_place *place, const chain_end *end,
                      const char *what, size_t at) {
    dro_chain_leg *leg = &r->legs[r->count++];
    const char *name = dro_chain_place_name(r->c, place);
    *leg = (dro_chain_leg){.mode = DRO_CHAIN_TRANSFER,
                           .from = keep(r, name),
                           .to = keep(r, name),
                           .what = what,
                           .total = {end->weight[CHAIN_TIME], end->weight[CHAIN_COST],
                                     end->weight[CHAIN_CO2]},
                           .first = at,
                           .from_at = place->at,
                           .to_at = place->at};
}

static void note_ports(const writer *r, dro_chain *out) {
    out->load_port = out->discharge_port = -1;
    for (size_t i = 0; i < r->path->edge_count; i++) {
        const chain_info *info = info_at(r, i);
        bool voyage = info->kind == CHAIN_VOYAGE;
        if (out->load_port < 0 && (info->kind == CHAIN_BOARD || voyage)) {
            out->load_port = (int)r->c->port_thing[info->port];
        }
        if (info->kind == CHAIN_LANDING || voyage) {
            out->discharge_port =
                (int)r->c->port_thing[voyage ? info->port_to : info->port];
        }
        out->passages |= info->sea == CHAIN_NONE ? 0 : r->c->seas[info->sea].passages;
    }
}

static dro_status check_texts(const writer *r, dro_error *error) {
    for (size_t i = 0; i < r->count; i++) {
        if (!r->legs[i].what || !r->legs[i].from || !r->legs[i].to) {
            return dro_fail(error, DRO_NOMEM, "out of memory for the texts of a chain");
        }
    }
    return DRO_OK;
}

dro_status chain_describe(dro_chain_worker *w, const dro_chain_wish *wish,
                          const chain_path *path, dro_arena *arena, dro_chain *out,
                          dro_error *error) {
    writer r = {
        .w = w, .c = w->chains, .f = w->chains->facts, .path = path, .arena = arena};
    r.legs = dro_arena_alloc(arena, path->edge_count + 2, sizeof *r.legs);
    if (!r.legs) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a chain");
    }
    if (!wish->from.quay) {
        write_end(&r, &wish->from, &w->seeds[path->seed], "loading", 0);
    }
    for (size_t i = 0; i < path->edge_count;) {
        i += write_leg(&r, i);
    }
    if (!wish->to.quay) {
        write_end(&r, &wish->to, &w->targets[path->target], "handing over",
                  path->edge_count);
    }
    DRO_TRY(check_texts(&r, error));
    dro_chain chain = {.legs = r.legs,
                       .leg_count = r.count,
                       .edges = path->edges,
                       .edge_count = path->edge_count,
                       .seed = path->seed,
                       .target = path->target,
                       .from = wish->from,
                       .to = wish->to,
                       .total = {path->total[CHAIN_TIME], path->total[CHAIN_COST],
                                 path->total[CHAIN_CO2]}};
    chain.generalised_usd = dro_chain_value(&chain.total, DRO_CHAIN_BY_GENERALISED,
                                            dro_chain_hour_usd(w, wish->commodity));
    note_ports(&r, &chain);
    *out = chain;
    return DRO_OK;
}
