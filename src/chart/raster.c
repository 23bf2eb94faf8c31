/*
 * Scan conversion of oriented edges. Each row is cut by the edges that cross its
 * middle line; an edge says what lies on its two sides, so no polygon has to be
 * closed: between two crossings the left one decides.
 */
#include "chart/raster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double DEG = 0.017453292519943295;

/* ---- outline edges by cells of one degree ------------------------------------- */

struct edge_index {
    uint32_t *first; /* 360 * 180 + 1 */
    uint32_t *edges;
    double (*ends)[4]; /* lon1, lat1, lon2, lat2; lon in 0..360, lon2 near lon1 */
};

static size_t degree_cell(double lon, double lat) {
    size_t x = (size_t)coast_wrap(lon) % 360;
    size_t y = (size_t)fmin(179.0, fmax(0.0, lat + 90.0));
    return y * 360 + x;
}

static void edge_ends(const water *w, size_t edge, double ends[4]) {
    dro_point a = dro_geo_to_point(w->mesh.vertices[w->walls[edge][0]]);
    dro_point b = dro_geo_to_point(w->mesh.vertices[w->walls[edge][1]]);
    ends[0] = coast_wrap(a.lon_deg);
    ends[1] = a.lat_deg;
    ends[2] = coast_wrap(b.lon_deg);
    ends[3] = b.lat_deg;
    if (ends[2] - ends[0] > 180.0) {
        ends[2] -= 360.0;
    } else if (ends[2] - ends[0] < -180.0) {
        ends[2] += 360.0;
    }
}

dro_status edge_index_create(const water *w, edge_index **out, dro_error *error) {
    edge_index *x = NULL;
    DRO_TRY(dro_new((void **)&x, 1, sizeof *x, "index", error));
    dro_status status =
        dro_new((void **)&x->first, (size_t)360 * 180 + 2, 4, "index", error);
    DRO_TRY_GOTO(status, fail);
    DRO_TRY_GOTO(dro_new((void **)&x->edges, w->wall_count, 4, "index", error), fail);
    DRO_TRY_GOTO(
        dro_new((void **)&x->ends, w->wall_count, sizeof *x->ends, "index", error),
        fail);
    for (size_t i = 0; i < w->wall_count; i++) {
        edge_ends(w, i, x->ends[i]);
        x->first[degree_cell(x->ends[i][0], x->ends[i][1]) + 2]++;
    }
    for (size_t i = 0; i < (size_t)360 * 180; i++) {
        x->first[i + 2] += x->first[i + 1];
    }
    for (size_t i = 0; i < w->wall_count; i++) {
        size_t cell = degree_cell(x->ends[i][0], x->ends[i][1]);
        x->edges[x->first[cell + 1]++] = (uint32_t)i;
    }
    *out = x;
    return DRO_OK;
fail:
    edge_index_free(x);
    return status;
}

void edge_index_free(edge_index *x) {
    if (x) {
        dro_free(x->first);
        dro_free(x->edges);
        dro_free(x->ends);
        dro_free(x);
    }
}

/* ---- rows cut by edges ------------------------------------------------------------
 */

typedef struct cut {
    int row;
    float x;   /* in cells */
    bool west; /* the state west of it: set? */
} cut;

typedef struct cuts {
    cut *items;
    size_t count, capacity;
} cuts;

/* The edge from (x1,y1) to (x2,y2), in degrees; what it encloses is on its left. */
static dro_status cut_rows(const raster *r, const double e[4], cuts *c,
                           dro_error *error) {
    double off = e[0] - (r->west_deg + 0.5 * r->nx * r->dx_deg);
    double shift = off > 180.0 ? -360.0 : (off < -180.0 ? 360.0 : 0.0);
    double y1 = (e[1] - r->south_deg) / r->dy_deg - 0.5;
    double y2 = (e[3] - r->south_deg) / r->dy_deg - 0.5;
    double low = fmin(y1, y2), high = fmax(y1, y2);
    int from = (int)fmax(0.0, ceil(low)), to = (int)fmin(r->ny - 1.0, ceil(high) - 1.0);
    for (int row = from; row <= to; row++) {
        double t = (row - y1) / (y2 - y1);
        double lon = e[0] + shift + t * (e[2] - e[0]);
        DRO_TRY(DRO_RESERVE(c->items, c->capacity, c->count + 1, error));
        c->items[c->count++] =
            (cut){row, (float)((lon - r->west_deg) / r->dx_deg - 0.5), y2 > y1};
    }
    return DRO_OK;
}

static int by_row(const void *a, const void *b) {
    const cut *p = a, *q = b;
    if (p->row != q->row) {
        return p->row < q->row ? -1 : 1;
    }
    return (p->x > q->x) - (p->x < q->x);
}

typedef bool (*state_at)(void *context, double lon, double lat);

