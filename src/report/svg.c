/*
 * A picture as one SVG 1.1 document: title, map, a table of the routes as its legend,
 * notes. Colours are told apart by people with any colour vision (after Okabe and Ito
 * 2008, "Color universal design") and each route carries a number as well; fonts are
 * the reader's own.
 */
#include <math.h>
#include <string.h>

#include "report/fit.h"
#include "report/label.h"
#include "report/map_svg.h"
#include "report/picture_check.h"
#include "report/sheet.h"

static const double MARGIN = 28.0;
static const double LINE = 19.0; /* of the table's text */
static const double TEXT_PX = 14.0;
static const double NOTE_PX = 12.0;
static const double BOLD = 1.1; /* how much wider than regular type */

static const char DEFAULT_ATTRIBUTION[] = "Land: Natural Earth (public domain)";

static const char *const STYLE[] = {
    ("text{font-family:'Segoe UI',Helvetica,Arial,'Liberation Sans','DejaVu Sans',"
     "sans-serif;fill:#1c2733}"),
    ".paper{fill:#fff}.title{font-size:27px;font-weight:700}",
    ".subtitle{font-size:15px;fill:#4b5a68}",
    ".ocean{fill:#e6eff5}.grid{fill:none;stroke:#c6d6e1;stroke-width:.7}",
    (".land{fill:#f4f0e4;stroke:#b5ad97;stroke-width:.6;stroke-linejoin:round;"
     "fill-rule:nonzero}"),
    ".rim,.frame{fill:none;stroke:#8fa3b3;stroke-width:1}",
    ".grid-label{font-size:10.5px;fill:#6d8191}",
    ".halo,.line{fill:none;stroke-linecap:round;stroke-linejoin:round}",
    ".halo{stroke:#fff;stroke-width:5.2;stroke-opacity:.85}",
    ".line{stroke-width:2.6}.channel{stroke-dasharray:5 3.5;stroke-linecap:butt}",
    ".arrow{stroke:#fff;stroke-width:1;paint-order:stroke}",
    ".badge{stroke:#fff;stroke-width:1.6}",
    "text.badge{fill:#fff;stroke:none;font-size:11px;font-weight:700}",
    ".mark{stroke:#fff;stroke-width:1.6;fill:#1c2733}",
    ".mark.via{fill:#fff;stroke:#1c2733}.mark.passage{fill:#6b4e9b;stroke-width:1.2}",
    ".mark.closed{fill:none;stroke:#b3261e;stroke-width:2.6}",
    ".mark.port{fill:#5d6b78;stroke-width:1}",
    (".label{font-size:13px;font-weight:600;paint-order:stroke;stroke:#fff;"
     "stroke-width:3.4;stroke-opacity:.85;stroke-linejoin:round}"),
    ".label.passage{font-style:italic;font-weight:400;fill:#4f3580}",
    ".label.closed{fill:#b3261e}.label.port{font-weight:400;fill:#44525f}",
    ".leader{stroke:#5d6b78;stroke-width:.8}",
    (".scale .box{fill:#fff;fill-opacity:.72}.scale .bar{fill:#1c2733;stroke:#1c2733;"
     "stroke-width:.8}.scale .half{fill:#fff}.scale text{font-size:11px}"),
    ".scale .where{fill:#4b5a68;font-size:10.5px}",
    ".head{font-size:12px;fill:#4b5a68}.cell{font-size:14px}.strong{font-weight:600}",
    ".note{font-size:12px;fill:#4b5a68}.rule{stroke:#d5dde4;stroke-width:1}",
    NULL};

static const char *const COLOURS[DRO_MAP_COLOURS] = {"#0072b2", "#d55e00", "#007a5a",
                                                     "#aa3377", "#3d4650", "#b87d00",
                                                     "#2b8fcb", "#7a1230"};

static const char *text_or(const char *text, const char *otherwise) {
    return text == NULL || text[0] == '\0' ? otherwise : text;
}

