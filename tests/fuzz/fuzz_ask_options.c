/* Any argument list is parsed or refused with one line; nothing is read beyond it. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz_text.h"
#include "option_table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ARGUMENTS_MAX 300

/* Arguments are the parts between newlines. */
static int split(char *text, const char **argv) {
    int argc = 0;
    for (char *at = text; at != NULL && argc < ARGUMENTS_MAX;) {
        char *end = strchr(at, '\n');
        argv[argc++] = at;
        if (end != NULL) {
            *end++ = '\0';
        }
        at = end;
    }
    return argc;
}

static void check_values(const values *got) {
    assert(got->number >= -5 && got->number <= 5);
    assert(got->count >= 0 && got->count <= 10);
    assert(got->choice >= 0 && got->choice <= 2);
    for (size_t i = 0; i < got->list.count; i++) {
        char part[16];
        const char *next = got->list.items[i];
        size_t parts = 0;
        while (dro_ask_split(&next, part, sizeof part)) {
            assert(strlen(part) < sizeof part && strchr(part, ',') == NULL);
            parts++;
        }
        assert(parts > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *argv[ARGUMENTS_MAX];
    values got = {0};
    dro_ask_operands rest = {.count = 0};
    dro_error error = DRO_ERROR_INIT;
    char *text = fuzz_text(data, size);
    int argc = split(text, argv);
    int used = 0;
    dro_ask_option_set set = {table, sizeof table / sizeof table[0], &got};
    dro_status status =
        dro_ask_parse(argc, argv, &set, 1, &rest, size % 2 == 0 ? NULL : &used, &error);
    check_values(&got);
    assert(rest.count <= DRO_ASK_OPERANDS_MAX && used <= argc);
    if (status != DRO_OK) {
        assert(error.message[0] != '\0' && strchr(error.message, '\n') == NULL);
    }
    free(text);
    return 0;
}
