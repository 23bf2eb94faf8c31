/* The reader of case files on any bytes: a tree within its limits, or one line of
 * error. */
#include <stdlib.h>
#include <string.h>

#include "scenario/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* libfyaml 0.7.12 loses some of its own memory after some syntax errors. */
const char *__lsan_default_suppressions(void) {
    return "leak:libfyaml";
}

static void require(bool truth) {
    if (!truth) {
        abort();
    }
}

static void check_error(const dro_error *error) {
    require(error->message[0] != '\0');
    require(dro_utf8_valid(error->message, strlen(error->message)));
    require(strchr(error->message, '\n') == NULL);
}

static void check_scalar(const dro_yaml *value) {
    dro_error error = DRO_ERROR_INIT;
    const char *text = NULL;
    double number = 0;
    bool flag = false;
    if (dro_yaml_number(value, "a number", &number, &error) != DRO_OK) {
        check_error(&error);
    }
    if (dro_yaml_flag(value, "a flag", &flag, &error) != DRO_OK) {
        check_error(&error);
    }
    if (dro_yaml_text(value, "a text", &text, &error) == DRO_OK) {
        require(text[0] != '\0' && dro_utf8_valid(text, strlen(text)));
    }
}

static void check_value(const dro_yaml *value, unsigned depth, dro_arena *arena) {
    static const char *const known[] = {"close", "open", "scale"};
    dro_error error = DRO_ERROR_INIT;
    dro_yaml_list list;
    require(depth <= DRO_YAML_DEPTH_MAX && value->line >= 1 && value->column >= 1);
    require(dro_yaml_list_of(value, arena, &list, &error) == DRO_OK);
    if (dro_yaml_keys(value, known, 3, "an edit", &error) != DRO_OK) {
        check_error(&error);
    }
    if (value->kind == DRO_YAML_SCALAR) {
        check_scalar(value);
    }
    for (size_t i = 0; i < value->count; i++) {
        const dro_yaml_entry *entry = &value->entries[i];
        require((entry->key != NULL) == (value->kind == DRO_YAML_MAPPING));
        if (entry->key != NULL && i < 100) {
            require(dro_yaml_get(value, entry->key) == &entry->value);
        }
        check_value(&entry->value, depth + 1, arena);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    dro_arena *arena = NULL;
    dro_error error = DRO_ERROR_INIT;
    const dro_yaml *root = NULL;
    require(dro_arena_create(&arena, NULL) == DRO_OK);
    if (dro_yaml_parse((const char *)data, size, "fuzz", arena, &root, &error) ==
        DRO_OK) {
        check_value(root, 0, arena);
    } else {
        require(root == NULL);
        check_error(&error);
    }
    dro_arena_destroy(arena);
    return 0;
}
