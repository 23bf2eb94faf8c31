/*
 * Runs of pixels, and cutting them at a rectangle.
 */
#include "report/paths.h"

#include <math.h>

static const double STEP_PX = 0.5;
static const double RING_PX = 1.0;

void dro_paths_free(dro_paths *paths) {
    dro_free(paths->points);
    dro_free(paths->start);
    *paths = (dro_paths){0};
}

void dro_paths_clear(dro_paths *paths) {
    paths->count = 0;
    paths->run_count = 0;
}

size_t dro_paths_end(const dro_paths *paths, size_t run) {
    return run + 1 < paths->run_count ? paths->start[run + 1] : paths->count;
}

dro_status dro_paths_begin(dro_paths *paths, dro_error *error) {
    DRO_TRY(
        DRO_RESERVE(paths->start, paths->run_capacity, paths->run_count + 1, error));
    paths->start[paths->run_count++] = paths->count;
    return DRO_OK;
}

dro_status dro_paths_add(dro_paths *paths, dro_xy point, dro_error *error) {
    DRO_TRY(DRO_RESERVE(paths->points, paths->point_capacity, paths->count + 1, error));
    paths->points[paths->count++] = point;
    return DRO_OK;
}

/* Takes the last run off again. */
static void drop_run(dro_paths *paths) {
    paths->count = paths->start[--paths->run_count];
}

/* ---- rings ----------------------------------------------------------------------- */

/* The four sides of a frame: how far inside is a point, negative outside. */
static double depth(dro_frame frame, int side, dro_xy p) {
    switch (side) {
    case 0:
        return p.x - frame.left;
    case 1:
        return frame.left + frame.width - p.x;
    case 2:
        return p.y - frame.top;
    default:
        return frame.top + frame.height - p.y;
    }
}

/* One side's work on every ring: a stage of a pipeline that holds the first and the
 * last point it was given (Sutherland and Hodgman's re-entrant form). */
typedef struct stage {
    dro_xy first, last;
    bool started;
} stage;

typedef struct ring_clip {
    dro_frame frame;
    stage stages[4];
    dro_paths *out;
    size_t begin; /* of the run in out */
} ring_clip;

static dro_status ring_emit(ring_clip *clip, dro_xy p, dro_error *error) {
    dro_paths *out = clip->out;
    if (out->count > clip->begin) {
        dro_xy last = out->points[out->count - 1];
        if (fabs(p.x - last.x) < STEP_PX && fabs(p.y - last.y) < STEP_PX) {
            return DRO_OK;
        }
    }
    return dro_paths_add(out, p, error);
}

static dro_xy mix(dro_xy a, dro_xy b, double t) {
    return (dro_xy){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
}

static dro_status ring_put(ring_clip *clip, int side, dro_xy p, dro_error *error);

/* The side's crossing of the edge from a to b, if there is one, goes on. */
static dro_status ring_cross(ring_clip *clip, int side, dro_xy a, dro_xy b,
                             dro_error *error) {
    double from = depth(clip->frame, side, a), to = depth(clip->frame, side, b);
    if ((from < 0.0) == (to < 0.0)) {
        return DRO_OK;
    }
    return ring_put(clip, side + 1, mix(a, b, from / (from - to)), error);
}

static dro_status ring_put(ring_clip *clip, int side, dro_xy p, dro_error *error) {
    if (side == 4) {
        return ring_emit(clip, p, error);
    }
    stage *at = &clip->stages[side];
    if (at->started) {
        DRO_TRY(ring_cross(clip, side, at->last, p, error));
    } else {
        at->first = p;
        at->started = true;
    }
    at->last = p;
    return depth(clip->frame, side, p) < 0.0 ? DRO_OK
                                             : ring_put(clip, side + 1, p, error);
}

static dro_status ring_close(ring_clip *clip, dro_error *error) {
    for (int side = 0; side < 4; side++) {
        stage *at = &clip->stages[side];
        if (at->started) {
            DRO_TRY(ring_cross(clip, side, at->last, at->first, error));
        }
    }
    return DRO_OK;
}

static bool too_small(const dro_xy *points, size_t count) {
    if (count < 3) {
        return true;
    }
    dro_xy low = points[0], high = points[0];
    for (size_t i = 1; i < count; i++) {
        low = (dro_xy){fmin(low.x, points[i].x), fmin(low.y, points[i].y)};
        high = (dro_xy){fmax(high.x, points[i].x), fmax(high.y, points[i].y)};
    }
    return high.x - low.x < RING_PX && high.y - low.y < RING_PX;
}

dro_status dro_paths_add_ring(dro_paths *out, const dro_xy *ring, size_t count,
                              dro_frame frame, dro_error *error) {
    ring_clip clip = {.frame = frame, .out = out, .begin = out->count};
    DRO_TRY(dro_paths_begin(out, error));
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(ring_put(&clip, 0, ring[i], error));
    }
    DRO_TRY(ring_close(&clip, error));
    bool empty = out->count == clip.begin; /* then there may be no points at all */
    if (empty || too_small(out->points + clip.begin, out->count - clip.begin)) {
        drop_run(out);
    }
    return DRO_OK;
}

/* ---- lines ------------------------------------------------------------------------
 */

/* Narrows t0..t1 to the part of the edge inside; false where nothing is left. */
static bool inside_part(dro_frame frame, dro_xy a, dro_xy b, double *t0, double *t1) {
    for (int side = 0; side < 4; side++) {
        double from = depth(frame, side, a), to = depth(frame, side, b);
        if (from < 0.0 && to < 0.0) {
            return false;
        }
        if (from < 0.0) {
            *t0 = fmax(*t0, from / (from - to));
        } else if (to < 0.0) {
            *t1 = fmin(*t1, from / (from - to));
        }
    }
    return *t0 <= *t1;
}

/* Adds p unless it is nearly where the run already is. */
static dro_status line_emit(dro_paths *out, dro_xy p, bool keep, dro_error *error) {
    dro_xy last = out->points[out->count - 1];
    if (!keep && hypot(p.x - last.x, p.y - last.y) < STEP_PX) {
        return DRO_OK;
    }
    return dro_paths_add(out, p, error);
}

dro_status dro_paths_add_line(dro_paths *out, const dro_xy *line, size_t count,
                              dro_frame frame, dro_error *error) {
    bool open = false;
    for (size_t i = 1; i < count; i++) {
        double t0 = 0.0, t1 = 1.0;
        if (!inside_part(frame, line[i - 1], line[i], &t0, &t1)) {
            open = false;
            continue;
        }
        if (!open || t0 > 0.0) {
            DRO_TRY(dro_paths_begin(out, error));
            DRO_TRY(dro_paths_add(out, mix(line[i - 1], line[i], t0), error));
        }
        open = t1 >= 1.0;
        bool last = !open || i + 1 == count;
        DRO_TRY(line_emit(out, mix(line[i - 1], line[i], t1), last, error));
    }
    return DRO_OK;
}
