/* In which order, and on which leg, a track passes its straits: where its arcs meet
 * the gates. Canals are legs of the track already. */
#include "crossings.h"

#include <math.h>
#include <stdlib.h>

/* One piece of a gate, with the normal of its great circle. */
typedef struct bar {
    dro_vec from, to, normal;
} bar;

/* The gates of a passage, and the degrees of latitude between which they lie. */
typedef struct gates {
    bar *bars;
    size_t count;
    double south_deg, north_deg;
} gates;

typedef struct gauge { /* what the loops below need */
    dro_vec *points;   /* of the track; zero where nobody has asked yet */
    const dro_passage *passages;
    const dro_track *track;
    dro_arena *arena;
    dro_crossing *out;
    size_t count;
    bool out_of_memory;
} gauge;

/* No less than the angle between two points. */
static double angle_most_deg(dro_point a, dro_point b) {
    double east = fabs(a.lon_deg - b.lon_deg);
    return fabs(a.lat_deg - b.lat_deg) + (east > 180.0 ? 360.0 - east : east);
}

static bar bar_between(dro_point from, dro_point to) {
    dro_vec a = dro_geo_to_vec(from), b = dro_geo_to_vec(to);
    return (bar){
        a, b, {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}};
}

/* The pieces of all gates of a passage. An arc is nowhere further from its nearer end
 * than half of its length. */
static void list_gates(gauge *use, const dro_passage *passage, gates *out) {
    size_t most = 0;
    for (size_t i = 0; i < passage->gate_count; i++) {
        most += passage->gates[i].count;
    }
    *out =
        (gates){dro_arena_alloc(use->arena, most, sizeof *out->bars), 0, 90.0, -90.0};
    use->out_of_memory |= out->bars == NULL;
    for (size_t i = 0; out->bars != NULL && i < passage->gate_count; i++) {
        const dro_gate *gate = &passage->gates[i];
        for (size_t k = 1; k < gate->count; k++) {
            dro_point a = gate->points[k - 1], b = gate->points[k];
            double half = angle_most_deg(a, b) / 2.0;
            out->bars[out->count++] = bar_between(a, b);
            out->south_deg = fmin(out->south_deg, fmin(a.lat_deg, b.lat_deg) - half);
            out->north_deg = fmax(out->north_deg, fmax(a.lat_deg, b.lat_deg) + half);
        }
    }
}

/* Most arcs of a track are short and far from a gate, which their latitudes tell. */
static bool is_far(const gates *from, dro_point a, dro_point b) {
    double half = angle_most_deg(a, b) / 2.0;
    return fmax(a.lat_deg, b.lat_deg) + half < from->south_deg - 1e-6 ||
           fmin(a.lat_deg, b.lat_deg) - half > from->north_deg + 1e-6;
}

static dro_vec vec_of(gauge *use, size_t point) {
    dro_vec *known = &use->points[point];
    if (known->x == 0.0 && known->y == 0.0 && known->z == 0.0) {
        *known = dro_geo_to_vec(use->track->points[point]);
    }
    return *known;
}

static double side(const bar *of, dro_vec p) {
    return of->normal.x * p.x + of->normal.y * p.y + of->normal.z * p.z;
}

/* Both ends clearly on one side of the bar's great circle, as nearly all are, is
 * known without the exact test. */
static bool bar_meets(const bar *of, dro_vec a, dro_vec b) {
    double from = side(of, a), to = side(of, b);
    if ((from > 1e-12 && to > 1e-12) || (from < -1e-12 && to < -1e-12)) {
        return false;
    }
    return dro_geo_arcs_cross(a, b, of->from, of->to);
}

