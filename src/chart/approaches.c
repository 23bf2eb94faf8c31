/*
 * A quay lies nearer to land than any clearance, often in a basin that the coastline
 * does not know. All navigable water that is reached from the sea, and all channels,
 * grow inwards through the raw water around the port (grow.c); the cell nearest to the
 * quay that they reach is where its ship floats (the snap), and the way back from it is
 * the approach. A channel line gets a vertex where an approach joins it. A fine window
 * is tried first, then a wide one for ports deep inside fjords and sounds.
 */
#include "chart/approaches.h"

#include <math.h>
#include <stdlib.h>

#include "chart/links.h"
#include "chart/trace.h"

#define MOST_POINTS 8192

typedef struct scale {
    double half_nm, cell_nm, most_snap_nm;
} scale;

static const scale SCALES[] = {
    {15.0, 0.08, 1.5}, {45.0, 0.15, 3.0}, {120.0, 0.3, 40.0}};
#define SCALE_COUNT (sizeof SCALES / sizeof *SCALES)

typedef struct way {
    dro_point *points;
    size_t count;
    double snap_m;
    bool reached, on_line; /* its last point is to be joined to a channel */
} way;

typedef struct space {
    raster raster;
    grow grow;
    uint32_t hint;
} space;

typedef struct job {
    const coast *coast;
    const water *water;
    const edge_index *index;
    const dro_atlas *atlas;
    const lines *lines;
    const unsigned char *reached;
    way *ways;
    space *spaces;
} job;

/* Navigable on all four sides: nothing grows from here. */
static bool in_the_open(const raster *r, size_t cell) {
    size_t row = (size_t)r->nx;
    return (r->cells[cell - 1] & r->cells[cell + 1] & r->cells[cell - row] &
            r->cells[cell + row] & RASTER_OPEN) != 0;
}

#define AT_SEA  1u
#define AT_LINE 2u

/* Grows from all navigable water that the sea reaches, and from all channels. */
static dro_status grow_inwards(const job *j, space *s, dro_error *error) {
    const raster *r = &s->raster;
    DRO_TRY(grow_reset(&s->grow, r, error));
    for (size_t y = 1; y + 1 < (size_t)r->ny; y++) {
        for (size_t x = 1; x + 1 < (size_t)r->nx; x++) {
            size_t cell = y * (size_t)r->nx + x;
            if (!(r->cells[cell] & (RASTER_OPEN | RASTER_LINE)) ||
                in_the_open(r, cell)) {
                continue;
            }
            dro_vec v = dro_geo_to_vec(raster_point(r, cell));
            uint32_t component = water_at(j->water, v, &s->hint);
            bool sea = component != MESH_NONE && j->reached[component];
            if (sea || (r->cells[cell] & RASTER_LINE)) {
                DRO_TRY(grow_seed(&s->grow, cell, sea ? AT_SEA : AT_LINE, error));
            }
        }
    }
    return grow_run(&s->grow, r, UINT32_MAX / 2, NULL, NULL, error);
}

/* The cell nearest to the quay from which the sea is reached, by rings. */
static size_t floating_cell(const raster *r, const grow *g, size_t quay) {
    long x = (long)(quay % (size_t)r->nx), y = (long)(quay / (size_t)r->nx);
    size_t best = SIZE_MAX;
    double least = 1e18;
    for (long reach = 0; reach < r->nx / 2 && (double)(reach * reach) <= least;
         reach++) {
        for (long j = -reach; j <= reach; j++) {
            long step = labs(j) == reach ? 1 : 2 * reach;
            for (long i = -reach; i <= reach; i += step ? step : 1) {
                long cx = x + i, cy = y + j;
                if (cx < 1 || cy < 1 || cx + 1 >= r->nx || cy + 1 >= r->ny ||
                    !g->label[cy * r->nx + cx]) {
                    continue;
                }
                double d = (double)(i * i + j * j);
                if (d < least) {
                    least = d;
                    best = (size_t)(cy * r->nx + cx);
                }
            }
        }
    }
    return best;
}

static dro_status keep_way(space *s, size_t start, dro_point quay, way *out,
                           dro_error *error) {
    static _Thread_local uint32_t cells[MOST_POINTS + 1];
    size_t n = trace_back(&s->grow, start, cells, MOST_POINTS);
    bool on_line = s->grow.label[start] == AT_LINE;
    if (!on_line) {
        cells[n] = (uint32_t)trace_inner_cell(&s->raster, cells[n - 1]);
        n++;
    }
    n = trace_straighten(&s->raster, cells, n);
    DRO_TRY(dro_new((void **)&out->points, n, sizeof *out->points, "approach", error));
    for (size_t i = 0; i < n; i++) {
        out->points[i] = raster_point(&s->raster, cells[i]);
    }
    out->count = n;
    out->snap_m = dro_geo_distance_m(quay, out->points[0]);
    out->reached = true;
    out->on_line = on_line;
    return DRO_OK;
}

