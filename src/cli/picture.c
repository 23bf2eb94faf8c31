/* From a voyage to what picture.h draws: a line per itinerary, its ends and its
 * canals as marks. */
#include "derrotero/picture.h"

#include <limits.h>
#include <string.h>

#include "cli/picture.h"

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

static const char *text_of(dro_arena *arena, const char *text) {
    return dro_arena_strndup(arena, text, strlen(text));
}

static const char *passages_text(const dro_itinerary *of, dro_arena *arena) {
    char text[400] = "";
    for (size_t i = 0; i < of->passage_count; i++) {
        size_t length = strlen(text);
        (void)snprintf(text + length, sizeof text - length, "%s%s", i == 0 ? "" : ", ",
                       of->passage_list[i]->name);
        if (length + 1 >= sizeof text) {
            break;
        }
    }
    return text_of(arena, text);
}

static const char *label_of(const dro_voyage *voyage, size_t rank, dro_arena *arena) {
    char text[2 * DRO_PLACE_NAME_MAX + 40];
    if (rank == 0) {
        (void)snprintf(text, sizeof text, "%s to %s", voyage->from.name,
                       voyage->to.name);
    } else {
        (void)snprintf(text, sizeof text, "alternative %zu", rank);
    }
    return text_of(arena, text);
}

static dro_picture_leg *legs_of(const dro_itinerary *of, dro_arena *arena) {
    dro_picture_leg *legs = dro_arena_alloc(arena, of->water_count + 1, sizeof *legs);
    for (size_t i = 0; legs != NULL && i < of->water_count; i++) {
        legs[i] =
            (dro_picture_leg){of->water[i].kind == DRO_LEG_CHANNEL ? DRO_PICTURE_CHANNEL
                                                                   : DRO_PICTURE_SEA,
                              of->water[i].first, of->water[i].last};
    }
    return legs;
}

static dro_status fill_route(const dro_voyage *voyage, size_t rank, dro_arena *arena,
                             dro_picture_route *out, dro_error *error) {
    const dro_itinerary *of = &voyage->itineraries[rank];
    dro_picture_route route = DRO_PICTURE_ROUTE_INIT;
    route.label = label_of(voyage, rank, arena);
    route.points = of->points;
    route.count = of->point_count;
    route.legs = legs_of(of, arena);
    route.leg_count = of->water_count;
    route.distance_nm = of->distance_nm;
    route.duration_h = of->total.item[DRO_ITEM_DURATION_H].value;
    route.cost_usd = of->total.item[DRO_ITEM_COST_USD].value;
    route.co2_t = of->total.item[DRO_ITEM_CO2_T].value;
    route.passages = passages_text(of, arena);
    if (route.label == NULL || route.legs == NULL || route.passages == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a map");
    }
    *out = route;
    return DRO_OK;
}

static dro_status fill_routes(const dro_voyage *voyage, dro_arena *arena,
                              dro_picture *out, dro_error *error) {
    dro_picture_route *routes = dro_arena_alloc(arena, voyage->count, sizeof *routes);
    if (routes == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a map");
    }
    for (size_t i = 0; i < voyage->count; i++) {
        DRO_TRY(fill_route(voyage, i, arena, &routes[i], error));
        routes[i].colour = (int)i;
    }
    out->routes = routes;
    out->route_count = voyage->count;
    return DRO_OK;
}

static size_t mark_places(const dro_voyage *voyage, dro_picture_mark *marks) {
    size_t count = 0;
    marks[count++] =
        (dro_picture_mark){voyage->from.at, voyage->from.name, DRO_PICTURE_END};
    marks[count++] =
        (dro_picture_mark){voyage->to.at, voyage->to.name, DRO_PICTURE_END};
    for (size_t i = 0; i < voyage->via_count; i++) {
        marks[count++] =
            (dro_picture_mark){voyage->via[i].at, voyage->via[i].name, DRO_PICTURE_VIA};
    }
    return count;
}

static dro_status fill_marks(const dro_voyage *voyage, dro_arena *arena,
                             dro_picture *out, dro_error *error) {
    size_t most = 2 + voyage->via_count;
    for (size_t i = 0; i < voyage->count; i++) {
        most += voyage->itineraries[i].leg_count;
    }
    dro_picture_mark *marks = dro_arena_alloc(arena, most, sizeof *marks);
    if (marks == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a map");
    }
    size_t count = mark_places(voyage, marks);
    for (size_t i = 0; i < voyage->count; i++) {
        const dro_itinerary *of = &voyage->itineraries[i];
        for (size_t j = 0; j < of->leg_count; j++) {
            const dro_leg *leg = &of->legs[j];
            if (leg->mode == DRO_MODE_CANAL) {
                dro_point at = of->points[(leg->first + leg->last) / 2];
                const char *name = j + 1 < of->leg_count ? leg->to : leg->from;
                marks[count++] = (dro_picture_mark){at, name, DRO_PICTURE_PASSAGE};
            }
        }
    }
    out->marks = marks;
    out->mark_count = count;
    return DRO_OK;
}

static const char *ship_text(const dro_ship *ship, dro_arena *arena) {
    char text[240];
    (void)snprintf(text, sizeof text, "%s%s at %.1f kn, draught %.1f m",
                   ship->vessel->name, ship->assumed ? " (assumed)" : "",
                   ship->speed_kn, ship->draft_m);
    return text_of(arena, text);
}

static dro_status draw(FILE *out, dro_format format, const dro_picture *picture,
                       dro_error *error) {
    dro_text page = {0};
    dro_status status = format == DRO_FORMAT_SVG
                            ? dro_picture_svg(picture, &page, error)
                            : dro_picture_html(picture, &page, error);
    if (status == DRO_OK) {
        (void)fwrite(page.data, 1, page.length, out);
    }
    dro_text_free(&page);
    return status;
}

/* No land file is no failure; a damaged one is. */
static dro_status open_land(dro_land **out, dro_error *error) {
    char path[PATH_MAX];
    if (dro_land_locate(NULL, path, sizeof path, NULL) != DRO_OK) {
        return DRO_OK;
    }
    return dro_land_open(path, out, error);
}

dro_status cli_picture_voyage(FILE *out, dro_format format, const dro_voyage *voyage,
                              dro_arena *arena, dro_error *error) {
    dro_picture picture = DRO_PICTURE_INIT;
    dro_land *land = NULL;
    DRO_TRY(fill_routes(voyage, arena, &picture, error));
    DRO_TRY(fill_marks(voyage, arena, &picture, error));
    DRO_TRY(open_land(&land, error));
    picture.title = picture.routes[0].label;
    picture.subtitle = ship_text(&voyage->ship, arena);
    picture.notes = voyage->notices;
    picture.note_count = voyage->notice_count;
    picture.land = land;
    dro_status status = draw(out, format, &picture, error);
    dro_land_close(land);
    return status;
}
