/* The question route FROM TO. */
#include <string.h>

#include "ask/job.h"
#include "ask/picture.h"
#include "ask/wishes.h"

typedef struct route_values {
    dro_ask_wishes wishes;
    dro_ask_list via;
    long alternatives;
} route_values;

static const route_values defaults = {.wishes = DRO_ASK_WISHES_INIT};

static const dro_ask_option options[] = {
    {"via", '\0', DRO_ASK_LIST, offsetof(route_values, via), "A,B", 0, 0,
     "places to call at, in this order"},
    {"alternatives", 'n', DRO_ASK_COUNT, offsetof(route_values, alternatives), "N", 0,
     DRO_ALTERNATIVES_MAX, "more itineraries, which differ by the passages they use"},
    DRO_ASK_WISHES_OPTIONS(route_values),
};

typedef struct route_state {
    dro_ask_voyage wish;
    dro_plan *plan;
    dro_place from, to;
    dro_voyage voyage;
} route_state;

static dro_status read(dro_ask_job *job, dro_error *error) {
    const route_values *values = job->values;
    const dro_ask_operands *given = job->asked->given;
    route_state *route = job->state;
    DRO_TRY(dro_ask_wishes_read(job->context, job->asked, &values->wishes, &route->wish,
                                error));
    DRO_TRY(dro_ask_place(job->context, given->items[0], &route->from, error));
    DRO_TRY(dro_ask_place(job->context, given->items[1], &route->to, error));
    DRO_TRY(dro_ask_wishes_via(job->context, &values->via,
                               dro_ask_label(job->asked, "--via"), &route->wish,
                               error));
    route->wish.options.alternatives = (unsigned)values->alternatives;
    return DRO_OK;
}

static dro_status find(dro_ask_job *job, dro_error *error) {
    route_state *route = job->state;
    dro_worker *worker = NULL;
    DRO_TRY(dro_plan_create(job->context->session, &route->wish.options, &route->plan,
                            error));
    DRO_TRY(dro_ask_job_worker(job, &worker, error));
    return dro_voyage_find(worker, route->plan, &route->from, &route->to, job->arena,
                           &route->voyage, error);
}

static dro_status write(dro_ask_job *job, dro_error *error) {
    const dro_voyage *voyage = &((const route_state *)job->state)->voyage;
    dro_format format = job->asked->format;
    if (format == DRO_FORMAT_SVG || format == DRO_FORMAT_HTML) {
        return dro_ask_picture_voyage(job->context, job->asked, job->out, voyage,
                                      error);
    }
    return dro_report_voyage(job->out, format, voyage, job->arena, error);
}

static void close(dro_ask_job *job) {
    dro_plan_destroy(((route_state *)job->state)->plan);
}

const dro_ask_question dro_ask_route = {
    .name = "route",
    .usage = "FROM TO [options]",
    .summary = "the best way by sea, with time, cost and CO2",
    .text = "FROM and TO are a UN/LOCODE, a port's name, or lat,lon (-12.05,-77.15).\n"
            "Without a vessel nothing limits the ship but a draught of 10 m, and time\n"
            "and cost are those of " DRO_DEFAULT_VESSEL ", which the answer says.",
    DRO_ASK_VALUES(options, defaults),
    .formats = DRO_ASK_FORMS_OF_ROWS | 1u << DRO_FORMAT_GEOJSON | 1u << DRO_FORMAT_SVG |
               1u << DRO_FORMAT_HTML,
    .format = DRO_FORMAT_TABLE,
    .least = 2,
    .most = 2,
    .required = 2,
    .named = {"from", "to"},
    .needs = DRO_ASK_NEEDS_CHART,
    .state_size = sizeof(route_state),
    .read = read,
    .find = find,
    .write = write,
    .close = close,
};
