/*
 * One map of an audit's page: a part of the view that all share, drawn 440 pixels wide.
 */
#ifndef DRO_REPORT_PAGE_MAP_H
#define DRO_REPORT_PAGE_MAP_H

#include "report/label.h"
#include "report/page.h"

typedef struct page_map {
    page *p;
    dro_xy low, high; /* what must be seen, in pixels of the view */
    dro_frame part;   /* of the view */
    double scale;     /* from the view's pixels to the map's */
    dro_label_space space;
} page_map;

page_map page_map_begin(page *p);
void page_map_see(page_map *m, dro_point at);
void page_map_see_pixel(page_map *m, dro_xy at); /* of the view */
/* The part around what must be seen; then the svg element with the ground. `what` and
 * `title` name it. */
void page_map_open(page_map *m, const char *what, const char *title);

dro_xy page_map_placed(const page_map *m, dro_xy at); /* from the view's pixels */
dro_xy page_map_spot(const page_map *m, dro_point at);
void page_map_xy(dro_ink *ink, const char *x, const char *y, dro_xy at);
/* Room that labels leave free. */
dro_status page_map_take(page_map *m, dro_xy at, double radius, dro_error *error);
/* At most `reach` pixels away, or not at all. */
dro_status page_map_label(page_map *m, dro_xy at, const char *name, bool end,
                          double reach, dro_error *error);

/* Is the trial on its claim's map of places? */
bool page_is_place(const dro_audit_claim *claim, const dro_audit_trial *trial);
bool page_on_earth(dro_point p);
/* Does the leg move between two places? */
bool page_is_way(const dro_audit_leg *leg);

#endif
