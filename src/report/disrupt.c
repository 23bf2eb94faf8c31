/* A disruption as a table, JSON and CSV. */
#include "report/disrupt.h"

#include <math.h>
#include <string.h>

#include "report/cells.h"
#include "report/json_parts.h"

void disrupt_figures(const dro_disrupt *d, disrupt_figure out[DISRUPT_FIGURES]) {
    const dro_backlog *b = &d->stated;
    const disrupt_figure all[DISRUPT_FIGURES] = {
        {"most that wait", "max_backlog", NULL, 0, b->max_backlog, d->max_backlog},
        {"delay, all together", "delay_unit_d", "unit-days", 0, b->delay_unit_d,
         d->delay_unit_d},
        {"delay of those held up", "mean_delay_d", "days", 2, b->mean_delay_d,
         d->mean_delay_d},
        {"longest wait", "longest_wait_d", "days", 2, b->longest_wait_d,
         d->longest_wait_d},
        {"gone elsewhere", "lost_units", NULL, 0, b->lost_units, d->lost_units},
        {"days to clear, from its end", "clear_d", "days", 1, b->clear_d, d->clear_d}};
    memcpy(out, all, sizeof all);
}

/* ---- table
 * ---------------------------------------------------------------------------
 */

static void put_days(dro_cells *s, double value, int decimals) {
    if (isinf(value)) {
        dro_cells_put(s, "never");
    } else {
        dro_cells_number(s, value, decimals);
    }
}

static dro_status write_figures(FILE *out, const disrupt_page *page, dro_arena *arena,
                                dro_error *error) {
    static const dro_table_column columns[] = {{"", false},      {"stated", true},
                                               {"median", true}, {"5 %", true},
                                               {"95 %", true},   {"", false}};
    disrupt_figure all[DISRUPT_FIGURES];
    dro_cells s;
    disrupt_figures(page->found, all);
    DRO_TRY(dro_cells_open(&s, arena, (size_t)6 * DISRUPT_FIGURES, error));
    for (size_t i = 0; i < DISRUPT_FIGURES; i++) {
        const disrupt_figure *f = &all[i];
        dro_cells_put(&s, f->name);
        put_days(&s, f->stated, f->decimals);
        put_days(&s, f->range.median, f->decimals);
        put_days(&s, f->range.low, f->decimals);
        put_days(&s, f->range.high, f->decimals);
        dro_cells_put(&s, f->unit ? f->unit : page->blow->unit);
    }
    return dro_cells_write(out, &s, columns, 6, error);
}

#define BARS     24
#define BAR_WIDE 44

/* The backlog over time as bars: # the median, . up to the 95 % quantile. */
static void write_bars(FILE *out, const disrupt_page *page) {
    const dro_disrupt *d = page->found;
    const dro_disrupt_question *q = &d->question;
    size_t stride = (DRO_DISRUPT_POINTS - 1) / BARS;
    double most = 1e-9;
    for (size_t i = 0; i < DRO_DISRUPT_POINTS; i++) {
        most = fmax(most, d->points[i].backlog.high);
    }
    (void)fprintf(out,
                  "\n%7s  %s waiting (# median, . up to the 95 %% quantile, | shut)\n",
                  "day", page->blow->unit);
    for (size_t i = 0; i < DRO_DISRUPT_POINTS; i += stride) {
        const dro_disrupt_point *p = &d->points[i];
        bool shut = p->at_d >= q->start_d && p->at_d < q->start_d + q->length_d;
        int bar = (int)lround(BAR_WIDE * p->backlog.median / most);
        int dots = (int)lround(BAR_WIDE * p->backlog.high / most) - bar;
        char line[2 * BAR_WIDE + 1], number[64];
        memset(line, '#', (size_t)bar);
        memset(line + bar, '.', (size_t)(dots > 0 ? dots : 0));
        line[bar + (dots > 0 ? dots : 0)] = '\0';
        (void)fprintf(out, "%7.1f%s%s", p->at_d,
                      shut      ? " |"
                      : line[0] ? "  "
                                : "",
                      line);
        if (p->backlog.median > 0.0) {
            (void)fprintf(
                out, " %s",
                dro_report_grouped(p->backlog.median, 0, number, sizeof number));
        }
        (void)fputc('\n', out);
    }
}

