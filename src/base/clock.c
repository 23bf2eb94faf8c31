/*
 * Monotonic time and the number of cores.
 */
#include "derrotero/base.h"

#include <time.h>
#include <unistd.h>

double dro_clock_s(void) {
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

unsigned dro_cores(void) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1u : cores > 1024 ? 1024u : (unsigned)cores;
}
