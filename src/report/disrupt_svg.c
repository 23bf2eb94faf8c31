/*
 * The backlog over time as a chart: the median with its 5 to 95 % band, the time of the
 * disruption shaded; below, arrivals and what is served a day.
 */
#include <math.h>
#include <string.h>

#include "report/disrupt.h"
#include "report/sheet.h"

static const double WIDTH = 960.0, LEFT = 92.0, RIGHT = 932.0;

static const char STYLE[] =
    "<style>text{font-family:'Segoe UI',Helvetica,Arial,'Liberation Sans',"
    "'DejaVu Sans',sans-serif;fill:#1c2733}.paper{fill:#fff}"
    ".title{font-size:24px;font-weight:700}.subtitle{font-size:15px;fill:#4b5a68}"
    ".axis{stroke:#5d6b78;stroke-width:1}.grid{stroke:#dde4ea;stroke-width:1}"
    ".tick{font-size:12.5px;fill:#33414d}.name{font-size:13px;font-weight:600}"
    ".shut{fill:#d55e00;fill-opacity:.13}.band{fill:#0072b2;fill-opacity:.2}"
    ".median,.served,.came{fill:none;stroke-width:2.6;stroke-linejoin:round}"
    ".median,.served{stroke:#0072b2}.came{stroke:#3d4650;stroke-dasharray:6 4}"
    ".shut-name{fill:#a34700}.note{font-size:12px;fill:#4b5a68}</style>\n";

typedef struct panel {
    double top, bottom;  /* pixels */
    double most_d, most; /* of the axes */
} panel;

static double x_of(const panel *p, double day) {
    return LEFT + (RIGHT - LEFT) * day / p->most_d;
}

static double y_of(const panel *p, double value) {
    return p->bottom - (p->bottom - p->top) * value / p->most;
}

/* 1, 2 or 5 times a power of ten, for about so many steps. */
static double step_of(double most, double steps) {
    double power = pow(10.0, floor(log10(fmax(most, 1e-9) / steps)));
    double times = most / steps / power;
    return power * (times > 5.0 ? 10.0 : times > 2.0 ? 5.0 : times > 1.0 ? 2.0 : 1.0);
}

static void add_line(dro_ink *ink, const char *class, double x1, double y1, double x2,
                     double y2) {
    dro_ink_add(ink, "<path class=\"%s\" d=\"M%.1f,%.1fL%.1f,%.1f\"/>\n", class, x1, y1,
                x2, y2);
}

static void add_axes(dro_ink *ink, const panel *p, bool days) {
    double step = step_of(p->most, 5.0), day = step_of(p->most_d, 9.0);
    char text[64];
    for (int i = 0; i * step <= p->most * 1.0001; i++) {
        double v = i * step, y = y_of(p, v);
        add_line(ink, i > 0 ? "grid" : "axis", LEFT, y, RIGHT, y);
        dro_sheet_text(ink, "tick", "end", LEFT - 8.0, y + 4.0,
                       dro_report_grouped(v, step < 1.0 ? 1 : 0, text, sizeof text));
    }
    for (int i = 0; i * day <= p->most_d * 1.0001; i++) {
        double d = i * day;
        add_line(ink, "axis", x_of(p, d), p->bottom, x_of(p, d), p->bottom + 5.0);
        if (days) {
            dro_sheet_text(ink, "tick", "middle", x_of(p, d), p->bottom + 20.0,
                           dro_report_grouped(d, day < 1.0 ? 1 : 0, text, sizeof text));
        }
    }
    add_line(ink, "axis", LEFT, p->top, LEFT, p->bottom);
}

static void add_shut(dro_ink *ink, const panel *p, const dro_disrupt_question *q) {
    double from = x_of(p, q->start_d);
    double to = x_of(p, fmin(q->start_d + q->length_d, p->most_d));
    dro_ink_rect(ink, "shut", (dro_frame){from, p->top, to - from, p->bottom - p->top});
}

static void add_corner(dro_ink *ink, bool first, double x, double y) {
    dro_ink_add(ink, "%s%.1f,%.1f", first ? "M" : "L", x, y);
}

static void add_backlog(dro_ink *ink, const dro_disrupt *d, const panel *p) {
    dro_ink_raw(ink, "<path class=\"band\" d=\"");
    for (size_t i = 0; i < DRO_DISRUPT_POINTS; i++) {
        add_corner(ink, i == 0, x_of(p, d->points[i].at_d),
                   y_of(p, d->points[i].backlog.high));
    }
    for (size_t i = DRO_DISRUPT_POINTS; i-- > 0;) {
        add_corner(ink, false, x_of(p, d->points[i].at_d),
                   y_of(p, d->points[i].backlog.low));
    }
    dro_ink_raw(ink, "z\"/>\n<path class=\"median\" d=\"");
    for (size_t i = 0; i < DRO_DISRUPT_POINTS; i++) {
        add_corner(ink, i == 0, x_of(p, d->points[i].at_d),
                   y_of(p, d->points[i].backlog.median));
    }
    dro_ink_raw(ink, "\"/>\n");
}

/* Units a day between point i and the next, of the cumulative curves. */
static double rate(const dro_disrupt *d, size_t i, bool served) {
    const dro_disrupt_point *a = &d->points[i], *b = &d->points[i + 1];
    double units =
        served ? b->served - a->served : b->arrived + b->lost - a->arrived - a->lost;
    return units / (b->at_d - a->at_d);
}

