/* What the files of the door-to-door chains share. */
#ifndef NETWORK_CHAIN_STATE_H
#define NETWORK_CHAIN_STATE_H

#include "derrotero/chains.h"
#include "network/chain_graph.h"

#define CHAIN_LAND_MODES 5 /* road .. pipeline, as in DRO_MODE_WORDS */
#define CHAIN_TRAMP_MODE 5
#define CHAIN_LINER_MODE 6 /* the first service; each is a mode of its own */
#define CHAIN_CANALS_MAX 6 /* on one sea leg */
#define CHAIN_FACTORS    8
#define CHAIN_WORDS      8 /* of DRO_TRANSFER_WORDS */

typedef enum chain_kind {
    CHAIN_LINK,     /* thing: a link */
    CHAIN_TRANSFER, /* thing: a transfer */
    CHAIN_GATE,     /* land to the port's yard; thing: a transfer; port */
    CHAIN_RELEASE,  /* the port's yard to land; thing: a transfer; port */
    CHAIN_BOARD,    /* yard to ship; thing: a call */
    CHAIN_SAIL,     /* to the next call; thing: a call; sea */
    CHAIN_STAY,     /* on board in port; thing: a call */
    CHAIN_CONNECT,  /* ship to ship; thing: the call it goes on from */
    CHAIN_LANDING,  /* ship to yard; thing: a call */
    CHAIN_VOYAGE    /* yard to yard; thing: a tramp; sea */
} chain_kind;

typedef struct chain_info { /* an edge of the graph */
    chain_kind kind;
    uint32_t thing;
    uint32_t sea;           /* index of a sea leg, or CHAIN_NONE */
    uint16_t port, port_to; /* slots, or CHAIN_NO_PORT */
} chain_info;

typedef struct chain_sea { /* between two ports, for one ship */
    uint16_t from, to;     /* slots */
    uint32_t vessel;
    double nm; /* in open water and channels, canals not in it */
    double canal_nm;
    uint64_t passages;
    uint64_t closed;                  /* with which the way was found */
    uint8_t canals[CHAIN_CANALS_MAX]; /* canals, and straits where ships wait */
    double toll_usd[CHAIN_CANALS_MAX];
    double each_nm[CHAIN_CANALS_MAX];
    uint8_t canal_count;
    bool reachable, measured;
} chain_sea;

struct dro_chains {
    dro_session *session;
    dro_sea_book *book;  /* the caller's, or NULL */
    dro_sea_book *added; /* own, of ports that a scenario adds; NULL: there are none */
    const dro_facts *facts;
    chain_graph graph;
    chain_edge *edges; /* while building */
    size_t edge_capacity;
    chain_info *info;
    size_t edge_count, info_capacity;
    uint32_t vertex_count;

    uint32_t *node_vertex;               /* node x CHAIN_LAND_MODES, or CHAIN_NONE */
    uint32_t *call_arrive, *call_depart; /* by call thing */
    uint32_t *call_next;                 /* the next call of the rotation */
    uint32_t *port_thing;                /* by slot */
    uint32_t *port_out, *port_in;        /* vertices by slot */
    int32_t *port_terminal, *port_node;  /* things by slot, or -1 */
    uint16_t *port_slot;                 /* by port thing, CHAIN_NO_PORT */
    size_t port_count, port_capacity;
    bool *service_active;
    chain_sea *seas;
    size_t sea_count, sea_capacity;
    bool *own_transfers; /* by node: it has some of its own */
    int default_transfer[CHAIN_WORDS]
                        [CHAIN_WORDS]; /* by words of DRO_TRANSFER_WORDS, or -1 */

    int default_factor[CHAIN_FACTORS]; /* things, or -1 */
    dro_input *inputs;
    size_t input_count, input_capacity;
    uint32_t *input_slot; /* into figures */
    size_t figure_base[DRO_ATTRIBUTE_COUNT], figure_stride[DRO_ATTRIBUTE_COUNT];
    size_t figure_count;
    double *stated; /* figures, as the facts have them */
    int month;
    char **notices;
    size_t notice_count, notice_capacity;
};

struct dro_chain_worker {
    const dro_chains *chains;
    chain_space *space;
    double *figures; /* by kind, thing, attribute */
    double *weights[CHAIN_CRITERIA];
    bool touched;      /* a figure was set by hand */
    uint32_t *carried; /* edges of a commodity */
    size_t carried_count, carried_for;
    size_t weighed;   /* commodity + 1 whose weights are there, 0: none */
    dro_arena *arena; /* for what a query needs only for itself */
    chain_end *seeds, *targets;
    size_t seed_capacity, target_capacity;
    double *tree[CHAIN_CRITERIA];
    uint32_t *tree_edge, *tree_end;
};

static inline size_t chain_figure(const dro_chains *c, size_t thing,
                                  dro_attribute_id attribute) {
    return c->figure_base[attribute] + thing * c->figure_stride[attribute];
}

static inline double chain_value(const dro_chain_worker *w, size_t thing,
                                 dro_attribute_id attribute) {
    return w->figures[chain_figure(w->chains, thing, attribute)];
}

/* Sea legs of the graph. */
dro_status chain_sea_add(dro_chains *c, uint16_t from, uint16_t to, uint32_t vessel,
                         uint32_t *out, dro_error *error);
/* The book that has a leg: of its two ports one may be added. */
dro_sea_book *chain_sea_book(const dro_chains *c, const chain_sea *sea,
                             dro_sea_book *book);
dro_status chain_sea_measure(dro_chains *c, dro_sea_book *shared,
                             const dro_progress *progress, dro_error *error);
dro_status chain_notice(dro_chains *c, dro_error *error, const char *format, ...)
    DRO_PRINTF(3, 4);

dro_status chain_build(dro_chains *c, const dro_chains_options *options,
                       dro_error *error);
dro_status chain_list_inputs(dro_chains *c, dro_error *error);

/* Names of the factors that stand in for what is not stated; NULL after the last. */
const char *chain_factor_name(size_t which);

/* Weights of one commodity, where they are not there already. */
void chain_weigh(dro_chain_worker *w, size_t commodity);
/* A transfer's own weight; thing -1: nothing. */
void chain_weigh_transfer(const dro_chain_worker *w, int transfer, size_t commodity,
                          double out[CHAIN_CRITERIA]);
/* The transfer of a node between two words of DRO_TRANSFER_WORDS, or -1. */
int chain_transfer_at(const dro_chains *c, int node, int from, int to);

typedef struct chain_question {
    chain_query query;
    chain_weights weights;
    chain_ban ban;
    uint16_t banned_port;
} chain_question;
/* Seeds, targets, bans and coefficients of a wish; weighs. */
dro_status chain_ask(dro_chain_worker *w, const dro_chain_wish *wish, chain_question *q,
                     dro_error *error);
dro_status chain_explain(dro_chain_worker *w, const dro_chain_wish *wish,
                         dro_error *error);
/* The nodes of a link's edge in the direction of travel. */
void chain_link_ends(const dro_chains *c, uint32_t edge, int *from, int *to);
/* Legs and ports of a path. */
dro_status chain_describe(dro_chain_worker *w, const dro_chain_wish *wish,
                          const chain_path *path, dro_arena *arena, dro_chain *out,
                          dro_error *error);

#endif
