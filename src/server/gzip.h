/*
 * Bytes as a gzip stream (RFC 1952).
 */
#ifndef DRO_SERVER_GZIP_H
#define DRO_SERVER_GZIP_H

#include <stdbool.h>
#include <stddef.h>

/* False where it does not get shorter or memory is out; *out is free()'s. */
bool srv_gzip(const char *bytes, size_t length, int level, char **out,
              size_t *out_length);

#endif
