/* Whole pictures: the golden one, the page, and input that is refused. UPDATE=1
 * rewrites tests/golden/picture_*.svg; look at them then. */
#include "check_main.h"
#include "report/ink.h"
#include "unit/picture_fixture.h"

static const dro_point FIRST[] = {
    {-12.0, -77.0}, {5.0, -130.0}, {20.0, 150.0}, {31.0, 122.0}};
static const dro_point SECOND[] = {
    {-24.0, -46.0}, {-36.0, 20.0}, {-8.0, 80.0}, {31.0, 122.0}};
static const dro_picture_leg LEGS[] = {
    {DRO_PICTURE_SEA, 0, 1}, {DRO_PICTURE_CHANNEL, 1, 2}, {DRO_PICTURE_SEA, 2, 3}};
static const dro_picture_mark MARKS[] = {{{-12.0, -77.0}, "Alpha", DRO_PICTURE_END},
                                         {{31.0, 122.0}, "Omega", DRO_PICTURE_END},
                                         {{31.0, 122.0}, "Omega", DRO_PICTURE_END},
                                         {{-24.0, -46.0}, "Beta", DRO_PICTURE_END},
                                         {{-36.0, 20.0}, "Cape", DRO_PICTURE_PASSAGE},
                                         {{30.0, 32.5}, "Canal", DRO_PICTURE_CLOSED},
                                         {{5.0, -130.0}, "Wish", DRO_PICTURE_VIA},
                                         {{10.0, 60.0}, "Port", DRO_PICTURE_PORT}};
static const char *const NOTES[] = {"A note.", "Another note."};

typedef struct sample {
    dro_picture_route routes[2];
    dro_picture picture;
} sample;

static void make_sample(sample *s, dro_land *land, size_t routes) {
    dro_picture_route route = DRO_PICTURE_ROUTE_INIT;
    dro_picture picture = DRO_PICTURE_INIT;
    route.label = "Alpha to Omega";
    route.points = FIRST;
    route.count = 4;
    route.distance_nm = 9253.4;
    route.duration_h = 555.0;
    route.cost_usd = 1.72e6;
    route.co2_t = 4684.0;
    route.passages = "Strait";
    s->routes[0] = route;
    route.label = "Beta to Omega";
    route.points = SECOND;
    route.legs = LEGS;
    route.leg_count = 3;
    route.distance_nm = 11040.0;
    route.duration_h = 662.0;
    route.cost_usd = 998000.0;
    route.co2_t = (double)NAN;
    route.passages = "Cape";
    route.note = "Longer.";
    route.duration_range_h = (dro_picture_range){640.0, 720.0};
    route.cost_range_usd = (dro_picture_range){700000.0, 1.4e6};
    s->routes[1] = route;
    picture.title = "Two routes";
    picture.subtitle = "On a land of circles";
    picture.routes = s->routes;
    picture.route_count = routes;
    picture.marks = MARKS;
    picture.mark_count = routes == 2 ? sizeof MARKS / sizeof *MARKS : 2;
    picture.notes = NOTES;
    picture.note_count = 2;
    picture.land = land;
    s->picture = picture;
}

static void check_golden(const char *name, const dro_text *text) {
    char path[512];
    (void)snprintf(path, sizeof path, "%s/tests/golden/%s", DRO_TEST_SOURCE_DIR, name);
    if (getenv("UPDATE") != NULL) {
        FILE *out = fopen(path, "wb");
        ck_assert_ptr_nonnull(out);
        ck_assert_uint_eq(fwrite(text->data, 1, text->length, out), text->length);
        ck_assert_int_eq(fclose(out), 0);
        return;
    }
    char *golden = NULL;
    size_t length = 0;
    ck_assert_int_eq(dro_file_read(path, 1 << 22, &golden, &length, NULL), DRO_OK);
    ck_assert_msg(length == text->length && memcmp(golden, text->data, length) == 0,
                  "%s differs; UPDATE=1 rewrites it", name);
    dro_free(golden);
}

static void draw_golden(dro_picture_view view, size_t routes, const char *name) {
    dro_land *land = fixture_land();
    sample s;
    make_sample(&s, land, routes);
    s.picture.view = view;
    dro_text svg = {0};
    ck_assert_int_eq(dro_picture_svg(&s.picture, &svg, NULL), DRO_OK);
    ck_assert(fixture_is_xml(svg.data));
    check_golden(name, &svg);
    dro_text_free(&svg);
    dro_land_close(land);
}

