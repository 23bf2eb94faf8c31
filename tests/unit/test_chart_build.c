/* Building, opening and refusing chart files, on the invented world. */
#include "check_main.h"
#include <dirent.h>
#include <math.h>
#include <netcdf.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chart/image.h"
#include "support/synthetic_chart.h"

static synthetic_chart world;
static char *bytes; /* of the chart file */
static size_t length;
static dro_error error;

/* Unchecked: once for all tests, before they fork. */
static void set_up(void) {
    dro_chart_build_options options = DRO_CHART_BUILD_OPTIONS_INIT;
    options.threads = 1; /* so that two builds are the same */
    if (synthetic_chart_create(&synthetic_full, 0.0, &options, &world, &error) !=
            DRO_OK ||
        dro_file_read(world.path, SIZE_MAX / 2, &bytes, &length, &error) != DRO_OK) {
        (void)fprintf(stderr, "no chart to test: %s\n", error.message);
        exit(1);
    }
}

static void tear_down(void) {
    dro_free(bytes);
    synthetic_chart_destroy(&world);
}

static size_t files_in(const char *path) {
    DIR *folder = opendir(path);
    size_t count = 0;
    ck_assert_ptr_nonnull(folder);
    for (struct dirent *e = readdir(folder); e != NULL; e = readdir(folder)) {
        count += e->d_name[0] != '.' || strlen(e->d_name) > 2;
    }
    (void)closedir(folder);
    return count;
}

/* Another file in the world's folder. */
static const char *beside(const char *name) {
    static char path[600];
    (void)snprintf(path, sizeof path, "%s/%s", world.folder, name);
    return path;
}

static void write_bytes(const char *path, const char *data, size_t count) {
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(data, 1, count, file), count);
    ck_assert_int_eq(fclose(file), 0);
}

static void expect_stale(const char *path, const char *why) {
    dro_chart *chart = NULL;
    dro_error e = DRO_ERROR_INIT;
    dro_status status = dro_chart_open(path, NULL, &chart, &e);
    ck_assert_msg(status == DRO_STALE, "%s: %s, %s", why, dro_status_text(status),
                  e.message);
    ck_assert_ptr_null(chart);
    ck_assert_msg(strstr(e.message, "rebuild") != NULL, "%s: %s", why, e.message);
    ck_assert_msg(strstr(e.message, path) != NULL, "%s: %s", why, e.message);
}

static void expect_stale_bytes(const char *data, size_t count, const char *why) {
    const char *path = beside("damaged.chart");
    write_bytes(path, data, count);
    expect_stale(path, why);
    (void)unlink(path);
}

/* ---- a good file --------------------------------------------------------------------
 */

START_TEST(it_opens_and_verifies) {
    ck_assert_int_eq(dro_chart_verify(world.chart, &error), DRO_OK);
    dro_chart *chart = NULL;
    ck_assert_int_eq(dro_chart_open(world.path, NULL, &chart, &error), DRO_OK);
    dro_chart_close(chart);
    dro_chart_close(NULL);
}
END_TEST

START_TEST(its_info_is_sensible) {
    dro_chart_info info;
    size_t ports = 0;
    (void)dro_atlas_ports(world.atlas, &ports);
    dro_chart_get_info(world.chart, &info);
    ck_assert_uint_eq(info.format, IMAGE_FORMAT);
    ck_assert_uint_eq(info.bytes, length);
    ck_assert_uint_eq(info.atlas_hash, dro_atlas_chart_hash(world.atlas));
    ck_assert_str_eq(info.coastline, "GSHHG test");
    ck_assert_uint_eq(strlen(info.built), strlen("2025-01-01T00:00:00Z"));
    ck_assert_double_eq(info.clearance_m, 1852.0);
    ck_assert_uint_eq(info.ports, ports);
    ck_assert_uint_ge(info.channels, 3 + ports);
    ck_assert_uint_gt(info.nodes, 100);
    ck_assert_uint_gt(info.edges, info.nodes / 2);
    ck_assert_uint_le(info.triangles, 2 * info.vertices);
    /* the earth has 510 million km2; the lands of this world about 85 */
    ck_assert_double_gt(info.water_km2, 410e6);
    ck_assert_double_lt(info.water_km2, 440e6);
    ck_assert_double_lt(info.lost_km2, 1000.0);
}
END_TEST

