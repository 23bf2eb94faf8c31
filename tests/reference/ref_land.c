/*
 * Do our ways run over land? 2,000 of them between ports, with default rules, are laid
 * on Natural Earth's land (1:10 million, from the npm package), which knows nothing of
 * our coastline, and on the raw GSHHG coastline, read here and not by src/chart.
 *
 * Natural Earth: no more than 5 km on end may lie on its land, channels and 20 km
 * around the ends aside. Lakes, which it counts as land, are taken from GSHHG. GSHHG: 0
 * m.
 */
#include <math.h>
#include <netcdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/sea_walls.h"

#define WAYS      2000
#define SEED      20251122
#define RUN_M     5000.0
#define ENDS_M    20000.0
#define PLACES    256
#define CROSSINGS 4096

static const char *const COASTLINE = "/usr/share/gmt-gshhg/binned_GSHHS_h.nc";
static const char *const PACKAGE =
    DRO_TEST_SOURCE_DIR "/node_modules/world-atlas/land-10m.json";

static dro_error error;

static void skip(const char *why) {
    (void)printf("%s\n", why);
    exit(77);
}

static void must(dro_status status) {
    if (status != DRO_OK) {
        (void)fprintf(stderr, "%s\n", error.message);
        exit(1);
    }
}

/* ---- the two coastlines
 * --------------------------------------------------------------- */

/* Land on the right, so water on the left; the seam at the antimeridian is no coast. */
static void add_land_edge(sea_walls *walls, dro_point a, dro_point b) {
    bool seam = fabs(a.lon_deg) > 179.9999 && fabs(b.lon_deg) > 179.9999;
    bool pole = a.lat_deg < -89.9 && b.lat_deg < -89.9;
    dro_vec p = dro_geo_to_vec(a), q = dro_geo_to_vec(b);
    if (!seam && !pole && !sea_same(p, q)) {
        must(sea_walls_add(walls, p, q, 1, &error));
    }
}

static sea_walls read_natural_earth(void) {
    char command[2048];
    sea_walls walls = {0};
    size_t count = 0;
    if (access(PACKAGE, R_OK) != 0) {
        skip("the npm package world-atlas is not installed");
    }
    (void)snprintf(command, sizeof command, "node '%s' '%s'",
                   DRO_TEST_SOURCE_DIR "/tests/reference/land10m.mjs", PACKAGE);
    FILE *pipe = popen(command, "r");
    while (pipe && fscanf(pipe, "%zu", &count) == 1) {
        dro_point first = {0, 0}, before = {0, 0}, p;
        for (size_t i = 0; i < count; i++) {
            if (fscanf(pipe, "%lf %lf", &p.lat_deg, &p.lon_deg) != 2) {
                break;
            }
            if (i > 0) {
                add_land_edge(&walls, before, p);
            } else {
                first = p;
            }
            before = p;
        }
        add_land_edge(&walls, before, first);
    }
    if (!pipe || pclose(pipe) != 0 || walls.count < 100000) {
        skip("node is not there, or does not read the npm package world-atlas");
    }
    must(sea_walls_finish(&walls, &error));
    return walls;
}

typedef struct gshhg {
    int id;
    size_t segments, points;
    int *first_segment, *info, *first_point;
    short *segment_count, *dx, *dy;
} gshhg;

static void *read_column(int id, const char *name, size_t count, bool shorts) {
    int variable = 0;
    void *out = malloc(count * (shorts ? sizeof(short) : sizeof(int)));
    if (!out || nc_inq_varid(id, name, &variable) != NC_NOERR ||
        (shorts ? nc_get_var_short(id, variable, out)
                : nc_get_var_int(id, variable, out)) != NC_NOERR) {
        (void)fprintf(stderr, "%s: no %s\n", COASTLINE, name);
        exit(1);
    }
    return out;
}

static size_t read_length(int id, const char *name) {
    int dimension = 0;
    size_t length = 0;
    if (nc_inq_dimid(id, name, &dimension) != NC_NOERR ||
        nc_inq_dimlen(id, dimension, &length) != NC_NOERR) {
        (void)fprintf(stderr, "%s: no %s\n", COASTLINE, name);
        exit(1);
    }
    return length;
}

/* A point of a bin (row 0 in the north), in 1/65535 of its 2 degrees. */
static dro_vec gshhg_point(const gshhg *g, size_t bin, size_t point) {
    double lon =
        2.0 * ((double)(bin % 180) + (double)(unsigned short)g->dx[point] / 65535.0);
    double lat = 88.0 - 2.0 * (double)(bin / 180) +
                 2.0 * (double)(unsigned short)g->dy[point] / 65535.0;
    return dro_geo_to_vec((dro_point){lat, lon > 180.0 ? lon - 360.0 : lon});
}

