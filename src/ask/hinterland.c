/* The question hinterland PORT --to DEST. */
#include <math.h>
#include <string.h>

#include "ask/job.h"
#include "ask/picture.h"

typedef struct hinterland_values {
    const char *folder, *scenario, *to, *commodity;
    dro_ask_list rivals;
    int by;
    double grid_deg, contested_pct, reach_km, detour, kmh, usd_tkm;
    long samples, seed;
} hinterland_values;

static const hinterland_values defaults = {.by = 2,
                                           .grid_deg = 0.5,
                                           .contested_pct = 5.0,
                                           .reach_km = 250.0,
                                           .detour = (double)NAN,
                                           .kmh = (double)NAN,
                                           .usd_tkm = (double)NAN,
                                           .samples = 200,
                                           .seed = 1};

#define AT(member) offsetof(hinterland_values, member)

static const dro_ask_option options[] = {
    {"to", '\0', DRO_ASK_TEXT, AT(to), "DEST", 0, 0, "destination: a port of the case"},
    DRO_ASK_CASE_OPTION(AT(folder)),
    DRO_ASK_SCENARIO_OPTION(AT(scenario)),
    DRO_ASK_COMMODITY_OPTION(AT(commodity)),
    {"by", '\0', DRO_ASK_CHOICE, AT(by), "time|cost|generalised", 0, 0,
     "what decides between ports (generalised: cost and the value of time)"},
    {"rivals", '\0', DRO_ASK_LIST, AT(rivals), "A,B,C", 0, 0,
     "only against these ports (default: all that the land reaches)"},
    {"grid", '\0', DRO_ASK_NUMBER, AT(grid_deg), "DEG", 0, 10,
     "size of the cells in degrees (0.5); 0: nodes only"},
    {"contested", '\0', DRO_ASK_NUMBER, AT(contested_pct), "PCT", 0, 100,
     "two ports within this of each other (5)"},
    {"reach", '\0', DRO_ASK_NUMBER, AT(reach_km), "KM", 10, 2000,
     "how far a cell may be from the network (250)"},
    {"detour", '\0', DRO_ASK_NUMBER, AT(detour), "F", 1, 10,
     "road over straight line, from a cell to its nodes (1.4, 1.2 to 1.9)"},
    {"access-speed", '\0', DRO_ASK_NUMBER, AT(kmh), "KMH", 1, 200,
     "of the lorry on that way (25, 12 to 35)"},
    {"access-cost", '\0', DRO_ASK_NUMBER, AT(usd_tkm), "USD", 0, 100,
     "of a tonne-kilometre of it (0.10, 0.06 to 0.20)"},
    {"samples", '\0', DRO_ASK_COUNT, AT(samples), "N", 0, 100000,
     "of the figures that have a range (200); 0: none"},
    DRO_ASK_SEED_OPTION(AT(seed)),
};

typedef struct hinterland_run {
    const dro_ask_job *ask;
    const hinterland_values *values;
    const char *port;
    dro_hinterland_options wish;
    size_t rivals[DRO_ASK_LIST_MAX];
    dro_ask_land land;
    dro_hinterland found;
} hinterland_run;

/* ---- the question
 * --------------------------------------------------------------------
 */

static void set_access(const hinterland_values *values, dro_access *access) {
    access->reach_km = values->reach_km;
    if (!isnan(values->detour)) {
        access->detour = (dro_range){values->detour, values->detour, values->detour};
    }
    if (!isnan(values->kmh)) {
        access->speed_kmh = (dro_range){values->kmh, values->kmh, values->kmh};
    }
    if (!isnan(values->usd_tkm)) {
        access->usd_tkm =
            (dro_range){values->usd_tkm, values->usd_tkm, values->usd_tkm};
    }
}

static dro_status read_rivals(hinterland_run *job, dro_error *error) {
    size_t count = 0;
    for (size_t i = 0; i < job->values->rivals.count; i++) {
        const char *next = job->values->rivals.items[i];
        char part[128];
        while (dro_ask_split(&next, part, sizeof part)) {
            if (count == DRO_ASK_LIST_MAX) {
                return dro_fail(error, DRO_LIMIT, "more than %d %s", DRO_ASK_LIST_MAX,
                                dro_ask_label(job->ask->asked, "--rivals"));
            }
            DRO_TRY(dro_ask_study_port(&job->ask->study, part, &job->rivals[count++],
                                       error));
        }
    }
    job->wish.rivals = count > 0 ? job->rivals : NULL;
    job->wish.rival_count = count;
    return DRO_OK;
}