static void add_rates(dro_ink *ink, const dro_disrupt *d, const panel *p, bool served) {
    dro_ink_add(ink, "<path class=\"%s\" d=\"", served ? "served" : "came");
    for (size_t i = 0; i + 1 < DRO_DISRUPT_POINTS; i++) {
        double y = y_of(p, rate(d, i, served));
        add_corner(ink, i == 0, x_of(p, d->points[i].at_d), y);
        add_corner(ink, false, x_of(p, d->points[i + 1].at_d), y);
    }
    dro_ink_raw(ink, "\"/>\n");
}

static double most_backlog(const dro_disrupt *d) {
    double most = 1e-6;
    for (size_t i = 0; i < DRO_DISRUPT_POINTS; i++) {
        most = fmax(most, d->points[i].backlog.high);
    }
    return most;
}

static double most_rate(const dro_disrupt *d) {
    double most = 1e-6;
    for (size_t i = 0; i + 1 < DRO_DISRUPT_POINTS; i++) {
        most = fmax(most, fmax(rate(d, i, true), rate(d, i, false)));
    }
    return most;
}

static panel panel_of(double top, double bottom, double most_d, double most) {
    double step = step_of(most, 5.0);
    return (panel){top, bottom, most_d, step * ceil(most / step - 1e-9)};
}

static void add_summary(dro_ink *ink, const disrupt_page *page, double y) {
    disrupt_figure all[DISRUPT_FIGURES];
    disrupt_figures(page->found, all);
    double x = LEFT;
    for (size_t i = 0; i < DISRUPT_FIGURES; i++) {
        char text[160], a[64], b[64], c[64];
        const disrupt_figure *f = &all[i];
        bool never = isinf(f->range.high);
        (void)snprintf(text, sizeof text, "%s %s",
                       dro_report_grouped(f->range.median, f->decimals, a, sizeof a),
                       f->unit ? f->unit : page->blow->unit);
        dro_sheet_text(ink, "note", "start", x, y, f->name);
        dro_sheet_text(ink, "name", "start", x, y + 18.0,
                       isinf(f->range.median) ? "never" : text);
        (void)snprintf(
            text, sizeof text, "%s to %s",
            dro_report_grouped(f->range.low, f->decimals, b, sizeof b),
            never ? "never"
                  : dro_report_grouped(f->range.high, f->decimals, c, sizeof c));
        dro_sheet_text(ink, "note", "start", x, y + 34.0, text);
        x += (RIGHT - LEFT) / 3.0;
        if (i == 2) {
            x = LEFT;
            y += 58.0;
        }
    }
}

static void add_backlog_panel(dro_ink *ink, const disrupt_page *page, double y) {
    const dro_disrupt *d = page->found;
    char text[160];
    panel p =
        panel_of(y, y + 240.0, d->points[DRO_DISRUPT_POINTS - 1].at_d, most_backlog(d));
    (void)snprintf(text, sizeof text,
                   "%s waiting: median and 5 to 95 %% of the samples",
                   page->blow->unit);
    dro_sheet_text(ink, "name", "start", LEFT, y - 12.0, text);
    add_shut(ink, &p, &d->question);
    add_axes(ink, &p, false);
    add_backlog(ink, d, &p);
    dro_sheet_text(ink, "note shut-name", "start", x_of(&p, d->question.start_d) + 5.0,
                   y + 14.0, "disrupted");
}

static void add_rate_panel(dro_ink *ink, const disrupt_page *page, double y) {
    const dro_disrupt *d = page->found;
    char text[160];
    panel p =
        panel_of(y, y + 120.0, d->points[DRO_DISRUPT_POINTS - 1].at_d, most_rate(d));
    (void)snprintf(text, sizeof text,
                   "%s a day, as stated: served (line), arriving (dashed)",
                   page->blow->unit);
    dro_sheet_text(ink, "name", "start", LEFT, y - 12.0, text);
    add_shut(ink, &p, &d->question);
    add_axes(ink, &p, true);
    add_rates(ink, d, &p, false);
    add_rates(ink, d, &p, true);
    dro_sheet_text(ink, "name", "end", RIGHT, y + 162.0, "days");
}

static double add_notes(dro_ink *ink, const disrupt_page *page, double y) {
    for (size_t i = 0; i < page->blow->note_count; i++) {
        y += 16.0 * (double)dro_sheet_wrapped(ink, "note", LEFT, y, 12.0, RIGHT - LEFT,
                                              page->blow->notes[i]);
    }
    return y;
}

void disrupt_svg(dro_ink *ink, const disrupt_page *page) {
    double top = 46.0;
    size_t lines = dro_sheet_wrapped(NULL, "subtitle", 0.0, 0.0, 15.0, RIGHT - LEFT,
                                     page->blow->subtitle);
    double chart = top + 20.0 * (double)lines + 42.0;
    double rates = chart + 240.0 + 46.0, figures = rates + 190.0;
    int height = (int)(add_notes(NULL, page, figures + 128.0) + 12.0);
    dro_ink_add(ink,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                "viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"t\">\n"
                "<title id=\"t\">",
                (int)WIDTH, height, (int)WIDTH, height);
    dro_ink_text(ink, page->blow->title);
    dro_ink_raw(ink, "</title>\n");
    dro_ink_raw(ink, STYLE);
    dro_ink_raw(ink, "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
    dro_sheet_text(ink, "title", "start", LEFT, top - 8.0, page->blow->title);
    (void)dro_sheet_wrapped(ink, "subtitle", LEFT, top + 14.0, 15.0, RIGHT - LEFT,
                            page->blow->subtitle);
    add_backlog_panel(ink, page, chart);
    add_rate_panel(ink, page, rates);
    add_summary(ink, page, figures);
    (void)add_notes(ink, page, figures + 128.0);
    dro_ink_raw(ink, "</svg>\n");
}
