/* A claims file, read and compiled. */
#ifndef AUDIT_CLAIMS_H
#define AUDIT_CLAIMS_H

#include "audit/run.h"

typedef enum compare_kind {
    COMPARE_ABOUT,
    COMPARE_UP_TO,
    COMPARE_AT_LEAST,
    COMPARE_AT_MOST,
    COMPARE_MORE_THAN,
    COMPARE_LESS_THAN,
    COMPARE_BETWEEN,
    COMPARE_EQUALS, /* a number, or the code of a port */
    COMPARE_NONE    /* nothing is compared: only the figure is wanted */
} compare_kind;

typedef struct comparison {
    compare_kind kind;
    measure *with, *also; /* the second of BETWEEN */
    double tolerance;     /* a share of the figure */
    int port;             /* EQUALS: a thing, or -1 */
    const char *words;    /* "about 12 d, within 20 %" */
} comparison;

typedef struct trial {
    const char *name;
    measure *measure;
    comparison is;
    dro_point at;
} trial;

typedef struct stated { /* a figure of a conflict */
    dro_range range;
    const char *unit, *period, *definition, *source, *title;
} stated;

typedef struct claim {
    const char *id, *article, *who, *date, *says, *note;
    const char *not_testable; /* the reason, or NULL */
    bool any;                 /* one trial is enough */
    trial *trials;
    size_t trial_count;
    const char *quantity; /* of a conflict, or NULL */
    stated *figures;
    size_t figure_count;
    const char **sources; /* ids named by the file */
    size_t source_count;
    const char *file;
    unsigned line;
} claim;

typedef struct claim_list {
    claim *items;
    size_t count;
} claim_list;

/* `only` (a claim's id) or NULL for all. */
dro_status claims_read(audit *a, const char *path, const char *only, claim_list *out,
                       dro_error *error);

/* The verdict of one claim from the values of its trials. */
dro_status claim_judge(audit *a, const claim *c, dro_audit_claim *out,
                       dro_error *error);
/* The workings of a trial. */
dro_status trial_steps(audit *a, const trial *t, dro_audit_trial *out,
                       dro_error *error);
/* Inputs that matter for the values of a measure; its sources. */
dro_status claim_causes(audit *a, const measure *m, const double *values,
                        dro_audit_claim *out, dro_error *error);
dro_status claim_sources(audit *a, const claim *c, dro_audit_claim *out,
                         dro_error *error);

#endif
