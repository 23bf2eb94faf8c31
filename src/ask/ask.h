/*
 * Questions as text: what the command line and the HTTP server share. A question has a
 * table of options, named operands, forms of answer, what it needs opened, and the
 * steps that read the texts, do the work and write the answer. Both callers are thin
 * over it, so that both have the same names, the same errors and the same bytes.
 *
 *   dro_ask_request request;                           a query: names and values
 *   dro_ask_begin(&request, &dro_ask_route);
 *   dro_ask_set(&request, "from", "PECHY", &error);
 *   dro_ask_set(&request, "to", "CNSHA", &error);
 *   dro_ask_finish(&request, &asked, &error);
 *   dro_ask_output out = dro_ask_output_to(stream);
 *   dro_ask_run(&context, &asked, &out, &error);
 *
 * A command line goes through dro_ask_parse (options.h), dro_ask_check, dro_ask_run.
 *
 * Safety: a query names no file. Options of the kinds DRO_ASK_FILE are unknown to it,
 * DRO_ASK_AREAS are the GeoJSON itself, a case is one that context.store has open.
 *
 * Thread safety: questions are constant; a context's session, store and land may be
 * shared, its worker and arena are the calling thread's.
 */
#ifndef DRO_ASK_ASK_H
#define DRO_ASK_ASK_H

#include <stdarg.h>
#include <stddef.h>

#include "ask/options.h"
#include "derrotero/network.h"
#include "derrotero/picture.h"
#include "derrotero/report.h"
#include "derrotero/store.h"

/* ---- where a question is asked ----------------------------------------------- */

typedef struct dro_ask_context {
    dro_session *session;
    const char *chart; /* opened where the session has none; NULL: dro_chart_locate */
    dro_store *store;  /* cases and what was made of them. A query knows the cases that
                          are open in it; a command line opens any, and needs none */
    const dro_land *land; /* of maps. NULL: sought; in a query there is none */
    dro_worker *worker;   /* NULL: made where one is needed */
    dro_arena *arena;     /* for all that the answer needs; NULL: one is made */
    unsigned threads;     /* 0: one per core */
    size_t most_pairs, most_cells; /* of a matrix, of a grid; 0: no limit */
    bool wrap;                     /* bring longitudes into -180..180, with a notice */
    const dro_progress *progress;  /* or NULL */
    bool (*stopped)(void *hook);   /* the work is to end: DRO_CANCELLED. Or NULL */
    void (*notice)(void *hook, const char *format, va_list arguments); /* or NULL */
    void *hook;                                                        /* of both */
} dro_ask_context;

/* ---- the answer -------------------------------------------------------------- */

/* Where the answer goes: opened when there is one, so that what cannot be answered
 * leaves no empty file. */
typedef struct dro_ask_output {
    dro_status (*open)(void *hook, FILE **out, dro_error *error);
    /* Between the parts of a long answer: can it still be written? NULL: yes. */
    dro_status (*check)(void *hook, dro_error *error);
    void *hook;
    bool streams; /* what is written is read at once, and stays when the rest fails */
    bool whole;   /* out: an answer is written and whole, whatever the status: one side
                     of a comparison has no way, some rows of a table are bad */
} dro_ask_output;

/* To an open stream; flushing and closing are the caller's. */
dro_ask_output dro_ask_output_to(FILE *stream);

/* ---- the question ------------------------------------------------------------ */

#define DRO_ASK_VALUES_MAX  4096 /* bytes of a question's values */
#define DRO_ASK_NAMED_MAX   2    /* operands that have a name */
#define DRO_ASK_OPTIONS_MAX 64   /* of a question */

typedef struct dro_ask_asked dro_ask_asked;

/* What came with a query and is too large for a value: the rows of matrix as CSV text
 * in place of a file, the edits of compare as a list in JSON or YAML, the claims of an
 * audit, which are read when a server starts. */
typedef struct dro_ask_text {
    const char *bytes;
    size_t length;
    const char *name; /* for messages */
} dro_ask_text;

/* The forms of rows and figures, which nearly all questions have. */
#define DRO_ASK_FORMS_OF_ROWS \
    (1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_CSV)

/* Rows of a question: its options, and the values that stand where none is given. */
#define DRO_ASK_VALUES(table, initial)                                      \
    .options = (table), .option_count = sizeof(table) / sizeof((table)[0]), \
    .defaults = &(initial), .values_size = sizeof(initial)

/* What is open while a question is answered. */
enum {
    DRO_ASK_NEEDS_CASE = 1,     /* the one that the operand or option "case" names */
    DRO_ASK_NEEDS_SCENARIO = 2, /* that, under the option "scenario" */
    DRO_ASK_NEEDS_CHART = 4,
    DRO_ASK_NEEDS_CHAINS = 8 /* the chart, and the graph of the scenario */
};

