/*
 * Labels that do not lie on each other.
 */
#include "report/label.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"

/* Advance widths of DejaVu Sans from space to ~, thousandths of the font's size. */
static const uint16_t WIDTHS[] = {
    318,  401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,
    636,  636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531,
    1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603,  787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500,
    500,  613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,
    635,  635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838};

static const double PAD_PX = 2.0;
static const double INK_STEP_PX = 5.0;
static const double INK_COST = 4.0; /* of each sample under a label */

static double code_width(uint32_t code) {
    if (code >= 0x20 && code < 0x7F) {
        return WIDTHS[code - 0x20] / 1000.0;
    }
    bool accent = code >= 0x300 && code < 0x370;
    return accent ? 0.0 : code < 0x1100 ? 0.72 : 1.0;
}

size_t dro_label_fit(const char *text, double font_px, double width_px) {
    size_t length = strlen(text), at = 0;
    double width = 0.0;
    while (at < length) {
        uint32_t code = 0xFFFD;
        size_t used = dro_utf8_decode(text + at, length - at, &code);
        width += font_px * code_width(code);
        if (width > width_px) {
            break;
        }
        at += used == 0 ? 1 : used;
    }
    return at;
}

double dro_label_width(const char *text, double font_px) {
    size_t length = strlen(text);
    double width = 0.0;
    for (size_t at = 0; at < length;) {
        uint32_t code = 0xFFFD;
        size_t used = dro_utf8_decode(text + at, length - at, &code);
        width += font_px * code_width(code);
        at += used == 0 ? 1 : used;
    }
    return width;
}

/* ---- what is taken ------------------------------------------------------------------
 */

void dro_label_space_free(dro_label_space *space) {
    dro_free(space->boxes);
    dro_free(space->inked);
    *space = (dro_label_space){0};
}

static bool overlap(dro_frame a, dro_frame b, double pad) {
    return a.left < b.left + b.width + pad && b.left < a.left + a.width + pad &&
           a.top < b.top + b.height + pad && b.top < a.top + a.height + pad;
}

static bool within(dro_frame inner, dro_frame outer) {
    return inner.left >= outer.left && inner.top >= outer.top &&
           inner.left + inner.width <= outer.left + outer.width &&
           inner.top + inner.height <= outer.top + outer.height;
}

bool dro_label_is_free(const dro_label_space *space, dro_frame box) {
    if (!within(box, space->frame)) {
        return false;
    }
    for (size_t i = 0; i < space->count; i++) {
        if (overlap(box, space->boxes[i], PAD_PX)) {
            return false;
        }
    }
    return true;
}

dro_status dro_label_take(dro_label_space *space, dro_frame box, dro_error *error) {
    DRO_TRY(DRO_RESERVE(space->boxes, space->capacity, space->count + 1, error));
    space->boxes[space->count++] = box;
    return DRO_OK;
}

