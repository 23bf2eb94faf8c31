/* Problem details (RFC 9457); see problem.h. */
#include "server/problem.h"

#include <stdlib.h>

#include "derrotero/report.h"

#define RETRY_AFTER_S 5u

static const struct row {
    int status;
    const char *slug, *title;
} rows[] = {
#define SRV_PROBLEM_ROW(name, status, slug, title) {status, slug, title},
    SRV_PROBLEM_LIST(SRV_PROBLEM_ROW)
#undef SRV_PROBLEM_ROW
};

int srv_problem_status(srv_problem problem) {
    return rows[problem].status;
}

srv_problem srv_problem_of(dro_status status) {
    static const srv_problem of[DRO_STATUS_COUNT] = {
        [DRO_OK] = SRV_PROBLEM_INTERNAL,
        [DRO_NO_ANSWER] = SRV_PROBLEM_NO_ANSWER,
        [DRO_INVALID] = SRV_PROBLEM_INVALID_VALUE,
        [DRO_NOT_FOUND] = SRV_PROBLEM_NOT_KNOWN,
        [DRO_PARSE] = SRV_PROBLEM_CANNOT_PARSE,
        [DRO_LIMIT] = SRV_PROBLEM_LIMIT,
        [DRO_STALE] = SRV_PROBLEM_INTERNAL,
        [DRO_USAGE] = SRV_PROBLEM_USAGE,
        [DRO_NOMEM] = SRV_PROBLEM_MEMORY,
        [DRO_INTERNAL] = SRV_PROBLEM_INTERNAL,
        [DRO_IO] = SRV_PROBLEM_INTERNAL,
        [DRO_CANCELLED] = SRV_PROBLEM_STOPPING,
    };
    return of[status];
}

srv_problem srv_problem_of_http(int status, srv_problem otherwise) {
    if (rows[otherwise].status == status) {
        return otherwise;
    }
    for (size_t i = 0; i < SRV_PROBLEM_COUNT; i++) {
        if (rows[i].status == status) {
            return (srv_problem)i;
        }
    }
    return otherwise;
}

static void write_problem(FILE *out, srv_problem problem,
                          const srv_problem_about *about) {
    char type[64];
    dro_json_writer json = {.out = out};
    (void)snprintf(type, sizeof type, "/problems/%s", rows[problem].slug);
    dro_write_begin(&json, NULL, DRO_WRITE_OBJECT);
    dro_write_text(&json, "type", type);
    dro_write_text(&json, "title", rows[problem].title);
    dro_write_count(&json, "status", (uint64_t)rows[problem].status);
    dro_write_text(&json, "detail", about->detail);
    if (about->instance != NULL) {
        dro_write_text(&json, "instance", about->instance);
    }
    dro_write_end(&json);
}

srv_stored *srv_problem_create(srv_problem problem, const srv_problem_about *about) {
    char *body = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&body, &length);
    if (out == NULL) {
        return NULL;
    }
    write_problem(out, problem, about);
    if (fclose(out) != 0) {
        free(body);
        return NULL;
    }
    int status = rows[problem].status;
    srv_headers headers = {.policy = SRV_POLICY_DATA,
                           .keeping = status == 503 ? SRV_KEEP_NEVER : SRV_KEEP_ASKING,
                           .type = "application/problem+json",
                           .data = about->data,
                           .allow = about->allow,
                           .retry_after_s = status == 503 ? RETRY_AFTER_S : 0,
                           .close = about->close};
    return srv_stored_create(status, &headers, 0, body, length);
}
