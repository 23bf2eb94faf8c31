/*
 * A chart file is good for the tables it was made of: for the places of the ports (by
 * their order, too: the chart knows them by number), gates, channels, shoals,
 * barriers and lakes. Depths of ports, tolls and ships change without a rebuild.
 */
#include "atlas/chart_hash.h"

#include <string.h>

static uint64_t add_text(uint64_t hash, const char *text) {
    return dro_hash64(text, strlen(text) + 1, hash);
}

static uint64_t add_number(uint64_t hash, double number) {
    return dro_hash64(&number, sizeof number, hash);
}

static uint64_t add_count(uint64_t hash, size_t count) {
    uint64_t wide = count;
    return dro_hash64(&wide, sizeof wide, hash);
}

static uint64_t add_points(uint64_t hash, const dro_point *points, size_t count) {
    hash = add_count(hash, count);
    return count == 0 ? hash : dro_hash64(points, count * sizeof *points, hash);
}

static uint64_t add_ports(uint64_t hash, const dro_atlas *atlas) {
    size_t count = 0;
    const dro_port *ports = dro_atlas_ports(atlas, &count);
    hash = add_count(hash, count);
    for (size_t i = 0; i < count; i++) {
        hash = add_text(hash, ports[i].code);
        hash = add_points(hash, &ports[i].at, 1);
    }
    return hash;
}

static uint64_t add_passages(uint64_t hash, const dro_atlas *atlas) {
    size_t count = 0;
    const dro_passage *passages = dro_atlas_passages(atlas, &count);
    hash = add_count(hash, count);
    for (size_t i = 0; i < count; i++) {
        const dro_passage *passage = &passages[i];
        hash = add_text(hash, passage->id);
        hash = add_count(hash, (size_t)passage->kind);
        hash = add_count(hash, (size_t)passage->part_of);
        hash = add_count(hash, passage->open);
        hash = add_count(hash, passage->gate_count);
        for (size_t j = 0; j < passage->gate_count; j++) {
            hash = add_points(hash, passage->gates[j].points, passage->gates[j].count);
        }
    }
    return hash;
}

static uint64_t add_channels(uint64_t hash, const dro_atlas *atlas) {
    size_t count = 0;
    const dro_channel *channels = dro_atlas_channels(atlas, &count);
    hash = add_count(hash, count);
    for (size_t i = 0; i < count; i++) {
        hash = add_text(hash, channels[i].id);
        hash = add_count(hash, (size_t)channels[i].kind);
        hash = add_count(hash, (size_t)channels[i].passage);
        hash = add_number(hash, channels[i].max_draft_m);
        hash = add_points(hash, channels[i].points, channels[i].count);
    }
    return hash;
}

static uint64_t add_areas(uint64_t hash, const dro_atlas *atlas) {
    size_t count = 0;
    const dro_shoal *shoals = dro_atlas_shoals(atlas, &count);
    hash = add_count(hash, count);
    for (size_t i = 0; i < count; i++) {
        hash = add_number(hash, shoals[i].depth_m);
        hash = add_points(hash, shoals[i].points, shoals[i].count);
    }
    const dro_barrier *barriers = dro_atlas_barriers(atlas, &count);
    hash = add_count(hash, count);
    for (size_t i = 0; i < count; i++) {
        hash = add_points(hash, barriers[i].points, barriers[i].count);
    }
    const dro_lake *lakes = dro_atlas_lakes(atlas, &count);
    hash = add_count(hash, count);
    for (size_t i = 0; i < count; i++) {
        hash = add_points(hash, &lakes[i].at, 1);
        hash = add_count(hash, lakes[i].navigable);
    }
    return hash;
}

uint64_t dro_atlas_hash_chart(const dro_atlas *atlas) {
    uint64_t hash = add_ports(0, atlas);
    hash = add_passages(hash, atlas);
    hash = add_channels(hash, atlas);
    return add_areas(hash, atlas);
}