static dro_status try_scale(const job *j, space *s, dro_point quay, scale size,
                            bool to_lines, way *out, dro_error *error) {
    DRO_TRY(raster_draw(&s->raster, j->coast, j->water, j->index, j->atlas, quay,
                        size.half_nm, size.cell_nm, error));
    for (size_t i = 0; to_lines && i < j->lines->count; i++) {
        if (j->lines->items[i].kind == LINE_CHANNEL) {
            raster_draw_line(&s->raster, j->lines->items[i].points,
                             j->lines->items[i].count, RASTER_LINE);
        }
    }
    DRO_TRY(grow_inwards(j, s, error));
    size_t at = raster_cell(&s->raster, quay);
    size_t start = at == SIZE_MAX ? SIZE_MAX : floating_cell(&s->raster, &s->grow, at);
    if (start == SIZE_MAX ||
        dro_geo_distance_nm(quay, raster_point(&s->raster, start)) >
            size.most_snap_nm) {
        return DRO_OK;
    }
    return keep_way(s, start, quay, out, error);
}

static dro_status do_port(void *context, size_t port, unsigned thread,
                          dro_error *error) {
    job *j = context;
    space *s = &j->spaces[thread];
    size_t count = 0;
    dro_point quay = dro_atlas_ports(j->atlas, &count)[port].at;
    uint32_t component = water_at(j->water, dro_geo_to_vec(quay), &s->hint);
    way *out = &j->ways[port];
    if (component != MESH_NONE && j->reached[component]) {
        out->reached = true; /* an offshore terminal: afloat already */
        return DRO_OK;
    }
    for (size_t i = 0; i < SCALE_COUNT && !out->reached; i++) {
        DRO_TRY(try_scale(j, s, quay, SCALES[i], true, out, error));
    }
    return DRO_OK;
}

/* ---- joining an approach to a channel --------------------------------------- */

typedef struct foot {
    size_t line, segment;
    dro_point at;
    double distance_m;
} foot;

static foot nearest_foot(const lines *l, dro_point p) {
    foot best = {0, 0, p, (double)INFINITY};
    dro_vec v = dro_geo_to_vec(p);
    for (size_t i = 0; i < l->count; i++) {
        const line *item = &l->items[i];
        for (size_t k = 1; item->kind == LINE_CHANNEL && k < item->count; k++) {
            if (fabs(item->points[k].lat_deg - p.lat_deg) > 2.0) {
                continue;
            }
            dro_vec a = dro_geo_to_vec(item->points[k - 1]);
            dro_vec b = dro_geo_to_vec(item->points[k]);
            dro_vec f = dro_geo_nearest_on_arc(a, b, v);
            double d = dro_geo_angle(f, v) * DRO_EARTH_RADIUS_M;
            if (d < best.distance_m) {
                best = (foot){i, k - 1, dro_geo_to_point(f), d};
            }
        }
    }
    return best;
}

/* Makes the foot a vertex of its channel (and of channels that share the segment). */
static dro_status insert_foot(lines *l, foot *f, dro_error *error) {
    dro_point a = l->items[f->line].points[f->segment];
    dro_point b = l->items[f->line].points[f->segment + 1];
    double to_a = dro_geo_distance_m(f->at, a), to_b = dro_geo_distance_m(f->at, b);
    if (fmin(to_a, to_b) < 200.0) {
        f->at = to_a < to_b ? a : b;
        return DRO_OK;
    }
    for (size_t i = 0; i < l->count; i++) {
        line *item = &l->items[i];
        for (size_t k = 1; k < item->count; k++) {
            dro_point p = item->points[k - 1], q = item->points[k];
            if (p.lat_deg != a.lat_deg || p.lon_deg != a.lon_deg ||
                q.lat_deg != b.lat_deg || q.lon_deg != b.lon_deg) {
                continue;
            }
            DRO_TRY(DRO_RESERVE(item->points, item->capacity, item->count + 1, error));
            for (size_t m = item->count; m > k; m--) {
                item->points[m] = item->points[m - 1];
            }
            item->points[k] = f->at;
            item->count++;
            break;
        }
    }
    return DRO_OK;
}

static dro_status add_way(lines *l, size_t port, way *w, dro_point quay,
                          dro_error *error) {
    port_place *place = &l->ports[port];
    *place = (port_place){quay, 0.0, w->reached};
    if (!w->reached) {
        return DRO_OK;
    }
    if (w->on_line) {
        foot f = nearest_foot(l, w->points[w->count - 1]);
        if (isfinite(f.distance_m)) {
            DRO_TRY(insert_foot(l, &f, error));
            w->points[w->count - 1] = f.at;
        }
    }
    if (w->count) {
        place->at = w->points[0];
        place->snap_m = dro_geo_distance_m(quay, place->at);
    }
    line *item = NULL; /* of one point where the ship floats in open water */
    DRO_TRY(lines_add(l, LINE_APPROACH, w->count ? w->points : &quay,
                      w->count ? w->count : 1, &item, error));
    item->port = (int)port;
    return DRO_OK;
}

