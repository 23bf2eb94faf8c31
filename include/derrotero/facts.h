/*
 * derrotero/facts.h: everything that a model is computed from, as things with figures
 * that one can name, read, change and sample: ports, passages and vessels of the
 * atlas; nodes and links of the land; terminals, services, commodities of a case.
 *
 * A thing has a kind, an id and the attributes of its kind. A figure that is not
 * measured has a low and a high. Facts are built by one thread, then settled; settled
 * facts are immutable and shared. A scenario edits a copy.
 *
 *   dro_facts_create(atlas, &facts, &error);
 *   dro_facts_read_folder(facts, "data/corridors", &error);
 *   dro_facts_settle(facts, &error);
 *   dro_range km = dro_facts_range(facts, 12, DRO_LINK_LENGTH_KM);
 */
#ifndef DERROTERO_FACTS_H
#define DERROTERO_FACTS_H

#include "atlas.h"
#include "base.h"
#include "geo.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(NAME, word, table's file); the first four come from the atlas and have no file */
#define DRO_KIND_LIST(X)                         \
    X(PORT, "port", "")                          \
    X(PASSAGE, "passage", "")                    \
    X(FUEL, "fuel", "")                          \
    X(VESSEL, "vessel", "")                      \
    X(NODE, "node", "nodes.csv")                 \
    X(CLASS, "class", "classes.csv")             \
    X(SEASON, "season", "seasons.csv")           \
    X(LINK, "link", "links.csv")                 \
    X(TRANSFER, "transfer", "transfers.csv")     \
    X(COMMODITY, "commodity", "commodities.csv") \
    X(TERMINAL, "terminal", "terminals.csv")     \
    X(SERVICE, "service", "services.csv")        \
    X(CALL, "call", "calls.csv")                 \
    X(TRAMP, "tramp", "tramps.csv")              \
    X(FACTOR, "factor", "factors.csv")           \
    X(DEMAND, "demand", "demand.csv")            \
    X(PUBLISHED, "published", "published.csv")   \
    X(REFERENCE, "reference", "claims_reference.csv")

typedef enum dro_kind {
#define DRO_KIND_ENUM(name, word, file) DRO_KIND_##name,
    DRO_KIND_LIST(DRO_KIND_ENUM)
#undef DRO_KIND_ENUM
    DRO_KIND_COUNT
} dro_kind;

typedef enum dro_attribute_type {
    DRO_ATTRIBUTE_TEXT,
    DRO_ATTRIBUTE_THING,  /* the id of a thing of another kind */
    DRO_ATTRIBUTE_WORD,   /* one of a list */
    DRO_ATTRIBUTE_FLAG,   /* yes or no */
    DRO_ATTRIBUTE_NUMBER, /* exact, or no range is known */
    DRO_ATTRIBUTE_RANGE   /* with columns NAME_low and NAME_high */
} dro_attribute_type;

/* Attributes by kind: X(KIND, NAME, column, TYPE, extra, least, most, needed). `extra`
 * is the kind that a THING is of, or the words of a WORD. Units are in the names:
 * _km, _kmh, _h, _d days, _pct_d per cent a day, _t tonnes, _teu per TEU or in TEU,
 * _tkm and _teukm per tonne- and TEU-kilometre, _t_y tonnes a year. */
#define DRO_NODE_WORDS \
    "city|mine|farm|industry|border|junction|terminal|river-port|port"
#define DRO_MODE_WORDS     "road|rail|river|ferry|pipeline"
#define DRO_STATE_WORDS    "existing|planned|closed"
#define DRO_TRANSFER_WORDS "origin|destination|sea|road|rail|river|ferry|pipeline"

