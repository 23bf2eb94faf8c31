/*
 * A picture as one HTML page that asks nothing of a network: the map as inline SVG,
 * which its script (map_page.js) takes over to turn and zoom, and a table of the
 * routes. The content policy in its head forbids any request. Without script the first
 * map stays.
 */
#include <math.h>

#include "report/fit.h"
#include "report/land.h"
#include "report/map_page.inc"
#include "report/map_svg.h"
#include "report/picture_check.h"

static const double STILL_PX = 960.0; /* width of the map that needs no script */

static const char DEFAULT_ATTRIBUTION[] = "Land: Natural Earth (public domain).";

static const char *text_or(const char *text, const char *otherwise) {
    return text == NULL || text[0] == '\0' ? otherwise : text;
}

static void add_lines(dro_ink *ink, const char *const *lines) {
    for (size_t i = 0; lines[i] != NULL; i++) {
        dro_ink_raw(ink, lines[i]);
    }
}

static void add_tagged(dro_ink *ink, const char *tag, const char *text) {
    if (text_or(text, "")[0] != '\0') {
        dro_ink_add(ink, "<%s>", tag);
        dro_ink_text(ink, text);
        dro_ink_add(ink, "</%s>\n", tag);
    }
}

/* ---- head
 * ------------------------------------------------------------------------------ */

static void add_head(dro_ink *ink, const dro_picture *picture) {
    dro_ink_raw(ink, "<!doctype html>\n<html lang=\"");
    dro_ink_text(ink, text_or(picture->language, "en"));
    dro_ink_raw(
        ink,
        "\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
        "'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n");
    add_tagged(ink, "title", text_or(picture->title, "Routes"));
    dro_ink_raw(ink, "<style>\n");
    add_lines(ink, MAP_PAGE_CSS);
    dro_ink_raw(ink, "</style>\n</head>\n<body>\n<header>\n");
    add_tagged(ink, "h1", text_or(picture->title, "Routes"));
    add_tagged(ink, "p", picture->subtitle);
    dro_ink_raw(ink, "</header>\n");
}

/* ---- the map
 * --------------------------------------------------------------------------- */

static dro_status add_map(dro_ink *ink, const dro_picture *picture, dro_view *view,
                          dro_error *error) {
    dro_xy corner = {0.0, 0.0};
    DRO_TRY(dro_fit_view(picture, corner, STILL_PX, view, error));
    dro_ink_raw(ink, "<section class=\"map\" aria-label=\"Map\">\n<div class=\"stage\">"
                     "<svg class=\"still\" "
                     "role=\"img\" aria-label=\"");
    dro_ink_text(ink, text_or(picture->title, "Map of the routes"));
    dro_ink_add(ink, "\" aria-describedby=\"help\" viewBox=\"0 0 %d %d\">\n",
                (int)view->frame.width, (int)ceil(view->frame.height));
    DRO_TRY(dro_map_draw(ink, picture, view, error));
    dro_ink_raw(ink, "</svg>\n<div class=\"card\" aria-live=\"polite\"></div>\n"
                     "<div class=\"controls\"></div>\n</div>\n<p class=\"help\" "
                     "id=\"help\" hidden>Drag to turn, "
                     "wheel or pinch to zoom. With the map in focus: arrow keys turn, "
                     "+ and \xE2\x88\x92 "
                     "zoom, 0 shows all, g changes between globe and flat map. A "
                     "route\xE2\x80\x99s name "
                     "in the table brings it into view.</p>\n</section>\n");
    return DRO_OK;
}

/* ---- the table
 * ------------------------------------------------------------------------- */

static const char *const HEADS[DRO_COLUMN_COUNT] = {"Distance", "Time", "Cost",
                                                    "CO<sub>2</sub>"};

static void add_cell(dro_ink *ink, const dro_picture_route *route, int column) {
    dro_ink_add(ink, "<td class=\"figure\">%s", dro_figure_of(route, column).text);
    add_tagged(ink, "small", dro_figure_range_of(route, column).text);
    dro_ink_raw(ink, "</td>");
}

