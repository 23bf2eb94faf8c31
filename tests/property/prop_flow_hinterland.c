/* Hinterlands of random networks behind three ports of the fake chart's east. */
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/hinterland.h"
#include "fake_chart.h"
#include "support/random_land.h"

#define ATLAS  DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"
#define WORLDS 40

enum {
    WEST,   /* the destination */
    EAST,   /* the port that is asked about */
    MIDDLE, /* planned: the rival that opens */
    FAR
};

static dro_session *session;
static dro_random random_numbers;
static dro_error error;

static void setup(void) {
    dro_session_options options = DRO_SESSION_OPTIONS_INIT;
    options.data = ATLAS;
    ck_assert_msg(dro_session_open(&options, &session, &error) == DRO_OK, "%s",
                  error.message);
    dro_random_seed(&random_numbers, 3);
}

static void teardown(void) {
    dro_session_release(session);
}

/* ---- a search -----------------------------------------------------------------------
 */

typedef struct run {
    dro_chains *chains;
    dro_arena *arena;
    dro_hinterland found;
} run;

static void ask(const dro_facts *f, dro_chain_by by, unsigned threads, size_t samples,
                const size_t *rivals, size_t rival_count, run *out) {
    dro_chains_options options = DRO_CHAINS_OPTIONS_INIT;
    dro_hinterland_options wish = {.port = EAST,
                                   .by = by,
                                   .rivals = rivals,
                                   .rival_count = rival_count,
                                   .contested = 0.05,
                                   .access = DRO_ACCESS_INIT,
                                   .step_deg = 1.0,
                                   .sampling = {.seed = 7, .count = samples},
                                   .threads = threads};
    dro_point *cells = NULL;
    ck_assert_int_eq(dro_arena_create(&out->arena, &error), DRO_OK);
    ck_assert_msg(dro_chains_create(session, f, &options, &out->chains, &error) ==
                      DRO_OK,
                  "%s", error.message);
    ck_assert_msg(dro_chain_place_find(out->chains, "XAWST", false, &wish.to, &error) ==
                      DRO_OK,
                  "%s", error.message);
    ck_assert_int_eq(dro_hinterland_grid(out->chains, &wish.access, wish.step_deg,
                                         out->arena, &cells, &wish.cell_count, &error),
                     DRO_OK);
    wish.cells = cells;
    ck_assert_msg(dro_hinterland_find(out->chains, &wish, out->arena, &out->found,
                                      &error) == DRO_OK,
                  "%s", error.message);
}

static void drop(run *done) {
    dro_chains_destroy(done->chains);
    dro_arena_destroy(done->arena);
}

static size_t place_count(const run *of) {
    return of->found.node_count + of->found.cell_count;
}

static bool wins(const run *of, size_t place, dro_chain_by by) {
    return of->found.places[place].by[by].port == 0;
}

/* ---- what must hold
 * -------------------------------------------------------------------
 */

START_TEST(opening_a_rival_never_enlarges_the_area) {
    size_t lost = 0;
    for (int i = 0; i < WORLDS; i++) {
        run before, after;
        dro_facts *closed = random_land(dro_session_atlas(session), &random_numbers),
                  *open = NULL;
        ck_assert_int_eq(dro_facts_copy(closed, &open, &error), DRO_OK);
        random_land_set(open, MIDDLE, DRO_PORT_STATUS, "open");
        ck_assert_int_eq(dro_facts_settle(open, &error), DRO_OK);
        dro_chain_by by = (dro_chain_by)(i % DRO_CHAIN_BY_COUNT);
        ask(closed, by, 1, 8, NULL, 0, &before);
        ask(open, by, 1, 8, NULL, 0, &after);
        ck_assert_uint_eq(before.found.port_count, 2);
        ck_assert_uint_eq(after.found.port_count, 3);
        ck_assert_uint_eq(place_count(&before), place_count(&after));
        for (size_t k = 0; k < place_count(&before); k++) {
            ck_assert(!wins(&after, k, by) || wins(&before, k, by));
            ck_assert_double_le(after.found.places[k].probability,
                                before.found.places[k].probability);
        }
        ck_assert_double_le(after.found.ports[0].area_km2,
                            before.found.ports[0].area_km2);
        lost += after.found.ports[0].area_km2 < before.found.ports[0].area_km2;
        drop(&before);
        drop(&after);
        dro_facts_destroy(open);
        dro_facts_destroy(closed);
    }
    ck_assert_uint_gt(lost, WORLDS / 4);
}
END_TEST

static void expect_same(const run *a, const run *b) {
    ck_assert_uint_eq(place_count(a), place_count(b));
    for (size_t k = 0; k < place_count(a); k++) {
        const dro_hinterland_place *p = &a->found.places[k], *q = &b->found.places[k];
        ck_assert_int_eq(memcmp(p->by, q->by, sizeof p->by), 0);
        ck_assert(p->probability == q->probability);
    }
}

