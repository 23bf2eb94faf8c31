#include "chart/rules.h"

#include <math.h>
#include <string.h>

bool rules_shallow(const dro_sea_rules *r, uint8_t depth) {
    return (double)r->chart->image.depths[depth] < r->draft_m;
}

bool rules_allow_over(const dro_sea_rules *r, sight_class class) {
    return (class.gates & r->closed) == 0 &&
           (double)r->chart->image.depths[class.channel] >= r->channel_draft_m;
}

bool rules_allow(const dro_sea_rules *r, sight_class class) {
    return rules_allow_over(r, class) && !rules_shallow(r, class.depth);
}

/* ---- avoided areas -------------------------------------------------------------- */

static double dot(dro_vec a, dro_vec b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static rules_disc disc_of(dro_ring ring) {
    dro_vec sum = {0, 0, 0};
    for (size_t i = 0; i < ring.count; i++) {
        sum.x += ring.points[i].x;
        sum.y += ring.points[i].y;
        sum.z += ring.points[i].z;
    }
    if (dot(sum, sum) < 1e-12) {
        return (rules_disc){{0, 0, 1}, -1.0, 3.2};
    }
    rules_disc d = {dro_geo_quantise(sum), 1.0, 0.0};
    double radius = 0.0;
    for (size_t i = 0; i < ring.count; i++) { /* edges bulge by less than their half */
        const dro_vec a = ring.points[i], b = ring.points[(i + 1) % ring.count];
        radius = fmax(radius, dro_geo_angle(d.centre, a) + 0.1 * dro_geo_angle(a, b));
    }
    d.cosine = radius >= 3.1 ? -1.0 : cos(radius);
    d.radius = radius;
    return d;
}

/* Is every point of the arc outside the disc? */
static bool clear_of(const rules_disc *d, dro_vec a, dro_vec b) {
    if (dot(d->centre, a) >= d->cosine || dot(d->centre, b) >= d->cosine) {
        return false;
    }
    dro_vec nearest = dro_geo_nearest_on_arc(a, b, d->centre);
    return dot(d->centre, nearest) < d->cosine - 1e-12;
}

static bool crosses_ring(dro_ring ring, dro_vec a, dro_vec b) {
    for (size_t i = 0; i < ring.count; i++) {
        if (dro_geo_arcs_cross(a, b, ring.points[i],
                               ring.points[(i + 1) % ring.count])) {
            return true;
        }
    }
    return dro_geo_ring_contains(ring, a);
}

bool rules_area_meets(const dro_sea_rules *r, size_t area, dro_vec a, dro_vec b) {
    return !clear_of(&r->discs[area], a, b) && crosses_ring(r->avoid[area], a, b);
}

void rules_make_blocks(const rules_disc *discs, size_t count, rules_disc *blocks) {
    for (size_t first = 0; first < count; first += RULES_BLOCK) {
        size_t end = first + RULES_BLOCK < count ? first + RULES_BLOCK : count;
        dro_vec sum = {0, 0, 0};
        for (size_t i = first; i < end; i++) {
            sum.x += discs[i].centre.x;
            sum.y += discs[i].centre.y;
            sum.z += discs[i].centre.z;
        }
        rules_disc block = {{0, 0, 1}, -1.0, 3.2};
        if (dot(sum, sum) > 1e-6) {
            block = (rules_disc){dro_geo_quantise(sum), 1.0, 0.0};
            for (size_t i = first; i < end; i++) {
                block.radius =
                    fmax(block.radius, dro_geo_angle(block.centre, discs[i].centre) +
                                           discs[i].radius + 1e-9);
            }
            block.cosine = block.radius >= 3.1 ? -1.0 : cos(block.radius);
        }
        blocks[first / RULES_BLOCK] = block;
    }
}

bool rules_avoided(const dro_sea_rules *r, dro_vec a, dro_vec b) {
    for (size_t i = 0; i < r->avoid_count; i++) {
        if (i % RULES_BLOCK == 0 && clear_of(&r->blocks[i / RULES_BLOCK], a, b)) {
            i += RULES_BLOCK - 1;
        } else if (rules_area_meets(r, i, a, b)) {
            return true;
        }
    }
    return false;
}

int rules_inside(const dro_sea_rules *r, dro_vec place) {
    for (size_t i = 0; i < r->avoid_count; i++) {
        if (dot(r->discs[i].centre, place) >= r->discs[i].cosine - 1e-12 &&
            dro_geo_ring_contains(r->avoid[i], place)) {
            return (int)i;
        }
    }
    return -1;
}

static dro_vec normal_of(dro_vec a, dro_vec b) {
    dro_vec n = {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
    double length = fmax(sqrt(dot(n, n)), 1e-300);
    return (dro_vec){n.x / length, n.y / length, n.z / length};
}

bool rules_towards_areas(const dro_sea_rules *r, dro_vec at, dro_vec right,
                         dro_vec left) {
    dro_vec of_right = normal_of(at, right), of_left = normal_of(at, left);
    for (size_t i = 0; i < r->avoid_count; i++) {
        double reach = r->discs[i].radius + r->margin, width = sin(reach);
        dro_vec c = r->discs[i].centre;
        if (reach > 1.5 || fabs(dot(c, at)) >= cos(reach) ||
            (dot(of_right, c) >= -width && dot(of_left, c) <= width)) {
            return true;
        }
    }
    return false;
}

/* A way (1 + t) times as long as a straight one leaves it by sqrt(2 t + t^2) of its
 * half at the most; great circles on geodetic latitude are the shortest only nearly. */
static double margin_of(const image *v) {
    double t = v->header->spanner;
    const double longest = 3.0; /* radians (sight.c) */
    return longest * (0.5 * sqrt(2.0 * t + t * t) + 0.004);
}

static dro_status cut_pieces(dro_sea_rules *r, dro_error *error) {
    const image *v = &r->chart->image;
    DRO_TRY(dro_new((void **)&r->piece_cut, v->pieces_count, 1, "areas", error));
    for (size_t i = 0; i < v->pieces_count; i++) {
        const graph_piece *p = &v->pieces[i];
        const dro_point *points = v->line_points + v->lines[p->line].first;
        for (uint32_t k = p->first; k < p->last && !r->piece_cut[i]; k++) {
            r->piece_cut[i] = rules_avoided(r, dro_geo_to_vec(points[k]),
                                            dro_geo_to_vec(points[k + 1]));
        }
    }
    return DRO_OK;
}

bool rules_piece_cut(const dro_sea_rules *r, uint32_t node, image_arc arc) {
    const image *v = &r->chart->image;
    for (size_t i = 0; r->piece_cut && i < v->pieces_count; i++) {
        const graph_piece *p = &v->pieces[i];
        if (r->piece_cut[i] && p->class == arc.class && p->length_m == arc.length_m &&
            ((p->a == node && p->b == arc.to) || (p->b == node && p->a == arc.to))) {
            return true;
        }
    }
    return false;
}

static dro_status copy_areas(dro_sea_rules *r, const dro_sea_rules_options *o,
                             dro_error *error) {
    size_t points = 0;
    for (size_t i = 0; i < o->avoid_count; i++) {
        points += o->avoid[i].count;
    }
    DRO_TRY(
        dro_new((void **)&r->avoid, o->avoid_count, sizeof *r->avoid, "areas", error));
    DRO_TRY(
        dro_new((void **)&r->discs, o->avoid_count, sizeof *r->discs, "areas", error));
    DRO_TRY(dro_new((void **)&r->avoid_points, points, sizeof *r->avoid_points, "areas",
                    error));
    for (size_t i = 0; i < o->avoid_count; i++) {
        dro_vec *to = r->avoid_points + r->avoid_point_count;
        memcpy(to, o->avoid[i].points, o->avoid[i].count * sizeof *to);
        r->avoid[i] = (dro_ring){to, o->avoid[i].count};
        r->discs[i] = disc_of(r->avoid[i]);
        r->avoid_point_count += o->avoid[i].count;
    }
    size_t blocks = o->avoid_count / RULES_BLOCK + 1;
    DRO_TRY(dro_new((void **)&r->blocks, blocks, sizeof *r->blocks, "areas", error));
    rules_make_blocks(r->discs, o->avoid_count, r->blocks);
    r->avoid_count = o->avoid_count;
    r->margin = margin_of(&r->chart->image);
    return r->avoid_count ? cut_pieces(r, error) : DRO_OK;
}

/* ---- classes -----------------------------------------------------------------------
 */

/* Length of all lines of each canal: its extra is spread over them. */
static void canal_lengths(const image *v, double length_m[DRO_PASSAGES_MAX]) {
    memset(length_m, 0, DRO_PASSAGES_MAX * sizeof *length_m);
    for (size_t i = 0; i < v->pieces_count; i++) {
        int32_t passage = v->lines[v->pieces[i].line].passage;
        if (passage >= 0 && passage < DRO_PASSAGES_MAX) {
            length_m[passage] += (double)v->pieces[i].length_m;
        }
    }
}

/* dear: the passages with an extra; there are many classes, and mostly no extras. */
static void set_class(dro_sea_rules *r, size_t i, uint64_t dear, const double *extra_m,
                      const double *canal_m) {
    image_class c = r->chart->image.classes[i];
    sight_class class = {c.gates, (uint8_t)c.depth, (uint8_t)c.channel};
    r->shut[i] = !rules_allow(r, class);
    r->barred[i] = !rules_allow_over(r, class);
    for (int p = 0; (c.gates & dear) != 0 && p < DRO_PASSAGES_MAX; p++) {
        if (!((c.gates & dear) >> p & 1u)) {
            continue;
        }
        if (canal_m[p] > 0.0) {
            r->rate[i] += (float)(extra_m[p] / canal_m[p]);
        } else {
            r->fixed_m[i] += (float)extra_m[p];
        }
        r->has_extra = true;
    }
}

static uint64_t dear_passages(const double *extra_m) {
    uint64_t dear = 0;
    for (int p = 0; extra_m && p < DRO_PASSAGES_MAX; p++) {
        dear |= extra_m[p] > 0.0 ? UINT64_C(1) << p : 0;
    }
    return dear;
}

float rules_extra(const dro_sea_rules *r, uint64_t gates) {
    float sum = 0.0f;
    for (int p = 0; r->has_extra && p < DRO_PASSAGES_MAX; p++) {
        sum += (gates >> p) & 1u ? r->gate_m[p] : 0.0f;
    }
    return sum;
}

static int bits(uint64_t mask) {
    int n = 0;
    for (; mask; mask &= mask - 1) {
        n++;
    }
    return n;
}

static dro_status check(const dro_sea_rules_options *o, dro_error *error) {
    if (bits(o->require) > 4) {
        return dro_fail(error, DRO_LIMIT, "%d required passages; at most 4",
                        bits(o->require));
    }
    if (o->require & o->closed) {
        return dro_fail(error, DRO_NO_ANSWER, "a required passage is closed");
    }
    if (!(o->draft_m >= 0.0 && o->draft_m <= 40.0)) {
        return dro_fail(error, DRO_INVALID, "draught %g m: from 0 to 40", o->draft_m);
    }
    if (!(o->channel_draft_m >= 0.0 && o->channel_draft_m <= 40.0)) {
        return dro_fail(error, DRO_INVALID, "draught %g m in channels: from 0 to 40",
                        o->channel_draft_m);
    }
    if (!(o->max_snap_m >= 0.0)) {
        return dro_fail(error, DRO_INVALID, "largest snap %g m: must not be negative",
                        o->max_snap_m);
    }
    return DRO_OK;
}

uint64_t rules_new_number(void) {
    static _Atomic uint64_t made = 0;
    return ++made;
}

bool rules_hold_table(const dro_sea_rules *r) {
    const image_header *header = r->chart->image.header;
    return !r->has_extra && !r->require && (header->table_closed & ~r->closed) == 0 &&
           r->draft_m >= header->draft_m;
}

dro_status dro_sea_rules_create(const dro_chart *chart, const dro_sea_rules_options *o,
                                dro_sea_rules **out, dro_error *error) {
    DRO_TRY(check(o, error));
    dro_sea_rules *r = NULL;
    const image *v = &chart->image;
    DRO_TRY(dro_new((void **)&r, 1, sizeof *r, "rules", error));
    r->number = rules_new_number();
    r->chart = chart;
    r->closed = o->closed;
    r->require = o->require;
    r->soft_shoals = o->soft_shoals;
    r->draft_m = o->draft_m;
    r->channel_draft_m = o->channel_draft_m;
    r->max_snap_m = o->max_snap_m;
    dro_status status = dro_new((void **)&r->shut, v->classes_count, 1, "rules", error);
    DRO_TRY_GOTO(status, fail);
    DRO_TRY_GOTO(dro_new((void **)&r->barred, v->classes_count, 1, "rules", error),
                 fail);
    DRO_TRY_GOTO(dro_new((void **)&r->fixed_m, v->classes_count, 4, "rules", error),
                 fail);
    DRO_TRY_GOTO(dro_new((void **)&r->rate, v->classes_count, 4, "rules", error), fail);
    double canal_m[DRO_PASSAGES_MAX];
    canal_lengths(v, canal_m);
    uint64_t dear = dear_passages(o->extra_m);
    for (size_t i = 0; i < v->classes_count; i++) {
        set_class(r, i, dear, o->extra_m, canal_m);
    }
    for (int p = 0; o->extra_m && p < DRO_PASSAGES_MAX; p++) {
        r->gate_m[p] = canal_m[p] > 0.0 ? 0.0f : (float)o->extra_m[p];
    }
    DRO_TRY_GOTO(copy_areas(r, o, error), fail);
    r->table = !r->avoid_count && rules_hold_table(r);
    *out = r;
    return DRO_OK;
fail:
    dro_sea_rules_destroy(r);
    return status;
}

void dro_sea_rules_destroy(dro_sea_rules *r) {
    if (r) {
        dro_free(r->shut);
        dro_free(r->barred);
        dro_free(r->fixed_m);
        dro_free(r->rate);
        dro_free(r->avoid);
        dro_free(r->avoid_points);
        dro_free(r->discs);
        dro_free(r->blocks);
        dro_free(r->piece_cut);
        dro_free(r);
    }
}
