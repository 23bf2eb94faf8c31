/*
 * A chart of a world that is simple enough to know every answer: a wall along 15 E
 * with four ways through it, and open water on both sides. It takes the place of
 * src/chart at link time in the tests of the rooms above: include it once. Its tables
 * are tests/fixtures/atlas.
 *
 *   way   passage            waypoints           takes a draught of
 *   0     cut (canal)        0,12  0,18 (line, a lake in it)   12 m
 *   1     north-strait       5,15                20 m
 *   2     south-cape         -12,15              any
 *   3     ice-route          21,15               9 m
 *
 * A path is straight (a great circle) between its waypoints; places beyond 80 degrees
 * of latitude are too far from the sea; an avoided area blocks a way whose waypoint it
 * holds, and no path begins or ends in it.
 */
#ifndef DRO_TESTS_FAKE_CHART_H
#define DRO_TESTS_FAKE_CHART_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "derrotero/chart.h"

#define FAKE_BOUND  0.0004
#define FAKE_SNAP_M 1852.0

typedef struct fake_way {
    int passage; /* order of the fixture's passages.csv */
    dro_point points[4];
    size_t count;
    double depth_m;
} fake_way;

static const fake_way fake_ways[] = {
    {0, {{0, 12}, {0, 14}, {0, 16}, {0, 18}}, 4, 12.0},
    {2, {{5, 15}}, 1, 20.0},
    {3, {{-12, 15}}, 1, HUGE_VAL},
    {4, {{21, 15}}, 1, 9.0},
};
#define FAKE_WAYS (sizeof fake_ways / sizeof fake_ways[0])

struct dro_chart {
    const dro_atlas *atlas;
    dro_lost_water lost[1];
};

struct dro_sea_rules {
    dro_sea_rules_options options;
    double extra_m[DRO_PASSAGES_MAX];
};

struct dro_sea {
    const dro_chart *chart;
    dro_point points[6];
    dro_sea_leg legs[5];
};

/* ---- the chart --------------------------------------------------------------- */

dro_status dro_chart_locate(const char *given, char *path, size_t size,
                            dro_error *error) {
    (void)error;
    (void)snprintf(path, size, "%s", given == NULL ? "fake.chart" : given);
    return DRO_OK;
}

dro_status dro_chart_open(const char *path, const dro_atlas *atlas, dro_chart **out,
                          dro_error *error) {
    if (strstr(path, "broken") != NULL) {
        return dro_fail(error, DRO_STALE, "%s: not a chart; rebuild", path);
    }
    void *memory = NULL;
    DRO_TRY(dro_new(&memory, 1, sizeof(dro_chart), "a fake chart", error));
    *out = memory;
    (*out)->atlas = atlas;
    (*out)->lost[0] = (dro_lost_water){{1, 2}, 3.5};
    return DRO_OK;
}

dro_status dro_chart_fits(const dro_chart *chart, const dro_atlas *atlas,
                          const char *path, dro_error *error) {
    (void)path;
    (void)error;
    ((dro_chart *)(uintptr_t)chart)->atlas = atlas;
    return DRO_OK;
}

void dro_chart_close(dro_chart *chart) {
    dro_free(chart);
}

dro_status dro_chart_verify(const dro_chart *chart, dro_error *error) {
    (void)chart;
    (void)error;
    return DRO_OK;
}

dro_status dro_chart_build(const dro_chart_build_options *options, const char *path,
                           dro_error *error) {
    (void)options;
    return dro_fail(error, DRO_INTERNAL, "a fake chart is not built: %s", path);
}

void dro_chart_get_info(const dro_chart *chart, dro_chart_info *out) {
    (void)chart;
    *out = (dro_chart_info){.format = 1,
                            .bytes = 1234567,
                            .coastline = "none",
                            .built = "2025-01-01T00:00:00Z",
                            .clearance_m = 1852.0};
}

size_t dro_chart_sections(const dro_chart *chart, dro_chart_section *out, size_t most) {
    (void)chart;
    if (most > 0) {
        out[0] = (dro_chart_section){"nodes", 1000, UINT64_C(0xabc)};
    }
    return 1;
}

