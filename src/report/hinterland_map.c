/*
 * A hinterland as a map: each place in the colour of its best port, hatched in the
 * colour of the second where that one is nearly as good; beside it the legend and, from
 * the samples, how sure the port that was asked for is of each place. Colours after
 * Okabe and Ito (2008).
 */
#include <math.h>
#include <string.h>

#include "report/clip.h"
#include "report/fit.h"
#include "report/hinterland.h"
#include "report/label.h"
#include "report/land.h"
#include "report/map_ground.h"
#include "report/sheet.h"

static const double WIDTH = 1200.0, MARGIN = 28.0, MAP_WIDTH = 800.0, GAP = 26.0;
static const double INSET_LIMIT = 420.0; /* height of the small map */
static const double PAD = 0.02;          /* of the map, around what it shows */

#define OTHERS HINTERLAND_COLOURS /* the class of all further ports */
#define STEPS  5                  /* of probability */

static const char *const COLOURS[HINTERLAND_COLOURS + 1] = {
    "#0072b2", "#e69f00", "#009e73", "#cc79a7",
    "#56b4e9", "#d55e00", "#f0e442", "#9aa5ae"};
static const char *const SHADES[STEPS] = {"#eef3f7", "#c3d9ea", "#8fbbdb", "#4a90c2",
                                          "#0a5c94"};

static const char *const STYLE[] = {
    ("text{font-family:'Segoe UI',Helvetica,Arial,'Liberation Sans','DejaVu Sans',"
     "sans-serif;fill:#1c2733}"),
    ".paper{fill:#fff}.title{font-size:27px;font-weight:700}",
    ".subtitle{font-size:15px;fill:#4b5a68}.ocean{fill:#e6eff5}",
    ".grid{fill:none;stroke:#c6d6e1;stroke-width:.7}",
    ".land{fill:#f4f0e4;stroke:none}.shore{fill:none;stroke:#7d8892;stroke-width:.7}",
    ".rim,.frame{fill:none;stroke:#8fa3b3;stroke-width:1}",
    ".grid-label{font-size:10.5px;fill:#6d8191}.cell{stroke-width:.7}",
    ".links{fill:none;stroke:#1c2733;stroke-opacity:.33;stroke-width:.8}",
    ".node{fill:#1c2733;fill-opacity:.75}.port{stroke:#1c2733;stroke-width:1.4}",
    (".label,.place{font-size:13px;font-weight:600;paint-order:stroke;stroke:#fff;"
     "stroke-width:3.2;stroke-opacity:.9;stroke-linejoin:round}"),
    ".place{font-size:11px;font-weight:400;fill:#2c3945}",
    (".leader{stroke:#44525f;stroke-width:.8}.bar{fill:#1c2733}.box{fill:#fff;"
     "fill-opacity:.75}.tick{font-size:11px}"),
    ".head{font-size:13px;font-weight:700}.cell-text{font-size:14px}",
    ".figure{font-size:13px;fill:#33414d}.note{font-size:12px;fill:#4b5a68}",
    ".swatch{stroke:#5d6b78;stroke-width:.6}",
    NULL};

/* ---- classes of places --------------------------------------------------------------
 */

/* Colours go to the first ports by area; one without any place keeps none. */
static int port_class(int port) {
    return port < 0 ? -1 : port < HINTERLAND_COLOURS ? port : OTHERS;
}

typedef int (*place_class)(const dro_hinterland *found,
                           const dro_hinterland_place *place);

static int by_winner(const dro_hinterland *found, const dro_hinterland_place *place) {
    return port_class(place->by[found->options.by].port);
}

static int by_second(const dro_hinterland *found, const dro_hinterland_place *place) {
    return dro_hinterland_contested(found, place, found->options.by)
               ? port_class(place->by[found->options.by].second)
               : -1;
}

static int by_chance(const dro_hinterland *found, const dro_hinterland_place *place) {
    (void)found;
    int step = (int)floor(place->probability * STEPS);
    return isnan(place->probability) ? -1 : step >= STEPS ? STEPS - 1 : step;
}

