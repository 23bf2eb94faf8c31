/*
 * YAML into a tree, from the events of libfyaml. It would print its own messages: it is
 * given a place to collect them instead. Nothing here recurses, so a deep document
 * costs no stack.
 */
#include "scenario/yaml.h"

#include <libfyaml.h>
#include <string.h>

typedef struct place {
    size_t offset;
    unsigned line, column;
} place;

/* A collection that is not ended yet. */
typedef struct level {
    dro_yaml node;
    size_t first;        /* of its entries in `pending` */
    dro_yaml_entry next; /* a key that waits for its value */
    bool has_key;
} level;

typedef struct builder {
    struct fy_parser *parser;
    struct fy_diag *diag;
    const char *bytes;
    size_t length;
    const char *name; /* in the arena */
    dro_arena *arena;
    place at; /* the furthest place that was asked for */
    level levels[DRO_YAML_DEPTH_MAX];
    size_t depth;
    dro_yaml_entry *pending; /* of all open collections, innermost last */
    size_t pending_count, pending_capacity;
    dro_yaml root;
    dro_text text; /* of the scalar at hand */
    unsigned documents;
    char said[160]; /* by libfyaml, without a place */
    dro_error *error;
} builder;

/* ---- places -------------------------------------------------------------------------
 */

static dro_status fail_at(const builder *b, place at, dro_status status,
                          const char *what) {
    return dro_fail(b->error, status, "%s:%u:%u: %s", b->name, at.line, at.column,
                    what);
}

/* Events come in the order of the file, so that places are counted once through it. */
static place place_at(builder *b, size_t target) {
    if (target < b->at.offset) {
        b->at = (place){.line = 1, .column = 1};
    }
    while (b->at.offset < target && b->at.offset < b->length) {
        unsigned char c = (unsigned char)b->bytes[b->at.offset++];
        if (c == '\n') {
            b->at.line++;
            b->at.column = 1;
        } else if ((c & 0xC0u) != 0x80u) {
            b->at.column++;
        }
    }
    return b->at;
}

static place place_of(builder *b, const struct fy_mark *mark) {
    return mark == NULL ? b->at : place_at(b, mark->input_pos);
}

/* Marks of quoted texts, anchors and aliases stand behind their first character. */
static place place_before(builder *b, const struct fy_mark *mark) {
    return mark == NULL || mark->input_pos == 0 ? b->at
                                                : place_at(b, mark->input_pos - 1);
}

/* Where the value of an event begins. */
static place place_of_event(builder *b, struct fy_event *event) {
    const struct fy_mark *mark = fy_event_start_mark(event);
    if (event->type != FYET_SCALAR || event->scalar.value == NULL) {
        return place_of(b, mark);
    }
    enum fy_scalar_style style = fy_token_scalar_style(event->scalar.value);
    bool quotes = style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
    return quotes ? place_before(b, mark) : place_of(b, mark);
}

/* ---- tree ---------------------------------------------------------------------------
 */

static dro_status no_memory(const builder *b) {
    return dro_fail(b->error, DRO_NOMEM, "out of memory for %s", b->name);
}

static dro_status add_entry(builder *b, const dro_yaml_entry *entry) {
    DRO_TRY(
        DRO_RESERVE(b->pending, b->pending_capacity, b->pending_count + 1, b->error));
    b->pending[b->pending_count++] = *entry;
    return DRO_OK;
}

/* Puts a value where it belongs: the document, a sequence, or a mapping's key or value.
 */
static dro_status add_value(builder *b, const dro_yaml *value) {
    if (b->depth == 0) {
        b->root = *value;
        return DRO_OK;
    }
    level *top = &b->levels[b->depth - 1];
    dro_yaml_entry entry = {.value = *value};
    if (top->node.kind == DRO_YAML_MAPPING && !top->has_key) {
        top->next = (dro_yaml_entry){
            .key = value->text, .line = value->line, .column = value->column};
        top->has_key = true;
        return DRO_OK;
    }
    if (top->has_key) {
        entry.key = top->next.key;
        entry.line = top->next.line;
        entry.column = top->next.column;
        top->has_key = false;
    }
    return add_entry(b, &entry);
}

