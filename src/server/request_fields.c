/* Header fields of a request, the address to listen on, a text for the log. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/quote.h"
#include "base/utf8.h"
#include "server/request_text.h"

/* A piece of a field's value, without the spaces around it. */
typedef struct span {
    const char *text;
    size_t length;
} span;

static bool is_space(char letter) {
    return letter == ' ' || letter == '\t';
}

static span trimmed(const char *text, size_t length) {
    while (length > 0 && is_space(text[0])) {
        text++;
        length--;
    }
    while (length > 0 && is_space(text[length - 1])) {
        length--;
    }
    return (span){text, length};
}

/* The next piece before `stop`; false at the end. */
static bool next_piece(const char **at, const char *end, char stop, span *out) {
    if (*at == NULL) {
        return false;
    }
    const char *found = memchr(*at, stop, (size_t)(end - *at));
    *out = trimmed(*at, (size_t)((found != NULL ? found : end) - *at));
    *at = found != NULL ? found + 1 : NULL;
    return true;
}

static bool span_is(span part, const char *text) {
    return part.length == strlen(text) &&
           strncasecmp(part.text, text, part.length) == 0;
}

/* ---- weights (RFC 9110, 12.4.2) ------------------------------------------ */

/* "0.25" is 250; -1 where it is no weight. */
static int parse_weight(span text) {
    if (text.length == 0 || text.length > 5 || (text.text[0] | 1) != '1' ||
        (text.length > 1 && text.text[1] != '.')) {
        return -1;
    }
    int value = (text.text[0] - '0') * 1000, unit = 100;
    for (size_t i = 2; i < text.length; i++, unit /= 10) {
        if (text.text[i] < '0' || text.text[i] > '9') {
            return -1;
        }
        value += (text.text[i] - '0') * unit;
    }
    return value <= 1000 ? value : -1;
}

/* An element "name;a=b;q=0.5": its name and its weight; false where the weight is
 * none. */
static bool parse_element(span element, span *name, unsigned *weight) {
    const char *at = element.text, *end = element.text + element.length;
    span part = {NULL, 0};
    *weight = 1000;
    (void)next_piece(&at, end, ';', name);
    while (next_piece(&at, end, ';', &part)) {
        if (part.length >= 2 && (part.text[0] | 32) == 'q' && part.text[1] == '=') {
            int value = parse_weight((span){part.text + 2, part.length - 2});
            if (value < 0) {
                return false;
            }
            *weight = (unsigned)value;
        }
    }
    return name->length > 0;
}

/* How closely a media range names a type: 3 itself, 2 "text" with any subtype, 1 any,
 * 0 not. */
static unsigned range_fits(span range, const char *type) {
    size_t major = strcspn(type, "/") + 1; /* with the slash */
    if (span_is(range, type)) {
        return 3;
    }
    if (range.length == major + 1 && range.text[major] == '*' &&
        strncasecmp(range.text, type, major) == 0) {
        return 2;
    }
    return span_is(range, "*/*") ? 1 : 0;
}

unsigned srv_accept_weight(const char *accept, const char *type, bool *named) {
    const char *at = accept, *end = accept + strlen(accept);
    unsigned closest = 0, weight = 0, given = 0;
    span element = {NULL, 0}, range = {NULL, 0};
    if (trimmed(accept, (size_t)(end - accept)).length == 0) {
        *named = false;
        return 1000;
    }
    while (next_piece(&at, end, ',', &element)) {
        if (parse_element(element, &range, &given)) {
            unsigned fits = range_fits(range, type);
            weight = fits > closest ? given : weight;
            closest = fits > closest ? fits : closest;
        }
    }
    *named = closest == 3;
    return weight;
}

bool srv_accepts_events(const char *accept) {
    bool named = false, json_named = false;
    unsigned events = srv_accept_weight(accept, "text/event-stream", &named);
    return named && events > 0 &&
           events >= srv_accept_weight(accept, "application/json", &json_named);
}

