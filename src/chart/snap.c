/*
 * Nearest water: triangles are opened from the place outwards, by the distance to the
 * side through which they are entered; the first that is water holds the nearest point
 * on that side. Nearest line: those whose box is near enough are measured one by one.
 */
#include "chart/snap.h"

#include <math.h>
#include <string.h>

#include "chart/heap.h"
#include "chart/order.h"

#define SEEN 65536u

static const double INSET_M = 2.0; /* a snapped point lies this far inside the water */

void snap_space_free(snap_space *s) {
    dro_free(s->entries);
    dro_free(s->seen);
    dro_free(s->seen_epoch);
    *s = (snap_space){0};
}

static dro_status prepare(snap_space *s, dro_error *error) {
    if (!s->seen) {
        DRO_TRY(dro_new((void **)&s->seen, SEEN, 4, "snap", error));
        DRO_TRY(dro_new((void **)&s->seen_epoch, SEEN, 4, "snap", error));
    }
    s->epoch++;
    return DRO_OK;
}

/* False if it was seen before (or the table is full). */
static bool first_time(snap_space *s, uint32_t triangle) {
    size_t slot = (triangle * 2654435761u) >> 16;
    for (unsigned tries = 0; tries < 1024; tries++, slot = (slot + 1) % SEEN) {
        if (s->seen_epoch[slot] != s->epoch) {
            s->seen_epoch[slot] = s->epoch;
            s->seen[slot] = triangle;
            return true;
        }
        if (s->seen[slot] == triangle) {
            return false;
        }
    }
    return false;
}

static double metres(dro_vec a, dro_vec b) {
    return dro_geo_angle(a, b) * DRO_EARTH_RADIUS_M;
}

/* ---- water ----------------------------------------------------------------------- */

static dro_vec nearest_on_side(const dro_chart *c, uint32_t t, int side, dro_vec p) {
    const mesh_triangle *tri = &c->image.triangles[t];
    return dro_geo_nearest_on_arc(c->image.vertices[tri->v[mesh_next(side)]],
                                  c->image.vertices[tri->v[mesh_prev(side)]], p);
}

/* From the nearest point of side `side` of water triangle t a little inwards. */
static dro_vec inwards(const dro_chart *c, uint32_t t, int side, dro_vec p) {
    const mesh_triangle *tri = &c->image.triangles[t];
    dro_vec foot = nearest_on_side(c, t, side, p);
    dro_vec a = c->image.vertices[tri->v[0]], b = c->image.vertices[tri->v[1]],
            d = c->image.vertices[tri->v[2]];
    dro_vec middle = {a.x + b.x + d.x, a.y + b.y + d.y, a.z + b.z + d.z};
    middle = dro_geo_quantise(middle);
    double f = fmin(0.5, INSET_M / fmax(1.0, metres(foot, middle)));
    return dro_geo_quantise((dro_vec){foot.x + f * (middle.x - foot.x),
                                      foot.y + f * (middle.y - foot.y),
                                      foot.z + f * (middle.z - foot.z)});
}

static dro_status open_sides(const dro_chart *c, snap_space *s, heap *h, uint32_t t,
                             dro_vec p, double most_m, dro_error *error) {
    for (int i = 0; i < 3; i++) {
        uint32_t beyond = c->image.triangles[t].n[i];
        double d = metres(nearest_on_side(c, t, i, p), p);
        if (d <= most_m && first_time(s, beyond)) {
            DRO_TRY(heap_push(h, (float)d, beyond * 4u + (uint32_t)i, error));
        }
    }
    return DRO_OK;
}

/* heap items: the triangle entered * 4 + the side of the one it was entered from */
static dro_status nearest_water(const dro_chart *c, snap_space *s, uint32_t start,
                                dro_vec p, double most_m, snap *out, dro_error *error) {
    heap h = {(heap_entry *)s->entries, 0, s->capacity};
    first_time(s, start);
    dro_status status = open_sides(c, s, &h, start, p, most_m, error);
    while (status == DRO_OK && h.count) {
        heap_entry e = heap_pop(&h);
        uint32_t t = e.item / 4u;
        if (c->image.state[t] != SIGHT_LAND) {
            const mesh_triangle *tri = &c->image.triangles[t];
            int side = 0; /* the side whose far triangle is on land and nearest */
            double best = 1e18;
            for (int i = 0; i < 3; i++) {
                double d = metres(nearest_on_side(c, t, i, p), p);
                if (c->image.state[tri->n[i]] == SIGHT_LAND && d < best) {
                    best = d;
                    side = i;
                }
            }
            out->at = inwards(c, t, side, p);
            out->distance_m = metres(out->at, p);
            out->triangle = t;
            break;
        }
        status = open_sides(c, s, &h, t, p, most_m, error);
    }
    s->entries = h.entries;
    s->capacity = h.capacity;
    return status;
}

/* ---- lines -------------------------------------------------------------------------
 */

static bool box_near(const image_line *l, dro_point p, double reach_deg,
                     double wide_deg) {
    if (p.lat_deg < (double)l->south - reach_deg ||
        p.lat_deg > (double)l->north + reach_deg) {
        return false;
    }
    double width = (double)l->east - (double)l->west;
    width += width < 0.0 ? 360.0 : 0.0;
    double off = p.lon_deg - (double)l->west;
    off += off < -wide_deg ? 360.0 : (off > 360.0 - wide_deg ? -360.0 : 0.0);
    return off >= -wide_deg && off <= width + wide_deg;
}

