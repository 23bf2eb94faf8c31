/*
 * derrotero/case.h: a case folder: its tables, its scenarios, what they change.
 *
 *   dro_case_open(session, "cases/chancay", &study, &error);
 *   dro_case_apply(study, "canal-closed", NULL, &facts, &error);
 *   dro_chains_create(session, facts, &options, &chains, &error);
 *
 * case.yaml (YAML 1.2 without anchors, aliases and tags; no other keys than these):
 *
 *   case: chancay             # id
 *   title: The port of Chancay
 *   about: one paragraph
 *   include: [../other]       # its tables and scenarios too; cycles are errors
 *   corridors: yes            # the built-in inland network (default yes)
 *   tables: [., more]         # folders of CSV tables (default: the case's own)
 *   commodity: manufactures   # where none is named
 *   scenario: after           # where none is named
 *   scenarios:
 *     after:
 *       title: With Chancay
 *       about: one paragraph
 *       extends: [before]     # its edits first, each once; cycles are errors
 *       date: 2025-11-15      # services in force; edits between dates
 *       month: 9              # seasons
 *       edits:
 *         - open: {port: PECHY, link: [a-b, b-c]}    # or passage, service
 *         - close: {passage: panama}
 *         - set: {passage: panama, wait_h: {value: 240, low: 96, high: 504}}
 *           from: 2023-07-01  # only if the date is within
 *           to: 2024-02-28
 *         - set: {link: [a-b, b-c], speed_kmh: 30}   # a number: exact
 *         - scale: {link: a-b, cost_usd_t: 1.5}      # value, low and high
 *         - add: {link: rail-a-b, from: a, to: b, mode: rail, class: rail-metre,
 *                 state: existing, length_km: 120}
 *         - add: {port: PENP1, name: New, country: PE, lat: -15.4, lon: -75.2}
 *         - add: {service: new, vessel: container-8000, headway_d: 7, state: existing,
 *                 calls: [{port: PECLL, stay_h: 24, sail_h: 552}, {port: CNSHA}]}
 *
 * The first word behind set, scale and add says of what kind, then come attributes
 * (facts.h). Edits are made in their order, and the whole is checked after each. To
 * open or close a service takes its dates away. A case is checked when it is opened,
 * all edits of all scenarios: what is wrong is told with file:line:column, what is not
 * known with the nearest name.
 *
 * Limits: 64 files, 16 deep, 1 MiB each; 1000 scenarios. Thread safety: an open case is
 * immutable.
 */
#ifndef DERROTERO_CASE_H
#define DERROTERO_CASE_H

#include "chains.h"
#include "facts.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dro_case dro_case;

typedef struct dro_scenario {
    const char *id, *title, *about;
    const char *date; /* YYYY-MM-DD, or NULL */
    int month;        /* 1..12, or 0 */
    size_t edit_count;
} dro_scenario;

/* Where a case is: a path, or the name of one that came with the program (beside the
 * session's tables); NULL: DRO_CASE_DEFAULT. DRO_NOT_FOUND tells where it was sought.
 */
#define DRO_CASE_DEFAULT "chancay"
dro_status dro_case_locate(dro_session *session, const char *given, char *path,
                           size_t size, dro_error *error);
/* `folder` holds case.yaml (or is that file). The session must outlive the case. */
dro_status dro_case_open(dro_session *session, const char *folder, dro_case **out,
                         dro_error *error);
void dro_case_close(dro_case *study); /* NULL is fine */
const char *dro_case_id(const dro_case *study);
const char *dro_case_title(const dro_case *study);
const char *dro_case_about(const dro_case *study);
const char *dro_case_folder(const dro_case *study);
const char *dro_case_commodity(const dro_case *study);        /* id, "" if none */
const char *dro_case_default_scenario(const dro_case *study); /* id */
dro_session *dro_case_session(const dro_case *study);
/* The tables before any edit, settled. */
const dro_facts *dro_case_facts(const dro_case *study);

size_t dro_case_scenarios(const dro_case *study);
void dro_case_scenario(const dro_case *study, size_t index, dro_scenario *out);
/* DRO_NOT_FOUND with the nearest. */
dro_status dro_case_find_scenario(const dro_case *study, const char *id, size_t *index,
                                  dro_error *error);

/* The facts under a scenario, or several put one on another ("after+strike"; what both
 * extend is made once), settled; the caller destroys them. NULL: the default scenario,
 * where there is none the tables as they are. `date` (NULL: the scenario's) decides
 * edits between dates; DRO_INVALID where there are such edits and no date. */
dro_status dro_case_apply(const dro_case *study, const char *scenario, const char *date,
                          dro_facts **out, dro_error *error);
/* The same with further edits on top: a list in YAML or JSON in the form of a
 * scenario's `edits`. `what` stands in messages for the file: "edits:1:20: no link is
 * called ...". All is checked as a case's own edits are; the case is not changed, and
 * several threads may do so at a time. DRO_LIMIT above these, or nested deeper than 32.
 * NULL: none. What is JSON is read by the program's own reader, not by the YAML
 * library. */
#define DRO_CASE_EDITS_BYTES_MAX ((size_t)1 << 16)
#define DRO_CASE_EDITS_MAX       200
#define DRO_CASE_EDITS_CALLS_MAX 400 /* of all services that are added */
dro_status dro_case_edit(const dro_case *base, const char *scenario, const char *edits,
                         size_t length, const char *what, dro_facts **out,
                         dro_error *error);
/* Date and month of it: of the last part that names one. */
dro_status dro_case_when(const dro_case *study, const char *scenario, const char **date,
                         int *month, dro_error *error);

/* ---- differences --------------------------------------------------------------------
 */

typedef struct dro_difference {
    dro_kind kind;
    const char *id;        /* of the thing; borrowed from the facts */
    const char *attribute; /* "" where the thing is only in one */
    const char *was, *is;  /* as text, "" where absent; a whole thing: "there" */
} dro_difference;

/* What differs between two sets of facts made from one case, by kind, id, attribute. */
dro_status dro_case_diff(const dro_facts *was, const dro_facts *is, dro_arena *arena,
                         dro_difference **out, size_t *count, dro_error *error);

#ifdef __cplusplus
}
#endif
#endif
