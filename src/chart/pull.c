#include "chart/pull.h"

static bool same(dro_vec a, dro_vec b) {
    return a.x == b.x && a.y == b.y && a.z == b.z;
}

typedef struct funnel {
    dro_vec apex, right, left;
    size_t right_at, left_at; /* portals that gave them */
} funnel;

static funnel restart(dro_vec apex, size_t at) {
    return (funnel){apex, apex, apex, at, at};
}

/* Narrows one side by a new point. True if the funnel turned over the other side:
 * then that side's point is the next turn. sign: +1 for the right side. */
static bool narrow(funnel *f, dro_vec p, size_t at, int sign) {
    dro_vec *own = sign > 0 ? &f->right : &f->left;
    dro_vec other = sign > 0 ? f->left : f->right;
    if (!same(*own, f->apex) && sign * dro_geo_orient(f->apex, *own, p) < 0) {
        return false; /* it would widen */
    }
    if (same(other, f->apex) || sign * dro_geo_orient(f->apex, other, p) < 0) {
        *own = p;
        if (sign > 0) {
            f->right_at = at;
        } else {
            f->left_at = at;
        }
        return false;
    }
    return true;
}

size_t pull_string(dro_vec start, const pull_portal *portals, size_t count,
                   dro_vec goal, dro_vec *turns) {
    funnel f = restart(start, 0);
    size_t n = 0;
    for (size_t i = 0; i <= count && n < count; i++) {
        dro_vec right = i < count ? portals[i].right : goal;
        dro_vec left = i < count ? portals[i].left : goal;
        if (narrow(&f, right, i, 1)) {
            turns[n++] = f.left;
            i = f.left_at;
            f = restart(f.left, i);
            continue;
        }
        if (narrow(&f, left, i, -1)) {
            turns[n++] = f.right;
            i = f.right_at;
            f = restart(f.right, i);
        }
    }
    return n;
}
