/* The land file: what is whole is read, what is damaged is refused. */
#include "check_main.h"
#include "report/land.h"
#include "unit/picture_fixture.h"

static fixture_bytes file;

static void make_file(void) {
    fixture_file(&file, FIXTURE_CAPS, FIXTURE_CAP_COUNT);
}

static dro_status read_bytes(const void *bytes, size_t length, dro_error *error) {
    dro_land *land = NULL;
    dro_status status = dro_land_read(bytes, length, &land, error);
    ck_assert((land != NULL) == (status == DRO_OK));
    dro_land_close(land);
    return status;
}

/* The checksum after a change of what it covers. */
static void reseal(void) {
    file.count -= 4;
    fixture_seal(&file);
}

START_TEST(whole) {
    make_file();
    dro_land *land = NULL;
    ck_assert_int_eq(dro_land_read(file.data, file.count, &land, NULL), DRO_OK);
    ck_assert_uint_eq(land->scale_count, 1);
    ck_assert_uint_eq(land->scales[0].scale, 110);
    ck_assert_uint_eq(land->scales[0].ring_count, FIXTURE_CAP_COUNT);
    ck_assert_uint_eq(land->scales[0].start[FIXTURE_CAP_COUNT],
                      FIXTURE_CAP_COUNT * FIXTURE_CORNERS);
    ck_assert_double_eq_tol(land->scales[0].points[0].lat_deg, 40.0, 1e-9);
    ck_assert_double_eq_tol(land->scales[0].points[0].lon_deg, 20.0, 1e-9);
    dro_land_close(land);
    dro_land_close(NULL);
}
END_TEST

START_TEST(truncated_anywhere) {
    make_file();
    for (size_t length = 0; length < file.count; length += length < 64 ? 1 : 7) {
        dro_error error = DRO_ERROR_INIT;
        ck_assert_int_eq(read_bytes(file.data, length, &error), DRO_STALE);
        ck_assert_ptr_nonnull(strstr(error.message, "rebuild"));
    }
}
END_TEST

START_TEST(one_bit_wrong_anywhere) {
    make_file();
    for (size_t i = 0; i < file.count; i += 3) {
        file.data[i] ^= (uint8_t)(1u << i % 8);
        ck_assert_int_eq(read_bytes(file.data, file.count, NULL), DRO_STALE);
        file.data[i] ^= (uint8_t)(1u << i % 8);
    }
}
END_TEST

/* Lies in the header that a right checksum covers. */
START_TEST(lies_about_sizes) {
    for (size_t field = 2; field < 8; field++) {
        const uint32_t lies[] = {0, 1, 2, 5, 0x7fffffffu, 0xffffffffu};
        for (size_t k = 0; k < 6; k++) {
            make_file();
            bool harmless = field == 3 && lies[k] != 0; /* the name of the scale */
            for (size_t i = 0; i < 4; i++) {
                file.data[4 * field + i] = (uint8_t)(lies[k] >> 8 * i);
            }
            harmless |= field == 2 && lies[k] == 1;
            harmless |= field == 5 && lies[k] == FIXTURE_CAP_COUNT;
            reseal();
            ck_assert_int_eq(read_bytes(file.data, file.count, NULL),
                             harmless ? DRO_OK : DRO_STALE);
        }
    }
}
END_TEST

START_TEST(places_beyond_the_pole) {
    make_file();
    const uint8_t far[] = {0xff, 0xff, 0xff, 0xff, 0x0f};
    memcpy(file.data + 33, far, sizeof far); /* the first latitude */
    reseal();
    ck_assert_int_eq(read_bytes(file.data, file.count, NULL), DRO_STALE);
}
END_TEST

START_TEST(missing_file_is_named) {
    dro_error error = DRO_ERROR_INIT;
    dro_land *land = NULL;
    ck_assert_int_ne(dro_land_open("/nowhere/land.bin", &land, &error), DRO_OK);
    ck_assert_ptr_nonnull(strstr(error.message, "/nowhere/land.bin"));
    char path[64] = "untouched";
    ck_assert_int_eq(dro_land_locate("/nowhere/land.bin", path, sizeof path, &error),
                     DRO_NOT_FOUND);
    ck_assert_str_eq(path, "untouched");
}
END_TEST

int main(void) {
    const TTest *tests[] = {whole,
                            truncated_anywhere,
                            one_bit_wrong_anywhere,
                            lies_about_sizes,
                            places_beyond_the_pole,
                            missing_file_is_named,
                            NULL};
    return check_main("picture land", tests);
}
