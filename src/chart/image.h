/*
 * The chart file as it lies in memory: a header, then sections, each aligned to 64
 * bytes. Everything is in this machine's byte order; the header says which.
 */
#ifndef CHART_IMAGE_H
#define CHART_IMAGE_H

#include "chart/core.h"
#include "chart/graph.h"
#include "derrotero/chart.h"

#define IMAGE_MAGIC      "DROCHART"
#define IMAGE_FORMAT     4u
#define IMAGE_BYTE_ORDER 0x01020304u
#define IMAGE_LANDMARKS  64 /* with what is closed by default */
#define IMAGE_SHOALMARKS 32 /* the same, but through waters that shoals cut off */
#define IMAGE_BEACONS    32 /* with everything open */
#define IMAGE_FAR        INT16_MAX /* a landmark that is not reached */

/* X(name, type, meaning) */
#define IMAGE_SECTIONS(X)                                                   \
    X(vertices, dro_vec, "corners of the triangulation")                    \
    X(vertex_triangle, uint32_t, "a triangle at each vertex")               \
    X(vertex_node, uint32_t, "the node at each vertex")                     \
    X(triangles, mesh_triangle, "the triangulation")                        \
    X(state, uint8_t, "land, core, bay")                                    \
    X(way_out, uint8_t, "a bay's side towards the core")                    \
    X(depth, uint8_t, "shoal class of a triangle")                          \
    X(on_gate, uint8_t, "vertices on a gate")                               \
    X(depths, float, "greatest draught of each shoal class")                \
    X(walls, image_pair, "the outline")                                     \
    X(nodes, dro_vec, "nodes of the graph")                                 \
    X(node_vertex, uint32_t, "the vertex of a node")                        \
    X(sector_first, uint32_t, "sectors of a node")                          \
    X(sectors, core_sector, "what a way bends round")                       \
    X(arc_first, uint32_t, "arcs of a node")                                \
    X(arcs, image_arc, "legs, both ways")                                   \
    X(classes, image_class, "what a leg passes")                            \
    X(lines, image_line, "channels, links, approaches")                     \
    X(line_points, dro_point, "their points")                               \
    X(pieces, graph_piece, "lines between nodes")                           \
    X(piece_first, uint32_t, "pieces of a line")                            \
    X(ports, image_port, "where ports meet the water")                      \
    X(landmarks, int16_t, "distances to landmarks, by node")                \
    X(shoalmarks, int16_t, "the same, through waters that shoals cut off")  \
    X(beacons, int16_t, "the same with everything open")                    \
    X(island, uint16_t, "0: in the sea by default; else cut off by shoals") \
    X(table, float, "port to port")                                         \
    X(table_class, uint16_t, "what these ways pass")                        \
    X(leaf, uint16_t, "where a port stands in another's tree")              \
    X(tree_first, uint32_t, "trees of ways between ports")                  \
    X(tree_node, uint32_t, "nodes of the trees")                            \
    X(tree_parent, uint16_t, "their parents")                               \
    X(lost, dro_lost_water, "waters cut off")

typedef struct image_pair {
    uint32_t ends[2];
} image_pair;

typedef struct image_arc {
    uint32_t to;
    float length_m;
    uint16_t class;
    uint16_t piece; /* of a line, its number + 1; 0: over water */
} image_arc;

typedef struct image_class {
    uint64_t gates;
    uint32_t depth, channel; /* classes of shoals and of channels */
} image_class;

typedef struct image_line {
    char name[48];
    int32_t kind, channel, port, passage;
    float depth_m;
    uint32_t first, count;          /* into line_points */
    float south, north, west, east; /* west > east over the antimeridian */
} image_line;

typedef struct image_port {
    dro_point quay, at;
    double snap_m;
    uint32_t node; /* GRAPH_NONE: no way to the sea */
    char code[8];
    uint32_t padding;
} image_port;

enum {
#define IMAGE_ENUM(name, type, meaning) IMAGE_##name,
    IMAGE_SECTIONS(IMAGE_ENUM)
#undef IMAGE_ENUM
    IMAGE_SECTION_COUNT
};

typedef struct image_section {
    char name[16];
    uint64_t offset, bytes, checksum;
} image_section;

typedef struct image_header {
    char magic[8];
    uint32_t format, byte_order;
    uint64_t bytes; /* of the whole file */
    uint64_t source_hash, atlas_hash;
    uint64_t table_closed; /* passages closed in the ports' table */
    double clearance_m, tolerance_m, spanner, draft_m, water_km2, lost_km2;
    double unit_m; /* of the landmarks' distances, rounded down */
    char coastline[32], built[32];
    uint32_t section_count, padding;
    image_section sections[IMAGE_SECTION_COUNT];
    uint64_t checksum; /* of all before it */
} image_header;

/* Typed, borrowed views. */
typedef struct image {
    const image_header *header;
#define IMAGE_MEMBER(name, type, meaning) \
    const type *name;                     \
    size_t name##_count;
    IMAGE_SECTIONS(IMAGE_MEMBER)
#undef IMAGE_MEMBER
} image;

/* Checks a header (magic, format, byte order, lengths, its checksum). */
dro_status image_view(const void *data, size_t length, const char *path, image *out,
                      dro_error *error);
/* The checksums of what searches read without looking: positions, indices, lines. */
dro_status image_check(const image *v, const char *path, dro_error *error);
/* All checksums. */
dro_status image_verify(const image *v, dro_error *error);

/* Writes header and sections; arrays and counts are taken from the view, the rest of
 * the header from `like`. */
dro_status image_write(const image *v, const image_header *like, const char *path,
                       dro_error *error);

#endif
