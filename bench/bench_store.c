/*
 * What a server does: two scenarios compared through a store that keeps them. First
 * when nothing is there, then again, then with an edit given inline: of a link, a
 * service, a passage. Milliseconds, without samples, best of a few; an edit is a new
 * one each time, so that none is found ready.
 *
 *     build/release/bench/bench_store [FROM TO BEFORE AFTER]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "derrotero/compare.h"

#define REPEATS 5

typedef struct bench {
    dro_session *session;
    dro_store *store;
    const dro_case *study;
    const char *from, *to, *scenario[2];
} bench;

static void check(dro_status status, const dro_error *error) {
    if (status != DRO_OK) {
        (void)fprintf(stderr, "bench_store: %s\n", error->message);
        _Exit(EXIT_FAILURE);
    }
}

static double compare(const bench *b, const char *edits, bool geometry) {
    dro_error error = DRO_ERROR_INIT;
    dro_compare_wish wish = DRO_COMPARE_WISH_INIT;
    dro_comparison *found = NULL;
    wish.from = b->from;
    wish.to = b->to;
    wish.scenario[0] = b->scenario[0];
    wish.scenario[1] = b->scenario[1];
    wish.samples = 0;
    wish.store = b->store;
    wish.geometry = geometry;
    wish.edits = edits;
    wish.edits_length = edits ? strlen(edits) : 0;
    double begin = dro_clock_s();
    check(dro_compare(b->study, &wish, &found, &error), &error);
    double took = dro_clock_s() - begin;
    dro_comparison_destroy(found);
    return 1e3 * took;
}

/* `edits` with a number for %d. */
static void time_edits(const bench *b, const char *what, const char *form) {
    double first = 0.0, least = 1e9;
    for (int i = 0; i < REPEATS; i++) {
        char edits[512];
        const char *number = strstr(form, "%d");
        (void)snprintf(edits, sizeof edits, "%.*s%d%s", (int)(number - form), form,
                       30 + i, number + 2);
        double took = compare(b, edits, false);
        first = i == 0 ? took : first;
        least = took < least ? took : least;
    }
    printf("%-34s %10.1f ms first, %.1f ms then\n", what, first, least);
}

static void time_plain(const bench *b) {
    double least = 1e9;
    printf("%-34s %10.1f ms\n", "two scenarios, nothing there",
           compare(b, NULL, false));
    for (int i = 0; i < REPEATS; i++) {
        double took = compare(b, NULL, false);
        least = took < least ? took : least;
    }
    printf("%-34s %10.1f ms\n", "again", least);
    double first = compare(b, NULL, true), then = compare(b, NULL, true);
    printf("%-34s %10.1f ms first, %.1f ms then\n", "with lines for a map", first,
           then);
}

int main(int argc, char **argv) {
    dro_error error = DRO_ERROR_INIT;
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    bench b = {
        .from = argc == 5 ? argv[1] : "PECHY",
        .to = argc == 5 ? argv[2] : "CNSHA",
        .scenario = {argc == 5 ? argv[3] : "before", argc == 5 ? argv[4] : "after"}};
    check(dro_session_open(&options, &b.session, &error), &error);
    check(dro_store_create(b.session, NULL, &b.store, &error), &error);
    double begin = dro_clock_s();
    check(dro_store_open(b.store, NULL, &b.study, &error), &error);
    printf("%-34s %10.1f ms\n", "case opened and checked",
           1e3 * (dro_clock_s() - begin));
    time_plain(&b);
    time_edits(&b, "a link changed",
               "[{set: {link: road-pechy-huaral, speed_kmh: %d}}]");
    time_edits(&b, "a service added",
               "[{add: {service: new, vessel: container-8000, headway_d: 7, state: "
               "existing, calls: [{port: PECHY, stay_h: %d}, {port: CNSHA}]}}]");
    time_edits(&b, "Panama closed",
               "[{close: {passage: panama}}, {set: {passage: panama, wait_h: %d}}]");
    time_edits(&b, "Malacca closed",
               "[{close: {passage: malacca}}, {set: {passage: panama, wait_h: %d}}]");
    dro_store_destroy(b.store);
    dro_session_release(b.session);
    return EXIT_SUCCESS;
}
