/*
 * The graph of the chains. A node of the land is one vertex a mode; a port is a yard
 * for what leaves and one for what arrives; a call is the ship's arriving and leaving.
 */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "network/chain_state.h"

dro_status chain_notice(dro_chains *c, dro_error *error, const char *format, ...) {
    char text[DRO_ERROR_MAX];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    DRO_TRY(DRO_RESERVE(c->notices, c->notice_capacity, c->notice_count + 1, error));
    char *kept = dro_strdup(text);
    if (!kept) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a notice");
    }
    c->notices[c->notice_count++] = kept;
    return DRO_OK;
}

static dro_status add_edge(dro_chains *c, chain_edge edge, chain_info info,
                           dro_error *error) {
    DRO_TRY(DRO_RESERVE(c->edges, c->edge_capacity, c->edge_count + 1, error));
    DRO_TRY(DRO_RESERVE(c->info, c->info_capacity, c->edge_count + 1, error));
    c->edges[c->edge_count] = edge;
    c->info[c->edge_count++] = info;
    return DRO_OK;
}

/* ---- ports -------------------------------------------------------------------- */

static dro_status port_slot(dro_chains *c, int port, uint16_t *out, dro_error *error) {
    if (c->port_slot[port] == CHAIN_NO_PORT) {
        if (c->port_count >= CHAIN_NO_PORT) {
            return dro_fail(error, DRO_LIMIT, "more than %d ports", CHAIN_NO_PORT);
        }
        DRO_TRY(DRO_RESERVE(c->port_thing, c->port_capacity, c->port_count + 1, error));
        c->port_slot[port] = (uint16_t)c->port_count;
        c->port_thing[c->port_count++] = (uint32_t)port;
    }
    *out = c->port_slot[port];
    return DRO_OK;
}

/* Ports that nodes, terminals, calls or demand name. */
static dro_status list_ports(dro_chains *c, dro_error *error) {
    static const dro_attribute_id names[] = {DRO_NODE_PORT, DRO_TERMINAL_PORT,
                                             DRO_CALL_PORT, DRO_DEMAND_DESTINATION};
    const dro_facts *f = c->facts;
    size_t ports = dro_facts_count(f, DRO_KIND_PORT);
    DRO_TRY(
        dro_new((void **)&c->port_slot, ports, sizeof *c->port_slot, "ports", error));
    memset(c->port_slot, 0xff, ports * sizeof *c->port_slot);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        size_t count = dro_facts_count(f, dro_attribute_get(names[k])->kind);
        for (size_t i = 0; i < count; i++) {
            uint16_t slot;
            int port = dro_facts_thing(f, i, names[k]);
            if (port >= 0) {
                DRO_TRY(port_slot(c, port, &slot, error));
            }
        }
    }
    return DRO_OK;
}

static dro_status make_ports(dro_chains *c, dro_error *error) {
    const dro_facts *f = c->facts;
    DRO_TRY(list_ports(c, error));
    size_t n = c->port_count;
    DRO_TRY(dro_new((void **)&c->port_out, n, 4, "ports", error));
    DRO_TRY(dro_new((void **)&c->port_in, n, 4, "ports", error));
    DRO_TRY(dro_new((void **)&c->port_terminal, n, 4, "ports", error));
    DRO_TRY(dro_new((void **)&c->port_node, n, 4, "ports", error));
    for (size_t i = 0; i < n; i++) {
        c->port_out[i] = c->vertex_count++;
        c->port_in[i] = c->vertex_count++;
        c->port_terminal[i] = c->port_node[i] = -1;
    }
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_TERMINAL); i++) {
        c->port_terminal[c->port_slot[dro_facts_thing(f, i, DRO_TERMINAL_PORT)]] =
            (int32_t)i;
    }
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_NODE); i++) {
        int port = dro_facts_thing(f, i, DRO_NODE_PORT);
        if (port >= 0) {
            c->port_node[c->port_slot[port]] = (int32_t)i;
        }
    }
    return DRO_OK;
}

