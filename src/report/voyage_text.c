/* A voyage as a table for people and as CSV, a row per itinerary. */
#include "voyage.h"

#include <math.h>
#include <string.h>

#define CELL_MAX            96
#define LEG_COLUMNS         8
#define ALTERNATIVE_COLUMNS 6

static void append(char *text, size_t size, const char *before, const char *more) {
    size_t length = strlen(text);
    if (length + 1 < size) {
        (void)snprintf(text + length, size - length, "%s%s", before, more);
    }
}

void voyage_passage_ids(const dro_itinerary *itinerary, const char *separator,
                        char *text, size_t size) {
    text[0] = '\0';
    for (size_t i = 0; i < itinerary->passage_count; i++) {
        append(text, size, i == 0 ? "" : separator, itinerary->passage_list[i]->id);
    }
}

/* ---- CSV --------------------------------------------------------------------- */

static const char *const csv_header[] = {"rank",
                                         "from_code",
                                         "from",
                                         "to_code",
                                         "to",
                                         "distance_nm",
                                         "duration_h",
                                         "duration_low_h",
                                         "duration_high_h",
                                         "speed_kn",
                                         "fuel_t",
                                         "co2_t",
                                         "cost_usd",
                                         "cost_low_usd",
                                         "cost_high_usd",
                                         "passages",
                                         "snap_from_nm",
                                         "snap_to_nm",
                                         "excess_bound_pct",
                                         "vessel",
                                         "vessel_assumed"};

static void csv_row(FILE *out, const dro_voyage *voyage, size_t rank) {
    const dro_itinerary *of = &voyage->itineraries[rank];
    const dro_range *item = of->total.item;
    char ids[512];
    voyage_passage_ids(of, "|", ids, sizeof ids);
    dro_csv_number(out, (double)rank, 0, false);
    dro_csv_write(out, voyage->from.code, false);
    dro_csv_write(out, voyage->from.name, false);
    dro_csv_write(out, voyage->to.code, false);
    dro_csv_write(out, voyage->to.name, false);
    dro_csv_number(out, of->distance_nm, 3, false);
    dro_csv_number(out, item[DRO_ITEM_DURATION_H].value, 2, false);
    dro_csv_number(out, item[DRO_ITEM_DURATION_H].low, 2, false);
    dro_csv_number(out, item[DRO_ITEM_DURATION_H].high, 2, false);
    dro_csv_number(out, voyage->ship.speed_kn, 2, false);
    dro_csv_number(out, item[DRO_ITEM_FUEL_T].value, 2, false);
    dro_csv_number(out, item[DRO_ITEM_CO2_T].value, 2, false);
    dro_csv_number(out, item[DRO_ITEM_COST_USD].value, 0, false);
    dro_csv_number(out, item[DRO_ITEM_COST_USD].low, 0, false);
    dro_csv_number(out, item[DRO_ITEM_COST_USD].high, 0, false);
    dro_csv_write(out, ids, false);
    dro_csv_number(out, of->snap_nm[0], 3, false);
    dro_csv_number(out, of->snap_nm[1], 3, false);
    dro_csv_number(out, of->excess_bound_pct, 6, false);
    dro_csv_write(out, voyage->ship.vessel->id, false);
    dro_csv_write(out, voyage->ship.assumed ? "true" : "false", true);
}

void voyage_csv(FILE *out, const dro_voyage *voyage) {
    size_t columns = sizeof csv_header / sizeof csv_header[0];
    for (size_t i = 0; i < columns; i++) {
        dro_csv_write(out, csv_header[i], i + 1 == columns);
    }
    for (size_t i = 0; i < voyage->count; i++) {
        csv_row(out, voyage, i);
    }
}

/* ---- table: the head
 * ------------------------------------------------------------------ */

static void place(FILE *out, const dro_place *at) {
    (void)fputs(at->name, out);
    if (at->code[0] != '\0') {
        (void)fprintf(out, " (%s)", at->code);
    }
}

static void title(FILE *out, const dro_voyage *voyage) {
    place(out, &voyage->from);
    (void)fputs(" to ", out);
    place(out, &voyage->to);
    for (size_t i = 0; i < voyage->via_count; i++) {
        (void)fputs(i == 0 ? " via " : ", ", out);
        place(out, &voyage->via[i]);
    }
    (void)fputs("\n\n", out);
}

static void line(FILE *out, const char *name, const char *value, const char *more) {
    (void)fprintf(out, "  %-9s %s%s\n", name, value, more);
}

static void bounds(char *text, size_t size, dro_range range, int decimals,
                   const char *unit) {
    char low[48];
    char high[48];
    (void)snprintf(text, size, " %s (%s to %s)", unit,
                   dro_report_grouped(range.low, decimals, low, sizeof low),
                   dro_report_grouped(range.high, decimals, high, sizeof high));
}

