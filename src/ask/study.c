/* A case under one scenario, ready for questions. */
#include "ask/study.h"

dro_status dro_ask_study_open(const dro_ask_context *context,
                              const dro_ask_asked *asked, const char *folder,
                              const char *scenario, dro_ask_study *out,
                              dro_error *error) {
    *out = (dro_ask_study){.scenario = NULL};
    DRO_TRY(dro_ask_open_case(context, asked, folder, &out->study, &out->own, error));
    dro_prepare_wish wish = {.of = out->study, .scenario = scenario};
    DRO_TRY(dro_store_prepare(context->store, &wish, &out->ready, error));
    const char *made = dro_prepared_scenario(out->ready);
    out->scenario = made[0] != '\0' ? made : NULL;
    out->facts = dro_prepared_facts(out->ready);
    out->date = dro_prepared_date(out->ready);
    out->month = dro_prepared_month(out->ready);
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
