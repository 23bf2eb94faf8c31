/* printf into an arena. */
#include "base/arena_format.h"

const char *dro_arena_format_list(dro_arena *arena, const char *format,
                                  va_list arguments) {
    char buffer[DRO_ARENA_FORMAT_MAX];
    int length = vsnprintf(buffer, sizeof buffer, format, arguments);
    if (length < 0) {
        return NULL;
    }
    size_t size = (size_t)length < sizeof buffer ? (size_t)length : sizeof buffer - 1;
    return dro_arena_strndup(arena, buffer, size);
}

const char *dro_arena_format(dro_arena *arena, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *text = dro_arena_format_list(arena, format, arguments);
    va_end(arguments);
    return text;
}