START_TEST(golden) {
    draw_golden(DRO_VIEW_AUTO, 2, "picture_world.svg");
    draw_golden(DRO_VIEW_GLOBE, 1, "picture_globe.svg");
    draw_golden(DRO_VIEW_REGION, 1, "picture_region.svg");
}
END_TEST

START_TEST(same_input_same_bytes_appended) {
    sample s;
    make_sample(&s, NULL, 2);
    dro_text text = {0};
    ck_assert_int_eq(dro_text_add(&text, "before"), DRO_OK);
    ck_assert_int_eq(dro_picture_svg(&s.picture, &text, NULL), DRO_OK);
    size_t length = text.length - 6;
    ck_assert_int_eq(dro_picture_svg(&s.picture, &text, NULL), DRO_OK);
    ck_assert_uint_eq(text.length, 6 + 2 * length);
    ck_assert_int_eq(memcmp(text.data + 6, text.data + 6 + length, length), 0);
    dro_text_free(&text);
}
END_TEST

START_TEST(nothing_to_show) {
    dro_picture picture = DRO_PICTURE_INIT;
    for (int view = DRO_VIEW_AUTO; view <= DRO_VIEW_WORLD; view++) {
        dro_text svg = {0}, page = {0};
        picture.view = (dro_picture_view)view;
        ck_assert_int_eq(dro_picture_svg(&picture, &svg, NULL), DRO_OK);
        ck_assert(fixture_is_xml(svg.data));
        ck_assert_int_eq(dro_picture_html(&picture, &page, NULL), DRO_OK);
        dro_text_free(&svg);
        dro_text_free(&page);
    }
}
END_TEST

/* One place, a way along the antimeridian, over a pole, to the other side. */
START_TEST(odd_routes) {
    const dro_point ways[][2] = {
        {{5, 5}, {5, 5}},          {{-40, 180}, {40, -180}},
        {{80, 10}, {80, -170}},    {{0, 0}, {0, 180}},
        {{90, 0}, {-90, 0}},       {{10, 179.99}, {10, -179.99}},
        {{-89.9, 0}, {-89.9, 180}}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        dro_picture_route route = DRO_PICTURE_ROUTE_INIT;
        dro_picture picture = DRO_PICTURE_INIT;
        route.points = ways[i];
        route.count = 2;
        picture.routes = &route;
        picture.route_count = 1;
        dro_text svg = {0};
        for (int view = DRO_VIEW_AUTO; view <= DRO_VIEW_WORLD; view++) {
            picture.view = (dro_picture_view)view;
            ck_assert_int_eq(dro_picture_svg(&picture, &svg, NULL), DRO_OK);
        }
        ck_assert_ptr_null(strstr(svg.data, "nan"));
        dro_text_free(&svg);
    }
}
END_TEST

static void check_refused(const dro_picture *picture, dro_status status,
                          const char *says) {
    dro_error error = DRO_ERROR_INIT;
    dro_text text = {0};
    ck_assert_int_eq(dro_picture_svg(picture, &text, &error), status);
    ck_assert_ptr_nonnull(strstr(error.message, says));
    ck_assert_int_eq(dro_picture_html(picture, &text, &error), status);
    ck_assert_uint_eq(text.length, 0);
    dro_text_free(&text);
}

START_TEST(bad_input_is_refused) {
    sample s;
    make_sample(&s, NULL, 2);
    const dro_point nan[] = {{(double)NAN, 0.0}, {0.0, 0.0}};
    s.routes[1].points = nan;
    s.routes[1].count = 2;
    s.routes[1].leg_count = 0;
    check_refused(&s.picture, DRO_INVALID, "Beta to Omega");
    make_sample(&s, NULL, 2);
    s.routes[1].count = 3;
    check_refused(&s.picture, DRO_INVALID, "leg 2");
    make_sample(&s, NULL, 2);
    s.picture.width_px = 1e9;
    check_refused(&s.picture, DRO_INVALID, "pixels");
    s.picture.width_px = 800.0;
    s.picture.route_count = DRO_PICTURE_ROUTES_MAX + 1;
    check_refused(&s.picture, DRO_LIMIT, "501");
}
END_TEST