static bool meet(gauge *use, size_t passage, size_t first, size_t last,
                 dro_crossing *out) {
    const dro_point *track = use->track->points;
    gates through;
    list_gates(use, &use->passages[passage], &through);
    for (size_t arc = first; arc < last; arc++) {
        if (is_far(&through, track[arc], track[arc + 1])) {
            continue;
        }
        dro_vec a = vec_of(use, arc), b = vec_of(use, arc + 1);
        for (size_t i = 0; i < through.count; i++) {
            dro_vec c = through.bars[i].from, d = through.bars[i].to;
            if (bar_meets(&through.bars[i], a, b)) {
                dro_vec where = {(c.x + d.x) / 2, (c.y + d.y) / 2, (c.z + d.z) / 2};
                *out = (dro_crossing){passage, arc, dro_geo_angle(a, where)};
                return true;
            }
        }
    }
    return false;
}

static bool is_canal_leg(const gauge *use, const dro_sea_leg *leg) {
    return leg->passage >= 0 && use->passages[leg->passage].kind == DRO_PASSAGE_CANAL;
}

/* Each canal once per stretch, where it is first entered. */
static uint64_t take_canals(gauge *use) {
    const dro_track *track = use->track;
    uint64_t taken = 0;
    for (size_t stop = 0; stop < track->stops; stop++) {
        uint64_t here = 0;
        for (size_t i = track->stop[stop]; i < track->stop[stop + 1]; i++) {
            const dro_sea_leg *leg = &track->legs[i];
            if (is_canal_leg(use, leg) && (here >> leg->passage & 1u) == 0) {
                here |= UINT64_C(1) << leg->passage;
                use->out[use->count++] =
                    (dro_crossing){(size_t)leg->passage, leg->first, 0.0};
            }
        }
        taken |= here;
    }
    return taken;
}

static void take_straits(gauge *use, uint64_t straits) {
    const dro_track *track = use->track;
    for (size_t stop = 0; stop < track->stops; stop++) {
        if (track->stop[stop] == track->stop[stop + 1]) {
            continue;
        }
        size_t first = track->legs[track->stop[stop]].first;
        size_t last = track->legs[track->stop[stop + 1] - 1].last;
        for (size_t p = 0; p < DRO_PASSAGES_MAX; p++) {
            if ((straits >> p & 1u) != 0 &&
                meet(use, p, first, last, &use->out[use->count])) {
                use->count++;
            }
        }
    }
}

static int by_place(const void *left, const void *right) {
    const dro_crossing *a = left;
    const dro_crossing *b = right;
    if (a->arc != b->arc) {
        return a->arc < b->arc ? -1 : 1;
    }
    return a->along < b->along ? -1 : a->along > b->along;
}

/* A passage that the chart reports but whose gate no arc meets (touching its end):
 * on the last arc. */
static void take_missed(gauge *use, uint64_t straits) {
    for (size_t i = 0; i < use->count; i++) {
        straits &= ~(UINT64_C(1) << use->out[i].passage);
    }
    for (size_t p = 0; p < DRO_PASSAGES_MAX; p++) {
        if ((straits >> p & 1u) != 0) {
            size_t arc = use->track->count > 1 ? use->track->count - 2 : 0;
            use->out[use->count++] = (dro_crossing){p, arc, HUGE_VAL};
        }
    }
}

dro_status dro_crossings_find(const dro_atlas *atlas, const dro_track *track,
                              dro_arena *arena, dro_crossing **out, size_t *count,
                              dro_error *error) {
    size_t passages = 0;
    size_t most = track->leg_count + DRO_PASSAGES_MAX * (track->stops + 1);
    dro_vec *points = dro_arena_alloc(arena, track->count, sizeof *points);
    gauge use = {.points = points, .track = track, .arena = arena};
    use.passages = dro_atlas_passages(atlas, &passages);
    use.out = dro_arena_alloc(arena, most, sizeof *use.out);
    if (points == NULL || use.out == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the passages of a route");
    }
    uint64_t straits = track->passages & ~take_canals(&use);
    take_straits(&use, straits);
    take_missed(&use, straits);
    if (use.out_of_memory) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the passages of a route");
    }
    qsort(use.out, use.count, sizeof *use.out, by_place);
    *out = use.out;
    *count = use.count;
    return DRO_OK;
}