static void add_style(dro_ink *ink) {
    dro_ink_raw(ink, "<style>");
    for (size_t i = 0; STYLE[i] != NULL; i++) {
        dro_ink_raw(ink, STYLE[i]);
    }
    for (int i = 0; i < DRO_MAP_COLOURS; i++) {
        dro_ink_add(ink, ".c%d .line{stroke:%s}.c%d .arrow,.c%d circle{fill:%s}", i,
                    COLOURS[i], i, i, COLOURS[i]);
    }
    dro_ink_raw(ink, "</style>\n");
}

/* ---- the table of routes
 * ------------------------------------------------------------------ */

static const char *const HEADS[DRO_COLUMN_COUNT] = {"Distance", "Time", "Cost",
                                                    "CO\xE2\x82\x82"};
static const double COLUMN_PX = 104.0;

typedef struct table {
    bool shown[DRO_COLUMN_COUNT];
    double label_width;                /* of the routes' names */
    double figures_x;                  /* where the figures' columns begin */
    double passages_x, passages_width; /* 0 where no route has any */
    double right;
} table;

static table lay_table(const dro_picture *picture, double width) {
    table t = {.label_width = 150.0, .right = width - MARGIN};
    size_t columns = 0;
    bool by_way = false;
    for (size_t i = 0; i < picture->route_count; i++) {
        const dro_picture_route *r = &picture->routes[i];
        const char *label = text_or(r->label, "");
        by_way |= text_or(r->passages, text_or(r->note, ""))[0] != '\0';
        double name = BOLD * dro_label_width(label, TEXT_PX) + 6.0;
        t.label_width = fmax(t.label_width, name);
    }
    for (int c = 0; c < DRO_COLUMN_COUNT; c++) {
        t.shown[c] = dro_figure_column(picture, c);
        columns += t.shown[c];
    }
    double figures = (double)columns * COLUMN_PX;
    t.label_width = fmin(t.label_width, fmax(120.0, width * 0.42 - MARGIN));
    t.figures_x = MARGIN + 48.0 + t.label_width;
    t.passages_x = t.figures_x + figures + 26.0;
    t.passages_width = by_way ? fmax(t.right - t.passages_x, 0.0) : 0.0;
    return t;
}

static bool has_passages(const table *t) {
    return t->passages_width > 90.0;
}

static void add_rule(dro_ink *ink, const table *t, double y) {
    dro_ink_raw(ink, "<path class=\"rule\" d=\"M");
    dro_ink_px(ink, MARGIN);
    dro_ink_raw(ink, ",");
    dro_ink_px(ink, y);
    dro_ink_raw(ink, "H");
    dro_ink_px(ink, t->right);
    dro_ink_raw(ink, "\"/>\n");
}

static void add_head(dro_ink *ink, const table *t, double y) {
    dro_sheet_text(ink, "head", "start", MARGIN + 48.0, y, "Route");
    double x = t->figures_x;
    for (int c = 0; c < DRO_COLUMN_COUNT; c++) {
        if (t->shown[c]) {
            x += COLUMN_PX;
            dro_sheet_text(ink, "head", "end", x, y, HEADS[c]);
        }
    }
    if (has_passages(t)) {
        dro_sheet_text(ink, "head", "start", t->passages_x, y, "By way of");
    }
}

/* The line's colour, and the number that it carries on the map. */
static void add_swatch(dro_ink *ink, const dro_picture *picture, size_t route,
                       double y) {
    dro_ink_add(ink, "<g class=\"route c%d\"><path class=\"line\" d=\"M",
                dro_map_colour(picture, route));
    dro_ink_px(ink, MARGIN + 2.0);
    dro_ink_raw(ink, ",");
    dro_ink_px(ink, y - 5.0);
    dro_ink_raw(ink, "h34\"/>");
    if (dro_map_has_badges(picture)) {
        dro_ink_raw(ink, "<circle class=\"badge\" r=\"9\" cx=\"");
        dro_ink_px(ink, MARGIN + 19.0);
        dro_ink_raw(ink, "\" cy=\"");
        dro_ink_px(ink, y - 5.0);
        dro_ink_raw(ink, "\"/>");
        dro_sheet_open_text(ink, "badge", "middle", MARGIN + 19.0, y - 1.0);
        dro_ink_add(ink, "%zu</text>", route + 1);
    }
    dro_ink_raw(ink, "</g>\n");
}

