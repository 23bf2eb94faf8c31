/* A comparison in the format asked for, and its CSV. */
#include "compare.h"

#include <math.h>

double compare_shown(dro_chain_by by, double value) {
    return by == DRO_CHAIN_BY_TIME ? value / 24.0 : value;
}

const char *compare_label(dro_chain_by by) {
    static const char *const labels[] = {"time", "cost", "CO2", "generalised cost"};
    return labels[by];
}

const char *compare_unit(dro_chain_by by) {
    static const char *const units[] = {"d", "USD", "kg", "USD"};
    return units[by];
}

/* ---- CSV --------------------------------------------------------------------------
 */

static void measured(FILE *out, const dro_measured *m, int decimals, bool last) {
    dro_csv_number(out, m->value, decimals, false);
    dro_csv_number(out, m->sampled.median, decimals, false);
    dro_csv_number(out, m->sampled.low, decimals, false);
    dro_csv_number(out, m->sampled.high, decimals, last);
}

static void texts(FILE *out, const char *scenario, const char *leg, const char *mode,
                  const char *from, const char *to, const char *what, double km) {
    dro_csv_write(out, scenario, false);
    dro_csv_write(out, leg, false);
    dro_csv_write(out, mode, false);
    dro_csv_write(out, from, false);
    dro_csv_write(out, to, false);
    dro_csv_write(out, what, false);
    dro_csv_number(out, km, 1, false);
}

static void whole(FILE *out, const dro_comparison *of, const char *scenario,
                  const char *row, const dro_measured *m) {
    texts(out, scenario, row, "", of->from, of->to, "", (double)NAN);
    measured(out, &m[DRO_CHAIN_BY_TIME], 2, false);
    measured(out, &m[DRO_CHAIN_BY_COST], 2, false);
    measured(out, &m[DRO_CHAIN_BY_CO2], 2, false);
    measured(out, &m[DRO_CHAIN_BY_GENERALISED], 2, true);
}

static void legs(FILE *out, const dro_compared *side) {
    const dro_measured nothing = {(double)NAN,
                                  {(double)NAN, (double)NAN, (double)NAN, (double)NAN}};
    for (size_t i = 0; side->found && i < side->best.leg_count; i++) {
        const dro_chain_leg *leg = &side->best.legs[i];
        char number[24];
        (void)snprintf(number, sizeof number, "%zu", i + 1);
        texts(out, side->scenario, number, dro_chain_mode_text(leg->mode), leg->from,
              leg->to, leg->what, leg->distance_km);
        measured(out, &side->legs[3 * i], 2, false);
        measured(out, &side->legs[3 * i + 1], 2, false);
        measured(out, &side->legs[3 * i + 2], 2, false);
        measured(out, &nothing, 2, true);
    }
}

void compare_csv(FILE *out, const dro_comparison *of) {
    static const char *const names[] = {"time_h", "cost_usd", "co2_kg",
                                        "generalised_usd"};
    (void)fputs("scenario,leg,mode,from,to,what,distance_km", out);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)fprintf(out, ",%s,%s_median,%s_low,%s_high", names[i], names[i], names[i],
                      names[i]);
    }
    (void)fputc('\n', out);
    for (int i = 0; i < 2; i++) {
        legs(out, &of->sides[i]);
        whole(out, of, of->sides[i].scenario, "total", of->sides[i].whole);
    }
    whole(out, of, "difference", "total", of->difference);
}

/* ---- any ----------------------------------------------------------------------------
 */

dro_status dro_report_comparison(FILE *out, dro_format format, const dro_comparison *of,
                                 dro_arena *arena, dro_error *error) {
    switch (format) {
    case DRO_FORMAT_TABLE:
        return compare_table(out, of, arena, error);
    case DRO_FORMAT_JSON:
        return compare_json(out, of, arena, error);
    case DRO_FORMAT_CSV:
        compare_csv(out, of);
        return DRO_OK;
    case DRO_FORMAT_GEOJSON:
    case DRO_FORMAT_SVG:
    case DRO_FORMAT_HTML:
        break;
    }
    return dro_fail(error, DRO_INVALID, "a comparison is a table, JSON or CSV");
}
