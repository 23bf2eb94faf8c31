/* In which order, and on which leg, a track passes its straits: where its arcs meet
 * the gates. Canals are legs of the track already. */
#include "crossings.h"

#include <math.h>
#include <stdlib.h>

typedef struct gauge { /* what the loops below need */
    const dro_vec *points;
    const dro_passage *passages;
    const dro_track *track;
    dro_crossing *out;
    size_t count;
} gauge;

static bool gate_meets(const dro_gate *gate, dro_vec a, dro_vec b, dro_vec *where) {
    for (size_t i = 1; i < gate->count; i++) {
        dro_vec c = dro_geo_to_vec(gate->points[i - 1]);
        dro_vec d = dro_geo_to_vec(gate->points[i]);
        if (dro_geo_arcs_cross(a, b, c, d)) {
            *where = (dro_vec){(c.x + d.x) / 2, (c.y + d.y) / 2, (c.z + d.z) / 2};
            return true;
        }
    }
    return false;
}

static bool arc_meets(const dro_passage *passage, dro_vec a, dro_vec b, double *along) {
    dro_vec where = {0};
    for (size_t i = 0; i < passage->gate_count; i++) {
        if (gate_meets(&passage->gates[i], a, b, &where)) {
            *along = dro_geo_angle(a, where);
            return true;
        }
    }
    return false;
}

static bool meet(const gauge *use, size_t passage, size_t first, size_t last,
                 dro_crossing *out) {
    for (size_t arc = first; arc < last; arc++) {
        double along = 0.0;
        if (arc_meets(&use->passages[passage], use->points[arc], use->points[arc + 1],
                      &along)) {
            *out = (dro_crossing){passage, arc, along};
            return true;
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
    gauge use = {.points = points, .track = track};
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
    qsort(use.out, use.count, sizeof *use.out, by_place);
    *out = use.out;
    *count = use.count;
    return DRO_OK;
}