START_TEST(threads_and_naming_all_rivals_change_nothing) {
    static const size_t all[] = {MIDDLE, FAR};
    for (int i = 0; i < 8; i++) {
        run one, two, named;
        dro_facts *f = random_land(dro_session_atlas(session), &random_numbers);
        random_land_set(f, MIDDLE, DRO_PORT_STATUS, "open");
        ck_assert_int_eq(dro_facts_settle(f, &error), DRO_OK);
        ask(f, DRO_CHAIN_BY_GENERALISED, 1, 40, NULL, 0, &one);
        ask(f, DRO_CHAIN_BY_GENERALISED, 2, 40, NULL, 0, &two);
        ask(f, DRO_CHAIN_BY_GENERALISED, 2, 40, all, 2, &named);
        expect_same(&one, &two);
        for (size_t k = 0; k < place_count(&one); k++) {
            ck_assert(one.found.places[k].probability ==
                      named.found.places[k].probability);
        }
        drop(&one);
        drop(&two);
        drop(&named);
        dro_facts_destroy(f);
    }
}
END_TEST

/* A node's value over a port is that of the one chain; a cell's is the least over all
 * nodes that it can come to. */
START_TEST(values_are_those_of_single_chains) {
    dro_facts *f = random_land(dro_session_atlas(session), &random_numbers);
    run all;
    dro_chain_worker *worker = NULL;
    ask(f, DRO_CHAIN_BY_COST, 1, 0, NULL, 0, &all);
    ck_assert_int_eq(dro_chain_worker_create(all.chains, &worker, &error), DRO_OK);
    const dro_hinterland_options *o = &all.found.options;
    for (size_t k = 0; k < all.found.node_count; k++) {
        const dro_hinterland_place *place = &all.found.places[k];
        dro_chain_place from = {.node = place->node, .port = -1};
        from.port = dro_facts_thing(f, (size_t)place->node, DRO_NODE_PORT);
        dro_chain_wish wish =
            DRO_CHAIN_WISH_INIT(from, o->to, o->commodity, DRO_CHAIN_BY_COST);
        dro_chain_total total;
        ck_assert_int_eq(dro_chain_measure(worker, &wish, &total, &error), DRO_OK);
        ck_assert_double_eq_tol(place->by[DRO_CHAIN_BY_COST].value, total.cost_usd,
                                1e-6);
        ck_assert(isnan(place->probability));
    }
    for (size_t k = all.found.node_count; k < place_count(&all); k++) {
        const dro_hinterland_place *cell = &all.found.places[k];
        double least = (double)INFINITY;
        for (size_t n = 0; n < all.found.node_count; n++) {
            const dro_hinterland_place *node = &all.found.places[n];
            double km = dro_geo_distance_m(cell->at, node->at) / 1000.0;
            if (km <= o->access.reach_km) {
                least = fmin(least,
                             node->by[DRO_CHAIN_BY_COST].value +
                                 km * o->access.detour.value * o->access.usd_tkm.value);
            }
        }
        ck_assert_double_eq_tol(cell->by[DRO_CHAIN_BY_COST].value, least, 1e-3);
    }
    dro_chain_worker_destroy(worker);
    drop(&all);
    dro_facts_destroy(f);
}
END_TEST

START_TEST(alone_a_port_has_everything) {
    dro_facts *f = random_land(dro_session_atlas(session), &random_numbers);
    run alone;
    size_t none = EAST;
    ask(f, DRO_CHAIN_BY_TIME, 2, 10, &none, 1, &alone);
    ck_assert_uint_eq(alone.found.port_count, 1);
    for (size_t k = 0; k < place_count(&alone); k++) {
        ck_assert(alone.found.places[k].probability == 1.0);
        ck_assert(!dro_hinterland_contested(&alone.found, &alone.found.places[k],
                                            DRO_CHAIN_BY_TIME));
    }
    ck_assert_double_eq_tol(alone.found.ports[0].area_km2, alone.found.total_km2, 1e-3);
    drop(&alone);
    dro_facts_destroy(f);
}
END_TEST

START_TEST(a_planned_port_is_no_answer_and_says_so) {
    dro_facts *f = random_land(dro_session_atlas(session), &random_numbers);
    dro_chains_options options = DRO_CHAINS_OPTIONS_INIT;
    dro_chains *chains = NULL;
    dro_arena *arena = NULL;
    dro_hinterland found;
    dro_hinterland_options wish = {.port = MIDDLE, .access = DRO_ACCESS_INIT};
    ck_assert_int_eq(dro_arena_create(&arena, &error), DRO_OK);
    ck_assert_int_eq(dro_chains_create(session, f, &options, &chains, &error), DRO_OK);
    ck_assert_int_eq(dro_chain_place_find(chains, "XAWST", false, &wish.to, &error),
                     DRO_OK);
    ck_assert_int_eq(dro_hinterland_find(chains, &wish, arena, &found, &error),
                     DRO_NO_ANSWER);
    ck_assert_ptr_nonnull(strstr(error.message, "planned"));
    dro_chains_destroy(chains);
    dro_arena_destroy(arena);
    dro_facts_destroy(f);
}
END_TEST

int main(void) {
    const TTest *tests[] = {opening_a_rival_never_enlarges_the_area,
                            threads_and_naming_all_rivals_change_nothing,
                            values_are_those_of_single_chains,
                            alone_a_port_has_everything,
                            a_planned_port_is_no_answer_and_says_so,
                            NULL};
    Suite *suite = suite_create("flow hinterland");
    TCase *all = tcase_create("all");
    tcase_add_checked_fixture(all, setup, teardown);
    tcase_set_timeout(all, 120);
    for (size_t i = 0; tests[i] != NULL; i++) {
        tcase_add_test(all, tests[i]);
    }
    suite_add_tcase(suite, all);
    return check_run(suite);
}
