/*
 * The option parser with a table that has an option of each kind, for its unit test and
 * its fuzzer: include it once.
 */
#ifndef DRO_TESTS_OPTION_TABLE_H
#define DRO_TESTS_OPTION_TABLE_H

#include "cli/options.c" /* NOLINT(bugprone-suspicious-include) */

typedef struct values {
    bool flag;
    const char *text;
    double number;
    long count;
    int choice;
    cli_list list;
} values;

static const cli_option table[] = {
    {"flag", 'f', OPTION_FLAG, offsetof(values, flag), NULL, 0, 0, "a flag"},
    {"text", 't', OPTION_TEXT, offsetof(values, text), "T", 0, 0, "a text"},
    {"number", '\0', OPTION_NUMBER, offsetof(values, number), "X", -5, 5, "a number"},
    {"count", 'c', OPTION_COUNT, offsetof(values, count), "N", 0, 10, "a count"},
    {"choice", '\0', OPTION_CHOICE, offsetof(values, choice), "red|green|blue", 0, 0,
     "a choice"},
    {"list", 'l', OPTION_LIST, offsetof(values, list), "A,B", 0, 0, "a list"},
};

#endif
