/*
 * Lines of text on a sheet of SVG.
 */
#include "report/sheet.h"

#include <math.h>
#include <string.h>

#include "report/label.h"

void dro_sheet_open_text(dro_ink *ink, const char *class, const char *anchor, double x,
                         double y) {
    dro_ink_add(ink, "<text class=\"%s\" text-anchor=\"%s\" x=\"", class, anchor);
    dro_ink_px(ink, x);
    dro_ink_raw(ink, "\" y=\"");
    dro_ink_px(ink, y);
    dro_ink_raw(ink, "\">");
}

void dro_sheet_text(dro_ink *ink, const char *class, const char *anchor, double x,
                    double y, const char *text) {
    dro_sheet_open_text(ink, class, anchor, x, y);
    dro_ink_text(ink, text);
    dro_ink_raw(ink, "</text>\n");
}

void dro_sheet_bytes(dro_ink *ink, const char *class, double x, double y,
                     const char *text, size_t count) {
    char line[1024];
    (void)snprintf(line, sizeof line, "%.*s", (int)fmin((double)count, 1000.0), text);
    dro_sheet_text(ink, class, "start", x, y, line);
}

/* How much of a text goes on one line: up to the last space that fits. */
static size_t line_bytes(const char *text, double font_px, double width) {
    size_t fit = dro_label_fit(text, font_px, width);
    if (text[fit] == '\0') {
        return fit;
    }
    for (size_t i = fit; i > 0; i--) {
        if (text[i] == ' ') {
            return i;
        }
    }
    return fit > 0 ? fit : 1;
}

#define LINES_MAX 6

/* Writes a text in lines of a width, from y downwards; returns the number of lines.
 * Without ink it only counts. */
size_t dro_sheet_wrapped(dro_ink *ink, const char *class, double x, double y,
                         double font_px, double width, const char *text) {
    size_t lines = 0;
    const char *rest = text == NULL ? "" : text;
    while (rest[0] != '\0' && lines < LINES_MAX) {
        size_t bytes = line_bytes(rest, font_px, width);
        if (ink != NULL) {
            dro_sheet_bytes(ink, class, x, y + (double)lines * font_px * 1.32, rest,
                            bytes);
        }
        rest += bytes;
        rest += strspn(rest, " ");
        lines++;
    }
    return lines;
}
