/* A made-up audit in each form, read back: JSON by jansson, CSV by the reader, the page
 * by a checker of its tags. */
#include <jansson.h>
#include <stdlib.h>

#include "audit_fixture.h"
#include "check_main.h"
#include "picture_fixture.h"

static char *bytes;
static size_t length;

static void write(dro_format format, const dro_audit_result *result,
                  const dro_land *land) {
    dro_error error = DRO_ERROR_INIT;
    free(bytes);
    FILE *out = open_memstream(&bytes, &length);
    ck_assert_ptr_nonnull(out);
    ck_assert_msg(dro_report_audit(out, format, result, land, &error) == DRO_OK, "%s",
                  error.message);
    ck_assert_int_eq(fclose(out), 0);
}

static dro_audit_result only(size_t index) {
    dro_audit_result one = *fixture_audit();
    one.claims += index;
    one.claim_count = 1;
    return one;
}

static size_t count_of(const char *text) {
    size_t count = 0;
    for (const char *at = strstr(bytes, text); at != NULL; at = strstr(at + 1, text)) {
        count++;
    }
    return count;
}

START_TEST(json_has_the_members_of_the_issue) {
    json_error_t why;
    write(DRO_FORMAT_JSON, fixture_audit(), NULL);
    json_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &why);
    ck_assert_msg(root != NULL, "%d:%d: %s", why.line, why.column, why.text);
    ck_assert_str_eq(json_string_value(json_object_get(root, "case")), "chancay");
    const json_t *claims = json_object_get(root, "claims");
    ck_assert_uint_eq(json_array_size(claims), FIXTURE_CLAIMS);
    const json_t *first = json_array_get(claims, 0);
    const json_t *figure = json_object_get(first, "figure");
    ck_assert_str_eq(json_string_value(json_object_get(first, "verdict")),
                     "holds-when");
    ck_assert_double_eq(json_number_value(json_object_get(figure, "value")), 12.1);
    ck_assert_str_eq(json_string_value(json_object_get(figure, "unit")), "d");
    ck_assert_uint_eq(json_array_size(json_object_get(first, "workings")), 9);
    ck_assert_uint_eq(json_array_size(json_object_get(first, "sources")), 1);
    const json_t *step = json_array_get(json_object_get(first, "workings"), 1);
    const json_t *legs = json_object_get(json_object_get(step, "chain"), "legs");
    ck_assert_uint_eq(json_array_size(legs), 6);
    figure = json_object_get(json_array_get(claims, 3), "figure");
    ck_assert(json_is_null(json_object_get(figure, "value")));
    json_decref(root);
}
END_TEST

START_TEST(csv_has_a_row_per_claim) {
    dro_csv *csv = NULL;
    size_t verdict = 0, value = 0, rows = 0;
    bool more = true;
    write(DRO_FORMAT_CSV, fixture_audit(), NULL);
    ck_assert_int_eq(dro_csv_open_memory(bytes, length, "audit", &csv, NULL), DRO_OK);
    ck_assert_int_eq(dro_csv_require(csv, "verdict", &verdict, NULL), DRO_OK);
    ck_assert_int_eq(dro_csv_require(csv, "value", &value, NULL), DRO_OK);
    while (dro_csv_next(csv, &more, NULL) == DRO_OK && more) {
        bool known = dro_csv_field(csv, value)[0] != '\0';
        bool untested = strcmp(dro_csv_field(csv, verdict), "not-testable") == 0;
        ck_assert(!(known && untested));
        rows++;
    }
    ck_assert_uint_eq(rows, FIXTURE_CLAIMS);
    dro_csv_close(csv);
}
END_TEST

static void check_widths(void) {
    size_t width = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        width = byte == '\n' ? 0 : width + ((byte & 0xC0u) != 0x80u);
        ck_assert_msg(width <= 100, "a line is wider than 100 columns: %.*s", 100,
                      bytes + i - 99);
    }
}

START_TEST(tables_fit_100_columns) {
    write(DRO_FORMAT_TABLE, fixture_audit(), NULL);
    check_widths();
    ck_assert_ptr_nonnull(strstr(bytes, "12.1 d (10.7 to 14.0)"));
    for (size_t i = 0; i < FIXTURE_CLAIMS; i++) {
        dro_audit_result one = only(i);
        write(DRO_FORMAT_TABLE, &one, NULL);
        check_widths();
    }
}
END_TEST

START_TEST(one_claim_alone_is_told_leg_by_leg) {
    dro_audit_result one = only(0);
    write(DRO_FORMAT_TABLE, &one, NULL);
    ck_assert_ptr_nonnull(strstr(bytes, "Manzanillo  Shanghai"));
    ck_assert_ptr_nonnull(strstr(bytes, "what the figure hangs on"));
    ck_assert_ptr_nonnull(strstr(bytes, "Chancay opens, Andina, 2024"));
}
END_TEST

START_TEST(golden) {
    char *expected = NULL;
    size_t expected_length = 0;
    dro_audit_result one = only(0);
    write(DRO_FORMAT_TABLE, &one, NULL);
    ck_assert_int_eq(dro_file_read(DRO_TEST_SOURCE_DIR "/tests/golden/audit_claim.txt",
                                   1 << 20, &expected, &expected_length, NULL),
                     DRO_OK);
    ck_assert_str_eq(bytes, expected);
    dro_free(expected);
}
END_TEST

/* ---- the page ------------------------------------------------------------------- */

