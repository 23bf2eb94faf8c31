/* Which node or port a text means. */
#include <math.h>
#include <string.h>

#include "base/quote.h"
#include "network/chain_state.h"

/* Is `name` one of the '|'-separated aliases, folded? */
static bool is_alias(const char *aliases, const char *folded) {
    char one[128], other[128];
    for (const char *at = aliases; *at;) {
        size_t length = strcspn(at, "|");
        (void)snprintf(one, sizeof one, "%.*s", (int)length, at);
        (void)dro_text_fold(one, other, sizeof other);
        if (strcmp(other, folded) == 0) {
            return true;
        }
        at += length + (at[length] == '|');
    }
    return false;
}

static int node_called(const dro_facts *f, const char *text) {
    char folded[128], name[128];
    (void)dro_text_fold(text, folded, sizeof folded);
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_NODE); i++) {
        (void)dro_text_fold(dro_facts_id(f, DRO_KIND_NODE, i), name, sizeof name);
        if (strcmp(name, folded) == 0) {
            return (int)i;
        }
    }
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_NODE); i++) {
        (void)dro_text_fold(dro_facts_text(f, i, DRO_NODE_NAME), name, sizeof name);
        if (strcmp(name, folded) == 0 ||
            is_alias(dro_facts_text(f, i, DRO_NODE_ALIASES), folded)) {
            return (int)i;
        }
    }
    return -1;
}

static dro_point point_of_node(const dro_facts *f, int node) {
    return (dro_point){dro_facts_number(f, (size_t)node, DRO_NODE_LAT),
                       dro_facts_number(f, (size_t)node, DRO_NODE_LON)};
}

static dro_point point_of_port(const dro_facts *f, int port) {
    return (dro_point){dro_facts_number(f, (size_t)port, DRO_PORT_LAT),
                       dro_facts_number(f, (size_t)port, DRO_PORT_LON)};
}

static dro_status not_in_case(const dro_chains *c, const char *text, dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    dro_error local = DRO_ERROR_INIT;
    size_t thing = 0;
    (void)dro_facts_find(c->facts, DRO_KIND_NODE, text, &thing, &local);
    const char *nearest = strstr(local.message, "; the nearest");
    return dro_fail(error, DRO_NOT_FOUND, "no node or port of the case is called %s%s",
                    dro_quote(text, quoted), nearest ? nearest : "");
}

dro_status dro_chain_place_find(const dro_chains *c, const char *text, bool quay,
                                dro_chain_place *out, dro_error *error) {
    const dro_facts *f = c->facts;
    char quoted[DRO_QUOTE_MAX];
    dro_chain_place place = {.node = node_called(f, text), .port = -1, .quay = quay};
    size_t port = 0;
    if (place.node >= 0) {
        place.port = dro_facts_thing(f, (size_t)place.node, DRO_NODE_PORT);
        place.at = point_of_node(f, place.node);
    } else if (dro_atlas_find_port(dro_facts_atlas(f), text, &port, NULL) == DRO_OK ||
               dro_facts_find(f, DRO_KIND_PORT, text, &port, NULL) == DRO_OK) {
        uint16_t slot = c->port_slot[port];
        if (slot == CHAIN_NO_PORT) {
            return not_in_case(c, text, error);
        }
        place.port = (int)port;
        place.node = c->port_node[slot];
        place.at = point_of_port(f, (int)port);
    } else {
        return not_in_case(c, text, error);
    }
    if (quay && place.port < 0) {
        return dro_fail(error, DRO_INVALID, "%s is no port: it has no quay",
                        dro_quote(text, quoted));
    }
    *out = place;
    return DRO_OK;
}

const char *dro_chain_place_name(const dro_chains *c, const dro_chain_place *place) {
    return place->node >= 0
               ? dro_facts_name(c->facts, DRO_KIND_NODE, (size_t)place->node)
               : dro_facts_name(c->facts, DRO_KIND_PORT, (size_t)place->port);
}
