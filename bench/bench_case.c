/*
 * Speed of door-to-door chains on the default case: opening it, its graph, and then the
 * rows of its demand as questions: the best chain, the same with new figures, the
 * Pareto set, five alternatives, and a whole comparison. Milliseconds, one thread,
 * warm: each question is asked once before it is timed.
 *
 *     build/release/bench/bench_case [SCENARIO]
 */
#include <stdio.h>
#include <stdlib.h>

#include "derrotero/compare.h"

#define QUESTIONS_MAX 200u
#define REPEATS       5

typedef struct bench {
    dro_session *session;
    dro_case *study;
    dro_facts *facts;
    dro_chains *chains;
    dro_chain_worker *worker;
    dro_arena *arena;
    dro_chain_wish wishes[QUESTIONS_MAX];
    size_t count;
    double *figures; /* as stated */
} bench;

static void check(dro_status status, const dro_error *error) {
    if (status != DRO_OK) {
        (void)fprintf(stderr, "bench_case: %s\n", error->message);
        _Exit(EXIT_FAILURE);
    }
}

/* ---- making --------------------------------------------------------------------- */

static void open_case(bench *b) {
    dro_error error = DRO_ERROR_INIT;
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    char path[4096];
    check(dro_session_open(&options, &b->session, &error), &error);
    check(dro_case_locate(b->session, NULL, path, sizeof path, &error), &error);
    double begin = dro_clock_s();
    check(dro_case_open(b->session, path, &b->study, &error), &error);
    printf("%-34s %10.1f ms   %zu scenarios\n", "case opened and checked",
           1e3 * (dro_clock_s() - begin), dro_case_scenarios(b->study));
}

static void build_graph(bench *b, const char *scenario) {
    dro_error error = DRO_ERROR_INIT;
    dro_chains_options options = DRO_CHAINS_OPTIONS_INIT;
    size_t vertices = 0, edges = 0;
    const dro_input *inputs = NULL;
    check(dro_case_when(b->study, scenario, &options.date, &options.month, &error),
          &error);
    double begin = dro_clock_s();
    check(dro_case_apply(b->study, scenario, NULL, &b->facts, &error), &error);
    printf("%-34s %10.1f ms\n", "scenario applied", 1e3 * (dro_clock_s() - begin));
    begin = dro_clock_s();
    check(dro_chains_create(b->session, b->facts, &options, &b->chains, &error),
          &error);
    dro_chains_size(b->chains, &vertices, &edges);
    size_t count = dro_chains_inputs(b->chains, &inputs);
    printf("%-34s %10.1f ms   %zu vertices, %zu edges, %zu inputs\n",
           "graph with its sea legs", 1e3 * (dro_clock_s() - begin), vertices, edges,
           count);
    check(dro_chain_worker_create(b->chains, &b->worker, &error), &error);
    check(dro_arena_create(&b->arena, &error), &error);
    check(dro_new((void **)&b->figures, count, sizeof *b->figures, "figures", &error),
          &error);
    for (size_t i = 0; i < count; i++) {
        b->figures[i] = inputs[i].range.value;
    }
}

/* Questions of one commodity stand together, as they do where warmth is sought. */
static void add_question(bench *b, size_t demand, size_t commodity) {
    dro_chain_wish *wish = &b->wishes[b->count];
    dro_chain_total total;
    dro_chain_place from, to;
    const dro_facts *f = b->facts;
    if (b->count == QUESTIONS_MAX ||
        dro_facts_thing(f, demand, DRO_DEMAND_COMMODITY) != (int)commodity ||
        dro_chain_place_find(b->chains, dro_facts_text(f, demand, DRO_DEMAND_ORIGIN),
                             false, &from, NULL) != DRO_OK ||
        dro_chain_place_find(b->chains,
                             dro_facts_text(f, demand, DRO_DEMAND_DESTINATION), false,
                             &to, NULL) != DRO_OK) {
        return;
    }
    *wish = (dro_chain_wish)DRO_CHAIN_WISH_INIT(from, to, commodity,
                                                DRO_CHAIN_BY_GENERALISED);
    b->count += dro_chain_measure(b->worker, wish, &total, NULL) == DRO_OK;
}

