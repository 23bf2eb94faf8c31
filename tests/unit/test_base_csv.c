/* The CSV reader and writer. */
#include <math.h>
#include <string.h>

#include "check_main.h"
#include "derrotero/base.h"

static dro_csv *opened(const char *text) {
    dro_csv *csv = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_msg(dro_csv_open_memory(text, strlen(text), "t.csv", &csv, &error) ==
                      DRO_OK,
                  "%s", error.message);
    return csv;
}

static void expect_row(dro_csv *csv, unsigned long line, const char *const *fields) {
    bool more = false;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_msg(dro_csv_next(csv, &more, &error) == DRO_OK, "%s", error.message);
    ck_assert(more);
    ck_assert_uint_eq(dro_csv_line(csv), line);
    for (size_t i = 0; i < dro_csv_columns(csv); i++) {
        ck_assert_str_eq(dro_csv_field(csv, i), fields[i]);
    }
}

static void expect_end(dro_csv *csv) {
    for (int i = 0; i < 2; i++) { /* the end stays the end */
        bool more = true;
        ck_assert_int_eq(dro_csv_next(csv, &more, NULL), DRO_OK);
        ck_assert(!more);
    }
}

START_TEST(plain_quoted_and_blank) {
    dro_csv *csv = opened("\xEF\xBB\xBF"
                          "code,name\r\n\n\r\nPECLL,\"Callao, Peru\"\n"
                          "\"a\"\"b\",\"two\nlines\"\r\n,\n\"\",x");
    ck_assert_uint_eq(dro_csv_columns(csv), 2);
    ck_assert_str_eq(dro_csv_column_name(csv, 0), "code");
    expect_row(csv, 4, (const char *[]){"PECLL", "Callao, Peru"});
    expect_row(csv, 5, (const char *[]){"a\"b", "two\nlines"});
    expect_row(csv, 7, (const char *[]){"", ""});
    expect_row(csv, 8, (const char *[]){"", "x"});
    expect_end(csv);
    dro_csv_close(csv);
    dro_csv_close(NULL);
}
END_TEST

START_TEST(one_column_with_an_empty_field) {
    dro_csv *csv = opened("a\n\"\"\n\nb\n");
    expect_row(csv, 2, (const char *[]){""});
    expect_row(csv, 4, (const char *[]){"b"});
    expect_end(csv);
    dro_csv_close(csv);
}
END_TEST

static void expect_open_error(const char *bytes, size_t length, dro_status status,
                              const char *message) {
    dro_csv *csv = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_csv_open_memory(bytes, length, "t.csv", &csv, &error), status);
    ck_assert_ptr_null(csv);
    ck_assert_str_eq(error.message, message);
}

START_TEST(no_header) {
    expect_open_error("", 0, DRO_PARSE, "\"t.csv\" is empty: a header line is needed");
    expect_open_error(NULL, 0, DRO_PARSE,
                      "\"t.csv\" is empty: a header line is needed");
    expect_open_error("\n\r\n\n", 4, DRO_PARSE,
                      "\"t.csv\" is empty: a header line is needed");
    expect_open_error("a,\"b", 4, DRO_PARSE, "t.csv:1:3: this quote is never closed");
    expect_open_error("a\0b", 3, DRO_PARSE,
                      "t.csv:1:2: a NUL byte: this is not a text file");
}
END_TEST

static void expect_row_error(const char *text, const char *message) {
    dro_csv *csv = opened(text);
    bool more = false;
    dro_error error = DRO_ERROR_INIT;
    dro_status status = DRO_OK;
    do {
        status = dro_csv_next(csv, &more, &error);
    } while (status == DRO_OK && more);
    ck_assert_int_eq(status, DRO_PARSE);
    ck_assert_str_eq(error.message, message);
    dro_csv_close(csv);
}