static void add_gshhg_segment(sea_walls *walls, const gshhg *g, size_t bin, size_t s) {
    unsigned info = (unsigned)g->info[s], level = (info >> 6) & 7u;
    size_t first = (size_t)g->first_point[s], count = info >> 9;
    if (level > 3) {
        return; /* ponds; the grounding line under the ice */
    }
    for (size_t i = first + 1; i < first + count; i++) {
        dro_vec a = gshhg_point(g, bin, i - 1), b = gshhg_point(g, bin, i);
        if (!sea_same(a, b)) { /* land lies on the left there */
            must(sea_walls_add(walls, b, a, level, &error));
        }
    }
}

static sea_walls read_gshhg(void) {
    gshhg g = {0};
    sea_walls walls = {0};
    if (nc_open(COASTLINE, NC_NOWRITE, &g.id) != NC_NOERR) {
        skip("the coastline (gmt-gshhg-high) is not installed");
    }
    size_t bins = read_length(g.id, "Dimension_of_bin_arrays");
    g.segments = read_length(g.id, "Dimension_of_segment_arrays");
    g.points = read_length(g.id, "Dimension_of_point_arrays");
    g.first_segment = read_column(g.id, "Id_of_first_segment_in_a_bin", bins, false);
    g.segment_count = read_column(g.id, "N_segments_in_a_bin", bins, true);
    g.info = read_column(g.id, "Embedded_npts_levels_exit_entry_for_a_segment",
                         g.segments, false);
    g.first_point =
        read_column(g.id, "Id_of_first_point_in_a_segment", g.segments, false);
    g.dx =
        read_column(g.id, "Relative_longitude_from_SW_corner_of_bin", g.points, true);
    g.dy = read_column(g.id, "Relative_latitude_from_SW_corner_of_bin", g.points, true);
    for (size_t bin = 0; bin < bins; bin++) {
        for (int k = 0; k < g.segment_count[bin]; k++) {
            add_gshhg_segment(&walls, &g, bin, (size_t)(g.first_segment[bin] + k));
        }
    }
    must(sea_walls_finish(&walls, &error));
    (void)nc_close(g.id);
    free(g.first_segment);
    free(g.segment_count);
    free(g.info);
    free(g.first_point);
    free(g.dx);
    free(g.dy);
    return walls;
}

/* ---- runs on land
 * ------------------------------------------------------------------------ */

typedef struct place { /* where a run on land lies, and how many ways have it */
    dro_point at;
    double length_m;
    size_t ways;
    char example[16];
} place;

typedef struct survey {
    const char *name;
    const sea_walls *walls, *lakes; /* lakes: NULL, or the coastline that knows them */
    double run_m, ends_m;
    place places[PLACES];
    size_t place_count;
    double land_m; /* all of it */
    /* the run that is being followed */
    double run;
    dro_point begin;
    char pair[16];
} survey;

static void end_run(survey *s) {
    if (s->run > s->run_m) {
        place *p = s->places;
        while (p < s->places + s->place_count &&
               dro_geo_distance_nm(p->at, s->begin) > 15) {
            p++;
        }
        if (p == s->places + s->place_count && s->place_count < PLACES) {
            *p = (place){.at = s->begin};
            s->place_count++;
        }
        if (p < s->places + s->place_count) {
            p->ways++;
            if (s->run > p->length_m) {
                p->length_m = s->run;
                p->at = s->begin;
                memcpy(p->example, s->pair, sizeof p->example);
            }
        }
    }
    s->run = 0.0;
}

