#include "chart/detour.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/sea.h"

static const double OUTWARDS_M = 200.0; /* a corner node stands this far off */

void detour_free(detour *d) {
    for (size_t i = 0; i < d->made; i++) {
        route_end_free(&d->corners[i]);
    }
    dro_free(d->corners);
    dro_free(d->links);
    *d = (detour){0};
}

/* From the corner away from the middle of its neighbours, or towards it where the
 * ring turns inwards there. */
static bool beside_corner(const dro_sea_rules *rules, dro_ring ring, size_t i,
                          dro_vec *out) {
    dro_vec p = ring.points[i], a = ring.points[(i + ring.count - 1) % ring.count],
            b = ring.points[(i + 1) % ring.count];
    double to_a = dro_geo_angle(p, a), to_b = dro_geo_angle(p, b);
    dro_vec u = {(a.x - p.x) / to_a + (b.x - p.x) / to_b,
                 (a.y - p.y) / to_a + (b.y - p.y) / to_b,
                 (a.z - p.z) / to_a + (b.z - p.z) / to_b};
    double length = sqrt(u.x * u.x + u.y * u.y + u.z * u.z);
    double step = OUTWARDS_M / DRO_EARTH_RADIUS_M / fmax(length, 1e-6);
    dro_vec q = {p.x - step * u.x, p.y - step * u.y, p.z - step * u.z};
    *out = dro_geo_quantise(q);
    return isfinite(q.x) && rules_inside(rules, *out) < 0;
}

static dro_status add_corner(const dro_chart *chart, const dro_sea_rules *rules,
                             ends_space *space, detour *d, dro_vec at,
                             dro_error *error) {
    uint32_t *hint = &space->snap.hint;
    *hint = mesh_locate(chart->image.triangles, chart->image.vertices, *hint, at);
    if (chart->image.state[*hint] == SIGHT_LAND) {
        return DRO_OK;
    }
    DRO_TRY(DRO_RESERVE(d->corners, d->capacity, d->count + 1, error));
    if (d->count == d->made) {
        memset(&d->corners[d->made++], 0, sizeof *d->corners);
    }
    DRO_TRY(route_end_in_water(chart, rules, space, at, *hint, &d->corners[d->count],
                               error));
    d->count++;
    return DRO_OK;
}

static int by_node(const void *a, const void *b) {
    const detour_link *p = a, *q = b;
    if (p->node != q->node) {
        return p->node < q->node ? -1 : 1;
    }
    return (p->corner > q->corner) - (p->corner < q->corner);
}

static dro_status make_links(detour *d, dro_error *error) {
    d->link_count = 0;
    for (size_t c = 0; c < d->count; c++) {
        const route_end *e = &d->corners[c];
        for (size_t i = 0; i < e->access_count; i++) {
            const end_access *a = &e->accesses[i];
            DRO_TRY(DRO_RESERVE(d->links, d->link_capacity, d->link_count + 1, error));
            d->links[d->link_count++] =
                (detour_link){a->node, (uint32_t)c, a->cost_m, a->passed};
        }
    }
    if (d->link_count) {
        qsort(d->links, d->link_count, sizeof *d->links, by_node);
    }
    return DRO_OK;
}

dro_status detour_prepare(const dro_chart *chart, const dro_sea_rules *rules,
                          ends_space *space, detour *d, dro_error *error) {
    if (d->rules == rules->number) {
        return DRO_OK;
    }
    d->rules = 0;
    d->count = 0;
    for (size_t i = 0; i < rules->avoid_count; i++) {
        for (size_t k = 0; k < rules->avoid[i].count; k++) {
            dro_vec at;
            if (beside_corner(rules, rules->avoid[i], k, &at)) {
                DRO_TRY(add_corner(chart, rules, space, d, at, error));
            }
        }
    }
    DRO_TRY(make_links(d, error));
    d->rules = rules->number;
    return DRO_OK;
}

size_t detour_links_of(const detour *d, uint32_t node, size_t *end) {
    size_t low = 0, high = d->link_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (d->links[middle].node < node) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *end = low;
    while (*end < d->link_count && d->links[*end].node == node) {
        (*end)++;
    }
    return low;
}

bool detour_straight(const dro_chart *chart, const dro_sea_rules *rules,
                     const route_end *corner, dro_vec to, sight_class *passed) {
    return line_between(chart, corner->at, MESH_NONE, corner->triangle, to, passed) &&
           rules_allow(rules, *passed) && !rules_avoided(rules, corner->at, to);
}
