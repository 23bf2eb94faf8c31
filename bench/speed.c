/*
 * How fast the sea routes are: warm, one thread, seeded, on a chart built before.
 *
 *     speed [--only LETTERS] [--count N] [--seed N] [--seconds N] [--program FILE]
 *           [--write-pairs FILE] [--clock wall|cpu]
 *
 * Sections (--only): a coastal points, b mid-ocean, c port pairs, d matrices,
 * e closures, f the program from cold. No measured loop runs longer than --seconds
 * (30); what was not reached then is said. The atlas and the chart are found as the
 * program finds them (DERROTERO_DATA, DERROTERO_CHART). --write-pairs saves the
 * pairs of section a as CSV with our distance, for a peer to be timed on. --clock cpu
 * counts what this thread computes (but for section f), where others use the machine.
 */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "derrotero/atlas.h"
#include "derrotero/base.h"
#include "derrotero/chart.h"
#include "derrotero/geo.h"

enum {
    MATRIX_MOST = 1000,
    COLD_RUNS = 20
};

struct bench {
    dro_atlas *atlas;
    dro_chart *chart;
    dro_sea_rules *rules; /* the default ones */
    dro_sea *sea;
    dro_index *coast; /* the outline's vertices */
    const dro_vec *vertices;
    size_t vertex_count;
    const dro_port *ports;
    size_t *usable; /* the ports that the chart reaches, as atlas indexes */
    size_t usable_count;
    dro_random random;
    size_t count;
    double limit_s; /* for one loop of measurements */
    const char *only, *program, *pairs;
};

struct pair {
    dro_sea_end from, to;
};

static bool cpu_clock;

static double now_s(void) {
    struct timespec t;
    if (!cpu_clock || clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) != 0) {
        return dro_clock_s();
    }
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void stop(const char *what, const dro_error *error) {
    fprintf(stderr, "speed: %s: %s\n", what,
            error->message[0] != '\0' ? error->message
                                      : dro_status_text(error->status));
    exit(dro_status_exit_code(error->status) != 0 ? dro_status_exit_code(error->status)
                                                  : 1);
}

static void check(dro_status status, const char *what, const dro_error *error) {
    if (status != DRO_OK) {
        stop(what, error);
    }
}

static void *need(size_t count, size_t size) {
    void *out = calloc(count, size);
    if (out == NULL) {
        fprintf(stderr, "speed: out of memory\n");
        exit(70);
    }
    return out;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(const double *sorted, size_t count, double share) {
    if (count == 0) {
        return (double)NAN;
    }
    double at = share * (double)(count - 1);
    size_t low = (size_t)at;
    size_t high = low + 1 < count ? low + 1 : low;
    return sorted[low] + (at - (double)low) * (sorted[high] - sorted[low]);
}

static void line(const char *what, const char *figure, const char *aim) {
    printf("%-34s  %-58s  %s\n", what, figure, aim);
    fflush(stdout);
}

/* ---- places ------------------------------------------------------------------ */

static bool in_water(struct bench *bench, dro_point at) {
    dro_sea_snap snap;
    return dro_sea_find_water(bench->sea, bench->rules, at, &snap, NULL) == DRO_OK &&
           snap.distance_m < 1.0 && snap.channel < 0;
}

static double unit(struct bench *bench) {
    return dro_random_unit(&bench->random);
}

static dro_vec random_direction(struct bench *bench) {
    double z = 2.0 * unit(bench) - 1.0;
    double lon = 2.0 * M_PI * unit(bench);
    double r = sqrt(1.0 - z * z);
    return (dro_vec){r * cos(lon), r * sin(lon), z};
}

/* A random vertex of the outline (1 nm off the coast) moved up to 18 nm anywhere, as
 * long as that is in the water. */
static dro_point coastal_point(struct bench *bench) {
    for (;;) {
        size_t i = (size_t)(unit(bench) * (double)bench->vertex_count);
        dro_vec at = bench->vertices[i];
        dro_vec step = random_direction(bench);
        double reach = 18.0 * DRO_M_PER_NM / DRO_EARTH_RADIUS_M * unit(bench);
        dro_vec moved = {at.x + reach * step.x, at.y + reach * step.y,
                         at.z + reach * step.z};
        dro_point point = dro_geo_to_point(dro_geo_quantise(moved));
        if (in_water(bench, point)) {
            return point;
        }
    }
}

static dro_point ocean_point(struct bench *bench) {
    for (;;) {
        dro_point point = dro_geo_to_point(dro_geo_quantise(random_direction(bench)));
        size_t item;
        double distance_m;
        if (dro_index_nearest(bench->coast, point, 1, &item, &distance_m) == 1 &&
            distance_m > 200.0 * DRO_M_PER_NM && in_water(bench, point)) {
            return point;
        }
    }
}

static dro_sea_end place(dro_point at) {
    return (dro_sea_end){at, -1};
}

static dro_sea_end port(struct bench *bench, size_t index) {
    return (dro_sea_end){bench->ports[index].at, (int)index};
}

static dro_sea_end random_port(struct bench *bench) {
    return port(bench,
                bench->usable[(size_t)(unit(bench) * (double)bench->usable_count)]);
}

/* Different ports in random order. */
static void random_ports(struct bench *bench, dro_sea_end *out, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t j = i + (size_t)(unit(bench) * (double)(bench->usable_count - i));
        size_t other = bench->usable[j];
        bench->usable[j] = bench->usable[i];
        bench->usable[i] = other;
        out[i] = port(bench, other);
    }
}

