/*
 * Chains that really differ. A branch bans some features (ports, modes, passages) and
 * keeps others; its children are, for a chain that was found and does not respect the
 * bans, one for each of its features: ban this one, keep those before it. So every set
 * of bans that hits all found chains is met once (Lawler, "A procedure for computing
 * the k best solutions", Management Science 18(7), 1972). A branch is searched only
 * when it is the most promising one and its bans hit every chain found so far.
 */
#include "chain_features.h"
#include "chain_space.h"

#include <string.h>

#define SEARCHES_MAX 20000u
#define BRANCHES_MAX 400000u

typedef struct branch {
    chain_label least; /* no chain of this branch is better; exact once searched */
    chain_path path;   /* of a searched branch */
    uint32_t parent;   /* CHAIN_NONE: the root */
    uint16_t found;    /* the chain whose feature ... */
    uint16_t feature;  /* ... of this number is banned, besides those of the parent */
    bool searched;
} branch;

typedef struct hunt {
    chain_space *space;
    const chain_query *query;
    dro_arena *arena;
    branch *branches;
    uint32_t *heap; /* of branches */
    size_t branch_count, branch_capacity, heap_count, heap_capacity;
    size_t searches;
    chain_path *paths; /* found */
    chain_signature signatures[CHAIN_ALTERNATIVES_MAX];
    size_t found_count;
    uint16_t *ports; /* banned in a search */
    size_t ports_capacity;
} hunt;

/* ---- heap -------------------------------------------------------------------------
 */

static bool promising(const hunt *h, uint32_t a, uint32_t b) {
    const branch *x = &h->branches[a], *y = &h->branches[b];
    if (x->least.key != y->least.key) {
        return x->least.key < y->least.key;
    }
    int order = chain_compare(x->least.total, y->least.total);
    return order != 0 ? order < 0 : a < b;
}

