/*
 * Do our ways run over land? 2,000 of them between ports, with default rules, are laid
 * on Natural Earth's land (1:10 million, from the npm package), which knows nothing of
 * our coastline, and on the raw GSHHG coastline, read here and not by src/chart.
 *
 * Natural Earth: of no way may more than 5 km in all lie on its land, lines (canals,
 * rivers, approaches, narrows) and 20 km around the ends aside. The lines that do are
 * listed one by one; a narrow or a link must be less than 5 km wide there. Lakes, which
 * Natural Earth counts as land, are taken from GSHHG. GSHHG: 0 m in open water.
 *
 *     ref_land [SEED [WAYS]]     other pairs, or more of them
 *
 * What is land is told by counting coasts from the middle of an ocean, each with its
 * direction: hairs and loops of a coastline cancel, and its seam along the antimeridian
 * is crossed twice.
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
#define NARROW_M  2500.0 /* to the nearest coast: half of 5 km */
#define PLACES    512
#define CROSSINGS 4096

static const char *const COASTLINE = "/usr/share/gmt-gshhg/binned_GSHHS_h.nc";
static const char *const PACKAGE =
    DRO_TEST_SOURCE_DIR "/node_modules/world-atlas/land-10m.json";

static const dro_point OCEAN = {-2.31, -25.73};

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

/* ---- the two coastlines ---- */

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

/* ---- runs on land ---- */

typedef struct place { /* where ways run on land, or a line that does */
    dro_point at;
    int line;               /* of the chart, or -1: open water */
    double length_m, off_m; /* the longest run; how far off the coast, on a line */
    size_t ways;
    char example[16];
} place;

typedef struct survey {
    const char *name;
    const sea_walls *walls, *lakes; /* lakes: NULL, or the coastline that knows them */
    double ends_m;
    place places[PLACES];
    size_t place_count, over_5, over_20;
    double land_m; /* all of it in open water */
    /* the way that is being followed, and its run */
    int line;
    double way_m, on_way_m, run_m, off_m;
    dro_point begin;
    char pair[16];
} survey;

static place *find_place(survey *s) {
    place *p = s->places, *last = p + s->place_count;
    while (p < last && (p->line != s->line ||
                        (s->line < 0 && dro_geo_distance_nm(p->at, s->begin) > 15))) {
        p++;
    }
    if (p == last && s->place_count < PLACES) {
        *p = (place){.at = s->begin, .line = s->line};
        s->place_count++;
    }
    return p < s->places + s->place_count ? p : NULL;
}

static void end_run(survey *s) {
    double least = s->line < 0 ? 1000.0 : RUN_M;
    place *p = s->run_m > least ? find_place(s) : NULL;
    if (p) {
        p->ways++;
        p->off_m = fmax(p->off_m, s->off_m);
        if (s->run_m > p->length_m) {
            p->length_m = s->run_m;
            p->at = s->begin;
            memcpy(p->example, s->pair, sizeof p->example);
        }
    }
    s->run_m = s->off_m = 0.0;
}

static bool in_lake(const survey *s, dro_point at) {
    uint32_t level = 0;
    return s->lakes && sea_walls_wet_by(s->lakes, dro_geo_to_vec(at), &level) &&
           level > 1;
}

/* A straight piece on land, from `low` to `high` metres after the way's start. */
static void add_piece(survey *s, dro_point begin, dro_point middle, double low,
                      double high) {
    if (s->run_m == 0.0) {
        s->begin = begin;
    }
    s->run_m += high - low;
    if (s->line < 0) {
        s->land_m += high - low;
        s->on_way_m += high - low;
    } else if (s->lakes) {
        s->off_m =
            fmax(s->off_m, sea_walls_distance_m(s->lakes, dro_geo_to_vec(middle)));
    }
}

static int by_place(const void *a, const void *b) {
    double p = ((const sea_crossing *)a)->at, q = ((const sea_crossing *)b)->at;
    return (p > q) - (p < q);
}

