/*
 * What one answer about two ports costs, in its parts: the voyage and its JSON, by one
 * plan for all; and that plan. Seeded pairs of different ports, warm, one thread; each
 * pair is asked once for the page cache and then ROUNDS times, of which the fastest
 * counts. Pairs without a way are in it: for them the message is the answer.
 *
 *     build/release/bench/bench_answer [PAIRS [SEED]]
 *
 * Microseconds. The last line is the sum without the plan, as answers a second on one
 * core; a server adds what HTTP costs.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "derrotero/network.h"
#include "derrotero/report.h"

#define PAIRS_MAX 100000u
#define ROUNDS    5

typedef enum part {
    PART_VOYAGE,
    PART_JSON,
    PART_COUNT
} part;

typedef struct bench {
    dro_session *session;
    dro_worker *worker;
    dro_plan *plan;
    dro_arena *arena;
    dro_place *from, *to;
    double *us[PART_COUNT]; /* by pair */
    size_t count, without;
    char *text; /* of the answer */
    size_t size;
    double bytes;
    uint64_t hash; /* of all answers: two builds can be held against each other */
} bench;

static void check(dro_status status, const dro_error *error) {
    if (status != DRO_OK) {
        (void)fprintf(stderr, "bench_answer: %s\n", error->message);
        _Exit(EXIT_FAILURE);
    }
}

static void *need(size_t count, size_t size) {
    dro_error error = DRO_ERROR_INIT;
    void *made = NULL;
    check(dro_new(&made, count, size, "a benchmark", &error), &error);
    return made;
}

static void begin(bench *b, size_t most) {
    dro_error error = DRO_ERROR_INIT;
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    dro_voyage_options wish = DRO_VOYAGE_OPTIONS_INIT;
    check(dro_session_open(&options, &b->session, &error), &error);
    check(dro_worker_create(b->session, &b->worker, &error), &error);
    check(dro_plan_create(b->session, &wish, &b->plan, &error), &error);
    check(dro_arena_create(&b->arena, &error), &error);
    b->from = need(most, sizeof *b->from);
    b->to = need(most, sizeof *b->to);
    for (part i = 0; i < PART_COUNT; i++) {
        b->us[i] = need(most, sizeof *b->us[i]);
    }
    b->size = (size_t)4 << 20;
    b->text = need(b->size, 1);
}

static void finish(bench *b) {
    for (part i = 0; i < PART_COUNT; i++) {
        dro_free(b->us[i]);
    }
    dro_free(b->text);
    dro_free(b->from);
    dro_free(b->to);
    dro_arena_destroy(b->arena);
    dro_plan_destroy(b->plan);
    dro_worker_destroy(b->worker);
    dro_session_release(b->session);
}

/* ---- one answer ------------------------------------------------------------------ */

static size_t write_answer(bench *b, const dro_voyage *voyage) {
    dro_error error = DRO_ERROR_INIT;
    FILE *out = fmemopen(b->text, b->size, "w");
    if (out == NULL) {
        _Exit(EXIT_FAILURE);
    }
    (void)setvbuf(out, NULL, _IOFBF, (size_t)64 << 10);
    check(dro_report_voyage(out, DRO_FORMAT_JSON, voyage, b->arena, &error), &error);
    long length = ftell(out);
    (void)fclose(out);
    return length > 0 ? (size_t)length : 0;
}

/* False: no way between these two. */
static bool answer(bench *b, size_t pair, double us[PART_COUNT], size_t *length) {
    dro_error error = DRO_ERROR_INIT;
    dro_voyage voyage;
    dro_arena_reset(b->arena);
    double begun = dro_clock_s();
    dro_status status = dro_voyage_find(b->worker, b->plan, &b->from[pair],
                                        &b->to[pair], b->arena, &voyage, &error);
    double found = dro_clock_s();
    *length = status == DRO_OK ? write_answer(b, &voyage) : 0;
    us[PART_VOYAGE] = 1e6 * (found - begun);
    us[PART_JSON] = 1e6 * (dro_clock_s() - found);
    return status == DRO_OK;
}

/* The first asking warms the chart's pages. */
static void choose(bench *b, size_t wanted, uint64_t seed) {
    size_t ports = 0;
    dro_random random;
    dro_random_seed(&random, seed);
    const dro_atlas *atlas = dro_session_atlas(b->session);
    (void)dro_atlas_ports(atlas, &ports);
    while (b->count < wanted) {
        double us[PART_COUNT];
        size_t length = 0;
        size_t from = (size_t)(dro_random_u64(&random) % ports);
        size_t to = (size_t)(dro_random_u64(&random) % ports);
        if (from == to) {
            continue;
        }
        dro_place_of_port(atlas, from, &b->from[b->count]);
        dro_place_of_port(atlas, to, &b->to[b->count]);
        b->without += !answer(b, b->count, us, &length);
        b->hash = dro_hash64(b->text, length, b->hash);
        b->bytes += (double)length;
        b->count++;
    }
}

static void measure(bench *b) {
    for (size_t i = 0; i < b->count; i++) {
        for (part k = 0; k < PART_COUNT; k++) {
            b->us[k][i] = (double)INFINITY;
        }
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < b->count; i++) {
            double us[PART_COUNT];
            size_t length = 0;
            (void)answer(b, i, us, &length);
            for (part k = 0; k < PART_COUNT; k++) {
                b->us[k][i] = fmin(b->us[k][i], us[k]);
            }
        }
    }
}

static double plan_us(const bench *b) {
    double least = (double)INFINITY;
    for (int i = 0; i < 20; i++) {
        dro_error error = DRO_ERROR_INIT;
        dro_voyage_options wish = DRO_VOYAGE_OPTIONS_INIT;
        dro_plan *plan = NULL;
        double begun = dro_clock_s();
        check(dro_plan_create(b->session, &wish, &plan, &error), &error);
        least = fmin(least, 1e6 * (dro_clock_s() - begun));
        dro_plan_destroy(plan);
    }
    return least;
}

/* ---- the table ------------------------------------------------------------------- */

static int by_value(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double line(const char *what, double *us, size_t count) {
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += us[i];
    }
    qsort(us, count, sizeof *us, by_value);
    printf("%-8s mean %7.1f   median %7.1f   p99 %7.1f   most %8.1f\n", what,
           sum / (double)count, us[count / 2], us[count * 99 / 100], us[count - 1]);
    return sum / (double)count;
}

int main(int argc, char **argv) {
    static const char *const names[PART_COUNT] = {"voyage", "JSON"};
    bench b = {0};
    long pairs = argc > 1 ? strtol(argv[1], NULL, 10) : 5000;
    long seed = argc > 2 ? strtol(argv[2], NULL, 10) : 1;
    if (pairs < 1 || pairs > (long)PAIRS_MAX) {
        (void)fprintf(stderr, "bench_answer: 1 to %u pairs\n", PAIRS_MAX);
        return EXIT_FAILURE;
    }
    begin(&b, (size_t)pairs);
    choose(&b, (size_t)pairs, (uint64_t)seed);
    measure(&b);
    double sum = 0.0;
    for (part k = 0; k < PART_COUNT; k++) {
        sum += line(names[k], b.us[k], b.count);
    }
    printf("plan     least %6.1f, made once\n", plan_us(&b));
    printf("%zu pairs, %zu without a way, %.0f bytes each, hash %016llx\n", b.count,
           b.without, b.bytes / (double)b.count, (unsigned long long)b.hash);
    printf("%.1f us, %.0f answers a second\n", sum, 1e6 / sum);
    finish(&b);
    return EXIT_SUCCESS;
}
