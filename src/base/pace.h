/* Work in one thread that tells how far it is, and looks whether it shall stop. */
#ifndef DRO_BASE_PACE_H
#define DRO_BASE_PACE_H

#include "derrotero/base.h"

typedef struct dro_pace {
    const dro_progress *progress; /* or NULL: nothing is asked */
    const char *stage;
    double next_s; /* 0: ask at the first step */
} dro_pace;

/* A step of a few microseconds or more; the progress is asked ten times a second.
 * DRO_CANCELLED once it says stop. */
dro_status dro_pace_step(dro_pace *pace, size_t done, size_t total, dro_error *error);

#endif