static const char *port_code(const dro_facts *f, int port) {
    return port < 0 ? "-" : dro_facts_id(f, DRO_KIND_PORT, (size_t)port);
}

static const char *origin_of(const dro_facts *f, size_t demand) {
    return dro_facts_name(f, DRO_KIND_NODE,
                          (size_t)dro_facts_thing(f, demand, DRO_DEMAND_ORIGIN));
}

static const char *destination_of(const dro_facts *f, size_t demand) {
    return dro_facts_name(f, DRO_KIND_PORT,
                          (size_t)dro_facts_thing(f, demand, DRO_DEMAND_DESTINATION));
}

static const char *goods_of(const dro_facts *f, size_t demand) {
    return dro_facts_id(f, DRO_KIND_COMMODITY,
                        (size_t)dro_facts_thing(f, demand, DRO_DEMAND_COMMODITY));
}

static void put_after(dro_cells *s, const dro_facts *f, const dro_detour *d) {
    if (!d->found) {
        dro_cells_put(s, "no route");
        dro_cells_put(s, "");
        dro_cells_put(s, "");
        return;
    }
    dro_cells_put(s, port_code(f, d->port_after));
    dro_cells_number(s, d->after.time_h / 24.0 - d->before.time_h / 24.0, 1);
    dro_cells_number(s, d->after.cost_usd - d->before.cost_usd, 0);
}

static dro_status write_detours(FILE *out, const dro_report_detours *detours,
                                dro_arena *arena, dro_error *error) {
    static const dro_table_column columns[] = {
        {"from", false},      {"to", false},       {"what", false},   {"a day", true},
        {"", false},          {"over", false},     {"days", true},    {"USD", true},
        {"then over", false}, {"more days", true}, {"more USD", true}};
    const dro_facts *f = detours->facts;
    dro_cells s;
    DRO_TRY(dro_cells_open(&s, arena, 11 * (detours->count + 1), error));
    for (size_t i = 0; i < detours->count; i++) {
        const dro_detour *d = &detours->rows[i];
        dro_cells_put(&s, origin_of(f, d->demand));
        dro_cells_put(&s, destination_of(f, d->demand));
        dro_cells_put(&s, goods_of(f, d->demand));
        dro_cells_number(&s, d->units_per_d, 1);
        dro_cells_put(&s, d->per_teu ? "TEU" : "t");
        dro_cells_put(&s, port_code(f, d->port_before));
        dro_cells_number(&s, d->before.time_h / 24.0, 1);
        dro_cells_number(&s, d->before.cost_usd, 0);
        put_after(&s, f, d);
    }
    (void)fprintf(out, "\nDetours, by the best chain of generalised cost, a unit:\n");
    return dro_cells_write(out, &s, columns, 11, error);
}

dro_status disrupt_table(FILE *out, const disrupt_page *page, dro_arena *arena,
                         dro_error *error) {
    const dro_report_blow *blow = page->blow;
    (void)fprintf(out, "%s\n%s\n\n", blow->title, blow->subtitle);
    if (page->found) {
        const dro_disrupt *d = page->found;
        char arrivals[64], capacity[64];
        (void)fprintf(
            out, "arrivals %s, usual capacity %s %s a day\n\n",
            dro_report_grouped(d->question.arrivals_per_d.value, 1, arrivals,
                               sizeof arrivals),
            dro_report_grouped(d->capacity_per_d, 1, capacity, sizeof capacity),
            blow->unit);
        DRO_TRY(write_figures(out, page, arena, error));
        write_bars(out, page);
    }
    if (page->detours && page->detours->count > 0) {
        DRO_TRY(write_detours(out, page->detours, arena, error));
    }
    (void)fputc('\n', out);
    for (size_t i = 0; i < blow->note_count; i++) {
        (void)fprintf(out, "%s\n", blow->notes[i]);
    }
    return DRO_OK;
}

/* ---- CSV: the curve, or where there is none the detours
 * -------------------------------
 */

