/* What a fuzzer is given, as a text. */
#ifndef DRO_TESTS_FUZZ_TEXT_H
#define DRO_TESTS_FUZZ_TEXT_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A copy with a NUL behind it, of its own size so that a sanitizer sees what is read
 * beyond; to be freed. */
static inline char *fuzz_text(const uint8_t *data, size_t size) {
    char *text = malloc(size + 1);
    if (text == NULL) {
        abort();
    }
    if (size > 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    return text;
}

#endif
