/*
 * A view: how directions on the sphere become pixels of a map's frame.
 *
 * Directions are turned into the view's own axes first (x right, y up, z towards the
 * reader at the centre). What can be seen is bounded: a cap for the azimuthal
 * projections, the sphere cut along a half meridian for the world. That boundary is
 * walked counter-clockwise by a parameter from 0 to dro_view_period().
 */
#ifndef DRO_REPORT_PROJECTION_H
#define DRO_REPORT_PROJECTION_H

#include "derrotero/picture.h"

#define DRO_EARTH_RADIUS_NM (DRO_EARTH_RADIUS_M / DRO_M_PER_NM)

typedef struct dro_xy {
    double x, y;
} dro_xy;

typedef struct dro_frame {
    double left, top, width, height; /* pixels, y downwards */
} dro_frame;

typedef struct dro_view {
    dro_picture_view kind; /* never AUTO */
    dro_point centre;      /* latitude 0 for the world */
    double clip_cos;       /* azimuthal: seen where z > clip_cos */
    double scale;          /* pixels per unit of the plane (the earth's radius) */
    dro_xy origin;         /* pixel of the plane's 0, 0 */
    dro_frame frame;
} dro_view;

/* A view of the whole sphere or hemisphere: scale 1, origin 0, frame still empty. */
dro_view dro_view_make(dro_picture_view kind, dro_point centre);

dro_vec dro_view_turn(const dro_view *view, dro_point point);  /* to the view's axes */
dro_point dro_view_unturn(const dro_view *view, dro_vec seen); /* and back */
bool dro_view_sees(const dro_view *view, dro_vec seen);
dro_xy dro_view_project(const dro_view *view, dro_vec seen); /* to pixels */
/* Back from a pixel; false where no place of the earth is drawn. */
bool dro_view_unproject(const dro_view *view, dro_xy pixel, dro_point *out);

/* The boundary, see above. A world's corners are whole numbers of the parameter. */
double dro_view_period(const dro_view *view);
dro_xy dro_view_boundary(const dro_view *view, double parameter);

/* Is every corner of the frame a place of the earth? */
bool dro_view_fills_frame(const dro_view *view);

/* Pixels per nautical mile along the parallel at a place. */
double dro_view_px_per_nm(const dro_view *view, dro_point at);

#endif
