/*
 * derrotero/chart.h: the compiled coastline and the shortest path around it.
 *
 * A chart file is compiled once (dro_chart_build), memory-mapped read-only and
 * shared by any number of threads; each thread brings its own dro_sea (search
 * arrays). Distances are in metres; see geo.h for what a distance is.
 *
 * The navigable water of a chart is what lies at least 1 nm from any coast
 * (joined, where that would part waters that ships do pass, by channel lines).
 * A path's excess_bound says how far, at the most, it can be above the shortest
 * path on the chart.
 */
#ifndef DERROTERO_CHART_H
#define DERROTERO_CHART_H

#include "atlas.h"
#include "base.h"
#include "geo.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- building ------------------------------------------------------------- */

typedef struct dro_chart_build_options {
    const char *coastline; /* GSHHG binned netCDF; NULL: the Debian package's */
    const dro_atlas *atlas;
    double clearance_m; /* from the coast in open water; default 1852 */
    double tolerance_m; /* how far an outline may be moved away from land */
    double spanner;     /* relative stretch kept by the pruned graph */
    double draft_m;     /* of the ports' table; default 10 */
    unsigned threads;   /* 0: all cores */
    const dro_progress *progress;
} dro_chart_build_options;

#define DRO_CHART_BUILD_OPTIONS_INIT \
    { NULL, NULL, 1852.0, 700.0, 0.0007, 10.0, 0, NULL }

/* Writes `path` whole or not at all; minutes for the world. DRO_INVALID: no atlas, or a
 * figure out of its range; DRO_NOT_FOUND, DRO_IO, DRO_PARSE: the coastline; DRO_IO: the
 * file; DRO_CANCELLED: the progress said so. */
dro_status dro_chart_build(const dro_chart_build_options *options, const char *path,
                           dro_error *error);

/* ---- opening ---------------------------------------------------------------- */

typedef struct dro_chart dro_chart;

/* Checks header, lengths and the checksums of what searches rely on (a third of the
 * file, on up to four threads): a foreign, truncated, older or there damaged file is
 * DRO_STALE and says to rebuild. If atlas is not NULL the file must have been built
 * from it. */
dro_status dro_chart_open(const char *path, const dro_atlas *atlas, dro_chart **out,
                          dro_error *error);
/* Of a chart that was opened without: DRO_STALE unless it was built from this atlas.
 * path: named in the message. */
dro_status dro_chart_fits(const dro_chart *chart, const dro_atlas *atlas,
                          const char *path, dro_error *error);
void dro_chart_close(dro_chart *chart);
/* All checksums: also of the landmarks and of the ports' table, in which damage can
 * make a way longer or a distance wrong, or a question DRO_STALE, but nothing worse.
 * DRO_STALE names the first damaged section. */
dro_status dro_chart_verify(const dro_chart *chart, dro_error *error);
/* `given`, else DERROTERO_CHART, the build tree, XDG data, /usr/share/derrotero. */
dro_status dro_chart_locate(const char *given, char *path, size_t size,
                            dro_error *error);

typedef struct dro_chart_info {
    uint32_t format;
    uint64_t bytes;
    uint64_t source_hash, atlas_hash;
    const char *coastline; /* name and version of the coastline */
    const char *built;     /* UTC, ISO 8601 */
    double clearance_m, tolerance_m, spanner, draft_m;
    size_t vertices, triangles, nodes, edges, ports, channels, passages, shoals;
    double water_km2, lost_km2;
} dro_chart_info;
void dro_chart_get_info(const dro_chart *chart, dro_chart_info *out);

typedef struct dro_chart_section {
    const char *name;
    uint64_t bytes, checksum;
} dro_chart_section;
size_t dro_chart_sections(const dro_chart *chart, dro_chart_section *out, size_t most);

/* Waters that the clearance cuts off from the sea, largest first. */
typedef struct dro_lost_water {
    dro_point at; /* a point inside */
    double area_km2;
} dro_lost_water;
size_t dro_chart_lost_waters(const dro_chart *chart, const dro_lost_water **out);

/* ---- rules: what is open, for which ship, at what price --------------------- */

/* Immutable once made; shareable. `extra_m[p]`: metres added each time passage p
 * is used (customary preference, or time and toll turned into metres); >= 0. */
typedef struct dro_sea_rules_options {
    uint64_t closed;        /* mask of passages */
    double draft_m;         /* held against shoals: those less deep are closed */
    double channel_draft_m; /* held against channels; 0 where no ship is named */
    double max_snap_m;      /* default 30 nm */
    const double *extra_m;  /* DRO_PASSAGES_MAX entries, or NULL */
    bool soft_shoals;       /* no ship is named: what only shoals cut off is
                                     reached over them */
    /* Each must be used, at most 4 bits: a gate crossed, a canal followed from one end
     * to the other, once (from a port inside it: the longer part). */
    uint64_t require;
    const dro_ring *avoid; /* areas, copied; outlines may be crossed nowhere */
    size_t avoid_count;
} dro_sea_rules_options;

