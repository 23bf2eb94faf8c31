/*
 * What lies under the routes: ocean, graticule, land; and the scale bar.
 */
#include "report/map_ground.h"

#include <math.h>
#include <string.h>

#include "report/clip.h"

static const double DEG = 0.017453292519943295;
static const double COARSE_PX = 2.5; /* pixels per degree below which coarse will do */

static void add_path(dro_ink *ink, const char *class, const dro_paths *paths,
                     bool closed) {
    if (paths->run_count == 0) {
        return;
    }
    dro_ink_add(ink, "<path class=\"%s\" d=\"", class);
    dro_ink_path(ink, paths, closed);
    dro_ink_raw(ink, "\"/>\n");
}

static double px_per_degree(const dro_view *view) {
    return view->scale * DEG;
}

/* ---- ocean and land
 * ------------------------------------------------------------------ */

static const dro_land_scale *pick_scale(const dro_land *land, const dro_view *view) {
    bool coarse = px_per_degree(view) < COARSE_PX;
    return &land->scales[coarse ? 0 : land->scale_count - 1];
}

static dro_status draw_outline(dro_ink *ink, const dro_view *view, const char *class,
                               dro_error *error) {
    dro_paths paths = {0};
    dro_status status = dro_clip_outline(view, &paths, error);
    add_path(ink, class, &paths, true);
    dro_paths_free(&paths);
    return status;
}

static dro_status draw_land(dro_ink *ink, const dro_land *land, const dro_view *view,
                            dro_error *error) {
    dro_paths paths = {0};
    dro_status status = dro_clip_land(view, pick_scale(land, view), &paths, error);
    add_path(ink, "land", &paths, true);
    dro_paths_free(&paths);
    return status;
}

/* ---- graticule
 * ------------------------------------------------------------------------ */

static double grid_step(const dro_view *view) {
    static const double steps[] = {0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (steps[i] * px_per_degree(view) >= 90.0) {
            return steps[i];
        }
    }
    return 30.0;
}

static dro_status meridian(const dro_view *view, double lon, dro_paths *out,
                           dro_error *error) {
    double top = fabs(fmod(lon, 90.0)) < 1e-9 ? 90.0 : 80.0;
    dro_point points[3] = {{-top, lon}, {0.0, lon}, {top, lon}};
    return dro_clip_line(view, points, 3, out, error);
}

static dro_status parallel(const dro_view *view, double lat, dro_paths *out,
                           dro_error *error) {
    dro_point points[361];
    for (int i = 0; i <= 360; i++) {
        points[i] = (dro_point){lat, view->centre.lon_deg - 180.0 + i};
    }
    return dro_clip_line(view, points, 361, out, error);
}

/* Which lines of the graticule come near the frame: of few hundred, a close view shows
 * a dozen. Line k is k steps from -180 or -90 degrees. */
typedef struct grid_lines {
    double step;
    bool meridians[721], parallels[362];
} grid_lines;

static void note_place(grid_lines *lines, dro_point p) {
    size_t lon = (size_t)((p.lon_deg + 180.0) / lines->step);
    size_t lat = (size_t)((p.lat_deg + 90.0) / lines->step);
    size_t last = (size_t)(360.0 / lines->step + 0.5);
    lines->meridians[lon] = lines->meridians[(lon + 1) % last] = true;
    lines->parallels[lat] = lines->parallels[lat + 1] = true;
    for (size_t i = 0; i < 721 && fabs(p.lat_deg) > 70.0; i++) {
        lines->meridians[i] = true; /* they are dense there */
    }
}

#define LOOKS 32 /* per side: nearer to each other than the lines are */

static grid_lines lines_near(const dro_view *view) {
    grid_lines lines = {.step = grid_step(view)};
    dro_frame f = view->frame;
    for (int i = 0; i <= LOOKS; i++) {
        for (int j = 0; j <= LOOKS; j++) {
            dro_xy at = {f.left + f.width * i / LOOKS, f.top + f.height * j / LOOKS};
            dro_point place;
            if (dro_view_unproject(view, at, &place)) {
                note_place(&lines, place);
            }
        }
    }
    return lines;
}

