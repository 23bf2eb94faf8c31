/*
 * Which points are on land: how many shores the meridian from a point to the north pole
 * crosses. Shores are cut straight in latitude and longitude, as the file has them.
 * They are sorted into strips of longitude first: a point looks at those of its strip.
 */
#include <math.h>
#include <string.h>

#include "base/pace.h"
#include "report/land.h"

#define STRIPS_PER_DEG 10
#define STRIPS         (360L * STRIPS_PER_DEG)
#define SLACK_DEG      1e-6 /* far more than rounding moves a shore */

typedef struct shore {
    dro_point a, b;
} shore;

typedef struct strips {
    size_t start[STRIPS + 1]; /* of each strip in `shores` */
    shore *shores;
} strips;

static double turn(double from, double to) {
    double d = to - from;
    return d - 360.0 * floor((d + 180.0) / 360.0);
}

/* ---- strips ------------------------------------------------------------------------
 */

static long strip_at(double lon_deg) {
    return lround(floor((lon_deg + 180.0) * STRIPS_PER_DEG));
}

static size_t wrap(long strip) {
    return (size_t)((strip % STRIPS + STRIPS) % STRIPS);
}

/* Into each strip that it touches: counted, or (into not NULL) put there. */
static void add_shore(strips *s, shore of, shore *into) {
    double wide = turn(of.a.lon_deg, of.b.lon_deg);
    double west = of.a.lon_deg + fmin(wide, 0.0), east = of.a.lon_deg + fmax(wide, 0.0);
    long last = strip_at(east + SLACK_DEG);
    for (long k = strip_at(west - SLACK_DEG); k <= last; k++) {
        size_t *at = &s->start[wrap(k)];
        if (into) {
            into[--*at] = of;
        } else {
            ++*at;
        }
    }
}

static void add_shores(strips *s, const dro_land_scale *scale, shore *into) {
    for (size_t r = 0; r < scale->ring_count; r++) {
        const dro_point *ring = scale->points + scale->start[r];
        size_t length = scale->start[r + 1] - scale->start[r];
        for (size_t i = 0; length >= 3 && i < length; i++) {
            add_shore(s, (shore){ring[i ? i - 1 : length - 1], ring[i]}, into);
        }
    }
}

/* A counting sort: sizes, ends, then filled from the ends down to the starts. */
static dro_status fill(strips *s, const dro_land_scale *scale, dro_error *error) {
    void *memory = NULL;
    add_shores(s, scale, NULL);
    for (size_t k = 1; k <= (size_t)STRIPS; k++) {
        s->start[k] += s->start[k - 1];
    }
    DRO_TRY(dro_new(&memory, s->start[STRIPS] + 1, sizeof(shore), "shores", error));
    s->shores = memory;
    add_shores(s, scale, s->shores);
    return DRO_OK;
}

/* ---- points ------------------------------------------------------------------------
 */

/* The shores' crossings north of the point, odd or even. */
static bool crosses_oddly(const strips *s, dro_point p) {
    bool odd = false;
    size_t strip = wrap(strip_at(p.lon_deg));
    for (size_t i = s->start[strip]; i < s->start[strip + 1]; i++) {
        dro_point a = s->shores[i].a, b = s->shores[i].b;
        double before = turn(p.lon_deg, a.lon_deg);
        double after = before + turn(a.lon_deg, b.lon_deg);
        if ((before < 0.0) != (after < 0.0)) {
            double t = before / (before - after);
            odd ^= a.lat_deg + t * (b.lat_deg - a.lat_deg) > p.lat_deg;
        }
    }
    return odd;
}

static dro_status mark(const dro_land_scale *scale, const dro_land_marking *wish,
                       strips *s, bool *on_land, dro_error *error) {
    dro_pace pace = {wish->progress, "land", 0.0};
    DRO_TRY(fill(s, scale, error));
    for (size_t i = 0; i < wish->count; i++) {
        DRO_TRY(dro_pace_step(&pace, i, wish->count, error));
        on_land[i] = crosses_oddly(s, wish->points[i]);
    }
    return DRO_OK;
}

dro_status dro_land_mark(const dro_land *land, const dro_land_marking *wish,
                         bool *on_land, dro_error *error) {
    strips *s = NULL;
    memset(on_land, 0, wish->count * sizeof *on_land);
    if (land->scale_count == 0 || wish->count == 0) {
        return DRO_OK;
    }
    DRO_TRY(dro_new((void **)&s, 1, sizeof *s, "shores", error));
    dro_status status =
        mark(&land->scales[land->scale_count - 1], wish, s, on_land, error);
    dro_free(s->shores);
    dro_free(s);
    return status;
}
