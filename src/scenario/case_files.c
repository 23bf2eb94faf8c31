/* The files of a case: case.yaml and what it includes, each once. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "scenario/case_state.h"

typedef struct open_file { /* that is being read: for cycles */
    const char *path, *real;
} open_file;

typedef struct reader {
    dro_case *study;
    open_file nested[CASE_NESTED_MAX];
    size_t depth;
} reader;

static const char *const keys[] = {"case",      "title",     "about",
                                   "include",   "corridors", "tables",
                                   "commodity", "scenario",  "scenarios"};

static dro_status keep(dro_case *study, const char *text, size_t length,
                       const char **out, dro_error *error) {
    *out = dro_arena_strndup(study->arena, text, length);
    return *out ? DRO_OK : dro_fail(error, DRO_NOMEM, "out of memory for a case");
}

static dro_status keep_folder(dro_case *study, const char *path, const char **out,
                              dro_error *error) {
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    return keep(study, path, slash == path ? 1 : length, out, error);
}

/* A path without links and dots, to tell files apart; where it cannot be found out,
 * the path itself, which then fails to be read. */
static dro_status keep_real(dro_case *study, const char *path, const char **out,
                            dro_error *error) {
    char *real = realpath(path, NULL);
    dro_status status =
        keep(study, real ? real : path, strlen(real ? real : path), out, error);
    free(real); /* not of our allocator */
    return status;
}

static dro_status refuse_cycle(const reader *r, size_t from, const char *path,
                               const dro_yaml *at, dro_error *error) {
    char way[DRO_ERROR_MAX / 2] = "";
    size_t length = 0;
    for (size_t i = from; i < r->depth && length < sizeof way; i++) {
        int added =
            snprintf(way + length, sizeof way - length, "%s > ", r->nested[i].path);
        length += added > 0 ? (size_t)added : 0;
    }
    return dro_yaml_fail(at, error, DRO_INVALID, "includes go in a circle: %s%s", way,
                         path);
}

static dro_status read_file(reader *r, const char *path, const dro_yaml *at,
                            dro_error *error);

static bool is_there(const char *path) {
    struct stat about;
    return stat(path, &about) == 0;
}

static bool is_folder(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* The name as it is seen from a folder. */
static dro_status join(const char *folder, const char *name, char *path, size_t size,
                       dro_error *error) {
    bool whole = folder[0] == '\0' || name[0] == '/';
    int length =
        snprintf(path, size, "%s%s%s", whole ? "" : folder, whole ? "" : "/", name);
    return length >= 0 && (size_t)length < size
               ? DRO_OK
               : dro_fail(error, DRO_LIMIT, "a path of more than %d bytes",
                          CASE_PATH_MAX);
}

/* The file itself, or case.yaml in the folder. */
static dro_status keep_file(dro_case *study, const char *path, const char **out,
                            dro_error *error) {
    char file[CASE_PATH_MAX];
    if (!is_folder(path)) {
        return keep(study, path, strlen(path), out, error);
    }
    size_t length = strlen(path);
    bool slash = length > 0 && path[length - 1] == '/';
    int written = snprintf(file, sizeof file, "%s%scase.yaml", path, slash ? "" : "/");
    if (written < 0 || (size_t)written >= sizeof file) {
        return dro_fail(error, DRO_LIMIT, "a path of more than %d bytes",
                        CASE_PATH_MAX);
    }
    return keep(study, file, strlen(file), out, error);
}

/* Can it be a case's name, and no file's? */
static bool is_name(const char *text) {
    const char *dot = strrchr(text, '.');
    return !strchr(text, '/') && !(dot && strcmp(dot, ".yaml") == 0);
}

/* What an include names: a file or folder as seen from the file that says so, or else
 * a case that is found by its name. */
static dro_status locate(dro_case *study, const char *folder, const char *name,
                         const char **out, dro_error *error) {
    char path[CASE_PATH_MAX];
    DRO_TRY(join(folder, name, path, sizeof path, error));
    if (!is_there(path) && is_name(name)) {
        DRO_TRY(dro_case_locate(study->session, name, path, sizeof path, error));
    }
    return keep_file(study, path, out, error);
}

static dro_status read_includes(reader *r, const case_file *file, dro_error *error) {
    const dro_yaml *include = dro_yaml_get(file->root, "include");
    dro_yaml_list list;
    if (!include) {
        return DRO_OK;
    }
    DRO_TRY(dro_yaml_list_of(include, r->study->arena, &list, error));
    for (size_t i = 0; i < list.count; i++) {
        const dro_yaml *item = &list.items[i].value;
        const char *name = NULL, *path = NULL;
        DRO_TRY(dro_yaml_text(item, "include", &name, error));
        dro_status found = locate(r->study, file->folder, name, &path, error);
        if (found != DRO_OK) {
            return case_at(item, found, error);
        }
        DRO_TRY(read_file(r, path, item, error));
    }
    return DRO_OK;
}

static dro_status check_known(const reader *r, const char *path, const char *real,
                              const dro_yaml *at, bool *known, dro_error *error) {
    *known = false;
    for (size_t i = 0; i < r->depth; i++) {
        if (strcmp(r->nested[i].real, real) == 0) {
            return refuse_cycle(r, i, path, at, error);
        }
    }
    for (size_t i = 0; i < r->study->file_count; i++) {
        *known = *known || strcmp(r->study->files[i].real, real) == 0;
    }
    if (r->depth == CASE_NESTED_MAX || r->study->file_count == CASE_FILES_MAX) {
        return dro_yaml_fail(at, error, DRO_LIMIT,
                             "more than %u files, or %u one in another", CASE_FILES_MAX,
                             CASE_NESTED_MAX);
    }
    return DRO_OK;
}

static dro_status read_file(reader *r, const char *path, const dro_yaml *at,
                            dro_error *error) {
    case_file file = {.path = path};
    bool known = false;
    DRO_TRY(keep_real(r->study, path, &file.real, error));
    DRO_TRY(check_known(r, path, file.real, at, &known, error));
    if (known) {
        return DRO_OK;
    }
    DRO_TRY(keep_folder(r->study, path, &file.folder, error));
    dro_status status = dro_yaml_read(path, r->study->arena, &file.root, error);
    if (status == DRO_IO && at) {
        return case_at(at, status, error);
    }
    DRO_TRY(status);
    DRO_TRY(dro_yaml_keys(file.root, keys, sizeof keys / sizeof *keys, "a case file",
                          error));
    r->nested[r->depth++] = (open_file){path, file.real};
    DRO_TRY(read_includes(r, &file, error));
    r->depth--;
    if (r->study->file_count == CASE_FILES_MAX) {
        return dro_yaml_fail(file.root, error, DRO_LIMIT, "more than %u files",
                             CASE_FILES_MAX);
    }
    r->study->files[r->study->file_count++] = file;
    return DRO_OK;
}

dro_status case_read_files(dro_case *study, const char *given, dro_error *error) {
    reader r = {.study = study};
    const char *path = NULL;
    DRO_TRY(keep_file(study, given, &path, error));
    DRO_TRY(read_file(&r, path, NULL, error));
    const char *folder = study->files[study->file_count - 1].folder;
    study->folder = folder[0] ? folder : ".";
    return DRO_OK;
}
