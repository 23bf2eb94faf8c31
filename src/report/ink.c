/*
 * Markup: escaping, numbers, path data. XML 1.0 (fifth edition) section 2.2 says which
 * characters may stand in a document; RFC 8259 how JSON is quoted; the HTML standard,
 * "restrictions for contents of script elements", why < is never written there.
 */
#include "report/ink.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/utf8.h"

static const char REPLACEMENT[] = "\xEF\xBF\xBD";

static void add_bytes(dro_ink *ink, const char *bytes, size_t length) {
    if (ink->status == DRO_OK) {
        ink->status = dro_text_add_bytes(ink->text, bytes, length);
    }
}

void dro_ink_raw(dro_ink *ink, const char *text) {
    add_bytes(ink, text, strlen(text));
}

void dro_ink_add(dro_ink *ink, const char *format, ...) {
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof line) {
        ink->status = ink->status == DRO_OK ? DRO_INTERNAL : ink->status;
        return;
    }
    add_bytes(ink, line, (size_t)length);
}

/* ---- escaping ---------------------------------------------------------------------
 */

static bool is_character(uint32_t code) {
    if (code < 0x20) {
        return code == '\t' || code == '\n' || code == '\r';
    }
    bool control = code >= 0x7F && code <= 0x9F;
    bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    bool none = (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
    return !control && !surrogate && !none && code <= 0x10FFFF;
}

/* How a character of markup is written, or NULL: as it is. */
static const char *xml_reference(uint32_t code) {
    switch (code) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static void json_character(dro_ink *ink, uint32_t code, const char *bytes,
                           size_t used) {
    bool plain = code >= 0x20 && code != '"' && code != '\\' && code != '<' &&
                 code != '>' && code != '&' && code != 0x2028 && code != 0x2029;
    if (plain) {
        add_bytes(ink, bytes, used);
    } else {
        dro_ink_add(ink, "\\u%04x", (unsigned)code);
    }
}

static void xml_character(dro_ink *ink, uint32_t code, const char *bytes, size_t used) {
    const char *reference = xml_reference(code);
    if (reference != NULL) {
        dro_ink_raw(ink, reference);
    } else {
        add_bytes(ink, bytes, used);
    }
}

typedef void (*character_writer)(dro_ink *ink, uint32_t code, const char *bytes,
                                 size_t used);

static void escape(dro_ink *ink, const char *text, character_writer write) {
    size_t length = text == NULL ? 0 : strlen(text);
    for (size_t i = 0; i < length;) {
        uint32_t code = 0;
        size_t used = dro_utf8_decode(text + i, length - i, &code);
        if (used == 0 || !is_character(code)) {
            dro_ink_raw(ink, REPLACEMENT);
        } else {
            write(ink, code, text + i, used);
        }
        i += used == 0 ? 1 : used;
    }
}

void dro_ink_text(dro_ink *ink, const char *text) {
    escape(ink, text, xml_character);
}

void dro_ink_json(dro_ink *ink, const char *text) {
    dro_ink_raw(ink, "\"");
    escape(ink, text, json_character);
    dro_ink_raw(ink, "\"");
}

/* ---- numbers ------------------------------------------------------------------------
 */

/* Whole units of 10^-digits as a decimal without needless zeros: locale-free. */
static void add_decimal(dro_ink *ink, int64_t units, int digits) {
    char text[32];
    size_t at = sizeof text;
    uint64_t rest = units < 0 ? 0 - (uint64_t)units : (uint64_t)units;
    bool written = false;
    for (int i = 0; i < digits || rest > 0 || i == digits; i++) {
        if (i == digits && written) {
            text[--at] = '.';
        }
        char digit = (char)('0' + rest % 10);
        rest /= 10;
        if (i >= digits || written || digit != '0') {
            text[--at] = digit;
            written = true;
        }
    }
    if (units < 0) {
        text[--at] = '-';
    }
    add_bytes(ink, text + at, sizeof text - at);
}

void dro_ink_json_number(dro_ink *ink, double value, int digits) {
    double units = round(value * pow(10.0, digits));
    if (!(fabs(units) < 1e15)) {
        dro_ink_raw(ink, "null");
        return;
    }
    add_decimal(ink, (int64_t)units, digits);
}

static int64_t tenths(double value) {
    return (int64_t)llround(fmin(fmax(value, -1e6), 1e6) * 10.0);
}

void dro_ink_px(dro_ink *ink, double value) {
    add_decimal(ink, tenths(value), 1);
}

void dro_ink_rect(dro_ink *ink, const char *class, dro_frame box) {
    dro_ink_add(ink, "<rect class=\"%s\" x=\"", class);
    dro_ink_px(ink, box.left);
    dro_ink_raw(ink, "\" y=\"");
    dro_ink_px(ink, box.top);
    dro_ink_raw(ink, "\" width=\"");
    dro_ink_px(ink, box.width);
    dro_ink_raw(ink, "\" height=\"");
    dro_ink_px(ink, box.height);
    dro_ink_raw(ink, "\"/>");
}

/* A number after another one: a minus sign is separator enough. */
static void add_next(dro_ink *ink, int64_t value) {
    if (value >= 0) {
        dro_ink_raw(ink, " ");
    }
    add_decimal(ink, value, 1);
}

static void add_run(dro_ink *ink, const dro_xy *points, size_t count) {
    int64_t x = tenths(points[0].x), y = tenths(points[0].y);
    dro_ink_raw(ink, "M");
    add_decimal(ink, x, 1);
    add_next(ink, y);
    dro_ink_raw(ink, "l");
    bool first = true;
    for (size_t i = 1; i < count; i++) {
        int64_t dx = tenths(points[i].x) - x, dy = tenths(points[i].y) - y;
        if (dx == 0 && dy == 0 && i + 1 < count) {
            continue;
        }
        if (first) {
            add_decimal(ink, dx, 1);
        } else {
            add_next(ink, dx);
        }
        add_next(ink, dy);
        x += dx;
        y += dy;
        first = false;
    }
}

void dro_ink_path(dro_ink *ink, const dro_paths *paths, bool closed) {
    for (size_t i = 0; i < paths->run_count; i++) {
        size_t begin = paths->start[i], end = dro_paths_end(paths, i);
        if (end - begin >= 2) {
            add_run(ink, paths->points + begin, end - begin);
            dro_ink_raw(ink, closed ? "z" : "");
        }
    }
}

void dro_ink_base64(dro_ink *ink, const uint8_t *bytes, size_t count) {
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < count; i += 3) {
        size_t have = count - i < 3 ? count - i : 3;
        uint32_t v = (uint32_t)bytes[i] << 16;
        v |= have > 1 ? (uint32_t)bytes[i + 1] << 8 : 0;
        v |= have > 2 ? bytes[i + 2] : 0;
        char four[4] = {digits[v >> 18], digits[v >> 12 & 63],
                        have > 1 ? digits[v >> 6 & 63] : '=',
                        have > 2 ? digits[v & 63] : '='};
        add_bytes(ink, four, 4);
    }
}

/* ---- figures
 * -------------------------------------------------------------------------- */

bool dro_figure_known(double value) {
    return isfinite(value) && value >= 0.0;
}

/* Thousands parted by commas. */
static void grouped(double value, char *out, size_t size) {
    char plain[40];
    int length = snprintf(plain, sizeof plain, "%.0f", value);
    size_t at = 0;
    for (int i = 0; i < length && at + 2 < size; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            out[at++] = ',';
        }
        out[at++] = plain[i];
    }
    out[at] = '\0';
}

