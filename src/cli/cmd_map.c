/* derrotero map: several routes on one map, or in one table. */
#include <string.h>

#include "ask/job.h"
#include "ask/picture.h"
#include "ask/wishes.h"

#define ROUTE_PARTS_MAX 16

typedef struct map_values {
    dro_ask_wishes wishes;
    dro_ask_list route;
    const char *title, *subtitle;
    int view;
} map_values;

static const map_values defaults = {.wishes = DRO_ASK_WISHES_INIT};

static const dro_ask_option options[] = {
    {"route", 'r', DRO_ASK_LIST, offsetof(map_values, route), "FROM:TO[:WISH...]", 0, 0,
     "one route, with wishes of its own; may be repeated"},
    {"title", '\0', DRO_ASK_TEXT, offsetof(map_values, title), "TEXT", 0, 0,
     "above the map"},
    {"subtitle", '\0', DRO_ASK_TEXT, offsetof(map_values, subtitle), "TEXT", 0, 0,
     "under the title"},
    {"view", '\0', DRO_ASK_CHOICE, offsetof(map_values, view),
     "auto|region|globe|world", 0, 0, "projection of the map (default auto)"},
    DRO_ASK_WISHES_OPTIONS(map_values),
};

/* What is done for one --route. */
typedef struct map_route {
    dro_ask_wishes wishes; /* the command's, with the route's own */
    dro_ask_list via;
    const char *label;
    dro_ask_voyage wish;
    dro_plan *plan;
    dro_place from, to;
    dro_voyage voyage;
} map_route;

typedef struct map_job {
    dro_ask_job *ask;
    const map_values *values;
    map_route *routes;
    size_t count;
    dro_picture picture;
} map_job;

/* ---- FROM:TO:WISH... --------------------------------------------------------- */

typedef struct route_parts {
    const char *items[ROUTE_PARTS_MAX];
    size_t count;
} route_parts;

/* Cuts a copy at its colons. */
static dro_status split_route(map_job *job, const char *text, route_parts *out,
                              dro_error *error) {
    char *rest = dro_arena_strndup(job->ask->arena, text, strlen(text));
    out->count = 0;
    if (rest == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a route");
    }
    while (rest != NULL) {
        if (out->count == ROUTE_PARTS_MAX) {
            return dro_fail(error, DRO_LIMIT, "more than %d parts", ROUTE_PARTS_MAX);
        }
        char *colon = strchr(rest, ':');
        out->items[out->count++] = rest;
        if (colon != NULL) {
            *colon = '\0';
        }
        rest = colon == NULL ? NULL : colon + 1;
    }
    if (out->count < 2) {
        return dro_fail(error, DRO_INVALID, "'%.100s' is not of the form FROM:TO",
                        text);
    }
    return DRO_OK;
}

static dro_status add_item(dro_ask_list *list, const char *text, dro_error *error) {
    if (list->count == DRO_ASK_LIST_MAX) {
        return dro_fail(error, DRO_LIMIT, "more than %d values", DRO_ASK_LIST_MAX);
    }
    list->items[list->count++] = text;
    return DRO_OK;
}

static dro_status read_number(const char *text, double low, double high, double *out,
                              const char *what, dro_error *error) {
    double value = 0.0;
    DRO_TRY(dro_parse_double(text, &value, what, error));
    if (!(value >= low && value <= high)) {
        return dro_fail(error, DRO_INVALID, "%s %g is not between %g and %g", what,
                        value, low, high);
    }
    *out = value;
    return DRO_OK;
}

static dro_status read_profile(const char *text, int *out, dro_error *error) {
    bool customary = strcmp(text, "customary") == 0;
    if (!customary && strcmp(text, "shortest") != 0) {
        return dro_fail(error, DRO_INVALID,
                        "profile '%.40s' is not one of shortest|customary", text);
    }
    *out = customary ? 1 : 0;
    return DRO_OK;
}

