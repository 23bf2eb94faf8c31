/*
 * A JSON body is an object whose members are names and values as of a query. It is read
 * in place by the reader of the tables (atlas/json.h): size and depth are bounded
 * before anything is made of it.
 */
#include <string.h>
#include <strings.h>

#include "base/quote.h"
#include "server/api.h"

#define DEPTH_MAX 64
#define KEY_MAX   64

typedef struct reader {
    dro_arena *arena;
    dro_ask_request *request;
    dro_json json;
    const char *value; /* at hand */
    char key[KEY_MAX];
} reader;

bool srv_api_body_is(const srv_call *call, const char *type) {
    const char *given = call->request->content_type;
    size_t length = strcspn(given, "; \t");
    return length == strlen(type) && strncasecmp(given, type, length) == 0;
}

/* ---- values ---------------------------------------------------------------------- */

static const char *kind_text(const char *value) {
    static const char *const texts[] = {
        [DRO_JSON_OBJECT] = "an object", [DRO_JSON_ARRAY] = "an array",
        [DRO_JSON_STRING] = "a string",  [DRO_JSON_NUMBER] = "a number",
        [DRO_JSON_TRUE] = "true",        [DRO_JSON_FALSE] = "false",
        [DRO_JSON_NULL] = "null"};
    return texts[dro_json_kind_of(value)];
}

static dro_status fail_kind(const reader *in, const char *at, const char *wanted,
                            dro_error *error) {
    return dro_json_fail(&in->json, at, error, DRO_PARSE, "%s: %s where %s should be",
                         in->key, kind_text(at), wanted);
}

static dro_status no_memory(dro_error *error) {
    return dro_fail(error, DRO_NOMEM, "out of memory for a body");
}

static dro_status set_text(const reader *in, const char *text, dro_error *error) {
    return text == NULL ? no_memory(error)
                        : dro_ask_set(in->request, in->key, text, error);
}

/* As it is written: a number, an object. */
static dro_status set_raw(const reader *in, const char *value, dro_error *error) {
    size_t length = (size_t)(dro_json_end(value) - value);
    return set_text(in, dro_arena_strndup(in->arena, value, length), error);
}

bool srv_api_has_nul(const char *string) {
    const char *end = dro_json_end(string);
    for (const char *at = string + 1; at < end; at++) {
        if (*at == '\\') {
            if (strncmp(at + 1, "u0000", 5) == 0) {
                return true;
            }
            at++;
        }
    }
    return false;
}

static dro_status set_string(const reader *in, const char *value, dro_error *error) {
    if (dro_json_kind_of(value) != DRO_JSON_STRING) {
        return fail_kind(in, value, "a string", error);
    }
    if (srv_api_has_nul(value)) {
        return dro_json_fail(&in->json, value, error, DRO_PARSE, "%s: U+0000 in a text",
                             in->key);
    }
    return set_text(in, dro_json_string(value, in->arena), error);
}

static dro_status set_number(const reader *in, const char *value, dro_error *error) {
    return dro_json_kind_of(value) == DRO_JSON_NUMBER
               ? set_raw(in, value, error)
               : fail_kind(in, value, "a number", error);
}

static dro_status set_flag(const reader *in, const char *value, dro_error *error) {
    dro_json_kind kind = dro_json_kind_of(value);
    return kind == DRO_JSON_TRUE || kind == DRO_JSON_FALSE
               ? set_raw(in, value, error)
               : fail_kind(in, value, "true or false", error);
}

static dro_status set_item(const reader *in, const dro_ask_option *option,
                           const char *item, dro_error *error) {
    return option->kind == DRO_ASK_AREAS && dro_json_kind_of(item) == DRO_JSON_OBJECT
               ? set_raw(in, item, error)
               : set_string(in, item, error);
}

static dro_status set_list(const reader *in, const dro_ask_option *option,
                           dro_error *error) {
    if (in->request->seen[option - in->request->question->options]) {
        return dro_json_fail(&in->json, in->value, error, DRO_USAGE,
                             "%s is given twice", in->key);
    }
    if (dro_json_kind_of(in->value) != DRO_JSON_ARRAY) {
        return set_item(in, option, in->value, error);
    }
    for (const char *item = dro_json_first(in->value); item != NULL;
         item = dro_json_next(item)) {
        DRO_TRY(set_item(in, option, item, error));
    }
    return DRO_OK;
}

