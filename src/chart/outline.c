/*
 * The outline of navigable water.
 *
 * Each piece of coast is thinned (Douglas-Peucker, PRE_TOLERANCE) and widened by
 * clearance + tolerance with GEOS in one conformal frame, Mercator, where a short
 * piece's distance is the ground distance times 1/cos(latitude). All tiles share the
 * frame and the widened pieces, so the unions of neighbouring tiles have the same
 * edges along their seam: each tile keeps the edges whose middle lies in it, and
 * nothing has to be stitched. Edges on the landward side are dropped by asking the
 * coastline. A metre is never taken as more than it is: degrees are counted with the
 * shortest degree of WGS84 (110,574 m), so the clearance is at least what it says.
 */
#include "chart/outline.h"

#include <geos_c.h>
#include <math.h>
#include <string.h>

#define TILE_DEG          6.0
#define TILES_X           60
#define TILES_Y           60
#define MARGIN_DEG        0.15 /* of latitude: longer than any edge of a widened piece */
#define CHUNK_POINTS      16
#define CHUNK_LAT_DEG     0.25
#define QUADRANT_SEGMENTS 2
#define GRID              1e7 /* vertices on a grid of 1e-7 degrees, about a centimetre */

static const double M_PER_DEG = 110574.0;
static const double PRE_TOLERANCE_M = 150.0;
static const double LONGEST_DEG = 0.07;
static const double PI = 3.14159265358979323846;

typedef struct chunk {
    uint32_t first, count;
    double lat;                      /* farthest from the equator */
    double west, east, south, north; /* Mercator degrees, widened */
} chunk;

typedef struct work {
    const coast *coast;
    double radius_m;   /* of the widening */
    double *lon, *lat; /* thinned coast */
    size_t points, point_capacity;
    chunk *chunks;
    size_t chunk_count, chunk_capacity;
    uint32_t *tile_first; /* TILES + 1 */
    uint32_t *tile_chunk;
    struct tile_edges *tiles;
    GEOSContextHandle_t *geos; /* one per thread */
} work;

typedef struct tile_edges {
    double (*ends)[4]; /* lon, lat, lon, lat */
    size_t count, capacity;
} tile_edges;

static double mercator(double lat) {
    return log(tan(PI / 4.0 + lat * PI / 360.0)) * 180.0 / PI;
}

static double latitude(double y) {
    return (2.0 * atan(exp(y * PI / 180.0)) - PI / 2.0) * 180.0 / PI;
}

/* ---- thinning -------------------------------------------------------------- */

static double off_line_m(const double *lon, const double *lat, size_t a, size_t b,
                         size_t p) {
    double c = cos(lat[p] * PI / 180.0);
    double bx = (lon[b] - lon[a]) * c, by = lat[b] - lat[a];
    double px = (lon[p] - lon[a]) * c, py = lat[p] - lat[a];
    double length2 = bx * bx + by * by;
    double t = length2 > 0.0 ? (px * bx + py * by) / length2 : 0.0;
    t = fmin(1.0, fmax(0.0, t));
    return hypot(px - t * bx, py - t * by) * 111320.0;
}

static void thin(const double *lon, const double *lat, size_t a, size_t b,
                 unsigned char *keep) {
    double worst = PRE_TOLERANCE_M;
    size_t at = 0;
    for (size_t p = a + 1; p < b; p++) {
        double off = off_line_m(lon, lat, a, b, p);
        if (off > worst) {
            worst = off;
            at = p;
        }
    }
    if (at) {
        keep[at] = 1;
        thin(lon, lat, a, at, keep);
        thin(lon, lat, at, b, keep);
    }
}

static dro_status add_point(work *w, double lon, double lat, dro_error *error) {
    size_t capacity = w->point_capacity;
    DRO_TRY(DRO_RESERVE(w->lon, capacity, w->points + 1, error));
    DRO_TRY(DRO_RESERVE(w->lat, w->point_capacity, w->points + 1, error));
    w->lon[w->points] = lon;
    w->lat[w->points++] = lat;
    return DRO_OK;
}

