/* Maps on their way out: the land under them, and a voyage with its alternatives. */
#include "ask/picture.h"

#include <limits.h>
#include <string.h>

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

dro_status dro_ask_land_open(const dro_ask_context *context, const dro_ask_asked *asked,
                             dro_ask_land *out, dro_error *error) {
    char path[PATH_MAX];
    *out = (dro_ask_land){context->land, NULL};
    if (out->land != NULL || asked->query) {
        return DRO_OK;
    }
    dro_error local = DRO_ERROR_INIT;
    if (dro_land_locate(NULL, path, sizeof path, &local) != DRO_OK) {
        dro_ask_notice(context, "%s; the map has no land", local.message);
        return DRO_OK;
    }
    DRO_TRY(dro_land_open(path, &out->own, error));
    out->land = out->own;
    return DRO_OK;
}

void dro_ask_land_close(dro_ask_land *land) {
    dro_land_close(land->own);
}

dro_status dro_ask_picture_write(const dro_ask_context *context,
                                 const dro_ask_asked *asked, FILE *out,
                                 dro_picture *picture, dro_error *error) {
    dro_ask_land land;
    dro_text page = {0};
    DRO_TRY(dro_ask_land_open(context, asked, &land, error));
    picture->land = land.land;
    dro_status status = asked->format == DRO_FORMAT_SVG
                            ? dro_picture_svg(picture, &page, error)
                            : dro_picture_html(picture, &page, error);
    if (status == DRO_OK) {
        (void)fwrite(page.data, 1, page.length, out);
    }
    dro_text_free(&page);
    dro_ask_land_close(&land);
    return status;
}

/* A map's route shows the best itinerary of its voyage: each alternative becomes a
 * voyage of its own. */
static dro_status spread(const dro_voyage *voyage, dro_arena *arena, dro_voyage *each,
                         dro_ask_map_route *routes, dro_error *error) {
    for (size_t i = 0; i < voyage->count; i++) {
        char label[48];
        each[i] = *voyage;
        each[i].itineraries += i;
        each[i].count = 1;
        routes[i].voyage = &each[i];
        if (i > 0) {
            (void)snprintf(label, sizeof label, "alternative %zu", i);
            routes[i].label = dro_arena_strndup(arena, label, strlen(label));
            if (routes[i].label == NULL) {
                return dro_fail(error, DRO_NOMEM, "out of memory for a map");
            }
        }
    }
    return DRO_OK;
}

dro_status dro_ask_picture_voyage(const dro_ask_context *context,
                                  const dro_ask_asked *asked, FILE *out,
                                  const dro_voyage *voyage, dro_error *error) {
    dro_arena *arena = context->arena;
    dro_picture picture = DRO_PICTURE_INIT;
    dro_voyage *each = dro_arena_alloc(arena, voyage->count, sizeof *each);
    dro_ask_map_route *routes = dro_arena_alloc(arena, voyage->count, sizeof *routes);
    if (each == NULL || routes == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a map");
    }
    DRO_TRY(spread(voyage, arena, each, routes, error));
    DRO_TRY(dro_ask_map_picture(context->session, routes, voyage->count, arena,
                                &picture, error));
    picture.title = picture.routes[0].label;
    return dro_ask_picture_write(context, asked, out, &picture, error);
}
