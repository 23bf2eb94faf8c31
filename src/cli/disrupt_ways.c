/* Detours of a disruption, and its words. */
#include <math.h>
#include <string.h>

#include "cli/disrupt.h"

/* ---- the network without the thing
 * ----------------------------------------------------
 */

static dro_status shut(const disrupt_run *job, dro_facts *facts, dro_error *error) {
    dro_attribute_id state = job->kind == DRO_KIND_PORT   ? DRO_PORT_STATUS
                             : job->kind == DRO_KIND_LINK ? DRO_LINK_STATE
                                                          : DRO_PASSAGE_STATE;
    DRO_TRY(dro_facts_set_text(facts, job->thing, state, "closed", error));
    return dro_facts_settle(facts, error);
}

static dro_status make_chains(const disrupt_run *job, const dro_facts *facts,
                              dro_sea_book *book, dro_chains **out, dro_error *error) {
    dro_chains_options options = DRO_CHAINS_OPTIONS_INIT;
    options.date = job->ask->study.date;
    options.month = job->ask->study.month;
    options.book = book;
    options.progress = job->ask->context->progress;
    return dro_ask_ended(
        job->ask->context,
        dro_chains_create(job->ask->context->session, facts, &options, out, error),
        error);
}

static dro_status compare_ways(disrupt_run *job, dro_facts *closed, dro_error *error) {
    dro_sea_book *book = NULL;
    dro_chains *before = NULL, *after = NULL;
    dro_status status = DRO_OK;
    DRO_TRY_GOTO(shut(job, closed, error), done);
    DRO_TRY_GOTO(dro_ask_open_chart(job->ask->context, error), done);
    DRO_TRY_GOTO(dro_sea_book_create(job->ask->context->session, &book, error), done);
    DRO_TRY_GOTO(make_chains(job, job->ask->study.facts, book, &before, error), done);
    DRO_TRY_GOTO(make_chains(job, closed, book, &after, error), done);
    status = dro_disrupt_detours(before, after, job->ask->arena, &job->detours,
                                 &job->detour_count, error);
    job->has_detours = status == DRO_OK;
done:
    dro_chains_destroy(after);
    dro_chains_destroy(before);
    dro_sea_book_destroy(book);
    return status;
}

dro_status disrupt_find_detours(disrupt_run *job, dro_error *error) {
    const disrupt_values *v = job->asked;
    dro_facts *closed = NULL;
    bool throttled = !isnan(v->slots) && v->slots > 0.0;
    if ((job->kind == DRO_KIND_PORT && !v->detours) ||
        (job->kind == DRO_KIND_PASSAGE && throttled && !v->detours) ||
        dro_facts_count(job->ask->study.facts, DRO_KIND_DEMAND) == 0) {
        return DRO_OK;
    }
    DRO_TRY(dro_facts_copy(job->ask->study.facts, &closed, error));
    dro_status status = compare_ways(job, closed, error);
    dro_facts_destroy(closed);
    return status;
}

/* ---- words
 * ---------------------------------------------------------------------------
 */

static const char *end_name(const disrupt_run *job, dro_attribute_id end) {
    const dro_facts *f = job->ask->study.facts;
    return dro_facts_name(f, DRO_KIND_NODE,
                          (size_t)dro_facts_thing(f, job->thing, end));
}

static const char *thing_name(const disrupt_run *job, char *text, size_t size) {
    const dro_facts *f = job->ask->study.facts;
    if (job->kind == DRO_KIND_LINK) {
        (void)snprintf(text, size, "%s\xE2\x80\x93%s", end_name(job, DRO_LINK_FROM),
                       end_name(job, DRO_LINK_TO));
        return text;
    }
    if (job->kind == DRO_KIND_PASSAGE) {
        size_t count = 0;
        return dro_atlas_passages(dro_facts_atlas(f), &count)[job->thing].name;
    }
    return dro_facts_name(f, job->kind, job->thing);
}