/* With points between, so that no edge is long in the Mercator frame's terms. */
static dro_status add_edge_to(work *w, double lon, double lat, dro_error *error) {
    double from_lon = w->lon[w->points - 1], from_lat = w->lat[w->points - 1];
    double c = cos(lat * PI / 180.0);
    double length = hypot((lon - from_lon) * c, lat - from_lat);
    int steps = (int)ceil(length / LONGEST_DEG);
    for (int i = 1; i <= steps || i == 1; i++) {
        double t = steps > 0 ? (double)i / steps : 1.0;
        DRO_TRY(add_point(w, from_lon + t * (lon - from_lon),
                          from_lat + t * (lat - from_lat), error));
    }
    return DRO_OK;
}

static dro_status add_chunk(work *w, size_t first, size_t count, dro_error *error) {
    DRO_TRY(DRO_RESERVE(w->chunks, w->chunk_capacity, w->chunk_count + 1, error));
    chunk *c = &w->chunks[w->chunk_count++];
    *c = (chunk){.first = (uint32_t)first,
                 .count = (uint32_t)count,
                 .west = 1e9,
                 .east = -1e9,
                 .south = 1e9,
                 .north = -1e9};
    for (size_t i = first; i < first + count; i++) {
        double y = mercator(w->lat[i]);
        c->west = fmin(c->west, w->lon[i]);
        c->east = fmax(c->east, w->lon[i]);
        c->south = fmin(c->south, y);
        c->north = fmax(c->north, y);
        c->lat = fmax(c->lat, fabs(w->lat[i]));
    }
    double wide = 1.02 * w->radius_m / M_PER_DEG / cos(c->lat * PI / 180.0);
    c->west -= wide;
    c->east += wide;
    c->south -= wide;
    c->north += wide;
    return DRO_OK;
}

static dro_status add_chunks(work *w, size_t first, dro_error *error) {
    size_t last = w->points - 1;
    for (size_t at = first;;) {
        size_t end = at + 1 < last ? at + 1 : last;
        while (end < last && end - at < CHUNK_POINTS - 1 &&
               fabs(w->lat[end + 1] - w->lat[at]) < CHUNK_LAT_DEG) {
            end++;
        }
        DRO_TRY(add_chunk(w, at, end - at + 1, error));
        if (end >= last) {
            return DRO_OK;
        }
        at = end;
    }
}

static dro_status add_line(work *w, const double *lon, const double *lat, size_t count,
                           unsigned char *keep, dro_error *error) {
    memset(keep, 0, count);
    keep[0] = keep[count - 1] = 1;
    size_t middle = count / 2; /* closed pieces need a third point to thin against */
    keep[middle] = 1;
    thin(lon, lat, 0, middle, keep);
    thin(lon, lat, middle, count - 1, keep);
    size_t first = w->points;
    DRO_TRY(add_point(w, lon[0], lat[0], error));
    for (size_t i = 1; i < count; i++) {
        if (keep[i]) {
            DRO_TRY(add_edge_to(w, lon[i], lat[i], error));
        }
    }
    return add_chunks(w, first, error);
}

static dro_status add_coast(work *w, dro_error *error) {
    unsigned char *keep = NULL;
    DRO_TRY(dro_new((void **)&keep, w->coast->point_count + 1, 1, "coast", error));
    dro_status status = DRO_OK;
    for (size_t s = 0; status == DRO_OK && s < w->coast->segment_count; s++) {
        const coast_segment *seg = &w->coast->segments[s];
        if (seg->count >= 2) {
            status = add_line(w, w->coast->lon + seg->first, w->coast->lat + seg->first,
                              seg->count, keep, error);
        }
    }
    dro_free(keep);
    return status;
}

static dro_status add_walls(work *w, const dro_atlas *atlas, dro_error *error) {
    size_t count = 0;
    const dro_barrier *walls = atlas ? dro_atlas_barriers(atlas, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        size_t first = w->points;
        double lon = coast_wrap(walls[i].points[0].lon_deg);
        DRO_TRY(add_point(w, lon, walls[i].points[0].lat_deg, error));
        for (size_t k = 1; k < walls[i].count; k++) {
            double step = walls[i].points[k].lon_deg - walls[i].points[k - 1].lon_deg;
            lon += step; /* may leave 0..360: tiles shift it back */
            DRO_TRY(add_edge_to(w, lon, walls[i].points[k].lat_deg, error));
        }
        DRO_TRY(add_chunks(w, first, error));
    }
    return DRO_OK;
}

/* ---- tiles ------------------------------------------------------------------ */

static double tile_south(size_t row) {
    return -180.0 + TILE_DEG * (double)row;
}