static void add_style(dro_ink *ink) {
    dro_ink_raw(ink, "<style>");
    for (size_t i = 0; STYLE[i] != NULL; i++) {
        dro_ink_raw(ink, STYLE[i]);
    }
    for (int i = 0; i <= OTHERS; i++) {
        dro_ink_add(ink, ".h%d{fill:%s}.cell.h%d{stroke:%s}", i, COLOURS[i], i,
                    COLOURS[i]);
    }
    for (int i = 0; i < STEPS; i++) {
        dro_ink_add(ink, ".s%d{fill:%s}.cell.s%d{stroke:%s}", i, SHADES[i], i,
                    SHADES[i]);
    }
    dro_ink_raw(ink, ".hatch{stroke:none}</style>\n<defs>");
    for (int i = 0; i <= OTHERS; i++) {
        dro_ink_add(ink,
                    "<pattern id=\"p%d\" width=\"7\" height=\"7\" "
                    "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
                    "<rect width=\"1\" height=\"7\" fill=\"#fff\"/><rect x=\"1\" "
                    "width=\"2.2\" height=\"7\" fill=\"%s\"/></pattern>",
                    i, COLOURS[i]);
    }
    dro_ink_raw(ink, "</defs>\n");
}

/* ---- the view -----------------------------------------------------------------------
 */

/* Some hundred of the places stand for all. */
static dro_status marks_of(const dro_hinterland *found, dro_picture_mark **out,
                           size_t *count, dro_error *error) {
    size_t all = found->node_count + found->cell_count, stride = 1 + all / 1500;
    void *memory;
    DRO_TRY(dro_new(&memory, all / stride + 2, sizeof **out, "a map", error));
    *out = memory;
    *count = 0;
    for (size_t i = 0; i < all; i += stride) {
        (*out)[(*count)++] =
            (dro_picture_mark){found->places[i].at, NULL, DRO_PICTURE_PORT};
    }
    return DRO_OK;
}

typedef struct extent {
    double left, right, top, bottom;
} extent;

static extent extent_of(const dro_view *view, const dro_picture_mark *marks,
                        size_t count) {
    extent e = {HUGE_VAL, -HUGE_VAL, HUGE_VAL, -HUGE_VAL};
    for (size_t i = 0; i < count; i++) {
        dro_xy p = dro_view_project(view, dro_view_turn(view, marks[i].at));
        e = (extent){fmin(e.left, p.x), fmax(e.right, p.x), fmin(e.top, p.y),
                     fmax(e.bottom, p.y)};
    }
    double pad = PAD * fmax(fmax(e.right - e.left, e.bottom - e.top), 0.05);
    return (extent){e.left - pad, e.right + pad, e.top - pad, e.bottom + pad};
}

static dro_status fit(const dro_hinterland *found, dro_frame room, dro_view *out,
                      dro_error *error) {
    dro_picture picture = DRO_PICTURE_INIT;
    dro_picture_mark *marks = NULL;
    dro_cap cap;
    DRO_TRY(marks_of(found, &marks, &picture.mark_count, error));
    picture.marks = marks;
    dro_status status = dro_fit_cap(&picture, &cap, error);
    if (status == DRO_OK) {
        dro_view view = dro_view_make(DRO_VIEW_REGION, cap.centre);
        extent e = extent_of(&view, marks, picture.mark_count);
        double across = e.right - e.left, down = e.bottom - e.top;
        view.scale = fmin(room.width / across, room.height / down);
        view.frame = (dro_frame){room.left, room.top, room.width, view.scale * down};
        view.origin.x = room.left + room.width / 2 - view.scale * (e.left + across / 2);
        view.origin.y = room.top - view.scale * e.top;
        *out = view;
    }
    dro_free(marks);
    return status;
}

/* ---- cells
 * ----------------------------------------------------------------------------
 */

static dro_xy pixel(const dro_view *view, double lat, double lon) {
    return dro_view_project(view, dro_view_turn(view, (dro_point){lat, lon}));
}

#define RUN_POINTS 1024

/* Cells of one row that touch, from `first` on, of one class: how many. */
static size_t run_length(const dro_hinterland *found, size_t first, size_t end,
                         place_class classify, int class) {
    const dro_hinterland_place *p = &found->places[first];
    double step = found->options.step_deg;
    size_t n = 0;
    while (first + n < end && n + 1 < RUN_POINTS / 2 &&
           classify(found, &p[n]) == class &&
           fabs(p[n].at.lat_deg - p->at.lat_deg) < step / 4.0 &&
           fabs(p[n].at.lon_deg - p->at.lon_deg - (double)n * step) < step / 4.0) {
        n++;
    }
    return n;
}

