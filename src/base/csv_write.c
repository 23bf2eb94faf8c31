/*
 * Writing of CSV fields (RFC 4180, LF).
 */
#include "derrotero/base.h"

#include <string.h>

static bool needs_quotes(const char *field) {
    size_t length = strlen(field);
    return strpbrk(field, ",\"\r\n") != NULL ||
           (length > 0 && (field[0] == ' ' || field[length - 1] == ' ')) ||
           /* A reader would take it for a byte order mark at the start of a file. */
           strncmp(field, "\xEF\xBB\xBF", 3) == 0;
}

static void write_quoted(FILE *out, const char *field) {
    (void)putc('"', out);
    for (; *field != '\0'; field++) {
        if (*field == '"') {
            (void)putc('"', out);
        }
        (void)putc(*field, out);
    }
    (void)putc('"', out);
}

void dro_csv_write(FILE *out, const char *field, bool last) {
    if (needs_quotes(field)) {
        write_quoted(out, field);
    } else {
        (void)fputs(field, out);
    }
    (void)putc(last ? '\n' : ',', out);
}