static dro_status begin_level(builder *b, dro_yaml_kind kind, place at) {
    if (b->depth == DRO_YAML_DEPTH_MAX) {
        return fail_at(b, at, DRO_LIMIT, "nested deeper than 32 levels");
    }
    if (b->depth > 0) {
        const level *top = &b->levels[b->depth - 1];
        if (top->node.kind == DRO_YAML_MAPPING && !top->has_key) {
            return fail_at(b, at, DRO_PARSE, "a key is a list or a mapping");
        }
    }
    b->levels[b->depth++] = (level){
        .node = {.kind = kind,
                 .line = at.line,
                 .column = at.column,
                 .file = b->name,
                 .text = ""},
        .first = b->pending_count,
    };
    return DRO_OK;
}

static dro_status end_level(builder *b) {
    level *top = &b->levels[--b->depth];
    dro_yaml node = top->node;
    node.count = b->pending_count - top->first;
    dro_yaml_entry *entries = dro_arena_alloc(b->arena, node.count, sizeof *entries);
    if (entries == NULL) {
        return no_memory(b);
    }
    if (node.count > 0) {
        memcpy(entries, b->pending + top->first, node.count * sizeof *entries);
    }
    node.entries = entries;
    b->pending_count = top->first;
    if (node.kind == DRO_YAML_MAPPING) {
        DRO_TRY(dro_yaml_check_twice(&node, b->error));
    }
    return add_value(b, &node);
}

/* The text of a scalar piece by piece into b->text: fy_token_get_text of libfyaml
 * 0.7.12 counts some block texts too long and gives memory that nobody wrote. */
static dro_status gather_text(builder *b, struct fy_token *token) {
    b->text.length = 0;
    DRO_TRY(dro_text_add_bytes(&b->text, "", 0));
    struct fy_token_iter *pieces = token == NULL ? NULL : fy_token_iter_create(token);
    if (pieces == NULL) {
        return token == NULL ? DRO_OK : DRO_NOMEM;
    }
    dro_status status = DRO_OK;
    int failed = 0;
    const struct fy_iter_chunk *piece = fy_token_iter_chunk_next(pieces, NULL, &failed);
    while (piece != NULL && status == DRO_OK) {
        status = dro_text_add_bytes(&b->text, piece->str, piece->len);
        piece = fy_token_iter_chunk_next(pieces, piece, &failed);
    }
    fy_token_iter_destroy(pieces);
    return failed != 0 ? DRO_PARSE : status;
}

static dro_status add_scalar(builder *b, struct fy_event *event, place at) {
    struct fy_token *token = event->scalar.value;
    dro_status status = gather_text(b, token);
    if (status == DRO_NOMEM) {
        return no_memory(b);
    }
    size_t length = b->text.length;
    if (status != DRO_OK || memchr(b->text.data, '\0', length) != NULL ||
        !dro_utf8_valid(b->text.data, length)) {
        return fail_at(b, at, DRO_PARSE, "a text that cannot be read");
    }
    dro_yaml node = {
        .kind = DRO_YAML_SCALAR, .line = at.line, .column = at.column, .file = b->name};
    node.quoted = token != NULL && fy_token_scalar_style(token) != FYSS_PLAIN;
    node.text = dro_arena_strndup(b->arena, b->text.data, length);
    return node.text == NULL ? no_memory(b) : add_value(b, &node);
}

/* ---- events
 * -------------------------------------------------------------------------- */

static dro_status refuse_extras(builder *b, struct fy_token *tag,
                                struct fy_token *anchor) {
    if (tag != NULL) {
        return fail_at(b, place_of(b, fy_token_start_mark(tag)), DRO_PARSE,
                       "tags (!) are not read; write the value as it is");
    }
    if (anchor != NULL) {
        return fail_at(b, place_before(b, fy_token_start_mark(anchor)), DRO_PARSE,
                       "anchors (&) are not read; write the value where it is used");
    }
    return DRO_OK;
}

