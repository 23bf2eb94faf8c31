/* gzip by zlib; see gzip.h. */
#include "server/gzip.h"

#include <limits.h>
#include <stdlib.h>

#define ZLIB_CONST
#include <zlib.h>

#define GZIP_WINDOW (15 + 16) /* the largest, in a gzip wrapper */
#define MEMORY      8         /* zlib's own default */

bool srv_gzip(const char *bytes, size_t length, int level, char **out,
              size_t *out_length) {
    z_stream stream = {.zalloc = Z_NULL};
    if (length == 0 || length > UINT_MAX ||
        deflateInit2(&stream, level, Z_DEFLATED, GZIP_WINDOW, MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        return false;
    }
    /* One byte less than it has: it ends, or it was not worth it. */
    char *room = malloc(length);
    bool done = false;
    if (room != NULL) {
        stream.next_in = (const Bytef *)bytes;
        stream.avail_in = (uInt)length;
        stream.next_out = (Bytef *)room;
        stream.avail_out = (uInt)(length - 1);
        done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    }
    size_t written = (size_t)stream.total_out;
    (void)deflateEnd(&stream);
    if (!done) {
        free(room);
        return false;
    }
    char *cut = realloc(room, written);
    *out = cut != NULL ? cut : room;
    *out_length = written;
    return true;
}
