/*
 * A file that is there whole or not at all: written to a temporary file in the same
 * folder (so that the rename never leaves the file system), synced, renamed, and the
 * folder synced. What is no regular file is written to directly.
 */
#include "derrotero/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail_io.h"

struct dro_outfile {
    char *path;      /* the target, symbolic links resolved */
    char *folder;    /* that the target is in */
    char *temporary; /* NULL: the target itself is written to */
    FILE *stream;
};

#define TRIES 100

static dro_status no_memory(dro_error *error) {
    return dro_fail(error, DRO_NOMEM, "out of memory for an output file");
}

/* What a symbolic link points to; the path itself where nothing is there yet. */
static char *resolve(const char *path) {
    char *resolved = realpath(path, NULL); /* malloc of the C library */
    char *copy = dro_strdup(resolved == NULL ? path : resolved);
    free(resolved);
    return copy;
}

/* As dirname(3), which is not safe with threads. */
static char *folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return dro_strdup(".");
    }
    char *folder = dro_strdup(path);
    if (folder != NULL) {
        folder[slash == path ? 1 : slash - path] = '\0';
    }
    return folder;
}

static dro_status name_temporary(dro_outfile *file, dro_error *error) {
    static atomic_uint number;
    size_t size = strlen(file->folder) + 64;
    if (file->temporary == NULL) {
        file->temporary = dro_malloc(size, 1);
    }
    if (file->temporary == NULL) {
        return no_memory(error);
    }
    (void)snprintf(file->temporary, size, "%s/.derrotero-%ld-%u.tmp", file->folder,
                   (long)getpid(), atomic_fetch_add(&number, 1u));
    return DRO_OK;
}

static void drop_temporary_name(dro_outfile *file) {
    dro_free(file->temporary);
    file->temporary = NULL;
}

/* A new file beside the target; *descriptor is -1 until it exists. */
static dro_status create_temporary(dro_outfile *file, int *descriptor,
                                   dro_error *error) {
    int number = EEXIST;
    for (int i = 0; i < TRIES && number == EEXIST; i++) {
        DRO_TRY(name_temporary(file, error));
        *descriptor = open(file->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                           S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH);
        if (*descriptor >= 0) {
            return DRO_OK;
        }
        number = errno;
    }
    drop_temporary_name(file);
    return dro_fail_io(error, number, "write", file->path);
}

static dro_status open_target(dro_outfile *file, int *descriptor, dro_error *error) {
    struct stat info;
    bool there = stat(file->path, &info) == 0;
    if (there && S_ISDIR(info.st_mode)) {
        return dro_fail_io(error, EISDIR, "write", file->path);
    }
    if (there && !S_ISREG(info.st_mode)) {
        *descriptor = open(file->path, O_WRONLY | O_CLOEXEC);
        return *descriptor >= 0 ? DRO_OK
                                : dro_fail_io(error, errno, "write", file->path);
    }
    DRO_TRY(create_temporary(file, descriptor, error));
    if (there) {
        (void)fchmod(*descriptor, info.st_mode & 07777u);
    }
    return DRO_OK;
}

static void release(dro_outfile *file) {
    if (file->stream != NULL) {
        (void)fclose(file->stream);
    }
    dro_free(file->temporary);
    dro_free(file->folder);
    dro_free(file->path);
    dro_free(file);
}

static dro_status open_stream(dro_outfile *file, dro_error *error) {
    int descriptor = -1;
    DRO_TRY(open_target(file, &descriptor, error));
    file->stream = fdopen(descriptor, "wb");
    if (file->stream == NULL) {
        int number = errno;
        (void)close(descriptor);
        return dro_fail_io(error, number, "write", file->path);
    }
    return DRO_OK;
}

dro_status dro_outfile_create(const char *path, dro_outfile **out, dro_error *error) {
    if (path[0] == '\0') {
        return dro_fail_io(error, ENOENT, "write", path);
    }
    void *made = NULL;
    DRO_TRY(dro_new(&made, 1, sizeof(dro_outfile), "an output file", error));
    dro_outfile *file = made;
    file->path = resolve(path);
    file->folder = file->path == NULL ? NULL : folder_of(file->path);
    dro_status status =
        file->folder == NULL ? no_memory(error) : open_stream(file, error);
    if (status != DRO_OK) {
        dro_outfile_abort(file);
        return status;
    }
    *out = file;
    return DRO_OK;
}

FILE *dro_outfile_stream(dro_outfile *file) {
    return file->stream;
}

void dro_outfile_abort(dro_outfile *file) {
    if (file == NULL) {
        return;
    }
    if (file->temporary != NULL) {
        (void)unlink(file->temporary);
    }
    release(file);
}

/* Some file systems and all pipes have nothing to sync. */
static bool sync_failed(int result) {
    return result != 0 && errno != EINVAL && errno != ENOTSUP && errno != EROFS;
}

/* A full disk shows at the flush, the sync or the close. 0 or an error number. */
static int close_stream(dro_outfile *file) {
    FILE *stream = file->stream;
    int number = 0;
    errno = 0;
    if (ferror(stream) || fflush(stream) != 0 || sync_failed(fsync(fileno(stream)))) {
        number = errno == 0 ? EIO : errno;
    }
    file->stream = NULL;
    if (fclose(stream) != 0 && number == 0) {
        number = errno;
    }
    return number;
}

/* So that the new name survives a crash. A folder that cannot be opened for reading
 * is left to the system. */
static int sync_folder(const char *folder) {
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return 0;
    }
    int number = sync_failed(fsync(descriptor)) ? errno : 0;
    (void)close(descriptor);
    return number;
}

static int move_into_place(dro_outfile *file) {
    if (file->temporary == NULL) {
        return 0;
    }
    if (rename(file->temporary, file->path) != 0) {
        return errno;
    }
    drop_temporary_name(file);
    return sync_folder(file->folder);
}

dro_status dro_outfile_commit(dro_outfile *file, dro_error *error) {
    int number = close_stream(file);
    if (number == 0) {
        number = move_into_place(file);
    }
    if (number != 0) {
        (void)dro_fail_io(error, number, "write", file->path);
        dro_outfile_abort(file);
        return DRO_IO;
    }
    release(file);
    return DRO_OK;
}
