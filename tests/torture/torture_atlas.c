/* Every allocation of loading, looking up and reading an area fails once. */
#include "torture.h"
#include "unit/atlas_fixture.h"

#include "atlas/geojson.h"

static dro_status load(void *context, dro_error *error) {
    (void)context;
    dro_atlas *atlas = NULL;
    DRO_TRY(dro_atlas_load(fixture_folder, &atlas, error));
    size_t ports[3];
    (void)dro_atlas_search_ports(atlas, "ca", 3, ports); /* does without */
    dro_atlas_destroy(atlas);
    return DRO_OK;
}

static dro_status read_rings(void *context, dro_error *error) {
    (void)context;
    dro_arena *arena = NULL;
    DRO_TRY(dro_arena_create(&arena, error));
    char path[256];
    (void)snprintf(path, sizeof path, "%s/shoals.geojson", fixture_folder);
    dro_ring *rings = NULL;
    size_t count = 0;
    dro_status status = dro_geojson_read_rings(path, arena, &rings, &count, error);
    dro_arena_destroy(arena);
    return status;
}

static dro_status draw_line(void *context, dro_error *error) {
    (void)context;
    const dro_point path[] = {{-12, -77}, {31, 121}, {80, 0}, {80, 180}};
    dro_arena *arena = NULL;
    DRO_TRY(dro_arena_create(&arena, error));
    dro_line line;
    dro_status status = dro_geo_line(path, 4, 200000, arena, &line, error);
    dro_arena_destroy(arena);
    return status;
}

START_TEST(loading) {
    ck_assert_uint_gt(torture(load, NULL), 50);
}
END_TEST

START_TEST(areas) {
    ck_assert_uint_gt(torture(read_rings, NULL), 5);
}
END_TEST

START_TEST(lines) {
    ck_assert_uint_gt(torture(draw_line, NULL), 3);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("torture_atlas");
    TCase *tests = tcase_create("all");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, fixture_set_up, fixture_tear_down);
    tcase_add_test(tests, loading);
    tcase_add_test(tests, areas);
    tcase_add_test(tests, lines);
    suite_add_tcase(suite, tests);
    return check_run(suite);
}
