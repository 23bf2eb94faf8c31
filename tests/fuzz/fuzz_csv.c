/* The CSV reader on any bytes; what it accepts comes back through the writer. */
#include <stdlib.h>
#include <string.h>

#include "derrotero/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool truth) {
    if (!truth) {
        abort();
    }
}

static void write_record(const dro_csv *csv, bool header, FILE *out) {
    size_t columns = dro_csv_columns(csv);
    for (size_t i = 0; i < columns; i++) {
        const char *text = header ? dro_csv_column_name(csv, i) : dro_csv_field(csv, i);
        dro_csv_write(out, text, i + 1 == columns);
    }
}

static void use_fields(const dro_csv *csv) {
    double number;
    bool truth;
    for (size_t i = 0; i < dro_csv_columns(csv); i++) {
        dro_error error = DRO_ERROR_INIT;
        (void)dro_csv_double(csv, i, 0, &number, &error);
        require(dro_utf8_valid(error.message, strlen(error.message)));
        (void)dro_csv_bool(csv, i, true, &truth, &error);
        require(dro_csv_field_position(csv, i) > 0);
    }
}

/* The table as our writer puts it; NULL where the bytes are not a table. */
static char *rewritten(const char *bytes, size_t length, size_t *out_length) {
    dro_csv *csv = NULL;
    dro_error error = DRO_ERROR_INIT;
    if (dro_csv_open_memory(bytes, length, "fuzz", &csv, &error) != DRO_OK) {
        require(csv == NULL && error.message[0] != '\0');
        return NULL;
    }
    char *text = NULL;
    FILE *out = open_memstream(&text, out_length);
    require(out != NULL);
    write_record(csv, true, out);
    bool more = true;
    dro_status status = dro_csv_next(csv, &more, &error);
    for (; status == DRO_OK && more; status = dro_csv_next(csv, &more, &error)) {
        use_fields(csv);
        write_record(csv, false, out);
    }
    /* A single column's empty fields are blank lines, which do not come back. */
    bool comparable = status == DRO_OK && dro_csv_columns(csv) > 1;
    dro_csv_close(csv);
    require(fclose(out) == 0);
    if (!comparable) {
        free(text);
        return NULL;
    }
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    size_t first_length = 0;
    char *first = rewritten((const char *)data, size, &first_length);
    if (first != NULL) {
        size_t second_length = 0;
        char *second = rewritten(first, first_length, &second_length);
        require(second != NULL && second_length == first_length &&
                memcmp(first, second, first_length) == 0);
        free(second);
    }
    free(first);
    return 0;
}
