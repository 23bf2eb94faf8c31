/*
 * A value as it stands in an error message: in quotes, on one line, not too long.
 */
#ifndef DRO_BASE_QUOTE_H
#define DRO_BASE_QUOTE_H

#include <stddef.h>

#define DRO_QUOTE_MAX 96 /* bytes, enough for the longest quoted value */

/* Writes "text" with control characters and invalid UTF-8 as \xNN, cut with "..."
 * where it is long. `buffer` has DRO_QUOTE_MAX bytes; returns it. NULL: (none). */
const char *dro_quote(const char *text, char *buffer);

#endif
