#include "chart/legs.h"

#include <string.h>

#include "chart/sea.h"

#define ENTRIES 65536u /* a power of two; 6 MB, touched as they come */

typedef enum leg_sight {
    UNKNOWN,
    CLEAR,
    BLOCKED
} leg_sight;

typedef struct leg_entry {
    dro_vec from, to; /* a table begins with zeros, which are no places */
    bool measured;
    double metres;
    dro_point at_to;
    leg_sight sight;
    sight_class passed;
} leg_entry;

void leg_memory_free(leg_memory *m) {
    dro_free(m->entries);
    *m = (leg_memory){0};
}

static uint64_t mixed(uint64_t h, dro_vec at) {
    uint64_t x, y;
    memcpy(&x, &at.x, sizeof x);
    memcpy(&y, &at.y, sizeof y);
    h ^= x ^ y * UINT64_C(0x9e3779b97f4a7c15);
    return (h ^ h >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
}

static bool same(dro_vec a, dro_vec b) {
    return a.x == b.x && a.y == b.y && a.z == b.z;
}

/* NULL: no memory. */
static leg_entry *entry_of(leg_memory *m, dro_vec a, dro_vec b) {
    if (!m->entries &&
        dro_new((void **)&m->entries, ENTRIES, sizeof *m->entries, "legs", NULL)) {
        return NULL;
    }
    leg_entry *e = &m->entries[(mixed(mixed(0, a), b) >> 32) % ENTRIES];
    if (!same(e->from, a) || !same(e->to, b)) {
        *e = (leg_entry){.from = a, .to = b};
    }
    return e;
}

dro_status leg_measure(leg_memory *m, dro_vec a, dro_vec b, double *metres,
                       dro_point *at_b, dro_error *error) {
    leg_entry *e = entry_of(m, a, b);
    if (!e) {
        return dro_fail(error, DRO_NOMEM, "out of memory for legs");
    }
    if (!e->measured) {
        e->at_to = dro_geo_to_point(b);
        e->metres = dro_geo_vec_distance_m(a, b);
        e->measured = true;
    }
    *metres = e->metres;
    *at_b = e->at_to;
    return DRO_OK;
}

bool leg_clear(leg_memory *m, const dro_chart *chart, dro_vec a, uint32_t vertex,
               dro_vec b, sight_class *passed) {
    leg_entry *e = entry_of(m, a, b);
    if (!e) {
        return line_between(chart, a, vertex, MESH_NONE, b, passed);
    }
    if (e->sight == UNKNOWN) {
        bool clear = line_between(chart, a, vertex, MESH_NONE, b, &e->passed);
        e->sight = clear ? CLEAR : BLOCKED;
    }
    *passed = e->passed;
    return e->sight == CLEAR;
}
