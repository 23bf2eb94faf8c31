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

static dro_status add_channel(lines *l, const dro_channel *c, int index, int passage,
                              dro_error *error) {
    line *item = NULL;
    DRO_TRY(lines_add(l, LINE_CHANNEL, c->points, c->count, &item, error));
    item->channel = index;
    item->passage = passage;
    if (isfinite(c->max_draft_m)) {
        item->depth_m = c->max_draft_m;
    }
    return DRO_OK;
}

static dro_status add_channels(lines *l, const dro_atlas *atlas, dro_error *error) {
    size_t count = 0;
    const dro_channel *c = dro_atlas_channels(atlas, &count);
    for (size_t i = 0; i < count; i++) {
        DRO_TRY(add_channel(l, &c[i], (int)i, c[i].passage, error));
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
    DRO_TRY_GOTO(add_channels(&l, atlas, error), done);
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
