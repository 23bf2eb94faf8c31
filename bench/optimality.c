/*
 * How far above the shortest way our ways are: random pairs on the world's chart held
 * against the exact solver of the tests (tests/support/exact_sea.h).
 *
 *     optimality [--pairs N] [--seed N] [--ports SHARE] [--draught M] [--close ID]...
 *
 * Ends are ports (a share of them), places on the coast and places at sea. Violations
 * are printed as they are found, the last line sums up. It looks out once from each of
 * 200,000 corners (a minute or two), then takes about a tenth of a second a pair. The
 * atlas and the chart are found as the program finds them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/exact_check.h"

typedef struct options {
    size_t pairs;
    uint64_t seed;
    double ports;
    dro_sea_rules_options rules;
} options;

static int fail(const dro_error *error) {
    (void)fprintf(stderr, "optimality: %s\n", error->message);
    return dro_status_exit_code(error->status);
}

static dro_status read_option(const dro_atlas *atlas, const char *name,
                              const char *value, options *out, dro_error *error) {
    long number = 0;
    size_t passage = 0;
    if (strcmp(name, "--pairs") == 0) {
        DRO_TRY(dro_parse_long(value, 1, 1000000, &number, name, error));
        out->pairs = (size_t)number;
    } else if (strcmp(name, "--seed") == 0) {
        DRO_TRY(dro_parse_long(value, 0, 1L << 30, &number, name, error));
        out->seed = (uint64_t)number;
    } else if (strcmp(name, "--ports") == 0) {
        return dro_parse_double(value, &out->ports, name, error);
    } else if (strcmp(name, "--draught") == 0) {
        DRO_TRY(dro_parse_double(value, &out->rules.draft_m, name, error));
        out->rules.channel_draft_m = out->rules.draft_m;
    } else if (strcmp(name, "--close") == 0) {
        DRO_TRY(dro_atlas_find_passage(atlas, value, &passage, error));
        out->rules.closed |= dro_atlas_passage_mask(atlas, passage);
    } else {
        return dro_fail(error, DRO_USAGE, "unknown option %s", name);
    }
    return DRO_OK;
}

static dro_status read_options(const dro_atlas *atlas, int argc, char **argv,
                               options *out, dro_error *error) {
    *out = (options){1000, 1, 0.5, DRO_SEA_RULES_OPTIONS_INIT};
    out->rules.closed = dro_atlas_closed_mask(atlas);
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 >= argc) {
            return dro_fail(error, DRO_USAGE, "%s needs a value", argv[i]);
        }
        DRO_TRY(read_option(atlas, argv[i], argv[i + 1], out, error));
    }
    return DRO_OK;
}

/* A place up to 20 nm from a random corner of the outline. */
static dro_sea_end coastal_end(const dro_chart *chart, dro_random *random) {
    const dro_vec *vertices = NULL;
    const uint32_t(*edges)[2] = NULL;
    size_t vertex_count = 0;
    size_t count = dro_chart_outline(chart, &vertices, &vertex_count, &edges);
    size_t which = (size_t)(dro_random_unit(random) * (double)count);
    dro_point p = dro_geo_to_point(vertices[edges[which][0]]);
    double off = 20.0 / 60.0;
    p.lat_deg += off * (2.0 * dro_random_unit(random) - 1.0);
    p.lat_deg = fmax(-90.0, fmin(90.0, p.lat_deg));
    p.lon_deg =
        remainder(p.lon_deg + off * (2.0 * dro_random_unit(random) - 1.0), 360.0);
    return (dro_sea_end){p, -1};
}

static dro_sea_end random_end(const exact_check *check, const options *o,
                              dro_random *random) {
    if (dro_random_unit(random) < 0.5 * (1.0 - o->ports)) {
        return coastal_end(check->chart, random);
    }
    return exact_check_random_end(check, random, o->ports / (0.5 + 0.5 * o->ports));
}

static dro_status run(const dro_chart *chart, const dro_atlas *atlas, const options *o,
                      size_t *violations, dro_error *error) {
    exact_check check;
    dro_random random;
    double start = dro_clock_s();
    dro_random_seed(&random, o->seed);
    DRO_TRY(exact_check_create(chart, atlas, &o->rules, stdout, &check, error));
    dro_status status = DRO_OK;
    for (size_t done = 0; status == DRO_OK && done < o->pairs;) {
        bool compared = false;
        dro_sea_end from = random_end(&check, o, &random);
        dro_sea_end to = random_end(&check, o, &random);
        status = exact_check_pair(&check, from, to, &compared, error);
        done += compared ? 1 : 0;
        (void)fflush(stdout);
    }
    exact_info info = exact_sea_info(check.exact);
    (void)printf("%zu pairs, %zu without a way, %zu violations, worst excess %.4f %%; "
                 "%zu corners, %zu legs seen, %.0f s\n",
                 check.pairs, check.without, check.violations, 100.0 * check.worst,
                 info.seen, info.legs, dro_clock_s() - start);
    *violations = check.violations;
    exact_check_destroy(&check);
    return status;
}

int main(int argc, char **argv) {
    dro_error error = DRO_ERROR_INIT;
    char folder[1024], path[1024];
    dro_atlas *atlas = NULL;
    dro_chart *chart = NULL;
    options o;
    size_t violations = 0;
    dro_status status = dro_atlas_locate(NULL, folder, sizeof folder, &error);
    DRO_TRY_GOTO(status, done);
    DRO_TRY_GOTO(dro_atlas_load(folder, &atlas, &error), done);
    DRO_TRY_GOTO(read_options(atlas, argc, argv, &o, &error), done);
    DRO_TRY_GOTO(dro_chart_locate(NULL, path, sizeof path, &error), done);
    DRO_TRY_GOTO(dro_chart_open(path, atlas, &chart, &error), done);
    status = run(chart, atlas, &o, &violations, &error);
done:
    dro_chart_close(chart);
    dro_atlas_destroy(atlas);
    return status == DRO_OK ? (violations != 0) : fail(&error);
}
