/*
 * One value of a row, from CSV (always text) or from JSON (typed).
 */
#ifndef DRO_ATLAS_VALUE_H
#define DRO_ATLAS_VALUE_H

#include <stdbool.h>

typedef enum dro_value_kind {
    DRO_VALUE_MISSING,
    DRO_VALUE_TEXT,
    DRO_VALUE_NUMBER,
    DRO_VALUE_BOOL,
    DRO_VALUE_OTHER /* an array or object */
} dro_value_kind;

typedef struct dro_value {
    const char *text;
    double number;
    dro_value_kind kind;
    bool truth;
} dro_value;

#endif