static double tile_margin(size_t row) {
    double far = fmax(fabs(tile_south(row)), fabs(tile_south(row + 1)));
    return MARGIN_DEG / cos(latitude(fmin(far, 179.0)) * PI / 180.0);
}

/* Calls visit for each tile whose widened box a chunk meets; shift is 360-fold. */
typedef void (*tile_visit)(work *w, size_t tile, size_t index, uint32_t *cursor);

static void visit_tiles(work *w, size_t index, tile_visit visit, uint32_t *cursor) {
    const chunk *c = &w->chunks[index];
    for (size_t row = 0; row < TILES_Y; row++) {
        double m = tile_margin(row);
        if (c->north < tile_south(row) - m || c->south > tile_south(row + 1) + m) {
            continue;
        }
        int from = (int)floor((c->west - m) / TILE_DEG);
        int to = (int)floor((c->east + m) / TILE_DEG);
        for (int x = from; x <= to; x++) {
            size_t column = (size_t)((x % TILES_X + TILES_X) % TILES_X);
            visit(w, row * TILES_X + column, index, cursor);
        }
    }
}

static void visit_count(work *w, size_t tile, size_t index, uint32_t *cursor) {
    (void)w;
    (void)index;
    cursor[tile + 1]++;
}

static void visit_put(work *w, size_t tile, size_t index, uint32_t *cursor) {
    w->tile_chunk[cursor[tile]++] = (uint32_t)index;
}

static dro_status sort_into_tiles(work *w, dro_error *error) {
    size_t tiles = (size_t)TILES_X * TILES_Y;
    uint32_t *cursor = NULL;
    DRO_TRY(
        dro_new((void **)&w->tile_first, tiles + 1, sizeof(uint32_t), "tiles", error));
    for (size_t i = 0; i < w->chunk_count; i++) {
        visit_tiles(w, i, visit_count, w->tile_first);
    }
    for (size_t i = 0; i < tiles; i++) {
        w->tile_first[i + 1] += w->tile_first[i];
    }
    DRO_TRY(dro_new((void **)&w->tile_chunk, w->tile_first[tiles] + 1u,
                    sizeof(uint32_t), "tiles", error));
    DRO_TRY(dro_new((void **)&cursor, tiles, sizeof *cursor, "tiles", error));
    memcpy(cursor, w->tile_first, tiles * sizeof *cursor);
    for (size_t i = 0; i < w->chunk_count; i++) {
        visit_tiles(w, i, visit_put, cursor);
    }
    dro_free(cursor);
    return DRO_OK;
}

static GEOSGeometry *widen(const work *w, GEOSContextHandle_t g, const chunk *c,
                           double shift) {
    GEOSCoordSequence *seq = GEOSCoordSeq_create_r(g, c->count < 2 ? 2 : c->count, 2);
    for (uint32_t i = 0; i < c->count; i++) {
        GEOSCoordSeq_setXY_r(g, seq, i, w->lon[c->first + i] + shift,
                             mercator(w->lat[c->first + i]));
    }
    GEOSGeometry *line = GEOSGeom_createLineString_r(g, seq);
    if (!line) {
        return NULL;
    }
    double lat = c->lat + 1.2 * w->radius_m / M_PER_DEG;
    double width = w->radius_m / M_PER_DEG / cos(fmin(lat, 89.0) * PI / 180.0);
    GEOSGeometry *area = GEOSBuffer_r(g, line, width, QUADRANT_SEGMENTS);
    GEOSGeom_destroy_r(g, line);
    return area;
}

/* All the widened pieces that the tile sees, as one area. */
static dro_status tile_union(const work *w, GEOSContextHandle_t g, size_t tile,
                             GEOSGeometry **out, dro_error *error) {
    size_t n = w->tile_first[tile + 1] - w->tile_first[tile];
    double middle = TILE_DEG * ((double)(tile % TILES_X) + 0.5);
    GEOSGeometry **parts = NULL;
    /* NOLINTNEXTLINE(bugprone-sizeof-expression) */
    DRO_TRY(dro_new((void **)&parts, n, sizeof(GEOSGeometry *), "tile", error));
    for (size_t i = 0; i < n; i++) {
        const chunk *c = &w->chunks[w->tile_chunk[w->tile_first[tile] + i]];
        double x = 0.5 * (c->west + c->east), shift = 0.0;
        if (x - middle > 180.0) {
            shift = -360.0;
        } else if (x - middle < -180.0) {
            shift = 360.0;
        }
        parts[i] = widen(w, g, c, shift);
    }
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(g, GEOS_GEOMETRYCOLLECTION, parts, (unsigned)n);
    dro_free(parts);
    *out = all ? GEOSUnaryUnion_r(g, all) : NULL;
    GEOSGeom_destroy_r(g, all);
    return *out ? DRO_OK
                : dro_fail(error, DRO_INTERNAL, "GEOS could not join tile %zu", tile);
}