/* Sets or clears `flag` in one row from its cuts; without any, asks once. */
static void fill_row(raster *r, int row, const cut *c, size_t count, uint8_t flag,
                     state_at ask, void *context) {
    uint8_t *cells = r->cells + (size_t)row * (size_t)r->nx;
    double lat = r->south_deg + (row + 0.5) * r->dy_deg;
    bool state =
        count ? c[0].west : ask(context, r->west_deg + 0.5 * r->nx * r->dx_deg, lat);
    size_t k = 0;
    for (int x = 0; x < r->nx; x++) {
        while (k < count && c[k].x < (float)x) {
            state = !c[k].west;
            k++;
        }
        if (state) {
            cells[x] |= flag;
        }
    }
}

static void fill_rows(raster *r, cuts *c, uint8_t flag, state_at ask, void *context) {
    if (c->count) {
        qsort(c->items, c->count, sizeof *c->items, by_row);
    }
    size_t k = 0;
    for (int row = 0; row < r->ny; row++) {
        size_t first = k;
        while (k < c->count && c->items[k].row == row) {
            k++;
        }
        fill_row(r, row, k > first ? &c->items[first] : NULL, k - first, flag, ask,
                 context);
    }
}

/* ---- the two coasts --------------------------------------------------------- */

static bool ask_raw(void *context, double lon, double lat) {
    return coast_is_land(context, lon, lat);
}

typedef struct water_query {
    const water *water;
    uint32_t hint;
} water_query;

static bool ask_open(void *context, double lon, double lat) {
    water_query *q = context;
    double x = coast_wrap(lon);
    dro_vec v = dro_geo_to_vec((dro_point){lat, x > 180.0 ? x - 360.0 : x});
    return water_at(q->water, v, &q->hint) != MESH_NONE;
}

static dro_status cut_segment(const raster *r, const coast *shore,
                              const coast_segment *s, cuts *c, dro_error *error) {
    for (uint32_t i = s->first + 1; i < s->first + s->count; i++) {
        double e[4] = {shore->lon[i - 1], shore->lat[i - 1], shore->lon[i],
                       shore->lat[i]};
        DRO_TRY(cut_rows(r, e, c, error));
    }
    return DRO_OK;
}

static dro_status draw_raw(raster *r, const coast *shore, cuts *c, dro_error *error) {
    int south = (int)floor(r->south_deg / 2.0), west = (int)floor(r->west_deg / 2.0);
    int north = (int)ceil((r->south_deg + r->ny * r->dy_deg) / 2.0);
    int east = (int)ceil((r->west_deg + r->nx * r->dx_deg) / 2.0);
    c->count = 0;
    for (int y = south; y < north; y++) {
        for (int x = west; x < east; x++) {
            size_t bin = coast_bin(coast_wrap(2.0 * x + 1.0), 2.0 * y + 1.0);
            for (uint32_t s = shore->bin_first[bin]; s < shore->bin_first[bin + 1];
                 s++) {
                DRO_TRY(cut_segment(r, shore, &shore->segments[s], c, error));
            }
        }
    }
    /* land is on the left, so the flag is first put on land and then turned over */
    fill_rows(r, c, RASTER_RAW, ask_raw, (void *)(uintptr_t)shore);
    for (size_t i = 0; i < (size_t)r->nx * (size_t)r->ny; i++) {
        r->cells[i] ^= RASTER_RAW;
    }
    return DRO_OK;
}

static dro_status draw_open(raster *r, const water *w, const edge_index *index, cuts *c,
                            dro_error *error) {
    double reach = 0.25; /* edges are shorter than 20 km */
    double wide = reach / fmax(0.05, cos(r->south_deg * DEG));
    int south = (int)floor(r->south_deg - reach), west = (int)floor(r->west_deg - wide);
    int north = (int)ceil(r->south_deg + r->ny * r->dy_deg + reach);
    int east = (int)ceil(r->west_deg + r->nx * r->dx_deg + wide);
    c->count = 0;
    for (int y = south; y < north; y++) {
        for (int x = west; x < east; x++) {
            size_t cell = degree_cell(x + 0.5, y + 0.5);
            for (uint32_t k = index->first[cell]; k < index->first[cell + 1]; k++) {
                DRO_TRY(cut_rows(r, index->ends[index->edges[k]], c, error));
            }
        }
    }
    water_query q = {w, 0};
    fill_rows(r, c, RASTER_OPEN, ask_open, &q);
    return DRO_OK;
}

/* Cells to the nearest land, by layers. */
static void measure_room(raster *r) {
    size_t n = (size_t)r->nx * (size_t)r->ny;
    for (size_t i = 0; i < n; i++) {
        r->room[i] = r->cells[i] & RASTER_RAW ? RASTER_ROOM_MAX : 0;
    }
    for (int layer = 1; layer < RASTER_ROOM_MAX; layer++) {
        for (int y = 1; y + 1 < r->ny; y++) {
            uint8_t *room = r->room + (size_t)y * (size_t)r->nx;
            for (int x = 1; x + 1 < r->nx; x++) {
                if (room[x] > layer &&
                    (room[x - 1] == layer - 1 || room[x + 1] == layer - 1 ||
                     room[x - r->nx] == layer - 1 || room[x + r->nx] == layer - 1)) {
                    room[x] = (uint8_t)layer;
                }
            }
        }
    }
}