static dro_status set_option(const reader *in, const dro_ask_option *option,
                             dro_error *error) {
    switch (option->kind) {
    case DRO_ASK_FLAG:
        return set_flag(in, in->value, error);
    case DRO_ASK_NUMBER:
    case DRO_ASK_COUNT:
        return set_number(in, in->value, error);
    case DRO_ASK_TEXT:
    case DRO_ASK_CHOICE:
    case DRO_ASK_FILE:
        return set_string(in, in->value, error);
    case DRO_ASK_LIST:
    case DRO_ASK_AREAS:
        return set_list(in, option, error);
    }
    return DRO_OK;
}

/* ---- members --------------------------------------------------------------------- */

/* A name with an escape in it is none that is known. */
static void read_key(reader *in, const char *key) {
    size_t length = 0;
    while (key[length] != '"') {
        length += key[length] == '\\' ? 2 : 1;
    }
    length = length < sizeof in->key ? length : sizeof in->key - 1;
    memcpy(in->key, key, length);
    in->key[length] = '\0';
}

static const srv_api_field *find_field(const reader *in, const srv_api_field *fields,
                                       size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(fields[i].name, in->key) == 0) {
            return &fields[i];
        }
    }
    return NULL;
}

/* The nearest of the options and of the fields beside them. */
static dro_status fail_unknown(const reader *in, const srv_api_field *fields,
                               size_t count, dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    const char *nearest = dro_ask_nearest_name(in->request->question, in->key);
    unsigned least = nearest == NULL ? 3 : dro_text_distance(in->key, nearest, 2);
    for (size_t i = 0; i < count; i++) {
        unsigned distance = dro_text_distance(in->key, fields[i].name, 2);
        if (distance < least) {
            least = distance;
            nearest = fields[i].name;
        }
    }
    return dro_json_fail(&in->json, in->value, error, DRO_USAGE,
                         "unknown field %s%s%s%s", dro_quote(in->key, quoted),
                         nearest != NULL ? "; did you mean " : "",
                         nearest != NULL ? nearest : "", nearest != NULL ? "?" : "");
}

static bool is_named(const dro_ask_question *question, const char *name) {
    for (size_t i = 0; i < DRO_ASK_NAMED_MAX && question->named[i] != NULL; i++) {
        if (strcmp(question->named[i], name) == 0) {
            return true;
        }
    }
    return strcmp(name, "format") == 0;
}

static dro_status set_member(const reader *in, const srv_api_field *fields,
                             size_t count, void *context, dro_error *error) {
    const srv_api_field *field = find_field(in, fields, count);
    if (field != NULL) {
        return field->take(context, &in->json, in->value, error);
    }
    const dro_ask_option *option = dro_ask_find(in->request->question, in->key);
    if (option != NULL) {
        return set_option(in, option, error);
    }
    return is_named(in->request->question, in->key)
               ? set_string(in, in->value, error)
               : fail_unknown(in, fields, count, error);
}

dro_status srv_api_set_body(const srv_call *call, dro_ask_request *request,
                            const srv_api_field *fields, size_t field_count,
                            void *context, dro_error *error) {
    reader in = {.arena = call->arena,
                 .request = request,
                 .json = {call->request->body, call->request->body_length, "body"}};
    const char *root = NULL, *key = NULL;
    DRO_TRY(dro_json_check(&in.json, DEPTH_MAX, &root, error));
    if (dro_json_kind_of(root) != DRO_JSON_OBJECT) {
        return dro_json_fail(&in.json, root, error, DRO_PARSE,
                             "an array where an object should be");
    }
    for (in.value = dro_json_first_member(root, &key); in.value != NULL;
         in.value = dro_json_next_member(in.value, &key)) {
        read_key(&in, key);
        DRO_TRY(set_member(&in, fields, field_count, context, error));
    }
    return DRO_OK;
}
