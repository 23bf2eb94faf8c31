/* Voyages as routes and marks of one map. */
#include "ask/map_picture.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "atlas/gate.h"
#include "base/arena_format.h"

#define NOTES_MAX 24

typedef struct drawing {
    dro_session *session;
    dro_arena *arena;
    dro_picture_route *routes;
    dro_picture_mark *marks;
    size_t mark_count, mark_capacity;
    const char **notes;
    size_t note_count;
    bool poor; /* memory ran out: found at the end */
} drawing;

static const char *format(drawing *d, const char *pattern, ...) DRO_PRINTF(2, 3);

static const char *format(drawing *d, const char *pattern, ...) {
    va_list arguments;
    va_start(arguments, pattern);
    const char *text = dro_arena_format_list(d->arena, pattern, arguments);
    va_end(arguments);
    d->poor |= text == NULL;
    return text == NULL ? "" : text;
}

/* "Panama Canal (Neopanamax locks)": what stands before the bracket. */
static const char *short_name(drawing *d, const char *name) {
    const char *bracket = strstr(name, " (");
    return bracket == NULL ? name : format(d, "%.*s", (int)(bracket - name), name);
}

static void add_mark(drawing *d, dro_point at, const char *label,
                     dro_picture_role role) {
    if (d->mark_count < d->mark_capacity) {
        d->marks[d->mark_count++] = (dro_picture_mark){at, label, role};
    }
}

/* Each note once. */
static void add_note(drawing *d, const char *text) {
    for (size_t i = 0; i < d->note_count; i++) {
        if (strcmp(d->notes[i], text) == 0) {
            return;
        }
    }
    if (d->note_count < NOTES_MAX) {
        d->notes[d->note_count++] = text;
    }
}

/* ---- where a passage is ------------------------------------------------------ */

static size_t index_of(dro_session *session, const dro_passage *passage) {
    size_t count = 0;
    return (size_t)(passage - dro_atlas_passages(dro_session_atlas(session), &count));
}

static dro_vec cross(dro_vec a, dro_vec b) {
    return (dro_vec){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z,
                     a.x * b.y - a.y * b.x};
}

/* Where two arcs that cross do so; the middle of the first where they only touch. */
static dro_point crossing_of(dro_vec a, dro_vec b, dro_vec c, dro_vec d) {
    dro_vec at = cross(cross(a, b), cross(c, d));
    double side = at.x * (a.x + b.x) + at.y * (a.y + b.y) + at.z * (a.z + b.z);
    double size = at.x * at.x + at.y * at.y + at.z * at.z;
    if (!(size > 1e-24)) {
        at = (dro_vec){a.x + b.x, a.y + b.y, a.z + b.z};
        side = 1.0;
    }
    double sign = side < 0.0 ? -1.0 : 1.0;
    return dro_geo_to_point(
        dro_geo_quantise((dro_vec){sign * at.x, sign * at.y, sign * at.z}));
}

static bool arc_at_gate(const dro_passage *passage, dro_vec a, dro_vec b,
                        dro_point *out) {
    for (size_t g = 0; g < passage->gate_count; g++) {
        const dro_gate *gate = &passage->gates[g];
        size_t at = 0;
        if (dro_gate_meets(gate, a, b, &at)) {
            *out = crossing_of(a, b, dro_geo_to_vec(gate->points[at - 1]),
                               dro_geo_to_vec(gate->points[at]));
            return true;
        }
    }
    return false;
}

/* A canal's stretch of the way, or the arc that crosses a gate. */
static bool place_on_way(const dro_itinerary *way, const dro_passage *passage,
                         size_t index, dro_point *out) {
    for (size_t i = 0; i < way->water_count; i++) {
        if (way->water[i].passage == (int)index) {
            *out = way->points[(way->water[i].first + way->water[i].last) / 2];
            return true;
        }
    }
    for (size_t i = 1; passage->gate_count > 0 && i < way->point_count; i++) {
        dro_vec a = dro_geo_to_vec(way->points[i - 1]);
        if (arc_at_gate(passage, a, dro_geo_to_vec(way->points[i]), out)) {
            return true;
        }
    }
    return false;
}

