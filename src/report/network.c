/* A case's network under a scenario: what a map shows and an editor names. Ids are
 * those that edits use; words of states too. */
#include "derrotero/report.h"

#include <math.h>
#include <stdlib.h>

#define COORDINATE_DECIMALS 5   /* a metre */
#define WHOLE_M             1e8 /* no points between: lines are cut, not bent */

typedef struct writer {
    dro_json_writer json;
    const dro_facts *facts;
    const dro_prepared *of;
    bool shapes; /* GeoJSON */
    dro_arena *arena;
    bool *used; /* by port: something of the case is there */
    int *node;  /* by port: its node, or -1 */
} writer;

/* ---- values ------------------------------------------------------------------------
 */

static void text_or_null(writer *w, const char *key, const char *text) {
    dro_write_text(&w->json, key, text[0] ? text : NULL);
}

static void word(writer *w, const char *key, size_t thing, dro_attribute_id attribute) {
    text_or_null(w, key, dro_facts_text(w->facts, thing, attribute));
}

static void number(writer *w, const char *key, size_t thing, dro_attribute_id attribute,
                   int decimals) {
    dro_write_number(&w->json, key, dro_facts_number(w->facts, thing, attribute),
                     decimals);
}

static void stated(writer *w, dro_kind kind, size_t thing) {
    dro_fact_origin origin = dro_facts_origin(w->facts, kind, thing);
    text_or_null(w, "source", origin.source);
    dro_write_text(&w->json, "mark",
                   origin.source[0] ? dro_mark_text(origin.mark) : NULL);
}

static dro_point place(const writer *w, size_t thing, dro_attribute_id lat,
                       dro_attribute_id lon) {
    return (dro_point){dro_facts_number(w->facts, thing, lat),
                       dro_facts_number(w->facts, thing, lon)};
}

/* ---- shapes ------------------------------------------------------------------------
 */

static void position(writer *w, const char *key, dro_point at) {
    dro_write_begin(&w->json, key, DRO_WRITE_ROW_ARRAY);
    dro_write_number(&w->json, NULL, at.lon_deg, COORDINATE_DECIMALS);
    dro_write_number(&w->json, NULL, at.lat_deg, COORDINATE_DECIMALS);
    dro_write_end(&w->json);
}

static void point(writer *w, dro_point at) {
    dro_write_begin(&w->json, "geometry", DRO_WRITE_ROW_OBJECT);
    dro_write_text(&w->json, "type", "Point");
    position(w, "coordinates", at);
    dro_write_end(&w->json);
}

static void positions(writer *w, const char *key, const dro_point *points,
                      size_t count) {
    dro_write_begin(&w->json, key, DRO_WRITE_ROW_ARRAY);
    for (size_t i = 0; i < count; i++) {
        position(w, NULL, points[i]);
    }
    dro_write_end(&w->json);
}

/* Straight on the map; in two where it crosses the antimeridian. */
static dro_status line(writer *w, const dro_point ends[2], dro_error *error) {
    dro_line cut;
    DRO_TRY(dro_geo_line(ends, 2, (double)INFINITY, w->arena, &cut, error));
    bool one = cut.part_count == 1;
    dro_write_begin(&w->json, "geometry", DRO_WRITE_ROW_OBJECT);
    dro_write_text(&w->json, "type", one ? "LineString" : "MultiLineString");
    if (one) {
        positions(w, "coordinates", cut.points, cut.part_start[1]);
    } else {
        dro_write_begin(&w->json, "coordinates", DRO_WRITE_ROW_ARRAY);
        for (size_t i = 0; i < cut.part_count; i++) {
            positions(w, NULL, cut.points + cut.part_start[i],
                      cut.part_start[i + 1] - cut.part_start[i]);
        }
        dro_write_end(&w->json);
    }
    dro_write_end(&w->json);
    return DRO_OK;
}

/* A feature's properties, or a plain object with the same members. */
static void begin_thing(writer *w, const char *kind, const char *id) {
    dro_write_begin(&w->json, NULL, DRO_WRITE_ROW_OBJECT);
    if (w->shapes) {
        dro_write_text(&w->json, "type", "Feature");
        dro_write_begin(&w->json, "properties", DRO_WRITE_ROW_OBJECT);
        dro_write_text(&w->json, "kind", kind);
    }
    dro_write_text(&w->json, "id", id);
}

