/* Opening, verifying, describing a chart file. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart_state.h"

static dro_status check_atlas(const image *v, const dro_atlas *atlas, const char *path,
                              dro_error *error) {
    return dro_atlas_chart_hash(atlas) == v->header->atlas_hash
               ? DRO_OK
               : dro_fail(error, DRO_STALE,
                          "%s: built from other fact tables; rebuild it with "
                          "`derrotero chart build`",
                          path);
}

dro_status dro_chart_fits(const dro_chart *c, const dro_atlas *atlas, const char *path,
                          dro_error *error) {
    return check_atlas(&c->image, atlas, path, error);
}

dro_status dro_chart_open(const char *path, const dro_atlas *atlas, dro_chart **out,
                          dro_error *error) {
    dro_chart *c = NULL;
    DRO_TRY(dro_new((void **)&c, 1, sizeof *c, "chart", error));
    dro_status status = dro_map_open(path, &c->map, error);
    DRO_TRY_GOTO(status, fail);
    DRO_TRY_GOTO(image_view(c->map.data, c->map.length, path, &c->image, error), fail);
    if (atlas) { /* before much is read */
        DRO_TRY_GOTO(check_atlas(&c->image, atlas, path, error), fail);
    }
    DRO_TRY_GOTO(image_check(&c->image, path, error), fail);
    c->field =
        (sight_field){c->image.vertices, c->image.triangles,       c->image.state,
                      c->image.depth,    c->image.vertex_triangle, c->image.on_gate};
    *out = c;
    return DRO_OK;
fail:
    dro_chart_close(c);
    return status;
}

void dro_chart_close(dro_chart *c) {
    if (c) {
        dro_map_close(&c->map);
        dro_free(c);
    }
}

dro_status dro_chart_verify(const dro_chart *c, dro_error *error) {
    return image_verify(&c->image, error);
}

static bool readable(const char *path) {
    FILE *f = fopen(path, "rb");
    if (f) {
        fclose(f);
    }
    return f != NULL;
}

static bool try_path(char *path, size_t size, const char *folder, const char *rest) {
    if (!folder || !*folder ||
        (size_t)snprintf(path, size, "%s%s", folder, rest) >= size) {
        return false;
    }
    return readable(path);
}

dro_status dro_chart_locate(const char *given, char *path, size_t size,
                            dro_error *error) {
    const char *named =
        given ? given : getenv("DERROTERO_CHART"); /* NOLINT(concurrency-*) */
    if (named && *named) {
        if ((size_t)snprintf(path, size, "%s", named) >= size) {
            return dro_fail(error, DRO_LIMIT, "the chart's path is too long");
        }
        return DRO_OK;
    }
#ifdef DRO_CHART_BUILD
    if (try_path(path, size, DRO_CHART_BUILD, "")) {
        return DRO_OK;
    }
#endif
    const char *data = getenv("XDG_DATA_HOME"); /* NOLINT(concurrency-*) */
    const char *home = getenv("HOME");          /* NOLINT(concurrency-*) */
    if (try_path(path, size, data, "/derrotero/world.chart") ||
        try_path(path, size, home, "/.local/share/derrotero/world.chart") ||
        try_path(path, size, "/usr/share/derrotero", "/world.chart")) {
        return DRO_OK;
    }
    return dro_fail(
        error, DRO_NOT_FOUND,
        "no chart: looked for --chart, DERROTERO_CHART, the build tree, the "
        "XDG data folder and /usr/share/derrotero; make one with `derrotero "
        "chart build`");
}

void dro_chart_get_info(const dro_chart *c, dro_chart_info *out) {
    const image *v = &c->image;
    const image_header *h = v->header;
    uint64_t gates = 0;
    for (size_t i = 0; i < v->classes_count; i++) {
        gates |= v->classes[i].gates;
    }
    size_t passages = 0;
    for (; gates; gates &= gates - 1) {
        passages++;
    }
    *out = (dro_chart_info){.format = h->format,
                            .bytes = h->bytes,
                            .source_hash = h->source_hash,
                            .atlas_hash = h->atlas_hash,
                            .coastline = h->coastline,
                            .built = h->built,
                            .clearance_m = h->clearance_m,
                            .tolerance_m = h->tolerance_m,
                            .spanner = h->spanner,
                            .draft_m = h->draft_m,
                            .vertices = v->vertices_count,
                            .triangles = v->triangles_count,
                            .nodes = v->nodes_count,
                            .edges = v->arcs_count / 2,
                            .ports = v->ports_count,
                            .channels = v->lines_count,
                            .passages = passages,
                            .shoals = v->depths_count - 1,
                            .water_km2 = h->water_km2,
                            .lost_km2 = h->lost_km2};
}

size_t dro_chart_sections(const dro_chart *c, dro_chart_section *out, size_t most) {
    size_t n = c->image.header->section_count;
    for (size_t i = 0; i < n && i < most; i++) {
        const image_section *s = &c->image.header->sections[i];
        out[i] = (dro_chart_section){s->name, s->bytes, s->checksum};
    }
    return n;
}

size_t dro_chart_lost_waters(const dro_chart *c, const dro_lost_water **out) {
    *out = c->image.lost;
    return c->image.lost_count;
}

size_t dro_chart_channels(const dro_chart *c) {
    return c->image.lines_count;
}

void dro_chart_get_channel(const dro_chart *c, size_t index, dro_chart_channel *out) {
    const image_line *l = &c->image.lines[index];
    *out = (dro_chart_channel){l->name,
                               l->channel,
                               l->passage,
                               (double)l->depth_m,
                               c->image.line_points + l->first,
                               l->count};
}

size_t dro_chart_outline(const dro_chart *c, const dro_vec **vertices,
                         size_t *vertex_count, const uint32_t (**edges)[2]) {
    *vertices = c->image.vertices;
    *vertex_count = c->image.vertices_count;
    *edges = &c->image.walls->ends;
    return c->image.walls_count;
}
