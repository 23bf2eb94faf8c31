/* Hinterlands of random networks behind three ports of the fake chart's east. */
#include <math.h>
#include <stdio.h>
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
    dro_grid_options grid = {.access = wish.access, .step_deg = wish.step_deg};
    dro_point *cells = NULL;
    ck_assert_int_eq(dro_arena_create(&out->arena, &error), DRO_OK);
    ck_assert_msg(dro_chains_create(session, f, &options, &out->chains, &error) ==
                      DRO_OK,
                  "%s", error.message);
    ck_assert_msg(dro_chain_place_find(out->chains, "XAWST", false, &wish.to, &error) ==
                      DRO_OK,
                  "%s", error.message);
    ck_assert_int_eq(dro_hinterland_grid(out->chains, &grid, out->arena, &cells,
                                         &wish.cell_count, &error),
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

static bool same_choice(dro_port_choice p, dro_port_choice q) {
    return p.port == q.port && p.second == q.second && p.value == q.value &&
           p.second_value == q.second_value && p.margin == q.margin;
}

static void expect_same(const run *a, const run *b) {
    ck_assert_uint_eq(place_count(a), place_count(b));
    for (size_t k = 0; k < place_count(a); k++) {
        const dro_hinterland_place *p = &a->found.places[k], *q = &b->found.places[k];
        for (int by = 0; by < DRO_CHAIN_BY_COUNT; by++) {
            ck_assert(same_choice(p->by[by], q->by[by]));
        }
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

/* ---- the grid -----------------------------------------------------------------------
 */

static bool has_link(const dro_facts *f, size_t node) {
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_LINK); i++) {
        if ((size_t)dro_facts_thing(f, i, DRO_LINK_FROM) == node ||
            (size_t)dro_facts_thing(f, i, DRO_LINK_TO) == node) {
            return true;
        }
    }
    return false;
}

static bool is_near(const dro_facts *f, dro_point cell, double reach_km) {
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_NODE); i++) {
        dro_point at = {dro_facts_number(f, i, DRO_NODE_LAT),
                        dro_facts_number(f, i, DRO_NODE_LON)};
        if (has_link(f, i) && dro_geo_distance_m(at, cell) <= reach_km * 1000.0) {
            return true;
        }
    }
    return false;
}

/* Every cell of the earth, every node, a distance for each. */
static void expect_plain(const dro_facts *f, const dro_grid_options *wish,
                         const dro_point *cells, size_t count) {
    size_t rows = (size_t)ceil(180.0 / wish->step_deg - 1e-9), next = 0;
    size_t columns = (size_t)ceil(360.0 / wish->step_deg - 1e-9);
    for (size_t i = 0; i < rows * columns; i++) {
        size_t row = i / columns, column = i % columns;
        dro_point cell = {-90.0 + ((double)row + 0.5) * wish->step_deg,
                          -180.0 + ((double)column + 0.5) * wish->step_deg};
        if (is_near(f, cell, wish->access.reach_km)) {
            ck_assert_uint_lt(next, count);
            ck_assert(cells[next].lat_deg == cell.lat_deg &&
                      cells[next].lon_deg == cell.lon_deg);
            next++;
        }
    }
    ck_assert_uint_eq(next, count);
}

/* Also across the antimeridian and around the pole. */
static void move_nodes(dro_facts *f) {
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_NODE); i++) {
        char lat[32], lon[32];
        double high = dro_random_unit(&random_numbers) < 0.3 ? 89.0 : 70.0;
        (void)snprintf(lat, sizeof lat, "%.4f",
                       (2.0 * dro_random_unit(&random_numbers) - 1.0) * high);
        (void)snprintf(lon, sizeof lon, "%.4f",
                       360.0 * dro_random_unit(&random_numbers) - 180.0);
        random_land_set(f, i, DRO_NODE_LAT, lat);
        random_land_set(f, i, DRO_NODE_LON, lon);
    }
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_LINK); i++) {
        random_land_set(f, i, DRO_LINK_LENGTH_KM, "25000");
    }
}

