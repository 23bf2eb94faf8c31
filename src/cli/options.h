/*
 * The option parser: one interpreter for the tables of all commands; help is made
 * from the same tables.
 *
 * --name V, --name=V, -o V; `--` ends options; `-` alone and anything that begins
 * like a negative number ("-12.05,-77.15") is an operand. A flag takes no value.
 * The last of two wins, lists grow.
 */
#ifndef DERROTERO_CLI_OPTIONS_H
#define DERROTERO_CLI_OPTIONS_H

#include "derrotero/base.h"

typedef enum cli_option_kind {
    OPTION_FLAG,   /* bool */
    OPTION_TEXT,   /* const char * */
    OPTION_NUMBER, /* double */
    OPTION_COUNT,  /* long */
    OPTION_CHOICE, /* int: index into `value`, "table|json|csv" */
    OPTION_LIST    /* cli_list */
} cli_option_kind;

#define OPTION_LIST_MAX 64

typedef struct cli_list {
    const char *items[OPTION_LIST_MAX];
    size_t count;
} cli_list;

typedef struct cli_option {
    const char *name; /* without the dashes */
    char letter;      /* or '\0' */
    cli_option_kind kind;
    size_t offset;     /* of the member in the values */
    const char *value; /* name of the value, or the choices; NULL for flags */
    double low, high;  /* of numbers and counts */
    const char *help;
} cli_option;

/* A table of options and where their values go. */
typedef struct cli_option_set {
    const cli_option *options;
    size_t count;
    void *values;
} cli_option_set;

#define OPERANDS_MAX 256

typedef struct cli_operands {
    const char *items[OPERANDS_MAX];
    size_t count;
} cli_operands;

/* Texts are borrowed from argv. `used` (may be NULL): stop at the first operand and
 * say how many arguments were read. DRO_USAGE for an unknown option (with the nearest
 * name) or a missing value, DRO_INVALID for a bad one. */
dro_status options_parse(int argc, const char *const *argv, const cli_option_set *sets,
                         size_t set_count, cli_operands *out, int *used,
                         dro_error *error);

/* "--format table|json|csv  ..." one line per option. */
void options_help(FILE *out, const cli_option_set *set);

/* The nearest of some names within two typing mistakes, or NULL. */
typedef const char *(*cli_name)(const void *names, size_t index);
const char *options_nearest(const char *text, const void *names, size_t count,
                            cli_name name);

/* Each part of "A,B,C" between commas, cut to the buffer; `next` moves on. False at
 * the end. */
bool options_split(const char **next, char *part, size_t size);

#endif
