/* A question is answered: what it needs is opened, its steps are taken, all is closed.
 */
#include "ask/job.h"

#include <assert.h>
#include <string.h>

dro_status dro_ask_job_worker(dro_ask_job *job, dro_worker **out, dro_error *error) {
    const dro_ask_context *context = job->context;
    if (context->worker == NULL && job->own_worker == NULL) {
        DRO_TRY(dro_worker_create(context->session, &job->own_worker, error));
    }
    *out = context->worker != NULL ? context->worker : job->own_worker;
    dro_worker_set_stop(*out, context->stopped, context->hook);
    return DRO_OK;
}

/* ---- what a question needs --------------------------------------------------- */

/* What the operand or the option of that name says; NULL: not given. */
static const char *text_given(const dro_ask_asked *asked, const char *name) {
    const char *first = asked->question->named[0];
    if (first != NULL && strcmp(first, name) == 0) {
        return asked->given->count > 0 ? asked->given->items[0] : NULL;
    }
    const dro_ask_option *option = dro_ask_find(asked->question, name);
    assert(option != NULL && option->kind == DRO_ASK_TEXT);
    const char *text = NULL;
    memcpy(&text, (const char *)asked->values + option->offset, sizeof text);
    return text;
}

static dro_status open_study(dro_ask_job *job, unsigned needs, dro_error *error) {
    if ((needs & (DRO_ASK_NEEDS_CASE | DRO_ASK_NEEDS_SCENARIO)) == 0) {
        return DRO_OK;
    }
    DRO_TRY(dro_ask_study_open(job->context, job->asked, text_given(job->asked, "case"),
                               &job->study, error));
    return (needs & DRO_ASK_NEEDS_SCENARIO) == 0
               ? DRO_OK
               : dro_ask_study_prepare(job->context, &job->study,
                                       text_given(job->asked, "scenario"), error);
}

static dro_status open_sea(dro_ask_job *job, unsigned needs, dro_error *error) {
    if ((needs & DRO_ASK_NEEDS_CHAINS) != 0) {
        return dro_ask_study_chains(job->context, &job->study, error);
    }
    return (needs & DRO_ASK_NEEDS_CHART) != 0 ? dro_ask_open_chart(job->context, error)
                                              : DRO_OK;
}

/* ---- its steps --------------------------------------------------------------- */

static dro_status make_state(dro_ask_job *job, size_t size, dro_error *error) {
    job->state = size > 0 ? dro_arena_alloc(job->arena, 1, size) : NULL;
    return size == 0 || job->state != NULL
               ? DRO_OK
               : dro_fail(error, DRO_NOMEM, "out of memory for a question");
}

static dro_status take_steps(dro_ask_job *job, dro_error *error) {
    const dro_ask_question *question = job->asked->question;
    dro_ask_output *output = job->output;
    DRO_TRY(open_study(job, question->needs, error));
    if (question->read != NULL) {
        DRO_TRY(question->read(job, error));
    }
    DRO_TRY(open_sea(job, question->needs, error));
    if (question->find != NULL) {
        DRO_TRY(dro_ask_ended(job->context, question->find(job, error), error));
    }
    if (question->write == NULL) {
        return DRO_OK;
    }
    DRO_TRY(output->open(output->hook, &job->out, error));
    return question->write(job, error);
}

static dro_status answer(const dro_ask_context *context, const dro_ask_asked *asked,
                         dro_ask_output *output, dro_error *error) {
    dro_ask_job job = {.context = context,
                       .asked = asked,
                       .values = asked->values,
                       .arena = context->arena,
                       .output = output};
    DRO_TRY(make_state(&job, asked->question->state_size, error));
    dro_status status = take_steps(&job, error);
    if (asked->question->close != NULL) {
        asked->question->close(&job);
    }
    if (context->worker != NULL) {
        dro_worker_set_stop(context->worker, NULL, NULL); /* it outlives the question */
    }
    dro_worker_destroy(job.own_worker);
    dro_ask_study_close(&job.study);
    return status;
}

dro_status dro_ask_run(const dro_ask_context *context, const dro_ask_asked *asked,
                       dro_ask_output *out, dro_error *error) {
    out->whole = false;
    if (context->arena != NULL) {
        return answer(context, asked, out, error);
    }
    dro_ask_context own = *context;
    DRO_TRY(dro_arena_create(&own.arena, error));
    dro_status status = answer(&own, asked, out, error);
    dro_arena_destroy(own.arena);
    return status;
}