#define DRO_ATTRIBUTE_LIST(X)                                                  \
    X(PORT, LAT, lat, NUMBER, "", -90, 90, 0)                                  \
    X(PORT, LON, lon, NUMBER, "", -180, 180, 0)                                \
    X(PORT, COUNTRY, country, TEXT, "", 0, 0, 0)                               \
    X(PORT, STATUS, status, WORD, "open|planned|closed", 0, 0, 0)              \
    X(PORT, ALONGSIDE_M, alongside_m, NUMBER, "", 0, 60, 0)                    \
    X(PORT, CHANNEL_M, channel_m, NUMBER, "", 0, 200, 0)                       \
    X(PORT, UKC_M, ukc_m, NUMBER, "", 0, 10, 0)                                \
    X(PORT, MAX_DRAFT_M, max_draft_m, NUMBER, "", 0, 60, 0)                    \
    X(PORT, MAX_LOA_M, max_loa_m, NUMBER, "", 0, 600, 0)                       \
    X(PORT, MAX_BEAM_M, max_beam_m, NUMBER, "", 0, 100, 0)                     \
    X(PORT, CRANE_ROWS, crane_rows, NUMBER, "", 0, 40, 0)                      \
    X(PORT, NAME, name, TEXT, "", 0, 0, 0)                                     \
    X(PASSAGE, STATE, state, WORD, "open|closed", 0, 0, 0)                     \
    X(PASSAGE, TRANSIT_H, transit_h, RANGE, "", 0, 1e4, 0)                     \
    X(PASSAGE, WAIT_H, wait_h, RANGE, "", 0, 1e4, 0)                           \
    X(PASSAGE, SLOTS_PER_DAY, slots_per_day, NUMBER, "", 0, 1e4, 0)            \
    X(PASSAGE, MAX_DRAFT_M, max_draft_m, NUMBER, "", 0, 100, 0)                \
    X(PASSAGE, MAX_LOA_M, max_loa_m, NUMBER, "", 0, 1000, 0)                   \
    X(PASSAGE, MAX_BEAM_M, max_beam_m, NUMBER, "", 0, 200, 0)                  \
    X(PASSAGE, TOLL_FACTOR, toll_factor, RANGE, "", 0, 1e3, 0)                 \
    X(FUEL, PRICE_USD_T, price_usd_t, RANGE, "", 0, 1e5, 0)                    \
    X(FUEL, CO2_T_PER_T, co2_t_per_t, NUMBER, "", 0, 10, 0)                    \
    X(VESSEL, TEU, teu, NUMBER, "", 0, 1e5, 0)                                 \
    X(VESSEL, LOA_M, loa_m, NUMBER, "", 0, 600, 0)                             \
    X(VESSEL, BEAM_M, beam_m, NUMBER, "", 0, 100, 0)                           \
    X(VESSEL, DRAFT_M, draft_m, NUMBER, "", 0, 40, 0)                          \
    X(VESSEL, DESIGN_SPEED_KN, design_speed_kn, NUMBER, "", 1, 60, 0)          \
    X(VESSEL, MAIN_FUEL_TPD, main_fuel_tpd, NUMBER, "", 0, 1e3, 0)             \
    X(VESSEL, CHARTER_USD_D, charter_usd_d, RANGE, "", 0, 1e7, 0)              \
    X(VESSEL, LOAD_FACTOR, load_factor, NUMBER, "", 0, 1, 0)                   \
    X(VESSEL, WEATHER_MARGIN_PCT, weather_margin_pct, RANGE, "", 0, 100, 0)    \
    X(NODE, NAME, name, TEXT, "", 0, 0, 1)                                     \
    X(NODE, ALIASES, aliases, TEXT, "", 0, 0, 0)                               \
    X(NODE, COUNTRY, country, TEXT, "", 0, 0, 1)                               \
    X(NODE, KIND, kind, WORD, DRO_NODE_WORDS, 0, 0, 1)                         \
    X(NODE, LAT, lat, NUMBER, "", -90, 90, 1)                                  \
    X(NODE, LON, lon, NUMBER, "", -180, 180, 1)                                \
    X(NODE, PORT, port, THING, DRO_KIND_PORT, 0, 0, 0)                         \
    X(NODE, ALTITUDE_M, altitude_m, NUMBER, "", -500, 9000, 0)                 \
    X(CLASS, NAME, name, TEXT, "", 0, 0, 0)                                    \
    X(CLASS, MODE, mode, WORD, DRO_MODE_WORDS, 0, 0, 1)                        \
    X(CLASS, SPEED_KMH, speed_kmh, RANGE, "", 0.1, 500, 1)                     \
    X(CLASS, COST_USD_TKM, cost_usd_tkm, RANGE, "", 0, 100, 1)                 \
    X(CLASS, COST_USD_TEUKM, cost_usd_teukm, RANGE, "", 0, 1e3, 0)             \
    X(CLASS, CO2_G_TKM, co2_g_tkm, RANGE, "", 0, 1e4, 1)                       \
    X(SEASON, NAME, name, TEXT, "", 0, 0, 0)                                   \
    X(SEASON, FROM_MONTH, from_month, NUMBER, "", 1, 12, 1)                    \
    X(SEASON, TO_MONTH, to_month, NUMBER, "", 1, 12, 1)                        \
    X(SEASON, SPEED_FACTOR, speed_factor, RANGE, "", 0.01, 10, 0)              \
    X(SEASON, COST_FACTOR, cost_factor, RANGE, "", 0.01, 100, 0)               \
    X(SEASON, CAPACITY_FACTOR, capacity_factor, RANGE, "", 0, 10, 0)           \
    X(LINK, FROM, from, THING, DRO_KIND_NODE, 0, 0, 1)                         \
    X(LINK, TO, to, THING, DRO_KIND_NODE, 0, 0, 1)                             \
    X(LINK, MODE, mode, WORD, DRO_MODE_WORDS, 0, 0, 1)                         \
    X(LINK, CLASS, class, THING, DRO_KIND_CLASS, 0, 0, 1)                      \
    X(LINK, STATE, state, WORD, DRO_STATE_WORDS, 0, 0, 1)                      \
    X(LINK, ONEWAY, oneway, FLAG, "", 0, 0, 0)                                 \
    X(LINK, LENGTH_KM, length_km, RANGE, "", 0, 1e5, 1)                        \
    X(LINK, SPEED_KMH, speed_kmh, RANGE, "", 0.1, 500, 0)                      \
    X(LINK, COST_USD_T, cost_usd_t, RANGE, "", 0, 1e6, 0)                      \
    X(LINK, COST_USD_TEU, cost_usd_teu, RANGE, "", 0, 1e6, 0)                  \
    X(LINK, CAPACITY_T_Y, capacity_t_y, RANGE, "", 0, 1e12, 0)                 \
    X(LINK, BORDER_H, border_h, RANGE, "", 0, 1e4, 0)                          \
    X(LINK, ALTITUDE_M, altitude_m, NUMBER, "", -500, 9000, 0)                 \
    X(LINK, SEASON, season, THING, DRO_KIND_SEASON, 0, 0, 0)                   \
    X(TRANSFER, NODE, node, THING, DRO_KIND_NODE, 0, 0, 0)                     \
    X(TRANSFER, FROM_MODE, from_mode, WORD, DRO_TRANSFER_WORDS, 0, 0, 1)       \
    X(TRANSFER, TO_MODE, to_mode, WORD, DRO_TRANSFER_WORDS, 0, 0, 1)           \
    X(TRANSFER, HOURS, hours, RANGE, "", 0, 1e4, 1)                            \
    X(TRANSFER, COST_USD_T, cost_usd_t, RANGE, "", 0, 1e5, 0)                  \
    X(TRANSFER, COST_USD_TEU, cost_usd_teu, RANGE, "", 0, 1e5, 0)              \
    X(COMMODITY, NAME, name, TEXT, "", 0, 0, 0)                                \
    X(COMMODITY, FORM, form, WORD, "container|bulk", 0, 0, 1)                  \
    X(COMMODITY, VALUE_USD_T, value_usd_t, RANGE, "", 0, 1e9, 1)               \
    X(COMMODITY, T_PER_TEU, t_per_teu, RANGE, "", 0.1, 40, 0)                  \
    X(COMMODITY, TIME_VALUE_PCT_D, time_value_pct_d, RANGE, "", 0, 100, 0)     \
    X(TERMINAL, PORT, id, THING, DRO_KIND_PORT, 0, 0, 1)                       \
    X(TERMINAL, CAPACITY_TEU_Y, capacity_teu_y, RANGE, "", 0, 1e9, 0)          \
    X(TERMINAL, CAPACITY_BULK_T_Y, capacity_bulk_t_y, RANGE, "", 0, 1e10, 0)   \
    X(TERMINAL, HANDLING_USD_TEU, handling_usd_teu, RANGE, "", 0, 1e5, 0)      \
    X(TERMINAL, HANDLING_USD_T, handling_usd_t, RANGE, "", 0, 1e4, 0)          \
    X(TERMINAL, CUTOFF_H, cutoff_h, RANGE, "", 0, 1e4, 0)                      \
    X(TERMINAL, EXPORT_DWELL_H, export_dwell_h, RANGE, "", 0, 1e4, 0)          \
    X(TERMINAL, IMPORT_DWELL_H, import_dwell_h, RANGE, "", 0, 1e4, 0)          \
    X(TERMINAL, TRANSSHIP_H, transship_h, RANGE, "", 0, 1e4, 0)                \
    X(TERMINAL, TURNAROUND_H, turnaround_h, RANGE, "", 0, 1e4, 0)              \
    X(TERMINAL, BULK, bulk, FLAG, "", 0, 0, 0)                                 \
    X(TERMINAL, CONTAINER, container, FLAG, "", 0, 0, 0)                       \
    X(SERVICE, NAME, name, TEXT, "", 0, 0, 0)                                  \
    X(SERVICE, OPERATOR, operator, TEXT, "", 0, 0, 0)                          \
    X(SERVICE, VESSEL, vessel, THING, DRO_KIND_VESSEL, 0, 0, 1)                \
    X(SERVICE, STATE, state, WORD, DRO_STATE_WORDS, 0, 0, 1)                   \
    X(SERVICE, HEADWAY_D, headway_d, RANGE, "", 0.01, 365, 1)                  \
    X(SERVICE, SPEED_KN, speed_kn, RANGE, "", 1, 60, 0)                        \
    X(SERVICE, FROM_DATE, from_date, TEXT, "", 0, 0, 0)                        \
    X(SERVICE, TO_DATE, to_date, TEXT, "", 0, 0, 0)                            \
    X(CALL, SERVICE, service, THING, DRO_KIND_SERVICE, 0, 0, 1)                \
    X(CALL, SEQ, seq, NUMBER, "", 0, 1000, 1)                                  \
    X(CALL, PORT, port, THING, DRO_KIND_PORT, 0, 0, 1)                         \
    X(CALL, STAY_H, stay_h, RANGE, "", 0, 1e4, 0)                              \
    X(CALL, SAIL_H, sail_h, RANGE, "", 0, 1e4, 0)                              \
    X(TRAMP, COMMODITY, commodity, THING, DRO_KIND_COMMODITY, 0, 0, 1)         \
    X(TRAMP, VESSEL, vessel, THING, DRO_KIND_VESSEL, 0, 0, 1)                  \
    X(TRAMP, CARGO_T, cargo_t, RANGE, "", 1, 1e6, 1)                           \
    X(TRAMP, SPEED_KN, speed_kn, RANGE, "", 1, 60, 0)                          \
    X(TRAMP, LOAD_D, load_d, RANGE, "", 0, 365, 0)                             \
    X(TRAMP, UNLOAD_D, unload_d, RANGE, "", 0, 365, 0)                         \
    X(TRAMP, WAIT_D, wait_d, RANGE, "", 0, 365, 0)                             \
    X(TRAMP, BALLAST_SHARE, ballast_share, RANGE, "", 0, 2, 0)                 \
    X(FACTOR, VALUE, value, RANGE, "", -1e15, 1e15, 1)                         \
    X(FACTOR, UNIT, unit, TEXT, "", 0, 0, 1)                                   \
    X(DEMAND, ORIGIN, origin, THING, DRO_KIND_NODE, 0, 0, 1)                   \
    X(DEMAND, DESTINATION, destination, THING, DRO_KIND_PORT, 0, 0, 1)         \
    X(DEMAND, COMMODITY, commodity, THING, DRO_KIND_COMMODITY, 0, 0, 1)        \
    X(DEMAND, T_Y, t_y, RANGE, "", 0, 1e12, 0)                                 \
    X(DEMAND, TEU_Y, teu_y, RANGE, "", 0, 1e10, 0)                             \
    X(PUBLISHED, FROM, from, TEXT, "", 0, 0, 1)                                \
    X(PUBLISHED, TO, to, TEXT, "", 0, 0, 1)                                    \
    X(PUBLISHED, VIA, via, TEXT, "", 0, 0, 0)                                  \
    X(PUBLISHED, CARRIER, carrier, TEXT, "", 0, 0, 0)                          \
    X(PUBLISHED, SERVICE, service, TEXT, "", 0, 0, 0)                          \
    X(PUBLISHED, DAYS, days, RANGE, "", 0, 1000, 1)                            \
    X(PUBLISHED, BASIS, basis, WORD, "port-port|door-port|door-door", 0, 0, 1) \
    X(PUBLISHED, SCENARIO, scenario, TEXT, "", 0, 0, 0)                        \
    X(PUBLISHED, CALIBRATION, calibration, FLAG, "", 0, 0, 0)                  \
    X(REFERENCE, SERIES, series, TEXT, "", 0, 0, 1)                            \
    X(REFERENCE, REPORTER, reporter, TEXT, "", 0, 0, 0)                        \
    X(REFERENCE, PARTNER, partner, TEXT, "", 0, 0, 0)                          \
    X(REFERENCE, FLOW, flow, TEXT, "", 0, 0, 0)                                \
    X(REFERENCE, COMMODITY, commodity, TEXT, "", 0, 0, 0)                      \
    X(REFERENCE, PERIOD, period, TEXT, "", 0, 0, 0)                            \
    X(REFERENCE, VALUE, value, RANGE, "", -1e18, 1e18, 1)                      \
    X(REFERENCE, UNIT, unit, TEXT, "", 0, 0, 1)                                \
    X(REFERENCE, DEFINITION, definition, TEXT, "", 0, 0, 0)

