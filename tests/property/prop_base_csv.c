/* Any table of valid text comes back through the writer and the reader. */
#include <string.h>

#include "check_main.h"
#include "derrotero/base.h"

#define ROUNDS      300
#define COLUMNS_MAX 12
#define ROWS_MAX    40
#define FIELD_MAX   40

typedef struct table {
    size_t columns, rows;
    char fields[ROWS_MAX + 1][COLUMNS_MAX][FIELD_MAX]; /* row 0 is the header */
} table;

static size_t below(dro_random *random, size_t limit) {
    return (size_t)(dro_random_u64(random) % limit);
}

/* Characters that a CSV reader can stumble over, and some that it cannot. */
static void fill_field(dro_random *random, char *field) {
    static const char *const pieces[] = {
        "a",  ",", "\"",    "\n", "\r\n",         " ", "ñ",
        "上", ";", "-77.1", "\r", "\xEF\xBB\xBF", "'", "\t"};
    size_t length = 0;
    for (size_t left = below(random, 8); left > 0; left--) {
        const char *piece = pieces[below(random, sizeof pieces / sizeof pieces[0])];
        size_t size = strlen(piece);
        if (length + size < FIELD_MAX) {
            memcpy(field + length, piece, size);
            length += size;
        }
    }
    field[length] = '\0';
}

static void fill_table(dro_random *random, table *t) {
    t->columns = 2 + below(random, COLUMNS_MAX - 1);
    t->rows = below(random, ROWS_MAX + 1);
    for (size_t row = 0; row <= t->rows; row++) {
        for (size_t column = 0; column < t->columns; column++) {
            fill_field(random, t->fields[row][column]);
        }
    }
}

static void write_table(const table *t, FILE *out) {
    for (size_t row = 0; row <= t->rows; row++) {
        for (size_t column = 0; column < t->columns; column++) {
            dro_csv_write(out, t->fields[row][column], column + 1 == t->columns);
        }
    }
}

static void expect_table(const table *t, dro_csv *csv) {
    ck_assert_uint_eq(dro_csv_columns(csv), t->columns);
    for (size_t column = 0; column < t->columns; column++) {
        ck_assert_str_eq(dro_csv_column_name(csv, column), t->fields[0][column]);
    }
    bool more = true;
    for (size_t row = 1; row <= t->rows; row++) {
        ck_assert_int_eq(dro_csv_next(csv, &more, NULL), DRO_OK);
        ck_assert(more);
        for (size_t column = 0; column < t->columns; column++) {
            ck_assert_str_eq(dro_csv_field(csv, column), t->fields[row][column]);
        }
    }
    ck_assert_int_eq(dro_csv_next(csv, &more, NULL), DRO_OK);
    ck_assert(!more);
}

START_TEST(tables_come_back) {
    dro_random random;
    dro_random_seed(&random, 20241114);
    static table t;
    for (int i = 0; i < ROUNDS; i++) {
        fill_table(&random, &t);
        char *bytes = NULL;
        size_t length = 0;
        FILE *out = open_memstream(&bytes, &length);
        write_table(&t, out);
        ck_assert_int_eq(fclose(out), 0);
        dro_csv *csv = NULL;
        dro_error error = DRO_ERROR_INIT;
        ck_assert_msg(dro_csv_open_memory(bytes, length, "t", &csv, &error) == DRO_OK,
                      "%s", error.message);
        expect_table(&t, csv);
        dro_csv_close(csv);
        free(bytes);
    }
}
END_TEST

/* Numbers through a field: the same bits. */
START_TEST(numbers_come_back) {
    dro_random random;
    dro_random_seed(&random, 9);
    for (int i = 0; i < 20000; i++) {
        double value = (dro_random_unit(&random) - 0.5) * 1e6;
        char text[DRO_NUMBER_MAX + 4] = "n,\n";
        size_t length = 3 + dro_format_double(value, text + 3, DRO_NUMBER_MAX);
        text[length++] = ',';
        dro_csv *csv = NULL;
        bool more = false;
        double back = 0;
        ck_assert_int_eq(dro_csv_open_memory(text, length, "t", &csv, NULL), DRO_OK);
        ck_assert_int_eq(dro_csv_next(csv, &more, NULL), DRO_OK);
        ck_assert_int_eq(dro_csv_double(csv, 0, 0, &back, NULL), DRO_OK);
        ck_assert_double_eq(back, value);
        dro_csv_close(csv);
    }
}
END_TEST

int main(void) {
    const TTest *tests[] = {tables_come_back, numbers_come_back, NULL};
    return check_main("property base csv", tests);
}