typedef struct dro_ask_job dro_ask_job; /* a question being answered: job.h */
typedef dro_status (*dro_ask_step)(dro_ask_job *job, dro_error *error);

typedef struct dro_ask_question {
    const char *name;    /* "route", "chart build" */
    const char *usage;   /* operands */
    const char *summary; /* one line */
    const char *text;    /* more for --help, or NULL */
    const dro_ask_option *options;
    size_t option_count;
    const void *defaults; /* of the values */
    size_t values_size;
    unsigned formats;                     /* 1u << dro_format */
    dro_format format;                    /* by default, of a command line */
    size_t least, most;                   /* operands of a command line */
    size_t required;                      /* of a query */
    const char *named[DRO_ASK_NAMED_MAX]; /* their names in a query: "from", "to" */
    /* What can be told before any table is read; may be NULL. */
    dro_status (*check)(const dro_ask_asked *asked, dro_error *error);
    /* How it is answered: in this order, what is NULL is left out. */
    unsigned needs;     /* DRO_ASK_NEEDS_: case and scenario are opened first */
    size_t state_size;  /* of what the steps keep in job->state; 0: none */
    dro_ask_step read;  /* the wishes: what can be told before a chart is opened */
    dro_ask_step find;  /* the answer; then it is looked whether the work is to end */
    dro_ask_step write; /* to job->out, which is opened now; NULL: find does */
    void (*close)(dro_ask_job *job);
} dro_ask_question;

/* A question with its values. */
struct dro_ask_asked {
    const dro_ask_question *question;
    const void *values;
    const dro_ask_operands *given;
    dro_format format;
    bool query;               /* names and values; else a command line */
    const dro_ask_text *text; /* or NULL */
};

extern const dro_ask_question dro_ask_route, dro_ask_matrix, dro_ask_ports,
    dro_ask_passages, dro_ask_vessels, dro_ask_case, dro_ask_compare, dro_ask_audit,
    dro_ask_hinterland, dro_ask_network;

/* Operands and format, then the question's own check. */
dro_status dro_ask_check(const dro_ask_asked *asked, dro_error *error);
/* Of what dro_ask_check passed. The answer is in the output where the status is DRO_OK
 * or out->whole. */
dro_status dro_ask_run(const dro_ask_context *context, const dro_ask_asked *asked,
                       dro_ask_output *out, dro_error *error);

/* ---- a query: names and values ----------------------------------------------- */

typedef struct dro_ask_request {
    const dro_ask_question *question;
    union {
        char bytes[DRO_ASK_VALUES_MAX];
        max_align_t align;
    } values;
    dro_ask_operands given;
    const char *named[DRO_ASK_NAMED_MAX]; /* NULL: not given */
    int format; /* dro_format, or -1: JSON, of a network GeoJSON */
    bool seen[DRO_ASK_OPTIONS_MAX];
    const dro_ask_text *text; /* set by the caller, or NULL */
} dro_ask_request;

void dro_ask_begin(dro_ask_request *request, const dro_ask_question *question);
/* The texts are borrowed until the question is answered. `value` NULL or "" sets a flag
 * that has no value. DRO_USAGE for an unknown name (with the nearest) or one that is
 * given twice and no list, DRO_INVALID for a bad value. */
dro_status dro_ask_set(dro_ask_request *request, const char *name, const char *value,
                       dro_error *error);
/* What was asked, checked; borrowed from the request. */
dro_status dro_ask_finish(dro_ask_request *request, dro_ask_asked *out,
                          dro_error *error);

/* What a name of a query stands for; NULL where there is no such option. Operands and
 * format are none. */
const dro_ask_option *dro_ask_find(const dro_ask_question *question, const char *name);
/* "did you mean ...?" of all names of a query, or NULL. */
const char *dro_ask_nearest_name(const dro_ask_question *question, const char *name);

/* ---- for the questions ------------------------------------------------------- */

/* What an option is called in a message: "--via", in a query "via". */
const char *dro_ask_label(const dro_ask_asked *asked, const char *option);
const dro_atlas *dro_ask_atlas(const dro_ask_context *context);
dro_status dro_ask_open_chart(const dro_ask_context *context, dro_error *error);
/* A place as typed; a notice where its longitude was wrapped, and where a port was
 * guessed from a part of its name or a name with typing mistakes. */
dro_status dro_ask_place(const dro_ask_context *context, const char *text,
                         dro_place *out, dro_error *error);
void dro_ask_notice(const dro_ask_context *context, const char *format, ...)
    DRO_PRINTF(2, 3);
/* DRO_CANCELLED where the work is to end. */
dro_status dro_ask_check_stopped(const dro_ask_context *context, dro_error *error);
/* The status of work that may have ended for that. */
dro_status dro_ask_ended(const dro_ask_context *context, dro_status status,
                         dro_error *error);

#endif