static dro_status push(hunt *h, uint32_t number, dro_error *error) {
    DRO_TRY(DRO_RESERVE(h->heap, h->heap_capacity, h->heap_count + 1, error));
    size_t i = h->heap_count++;
    while (i > 0 && promising(h, number, h->heap[(i - 1) / 2])) {
        h->heap[i] = h->heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    h->heap[i] = number;
    return DRO_OK;
}

static uint32_t pop(hunt *h) {
    uint32_t top = h->heap[0], last = h->heap[--h->heap_count];
    size_t i = 0;
    for (size_t next = 1; next < h->heap_count; next = 2 * i + 1) {
        if (next + 1 < h->heap_count &&
            promising(h, h->heap[next + 1], h->heap[next])) {
            next++;
        }
        if (!promising(h, h->heap[next], last)) {
            break;
        }
        h->heap[i] = h->heap[next];
        i = next;
    }
    h->heap[i] = last;
    return top;
}

/* ---- branches
 * ------------------------------------------------------------------------ */

static dro_status add_branch(hunt *h, const branch *fresh, dro_error *error) {
    DRO_TRY(DRO_RESERVE(h->branches, h->branch_capacity, h->branch_count + 1, error));
    h->branches[h->branch_count] = *fresh;
    return push(h, (uint32_t)h->branch_count++, error);
}

/* A chain found that uses nothing of what the branch bans; CHAIN_NONE: none. */
static uint32_t unhit(const hunt *h, uint32_t number) {
    uint32_t hit = 0; /* bit i: chain i */
    for (const branch *b = &h->branches[number]; b->parent != CHAIN_NONE;
         b = &h->branches[b->parent]) {
        chain_feature banned = chain_feature_at(&h->signatures[b->found], b->feature);
        for (size_t i = 0; i < h->found_count; i++) {
            hit |= (uint32_t)chain_signature_has(&h->signatures[i], banned) << i;
        }
    }
    for (uint32_t i = 0; i < h->found_count; i++) {
        if ((hit >> i & 1u) == 0) {
            return i;
        }
    }
    return CHAIN_NONE;
}

/* Features before its own were left to its siblings. */
static bool keeps(const hunt *h, uint32_t number, chain_feature feature) {
    for (const branch *b = &h->branches[number]; b->parent != CHAIN_NONE;
         b = &h->branches[b->parent]) {
        for (size_t i = 0; i < b->feature; i++) {
            if (chain_feature_at(&h->signatures[b->found], i) == feature) {
                return true;
            }
        }
    }
    return false;
}

static dro_status split(hunt *h, uint32_t number, uint32_t found, dro_error *error) {
    size_t features = chain_feature_count(&h->signatures[found]);
    for (size_t i = 0; i < features; i++) {
        if (keeps(h, number, chain_feature_at(&h->signatures[found], i))) {
            continue;
        }
        branch child = {
            .least = h->branches[number].least,
            .parent = number,
            .found = (uint16_t)found,
            .feature = (uint16_t)i,
        };
        DRO_TRY(add_branch(h, &child, error));
    }
    return DRO_OK;
}

static dro_status collect_bans(hunt *h, uint32_t number, chain_ban *ban,
                               dro_error *error) {
    if (h->query->ban != NULL) {
        *ban = *h->query->ban;
    }
    size_t ports = ban->port_count;
    DRO_TRY(DRO_RESERVE(h->ports, h->ports_capacity, ports + CHAIN_ALTERNATIVES_MAX + 1,
                        error));
    if (ports > 0) {
        memcpy(h->ports, ban->ports, ports * sizeof *h->ports);
    }
    for (const branch *b = &h->branches[number]; b->parent != CHAIN_NONE;
         b = &h->branches[b->parent]) {
        chain_feature banned = chain_feature_at(&h->signatures[b->found], b->feature);
        unsigned value = banned & 0xffffu;
        if (banned >> 16 == CHAIN_FEATURE_PORT) {
            h->ports[ports++] = (uint16_t)value;
        } else if (banned >> 16 == CHAIN_FEATURE_MODE) {
            ban->modes |= UINT64_C(1) << value;
        } else {
            ban->passages |= UINT64_C(1) << value;
        }
    }
    ban->ports = h->ports;
    ban->port_count = ports;
    return DRO_OK;
}

/* Finds the best chain of a branch and puts the branch back in its place. */
static dro_status search(hunt *h, uint32_t number, dro_error *error) {
    chain_ban ban = {0};
    DRO_TRY(collect_bans(h, number, &ban, error));
    chain_query query = *h->query;
    query.ban = &ban;
    branch *b = &h->branches[number];
    h->searches++;
    dro_status status =
        chain_best_checked(h->space, &query, h->arena, &b->path, &b->least, NULL);
    if (status == DRO_NO_ANSWER) {
        return DRO_OK; /* an end of the branch */
    }
    if (status != DRO_OK) {
        return dro_fail(error, status, "out of memory for a chain");
    }
    b->searched = true;
    return push(h, number, error);
}

static dro_status keep(hunt *h, uint32_t number, dro_error *error) {
    const branch *b = &h->branches[number];
    chain_signature *signature = &h->signatures[h->found_count];
    DRO_TRY(
        chain_signature_make(h->query->graph, &b->path, h->arena, signature, error));
    h->paths[h->found_count++] = b->path;
    return split(h, number, (uint32_t)h->found_count - 1, error);
}

static dro_status run(hunt *h, size_t limit, dro_error *error) {
    const branch root = {.parent = CHAIN_NONE};
    DRO_TRY(add_branch(h, &root, error));
    while (h->heap_count > 0 && h->found_count < limit && h->searches < SEARCHES_MAX &&
           h->branch_count < BRANCHES_MAX) {
        uint32_t number = pop(h);
        uint32_t found = unhit(h, number);
        if (found != CHAIN_NONE) {
            DRO_TRY(split(h, number, found, error));
        } else if (h->branches[number].searched) {
            DRO_TRY(keep(h, number, error));
        } else {
            DRO_TRY(search(h, number, error));
        }
    }
    return DRO_OK;
}

dro_status chain_alternatives(chain_space *space, const chain_query *query,
                              size_t limit, dro_arena *arena, chain_path *out,
                              chain_signature *signatures, size_t *count,
                              dro_error *error) {
    chain_path paths[CHAIN_ALTERNATIVES_MAX];
    hunt h = {.space = space, .query = query, .arena = arena, .paths = paths};
    if (limit == 0 || limit > CHAIN_ALTERNATIVES_MAX) {
        return dro_fail(error, DRO_INVALID, "%zu alternatives: from 1 to %u", limit,
                        CHAIN_ALTERNATIVES_MAX);
    }
    DRO_TRY(chain_query_check(query, true, true, error));
    dro_status status = run(&h, limit, error);
    if (status == DRO_OK && h.found_count == 0) {
        status = dro_fail(error, DRO_NO_ANSWER, "no chain leads there");
    }
    if (status == DRO_OK) {
        memcpy(out, paths, h.found_count * sizeof *out);
        if (signatures != NULL) {
            memcpy(signatures, h.signatures, h.found_count * sizeof *signatures);
        }
        *count = h.found_count;
    }
    dro_free(h.branches);
    dro_free(h.heap);
    dro_free(h.ports);
    return status;
}