#define DRO_SEA_RULES_OPTIONS_INIT \
    { 0, 10.0, 0.0, 30.0 * DRO_M_PER_NM, NULL, false, 0, NULL, 0 }

/* DRO_INVALID: a draught that is not 0 to 40 m, a negative snap; DRO_LIMIT: more than 4
 * required; DRO_NO_ANSWER: a required passage is closed. Areas are taken as they are
 * (dro_geo_ring_check). The chart must outlive the rules. */
typedef struct dro_sea_rules dro_sea_rules;
dro_status dro_sea_rules_create(const dro_chart *chart,
                                const dro_sea_rules_options *options,
                                dro_sea_rules **out, dro_error *error);
void dro_sea_rules_destroy(dro_sea_rules *rules);

/* ---- searching ---------------------------------------------------------------- */

typedef struct dro_sea dro_sea; /* one per thread */
dro_status dro_sea_create(const dro_chart *chart, dro_sea **out, dro_error *error);
void dro_sea_destroy(dro_sea *sea);
/* Asked now and then while ways round areas are looked for, which can take long; where
 * it says true the search ends with DRO_CANCELLED. NULL: never. */
void dro_sea_set_stop(dro_sea *sea, bool (*stopped)(void *hook), void *hook);

/* An end of a path: a place, and the atlas index of a port or -1. With a port the
 * chart's own approach is used and `at` is ignored. */
typedef struct dro_sea_end {
    dro_point at;
    int port;
} dro_sea_end;

typedef enum dro_leg_kind {
    DRO_LEG_SEA,    /* open water */
    DRO_LEG_CHANNEL /* along a canal, river, narrow or approach */
} dro_leg_kind;

typedef struct dro_sea_leg {
    dro_leg_kind kind;
    size_t first, last; /* indexes into points */
    int channel;        /* chart's channel or -1 */
    int passage;        /* canal passage or -1 */
    double distance_m;
} dro_sea_leg;

typedef struct dro_sea_path {
    double distance_m;   /* of points[0] to points[count-1]; snaps not in it */
    double objective_m;  /* with the rules' extras: what was minimised */
    double excess_bound; /* relative: 0.0004 = 0.04 % */
    double snap_m[2];    /* straight from the given place to points[0], [last] */
    bool shallow;        /* an end lies where shoals cut it off (soft_shoals) */
    uint64_t passages;   /* used */
    const dro_point
        *points; /* turning points; owned by the dro_sea until its next call */
    size_t count;
    const dro_sea_leg *legs;
    size_t leg_count;
} dro_sea_path;

/* The shortest path. DRO_NO_ANSWER where none exists, saying what blocks (a closed
 * passage, the draught and the channel or shoal that binds, an area);
 * DRO_INVALID where an end is too far from the sea or inside an avoided area. How far
 * is looked for only where there is an error to say it in: that takes milliseconds. */
dro_status dro_sea_route(dro_sea *sea, const dro_sea_rules *rules, dro_sea_end from,
                         dro_sea_end to, dro_sea_path *out, dro_error *error);

/* One to many, a cell for each: its distance_m is INFINITY where unreachable, NAN where
 * that place is too far from the sea or inside an avoided area. The status is that of
 * the whole call, and of `from`: its errors are those of dro_sea_route. */
typedef struct dro_sea_cell {
    double distance_m, excess_bound, snap_m[2];
    uint64_t passages;
} dro_sea_cell;
dro_status dro_sea_one_to_many(dro_sea *sea, const dro_sea_rules *rules,
                               dro_sea_end from, const dro_sea_end *to, size_t count,
                               dro_sea_cell *out, dro_error *error);

/* Where a place meets the water. */
typedef struct dro_sea_snap {
    dro_point at;
    double distance_m;
    int channel; /* on a channel line, or -1: open water */
} dro_sea_snap;
dro_status dro_sea_find_water(dro_sea *sea, const dro_sea_rules *rules, dro_point place,
                              dro_sea_snap *out, dro_error *error);

/* The chart's channels (atlas channels first, then approaches and links that the
 * builder found), for drawing and for tests. */
size_t dro_chart_channels(const dro_chart *chart);
typedef struct dro_chart_channel {
    const char *name;
    int atlas_channel; /* or -1: found by the builder */
    int passage;       /* or -1 */
    double depth_m;    /* greatest draught, INFINITY if unknown */
    const dro_point *points;
    size_t count;
} dro_chart_channel;
void dro_chart_get_channel(const dro_chart *chart, size_t index,
                           dro_chart_channel *out);

/* The outline of the water: every edge has water on its left. For the tests' own
 * solvers and for drawing. Edges as pairs of vertex numbers. */
size_t dro_chart_outline(const dro_chart *chart, const dro_vec **vertices,
                         size_t *vertex_count, const uint32_t (**edges)[2]);

#ifdef __cplusplus
}
#endif
#endif
