/* derrotero chart build, derrotero chart info */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fail_io.h"
#include "cli/cli.h"

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

/* ---- build ------------------------------------------------------------------- */

typedef struct build_values {
    const char *coastline;
    double clearance_nm, tolerance_m, spanner, draft_m;
} build_values;

static const build_values build_defaults = {
    .clearance_nm = (double)NAN,
    .tolerance_m = (double)NAN,
    .spanner = (double)NAN,
    .draft_m = (double)NAN,
};

static const dro_ask_option build_options[] = {
    {"coastline", '\0', DRO_ASK_TEXT, offsetof(build_values, coastline), "FILE", 0, 0,
     "GSHHG binned netCDF (default: the one of gmt-gshhg-high)"},
    {"clearance", '\0', DRO_ASK_NUMBER, offsetof(build_values, clearance_nm), "NM",
     0.05, 20, "from the coast in open water (default 1)"},
    {"tolerance", '\0', DRO_ASK_NUMBER, offsetof(build_values, tolerance_m), "M", 0,
     5000, "how far an outline may move away from land (default 400)"},
    {"spanner", '\0', DRO_ASK_NUMBER, offsetof(build_values, spanner), "X", 0, 0.1,
     "relative stretch of the pruned graph (default 0.0007)"},
    {"table-draft", '\0', DRO_ASK_NUMBER, offsetof(build_values, draft_m), "M", 0.1, 40,
     "draught of the table between ports (default 10)"},
};

static double chosen(double given, double otherwise) {
    return isnan(given) ? otherwise : given;
}

/* Creates the folders above a file. */
static dro_status make_folders(const char *path, dro_error *error) {
    char part[PATH_MAX];
    size_t length = strlen(path);
    if (length >= sizeof part) {
        return dro_fail(error, DRO_INVALID, "the path is longer than %d bytes",
                        PATH_MAX);
    }
    for (size_t i = 1; i < length; i++) {
        if (path[i] != '/') {
            continue;
        }
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST) {
            return dro_fail_io(error, errno, "create folder", part);
        }
    }
    return DRO_OK;
}

/* --output, else --chart, DERROTERO_CHART, else the XDG data folder. */
static dro_status target(const cli *all, char *path, size_t size, dro_error *error) {
    const char *variable = getenv("DERROTERO_CHART"); /* NOLINT(concurrency-*) */
    const char *xdg = getenv("XDG_DATA_HOME");        /* NOLINT(concurrency-*) */
    const char *home = getenv("HOME");                /* NOLINT(concurrency-*) */
    const char *named = all->globals.output != NULL  ? all->globals.output
                        : all->globals.chart != NULL ? all->globals.chart
                                                     : variable;
    int length = -1;
    if (named != NULL && named[0] != '\0') {
        length = snprintf(path, size, "%s", named);
    } else if (xdg != NULL && xdg[0] == '/') {
        length = snprintf(path, size, "%s/derrotero/world.chart", xdg);
    } else if (home != NULL && home[0] == '/') {
        length = snprintf(path, size, "%s/.local/share/derrotero/world.chart", home);
    }
    if (length < 0 || (size_t)length >= size) {
        return dro_fail(error, DRO_USAGE, "where to? give --output FILE");
    }
    return make_folders(path, error);
}

/* A place that cannot be written to is told before the work, not after it. */
static dro_status probe(const char *path, dro_error *error) {
    dro_outfile *file = NULL;
    DRO_TRY(dro_outfile_create(path, &file, error));
    dro_outfile_abort(file);
    return DRO_OK;
}

