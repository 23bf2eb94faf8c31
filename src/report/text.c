/* Tables and figures for people. Widths count characters, not bytes. */
#include "derrotero/report.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define TABLE_COLUMNS_MAX 64

static size_t characters(const char *text) {
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += ((unsigned char)*text & 0xC0u) != 0x80u;
    }
    return count;
}

static void pad(FILE *out, size_t count) {
    for (size_t i = 0; i < count; i++) {
        (void)fputc(' ', out);
    }
}

/* The gap before a cell waits until something is printed behind it: no line ends in
 * spaces. */
static void row(FILE *out, const dro_table_column *columns, size_t count,
                const size_t *width, const char *const *texts) {
    size_t gap = 0;
    for (size_t c = 0; c < count; c++) {
        size_t length = characters(texts[c]);
        size_t space = width[c] - length;
        if (length > 0) {
            pad(out, columns[c].right ? gap + space : gap);
            (void)fputs(texts[c], out);
            gap = columns[c].right ? 2 : space + 2;
        } else {
            gap += space + 2;
        }
    }
    (void)fputc('\n', out);
}

void dro_report_table(FILE *out, const dro_table_column *columns, size_t column_count,
                      const char *const *cells, size_t rows) {
    size_t width[TABLE_COLUMNS_MAX] = {0};
    const char *titles[TABLE_COLUMNS_MAX];
    assert(column_count <= TABLE_COLUMNS_MAX);
    for (size_t c = 0; c < column_count; c++) {
        titles[c] = columns[c].title;
        width[c] = characters(titles[c]);
        for (size_t r = 0; r < rows; r++) {
            size_t own = characters(cells[r * column_count + c]);
            width[c] = own > width[c] ? own : width[c];
        }
    }
    row(out, columns, column_count, width, titles);
    for (size_t r = 0; r < rows; r++) {
        row(out, columns, column_count, width, cells + r * column_count);
    }
}

const char *dro_report_grouped(double value, int decimals, char *buffer, size_t size) {
    char plain[64];
    if (!isfinite(value) || fabs(value) >= 1e15) {
        (void)snprintf(buffer, size, "-");
        return buffer;
    }
    (void)snprintf(plain, sizeof plain, "%.*f", decimals, value);
    size_t sign = plain[0] == '-' ? 1 : 0;
    size_t digits = strcspn(plain + sign, ".");
    size_t length = 0;
    for (size_t i = 0; plain[i] != '\0' && length + 2 < size; i++) {
        size_t left = digits + sign - i;
        if (i > sign && i < sign + digits && left % 3 == 0) {
            buffer[length++] = ',';
        }
        buffer[length++] = plain[i];
    }
    buffer[length] = '\0';
    return buffer;
}

const char *dro_report_days(double hours, char *buffer, size_t size) {
    if (!isfinite(hours)) {
        (void)snprintf(buffer, size, "-");
    } else if (hours < 10.0) {
        (void)snprintf(buffer, size, "%.1f h", hours);
    } else if (hours < 23.5) {
        (void)snprintf(buffer, size, "%.0f h", hours);
    } else {
        long whole = lround(hours);
        (void)snprintf(buffer, size, "%ld d %ld h", whole / 24, whole % 24);
    }
    return buffer;
}

void dro_csv_number(FILE *out, double value, int decimals, bool last) {
    char buffer[64] = "";
    if (isfinite(value)) {
        (void)dro_format_fixed(value, decimals, buffer, sizeof buffer);
    }
    dro_csv_write(out, buffer, last);
}