START_TEST(its_sections_are_listed) {
    dro_chart_section sections[64];
    size_t count = dro_chart_sections(world.chart, sections, 64);
    ck_assert_uint_eq(count, IMAGE_SECTION_COUNT);
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_gt(strlen(sections[i].name), 0);
        sum += sections[i].bytes;
    }
    ck_assert_uint_le(sum, length);
    ck_assert_uint_eq(dro_chart_sections(world.chart, NULL, 0), count);
}
END_TEST

START_TEST(two_builds_are_the_same) {
    dro_chart_build_options options = DRO_CHART_BUILD_OPTIONS_INIT;
    options.coastline = world.coastline;
    options.atlas = world.atlas;
    options.threads = 1;
    const char *path = beside("again.chart");
    ck_assert_int_eq(dro_chart_build(&options, path, &error), DRO_OK);
    dro_chart *again = NULL;
    ck_assert_int_eq(dro_chart_open(path, world.atlas, &again, &error), DRO_OK);
    dro_chart_section one[64], two[64];
    size_t count = dro_chart_sections(world.chart, one, 64);
    ck_assert_uint_eq(dro_chart_sections(again, two, 64), count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(one[i].checksum == two[i].checksum &&
                          one[i].bytes == two[i].bytes,
                      "section %s differs", one[i].name);
    }
    dro_chart_close(again);
    (void)unlink(path);
}
END_TEST

START_TEST(an_existing_file_is_replaced) {
    dro_chart_build_options options = DRO_CHART_BUILD_OPTIONS_INIT;
    synthetic_chart tiny;
    ck_assert_int_eq(synthetic_chart_prepare(&synthetic_tiny, 0.0, &tiny, &error),
                     DRO_OK);
    options.coastline = tiny.coastline;
    options.atlas = tiny.atlas;
    const char *path = beside("replaced.chart");
    write_bytes(path, "old", 3);
    ck_assert_int_eq(dro_chart_build(&options, path, &error), DRO_OK);
    dro_chart *chart = NULL;
    ck_assert_int_eq(dro_chart_open(path, tiny.atlas, &chart, &error), DRO_OK);
    ck_assert_int_eq(dro_chart_verify(chart, &error), DRO_OK);
    dro_chart_close(chart);
    (void)unlink(path);
    synthetic_chart_destroy(&tiny);
}
END_TEST

/* ---- damaged files
 * -------------------------------------------------------------------- */

START_TEST(truncated_files_are_stale) {
    const size_t cuts[] = {0,
                           1,
                           7,
                           8,
                           63,
                           sizeof(image_header) - 1,
                           sizeof(image_header),
                           length / 2,
                           length - 64,
                           length - 1};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        expect_stale_bytes(bytes, cuts[i], "truncated");
    }
}
END_TEST

START_TEST(a_longer_file_is_stale) {
    char *more = calloc(1, length + 64);
    ck_assert_ptr_nonnull(more);
    memcpy(more, bytes, length);
    expect_stale_bytes(more, length + 64, "longer");
    free(more);
}
END_TEST

START_TEST(foreign_files_are_stale) {
    static const char text[] = "code,name\nPECLL,Callao\n";
    expect_stale_bytes(text, sizeof text - 1, "text");
    expect_stale(world.coastline, "the coastline itself");
    char *zeros = calloc(1, length);
    ck_assert_ptr_nonnull(zeros);
    expect_stale_bytes(zeros, length, "zeros");
    free(zeros);
}
END_TEST