START_TEST(broken_rows) {
    expect_row_error("a,b\n1,2\n1\n", "t.csv:3:1: 1 fields where the header has 2");
    expect_row_error("a,b\n1,2,3\n", "t.csv:2:1: 3 fields where the header has 2");
    expect_row_error("a,b\nñ,x\"y\n", "t.csv:2:4: a quote inside a field that does not "
                                      "begin with one");
    expect_row_error("a,b\n\"x\"y,1\n", "t.csv:2:4: text behind a closing quote");
    expect_row_error("a,b\n1,\"2\n\n", "t.csv:2:3: this quote is never closed");
    expect_row_error("a,b\n1\r,2\n",
                     "t.csv:2:2: a carriage return without a line feed");
    expect_row_error("a,b\n1,\xC3\n", "t.csv:2:3: this field is not valid UTF-8");
}
END_TEST

START_TEST(limits) {
    dro_text text = {.data = NULL};
    for (int i = 0; i <= DRO_CSV_MAX_FIELDS; i++) {
        ck_assert_int_eq(dro_text_add_bytes(&text, ",", 1), DRO_OK);
    }
    dro_csv *csv = NULL;
    ck_assert_int_eq(dro_csv_open_memory(text.data, text.length, "t", &csv, NULL),
                     DRO_LIMIT);
    /* One field fewer than commas plus one: just fits. */
    ck_assert_int_eq(
        dro_csv_open_memory(text.data, DRO_CSV_MAX_FIELDS - 1, "t", &csv, NULL),
        DRO_OK);
    ck_assert_uint_eq(dro_csv_columns(csv), DRO_CSV_MAX_FIELDS);
    dro_csv_close(csv);
    dro_text_free(&text);
    char *long_field = malloc(DRO_CSV_MAX_RECORD + 1);
    memset(long_field, 'x', DRO_CSV_MAX_RECORD + 1);
    csv = NULL;
    ck_assert_int_eq(
        dro_csv_open_memory(long_field, DRO_CSV_MAX_RECORD + 1, "t", &csv, NULL),
        DRO_LIMIT);
    ck_assert_ptr_null(csv);
    free(long_field);
}
END_TEST

START_TEST(columns_by_name) {
    dro_csv *csv = opened("lat,lon,lon,note\n1,2,3,4\n");
    size_t column = 99;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_csv_find(csv, "note"), 3);
    ck_assert_int_eq(dro_csv_find(csv, "Lat"), -1);
    ck_assert_int_eq(dro_csv_require(csv, "lat", &column, &error), DRO_OK);
    ck_assert_uint_eq(column, 0);
    ck_assert_int_eq(dro_csv_require(csv, "lon", &column, &error), DRO_PARSE);
    ck_assert_str_eq(error.message, "t.csv:1: column \"lon\" is there twice");
    ck_assert_int_eq(dro_csv_require(csv, "depth", &column, &error), DRO_PARSE);
    ck_assert_str_eq(error.message, "t.csv:1: no column \"depth\"; there are \"lat\", "
                                    "\"lon\", \"lon\", \"note\"");
    ck_assert_uint_eq(column, 0);
    dro_csv_close(csv);
    csv = opened("lat;lon\n");
    ck_assert_int_eq(dro_csv_require(csv, "lat", &column, &error), DRO_PARSE);
    ck_assert_str_eq(error.message, "t.csv:1: no column \"lat\"; there is \"lat;lon\" "
                                    "(fields are parted by commas, not semicolons)");
    dro_csv_close(csv);
}
END_TEST

START_TEST(many_columns_are_not_all_listed) {
    dro_text text = {.data = NULL};
    for (int i = 0; i < 200; i++) {
        ck_assert_int_eq(dro_text_add(&text, "column%d,", i), DRO_OK);
    }
    ck_assert_int_eq(dro_text_add(&text, "z\n"), DRO_OK);
    dro_csv *csv = opened(text.data);
    size_t column;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_csv_require(csv, "x", &column, &error), DRO_PARSE);
    ck_assert_str_eq(error.message + strlen(error.message) - 3, "...");
    dro_csv_close(csv);
    dro_text_free(&text);
}
END_TEST