/* "sailing 385.6 + weather margin 19.3 + ..." of one group, zero items left out. */
static void workings(FILE *out, const dro_reckoning *reckoning, dro_item first,
                     dro_item total, int decimals) {
    char number[48];
    const char *before = "            = ";
    bool some = false;
    for (dro_item i = first; i < total; i++) {
        if (reckoning->item[i].value != 0.0) { /* NAN is shown */
            (void)fprintf(out, "%s%s %s", before, dro_item_text(i),
                          dro_report_grouped(reckoning->item[i].value, decimals, number,
                                             sizeof number));
            before = " + ";
            some = true;
        }
    }
    if (some) {
        (void)fputc('\n', out);
    }
}

static void time_lines(FILE *out, const dro_itinerary *best) {
    char days[48];
    char more[128];
    char low[48];
    char high[48];
    const dro_range *time = &best->total.item[DRO_ITEM_DURATION_H];
    (void)snprintf(more, sizeof more, " (%s to %s)",
                   dro_report_days(time->low, low, sizeof low),
                   dro_report_days(time->high, high, sizeof high));
    line(out, "time", dro_report_days(time->value, days, sizeof days), more);
    workings(out, &best->total, DRO_ITEM_SAILING_H, DRO_ITEM_DURATION_H, 1);
}

static void figures(FILE *out, const dro_voyage *voyage) {
    const dro_itinerary *best = &voyage->itineraries[0];
    const dro_range *item = best->total.item;
    char number[48];
    char more[128];
    (void)snprintf(more, sizeof more, " nm, at most %.3f %% above the shortest",
                   best->excess_bound_pct);
    line(out, "distance",
         dro_report_grouped(best->distance_nm, 1, number, sizeof number),
         voyage->by == DRO_BY_DISTANCE && voyage->profile == DRO_PROFILE_SHORTEST
             ? more
             : " nm");
    time_lines(out, best);
    bounds(more, sizeof more, item[DRO_ITEM_COST_USD], 0, "USD");
    line(out, "cost",
         dro_report_grouped(item[DRO_ITEM_COST_USD].value, 0, number, sizeof number),
         more);
    workings(out, &best->total, DRO_ITEM_CHARTER_USD, DRO_ITEM_COST_USD, 0);
    bounds(more, sizeof more, item[DRO_ITEM_FUEL_T], 0, "t");
    line(out, "fuel",
         dro_report_grouped(item[DRO_ITEM_FUEL_T].value, 0, number, sizeof number),
         more);
    bounds(more, sizeof more, item[DRO_ITEM_CO2_T], 0, "t");
    line(out, "CO2",
         dro_report_grouped(item[DRO_ITEM_CO2_T].value, 0, number, sizeof number),
         more);
}

static void passages_line(FILE *out, const dro_itinerary *best) {
    (void)fprintf(out, "  %-9s ", "passages");
    for (size_t i = 0; i < best->passage_count; i++) {
        (void)fprintf(out, "%s%s", i == 0 ? "" : ", ", best->passage_list[i]->name);
    }
    (void)fputs(best->passage_count == 0 ? "none\n" : "\n", out);
}

static void head(FILE *out, const dro_voyage *voyage) {
    const dro_ship *ship = &voyage->ship;
    const dro_itinerary *best = &voyage->itineraries[0];
    title(out, voyage);
    figures(out, voyage);
    passages_line(out, best);
    (void)fprintf(out, "  %-9s %s%s at %.1f kn, draught %.1f m%s\n", "ship",
                  ship->vessel->name, ship->assumed ? " (assumed)" : "", ship->speed_kn,
                  ship->draft_m, ship->draft_stated ? "" : " (assumed)");
    (void)fprintf(out,
                  "  %-9s %.1f nm from the water at the start, %.1f nm at the end\n",
                  "snap", best->snap_nm[0], best->snap_nm[1]);
}

/* ---- table: legs, alternatives, remarks
 * -------------------------------------------------- */

static const char *kept(dro_arena *arena, const char *text, bool *failed) {
    const char *copy = dro_arena_strndup(arena, text, strlen(text));
    *failed |= copy == NULL;
    return copy == NULL ? "" : copy;
}

static const char *kept_number(dro_arena *arena, double value, int decimals,
                               bool *failed) {
    char text[48];
    return kept(arena, dro_report_grouped(value, decimals, text, sizeof text), failed);
}

