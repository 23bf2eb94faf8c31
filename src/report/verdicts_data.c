/* An audit as JSON and as CSV, a row per claim. */
#include <math.h>
#include <string.h>

#include "report/json_parts.h"
#include "report/verdicts.h"

#define DECIMALS 6

static void figure(dro_json_writer *json, const dro_audit_figure *f) {
    dro_write_begin(json, "figure", DRO_WRITE_ROW_OBJECT);
    dro_write_number(json, "value", f->value, DECIMALS);
    dro_write_number(json, "low", f->low, DECIMALS);
    dro_write_number(json, "high", f->high, DECIMALS);
    dro_write_text(json, "unit", f->unit);
    if (f->text != NULL) {
        dro_write_text(json, "text", f->text);
    }
    dro_write_end(json);
}

static void totals(dro_json_writer *json, dro_range time_h, dro_range cost_usd,
                   dro_range co2_kg) {
    json_range(json, "time_h", time_h, 3);
    json_range(json, "cost_usd", cost_usd, 3);
    json_range(json, "co2_kg", co2_kg, 3);
}

typedef struct writer {
    dro_json_writer json;
    dro_arena *arena; /* of one line at a time */
} writer;

/* Where somebody asked for lines; along great circles between turning points. */
static dro_status path(writer *w, const dro_audit_leg *l, dro_error *error) {
    if (l->path_count < 2) {
        return DRO_OK;
    }
    dro_arena_reset(w->arena);
    return dro_write_path(&w->json, "geometry", l->path, l->path_count, w->arena,
                          error);
}

static dro_status leg(writer *w, const dro_audit_leg *l, dro_error *error) {
    dro_json_writer *json = &w->json;
    dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
    dro_write_text(json, "mode", dro_chain_mode_text(l->mode));
    dro_write_text(json, "from", l->from);
    dro_write_text(json, "to", l->to);
    dro_write_text(json, "what", l->what);
    dro_write_number(json, "distance_km", l->distance_km, 1);
    totals(json, l->time_h, l->cost_usd, l->co2_kg);
    dro_write_point(json, "from_at", l->from_at);
    dro_write_point(json, "to_at", l->to_at);
    DRO_TRY(path(w, l, error));
    dro_write_end(json);
    return DRO_OK;
}

static dro_status chain(writer *w, const dro_audit_chain *c, dro_error *error) {
    dro_json_writer *json = &w->json;
    dro_write_begin(json, "chain", DRO_WRITE_OBJECT);
    dro_write_text(json, "title", c->title);
    dro_write_text(json, "scenario", c->scenario);
    dro_write_text(json, "commodity", c->commodity);
    dro_write_text(json, "per", c->per_teu ? "TEU" : "t");
    totals(json, c->time_h, c->cost_usd, c->co2_kg);
    dro_write_begin(json, "legs", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < c->leg_count; i++) {
        DRO_TRY(leg(w, &c->legs[i], error));
    }
    dro_write_end(json);
    dro_write_end(json);
    return DRO_OK;
}

static dro_status workings(writer *w, const dro_audit_claim *claim, dro_error *error) {
    dro_json_writer *json = &w->json;
    dro_write_begin(json, "workings", DRO_WRITE_ARRAY);
    for (size_t t = 0; t < claim->trial_count; t++) {
        const dro_audit_trial *trial = &claim->trials[t];
        for (size_t i = 0; i < trial->step_count; i++) {
            const dro_audit_step *step = &trial->steps[i];
            dro_write_begin(json, NULL,
                            step->chain != NULL ? DRO_WRITE_OBJECT
                                                : DRO_WRITE_ROW_OBJECT);
            dro_write_text(json, "trial", trial->name);
            dro_write_count(json, "depth", step->depth);
            dro_write_text(json, "text", step->text);
            figure(json, &step->figure);
            if (step->chain != NULL) {
                DRO_TRY(chain(w, step->chain, error));
            }
            dro_write_end(json);
        }
    }
    dro_write_end(json);
    return DRO_OK;
}

static void bound(dro_json_writer *json, const dro_audit_bound *b) {
    if (b->known) {
        json_range(json, "claimed", (dro_range){b->value, b->low, b->high}, DECIMALS);
    }
}

static void trials(dro_json_writer *json, const dro_audit_claim *claim) {
    dro_write_begin(json, "trials", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < claim->trial_count; i++) {
        const dro_audit_trial *t = &claim->trials[i];
        dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_text(json, "name", t->name);
        dro_write_bool(json, "holds", t->holds);
        dro_write_bool(json, "depends", t->depends);
        dro_write_number(json, "share", t->share, 4);
        figure(json, &t->figure);
        bound(json, &t->bound);
        dro_write_text(json, "reason", t->reason);
        if (isfinite(t->at.lat_deg) && isfinite(t->at.lon_deg)) {
            dro_write_number(json, "lat", t->at.lat_deg, 5);
            dro_write_number(json, "lon", t->at.lon_deg, 5);
        }
        dro_write_end(json);
    }
    dro_write_end(json);
}