/* A corner every two degrees follows the bend of a parallel closely enough. */
static dro_status add_run(const dro_view *view, dro_point first, size_t n, double step,
                          dro_paths *out, dro_error *error) {
    dro_xy ring[RUN_POINTS];
    size_t count = 0, corners = (size_t)ceil((double)n * step / 2.0);
    double west = first.lon_deg - step / 2.0;
    double each = (double)n * step / (double)corners;
    for (size_t i = 0; i <= corners; i++) {
        ring[count++] =
            pixel(view, first.lat_deg - step / 2.0, west + (double)i * each);
    }
    for (size_t i = corners + 1; i-- > 0;) {
        ring[count++] =
            pixel(view, first.lat_deg + step / 2.0, west + (double)i * each);
    }
    return dro_paths_add_ring(out, ring, count, view->frame, error);
}

static dro_status find_class(const dro_hinterland *found, const dro_view *view,
                             place_class classify, int class, dro_paths *out,
                             dro_error *error) {
    size_t end = found->node_count + found->cell_count;
    for (size_t i = found->node_count; i < end;) {
        size_t n = run_length(found, i, end, classify, class);
        if (n > 0) {
            DRO_TRY(add_run(view, found->places[i].at, n, found->options.step_deg, out,
                            error));
        }
        i += n > 0 ? n : 1;
    }
    return DRO_OK;
}

/* One path a class: class="cell h3", or filled with pattern p3. */
static dro_status draw_cells(dro_ink *ink, const dro_hinterland *found,
                             const dro_view *view, place_class classify, char letter,
                             int classes, dro_error *error) {
    for (int class = 0; class < classes; class ++) {
        dro_paths paths = {0};
        dro_status status = find_class(found, view, classify, class, &paths, error);
        if (status == DRO_OK && paths.run_count > 0) {
            dro_ink_add(ink,
                        letter == 'p' ? "<path class=\"hatch\" fill=\"url(#%c%d)\" d=\""
                                      : "<path class=\"cell %c%d\" d=\"",
                        letter, class);
            dro_ink_path(ink, &paths, true);
            dro_ink_raw(ink, "\"/>\n");
        }
        dro_paths_free(&paths);
        DRO_TRY(status);
    }
    return DRO_OK;
}

/* ---- ground
 * ---------------------------------------------------------------------------
 */

static void add_path(dro_ink *ink, const char *class, const dro_paths *paths,
                     bool closed) {
    dro_ink_add(ink, "<path class=\"%s\" d=\"", class);
    dro_ink_path(ink, paths, closed);
    dro_ink_raw(ink, "\"/>\n");
}

/* The shore as a path and as what cells are cut to. */
static dro_status find_shore(const dro_view *view, const dro_report_about *about,
                             dro_paths *out, dro_error *error) {
    return about->land && about->land->scale_count > 0
               ? dro_clip_land(view, &about->land->scales[about->land->scale_count - 1],
                               out, error)
               : DRO_OK;
}

static void open_cut(dro_ink *ink, const char *id, const dro_paths *shore) {
    if (shore->run_count > 0) {
        dro_ink_add(ink, "<clipPath id=\"%s\"><path id=\"%s-line\" d=\"", id, id);
        dro_ink_path(ink, shore, true);
        dro_ink_add(ink, "\"/></clipPath>\n<g clip-path=\"url(#%s)\">\n", id);
    } else {
        dro_ink_raw(ink, "<g>\n");
    }
}

static void close_cut(dro_ink *ink, const char *id, const dro_paths *shore) {
    dro_ink_raw(ink, "</g>\n");
    if (shore->run_count > 0) {
        dro_ink_add(ink, "<use class=\"shore\" href=\"#%s-line\"/>\n", id);
    }
}

static bool link_drawn(const dro_facts *f, size_t link) {
    return dro_facts_word(f, link, DRO_LINK_STATE) == 0;
}

