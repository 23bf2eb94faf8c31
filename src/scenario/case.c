/* A case: opened, asked, closed. */
#include <string.h>
#include <sys/stat.h>

#include "scenario/case_state.h"

void *case_alloc(dro_arena *arena, size_t count, size_t size, dro_error *error) {
    void *memory = dro_arena_alloc(arena, count, size);
    if (!memory) {
        (void)dro_fail(error, DRO_NOMEM, "out of memory for a case");
    }
    return memory;
}

dro_status case_at(const dro_yaml *at, dro_status status, dro_error *error) {
    if (status != DRO_OK && status != DRO_NOMEM) {
        dro_error_prefix(error, "%s:%u:%u", at->file, at->line, at->column);
    }
    return status;
}

/* ---- dates ---------------------------------------------------------------------- */

static bool digits(const char *text, size_t from, size_t count, int *out) {
    *out = 0;
    for (size_t i = from; i < from + count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *out = *out * 10 + (text[i] - '0');
    }
    return true;
}

static bool is_date(const char *text) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 0, month = 0, day = 0;
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' ||
        !digits(text, 0, 4, &year) || !digits(text, 5, 2, &month) ||
        !digits(text, 8, 2, &day) || month < 1 || month > 12) {
        return false;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day >= 1 && day <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

dro_status case_date(const dro_yaml *value, const char *what, const char **out,
                     dro_error *error) {
    const char *text = NULL;
    DRO_TRY(dro_yaml_text(value, what, &text, error));
    if (!is_date(text)) {
        return dro_yaml_fail(value, error, DRO_INVALID,
                             "%s %.20s is not a date; write YYYY-MM-DD", what, text);
    }
    *out = text;
    return DRO_OK;
}

/* ---- tables -----------------------------------------------------------------------
 */

static dro_status join(dro_case *study, const char *folder, const char *name,
                       const char **out, dro_error *error) {
    char path[CASE_PATH_MAX];
    bool whole = folder[0] == '\0' || name[0] == '/';
    bool here = strcmp(name, ".") == 0;
    int length = here ? snprintf(path, sizeof path, "%s", folder[0] ? folder : ".")
                      : snprintf(path, sizeof path, "%s%s%s", whole ? "" : folder,
                                 whole ? "" : "/", name);
    if (length < 0 || (size_t)length >= sizeof path) {
        return dro_fail(error, DRO_LIMIT, "a path of more than %d bytes",
                        CASE_PATH_MAX);
    }
    *out = dro_arena_strndup(study->arena, path, (size_t)length);
    return *out ? DRO_OK : dro_fail(error, DRO_NOMEM, "out of memory for a path");
}

static bool is_folder(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* What the first file that says so says; the case itself is the last. */
static dro_status wants_corridors(const dro_case *study, bool *out, dro_error *error) {
    *out = true;
    for (size_t i = study->file_count; i-- > 0;) {
        const dro_yaml *said = dro_yaml_get(study->files[i].root, "corridors");
        if (said) {
            return dro_yaml_flag(said, "corridors", out, error);
        }
    }
    return DRO_OK;
}

static dro_status read_corridors(dro_case *study, dro_error *error) {
    const char *folder = NULL;
    bool wanted = true;
    DRO_TRY(wants_corridors(study, &wanted, error));
    if (!wanted) {
        return DRO_OK;
    }
    DRO_TRY(join(study, dro_session_data(study->session), "corridors", &folder, error));
    if (!is_folder(folder)) {
        return dro_fail(error, DRO_NOT_FOUND,
                        "the built-in network, %s, is not there; a case does without "
                        "it by \"corridors: no\"",
                        folder);
    }
    return dro_facts_read_folder(study->facts, folder, error);
}

static dro_status read_tables(dro_case *study, const case_file *file,
                              dro_error *error) {
    const dro_yaml *tables = dro_yaml_get(file->root, "tables");
    const char *folder = NULL, *name = NULL;
    dro_yaml_list list;
    if (!tables) {
        DRO_TRY(join(study, file->folder, ".", &folder, error));
        return dro_facts_read_folder(study->facts, folder, error);
    }
    DRO_TRY(dro_yaml_list_of(tables, study->arena, &list, error));
    for (size_t i = 0; i < list.count; i++) {
        const dro_yaml *item = &list.items[i].value;
        DRO_TRY(dro_yaml_text(item, "tables", &name, error));
        DRO_TRY(join(study, file->folder, name, &folder, error));
        if (!is_folder(folder)) {
            return dro_yaml_fail(item, error, DRO_NOT_FOUND,
                                 "tables: there is no folder %s", folder);
        }
        DRO_TRY(dro_facts_read_folder(study->facts, folder, error));
    }
    return DRO_OK;
}

static dro_status read_facts(dro_case *study, dro_error *error) {
    DRO_TRY(dro_facts_create(dro_session_atlas(study->session), &study->facts, error));
    DRO_TRY(read_corridors(study, error));
    for (size_t i = 0; i < study->file_count; i++) {
        DRO_TRY(read_tables(study, &study->files[i], error));
    }
    return dro_facts_settle(study->facts, error);
}

/* ---- what is said where nothing is named
 * ---------------------------------------------- */

/* The text of a key in the file nearest to the case itself, or "". */
static dro_status read_default(const dro_case *study, const char *key, const char **out,
                               const dro_yaml **at, dro_error *error) {
    *out = "";
    *at = NULL;
    for (size_t i = study->file_count; i-- > 0 && !*at;) {
        *at = dro_yaml_get(study->files[i].root, key);
    }
    return *at ? dro_yaml_text(*at, key, out, error) : DRO_OK;
}

static dro_status read_heading(dro_case *study, dro_error *error) {
    const dro_yaml *root = study->files[study->file_count - 1].root, *id = NULL;
    const dro_yaml *title = dro_yaml_get(root, "title");
    const dro_yaml *about = dro_yaml_get(root, "about");
    DRO_TRY(dro_yaml_require(root, "case", "a case file", &id, error));
    DRO_TRY(dro_yaml_text(id, "case", &study->id, error));
    study->title = study->id;
    study->about = "";
    DRO_TRY(title ? dro_yaml_text(title, "title", &study->title, error) : DRO_OK);
    return about ? dro_yaml_text(about, "about", &study->about, error) : DRO_OK;
}

static dro_status read_defaults(dro_case *study, dro_error *error) {
    const dro_yaml *at = NULL;
    size_t index = 0;
    DRO_TRY(read_default(study, "commodity", &study->commodity, &at, error));
    if (at) {
        DRO_TRY(case_at(at,
                        dro_facts_find(study->facts, DRO_KIND_COMMODITY,
                                       study->commodity, &index, error),
                        error));
    }
    DRO_TRY(read_default(study, "scenario", &study->scenario, &at, error));
    return at ? case_at(at,
                        dro_case_find_scenario(study, study->scenario, &index, error),
                        error)
              : DRO_OK;
}

/* ---- opening ------------------------------------------------------------------------
 */

static dro_status read(dro_case *study, const char *folder, dro_error *error) {
    DRO_TRY(dro_arena_create(&study->arena, error));
    DRO_TRY(case_read_files(study, folder, error));
    DRO_TRY(read_heading(study, error));
    DRO_TRY(read_facts(study, error));
    DRO_TRY(case_read_scenarios(study, error));
    DRO_TRY(read_defaults(study, error));
    return case_try_scenarios(study, error);
}

dro_status dro_case_open(dro_session *session, const char *folder, dro_case **out,
                         dro_error *error) {
    dro_case *study = NULL;
    DRO_TRY(dro_new((void **)&study, 1, sizeof *study, "a case", error));
    study->session = dro_session_retain(session);
    dro_status status = read(study, folder, error);
    if (status != DRO_OK) {
        dro_case_close(study);
        return status;
    }
    *out = study;
    return DRO_OK;
}

void dro_case_close(dro_case *study) {
    if (!study) {
        return;
    }
    dro_facts_destroy(study->facts);
    dro_arena_destroy(study->arena);
    dro_session_release(study->session);
    dro_free(study);
}

/* ---- asking -------------------------------------------------------------------------
 */

const char *dro_case_id(const dro_case *study) {
    return study->id;
}

const char *dro_case_title(const dro_case *study) {
    return study->title;
}

const char *dro_case_about(const dro_case *study) {
    return study->about;
}

const char *dro_case_folder(const dro_case *study) {
    return study->folder;
}

const char *dro_case_commodity(const dro_case *study) {
    return study->commodity;
}

const char *dro_case_default_scenario(const dro_case *study) {
    return study->scenario;
}

dro_session *dro_case_session(const dro_case *study) {
    return study->session;
}

const dro_facts *dro_case_facts(const dro_case *study) {
    return study->facts;
}

size_t dro_case_scenarios(const dro_case *study) {
    return study->scenario_count;
}

void dro_case_scenario(const dro_case *study, size_t index, dro_scenario *out) {
    const case_scenario *from = &study->scenarios[index];
    *out = (dro_scenario){.id = from->id,
                          .title = from->title,
                          .about = from->about,
                          .date = from->date,
                          .month = from->month};
    for (size_t i = 0; i < from->order_count; i++) {
        out->edit_count += study->scenarios[from->order[i]].edit_count;
    }
}