static dro_status take_event(builder *b, struct fy_event *event) {
    place at = place_of_event(b, event);
    switch ((int)event->type) {
    case FYET_DOCUMENT_START:
        return ++b->documents > 1
                   ? fail_at(b, at, DRO_PARSE, "a second document; one is read")
                   : DRO_OK;
    case FYET_ALIAS:
        return fail_at(b, place_before(b, fy_event_start_mark(event)), DRO_PARSE,
                       "aliases (*) are not read; write the value again");
    case FYET_SCALAR:
        DRO_TRY(refuse_extras(b, event->scalar.tag, event->scalar.anchor));
        return add_scalar(b, event, at);
    case FYET_SEQUENCE_START:
        DRO_TRY(
            refuse_extras(b, event->sequence_start.tag, event->sequence_start.anchor));
        return begin_level(b, DRO_YAML_SEQUENCE, at);
    case FYET_MAPPING_START:
        DRO_TRY(
            refuse_extras(b, event->mapping_start.tag, event->mapping_start.anchor));
        return begin_level(b, DRO_YAML_MAPPING, at);
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        return end_level(b);
    default:
        return DRO_OK;
    }
}

/* What libfyaml says without a place in the file goes here and not to stderr. */
static void listen(struct fy_diag *diag, void *user, const char *text, size_t length) {
    (void)diag;
    builder *b = user;
    if (b->said[0] == '\0') {
        length = length < sizeof b->said ? length : sizeof b->said - 1;
        memcpy(b->said, text, length);
        b->said[strcspn(b->said, "\r\n")] = '\0';
    }
}

/* The first message, on one line. */
static dro_status syntax_error(builder *b) {
    void *before = NULL;
    const struct fy_diag_error *first = fy_diag_errors_iterate(b->diag, &before);
    place at = b->at;
    if (first != NULL && first->msg != NULL) {
        b->said[0] = '\0';
        listen(b->diag, b, first->msg, strlen(first->msg));
        if (first->line > 0 && first->column > 0) {
            at.line = (unsigned)first->line;
            at.column = (unsigned)first->column;
        }
    }
    bool clean = b->said[0] != '\0' && dro_utf8_valid(b->said, strlen(b->said));
    return fail_at(b, at, DRO_PARSE, clean ? b->said : "this is not YAML");
}

static dro_status take_events(builder *b) {
    for (;;) {
        struct fy_event *event = fy_parser_parse(b->parser);
        if (event == NULL) {
            return fy_parser_get_stream_error(b->parser) ? syntax_error(b) : DRO_OK;
        }
        bool ended = event->type == FYET_STREAM_END;
        dro_status status = take_event(b, event);
        fy_parser_event_free(b->parser, event);
        if (status != DRO_OK || ended) {
            return status;
        }
    }
}

static dro_status open_parser(builder *b) {
    struct fy_diag_cfg quiet;
    fy_diag_cfg_default(&quiet);
    quiet.fp = NULL;
    quiet.output_fn = listen;
    quiet.user = b;
    b->diag = fy_diag_create(&quiet);
    if (b->diag == NULL) {
        return no_memory(b);
    }
    fy_diag_set_collect_errors(b->diag, true);
    const struct fy_parse_cfg configuration = {
        .search_path = "",
        .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_DEFAULT_VERSION_1_2 |
                 FYPCF_JSON_NONE | FYPCF_DISABLE_RECYCLING,
        .diag = b->diag,
    };
    b->parser = fy_parser_create(&configuration);
    if (b->parser == NULL ||
        fy_parser_set_string(b->parser, b->bytes, b->length) != 0) {
        return no_memory(b);
    }
    return DRO_OK;
}

/* ---- what libfyaml is not asked about ----------------------------------------------
 */

