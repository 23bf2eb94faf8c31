/*
 * A growing text buffer with a stated maximum.
 */
#include "derrotero/base.h"

#include <stdarg.h>
#include <string.h>

#include "base/c_locale.h"

#define LIMIT_DEFAULT ((size_t)256 << 20)

/* Room for `length` more bytes and a NUL. */
static dro_status make_room(dro_text *text, size_t length) {
    size_t limit = text->limit == 0 ? LIMIT_DEFAULT : text->limit;
    if (length >= limit || text->length > limit - length) {
        return DRO_LIMIT;
    }
    return DRO_RESERVE(text->data, text->capacity, text->length + length + 1, NULL);
}

/* The length that the whole format needs, as vsnprintf; text->length stays. */
static int format_at_end(const dro_text *text, const char *format, va_list arguments)
    DRO_PRINTF(2, 0);

static int format_at_end(const dro_text *text, const char *format, va_list arguments) {
    size_t room = text->capacity - text->length;
    char *end = text->data == NULL ? NULL : text->data + text->length;
    locale_t before = dro_c_locale_enter();
    int length = vsnprintf(end, room, format, arguments);
    dro_c_locale_leave(before);
    return length;
}

/* A format that did not fit or failed leaves its beginning behind: cut it off. */
static dro_status undo(dro_text *text, dro_status status) {
    if (text->capacity > text->length) {
        text->data[text->length] = '\0';
    }
    return status;
}

dro_status dro_text_add(dro_text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = format_at_end(text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        return undo(text, DRO_INTERNAL);
    }
    bool written = (size_t)length < text->capacity - text->length;
    dro_status status = make_room(text, (size_t)length);
    if (status != DRO_OK) {
        return undo(text, status);
    }
    if (!written) {
        va_start(arguments, format);
        length = format_at_end(text, format, arguments);
        va_end(arguments);
    }
    text->length += (size_t)length;
    return DRO_OK;
}

dro_status dro_text_add_bytes(dro_text *text, const char *bytes, size_t length) {
    DRO_TRY(make_room(text, length));
    if (length > 0) {
        memcpy(text->data + text->length, bytes, length);
    }
    text->length += length;
    text->data[text->length] = '\0';
    return DRO_OK;
}

void dro_text_free(dro_text *text) {
    if (text == NULL) {
        return;
    }
    dro_free(text->data);
    *text = (dro_text){.limit = text->limit};
}