/* What can be told without a graph is told before one is made. */
static dro_status read_wish(hinterland_run *job, dro_error *error) {
    static const dro_chain_by by[] = {DRO_CHAIN_BY_TIME, DRO_CHAIN_BY_COST,
                                      DRO_CHAIN_BY_GENERALISED};
    const hinterland_values *values = job->values;
    size_t to = 0;
    if (values->grid_deg > 0.0 && values->grid_deg < 0.05) {
        return dro_fail(error, DRO_INVALID, "%s %g is below 0.05 degrees",
                        dro_ask_label(job->ask->asked, "--grid"), values->grid_deg);
    }
    DRO_TRY(dro_ask_study_port(&job->ask->study, job->port, &job->wish.port, error));
    DRO_TRY(dro_ask_study_port(&job->ask->study, values->to, &to, error));
    DRO_TRY(dro_ask_study_commodity(&job->ask->study, values->commodity,
                                    &job->wish.commodity, error));
    DRO_TRY(read_rivals(job, error));
    job->wish.by = by[values->by];
    job->wish.contested = values->contested_pct / 100.0;
    job->wish.sampling.count = (size_t)values->samples;
    job->wish.sampling.seed = (uint64_t)values->seed;
    job->wish.threads = job->ask->context->threads;
    job->wish.access = (dro_access)DRO_ACCESS_INIT;
    set_access(values, &job->wish.access);
    return DRO_OK;
}

/* ---- the grid: cells with land in them
 * ------------------------------------------------
 */

#define LOOKS 3 /* places of a cell to a side, whether they are on land */

static void spread(dro_point cell, double step, dro_point *out) {
    for (int i = 0; i < LOOKS; i++) {
        for (int j = 0; j < LOOKS; j++) {
            out[i * LOOKS + j] =
                (dro_point){cell.lat_deg + step * ((i + 0.5) / LOOKS - 0.5),
                            cell.lon_deg + step * ((j + 0.5) / LOOKS - 0.5)};
        }
    }
}

static dro_status keep_land(hinterland_run *job, dro_point *cells, size_t *count,
                            dro_error *error) {
    size_t looks = (size_t)LOOKS * LOOKS, kept = 0;
    dro_point *places =
        dro_arena_alloc(job->ask->arena, *count * looks + 1, sizeof *places);
    bool *dry = dro_arena_alloc(job->ask->arena, *count * looks + 1, sizeof *dry);
    double *land = dro_arena_alloc(job->ask->arena, *count + 1, sizeof *land);
    if (!places || !dry || !land) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a grid");
    }
    for (size_t i = 0; i < *count; i++) {
        spread(cells[i], job->values->grid_deg, places + i * looks);
    }
    const dro_land_marking marking = {places, *count * looks,
                                      job->ask->context->progress};
    DRO_TRY(dro_land_mark(job->land.land, &marking, dry, error));
    for (size_t i = 0; i < *count; i++) {
        size_t on = 0;
        for (size_t k = 0; k < looks; k++) {
            on += dry[i * looks + k];
        }
        if (on > 0) {
            cells[kept] = cells[i];
            land[kept++] = (double)on / (double)looks;
        }
    }
    job->wish.land = land;
    *count = kept;
    return DRO_OK;
}

static dro_status list_cells(const hinterland_run *job, dro_point **cells,
                             size_t *count, dro_error *error) {
    dro_grid_options wish = {.access = job->wish.access,
                             .step_deg = job->values->grid_deg,
                             .most = job->ask->context->most_cells,
                             .progress = job->ask->context->progress};
    dro_status status = dro_hinterland_grid(job->ask->study.chains, &wish,
                                            job->ask->arena, cells, count, error);
    return status != DRO_LIMIT
               ? status
               : dro_fail(error, DRO_LIMIT, "a grid of more than %zu cells: %s %g",
                          wish.most, dro_ask_label(job->ask->asked, "--grid"),
                          wish.step_deg);
}

