/*
 * A measure: what a claim is about, as a small tree. Its leaves ask the model (a chain,
 * a distance, a stated figure); its branches reckon with what the leaves gave. Every
 * distinct leaf is asked once a sample, whichever claims it serves.
 */
#ifndef AUDIT_MEASURE_H
#define AUDIT_MEASURE_H

#include "derrotero/audit.h"
#include "scenario/yaml.h"

#define MEASURE_DEPTH_MAX 16
#define MEASURE_TERMS_MAX 32

typedef enum leaf_kind {
    LEAF_NUMBER,   /* stated in the claims file */
    LEAF_FIGURE,   /* an attribute of a thing */
    LEAF_CHAIN,    /* a total of the best chain */
    LEAF_PORT,     /* where the best chain leaves the land: a port's thing */
    LEAF_CIRCLE,   /* great circle, km */
    LEAF_SEA,      /* by sea, km */
    LEAF_LAND,     /* best land chain, km */
    LEAF_BERTH,    /* 1: the ship can berth; else 0 */
    LEAF_POSITION, /* degrees */
    LEAF_DEMAND    /* a sum of demand */
} leaf_kind;

typedef enum chain_get {
    GET_DAYS,
    GET_HOURS,
    GET_USD,
    GET_CO2_KG,
    GET_GENERALISED_USD
} chain_get;

typedef struct leaf {
    leaf_kind kind;
    size_t world;               /* a scenario */
    dro_range range;            /* NUMBER */
    dro_attribute_id attribute; /* FIGURE */
    size_t thing;               /* FIGURE; BERTH: the port */
    size_t vessel;              /* BERTH */
    dro_chain_wish wish;        /* CHAIN, PORT, SEA, LAND */
    chain_get get;
    dro_point a, b;             /* CIRCLE, POSITION */
    bool latitude;              /* POSITION */
    const char *country;        /* DEMAND: of the origin, "" any */
    int commodity, destination; /* DEMAND: things, -1 any */
    bool in_teu;
    uint64_t key;        /* of a NUMBER with a range */
    double sure;         /* where it does not hang on the sample */
    const char *why_not; /* no figure: the reason */
    const char *binds;   /* BERTH: what binds */
    const char *title;
    const char *source; /* id, or "" */
    const char *unit;
} leaf;

typedef enum measure_op {
    MEASURE_LEAF,
    MEASURE_SUM,
    MEASURE_DIFFERENCE,
    MEASURE_PRODUCT,
    MEASURE_RATIO,
    MEASURE_PERCENT,
    MEASURE_GROWTH, /* per cent a year: from, to, years */
    MEASURE_LARGEST,
    MEASURE_SMALLEST,
    MEASURE_RANK,    /* of the first among all, 1 the largest */
    MEASURE_ANNUITY, /* capital, rate in per cent a year, years */
    MEASURE_CLEARING /* days to clear: arrivals, capacity, hours, share open */
} measure_op;

typedef struct measure {
    measure_op op;
    size_t leaf;
    struct measure **terms;
    size_t term_count;
    const char *title; /* in the claims file's words, or "" */
    const char *unit;
    const dro_yaml *at;
} measure;

/* A name that stands for a value in one trial: $name. */
typedef struct binding {
    const char *name, *value;
} binding;

typedef struct trial_bindings {
    const binding *items;
    size_t count;
} trial_bindings;

struct audit; /* run.h */

/* Compiles a measure; leaves and worlds are added to the audit. A scalar that is a
 * number is that number. */
dro_status measure_compile(struct audit *audit, const dro_yaml *yaml,
                           const trial_bindings *with, measure **out, dro_error *error);

/* The text of a scalar, or of the binding that it names. */
dro_status measure_text(const dro_yaml *value, const trial_bindings *with,
                        const char *what, const char **out, dro_error *error);

/* One value a sample (and one more, as stated), `values` has sample_count + 1. */
dro_status measure_values(const struct audit *audit, const measure *m, double *values,
                          dro_error *error);

#endif