/* One straight leg that begins `from_m` after the way's start. */
static void survey_leg(survey *s, dro_point a, dro_point b, double from_m,
                       double length_m) {
    static sea_crossing cuts[CROSSINGS + 1];
    dro_vec start = dro_geo_to_vec(a), end = dro_geo_to_vec(b);
    size_t n = sea_walls_crossings(s->walls, start, end, cuts, CROSSINGS);
    int layers = sea_walls_turns(s->walls, dro_geo_to_vec(OCEAN), start);
    double before = 0.0;
    if (n > CROSSINGS) {
        (void)fprintf(stderr, "a leg crosses more than %d coasts\n", CROSSINGS);
        exit(1);
    }
    cuts[n++] = (sea_crossing){1.0, 0};
    qsort(cuts, n, sizeof *cuts, by_place);
    for (size_t i = 0; i < n; i++) {
        double low = fmax(from_m + before * length_m, s->ends_m);
        double high = fmin(from_m + cuts[i].at * length_m, s->way_m - s->ends_m);
        dro_point middle = dro_geo_between(a, b, 0.5 * (before + cuts[i].at));
        if (cuts[i].at > before && (layers == 0 || in_lake(s, middle))) {
            end_run(s);
        } else if (high > low) {
            add_piece(s, dro_geo_between(a, b, (low - from_m) / length_m), middle, low,
                      high);
        }
        layers += cuts[i].turn;
        before = cuts[i].at;
    }
}

static void survey_way(survey *s, const dro_sea_path *path) {
    double from = 0.0;
    s->way_m = path->distance_m;
    s->on_way_m = 0.0;
    for (size_t i = 0; i < path->leg_count; i++) {
        const dro_sea_leg *leg = &path->legs[i];
        if (leg->kind == DRO_LEG_CHANNEL || s->line >= 0) {
            end_run(s);
        }
        s->line = leg->kind == DRO_LEG_CHANNEL ? leg->channel : -1;
        for (size_t k = leg->first; k < leg->last; k++) {
            dro_point a = path->points[k], b = path->points[k + 1];
            double step = dro_geo_distance_m(a, b);
            if (step > 0.0) {
                survey_leg(s, a, b, from, step);
            }
            from += step;
        }
    }
    end_run(s);
    s->over_5 += s->on_way_m > RUN_M;
    s->over_20 += s->on_way_m > 20000.0;
}

/* ---- the report ---- */

/* Canals, rivers and approaches may; where a narrow or a link does, it is narrow. */
static bool line_may(const dro_chart *chart, const dro_atlas *atlas, const place *p,
                     const char **name, const char **kind) {
    static const char *const KINDS[] = {"canal", "river", "approach", "narrow"};
    static dro_chart_channel c;
    size_t count = 0;
    dro_chart_get_channel(chart, (size_t)p->line, &c);
    *name = c.name;
    *kind = strncmp(c.name, "approach", 8) == 0 ? "approach" : "link";
    if (c.atlas_channel >= 0) {
        *kind = KINDS[dro_atlas_channels(atlas, &count)[c.atlas_channel].kind];
    }
    bool narrow = strcmp(*kind, "narrow") == 0 || strcmp(*kind, "link") == 0;
    return !narrow || p->off_m < NARROW_M;
}

static size_t report_places(const survey *s, const dro_chart *chart,
                            const dro_atlas *atlas) {
    size_t faults = 0;
    for (size_t i = 0; i < s->place_count; i++) {
        const place *p = &s->places[i];
        const char *name = "open water", *kind = "fault";
        bool may = p->line >= 0 && line_may(chart, atlas, p, &name, &kind);
        (void)printf(
            "%s: %s%s: %s, %.3f km on end from %.4f,%.4f (%zu ways, e.g. %s)\n",
            s->name, may ? "" : "NOT ", kind, name, p->length_m / 1000.0, p->at.lat_deg,
            p->at.lon_deg, p->ways, p->example);
        faults += p->line >= 0 && !may;
    }
    return faults;
}

