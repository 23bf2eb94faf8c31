/*
 * Where do two navigable waters nearly meet? In each degree cell that borders on a
 * water cut off from the sea, the navigable waters grow together through the raw
 * water around them (grow.c). Where two different ones meet, the cheapest way across
 * is a candidate; a second between the same two if it lies LINK_APART_NM off. Every
 * degree cell keeps the meetings inside it; at the end those are links that are needed.
 */
#include "chart/links.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/trace.h"

#define CELL_NM       0.12
#define HALF_NM       37.0
#define LINK_APART_NM 8.0
#define LEAST_KM2     15.0
#define LIMIT         1200u /* of cost from each side: 14 nm of open water, less in narrows */
#define MOST_POINTS   4096
#define WIDE_ROOM     3 /* cells to land: about 0.3 nm on each side */

typedef struct meeting {
    uint32_t cost, a, b; /* cells */
} meeting;

typedef struct found {
    dro_point *points;
    size_t count;
    uint32_t cost;
    uint8_t room; /* least, in cells, outside the two waters */
} found;

typedef struct window {
    uint32_t cell; /* degree cell: row * 360 + column */
    found *links;
    size_t count, capacity;
} window;

typedef struct job {
    const coast *coast;
    const water *water;
    const edge_index *index;
    const dro_atlas *atlas;
    window *windows;
    struct space *spaces; /* one per thread */
} job;

typedef struct space {
    raster raster;
    grow grow;
    uint32_t *stack;
    size_t stack_capacity;
    meeting *meetings;
    size_t meeting_count, meeting_capacity;
    dro_error *error;
    dro_status status;
} space;

static bool useful(const water *w, uint32_t component) {
    return component != MESH_NONE &&
           (component == w->sea || w->area_km2[component] >= LEAST_KM2);
}

/* ---- which degree cells are worth a look ---------------------------------------- */

static uint32_t cell_of_wall(const water *w, size_t i) {
    dro_point p = dro_geo_to_point(w->mesh.vertices[w->walls[i][0]]);
    uint32_t x = (uint32_t)coast_wrap(p.lon_deg) % 360u;
    uint32_t y = (uint32_t)fmin(179.0, p.lat_deg + 90.0);
    return y * 360u + x;
}

/* Does a wall lie within reach of the degree cell next to its own? */
static bool near_cell(const water *w, size_t i, int dx, int dy) {
    const double reach_deg = 0.3; /* edges are up to 0.18 degrees long */
    dro_point p = dro_geo_to_point(w->mesh.vertices[w->walls[i][0]]);
    double x = fmod(coast_wrap(p.lon_deg), 1.0), y = fmod(p.lat_deg + 90.0, 1.0);
    double wide = reach_deg / fmax(0.05, cos(p.lat_deg * 0.017453292519943295));
    return (dx < 0 ? x < wide : (dx > 0 ? x > 1.0 - wide : true)) &&
           (dy < 0 ? y < reach_deg : (dy > 0 ? y > 1.0 - reach_deg : true));
}

/* first[cell]: a useful component there + 1; more[cell]: a second one. */
static void note_component(uint32_t *first, unsigned char *more, uint32_t cell,
                           uint32_t component) {
    if (!first[cell]) {
        first[cell] = component + 1;
    } else if (first[cell] != component + 1) {
        more[cell] = 1;
    }
}

static dro_status choose_windows(const water *w, window **out, size_t *count,
                                 dro_error *error) {
    uint32_t *first = NULL;
    unsigned char *more = NULL;
    size_t capacity = 0;
    dro_status status =
        dro_new((void **)&first, (size_t)360 * 180, sizeof *first, "cells", error);
    DRO_TRY_GOTO(status, done);
    DRO_TRY_GOTO(dro_new((void **)&more, (size_t)360 * 180, 1, "cells", error), done);
    for (size_t i = 0; i < w->wall_count; i++) {
        if (!useful(w, w->wall_component[i])) {
            continue;
        }
        uint32_t cell = cell_of_wall(w, i), x = cell % 360, y = cell / 360;
        for (int dy = -1; dy <= 1; dy++) { /* a meeting may lie in the next cell */
            for (int dx = -1; dx <= 1; dx++) {
                if (near_cell(w, i, dx, dy) && (int)y + dy >= 0 && (int)y + dy < 180) {
                    uint32_t nx = (uint32_t)((int)x + dx + 360) % 360;
                    note_component(first, more, (uint32_t)((int)y + dy) * 360 + nx,
                                   w->wall_component[i]);
                }
            }
        }
    }
    for (uint32_t cell = 0; cell < 360 * 180; cell++) {
        if (more[cell]) {
            DRO_TRY_GOTO(DRO_RESERVE(*out, capacity, *count + 1, error), done);
            (*out)[(*count)++] = (window){.cell = cell};
        }
    }
done:
    dro_free(first);
    dro_free(more);
    return status;
}

