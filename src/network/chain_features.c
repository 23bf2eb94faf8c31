/* What the edges of a chain use. */
#include "chain_features.h"

#include <string.h>

/* Puts a port into the rising list, once. */
static size_t add_port(uint16_t *ports, size_t count, uint16_t port) {
    size_t i = count;
    while (i > 0 && ports[i - 1] > port) {
        i--;
    }
    if (i > 0 && ports[i - 1] == port) {
        return count;
    }
    memmove(ports + i + 1, ports + i, (count - i) * sizeof *ports);
    ports[i] = port;
    return count + 1;
}

dro_status chain_signature_make(const chain_graph *graph, const chain_path *path,
                                dro_arena *arena, chain_signature *out,
                                dro_error *error) {
    uint16_t *ports = dro_arena_alloc(arena, path->edge_count + 1, sizeof *ports);
    if (ports == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a chain's ports");
    }
    chain_signature s = {.ports = ports};
    for (size_t i = 0; i < path->edge_count; i++) {
        uint32_t e = path->edges[i];
        s.passages |= graph->passages[e];
        if (graph->mode[e] < CHAIN_MODES) {
            s.modes |= UINT64_C(1) << graph->mode[e];
        }
        if (graph->port[e] != CHAIN_NO_PORT) {
            s.port_count = add_port(ports, s.port_count, graph->port[e]);
        }
    }
    *out = s;
    return DRO_OK;
}

static size_t bits(uint64_t mask) {
    size_t count = 0;
    for (; mask != 0; mask &= mask - 1) {
        count++;
    }
    return count;
}

/* The place of bit number i among those that are set. */
static unsigned bit_at(uint64_t mask, size_t i) {
    for (; i > 0; i--) {
        mask &= mask - 1;
    }
    unsigned place = 0;
    while ((mask >> place & 1u) == 0) {
        place++;
    }
    return place;
}

size_t chain_feature_count(const chain_signature *signature) {
    return signature->port_count + bits(signature->modes) + bits(signature->passages);
}

chain_feature chain_feature_at(const chain_signature *signature, size_t i) {
    if (i < signature->port_count) {
        return chain_feature_of(CHAIN_FEATURE_PORT, signature->ports[i]);
    }
    i -= signature->port_count;
    size_t modes = bits(signature->modes);
    return i < modes ? chain_feature_of(CHAIN_FEATURE_MODE, bit_at(signature->modes, i))
                     : chain_feature_of(CHAIN_FEATURE_PASSAGE,
                                        bit_at(signature->passages, i - modes));
}

bool chain_signature_has(const chain_signature *signature, chain_feature feature) {
    unsigned value = feature & 0xffffu;
    switch (feature >> 16) {
    case CHAIN_FEATURE_MODE:
        return signature->modes >> value & 1u;
    case CHAIN_FEATURE_PASSAGE:
        return signature->passages >> value & 1u;
    default:
        break;
    }
    for (size_t i = 0; i < signature->port_count; i++) {
        if (signature->ports[i] == value) {
            return true;
        }
    }
    return false;
}
