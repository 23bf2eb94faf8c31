/* Table-driven options; see options.h. */
#include "ask/options.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/quote.h"

#define NAME_MAX_BYTES 64

typedef struct reader {
    int argc, at;
    const char *const *argv;
    const dro_ask_option_set *sets;
    size_t set_count;
    dro_error *error;
} reader;

typedef struct found {
    const dro_ask_option *option;
    void *values;
} found;

/* ---- names
 * --------------------------------------------------------------------------- */

const char *dro_ask_nearest(const char *text, const void *names, size_t count,
                            dro_ask_name name) {
    const char *best = NULL;
    unsigned least = 3;
    for (size_t i = 0; i < count; i++) {
        unsigned distance = dro_text_distance(text, name(names, i), 2);
        if (distance < least) {
            least = distance;
            best = name(names, i);
        }
    }
    return best;
}

static const char *name_of(const void *names, size_t index) {
    return ((const dro_ask_option *)names)[index].name;
}

static dro_status unknown(const reader *in, const char *argument, const char *name) {
    const char *nearest = NULL;
    char quoted[DRO_QUOTE_MAX];
    unsigned least = 3;
    for (size_t i = 0; i < in->set_count; i++) {
        const char *near =
            dro_ask_nearest(name, in->sets[i].options, in->sets[i].count, name_of);
        unsigned distance = near == NULL ? 3 : dro_text_distance(name, near, 2);
        if (distance < least) {
            least = distance;
            nearest = near;
        }
    }
    if (nearest == NULL) {
        return dro_fail(in->error, DRO_USAGE, "unknown option %s; see --help",
                        dro_quote(argument, quoted));
    }
    return dro_fail(in->error, DRO_USAGE, "unknown option %s; did you mean --%s?",
                    dro_quote(argument, quoted), nearest);
}

static bool find(const reader *in, const char *name, char letter, found *out) {
    for (size_t i = 0; i < in->set_count; i++) {
        for (size_t j = 0; j < in->sets[i].count; j++) {
            const dro_ask_option *option = &in->sets[i].options[j];
            if (letter != '\0' ? option->letter == letter
                               : strcmp(option->name, name) == 0) {
                *out = (found){option, in->sets[i].values};
                return true;
            }
        }
    }
    return false;
}

/* ---- values
 * --------------------------------------------------------------------------- */

static dro_status set_number(const dro_ask_option *option, double *out,
                             const char *text, const char *what, dro_error *error) {
    double value = 0.0;
    DRO_TRY(dro_parse_double(text, &value, what, error));
    if (value < option->low || value > option->high) {
        return dro_fail(error, DRO_INVALID, "%s %g is not between %g and %g", what,
                        value, option->low, option->high);
    }
    *out = value;
    return DRO_OK;
}

static dro_status set_choice(const dro_ask_option *option, int *out, const char *text,
                             const char *what, dro_error *error) {
    size_t length = strlen(text);
    int index = 0;
    for (const char *at = option->value; at != NULL; index++) {
        size_t word = strcspn(at, "|");
        if (word == length && strncmp(at, text, word) == 0) {
            *out = index;
            return DRO_OK;
        }
        at = at[word] == '|' ? at + word + 1 : NULL;
    }
    char quoted[DRO_QUOTE_MAX];
    return dro_fail(error, DRO_INVALID, "%s %s is not one of %s", what,
                    dro_quote(text, quoted), option->value);
}

static dro_status set_list(dro_ask_list *out, const char *text, const char *what,
                           dro_error *error) {
    if (out->count == DRO_ASK_LIST_MAX) {
        return dro_fail(error, DRO_LIMIT, "%s is given more than %d times", what,
                        DRO_ASK_LIST_MAX);
    }
    out->items[out->count++] = text;
    return DRO_OK;
}

dro_status dro_ask_put(const dro_ask_option *option, void *values, const char *text,
                       const char *what, dro_error *error) {
    char *at = (char *)values + option->offset;
    switch (option->kind) {
    case DRO_ASK_FLAG:
        *(bool *)(void *)at = true;
        return DRO_OK;
    case DRO_ASK_TEXT:
    case DRO_ASK_FILE:
        *(const char **)(void *)at = text;
        return DRO_OK;
    case DRO_ASK_NUMBER:
        return set_number(option, (double *)(void *)at, text, what, error);
    case DRO_ASK_COUNT:
        return dro_parse_long(text, (long)option->low, (long)option->high,
                              (long *)(void *)at, what, error);
    case DRO_ASK_CHOICE:
        return set_choice(option, (int *)(void *)at, text, what, error);
    case DRO_ASK_LIST:
    case DRO_ASK_AREAS:
        return set_list((dro_ask_list *)(void *)at, text, what, error);
    }
    return DRO_OK;
}

