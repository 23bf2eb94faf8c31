/*
 * Reading GSHHG's binned netCDF file (Wessel and Smith 1996).
 *
 * The file cuts every shoreline polygon into polylines at the borders of 2-degree
 * bins (row 0 in the north) and stores the points as fractions of 65535 of a bin.
 * All polylines run with land on their left. Level 1 is the shore of the sea (with
 * Antarctica's ice front), 2 lakes, 3 islands in lakes, 6 Antarctica's grounding
 * line, which is left out. Lakes that no ship reaches count as land.
 */
#include "chart/coast.h"

#include <math.h>
#include <netcdf.h>
#include <string.h>

static const char *const DEFAULT_PATH = "/usr/share/gmt-gshhg/binned_GSHHS_h.nc";

typedef struct raw_file {
    int id;
    const char *path;
    size_t bins, segments, points;
    int *bin_first;
    short *bin_count, *bin_level;
    int *info, *first, *polygon;
    int *parent;
    short *dx, *dy;
} raw_file;

static dro_status nc_fail(const char *path, int code, const char *what,
                          dro_error *error) {
    if (code == NC_ENOMEM) {
        return dro_fail(error, DRO_NOMEM, "%s: %s", path, nc_strerror(code));
    }
    /* Above 0 it is errno, below it the file's form. */
    return dro_fail(error, code > 0 ? DRO_IO : DRO_PARSE,
                    "%s: %s: %s (Debian package gmt-gshhg-high)", path, what,
                    nc_strerror(code));
}

static dro_status dimension(const raw_file *raw, const char *name, size_t *out,
                            dro_error *error) {
    int dim = 0;
    int code = nc_inq_dimid(raw->id, name, &dim);
    if (code == NC_NOERR) {
        code = nc_inq_dimlen(raw->id, dim, out);
    }
    return code == NC_NOERR ? DRO_OK : nc_fail(raw->path, code, name, error);
}

static dro_status read_ints(const raw_file *raw, const char *name, size_t count,
                            int **out, dro_error *error) {
    int var = 0;
    DRO_TRY(dro_new((void **)out, count, sizeof **out, name, error));
    int code = nc_inq_varid(raw->id, name, &var);
    if (code == NC_NOERR) {
        code = nc_get_var_int(raw->id, var, *out);
    }
    return code == NC_NOERR ? DRO_OK : nc_fail(raw->path, code, name, error);
}

static dro_status read_shorts(const raw_file *raw, const char *name, size_t count,
                              short **out, dro_error *error) {
    int var = 0;
    DRO_TRY(dro_new((void **)out, count, sizeof **out, name, error));
    int code = nc_inq_varid(raw->id, name, &var);
    if (code == NC_NOERR) {
        code = nc_get_var_short(raw->id, var, *out);
    }
    return code == NC_NOERR ? DRO_OK : nc_fail(raw->path, code, name, error);
}

static void raw_close(raw_file *raw) {
    if (raw->id >= 0) {
        nc_close(raw->id);
    }
    dro_free(raw->bin_first);
    dro_free(raw->bin_count);
    dro_free(raw->bin_level);
    dro_free(raw->info);
    dro_free(raw->first);
    dro_free(raw->polygon);
    dro_free(raw->parent);
    dro_free(raw->dx);
    dro_free(raw->dy);
}

static dro_status out_of_range(const raw_file *raw, const char *what, size_t at,
                               long value, dro_error *error) {
    return dro_fail(error, DRO_PARSE, "%s: %s[%zu] = %ld is out of range", raw->path,
                    what, at, value);
}