/* ---- labels: the navigable waters of a window ---------------------------------------
 */

static dro_status label_region(space *s, const water *w, size_t start, uint32_t *hint,
                               dro_error *error) {
    const raster *r = &s->raster;
    dro_vec v = dro_geo_to_vec(raster_point(r, start));
    uint32_t component = water_at(w, v, hint);
    uint32_t label = useful(w, component) ? component + 1 : UINT32_MAX;
    size_t depth = 0, n = (size_t)r->nx * (size_t)r->ny;
    DRO_TRY(DRO_RESERVE(s->stack, s->stack_capacity, n, error));
    s->stack[depth++] = (uint32_t)start;
    s->grow.label[start] = label;
    while (depth) {
        size_t c = s->stack[--depth];
        const size_t next[4] = {c - 1, c + 1, c - (size_t)r->nx, c + (size_t)r->nx};
        for (int k = 0; k < 4; k++) {
            if (next[k] < n && (r->cells[next[k]] & RASTER_OPEN) &&
                !s->grow.label[next[k]]) {
                s->grow.label[next[k]] = label;
                s->stack[depth++] = (uint32_t)next[k];
            }
        }
    }
    return DRO_OK;
}

static bool at_edge(const raster *r, size_t cell) {
    size_t n = (size_t)r->nx * (size_t)r->ny, row = (size_t)r->nx;
    return cell < row + 1 || cell + row + 1 >= n ||
           !(r->cells[cell - 1] & r->cells[cell + 1] & r->cells[cell - row] &
             r->cells[cell + row] & RASTER_OPEN);
}

static dro_status label_waters(space *s, const water *w, dro_error *error) {
    size_t n = (size_t)s->raster.nx * (size_t)s->raster.ny;
    uint32_t hint = 0;
    for (size_t i = 0; i < n; i++) {
        if ((s->raster.cells[i] & RASTER_OPEN) && !s->grow.label[i]) {
            DRO_TRY(label_region(s, w, i, &hint, error));
        }
    }
    for (size_t i = 0; i < n; i++) { /* small waters are just raw water */
        uint32_t label = s->grow.label[i];
        if (label == UINT32_MAX) {
            s->grow.label[i] = 0;
        } else if (label && at_edge(&s->raster, i)) {
            DRO_TRY(grow_seed(&s->grow, i, label, error));
        } else if (label) {
            s->grow.cost[i] = 0;
        }
    }
    return DRO_OK;
}

/* ---- meetings --------------------------------------------------------------- */

static bool note_meetings(void *context, const grow *g, size_t cell) {
    space *s = context;
    const raster *r = &s->raster;
    const size_t next[4] = {cell - 1, cell + 1, cell - (size_t)r->nx,
                            cell + (size_t)r->nx};
    for (int k = 0; k < 4; k++) {
        if (next[k] >= g->cells || g->cost[next[k]] > g->cost[cell] ||
            g->label[next[k]] == g->label[cell] || !g->label[next[k]]) {
            continue;
        }
        s->status = DRO_RESERVE(s->meetings, s->meeting_capacity, s->meeting_count + 1,
                                s->error);
        if (s->status != DRO_OK) {
            return false;
        }
        s->meetings[s->meeting_count++] = (meeting){g->cost[cell] + g->cost[next[k]],
                                                    (uint32_t)cell, (uint32_t)next[k]};
    }
    return true;
}