static dro_status read_wish(map_route *route, const char *name, const char *value,
                            dro_error *error) {
    const struct {
        const char *name;
        dro_ask_list *list;
    } lists[] = {{"via", &route->via},
                 {"avoid", &route->wishes.avoid},
                 {"require", &route->wishes.require},
                 {"open", &route->wishes.open}};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        if (strcmp(name, lists[i].name) == 0) {
            return add_item(lists[i].list, value, error);
        }
    }
    if (strcmp(name, "label") == 0) {
        route->label = value;
        return DRO_OK;
    }
    if (strcmp(name, "vessel") == 0) {
        route->wishes.vessel = value;
        return DRO_OK;
    }
    if (strcmp(name, "draft") == 0) {
        return read_number(value, 0.1, 40.0, &route->wishes.draft_m, name, error);
    }
    if (strcmp(name, "speed") == 0) {
        return read_number(value, 1.0, 60.0, &route->wishes.speed_kn, name, error);
    }
    if (strcmp(name, "profile") == 0) {
        return read_profile(value, &route->wishes.profile, error);
    }
    return dro_fail(error, DRO_INVALID,
                    "'%.40s' is not one of label, via, avoid, require, open, vessel, "
                    "draft, speed, profile",
                    name);
}

static dro_status read_parts(map_job *job, map_route *route, const route_parts *parts,
                             dro_error *error) {
    DRO_TRY(dro_ask_place(job->ask->context, parts->items[0], &route->from, error));
    DRO_TRY(dro_ask_place(job->ask->context, parts->items[1], &route->to, error));
    for (size_t i = 2; i < parts->count; i++) {
        const char *equals = strchr(parts->items[i], '=');
        if (equals == NULL) {
            return dro_fail(error, DRO_INVALID, "'%.40s' is not of the form WISH=VALUE",
                            parts->items[i]);
        }
        size_t length = (size_t)(equals - parts->items[i]);
        const char *name = dro_arena_strndup(job->ask->arena, parts->items[i], length);
        if (name == NULL) {
            return dro_fail(error, DRO_NOMEM, "out of memory for a route");
        }
        DRO_TRY(read_wish(route, name, equals + 1, error));
    }
    return DRO_OK;
}

static dro_status read_route(map_job *job, size_t index, dro_error *error) {
    map_route *route = &job->routes[index];
    route_parts parts;
    route->wishes = job->values->wishes;
    DRO_TRY(split_route(job, job->values->route.items[index], &parts, error));
    DRO_TRY(read_parts(job, route, &parts, error));
    DRO_TRY(dro_ask_wishes_read(job->ask->context, job->ask->asked, &route->wishes,
                                &route->wish, error));
    return dro_ask_wishes_via(job->ask->context, &route->via, "via", &route->wish,
                              error);
}

/* ---- searching --------------------------------------------------------------- */

static dro_status search_route(map_job *job, size_t index, dro_error *error) {
    map_route *route = &job->routes[index];
    dro_worker *worker = NULL;
    DRO_TRY(dro_ask_check_stopped(job->ask->context, error));
    DRO_TRY(dro_ask_job_worker(job->ask, &worker, error));
    DRO_TRY(dro_plan_create(job->ask->context->session, &route->wish.options,
                            &route->plan, error));
    return dro_voyage_find(worker, route->plan, &route->from, &route->to,
                           job->ask->arena, &route->voyage, error);
}

typedef dro_status (*route_step)(map_job *job, size_t index, dro_error *error);

static dro_status each_route(map_job *job, route_step step, dro_error *error) {
    for (size_t i = 0; i < job->count; i++) {
        dro_status status = step(job, i, error);
        if (status != DRO_OK) {
            dro_error_prefix(error, "--route %.80s", job->values->route.items[i]);
            return status;
        }
    }
    return DRO_OK;
}

/* ---- writing ----------------------------------------------------------------- */

static dro_status make_picture(map_job *job, dro_error *error) {
    dro_ask_map_route *routes =
        dro_arena_alloc(job->ask->arena, job->count, sizeof *routes);
    dro_picture *picture = &job->picture;
    if (routes == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a map");
    }
    for (size_t i = 0; i < job->count; i++) {
        routes[i] = (dro_ask_map_route){&job->routes[i].voyage, job->routes[i].label};
    }
    *picture = (dro_picture)DRO_PICTURE_INIT;
    DRO_TRY(dro_ask_map_picture(job->ask->context->session, routes, job->count,
                                job->ask->arena, picture, error));
    picture->title =
        job->values->title != NULL ? job->values->title : picture->routes[0].label;
    picture->subtitle = job->values->subtitle;
    picture->view = (dro_picture_view)job->values->view;
    return DRO_OK;
}

