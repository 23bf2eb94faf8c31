/* Status codes, errors, quoting. */
#include <limits.h>
#include <locale.h>
#include <string.h>

#include "base/quote.h"
#include "check_main.h"
#include "derrotero/base.h"

START_TEST(codes_and_texts) {
    ck_assert_str_eq(dro_status_text(DRO_OK), "ok");
    ck_assert_int_eq(dro_status_exit_code(DRO_OK), 0);
    ck_assert_int_eq(dro_status_exit_code(DRO_NO_ANSWER), 1);
    ck_assert_int_eq(dro_status_exit_code(DRO_PARSE), 2);
    ck_assert_int_eq(dro_status_exit_code(DRO_USAGE), 64);
    ck_assert_int_eq(dro_status_exit_code(DRO_NOMEM), 70);
    ck_assert_int_eq(dro_status_exit_code(DRO_IO), 74);
    ck_assert_str_eq(dro_status_text(DRO_STATUS_COUNT), "unknown status");
    ck_assert_int_eq(dro_status_exit_code((dro_status)99), 70);
}
END_TEST

START_TEST(fail_fills_and_returns) {
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_fail(&error, DRO_INVALID, "%s is %d", "x", 3), DRO_INVALID);
    ck_assert_int_eq(error.status, DRO_INVALID);
    ck_assert_str_eq(error.message, "x is 3");
    ck_assert_int_eq(dro_fail(NULL, DRO_IO, "nobody reads this"), DRO_IO);
}
END_TEST

START_TEST(prefix_goes_before) {
    dro_error error = DRO_ERROR_INIT;
    (void)dro_fail(&error, DRO_PARSE, "bad");
    dro_error_prefix(&error, "file %d", 7);
    ck_assert_str_eq(error.message, "file 7: bad");
    ck_assert_int_eq(error.status, DRO_PARSE);
    dro_error_prefix(NULL, "x");
}
END_TEST

START_TEST(message_may_quote_itself) {
    dro_error error = DRO_ERROR_INIT;
    (void)dro_fail(&error, DRO_PARSE, "inner");
    (void)dro_fail(&error, DRO_IO, "outer: %s", error.message);
    ck_assert_str_eq(error.message, "outer: inner");
}
END_TEST

START_TEST(long_message_is_cut_at_a_character) {
    dro_error error = DRO_ERROR_INIT;
    char text[2 * DRO_ERROR_MAX];
    /* One byte, then two-byte letters, so that the cut falls inside of one. */
    memset(text, 0, sizeof text);
    text[0] = 'x';
    for (size_t i = 1; i + 2 < sizeof text; i += 2) {
        text[i] = (char)0xC3;
        text[i + 1] = (char)0xB1;
    }
    (void)dro_fail(&error, DRO_INVALID, "%s", text);
    size_t length = strlen(error.message);
    ck_assert_uint_le(length, DRO_ERROR_MAX - 1);
    ck_assert_uint_ge(length, DRO_ERROR_MAX - 3);
    ck_assert(dro_utf8_valid(error.message, length));
}
END_TEST

START_TEST(quote_escapes_and_cuts) {
    char buffer[DRO_QUOTE_MAX];
    ck_assert_str_eq(dro_quote("Callao", buffer), "\"Callao\"");
    ck_assert_str_eq(dro_quote("a\nb\x1b", buffer), "\"a\\x0Ab\\x1B\"");
    ck_assert_str_eq(dro_quote("\xff", buffer), "\"\\xFF\"");
    ck_assert_str_eq(dro_quote("Ñuñoa", buffer), "\"Ñuñoa\"");
    ck_assert_str_eq(dro_quote(NULL, buffer), "(none)");
    char text[400];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    size_t length = strlen(dro_quote(text, buffer));
    ck_assert_uint_le(length, DRO_QUOTE_MAX - 1);
    ck_assert_str_eq(buffer + length - 4, "...\"");
}
END_TEST

START_TEST(quote_fits_at_every_length) {
    char text[DRO_QUOTE_MAX * 2] = "";
    for (size_t i = 0; i + 3 < sizeof text; i += 2) {
        memcpy(text + i, "\x01ñ", 4);
        char *buffer = malloc(DRO_QUOTE_MAX);
        ck_assert_ptr_nonnull(buffer);
        ck_assert_uint_lt(strlen(dro_quote(text, buffer)), DRO_QUOTE_MAX);
        free(buffer);
    }
}
END_TEST

int main(void) {
    const TTest *tests[] = {codes_and_texts,
                            fail_fills_and_returns,
                            prefix_goes_before,
                            message_may_quote_itself,
                            long_message_is_cut_at_a_character,
                            quote_escapes_and_cuts,
                            quote_fits_at_every_length,
                            NULL};
    return check_main("base status", tests);
}