/* A damaged file must not lead outside its arrays. */
static dro_status check_ranges(const raw_file *raw, size_t polygons, dro_error *error) {
    for (size_t i = 0; i < raw->bins; i++) {
        if (raw->bin_count[i] < 0 || (size_t)raw->bin_count[i] > raw->segments) {
            return out_of_range(raw, "N_segments_in_a_bin", i, raw->bin_count[i],
                                error);
        }
        if (raw->bin_count[i] > 0 &&
            (raw->bin_first[i] < 0 ||
             (size_t)raw->bin_first[i] + (size_t)raw->bin_count[i] > raw->segments)) {
            return out_of_range(raw, "Id_of_first_segment_in_a_bin", i,
                                raw->bin_first[i], error);
        }
    }
    for (size_t i = 0; i < raw->segments; i++) {
        size_t n = (size_t)((unsigned)raw->info[i] >> 9);
        if (raw->polygon[i] < 0 || (size_t)raw->polygon[i] >= polygons) {
            return out_of_range(raw, "Id_of_GSHHS_ID", i, raw->polygon[i], error);
        }
        if (raw->first[i] < 0 || (size_t)raw->first[i] + n > raw->points) {
            return out_of_range(raw, "Id_of_first_point_in_a_segment", i, raw->first[i],
                                error);
        }
    }
    for (size_t i = 0; i < polygons; i++) {
        if (raw->parent[i] < -1 || raw->parent[i] >= (long)polygons) {
            return out_of_range(raw, "Id_of_parent_polygons", i, raw->parent[i], error);
        }
    }
    return DRO_OK;
}

static dro_status raw_read(raw_file *raw, size_t *polygons, dro_error *error) {
    DRO_TRY(dimension(raw, "Dimension_of_bin_arrays", &raw->bins, error));
    DRO_TRY(dimension(raw, "Dimension_of_segment_arrays", &raw->segments, error));
    DRO_TRY(dimension(raw, "Dimension_of_point_arrays", &raw->points, error));
    DRO_TRY(dimension(raw, "Dimension_of_polygon_array", polygons, error));
    if (raw->bins != COAST_BINS) {
        return dro_fail(
            error, DRO_PARSE,
            "%s: %zu bins; expected %zu bins of 2 degrees (high resolution)", raw->path,
            raw->bins, COAST_BINS);
    }
    DRO_TRY(read_ints(raw, "Id_of_first_segment_in_a_bin", raw->bins, &raw->bin_first,
                      error));
    DRO_TRY(read_shorts(raw, "N_segments_in_a_bin", raw->bins, &raw->bin_count, error));
    DRO_TRY(read_shorts(raw, "Embedded_node_levels_in_a_bin", raw->bins,
                        &raw->bin_level, error));
    DRO_TRY(read_ints(raw, "Embedded_npts_levels_exit_entry_for_a_segment",
                      raw->segments, &raw->info, error));
    DRO_TRY(read_ints(raw, "Id_of_first_point_in_a_segment", raw->segments, &raw->first,
                      error));
    DRO_TRY(read_ints(raw, "Id_of_GSHHS_ID", raw->segments, &raw->polygon, error));
    DRO_TRY(read_ints(raw, "Id_of_parent_polygons", *polygons, &raw->parent, error));
    DRO_TRY(read_shorts(raw, "Relative_longitude_from_SW_corner_of_bin", raw->points,
                        &raw->dx, error));
    return read_shorts(raw, "Relative_latitude_from_SW_corner_of_bin", raw->points,
                       &raw->dy, error);
}

static unsigned level_of(int info) {
    return ((unsigned)info >> 6) & 7u;
}
static size_t count_of(int info) {
    return (size_t)((unsigned)info >> 9);
}

static double point_lon(const raw_file *raw, size_t bin, size_t point) {
    return COAST_BIN_DEG * ((double)(bin % COAST_BINS_X) +
                            (double)(unsigned short)raw->dx[point] / 65535.0);
}

static double point_lat(const raw_file *raw, size_t bin, size_t point) {
    size_t row = bin / COAST_BINS_X + 1;
    return 90.0 - COAST_BIN_DEG * (double)row +
           COAST_BIN_DEG * (double)(unsigned short)raw->dy[point] / 65535.0;
}

/* Toggles inside[polygon] for every edge of level 2 that the ray west of the place
 * crosses: an odd count means that the lake contains it. */