/* The lines that passages and note need; the note stands below. */
static size_t add_by_way(dro_ink *ink, const table *t, const dro_picture_route *route,
                         double y) {
    if (!has_passages(t)) {
        return 0;
    }
    size_t lines = dro_sheet_wrapped(ink, "cell", t->passages_x, y, TEXT_PX,
                                     t->passages_width, route->passages);
    double below = y + (double)lines * LINE;
    return lines + dro_sheet_wrapped(ink, "note", t->passages_x, below, NOTE_PX,
                                     t->passages_width, route->note);
}

/* The figures, and below them their ranges: true where there are any. */
static bool add_figures(dro_ink *ink, const table *t, const dro_picture_route *route,
                        double y) {
    double x = t->figures_x;
    bool ranges = false;
    for (int c = 0; c < DRO_COLUMN_COUNT; c++) {
        if (!t->shown[c]) {
            continue;
        }
        x += COLUMN_PX;
        dro_sheet_text(ink, "cell", "end", x, y, dro_figure_of(route, c).text);
        dro_figure range = dro_figure_range_of(route, c);
        if (range.text[0] != '\0') {
            dro_sheet_text(ink, "note", "end", x, y + 0.8 * LINE, range.text);
            ranges = true;
        }
    }
    return ranges;
}

/* One row from its baseline; returns its height. */
static double add_row(dro_ink *ink, const dro_picture *picture, const table *t,
                      size_t route, double y) {
    const dro_picture_route *r = &picture->routes[route];
    add_swatch(ink, picture, route, y);
    const char *label = text_or(r->label, "");
    dro_sheet_bytes(ink, "cell strong", MARGIN + 48.0, y, label,
                    dro_label_fit(label, BOLD * TEXT_PX, t->label_width));
    bool ranges = add_figures(ink, t, r, y);
    size_t lines = add_by_way(ink, t, r, y);
    return 8.0 + LINE * fmax(ranges ? 1.8 : 1.0, (double)lines);
}

static double add_table(dro_ink *ink, const dro_picture *picture, double y) {
    if (picture->route_count == 0) {
        return y;
    }
    table t = lay_table(picture, picture->width_px);
    add_head(ink, &t, y + 18.0);
    y += 27.0;
    for (size_t i = 0; i < picture->route_count; i++) {
        add_rule(ink, &t, y);
        y += add_row(ink, picture, &t, i, y + LINE) + 1.0;
    }
    add_rule(ink, &t, y);
    return y;
}

static double add_notes(dro_ink *ink, const dro_picture *picture, double y) {
    double width = picture->width_px - 2.0 * MARGIN;
    for (size_t i = 0; i < picture->note_count; i++) {
        y += 16.0 * (double)dro_sheet_wrapped(ink, "note", MARGIN, y + 18.0, NOTE_PX,
                                              width, picture->notes[i]);
    }
    const char *by = text_or(picture->attribution, DEFAULT_ATTRIBUTION);
    return y + 16.0 * (double)dro_sheet_wrapped(ink, "note", MARGIN, y + 18.0, NOTE_PX,
                                                width, by);
}

/* ---- the document
 * --------------------------------------------------------------------------- */

static double add_titles(dro_ink *ink, const dro_picture *picture) {
    double y = 18.0, width = picture->width_px - 2.0 * MARGIN;
    size_t lines =
        dro_sheet_wrapped(ink, "title", MARGIN, y + 24.0, 27.0, width, picture->title);
    y += 35.0 * (double)lines;
    lines = dro_sheet_wrapped(ink, "subtitle", MARGIN, y + 14.0, 15.0, width,
                              picture->subtitle);
    return y + 20.0 * (double)lines + 8.0;
}