/* Of a passage that no way uses: the middle of its line or of its gate. */
static bool place_in_atlas(dro_session *session, const dro_passage *passage,
                           dro_point *out) {
    size_t count = 0, index = index_of(session, passage);
    const dro_channel *channels =
        dro_atlas_channels(dro_session_atlas(session), &count);
    for (size_t i = 0; i < count; i++) {
        if (channels[i].passage == (int)index && channels[i].count > 0) {
            *out = channels[i].points[channels[i].count / 2];
            return true;
        }
    }
    if (passage->gate_count > 0 && passage->gates[0].count >= 2) {
        const dro_gate *gate = &passage->gates[0];
        *out = dro_geo_between(gate->points[0], gate->points[1], 0.5);
        return true;
    }
    return false;
}

/* ---- one voyage -------------------------------------------------------------- */

static const char *passages_text(drawing *d, const dro_itinerary *way) {
    const char *text = "";
    for (size_t i = 0; i < way->passage_count; i++) {
        const char *name = short_name(d, way->passage_list[i]->name);
        text = format(d, "%s%s%s", text, i == 0 ? "" : ", ", name);
    }
    return text;
}

static dro_picture_leg *legs_of(drawing *d, const dro_itinerary *way) {
    dro_picture_leg *legs =
        dro_arena_alloc(d->arena, way->water_count + 1, sizeof *legs);
    d->poor |= legs == NULL;
    for (size_t i = 0; legs != NULL && i < way->water_count; i++) {
        bool channel = way->water[i].kind == DRO_LEG_CHANNEL;
        legs[i] = (dro_picture_leg){channel ? DRO_PICTURE_CHANNEL : DRO_PICTURE_SEA,
                                    way->water[i].first, way->water[i].last};
    }
    return legs;
}

static dro_picture_range range_of(const dro_reckoning *total, dro_item item) {
    return (dro_picture_range){total->item[item].low, total->item[item].high};
}

static void add_route(drawing *d, const dro_ask_map_route *asked,
                      dro_picture_route *out) {
    const dro_voyage *voyage = asked->voyage;
    const dro_itinerary *way = &voyage->itineraries[0];
    dro_picture_route route = DRO_PICTURE_ROUTE_INIT;
    route.label = asked->label != NULL
                      ? asked->label
                      : format(d, "%s to %s", voyage->from.name, voyage->to.name);
    route.points = way->points;
    route.count = way->point_count;
    route.legs = legs_of(d, way);
    route.leg_count = route.legs == NULL ? 0 : way->water_count;
    route.distance_nm = way->distance_nm;
    route.duration_h = way->total.item[DRO_ITEM_DURATION_H].value;
    route.cost_usd = way->total.item[DRO_ITEM_COST_USD].value;
    route.co2_t = way->total.item[DRO_ITEM_CO2_T].value;
    route.passages = passages_text(d, way);
    route.duration_range_h = range_of(&way->total, DRO_ITEM_DURATION_H);
    route.cost_range_usd = range_of(&way->total, DRO_ITEM_COST_USD);
    route.co2_range_t = range_of(&way->total, DRO_ITEM_CO2_T);
    *out = route;
}

static void add_marks(drawing *d, const dro_voyage *voyage) {
    const dro_itinerary *way = &voyage->itineraries[0];
    add_mark(d, voyage->from.at, voyage->from.name, DRO_PICTURE_END);
    add_mark(d, voyage->to.at, voyage->to.name, DRO_PICTURE_END);
    for (size_t i = 0; i < voyage->via_count; i++) {
        add_mark(d, voyage->via[i].at, voyage->via[i].name, DRO_PICTURE_VIA);
    }
    for (size_t i = 0; i < way->passage_count; i++) {
        const dro_passage *passage = way->passage_list[i];
        dro_point at;
        if (place_on_way(way, passage, index_of(d->session, passage), &at)) {
            add_mark(d, at, short_name(d, passage->name), DRO_PICTURE_PASSAGE);
        }
    }
}