static void end_properties(writer *w) {
    if (w->shapes) {
        dro_write_end(&w->json);
    }
}

static void end_point(writer *w, dro_point at) {
    if (!w->shapes) {
        dro_write_number(&w->json, "lat", at.lat_deg, COORDINATE_DECIMALS);
        dro_write_number(&w->json, "lon", at.lon_deg, COORDINATE_DECIMALS);
    }
    end_properties(w);
    if (w->shapes) {
        point(w, at);
    }
    dro_write_end(&w->json);
}

/* ---- nodes and ports --------------------------------------------------------------
 */

static void node(writer *w, size_t i) {
    begin_thing(w, "node", dro_facts_id(w->facts, DRO_KIND_NODE, i));
    dro_write_text(&w->json, "name", dro_facts_name(w->facts, DRO_KIND_NODE, i));
    word(w, "country", i, DRO_NODE_COUNTRY);
    word(w, "of", i, DRO_NODE_KIND);
    word(w, "port", i, DRO_NODE_PORT);
    end_point(w, place(w, i, DRO_NODE_LAT, DRO_NODE_LON));
}

static void port(writer *w, size_t i) {
    const dro_facts *f = w->facts;
    begin_thing(w, "port", dro_facts_id(f, DRO_KIND_PORT, i));
    dro_write_text(&w->json, "name", dro_facts_name(f, DRO_KIND_PORT, i));
    word(w, "country", i, DRO_PORT_COUNTRY);
    word(w, "status", i, DRO_PORT_STATUS);
    dro_write_text(&w->json, "node",
                   w->node[i] < 0 ? NULL
                                  : dro_facts_id(f, DRO_KIND_NODE, (size_t)w->node[i]));
    end_point(w, place(w, i, DRO_PORT_LAT, DRO_PORT_LON));
}

/* Ports that a node, a terminal or a call is at. */
static dro_status find_ports(writer *w, dro_error *error) {
    static const dro_attribute_id at[] = {DRO_NODE_PORT, DRO_TERMINAL_PORT,
                                          DRO_CALL_PORT};
    size_t ports = dro_facts_count(w->facts, DRO_KIND_PORT);
    w->used = dro_arena_alloc(w->arena, ports, sizeof *w->used);
    w->node = dro_arena_alloc(w->arena, ports, sizeof *w->node);
    if (!w->used || !w->node) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a network");
    }
    for (size_t i = 0; i < ports; i++) {
        w->node[i] = -1;
    }
    for (size_t k = 0; k < sizeof at / sizeof *at; k++) {
        dro_kind kind = dro_attribute_get(at[k])->kind;
        for (size_t i = 0; i < dro_facts_count(w->facts, kind); i++) {
            int port = dro_facts_thing(w->facts, i, at[k]);
            if (port >= 0) {
                w->used[port] = true;
                w->node[port] = at[k] == DRO_NODE_PORT ? (int)i : w->node[port];
            }
        }
    }
    return DRO_OK;
}

static void nodes(writer *w) {
    for (size_t i = 0; i < dro_facts_count(w->facts, DRO_KIND_NODE); i++) {
        node(w, i);
    }
}

static void ports(writer *w) {
    for (size_t i = 0; i < dro_facts_count(w->facts, DRO_KIND_PORT); i++) {
        if (w->used[i]) {
            port(w, i);
        }
    }
}

/* ---- links -------------------------------------------------------------------------
 */

static void link_properties(writer *w, size_t i) {
    const dro_facts *f = w->facts;
    size_t class = (size_t)dro_facts_thing(f, i, DRO_LINK_CLASS);
    double own = dro_facts_number(f, i, DRO_LINK_SPEED_KMH);
    word(w, "from", i, DRO_LINK_FROM);
    word(w, "to", i, DRO_LINK_TO);
    word(w, "mode", i, DRO_LINK_MODE);
    word(w, "class", i, DRO_LINK_CLASS);
    word(w, "state", i, DRO_LINK_STATE);
    dro_write_bool(&w->json, "open", dro_facts_word(f, i, DRO_LINK_STATE) == 0);
    if (dro_facts_flag(f, i, DRO_LINK_ONEWAY)) {
        dro_write_bool(&w->json, "oneway", true);
    }
    number(w, "length_km", i, DRO_LINK_LENGTH_KM, 1);
    dro_write_number(&w->json, "speed_kmh",
                     isnan(own) ? dro_facts_number(f, class, DRO_CLASS_SPEED_KMH) : own,
                     1);
    number(w, "cost_usd_t", i, DRO_LINK_COST_USD_T, 2);
    number(w, "cost_usd_teu", i, DRO_LINK_COST_USD_TEU, 2);
    number(w, "border_h", i, DRO_LINK_BORDER_H, 1);
    stated(w, DRO_KIND_LINK, i);
}

