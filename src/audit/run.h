/* An audit while it runs. */
#ifndef AUDIT_RUN_H
#define AUDIT_RUN_H

#include "audit/measure.h"

#define AUDIT_WORLDS_MAX 64

typedef struct world { /* a scenario, applied */
    const char *scenario;
    dro_prepared *ready;
    const dro_facts *facts; /* its own, as the chains are */
    const dro_chains *chains;
    size_t input_count;
    const dro_input *inputs;
    uint32_t *same; /* the input of the first world, or UINT32_MAX */
} world;

typedef struct audit {
    const dro_case *study;
    dro_session *session;
    const dro_audit_options *options;
    dro_arena *arena;   /* of the result */
    dro_arena *scratch; /* of the run */
    dro_store *store;   /* for this audit alone, or NULL */
    dro_sampling sampling;
    world worlds[AUDIT_WORLDS_MAX];
    size_t world_count;
    leaf *leaves;
    size_t leaf_count, leaf_capacity;
    struct leaf_chain *chains;  /* by leaf (chains.h) */
    double **values;            /* by leaf: sample_count of samples, then as stated */
    dro_chain_worker **workers; /* thread x world, made when needed */
    unsigned threads;
} audit;

/* The world of a scenario ("" the case's own), made when first asked for. */
dro_status audit_world(audit *a, const char *scenario, size_t *out, dro_error *error);
dro_status audit_leaf(audit *a, const leaf *wanted, size_t *out, dro_error *error);
/* Asks every leaf in every sample. */
dro_status audit_ask(audit *a, dro_error *error);
void audit_free(audit *a);

/* Text in the arena; "" and an error where there is no memory. */
dro_status audit_format(audit *a, const char **out, dro_error *error,
                        const char *format, ...) DRO_PRINTF(4, 5);

#endif
