/* Where a case is that is named, or none. */
#include <string.h>
#include <sys/stat.h>

#include "base/quote.h"
#include "scenario/case_state.h"

static bool is_there(const char *path) {
    struct stat about;
    return stat(path, &about) == 0;
}

/* Beside the tables of a source tree, or in the folder of installed ones. */
dro_status dro_case_locate(dro_session *session, const char *given, char *path,
                           size_t size, dro_error *error) {
    static const char *const folders[] = {"../cases", "cases"};
    char quoted[DRO_QUOTE_MAX];
    const char *name = given ? given : DRO_CASE_DEFAULT;
    const char *data = dro_session_data(session);
    if (given && (strchr(given, '/') || is_there(given))) {
        int length = snprintf(path, size, "%s", given);
        return length >= 0 && (size_t)length < size
                   ? DRO_OK
                   : dro_fail(error, DRO_LIMIT, "a path of more than %zu bytes", size);
    }
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        int length = snprintf(path, size, "%s/%s/%s", data, folders[i], name);
        if (length >= 0 && (size_t)length < size && is_there(path)) {
            return DRO_OK;
        }
    }
    return dro_fail(error, DRO_NOT_FOUND,
                    "there is no case %s: no such folder here, in %s/../cases or in "
                    "%s/cases",
                    dro_quote(name, quoted), data, data);
}
