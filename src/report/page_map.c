/*
 * The maps of an audit. All are parts of one view, whose ground (ocean, graticule,
 * land) is in the page once and used by each. A map is drawn 440 pixels wide; the
 * browser makes it as wide as there is room.
 */
#include <math.h>
#include <string.h>

#include "report/fit.h"
#include "report/map_ground.h"
#include "report/page_map.h"

#define MAP_PX      440.0
#define VIEW_PX     1500.0
#define LABEL_PX    12.5
#define GAP_PX      10.0 /* from a place to its label */
#define BOLD        1.16 /* how much wider than regular type */
#define PLACES_MIN  4    /* fewer are no map */
#define CLOSEST_DEG 14.0 /* least width of a map */

bool page_on_earth(dro_point p) {
    return fabs(p.lat_deg) <= 90.0 && fabs(p.lon_deg) <= 180.0;
}

bool page_is_way(const dro_audit_leg *l) {
    bool moves = l->mode != DRO_CHAIN_TRANSFER && l->mode != DRO_CHAIN_WAIT;
    return moves && page_on_earth(l->from_at) && page_on_earth(l->to_at) &&
           (l->from_at.lat_deg != l->to_at.lat_deg ||
            l->from_at.lon_deg != l->to_at.lon_deg);
}

/* ---- the view and the ground
 * ---------------------------------------------------------
 */

typedef struct gathering { /* everything that any map shows */
    dro_picture_route *routes;
    dro_point *points; /* two a route */
    size_t count, capacity, point_capacity;
} gathering;

static dro_status gather(gathering *g, dro_point a, dro_point b, dro_error *error) {
    DRO_TRY(DRO_RESERVE(g->routes, g->capacity, g->count + 1, error));
    DRO_TRY(DRO_RESERVE(g->points, g->point_capacity, 2 * g->count + 2, error));
    g->points[2 * g->count] = a;
    g->points[2 * g->count + 1] = b;
    g->count++;
    return DRO_OK;
}

static dro_status gather_claim(gathering *g, const dro_audit_claim *claim,
                               dro_error *error) {
    page_chains chains;
    page_chains_find(claim, &chains);
    for (size_t i = 0; i < chains.deciding; i++) {
        for (size_t k = 0; k < chains.items[i]->leg_count; k++) {
            const dro_audit_leg *l = &chains.items[i]->legs[k];
            if (page_is_way(l)) {
                DRO_TRY(gather(g, l->from_at, l->to_at, error));
            }
        }
    }
    for (size_t i = 0; page_has_places(claim) && i < claim->trial_count; i++) {
        if (page_is_place(claim, &claim->trials[i])) {
            DRO_TRY(gather(g, claim->trials[i].at, claim->trials[i].at, error));
        }
    }
    return DRO_OK;
}

static dro_status fit(page *p, gathering *g, dro_error *error) {
    dro_picture picture = DRO_PICTURE_INIT;
    for (size_t i = 0; i < p->result->claim_count; i++) {
        DRO_TRY(gather_claim(g, &p->result->claims[i], error));
    }
    if (g->count == 0) {
        return DRO_OK;
    }
    for (size_t i = 0; i < g->count; i++) {
        g->routes[i] = (dro_picture_route)DRO_PICTURE_ROUTE_INIT;
        g->routes[i].points = g->points + 2 * i;
        g->routes[i].count = 2;
    }
    picture.routes = g->routes;
    picture.route_count = g->count;
    p->mapped = true;
    return dro_fit_view(&picture, (dro_xy){0.0, 0.0}, VIEW_PX, &p->view, error);
}

dro_status page_ground(page *p, dro_error *error) {
    gathering g = {NULL, NULL, 0, 0, 0};
    dro_status status = fit(p, &g, error);
    dro_free(g.routes);
    dro_free(g.points);
    DRO_TRY(status);
    if (!p->mapped) {
        return DRO_OK;
    }
    dro_ink_raw(p->ink, "<svg class=\"defs\" aria-hidden=\"true\"><defs><g "
                        "id=\"ground\">\n");
    DRO_TRY(dro_map_draw_ground(p->ink, p->land, &p->view, error));
    dro_ink_raw(p->ink, "</g></defs></svg>\n");
    return DRO_OK;
}

/* ---- one map
 * -------------------------------------------------------------------------
 */

page_map page_map_begin(page *p) {
    return (page_map){
        .p = p, .low = {HUGE_VAL, HUGE_VAL}, .high = {-HUGE_VAL, -HUGE_VAL}};
}

void page_map_see_pixel(page_map *m, dro_xy at) {
    m->low = (dro_xy){fmin(m->low.x, at.x), fmin(m->low.y, at.y)};
    m->high = (dro_xy){fmax(m->high.x, at.x), fmax(m->high.y, at.y)};
}

