/* Any names and values: each is put into the options of a question or refused with one
 * line. The first byte chooses the question; then a name and a value a line, as
 * "name=value". */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ask/ask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define QUESTIONS 8
static const dro_ask_question *const questions[QUESTIONS] = {
    &dro_ask_route, &dro_ask_matrix,  &dro_ask_ports,   &dro_ask_case,
    &dro_ask_audit, &dro_ask_compare, &dro_ask_vessels, &dro_ask_hinterland};

/* Every number is within its bounds, every choice one of those that there are. */
static void check_value(const dro_ask_option *option, const char *values,
                        const char *defaults) {
    const char *at = values + option->offset;
    if (option->kind == DRO_ASK_NUMBER) {
        double value = *(const double *)(const void *)at;
        assert(memcmp(at, defaults + option->offset, sizeof value) == 0 ||
               (value >= option->low && value <= option->high));
    } else if (option->kind == DRO_ASK_COUNT) {
        long value = *(const long *)(const void *)at;
        assert(memcmp(at, defaults + option->offset, sizeof value) == 0 ||
               ((double)value >= option->low && (double)value <= option->high));
    } else if (option->kind == DRO_ASK_CHOICE) {
        assert(*(const int *)(const void *)at >= 0);
    } else if (option->kind == DRO_ASK_FILE) {
        assert(*(const char *const *)(const void *)at == NULL);
    }
}

static void check_request(const dro_ask_request *request, dro_status status,
                          const dro_error *error) {
    const dro_ask_question *question = request->question;
    for (size_t i = 0; i < question->option_count; i++) {
        check_value(&question->options[i], request->values.bytes, question->defaults);
    }
    if (status != DRO_OK) {
        assert(error->status == status && error->message[0] != '\0');
        assert(strchr(error->message, '\n') == NULL);
    }
}

static dro_status set_lines(dro_ask_request *request, char *text, dro_error *error) {
    dro_status status = DRO_OK;
    while (text != NULL && status == DRO_OK) {
        char *next = strchr(text, '\n');
        if (next != NULL) {
            *next++ = '\0';
        }
        char *value = strchr(text, '=');
        if (value != NULL) {
            *value++ = '\0';
        }
        status = dro_ask_set(request, text, value, error);
        text = next;
    }
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static dro_ask_request request;
    dro_error error = DRO_ERROR_INIT;
    dro_ask_asked asked;
    if (size == 0) {
        return 0;
    }
    char *text = malloc(size);
    if (text == NULL) {
        return 0;
    }
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    dro_ask_begin(&request, questions[data[0] % QUESTIONS]);
    dro_status status = set_lines(&request, text, &error);
    status = status == DRO_OK ? dro_ask_finish(&request, &asked, &error) : status;
    check_request(&request, status, &error);
    assert(status != DRO_OK || asked.given->count >= request.question->required);
    free(text);
    return 0;
}