static dro_point node_at(const dro_facts *f, int node) {
    return (dro_point){dro_facts_number(f, (size_t)node, DRO_NODE_LAT),
                       dro_facts_number(f, (size_t)node, DRO_NODE_LON)};
}

static dro_status draw_links(dro_ink *ink, const dro_hinterland *found,
                             const dro_view *view, dro_error *error) {
    const dro_facts *f = found->facts;
    dro_paths paths = {0};
    dro_status status = DRO_OK;
    for (size_t i = 0; i < dro_facts_count(f, DRO_KIND_LINK) && status == DRO_OK; i++) {
        dro_point ends[2] = {node_at(f, dro_facts_thing(f, i, DRO_LINK_FROM)),
                             node_at(f, dro_facts_thing(f, i, DRO_LINK_TO))};
        if (link_drawn(f, i)) {
            status = dro_clip_line(view, ends, 2, &paths, error);
        }
    }
    if (status == DRO_OK) {
        add_path(ink, "links", &paths, false);
    }
    dro_paths_free(&paths);
    return status;
}

/* ---- marks
 * ----------------------------------------------------------------------------
 */

static bool inside(dro_frame f, dro_xy p) {
    return p.x > f.left + 3.0 && p.x < f.left + f.width - 3.0 && p.y > f.top + 3.0 &&
           p.y < f.top + f.height - 3.0;
}

static void add_circle(dro_ink *ink, const char *class, dro_xy p, double radius) {
    dro_ink_add(ink, "<circle class=\"%s\" cx=\"", class);
    dro_ink_px(ink, p.x);
    dro_ink_raw(ink, "\" cy=\"");
    dro_ink_px(ink, p.y);
    dro_ink_raw(ink, "\" r=\"");
    dro_ink_px(ink, radius);
    dro_ink_raw(ink, "\">");
}

/* What the pointer is told about a node. */
static void add_told(dro_ink *ink, const dro_hinterland *found,
                     const dro_hinterland_place *place) {
    const dro_port_choice *time = &place->by[DRO_CHAIN_BY_TIME];
    const dro_port_choice *cost = &place->by[DRO_CHAIN_BY_COST];
    dro_ink_raw(ink, "<title>");
    dro_ink_text(ink, dro_facts_name(found->facts, DRO_KIND_NODE, (size_t)place->node));
    dro_ink_add(ink, ": fastest by ");
    dro_ink_text(ink, hinterland_port_name(found, time->port));
    dro_ink_add(ink, ", %.1f days; cheapest by ", time->value / 24.0);
    dro_ink_text(ink, hinterland_port_name(found, cost->port));
    dro_ink_add(ink, ", %.0f USD a %s", cost->value, hinterland_unit_word(found));
    if (!isnan(place->probability)) {
        dro_ink_add(ink, "; %.0f %% for ", 100.0 * place->probability);
        dro_ink_text(ink, hinterland_port_name(found, 0));
    }
    dro_ink_raw(ink, "</title>");
}

static void draw_nodes(dro_ink *ink, const dro_hinterland *found, const dro_view *view,
                       double radius, bool told) {
    for (size_t i = 0; i < found->node_count; i++) {
        const dro_hinterland_place *place = &found->places[i];
        dro_xy p = pixel(view, place->at.lat_deg, place->at.lon_deg);
        if (inside(view->frame, p)) {
            add_circle(ink, "node", p, radius);
            if (told) {
                add_told(ink, found, place);
            }
            dro_ink_raw(ink, "</circle>\n");
        }
    }
}

/* The port that was asked for, and those that win somewhere. */
static bool port_shown(const dro_hinterland *found, size_t index) {
    const dro_hinterland_port *p = &found->ports[index];
    return index == 0 || p->nodes > 0 || p->area_km2 > 0.0;
}

static dro_xy port_pixel(const dro_hinterland *found, const dro_view *view,
                         size_t index) {
    size_t port = found->ports[index].port;
    return pixel(view, dro_facts_number(found->facts, port, DRO_PORT_LAT),
                 dro_facts_number(found->facts, port, DRO_PORT_LON));
}

