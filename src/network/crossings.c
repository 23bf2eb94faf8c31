/* In which order, and on which leg, a track passes its straits: where its arcs meet
 * the gates. Canals are legs of the track already. */
#include "crossings.h"

#include <math.h>
#include <stdlib.h>

/* One piece of a gate, with the normal of its great circle. */
typedef struct bar {
    dro_vec from, to, normal;
} bar;

typedef struct gauge { /* what the loops below need */
    const dro_vec *points;
    const dro_passage *passages;
    const dro_track *track;
    dro_arena *arena;
    dro_crossing *out;
    size_t count;
    bool out_of_memory;
} gauge;

/* The pieces of all gates of a passage. */
static size_t list_bars(gauge *use, const dro_passage *passage, bar **out) {
    size_t most = 0, count = 0;
    for (size_t i = 0; i < passage->gate_count; i++) {
        most += passage->gates[i].count;
    }
    bar *bars = dro_arena_alloc(use->arena, most, sizeof *bars);
    use->out_of_memory |= bars == NULL;
    for (size_t i = 0; bars != NULL && i < passage->gate_count; i++) {
        const dro_gate *gate = &passage->gates[i];
        for (size_t k = 1; k < gate->count; k++) {
            dro_vec a = dro_geo_to_vec(gate->points[k - 1]);
            dro_vec b = dro_geo_to_vec(gate->points[k]);
            bars[count++] = (bar){
                a,
                b,
                {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}};
        }
    }
    *out = bars;
    return count;
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
    bar *bars = NULL;
    size_t count = list_bars(use, &use->passages[passage], &bars);
    for (size_t arc = first; arc < last; arc++) {
        dro_vec a = use->points[arc], b = use->points[arc + 1];
        for (size_t i = 0; i < count; i++) {
            dro_vec c = bars[i].from, d = bars[i].to;
            if (bar_meets(&bars[i], a, b)) {
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
    for (size_t i = 0; i < track->count; i++) {
        points[i] = dro_geo_to_vec(track->points[i]);
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
