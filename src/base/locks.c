/* The mutexes and the condition of one object, which begin and end together. */
#include "base/locks.h"

static void end_first(pthread_mutex_t *const *mutexes, size_t count) {
    while (count > 0) {
        (void)pthread_mutex_destroy(mutexes[--count]);
    }
}

dro_status dro_locks_begin(pthread_mutex_t *const *mutexes, pthread_cond_t *condition,
                           const char *what, dro_error *error) {
    size_t made = 0;
    while (mutexes[made] != NULL && pthread_mutex_init(mutexes[made], NULL) == 0) {
        made++;
    }
    if (mutexes[made] == NULL && pthread_cond_init(condition, NULL) == 0) {
        return DRO_OK;
    }
    end_first(mutexes, made);
    return dro_fail(error, DRO_NOMEM, "out of memory for %s", what);
}

void dro_locks_end(pthread_mutex_t *const *mutexes, pthread_cond_t *condition) {
    size_t count = 0;
    while (mutexes[count] != NULL) {
        count++;
    }
    (void)pthread_cond_destroy(condition);
    end_first(mutexes, count);
}