static dro_status draw_ports(dro_ink *ink, const dro_hinterland *found,
                             const dro_view *view, dro_label_space *space,
                             dro_error *error) {
    for (size_t i = found->port_count; i-- > 0;) {
        char class[32];
        double radius = i == 0 ? 7.0 : 5.0;
        dro_xy p = port_pixel(found, view, i);
        if (!port_shown(found, i) || !inside(view->frame, p)) {
            continue;
        }
        (void)snprintf(class, sizeof class, "port h%d", port_class((int)i));
        add_circle(ink, class, p, radius);
        dro_ink_raw(ink, "</circle>\n");
        dro_frame box = {p.x - radius, p.y - radius, 2.0 * radius, 2.0 * radius};
        DRO_TRY(dro_label_take(space, box, error));
    }
    return DRO_OK;
}

static dro_status add_label(dro_ink *ink, const char *class, const char *text,
                            double font_px, dro_xy at, double gap, double reach,
                            dro_label_space *space, dro_error *error) {
    dro_xy size = {1.14 * dro_label_width(text, font_px), font_px + 2.0};
    dro_label_spot spot;
    DRO_TRY(dro_label_place(space, at, gap, reach, size, &spot, error));
    if (!spot.placed) {
        return DRO_OK;
    }
    if (spot.leader) {
        dro_ink_add(ink, "<path class=\"leader\" d=\"M%.1f,%.1fL%.1f,%.1f\"/>",
                    spot.from.x, spot.from.y, spot.to.x, spot.to.y);
    }
    dro_sheet_text(ink, class, "middle", spot.box.left + size.x / 2.0,
                   spot.box.top + font_px - 1.0, text);
    return DRO_OK;
}

static dro_status label_ports(dro_ink *ink, const dro_hinterland *found,
                              const dro_view *view, dro_label_space *space,
                              dro_error *error) {
    for (size_t i = 0; i < found->port_count; i++) {
        dro_xy p = port_pixel(found, view, i);
        if (port_shown(found, i) && inside(view->frame, p)) {
            DRO_TRY(add_label(ink, "label", hinterland_port_name(found, (int)i), 13.0,
                              p, i == 0 ? 9.0 : 7.0, 110.0, space, error));
        }
    }
    return DRO_OK;
}

#define CITIES_MAX 40

/* Some towns, far enough from each other, for the reader to find the way. */
static dro_status label_cities(dro_ink *ink, const dro_hinterland *found,
                               const dro_view *view, dro_label_space *space,
                               dro_error *error) {
    dro_xy done[CITIES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < found->node_count && count < CITIES_MAX; i++) {
        size_t node = (size_t)found->places[i].node;
        dro_xy p =
            pixel(view, found->places[i].at.lat_deg, found->places[i].at.lon_deg);
        bool wanted = dro_facts_word(found->facts, node, DRO_NODE_KIND) == 0 &&
                      dro_facts_thing(found->facts, node, DRO_NODE_PORT) < 0 &&
                      inside(view->frame, p);
        for (size_t k = 0; k < count && wanted; k++) {
            wanted = hypot(done[k].x - p.x, done[k].y - p.y) > 85.0;
        }
        if (wanted) {
            done[count++] = p;
            DRO_TRY(add_label(ink, "place",
                              dro_facts_name(found->facts, DRO_KIND_NODE, node), 11.0,
                              p, 3.0, 14.0, space, error));
        }
    }
    return DRO_OK;
}

/* A bar of whole hundreds or thousands of kilometres, low in the left corner. */
static dro_status draw_bar(dro_ink *ink, const dro_view *view, dro_label_space *space,
                           dro_error *error) {
    dro_frame f = view->frame;
    double per_km = dro_view_px_per_nm(view, view->centre) * 1000.0 / DRO_M_PER_NM;
    double power = pow(10.0, floor(log10(170.0 / per_km)));
    double times = 170.0 / per_km / power;
    double km = power * (times >= 5.0 ? 5.0 : times >= 2.0 ? 2.0 : 1.0);
    dro_frame box = {f.left + 14.0, f.top + f.height - 52.0, km * per_km + 28.0, 34.0};
    char text[48], number[32];
    (void)snprintf(text, sizeof text, "%s km",
                   dro_report_grouped(km, 0, number, sizeof number));
    dro_ink_rect(ink, "box", box);
    dro_ink_rect(ink, "bar",
                 (dro_frame){box.left + 14.0, box.top + 8.0, km * per_km, 4.0});
    dro_sheet_text(ink, "tick", "middle", box.left + box.width / 2.0, box.top + 27.0,
                   text);
    return dro_label_take(space, box, error);
}