/* ---- single routes ------------------------------------------------------------ */

struct timing {
    double *ms;
    double *distance_m; /* NAN: none */
    size_t count, failed, points;
};

static void run_pairs(struct bench *bench, const struct pair *pairs, size_t count,
                      struct timing *out) {
    double end = now_s() + bench->limit_s;
    size_t i = 0;
    for (; i < count && (i == 0 || now_s() < end); i++) {
        dro_sea_path path;
        double start = now_s();
        dro_status status = dro_sea_route(bench->sea, bench->rules, pairs[i].from,
                                          pairs[i].to, &path, NULL);
        out->ms[i] = 1e3 * (now_s() - start);
        out->distance_m[i] = status == DRO_OK
                                 ? path.distance_m + path.snap_m[0] + path.snap_m[1]
                                 : (double)NAN;
        out->failed += status != DRO_OK;
        out->points += status == DRO_OK ? path.count : 0;
    }
    out->count = i;
}

static void write_pairs(const char *file, const struct pair *pairs, size_t count,
                        const struct timing *timing) {
    FILE *out = fopen(file, "w");
    if (out == NULL) {
        fprintf(stderr, "speed: %s: %s\n", file, strerror(errno));
        exit(74);
    }
    fprintf(out, "from_lat,from_lon,to_lat,to_lon,distance_nm,ms\n");
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "%.7f,%.7f,%.7f,%.7f,%.3f,%.4f\n", pairs[i].from.at.lat_deg,
                pairs[i].from.at.lon_deg, pairs[i].to.at.lat_deg,
                pairs[i].to.at.lon_deg, timing->distance_m[i] / DRO_M_PER_NM,
                timing->ms[i]);
    }
    if (fclose(out) != 0) {
        fprintf(stderr, "speed: %s: %s\n", file, strerror(errno));
        exit(74);
    }
}

/* The first round warms the chart's pages and is not counted. */
static void single_routes(struct bench *bench, const char *what, char kind,
                          const char *aim) {
    size_t count = bench->count;
    struct pair *pairs = need(count, sizeof *pairs);
    for (size_t i = 0; i < count; i++) {
        if (kind == 'c') {
            pairs[i] = (struct pair){random_port(bench), random_port(bench)};
        } else if (kind == 'b') {
            pairs[i] =
                (struct pair){place(ocean_point(bench)), place(ocean_point(bench))};
        } else {
            pairs[i] =
                (struct pair){place(coastal_point(bench)), place(coastal_point(bench))};
        }
    }
    struct timing timing = {need(count, sizeof(double)), need(count, sizeof(double)), 0,
                            0, 0};
    run_pairs(bench, pairs, count, &timing);
    timing.failed = timing.points = 0;
    run_pairs(bench, pairs, count, &timing);
    if (kind == 'a' && bench->pairs != NULL) {
        write_pairs(bench->pairs, pairs, timing.count, &timing);
    }
    count = timing.count;
    qsort(timing.ms, count, sizeof(double), by_size);
    char figure[160];
    snprintf(figure, sizeof figure,
             "median %.3f  p90 %.3f  p99 %.3f  max %.2f ms (%zu, %zu without)",
             quantile(timing.ms, count, 0.5), quantile(timing.ms, count, 0.9),
             quantile(timing.ms, count, 0.99), timing.ms[count - 1], count,
             timing.failed);
    line(what, figure, aim);
    free(timing.ms);
    free(timing.distance_m);
    free(pairs);
}