/* ---- the edges that a tile keeps ---------------------------------------------- */

static dro_status keep_edge(work *w, size_t tile, const double a[2], const double b[2],
                            bool dry, dro_error *error) {
    double west = TILE_DEG * (double)(tile % TILES_X);
    double south = tile_south(tile / TILES_X);
    double x = 0.5 * (a[0] + b[0]), y = 0.5 * (a[1] + b[1]);
    if (x < west || x >= west + TILE_DEG || y < south || y >= south + TILE_DEG || dry) {
        return DRO_OK;
    }
    tile_edges *t = &w->tiles[tile];
    DRO_TRY(DRO_RESERVE(t->ends, t->capacity, t->count + 1, error));
    double *end = t->ends[t->count++];
    end[0] = a[0];
    end[1] = latitude(a[1]);
    end[2] = b[0];
    end[3] = latitude(b[1]);
    return DRO_OK;
}

static double ring_area(const double (*p)[2], size_t n) {
    double area = 0.0;
    for (size_t i = 1; i < n; i++) {
        area += (p[i - 1][0] - p[0][0]) * (p[i][1] - p[0][1]) -
                (p[i][0] - p[0][0]) * (p[i - 1][1] - p[0][1]);
    }
    return area;
}

/* Is the middle of each edge of a ring on land? Neighbours agree (both sides of a
 * widened coast are never joined), so each edge takes the majority of three: one odd
 * answer of the coastline, at a defect of it, opens no gap. */
static void find_dry(const work *w, const double (*p)[2], size_t edges,
                     unsigned char *dry) {
    for (size_t i = 0; i < edges; i++) {
        double x = 0.5 * (p[i][0] + p[i + 1][0]), y = 0.5 * (p[i][1] + p[i + 1][1]);
        dry[i] = coast_is_land(w->coast, x, latitude(y)) ? 1 : 0;
    }
    unsigned before = dry[edges - 1] & 1u;
    for (size_t i = 0; i < edges; i++) {
        unsigned here = dry[i] & 1u, after = dry[i + 1 < edges ? i + 1 : 0] & 1u;
        dry[i] = (unsigned char)(here | (before + here + after >= 2 ? 2u : 0u));
        before = here;
    }
}

/* hole: the widened coast is outside the ring, so the water is inside it. */
static dro_status keep_ring(work *w, GEOSContextHandle_t g, size_t tile,
                            const GEOSGeometry *ring, bool hole, dro_error *error) {
    const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(g, ring);
    unsigned n = 0;
    double(*p)[2] = NULL;
    unsigned char *dry = NULL;
    dro_status status = DRO_OK;
    GEOSCoordSeq_getSize_r(g, seq, &n);
    DRO_TRY(dro_new((void **)&p, n + 1u, sizeof *p, "ring", error));
    for (unsigned i = 0; i < n; i++) {
        GEOSCoordSeq_getXY_r(g, seq, i, &p[i][0], &p[i][1]);
    }
    status = dro_new((void **)&dry, n + 1u, 1, "ring", error);
    if (status == DRO_OK) {
        find_dry(w, (const double(*)[2])p, n - 1u, dry);
    }
    bool left_inside = ring_area((const double(*)[2])p, n) > 0.0;
    for (unsigned i = 1; status == DRO_OK && i < n; i++) {
        bool forward = left_inside == hole;
        status = keep_edge(w, tile, forward ? p[i - 1] : p[i],
                           forward ? p[i] : p[i - 1], (dry[i - 1] & 2u) != 0, error);
    }
    dro_free(dry);
    dro_free(p);
    return status;
}

