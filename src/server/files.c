/* The web folder in memory; see files.h. */
#include "server/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/quote.h"
#include "server/media_type.h"

#define DEPTH_MAX    16
#define PATH_BYTES   4096
#define ZIP_LEVEL    9
#define ZIP_BEST_MAX ((size_t)4 << 20) /* above: level 6, for the start's sake */

typedef struct entry {
    char *path; /* of requests */
    srv_stored *stored;
} entry;

struct srv_files {
    entry *entries; /* sorted by path */
    size_t count, capacity, bytes;
};

static dro_status failed(const char *what, const char *path, dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    return dro_fail(error, DRO_IO, "cannot %s %s: %s", what, dro_quote(path, quoted),
                    strerror(errno)); /* NOLINT(concurrency-mt-unsafe) */
}

/* ---- one file ------------------------------------------------------------ */

static dro_status read_all(int file, const char *path, char *body, size_t length,
                           dro_error *error) {
    size_t got = 0;
    while (got < length) {
        ssize_t part = read(file, body + got, length - got);
        if (part == 0) {
            return dro_fail(error, DRO_IO, "%s became shorter while it was read", path);
        }
        if (part < 0 && errno != EINTR) {
            return failed("read", path, error);
        }
        got += part > 0 ? (size_t)part : 0;
    }
    return DRO_OK;
}

static srv_stored *store(const char *path, char *body, size_t length) {
    bool text = false;
    char etag[SRV_ETAG_MAX];
    srv_etag(dro_hash64(body, length, 1), dro_hash64(body, length, 2), etag);
    srv_headers headers = {
        .policy = strcmp(path, "/embed.html") == 0 ? SRV_POLICY_EMBED : SRV_POLICY_PAGE,
        .keeping = srv_name_has_hash(path) ? SRV_KEEP_FOREVER : SRV_KEEP_ASKING,
        .type = srv_media_type(path, &text),
        .etag = etag};
    headers.vary = text ? "Accept-Encoding" : NULL;
    int level = !text ? 0 : length > ZIP_BEST_MAX ? 6 : ZIP_LEVEL;
    srv_stored *stored = srv_stored_create(200, &headers, level, body, length);
    if (stored != NULL) {
        srv_stored_zip(stored);
    }
    return stored;
}

static dro_status add(srv_files *files, const char *path, char *body, size_t length,
                      dro_error *error) {
    dro_status status =
        DRO_RESERVE(files->entries, files->capacity, files->count + 1, error);
    if (status != DRO_OK) {
        free(body);
        return status;
    }
    entry made = {dro_strdup(path), store(path, body, length)};
    if (made.path == NULL || made.stored == NULL) {
        dro_free(made.path);
        srv_stored_release(made.stored);
        return dro_fail(error, DRO_NOMEM, "out of memory for the web folder");
    }
    files->entries[files->count++] = made;
    files->bytes += length;
    return DRO_OK;
}

/* ---- the folder ---------------------------------------------------------- */

typedef struct walk {
    srv_files *files;
    size_t root; /* length of the folder's path */
    char path[PATH_BYTES];
    dro_error *error;
} walk;

static dro_status read_file(walk *at, int file, size_t length) {
    if (at->files->count >= SRV_FILES_MAX ||
        length > SRV_FILES_BYTES_MAX - at->files->bytes) {
        return dro_fail(at->error, DRO_LIMIT,
                        "the web folder has more than %d files or %zu MiB",
                        SRV_FILES_MAX, SRV_FILES_BYTES_MAX >> 20);
    }
    char *body = malloc(length > 0 ? length : 1);
    if (body == NULL) {
        return dro_fail(at->error, DRO_NOMEM, "out of memory for %s", at->path);
    }
    dro_status status = read_all(file, at->path, body, length, at->error);
    if (status != DRO_OK) {
        free(body);
        return status;
    }
    return add(at->files, at->path + at->root, body, length, at->error);
}

static dro_status walk_folder(walk *at, int folder, unsigned depth);

static dro_status walk_entry(walk *at, int folder, const char *name, unsigned depth) {
    struct stat about;
    int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0 && (errno == ELOOP || errno == ENXIO)) {
        return DRO_OK; /* a link, a socket */
    }
    if (file < 0 || fstat(file, &about) != 0) {
        dro_status status = failed("read", at->path, at->error);
        if (file >= 0) {
            (void)close(file);
        }
        return status;
    }
    dro_status status = DRO_OK;
    if (S_ISDIR(about.st_mode)) {
        return walk_folder(at, file, depth + 1);
    }
    if (S_ISREG(about.st_mode)) {
        status = read_file(at, file, (size_t)about.st_size);
    }
    (void)close(file);
    return status;
}

