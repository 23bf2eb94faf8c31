/*
 * Points are whole numbers of 1/65535 of a bin from longitude 0 and latitude -90, so
 * the end of a piece on a bin's border is the same number for both bins. No corner of
 * a ring lies on a border, no crossing of a border in a bin's corner.
 */
#include "support/synthetic_coast.h"

#include <math.h>
#include <netcdf.h>
#include <string.h>

#define BINS_X     180
#define BINS_Y     90
#define BINS       ((size_t)BINS_X * BINS_Y)
#define BIN_DEG    2.0
#define UNITS      65535L /* of a bin */
#define TURN_UNITS (BINS_X * UNITS)

typedef struct spot { /* x grows without bound along a ring */
    long x, y;
} spot;

typedef struct piece {
    size_t bin; /* row 0 in the north, as in the file */
    size_t first, count;
    size_t ring;
    bool closed;
} piece;

typedef struct shore { /* a ring made ready */
    spot *spots;       /* closed: the last is the first, moved by turns * 360 degrees */
    size_t count, capacity;
    int turns; /* +-1: round a pole */
    bool south_pole;
    unsigned level;
} shore;

typedef struct writer {
    shore *shores;
    size_t shore_count;
    spot *spots; /* of all pieces */
    size_t spot_count, spot_capacity;
    piece *pieces;
    size_t piece_count, piece_capacity;
} writer;

/* ---- rings to shores --------------------------------------------------------------
 */