/* ---- the two maps
 * ---------------------------------------------------------------------
 */

static dro_status draw_marks(dro_ink *ink, const dro_hinterland *found,
                             const dro_view *view, dro_error *error) {
    dro_label_space space = {.frame = view->frame};
    dro_status status = DRO_OK;
    draw_nodes(ink, found, view, 1.5, true);
    DRO_TRY_GOTO(draw_bar(ink, view, &space, error), done);
    DRO_TRY_GOTO(draw_ports(ink, found, view, &space, error), done);
    DRO_TRY_GOTO(label_ports(ink, found, view, &space, error), done);
    DRO_TRY_GOTO(label_cities(ink, found, view, &space, error), done);
    status = dro_map_draw_degrees(ink, view, &space, error);
done:
    dro_label_space_free(&space);
    return status;
}

/* Ocean, land, cells cut to the land, shore. */
static dro_status draw_places(dro_ink *ink, const dro_hinterland *found,
                              const dro_report_about *about, const dro_view *view,
                              bool chance, dro_error *error) {
    const char *id = chance ? "cut-small" : "cut";
    dro_paths shore = {0};
    dro_status status = find_shore(view, about, &shore, error);
    DRO_TRY_GOTO(status, done);
    DRO_TRY_GOTO(dro_map_draw_ground(ink, about->land, view, error), done);
    open_cut(ink, id, &shore);
    if (chance) {
        status = draw_cells(ink, found, view, by_chance, 's', STEPS, error);
    } else {
        status = draw_cells(ink, found, view, by_winner, 'h', OTHERS + 1, error);
        DRO_TRY_GOTO(status, done);
        status = draw_cells(ink, found, view, by_second, 'p', OTHERS + 1, error);
    }
    close_cut(ink, id, &shore);
done:
    dro_paths_free(&shore);
    return status;
}

static dro_status draw_map(dro_ink *ink, const dro_hinterland *found,
                           const dro_report_about *about, const dro_view *view,
                           dro_error *error) {
    dro_ink_raw(ink, "<clipPath id=\"frame\">");
    dro_ink_rect(ink, "clip", view->frame);
    dro_ink_raw(ink, "</clipPath>\n<g clip-path=\"url(#frame)\">\n");
    DRO_TRY(draw_places(ink, found, about, view, false, error));
    DRO_TRY(draw_links(ink, found, view, error));
    DRO_TRY(draw_marks(ink, found, view, error));
    dro_ink_raw(ink, "</g>\n");
    dro_ink_rect(ink, "frame", view->frame);
    dro_ink_raw(ink, "\n");
    return DRO_OK;
}

static dro_status draw_inset(dro_ink *ink, const dro_hinterland *found,
                             const dro_report_about *about, const dro_view *view,
                             dro_error *error) {
    dro_ink_raw(ink, "<clipPath id=\"frame-small\">");
    dro_ink_rect(ink, "clip", view->frame);
    dro_ink_raw(ink, "</clipPath>\n<g clip-path=\"url(#frame-small)\">\n");
    DRO_TRY(draw_places(ink, found, about, view, true, error));
    dro_xy p = port_pixel(found, view, 0);
    add_circle(ink, "port h0", p, 5.0);
    dro_ink_raw(ink, "</circle></g>\n");
    dro_ink_rect(ink, "frame", view->frame);
    dro_ink_raw(ink, "\n");
    return DRO_OK;
}

/* ---- the legend
 * -----------------------------------------------------------------------
 */

static void add_swatch(dro_ink *ink, const char *class, double x, double y) {
    dro_ink_rect(ink, class, (dro_frame){x, y - 11.0, 20.0, 13.0});
}

static void add_share(dro_ink *ink, double x, double y, double share) {
    char text[32];
    (void)snprintf(text, sizeof text, share < 0.0995 ? "%.1f %%" : "%.0f %%",
                   100.0 * share);
    dro_sheet_text(ink, "figure", "end", x, y, text);
}

