/* dro_chart_build: from coastline and atlas to a chart file, stage by stage. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "chart/image.h"
#include "chart/links.h"
#include "chart/order.h"
#include "chart/tables.h"

typedef struct builder {
    const dro_chart_build_options *options;
    coast *coast;
    outline outline;
    water water;
    lines lines;
    unsigned char *reached;
    line_nodes ends;
    core core;
    graph graph;
    tables tables;
    /* sections that are made only for the file */
    image_pair *walls;
    uint32_t *sector_first;
    core_sector *sectors;
    size_t sector_count;
    image_line *image_lines;
    dro_point *line_points;
    size_t line_point_count;
    uint32_t *piece_first;
    image_port *ports;
    dro_lost_water *lost;
    size_t lost_count, lost_capacity;
    double water_km2, lost_km2;
} builder;

static dro_status stage(const builder *b, const char *name, dro_error *error) {
    const dro_progress *p = b->options->progress;
    if (p && !p->report(p->context, name, 0, 0)) {
        return dro_fail(error, DRO_CANCELLED, "stopped");
    }
    return DRO_OK;
}

static dro_status make_water(builder *b, dro_error *error) {
    const dro_chart_build_options *o = b->options;
    DRO_TRY(stage(b, "reading the coastline", error));
    DRO_TRY(coast_load(o->coastline, o->atlas, &b->coast, error));
    DRO_TRY(outline_build(b->coast, o->atlas, o->clearance_m, o->threads, o->progress,
                          &b->outline, error));
    DRO_TRY(stage(b, "simplifying the outline", error));
    DRO_TRY(outline_simplify(&b->outline, o->tolerance_m, error));
    DRO_TRY(stage(b, "triangulating the water", error));
    DRO_TRY(water_build(b->coast, &b->outline, o->atlas, &b->water, error));
    return lines_build(b->coast, &b->water, o->atlas, o->threads, o->progress,
                       &b->lines, error);
}

static dro_status make_graph(builder *b, dro_error *error) {
    const dro_chart_build_options *o = b->options;
    DRO_TRY(links_reached(&b->water, &b->lines, &b->reached, error));
    DRO_TRY(
        line_nodes_find(&b->water, b->reached, o->atlas, &b->lines, &b->ends, error));
    DRO_TRY(water_classify(b->coast, &b->water, error));
    dro_free(b->reached); /* waters are numbered anew */
    b->reached = NULL;
    DRO_TRY(links_reached(&b->water, &b->lines, &b->reached, error));
    DRO_TRY(core_build(&b->water, b->reached, o->atlas, &b->lines, b->ends.anchors,
                       b->ends.anchor_count, &b->core, error));
    DRO_TRY(graph_build(&b->water, &b->core, &b->lines, &b->ends, o->atlas, o->threads,
                        o->progress, &b->graph, error));
    DRO_TRY(order_graph(&b->graph, error));
    DRO_TRY(graph_thin(&b->graph, o->spanner, o->progress, error));
    /* the deepest class that a ship of this draught may still cross */
    uint8_t deepest = 0;
    while (deepest + 1u < b->core.depth_count &&
           (double)b->core.depths[deepest + 1] >= o->draft_m) {
        deepest++;
    }
    return tables_build(&b->graph, dro_atlas_closed_mask(o->atlas), deepest, o->threads,
                        o->progress, &b->tables, error);
}

/* ---- what only the file needs ----------------------------------------------- */

static dro_status make_walls(builder *b, dro_error *error) {
    DRO_TRY(dro_new((void **)&b->walls, b->water.wall_count, sizeof *b->walls, "walls",
                    error));
    for (size_t i = 0; i < b->water.wall_count; i++) {
        b->walls[i] = (image_pair){{b->water.walls[i][0], b->water.walls[i][1]}};
    }
    return DRO_OK;
}

