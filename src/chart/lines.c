/* The list of lines: the atlas's channels, then links, then approaches. */
#include "chart/lines.h"

#include <math.h>

#include "chart/approaches.h"
#include "chart/links.h"

dro_status lines_add(lines *l, line_kind kind, const dro_point *points, size_t count,
                     line **out, dro_error *error) {
    DRO_TRY(DRO_RESERVE(l->items, l->capacity, l->count + 1, error));
    line fresh = {.kind = kind,
                  .channel = -1,
                  .port = -1,
                  .passage = -1,
                  .depth_m = (double)INFINITY};
    DRO_TRY(DRO_RESERVE(fresh.points, fresh.capacity, count, error));
    for (size_t i = 0; i < count; i++) {
        fresh.points[i] = points[i];
    }
    fresh.count = count;
    l->items[l->count] = fresh;
    *out = &l->items[l->count++];
    return DRO_OK;
}

/* ---- where a channel crosses open water -------------------------------------------
 */

static const double STEP_M = 100.0;

static bool afloat(const water *sea, dro_point p, uint32_t *hint) {
    return water_at(sea, dro_geo_to_vec(p), hint) != MESH_NONE;
}

/* Sample i of n between a and b, the same whichever of them comes first: channels that
 * share a leg must get the same points. */
static dro_point sample(dro_point a, dro_point b, size_t i, size_t n) {
    bool turned =
        a.lat_deg > b.lat_deg || (a.lat_deg == b.lat_deg && a.lon_deg > b.lon_deg);
    return turned ? dro_geo_between(b, a, (double)(n - i) / (double)n)
                  : dro_geo_between(a, b, (double)i / (double)n);
}

static dro_status add_point(line *item, dro_point p, dro_error *error) {
    DRO_TRY(DRO_RESERVE(item->points, item->capacity, item->count + 1, error));
    item->points[item->count++] = p;
    return DRO_OK;
}

/* The first and the last sample of each stretch of water between two points ashore. */
static dro_status add_leg(const water *sea, line *item, dro_point a, dro_point b,
                          uint32_t *hint, dro_error *error) {
    size_t n = 1 + (size_t)(dro_geo_distance_m(a, b) / STEP_M);
    bool ashore = !afloat(sea, a, hint) && !afloat(sea, b, hint), before = false;
    for (size_t i = 1; ashore && i < n; i++) {
        dro_point p = sample(a, b, i, n);
        bool wet = afloat(sea, p, hint);
        bool last = wet && (i + 1 == n || !afloat(sea, sample(a, b, i + 1, n), hint));
        if ((wet && !before) || last) {
            DRO_TRY(add_point(item, p, error));
        }
        before = wet;
    }
    return add_point(item, b, error);
}

/* A channel meets the waters that its legs cross, not only those that one of its points
 * happens to lie in. */
static dro_status add_crossings(const water *sea, line *item, dro_error *error) {
    uint32_t hint = 0;
    line fine = *item;
    fine.points = NULL;
    fine.count = fine.capacity = 0;
    dro_status status = add_point(&fine, item->points[0], error);
    for (size_t k = 1; status == DRO_OK && k < item->count; k++) {
        status =
            add_leg(sea, &fine, item->points[k - 1], item->points[k], &hint, error);
    }
    if (status != DRO_OK) {
        dro_free(fine.points);
        return status;
    }
    dro_free(item->points);
    *item = fine;
    return DRO_OK;
}

static dro_status add_channel(lines *l, const water *sea, const dro_channel *c,
                              int index, int passage, dro_error *error) {
    line *item = NULL;
    DRO_TRY(lines_add(l, LINE_CHANNEL, c->points, c->count, &item, error));
    item->channel = index;
    item->passage = passage;
    if (isfinite(c->max_draft_m)) {
        item->depth_m = c->max_draft_m;
    }
    return passage < 0 ? add_crossings(sea, item, error)
                       : DRO_OK; /* a canal: ends only */
}

static dro_status add_channels(lines *l, const water *sea, const dro_atlas *atlas,
                               dro_error *error) {
    size_t count = 0;
    const dro_channel *c = dro_atlas_channels(atlas, &count);
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(add_channel(l, sea, &c[i], (int)i, c[i].passage, error));
    }
    return DRO_OK;
}

dro_status lines_build(const coast *shore, const water *sea, const dro_atlas *atlas,
                       unsigned threads, const dro_progress *progress, lines *out,
                       dro_error *error) {
    lines l = {0};
    edge_index *index = NULL;
    dro_status status = edge_index_create(sea, &index, error);
    DRO_TRY_GOTO(status, done);
    DRO_TRY_GOTO(add_channels(&l, sea, atlas, error), done);
    DRO_TRY_GOTO(links_find(shore, sea, index, atlas, threads, progress, &l, error),
                 done);
    DRO_TRY_GOTO(
        approaches_find(shore, sea, index, atlas, threads, progress, &l, error), done);
    *out = l;
    l = (lines){0};
done:
    edge_index_free(index);
    lines_free(&l);
    return status;
}

void lines_free(lines *l) {
    for (size_t i = 0; i < l->count; i++) {
        dro_free(l->items[i].points);
    }
    dro_free(l->items);
    dro_free(l->ports);
    *l = (lines){0};
}