/* ---- all of them ------------------------------------------------------------- */

static bool is_used(const dro_ask_map_route *routes, size_t count, uint64_t bit) {
    for (size_t i = 0; i < count; i++) {
        if ((routes[i].voyage->itineraries[0].passages & bit) != 0) {
            return true;
        }
    }
    return false;
}

/* A cross where a passage was to be avoided, unless another route goes through. */
static void add_closed(drawing *d, const dro_ask_map_route *routes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const dro_voyage *voyage = routes[i].voyage;
        for (size_t j = 0; j < voyage->closed_count; j++) {
            const dro_closed_passage *closed = &voyage->closed[j];
            uint64_t bit = UINT64_C(1) << index_of(d->session, closed->passage);
            dro_point at;
            if (closed->closure == DRO_CLOSURE_AVOIDED &&
                !is_used(routes, count, bit) &&
                place_in_atlas(d->session, closed->passage, &at)) {
                add_mark(d, at, short_name(d, closed->passage->name),
                         DRO_PICTURE_CLOSED);
            }
        }
    }
}

static void add_ship_note(drawing *d, const dro_ship *ship) {
    add_note(d,
             format(d, "Ship: %s%s at %.1f kn, draught %.1f m.", ship->vessel->name,
                    ship->assumed ? " (assumed)" : "", ship->speed_kn, ship->draft_m));
}

static void add_notes(drawing *d, const dro_ask_map_route *routes, size_t count) {
    double bound = 0.0;
    for (size_t i = 0; i < count; i++) {
        add_ship_note(d, &routes[i].voyage->ship);
        bound = fmax(bound, routes[i].voyage->itineraries[0].excess_bound_pct);
    }
    add_note(d, format(d,
                       "No route is more than %.2f %% longer than the shortest on the "
                       "chart.",
                       ceil(bound * 100.0) / 100.0));
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < routes[i].voyage->notice_count; j++) {
            add_note(d, routes[i].voyage->notices[j]);
        }
    }
}

static const char *attribution(drawing *d) {
    dro_chart_info info;
    dro_chart_get_info(dro_session_chart(d->session), &info);
    return format(d, "Routes: Derrotero on %s. Land: Natural Earth, public domain.",
                  info.coastline);
}

static size_t marks_needed(const dro_ask_map_route *routes, size_t count) {
    size_t need = 0;
    for (size_t i = 0; i < count; i++) {
        const dro_voyage *voyage = routes[i].voyage;
        need += 2 + voyage->via_count + voyage->closed_count +
                voyage->itineraries[0].passage_count;
    }
    return need < DRO_PICTURE_MARKS_MAX ? need : DRO_PICTURE_MARKS_MAX;
}

dro_status dro_ask_map_picture(dro_session *session, const dro_ask_map_route *routes,
                               size_t count, dro_arena *arena, dro_picture *out,
                               dro_error *error) {
    drawing d = {.session = session, .arena = arena};
    d.mark_capacity = marks_needed(routes, count);
    d.routes = dro_arena_alloc(arena, count + 1, sizeof *d.routes);
    d.marks = dro_arena_alloc(arena, d.mark_capacity + 1, sizeof *d.marks);
    d.notes = dro_arena_alloc(arena, NOTES_MAX, sizeof *d.notes);
    if (d.routes == NULL || d.marks == NULL || d.notes == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a map");
    }
    for (size_t i = 0; i < count; i++) {
        add_route(&d, &routes[i], &d.routes[i]);
        add_marks(&d, routes[i].voyage);
    }
    add_closed(&d, routes, count);
    add_notes(&d, routes, count);
    const char *by = attribution(&d);
    if (d.poor) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a map");
    }
    out->routes = d.routes;
    out->route_count = count;
    out->marks = d.marks;
    out->mark_count = d.mark_count;
    out->notes = d.notes;
    out->note_count = d.note_count;
    out->attribution = by;
    return DRO_OK;
}
