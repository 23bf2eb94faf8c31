/* A random land behind the three eastern ports of the fake chart. */
#include "support/random_land.h"

#include <stdlib.h>

#define NODES 12

static void must(dro_status status) {
    if (status != DRO_OK) {
        abort();
    }
}

static double between(dro_random *numbers, double low, double high) {
    return low + (high - low) * dro_random_unit(numbers);
}

static size_t add(dro_facts *f, dro_kind kind, const char *id) {
    size_t thing = 0;
    must(dro_facts_add(f, kind, id, "test", 1, &thing, NULL));
    return thing;
}

void random_land_set(dro_facts *f, size_t thing, dro_attribute_id attribute,
                     const char *text) {
    must(dro_facts_set_text(f, thing, attribute, text, NULL));
}

static void number(dro_facts *f, size_t thing, dro_attribute_id attribute, double value,
                   double spread) {
    dro_range range = {value, value * (1.0 - spread), value * (1.0 + spread)};
    must(dro_facts_set_range(f, thing, attribute, range, NULL));
}

static void add_node(dro_facts *f, const char *id, const char *port, dro_point at) {
    size_t node = add(f, DRO_KIND_NODE, id);
    random_land_set(f, node, DRO_NODE_NAME, id);
    random_land_set(f, node, DRO_NODE_COUNTRY, "XB");
    random_land_set(f, node, DRO_NODE_KIND, port ? "port" : "city");
    number(f, node, DRO_NODE_LAT, at.lat_deg, 0.0);
    number(f, node, DRO_NODE_LON, at.lon_deg, 0.0);
    if (port) {
        random_land_set(f, node, DRO_NODE_PORT, port);
    }
}

static dro_point place_of(const dro_facts *f, const char *id) {
    size_t node = 0;
    must(dro_facts_find(f, DRO_KIND_NODE, id, &node, NULL));
    return (dro_point){dro_facts_number(f, node, DRO_NODE_LAT),
                       dro_facts_number(f, node, DRO_NODE_LON)};
}

static void add_link(dro_facts *f, dro_random *numbers, const char *from,
                     const char *to) {
    char id[64];
    (void)snprintf(id, sizeof id, "road-%s-%s", from, to);
    size_t thing = 0;
    if (dro_facts_find(f, DRO_KIND_LINK, id, &thing, NULL) == DRO_OK) {
        return;
    }
    size_t link = add(f, DRO_KIND_LINK, id);
    random_land_set(f, link, DRO_LINK_FROM, from);
    random_land_set(f, link, DRO_LINK_TO, to);
    random_land_set(f, link, DRO_LINK_MODE, "road");
    random_land_set(f, link, DRO_LINK_CLASS, "road");
    random_land_set(f, link, DRO_LINK_STATE, "existing");
    double km = dro_geo_distance_m(place_of(f, from), place_of(f, to)) / 1000.0;
    number(f, link, DRO_LINK_LENGTH_KM, km * between(numbers, 1.2, 2.0), 0.1);
}

static void add_trade(dro_facts *f, dro_random *numbers) {
    static const char *const ports[] = {"XAWST", "XBEST", "XCMID", "XDFAR"};
    size_t thing = add(f, DRO_KIND_CLASS, "road");
    random_land_set(f, thing, DRO_CLASS_MODE, "road");
    number(f, thing, DRO_CLASS_SPEED_KMH, 30.0, 0.2);
    number(f, thing, DRO_CLASS_COST_USD_TKM, 0.1, 0.3);
    number(f, thing, DRO_CLASS_CO2_G_TKM, 90.0, 0.2);
    thing = add(f, DRO_KIND_TRANSFER, "gate");
    random_land_set(f, thing, DRO_TRANSFER_FROM_MODE, "road");
    random_land_set(f, thing, DRO_TRANSFER_TO_MODE, "sea");
    number(f, thing, DRO_TRANSFER_HOURS, 12.0, 0.5);
    thing = add(f, DRO_KIND_COMMODITY, "ore");
    random_land_set(f, thing, DRO_COMMODITY_FORM, "bulk");
    number(f, thing, DRO_COMMODITY_VALUE_USD_T, 400.0, 0.5);
    number(f, thing, DRO_COMMODITY_TIME_VALUE_PCT_D, 0.3, 0.5);
    thing = add(f, DRO_KIND_TRAMP, "ore-small");
    random_land_set(f, thing, DRO_TRAMP_COMMODITY, "ore");
    random_land_set(f, thing, DRO_TRAMP_VESSEL, "small");
    number(f, thing, DRO_TRAMP_CARGO_T, 7000.0, 0.1);
    for (size_t i = 0; i < 4; i++) {
        thing = add(f, DRO_KIND_TERMINAL, ports[i]);
        random_land_set(f, thing, DRO_TERMINAL_PORT, ports[i]);
        random_land_set(f, thing, DRO_TERMINAL_BULK, "yes");
        number(f, thing, DRO_TERMINAL_HANDLING_USD_T, between(numbers, 2.0, 12.0), 0.2);
    }
}

static void node_name(size_t i, char *text, size_t size) {
    (void)snprintf(text, size, "n%zu", i);
}

dro_facts *random_land(const dro_atlas *atlas, dro_random *numbers) {
    dro_facts *f = NULL;
    must(dro_facts_create(atlas, &f, NULL));
    add_trade(f, numbers);
    add_node(f, "east", "XBEST", (dro_point){0.0, 30.0});
    add_node(f, "middle", "XCMID", (dro_point){-5.0, 40.0});
    add_node(f, "far", "XDFAR", (dro_point){-8.0, 50.0});
    for (size_t i = 0; i < NODES; i++) {
        char name[16], other[16];
        node_name(i, name, sizeof name);
        add_node(f, name, NULL,
                 (dro_point){between(numbers, -12, 6), between(numbers, 28, 52)});
        for (int k = 0; k < 2 && i > 0; k++) {
            node_name((size_t)between(numbers, 0.0, (double)i), other, sizeof other);
            add_link(f, numbers, name, other);
        }
    }
    add_link(f, numbers, "east", "n0");
    add_link(f, numbers, "middle", "n1");
    add_link(f, numbers, "far", "n2");
    must(dro_facts_settle(f, NULL));
    return f;
}