static int by_cost(const void *a, const void *b) {
    const meeting *p = a, *q = b;
    if (p->cost != q->cost) {
        return p->cost < q->cost ? -1 : 1;
    }
    return (p->a > q->a) - (p->a < q->a);
}

static bool same_pair(const grow *g, const meeting *p, const meeting *q) {
    uint32_t a = g->label[p->a], b = g->label[p->b], c = g->label[q->a],
             d = g->label[q->b];
    return (a == c && b == d) || (a == d && b == c);
}

static bool near_cells(const raster *r, size_t a, size_t b) {
    long nx = r->nx, p = (long)a, q = (long)b;
    long dx = p % nx - q % nx, dy = p / nx - q / nx;
    return hypot((double)dx, (double)dy) * CELL_NM < LINK_APART_NM;
}

static bool repeats(const space *s, size_t i, const size_t *kept, size_t count) {
    for (size_t k = 0; k < count; k++) {
        const meeting *m = &s->meetings[kept[k]];
        if (same_pair(&s->grow, m, &s->meetings[i]) &&
            near_cells(&s->raster, m->a, s->meetings[i].a)) {
            return true;
        }
    }
    return false;
}

/* A little over the cell's border too: the neighbour's picture has other cells, and a
 * link found twice is kept once. */
static bool inside_cell(const raster *r, size_t cell, uint32_t degree_cell) {
    const double margin_deg = 0.03;
    dro_point p = raster_point(r, cell);
    double x = coast_wrap(p.lon_deg) - (double)(degree_cell % 360u) - 0.5;
    uint32_t row = degree_cell / 360u;
    double y = p.lat_deg + 90.0 - (double)row - 0.5;
    x = x > 180.0 ? x - 360.0 : (x < -180.0 ? x + 360.0 : x);
    return fabs(x) <= 0.5 + margin_deg && fabs(y) <= 0.5 + margin_deg;
}

/* ---- from a meeting to a line ----------------------------------------------- */

static uint8_t least_room(const space *s, const uint32_t *cells, size_t count) {
    uint8_t least = RASTER_ROOM_MAX;
    for (size_t i = 0; i < count; i++) {
        uint8_t room = s->raster.room[cells[i]];
        least = room < least ? room : least;
    }
    return least;
}

static dro_status keep_link(space *s, const water *w, const meeting *m, window *out,
                            dro_error *error) {
    uint32_t cells[2 * MOST_POINTS + 2];
    uint32_t back[MOST_POINTS], hint = 0;
    size_t n = trace_back(&s->grow, m->a, back, MOST_POINTS), count = 0;
    cells[count++] = (uint32_t)trace_inner_cell(&s->raster, back[n - 1]);
    while (n) {
        cells[count++] = back[--n];
    }
    count += trace_back(&s->grow, m->b, cells + count, MOST_POINTS);
    cells[count] = (uint32_t)trace_inner_cell(&s->raster, cells[count - 1]);
    count++;
    uint8_t room = least_room(s, cells, count);
    count = trace_straighten(&s->raster, cells, count);
    dro_vec first = dro_geo_to_vec(raster_point(&s->raster, cells[0]));
    dro_vec last = dro_geo_to_vec(raster_point(&s->raster, cells[count - 1]));
    if (water_at(w, first, &hint) == MESH_NONE ||
        water_at(w, last, &hint) == MESH_NONE) {
        return DRO_OK;
    }
    found f = {.count = count, .cost = m->cost, .room = room};
    DRO_TRY(DRO_RESERVE(out->links, out->capacity, out->count + 1, error));
    DRO_TRY(dro_new((void **)&f.points, count, sizeof *f.points, "link", error));
    for (size_t i = 0; i < count; i++) {
        f.points[i] = raster_point(&s->raster, cells[i]);
    }
    out->links[out->count++] = f;
    return DRO_OK;
}

static dro_status choose_links(space *s, const water *w, window *out,
                               dro_error *error) {
    size_t kept[64], count = 0;
    if (!s->meeting_count) {
        return DRO_OK;
    }
    qsort(s->meetings, s->meeting_count, sizeof *s->meetings, by_cost);
    for (size_t i = 0; i < s->meeting_count && count < 64; i++) {
        if (repeats(s, i, kept, count)) {
            continue;
        }
        kept[count++] = i;
        if (inside_cell(&s->raster, s->meetings[i].a, out->cell)) {
            DRO_TRY(keep_link(s, w, &s->meetings[i], out, error));
        }
    }
    return DRO_OK;
}

