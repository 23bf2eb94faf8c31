/* The question route FROM TO. */
#include <string.h>

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

typedef struct route_job {
    const dro_ask_context *context;
    const dro_ask_asked *asked;
    dro_ask_voyage wish;
    dro_plan *plan;
    dro_worker *own; /* where the context has none */
    dro_place from, to;
    dro_voyage voyage;
} route_job;

static dro_status read_wish(route_job *job, dro_error *error) {
    const route_values *values = job->asked->values;
    const dro_ask_operands *given = job->asked->given;
    size_t via = 0;
    DRO_TRY(dro_ask_wishes_read(job->context, job->asked, &values->wishes, &job->wish,
                                error));
    DRO_TRY(dro_ask_place(job->context, given->items[0], &job->from, error));
    DRO_TRY(dro_ask_place(job->context, given->items[1], &job->to, error));
    DRO_TRY(dro_ask_places(job->context, &values->via, job->wish.via, DRO_VIA_MAX, &via,
                           dro_ask_label(job->asked, "--via"), error));
    job->wish.options.via = job->wish.via;
    job->wish.options.via_count = via;
    job->wish.options.alternatives = (unsigned)values->alternatives;
    return DRO_OK;
}

static dro_status search(route_job *job, dro_error *error) {
    const dro_ask_context *context = job->context;
    DRO_TRY(dro_plan_create(context->session, &job->wish.options, &job->plan, error));
    if (context->worker == NULL) {
        DRO_TRY(dro_worker_create(context->session, &job->own, error));
    }
    return dro_voyage_find(context->worker ? context->worker : job->own, job->plan,
                           &job->from, &job->to, context->arena, &job->voyage, error);
}

static dro_status write(const route_job *job, dro_ask_output *out, dro_error *error) {
    const dro_ask_asked *asked = job->asked;
    FILE *stream = NULL;
    DRO_TRY(out->open(out->hook, &stream, error));
    if (asked->format == DRO_FORMAT_SVG || asked->format == DRO_FORMAT_HTML) {
        return dro_ask_picture_voyage(job->context, asked, stream, &job->voyage, error);
    }
    return dro_report_voyage(stream, asked->format, &job->voyage, job->context->arena,
                             error);
}

static dro_status run(const dro_ask_context *context, const dro_ask_asked *asked,
                      dro_ask_output *out, dro_error *error) {
    route_job job = {.context = context, .asked = asked};
    dro_status status = DRO_OK;
    DRO_TRY_GOTO(read_wish(&job, error), done);
    DRO_TRY_GOTO(dro_ask_open_chart(context, error), done);
    DRO_TRY_GOTO(search(&job, error), done);
    DRO_TRY_GOTO(dro_ask_check_stopped(context, error), done);
    status = write(&job, out, error);
done:
    dro_worker_destroy(job.own);
    dro_plan_destroy(job.plan);
    return status;
}

const dro_ask_question dro_ask_route = {
    .name = "route",
    .usage = "FROM TO [options]",
    .summary = "the best way by sea, with time, cost and CO2",
    .text = "FROM and TO are a UN/LOCODE, a port's name, or lat,lon (-12.05,-77.15).\n"
            "Without a vessel nothing limits the ship but a draught of 10 m, and time\n"
            "and cost are those of " DRO_DEFAULT_VESSEL ", which the answer says.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_CSV |
               1u << DRO_FORMAT_GEOJSON | 1u << DRO_FORMAT_SVG | 1u << DRO_FORMAT_HTML,
    .format = DRO_FORMAT_TABLE,
    .least = 2,
    .most = 2,
    .required = 2,
    .named = {"from", "to"},
    .run = run,
};