/* Numbers over all kinds: DRO_LINK_LENGTH_KM and so on. */
typedef enum dro_attribute_id {
#define DRO_ATTRIBUTE_ENUM(kind, name, column, type, extra, least, most, needed) \
    DRO_##kind##_##name,
    DRO_ATTRIBUTE_LIST(DRO_ATTRIBUTE_ENUM)
#undef DRO_ATTRIBUTE_ENUM
    DRO_ATTRIBUTE_COUNT
} dro_attribute_id;

typedef struct dro_attribute {
    const char *name;
    const char *words; /* of a WORD, '|' between them */
    double least, most;
    dro_kind kind;
    dro_attribute_type type;
    dro_kind of; /* of a THING */
    bool needed;
} dro_attribute;

const char *dro_kind_word(dro_kind kind);
const char *dro_kind_file(dro_kind kind); /* "" for the atlas's own kinds */
/* DRO_NOT_FOUND with the words there are. */
dro_status dro_kind_find(const char *word, dro_kind *out, dro_error *error);
const dro_attribute *dro_attribute_get(dro_attribute_id attribute);
/* Attributes of a kind stand together: the first, and how many. */
dro_attribute_id dro_kind_first(dro_kind kind);
size_t dro_kind_stride(dro_kind kind);
/* DRO_NOT_FOUND with the nearest attribute of the kind. */
dro_status dro_attribute_find(dro_kind kind, const char *name, dro_attribute_id *out,
                              dro_error *error);

