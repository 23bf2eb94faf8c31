/*
 * derrotero/network.h: from here to there by sea. A session (what is loaded), a
 * plan (the ship and the wishes, compiled once), a voyage (itineraries with their
 * time, money and CO2, each with a low and a high).
 *
 * Thread safety: a session and a plan are immutable and may be shared; each thread
 * brings its own dro_worker.
 *
 *   dro_session *session;
 *   dro_session_open(&(dro_session_options)DRO_SESSION_OPTIONS_INIT, &session, &error);
 *   dro_voyage_options wish = DRO_VOYAGE_OPTIONS_INIT;
 *   dro_plan_create(session, &wish, &plan, &error);
 *   dro_worker_create(session, &worker, &error);
 *   dro_voyage_find(worker, plan, &from, &to, arena, &voyage, &error);
 */
#ifndef DERROTERO_NETWORK_H
#define DERROTERO_NETWORK_H

#include "atlas.h"
#include "base.h"
#include "chart.h"
#include "geo.h"

#include <math.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- session and worker ------------------------------------------------------ */

typedef struct dro_session_options {
    const char *data;   /* folder of the tables; NULL: see dro_atlas_locate */
    const char *chart;  /* chart file; NULL: see dro_chart_locate */
    bool without_chart; /* for look-ups, or to open it later */
} dro_session_options;

#define DRO_SESSION_OPTIONS_INIT \
    { NULL, NULL, false }

typedef struct dro_session dro_session;
/* Loads the atlas and opens the chart. The caller holds one reference. */
dro_status dro_session_open(const dro_session_options *options, dro_session **out,
                            dro_error *error);
/* The chart of a session that was opened without one; before the session is shared. */
dro_status dro_session_open_chart(dro_session *session, const char *chart,
                                  dro_error *error);
dro_session *dro_session_retain(dro_session *session);
void dro_session_release(dro_session *session); /* NULL is fine */
const dro_atlas *dro_session_atlas(const dro_session *session);
const char *dro_session_data(const dro_session *session);       /* their folder */
const dro_chart *dro_session_chart(const dro_session *session); /* or NULL */

/* The search arrays of one thread. Holds a reference to its session. */
typedef struct dro_worker dro_worker;
dro_status dro_worker_create(dro_session *session, dro_worker **out, dro_error *error);
void dro_worker_destroy(dro_worker *worker);
/* As dro_sea_set_stop, for the worker's searches. */
void dro_worker_set_stop(dro_worker *worker, bool (*stopped)(void *hook), void *hook);

/* ---- places ------------------------------------------------------------------ */

#define DRO_PLACE_NAME_MAX 96

typedef struct dro_place {
    dro_point at;
    int port;     /* atlas index, or -1: a bare point */
    char code[8]; /* "" for a bare point */
    char name[DRO_PLACE_NAME_MAX];
} dro_place;

/* A port's code or name, or "lat,lon". *wrapped (may be NULL) says that the
 * longitude was brought into -180..180, which happens only if `wrap`. Errors:
 * those of dro_geo_parse and dro_atlas_find_port. */
dro_status dro_place_find(const dro_atlas *atlas, const char *text, bool wrap,
                          dro_place *out, bool *wrapped, dro_error *error);
void dro_place_of_port(const dro_atlas *atlas, size_t port, dro_place *out);
void dro_place_of_point(dro_point at, dro_place *out);

/* ---- the wishes -------------------------------------------------------------- */

typedef enum dro_objective {
    DRO_BY_DISTANCE,
    DRO_BY_TIME,
    DRO_BY_COST
} dro_objective;

typedef enum dro_profile {
    DRO_PROFILE_SHORTEST, /* as short as the water allows */
    DRO_PROFILE_CUSTOMARY /* with the atlas's penalties on passages ships shun */
} dro_profile;

const char *dro_objective_text(dro_objective by);
const char *dro_profile_text(dro_profile profile);

/* For time and money where none is named. */
#define DRO_DEFAULT_VESSEL "container-8000"
/* Where neither ship nor draught is given. */
#define DRO_DEFAULT_DRAFT_M  10.0
#define DRO_VIA_MAX          16
#define DRO_REQUIRE_MAX      4
#define DRO_ALTERNATIVES_MAX 16

typedef struct dro_voyage_options {
    int vessel; /* atlas index, or -1: no limits of size, draught 10 m; time and money
                   by DRO_DEFAULT_VESSEL, named as assumed */
    double draft_m, beam_m, loa_m, air_draft_m; /* NAN: the vessel's */
    double speed_kn;                            /* NAN: the vessel's design speed */
    dro_objective by;
    dro_profile profile;
    uint64_t avoid; /* passages, see dro_atlas_passage_mask */
    uint64_t open;  /* closed by default, open here */
    const size_t
        *require;         /* passages, each of which must be used (or one part of it) */
    size_t require_count; /* at most DRO_REQUIRE_MAX */
    const dro_ring *avoid_areas; /* by reference: must outlive the plan */
    size_t avoid_area_count;
    const dro_place *via;  /* in this order; copied */
    size_t via_count;      /* at most DRO_VIA_MAX */
    unsigned alternatives; /* itineraries wanted besides the best */
    double max_snap_m;     /* how far an end may be from the water */
} dro_voyage_options;