static void toggle_lakes(const raw_file *raw, size_t bin, double lon, double lat,
                         unsigned char *inside) {
    for (size_t k = 0; k < (size_t)raw->bin_count[bin]; k++) {
        size_t s = (size_t)raw->bin_first[bin] + k;
        if (level_of(raw->info[s]) != 2) {
            continue;
        }
        size_t first = (size_t)raw->first[s], n = count_of(raw->info[s]);
        for (size_t i = first + 1; i < first + n; i++) {
            double y1 = point_lat(raw, bin, i - 1), y2 = point_lat(raw, bin, i);
            if ((y1 > lat) == (y2 > lat)) {
                continue;
            }
            double x1 = point_lon(raw, bin, i - 1), x2 = point_lon(raw, bin, i);
            if (x1 + (lat - y1) / (y2 - y1) * (x2 - x1) < lon) {
                inside[raw->polygon[s]] ^= 1u;
            }
        }
    }
}

static void find_lake(const raw_file *raw, double lon, double lat, size_t polygons,
                      unsigned char *inside, unsigned char *kept) {
    memset(inside, 0, polygons);
    size_t row = (size_t)((90.0 - lat) / COAST_BIN_DEG);
    size_t last = (size_t)(lon / COAST_BIN_DEG);
    for (size_t column = 0; column <= last && column < COAST_BINS_X; column++) {
        toggle_lakes(raw, row * COAST_BINS_X + column, lon, lat, inside);
    }
    for (size_t i = 0; i < polygons; i++) {
        kept[i] |= inside[i];
    }
}

static dro_status keep_lakes(const raw_file *raw, const dro_atlas *atlas,
                             size_t polygons, unsigned char *kept, dro_error *error) {
    size_t count = 0;
    const dro_lake *lakes = atlas ? dro_atlas_lakes(atlas, &count) : NULL;
    unsigned char *inside = NULL;
    DRO_TRY(dro_new((void **)&inside, polygons, 1, "lakes", error));
    for (size_t i = 0; i < count; i++) {
        if (lakes[i].navigable) {
            find_lake(raw, coast_wrap(lakes[i].at.lon_deg), lakes[i].at.lat_deg,
                      polygons, inside, kept);
        }
    }
    dro_free(inside);
    return DRO_OK;
}

static bool segment_wanted(const raw_file *raw, size_t s, const unsigned char *lakes) {
    switch (level_of(raw->info[s])) {
    case 1:
        return true;
    case 2:
        return lakes[raw->polygon[s]] != 0;
    case 3:
        return raw->parent[raw->polygon[s]] >= 0 &&
               lakes[raw->parent[raw->polygon[s]]] != 0;
    default:
        return false;
    }
}

/* Bins are kept with row 0 in the south. */
static size_t flipped(size_t bin) {
    size_t row = COAST_BINS_Y - 1 - bin / COAST_BINS_X;
    return row * COAST_BINS_X + bin % COAST_BINS_X;
}

static void copy_segment(const raw_file *raw, size_t bin, size_t s, coast *c) {
    size_t first = (size_t)raw->first[s], n = count_of(raw->info[s]);
    coast_segment *out = &c->segments[c->segment_count++];
    *out = (coast_segment){(uint32_t)c->point_count, (uint32_t)n,
                           (uint32_t)raw->polygon[s]};
    for (size_t i = first; i < first + n; i++) {
        c->lon[c->point_count] = point_lon(raw, bin, i);
        c->lat[c->point_count++] = point_lat(raw, bin, i);
    }
}

static void copy_bins(const raw_file *raw, const unsigned char *lakes, coast *c) {
    for (size_t out = 0; out < COAST_BINS; out++) {
        size_t bin = flipped(out);
        c->bin_first[out] = (uint32_t)c->segment_count;
        for (size_t k = 0; k < (size_t)raw->bin_count[bin]; k++) {
            size_t s = (size_t)raw->bin_first[bin] + k;
            if (segment_wanted(raw, s, lakes)) {
                copy_segment(raw, bin, s, c);
            }
        }
    }
    c->bin_first[COAST_BINS] = (uint32_t)c->segment_count;
}

