/* What is computed once so that queries are quick: arcs, landmarks, ports' ways. */
#ifndef CHART_TABLES_H
#define CHART_TABLES_H

#include "chart/landmarks.h"

typedef struct tables {
    uint32_t *arc_first;
    image_arc *arcs;
    size_t arc_count;
    image_class *classes;
    size_t class_count, class_capacity;
    landmarks landmarks, shoalmarks, beacons;
    double unit_m;    /* of their distances */
    uint16_t *island; /* per node: 0 in the sea, else waters that shoals cut off */
    float *table;     /* ports x ports, metres; INFINITY where no way */
    uint16_t *table_class, *leaf;
    uint32_t *tree_first, *tree_node;
    uint16_t *tree_parent;
    size_t tree_count, tree_capacity;
} tables;

/* closed, depth class: what the ports' table takes as shut. */
dro_status tables_build(const graph *graph, uint64_t closed, uint8_t deepest,
                        unsigned threads, const dro_progress *progress, tables *out,
                        dro_error *error);
void tables_free(tables *tables);

#endif