dro_status raster_draw(raster *r, const coast *shore, const water *sea,
                       const edge_index *index, const dro_atlas *atlas,
                       dro_point centre, double half_nm, double cell_nm,
                       dro_error *error) {
    double lat = fmin(85.0, fmax(-85.0, centre.lat_deg));
    double edge = fmin(89.0, fabs(lat) + 0.5 * half_nm / 60.0);
    r->dy_deg = cell_nm / 60.0;
    r->dx_deg = cell_nm / 60.0 / cos(edge * DEG);
    r->nx = r->ny = (int)(2.0 * half_nm / cell_nm);
    r->west_deg = coast_wrap(coast_wrap(centre.lon_deg) - 0.5 * r->nx * r->dx_deg);
    r->south_deg = fmax(-89.9, lat - 0.5 * r->ny * r->dy_deg);
    size_t n = (size_t)r->nx * (size_t)r->ny, capacity = r->capacity;
    DRO_TRY(DRO_RESERVE(r->cells, capacity, n, error));
    DRO_TRY(DRO_RESERVE(r->room, r->capacity, n, error));
    memset(r->cells, 0, n);
    cuts c = {0};
    dro_status status = draw_raw(r, shore, &c, error);
    if (status == DRO_OK) {
        status = draw_open(r, sea, index, &c, error);
    }
    dro_free(c.items);
    DRO_TRY(status);
    size_t walls = 0;
    const dro_barrier *wall = atlas ? dro_atlas_barriers(atlas, &walls) : NULL;
    for (size_t i = 0; i < walls; i++) {
        raster_draw_line(r, wall[i].points, wall[i].count, 0);
    }
    measure_room(r);
    return DRO_OK;
}

void raster_free(raster *r) {
    dro_free(r->cells);
    dro_free(r->room);
    *r = (raster){0};
}

dro_point raster_point(const raster *r, size_t cell) {
    double lon =
        coast_wrap(r->west_deg + ((double)(cell % (size_t)r->nx) + 0.5) * r->dx_deg);
    size_t row = cell / (size_t)r->nx;
    double lat = r->south_deg + ((double)row + 0.5) * r->dy_deg;
    return (dro_point){lat, lon > 180.0 ? lon - 360.0 : lon};
}

size_t raster_cell(const raster *r, dro_point p) {
    double lon = coast_wrap(p.lon_deg);
    if (lon < r->west_deg) {
        lon += 360.0;
    }
    double x = (lon - r->west_deg) / r->dx_deg,
           y = (p.lat_deg - r->south_deg) / r->dy_deg;
    if (x < 1.0 || y < 1.0 || x >= r->nx - 1.0 || y >= r->ny - 1.0) {
        return SIZE_MAX;
    }
    return (size_t)y * (size_t)r->nx + (size_t)x;
}

/* flag 0 draws a wall: three cells wide, no water at all. */
static void mark(raster *r, size_t cell, uint8_t flag) {
    if (flag) {
        r->cells[cell] |= flag;
        return;
    }
    for (long y = -1; y <= 1; y++) {
        for (long x = -1; x <= 1; x++) {
            r->cells[(size_t)((long)cell + y * r->nx + x)] &= (uint8_t)~RASTER_RAW;
        }
    }
}

void raster_draw_line(raster *r, const dro_point *points, size_t count, uint8_t flag) {
    for (size_t i = 1; i < count; i++) {
        dro_point a = points[i - 1], b = points[i];
        double step = b.lon_deg - a.lon_deg;
        step = step > 180.0 ? step - 360.0 : (step < -180.0 ? step + 360.0 : step);
        long n = 2 + (long)(2.0 * fmax(fabs(b.lat_deg - a.lat_deg) / r->dy_deg,
                                       fabs(step) / r->dx_deg));
        double middle = a.lat_deg + 0.5 * (b.lat_deg - a.lat_deg);
        double far = fabs(middle - r->south_deg) - fabs(b.lat_deg - a.lat_deg);
        if (far > 2.0 * r->ny * r->dy_deg) {
            continue; /* nowhere near */
        }
        for (long k = 0; k <= n; k++) {
            double t = (double)k / (double)n;
            dro_point p = {a.lat_deg + t * (b.lat_deg - a.lat_deg),
                           a.lon_deg + t * step};
            size_t cell = raster_cell(r, p);
            if (cell != SIZE_MAX) {
                mark(r, cell, flag);
            }
        }
    }
}
