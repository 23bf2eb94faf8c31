/*
 * JSON (RFC 8259), read in place: the text is checked once, then walked by pointers
 * to its values. Nothing is built, so a large array of coordinates costs what its
 * digits cost (a tree of it took ten times as long and most of the start-up time),
 * and every value knows its line and column.
 */
#ifndef DRO_ATLAS_JSON_H
#define DRO_ATLAS_JSON_H

#include "derrotero/base.h"

/* A text; kept by the caller while it is in use. */
typedef struct dro_json {
    const char *bytes; /* length of them and a NUL */
    size_t length;
    const char *name; /* for messages */
} dro_json;

typedef enum dro_json_kind {
    DRO_JSON_OBJECT,
    DRO_JSON_ARRAY,
    DRO_JSON_STRING,
    DRO_JSON_NUMBER,
    DRO_JSON_TRUE,
    DRO_JSON_FALSE,
    DRO_JSON_NULL
} dro_json_kind;

/* The value that the text is: an object or an array, nested at most `depth` deep, in
 * valid UTF-8 (a byte order mark is skipped). Anything else is DRO_PARSE, or
 * DRO_LIMIT for the depth, with "name:line:column: ...". The calls below are for
 * values of a text that was checked. */
dro_status dro_json_check(const dro_json *json, int depth, const char **root,
                          dro_error *error);

dro_json_kind dro_json_kind_of(const char *value);
/* Member names and texts are compared as written: an escape is not the letter it
 * stands for. NULL where there is no such member or `object` is none; the first where
 * there are several. NULL gives NULL. */
const char *dro_json_member(const char *object, const char *name);
/* Members one by one: the value of the first or of the one after `value`, with its
 * key's first letter (behind the quote) in *key. NULL where there is none. */
const char *dro_json_first_member(const char *object, const char **key);
const char *dro_json_next_member(const char *value, const char **key);
/* Items of an array: NULL where it is none, or after the last. */
const char *dro_json_first(const char *array);
const char *dro_json_next(const char *item);
/* False where it is no number or too large for a double. */
bool dro_json_number(const char *value, double *out);
/* The same from a place inside the item, outside its strings, with `depth` arrays and
 * objects to be closed until the item's end. */
const char *dro_json_next_from(const char *inside, int depth);
/* The first `count` (1 or more) items of an array, all numbers; further ones are passed
 * over. *next is then the item after the array, as of dro_json_next. */
bool dro_json_numbers(const char *array, double *out, size_t count, const char **next);
/* The first byte behind a value. */
const char *dro_json_end(const char *value);
/* Unescaped, in the arena; NULL where out of memory. U+0000 ends it. */
const char *dro_json_string(const char *value, dro_arena *arena);
/* Is it the string `text`? NULL is not. */
bool dro_json_is(const char *value, const char *text);

/* "name:line:column: message"; the column counts bytes. */
dro_status dro_json_fail(const dro_json *json, const char *at, dro_error *error,
                         dro_status status, const char *format, ...) DRO_PRINTF(5, 6);

#endif
