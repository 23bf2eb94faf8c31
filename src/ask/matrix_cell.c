/* What both forms of matrix write about a pair, and how they tell their progress. */
#include <math.h>

#include "ask/matrix.h"

const char *const matrix_added[MATRIX_ADDED] = {
    "distance_nm", "duration_h", "snap_from_nm", "snap_to_nm", "passages", "status"};

static const dro_voyage_cell no_cell = {.distance_nm = (double)NAN,
                                        .duration_h = (double)NAN,
                                        .snap_nm = {(double)NAN, (double)NAN}};

/* "panama|malacca" */
static void list_passages(const matrix_job *job, uint64_t passages, char *text,
                          size_t size) {
    size_t count = 0;
    size_t length = 0;
    const dro_passage *rows = dro_atlas_passages(dro_ask_atlas(job->context), &count);
    text[0] = '\0';
    for (size_t i = 0; i < count && passages >> i != 0 && length + 1 < size; i++) {
        if ((passages >> i & 1u) != 0) {
            int more = snprintf(text + length, size - length, "%s%s",
                                length == 0 ? "" : "|", rows[i].id);
            length += more > 0 ? (size_t)more : 0;
        }
    }
}

static const char *status_of(const dro_voyage_cell *cell) {
    return cell == NULL ? "bad-value" : dro_cell_status_text(cell->status);
}

void matrix_cell_csv(const matrix_job *job, const dro_voyage_cell *cell) {
    FILE *out = job->stream;
    const dro_voyage_cell *of = cell == NULL ? &no_cell : cell;
    char passages[1024];
    list_passages(job, of->passages, passages, sizeof passages);
    dro_csv_number(out, of->distance_nm, 3, false);
    dro_csv_number(out, of->duration_h, 2, false);
    dro_csv_number(out, of->snap_nm[0], 3, false);
    dro_csv_number(out, of->snap_nm[1], 3, false);
    dro_csv_write(out, passages, false);
    dro_csv_write(out, status_of(cell), true);
}

void matrix_cell_json(matrix_job *job, const dro_voyage_cell *cell) {
    dro_json_writer *json = &job->json;
    const dro_voyage_cell *of = cell == NULL ? &no_cell : cell;
    char passages[1024];
    list_passages(job, of->passages, passages, sizeof passages);
    dro_write_number(json, matrix_added[0], of->distance_nm, 3);
    dro_write_number(json, matrix_added[1], of->duration_h, 2);
    dro_write_number(json, matrix_added[2], of->snap_nm[0], 3);
    dro_write_number(json, matrix_added[3], of->snap_nm[1], 3);
    dro_write_text(json, matrix_added[4], passages);
    dro_write_text(json, matrix_added[5], status_of(cell));
}

/* ---- progress ---------------------------------------------------------------- */

static bool report(void *context, const char *stage, uint64_t done, uint64_t total) {
    matrix_progress *of = context;
    uint64_t more = total > 0 ? of->part * done / total : 0;
    (void)stage;
    return of->shown == NULL ||
           of->shown->report(of->shown->context, of->stage, of->at + more, of->total);
}

void matrix_progress_begin(const dro_ask_context *context, const char *stage,
                           matrix_progress *out) {
    *out = (matrix_progress){
        .progress = {report, out}, .shown = context->progress, .stage = stage};
}
