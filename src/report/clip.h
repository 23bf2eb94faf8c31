/*
 * Shores and lines as they are seen in a view: cut at the view's boundary (horizon or
 * cut meridian), then at its frame.
 */
#ifndef DRO_REPORT_CLIP_H
#define DRO_REPORT_CLIP_H

#include "report/land.h"
#include "report/paths.h"

/* Rings with land on their left (see the land file) as closed runs. A view that has
 * nothing but land in it comes out empty. */
dro_status dro_clip_land(const dro_view *view, const dro_land_scale *land,
                         dro_paths *out, dro_error *error);
/* All that the view can show: the ocean. */
dro_status dro_clip_outline(const dro_view *view, dro_paths *out, dro_error *error);
/* Great circles through the points, as open runs. */
dro_status dro_clip_line(const dro_view *view, const dro_point *points, size_t count,
                         dro_paths *out, dro_error *error);

#endif
