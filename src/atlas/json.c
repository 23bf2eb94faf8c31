/*
 * Walking over a checked text. See json_check.c for the check.
 */
#include "atlas/json.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/number.h"

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What may follow a number or a word. */
static bool is_delimiter(char c) {
    return c == ',' || c == ']' || c == '}' || is_space(c) || c == '\0';
}

static const char *after_space(const char *at) {
    while (is_space(*at)) {
        at++;
    }
    return at;
}

static const char *after_string(const char *at) {
    for (at++; *at != '"'; at++) {
        at += *at == '\\';
    }
    return at + 1;
}

/* From a place with `depth` levels around it to behind the end of the outermost. */
static const char *after_levels(const char *at, int depth) {
    do {
        switch (*at) {
        case '"':
            at = after_string(at) - 1;
            break;
        case '[':
        case '{':
            depth++;
            break;
        case ']':
        case '}':
            depth--;
            break;
        default:
            break;
        }
        at++;
    } while (depth > 0);
    return at;
}

static const char *after_value(const char *at) {
    at = after_levels(at, 0);
    while (!is_delimiter(*at)) { /* a number or a word goes on */
        at++;
    }
    return at;
}

dro_json_kind dro_json_kind_of(const char *value) {
    switch (*value) {
    case '{':
        return DRO_JSON_OBJECT;
    case '[':
        return DRO_JSON_ARRAY;
    case '"':
        return DRO_JSON_STRING;
    case 't':
        return DRO_JSON_TRUE;
    case 'f':
        return DRO_JSON_FALSE;
    case 'n':
        return DRO_JSON_NULL;
    default:
        return DRO_JSON_NUMBER;
    }
}

bool dro_json_is(const char *value, const char *text) {
    size_t length = strlen(text);
    return value != NULL && *value == '"' && strncmp(value + 1, text, length) == 0 &&
           value[1 + length] == '"';
}

/* At a member's key, or at the end of the object. */
static const char *member_at(const char *at, const char **key) {
    if (*at == '}') {
        return NULL;
    }
    *key = at + 1;
    return after_space(after_space(after_string(at)) + 1);
}

const char *dro_json_first_member(const char *object, const char **key) {
    if (object == NULL || *object != '{') {
        return NULL;
    }
    return member_at(after_space(object + 1), key);
}

const char *dro_json_next_member(const char *value, const char **key) {
    const char *at = after_space(after_value(value));
    return member_at(*at == ',' ? after_space(at + 1) : at, key);
}

const char *dro_json_member(const char *object, const char *name) {
    const char *key = NULL;
    for (const char *value = dro_json_first_member(object, &key); value != NULL;
         value = dro_json_next_member(value, &key)) {
        if (dro_json_is(key - 1, name)) {
            return value;
        }
    }
    return NULL;
}

/* The item at `at`, which stands behind one, or NULL at the array's end. */
static const char *item_at(const char *at) {
    at = after_space(at);
    return *at == ',' ? after_space(at + 1) : NULL;
}

const char *dro_json_first(const char *array) {
    if (array == NULL || *array != '[') {
        return NULL;
    }
    const char *at = after_space(array + 1);
    return *at == ']' ? NULL : at;
}

const char *dro_json_next(const char *item) {
    return item_at(after_value(item));
}

const char *dro_json_next_from(const char *inside, int depth) {
    return item_at(after_levels(inside, depth));
}

/* ---- numbers --------------------------------------------------------------------- */

/* Digits with at most one point, up to 15 of them: digits and power of ten are exact
 * (see base/number_parse.c). What follows them, or NULL where it is no such number. */
static const char *read_short(const char *at, double *out) {
    bool negative = *at == '-';
    const char *from = at + negative, *point = NULL;
    int64_t digits = 0;
    for (at = from; (*at >= '0' && *at <= '9') || *at == '.'; at++) {
        if (*at == '.') {
            point = at;
        } else if (at - from < 16) {
            digits = digits * 10 + (*at - '0');
        }
    }
    if (at == from || at - from > 15 || !is_delimiter(*at)) {
        return NULL;
    }
    double value = (double)digits;
    value /= dro_powers_of_ten[point == NULL ? 0 : at - point - 1];
    *out = negative ? -value : value;
    return at;
}