static int ascending(const void *a, const void *b) {
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

static bool on_land(const survey *s, dro_point at) {
    dro_vec v = dro_geo_to_vec(at);
    uint32_t level = 0;
    return !sea_walls_wet(s->walls, v) &&
           !(s->lakes && sea_walls_wet_by(s->lakes, v, &level) && level > 1);
}

/* One straight leg that begins `from_m` after the way's start. */
static void survey_leg(survey *s, dro_point a, dro_point b, double from_m,
                       double way_m) {
    static double cuts[CROSSINGS + 2];
    double length = dro_geo_distance_m(a, b);
    size_t n = sea_walls_crossings(s->walls, dro_geo_to_vec(a), dro_geo_to_vec(b), cuts,
                                   CROSSINGS);
    n = n < CROSSINGS ? n : CROSSINGS;
    cuts[n++] = 0.0;
    cuts[n++] = 1.0;
    qsort(cuts, n, sizeof *cuts, ascending);
    for (size_t i = 1; i < n; i++) {
        dro_point middle = dro_geo_between(a, b, 0.5 * (cuts[i - 1] + cuts[i]));
        if (cuts[i] - cuts[i - 1] <= 1e-12 || !on_land(s, middle)) {
            if (cuts[i] - cuts[i - 1] > 1e-12) {
                end_run(s);
            }
            continue;
        }
        double low = fmax(from_m + cuts[i - 1] * length, s->ends_m);
        double high = fmin(from_m + cuts[i] * length, way_m - s->ends_m);
        if (high <= low) {
            continue;
        }
        if (s->run == 0.0) {
            s->begin = dro_geo_between(a, b, (low - from_m) / length);
        }
        s->run += high - low;
        s->land_m += high - low;
    }
}

static void survey_way(survey *s, const dro_sea_path *path) {
    double from = 0.0;
    for (size_t i = 0; i < path->leg_count; i++) {
        const dro_sea_leg *leg = &path->legs[i];
        for (size_t k = leg->first; k < leg->last; k++) {
            dro_point a = path->points[k], b = path->points[k + 1];
            double step = dro_geo_distance_m(a, b);
            if (leg->kind == DRO_LEG_SEA && step > 0.0) {
                survey_leg(s, a, b, from, path->distance_m);
            } else if (leg->kind == DRO_LEG_CHANNEL) {
                end_run(s);
            }
            from += step;
        }
    }
    end_run(s);
}

static bool report(const survey *s) {
    for (size_t i = 0; i < s->place_count; i++) {
        const place *p = &s->places[i];
        (void)printf("%s: %.3f km on land from %.4f,%.4f (%zu ways, e.g. %s)\n",
                     s->name, p->length_m / 1000.0, p->at.lat_deg, p->at.lon_deg,
                     p->ways, p->example);
    }
    (void)printf("%s: %.1f km on land in all, %zu places with more than %g km on end\n",
                 s->name, s->land_m / 1000.0, s->place_count, s->run_m / 1000.0);
    return s->place_count == 0;
}

/* ---- the ways
 * --------------------------------------------------------------------------------- */

int main(void) {
    char folder[1024], path[1024];
    dro_atlas *atlas = NULL;
    dro_chart *chart = NULL;
    dro_sea *sea = NULL;
    dro_sea_rules *rules = NULL;
    dro_random random;
    size_t ports = 0, ways = 0, tries = 0;
    if (getenv("DRO_TEST_QUICK")) {
        skip("DRO_TEST_QUICK");
    }
    if (dro_atlas_locate(NULL, folder, sizeof folder, &error) != DRO_OK ||
        dro_atlas_load(folder, &atlas, &error) != DRO_OK ||
        dro_chart_locate(NULL, path, sizeof path, &error) != DRO_OK ||
        dro_chart_open(path, atlas, &chart, &error) != DRO_OK) {
        skip(error.message);
    }
    sea_walls earth = read_natural_earth(), raw = read_gshhg();
    survey surveys[2] = {{.name = "Natural Earth",
                          .walls = &earth,
                          .lakes = &raw,
                          .run_m = RUN_M,
                          .ends_m = ENDS_M},
                         {.name = "GSHHG", .walls = &raw, .run_m = 0.01}};
    dro_sea_rules_options options = DRO_SEA_RULES_OPTIONS_INIT;
    options.closed = dro_atlas_closed_mask(atlas);
    must(dro_sea_create(chart, &sea, &error));
    must(dro_sea_rules_create(chart, &options, &rules, &error));
    dro_random_seed(&random, SEED);
    const dro_port *port = dro_atlas_ports(atlas, &ports);
    for (; ways < WAYS && tries < 4 * WAYS; tries++) {
        dro_sea_path way;
        dro_sea_end from = {.port = (int)(dro_random_unit(&random) * (double)ports)};
        dro_sea_end to = {.port = (int)(dro_random_unit(&random) * (double)ports)};
        if (dro_sea_route(sea, rules, from, to, &way, &error) != DRO_OK) {
            continue;
        }
        ways++;
        for (int i = 0; i < 2; i++) {
            (void)snprintf(surveys[i].pair, sizeof surveys[i].pair, "%s %s",
                           port[from.port].code, port[to.port].code);
            survey_way(&surveys[i], &way);
        }
    }
    (void)printf("%zu ways of %zu pairs\n", ways, tries);
    bool good = report(&surveys[0]);
    good = report(&surveys[1]) && good && ways == WAYS;
    dro_sea_rules_destroy(rules);
    dro_sea_destroy(sea);
    dro_chart_close(chart);
    dro_atlas_destroy(atlas);
    sea_walls_free(&earth);
    sea_walls_free(&raw);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
