/*
 * derrotero/base.h: the ground floor. Status codes and errors, memory,
 * text and numbers, CSV, files, threads, progress.
 *
 * Conventions of the whole library:
 *  - a function that can fail returns dro_status and takes a dro_error * last,
 *    which may be NULL; on failure its outputs are untouched;
 *  - the library never prints, exits or aborts;
 *  - X_create / X_open give an object through **out that the caller owns and
 *    gives back with X_destroy / X_close, for which NULL is fine;
 *  - text is UTF-8; names carry their unit at the edge (_nm, _m, _h, _kn, _deg).
 */
#ifndef DERROTERO_BASE_H
#define DERROTERO_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) || defined(__clang__)
#define DRO_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define DRO_WARN_UNUSED       __attribute__((warn_unused_result))
#else
#define DRO_PRINTF(fmt, args)
#define DRO_WARN_UNUSED
#endif

/* ---- status and error ------------------------------------------------- */

/* X(name, exit code of the command line, text) */
#define DRO_STATUS_LIST(X)                                    \
    X(OK, 0, "ok")                                            \
    X(NO_ANSWER, 1, "no answer exists")                       \
    X(INVALID, 2, "invalid value")                            \
    X(NOT_FOUND, 2, "not found")                              \
    X(PARSE, 2, "cannot be parsed")                           \
    X(LIMIT, 2, "a limit is exceeded")                        \
    X(STALE, 2, "file does not fit this program; rebuild it") \
    X(USAGE, 64, "wrong usage")                               \
    X(NOMEM, 70, "out of memory")                             \
    X(INTERNAL, 70, "internal error")                         \
    X(IO, 74, "input or output failed")                       \
    X(CANCELLED, 130, "stopped")

typedef enum dro_status {
#define DRO_STATUS_ENUM(name, code, text) DRO_##name,
    DRO_STATUS_LIST(DRO_STATUS_ENUM)
#undef DRO_STATUS_ENUM
    DRO_STATUS_COUNT
} dro_status;

#define DRO_ERROR_MAX 512

/* Caller-owned; one line of text without a final newline. */
typedef struct dro_error {
    dro_status status;
    char message[DRO_ERROR_MAX];
} dro_error;

/* clang-format off */
#define DRO_ERROR_INIT {DRO_OK, {0}}
/* clang-format on */

/* Static text of a status; its process exit code. */
const char *dro_status_text(dro_status status);
int dro_status_exit_code(dro_status status);

/* Fills *error (if not NULL) and returns status, so: return dro_fail(...). */
dro_status dro_fail(dro_error *error, dro_status status, const char *format, ...)
    DRO_PRINTF(3, 4);

#ifdef __clang_analyzer__ /* which cannot see that the status comes back */
#define dro_fail(error, status, ...) \
    ((void)dro_fail(error, status, __VA_ARGS__), (status))
#endif

/* Puts "prefix: " before the message that *error already has. */
void dro_error_prefix(dro_error *error, const char *format, ...) DRO_PRINTF(2, 3);

#define DRO_TRY(expression)                        \
    do {                                           \
        dro_status dro_try_status_ = (expression); \
        if (dro_try_status_ != DRO_OK) {           \
            return dro_try_status_;                \
        }                                          \
    } while (0)

/* The same with a clean-up label: needs a `dro_status status` in scope. */
#define DRO_TRY_GOTO(expression, label) \
    do {                                \
        status = (expression);          \
        if (status != DRO_OK) {         \
            goto label;                 \
        }                               \
    } while (0)

/* ---- memory ------------------------------------------------------------ */

/* All of the library's own allocations go through one process-wide allocator.
 * Set it before any other call; not thread-safe. resize(ctx, NULL, n) allocates,
 * resize(ctx, p, 0) frees and returns NULL. */
typedef struct dro_allocator {
    void *(*resize)(void *context, void *pointer, size_t bytes);
    void *context;
} dro_allocator;

void dro_allocator_set(const dro_allocator *allocator); /* NULL: malloc */

/* NULL when out of memory or when count * size overflows. count 0 gives a
 * unique pointer. dro_calloc zeroes. */
void *dro_malloc(size_t count, size_t size) DRO_WARN_UNUSED;
void *dro_calloc(size_t count, size_t size) DRO_WARN_UNUSED;
void *dro_realloc(void *pointer, size_t count, size_t size) DRO_WARN_UNUSED;
void dro_free(void *pointer);
char *dro_strdup(const char *text) DRO_WARN_UNUSED;

