/*
 * Labels that do not lie on each other.
 *
 * Greedy, the most important first (Christensen, Marks, Shieber 1995 measure what that
 * gives up against a search): each label tries some 90 places around its anchor, near
 * ones first, and takes the cheapest that is free. Farther ones get a leader line.
 */
#ifndef DRO_REPORT_LABEL_H
#define DRO_REPORT_LABEL_H

#include "report/paths.h"

/* The width of text in pixels, by the widths of DejaVu Sans, the widest of the usual
 * fonts: never too small for Latin text. */
double dro_label_width(const char *text, double font_px);
/* How many bytes of a text fit into so many pixels, cut at a character. */
size_t dro_label_fit(const char *text, double font_px, double width_px);

typedef struct dro_label_space {
    dro_frame frame;
    dro_frame *boxes; /* taken */
    size_t count, capacity;
    dro_xy *inked; /* samples of lines that a label would better not cover */
    size_t inked_count, inked_capacity;
} dro_label_space;

void dro_label_space_free(dro_label_space *space);
bool dro_label_is_free(const dro_label_space *space, dro_frame box);
dro_status dro_label_take(dro_label_space *space, dro_frame box, dro_error *error);
/* Samples a line every few pixels. */
dro_status dro_label_ink(dro_label_space *space, const dro_paths *lines,
                         dro_error *error);

typedef struct dro_label_spot {
    bool placed;
    dro_frame box;
    bool leader; /* a line from `from` to `to` joins label and anchor */
    dro_xy from, to;
} dro_label_spot;

/* Finds a place for a box of this size around an anchor that is `gap` pixels in radius,
 * at most `reach` pixels away, and takes it. */
dro_status dro_label_place(dro_label_space *space, dro_xy anchor, double gap,
                           double reach, dro_xy size, dro_label_spot *out,
                           dro_error *error);

#endif