/* The corner level of a bin without edges, or of a lake bin, is that of all of it. */
static dro_status set_bin_states(const raw_file *raw, const unsigned char *lakes,
                                 size_t polygons, coast *c, dro_error *error) {
    unsigned char *inside = NULL, *hit = NULL;
    dro_status status = dro_new((void **)&inside, polygons, 1, "lakes", error);
    if (status == DRO_OK) {
        status = dro_new((void **)&hit, polygons, 1, "lakes", error);
    }
    for (size_t out = 0; status == DRO_OK && out < COAST_BINS; out++) {
        size_t bin = flipped(out);
        unsigned level = ((unsigned)(unsigned short)raw->bin_level[bin] >> 9) & 7u;
        c->bin_land[out] = level != 0;
        if (level == 2 && c->bin_first[out] == c->bin_first[out + 1]) {
            double lon = COAST_BIN_DEG * (double)(out % COAST_BINS_X) + 1e-4;
            size_t row = out / COAST_BINS_X;
            double lat = -90.0 + COAST_BIN_DEG * (double)row + 1e-4;
            memset(hit, 0, polygons);
            find_lake(raw, lon, lat, polygons, inside, hit);
            for (size_t i = 0; i < polygons; i++) {
                if (hit[i] && lakes[i]) {
                    c->bin_land[out] = false;
                }
            }
        }
    }
    dro_free(inside);
    dro_free(hit);
    return status;
}

static dro_status build(const raw_file *raw, const dro_atlas *atlas, size_t polygons,
                        coast *c, dro_error *error) {
    unsigned char *lakes = NULL;
    dro_status status = DRO_OK;
    DRO_TRY(dro_new((void **)&c->lon, raw->points, sizeof *c->lon, "coast", error));
    DRO_TRY(dro_new((void **)&c->lat, raw->points, sizeof *c->lat, "coast", error));
    DRO_TRY(dro_new((void **)&c->segments, raw->segments, sizeof *c->segments, "coast",
                    error));
    DRO_TRY(dro_new((void **)&lakes, polygons, 1, "lakes", error));
    DRO_TRY_GOTO(keep_lakes(raw, atlas, polygons, lakes, error), done);
    copy_bins(raw, lakes, c);
    status = set_bin_states(raw, lakes, polygons, c, error);
done:
    dro_free(lakes);
    return status;
}

static void read_version(const raw_file *raw, coast *c) {
    size_t length = 0;
    memcpy(c->version, "?", 2);
    if (nc_inq_attlen(raw->id, NC_GLOBAL, "version", &length) == NC_NOERR &&
        length < sizeof c->version) {
        nc_get_att_text(raw->id, NC_GLOBAL, "version", c->version);
        c->version[length] = '\0';
    }
}

static dro_status hash_file(const char *path, uint64_t *hash, dro_error *error) {
    dro_map map;
    DRO_TRY(dro_map_open(path, &map, error));
    *hash = dro_hash64(map.data, map.length, 0);
    dro_map_close(&map);
    return DRO_OK;
}

dro_status coast_load(const char *path, const dro_atlas *atlas, coast **out,
                      dro_error *error) {
    raw_file raw = {.id = -1, .path = path ? path : DEFAULT_PATH};
    coast *c = NULL;
    size_t polygons = 0;
    dro_status status = DRO_OK;
    DRO_TRY(dro_new((void **)&c, 1, sizeof *c, "coast", error));
    int code = nc_open(raw.path, NC_NOWRITE, &raw.id);
    if (code != NC_NOERR) {
        raw.id = -1;
        status = nc_fail(raw.path, code, "cannot open the coastline", error);
        goto done;
    }
    DRO_TRY_GOTO(hash_file(raw.path, &c->hash, error), done);
    DRO_TRY_GOTO(raw_read(&raw, &polygons, error), done);
    DRO_TRY_GOTO(check_ranges(&raw, polygons, error), done);
    DRO_TRY_GOTO(build(&raw, atlas, polygons, c, error), done);
    read_version(&raw, c);
    *out = c;
    c = NULL;
done:
    raw_close(&raw);
    coast_free(c);
    return status;
}