static void add_row(dro_ink *ink, const dro_picture *picture, size_t index) {
    const dro_picture_route *r = &picture->routes[index];
    dro_ink_add(ink,
                "<tr><th scope=\"row\"><button type=\"button\" class=\"name\"><span "
                "class=\"key c%d\">%zu</span><span>",
                dro_map_colour(picture, index), index + 1);
    dro_ink_text(ink, r->label);
    dro_ink_raw(ink, "</span></button>");
    add_tagged(ink, "small", r->passages);
    add_tagged(ink, "small", r->note);
    dro_ink_raw(ink, "</th>");
    for (int f = 0; f < DRO_COLUMN_COUNT; f++) {
        if (dro_figure_column(picture, f)) {
            add_cell(ink, r, f);
        }
    }
    dro_ink_raw(ink, "</tr>\n");
}

static void add_table(dro_ink *ink, const dro_picture *picture) {
    if (picture->route_count == 0) {
        return;
    }
    dro_ink_raw(ink,
                "<section class=\"scroll\" aria-label=\"Routes\">\n<table>\n<thead><tr>"
                "<th scope=\"col\">Route, and by way of</th>");
    for (int f = 0; f < DRO_COLUMN_COUNT; f++) {
        if (dro_figure_column(picture, f)) {
            dro_ink_add(ink, "<th scope=\"col\" class=\"figure\">%s</th>", HEADS[f]);
        }
    }
    dro_ink_raw(ink, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < picture->route_count; i++) {
        add_row(ink, picture, i);
    }
    dro_ink_raw(ink, "</tbody>\n</table>\n</section>\n");
}

static void add_footer(dro_ink *ink, const dro_picture *picture) {
    dro_ink_raw(ink, "<footer>\n");
    for (size_t i = 0; i < picture->note_count; i++) {
        add_tagged(ink, "p", picture->notes[i]);
    }
    add_tagged(ink, "p", text_or(picture->attribution, DEFAULT_ATTRIBUTION));
    dro_ink_raw(ink, "</footer>\n");
}

/* ---- the data
 * -------------------------------------------------------------------------- */

static void add_key(dro_ink *ink, const char *key, const char *text) {
    dro_ink_add(ink, ",\"%s\":", key);
    dro_ink_json(ink, text);
}

static void add_point(dro_ink *ink, dro_point p) {
    dro_ink_json_number(ink, p.lat_deg, 4);
    dro_ink_raw(ink, ",");
    dro_ink_json_number(ink, p.lon_deg, 4);
}

/* "9,253 nm · 23.1 days · 1.24 M USD · 2,345 t CO2", of what is known. */
static void add_figures(dro_ink *ink, const dro_picture_route *route) {
    bool first = true;
    dro_ink_raw(ink, ",\"figures\":\"");
    for (int f = 0; f < DRO_COLUMN_COUNT; f++) {
        dro_figure figure = dro_figure_of(route, f);
        dro_figure range = dro_figure_range_of(route, f);
        if (figure.text[0] >= '0' && figure.text[0] <= '9') {
            dro_ink_raw(ink, first ? "" : " \xC2\xB7 ");
            dro_ink_raw(ink, figure.text);
            dro_ink_raw(ink, f == DRO_COLUMN_CO2 ? " CO\xE2\x82\x82" : "");
            dro_ink_add(ink, range.text[0] == '\0' ? "%s" : " (%s)", range.text);
            first = false;
        }
    }
    dro_ink_raw(ink, "\"");
}

static void add_route(dro_ink *ink, const dro_picture *picture, size_t index) {
    const dro_picture_route *r = &picture->routes[index];
    dro_ink_add(ink, "%s{\"colour\":%d", index == 0 ? "" : ",\n",
                dro_map_colour(picture, index));
    add_key(ink, "label", r->label);
    add_key(ink, "passages", r->passages);
    add_key(ink, "note", r->note);
    add_figures(ink, r);
    dro_ink_raw(ink, ",\"points\":[");
    for (size_t i = 0; i < r->count; i++) {
        dro_ink_raw(ink, i == 0 ? "" : ",");
        add_point(ink, r->points[i]);
    }
    dro_ink_raw(ink, "],\"legs\":[");
    for (size_t i = 0; i < r->leg_count; i++) {
        dro_ink_add(ink, "%s[%d,%zu,%zu]", i == 0 ? "" : ",",
                    r->legs[i].kind == DRO_PICTURE_CHANNEL, r->legs[i].first,
                    r->legs[i].last);
    }
    dro_ink_raw(ink, "]}");
}

