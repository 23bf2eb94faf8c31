/* A comparison as JSON. */
#include "compare.h"

static void measured(dro_json_writer *json, const char *key, const dro_measured *m) {
    dro_write_begin(json, key, DRO_WRITE_ROW_OBJECT);
    dro_write_number(json, "value", m->value, 2);
    dro_write_number(json, "median", m->sampled.median, 2);
    dro_write_number(json, "low", m->sampled.low, 2);
    dro_write_number(json, "high", m->sampled.high, 2);
    dro_write_end(json);
}

static void wholes(dro_json_writer *json, const char *key, const dro_measured *m) {
    static const char *const keys[] = {"time_h", "cost_usd", "co2_kg",
                                       "generalised_usd"};
    dro_write_begin(json, key, DRO_WRITE_OBJECT);
    for (size_t i = 0; i < DRO_COMPARE_MEASURES; i++) {
        measured(json, keys[i], &m[i]);
    }
    dro_write_end(json);
}

static void passages(dro_json_writer *json, const dro_comparison *of, uint64_t mask) {
    size_t count = 0;
    const dro_passage *all = dro_atlas_passages(of->atlas, &count);
    dro_write_begin(json, "passages", DRO_WRITE_ROW_ARRAY);
    for (size_t i = 0; i < count && i < 64; i++) {
        if ((mask >> i & 1u) != 0) {
            dro_write_text(json, NULL, all[i].id);
        }
    }
    dro_write_end(json);
}

typedef struct writer {
    dro_json_writer json;
    const dro_comparison *of;
    dro_arena *arena;
} writer;

/* Along great circles between turning points, split at the antimeridian; nothing where
 * nobody asked for lines, null where nothing moves. */
static dro_status geometry(writer *w, const dro_chain_leg *leg, dro_error *error) {
    if (!w->of->geometry) {
        return DRO_OK;
    }
    if (leg->path_count < 2) {
        dro_write_text(&w->json, "geometry", NULL);
        return DRO_OK;
    }
    return dro_write_path(&w->json, "geometry", leg->path, leg->path_count, w->arena,
                          error);
}

static dro_status leg(writer *w, const dro_chain_leg *leg, const dro_measured *m,
                      dro_error *error) {
    dro_json_writer *json = &w->json;
    dro_write_begin(json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(json, "mode", dro_chain_mode_text(leg->mode));
    dro_write_text(json, "from", leg->from);
    dro_write_text(json, "to", leg->to);
    dro_write_text(json, "what", leg->what);
    dro_write_number(json, "distance_km", leg->distance_km, 1);
    if (m) {
        measured(json, "time_h", &m[0]);
        measured(json, "cost_usd", &m[1]);
        measured(json, "co2_kg", &m[2]);
    } else {
        dro_write_number(json, "time_h", leg->total.time_h, 2);
        dro_write_number(json, "cost_usd", leg->total.cost_usd, 2);
        dro_write_number(json, "co2_kg", leg->total.co2_kg, 2);
    }
    passages(json, w->of, leg->passages);
    dro_write_point(json, "from_at", leg->from_at);
    dro_write_point(json, "to_at", leg->to_at);
    DRO_TRY(geometry(w, leg, error));
    dro_write_end(json);
    return DRO_OK;
}

static dro_status legs(writer *w, const dro_chain *chain, const dro_measured *m,
                       dro_error *error) {
    dro_write_begin(&w->json, "legs", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < chain->leg_count; i++) {
        DRO_TRY(leg(w, &chain->legs[i], m ? &m[3 * i] : NULL, error));
    }
    dro_write_end(&w->json);
    return DRO_OK;
}

static dro_status others(writer *w, const char *key, const dro_chain *chains,
                         size_t count, dro_error *error) {
    dro_json_writer *json = &w->json;
    dro_write_begin(json, key, DRO_WRITE_ARRAY);
    for (size_t i = 0; i < count; i++) {
        const dro_chain *chain = &chains[i];
        dro_write_begin(json, NULL, DRO_WRITE_OBJECT);
        dro_write_number(json, "time_h", chain->total.time_h, 2);
        dro_write_number(json, "cost_usd", chain->total.cost_usd, 2);
        dro_write_number(json, "co2_kg", chain->total.co2_kg, 2);
        dro_write_number(json, "generalised_usd", chain->generalised_usd, 2);
        DRO_TRY(legs(w, chain, NULL, error));
        dro_write_end(json);
    }
    dro_write_end(json);
    return DRO_OK;
}

static dro_status side(writer *w, const dro_compared *side, dro_error *error) {
    dro_json_writer *json = &w->json;
    dro_write_begin(json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(json, "id", side->scenario);
    dro_write_text(json, "title", side->title);
    dro_write_text(json, "date", side->date[0] ? side->date : NULL);
    dro_write_bool(json, "found", side->found);
    dro_write_text(json, "why", side->found ? NULL : side->why);
    wholes(json, "total", side->whole);
    dro_write_number(json, "stays_best_share", side->best_share, 4);
    DRO_TRY(legs(w, &side->best, side->legs, error));
    DRO_TRY(
        others(w, "alternatives", side->alternatives, side->alternative_count, error));
    DRO_TRY(others(w, "pareto", side->pareto, side->pareto_count, error));
    dro_write_begin(json, "notices", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < side->notice_count; i++) {
        dro_write_text(json, NULL, side->notices[i]);
    }
    dro_write_end(json);
    dro_write_end(json);
    return DRO_OK;
}

static void inputs(dro_json_writer *json, const dro_comparison *of) {
    dro_write_begin(json, "inputs", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < of->input_count; i++) {
        const dro_compared_input *input = &of->inputs[i];
        dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_text(json, "name", input->name);
        dro_write_number(json, "value", input->range.value, 6);
        dro_write_number(json, "low", input->range.low, 6);
        dro_write_number(json, "high", input->range.high, 6);
        dro_write_number(json, "share", input->share, 4);
        dro_write_number(json, "correlation", input->correlation, 4);
        dro_write_number(json, "at_low", input->at_low, 2);
        dro_write_number(json, "at_high", input->at_high, 2);
        dro_write_end(json);
    }
    dro_write_end(json);
}

dro_status compare_json(FILE *out, const dro_comparison *of, dro_arena *arena,
                        dro_error *error) {
    writer w = {.json = {.out = out}, .of = of, .arena = arena};
    dro_json_writer *json = &w.json;
    dro_write_begin(json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(json, "case", of->case_id);
    dro_write_text(json, "from", of->from);
    dro_write_text(json, "to", of->to);
    dro_write_text(json, "commodity", of->commodity);
    dro_write_text(json, "unit", of->unit);
    dro_write_text(json, "by", dro_chain_by_text(of->by));
    dro_write_bool(json, "quay", of->quay);
    dro_write_count(json, "samples", of->samples);
    dro_write_count(json, "seed", of->seed);
    dro_write_text(json, "note", COMPARE_NOTE);
    dro_write_begin(json, "scenarios", DRO_WRITE_ARRAY);
    DRO_TRY(side(&w, &of->sides[0], error));
    DRO_TRY(side(&w, &of->sides[1], error));
    dro_write_end(json);
    wholes(json, "difference", of->difference);
    inputs(json, of);
    dro_write_end(json);
    return DRO_OK;
}