#define DRO_VOYAGE_OPTIONS_INIT                                                        \
    {                                                                                  \
        -1, (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN,           \
            DRO_BY_DISTANCE, DRO_PROFILE_SHORTEST, 0, 0, NULL, 0, NULL, 0, NULL, 0, 0, \
            30.0 * DRO_M_PER_NM                                                        \
    }

/* ---- the ship ---------------------------------------------------------------- */

typedef struct dro_ship {
    const dro_vessel *vessel; /* burns and costs; borrowed from the atlas */
    const dro_fuel *fuel;
    bool assumed;      /* the caller named no vessel: sizes below do not come from it */
    bool draft_stated; /* false: DRO_DEFAULT_DRAFT_M, held against shoals only */
    double draft_m;
    double beam_m, loa_m, air_draft_m; /* NAN: no limit is checked */
    double speed_kn;
} dro_ship;

/* Why a passage is closed. Draughts are compared with the limit itself, with no
 * under-keel clearance added: a canal's limit already holds one. */
typedef enum dro_closure {
    DRO_CLOSURE_NONE,
    DRO_CLOSURE_DEFAULT, /* closed in the atlas: --open */
    DRO_CLOSURE_AVOIDED,
    DRO_CLOSURE_DRAFT,
    DRO_CLOSURE_LOA,
    DRO_CLOSURE_BEAM,
    DRO_CLOSURE_AIR_DRAFT
} dro_closure;
const char *dro_closure_text(dro_closure closure);

/* ---- the reckoning ----------------------------------------------------------- */

/* X(name, key in JSON, unit, group, text). Totals are the last of their group.
 * low and high hold all doubts at their low, or at their high, together. */
#define DRO_ITEM_LIST(X)                                                      \
    X(SAILING_H, "sailing_h", "h", "duration", "sailing")                     \
    X(WEATHER_H, "weather_h", "h", "duration", "weather margin")              \
    X(TRANSIT_H, "transit_h", "h", "duration", "canal transit")               \
    X(WAIT_H, "wait_h", "h", "duration", "waiting at passages")               \
    X(DURATION_H, "total_h", "h", "duration", "total")                        \
    X(MAIN_FUEL_T, "main_t", "t", "fuel", "main engine")                      \
    X(AUX_FUEL_T, "auxiliary_t", "t", "fuel", "auxiliaries")                  \
    X(FUEL_T, "total_t", "t", "fuel", "total")                                \
    X(CO2_T, "total_t", "t", "co2", "total")                                  \
    X(CHARTER_USD, "charter_usd", "USD", "cost", "charter")                   \
    X(MAIN_FUEL_USD, "main_fuel_usd", "USD", "cost", "fuel, main engine")     \
    X(AUX_FUEL_USD, "auxiliary_fuel_usd", "USD", "cost", "fuel, auxiliaries") \
    X(TOLL_USD, "tolls_usd", "USD", "cost", "tolls")                          \
    X(COST_USD, "total_usd", "USD", "cost", "total")

typedef enum dro_item {
#define DRO_ITEM_ENUM(name, key, unit, group, text) DRO_ITEM_##name,
    DRO_ITEM_LIST(DRO_ITEM_ENUM)
#undef DRO_ITEM_ENUM
    DRO_ITEM_COUNT
} dro_item;

const char *dro_item_key(dro_item item);
const char *dro_item_unit(dro_item item);
const char *dro_item_group(dro_item item);
const char *dro_item_text(dro_item item);

typedef struct dro_reckoning {
    dro_range item[DRO_ITEM_COUNT];
} dro_reckoning;

/*
 * Sea: sailing = distance / speed; weather = sailing x margin; main fuel =
 * main_fuel_tpd x (speed / design speed) ^ fuel_exponent x days.
 * Passage: waiting at each passage used; a canal also takes its transit hours
 * instead of sailing, with the main engine at the speed canal length / transit.
 * Always: auxiliaries and charter by the day, CO2 = fuel x factor, toll = fixed +
 * per TEU of capacity + per loaded and per empty TEU (load factor) + per GT.
 * Port dues, cargo handling and the freight rate are not in it.
 */
void dro_reckon_sea(const dro_ship *ship, double distance_m, dro_reckoning *out);
void dro_reckon_passage(const dro_ship *ship, const dro_passage *passage,
                        double canal_m, dro_reckoning *out);
void dro_reckon_add(dro_reckoning *sum, const dro_reckoning *part);

/* ---- plan -------------------------------------------------------------------- */

typedef struct dro_plan dro_plan;
/* DRO_INVALID for values that make no sense (speed 0, a passage both required and
 * avoided); DRO_NO_ANSWER where a required passage does not take the ship. */
dro_status dro_plan_create(dro_session *session, const dro_voyage_options *options,
                           dro_plan **out, dro_error *error);
void dro_plan_destroy(dro_plan *plan);
const dro_ship *dro_plan_ship(const dro_plan *plan);
dro_objective dro_plan_objective(const dro_plan *plan);
dro_profile dro_plan_profile(const dro_plan *plan);
dro_closure dro_plan_closure(const dro_plan *plan, size_t passage);
/* "draught 16.0 m, limit 15.2 m", "closed by default", ... */
void dro_plan_closure_reason(const dro_plan *plan, size_t passage, char *text,
                             size_t size);

/* Does the ship fit the port? DRO_NO_ANSWER names the port, the figure that binds
 * and the ship's. Unknown figures bind nothing; a draught not stated neither. */
dro_status dro_ship_fits_port(const dro_ship *ship, const dro_port *port,
                              dro_error *error);

/* ---- voyage ------------------------------------------------------------------ */

typedef enum dro_mode {
    DRO_MODE_SEA,
    DRO_MODE_CANAL
} dro_mode;
const char *dro_mode_text(dro_mode mode);

typedef struct dro_leg {
    dro_mode mode;
    const char *from, *to; /* a port, a point, a canal */
    double distance_nm;
    dro_reckoning reckoning;
    const char *note;   /* passages on the way, channels, hours; never NULL */
    size_t first, last; /* into the itinerary's points */
} dro_leg;

typedef struct dro_itinerary {
    double distance_nm;  /* snaps not in it */
    double objective_nm; /* what was minimised, as nm */
    double excess_bound_pct;
    double snap_nm[2];
    uint64_t passages;
    const dro_passage *const *passage_list; /* in the order of passing */
    size_t passage_count;
    dro_reckoning total; /* the sum of the legs */
    const dro_leg *legs;
    size_t leg_count;
    const dro_point *points; /* turning points; see dro_geo_line for drawing */
    size_t point_count;
    const dro_sea_leg *water; /* open water and channels, finer than the legs */
    size_t water_count;
} dro_itinerary;

/* A passage that was closed for this voyage, and why. */
typedef struct dro_closed_passage {
    const dro_passage *passage;
    dro_closure closure;
    const char *reason;
} dro_closed_passage;

/* Everything a report needs. All of it lives in the arena or in the session. */
typedef struct dro_voyage {
    dro_place from, to;
    const dro_place *via;
    size_t via_count;
    dro_ship ship;
    dro_objective by;
    dro_profile profile;
    const dro_itinerary *itineraries; /* best first */
    size_t count;
    const dro_closed_passage *closed; /* defaults left out unless avoided too */
    size_t closed_count;
    const dro_source *const *sources; /* of the figures used */
    size_t source_count;
    const char *const *notices;
    size_t notice_count;
} dro_voyage;

/* The best itinerary and `alternatives` more, which differ by the passages they
 * use. DRO_NO_ANSWER says which restriction blocks, or that the ship does not fit a
 * port, and by how much. One search per stretch; with alternatives at most 12 more and
 * another 4 for each. The worker is the calling thread's; the arena keeps the result.
 */
dro_status dro_voyage_find(dro_worker *worker, const dro_plan *plan,
                           const dro_place *from, const dro_place *to, dro_arena *arena,
                           dro_voyage *out, dro_error *error);

/* Many at once, without legs or geometry; via and alternatives do not apply. */
typedef enum dro_cell_status {
    DRO_CELL_OK,
    DRO_CELL_NO_ROUTE, /* no water, or a restriction, or the ship does not fit */
    DRO_CELL_TOO_FAR,  /* an end is beyond max_snap from the water */
    DRO_CELL_IN_AREA   /* an end lies in an area to avoid */
} dro_cell_status;
const char *dro_cell_status_text(dro_cell_status status);

typedef struct dro_voyage_cell {
    dro_cell_status status;
    double distance_nm, duration_h; /* NAN unless OK */
    double snap_nm[2];
    uint64_t passages;
} dro_voyage_cell;

/* What goes wrong with a place is its cell's status; the call fails for want of memory
 * and where the search itself does. */
dro_status dro_voyage_one_to_many(dro_worker *worker, const dro_plan *plan,
                                  const dro_place *from, const dro_place *to,
                                  size_t count, dro_voyage_cell *out, dro_error *error);

#ifdef __cplusplus
}
#endif
#endif