static bool port_open(const dro_chains *c, uint16_t slot) {
    return dro_facts_word(c->facts, c->port_thing[slot], DRO_PORT_STATUS) ==
           (int)DRO_PORT_OPEN;
}

/* ---- the land -------------------------------------------------------------------- */

static uint32_t node_vertex(dro_chains *c, int node, int mode) {
    uint32_t *at = &c->node_vertex[(size_t)node * CHAIN_LAND_MODES + (size_t)mode];
    if (*at == CHAIN_NONE) {
        *at = c->vertex_count++;
    }
    return *at;
}

static dro_status add_links(dro_chains *c, dro_error *error) {
    const dro_facts *f = c->facts;
    size_t nodes = dro_facts_count(f, DRO_KIND_NODE) * CHAIN_LAND_MODES;
    DRO_TRY(dro_new((void **)&c->node_vertex, nodes, 4, "nodes", error));
    memset(c->node_vertex, 0xff, nodes * 4);
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_LINK); i++) {
        int mode = dro_facts_word(f, i, DRO_LINK_MODE);
        uint32_t a = node_vertex(c, dro_facts_thing(f, i, DRO_LINK_FROM), mode);
        uint32_t b = node_vertex(c, dro_facts_thing(f, i, DRO_LINK_TO), mode);
        chain_info info = {CHAIN_LINK, (uint32_t)i, CHAIN_NONE, CHAIN_NO_PORT,
                           CHAIN_NO_PORT};
        if (dro_facts_word(f, i, DRO_LINK_STATE) != 0) {
            continue; /* planned or closed */
        }
        chain_edge edge = {a, b, CHAIN_NO_PORT, (uint8_t)mode, 0};
        DRO_TRY(add_edge(c, edge, info, error));
        if (!dro_facts_flag(f, i, DRO_LINK_ONEWAY)) {
            edge.from = b;
            edge.to = a;
            DRO_TRY(add_edge(c, edge, info, error));
        }
    }
    return DRO_OK;
}

/* ---- transfers: origin 0, destination 1, sea 2, then the modes ---------------------
 */

static dro_status list_transfers(dro_chains *c, dro_error *error) {
    const dro_facts *f = c->facts;
    DRO_TRY(dro_new((void **)&c->own_transfers, dro_facts_count(f, DRO_KIND_NODE) + 1,
                    sizeof *c->own_transfers, "transfers", error));
    memset(c->default_transfer, 0xff, sizeof c->default_transfer);
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_TRANSFER); i++) {
        int node = dro_facts_thing(f, i, DRO_TRANSFER_NODE);
        if (node >= 0) {
            c->own_transfers[node] = true;
        } else {
            c->default_transfer[dro_facts_word(f, i, DRO_TRANSFER_FROM_MODE)]
                               [dro_facts_word(f, i, DRO_TRANSFER_TO_MODE)] = (int)i;
        }
    }
    return DRO_OK;
}

int chain_transfer_at(const dro_chains *c, int node, int from, int to) {
    const dro_facts *f = c->facts;
    bool own = node >= 0 && c->own_transfers[node];
    for (size_t i = 0; own && i < dro_facts_count(f, DRO_KIND_TRANSFER); i++) {
        if (dro_facts_thing(f, i, DRO_TRANSFER_NODE) == node &&
            dro_facts_word(f, i, DRO_TRANSFER_FROM_MODE) == from &&
            dro_facts_word(f, i, DRO_TRANSFER_TO_MODE) == to) {
            return (int)i;
        }
    }
    return c->default_transfer[from][to];
}

static dro_status add_transfer(dro_chains *c, int node, int from, int to,
                               chain_kind kind, uint32_t a, uint32_t b, uint16_t port,
                               dro_error *error) {
    int transfer = chain_transfer_at(c, node, from, to);
    if (transfer < 0) {
        return DRO_OK;
    }
    chain_edge edge = {a, b, port, CHAIN_NO_MODE, 0};
    chain_info info = {kind, (uint32_t)transfer, CHAIN_NONE, port, CHAIN_NO_PORT};
    return add_edge(c, edge, info, error);
}