static void add_marks(dro_ink *ink, const dro_picture *picture) {
    bool first = true;
    for (size_t i = 0; i < picture->mark_count; i++) {
        const dro_picture_mark *m = &picture->marks[i];
        if (dro_map_is_repeated(picture, i)) {
            continue;
        }
        dro_ink_add(ink, "%s{\"role\":\"%s\"", first ? "" : ",\n",
                    dro_map_role(m->role));
        add_key(ink, "label", m->label);
        dro_ink_raw(ink, ",\"at\":[");
        add_point(ink, m->at);
        dro_ink_raw(ink, "]}");
        first = false;
    }
}

static void add_land(dro_ink *ink, const dro_land *land) {
    for (size_t i = 0; land != NULL && i < land->scale_count; i++) {
        const dro_land_scale *s = &land->scales[i];
        dro_ink_add(ink, "%s{\"scale\":%u,\"units\":%u,\"data\":\"",
                    i == 0 ? "" : ",\n", (unsigned)s->scale, (unsigned)s->units);
        dro_ink_base64(ink, s->bytes, s->byte_count);
        dro_ink_raw(ink, "\"}");
    }
}

/* The script starts as a globe where a globe shows all, else as the flat map. */
static void add_data(dro_ink *ink, const dro_picture *picture, const dro_view *view) {
    bool flat = view->kind == DRO_VIEW_WORLD;
    dro_ink_raw(ink,
                "<script type=\"application/json\" id=\"data\">\n{\"view\":{\"kind\":");
    dro_ink_raw(ink, flat ? "\"flat\",\"lat\":" : "\"globe\",\"lat\":");
    dro_ink_json_number(ink, view->centre.lat_deg, 2);
    dro_ink_raw(ink, ",\"lon\":");
    dro_ink_json_number(ink, view->centre.lon_deg, 2);
    dro_ink_raw(ink, "},\n\"routes\":[");
    for (size_t i = 0; i < picture->route_count; i++) {
        add_route(ink, picture, i);
    }
    dro_ink_raw(ink, "],\n\"marks\":[");
    add_marks(ink, picture);
    dro_ink_raw(ink, "],\n\"land\":[");
    add_land(ink, picture->land);
    dro_ink_raw(ink, "]}\n</script>\n");
}

static dro_status add_page(dro_ink *ink, const dro_picture *picture, dro_error *error) {
    dro_view view;
    add_head(ink, picture);
    dro_ink_add(ink, "<main class=\"%s\">\n", picture->route_count > 0 ? "beside" : "");
    DRO_TRY(add_map(ink, picture, &view, error));
    add_table(ink, picture);
    dro_ink_raw(ink, "</main>\n");
    add_footer(ink, picture);
    add_data(ink, picture, &view);
    dro_ink_raw(ink, "<script>\n");
    add_lines(ink, MAP_PAGE_JS);
    dro_ink_raw(ink, "</script>\n</body>\n</html>\n");
    return ink->status == DRO_OK ? DRO_OK
                                 : dro_fail(error, ink->status, "a page: %s",
                                            dro_status_text(ink->status));
}

dro_status dro_picture_html(const dro_picture *picture, dro_text *out,
                            dro_error *error) {
    DRO_TRY(dro_picture_check(picture, error));
    dro_ink ink = {out, DRO_OK};
    size_t before = out->length;
    dro_status status = add_page(&ink, picture, error);
    if (status != DRO_OK && out->data != NULL) {
        out->length = before;
        out->data[before] = '\0';
    }
    return status;
}
