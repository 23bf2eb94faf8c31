/* The texts of a request on any bytes: a target within its limits that is read again as
 * itself, or one line of error; header fields that never fail. The first line is the
 * target, the second a header field. */
#include <stdlib.h>
#include <string.h>

#include "server/request_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool truth) {
    if (!truth) {
        abort();
    }
}

static void check_valid(const char *text) {
    require(dro_utf8_valid(text, strlen(text)));
}

/* The canonical form is its own canonical form, with the same parameters. */
static void check_again(const srv_target *first, dro_arena *arena) {
    srv_target again;
    dro_error error = DRO_ERROR_INIT;
    require(strlen(first->canonical) == first->canonical_length);
    require(srv_target_parse(first->canonical, first->canonical_length, arena, &again,
                             &error) == DRO_OK);
    require(strcmp(again.canonical, first->canonical) == 0);
    require(strcmp(again.path, first->path) == 0);
    require(again.parameter_count == first->parameter_count);
}

static void check_target(const char *text, size_t length, dro_arena *arena) {
    srv_target target = {.path = NULL};
    dro_error error = DRO_ERROR_INIT;
    dro_status status = srv_target_parse(text, length, arena, &target, &error);
    if (status != DRO_OK) {
        require(status == DRO_INVALID || status == DRO_LIMIT);
        require(error.message[0] != '\0' && strchr(error.message, '\n') == NULL);
        check_valid(error.message);
        require(target.path == NULL);
        return;
    }
    require(target.path[0] == '/' && target.parameter_count <= SRV_PARAMETERS_MAX);
    check_valid(target.path);
    for (size_t i = 0; i < target.parameter_count; i++) {
        check_valid(target.parameters[i].name);
        check_valid(target.parameters[i].value);
    }
    check_again(&target, arena);
}

static void check_field(const char *text) {
    char quoted[64];
    bool named = false;
    srv_address address;
    dro_error error = DRO_ERROR_INIT;
    require(srv_accept_weight(text, "text/html", &named) <= 1000);
    (void)srv_accepts_events(text);
    (void)srv_accepts_gzip(text);
    (void)srv_etag_matches(text, "\"abc\"");
    (void)srv_media_type_is(text, "text/csv");
    if (srv_address_parse(text, &address, &error) == DRO_OK) {
        require(atoi(address.port) <= 65535); /* NOLINT(cert-err34-c) */
    }
    require(srv_log_quote(text, quoted, sizeof quoted) < sizeof quoted);
    check_valid(quoted);
    require(strpbrk(quoted, "\n\r\x1b") == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    dro_arena *arena = NULL;
    require(dro_arena_create(&arena, NULL) == DRO_OK);
    const char *text = (const char *)data;
    const char *stop = size > 0 ? memchr(text, '\n', size) : NULL;
    size_t length = stop != NULL ? (size_t)(stop - text) : size;
    check_target(size > 0 ? text : "", length, arena);
    if (stop != NULL) {
        char *field = dro_arena_strndup(arena, stop + 1, size - length - 1);
        require(field != NULL);
        check_field(field);
    }
    dro_arena_destroy(arena);
    return 0;
}
