/* Checking a question, and what all of them need. */
#include "ask/ask.h"

#include <assert.h>
#include <string.h>

#include "base/quote.h"

/* ---- checking ---------------------------------------------------------------- */

const char *dro_ask_label(const dro_ask_asked *asked, const char *option) {
    assert(strncmp(option, "--", 2) == 0);
    return asked->query ? option + 2 : option;
}

static dro_status check_operands(const dro_ask_asked *asked, dro_error *error) {
    const dro_ask_question *question = asked->question;
    const dro_ask_operands *given = asked->given;
    if (asked->query) {
        return given->count >= question->required
                   ? DRO_OK
                   : dro_fail(error, DRO_USAGE, "%s needs %s", question->name,
                              question->named[given->count]);
    }
    if (given->count < question->least) {
        return dro_fail(error, DRO_USAGE, "usage: derrotero %s %s", question->name,
                        question->usage);
    }
    if (given->count > question->most) {
        return dro_fail(error, DRO_USAGE, "'%.40s' is one argument too many for %s",
                        given->items[question->most], question->name);
    }
    return DRO_OK;
}

static dro_status check_format(const dro_ask_asked *asked, dro_error *error) {
    const char *name = asked->question->name;
    unsigned formats = asked->question->formats;
    if (formats == 0 || (formats >> asked->format & 1u) != 0) {
        return DRO_OK;
    }
    if (asked->query) {
        return dro_fail(error, DRO_USAGE, "%s does not write this format", name);
    }
    return dro_fail(error, DRO_USAGE, "%s does not write this --format; see %s --help",
                    name, name);
}

dro_status dro_ask_check(const dro_ask_asked *asked, dro_error *error) {
    DRO_TRY(check_operands(asked, error));
    DRO_TRY(check_format(asked, error));
    return asked->question->check ? asked->question->check(asked, error) : DRO_OK;
}

/* ---- the answer -------------------------------------------------------------- */

static dro_status give_stream(void *hook, FILE **out, dro_error *error) {
    (void)error;
    *out = hook;
    return DRO_OK;
}

dro_ask_output dro_ask_output_to(FILE *stream) {
    return (dro_ask_output){.open = give_stream, .hook = stream};
}

/* ---- what questions need ----------------------------------------------------- */

const dro_atlas *dro_ask_atlas(const dro_ask_context *context) {
    return dro_session_atlas(context->session);
}

dro_status dro_ask_open_chart(const dro_ask_context *context, dro_error *error) {
    return dro_session_chart(context->session) != NULL
               ? DRO_OK
               : dro_session_open_chart(context->session, context->chart, error);
}

void dro_ask_notice(const dro_ask_context *context, const char *format, ...) {
    if (context->notice != NULL) {
        va_list arguments;
        va_start(arguments, format);
        context->notice(context->hook, format, arguments);
        va_end(arguments);
    }
}

/* A longitude that is too large names one that is not. */
static dro_status suggest_longitude(const dro_ask_context *context, const char *text,
                                    dro_status status, dro_error *error) {
    dro_place meant = {.port = -1};
    bool wrapped = false;
    if (dro_place_find(dro_ask_atlas(context), text, true, &meant, &wrapped, NULL) ==
            DRO_OK &&
        wrapped) {
        return dro_fail(error, status, "%s; did you mean %.6g?",
                        error != NULL ? error->message : "", meant.at.lon_deg);
    }
    return status;
}

dro_status dro_ask_place(const dro_ask_context *context, const char *text,
                         dro_place *out, dro_error *error) {
    const dro_atlas *atlas = dro_ask_atlas(context);
    bool wrapped = false;
    dro_status status =
        dro_place_find(atlas, text, context->wrap, out, &wrapped, error);
    if (status != DRO_OK) {
        return suggest_longitude(context, text, status, error);
    }
    if (wrapped) {
        dro_ask_notice(context, "%s: longitude wrapped to %.6g", text, out->at.lon_deg);
    }
    if (out->port >= 0 && !dro_atlas_names_port(atlas, text)) {
        char quoted[DRO_QUOTE_MAX];
        dro_ask_notice(context, "%s is taken for %s (%s)", dro_quote(text, quoted),
                       out->name, out->code);
    }
    return DRO_OK;
}

dro_status dro_ask_check_stopped(const dro_ask_context *context, dro_error *error) {
    bool stopped = context->stopped != NULL && context->stopped(context->hook);
    return stopped ? dro_fail(error, DRO_CANCELLED, "stopped") : DRO_OK;
}

dro_status dro_ask_ended(const dro_ask_context *context, dro_status status,
                         dro_error *error) {
    DRO_TRY(dro_ask_check_stopped(context, error));
    return status;
}
