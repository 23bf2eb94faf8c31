/*
 * The map itself as a group of SVG: ocean, graticule, land, routes, marks, labels,
 * scale. Shared by the SVG picture and the HTML page. Looks come from their style
 * sheets:
 *
 *   .ocean .grid .land .rim .frame .grid-label
 *   .route, with .c0 to .c7 for its colour, and in it .halo .line .channel .arrow
 * .badge .mark, with .end .via .passage .closed or .port; .label likewise; .leader
 *   .scale, and in it .bar .box
 */
#ifndef DRO_REPORT_MAP_SVG_H
#define DRO_REPORT_MAP_SVG_H

#include "report/ink.h"

#define DRO_MAP_COLOURS    8
#define DRO_MAP_BADGES_MAX 24 /* more routes than this carry no numbers */

int dro_map_colour(const dro_picture *picture, size_t route);
bool dro_map_has_badges(const dro_picture *picture);
const char *dro_map_role(dro_picture_role role);
/* Does another mark stand for this one: the same label and place, a weightier role? */
bool dro_map_is_repeated(const dro_picture *picture, size_t mark);
/* The route's line in this view; of one kind of leg only. */
dro_status dro_map_route_lines(const dro_view *view, const dro_picture_route *route,
                               dro_picture_kind kind, dro_paths *out, dro_error *error);

dro_status dro_map_draw(dro_ink *ink, const dro_picture *picture, const dro_view *view,
                        dro_error *error);

#endif
