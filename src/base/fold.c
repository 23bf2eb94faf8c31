/*
 * Folding of names for matching: "Valparaíso", "VALPARAISO" and "valparaiso" are one.
 */
#include "derrotero/base.h"

#include <string.h>

#include "base/fold_latin.h"
#include "base/utf8.h"

typedef struct folder {
    char *buffer;
    size_t size; /* without the NUL */
    size_t length;
    bool space; /* one is due before the next letter */
    bool full;
} folder;

static void emit(folder *out, const char *bytes, size_t length) {
    if (length == 0 || out->full) {
        return;
    }
    size_t gap = out->space && out->length > 0 ? 1 : 0;
    if (length + gap > out->size - out->length) {
        out->full = true;
        return;
    }
    if (gap > 0) {
        out->buffer[out->length++] = ' ';
    }
    memcpy(out->buffer + out->length, bytes, length);
    out->length += length;
    out->space = false;
}

static void emit_folded(folder *out, const char *folded) {
    if (folded[0] == ' ') {
        out->space = true;
    } else {
        emit(out, folded, strlen(folded));
    }
}

static void fold_ascii(folder *out, char c) {
    bool upper = c >= 'A' && c <= 'Z';
    bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (upper || plain) {
        char lower = (char)(upper ? c - 'A' + 'a' : c);
        emit(out, &lower, 1);
    } else if (c != '.' && c != '\'' && c != '`') {
        out->space = true;
    }
}

/* Combining accents, modifier letters and curly apostrophes. */
static bool dropped(uint32_t code) {
    return (code >= 0x02B0u && code < 0x0370u) || (code >= 0x2018u && code < 0x201Cu) ||
           (code >= 0x200Bu && code < 0x2010u) || code == 0xFEFFu;
}

/* General punctuation (dashes, quotes, spaces) and the ideographic space. */
static bool parting(uint32_t code) {
    return (code >= 0x2000u && code < 0x2070u) || code == 0x3000u;
}

static void fold_code(folder *out, uint32_t code, const char *bytes, size_t length) {
    if (code < 0x80u) {
        fold_ascii(out, (char)code);
    } else if (code >= DRO_FOLD_LATIN && code < DRO_FOLD_LATIN_END) {
        emit_folded(out, dro_fold_latin[code - DRO_FOLD_LATIN]);
    } else if (code >= DRO_FOLD_ADDITIONAL && code < DRO_FOLD_ADDITIONAL_END) {
        emit_folded(out, dro_fold_additional[code - DRO_FOLD_ADDITIONAL]);
    } else if (parting(code) && !dropped(code)) {
        out->space = true;
    } else if (code >= 0xA0u && !dropped(code)) {
        emit(out, bytes, length);
    }
}

size_t dro_text_fold(const char *text, char *buffer, size_t size) {
    if (size == 0) {
        return 0;
    }
    folder out = {.buffer = buffer, .size = size - 1};
    size_t left = strlen(text);
    while (left > 0 && !out.full) {
        uint32_t code = 0;
        size_t used = dro_utf8_decode(text, left, &code);
        if (used > 0) {
            fold_code(&out, code, text, used);
        } else {
            used = 1;
        }
        text += used;
        left -= used;
    }
    buffer[out.length] = '\0';
    return out.length;
}
