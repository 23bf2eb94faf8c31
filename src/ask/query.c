/* A query: names and values into a question's values and operands. */
#include <assert.h>
#include <string.h>

#include "ask/ask.h"
#include "base/quote.h"

static const dro_ask_option format_option = {
    "format", '\0', DRO_ASK_CHOICE,      0, "table|json|csv|geojson|svg|html",
    0,        0,    "form of the answer"};

void dro_ask_begin(dro_ask_request *request, const dro_ask_question *question) {
    assert(question->values_size <= sizeof request->values);
    assert(question->option_count <= DRO_ASK_OPTIONS_MAX);
    request->question = question;
    request->given.count = 0;
    request->format = -1;
    request->text = NULL;
    memset(request->named, 0, sizeof request->named);
    memset(request->seen, 0, sizeof request->seen);
    if (question->defaults != NULL) {
        memcpy(request->values.bytes, question->defaults, question->values_size);
    }
}

/* ---- names ------------------------------------------------------------------- */

/* Files are nobody's business who only sends a query. */
static bool is_open(const dro_ask_option *option) {
    return option->kind != DRO_ASK_FILE;
}

const dro_ask_option *dro_ask_find(const dro_ask_question *question, const char *name) {
    for (size_t i = 0; i < question->option_count; i++) {
        const dro_ask_option *option = &question->options[i];
        if (is_open(option) && strcmp(option->name, name) == 0) {
            return option;
        }
    }
    return NULL;
}

static void take_nearer(const char *name, const char *candidate, unsigned *least,
                        const char **nearest) {
    unsigned distance = dro_text_distance(name, candidate, 2);
    if (distance < *least) {
        *least = distance;
        *nearest = candidate;
    }
}

const char *dro_ask_nearest_name(const dro_ask_question *question, const char *name) {
    const char *nearest = NULL;
    unsigned least = 3;
    for (size_t i = 0; i < DRO_ASK_NAMED_MAX && question->named[i] != NULL; i++) {
        take_nearer(name, question->named[i], &least, &nearest);
    }
    for (size_t i = 0; i < question->option_count; i++) {
        if (is_open(&question->options[i])) {
            take_nearer(name, question->options[i].name, &least, &nearest);
        }
    }
    take_nearer(name, format_option.name, &least, &nearest);
    return nearest;
}

static dro_status fail_unknown(const dro_ask_request *request, const char *name,
                               dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    const char *nearest = dro_ask_nearest_name(request->question, name);
    if (nearest != NULL) {
        return dro_fail(error, DRO_USAGE, "unknown parameter %s; did you mean %s?",
                        dro_quote(name, quoted), nearest);
    }
    return dro_fail(error, DRO_USAGE, "unknown parameter %s of %s",
                    dro_quote(name, quoted), request->question->name);
}

/* ---- values ------------------------------------------------------------------ */

static dro_status fail_twice(const char *name, dro_error *error) {
    return dro_fail(error, DRO_USAGE, "%s is given twice", name);
}

static dro_status set_flag(const dro_ask_option *option, void *values, const char *text,
                           dro_error *error) {
    bool on = true;
    if (text != NULL && text[0] != '\0') {
        DRO_TRY(dro_parse_bool(text, &on, option->name, error));
    }
    *(bool *)(void *)((char *)values + option->offset) = on;
    return DRO_OK;
}

static bool is_list(const dro_ask_option *option) {
    return option->kind == DRO_ASK_LIST || option->kind == DRO_ASK_AREAS;
}

static dro_status set_option(dro_ask_request *request, const dro_ask_option *option,
                             const char *value, dro_error *error) {
    bool *seen = &request->seen[option - request->question->options];
    if (*seen && !is_list(option)) {
        return fail_twice(option->name, error);
    }
    *seen = true;
    if (option->kind == DRO_ASK_FLAG) {
        return set_flag(option, request->values.bytes, value, error);
    }
    if (value == NULL) {
        return dro_fail(error, DRO_USAGE, "%s needs a value: %s", option->name,
                        option->value);
    }
    return dro_ask_put(option, request->values.bytes, value, option->name, error);
}

static dro_status set_operand(dro_ask_request *request, size_t index, const char *value,
                              dro_error *error) {
    const char *name = request->question->named[index];
    if (request->named[index] != NULL) {
        return fail_twice(name, error);
    }
    if (value == NULL) {
        return dro_fail(error, DRO_USAGE, "%s needs a value", name);
    }
    request->named[index] = value;
    return DRO_OK;
}

static dro_status set_format(dro_ask_request *request, const char *value,
                             dro_error *error) {
    if (request->format >= 0) {
        return fail_twice(format_option.name, error);
    }
    return dro_ask_put(&format_option, &request->format, value == NULL ? "" : value,
                       format_option.name, error);
}

dro_status dro_ask_set(dro_ask_request *request, const char *name, const char *value,
                       dro_error *error) {
    const dro_ask_question *question = request->question;
    for (size_t i = 0; i < DRO_ASK_NAMED_MAX && question->named[i] != NULL; i++) {
        if (strcmp(question->named[i], name) == 0) {
            return set_operand(request, i, value, error);
        }
    }
    const dro_ask_option *option = dro_ask_find(question, name);
    if (option != NULL) {
        return set_option(request, option, value, error);
    }
    return strcmp(name, format_option.name) == 0 ? set_format(request, value, error)
                                                 : fail_unknown(request, name, error);
}

/* Forms for people are for the command line. */
static dro_format format_of(const dro_ask_request *request) {
    return request->format >= 0 ? (dro_format)request->format
           : request->question->format == DRO_FORMAT_GEOJSON ? DRO_FORMAT_GEOJSON
                                                             : DRO_FORMAT_JSON;
}

/* Operands stand in their order: those before the first that is missing. */
dro_status dro_ask_finish(dro_ask_request *request, dro_ask_asked *out,
                          dro_error *error) {
    dro_ask_operands *given = &request->given;
    given->count = 0;
    while (given->count < DRO_ASK_NAMED_MAX && request->named[given->count] != NULL) {
        given->items[given->count] = request->named[given->count];
        given->count++;
    }
    *out = (dro_ask_asked){.question = request->question,
                           .values = request->values.bytes,
                           .given = given,
                           .format = format_of(request),
                           .query = true,
                           .text = request->text};
    return dro_ask_check(out, error);
}
