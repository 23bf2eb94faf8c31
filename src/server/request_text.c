/* The target of a request: path, parameters, and one way of writing it. */
#include "server/request_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/quote.h"

static dro_status no_memory(dro_error *error) {
    return dro_fail(error, DRO_NOMEM, "out of memory for a request");
}

/* ---- percent-encoding (RFC 3986, 2.1) ------------------------------------ */

static int hex_value(char letter) {
    if (letter >= '0' && letter <= '9') {
        return letter - '0';
    }
    if (letter >= 'a' && letter <= 'f') {
        return letter - 'a' + 10;
    }
    return letter >= 'A' && letter <= 'F' ? letter - 'A' + 10 : -1;
}

/* `text` as it came. */
static dro_status bad_text(dro_error *error, const char *what, const char *text,
                           size_t length) {
    char cut[DRO_QUOTE_MAX], quoted[DRO_QUOTE_MAX];
    (void)snprintf(cut, sizeof cut, "%.*s", (int)(length < 90 ? length : 90), text);
    return dro_fail(error, DRO_INVALID, "%s: %s", what, dro_quote(cut, quoted));
}

/* Decodes in place; -1 where a % has no two digits. */
static long unescape(char *text, size_t length, bool plus) {
    size_t written = 0;
    for (size_t i = 0; i < length; i++) {
        char letter = plus && text[i] == '+' ? ' ' : text[i];
        if (letter == '%') {
            int high = length - i > 2 ? hex_value(text[i + 1]) : -1;
            int low = length - i > 2 ? hex_value(text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return -1;
            }
            letter = (char)(high * 16 + low);
            i += 2;
        }
        text[written++] = letter;
    }
    text[written] = '\0';
    return (long)written;
}

static dro_status decode(const char *text, size_t length, bool plus, dro_arena *arena,
                         const char **out, dro_error *error) {
    char *copy = dro_arena_strndup(arena, text, length);
    if (copy == NULL) {
        return no_memory(error);
    }
    long left = unescape(copy, length, plus);
    if (left < 0) {
        return bad_text(error, "a % without two hexadecimal digits", text, length);
    }
    if (memchr(copy, '\0', (size_t)left) != NULL) {
        return bad_text(error, "the address has a NUL", text, length);
    }
    if (!dro_utf8_valid(copy, (size_t)left)) {
        return bad_text(error, "the address is not valid UTF-8", text, length);
    }
    *out = copy;
    return DRO_OK;
}

/* ---- parameters ---------------------------------------------------------- */

static dro_status parse_parameter(const char *text, size_t length, dro_arena *arena,
                                  srv_parameter *out, dro_error *error) {
    const char *equals = memchr(text, '=', length);
    size_t name_length = equals != NULL ? (size_t)(equals - text) : length;
    if (name_length == 0) {
        return dro_fail(error, DRO_INVALID, "a parameter without a name");
    }
    out->value = "";
    DRO_TRY(decode(text, name_length, true, arena, &out->name, error));
    if (equals == NULL) {
        return DRO_OK;
    }
    return decode(equals + 1, length - name_length - 1, true, arena, &out->value,
                  error);
}

static size_t count_pieces(const char *text, size_t length) {
    size_t count = 1;
    for (size_t i = 0; i < length; i++) {
        count += text[i] == '&' ? 1 : 0;
    }
    return count;
}

static dro_status parse_query(const char *text, size_t length, dro_arena *arena,
                              srv_target *out, dro_error *error) {
    size_t most = count_pieces(text, length);
    if (most > SRV_PARAMETERS_MAX) {
        return dro_fail(error, DRO_LIMIT, "more than %d parameters",
                        SRV_PARAMETERS_MAX);
    }
    srv_parameter *list = dro_arena_alloc(arena, most, sizeof *list);
    if (list == NULL) {
        return no_memory(error);
    }
    const char *end = text + length;
    while (text < end) {
        const char *stop = memchr(text, '&', (size_t)(end - text));
        size_t piece = (size_t)((stop != NULL ? stop : end) - text);
        if (piece > 0) {
            DRO_TRY(parse_parameter(text, piece, arena, &list[out->parameter_count],
                                    error));
            out->parameter_count++;
        }
        text += piece + 1;
    }
    out->parameters = list;
    return DRO_OK;
}

