/*
 * The maps of an audit. All are parts of one view, whose ground (ocean, graticule,
 * land) is in the page once and used by each. A map is drawn 440 pixels wide; the
 * browser makes it as wide as there is room.
 */
#include <math.h>
#include <string.h>

#include "report/clip.h"
#include "report/fit.h"
#include "report/label.h"
#include "report/map_ground.h"
#include "report/page.h"

#define MAP_PX      440.0
#define VIEW_PX     1500.0
#define LABEL_PX    12.5
#define GAP_PX      10.0 /* from a place to its label */
#define CLASSES_MAX 6
#define PLACES_MIN  4    /* fewer are no map */
#define CLOSEST_DEG 14.0 /* least width of a map */

static bool on_earth(dro_point p) {
    return fabs(p.lat_deg) <= 90.0 && fabs(p.lon_deg) <= 180.0;
}

static bool is_way(const dro_audit_leg *l) {
    bool moves = l->mode != DRO_CHAIN_TRANSFER && l->mode != DRO_CHAIN_WAIT;
    return moves && on_earth(l->from_at) && on_earth(l->to_at) &&
           (l->from_at.lat_deg != l->to_at.lat_deg ||
            l->from_at.lon_deg != l->to_at.lon_deg);
}

/* Only what the claim's own figure is of: days and dollars make no map together. */
static bool is_mapped(const dro_audit_claim *claim, const dro_audit_trial *t) {
    return on_earth(t->at) && strcmp(t->figure.unit, claim->figure.unit) == 0;
}

static bool is_new_place(const dro_audit_claim *claim, size_t trial) {
    dro_point at = claim->trials[trial].at;
    for (size_t i = 0; i < trial; i++) {
        dro_point other = claim->trials[i].at;
        if (is_mapped(claim, &claim->trials[i]) &&
            fabs(at.lat_deg - other.lat_deg) < 0.2 &&
            fabs(at.lon_deg - other.lon_deg) < 0.2) {
            return false;
        }
    }
    return is_mapped(claim, &claim->trials[trial]);
}

bool page_has_places(const dro_audit_claim *claim) {
    size_t count = 0;
    for (size_t i = 0; i < claim->trial_count; i++) {
        count += is_new_place(claim, i) && verdict_has_figure(&claim->trials[i].figure);
    }
    return count >= PLACES_MIN && claim->verdict != DRO_NOT_TESTABLE;
}