void coast_free(coast *c) {
    if (c) {
        dro_free(c->lon);
        dro_free(c->lat);
        dro_free(c->segments);
        dro_free(c);
    }
}

double coast_wrap(double lon) {
    lon = fmod(lon, 360.0);
    return lon < 0.0 ? lon + 360.0 : lon;
}

size_t coast_bin(double lon, double lat) {
    size_t column = (size_t)(lon / COAST_BIN_DEG);
    double row = (lat + 90.0) / COAST_BIN_DEG;
    size_t y = row <= 0.0 ? 0 : (size_t)row;
    if (column >= COAST_BINS_X) {
        column = COAST_BINS_X - 1;
    }
    return (y >= COAST_BINS_Y ? COAST_BINS_Y - 1 : y) * COAST_BINS_X + column;
}

/* Where along p->q (0..1) the edge a->b crosses; negative where it does not. */
static double crossing(const double p[2], const double q[2], const double a[2],
                       const double b[2], double *side) {
    double dx = q[0] - p[0], dy = q[1] - p[1];
    double sa = dx * (a[1] - p[1]) - dy * (a[0] - p[0]);
    double sb = dx * (b[1] - p[1]) - dy * (b[0] - p[0]);
    if ((sa > 0.0) == (sb > 0.0)) {
        return -1.0;
    }
    double ex = b[0] - a[0], ey = b[1] - a[1];
    double sp = ex * (p[1] - a[1]) - ey * (p[0] - a[0]);
    double sq = ex * (q[1] - a[1]) - ey * (q[0] - a[0]);
    if ((sp > 0.0) == (sq > 0.0)) {
        return -1.0;
    }
    *side = sp; /* > 0: p lies left of the edge, on land */
    return sp / (sp - sq);
}

/* Nearest edge of the bin on the way from p to q decides: land is on its left. */
static bool nearest_side(const coast *c, size_t bin, const double p[2],
                         const double q[2], bool *land) {
    double nearest = 2.0;
    for (uint32_t s = c->bin_first[bin]; s < c->bin_first[bin + 1]; s++) {
        const coast_segment *seg = &c->segments[s];
        for (uint32_t i = seg->first + 1; i < seg->first + seg->count; i++) {
            double a[2] = {c->lon[i - 1], c->lat[i - 1]};
            double b[2] = {c->lon[i], c->lat[i]};
            double side = 0.0, t = crossing(p, q, a, b, &side);
            if (t >= 0.0 && t < nearest) {
                nearest = t;
                *land = side > 0.0;
            }
        }
    }
    return nearest <= 1.0;
}

bool coast_is_land(const coast *c, double lon_deg, double lat_deg) {
    double p[2] = {coast_wrap(lon_deg), lat_deg};
    size_t bin = coast_bin(p[0], p[1]);
    bool land = c->bin_land[bin];
    for (uint32_t s = c->bin_first[bin]; s < c->bin_first[bin + 1]; s++) {
        const coast_segment *seg = &c->segments[s];
        for (uint32_t i = seg->first; i + 1 < seg->first + seg->count; i++) {
            /* just past an edge's odd point: some edge is crossed on the way */
            double mx = c->lon[i] + 0.5031 * (c->lon[i + 1] - c->lon[i]);
            double my = c->lat[i] + 0.5031 * (c->lat[i + 1] - c->lat[i]);
            double q[2] = {mx + 1e-3 * (mx - p[0]), my + 1e-3 * (my - p[1])};
            if (nearest_side(c, bin, p, q, &land)) {
                return land;
            }
        }
    }
    return land;
}