/* Line k of the meridians or parallels, in degrees; false where it is not drawn. */
static bool grid_line(const grid_lines *lines, bool parallels, size_t k, double *out) {
    *out = (parallels ? -90.0 : -180.0) + (double)k * lines->step;
    if (parallels) {
        return lines->parallels[k] && *out > -89.9 && *out < 89.9;
    }
    return lines->meridians[k] && *out < 179.9;
}

static dro_status grid(const dro_view *view, dro_paths *out, dro_error *error) {
    grid_lines lines = lines_near(view);
    double at;
    for (size_t k = 0; k < 720; k++) {
        if (grid_line(&lines, false, k, &at)) {
            DRO_TRY(meridian(view, at, out, error));
        }
    }
    for (size_t k = 0; k < 360; k++) {
        if (grid_line(&lines, true, k, &at)) {
            DRO_TRY(parallel(view, at, out, error));
        }
    }
    return DRO_OK;
}

static dro_status draw_grid(dro_ink *ink, const dro_view *view, dro_error *error) {
    dro_paths paths = {0};
    dro_status status = grid(view, &paths, error);
    add_path(ink, "grid", &paths, false);
    dro_paths_free(&paths);
    return status;
}

dro_status dro_map_draw_ground(dro_ink *ink, const dro_land *land, const dro_view *view,
                               dro_error *error) {
    DRO_TRY(draw_outline(ink, view, "ocean", error));
    DRO_TRY(draw_grid(ink, view, error));
    if (land != NULL) {
        DRO_TRY(draw_land(ink, land, view, error));
    }
    return draw_outline(ink, view, "rim", error);
}

/* ---- degrees along the edges
 * ------------------------------------------------------------ */

static void add_degrees(dro_ink *ink, double degrees, char positive, char negative) {
    double size = fabs(degrees);
    dro_ink_px(ink, size);
    bool plain = size < 1e-9 || fabs(size - 180.0) < 1e-9;
    char side[2] = {degrees > 0.0 ? positive : negative, '\0'};
    dro_ink_add(ink, "\xC2\xB0%s", plain ? "" : side);
}

