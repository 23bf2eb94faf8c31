/*
 * What lies under the routes: ocean, graticule, land; and the scale bar.
 */
#ifndef DRO_REPORT_MAP_GROUND_H
#define DRO_REPORT_MAP_GROUND_H

#include "report/ink.h"
#include "report/label.h"

dro_status dro_map_draw_ground(dro_ink *ink, const dro_land *land, const dro_view *view,
                               dro_error *error);
/* In the lower corner with the fewer lines in it. Takes its box. */
dro_status dro_map_draw_scale(dro_ink *ink, const dro_view *view,
                              dro_label_space *space, dro_error *error);
/* Degrees along the left and the lower edge, where free. */
dro_status dro_map_draw_degrees(dro_ink *ink, const dro_view *view,
                                dro_label_space *space, dro_error *error);

#endif
