/*
 * Errors of the operating system, as DRO_IO.
 */
#ifndef DRO_BASE_FAIL_IO_H
#define DRO_BASE_FAIL_IO_H

#include "derrotero/base.h"

/* DRO_IO: `cannot <verb> "path": <text of errno>`. errno 0: "unknown reason". */
dro_status dro_fail_io(dro_error *error, int number, const char *verb,
                       const char *path);

#endif
