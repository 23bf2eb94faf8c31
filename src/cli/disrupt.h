/* What the parts of derrotero disrupt share. */
#ifndef DERROTERO_CLI_DISRUPT_H
#define DERROTERO_CLI_DISRUPT_H

#include "ask/job.h"

typedef struct disrupt_values {
    const char *port, *link, *passage, *unit, *folder, *scenario;
    double hours, days, share, slots, arrivals, capacity, rate, arrival_share, start_d,
        detour_wait_d, detour_share, until_d;
    bool bulk, detours;
    long samples, seed;
} disrupt_values;

typedef struct disrupt_run {
    const dro_ask_job *ask;
    const disrupt_values *asked;
    dro_kind kind; /* PORT, LINK or PASSAGE */
    size_t thing;
    dro_range open_share, clear_rate, leave_share; /* of strike.csv; NAN: not there */
    dro_disrupt_question question;
    bool has_flow, has_detours;
    dro_disrupt found;
    dro_detour *detours;
    size_t detour_count;
    dro_report_blow blow;
    char title[360], subtitle[300], notes[DRO_REPORT_NOTES][300];
} disrupt_run;

/* The thing, and the case's strike.csv. */
dro_status disrupt_read(disrupt_run *job, dro_error *error);
dro_status disrupt_find_detours(disrupt_run *job, dro_error *error);
/* Arrivals, capacity and shares: as given, else of the case. */
dro_status disrupt_set_flow(disrupt_run *job, dro_error *error);
/* Title, notes and command. */
void disrupt_words(disrupt_run *job);
/* "TEU", "t" or "ship", or what was given. */
const char *disrupt_unit(const disrupt_run *job);

#endif