START_TEST(every_byte_of_the_header_counts) {
    for (size_t i = 0; i < sizeof(image_header); i++) {
        bytes[i] = (char)(bytes[i] ^ 0x20);
        expect_stale_bytes(bytes, length, "a byte of the header");
        bytes[i] = (char)(bytes[i] ^ 0x20);
    }
}
END_TEST

/* A header that is changed and signed again. */
static void expect_stale_header(const image_header *header, const char *why) {
    char *copy = malloc(length);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, length);
    image_header h = *header;
    h.checksum = dro_hash64(&h, offsetof(image_header, checksum), h.format);
    memcpy(copy, &h, sizeof h);
    expect_stale_bytes(copy, length, why);
    free(copy);
}

START_TEST(other_versions_are_stale) {
    image_header h;
    memcpy(&h, bytes, sizeof h);
    h.format = IMAGE_FORMAT + 1;
    expect_stale_header(&h, "a newer format");
    memcpy(&h, bytes, sizeof h);
    h.format = 0;
    expect_stale_header(&h, "format 0");
    memcpy(&h, bytes, sizeof h);
    h.byte_order = 0x04030201u;
    expect_stale_header(&h, "another byte order");
    memcpy(&h, bytes, sizeof h);
    h.section_count++;
    expect_stale_header(&h, "another number of sections");
}
END_TEST

START_TEST(section_tables_are_checked) {
    for (size_t i = 0; i < IMAGE_SECTION_COUNT; i++) {
        image_header h;
        memcpy(&h, bytes, sizeof h);
        h.sections[i].offset = length + 64;
        expect_stale_header(&h, "a section beyond the end");
        memcpy(&h, bytes, sizeof h);
        h.sections[i].bytes = UINT64_MAX - 63;
        expect_stale_header(&h, "a huge section");
        memcpy(&h, bytes, sizeof h);
        h.sections[i].offset += 1;
        expect_stale_header(&h, "a section out of place");
        memcpy(&h, bytes, sizeof h);
        h.sections[i].name[0] = '?';
        expect_stale_header(&h, "a section of another name");
    }
}
END_TEST

static const image_section *section(size_t i) {
    return &((const image_header *)(const void *)bytes)->sections[i];
}

/* Where opening does not look; what is read there is looked at, or only a bound. */
static const size_t waiting[] = {IMAGE_landmarks, IMAGE_shoalmarks,  IMAGE_beacons,
                                 IMAGE_table,     IMAGE_table_class, IMAGE_leaf,
                                 IMAGE_tree_node, IMAGE_tree_parent};

static bool waits(size_t i) {
    for (size_t k = 0; k < sizeof waiting / sizeof *waiting; k++) {
        if (waiting[k] == i) {
            return true;
        }
    }
    return false;
}

START_TEST(opening_or_verify_names_the_damaged_section) {
    for (size_t i = 0; i < IMAGE_SECTION_COUNT; i++) {
        const image_section *s = section(i);
        if (s->bytes == 0) {
            continue;
        }
        size_t at = (size_t)(s->offset + s->bytes / 2);
        const char *path = beside("flipped.chart");
        bytes[at] = (char)(bytes[at] ^ 1);
        write_bytes(path, bytes, length);
        bytes[at] = (char)(bytes[at] ^ 1);
        dro_chart *chart = NULL;
        dro_status status = dro_chart_open(path, world.atlas, &chart, &error);
        ck_assert_int_eq(status, waits(i) ? DRO_OK : DRO_STALE);
        if (status == DRO_OK) {
            ck_assert_int_eq(dro_chart_verify(chart, &error), DRO_STALE);
        }
        ck_assert_ptr_nonnull(strstr(error.message, s->name));
        ck_assert_ptr_nonnull(strstr(error.message, "rebuild"));
        dro_chart_close(chart);
        (void)unlink(path);
    }
}
END_TEST