static double share_of(const dro_hinterland *found, double km2) {
    return found->total_km2 > 0.0 ? km2 / found->total_km2 : 0.0;
}

static double add_port_rows(dro_ink *ink, const dro_hinterland *found, double x,
                            double y) {
    double right = WIDTH - MARGIN, others = 0.0;
    size_t rest = 0;
    for (size_t i = 0; i < found->port_count; i++) {
        if (!port_shown(found, i)) {
            continue;
        }
        if (i >= HINTERLAND_COLOURS) {
            others += found->ports[i].area_km2;
            rest++;
            continue;
        }
        char class[32];
        (void)snprintf(class, sizeof class, "swatch h%zu", i);
        add_swatch(ink, class, x, y);
        dro_sheet_text(ink, "cell-text", "start", x + 30.0, y,
                       hinterland_port_name(found, (int)i));
        add_share(ink, right, y, share_of(found, found->ports[i].area_km2));
        y += 21.0;
    }
    if (rest > 0) {
        char text[48];
        (void)snprintf(text, sizeof text, "%zu other port%s", rest,
                       rest == 1 ? "" : "s");
        add_swatch(ink, "swatch h7", x, y);
        dro_sheet_text(ink, "cell-text", "start", x + 30.0, y, text);
        add_share(ink, right, y, share_of(found, others));
        y += 21.0;
    }
    return y;
}

static double add_contested(dro_ink *ink, const dro_hinterland *found, double x,
                            double y) {
    char text[96];
    dro_ink_rect(ink, "swatch h0", (dro_frame){x, y - 11.0, 20.0, 13.0});
    dro_ink_add(ink,
                "<rect fill=\"url(#p1)\" x=\"%.1f\" y=\"%.1f\" width=\"20\" "
                "height=\"13\"/>",
                x, y - 11.0);
    (void)snprintf(text, sizeof text, "contested: second within %.0f %%",
                   100.0 * found->options.contested);
    dro_sheet_text(ink, "cell-text", "start", x + 30.0, y, text);
    add_share(ink, WIDTH - MARGIN, y, share_of(found, found->contested_km2));
    dro_sheet_text(ink, "note", "start", x + 30.0, y + 16.0,
                   "hatched in the colour of the second");
    return y + 42.0;
}

static double add_key(dro_ink *ink, double x, double y, double width) {
    for (int i = 0; i < STEPS; i++) {
        char class[32], words[32];
        double each = width / STEPS, at = x + i * each;
        (void)snprintf(class, sizeof class, "swatch s%d", i);
        dro_ink_rect(ink, class, (dro_frame){at, y - 10.0, each, 12.0});
        (void)snprintf(words, sizeof words, "%d\xE2\x80\x93%d%s", 100 * i / STEPS,
                       100 * (i + 1) / STEPS, i + 1 == STEPS ? " %" : "");
        dro_sheet_text(ink, "note", "middle", at + each / 2.0, y + 17.0, words);
    }
    return y + 30.0;
}

/* Returns where it ends. */
static dro_status add_chances(dro_ink *ink, const dro_hinterland *found,
                              const dro_report_about *about, double x, double *y,
                              dro_error *error) {
    double width = WIDTH - MARGIN - x;
    char text[160], share[32] = "";
    dro_view view;
    if (found->options.sampling.count == 0 || found->cell_count == 0) {
        return DRO_OK;
    }
    (void)snprintf(text, sizeof text, "How sure is %s?",
                   hinterland_port_name(found, 0));
    dro_sheet_text(ink, "head", "start", x, *y, text);
    (void)snprintf(share, sizeof share, "%.1f",
                   100.0 * share_of(found, found->ports[0].expected_km2));
    (void)snprintf(
        text, sizeof text,
        "Share of %zu samples in which it is best; %s %% of the land expected",
        found->options.sampling.count, share);
    *y += 18.0;
    *y += 16.0 * (double)dro_sheet_wrapped(ink, "note", x, *y, 12.0, width, text);
    dro_frame room = {x, *y, width, INSET_LIMIT};
    DRO_TRY(fit(found, room, &view, error));
    DRO_TRY(draw_inset(ink, found, about, &view, error));
    *y = add_key(ink, x, *y + view.frame.height + 20.0, width);
    return DRO_OK;
}