bool page_has_ways(const page_chains *chains) {
    for (size_t i = 0; i < chains->deciding; i++) {
        for (size_t k = 0; k < chains->items[i]->leg_count; k++) {
            if (is_way(&chains->items[i]->legs[k])) {
                return true;
            }
        }
    }
    return false;
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
            if (is_way(l)) {
                DRO_TRY(gather(g, l->from_at, l->to_at, error));
            }
        }
    }
    for (size_t i = 0; page_has_places(claim) && i < claim->trial_count; i++) {
        if (is_mapped(claim, &claim->trials[i])) {
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

typedef struct map {
    page *p;
    dro_xy low, high; /* what must be seen, in pixels of the view */
    dro_frame part;   /* of the view */
    double scale;     /* from the view's pixels to the map's */
    dro_label_space space;
} map;

static map map_begin(page *p) {
    return (map){.p = p, .low = {HUGE_VAL, HUGE_VAL}, .high = {-HUGE_VAL, -HUGE_VAL}};
}

static void see(map *m, dro_xy at) {
    m->low = (dro_xy){fmin(m->low.x, at.x), fmin(m->low.y, at.y)};
    m->high = (dro_xy){fmax(m->high.x, at.x), fmax(m->high.y, at.y)};
}

static dro_xy project(const map *m, dro_point at) {
    return dro_view_project(&m->p->view, dro_view_turn(&m->p->view, at));
}

static dro_status way(const map *m, const dro_audit_leg *l, dro_paths *out,
                      dro_error *error) {
    const dro_point ends[2] = {l->from_at, l->to_at};
    return dro_clip_line(&m->p->view, ends, 2, out, error);
}

static dro_status see_chain(map *m, const dro_audit_chain *chain, dro_error *error) {
    for (size_t k = 0; k < chain->leg_count; k++) {
        dro_paths line = {0};
        dro_status status =
            is_way(&chain->legs[k]) ? way(m, &chain->legs[k], &line, error) : DRO_OK;
        for (size_t i = 0; i < line.count; i++) {
            see(m, line.points[i]);
        }
        dro_paths_free(&line);
        DRO_TRY(status);
    }
    return DRO_OK;
}

static double clamp(double value, double low, double high) {
    return fmax(low, fmin(value, high));
}

/* The part around what must be seen, of a good shape, within the view. */
static void map_fit(map *m) {
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

static dro_xy placed(const map *m, dro_xy at) {
    return (dro_xy){(at.x - m->part.left) * m->scale, (at.y - m->part.top) * m->scale};
}

static dro_xy spot(const map *m, dro_point at) {
    return placed(m, project(m, at));
}

static void map_open(map *m, const char *title, const char *what) {
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

static void add_xy(dro_ink *ink, const char *x, const char *y, dro_xy at) {
    dro_ink_add(ink, " %s=\"", x);
    dro_ink_px(ink, at.x);
    dro_ink_add(ink, "\" %s=\"", y);
    dro_ink_px(ink, at.y);
    dro_ink_raw(ink, "\"");
}

static dro_status take(map *m, dro_xy at, double r, dro_error *error) {
    dro_frame box = {at.x - r, at.y - r, 2.0 * r, 2.0 * r};
    return dro_label_take(&m->space, box, error);
}

static dro_status add_label(map *m, dro_xy at, const char *name, const char *class,
                            double reach, dro_error *error) {
    char text[128];
    size_t bytes = dro_label_fit(name, LABEL_PX, 150.0);
    (void)snprintf(text, sizeof text, "%.*s%s", (int)(bytes < 100 ? bytes : 100), name,
                   name[bytes] == '\0' ? "" : "\xE2\x80\xA6");
    dro_xy size = {dro_label_width(text, LABEL_PX) * 1.05, LABEL_PX + 2.0};
    dro_label_spot where;
    DRO_TRY(dro_label_place(&m->space, at, GAP_PX, reach, size, &where, error));
    if (!where.placed) {
        return DRO_OK;
    }
    if (where.leader) {
        dro_ink_raw(m->p->ink, "<line class=\"leader\"");
        add_xy(m->p->ink, "x1", "y1", where.from);
        add_xy(m->p->ink, "x2", "y2", where.to);
        dro_ink_raw(m->p->ink, "/>");
    }
    dro_ink_add(m->p->ink, "<text class=\"%s\" text-anchor=\"middle\"", class);
    add_xy(m->p->ink, "x", "y",
           (dro_xy){where.box.left + size.x / 2.0, where.box.top + LABEL_PX - 1.0});
    dro_ink_raw(m->p->ink, ">");
    dro_ink_text(m->p->ink, text);
    dro_ink_raw(m->p->ink, "</text>\n");
    return DRO_OK;
}

/* ---- chains
 * --------------------------------------------------------------------------
 */

static bool by_sea(const dro_audit_leg *l) {
    return l->mode == DRO_CHAIN_LINER || l->mode == DRO_CHAIN_TRAMP;
}

static dro_status draw_way(map *m, const dro_audit_leg *l, dro_error *error) {
    dro_paths line = {0};
    dro_status status = way(m, l, &line, error);
    for (size_t i = 0; i < line.count; i++) {
        line.points[i] = placed(m, line.points[i]);
    }
    if (status == DRO_OK && line.run_count > 0) {
        dro_ink_raw(m->p->ink, "<path class=\"halo\" d=\"");
        dro_ink_path(m->p->ink, &line, false);
        dro_ink_add(m->p->ink, "\"/><path class=\"way m%d%s\" d=\"", (int)l->mode,
                    by_sea(l) ? " sea" : "");
        dro_ink_path(m->p->ink, &line, false);
        dro_ink_raw(m->p->ink, "\"/>\n");
        status = dro_label_ink(&m->space, &line, error);
    }
    dro_paths_free(&line);
    return status;
}

static const dro_audit_leg *longest_way(const dro_audit_chain *chain) {
    const dro_audit_leg *best = NULL;
    double most = -1.0;
    for (size_t k = 0; k < chain->leg_count; k++) {
        const dro_audit_leg *l = &chain->legs[k];
        double length = is_way(l) ? dro_geo_distance_m(l->from_at, l->to_at) : -1.0;
        if (length > most) {
            most = length;
            best = l;
        }
    }
    return best;
}

/* Several chains share their longest way: each number has a place of its own on it. */
static dro_status draw_number(map *m, const page_chains *chains, size_t index,
                              dro_error *error) {
    const dro_audit_leg *l = longest_way(chains->items[index]);
    if (l == NULL) {
        return DRO_OK;
    }
    double part = (double)(index + 1) / (double)(chains->deciding + 1);
    dro_point at = dro_geo_between(l->from_at, l->to_at, 0.2 + 0.6 * part);
    dro_xy where = spot(m, at);
    dro_ink_add(m->p->ink, "<g class=\"m%d number\"><circle r=\"8.5\"", (int)l->mode);
    add_xy(m->p->ink, "cx", "cy", where);
    dro_ink_raw(m->p->ink, "/><text text-anchor=\"middle\"");
    add_xy(m->p->ink, "x", "y", (dro_xy){where.x, where.y + 4.0});
    dro_ink_add(m->p->ink, ">%zu</text></g>\n", index + 1);
    return take(m, where, 9.0, error);
}

typedef struct place {
    dro_point at;
    const char *name;
    bool end;
} place;

#define PLACES_MAX 64

typedef struct place_list {
    place items[PLACES_MAX];
    size_t count;
} place_list;

static void note_place(place_list *list, dro_point at, const char *name, bool end) {
    for (size_t i = 0; i < list->count; i++) {
        place *o = &list->items[i];
        bool near = fabs(o->at.lat_deg - at.lat_deg) < 0.3 &&
                    fabs(o->at.lon_deg - at.lon_deg) < 0.3;
        if (near) {
            o->end |= end;
            return;
        }
    }
    if (list->count < PLACES_MAX) {
        list->items[list->count++] = (place){at, name, end};
    }
}

static void note_chain(place_list *list, const dro_audit_chain *c) {
    const dro_audit_leg *first = NULL, *last = NULL;
    for (size_t k = 0; k < c->leg_count; k++) {
        if (is_way(&c->legs[k])) {
            first = first == NULL ? &c->legs[k] : first;
            last = &c->legs[k];
        }
    }
    if (first == NULL) {
        return;
    }
    note_place(list, first->from_at, first->from, true);
    note_place(list, last->to_at, last->to, true);
    for (size_t k = 0; k < c->leg_count; k++) {
        if (is_way(&c->legs[k])) {
            note_place(list, c->legs[k].from_at, c->legs[k].from, false);
            note_place(list, c->legs[k].to_at, c->legs[k].to, false);
        }
    }
}

static dro_status draw_places(map *m, const place_list *list, dro_error *error) {
    for (size_t i = 0; i < list->count; i++) {
        const place *at = &list->items[i];
        dro_xy where = spot(m, at->at);
        dro_ink_add(m->p->ink, "<circle class=\"place\" r=\"%s\"",
                    at->end ? "4.5" : "3");
        add_xy(m->p->ink, "cx", "cy", where);
        dro_ink_raw(m->p->ink, "/>");
        DRO_TRY(take(m, where, at->end ? 5.0 : 3.5, error));
    }
    for (int end = 1; end >= 0; end--) {
        for (size_t i = 0; i < list->count; i++) {
            if (list->items[i].end == (end == 1)) {
                DRO_TRY(add_label(m, spot(m, list->items[i].at), list->items[i].name,
                                  end ? "label end" : "label", end ? 95.0 : 34.0,
                                  error));
            }
        }
    }
    return DRO_OK;
}

static dro_status draw_chains(map *m, const dro_audit_claim *claim,
                              const page_chains *chains, dro_error *error) {
    place_list places = {.count = 0};
    for (size_t i = 0; i < chains->deciding; i++) {
        DRO_TRY(see_chain(m, chains->items[i], error));
        note_chain(&places, chains->items[i]);
    }
    map_fit(m);
    map_open(m, claim->id, "The chains of ");
    for (size_t i = chains->deciding; i-- > 0;) {
        for (size_t k = 0; k < chains->items[i]->leg_count; k++) {
            if (is_way(&chains->items[i]->legs[k])) {
                DRO_TRY(draw_way(m, &chains->items[i]->legs[k], error));
            }
        }
    }
    for (size_t i = 0; i < chains->deciding; i++) {
        DRO_TRY(draw_number(m, chains, i, error));
    }
    DRO_TRY(draw_places(m, &places, error));
    dro_ink_raw(m->p->ink, "</svg>\n");
    return DRO_OK;
}

static bool any_sea(const page_chains *chains) {
    for (size_t i = 0; i < chains->deciding; i++) {
        for (size_t k = 0; k < chains->items[i]->leg_count; k++) {
            if (by_sea(&chains->items[i]->legs[k])) {
                return true;
            }
        }
    }
    return false;
}

dro_status page_map_chains(page *p, const dro_audit_claim *claim,
                           const page_chains *chains, dro_error *error) {
    map m = map_begin(p);
    dro_ink_raw(p->ink, "<figure class=\"mapped\">\n");
    dro_status status = draw_chains(&m, claim, chains, error);
    dro_label_space_free(&m.space);
    DRO_TRY(status);
    dro_ink_raw(p->ink, "<figcaption>By the numbers of the workings below.");
    dro_ink_raw(p->ink, any_sea(chains) ? " Dashed: by sea, drawn as the great circle "
                                          "between the ports and not as sailed."
                                        : "");
    dro_ink_raw(p->ink, "</figcaption>\n</figure>\n");
    return DRO_OK;
}

/* ---- trials that have a place
 * --------------------------------------------------------
 */

typedef struct classes { /* of figures, each `step` wide */
    double first, step;
    int count;
    const char *unit;
} classes;

static classes classes_of(const dro_audit_claim *claim) {
    double low = HUGE_VAL, high = -HUGE_VAL;
    classes c = {.unit = claim->figure.unit};
    for (size_t i = 0; i < claim->trial_count; i++) {
        const dro_audit_trial *t = &claim->trials[i];
        if (is_mapped(claim, t) && verdict_has_number(&t->figure)) {
            low = fmin(low, t->figure.value);
            high = fmax(high, t->figure.value);
        }
    }
    if (!(low <= high)) {
        return c;
    }
    double power = pow(10.0, floor(log10(fmax(high - low, 1e-6))) - 1.0);
    static const double steps[] = {1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        c.step = steps[i] * power;
        c.first = floor(low / c.step) * c.step;
        c.count = (int)floor((high - c.first) / c.step) + 1;
        if (c.count <= CLASSES_MAX) {
            break;
        }
    }
    c.count = c.count > CLASSES_MAX ? CLASSES_MAX : c.count;
    return c;
}

/* Six colours from pale to dark; few classes take them far apart. */
static int colour_of(const classes *c, int class) {
    return c->count < 2
               ? CLASSES_MAX - 1
               : (int)lround((double)class * (CLASSES_MAX - 1) / (c->count - 1));
}

static int class_of(const classes *c, double value) {
    int class = (int)floor((value - c->first) / c->step);
    return class < 0 ? 0 : class >= c->count ? c->count - 1 : class;
}

static bool is_diamond(const dro_audit_trial *t) {
    return t->holds && verdict_has_figure(&t->figure);
}

static void add_shape(dro_ink *ink, const dro_audit_trial *t, const classes *c,
                      bool diamond, dro_xy at) {
    char class[24] = "origin blank";
    if (verdict_has_figure(&t->figure)) {
        bool number = verdict_has_number(&t->figure);
        int colour = number ? colour_of(c, class_of(c, t->figure.value))
                            : (t->holds ? CLASSES_MAX - 1 : 1);
        (void)snprintf(class, sizeof class, "origin b%d", colour);
    }
    if (diamond) {
        dro_ink_add(ink, "<path class=\"%s\" d=\"M", class);
        dro_ink_px(ink, at.x);
        dro_ink_raw(ink, " ");
        dro_ink_px(ink, at.y - 8.0);
        dro_ink_raw(ink, "l8 8l-8 8l-8 -8z\">");
    } else {
        dro_ink_add(ink, "<circle class=\"%s\" r=\"5.5\"", class);
        add_xy(ink, "cx", "cy", at);
        dro_ink_raw(ink, ">");
    }
}

static dro_status draw_origin(map *m, const dro_audit_trial *t, const classes *c,
                              dro_error *error) {
    dro_xy at = spot(m, t->at);
    bool diamond = is_diamond(t);
    add_shape(m->p->ink, t, c, diamond, at);
    dro_ink_raw(m->p->ink, "<title>");
    dro_ink_text(m->p->ink, t->name);
    dro_ink_raw(m->p->ink, ": ");
    page_figure(m->p->ink, verdict_has_figure(&t->figure)
                               ? verdict_figure(&t->figure).text
                               : t->reason);
    dro_ink_raw(m->p->ink, "</title>");
    dro_ink_raw(m->p->ink, diamond ? "</path>\n" : "</circle>\n");
    return take(m, at, 6.0, error);
}

/* Where it holds on top and named first. */
static dro_status draw_origins(map *m, const dro_audit_claim *claim, const classes *c,
                               dro_error *error) {
    for (int pass = 0; pass < 4; pass++) {
        for (size_t i = 0; i < claim->trial_count; i++) {
            const dro_audit_trial *t = &claim->trials[i];
            bool turn = t->holds == (pass == 1 || pass == 2);
            if (!is_mapped(claim, t) || !turn) {
                continue;
            }
            DRO_TRY(pass < 2 ? draw_origin(m, t, c, error)
                             : add_label(m, spot(m, t->at), t->name,
                                         t->holds ? "label end" : "label",
                                         t->holds ? 34.0 : 10.0, error));
        }
    }
    return DRO_OK;
}

static dro_status draw_trials(map *m, const dro_audit_claim *claim, const classes *c,
                              dro_error *error) {
    for (size_t i = 0; i < claim->trial_count; i++) {
        if (is_mapped(claim, &claim->trials[i])) {
            see(m, project(m, claim->trials[i].at));
        }
    }
    map_fit(m);
    map_open(m, claim->id, "Where it was tried: ");
    DRO_TRY(draw_origins(m, claim, c, error));
    dro_ink_raw(m->p->ink, "</svg>\n");
    return DRO_OK;
}

static void add_class_key(dro_ink *ink, const classes *c, int class) {
    dro_audit_figure like = {c->first, c->step, c->first + c->step * c->count, c->unit,
                             NULL};
    dro_ink_add(ink, "<span><i class=\"k-class b%d\"></i>", colour_of(c, class));
    page_figure(ink, verdict_number(c->first + class * c->step, &like).text);
    dro_ink_raw(ink, " to ");
    page_figure(ink, verdict_number(c->first + (class + 1) * c->step, &like).text);
    dro_ink_raw(ink, " ");
    dro_ink_text(ink, c->unit);
    dro_ink_raw(ink, "</span>");
}

dro_status page_map_places(page *p, const dro_audit_claim *claim, dro_error *error) {
    map m = map_begin(p);
    classes c = classes_of(claim);
    dro_ink_raw(p->ink, "<figure class=\"mapped\">\n");
    dro_status status = draw_trials(&m, claim, &c, error);
    dro_label_space_free(&m.space);
    DRO_TRY(status);
    dro_ink_raw(p->ink, "<figcaption><span class=\"key\">");
    for (int i = 0; i < c.count; i++) {
        add_class_key(p->ink, &c, i);
    }
    dro_ink_raw(p->ink,
                "<span><i class=\"k-diamond\"></i>it holds there</span><span><i "
                "class=\"k-circle\"></i>it does not</span></span></figcaption>\n"
                "</figure>\n");
    return DRO_OK;
}