/* ---- matrices ------------------------------------------------------------------ */

/* Milliseconds for all against all, carried on in proportion where the limit was
 * reached first; *missing: cells without a distance. */
static double matrix_ms(struct bench *bench, const dro_sea_rules *rules,
                        const dro_sea_end *ends, size_t count, dro_sea_cell *cells,
                        size_t *missing) {
    dro_error error = DRO_ERROR_INIT;
    size_t none = 0;
    size_t i = 0;
    double start = now_s();
    for (; i < count && (i == 0 || now_s() < start + bench->limit_s); i++) {
        check(
            dro_sea_one_to_many(bench->sea, rules, ends[i], ends, count, cells, &error),
            "one_to_many", &error);
        for (size_t j = 0; j < count; j++) {
            none += isfinite(cells[j].distance_m) ? 0 : 1;
        }
    }
    double ms = 1e3 * (now_s() - start);
    *missing = none;
    if (i < count) {
        printf("stopped after %zu of %zu rows; the figure below is carried on\n", i,
               count);
    }
    return ms * (double)count / (double)i;
}

static void matrices(struct bench *bench) {
    static const struct {
        size_t count;
        const char *what, *aim;
    } rows[] = {{200, "200 x 200 ports", "<= 10 ms"},
                {1000, "1,000 x 1,000 ports", "<= 1,000 ms"}};
    dro_sea_end *ends = need(MATRIX_MOST, sizeof *ends);
    dro_sea_cell *cells = need(MATRIX_MOST, sizeof *cells);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t count =
            rows[i].count < bench->usable_count ? rows[i].count : bench->usable_count;
        size_t missing;
        random_ports(bench, ends, count);
        double first = matrix_ms(bench, bench->rules, ends, count, cells, &missing);
        double best = INFINITY;
        for (int run = 0; run < 5; run++) {
            best = fmin(best,
                        matrix_ms(bench, bench->rules, ends, count, cells, &missing));
        }
        char figure[160];
        snprintf(figure, sizeof figure, "%.1f ms, first %.1f (%zu of %zu without)",
                 best, first, missing, count * count);
        line(rows[i].what, figure, rows[i].aim);
    }
    free(cells);
    free(ends);
}

/* ---- closures ------------------------------------------------------------------ */

static dro_sea_rules *rules_with(struct bench *bench, uint64_t closed) {
    dro_error error = DRO_ERROR_INIT;
    dro_sea_rules_options options = DRO_SEA_RULES_OPTIONS_INIT;
    dro_sea_rules *out = NULL;
    options.closed = dro_atlas_closed_mask(bench->atlas) | closed;
    options.soft_shoals = true; /* as the program does where no draught is given */
    check(dro_sea_rules_create(bench->chart, &options, &out, &error), "rules", &error);
    return out;
}