static void make_title(disrupt_run *job) {
    const disrupt_values *v = job->asked;
    const dro_disrupt_question *q = &job->question;
    char left[96], length[48], number[48], name[80];
    double hours = q->length_d * 24.0;
    if (!isnan(v->slots)) {
        (void)snprintf(left, sizeof left, "at %s %s a day",
                       dro_report_grouped(v->slots, 0, number, sizeof number),
                       disrupt_unit(job));
    } else if (q->share.value > 0.0) {
        (void)snprintf(left, sizeof left, "at %.0f %% of its capacity",
                       100.0 * q->share.value);
    } else {
        (void)snprintf(left, sizeof left, "shut");
    }
    (void)snprintf(length, sizeof length, hours <= 240.0 ? "%.0f hours" : "%.0f days",
                   hours <= 240.0 ? hours : q->length_d);
    (void)snprintf(job->title, sizeof job->title, "%s %s for %s",
                   thing_name(job, name, sizeof name), left, length);
    (void)snprintf(job->subtitle, sizeof job->subtitle, "%s, scenario %s",
                   dro_case_title(job->ask->study.study),
                   job->ask->study.scenario ? job->ask->study.scenario
                                            : "of the tables");
}

static void add_note(disrupt_run *job, const char *text) {
    (void)snprintf(job->notes[job->blow.note_count], sizeof job->notes[0], "%s", text);
    job->blow.notes[job->blow.note_count] = job->notes[job->blow.note_count];
    job->blow.note_count++;
}

static void note_arrivals(disrupt_run *job) {
    const disrupt_values *v = job->asked;
    if (!isnan(v->arrivals)) {
        add_note(job, "Arrivals: as given.");
    } else if (job->kind == DRO_KIND_PORT) {
        add_note(job, "Arrivals: the case's demand of the places to which this is the "
                      "nearest port, both ways; empties and transshipment are not in "
                      "it.");
    } else if (job->kind == DRO_KIND_LINK) {
        add_note(job, "Arrivals: the case's demand whose best chain takes the link.");
    } else {
        add_note(job, "Arrivals: as many as the canal usually takes.");
    }
}

static void note_capacity(disrupt_run *job) {
    const dro_disrupt_question *q = &job->question;
    char text[300];
    if (!isnan(job->asked->capacity)) {
        add_note(job, "Capacity: as given.");
        return;
    }
    (void)snprintf(text, sizeof text,
                   "Capacity: %.2f times the arrivals (%.2f to %.2f), an assumption on "
                   "how fast a backlog is worked off%s.",
                   q->rate.value, q->rate.low, q->rate.high,
                   isnan(q->most_per_d.value) ? ""
                                              : ", and at most that of the tables");
    add_note(job, text);
}

static void note_leaving(disrupt_run *job) {
    const dro_disrupt_question *q = &job->question;
    char text[300];
    if (!isfinite(q->detour_wait_d) || q->detour_share.high <= 0.0) {
        add_note(job, "Nobody leaves the queue.");
        return;
    }
    (void)snprintf(text, sizeof text,
                   "Who would wait more than %.1f days goes elsewhere, if it can: "
                   "%.0f %% (%.0f to %.0f).",
                   q->detour_wait_d, 100.0 * q->detour_share.value,
                   100.0 * q->detour_share.low, 100.0 * q->detour_share.high);
    add_note(job, text);
}

void disrupt_words(disrupt_run *job) {
    make_title(job);
    job->blow.title = job->title;
    job->blow.subtitle = job->subtitle;
    job->blow.unit = disrupt_unit(job);
    if (job->has_flow) {
        note_arrivals(job);
        note_capacity(job);
        note_leaving(job);
        add_note(job, "First come, first served; the end of the disruption is known to "
                      "all. Ranges are 5 to 95 % of the samples.");
    }
    if (job->has_detours) {
        add_note(job, job->detour_count > 0
                          ? "Costs are those of carrying, not freight rates."
                          : "No demand of the case has its best chain over it.");
    }
}