/* ---- one way of writing it ----------------------------------------------- */

typedef struct place {
    const srv_parameter *of;
} place;

/* By name; those of one name stay in their order, which is that of their places. */
static int compare_places(const void *a, const void *b) {
    const place *left = a, *right = b;
    int order = strcmp(left->of->name, right->of->name);
    return order != 0 ? order : (left->of > right->of) - (left->of < right->of);
}

static char *add_encoded(char *to, const char *text) {
    static const char digits[] = "0123456789ABCDEF";
    for (; *text != '\0'; text++) {
        unsigned char letter = (unsigned char)*text;
        if (isalnum(letter) || strchr("-._~/,:", *text) != NULL) {
            *to++ = *text;
        } else {
            *to++ = '%';
            *to++ = digits[letter >> 4];
            *to++ = digits[letter & 15];
        }
    }
    return to;
}

static dro_status canonise(dro_arena *arena, srv_target *out, dro_error *error) {
    size_t count = out->parameter_count, room = 3 * strlen(out->path) + 1;
    for (size_t i = 0; i < count; i++) {
        room +=
            3 * (strlen(out->parameters[i].name) + strlen(out->parameters[i].value));
        room += 2;
    }
    place *sorted = dro_arena_alloc(arena, count + 1, sizeof *sorted);
    char *text = dro_arena_alloc(arena, room, 1);
    if (sorted == NULL || text == NULL) {
        return no_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        sorted[i].of = &out->parameters[i];
    }
    qsort(sorted, count, sizeof *sorted, compare_places);
    char *to = add_encoded(text, out->path);
    for (size_t i = 0; i < count; i++) {
        *to++ = i == 0 ? '?' : '&';
        to = add_encoded(to, sorted[i].of->name);
        *to++ = '=';
        to = add_encoded(to, sorted[i].of->value);
    }
    *to = '\0';
    out->canonical = text;
    out->canonical_length = (size_t)(to - text);
    return DRO_OK;
}

/* ---- the target ---------------------------------------------------------- */

/* What stands behind "http://host" in the absolute form, which servers have to take. */
static const char *skip_authority(const char *text, size_t *length) {
    static const char scheme[] = "http://";
    size_t skip = sizeof scheme - 1;
    if (*length < skip || strncasecmp(text, scheme, skip) != 0) {
        return text;
    }
    while (skip < *length && text[skip] != '/' && text[skip] != '?') {
        skip++;
    }
    *length -= skip;
    return *length > 0 ? text + skip : "";
}

dro_status srv_target_parse(const char *text, size_t length, dro_arena *arena,
                            srv_target *out, dro_error *error) {
    srv_target found = {.path = NULL};
    const char *rest = skip_authority(text, &length);
    bool absolute = rest != text;
    text = rest;
    if (!(length > 0 && text[0] == '/') &&
        !(absolute && (length == 0 || text[0] == '?'))) {
        return dro_fail(error, DRO_INVALID, "the address does not begin with /");
    }
    const char *query = memchr(text, '?', length);
    size_t path_length = query != NULL ? (size_t)(query - text) : length;
    found.path = "/"; /* of http://host */
    if (path_length > 0) {
        DRO_TRY(decode(text, path_length, false, arena, &found.path, error));
    }
    if (query != NULL) {
        DRO_TRY(parse_query(query + 1, length - path_length - 1, arena, &found, error));
    }
    DRO_TRY(canonise(arena, &found, error));
    *out = found;
    return DRO_OK;
}

const char *srv_parameter_value(const srv_request *request, const char *name) {
    for (size_t i = 0; i < request->parameter_count; i++) {
        if (strcmp(request->parameters[i].name, name) == 0) {
            return request->parameters[i].value;
        }
    }
    return NULL;
}