#define TABLE_COLUMNS 6

static const char *number_cell(dro_arena *arena, double value, int decimals) {
    char text[64];
    (void)dro_report_grouped(value, decimals, text, sizeof text);
    return dro_arena_strndup(arena, text, strlen(text));
}

static dro_status write_table(const map_job *job, dro_error *error) {
    static const dro_table_column columns[TABLE_COLUMNS] = {
        {"route", false}, {"nm", true},    {"days", true},
        {"USD", true},    {"t CO2", true}, {"by way of", false}};
    const dro_picture *picture = &job->picture;
    size_t cell_count = picture->route_count * TABLE_COLUMNS;
    const char **cells = dro_arena_alloc(job->ask->arena, cell_count, sizeof *cells);
    for (size_t i = 0; cells != NULL && i < picture->route_count; i++) {
        const dro_picture_route *route = &picture->routes[i];
        const char **row = cells + i * TABLE_COLUMNS;
        row[0] = route->label;
        row[1] = number_cell(job->ask->arena, route->distance_nm, 0);
        row[2] = number_cell(job->ask->arena, route->duration_h / 24.0, 1);
        row[3] = number_cell(job->ask->arena, route->cost_usd, 0);
        row[4] = number_cell(job->ask->arena, route->co2_t, 0);
        row[5] = route->passages;
    }
    for (size_t i = 0; i < cell_count; i++) {
        if (cells == NULL || cells[i] == NULL) {
            return dro_fail(error, DRO_NOMEM, "out of memory for a table");
        }
    }
    dro_report_table(job->ask->out, columns, TABLE_COLUMNS, cells,
                     picture->route_count);
    return DRO_OK;
}

/* ---- the command ------------------------------------------------------------- */

static dro_status read(dro_ask_job *ask, dro_error *error) {
    map_job *job = ask->state;
    job->ask = ask;
    job->values = ask->values;
    job->count = job->values->route.count;
    job->routes = dro_arena_alloc(ask->arena, job->count, sizeof *job->routes);
    return job->routes != NULL ? each_route(job, read_route, error)
                               : dro_fail(error, DRO_NOMEM, "out of memory for routes");
}

static dro_status find(dro_ask_job *ask, dro_error *error) {
    map_job *job = ask->state;
    DRO_TRY(each_route(job, search_route, error));
    return make_picture(job, error);
}

static dro_status write(dro_ask_job *ask, dro_error *error) {
    map_job *job = ask->state;
    return ask->asked->format == DRO_FORMAT_TABLE
               ? write_table(job, error)
               : dro_ask_picture_write(ask->context, ask->asked, ask->out,
                                       &job->picture, error);
}

static void close(dro_ask_job *ask) {
    const map_job *job = ask->state;
    for (size_t i = 0; job->routes != NULL && i < job->count; i++) {
        dro_plan_destroy(job->routes[i].plan);
    }
}

static dro_status check(const dro_ask_asked *asked, dro_error *error) {
    return ((const map_values *)asked->values)->route.count > 0
               ? DRO_OK
               : dro_fail(error, DRO_USAGE, "map needs --route FROM:TO, one or more");
}

const dro_ask_question cmd_map = {
    .name = "map",
    .usage = "--route FROM:TO[:WISH...] [--route ...] [options]",
    .summary = "several routes on one map (HTML or SVG), or in one table",
    .text = "WISH is label=TEXT, via=A,B, avoid=P,Q, require=P, open=P, vessel=CLASS,\n"
            "draft=M, speed=KN or profile=shortest|customary, as in\n"
            "    --route PECHY:CNSHA --route BRSSZ:CNSHA:require=magellan\n"
            "The page holds all it needs: it asks nothing of a network.",
    DRO_ASK_VALUES(options, defaults),
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_SVG | 1u << DRO_FORMAT_HTML,
    .format = DRO_FORMAT_HTML,
    .least = 0,
    .most = 0,
    .check = check,
    .needs = DRO_ASK_NEEDS_CHART,
    .state_size = sizeof(map_job),
    .read = read,
    .find = find,
    .write = write,
    .close = close,
};