size_t dro_chart_lost_waters(const dro_chart *chart, const dro_lost_water **out) {
    *out = chart->lost;
    return 1;
}

size_t dro_chart_channels(const dro_chart *chart) {
    (void)chart;
    return 1;
}

void dro_chart_get_channel(const dro_chart *chart, size_t index,
                           dro_chart_channel *out) {
    (void)chart;
    (void)index;
    *out = (dro_chart_channel){"The Cut", 0, 0, 12.0, fake_ways[0].points, 4};
}

size_t dro_chart_outline(const dro_chart *chart, const dro_vec **vertices,
                         size_t *vertex_count, const uint32_t (**edges)[2]) {
    (void)chart;
    *vertices = NULL;
    *vertex_count = 0;
    *edges = NULL;
    return 0;
}

/* ---- rules ------------------------------------------------------------------- */

dro_status dro_sea_rules_create(const dro_chart *chart,
                                const dro_sea_rules_options *options,
                                dro_sea_rules **out, dro_error *error) {
    (void)chart;
    void *memory = NULL;
    DRO_TRY(dro_new(&memory, 1, sizeof(dro_sea_rules), "fake rules", error));
    *out = memory;
    (*out)->options = *options;
    if (options->extra_m != NULL) {
        memcpy((*out)->extra_m, options->extra_m, sizeof(*out)->extra_m);
    }
    return DRO_OK;
}

void dro_sea_rules_destroy(dro_sea_rules *rules) {
    dro_free(rules);
}

/* ---- searching
 * ----------------------------------------------------------------------- */

dro_status dro_sea_create(const dro_chart *chart, dro_sea **out, dro_error *error) {
    void *memory = NULL;
    DRO_TRY(dro_new(&memory, 1, sizeof(dro_sea), "a fake sea", error));
    *out = memory;
    (*out)->chart = chart;
    return DRO_OK;
}

void dro_sea_set_stop(dro_sea *sea, bool (*stopped)(void *hook), void *hook) {
    (void)sea;
    (void)stopped;
    (void)hook;
}

void dro_sea_destroy(dro_sea *sea) {
    dro_free(sea);
}

static dro_point fake_place(const dro_sea *sea, dro_sea_end end) {
    size_t count = 0;
    return end.port >= 0 ? dro_atlas_ports(sea->chart->atlas, &count)[end.port].at
                         : end.at;
}

static bool fake_open(const dro_sea_rules *rules, const fake_way *way) {
    const dro_sea_rules_options *options = &rules->options;
    uint64_t bit = UINT64_C(1) << way->passage;
    bool open = (options->closed & bit) == 0 && options->draft_m <= way->depth_m &&
                (options->require & ~bit) == 0;
    for (size_t i = 0; i < options->avoid_count; i++) {
        open = open && !dro_geo_ring_contains(options->avoid[i],
                                              dro_geo_to_vec(way->points[0]));
    }
    return open;
}

static dro_point fake_waypoint(const fake_way *way, size_t i, dro_point from) {
    return way->points[from.lon_deg < 15.0 ? i : way->count - 1 - i];
}

static double fake_length_m(const fake_way *way, dro_point a, dro_point b) {
    dro_point last = a;
    double sum = 0.0;
    for (size_t i = 0; way != NULL && i < way->count; i++) {
        dro_point next = fake_waypoint(way, i, a);
        sum += dro_geo_distance_m(last, next);
        last = next;
    }
    return sum + dro_geo_distance_m(last, b);
}

static const fake_way *fake_best(const dro_sea_rules *rules, dro_point a, dro_point b) {
    const fake_way *best = NULL;
    double least = HUGE_VAL;
    for (size_t i = 0; i < FAKE_WAYS; i++) {
        const fake_way *way = &fake_ways[i];
        double objective = fake_length_m(way, a, b) + rules->extra_m[way->passage];
        if (fake_open(rules, way) && objective < least) {
            least = objective;
            best = way;
        }
    }
    return best;
}

