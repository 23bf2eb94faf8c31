/*
 * derrotero/picture.h: routes on a map, as one SVG or as one HTML page that needs
 * no network. Knows lines, marks and figures; not how they came about.
 *
 *   dro_land *land;
 *   dro_land_open(path, &land, &error);
 *   dro_picture picture = DRO_PICTURE_INIT;
 *   picture.land = land;
 *   picture.title = "Chancay to Shanghai";
 *   picture.routes = &route;
 *   picture.route_count = 1;
 *   dro_text page = {0};
 *   dro_picture_html(&picture, &page, &error);
 *
 * Any text may hold anything: it is escaped, characters that XML does not allow and
 * broken UTF-8 become U+FFFD. The same input gives the same bytes.
 *
 * Thread safety: a land is immutable and may be shared; the writers keep no state.
 */
#ifndef DERROTERO_PICTURE_H
#define DERROTERO_PICTURE_H

#include <math.h>

#include "base.h"
#include "geo.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- land ------------------------------------------------------------------ */

/* The land that maps are drawn on: a file that tools/land.mjs writes (its head
 * documents the format), for drawing only. */
typedef struct dro_land dro_land;

#define DRO_LAND_BYTES_MAX ((size_t)64 << 20)

/* A foreign, truncated or damaged file is DRO_STALE and says to rebuild. */
dro_status dro_land_open(const char *path, dro_land **out, dro_error *error);
/* The same from memory; the bytes are copied. */
dro_status dro_land_read(const void *bytes, size_t length, dro_land **out,
                         dro_error *error);
void dro_land_close(dro_land *land);
typedef struct dro_land_marking {
    const dro_point *points;
    size_t count;
    const dro_progress *progress; /* may be NULL */
} dro_land_marking;

/* For each point whether it is on land, at the finest scale: lakes are land, small
 * islands may be missing. O(points of all shores + points x shores within 0.1 degree of
 * longitude). DRO_CANCELLED: the progress said so. */
dro_status dro_land_mark(const dro_land *land, const dro_land_marking *wish,
                         bool *on_land, dro_error *error);
/* `given`, else DERROTERO_LAND, the build tree, the XDG data folder, the installed
 * folder. DRO_NOT_FOUND lists what was tried. */
dro_status dro_land_locate(const char *given, char *path, size_t size,
                           dro_error *error);

/* ---- input ------------------------------------------------------------------ */

typedef enum dro_picture_kind {
    DRO_PICTURE_SEA,    /* solid line */
    DRO_PICTURE_CHANNEL /* dashed: canal, river, approach */
} dro_picture_kind;

typedef struct dro_picture_leg {
    dro_picture_kind kind;
    size_t first, last; /* indexes of the route's points, first <= last */
} dro_picture_leg;

/* What a figure may be instead; NAN where no more than the figure is known. */
typedef struct dro_picture_range {
    double low, high;
} dro_picture_range;

typedef struct dro_picture_route {
    const char *label;       /* "Chancay to Shanghai" */
    const dro_point *points; /* turning points, joined by great circles */
    size_t count;
    const dro_picture_leg *legs; /* where none is given, all is sea */
    size_t leg_count;
    int colour;         /* of the palette, any number >= 0; -1: by order */
    double distance_nm; /* the figures: NAN or negative where unknown */
    double duration_h, cost_usd, co2_t;
    const char *passages; /* "Panama Canal" or NULL */
    const char *note;     /* or NULL */
    dro_picture_range duration_range_h, cost_range_usd, co2_range_t;
} dro_picture_route;

#define DRO_PICTURE_NO_RANGE \
    { (double)NAN, (double)NAN }
#define DRO_PICTURE_ROUTE_INIT                                                      \
    {                                                                               \
        .colour = -1, .distance_nm = (double)NAN, .duration_h = (double)NAN,        \
        .cost_usd = (double)NAN, .co2_t = (double)NAN,                              \
        .duration_range_h = DRO_PICTURE_NO_RANGE,                                   \
        .cost_range_usd = DRO_PICTURE_NO_RANGE, .co2_range_t = DRO_PICTURE_NO_RANGE \
    }

typedef enum dro_picture_role {
    DRO_PICTURE_END,     /* a route begins or ends here */
    DRO_PICTURE_VIA,     /* a wish of the user's */
    DRO_PICTURE_PASSAGE, /* a canal or strait that is used */
    DRO_PICTURE_CLOSED,  /* a passage that is closed */
    DRO_PICTURE_PORT     /* any other; its label is the first to be left out */
} dro_picture_role;

typedef struct dro_picture_mark {
    dro_point at;
    const char *label;
    dro_picture_role role;
} dro_picture_mark;

typedef enum dro_picture_view {
    DRO_VIEW_AUTO, /* region up to a cap of 80 degrees around all routes, else world */
    DRO_VIEW_REGION, /* Lambert's azimuthal equal-area, zoomed to the routes */
    DRO_VIEW_GLOBE,  /* orthographic */
    DRO_VIEW_WORLD   /* Equal Earth, cut where the fewest routes pass */
} dro_picture_view;

#define DRO_PICTURE_ROUTES_MAX 500
#define DRO_PICTURE_MARKS_MAX  2000
#define DRO_PICTURE_POINTS_MAX 200000 /* all routes together */

typedef struct dro_picture {
    const char *title, *subtitle; /* or NULL */
    const char *language;         /* BCP 47; NULL: "en" */
    const dro_picture_route *routes;
    size_t route_count;
    const dro_picture_mark *marks;
    size_t mark_count;
    const char *const *notes; /* lines under the map */
    size_t note_count;
    const char *attribution; /* NULL: names the land's source */
    const dro_land *land;    /* NULL: only the graticule */
    dro_picture_view view;
    double width_px; /* 400..4000; the height follows from the content */
} dro_picture;

#define DRO_PICTURE_INIT \
    { NULL, NULL, NULL, NULL, 0, NULL, 0, NULL, 0, NULL, NULL, DRO_VIEW_AUTO, 1200.0 }

/* ---- output ------------------------------------------------------------------ */

/* Append to *out. DRO_INVALID for a point that is not on the earth or a leg beyond
 * its points (naming the route), DRO_LIMIT beyond the limits above. On failure *out
 * is as it was. */
dro_status dro_picture_svg(const dro_picture *picture, dro_text *out, dro_error *error);
dro_status dro_picture_html(const dro_picture *picture, dro_text *out,
                            dro_error *error);

#ifdef __cplusplus
}
#endif
#endif
