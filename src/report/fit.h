/*
 * The view that shows a picture's routes best.
 */
#ifndef DRO_REPORT_FIT_H
#define DRO_REPORT_FIT_H

#include "report/projection.h"

/* The smallest cap, nearly, around points: its centre and radius in radians. */
typedef struct dro_cap {
    dro_point centre;
    double radius;
} dro_cap;

/* Routes with their great circles, and marks. No points: radius is negative. */
dro_status dro_fit_cap(const dro_picture *picture, dro_cap *out, dro_error *error);

/* A view whose frame begins at left, top and is `width` wide; its height follows from
 * what it shows. */
dro_status dro_fit_view(const dro_picture *picture, dro_xy corner, double width,
                        dro_view *out, dro_error *error);

#endif