static void csv_detours(FILE *out, const dro_report_detours *detours) {
    (void)fputs("demand,units_per_d,unit,port_before,h_before,usd_before,port_after,"
                "h_after,usd_after\n",
                out);
    for (size_t i = 0; detours && i < detours->count; i++) {
        const dro_detour *d = &detours->rows[i];
        const dro_facts *f = detours->facts;
        dro_csv_write(out, dro_facts_id(f, DRO_KIND_DEMAND, d->demand), false);
        dro_csv_number(out, d->units_per_d, 4, false);
        dro_csv_write(out, d->per_teu ? "TEU" : "t", false);
        dro_csv_write(out, d->port_before < 0 ? "" : port_code(f, d->port_before),
                      false);
        dro_csv_number(out, d->before.time_h, 3, false);
        dro_csv_number(out, d->before.cost_usd, 3, false);
        dro_csv_write(out,
                      !d->found           ? "no-route"
                      : d->port_after < 0 ? ""
                                          : port_code(f, d->port_after),
                      false);
        dro_csv_number(out, d->found ? d->after.time_h : (double)NAN, 3, false);
        dro_csv_number(out, d->found ? d->after.cost_usd : (double)NAN, 3, true);
    }
}

void disrupt_csv(FILE *out, const disrupt_page *page) {
    if (!page->found) {
        csv_detours(out, page->detours);
        return;
    }
    (void)fputs("day,arrived,served,gone_elsewhere,backlog,backlog_median,backlog_5,"
                "backlog_95\n",
                out);
    for (size_t i = 0; i < DRO_DISRUPT_POINTS; i++) {
        const dro_disrupt_point *p = &page->found->points[i];
        dro_csv_number(out, p->at_d, 4, false);
        dro_csv_number(out, p->arrived, 2, false);
        dro_csv_number(out, p->served, 2, false);
        dro_csv_number(out, p->lost, 2, false);
        dro_csv_number(out, p->stated, 2, false);
        dro_csv_number(out, p->backlog.median, 2, false);
        dro_csv_number(out, p->backlog.low, 2, false);
        dro_csv_number(out, p->backlog.high, 2, true);
    }
}

/* ---- JSON
 * ----------------------------------------------------------------------------
 */

static void json_question(dro_json_writer *json, const dro_disrupt *found) {
    const dro_disrupt_question *q = &found->question;
    json_range(json, "arrivals_per_d", q->arrivals_per_d, 4);
    dro_write_number(json, "capacity_per_d", found->capacity_per_d, 4);
    if (isnan(q->left_per_d)) {
        json_range(json, "share", q->share, 4);
    } else {
        dro_write_number(json, "left_per_d", q->left_per_d, 4);
    }
    dro_write_number(json, "start_d", q->start_d, 4);
    dro_write_number(json, "length_h", q->length_d * 24.0, 4);
    dro_write_number(json, "detour_wait_d", q->detour_wait_d, 4);
    json_range(json, "detour_share", q->detour_share, 4);
    dro_write_count(json, "samples", q->sampling.count);
    dro_write_count(json, "seed", q->sampling.seed);
}

static void json_figures(dro_json_writer *json, const dro_disrupt *found) {
    disrupt_figure all[DISRUPT_FIGURES];
    disrupt_figures(found, all);
    for (size_t i = 0; i < DISRUPT_FIGURES; i++) {
        dro_write_begin(json, all[i].key, DRO_WRITE_ROW_OBJECT);
        dro_write_number(json, "value", all[i].stated, 4);
        dro_write_number(json, "median", all[i].range.median, 4);
        dro_write_number(json, "low", all[i].range.low, 4);
        dro_write_number(json, "high", all[i].range.high, 4);
        dro_write_end(json);
    }
    dro_write_text(json, "end",
                   found->stated.end == DRO_BACKLOG_CLEARS
                       ? "clears"
                       : dro_backlog_end_text(found->stated.end));
    dro_write_begin(json, "curve", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < DRO_DISRUPT_POINTS; i++) {
        const dro_disrupt_point *p = &found->points[i];
        dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_number(json, "day", p->at_d, 4);
        dro_write_number(json, "arrived", p->arrived, 2);
        dro_write_number(json, "served", p->served, 2);
        dro_write_number(json, "gone_elsewhere", p->lost, 2);
        dro_write_number(json, "backlog", p->stated, 2);
        dro_write_number(json, "median", p->backlog.median, 2);
        dro_write_number(json, "low", p->backlog.low, 2);
        dro_write_number(json, "high", p->backlog.high, 2);
        dro_write_end(json);
    }
    dro_write_end(json);
}