static dro_status walk_names(walk *at, DIR *folder, unsigned depth) {
    size_t length = strlen(at->path);
    const struct dirent *found = NULL;
    while ((found = readdir(folder)) != NULL) { /* NOLINT(concurrency-mt-unsafe) */
        if (found->d_name[0] == '.') {
            continue;
        }
        int added =
            snprintf(at->path + length, sizeof at->path - length, "/%s", found->d_name);
        if (added < 0 || (size_t)added >= sizeof at->path - length) {
            return dro_fail(at->error, DRO_LIMIT,
                            "a path in the web folder has more than %d bytes",
                            PATH_BYTES);
        }
        DRO_TRY(walk_entry(at, dirfd(folder), found->d_name, depth));
        at->path[length] = '\0';
    }
    return DRO_OK;
}

/* Takes the descriptor. */
static dro_status walk_folder(walk *at, int folder, unsigned depth) {
    DIR *names = depth < DEPTH_MAX ? fdopendir(folder) : NULL;
    if (names == NULL) {
        dro_status status =
            depth < DEPTH_MAX
                ? failed("list", at->path, at->error)
                : dro_fail(at->error, DRO_LIMIT, "the web folder is more than %d deep",
                           DEPTH_MAX);
        (void)close(folder);
        return status;
    }
    dro_status status = walk_names(at, names, depth);
    (void)closedir(names);
    return status;
}

static dro_status read_folder(const char *folder, srv_files *files, dro_error *error) {
    walk at = {.files = files, .error = error};
    int length = snprintf(at.path, sizeof at.path, "%s", folder);
    if (length < 0 || (size_t)length >= sizeof at.path) {
        return dro_fail(error, DRO_LIMIT, "the web folder's path is too long");
    }
    while (length > 1 && at.path[length - 1] == '/') {
        at.path[--length] = '\0';
    }
    at.root = (size_t)length;
    int file = open(at.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return file < 0 ? failed("open the web folder", at.path, error)
                    : walk_folder(&at, file, 0);
}

/* ---- the table ----------------------------------------------------------- */

static int compare(const void *a, const void *b) {
    const entry *left = a, *right = b;
    return strcmp(left->path, right->path);
}

static dro_status add_note(srv_files *files, dro_error *error) {
    static const char note[] =
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Derrotero"
        "</title><h1>Derrotero</h1><p>The API is at <a href=\"/api/health\">/api/</a>. "
        "The map is not here: build it, or name its folder with --web.</html>\n";
    char *body = malloc(sizeof note - 1);
    if (body == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the page");
    }
    memcpy(body, note, sizeof note - 1);
    return add(files, "/index.html", body, sizeof note - 1, error);
}

dro_status srv_files_read(const char *folder, srv_files **out, dro_error *error) {
    srv_files *files = NULL;
    DRO_TRY(dro_new((void **)&files, 1, sizeof *files, "the web folder", error));
    dro_status status =
        folder[0] == '\0' ? add_note(files, error) : read_folder(folder, files, error);
    if (status != DRO_OK) {
        srv_files_destroy(files);
        return status;
    }
    if (files->count > 0) {
        qsort(files->entries, files->count, sizeof *files->entries, compare);
    }
    *out = files;
    return DRO_OK;
}

void srv_files_destroy(srv_files *files) {
    if (files == NULL) {
        return;
    }
    for (size_t i = 0; i < files->count; i++) {
        dro_free(files->entries[i].path);
        srv_stored_release(files->entries[i].stored);
    }
    dro_free(files->entries);
    dro_free(files);
}

size_t srv_files_count(const srv_files *files) {
    return files->count;
}

static int compare_path(const void *path, const void *b) {
    const entry *right = b;
    return strcmp(path, right->path);
}

srv_stored *srv_files_find(const srv_files *files, const char *path) {
    if (files->count == 0) {
        return NULL;
    }
    if (strcmp(path, "/") == 0) {
        path = "/index.html";
    }
    const entry *found = bsearch(path, files->entries, files->count,
                                 sizeof *files->entries, compare_path);
    return found != NULL ? found->stored : NULL;
}
