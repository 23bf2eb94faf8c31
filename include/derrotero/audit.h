/*
 * derrotero/audit.h: claims → model runs → verdicts. A claims file (claims.yaml of a
 * case folder, docs/claims.md has its language) binds each sentence to a measure and a
 * comparison; the verdict follows from the run and is never stated in the file.
 *
 * Thread safety: dro_audit_run uses its own threads; a result is immutable.
 */
#ifndef DERROTERO_AUDIT_H
#define DERROTERO_AUDIT_H

#include "scenario.h"
#include "store.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dro_verdict {
    DRO_HOLDS,
    DRO_HOLDS_WHEN,
    DRO_DOES_NOT_HOLD,
    DRO_SOURCES_CONFLICT,
    DRO_NOT_TESTABLE
} dro_verdict;
/* "holds", "holds-when", "does-not-hold", "sources-conflict", "not-testable" */
const char *dro_verdict_word(dro_verdict verdict);

/* A figure from the run: the median of the samples with their 5 and 95 % quantiles. */
typedef struct dro_audit_figure {
    double value, low, high; /* NAN: none */
    const char *unit;        /* "" where none */
    const char *text;        /* a figure that is a word: a port; else NULL */
} dro_audit_figure;

/* Of the chain that is best as stated: the median with 5 and 95 % of up to 100 of the
 * samples, per TEU or per tonne. */
typedef struct dro_audit_leg {
    dro_chain_mode mode;
    const char *from, *to, *what;
    dro_point from_at, to_at;
    const dro_point *path; /* turning points; NULL where none, or nobody asked */
    size_t path_count;
    double distance_km;
    dro_range time_h, cost_usd, co2_kg;
} dro_audit_leg;

typedef struct dro_audit_chain {
    const char *title; /* "Chancay to Shanghai, scenario after" */
    const char *scenario, *commodity;
    const dro_audit_leg *legs;
    size_t leg_count;
    dro_range time_h, cost_usd, co2_kg; /* of the whole; per TEU or per tonne */
    bool per_teu;
} dro_audit_chain;

/* A step of the workings: what was computed and what came out. */
typedef struct dro_audit_step {
    unsigned depth; /* of the measure it belongs to, from 0 */
    const char *text;
    dro_audit_figure figure;
    const dro_audit_chain *chain; /* or NULL */
} dro_audit_step;

/* Where a trial's comparison is true, for its picture: from low to high, infinite on an
 * open side, in the figure's unit; nothing of it holds unless known. */
typedef struct dro_audit_bound {
    bool known;
    double value, low, high; /* value: what is claimed, NAN where it is a span */
} dro_audit_bound;

/* One instance of a claim: an origin, a definition, an assumption under which it is
 * tried. */
typedef struct dro_audit_trial {
    const char *name; /* "" where there is one only */
    dro_audit_figure figure;
    double share; /* of the samples in which the comparison is true, 0 to 1 */
    bool holds;
    bool depends;       /* true in some samples, false in others */
    const char *reason; /* why there is no figure, or what binds; "" where none */
    dro_point at;       /* NAN where it has no place */
    const dro_audit_step *steps;
    size_t step_count;
    dro_audit_bound bound;
} dro_audit_trial;

typedef struct dro_audit_cause { /* which input matters */
    const char *input;           /* "link road-x length_km" */
    double share;                /* of the result's ranks that it explains, 0 to 1 */
    double at_low, at_high; /* mean figure with it in its lowest, its highest tenth */
} dro_audit_cause;

typedef struct dro_audit_claim {
    const char *id, *article, *who, *date, *says; /* "" where not stated */
    dro_verdict verdict;
    const char *because;     /* one or two sentences that say why this verdict */
    const char *claimed;     /* the comparison in words: "about 12 d, within 20 %" */
    const char *note;        /* from the claims file, "" where none */
    dro_audit_figure figure; /* of the trial that decides */
    const dro_audit_trial *trials;
    size_t trial_count;
    const dro_audit_cause *causes; /* by falling share, at most 6 */
    size_t cause_count;
    const dro_source *const *sources;
    size_t source_count;
    const char *file; /* where it stands: the claims file, from line 1 */
    unsigned line;
} dro_audit_claim;

typedef struct dro_audit_result {
    const char *case_id, *title, *about, *folder;
    const dro_audit_claim *claims;
    size_t claim_count;
    size_t samples;
    uint64_t seed;
    double seconds; /* that the run took */
    const char *const *notices;
    size_t notice_count;
} dro_audit_result;

typedef struct dro_audit_options {
    const char *claims; /* the file; NULL: claims.yaml of the case's folder */
    const char *text;   /* or what is in it, which then is called claims.yaml; NULL */
    size_t text_length;
    const char *only; /* a claim's id; NULL: all */
    size_t samples;   /* 1 or more: default 1000 */
    uint64_t seed;    /* default 1 */
    unsigned threads; /* 0: all cores */
    const dro_progress *progress;
    bool geometry;    /* legs have their paths: some ms for each new way */
    dro_store *store; /* keeps scenarios for the next one; NULL: made anew */
} dro_audit_options;

#define DRO_AUDIT_OPTIONS_INIT \
    { NULL, NULL, 0, NULL, 1000, 1, 0, NULL, false, NULL }

/* What the result points to lives in the arena, or is the case's (titles, folder,
 * sources), which must outlive it. DRO_PARSE, DRO_INVALID and
 * DRO_NOT_FOUND name file:line:column of the claims file. The same samples and seed
 * give the same result on any number of threads. */
dro_status dro_audit_run(const dro_case *study, const dro_audit_options *options,
                         dro_arena *arena, dro_audit_result *out, dro_error *error);

#ifdef __cplusplus
}
#endif
#endif
