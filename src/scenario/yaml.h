/*
 * Case files in YAML 1.2: a small tree of mappings, sequences and scalars in which
 * every value knows its file, line and column, so that whoever reads a case can say
 * where it is wrong.
 *
 * What is read: one document in UTF-8, keys that are scalars, no key twice. What is
 * not: anchors and aliases (no file can blow up), tags, directives, explicit keys (?),
 * tabs. A scalar is what is written; what it means is for the reader to ask: NO is
 * Norway as a text and false as a flag. A merge key (<<) is a key like any other.
 */
#ifndef DRO_SCENARIO_YAML_H
#define DRO_SCENARIO_YAML_H

#include "derrotero/base.h"

#define DRO_YAML_BYTES_MAX ((size_t)1 << 20)
#define DRO_YAML_DEPTH_MAX 32u

typedef enum dro_yaml_kind {
    DRO_YAML_SCALAR,
    DRO_YAML_SEQUENCE,
    DRO_YAML_MAPPING
} dro_yaml_kind;

typedef struct dro_yaml_entry dro_yaml_entry;

typedef struct dro_yaml {
    dro_yaml_kind kind;
    bool quoted; /* a scalar in quotes, or a block (| or >) */
    /* Where it begins, from 1; columns in characters. A block's text begins below the
     * |, and nothing begins where its key does. */
    unsigned line, column;
    const char *file; /* its name in messages */
    const char *text; /* of a scalar, "" where nothing stands */
    const dro_yaml_entry *entries;
    size_t count; /* of entries */
} dro_yaml;

struct dro_yaml_entry {
    const char *key; /* NULL in a sequence */
    unsigned line, column;
    dro_yaml value;
};

/* The document, with all its texts in the arena. `name` stands in messages. DRO_PARSE
 * ("name:line:column: ...") for what is not read, an empty document too; DRO_LIMIT
 * above the limits; DRO_IO. O(n log n). */
dro_status dro_yaml_read(const char *path, dro_arena *arena, const dro_yaml **out,
                         dro_error *error);
dro_status dro_yaml_parse(const char *bytes, size_t length, const char *name,
                          dro_arena *arena, const dro_yaml **out, dro_error *error);

/* The same of JSON, and what is none is read as YAML. */
dro_status dro_yaml_parse_json(const char *bytes, size_t length, const char *name,
                               dro_arena *arena, const dro_yaml **out,
                               dro_error *error);
/* DRO_PARSE names the first key of a mapping that is there twice. */
dro_status dro_yaml_check_twice(const dro_yaml *mapping, dro_error *error);

/* "file:line:column: message"; of an entry, where its key stands. */
dro_status dro_yaml_fail(const dro_yaml *at, dro_error *error, dro_status status,
                         const char *format, ...) DRO_PRINTF(4, 5);
dro_status dro_yaml_fail_key(const dro_yaml *mapping, const dro_yaml_entry *entry,
                             dro_error *error, dro_status status, const char *format,
                             ...) DRO_PRINTF(5, 6);

/* ---- asking ------------------------------------------------------------------------
 *
 * `what` names the value in messages: "the scenario's edit". All failures are DRO_PARSE
 * (what is there is of another kind, or missing) or DRO_INVALID (a bad value).
 */

/* NULL where there is no such key; of what is no mapping too. */
const dro_yaml *dro_yaml_get(const dro_yaml *mapping, const char *key);
/* Names the missing key; DRO_PARSE where `mapping` is none. */
dro_status dro_yaml_require(const dro_yaml *mapping, const char *key, const char *what,
                            const dro_yaml **out, dro_error *error);
/* A mapping with no other keys than these; the error names the nearest. */
dro_status dro_yaml_keys(const dro_yaml *mapping, const char *const *known,
                         size_t known_count, const char *what, dro_error *error);
dro_status dro_yaml_expect(const dro_yaml *value, dro_yaml_kind kind, const char *what,
                           dro_error *error);

/* The items of a sequence; a scalar or mapping is a sequence of itself, an empty scalar
 * one of nothing. *items is in the arena only where it had to be made. */
typedef struct dro_yaml_list {
    const dro_yaml_entry *items; /* their keys are NULL */
    size_t count;
} dro_yaml_list;
dro_status dro_yaml_list_of(const dro_yaml *value, dro_arena *arena, dro_yaml_list *out,
                            dro_error *error);

/* Scalars. A text is not empty; a number or a flag (true, false, yes, no, in any case)
 * is not in quotes. */
dro_status dro_yaml_text(const dro_yaml *value, const char *what, const char **out,
                         dro_error *error);
dro_status dro_yaml_number(const dro_yaml *value, const char *what, double *out,
                           dro_error *error);
dro_status dro_yaml_flag(const dro_yaml *value, const char *what, bool *out,
                         dro_error *error);
/* Is it nothing: an empty scalar, null or ~ without quotes? NULL is. */
bool dro_yaml_empty(const dro_yaml *value);

#endif
