/*
 * One CSV record: RFC 4180 with LF or CRLF, as a state machine over bytes.
 */
#include <errno.h>

#include "base/csv.h"
#include "base/fail_io.h"

#define END_OF_FILE (-1)

typedef enum csv_state {
    AT_FIELD_START,
    IN_PLAIN,
    IN_QUOTES,
    AFTER_QUOTE, /* a quote inside quotes: the end of the field, or half of "" */
    RECORD_DONE
} csv_state;

bool dro_csv_refill(dro_csv *csv) {
    if (csv->ended || csv->file == NULL) {
        csv->ended = true;
        return false;
    }
    errno = 0;
    size_t count = fread(csv->block, 1, DRO_CSV_BLOCK, csv->file);
    if (count == 0 && ferror(csv->file)) {
        csv->read_error = errno == 0 ? EIO : errno;
    }
    csv->at = csv->block;
    csv->end = csv->block + count;
    csv->ended = count == 0;
    return count > 0;
}

static int peek(dro_csv *csv) {
    if (csv->at == csv->end && !dro_csv_refill(csv)) {
        return END_OF_FILE;
    }
    return *csv->at;
}

/* Moves behind the byte that peek gave. A column is a character: bytes that continue
 * a UTF-8 sequence do not count. */
static void advance(dro_csv *csv, int byte) {
    csv->at++;
    if (byte == '\n') {
        csv->place.line++;
        csv->place.column = 1;
    } else if (((unsigned)byte & 0xC0u) != 0x80u) {
        csv->place.column++;
    }
}

static dro_status add_byte(dro_csv *csv, int byte, dro_error *error) {
    if (csv->length >= DRO_CSV_MAX_RECORD) {
        return dro_csv_fail_at(csv, csv->record_place, error, DRO_LIMIT,
                               "a record is longer than %u bytes", DRO_CSV_MAX_RECORD);
    }
    if (csv->length >= csv->capacity) {
        DRO_TRY(DRO_RESERVE(csv->record, csv->capacity, csv->length + 1, error));
    }
    csv->record[csv->length++] = (char)byte;
    return DRO_OK;
}

static dro_status begin_field(dro_csv *csv, dro_error *error) {
    if (csv->field_count == DRO_CSV_MAX_FIELDS) {
        return dro_csv_fail_at(csv, csv->place, error, DRO_LIMIT,
                               "more than %d fields in a record", DRO_CSV_MAX_FIELDS);
    }
    csv->fields[csv->field_count++] =
        (dro_csv_field_slot){.start = csv->length, .place = csv->place};
    return DRO_OK;
}

static dro_status end_field(dro_csv *csv, dro_error *error) {
    dro_csv_field_slot *field = &csv->fields[csv->field_count - 1];
    field->length = csv->length - field->start;
    DRO_TRY(add_byte(csv, '\0', error));
    if (!dro_utf8_valid(csv->record + field->start, field->length)) {
        return dro_csv_fail_at(csv, field->place, error, DRO_PARSE,
                               "this field is not valid UTF-8");
    }
    return DRO_OK;
}

/* A comma, a line end or the end of the file, outside quotes. */
static dro_status end_at(dro_csv *csv, int byte, csv_state *state, dro_error *error) {
    DRO_TRY(end_field(csv, error));
    if (byte == ',') {
        advance(csv, byte);
        *state = AT_FIELD_START;
        return begin_field(csv, error);
    }
    *state = RECORD_DONE;
    if (byte == '\r') {
        dro_csv_place place = csv->place;
        advance(csv, byte);
        byte = peek(csv);
        if (byte != '\n') {
            return dro_csv_fail_at(csv, place, error, DRO_PARSE,
                                   "a carriage return without a line feed");
        }
    }
    if (byte == '\n') {
        advance(csv, byte);
    }
    return DRO_OK;
}

static bool ends_field(int byte) {
    return byte == ',' || byte == '\n' || byte == '\r' || byte == END_OF_FILE;
}

static dro_status step_plain(dro_csv *csv, int byte, csv_state *state,
                             dro_error *error) {
    if (ends_field(byte)) {
        return end_at(csv, byte, state, error);
    }
    if (byte == '"') {
        if (*state == IN_PLAIN) {
            return dro_csv_fail_at(
                csv, csv->place, error, DRO_PARSE,
                "a quote inside a field that does not begin with one");
        }
        *state = IN_QUOTES;
        csv->quoted = true;
        advance(csv, byte);
        return DRO_OK;
    }
    *state = IN_PLAIN;
    advance(csv, byte);
    return add_byte(csv, byte, error);
}

static dro_status step_quotes(dro_csv *csv, int byte, csv_state *state,
                              dro_error *error) {
    if (byte == END_OF_FILE) {
        dro_csv_place place = csv->fields[csv->field_count - 1].place;
        return dro_csv_fail_at(csv, place, error, DRO_PARSE,
                               "this quote is never closed");
    }
    advance(csv, byte);
    if (byte == '"') {
        *state = AFTER_QUOTE;
        return DRO_OK;
    }
    return add_byte(csv, byte, error);
}

static dro_status step_after_quote(dro_csv *csv, int byte, csv_state *state,
                                   dro_error *error) {
    if (ends_field(byte)) {
        return end_at(csv, byte, state, error);
    }
    if (byte != '"') {
        return dro_csv_fail_at(csv, csv->place, error, DRO_PARSE,
                               "text behind a closing quote");
    }
    *state = IN_QUOTES;
    advance(csv, byte);
    return add_byte(csv, byte, error);
}

static dro_status step(dro_csv *csv, csv_state *state, dro_error *error) {
    int byte = peek(csv);
    if (byte == '\0') {
        return dro_csv_fail_at(csv, csv->place, error, DRO_PARSE,
                               "a NUL byte: this is not a text file");
    }
    switch (*state) {
    case AT_FIELD_START:
    case IN_PLAIN:
        return step_plain(csv, byte, state, error);
    case IN_QUOTES:
        return step_quotes(csv, byte, state, error);
    case AFTER_QUOTE:
        return step_after_quote(csv, byte, state, error);
    case RECORD_DONE:
        break;
    }
    return DRO_OK;
}

static dro_status read_line(dro_csv *csv, bool *some, dro_error *error) {
    csv->record_place = csv->place;
    csv->length = 0;
    csv->field_count = 0;
    csv->quoted = false;
    *some = peek(csv) != END_OF_FILE;
    if (!*some) {
        return DRO_OK;
    }
    DRO_TRY(begin_field(csv, error));
    csv_state state = AT_FIELD_START;
    while (state != RECORD_DONE) {
        DRO_TRY(step(csv, &state, error));
    }
    return DRO_OK;
}

/* A line with nothing on it, not even "". */
static bool is_blank(const dro_csv *csv) {
    return csv->field_count == 1 && csv->fields[0].length == 0 && !csv->quoted;
}

dro_status dro_csv_read_record(dro_csv *csv, bool *more, dro_error *error) {
    bool some = false;
    dro_status status;
    do {
        status = read_line(csv, &some, error);
    } while (status == DRO_OK && some && is_blank(csv));
    if (csv->read_error != 0) { /* no end of the file, whatever it looked like */
        return dro_fail_io(error, csv->read_error, "read", csv->name);
    }
    if (status == DRO_OK) {
        *more = some;
    }
    return status;
}
