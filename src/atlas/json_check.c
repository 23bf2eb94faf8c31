/*
 * Is a text JSON? The grammar of RFC 8259, one function per rule.
 */
#include <ctype.h>
#include <string.h>

#include "atlas/json.h"
#include "base/utf8.h"

typedef struct reader {
    const dro_json *json;
    const char *at, *end;
    int depth;
    bool beyond_ascii; /* has any string a byte of 0x80 or more? */
    dro_error *error;
} reader;

static dro_status fail(const reader *in, const char *wanted) {
    if (in->at == in->end) {
        return dro_json_fail(in->json, in->at, in->error, DRO_PARSE,
                             "the text ends where %s should be", wanted);
    }
    unsigned char c = (unsigned char)*in->at;
    if (c < 0x20u || c >= 0x7Fu) {
        return dro_json_fail(in->json, in->at, in->error, DRO_PARSE,
                             "byte 0x%02x where %s should be", c, wanted);
    }
    return dro_json_fail(in->json, in->at, in->error, DRO_PARSE,
                         "'%c' where %s should be", c, wanted);
}

/* The text ends with a NUL, which is none of these. */
static inline bool is(const reader *in, char c) {
    return *in->at == c;
}

static inline bool take(reader *in, char c) {
    bool there = is(in, c);
    in->at += there;
    return there;
}

static inline bool is_digit(const reader *in) {
    return *in->at >= '0' && *in->at <= '9';
}

static inline void skip_space(reader *in) {
    const char *at = in->at;
    while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t') {
        at++;
    }
    in->at = at;
}

static dro_status check_word(reader *in, const char *word) {
    for (; *word != '\0'; word++) {
        if (!take(in, *word)) {
            return fail(in, "true, false or null");
        }
    }
    return DRO_OK;
}

static inline dro_status check_digits(reader *in) {
    const char *at = in->at;
    if (!is_digit(in)) {
        return fail(in, "a digit");
    }
    while (*at >= '0' && *at <= '9') {
        at++;
    }
    in->at = at;
    return DRO_OK;
}

static dro_status check_number(reader *in) {
    (void)take(in, '-');
    if (!take(in, '0')) {
        DRO_TRY(check_digits(in));
    }
    if (take(in, '.')) {
        DRO_TRY(check_digits(in));
    }
    if (take(in, 'e') || take(in, 'E')) {
        if (!take(in, '+')) {
            (void)take(in, '-');
        }
        DRO_TRY(check_digits(in));
    }
    return DRO_OK;
}

static dro_status check_hex(reader *in, unsigned *code) {
    *code = 0;
    for (int i = 0; i < 4; i++, in->at++) {
        char c = *in->at;
        if (!isxdigit((unsigned char)c)) {
            return fail(in, "a hexadecimal digit");
        }
        *code = *code * 16 +
                (c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a' + 10));
    }
    return DRO_OK;
}

static dro_status check_escape(reader *in) {
    static const char *const wanted = "the other half of a surrogate pair";
    if (!take(in, 'u')) {
        if (is(in, '\0') || strchr("\"\\/bfnrt", *in->at) == NULL) {
            return fail(in, "an escape");
        }
        in->at++;
        return DRO_OK;
    }
    unsigned code = 0;
    DRO_TRY(check_hex(in, &code));
    if (code < 0xD800u || code >= 0xE000u) {
        return DRO_OK;
    }
    if (code >= 0xDC00u || !take(in, '\\') || !take(in, 'u')) {
        return fail(in, wanted);
    }
    DRO_TRY(check_hex(in, &code));
    return code >= 0xDC00u && code < 0xE000u ? DRO_OK : fail(in, wanted);
}

/* To the next character of a string that means something. */
static void skip_plain(reader *in) {
    const char *at = in->at;
    unsigned char all = 0;
    while ((unsigned char)*at >= 0x20u && *at != '"' && *at != '\\') {
        all |= (unsigned char)*at++;
    }
    in->beyond_ascii = in->beyond_ascii || all >= 0x80u;
    in->at = at;
}

static dro_status check_string(reader *in) {
    if (!take(in, '"')) {
        return fail(in, "a string");
    }
    while (!take(in, '"')) {
        if ((unsigned char)*in->at < 0x20u) {
            return fail(in, "the end of a string");
        }
        if (take(in, '\\')) {
            DRO_TRY(check_escape(in));
        }
        skip_plain(in);
    }
    return DRO_OK;
}

static dro_status check_value(reader *in);

static dro_status check_member(reader *in) {
    skip_space(in);
    DRO_TRY(check_string(in));
    skip_space(in);
    if (!take(in, ':')) {
        return fail(in, "a colon");
    }
    return check_value(in);
}

/* Members or items up to the closing mark, at the first of them. */
static dro_status check_inside(reader *in, dro_status (*check_one)(reader *in),
                               char close) {
    if (in->depth-- == 0) {
        return dro_json_fail(in->json, in->at - 1, in->error, DRO_LIMIT,
                             "nested too deep");
    }
    skip_space(in);
    if (!take(in, close)) {
        do {
            DRO_TRY(check_one(in));
            skip_space(in);
        } while (take(in, ','));
        if (!take(in, close)) {
            return fail(in, close == '}' ? "a comma or }" : "a comma or ]");
        }
    }
    in->depth++;
    return DRO_OK;
}

static dro_status check_value(reader *in) {
    skip_space(in);
    if (is(in, '-') || is_digit(in)) {
        return check_number(in);
    }
    if (take(in, '{')) {
        return check_inside(in, check_member, '}');
    }
    if (take(in, '[')) {
        return check_inside(in, check_value, ']');
    }
    if (is(in, '"')) {
        return check_string(in);
    }
    if (is(in, 't')) {
        return check_word(in, "true");
    }
    if (is(in, 'f')) {
        return check_word(in, "false");
    }
    if (is(in, 'n')) {
        return check_word(in, "null");
    }
    return fail(in, "a value");
}

static dro_status check_utf8(const dro_json *json, dro_error *error) {
    if (dro_utf8_valid(json->bytes, json->length)) {
        return DRO_OK;
    }
    const char *at = json->bytes;
    size_t left = json->length, used = 1;
    while (used > 0 && left > 0) {
        uint32_t code = 0;
        used = dro_utf8_decode(at, left, &code);
        at += used;
        left -= used;
    }
    return dro_json_fail(json, at, error, DRO_PARSE, "not valid UTF-8");
}

dro_status dro_json_check(const dro_json *json, int depth, const char **root,
                          dro_error *error) {
    const char *end = json->bytes + json->length;
    reader in = {json, json->bytes, end, depth, false, error};
    if (json->length >= 3 && memcmp(json->bytes, "\xEF\xBB\xBF", 3) == 0) {
        in.at += 3;
    }
    skip_space(&in);
    const char *value = in.at;
    if (!is(&in, '{') && !is(&in, '[')) {
        return fail(&in, "{ or [");
    }
    DRO_TRY(check_value(&in));
    skip_space(&in);
    if (in.at < in.end) {
        return fail(&in, "the end of the text");
    }
    if (in.beyond_ascii) { /* outside strings the grammar has none */
        DRO_TRY(check_utf8(json, error));
    }
    *root = value;
    return DRO_OK;
}