static bool blank(const builder *b, size_t i) {
    return i >= b->length || b->bytes[i] == ' ' || b->bytes[i] == '\n' ||
           b->bytes[i] == '\r';
}

/* Is the '?' at `i` one of an explicit key: after nothing but an indicator, and before
 * a blank? libfyaml 0.7.12 frees memory twice in some of them. */
static bool explicit_key(const builder *b, size_t i) {
    size_t before = i;
    while (before > 0 && b->bytes[before - 1] == ' ') {
        before--;
    }
    return blank(b, i + 1) &&
           (before == 0 || strchr("\n-?:[{,", b->bytes[before - 1]) != NULL);
}

/* NULL where the character may stand there. */
static const char *trouble_at(const builder *b, size_t i) {
    unsigned char c = (unsigned char)b->bytes[i];
    bool first = i == 0 || b->bytes[i - 1] == '\n';
    if (c == '\t') {
        return "a tab; write spaces";
    }
    if (c == '\r' && (i + 1 == b->length || b->bytes[i + 1] != '\n')) {
        return "a carriage return without a line feed";
    }
    if ((c < 0x20u && c != '\n' && c != '\r') || c == 0x7Fu) {
        return "a control character";
    }
    if (c == '%' && first) {
        return "directives (%) are not read";
    }
    if (c == '?' && explicit_key(b, i)) {
        return "explicit keys (?) are not read; write key: value";
    }
    return NULL;
}

static dro_status check_bytes(builder *b) {
    if (b->length > DRO_YAML_BYTES_MAX) {
        return dro_fail(b->error, DRO_LIMIT, "%s is larger than %zu bytes", b->name,
                        DRO_YAML_BYTES_MAX);
    }
    if (!dro_utf8_valid(b->bytes, b->length)) {
        return dro_fail(b->error, DRO_PARSE, "%s is not UTF-8", b->name);
    }
    for (size_t i = 0; i < b->length; i++) {
        const char *trouble = trouble_at(b, i);
        if (trouble != NULL) {
            return fail_at(b, place_at(b, i), DRO_PARSE, trouble);
        }
    }
    return DRO_OK;
}

static dro_status build(builder *b, const dro_yaml **out) {
    DRO_TRY(check_bytes(b));
    DRO_TRY(open_parser(b));
    DRO_TRY(take_events(b));
    if (b->documents == 0) {
        return dro_fail(b->error, DRO_PARSE, "%s has nothing in it", b->name);
    }
    dro_yaml *root = dro_arena_alloc(b->arena, 1, sizeof *root);
    if (root == NULL) {
        return no_memory(b);
    }
    *root = b->root;
    *out = root;
    return DRO_OK;
}

dro_status dro_yaml_parse(const char *bytes, size_t length, const char *name,
                          dro_arena *arena, const dro_yaml **out, dro_error *error) {
    builder *b = NULL;
    DRO_TRY(dro_new((void **)&b, 1, sizeof *b, name, error));
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    b->bytes = bytes;
    b->length = length;
    b->arena = arena;
    b->at = (place){.line = 1, .column = 1};
    b->error = error;
    b->name = dro_arena_strndup(arena, name, strlen(name));
    dro_status status = DRO_NOMEM;
    if (b->name == NULL) {
        b->name = name;
        status = no_memory(b);
    } else {
        status = build(b, out);
    }
    fy_parser_destroy(b->parser);
    fy_diag_destroy(b->diag);
    dro_text_free(&b->text);
    dro_free(b->pending);
    dro_free(b);
    return status;
}

dro_status dro_yaml_read(const char *path, dro_arena *arena, const dro_yaml **out,
                         dro_error *error) {
    char *bytes = NULL;
    size_t length = 0;
    DRO_TRY(dro_file_read(path, DRO_YAML_BYTES_MAX, &bytes, &length, error));
    dro_status status = dro_yaml_parse(bytes, length, path, arena, out, error);
    dro_free(bytes);
    return status;
}