/* Every pair of ports, and two places at sea; how many had a way. */
static size_t ask_ways(const dro_chart *chart) {
    dro_sea_rules_options options = DRO_SEA_RULES_OPTIONS_INIT;
    dro_sea *sea = NULL;
    dro_sea_rules *rules = NULL;
    dro_sea_path path;
    size_t ports = 0, ways = 0;
    (void)dro_atlas_ports(world.atlas, &ports);
    ck_assert_int_eq(dro_sea_create(chart, &sea, &error), DRO_OK);
    ck_assert_int_eq(dro_sea_rules_create(chart, &options, &rules, &error), DRO_OK);
    for (int a = 0; a < (int)ports; a++) {
        for (int b = 0; b < (int)ports; b++) {
            dro_sea_end from = {{0, 0}, a}, to = {{0, 0}, b};
            dro_sea_cell cell;
            ways += dro_sea_route(sea, rules, from, to, &path, &error) == DRO_OK;
            (void)dro_sea_one_to_many(sea, rules, from, &to, 1, &cell, &error);
        }
    }
    dro_sea_end from = {{-40.0, 150.0}, -1}, to = {{50.0, -13.5}, -1};
    ways += dro_sea_route(sea, rules, from, to, &path, &error) == DRO_OK;
    dro_sea_rules_destroy(rules);
    dro_sea_destroy(sea);
    return ways;
}

START_TEST(damage_that_opening_leaves_stops_nothing) {
    const image_section *s = section(waiting[_i / 4]);
    const char *path = beside("spoilt.chart");
    char *copy = malloc(length);
    dro_random random;
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, length);
    dro_random_seed(&random, (uint64_t)_i);
    for (size_t at = 0; at < s->bytes; at++) {
        static const char same[] = {0, -1, 127};
        copy[s->offset + at] =
            _i % 4 < 3 ? same[_i % 4] : (char)(dro_random_u64(&random) & 0xff);
    }
    write_bytes(path, copy, length);
    free(copy);
    dro_chart *chart = NULL;
    ck_assert_int_eq(dro_chart_open(path, world.atlas, &chart, &error), DRO_OK);
    ck_assert_uint_gt(ask_ways(chart), 0);
    dro_chart_close(chart);
    (void)unlink(path);
}
END_TEST

START_TEST(another_atlas_is_stale) {
    synthetic_chart other;
    ck_assert_int_eq(synthetic_chart_prepare(&synthetic_tiny, 10.0, &other, &error),
                     DRO_OK);
    dro_chart *chart = NULL;
    ck_assert_int_eq(dro_chart_open(world.path, other.atlas, &chart, &error),
                     DRO_STALE);
    ck_assert_ptr_null(chart);
    ck_assert_ptr_nonnull(strstr(error.message, "rebuild"));
    synthetic_chart_destroy(&other);
}
END_TEST

START_TEST(no_file_and_a_folder_are_io) {
    dro_chart *chart = NULL;
    ck_assert_int_eq(dro_chart_open(beside("none.chart"), NULL, &chart, &error),
                     DRO_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "none.chart"));
    ck_assert_int_eq(dro_chart_open(world.folder, NULL, &chart, &error), DRO_IO);
    ck_assert_ptr_null(chart);
}
END_TEST

/* ---- builds that fail
 * --------------------------------------------------------------------- */

static dro_status build_tiny(const char *name, const dro_progress *progress,
                             synthetic_chart *tiny) {
    ck_assert_int_eq(synthetic_chart_prepare(&synthetic_tiny, 0.0, tiny, &error),
                     DRO_OK);
    dro_chart_build_options options = DRO_CHART_BUILD_OPTIONS_INIT;
    options.coastline = tiny->coastline;
    options.atlas = tiny->atlas;
    options.progress = progress;
    char path[1200];
    (void)snprintf(path, sizeof path, "%s/%s", tiny->folder, name);
    size_t before = files_in(tiny->folder);
    dro_status status = dro_chart_build(&options, path, &error);
    ck_assert_uint_eq(files_in(tiny->folder), before);
    return status;
}