/* ---- channels that do not reach the sea --------------------------------------------
 */

static bool share_point(const line *a, const line *b) {
    for (size_t i = 0; i < a->count; i++) {
        for (size_t k = 0; k < b->count; k++) {
            if (a->points[i].lat_deg == b->points[k].lat_deg &&
                a->points[i].lon_deg == b->points[k].lon_deg) {
                return true;
            }
        }
    }
    return false;
}

/* Does a chain of lines from this point on lead to navigable water? Only whole lines
 * that share points count. */
static void spread(const lines *l, const job *j, unsigned char *wet, uint32_t *hint) {
    for (bool grown = true; grown;) {
        grown = false;
        for (size_t i = 0; i < l->count; i++) {
            for (size_t k = 0; !wet[i] && k < l->items[i].count; k++) {
                uint32_t c =
                    water_at(j->water, dro_geo_to_vec(l->items[i].points[k]), hint);
                wet[i] = c != MESH_NONE && j->reached[c];
            }
        }
        for (size_t i = 0; i < l->count; i++) {
            for (size_t m = 0; !wet[i] && m < l->count; m++) {
                if (wet[m] && share_point(&l->items[i], &l->items[m])) {
                    wet[i] = 1;
                    grown = true;
                }
            }
        }
    }
}

/* The shorter way to the sea from either end of a line that has none. */
static dro_status attach_line(job *j, lines *l, size_t index, dro_error *error) {
    way best = {0};
    double least = (double)INFINITY;
    dro_status status = DRO_OK;
    for (int end = 0; status == DRO_OK && end < 2; end++) {
        const line *item = &l->items[index];
        dro_point at = item->points[end ? item->count - 1 : 0];
        way w = {0};
        status = try_scale(j, &j->spaces[0], at, SCALES[0], false, &w, error);
        double length = w.snap_m;
        for (size_t i = 1; i < w.count; i++) {
            length += dro_geo_distance_m(w.points[i - 1], w.points[i]);
        }
        if (w.reached && length < least) {
            dro_free(best.points);
            best = w;
            least = length;
            best.points[0] = at;
        } else {
            dro_free(w.points);
        }
    }
    line *made = NULL;
    if (status == DRO_OK && best.count > 1) {
        status = lines_add(l, LINE_LINK, best.points, best.count, &made, error);
    }
    dro_free(best.points);
    return status;
}

static dro_status attach_channels(job *j, lines *l, dro_error *error) {
    unsigned char *wet = NULL;
    uint32_t hint = 0;
    size_t count = l->count;
    DRO_TRY(dro_new((void **)&wet, count, 1, "channels", error));
    dro_status status = DRO_OK;
    lines known = *l;
    spread(&known, j, wet, &hint);
    for (size_t i = 0; status == DRO_OK && i < count; i++) {
        if (wet[i] || l->items[i].kind != LINE_CHANNEL) {
            continue;
        }
        status = attach_line(j, l, i, error);
        wet[i] = 1;
        known = *l;
        known.count = count;
        spread(&known, j, wet, &hint);
    }
    dro_free(wet);
    return status;
}

static void free_job(job *j, size_t ports, unsigned threads) {
    for (size_t i = 0; j->ways && i < ports; i++) {
        dro_free(j->ways[i].points);
    }
    for (unsigned i = 0; j->spaces && i < threads; i++) {
        raster_free(&j->spaces[i].raster);
        grow_free(&j->spaces[i].grow);
    }
    dro_free(j->ways);
    dro_free(j->spaces);
}

dro_status approaches_find(const coast *shore, const water *sea,
                           const edge_index *index, const dro_atlas *atlas,
                           unsigned threads, const dro_progress *progress, lines *l,
                           dro_error *error) {
    job j = {.coast = shore, .water = sea, .index = index, .atlas = atlas, .lines = l};
    size_t count = 0;
    const dro_port *ports = dro_atlas_ports(atlas, &count);
    unsigned char *reached = NULL;
    threads = threads ? threads : dro_cores();
    dro_status status = links_reached(sea, l, &reached, error);
    j.reached = reached;
    DRO_TRY_GOTO(status, done);
    DRO_TRY_GOTO(dro_new((void **)&j.ways, count, sizeof *j.ways, "ports", error),
                 done);
    DRO_TRY_GOTO(dro_new((void **)&j.spaces, threads, sizeof *j.spaces, "ports", error),
                 done);
    DRO_TRY_GOTO(dro_new((void **)&l->ports, count, sizeof *l->ports, "ports", error),
                 done);
    l->port_count = count;
    DRO_TRY_GOTO(attach_channels(&j, l, error), done);
    DRO_TRY_GOTO(dro_parallel(count, threads, do_port, &j, progress, "ports", error),
                 done);
    for (size_t i = 0; i < count && status == DRO_OK; i++) {
        status = add_way(l, i, &j.ways[i], ports[i].at, error);
    }
done:
    free_job(&j, count, threads);
    dro_free(reached);
    return status;
}
