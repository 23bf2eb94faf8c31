/* Waiting for another thread, with a look at whether anybody still wants it. */
#include "base/wait.h"

#include <time.h>

#define STEP_NS   100000000L
#define SECOND_NS 1000000000L

dro_status dro_wait_while(const bool *busy, pthread_mutex_t *lock,
                          pthread_cond_t *changed, const dro_progress *progress,
                          dro_error *error) {
    while (*busy) {
        struct timespec until;
        (void)clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += STEP_NS;
        if (until.tv_nsec >= SECOND_NS) {
            until.tv_nsec -= SECOND_NS;
            until.tv_sec++;
        }
        (void)pthread_cond_timedwait(changed, lock, &until);
        if (*busy && progress &&
            !progress->report(progress->context, "waiting", 0, 0)) {
            return dro_fail(error, DRO_CANCELLED, "stopped");
        }
    }
    return DRO_OK;
}
