/*
 * Cutting at the boundary of a view, on the sphere.
 *
 * Where a ring leaves what can be seen it is continued along the boundary, counter-
 * clockwise, to the next place where any ring comes in (Weiler and Atherton 1977, with
 * the boundary's parameter in place of a second polygon): right for any mix of shores
 * because all have land on their left. A horizon is crossed at one place, the cut of a
 * world map at two: out at one edge, in at the other.
 */
#include "report/clip.h"

#include <math.h>
#include <stdlib.h>

static const double PI = 3.14159265358979323846;
static const double STEP = 0.0174532925; /* longest edge, radians */
#define FILL_STEPS 180                   /* of the boundary's parameter, per whole */
static const double MARGIN_PX = 8.0;     /* drawn beyond the frame, hidden there */

typedef struct piece { /* a run of `cut` from where it comes in to where it leaves */
    double enter, leave;
    size_t run;
    bool used;
} piece;

typedef struct clipper {
    const dro_view *view;
    dro_frame frame; /* with its margin */
    dro_paths *out;
    dro_vec *ring; /* the one at hand, dense, in the view's axes */
    size_t ring_count, ring_capacity;
    dro_paths pixels; /* scratch, one run */
    dro_paths cut;    /* runs of rings that the boundary cuts */
    piece *pieces;
    size_t piece_count, piece_capacity;
} clipper;

static clipper clipper_make(const dro_view *view, dro_paths *out) {
    dro_frame f = view->frame;
    dro_frame wide = {f.left - MARGIN_PX, f.top - MARGIN_PX, f.width + 2.0 * MARGIN_PX,
                      f.height + 2.0 * MARGIN_PX};
    return (clipper){.view = view, .frame = wide, .out = out};
}

static void clipper_free(clipper *clip) {
    dro_free(clip->ring);
    dro_free(clip->pieces);
    dro_paths_free(&clip->pixels);
    dro_paths_free(&clip->cut);
}

/* ---- dense great circles -----------------------------------------------------------
 */

static dro_status push(clipper *clip, dro_vec v, dro_error *error) {
    DRO_TRY(DRO_RESERVE(clip->ring, clip->ring_capacity, clip->ring_count + 1, error));
    clip->ring[clip->ring_count++] = v;
    return DRO_OK;
}

static dro_vec slerp(dro_vec a, dro_vec b, double angle, double t) {
    double p = sin((1.0 - t) * angle) / sin(angle), q = sin(t * angle) / sin(angle);
    return (dro_vec){p * a.x + q * b.x, p * a.y + q * b.y, p * a.z + q * b.z};
}

/* Points after a and up to b; opposite ends have no great circle and are jumped. */
static dro_status push_arc(clipper *clip, dro_vec a, dro_vec b, dro_error *error) {
    double chord = sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) +
                        (a.z - b.z) * (a.z - b.z));
    if (chord > STEP && chord < 2.0 - 1e-9) {
        double angle = 2.0 * asin(chord / 2.0);
        int steps = (int)ceil(angle / STEP);
        for (int i = 1; i < steps; i++) {
            DRO_TRY(push(clip, slerp(a, b, angle, (double)i / steps), error));
        }
    }
    return push(clip, b, error);
}

static dro_status load(clipper *clip, const dro_point *points, size_t count,
                       bool closed, dro_error *error) {
    clip->ring_count = 0;
    if (count == 0) {
        return DRO_OK;
    }
    dro_vec first = dro_view_turn(clip->view, points[0]), last = first;
    DRO_TRY(push(clip, first, error));
    for (size_t i = 1; i < count; i++) {
        dro_vec next = dro_view_turn(clip->view, points[i]);
        DRO_TRY(push_arc(clip, last, next, error));
        last = next;
    }
    if (closed) {
        DRO_TRY(push_arc(clip, last, first, error));
        clip->ring_count--; /* the first again */
    }
    return DRO_OK;
}

/* ---- where an edge crosses the boundary
 * ----------------------------------------------- */

typedef struct crossing {
    bool leaves, enters; /* in this order where both */
    double leave, enter; /* parameters of the boundary */
} crossing;

static double wrap(double value, double period) {
    double rest = value - period * floor(value / period);
    return rest < period ? rest : 0.0;
}

/* Where the edge goes through the rim of the cap, by halving. */
static double rim_parameter(const dro_view *view, dro_vec a, dro_vec b) {
    bool out = dro_view_sees(view, a);
    dro_vec m = a;
    for (int i = 0; i < 48; i++) {
        m = (dro_vec){a.x + b.x, a.y + b.y, a.z + b.z};
        double length = sqrt(m.x * m.x + m.y * m.y + m.z * m.z);
        m = (dro_vec){m.x / length, m.y / length, m.z / length};
        if (dro_view_sees(view, m) == out) {
            a = m;
        } else {
            b = m;
        }
    }
    return wrap(atan2(m.y, m.x) / (2.0 * PI), 1.0);
}