START_TEST(page_asks_nothing_of_a_network) {
    dro_land *land = fixture_land();
    write(DRO_FORMAT_HTML, fixture_audit(), land);
    ck_assert_ptr_null(strstr(bytes, "http://"));
    ck_assert_ptr_null(strstr(bytes, "https://"));
    ck_assert_ptr_null(strstr(bytes, "<script"));
    ck_assert_ptr_null(strstr(bytes, "@import"));
    ck_assert_ptr_nonnull(strstr(bytes, "default-src 'none'"));
    ck_assert_uint_lt(length, 2000000);
    dro_land_close(land);
}
END_TEST

START_TEST(page_has_every_claim_once) {
    dro_land *land = fixture_land();
    write(DRO_FORMAT_HTML, fixture_audit(), land);
    ck_assert_uint_eq(count_of("<section class=\"claim "), FIXTURE_CLAIMS);
    ck_assert_uint_eq(count_of("id=\"ground\""), 1); /* land is there once */
    ck_assert_uint_ge(count_of("href=\"#ground\""), 3);
    ck_assert_uint_eq(count_of("<h1"), 1);
    dro_land_close(land);
}
END_TEST

/* What is in a text of the result is text in the page. */
START_TEST(page_escapes) {
    write(DRO_FORMAT_HTML, fixture_audit(), NULL);
    ck_assert_ptr_null(strstr(bytes, "<soon>"));
    ck_assert_ptr_nonnull(strstr(bytes, "&lt;soon&gt;"));
    ck_assert_ptr_null(strstr(bytes, "Facts <of>"));
    ck_assert_ptr_null(strstr(bytes, "nan"));
    ck_assert_ptr_null(strstr(bytes, "inf%"));
}
END_TEST

/* Each picture has a title, or is hidden from those who listen. */
START_TEST(pictures_are_named) {
    write(DRO_FORMAT_HTML, fixture_audit(), NULL);
    size_t named = 0, hidden = 0;
    for (const char *at = strstr(bytes, "<svg"); at != NULL;
         at = strstr(at + 1, "<svg")) {
        const char *end = strchr(at, '>');
        ck_assert_ptr_nonnull(end);
        const char *quiet_at = strstr(at, "aria-hidden");
        bool quiet = quiet_at != NULL && quiet_at < end;
        ck_assert(quiet || strncmp(end + 1, "<title>", 7) == 0);
        named += !quiet;
        hidden += quiet;
    }
    ck_assert_uint_gt(named, FIXTURE_CLAIMS / 2);
    ck_assert_uint_gt(hidden, FIXTURE_CLAIMS);
}
END_TEST

START_TEST(same_result_same_bytes) {
    write(DRO_FORMAT_HTML, fixture_audit(), NULL);
    char *before = bytes;
    bytes = NULL;
    dro_audit_result slower = *fixture_audit();
    slower.seconds = 99.0;
    write(DRO_FORMAT_HTML, &slower, NULL);
    ck_assert_str_eq(before, bytes);
    free(before);
}
END_TEST

START_TEST(nothing_to_audit) {
    dro_audit_result none = *fixture_audit();
    none.claim_count = 0;
    none.notice_count = 0;
    const dro_format formats[] = {DRO_FORMAT_TABLE, DRO_FORMAT_JSON, DRO_FORMAT_CSV,
                                  DRO_FORMAT_HTML};
    for (size_t i = 0; i < 4; i++) {
        write(formats[i], &none, NULL);
        ck_assert_uint_gt(length, 0);
    }
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_report_audit(stdout, DRO_FORMAT_SVG, &none, NULL, &error),
                     DRO_INVALID);
}
END_TEST

/* For tests/e2e/audit_page.sh, which opens it in a browser. */
START_TEST(page_for_a_browser) {
    const char *path = getenv("AUDIT_PAGE");
    if (path == NULL) {
        return;
    }
    dro_land *land = fixture_land();
    write(DRO_FORMAT_HTML, fixture_audit(), land);
    FILE *out = fopen(path, "wb");
    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(fwrite(bytes, 1, length, out), length);
    ck_assert_int_eq(fclose(out), 0);
    dro_land_close(land);
}
END_TEST

/* tools/embed.sh was run after the last change of the style. */
START_TEST(embedded_page_is_fresh) {
    char *made = NULL, *fresh = NULL;
    size_t made_length = 0;
    ck_assert_int_eq(dro_file_read(DRO_TEST_SOURCE_DIR "/src/report/audit_page.inc",
                                   1 << 22, &made, &made_length, NULL),
                     DRO_OK);
    FILE *pipe =
        popen("sh '" DRO_TEST_SOURCE_DIR "/tools/embed.sh' --print-audit", "r");
    ck_assert_ptr_nonnull(pipe);
    fresh = malloc(made_length + 2);
    ck_assert_ptr_nonnull(fresh);
    size_t got = fread(fresh, 1, made_length + 1, pipe);
    ck_assert_int_eq(pclose(pipe), 0);
    ck_assert_msg(got == made_length && memcmp(made, fresh, got) == 0,
                  "audit_page.inc is older than its source: run tools/embed.sh");
    free(fresh);
    dro_free(made);
}
END_TEST

int main(void) {
    const TTest *tests[] = {json_has_the_members_of_the_issue,
                            csv_has_a_row_per_claim,
                            tables_fit_100_columns,
                            one_claim_alone_is_told_leg_by_leg,
                            golden,
                            page_asks_nothing_of_a_network,
                            page_has_every_claim_once,
                            page_escapes,
                            pictures_are_named,
                            same_result_same_bytes,
                            nothing_to_audit,
                            page_for_a_browser,
                            embedded_page_is_fresh,
                            NULL};
    return check_main("report audit", tests);
}