static dro_status make_sectors(builder *b, dro_error *error) {
    const graph *g = &b->graph;
    DRO_TRY(dro_new((void **)&b->sector_first, g->node_count + 1, 4, "sectors", error));
    DRO_TRY(dro_new((void **)&b->sectors, g->node_count * CORE_SECTORS_MAX,
                    sizeof *b->sectors, "sectors", error));
    for (size_t i = 0; i < g->node_count; i++) {
        uint32_t v = g->node_vertex[i];
        b->sector_first[i] = (uint32_t)b->sector_count;
        /* an anchored node has none: it may be turned at freely */
        for (int k = 0;
             v != MESH_NONE && !b->core.anchored[v] && k < b->core.sector_count[v];
             k++) {
            b->sectors[b->sector_count++] = b->core.sectors[v][k];
        }
    }
    b->sector_first[g->node_count] = (uint32_t)b->sector_count;
    return DRO_OK;
}

static void name_line(const builder *b, const line *l, char *name, size_t size) {
    size_t count = 0;
    if (l->channel >= 0) {
        const dro_channel *c = dro_atlas_channels(b->options->atlas, &count);
        snprintf(name, size, "%s", c[l->channel].name);
    } else if (l->port >= 0) {
        const dro_port *p = dro_atlas_ports(b->options->atlas, &count);
        snprintf(name, size, "approach to %s", p[l->port].name);
    } else {
        snprintf(name, size, "narrows at %.2f,%.2f", l->points[l->count / 2].lat_deg,
                 l->points[l->count / 2].lon_deg);
    }
    while (!dro_utf8_valid(name, strlen(name))) { /* a name cut inside a letter */
        name[strlen(name) - 1] = '\0';
    }
}

static void box_line(const line *l, image_line *out) {
    dro_box box = dro_geo_box_empty();
    for (size_t k = 0; k < l->count; k++) {
        dro_geo_box_add(&box, l->points[k]);
    }
    out->south = (float)box.south_deg;
    out->north = (float)box.north_deg;
    out->west = (float)box.west_deg;
    out->east = (float)box.east_deg;
}

static dro_status make_lines(builder *b, dro_error *error) {
    const lines *l = &b->lines;
    size_t points = b->ends.first[l->count], at = 0;
    DRO_TRY(dro_new((void **)&b->image_lines, l->count, sizeof *b->image_lines, "lines",
                    error));
    DRO_TRY(dro_new((void **)&b->line_points, points, sizeof *b->line_points, "lines",
                    error));
    DRO_TRY(dro_new((void **)&b->piece_first, l->count + 1, 4, "lines", error));
    for (size_t i = 0; i < l->count; i++) {
        const line *item = &l->items[i];
        image_line *out = &b->image_lines[i];
        name_line(b, item, out->name, sizeof out->name);
        out->kind = (int32_t)item->kind;
        out->channel = item->channel;
        out->port = item->port;
        out->passage = item->passage;
        out->depth_m = (float)item->depth_m;
        out->first = (uint32_t)b->line_point_count;
        out->count = (uint32_t)item->count;
        box_line(item, out);
        memcpy(b->line_points + b->line_point_count, item->points,
               item->count * sizeof *item->points);
        b->line_point_count += item->count;
        while (at < b->graph.piece_count && b->graph.pieces[at].line < i) {
            at++;
        }
        b->piece_first[i] = (uint32_t)at;
    }
    b->piece_first[l->count] = (uint32_t)b->graph.piece_count;
    return DRO_OK;
}

static dro_status make_ports(builder *b, dro_error *error) {
    size_t count = 0;
    const dro_port *p = dro_atlas_ports(b->options->atlas, &count);
    DRO_TRY(dro_new((void **)&b->ports, count, sizeof *b->ports, "ports", error));
    for (size_t i = 0; i < count; i++) {
        image_port *out = &b->ports[i];
        out->quay = p[i].at;
        out->at = b->lines.ports[i].at;
        out->snap_m = b->lines.ports[i].snap_m;
        out->node = b->graph.port_node[i];
        snprintf(out->code, sizeof out->code, "%.7s", p[i].code);
    }
    return DRO_OK;
}

