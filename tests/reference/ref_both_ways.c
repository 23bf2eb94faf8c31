/*
 * Ports in waters that shoals cut off from the sea: is a way out as long as the way in,
 * and as long as the ports' table says? One that was in the sea may not leave such
 * waters again over shoals, so on the way out the shorter of two ways to a place is not
 * always the one to go on from. 1,500 seeded pairs on the world's chart, each by the
 * table, and searched both ways; no answer may be longer than another by more than the
 * bound that it states.
 *
 *     ref_both_ways [SEED [PAIRS]]
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "chart/rules.h"
#include "chart/sea.h"
#include "support/real_world.h"

#define PAIRS 1500
#define SEED  20251122

typedef struct answer {
    double distance_m, bound;
} answer;

static answer ask(dro_sea *sea, const dro_sea_rules *rules, int from, int to) {
    dro_sea_path way;
    dro_sea_end a = {.port = from}, b = {.port = to};
    return dro_sea_route(sea, rules, a, b, &way, NULL) == DRO_OK
               ? (answer){way.distance_m, way.excess_bound}
               : (answer){(double)INFINITY, 0.0};
}

/* The numbers of the ports in waters cut off; how many there are. */
static size_t cut_off(const dro_chart *chart, int *out) {
    size_t count = 0;
    for (size_t i = 0; i < chart->image.ports_count; i++) {
        uint32_t node = chart->image.ports[i].node;
        if (node != GRAPH_NONE && chart->image.island[node] != 0) {
            out[count++] = (int)i;
        }
    }
    return count;
}

static bool agree(const dro_atlas *atlas, dro_sea *sea, const dro_sea_rules *tabled,
                  const dro_sea_rules *searched, int a, int b) {
    answer all[3] = {ask(sea, tabled, a, b), ask(sea, searched, a, b),
                     ask(sea, searched, b, a)};
    bool good = true;
    double least = fmin(all[0].distance_m, fmin(all[1].distance_m, all[2].distance_m));
    for (int i = 0; i < 3; i++) {
        good = good && (!isfinite(least) ||
                        all[i].distance_m <= least * (1.0 + all[i].bound) + 1.0);
    }
    if (!good) {
        size_t count = 0;
        const dro_port *ports = dro_atlas_ports(atlas, &count);
        (void)printf("%s %s: by the table %.1f, out %.1f, back %.1f nm\n",
                     ports[a].code, ports[b].code, all[0].distance_m / DRO_M_PER_NM,
                     all[1].distance_m / DRO_M_PER_NM,
                     all[2].distance_m / DRO_M_PER_NM);
    }
    return good;
}

static void must(dro_status status, const dro_error *error) {
    if (status != DRO_OK) {
        (void)fprintf(stderr, "%s\n", error->message);
        exit(1);
    }
}

static size_t try_pairs(const real_world *w, uint64_t seed, size_t most) {
    dro_error error = DRO_ERROR_INIT;
    dro_random random;
    dro_sea *sea = NULL;
    dro_sea_rules *tabled = NULL, *searched = NULL;
    dro_sea_rules_options options = DRO_SEA_RULES_OPTIONS_INIT;
    size_t ports = w->chart->image.ports_count, bad = 0;
    int *inner = calloc(ports + 1, sizeof *inner);
    must(inner ? DRO_OK : DRO_NOMEM, &error);
    size_t count = cut_off(w->chart, inner);
    options.closed = dro_atlas_closed_mask(w->atlas);
    options.soft_shoals = true;
    must(dro_sea_create(w->chart, &sea, &error), &error);
    must(dro_sea_rules_create(w->chart, &options, &tabled, &error), &error);
    must(dro_sea_rules_create(w->chart, &options, &searched, &error), &error);
    searched->table = false;
    dro_random_seed(&random, seed);
    for (size_t i = 0; count && i < most; i++) {
        int a = inner[(size_t)(dro_random_unit(&random) * (double)count)];
        double any = dro_random_unit(&random), pick = dro_random_unit(&random);
        int b = any < 0.25 ? inner[(size_t)(pick * (double)count)]
                           : (int)(pick * (double)ports);
        bad += a != b && !agree(w->atlas, sea, tabled, searched, a, b);
    }
    (void)printf("%zu of %zu pairs do not agree, %zu ports are cut off\n", bad, most,
                 count);
    free(inner);
    dro_sea_rules_destroy(searched);
    dro_sea_rules_destroy(tabled);
    dro_sea_destroy(sea);
    return bad;
}

int main(int argc, char **argv) {
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : SEED;
    size_t most = argc > 2 ? strtoull(argv[2], NULL, 10) : PAIRS;
    real_world w;
    if (!real_world_open(&w)) {
        real_world_close(&w);
        return 77;
    }
    size_t bad = try_pairs(&w, seed, most);
    real_world_close(&w);
    return bad ? 1 : 0;
}
