/*
 * A static kd-tree (Bentley 1975) over points as directions, so that poles and the
 * antimeridian need no care. Items are kept in one array in the tree's own order:
 * the middle of a range is its node, the halves are its subtrees.
 *
 * "Nearest" is by WGS84 geodesic, not by the sphere: a subtree is passed over only
 * when its least angle, at the least radius of curvature, is already too far.
 */
#include "derrotero/geo.h"

#include <math.h>

/* a (1 - e^2), the least metres per radian of geodetic direction. */
static const double LEAST_RADIUS_M = 6335439.0;

typedef struct node {
    double at[3];
    dro_point point;
    size_t item;
    int axis;
} node;

struct dro_index {
    node *nodes;
    size_t count;
};

/* The axis along which the range is longest. */
static int widest(const node *nodes, size_t count) {
    int best = 0;
    double most = -1.0;
    for (int axis = 0; axis < 3; axis++) {
        double low = 2.0, high = -2.0;
        for (size_t i = 0; i < count; i++) {
            low = fmin(low, nodes[i].at[axis]);
            high = fmax(high, nodes[i].at[axis]);
        }
        if (high - low > most) {
            most = high - low;
            best = axis;
        }
    }
    return best;
}

static void swap(node *a, node *b) {
    node keep = *a;
    *a = *b;
    *b = keep;
}

static bool before(const node *a, const node *b, int axis) {
    return a->at[axis] < b->at[axis] ||
           (a->at[axis] == b->at[axis] && a->item < b->item);
}

/* Hoare's selection: nodes[middle] as if sorted, smaller ones before it. */
static void select_middle(node *nodes, size_t count, size_t middle, int axis) {
    size_t low = 0, high = count - 1;
    while (low < high) {
        node pivot = nodes[low + (high - low) / 2];
        size_t i = low, j = high;
        while (i <= j) {
            while (before(&nodes[i], &pivot, axis)) {
                i++;
            }
            while (before(&pivot, &nodes[j], axis)) {
                j--;
            }
            if (i <= j) {
                swap(&nodes[i++], &nodes[j]);
                if (j == 0) {
                    break;
                }
                j--;
            }
        }
        if (middle <= j) {
            high = j;
        } else if (middle >= i) {
            low = i;
        } else {
            return;
        }
    }
}

static void build(node *nodes, size_t count) {
    while (count > 1) {
        size_t middle = count / 2;
        int axis = widest(nodes, count);
        select_middle(nodes, count, middle, axis);
        nodes[middle].axis = axis;
        build(nodes, middle);
        nodes += middle + 1;
        count -= middle + 1;
    }
}

dro_status dro_index_create(const dro_point *points, size_t count, dro_index **out,
                            dro_error *error) {
    for (size_t i = 0; i < count; i++) {
        dro_point point = points[i];
        dro_status status = dro_geo_check(&point, false, error);
        if (status != DRO_OK) {
            dro_error_prefix(error, "point %zu", i + 1);
            return status;
        }
    }
    void *memory = NULL;
    DRO_TRY(dro_new(&memory, 1, sizeof(dro_index), "an index", error));
    dro_index *index = memory;
    dro_status status = dro_new(&memory, count, sizeof(node), "an index", error);
    if (status != DRO_OK) {
        dro_free(index);
        return status;
    }
    index->nodes = memory;
    index->count = count;
    for (size_t i = 0; i < count; i++) {
        dro_vec v = dro_geo_to_vec(points[i]);
        index->nodes[i] = (node){{v.x, v.y, v.z}, points[i], i, 0};
    }
    build(index->nodes, count);
    *out = index;
    return DRO_OK;
}

void dro_index_destroy(dro_index *index) {
    if (index != NULL) {
        dro_free(index->nodes);
        dro_free(index);
    }
}

typedef struct search {
    dro_point from;
    double at[3];
    size_t most, found;
    size_t *items;
    double *distances; /* sorted; ends with the farthest kept */
} search;

static bool is_nearer(const search *s, double distance, size_t item, size_t place) {
    return distance < s->distances[place] ||
           (distance == s->distances[place] && item < s->items[place]);
}

static void offer(search *s, const node *candidate) {
    double distance = dro_geo_distance_m(s->from, candidate->point);
    size_t place = s->found;
    if (place == s->most) {
        if (!is_nearer(s, distance, candidate->item, place - 1)) {
            return;
        }
        place--;
    } else {
        s->found++;
    }
    for (; place > 0 && is_nearer(s, distance, candidate->item, place - 1); place--) {
        s->distances[place] = s->distances[place - 1];
        s->items[place] = s->items[place - 1];
    }
    s->distances[place] = distance;
    s->items[place] = candidate->item;
}

/* Could anything `chord` or more away (on the unit sphere) still be of use? */
static bool worth(const search *s, double chord) {
    if (s->found < s->most) {
        return true;
    }
    double angle = 2.0 * asin(fmin(0.5 * chord, 1.0));
    return angle * LEAST_RADIUS_M <= s->distances[s->most - 1];
}

static void descend(search *s, const node *nodes, size_t count) {
    while (count > 0) {
        size_t middle = count / 2;
        const node *here = &nodes[middle];
        double dx = here->at[0] - s->at[0], dy = here->at[1] - s->at[1],
               dz = here->at[2] - s->at[2];
        if (worth(s, sqrt(dx * dx + dy * dy + dz * dz) - 1e-11)) {
            offer(s, here);
        }
        double side = s->at[here->axis] - here->at[here->axis];
        const node *upper = here + 1;
        size_t upper_count = count - middle - 1;
        if (side < 0.0) {
            descend(s, nodes, middle);
            nodes = upper;
            count = upper_count;
        } else {
            descend(s, upper, upper_count);
            count = middle;
        }
        if (!worth(s, fabs(side) - 1e-11)) {
            return;
        }
    }
}

size_t dro_index_nearest(const dro_index *index, dro_point at, size_t most,
                         size_t *items, double *distance_m) {
    dro_point point = at;
    if (most == 0 || dro_geo_check(&point, true, NULL) != DRO_OK) {
        return 0;
    }
    dro_vec v = dro_geo_to_vec(point);
    search state = {point, {v.x, v.y, v.z}, most, 0, items, distance_m};
    descend(&state, index->nodes, index->count);
    return state.found;
}
