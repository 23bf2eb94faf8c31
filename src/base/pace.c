/* Work in one thread that tells how far it is, and looks whether it shall stop. */
#include "base/pace.h"

#define STEP_S 0.1

dro_status dro_pace_step(dro_pace *pace, size_t done, size_t total, dro_error *error) {
    if (!pace->progress) {
        return DRO_OK;
    }
    double now_s = dro_clock_s();
    if (now_s < pace->next_s) {
        return DRO_OK;
    }
    pace->next_s = now_s + STEP_S;
    return pace->progress->report(pace->progress->context, pace->stage, done, total)
               ? DRO_OK
               : dro_fail(error, DRO_CANCELLED, "stopped: %s", pace->stage);
}
