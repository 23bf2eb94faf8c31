/* A case under one scenario, ready for questions. */
#include "cli/study.h"

dro_status cli_study_open(cli *all, const char *folder, const char *scenario,
                          cli_study *out, dro_error *error) {
    *out = (cli_study){.scenario = scenario};
    DRO_TRY(cli_open_case(all, folder, &out->study, error));
    if (!scenario) {
        const char *own = dro_case_default_scenario(out->study);
        out->scenario = own && own[0] ? own : NULL;
    }
    DRO_TRY(dro_case_when(out->study, out->scenario, &out->date, &out->month, error));
    return dro_case_apply(out->study, out->scenario, NULL, &out->facts, error);
}

dro_status cli_study_chains(cli *all, cli_study *study, dro_error *error) {
    dro_chains_options options = DRO_CHAINS_OPTIONS_INIT;
    cli_progress shown;
    const char *const *notices = NULL;
    DRO_TRY(cli_open_chart(all, error));
    options.date = study->date;
    options.month = study->month;
    cli_progress_begin(all, &shown);
    options.progress = &shown.progress;
    dro_status status =
        dro_chains_create(all->session, study->facts, &options, &study->chains, error);
    cli_progress_end(&shown);
    DRO_TRY(cli_check_stopped(error));
    DRO_TRY(status);
    size_t count = dro_chains_notices(study->chains, &notices);
    for (size_t i = 0; i < count; i++) {
        cli_notice(all, "%s", notices[i]);
    }
    return DRO_OK;
}

void cli_study_close(cli_study *study) {
    dro_chains_destroy(study->chains);
    dro_facts_destroy(study->facts);
    dro_case_close(study->study);
}

dro_status cli_study_commodity(const cli_study *study, const char *id, size_t *out,
                               dro_error *error) {
    const char *own = dro_case_commodity(study->study);
    if (!id && (!own || own[0] == '\0')) {
        return dro_fail(error, DRO_USAGE,
                        "the case names no commodity of its own: use --commodity");
    }
    return dro_facts_find(study->facts, DRO_KIND_COMMODITY, id ? id : own, out, error);
}

dro_status cli_study_port(const cli_study *study, const char *text, size_t *out,
                          dro_error *error) {
    return dro_atlas_find_port(dro_facts_atlas(study->facts), text, out, error);
}
