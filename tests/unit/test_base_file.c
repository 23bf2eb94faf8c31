/* Maps, whole-file reads, files written whole or not at all. */
#include <dirent.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check_main.h"
#include "derrotero/base.h"

static char folder[64];

static const char *in_folder(const char *name) {
    static char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void make_folder(void) {
    (void)snprintf(folder, sizeof folder, "/tmp/dro_test_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static size_t files_in_folder(void) {
    DIR *list = opendir(folder);
    size_t count = 0;
    for (struct dirent *each = readdir(list); each != NULL; each = readdir(list)) {
        count += each->d_name[0] != '.' || strlen(each->d_name) > 2 ? 1 : 0;
    }
    (void)closedir(list);
    return count;
}

static void drop_folder(void) {
    DIR *list = opendir(folder);
    for (struct dirent *each = readdir(list); each != NULL; each = readdir(list)) {
        (void)unlink(in_folder(each->d_name));
    }
    (void)closedir(list);
    ck_assert_int_eq(rmdir(folder), 0);
}

static void write_whole(const char *path, const char *text) {
    dro_outfile *file = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_msg(dro_outfile_create(path, &file, &error) == DRO_OK, "%s",
                  error.message);
    (void)fputs(text, dro_outfile_stream(file));
    ck_assert_msg(dro_outfile_commit(file, &error) == DRO_OK, "%s", error.message);
}

static void expect_content(const char *path, const char *text) {
    char *bytes = NULL;
    size_t length = 0;
    ck_assert_int_eq(dro_file_read(path, 1000, &bytes, &length, NULL), DRO_OK);
    ck_assert_uint_eq(length, strlen(text));
    ck_assert_str_eq(bytes, text);
    dro_free(bytes);
}

START_TEST(written_and_read) {
    make_folder();
    write_whole(in_folder("a"), "first");
    expect_content(in_folder("a"), "first");
    ck_assert_int_eq(chmod(in_folder("a"), 0640), 0);
    write_whole(in_folder("a"), "second");
    expect_content(in_folder("a"), "second");
    struct stat info;
    ck_assert_int_eq(stat(in_folder("a"), &info), 0);
    ck_assert_int_eq(info.st_mode & 0777, 0640);
    ck_assert_uint_eq(files_in_folder(), 1);
    drop_folder();
}
END_TEST

START_TEST(relative_path) {
    make_folder();
    char *before = getcwd(NULL, 0);
    ck_assert_int_eq(chdir(folder), 0);
    write_whole("here", "x");
    expect_content(in_folder("here"), "x");
    ck_assert_int_eq(chdir(before), 0);
    free(before);
    drop_folder();
}
END_TEST

START_TEST(old_file_stays_until_commit) {
    make_folder();
    write_whole(in_folder("a"), "old");
    dro_outfile *file = NULL;
    ck_assert_int_eq(dro_outfile_create(in_folder("a"), &file, NULL), DRO_OK);
    (void)fputs("new", dro_outfile_stream(file));
    expect_content(in_folder("a"), "old");
    ck_assert_uint_eq(files_in_folder(), 2);
    dro_outfile_abort(file);
    dro_outfile_abort(NULL);
    expect_content(in_folder("a"), "old");
    ck_assert_uint_eq(files_in_folder(), 1);
    drop_folder();
}
END_TEST

START_TEST(link_stays_a_link) {
    make_folder();
    char link_path[512];
    (void)snprintf(link_path, sizeof link_path, "%s", in_folder("link"));
    write_whole(in_folder("target"), "old");
    ck_assert_int_eq(symlink("target", link_path), 0);
    write_whole(link_path, "new");
    struct stat info;
    ck_assert_int_eq(lstat(link_path, &info), 0);
    ck_assert(S_ISLNK(info.st_mode));
    expect_content(in_folder("target"), "new");
    drop_folder();
}
END_TEST

START_TEST(devices_are_written_to) {
    write_whole("/dev/null", "gone");
    struct stat info;
    ck_assert_int_eq(stat("/dev/null", &info), 0);
    ck_assert(S_ISCHR(info.st_mode));
}
END_TEST

START_TEST(full_disk) {
    if (access("/dev/full", W_OK) != 0) {
        return;
    }
    dro_outfile *file = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_outfile_create("/dev/full", &file, NULL), DRO_OK);
    (void)fputs("x", dro_outfile_stream(file));
    ck_assert_int_eq(dro_outfile_commit(file, &error), DRO_IO);
    ck_assert_str_eq(error.message,
                     "cannot write \"/dev/full\": No space left on device");
}
END_TEST

/* A limit of the file size stands for a disk that is full: write(2) fails. */
START_TEST(failed_write_leaves_nothing) {
    make_folder();
    write_whole(in_folder("a"), "old");
    (void)signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = 4096;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    dro_outfile *file = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_outfile_create(in_folder("a"), &file, NULL), DRO_OK);
    for (int i = 0; i < 10000; i++) {
        (void)fputs("0123456789", dro_outfile_stream(file));
    }
    ck_assert_int_eq(dro_outfile_commit(file, &error), DRO_IO);
    limit.rlim_cur = before;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert_int_eq(strncmp(error.message, "cannot write \"/tmp/", 19), 0);
    expect_content(in_folder("a"), "old");
    ck_assert_uint_eq(files_in_folder(), 1);
    drop_folder();
}
END_TEST