START_TEST(typed_fields) {
    dro_csv *csv = opened("n,ñ,open\n1.5,2,yes\n, ,\nx,\"\n7\",maybe\n");
    bool more = false;
    double value = 0;
    bool open = false;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_csv_next(csv, &more, NULL), DRO_OK);
    ck_assert_int_eq(dro_csv_double(csv, 0, 9, &value, NULL), DRO_OK);
    ck_assert_double_eq(value, 1.5);
    ck_assert_int_eq(dro_csv_bool(csv, 2, false, &open, NULL), DRO_OK);
    ck_assert(open);
    ck_assert_int_eq(dro_csv_next(csv, &more, NULL), DRO_OK);
    ck_assert_int_eq(dro_csv_double(csv, 1, (double)NAN, &value, NULL), DRO_OK);
    ck_assert(isnan(value));
    ck_assert_int_eq(dro_csv_bool(csv, 2, true, &open, NULL), DRO_OK);
    ck_assert(open);
    ck_assert_int_eq(dro_csv_next(csv, &more, NULL), DRO_OK);
    ck_assert_int_eq(dro_csv_double(csv, 0, 9, &value, &error), DRO_PARSE);
    ck_assert_str_eq(error.message, "t.csv:4:1: n: \"x\" is not a number");
    ck_assert_int_eq(dro_csv_double(csv, 0, 9, &value, NULL), DRO_PARSE);
    ck_assert_int_eq(dro_csv_bool(csv, 2, true, &open, &error), DRO_PARSE);
    ck_assert_str_eq(error.message, "t.csv:5:4: open: \"maybe\" is neither true nor "
                                    "false");
    ck_assert_uint_eq(dro_csv_field_position(csv, 1), 3);
    ck_assert_int_eq(dro_csv_fail(csv, 0, &error, DRO_INVALID, "no port %s", "x"),
                     DRO_INVALID);
    ck_assert_str_eq(error.message, "t.csv:4:1: no port x");
    dro_csv_close(csv);
}
END_TEST

/* Records, quotes, CRLF and letters that lie across the blocks that are read. */
START_TEST(files_are_read_in_blocks) {
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    (void)fputs("number,text\r\n", file);
    for (int i = 0; i < 30000; i++) {
        (void)fprintf(file, "%d,\"ñ \"\"%d\"\"\"\r\n\r\n", i, i * 7);
    }
    rewind(file);
    dro_csv *csv = NULL;
    ck_assert_int_eq(dro_csv_open(file, "tmp", &csv, NULL), DRO_OK);
    for (int i = 0; i < 30000; i++) {
        char number[16];
        char text[32];
        (void)snprintf(number, sizeof number, "%d", i);
        (void)snprintf(text, sizeof text, "ñ \"%d\"", i * 7);
        expect_row(csv, 2 + 2 * (unsigned long)i, (const char *[]){number, text});
    }
    expect_end(csv);
    dro_csv_close(csv);
    (void)fclose(file);
}
END_TEST

START_TEST(paths_that_cannot_be_read) {
    dro_csv *csv = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_csv_open_path("/nowhere/x.csv", &csv, &error), DRO_IO);
    ck_assert_str_eq(error.message,
                     "cannot open \"/nowhere/x.csv\": No such file or directory");
    ck_assert_int_eq(dro_csv_open_path("/", &csv, &error), DRO_IO);
    ck_assert_str_eq(error.message, "cannot read \"/\": Is a directory");
    ck_assert_ptr_null(csv);
}
END_TEST

START_TEST(writer_quotes_where_needed) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    dro_csv_write(out, "plain", false);
    dro_csv_write(out, "a,b", false);
    dro_csv_write(out, "say \"x\"", false);
    dro_csv_write(out, "two\nlines", false);
    dro_csv_write(out, " edge", false);
    dro_csv_write(out, "", true);
    ck_assert_int_eq(fclose(out), 0);
    ck_assert_str_eq(bytes,
                     "plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\" edge\",\n");
    free(bytes);
}
END_TEST

int main(void) {
    const TTest *tests[] = {plain_quoted_and_blank,
                            one_column_with_an_empty_field,
                            no_header,
                            broken_rows,
                            limits,
                            columns_by_name,
                            many_columns_are_not_all_listed,
                            typed_fields,
                            files_are_read_in_blocks,
                            paths_that_cannot_be_read,
                            writer_quotes_where_needed,
                            NULL};
    return check_main("base csv", tests);
}
