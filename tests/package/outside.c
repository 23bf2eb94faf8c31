/* A program outside of the project: the great circle from Chancay to Shanghai. */
#include <derrotero/base.h>
#include <derrotero/geo.h>
#include <stdio.h>

int main(void) {
    dro_error error = DRO_ERROR_INIT;
    dro_point chancay;
    dro_point shanghai;
    bool wrapped = false;
    if (dro_geo_parse("-11.58,-77.28", false, &chancay, &wrapped, &error) != DRO_OK ||
        dro_geo_parse("31.23N,121.49E", false, &shanghai, &wrapped, &error) != DRO_OK) {
        (void)fprintf(stderr, "%s\n", error.message);
        return dro_status_exit_code(error.status);
    }
    char number[DRO_NUMBER_MAX];
    (void)dro_format_fixed(dro_geo_distance_nm(chancay, shanghai), 0, number,
                           sizeof number);
    (void)printf("%s\n", number);
    return 0;
}