static void causes(dro_json_writer *json, const dro_audit_claim *claim) {
    dro_write_begin(json, "sensitivity", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < claim->cause_count; i++) {
        const dro_audit_cause *c = &claim->causes[i];
        dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_text(json, "input", c->input);
        dro_write_number(json, "share", c->share, 4);
        dro_write_number(json, "at_low", c->at_low, DECIMALS);
        dro_write_number(json, "at_high", c->at_high, DECIMALS);
        dro_write_end(json);
    }
    dro_write_end(json);
}

/* As seen from the case's folder. */
static const char *file_of(const dro_audit_result *r, const dro_audit_claim *c) {
    size_t length = r->folder == NULL ? 0 : strlen(r->folder);
    bool within = c->file != NULL && length > 0 &&
                  strncmp(c->file, r->folder, length) == 0 && c->file[length] == '/';
    return within ? c->file + length + 1 : c->file;
}

static dro_status claim_json(writer *w, const dro_audit_result *result,
                             const dro_audit_claim *c, dro_error *error) {
    dro_json_writer *json = &w->json;
    dro_write_begin(json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(json, "id", c->id);
    dro_write_text(json, "verdict", dro_verdict_word(c->verdict));
    figure(json, &c->figure);
    dro_write_text(json, "claimed", c->claimed);
    dro_write_text(json, "because", c->because);
    dro_write_text(json, "says", c->says);
    dro_write_text(json, "who", c->who);
    dro_write_text(json, "article", c->article);
    dro_write_text(json, "date", c->date);
    dro_write_text(json, "note", c->note);
    dro_write_text(json, "file", file_of(result, c));
    dro_write_count(json, "line", c->line);
    trials(json, c);
    DRO_TRY(workings(w, c, error));
    causes(json, c);
    json_sources(json, c->sources, c->source_count, false);
    dro_write_end(json);
    return DRO_OK;
}

static dro_status write_all(writer *w, const dro_audit_result *result,
                            dro_error *error) {
    dro_json_writer *json = &w->json;
    dro_write_begin(json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(json, "case", result->case_id);
    dro_write_text(json, "title", result->title);
    dro_write_count(json, "samples", result->samples);
    dro_write_count(json, "seed", result->seed);
    dro_write_begin(json, "claims", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < result->claim_count; i++) {
        DRO_TRY(claim_json(w, result, &result->claims[i], error));
    }
    dro_write_end(json);
    dro_write_begin(json, "notices", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < result->notice_count; i++) {
        dro_write_text(json, NULL, result->notices[i]);
    }
    dro_write_end(json);
    dro_write_end(json);
    return DRO_OK;
}

dro_status verdict_json(FILE *out, const dro_audit_result *result, dro_error *error) {
    writer w = {.json = {.out = out}};
    DRO_TRY(dro_arena_create(&w.arena, error));
    dro_status status = write_all(&w, result, error);
    dro_arena_destroy(w.arena);
    return status;
}

/* ---- CSV ---------------------------------------------------------------------------
 */

static const char *const csv_header[] = {
    "id",      "verdict", "value",          "low",  "high", "unit",    "text",
    "claimed", "trials",  "trials_holding", "says", "who",  "article", "date",
    "because", "note",    "sources"};

static size_t holding(const dro_audit_claim *c) {
    size_t count = 0;
    for (size_t i = 0; i < c->trial_count; i++) {
        count += c->trials[i].holds;
    }
    return count;
}

static void csv_sources(FILE *out, const dro_audit_claim *c) {
    char ids[2048] = "";
    for (size_t i = 0; i < c->source_count; i++) {
        size_t length = strlen(ids);
        (void)snprintf(ids + length, sizeof ids - length, "%s%s", i == 0 ? "" : "|",
                       c->sources[i]->id);
    }
    dro_csv_write(out, ids, true);
}

static void csv_row(FILE *out, const dro_audit_claim *c) {
    dro_csv_write(out, c->id, false);
    dro_csv_write(out, dro_verdict_word(c->verdict), false);
    dro_csv_number(out, c->figure.value, DECIMALS, false);
    dro_csv_number(out, c->figure.low, DECIMALS, false);
    dro_csv_number(out, c->figure.high, DECIMALS, false);
    dro_csv_write(out, c->figure.unit, false);
    dro_csv_write(out, c->figure.text != NULL ? c->figure.text : "", false);
    dro_csv_write(out, c->claimed, false);
    dro_csv_number(out, (double)c->trial_count, 0, false);
    dro_csv_number(out, (double)holding(c), 0, false);
    dro_csv_write(out, c->says, false);
    dro_csv_write(out, c->who, false);
    dro_csv_write(out, c->article, false);
    dro_csv_write(out, c->date, false);
    dro_csv_write(out, c->because, false);
    dro_csv_write(out, c->note, false);
    csv_sources(out, c);
}

void verdict_csv(FILE *out, const dro_audit_result *result) {
    size_t columns = sizeof csv_header / sizeof csv_header[0];
    for (size_t i = 0; i < columns; i++) {
        dro_csv_write(out, csv_header[i], i + 1 == columns);
    }
    for (size_t i = 0; i < result->claim_count; i++) {
        csv_row(out, &result->claims[i]);
    }
}
