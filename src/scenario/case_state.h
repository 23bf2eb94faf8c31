/* What the files of a case share. */
#ifndef DRO_SCENARIO_CASE_STATE_H
#define DRO_SCENARIO_CASE_STATE_H

#include "derrotero/case.h"
#include "scenario/yaml.h"

#define CASE_FILES_MAX     64u /* one case and all that it includes */
#define CASE_NESTED_MAX    16u /* includes in includes */
#define CASE_PARTS_MAX     16u /* "a+b+c" */
#define CASE_PATH_MAX      4096
#define CASE_SCENARIOS_MAX 1000u

typedef enum case_verb {
    CASE_SET, /* open and close too */
    CASE_SCALE,
    CASE_ADD
} case_verb;

typedef struct case_change { /* of one attribute */
    dro_attribute_id attribute;
    const dro_yaml *at;
    dro_range range;  /* of figures; to scale: the factor is its value */
    const char *text; /* of the others; "" clears */
} case_change;

typedef struct case_edit {
    case_verb verb;
    dro_kind kind;
    const dro_yaml *at; /* for messages */
    dro_yaml_list ids;
    case_change *changes;
    size_t change_count;
    struct case_edit *calls; /* of a service that is added */
    size_t call_count;
    const char *from, *to; /* YYYY-MM-DD, or NULL */
} case_edit;

typedef struct case_scenario {
    const char *id, *title, *about;
    const char *date; /* its own, or that of what it extends */
    int month;
    const dro_yaml *at;
    dro_yaml_list extends;
    case_edit *edits;
    size_t edit_count;
    size_t *order; /* scenarios whose edits are made, itself last */
    size_t order_count;
} case_scenario;

typedef struct case_file {
    const char *path, *folder; /* as shown; "" for a folder that is this one */
    const char *real;          /* to tell files apart */
    const dro_yaml *root;
} case_file;

struct dro_case {
    dro_session *session;
    dro_arena *arena; /* trees, texts, edits */
    dro_facts *facts;
    case_file files[CASE_FILES_MAX]; /* what is included stands before */
    size_t file_count;
    const char *id, *title, *about, *folder, *commodity;
    const char *scenario; /* where none is named; "" if none */
    case_scenario *scenarios;
    size_t scenario_count;
};

void *case_alloc(dro_arena *arena, size_t count, size_t size, dro_error *error);
/* Puts a place before a message that has none; of DRO_NOMEM nothing. */
dro_status case_at(const dro_yaml *at, dro_status status, dro_error *error);
/* YYYY-MM-DD of the calendar. */
dro_status case_date(const dro_yaml *value, const char *what, const char **out,
                     dro_error *error);

/* Indices of "a+b"; `parts` has CASE_PARTS_MAX places. NULL: the case's default. */
dro_status case_parts(const dro_case *study, const char *names, size_t *parts,
                      size_t *count, dro_error *error);

/* Reads the files of a case, what they include first. */
dro_status case_read_files(dro_case *study, const char *given, dro_error *error);
/* Scenarios of all files, their edits, and the order in which they are made. */
dro_status case_read_scenarios(dro_case *study, dro_error *error);
/* The edits of a list; in the arena. */
dro_status case_read_edits(dro_arena *arena, const dro_yaml *list, case_edit **out,
                           size_t *count, dro_error *error);
/* Makes an edit. */
dro_status case_make_edit(const case_edit *edit, dro_facts *facts, dro_error *error);
/* A scenario's facts on a date (NULL: its own) with more edits on top. */
dro_status case_apply(const dro_case *study, const char *scenario, const char *date,
                      const case_edit *more, size_t more_count, dro_facts **out,
                      dro_error *error);
/* Tries every scenario with all of its edits. */
dro_status case_try_scenarios(const dro_case *study, dro_error *error);

#endif
