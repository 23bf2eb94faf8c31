/*
 * A whole file in memory, up to a stated size.
 */
#include "derrotero/base.h"

#include <errno.h>

#include "base/fail_io.h"
#include "base/quote.h"

#define STEP ((size_t)64 << 10)

/* By reading, not by size: pipes and /proc have none. */
static dro_status read_all(FILE *file, const char *path, size_t limit, dro_text *text,
                           dro_error *error) {
    for (;;) {
        DRO_TRY(
            DRO_RESERVE(text->data, text->capacity, text->length + STEP + 1, error));
        size_t got = fread(text->data + text->length, 1, STEP, file);
        text->length += got;
        if (text->length > limit) {
            char quoted[DRO_QUOTE_MAX];
            return dro_fail(error, DRO_LIMIT, "%s is larger than %zu bytes",
                            dro_quote(path, quoted), limit);
        }
        if (got < STEP) {
            break;
        }
    }
    if (ferror(file)) {
        return dro_fail_io(error, errno, "read", path);
    }
    text->data[text->length] = '\0';
    return DRO_OK;
}

dro_status dro_file_read(const char *path, size_t limit, char **bytes, size_t *length,
                         dro_error *error) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return dro_fail_io(error, errno, "open", path);
    }
    dro_text text = {.data = NULL};
    dro_status status = read_all(file, path, limit, &text, error);
    (void)fclose(file);
    if (status != DRO_OK) {
        dro_text_free(&text);
        return status;
    }
    *bytes = text.data;
    *length = text.length;
    return DRO_OK;
}