START_TEST(a_place_that_cannot_be_written) {
    synthetic_chart tiny;
    ck_assert_int_eq(build_tiny("no/such/folder.chart", NULL, &tiny), DRO_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "no/such/folder.chart"));
    synthetic_chart_destroy(&tiny);
    ck_assert_int_eq(build_tiny("coast.nc/below.chart", NULL, &tiny), DRO_IO);
    synthetic_chart_destroy(&tiny);
}
END_TEST

START_TEST(a_full_disk_leaves_nothing) {
    /* a limit on the size of files stands for the disk */
    const struct rlimit small = {100000, RLIM_INFINITY};
    const struct rlimit large = {RLIM_INFINITY, RLIM_INFINITY};
    synthetic_chart tiny;
    ck_assert_int_eq(synthetic_chart_prepare(&synthetic_tiny, 0.0, &tiny, &error),
                     DRO_OK);
    dro_chart_build_options options = DRO_CHART_BUILD_OPTIONS_INIT;
    options.coastline = tiny.coastline;
    options.atlas = tiny.atlas;
    (void)signal(SIGXFSZ, SIG_IGN);
    size_t before = files_in(tiny.folder);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    dro_status status = dro_chart_build(&options, tiny.path, &error);
    (void)setrlimit(RLIMIT_FSIZE, &large);
    ck_assert_int_eq(status, DRO_IO);
    ck_assert_uint_eq(files_in(tiny.folder), before);
    ck_assert_int_eq(access(tiny.path, F_OK), -1);
    synthetic_chart_destroy(&tiny);
}
END_TEST

static bool stop_at_once(void *context, const char *stage, uint64_t done,
                         uint64_t total) {
    int *calls = context;
    (void)stage;
    (void)done;
    (void)total;
    return --*calls > 0;
}

START_TEST(stopping_leaves_nothing) {
    for (int after = 1; after < 8; after++) {
        int calls = after;
        const dro_progress progress = {stop_at_once, &calls};
        synthetic_chart tiny;
        ck_assert_int_eq(build_tiny("stopped.chart", &progress, &tiny), DRO_CANCELLED);
        synthetic_chart_destroy(&tiny);
    }
}
END_TEST

START_TEST(bad_options_are_invalid) {
    dro_chart_build_options good = DRO_CHART_BUILD_OPTIONS_INIT;
    good.coastline = world.coastline;
    good.atlas = world.atlas;
    const char *path = beside("never.chart");
    const double bad[] = {-1.0, 1e9, (double)NAN, (double)INFINITY};
    for (size_t i = 0; i < 4; i++) {
        dro_chart_build_options o = good;
        o.clearance_m = bad[i];
        ck_assert_int_eq(dro_chart_build(&o, path, &error), DRO_INVALID);
        o = good;
        o.tolerance_m = bad[i];
        ck_assert_int_eq(dro_chart_build(&o, path, &error), DRO_INVALID);
        o = good;
        o.spanner = bad[i];
        ck_assert_int_eq(dro_chart_build(&o, path, &error), DRO_INVALID);
        o = good;
        o.draft_m = bad[i];
        ck_assert_int_eq(dro_chart_build(&o, path, &error), DRO_INVALID);
    }
    dro_chart_build_options o = good;
    o.atlas = NULL;
    ck_assert_int_eq(dro_chart_build(&o, path, &error), DRO_INVALID);
    ck_assert_int_eq(access(path, F_OK), -1);
}
END_TEST

/* ---- coastlines that are none
 * --------------------------------------------------------------- */

static dro_status build_from(const char *coastline) {
    dro_chart_build_options o = DRO_CHART_BUILD_OPTIONS_INIT;
    o.coastline = coastline;
    o.atlas = world.atlas;
    char path[600];
    (void)snprintf(path, sizeof path, "%s/from.chart", world.folder);
    dro_status status = dro_chart_build(&o, path, &error);
    ck_assert_int_eq(access(path, F_OK), -1);
    return status;
}

