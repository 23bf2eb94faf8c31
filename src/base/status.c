/*
 * Status codes and the caller's error: one line of text, no global state.
 */
#include "derrotero/base.h"

#include <stdarg.h>
#include <string.h>

#include "base/c_locale.h"

#undef dro_fail /* a macro for the static analyzer */

static const char *const texts[DRO_STATUS_COUNT] = {
#define STATUS_TEXT(name, code, text) [DRO_##name] = (text),
    DRO_STATUS_LIST(STATUS_TEXT)
#undef STATUS_TEXT
};

static const int exit_codes[DRO_STATUS_COUNT] = {
#define STATUS_CODE(name, code, text) [DRO_##name] = (code),
    DRO_STATUS_LIST(STATUS_CODE)
#undef STATUS_CODE
};

static bool known(dro_status status) {
    return (unsigned)status < (unsigned)DRO_STATUS_COUNT;
}

/* Ends a cut message at a whole UTF-8 character. */
static void trim_partial_character(char *text) {
    size_t length = strlen(text);
    size_t lead = length;
    while (lead > 0 && ((unsigned char)text[lead - 1] & 0xC0u) == 0x80u) {
        lead--;
    }
    if (lead > 0 && (unsigned char)text[lead - 1] >= 0xC0u &&
        !dro_utf8_valid(text + lead - 1, length - lead + 1)) {
        text[lead - 1] = '\0';
    }
}

static void format_message(char *message, const char *format, va_list arguments)
    DRO_PRINTF(2, 0);

static void format_message(char *message, const char *format, va_list arguments) {
    locale_t before = dro_c_locale_enter();
    int length = vsnprintf(message, DRO_ERROR_MAX, format, arguments);
    dro_c_locale_leave(before);
    if (length < 0) {
        message[0] = '\0';
    } else if (length >= DRO_ERROR_MAX) {
        trim_partial_character(message);
    }
}

const char *dro_status_text(dro_status status) {
    return known(status) ? texts[status] : "unknown status";
}

int dro_status_exit_code(dro_status status) {
    return known(status) ? exit_codes[status] : exit_codes[DRO_INTERNAL];
}

dro_status dro_fail(dro_error *error, dro_status status, const char *format, ...) {
    if (error == NULL) {
        return status;
    }
    /* The arguments may point into the old message. */
    char message[DRO_ERROR_MAX];
    va_list arguments;
    va_start(arguments, format);
    format_message(message, format, arguments);
    va_end(arguments);
    error->status = status;
    memcpy(error->message, message, sizeof message);
    return status;
}

void dro_error_prefix(dro_error *error, const char *format, ...) {
    if (error == NULL) {
        return;
    }
    char prefix[DRO_ERROR_MAX];
    va_list arguments;
    va_start(arguments, format);
    format_message(prefix, format, arguments);
    va_end(arguments);
    (void)dro_fail(error, error->status, "%s: %s", prefix, error->message);
}