static dro_status ink_segment(dro_label_space *space, dro_xy a, dro_xy b,
                              dro_error *error) {
    size_t steps = 1 + (size_t)(hypot(b.x - a.x, b.y - a.y) / INK_STEP_PX);
    DRO_TRY(DRO_RESERVE(space->inked, space->inked_capacity, space->inked_count + steps,
                        error));
    for (size_t i = 0; i < steps; i++) {
        double t = (double)i / (double)steps;
        space->inked[space->inked_count++] =
            (dro_xy){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
    }
    return DRO_OK;
}

/* Short segments are gone along until a step is full. */
dro_status dro_label_ink(dro_label_space *space, const dro_paths *lines,
                         dro_error *error) {
    for (size_t run = 0; run < lines->run_count; run++) {
        dro_xy last = lines->points[lines->start[run]];
        for (size_t i = lines->start[run] + 1; i < dro_paths_end(lines, run); i++) {
            dro_xy next = lines->points[i];
            if (hypot(next.x - last.x, next.y - last.y) >= INK_STEP_PX) {
                DRO_TRY(ink_segment(space, last, next, error));
                last = next;
            }
        }
    }
    return DRO_OK;
}

/* ---- finding a place
 * ------------------------------------------------------------------ */

typedef struct seat { /* one place to try */
    dro_frame box;
    dro_xy end; /* of the leader, on the box */
    double cost;
} seat;

static double clamp(double value, double low, double high) {
    return value < low ? low : value > high ? high : value;
}

static dro_xy nearest_on(dro_frame box, dro_xy p) {
    return (dro_xy){clamp(p.x, box.left, box.left + box.width),
                    clamp(p.y, box.top, box.top + box.height)};
}

static double cover_cost(const dro_label_space *space, dro_frame box) {
    double cost = 0.0;
    for (size_t i = 0; i < space->inked_count; i++) {
        dro_xy p = space->inked[i];
        bool under = p.x > box.left - 1.0 && p.x < box.left + box.width + 1.0 &&
                     p.y > box.top - 1.0 && p.y < box.top + box.height + 1.0;
        cost += under ? INK_COST : 0.0;
    }
    return cost;
}

/* Does the segment from a to b go through the box? (slabs) */
static bool passes(dro_frame box, dro_xy a, dro_xy b) {
    double t0 = 0.0, t1 = 1.0;
    double from[2] = {a.x, a.y}, step[2] = {b.x - a.x, b.y - a.y};
    double low[2] = {box.left, box.top};
    double high[2] = {box.left + box.width, box.top + box.height};
    for (int k = 0; k < 2; k++) {
        if (fabs(step[k]) < 1e-9) {
            if (from[k] < low[k] || from[k] > high[k]) {
                return false;
            }
            continue;
        }
        double u = (low[k] - from[k]) / step[k], v = (high[k] - from[k]) / step[k];
        t0 = fmax(t0, fmin(u, v));
        t1 = fmin(t1, fmax(u, v));
    }
    return t0 <= t1;
}

/* Boxes that a leader runs through, the anchor's own mark aside. */
static double leader_cost(const dro_label_space *space, dro_xy from, dro_xy to) {
    double cost = 0.0;
    for (size_t i = 0; i < space->count; i++) {
        dro_frame box = space->boxes[i];
        bool own = from.x >= box.left && from.x <= box.left + box.width &&
                   from.y >= box.top && from.y <= box.top + box.height;
        cost += !own && passes(box, from, to) ? 60.0 : 0.0;
    }
    return cost;
}

/* East is best, then west, then above and below (Imhof 1975). */
static seat seat_at(dro_xy anchor, double gap, double away, double angle, dro_xy size) {
    double ux = cos(angle), uy = sin(angle), d = gap + away;
    double cx = anchor.x + ux * d + clamp(1.6 * ux, -1.0, 1.0) * size.x / 2.0;
    double cy = anchor.y + uy * d + clamp(1.6 * uy, -1.0, 1.0) * size.y / 2.0;
    dro_frame box = {cx - size.x / 2.0, cy - size.y / 2.0, size.x, size.y};
    double taste = ux > 0.9 ? 0.0 : ux > 0.2 ? 1.0 : ux < -0.9 ? 2.0 : 3.0;
    return (seat){box, nearest_on(box, anchor), taste + 0.5 * away};
}

/* Neighbours that a reader could take the label for. */
static double crowd_cost(const dro_label_space *space, dro_xy anchor, dro_frame box) {
    double cost = 0.0;
    for (size_t i = 0; i < space->count; i++) {
        dro_frame other = space->boxes[i];
        dro_xy near = nearest_on(other, anchor);
        bool own = near.x == anchor.x && near.y == anchor.y;
        cost += !own && overlap(box, other, 9.0) ? 5.0 : 0.0;
    }
    return cost;
}

static void consider(const dro_label_space *space, dro_xy anchor, seat candidate,
                     bool leader, seat *best) {
    if (candidate.cost >= best->cost || !dro_label_is_free(space, candidate.box)) {
        return;
    }
    candidate.cost += cover_cost(space, candidate.box);
    candidate.cost += crowd_cost(space, anchor, candidate.box);
    candidate.cost += leader ? leader_cost(space, anchor, candidate.end) : 0.0;
    if (candidate.cost < best->cost) {
        *best = candidate;
    }
}

static const double AWAY_PX[] = {0.0, 10.0, 20.0, 34.0, 50.0, 70.0, 95.0, 125.0, 160.0};
static const double LEADER_PX = 8.0; /* away by so much: a leader is drawn */

dro_status dro_label_place(dro_label_space *space, dro_xy anchor, double gap,
                           double reach, dro_xy size, dro_label_spot *out,
                           dro_error *error) {
    seat best = {.cost = 1e9};
    double away = 0.0;
    for (size_t ring = 0; ring < sizeof AWAY_PX / sizeof *AWAY_PX; ring++) {
        if (AWAY_PX[ring] > reach) {
            break;
        }
        for (int k = 0; k < 16; k++) {
            double before = best.cost, angle = k * 0.39269908169872414;
            seat candidate = seat_at(anchor, gap, AWAY_PX[ring], angle, size);
            consider(space, anchor, candidate, AWAY_PX[ring] >= LEADER_PX, &best);
            away = best.cost < before ? AWAY_PX[ring] : away;
        }
    }
    *out = (dro_label_spot){.placed = best.cost < 1e9, .box = best.box};
    if (!out->placed) {
        return DRO_OK;
    }
    double length = hypot(best.end.x - anchor.x, best.end.y - anchor.y);
    out->leader = away >= LEADER_PX && length > gap + 4.0;
    out->from = (dro_xy){anchor.x + (best.end.x - anchor.x) * gap / fmax(length, gap),
                         anchor.y + (best.end.y - anchor.y) * gap / fmax(length, gap)};
    out->to = best.end;
    return dro_label_take(space, best.box, error);
}
