/* A case under one scenario, ready for questions. */
#include "ask/study.h"

dro_status dro_ask_study_open(const dro_ask_context *context,
                              const dro_ask_asked *asked, const char *folder,
                              const char *scenario, dro_ask_study *out,
                              dro_error *error) {
    *out = (dro_ask_study){.scenario = scenario};
    DRO_TRY(dro_ask_open_case(context, asked, folder, &out->study, error));
    if (!scenario) {
        const char *own = dro_case_default_scenario(out->study);
        out->scenario = own && own[0] ? own : NULL;
    }
    DRO_TRY(dro_case_when(out->study, out->scenario, &out->date, &out->month, error));
    return dro_case_apply(out->study, out->scenario, NULL, &out->facts, error);
}

dro_status dro_ask_study_chains(const dro_ask_context *context, dro_ask_study *study,
                                dro_error *error) {
    dro_chains_options options = DRO_CHAINS_OPTIONS_INIT;
    const char *const *notices = NULL;
    DRO_TRY(dro_ask_open_chart(context, error));
    options.date = study->date;
    options.month = study->month;
    options.progress = context->progress;
    dro_status status = dro_chains_create(context->session, study->facts, &options,
                                          &study->chains, error);
    DRO_TRY(dro_ask_ended(context, status, error));
    size_t count = dro_chains_notices(study->chains, &notices);
    for (size_t i = 0; i < count; i++) {
        dro_ask_notice(context, "%s", notices[i]);
    }
    return DRO_OK;
}

void dro_ask_study_close(const dro_ask_context *context, dro_ask_study *study) {
    dro_chains_destroy(study->chains);
    dro_facts_destroy(study->facts);
    dro_ask_close_case(context, study->study);
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