START_TEST(targets_that_cannot_be_written) {
    dro_outfile *file = NULL;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_outfile_create("/nowhere/a", &file, &error), DRO_IO);
    ck_assert_str_eq(error.message,
                     "cannot write \"/nowhere/a\": No such file or directory");
    ck_assert_int_eq(dro_outfile_create("/tmp", &file, &error), DRO_IO);
    ck_assert_str_eq(error.message, "cannot write \"/tmp\": Is a directory");
    ck_assert_int_eq(dro_outfile_create("", &file, &error), DRO_IO);
    ck_assert_ptr_null(file);
}
END_TEST

START_TEST(maps) {
    make_folder();
    dro_map map = {NULL, 0};
    dro_error error = DRO_ERROR_INIT;
    write_whole(in_folder("a"), "chart");
    ck_assert_int_eq(dro_map_open(in_folder("a"), &map, NULL), DRO_OK);
    ck_assert_uint_eq(map.length, 5);
    ck_assert_int_eq(memcmp(map.data, "chart", 5), 0);
    dro_map_close(&map);
    ck_assert_ptr_null(map.data);
    dro_map_close(&map);
    write_whole(in_folder("a"), "");
    ck_assert_int_eq(dro_map_open(in_folder("a"), &map, NULL), DRO_OK);
    ck_assert_uint_eq(map.length, 0);
    dro_map_close(&map);
    ck_assert_int_eq(dro_map_open(folder, &map, &error), DRO_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "Is a directory"));
    ck_assert_int_eq(dro_map_open("/nowhere", &map, &error), DRO_IO);
    drop_folder();
}
END_TEST

START_TEST(read_has_a_limit) {
    make_folder();
    char text[2 * DRO_ERROR_MAX];
    write_whole(in_folder("a"), "12345");
    char *bytes = NULL;
    size_t length = 9;
    dro_error error = DRO_ERROR_INIT;
    ck_assert_int_eq(dro_file_read(in_folder("a"), 4, &bytes, &length, &error),
                     DRO_LIMIT);
    (void)snprintf(text, sizeof text, "\"%s\" is larger than 4 bytes", in_folder("a"));
    ck_assert_str_eq(error.message, text);
    ck_assert_ptr_null(bytes);
    ck_assert_uint_eq(length, 9);
    ck_assert_int_eq(dro_file_read(in_folder("a"), 5, &bytes, &length, NULL), DRO_OK);
    ck_assert_uint_eq(length, 5);
    dro_free(bytes);
    drop_folder();
}
END_TEST

int main(void) {
    const TTest *tests[] = {written_and_read,
                            relative_path,
                            old_file_stays_until_commit,
                            link_stays_a_link,
                            devices_are_written_to,
                            full_disk,
                            failed_write_leaves_nothing,
                            targets_that_cannot_be_written,
                            maps,
                            read_has_a_limit,
                            NULL};
    return check_main("base file", tests);
}