typedef struct dro_fact_origin {       /* where a thing was stated */
    const char *source, *as_of, *note; /* "" where none */
    dro_mark mark;
    const char *file; /* or "atlas" */
    unsigned long line;
} dro_fact_origin;

typedef struct dro_facts dro_facts;

/* Ports, passages, fuels and vessels of the atlas, which must outlive the facts. */
dro_status dro_facts_create(const dro_atlas *atlas, dro_facts **out, dro_error *error);
void dro_facts_destroy(dro_facts *facts);
/* A copy that can be changed and is settled anew; texts are shared. Several threads may
 * copy settled facts at a time. */
dro_status dro_facts_copy(const dro_facts *facts, dro_facts **out, dro_error *error);
const dro_atlas *dro_facts_atlas(const dro_facts *facts);

/* Reads a CSV table of one kind. Columns are found by name, further ones are passed
 * over; a range's _low and _high may be missing. Errors (file:line:column): an id
 * there twice, a number out of its range, a low above its value, an unknown word or
 * source. Ids of a call are "service/seq". At most 100 000 rows. */
dro_status dro_facts_read(dro_facts *facts, dro_kind kind, const char *path,
                          dro_error *error);
/* Further sources of the case; before the tables that name them. */
dro_status dro_facts_read_sources(dro_facts *facts, const char *path, dro_error *error);
/* Every table of the folder that is there, its sources.csv first; strike.csv holds
 * factors too. */