static dro_figure figure(double value, const char *unit) {
    dro_figure out = {"\xE2\x80\x93"};
    if (dro_figure_known(value) && value < 1e18) {
        char number[32];
        grouped(value, number, sizeof number);
        (void)snprintf(out.text, sizeof out.text, "%s %s", number, unit);
    }
    return out;
}

/* With `digits` after the point, without asking the locale. */
static dro_figure figure_fixed(double value, unsigned digits, const char *unit) {
    dro_figure out = {"\xE2\x80\x93"};
    if (dro_figure_known(value) && value < 1e9) {
        unsigned power = digits == 1 ? 10 : 100;
        unsigned long long units = (unsigned long long)llround(value * power);
        (void)snprintf(out.text, sizeof out.text, "%llu.%0*llu %s", units / power,
                       (int)digits, units % power, unit);
    }
    return out;
}

dro_figure dro_figure_nm(double nm) {
    return figure(nm, "nm");
}

dro_figure dro_figure_days(double hours) {
    return figure_fixed(hours / 24.0, 1, "days");
}

/* Three digits say all that such an estimate knows. */
dro_figure dro_figure_usd(double usd) {
    if (usd >= 999500.0) {
        return figure_fixed(usd / 1e6, 2, "M USD");
    }
    double step = usd >= 1e5 ? 1e3 : usd >= 1e4 ? 1e2 : 10.0;
    return figure(round(usd / step) * step, "USD");
}

dro_figure dro_figure_t(double tonnes) {
    return figure(tonnes, "t");
}

/* ---- the figures of a route ---------------------------------------------------------
 */

static double value_of(const dro_picture_route *route, int column) {
    const double values[DRO_COLUMN_COUNT] = {route->distance_nm, route->duration_h,
                                             route->cost_usd, route->co2_t};
    return values[column];
}

dro_figure dro_figure_of(const dro_picture_route *route, int column) {
    static dro_figure (*const writers[DRO_COLUMN_COUNT])(double) = {
        dro_figure_nm, dro_figure_days, dro_figure_usd, dro_figure_t};
    return writers[column](value_of(route, column));
}

bool dro_figure_column(const dro_picture *picture, int column) {
    for (size_t i = 0; i < picture->route_count; i++) {
        if (dro_figure_known(value_of(&picture->routes[i], column))) {
            return true;
        }
    }
    return false;
}

static dro_figure range_end(double value, int column, double unit) {
    dro_figure end = column == DRO_COLUMN_DAYS ? dro_figure_days(value)
                     : unit == 1e6             ? figure_fixed(value / unit, 2, "M")
                                               : figure(value / unit, "");
    end.text[strcspn(end.text, " ")] = '\0';
    return end;
}

/* Both ends in the unit of the high one: millions, thousands. */
static dro_figure range_text(double low, double high, int column) {
    bool money = column == DRO_COLUMN_USD;
    double unit = money && high >= 999500.0 ? 1e6 : money && high >= 1e4 ? 1e3 : 1.0;
    dro_figure from = range_end(low, column, unit), to = range_end(high, column, unit);
    dro_figure out;
    (void)snprintf(out.text, sizeof out.text, "%.20s\xE2\x80\x93%.20s%s", from.text,
                   to.text,
                   unit == 1e6   ? " M"
                   : unit == 1e3 ? " k"
                                 : "");
    return out;
}

dro_figure dro_figure_range_of(const dro_picture_route *route, int column) {
    const dro_picture_range none = DRO_PICTURE_NO_RANGE;
    const dro_picture_range ranges[DRO_COLUMN_COUNT] = {
        none, route->duration_range_h, route->cost_range_usd, route->co2_range_t};
    dro_picture_range range = ranges[column];
    if (!dro_figure_known(range.low) || !dro_figure_known(range.high) ||
        !(range.low < range.high) || range.high >= 1e15) {
        return (dro_figure){""};
    }
    return range_text(range.low, range.high, column);
}
