/* Features of edges (a port, a mode, a passage) as numbers, and sets of them. */
#ifndef NETWORK_CHAIN_FEATURES_H
#define NETWORK_CHAIN_FEATURES_H

#include "chain_graph.h"

typedef uint32_t chain_feature; /* kind << 16 | value */

enum {
    CHAIN_FEATURE_PORT,
    CHAIN_FEATURE_MODE,
    CHAIN_FEATURE_PASSAGE
};

static inline chain_feature chain_feature_of(unsigned kind, unsigned value) {
    return kind << 16 | value;
}

size_t chain_feature_count(const chain_signature *signature);
/* Feature i of the ports, then the modes, then the passages. */
chain_feature chain_feature_at(const chain_signature *signature, size_t i);
bool chain_signature_has(const chain_signature *signature, chain_feature feature);

#endif
