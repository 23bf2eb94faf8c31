/*
 * The option parser with a table that has an option of each kind, for its unit test and
 * its fuzzer: include it once.
 */
#ifndef DRO_TESTS_OPTION_TABLE_H
#define DRO_TESTS_OPTION_TABLE_H

#include "ask/options.h"

typedef struct values {
    bool flag;
    const char *text;
    double number;
    long count;
    int choice;
    dro_ask_list list;
} values;

static const dro_ask_option table[] = {
    {"flag", 'f', DRO_ASK_FLAG, offsetof(values, flag), NULL, 0, 0, "a flag"},
    {"text", 't', DRO_ASK_TEXT, offsetof(values, text), "T", 0, 0, "a text"},
    {"number", '\0', DRO_ASK_NUMBER, offsetof(values, number), "X", -5, 5, "a number"},
    {"count", 'c', DRO_ASK_COUNT, offsetof(values, count), "N", 0, 10, "a count"},
    {"choice", '\0', DRO_ASK_CHOICE, offsetof(values, choice), "red|green|blue", 0, 0,
     "a choice"},
    {"list", 'l', DRO_ASK_LIST, offsetof(values, list), "A,B", 0, 0, "a list"},
};

#endif
