/*
 * What a column of a fact table holds, as a const table, and the one interpreter
 * that puts a value into its row.
 */
#ifndef DRO_ATLAS_FIELD_H
#define DRO_ATLAS_FIELD_H

#include "atlas/atlas_state.h"
#include "atlas/value.h"

typedef enum dro_field_type {
    DRO_FIELD_SPECIAL, /* the table's own code reads it */
    DRO_FIELD_ID,      /* const char *; letters, digits, - . _ */
    DRO_FIELD_TEXT,    /* const char *, "" where empty; of few different ones */
    DRO_FIELD_PROSE,   /* const char *, "" where empty; no two alike */
    DRO_FIELD_SOURCE,  /* const char *; an id of the sources */
    DRO_FIELD_NUMBER,  /* double */
    DRO_FIELD_TRUTH,   /* bool */
    DRO_FIELD_WORD,    /* an enum: the place in `words` */
    DRO_FIELD_REF      /* int: the row in `table`, -1 where empty */
} dro_field_type;

typedef struct dro_field {
    const char *name; /* of the column or property */
    dro_field_type type;
    dro_table_id table;        /* of a reference */
    size_t offset;             /* in the row */
    double missing, low, high; /* number: where empty; its range */
    const char *const *words;  /* ends with NULL */
    bool needed;               /* may not be empty */
} dro_field;

#define DRO_UNKNOWN ((double)NAN)

/* For the tables of fields: (row type, member), the column called as the member. */
#define DRO_ID(row, member)                                                     \
    {                                                                           \
        .name = #member, .type = DRO_FIELD_ID, .offset = offsetof(row, member), \
        .needed = true                                                          \
    }
#define DRO_TEXT(row, member) \
    { .name = #member, .type = DRO_FIELD_TEXT, .offset = offsetof(row, member) }
#define DRO_CLASS(row, member)                                                    \
    {                                                                             \
        .name = #member, .type = DRO_FIELD_TEXT, .offset = offsetof(row, member), \
        .needed = true                                                            \
    }
#define DRO_PROSE(row, member) \
    { .name = #member, .type = DRO_FIELD_PROSE, .offset = offsetof(row, member) }
#define DRO_NAME(row, member)                                                      \
    {                                                                              \
        .name = #member, .type = DRO_FIELD_PROSE, .offset = offsetof(row, member), \
        .needed = true                                                             \
    }
#define DRO_SOURCE(row, member)                                                     \
    {                                                                               \
        .name = #member, .type = DRO_FIELD_SOURCE, .offset = offsetof(row, member), \
        .needed = true                                                              \
    }
#define DRO_WORD(row, member, list)                                               \
    {                                                                             \
        .name = #member, .type = DRO_FIELD_WORD, .offset = offsetof(row, member), \
        .needed = true, .words = (list)                                           \
    }
#define DRO_TRUTH(row, member)                                                     \
    {                                                                              \
        .name = #member, .type = DRO_FIELD_TRUTH, .offset = offsetof(row, member), \
        .needed = true                                                             \
    }
#define DRO_REF(row, member, rows)                                               \
    {                                                                            \
        .name = #member, .type = DRO_FIELD_REF, .offset = offsetof(row, member), \
        .table = (rows)                                                          \
    }
/* (column, row type, member, where empty, least, most) */
#define DRO_NUMBER(column, row, member, empty, least, most)                          \
    {                                                                                \
        .name = (column), .type = DRO_FIELD_NUMBER, .offset = offsetof(row, member), \
        .missing = (empty), .low = (least), .high = (most)                           \
    }
/* The same, never empty. */
#define DRO_FIGURE(column, row, member, least, most)                                 \
    {                                                                                \
        .name = (column), .type = DRO_FIELD_NUMBER, .offset = offsetof(row, member), \
        .needed = true, .low = (least), .high = (most)                               \
    }
#define DRO_SPECIAL(column) \
    { .name = (column), .type = DRO_FIELD_SPECIAL }

extern const char *const dro_mark_words[];

/* The message names the column and the value, not the place in the file. */
dro_status dro_field_set(dro_atlas *atlas, const dro_field *field,
                         const dro_value *value, void *row, dro_error *error);

#endif
