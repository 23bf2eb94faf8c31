/* What a query may use, worked out per class of leg. */
#ifndef CHART_RULES_H
#define CHART_RULES_H

#include "chart/chart_state.h"

/* Around an area. */
typedef struct rules_disc {
    dro_vec centre;
    double cosine; /* of its radius; -1 covers everything */
    double radius;
} rules_disc;

/* Areas that follow each other are mostly near each other: what is clear of all of
 * them is looked at once. */
#define RULES_BLOCK 32
void rules_make_blocks(const rules_disc *discs, size_t count, rules_disc *blocks);

struct dro_sea_rules {
    const dro_chart *chart;
    uint64_t number; /* of this set, unique in the process; 0 never */
    uint64_t closed, require;
    double draft_m, channel_draft_m, max_snap_m;
    uint8_t *shut;  /* per class */
    float *fixed_m; /* per class: added once a leg */
    float *rate;    /* per class: added per metre of a line */
    bool has_extra;
    bool soft_shoals; /* waters that shoals cut off are reached over them */
    uint8_t *barred;  /* per class: shut, whatever the shoals */
    bool table;       /* the ports' table holds where its way's class is not shut */
    dro_ring *avoid;  /* own copies of the points */
    dro_vec *avoid_points;
    rules_disc *discs;  /* around each area */
    rules_disc *blocks; /* around each RULES_BLOCK of them */
    size_t avoid_count, avoid_point_count;
    uint8_t *piece_cut; /* per piece of a line: an area lies on it; NULL: no areas */
    double margin;      /* radians: thinned legs are replaced within it */
    float gate_m[DRO_PASSAGES_MAX]; /* added for a gate that is no canal's */
};

/* Numbers of sets of rules. */
uint64_t rules_new_number(void);

/* Do the rules and the chart's table of ports go together, whatever the areas? */
bool rules_hold_table(const dro_sea_rules *rules);

bool rules_allow(const dro_sea_rules *rules, sight_class class);

/* The same for a leg from or to a place on a shoal, where shoals are soft. */
bool rules_allow_over(const dro_sea_rules *rules, sight_class class);
bool rules_shallow(const dro_sea_rules *rules, uint8_t depth);

/* Is an arc between two nodes shut? Where shoals are soft, one may go over them out of
 * waters that they cut off (until the sea is reached: at_sea) and into such waters, but
 * not through them from sea to sea. */
static inline bool rules_shut(const dro_sea_rules *r, image_arc a, uint32_t from,
                              bool at_sea) {
    const uint16_t *island = r->chart->image.island;
    return r->shut[a.class] && (!r->soft_shoals || r->barred[a.class] ||
                                (island[a.to] == 0 && (at_sea || island[from] == 0)));
}

/* The same for a straight leg of no arc. Does it come from, go to the open sea? */
static inline bool rules_leg_shut(const dro_sea_rules *r, sight_class class,
                                  bool from_sea, bool to_sea) {
    return !rules_allow(r, class) &&
           (!r->soft_shoals || !rules_allow_over(r, class) || (from_sea && to_sea));
}

/* What such a leg costs besides its length. */
float rules_extra(const dro_sea_rules *rules, uint64_t gates);

/* Does an area lie on the line's piece that is this arc from `node`? */
bool rules_piece_cut(const dro_sea_rules *rules, uint32_t node, image_arc arc);

/* Does the leg from a to b touch an avoided area? */
bool rules_avoided(const dro_sea_rules *rules, dro_vec a, dro_vec b);
/* The same for one area. */
bool rules_area_meets(const dro_sea_rules *rules, size_t area, dro_vec a, dro_vec b);
/* Index of the area that holds a place, or -1. */
int rules_inside(const dro_sea_rules *rules, dro_vec place);

/* Is a place near an area within the wedge from `at` between two others? */
bool rules_towards_areas(const dro_sea_rules *rules, dro_vec at, dro_vec right,
                         dro_vec left);

static inline float rules_cost(const dro_sea_rules *r, image_arc a) {
    return r->has_extra ? a.length_m + r->fixed_m[a.class] +
                              (a.piece ? r->rate[a.class] * a.length_m : 0.0f)
                        : a.length_m;
}

#endif
