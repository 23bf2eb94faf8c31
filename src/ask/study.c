/* A case, and the case under one scenario, ready for questions. */
#include "ask/study.h"

#define CASE_PATH_MAX 4096

dro_status dro_ask_study_open(const dro_ask_context *context,
                              const dro_ask_asked *asked, const char *folder,
                              dro_ask_study *out, dro_error *error) {
    char path[CASE_PATH_MAX];
    *out = (dro_ask_study){.study = NULL};
    if (context->store != NULL) {
        return asked->query
                   ? dro_store_find(context->store, folder, &out->study, error)
                   : dro_store_open(context->store, folder, &out->study, error);
    }
    if (asked->query) {
        return dro_fail(error, DRO_NOT_FOUND, "there is no case here");
    }
    DRO_TRY(dro_case_locate(context->session, folder, path, sizeof path, error));
    DRO_TRY(dro_case_open(context->session, path, &out->own, error));
    out->study = out->own;
    return DRO_OK;
}

dro_status dro_ask_study_prepare(const dro_ask_context *context, dro_ask_study *study,
                                 const char *scenario, dro_error *error) {
    dro_prepare_wish wish = {.of = study->study, .scenario = scenario};
    DRO_TRY(dro_store_prepare(context->store, &wish, &study->ready, error));
    const char *made = dro_prepared_scenario(study->ready);
    study->scenario = made[0] != '\0' ? made : NULL;
    study->facts = dro_prepared_facts(study->ready);
    study->date = dro_prepared_date(study->ready);
    study->month = dro_prepared_month(study->ready);
    return DRO_OK;
}

dro_status dro_ask_study_chains(const dro_ask_context *context, dro_ask_study *study,
                                dro_error *error) {
    const char *const *notices = NULL;
    DRO_TRY(dro_ask_open_chart(context, error));
    dro_status status =
        dro_prepared_chains(study->ready, context->progress, &study->chains, error);
    DRO_TRY(dro_ask_ended(context, status, error));
    size_t count = dro_chains_notices(study->chains, &notices);
    for (size_t i = 0; i < count; i++) {
        dro_ask_notice(context, "%s", notices[i]);
    }
    return DRO_OK;
}

void dro_ask_study_close(dro_ask_study *study) {
    dro_prepared_release(study->ready);
    dro_case_close(study->own);
}

dro_status dro_ask_study_commodity(const dro_ask_study *study, const char *id,
                                   size_t *out, dro_error *error) {
    const char *own = dro_case_commodity(study->study);
    if (!id && (!own || own[0] == '\0')) {
        return dro_fail(error, DRO_USAGE,
                        "the case names no commodity of its own: use --commodity");
    }
    return dro_facts_find(study->facts, DRO_KIND_COMMODITY, id ? id : own, out, error);
}

dro_status dro_ask_study_port(const dro_ask_study *study, const char *text, size_t *out,
                              dro_error *error) {
    return dro_atlas_find_port(dro_facts_atlas(study->facts), text, out, error);
}