START_TEST(a_coastline_that_is_missing_or_foreign) {
    const char *path = beside("none.nc");
    ck_assert_int_eq(build_from(path), DRO_IO);
    ck_assert_ptr_nonnull(strstr(error.message, path));
    write_bytes(path, "no coastline", 12);
    ck_assert_int_eq(build_from(path), DRO_PARSE);
    ck_assert_ptr_nonnull(strstr(error.message, path));
    (void)unlink(path);
}
END_TEST

/* Bug of 2025-11: numbers of the file were used as indexes without a look at them. */
static void spoil(const char *variable, int value) {
    char *copy = NULL;
    size_t size = 0;
    const char *path = beside("spoilt.nc");
    int id = 0, var = 0;
    nc_type type = NC_NAT;
    ck_assert_int_eq(dro_file_read(world.coastline, SIZE_MAX / 2, &copy, &size, &error),
                     DRO_OK);
    write_bytes(path, copy, size);
    dro_free(copy);
    ck_assert_int_eq(nc_open(path, NC_WRITE, &id), NC_NOERR);
    ck_assert_int_eq(nc_inq_varid(id, variable, &var), NC_NOERR);
    ck_assert_int_eq(nc_inq_vartype(id, var, &type), NC_NOERR);
    for (size_t at = 0; at < 16200 && nc_put_var1_int(id, var, &at, &value) == NC_NOERR;
         at += 7) {
    }
    ck_assert_int_eq(nc_close(id), NC_NOERR);
    dro_status status = build_from(path);
    ck_assert_msg(status == DRO_PARSE, "%s = %d: %s, %s", variable, value,
                  dro_status_text(status), error.message);
    (void)unlink(path);
}

static const struct {
    const char *variable;
    int value;
} impossible[] = {
    {"Id_of_first_segment_in_a_bin", -1},
    {"Id_of_first_segment_in_a_bin", 100000000},
    {"N_segments_in_a_bin", -5},
    {"N_segments_in_a_bin", 32767},
    {"Id_of_GSHHS_ID", -1},
    {"Id_of_GSHHS_ID", 100000000},
    {"Id_of_first_point_in_a_segment", -1},
    {"Id_of_first_point_in_a_segment", 100000000},
    {"Id_of_parent_polygons", 100000000},
};

START_TEST(a_coastline_with_impossible_numbers) {
    spoil(impossible[_i].variable, impossible[_i].value);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("chart build");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60); /* charts are built, perhaps on a busy machine */
    tcase_add_unchecked_fixture(all, set_up, tear_down);
    tcase_add_test(all, it_opens_and_verifies);
    tcase_add_test(all, its_info_is_sensible);
    tcase_add_test(all, its_sections_are_listed);
    tcase_add_test(all, two_builds_are_the_same);
    tcase_add_test(all, an_existing_file_is_replaced);
    tcase_add_test(all, truncated_files_are_stale);
    tcase_add_test(all, a_longer_file_is_stale);
    tcase_add_test(all, foreign_files_are_stale);
    tcase_add_test(all, every_byte_of_the_header_counts);
    tcase_add_test(all, other_versions_are_stale);
    tcase_add_test(all, section_tables_are_checked);
    tcase_add_test(all, opening_or_verify_names_the_damaged_section);
    tcase_add_loop_test(all, damage_that_opening_leaves_stops_nothing, 0,
                        (int)(4 * sizeof waiting / sizeof *waiting));
    tcase_add_test(all, another_atlas_is_stale);
    tcase_add_test(all, no_file_and_a_folder_are_io);
    tcase_add_test(all, a_place_that_cannot_be_written);
    tcase_add_test(all, a_full_disk_leaves_nothing);
    tcase_add_test(all, stopping_leaves_nothing);
    tcase_add_test(all, bad_options_are_invalid);
    tcase_add_test(all, a_coastline_that_is_missing_or_foreign);
    tcase_add_loop_test(all, a_coastline_with_impossible_numbers, 0,
                        (int)(sizeof impossible / sizeof *impossible));
    suite_add_tcase(suite, all);
    return check_run(suite);
}
