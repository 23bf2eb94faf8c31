/*
 * JSON into the same tree as YAML, by our own reader: what comes over a network never
 * meets libfyaml, whose version 0.7.12 loses or frees memory after some mistakes.
 */
#include <string.h>

#include "atlas/json.h"
#include "scenario/yaml.h"

typedef struct builder {
    const dro_json *json;
    dro_arena *arena;
    const char *at; /* the furthest place that was asked for */
    unsigned line, column;
    dro_error *error;
} builder;

static dro_status no_memory(const builder *b) {
    return dro_fail(b->error, DRO_NOMEM, "out of memory for %s", b->json->name);
}

/* Values come in the order of the text, so that places are counted once through it. */
static void go_to(builder *b, const char *target) {
    for (; b->at < target; b->at++) {
        if (*b->at == '\n') {
            b->line++;
            b->column = 1;
        } else if (((unsigned char)*b->at & 0xC0u) != 0x80u) {
            b->column++;
        }
    }
}

/* Does the string name the character that ends a text? */
static bool names_nul(const char *value) {
    for (const char *at = value + 1; *at != '"'; at++) {
        if (*at == '\\') {
            if (strncmp(at, "\\u0000", 6) == 0) {
                return true;
            }
            at++;
        }
    }
    return false;
}

/* Of a scalar, or a key, which is a string. */
static dro_status read_text(const builder *b, const char *value, const char **out) {
    if (*value != '"') {
        *out = dro_arena_strndup(b->arena, value, strcspn(value, " \t\r\n,]}"));
        return *out ? DRO_OK : no_memory(b);
    }
    if (names_nul(value)) {
        return dro_fail(b->error, DRO_PARSE, "%s:%u:%u: a text that cannot be read",
                        b->json->name, b->line, b->column);
    }
    *out = dro_json_string(value, b->arena);
    return *out ? DRO_OK : no_memory(b);
}

static size_t count_of(const char *value, dro_json_kind kind) {
    const char *key = NULL;
    size_t count = 0;
    if (kind == DRO_JSON_ARRAY) {
        for (const char *i = dro_json_first(value); i; i = dro_json_next(i)) {
            count++;
        }
    } else {
        for (const char *i = dro_json_first_member(value, &key); i;
             i = dro_json_next_member(i, &key)) {
            count++;
        }
    }
    return count;
}

static dro_status read_value(builder *b, const char *value, dro_yaml *out);

static dro_status read_entry(builder *b, const char *key, const char *value,
                             dro_yaml_entry *out) {
    if (key) {
        go_to(b, key - 1);
        out->line = b->line;
        out->column = b->column;
        DRO_TRY(read_text(b, key - 1, &out->key));
    }
    return read_value(b, value, &out->value);
}

/* An array's items have no key. No deeper than the check allows. */
static dro_status read_entries(builder *b, const char *value, dro_yaml *out) {
    bool array = out->kind == DRO_YAML_SEQUENCE;
    const char *key = NULL;
    out->count = count_of(value, array ? DRO_JSON_ARRAY : DRO_JSON_OBJECT);
    dro_yaml_entry *entries = dro_arena_alloc(b->arena, out->count, sizeof *entries);
    if (!entries) {
        return no_memory(b);
    }
    const char *item =
        array ? dro_json_first(value) : dro_json_first_member(value, &key);
    for (size_t i = 0; item; i++) {
        DRO_TRY(read_entry(b, key, item, &entries[i]));
        item = array ? dro_json_next(item) : dro_json_next_member(item, &key);
    }
    out->entries = entries;
    return array ? DRO_OK : dro_yaml_check_twice(out, b->error);
}

static dro_status read_value(builder *b, const char *value, dro_yaml *out) {
    dro_json_kind kind = dro_json_kind_of(value);
    go_to(b, value);
    *out = (dro_yaml){
        .kind = DRO_YAML_SCALAR,
        .quoted = kind == DRO_JSON_STRING,
        .line = b->line,
        .column = b->column,
        .file = b->json->name,
        .text = "",
    };
    if (kind == DRO_JSON_OBJECT || kind == DRO_JSON_ARRAY) {
        out->kind = kind == DRO_JSON_ARRAY ? DRO_YAML_SEQUENCE : DRO_YAML_MAPPING;
        return read_entries(b, value, out);
    }
    return read_text(b, value, &out->text);
}

static dro_status build(const dro_json *json, const char *root, dro_arena *arena,
                        const dro_yaml **out, dro_error *error) {
    builder b = {.json = json,
                 .arena = arena,
                 .at = json->bytes,
                 .line = 1,
                 .column = 1,
                 .error = error};
    dro_yaml *made = dro_arena_alloc(arena, 1, sizeof *made);
    if (!made) {
        return no_memory(&b);
    }
    DRO_TRY(read_value(&b, root, made));
    *out = made;
    return DRO_OK;
}

dro_status dro_yaml_parse_json(const char *bytes, size_t length, const char *name,
                               dro_arena *arena, const dro_yaml **out,
                               dro_error *error) {
    const char *root = NULL;
    dro_json json = {.length = length};
    json.bytes = dro_arena_strndup(arena, bytes, length);
    json.name = dro_arena_strndup(arena, name, strlen(name));
    if (!json.bytes || !json.name) {
        return dro_fail(error, DRO_NOMEM, "out of memory for %s", name);
    }
    dro_error local = DRO_ERROR_INIT;
    bool is_json =
        memchr(bytes, '\0', length) == NULL &&
        dro_json_check(&json, (int)DRO_YAML_DEPTH_MAX, &root, &local) == DRO_OK;
    return is_json ? build(&json, root, arena, out, error)
                   : dro_yaml_parse(bytes, length, name, arena, out, error);
}
