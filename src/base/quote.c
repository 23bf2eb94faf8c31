/*
 * Quoting of values for messages.
 */
#include "base/quote.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define ESCAPE_LENGTH 4                             /* \xNN */
#define TAIL_LENGTH   5                             /* ..." and the NUL */
#define BODY_LIMIT    (DRO_QUOTE_MAX - TAIL_LENGTH) /* where the text must end */

/* One character or escaped byte at `at`; 0 where there is no room for it. */
static size_t put(const char **text, char *buffer, size_t at) {
    uint32_t code = 0;
    size_t used = dro_utf8_decode(*text, strnlen(*text, 4), &code);
    bool plain =
        used > 0 && code >= 0x20u && code != 0x7Fu && !(code >= 0x80u && code < 0xA0u);
    size_t length = plain ? used : ESCAPE_LENGTH;
    if (at + length > BODY_LIMIT) {
        return 0;
    }
    if (plain) {
        memcpy(buffer + at, *text, length);
    } else {
        used = 1;
        (void)snprintf(buffer + at, ESCAPE_LENGTH + 1, "\\x%02X",
                       (unsigned)(unsigned char)**text);
    }
    *text += used;
    return length;
}

const char *dro_quote(const char *text, char *buffer) {
    if (text == NULL) {
        return memcpy(buffer, "(none)", sizeof "(none)");
    }
    size_t at = 0;
    buffer[at++] = '"';
    while (*text != '\0') {
        size_t length = put(&text, buffer, at);
        if (length == 0) {
            break;
        }
        at += length;
    }
    const char *tail = *text == '\0' ? "\"" : "...\"";
    memcpy(buffer + at, tail, strlen(tail) + 1);
    return buffer;
}
