/*
 * The map itself as a group of SVG.
 */
#include "report/map_svg.h"

#include <math.h>
#include <string.h>

#include "report/clip.h"
#include "report/map_ground.h"

static const double LABEL_PX = 13.0;
static const double LABEL_REACH_PX = 130.0;
static const double BOLD = 1.14;    /* how much wider than regular type */
static const double BADGE_PX = 9.0; /* radius */

typedef struct drawing {
    dro_ink *ink;
    const dro_picture *picture;
    const dro_view *view;
    dro_label_space space;
    dro_paths *lines; /* of each route, its sea legs */
    dro_paths arrows; /* their tips, as one run */
} drawing;

int dro_map_colour(const dro_picture *picture, size_t route) {
    int wish = picture->routes[route].colour;
    return (wish >= 0 ? wish : (int)(route % DRO_MAP_COLOURS)) % DRO_MAP_COLOURS;
}

bool dro_map_has_badges(const dro_picture *picture) {
    return picture->route_count >= 2 && picture->route_count <= DRO_MAP_BADGES_MAX;
}

const char *dro_map_role(dro_picture_role role) {
    switch (role) {
    case DRO_PICTURE_END:
        return "end";
    case DRO_PICTURE_VIA:
        return "via";
    case DRO_PICTURE_PASSAGE:
        return "passage";
    case DRO_PICTURE_CLOSED:
        return "closed";
    case DRO_PICTURE_PORT:
        break;
    }
    return "port";
}

static void add_point(dro_ink *ink, const char *command, dro_xy p) {
    dro_ink_raw(ink, command);
    dro_ink_px(ink, p.x);
    dro_ink_raw(ink, ",");
    dro_ink_px(ink, p.y);
}

static void add_xy(dro_ink *ink, const char *x, const char *y, dro_xy p) {
    dro_ink_add(ink, " %s=\"", x);
    dro_ink_px(ink, p.x);
    dro_ink_add(ink, "\" %s=\"", y);
    dro_ink_px(ink, p.y);
    dro_ink_raw(ink, "\"");
}

/* ---- routes
 * --------------------------------------------------------------------------- */

dro_status dro_map_route_lines(const dro_view *view, const dro_picture_route *route,
                               dro_picture_kind kind, dro_paths *out,
                               dro_error *error) {
    if (route->leg_count == 0) {
        return kind == DRO_PICTURE_SEA
                   ? dro_clip_line(view, route->points, route->count, out, error)
                   : DRO_OK;
    }
    for (size_t i = 0; i < route->leg_count; i++) {
        dro_picture_leg leg = route->legs[i];
        if (leg.kind == kind) {
            DRO_TRY(dro_clip_line(view, route->points + leg.first,
                                  leg.last - leg.first + 1, out, error));
        }
    }
    return DRO_OK;
}

static void add_line(dro_ink *ink, const char *class, const dro_paths *paths) {
    if (paths->run_count > 0) {
        dro_ink_add(ink, "<path class=\"%s\" d=\"", class);
        dro_ink_path(ink, paths, false);
        dro_ink_raw(ink, "\"/>");
    }
}

static double run_length(const dro_paths *paths, size_t run) {
    double length = 0.0;
    for (size_t i = paths->start[run] + 1; i < dro_paths_end(paths, run); i++) {
        dro_xy a = paths->points[i - 1], b = paths->points[i];
        length += hypot(b.x - a.x, b.y - a.y);
    }
    return length;
}

