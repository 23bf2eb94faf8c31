/* Pictures of any texts and any points: the SVG is well-formed XML, the page has no tag
 * that a text brought. */
#include "unit/picture_fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool truth) {
    if (!truth) {
        abort();
    }
}

/* Two bytes each for latitude and longitude, a little beyond their range. */
static dro_point point_from(const uint8_t *bytes) {
    double lat = (bytes[0] * 256.0 + bytes[1]) / 65535.0 * 181.0 - 90.5;
    double lon = (bytes[2] * 256.0 + bytes[3]) / 65535.0 * 361.0 - 180.5;
    return (dro_point){lat, lon};
}

static size_t count_of(const char *text, const char *part) {
    size_t count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

static void draw(const dro_picture *picture) {
    dro_text svg = {0}, page = {0};
    dro_status status = dro_picture_svg(picture, &svg, NULL);
    require(status == dro_picture_html(picture, &page, NULL));
    if (status == DRO_OK) {
        require(dro_utf8_valid(svg.data, svg.length));
        require(dro_utf8_valid(page.data, page.length));
        require(fixture_is_xml(svg.data));
        require(count_of(page.data, "<script") == 2);
        require(count_of(page.data, "</script") == 2);
    }
    dro_text_free(&svg);
    dro_text_free(&page);
}

/* First byte: view and number of points; then points, then the text of everything. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    size_t count = size == 0 ? 0 : data[0] >> 2 & 15u;
    if (size < 1 + 4 * count) {
        return 0;
    }
    dro_point points[16];
    for (size_t i = 0; i < count; i++) {
        points[i] = point_from(data + 1 + 4 * i);
    }
    size_t length = size - 1 - 4 * count;
    char *text = malloc(length + 1);
    require(text != NULL);
    memcpy(text, data + 1 + 4 * count, length);
    text[length] = '\0';
    dro_picture_route route = DRO_PICTURE_ROUTE_INIT;
    route.label = route.note = route.passages = text;
    route.points = points;
    route.count = count;
    dro_picture_mark mark = {{0.0, 0.0}, text, DRO_PICTURE_END};
    dro_picture picture = DRO_PICTURE_INIT;
    picture.title = picture.subtitle = picture.language = picture.attribution = text;
    picture.routes = &route;
    picture.route_count = 1;
    picture.marks = &mark;
    picture.mark_count = 1;
    picture.view = (dro_picture_view)(data[0] & 3u);
    draw(&picture);
    free(text);
    return 0;
}
