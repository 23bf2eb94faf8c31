/* Hinterlands of random networks behind three ports of the fake chart's east. */
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/hinterland.h"
#include "fake_chart.h"

#define ATLAS  DRO_TEST_SOURCE_DIR "/tests/fixtures/atlas"
#define WORLDS 40
#define NODES  12

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

static double between(double low, double high) {
    return low + (high - low) * dro_random_unit(&random_numbers);
}

/* ---- a random land ------------------------------------------------------------------
 */

static size_t add(dro_facts *f, dro_kind kind, const char *id) {
    size_t thing = 0;
    ck_assert_msg(dro_facts_add(f, kind, id, "test", 1, &thing, &error) == DRO_OK, "%s",
                  error.message);
    return thing;
}

static void set(dro_facts *f, size_t thing, dro_attribute_id attribute,
                const char *text) {
    ck_assert_msg(dro_facts_set_text(f, thing, attribute, text, &error) == DRO_OK, "%s",
                  error.message);
}

static void number(dro_facts *f, size_t thing, dro_attribute_id attribute, double value,
                   double spread) {
    dro_range range = {value, value * (1.0 - spread), value * (1.0 + spread)};
    ck_assert_msg(dro_facts_set_range(f, thing, attribute, range, &error) == DRO_OK,
                  "%s", error.message);
}

static void add_node(dro_facts *f, const char *id, const char *port, dro_point at) {
    size_t node = add(f, DRO_KIND_NODE, id);
    set(f, node, DRO_NODE_NAME, id);
    set(f, node, DRO_NODE_COUNTRY, "XB");
    set(f, node, DRO_NODE_KIND, port ? "port" : "city");
    number(f, node, DRO_NODE_LAT, at.lat_deg, 0.0);
    number(f, node, DRO_NODE_LON, at.lon_deg, 0.0);
    if (port) {
        set(f, node, DRO_NODE_PORT, port);
    }
}

static dro_point place_of(const dro_facts *f, const char *id) {
    size_t node = 0;
    ck_assert_int_eq(dro_facts_find(f, DRO_KIND_NODE, id, &node, &error), DRO_OK);
    return (dro_point){dro_facts_number(f, node, DRO_NODE_LAT),
                       dro_facts_number(f, node, DRO_NODE_LON)};
}

static void add_link(dro_facts *f, const char *from, const char *to) {
    char id[64];
    (void)snprintf(id, sizeof id, "road-%s-%s", from, to);
    size_t thing = 0;
    if (dro_facts_find(f, DRO_KIND_LINK, id, &thing, NULL) == DRO_OK) {
        return;
    }
    size_t link = add(f, DRO_KIND_LINK, id);
    set(f, link, DRO_LINK_FROM, from);
    set(f, link, DRO_LINK_TO, to);
    set(f, link, DRO_LINK_MODE, "road");
    set(f, link, DRO_LINK_CLASS, "road");
    set(f, link, DRO_LINK_STATE, "existing");
    double km = dro_geo_distance_m(place_of(f, from), place_of(f, to)) / 1000.0;
    number(f, link, DRO_LINK_LENGTH_KM, km * between(1.2, 2.0), 0.1);
}

static void add_trade(dro_facts *f) {
    static const char *const ports[] = {"XAWST", "XBEST", "XCMID", "XDFAR"};
    size_t thing = add(f, DRO_KIND_CLASS, "road");
    set(f, thing, DRO_CLASS_MODE, "road");
    number(f, thing, DRO_CLASS_SPEED_KMH, 30.0, 0.2);
    number(f, thing, DRO_CLASS_COST_USD_TKM, 0.1, 0.3);
    number(f, thing, DRO_CLASS_CO2_G_TKM, 90.0, 0.2);
    thing = add(f, DRO_KIND_TRANSFER, "gate");
    set(f, thing, DRO_TRANSFER_FROM_MODE, "road");
    set(f, thing, DRO_TRANSFER_TO_MODE, "sea");
    number(f, thing, DRO_TRANSFER_HOURS, 12.0, 0.5);
    thing = add(f, DRO_KIND_COMMODITY, "ore");
    set(f, thing, DRO_COMMODITY_FORM, "bulk");
    number(f, thing, DRO_COMMODITY_VALUE_USD_T, 400.0, 0.5);
    number(f, thing, DRO_COMMODITY_TIME_VALUE_PCT_D, 0.3, 0.5);
    thing = add(f, DRO_KIND_TRAMP, "ore-small");
    set(f, thing, DRO_TRAMP_COMMODITY, "ore");
    set(f, thing, DRO_TRAMP_VESSEL, "small");
    number(f, thing, DRO_TRAMP_CARGO_T, 7000.0, 0.1);
    for (size_t i = 0; i < 4; i++) {
        thing = add(f, DRO_KIND_TERMINAL, ports[i]);
        set(f, thing, DRO_TERMINAL_PORT, ports[i]);
        set(f, thing, DRO_TERMINAL_BULK, "yes");
        number(f, thing, DRO_TERMINAL_HANDLING_USD_T, between(2.0, 12.0), 0.2);
    }
}

static void node_name(size_t i, char *text, size_t size) {
    (void)snprintf(text, size, "n%zu", i);
}

static dro_facts *make_land(void) {
    dro_facts *f = NULL;
    ck_assert_int_eq(dro_facts_create(dro_session_atlas(session), &f, &error), DRO_OK);
    add_trade(f);
    add_node(f, "east", "XBEST", (dro_point){0.0, 30.0});
    add_node(f, "middle", "XCMID", (dro_point){-5.0, 40.0});
    add_node(f, "far", "XDFAR", (dro_point){-8.0, 50.0});
    for (size_t i = 0; i < NODES; i++) {
        char name[16], other[16];
        node_name(i, name, sizeof name);
        add_node(f, name, NULL, (dro_point){between(-12, 6), between(28, 52)});
        for (int k = 0; k < 2 && i > 0; k++) {
            node_name((size_t)between(0.0, (double)i), other, sizeof other);
            add_link(f, name, other);
        }
    }
    add_link(f, "east", "n0");
    add_link(f, "middle", "n1");
    add_link(f, "far", "n2");
    ck_assert_msg(dro_facts_settle(f, &error) == DRO_OK, "%s", error.message);
    return f;
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
        dro_facts *closed = make_land(), *open = NULL;
        ck_assert_int_eq(dro_facts_copy(closed, &open, &error), DRO_OK);
        set(open, MIDDLE, DRO_PORT_STATUS, "open");
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
        dro_facts *f = make_land();
        set(f, MIDDLE, DRO_PORT_STATUS, "open");
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
    dro_facts *f = make_land();
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
    dro_facts *f = make_land();
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
    dro_facts *f = make_land();
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
