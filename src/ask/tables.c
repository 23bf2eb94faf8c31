/* The questions passages [NAME] and vessels [NAME]. */
#include "ask/ask.h"

#define ROWS_MAX 1024

typedef dro_status (*find_row)(const dro_atlas *atlas, const char *text, size_t *row,
                               dro_error *error);
typedef dro_status (*write_rows)(FILE *out, dro_format format, const dro_atlas *atlas,
                                 const size_t *rows, size_t count, dro_error *error);

/* One row by name, or all. */
static dro_status look_up(const dro_atlas *atlas, const dro_ask_asked *asked,
                          size_t total, find_row find, write_rows write,
                          dro_ask_output *out, dro_error *error) {
    size_t rows[ROWS_MAX];
    size_t count = 1;
    FILE *stream = NULL;
    if (asked->given->count > 0) {
        DRO_TRY(find(atlas, asked->given->items[0], &rows[0], error));
    } else {
        for (count = 0; count < total && count < ROWS_MAX; count++) {
            rows[count] = count;
        }
    }
    DRO_TRY(out->open(out->hook, &stream, error));
    return write(stream, asked->format, atlas, rows, count, error);
}

static dro_status run_passages(const dro_ask_context *context,
                               const dro_ask_asked *asked, dro_ask_output *out,
                               dro_error *error) {
    const dro_atlas *atlas = dro_ask_atlas(context);
    size_t total = 0;
    (void)dro_atlas_passages(atlas, &total);
    return look_up(atlas, asked, total, dro_atlas_find_passage, dro_report_passages,
                   out, error);
}

static dro_status run_vessels(const dro_ask_context *context,
                              const dro_ask_asked *asked, dro_ask_output *out,
                              dro_error *error) {
    const dro_atlas *atlas = dro_ask_atlas(context);
    size_t total = 0;
    (void)dro_atlas_vessels(atlas, &total);
    return look_up(atlas, asked, total, dro_atlas_find_vessel, dro_report_vessels, out,
                   error);
}

const dro_ask_question dro_ask_passages = {
    .name = "passages",
    .usage = "[NAME] [options]",
    .summary = "canals, straits and capes: limits, hours, tolls",
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_CSV |
               1u << DRO_FORMAT_GEOJSON,
    .format = DRO_FORMAT_TABLE,
    .least = 0,
    .most = 1,
    .named = {"q"},
    .run = run_passages,
};

const dro_ask_question dro_ask_vessels = {
    .name = "vessels",
    .usage = "[NAME] [options]",
    .summary = "ship classes: sizes, speed, fuel, charter",
    .formats = 1u << DRO_FORMAT_TABLE | 1u << DRO_FORMAT_JSON | 1u << DRO_FORMAT_CSV,
    .format = DRO_FORMAT_TABLE,
    .least = 0,
    .most = 1,
    .named = {"q"},
    .run = run_vessels,
};
