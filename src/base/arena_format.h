/* printf into an arena. */
#ifndef DRO_BASE_ARENA_FORMAT_H
#define DRO_BASE_ARENA_FORMAT_H

#include <stdarg.h>

#include "derrotero/base.h"

#define DRO_ARENA_FORMAT_MAX 1024 /* bytes with the NUL; what is longer is cut */

/* NULL when out of memory. */
const char *dro_arena_format(dro_arena *arena, const char *format, ...)
    DRO_PRINTF(2, 3);
const char *dro_arena_format_list(dro_arena *arena, const char *format,
                                  va_list arguments) DRO_PRINTF(2, 0);

#endif