/* Any number; NULL also where it is too long or too large. */
static const char *read_number(const char *at, double *out) {
    const char *end = read_short(at, out);
    if (end != NULL) {
        return end;
    }
    char copy[128];
    size_t length = 0;
    for (; !is_delimiter(at[length]); length++) {
        if (length + 1 == sizeof copy) {
            return NULL;
        }
        copy[length] = at[length];
    }
    copy[length] = '\0';
    bool begins = *copy == '-' || (*copy >= '0' && *copy <= '9');
    bool read = begins && dro_parse_double(copy, out, "number", NULL) == DRO_OK;
    return read ? at + length : NULL;
}

const char *dro_json_end(const char *value) {
    const char *end = after_value(value);
    while (is_space(end[-1])) {
        end--;
    }
    return end;
}

bool dro_json_number(const char *value, double *out) {
    return value != NULL && read_number(value, out) != NULL;
}

bool dro_json_numbers(const char *array, double *out, size_t count, const char **next) {
    assert(count > 0);
    const char *item = dro_json_first(array), *end = NULL;
    for (size_t i = 0; i < count; i++) {
        end = item == NULL ? NULL : read_number(item, &out[i]);
        if (end == NULL) {
            return false;
        }
        item = item_at(end);
    }
    *next = item == NULL ? item_at(after_space(end) + 1) : dro_json_next(array);
    return true;
}

/* ---- strings --------------------------------------------------------------------- */

static unsigned hex4(const char *at) {
    unsigned code = 0;
    for (int i = 0; i < 4; i++) {
        char c = at[i];
        unsigned digit =
            c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a' + 10);
        code = code * 16 + digit;
    }
    return code;
}

static char *put_utf8(char *out, unsigned code) {
    if (code < 0x80u) {
        *out++ = (char)code;
    } else if (code < 0x800u) {
        *out++ = (char)(0xC0u | code >> 6);
        *out++ = (char)(0x80u | (code & 0x3Fu));
    } else {
        if (code < 0x10000u) {
            *out++ = (char)(0xE0u | code >> 12);
        } else {
            *out++ = (char)(0xF0u | code >> 18);
            *out++ = (char)(0x80u | (code >> 12 & 0x3Fu));
        }
        *out++ = (char)(0x80u | (code >> 6 & 0x3Fu));
        *out++ = (char)(0x80u | (code & 0x3Fu));
    }
    return out;
}

/* At the character after a backslash; puts what is meant and returns what follows. */
static const char *unescape(const char *at, char **out) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (*at != 'u') {
        *(*out)++ = to[strchr(from, *at) - from];
        return at + 1;
    }
    unsigned code = hex4(at + 1);
    at += 5;
    if (code >= 0xD800u && code < 0xDC00u) { /* checked: the other half follows */
        code = 0x10000u + ((code - 0xD800u) << 10) + (hex4(at + 2) - 0xDC00u);
        at += 6;
    }
    *out = put_utf8(*out, code);
    return at;
}

const char *dro_json_string(const char *value, dro_arena *arena) {
    const char *end = after_string(value) - 1;
    char *text = dro_arena_alloc(arena, (size_t)(end - value), 1);
    if (text == NULL) {
        return NULL;
    }
    char *out = text;
    for (const char *at = value + 1; at < end;) {
        if (*at == '\\') {
            at = unescape(at + 1, &out);
        } else {
            *out++ = *at++;
        }
    }
    *out = '\0';
    return text;
}

/* ---- messages ---------------------------------------------------------------------
 */

dro_status dro_json_fail(const dro_json *json, const char *at, dro_error *error,
                         dro_status status, const char *format, ...) {
    unsigned long line = 1, column = 1;
    for (const char *c = json->bytes; c < at; c++) {
        column++;
        if (*c == '\n') {
            line++;
            column = 1;
        }
    }
    char message[DRO_ERROR_MAX];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return dro_fail(error, status, "%s:%lu:%lu: %s", json->name, line, column, message);
}