static dro_status keep_polygon(work *w, GEOSContextHandle_t g, size_t tile,
                               const GEOSGeometry *polygon, dro_error *error) {
    DRO_TRY(keep_ring(w, g, tile, GEOSGetExteriorRing_r(g, polygon), false, error));
    int holes = GEOSGetNumInteriorRings_r(g, polygon);
    for (int i = 0; i < holes; i++) {
        DRO_TRY(
            keep_ring(w, g, tile, GEOSGetInteriorRingN_r(g, polygon, i), true, error));
    }
    return DRO_OK;
}

static dro_status do_tile(void *context, size_t tile, unsigned thread,
                          dro_error *error) {
    work *w = context;
    if (w->tile_first[tile] == w->tile_first[tile + 1]) {
        return DRO_OK;
    }
    GEOSContextHandle_t g = w->geos[thread];
    GEOSGeometry *area = NULL;
    DRO_TRY(tile_union(w, g, tile, &area, error));
    dro_status status = DRO_OK;
    int parts = GEOSGetNumGeometries_r(g, area);
    for (int i = 0; status == DRO_OK && i < parts; i++) {
        status = keep_polygon(w, g, tile, GEOSGetGeometryN_r(g, area, i), error);
    }
    GEOSGeom_destroy_r(g, area);
    return status;
}

/* ---- joining all tiles' edges ---------------------------------------------------- */

typedef struct vertex_table {
    uint64_t *keys; /* 0: free */
    uint32_t *values;
    size_t mask;
} vertex_table;

static uint64_t vertex_key(double lon, double lat) {
    uint64_t x = (uint64_t)llround(coast_wrap(lon) * GRID) % (uint64_t)(360.0 * GRID);
    uint64_t y = (uint64_t)llround((lat + 90.0) * GRID);
    return (x << 32) | (y + 1u);
}

static dro_status vertex_of(outline *o, vertex_table *t, double lon, double lat,
                            uint32_t *out, dro_error *error) {
    uint64_t key = vertex_key(lon, lat);
    size_t slot = dro_hash64(&key, sizeof key, 1) & t->mask;
    while (t->keys[slot] && t->keys[slot] != key) {
        slot = (slot + 1) & t->mask;
    }
    if (!t->keys[slot]) {
        DRO_TRY(DRO_RESERVE(o->points, o->point_capacity, o->point_count + 1, error));
        t->keys[slot] = key;
        t->values[slot] = (uint32_t)o->point_count;
        double x = (double)(key >> 32) / GRID;
        double y = (double)((key & 0xffffffffu) - 1u) / GRID - 90.0;
        o->points[o->point_count++] = (dro_point){y, x > 180.0 ? x - 360.0 : x};
    }
    *out = t->values[slot];
    return DRO_OK;
}

static dro_status add_edges(outline *o, vertex_table *t, const tile_edges *tile,
                            dro_error *error) {
    for (size_t i = 0; i < tile->count; i++) {
        const double *e = tile->ends[i];
        uint32_t a = 0, b = 0;
        DRO_TRY(vertex_of(o, t, e[0], e[1], &a, error));
        DRO_TRY(vertex_of(o, t, e[2], e[3], &b, error));
        if (a != b) {
            DRO_TRY(DRO_RESERVE(o->edges, o->edge_capacity, o->edge_count + 1, error));
            o->edges[o->edge_count][0] = a;
            o->edges[o->edge_count++][1] = b;
        }
    }
    return DRO_OK;
}

static dro_status join_tiles(const work *w, outline *o, dro_error *error) {
    size_t total = 0, size = 1024;
    for (size_t i = 0; i < (size_t)TILES_X * TILES_Y; i++) {
        total += w->tiles[i].count;
    }
    while (size < 4 * total) {
        size *= 2;
    }
    vertex_table table = {.mask = size - 1};
    dro_status status = dro_new((void **)&table.keys, size, 8, "outline", error);
    if (status == DRO_OK) {
        status = dro_new((void **)&table.values, size, 4, "outline", error);
    }
    for (size_t i = 0; status == DRO_OK && i < (size_t)TILES_X * TILES_Y; i++) {
        status = add_edges(o, &table, &w->tiles[i], error);
    }
    dro_free(table.keys);
    dro_free(table.values);
    return status;
}