static dro_status set(const found *to, const char *text, dro_error *error) {
    char what[NAME_MAX_BYTES];
    (void)snprintf(what, sizeof what, "--%s", to->option->name);
    return dro_ask_put(to->option, to->values, text, what, error);
}

/* ---- arguments
 * -------------------------------------------------------------------------- */

/* "-nan,0": no good place, but one that was meant. */
static bool is_odd_place(const char *argument) {
    static const char *const words[] = {"-nan,", "-inf,", "-infinity,"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strncasecmp(argument, words[i], strlen(words[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* "-", "-12.05,-77.15", "-.5" are operands. */
static bool is_operand(const char *argument) {
    return argument[0] != '-' || argument[1] == '\0' || argument[1] == '.' ||
           isdigit((unsigned char)argument[1]) || is_odd_place(argument);
}

/* The value behind "=", or the next argument. */
static dro_status take_value(reader *in, const found *to, const char *attached) {
    const dro_ask_option *option = to->option;
    if (option->kind == DRO_ASK_FLAG) {
        return attached == NULL ? set(to, NULL, in->error)
                                : dro_fail(in->error, DRO_USAGE, "--%s takes no value",
                                           option->name);
    }
    if (attached != NULL) {
        return set(to, attached, in->error);
    }
    if (in->at >= in->argc || strncmp(in->argv[in->at], "--", 2) == 0) {
        return dro_fail(in->error, DRO_USAGE, "--%s needs a value: %s", option->name,
                        option->value);
    }
    return set(to, in->argv[in->at++], in->error);
}

static dro_status read_long(reader *in, const char *argument) {
    char name[NAME_MAX_BYTES];
    const char *text = argument + 2;
    size_t length = strcspn(text, "=");
    found to = {0};
    if (length >= sizeof name) {
        return unknown(in, argument, "");
    }
    memcpy(name, text, length);
    name[length] = '\0';
    if (!find(in, name, '\0', &to)) {
        return unknown(in, argument, name);
    }
    return take_value(in, &to, text[length] == '=' ? text + length + 1 : NULL);
}

/* -oFILE, -o FILE, -q */
static dro_status read_short(reader *in, const char *argument) {
    found to = {0};
    if (!find(in, "", argument[1], &to)) {
        return unknown(in, argument, argument + 1);
    }
    return take_value(in, &to, argument[2] != '\0' ? argument + 2 : NULL);
}

static dro_status add_operand(dro_ask_operands *out, const char *text,
                              dro_error *error) {
    if (out->count == DRO_ASK_OPERANDS_MAX) {
        return dro_fail(error, DRO_USAGE, "more than %d arguments",
                        DRO_ASK_OPERANDS_MAX);
    }
    out->items[out->count++] = text;
    return DRO_OK;
}

dro_status dro_ask_parse(int argc, const char *const *argv,
                         const dro_ask_option_set *sets, size_t set_count,
                         dro_ask_operands *out, int *used, dro_error *error) {
    reader in = {argc, 0, argv, sets, set_count, error};
    bool operands_only = false;
    while (in.at < argc) {
        const char *argument = argv[in.at];
        bool operand = operands_only || is_operand(argument);
        if (operand && used != NULL) {
            break;
        }
        in.at++;
        if (operand) {
            DRO_TRY(add_operand(out, argument, error));
        } else if (strcmp(argument, "--") == 0) {
            operands_only = true;
        } else if (argument[1] == '-') {
            DRO_TRY(read_long(&in, argument));
        } else {
            DRO_TRY(read_short(&in, argument));
        }
    }
    if (used != NULL) {
        *used = in.at;
    }
    return DRO_OK;
}

/* ---- help
 * ---------------------------------------------------------------------------------- */

void dro_ask_help(FILE *out, const dro_ask_option_set *set) {
    for (size_t i = 0; i < set->count; i++) {
        const dro_ask_option *option = &set->options[i];
        char left[160];
        char letter[8] = "";
        if (option->letter != '\0') {
            (void)snprintf(letter, sizeof letter, "-%c, ", option->letter);
        }
        (void)snprintf(left, sizeof left, "%s--%s%s%s", letter, option->name,
                       option->value != NULL ? " " : "",
                       option->value != NULL ? option->value : "");
        const char *gap =
            strlen(left) > 28 ? "\n                                " : "  ";
        (void)fprintf(out, "  %-28s%s%s\n", left, gap, option->help);
    }
}

bool dro_ask_split(const char **next, char *part, size_t size) {
    const char *text = *next;
    part[0] = '\0';
    if (text == NULL) {
        return false;
    }
    size_t length = strcspn(text, ",");
    *next = text[length] == ',' ? text + length + 1 : NULL;
    size_t kept = length < size ? length : size - 1;
    memcpy(part, text, kept);
    part[kept] = '\0';
    return true;
}
