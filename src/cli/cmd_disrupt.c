/* derrotero disrupt --port P | --link ID | --passage P */
#include <math.h>
#include <string.h>

#include "cli/disrupt.h"

static const disrupt_values defaults = {.hours = (double)NAN,
                                        .days = (double)NAN,
                                        .share = (double)NAN,
                                        .slots = (double)NAN,
                                        .arrivals = (double)NAN,
                                        .capacity = (double)NAN,
                                        .rate = (double)NAN,
                                        .arrival_share = 1.0,
                                        .start_d = 1.0,
                                        .detour_wait_d = (double)NAN,
                                        .detour_share = (double)NAN,
                                        .until_d = 0.0,
                                        .samples = 500,
                                        .seed = 1};

#define AT(member) offsetof(disrupt_values, member)

static const dro_ask_option options[] = {
    {"port", '\0', DRO_ASK_TEXT, AT(port), "P", 0, 0, "a port, code or name"},
    {"link", '\0', DRO_ASK_TEXT, AT(link), "ID", 0, 0,
     "a road, railway or river of the network"},
    {"passage", '\0', DRO_ASK_TEXT, AT(passage), "P", 0, 0, "a canal or strait"},
    {"hours", '\0', DRO_ASK_NUMBER, AT(hours), "H", 0.01, 1e5,
     "how long it lasts (72)"},
    {"days", '\0', DRO_ASK_NUMBER, AT(days), "D", 0.001, 4000, "the same in days"},
    {"share", '\0', DRO_ASK_NUMBER, AT(share), "S", 0, 1,
     "of the capacity that is left (the case's strike.csv, else 0)"},
    {"slots", '\0', DRO_ASK_NUMBER, AT(slots), "N", 0, 1e9,
     "or so many units a day that are left"},
    {"arrivals", '\0', DRO_ASK_NUMBER, AT(arrivals), "N", 0.001, 1e9,
     "units a day (from the case's demand, of a canal its usual slots)"},
    {"capacity", '\0', DRO_ASK_NUMBER, AT(capacity), "N", 0.001, 1e9,
     "units a day before and after"},
    {"rate", '\0', DRO_ASK_NUMBER, AT(rate), "R", 1, 100,
     "or that, over the arrivals (1.15, 1.05 to 1.35)"},
    {"unit", '\0', DRO_ASK_TEXT, AT(unit), "WORD", 0, 0,
     "what the arrivals are (TEU, t, ship)"},
    {"bulk", '\0', DRO_ASK_FLAG, AT(bulk), NULL, 0, 0,
     "of a port: bulk in tonnes, not containers"},
    {"arrivals-share", '\0', DRO_ASK_NUMBER, AT(arrival_share), "S", 0, 100,
     "of the arrivals that still come meanwhile (1)"},
    {"start", '\0', DRO_ASK_NUMBER, AT(start_d), "D", 0, 4000,
     "day on which it begins (1)"},
    {"detour-wait", '\0', DRO_ASK_NUMBER, AT(detour_wait_d), "D", 0, 4000,
     "who would wait longer leaves (port 1; link: what its detour takes)"},
    {"detour-share", '\0', DRO_ASK_NUMBER, AT(detour_share), "S", 0, 1,
     "of the arrivals, those who can (port: strike.csv, else 0)"},
    {"until", '\0', DRO_ASK_NUMBER, AT(until_d), "D", 0, 4000,
     "show so many days (until it is over)"},
    {"detours", '\0', DRO_ASK_FLAG, AT(detours), NULL, 0, 0,
     "of a port: the ways that its cargo has without it (else always)"},
    DRO_ASK_CASE_OPTION(AT(folder)),
    DRO_ASK_SCENARIO_OPTION(AT(scenario)),
    {"samples", '\0', DRO_ASK_COUNT, AT(samples), "N", 0, 100000,
     "of the figures that have a range (500); 0: none"},
    DRO_ASK_SEED_OPTION(AT(seed)),
};

/* Where something is left without a way that is said last, and is the status. */
static dro_status check_ways(const disrupt_run *job, dro_error *error) {
    const dro_facts *f = job->ask->study.facts;
    size_t lost = 0, first = 0;
    for (size_t i = job->detour_count; i-- > 0;) {
        if (!job->detours[i].found) {
            lost++;
            first = job->detours[i].demand;
        }
    }
    if (lost == 0) {
        return DRO_OK;
    }
    size_t from = (size_t)dro_facts_thing(f, first, DRO_DEMAND_ORIGIN);
    size_t to = (size_t)dro_facts_thing(f, first, DRO_DEMAND_DESTINATION);
    return dro_fail(error, DRO_NO_ANSWER,
                    "no route for %zu of %zu demands, the greatest from %s to %s", lost,
                    job->detour_count, dro_facts_name(f, DRO_KIND_NODE, from),
                    dro_facts_name(f, DRO_KIND_PORT, to));
}

static dro_status read(dro_ask_job *ask, dro_error *error) {
    disrupt_run *job = ask->state;
    job->ask = ask;
    job->asked = ask->values;
    return disrupt_read(job, error);
}

static dro_status find(dro_ask_job *ask, dro_error *error) {
    disrupt_run *job = ask->state;
    DRO_TRY(disrupt_find_detours(job, error));
    DRO_TRY(disrupt_set_flow(job, error));
    if (job->has_flow) {
        DRO_TRY(dro_disrupt_run(&job->question, ask->arena, &job->found, error));
    }
    disrupt_words(job);
    return DRO_OK;
}

static dro_status write(dro_ask_job *ask, dro_error *error) {
    const disrupt_run *job = ask->state;
    dro_report_detours detours = {ask->study.facts, job->detours, job->detour_count};
    DRO_TRY(dro_report_disruption(
        ask->out, ask->asked->format, job->has_flow ? &job->found : NULL, &job->blow,
        job->has_detours ? &detours : NULL, ask->arena, error));
    ask->output->whole = true;
    return check_ways(job, error);
}

static dro_status check(const dro_ask_asked *asked, dro_error *error) {
    const disrupt_values *v = asked->values;
    return (v->port != NULL) + (v->link != NULL) + (v->passage != NULL) == 1
               ? DRO_OK
               : dro_fail(error, DRO_USAGE,
                          "disrupt needs --port, --link or --passage, one of them");
}

const dro_ask_question cmd_disrupt = {
    .name = "disrupt",
    .usage = "--port P | --link ID | --passage P [options]",
    .summary = "strike, roadblock, throttled canal over time: backlog, days to clear",
    .text =
        "A queue of arrivals before a capacity that is cut for some hours. Figures\n"
        "that are not given come from the case with their ranges. Of a link or a\n"
        "passage also the detours: the best chain of every demand with and without\n"
        "it; exit 1 if one has no way. A canal at 18 slots a day for three months:\n"
        "    derrotero disrupt --passage panama --slots 18 --days 90",
    DRO_ASK_VALUES(options, defaults),
    .formats = DRO_ASK_FORMS_OF_ROWS | 1u << DRO_FORMAT_SVG,
    .format = DRO_FORMAT_TABLE,
    .least = 0,
    .most = 0,
    .check = check,
    .needs = DRO_ASK_NEEDS_SCENARIO,
    .state_size = sizeof(disrupt_run),
    .read = read,
    .find = find,
    .write = write,
};