dro_status dro_facts_read_folder(dro_facts *facts, const char *folder,
                                 dro_error *error);

/* Finds what references mean and checks what only the whole shows (a link between a
 * node and itself, a service with one call). */
dro_status dro_facts_settle(dro_facts *facts, dro_error *error);

size_t dro_facts_count(const dro_facts *facts, dro_kind kind);
const char *dro_facts_id(const dro_facts *facts, dro_kind kind, size_t thing);
/* The name where it has one, else the id. */
const char *dro_facts_name(const dro_facts *facts, dro_kind kind, size_t thing);
dro_fact_origin dro_facts_origin(const dro_facts *facts, dro_kind kind, size_t thing);
/* "file:line:" of a thing, for messages. */
void dro_facts_place(const dro_facts *facts, dro_kind kind, size_t thing, char *text,
                     size_t size);
/* By id (any case). DRO_NOT_FOUND with the nearest ids. */
dro_status dro_facts_find(const dro_facts *facts, dro_kind kind, const char *id,
                          size_t *thing, dro_error *error);
/* The source's row: the case's own, else the atlas's; NULL where unknown. */
const dro_source *dro_facts_source(const dro_facts *facts, const char *id);

/* Attribute values, O(1). The attribute must be of the thing's kind and the thing below
 * that kind's count: no error tells, an assertion does. */
