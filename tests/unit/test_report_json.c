/* The JSON writer and the table: exact bytes. */
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/report.h"

static char *bytes;
static size_t length;

static FILE *open_buffer(void) {
    FILE *out = open_memstream(&bytes, &length);
    ck_assert_ptr_nonnull(out);
    return out;
}

static void check_text(FILE *out, const char *expected) {
    ck_assert_int_eq(fclose(out), 0);
    ck_assert_str_eq(bytes, expected);
    free(bytes);
}

START_TEST(nesting_and_lines) {
    FILE *out = open_buffer();
    dro_json_writer json = {.out = out};
    dro_write_begin(&json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(&json, "a", "b");
    dro_write_begin(&json, "list", DRO_WRITE_ARRAY);
    dro_write_begin(&json, NULL, DRO_WRITE_ROW_OBJECT);
    dro_write_number(&json, "x", 1.25, 2);
    dro_write_begin(&json, "inner", DRO_WRITE_OBJECT); /* stays on the line */
    dro_write_bool(&json, "y", true);
    dro_write_end(&json);
    dro_write_end(&json);
    dro_write_count(&json, NULL, 7);
    dro_write_end(&json);
    dro_write_begin(&json, "empty", DRO_WRITE_ARRAY);
    dro_write_end(&json);
    dro_write_end(&json);
    check_text(out, "{\n  \"a\": \"b\",\n  \"list\": [\n"
                    "    {\"x\": 1.25, \"inner\": {\"y\": true}},\n    7\n  ],\n"
                    "  \"empty\": []\n}\n");
}
END_TEST

START_TEST(text_is_escaped) {
    FILE *out = open_buffer();
    dro_json_writer json = {.out = out};
    dro_write_text(&json, NULL, "a\"b\\c\nd\te\x01 ñ 汉");
    check_text(out, "\"a\\\"b\\\\c\\nd\\u0009e\\u0001 ñ 汉\"\n");
}
END_TEST

/* Eight bytes are looked at at a time: what is special is found wherever it stands,
 * beside bytes that are nearly so. */
START_TEST(text_is_escaped_wherever_it_is) {
    static const char fillers[][2] = {"a", "!", "#", "[", "]", " ", "\x7f", "\xff"};
    char text[40], expected[64];
    for (size_t size = 1; size < 30; size++) {
        for (size_t at = 0; at < size; at++) {
            size_t fill = (size + at) % (sizeof fillers / sizeof *fillers);
            memset(text, fillers[fill][0], size);
            text[size] = '\0';
            text[at] = at % 3 == 0 ? '"' : at % 3 == 1 ? '\\' : '\x1f';
            (void)snprintf(expected, sizeof expected, "\"%.*s%s%s\"\n", (int)at, text,
                           at % 3 == 0   ? "\\\""
                           : at % 3 == 1 ? "\\\\"
                                         : "\\u001f",
                           text + at + 1);
            FILE *out = open_buffer();
            dro_json_writer json = {.out = out};
            dro_write_text(&json, NULL, text);
            check_text(out, expected);
        }
    }
}
END_TEST

START_TEST(what_is_unknown_is_null) {
    FILE *out = open_buffer();
    dro_json_writer json = {.out = out};
    dro_write_begin(&json, NULL, DRO_WRITE_ROW_ARRAY);
    dro_write_number(&json, NULL, (double)NAN, 2);
    dro_write_number(&json, NULL, -(double)INFINITY, 2);
    dro_write_text(&json, NULL, NULL);
    dro_write_number(&json, NULL, -0.001, 2);
    dro_write_end(&json);
    check_text(out, "[null, null, null, 0]\n");
}
END_TEST

static void write_path(FILE *out, const dro_point *path, size_t count) {
    dro_arena *arena = NULL;
    dro_error error = DRO_ERROR_INIT;
    dro_json_writer json = {.out = out};
    ck_assert_int_eq(dro_arena_create(&arena, &error), DRO_OK);
    ck_assert_int_eq(dro_write_path(&json, NULL, path, count, arena, &error), DRO_OK);
    dro_arena_destroy(arena);
}

START_TEST(a_path_is_lon_lat) {
    FILE *out = open_buffer();
    const dro_point path[2] = {{-10, 20}, {-10.25, 20}};
    write_path(out, path, 2);
    check_text(out, "{\n  \"type\": \"LineString\",\n"
                    "  \"coordinates\": [[20, -10], [20, -10.25]]\n}\n");
}
END_TEST

START_TEST(a_path_over_the_antimeridian_is_split) {
    FILE *out = open_buffer();
    const dro_point path[2] = {{0, 179.75}, {0, -179.75}};
    write_path(out, path, 2);
    check_text(out,
               "{\n  \"type\": \"MultiLineString\",\n  \"coordinates\": [\n"
               "    [[179.75, 0], [180, 0]],\n    [[-180, 0], [-179.75, 0]]\n  ]\n}\n");
}
END_TEST

START_TEST(a_path_of_one_point_has_two_positions) {
    FILE *out = open_buffer();
    const dro_point path[1] = {{1, 2}};
    write_path(out, path, 1);
    check_text(out,
               "{\n  \"type\": \"LineString\",\n  \"coordinates\": [[2, 1], [2, 1]]\n"
               "}\n");
}
END_TEST

START_TEST(tables_align_characters_and_end_lines_early) {
    FILE *out = open_buffer();
    const dro_table_column columns[3] = {
        {"name", false}, {"nm", true}, {"note", false}};
    const char *cells[6] = {"Valparaíso", "1.5", "", "ñ", "12.25", "x"};
    dro_report_table(out, columns, 3, cells, 2);
    check_text(out, "name           nm  note\n"
                    "Valparaíso    1.5\n"
                    "ñ           12.25  x\n");
}
END_TEST

START_TEST(figures_for_people) {
    char text[48];
    ck_assert_str_eq(dro_report_grouped(1234567.891, 2, text, sizeof text),
                     "1,234,567.89");
    ck_assert_str_eq(dro_report_grouped(-999, 0, text, sizeof text), "-999");
    ck_assert_str_eq(dro_report_grouped(-1000, 0, text, sizeof text), "-1,000");
    ck_assert_str_eq(dro_report_grouped((double)NAN, 0, text, sizeof text), "-");
    ck_assert_str_eq(dro_report_days(9.96, text, sizeof text), "10.0 h");
    ck_assert_str_eq(dro_report_days(23.4, text, sizeof text), "23 h");
    ck_assert_str_eq(dro_report_days(23.7, text, sizeof text), "1 d 0 h");
    ck_assert_str_eq(dro_report_days(100, text, sizeof text), "4 d 4 h");
}
END_TEST

int main(void) {
    const TTest *tests[] = {nesting_and_lines,
                            text_is_escaped,
                            text_is_escaped_wherever_it_is,
                            what_is_unknown_is_null,
                            a_path_is_lon_lat,
                            a_path_over_the_antimeridian_is_split,
                            a_path_of_one_point_has_two_positions,
                            tables_align_characters_and_end_lines_early,
                            figures_for_people,
                            NULL};
    return check_main("report json", tests);
}