static crossing cross_rim(const dro_view *view, dro_vec a, dro_vec b) {
    bool from = dro_view_sees(view, a), to = dro_view_sees(view, b);
    if (from == to) {
        return (crossing){0};
    }
    double t = rim_parameter(view, a, b);
    return (crossing){.leaves = from, .enters = to, .leave = t, .enter = t};
}

/* The half meridian x = 0, z < 0. */
static crossing cross_cut(dro_vec a, dro_vec b) {
    bool from_east = a.x >= 0.0, to_east = b.x >= 0.0;
    if (from_east == to_east) {
        return (crossing){0};
    }
    double t = a.x / (a.x - b.x);
    double y = a.y + t * (b.y - a.y), z = a.z + t * (b.z - a.z);
    if (z >= 0.0) {
        return (crossing){0};
    }
    double right = 0.5 + atan2(y, -z) / PI;
    double left = 2.0 - right;
    return (crossing){true, true, from_east ? right : left, from_east ? left : right};
}

static crossing cross(const dro_view *view, dro_vec a, dro_vec b) {
    return view->kind == DRO_VIEW_WORLD ? cross_cut(a, b) : cross_rim(view, a, b);
}

/* ---- lines
 * ---------------------------------------------------------------------------- */

static dro_status add_pixel(clipper *clip, dro_paths *to, dro_vec v, dro_error *error) {
    return dro_paths_add(to, dro_view_project(clip->view, v), error);
}

static dro_status add_boundary(clipper *clip, dro_paths *to, double t,
                               dro_error *error) {
    return dro_paths_add(to, dro_view_boundary(clip->view, t), error);
}

static dro_status flush_line(clipper *clip, dro_error *error) {
    dro_status status = dro_paths_add_line(clip->out, clip->pixels.points,
                                           clip->pixels.count, clip->frame, error);
    dro_paths_clear(&clip->pixels);
    return status;
}

static dro_status line_edge(clipper *clip, dro_vec a, dro_vec b, dro_error *error) {
    crossing at = cross(clip->view, a, b);
    if (at.leaves) {
        DRO_TRY(add_boundary(clip, &clip->pixels, at.leave, error));
        DRO_TRY(flush_line(clip, error));
    }
    if (at.enters) {
        DRO_TRY(add_boundary(clip, &clip->pixels, at.enter, error));
    }
    return dro_view_sees(clip->view, b) ? add_pixel(clip, &clip->pixels, b, error)
                                        : DRO_OK;
}

static dro_status walk_line(clipper *clip, dro_error *error) {
    if (clip->ring_count > 0 && dro_view_sees(clip->view, clip->ring[0])) {
        DRO_TRY(add_pixel(clip, &clip->pixels, clip->ring[0], error));
    }
    for (size_t i = 1; i < clip->ring_count; i++) {
        DRO_TRY(line_edge(clip, clip->ring[i - 1], clip->ring[i], error));
    }
    return flush_line(clip, error);
}

dro_status dro_clip_line(const dro_view *view, const dro_point *points, size_t count,
                         dro_paths *out, dro_error *error) {
    clipper clip = clipper_make(view, out);
    dro_status status;
    DRO_TRY_GOTO(load(&clip, points, count, false, error), done);
    status = walk_line(&clip, error);
done:
    clipper_free(&clip);
    return status;
}

/* ---- rings
 * ---------------------------------------------------------------------------- */

static dro_status flush_ring(clipper *clip, dro_error *error) {
    dro_status status = dro_paths_add_ring(clip->out, clip->pixels.points,
                                           clip->pixels.count, clip->frame, error);
    dro_paths_clear(&clip->pixels);
    return status;
}

/* The edge i, from corner i to the next. */
static crossing ring_crossing(const clipper *clip, size_t i) {
    size_t next = i + 1 < clip->ring_count ? i + 1 : 0;
    return cross(clip->view, clip->ring[i], clip->ring[next]);
}

static dro_status piece_begin(clipper *clip, double enter, dro_error *error) {
    DRO_TRY(
        DRO_RESERVE(clip->pieces, clip->piece_capacity, clip->piece_count + 1, error));
    DRO_TRY(dro_paths_begin(&clip->cut, error));
    clip->pieces[clip->piece_count++] =
        (piece){.enter = enter, .run = clip->cut.run_count - 1};
    return add_boundary(clip, &clip->cut, enter, error);
}

static dro_status piece_end(clipper *clip, double leave, dro_error *error) {
    clip->pieces[clip->piece_count - 1].leave = leave;
    return add_boundary(clip, &clip->cut, leave, error);
}

/* Once around, from the entrance on edge `begin` to the last exit before it. */
static dro_status walk_cut_ring(clipper *clip, size_t begin, dro_error *error) {
    size_t n = clip->ring_count;
    DRO_TRY(piece_begin(clip, ring_crossing(clip, begin).enter, error));
    for (size_t k = 1; k <= n; k++) {
        size_t i = (begin + k) % n;
        if (dro_view_sees(clip->view, clip->ring[i])) {
            DRO_TRY(add_pixel(clip, &clip->cut, clip->ring[i], error));
        }
        crossing at = ring_crossing(clip, i);
        if (at.leaves) {
            DRO_TRY(piece_end(clip, at.leave, error));
        }
        if (at.enters && k < n) {
            DRO_TRY(piece_begin(clip, at.enter, error));
        }
    }
    return DRO_OK;
}