static dro_status add_map(dro_ink *ink, const dro_picture *picture,
                          const dro_view *view, dro_error *error) {
    dro_ink_raw(ink, "<clipPath id=\"map-frame\">");
    dro_ink_rect(ink, "clip", view->frame);
    dro_ink_raw(ink, "\n</clipPath>\n<g clip-path=\"url(#map-frame)\">\n");
    DRO_TRY(dro_map_draw(ink, picture, view, error));
    dro_ink_raw(ink, "</g>\n");
    if (dro_view_fills_frame(view)) {
        dro_ink_rect(ink, "frame", view->frame);
        dro_ink_raw(ink, "\n");
    }
    return DRO_OK;
}

/* What a reader who does not see the map is told. */
static void add_description(dro_ink *ink, const dro_picture *picture) {
    dro_ink_raw(ink, "<title id=\"t\">");
    dro_ink_text(ink, text_or(picture->title, "Routes"));
    dro_ink_raw(ink, "</title>\n<desc id=\"d\">Map of ");
    dro_ink_add(ink, "%zu %s.", picture->route_count,
                picture->route_count == 1 ? "route" : "routes");
    for (size_t i = 0; i < picture->route_count && i < 40; i++) {
        const dro_picture_route *r = &picture->routes[i];
        dro_ink_raw(ink, " ");
        dro_ink_text(ink, r->label);
        dro_ink_add(ink, ": %s, %s.", dro_figure_nm(r->distance_nm).text,
                    dro_figure_days(r->duration_h).text);
    }
    dro_ink_raw(ink, "</desc>\n");
}

/* The inside is written first: only then the height is known. */
static dro_status body(dro_ink *ink, const dro_picture *picture, double *height,
                       dro_error *error) {
    double y = add_titles(ink, picture);
    dro_view view;
    dro_xy corner = {MARGIN, y};
    double width = picture->width_px - 2.0 * MARGIN;
    DRO_TRY(dro_fit_view(picture, corner, width, &view, error));
    DRO_TRY(add_map(ink, picture, &view, error));
    y = view.frame.top + view.frame.height + 8.0;
    y = add_table(ink, picture, y);
    *height = ceil(add_notes(ink, picture, y) + 22.0);
    return DRO_OK;
}

static void add_document(dro_ink *ink, const dro_picture *picture,
                         const dro_text *inside, double height) {
    int w = (int)picture->width_px, h = (int)height;
    dro_ink_raw(ink, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    dro_ink_raw(ink, "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"");
    dro_ink_text(ink, text_or(picture->language, "en"));
    dro_ink_add(ink,
                "\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" "
                "aria-labelledby=\"t d\">\n",
                w, h, w, h);
    add_description(ink, picture);
    add_style(ink);
    dro_ink_raw(ink, "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
    if (ink->status == DRO_OK) {
        ink->status = dro_text_add_bytes(ink->text, inside->data, inside->length);
    }
    dro_ink_raw(ink, "</svg>\n");
}

dro_status dro_picture_svg(const dro_picture *picture, dro_text *out,
                           dro_error *error) {
    DRO_TRY(dro_picture_check(picture, error));
    dro_text inside = {0};
    dro_ink inner = {&inside, DRO_OK}, outer = {out, DRO_OK};
    size_t before = out->length;
    double height = 0.0;
    dro_status status = body(&inner, picture, &height, error);
    if (status == DRO_OK) {
        outer.status = inner.status;
        add_document(&outer, picture, &inside, height);
        if (outer.status != DRO_OK) {
            status = dro_fail(error, outer.status, "an SVG: %s",
                              dro_status_text(outer.status));
        }
    }
    dro_text_free(&inside);
    if (status != DRO_OK && out->data != NULL) {
        out->length = before;
        out->data[before] = '\0';
    }
    return status;
}
