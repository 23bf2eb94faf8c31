/* Any body is read into the options of a question or refused with one line. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz_text.h"
#include "server/api.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dro_status take_anything(void *context, const dro_json *body, const char *value,
                                dro_error *error) {
    size_t *bytes = context;
    (void)error;
    const char *end = dro_json_end(value);
    assert(value >= body->bytes && end > value && end <= body->bytes + body->length);
    *bytes += (size_t)(end - value);
    return DRO_OK;
}

static void check(const dro_ask_request *request, dro_status status,
                  const dro_error *error) {
    if (status != DRO_OK) {
        assert(error->status == status && error->message[0] != '\0');
        assert(strchr(error->message, '\n') == NULL);
    }
    for (size_t i = 0; i < request->question->option_count; i++) {
        const dro_ask_option *option = &request->question->options[i];
        const char *at = request->values.bytes + option->offset;
        if (option->kind == DRO_ASK_LIST || option->kind == DRO_ASK_AREAS) {
            const dro_ask_list *list = (const dro_ask_list *)(const void *)at;
            assert(list->count <= DRO_ASK_LIST_MAX);
            for (size_t k = 0; k < list->count; k++) {
                assert(strlen(list->items[k]) < SIZE_MAX);
            }
        } else if (option->kind == DRO_ASK_FILE) {
            assert(*(const char *const *)(const void *)at == NULL);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const srv_api_field fields[] = {{"edits", take_anything},
                                           {"pairs", take_anything}};
    static dro_ask_request request;
    dro_error error = DRO_ERROR_INIT;
    size_t bytes = 0;
    char *body = fuzz_text(data, size);
    srv_request from = {.body = body, .body_length = size};
    srv_call call = {.request = &from};
    if (dro_arena_create(&call.arena, &error) == DRO_OK) {
        dro_ask_begin(&request, size % 2 == 0 ? &dro_ask_matrix : &dro_ask_compare);
        dro_status status =
            srv_api_set_body(&call, &request, fields, 2, &bytes, &error);
        check(&request, status, &error);
        assert(bytes <= size);
    }
    dro_arena_destroy(call.arena);
    free(body);
    return 0;
}