static dro_status add_transfers(dro_chains *c, dro_error *error) {
    for (size_t n = 0; n < dro_facts_count(c->facts, DRO_KIND_NODE); n++) {
        const uint32_t *at = &c->node_vertex[n * CHAIN_LAND_MODES];
        int port = dro_facts_thing(c->facts, n, DRO_NODE_PORT);
        for (int a = 0; a < CHAIN_LAND_MODES; a++) {
            for (int b = 0; at[a] != CHAIN_NONE && b < CHAIN_LAND_MODES; b++) {
                if (a != b && at[b] != CHAIN_NONE) {
                    DRO_TRY(add_transfer(c, (int)n, a + 3, b + 3, CHAIN_TRANSFER, at[a],
                                         at[b], CHAIN_NO_PORT, error));
                }
            }
            if (at[a] == CHAIN_NONE || port < 0 || !port_open(c, c->port_slot[port])) {
                continue;
            }
            uint16_t slot = c->port_slot[port];
            DRO_TRY(add_transfer(c, (int)n, a + 3, 2, CHAIN_GATE, at[a],
                                 c->port_out[slot], slot, error));
            DRO_TRY(add_transfer(c, (int)n, 2, a + 3, CHAIN_RELEASE, c->port_in[slot],
                                 at[a], slot, error));
        }
    }
    return DRO_OK;
}

/* ---- liner services ---------------------------------------------------------------
 */

/* With a date the dates decide, unless it is only planned; without, the state. */
bool dro_chains_in_force(const dro_facts *f, size_t service, const char *date) {
    enum {
        EXISTING,
        PLANNED
    };
    const char *from = dro_facts_text(f, service, DRO_SERVICE_FROM_DATE);
    const char *to = dro_facts_text(f, service, DRO_SERVICE_TO_DATE);
    int state = dro_facts_word(f, service, DRO_SERVICE_STATE);
    if (!date || state == PLANNED) {
        return state == EXISTING;
    }
    return (from[0] == '\0' || strcmp(from, date) <= 0) &&
           (to[0] == '\0' || strcmp(date, to) <= 0) &&
           (state == EXISTING || from[0] != '\0');
}

/* The call of the same service with the next greater number, or with the least. */
static uint32_t next_call(const dro_facts *f, size_t call) {
    int service = dro_facts_thing(f, call, DRO_CALL_SERVICE);
    double here = dro_facts_number(f, call, DRO_CALL_SEQ);
    size_t first = call, next = call;
    double least = here, above = (double)INFINITY;
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_CALL); i++) {
        double seq = dro_facts_number(f, i, DRO_CALL_SEQ);
        if (dro_facts_thing(f, i, DRO_CALL_SERVICE) != service) {
            continue;
        }
        if (seq < least) {
            least = seq;
            first = i;
        }
        if (seq > here && seq < above) {
            above = seq;
            next = i;
        }
    }
    return (uint32_t)(isfinite(above) ? next : first);
}

static uint8_t liner_mode(int service) {
    int most = (int)CHAIN_MODES - 1 - CHAIN_LINER_MODE;
    return (uint8_t)(CHAIN_LINER_MODE + (service < most ? service : most));
}