static uint32_t piece_at(const image *v, size_t index, uint32_t segment,
                         uint64_t closed) {
    for (uint32_t k = v->piece_first[index]; k < v->piece_first[index + 1]; k++) {
        if (v->pieces[k].first <= segment && segment < v->pieces[k].last) {
            return v->classes[v->pieces[k].class].gates & closed ? GRAPH_NONE : k;
        }
    }
    return GRAPH_NONE;
}

static double along(const dro_point *p, uint32_t from, uint32_t to) {
    double sum = 0.0;
    for (uint32_t k = from; k < to; k++) {
        sum += dro_geo_distance_m(p[k], p[k + 1]);
    }
    return sum;
}

/* The nearest place on a line so far. */
typedef struct line_spot {
    const image_line *line; /* NULL: none yet */
    uint32_t segment, piece;
    dro_vec at;
    double distance_m;
} line_spot;

static double degrees(double metres_north) {
    return metres_north / 110000.0;
}

static void try_line(const image *v, size_t index, dro_point place, dro_vec p,
                     uint64_t closed, line_spot *best) {
    const image_line *l = &v->lines[index];
    const dro_point *points = v->line_points + l->first;
    for (uint32_t k = 0; k + 1 < l->count; k++) {
        double low = fmin(points[k].lat_deg, points[k + 1].lat_deg);
        double high = fmax(points[k].lat_deg, points[k + 1].lat_deg);
        double reach = degrees(best->distance_m);
        if (place.lat_deg < low - reach || place.lat_deg > high + reach) {
            continue;
        }
        dro_vec foot = dro_geo_nearest_on_arc(dro_geo_to_vec(points[k]),
                                              dro_geo_to_vec(points[k + 1]), p);
        double d = metres(foot, p);
        uint32_t piece =
            d < best->distance_m ? piece_at(v, index, k, closed) : GRAPH_NONE;
        if (piece != GRAPH_NONE) {
            *best = (line_spot){l, k, piece, foot, d};
        }
    }
}

/* The lengths along the line are for the one place that is left. */
static void snap_to_line(const image *v, const line_spot *spot, snap *best) {
    const dro_point *points = v->line_points + spot->line->first;
    const graph_piece *piece = &v->pieces[spot->piece];
    uint32_t k = spot->segment;
    dro_point f = dro_geo_to_point(spot->at);
    *best = (snap){.at = spot->at,
                   .distance_m = spot->distance_m,
                   .triangle = MESH_NONE,
                   .piece = spot->piece};
    best->from_a_m = along(points, piece->first, k) + dro_geo_distance_m(points[k], f);
    best->to_b_m =
        dro_geo_distance_m(f, points[k + 1]) + along(points, k + 1, piece->last);
}

static void nearest_line(const image *v, dro_point place, dro_vec p, double most_m,
                         uint64_t closed, snap *best) {
    double narrow = fmax(0.05, cos(place.lat_deg * 0.017453292519943295));
    line_spot spot = {.distance_m = fmin(most_m, best->distance_m)};
    for (size_t i = 0; i < v->lines_count; i++) {
        double reach = degrees(spot.distance_m);
        if (box_near(&v->lines[i], place, reach, reach / narrow)) {
            try_line(v, i, place, p, closed, &spot);
        }
    }
    if (spot.line != NULL) {
        snap_to_line(v, &spot, best);
    }
}

/* ---- both ------------------------------------------------------------------- */

dro_status snap_find(const dro_chart *c, snap_space *s, dro_point place, double most_m,
                     uint64_t closed, snap *out, dro_error *error) {
    /* So far we look to say how far it is, which takes milliseconds: not where nobody
     * will hear of it. */
    const double look_m = error != NULL ? 1500.0 * DRO_M_PER_NM : most_m;
    dro_vec p = dro_geo_to_vec(place);
    uint32_t near = order_near(c->image.vertices, c->image.vertices_count, p);
    s->hint = mesh_locate(c->image.triangles, c->image.vertices,
                          c->image.vertex_triangle[near], p);
    snap best = {p, (double)INFINITY, MESH_NONE, GRAPH_NONE, 0.0, 0.0};
    if (c->image.state[s->hint] != SIGHT_LAND) {
        *out = (snap){p, 0.0, s->hint, GRAPH_NONE, 0.0, 0.0};
        return DRO_OK;
    }
    DRO_TRY(prepare(s, error));
    DRO_TRY(nearest_water(c, s, s->hint, p, look_m, &best, error));
    nearest_line(&c->image, place, p, look_m, closed, &best);
    if (!(best.distance_m <= most_m)) {
        return dro_fail(
            error, DRO_INVALID,
            "%.4f,%.4f is %.0f nm from the nearest navigable water (%.4f,%.4f"
            "); at most %.0f nm are allowed",
            place.lat_deg, place.lon_deg, best.distance_m / DRO_M_PER_NM,
            dro_geo_to_point(best.at).lat_deg, dro_geo_to_point(best.at).lon_deg,
            most_m / DRO_M_PER_NM);
    }
    *out = best;
    return DRO_OK;
}
