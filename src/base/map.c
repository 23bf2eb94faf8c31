/*
 * A whole file as read-only memory.
 */
#include "derrotero/base.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail_io.h"

static dro_status map_descriptor(int descriptor, const char *path, dro_map *out,
                                 dro_error *error) {
    struct stat info;
    if (fstat(descriptor, &info) != 0) {
        return dro_fail_io(error, errno, "read", path);
    }
    if (!S_ISREG(info.st_mode)) {
        return dro_fail_io(error, S_ISDIR(info.st_mode) ? EISDIR : ENODEV, "map", path);
    }
    if ((uintmax_t)info.st_size > SIZE_MAX) {
        return dro_fail_io(error, EFBIG, "map", path);
    }
    size_t length = (size_t)info.st_size;
    if (length == 0) {
        *out = (dro_map){"", 0}; /* mmap refuses nothing at all */
        return DRO_OK;
    }
    void *data = mmap(NULL, length, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (data == MAP_FAILED) {
        return dro_fail_io(error, errno, "map", path);
    }
    *out = (dro_map){data, length};
    return DRO_OK;
}

dro_status dro_map_open(const char *path, dro_map *out, dro_error *error) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return dro_fail_io(error, errno, "open", path);
    }
    dro_status status = map_descriptor(descriptor, path, out, error);
    (void)close(descriptor);
    return status;
}

void dro_map_close(dro_map *map) {
    if (map == NULL || map->data == NULL) {
        return;
    }
    if (map->length > 0) {
        /* munmap takes a void * though it changes nothing behind it. */
        union {
            const void *given;
            void *taken;
        } data = {.given = map->data};
        (void)munmap(data.taken, map->length);
    }
    *map = (dro_map){NULL, 0};
}