START_TEST(figures) {
    ck_assert_str_eq(dro_figure_nm(9253.4).text, "9,253 nm");
    ck_assert_str_eq(dro_figure_nm(0.0).text, "0 nm");
    ck_assert_str_eq(dro_figure_nm(1234567.0).text, "1,234,567 nm");
    ck_assert_str_eq(dro_figure_days(36.0).text, "1.5 days");
    ck_assert_str_eq(dro_figure_days(23.99).text, "1.0 days");
    ck_assert_str_eq(dro_figure_usd(1724999.0).text, "1.72 M USD");
    ck_assert_str_eq(dro_figure_usd(999600.0).text, "1.00 M USD");
    ck_assert_str_eq(dro_figure_usd(812345.0).text, "812,000 USD");
    ck_assert_str_eq(dro_figure_t((double)NAN).text, "\xE2\x80\x93");
    ck_assert_str_eq(dro_figure_t(-1.0).text, "\xE2\x80\x93");
    sample s;
    make_sample(&s, NULL, 2);
    ck_assert_str_eq(dro_figure_range_of(&s.routes[1], DRO_COLUMN_DAYS).text,
                     "26.7\xE2\x80\x93"
                     "30.0");
    ck_assert_str_eq(dro_figure_range_of(&s.routes[1], DRO_COLUMN_USD).text,
                     "0.70\xE2\x80\x93"
                     "1.40 M");
    ck_assert_str_eq(dro_figure_range_of(&s.routes[0], DRO_COLUMN_USD).text, "");
    s.routes[0].cost_range_usd = (dro_picture_range){152900.0, 356400.0};
    ck_assert_str_eq(dro_figure_range_of(&s.routes[0], DRO_COLUMN_USD).text,
                     "153\xE2\x80\x93"
                     "356 k");
}
END_TEST

/* ---- the page ---------------------------------------------------------------------
 */

START_TEST(page_asks_nothing_of_a_network) {
    dro_land *land = fixture_land();
    sample s;
    make_sample(&s, land, 2);
    dro_text page = {0};
    ck_assert_int_eq(dro_picture_html(&s.picture, &page, NULL), DRO_OK);
    ck_assert_ptr_nonnull(strstr(page.data, "<html lang=\"en\">"));
    ck_assert_ptr_nonnull(strstr(page.data, "default-src 'none'"));
    static const char *const asks[] = {" src=",  " href=",  "@import", "url(",
                                       "fetch(", "XMLHttp", "import(", "https:"};
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
        ck_assert_msg(strstr(page.data, asks[i]) == NULL, "%s", asks[i]);
    }
    dro_text_free(&page);
    dro_land_close(land);
}
END_TEST

/* For tests/e2e/map_page.sh, which opens it in a browser. */
START_TEST(page_for_a_browser) {
    const char *path = getenv("PICTURE_PAGE");
    if (path == NULL) {
        return;
    }
    dro_land *land = fixture_land();
    sample s;
    make_sample(&s, land, 2);
    dro_text page = {0};
    ck_assert_int_eq(dro_picture_html(&s.picture, &page, NULL), DRO_OK);
    FILE *out = fopen(path, "wb");
    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(fwrite(page.data, 1, page.length, out), page.length);
    ck_assert_int_eq(fclose(out), 0);
    dro_text_free(&page);
    dro_land_close(land);
}
END_TEST

/* tools/embed.sh was run after the last change of the script and the style. */
START_TEST(embedded_page_is_fresh) {
    char *made = NULL, *fresh = NULL;
    size_t made_length = 0, length = 0;
    char command[600], path[600];
    (void)snprintf(path, sizeof path, "%s/src/report/map_page.inc",
                   DRO_TEST_SOURCE_DIR);
    ck_assert_int_eq(dro_file_read(path, 1 << 22, &made, &made_length, NULL), DRO_OK);
    (void)snprintf(command, sizeof command, "sh '%s/tools/embed.sh' --print",
                   DRO_TEST_SOURCE_DIR);
    FILE *pipe = popen(command, "r");
    ck_assert_ptr_nonnull(pipe);
    fresh = malloc(made_length + 2);
    ck_assert_ptr_nonnull(fresh);
    length = fread(fresh, 1, made_length + 1, pipe);
    ck_assert_int_eq(pclose(pipe), 0);
    ck_assert_msg(length == made_length && memcmp(made, fresh, length) == 0,
                  "map_page.inc is older than its sources: run tools/embed.sh");
    free(fresh);
    dro_free(made);
}
END_TEST

int main(void) {
    const TTest *tests[] = {golden,
                            same_input_same_bytes_appended,
                            nothing_to_show,
                            odd_routes,
                            bad_input_is_refused,
                            figures,
                            page_asks_nothing_of_a_network,
                            page_for_a_browser,
                            embedded_page_is_fresh,
                            NULL};
    return check_main("picture write", tests);
}