static long floor_div(long a, long b) {
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

static long off_border(long units) {
    return units % UNITS == 0 ? units + 1 : units;
}

static dro_status add_spot(shore *s, double lat, double lon, dro_error *error) {
    spot p = {off_border(lround(lon / BIN_DEG * (double)UNITS)),
              off_border(lround((lat + 90.0) / BIN_DEG * (double)UNITS))};
    if (s->count && s->spots[s->count - 1].x == p.x &&
        s->spots[s->count - 1].y == p.y) {
        return DRO_OK;
    }
    DRO_TRY(DRO_RESERVE(s->spots, s->capacity, s->count + 1, error));
    s->spots[s->count++] = p;
    return DRO_OK;
}

/* The points of the edge from a (not written) to b. */
static dro_status add_edge(shore *s, const synthetic_ring *ring, dro_point a,
                           dro_point b, dro_random *random, dro_error *error) {
    double c = cos(a.lat_deg * 0.017453292519943295);
    double length = hypot((b.lon_deg - a.lon_deg) * c, b.lat_deg - a.lat_deg);
    int steps = ring->step_deg > 0.0 ? (int)ceil(length / ring->step_deg) : 1;
    double most = fmin(ring->rough_deg, 0.25 * length / steps);
    for (int i = 1; i < steps; i++) {
        double t = (double)i / steps;
        double north = most * (2.0 * dro_random_unit(random) - 1.0);
        double east = most * (2.0 * dro_random_unit(random) - 1.0) / c;
        DRO_TRY(add_spot(s, a.lat_deg + t * (b.lat_deg - a.lat_deg) + north,
                         a.lon_deg + t * (b.lon_deg - a.lon_deg) + east, error));
    }
    return add_spot(s, b.lat_deg, b.lon_deg, error);
}

static double area_of(const shore *s) {
    double area = 0.0;
    for (size_t i = 1; i < s->count; i++) {
        area += (double)s->spots[i - 1].x * (double)s->spots[i].y -
                (double)s->spots[i].x * (double)s->spots[i - 1].y;
    }
    return area;
}

static void turn_over(shore *s) {
    for (size_t i = 0; i < s->count / 2; i++) {
        spot p = s->spots[i];
        s->spots[i] = s->spots[s->count - 1 - i];
        s->spots[s->count - 1 - i] = p;
    }
    s->turns = -s->turns;
}

/* Land on the left: islands counter-clockwise, lakes clockwise. Round the south pole
 * land lies on the left of a way to the west. */
static void orient(shore *s) {
    bool land_left = s->turns == 0 ? area_of(s) > 0.0 : (s->turns < 0) == s->south_pole;
    if (land_left != (s->level % 2 == 1)) {
        turn_over(s);
    }
}

static dro_status make_shore(const synthetic_ring *ring, size_t index, double shift_deg,
                             shore *out, dro_error *error) {
    dro_random random;
    shore *s = out;
    double lat = 0.0;
    dro_random_seed(&random, index + 1);
    s->level = ring->level;
    dro_point at = ring->points[0];
    at.lon_deg += shift_deg;
    double start = at.lon_deg;
    DRO_TRY(add_spot(s, at.lat_deg, at.lon_deg, error));
    for (size_t i = 1; i <= ring->count; i++) {
        dro_point to = ring->points[i % ring->count];
        double step = fmod(to.lon_deg + shift_deg - at.lon_deg, 360.0);
        step += step > 180.0 ? -360.0 : (step < -180.0 ? 360.0 : 0.0);
        to.lon_deg = at.lon_deg + step;
        lat += to.lat_deg;
        DRO_TRY(add_edge(s, ring, at, to, &random, error));
        at = to;
    }
    s->turns = (int)lround((at.lon_deg - start) / 360.0);
    s->south_pole = lat < 0.0;
    s->spots[s->count - 1] =
        (spot){s->spots[0].x + s->turns * TURN_UNITS, s->spots[0].y};
    orient(s);
    return DRO_OK;
}

/* ---- shores to pieces
 * ---------------------------------------------------------------- */

static size_t bin_of(spot a, spot b) {
    long column = floor_div(a.x + b.x, 2 * UNITS) % BINS_X;
    long row = BINS_Y - 1 - (a.y + b.y) / (2 * UNITS);
    return (size_t)row * BINS_X + (size_t)(column < 0 ? column + BINS_X : column);
}

static dro_status put_spot(writer *w, spot p, dro_error *error) {
    DRO_TRY(DRO_RESERVE(w->spots, w->spot_capacity, w->spot_count + 1, error));
    w->spots[w->spot_count++] = p;
    w->pieces[w->piece_count - 1].count++;
    return DRO_OK;
}

/* An edge inside one bin. */
static dro_status put_edge(writer *w, size_t ring, spot a, spot b, dro_error *error) {
    if (a.x == b.x && a.y == b.y) {
        return DRO_OK;
    }
    size_t bin = bin_of(a, b);
    piece *last = w->piece_count ? &w->pieces[w->piece_count - 1] : NULL;
    if (!last || last->ring != ring || last->bin != bin) {
        DRO_TRY(DRO_RESERVE(w->pieces, w->piece_capacity, w->piece_count + 1, error));
        w->pieces[w->piece_count++] =
            (piece){.bin = bin, .first = w->spot_count, .ring = ring};
        DRO_TRY(put_spot(w, a, error));
    }
    return put_spot(w, b, error);
}

/* Where a line meets a border: between its ends, off the other borders. */
static long meet(long from, long to, double t) {
    long at = lround((double)from + t * (double)(to - from));
    if (at % UNITS != 0) {
        return at;
    }
    return at + ((at == from ? to : from) > at ? 1 : -1);
}

static dro_status put_row_edge(writer *w, size_t ring, spot a, spot b,
                               dro_error *error) {
    long step = b.y > a.y ? 1 : -1;
    spot at = a;
    for (;;) {
        long row = floor_div(at.y, UNITS);
        long border = step > 0 ? (row + 1) * UNITS
                               : (at.y % UNITS ? row * UNITS : (row - 1) * UNITS);
        if ((border - b.y) * step >= 0) {
            return put_edge(w, ring, at, b, error);
        }
        spot cut = {meet(a.x, b.x, (double)(border - a.y) / (double)(b.y - a.y)),
                    border};
        DRO_TRY(put_edge(w, ring, at, cut, error));
        at = cut;
    }
}

static dro_status put_any_edge(writer *w, size_t ring, spot a, spot b,
                               dro_error *error) {
    long step = b.x > a.x ? 1 : -1;
    spot at = a;
    for (;;) {
        long column = floor_div(at.x, UNITS);
        long border = step > 0 ? (column + 1) * UNITS
                               : (at.x % UNITS ? column * UNITS : (column - 1) * UNITS);
        if ((border - b.x) * step >= 0) {
            return put_row_edge(w, ring, at, b, error);
        }
        spot cut = {border,
                    meet(a.y, b.y, (double)(border - a.x) / (double)(b.x - a.x))};
        DRO_TRY(put_row_edge(w, ring, at, cut, error));
        at = cut;
    }
}

/* Begins where a bin is entered, so that no piece is cut where the ring began. */
static size_t entry_of(const shore *s) {
    for (size_t i = 1; i < s->count; i++) {
        if (floor_div(s->spots[i - 1].x, UNITS) != floor_div(s->spots[i].x, UNITS) ||
            floor_div(s->spots[i - 1].y, UNITS) != floor_div(s->spots[i].y, UNITS)) {
            return i - 1;
        }
    }
    return 0;
}

static dro_status cut_shore(writer *w, size_t ring, dro_error *error) {
    const shore *s = &w->shores[ring];
    size_t edges = s->count - 1, first = entry_of(s), before = w->piece_count;
    for (size_t i = 0; i < edges; i++) {
        size_t k = (first + i) % edges;
        DRO_TRY(put_any_edge(w, ring, s->spots[k], s->spots[k + 1], error));
    }
    if (w->piece_count == before + 1) {
        w->pieces[before].closed = true;
        return DRO_OK;
    }
    /* the first edge's piece before its border belongs to the end of the last piece */
    piece *head = &w->pieces[before], *tail = &w->pieces[w->piece_count - 1];
    if (head->bin == tail->bin) {
        size_t n = head->count;
        for (size_t i = 1; i < n; i++) {
            DRO_TRY(put_spot(w, w->spots[head->first + i], error));
        }
        w->pieces[before].count = 0; /* left out of the file */
    }
    return DRO_OK;
}

/* ---- levels of the bins' corners
 * -------------------------------------------------------- */

static bool shore_holds(const shore *s, long x, long y) {
    bool inside = s->turns != 0 && s->south_pole;
    for (size_t i = 1; i < s->count; i++) {
        spot a = s->spots[i - 1], b = s->spots[i];
        /* edges may lie some turns away: bring the place to the edge */
        long low = a.x < b.x ? a.x : b.x, high = a.x < b.x ? b.x : a.x;
        long at = x + (floor_div(low - x, TURN_UNITS)) * TURN_UNITS;
        at += at < low ? TURN_UNITS : 0;
        if (at < low || at >= high) {
            continue;
        }
        double cross = (double)a.y +
                       (double)(at - a.x) / (double)(b.x - a.x) * (double)(b.y - a.y);
        if (cross < (double)y) { /* the ray goes south */
            inside = !inside;
        }
    }
    return inside;
}

static unsigned level_at(const writer *w, long x, long y) {
    unsigned level = 0;
    for (size_t i = 0; i < w->shore_count; i++) {
        if (w->shores[i].level > level && shore_holds(&w->shores[i], x, y)) {
            level = w->shores[i].level;
        }
    }
    return level;
}

/* South-west, south-east, north-east, north-west: three bits each, from the top. */
static short corner_levels(const writer *w, size_t bin) {
    long x = (long)(bin % BINS_X) * UNITS;
    long y = (long)(BINS_Y - 1 - bin / BINS_X) * UNITS;
    unsigned packed = level_at(w, x, y) << 9;
    packed |= level_at(w, x + UNITS, y) << 6;
    packed |= level_at(w, x + UNITS, y + UNITS) << 3;
    return (short)(packed | level_at(w, x, y + UNITS));
}

/* ---- the file
 * ------------------------------------------------------------------------------ */

typedef struct arrays {
    int *bin_first, *info, *first, *polygon, *parent;
    short *bin_count, *bin_level, *dx, *dy;
    size_t segments, points;
} arrays;

static void free_arrays(arrays *f) {
    dro_free(f->bin_first);
    dro_free(f->info);
    dro_free(f->first);
    dro_free(f->polygon);
    dro_free(f->parent);
    dro_free(f->bin_count);
    dro_free(f->bin_level);
    dro_free(f->dx);
    dro_free(f->dy);
}

static dro_status make_arrays(const writer *w, arrays *f, dro_error *error) {
    DRO_TRY(dro_new((void **)&f->bin_first, BINS, sizeof(int), "file", error));
    DRO_TRY(dro_new((void **)&f->bin_count, BINS, sizeof(short), "file", error));
    DRO_TRY(dro_new((void **)&f->bin_level, BINS, sizeof(short), "file", error));
    DRO_TRY(dro_new((void **)&f->info, w->piece_count, sizeof(int), "file", error));
    DRO_TRY(dro_new((void **)&f->first, w->piece_count, sizeof(int), "file", error));
    DRO_TRY(dro_new((void **)&f->polygon, w->piece_count, sizeof(int), "file", error));
    DRO_TRY(dro_new((void **)&f->parent, w->shore_count, sizeof(int), "file", error));
    DRO_TRY(dro_new((void **)&f->dx, w->spot_count, sizeof(short), "file", error));
    return dro_new((void **)&f->dy, w->spot_count, sizeof(short), "file", error);
}

/* 0 south, 1 east, 2 north, 3 west; 4 for a closed piece. */
static unsigned side_of(spot p, long x0, long y0, bool closed) {
    if (closed) {
        return 4;
    }
    return p.y == y0 ? 0 : (p.x == x0 + UNITS ? 1 : (p.y == y0 + UNITS ? 2 : 3));
}

static void fill_piece(const writer *w, const piece *p, arrays *f) {
    const spot *s = w->spots + p->first;
    long x0 = floor_div(s[0].x + s[1].x, 2 * UNITS) * UNITS;
    long y0 = floor_div(s[0].y + s[1].y, 2 * UNITS) * UNITS;
    unsigned entry = side_of(s[0], x0, y0, p->closed);
    unsigned leave = side_of(s[p->count - 1], x0, y0, p->closed);
    f->info[f->segments] = (int)((unsigned)p->count << 9 |
                                 w->shores[p->ring].level << 6 | leave << 3 | entry);
    f->first[f->segments] = (int)f->points;
    f->polygon[f->segments++] = (int)p->ring;
    for (size_t i = 0; i < p->count; i++) {
        long turn = (s[i].x - x0 < -UNITS || s[i].x - x0 > 2 * UNITS) ? x0 - s[i].x : 0;
        turn = turn ? lround((double)turn / (double)TURN_UNITS) * TURN_UNITS : 0;
        f->dx[f->points] = (short)(unsigned short)(s[i].x + turn - x0);
        f->dy[f->points++] = (short)(unsigned short)(s[i].y - y0);
    }
}

/* The parent of a lake is land that holds it, of an island in a lake the lake. */
static int parent_of(const writer *w, size_t ring) {
    spot p = w->shores[ring].spots[0];
    for (size_t i = 0; i < w->shore_count; i++) {
        if (w->shores[i].level + 1 == w->shores[ring].level &&
            shore_holds(&w->shores[i], p.x, p.y)) {
            return (int)i;
        }
    }
    return -1;
}

static void fill_arrays(const writer *w, arrays *f) {
    for (size_t bin = 0; bin < BINS; bin++) {
        f->bin_first[bin] = (int)f->segments;
        for (size_t i = 0; i < w->piece_count; i++) {
            if (w->pieces[i].bin == bin && w->pieces[i].count) {
                fill_piece(w, &w->pieces[i], f);
            }
        }
        f->bin_count[bin] = (short)(f->segments - (size_t)f->bin_first[bin]);
        f->bin_level[bin] = corner_levels(w, bin);
    }
    for (size_t i = 0; i < w->shore_count; i++) {
        f->parent[i] = parent_of(w, i);
    }
}

typedef struct column {
    const char *name;
    int dimension;
    nc_type type;
    const void *data;
} column;

static int write_columns(int id, const column *columns, size_t count) {
    int variables[16], code = NC_NOERR;
    for (size_t i = 0; code == NC_NOERR && i < count; i++) {
        code = nc_def_var(id, columns[i].name, columns[i].type, 1,
                          &columns[i].dimension, &variables[i]);
    }
    if (code == NC_NOERR) {
        code = nc_enddef(id);
    }
    for (size_t i = 0; code == NC_NOERR && i < count; i++) {
        code = nc_put_var(id, variables[i], columns[i].data);
    }
    return code;
}

static int write_open(int id, const writer *w, const arrays *f) {
    static const char title[] = "Invented coastline for tests";
    int one = 0, polygons = 0, bins = 0, segments = 0, points = 0;
    const int size[] = {
        120,           BINS_X, BINS_Y, (int)BINS, (int)w->shore_count, (int)f->segments,
        (int)f->points};
    nc_put_att_text(id, NC_GLOBAL, "title", sizeof title - 1, title);
    nc_put_att_text(id, NC_GLOBAL, "version", 4, "test");
    int code = nc_def_dim(id, "Dimension_of_scalar", 1, &one);
    if (code == NC_NOERR) {
        code = nc_def_dim(id, "Dimension_of_polygon_array", w->shore_count, &polygons);
    }
    if (code == NC_NOERR) {
        code = nc_def_dim(id, "Dimension_of_bin_arrays", BINS, &bins);
    }
    if (code == NC_NOERR) {
        code = nc_def_dim(id, "Dimension_of_segment_arrays", f->segments, &segments);
    }
    if (code == NC_NOERR) {
        code = nc_def_dim(id, "Dimension_of_point_arrays", f->points, &points);
    }
    const column columns[] = {
        {"Bin_size_in_minutes", one, NC_INT, &size[0]},
        {"N_bins_in_360_longitude_range", one, NC_INT, &size[1]},
        {"N_bins_in_180_degree_latitude_range", one, NC_INT, &size[2]},
        {"N_bins_in_file", one, NC_INT, &size[3]},
        {"N_polygons_in_file", one, NC_INT, &size[4]},
        {"N_segments_in_file", one, NC_INT, &size[5]},
        {"N_points_in_file", one, NC_INT, &size[6]},
        {"Id_of_parent_polygons", polygons, NC_INT, f->parent},
        {"Id_of_first_segment_in_a_bin", bins, NC_INT, f->bin_first},
        {"Embedded_node_levels_in_a_bin", bins, NC_SHORT, f->bin_level},
        {"N_segments_in_a_bin", bins, NC_SHORT, f->bin_count},
        {"Embedded_npts_levels_exit_entry_for_a_segment", segments, NC_INT, f->info},
        {"Id_of_first_point_in_a_segment", segments, NC_INT, f->first},
        {"Id_of_GSHHS_ID", segments, NC_INT, f->polygon},
        {"Relative_longitude_from_SW_corner_of_bin", points, NC_SHORT, f->dx},
        {"Relative_latitude_from_SW_corner_of_bin", points, NC_SHORT, f->dy},
    };
    return code == NC_NOERR
               ? write_columns(id, columns, sizeof columns / sizeof *columns)
               : code;
}

static dro_status write_file(const writer *w, const arrays *f, const char *path,
                             dro_error *error) {
    int id = 0, code = nc_create(path, NC_CLOBBER, &id);
    if (code == NC_NOERR) {
        code = write_open(id, w, f);
        int closed = nc_close(id);
        code = code == NC_NOERR ? closed : code;
    }
    return code == NC_NOERR
               ? DRO_OK
               : dro_fail(error, DRO_IO, "%s: %s", path, nc_strerror(code));
}

dro_status synthetic_coast_write(const synthetic_world *world, double shift_deg,
                                 const char *path, dro_error *error) {
    writer w = {.shore_count = world->count};
    arrays f = {0};
    dro_status status =
        dro_new((void **)&w.shores, world->count, sizeof *w.shores, "shores", error);
    for (size_t i = 0; status == DRO_OK && i < world->count; i++) {
        status = make_shore(&world->rings[i], i, shift_deg, &w.shores[i], error);
    }
    for (size_t i = 0; status == DRO_OK && i < world->count; i++) {
        status = cut_shore(&w, i, error);
    }
    if (status == DRO_OK) {
        status = make_arrays(&w, &f, error);
    }
    if (status == DRO_OK) {
        fill_arrays(&w, &f);
        status = write_file(&w, &f, path, error);
    }
    free_arrays(&f);
    for (size_t i = 0; w.shores && i < w.shore_count; i++) {
        dro_free(w.shores[i].spots);
    }
    dro_free(w.shores);
    dro_free(w.spots);
    dro_free(w.pieces);
    return status;
}