static void ask_demand(bench *b) {
    for (size_t c = 0; c < dro_facts_count(b->facts, DRO_KIND_COMMODITY); c++) {
        for (size_t i = 0; i < dro_facts_count(b->facts, DRO_KIND_DEMAND); i++) {
            add_question(b, i, c);
        }
    }
}

/* ---- timing -----------------------------------------------------------------------
 */

typedef size_t (*body)(bench *b, const dro_chain_wish *wish);

static size_t best(bench *b, const dro_chain_wish *wish) {
    dro_chain chain;
    return dro_chain_find(b->worker, wish, b->arena, &chain, NULL) == DRO_OK;
}

static size_t best_anew(bench *b, const dro_chain_wish *wish) {
    dro_chain_set(b->worker, b->figures);
    return best(b, wish);
}

static size_t pareto(bench *b, const dro_chain_wish *wish) {
    dro_chain *chains = NULL;
    size_t count = 0;
    (void)dro_chain_pareto(b->worker, wish, b->arena, &chains, &count, NULL);
    return count;
}

static size_t alternatives(bench *b, const dro_chain_wish *wish) {
    dro_chain *chains = NULL;
    size_t count = 0;
    (void)dro_chain_alternatives(b->worker, wish, 5, b->arena, &chains, &count, NULL);
    return count;
}

static int by_value(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void measure(bench *b, const char *what, body run) {
    double ms[QUESTIONS_MAX], results = 0.0;
    for (size_t i = 0; i < b->count; i++) {
        size_t found = 0;
        dro_arena_reset(b->arena);
        (void)run(b, &b->wishes[i]);
        for (int k = 0; k < REPEATS; k++) {
            dro_arena_reset(b->arena);
            double begin = dro_clock_s();
            found = run(b, &b->wishes[i]);
            double took = 1e3 * (dro_clock_s() - begin);
            ms[i] = k == 0 || took < ms[i] ? took : ms[i];
        }
        results += (double)found;
    }
    qsort(ms, b->count, sizeof *ms, by_value);
    printf("%-34s %10.3f ms   p95 %8.3f   most %8.3f   %.1f chains\n", what,
           ms[b->count / 2], ms[b->count * 95 / 100], ms[b->count - 1],
           results / (double)b->count);
}

static void compare(bench *b, size_t samples, const char *what) {
    dro_error error = DRO_ERROR_INIT;
    dro_comparison *found = NULL;
    dro_compare_wish wish = DRO_COMPARE_WISH_INIT;
    wish.from = "BRRBR";
    wish.to = "CNSHA";
    wish.scenario[0] = "before";
    wish.scenario[1] = "after";
    wish.samples = samples;
    wish.threads = 1;
    double begin = dro_clock_s();
    check(dro_compare(b->study, &wish, &found, &error), &error);
    printf("%-34s %10.1f ms\n", what, 1e3 * (dro_clock_s() - begin));
    dro_comparison_destroy(found);
}

int main(int argc, char **argv) {
    static bench b;
    open_case(&b);
    build_graph(&b, argc > 1 ? argv[1] : "after");
    ask_demand(&b);
    if (b.count == 0) {
        (void)fputs("bench_case: no demand that has a way\n", stderr);
        return EXIT_FAILURE;
    }
    printf("%zu questions: demand of the case\n", b.count);
    measure(&b, "best chain, median", best);
    measure(&b, "best chain, new figures", best_anew);
    measure(&b, "Pareto set", pareto);
    measure(&b, "5 alternatives", alternatives);
    compare(&b, 0, "comparison without samples");
    compare(&b, 200, "comparison with 200 samples");
    dro_free(b.figures);
    dro_arena_destroy(b.arena);
    dro_chain_worker_destroy(b.worker);
    dro_chains_destroy(b.chains);
    dro_facts_destroy(b.facts);
    dro_case_close(b.study);
    dro_session_release(b.session);
    return EXIT_SUCCESS;
}
