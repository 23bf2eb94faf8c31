/* Whatever a text holds, it stays text: in SVG, in HTML, in the page's JSON. */
#include <jansson.h>

#include "check_main.h"
#include "unit/picture_fixture.h"

static const dro_point LINE[] = {{-12.0, -77.0}, {10.0, -150.0}, {31.0, 122.0}};

/* A picture in which one text is everywhere. */
static dro_status draw(const char *text, bool html, dro_text *out) {
    dro_picture_route route = DRO_PICTURE_ROUTE_INIT;
    route.label = route.passages = route.note = text;
    route.points = LINE;
    route.count = 3;
    const dro_picture_mark marks[] = {{LINE[0], text, DRO_PICTURE_END},
                                      {LINE[1], text, DRO_PICTURE_PASSAGE},
                                      {LINE[2], text, DRO_PICTURE_CLOSED}};
    const char *const notes[] = {text, text};
    dro_picture picture = DRO_PICTURE_INIT;
    picture.title = picture.subtitle = picture.language = picture.attribution = text;
    picture.routes = &route;
    picture.route_count = 1;
    picture.marks = marks;
    picture.mark_count = 3;
    picture.notes = notes;
    picture.note_count = 2;
    return html ? dro_picture_html(&picture, out, NULL)
                : dro_picture_svg(&picture, out, NULL);
}

/* Between the tags of the first script: the data. */
static json_t *page_data(const dro_text *page) {
    const char *begin = strstr(page->data, "id=\"data\">");
    ck_assert_ptr_nonnull(begin);
    begin += strlen("id=\"data\">");
    const char *end = strstr(begin, "</script>");
    ck_assert_ptr_nonnull(end);
    json_error_t problem;
    json_t *data = json_loadb(begin, (size_t)(end - begin), 0, &problem);
    ck_assert_msg(data != NULL, "%s", problem.text);
    return data;
}

static void check_svg(const char *text) {
    dro_text svg = {0};
    ck_assert_int_eq(draw(text, false, &svg), DRO_OK);
    ck_assert(dro_utf8_valid(svg.data, svg.length));
    ck_assert_msg(fixture_is_xml(svg.data), "%s", svg.data);
    dro_text_free(&svg);
}

static size_t occurrences(const char *text, const char *part) {
    size_t count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

/* The label as the page's script will read it. */
static void check_html(const char *text, char *label, size_t size) {
    dro_text page = {0};
    ck_assert_int_eq(draw(text, true, &page), DRO_OK);
    ck_assert(dro_utf8_valid(page.data, page.length));
    ck_assert_uint_eq(occurrences(page.data, "</script"), 2);
    ck_assert_uint_eq(occurrences(page.data, "<script"), 2);
    ck_assert_uint_eq(occurrences(page.data, "<!--"), 0);
    json_t *data = page_data(&page);
    json_t *route = json_array_get(json_object_get(data, "routes"), 0);
    const char *read = json_string_value(json_object_get(route, "label"));
    ck_assert_ptr_nonnull(read);
    (void)snprintf(label, size, "%s", read);
    json_decref(data);
    dro_text_free(&page);
}

START_TEST(nasty_texts) {
    static const char *const texts[] = {
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "\"onload=\"x",
        "'&amp;'",
        "]]>",
        "a & b < c > d \" e ' f",
        "${x}`\\",
        "\\u003c \\\"",
        "x",
        "",
        "Valpara\xC3\xADso \xE4\xB8\x8A\xE6\xB5\xB7 \xF0\x9F\x9A\xA2",
        "\xE2\x80\xA8line\xE2\x80\xA9",
        "two\nlines\tand a tab"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char label[256];
        check_svg(texts[i]);
        check_html(texts[i], label, sizeof label);
        ck_assert_str_eq(label, texts[i]);
    }
}
END_TEST

/* What neither XML nor UTF-8 allows becomes U+FFFD. */
START_TEST(impossible_texts) {
    static const char *const texts[] = {
        "\x01", "\x1F", "\xFF", "\xC0\x80", "\xED\xA0\x80", "\xEF\xBF\xBE", "\x7F"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char label[256];
        check_svg(texts[i]);
        check_html(texts[i], label, sizeof label);
        ck_assert_str_eq(label + strlen(label) - 3, "\xEF\xBF\xBD");
    }
}
END_TEST

START_TEST(random_bytes) {
    dro_random random;
    dro_random_seed(&random, 7);
    for (int round = 0; round < 150; round++) {
        char text[80], label[600];
        size_t length = dro_random_u64(&random) % (sizeof text - 1);
        for (size_t i = 0; i < length; i++) {
            const char spice[] = "<>&\"'/!-\\]";
            uint64_t r = dro_random_u64(&random);
            text[i] = r % 3 == 0 ? spice[r / 3 % 10] : (char)(1 + r / 3 % 255);
        }
        text[length] = '\0';
        check_svg(text);
        check_html(text, label, sizeof label);
    }
}
END_TEST

/* A host program's locale writes commas: numbers of the picture stay as they are. */
START_TEST(numbers_do_not_ask_the_locale) {
    dro_text svg = {0};
    ck_assert_int_eq(draw("x", false, &svg), DRO_OK);
    const char *d = strstr(svg.data, " d=\"M");
    ck_assert_ptr_nonnull(d);
    ck_assert_ptr_nonnull(strchr(d, '.'));
    dro_text_free(&svg);
}
END_TEST

int main(void) {
    const TTest *tests[] = {nasty_texts, impossible_texts, random_bytes,
                            numbers_do_not_ask_the_locale, NULL};
    return check_main("picture escape", tests);
}