static dro_status add_call(dro_chains *c, size_t call, dro_error *error) {
    const dro_facts *f = c->facts;
    int service = dro_facts_thing(f, call, DRO_CALL_SERVICE);
    uint16_t slot = c->port_slot[dro_facts_thing(f, call, DRO_CALL_PORT)];
    uint32_t next = c->call_next[call];
    uint16_t to = c->port_slot[dro_facts_thing(f, next, DRO_CALL_PORT)];
    uint32_t arrive = c->call_arrive[call], depart = c->call_depart[call], sea = 0;
    uint8_t mode = liner_mode(service);
    chain_info info = {CHAIN_STAY, (uint32_t)call, CHAIN_NONE, slot, CHAIN_NO_PORT};
    chain_edge edge = {arrive, depart, CHAIN_NO_PORT, mode, 0};
    DRO_TRY(add_edge(c, edge, info, error));
    if (port_open(c, slot)) {
        info.kind = CHAIN_BOARD;
        edge = (chain_edge){c->port_out[slot], depart, slot, mode, 0};
        DRO_TRY(add_edge(c, edge, info, error));
        info.kind = CHAIN_LANDING;
        edge = (chain_edge){arrive, c->port_in[slot], slot, mode, 0};
        DRO_TRY(add_edge(c, edge, info, error));
    }
    DRO_TRY(chain_sea_add(
        c, slot, to, (uint32_t)dro_facts_thing(f, (size_t)service, DRO_SERVICE_VESSEL),
        &sea, error));
    info = (chain_info){CHAIN_SAIL, (uint32_t)call, sea, slot, to};
    edge = (chain_edge){depart, c->call_arrive[next], CHAIN_NO_PORT, mode, 0};
    return add_edge(c, edge, info, error);
}

static dro_status add_connections(dro_chains *c, size_t from, dro_error *error) {
    const dro_facts *f = c->facts;
    int port = dro_facts_thing(f, from, DRO_CALL_PORT);
    int service = dro_facts_thing(f, from, DRO_CALL_SERVICE);
    if (!port_open(c, c->port_slot[port])) {
        return DRO_OK;
    }
    for (size_t to = 0; to < dro_facts_count(f, DRO_KIND_CALL); to++) {
        int other = dro_facts_thing(f, to, DRO_CALL_SERVICE);
        if (other == service || !c->service_active[other] ||
            dro_facts_thing(f, to, DRO_CALL_PORT) != port) {
            continue;
        }
        uint16_t slot = c->port_slot[port];
        chain_edge edge = {c->call_arrive[from], c->call_depart[to], slot,
                           liner_mode(other), 0};
        chain_info info = {CHAIN_CONNECT, (uint32_t)to, CHAIN_NONE, slot,
                           CHAIN_NO_PORT};
        DRO_TRY(add_edge(c, edge, info, error));
    }
    return DRO_OK;
}

static dro_status add_services(dro_chains *c, const char *date, dro_error *error) {
    const dro_facts *f = c->facts;
    size_t calls = dro_facts_count(f, DRO_KIND_CALL);
    size_t services = dro_facts_count(f, DRO_KIND_SERVICE);
    DRO_TRY(dro_new((void **)&c->service_active, services, 1, "services", error));
    DRO_TRY(dro_new((void **)&c->call_arrive, calls, 4, "calls", error));
    DRO_TRY(dro_new((void **)&c->call_depart, calls, 4, "calls", error));
    DRO_TRY(dro_new((void **)&c->call_next, calls, 4, "calls", error));
    for (size_t i = 0; i < services; i++) {
        c->service_active[i] = dro_chains_in_force(f, i, date);
    }
    for (size_t i = 0; i < calls; i++) {
        c->call_arrive[i] = c->vertex_count++;
        c->call_depart[i] = c->vertex_count++;
        c->call_next[i] = next_call(f, i);
    }
    for (size_t i = 0; i < calls; i++) {
        if (c->service_active[dro_facts_thing(f, i, DRO_CALL_SERVICE)]) {
            DRO_TRY(add_call(c, i, error));
            DRO_TRY(add_connections(c, i, error));
        }
    }
    return DRO_OK;
}

/* ---- tramp voyages ------------------------------------------------------------------
 */

/* Bulk is loaded where the land brings it, and unloaded at a port without land of its
 * own in the network or to which there is demand. */
typedef struct bulk_port {
    bool loads, unloads;
} bulk_port;

static bool handles_bulk(const dro_chains *c, uint16_t slot) {
    int32_t terminal = c->port_terminal[slot];
    return terminal >= 0 && port_open(c, slot) &&
           dro_facts_flag(c->facts, (size_t)terminal, DRO_TERMINAL_BULK);
}