static dro_status do_window(void *context, size_t item, unsigned thread,
                            dro_error *error) {
    job *j = context;
    space *s = &j->spaces[thread];
    window *win = &j->windows[item];
    uint32_t row = win->cell / 360;
    dro_point centre = {(double)row - 89.5, (double)(win->cell % 360) + 0.5};
    centre.lon_deg -= centre.lon_deg > 180.0 ? 360.0 : 0.0;
    DRO_TRY(raster_draw(&s->raster, j->coast, j->water, j->index, j->atlas, centre,
                        HALF_NM, CELL_NM, error));
    DRO_TRY(grow_reset(&s->grow, &s->raster, error));
    DRO_TRY(label_waters(s, j->water, error));
    s->meeting_count = 0;
    s->status = DRO_OK;
    s->error = error;
    DRO_TRY(grow_run(&s->grow, &s->raster, LIMIT, note_meetings, s, error));
    DRO_TRY(s->status);
    return choose_links(s, j->water, win, error);
}

/* ---- which links are needed ----------------------------------------------------- */

static uint32_t root_of(uint32_t *parent, uint32_t c) {
    while (parent[c] != c) {
        parent[c] = parent[parent[c]];
        c = parent[c];
    }
    return c;
}

static void join(uint32_t *parent, uint32_t a, uint32_t b) {
    parent[root_of(parent, a)] = root_of(parent, b);
}

typedef struct spot { /* a point of a line */
    dro_point at;
    uint32_t line;
} spot;

static int by_place(const void *a, const void *b) {
    const spot *p = a, *q = b;
    if (p->at.lat_deg != q->at.lat_deg) {
        return p->at.lat_deg < q->at.lat_deg ? -1 : 1;
    }
    return (p->at.lon_deg > q->at.lon_deg) - (p->at.lon_deg < q->at.lon_deg);
}

/* Lines that share a point, also one on land, join what each of them reaches: a canal
 * follows a river. */
static dro_status join_meeting_lines(const lines *l, uint32_t first, uint32_t *parent,
                                     dro_error *error) {
    size_t total = 0, n = 0;
    spot *spots = NULL;
    for (size_t i = 0; i < l->count; i++) {
        total += l->items[i].count;
    }
    DRO_TRY(dro_new((void **)&spots, total, sizeof *spots, "waters", error));
    for (size_t i = 0; i < l->count; i++) {
        for (size_t k = 0; k < l->items[i].count; k++) {
            spots[n++] = (spot){l->items[i].points[k], (uint32_t)i};
        }
    }
    if (n) {
        qsort(spots, n, sizeof *spots, by_place);
    }
    for (size_t i = 1; i < n; i++) {
        if (by_place(&spots[i - 1], &spots[i]) == 0) {
            join(parent, first + spots[i - 1].line, first + spots[i].line);
        }
    }
    dro_free(spots);
    return DRO_OK;
}

/* The waters that the lines so far join: a union-find forest over components, and after
 * them lines. */
static dro_status join_lines(const water *w, const lines *l, uint32_t **out,
                             dro_error *error) {
    uint32_t hint = 0, first = (uint32_t)w->component_count;
    DRO_TRY(dro_new((void **)out, first + l->count, sizeof **out, "waters", error));
    for (uint32_t i = 0; i < first + l->count; i++) {
        (*out)[i] = i;
    }
    for (size_t i = 0; i < l->count; i++) {
        for (size_t k = 0; k < l->items[i].count; k++) {
            uint32_t c = water_at(w, dro_geo_to_vec(l->items[i].points[k]), &hint);
            if (c != MESH_NONE) {
                join(*out, c, first + (uint32_t)i);
            }
        }
    }
    return join_meeting_lines(l, first, *out, error);
}

static int cheaper(const void *a, const void *b) {
    const found *p = *(const found *const *)a, *q = *(const found *const *)b;
    if (p->cost != q->cost) {
        return p->cost < q->cost ? -1 : 1;
    }
    return (p->points[0].lat_deg > q->points[0].lat_deg) -
           (p->points[0].lat_deg < q->points[0].lat_deg);
}