dro_status cmd_chart_build_run(cli *all, const dro_ask_asked *asked, dro_error *error) {
    const build_values *values = asked->values;
    char path[PATH_MAX];
    DRO_TRY(cli_open_atlas(all, error));
    DRO_TRY(target(all, path, sizeof path, error));
    DRO_TRY(probe(path, error));
    cli_progress shown;
    cli_progress_begin(all, &shown);
    dro_chart_build_options options = DRO_CHART_BUILD_OPTIONS_INIT;
    options.coastline = values->coastline;
    options.atlas = cli_atlas(all);
    options.clearance_m =
        chosen(values->clearance_nm, options.clearance_m / DRO_M_PER_NM) * DRO_M_PER_NM;
    options.tolerance_m = chosen(values->tolerance_m, options.tolerance_m);
    options.spanner = chosen(values->spanner, options.spanner);
    options.draft_m = chosen(values->draft_m, options.draft_m);
    options.threads = (unsigned)all->globals.threads;
    options.progress = &shown.progress;
    double began_s = dro_clock_s();
    dro_status status = dro_chart_build(&options, path, error);
    cli_progress_end(&shown);
    if (status == DRO_OK) {
        cli_notice(all, "wrote %s in %.0f s", path, dro_clock_s() - began_s);
    }
    return status;
}

const dro_ask_question cmd_chart_build = {
    .name = "chart build",
    .usage = "[options]",
    .summary = "compile the coastline into one file",
    .text =
        "Writes --output; else --chart, DERROTERO_CHART, or world.chart in the XDG\n"
        "data folder.",
    DRO_ASK_VALUES(build_options, build_defaults),
    .formats = 0,
    .format = DRO_FORMAT_TABLE,
    .least = 0,
    .most = 0,
};

/* ---- info -------------------------------------------------------------------- */

typedef struct info_values {
    bool verify;
    long lost;
} info_values;

static const info_values info_defaults = {.lost = 50};

static const dro_ask_option info_options[] = {
    {"verify", '\0', DRO_ASK_FLAG, offsetof(info_values, verify), NULL, 0, 0,
     "read the whole file and check every checksum"},
    {"lost", '\0', DRO_ASK_COUNT, offsetof(info_values, lost), "N", 0, 1e6,
     "how many of the waters that the clearance cuts off (default 50)"},
};

static dro_status describe(const cli *all, const dro_ask_asked *asked, const char *path,
                           const dro_chart *chart, dro_error *error) {
    const info_values *values = asked->values;
    if (values->verify) {
        DRO_TRY(dro_chart_verify(chart, error));
    }
    cli_output out;
    DRO_TRY(cli_output_open(all, &out, error));
    dro_status status = dro_report_chart(out.stream, asked->format, path, chart,
                                         (size_t)values->lost, error);
    status = cli_output_close(&out, status, error);
    if (status == DRO_OK && values->verify) {
        cli_notice(all, "%s: every checksum is right", path);
    }
    return status;
}

/* Does this program take it with these tables? */
static dro_status check_fit(cli *all, const char *path, dro_error *error) {
    dro_chart *chart = NULL;
    DRO_TRY(cli_open_atlas(all, error));
    dro_status status = dro_chart_open(path, cli_atlas(all), &chart, error);
    dro_chart_close(chart);
    return status;
}

/* Opened without an atlas: a chart of other tables is described too, and then is an
 * error. */
dro_status cmd_chart_info_run(cli *all, const dro_ask_asked *asked, dro_error *error) {
    const dro_ask_operands *given = asked->given;
    char path[PATH_MAX];
    dro_chart *chart = NULL;
    const char *named = given->count > 0 ? given->items[0] : all->globals.chart;
    DRO_TRY(dro_chart_locate(named, path, sizeof path, error));
    DRO_TRY(dro_chart_open(path, NULL, &chart, error));
    dro_status status = describe(all, asked, path, chart, error);
    dro_chart_close(chart);
    return status == DRO_OK ? check_fit(all, path, error) : status;
}

const dro_ask_question cmd_chart_info = {
    .name = "chart info",
    .usage = "[FILE] [options]",
    .summary = "what is in a compiled coastline",
    .text = "Exit 2 where the file is damaged or was built from other tables.",
    DRO_ASK_VALUES(info_options, info_defaults),
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON,
    .format = DRO_FORMAT_TABLE,
    .least = 0,
    .most = 1,
};