/* The same with an error: DRO_NOMEM naming `what`. *out is set on success. */
dro_status dro_new(void **out, size_t count, size_t size, const char *what,
                   dro_error *error); /* zeroed */

/* Grows an array so that it holds at least `need` items (doubling). *items and
 * *capacity change only on success. Use the macro:
 *   DRO_TRY(DRO_RESERVE(v->items, v->capacity, v->count + 1, error)); */
dro_status dro_reserve(void **items, size_t *capacity, size_t need, size_t size,
                       dro_error *error);
#define DRO_RESERVE(items, capacity, need, error) \
    dro_reserve((void **)&(items), &(capacity), (need), sizeof *(items), (error))

/* Arena: build, use, drop. Each item is aligned for any type and zeroed. */
typedef struct dro_arena dro_arena;
dro_status dro_arena_create(dro_arena **out, dro_error *error);
void dro_arena_destroy(dro_arena *arena);
void dro_arena_reset(dro_arena *arena); /* keeps its blocks for reuse */
/* NULL when out of memory or when count * size overflows. */
void *dro_arena_alloc(dro_arena *arena, size_t count, size_t size);
char *dro_arena_strndup(dro_arena *arena, const char *text, size_t length);
size_t dro_arena_bytes(const dro_arena *arena); /* of the items, since the reset */

/* ---- text and numbers ---------------------------------------------------- */

/* Growing text buffer. Zero-initialise; `limit` 0 means 256 MiB. */
typedef struct dro_text {
    char *data; /* NUL-terminated once anything was added */
    size_t length;
    size_t capacity;
    size_t limit;
} dro_text;

/* DRO_NOMEM or DRO_LIMIT leave the text as it was. Arguments must not point into it. */
dro_status dro_text_add(dro_text *text, const char *format, ...) DRO_PRINTF(2, 3);
dro_status dro_text_add_bytes(dro_text *text, const char *bytes, size_t length);
void dro_text_free(dro_text *text);

/* Whole-string, locale-independent; white space around it is skipped; "nan",
 * "inf", hexadecimal and trailing text are DRO_INVALID with the value quoted.
 * `what` names the value in the message ("latitude", "--draft"). */
dro_status dro_parse_double(const char *text, double *out, const char *what,
                            dro_error *error);
dro_status dro_parse_long(const char *text, long low, long high, long *out,
                          const char *what, dro_error *error);
dro_status dro_parse_bool(const char *text, bool *out, const char *what,
                          dro_error *error); /* true false yes no 1 0 */

/* Lower case, accents, apostrophes and full stops dropped, other punctuation and
 * runs of space to one space: for matching names. Latin, with ñ ç ß ø æ ł đ etc.;
 * other scripts pass through, invalid UTF-8 is dropped. Writes at most size bytes
 * with NUL (whole characters only), returns the length written. */
size_t dro_text_fold(const char *text, char *buffer, size_t size);

/* Damerau-Levenshtein (optimal string alignment) on bytes, stops beyond
 * `limit` and returns limit + 1. Strings up to 255 bytes are compared; a longer one
 * is taken to be beyond the limit. */
unsigned dro_text_distance(const char *a, const char *b, unsigned limit);

/* Bytes that hold every number that the two below write. */
#define DRO_NUMBER_MAX 48

/* Shortest decimal that reads back as the same double, or fixed decimals (0 to 17,
 * and at most 17 significant digits) with trailing zeros cut; "-0" only from
 * dro_format_double; never in exponent form for 1e-5..1e15. NaN and infinity are
 * "nan", "inf", "-inf", which a reader refuses: write an empty field or null instead.
 * Returns the length; "" and 0 where it does not fit. */
size_t dro_format_double(double value, char *buffer, size_t size);
size_t dro_format_fixed(double value, int decimals, char *buffer, size_t size);

bool dro_utf8_valid(const char *text, size_t length);

/* A figure and how far it may be off. */
typedef struct dro_range {
    double value, low, high; /* low <= value <= high */
} dro_range;

/* ---- CSV (RFC 4180; LF or CRLF; UTF-8, a BOM is skipped) ------------------ */

#define DRO_CSV_MAX_FIELDS 512
#define DRO_CSV_MAX_RECORD (1u << 20) /* bytes */

typedef struct dro_csv dro_csv;

/* Streaming reader. `name` is used in messages ("file:line:column: ..."). The
 * FILE stays the caller's. dro_csv_open_path owns its file. */
dro_status dro_csv_open(FILE *file, const char *name, dro_csv **out, dro_error *error);
dro_status dro_csv_open_path(const char *path, dro_csv **out, dro_error *error);
dro_status dro_csv_open_memory(const char *bytes, size_t length, const char *name,
                               dro_csv **out, dro_error *error);
