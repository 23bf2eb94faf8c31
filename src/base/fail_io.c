/*
 * Messages of failed system calls.
 */
#include "base/fail_io.h"

#include <string.h>

#include "base/quote.h"

dro_status dro_fail_io(dro_error *error, int number, const char *verb,
                       const char *path) {
    char reason[128] = "unknown reason";
    if (number != 0 && strerror_r(number, reason, sizeof reason) != 0) {
        (void)snprintf(reason, sizeof reason, "error %d", number);
    }
    char quoted[DRO_QUOTE_MAX];
    return dro_fail(error, DRO_IO, "cannot %s %s: %s", verb, dro_quote(path, quoted),
                    reason);
}
