/*
 * UTF-8 as RFC 3629 says: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
#include "base/utf8.h"

#include "derrotero/base.h"

/* Bytes of a sequence by its first byte; 0 where none can begin. */
static size_t sequence_length(unsigned char first) {
    if (first < 0x80u) {
        return 1;
    }
    if (first >= 0xC2u && first < 0xE0u) {
        return 2;
    }
    if (first >= 0xE0u && first < 0xF0u) {
        return 3;
    }
    return first >= 0xF0u && first < 0xF5u ? 4 : 0;
}

static uint32_t first_bits(unsigned char first, size_t length) {
    static const unsigned char masks[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    return first & masks[length];
}

size_t dro_utf8_decode(const char *text, size_t length, uint32_t *code) {
    if (length == 0) {
        return 0;
    }
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)text;
    size_t count = sequence_length(bytes[0]);
    if (count == 0 || count > length) {
        return 0;
    }
    uint32_t value = first_bits(bytes[0], count);
    for (size_t i = 1; i < count; i++) {
        if ((bytes[i] & 0xC0u) != 0x80u) {
            return 0;
        }
        value = (value << 6) | (bytes[i] & 0x3Fu);
    }
    bool surrogate = value >= 0xD800u && value < 0xE000u;
    if (value < least[count] || value > 0x10FFFFu || surrogate) {
        return 0;
    }
    *code = value;
    return count;
}

bool dro_utf8_valid(const char *text, size_t length) {
    for (size_t at = 0; at < length;) {
        if ((unsigned char)text[at] < 0x80u) {
            at++;
            continue;
        }
        uint32_t code;
        size_t used = dro_utf8_decode(text + at, length - at, &code);
        if (used == 0) {
            return false;
        }
        at += used;
    }
    return true;
}