static dro_status links(writer *w, dro_error *error) {
    for (size_t i = 0; i < dro_facts_count(w->facts, DRO_KIND_LINK); i++) {
        begin_thing(w, "link", dro_facts_id(w->facts, DRO_KIND_LINK, i));
        link_properties(w, i);
        end_properties(w);
        if (w->shapes) {
            size_t from = (size_t)dro_facts_thing(w->facts, i, DRO_LINK_FROM);
            size_t to = (size_t)dro_facts_thing(w->facts, i, DRO_LINK_TO);
            const dro_point ends[2] = {place(w, from, DRO_NODE_LAT, DRO_NODE_LON),
                                       place(w, to, DRO_NODE_LAT, DRO_NODE_LON)};
            DRO_TRY(line(w, ends, error));
        }
        dro_write_end(&w->json);
    }
    return DRO_OK;
}

/* ---- services ----------------------------------------------------------------------
 */

typedef struct call {
    double seq;
    size_t thing;
    int service;
} call;

static int by_rotation(const void *a, const void *b) {
    const call *x = a, *y = b;
    int order = (x->service > y->service) - (x->service < y->service);
    order = order ? order : (x->seq > y->seq) - (x->seq < y->seq);
    return order ? order : (x->thing > y->thing) - (x->thing < y->thing);
}

static void rotation(writer *w, size_t service, const call *calls, size_t count) {
    dro_write_begin(&w->json, "calls", DRO_WRITE_ROW_ARRAY);
    for (size_t i = 0; i < count; i++) {
        if (calls[i].service == (int)service) {
            dro_write_text(&w->json, NULL,
                           dro_facts_text(w->facts, calls[i].thing, DRO_CALL_PORT));
        }
    }
    dro_write_end(&w->json);
}

static void service(writer *w, size_t i, const call *calls, size_t count) {
    const dro_facts *f = w->facts;
    dro_write_begin(&w->json, NULL, DRO_WRITE_ROW_OBJECT);
    dro_write_text(&w->json, "id", dro_facts_id(f, DRO_KIND_SERVICE, i));
    dro_write_text(&w->json, "name", dro_facts_name(f, DRO_KIND_SERVICE, i));
    word(w, "operator", i, DRO_SERVICE_OPERATOR);
    word(w, "vessel", i, DRO_SERVICE_VESSEL);
    number(w, "headway_d", i, DRO_SERVICE_HEADWAY_D, 2);
    number(w, "speed_kn", i, DRO_SERVICE_SPEED_KN, 2);
    word(w, "state", i, DRO_SERVICE_STATE);
    dro_write_bool(&w->json, "open",
                   dro_chains_in_force(f, i, dro_prepared_date(w->of)));
    word(w, "from_date", i, DRO_SERVICE_FROM_DATE);
    word(w, "to_date", i, DRO_SERVICE_TO_DATE);
    rotation(w, i, calls, count);
    stated(w, DRO_KIND_SERVICE, i);
    dro_write_end(&w->json);
}

static dro_status services(writer *w, dro_error *error) {
    size_t count = dro_facts_count(w->facts, DRO_KIND_CALL);
    call *calls = dro_arena_alloc(w->arena, count, sizeof *calls);
    if (!calls) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a network");
    }
    for (size_t i = 0; i < count; i++) {
        calls[i] = (call){dro_facts_number(w->facts, i, DRO_CALL_SEQ), i,
                          dro_facts_thing(w->facts, i, DRO_CALL_SERVICE)};
    }
    qsort(calls, count, sizeof *calls, by_rotation);
    dro_write_begin(&w->json, "services", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < dro_facts_count(w->facts, DRO_KIND_SERVICE); i++) {
        service(w, i, calls, count);
    }
    dro_write_end(&w->json);
    return DRO_OK;
}

/* ---- what else an edit may name -----------------------------------------------------
 */

