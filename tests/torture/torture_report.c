/* Each allocation of the report of an audit fails once. */
#include "check_main.h"
#include "torture/torture.h"
#include "unit/audit_fixture.h"

static dro_status body(void *context, dro_error *error) {
    static const dro_format formats[] = {DRO_FORMAT_TABLE, DRO_FORMAT_HTML};
    dro_audit_result one = *fixture_audit();
    char *bytes = NULL;
    size_t length = 0;
    dro_status status = DRO_OK;
    (void)context;
    one.claim_count = 1; /* with its workings */
    for (size_t i = 0; i < 2 && status == DRO_OK; i++) {
        FILE *out = open_memstream(&bytes, &length);
        ck_assert_ptr_nonnull(out);
        status = dro_report_audit(out, formats[i], &one, NULL, error);
        (void)fclose(out);
        free(bytes);
    }
    return status;
}

START_TEST(audits) {
    ck_assert_uint_gt(torture_stepping(body, NULL, getenv("DRO_TEST_QUICK") ? 7 : 1),
                      20);
}
END_TEST

int main(void) {
    const TTest *tests[] = {audits, NULL};
    return check_main("report torture", tests);
}
