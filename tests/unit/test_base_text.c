/* Folding of names, edit distance, UTF-8. */
#include <string.h>

#include "check_main.h"
#include "derrotero/base.h"

static const char *folded(const char *text) {
    static char buffer[256];
    size_t length = dro_text_fold(text, buffer, sizeof buffer);
    ck_assert_uint_eq(length, strlen(buffer));
    return buffer;
}

START_TEST(names_fold) {
    ck_assert_str_eq(folded("Valparaíso"), "valparaiso");
    ck_assert_str_eq(folded("  São  Luís–Itaqui "), "sao luis itaqui");
    ck_assert_str_eq(folded("Port-au-Prince"), "port au prince");
    ck_assert_str_eq(folded("St. John's"), "st johns");
    ck_assert_str_eq(folded("Coeur d’Alène"), "coeur dalene");
    ck_assert_str_eq(folded("Gdańsk, Łódź"), "gdansk lodz");
    ck_assert_str_eq(folded("Århus/Ærø"), "arhus aero");
    ck_assert_str_eq(folded("Weißenfels"), "weissenfels");
    ck_assert_str_eq(folded("İstanbul ısı"), "istanbul isi");
    ck_assert_str_eq(folded("Đà Nẵng"), "da nang");
    ck_assert_str_eq(folded("Þórshöfn"), "thorshofn");
    ck_assert_str_eq(folded("ÑUÑOA"), "nunoa");
    ck_assert_str_eq(folded("e\xCC\x81t\xCC\x81"), "et"); /* combining accents */
    ck_assert_str_eq(folded("(Pto.) Nº 5"), "pto no 5");
    ck_assert_str_eq(folded("上海 Shanghai"), "上海 shanghai");
    ck_assert_str_eq(folded("Новороссийск"), "Новороссийск");
    ck_assert_str_eq(folded(""), "");
    ck_assert_str_eq(folded("- . '"), "");
    ck_assert_str_eq(folded("a\xff"
                            "b"),
                     "ab");
    ck_assert_str_eq(folded("a\xC3"), "a");
}
END_TEST

START_TEST(fold_fits_its_buffer) {
    char buffer[6];
    ck_assert_uint_eq(dro_text_fold("Valparaíso", buffer, sizeof buffer), 5);
    ck_assert_str_eq(buffer, "valpa");
    ck_assert_uint_eq(dro_text_fold("ab cd 上海", buffer, sizeof buffer), 5);
    ck_assert_str_eq(buffer, "ab cd");
    ck_assert_uint_eq(dro_text_fold("abcd 上", buffer, sizeof buffer), 4);
    ck_assert_uint_eq(dro_text_fold("x", buffer, 1), 0);
    ck_assert_str_eq(buffer, "");
    ck_assert_uint_eq(dro_text_fold("x", NULL, 0), 0);
}
END_TEST

START_TEST(fold_twice_is_fold_once) {
    static const char *const names[] = {"Ĳmuiden", "Ǆ", "ŉ", "Œuf", "½ ¼ ²", "ﬁ", "ẞ"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char once[64];
        (void)dro_text_fold(names[i], once, sizeof once);
        ck_assert_str_eq(folded(once), once);
    }
}
END_TEST

START_TEST(distances) {
    ck_assert_uint_eq(dro_text_distance("callao", "callao", 3), 0);
    ck_assert_uint_eq(dro_text_distance("callao", "calao", 3), 1);
    ck_assert_uint_eq(dro_text_distance("callao", "callloa", 3), 2);
    ck_assert_uint_eq(dro_text_distance("chancay", "chacnay", 3), 1);
    ck_assert_uint_eq(dro_text_distance("", "abc", 3), 3);
    ck_assert_uint_eq(dro_text_distance("", "abcd", 3), 4);
    ck_assert_uint_eq(dro_text_distance("kitten", "sitting", 5), 3);
    ck_assert_uint_eq(dro_text_distance("ca", "abc", 9), 3); /* OSA, not the full one */
    ck_assert_uint_eq(dro_text_distance("abcdef", "uvwxyz", 2), 3);
    ck_assert_uint_eq(dro_text_distance("a", "b", 0), 1);
}
END_TEST

START_TEST(distance_stops_late_enough_for_swaps) {
    /* Two rows in turn above the limit, then a swap brings it back. */
    ck_assert_uint_eq(dro_text_distance("ab", "ba", 1), 1);
    ck_assert_uint_eq(dro_text_distance("xaby", "xbay", 1), 1);
}
END_TEST

START_TEST(distance_of_long_texts) {
    char a[300];
    char b[300];
    memset(a, 'a', sizeof a);
    memset(b, 'a', sizeof b);
    a[255] = b[254] = '\0';
    ck_assert_uint_eq(dro_text_distance(a, b, 2), 1);
    a[255] = 'a';
    a[256] = '\0';
    ck_assert_uint_eq(dro_text_distance(a, a, 2), 3);
    ck_assert_uint_eq(dro_text_distance("a", "b", 4000000000u), 1);
}
END_TEST

START_TEST(utf8) {
    static const char *const good[] = {
        "", "abc", "ñ", "€", "𝄞", "\xF4\x8F\xBF\xBF", "\xEF\xBF\xBD"};
    static const char *const bad[] = {"\x80",
                                      "\xC3",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xE0\x80\x80",
                                      "\xED\xA0\x80",
                                      "\xF0\x80\x80\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "a\xE2\x82",
                                      "\xFF"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        ck_assert(dro_utf8_valid(good[i], strlen(good[i])));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert(!dro_utf8_valid(bad[i], strlen(bad[i])));
    }
    ck_assert(dro_utf8_valid("a\0b", 3));
    ck_assert(!dro_utf8_valid("€", 2));
}
END_TEST

int main(void) {
    const TTest *tests[] = {names_fold,
                            fold_fits_its_buffer,
                            fold_twice_is_fold_once,
                            distances,
                            distance_stops_late_enough_for_swaps,
                            distance_of_long_texts,
                            utf8,
                            NULL};
    return check_main("base text", tests);
}
