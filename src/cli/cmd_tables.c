/* derrotero passages [NAME], derrotero vessels [NAME] */
#include "cli/cli.h"

#define ROWS_MAX 1024

typedef dro_status (*find_row)(const dro_atlas *atlas, const char *text, size_t *row,
                               dro_error *error);
typedef dro_status (*write_rows)(FILE *out, dro_format format, const dro_atlas *atlas,
                                 const size_t *rows, size_t count, dro_error *error);

/* One row by name, or all. */
static dro_status look_up(cli *all, const cli_operands *given, size_t total,
                          find_row find, write_rows write, dro_error *error) {
    size_t rows[ROWS_MAX];
    size_t count = 1;
    if (given->count > 0) {
        DRO_TRY(find(cli_atlas(all), given->items[0], &rows[0], error));
    } else {
        for (count = 0; count < total && count < ROWS_MAX; count++) {
            rows[count] = count;
        }
    }
    cli_output out;
    DRO_TRY(cli_output_open(all, &out, error));
    dro_status status =
        write(out.stream, cli_format(all), cli_atlas(all), rows, count, error);
    return cli_output_close(&out, status, error);
}

static dro_status run_passages(cli *all, const void *values, const cli_operands *given,
                               dro_error *error) {
    size_t total = 0;
    (void)values;
    DRO_TRY(cli_open_atlas(all, error));
    (void)dro_atlas_passages(cli_atlas(all), &total);
    return look_up(all, given, total, dro_atlas_find_passage, dro_report_passages,
                   error);
}

static dro_status run_vessels(cli *all, const void *values, const cli_operands *given,
                              dro_error *error) {
    size_t total = 0;
    (void)values;
    DRO_TRY(cli_open_atlas(all, error));
    (void)dro_atlas_vessels(cli_atlas(all), &total);
    return look_up(all, given, total, dro_atlas_find_vessel, dro_report_vessels, error);
}

const cli_command cmd_passages = {
    .name = "passages",
    .usage = "[NAME] [options]",
    .summary = "canals, straits and capes: limits, hours, tolls",
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_CSV |
               1u << DRO_FORMAT_GEOJSON,
    .format = DRO_FORMAT_TABLE,
    .least = 0,
    .most = 1,
    .run = run_passages,
};

const cli_command cmd_vessels = {
    .name = "vessels",
    .usage = "[NAME] [options]",
    .summary = "ship classes: sizes, speed, fuel, charter",
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_CSV,
    .format = DRO_FORMAT_TABLE,
    .least = 0,
    .most = 1,
    .run = run_vessels,
};