static void closure(struct bench *bench, const char *passage, const char *from,
                    const char *to) {
    dro_error error = DRO_ERROR_INIT;
    size_t index, from_port, to_port;
    check(dro_atlas_find_passage(bench->atlas, passage, &index, &error), passage,
          &error);
    check(dro_atlas_find_port(bench->atlas, from, &from_port, &error), from, &error);
    check(dro_atlas_find_port(bench->atlas, to, &to_port, &error), to, &error);

    dro_sea_path path;
    double start = now_s();
    dro_sea_rules *rules =
        rules_with(bench, dro_atlas_passage_mask(bench->atlas, index));
    double made = now_s();
    check(dro_sea_route(bench->sea, rules, port(bench, from_port), port(bench, to_port),
                        &path, &error),
          "first answer", &error);
    double done = now_s();
    double distance_nm = path.distance_m / DRO_M_PER_NM;

    enum {
        PORTS = 200
    };
    dro_sea_end *ends = need(PORTS, sizeof *ends);
    dro_sea_cell *cells = need(PORTS, sizeof *cells);
    size_t missing;
    random_ports(bench, ends, PORTS);
    double first = matrix_ms(bench, rules, ends, PORTS, cells, &missing);
    double second = matrix_ms(bench, rules, ends, PORTS, cells, &missing);

    char what[80];
    char figure[160];
    snprintf(what, sizeof what, "%s closed: first answer", passage);
    snprintf(figure, sizeof figure, "%.2f ms = rules %.2f + %s-%s %.2f (%.0f nm)",
             1e3 * (done - start), 1e3 * (made - start), from, to, 1e3 * (done - made),
             distance_nm);
    line(what, figure, "<= 100 ms");
    snprintf(what, sizeof what, "%s closed: 200 x 200", passage);
    snprintf(figure, sizeof figure, "%.0f ms, again %.0f (%zu without)", first, second,
             missing);
    line(what, figure, "<= 2,000 ms");
    free(cells);
    free(ends);
    dro_sea_rules_destroy(rules);
}

/* ---- from cold ------------------------------------------------------------------ */

static void cold(struct bench *bench) {
    double ms[COLD_RUNS];
    double peak_mb = 0.0;
    for (int run = 0; run < COLD_RUNS; run++) {
        double start = dro_clock_s();
        pid_t child = fork();
        if (child == 0) {
            int null = open("/dev/null", O_WRONLY);
            if (null >= 0) {
                dup2(null, STDOUT_FILENO);
            }
            execl(bench->program, bench->program, "route", "PECHY", "CNSHA",
                  (char *)NULL);
            _exit(127);
        }
        int status = 0;
        struct rusage before;
        struct rusage after;
        getrusage(RUSAGE_CHILDREN, &before);
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
            fprintf(stderr, "speed: %s did not answer\n", bench->program);
            exit(1);
        }
        ms[run] = 1e3 * (dro_clock_s() - start);
        getrusage(RUSAGE_CHILDREN, &after);
        peak_mb = fmax(peak_mb, (double)after.ru_maxrss / 1024.0);
    }
    qsort(ms, COLD_RUNS, sizeof *ms, by_size);
    char figure[160];
    snprintf(figure, sizeof figure, "median %.1f  least %.1f  most %.1f ms (%d runs)",
             quantile(ms, COLD_RUNS, 0.5), ms[0], ms[COLD_RUNS - 1], COLD_RUNS);
    line("route PECHY CNSHA from cold", figure, "<= 50 ms");
    snprintf(figure, sizeof figure, "%.0f MiB", peak_mb);
    line("  its peak memory", figure, "<= 200 MB");
}

/* ---- all ------------------------------------------------------------------------- */

/* Ports on inland lakes, or that no water leads to on this chart, are left out. */
static void list_ports(struct bench *bench) {
    size_t count;
    bench->ports = dro_atlas_ports(bench->atlas, &count);
    bench->usable = need(count, sizeof *bench->usable);
    for (size_t i = 0; i < count; i++) {
        if (dro_sea_one_to_many(bench->sea, bench->rules, port(bench, i), NULL, 0, NULL,
                                NULL) == DRO_OK) {
            bench->usable[bench->usable_count++] = i;
        }
    }
    printf("%zu of the atlas's %zu ports are on the chart\n", bench->usable_count,
           count);
}

static void open_all(struct bench *bench) {
    dro_error error = DRO_ERROR_INIT;
    char path[4096];
    check(dro_atlas_locate(NULL, path, sizeof path, &error), "atlas", &error);
    check(dro_atlas_load(path, &bench->atlas, &error), "atlas", &error);
    check(dro_chart_locate(NULL, path, sizeof path, &error), "chart", &error);
    check(dro_chart_open(path, bench->atlas, &bench->chart, &error), "chart", &error);
    check(dro_sea_create(bench->chart, &bench->sea, &error), "search", &error);
    bench->rules = rules_with(bench, 0);
    list_ports(bench);
    const uint32_t(*edges)[2];
    (void)dro_chart_outline(bench->chart, &bench->vertices, &bench->vertex_count,
                            &edges);
}

