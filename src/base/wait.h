/* Waiting that can be given up. */
#ifndef DRO_BASE_WAIT_H
#define DRO_BASE_WAIT_H

#include <pthread.h>

#include "derrotero/base.h"

/* Until *busy is false, which is changed and told under the lock that is held.
 * DRO_CANCELLED once the progress (may be NULL), asked ten times a second, says stop.
 */
dro_status dro_wait_while(const bool *busy, pthread_mutex_t *lock,
                          pthread_cond_t *changed, const dro_progress *progress,
                          dro_error *error);

#endif