/* A barb whose tip lies at t of the way from a to b. */
static void add_arrow(dro_ink *ink, dro_xy a, dro_xy b, double t) {
    double length = fmax(hypot(b.x - a.x, b.y - a.y), 1e-9);
    double ux = (b.x - a.x) / length, uy = (b.y - a.y) / length;
    dro_xy tip = {a.x + t * (b.x - a.x) + 4.5 * ux, a.y + t * (b.y - a.y) + 4.5 * uy};
    dro_xy back = {tip.x - 9.5 * ux, tip.y - 9.5 * uy};
    add_point(ink, "M", tip);
    add_point(ink, "L", (dro_xy){back.x - 5.0 * uy, back.y + 5.0 * ux});
    add_point(ink, "L", (dro_xy){tip.x - 7.0 * ux, tip.y - 7.0 * uy});
    add_point(ink, "L", (dro_xy){back.x + 5.0 * uy, back.y - 5.0 * ux});
    dro_ink_raw(ink, "z");
}

static double segment_distance(dro_xy a, dro_xy b, dro_xy p) {
    double x = b.x - a.x, y = b.y - a.y, length2 = x * x + y * y;
    double t = length2 > 0.0 ? ((p.x - a.x) * x + (p.y - a.y) * y) / length2 : 0.0;
    t = fmin(fmax(t, 0.0), 1.0);
    return hypot(a.x + t * x - p.x, a.y + t * y - p.y);
}

static bool is_near_line(const dro_paths *line, dro_xy p, double px) {
    for (size_t run = 0; run < line->run_count; run++) {
        for (size_t i = line->start[run] + 1; i < dro_paths_end(line, run); i++) {
            if (segment_distance(line->points[i - 1], line->points[i], p) < px) {
                return true;
            }
        }
    }
    return false;
}

/* Does a route that is drawn later cover this place? */
static bool is_covered(const drawing *d, size_t route, dro_xy p) {
    for (size_t upper = 0; upper < route; upper++) {
        if (is_near_line(&d->lines[upper], p, 6.0)) {
            return true;
        }
    }
    return false;
}