static dro_status walk_ring(clipper *clip, dro_error *error) {
    for (size_t i = 0; i < clip->ring_count; i++) {
        if (ring_crossing(clip, i).enters) {
            return walk_cut_ring(clip, i, error);
        }
    }
    if (clip->ring_count == 0 || !dro_view_sees(clip->view, clip->ring[0])) {
        return DRO_OK;
    }
    for (size_t i = 0; i < clip->ring_count; i++) {
        DRO_TRY(add_pixel(clip, &clip->pixels, clip->ring[i], error));
    }
    return flush_ring(clip, error);
}

/* ---- joining pieces along the boundary
 * -------------------------------------------------- */

/* Boundary points strictly between two parameters, counter-clockwise. */
static dro_status fill_boundary(clipper *clip, double from, double to,
                                dro_error *error) {
    double period = dro_view_period(clip->view);
    bool world = clip->view->kind == DRO_VIEW_WORLD;
    double end = from + wrap(to - from, period);
    for (long k = (long)floor(from * FILL_STEPS) + 1; (double)k < end * FILL_STEPS;
         k++) {
        double t = (double)k / FILL_STEPS;
        if (world && k % FILL_STEPS == 0) { /* a corner has two ends */
            DRO_TRY(add_boundary(clip, &clip->pixels, t - 1e-12, error));
        }
        DRO_TRY(add_boundary(clip, &clip->pixels, t, error));
    }
    return DRO_OK;
}

static int by_enter(const void *a, const void *b) {
    double x = ((const piece *)a)->enter, y = ((const piece *)b)->enter;
    return (x > y) - (x < y);
}

/* The next free piece that comes in at or after a parameter, around the boundary. */
static piece *next_piece(clipper *clip, double parameter) {
    piece *first = NULL;
    for (size_t i = 0; i < clip->piece_count; i++) {
        piece *p = &clip->pieces[i];
        if (!p->used && p->enter >= parameter) {
            return p;
        }
        first = first == NULL && !p->used ? p : first;
    }
    return first;
}

static dro_status add_piece(clipper *clip, const piece *p, dro_error *error) {
    for (size_t i = clip->cut.start[p->run]; i < dro_paths_end(&clip->cut, p->run);
         i++) {
        DRO_TRY(dro_paths_add(&clip->pixels, clip->cut.points[i], error));
    }
    return DRO_OK;
}

/* How far along the boundary, counter-clockwise. */
static double ahead(const clipper *clip, double from, double to) {
    return wrap(to - from, dro_view_period(clip->view));
}

/* From one piece along the boundary to the next, until the first is met again. */
static dro_status join_from(clipper *clip, piece *first, dro_error *error) {
    piece *p = first;
    for (;;) {
        p->used = true;
        DRO_TRY(add_piece(clip, p, error));
        piece *next = next_piece(clip, p->leave);
        if (next == NULL ||
            ahead(clip, p->leave, first->enter) <= ahead(clip, p->leave, next->enter)) {
            break;
        }
        DRO_TRY(fill_boundary(clip, p->leave, next->enter, error));
        p = next;
    }
    DRO_TRY(fill_boundary(clip, p->leave, first->enter, error));
    return flush_ring(clip, error);
}

static dro_status join_pieces(clipper *clip, dro_error *error) {
    if (clip->piece_count == 0) {
        return DRO_OK;
    }
    qsort(clip->pieces, clip->piece_count, sizeof *clip->pieces, by_enter);
    for (size_t i = 0; i < clip->piece_count; i++) {
        if (!clip->pieces[i].used) {
            DRO_TRY(join_from(clip, &clip->pieces[i], error));
        }
    }
    return DRO_OK;
}

static dro_status clip_rings(clipper *clip, const dro_land_scale *land,
                             dro_error *error) {
    for (size_t i = 0; i < land->ring_count; i++) {
        size_t begin = land->start[i], count = land->start[i + 1] - begin;
        DRO_TRY(load(clip, land->points + begin, count, true, error));
        DRO_TRY(walk_ring(clip, error));
    }
    return join_pieces(clip, error);
}

dro_status dro_clip_land(const dro_view *view, const dro_land_scale *land,
                         dro_paths *out, dro_error *error) {
    clipper clip = clipper_make(view, out);
    dro_status status = clip_rings(&clip, land, error);
    clipper_free(&clip);
    return status;
}

dro_status dro_clip_outline(const dro_view *view, dro_paths *out, dro_error *error) {
    clipper clip = clipper_make(view, out);
    double full = dro_view_period(view);
    dro_status status;
    DRO_TRY_GOTO(fill_boundary(&clip, 0.0, full - 1e-9, error), done);
    DRO_TRY_GOTO(add_boundary(&clip, &clip.pixels, full - 1e-12, error), done);
    DRO_TRY_GOTO(add_boundary(&clip, &clip.pixels, 0.0, error), done);
    status = flush_ring(&clip, error);
done:
    clipper_free(&clip);
    return status;
}
