/* Every allocation of src/base fails once. */
#include <string.h>
#include <unistd.h>

#include "check_main.h"
#include "derrotero/base.h"
#include "torture/torture.h"

static dro_status read_csv(void *context, dro_error *error) {
    const char *text = context;
    dro_csv *csv = NULL;
    DRO_TRY(dro_csv_open_memory(text, strlen(text), "t.csv", &csv, error));
    bool more = true;
    dro_status status = DRO_OK;
    while (status == DRO_OK && more) {
        status = dro_csv_next(csv, &more, error);
    }
    dro_csv_close(csv);
    return status;
}

START_TEST(csv_in_memory) {
    static char text[] =
        "a,b,c\n1,2,3\n4,\"five and a longer field than the first\",6\n";
    ck_assert_uint_gt(torture(read_csv, text), 5);
}
END_TEST

static dro_status read_csv_file(void *context, dro_error *error) {
    dro_csv *csv = NULL;
    DRO_TRY(dro_csv_open_path(context, &csv, error));
    bool more = true;
    dro_status status = dro_csv_next(csv, &more, error);
    dro_csv_close(csv);
    return status;
}

static dro_status write_file(void *context, dro_error *error) {
    dro_outfile *file = NULL;
    DRO_TRY(dro_outfile_create(context, &file, error));
    (void)fputs("x,y\n1,2\n", dro_outfile_stream(file));
    return dro_outfile_commit(file, error);
}

static dro_status read_file(void *context, dro_error *error) {
    char *bytes = NULL;
    size_t length = 0;
    DRO_TRY(dro_file_read(context, 1000, &bytes, &length, error));
    dro_free(bytes);
    return DRO_OK;
}

START_TEST(files) {
    char path[] = "/tmp/dro_torture_XXXXXX";
    int descriptor = mkstemp(path);
    ck_assert_int_ge(descriptor, 0);
    (void)close(descriptor);
    ck_assert_uint_gt(torture(write_file, path), 3);
    ck_assert_uint_gt(torture(read_csv_file, path), 3);
    ck_assert_uint_gt(torture(read_file, path), 0);
    (void)unlink(path);
}
END_TEST

static dro_status fill_arena(void *context, dro_error *error) {
    (void)context;
    dro_arena *arena = NULL;
    DRO_TRY(dro_arena_create(&arena, error));
    dro_status status = DRO_OK;
    for (size_t i = 0; i < 60 && status == DRO_OK; i++) {
        if (dro_arena_alloc(arena, i, 700) == NULL) {
            status = dro_fail(error, DRO_NOMEM, "out of memory");
        }
        if (i == 40) {
            dro_arena_reset(arena);
        }
    }
    dro_arena_destroy(arena);
    return status;
}

START_TEST(arena) {
    ck_assert_uint_gt(torture(fill_arena, NULL), 3);
}
END_TEST

static dro_status grow_text(void *context, dro_error *error) {
    (void)context;
    dro_text text = {.data = NULL};
    dro_status status = DRO_OK;
    for (int i = 0; i < 100 && status == DRO_OK; i++) {
        status = dro_text_add(&text, "%d and more, ", i);
    }
    dro_text_free(&text);
    return status == DRO_OK ? DRO_OK : dro_fail(error, status, "text");
}

START_TEST(text) {
    ck_assert_uint_gt(torture(grow_text, NULL), 3);
}
END_TEST

static dro_status allocate_item(void *context, size_t item, unsigned thread,
                                dro_error *error) {
    (void)context;
    (void)thread;
    void *block = NULL;
    DRO_TRY(dro_new(&block, item + 1, 8, "an item", error));
    dro_free(block);
    return DRO_OK;
}

static dro_status run_threads(void *context, dro_error *error) {
    (void)context;
    return dro_parallel(20, 3, allocate_item, NULL, NULL, "items", error);
}

START_TEST(threads) {
    ck_assert_uint_eq(torture(run_threads, NULL), 21);
}
END_TEST

int main(void) {
    const TTest *tests[] = {csv_in_memory, files, arena, text, threads, NULL};
    return check_main("torture base", tests);
}
