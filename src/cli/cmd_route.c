/* derrotero route FROM TO */
#include <string.h>

#include "cli/picture.h"
#include "cli/wishes.h"

typedef struct route_values {
    cli_wishes wishes;
    cli_list via;
    long alternatives;
} route_values;

static const route_values defaults = {.wishes = CLI_WISHES_INIT};

static const cli_option options[] = {
    {"via", '\0', OPTION_LIST, offsetof(route_values, via), "A,B", 0, 0,
     "places to call at, in this order"},
    {"alternatives", 'n', OPTION_COUNT, offsetof(route_values, alternatives), "N", 0,
     DRO_ALTERNATIVES_MAX, "more itineraries, which differ by the passages they use"},
    CLI_WISHES_OPTIONS(route_values),
};

typedef struct route_job {
    cli *all;
    cli_voyage wish;
    dro_plan *plan;
    dro_worker *worker;
    dro_arena *arena;
    dro_place from, to;
    dro_voyage voyage;
} route_job;

static dro_status read_places(route_job *job, const route_values *values,
                              const cli_operands *given, dro_error *error) {
    size_t via = 0;
    DRO_TRY(cli_place(job->all, given->items[0], &job->from, error));
    DRO_TRY(cli_place(job->all, given->items[1], &job->to, error));
    DRO_TRY(cli_places(job->all, &values->via, job->wish.via, DRO_VIA_MAX, &via,
                       "--via", error));
    job->wish.options.via = job->wish.via;
    job->wish.options.via_count = via;
    job->wish.options.alternatives = (unsigned)values->alternatives;
    return DRO_OK;
}

static dro_status search(route_job *job, dro_error *error) {
    DRO_TRY(dro_plan_create(job->all->session, &job->wish.options, &job->plan, error));
    DRO_TRY(dro_worker_create(job->all->session, &job->worker, error));
    DRO_TRY(dro_arena_create(&job->arena, error));
    return dro_voyage_find(job->worker, job->plan, &job->from, &job->to, job->arena,
                           &job->voyage, error);
}

static dro_status write(const route_job *job, dro_error *error) {
    cli_output out;
    dro_format format = cli_format(job->all);
    DRO_TRY(cli_output_open(job->all, &out, error));
    dro_status status =
        format == DRO_FORMAT_SVG || format == DRO_FORMAT_HTML
            ? cli_picture_voyage(job->all, out.stream, &job->voyage, job->arena, error)
            : dro_report_voyage(out.stream, format, &job->voyage, job->arena, error);
    return cli_output_close(&out, status, error);
}

static dro_status run(cli *all, const void *values, const cli_operands *given,
                      dro_error *error) {
    const route_values *asked = values;
    route_job job = {.all = all};
    dro_status status = DRO_OK;
    DRO_TRY(cli_open_atlas(all, error));
    DRO_TRY_GOTO(cli_wishes_read(all, &asked->wishes, &job.wish, error), done);
    DRO_TRY_GOTO(read_places(&job, asked, given, error), done);
    DRO_TRY_GOTO(cli_open_chart(all, error), done);
    DRO_TRY_GOTO(search(&job, error), done);
    DRO_TRY_GOTO(cli_check_stopped(error), done);
    status = write(&job, error);
done:
    dro_worker_destroy(job.worker);
    dro_plan_destroy(job.plan);
    dro_arena_destroy(job.arena);
    cli_voyage_free(&job.wish);
    return status;
}

const cli_command cmd_route = {
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
    .run = run,
};
