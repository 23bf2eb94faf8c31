/*
 * Is a picture's input in order?
 */
#ifndef DRO_REPORT_PICTURE_CHECK_H
#define DRO_REPORT_PICTURE_CHECK_H

#include "derrotero/picture.h"

dro_status dro_picture_check(const dro_picture *picture, dro_error *error);

#endif