void dro_csv_close(dro_csv *csv);

/* The header (first record), read at open. An empty file is DRO_PARSE. */
size_t dro_csv_columns(const dro_csv *csv);
const char *dro_csv_column_name(const dro_csv *csv, size_t column);
/* -1 where absent; the first of a name. dro_csv_require fails (DRO_PARSE) naming the
 * missing column and those that exist, or the column that is there twice. */
int dro_csv_find(const dro_csv *csv, const char *name);
dro_status dro_csv_require(const dro_csv *csv, const char *name, size_t *column,
                           dro_error *error);

/* Next record: *more false at the end. A record with another number of fields
 * than the header, a bare quote, invalid UTF-8 or NUL is DRO_PARSE. Blank lines
 * are skipped. Fields are borrowed until the next call. */
dro_status dro_csv_next(dro_csv *csv, bool *more, dro_error *error);
const char *dro_csv_field(const dro_csv *csv, size_t column);
unsigned long dro_csv_line(const dro_csv *csv); /* where this record began, from 1 */
/* 1-based character column at which field `column` of this record began. */
unsigned long dro_csv_field_position(const dro_csv *csv, size_t column);

/* Typed fields: the error is "file:line:column: what...". Empty is `missing`. */
dro_status dro_csv_double(const dro_csv *csv, size_t column, double missing,
                          double *out, dro_error *error);
dro_status dro_csv_bool(const dro_csv *csv, size_t column, bool missing, bool *out,
                        dro_error *error);
/* "file:line:column: message" for a caller's own complaint about a field. */
dro_status dro_csv_fail(const dro_csv *csv, size_t column, dro_error *error,
                        dro_status status, const char *format, ...) DRO_PRINTF(5, 6);

/* Writer: quotes where needed. */
void dro_csv_write(FILE *out, const char *field, bool last);

/* ---- files ---------------------------------------------------------------- */

/* What the system refuses is DRO_IO, with the path and the system's reason. */

/* Read-only memory map of a whole file. */
typedef struct dro_map {
    const void *data;
    size_t length;
} dro_map;
dro_status dro_map_open(const char *path, dro_map *out, dro_error *error);
void dro_map_close(dro_map *map);

/* A file written whole or not at all: temporary beside it, synced, renamed. A
 * symbolic link stays and its target is replaced; what is no regular file (a
 * terminal, a pipe, /dev/null) is written to directly. */
typedef struct dro_outfile dro_outfile;
dro_status dro_outfile_create(const char *path, dro_outfile **out, dro_error *error);
FILE *dro_outfile_stream(dro_outfile *file);
/* Flushes, syncs, renames, frees. On failure nothing is left behind. */
dro_status dro_outfile_commit(dro_outfile *file, dro_error *error);
void dro_outfile_abort(dro_outfile *file);

dro_status dro_file_read(const char *path, size_t limit, char **bytes, size_t *length,
                         dro_error *error); /* NUL added; dro_free */

/* 64-bit hash for checksums and cache keys (XXH64; not cryptographic; stable). */
uint64_t dro_hash64(const void *bytes, size_t length, uint64_t seed);

/* ---- random numbers (seeded, same on every machine) ------------------------ */

typedef struct dro_random {
    uint64_t state[4]; /* xoshiro256** seeded by splitmix64 */
} dro_random;
void dro_random_seed(dro_random *random, uint64_t seed);
uint64_t dro_random_u64(dro_random *random);
double dro_random_unit(dro_random *random); /* [0, 1) */

/* ---- threads, progress, stopping ------------------------------------------- */

/* Called from the building thread, at most about 10 times a second. `total` 0:
 * unknown. Return false to stop: the work then ends with DRO_CANCELLED. */
typedef struct dro_progress {
    bool (*report)(void *context, const char *stage, uint64_t done, uint64_t total);
    void *context;
} dro_progress;

/* Runs body(context, item, thread) for item 0..items-1 on `threads` threads (0:
 * all cores). Items are handed out one at a time; the first failure stops the
 * rest and is returned. progress may be NULL and is called on the calling
 * thread only. */
typedef dro_status (*dro_parallel_body)(void *context, size_t item, unsigned thread,
                                        dro_error *error);
dro_status dro_parallel(size_t items, unsigned threads, dro_parallel_body body,
                        void *context, const dro_progress *progress, const char *stage,
                        dro_error *error);
unsigned dro_cores(void);
double dro_clock_s(void); /* monotonic */

#ifdef __cplusplus
}
#endif
#endif