static void index_coast(struct bench *bench) {
    dro_error error = DRO_ERROR_INIT;
    dro_point *points = need(bench->vertex_count, sizeof *points);
    for (size_t i = 0; i < bench->vertex_count; i++) {
        points[i] = dro_geo_to_point(bench->vertices[i]);
    }
    check(dro_index_create(points, bench->vertex_count, &bench->coast, &error),
          "index of the outline", &error);
    free(points);
}

static double own_peak_mb(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024.0;
}

static bool wanted(const struct bench *bench, char section) {
    return bench->only == NULL || strchr(bench->only, section) != NULL;
}

static void usage(void) {
    fprintf(stderr, "usage: speed [--only abcdef] [--count N] [--seed N] "
                    "[--seconds N] [--program FILE] [--write-pairs FILE] "
                    "[--clock wall|cpu]\n");
    exit(64);
}

static void options(struct bench *bench, int argc, char **argv) {
    long seed = 1;
    long count = 2000;
    long seconds = 30;
    dro_error error = DRO_ERROR_INIT;
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 >= argc) {
            usage();
        }
        if (strcmp(argv[i], "--only") == 0) {
            bench->only = argv[i + 1];
        } else if (strcmp(argv[i], "--program") == 0) {
            bench->program = argv[i + 1];
        } else if (strcmp(argv[i], "--write-pairs") == 0) {
            bench->pairs = argv[i + 1];
        } else if (strcmp(argv[i], "--clock") == 0) {
            cpu_clock = strcmp(argv[i + 1], "cpu") == 0;
        } else if (strcmp(argv[i], "--count") == 0) {
            check(dro_parse_long(argv[i + 1], 10, 1000000, &count, "--count", &error),
                  "options", &error);
        } else if (strcmp(argv[i], "--seed") == 0) {
            check(dro_parse_long(argv[i + 1], 0, 1000000000, &seed, "--seed", &error),
                  "options", &error);
        } else if (strcmp(argv[i], "--seconds") == 0) {
            check(dro_parse_long(argv[i + 1], 1, 3600, &seconds, "--seconds", &error),
                  "options", &error);
        } else {
            usage();
        }
    }
    bench->count = (size_t)count;
    bench->limit_s = (double)seconds;
    dro_random_seed(&bench->random, (uint64_t)seed);
}

int main(int argc, char **argv) {
    struct bench bench = {.program = "build/release/derrotero"};
    options(&bench, argc, argv);
    if (wanted(&bench, 'f')) {
        cold(&bench); /* first: the children's memory is then their own */
    }
    double start = dro_clock_s();
    open_all(&bench);
    char figure[160];
    snprintf(figure, sizeof figure, "%.1f ms", 1e3 * (dro_clock_s() - start));
    line("atlas, chart, search arrays", figure, "");
    if (wanted(&bench, 'c')) {
        single_routes(&bench, "two ports", 'c', "median <= 0.1 ms");
    }
    if (wanted(&bench, 'd')) {
        matrices(&bench);
    }
    if (wanted(&bench, 'e')) {
        closure(&bench, "panama", "PECHY", "NLRTM");
        closure(&bench, "suez", "NLRTM", "SGSIN");
    }
    if (wanted(&bench, 'a')) {
        single_routes(&bench, "within 20 nm of a coast", 'a',
                      "median <= 1 ms, p99 <= 10 ms");
    }
    snprintf(figure, sizeof figure, "%.0f MiB", own_peak_mb());
    line("peak memory of this process", figure, "<= 200 MB");
    if (wanted(&bench, 'b')) { /* its index of the coast is the bench's own memory */
        index_coast(&bench);
        single_routes(&bench, "mid-ocean, 200 nm off", 'b', "<= 5 ms");
    }
    free(bench.usable);
    dro_index_destroy(bench.coast);
    dro_sea_rules_destroy(bench.rules);
    dro_sea_destroy(bench.sea);
    dro_chart_close(bench.chart);
    dro_atlas_destroy(bench.atlas);
    return 0;
}
