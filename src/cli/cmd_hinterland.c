/* derrotero hinterland PORT --to DEST */
#include <math.h>
#include <string.h>

#include "cli/picture.h"
#include "cli/study.h"

typedef struct hinterland_values {
    const char *folder, *scenario, *to, *commodity;
    cli_list rivals;
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

static const cli_option options[] = {
    {"to", '\0', OPTION_TEXT, AT(to), "DEST", 0, 0, "destination: a port of the case"},
    {"case", '\0', OPTION_TEXT, AT(folder), "DIR", 0, 0,
     "folder with case.yaml (chancay)"},
    {"scenario", '\0', OPTION_TEXT, AT(scenario), "S", 0, 0,
     "of the case (its default); A+B puts B on A"},
    {"commodity", '\0', OPTION_TEXT, AT(commodity), "C", 0, 0,
     "what is carried (the case's own)"},
    {"by", '\0', OPTION_CHOICE, AT(by), "time|cost|generalised", 0, 0,
     "what decides between ports (generalised: cost and the value of time)"},
    {"rivals", '\0', OPTION_LIST, AT(rivals), "A,B,C", 0, 0,
     "only against these ports (default: all that the land reaches)"},
    {"grid", '\0', OPTION_NUMBER, AT(grid_deg), "DEG", 0, 10,
     "size of the cells in degrees (0.5); 0: nodes only"},
    {"contested", '\0', OPTION_NUMBER, AT(contested_pct), "PCT", 0, 100,
     "two ports within this of each other (5)"},
    {"reach", '\0', OPTION_NUMBER, AT(reach_km), "KM", 10, 2000,
     "how far a cell may be from the network (250)"},
    {"detour", '\0', OPTION_NUMBER, AT(detour), "F", 1, 10,
     "road over straight line, from a cell to its nodes (1.4, 1.2 to 1.9)"},
    {"access-speed", '\0', OPTION_NUMBER, AT(kmh), "KMH", 1, 200,
     "of the lorry on that way (25, 12 to 35)"},
    {"access-cost", '\0', OPTION_NUMBER, AT(usd_tkm), "USD", 0, 100,
     "of a tonne-kilometre of it (0.10, 0.06 to 0.20)"},
    {"samples", '\0', OPTION_COUNT, AT(samples), "N", 0, 100000,
     "of the figures that have a range (200); 0: none"},
    {"seed", '\0', OPTION_COUNT, AT(seed), "N", 0, 2147483647, "of the samples (1)"},
};

typedef struct hinterland_run {
    cli *all;
    const hinterland_values *asked;
    cli_study study;
    dro_hinterland_options wish;
    size_t rivals[OPTION_LIST_MAX];
    dro_land *land;
    dro_arena *arena;
    dro_hinterland found;
} hinterland_run;

/* ---- the question
 * --------------------------------------------------------------------
 */

static void set_access(const hinterland_values *asked, dro_access *access) {
    access->reach_km = asked->reach_km;
    if (!isnan(asked->detour)) {
        access->detour = (dro_range){asked->detour, asked->detour, asked->detour};
    }
    if (!isnan(asked->kmh)) {
        access->speed_kmh = (dro_range){asked->kmh, asked->kmh, asked->kmh};
    }
    if (!isnan(asked->usd_tkm)) {
        access->usd_tkm = (dro_range){asked->usd_tkm, asked->usd_tkm, asked->usd_tkm};
    }
}

static dro_status read_rivals(hinterland_run *job, dro_error *error) {
    size_t count = 0;
    for (size_t i = 0; i < job->asked->rivals.count; i++) {
        const char *next = job->asked->rivals.items[i];
        char part[128];
        while (options_split(&next, part, sizeof part)) {
            if (count == OPTION_LIST_MAX) {
                return dro_fail(error, DRO_LIMIT, "more than %d --rivals",
                                OPTION_LIST_MAX);
            }
            DRO_TRY(cli_study_port(&job->study, part, &job->rivals[count++], error));
        }
    }
    job->wish.rivals = count > 0 ? job->rivals : NULL;
    job->wish.rival_count = count;
    return DRO_OK;
}

/* What can be told without a graph is told before one is made. */
static dro_status read_wish(hinterland_run *job, const char *port, dro_error *error) {
    static const dro_chain_by by[] = {DRO_CHAIN_BY_TIME, DRO_CHAIN_BY_COST,
                                      DRO_CHAIN_BY_GENERALISED};
    const hinterland_values *asked = job->asked;
    size_t to = 0;
    if (asked->grid_deg > 0.0 && asked->grid_deg < 0.05) {
        return dro_fail(error, DRO_INVALID, "--grid %g is below 0.05 degrees",
                        asked->grid_deg);
    }
    DRO_TRY(cli_study_port(&job->study, port, &job->wish.port, error));
    DRO_TRY(cli_study_port(&job->study, asked->to, &to, error));
    DRO_TRY(cli_study_commodity(&job->study, asked->commodity, &job->wish.commodity,
                                error));
    DRO_TRY(read_rivals(job, error));
    job->wish.by = by[asked->by];
    job->wish.contested = asked->contested_pct / 100.0;
    job->wish.sampling.count = (size_t)asked->samples;
    job->wish.sampling.seed = (uint64_t)asked->seed;
    job->wish.threads = (unsigned)job->all->globals.threads;
    job->wish.access = (dro_access)DRO_ACCESS_INIT;
    set_access(asked, &job->wish.access);
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
    dro_point *places = dro_arena_alloc(job->arena, *count * looks + 1, sizeof *places);
    bool *dry = dro_arena_alloc(job->arena, *count * looks + 1, sizeof *dry);
    double *land = dro_arena_alloc(job->arena, *count + 1, sizeof *land);
    if (!places || !dry || !land) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a grid");
    }
    for (size_t i = 0; i < *count; i++) {
        spread(cells[i], job->asked->grid_deg, places + i * looks);
    }
    dro_land_mark(job->land, places, *count * looks, dry);
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

static dro_status make_grid(hinterland_run *job, dro_error *error) {
    dro_point *cells = NULL;
    size_t count = 0;
    if (job->asked->grid_deg <= 0.0) {
        return DRO_OK;
    }
    DRO_TRY(dro_hinterland_grid(job->study.chains, &job->wish.access,
                                job->asked->grid_deg, job->arena, &cells, &count,
                                error));
    if (job->land) {
        DRO_TRY(keep_land(job, cells, &count, error));
    }
    job->wish.cells = cells;
    job->wish.cell_count = count;
    job->wish.step_deg = job->asked->grid_deg;
    return DRO_OK;
}

/* ---- the answer
 * ----------------------------------------------------------------------
 */

static dro_status search(hinterland_run *job, dro_error *error) {
    cli_progress shown;
    DRO_TRY(dro_chain_place_find(job->study.chains, job->asked->to, false,
                                 &job->wish.to, error));
    DRO_TRY(make_grid(job, error));
    cli_progress_begin(job->all, &shown);
    job->wish.progress = &shown.progress;
    dro_status status = dro_hinterland_find(job->study.chains, &job->wish, job->arena,
                                            &job->found, error);
    cli_progress_end(&shown);
    job->wish.progress = NULL;
    DRO_TRY(cli_check_stopped(error));
    return status;
}

/* What makes it again, as far as it is not by default. */
static void make_command(const hinterland_run *job, const char *port, char *text,
                         size_t size) {
    const hinterland_values *v = job->asked;
    static const char *const by[] = {"time", "cost", "generalised"};
    (void)snprintf(text, size,
                   "derrotero hinterland %s --to %s --case %s%s%s%s%s --by %s "
                   "--samples %ld --seed %ld --grid %g",
                   port, v->to, v->folder ? v->folder : DRO_CASE_DEFAULT,
                   v->scenario ? " --scenario " : "", v->scenario ? v->scenario : "",
                   v->commodity ? " --commodity " : "",
                   v->commodity ? v->commodity : "", by[v->by], v->samples, v->seed,
                   v->grid_deg);
}

static dro_status write(const hinterland_run *job, const char *port, dro_error *error) {
    char command[400];
    cli_output out;
    dro_report_about about = {
        .study = dro_case_title(job->study.study),
        .scenario = job->study.scenario,
        .to = dro_chain_place_name(job->study.chains, &job->wish.to),
        .command = command,
        .land = job->land};
    make_command(job, port, command, sizeof command);
    DRO_TRY(cli_output_open(job->all, &out, error));
    dro_status status = dro_report_hinterland(out.stream, cli_format(job->all),
                                              &job->found, &about, job->arena, error);
    return cli_output_close(&out, status, error);
}

static dro_status work(hinterland_run *job, const char *port, dro_error *error) {
    DRO_TRY(dro_arena_create(&job->arena, error));
    DRO_TRY(read_wish(job, port, error));
    DRO_TRY(cli_picture_land(job->all, &job->land, error));
    DRO_TRY(cli_study_chains(job->all, &job->study, error));
    DRO_TRY(search(job, error));
    return write(job, port, error);
}

static dro_status run(cli *all, const void *values, const cli_operands *given,
                      dro_error *error) {
    hinterland_run job = {.all = all, .asked = values};
    if (!job.asked->to) {
        return dro_fail(error, DRO_USAGE, "hinterland needs --to, a destination");
    }
    DRO_TRY(cli_open_atlas(all, error));
    dro_status status =
        cli_study_open(all, job.asked->folder, job.asked->scenario, &job.study, error);
    if (status == DRO_OK) {
        status = work(&job, given->items[0], error);
    }
    dro_arena_destroy(job.arena);
    dro_land_close(job.land);
    cli_study_close(&job.study);
    return status;
}

const cli_command cmd_hinterland = {
    .name = "hinterland",
    .usage = "PORT --to DEST [options]",
    .summary = "who would use a port: its catchment against its rivals",
    .text =
        "From every node of the inland network and every cell of a grid around it: "
        "the\n"
        "fastest, the cheapest and the best port to DEST, the second, its margin, and\n"
        "in how many samples PORT wins. A cell comes to its nearest nodes by lorry\n"
        "along a straight line with a detour; that is an assumption, and sampled.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .defaults = &defaults,
    .values_size = sizeof defaults,
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_CSV |
               1u << DRO_FORMAT_GEOJSON | 1u << DRO_FORMAT_SVG | 1u << DRO_FORMAT_HTML,
    .format = DRO_FORMAT_TABLE,
    .least = 1,
    .most = 1,
    .run = run,
};