/* Ends that a seam left apart by a grid step or so are joined by a short edge. */
static dro_status close_gaps(outline *o, dro_error *error) {
    int *balance = NULL;
    DRO_TRY(dro_new((void **)&balance, o->point_count + 1, sizeof *balance, "outline",
                    error));
    for (size_t i = 0; i < o->edge_count; i++) {
        balance[o->edges[i][0]]++;
        balance[o->edges[i][1]]--;
    }
    dro_status status = DRO_OK;
    for (size_t a = 0; status == DRO_OK && a < o->point_count; a++) {
        size_t nearest = SIZE_MAX;
        double best = 1e-4;
        for (size_t b = 0; balance[a] < 0 && b < o->point_count; b++) {
            double d = hypot(o->points[a].lat_deg - o->points[b].lat_deg,
                             o->points[a].lon_deg - o->points[b].lon_deg);
            if (balance[b] > 0 && d < best) {
                best = d;
                nearest = b;
            }
        }
        if (nearest != SIZE_MAX) {
            status = DRO_RESERVE(o->edges, o->edge_capacity, o->edge_count + 1, error);
            if (status == DRO_OK) {
                o->edges[o->edge_count][0] = (uint32_t)a;
                o->edges[o->edge_count++][1] = (uint32_t)nearest;
                balance[a]++;
                balance[nearest]--;
            }
        } else if (balance[a] < 0) {
            status = dro_fail(error, DRO_INTERNAL, "outline open near %.4f,%.4f",
                              o->points[a].lat_deg, o->points[a].lon_deg);
        }
    }
    dro_free(balance);
    return status;
}

/* ---- all together ------------------------------------------------------------------
 */

static void ignore_notice(const char *message, void *context) {
    (void)message;
    (void)context;
}

static void work_free(work *w, unsigned threads) {
    for (size_t i = 0; w->tiles && i < (size_t)TILES_X * TILES_Y; i++) {
        dro_free(w->tiles[i].ends);
    }
    for (unsigned i = 0; w->geos && i < threads; i++) {
        if (w->geos[i]) {
            GEOS_finish_r(w->geos[i]);
        }
    }
    dro_free(w->geos);
    dro_free(w->tiles);
    dro_free(w->tile_first);
    dro_free(w->tile_chunk);
    dro_free(w->chunks);
    dro_free(w->lon);
    dro_free(w->lat);
}

static dro_status start_geos(work *w, unsigned threads, dro_error *error) {
    /* NOLINTNEXTLINE(bugprone-sizeof-expression) */
    DRO_TRY(dro_new((void **)&w->geos, threads, sizeof *w->geos, "GEOS", error));
    for (unsigned i = 0; i < threads; i++) {
        w->geos[i] = GEOS_init_r();
        if (!w->geos[i]) {
            return dro_fail(error, DRO_NOMEM, "GEOS did not start");
        }
        GEOSContext_setNoticeMessageHandler_r(w->geos[i], ignore_notice, NULL);
        GEOSContext_setErrorMessageHandler_r(w->geos[i], ignore_notice, NULL);
    }
    return DRO_OK;
}

dro_status outline_build(const coast *shore, const dro_atlas *atlas, double clearance_m,
                         unsigned threads, const dro_progress *progress, outline *out,
                         dro_error *error) {
    threads = threads ? threads : dro_cores();
    /* an arc is drawn by chords: its polygon must stay outside the true circle */
    double chord = cos(PI / (4.0 * QUADRANT_SEGMENTS));
    work w = {.coast = shore, .radius_m = (clearance_m + PRE_TOLERANCE_M) / chord};
    outline o = {0};
    dro_status status = add_coast(&w, error);
    DRO_TRY_GOTO(status, done);
    DRO_TRY_GOTO(add_walls(&w, atlas, error), done);
    DRO_TRY_GOTO(sort_into_tiles(&w, error), done);
    DRO_TRY_GOTO(dro_new((void **)&w.tiles, (size_t)TILES_X * TILES_Y, sizeof *w.tiles,
                         "tiles", error),
                 done);
    DRO_TRY_GOTO(start_geos(&w, threads, error), done);
    DRO_TRY_GOTO(dro_parallel((size_t)TILES_X * TILES_Y, threads, do_tile, &w, progress,
                              "clearance from the shore", error),
                 done);
    DRO_TRY_GOTO(join_tiles(&w, &o, error), done);
    DRO_TRY_GOTO(close_gaps(&o, error), done);
    *out = o;
    o = (outline){0};
done:
    work_free(&w, threads);
    outline_free(&o);
    return status;
}

void outline_free(outline *o) {
    dro_free(o->points);
    dro_free(o->edges);
    *o = (outline){0};
}