static int larger_first(const void *a, const void *b) {
    const dro_lost_water *p = a, *q = b;
    return (p->area_km2 < q->area_km2) - (p->area_km2 > q->area_km2);
}

static dro_status make_lost(builder *b, dro_error *error) {
    const water *w = &b->water;
    uint32_t *sample = NULL;
    DRO_TRY(dro_new((void **)&sample, w->component_count, 4, "waters", error));
    for (uint32_t t = 0; t < w->mesh.triangle_count; t++) {
        if (w->wet[t]) {
            sample[w->component[t]] = t;
        }
    }
    dro_status status = DRO_OK;
    for (size_t i = 0; status == DRO_OK && i < w->component_count; i++) {
        if (b->reached[i]) {
            b->water_km2 += w->area_km2[i];
            continue;
        }
        b->lost_km2 += w->area_km2[i];
        status = DRO_RESERVE(b->lost, b->lost_capacity, b->lost_count + 1, error);
        if (status == DRO_OK) {
            const mesh_triangle *t = &w->mesh.triangles[sample[i]];
            dro_vec p = w->mesh.vertices[t->v[0]], q = w->mesh.vertices[t->v[1]],
                    r = w->mesh.vertices[t->v[2]];
            dro_vec middle = {p.x + q.x + r.x, p.y + q.y + r.y, p.z + q.z + r.z};
            b->lost[b->lost_count++] = (dro_lost_water){
                dro_geo_to_point(dro_geo_quantise(middle)), w->area_km2[i]};
        }
    }
    dro_free(sample);
    if (b->lost_count) {
        qsort(b->lost, b->lost_count, sizeof *b->lost, larger_first);
    }
    return status;
}

/* ---- writing ---------------------------------------------------------------- */