/* ---- the ways ---- */

typedef struct world {
    dro_atlas *atlas;
    dro_chart *chart;
    dro_sea *sea;
    dro_sea_rules *rules;
} world;

static world open_world(void) {
    world w = {0};
    char folder[1024], path[1024];
    dro_sea_rules_options options = DRO_SEA_RULES_OPTIONS_INIT;
    if (dro_atlas_locate(NULL, folder, sizeof folder, &error) != DRO_OK ||
        dro_atlas_load(folder, &w.atlas, &error) != DRO_OK ||
        dro_chart_locate(NULL, path, sizeof path, &error) != DRO_OK ||
        dro_chart_open(path, w.atlas, &w.chart, &error) != DRO_OK) {
        skip(error.message);
    }
    options.closed = dro_atlas_closed_mask(w.atlas);
    options.soft_shoals = true;
    must(dro_sea_create(w.chart, &w.sea, &error));
    must(dro_sea_rules_create(w.chart, &options, &w.rules, &error));
    return w;
}

static void close_world(world *w) {
    dro_sea_rules_destroy(w->rules);
    dro_sea_destroy(w->sea);
    dro_chart_close(w->chart);
    dro_atlas_destroy(w->atlas);
}

/* Follows ways between random ports; returns how many had an answer. */
static size_t survey_ways(const world *w, survey *surveys, uint64_t seed, size_t most) {
    dro_random random;
    size_t ports = 0, ways = 0;
    const dro_port *port = dro_atlas_ports(w->atlas, &ports);
    dro_random_seed(&random, seed);
    for (size_t tries = 0; ways < most && tries < 4 * most; tries++) {
        dro_sea_path way;
        dro_sea_end from = {.port = (int)(dro_random_unit(&random) * (double)ports)};
        dro_sea_end to = {.port = (int)(dro_random_unit(&random) * (double)ports)};
        if (from.port == to.port ||
            dro_sea_route(w->sea, w->rules, from, to, &way, &error) != DRO_OK) {
            continue;
        }
        ways++;
        for (int i = 0; i < 2; i++) {
            (void)snprintf(surveys[i].pair, sizeof surveys[i].pair, "%s %s",
                           port[from.port].code, port[to.port].code);
            survey_way(&surveys[i], &way);
        }
    }
    return ways;
}

int main(int argc, char **argv) {
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : SEED;
    size_t most = argc > 2 ? strtoull(argv[2], NULL, 10) : WAYS;
    static survey surveys[2];
    if (getenv("DRO_TEST_QUICK")) {
        skip("DRO_TEST_QUICK");
    }
    world w = open_world();
    sea_walls earth = read_natural_earth(), raw = read_gshhg();
    surveys[0] = (survey){
        .name = "Natural Earth", .walls = &earth, .lakes = &raw, .ends_m = ENDS_M};
    surveys[1] = (survey){.name = "GSHHG", .walls = &raw};
    size_t ways = survey_ways(&w, surveys, seed, most);
    size_t faults = report_places(&surveys[0], w.chart, w.atlas);
    for (size_t i = 0; i < 2; i++) {
        const survey *s = &surveys[i];
        (void)printf(
            "%s: %zu ways, %.1f km on land in open water; over 5 km: %zu ways, "
            "over 20 km: %zu\n",
            s->name, ways, s->land_m / 1000.0, s->over_5, s->over_20);
    }
    (void)printf("%zu narrows and links on land where they are wider than 5 km\n",
                 faults);
    close_world(&w);
    sea_walls_free(&earth);
    sea_walls_free(&raw);
    return ways == most && faults == 0 && surveys[0].over_5 == 0 &&
                   surveys[1].land_m == 0.0
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
