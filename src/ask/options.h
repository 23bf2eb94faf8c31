/*
 * Tables of options and their one interpreter: of a command line here, of a query in
 * ask.h. Help is made from the same tables.
 *
 * --name V, --name=V, -o V; `--` ends options; `-` alone and anything that begins
 * like a negative number ("-12.05,-77.15") is an operand. A flag takes no value.
 * The last of two wins, lists grow.
 */
#ifndef DRO_ASK_OPTIONS_H
#define DRO_ASK_OPTIONS_H

#include "derrotero/base.h"

typedef enum dro_ask_option_kind {
    DRO_ASK_FLAG,   /* bool */
    DRO_ASK_TEXT,   /* const char * */
    DRO_ASK_NUMBER, /* double */
    DRO_ASK_COUNT,  /* long */
    DRO_ASK_CHOICE, /* int: index into `value`, "table|json|csv" */
    DRO_ASK_LIST,   /* dro_ask_list; each item "A,B,C" */
    DRO_ASK_FILE,   /* const char *: names a file; unknown to a query */
    DRO_ASK_AREAS   /* dro_ask_list of GeoJSON: files, in a query the text itself */
} dro_ask_option_kind;

#define DRO_ASK_LIST_MAX 64

typedef struct dro_ask_list {
    const char *items[DRO_ASK_LIST_MAX];
    size_t count;
} dro_ask_list;

typedef struct dro_ask_option {
    const char *name; /* without the dashes */
    char letter;      /* or '\0' */
    dro_ask_option_kind kind;
    size_t offset;     /* of the member in the values */
    const char *value; /* name of the value, or the choices; NULL for flags */
    double low, high;  /* of numbers and counts */
    const char *help;
} dro_ask_option;

/* A table of options and where their values go. */
typedef struct dro_ask_option_set {
    const dro_ask_option *options;
    size_t count;
    void *values;
} dro_ask_option_set;

#define DRO_ASK_OPERANDS_MAX 256

typedef struct dro_ask_operands {
    const char *items[DRO_ASK_OPERANDS_MAX];
    size_t count;
} dro_ask_operands;

/* Texts are borrowed from argv. `used` (may be NULL): stop at the first operand and
 * say how many arguments were read. DRO_USAGE for an unknown option (with the nearest
 * name) or a missing value, DRO_INVALID for a bad one. */
dro_status dro_ask_parse(int argc, const char *const *argv,
                         const dro_ask_option_set *sets, size_t set_count,
                         dro_ask_operands *out, int *used, dro_error *error);

/* Puts a value into the values. `what` names it in messages. A flag takes no text. */
dro_status dro_ask_put(const dro_ask_option *option, void *values, const char *text,
                       const char *what, dro_error *error);

/* "--format table|json|csv  ..." one line per option. */
void dro_ask_help(FILE *out, const dro_ask_option_set *set);

/* The nearest of some names within two typing mistakes, or NULL. */
typedef const char *(*dro_ask_name)(const void *names, size_t index);
const char *dro_ask_nearest(const char *text, const void *names, size_t count,
                            dro_ask_name name);

/* Each part of "A,B,C" between commas, cut to the buffer; `next` moves on. False at
 * the end. */
bool dro_ask_split(const char **next, char *part, size_t size);

#endif