static void fill_header(const builder *b, image_header *h) {
    const dro_chart_build_options *o = b->options;
    *h = (image_header){.clearance_m = o->clearance_m,
                        .tolerance_m = o->tolerance_m,
                        .spanner = o->spanner,
                        .draft_m = o->draft_m,
                        .water_km2 = b->water_km2,
                        .lost_km2 = b->lost_km2,
                        .unit_m = b->tables.unit_m};
    h->source_hash = b->coast->hash;
    h->atlas_hash = dro_atlas_chart_hash(o->atlas);
    h->table_closed = dro_atlas_closed_mask(o->atlas);
    snprintf(h->coastline, sizeof h->coastline, "GSHHG %s", b->coast->version);
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(h->built, sizeof h->built, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

#define SECTION(name, pointer, count) \
    v.name = (pointer);               \
    v.name##_count = (count)

static dro_status write_file(const builder *b, const char *path, dro_error *error) {
    image v = {0};
    image_header h;
    const mesh *m = &b->water.mesh;
    size_t nodes = b->graph.node_count, ports = b->graph.port_count;
    SECTION(vertices, m->vertices, m->vertex_count);
    SECTION(vertex_triangle, m->vertex_triangle, m->vertex_count);
    SECTION(vertex_node, b->graph.vertex_node, m->vertex_count);
    SECTION(triangles, m->triangles, m->triangle_count);
    SECTION(state, b->core.state, m->triangle_count);
    SECTION(way_out, b->core.way_out, m->triangle_count);
    SECTION(depth, b->core.depth, m->triangle_count);
    SECTION(on_gate, b->core.on_gate, m->vertex_count);
    SECTION(depths, b->core.depths, b->core.depth_count);
    SECTION(walls, b->walls, b->water.wall_count);
    SECTION(nodes, b->graph.nodes, nodes);
    SECTION(node_vertex, b->graph.node_vertex, nodes);
    SECTION(sector_first, b->sector_first, nodes + 1);
    SECTION(sectors, b->sectors, b->sector_count);
    SECTION(arc_first, b->tables.arc_first, nodes + 1);
    SECTION(arcs, b->tables.arcs, b->tables.arc_count);
    SECTION(classes, b->tables.classes, b->tables.class_count);
    SECTION(lines, b->image_lines, b->lines.count);
    SECTION(line_points, b->line_points, b->line_point_count);
    SECTION(pieces, b->graph.pieces, b->graph.piece_count);
    SECTION(piece_first, b->piece_first, b->lines.count + 1);
    SECTION(ports, b->ports, ports);
    SECTION(landmarks, b->tables.landmarks.rows, nodes * IMAGE_LANDMARKS);
    SECTION(shoalmarks, b->tables.shoalmarks.rows, nodes * IMAGE_SHOALMARKS);
    SECTION(beacons, b->tables.beacons.rows, nodes * IMAGE_BEACONS);
    SECTION(island, b->tables.island, nodes);
    SECTION(table, b->tables.table, ports * ports);
    SECTION(table_class, b->tables.table_class, ports * ports);
    SECTION(leaf, b->tables.leaf, ports * ports);
    SECTION(tree_first, b->tables.tree_first, ports + 1);
    SECTION(tree_node, b->tables.tree_node, b->tables.tree_count);
    SECTION(tree_parent, b->tables.tree_parent, b->tables.tree_count);
    SECTION(lost, b->lost, b->lost_count);
    fill_header(b, &h);
    return image_write(&v, &h, path, error);
}

static dro_status make_sections(builder *b, dro_error *error) {
    DRO_TRY(make_walls(b, error));
    DRO_TRY(make_sectors(b, error));
    DRO_TRY(make_lines(b, error));
    DRO_TRY(make_ports(b, error));
    return make_lost(b, error);
}

static void builder_free(builder *b) {
    coast_free(b->coast);
    outline_free(&b->outline);
    water_free(&b->water);
    lines_free(&b->lines);
    dro_free(b->reached);
    line_nodes_free(&b->ends);
    core_free(&b->core);
    graph_free(&b->graph);
    tables_free(&b->tables);
    dro_free(b->walls);
    dro_free(b->sector_first);
    dro_free(b->sectors);
    dro_free(b->image_lines);
    dro_free(b->line_points);
    dro_free(b->piece_first);
    dro_free(b->ports);
    dro_free(b->lost);
}

static dro_status check_options(const dro_chart_build_options *o, dro_error *error) {
    if (!o->atlas) {
        return dro_fail(error, DRO_INVALID, "a chart is built with an atlas");
    }
    if (!(o->clearance_m >= 100.0 && o->clearance_m <= 20000.0)) {
        return dro_fail(error, DRO_INVALID, "clearance %g m: from 100 to 20000",
                        o->clearance_m);
    }
    if (!(o->tolerance_m >= 0.0 && o->tolerance_m <= 5000.0)) {
        return dro_fail(error, DRO_INVALID, "tolerance %g m: from 0 to 5000",
                        o->tolerance_m);
    }
    if (!(o->spanner >= 0.0 && o->spanner <= 0.01)) {
        return dro_fail(error, DRO_INVALID, "stretch %g: from 0 to 0.01", o->spanner);
    }
    if (!(o->draft_m >= 0.0 && o->draft_m <= 40.0)) {
        return dro_fail(error, DRO_INVALID, "draught %g m: from 0 to 40", o->draft_m);
    }
    return DRO_OK;
}

dro_status dro_chart_build(const dro_chart_build_options *options, const char *path,
                           dro_error *error) {
    DRO_TRY(check_options(options, error));
    builder b = {.options = options};
    dro_status status = make_water(&b, error);
    if (status == DRO_OK) {
        status = make_graph(&b, error);
    }
    if (status == DRO_OK) {
        status = make_sections(&b, error);
    }
    if (status == DRO_OK) {
        status = write_file(&b, path, error);
    }
    builder_free(&b);
    return status;
}