static dro_facts *scattered_land(dro_chains **chains) {
    dro_chains_options options = DRO_CHAINS_OPTIONS_INIT;
    dro_facts *f = random_land(dro_session_atlas(session), &random_numbers);
    move_nodes(f);
    ck_assert_msg(dro_facts_settle(f, &error) == DRO_OK, "%s", error.message);
    ck_assert_msg(dro_chains_create(session, f, &options, chains, &error) == DRO_OK,
                  "%s", error.message);
    return f;
}

START_TEST(the_grid_is_that_of_the_plain_way) {
    static const double steps[] = {0.9, 2.0, 7.0};
    static const double reaches[] = {60.0, 250.0, 2000.0};
    size_t some = 0;
    for (size_t i = 0; i < 9; i++) {
        dro_chains *chains = NULL;
        dro_arena *arena = NULL;
        dro_point *cells = NULL;
        size_t count = 0;
        dro_facts *f = scattered_land(&chains);
        dro_grid_options wish = {.access = DRO_ACCESS_INIT, .step_deg = steps[i % 3]};
        wish.access.reach_km = reaches[i / 3];
        ck_assert_int_eq(dro_arena_create(&arena, &error), DRO_OK);
        ck_assert_int_eq(
            dro_hinterland_grid(chains, &wish, arena, &cells, &count, &error), DRO_OK);
        expect_plain(f, &wish, cells, count);
        some += count > 0;
        if (count > 1) {
            wish.most = count;
            ck_assert_int_eq(
                dro_hinterland_grid(chains, &wish, arena, &cells, &count, &error),
                DRO_OK);
            wish.most = count - 1;
            ck_assert_int_eq(
                dro_hinterland_grid(chains, &wish, arena, &cells, &count, &error),
                DRO_LIMIT);
        }
        dro_arena_destroy(arena);
        dro_chains_destroy(chains);
        dro_facts_destroy(f);
    }
    ck_assert_uint_gt(some, 5);
}
END_TEST

/* ---- stopping -----------------------------------------------------------------------
 */

static bool refuse(void *context, const char *stage, uint64_t done, uint64_t total) {
    (void)done;
    (void)total;
    return strcmp(stage, context) != 0;
}

static dro_status ask_refused(const dro_chains *chains, const char *stage) {
    const dro_progress progress = {refuse, (void *)(uintptr_t)stage};
    dro_grid_options grid = {
        .access = DRO_ACCESS_INIT, .step_deg = 1.0, .progress = &progress};
    dro_hinterland_options wish = {.port = EAST,
                                   .access = grid.access,
                                   .step_deg = grid.step_deg,
                                   .progress = &progress};
    dro_point *cells = NULL;
    dro_arena *arena = NULL;
    dro_hinterland found;
    ck_assert_int_eq(dro_arena_create(&arena, &error), DRO_OK);
    ck_assert_int_eq(dro_chain_place_find(chains, "XAWST", false, &wish.to, &error),
                     DRO_OK);
    dro_status status =
        dro_hinterland_grid(chains, &grid, arena, &cells, &wish.cell_count, &error);
    wish.cells = cells;
    if (status == DRO_OK) {
        status = dro_hinterland_find(chains, &wish, arena, &found, &error);
    }
    dro_arena_destroy(arena);
    return status;
}

START_TEST(every_stage_can_be_stopped) {
    static const char *const stages[] = {"cells", "ports", "ways", "choices"};
    dro_chains_options options = DRO_CHAINS_OPTIONS_INIT;
    dro_chains *chains = NULL;
    dro_facts *f = random_land(dro_session_atlas(session), &random_numbers);
    ck_assert_int_eq(dro_chains_create(session, f, &options, &chains, &error), DRO_OK);
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        ck_assert_int_eq(ask_refused(chains, stages[i]), DRO_CANCELLED);
    }
    ck_assert_int_eq(ask_refused(chains, "none"), DRO_OK);
    dro_chains_destroy(chains);
    dro_facts_destroy(f);
}
END_TEST

int main(void) {
    const TTest *tests[] = {opening_a_rival_never_enlarges_the_area,
                            threads_and_naming_all_rivals_change_nothing,
                            values_are_those_of_single_chains,
                            alone_a_port_has_everything,
                            a_planned_port_is_no_answer_and_says_so,
                            the_grid_is_that_of_the_plain_way,
                            every_stage_can_be_stopped,
                            NULL};
    return check_main_slow("flow hinterland", 120, setup, teardown, tests);
}
