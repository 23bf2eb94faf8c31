/* What only the whole of the tables shows. */
#include <math.h>
#include <string.h>

#include "atlas/facts_state.h"
#include "base/quote.h"

/* "file:line:column: message" about a cell. */
static dro_status fail_at(const dro_facts *facts, dro_kind kind, size_t thing,
                          const facts_cell *cell, dro_status status,
                          const char *message, dro_error *error) {
    const dro_fact_origin *origin = &facts->kinds[kind].things[thing].origin;
    return dro_fail(error, status, "%s:%lu:%lu: %s", origin->file, origin->line,
                    cell && cell->column ? cell->column : 1, message);
}

static dro_status settle_cell(dro_facts *facts, size_t thing,
                              dro_attribute_id attribute, dro_error *error) {
    const dro_attribute *about = dro_attribute_get(attribute);
    facts_cell *cell = facts_cell_at(facts, thing, attribute);
    char message[DRO_ERROR_MAX + 64];
    size_t found = 0;
    dro_error local = DRO_ERROR_INIT;
    const char *id = cell->text;
    if (attribute == DRO_TERMINAL_PORT) {
        id = dro_facts_id(facts, DRO_KIND_TERMINAL, thing);
    }
    cell->index = -1;
    if (id[0] == '\0') {
        return DRO_OK;
    }
    dro_status status = dro_facts_find(facts, about->of, id, &found, &local);
    if (status != DRO_OK) {
        (void)snprintf(message, sizeof message, "%s: %s", about->name, local.message);
        return fail_at(facts, about->kind, thing, cell, DRO_PARSE, message, error);
    }
    cell->index = (int32_t)found;
    return DRO_OK;
}

static dro_status settle_things(dro_facts *facts, dro_error *error) {
    for (int a = 0; a < DRO_ATTRIBUTE_COUNT; a++) {
        const dro_attribute *about = dro_attribute_get((dro_attribute_id)a);
        if (about->type != DRO_ATTRIBUTE_THING) {
            continue;
        }
        for (size_t i = 0; i < facts->kinds[about->kind].count; i++) {
            DRO_TRY(settle_cell(facts, i, (dro_attribute_id)a, error));
        }
    }
    return DRO_OK;
}

/* ---- checks ------------------------------------------------------------------ */

static dro_point place_of(const dro_facts *facts, int node) {
    return (dro_point){dro_facts_number(facts, (size_t)node, DRO_NODE_LAT),
                       dro_facts_number(facts, (size_t)node, DRO_NODE_LON)};
}

static dro_status check_link(const dro_facts *facts, size_t link, dro_error *error) {
    int from = dro_facts_thing(facts, link, DRO_LINK_FROM);
    int to = dro_facts_thing(facts, link, DRO_LINK_TO);
    int class = dro_facts_thing(facts, link, DRO_LINK_CLASS);
    char message[256];
    if (from == to) {
        return fail_at(facts, DRO_KIND_LINK, link,
                       facts_cell_at(facts, link, DRO_LINK_TO), DRO_PARSE,
                       "a link from a node to itself", error);
    }
    if (dro_facts_word(facts, link, DRO_LINK_MODE) !=
        dro_facts_word(facts, (size_t) class, DRO_CLASS_MODE)) {
        return fail_at(facts, DRO_KIND_LINK, link,
                       facts_cell_at(facts, link, DRO_LINK_CLASS), DRO_PARSE,
                       "the class is of another mode than the link", error);
    }
    double straight =
        dro_geo_distance_m(place_of(facts, from), place_of(facts, to)) / 1000.0;
    double most = dro_facts_range(facts, link, DRO_LINK_LENGTH_KM).high;
    if (most < straight * 0.98 - 1.0) {
        (void)snprintf(message, sizeof message,
                       "length_km: %.0f km is shorter than the straight distance of "
                       "its ends, %.0f km",
                       most, straight);
        return fail_at(facts, DRO_KIND_LINK, link,
                       facts_cell_at(facts, link, DRO_LINK_LENGTH_KM), DRO_PARSE,
                       message, error);
    }
    return DRO_OK;
}

static dro_status check_service(const dro_facts *facts, size_t service,
                                dro_error *error) {
    size_t calls = 0;
    char message[160];
    for (size_t i = 0; i < facts->kinds[DRO_KIND_CALL].count; i++) {
        calls += dro_facts_thing(facts, i, DRO_CALL_SERVICE) == (int)service;
    }
    if (calls >= 2) {
        return DRO_OK;
    }
    (void)snprintf(message, sizeof message,
                   "service %s has %zu call%s; a rotation needs at least 2",
                   dro_facts_id(facts, DRO_KIND_SERVICE, service), calls,
                   calls == 1 ? "" : "s");
    return fail_at(facts, DRO_KIND_SERVICE, service, NULL, DRO_PARSE, message, error);
}

static dro_status check_commodity(const dro_facts *facts, size_t c, dro_error *error) {
    if (dro_facts_word(facts, c, DRO_COMMODITY_FORM) == 0 &&
        isnan(dro_facts_number(facts, c, DRO_COMMODITY_T_PER_TEU))) {
        return fail_at(facts, DRO_KIND_COMMODITY, c,
                       facts_cell_at(facts, c, DRO_COMMODITY_T_PER_TEU), DRO_PARSE,
                       "t_per_teu may not be empty for what goes in containers", error);
    }
    return DRO_OK;
}

dro_status dro_facts_settle(dro_facts *facts, dro_error *error) {
    DRO_TRY(settle_things(facts, error));
    for (size_t i = 0; i < facts->kinds[DRO_KIND_LINK].count; i++) {
        DRO_TRY(check_link(facts, i, error));
    }
    for (size_t i = 0; i < facts->kinds[DRO_KIND_SERVICE].count; i++) {
        DRO_TRY(check_service(facts, i, error));
    }
    for (size_t i = 0; i < facts->kinds[DRO_KIND_COMMODITY].count; i++) {
        DRO_TRY(check_commodity(facts, i, error));
    }
    return DRO_OK;
}
