/*
 * Decoding of UTF-8, one code point at a time.
 */
#ifndef DRO_BASE_UTF8_H
#define DRO_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Bytes used for the code point at `text`, 0 where none is valid there. */
size_t dro_utf8_decode(const char *text, size_t length, uint32_t *code);

#endif