static void find_bulk_ports(const dro_chains *c, bulk_port *out) {
    const dro_facts *f = c->facts;
    for (size_t i = 0; i < c->port_count; i++) {
        bool land = c->port_node[i] >= 0, bulk = handles_bulk(c, (uint16_t)i);
        out[i] = (bulk_port){bulk && land, bulk && !land};
    }
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_DEMAND); i++) {
        uint16_t slot = c->port_slot[dro_facts_thing(f, i, DRO_DEMAND_DESTINATION)];
        if (slot != CHAIN_NO_PORT) {
            out[slot].unloads = out[slot].unloads || handles_bulk(c, slot);
        }
    }
}

static dro_status add_voyages(dro_chains *c, const bulk_port *ports, size_t tramp,
                              dro_error *error) {
    uint32_t vessel = (uint32_t)dro_facts_thing(c->facts, tramp, DRO_TRAMP_VESSEL);
    for (size_t a = 0; a < c->port_count; a++) {
        for (size_t b = 0; ports[a].loads && b < c->port_count; b++) {
            uint16_t from = (uint16_t)a, to = (uint16_t)b;
            uint32_t sea = 0;
            if (a == b || !ports[b].unloads) {
                continue;
            }
            DRO_TRY(chain_sea_add(c, from, to, vessel, &sea, error));
            chain_edge edge = {c->port_out[a], c->port_in[b], from, CHAIN_TRAMP_MODE,
                               0};
            chain_info info = {CHAIN_VOYAGE, (uint32_t)tramp, sea, from, to};
            DRO_TRY(add_edge(c, edge, info, error));
        }
    }
    return DRO_OK;
}

static dro_status add_tramps(dro_chains *c, dro_error *error) {
    bulk_port *ports = NULL;
    DRO_TRY(dro_new((void **)&ports, c->port_count, sizeof *ports, "ports", error));
    find_bulk_ports(c, ports);
    dro_status status = DRO_OK;
    for (size_t i = 0;
         status == DRO_OK && i < dro_facts_count(c->facts, DRO_KIND_TRAMP); i++) {
        status = add_voyages(c, ports, i, error);
    }
    dro_free(ports);
    return status;
}

/* ---- all together ------------------------------------------------------------------
 */

/* What the chart cannot reach and no call states is no edge. */
static dro_status finish_seas(dro_chains *c, dro_error *error) {
    const dro_facts *f = c->facts;
    size_t kept = 0;
    for (size_t i = 0; i < c->edge_count; i++) {
        chain_info info = c->info[i];
        const chain_sea *sea = info.sea == CHAIN_NONE ? NULL : &c->seas[info.sea];
        bool stated = info.kind == CHAIN_SAIL &&
                      !isnan(dro_facts_number(f, info.thing, DRO_CALL_SAIL_H));
        if (sea && !sea->reachable && !stated) {
            if (info.kind == CHAIN_SAIL) {
                DRO_TRY(chain_notice(
                    c, error, "service %s cannot sail from %s to %s",
                    dro_facts_id(f, DRO_KIND_CALL, info.thing),
                    dro_facts_name(f, DRO_KIND_PORT, c->port_thing[info.port]),
                    dro_facts_name(f, DRO_KIND_PORT, c->port_thing[info.port_to])));
            }
            continue;
        }
        c->edges[kept] = c->edges[i];
        c->edges[kept].passages = sea ? sea->passages : 0;
        c->info[kept++] = info;
    }
    c->edge_count = kept;
    return DRO_OK;
}

dro_status chain_build(dro_chains *c, const dro_chains_options *options,
                       dro_error *error) {
    DRO_TRY(make_ports(c, error));
    DRO_TRY(list_transfers(c, error));
    DRO_TRY(add_links(c, error));
    DRO_TRY(add_transfers(c, error));
    DRO_TRY(add_services(c, options->date, error));
    DRO_TRY(add_tramps(c, error));
    DRO_TRY(chain_sea_measure(c, options->book, options->progress, error));
    DRO_TRY(finish_seas(c, error));
    dro_status status = chain_graph_create(c->vertex_count, c->edges,
                                           (uint32_t)c->edge_count, &c->graph, error);
    dro_free(c->edges);
    c->edges = NULL;
    return status;
}