static dro_xy project(const page_map *m, dro_point at) {
    return dro_view_project(&m->p->view, dro_view_turn(&m->p->view, at));
}

void page_map_see(page_map *m, dro_point at) {
    page_map_see_pixel(m, project(m, at));
}

static double clamp(double value, double low, double high) {
    return fmax(low, fmin(value, high));
}

/* The part around what must be seen, of a good shape, within the view. */
static void map_fit(page_map *m) {
    dro_frame f = m->p->view.frame;
    double closest = CLOSEST_DEG * 0.017453292519943295 * m->p->view.scale;
    double across = m->high.x - m->low.x, down = m->high.y - m->low.y;
    double pad = 0.10 * fmax(across, down);
    double width = fmax(fmax(across + 2.0 * pad, (down + 2.0 * pad) * 1.15), closest);
    width = fmin(width, f.width);
    double height = fmin(clamp(down + 2.0 * pad, width * 0.55, width * 0.87), f.height);
    m->part.left =
        clamp((m->low.x + m->high.x - width) / 2.0, f.left, f.left + f.width - width);
    m->part.top =
        clamp((m->low.y + m->high.y - height) / 2.0, f.top, f.top + f.height - height);
    m->part.width = width;
    m->part.height = height;
    m->scale = MAP_PX / width;
    m->space.frame = (dro_frame){0.0, 0.0, MAP_PX, height * m->scale};
}

dro_xy page_map_placed(const page_map *m, dro_xy at) {
    return (dro_xy){(at.x - m->part.left) * m->scale, (at.y - m->part.top) * m->scale};
}

dro_xy page_map_spot(const page_map *m, dro_point at) {
    return page_map_placed(m, project(m, at));
}

void page_map_open(page_map *m, const char *what, const char *title) {
    map_fit(m);
    dro_ink *ink = m->p->ink;
    dro_ink_add(ink, "<svg class=\"map\" role=\"img\" viewBox=\"0 0 %d %d\"><title>",
                (int)MAP_PX, (int)m->space.frame.height);
    dro_ink_raw(ink, what);
    dro_ink_text(ink, title);
    dro_ink_raw(ink, "</title>\n<g transform=\"scale(");
    dro_ink_json_number(ink, m->scale, 6);
    dro_ink_raw(ink, ") translate(");
    dro_ink_px(ink, -m->part.left);
    dro_ink_raw(ink, " ");
    dro_ink_px(ink, -m->part.top);
    dro_ink_raw(ink, ")\"><use href=\"#ground\"/></g>\n");
}

void page_map_xy(dro_ink *ink, const char *x, const char *y, dro_xy at) {
    dro_ink_add(ink, " %s=\"", x);
    dro_ink_px(ink, at.x);
    dro_ink_add(ink, "\" %s=\"", y);
    dro_ink_px(ink, at.y);
    dro_ink_raw(ink, "\"");
}

dro_status page_map_take(page_map *m, dro_xy at, double r, dro_error *error) {
    dro_frame box = {at.x - r, at.y - r, 2.0 * r, 2.0 * r};
    return dro_label_take(&m->space, box, error);
}

dro_status page_map_label(page_map *m, dro_xy at, const char *name, bool end,
                          double reach, dro_error *error) {
    char text[128];
    size_t bytes = dro_label_fit(name, LABEL_PX, 150.0);
    (void)snprintf(text, sizeof text, "%.*s%s", (int)(bytes < 100 ? bytes : 100), name,
                   name[bytes] == '\0' ? "" : "\xE2\x80\xA6");
    dro_xy size = {dro_label_width(text, LABEL_PX) * (end ? BOLD : 1.03),
                   LABEL_PX + 2.0};
    dro_label_spot where;
    DRO_TRY(dro_label_place(&m->space, at, GAP_PX, reach, size, &where, error));
    if (!where.placed) {
        return DRO_OK;
    }
    if (where.leader) {
        dro_ink_raw(m->p->ink, "<line class=\"leader\"");
        page_map_xy(m->p->ink, "x1", "y1", where.from);
        page_map_xy(m->p->ink, "x2", "y2", where.to);
        dro_ink_raw(m->p->ink, "/>");
    }
    dro_ink_add(m->p->ink, "<text class=\"label%s\" text-anchor=\"middle\"",
                end ? " end" : "");
    page_map_xy(
        m->p->ink, "x", "y",
        (dro_xy){where.box.left + size.x / 2.0, where.box.top + LABEL_PX - 1.0});
    dro_ink_raw(m->p->ink, ">");
    dro_ink_text(m->p->ink, text);
    dro_ink_raw(m->p->ink, "</text>\n");
    return DRO_OK;
}