static dro_status legs(FILE *out, const dro_itinerary *best, dro_arena *arena,
                       dro_error *error) {
    static const dro_table_column columns[LEG_COLUMNS] = {
        {"mode", false}, {"from", false}, {"to", false},   {"nm", true},
        {"hours", true}, {"USD", true},   {"t CO2", true}, {"note", false}};
    bool failed = false;
    const char **cells =
        dro_arena_alloc(arena, best->leg_count * LEG_COLUMNS, sizeof *cells);
    if (cells == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a table");
    }
    for (size_t i = 0; i < best->leg_count; i++) {
        const dro_leg *leg = &best->legs[i];
        const dro_range *item = leg->reckoning.item;
        const char **row = cells + i * LEG_COLUMNS;
        row[0] = dro_mode_text(leg->mode);
        row[1] = leg->from;
        row[2] = leg->to;
        row[3] = kept_number(arena, leg->distance_nm, 1, &failed);
        row[4] = kept_number(arena, item[DRO_ITEM_DURATION_H].value, 1, &failed);
        row[5] = kept_number(arena, item[DRO_ITEM_COST_USD].value, 0, &failed);
        row[6] = kept_number(arena, item[DRO_ITEM_CO2_T].value, 0, &failed);
        row[7] = leg->note;
    }
    (void)fputc('\n', out);
    dro_report_table(out, columns, LEG_COLUMNS, cells, best->leg_count);
    return failed ? dro_fail(error, DRO_NOMEM, "out of memory for a table") : DRO_OK;
}

static void alternative_row(const dro_itinerary *of, size_t rank, const char **row,
                            dro_arena *arena, bool *failed) {
    char text[256];
    row[0] = kept_number(arena, (double)rank + 1.0, 0, failed);
    row[1] = kept_number(arena, of->distance_nm, 1, failed);
    row[2] = kept(
        arena, dro_report_days(voyage_item(of, DRO_ITEM_DURATION_H), text, sizeof text),
        failed);
    row[3] = kept_number(arena, voyage_item(of, DRO_ITEM_COST_USD), 0, failed);
    row[4] = kept_number(arena, voyage_item(of, DRO_ITEM_CO2_T), 0, failed);
    voyage_passage_ids(of, ", ", text, sizeof text);
    row[5] = kept(arena, text, failed);
}

static dro_status alternatives(FILE *out, const dro_voyage *voyage, dro_arena *arena,
                               dro_error *error) {
    static const dro_table_column columns[ALTERNATIVE_COLUMNS] = {
        {"route", true}, {"nm", true},    {"time", true},
        {"USD", true},   {"t CO2", true}, {"passages", false}};
    bool failed = false;
    const char **cells =
        dro_arena_alloc(arena, voyage->count * ALTERNATIVE_COLUMNS, sizeof *cells);
    if (cells == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a table");
    }
    for (size_t i = 0; i < voyage->count; i++) {
        alternative_row(&voyage->itineraries[i], i, cells + i * ALTERNATIVE_COLUMNS,
                        arena, &failed);
    }
    (void)fputc('\n', out);
    dro_report_table(out, columns, ALTERNATIVE_COLUMNS, cells, voyage->count);
    return failed ? dro_fail(error, DRO_NOMEM, "out of memory for a table") : DRO_OK;
}

static void closed(FILE *out, const dro_voyage *voyage, bool avoided, const char *why) {
    bool some = false;
    for (size_t i = 0; i < voyage->closed_count; i++) {
        if ((voyage->closed[i].closure == DRO_CLOSURE_AVOIDED) == avoided) {
            (void)fprintf(out, "%s%s%s%s", some ? "" : "  ", some ? "" : why,
                          some ? ", " : ": ", voyage->closed[i].passage->id);
            some = true;
        }
    }
    if (some) {
        (void)fputc('\n', out);
    }
}

static void remarks(FILE *out, const dro_voyage *voyage) {
    (void)fputc('\n', out);
    closed(out, voyage, true, "avoided");
    closed(out, voyage, false, "too small for this ship");
    for (size_t i = 0; i < voyage->notice_count; i++) {
        (void)fprintf(out, "  note: %s\n", voyage->notices[i]);
    }
    (void)fputs("  sources: ", out);
    for (size_t i = 0; i < voyage->source_count; i++) {
        (void)fprintf(out, "%s%s", i == 0 ? "" : ", ", voyage->sources[i]->id);
    }
    (void)fputc('\n', out);
}

dro_status voyage_table(FILE *out, const dro_voyage *voyage, dro_arena *arena,
                        dro_error *error) {
    head(out, voyage);
    DRO_TRY(legs(out, &voyage->itineraries[0], arena, error));
    if (voyage->count > 1) {
        DRO_TRY(alternatives(out, voyage, arena, error));
    }
    remarks(out, voyage);
    return DRO_OK;
}