/* Where a run first crosses the left edge (along y) or the lower edge (along x). */
static bool edge_crossing(const dro_frame *frame, const dro_paths *line, bool left,
                          dro_xy *out) {
    for (size_t i = 1; i < line->count; i++) {
        dro_xy a = line->points[i - 1], b = line->points[i];
        double p = left ? a.x - frame->left : a.y - (frame->top + frame->height);
        double q = left ? b.x - frame->left : b.y - (frame->top + frame->height);
        if ((p < 0.0) != (q < 0.0)) {
            double t = p / (p - q);
            *out = (dro_xy){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
            return true;
        }
    }
    return false;
}

static dro_status label_degrees(dro_ink *ink, const dro_view *view, double degrees,
                                bool left, dro_label_space *space, dro_error *error) {
    dro_paths line = {0};
    dro_xy at;
    dro_status status = left ? parallel(view, degrees, &line, error)
                             : meridian(view, degrees, &line, error);
    bool found = status == DRO_OK && edge_crossing(&view->frame, &line, left, &at);
    dro_paths_free(&line);
    if (!found) {
        return status;
    }
    dro_frame box = left ? (dro_frame){at.x + 4.0, at.y - 14.0, 40.0, 13.0}
                         : (dro_frame){at.x + 3.0, at.y - 17.0, 44.0, 13.0};
    if (!dro_label_is_free(space, box)) {
        return DRO_OK;
    }
    dro_ink_raw(ink, "<text class=\"grid-label\" x=\"");
    dro_ink_px(ink, box.left);
    dro_ink_raw(ink, "\" y=\"");
    dro_ink_px(ink, box.top + 10.5);
    dro_ink_raw(ink, "\">");
    add_degrees(ink, degrees, left ? 'N' : 'E', left ? 'S' : 'W');
    dro_ink_raw(ink, "</text>\n");
    return dro_label_take(space, box, error);
}

dro_status dro_map_draw_degrees(dro_ink *ink, const dro_view *view,
                                dro_label_space *space, dro_error *error) {
    if (!dro_view_fills_frame(view)) {
        return DRO_OK;
    }
    grid_lines lines = lines_near(view);
    double at;
    for (size_t k = 0; k < 360; k++) {
        if (grid_line(&lines, true, k, &at)) {
            DRO_TRY(label_degrees(ink, view, at, true, space, error));
        }
    }
    for (size_t k = 0; k < 720; k++) {
        if (grid_line(&lines, false, k, &at)) {
            DRO_TRY(label_degrees(ink, view, at, false, space, error));
        }
    }
    return DRO_OK;
}

/* ---- scale bar
 * -------------------------------------------------------------------------- */

static const dro_xy SCALE_SIZE = {230.0, 46.0};

/* The greatest of 1, 2, 5, 10, 20 ... nm whose bar is at most so long. */
static double bar_nm(double px_per_nm, double most_px) {
    double power = pow(10.0, floor(log10(most_px / px_per_nm)));
    double factor = most_px / px_per_nm / power;
    return power * (factor >= 5.0 ? 5.0 : factor >= 2.0 ? 2.0 : 1.0);
}

static size_t lines_under(const dro_label_space *space, dro_frame box) {
    size_t count = 0;
    for (size_t i = 0; i < space->inked_count; i++) {
        dro_xy p = space->inked[i];
        count += p.x > box.left && p.x < box.left + box.width && p.y > box.top &&
                 p.y < box.top + box.height;
    }
    return count;
}

static dro_frame scale_box(const dro_view *view, const dro_label_space *space) {
    dro_frame f = view->frame;
    double low = f.top + f.height - SCALE_SIZE.y - 22.0;
    dro_frame left = {f.left + 14.0, low, SCALE_SIZE.x, SCALE_SIZE.y};
    dro_frame right = {f.left + f.width - SCALE_SIZE.x - 14.0, low, SCALE_SIZE.x,
                       SCALE_SIZE.y};
    bool crowded = lines_under(space, left) > lines_under(space, right);
    return crowded || !dro_label_is_free(space, left) ? right : left;
}

/* Only the last tick says the unit. */
static void add_tick(dro_ink *ink, double x, double y, double nm, bool last) {
    dro_ink_raw(ink, "<text text-anchor=\"middle\" x=\"");
    dro_ink_px(ink, x);
    dro_ink_raw(ink, "\" y=\"");
    dro_ink_px(ink, y);
    dro_ink_raw(ink, "\">");
    dro_figure text = dro_figure_nm(nm);
    if (nm > 0.0 && nm < 10.0) { /* a half of five and the like */
        dro_ink_px(ink, nm);
        dro_ink_raw(ink, last ? " nm" : "");
    } else {
        text.text[last ? strlen(text.text) : strcspn(text.text, " ")] = '\0';
        dro_ink_raw(ink, text.text);
    }
    dro_ink_raw(ink, "</text>");
}

dro_status dro_map_draw_scale(dro_ink *ink, const dro_view *view,
                              dro_label_space *space, dro_error *error) {
    dro_frame box = scale_box(view, space);
    double per_nm = dro_view_px_per_nm(view, view->centre);
    double nm = bar_nm(per_nm, 180.0), length = nm * per_nm;
    double x = box.left + 16.0, y = box.top + 10.0;
    bool world = view->kind == DRO_VIEW_WORLD;
    dro_ink_raw(ink, "<g class=\"scale\">");
    dro_ink_rect(ink, "box", box);
    dro_ink_rect(ink, "bar", (dro_frame){x, y, length / 2.0, 4.0});
    dro_ink_rect(ink, "bar half", (dro_frame){x + length / 2.0, y, length / 2.0, 4.0});
    add_tick(ink, x, y + 17.0, 0.0, false);
    add_tick(ink, x + length / 2.0, y + 17.0, nm / 2.0, false);
    add_tick(ink, x + length, y + 17.0, nm, true);
    dro_ink_raw(ink, "<text class=\"where\" x=\"");
    dro_ink_px(ink, x - 4.0);
    dro_ink_raw(ink, "\" y=\"");
    dro_ink_px(ink, y + 31.0);
    dro_ink_add(ink, "\">nautical miles, %s</text></g>\n",
                world ? "at the equator" : "at the middle of the map");
    return dro_label_take(space, box, error);
}