dro_range dro_facts_range(const dro_facts *facts, size_t thing,
                          dro_attribute_id attribute); /* NAN: not stated */
double dro_facts_number(const dro_facts *facts, size_t thing,
                        dro_attribute_id attribute);
const char *dro_facts_text(const dro_facts *facts, size_t thing,
                           dro_attribute_id attribute); /* "" where empty */
int dro_facts_thing(const dro_facts *facts, size_t thing,
                    dro_attribute_id attribute); /* -1 where empty */
int dro_facts_word(const dro_facts *facts, size_t thing,
                   dro_attribute_id attribute); /* index in the list, -1 empty */
bool dro_facts_flag(const dro_facts *facts, size_t thing, dro_attribute_id attribute);
/* Passages whose state is closed, and their parts. */
uint64_t dro_facts_closed_mask(const dro_facts *facts);

/* ---- changes (of a copy; settle it afterwards) ------------------------------------
 *
 * DRO_INVALID: a value out of the attribute's bounds, a low above it or a high below
 * it, a word that is none of the list. What a THING's id means is found by settling.
 */

dro_status dro_facts_set_range(dro_facts *facts, size_t thing,
                               dro_attribute_id attribute, dro_range value,
                               dro_error *error);
dro_status dro_facts_set_text(dro_facts *facts, size_t thing,
                              dro_attribute_id attribute, const char *text,
                              dro_error *error); /* also WORD, FLAG and THING */
/* A new thing with all else empty. DRO_INVALID if the id is there. */
dro_status dro_facts_add(dro_facts *facts, dro_kind kind, const char *id,
                         const char *file, unsigned long line, size_t *thing,
                         dro_error *error);

#ifdef __cplusplus
}
#endif
#endif
