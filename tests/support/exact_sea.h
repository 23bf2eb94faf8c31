/*
 * Shortest sea paths by brute force, to hold the chart's answers against.
 *
 * Shares no code with src/chart. It knows the chart's outline (walls with the water on
 * their left), its channels, and the atlas's gates and shoals. Legs are great circles
 * that cross no wall, no closed gate and no shoal that is too shallow; they weigh their
 * WGS84 length. A shortest path turns only at corners of these, and only so that it
 * bends round them (Lozano-Perez and Wesley 1979), or at the nodes of channels: their
 * ends, the points that two of them share, and those at which one enters or leaves the
 * water. What is in sight of a corner is found when it is first needed, by going
 * outwards with the blocked directions noted; what is doubtful is tested against every
 * wall by exact orientation. A* with the straight distance finds the path.
 */
#ifndef DRO_TESTS_EXACT_SEA_H
#define DRO_TESTS_EXACT_SEA_H

#include "derrotero/chart.h"

typedef struct exact_sea exact_sea;

/* Of the rules closed, draft_m, channel_draft_m and avoid are held to. */
dro_status exact_sea_create(const dro_chart *chart, const dro_atlas *atlas,
                            const dro_sea_rules_options *rules, exact_sea **out,
                            dro_error *error);
void exact_sea_destroy(exact_sea *sea);

typedef struct exact_path {
    double distance_m; /* INFINITY: none below the limit */
    dro_point *points; /* turns and nodes; owned by the exact_sea until its next call */
    double *run_m;     /* length up to each of them */
    size_t count;
    size_t settled;
} exact_path;

/* From one place to another, both in the water or on a channel (less than half a metre
 * off). Only paths shorter than below_m are looked at. */
dro_status exact_sea_route(exact_sea *sea, dro_point from, dro_point to, double below_m,
                           exact_path *out, dro_error *error);

typedef struct exact_info {
    size_t walls, corners, line_nodes, seen, legs; /* seen: nodes looked out from */
} exact_info;
exact_info exact_sea_info(const exact_sea *sea);

#endif