bool srv_accepts_gzip(const char *accept_encoding) {
    const char *at = accept_encoding, *end = at + strlen(at);
    unsigned any = 0, own = 0, given = 0;
    bool own_named = false;
    span element = {NULL, 0}, name = {NULL, 0};
    while (next_piece(&at, end, ',', &element)) {
        if (!parse_element(element, &name, &given)) {
            continue;
        }
        if (span_is(name, "gzip") || span_is(name, "x-gzip")) {
            own = given;
            own_named = true;
        } else if (span_is(name, "*")) {
            any = given;
        }
    }
    return own_named ? own > 0 : any > 0;
}

/* ---- entity tags --------------------------------------------------------- */

/* A tag may hold commas, so its quotes are looked for. */
bool srv_etag_matches(const char *if_none_match, const char *tag) {
    const char *at = if_none_match;
    size_t length = strlen(tag);
    span all = trimmed(at, strlen(at));
    if (span_is(all, "*")) {
        return true;
    }
    while ((at = strchr(at, '"')) != NULL) {
        const char *close = strchr(at + 1, '"');
        if (close == NULL) {
            return false;
        }
        if ((size_t)(close - at) + 1 == length && memcmp(at, tag, length) == 0) {
            return true;
        }
        at = close + 1;
    }
    return false;
}

bool srv_media_type_is(const char *content_type, const char *type) {
    span name = trimmed(content_type, strcspn(content_type, ";"));
    return span_is(name, type);
}

/* ---- the address to listen on -------------------------------------------- */

static dro_status bad_address(const char *text, dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    return dro_fail(error, DRO_INVALID,
                    "--listen %s is not HOST:PORT, as 127.0.0.1:8080 or [::1]:8080",
                    dro_quote(text, quoted));
}

static bool is_port(const char *text) {
    size_t length = strlen(text);
    unsigned value = 0;
    if (length == 0 || length > 5 || strspn(text, "0123456789") != length) {
        return false;
    }
    for (; *text != '\0'; text++) {
        value = value * 10 + (unsigned)(*text - '0');
    }
    return value <= 65535;
}

dro_status srv_address_parse(const char *text, srv_address *out, dro_error *error) {
    srv_address found = {.bracketed = text[0] == '['};
    const char *host = found.bracketed ? text + 1 : text;
    const char *end = found.bracketed ? strchr(host, ']') : strrchr(text, ':');
    const char *port = end != NULL && found.bracketed ? end + 1 : end;
    if (port == NULL || port[0] != ':' || !is_port(port + 1)) {
        return bad_address(text, error);
    }
    size_t length = (size_t)(end - host);
    if (length == 0 || length >= sizeof found.host ||
        (memchr(host, ':', length) != NULL) != found.bracketed) {
        return bad_address(text, error);
    }
    (void)snprintf(found.host, sizeof found.host, "%.*s", (int)length, host);
    (void)snprintf(found.port, sizeof found.port, "%s", port + 1);
    *out = found;
    return DRO_OK;
}

/* ---- the log ------------------------------------------------------------- */

/* One character of the text as it stands in the log: at most 4 bytes. Returns how many
 * bytes of the text it took. */
static size_t log_character(const char *text, size_t left, char *piece, size_t *size) {
    uint32_t code = 0;
    size_t taken = dro_utf8_decode(text, left, &code);
    if (taken > 0 && code >= 0x20 && (code < 0x7f || code > 0x9f)) {
        size_t escaped = *text == '"' || *text == '\\' ? 1 : 0;
        piece[0] = '\\';
        memcpy(piece + escaped, text, taken);
        *size = taken + escaped;
        return taken;
    }
    static const char digits[] = "0123456789abcdef";
    unsigned char letter = (unsigned char)*text;
    piece[0] = '\\';
    piece[1] = 'x';
    piece[2] = digits[letter >> 4];
    piece[3] = digits[letter & 15];
    *size = 4;
    return 1;
}

size_t srv_log_quote(const char *text, char *buffer, size_t size) {
    size_t left = strlen(text), written = 1, room = size - 6; /* "...", quote, NUL */
    char piece[8];
    buffer[0] = '"';
    while (left > 0) {
        size_t length = 0;
        size_t taken = log_character(text, left, piece, &length);
        if (written + length > room) {
            for (int i = 0; i < 3; i++) {
                buffer[written++] = '.';
            }
            break;
        }
        memcpy(buffer + written, piece, length);
        written += length;
        text += taken;
        left -= taken;
    }
    buffer[written++] = '"';
    buffer[written] = '\0';
    return written;
}