static dro_status list_links(const window *windows, size_t count, const found ***out,
                             size_t *total, dro_error *error) {
    for (size_t i = 0; i < count; i++) {
        *total += windows[i].count;
    }
    /* NOLINTNEXTLINE(bugprone-sizeof-expression) */
    DRO_TRY(dro_new((void **)out, *total, sizeof **out, "links", error));
    for (size_t i = 0, n = 0; i < count; i++) {
        for (size_t k = 0; k < windows[i].count; k++) {
            (*out)[n++] = &windows[i].links[k];
        }
    }
    return DRO_OK;
}

/* Links through tight narrows are kept only where they join what nothing else joins,
 * the cheapest first (Kruskal): of several ways into an inland sea the atlas's are
 * taken, and no short cut is made that ships do not take. Wider ones all stay. */
static dro_status keep_needed(const water *w, const window *windows, size_t count,
                              lines *l, dro_error *error) {
    uint32_t *parent = NULL, hint = 0;
    const found **all = NULL;
    size_t total = 0;
    dro_status status = join_lines(w, l, &parent, error);
    if (status == DRO_OK) {
        status = list_links(windows, count, &all, &total, error);
    }
    if (status == DRO_OK && total) {
        /* NOLINTNEXTLINE(bugprone-sizeof-expression) */
        qsort((void *)all, total, sizeof *all, cheaper);
    }
    for (size_t i = 0; status == DRO_OK && i < total; i++) {
        const found *f = all[i];
        uint32_t a = water_at(w, dro_geo_to_vec(f->points[0]), &hint);
        uint32_t b = water_at(w, dro_geo_to_vec(f->points[f->count - 1]), &hint);
        if (a == MESH_NONE || b == MESH_NONE ||
            (f->room < WIDE_ROOM && root_of(parent, a) == root_of(parent, b))) {
            continue;
        }
        line *item = NULL;
        join(parent, a, b);
        status = lines_add(l, LINE_LINK, f->points, f->count, &item, error);
    }
    dro_free(parent);
    dro_free((void *)all);
    return status;
}

static void free_windows(window *windows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < windows[i].count; k++) {
            dro_free(windows[i].links[k].points);
        }
        dro_free(windows[i].links);
    }
    dro_free(windows);
}

static void free_spaces(space *spaces, unsigned count) {
    for (unsigned i = 0; spaces && i < count; i++) {
        raster_free(&spaces[i].raster);
        grow_free(&spaces[i].grow);
        dro_free(spaces[i].stack);
        dro_free(spaces[i].meetings);
    }
    dro_free(spaces);
}

dro_status links_find(const coast *shore, const water *sea, const edge_index *index,
                      const dro_atlas *atlas, unsigned threads,
                      const dro_progress *progress, lines *l, dro_error *error) {
    job j = {.coast = shore, .water = sea, .index = index, .atlas = atlas};
    size_t count = 0;
    threads = threads ? threads : dro_cores();
    dro_status status = choose_windows(sea, &j.windows, &count, error);
    DRO_TRY_GOTO(status, done);
    DRO_TRY_GOTO(dro_new((void **)&j.spaces, threads, sizeof *j.spaces, "links", error),
                 done);
    DRO_TRY_GOTO(
        dro_parallel(count, threads, do_window, &j, progress, "narrows", error), done);
    status = keep_needed(sea, j.windows, count, l, error);
done:
    free_windows(j.windows, count);
    free_spaces(j.spaces, threads);
    return status;
}

/* ---- reached from the sea? ------------------------------------------------------ */

dro_status links_reached(const water *w, const lines *l, unsigned char **out,
                         dro_error *error) {
    uint32_t *parent = NULL;
    dro_status status = join_lines(w, l, &parent, error);
    if (status == DRO_OK) {
        status = dro_new((void **)out, w->component_count, 1, "waters", error);
    }
    for (uint32_t i = 0; status == DRO_OK && i < w->component_count; i++) {
        (*out)[i] = root_of(parent, i) == root_of(parent, w->sea);
    }
    dro_free(parent);
    return status;
}