static void json_way(dro_json_writer *json, const char *key, const dro_facts *f,
                     const dro_chain_total *total, int port) {
    dro_write_begin(json, key, DRO_WRITE_ROW_OBJECT);
    dro_write_text(json, "port", port < 0 ? NULL : port_code(f, port));
    dro_write_number(json, "duration_h", total->time_h, 3);
    dro_write_number(json, "cost_usd", total->cost_usd, 3);
    dro_write_number(json, "co2_kg", total->co2_kg, 3);
    dro_write_end(json);
}

static void json_detours(dro_json_writer *json, const dro_report_detours *detours) {
    dro_write_begin(json, "detours", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < detours->count; i++) {
        const dro_detour *d = &detours->rows[i];
        const dro_facts *f = detours->facts;
        dro_write_begin(json, NULL, DRO_WRITE_ROW_OBJECT);
        dro_write_text(json, "demand", dro_facts_id(f, DRO_KIND_DEMAND, d->demand));
        dro_write_text(json, "from", origin_of(f, d->demand));
        dro_write_text(json, "to", destination_of(f, d->demand));
        dro_write_text(json, "commodity", goods_of(f, d->demand));
        dro_write_number(json, "units_per_d", d->units_per_d, 4);
        dro_write_text(json, "unit", d->per_teu ? "TEU" : "t");
        json_way(json, "before", f, &d->before, d->port_before);
        if (d->found) {
            json_way(json, "after", f, &d->after, d->port_after);
        } else {
            dro_write_text(json, "after", NULL);
        }
        dro_write_end(json);
    }
    dro_write_end(json);
}

void disrupt_json(FILE *out, const disrupt_page *page) {
    dro_json_writer json = {.out = out};
    dro_write_begin(&json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(&json, "title", page->blow->title);
    dro_write_text(&json, "subtitle", page->blow->subtitle);
    dro_write_text(&json, "unit", page->blow->unit);
    if (page->found) {
        json_question(&json, page->found);
        json_figures(&json, page->found);
    }
    if (page->detours) {
        json_detours(&json, page->detours);
    }
    dro_write_begin(&json, "notes", DRO_WRITE_ARRAY);
    for (size_t i = 0; i < page->blow->note_count; i++) {
        dro_write_text(&json, NULL, page->blow->notes[i]);
    }
    dro_write_end(&json);
    dro_write_end(&json);
}

/* ---- dispatch
 * ------------------------------------------------------------------------
 */

static dro_status drawn(FILE *out, const disrupt_page *page, dro_error *error) {
    dro_text text = {0};
    dro_ink ink = {&text, DRO_OK};
    if (!page->found) {
        return dro_fail(error, DRO_NO_ANSWER, "no arrivals, so no curve to draw");
    }
    disrupt_svg(&ink, page);
    if (ink.status == DRO_OK) {
        (void)fwrite(text.data, 1, text.length, out);
    }
    dro_text_free(&text);
    return ink.status == DRO_OK ? DRO_OK
                                : dro_fail(error, ink.status, "a chart: %s",
                                           dro_status_text(ink.status));
}

dro_status dro_report_disruption(FILE *out, dro_format format, const dro_disrupt *found,
                                 const dro_report_blow *blow,
                                 const dro_report_detours *detours, dro_arena *arena,
                                 dro_error *error) {
    disrupt_page page = {found, blow, detours};
    switch (format) {
    case DRO_FORMAT_TABLE:
        return disrupt_table(out, &page, arena, error);
    case DRO_FORMAT_JSON:
        disrupt_json(out, &page);
        return DRO_OK;
    case DRO_FORMAT_CSV:
        disrupt_csv(out, &page);
        return DRO_OK;
    case DRO_FORMAT_SVG:
        return drawn(out, &page, error);
    case DRO_FORMAT_GEOJSON:
    case DRO_FORMAT_HTML:
        break;
    }
    return dro_fail(error, DRO_INVALID, "a disruption is not written in this format");
}
