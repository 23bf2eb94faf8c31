/*
 * Directed walls on the sphere, water on their left, in a tree of discs: is a place in
 * the water, does a leg cross a wall? Shares nothing with the chart's own code but the
 * orientation test of geo.h.
 */
#ifndef DRO_TESTS_SEA_WALLS_H
#define DRO_TESTS_SEA_WALLS_H

#include "derrotero/chart.h"

typedef struct sea_wall {
    dro_vec a, b;
    uint32_t tag; /* the caller's */
} sea_wall;

typedef struct sea_disc { /* everything of a subtree lies within it */
    dro_vec centre;
    double reach;          /* straight through the earth, radius 1 */
    uint32_t first, count; /* walls of a leaf; count 0: children at first, first + 1 */
} sea_disc;

typedef struct sea_walls {
    sea_wall *walls;
    size_t count, capacity;
    sea_disc *discs; /* the root is discs[0] */
    size_t disc_count, disc_capacity;
} sea_walls;

dro_status sea_walls_add(sea_walls *walls, dro_vec a, dro_vec b, uint32_t tag,
                         dro_error *error);
dro_status sea_walls_add_outline(sea_walls *walls, const dro_chart *chart, uint32_t tag,
                                 dro_error *error);
/* After the last wall: makes the tree (and sorts the walls). */
dro_status sea_walls_finish(sea_walls *walls, dro_error *error);
void sea_walls_free(sea_walls *walls);

/* Does the leg cross a wall? Walls that begin or end at one of its ends do not count;
 * a wall's end on the leg counts as on its left. `which` may be NULL. */
bool sea_walls_cross(const sea_walls *walls, dro_vec a, dro_vec b, size_t *which);

bool sea_wall_crossed(const sea_wall *wall, dro_vec a, dro_vec b);

bool sea_walls_wet(const sea_walls *walls, dro_vec place);
/* The same; the tag of the wall that tells. */
bool sea_walls_wet_by(const sea_walls *walls, dro_vec place, uint32_t *tag);

typedef struct sea_crossing {
    double at; /* fraction of the leg's angle */
    int turn;  /* 1: from a wall's left (water) to its right, -1: back */
} sea_crossing;

/* Where the leg crosses walls, unsorted; at most `most` are written, all are counted.
 */
size_t sea_walls_crossings(const sea_walls *walls, dro_vec a, dro_vec b,
                           sea_crossing *out, size_t most);
/* The sum of the turns: 0 from water to water, whatever hairs and loops lie between. */
int sea_walls_turns(const sea_walls *walls, dro_vec a, dro_vec b);

/* Metres to the nearest wall. */
double sea_walls_distance_m(const sea_walls *walls, dro_vec place);

static inline bool sea_same(dro_vec a, dro_vec b) {
    return a.x == b.x && a.y == b.y && a.z == b.z;
}
static inline double sea_dot(dro_vec a, dro_vec b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

#endif
