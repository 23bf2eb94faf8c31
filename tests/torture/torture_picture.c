/* Each allocation of the land reader and of the two writers fails once. */
#include "check_main.h"
#include "torture/torture.h"
#include "unit/picture_fixture.h"

static const dro_point LINE[] = {{-12.0, -77.0}, {10.0, -150.0}, {31.0, 122.0}};
static const dro_picture_mark MARKS[] = {{{-12.0, -77.0}, "Alpha", DRO_PICTURE_END},
                                         {{31.0, 122.0}, "Omega", DRO_PICTURE_END}};

typedef dro_status (*writer)(const dro_picture *picture, dro_text *out,
                             dro_error *error);

static dro_status draw(writer write, dro_picture_view view, dro_land *land,
                       dro_error *error) {
    dro_picture_route route = DRO_PICTURE_ROUTE_INIT;
    dro_picture picture = DRO_PICTURE_INIT;
    route.points = LINE;
    route.count = 3;
    picture.routes = &route;
    picture.route_count = 1;
    picture.marks = MARKS;
    picture.mark_count = 2;
    picture.land = land;
    picture.view = view;
    dro_text out = {0};
    dro_status status = write(&picture, &out, error);
    dro_text_free(&out);
    return status;
}

static dro_status body(void *context, dro_error *error) {
    static fixture_bytes file;
    dro_land *land = NULL;
    (void)context;
    fixture_file(&file, FIXTURE_CAPS, FIXTURE_CAP_COUNT);
    DRO_TRY(dro_land_read(file.data, file.count, &land, error));
    dro_status status = draw(dro_picture_svg, DRO_VIEW_WORLD, land, error);
    if (status == DRO_OK) {
        status = draw(dro_picture_html, DRO_VIEW_GLOBE, land, error);
    }
    dro_land_close(land);
    return status;
}

START_TEST(pictures) {
    ck_assert_uint_gt(torture_stepping(body, NULL, getenv("DRO_TEST_QUICK") ? 7 : 1),
                      20);
}
END_TEST

int main(void) {
    const TTest *tests[] = {pictures, NULL};
    return check_main("picture torture", tests);
}