static dro_status add_legend(dro_ink *ink, const dro_hinterland *found,
                             const dro_report_about *about, double x, double *y,
                             dro_error *error) {
    dro_sheet_text(ink, "head", "start", x, *y + 12.0, "Best port");
    dro_sheet_text(ink, "note", "end", WIDTH - MARGIN, *y + 12.0, "of the land");
    *y = add_port_rows(ink, found, x, *y + 36.0);
    *y = add_contested(ink, found, x, *y + 6.0);
    dro_ink_rect(ink, "swatch land", (dro_frame){x, *y - 11.0, 20.0, 13.0});
    char text[80];
    (void)snprintf(text, sizeof text, "over %.0f km from the network",
                   found->options.access.reach_km);
    dro_sheet_text(ink, "cell-text", "start", x + 30.0, *y, text);
    *y += 34.0;
    return add_chances(ink, found, about, x, y, error);
}

/* ---- the sheet
 * ------------------------------------------------------------------------
 */

static double add_titles(dro_ink *ink, const dro_hinterland *found,
                         const dro_report_about *about) {
    dro_text title = {0}, subtitle = {0};
    double y = 18.0, width = WIDTH - 2.0 * MARGIN;
    hinterland_title(found, about, &title);
    hinterland_subtitle(found, about, &subtitle);
    y += 35.0 * (double)dro_sheet_wrapped(ink, "title", MARGIN, y + 24.0, 27.0, width,
                                          title.data);
    y += 20.0 * (double)dro_sheet_wrapped(ink, "subtitle", MARGIN, y + 14.0, 15.0,
                                          width, subtitle.data);
    dro_text_free(&title);
    dro_text_free(&subtitle);
    return y + 8.0;
}

static double add_notes(dro_ink *ink, const dro_hinterland *found,
                        const dro_report_about *about, double y) {
    char notes[HINTERLAND_NOTES][400];
    size_t count = hinterland_notes(found, about, notes);
    for (size_t i = 0; i < count; i++) {
        y += 16.0 * (double)dro_sheet_wrapped(ink, "note", MARGIN, y + 18.0, 12.0,
                                              WIDTH - 2.0 * MARGIN, notes[i]);
    }
    return y;
}

static dro_status body(dro_ink *ink, const dro_hinterland *found,
                       const dro_report_about *about, bool titles, double *height,
                       dro_error *error) {
    double y = titles ? add_titles(ink, found, about) : 4.0;
    double legend = y, x = MARGIN + MAP_WIDTH + GAP;
    dro_view view;
    dro_frame room = {MARGIN, y, MAP_WIDTH, 1.35 * MAP_WIDTH};
    DRO_TRY(fit(found, room, &view, error));
    DRO_TRY(draw_map(ink, found, about, &view, error));
    DRO_TRY(add_legend(ink, found, about, x, &legend, error));
    y = fmax(view.frame.top + view.frame.height, legend) + 6.0;
    *height = ceil((titles ? add_notes(ink, found, about, y) : y) + 22.0);
    return DRO_OK;
}

dro_status hinterland_svg(dro_ink *ink, const dro_hinterland *found,
                          const dro_report_about *about, bool titles,
                          dro_error *error) {
    dro_text inside = {0}, title = {0};
    dro_ink inner = {&inside, DRO_OK};
    double height = 0.0;
    dro_status status = body(&inner, found, about, titles, &height, error);
    if (status == DRO_OK) {
        int w = (int)WIDTH, h = (int)height;
        dro_ink_add(ink,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
                    "height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" "
                    "aria-labelledby=\"t\">\n<title id=\"t\">",
                    w, h, w, h);
        hinterland_title(found, about, &title);
        dro_ink_text(ink, title.data);
        dro_ink_raw(ink, "</title>\n");
        add_style(ink);
        dro_ink_raw(ink, "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        ink->status = inner.status != DRO_OK ? inner.status : ink->status;
        if (ink->status == DRO_OK) {
            ink->status = dro_text_add_bytes(ink->text, inside.data, inside.length);
        }
        dro_ink_raw(ink, "</svg>\n");
    }
    dro_text_free(&inside);
    dro_text_free(&title);
    return status;
}