static void fake_add(dro_sea *sea, dro_sea_path *path, dro_point to, bool canal) {
    size_t last = path->count - 1;
    sea->points[path->count++] = to;
    sea->legs[path->leg_count++] =
        (dro_sea_leg){canal ? DRO_LEG_CHANNEL : DRO_LEG_SEA,
                      last,
                      last + 1,
                      canal ? 0 : -1,
                      canal ? 0 : -1,
                      dro_geo_distance_m(sea->points[last], to)};
}

static bool fake_too_far(dro_point at) {
    return fabs(at.lat_deg) > 80.0;
}

static dro_status fake_check(const dro_sea_rules *rules, dro_point at,
                             dro_error *error) {
    if (fake_too_far(at)) {
        return dro_fail(error, DRO_INVALID, "the place is too far from the sea");
    }
    for (size_t i = 0; i < rules->options.avoid_count; i++) {
        if (dro_geo_ring_contains(rules->options.avoid[i], dro_geo_to_vec(at))) {
            return dro_fail(error, DRO_INVALID, "the place is in area %zu", i + 1);
        }
    }
    return DRO_OK;
}

dro_status dro_sea_route(dro_sea *sea, const dro_sea_rules *rules, dro_sea_end from,
                         dro_sea_end to, dro_sea_path *out, dro_error *error) {
    dro_point a = fake_place(sea, from);
    dro_point b = fake_place(sea, to);
    DRO_TRY(fake_check(rules, a, error));
    DRO_TRY(fake_check(rules, b, error));
    bool apart = (a.lon_deg < 15.0) != (b.lon_deg < 15.0);
    const fake_way *way = apart ? fake_best(rules, a, b) : NULL;
    if ((apart && way == NULL) || (!apart && rules->options.require != 0)) {
        return dro_fail(error, DRO_NO_ANSWER, "the wall has no open way");
    }
    dro_sea_path path = {.count = 1, .excess_bound = FAKE_BOUND};
    sea->points[0] = a;
    for (size_t i = 0; way != NULL && i < way->count; i++) {
        fake_add(sea, &path, fake_waypoint(way, i, a), i % 2 == 1);
    }
    fake_add(sea, &path, b, false);
    path.distance_m = fake_length_m(way, a, b);
    path.objective_m = path.distance_m + (way ? rules->extra_m[way->passage] : 0.0);
    path.passages = way ? UINT64_C(1) << way->passage : 0;
    path.snap_m[0] = path.snap_m[1] = FAKE_SNAP_M;
    path.points = sea->points;
    path.legs = sea->legs;
    *out = path;
    return DRO_OK;
}

dro_status dro_sea_one_to_many(dro_sea *sea, const dro_sea_rules *rules,
                               dro_sea_end from, const dro_sea_end *to, size_t count,
                               dro_sea_cell *out, dro_error *error) {
    DRO_TRY(fake_check(rules, fake_place(sea, from), error));
    for (size_t i = 0; i < count; i++) {
        dro_sea_path path;
        dro_status status = dro_sea_route(sea, rules, from, to[i], &path, NULL);
        out[i] = (dro_sea_cell){.distance_m = HUGE_VAL};
        if (status == DRO_INVALID) {
            out[i].distance_m = (double)NAN;
        } else if (status == DRO_OK) {
            out[i] = (dro_sea_cell){path.distance_m,
                                    path.excess_bound,
                                    {path.snap_m[0], path.snap_m[1]},
                                    path.passages};
        }
    }
    return DRO_OK;
}

dro_status dro_sea_find_water(dro_sea *sea, const dro_sea_rules *rules, dro_point place,
                              dro_sea_snap *out, dro_error *error) {
    (void)sea;
    (void)rules;
    if (fake_too_far(place)) {
        return dro_fail(error, DRO_INVALID, "the place is too far from the sea");
    }
    *out = (dro_sea_snap){place, FAKE_SNAP_M, -1};
    return DRO_OK;
}

#endif
