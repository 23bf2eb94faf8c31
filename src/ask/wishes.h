/* The options that route, matrix and map share, and what the library makes of them. */
#ifndef DRO_ASK_WISHES_H
#define DRO_ASK_WISHES_H

#include "ask/ask.h"

typedef struct dro_ask_wishes {
    int mode; /* only the sea so far */
    dro_ask_list avoid, require, open, avoid_area;
    const char *vessel;
    double draft_m, beam_m, loa_m, air_draft_m, speed_kn, max_snap_nm;
    int by, profile;
} dro_ask_wishes;

#define DRO_ASK_WISHES_INIT                                                      \
    {                                                                            \
        .draft_m = (double)NAN, .beam_m = (double)NAN, .loa_m = (double)NAN,     \
        .air_draft_m = (double)NAN, .speed_kn = (double)NAN, .max_snap_nm = 30.0 \
    }

#define DRO_ASK_WISH(type, member) \
    (offsetof(type, wishes) + offsetof(dro_ask_wishes, member))

/* Rows of an option table whose values have a member `dro_ask_wishes wishes`. */
#define DRO_ASK_WISHES_OPTIONS(type)                                                \
    {"mode", '\0', DRO_ASK_CHOICE,      DRO_ASK_WISH(type, mode), "sea",            \
     0,      0,    "means of transport"},                                           \
        {"vessel",                                                                  \
         '\0',                                                                      \
         DRO_ASK_TEXT,                                                              \
         DRO_ASK_WISH(type, vessel),                                                \
         "CLASS",                                                                   \
         0,                                                                         \
         0,                                                                         \
         "ship class, see derrotero vessels"},                                      \
        {"draft", '\0', DRO_ASK_NUMBER,     DRO_ASK_WISH(type, draft_m), "M",       \
         0.1,     40,   "draught in metres"},                                       \
        {"beam", '\0', DRO_ASK_NUMBER,  DRO_ASK_WISH(type, beam_m), "M",            \
         1,      150,  "beam in metres"},                                           \
        {"length",                                                                  \
         '\0',                                                                      \
         DRO_ASK_NUMBER,                                                            \
         DRO_ASK_WISH(type, loa_m),                                                 \
         "M",                                                                       \
         1,                                                                         \
         600,                                                                       \
         "length over all in metres"},                                              \
        {"air-draft",                                                               \
         '\0',                                                                      \
         DRO_ASK_NUMBER,                                                            \
         DRO_ASK_WISH(type, air_draft_m),                                           \
         "M",                                                                       \
         1,                                                                         \
         150,                                                                       \
         "height above water in metres"},                                           \
        {"speed",                                                                   \
         '\0',                                                                      \
         DRO_ASK_NUMBER,                                                            \
         DRO_ASK_WISH(type, speed_kn),                                              \
         "KN",                                                                      \
         1,                                                                         \
         60,                                                                        \
         "speed in knots (default: the class's design speed)"},                     \
        {"by",                                                                      \
         '\0',                                                                      \
         DRO_ASK_CHOICE,                                                            \
         DRO_ASK_WISH(type, by),                                                    \
         "distance|time|cost",                                                      \
         0,                                                                         \
         0,                                                                         \
         "what is to be least (default distance)"},                                 \
        {"profile",                                                                 \
         '\0',                                                                      \
         DRO_ASK_CHOICE,                                                            \
         DRO_ASK_WISH(type, profile),                                               \
         "shortest|customary",                                                      \
         0,                                                                         \
         0,                                                                         \
         "customary: as ships really go, by penalties on passages"},                \
        {"avoid",                                                                   \
         '\0',                                                                      \
         DRO_ASK_LIST,                                                              \
         DRO_ASK_WISH(type, avoid),                                                 \
         "P,Q",                                                                     \
         0,                                                                         \
         0,                                                                         \
         "passages that are closed"},                                               \
        {"require",                                                                 \
         '\0',                                                                      \
         DRO_ASK_LIST,                                                              \
         DRO_ASK_WISH(type, require),                                               \
         "P",                                                                       \
         0,                                                                         \
         0,                                                                         \
         "passages that must be used"},                                             \
        {"open",                                                                    \
         '\0',                                                                      \
         DRO_ASK_LIST,                                                              \
         DRO_ASK_WISH(type, open),                                                  \
         "P",                                                                       \
         0,                                                                         \
         0,                                                                         \
         "passages closed by default that are open"},                               \
        {"avoid-area",                                                              \
         '\0',                                                                      \
         DRO_ASK_AREAS,                                                             \
         DRO_ASK_WISH(type, avoid_area),                                            \
         "F.geojson",                                                               \
         0,                                                                         \
         0,                                                                         \
         "polygons to keep out of"},                                                \
    {                                                                               \
        "max-snap", '\0', DRO_ASK_NUMBER, DRO_ASK_WISH(type, max_snap_nm), "NM", 0, \
            1000, "how far a place may lie from navigable water (default 30)"       \
    }

/* Storage behind a dro_voyage_options; must outlive the plan. */
typedef struct dro_ask_voyage {
    dro_voyage_options options;
    size_t require[DRO_REQUIRE_MAX];
    dro_place via[DRO_VIA_MAX];
    dro_ring *areas;
    size_t area_count;
} dro_ask_voyage;

/* Into the context's arena. */
dro_status dro_ask_wishes_read(const dro_ask_context *context,
                               const dro_ask_asked *asked, const dro_ask_wishes *wishes,
                               dro_ask_voyage *out, dro_error *error);

/* The places of a list, in their order, as those to call at. */
dro_status dro_ask_wishes_via(const dro_ask_context *context, const dro_ask_list *list,
                              const char *what, dro_ask_voyage *out, dro_error *error);

/* "A,B" and "lat,lon,lat,lon" as places: two numbers beside each other are one. */
dro_status dro_ask_places(const dro_ask_context *context, const dro_ask_list *lists,
                          dro_place *out, size_t most, size_t *count, const char *what,
                          dro_error *error);

#endif