static dro_status arrow_at(drawing *d, size_t route, dro_xy a, dro_xy b, double t,
                           dro_error *error) {
    dro_xy tip = {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
    if (is_covered(d, route, tip)) {
        return DRO_OK;
    }
    add_arrow(d->ink, a, b, t);
    return dro_paths_add(&d->arrows, tip, error);
}

/* Every 170 px, and one in the middle of a short run. */
static dro_status add_run_arrows(drawing *d, size_t route, size_t run,
                                 dro_error *error) {
    const dro_paths *paths = &d->lines[route];
    double total = run_length(paths, run);
    if (total < 36.0) {
        return DRO_OK;
    }
    double spacing = total / fmax(1.0, round(total / 170.0)), next = spacing / 2.0;
    double walked = 0.0;
    for (size_t i = paths->start[run] + 1; i < dro_paths_end(paths, run); i++) {
        dro_xy a = paths->points[i - 1], b = paths->points[i];
        double step = hypot(b.x - a.x, b.y - a.y);
        while (next <= walked + step && step > 0.0) {
            DRO_TRY(arrow_at(d, route, a, b, (next - walked) / step, error));
            next += spacing;
        }
        walked += step;
    }
    return DRO_OK;
}

static dro_status add_arrows(drawing *d, size_t route, dro_error *error) {
    dro_ink_raw(d->ink, "<path class=\"arrow\" d=\"");
    for (size_t run = 0; run < d->lines[route].run_count; run++) {
        DRO_TRY(add_run_arrows(d, route, run, error));
    }
    dro_ink_raw(d->ink, "\"/>");
    return DRO_OK;
}

static void open_route(drawing *d, size_t route) {
    dro_ink_add(d->ink, "<g class=\"route c%d\" data-route=\"%zu\">",
                dro_map_colour(d->picture, route), route);
}

static dro_status draw_route(drawing *d, size_t route, dro_error *error) {
    const dro_picture_route *r = &d->picture->routes[route];
    dro_paths channel = {0};
    dro_status status =
        dro_map_route_lines(d->view, r, DRO_PICTURE_CHANNEL, &channel, error);
    open_route(d, route);
    dro_ink_raw(d->ink, "<title>");
    dro_ink_text(d->ink, r->label);
    dro_ink_raw(d->ink, "</title>");
    add_line(d->ink, "halo", &d->lines[route]);
    add_line(d->ink, "halo", &channel);
    add_line(d->ink, "line", &d->lines[route]);
    add_line(d->ink, "line channel", &channel);
    dro_paths_free(&channel);
    DRO_TRY(status);
    DRO_TRY(add_arrows(d, route, error));
    dro_ink_raw(d->ink, "</g>\n");
    return DRO_OK;
}

static dro_status find_lines(drawing *d, dro_error *error) {
    for (size_t i = 0; i < d->picture->route_count; i++) {
        DRO_TRY(dro_map_route_lines(d->view, &d->picture->routes[i], DRO_PICTURE_SEA,
                                    &d->lines[i], error));
        DRO_TRY(dro_label_ink(&d->space, &d->lines[i], error));
    }
    return DRO_OK;
}

/* The first route is drawn last, on top. */
static dro_status draw_routes(drawing *d, dro_error *error) {
    DRO_TRY(find_lines(d, error));
    for (size_t i = d->picture->route_count; i-- > 0;) {
        DRO_TRY(draw_route(d, i, error));
    }
    return DRO_OK;
}

/* ---- numbers of the routes
 * ---------------------------------------------------------------- */

/* Squared distance to the nearest corner of another route's line. */
static double nearest_other(const drawing *d, size_t route, dro_xy p) {
    double best = 1e12;
    for (size_t r = 0; r < d->picture->route_count; r++) {
        const dro_paths *other = &d->lines[r];
        for (size_t i = 0; r != route && i < other->count; i++) {
            double x = other->points[i].x - p.x, y = other->points[i].y - p.y;
            best = fmin(best, x * x + y * y);
        }
    }
    return best;
}

static bool on_arrow(const drawing *d, dro_xy p) {
    for (size_t i = 0; i < d->arrows.count; i++) {
        if (hypot(d->arrows.points[i].x - p.x, d->arrows.points[i].y - p.y) < 18.0) {
            return true;
        }
    }
    return false;
}

static dro_frame badge_box(dro_xy p) {
    return (dro_frame){p.x - BADGE_PX, p.y - BADGE_PX, 2.0 * BADGE_PX, 2.0 * BADGE_PX};
}

/* Where the line is farthest from all others, up to 40 px, best in its middle and
 * beside its arrows. */
static bool badge_place(const drawing *d, size_t route, dro_xy *out) {
    const dro_paths *line = &d->lines[route];
    double best = -1e9;
    size_t stride = 1 + line->count / 150;
    for (size_t i = stride / 2; i < line->count; i += stride) {
        dro_xy p = line->points[i];
        double middle = fabs((double)i / (double)line->count - 0.5);
        double score = fmin(sqrt(nearest_other(d, route, p)), 40.0) - 24.0 * middle;
        score -= on_arrow(d, p) ? 30.0 : 0.0;
        if (score > best && dro_label_is_free(&d->space, badge_box(p))) {
            best = score;
            *out = p;
        }
    }
    return best > -1e9;
}

static dro_status draw_badge(drawing *d, size_t route, dro_error *error) {
    dro_xy at = {0.0, 0.0};
    if (!badge_place(d, route, &at)) {
        return DRO_OK;
    }
    open_route(d, route);
    dro_ink_raw(d->ink, "<circle class=\"badge\"");
    add_xy(d->ink, "cx", "cy", at);
    dro_ink_raw(d->ink, " r=\"9\"/><text class=\"badge\" text-anchor=\"middle\"");
    add_xy(d->ink, "x", "y", (dro_xy){at.x, at.y + 4.0});
    dro_ink_add(d->ink, ">%zu</text></g>\n", route + 1);
    return dro_label_take(&d->space, badge_box(at), error);
}

static dro_status draw_badges(drawing *d, dro_error *error) {
    for (size_t i = 0; i < d->picture->route_count && dro_map_has_badges(d->picture);
         i++) {
        DRO_TRY(draw_badge(d, i, error));
    }
    return DRO_OK;
}

/* ---- marks
 * ------------------------------------------------------------------------------------
 */

static bool in_frame(dro_frame f, dro_xy p, double margin) {
    return p.x > f.left + margin && p.x < f.left + f.width - margin &&
           p.y > f.top + margin && p.y < f.top + f.height - margin;
}

static bool mark_pixel(const drawing *d, size_t mark, dro_xy *out) {
    dro_vec seen = dro_view_turn(d->view, d->picture->marks[mark].at);
    if (!dro_view_sees(d->view, seen)) {
        return false;
    }
    *out = dro_view_project(d->view, seen);
    return in_frame(d->view->frame, *out, 1.0);
}

static const char *mark_label(const dro_picture_mark *mark) {
    return mark->label == NULL ? "" : mark->label;
}

/* Ten routes to one port bring it ten times: the weightiest, then the first, counts.
 * Through a passage they may go side by side. */
bool dro_map_is_repeated(const dro_picture *picture, size_t mark) {
    const dro_picture_mark *m = &picture->marks[mark];
    for (size_t i = 0; i < picture->mark_count; i++) {
        const dro_picture_mark *o = &picture->marks[i];
        bool before = o->role < m->role || (o->role == m->role && i < mark);
        double reach = m->role == DRO_PICTURE_PASSAGE ? 5.0 : 0.05; /* degrees */
        bool near = fabs(o->at.lat_deg - m->at.lat_deg) < reach &&
                    fabs(o->at.lon_deg - m->at.lon_deg) < reach;
        if (before && near && strcmp(mark_label(o), mark_label(m)) == 0) {
            return true;
        }
    }
    return false;
}

static double mark_radius(dro_picture_role role) {
    return role == DRO_PICTURE_PORT ? 3.5 : 5.0;
}

static void add_mark_shape(dro_ink *ink, dro_picture_role role, dro_xy p) {
    if (role == DRO_PICTURE_PASSAGE) {
        add_point(ink, "<path d=\"M", (dro_xy){p.x, p.y - 5.5});
        dro_ink_raw(ink, "l5.5,5.5l-5.5,5.5l-5.5,-5.5z\"");
    } else if (role == DRO_PICTURE_CLOSED) {
        add_point(ink, "<path d=\"M", (dro_xy){p.x - 4.5, p.y - 4.5});
        dro_ink_raw(ink, "l9,9m0,-9l-9,9\"");
    } else {
        dro_ink_raw(ink, "<circle");
        add_xy(ink, "cx", "cy", p);
        dro_ink_raw(ink, " r=\"");
        dro_ink_px(ink, mark_radius(role) - 0.5);
        dro_ink_raw(ink, "\"");
    }
}

static dro_status draw_mark(drawing *d, size_t mark, dro_error *error) {
    dro_xy p = {0.0, 0.0};
    if (!mark_pixel(d, mark, &p) || dro_map_is_repeated(d->picture, mark)) {
        return DRO_OK;
    }
    const dro_picture_mark *m = &d->picture->marks[mark];
    add_mark_shape(d->ink, m->role, p);
    dro_ink_add(d->ink, " class=\"mark %s\"><title>", dro_map_role(m->role));
    dro_ink_text(d->ink, m->label);
    dro_ink_raw(d->ink, m->role == DRO_PICTURE_PASSAGE || m->role == DRO_PICTURE_CLOSED
                            ? "</title></path>\n"
                            : "</title></circle>\n");
    double r = mark_radius(m->role);
    dro_frame box = {p.x - r, p.y - r, 2.0 * r, 2.0 * r};
    return dro_label_take(&d->space, box, error);
}

static void add_leader(dro_ink *ink, dro_label_spot spot) {
    dro_ink_raw(ink, "<line class=\"leader\"");
    add_xy(ink, "x1", "y1", spot.from);
    add_xy(ink, "x2", "y2", spot.to);
    dro_ink_raw(ink, "/>");
}

static dro_status draw_label(drawing *d, size_t mark, dro_error *error) {
    dro_xy p = {0.0, 0.0};
    const dro_picture_mark *m = &d->picture->marks[mark];
    const char *label = mark_label(m);
    if (label[0] == '\0' || !mark_pixel(d, mark, &p) ||
        dro_map_is_repeated(d->picture, mark)) {
        return DRO_OK;
    }
    size_t bytes = dro_label_fit(label, LABEL_PX, 260.0);
    char text[512];
    (void)snprintf(text, sizeof text, "%.*s%s", (int)(bytes < 500 ? bytes : 500), label,
                   label[bytes] == '\0' ? "" : "\xE2\x80\xA6");
    bool bold = m->role != DRO_PICTURE_PASSAGE && m->role != DRO_PICTURE_PORT;
    dro_xy size = {dro_label_width(text, LABEL_PX) * (bold ? BOLD : 1.0),
                   LABEL_PX + 2.0};
    dro_label_spot spot;
    DRO_TRY(dro_label_place(&d->space, p, mark_radius(m->role) + 3.0, LABEL_REACH_PX,
                            size, &spot, error));
    if (!spot.placed) {
        return DRO_OK;
    }
    if (spot.leader) {
        add_leader(d->ink, spot);
    }
    dro_ink_add(d->ink, "<text class=\"label %s\" text-anchor=\"middle\"",
                dro_map_role(m->role));
    add_xy(d->ink, "x", "y",
           (dro_xy){spot.box.left + size.x / 2.0, spot.box.top + LABEL_PX - 1.5});
    dro_ink_raw(d->ink, ">");
    dro_ink_text(d->ink, text);
    dro_ink_raw(d->ink, "</text>\n");
    return DRO_OK;
}

typedef dro_status (*mark_drawer)(drawing *d, size_t mark, dro_error *error);

static dro_status by_role(drawing *d, mark_drawer draw, dro_error *error) {
    for (int role = DRO_PICTURE_END; role <= DRO_PICTURE_PORT; role++) {
        for (size_t i = 0; i < d->picture->mark_count; i++) {
            if ((int)d->picture->marks[i].role == role) {
                DRO_TRY(draw(d, i, error));
            }
        }
    }
    return DRO_OK;
}

/* ---- all of it
 * ---------------------------------------------------------------------------------- */

static dro_status draw_all(drawing *d, dro_error *error) {
    DRO_TRY(dro_map_draw_ground(d->ink, d->picture->land, d->view, error));
    DRO_TRY(draw_routes(d, error));
    DRO_TRY(by_role(d, draw_mark, error));
    DRO_TRY(dro_map_draw_scale(d->ink, d->view, &d->space, error));
    DRO_TRY(draw_badges(d, error));
    DRO_TRY(by_role(d, draw_label, error));
    return dro_map_draw_degrees(d->ink, d->view, &d->space, error);
}

static void drawing_free(drawing *d) {
    for (size_t i = 0; d->lines != NULL && i < d->picture->route_count; i++) {
        dro_paths_free(&d->lines[i]);
    }
    dro_free(d->lines);
    dro_paths_free(&d->arrows);
    dro_label_space_free(&d->space);
}

dro_status dro_map_draw(dro_ink *ink, const dro_picture *picture, const dro_view *view,
                        dro_error *error) {
    drawing d = {.ink = ink, .picture = picture, .view = view};
    d.space.frame = view->frame;
    void *lines;
    DRO_TRY(dro_new(&lines, picture->route_count + 1, sizeof *d.lines, "a map", error));
    d.lines = lines;
    dro_status status = draw_all(&d, error);
    drawing_free(&d);
    if (status == DRO_OK && ink->status != DRO_OK) {
        status =
            dro_fail(error, ink->status, "a map: %s", dro_status_text(ink->status));
    }
    return status;
}
