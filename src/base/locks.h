/* The mutexes and the condition of one object, which begin and end together. */
#ifndef DRO_BASE_LOCKS_H
#define DRO_BASE_LOCKS_H

#include <pthread.h>

#include "derrotero/base.h"

/* Mutexes up to a NULL. DRO_NOMEM, and none is made, where one cannot be; `what` says
 * whose they are. */
dro_status dro_locks_begin(pthread_mutex_t *const *mutexes, pthread_cond_t *condition,
                           const char *what, dro_error *error);
void dro_locks_end(pthread_mutex_t *const *mutexes, pthread_cond_t *condition);

#endif