static dro_status make_grid(hinterland_run *job, dro_error *error) {
    dro_point *cells = NULL;
    size_t count = 0;
    if (job->values->grid_deg <= 0.0) {
        return DRO_OK;
    }
    DRO_TRY(list_cells(job, &cells, &count, error));
    if (job->land.land) {
        DRO_TRY(keep_land(job, cells, &count, error));
    }
    job->wish.cells = cells;
    job->wish.cell_count = count;
    job->wish.step_deg = job->values->grid_deg;
    return DRO_OK;
}

/* ---- the answer
 * ----------------------------------------------------------------------
 */

/* What makes it again, as far as it is not by default. */
static void make_command(const hinterland_run *job, char *text, size_t size) {
    const hinterland_values *v = job->values;
    static const char *const by[] = {"time", "cost", "generalised"};
    (void)snprintf(text, size,
                   "derrotero hinterland %s --to %s --case %s%s%s%s%s --by %s "
                   "--samples %ld --seed %ld --grid %g",
                   job->port, v->to, v->folder ? v->folder : DRO_CASE_DEFAULT,
                   v->scenario ? " --scenario " : "", v->scenario ? v->scenario : "",
                   v->commodity ? " --commodity " : "",
                   v->commodity ? v->commodity : "", by[v->by], v->samples, v->seed,
                   v->grid_deg);
}

static dro_status read(dro_ask_job *ask, dro_error *error) {
    hinterland_run *job = ask->state;
    job->ask = ask;
    job->values = ask->values;
    job->port = ask->asked->given->items[0];
    DRO_TRY(read_wish(job, error));
    return dro_ask_land_open(ask->context, ask->asked, &job->land, error);
}

static dro_status find(dro_ask_job *ask, dro_error *error) {
    hinterland_run *job = ask->state;
    DRO_TRY(dro_chain_place_find(ask->study.chains, job->values->to, false,
                                 &job->wish.to, error));
    DRO_TRY(dro_ask_ended(ask->context, make_grid(job, error), error));
    job->wish.progress = ask->context->progress;
    dro_status status = dro_hinterland_find(ask->study.chains, &job->wish, ask->arena,
                                            &job->found, error);
    job->wish.progress = NULL;
    return status;
}

static dro_status write(dro_ask_job *ask, dro_error *error) {
    const hinterland_run *job = ask->state;
    char command[400];
    dro_report_about about = {
        .study = dro_case_title(ask->study.study),
        .scenario = ask->study.scenario,
        .to = dro_chain_place_name(ask->study.chains, &job->wish.to),
        .command = command,
        .land = job->land.land};
    make_command(job, command, sizeof command);
    return dro_report_hinterland(ask->out, ask->asked->format, &job->found, &about,
                                 ask->arena, error);
}

static void close(dro_ask_job *ask) {
    dro_ask_land_close(&((hinterland_run *)ask->state)->land);
}

static dro_status check(const dro_ask_asked *asked, dro_error *error) {
    const char *to = ((const hinterland_values *)asked->values)->to;
    return to ? DRO_OK
              : dro_fail(error, DRO_USAGE, "hinterland needs %s, a destination",
                         dro_ask_label(asked, "--to"));
}

const dro_ask_question dro_ask_hinterland = {
    .name = "hinterland",
    .usage = "PORT --to DEST [options]",
    .summary = "who would use a port: its catchment against its rivals",
    .text =
        "From every node of the inland network and every cell of a grid around it: "
        "the\n"
        "fastest, the cheapest and the best port to DEST, the second, its margin, and\n"
        "in how many samples PORT wins. A cell comes to its nearest nodes by lorry\n"
        "along a straight line with a detour; that is an assumption, and sampled.",
    DRO_ASK_VALUES(options, defaults),
    .formats = DRO_ASK_FORMS_OF_ROWS | 1u << DRO_FORMAT_GEOJSON | 1u << DRO_FORMAT_SVG |
               1u << DRO_FORMAT_HTML,
    .format = DRO_FORMAT_TABLE,
    .least = 1,
    .most = 1,
    .required = 1,
    .named = {"port"},
    .check = check,
    .needs = DRO_ASK_NEEDS_SCENARIO | DRO_ASK_NEEDS_CHAINS,
    .state_size = sizeof(hinterland_run),
    .read = read,
    .find = find,
    .write = write,
    .close = close,
};