static void passages(writer *w) {
    dro_write_begin(&w->json, "passages", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < dro_facts_count(w->facts, DRO_KIND_PASSAGE); i++) {
        dro_write_begin(&w->json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_text(&w->json, "id", dro_facts_id(w->facts, DRO_KIND_PASSAGE, i));
        dro_write_text(&w->json, "name", dro_facts_name(w->facts, DRO_KIND_PASSAGE, i));
        dro_write_bool(&w->json, "open",
                       dro_facts_word(w->facts, i, DRO_PASSAGE_STATE) != 1);
        number(w, "wait_h", i, DRO_PASSAGE_WAIT_H, 1);
        dro_write_end(&w->json);
    }
    dro_write_end(&w->json);
}

static void classes(writer *w) {
    dro_write_begin(&w->json, "classes", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < dro_facts_count(w->facts, DRO_KIND_CLASS); i++) {
        dro_write_begin(&w->json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_text(&w->json, "id", dro_facts_id(w->facts, DRO_KIND_CLASS, i));
        dro_write_text(&w->json, "name", dro_facts_name(w->facts, DRO_KIND_CLASS, i));
        word(w, "mode", i, DRO_CLASS_MODE);
        number(w, "speed_kmh", i, DRO_CLASS_SPEED_KMH, 1);
        number(w, "cost_usd_tkm", i, DRO_CLASS_COST_USD_TKM, 4);
        dro_write_end(&w->json);
    }
    dro_write_end(&w->json);
}

static void commodities(writer *w) {
    dro_write_begin(&w->json, "commodities", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < dro_facts_count(w->facts, DRO_KIND_COMMODITY); i++) {
        dro_write_begin(&w->json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_text(&w->json, "id", dro_facts_id(w->facts, DRO_KIND_COMMODITY, i));
        dro_write_text(&w->json, "name",
                       dro_facts_name(w->facts, DRO_KIND_COMMODITY, i));
        word(w, "form", i, DRO_COMMODITY_FORM);
        dro_write_end(&w->json);
    }
    dro_write_end(&w->json);
}

/* ---- all of it ---------------------------------------------------------------------
 */

static void heading(writer *w) {
    const dro_case *study = dro_prepared_case(w->of);
    int month = dro_prepared_month(w->of);
    dro_write_text(&w->json, "case", dro_case_id(study));
    text_or_null(w, "scenario", dro_prepared_scenario(w->of));
    text_or_null(w, "title", dro_prepared_title(w->of));
    dro_write_text(&w->json, "date", dro_prepared_date(w->of));
    dro_write_number(&w->json, "month", month ? (double)month : (double)NAN, 0);
    text_or_null(w, "commodity", dro_case_commodity(study));
}

static dro_status things(writer *w, dro_error *error) {
    if (w->shapes) {
        dro_write_begin(&w->json, "features", DRO_WRITE_ARRAY);
        nodes(w);
        ports(w);
        DRO_TRY(links(w, error));
        dro_write_end(&w->json);
        return DRO_OK;
    }
    dro_write_begin(&w->json, "nodes", DRO_WRITE_ARRAY);
    nodes(w);
    dro_write_end(&w->json);
    dro_write_begin(&w->json, "ports", DRO_WRITE_ARRAY);
    ports(w);
    dro_write_end(&w->json);
    dro_write_begin(&w->json, "links", DRO_WRITE_ARRAY);
    DRO_TRY(links(w, error));
    dro_write_end(&w->json);
    return DRO_OK;
}

dro_status dro_report_network(FILE *out, dro_format format, const dro_prepared *of,
                              dro_arena *arena, dro_error *error) {
    writer w = {.json = {.out = out},
                .facts = dro_prepared_facts(of),
                .of = of,
                .shapes = format == DRO_FORMAT_GEOJSON,
                .arena = arena};
    if (format != DRO_FORMAT_GEOJSON && format != DRO_FORMAT_JSON) {
        return dro_fail(error, DRO_INVALID, "a network is JSON or GeoJSON");
    }
    DRO_TRY(find_ports(&w, error));
    dro_write_begin(&w.json, NULL, DRO_WRITE_OBJECT);
    if (w.shapes) {
        dro_write_text(&w.json, "type", "FeatureCollection");
    }
    heading(&w);
    DRO_TRY(things(&w, error));
    DRO_TRY(services(&w, error));
    passages(&w);
    classes(&w);
    commodities(&w);
    dro_write_end(&w.json);
    return DRO_OK;
}
